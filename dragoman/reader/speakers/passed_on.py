"""Looks behind outlets and papers: whose words they pass on, where their own sentence tells.

In: the cast of a text and its attributions. Out: the same attributions, those of an outlet given to whom it cites, and
with what somebody says inside an outlet's report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dragoman.reader.draft import Found
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.noun_phrases import PREPOSITION, core_of
from dragoman.reader.rules.rules import find_attributions, nested
from dragoman.reader.vocabulary import words
from dragoman.reading import Spans

_COVERS = 0.6  # an outlet's report of which one statement fills this share is that statement's chain, not a claim
_QUOTED_SURE = 0.9  # nobody is quoted "as saying" what he has not said
_NEAR = 8  # neighbours among which one sentence's other attributions are
_FIRST = 6  # letters before what somebody says in a report, at most: a number, a mark
_GOES_ON = re.compile(
    r"[\s,]*(?:has\s+)?(?:reported|reports|said|says|wrote|writes)[\s,]*(?:and\s+)?(?:adding|adds|added)"
)
_TURNED = re.compile(r"according to|in the words of", re.I)
_PRONOUN = re.compile(r"(?:he|she|it|they|who|which|that)\b", re.I)


def opened(cast: Cast, found: list[Found]) -> list[Found]:
    """The attributions, with those that an outlet's report passes on and the finder did not look into.

    "The envoy has said he will wait, Radio Eko reported": the envoy speaks, the outlet only carries it. What the rules
    find at the head of such a report is taken when it fills the report.
    """
    found = [_to_its_end(cast, f, found[max(0, n - _NEAR) : n + _NEAR]) for n, f in enumerate(found)]
    closed = [
        f for f in found
        if (passes_on(cast, f) and _citing(cast, f) is None if f.source else _only_cites(cast, f))
        and not any(g is not f and g.source and g.cue and _fills(cast, f, g) for g in found)
    ]  # fmt: skip
    if not closed:
        return found
    inner = []
    for g in find_attributions(cast.draft):
        if not all((g.source, g.cue, g.content)) or passes_on(cast, g):
            continue
        if g.negated and _PRONOUN.match(cast.text, g.source.start):
            continue
        for f in closed:
            if _fills(cast, f, g) and not any(o.cue and o.cue.start == g.cue.start for o in found):
                inner.append(replace(g, confidence=min(f.confidence, g.confidence), within=None))
    return nested([*found, *inner]) if inner else found


def _only_cites(cast: Cast, f: Found) -> bool:
    """Whether an attribution has nobody but whom an outlet cites: "…, the daily reported, citing Radio Eko"."""
    return bool(f.cue) and cast.text[f.cue.start : f.cue.end].lower() in ("citing", "quoting")


def _to_its_end(cast: Cast, inner: Found, near: Sequence[Found]) -> Found:
    """An attribution with all that an outlet's report says after it: "She said that … and that …, Radio Eko reported".

    The report begins with its source, is one sentence, holds no other attribution, and the outlet stands behind it.
    """
    if not (inner.source and inner.cue and len(inner.content) == 1 and inner.cue.start < inner.content.start):
        return inner
    for outer in near:
        if (
            outer is inner or not (outer.source and outer.cue and len(outer.content) == 1)
            or not 0 <= inner.source.start - outer.content.start <= _FIRST
            or not inner.content.end < outer.content.end <= min(outer.source.start, outer.cue.start)
            or not passes_on(cast, outer)
        ):  # fmt: skip
            continue
        segments = cast.draft.segments
        one = segments.sentence_at(outer.content.start) == segments.sentence_at(outer.cue.start)
        others = any(o is not inner and o is not outer and _within(outer.content, o.cue) for o in near if o.cue)
        if one and not others:
            return replace(inner, content=Spans([(inner.content.start, outer.content.end)]))
    return inner


def _fills(cast: Cast, outer: Found, inner: Found) -> bool:
    """Whether an attribution stands at the head of what another passes on, and is most of it."""
    parts = (inner.source, inner.cue, inner.content)
    if not all(_within(outer.content, part) for part in parts):
        return False
    low, high = min(p.start for p in parts), max(p.end for p in parts)
    lead = cast.text[max(span.start for span in outer.content if span.start <= low) : low]
    size = sum(end - start for start, end in outer.content)
    return high - low >= _COVERS * size and (len(lead) <= _FIRST or lead.endswith("that "))


def passes_on(cast: Cast, f: Found) -> bool:
    """Whether a source is an outlet, by its name or by its noun, or a paper by which something is told."""
    start, end = f.source[0]
    core = core_of(cast.text[start:end])
    for low, high, _ in cast.outlets.in_stretch(start, start + len(core) + 3):
        if high >= start + len(core) and not PREPOSITION.search(f" {cast.text[start:low]}"):
            return True
    nouns = PREPOSITION.split(f" {core}")[0].lower().split()
    if nouns[-1:] and nouns[-1] in words("outlet_nouns"):
        return True
    turned = bool(f.cue) and _TURNED.match(cast.text, f.cue.start) is not None
    paper = not words("issued_nouns", "paper_nouns").isdisjoint(nouns)
    return turned and paper and any(cast.outlets.in_stretch(start, end))  # "a letter leaked to Radio Eko"


def owned(cast: Cast, f: Found) -> Found:
    """An attribution without a source whose cue goes on from an outlet's: "…, Radio Eko reported, adding that …"."""
    text = cast.text
    if f.source or not f.cue:
        return f
    for low, high, _ in reversed(list(cast.outlets.in_stretch(max(0, f.cue.start - 80), f.cue.start))):
        between = text[high : f.cue.start]
        if len(between.split()) <= 2 and _GOES_ON.fullmatch(between + text[f.cue.start : f.cue.end]):
            after = [span for span in f.content if span.start >= f.cue.start]
            if after:
                cue = Spans([(high + len(between) - len(between.lstrip(" ,")), f.cue.end)])
                return replace(f, source=Spans([(low, high)]), cue=cue, content=Spans(after), confidence=0.5)
        break
    return f


