"""Figures: which numbers of a text are worth keeping, what they count, and who gives them.

In: a draft with its statements. Out: Figures. Dates, times, durations, ages, ordinals, labels ("Article 5") and counts
that only identify ("the two sides") are none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from dragoman.reader.counted import Counted, Sheet, counted, word_lists
from dragoman.reader.draft import Draft
from dragoman.reader.numbers import Number, find_numbers
from dragoman.reading import Figure, Span, Spans, Statement


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number with all that decides whether it is a figure."""

    number: Number
    counted: Counted
    statement: Statement | None
    sentence: Span
    features: frozenset[str]


def find_figures(draft: Draft) -> list[Figure]:
    """The figures of `draft`, each once for everyone who gives it."""
    found: dict[tuple[object, ...], Figure] = {}
    for candidate in candidates(draft):
        if not is_figure(candidate):
            continue
        for figure in _figures(candidate):
            key = (round(figure.quantity or 0.0, 4), figure.by, (figure.unit or "").casefold())
            found.setdefault(key, figure)
    return list(found.values())


def candidates(draft: Draft) -> list[Candidate]:
    """Every number of the text with what it counts and what speaks for and against it."""
    sheet, statements = Sheet.of(draft.document.text), _by_content(draft.statements)
    found, carried = [], None
    for number in find_numbers(draft.document.text):
        sentences = draft.segments.sentences
        sentence = sentences[draft.segments.sentence_at(number.core.start)]
        sentence = Span(min(sentence.start, number.span.start), max(sentence.end, number.span.end))
        what = counted(sheet, number, sentence, carried)
        if what.own and number.kind == "count" and what.unit and what.head not in word_lists()["time"]:
            carried = what.unit
        statement = _statement_at(statements, number.core.start)
        features = _features(sheet, number, what, statement, sentence, draft)
        found.append(Candidate(number, what, statement, sentence, features))
    return found


