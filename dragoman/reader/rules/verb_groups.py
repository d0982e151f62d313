"""Finds the reporting verbs of an English sentence that stand as verbs, with their auxiliaries.

In: the tokens of a sentence. Out: verb groups, left to right. There is no grammar here, only word classes and
punctuation: enough for news prose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.reader.rules.tokens import DASHES, Token, is_adverb
from dragoman.reader.vocabulary import Form, verb_forms, words


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

    @property
    def frames(self) -> str:
        return self.form.verb.frames

    @property
    def says(self) -> bool:
        """Whether words can follow: a clause or a quotation."""
        return "c" in self.frames or "q" in self.frames


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
    """The group whose verb is the token i in the given form, auxiliaries and particle taken in."""
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
    helping = words("auxiliaries", "negatives")
    low = i
    while low > 0 and (tokens[low - 1].low in helping or is_adverb(tokens[low - 1])):
        low -= 1
    while low < i and tokens[low].low not in helping:
        if tokens[low].low in words("adverbs_of_report") or tokens[low].low.endswith("ly"):
            break
        low += 1
    before = [t.low for t in tokens[low:i]]
    auxiliary = any(b in words("auxiliaries") for b in before)
    passive = form.kind in ("past", "participle") and any(b in words("be_forms") for b in before)
    group = Group(form, low, high, i, any(b in words("negatives") for b in before), passive, auxiliary)
    return group if _is_verb(tokens, group) else None


def _is_verb(tokens: Sequence[Token], group: Group) -> bool:
    """Whether a form stands as a verb of its clause, not as a noun, an adjective or an infinitive."""
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
        return (group.auxiliary and any(t.low in words("be_forms") for t in tokens[group.low : group.head])) or (
            before is not None and (before.text in (",", *DASHES) or before.quote or before.low in ("by", "and", "but"))
        )
    if group.auxiliary:
        return True
    if before is None:
        return False
    if kind == "base":
        return _plural(tokens, group.low)
    if before.low in words("determiners") and before.low not in words("standing_determiners"):
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
