"""The bytes that documents were made from, what could not be read, feeds, people of the desk and their sessions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _words(name: str, *more: sa.ForeignKey, required: bool = False, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(name, Words, *more, nullable=not required, primary_key=primary_key)


def upgrade() -> None:
    _intake()
    _people()
    op.create_table("notes", _words("key", required=True, primary_key=True), _words("value", required=True))


def _intake() -> None:
    op.create_table(
        "raw",
        _words("sha256", required=True, primary_key=True),
        sa.Column("size", sa.Integer(), nullable=False),
        _words("codec", required=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "origins",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("document", sa.Integer(), sa.ForeignKey("documents.number"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _words("sha256", sa.ForeignKey("raw.sha256")),
        _words("fetched_from"),
        _words("kept_at", required=True),
    )
    op.create_index("origins_by_document", "origins", ["document", "version"])
    op.create_index("origins_by_address", "origins", ["fetched_from"])
    op.create_table(
        "failures",
        _words("address", required=True, primary_key=True),
        _words("reason", required=True),
        _words("first_at", required=True),
        _words("last_at", required=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.CheckConstraint("attempts >= 1", name="failures_are_counted"),
    )
    op.create_table(
        "feeds",
        _words("url", required=True, primary_key=True),
        _words("title"),
        _words("etag"),
        _words("last_modified"),
        _words("last_poll"),
        _words("next_poll"),
        sa.Column("failures", sa.Integer(), nullable=False),
        _words("note"),
        _words("added_at", required=True),
    )


def _people() -> None:
    op.create_table(
        "users",
        _words("name", required=True, primary_key=True),
        _words("role", required=True),
        _words("password", required=True),
        _words("added_at", required=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("role IN ('reader', 'analyst', 'owner')", name="roles_are_known"),
    )
    op.create_table(
        "sessions",
        _words("token", required=True, primary_key=True),
        _words("user", sa.ForeignKey("users.name", ondelete="CASCADE"), required=True),
        _words("made_at", required=True),
        _words("expires_at", required=True),
    )
    op.create_index("sessions_by_user", "sessions", ["user"])


def downgrade() -> None:
    for table in ("notes", "sessions", "users", "feeds", "failures", "origins", "raw"):
        op.drop_table(table)
