"""Events that an article tells in its own voice: what is one, what it fulfils, and what becomes of it on the table."""

from __future__ import annotations

import pytest

from dragoman.analysis.brief import write_brief
from dragoman.lexicon import Lexicon
from dragoman.reading import Condition, Deadline, Reading, Spans
from dragoman.table import build
from dragoman.table.events import events
from dragoman.table.fulfilled import fulfils, wanted
from dragoman.table.outcomes import SPEAKS_OF
from tests.builders import a_document, a_reading, a_statement, at


def told(text: str, published: str = "2027-04-16") -> Reading:
    return a_reading(a_document(text, id=f"{published}-told", published=published))


def settles(required: str, text: str) -> bool:
    what = wanted(required)
    return what is not None and any(
        len(what.stems & event.stems) >= SPEAKS_OF * len(what.stems) and fulfils(event, what)
        for event in events(told(text))
    )


@pytest.mark.parametrize(
    ("required", "text"),
    [
        ("all its workers came home", "Both signed on Monday, and the last 12 miners came home on Friday."),
        ("at least 300 of its prisoners are freed", "Sulmar released 312 prisoners on Thursday."),
        ("the airspace reopened", "Noor reopened its airspace on Sunday."),
        ("the Forum withdraws its lawsuit", "In Velm, the Forum has withdrawn its lawsuit."),
        ("withdrawal of all Usangan troops from Lowari", "Usanga withdrew its last troops from Lowari on Sunday."),
        ("the Kestrian patrol boats leave the strait", "Kestria withdrew its last boats on Friday."),
        ("an end to the shelling of the village", "The shelling stopped at noon."),
        ("resumption of the talks", "VESSBY - The talks resumed in Vessby on Friday."),
        ("the union called off the strike", "The drivers' union has called off its strike."),
        ("the president signs the decree", "President Anna Lorne signed the decree on Friday."),
        ("handover of the port", "The Front handed over the port on Friday."),
        ("the sanctions on Brask are lifted", "The council lifted the sanctions on Brask."),
        ("they returned to work by February 7", "The drivers returned to work on Monday."),
        ("a vote on the deal", "The members voted on the deal on Friday."),
    ],
)
def test_what_was_done_fulfils_what_was_wanted(required: str, text: str) -> None:
    assert settles(required, text)


@pytest.mark.parametrize(
    ("required", "text"),
    [
        ("all its workers came home", "Two miners came home on Friday."),
        ("all its workers came home", "The president came home on Friday."),
        ("at least 300 of its prisoners are freed", "Sulmar released 12 prisoners on Thursday."),
        ("the airspace reopened", "Noor reopened part of its airspace."),
        ("the Forum withdraws its lawsuit", "The Guild withdrew its lawsuit on Tuesday."),
        ("the Forum withdraws its lawsuit", "The Forum withdrew its lawsuit in 2019."),
        ("the Kestrian patrol boats leave the strait", "Eight Kestrian patrol boats left the strait on Friday."),
        ("the Kestrian patrol boats leave the strait", "The Sulmari patrol boats left the strait on Friday."),
        ("reopening of the strait to merchant ships", "Sulmar reopened the strait to fishing boats."),
        ("the upper house passes a pay freeze", "The lower house passed a pay freeze on Tuesday."),
        ("the union called off the strike", "The union called the strike a success."),
        ("the ban on grain is lifted", "Ostrava lifted the ban on sugar on Monday."),
        ("both sides sign the protocol", "Norland signed the protocol on Friday."),
        ("the operator raises their pay by 9 percent", "The operator raised their pay by 5 percent."),
        ("the convoy reaches the town", "Half of the convoy reached the town on Friday."),
        ("the army leaves the valley", "Villagers left the valley on Monday."),
        ("the army leaves the valley", "The army left the valley last month."),
        ("the rebels lay down their weapons", "The rebels laid down some of their weapons on Friday."),
        ("soldiers do not remain in the valley", "The soldiers left the valley on Friday."),
    ],
)
def test_what_is_only_near_fulfils_nothing(required: str, text: str) -> None:
    assert not settles(required, text)


