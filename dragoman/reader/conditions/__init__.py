"""What parties hold back, and what they require for it."""
