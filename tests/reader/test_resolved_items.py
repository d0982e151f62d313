"""Items that begin with a verb: whose resolutions they are."""

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft
from dragoman.reader.names.casting import cast_of
from dragoman.reader.speakers.resolved_items import opening_verb, with_items
from dragoman.reading import Document

RESOLUTION = """The Harbour Council,

Recalling its statement of May,

1. Demands that Leth withdraw;

2. Decides to remain seized of the matter.
"""
LEADERS = """The Heads of State unanimously agreed the following:

- Rejected any change of borders;
- Called for the release of all hostages.
"""
PARTICIPANTS = """The session closed on Friday. The participants:

(a) Deplored the seizure of the tanker; and

(b) Urged restraint.
"""


def items(text: str) -> list[tuple[str, str, str, str | None]]:
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    found = with_items(cast_of(draft), [])
    return [(f.source.text(draft.document), f.cue.text(draft.document), f.content.text(draft.document), f.act)
            for f in found]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (RESOLUTION, [("The Harbour Council", "Demands", "that Leth withdraw", None),
                      ("The Harbour Council", "Decides", "to remain seized of the matter", "commitment")]),
        (LEADERS, [("The Heads of State", "Rejected", "any change of borders", None),
                   ("The Heads of State", "Called for", "the release of all hostages", None)]),
        (PARTICIPANTS, [("The participants", "Deplored", "the seizure of the tanker", None),
                        ("The participants", "Urged", "restraint", None)]),
        ("The port is shut.\n\n1. They rejected the offer.\n\n2. Leth urged restraint.", []),
        ("Things you will need:\n\n- Called numbers\n- Denied boarding forms", []),
    ],
)  # fmt: skip
def test_who_resolves_is_named_before_the_list(text: str, found: list[tuple[str, str, str, str | None]]) -> None:
    assert items(text) == found


def test_a_sentence_within_an_item_does_not_open_it() -> None:
    draft = Draft.of(Document("d", "1. Demands that Leth withdraw. It must.", language="en"), Lexicon.shipped())
    cast = cast_of(draft)
    assert opening_verb(cast, 3) is not None
    assert opening_verb(cast, draft.document.text.index("It must")) is None
