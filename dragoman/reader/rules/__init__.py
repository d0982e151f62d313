"""Attributions found by rules, English and Arabic, and the act, form and negation of each."""
