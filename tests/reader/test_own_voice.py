"""What the report says in its own voice that somebody refuses, or will do on a condition, is a statement."""

import time

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft, Found
from dragoman.reader.speakers.resolve import resolve
from dragoman.reading import Spans, Statement
from tests.builders import a_document, at


def read(text: str, *said: str) -> list[Statement]:
    """The statements of a text in which the finder found those with the contents `said`, without sources."""
    draft = Draft.of(a_document(f"Talks go on\n\n{text}"), Lexicon.shipped())
    draft.found = [Found(Spans(), Spans(), at(draft.document, words)) for words in said]
    return resolve(draft)


@pytest.mark.parametrize(
    ("text", "name", "cue", "content"),
    [
        (
            "The Harbour Union is ready to sign, provided that the list shrinks.",
            "Harbour Union", "is ready", "to sign, provided that the list shrinks",
        ),
        (
            "Norway will not discuss a date before companies pay for the data.",
            "Norway", "will not discuss", "a date before companies pay for the data",
        ),
        (
            "The Harbour Union met on Monday. It would accept the panel as long as the road stays open.",
            "Harbour Union", "would accept", "the panel as long as the road stays open",
        ),
        ("Japan won’t discuss payment at all.", "Japan", "won’t discuss", "payment at all"),
        ("Norway would not be drawn on a price.", "Norway", "would not be drawn on", "a price"),
        ("The Harbour Union gave the owners six weeks.", "Harbour Union", "gave", "the owners six weeks"),
        ("The Harbour Union turned that down in an hour.", "Harbour Union", "turned … down", "that"),
        ("Norway is still holding out for 40 boats.", "Norway", "is still holding out for", "40 boats"),
        ("Japan remains ready to meet on any day.", "Japan", "remains ready", "to meet on any day"),
        ("Norway thanks the skippers of Orvia.", "Norway", "thanks", "the skippers of Orvia"),
        (
            "The Harbour Union has made its next loan, of $30m, conditional on a pact.",
            "Harbour Union", "has made", "its next loan, of $30m, conditional on a pact",
        ),
        (
            "The mill laughed; the Harbour Union will stay in the pact only as long as nobody strikes.",
            "Harbour Union", "will stay", "in the pact only as long as nobody strikes",
        ),
        (
            "Norway goes down to 150 boats only if the Council counts them.",
            "Norway", "goes down", "to 150 boats only if the Council counts them",
        ),
        (
            "Maria Venn of the Harbour Union came late. But she will sign nothing until the figures are there.",
            "Maria Venn", "will sign", "nothing until the figures are there",
        ),
    ],
)  # fmt: skip
def test_whose_word_the_report_gives(text: str, name: str, cue: str, content: str) -> None:
    [statement] = read(text)
    document = a_document(f"Talks go on\n\n{text}")
    assert (statement.speaker.name, statement.cue.text(document)) == (name, cue)
    assert statement.content.text(document) == content


@pytest.mark.parametrize(
    "text",
    [
        "The Harbour Union will meet until Friday.",  # a date is no condition
        "Norway will host the ministers next week.",
        "The bound volume will be open before anybody asks.",  # nobody acts
        "The road would end in the desert unless it rained.",
        "“Norway will not sign unless the road is open.”",  # somebody's words, not the report's
        "Norway won’t comment on the offer.",
    ],
)
def test_what_is_nobodys_word(text: str) -> None:
    assert read(text) == []


def test_a_sentence_that_was_found_already_gives_nothing_more() -> None:
    text = "Norway will not discuss a date before companies pay for the data."
    assert len(read(text, "a date before companies pay for the data")) == 1


@pytest.mark.parametrize("piece", ["Norway will sign unless ", "It is ready ", "The union would wait until May. "])
def test_long_hostile_text_takes_linear_time(piece: str) -> None:
    def seconds(copies: int) -> float:
        began = time.perf_counter()
        read(piece * copies)
        return time.perf_counter() - began

    assert min(seconds(400) for _ in range(3)) < 8 * min(seconds(100) for _ in range(3)) + 0.05


@pytest.mark.parametrize(
    ("after", "name", "cue"),
    [
        ("“We also said that the harbour is not for sale.”", "Maria Venn", ""),
        ("Nobody in the room laughed. “We shall sign nothing until the books are open.”", "Maria Venn", ""),
        ("Ben Ofori on his way out: “I shall come back when the paper is ready.”", "Ben Ofori", ":"),
    ],
)
def test_a_whole_quotation_that_was_left_out_is_somebodys(after: str, name: str, cue: str) -> None:
    text = f"“The road is ours,” said Maria Venn of the Harbour Union. Ben Ofori of the port listened.\n\n{after}"
    document = a_document(f"Talks go on\n\n{text}")
    draft = Draft.of(document, Lexicon.shipped())
    draft.found = [Found(at(document, "Maria Venn"), at(document, "said"), at(document, "“The road is ours,”"))]
    _, statement = resolve(draft)
    assert (statement.speaker.name, statement.cue.text(document) if statement.cue else "") == (name, cue)
    assert statement.content.text(document) == after[after.index("“") :]


@pytest.mark.parametrize(
    "after", ["Its title is “State of the Flyway and its many birds, Volume 7”.", "They called it “the last straw”."]
)
def test_words_held_at_arms_length_are_nobodys(after: str) -> None:
    text = f"“The road is ours,” said Maria Venn of the Harbour Union.\n\n{after}"
    document = a_document(f"Talks go on\n\n{text}")
    draft = Draft.of(document, Lexicon.shipped())
    draft.found = [Found(at(document, "Maria Venn"), at(document, "said"), at(document, "“The road is ours,”"))]
    assert len(resolve(draft)) == 1
