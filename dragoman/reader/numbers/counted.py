"""What a number counts and what happens to it, from the words around it.

In: a text with its words, and a Number. Out: Counted: the unit ("trucks"), the measure ("waiting at the border"), the
scope ("since 2002"), each as the text words it, and where the unit stands.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from dragoman.folding import fold, folded_word
from dragoman.reader.numbers.numbers import Number
from dragoman.reader.numbers.numerals import LETTERS, number_words
from dragoman.reading import Span

_WORD = re.compile(rf"{LETTERS}(?:[-'’.&‑]{LETTERS})*|\d+(?:[.,:]\d+)*|[^\w\s]|_")
_REACH = 12  # words of a measure, at most
_NEAR = 300  # characters within which a number without a noun goes on with the figure before it
_SCOPE = re.compile(
    r"\b(?:(?:since|until|by|before|after|during|in)\s+(?:the\s+)?(?:(?:end|start|beginning|middle)\s+of\s+)?"
    r"(?:(?:last|next|this|early|late|mid)[ -])?(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|spring|summer|autumn|winter"
    r"|(?:first|second|third|last|past|next)\s+(?:\w+\s+)?(?:days|weeks|months|years|quarter|half|year|month|week)"
    r"|(?:19|20)\d\d)(?:\s+(?:19|20)\d\d)?"
    r"|(?:last|this|next)\s+(?:year|month|week|season|spring|summer|autumn|winter|night|quarter)"
    r"|(?:a|per|each|every)\s+(?:year|month|week|day|night|hour|tonne|ton|barrel|head|person|shift)|yesterday|overnight"
    r"|so\s+far|since\s+then|at\s+(?:noon|midnight))\b"
)


class Word(NamedTuple):
    """A word or mark of a text: where it stands and how it looks folded."""

    start: int
    end: int
    text: str
    shape: str  # lower | Title | UPPER | digit | mark


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts; `how` tells where the unit comes from: its own noun, an antecedent, the figure before."""

    unit: str | None
    measure: str | None
    scope: str | None
    how: str  # own | of | asked | apposed | people | money | them | sentence | carried | bare
    head: str  # the folded last word of the unit, "" when there is none
    end: int  # where the unit ends


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


@dataclass(frozen=True)
class Sheet:
    """A text's words, found by place."""

    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Sheet:
        """The words of `text`; the last few are kept, because several layers read one text after another."""
        return _sheet(text)

    @classmethod
    def read(cls, text: str) -> Sheet:
        """The words of `text`, read anew."""
        words = tuple([Word(*m.span(), *_look(m.group())) for m in _WORD.finditer(text)])
        return cls(text, words, tuple(w.start for w in words))

    def after(self, offset: int) -> int:
        """The number of the first word that starts at or after `offset`."""
        return bisect_left(self.starts, offset)

    def before(self, offset: int) -> int:
        """The number of the last word that starts before `offset`; -1 when there is none."""
        return bisect_left(self.starts, offset) - 1


@lru_cache(maxsize=2)
def _sheet(text: str) -> Sheet:
    return Sheet.read(text)


@lru_cache(maxsize=1 << 14)
def _look(word: str) -> tuple[str, str]:
    """A word folded, and its shape."""
    return folded_word(word), _shape(word)


def _shape(word: str) -> str:
    if word[0].isdigit():
        return "digit"
    if not word[0].isalpha():
        return "mark"
    if word[0].islower():
        return "lower" if word.lower() == word else "Title"  # "al-Zayt"
    return "UPPER" if word.isupper() and len(word) > 1 else "Title" if word[0].isupper() else "lower"


@cache
def word_lists() -> Mapping[str, frozenset[str]]:
    """The word lists of `figures.json`, folded."""
    data = json.loads(resources.files("dragoman").joinpath("data", "figures.json").read_text("utf-8"))
    lists = {}
    for name, value in data.items():
        parts = value.split("|") if "|" in value else value.split()
        lists[name] = frozenset(map(fold, parts))
    return lists


