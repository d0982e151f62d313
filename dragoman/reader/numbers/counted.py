"""What a number counts and what happens to it, from the words around it.

In: a text with its words, and a Number. Out: Counted: the unit ("trucks"), the measure ("waiting at the border"), the
scope ("since 2002"), each as the text words it, and where the unit stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from dragoman.reader.numbers.counted_nouns import noun_phrase
from dragoman.reader.numbers.left_out import Carried, antecedent
from dragoman.reader.numbers.measures import measure_of, put_at, rate_after, scope_of
from dragoman.reader.numbers.numbers import Number
from dragoman.reader.numbers.sheets import Sheet, is_plural, word_lists
from dragoman.reading import Span

_OF = re.compile(r"\sof\s(?:the\s|its\s|their\s|his\s|her\s|those\s|these\s)?")


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts; `how` tells where the unit comes from: its own noun, an antecedent, the figure before."""

    unit: str | None
    measure: str | None
    scope: str | None
    how: str  # own | of | asked | apposed | people | money | them | sentence | carried | bare
    head: str  # the folded last word of the unit, "" when there is none
    end: int  # where the unit ends


_SHARED = re.compile(r"\b(?:including|among them|of whom|to|and|or)\s(?:the\s)?$")
_DEGREES = re.compile(r"\s?°\s?[CF]?(?!\w)")  # "2 °C above what it was"


def counted(sheet: Sheet, number: Number, sentence: Span, carried: Carried, money: str | None) -> Counted:
    """What `number` counts; `carried` is what the figure before it counted, `money` the currency of the text."""
    first, last = sheet.after(number.span.end), bisect_right(sheet.starts, sentence.end - 1)
    unit, how, end, head, asked = number.unit, "own", number.span.end, "", None
    degrees = _DEGREES.match(sheet.text, number.span.end) if number.kind == "count" else None
    if degrees is not None:
        unit, head, end = degrees.group().strip(), "degrees", degrees.end()
    elif number.kind == "count":
        phrase = noun_phrase(sheet, _past_quote(sheet, first, last), last)
        if phrase:
            unit = sheet.text[sheet.words[phrase[0]].start : sheet.words[phrase[-1]].end]
            head, end = sheet.words[phrase[-1]].text, sheet.words[phrase[-1]].end
        else:
            left_out = antecedent(sheet, number, sentence, carried, money)
            unit, how, head, asked = left_out.unit, left_out.how, left_out.head, left_out.measure
            if how == "of" and unit and (of := _OF.match(sheet.text, end)) and sheet.text.startswith(unit, of.end()):
                end = of.end() + len(unit)  # "hundreds of prisoners were freed"
    elif number.kind == "money":
        head = (unit or "").casefold()
    rate = _rate_of(sheet, number, how, head, end, last) if unit else None
    if rate is not None:
        unit, end = f"{unit} {sheet.text[rate.start : rate.end]}", rate.end
    measure, after = measure_of(sheet, number, sentence, end, last, head, rated=rate is not None)
    if measure == "killed" and how in ("carried", "bare", "sentence") and head not in word_lists()["people"]:
        unit, head = "people", "people"  # "put the dead of the war at 200,000"
    if not after:
        taken_up = asked or carried.measure if how == "carried" else asked if how == "asked" else None
        measure = put_at(sheet.text, number, sentence) or taken_up or measure
        if how == "own" and _goes_on(sheet.text, number, sentence, carried, measure):
            measure = carried.measure
    return Counted(unit, measure, scope_of(sheet.text, number, sentence, end), how, head, end)


def _rate_of(sheet: Sheet, number: Number, how: str, head: str, end: int, last: int) -> Span | None:
    """The rate of what is counted: "barrels a day", but nothing of days, nor of "five members each"."""
    rate = rate_after(sheet, sheet.after(end), last)
    if rate is None or number.kind == "money":
        return rate
    own = number.kind == "count" and how == "own" and head and head not in word_lists()["time"]
    return rate if own and sheet.text[rate.start : rate.end] not in ("each", "apiece") else None


def _goes_on(text: str, number: Number, sentence: Span, carried: Carried, measure: str | None) -> bool:
    """Whether what is told of the figure before is told of this one too: "58 people, including 11 children, died"."""
    if carried.measure is None or carried.place < sentence.start:
        return False
    if number.kind == carried.kind == "percent" and measure is not None:
        return measure.split()[0] in ("percent", "cent")  # "84 percent of the cod, compared to their nine percent"
    return measure is None and _SHARED.search(text, max(0, number.span.start - 16), number.span.start) is not None


def _past_quote(sheet: Sheet, first: int, last: int) -> int:
    """The word after a closing quotation mark that stands between a number and its noun: "up to a dozen" observers."""
    words = sheet.words
    quoted = first + 1 < last and words[first].text in ('"', "”", "’", "'", "»")
    return first + 1 if quoted and words[first + 1].shape == "lower" and is_plural(words[first + 1].text) else first
