"""Finds the noun phrase that stands after a verb or a phrase such as "according to".

In: the tokens of a sentence and where the noun phrase begins. Out: its tokens, appositions and relative clauses
included.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.reader.rules.tokens import DASHES, Range, Token, looks_like_verb
from dragoman.reader.vocabulary import words


def phrase_after(tokens: Sequence[Token], start: int, *, clause: bool = False) -> Range | None:
    """The noun phrase that begins at token `start`, appositions and relative clauses included.

    With `clause` a full clause follows it after a comma ("according to X, Y did"), so only short insertions are taken.
    """
    i, limit = start, len(tokens)
    while i < limit:
        t = tokens[i]
        if (
            (t.quote and i > start)
            or t.text in ".;:!?…)"
            or t.text in DASHES
            or (t.low in words("subordinators") and t.low not in ("who", "which", "whose") and i > start)
        ):
            break
        if t.text == ",":
            high = _insertion_after(tokens, i, clause=clause)
            if high is None:
                break
            i = high
            continue
        if i > start and (
            (looks_like_verb(t) and not _noun_here(tokens, i))
            or (t.low in ("and", "but") and not _name_follows(tokens, i))
        ):
            break
        if i > start and t.low in words("adverbial_openers") and _adverbial(tokens, i):
            break
        i += 1
    if i == start or tokens[start].low in words("prepositions"):
        return None
    return Range(start, i)


def _noun_here(tokens: Sequence[Token], i: int) -> bool:
    before = tokens[i - 1].low
    return before in ("who", "which", "to") or (tokens[i].low.endswith("s") and before in words("determiners"))


def _name_follows(tokens: Sequence[Token], i: int) -> bool:
    after = tokens[i + 1 : i + 4]
    return bool(after) and (
        after[0].capital or (after[0].low in words("determiners") and not any(looks_like_verb(t) for t in after))
    )


def _adverbial(tokens: Sequence[Token], i: int) -> bool:
    """Whether an adverbial of time or occasion begins at token i."""
    low = [t.low for t in tokens[i : i + 4]]
    if low[0] in ("yesterday", "today", "when", "while", "as", "late", "earlier", "after", "before", "during"):
        return True
    if low[0] in ("last", "this"):
        return len(low) > 1 and low[1] in words("time_words", "months")
    rest = [w for w in low[1:] if w not in ("the", "a", "an", "early", "late", "his", "her", "its", "their")]
    if not rest:
        return False
    return rest[0] in words("time_words", "months", "occasion_nouns") or rest[0][:1].isdigit()


def _insertion_after(tokens: Sequence[Token], comma: int, *, clause: bool) -> int | None:
    """Where an apposition or relative clause that follows the comma ends; None when something else follows."""
    i = comma + 1
    if i >= len(tokens) or tokens[i].quote:
        return None
    first = tokens[i]
    relative = first.low in ("who", "which", "whose")
    if not relative and (
        first.low not in ("a", "an", "the", "his", "her", "its", "their", "one", "now", "then", "himself", "herself")
        and not first.capital
        and first.low not in words("role_nouns")
    ):
        return None
    end = i
    while end < len(tokens) and not (tokens[end].text in ",.;:!?)…" or tokens[end].quote or tokens[end].text in DASHES):
        end += 1
    if (
        not relative
        and any(
            looks_like_verb(t) and not _noun_here(tokens, n) for n, t in enumerate(tokens[i:end], i) if t.low != "who"
        )
        and not any(t.low in ("who", "which") for t in tokens[i:end])
    ):
        return None
    closed = end < len(tokens) and tokens[end].text == ","
    return None if (clause and not closed) or end - i > 25 else end
