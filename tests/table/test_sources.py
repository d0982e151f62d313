"""Where reports come from, and where they do not agree."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.lexicon import Entry, Lexicon
from dragoman.reading import Reading, Speaker
from dragoman.table import Table, build
from tests.builders import a_document, a_reading, a_statement
from tests.table.dossiers import a_decision

OUTLETS = (Entry("Reuters", "wire"), Entry("The Daily Post", "outlet"), Entry("Evening Star", "outlet"))
LEXICON = Lexicon(outlets=OUTLETS)
WIRE = """The harbour of Vessel was closed on Monday after a night of shelling, port officials told reporters there.
Foreign Minister Ada Brook said her government would not return to the table before the guns fall silent again.
Fishermen waited on the quay while the envoy travelled between the two delegations with a new draft in her bag.
The talks are to resume next week if both governments answer the letter that the League of Ports sent them."""
OTHER = """Markets in the capital opened late because of a strike by tram drivers over unpaid night shifts last winter.
The union said that it would meet the transport company on Friday and that no further stoppages were planned."""


def article(identity: str, text: str, day: str = "2027-02-01", outlet: str = "The Daily Post") -> Reading:
    return Reading(a_document(text, id=identity, published=day, outlet=outlet))


def table(*readings: Reading, **given: Any) -> Table:
    return build(readings, given.pop("decisions", ()), lexicon=LEXICON, **given)


def edited(text: str, every: int) -> str:
    """The text with every so manieth word replaced."""
    words = text.split(" ")
    return " ".join("somewhat" if n % every == every - 1 else word for n, word in enumerate(words))


@pytest.mark.parametrize(
    ("text", "kind", "sure"),
    [
        (WIRE, "copy", True),
        (edited(WIRE, 12), "copy", True),
        ("\n".join(WIRE.split("\n")[:2]), "copy", True),
        ("\n".join(WIRE.split("\n")[:3]) + "\n" + OTHER, "abridged", True),
        (OTHER + "\n" + OTHER.replace("tram", "bus") + "\n" + "\n".join(WIRE.split("\n")[:2]), "parts", False),
    ],
    ids=["same", "edited", "shortened", "with own matter", "in a digest"],
)
def test_copies_go_back_to_their_origin(text: str, kind: str, sure: bool) -> None:
    found = table(article("wire", WIRE, outlet="Reuters"), article("copy", text, "2027-02-02"))
    assert [(x.document, x.to, x.kind, x.sure) for x in found.origins.links] == [("copy", "wire", kind, sure)]
    count = found.origins.of(["wire", "copy"])
    assert (count.reports, count.low, count.high) == (2, 1, 1 if sure else 2)
    assert count.reasons and "stands in wire" in count.reasons[0]
    assert found.origins.groups[0].documents == ("wire", "copy")


def test_reports_of_their_own_are_not_linked() -> None:
    found = table(article("one", WIRE), article("two", OTHER))
    assert found.origins.links == () and found.origins.of(["one", "two"]).sentence() == "2 reports, 2 origins"


def test_five_reports_have_one_origin() -> None:
    given = [article(f"r{n}", edited(WIRE, 15 + n), f"2027-02-0{n + 1}", f"Paper {n}") for n in range(5)]
    found = table(*given).origins.of([r.document.id for r in given])
    assert found.sentence() == "5 reports, 1 origin"


def test_the_agency_is_the_origin_of_what_others_print_on_the_same_day() -> None:
    found = table(article("a-copy", WIRE), article("z-wire", WIRE, outlet="Reuters"))
    assert [(x.document, x.to) for x in found.origins.links] == [("a-copy", "z-wire")]


def test_credit_lines_are_read_where_they_stand() -> None:
    credited = article("p", "DORN, Feb 1 (Reuters) - " + OTHER)
    found = table(credited, article("q", WIRE + "\nReporting by Jo Vale; Source: Evening Star"))
    assert [(c.document, c.outlet) for c in found.origins.credits] == [("p", "Reuters"), ("q", "Evening Star")]
    assert found.words(found.origins.credits[0].evidence[0]) == "Reuters"
    assert ("The Daily Post", "Reuters") in [(c.outlet, c.cites) for c in found.origins.citations]


def test_people_cut_and_draw_links() -> None:
    given = [article("wire", WIRE), article("copy", WIRE, "2027-02-02"), article("own", OTHER)]
    cut = a_decision(1, "origin.cut", {"document": "copy"}, {"to": "wire"})
    assert table(*given, decisions=[cut]).origins.of(["wire", "copy"]).low == 2
    link = a_decision(2, "origin.link", {"document": "own"}, {"to": "wire"})
    assert table(*given, decisions=[link]).origins.of(["wire", "own"]).high == 1
    lost = a_decision(3, "origin.link", {"document": "own"}, {"to": "gone"})
    assert [u.decision for u in table(*given, decisions=[lost]).unplaced] == ["n3"]


def cites(identity: str, outlet: str, via: str, day: str, words: str = "the port will open on Monday") -> Reading:
    document = a_document(f"Brook said {words}, {via} reported.", id=identity, outlet=outlet, published=day)
    statement = a_statement(document, "Brook", "said", words, speaker=Speaker("Brook", "Arvenia"), via=(via,))
    return a_reading(document, statement)


def test_outlets_that_cite_each_other_for_one_claim_are_circular() -> None:
    ring = [cites("a", "The Daily Post", "Evening Star", "2027-02-01"),
            cites("b", "Evening Star", "The Daily Post", "2027-02-02")]  # fmt: skip
    found = table(*ring).origins
    assert {o for r in found.circular for o in r.outlets} == {"The Daily Post", "Evening Star"}
    other = cites("b", "Evening Star", "The Daily Post", "2027-02-02", "tram drivers met the company")
    assert table(ring[0], other).origins.circular == ()


def quoted(identity: str, outlet: str, words: str) -> Reading:
    document = a_document(f"Brook said “{words}”", id=identity, outlet=outlet)
    speaker = Speaker("Ada Brook", "Arvenia")
    return a_reading(document, a_statement(document, "Brook", "said", f"“{words}”", speaker=speaker, form="direct"))


@pytest.mark.parametrize(
    ("one", "other", "lost"),
    [
        ("We may return to the harbour talks", "We return to the harbour talks", "“may”"),
        ("We will not return to the harbour talks", "We will return to the harbour talks", "“not”"),
        ("We return to the harbour talks", "We return to the harbour talks", None),
        ("We may return to the harbour talks", "The union met the company on Friday night", None),
    ],
)
def test_a_quotation_that_lost_its_not_or_may_is_reported(one: str, other: str, lost: str | None) -> None:
    found = table(quoted("a", "The Daily Post", one), quoted("b", "Evening Star", other)).disagreements
    notes = [d.note for d in found if d.kind == "quote"]
    assert (lost is None and notes == []) or (len(notes) == 1 and str(lost) in notes[0])


def two(first: str, second: str, cue: str, act: str, *, issue: str = "mines") -> Table:
    document = a_document(f"Arvenia said {first}. Belmark {cue} {second}.", id="t")
    one = a_statement(document, "Arvenia", "said", first, speaker=Speaker("Arvenia", "Arvenia"), issues=(issue,))
    other = a_statement(document, "Belmark", cue, second, id="s2", speaker=Speaker("Belmark", "Belmark"), act=act,
                        issues=(issue,))  # fmt: skip
    return table(a_reading(document, one, other))


def test_a_denial_is_linked_to_what_it_denies() -> None:
    found = two("Belmark laid ninety mines in the strait", "having laid any", "denied", "rejection").disagreements
    assert [(d.kind, d.sides) for d in found] == [("denial", ("Belmark", "Arvenia"))]
    assert [e.statement for e in found[0].evidence] == ["s2", "s1"]


def test_yes_against_no_is_a_disagreement() -> None:
    found = two("the mines have left the strait", "the mines have not left the strait", "says", "claim").disagreements
    assert [(d.kind, d.sides) for d in found] == [("polarity", ("Arvenia", "Belmark"))]
    assert two("the mines have left the strait", "the mines left the strait", "says", "claim").disagreements == ()


def test_an_outlet_cited_by_half_its_name_is_that_outlet() -> None:
    given = [cites("a", "Harbour Herald", "the Herald", "2027-02-01"), cites("b", "Dorn Mail", "Herald", "2027-02-02")]
    assert [(c.outlet, c.cites) for c in table(*given).origins.citations] == [("Dorn Mail", "Harbour Herald")]


def test_tables_may_be_asked_from_many_threads_while_reports_come_in() -> None:
    from concurrent.futures import ThreadPoolExecutor

    from dragoman.table import Builder

    given = [cites(f"r{n:02}", "Dorn Mail", "Herald", f"2027-02-{n:02}", f"it opens on {n} May") for n in range(1, 25)]
    builder, tables = Builder(lexicon=LEXICON), []
    with ThreadPoolExecutor(4) as pool:
        asked = []
        for reading in given:
            tables.append(builder.add(reading).table())
            asked += [pool.submit(tables[-1].to_json) for _ in range(2)]
        answers = [one.result() for one in asked]
    for number, answer in enumerate(answers):
        assert answer == build(given[: number // 2 + 1], lexicon=LEXICON).to_json()