def counted(sheet: Sheet, number: Number, sentence: Span, carried: Carried, money: str | None) -> Counted:
    """What `number` counts; `carried` is what the figure before it counted, `money` the currency of the text."""
    first, last = sheet.after(number.span.end), bisect_right(sheet.starts, sentence.end - 1)
    unit, how, end, head, asked = number.unit, "own", number.span.end, "", None
    if number.kind == "count":
        phrase = noun_phrase(sheet, _past_quote(sheet, first, last), last)
        if phrase:
            unit = sheet.text[sheet.words[phrase[0]].start : sheet.words[phrase[-1]].end]
            head, end = sheet.words[phrase[-1]].text, sheet.words[phrase[-1]].end
        else:
            left_out = antecedent(sheet, number, sentence, carried, money)
            unit, how, head, asked = left_out.unit, left_out.how, left_out.head, left_out.measure
    elif number.kind == "money":
        head = (unit or "").casefold()
    measure, after = _measure(sheet, number, sentence, end, last)
    if how in ("carried", "asked") and not after:
        measure = (
            _put_at(sheet.text, number, sentence) or asked or (carried.measure if how == "carried" else None) or measure
        )
    if number.kind == "money" or how == "own":
        rate = _rate(sheet, sheet.after(end), last)
        unit = f"{unit} {rate}" if rate and unit and number.kind == "money" else unit
    return Counted(unit, measure, _scope(sheet.text, number, sentence), how, head, end)


_PUT_AT = re.compile(r"\bputs? the (?:number|figure|count|total|toll) ([^,;.]{3,40}?) at\s+$")


def _put_at(text: str, number: Number, sentence: Span) -> str | None:
    """The measure in "puts the number still inside at 23"."""
    match = _PUT_AT.search(text, max(sentence.start, number.span.start - 80), number.span.start)
    return _trimmed(match.group(1)) if match else None


def _past_quote(sheet: Sheet, first: int, last: int) -> int:
    """The word after a closing quotation mark that stands between a number and its noun: "up to a dozen" observers."""
    words = sheet.words
    quoted = first + 1 < last and words[first].text in ('"', "”", "’", "'", "»")
    return first + 1 if quoted and words[first + 1].shape == "lower" and is_plural(words[first + 1].text) else first


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
    unit = _group_of(sheet, number, sentence) or of_what(sheet, first, last) or number_of(sheet, number, sentence)
    if unit:
        return LeftOut(unit, "of", fold(unit.split()[-1]))
    if _is_ballot(sheet.text, number, sentence):
        return LeftOut("votes", "of", "votes")
    asked = _asked(sheet, number) or _spoken_of(sheet, number)
    if asked and asked.place > carried.place:
        return asked
    if number.scale >= 1e6 and money and carried.kind != "money" and not _alike(number, carried):
        return LeftOut(money, "money", fold(money))
    if carried.kind == "percent" and number.quantity > 1000:
        carried = Carried()  # "they want 9 percent … it cost us 40 million"
    before = sheet.before(number.span.start)
    if (
        before > 0
        and sheet.words[before].text in (",", ":", "(", "–", "—")
        and sheet.words[before - 1].start >= sentence.start
    ):
        phrase = _phrase_before(sheet, before - 1, sentence)
        if phrase:
            return LeftOut(phrase, "apposed", fold(phrase.split()[-1]))
    near = sheet.words[first : min(first + 5, last)]
    them = len(near) > 1 and near[0].text == "of" and near[1].text in ("them", "these", "those", "whom", "which")
    them = them or "of them" in sheet.text[number.span.start : number.span.end]
    far = number.span.start - carried.place
    if any(w.text in word_lists()["human_predicates"] for w in near[:4]) and not (carried.people and far < 400):
        return LeftOut("people", "people", "people")
    if them and (time := _time_before(sheet, before)):
        return LeftOut(time, "them", time)
    if them:
        unit = _plural_before(sheet, before, 25)
        nearer = bool(unit) and sheet.text.rfind(unit or "", 0, number.span.start) > carried.place
        if unit and (nearer or not (carried.unit and far < 200)):
            return LeftOut(unit, "them", fold(unit.split()[-1]))
    if carried.unit and far < max(_NEAR, number.span.start - sentence.start):
        return LeftOut(carried.unit, "carried")
    unit = _plural_before(sheet, before, max(0, min(9, before - sheet.after(sentence.start) + 1)))
    if unit and carried.kind == "count":
        return LeftOut(unit, "sentence", fold(unit.split()[-1]))
    return LeftOut(carried.unit, "carried") if carried.unit else LeftOut(None, "bare")


