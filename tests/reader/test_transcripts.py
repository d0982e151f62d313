"""Turns of a transcript in the wide style: a name in capitals and a colon begin what is said."""

from dragoman.reader.network.attributions import Attribution
from dragoman.reader.network.transcripts import with_turns
from dragoman.reader.network.windows import Sheet, lay_out
from dragoman.reader.segment import segment

TALK = "Talks.\nVEKK: Will you sign?\nILSA MAREN: We will wait, he said.\n“VEKK: Until when?”\nShe left."


def sheet_of(text: str) -> Sheet:
    return lay_out(text, segment(text), lambda words: [[1]] * len(words))


def told(text: str, found: list[Attribution]) -> list[tuple[str, str]]:
    sheet = sheet_of(text)
    words = lambda piece: text[sheet.starts[piece[0]] : sheet.ends[piece[1] - 1]]  # noqa: E731
    return [(words(a.source[0]), words(a.content[0])) for a in with_turns(text, sheet, found)]


def test_every_turn_is_said_by_its_label() -> None:
    turns = [("VEKK", "Will you sign?"), ("ILSA MAREN", "We will wait, he said."), ("VEKK", "Until when?")]
    assert told(TALK, []) == turns
    half = Attribution(((3, 4),), ((2, 3),), ((4, 6),))  # the colon after the first VEKK, "Will you"
    assert told(TALK, [half]) == turns


def test_a_note_is_no_transcript() -> None:
    assert told("UPDATE: The ferries sail.\nCORRECTION: They do not.\nUPDATE 2: They will.", []) == []
    assert told("UPDATE: One.\nUPDATE: Two two.\nUPDATE: Three three.", []) == []
