"""Turns found attributions into statements: who speaks, for whom, through which outlets, how, and when.

In: a draft whose finder has been. Out: statements in text order, s1, s2, …, outermost first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from dragoman.reader.dates.dates import find_dates
from dragoman.reader.dates.occasions import day_of_document, said_on
from dragoman.reader.draft import Draft, Found
from dragoman.reader.names.casting import cast_of
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.parties.parties import choose_parties
from dragoman.reader.rules import acts
from dragoman.reader.rules.arabic_words import ARABIC
from dragoman.reader.rules.quotes import quotations
from dragoman.reader.rules.rules import nested, whole_sentences
from dragoman.reader.speakers.arabic_speakers import outlets_in
from dragoman.reader.speakers.bare_quotations import with_bare_quotations
from dragoman.reader.speakers.chain import Hop, hops_of, lead_outlet
from dragoman.reader.speakers.counts import with_counts
from dragoman.reader.speakers.missing_sources import with_sources
from dragoman.reader.speakers.missing_turns import with_missing_turns
from dragoman.reader.speakers.nothing_said import says_something, without_interviewer
from dragoman.reader.speakers.own_voice import with_own_voice
from dragoman.reader.speakers.passed_on import cited, opened, owned, passes_on, with_quoted
from dragoman.reader.speakers.resolved_items import with_items
from dragoman.reader.speakers.speakers import Speakers
from dragoman.reader.speakers.told_before import with_what_was_told
from dragoman.reader.speakers.trimming import below_headline, speaker_alone, within_its_clause, without_outlet_told
from dragoman.reader.speakers.whole_conditions import with_whole_conditions
from dragoman.reader.speakers.whole_quotations import not_signed_off, with_whole_quotations
from dragoman.reader.speakers.whole_sources import whole_source
from dragoman.reading import Span, Spans, Speaker, Statement

_NEAR = 12  # neighbours among which one sentence's other attributions are
_LAST_WORDS = 3  # so many words at its end may a finder have lost
_SAME_WORDS = 0.8  # the share of its words that an outlet's report has in common with the one that it carries
_COVERS = 0.6  # an outlet's report of which one statement fills this share is that statement's chain, not a claim


def resolve(draft: Draft) -> list[Statement]:
    """The statements of a draft."""
    text, segments = draft.document.text, draft.segments
    quoted = quotations(text, segments.paragraphs)
    found = nested(with_whole_quotations(draft, [f for f in draft.found if f.content], quoted))
    cast = draft.cast = cast_of(draft)
    wide = draft.style == "polnear"  # its annotators mark a report, not what is said inside it, and nothing without cue
    if not wide:
        found = opened(cast, found)
    found = [below_headline(text, f) for f in found]
    found = [owned(cast, speaker_alone(draft, whole_source(cast, not_signed_off(cast, f)))) for f in found]
    speakers = Speakers(cast)
    found = [within_its_clause(draft, without_outlet_told(cast, f)) for f in found if says_something(draft, f)]
    if not wide:
        found = with_whole_conditions(draft, with_what_was_told(draft, found))
    found = with_missing_turns(cast, found)
    if not wide:
        found = with_quoted(cast, with_counts(cast, without_interviewer(draft, found)))
    found = with_sources(cast, speakers.antecedents, found)
    if not wide:
        found = with_items(cast, with_own_voice(cast, speakers.antecedents, found))
        found = with_bare_quotations(cast, speakers.antecedents, found)
    found = nested(found)
    actors = []
    for n, f in enumerate(found):
        actors.append(speakers.speaker(f))
        if not wide and (behind := cited(cast, f, found, actors[n])) is not None:
            found[n], actors[n] = behind, speakers.speaker(behind)
    choose_parties(cast, found, actors)
    kept = [n for n in range(len(found)) if wide or not _wraps(cast, found, actors, n)]
    found = [_completed(draft, found, n, kept) for n in range(len(found))]
    sentences = whole_sentences(segments.sentences, quoted)
    places = {n: f"s{m}" for m, n in enumerate(kept, 1)}
    dates = find_dates(draft.document.text, draft.document.published)
    statements: list[Statement] = []
    hops: dict[int, list[Hop]] = {}
    day = day_of_document(draft)
    for n in kept:
        hops[n] = _chain(draft, cast, found, actors, n, kept, hops, sentences)
        statements.append(
            replace(
                _statement(draft, found, actors, n, hops[n], places),
                said_on=said_on(draft, found[n], _sentence_of(found[n], sentences), day, dates),
            )
        )
    return statements


def _completed(draft: Draft, found: list[Found], n: int, kept: list[int]) -> Found:
    """One attribution, with the last words of the outlet's report that passes it on, where it lacks only these."""
    f = found[n]
    if f.within is None or f.within in kept or not f.content:
        return f
    start, end = f.content[-1]
    until = found[f.within].content.end
    if end < until and end > f.source.end and len(draft.document.text[end:until].split()) <= _LAST_WORDS:
        return replace(f, content=Spans([*f.content[:-1], Span(start, until)]))
    return f


