"""The few words that a table shows: clauses and noun phrases cut out of what was said."""
