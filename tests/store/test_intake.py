"""Where coverage came from, what failed and may be tried again, feeds; who may enter the desk and what it remembers."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import update

from dragoman.errors import DossierError
from dragoman.store import Feed, Store
from dragoman.store.schema import raw
from tests.builders import a_document, a_reading


def test_the_bytes_are_kept_with_each_version(store: Store) -> None:
    page = b"<html>" + bytes(range(256)) * 50
    store.add(a_reading(a_document("one")), raw=page, fetched_from="https://example.org/1")
    store.add(a_reading(a_document("two")), raw=b"", fetched_from="https://example.org/1")
    kept = store.intake.raw("d1", version=1)
    assert kept is not None
    assert (kept.content, kept.sha256, kept.version) == (page, hashlib.sha256(page).hexdigest(), 1)
    assert kept.fetched_from == "https://example.org/1"
    latest = store.intake.raw("d1")
    assert latest is not None and (latest.content, latest.version) == (b"", 2)
    assert store.intake.raw("d2") is None


def test_the_same_bytes_are_kept_once(store: Store) -> None:
    for identity in ("d1", "d2", "d1"):
        store.add(a_reading(a_document("same", id=identity)), raw=b"same page", fetched_from="https://example.org/")
    with store.database.reading() as connection:
        assert len(connection.execute(raw.select()).all()) == 1
    for identity in ("d1", "d2"):
        assert store.intake.raw(identity).content == b"same page"  # type: ignore[union-attr]


def test_altered_bytes_are_not_given_out(store: Store) -> None:
    import zlib

    store.add(a_reading(), raw=b"a" * 1000)
    for content in (zlib.compress(b"b" * 1000), zlib.compress(b"a" * 10**7), b"junk", b""):
        store.database.write(lambda c, content=content: c.execute(update(raw).values(content=content)))
        with pytest.raises(DossierError, match="not those that were kept"):
            store.intake.raw("d1")
        assert [f.kind for f in store.doctor()] == ["archive"]


def test_known_addresses_are_not_fetched_twice(store: Store) -> None:
    store.add(a_reading(), fetched_from="https://example.org/a")
    asked = [f"https://example.org/{name}" for name in ("a", "b", "c\0")] * 600
    assert store.intake.known(asked) == {"https://example.org/a"}
    assert store.intake.known([]) == frozenset()


def test_a_failure_is_listed_counted_and_forgotten_once_it_is_read(store: Store) -> None:
    first = store.intake.failed("https://example.org/a", "no answer")
    assert first.attempts == 1
    again = store.intake.failed("https://example.org/a", "not found")
    assert (again.attempts, again.reason, again.first_at) == (2, "not found", first.first_at)
    store.intake.failed("notes.pdf", "no text in it")
    assert [f.address for f in store.intake.failures()] == ["https://example.org/a", "notes.pdf"]
    assert store.counts().failures == 2
    store.add(a_reading(), fetched_from="https://example.org/a")
    assert [f.address for f in store.intake.failures()] == ["notes.pdf"]
    assert store.intake.dismiss("notes.pdf")
    assert not store.intake.dismiss("notes.pdf")
    assert store.intake.failures() == ()


def test_a_failure_is_forgotten_where_the_document_was_known_already(store: Store) -> None:
    store.add(a_reading())
    store.intake.failed("https://example.org/a", "no answer")
    assert store.add(a_reading(), fetched_from="https://example.org/a").status == "unchanged"
    assert store.intake.failures() == ()


def test_feeds_are_followed_polled_and_left(store: Store) -> None:
    feed = store.intake.follow("https://example.org/feed", title="News")
    assert store.intake.follow("https://example.org/feed", title="Other") == feed
    assert isinstance(feed, Feed) and feed.title == "News"
    assert store.intake.feeds(due="2026-11-25T20:00:00Z") == (feed,)
    polled = store.intake.polled(
        feed, etag='"x"', last_modified="Wed", last_poll="2026-11-25T20:00:00Z", next_poll="2026-11-25T21:00:00Z",
        failures=3, note="304",
    )  # fmt: skip
    assert store.intake.feeds() == (polled,)
    assert store.intake.feeds(due="2026-11-25T20:59:59Z") == ()
    assert store.intake.feeds(due="2026-11-25T21:00:00Z") == (polled,)
    assert store.counts().feeds == 1
    assert store.intake.unfollow(feed.url)
    assert not store.intake.unfollow(feed.url)
    with pytest.raises(DossierError, match="not followed"):
        store.intake.polled(feed, etag=None)


# ------------------------------------------------------------------------------------------------------ people


def test_people_come_in_with_a_role(store: Store) -> None:
    ada = store.people.add("ada", role="owner", password="$argon2id$1")
    assert store.people.user("ada") == ada
    assert store.people.user("Ada") is None
    store.people.add("zoë", role="reader", password="$argon2id$2")
    assert [u.name for u in store.people.users()] == ["ada", "zoë"]
    for name, role in (("ada", "reader"), ("bob", "king"), (" ", "reader"), ("a\0", "reader")):
        with pytest.raises(DossierError):
            store.people.add(name, role=role, password="x")
    assert len(store.people.users()) == 2


def test_a_change_ends_sessions_and_the_last_owner_stays(store: Store) -> None:
    store.people.add("ada", role="owner", password="1")
    store.people.add("bob", role="reader", password="2")
    store.people.enter("token", "bob", expires_at="2999-01-01T00:00:00Z")
    assert store.people.session("token").user.name == "bob"  # type: ignore[union-attr]
    assert store.people.change("bob", role="analyst").role == "analyst"
    assert store.people.session("token") is None
    for change in ({"role": "reader"}, {"active": False}):
        with pytest.raises(DossierError, match="needs an owner"):
            store.people.change("ada", **change)  # type: ignore[arg-type]
    store.people.change("bob", role="owner")
    assert not store.people.change("ada", active=False).active
    with pytest.raises(DossierError, match="no user"):
        store.people.change("nobody", role="reader")
    with pytest.raises(DossierError, match="no role"):
        store.people.change("bob", role="king")
    for name in (" ", "eve\x1b[31m", "eve\udcff"):
        with pytest.raises(DossierError, match="no name for a user"):
            store.people.add(name, role="reader", password="h")


def test_sessions_expire_and_end(store: Store) -> None:
    store.people.add("ada", role="owner", password="1")
    store.people.enter("t1", "ada", expires_at="2026-11-25T20:00:00Z")
    store.people.enter("t2", "ada", expires_at="2026-11-26T20:00:00Z")
    assert store.people.session("t1", at="2026-11-25T19:59:59Z") is not None
    assert store.people.session("t1", at="2026-11-25T20:00:00Z") is None
    assert store.people.session("t3", at="2026-11-25T19:59:59Z") is None
    assert store.people.expire(at="2026-11-25T20:00:00Z") == 1
    store.people.leave("t2")
    assert store.people.session("t2", at="2026-11-25T20:00:00Z") is None
    with pytest.raises(DossierError):
        store.people.enter("t4", "nobody", expires_at="2026-11-26T20:00:00Z")


def test_somebody_shut_out_has_no_session(store: Store) -> None:
    store.people.add("ada", role="owner", password="1")
    store.people.add("bob", role="reader", password="1")
    store.people.change("bob", active=False)
    store.people.enter("t", "bob", expires_at="2999-01-01T00:00:00Z")
    assert store.people.session("t") is None


def test_notes(store: Store) -> None:
    assert store.notes.get("last_visit:ada") is None
    assert store.notes.get("x", 3) == 3
    store.notes.set("last_visit:ada", {"change": 7, "at": "2026-11-25"})
    store.notes.set("last_visit:ada", {"change": 9})
    store.notes.set("desk", ["😀\0"])
    assert store.notes.get("last_visit:ada") == {"change": 9}
    assert list(store.notes.items("last_visit:")) == [("last_visit:ada", {"change": 9})]
    assert dict(store.notes.items()) == {"desk": ["😀\0"], "last_visit:ada": {"change": 9}}
    store.notes.set("desk", None)
    assert store.notes.get("desk") is None
