"""Finds where what is said begins after a reporting verb: past adverbials and those spoken to.

In: the tokens of a sentence and a verb group. Out: a token, and how sure it is that what is said begins there.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.reader.rules.tokens import Range, Token, is_adverb
from dragoman.reader.rules.verb_groups import Group
from dragoman.reader.vocabulary import words

TOLD = frozenset(("tell", "assure", "inform", "remind", "notify"))
_SILENT = frozenset(("comment", "elaborate", "answer", "speak", "respond"))


def content_start(tokens: Sequence[Token], group: Group, end: int) -> tuple[int, float]:
    """Where the content after the cue begins, and how sure that is; 0.0 when nothing that fits follows."""
    i, frames, verb = group.high, group.frames, group.form.verb
    if verb.lemma in ("quote", "cite") or i >= end:
        return i, 0.0
    if verb.particle and "o" not in frames and "g" not in frames:
        return _clause_start(tokens, i, end)
    if "a" in frames:
        start = _past_addressee(tokens, i, end)
        if start is not None:
            return start, 0.88
        if verb.lemma in TOLD:
            return i, 0.0
    while i + 1 < end and is_adverb(tokens[i]) and tokens[i + 1].low in verb.prepositions:
        i += 1
    return _governed(tokens, i, end, group) or _words_said(tokens, i, end, frames) or _thing(tokens, i, end, frames)


def _governed(tokens: Sequence[Token], i: int, end: int, group: Group) -> tuple[int, float] | None:
    """What follows the "to" or the preposition that a verb governs; None where the verb has neither."""
    first, frames, verb = tokens[i], group.frames, group.form.verb
    if first.low == "to" and verb.lemma in ("decline", "refuse") and tokens[min(i + 1, end - 1)].low in _SILENT:
        return i, 0.0
    if first.low == "to" and "t" in frames and i + 1 < end and tokens[i + 1].low not in words("determiners"):
        return i, 0.75
    if first.low in verb.prepositions:
        return i + 1, 0.7
    if "t" not in frames or "c" in frames:
        return None
    later = next((j for j in range(i, min(end, i + 8)) if tokens[j].low == "to"), None)
    if later is None or later + 1 >= end:
        return None
    inserted = first.text == "," and tokens[later - 1].text == ","
    return (later, 0.7) if inserted or skip_adverbials(tokens, i, end) == later else None


def _words_said(tokens: Sequence[Token], i: int, end: int, frames: str) -> tuple[int, float] | None:
    """The quotation or the clause after a verb of saying; None where neither follows."""
    first = tokens[i]
    if first.quote and ("q" in frames or "o" in frames):
        return i, 0.9
    if first.text == ":" and "q" in frames:
        return i + 1, 0.9
    if "c" in frames or "q" in frames:
        start, sure = _clause_start(tokens, i, end)
        if sure and ("c" in frames or tokens[start].quote) and ("o" not in frames or sure > 0.8):
            return start, sure
    return None


def _thing(tokens: Sequence[Token], i: int, end: int, frames: str) -> tuple[int, float]:
    """The figure, the object or the gerund after a verb that takes one."""
    first = tokens[i]
    if "n" in frames:
        numbered = any(t.text[:1].isdigit() for t in tokens[i : min(end, i + 12)])
        return i, 0.55 if numbered and first.low not in words("prepositions") and "c" not in frames else 0.0
    if "v" in frames:  # "valued the stake at 3 million"
        at = next((j for j in range(i, min(end, i + 20)) if tokens[j].low == "at"), None)
        priced = tokens[at + 1 : at + 5] if at is not None else ()
        return i, 0.75 if any(t.text[:1].isdigit() or t.quote or t.low in words("determiners") for t in priced) else 0.0
    if "o" in frames and (_is_object(tokens, i) or (first.low == "that" and "c" not in frames)):
        return i, 0.65 if "c" not in frames else 0.6
    if "g" in frames and first.low.endswith("ing"):
        return i, 0.65
    if "k" in frames and any(t.low == "to" for t in tokens[i + 1 : min(end, i + 12)]) and _is_object(tokens, i):
        return i, 0.65
    return i, 0.0


def _past_addressee(tokens: Sequence[Token], i: int, end: int) -> int | None:
    """Where the content begins after "told reporters in Vienna that", "told Radio Eko it has"."""
    for j in range(i, min(end, i + 22)):
        t = tokens[j]
        if t.low == "that" or t.quote or (t.low == "to" and j > i and tokens[j - 1].low not in ("next", "close", "on")):
            return j
        if t.text == ":":
            return j + 1
        if t.text in ".;":
            return None
        if (
            j > i
            and (t.low in words("personal") or t.low in ("there", "no", "nobody"))
            and tokens[j - 1].low not in words("prepositions")
        ):
            return j
        if (
            j > i
            and t.low in words("determiners")
            and t.low not in ("his", "her", "its", "their")
            and tokens[j - 1].low not in words("prepositions")
            and (tokens[j - 1].word)
            and tokens[j - 1].low not in words("determiners")
        ):
            return j
        if j > i and tokens[j - 1].word and (t.low in words("auxiliaries")):
            return None
    return None


def _clause_start(tokens: Sequence[Token], i: int, end: int) -> tuple[int, float]:
    """Where the clause or quotation after a verb of saying begins, past adverbials."""
    verb_is_noun = tokens[i - 1].low in ("states", "posts", "notes", "reports", "counts", "comments", "remarks")
    if i < end and (tokens[i].low == "that" or tokens[i].quote):
        return i, 0.9
    j = skip_adverbials(tokens, i, end)
    if j >= end:
        return j, 0.0
    t = tokens[j]
    if t.low == "that" or t.quote:
        return j, 0.88
    if t.text == ":":
        return j + 1, 0.88
    if t.text == ",":
        later = next((k for k in range(j + 1, min(end, j + 16)) if tokens[k].low == "that" or tokens[k].quote), None)
        if later is not None and tokens[later - 1].text == ",":
            return later, 0.85
        return j, 0.0
    if not t.word or t.low in ("and", "but", "or") or (verb_is_noun and not t.capital):
        return j, 0.0
    if t.low in ("about", "against", "to", "by", "with", "through", "from", "of", "for") and j == i:
        return j, 0.0
    if t.low in ("whether", "how", "what", "why", "when", "where", "who", "which", "if"):
        return j, 0.8
    has_verb = any(x.low in words("auxiliaries") or x.low.endswith(("ed", "s")) for x in tokens[j:end])
    return j, 0.85 if has_verb else 0.5


def _is_object(tokens: Sequence[Token], i: int) -> bool:
    """Whether a thing begins at token i: a noun phrase, or a "that" which points to one."""
    first = tokens[i]
    if first.quote:
        return True
    return (
        first.word
        and first.low not in words("prepositions")
        and first.low not in words("auxiliaries")
        and first.low not in words("never_objects")
    ) or (
        first.low == "that"
        and (i + 1 >= len(tokens) or not tokens[i + 1].word or tokens[i + 1].low in ("as", "and", "on"))
    )


def skip_adverbials(tokens: Sequence[Token], i: int, end: int) -> int:
    """Past "on Tuesday", "in a statement", "to reporters", "yesterday" to what is said."""
    while i < end:
        t = tokens[i]
        if (
            (t.low in words("time_words") and not t.capital)
            or t.low in words("days")
            or t.low in ("yesterday", "today", "too", "again", "aloud", "here", "only", "also")
        ):
            i += 1
            continue
        past = _past_adverbial(tokens, i, end) if t.low in words("adverbial_prepositions") else None
        if past is None:
            break
        i = past
    return i


def _past_adverbial(tokens: Sequence[Token], i: int, end: int) -> int | None:
    """Past the adverbial that the preposition at token i opens; None where it does not end before what is said."""
    k = i + 1
    while (
        k < end
        and k - i < 9
        and tokens[k].word
        and tokens[k].low not in words("auxiliaries", "personal")
        and tokens[k].low not in ("that", "there")
        and (k == i + 1 or not _opens_phrase(tokens, k))
    ):
        k += 1
    if k >= end:
        return k
    after = tokens[k]
    if after.low in words("auxiliaries"):
        return None
    ends = after.low == "that" or after.quote or after.text in ",:.;" or after.low in words("determiners", "personal")
    return k if ends else None


def _opens_phrase(tokens: Sequence[Token], k: int) -> bool:
    """Whether a noun phrase of its own begins at token k: a determiner that no preposition or determiner precedes."""
    return tokens[k].low in words("determiners") and tokens[k - 1].low not in words("prepositions", "determiners")


def stripped(tokens: Sequence[Token], piece: Range) -> Range | None:
    """A piece without marks at its ends and without the "and" or "but" it opens with; None when nothing is left."""
    low, high = piece
    while low < high and (not (tokens[low].word or tokens[low].quote) and tokens[low].text not in "($€£«"):
        low += 1
    if low < high and tokens[low].low in ("and", "but") and high - low > 1:
        low += 1
    while high > low and not (tokens[high - 1].word or tokens[high - 1].quote or tokens[high - 1].text in "%)"):
        high -= 1
    return Range(low, high) if low < high else None
