"""Agreements that a text names, and how they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon import Lexicon
from dragoman.reader.agreements.agreements import find_agreements
from dragoman.reader.draft import Draft
from dragoman.reading import Agreement, Spans, Speaker, Statement
from tests.builders import a_document


def agreements(text: str, **known: str) -> list[Agreement]:
    draft = Draft.of(a_document(text, **{"published": "2027-04-02", **known}), Lexicon())
    draft.agreements = find_agreements(draft)
    draft.finish("test")
    return draft.agreements


SIGNED = [
    ("Kestria and Sulmar signed a ceasefire in Vessby on Thursday.", "ceasefire in Vessby", "reached"),
    ("The truce collapsed on Friday when shells fell on the port.", "truce", "broken"),
    ("Talks aimed at reaching a truce in Vessby resumed on Monday.", "truce in Vessby", "proposed"),
    ("Talks made progress and an agreement on fish is expected soon.", "agreement on fish", "proposed"),
    ("They spoke of the urgency of reaching a legal agreement on water.", "legal agreement on water", "proposed"),
    ("Both wish to conclude their peace deal as soon as possible.", "peace deal", "proposed"),
    ("The envoy came to Sulmar on Thursday to secure a truce, and a ministry announced it.", "truce", "proposed"),
    (
        "Both signed a declaration of principles in Velm, vowing to start negotiating no later than May.",
        "declaration of principles in Velm",
        "reached",
    ),
    (
        "The envoy was ready to strike a peace deal with the rebels and forge an understanding.",
        "peace deal with the rebels",
        "proposed",
    ),
    ("A temporary truce was also discussed in Vessby.", "temporary truce", "proposed"),
    ("Truce signing delayed\n\nBoth spoke of the terms of a truce on Thursday.", "truce", "proposed"),
    ("Both postponed by a day the signing of a truce in Vessby on Thursday.", "truce in Vessby", "proposed"),
    (
        "Envoys spoke about a compromise agreement for Sulmar that the bloc has proposed.",
        "compromise agreement for Sulmar",
        "proposed",
    ),
    (
        "The rebels initialled a peace agreement with the government Thursday.",
        "peace agreement with the government",
        "reached",
    ),
    ("The delegation will focus on an immediate truce in Vessby.", "immediate truce in Vessby", "proposed"),
    ("The minister announced a deadline for a peace accord in Vessby.", "peace accord in Vessby", "proposed"),
    ("The plan calls for a 60-day truce in Vessby.", "60-day truce in Vessby", "proposed"),
    (
        "Envoys met before the deadline to reach an agreement on Kestria's disputed ports.",
        "agreement on Kestria's disputed ports",
        "proposed",
    ),
    (
        "The envoy's blueprint for the deal includes an initial 60-day truce. Trying to broker a deal, she left. "
        "Any deal needs time.",
        "60-day truce",
        "proposed",
    ),
    ("It rests on a UN resolution that ended the last round of fighting in 2016.", "UN resolution", "reached"),
    ("The Lake Protocol of 1998 remains in force.", "Lake Protocol of 1998", "in force"),
    (
        "A draft treaty on tariffs was proposed. The draft treaty would cut them by half.",
        "draft treaty on tariffs",
        "proposed",
    ),
    (
        "The memorandum of May 2022 with Dalian Harbour Works lapsed in March.",
        "memorandum of May 2022 with Dalian Harbour Works",
        "broken",
    ),
    (
        "They initialled an agreement in principle on winter power on Tuesday.",
        "agreement in principle on winter power",
        "reached",
    ),
]


@pytest.mark.parametrize(("text", "name", "status"), SIGNED)
def test_one_agreement(text: str, name: str, status: str) -> None:
    assert [(a.name, a.status) for a in agreements(text)] == [(name, status)]


@pytest.mark.parametrize(
    "text",
    [
        "There is no deal and there will be none.",
        "Kestria threatened sanctions if the two sides fail to reach a ceasefire by the end of May.",
        "We want a good agreement, not a quick one.",
        "He is not a treaty lawyer.",
        "They met for three hours and parted.",
    ],
)
def test_wishes_are_none(text: str) -> None:
    assert agreements(text) == []


def test_every_mention_makes_one() -> None:
    text = (
        "Truce holds in Wadi Sabr\n\nThe truce in Wadi Sabr, signed on Tuesday, is holding. The agreement was brokered "
        "by Mahriya. Both sides said they would respect the truce."
    )
    assert len(agreements(text)) == 1


def test_two_with_different_names_stay_two() -> None:
    text = "The Lake Protocol was signed in 1998. The Vessby Accord was signed last year, and remains in force."
    assert len(agreements(text)) == 2


def test_the_trouble_of_others_strains_no_agreement() -> None:
    text = (
        "Kestria and the rebels signed agreements on aid and on safe roads. The aid protocol envisages disarming the "
        "guards of the port, accused by rebels of a campaign of robbery, and opens camps where fever has raged since "
        "March."
    )
    assert [(a.status, a.date) for a in agreements(text)] == [("reached", None)]


def test_where_it_was_signed_tells_it_from_no_other() -> None:
    found = agreements("The truce in the Orrin Valley holds. The truce, signed in Velm on 16 March, runs for 30 days.")
    assert [a.name for a in found] == ["truce in the Orrin Valley"]


def test_an_older_treaty_is_no_part_of_the_deal_of_today() -> None:
    text = "Kestria and Sulmar signed a deal on grain on Thursday. Sulmar would leave the treaty of 1987, which stands."
    assert [a.name for a in agreements(text)] == ["deal on grain", "treaty of 1987"]


@pytest.mark.parametrize(
    "text",
    [
        "The state signed nothing: it does not bargain over prices.",
        "The envoys will probably deal with the cessation of work on Thursday.",
        "Gordon Pakenham, minister of Treaty Relations, signed the letter on Thursday.",
        "The deal of the year was announced on Thursday: a tunnel.",
        "The Government of National Accord met on Thursday.",
        "They dropped the claim on Thursday in exchange for exactly nothing.",
        "Both sides gained 3 per cent, according to a memorandum of the Finance Ministry dated 3 February.",
    ],
)
def test_other_things_of_the_same_words(text: str) -> None:
    assert agreements(text) == []


def test_a_deal_is_called_by_what_it_is_about_rather_than_by_how_it_was_made() -> None:
    text = "The sides signed a handshake deal on Thursday. The rent deal runs for three years."
    [found] = agreements(text)
    assert found.name == "rent deal"


@pytest.mark.parametrize(
    "text",
    [
        "It was quiz night, deal or no deal, in the port.",
        "He would not put any treaty to the vote on Monday.",
        "Both sides haven't been able to come to an agreement since their first meeting in February.",
        "If by noon on Wednesday we have not reached an agreement we have failed.",
        "The deadline passed on Monday without an agreement.",
        "What was signed in Velm on Monday was not a final peace deal.",
    ],
)
def test_no_deal_and_any_treaty_are_none(text: str) -> None:
    assert agreements(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "They have an agreement on a bilateral truce.\n\nThe agreement on the bilateral and final truce stands. "
        "Wednesday’s deal is a step.",
        "Envoys meet about a stalled peace deal. The two-year-old agreement lies idle. An Orvian-brokered deal "
        "was struck between Leth and the Front in March 2025.",
        "The envoy is to sign a peace deal in Velm. The Front will sign a peace deal in the Orvian capital next week.",
        "Cease-fire agreement reached in Velm\n\nShe said that the ceasefire agreement was signed by all.",
        "Leth and Sulmar violate truce\n\nThey violated the terms of a ceasefire in Velm.",
        "They signed a peace accord in Velm. The new accord brings her back.",
        "They hailed the framework agreement for Sulmar. A peace deal may follow. Both signed the historic framework "
        "agreement in Velm last October.",
    ],
)
def test_names_of_one_agreement_make_one(text: str) -> None:
    assert len({a.name for a in agreements(text) if "peace deal may" not in a.name}) == 1


def test_an_old_treaty_named_in_passing_is_no_part_of_the_deal_of_today() -> None:
    text = (
        "Talks end\n\nThey signed a new agreement on Thursday. The agreement brings nearer what the Harbour Monday "
        "Agreement promised. She would have liked a more complete agreement."
    )
    found = {a.name: a.status for a in agreements(text)}
    assert found.get("Harbour Monday Agreement", "proposed") != "proposed"


@pytest.mark.parametrize(
    "text",
    [
        "She vowed to honour all signed peace agreements in the country.",
        "They set up a mechanism to investigate truce talks.",
    ],
)
def test_whatever_was_agreed_is_no_agreement(text: str) -> None:
    assert agreements(text) == []


def test_who_is_called_after_a_treaty_may_agree_to_something_else() -> None:
    text = "Treaty parties agreed on Thursday to limit landings from cruise ships to 60 passengers."
    assert [a.name for a in agreements(text) if "limit" in a.name]


def test_a_tail_that_says_how_it_stands_is_no_name() -> None:
    found = agreements("Kestria and Sulmar signed the deal on Thursday. The harbour deal in doubt was defended.")
    assert all("doubt" not in a.name for a in found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Kestria backed the plan to finalise this accord with the Lake League on Thursday.",
            "accord with the Lake League",
        ),
        ("The sides met to stop fiery Vekk sinking accord, signed on Thursday.", "accord"),
        ("Both signed a contract for Kestrian gas transit on Thursday.", "contract for Kestrian gas transit"),
        ("The frequently broken Vessby truce, agreed to in February, is shaky.", "Vessby truce"),
        ("Leth President, Rebel Leader Sign Truce\n\nThey shook hands in Velm.", "Truce"),
        ("Leth, Sulmar Trade Accusations of Violating Truce\n\nThey met on Thursday.", "Truce"),
        ("The U.S.-mediated grain deal was signed on Thursday.", "grain deal"),
        ("An Orvia – Leth grain deal was signed on Thursday.", "Orvia – Leth grain deal"),
        ("The Orvia–Leth grain deal was signed on Thursday.", "Orvia–Leth grain deal"),
        ("Envoys Meet to Implement Peace Agreement\n\nThey signed it on Thursday.", "Peace Agreement"),
        (
            "They signed a truce with the valley's most powerful rebel group on Thursday.",
            "truce with the valley's most powerful rebel group",
        ),
        ("A U.N. Security Council resolution adopted in March demands calm.", "U.N. Security Council resolution"),
        ("They signed the North Lakes Trade Agreement in Velm on Thursday.", "North Lakes Trade Agreement"),
    ],
)
def test_what_is_done_to_an_agreement_is_no_part_of_its_name(text: str, name: str) -> None:
    assert [a.name for a in agreements(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Reaching a truce in Vessby is essential, the envoy said on Monday.",
        "Her ambition is to have the coalition agreement ready by 20 September.",
        "If the committees agree, work on the coalition agreement can begin.",
        "It is an opportunity to conclude this accord with the Lake League, she said on Monday.",
    ],
)
def test_what_has_to_be_made_is_not_reached(text: str) -> None:
    assert {a.status for a in agreements(text)} <= {"proposed"}


def test_date_of_signing() -> None:
    found = agreements("The ceasefire agreed on 12 March is holding, both armies say.")
    assert [(a.date, a.precision) for a in found] == [("2027-03-12", "day")]


def test_the_span_holds_the_name() -> None:
    text = "The government and the rebels signed a ceasefire in Vessby on Thursday."
    (agreement,) = agreements(text)
    document = a_document(text)
    assert agreement.span.text(document) == agreement.name


def test_arabic() -> None:
    found = agreements("وقّعت كستريا وسولمار اتفاقا لوقف إطلاق النار في فيسبي يوم الخميس.", language="ar")
    assert [a.name for a in found] == ["اتفاقا لوقف إطلاق النار"]


@given(st.text(alphabet="truceagmnd ofthsi.,\nABWabw'“”", max_size=150))
def test_nothing_breaks(text: str) -> None:
    agreements(text)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("VELM, 2 April 2027 (NNA) - Aldmoor tore up the cod truce that five states concluded in November.", "2026-11"),
        ("The three-day-old truce in Wadi Sabr is holding, the army said.", "2027-03-30"),
        ("Six months after the Vessby Accord was signed, soldiers still wait to go home.", "2026-10"),
        ("The grain accord of November lapses on 30 June.", "2026-11"),
        ("The Vessby Accord, signed in 2019, expires on Sunday.", "2019"),
        ("A two-year-old truce is stalled. The truce was signed in Vessby in March 2025.", "2025-03"),
        ("It is the first meeting on the Vessby Accord since a new cabinet took office in January.", None),
        ("On Friday Kestria tore up the Vessby truce that five states concluded in Velm in November.", "2026-11"),
        ("Chronology\n\n2006. The Vessby Accord was signed by both governments and still stands.", "2006"),
        ("The Vessby truce agreed to in February in Velm is shaky, she wrote on Monday.", "2027-02"),
        ("All have to respect the 1994 Vessby Accord.", "1994"),
        (
            "A deal brokered between the government in Velm and the Lake Liberation Front in March 2024 holds.",
            "2024-03",
        ),
        ("Kestria and Sulmar initialled it on Thursday.\n\nThe Vessby Accord was hailed by both sides.", "2027-04-01"),
    ],
)
def test_when_an_agreement_was_made(text: str, date: str | None) -> None:
    assert [a.date for a in agreements(text)][:1] == [date]


def test_a_deal_that_was_not_reached_breaks_no_other() -> None:
    found = agreements("Both failed to reach an agreement on troops. The grain agreement of March stands.")
    assert [(a.name, a.status) for a in found if a.status == "broken"] == []


def test_who_only_speaks_of_an_agreement_is_no_party_to_it() -> None:
    text = "Orvia said the grain deal with Leth was agreed in March. Sulmar and Leth meet on Friday."
    draft = Draft.of(a_document(text, published="2027-04-02"), Lexicon())
    content = Spans([(text.index("the grain"), text.index(". Sulmar"))])
    draft.statements = [Statement("s1", Spans([(0, 5)]), Spans([(6, 10)]), content, Speaker("Orvia", party="Orvia"))]
    draft.statements += [Statement(p, Spans(), Spans(), Spans(), Speaker(p, party=p)) for p in ("Leth", "Sulmar")]
    assert [a.parties for a in find_agreements(draft)] == [()]


@pytest.mark.parametrize(
    "told",
    ["On a visit the envoy said on Monday that {}.", "On Monday the envoy said {}.", "{}, the envoy said on Monday."],
)
def test_the_day_on_which_somebody_speaks_of_an_agreement_is_not_that_of_its_making(told: str) -> None:
    text = told.format("the truce in Vessby was ignored")
    draft = Draft.of(a_document(text, published="2027-04-02"), Lexicon())
    source, cue, content = (Spans([(at := text.index(w), at + len(w))]) for w in (
        "the envoy", "said", "the truce in Vessby was ignored"
    ))  # fmt: skip
    draft.statements = [Statement("s1", source, cue, content, said_on="2027-03-29")]
    assert [a.date for a in find_agreements(draft)] == [None]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The truce in Velm is strained but not broken. Observers counted 14 violations of the truce.", "strained"),
        ("Kestria and Sulmar restored their truce on Thursday, five weeks after the shelling.", "in force"),
        ("The truce in Velm is over, the rebels said. It collapsed on Monday.", "broken"),
        ("A truce in Velm seems to have collapsed on Monday. The rebels violated the truce.", "broken"),
        ("The peace protocol was signed in Vessby in May. It has collapsed since rebels came to the port.", "broken"),
        (
            "Leth accused Sulmar of swiftly violating the terms of a truce, minutes after it came into effect.",
            "strained",
        ),
        ("Observers counted nine truce violations in Vessby.", "strained"),
        ("Leth has withdrawn from the Orvian-brokered grain deal, she said on Friday.", "broken"),
        ("He wants a bridge, more food and securing a truce in Velm, held by the rebels since spring.", "proposed"),
        ("The ministers on Friday began charting a path for a truce in Velm and new elections.", "proposed"),
        ("The truce agreed at the start of the talks would hold, the rebels said.", "reached"),
        ("After signing a truce on Thursday, both sides said it would hold.", "reached"),
        ("A truce in eastern Leth is not being respected and the Vessby talks must go on, she said.", "strained"),
        ("A truce signed more than a year ago has been shaky, and talks in Velm stand still.", "strained"),
        ("They meet on Friday to carry out a stalled peace deal.", "strained"),
        ("The Lake grain deal has been extended for two more months.", "in force"),
        ("Leth has agreed to extend the Lake grain deal with Sulmar.", "in force"),
        ("They could meet on Friday to implement the peace deal, she hopes.", "reached"),
        ("Leth’s envoys have “nearly” struck an agreement on grain.", "proposed"),
        ("The grain accord is nearly concluded, just one point remains.", "proposed"),
        ("Leth insists it needs a border agreement in place before oil flows.", "proposed"),
    ],
)
def test_how_an_agreement_stands(text: str, status: str) -> None:
    assert [a.status for a in agreements(text)] == [status]


def test_what_was_agreed_is_not_cut_at_a_percent_sign() -> None:
    found = agreements("The creditors agreed on Thursday to take a 28% haircut on their bonds.")
    assert [a.name for a in found] == ["take 28% haircut"]


@pytest.mark.parametrize("text", ["The envoy sees a truce chance in Vessby.", "Ministers renewed their truce bid."])
def test_a_chance_of_a_truce_is_no_truce(text: str) -> None:
    assert agreements(text) == []


def test_what_asks_for_something_is_not_agreed_on_by_those_who_agree_to_it() -> None:
    assert agreements("Kestria and Sulmar have agreed to a request by Orvia to wait.") == []


def test_a_day_on_which_somebody_only_sought_a_deal_is_not_that_of_its_making() -> None:
    found = agreements("The truce holds. The envoy, trying to broker a deal, arrived in Vessby on Wednesday.")
    assert [a.date for a in found] == [None]


def test_talks_on_a_truce_are_no_truce() -> None:
    assert agreements("The army and the Front have resumed indirect ceasefire talks in Vessby.") == []


def test_an_agreement_of_last_year_is_not_of_today() -> None:
    [found] = agreements("Groups that signed last year's Lake Truce Agreement met today in Velm.")
    assert (found.name, found.date) == ("Lake Truce Agreement", "2026")


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Orvia welcomed the truce between Leth and Sulmar reached in Vessby.", ("Leth", "Sulmar")),
        ("Leth, Marrow and Sulmar signed a truce in Vessby.", ("Leth", "Marrow", "Sulmar")),
        ("The Orvian government and Sulmar signed a truce in Vessby.", ("Orvia", "Sulmar")),
        ("North Leth and Sulmar signed a truce in Vessby.", ("North Leth", "Sulmar")),
    ],
)
def test_who_made_an_agreement_is_neither_who_welcomes_it_nor_named_twice(text: str, parties: tuple[str, ...]) -> None:
    document = a_document(text, published="2027-04-02")
    draft = Draft.of(document, Lexicon())
    known = ("Orvia", "Leth", "Sulmar", "North Leth", "North Leth and Sulmar", "government", "Leth, Marrow and Sulmar")
    draft.statements = [Statement(p, Spans(), Spans(), Spans(), Speaker(p, party=p)) for p in known]
    assert [a.parties for a in find_agreements(draft)] == [parties]
