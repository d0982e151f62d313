"""Finds the noun phrase that stands before a verb: its subject, with what is said about it in passing.

In: the tokens of a sentence and where the verb begins. Out: the tokens of the noun phrase, or None where nobody is
named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.reader.rules.tokens import DASHES, Range, Token, is_adverb, looks_like_verb
from dragoman.reader.vocabulary import words

_STOPS = frozenset(",;:()[]…!?.")


def subject_before(tokens: Sequence[Token], end: int) -> Range | None:
    """The noun phrase that ends before token `end`, appositions and relative clauses included."""
    k = end - 1
    if k < 0:
        return None
    if tokens[k].text in (",", *DASHES, ")") or tokens[k].low in ("however", "though", "meanwhile"):
        return _with_insertion(tokens, k)
    low = _run(tokens, k)
    if low > k:
        return None
    before = tokens[low - 1] if low > 0 else None
    if tokens[low].low in ("who", "which", "that", "whose") or (
        before is not None
        and (before.low in ("who", "which", "whose") or (before.low == "that" and _relative(tokens, low - 1)))
    ):
        return None
    return _cleaned(tokens, low, k + 1)


def _relative(tokens: Sequence[Token], that: int) -> bool:
    """Whether a "that" follows a noun, as relative ones do, and not a verb of saying."""
    return that > 0 and tokens[that - 1].word and not looks_like_verb(tokens[that - 1])


def _with_insertion(tokens: Sequence[Token], k: int) -> Range | None:
    """A noun phrase whose apposition, relative clause or bracket ends at token k."""
    mark = tokens[k].text
    if mark not in (",", ")", *DASHES):  # "the president, however,"
        k -= 1
        mark = tokens[k].text if k >= 0 else ""
        return subject_before(tokens, k) if mark == "," else None
    partner = {")": "("}.get(mark, mark)
    for m in range(k - 1, max(0, k - 40) - 1, -1):
        if tokens[m].text != partner:
            continue
        if m + 1 < k and m > 0 and _insertion(tokens, m + 1, k):
            core = _run(tokens, m - 1)
            if core <= m - 1:
                cleaned = _cleaned(tokens, core, m)
                if cleaned is not None:
                    return Range(cleaned.low, k if mark != ")" else k + 1)
        if mark != ",":
            return None
    return None


def _insertion(tokens: Sequence[Token], low: int, high: int) -> bool:
    """Whether tokens [low, high) can be an apposition or a clause about the noun phrase before them."""
    first = tokens[low]
    if first.low in words("insertion_openers"):
        return True
    return (
        first.word
        and (first.capital or not looks_like_verb(first))
        and high - low <= 12
        and first.low not in words("connectors")
    )


def _run(tokens: Sequence[Token], k: int) -> int:
    """The first token of the unbroken noun phrase that ends at token k; k + 1 when there is none."""
    j = k
    while j >= 0:
        t = tokens[j]
        if t.quote:
            # a title in quotation marks belongs to its noun phrase, a quotation before it does not
            if j == k or t.end - t.start > 40 or t.text[-2:-1] in ",.!?":
                break
        elif t.text in _STOPS or t.text in DASHES:
            break
        elif t.low in ("who", "which") and j != k and j > 0 and tokens[j - 1].word:
            pass  # "a man who follows the talks"
        elif t.low in words("subordinators") or t.low in ("but", "yet", "nor", "so", "that"):
            break
        elif t.low in ("and", "or", "&"):
            if not _joins_names(tokens, j):
                break
        elif looks_like_verb(t) and j == k and t.low in words("auxiliaries"):
            break
        elif looks_like_verb(t) and j != k and not (t.low.endswith("s") and tokens[j - 1].low in words("determiners")):
            relative = _relative_before(tokens, j)
            if relative is None:
                break
            j = relative
        j -= 1
    return j + 1


def _relative_before(tokens: Sequence[Token], j: int) -> int | None:
    """Where the "who" stands to whose clause the verb at token j belongs: "a man who follows the talks said"."""
    for i in range(j - 1, max(0, j - 9) - 1, -1):
        if (
            tokens[i].low in ("who", "which", "that")
            and i > 0
            and tokens[i - 1].word
            and tokens[i - 1].low not in words("auxiliaries")
        ):
            return i
        if (
            tokens[i].quote
            or not tokens[i].word
            or (looks_like_verb(tokens[i]) and tokens[i].low not in words("auxiliaries"))
        ):
            return None
    return None


def _joins_names(tokens: Sequence[Token], j: int) -> bool:
    """Whether the "and" at token j joins two noun phrases: nothing before it in its clause is a verb."""
    i = j - 1
    seen = 0
    while i >= 0 and seen < 12:
        t = tokens[i]
        if t.text in (",", *DASHES) or t.text in ";:" or t.quote or t.low in words("subordinators"):
            break
        if looks_like_verb(t) or (
            t.low.endswith("ed") and not t.capital and len(t.low) > 4 and t.low not in ("united", "allied", "armed")
        ):
            return False
        i, seen = i - 1, seen + 1
    return seen > 0


_TIME_LEAD = re.compile(
    r"(?:(?:late|early|only|back)\s+)?(?:(?:on|in|at|by|since|during|last|this|next|over)\s+)(?:(?:the|early|"
    r"late|mid)\s+)?"
    r"(?:weekend|week|month|year|day|night|morning|afternoon|evening|dawn|noon|midnight|\w+day|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|\d{4})"
    r"(?:\s+(?:night|morning|afternoon|evening|\d{1,2}(?:\s+\w+)?|\d{4}))?\s+(?=\S)", re.I)  # fmt: skip


def _cleaned(tokens: Sequence[Token], low: int, high: int) -> Range | None:
    """Tokens [low, high) without leading adverbs and adverbials of time; None when they name nobody."""
    last = tokens[high - 1]
    if last.low in words("personal"):
        return Range(high - 1, high)
    if (
        last.low in words("pronouns")
        and high - low > 1
        and tokens[high - 2].low not in ("the", "some", "many", "one", "of")
    ):
        low = high - 1
    while (
        low < high
        and (
            tokens[low].low in words("lead_adverbs")
            or (is_adverb(tokens[low]) and tokens[low].low not in words("prepositions"))
        )
        and not (tokens[low].low == "only" and high - low == 1)
    ):
        low += 1
    if low >= high:
        return None
    if tokens[low].low in words("prepositions") or tokens[low].low in ("last", "this", "next", "late"):
        low = _after_adverbial(tokens, low, high)
    if (
        low >= high
        or last.low in words("prepositions")
        or last.low in ("the", "a", "an", "there", "who", "which", "to", "that")
    ):
        return None
    return Range(low, high) if any(t.word for t in tokens[low:high]) else None


def _after_adverbial(tokens: Sequence[Token], low: int, high: int) -> int:
    """Where the noun phrase begins in tokens [low, high) that open with an adverbial ("On Tuesday the daily")."""
    joined = " ".join(t.text for t in tokens[low:high])
    match = _TIME_LEAD.match(joined)
    if match:
        return low + len(joined[: match.end()].split())
    if tokens[low].low in ("this", "next", "last"):
        return low
    for i in range(low + 2, high):
        before, here = tokens[i - 1], tokens[i]
        if (
            here.low in words("determiners")
            and before.low not in words("prepositions")
            and before.low not in ("and", "or")
        ):
            return i
    return high
