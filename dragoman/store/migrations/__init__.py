"""How the tables came to be: one Alembic script for each step, run by `dragoman.store.upgrade`."""
