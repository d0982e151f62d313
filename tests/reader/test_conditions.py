"""What parties hold back and what they require for it."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon import Lexicon
from dragoman.reader.conditions.asked_before import in_question
from dragoman.reader.conditions.condition_cuts import Clauses, cuts
from dragoman.reader.conditions.conditions import coordinated, find_conditions
from dragoman.reader.conditions.requirements import requirements
from dragoman.reader.conditions.withholding import is_threat
from dragoman.reader.draft import Draft
from dragoman.reader.names.casting import cast_of
from dragoman.reader.wording.denying import affirmed, denied
from dragoman.reader.wording.told import said
from dragoman.reader.wording.withheld import gerund, withheld
from dragoman.reading import Condition, Spans, Speaker
from tests.builders import a_document, a_statement, at


def a_draft(content: str, *, act: str = "condition", cue: str = "said", text: str | None = None) -> Draft:
    document = a_document(text or f"Ana Roke {cue} {content}.")
    draft = Draft.of(document, Lexicon())
    draft.statements = [
        a_statement(document, "Ana Roke", cue, content, act=act, speaker=Speaker("Ana Roke", "Harbour Union", False))
    ]
    return draft


def the_condition(content: str, **known: str) -> Condition:
    [found] = find_conditions(a_draft(content, **known))
    return found


def test_what_is_asked_is_no_condition() -> None:
    assert not find_conditions(a_draft("what happens unless the truce holds", cue="would not say"))
    assert not find_conditions(a_draft("what would happen if the truce failed again", cue="asked"))


def test_what_is_to_come_before_something_could_start_is_required() -> None:
    found = the_condition("the board would first talk to the captains to arrange a truce before sailings could start")
    assert found.withholds == "sailings starting"
    assert found.requires[0].endswith("talk to the captains to arrange a truce")


@pytest.mark.parametrize(
    ("content", "cue"),
    [
        ("the crews would have a week to read the papers, after which they would meet", "said"),
        ("suggestions the union would put off the vote if the talks had made no progress", "rejected"),
        ("he does not believe the dispute will be settled before the deadline for a vote", "said"),
        ("it would press for a vote, if required", "said"),
        ("that the island would suffer if that did not happen", "warned"),
        ("the reef survey needs to be part of the pact if a truce is to be reached in May", "said"),
        ("O.L. mayors must scrap the toll if O.L. wants Leth to come to the table", "said"),
        ("that nothing is agreed until everything is agreed", "said"),
        ("the assembly will not sit until two weeks before the vote", "said"),
        ("the harbour board to call in the mediators if the talks could not reach a deal", "called on"),
    ],
)
def test_what_holds_nothing_back(content: str, cue: str) -> None:
    assert not find_conditions(a_draft(content, cue=cue))


@pytest.mark.parametrize(
    ("clause", "turned"),
    [
        ("Leth continue to insist that the port was theirs", "Leth do not continue to insist that the port was theirs"),
        ("Leth insists that the port is theirs", "Leth does not insist that the port is theirs"),
        ("the port is closed", "the port is not closed"),
    ],
)
def test_the_first_verb_of_a_clause_takes_its_no(clause: str, turned: str) -> None:
    assert denied(clause) == turned


@pytest.mark.parametrize(
    ("content", "cue", "withholds", "requires"),
    [
        ("the nurses to enter formal pay talks on condition they called off the strikes", "invited",
         "entering formal pay talks", "they called off the strikes"),
        ("if by noon we have not agreed then we will strike", "said", "not striking", "by noon we have agreed"),
        ("and you also know, until we have an offer, we are not in a position to end the strikes", "wrote",
         "ending the strikes", "we have an offer"),
    ],
)  # fmt: skip
def test_on_condition_and_in_a_position(content: str, cue: str, withholds: str, requires: str) -> None:
    found = the_condition(content, cue=cue)
    assert (found.withholds, found.requires) == (withholds, (requires,))


@pytest.mark.parametrize(
    "content",
    [
        "they stand ready to consider an offer which, if credible, could mean that the strike is suspended",
        "if a bill passes without money for the wall, I would not be happy",
        "plans to retake the port after the talks appeared to have failed last month",
        "she will travel to Vessby on Monday after declaring progress in the talks",
        "she will travel to Vessby to bring this to a close if we can",
        "the new envoy will need stronger support from the council if he is to make progress",
        "mediators want to revive a proposal under which some would be freed first while both sides negotiate the rest",
    ],
)
def test_what_has_happened_or_is_only_hoped_for_is_no_condition(content: str) -> None:
    assert not find_conditions(a_draft(content))


def test_how_something_is_done_is_not_what_is_held_back() -> None:
    assert the_condition("Velmark will not hastily end the war unless the siege ends").withholds == "ending the war"


def test_a_condition_requires_something() -> None:
    found = find_conditions(a_draft("that warning strikes would follow if it did not", cue="added"))
    assert all(all(condition.requires) for condition in found)


@pytest.mark.parametrize(
    ("content", "withholds", "requires"),
    [
        (
            "there will be no return to Velm unless civilians are protected, sieges are broken and prisoners are freed",
            "return to Velm",
            ("civilians are protected", "sieges are broken", "prisoners are freed"),
        ),
        ("her members would not sign until the last tank had left the market", "signing", None),
        ("they will attend the talks if a third party joins", "attending the talks", ("a third party joins",)),
        ("the port could reopen only after the mines have gone", "the port reopening", ("the mines have gone",)),
        ("it would accept the panel provided that its members are elected", "accepting the panel", None),
        ("it will pay as long as the radar works", "paying", ("the radar works",)),
        ("Unless the loan is repaid, with interest, it will sue", "not suing", ("the loan is repaid, with interest",)),
        (
            "it would sign for 40 crowns and it would sign nothing before the fines are refunded",
            "signing anything",
            ("the fines are refunded",),
        ),
        ("what matters is that we will not join the pact before it is paid", "joining the pact", ("it is paid",)),
        ("Reopen the port and we will pay the crews", "paying the crews", ("Reopen the port",)),
        ("we'd not be photographed unless they apologise", "photographed", ("they apologise",)),
        ("Without a written apology there would be no handshake", "handshake", ("a written apology",)),
        ("it will not come unless the Coast Front (CF) leaves", "coming", ("the Coast Front leaves",)),
        (
            "Unless the seats are filled, it will swear in the cabinet",
            "not swearing in the cabinet",
            ("the seats are filled",),
        ),
        ("it would join no cabinet before the police are reformed", "joining cabinet", ("the police are reformed",)),
        (
            "families must get title to their plots before a single fighter goes home",
            "a single fighter goes home",
            None,
        ),
        (
            "the sum would be paid on condition that the rules are published",
            "the sum paid",
            ("the rules are published",),
        ),
    ],
)
def test_a_condition_is_cut_in_two(content: str, withholds: str, requires: tuple[str, ...] | None) -> None:
    found = the_condition(content)
    assert found.withholds == withholds
    assert found.party == "Harbour Union"
    assert found.statement == "s1"
    if requires is not None:
        assert found.requires == requires


def test_the_verb_of_a_cue_belongs_to_what_is_held_back() -> None:
    found = the_condition("a target for 2030 before companies pay for the data", cue="will not discuss")
    assert (found.withholds, found.requires) == ("discussing a target for 2030", ("companies pay for the data",))


@pytest.mark.parametrize(
    ("content", "withholds", "requires"),
    [
        ("its men will leave the port if wages are not paid", "not leaving the port", "wages are paid"),
        ("it would stay away from the talks until the camp is opened", "returning to the talks", "the camp is opened"),
        ("it will not sign while the guns are firing", "signing", "the guns are not firing"),
        ("it will not come if the guards stay at the gate", "coming", "the guards do not stay at the gate"),
        ("it would sign no text as long as the Front keeps guns", "signing text", "the Front does not keep guns"),
        ("there will be no talks if there is another raid", "talks", "there is no other raid"),
        ("it will close the bridge if there is no answer by noon", "keeping open the bridge", "an answer by noon"),
        ("she would not block a deal as long as the mill survives", "not blocking a deal", "the mill survives"),
        ("it would open the river if no boat is stopped", "opening the river", "no boat is stopped"),
        ("it cannot join as long as nobody answers", "joining", "somebody answers"),
        ("the boats will stay as long as mines are in the water", "the boats", "mines are not in the water"),
        ("dredging will begin once the assembly has voted", "dredging beginning", "the assembly has voted"),
        ("he would resign if the plan went to a vote", "not resigning", "the plan does not go to a vote"),
        (
            "it would end the strike if nine drivers were reinstated",
            "ending the strike",
            "nine drivers were reinstated",
        ),
        (
            "it will not pay until at least 60 per cent of the creditors have agreed",
            "paying",
            "at least 60 per cent of the creditors have agreed",
        ),
        (
            "it would let the trawlers in, provided the port board, where it has a vote, pays for the tugs",
            "letting the trawlers in",
            "the port board pays for the tugs",
        ),
    ],
)
def test_a_condition_says_what_waits_for_what(content: str, withholds: str, requires: str) -> None:
    found = the_condition(content)
    assert (found.withholds, found.requires) == (withholds, (requires,))


@pytest.mark.parametrize(
    ("clause", "turned"),
    [
        ("it does not sign", "it signs"),
        ("the council fails to reply", "the council replies"),
        ("the text was not changed", "the text was changed"),
        ("neither side shoots", "a side shoots"),
        ("there are no guarantees", "guarantees"),
        ("no agreement is reached", "an agreement is reached"),
        ("the roads are open", "the roads are open"),
    ],
)
def test_a_clause_without_its_no(clause: str, turned: str) -> None:
    assert affirmed(clause) == turned


@pytest.mark.parametrize(
    ("content", "act"),
    [
        ("the truce will hold until Friday", "claim"),
        ("nobody knew if the boats had left", "claim"),
        ("the money was provided by the bank", "claim"),
        ("talks began before dawn", "claim"),
        ("it will stay until 31 December", "condition"),
    ],
)
def test_what_is_no_condition(content: str, act: str) -> None:
    assert find_conditions(a_draft(content, act=act)) == []


def test_a_stance_has_neither_the_verb_of_a_report_nor_what_comes_after() -> None:
    draft = a_draft("the port would stay shut, but", cue="fumed")
    assert said(draft, draft.statements[0], cue=True) == "the port would stay shut"


def test_what_is_made_conditional_is_held_back() -> None:
    found = the_condition("its next loan, of $30m, conditional on a deal", cue="has made", act="condition")
    assert (found.withholds, found.requires) == ("its next loan", ("a deal",))


def test_who_tells_others_not_to_do_a_thing_holds_it_back() -> None:
    found = the_condition("the cabinet not to sign the treaty unless the border clause goes", cue="urged")
    assert (found.party, found.withholds) == ("Harbour Union", "signing the treaty")


@pytest.mark.parametrize(
    ("asked", "each"),
    [
        ("the reef has been surveyed, and only by parliament", ["the reef has been surveyed", "by parliament"]),
        ("a third of the files come back, half of them free", ["a third of the files come back", "half of them free"]),
    ],
)
def test_what_is_added_to_a_requirement_is_one_more(asked: str, each: list[str]) -> None:
    assert requirements(asked) == each


def test_strong_links_count_whatever_the_act() -> None:
    assert the_condition("there will be no deal unless the strike ends", act="claim").requires == ("the strike ends",)


def test_a_headline_gives_way_to_the_full_condition() -> None:
    text = (
        "No deal without guarantees\n\nAna Roke said her union would sign no deal without guarantees for all 300 jobs."
    )
    document = a_document(text)
    draft = Draft.of(document, Lexicon())
    speaker = Speaker("Ana Roke", "Harbour Union", False)
    draft.statements = [
        a_statement(document, "", "", "No deal without guarantees", id="s1", act="condition", speaker=speaker),
        a_statement(document, "Ana Roke", "said", "her union would sign no deal without guarantees for all 300 jobs",
                    id="s2", act="condition", speaker=speaker),
    ]  # fmt: skip
    assert [c.statement for c in find_conditions(draft)] == ["s2"]


def test_words_of_somebody_within_are_not_the_outer_speakers() -> None:
    text = "The envoy said Ana Roke had told him her union would not sign unless wages rise."
    document = a_document(text)
    draft = Draft.of(document, Lexicon())
    draft.statements = [
        a_statement(document, "The envoy", "said", "Ana Roke had told him her union would not sign unless wages rise",
                    id="s1", speaker=Speaker("envoy", "League", False)),
        a_statement(document, "Ana Roke", "had told", "her union would not sign unless wages rise",
                    id="s2", act="condition", within="s1", speaker=Speaker("Ana Roke", "Harbour Union", False)),
    ]  # fmt: skip
    assert [(c.party, c.requires) for c in find_conditions(draft)] == [("Harbour Union", ("wages rise",))]


def test_arabic() -> None:
    document = a_document("قالت ليلى إن الحركة لن تحضر المحادثات إلا إذا أفرج عن الأسرى", language="ar")
    draft = Draft.of(document, Lexicon())
    draft.statements = [
        a_statement(document, "ليلى", "قالت", "إن الحركة لن تحضر المحادثات إلا إذا أفرج عن الأسرى", act="condition",
                    speaker=Speaker("ليلى", "الحركة", False))
    ]  # fmt: skip
    [found] = find_conditions(draft)
    assert (found.withholds, found.requires) == ("حضور المحادثات", ("أفرج عن الأسرى",))


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        ("A is freed and B is lifted", ["A is freed", "B is lifted"]),
        ("somebody has walked the path and shown it", ["somebody has walked the path and shown it"]),
        ("bread and butter", ["bread and butter"]),
        (
            "somebody has walked the path and shown her that it is safe",
            ["somebody has walked the path and shown her that it is safe"],
        ),
    ],
)
def test_coordination(words: str, pieces: list[str]) -> None:
    assert coordinated(words) == pieces


@pytest.mark.parametrize(
    ("verb", "form"),
    [("sign", "signing"), ("come", "coming"), ("cut", "cutting"), ("free", "freeing"), ("withdraw", "withdrawing"),
     ("be", "being"), ("agree", "agreeing"), ("stop", "stopping"), ("open", "opening")],
)  # fmt: skip
def test_gerunds(verb: str, form: str) -> None:
    assert gerund(verb) == form


@given(st.text(alphabet='abc unless until if, .no will not provided that’"', max_size=200))
def test_no_words_break_it(words: str) -> None:
    list(cuts(words))
    withheld(words)
    coordinated(words)


@pytest.mark.parametrize("piece", ["unless ", "no a, ", "will not ", "there will be no ", "and that, ", "if only "])
def test_long_hostile_text_takes_linear_time(piece: str) -> None:
    def seconds(copies: int) -> float:
        start = time.process_time()
        list(cuts(piece * copies))
        withheld(piece * copies)
        return time.process_time() - start

    assert seconds(4000) < 20 * max(seconds(1000), 0.05)


@pytest.mark.parametrize(
    ("clause", "held_back"),
    [
        ("has promised not to bring down the cabinet", "bringing down the cabinet"),
        ("The boats stay", "The boats"),
        ("her country remained open to a road map", "a road map"),
        ("The boats remained at sea", "The boats at sea"),
        ("he's willing to bring in a mediator", "bringing in a mediator"),
        ("We'll refuel that plane", "refueling that plane"),
        ("He'd sign one", "signing one"),
        ("has dropped its veto over the budget", "dropping its veto over the budget"),
        ("intends to ask the court", "asking the court"),
        ("The draft would give the islands a vote", "giving the islands a vote"),
        ("Nobody crosses", "crosses"),
        ("its men will keep their weapons", "weapons"),
        ("the guns would stay in Port Velm", "the guns in Port Velm"),
        ("let it be known it would not set a date", "setting a date"),
        ("but would set a date", "setting a date"),
        ("it will not attend talks due to begin in Velm", "attending talks due to begin in Velm"),
        ("it is due to sign a pact", "signing a pact"),
    ],
)
def test_what_stays_is_what_is_held_back(clause: str, held_back: str) -> None:
    assert withheld(clause) == held_back


@pytest.mark.parametrize(
    ("main", "threat"),
    [
        ("to lift the blockade", False),
        ("it would lift the blockade", False),
        ("to strike", True),
        ("it would blockade the port", True),
    ],
)
def test_an_offer_to_undo_harm_is_no_threat(main: str, *, threat: bool) -> None:
    assert is_threat(Clauses(main=main, link="if", requirement="the prisoners are freed")) is threat


def test_requirements_with_verbs_of_their_own_are_two() -> None:
    words = "the patrol boats leave the strait and the rebels hand back Port Velm"
    assert coordinated(words) == ["the patrol boats leave the strait", "the rebels hand back Port Velm"]


@pytest.mark.parametrize(
    ("sentence", "main", "requirement"),
    [
        ("If he does not she will table a motion", "she will table a motion", "he does not"),
        ("Unless the seats are filled it would swear in the cabinet", "it would swear in the cabinet",
         "the seats are filled"),
        ("first let them take away the mortars, and then we will bring the children", "we will bring the children",
         "them take away the mortars"),
        ("they must buy the crop in ten days, failing which its members would block the road",
         "its members would block the road", "they must buy the crop in ten days"),
        ("the board insists that a text is signed before it answers", "it answers", "a text is signed"),
        ("Until the road is open no Front minister will take the oath", "no Front minister will take the oath",
         "the road is open"),
        ("the weavers would keep their tax, in return for which they would be quiet", "they would be quiet",
         "the weavers would keep their tax"),
        ("its offer of May: a ceasefire in place, in return for two pilots", "a ceasefire in place", "two pilots"),
        ("to sue the Pact should the checks begin in May", "to sue the Pact", "the checks begin in May"),
        ("unless the guild accepts 60,000 tons, the guards will act", "the guards will act",
         "the guild accepts 60,000 tons"),
        (
            "a plan was taking shape under which the toll would be halved if Dorn opened its locks",
            "the toll would be halved",
            "Dorn opened its locks",
        ),
    ],
)  # fmt: skip
def test_a_sentence_is_cut_in_every_way_that_may_be_meant(sentence: str, main: str, requirement: str) -> None:
    assert (main, requirement) in [(c.clauses.main, c.clauses.requirement) for c in cuts(sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "It will send 1,350 soldiers, provided by five states",
        "It was short of about 9,000 megawatts last week",
        "She will bring the bill before parliament",
        "They would extend the truce until December 31",
        "He wants it in writing by Monday, when the council must elect a mayor",
        "It supports arbitration today if need be",
        "The board gave the ministers until their next meeting, in May, to come up with numbers",
        "She would keep the matter where it is",
        "It will meet her on Saturday, with or without the union",
        "They will prolong the truce without any conditions",
        "She would not be drawn on what would happen if the date was missed",
        "They would prolong the truce to the end of May, two days before it was to lapse",
        "She would settle for one seat after having asked for two",
        "It urged Velm to strike a deal with its lenders as soon as possible and will send a team in spring",
        "The envoy will stay two days instead of the three he had planned before the duty was announced",
        "We are hoping that we will agree on an extension when the ministers meet in two weeks",
        "She pointed out that if the news of a short contract is true, it shows what the company is after",
        "They will stand by the island for as long as it takes",
        "There should be no taboos when it comes to reprisals",
        "It has backed Orvia in its quarrel over the bonds that were dropped after its 2002 crisis and default",
    ],
)
def test_words_that_join_may_do_other_work(sentence: str) -> None:
    assert [c for c in cuts(sentence) if c.kind in ("strong", "waiting", "weak")] == []


def test_a_condition_that_is_said_again_is_one() -> None:
    sentence = "she would consider a floor once Velm has ratified it, and as long as the figure is low"
    assert [c.clauses.main for c in cuts(sentence) if c.kind in ("strong", "weak")] == ["she would consider a floor"]


@pytest.mark.parametrize(
    ("content", "withholds"),
    [
        ("her government would halt its payments unless the house passes a budget", "continuing its payments"),
        ("they would block any text which did not contain a fund", "letting through any text"),
        ("it would begin dismissals unless the shift reported by nine", "dismissals"),
        ("she would be back the minute the levy was made voluntary", "coming back"),
        ("there be no assault without its consent", "assault"),
        ("the crew would go without water unless an envoy came", "water for the crew"),
        (
            "she will table a motion of no confidence if the minister does not resign",
            "not tabling a motion of no confidence",
        ),
    ],
)
def test_what_a_threat_or_a_promise_holds_back(content: str, withholds: str) -> None:
    assert the_condition(content).withholds == withholds


def test_nobody_waits_for_himself() -> None:
    content = "inspectors may stay through June if Harbour Union readmits one of them"
    assert find_conditions(a_draft(content)) == []


def test_what_is_done_to_somebody_is_not_held_back_by_it() -> None:
    content = "Norway will be left out of the vote unless the rules are signed"
    draft = a_draft(content, text=f"Norway waited. Ana Roke said {content}.")
    draft.cast = cast_of(draft)
    assert [c.party for c in find_conditions(draft)] == ["Harbour Union"]


def test_a_quotation_that_begins_anew_is_a_sentence_of_its_own() -> None:
    content = "The Front will support nothing before a road is in writing"
    document = a_document(f"Ana Roke said: {content}. “Not a nod, not a wink,” she said.")
    draft = Draft.of(document, Lexicon())
    both = Spans([*at(document, content), *at(document, "“Not a nod, not a wink,”")])
    draft.statements = [replace(a_statement(document, "Ana Roke", "said", content, act="condition"), content=both)]
    assert [c.requires for c in find_conditions(draft)] == [("a road is in writing",)]


def test_conditions_count_whatever_act_the_finder_saw() -> None:
    found = the_condition("it would not enter the cabinet while the Front keeps its guns", act="claim")
    assert found.withholds == "entering the cabinet"


def test_whoever_acts_in_the_main_clause_is_bound_by_it() -> None:
    content = "the Salt Front will not leave the port until the prisoners are freed"
    draft = a_draft(content, text=f"The Salt Front met. Ana Roke said {content}.")
    draft.cast = cast_of(draft)
    assert [c.party for c in find_conditions(draft)] == ["Salt Front"]


@pytest.mark.parametrize(
    ("before", "content", "party"),
    [
        ("Anna Vekk, the Envoy, met Ostar.", "that the Envoy will resign if there is no deal", "Anna Vekk"),
        ("The talks went on.", "that they will sign if there is a deal", None),
        ("The talks went on.", "that the third state, Sennar, will attend if there is a deal", "Sennar"),
        ("The talks went on.", "that Norway's Ida Brekke will sign if there is a deal", "Norway"),
    ],
)
def test_a_paper_tells_what_others_will_do(before: str, content: str, party: str | None) -> None:
    document = a_document(f"{before} The Daily Lantern is reporting {content}. Ida Brekke smiled.")
    draft = Draft.of(document, Lexicon.shipped())
    paper = Speaker("Daily Lantern", None, False)
    draft.statements = [
        a_statement(document, "The Daily Lantern", "is reporting", content, act="condition", speaker=paper)
    ]
    draft.cast = cast_of(draft)
    draft.cast.publisher("Daily Lantern", 0)
    assert [c.party for c in find_conditions(draft)] == [party]


@pytest.mark.parametrize("piece", ["if he ", "first let then ", "before it must ", "without the ", "no a, no b. "])
def test_every_cut_of_long_hostile_text_takes_linear_time(piece: str) -> None:
    def seconds(copies: int) -> float:
        start = time.process_time()
        for _ in cuts(piece * copies):
            pass
        return time.process_time() - start

    assert seconds(4000) < 20 * max(seconds(1000), 0.05)


def test_an_aside_about_whom_a_requirement_names_is_left_out() -> None:
    found = the_condition("it will not sign unless the mayor, Benedikt Sala, strikes out the clause on strikes")
    assert found.requires == ("the mayor strikes out the clause on strikes",)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Leth goes ahead and imposes tolls on fish", ["Leth goes ahead", "Leth imposes tolls on fish"]),
        ("the Pact halves the fee and gives back land", ["the Pact halves the fee", "the Pact gives back land"]),
        ("the house has met and on condition that it stays secret", ["the house has met", "it stays secret"]),
        ("the assembly has voted, not a day before", ["the assembly has voted"]),
        ("Velm hands over the men who gave the order", ["Velm hands over the men who gave the order"]),
        ("somebody has walked the path and shown it", ["somebody has walked the path and shown it"]),
        ("a dock and 400 seats a year are in writing", ["a dock is in writing", "400 seats a year are in writing"]),
        ("the sheep and the well are back, and not an hour earlier", ["the sheep is back", "the well is back"]),
        ("there is a table and no stones", ["there is a table", "there are no stones"]),
        ("double time and proper masks", ["double time", "proper masks"]),
        ("the league and the union have met", ["the league and the union have met"]),
        ("consent by Orvia and Velm", ["consent by Orvia and Velm"]),
        ("bread and butter", ["bread and butter"]),
        ("an extra pilot on every boat, full stop", ["an extra pilot on every boat"]),
    ],
)
def test_requirements_stand_each_alone(asked: str, found: list[str]) -> None:
    assert requirements(asked) == found


@pytest.mark.parametrize(
    ("sentence", "main", "requirement"),
    [
        ("Before it signs its share has to be fixed", "it signs", "its share has to be fixed"),
        ("Lift the ban on cod, and we'll talk", "we'll talk", "Lift the ban on cod"),
        ("It will deliver gas to Ostmark only against prepayment", "It will deliver gas to Ostmark", "prepayment"),
        ("They named a price: gas must count, or Dakar signs nothing", "Dakar signs nothing", "gas must count"),
    ],
)
def test_conditions_without_an_if(sentence: str, main: str, requirement: str) -> None:
    assert (main, requirement) in [(cut.clauses.main, cut.clauses.requirement) for cut in cuts(sentence)]


@pytest.mark.parametrize(
    ("content", "withholds"),
    [
        ("الهدنة انتهت ولن نعود إلى الطاولة قبل أن يُحاسب الجناة", "العودة إلى الطاولة"),
        ("الحركة لن تحضر إلا إذا أُفرج عن أسراها", "الحضور"),
        ("لن يزدرد القرار ما لم يتوقف القصف", "يزدرد القرار"),
    ],
)
def test_what_an_arabic_condition_holds_back(content: str, withholds: str) -> None:
    assert the_condition(content, cue="قال").withholds == withholds


@pytest.mark.parametrize(
    ("sentence", "main", "requirement"),
    [
        ("nobody has given notice, and without a written promise nobody leaves", "nobody leaves", "a written promise"),
        ("the offer stands; if he refuses it, we will go home", "we will go home", "he refuses it"),
        ("what it would not do was talk while the guns fired", "it would not talk", "the guns fired"),
        ("she would, however, sign nothing until the mine reopens", "she would sign nothing", "the mine reopens"),
    ],
)
def test_a_clause_that_begins_with_its_condition_stands_alone(sentence: str, main: str, requirement: str) -> None:
    assert [(c.clauses.main, c.clauses.requirement) for c in cuts(sentence)] == [(main, requirement)]


def test_two_conditions_of_one_sentence() -> None:
    sentence = "unless the tariff falls she will not sign, and that once the dam is built she will pay"
    assert [c.withholds for c in find_conditions(a_draft(sentence))] == ["signing", "paying"]


@pytest.mark.parametrize(
    ("before", "withholds"),
    [
        ("The union did not intend to strike at the port.", "striking at the port"),
        ("The growers asked for the road to be widened near Tollan.", "the road widened near Tollan"),
        ("She has so far refused to name the judges, and nobody pressed her.", "naming the judges"),
        ("It was a long day.", "doing so"),
    ],
)
def test_what_do_so_takes_up(before: str, withholds: str) -> None:
    content = "she would do so only if both owners signed"
    assert the_condition(content, text=f"{before} Ana Roke said {content}.").withholds == withholds


@pytest.mark.parametrize(
    ("before", "content", "requires"),
    [
        ("Roke wants the works moved to another shore.", "until that is done no member will sign",
         "the works moved to another shore"),
        ("Paragraph 7, on fishing rights, should go.", "her union will vote against the text unless it does",
         "paragraph 7 go"),
        ("She insists that the minister name the buyer.", "her union would walk out if he didn't",
         "the minister name the buyer"),
        ("It was a long day.", "her union will walk out unless it does", "it does"),
    ],
)  # fmt: skip
def test_what_a_requirement_points_back_to(before: str, content: str, requires: str) -> None:
    found = the_condition(content, text=f"{before} Ana Roke said {content}.")
    assert [r[:1].lower() + r[1:] for r in found.requires] == [requires]


def test_what_is_told_under_a_headline_does_not_go_on_with_it() -> None:
    content = "Harbour Union members will occupy the quay unless the rents fall"
    document = a_document(f"Union warns city\n\n{content}, Ana Roke said.")
    draft = Draft.of(document, Lexicon())
    both = Spans([*at(document, "Union warns"), *at(document, content)])
    speaker = Speaker("Ana Roke", "Harbour Union", False)
    statement = a_statement(document, "Ana Roke", "said", content, act="condition", speaker=speaker)
    draft.statements = [replace(statement, content=both)]
    assert [c.withholds for c in find_conditions(draft)] == ["Harbour Union members not occupying the quay"]


def test_what_somebody_means_to_ask_is_held_back() -> None:
    content = "the court to rule unless the offer is signed"
    assert the_condition(content, cue="intends to ask").withholds == "not asking the court to rule"


def test_a_bare_would_takes_up_what_was_asked() -> None:
    content = "she would, once the books are open"
    text = f"The talks go on if Roke comes. Ana Roke said {content}."
    assert the_condition(content, text=text).withholds == "coming"


def test_an_offer_of_something_is_no_act_of_offering() -> None:
    content = "the offer of ministries lapses if there is no answer"
    assert the_condition(content).withholds == "the offer of ministries lapses"


@pytest.mark.parametrize(
    ("content", "party"),
    [
        ("Salk bridge will reopen only if the dam is finished", "Harbour Union"),
        ("the Union will sign only if the dam is finished", "Harbour Union"),
        ("the Quay League will go on only if the dam is finished", "Quay League"),
        ("talks between Leth and the Quay League will go on only if the dam is finished", "Harbour Union"),
    ],
)
def test_a_thing_binds_nobody_and_a_short_name_is_the_whole(content: str, party: str) -> None:
    draft = a_draft(content, text=f"The Harbour Union met near Salk bridge. Ana Roke said {content}.")
    draft.cast = cast_of(draft)
    assert [c.party for c in find_conditions(draft)] == [party]


def test_what_an_answer_holds_back_stands_in_its_question() -> None:
    text = "Q: Would you go back to the table?\n\nA: Not unless the bill is split."
    at_answer = text.index("Not unless")
    assert in_question(text, at_answer) == "go back to the table"
    assert in_question(text.replace("?\n", "? Say it.\n"), at_answer + 8) == ""


def test_what_is_said_of_an_offer_next_turns_no_requirement_round() -> None:
    found = the_condition("if the two sides meet, we can sign this, and it won't take three weeks")
    assert (found.withholds, found.requires) == ("signing this", ("the two sides meet",))


def test_what_stands_before_but_if_is_not_held_back() -> None:
    sentence = "I am glad there will not be a strike but if the crews sign the pact, I will support it"
    assert "I am glad there will not be a strike" not in [c.clauses.main for c in cuts(sentence)]


@pytest.mark.parametrize("content", ["you can't have one without the other", "we talk without immediately voting"])
def test_one_without_the_other_is_no_condition(content: str) -> None:
    assert not find_conditions(a_draft(content))


def test_the_last_of_two_things_that_one_subject_does_is_what_hangs_on_it() -> None:
    content = "crews were hopeful about securing a list but were also looking at fines if the owners did not back it"
    cut = next(c for c in cuts(content) if c.clauses.link == "if")
    assert cut.clauses.main == "were also looking at fines"


@pytest.mark.parametrize(
    "content",
    [
        "if it had not been for the mill they would have signed the pact",
        "if the mill had opened its books, the union would have signed",
        "if the mill leaves the pact, there is a real risk that the others will follow",
        "if the mill wanted peace, it should let the union in",
        "the offer was meant for the old board, which did not want to sign",
    ],
)
def test_what_might_have_been_or_may_come_and_what_a_wish_takes_are_no_conditions(content: str) -> None:
    assert not find_conditions(a_draft(content))


def test_what_the_speaker_did_in_saying_so_is_not_required() -> None:
    assert the_condition(
        "talks would be possible only if the mill moved first, setting a year-end deadline"
    ).requires == ("the mill moved first",)


def test_what_will_not_be_after_something_waits_for_nothing() -> None:
    assert not [c for c in cuts("rebels would not be sent abroad after an accord") if c.clauses.link == "after"]
    assert [c for c in cuts("rebels would leave after an accord is signed") if c.clauses.link == "after"]


@pytest.mark.parametrize(
    ("content", "withholds", "requires"),
    [
        ("the truce in Velm would end and the army would go on if the Brigade did not release the men by Saturday",
         "the truce in Velm not ending", ["the Brigade did release the men by Saturday"]),
        ("the duties will be doubled unless Leth signs", "the duties not doubled", ["Leth signs"]),
        ("we will not give a strike notice as long as talks are continuing", "not giving a strike notice",
         ["talks are continuing"]),
        ("if officials in Velm fail to end the raids, the group would consider itself no longer bound by the plan",
         "considering itself bound by the plan", ["officials in Velm end the raids"]),
        ("if Leth did not meet the terms, the army would be free of its word, and we will defend ourselves",
         "not being free of its word", ["Leth did meet the terms"]),
        ("there will be war unless Leth yields", "no war", ["Leth yields"]),
        ("if no progress is made before March, the envoy would leave", "the envoy not leaving",
         ["progress is made before March"]),
        ("if Leth continues with its inspections, we will take additional measures",
         "not taking additional measures", ["Leth does not continue with its inspections"]),
        ("if the council agrees to lift the ban, the crews will call off the strike",
         "the crews calling off the strike", ["the council agrees to lift the ban"]),
        ("the strike will continue until the wages are paid", "end of the strike", ["the wages are paid"]),
        ("the blockade will remain in place until Leth withdraws", "end of the blockade", ["Leth withdraws"]),
        ("we will continue to strike until the wages are paid", "stopping striking", ["the wages are paid"]),
        ("the nurses will stay away from the wards until they are paid", "returning to the wards",
         ["they are paid"]),
        ("it will continue its blockade until the men are freed", "end of its blockade", ["the men are freed"]),
        ("Or if there is no agreement we will leave the hall", "not leaving the hall", ["an agreement"]),
        ("the crews would strike until the wages are paid", "the crews not striking", ["the wages are paid"]),
        ("Leth would delay the vote until the men are freed", "the vote", ["the men are freed"]),
        ("the guards will not withdraw from the port as long as the rebels fire",
         "the guards withdrawing from the port", ["the rebels do not fire"]),
    ],
)  # fmt: skip
def test_which_way_a_threat_or_a_promise_points(content: str, withholds: str, requires: list[str]) -> None:
    found = the_condition(content)
    assert (found.withholds, list(found.requires)) == (withholds, requires)


@pytest.mark.parametrize(
    ("content", "withholds", "requires"),
    [
        ("a full list of the men as a condition of returning to the table", "returning to the table",
         ["a full list of the men"]),
        ("on recognition of the port as a precondition to negotiate a settlement", "negotiating a settlement",
         ["recognition of the port"]),
        ("If those three are not freed, if Leth does not return our men, the truce will end", "the truce not ending",
         ["Leth returns our men"]),
        ("If Leth does not return our men by noon – the truce will end", "the truce not ending",
         ["Leth returns our men by noon"]),
        ("we will not retreat and we have no intention of returning to the table while our rights are not accepted",
         "returning to the table", ["our rights are accepted"]),
        ("there is no sense in sitting down without a list of the men", "sitting down", ["a list of the men"]),
        ("if the terms are kept, the council is prepared for talks on May 10", "talks on May 10",
         ["the terms are kept"]),
        ("From Saturday, if no peaceful solution is found, we will resort to force", "not resorting to force",
         ["a peaceful solution is found"]),
        ("for his talks with the envoy to continue, Leth must first lift its duties",
         "his talks with the envoy to continue", ["Leth must first lift its duties"]),
        ("the laws will have to be passed by May before talks can start", "talks starting",
         ["the laws be passed by May"]),
        ("she would only send a team if Leth released the list of those taken on 7 May, when the port was closed",
         "sending a team", ["Leth released the list of those taken on 7 May"]),
    ],
)  # fmt: skip
def test_conditions_of_other_shapes(content: str, withholds: str, requires: list[str]) -> None:
    found = the_condition(content, cue="insisted")
    assert (found.withholds, list(found.requires)) == (withholds, requires)


@pytest.mark.parametrize(
    "content",
    [
        "the men would be freed in a second stage of a deal that would see the port reopened in exchange for a truce",
        "an accord on sending ore in return for reforms would be reached at the meeting of the ministers",
        "this will be discussed on May 14 when the course of the talks is assessed",
        "it would leave unchanged a date as soon as June 1",
        "it would not free any more men until further notice",
        "the army will fight on until the Brigade is defeated",
        "if there is progress, or if the envoy wants to meet both, I do not think it is the end of the world",
        "it remains ready to resume talks on a new contract before the current pact expires",
        "we must be prepared if we have to hit the streets",
        "the talks will continue until a deal is reached",
        "we will keep talking until a deal is reached",
        "the state could default on its debts as early as June 1 if the ceiling is not raised",
        "it will continue its military operations until the Brigade is dismantled",
        "while Leth is meant to hand over a list of the men it will refuse to free",
    ],
)
def test_what_is_exchanged_dated_or_thought_holds_nothing_back(content: str) -> None:
    assert not find_conditions(a_draft(content))


@pytest.mark.parametrize(
    ("content", "cue", "act", "withholds", "requires"),
    [
        ("that Leth implement its reforms before they release the final instalment", "demanded", "demand",
         "releasing the final instalment", "Leth implement its reforms"),
        ("that the guards leave before talks begin", "insisted", "demand", "talks begin", "the guards leave"),
        ("the release of prisoners is a precondition for talks", "said", "claim", "talks", "the release of prisoners"),
        ("Leth has made its return conditional on a full pardon", "said", "claim", "its return", "a full pardon"),
        ("no deal was possible without guarantees", "said", "claim", "deal", "guarantees"),
        ("peace is not possible without a list", "said", "claim", "peace", "a list"),
        ("a deal was possible if Leth stopped setting new terms", "said", "claim", "deal",
         "Leth stopped setting new terms"),
        ("absent a deal by Friday, the crews would strike", "said", "threat", "the crews not striking",
         "a deal by Friday"),
    ],
)  # fmt: skip
def test_conditions_that_leave_no_doubt(content: str, cue: str, act: str, withholds: str, requires: str) -> None:
    found = the_condition(content, cue=cue, act=act)
    assert (found.withholds, found.requires) == (withholds, (requires,))


def test_a_time_of_the_year_sets_no_condition() -> None:
    assert not find_conditions(a_draft("the vote must be held before winter begins", act="demand"))
    assert not find_conditions(a_draft("the release could not be a condition for talks", act="rejection"))


def test_it_is_the_thing_that_was_named_before() -> None:
    said = "it would only be lifted when Leth recognises the port"
    text = f"Leth's neighbour resisted calls to drop the import tariff on its goods, saying {said}."
    draft = Draft.of(a_document(text), Lexicon())
    draft.statements = [a_statement(draft.document, "neighbour", "saying", said, act="condition")]
    assert [c.withholds for c in find_conditions(draft)] == ["the import tariff lifted"]
