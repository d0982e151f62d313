"""What has to be done by when, and who says so."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon import Lexicon
from dragoman.reader.deadlines.deadlines import candidates, find_deadlines
from dragoman.reader.deadlines.moved import pact_of
from dragoman.reader.deadlines.task_words import ending, task_before
from dragoman.reader.draft import Draft
from dragoman.reader.wording.nominals import nominal
from dragoman.reading import Condition, Deadline, Speaker
from tests.builders import a_document, a_statement


def a_draft(source: str, cue: str, content: str, *, act: str = "demand", **known: str | None) -> Draft:
    document = a_document(f"{source} {cue} {content}.", **known)
    draft = Draft.of(document, Lexicon())
    draft.statements = [a_statement(document, source, cue, content, act=act, speaker=Speaker(source, "Harbour Union"))]
    return draft


def the_deadline(*words: str, **known: str | None) -> Deadline:
    [found] = find_deadlines(a_draft(*words, **known))
    return found


def test_a_loose_article_is_no_part_of_what_has_to_be_done() -> None:
    assert task_before("They aim to end the long strike by a ") == task_before("They aim to end the long strike by ")


def test_what_grows_to_a_number_is_no_task() -> None:
    assert not find_deadlines(a_draft("Ana Roke", "said", "the crews would reach 840 by Sunday", act="commitment"))


@pytest.mark.parametrize(
    ("words", "act", "what", "date"),
    [
        (("Ana Roke", "demanded", "a written answer by 1 March"), "demand", "a written answer", "2027-03-01"),
        (("Ana Roke", "undertook", "to hand over all 58 captured soldiers by Sunday"), "commitment",
         "handing over all 58 captured soldiers", "2027-02-14"),
        (("Ana Roke", "undertook", "to start talks with the goal of reaching a deal by 1 March"), "commitment",
         "reaching a deal", "2027-03-01"),
        (("Ana Roke", "gave", "the ministers until 12 February to publish the list"), "demand",
         "publication of the list", "2027-02-12"),
        (("Ana Roke", "said", "she would strike unless the arrears are paid by the end of the month"), "condition",
         "payment of the arrears", "2027-02-28"),
        (("Ana Roke", "gave", "the company ten days to withdraw its offer"), "demand", "withdrawal of its offer",
         "2027-02-18"),
        (("Ana Roke", "asked", "the unions to deliver, by 12 February, a list of all drivers"), "demand",
         "delivery of a list of all drivers", "2027-02-12"),
        (("Ana Roke", "promised", "to waive fees for a year and repair the lifts by 20 February"), "commitment",
         "repair of the lifts", "2027-02-20"),
        (("Ana Roke", "gave", "Ostrand Steel Inc. and the eleven villages along the river ten more days to settle"),
         "demand", "settlement", "2027-02-18"),
    ],
)  # fmt: skip
def test_a_deadline_is_found(words: tuple[str, str, str], act: str, what: str, date: str) -> None:
    found = the_deadline(*words, act=act)
    assert (found.what, found.date, found.precision) == (what, date, "day")
    assert (found.set_by, found.statement) == ("Harbour Union", "s1")


def test_without_publication_date_the_deadline_stays_open() -> None:
    found = the_deadline("Ana Roke", "demanded", "a written answer by Friday", published=None)
    assert (found.date, found.precision) == (None, "unresolved")


def test_what_ends_is_no_land_beside_it() -> None:
    content = "little time is left as the Hill Pact, the last one between Leth and Marrow, expires on 12 March"
    assert the_deadline("Ana Roke", "noted", content, act="claim").what == "expiry of the Hill Pact"


def test_a_figure_to_be_reached_concludes_nothing() -> None:
    assert not find_deadlines(a_draft("Ana Roke", "admitted", "the figure, to be reached by 2035, was not fair"))


def test_a_pact_that_runs_is_called_by_itself() -> None:
    assert pact_of("The Republic, whose own treaty with the isles ", "") == "end of treaty with the isles"


def test_what_ends_is_told_by_its_own_clause() -> None:
    before = "The crews and the owners failed to agree on Tuesday, two weeks before their pact lapses on "
    assert ending(before) == "end of their pact"


@pytest.mark.parametrize(
    ("before", "task"),
    [
        ("Under the plan, six more buses are to be in service", "six more buses in service"),
        ("Written comments are requested", "Written comments"),
        ("the text would be shown as planned and would be signed", "signing of the text"),
        ("I'd rather have a signed paper", "a signed paper"),
        ("she was optimistic the deal could be signed", "signing of the deal"),
        ("to raise duties on $200bn (£153bn) of Orvian goods", "increase of duties on $200bn of Orvian goods"),
    ],
)
def test_a_task_is_named_by_what_is_wanted(before: str, task: str) -> None:
    assert task_before(before) == task


def test_a_new_date_takes_its_task_from_the_sentence_before() -> None:
    text = "The council delayed the date on which it will close the bridge. The new date is 20 February."
    [found] = find_deadlines(Draft.of(a_document(text), Lexicon()))
    assert (found.what, found.date) == ("closure of the bridge", "2027-02-20")


def test_where_a_report_was_written_opens_no_task() -> None:
    document = a_document("ARDLACH, Feb. 9 (ABC) - Crews will be back at work by 12 February.")
    assert [d.what.split()[0] for d in find_deadlines(Draft.of(document, Lexicon()))] == ["Crews"]


@pytest.mark.parametrize(
    ("words", "act"),
    [
        (("Ana Roke", "estimated", "that prices had doubled by 2015"), "estimate"),
        (("Ana Roke", "recalled", "that the union met on 3 January"), "claim"),
        (("Ana Roke", "said", "that the talks had been put off until Thursday"), "claim"),
    ],
)
def test_a_date_alone_is_no_deadline(words: tuple[str, str, str], act: str) -> None:
    assert find_deadlines(a_draft(*words, act=act)) == []


def test_an_event_of_next_week_is_set_as_the_deadline() -> None:
    [found] = find_deadlines(
        a_draft("Ana Roke", "has set", "next week's summit as the deadline for a deal", act="demand")
    )
    assert (found.what, found.date, found.precision) == ("a deal", "2027-02-15", "week")


def test_every_deadline_points_at_its_sentence() -> None:
    draft = a_draft("Ana Roke", "demanded", "a written answer by 1 March")
    [found] = find_deadlines(draft)
    assert found.span.text(draft.document).startswith("Ana Roke demanded")


def test_within_is_nobody_who_is_given_a_time() -> None:
    draft = a_draft("Ana Roke", "said", "that access, refused four times, must be granted within 72 hours")
    assert "within" not in [d.what for d in find_deadlines(draft)]


@pytest.mark.parametrize(
    ("clause", "noun"),
    [
        ("the siege of Oru was lifted", "lifting of the siege of Oru"),
        ("prisoners are released", "release of prisoners"),
        ("reforms are enacted", "enactment of reforms"),
        ("withdraw from the port", "withdrawal from the port"),
        ("the talks resume", "resumption of the talks"),
        ("the army has left the market", "departure of the army from the market"),
        ("votes must be held", "holding of votes"),
        ("hand over the bodies", "handing over the bodies"),
        ("the offer is accepted", "acceptance of the offer"),
        ("clear the road", "clearing of the road"),
        ("reply formally", "reply"),
        ("meet again in Dorn", "meeting in Dorn"),
        ("a written guarantee", "a written guarantee"),
        ("the talks cover this year's pay", "the talks cover this year's pay"),
    ],
)
def test_clauses_become_noun_phrases(clause: str, noun: str) -> None:
    assert nominal(clause) == noun


PIECES = [
    "by",
    "before",
    "until",
    "Friday",
    "1 March",
    "unless",
    "deadline",
    "expires on",
    "gave",
    "ten days",
    "then",
    ",",
    "to",
    "2030",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25))
def test_no_heap_of_words_breaks_it(pieces: list[str]) -> None:
    draft = a_draft("Ana Roke", "demanded", " ".join(pieces))
    for found in find_deadlines(draft):
        found.span.check(draft.document, "deadline")


@pytest.mark.parametrize(
    ("before", "task"),
    [
        ("The offer is open for acceptance until 5 p.m. on ", "acceptance of the offer"),
        ("She insists that the army leave the port by ", "departure of the army from the port"),
        ("a truce in return for the withdrawal of all troops, to be completed by ", "withdrawal of all troops"),
        ("It must report by the end of ", "report"),
        ("to send a force of 300 men, paid by five states, along the river by ",
         "sending a force of 300 men along the river"),
        ("would drill without a permit if none was in place by ", "a permit in place"),
    ],
)  # fmt: skip
def test_the_task_before_a_date(before: str, task: str) -> None:
    assert task_before(before).removeprefix("the ") == task


@pytest.mark.parametrize(
    ("words", "act", "what"),
    [
        (("Ana Roke", "said", "her members wanted a written text, and wanted it by 1 March"), "demand",
         "a written text"),
        (("Ana Roke", "undertook", "to deploy a force of 300 soldiers, provided by its members, by 1 March"),
         "commitment", "deployment of a force of 300 soldiers"),
        (("Ana Roke", "gave", "the ministers until 1 March to publish the list if they want peace"), "demand",
         "publication of the list"),
        (("Ana Roke", "demanded", "that the minister publish what was agreed by 1 March"), "demand",
         "publication of what was agreed"),
        (("Ana Roke", "said", "the protocol provides for a withdrawal of the guards by 1 March"), "demand",
         "a withdrawal of the guards"),
        (("Ana Roke", "insisted", "the transit fees of the past two years must be paid by 1 March"), "demand",
         "payment of the transit fees of the past two years"),
        (("Ana Roke", "said", "the owners set 1 March as the day on which all crews were to be released"), "demand",
         "release of crews"),
        (("Ana Roke", "asked", "the board to decide by 1 March whether to sign the pact"), "demand",
         "decision whether to sign the pact"),
    ],
)  # fmt: skip
def test_what_is_due_is_named_in_few_words(words: tuple[str, str, str], act: str, what: str) -> None:
    found = the_deadline(*words, act=act)
    assert (found.what, found.date) == (what, "2027-03-01")


@pytest.mark.parametrize(
    ("words", "act", "what", "date"),
    [
        (("Ana Roke", "said", "she had extended the deadline for bids by a week, to 22 February"), "claim", "bids",
         "2027-02-22"),
        (("Ana Roke", "said", "her members would walk out on 1 March unless the dismissals were withdrawn"), "threat",
         "withdrawal of the dismissals", "2027-03-01"),
        (("Ana Roke", "said", "the two sides face a 1 March deadline for settling the frontier"), "claim",
         "settling the frontier", "2027-03-01"),
        (("Ana Roke", "said", "the guild had given the owners a March 1 deadline to sign the charter"), "claim",
         "signing of the charter", "2027-03-01"),
        (("Ana Roke", "warned", "the crews would stop work from 1 March if the company does not sign the charter"),
         "threat", "signing of the charter", "2027-03-01"),
        (("Ana Roke", "said", "Orvia had been given until 1 March"), "claim", "Orvia", "2027-03-01"),
        (("Ana Roke", "gave", "both owners until 1 March to do so: Orvia is to clear the quay and Teskel is to "
          "release the barges"), "demand", "clearing of the quay and release of the barges", "2027-03-01"),
        (("Ana Roke", "said", "the owners had fixed 1 March as the limit for their offer"), "claim", "their offer",
         "2027-03-01"),
        (("Ana Roke", "said", "Orvia will reopen the quay to fishing boats on 1 March provided the truce holds"),
         "condition", "reopening of the quay to fishing boats", "2027-03-01"),
        (("Ana Roke", "promised", "that 60 inspectors would be in Velm by 1 March"), "commitment",
         "presence of 60 inspectors in Velm", "2027-03-01"),
        (("Ana Roke", "promised", "that the crews would be home by 1 March"), "commitment", "return of the crews",
         "2027-03-01"),
        (("Ana Roke", "accused", "Orvia of breaching the first stage of the truce, which was to end on 1 March"),
         "accusation", "end of the first stage of the truce", "2027-03-01"),
        (("Ana Roke", "said", "the truce on the quays expires on 1 March"), "claim",
         "expiry of the truce on the quays", "2027-03-01"),
        (("Ana Roke", "extended", "the February 1 deadline to March 1"), "demand", "deadline", "2027-03-01"),
        (("Ana Roke", "said", "the two sides set a new date of 1 March for the handover of the keys"), "claim",
         "the handover of the keys", "2027-03-01"),
    ],
)  # fmt: skip
def test_words_that_leave_no_doubt(words: tuple[str, str, str], act: str, what: str, date: str) -> None:
    found = the_deadline(*words, act=act)
    assert (found.what, found.date) == (what, date)


@pytest.mark.parametrize(
    "content",
    [
        "the union had until Tuesday refused to talk",
        "its mandate ran out on 3 January",
        "nothing would be signed by 1 March",
        "Orvia expects it by 1 March",
        "the crews would wait until 1 March",
        "the two sides let another deadline lapse on Sunday",
    ],
)
def test_words_that_close_nothing(content: str) -> None:
    assert find_deadlines(a_draft("Ana Roke", "said", content, act="claim")) == []


def test_what_somebody_wants_and_when_may_be_told_apart() -> None:
    [found] = find_deadlines(
        a_draft("Ana Roke", "demands", "that the minister publish the list, and wants it by 1 March")
    )
    assert found.what == "publication of the list"
    [found] = find_deadlines(a_draft("Ana Roke", "called on", "both sides to get it in writing by 1 March"))
    assert found.what == "getting it in writing"


def test_what_the_report_asks_is_no_deadline() -> None:
    draft = Draft.of(a_document("Will they sign a pact before 1 March?"), Lexicon())
    assert find_deadlines(draft) == []


def test_what_it_means_comes_from_the_sentence_before() -> None:
    document = a_document(
        "The price review has been running since January. Under the charter it must be settled by 1 March."
    )
    draft = Draft.of(document, Lexicon())
    assert [d.what for d in find_deadlines(draft)] == ["settlement of the price review"]


@pytest.mark.parametrize(("party", "setter"), [("Orvia", "Orvia"), ("new text", None), ("They", None)])
def test_a_text_sets_no_deadline_itself(party: str, setter: str | None) -> None:
    document = a_document("The new text gives Teskel until 1 March to clear the quay.")
    draft = Draft.of(document, Lexicon())
    words = ("The new text", "gives", "Teskel until 1 March to clear the quay")
    draft.statements = [a_statement(document, *words, act="demand", speaker=Speaker(party, party))]
    assert [d.set_by for d in find_deadlines(draft)] == [setter]


@pytest.mark.parametrize(
    ("before", "task"),
    [
        ("would walk out if the number nine is not accepted by", "acceptance of the number nine"),
        ("if the rules are not in the gazette by", "the rules in the gazette"),
        ("will strike if there is no statement by", "a statement"),
        ("If we do not have a standing permission by", "a standing permission"),
        ("ruled out sending the fleet to sea before", "ruled out sending the fleet to sea"),  # no verb "to sea"
    ],
)
def test_what_is_feared_is_turned_into_what_is_wanted(before: str, task: str) -> None:
    assert task_before(before) == task


def test_what_is_not_accepted_is_named_in_the_sentence_before() -> None:
    assert (
        task_before("If it is not accepted by", "The final offer is on the table.") == "acceptance of the final offer"
    )


def test_a_time_may_be_given_without_a_task() -> None:
    assert the_deadline("Ana Roke", "gave", "the owners 10 days").what == "owners"
    assert find_deadlines(a_draft("Ana Roke", "gave", "them 10 days")) == []


def test_the_end_of_a_time_that_was_given_is_told_after_it() -> None:
    found = the_deadline("Ana Roke", "gave", "the mayor 14 days to answer. The 14 days end on 16 February")
    assert (found.what, found.date) == ("answer", "2027-02-16")


@pytest.mark.parametrize(
    ("text", "what", "date"),
    [
        ("Orvia and the rebels let another deadline lapse on Sunday without agreeing on a cabinet.",
         "agreeing on a cabinet", "2027-02-07"),
        ("The notice closing the northern airspace, due to lapse tonight, has been renewed twice. It now runs until "
         "March 26.", "end of the notice closing the northern airspace", "2027-03-26"),
        ("The offer was to lapse tonight; a decree in the gazette moves that to 25 March.", "end of the offer",
         "2027-03-25"),
        ("THURSDAY. Nothing.\n\nSATURDAY. Last day for replies to the paper on herring.",
         "replies to the paper on herring", "2027-02-13"),
        ("Who wishes to register his boat can do so until Thursday.", "registering his boat", "2027-02-11"),
        ("The talks resume when the company has rehired all its cooks. It has until 1 March to do so.",
         "rehiring of all its cooks", "2027-03-01"),
        ("Orvia had wanted a joint text by 1 February, then by 3 February, then by noon on Sunday.", None, None),
        ("A payment of nine million crowns falls due on 1 March.", "A payment of nine million crowns", "2027-03-01"),
    ],
)  # fmt: skip
def test_deadlines_that_lapse_move_or_point_elsewhere(text: str, what: str | None, date: str | None) -> None:
    draft = Draft.of(a_document(text, published="2027-02-08"), Lexicon())
    found = [(d.what, d.date) for d in find_deadlines(draft)]
    assert found == ([(what, date)] if what else [])


def test_a_time_is_given_for_what_was_required_before() -> None:
    text = "The Guard will not hand over its guns until courts open in all districts. It gives Orvia until 1 March."
    document = a_document(text, published="2027-02-08")
    draft = Draft.of(document, Lexicon())
    content = "not hand over its guns until courts open in all districts"
    draft.statements = [a_statement(document, "The Guard", "will", content, speaker=Speaker("Guard", "Guard"))]
    draft.conditions = [Condition("Guard", "handing over its guns", ("courts open in all districts",), "s1")]
    assert [d.what for d in find_deadlines(draft)] == ["opening of courts in all districts"]


def test_a_text_tells_more_than_its_headline() -> None:
    text = "City gives college until 12 March to sign swap\n\nThe city gave the college until 10 March to sign a swap."
    draft = Draft.of(a_document(text, published="2027-02-08"), Lexicon())
    assert [d.date for d in find_deadlines(draft)] == ["2027-03-10"]


def test_what_has_a_day_of_its_own_is_not_due_by_the_event_after_it() -> None:
    for own, known in (("", ["2027-02-10"]), ("on Tuesday, ", [])):
        document = a_document(f"The mediator will hand in the report {own}ahead of a debate scheduled for Wednesday.")
        assert [c.deadline.date for c in candidates(Draft.of(document, Lexicon()))] == known


@pytest.mark.parametrize(
    ("words", "act", "what", "date"),
    [
        (("Ana Roke", "said", "Leth faces a July 30 deadline to either reach an agreement with the funds or pay"),
         "claim", "conclusion of an agreement with the funds or pay", "2027-07-30"),
        (("Ana Roke", "said", "six measures including a tax will have to be enacted by Wednesday night"), "demand",
         "enactment of six measures including a tax", "2027-02-10"),
        (("Ana Roke", "said", "it faces a Tuesday deadline to repay 1.6 billion crowns of its loan"), "claim",
         "repayment of 1.6 billion crowns of its loan", "2027-02-09"),
        (("Ana Roke", "said", "it would sign only if Leth allowed the vote to go ahead by the end of the year"),
         "condition", "the vote will go ahead", "2027-12-31"),
        (("Ana Roke", "said", "the rebels had given a Saturday ultimatum for the men to surrender or face an assault"),
         "demand", "surrender", "2027-02-13"),
        (("Ana Roke", "said", "the crews will strike on June 10 if the talks fail to produce a deal before then"),
         "threat", "production of a deal", "2027-06-10"),
        (("Ana Roke", "said", "the sides will meet again, with details of the plan to be settled by July 1"),
         "commitment", "settlement of details of the plan", "2027-07-01"),
        (("Ana Roke", "said", "the truce now runs through Sept. 30"), "claim", "end of the truce",
         "2027-09-30"),
    ],
)  # fmt: skip
def test_tasks_stand_alone(words: tuple[str, str, str], act: str, what: str, date: str) -> None:
    [found] = find_deadlines(a_draft(*words, act=act))
    assert (found.what, found.date) == (what, date)


@pytest.mark.parametrize(
    "content",
    [
        "it is hard to say whether the July 6 deadline makes a strike more likely",
        "there's been no progress on the talks ahead of a meeting with the king today",
        "the envoy confirmed last night that the truce could end early if a deal was ratified before then",
        "none are planned before the midnight Monday deadline",
        "members threw out Ana Roke's do or die July 6 deadline",
    ],
)
def test_dates_of_which_no_task_is_told(content: str) -> None:
    assert not find_deadlines(a_draft("Ana Roke", "said", content, act="demand"))


def test_somebody_without_name_or_side_sets_nothing() -> None:
    draft = a_draft("A Western diplomat", "said", "the sides must strike a deal by 1 March")
    nameless = Speaker("Western diplomat", None, True)
    draft.statements = [replace(s, speaker=nameless) for s in draft.statements]
    assert [d.set_by for d in find_deadlines(draft)] == [None]
