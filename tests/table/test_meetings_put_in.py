"""Meetings that are put in and taken out anywhere in time are those that feeding every document in order gives."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.lexicon import Lexicon
from dragoman.reading import MEETING_STATUSES, Document, Meeting, Reading, Spans
from dragoman.table import build
from dragoman.table import meetings as ledger
from dragoman.table.meetings import Meetings
from dragoman.table.resolved import Resolved

NAMES = ["talks", "talks on the port", "port talks in Vessel", "summit", "meeting of ministers", "second round"]
MONTH = [f"2027-03-{day:02}" for day in range(1, 29)]
EXAMPLES = int(os.environ.get("DRAGOMAN_EXAMPLES", "60"))


@st.composite
def reports(draw: st.DrawFn, number: int) -> Reading:
    """One report that speaks of some meetings."""
    text = "The talks were spoken of."
    found = []
    for place in range(draw(st.integers(1, 2))):
        day = draw(st.sampled_from([*MONTH, "2027-03", None]))
        found.append(
            Meeting(draw(st.sampled_from(NAMES)), day, {10: "day", 7: "month"}.get(len(day or ""), "unresolved"),
                    draw(st.sampled_from(["Vessel", "Dorn", None])), (), (draw(st.sampled_from(["Orvia", "Belmark"])),),
                    draw(st.sampled_from(MEETING_STATUSES)), None, Spans([(place, 9)]))
        )  # fmt: skip
    document = Document(f"d{number:02}", text, published=draw(st.sampled_from(MONTH)))
    return Reading(document, meetings=tuple(found))


def fed(pages: Sequence[Resolved]) -> Meetings:
    found = Meetings()
    for page in sorted(pages, key=lambda page: page.facts.key):
        found.feed(page)
    return found


@pytest.mark.parametrize(("back", "otherwise"), [(50, 10), (3, 2), (1, 40)])
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_meetings_put_in_anywhere_are_as_if_fed_in_order(data: st.DataObject, back: int, otherwise: int) -> None:
    there = [data.draw(reports(number)) for number in range(data.draw(st.integers(2, 16)))]
    pages = list(build(there, lexicon=Lexicon())._pages)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "BACK", back)
        patch.setattr(ledger, "OTHERWISE", otherwise)
        here = data.draw(st.lists(st.sampled_from(pages), unique_by=id))
        found = fed(here)
        for page in data.draw(st.lists(st.sampled_from(pages), min_size=1, max_size=5)):
            gone, new = ([page], []) if page in here else ([], [page])
            here = [p for p in here if p is not page] if gone else [*here, page]
            whole = fed(here)
            if not found.again(gone, new):
                found = fed(here)
            assert found.freeze() == whole.freeze()
            assert [found.feed(p) for p in here] == [whole.feed(p) for p in here]
