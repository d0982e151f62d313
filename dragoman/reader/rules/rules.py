"""Finds attributions by rules: reporting verbs, "according to", quotation marks, colons; English and Arabic.

In: drafts. Out: for each draft its attributions as spans of the text, outermost first. Names are left to the steps
that follow.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from dragoman import __version__
from dragoman.reader.draft import Draft, Found, Mention
from dragoman.reader.rules.arabic_attributions import attributions_in
from dragoman.reader.rules.arabic_words import ARABIC
from dragoman.reader.rules.attribution_sources import Attribution
from dragoman.reader.rules.attributions import attributions_of
from dragoman.reader.rules.headings import heading, speech_turn
from dragoman.reader.rules.phrases_after import phrase_after
from dragoman.reader.rules.quotes import quotations
from dragoman.reader.rules.tokens import Range, Token, tokens_of
from dragoman.reading import Span, Spans

_NEAR = 40  # attributions looked back to for one that holds another: they stand in one paragraph


class RulesFinder:
    """A finder that needs no model."""

    batch = 16

    def __init__(self) -> None:
        self.name = f"rules {__version__}"

    def find(self, drafts: Sequence[Draft]) -> list[tuple[list[Found], list[Mention]]]:
        """For each draft, in order, the attributions found in it."""
        return [(find_attributions(draft), []) for draft in drafts]


def find_attributions(draft: Draft) -> list[Found]:
    """The attributions of one draft, in text order, those that hold others first."""
    text, segments = draft.document.text, draft.segments
    quoted = quotations(text, segments.paragraphs)
    found: list[Found] = []
    sentence = 0
    for number, paragraph in enumerate(segments.paragraphs):
        mine = []
        while sentence < len(segments.sentences) and segments.sentences[sentence].start < paragraph.end:
            mine.append(segments.sentences[sentence])
            sentence += 1
        inside = [q for q in quoted if paragraph.start <= q.start < paragraph.end]
        before = found[-1].source if found else Spans()
        found += _paragraph(draft, number, paragraph, whole_sentences(mine, inside), inside, before)
    return nested(found)


def whole_sentences(sentences: Sequence[Span], quoted: Sequence[Span]) -> list[Span]:
    """The sentences, joined where one ends inside a quotation."""
    joined: list[Span] = []
    for sentence in sentences:
        n = bisect_left(quoted, (joined[-1].end,)) - 1 if joined else -1
        if n >= 0 and joined[-1].end <= sentence.start < quoted[n].end:
            joined[-1] = Span(joined[-1].start, sentence.end)
        else:
            joined.append(sentence)
    return joined


def _paragraph(
    draft: Draft, number: int, paragraph: Span, sentences: list[Span], quoted: list[Span], before: Spans
) -> list[Found]:
    text = draft.document.text
    turn = speech_turn(draft, paragraph) if number else None
    if turn is not None:
        return _split_turn(turn, sentences)
    title = heading(draft, paragraph) if number == 0 else None
    if title is not None:
        return [title]
    found: list[Found] = []
    speaking: Found | None = None  # whose direct words a quotation without a cue goes on with
    for sentence in sentences:
        tokens = tokens_of(text, sentence.start, sentence.end, quoted)
        if ARABIC.search(text, sentence.start, sentence.end):
            new = attributions_in(text, sentence, quoted, found[-1].source if found else before)
        else:
            new = [_found(tokens, a) for a in attributions_of(tokens)]
        if not new:
            bare = _bare_quotation(tokens)
            if bare is not None and speaking is not None:
                speaking.content = Spans([*speaking.content, bare])
                continue
            if bare is not None and not found and len(sentences) >= 1 and number:
                new = [Found(Spans(), Spans(), Spans([bare]), 0.6, form="direct")]
                speaking = new[0]
            else:
                new = _colon_quotation(tokens)
        found += new
        direct = [f for f in new if any(q.start < s.end and s.start < q.end for q in quoted for s in f.content)]
        speaking = direct[-1] if direct else (speaking if not new and not tokens else None if new else speaking)
    return found


def _split_turn(turn: Found, sentences: list[Span]) -> list[Found]:
    """One attribution for each sentence of a turn; greetings and thanks are none."""
    start = turn.content.start
    pieces = [Span(max(start, s.start), s.end) for s in sentences if s.end > start]
    long = [p for p in pieces if p.end - p.start >= 30]
    if len(long) < 2:
        return [turn]
    return [
        Found(turn.source, turn.cue, Spans([p]), turn.confidence - 0.15, form=turn.form, negated=False) for p in long
    ]


def _bare_quotation(tokens: Sequence[Token]) -> Span | None:
    """The quotation that is all of a sentence."""
    words = [t for t in tokens if t.quote or t.word]
    if len(words) == 1 and words[0].quote and words[0].end - words[0].start > 8:
        return Span(words[0].start, words[0].end)
    return None


def _colon_quotation(tokens: Sequence[Token]) -> list[Found]:
    """ "A diplomat did: “Nobody is left.”" """
    for i in range(1, len(tokens) - 1):
        if tokens[i].text == ":" and tokens[i + 1].quote:
            source = phrase_after(tokens, 0)
            if source is None or source.high > i:
                return []
            quote = tokens[i + 1]
            return [
                Found(
                    Spans([(tokens[source.low].start, tokens[source.high - 1].end)]),
                    Spans([(tokens[i].start, tokens[i].end)]),
                    Spans([(quote.start, quote.end)]),
                    0.6,
                )
            ]
    return []


def _found(tokens: Sequence[Token], a: Attribution) -> Found:
    def spans(ranges: Sequence[Range]) -> Spans:
        return Spans((tokens[r.low].start, tokens[r.high - 1].end) for r in sorted(ranges))

    group = a.group
    return Found(
        source=spans([a.source]) if a.source is not None else Spans(),
        cue=spans(a.cue),
        content=spans(a.content),
        confidence=a.confidence,
        negated=group.negated if group is not None else False,
        scores={},
    )


def nested(found: list[Found]) -> list[Found]:
    """The same attributions in text order, those that hold others first, each knowing in whose content it stands."""
    found = sorted(found, key=lambda f: (_begin(f), (f.cue or f.content).start))
    for n in range(1, len(found)):  # one that begins with what it holds comes before it
        m = n
        while m and _begin(found[m - 1]) == _begin(found[n]) and _holds(found[n], found[m - 1]):
            m -= 1
        found.insert(m, found.pop(n))
    lengths = [_length(f) for f in found]
    borders = [(f.content.start, f.content.end) for f in found]
    for place, f in enumerate(found):
        low, high = borders[place] if f.content else (f.cue.start, f.cue.end)
        holders = [
            (lengths[n], n)
            for n in range(max(0, place - _NEAR), place)
            if borders[n][0] <= low and high <= borders[n][1] and _holds(found[n], f)
        ]
        f.within = min(holders)[1] if holders else None
    return found


def _begin(f: Found) -> int:
    return min(spans.start for spans in (f.source, f.cue, f.content) if spans)


def _length(f: Found) -> int:
    return sum([end - start for start, end in f.content])


def _holds(outer: Found, inner: Found) -> bool:
    if outer is inner or _length(outer) <= _length(inner):
        return False
    for start, end in (*(inner.cue or inner.content), *inner.content):
        if not any(s <= start and end <= e for s, e in outer.content):
            return False
    return True
