"""What coverage came from: the bytes as they were fetched, what failed, and the feeds that are followed."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, select, update

from dragoman.errors import DossierError
from dragoman.store.database import Database, next_number
from dragoman.store.rows import as_json, kept, now
from dragoman.store.schema import documents, failures, feeds, origins, raw
from dragoman.store.values import Failure, Feed, Raw

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Packed:
    """Bytes ready to be kept."""

    sha256: str
    size: int
    codec: str
    content: bytes


def pack(content: bytes) -> Packed:
    """Compress where that helps; the hash is that of the bytes as they came."""
    small = zlib.compress(content, 6)
    codec, packed = ("zlib", small) if len(small) < len(content) else ("plain", content)
    return Packed(hashlib.sha256(content).hexdigest(), len(content), codec, packed)


def unpack(codec: str, content: bytes, *, size: int, sha256: str) -> bytes:
    """The bytes as they came; DossierError when they are not those that were kept."""
    try:
        # No more than was kept is ever unpacked, whatever the dossier's bytes have become.
        out = zlib.decompressobj().decompress(content, size + 1) if codec == "zlib" else bytes(content)
    except zlib.error:
        out = b""
    if hashlib.sha256(out).hexdigest() != sha256:
        raise DossierError("archived bytes are not those that were kept", where=sha256, todo="Go back to a backup")
    return out


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one version of a document came from: the bytes, the address, or both."""

    document: int
    version: int
    packed: Packed | None
    fetched_from: str | None


def note_origins(database: Database, connection: Connection, came: Sequence[Origin]) -> None:
    """Keep the bytes (once for all documents that share them) and where they came from; forget earlier failures."""
    bytes_ = {one.packed.sha256: one.packed for one in came if one.packed is not None}
    there = _among(connection, raw.c.sha256, list(bytes_))
    for sha256, packed in bytes_.items():
        if sha256 not in there:
            row = {"sha256": sha256, "size": packed.size, "codec": packed.codec, "content": packed.content}
            connection.execute(raw.insert(), row)
    c, known = origins.c, set[tuple[Any, ...]]()
    for some in _some([one.document for one in came]):
        query = select(c.document, c.version, c.sha256, c.fetched_from).where(c.document.in_(some))
        known |= {tuple(row) for row in connection.execute(query)}
    number, at = next_number(connection, origins), now()
    rows: list[dict[str, Any]] = []
    for one in came:
        digest = one.packed.sha256 if one.packed is not None else None
        key = (one.document, one.version, digest, kept(one.fetched_from))
        if key not in known:
            known.add(key)
            names = ("document", "version", "sha256", "fetched_from")
            rows.append({"number": number + len(rows), **dict(zip(names, key, strict=True)), "kept_at": at})
    database.insert(connection, origins, rows)
    mended = [kept(one.fetched_from) for one in came if one.fetched_from is not None]
    for gone in _among(connection, failures.c.address, mended):
        connection.execute(delete(failures).where(failures.c.address == gone))


