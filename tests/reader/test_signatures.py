"""Signed quotations in the wide style: a dash and a name after a quotation tell who says it."""

import pytest

from dragoman.reader.network.attributions import Attribution
from dragoman.reader.network.signatures import with_signed
from dragoman.reader.network.windows import Sheet, lay_out
from dragoman.reader.segment import segment

VOICES = (
    'Voices.\n“We stay, he said.” ― Ilsa Maren\n\n"It is over."\n\n- Tui B. Vekk, baker.\n\n“No “more” of it.”— Ode.\n'
)


def sheet_of(text: str) -> Sheet:
    return lay_out(text, segment(text), lambda words: [[1]] * len(words))


def signed(text: str, found: list[Attribution]) -> list[tuple[str, str]]:
    sheet = sheet_of(text)
    words = lambda piece: text[sheet.starts[piece[0]] : sheet.ends[piece[1] - 1]]  # noqa: E731
    return [(words(a.source[0]), words(a.content[0])) for a in with_signed(text, sheet, found)]


def test_every_signed_quotation_is_said_by_the_name_after_its_dash() -> None:
    told = [("Ilsa Maren", "“We stay, he said.”"), ("Tui B. Vekk", '"It is over."'), ("Ode", "“No “more” of it.”")]
    assert signed(VOICES, []) == told
    dash = sheet_of(VOICES).starts.tolist().index(VOICES.index("―"))
    assert signed(VOICES, [Attribution(((dash, dash + 1),), (), ((3, 5),))]) == told  # what began at the dash is gone


@pytest.mark.parametrize(
    "text",
    [
        "Voices.\n“We stay.” ― Ilsa Maren",  # one alone
        "“We stay.” – and so on\n“We go.” – or not",  # no names
        "“We stay” - Vekk said that before he left the room\n“We go” - Maren and the others did not hear",
        "He calls it “home” - Ilsa\nShe calls it “the pier” - Tui",  # the line is no quotation
        "No marks. ― Ilsa\nNone. ― Tui",
    ],
)
def test_what_is_not_signed(text: str) -> None:
    assert signed(text, []) == []
