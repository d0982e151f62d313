"""Silence, questions and nobody's words are no statements."""

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft, Found
from dragoman.reader.speakers.nothing_said import says_something, without_interviewer
from dragoman.reading import Spans
from tests.builders import a_document


def _drafted(text: str) -> Draft:
    return Draft.of(a_document(text), Lexicon.shipped())


def _found(draft: Draft, source: str, cue: str, content: str) -> Found:
    text = draft.document.text

    def at(words: str, after: int = 0) -> Spans:
        start = text.index(words, after)
        return Spans([(start, start + len(words))])

    start = text.index(source)
    return Found(at(source), at(cue, start + len(source)), at(content, start + len(source)))


def test_calls_between_which_there_are_differences_are_nobody_s_words() -> None:
    draft = _drafted("It failed over differences between union calls for a vote. The union calls for a vote.")
    assert not says_something(draft, _found(draft, "union", "calls for", "a vote"))
    assert says_something(draft, _found(draft, "The union", "calls for", "a vote"))


@pytest.mark.parametrize(
    "source, cue, content, expected",
    [
        ("discussions", "characterized", "as frank", False),
        ("the chair and Tui Vekk", "was witnessed by", "the signing", False),
        ("The drivers", "were expected", "to meet on Friday", False),
        ("The drivers", "expected", "a meeting on Friday", True),
        ("The drivers", "had set", "a date", True),
        ("diplomats", "described", "as frank", True),
        ("The harbour board", "declined", "to comment", False),
        ("The harbour board", "did not wish to comment", "on the price", False),
        ("The harbour board", "commented on", "the price", True),
        ("The harbour board", "could not immediately", "be reached for comment", False),
        ("The harbour board", "declined", "to provide details", False),
        ("The harbour board", "has not commented", "on specific boats", False),
        ("The storm", "continues to claim", "lives", False),
        ("Both envoys", "concluded", "their meetings on the draft", False),
        ("The report", "concluded", "the talks were in vain", True),
        ("Both envoys", "to discuss", "the draft", False),
        ("The diplomacy", "aims", "to end the strike", False),
        ("The", "aim", "to end the strike", False),
        ("The mayor", "posted", "photographs of the freed", False),
        ("The mayor", "posted", "that all are free", True),
        ("The harbour board", "aims", "to end the strike", True),
        ("The harbour board", "declined", "to sign", True),
        ("Nobody on the quay", "has denied", "the price", False),
        ("Not everyone", "wants", "a bridge", False),
        ("No skipper", "mentioned", "the price", False),
        ("Neither side", "would say", "when", True),
        ("Norrland", "wants", "a bridge", True),
        ("Ilsa Maren", "called", "off the talks", False),
        ("Norrland", "known", "as the Guard", False),
        ("Norrland", "refused", "which", False),
        ("Ilsa Maren", "called off", "the talks", False),
        ("Norrland", "called", "its chief envoy back to Oslo", False),
        ("Norrland", "backed", "away from the bridge", False),
        ("Norrland", "backed", "the bridge", True),
        ("Norrland", "called", "the bridge a folly", True),
        ("Ilsa Maren", "was asked", "whether she would sign", False),
        ("Ilsa Maren", "was asked", "to sign", True),
        ("a clerk", "asked", "not to be named", False),
        ("a clerk", "insisting", "that neither his face nor his name be given", False),
        ("Ilsa Maren", "promised", "not to name a date", True),
        ("Ilsa Maren", "discussed", "arrangements for a new round", False),
        ("Ilsa Maren", "said", "she had discussed the bridge", True),
        ("Norrland", "imposed", "heavy duties on grain", False),
        ("they", "considered", "a draft document on the bridge", False),
        ("they", "considered", "the bridge a folly", True),
        ("they", "are awaiting", "a signal from the owners", False),
        ("The plan", "was approved", "by the council", False),
        ("Ilsa Maren", "sought", "to downplay the failure", False),
        ("Norrland", "seeks", "to join the union", True),
        ("Ilsa Maren", "provided", "few specifics about the talks", False),
        ("Norrland", "offered", "no new insight into the text", False),
        ("Norrland", "offered", "no concession", True),
    ],
)
def test_only_what_is_said_is_a_statement(source: str, cue: str, content: str, expected: bool) -> None:
    draft = _drafted(f"Talks.\n\n{source} {cue} {content}.")
    assert says_something(draft, _found(draft, source, cue, content)) is expected


def _turns(*turns: str) -> list[str]:
    draft = _drafted("Talks\n\n" + "\n\n".join(turns))
    found = [_found(draft, turn.partition(": ")[0], ":", turn.partition(": ")[2]) for turn in dict.fromkeys(turns)]
    return [f.content.text(draft.document) for f in without_interviewer(draft, found)]


def test_who_asks_in_an_interview_states_nothing() -> None:
    answers = [
        "We will open the lock when the dredgers have gone, and not a day before that.",
        "They count what they can see from the bridge; I count what lands on the quay at night.",
    ]
    asked = ["Vekk: When do you open the lock?", "Vekk: They count fewer boats."]
    assert _turns(asked[0], f"Maren: {answers[0]}", asked[1], f"Maren: {answers[1]}") == answers


def test_two_who_talk_at_like_length_both_state() -> None:
    turns = ["Vekk: Who keeps the lock?", "Maren: We keep it.", "Vekk: We built it.", "Maren: You sold it."]
    assert len(_turns(*turns)) == 4


def test_the_place_of_a_report_before_a_headline_says_nothing() -> None:
    draft = _drafted("Velm: deal in sight, prisoners not\n\nVELM, 2 November (ANA) - The two sides met again.")
    assert not says_something(draft, _found(draft, "Velm", ":", "deal in sight, prisoners not"))
    draft = _drafted("Velm: no deal in sight\n\nDORN, 2 November (ANA) - The two sides met again.")
    assert says_something(draft, _found(draft, "Velm", ":", "no deal in sight"))
