"""Figures: which numbers of a text are worth keeping, what they count, and who gives them.

In: a draft with its statements. Out: Figures. Dates, times, durations, ages, ordinals, labels ("Article 5") and counts
that only identify ("the two sides") are none. What is plainly no figure is left out by rule; of the rest a small linear
model chooses, whose weights `training.small_choices` learned and `figure_weights.json` holds.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from dragoman.reader.draft import Draft
from dragoman.reader.figures.figure_signs import signs, size_class
from dragoman.reader.figures.givers import giver, origin
from dragoman.reader.figures.no_figures import NEVER
from dragoman.reader.numbers.counted import Counted, counted
from dragoman.reader.numbers.left_out import Carried
from dragoman.reader.numbers.numbers import Number, find_numbers
from dragoman.reader.numbers.sheets import Sheet, is_plural, word_lists
from dragoman.reading import Figure, Span, Spans, Statement

_FEW = 12  # "the two men" are known; 4,000 men are counted
_EARLIER, _FAR = 5, 1500  # figures and characters to look back for one of like size
_LIKE = 30  # times that numbers of the same thing may differ
_BULLET = re.compile(r"[*•·▪–—-] ")
_NEAR = 400  # characters within which "half that" goes back to the figure before it


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number with all that decides whether it is a figure."""

    number: Number
    counted: Counted
    statement: Statement | None
    features: frozenset[str]


def find_figures(draft: Draft) -> list[Figure]:
    """The figures of `draft`, each once for everyone who gives it."""
    found: dict[tuple[object, ...], Figure] = {}
    for candidate in candidates(draft):
        if is_figure(candidate):
            for figure in _figures(draft, candidate):
                found.setdefault((figure.quantity, figure.by, (figure.unit or "").casefold()), figure)
    given = {(f.quantity, f.unit) for f in found.values() if f.by is not None}
    # what the article repeats in its own voice, mostly in the headline, is the figure of whoever gives it
    told = [f for f in found.values() if f.by is not None or (f.quantity, f.unit) not in given]
    head = draft.segments.paragraphs[0].end if draft.segments.paragraphs else 0
    below = {f.quantity for f in told if f.span.start >= head}
    return [f for f in told if f.span.start >= head or f.by is not None or f.quantity not in below]


def candidates(draft: Draft) -> list[Candidate]:
    """Every number of the text with what it counts and what speaks for and against it."""
    sheet, statements = Sheet.of(draft.document.text), _by_content(draft.statements)
    sentences, found, before = draft.segments.sentences, [], [Carried()]
    seen: set[float] = set()
    numbers = find_numbers(draft.document.text)
    money = next((n.unit for n in numbers if n.kind == "money"), None)
    for number in numbers:
        if number.kind == "money":
            money = number.unit
        item = _item(draft, number)
        if item > before[-1].place:
            before = [Carried(place=item)]
        if number.kind == "multiple":
            number = _multiplied(number, before[-1])
        carried = _fitting(number, before)
        sentence = sentences[draft.segments.sentence_at(number.core.start)]
        sentence = Span(min(sentence.start, number.span.start), max(sentence.end, number.span.end))
        what = counted(sheet, number, sentence, carried, money)
        statement = _statement_at(statements, number.core.start)
        features = signs(draft, sheet, number, what, statement, sentence)
        if what.how == "carried" and not features & NEVER and (scaled := _scaled(number, carried)) is not number:
            number, features = scaled, signs(draft, sheet, scaled, what, statement, sentence)
        if number.quantity in seen:
            features |= {"again"}
        candidate = Candidate(number, what, statement, features)
        found.append(candidate)
        seen.add(number.quantity)
        if what.how not in ("carried", "bare", "sentence") and not features & NEVER and _carries(number, what):
            people = what.head in word_lists()["people"]
            place = number.core.start
            if number.quantity > 3 or place - before[-1].place > 400:
                carried = Carried(what.unit, what.measure, number.kind, place, people, number.scale, number.quantity)
                before.append(carried)
    return _with_heads(found)


def _item(draft: Draft, number: Number) -> int:
    """Where the item of a digest begins in which a number stands: it goes on with no figure of another item."""
    paragraph = draft.segments.paragraphs[draft.segments.paragraph_at(number.core.start)]
    return paragraph.start if _BULLET.match(draft.document.text, paragraph.start) else -1


