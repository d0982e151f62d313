"""Readings in, readings out: what is new, unchanged, changed and read again, the same on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from dragoman.errors import InputError
from dragoman.reading import (
    Condition,
    Deadline,
    Document,
    Figure,
    Meeting,
    Position,
    Reading,
    Relation,
    Spans,
    Speaker,
    Statement,
)
from dragoman.store import Filter, Incoming, Store, open_store
from tests.builders import a_document, a_reading, a_statement, at


def minister(identity: str = "d1", text: str = "The minister said the port will open.", **known: Any) -> Reading:
    document = a_document(text, id=identity, **known)
    said = a_statement(document, "The minister", "said", "the port will open", act="commitment", issues=("port",))
    return a_reading(document, said, reader="rules 1")


def test_a_reading_comes_back_whole(store: Store) -> None:
    document = a_document(
        "😀 قال الوزير إن الميناء سيُفتح. The minister said the port will open by 1 May if 2 ships leave.",
        title="Ports\u00a0& ships", outlet="Asheval Tribune", url="https://example.org/a?b=1&c=2", author="A. B.",
        extra={"page": 4, "nested": {"a": [1, None, True]}},
    )  # fmt: skip
    said = a_statement(
        document, "The minister", "said", "the port will open by 1 May if 2 ships leave",
        speaker=Speaker("Dariya Menk", "Ishtavar", extra={"wikidata": "Q1"}), via=("Radio One",),
        via_spans=(at(document, "The minister"),), issues=("port", "ships"), said_on="2027-02-07", negated=True,
        form="mixed", act="condition", confidence=0.123456789012345, extra={"score": 1e-9},
    )  # fmt: skip
    reading = a_reading(
        document, said, reader="rules 1", extra={"made": "by hand"},
        positions=(Position("Ishtavar", "port", "opens", "for", "s1"),),
        conditions=(Condition("Ishtavar", "opening", ("2 ships leave",), "s1"),),
        deadlines=(Deadline("open", "2027-05-01", "day", "Ishtavar", "s1", at(document, "by 1 May")),),
        meetings=(Meeting("talks", chairs=("A",), span=at(document, "ships")),),
        figures=(Figure(2.5, "about", "ships", statement="s1", span=at(document, "2 ships")),),
        relations=(Relation("A", "B", "supports", span=at(document, "port")),),
    )  # fmt: skip
    store.add(reading)
    assert store.reading("d1") == reading
    assert list(store.readings()) == [reading]
    assert store.readings_of(["d1", "d2"]) == {"d1": reading}
    assert store.reading("d2") is None


def test_the_same_document_read_by_the_same_reader_changes_nothing(store: Store) -> None:
    reading = minister()
    assert store.add(reading).status == "new"
    number, history = store.change_number(), store.history("d1")
    assert store.add(reading).status == "unchanged"
    assert (store.change_number(), store.history("d1")) == (number, history)
    assert not store.needs_reading(reading.document, "rules 1")
    assert store.needs_reading(reading.document, "trained 1")
    assert store.needs_reading(replace(reading.document, title="Another"), "rules 1")
    assert store.needs_reading(replace(reading.document, id="d2"), "rules 1")


def test_a_changed_document_keeps_both_versions(store: Store) -> None:
    first, second = minister(), minister(text="The minister said the port will open late.")
    store.add(first)
    added = store.add(second)
    assert (added.status, added.version) == ("changed", 2)
    assert store.reading("d1") == second
    assert store.reading("d1", version=1) == first
    assert store.reading("d1", version=3) is None
    assert list(store.readings()) == [second]
    assert list(store.readings(current=False)) == [first, second]
    assert [(v.version, v.revision, v.current) for v in store.history("d1")] == [(1, 1, False), (2, 1, True)]
    assert store.counts().statements == 1


def test_another_reader_replaces_the_reading_and_the_old_one_stays_in_the_history(store: Store) -> None:
    first = minister()
    document = first.document
    better = a_reading(
        document, a_statement(document, "The minister", "said", "the port", id="x", act="claim"), reader="trained 1"
    )
    store.add(first)
    added = store.add(better)
    assert (added.status, added.version) == ("reread", 1)
    assert store.reading("d1") == better
    assert list(store.readings(current=False)) == [first, better]
    assert [s.statement for s in store.statements()] == ["x"]
    assert not store.search("open")
    assert store.search("port").rows[0].statement == "x"


def test_again_replaces_a_reading_of_the_same_reader(store: Store) -> None:
    first = minister()
    store.add(first)
    other = replace(first, statements=())
    assert store.add(other).status == "unchanged"
    assert store.add(other, again=True).status == "reread"
    assert store.reading("d1") == other


def test_many_are_reported_in_order_and_a_document_may_come_twice(store: Store) -> None:
    batch = [minister(f"d{n}") for n in range(7)]
    changed = minister("d3", "The minister said the port will open soon.")
    added = list(store.add_many([*batch, changed, Incoming(batch[0], raw=b"<p>", fetched_from="https://a/")], batch=4))
    assert [a.document for a in added] == [f"d{n}" for n in range(7)] + ["d3", "d0"]
    assert [a.status for a in added] == ["new"] * 7 + ["changed", "unchanged"]
    assert [a.status for a in store.add_many([changed, batch[3]], batch=10)] == ["unchanged", "changed"]
    assert store.counts().documents == 7
    assert store.doctor() == ()


def test_many_are_reported_only_once_they_are_kept(address: str) -> None:
    with open_store(address) as one, open_store(address) as other:
        for added in one.add_many((minister(f"d{n}") for n in range(5)), batch=2):
            assert other.reading(added.document) is not None


def test_reading_on_while_writing(store: Store) -> None:
    list(store.add_many(minister(f"d{n:03}") for n in range(450)))
    seen = []
    for reading in store.readings():
        seen.append(reading.document.id)
        if len(seen) == 1:
            store.add(minister("later"))
    assert seen == [f"d{n:03}" for n in range(450)] + ["later"]


def test_what_no_database_keeps_costs_no_document(store: Store) -> None:
    text = "The minister said the \0port\0 will \ud800open."
    document = a_document(text, title="half \udfff", outlet="a\0b")
    reading = a_reading(document, a_statement(document, "The minister", "said", "the \0port\0 will \ud800open"))
    store.add(reading)
    assert store.reading("d1") == reading
    assert store.documents().rows[0].title == "half \ufffd"
    assert store.search("port").total == 1


@pytest.mark.parametrize("identity", ["", "a\0b", "\ud800"])
def test_an_id_that_cannot_be_kept_is_refused(store: Store, identity: str) -> None:
    with pytest.raises(InputError, match="cannot be the id"):
        store.add(minister(identity))
    assert store.counts().documents == 0


def test_a_very_long_page_is_kept_and_found_by_its_beginning(store: Store) -> None:
    words = " ".join(f"w{n}orrin" for n in range(200_000))
    document = a_document("Beginning " + words)
    store.add(a_reading(document))
    assert store.reading("d1").document.text == document.text  # type: ignore[union-attr]
    assert store.search("beginning", kind="articles").total == 1


letters = st.characters(codec="utf-8") | st.sampled_from("😀ال تُرفع\u202eé\0\ud800\ufeff")
names = st.text(letters, max_size=20) | st.none()
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(letters, max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(letters, max_size=5), inner, max_size=3),
    max_leaves=6,
)
extras = st.dictionaries(st.text("xyz", min_size=4, max_size=6), json_values, max_size=2)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading that the format allows."""
    text = draw(st.text(letters, min_size=1, max_size=80).filter(lambda t: not t.isspace()))
    places = [n for n, character in enumerate(text) if not character.isspace()]
    document = Document(
        draw(st.sampled_from(["d1", "d2", "ä/3"])), text, *(draw(names) for _ in range(4)),
        draw(names | st.sampled_from(["2027-02-08", "2027-02-08T10:00:00Z"])), draw(names), draw(extras),
    )  # fmt: skip

    def spans() -> Spans:
        chosen = sorted(draw(st.sets(st.sampled_from(places), max_size=3)))
        return Spans([(n, n + 1) for n in chosen])

    statements = tuple(
        Statement(
            f"s{n}", spans(), spans(), spans(), Speaker(draw(names), draw(names), draw(st.booleans())),
            issues=tuple(draw(st.lists(st.text(letters, max_size=9), max_size=3))), said_on=draw(names),
            confidence=draw(st.none() | st.floats(0, 1)), act=draw(st.text(letters, min_size=1, max_size=9)),
            extra=draw(extras),
        )
        for n in range(draw(st.integers(0, 3)))
    )  # fmt: skip
    return Reading(document, statements, reader=draw(names), extra=draw(extras))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(readings(), max_size=4))
