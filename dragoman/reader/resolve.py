"""Turns found attributions into statements: who speaks, for whom, through which outlets, how, and when.

In: a draft whose finder has been. Out: statements in text order, s1, s2, …, outermost first.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from dragoman.reader import acts
from dragoman.reader.arabic import ARABIC
from dragoman.reader.arabic_speakers import outlets_in
from dragoman.reader.chain import Hop, hops_of, lead_outlet
from dragoman.reader.dates import find_dates
from dragoman.reader.draft import Draft, Found
from dragoman.reader.names import Actor, Cast
from dragoman.reader.occasions import day_of_document, said_on
from dragoman.reader.parties import choose_parties
from dragoman.reader.quotes import quotations
from dragoman.reader.rules import nested, whole_sentences
from dragoman.reader.speakers import Speakers
from dragoman.reading import Span, Spans, Speaker, Statement

_NEAR = 12  # neighbours among which one sentence's other attributions are
_COVERS = 0.6  # an outlet's report of which one statement fills this share is that statement's chain, not a claim


def resolve(draft: Draft) -> list[Statement]:
    """The statements of a draft."""
    found = nested([f for f in draft.found if f.content])
    cast = draft.cast = Cast.of(draft)
    speakers = Speakers(cast)
    actors = [speakers.speaker(f) for f in found]
    choose_parties(cast, found, actors)
    kept = [n for n, f in enumerate(found) if not _wraps(draft, found, actors, n)]
    sentences = _sentences(draft)
    places = {n: f"s{m}" for m, n in enumerate(kept, 1)}
    dates = find_dates(draft.document.text, draft.document.published, draft.document.language)
    statements: list[Statement] = []
    hops: dict[int, list[Hop]] = {}
    day = day_of_document(draft)
    for n in kept:
        hops[n] = _chain(draft, cast, found, actors, n, hops, sentences)
        statements.append(
            replace(
                _statement(draft, found, actors, n, hops[n], places),
                said_on=said_on(draft, found[n], _sentence_of(found[n], sentences), day, dates),
            )
        )
    return statements


def _statement(
    draft: Draft, found: list[Found], actors: list[Actor], n: int, hops: list[Hop], ids: dict[int, str]
) -> Statement:
    f, actor, document = found[n], actors[n], draft.document
    within = f.within
    while within is not None and within not in ids:
        within = found[within].within
    return Statement(
        id=ids[n],
        source=f.source,
        cue=f.cue,
        content=f.content,
        speaker=Speaker(actor.name or None, actor.party, actor.anonymous),
        via=tuple(h.name for h in hops),
        via_spans=tuple(Spans([h.span]) for h in hops),
        form=f.form or acts.form_of(document, f),
        act=f.act or acts.act_of(document, f),
        negated=f.negated if f.negated is not None else acts.negated_of(document, f),
        confidence=round(f.confidence, 3),
        within=ids[within] if within is not None else None,
    )


def _sentences(draft: Draft) -> list[Span]:
    text, segments = draft.document.text, draft.segments
    return whole_sentences(segments.sentences, quotations(text, segments.paragraphs))


def _sentence_of(found: Found, sentences: list[Span]) -> Span:
    position = found.cue.start if found.cue else found.content.start
    n = bisect_right(sentences, (position, float("inf"))) - 1
    if n >= 0 and sentences[n].start <= position < sentences[n].end:
        return sentences[n]
    return Span(found.content.start, found.content.end)


def _wraps(draft: Draft, found: list[Found], actors: list[Actor], n: int) -> bool:
    """Whether an outlet's report only passes on what another statement of the same sentence says."""
    outer = found[n]
    if actors[n].kind != "outlet":
        return False
    size = sum(e - s for s, e in outer.content)
    for m in range(n + 1, min(len(found), n + _NEAR)):
        inner = found[m]
        if m != n and inner.within == n and actors[m].kind != "outlet" and inner.source:
            low = min(s.start for s in (inner.source, inner.cue, inner.content))
            high = max(s.end for s in (inner.source, inner.cue, inner.content))
            if high - low >= _COVERS * size:
                return True
    return False


def _chain(
    draft: Draft,
    cast: Cast,
    found: list[Found],
    actors: list[Actor],
    n: int,
    done: dict[int, list[Hop]],
    sentences: list[Span],
) -> list[Hop]:
    """The outlets of one statement: its sentence's, its holder's, its paragraph's, or those that it goes on from."""
    f, actor = found[n], actors[n]
    position = f.cue.start if f.cue else f.content.start
    sentence = _sentence_of(f, sentences)
    end = max(sentence.end, f.content.end)
    hops = hops_of(cast, f, actor, Span(sentence.start, end), found[max(0, n - _NEAR) : n + _NEAR])
    if ARABIC.search(draft.document.text, sentence.start, sentence.end):
        hops += [
            Hop(name, span)
            for name, span in outlets_in(draft.document.text, sentence.start, end)
            if not cast.outlets.is_own(name) and span.start < max(f.cue.end if f.cue else 0, f.content.start)
        ]
    if f.within is not None and f.within in done:
        outer = done[f.within]
        if actors[f.within].kind == "outlet" and not cast.outlets.is_own(actors[f.within].name):
            hops += (
                [Hop(actors[f.within].name, Span(found[f.within].source.start, found[f.within].source.end))]
                if found[f.within].source
                else []
            )
        hops += outer
    elif not hops:
        hops = _carried(draft, found, actors, n, done)
    paragraphs = draft.segments.paragraphs
    if paragraphs:
        lead = lead_outlet(cast, paragraphs[draft.segments.paragraph_at(position)])
        if lead is not None and lead.name != actor.name:
            hops = [*hops, lead]
    seen: set[str] = set()
    return [h for h in hops if h.name != actor.name and not (h.name in seen or seen.add(h.name))]  # type: ignore[func-returns-value]


def _carried(draft: Draft, found: list[Found], actors: list[Actor], n: int, done: dict[int, list[Hop]]) -> list[Hop]:
    """The chain of the statement before, where the same speaker goes on in the same paragraph."""
    f = found[n]
    position = f.cue.start if f.cue else f.content.start
    paragraph = draft.segments.paragraph_at(position)
    for m in range(n - 1, -1, -1):
        if m not in done:
            continue
        before = found[m].cue.start if found[m].cue else found[m].content.start
        if draft.segments.paragraph_at(before) != paragraph:
            return []
        if actors[m] is actors[n]:
            source = f.source.text(draft.document).lower()
            return done[m] if source in ("he", "she", "they", "it", "") or f.source == found[m].source else []
        if found[m].within != n:
            return []
    return []
