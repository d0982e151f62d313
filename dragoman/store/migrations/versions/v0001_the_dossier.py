"""Documents, their readings, statements and words for search, people's decisions, and the log of changes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _number() -> sa.Column[int]:
    return sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False)


def _words(name: str, *, required: bool = False, unique: bool = False) -> sa.Column[str]:
    return sa.Column(name, Words, nullable=not required, unique=unique)


def _document(*, required: bool = True) -> sa.Column[int]:
    return sa.Column("document", sa.Integer(), sa.ForeignKey("documents.number"), nullable=not required)


def _spans(role: str) -> list[Any]:
    start, end = f"{role}_start", f"{role}_end"
    # "false or unknown" is unknown, which a CHECK lets pass: both must be said to be there.
    there = f'"{start}" IS NOT NULL AND "{end}" IS NOT NULL'
    rule = f'("{start}" IS NULL AND "{end}" IS NULL) OR ({there} AND 0 <= "{start}" AND "{start}" < "{end}")'
    return [
        sa.Column(start, sa.Integer()),
        sa.Column(end, sa.Integer()),
        sa.CheckConstraint(rule, name=f"{role}_is_a_span"),
    ]


def upgrade() -> None:
    _documents()
    _statements()
    _decisions()
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_search("statements", "number", "statement_index", ("folded", "names"))
        _sqlite_search("article_words", "document", "article_index", ("folded", "title"))
    else:
        _postgresql_search("statements", ("folded", "names"))
        _postgresql_search("article_words", ("folded", "title"))


def _documents() -> None:
    op.create_table(
        "documents",
        _number(),
        _words("id", required=True, unique=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _words("content_hash", required=True),
        _words("reader"),
        _words("title"),
        _words("outlet"),
        _words("outlet_key"),
        _words("url"),
        _words("author"),
        _words("published"),
        _words("day", required=True),
        _words("language"),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        _words("added_at", required=True),
        _words("changed_at", required=True),
    )
    op.create_index("documents_by_day", "documents", ["day", "number"])
    op.create_index("documents_by_outlet", "documents", ["outlet_key"])
    op.create_index("documents_by_url", "documents", ["url"])
    op.create_table(
        "readings",
        _number(),
        _document(),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        _words("content_hash", required=True),
        _words("reader"),
        _words("made_at", required=True),
        _words("body", required=True),
        sa.UniqueConstraint("document", "version", "revision", name="readings_in_order"),
        sa.CheckConstraint("version >= 1 AND revision >= 1", name="readings_are_counted"),
    )
    current = sa.text("current")
    op.create_index(
        "one_current_reading",
        "readings",
        ["document"],
        unique=True,
        sqlite_where=current,
        postgresql_where=current,
    )


def _statements() -> None:
    op.create_table(
        "statements",
        _number(),
        _document(),
        _words("id", required=True),
        sa.Column("place", sa.Integer(), nullable=False),
        *_spans("source"),
        *_spans("cue"),
        *_spans("content"),
        _words("speaker"),
        _words("speaker_key"),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        _words("party"),
        _words("party_key"),
        _words("act", required=True),
        _words("form", required=True),
        sa.Column("negated", sa.Boolean(), nullable=False),
        _words("said_on"),
        _words("day", required=True),
        _words("outlet_key"),
        sa.Column("confidence", sa.Double()),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        _words("content", required=True),
        _words("names", required=True),
        _words("folded", required=True),
        sa.UniqueConstraint("document", "id", name="statements_by_id"),
    )
    op.create_index("statements_by_day", "statements", ["day", "number"])
    op.create_index("statements_by_party", "statements", ["party_key", "day"])
    op.create_index("statements_by_act", "statements", ["act", "day"])
    op.create_table(
        "statement_issues",
        sa.Column("statement", sa.Integer(), sa.ForeignKey("statements.number"), primary_key=True, autoincrement=False),
        sa.Column("place", sa.Integer(), primary_key=True, autoincrement=False),
        _words("issue", required=True),
        _words("issue_key", required=True),
    )
    op.create_index("statement_issues_by_key", "statement_issues", ["issue_key", "statement"])
    op.create_table(
        "article_words",
        sa.Column("document", sa.Integer(), sa.ForeignKey("documents.number"), primary_key=True, autoincrement=False),
        _words("title", required=True),
        _words("folded", required=True),
    )


def _decisions() -> None:
    op.create_table(
        "decisions",
        _number(),
        _words("token", required=True, unique=True),
        _words("kind", required=True),
        _words("target", required=True),
        _words("about", required=True),
        _words("value", required=True),
        _words("by", required=True),
        _words("at", required=True),
        _words("why"),
        sa.Column("undoes", sa.Integer(), sa.ForeignKey("decisions.number")),
        _words("document"),
    )
    op.create_index("decisions_by_about", "decisions", ["about", "number"])
    op.create_index("decisions_by_document", "decisions", ["document"])
    op.create_index("decisions_by_undone", "decisions", ["undoes"])
    op.create_table(
        "changes",
        _number(),
        _words("what", required=True),
        _document(required=False),
        sa.Column("decision", sa.Integer(), sa.ForeignKey("decisions.number")),
        _words("at", required=True),
    )


def _sqlite_search(table: str, number: str, index: str, columns: tuple[str, ...]) -> None:
    """An FTS5 index that keeps no text of its own."""
    op.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5({', '.join(columns)}, content='{table}', "
        f"content_rowid='{number}', tokenize='porter unicode61 remove_diacritics 2')"
    )


def _postgresql_search(table: str, columns: tuple[str, ...]) -> None:
    joined = " || ' ' || ".join(columns)
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN vector tsvector "
        f"GENERATED ALWAYS AS (to_tsvector('pg_catalog.english'::regconfig, {joined})) STORED"
    )
    op.execute(f"CREATE INDEX {table}_by_words ON {table} USING gin (vector)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE statement_index")
        op.execute("DROP TABLE article_index")
    for table in ("changes", "decisions", "article_words", "statement_issues", "statements", "readings", "documents"):
        op.drop_table(table)
