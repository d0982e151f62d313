"""Finds where parties stand: from which statements a position follows, on what, and for or against it.

In: a draft whose statements, conditions and relations are found. Out: Positions, one for a party and an issue, each
resting on its statement. Which statements yield a position, and which way it points, is weighed by `weighing`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.reader import stances, weighing
from dragoman.reader.conditions import Clauses, coordinated, split_sentence
from dragoman.reader.draft import Draft
from dragoman.reader.phrases import is_negative, overlap, plain, said, sentences_of, trim, withheld
from dragoman.reading import Position, Statement

LEAST = 0.4  # least probability of a position that is kept; found on held-out folders, see training/weighing.py


@dataclass(frozen=True, slots=True)
class Candidate:
    """A position that a statement may yield, with what speaks for it."""

    party: str
    issue: str
    stance: str
    statement: Statement
    kind: str  # "whole": what the statement says; "need": what a condition requires
    features: tuple[str, ...]


def find_positions(draft: Draft) -> list[Position]:
    """The positions of the parties in `draft`, in the order of the statements they rest on."""
    kept: list[tuple[float, Candidate, str]] = []
    for candidate in candidates(draft):
        probability = weighing.probability("position", candidate.features)
        if probability < LEAST:
            continue
        direction = weighing.best("direction", candidate.features)
        kept.append((probability, candidate, direction))
    kept.sort(key=lambda k: -k[0])
    chosen: list[tuple[Candidate, str]] = []
    for _, candidate, direction in kept:
        if not any(_same(candidate, other) for other, _ in chosen):
            chosen.append((candidate, direction))
    order = {s.id: number for number, s in enumerate(draft.statements)}
    chosen.sort(key=lambda c: order[c[0].statement.id])
    return [Position(c.party, c.issue, c.stance, direction, c.statement.id) for c, direction in chosen]


def _same(one: Candidate, other: Candidate) -> bool:
    if one.party != other.party or (one.statement.id == other.statement.id and one.kind != other.kind):
        return False
    return overlap(one.stance, other.stance) >= 0.75 or (one.statement.id != other.statement.id and overlap(one.issue, other.issue) >= 0.75)


def candidates(draft: Draft) -> list[Candidate]:
    """Every position that the statements of `draft` may yield, before they are weighed."""
    found: list[Candidate] = []
    count = stances.Counts.of(draft)
    for statement in draft.statements:
        if statement.within or not statement.content:
            continue
        sentences = sentences_of(said(draft, statement, cue=True))
        for party in parties_of(statement):
            for number, sentence in enumerate(sentences):
                clauses = split_sentence(sentence, conditional=statement.act == "condition")
                stance = stance_of(sentence)
                marks = [f"sentences={min(len(sentences), 4)}", f"sentence={min(number, 3)}of{min(len(sentences), 4)}"]
                marks += stances.features(draft, statement, stance, clauses, count, found, party)
                found.append(Candidate(party, _issue(stance, clauses), stance, statement, "whole", tuple(marks)))
                if clauses:
                    found += _needs(draft, statement, clauses, count, found, party)
    return found


def _needs(
    draft: Draft, statement: Statement, clauses: Clauses, count: stances.Counts, before: list[Candidate], party: str
) -> list[Candidate]:
    """What a condition requires, as positions of the party that requires it."""
    found = []
    for need in coordinated(trim(clauses.requirement, most=40)):
        marks = stances.features(draft, statement, need, None, count, before, party, need_of=clauses)
        found.append(Candidate(party, trim(need, most=8), need, statement, "need", tuple(f"need:{m}" for m in marks)))
    return found


def stance_of(sentence: str, *, most: int = 32) -> str:
    """A sentence without asides, at most `most` words long."""
    shorter = re.sub(r", (?:which|who|whose|where) [^,]{3,80}(?=,)", "", sentence)
    shorter = re.sub(r",? (?:which|adding|because|although|though|whereas) .{10,}$", "", shorter)
    words = (shorter if len(shorter.split()) >= 3 else sentence).split()
    return plain(" ".join(words[:most])).rstrip(".")


def parties_of(statement: Statement) -> list[str]:
    """Whose position a statement can be: the speaker's party, each of several that speak together, or the speaker."""
    speaker = statement.speaker
    if speaker.party:
        return [speaker.party]
    if speaker.name and not speaker.anonymous:
        joint = re.split(r",? and (?:the )?|, ", speaker.name)
        if 1 < len(joint) <= 4 and all(name[:1].isupper() for name in joint):
            return joint
        return [speaker.name]
    return []


def _issue(stance: str, clauses: Clauses | None) -> str:
    main = clauses.main if clauses else stance
    return trim(withheld(main), most=8) or trim(main, most=8)


__all__ = ["Candidate", "candidates", "find_positions", "is_negative", "parties_of"]