def _with_heads(found: list[Candidate]) -> list[Candidate]:
    """Candidates with how many numbers of the text count the same things: what is counted again is worth keeping."""
    times = Counter(c.counted.head for c in found if not c.features & NEVER)
    return [
        replace(c, features=c.features | {f"{size_class(c.number)} alike:{min(times[c.counted.head], 3)}"})
        if c.counted.head and not c.features & NEVER
        else c
        for c in found
    ]


def _scaled(number: Number, carried: Carried) -> Number:
    """A number that leaves out the magnitude too: "$2.8 billion; the other side puts it at 4.2"."""
    if carried.kind != "money" or carried.scale < 1e6 or number.scale > 1 or number.quantity >= 1000:
        return number
    if number.quantity == 1:
        return number  # "rather a good treaty than a bad one"
    upper = number.upper * carried.scale if number.upper is not None else None
    return replace(number, quantity=number.quantity * carried.scale, upper=upper, scale=carried.scale)


def _fitting(number: Number, before: list[Carried]) -> Carried:
    """The figure that a number without a noun goes on with: the one before, unless only an earlier one is alike.

    "A dose in eleven languages" does not say what "below 24,000" counts, nor "31 ministers" what 2.5 is.
    """
    last = before[-1]
    if last.quantity and not _alike(number, last):
        near = (c for c in reversed(before[-_EARLIER:]) if number.core.start - c.place < _FAR)
        return next((c for c in near if _alike(number, c) and c.scale <= number.scale), last)
    return last


def _alike(number: Number, other: Carried) -> bool:
    """Whether two numbers may count the same thing: of like size, and no fraction of what comes whole."""
    if number.quantity % 1 and other.kind == "count" and other.scale < 1000:
        return other.quantity % 1 > 0
    if other.kind == "money" and other.scale >= 1e6 and number.scale == 1:
        return number.quantity < 1000  # "$2.8 billion; the other side puts it at 4.2"
    return other.quantity <= _LIKE * number.quantity and number.quantity <= _LIKE * other.quantity


def _multiplied(number: Number, carried: Carried) -> Number:
    """What "half that" or "twice that" comes to, by the figure before it; a share, where there is none."""
    if not carried.quantity or number.core.start - carried.place > _NEAR:
        return replace(number, kind="share", unit="share")
    unit = None if carried.kind == "count" else carried.unit
    return replace(number, quantity=number.quantity * carried.quantity, kind=carried.kind, unit=unit)


def _carries(number: Number, what: Counted) -> bool:
    """Whether later numbers may leave out what this one counts."""
    return number.kind in ("percent", "money") or (
        number.kind == "count"
        and is_plural(what.head)
        and (number.quantity > _FEW or what.head not in word_lists()["identified"])
    )


def _figures(draft: Draft, candidate: Candidate) -> list[Figure]:
    number, what, statement = candidate.number, candidate.counted, candidate.statement
    sentence = draft.segments.sentences[draft.segments.sentence_at(number.core.start)]
    by = statement.speaker.name if statement else giver(draft, sentence, number.span)
    by = origin(draft, sentence, number.span) or by
    ends = [(number.quantity, number.bound)]
    if number.upper is not None:
        ends = [(number.quantity, "at least"), (number.upper, "up to")]
    return [
        Figure(
            quantity=quantity, bound=bound, unit=what.unit, measure=what.measure,
            by=by, scope=what.scope,
            statement=statement.id if statement else None, span=Spans([(number.span.start, what.end)]),
        )
        for quantity, bound in ends
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------ statements


def _by_content(statements: list[Statement]) -> list[tuple[int, int, Statement]]:
    return sorted(((s, e, st) for st in statements for s, e in st.content), key=lambda row: row[:2])


def _statement_at(rows: list[tuple[int, int, Statement]], offset: int) -> Statement | None:
    """The innermost statement whose content holds `offset`."""
    best: tuple[int, Statement] | None = None
    last = bisect_right(rows, offset, key=lambda row: row[0])
    for start, end, statement in rows[max(0, last - 40) : last]:
        if start <= offset < end and (best is None or end - start <= best[0]):
            best = (end - start, statement)
    return best[1] if best else None


# ------------------------------------------------------------------------------------------------- choosing


@cache
def weights() -> Mapping[str, float]:
    """The shipped weights of the choice, by feature; "" is the constant."""
    text = resources.files("dragoman").joinpath("data", "figure_weights.json").read_text("utf-8")
    return dict(json.loads(text)["weights"])


def is_figure(candidate: Candidate) -> bool:
    """Whether a number is a figure."""
    if candidate.features & NEVER:
        return False
    known = weights()
    return known[""] + sum([known.get(f, 0.0) for f in candidate.features]) > 0
