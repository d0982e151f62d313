"""What a number counts that stands without its noun: "29 of the seats", "its fighters, no fewer than 5,000".

In: a Sheet, a Number, and what the figure before it counted. Out: LeftOut: the unit and how it was found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from dragoman.folding import fold
from dragoman.reader.numbers.counted_nouns import noun_phrase, of_what, phrase_before, plural_before, time_before
from dragoman.reader.numbers.measures import trimmed
from dragoman.reader.numbers.numbers import Number
from dragoman.reader.numbers.sheets import Sheet, word_lists
from dragoman.reading import Span

_NEAR = 300  # characters within which a number without a noun goes on with the figure before it
_BALLOT = re.compile(
    r"(?<!\w)(?:vot(?:e|ed|es|ing)|ballot\w*|approved|passed|adopted|rejected|defeated|carried|backed)(?!\w)[^.;:]{0,60}$",
    re.IGNORECASE,
)
_BETWEEN = r"\s?(?:to|against|-|–|—)\s?"
_HOW_MANY = re.compile(r"\bHow many\b([^?.!\n]{0,80})[?.]", re.IGNORECASE)
_NUMBER_SPOKEN_OF = re.compile(r"\bthe (?:number|total) of ((?:[^\W\d_]+[ -]?){1,3})")
_GROUP_OF = re.compile(
    r"\b(?P<own>staff|crew|army|force|garrison|fleet|workforce|team|flock|herd|cabinet|committee|council|delegation|"
    r"jury|panel|squad|convoy|party|gang)\s+of\s+$|\b(?:queue|crowd)\s+of\s+$",
    re.IGNORECASE,
)
_THOSE = re.compile(
    r"\b(?:number|count|total|tally|toll|list) of (?:(?:those|people|the) )?(?:killed|dead|missing|wounded|injured|"
    r"detained|displaced|arrested)\b"
)
_NUMBER_OF = re.compile(
    r"\b(?:number|count|total|tally|toll|sum|list|figure|queue|room|crew)s?\s+(?:of|for)\s+(?:the\s+)?"
    r"((?:[^\W\d_]+[ -]?){1,3})"
)
_OUT_OF = re.compile(r"\bout of $")
_VOTE_AFTER = re.compile(rf"{_BETWEEN}\d")
_VOTE_BEFORE = re.compile(rf"\d{_BETWEEN}$")


@dataclass(frozen=True, slots=True)
class Carried:
    """What the last figure counted, for numbers that leave it out: "only 5,950", "the association says 38"."""

    unit: str | None = None
    measure: str | None = None
    kind: str = "count"
    place: int = -10_000  # where the number stands
    people: bool = False
    scale: float = 1.0
    quantity: float = 0.0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The unit of a number that does not name it, and how it was found."""

    unit: str | None
    how: str  # of | asked | apposed | people | money | them | sentence | carried | bare
    head: str = ""
    place: int = -1
    measure: str | None = None  # what a question asks of it: "in prison"


def antecedent(sheet: Sheet, number: Number, sentence: Span, carried: Carried, money: str | None) -> LeftOut:
    """What a number counts that stands without a noun: "29 of the seats", "its fighters, no fewer than 5,000"."""
    first, last = sheet.after(number.span.end), bisect_right(sheet.starts, sentence.end - 1)
    unit = _group_of(sheet, number, sentence) or of_what(sheet, first, last) or _number_of(sheet, number, sentence)
    if unit:
        return LeftOut(unit, "of", fold(unit.split()[-1]))
    if _is_ballot(sheet.text, number, sentence):
        return LeftOut("votes", "of", "votes")
    if _OUT_OF.search(sheet.text[max(0, number.span.start - 7) : number.span.start]):
        whole = plural_before(sheet, sheet.before(number.span.start) - 2, 4)
        if whole:
            return LeftOut(whole, "of", fold(whole.split()[-1]))
    asked = _asked(sheet, number) or _spoken_of(sheet, number)
    if asked and asked.place > carried.place:
        return asked
    if number.scale >= 1e6 and money and carried.kind != "money" and not _alike(number, carried):
        return LeftOut(money, "money", fold(money))
    if carried.kind == "percent" and number.quantity > 200:
        carried = Carried()  # "they want 9 percent … it cost us 40 million"
    if (parts := bool(number.quantity % 1)) and carried.kind == "count" and carried.scale < 1000:
        carried = carried if carried.quantity % 1 else Carried()  # "76 seats … a minimum wage of 15.40"
    before = sheet.before(number.span.start)
    if (
        before > 0
        and sheet.words[before].text in (",", ":", "(", "–", "—")
        and sheet.words[before - 1].start >= sentence.start
    ):
        phrase = phrase_before(sheet, before - 1, sentence)
        if phrase:
            return LeftOut(phrase, "apposed", fold(phrase.split()[-1]))
    near = sheet.words[first : min(first + 5, last)]
    them = len(near) > 1 and near[0].text == "of" and near[1].text in ("them", "these", "those", "whom", "which")
    them = them or "of them" in sheet.text[number.span.start : number.span.end]
    far = number.span.start - carried.place
    if sheet.text.startswith(" in need", number.span.end):
        return LeftOut("people", "people", "people")
    if any(w.text in word_lists()["human_predicates"] for w in near[:4]) and not (carried.people and far < 400):
        return LeftOut("people", "people", "people")
    if them and (time := time_before(sheet, before)):
        return LeftOut(time, "them", time)
    if them:
        unit = plural_before(sheet, before, 25)
        nearer = bool(unit) and sheet.text.rfind(unit or "", 0, number.span.start) > carried.place
        if unit and (nearer or not (carried.unit and far < 200)):
            return LeftOut(unit, "them", fold(unit.split()[-1]))
    if carried.unit and far < max(_NEAR, number.span.start - sentence.start):
        return LeftOut(carried.unit, "carried")
    unit = plural_before(sheet, before, max(0, min(9, before - sheet.after(sentence.start) + 1)))
    if unit and carried.kind == "count" and not parts:
        return LeftOut(unit, "sentence", fold(unit.split()[-1]))
    return LeftOut(carried.unit, "carried") if carried.unit else LeftOut(None, "bare")


