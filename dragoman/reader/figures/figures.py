"""Figures: which numbers of a text are worth keeping, what they count, and who gives them.

In: a draft with its statements. Out: Figures. Dates, times, durations, ages, ordinals, labels ("Article 5") and counts
that only identify ("the two sides") are none. What is plainly no figure is left out by rule; of the rest a small linear
model chooses, whose weights `training.small_choices` learned and `figure_weights.json` holds.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from dragoman.folding import fold
from dragoman.reader.draft import Draft
from dragoman.reader.figures.givers import giver
from dragoman.reader.numbers.counted import Counted, counted
from dragoman.reader.numbers.left_out import Carried
from dragoman.reader.numbers.numbers import Number, find_numbers
from dragoman.reader.numbers.sheets import Sheet, Word, is_plural, word_lists
from dragoman.reading import Figure, Span, Spans, Statement

_FEW = 12  # "the two men" are known; 4,000 men are counted
# What no figure ever is; found by rule, whatever the weights say.
NEVER = frozenset({"date", "year", "clock", "age", "list item", "duration", "label"})


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
    sentences, found, carried = draft.segments.sentences, [], Carried()
    seen: set[float] = set()
    numbers = find_numbers(draft.document.text)
    money = next((n.unit for n in numbers if n.kind == "money"), None)
    for number in numbers:
        if number.kind == "money":
            money = number.unit
        sentence = sentences[draft.segments.sentence_at(number.core.start)]
        sentence = Span(min(sentence.start, number.span.start), max(sentence.end, number.span.end))
        what = counted(sheet, number, sentence, carried, money)
        statement = _statement_at(statements, number.core.start)
        features = _features(draft, sheet, number, what, statement, sentence)
        if what.how == "carried" and not features & NEVER and (scaled := _scaled(number, carried)) is not number:
            number, features = scaled, _features(draft, sheet, scaled, what, statement, sentence)
        if number.quantity in seen:
            features |= {"again"}
        candidate = Candidate(number, what, statement, features)
        found.append(candidate)
        seen.add(number.quantity)
        if what.how not in ("carried", "bare", "sentence") and not features & NEVER and _carries(number, what):
            people = what.head in word_lists()["people"]
            if number.quantity > 3 or number.core.start - carried.place > 400:
                carried = Carried(
                    what.unit, what.measure, number.kind, number.core.start, people, number.scale, number.quantity
                )
    return found


def _scaled(number: Number, carried: Carried) -> Number:
    """A number that leaves out the magnitude too: "$2.8 billion; the other side puts it at 4.2"."""
    if carried.kind != "money" or carried.scale < 1e6 or number.scale > 1 or number.quantity >= 1000:
        return number
    if number.quantity == 1:
        return number  # "rather a good treaty than a bad one"
    upper = number.upper * carried.scale if number.upper is not None else None
    return replace(number, quantity=number.quantity * carried.scale, upper=upper, scale=carried.scale)


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


def _features(
    draft: Draft, sheet: Sheet, number: Number, what: Counted, statement: Statement | None, sentence: Span
) -> frozenset[str]:
    """What a number and its surroundings look like, as words that the choice rests on."""
    words, lists = sheet.words, word_lists()
    first, after = sheet.before(number.span.start), sheet.after(number.span.end)
    prev = words[first] if first >= 0 and words[first].start >= sentence.start else None
    before = words[first - 1] if prev and first > 0 and words[first - 1].start >= sentence.start else None
    next_ = words[after] if after < len(words) and words[after].start < sentence.end else None
    found = {
        f"kind:{number.kind}", f"form:{number.form}", f"bound:{number.bound}", _size(number),
        f"prev:{prev.text if prev else '^'}", f"next:{next_.text if next_ else '$'}",
        f"before:{before.text if before else '^'}", "said" if statement else "told",
        f"{number.kind} {what.how}",
    }  # fmt: skip
    if what.how == "own" and what.head:
        found |= {f"head:{what.head}", "plural" if is_plural(what.head) else "singular"}
        found |= {"people"} if what.head in lists["people"] else set()
        found |= {"identifies"} if what.head in lists["identified"] else set()
    if prev and prev.text in lists["determiners"]:
        found.add(f"determined {_size(number)}")
    if number.upper is not None:
        found.add("range")
    if what.measure == "killed":
        found.add("killed")
    paragraph = draft.segments.paragraph_at(number.core.start)
    if paragraph == 0:
        found.add("headline")
    elif paragraph >= len(draft.segments.paragraphs) - 1:
        found.add("end")
    core = sheet.text[number.core.start : number.core.end]
    if core[0].isupper() and number.core.start > sentence.start and number.form == "words":
        found.add("capital")
    if prev and prev.shape in ("Title", "UPPER") and prev.start > sentence.start and what.how != "own":
        found.add("named " + ("count" if number.quantity >= 1000 else number.kind))
    if re.match(r"[-‑][^\W\d]", sheet.text[number.core.end : number.core.end + 2]):
        found.add("hyphen")
    return frozenset(found | _never(sheet, number, what, prev, next_, sentence))


# "a 200-mile zone", "a 12-member panel" say of what kind something is; "700-odd nurses" are counted
_ADJECTIVE = re.compile(r"[-‑](?!(?:odd|plus|strong|some|million|billion|thousand|hundred)\b)[a-z]{3,}")


def _size(number: Number) -> str:
    for size, limit in (
        ("one", 1.001),
        ("two", 2.001),
        ("few", 6),
        ("small", 13),
        ("day", 32),
        ("tens", 100),
        ("hundreds", 1000),
    ):
        if number.quantity < limit:
            return f"size:{size}"
    return "size:large"


# ------------------------------------------------------------------------------------------- what is no figure

_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_NEXT_WORD = re.compile(r"(?:[-‑]([^\W\d_]+)| ([^\W\d_]+)(?![-‑]))")
_OF_TIME = re.compile(r"\s+(?:an?\s+)?(?:hour|day|year|century|decade|past|time)\b")
_PERSONAL_AGE = re.compile(
    r"\b(?:aged?|(?:boy|girl|man|woman|child|son|daughter|grandmother|grandfather|widow|farmer) of|"
    r"(?:retir\w+|(?:pension|retirement|voting|school|legal) age)(?: \w+)? (?:at|of|from|to)|"
    r"(?:I|[Hh]e|[Ss]he|who|son|daughter|wife|husband|mother|father|brother|sister|child|boy|girl)"
    r"(?:['’]s| is| am|['’]m| was| will be| shall be|['’]ll be| turned| turns)(?: now| only| just| nearly| almost)?) $"
)
_SOMEBODY = re.compile(r"\b(?:the|an?|his|her|its|their|our|my) (?:[\w’'-]+ ){0,2}[\w’'-]+, ?$", re.IGNORECASE)
_GROUP_OF_AGE = re.compile(
    r"\b(?:children|people|boys|girls|men|women|adults|infants|pupils|passengers|them|those|anyone|everyone|anybody|"
    r"everybody)(?: aged)? (?:under|over|below|above)(?: the age of)? $"
)
_COUNTED_ONES = frozenset({"who", "which", "that", "they", "we", "now"})
_BESIDE_DAYS = re.compile(r"(?:\s?(?:,|and|or|to|until|-|–)\s?\d{1,2}(?:st|nd|rd|th)?)+\s+(?:of\s+)?([A-Z][a-z]+)")
_AT = re.compile(r"(?:\b(?:at|by|until|till|from|since|to|around|about|before|after|half past|past)|,|\n|^)\s*$")


_PUT_AT = re.compile(
    r"\b(?:puts?|number|figure|count|total|toll|estimate[ds]?|share|price|rate|level|stood|stands|remains?)\b"
)


def _never(
    sheet: Sheet, number: Number, what: Counted, prev: Word | None, next_: Word | None, sentence: Span
) -> set[str]:
    """Which of the things that are no figures a number is."""
    if number.kind == "points" and sheet.text[number.core.start].isupper() and number.core.start > sentence.start:
        return {"label"}  # "west of Cape Three Points"
    if number.kind not in ("count", "share"):
        return set()
    lists, text, found = word_lists(), sheet.text, set()
    core = text[number.core.start : number.core.end]
    if number.kind == "count" and number.form != "vague":
        if _ADJECTIVE.match(text, number.core.end):
            found.add("label")
        dotted = re.search(r"\b([A-Z][a-z]{2,3})\. $", text[max(0, number.core.start - 8) : number.core.start])
        if dotted and fold(dotted.group(1)) in lists["months"]:
            found.add("date")
        if _beside_month(prev, next_, lists["months"]) and number.quantity < 2200:
            found.add("date")
        days = _BESIDE_DAYS.match(text, number.core.end) if number.quantity < 32 else None
        if days and fold(days.group(1)) in lists["months"]:
            found.add("date")  # "on 21 and 28 September"
        if re.fullmatch(rf"{_YEAR.pattern}\D+\d{{2,4}}", core) and not (what.how == "own" and is_plural(what.head)):
            found.add("year")
        if re.fullmatch(r"0\d+", core) or (re.fullmatch(r"[0-2]\d[0-5]\d", core) and _opens_line(text, number)):
            found.add("clock")
        if (
            core[0].isupper()
            and number.core.start > sentence.start
            and next_
            and next_.shape == "Title"
            and number.form == "words"
        ):
            found.add("label")  # "the Conference of the Twelve Shores"
        if _YEAR.fullmatch(core) and number.kind == "count" and not (what.how == "own" and is_plural(what.head)):
            found.add("year")
        if number.form == "vague" and re.search(r"\bby the $", text[max(0, number.core.start - 7) : number.core.start]):
            found.add("label")  # "titles by the thousands"
        if _is_age(text, number, what):
            found.add("age")
        if _is_clock(text, number, what):
            found.add("clock")
        marked = re.fullmatch(r"\d{1,2}", core) and text[number.core.end : number.core.end + 2] in (". ", ") ")
        if marked and _opens_line(text, number):
            found.add("list item")
        if _is_label(sheet, number, what, sentence):
            found.add("label")
    unit = (what.unit or "").casefold().split() if what.how == "own" and number.kind == "count" else []
    if number.kind == "count" and what.how == "them" and what.head in lists["time"]:
        found.add("duration")  # "ten days is nothing if six of them are spent arguing"
    hyphened = _NEXT_WORD.match(text, number.core.end)
    if unit and (what.head in lists["time"] or unit[0] in lists["time"]):
        found.add("duration")
    if hyphened and (hyphened.group(1) or hyphened.group(2)).casefold() in lists["time"]:
        found.add("duration")
    part = number.kind == "share" and number.bound == "exactly"
    if part and prev and core.casefold() in ("half", "a half", "a third", "a quarter"):
        beside = prev.text in lists["ordinals"] - {"which"} or (prev.text == "and" and core.casefold() != "half")
        found |= {"label"} if beside else set()  # "the second half", "a page and a half"
    if number.kind == "share" and _OF_TIME.match(text, number.core.end):
        found.add("duration")
    return found


def _opens_line(text: str, number: Number) -> bool:
    return number.core.start == 0 or text[number.core.start - 1] == "\n"


def _beside_month(prev: Word | None, next_: Word | None, months: frozenset[str]) -> bool:
    return any(w is not None and w.text in months and (w.text not in ("may", "march", "mar") or w.shape != "lower")
               for w in (prev, next_))  # fmt: skip


def _is_age(text: str, number: Number, what: Counted) -> bool:
    """ "Bako Tizdar, 58, grinned", "the ex-dentist, 44, told", "aged 61", "who is 81", "children under five"."""
    if not 0 < number.quantity < 120 or number.quantity % 1 or what.how == "of":
        return False
    before = text[max(0, number.core.start - 50) : number.core.start]
    after = text[number.core.end : number.core.end + 2]
    beside = re.search(r"(?P<word>[^\W\d_][\w’'-]*)(?:[,(] ?| \()$", before)
    if beside and after[:1] in (",", ")", ".") and number.bound == "exactly" and number.form == "digits":
        word = beside["word"]
        if word[0].isupper():
            return True
        if number.quantity > 15 and after[0] == "," and _SOMEBODY.search(before):
            return not (is_plural(word.casefold()) or _PUT_AT.search(word))
    if what.how == "own" and is_plural(what.head):
        return False
    return bool(_PERSONAL_AGE.search(before) or _GROUP_OF_AGE.search(before))


def _is_clock(text: str, number: Number, what: Counted) -> bool:
    """ "14.40" before an entry, "at 4.10", "18.00 NEWS", "ten o'clock", "woke us at three"."""
    core, start = text[number.core.start : number.core.end], number.core.start
    after = text[number.core.end : number.core.end + 12]
    if re.match(r"\s*(?:a\.m|p\.m|am\b|pm\b|o.clock|GMT|UTC|local time|h\b|hrs\b)", after):
        return True
    lead = _AT.search(text[max(0, start - 12) : start])
    if re.fullmatch(r"[0-2]?\d\.[0-5]\d", core):
        return lead is not None
    if number.quantity % 1:
        return False
    alone = not re.match(r"\s*(?:per|%|percent|of\b|[a-z]+s\b)", after)
    if number.quantity > 24 or not alone or number.bound != "exactly" or what.how in ("own", "of"):
        return False
    return bool(re.search(r"\bat $", text[max(0, start - 4) : start])) and not _PUT_AT.search(
        text, max(0, start - 80), start
    )


def _is_label(sheet: Sheet, number: Number, what: Counted, sentence: Span) -> bool:
    """ "Resolution 2254", "page three", "No. 14", "Group of 77", "Euphrates 24"."""
    i, words, lists = sheet.before(number.span.start), sheet.words, word_lists()
    while i >= 0 and words[i].text == "." and words[i].start >= sentence.start:
        i -= 1
    if i < 0 or words[i].start < sentence.start:
        return False
    if number.upper is not None or number.bound != "exactly":
        return False
    if words[i].text == "number" and i > 0 and words[i - 1].text in _COUNTED_ONES:
        return False  # "the residents, who number 41"
    if words[i].text in lists["labels"] and words[i].text != "no" and not (what.how == "own" and is_plural(what.head)):
        return True
    if words[i].text == "no" and words[i + 1].text == ".":
        return True
    if words[i].text == "of" and i > 0 and words[i - 1].shape == "Title":
        return words[i - 1].text in ("group", "committee", "gang")
    return _is_named(sheet, number, i, what, sentence)


def _is_named(sheet: Sheet, number: Number, i: int, what: Counted, sentence: Span) -> bool:
    """Whether a number ends the name of a thing, of which word `i` is the last: "the trawler Min Fu 8", "an ATR 72"."""
    words, lists = sheet.words, word_lists()
    if number.form != "digits" or number.quantity % 1 or what.how in ("of", "people", "apposed", "asked"):
        return False
    if what.how == "own" and is_plural(what.head):
        return False
    j = i
    while j >= 0 and words[j].shape in ("Title", "UPPER") and words[j].start >= sentence.start:
        j -= 1
    if j == i or j < 0 or words[j].start < sentence.start or words[j].shape != "lower":
        return False
    return words[j].text not in lists["boundaries"] | lists["months"] or words[j].text in ("the", "a", "an")