@pytest.mark.parametrize(
    "text",
    [
        "The army left the valley, a spokesman said.",
        "If the army left the valley, the talks would resume.",
        "The army has not left the valley.",
        "The army had left the valley by then.",
        "The army will have left the valley by Friday.",
        "The army plans to leave the valley.",
        "The army nearly left the valley.",
        '"The army left the valley on Friday."',
        "Has the army left the valley?",
        "Troops who left the valley came under fire.",
        "The accord on the valley is signed.",
        "Army leaves valley, talks resumed",
    ],
)
def test_what_is_reported_doubted_denied_or_ahead_is_no_event(text: str) -> None:
    assert events(told(text)) == ()


def test_an_event_knows_its_sentence_and_its_day() -> None:
    reading = told("Mr. Haas arrived. On Wednesday, the army left the valley. It rained.")
    event = next(e for e in events(reading) if e.words[e.verb].raw == "left")
    assert event.sentence.text(reading.document) == "On Wednesday, the army left the valley."
    assert event.since == "2027-04-14"
    assert events(told("The army left the valley on Wednesday."))[0].since == "2027-04-14"
    assert events(told("The army left the valley on April 2."))[0].since == "2027-04-02"
    assert events(told("The army left the valley."))[0].since == ""


def test_a_statement_is_not_told_by_the_article() -> None:
    document = a_document("Rusk confirmed the army left the valley. The army left the town.")
    statement = a_statement(document, "Rusk", "confirmed", "the army left the valley")
    assert [e.sentence for e in events(a_reading(document, statement))] == [at(document, "The army left the town.")]


def asks(**layers: object) -> Reading:
    document = a_document("Andexo said it would suspend mining if all its workers came home.", published="2027-04-10")
    statement = a_statement(document, "Andexo", "said", "it would suspend mining if all its workers came home")
    return a_reading(document, statement, **layers)


ASKS = asks(conditions=(Condition("Andexo", "mining", ("all its workers came home",), "s1"),))


@pytest.mark.parametrize(
    ("published", "text", "status"),
    [
        ("2027-04-16", "The last 12 miners came home on Wednesday.", "met"),
        ("2027-04-10", "The last 12 miners came home on Friday.", "open"),
        ("2027-04-12", "The last 12 miners came home on Friday.", "open"),
        ("2027-04-01", "The last 12 miners came home on Wednesday.", "open"),
    ],
)
def test_what_is_told_later_settles_a_requirement(published: str, text: str, status: str) -> None:
    later = told(text, published)
    (condition,) = build([later, ASKS], lexicon=Lexicon()).conditions
    (required,) = condition.requires
    assert required.status == status
    if status == "met":
        assert required.settled_by is not None and required.settled_by.document == later.document.id
        assert required.settled_by.spans == Spans([(0, len(text))])
        assert (required.since, required.note) == (published, "told by the report itself")


@pytest.mark.parametrize(
    ("published", "status"), [("2027-04-12", "met"), ("2027-04-16", "met"), ("2027-04-20", "passed")]
)
def test_what_is_told_in_time_meets_a_deadline(published: str, status: str) -> None:
    due = asks(deadlines=(Deadline("withdrawal of its boats", "2027-04-15", "day", "Andexo", "s1"),))
    later = told("Kestria withdrew its last boats.", published)
    (deadline,) = build([due, later, told("It rained.", "2027-05-20")], lexicon=Lexicon()).deadlines
    assert deadline.status == status
    if status == "met":
        assert deadline.moves[-1].evidence[0].document == later.document.id


@pytest.mark.parametrize("published", [None, "2027", "soon"])
def test_an_article_of_no_day_tells_of_no_weekday(published: str | None) -> None:
    reading = a_reading(a_document("The army left the valley on Wednesday.", published=published))
    assert [event.since for event in events(reading)] == [""]


def test_the_brief_says_a_condition_in_a_sentence() -> None:
    brief = write_brief(build([ASKS], lexicon=Lexicon()), since="2027-04-01")
    said = [sentence.text for section in brief.sections for sentence in section.sentences]
    assert "Andexo set a condition for mining: all its workers came home." in said
    assert "Andexo sets a condition for mining: all its workers came home." in said
