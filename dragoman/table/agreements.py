"""Agreements across documents: one record for each, its status over time, and what was undertaken under it.

In: resolved documents in the order in which they became known. Out: Agreements with their histories.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.table.resolved import Resolved
from dragoman.table.values import Agreement, Evidence, Move
from dragoman.table.words import listed, slug, stems

SEALED = ("reached", "in force")
_FINENESS = {"day": 5, "week": 4, "range": 4, "month": 3, "quarter": 2, "year": 1, "unresolved": 0}


@dataclass(slots=True)
class _Record:
    name: str
    stems: frozenset[str]
    date: str | None = None
    precision: str = "unresolved"
    parties: dict[str, None] = field(default_factory=dict)
    status: str = "unknown"
    history: list[Move] = field(default_factory=list)
    commitments: dict[Evidence, None] = field(default_factory=dict)
    evidence: dict[Evidence, None] = field(default_factory=dict)


def agreements(pages: Iterable[Resolved]) -> tuple[Agreement, ...]:
    """Every agreement that the documents speak of, in the order in which they became known."""
    records: list[_Record] = []
    index: dict[str, list[_Record]] = {}
    for page in pages:
        for _key, parties, item in page.agreements:
            here = stems(item.name) or frozenset((slug(item.name),))
            record = _find(here, index)
            if record is None:
                record = _Record(item.name, here)
                records.append(record)
                for stem in here:
                    index.setdefault(stem, []).append(record)
            evidence = page.words(item.span)
            record.evidence[evidence] = None
            record.parties.update(dict.fromkeys(parties))
            _date(record, item.date, item.precision, item.status)
            if item.status != "unknown" and item.status != record.status:
                kind = "restored" if record.status in ("broken", "strained") and item.status in SEALED else item.status
                record.history.append(Move(kind, page.day, item.status, evidence=(evidence,)))
                record.status = item.status
            for said in page.said:
                if said.act == "commitment" and not said.negated and (
                    not said.parties or not record.parties or set(said.parties) & set(record.parties)
                ):  # fmt: skip
                    record.commitments.update(dict.fromkeys(said.evidence))
    taken: dict[str, int] = {}
    return tuple(_frozen(record, taken) for record in records)


def _find(here: frozenset[str], index: dict[str, list[_Record]]) -> _Record | None:
    """The record whose name says the same, or the same and more: "the Orrin ceasefire" is "the ceasefire"."""
    for stem in sorted(here):
        for record in index.get(stem, ()):
            if record.stems <= here or here <= record.stems:
                return record
    return None


def _date(record: _Record, date: str | None, precision: str, status: str) -> None:
    if date is None:
        return
    finer = _FINENESS.get(precision, 0) > _FINENESS.get(record.precision, 0)
    renewed = status in SEALED and _FINENESS.get(precision, 0) >= _FINENESS.get(record.precision, 0)
    if record.date is None or renewed or (finer and date.startswith(record.date)):
        record.date, record.precision = date, precision


def _frozen(record: _Record, taken: dict[str, int]) -> Agreement:
    return Agreement(
        unique(slug(record.name), taken), record.name, record.date, record.precision, tuple(record.parties),
        record.status, tuple(record.history), tuple(record.commitments), tuple(record.evidence),
    )  # fmt: skip


def unique(identity: str, taken: dict[str, int]) -> str:
    """An identity that no other record of its kind has."""
    identity = identity[:80] or "unnamed"
    taken[identity] = taken.get(identity, 0) + 1
    return identity if taken[identity] == 1 else f"{identity}-{taken[identity]}"


def broken_on(agreement: Agreement, after: str) -> Move | None:
    """The move by which an agreement broke, after a day."""
    return next((m for m in agreement.history if m.to == "broken" and m.date > after), None)


def sealed_on(agreement: Agreement, after: str) -> Move | None:
    """The move by which an agreement was reached or restored, after a day."""
    return next((m for m in agreement.history if m.to in SEALED and m.date > after), None)


def named_in(agreement: Agreement, here: frozenset[str]) -> bool:
    """Whether words speak of the agreement by its name."""
    name = stems(agreement.name)
    return bool(name) and (name <= here or any(s in here for s in name if s in stems(" ".join(listed("truces")))))


def commitments_of(agreements: Sequence[Agreement], party: str) -> tuple[Evidence, ...]:
    """What was undertaken under agreements that a party has part in."""
    return tuple(dict.fromkeys(e for a in agreements if party in a.parties for e in a.commitments))
