"""Finds sentences in which the report itself says what somebody refuses, is ready to do, or will do on a condition.

In: the cast of a text and the attributions found in it. Out: the same attributions and one more for every such
sentence that no attribution touches: "Sorrel will not sign unless the dam is opened" gives Sorrel's word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from dragoman.folding import fold
from dragoman.reader.dates.dates import find_dates
from dragoman.reader.draft import Found
from dragoman.reader.names.names import Cast
from dragoman.reader.speakers.antecedents import Antecedents
from dragoman.reader.vocabulary import words
from dragoman.reading import Span, Spans

CONFIDENCE = 0.6  # all of 15 such sentences in reports held out were statements, 13 of them with the right speaker
_LONGEST = 14  # words of a subject with what stands beside it
_LINK = re.compile(
    r"(?<![\w-])(?:unless|provided(?! (?:by|for|with|in|to|at)\b)|on (?:the )?condition|on the understanding|"
    r"(?:only|not) (?:if|once|after|when|before|until)|(?:as|so) long as|until|before|short of|"
    r"(?:only )?in (?:return|exchange) for|(?:conditional|contingent|dependent) (?:up)?on)(?!\w)"
)
_SET = (  # phrases that tell where somebody stands without a condition
    r"(?:would|will|could)(?: not|n['’]t) be drawn(?: on)?|(?:(?:has|have|had) )?(?:left|leaves?) the door open to|"
    r"(?:is|are|was|were) (?:still )?(?:holding out|pressing) for|holds? out for|thanks?(?! to)|"
    r"(?:remains?|remained|stands?|stood) (?:ready|prepared|willing|opposed)(?= to)|"
    r"stands? by(?= (?:its|his|her|their))|"
    r"(?:(?:(?:has|have|had) |['’]s )?given|gives?|gave)"
    r"(?= (?:[\w’'-]+ ){1,5}?(?:until|(?:\d+|two|three|four|five|six|seven|eight|ten|twelve) (?:hour|day|week|month)s))"
)
_ASIDE = (
    r"(?:(?:(?:has|have|had) )?(?:turned|thrown|threw|ruled|brushed|waved|voted)|turns|throws|rules|brushes|waves|"
    r"would not rule) (?P<aside>that|it|them|this) (?P<away>out|down|aside|away)"
)
_CUE = re.compile(
    rf"(?<!\w)(?:(?P<set>{_SET})|{_ASIDE}|"
    r"(?:will|would|could|can|shall)(?:, ?\w+,)?(?: (?:not|never|also|now|then|still|only|neither|"
    r"(?!(?:ap|sup|com|re)ply\b|rely\b)[a-z]{3,}ly))*"
    r" (?P<verb>[a-z]+)(?: (?:up|down|out|off|back|over)(?!\w))?|"
    r"(?:won['’]t|wouldn['’]t|cannot|can['’]t) (?P<refused>[a-z]+)|"
    r"(?:is|are|was|were) (?:(?:not|now|also|still|only) )?(?P<ready>ready|prepared|willing|inclined)|"
    r"(?:(?:has|have|had) (?:\w+ly )?)?(?:agreed|refused|offered|pledged|undertaken|vowed)|"
    r"(?:agrees|refuses|offers|pledges|undertakes|undertook|vows)|"
    r"(?:(?:has|have|had) )?(?:made|makes|make)(?= [^.;]{3,60} (?:conditional|contingent|dependent) (?:up)?on )|"
    r"(?P<does>[a-z]{3,}s)(?: (?:up|down|out|off|back|over|in)(?!\w))?"
    r"(?= (?:[\w'’-]+ ){0,5}only (?:if|once|when|after|as long as|on condition)(?!\w)))(?!\w)"
)
_NO = re.compile(r"(?<!\w)(?:not|never|neither|won['’]t|wouldn['’]t)(?!\w)")
_NOTHING = re.compile(r" (?:no|nothing|nobody|none|neither)(?!\w)(?! (?:more|less|later))")
_NO_NAME = re.compile(r"[“”«»\":;(]|\d|\s[–—-]\s")
_OTHER_VERB = re.compile(
    r"(?<!\w)(?:is|are|was|were|has|have|had|said|says|will|would|can|could|must|that|if|when|because)(?!\w)"
)
_LEAD = re.compile(r"(?:(?:But|And|Yet|So|Still|Now|Meanwhile|Instead|However|In return),? )?")
_PRONOUN = re.compile(r"(?:He|She|It|They|he|she|it|they)$")
_DEFINITE = re.compile(r"(?:the|its|his|her|their|both|a|an)\s", re.IGNORECASE)


def with_own_voice(cast: Cast, antecedents: Antecedents, found: list[Found]) -> list[Found]:
    """The attributions, with those that the report makes in its own voice."""
    text, segments = cast.text, cast.draft.segments
    taken = Taken(found)
    more: list[Found] = []
    end = 0
    for cue in _CUE.finditer(text):
        sentence = clause_at(text, segments.sentences[segments.sentence_at(cue.start())], cue.start())
        if cue.start() < end or taken.touches(sentence) or antecedents.quotation_at(cue.start()):
            continue
        end = sentence.end  # of several verbs the first is the sentence's
        new = _stand(cast, antecedents, sentence, cue)
        if new is not None:
            more.append(new)
    return [*found, *more]


def clause_at(text: str, sentence: Span, place: int) -> Span:
    """The part of a sentence between semicolons in which a place lies: each has a subject of its own."""
    start = text.rfind("; ", sentence.start, place)
    end = text.find("; ", place, sentence.end)
    return Span(sentence.start if start < 0 else start + 2, sentence.end if end < 0 else end)


class Taken:
    """The stretches of a text that belong to attributions."""

    def __init__(self, found: Sequence[Found]) -> None:
        spans = sorted(
            (span.start, span.end) for f in found for spans in (f.source, f.cue, f.content) for span in spans
        )
        self.starts = [start for start, _ in spans]
        self.reach = list(accumulate((end for _, end in spans), max))  # how far those go that begin up to each start

    def touches(self, stretch: Span) -> bool:
        """Whether any of them lies in a stretch of the text."""
        n = bisect_left(self.starts, stretch.end)
        return n > 0 and self.reach[n - 1] > stretch.start


def _stand(cast: Cast, antecedents: Antecedents, sentence: Span, cue: re.Match[str]) -> Found | None:
    text = cast.text
    if cue["verb"] in ("be", "have", "comment") or cue["refused"] == "comment":
        return None
    links = _LINK.finditer(text, cue.end(), sentence.end)
    conditional = any(not _is_time(text, link, sentence) for link in links)
    refuses = bool(_NO.search(cue.group()) or _NOTHING.match(text, cue.end(), sentence.end))
    if not (conditional or refuses or cue["ready"] or cue["set"] or cue["aside"]):
        return None
    start = _LEAD.match(text, sentence.start).end()  # type: ignore[union-attr]
    source = _subject(cast, start, cue.start())
    if source is not None and cue["aside"]:
        verb, particle = (cue.start(), cue.start("aside") - 1), cue.span("away")
        said = Spans([cue.span("aside")])
        return Found(Spans([source]), Spans([verb, particle]), said, CONFIDENCE, act="rejection", negated=False)
    content = _content(text, cue.end(), sentence.end, least=2 if cue["set"] else 8)
    if source is None or content is None:
        return None
    act = "condition" if conditional else "rejection" if refuses else None
    return Found(Spans([source]), Spans([cue.span()]), Spans([content]), CONFIDENCE, act=act, negated=False)


def _is_time(text: str, link: re.Match[str], sentence: Span) -> bool:
    """Whether "until" or "before" only leads to a date: "until Friday"."""
    if link.group() not in ("until", "before"):
        return False
    rest = text[link.end() : sentence.end]
    dates = find_dates(rest, None)
    return bool(dates) and dates[0].span.start <= 12


def _content(text: str, start: int, end: int, *, least: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1] in ".!? \n":
        end -= 1
    return Span(start, end) if end - start > least else None


def _subject(cast: Cast, start: int, end: int) -> Span | None:
    """Who acts, between the start of a sentence and its verb: a pronoun, a name, or a body called by its noun."""
    subject = cast.text[start:end].rstrip()
    end = start + len(subject)
    if _PRONOUN.match(subject):
        return Span(start, end)
    core = subject.split(", ")[0].rstrip(",") if subject.endswith(",") else subject
    if not core or len(subject.split()) > _LONGEST or _OTHER_VERB.search(core) or _NO_NAME.search(subject):
        return None
    named = [a for low, high, a in cast.between(start, start + len(core)) if high <= start + len(core)]
    last = fold(re.findall(r"[\w'’-]+", core)[-1]) if re.search(r"\w", core) else ""
    body = bool(_DEFINITE.match(core)) and last in words("organisation_nouns", "anonymous_nouns", "role_nouns")
    if (named and all(a.kind != "outlet" for a in named)) or body:
        return Span(start, start + len(core))
    if core != subject and any(a.kind != "outlet" for _, high, a in cast.between(start, end) if high <= end):
        return Span(start, end - 1 if subject.endswith(",") else end)  # "His client, Delta Tern Services,"
    return None