_BALLOT = re.compile(
    r"(?<!\w)(?:vot(?:e|ed|es|ing)|ballot\w*|approved|passed|adopted|rejected|defeated|carried|backed)(?!\w)[^.;:]{0,60}$",
    re.IGNORECASE,
)
_BETWEEN = r"\s?(?:to|against|-|–|—)\s?"


def _is_ballot(text: str, number: Number, sentence: Span) -> bool:
    """Whether a number is one side of a vote: "voted 41 to 17"."""
    before = text[max(sentence.start, number.span.start - 90) : number.span.start]
    after = text[number.span.end : number.span.end + 12]
    sides = re.match(rf"{_BETWEEN}\d", after) or re.search(rf"\d{_BETWEEN}$", before)
    return sides is not None and _BALLOT.search(before) is not None


_HOW_MANY = re.compile(r"\bHow many\b([^?.!\n]{0,80})[?.]", re.IGNORECASE)
_NUMBER_SPOKEN_OF = re.compile(r"\bthe (?:number|total) of ((?:[^\W\d_]+[ -]?){1,3})")


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
            unit, "asked", fold(unit.split()[-1]), match.start(), _trimmed(asked.group(1)) if asked else None
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


def _phrase_before(sheet: Sheet, i: int, sentence: Span) -> str | None:
    """The noun phrase that ends at word `i`, when its head is plural: "Renamo's remaining fighters"."""
    words, lists = sheet.words, word_lists()
    if (
        words[i].shape != "lower"
        or not is_plural(words[i].text)
        or words[i].text in lists["boundaries"]
        or words[i].text in lists["time"]
    ):
        return None
    j = i
    while j > 0 and i - j < 3 and words[j - 1].start >= sentence.start and words[j - 1].shape == "lower":
        word = words[j - 1].text
        if word in lists["boundaries"] or word in lists["determiners"] or is_plural(word):
            break
        j -= 1
    return sheet.text[words[j].start : words[i].end]


def _time_before(sheet: Sheet, i: int) -> str | None:
    """The nearest plural noun before word `i`, when it is one of time: "Ten days is nothing if six of them"."""
    lists = word_lists()
    for j in range(i, max(-1, i - 15), -1):
        word = sheet.words[j]
        if word.shape == "lower" and is_plural(word.text) and word.text not in lists["boundaries"]:
            return word.text if word.text in lists["time"] else None
    return None


def _alike(number: Number, carried: Carried) -> bool:
    """Whether two numbers, close together, are large enough in like measure to count the same thing."""
    return number.span.start - carried.place < _NEAR and number.quantity < 20 * carried.quantity


def _plural_before(sheet: Sheet, i: int, reach: int) -> str | None:
    """The nearest plural noun at or before word `i`, with the words that belong to it."""
    for j in range(i, max(-1, i - reach), -1):
        phrase = _phrase_before(sheet, j, Span(0, len(sheet.text)))
        if phrase:
            return phrase
    return None


def noun_phrase(sheet: Sheet, first: int, last: int) -> range:
    """The words from `first` that name what is counted: "state workers", "member States", "Indian trawlers"."""
    lists, words = word_lists(), sheet.words
    if first + 1 < last and words[first].text in lists["more"] and is_plural(words[first + 1].text):
        first += 1  # "two more islands"
        sure = words[first].text in lists["boundaries"]  # "eleven other claims"
    else:
        sure = False
    i, end = first, first
    while i < last and i - first < 5:
        word = words[i]
        if word.shape in ("mark", "digit") or word.text in lists["months"]:
            break
        if word.text in lists["boundaries"] and not (sure and i == first):
            break
        if i > first and "\n" in sheet.text[words[i - 1].end : word.start]:
            break
        if end == first and word.shape == "lower" and _finite(words, i, last):
            break
        if end > first and word.shape == "lower" and _verbal(words, i, last):
            break
        end = i + 1
        if is_plural(word.text) and not (i + 1 < last and _compound(words, i + 1)):
            break
        i += 1
    return range(first, end)


