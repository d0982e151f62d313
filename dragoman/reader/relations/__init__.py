"""Who leads, represents, belongs to, backs, opposes or mediates between whom."""
