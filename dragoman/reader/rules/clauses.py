"""Cuts an English sentence into words, quotations and verb groups, and finds the noun phrases that speak.

In: a text, the bounds of a sentence and the quotations in it. Out: tokens; cue verbs with their auxiliaries; the noun
phrase before or after one. There is no grammar here, only word classes and punctuation: enough for news prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.reader.vocabulary import Form, verb_forms, words
from dragoman.reading import Span

_TOKEN = re.compile(
    r"[^\W_]+(?:[.'’&/-][^\W_]+)*(?:\.(?=[,;]|\s+[a-z])(?<=\b[^\W\d_]\.))?|--|\.\.\.|[^\w\s]|_"
)  # fmt: skip
_DASHES = ("—", "–", "--", "-")
_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞŠŽĆČ]")


class Token(NamedTuple):
    """A word, a punctuation mark or a whole quotation."""

    start: int
    end: int
    text: str
    low: str
    quote: bool = False

    @property
    def capital(self) -> bool:
        return not self.quote and self.text[:1].isupper()

    @property
    def word(self) -> bool:
        return not self.quote and self.text[:1].isalnum()


@dataclass(frozen=True, slots=True)
class Group:
    """A reporting verb with its auxiliaries: tokens [low, high) of its sentence."""

    form: Form
    low: int
    high: int
    head: int
    negated: bool
    passive: bool
    auxiliary: bool
    modal: str = ""

    @property
    def frames(self) -> str:
        return self.form.verb.frames


class Range(NamedTuple):
    """Tokens [low, high) of a sentence."""

    low: int
    high: int


def tokens_of(text: str, start: int, end: int, quotations: Sequence[Span]) -> list[Token]:
    """The tokens of text[start:end]; each of `quotations` in it is one token."""
    found: list[Token] = []
    at = start
    for quotation in [q for q in quotations if q.start < end and q.end > start]:
        found += _plain(text, at, max(at, quotation.start))
        low, high = max(start, quotation.start), min(end, quotation.end)
        found.append(Token(low, high, text[low:high], "", True))
        at = high
    return found + _plain(text, at, end)


def _plain(text: str, start: int, end: int) -> list[Token]:
    return [Token(m.start(), m.end(), m.group(), m.group().lower()) for m in _TOKEN.finditer(text, start, end)]


# ------------------------------------------------------------------------------------------------- verb groups

_BE = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "isn’t",
        "aren’t",
        "wasn’t",
        "weren’t",
    ]
)
_MODAL = frozenset(
    [
        "will",
        "would",
        "shall",
        "should",
        "may",
        "might",
        "can",
        "could",
        "must",
        "won't",
        "wouldn't",
        "can't",
        "cannot",
        "couldn't",
        "won’t",
        "wouldn’t",
        "can’t",
        "couldn’t",
        "shouldn't",
        "shouldn’t",
    ]
)


def is_adverb(token: Token) -> bool:
    """Whether a token can stand between an auxiliary and its verb."""
    return token.low in words("adverbs") or (
        token.low.endswith("ly") and len(token.low) > 4 and token.low not in words("not_adverbs") and not token.capital
    )


def groups_of(tokens: Sequence[Token]) -> list[Group]:
    """The reporting verbs that stand as verbs, left to right."""
    found = []
    for i, token in enumerate(tokens):
        if token.quote or token.low not in verb_forms():
            continue
        for form in verb_forms()[token.low]:
            group = _group(tokens, i, form)
            if group is not None:
                found.append(group)
                break
    return found


def _group(tokens: Sequence[Token], i: int, form: Form) -> Group | None:
    high = i + 1
    if form.verb.particle:
        tail = form.verb.particle.split()
        if [t.low for t in tokens[high : high + len(tail)]] == tail:
            high += len(tail)
        elif (
            len(tail) > 1
            or not any(t.low == form.verb.particle for t in tokens[high : high + 6])
            or "o" not in form.verb.frames
        ):
            return None
    low = i
    while low > 0 and (
        tokens[low - 1].low in words("auxiliaries")
        or is_adverb(tokens[low - 1])
        or tokens[low - 1].low in words("negatives")
    ):
        low -= 1
    while low < i and not (tokens[low].low in words("auxiliaries") or tokens[low].low in words("negatives")):
        if tokens[low].low in (
            "again",
            "also",
            "once",
            "just",
            "only",
            "first",
            "still",
            "now",
            "since",
            "repeatedly",
            "later",
            "reportedly",
            "flatly",
            "never",
            "long",
            "already",
        ) or tokens[low].low.endswith("ly"):
            break
        low += 1
    before = [t.low for t in tokens[low:i]]
    auxiliary = any(b in words("auxiliaries") for b in before)
    passive = form.kind in ("past", "participle") and any(b in _BE for b in before)
    modal = next((b for b in before if b in _MODAL), "")
    group = Group(form, low, high, i, any(b in words("negatives") for b in before), passive, auxiliary, modal)
    return group if _is_verb(tokens, group) else None


def _is_verb(tokens: Sequence[Token], group: Group) -> bool:
    before = tokens[group.low - 1] if group.low else None
    kind, token = group.form.kind, tokens[group.head]
    after = tokens[group.high] if group.high < len(tokens) else None
    if token.capital and group.head > 0 and not group.auxiliary:
        return False
    if before is not None and before.low == "to":
        return False
    if kind == "participle" and not group.auxiliary:
        return False
    if kind == "ing":
        return (group.auxiliary and any(t.low in _BE for t in tokens[group.low : group.head])) or (
            before is not None
            and (before.text in (",", *_DASHES) or before.quote or before.low in ("by", "and", "but"))
        )
    if group.auxiliary:
        return True
    if before is None:
        return False
    if kind == "base":
        return _plural(tokens, group.low)
    if before.low in words("determiners") - {
        "all",
        "both",
        "some",
        "others",
        "another",
        "this",
        "that",
        "one",
        "neither",
        "those",
        "these",
        "many",
        "several",
        "few",
        "most",
        "two",
        "three",
        "four",
    }:
        return False
    if before.low.endswith(("'s", "’s")) and before.low not in ("it's", "it’s") and kind in ("s", "past"):
        return False
    if kind == "s" and (before.low in words("prepositions") or before.low.isdigit()):
        return False
    if kind == "past" and after is not None and after.low == "by":
        return False
    return not (kind == "past" and before.low in words("prepositions"))


def _plural(tokens: Sequence[Token], low: int) -> bool:
    """Whether the words before token `low` can be the plural subject of a verb in its base form."""
    before = tokens[low - 1]
    if before.text == ",":  # "Officials on both sides, none of whom would be named, hope"
        comma = next((i for i in range(low - 2, max(0, low - 25), -1) if tokens[i].text == ","), None)
        return comma is not None and comma > 0 and tokens[comma - 1].word and _plural(tokens, comma)
    if before.low in words("connectors"):
        return False
    if before.low in words("plural_subjects"):
        return True
    if before.low in words("determiners") or before.low in words("prepositions"):
        return False
    if before.low.endswith("s") and not before.low.endswith(("'s", "’s", "ss", "us")):
        return True
    run = [t.low for t in tokens[max(0, low - 8) : low]]
    plural = any(r.endswith("s") and len(r) > 4 and r in words("anonymous_nouns") for r in run)
    return plural or (" and " in f" {' '.join(run)} " and before.capital)


# ------------------------------------------------------------------------------------------------ noun phrases

_STOPS = frozenset(",;:()[]…!?.")


def _verb_like(token: Token) -> bool:
    if token.low in words("auxiliaries"):
        return True
    return any(form.kind in ("s", "past") for form in verb_forms().get(token.low, ())) and not token.capital


def subject_before(tokens: Sequence[Token], end: int, floor: int = 0) -> Range | None:
    """The noun phrase that ends before token `end`, appositions and relative clauses included."""
    k = end - 1
    if k < floor:
        return None
    if tokens[k].text in (",", *_DASHES, ")") or tokens[k].low in ("however", "though", "meanwhile"):
        return _with_insertion(tokens, k, floor)
    low = _run(tokens, k, floor)
    if low > k:
        return None
    before = tokens[low - 1] if low - 1 >= floor else None
    if tokens[low].low in ("who", "which", "that", "whose") or (
        before is not None
        and (before.low in ("who", "which", "whose") or (before.low == "that" and _relative(tokens, low - 1)))
    ):
        return None
    return _cleaned(tokens, low, k + 1)


def _relative(tokens: Sequence[Token], that: int) -> bool:
    """Whether a "that" follows a noun, as relative ones do, and not a verb of saying."""
    return that > 0 and tokens[that - 1].word and not _verb_like(tokens[that - 1])


def _with_insertion(tokens: Sequence[Token], k: int, floor: int) -> Range | None:
    """A noun phrase whose apposition, relative clause or bracket ends at token k."""
    mark = tokens[k].text
    if mark not in (",", ")", *_DASHES):  # "the president, however,"
        k -= 1
        mark = tokens[k].text if k >= floor else ""
        return subject_before(tokens, k, floor) if mark == "," else None
    partner = {")": "("}.get(mark, mark)
    for m in range(k - 1, max(floor, k - 40) - 1, -1):
        if tokens[m].text != partner:
            continue
        if m + 1 < k and m > floor and _insertion(tokens, m + 1, k):
            core = _run(tokens, m - 1, floor)
            if core <= m - 1:
                cleaned = _cleaned(tokens, core, m)
                if cleaned is not None:
                    return Range(cleaned.low, k if mark != ")" else k + 1)
        if mark != ",":
            return None
    return None


def _insertion(tokens: Sequence[Token], low: int, high: int) -> bool:
    first = tokens[low]
    if first.low in (
        "who",
        "which",
        "whose",
        "himself",
        "herself",
        "itself",
        "himself",
        "now",
        "then",
        "once",
        "a",
        "an",
        "the",
        "his",
        "her",
        "its",
        "their",
        "one",
        "in",
        "on",
        "at",
        "for",
        "speaking",
        "asked",
        "of",
        "from",
        "as",
        "like",
        "whom",
        "quoted",
        "citing",
        "quoting",
        "two",
        "three",
        "reached",
        "also",
        "no",
    ):
        return True
    return (
        first.word
        and (first.capital or not _verb_like(first))
        and high - low <= 12
        and first.low not in words("connectors")
    )


def _run(tokens: Sequence[Token], k: int, floor: int) -> int:
    """The first token of the unbroken noun phrase that ends at token k; k + 1 when there is none."""
    j = k
    while j >= floor:
        t = tokens[j]
        if t.quote:
            # a title in quotation marks belongs to its noun phrase, a quotation before it does not
            if j == k or t.end - t.start > 40 or t.text[-2:-1] in ",.!?":
                break
        elif t.text in _STOPS or t.text in _DASHES:
            break
        elif t.low in ("who", "which") and j != k and j > floor and tokens[j - 1].word:
            pass  # "a man who follows the talks"
        elif t.low in words("subordinators") or t.low in ("but", "yet", "nor", "so", "that"):
            break
        elif t.low in ("and", "or", "&"):
            if not _joins_names(tokens, j, floor):
                break
        elif _verb_like(t) and j == k and t.low in words("auxiliaries"):
            break
        elif _verb_like(t) and j != k and not (t.low.endswith("s") and tokens[j - 1].low in words("determiners")):
            relative = _relative_before(tokens, j, floor)
            if relative is None:
                break
            j = relative
        j -= 1
    return j + 1


def _relative_before(tokens: Sequence[Token], j: int, floor: int) -> int | None:
    """Where the "who" stands to whose clause the verb at token j belongs: "a man who follows the talks said"."""
    for i in range(j - 1, max(floor, j - 9) - 1, -1):
        if (
            tokens[i].low in ("who", "which", "that")
            and i - 1 >= floor
            and tokens[i - 1].word
            and tokens[i - 1].low not in words("auxiliaries")
        ):
            return i
        if (
            tokens[i].quote
            or not tokens[i].word
            or (_verb_like(tokens[i]) and tokens[i].low not in words("auxiliaries"))
        ):
            return None
    return None


def _joins_names(tokens: Sequence[Token], j: int, floor: int) -> bool:
    """Whether the "and" at token j joins two noun phrases: nothing before it in its clause is a verb."""
    i = j - 1
    seen = 0
    while i >= floor and seen < 12:
        t = tokens[i]
        if t.text in ";:" or t.quote or t.low in words("subordinators") or t.text in _DASHES:
            break
        if t.text == ",":
            break
        if _verb_like(t) or (
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
    if not any(t.word for t in tokens[low:high]):
        return None
    return Range(low, high)


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
            or t.text in _DASHES
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
            (_verb_like(t) and not _noun_here(tokens, i)) or (t.low in ("and", "but") and not _name_follows(tokens, i))
        ):
            break
        if (
            i > start
            and t.low
            in (
                "on",
                "in",
                "during",
                "at",
                "after",
                "before",
                "as",
                "yesterday",
                "today",
                "late",
                "last",
                "earlier",
                "when",
                "while",
                "by",
                "this",
            )
            and _adverbial(tokens, i)
        ):
            break
        i += 1
    if i == start or tokens[start].low in words("prepositions"):
        return None
    return Range(start, i)


def _noun_here(tokens: Sequence[Token], i: int) -> bool:
    return (tokens[i].low.endswith("s") and tokens[i - 1].low in words("determiners")) or tokens[i - 1].low in (
        "who",
        "which",
        "to",
    )


def _name_follows(tokens: Sequence[Token], i: int) -> bool:
    after = tokens[i + 1 : i + 4]
    return bool(after) and (
        after[0].capital or (after[0].low in words("determiners") and not any(_verb_like(t) for t in after))
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
    return (
        rest[0] in words("time_words", "months")
        or rest[0]
        in (
            "interview",
            "statement",
            "letter",
            "email",
            "e-mail",
            "tweet",
            "speech",
            "news",
            "press",
            "briefing",
            "message",
            "telephone",
            "phone",
            "television",
            "radio",
            "twitter",
            "facebook",
            "telegram",
            "x",
            "response",
            "reply",
            "open",
            "joint",
            "leaving",
            "video",
            "audio",
            "note",
            "notice",
            "post",
            "remarks",
            "comments",
            "written",
            "background",
        )
        or rest[0][:1].isdigit()
    )


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
    while end < len(tokens) and not (
        tokens[end].text in ",.;:!?)…" or tokens[end].quote or tokens[end].text in _DASHES
    ):
        end += 1
    if (
        not relative
        and any(
            _verb_like(t) and not _noun_here(tokens, n) for n, t in enumerate(tokens[i:end], i) if t.low not in ("who",)
        )
        and not any(t.low in ("who", "which") for t in tokens[i:end])
    ):
        return None
    closed = end < len(tokens) and tokens[end].text == ","
    if clause and not closed:
        return None
    if end - i > 25:
        return None
    if not clause and closed and not relative and not _insertion_goes(tokens, end):
        return end
    return end


def _insertion_goes(tokens: Sequence[Token], end: int) -> bool:
    return end + 1 < len(tokens)
