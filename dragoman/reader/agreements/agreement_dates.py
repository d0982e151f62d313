"""When an agreement was made: beside its name, by its age, or on the day of the news that it was.

In: a draft, the mentions of one agreement and the dates of the text. Out: the date, where one is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from dragoman.folding import fold
from dragoman.reader.agreements.agreement_mentions import Mention
from dragoman.reader.agreements.agreement_words import cues
from dragoman.reader.dates.dates import DateMention
from dragoman.reader.draft import Draft
from dragoman.reader.numbers.numbers import find_numbers
from dragoman.reading import Span

_COUNT = (
    r"(?:\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty)"
)
_UNIT = r"(?P<unit>day|week|month|year)s?"
_OLD = re.compile(
    rf"\b(?P<count>{_COUNT})-{_UNIT}-old\b|\bis (?P<count2>{_COUNT}) (?P<unit2>day|week|month|year)s? old\b", re.I
)
_LATER = re.compile(rf"\b(?P<count>{_COUNT}) {_UNIT} (?:after|since|into)\s+(?:the\s+|its\s+|an?\s+)?$", re.I)
_EARLIER = re.compile(rf"\b(?P<count>{_COUNT}) {_UNIT} (?:earlier|before|ago)\b", re.I)
# A date after these words is not the day on which something was made.
_NOT_MADE = re.compile(
    r"\b(?:(?:by|until|till|before|after|since|from|to)|"
    r"(?:lapse[sd]?|expire[sd]?|runs? out|ran out|due|ends?|ended|broke(?: down)?|to be held)(?: on| in)?)\s+"
    r"(?:the\s+)?$",
    re.I,
)
_SINCE = re.compile(r"\b(?:since|until) [^,;]{3,80}$")  # "the first talks since a new cabinet took office in June"
_DATELINE = re.compile(r"[^\n]{0,90}?(?:\([^)\n]{2,60}\)\s*[-–—]+|\s[-–—]{1,2})\s")
_NEWS = 10  # days since the making of what counts as news
_NEAR_LETTERS = 45
_REACH = 2  # sentences on either side of a mention in which its making may be told


def made_on(draft: Draft, found: Sequence[Mention], dates: Sequence[DateMention]) -> DateMention | None:
    """The past date on which an agreement was made."""
    published = (draft.document.published or "9999")[:10]
    options = []
    for mention in found:
        aged = _year_named(mention) or by_age(draft, mention)
        if aged is not None:
            options.append((False, False, 0, mention.span.start, aged))
        for near in _beside(draft, mention, dates):
            inside = mention.span.start <= near.span.start < mention.span.end
            near = _last_year(near, published) if inside else near
            if (near.date or "9999") > published:
                continue
            far = abs(near.span.start - mention.span.end)
            options.append((not inside, not cues("reached").search(mention.said), far, near.span.start, near))
    if not options:
        return None
    best = min(options, key=lambda o: o[:4])[4]
    finer = (
        o[4] for o in options if best.date and (o[4].date or "").startswith(f"{best.date}-")
        and any(c.isdigit() for c in draft.document.text[o[4].span.start : o[4].span.end])
    )  # fmt: skip
    return next(finer, best)  # "the two-year-old deal", "signed in March 2014"


def news_of(draft: Draft, found: Sequence[Mention], dates: Sequence[DateMention]) -> DateMention | None:
    """The recent day on which a sentence near the first mention says that something was agreed."""
    published = (draft.document.published or "")[:10]
    if not published:
        return None
    segments, text = draft.segments, draft.document.text
    here = segments.sentence_at(found[0].span.start)
    for number in sorted(range(max(0, here - _REACH), here + _REACH + 1), key=lambda n: abs(n - here)):
        if number >= len(segments.sentences):
            continue
        sentence = segments.sentences[number]
        said = text[sentence.start : sentence.end].lower()
        if not cues("reached").search(said):
            continue
        for near in dates:
            if (
                sentence.start <= near.span.start < sentence.end and near.precision == "day"
                and not _not_made(draft, near, sentence) and not _of_telling(draft, near)
                and (age := _days(near.date, published)) is not None and 0 <= age <= _NEWS
            ):  # fmt: skip
                return near
    return None


def _beside(draft: Draft, mention: Mention, dates: Sequence[DateMention]) -> list[DateMention]:
    """The dates of the sentence of a mention that may be the day of its making, nearest first."""
    inside = [
        d for d in dates if mention.sentence.start <= d.span.start < mention.sentence.end and d.date
        and (
            mention.span.start <= d.span.start < mention.span.end
            or not (_not_made(draft, d, mention.sentence) or _of_telling(draft, d))
        )
    ]  # fmt: skip
    text = draft.document.text
    told = [d for d in inside if _MADE.search(text[mention.span.end : d.span.start])]
    own = [d for d in inside if mention.span.start <= d.span.start < mention.span.end]  # "last year's truce"
    return sorted(own or told or inside, key=lambda d: abs(d.span.start - mention.span.end))[:1] or _above(
        draft, mention, dates
    )


_MADE = re.compile(
    r"^,?[^;.,]{0,40}\b(?:signed|initiall?ed|agreed|reached|concluded|struck|brokered|negotiated|sealed|made|adopted)\b"
    r"[^;.,]{0,80}$"
)


def _of_telling(draft: Draft, near: DateMention) -> bool:
    """Whether a day is that on which somebody spoke: "said on Monday"; who announces or signs does it on that day."""
    return any(
        near.date == s.said_on
        and (0 <= near.span.start - s.cue.end < _NEAR_LETTERS or 0 <= (s.source or s.cue).start - near.span.end < 3)
        and not any(a <= near.span.start < b for a, b in s.content)
        and not cues("reached").search(fold(s.cue.text(draft.document)))
        for s in draft.statements
        if s.cue
    )


def _above(draft: Draft, mention: Mention, dates: Sequence[DateMention]) -> list[DateMention]:
    """The year or day that heads the paragraph of a chronology: "2006. The Cordoba agreement"."""
    paragraph = draft.segments.paragraphs[draft.segments.paragraph_at(mention.span.start)]
    text = draft.document.text
    if year := _YEAR.match(text, paragraph.start):
        return [DateMention(Span(*year.span("year")), year["year"], "year")]
    return [
        d for d in dates
        if paragraph.start <= d.span.start < paragraph.start + 3 and d.date
        and re.match(r"[.:]\s", text[d.span.end : d.span.end + 2])
    ][:1]  # fmt: skip


_YEAR = re.compile(r"(?P<year>1[5-9]\d\d|20\d\d)[.:]\s")


def _not_made(draft: Draft, near: DateMention, sentence: Span) -> bool:
    text = draft.document.text
    before = text[max(sentence.start, near.span.start - 30) : near.span.start]
    if text.startswith(("in ", "on "), near.span.start):
        before = before.removesuffix("to ")  # "agreed to in February"
    if _NOT_MADE.search(before):
        return True
    if _SINCE.search(text[sentence.start : near.span.start]):
        return True
    if text.startswith(("since ", "until ", "before ", "after "), near.span.start):
        return True  # the word may belong to the date
    line = _DATELINE.match(text, sentence.start, sentence.end)
    return bool(line and near.span.end <= line.end())


_YEAR_NAMED = re.compile(r"(?:1[5-9]|20)\d\d(?= )")


def _year_named(mention: Mention) -> DateMention | None:
    """The year that a name begins with: "the 1994 ceasefire agreement"."""
    year = _YEAR_NAMED.match(mention.name)
    return DateMention(mention.span, year.group(), "year") if year else None


def by_age(draft: Draft, mention: Mention) -> DateMention | None:
    """The day that an age tells: "the three-day-old truce", "a year after the accord", "signed six days earlier"."""
    text, published = draft.document.text, draft.document.published
    first = max(mention.sentence.start, mention.span.start - _NEAR_LETTERS)
    last = min(mention.sentence.end, mention.span.end + 80)
    before, after, whole = (
        text[a:b] for a, b in ((first, mention.span.start), (mention.span.end, last), (first, last))
    )
    match = _LATER.search(before) or _OLD.search(whole) or (
        _EARLIER.search(after) if cues("reached").search(after.lower()) else None
    )  # fmt: skip
    if match is None or not published:
        return None
    groups = match.groupdict()
    count = _number(groups.get("count") or groups.get("count2") or "")
    unit = (groups.get("unit") or groups.get("unit2") or "").lower()
    day = _back(published[:10], count, unit) if count else None
    if day is None:
        return None
    precision = "day" if unit in ("day", "week") else unit
    shown = {"month": day[:7], "year": day[:4]}.get(precision, day)
    return DateMention(mention.span, shown, precision)


def _number(words: str) -> int:
    if words.lower() in ("a", "an"):
        return 1
    quantity = next((n.quantity for n in find_numbers(f"{words} days")), None)
    return int(quantity or 0)


def _back(published: str, count: int, unit: str) -> str | None:
    try:
        day = date.fromisoformat(published)
    except ValueError:
        return None
    if unit in ("day", "week"):
        return (day - timedelta(days=count * (7 if unit == "week" else 1))).isoformat()
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
    return f"{months // 12:04d}-{months % 12 + 1:02d}-01" if months >= 12 else None


def _last_year(near: DateMention, published: str) -> DateMention:
    """A month in the name of an agreement is past: "the accord of November", read in March."""
    if near.precision != "month" or not near.date or near.date <= published[:7] or published == "9999":
        return near
    return near._replace(date=f"{int(near.date[:4]) - 1:04d}{near.date[4:]}")


def _days(when: str | None, published: str) -> int | None:
    try:
        return (date.fromisoformat(published) - date.fromisoformat(when or "")).days
    except ValueError:
        return None