def _is_ballot(text: str, number: Number, sentence: Span) -> bool:
    """Whether a number is one side of a vote: "voted 41 to 17"."""
    before = text[max(sentence.start, number.span.start - 90) : number.span.start]
    after = text[number.span.end : number.span.end + 12]
    sides = _VOTE_AFTER.match(after) or _VOTE_BEFORE.search(before)
    return sides is not None and _BALLOT.search(before) is not None


def _asked(sheet: Sheet, number: Number) -> LeftOut | None:
    """The unit of a question that the number answers: "How many ships are there? Manila counts 23"."""
    found = None
    for match in _HOW_MANY.finditer(sheet.text, max(0, number.span.start - _NEAR), number.span.start):
        phrase = noun_phrase(sheet, sheet.after(match.start(1)), sheet.after(match.end(1)))
        unit = sheet.text[sheet.words[phrase[0]].start : sheet.words[phrase[-1]].end] if phrase else "people"
        asked = (
            re.match(r"\s+(?:are|were|have|had|will|would)\s+(?!there\b)(.+)", match.group(1)) if not phrase else None
        )
        found = LeftOut(
            unit, "asked", fold(unit.split()[-1]), match.start(), trimmed(asked.group(1)) if asked else None
        )
    return found


def _spoken_of(sheet: Sheet, number: Number) -> LeftOut | None:
    """The unit in "It leaves the number of inspectors blank. Orlesk will accept no more than eight"."""
    found = None
    for match in _NUMBER_SPOKEN_OF.finditer(sheet.text, max(0, number.span.start - _NEAR), number.span.start):
        phrase = noun_phrase(sheet, sheet.after(match.start(1)), sheet.after(match.end(1)))
        if phrase:
            unit = sheet.text[sheet.words[phrase[0]].start : sheet.words[phrase[-1]].end]
            found = LeftOut(unit, "asked", fold(unit.split()[-1]), match.start())
    return found


def _alike(number: Number, carried: Carried) -> bool:
    """Whether two numbers, close together, are large enough in like measure to count the same thing."""
    return number.span.start - carried.place < _NEAR and number.quantity < 20 * carried.quantity


def _group_of(sheet: Sheet, number: Number, sentence: Span) -> str | None:
    """The unit in "his idle staff of 60": the group itself; a crowd is of people."""
    match = _GROUP_OF.search(sheet.text, max(sentence.start, number.span.start - 30), number.span.start)
    return match and (match["own"] or "people")


def _number_of(sheet: Sheet, number: Number, sentence: Span) -> str | None:
    """The unit in "puts the number of evacuees at 7,400"."""
    begin = max(sentence.start, number.span.start - _NEAR)
    found = "people" if _THOSE.search(sheet.text, begin, number.span.start) else None
    for match in _NUMBER_OF.finditer(sheet.text, begin, number.span.start):
        first = sheet.after(match.start(1))
        phrase = noun_phrase(sheet, first, sheet.after(match.end(1)))
        if phrase:
            found = sheet.text[sheet.words[phrase[0]].start : sheet.words[phrase[-1]].end]
    return found