def _finite(words: tuple[Word, ...], i: int, last: int) -> bool:
    """Whether the first word after a number is a verb: "nine handled 1.1 million", "500 million arrived by"."""
    if not words[i].text.endswith("ed") or len(words[i].text) < 5:
        return False
    return i + 1 >= last or words[i + 1].shape in ("digit", "mark") or words[i + 1].text in word_lists()["boundaries"]


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    return word in word_lists()["plurals"] or (
        len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
    )


def _compound(words: tuple[Word, ...], i: int) -> bool:
    """Whether the word at `i` goes on with the noun before it: "sports clubs", "arms dealers"."""
    return words[i].shape == "lower" and is_plural(words[i].text) and words[i].text not in word_lists()["boundaries"]


def _verbal(words: tuple[Word, ...], i: int, last: int) -> bool:
    """Whether the word at `i` is a participle that follows its noun and no adjective before one."""
    text = words[i].text
    if not text.endswith(("ed", "ing")) or len(text) < 5:
        return False
    return i + 1 >= last or not is_plural(words[i + 1].text)


def of_what(sheet: Sheet, first: int, last: int) -> str | None:
    """The unit in "29 of the 150 seats", "two of its ministers", "half of the boats"."""
    words = sheet.words
    if first >= last or words[first].text not in ("of", "out"):
        return None
    i = first + 1
    while i < last and (words[i].shape == "digit" or words[i].text in _skipped() or words[i].text.endswith(_OWNING)):
        i += 1  # also "of Kestria's 22 boats"
    phrase = noun_phrase(sheet, i, last)
    if not phrase or words[phrase[-1]].text in ("them", "these"):
        return None
    if words[first].text == "out" and not is_plural(words[phrase[-1]].text):
        return None  # "a staff of 60 out of his own pocket"
    return sheet.text[words[phrase[0]].start : words[phrase[-1]].end]


_OWNING = ("'s", "’s")


@cache
def _skipped() -> frozenset[str]:
    return word_lists()["determiners"] | frozenset(
        {*number_words().units, *number_words().tens, "of", "hundred", "million"}
    )


_GROUP_OF = re.compile(
    r"\b(?P<own>staff|crew|army|force|garrison|fleet|workforce|team|flock|herd)\s+of\s+$|\b(?:queue|crowd)\s+of\s+$"
)


def _group_of(sheet: Sheet, number: Number, sentence: Span) -> str | None:
    """The unit in "his idle staff of 60": the group itself; a crowd is of people."""
    match = _GROUP_OF.search(sheet.text, max(sentence.start, number.span.start - 30), number.span.start)
    return match and (match["own"] or "people")


_THOSE = re.compile(
    r"\b(?:number|count|total|tally|toll|list) of (?:those|people|the) (?:killed|dead|missing|wounded|injured|detained|"
    r"displaced|arrested)\b"
)
_NUMBER_OF = re.compile(
    r"\b(?:number|count|total|tally|toll|sum|list|figure|queue|room|crew)s?\s+(?:of|for)\s+(?:the\s+)?"
    r"((?:[^\W\d_]+[ -]?){1,3})"
)


def number_of(sheet: Sheet, number: Number, sentence: Span) -> str | None:
    """The unit in "puts the number of evacuees at 7,400"."""
    begin = max(sentence.start, number.span.start - _NEAR)
    found = "people" if _THOSE.search(sheet.text, begin, number.span.start) else None
    for match in _NUMBER_OF.finditer(sheet.text, begin, number.span.start):
        first = sheet.after(match.start(1))
        phrase = noun_phrase(sheet, first, sheet.after(match.end(1)))
        if phrase:
            found = sheet.text[sheet.words[phrase[0]].start : sheet.words[phrase[-1]].end]
    return found


def _rate(sheet: Sheet, first: int, last: int) -> str | None:
    """ "a year", "per tonne", right after an amount."""
    for length in (3, 2, 1):
        words = sheet.words[first : min(first + length, last)]
        if len(words) == length and " ".join(w.text for w in words) in word_lists()["rates"]:
            return sheet.text[words[0].start : words[-1].end]
    return None


