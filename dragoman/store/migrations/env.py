"""Alembic's entrance: runs scripts within the transaction that `dragoman.store.upgrade` has begun."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, render_as_batch=connection.dialect.name == "sqlite")
context.run_migrations()
