"""Finds what parties hold back and what they require for it.

In: a draft whose statements are resolved. Out: Conditions, each resting on its statement. "Will come if" and "will not
come unless" both hold back coming; which of the two it was shows in the position beside it. Which sentences set a
condition is weighed by `weighing`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import NamedTuple

from dragoman.folding import fold
from dragoman.reader import weighing
from dragoman.reader.conditions.asked_before import asked_before, in_question
from dragoman.reader.conditions.bound import acting_party, bound_party, party_of
from dragoman.reader.conditions.condition_cuts import Clauses, coordinated_clauses, counts, cuts
from dragoman.reader.conditions.condition_signs import is_certain, signs
from dragoman.reader.conditions.requirements import coordinated, requirements
from dragoman.reader.conditions.taken_up import of_it, taken_up
from dragoman.reader.conditions.withholding import held_back, is_threat, needed
from dragoman.reader.draft import Draft
from dragoman.reader.vocabulary import words
from dragoman.reader.wording.stems import contained, overlap, stems
from dragoman.reader.wording.told import own_cue, said, sentences_of
from dragoman.reading import Condition, Span, Statement

LEAST = 0.45  # least probability of a condition that is kept; found with folders held out, see training/weighing.py


_FEELINGS = ("happy", "glad", "pleased", "sorry", "surprised", "delighted", "sad")  # what is felt is not held back
_ONLY_NO = ("not", "no", "never", "nothing", "only", "yes")


class Candidate(NamedTuple):
    """A condition that a sentence may set, with what speaks for it."""

    condition: Condition
    features: tuple[str, ...]
    sentence: tuple[int, int]  # the statement's place in the draft, the sentence's in the statement
    clauses: Clauses
    sure: bool | None = None  # what rules say, where they are certain or nothing was learned: in Arabic


class Likely(NamedTuple):
    """The likeliest condition that one sentence may set, and how likely it does."""

    probability: float
    candidate: Candidate


def find_conditions(draft: Draft) -> list[Condition]:
    """The conditions that the statements of `draft` set, in text order, each once for a party."""
    found: list[Condition] = []
    for likely in (draft.conditional if draft.conditional is not None else likeliest(draft)).values():
        if likely.probability < LEAST:
            continue
        condition = likely.candidate.condition
        twin = next((n for n, other in enumerate(found) if _same(condition, other)), None)
        twice = next((n for n, other in enumerate(found) if _told_again(draft, condition, other)), None)
        if twin is None and twice is not None:
            if _width(draft, condition) < _width(draft, found[twice]):  # who is quoted within says it
                found[twice] = condition
        elif twin is None:
            found.append(condition)
        elif _fullness(condition) > _fullness(found[twin]) + 1:  # a headline gives way to what stands below it
            found[twin] = condition
    return found


def likeliest(draft: Draft, *, table: Mapping[str, float] | None = None) -> dict[tuple[int, int], Likely]:
    """The likeliest condition of each sentence that may set one, by the places of its statement and of itself.

    `table` are other weights than the shipped ones.
    """
    found: dict[tuple[int, int], Likely] = {}
    for candidate in candidates(draft):
        if candidate.sure is not None:
            probability = float(candidate.sure)
        elif table is None:
            probability = weighing.probability("condition", candidate.features)
        else:
            probability = weighing.chance(weighing.total(table, candidate.features))
        if candidate.sentence not in found or probability > found[candidate.sentence].probability:
            found[candidate.sentence] = Likely(probability, candidate)
    return found


def _fullness(condition: Condition) -> int:
    return len(stems(" ".join((condition.withholds, *condition.requires))))


def candidates(draft: Draft) -> list[Candidate]:
    """Every condition that the sentences of statements may set, before they are weighed."""
    found = []
    for place, statement in enumerate(draft.statements):
        if not statement.content:
            continue
        sentences = sentences_said(draft, statement)
        for number, sentence in enumerate(sentences):
            for cut in cuts(sentence):
                condition = _condition(draft, statement, cut.clauses)
                if condition is None:
                    continue
                if cut.clauses.link.isascii():
                    sure = True if is_certain(statement, cut) else None
                    marks = signs(draft, statement, cut, (number, len(sentences)))
                else:
                    sure, marks = counts(cut.clauses, cut.kind, statement.act == "condition"), []
                found.append(Candidate(condition, tuple(marks), (place, number), cut.clauses, sure))
    return found


def sentences_said(draft: Draft, statement: Statement) -> list[str]:
    """The sentences of a statement with its cue, each condition that is coordinated with another as one of its own."""
    whole = sentences_of(said(draft, statement, cue=True))
    return [part for sentence in whole for part in coordinated_clauses(sentence)]


def _condition(draft: Draft, statement: Statement, clauses: Clauses) -> Condition | None:
    speaker = statement.speaker
    party = bound_party(draft, statement, clauses.main)
    own = stems(f"{speaker.party or ''} {speaker.name or ''} {party or ''}")
    threat = is_threat(clauses)
    withholds = held_back(clauses, lead=own_cue(draft, statement), own=own, threat=threat)
    text, start = draft.document.text, statement.content.start
    withholds = taken_up(withholds, text, Span(start, statement.content.end))
    withholds = of_it(withholds, clauses.main, text, start)
    if fold(withholds) in _ONLY_NO:  # "Would you go back?" "Not unless the bill is split."
        withholds = in_question(text, start)
    requires = tuple(asked_before(needed(clauses, r), text, start) for r in requirements(clauses.requirement))
    requires = tuple(filter(None, requires))
    if fold(withholds) in words("prepositions"):
        return None  # of "a proposal under which …" nothing is held back
    if not withholds or not requires or (party is None and speaker.anonymous and speaker.name):
        return None
    if withholds.split()[0] in _FEELINGS:
        return None
    if party and _asked_of(party, clauses.requirement):  # nobody waits for himself: the party was misread
        return None
    return Condition(party, withholds, requires, statement.id)


def _asked_of(party: str, requirement: str) -> bool:
    """Whether a requirement begins with the name of a party, which has to do something."""
    named = fold(re.sub(r"^the\s+", "", requirement, flags=re.IGNORECASE))
    name = fold(party)
    rest = named[len(name) :]
    also = rest[1:4] == "and" and rest[4:5].isspace()  # "A and B agree": A waits for B
    return named.startswith(name) and rest[:1] in (" ", ",") and not also


def _told_again(draft: Draft, one: Condition, other: Condition) -> bool:
    """Whether two conditions are one that a text tells of twice, as of two parties: in a speech and in its report."""
    if one.party == other.party or overlap(one.withholds, other.withholds) < 0.6:
        return False
    headline = draft.segments.paragraphs[0].end if draft.segments.paragraphs else 0
    in_it = any(s.id in (one.statement, other.statement) and s.content.start < headline for s in draft.statements)
    return overlap(" ".join(one.requires), " ".join(other.requires)) >= (0.5 if in_it else 0.8)


def _width(draft: Draft, condition: Condition) -> float:
    """How much text a condition is told in; a headline tells nothing that its text does not tell."""
    headline = draft.segments.paragraphs[0].end if draft.segments.paragraphs else 0
    content = next(s.content for s in draft.statements if s.id == condition.statement)
    return math.inf if content.start < headline else content.end - content.start


def _same(one: Condition, other: Condition) -> bool:
    if one.party != other.party:
        return False
    needs = " ".join(one.requires), " ".join(other.requires)
    if overlap(*needs) >= 0.5:
        return True
    return contained(*needs) >= 0.6 and contained(one.withholds, other.withholds) >= 0.6


__all__ = [
    "Candidate",
    "Clauses",
    "acting_party",
    "candidates",
    "coordinated",
    "find_conditions",
    "likeliest",
    "party_of",
    "sentences_said",
]
