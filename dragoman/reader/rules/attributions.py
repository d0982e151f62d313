"""Finds the attributions of one English sentence: for each reporting verb or phrase its source and its content.

In: the tokens of a sentence. Out: attributions as token ranges, outermost first, with how sure the pattern is.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.reader.rules.attribution_sources import Attribution, by_phrase, by_verb, speaks
from dragoman.reader.rules.content_starts import content_start, skip_adverbials, stripped
from dragoman.reader.rules.tokens import LONG_DASHES, Range, Token
from dragoman.reader.rules.verb_groups import Group, groups_of
from dragoman.reader.vocabulary import words


def attributions_of(tokens: Sequence[Token]) -> list[Attribution]:
    """The attributions of one sentence."""
    found: list[Attribution] = []
    last: Attribution | None = None
    for group in groups_of(tokens):
        if (
            not group.says
            and not group.passive
            and group.form.verb.lemma not in ("quote", "cite")
            and not content_start(tokens, group, len(tokens))[1]
        ):
            continue
        attribution = by_verb(tokens, group, last)
        if attribution is not None and speaks(tokens, attribution):
            found.append(attribution)
            last = attribution
    found += by_phrase(tokens)
    found.sort(key=lambda a: a.cue[0].low)
    for n, attribution in enumerate(found):
        _give_content(tokens, attribution, found, n)
    return [a for a in found if a.content and _holds_words(tokens, a.content)]


def _give_content(tokens: Sequence[Token], this: Attribution, found: Sequence[Attribution], n: int) -> None:
    """Finds what is said in the n-th attribution of a sentence: after its cue, before it, or on both sides."""
    if this.content:
        return
    end = _clause_end(tokens, this, found, n)
    if this.group is None:
        this.content = _phrase_content(tokens, this, end)
        return
    start, sure = content_start(tokens, this.group, end)
    inverted = this.source is not None and this.source.low >= this.group.high
    if inverted:
        assert this.source is not None
        start, sure = this.source.high, 0.0
        start = skip_adverbials(tokens, start, end)
    if 0 < sure <= 0.65:
        end = _object_end(tokens, start, end, this.group)
    rest = stripped(tokens, Range(start, end))
    head = this.source.low if this.source is not None and not inverted and not this.shared else this.group.low
    goes_on = this.shared and this.group.form.kind == "ing"
    ahead = _ahead(tokens, head, found, n) if this.group.says and not goes_on else None
    broken = (start < end and tokens[start].text in (",", *LONG_DASHES)) or (inverted and rest is not None)
    post = rest if rest is not None and (sure > 0 or broken) else None
    if inverted and rest is not None and not (tokens[rest.low].quote or tokens[start].text == ","):
        post = None
    if broken and ahead is None:
        post = None if not sure else post
    if ahead is not None and (broken or post is None or inverted):
        this.content = [ahead] + ([post] if post is not None and _goes_on(tokens, post) else [])
        this.confidence = 0.9 if tokens[ahead.high - 1].quote or tokens[ahead.high - 2].quote else 0.8
    elif post is not None:
        this.content = [post]
        this.confidence = min(this.confidence, sure) if this.shared else sure
    if this.group.negated and this.group.form.verb.lemma in ("comment", "respond", "reply", "answer"):
        this.content = []


def _object_end(tokens: Sequence[Token], start: int, end: int, group: Group) -> int:
    """Where an object ends: before a comma that something new follows, after the words that somebody is called."""
    verb = group.form.verb
    if verb.particle and tokens[group.high - 1].low != verb.particle.split()[-1]:  # "ruled that out"
        return next((i for i in range(start + 1, end) if tokens[i].low == verb.particle), end)
    if verb.lemma in ("call", "describe", "brand", "label", "dub", "term"):
        quote = next((i for i in range(start, end) if tokens[i].quote), None)
        if quote is not None:
            return quote + 1
    if (
        tokens[start].low in ("this", "it", "that")
        and start + 1 < end
        and tokens[start + 1].low in ("to", "on", "in", "at")
    ):
        return start + 1
    for i in range(start + 1, end - 1):
        if tokens[i].text == "," and tokens[i + 1].low in words("breaks_after_object"):
            return i
    return end


def _goes_on(tokens: Sequence[Token], post: Range) -> bool:
    """Whether the words after "…, he said," belong to what is said."""
    first = tokens[post.low]
    return (
        first.quote
        or not (
            first.low.endswith("ing") or first.low in ("in", "on", "at", "after", "when", "as", "a", "the", "which")
        )
        or any(t.quote for t in tokens[post.low : post.high])
    )


def _clause_end(tokens: Sequence[Token], this: Attribution, found: Sequence[Attribution], n: int) -> int:
    """Where what follows the cue must end: the next attribution that is not nested, or the sentence's end."""
    own = max(r.high for r in (*this.cue, *([this.source] if this.source is not None else [])))
    for other in found[n + 1 :]:
        if other.boundary <= own - 1 and not other.shared:
            continue
        if other.group is not None and not other.shared and other.source is not None:
            at = other.boundary
            contrasts = tokens[at].low in ("but", "though", "although", "while", "whereas")
            if own <= at < other.source.low and (contrasts or tokens[at].text in (",", ";", *LONG_DASHES)):
                return at
            inverted = other.source.low >= other.group.high
            if inverted or (other.source.low > 0 and tokens[other.source.low - 1].text == "," and _tail(tokens, other)):
                return other.boundary
        elif (other.shared or other.group is None) and other.boundary >= own:
            return other.boundary
    breaks = {other.boundary for other in found}
    return next((k for k in range(own, len(tokens)) if k in breaks and tokens[k].text == ";"), len(tokens))