def test_whatever_is_added_comes_back(store: Store, some: list[Reading]) -> None:
    latest: dict[str, Reading] = {}
    for reading in some:
        status = store.add(reading).status
        if status != "unchanged":
            latest[reading.document.id] = reading
        assert not store.needs_reading(reading.document, reading.reader)
        assert store.add(reading).status == "unchanged"
    for identity, reading in latest.items():
        assert store.reading(identity) == reading
        rows = store.statements(Filter(document=identity), newest_first=False)
        assert [row.statement for row in rows] == [s.id for s in reading.statements]
    assert store.doctor() == ()


def test_each_writer_waits_for_the_other(address: str) -> None:
    from threading import Thread

    failed: list[BaseException] = []

    def write(some: Callable[[int], Reading]) -> None:
        try:
            with open_store(address) as own:
                for n in range(25):
                    own.add(some(n))
        except BaseException as problem:
            failed.append(problem)

    threads = [Thread(target=write, args=(lambda n, k=k: minister(f"d{k}-{n}"),)) for k in range(3)]
    threads += [Thread(target=write, args=(lambda n: minister(f"shared-{n}"),)) for _ in range(2)]
    open_store(address).close()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with open_store(address) as store:
        assert store.counts().documents == 100
        assert store.change_number() == 100
        assert store.doctor() == ()


def test_after_very_many_the_server_knows_how_many(base: str, store: Store) -> None:
    list(store.add_many(a_reading(a_document(f"Envoy {n} spoke.", id=f"d{n}")) for n in range(300)))
    store.database.gather_statistics()
    if base == "postgresql":
        with store.database.reading() as connection:
            query = text("SELECT reltuples FROM pg_class WHERE oid = 'documents'::regclass")
            assert connection.execute(query).scalar_one() == 300
    assert store.counts().documents == 300
