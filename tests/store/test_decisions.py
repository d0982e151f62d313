"""Decisions are kept in order, taken back by decisions, and never overwritten unseen."""

from __future__ import annotations

from threading import Thread

import pytest

from dragoman.errors import DecisionError
from dragoman.store import Filter, Store, open_store
from dragoman.table import in_force
from tests.builders import a_document, a_reading, a_statement


def port(store: Store, text: str = "The minister said the port will open.", statement: str = "s1") -> None:
    document = a_document(text)
    store.add(a_reading(document, a_statement(document, "The minister", "said", "the port will open", id=statement)))


def reviewed(store: Store) -> list[str]:
    return [s.statement for s in store.statements(Filter(reviewed=True))]


def test_decisions_are_kept_as_they_were_taken(store: Store) -> None:
    first = store.decide("party.merge", {"name": "HNC"}, {"into": "High Negotiations Committee"}, by="ada", why="same")
    second = store.decide("issue.add", {"name": "بيت 😀 \ud800"}, {"aliases": ["a", None, 1.5]}, by="zoë")
    assert (first.id, second.id) == ("1", "2")
    assert (first.by, first.why, first.value) == ("ada", "same", {"into": "High Negotiations Committee"})
    assert second.target == {"name": "بيت 😀 \ud800"}
    assert list(store.decisions()) == [first, second]
    assert list(store.decisions(after="1")) == [second]
    assert list(store.decisions(newest_first=True)) == [second, first]
    assert store.counts().decisions == 2


def test_order_by_time_is_order_by_id(store: Store) -> None:
    taken = [store.decide("party.add", {"name": f"P{n}"}, {}, by="ada") for n in range(12)]
    assert sorted(taken, key=lambda d: d.at) == taken
    assert [d.id for d in in_force(taken)] == [str(n) for n in range(1, 13)]


def test_more_decisions_than_are_fetched_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.store.decisions._AT_ONCE", 3)
    for n in range(8):
        store.decide("party.add", {"name": f"P{n}"}, {}, by="ada")
    ids = [str(n) for n in range(1, 9)]
    assert [d.id for d in store.decisions()] == ids
    assert [d.id for d in store.decisions(newest_first=True)] == ids[::-1]
    assert [d.id for d in store.decisions(after="3", newest_first=True)] == ids[:2:-1]
    assert [d.id for d in store.changes_since(0).decisions] == ids


def test_undo_is_a_decision_and_can_itself_be_undone(store: Store) -> None:
    port(store)
    target = {"document": "d1", "statement": "s1"}
    accept = store.decide("statement.accept", target, {}, by="ada")
    assert reviewed(store) == ["s1"]
    undo = store.decide("undo", {"decision": accept.id}, {}, by="ada")
    assert reviewed(store) == []
    with pytest.raises(DecisionError, match="already undone"):
        store.decide("undo", {"decision": accept.id}, {}, by="ada")
    store.decide("undo", {"decision": undo.id}, {}, by="ada")
    assert reviewed(store) == ["s1"]
    store.decide("undo", {"decision": accept.id}, {}, by="ada")
    assert reviewed(store) == []
    assert len(list(store.decisions())) == 4
    assert in_force(store.decisions()) == ()


@pytest.mark.parametrize("named", ["99", "", "x", "1 OR 1=1", "٣", "9" * 40, None])
def test_there_must_be_something_to_undo(store: Store, named: object) -> None:
    store.decide("party.add", {"name": "A"}, {}, by="ada")
    with pytest.raises(DecisionError, match="there is no decision"):
        store.decide("undo", {"decision": named}, {}, by="ada")
    assert store.counts().decisions == 1


def test_a_decision_is_about_a_document_that_is_there(store: Store) -> None:
    with pytest.raises(DecisionError, match="no document is called 'nowhere'"):
        store.decide("statement.accept", {"document": "nowhere", "statement": "s1"}, {}, by="ada")


