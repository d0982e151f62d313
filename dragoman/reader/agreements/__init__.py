"""The agreements that a text names, and how they stand."""
