"""What is no figure: dates, years, times of day, ages, list items, durations, labels.

In: a Number with what it counts and the words beside it. Out: which of these things it is, by name; none for most.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from dragoman.folding import fold
from dragoman.reader.numbers.counted import Counted
from dragoman.reader.numbers.numbers import Number
from dragoman.reader.numbers.sheets import Sheet, Word, is_plural, word_lists
from dragoman.reading import Span

# What no figure ever is; found by rule, whatever the weights say.
NEVER = frozenset({"date", "year", "clock", "age", "list item", "duration", "label", "who they are"})
# "a 200-mile zone", "a 12-member panel" say of what kind something is; "700-odd nurses" are counted
_ADJECTIVE = re.compile(r"[-‑](?!(?:odd|plus|strong|some|million|billion|thousand|hundred)\b)[a-z]{3,}")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_NEXT_WORD = re.compile(r"(?:[-‑]([^\W\d_]+)| ([^\W\d_]+)(?![-‑]))")
_BY_THE = re.compile(r"\bby the \W?$")
_TIMED = re.compile(r"(?<!\w)(?:in|since|until|till|during) $", re.IGNORECASE)  # "signed in 2023 expires"
_TIME_AND = re.compile(r"\b(?:hour|day|week|month|year|decade|century)s? (?:and|or) (?:an? )?$")
_OF_MANY = re.compile(r"\s(?:of|the|its|their|his|her)\b")
_OF_TIME = re.compile(r"\s+(?:an?\s+)?(?:hour|day|year|century|decade|past|time)\b")
_OF_DAYS = re.compile(r"[ -](?:day|week|month|year|hour|minute)s?-[a-z]", re.IGNORECASE)
_PERSONAL_AGE = re.compile(
    r"\b(?:aged?|(?:boy|girl|man|woman|child|son|daughter|grandmother|grandfather|widow|farmer) of|"
    r"(?:retir\w+|(?:pension|retirement|voting|school|legal) age)(?: \w+)? (?:at|of|from|to)|"
    r"(?:I|[Hh]e|[Ss]he|who|son|daughter|wife|husband|mother|father|brother|sister|child|boy|girl)"
    r"(?:['’]s| is| am|['’]m| was| will be| shall be|['’]ll be| turned| turns)(?: now| only| just| nearly| almost)?) $"
)
_SOMEBODY = re.compile(r"\b(?:the|an?|his|her|its|their|our|my) (?:[\w’'-]+ ){0,2}[\w’'-]+, ?$", re.IGNORECASE)
# "a boat-builder of 19 who was abducted"
_SOMEBODY_OF = re.compile(r"\ban? (?:[\w’'-]+ ){0,2}[\w-]*(?:er|or|ist|ian|ant|ent|man|woman|boy|girl|nurse|cook) of $")
_GROUP_OF_AGE = re.compile(
    r"\b(?:children|people|boys|girls|men|women|adults|infants|pupils|passengers|them|those|anyone|everyone|anybody|"
    r"everybody)(?: aged)? (?:under|over|below|above)(?: the age of)? $"
)
_COUNTED_ONES = frozenset({"who", "which", "that", "they", "we", "now"})
_BESIDE_DAYS = re.compile(r"(?:\s?(?:,|and|or|to|until|-|–)\s?\d{1,2}(?:st|nd|rd|th)?)+\s+(?:of\s+)?([A-Z][a-z]+)")
_AFTER_DAYS = re.compile(
    r"\b([A-Z][a-z]+)\.? \d{1,2}(?:\s?(?:,|and|or|to|until|-|–)\s?\d{1,2})*\s?(?:,|and|or|to|until|-|–)\s?$"
)
_AT = re.compile(r"(?:\b(?:at|by|until|till|from|since|to|around|about|before|after|half past|past)|,|\n|^)\s*$")


_PUT_AT = re.compile(
    r"\b(?:puts?|number|figure|count|total|toll|estimate[ds]?|share|price|rate|level|stood|stands|remains?)\b"
)

_MANY_DAYS = 1000  # "5,700 fishing days" are bought and sold
_DOTTED_MONTH = re.compile(r"\b([A-Z][a-z]{2,3})\. $")
_YEARS = re.compile(rf"{_YEAR.pattern}(?:\D+\d{{2,4}})?")
_LEADING_NOUGHT = re.compile(r"0\d+")
_FOUR_DIGITS = re.compile(r"[0-2]\d[0-5]\d")
_WORD_BEFORE = re.compile(r"(?P<word>[^\W\d_][\w’'-]*)(?:[,(] ?| \()$")
_HOUR_AFTER = re.compile(r"\s*(?:a\.m|p\.m|am\b|pm\b|o.clock|GMT|UTC|local time|h\b|hrs\b)")
_RATE_AFTER = re.compile(r"\s*(?:per|%|percent|of\b|[a-z]+s\b)")
_CLOCK = re.compile(r"[0-2]?\d\.[0-5]\d")
_PART_OF_DAY = re.compile(r" (?:in the (?:morning|afternoon|evening)|at night)\b")


# A sum in brackets after one in another currency says the same once more
_RESTATED = re.compile(
    r"\d\s?(?:m|mn|mln|bn|tn|trn|k|million|billion|trillion|thousand)?(?:\s(?:[a-z]+\s)?[a-z]{3,8}s?)?\s[(\[]"
    r"(?:[^()\d]{0,12}\d[^()]{0,16}[;,/]\s?)?"
    r"(?:(?:about|around|nearly|or|some|roughly|approximately|equivalent to)\s)*$"
)
# The rate of exchange at the foot of a report: "($1 = 3.9700 zlotys)"
_EQUALS_BEFORE = re.compile(r"=\s?$")
_EQUALS_AFTER = re.compile(r"\s?=\s?\S")

_FEW, _WHO_THEY_ARE = 12, ("powers", "sides", "camps")  # "the six world powers" are named by their number


def never(
    sheet: Sheet, number: Number, what: Counted, prev: Word | None, next_: Word | None, sentence: Span
) -> set[str]:
    """Which of the things that are no figures a number is."""
    if number.kind == "points" and sheet.text[number.core.start].isupper() and number.core.start > sentence.start:
        return {"label"}  # "west of Cape Three Points"
    if _EQUALS_BEFORE.search(sheet.text, 0, number.span.start) or _EQUALS_AFTER.match(sheet.text, number.span.end):
        return {"label"}
    if number.kind == "money" and _RESTATED.search(
        sheet.text, max(sentence.start, number.span.start - 60), number.span.start
    ):
        return {"label"}  # "£6.2bn ($9bn; €8.3bn)"
    if number.kind not in ("count", "share"):
        return set()
    text, exact = sheet.text, number.kind == "count" and number.form != "vague"
    asked = {
        "date": exact and _is_date(text, number, prev, next_),
        "year": exact and _is_year(text, number, what),
        "clock": exact and (_is_entry(text, number, what) or _is_clock(text, number, what)),
        "age": exact and _is_age(text, number, what),
        "list item": exact and _is_list_item(text, number),
        "who they are": exact and number.quantity <= _FEW and what.head in _WHO_THEY_ARE,
        "duration": _is_duration(text, number, what),
        "label": (exact and _is_of_a_name(text, number, next_, sentence))
        or (exact and _is_label(sheet, number, what, sentence))
        or _is_part(text, number, prev),
    }
    return {name for name, is_one in asked.items() if is_one}


def _core(text: str, number: Number) -> str:
    return text[number.core.start : number.core.end]


def _counts(what: Counted) -> bool:
    """Whether a number stands right before the plural of what it counts: then it is hardly anything else."""
    return what.how == "own" and is_plural(what.head)


def _is_duration(text: str, number: Number, what: Counted) -> bool:
    """ "ten days", "a 20-year lease", "half an hour", "six of them" of days that are spent arguing."""
    times = word_lists()["time"]
    if number.kind == "count" and _OF_DAYS.match(text, number.core.end):
        return True  # "a 45 day-ultimatum"
    if number.kind == "share" and _OF_TIME.match(text, number.core.end):
        return True
    if number.kind == "share" and _TIME_AND.search(text, max(0, number.core.start - 14), number.core.start):
        return _OF_MANY.match(text, number.core.end) is None  # "an hour and half"
    hyphened = _NEXT_WORD.match(text, number.core.end)
    if hyphened and (hyphened.group(1) or hyphened.group(2)).casefold() in times:
        return True
    if number.kind != "count":
        return False
    if what.how == "them":
        return what.head in times
    unit = (what.unit or "").casefold().split() if what.how == "own" else []
    if not unit or (len(unit) > 1 and number.quantity >= _MANY_DAYS):
        return False
    return what.head in times or unit[0] in times


def _is_part(text: str, number: Number, prev: Word | None) -> bool:
    """ "the second half", "a page and a half", "titles by the thousands"."""
    if number.form == "vague" and _BY_THE.search(text, max(0, number.core.start - 8), number.core.start):
        return True
    core = _core(text, number).casefold()
    if number.kind != "share" or number.bound != "exactly" or prev is None:
        return False
    if core not in ("half", "a half", "a third", "a quarter"):
        return False
    return prev.text in word_lists()["ordinals"] - {"which"} or (prev.text == "and" and core != "half")


_HIJRI = re.compile(
    r"\s(?:Muharram|Safar|Rabi['’]? (?:al|ath|II?|I)|Jumada|Rajab|Sha['’]?ban|Ramadan|"
    r"Shawwal|Dhu['’]? ?(?:al|l|'l)|Zul)(?!\w)"
)


def _is_date(text: str, number: Number, prev: Word | None, next_: Word | None) -> bool:
    """ "21 September", "Sept. 21", "on 21 and 28 September"."""
    months = word_lists()["months"]
    dotted = _DOTTED_MONTH.search(text[max(0, number.core.start - 8) : number.core.start])
    if dotted and fold(dotted.group(1)) in months:
        return True
    if number.quantity <= 30 and _HIJRI.match(text, number.core.end):
        return True  # "13 Rabi al-Thani / 3 November"
    if number.quantity < 2200 and _beside_month(prev, next_, months):
        return True
    if number.quantity > 31:
        return False
    days = _BESIDE_DAYS.match(text, number.core.end)
    earlier = _AFTER_DAYS.search(text, max(0, number.core.start - 40), number.core.start)
    return any(found is not None and fold(found.group(1)) in months for found in (days, earlier))


_AFTER_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?:,| and| or| to) $")


def _is_year(text: str, number: Number, what: Counted) -> bool:
    """ "in 2019", "the season of 2019/20", but not "1,950 boats"."""
    if _YEARS.fullmatch(_core(text, number)) is None:
        return False
    if _AFTER_YEAR.search(text, max(0, number.core.start - 12), number.core.start):
        return True  # "two rounds in 2005 and 2010 saw lenders give in"
    return not _counts(what) or _TIMED.search(text, 0, number.core.start) is not None


def _is_entry(text: str, number: Number, what: Counted) -> bool:
    """The time of day as four digits, before an entry or in a text that is a log: "the flash of 1142"."""
    core = _core(text, number)
    if _LEADING_NOUGHT.fullmatch(core):
        return True
    if not _FOUR_DIGITS.fullmatch(core):
        return False
    return _opens_line(text, number) or (_is_log(text) and not _counts(what))


def _is_list_item(text: str, number: Number) -> bool:
    marked = text[number.core.end : number.core.end + 2] in (". ", ") ")
    return marked and _opens_line(text, number) and re.fullmatch(r"\d{1,2}", _core(text, number)) is not None


def _is_of_a_name(text: str, number: Number, next_: Word | None, sentence: Span) -> bool:
    """ "a 200-mile zone", "the 5+5 commission", "the Conference of the Twelve Shores"."""
    start, end = number.core
    if _ADJECTIVE.match(text, end) or _SUM.match(text, end) or text[start - 1 : start] == "+":
        return True
    titled = number.form == "words" and text[start].isupper() and start > sentence.start
    return titled and next_ is not None and next_.shape == "Title"


_SUM = re.compile(r"\+\d")
_ENTRY = re.compile(r"^[0-2]\d[0-5]\d(?:[ :]|$)", re.MULTILINE)


@lru_cache(maxsize=16)
def _is_log(text: str) -> bool:
    """Whether lines of a text open with the time of day, written as four digits."""
    return len(list(islice(_ENTRY.finditer(text), 2))) > 1


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
    beside = _WORD_BEFORE.search(before)
    if beside and after[:1] in (",", ")", ".") and number.bound == "exactly" and number.form == "digits":
        word = beside["word"]
        if word[0].isupper():
            return True
        if number.quantity > 15 and after[0] == "," and _SOMEBODY.search(before):
            return not (is_plural(word.casefold()) or _PUT_AT.search(word))
    if _counts(what):
        return False
    if _SOMEBODY_OF.search(before) and text.startswith(" who ", number.core.end):
        return True
    return bool(_PERSONAL_AGE.search(before) or _GROUP_OF_AGE.search(before))


def _is_clock(text: str, number: Number, what: Counted) -> bool:
    """ "14.40" before an entry, "at 4.10", "18.00 NEWS", "ten o'clock", "woke us at three"."""
    core, start = _core(text, number), number.core.start
    after = text[number.core.end : number.core.end + 12]
    if _HOUR_AFTER.match(after):
        return True
    lead = _AT.search(text[max(0, start - 12) : start])
    if lead is not None and _PART_OF_DAY.match(text[number.core.end : number.core.end + 20]):
        return True
    if _CLOCK.fullmatch(core):
        return lead is not None
    if number.quantity % 1:
        return False
    alone = not _RATE_AFTER.match(after)
    if number.quantity > 24 or not alone or number.bound != "exactly" or what.how in ("own", "of"):
        return False
    return bool(re.search(r"\bat $", text[max(0, start - 4) : start])) and not _PUT_AT.search(
        text, max(0, start - 80), start
    )


_ALWAYS_LABELS = frozenset(("article", "section", "chapter", "annex", "protocol", "paragraph"))


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
    while i > 1 and words[i].text in ("and", "or", ",") and words[i - 1].text.isdigit():
        i -= 2  # "articles 7 and 8"
    if words[i].text in lists["labels"] and words[i].text != "no" and not _counts(what):
        return True
    if words[i].text == "no" and (words[i + 1].text == "." or (words[i].shape == "Title" and not _counts(what))):
        return True  # "No. 14", "No 10 said"
    if words[i].shape == "Title" and words[i].text in _ALWAYS_LABELS:
        return True  # "Article 16 safeguards"
    if words[i].text == "of" and i > 0 and words[i - 1].shape == "Title":
        return words[i - 1].text in ("group", "committee", "gang")
    return _is_named(sheet, number, i, what, sentence)


def _is_named(sheet: Sheet, number: Number, i: int, what: Counted, sentence: Span) -> bool:
    """Whether a number ends the name of a thing, of which word `i` is the last: "the trawler Min Fu 8", "an ATR 72"."""
    words, lists = sheet.words, word_lists()
    if number.form != "digits" or number.quantity % 1 or what.how in ("of", "people", "apposed", "asked"):
        return False
    if _counts(what):
        return False
    j = i
    while j >= 0 and words[j].shape in ("Title", "UPPER") and words[j].start >= sentence.start:
        j -= 1
    if j == i or j < 0 or words[j].start < sentence.start or words[j].shape != "lower":
        return False
    return words[j].text not in lists["boundaries"] | lists["months"] or words[j].text in ("the", "a", "an")
