"""The numbers worth keeping, and whose they are."""
