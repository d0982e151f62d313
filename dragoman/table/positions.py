"""Where each party stands on each issue over time, and how each statement of a position differs from the one before.

In: positions with canonical names, and what settled conditions, deadlines and agreements retire. Out: histories of
Steps, and one Cell for each position that is still held.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

from dragoman.table.days import days_between
from dragoman.table.resolved import Stand
from dragoman.table.values import ONE, Cell, Evidence, Origins, Step, Voice, straight
from dragoman.table.wording import salient
from dragoman.table.words import numbers, stems

PRESSING = frozenset(("condition", "threat", "demand", "rejection", "accusation"))
YIELDING = frozenset(("concession", "commitment", "support"))
# Stances that share nine tenths of their letters (and all their numbers) are one stance, quoted again; below that the
# wording moved and the newer one is shown.
SAME_WORDS = 90.0
# Below this score stances are not looked at closer: the same stems in another form share more.
LEAST_ALIKE = 60.0
# A stance that leaves out no more than a third of an earlier one, and keeps four stems, is that one abridged.
ABRIDGED, ABRIDGED_TO = 4, 0.66
# Two people who speak for one party within so many days are compared as voices.
VOICES_DAYS = 7


@lru_cache(maxsize=50_000)
def same_stance(one: str, other: str) -> bool:
    """Whether a stance is an earlier `one`, said again; a copy may leave a part of it out."""
    if one == other:
        return True
    before, after = stems(one), stems(other)
    if after <= before and len(after) >= max(ABRIDGED, ABRIDGED_TO * len(before)) and numbers(one) == numbers(other):
        return True
    alike = _ratio()(one.casefold(), other.casefold(), score_cutoff=LEAST_ALIKE)
    if alike < LEAST_ALIKE:
        return False
    return numbers(one) == numbers(other) and (alike >= SAME_WORDS or stems(one) == stems(other))


@cache
def _ratio() -> Callable[..., float]:
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio


def compare(before: Stand, after: Stand) -> str:
    """How a stance differs from the one before: repeated, hardened, softened, reversed or changed."""
    old, new = before.direction, after.direction
    if old == new and same_stance(before.stance, after.stance):
        return "repeated"
    if after.act == "concession" and not (old == "open" and new in ("for", "against")):
        return "softened"
    if {old, new} == {"for", "against"}:
        if new == "for" and after.act not in PRESSING:
            return "softened"  # gives way, by promise or because its price was paid
        return "reversed"
    if new == "against":
        return "hardened" if old != "against" else _same_direction(before, after)
    if new == "open":
        return "softened" if old in ("for", "against") else _same_direction(before, after)
    if old == "open" and new == "for":
        return "hardened" if after.act in PRESSING else "softened"
    if old == new:
        return _same_direction(before, after)
    if new == "unclear":
        return "hardened" if after.act == "threat" and old != "against" else "changed"
    return "changed"


def _same_direction(before: Stand, after: Stand) -> str:
    if before.act == "concession" and after.act in PRESSING:
        return "hardened"
    if after.act == "threat" and before.act not in PRESSING:
        return "hardened"
    if before.act in PRESSING and after.act in YIELDING:
        return "softened"
    if _dated(after.stance) and not _dated(before.stance) and after.act in PRESSING:
        return "hardened"
    shared = stems(before.stance) & stems(after.stance)
    return "changed" if shared and not _same_terms(before.stance, after.stance) else "repeated"


def _same_terms(before: str, after: str) -> bool:
    """Whether nothing that a new stance counts or dates is otherwise in the old one; one may leave its terms out."""
    old, new = numbers(before), numbers(after)
    return new <= old or not old


def _dated(stance: str) -> bool:
    words = stance.casefold().split()
    return any(word in ("by", "until", "within") and number + 1 < len(words) for number, word in enumerate(words))


class End(NamedTuple):
    """The day on which a stance was overtaken, why, and by which words."""

    day: str
    note: str
    evidence: tuple[Evidence, ...]


_step = straight(Step)
EndKey = tuple[str, str | None, str, str]  # document, statement, party and issue of a stance


def history(stands: Sequence[Stand], ends: Mapping[EndKey, End] | None = None) -> tuple[Step, ...]:
    """The steps of one party on one issue, oldest first, with the ends of what was overtaken."""
    steps: list[Step] = []
    last: Stand | None = None
    end: End | None = None
    for stand in _one_a_document(stands):
        if last is not None and end is not None and end.day < stand.key[0]:
            steps.append(_ended(last, end))
            last = end = None
        change = "new" if last is None else compare(last, stand)
        steps.append(
            _step((stand.key[0], stand.stance, stand.direction, change, stand.act, stand.speaker, stand.outlet, None,
                   (stand.evidence,)))
        )  # fmt: skip
        if last is None or last.direction != stand.direction or not same_stance(last.stance, stand.stance):
            last, end = stand, None
        found = ends.get((*stand.evidence[:2], stand.party, stand.issue)) if ends else None
        if found is not None and (end is None or found < end):
            end = found
    if last is not None and end is not None:
        steps.append(_ended(last, end))
    return tuple(steps)


def _ended(last: Stand, end: End) -> Step:
    return Step(end.day, last.stance, last.direction, "retired", last.act, last.speaker, last.outlet, end.note,
                end.evidence)  # fmt: skip


def _one_a_document(stands: Sequence[Stand]) -> list[Stand]:
    """Of several positions in one document by one speaker the last; other speakers are voices beside it."""
    found: dict[str, Stand] = {}
    for stand in stands:
        document = stand.key[1]
        kept = found.get(document)
        if kept is None or _weight(stand) >= _weight(kept):
            found[document] = stand
    return sorted(found.values(), key=itemgetter(0))


def _weight(stand: Stand) -> tuple[bool, bool, bool, int, str]:
    """What makes one of several stances in a document the one that counts: it says something, of the issue, last."""
    speaks = not stems(stand.stance).isdisjoint(salient(stand.issue))
    return (stand.direction != "unclear", stand.act != "claim", speaks, stand.key[2], stand.stance)


def cell(
    stands: Sequence[Stand], steps: Sequence[Step], *, statements: int, outlets: tuple[str, ...], origins: Origins = ONE
) -> Cell | None:
    """The position still held, or None when it was retired or never taken."""
    if not steps or steps[-1].change == "retired":
        return None
    current = next(step for step in reversed(steps) if _opens(step, steps))
    at = steps.index(current)
    other = (step for step in reversed(steps[:at]) if step.change != "retired" and not _same(step, current))
    supporting = tuple(dict.fromkeys(e for step in steps[at:] for e in step.evidence))
    first = stands[0]
    return Cell(
        first.party, first.issue, current.stance, current.direction, current.date, current.change,
        next(other, None), statements, outlets, origins, _voices(stands, steps[-1]), supporting,
        current.evidence[0].document, current.evidence[0].statement,
    )  # fmt: skip


def _same(one: Step, other: Step) -> bool:
    return one.direction == other.direction and same_stance(one.stance, other.stance)


def _opens(step: Step, steps: Sequence[Step]) -> bool:
    """Whether a step is where the last stance was first said in these words."""
    last = steps[-1]
    if step is last or _same(step, last):
        at = steps.index(step)
        return at == 0 or steps[at - 1].change == "retired" or not _same(steps[at - 1], last)
    return False


def _voices(stands: Sequence[Stand], last: Step) -> tuple[Voice, ...]:
    found: dict[str, Stand] = {}
    for stand in stands:
        if stand.speaker:
            found[stand.speaker] = stand
    voices = []
    for speaker in sorted(found):
        stand = found[speaker]
        differs = (
            stand.direction != last.direction and "unclear" not in (stand.direction, last.direction)
            and days_between(stand.key[0], last.date) <= VOICES_DAYS
        )  # fmt: skip
        voices.append(Voice(speaker, stand.stance, stand.direction, stand.key[0], differs, (stand.evidence,)))
    return tuple(voices)
