"""How far two codings of the same texts agree: Krippendorff's alpha, for values and for marked stretches of text.

In: codings as values by unit, or as labelled spans. Out: alpha; 1 is perfect, 0 what chance would give. Undefined
(None) where all values are the same or nothing is compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from dragoman.reading import Reading, Span


def alpha(codings: Sequence[Mapping[str, str]]) -> float | None:
    """Nominal alpha over units coded by two or more coders [Krippendorff2019, section 12.3].

    `codings` holds one mapping a coder, from unit to value; units that fewer than two coded do not count.
    """
    units = {u for coding in codings for u in coding}
    return _alpha(([coding[unit] for coding in codings if unit in coding], 1) for unit in units)


def _alpha(units: Iterable[tuple[Sequence[str], int]]) -> float | None:
    """Alpha of the values that coders gave to units, each with how often it occurs."""
    pairs: Counter[tuple[str, str]] = Counter()
    for values, times in units:
        if len(values) > 1:
            for i, a in enumerate(values):
                for j, b in enumerate(values):
                    if i != j:
                        pairs[a, b] += times / (len(values) - 1)  # type: ignore[assignment]
    totals: Counter[str] = Counter()
    for (a, _), count in pairs.items():
        totals[a] += count
    n = sum(totals.values())
    expected = n * n - sum(t * t for t in totals.values())
    if n <= 1 or expected == 0:
        return None
    observed = sum(count for (a, b), count in pairs.items() if a != b)
    return 1 - (n - 1) * observed / expected


def unitised_alpha(codings: Sequence[Sequence[tuple[Span, str]]], length: int) -> float | None:
    """Alpha for unitising: the text is a continuum of `length` code points that coders cut into labelled stretches.

    Every code point is a unit, unmarked counting as a value of its own, so that boundaries count by how much text they
    differ on (after Krippendorff, Mathet, Bouvry, Widlöcher 2016, who weigh by the lengths of the intersections).
    """
    marked = [[""] * length for _ in codings]
    for row, coding in zip(marked, codings, strict=True):
        for (start, end), label in coding:
            for at in range(max(0, start), min(length, end)):
                row[at] = label
    return _alpha(Counter(zip(*marked, strict=True)).items())


def compare_readings(one: Sequence[Reading], other: Sequence[Reading]) -> dict[str, float | None]:
    """Unitised alpha of source, cue and content, and alpha of the acts of statements with the same content.

    Documents are paired by id; those that only one side has do not count. Offsets must be into the same text.
    """
    others = {reading.document.id: reading for reading in other}
    pairs = [(a, b) for a in one if (b := others.get(a.document.id)) and b.document.text == a.document.text]
    found: dict[str, float | None] = {}
    for role in ("source", "cue", "content"):
        shift = 0
        codings: tuple[list[tuple[Span, str]], list[tuple[Span, str]]] = ([], [])
        for a, b in pairs:
            for coding, reading in zip(codings, (a, b), strict=True):
                coding += [(Span(s + shift, e + shift), role) for x in reading.statements for s, e in getattr(x, role)]
            shift += len(a.document.text)
        found[role] = unitised_alpha(codings, shift)
    acts: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for a, b in pairs:
        for own, reading in zip(acts, (a, b), strict=True):
            own.update({f"{reading.document.id} {list(s.content)}": s.act for s in reading.statements})
    found["act"] = alpha(acts)
    return found
