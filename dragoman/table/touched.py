"""Whose conditions a document can have to do with, so that only theirs are fed again when it comes or goes.

In: a document that is taken out or put in, and every condition that is known. Out: parties, rather too many than too
few.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.reading import Figure
from dragoman.table.outcomes import SPEAKS_OF, actors, at_work
from dragoman.table.resolved import Resolved
from dragoman.table.tracked import Record
from dragoman.table.words import stems

Parties = set[str | None]


def touched_by(page: Resolved, records: Sequence[Record]) -> Parties | None:
    """The parties whose conditions a document brings or may settle; None when it can be anybody's.

    1. Those whose conditions and deadlines it holds, and who meet in it.
    2. Those whose requirements its statements speak of, or who give way in them.
    3. Those who require a number, a day or somebody at work, where it tells of such things.
    """
    if page.agreements:
        return None
    # 1. Those whose conditions and deadlines it holds, and who meet in it.
    found: Parties = {owner for _key, owner, _item, _said in page.conditions}
    found.update(setter for _key, setter, _item in page.deadlines)
    for _key, participants, _chairs, _item in page.meetings:
        found.update(participants)
    # 2. Those whose requirements its statements speak of, or who give way in them.
    for said, heard in page.telling:
        if said.act == "concession" or heard.met:
            found.update(said.parties)
        if heard.outcome is not None:
            found |= _spoken_of(page.stems(said.statement), records, found)
    # 3. Those who require a number, a day or somebody at work, where it tells of such things.
    counted = [counts(figure, page) for _key, _by, _party, figure in page.figures]
    for record in records:
        if record.party not in found and _by_other_means(record, page, counted):
            found.add(record.party)
    return found


def _spoken_of(here: frozenset[str], records: Sequence[Record], known: Parties) -> Parties:
    return {
        record.party for record in records if record.party not in known for required in record.gist.requires
        if len(required.stems & here) >= SPEAKS_OF * len(required.stems)
    }  # fmt: skip


def counts(figure: Figure, page: Resolved) -> frozenset[str]:
    """The stems of what a figure counts."""
    return stems(f"{figure.unit or ''} {figure.measure or ''} {figure.span.text(page.document)}")


def _by_other_means(record: Record, page: Resolved, counted: Sequence[frozenset[str]]) -> bool:
    if record.gist.convening and page.meetings:
        return True
    return any(
        required.passing or (required.number is not None and any(required.unnumbered <= here for here in counted))
        or (required.presence and at_work(actors(required.what), page) is not None)
        for required in record.gist.requires
    )  # fmt: skip