def _tail(tokens: Sequence[Token], other: Attribution) -> bool:
    """Whether nothing but adverbials follows the other cue: "…, Voice of America reported." """
    assert other.group is not None
    return not any(t.word for t in tokens[other.group.high :]) or len(tokens) - other.group.high <= 3


def _ahead(tokens: Sequence[Token], head: int, found: Sequence[Attribution], n: int) -> Range | None:
    """What stands before a source or an inverted verb, when that is what is said: "…, the minister" """
    if head < 1:
        return None
    last = tokens[head - 1]
    if not (last.text in (",", *LONG_DASHES) or last.quote):
        return None
    start = 0
    for other in found[:n]:
        if other.content and other.group is not None and other.content[-1].high >= head - 1:
            continue
        if other.content and other.content[-1].high <= head:
            start = max(start, other.content[-1].high)
    while start < head and (
        tokens[start].text in (",", ";", *LONG_DASHES) or tokens[start].low in ("and", "but", "while", "though", "yet")
    ):
        start += 1
    for i in range(head - 2, start - 1, -1):
        if tokens[i].text == ";" or (tokens[i].text in "—–" and not tokens[head - 1].quote and i > start + 3):
            start = i + 1
            break
    # a quotation right before the source is all that is said, unless words lead to it
    high = head if last.quote else head - 1
    if high <= start:
        return None
    content = Range(start, high)
    return content if sum(t.word for t in tokens[start:high]) >= 2 or any(t.quote for t in tokens[start:high]) else None


def _phrase_content(tokens: Sequence[Token], this: Attribution, end: int) -> list[Range]:
    assert this.source is not None
    low, high = this.cue[0].low, this.source.high
    before = stripped(tokens, Range(_start_of_clause(tokens, low), low))
    after = stripped(tokens, Range(high, end))
    if before is not None and sum(t.word or t.quote for t in tokens[before.low : before.high]) < 1:
        before = None
    if low <= 1 or before is None:
        return [after] if after is not None else []
    if (
        after is not None
        and tokens[high].text == ","
        and tokens[low - 1].text in (",", *LONG_DASHES)
        and _goes_on(tokens, after)
    ):
        return [before, after]
    return [before]


def _start_of_clause(tokens: Sequence[Token], end: int) -> int:
    return next((i + 1 for i in range(end - 2, -1, -1) if tokens[i].text == ";"), 0)


def _holds_words(tokens: Sequence[Token], content: Sequence[Range]) -> bool:
    return any(t.word or t.quote for r in content for t in tokens[r.low : r.high])