_LOOSE_START = re.compile(r"^(?:and|or|that|as|which|who)\s+", re.IGNORECASE)
_LOOSE_END = re.compile(
    r"(?:^|\s+)(?:of|its|their|his|her|the|an?|to|at|for|by|with|on|from|and|or|each|in|all|than|until)$", re.IGNORECASE
)


def _trimmed(phrase: str) -> str | None:
    """A phrase without the small words that hang loose at its ends."""
    phrase = _LOOSE_START.sub("", phrase.strip(" -–—,"))
    shorter = _LOOSE_END.sub("", phrase)
    while shorter != phrase:
        phrase, shorter = shorter, _LOOSE_END.sub("", shorter)
    return phrase.strip(" -–—,") or None


_STOP = frozenset(';:.!?()[]“”"«»')
_CUTS = frozenset({
    "but", "while", "although", "though", "whereas", "because", "unless", "according", "if", "before", "when", "once",
})  # fmt: skip


_BEGINS = _CUTS | {",", "said", "says", "added", "that"}  # what stands before these is not told of a number


def _measure(sheet: Sheet, number: Number, sentence: Span, end: int, last: int) -> tuple[str | None, bool]:
    """What happens to what is counted: the words after it in the clause (then True), else those before."""
    text, words, lists = sheet.text, sheet.words, word_lists()
    first = i = sheet.after(end)
    while i < last and i - first < _REACH and words[i].text not in _STOP and words[i].text not in _CUTS:
        joins, bare = (
            words[i].text in ("and", "or") and i + 1 < last,
            i == first and number.kind in ("percent", "money"),
        )
        if words[i].text == "," or (joins and (bare or _goes_on(words[i + 1], at_once=i == first))):
            break
        i += 1
    after = words[first:i]
    counted_word = words[first - 1].text if first else ""
    if any(w.text in lists["killed"] for w in after[:5]) or counted_word in ("deaths", "fatalities"):
        return "killed", True
    content = [w for w in after if w.shape != "mark" and w.text not in lists["boundaries"]]
    if content and counted_word != "times":  # what happened so many times is said before
        return _trimmed(text[after[0].start : after[-1].end]), True
    j = k = sheet.before(number.span.start) + 1
    floor = sheet.after(sentence.start)
    while j > floor and k - j < 7 and words[j - 1].text not in _STOP and words[j - 1].text not in _BEGINS:
        j -= 1
    before = words[j:k]
    if any(w.text in lists["killed"] for w in before):
        return "killed", True
    amount = _AMOUNT_OF.search(text, before[0].start, number.span.start) if before else None
    if amount and amount.group(1).split()[0] not in ("number", "total"):
        return amount.group(1), False
    return (_trimmed(text[before[0].start : before[-1].end]) if before else None), False


_VERBS = frozenset({"said", "says", "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could"})


def _goes_on(word: Word, *, at_once: bool) -> bool:
    """Whether the word after "and" begins another figure or another clause: "and 200 wounded", "and said it would"."""
    return word.shape == "digit" or word.text in _VERBS or (at_once and word.text.endswith("ed"))


# "the quota of 60,000 tonnes", "a fee below 22 dollars": what has the amount is named right before it
_AMOUNT_OF = re.compile(
    r"\b(?:an?|the|its|their|his|her|any|no) ((?:[^\W\d_]+[ -]){0,2}[^\W\d_]{3,}) (?:of|below|above|under|over|at)"
    r"(?: (?:about|around|nearly|almost|roughly|just|only|more|less|than|at|least|most|up|to|over|under))*\s+\W?$"
)


def _scope(text: str, number: Number, sentence: Span) -> str | None:
    """Since when, until when or per what, in the same sentence; the nearest after the number, else before it."""
    low, high = max(sentence.start, number.span.start - _NEAR), min(sentence.end, number.span.end + _NEAR)
    found = list(_SCOPE.finditer(text, low, high))
    if not found:
        return None
    after = [m for m in found if m.start() >= number.span.end]
    return (after[0] if after else found[-1]).group()
