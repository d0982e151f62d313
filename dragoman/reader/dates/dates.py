"""Finds dates in running text and resolves them against the day of publication and the tense around them.

In: text in English or Arabic, the publication date (or None) and the language. Out: DateMentions in text order. What
needs the publication date stays unresolved without it; nothing is read from a clock.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dragoman.reader.dates.calendar_words import day_of
from dragoman.reader.dates.date_grammar import PIECE, rules_by_anchors
from dragoman.reader.dates.days import UNRESOLVED, Context, When
from dragoman.reader.dates.named_days import day_range, is_move
from dragoman.reader.dates.relative_days import Handler, distance, weekdays
from dragoman.reader.dates.tense import even, tense_at
from dragoman.reading import Span

_LINE = re.compile(r"[^\n]+")  # no rule goes beyond its line


class DateMention(NamedTuple):
    """Words that give a date; `date` is ISO at `precision`, None while unresolved; `end` is the last day of a range."""

    span: Span
    date: str | None
    precision: str
    end: str | None = None


def find_dates(text: str, published: str | None) -> list[DateMention]:
    """The dates that `text` names, in order; of two that share words the longer one."""
    return list(_find(text, (published or "")[:10]))


def resolve_date(words: str, published: str | None, *, tense: str | None = None) -> When:
    """The first date in `words`, read in `tense` ("past", "future") where given; unresolved when there is none."""
    for match, handler in _matches(even(words), words):
        when = handler(match, Context(day_of(published), tense or tense_at(even(words), match.start(), match.end())))
        if when is not None:
            return when
    return UNRESOLVED


@lru_cache(maxsize=64)
def _find(text: str, published: str) -> tuple[DateMention, ...]:
    flat, day, found = even(text), day_of(published), []
    for match, handler in _matches(flat, text):
        start, end = match.start(), match.end()
        when = handler(match, Context(day, tense_at(flat, start, end)))
        if when is not None:
            found.append(DateMention(Span(start, end), *when))
    return tuple(found)


def _matches(flat: str, text: str) -> list[tuple[re.Match[str], Handler]]:
    """The matches of all rules without overlap: earlier before later, longer before shorter."""
    candidates = []
    for line in _LINE.finditer(flat):
        said = _said(line.group())
        for anchors, some in rules_by_anchors().items():
            if said.isdisjoint(anchors):
                continue
            for order, rule in some:
                if rule.also and said.isdisjoint(rule.also):
                    continue
                candidates += [
                    (m.start(), -m.end(), order, m, rule.handler)
                    for m in rule.pattern.finditer(flat, *line.span())
                    if _is_named(m, text)
                    and not (rule.handler is distance and _is_span(m, flat))
                    and not (rule.handler in (day_range, weekdays) and is_move(m))
                ]
    candidates.sort(key=lambda c: c[:3])
    taken, last = [], 0
    for start, minus_end, _, match, handler in candidates:
        if start >= last:
            taken.append((match, handler))
            last = -minus_end
    return taken


# "The second such round in two weeks", "the first talks in three years" tell how long it took, not when
_FOR_ONCE = re.compile(
    r"(?<!\w)(?:(?:first|second|third|fourth|fifth|sixth|seventh|\d+(?:st|nd|rd|th)) (?:such|time)(?: [\w'-]+){0,3}|"
    r"for the (?:first|second|third|\d+(?:st|nd|rd|th)) time) $"
)


def _is_span(match: re.Match[str], flat: str) -> bool:
    """Whether "in two weeks" tells how long something took, by what stands before it."""
    return _FOR_ONCE.search(flat, max(0, match.start() - 60), match.start()) is not None


def _said(line: str) -> set[str]:
    """The words and numbers of a line; "#" for any number, "####" for one of four digits, "/" where that stands."""
    said = set(PIECE.findall(line))
    if "/" in line:
        said.add("/")
    lengths = {len(piece) for piece in said if piece.isdecimal()}
    return said | ({"#"} if lengths else set()) | ({"####"} if 4 in lengths else set())


def _is_named(match: re.Match[str], text: str) -> bool:
    """Whether month and weekday names are written as names: "May", not "may"."""
    return not any(
        name.startswith(("month", "weekday")) and value and text[match.start(name)].islower()
        for name, value in match.groupdict().items()
    )
