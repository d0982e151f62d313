"""Who gives a figure that stands in nobody's statement: "the ministry counted 340", "by the Red Cross's count".

In: a draft with its cast, a sentence and the place of a number in it. Out: the name of whoever gives it, or None.
"""

from __future__ import annotations

import re

from dragoman.reader.draft import Draft
from dragoman.reader.names.names import Cast
from dragoman.reading import Span

_COUNT = r"(?:count|counts|figures?|tally|tallies|estimates?|reckoning|records|arithmetic|numbers?)"
_OWN = r"['’]s?\s(?:own\s)?(?:[a-z]+\s)?"
_BY_WHOSE = re.compile(r"\b(?:[Bb]y|[Oo]n|[Ii]n)\s(?:the\s)?$")
_WHOSE = re.compile(rf"{_OWN}{_COUNT}\b")
_COUNT_OF = re.compile(rf"\b[Bb]y\s(?:the\s)?(?:own\s)?{_COUNT}\sof\s(?:the\s)?$")
_REST = re.compile(r"(?:\s[A-Z][\w’'-]*\w)+")
_CLOSES = re.compile(r"\s?(?:[.;)]|$|,\s(?:wh|but|and)\w*)")
_WHOSE_IS = re.compile(rf"{_OWN}{_COUNT}\s(?:is|was|stands at|stood at|comes to|came to|puts?)\s")
_ESTIMATED_BY = re.compile(
    r"\b(?:estimated|put(?!\sforward)|given|counted|calculated|valued|reckoned)\b[^.;]{0,40}\sby\s(?:the\s)?"
    r"(?:(?!(?:(?:w|c|sh)ould|will|can|may|is|was|has|had|that|which|who|and|to)\b)[a-z]+\s){0,4}$"
)
_GIVES = re.compile(
    r"(?:,[^,]{3,40},|,)?\s(?:(?:which|who|that)\s)?(?:has\s|have\s|had\s|itself\s|themselves\s|now\s)?(?:only\s)?"
    r"(?:counted|counts?|puts?|declares?|declared|claims?|claimed|estimates?|estimated|arrived\sat|arrives\sat|gets|"
    r"reckons?|reckoned|calculates?|calculated|(?:speaks?|spoken?|talks?|talked)\sof)\s(?P<what>[^.;:]{0,60})$"
)
_DIGITS = re.compile(r"\d\d")
_ANOTHER = re.compile(r"\b(?:and|but|while|as|that|which|who|because|if)\b|,")


def giver(draft: Draft, sentence: Span, number: Span) -> str | None:
    """The one whom the words of a sentence call the source of the number at `number`."""
    if not isinstance(draft.cast, Cast):
        return None
    text = draft.document.text
    for start, end, actor in draft.cast.between(sentence.start, sentence.end):
        before, after = text[max(sentence.start, start - 70) : start], text[end : min(sentence.end, end + 60)]
        apart = text[min(end, number.end) : max(start, number.start)]
        if ";" in apart or start <= number.start < end or (number.end <= start and _DIGITS.search(apart)):
            continue  # of several numbers before "by the Red Cross's count" the last is meant
        whole = _REST.match(after)
        name = f"{actor.name}{whole.group()}" if whole else actor.name
        rest = after[whole.end() :] if whole else after
        whose = _WHOSE.match(rest) if _BY_WHOSE.search(before) else None
        if whose is not None or _COUNT_OF.search(before):
            if number.end <= start and not _CLOSES.match(rest, whose.end() if whose else 0):
                continue  # "60% of it and, by the Board's count, keep 6%"
            return name
        if _ESTIMATED_BY.search(before) and len(apart) < 80:
            return name
        if end <= number.start and _gives(text[end : number.start]):
            return actor.name
    return None


_HAVE_IT_FROM = re.compile(
    r"(?<!\w)(?:have|has|had|took|takes?|got|gets?)\s(?:it|them|this|that|the\s(?:number|figure|count|toll)s?)\s"
    r"(?:all\s|both\s)?from\s(?:the\s)?"
)


def origin(draft: Draft, sentence: Span, number: Span) -> str | None:
    """From whom those who give a number have it, by the rest of their sentence: "all of them have it from Roth"."""
    match = _HAVE_IT_FROM.search(draft.document.text, number.end, sentence.end)
    if match is None or not isinstance(draft.cast, Cast):
        return None
    named = (actor for start, _end, actor in draft.cast.between(match.end(), sentence.end) if start == match.end())
    return next((actor.name for actor in named), None)


def _gives(between: str) -> bool:
    """Whether the words from a name to a number say that the one gives the other."""
    match = _GIVES.match(between)
    if match is not None:
        return _ANOTHER.search(match["what"]) is None
    return _WHOSE_IS.match(between) is not None and len(between) < 60
