"""Where parties stand: which statements tell of it, on what issue, and in which direction."""
