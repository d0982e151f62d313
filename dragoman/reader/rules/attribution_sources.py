"""Finds who speaks: for each reporting verb or phrase of an English sentence the noun phrase that is its source.

In: the tokens of a sentence and its verb groups. Out: attributions as token ranges, most of them still without what is
said, with how sure the pattern is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.reader.rules.content_starts import TOLD, stripped
from dragoman.reader.rules.phrases_after import phrase_after
from dragoman.reader.rules.subjects_before import subject_before
from dragoman.reader.rules.tokens import LONG_DASHES, Range, Token, is_adverb
from dragoman.reader.rules.verb_groups import Group
from dragoman.reader.vocabulary import verb_forms, words

_HYPOTHETICAL = frozenset(
    ("if", "unless", "until", "once", "when", "provided", "before", "after", "whether", "till", "whenever", "providing")
)
_PHRASES = (
    ("according", "to"),
    ("in", "the", "words", "of"),
    ("in", "the", "view", "of"),
    ("in", "the", "opinion", "of"),
)


@dataclass(slots=True)
class Attribution:
    """Token ranges of one attribution; `group` is its verb, None for phrases such as "according to"."""

    source: Range | None
    cue: list[Range]
    content: list[Range]
    confidence: float
    group: Group | None = None
    boundary: int = 0  # where its own words begin, connector included: what stands before belongs to others
    shared: bool = False


def by_verb(tokens: Sequence[Token], group: Group, last: Attribution | None) -> Attribution | None:
    """The attribution of a verb group; `last` is the one before it in the sentence."""
    if "x" in group.frames:
        return _quoted_as(tokens, group) or (_passive(tokens, group) if group.passive else None)
    if group.passive:
        return _passive(tokens, group)
    inverted = _inverted(tokens, group)
    if inverted is not None:
        return inverted
    return _going_on(tokens, group, last) if _goes_on(tokens, group, last) else _after_subject(tokens, group)


def _inverted(tokens: Sequence[Token], group: Group) -> Attribution | None:
    """The attribution of a verb before its subject: "…," said the minister."""
    before = tokens[group.low - 1] if group.low else None
    if before is None or not (before.quote or before.text == ",") or group.auxiliary:
        return None
    if group.form.kind not in ("past", "s") or group.form.verb.lemma in TOLD or "q" not in group.frames:
        return None
    phrase = phrase_after(tokens, group.high)
    if phrase is None or not tokens[phrase.low].word or _opens_clause(tokens, phrase):
        return None
    return Attribution(phrase, [Range(group.low, group.high)], [], 0.9, group, group.low)


def _goes_on(tokens: Sequence[Token], group: Group, last: Attribution | None) -> bool:
    """Whether a verb has the subject of the one before it: ", saying that …", "and refers only to …"."""
    if not group.low:
        return False
    before = tokens[group.low - 1]
    ing = group.form.kind == "ing" and not group.auxiliary
    if not (ing or before.low in ("and", "but", "or", "then") or (before.text == "," and last is not None)):
        return False
    return not ing or any(frame in group.frames for frame in "coa")


def _going_on(tokens: Sequence[Token], group: Group, last: Attribution | None) -> Attribution | None:
    """The attribution of a verb that has the subject of the one before it, or one of its own after a comma."""
    cue = Range(group.low, group.high)
    source = last.source if last is not None else _first_phrase(tokens, group.low)
    if tokens[group.low - 1].text == "," and last is not None and group.form.kind != "ing":
        inserted = subject_before(tokens, group.low)
        if inserted is not None and inserted.low > (last.cue[-1].high if last.cue else 0):
            return Attribution(inserted, [cue], [], 0.75, group, _boundary(tokens, inserted.low))
    if source is None:
        return None
    return Attribution(source, [cue], [], 0.7, group, _boundary(tokens, group.low), shared=True)


def _after_subject(tokens: Sequence[Token], group: Group) -> Attribution | None:
    """The attribution of a verb that its subject stands before: "the minister said"."""
    cue = Range(group.low, group.high)
    source, confidence = subject_before(tokens, group.low), 0.8
    if source is None and (group.says or not group.negated):
        source, confidence = _antecedent(tokens, group), 0.45
    if source is None:
        return None
    return Attribution(source, [cue], [], confidence, group, _boundary(tokens, source.low))


def speaks(tokens: Sequence[Token], a: Attribution) -> bool:
    """Whether somebody is said to speak: not "nobody", not "you", and not only "if" or "once" somebody does."""
    if a.source is None:
        return True
    inner = tokens[a.source.low + 1 : a.source.high]
    if any(t.low in ("after", "before", "until") for t in inner) and not any(
        t.text == "," or t.low == "who" for t in inner
    ):
        return False
    first, last = tokens[a.source.low], tokens[a.source.high - 1]
    if last.low in ("nobody", "you", "there", "which", "what") or first.low in ("nobody", "no", "what", "as"):
        return a.source.high - a.source.low > 2 and first.low == "no"
    before = tokens[a.source.low - 1].low if a.source.low else ""
    inverted = a.group is not None and a.source.low >= a.group.high
    return inverted or before not in _HYPOTHETICAL


def _opens_clause(tokens: Sequence[Token], phrase: Range) -> bool:
    after = tokens[phrase.high] if phrase.high < len(tokens) else None
    if (
        tokens[phrase.low].low in ("that", "whether", "how", "not", "only", "exactly", "no", "yes", "nothing", "so")
        or is_adverb(tokens[phrase.low])
        or tokens[phrase.low].text[:1].isdigit()
    ):
        return True
    return after is not None and (
        after.low in words("auxiliaries") or any(f.kind in ("s", "past") for f in verb_forms().get(after.low, ()))
    )


def _boundary(tokens: Sequence[Token], low: int) -> int:
    """The first token of the connector before `low` (", though the president")."""
    while low > 0 and (
        tokens[low - 1].low
        in ("and", "but", "though", "although", "while", "whereas", "as", "yet", "or", "then", "so", "when", "where")
    ):
        low -= 1
    while low > 0 and (tokens[low - 1].text in (",", ";", *LONG_DASHES)):
        low -= 1
    return low


def _quoted_as(tokens: Sequence[Token], group: Group) -> Attribution | None:
    """ "It quoted the ministry as saying", "the agency quoted him as saying" """
    if group.passive or group.form.verb.lemma not in ("quote", "cite"):
        return None
    for i in range(group.high, min(len(tokens) - 1, group.high + 16)):
        if tokens[i].low == "as" and tokens[i + 1].low in ("saying", "telling", "giving"):
            source = Range(group.high, i)
            if source.low == source.high:
                return None
            attribution = Attribution(
                source, [Range(group.low, group.high), Range(i, i + 2)], [], 0.8, group, group.low
            )
            rest = stripped(tokens, Range(i + 2, len(tokens)))
            if rest is not None:
                attribution.content = [rest]
            else:
                quote = next((n for n in range(group.low - 1, -1, -1) if tokens[n].quote), None)
                ahead = (
                    Range(quote, quote + 1) if quote is not None else stripped(tokens, Range(0, max(0, group.low - 2)))
                )
                attribution.content = [ahead] if ahead is not None else []
            return attribution
    return None


def _passive(tokens: Sequence[Token], group: Group) -> Attribution | None:
    """ "The plan was rejected by the union"; "X is quoted as saying" """
    after = [t.low for t in tokens[group.high : group.high + 3]]
    lemma = group.form.verb.lemma
    if (lemma == "quote" and after[:2] in (["as", "saying"], ["as", "telling"])) or (
        lemma == "report" and after[:3] in (["to", "have", "said"], ["as", "saying"])
    ):
        source = subject_before(tokens, group.low)
        high = group.high + (3 if after[0] == "to" else 2)
        return (
            Attribution(source, [Range(group.low, high)], [], 0.75, group, _boundary(tokens, source.low))
            if source
            else None
        )
    if after[:1] == ["by"] and "o" in group.frames:
        source = phrase_after(tokens, group.high + 1)
        content = subject_before(tokens, group.low)
        if source is not None and content is not None:
            return Attribution(source, [Range(group.low, group.high)], [content], 0.5, group, content.low)
    return None


def _antecedent(tokens: Sequence[Token], group: Group) -> Range | None:
    """The noun phrase that a "who" before the group stands for."""
    k = group.low - 1
    if k < 1 or tokens[k].low != "who":
        return None
    return subject_before(tokens, k - 1 if tokens[k - 1].text == "," else k)


def _first_phrase(tokens: Sequence[Token], end: int) -> Range | None:
    """The subject of the clause before token `end`: its first noun phrase."""
    for i in range(1, end):
        if tokens[i].low in words("auxiliaries") or (
            tokens[i].low.endswith("ed") and not tokens[i].capital and tokens[i].low != "united"
        ):
            phrase = subject_before(tokens, i)
            return phrase if phrase is not None and phrase.low <= 6 else None
    return None


def by_phrase(tokens: Sequence[Token]) -> list[Attribution]:
    """The attributions by "according to" and phrases like it."""
    found = []
    low = [t.low for t in tokens]
    for i in range(len(tokens)):
        for phrase in _PHRASES:
            if tuple(low[i : i + len(phrase)]) == phrase:
                start = i + len(phrase)
                source = phrase_after(tokens, start, clause=i <= 1)
                if source is not None:
                    found.append(Attribution(source, [Range(i, start)], [], 0.85, None, i))
    return found
