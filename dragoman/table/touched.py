"""Whose conditions a document can have to do with, so that only theirs are fed again when it comes or goes.

In: a document, what it brings that settles conditions, and every condition that is known. Out: parties, rather too many
than too few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from dragoman.reading import Figure
from dragoman.table.agreements import SEALED, Moved
from dragoman.table.deadlines import Term
from dragoman.table.fulfilled import wanted
from dragoman.table.meetings import Opened
from dragoman.table.outcomes import SPEAKS_OF, actors, at_work
from dragoman.table.resolved import Resolved
from dragoman.table.tracked import FINAL, SAME_REQUIREMENT, Record, Tracked
from dragoman.table.words import contained, stems

Parties = set[str | None]


class Brought(NamedTuple):
    """What a document brings that can settle conditions, each as it was known by then."""

    held: tuple[Opened, ...] = ()
    due: tuple[Term, ...] = ()
    moved: tuple[Moved, ...] = ()


def alive(records: Iterable[Record], day: str) -> list[Tracked]:
    """The requirements to which something could happen on one day: laid down by then, and not settled before."""
    return [
        t for record in records if record.key[0] <= day for t in record.requires
        if t.status not in FINAL or (t.since or "") >= day
    ]  # fmt: skip


def by_words(page: Resolved, records: Sequence[Record]) -> Parties:
    """The parties whose conditions a document brings or may settle by its statements, figures and own words.

    1. Those whose conditions it holds.
    2. Those whose requirements its statements speak of, or who give way in them.
    3. Those who require a number, a day or somebody at work, where it tells of such things.
    4. Those who require something that it tells in its own voice.
    """
    # 1. Those whose conditions it holds.
    found: Parties = {owner for _key, owner, _item, _said in page.conditions}
    open_then = alive(records, page.day)
    # 2. Those whose requirements its statements speak of, or who give way in them.
    for said, heard in page.telling:
        if heard.concedes or heard.met:
            found.update(said.parties)
        if heard.outcome is not None:
            found.update(t.record.party for t in _spoken_of(page.stems(said.statement), open_then))
    # 3. Those who require a number, a day or somebody at work, where it tells of such things.
    counted = [counts(figure, page) for _key, _by, _party, figure in page.figures]
    present = {party for said in page.said for party in said.parties}
    for tracked in open_then:
        party, gist = tracked.record.party, tracked.gist
        if party not in found and (
            (gist.passing and party in present)
            or (gist.number is not None and any(gist.unnumbered <= here for here in counted))
            or (gist.presence and at_work(actors(gist.what), page) is not None)
        ):
            found.add(party)
    # 4. Those who require something that it tells in its own voice.
    for tracked in open_then if page.facts.events else ():
        what = wanted(tracked.what)
        if what is not None and any(_enough(what.stems, event.stems) for event in page.facts.events):
            found.add(tracked.record.party)
    days = {item.date[4:] for _key, _setter, item in page.deadlines if item.date}
    found.update(r.party for r in records if any(not days.isdisjoint(g.passing) for g in r.gist.requires if g.passing))
    return found


def by_events(page: Resolved, brought: Brought, records: Sequence[Record]) -> Parties:
    """The parties whose conditions something that a document brings may settle."""
    if not any(brought):
        return set()
    found: Parties = set()
    open_then = alive(records, page.day)
    of_talks = {t.record.party for t in open_then if t.record.gist.talks}
    attending = {t.record.party for t in open_then if t.record.gist.attending}
    for term in brought.due:
        here = (t for t in open_then if t.record.party == term.setter)
        if term.setter and any(contained(t.gist.stems, term.stems) >= SAME_REQUIREMENT for t in here):
            found.add(term.setter)
    for opened in brought.held:
        found |= attending.intersection(opened.attended)
        convening = (t.record for t in open_then if t.record.gist.convening)
        found.update(record.party for record in convening if not record.gist.stems.isdisjoint(opened.near))
    for pact in brought.moved:
        if pact.move.to == "broken":
            found.update(t.record.party for t in open_then if t.gist.holding)
        elif pact.move.to in SEALED:
            found |= of_talks.intersection((*pact.parties, *welcoming(page)))
            found.update(t.record.party for t in open_then if t.record.gist.convening)
    return found


def otherwise(before: Brought, now: Brought) -> Brought:
    """What a document brings otherwise than before; of a pact that moves as before, the parties of one time only."""
    was, then = ({(p.name, p.stems, p.move): set(p.parties) for p in brought.moved} for brought in (before, now))
    moved = []
    for known in {**was, **then}:
        parties = was.get(known, set()) ^ then.get(known, set())
        if parties or (known in was) != (known in then):
            name, named, move = known
            moved.append(Moved(name, named, tuple(sorted(parties)), move))
    return Brought(_unlike(before.held, now.held), _unlike(before.due, now.due), tuple(moved))


def welcoming(page: Resolved) -> list[str]:
    """Those who welcome something in a document."""
    return sorted({p for s in page.said if s.act == "support" and not s.negated for p in s.parties})


def counts(figure: Figure, page: Resolved) -> frozenset[str]:
    """The stems of what a figure counts."""
    return stems(f"{figure.unit or ''} {figure.measure or ''} {figure.span.text(page.document)}")


def _spoken_of(here: frozenset[str], requirements: Sequence[Tracked]) -> Iterator[Tracked]:
    return (t for t in requirements if t.gist.stems and _enough(t.gist.stems, here))


def _enough(wanted_stems: frozenset[str], here: frozenset[str]) -> bool:
    return len(wanted_stems & here) >= SPEAKS_OF * len(wanted_stems)


Item = TypeVar("Item")


def _unlike(before: tuple[Item, ...], now: tuple[Item, ...]) -> tuple[Item, ...]:
    return () if before == now else tuple(x for x in (*before, *now) if x not in before or x not in now)
