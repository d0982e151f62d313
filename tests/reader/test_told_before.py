"""What "This was stated by" points back to."""

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft, Found
from dragoman.reader.speakers.resolve import resolve
from dragoman.reading import Spans
from tests.builders import a_document, at

CASES = [
    ("The talks stalled.\n\nThe port stays shut. This was stated by Hana Kirov.", "The port stays shut"),
    ("The talks stalled.\n\nThe port stays shut.\n\nThis was stated by Hana Kirov.", "The port stays shut"),
    ("The talks stalled\n\nThis was stated by Hana Kirov.", "This"),  # a headline says it in words of its own
    ("The talks stalled.\n\nKirov tells of the port\n\nThis was stated by Hana Kirov.", "This"),
]


@pytest.mark.parametrize(("text", "content"), CASES)
def test_this_is_the_sentence_before(text: str, content: str) -> None:
    document = a_document(text)
    draft = Draft.of(document, Lexicon.shipped())
    draft.found = [Found(at(document, "Hana Kirov"), at(document, "was stated by"), at(document, "This"))]
    [statement] = resolve(draft)
    assert statement.content.text(document) == content


def test_what_another_said_stays_his() -> None:
    document = a_document("The talks stalled.\n\nTui Vekk said the port stays shut. This was confirmed by Hana Kirov.")
    draft = Draft.of(document, Lexicon.shipped())
    draft.found = [
        Found(at(document, "Tui Vekk"), at(document, "said"), at(document, "the port stays shut")),
        Found(at(document, "Hana Kirov"), at(document, "was confirmed by"), at(document, "This")),
    ]
    assert [s.content.text(document) for s in resolve(draft)] == ["the port stays shut", "This"]
    assert Spans() not in [s.content for s in resolve(draft)]
