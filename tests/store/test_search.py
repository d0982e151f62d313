"""Search finds the same on both databases, in Latin and Arabic script, and points at the words as they stand."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import DossierError
from dragoman.reading import Span, Speaker
from dragoman.store import Filter, Store
from dragoman.store.searchable import OPEN, SHUT, for_postgresql, for_sqlite, phrases, places, searchable
from tests.builders import a_document, a_reading, a_statement

ARTICLES = {
    "ports": "The minister said the port will open. Sanctions on the U.S.-led fleet were lifted; Tartūs’ dockers left.",
    "siege": "😀 Sieges must be broken, the envoy's office said. A return to talks (Geneva) is not on the table.",
    "arabic": "قال المبعوث إنّ العقوبات لن تُرفع قبل الهدنة، والبيت الأبيض يرفض.",
    "french": "Le négociateur a refusé : « pas d’accord sans garanties », à Genève.",
}


@pytest.fixture
def shelf(store: Store) -> Store:
    for identity, text in ARTICLES.items():
        document = a_document(text, id=identity, title=f"Report on {identity}", outlet="Courier")
        cut = text.index(" ", 3)
        statement = a_statement(document, "", "", text[cut + 1 :], speaker=Speaker("Riyad Hijab", "HNC"))
        store.add(a_reading(document, statement))
    return store


QUERIES = [
    ("sanction", {"ports"}, {"Sanctions"}),
    ("SANCTIONS", {"ports"}, {"Sanctions"}),
    ("siege broken", {"siege"}, {"Sieges", "broken"}),
    ("siege sanctions", set(), set()),
    ('"return to talks"', {"siege"}, {"return", "talks"}),
    ('"talks return"', set(), set()),
    ("the port", {"ports"}, {"port"}),
    ("sanct*", {"ports"}, {"Sanctions"}),
    ("sanct", set(), set()),
    ("US fleet", {"ports"}, {"U.S", "fleet"}),
    ("U.S.", {"ports"}, {"U.S"}),
    ("tartus", {"ports"}, {"Tartūs"}),
    ("Tartūs", {"ports"}, {"Tartūs"}),
    ("envoys", {"siege"}, {"envoy"}),
    ("geneva", {"siege"}, {"Geneva"}),
    ("geneve", {"french"}, {"Genève"}),
    ("negociateur", {"french"}, {"négociateur"}),
    ("«sans garanties»", {"french"}, {"sans", "garanties"}),
    ("ترفع", {"arabic"}, {"تُرفع"}),
    ("تُرفع", {"arabic"}, {"تُرفع"}),
    ("هدنة", {"arabic"}, {"الهدنة"}),
    ("الهدنة", {"arabic"}, {"الهدنة"}),
    ("بيت", {"arabic"}, {"والبيت"}),
    ("البيت ابيض", {"arabic"}, {"والبيت", "الأبيض"}),
    ("the", set(), set()),
    ("", set(), set()),
    ('" " ** ()', set(), set()),
]


@pytest.mark.parametrize(("typed", "expected", "words"), QUERIES, ids=[q[0] for q in QUERIES])
def test_articles(shelf: Store, typed: str, expected: set[str], words: set[str]) -> None:
    found = shelf.search(typed, kind="articles")
    assert {hit.document for hit in found} == expected
    assert found.total == len(expected)
    for hit in found:
        assert hit.start is not None
        assert hit.text == ARTICLES[hit.document][hit.start : hit.start + len(hit.text)]
        assert {hit.text[start:end] for start, end in hit.matches} == words


@pytest.mark.parametrize("typed", ["hijab", "HNC sanctions", "Riyad sanct*"])
def test_statements_are_found_by_who_said_them(shelf: Store, typed: str) -> None:
    found = shelf.search(typed)
    assert {hit.document for hit in found} >= {"ports"}
    hit = next(hit for hit in found if hit.document == "ports")
    assert (hit.kind, hit.statement, hit.speaker, hit.party, hit.outlet) == (
        "statement", "s1", "Riyad Hijab", "HNC", "Courier",
    )  # fmt: skip
    assert {hit.text[a:b] for a, b in hit.matches} == ({"Sanctions"} if "san" in typed else set())


def test_a_title_is_searched_too(shelf: Store) -> None:
    assert [hit.document for hit in shelf.search("report arabic", kind="articles")] == ["arabic"]


@pytest.mark.parametrize(
    "typed",
    ["AND", "port OR", "port NOT open", "folded:port", "NEAR(port open)", "port^2", "port:*", "!port", "a'b", '"port',
     "port; DROP TABLE statements", "%", "\\", "port\0", "\ud800", "(((", "port|open & !x", "<port>", "*", "' || '"],
)  # fmt: skip
def test_what_is_typed_is_never_syntax(shelf: Store, typed: str) -> None:
    for kind in ("statements", "articles"):
        shelf.search(typed, kind=kind)
    assert shelf.search("port").total == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_anything_may_be_typed(shelf: Store, typed: str) -> None:
    shelf.search(typed)
    shelf.search(typed, kind="articles")


def test_filters_and_pages(store: Store) -> None:
    for n in range(30):
        document = a_document(
            "Envoy said the port will open.", id=f"d{n:02}", published=f"2027-01-{n + 1:02}",
            outlet="The Courier" if n % 2 else "Radio One", language="en-GB" if n % 3 else "ar",
        )  # fmt: skip
        statement = a_statement(
            document, "Envoy", "said", "the port will open", act="claim" if n < 20 else "demand",
            speaker=Speaker("Envoy", "the UN"), issues=("Port access",),
        )  # fmt: skip
        store.add(a_reading(document, statement))
    everything = store.search("port", newest_first=True, limit=10)
    assert (everything.total, everything.more, len(everything)) == (30, False, 10)
    assert [hit.document for hit in everything][:2] == ["d29", "d28"]
    assert [hit.document for hit in store.search("port", newest_first=True, limit=2, offset=10)] == ["d19", "d18"]
    rows = [
        (Filter(outlet=("courier",)), 15), (Filter(act=("demand",)), 10), (Filter(party=("U.N.",)), 30),
        (Filter(issue=("port ACCESS",)), 30), (Filter(issue=("other",)), 0), (Filter(since="2027-01-30"), 1),
        (Filter(until="2027-01-02"), 1), (Filter(language="en"), 20), (Filter(language="e"), 0),
        (Filter(document="d05"), 1), (Filter(act=("demand",), outlet=("Radio One", "Nobody")), 5),
        (Filter(reviewed=True), 0), (Filter(confidence_below=0.9), 0), (Filter(confidence_below=0.91), 30),
    ]  # fmt: skip
    for wanted, expected in rows:
        assert store.search("port", wanted=wanted).total == expected, wanted
        assert store.search("port", kind="articles", wanted=wanted).total == expected, wanted
        assert store.statements(wanted).total == expected, wanted
        assert store.documents(wanted).total == expected, wanted


def test_a_long_article_shows_the_place_that_matches(store: Store) -> None:
    text = "Nothing here. " * 300 + "At last the harbour opened. " + "Nothing more. " * 300
    store.add(a_reading(a_document(text)))
    (hit,) = store.search("harbour", kind="articles")
    assert hit.start is not None and text[hit.start :].startswith(hit.text)
    assert [hit.text[a:b] for a, b in hit.matches] == ["harbour"]
    assert len(hit.text) <= 330


def test_more_hits_than_are_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.store.lists.COUNTED", 3)
    for n in range(5):
        store.add(a_reading(a_document("port", id=f"d{n}")))
    found = store.search("port", kind="articles")
    assert (found.total, found.more, len(found)) == (3, True, 5)


def test_only_statements_and_articles_are_searched(store: Store) -> None:
    with pytest.raises(DossierError, match="statements or articles"):
        store.search("x", kind="decisions")


# ----------------------------------------------------------------------------------------------- the text alone


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("ABsl.' \u0301إﷺﬁßİΣςا لبيت"), max_size=60))
def test_every_searchable_letter_knows_where_it_came_from(text: str) -> None:
    bare = searchable(text)
    assert all(character == " " or character.isalnum() for character in bare)
    for start in range(len(bare)):
        if bare[start] != " ":
            (span,) = places(text, bare[:start] + OPEN + bare[start] + SHUT + bare[start + 1 :])
            assert 0 <= span.start < span.end <= len(text)
            assert searchable(text[span.start : span.end]).strip() or not bare[start].isalnum()


def test_places_are_whole_words() -> None:
    text = "😀 Tartūs’ الهدنة"
    bare = searchable(text)
    at = bare.index("tartus")
    marked = bare[:at] + OPEN + "tartus" + SHUT + bare[at + 6 :]
    assert places(text, marked) == (Span(2, 8),)
    at = bare.index("هدن")
    marked = bare[:at] + OPEN + bare[at : at + 3] + SHUT + bare[at + 3 :]
    assert [text[a:b] for a, b in places(text, marked)] == ["الهدنة"]


def test_queries_are_words_only() -> None:
    asked = phrases('U.S. "return to talks" sanct* the ال')
    assert for_sqlite(asked) == '"us" "return to talks" "sanct"* "ال"'
    assert for_postgresql(asked) == "(us) & (return <-> to <-> talks) & (sanct:*) & (ال)"