def test_two_tabs_cannot_overwrite_each_other_unseen(store: Store) -> None:
    port(store)
    target = {"document": "d1", "statement": "s1"}
    seen = store.last_decision("statement.edit", target)
    assert seen == "0"
    first = store.decide("statement.edit", target, {"speaker": "Hijab"}, by="ada", expects=seen)
    with pytest.raises(DecisionError, match=r"ada has meanwhile decided statement.edit .*Hijab"):
        store.decide("statement.reject", target, {}, by="bob", expects=seen)
    assert store.last_decision("statement.reject", target) == first.id
    undo = store.decide("undo", {"decision": first.id}, {}, by="ada")
    with pytest.raises(DecisionError, match="meanwhile decided undo"):
        store.decide("statement.reject", target, {}, by="bob", expects=first.id)
    store.decide("statement.reject", target, {}, by="bob", expects=undo.id)
    store.decide("statement.accept", {"document": "d1", "statement": "other"}, {}, by="bob", expects="0")
    store.decide("party.add", {"name": "s1"}, {}, by="bob", expects="0")
    with pytest.raises(DecisionError, match="meanwhile"):
        store.decide("party.rename", {"name": "S1"}, {"to": "S2"}, by="ada", expects="0")


def test_of_many_writers_who_saw_the_same_only_one_decides(address: str) -> None:
    won: list[str] = []
    lost: list[str] = []

    def decide(name: str) -> None:
        with open_store(address) as own:
            try:
                won.append(own.decide("party.rename", {"name": "HNC"}, {"to": name}, by=name, expects="0").by)
            except DecisionError as problem:
                lost.append(problem.found)

    open_store(address).close()
    threads = [Thread(target=decide, args=(f"user{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 5)
    assert all(won[0] in message for message in lost)


def test_a_review_carries_its_words_and_survives_reading_again(store: Store) -> None:
    port(store)
    accept = store.decide("statement.accept", {"document": "d1", "statement": "s1"}, {}, by="ada")
    assert accept.target["words"] == "the port will open"
    assert accept.target["content"] == [[18, 36]]
    port(store, "On Monday the minister said so. The minister said the port will open.", statement="s9")
    assert reviewed(store) == ["s9"]
    port(store, "The minister said the port will open, or not, the port will open said The minister", "s2")
    assert reviewed(store) == ["s2"]
    document = a_document("The minister said nothing.")
    store.add(a_reading(document, a_statement(document, "The minister", "said", "nothing", id="s1")))
    assert reviewed(store) == []
    assert [d.id for d in store.decisions(document="d1")] == ["1"]


def test_a_target_that_brings_its_words_keeps_them(store: Store) -> None:
    port(store)
    target = {"document": "d1", "statement": "s7", "words": "The PORT will open", "content": [[18, 36]]}
    assert store.decide("statement.reject", target, {}, by="ada").target == target
    assert reviewed(store) == ["s1"]
    assert store.documents().rows[0].reviewed == 1


def test_a_decision_needs_a_kind_and_a_person(store: Store) -> None:
    for kind, by in (("", "ada"), ("party.add", "")):
        with pytest.raises(DecisionError):
            store.decide(kind, {"name": "A"}, {}, by=by)


def test_changes_tell_which_documents_and_decisions_came(store: Store) -> None:
    start = store.changes_since(0)
    assert (start.last, start.documents, start.decisions) == (0, (), ())
    port(store)
    merge = store.decide("party.merge", {"name": "A"}, {"into": "B"}, by="ada")
    first = store.changes_since(0)
    assert (first.documents, first.decisions) == (("d1",), (merge,))
    assert first.last == store.change_number()
    assert store.changes_since(first.last) == type(first)(first.last)
    port(store, "The minister said the port will open soon.")
    store.add(a_reading(a_document("x", id="d2")))
    port(store)
    later = store.changes_since(first.last)
    assert (later.documents, later.decisions) == (("d2", "d1"), ())
