"""Who an attribution comes from: the person behind a source, and the outlets between."""
