"""Which act an attribution is, where its cue alone says it."""

import pytest

from dragoman.reader.draft import Found
from dragoman.reader.network.judging import signs
from dragoman.reader.rules.acts import gives_up, is_negated, likeliest, refuses, rules_out
from dragoman.reading import Spans
from tests.builders import a_document, at


@pytest.mark.parametrize(
    ("cue", "content", "given_up"),
    [
        ("has since quietly dropped", "its demand for a second bridge", True),
        ("no longer insists", "that the rebels leave before talks begin", True),
        ("conceded", "that the date could move", True),
        ("stopped asking for", "a veto", True),
        ("refused to drop", "its demand for a second bridge", False),
        ("has not withdrawn", "the complaint", False),
        ("would drop", "the complaint", False),
        ("dropped its opposition", "to the plan, provided the fund is written into law", False),
    ],
)
def test_what_a_cue_gives_up(cue: str, content: str, given_up: bool) -> None:
    document = a_document(f"Harbour Union {cue} {content}.")
    found = Found(at(document, "Harbour Union"), at(document, cue), at(document, content))
    assert gives_up(document, found) is given_up


@pytest.mark.parametrize(
    ("content", "shut"),
    [
        ("a federation was off the table", True),
        ("The harbour is not for sale.", True),
        ('any end date is "out of the question"', True),
        ("it will not sign until the levy is off the table", False),
        ("the table is set", False),
        ("there are non-negotiable points such as the levy", False),
    ],
)
def test_what_is_shut_out(content: str, shut: bool) -> None:
    document = a_document(f"Harbour Union said {content}.")
    found = Found(at(document, "Harbour Union"), at(document, "said"), at(document, content))
    assert rules_out(document, found) is shut


@pytest.mark.parametrize(
    ("cue", "content", "scores", "act"),
    [
        ("said", "it would oversee the exchange of captives", {"condition": 0.6, "commitment": 0.3}, "commitment"),
        ("said", "whoever shuts the port gets no levy", {"condition": 0.4, "commitment": 0.3}, "condition"),
        ("declared", "the start of the talks", {"rejection": 0.4, "claim": 0.3}, "claim"),
        ("declared", "the start of the talks", {"rejection": 0.6, "claim": 0.3}, "rejection"),
        ("said", "nobody had asked for the port", {"rejection": 0.4, "claim": 0.3}, "rejection"),
        ("said", "the port was a model for both", {"accusation": 0.4, "claim": 0.3}, "claim"),
        ("calls", "the worst storm in years", {"demand": 0.6, "claim": 0.3}, "claim"),
        ("calls", "for a second bridge", {"demand": 0.6, "claim": 0.3}, "demand"),
        ("calls", "the crews to return to the table", {"demand": 0.6, "claim": 0.3}, "demand"),
        ("called", "the deal historic", {"rejection": 0.8, "support": 0.1}, "support"),
        ("called", "the deal “a great day for thieves”", {"rejection": 0.8, "support": 0.1}, "rejection"),
        ("told", "not to wait", {"rejection": 0.7, "claim": 0.3}, "demand"),
        ("has not yet agreed on", "extending the lease", {"rejection": 0.8, "commitment": 0.1}, "commitment"),
        ("said", "that it was not possible to reveal any details", {"rejection": 0.8, "claim": 0.1}, "claim"),
    ],
)
def test_a_strong_act_wants_words_that_show_it(cue: str, content: str, scores: dict[str, float], act: str) -> None:
    document = a_document(f"Harbour Union {cue} {content}.")
    found = Found(at(document, "Harbour Union"), at(document, cue), at(document, content))
    found.act, found.scores = max(scores, key=lambda a: scores[a]), scores
    assert likeliest(document, found) == act


def test_what_is_given_up_may_be_the_cue() -> None:
    document = a_document("Harbour Union quietly dropped its demand that the bridge be built.")
    found = Found(at(document, "Harbour Union"), at(document, "demand"), at(document, "that the bridge be built"))
    assert gives_up(document, found)


@pytest.mark.parametrize(
    ("content", "mood"),
    [
        ("the chairman should go, and would", "ought"),
        ("it would not sign before it must", "not"),
        ("we'll sign what may come", "so"),
        ("it could sign and will", "may"),
        ("the port is shut", ""),
    ],
)
def test_the_first_word_that_says_so_tells_the_mood(content: str, mood: str) -> None:
    document = a_document(f"Ana Roke insists {content}.")
    found = Found(at(document, "Ana Roke"), at(document, "insists"), at(document, content))
    shown = set(signs(document, found))
    assert f"mood {mood}" in shown
    assert any(sign.endswith("cue insist") and sign.startswith("rule ") for sign in shown)


@pytest.mark.parametrize(
    ("source", "cue", "content", "found", "negated", "refused"),
    [
        ("Leth", "refused to rule out", "a strike", False, True, False),
        ("Leth", "declined to be drawn on", "the date", False, True, False),
        ("Leth", "did not exclude", "a port", False, True, False),
        ("Leth", "refused to discuss", "self-rule", True, False, True),
        ("Leth", "has so far refused", "to let them in", True, False, True),
        ("Leth", "refused", "to say whether the boats would leave", False, True, False),
        ("Leth", "refused", "to give up the port", True, False, True),
        ("Leth", "had threatened", "a veto", True, False, False),
        ("Leth", "would say only", "that he was cold", True, False, False),
        ("Leth", "has not said", "when the boats will leave", True, True, False),
        ("Neither side", "has said", "when the boats will leave", False, True, False),
        ("Leth", "pledges", "nothing", False, True, False),
        ("Leth", "has never refused", "to talk", True, True, False),
        ("Leth's", "refusal", "to let the ferries in", False, False, True),
        ("Leth", "has blocked", "four of the nine dossiers", False, False, True),
    ],
)
def test_what_is_not_said_and_what_is_refused(
    source: str, cue: str, content: str, found: bool, negated: bool, refused: bool
) -> None:
    document = a_document(f"{source} {cue} {content}.")
    middle = len(source) + 1
    end = middle + len(cue) + 1
    spans = [Spans([(0, len(source))]), Spans([(middle, end - 1)]), Spans([(end, end + len(content))])]
    told = Found(*spans, negated=found)
    assert (is_negated(document, told), refuses(document, told)) == (negated, refused)


def test_what_is_not_yet_agreed_is_no_word_given() -> None:
    document = a_document("Harbour Union has not yet agreed on extending the lease.")
    found = Found(
        at(document, "Harbour Union"), at(document, "has not yet agreed on"), at(document, "extending the lease")
    )
    assert is_negated(document, found)