def _within(outer: Spans, inner: Spans) -> bool:
    return bool(outer) and outer.start <= inner.start and inner.end <= outer.end


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
        act=_act(draft, f),
        negated=acts.is_negated(document, f),
        confidence=round(f.confidence, 3),
        within=ids[within] if within is not None else None,
    )


def _act(draft: Draft, f: Found) -> str:
    """The act that the words of a cue leave no choice about, else the finder's."""
    document = draft.document
    if acts.gives_up(document, f):
        return "concession"
    act = acts.likeliest(document, f)
    if act in ("claim", "expectation") and acts.rules_out(document, f):
        return "rejection"
    return "rejection" if act in ("claim", "demand", "support") and acts.refuses(document, f) else act


def _sentence_of(found: Found, sentences: list[Span]) -> Span:
    position = found.cue.start if found.cue else found.content.start
    n = bisect_right(sentences, (position, float("inf"))) - 1
    if n >= 0 and sentences[n].start <= position < sentences[n].end:
        return sentences[n]
    return Span(found.content.start, found.content.end)


def _wraps(cast: Cast, found: list[Found], actors: list[Actor], n: int) -> bool:
    """Whether an outlet's report only passes on what another statement of the same sentence says."""
    outer = found[n]
    if actors[n].kind != "outlet" and not (outer.source and passes_on(cast, outer)):
        return False
    size = sum(e - s for s, e in outer.content)
    for m in range(n + 1, min(len(found), n + _NEAR)):
        inner = found[m]
        if m != n and inner.within == n and actors[m].kind != "outlet" and inner.source:
            low = min(s.start for s in (inner.source, inner.cue, inner.content))
            high = max(s.end for s in (inner.source, inner.cue, inner.content))
            if high - low >= _COVERS * size:
                return True
    # "According to the daily, the envoy told parliament": whom the finder took for what the daily says
    near = range(max(0, n - _NEAR), min(len(found), n + _NEAR))
    turned = outer.cue and outer.cue.text(cast.draft.document).lower() == "according to"
    if turned and any(m != n and _within(found[m].source, outer.content) for m in near):
        return True
    # "The envoy said he would wait, Radio Eko reported", where the finder gives both the same words
    others = (m for m in near if m != n and actors[m].kind != "outlet")
    return any(found[m].source and _shared(found[m].content, outer.content) >= _SAME_WORDS * size for m in others)


def _shared(one: Spans, other: Spans) -> int:
    """How many letters two contents share, less those that only one of them has."""
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    return 3 * both - sum(e - s for s, e in (*one, *other))


def _chain(
    draft: Draft,
    cast: Cast,
    found: list[Found],
    actors: list[Actor],
    n: int,
    kept: Sequence[int],
    done: dict[int, list[Hop]],
    sentences: list[Span],
) -> list[Hop]:
    """The outlets of one statement: its sentence's, its holder's, its paragraph's, or those that it goes on from."""
    f, actor = found[n], actors[n]
    position = f.cue.start if f.cue else f.content.start
    sentence = _sentence_of(f, sentences)
    end = max(sentence.end, f.content.end)
    others = [found[m] for m in kept[bisect_left(kept, n - _NEAR) : bisect_left(kept, n + _NEAR)]]
    hops = hops_of(cast, f, actor, Span(sentence.start, end), others)
    if ARABIC.search(draft.document.text, sentence.start, sentence.end):
        hops += [
            Hop(name, span)
            for name, span in outlets_in(draft.document.text, sentence.start, end)
            if not cast.outlets.is_own(name) and span.start < max(f.cue.end if f.cue else 0, f.content.start)
        ]
    if f.within is not None and (f.within in done or actors[f.within].kind == "outlet"):
        outer = done.get(f.within, [])
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
            goes_on = source in ("he", "she", "they", "it", "") or f.source == found[m].source
            return done[m] if goes_on or (actors[n].anonymous and source.startswith("the ")) else []
        if found[m].within != n:
            return []
    return []
