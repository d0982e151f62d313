"""The tables of a dossier as they are now; `migrations/` holds how they came to be, and a test compares the two.

Every text sorts by code point on both databases. Numbers are given by the one writer, so they rise in the order of
their commits. The search indexes beside `statements` and `article_words` are made by the migrations alone: FTS5 tables
on SQLite, a generated tsvector column `vector` with a GIN index on PostgreSQL.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

# The last migration; a test holds it to the scripts. Opening a dossier that stands here loads no migration library.
HEAD = "0003"

tables = MetaData()
Words = Text().with_variant(Text(collation="C"), "postgresql")


def _number() -> Column[int]:
    return Column("number", Integer, primary_key=True, autoincrement=False)


def _words(name: str, *more: Any, required: bool = False, **known: Any) -> Column[str]:
    return Column(name, Words, *more, nullable=not required, **known)


def _spans(role: str) -> list[Any]:
    """Where the role's words start and end; the database refuses an end that is not after its start."""
    start, end = f"{role}_start", f"{role}_end"
    # "false or unknown" is unknown, which a CHECK lets pass: both must be said to be there.
    there = f'"{start}" IS NOT NULL AND "{end}" IS NOT NULL'
    rule = f'("{start}" IS NULL AND "{end}" IS NULL) OR ({there} AND 0 <= "{start}" AND "{start}" < "{end}")'
    return [Column(start, Integer), Column(end, Integer), CheckConstraint(rule, name=f"{role}_is_a_span")]


documents = Table(
    "documents",
    tables,
    _number(),
    _words("id", unique=True, required=True),
    Column("version", Integer, nullable=False),
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
    Column("words", Integer, nullable=False),
    Column("statements", Integer, nullable=False),
    _words("added_at", required=True),
    _words("changed_at", required=True),
    Index("documents_by_day", "day", "number"),
    Index("documents_by_outlet", "outlet_key"),
    Index("documents_by_url", "url"),
)

readings = Table(
    "readings",
    tables,
    _number(),
    Column("document", Integer, ForeignKey("documents.number"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    _words("content_hash", required=True),
    _words("reader"),
    _words("made_at", required=True),
    _words("body", required=True),
    UniqueConstraint("document", "version", "revision", name="readings_in_order"),
    CheckConstraint("version >= 1 AND revision >= 1", name="readings_are_counted"),
)
Index(
    "one_current_reading",
    readings.c.document,
    unique=True,
    sqlite_where=text("current"),
    postgresql_where=text("current"),
)

statements = Table(
    "statements",
    tables,
    _number(),
    Column("document", Integer, ForeignKey("documents.number"), nullable=False),
    _words("id", required=True),
    Column("place", Integer, nullable=False),
    *_spans("source"),
    *_spans("cue"),
    *_spans("content"),
    _words("speaker"),
    _words("speaker_key"),
    Column("anonymous", Boolean, nullable=False),
    _words("party"),
    _words("party_key"),
    _words("act", required=True),
    _words("form", required=True),
    Column("negated", Boolean, nullable=False),
    _words("said_on"),
    _words("day", required=True),
    _words("outlet_key"),
    Column("confidence", Double),
    Column("reviewed", Boolean, nullable=False),
    _words("content", required=True),
    _words("names", required=True),
    _words("folded", required=True),
    UniqueConstraint("document", "id", name="statements_by_id"),
    Index("statements_by_day", "day", "number"),
    Index("statements_by_party", "party_key", "day"),
    Index("statements_by_act", "act", "day"),
)

statement_issues = Table(
    "statement_issues",
    tables,
    Column("statement", Integer, ForeignKey("statements.number"), primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    _words("issue", required=True),
    _words("issue_key", required=True),
    Index("statement_issues_by_key", "issue_key", "statement"),
)

article_words = Table(
    "article_words",
    tables,
    Column("document", Integer, ForeignKey("documents.number"), primary_key=True, autoincrement=False),
    _words("title", required=True),
    _words("folded", required=True),
)

decisions = Table(
    "decisions",
    tables,
    _number(),
    _words("token", unique=True, required=True),
    _words("kind", required=True),
    _words("target", required=True),
    _words("about", required=True),
    _words("value", required=True),
    _words("by", required=True),
    _words("at", required=True),
    _words("why"),
    Column("undoes", Integer, ForeignKey("decisions.number")),
    _words("document"),
    Index("decisions_by_about", "about", "number"),
    Index("decisions_by_document", "document"),
    Index("decisions_by_undone", "undoes"),
)

changes = Table(
    "changes",
    tables,
    _number(),
    _words("what", required=True),
    Column("document", Integer, ForeignKey("documents.number")),
    Column("decision", Integer, ForeignKey("decisions.number")),
    _words("at", required=True),
)

# ------------------------------------------------------------------------------------ since migration 0002

raw = Table(
    "raw",
    tables,
    _words("sha256", primary_key=True, required=True),
    Column("size", Integer, nullable=False),
    _words("codec", required=True),
    Column("content", LargeBinary, nullable=False),
)

origins = Table(
    "origins",
    tables,
    _number(),
    Column("document", Integer, ForeignKey("documents.number"), nullable=False),
    Column("version", Integer, nullable=False),
    _words("sha256", ForeignKey("raw.sha256")),
    _words("fetched_from"),
    _words("kept_at", required=True),
    Index("origins_by_document", "document", "version"),
    Index("origins_by_address", "fetched_from"),
)

failures = Table(
    "failures",
    tables,
    _words("address", primary_key=True, required=True),
    _words("reason", required=True),
    _words("first_at", required=True),
    _words("last_at", required=True),
    Column("attempts", Integer, nullable=False),
    _words("known"),  # JSON, since migration 0003
    CheckConstraint("attempts >= 1", name="failures_are_counted"),
)

feeds = Table(
    "feeds",
    tables,
    _words("url", primary_key=True, required=True),
    _words("title"),
    _words("etag"),
    _words("last_modified"),
    _words("last_poll"),
    _words("next_poll"),
    Column("failures", Integer, nullable=False),
    _words("note"),
    _words("added_at", required=True),
)

users = Table(
    "users",
    tables,
    _words("name", primary_key=True, required=True),
    _words("role", required=True),
    _words("password", required=True),
    _words("added_at", required=True),
    Column("active", Boolean, nullable=False),
    CheckConstraint("role IN ('reader', 'analyst', 'owner')", name="roles_are_known"),
)

sessions = Table(
    "sessions",
    tables,
    _words("token", primary_key=True, required=True),
    _words("user", ForeignKey("users.name", ondelete="CASCADE"), required=True),
    _words("made_at", required=True),
    _words("expires_at", required=True),
    Index("sessions_by_user", "user"),
)

notes = Table(
    "notes",
    tables,
    _words("key", primary_key=True, required=True),
    _words("value", required=True),
)