# ------------------------------------------------------------------------------------------------ whom outlets cite

_CITING = r"(?:(?:also|again|in turn|which)\s+)?(?:citing|quoting|referring to|cited|quoted|cites|quotes)\s+"
_WHOM = r"(?P<whom>(?!(?:it|its own|figures?|data|by)\b)[^,;:.\n“”\"]{3,90})"
_WHEN = r"(?:\s+(?:(?:on|last|this|late)\s[\w\s]{2,20}|[A-Z][a-z]+day))?"
_CITED_AFTER = re.compile(rf"{_WHEN},\s*{_CITING}{_WHOM}(?=[,.;]|$)")
_CITED_BEFORE = re.compile(rf"(?:^|[\n.]\s*)(?:Citing|Quoting)\s+{_WHOM},\s*$")
_CITED_IN = re.compile(rf",\s*{_CITING}{_WHOM}$")
_QUOTES = ("quoted", "quotes", "cites", "cited")
_AS_SAYING = re.compile(
    r"\s+(?P<whom>(?!by\b)[^,;:.\n]{3,80}?)\s+"
    r"(?:as\s+\w+ing|to the effect that|for the (?:assertion|claim|statement))(?!\w)"
)


# "The agency KNA quoted Vekk on Tuesday as saying he would go": Vekk says it
_QUOTED = re.compile(
    r"\b(?P<cue>quot(?:ed|es)|cit(?:ed|es)) (?P<whom>(?!by\b)[^,;:.\n“”\"]{3,80}?)"
    r"(?: (?:on|last|late|earlier) [A-Za-z]+(?: \w+)?| [A-Z][a-z]+day)? (?P<saying>as saying)(?: that)? "
    r"(?P<said>[^.\n]+?)(?=[.\n]| --? | [–—] |$)"
)


def with_quoted(cast: Cast, found: Sequence[Found]) -> list[Found]:
    """The attributions, with what an outlet quotes somebody "as saying" given to that one and not to the outlet."""
    found = list(found)
    for match in _QUOTED.finditer(cast.text) if "as saying" in cast.text else ():
        whom, said = Spans([match.span("whom")]), Spans([match.span("said")])
        at = [f for f in found if f.cue and match.start() <= f.cue.start < match.end("saying")]
        if any(_within(whom, f.source) for f in at) or any(f.source and _within(said, f.cue) for f in found if f.cue):
            continue
        cue = Spans([match.span("cue"), match.span("saying")])
        found = [*(f for f in found if f not in at), Found(whom, cue, said, _QUOTED_SURE)]
    return found


def cited(cast: Cast, f: Found, others: Sequence[Found], actor: Actor) -> Found | None:
    """An outlet's attribution as that of whom the outlet has its words from: "the station said, citing the police".

    None where it cites nobody, or somebody to whom another attribution gives the words already.
    """
    whom = _citing(cast, f) if f.cue and f.source else None
    quotes = f.cue and cast.text[f.cue.start : f.cue.end].lower() in _QUOTES
    if whom is None or (actor.kind != "outlet" and not quotes):
        return None
    if any(o is not f and (_within(whom, o.source) or _within(o.source, whom)) for o in others):
        return None
    return replace(f, source=whom)


def _citing(cast: Cast, f: Found) -> Spans | None:
    """The words for whom somebody cites, unless they name an outlet."""
    text = cast.text
    match = _CITED_AFTER.match(text, f.cue.end, f.cue.end + 140) if f.cue else None
    match = match or _CITED_AFTER.match(text, f.source.end, f.source.end + 140)
    match = match or _CITED_BEFORE.search(text, max(0, f.source.start - 110), f.source.start)
    match = match or _CITED_IN.search(text, f.source.start, f.source.end)
    if match is None and f.cue and text[f.cue.start : f.cue.end].lower() in _QUOTES:
        match = _AS_SAYING.match(text, f.cue.end, f.cue.end + 120)
    if match is None or cast.outlets.find(_bare(match["whom"])) is not None:
        return None
    return Spans([match.span("whom")])


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.IGNORECASE)


def _within(outer: Spans, inner: Spans) -> bool:
    return bool(outer) and outer.start <= inner.start and inner.end <= outer.end