def _figures(candidate: Candidate) -> list[Figure]:
    number, what, statement = candidate.number, candidate.counted, candidate.statement
    by = statement.speaker.name if statement else None
    first = Figure(
        quantity=number.quantity, bound=number.bound, unit=what.unit, measure=what.measure, by=by, scope=what.scope,
        statement=statement.id if statement else None, span=Spans([(number.span.start, what.end)]),
    )  # fmt: skip
    if number.upper is None:
        return [first]
    return [
        Figure(
            quantity=quantity, bound=bound, unit=first.unit, measure=first.measure, by=by, scope=first.scope,
            statement=first.statement, span=first.span,
        )
        for quantity, bound in ((number.quantity, "at least"), (number.upper, "up to"))
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------ statements


def _by_content(statements: list[Statement]) -> list[tuple[int, int, Statement]]:
    return sorted(((s, e, st) for st in statements for s, e in st.content), key=lambda row: row[:2])


def _statement_at(rows: list[tuple[int, int, Statement]], offset: int) -> Statement | None:
    """The innermost statement whose content holds `offset`."""
    best: tuple[int, Statement] | None = None
    for start, end, statement in rows[: bisect_right(rows, offset, key=lambda row: row[0])][::-1][:40]:
        if start <= offset < end and (best is None or end - start < best[0]):
            best = (end - start, statement)
    return best[1] if best else None


# ------------------------------------------------------------------------------------------------- choosing

_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")


def is_figure(candidate: Candidate) -> bool:
    """Whether a number is a figure."""
    f = candidate.features
    return not f & {"date", "year", "time", "duration", "age", "hyphen", "label", "clock", "identifies", "one", "code"}


def _features(
    sheet: Sheet, number: Number, what: Counted, statement: Statement | None, sentence: Span, draft: Draft
) -> frozenset[str]:
    """What a number and its surroundings look like, as words that the choice rests on."""
    lists, words, text = word_lists(), sheet.words, sheet.text
    first, after = sheet.before(number.span.start), sheet.after(number.span.end)
    prev = words[first] if first >= 0 else None
    prev = prev if prev and prev.start >= sentence.start else None
    next_ = words[after] if after < len(words) and words[after].start < sentence.end else None
    core = text[number.core.start : number.core.end]
    value, found = number.quantity, {number.kind, number.form, f"bound:{number.bound}"}
    found.add("size:" + ("one" if value == 1 else "few" if value < 4 else "small" if value < 13 else "day" if value < 32
                         else "tens" if value < 100 else "hundreds" if value < 1000 else "large"))
    near = {w.text for w in (prev, next_) if w}
    if number.kind == "count" and number.form != "vague" and near & lists["months"] and value < 2200:
        if not (near & lists["months"] == {"may"} and not (next_ and next_.text == "may" and next_.shape == "Title")
                and not (prev and prev.text == "may" and prev.shape == "Title")):
            found.add("date")
    if number.kind == "count" and _YEAR.fullmatch(core) and number.bound in ("exactly", "more than", "about"):
        if not what.own or what.head in lists["time"] or not _plural_after(what):
            found.add("year")
    if what.own and _is_time(what, number, lists):
        found.add("duration")
    if next_ and next_.text in ("-", "‑") and next_.start == number.span.end:
        found.add("hyphen")
    if _is_age(text, number, prev, next_):
        found.add("age")
    if _is_clock(text, number, prev, next_):
        found.add("clock")
    if prev and prev.shape in ("Title", "UPPER") and number.form == "digits" and number.kind == "count":
        if prev.text in lists["labels"] or (not what.own and prev.start > sentence.start):
            found.add("label")
    if prev and prev.text in lists["labels"] and number.kind == "count" and not what.own:
        found.add("label")
    if prev and prev.text in lists["determiners"] and value < 13 and number.kind == "count" and number.bound == "exactly":
        found.add("identifies")
    if value == 1 and number.kind == "count":
        found.add("one")
    if prev:
        found.add("prev:" + prev.text)
    if next_:
        found.add("next:" + next_.text)
    if what.head:
        found.add("head:" + what.head)
    if what.own and what.head in lists["people"]:
        found.add("people")
    found.add("own" if what.own and what.unit else "carried" if what.unit else "bare")
    found.add("said" if statement else "told")
    if prev is None:
        found.add("opens sentence")
    if draft.segments.paragraph_at(number.core.start) == 0:
        found.add("headline")
    return frozenset(found)


def _plural_after(what: Counted) -> bool:
    from dragoman.reader.counted import is_plural

    return is_plural(what.head)


def _is_time(what: Counted, number: Number, lists: object) -> bool:
    times = word_lists()["time"]
    if number.kind not in ("count", "share"):
        return False
    unit = (what.unit or "").casefold().split() if number.kind == "count" else []
    return bool(unit) and (what.head in times or unit[0] in times)


def _is_age(text: str, number: Number, prev: object, next_: object) -> bool:
    """ "Bako Tizdar, 58, grinned", "aged 61", "a boy of eleven", "61 years old"."""
    before, after = text[max(0, number.core.start - 24) : number.core.start], text[number.core.end : number.core.end + 2]
    if number.kind != "count" or not 0 < number.quantity < 120:
        return False
    if re.search(r"[^\W\d_], $", before) and after[:1] in (",", ")") and number.bound == "exactly":
        words = before.split()
        return number.form == "digits" and bool(words) and words[-1][0].isupper()
    return bool(re.search(r"\b(?:aged?|(?:boy|girl|man|woman|child|son|daughter) of) $", before))


def _is_clock(text: str, number: Number, prev: object, next_: object) -> bool:
    """ "14.40" alone on its line or before its entry, "at 4.10", "18.00 NEWS", "Radio at ten past"."""
    core = text[number.core.start : number.core.end]
    start = number.core.start
    if number.kind != "count":
        return False
    opens = start == 0 or text[start - 1] == "\n"
    if re.fullmatch(r"[0-2]?\d\.[0-5]\d", core):
        if opens or re.search(r"\b(?:at|by|until|from|since|to|around|about|,) $", text[max(0, start - 8) : start]):
            return True
    return bool(re.match(r"\s*(?:a\.m|p\.m|am\b|pm\b|o.clock|GMT|UTC|local time)", text[number.core.end : number.core.end + 12]))