def _some(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def _among(connection: Connection, column: Any, values: Sequence[Any]) -> set[Any]:
    """Those of `values` that a column holds."""
    return {v for some in _some(values) for v in connection.execute(select(column).where(column.in_(some))).scalars()}


def _known(kept_json: str | None) -> dict[str, str]:
    try:
        found = json.loads(kept_json) if kept_json else {}
    except ValueError:  # a damaged line of a list costs what it adds, not the list
        return {}
    return {name: value for name, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


class Intake:
    """The dossier's memory of where coverage comes from."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def raw(self, document: str, *, version: int | None = None) -> Raw | None:
        """The bytes that a document (its current or an earlier version) was made from; None where none were kept."""
        c = origins.c
        wanted = (
            select(c.version, c.sha256, c.fetched_from, c.kept_at, raw.c.codec, raw.c.content, raw.c.size)
            .join(documents, documents.c.number == c.document)
            .join(raw, raw.c.sha256 == c.sha256)
            .where(documents.c.id == kept(document), c.version == (version or documents.c.version))
            .order_by(c.number.desc())
            .limit(1)
        )
        with self._database.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            return None
        content = unpack(row.codec, row.content, size=row.size, sha256=row.sha256)
        return Raw(document, row.version, content, row.sha256, row.fetched_from, row.kept_at)

    def known(self, addresses: Iterable[str]) -> frozenset[str]:
        """Those of `addresses` that documents were already made from."""
        asked = list(dict.fromkeys(addresses))
        with self._database.reading() as connection:
            found = _among(connection, origins.c.fetched_from, [kept(a) for a in asked])
        return frozenset(a for a in asked if kept(a) in found)

    # ------------------------------------------------------------------------------------------ what failed

    def failed(self, address: str, reason: str, *, known: Mapping[str, str] | None = None) -> Failure:
        """Note that an address or file could not be read; each further time counts as an attempt.

        `known` is what was said of it beforehand; what an earlier attempt knew stays where this one says nothing.
        """

        def work(connection: Connection) -> Failure:
            c, at = failures.c, now()
            said = {"known": as_json(dict(known))} if known else {}
            row = connection.execute(select(failures).where(c.address == kept(address))).one_or_none()
            if row is None:
                connection.execute(
                    failures.insert(),
                    {"address": kept(address), "reason": kept(reason), "first_at": at, "last_at": at, "attempts": 1}
                    | said,
                )
                return Failure(address, reason, at, at, 1, known or {})
            tried = {"reason": kept(reason), "last_at": at, "attempts": row.attempts + 1} | said
            connection.execute(update(failures).where(c.address == kept(address)).values(tried))
            return Failure(address, reason, row.first_at, at, row.attempts + 1, known or _known(row.known))

        return self._database.write(work)

    def failures(self) -> tuple[Failure, ...]:
        """What could not be read and was neither read since nor dismissed, oldest first."""
        wanted = select(failures).order_by(failures.c.first_at, failures.c.address)
        with self._database.reading() as connection:
            return tuple(
                Failure(r.address, r.reason, r.first_at, r.last_at, r.attempts, _known(r.known))
                for r in connection.execute(wanted)
            )

    def dismiss(self, address: str) -> bool:
        """Take an address off the list of failures; whether it stood there."""
        return self._database.write(
            lambda c: c.execute(delete(failures).where(failures.c.address == kept(address))).rowcount > 0
        )

    # ------------------------------------------------------------------------------------------ feeds

    def follow(self, url: str, *, title: str | None = None) -> Feed:
        """Follow a feed; nothing changes where it is followed already."""

        def work(connection: Connection) -> Feed:
            found = connection.execute(select(feeds).where(feeds.c.url == kept(url))).one_or_none()
            if found is None:
                row = {"url": kept(url), "title": kept(title), "failures": 0, "added_at": now()}
                connection.execute(feeds.insert(), row)
                found = connection.execute(select(feeds).where(feeds.c.url == kept(url))).one()
            return Feed(**found._mapping)

        return self._database.write(work)

    def unfollow(self, url: str) -> bool:
        """Follow a feed no longer; whether it was followed. What came from it stays."""
        return self._database.write(lambda c: c.execute(delete(feeds).where(feeds.c.url == kept(url))).rowcount > 0)

    def feeds(self, *, due: str | None = None) -> tuple[Feed, ...]:
        """The feeds that are followed; with `due` only those to be asked at that moment."""
        wanted = select(feeds).order_by(feeds.c.added_at, feeds.c.url)
        if due is not None:
            wanted = wanted.where(feeds.c.next_poll.is_(None) | (feeds.c.next_poll <= due))
        with self._database.reading() as connection:
            return tuple(Feed(**row._mapping) for row in connection.execute(wanted))

    def polled(self, feed: Feed, **what: Any) -> Feed:
        """Keep what a feed's server said: title, etag, last_modified, last_poll, next_poll, failures, note."""
        after = replace(feed, **what)
        values = {
            name: kept(value) if isinstance(value := getattr(after, name), str | None) else value
            for name in ("title", "etag", "last_modified", "last_poll", "next_poll", "failures", "note")
        }

        def work(connection: Connection) -> None:
            done = connection.execute(update(feeds).where(feeds.c.url == kept(feed.url)).values(values))
            if done.rowcount == 0:
                raise DossierError("this feed is not followed", where=feed.url, todo="Follow it first")

        self._database.write(work)
        return after
