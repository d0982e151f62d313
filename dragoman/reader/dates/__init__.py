"""Dates in running text: their grammar, their days, and the tense around them."""
