"""Finds where parties stand: from which statements a position follows, on what, and for or against it.

In: a draft whose statements, conditions and relations are found. Out: Positions, one for a party and an issue, each
resting on its statement. Which statements yield a position, and which way it points, is weighed by `weighing`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dragoman.reader import weighing
from dragoman.reader.conditions import conditions
from dragoman.reader.conditions.bound import acting_party, bound_party, is_short_for, party_of
from dragoman.reader.conditions.conditions import Clauses, likeliest, sentences_said
from dragoman.reader.conditions.requirements import requirements
from dragoman.reader.conditions.withholding import needed
from dragoman.reader.draft import Draft
from dragoman.reader.names.names import Cast
from dragoman.reader.parties.sides import the_two
from dragoman.reader.positions import stances
from dragoman.reader.positions.directions import ends, gives_up, has_to_leave, is_wanted, marks, on_condition
from dragoman.reader.positions.issue_choice import choose, task_of
from dragoman.reader.positions.issue_names import issue_of, named
from dragoman.reader.rules.arabic_words import ARABIC
from dragoman.reader.vocabulary import key_of
from dragoman.reader.wording.noun_chunks import chunks_of
from dragoman.reader.wording.phrases import is_negative, plain
from dragoman.reader.wording.stems import contained, overlap, stems
from dragoman.reader.wording.told import own_cue, said
from dragoman.reading import Position, Statement

# Least probability of a position that is kept, found with folders held out, see training/weighing.py: lower ones add
# to what is right as much as to what is wrong, and a table that has more right than wrong is worse for them. What a
# condition requires is wanted by whoever sets it, so less speaks for it.
LEAST = 0.43
LEAST_NEEDED = 0.32
# The weights know English words alone. Of what five Arabic reports say by these acts seven in ten of those that are
# likelier than this are positions, of what they say otherwise hardly one.
LEAST_ARABIC = 0.3
_TAKING = frozenset(("condition", "demand", "rejection", "commitment", "proposal", "support", "concession", "threat"))
# Where the words leave open which way a position points, it is often none: of powers of how sure the direction is,
# beside how sure it usually is, the square root does best (held out 473 of 961 are right without, 464 of 912 with).
_USUAL = 0.74
_SURE = 0.95  # of parties that are not unsure so many are right
_RULED = 0.8  # as often the rules of direction are right
_POINTING = re.compile(r"(?<!\w)(?:it|that|this|them|so|these|those)(?:\W|$)")
_ASIDE = re.compile(r", (?:which|who|whose|where) [^,]{3,80}(?=,)")
_LAST_ASIDE = re.compile(
    r"(?<! in)(?<! of)(?<! to)(?<! for)(?<! on),? (?:which|adding|because|although|though|whereas) .{10,}$"
)
_JOINT = re.compile(r",? and (?:the )?|, (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A position that a statement may yield, with what speaks for it."""

    party: str
    issue: str
    stance: str
    statement: Statement
    kind: str  # "whole": what the statement says; "need": what a condition requires
    features: tuple[str, ...]
    clauses: Clauses | None = None  # of the sentence that it is taken from
    cue: str = ""  # what reports it, where that is no part of the stance


def find_positions(draft: Draft) -> list[Position]:
    """The positions of the parties in `draft`, in the order of the statements they rest on."""
    pool = draft.stated if draft.stated is not None else candidates(draft)
    pool = [c for c in pool if probability_of(c) * _MOST >= least(c)]
    kept: list[tuple[float, Candidate, Position]] = []
    for candidate, name in zip(pool, _names(draft, pool), strict=True):
        direction = direction_of(candidate, name)
        probability = chance_of(candidate, direction) * _sure_of_party(draft, candidate)
        if probability >= least(candidate):
            position = Position(candidate.party, name, candidate.stance, direction.value, candidate.statement.id)
            kept.append((probability, candidate, position))
    kept.sort(key=lambda k: -k[0])
    chosen: list[tuple[Candidate, Position]] = []
    for _, candidate, position in kept:
        if not any(_same(candidate, other) for other, _ in chosen):
            chosen.append((candidate, position))
    order = {s.id: number for number, s in enumerate(draft.statements)}
    chosen.sort(key=lambda c: (order[c[0].statement.id], c[0].kind != "whole"))
    return [position for _, position in chosen]


def _sure_of_party(draft: Draft, candidate: Candidate) -> float:
    """What an unsure party leaves of a position's probability: 1 where the party is sure or not the speaker's."""
    speaker = candidate.statement.speaker
    if not isinstance(draft.cast, Cast) or candidate.party != speaker.party or not speaker.name:
        return 1.0
    return float(draft.cast.unsure.get(speaker.name, _SURE) / _SURE) ** 0.3  # held out as good as any power to a half


def least(candidate: Candidate) -> float:
    """The least probability with which a candidate is kept."""
    if candidate.kind != "whole":
        return LEAST_NEEDED
    arabic = ARABIC.search(candidate.stance) is not None and candidate.statement.act in _TAKING
    return LEAST_ARABIC if arabic else LEAST


def chance_of(candidate: Candidate, direction: weighing.Choice) -> float:
    """How likely a candidate is a position that points the way it is told to point."""
    return float(probability_of(candidate) * (direction.share / _USUAL) ** 0.5)


_PLAIN = 0.6


def probability_of(candidate: Candidate) -> float:
    """How likely a candidate is a position, whichever way it points."""
    weighed = weighing.probability("position", candidate.features)
    plain_demand = candidate.kind == "whole" and not candidate.clauses and candidate.statement.speaker.party
    if plain_demand and stances.asks_plainly(candidate.statement, candidate.stance):
        return max(weighed, _PLAIN)
    return weighed


_MOST = (1 / _USUAL) ** 0.5  # times its probability a candidate may reach


def _names(draft: Draft, chosen: list[Candidate]) -> list[str]:
    """What the issues of positions are called; what a condition requires is another issue than what it holds back."""
    if not chosen:
        return []
    chunks, names = chunks_of(draft), [""] * len(chosen)
    for place in sorted(range(len(chosen)), key=lambda n: chosen[n].kind == "whole"):
        c = chosen[place]
        taken = [n for n, o in zip(names, chosen, strict=True) if n and o.statement is c.statement and o.kind != c.kind]
        task = task_of(c.stance, c.issue)
        names[place] = task or choose(chunks, c.stance, c.statement, c.issue, taken=taken)
    return names


_DEMANDING = frozenset({"demand", "claim", "proposal", "accusation", "threat"})
_ASKING = frozenset({"demand", "rejection", "proposal", "commitment", "support", "condition"})


def direction_of(candidate: Candidate, issue: str) -> weighing.Choice:
    """Which way a position points on what its issue is called, and how sure that is.

    What somebody does not rule out is open: of 19 gold positions that are so worded 17 are.
    """
    if candidate.kind == "need":
        return weighing.Choice("for" if is_wanted(candidate.stance, issue) else "against", _RULED)
    if candidate.clauses and candidate.statement.act == "concession":
        return weighing.Choice("open", _RULED)  # "no longer insists that the rebels leave before talks begin"
    if candidate.clauses:
        return weighing.Choice(on_condition(candidate.clauses, issue, candidate.cue), _RULED)
    if candidate.statement.act in _ASKING and (ended := ends(candidate.stance, issue, candidate.cue)):
        return weighing.Choice(ended, _USUAL)
    if "unrefused" in candidate.features or gives_up(candidate.stance, candidate.cue):
        return weighing.Choice("open", _RULED)
    if candidate.statement.act in _DEMANDING and has_to_leave(candidate.stance):
        return weighing.Choice("for", _RULED)
    return weighing.best("direction", direction_features(candidate, issue))


def direction_features(candidate: Candidate, issue: str) -> tuple[str, ...]:
    """What speaks for each direction. What speaks for a position at all was tried beside it and tells nothing more."""
    return marks(candidate.stance, issue, act=candidate.statement.act, cue=candidate.cue)


def name_issues(draft: Draft) -> list[Statement]:
    """The statements of `draft`, each with the issues of the positions that rest on it or that share its words."""
    resting: dict[str | None, list[str]] = {}
    places: dict[str, list[int]] = {}  # the positions whose issue is called by a stem, by number
    for number, position in enumerate(draft.positions):
        resting.setdefault(position.statement, []).append(position.issue)
        if len(called := stems(position.issue)) > 1:
            for stem in called:
                places.setdefault(stem, []).append(number)
    named = []
    for statement in draft.statements:
        issues = resting.get(statement.id)
        if not issues:
            text = said(draft, statement)
            near = sorted({n for stem in stems(text) for n in places.get(stem, ())})
            issues = [draft.positions[n].issue for n in near if contained(draft.positions[n].issue, text) >= 0.75]
        known = tuple(dict.fromkeys((*statement.issues, *issues)))
        named.append(statement if known == statement.issues else replace(statement, issues=known))
    return named


def _same(one: Candidate, other: Candidate) -> bool:
    if one.party != other.party or (one.statement.id == other.statement.id and one.kind != other.kind):
        return False
    return overlap(one.stance, other.stance) >= 0.75 or (
        one.statement.id != other.statement.id and overlap(one.issue, other.issue) >= 0.75
    )


def candidates(draft: Draft) -> list[Candidate]:
    """Every position that the statements of `draft` may yield, before they are weighed.

    A sentence that sets a condition, which the conditions' own weights tell, is cut where they cut it.
    """
    found: list[Candidate] = []
    count = stances.Counts.of(draft)
    known = frozenset(n for s in draft.statements for n in (s.speaker.party, s.speaker.name) if n)
    before = stances.Before()
    last = ""  # what was spoken of last, for "rejected it" and "could live with that"
    conditional = draft.conditional if draft.conditional is not None else likeliest(draft)
    for place, statement in enumerate(draft.statements):
        if statement.within or not statement.content or _only_reports(draft, statement):
            continue
        sentences = sentences_said(draft, statement)
        nameless = statement.speaker.anonymous and not statement.speaker.party
        told = plain(statement.cue.text(draft.document, joint=" ")) if statement.cue else ""
        told = "" if own_cue(draft, statement) else told
        for speaking in parties_of(draft, statement, known):
            for number, sentence in enumerate(sentences):
                likely = conditional.get((place, number))
                clauses = likely.candidate.clauses if likely and likely.probability >= conditions.LEAST else None
                main = clauses.main if clauses else sentence
                acting = bound_party(draft, statement, main) if nameless else acting_party(draft, main)
                shortened = acting and speaking == statement.speaker.party and is_short_for(acting, speaking)
                party = acting if acting and not shortened and not _ASKED.search(sentence) else speaking
                stance = stance_of(sentence)
                speaks = [f"sentences={min(len(sentences), 4)}", f"sentence={min(number, 3)}of{min(len(sentences), 4)}"]
                speaks.append(f"condition={int(5 * likely.probability) if likely else 'none'}")
                speaks += stances.features(draft, statement, stance, clauses, count, before, party)
                issue = last if last and _is_empty(stance) else issue_of(stance, clauses)
                found.append(Candidate(party, issue, stance, statement, "whole", tuple(speaks), clauses, told))
                before.add(party, stance, statement.id)
                for need in _needs(draft, statement, clauses, count, before, party) if clauses else ():
                    found.append(need)
                    before.add(party, need.stance, statement.id)
        if found and found[-1].statement is statement:
            last = found[-1].issue
    return found


# What somebody else must do is a position of whoever says so.
_ASKED = re.compile(r"\b(?:must|should|ought|has to|have to|needs? to)\b")


def _only_reports(draft: Draft, statement: Statement) -> bool:
    """Whether an outlet speaks here, which reports positions and holds none."""
    speaker = statement.speaker
    if speaker.party or not speaker.name:
        return False
    known = draft.cast.outlets.find(speaker.name) if isinstance(draft.cast, Cast) else None
    return bool(known or draft.lexicon.outlet(speaker.name))


def _is_empty(stance: str) -> bool:
    """Whether a stance only points back: "rejected it", "could live with that"."""
    return bool(_POINTING.search(stance)) and len(stance.split()) <= 6


def _needs(
    draft: Draft, statement: Statement, clauses: Clauses, count: stances.Counts, before: stances.Before, party: str
) -> list[Candidate]:
    """What a condition requires, as positions of the party that requires it."""
    found = []
    for need in requirements(clauses.requirement):
        speaks = stances.features(draft, statement, need, None, count, before, party, need_of=clauses)
        features = tuple(f"need:{feature}" for feature in speaks)
        found.append(Candidate(party, named(need), needed(clauses, need), statement, "need", features, clauses))
    return found


def stance_of(sentence: str, *, most: int = 32) -> str:
    """A sentence without asides, at most `most` words long."""
    shorter = _ASIDE.sub("", sentence)
    shorter = _LAST_ASIDE.sub("", shorter)
    words = (shorter if len(shorter.split()) >= 3 else sentence).split()
    return plain(" ".join(words[:most])).rstrip(".")


def parties_of(draft: Draft, statement: Statement, known: frozenset[str] = frozenset()) -> list[str]:
    """Whose position a statement can be: the speaker's party, each of several that speak together, or the speaker.

    "A and B" are two where both are `known` to speak on their own, where the speaker has no party, or where the
    speaker is both at once and one of them is known.
    """
    speaker = statement.speaker
    name = party_of(statement, draft.relations)
    if not name:
        return []
    if _SIDES.fullmatch(name) and isinstance(draft.cast, Cast):  # a joint text binds each of those who sign it
        both = the_two(draft.cast, statement.content.start, ())
        return both.split(" and ") if both and both.count(" and ") == 1 else [name]
    joint = _JOINT.split(name)
    if not 1 < len(joint) <= 4 or not all(joint) or _is_body(draft, name):
        return [name, *_beside(draft, statement, name)]
    if all(n in known for n in joint) or (not speaker.party and all(re.search("[A-Z]", n) for n in joint)):
        return joint
    named = all(n[:1].isupper() for n in joint) and (
        any(n in known or _is_body(draft, n) for n in joint) or not _is_one(draft, name)
    )
    return joint if named and speaker.party == speaker.name else [name]


def _is_one(draft: Draft, name: str) -> bool:
    """Whether a name with "and" in it is that of one body that the text names."""
    return not isinstance(draft.cast, Cast) or draft.cast.known(name) is not None


def _beside(draft: Draft, statement: Statement, party: str) -> list[str]:
    """Whose position it is too: that of a second person who speaks, "Tui Vekk of Leth and Hana Kirov of Marrow"."""
    if not isinstance(draft.cast, Cast) or not statement.source:
        return []
    text, source = draft.document.text, statement.source
    people = [(low, high, a) for low, high, a in draft.cast.between(source.start, source.end) if a.kind == "person"]
    if len(people) != 2 or people[0][2].name != statement.speaker.name:
        return []
    (_, end, _), (start, _, other) = people
    together = _AND_ANOTHER.fullmatch(text, end, start) is not None
    return [other.party] if together and other.party and other.party != party else []


_AND_ANOTHER = re.compile(r"[^,;:.]{0,40},?\sand\s[^;:.]{0,40}")
_SIDES = re.compile(r"(?:both |two |the )*(?:sides|parties|delegations|camps)", re.IGNORECASE)


def _is_body(draft: Draft, name: str) -> bool:
    """Whether a name is that of one state or body that is known everywhere."""
    atlas = draft.cast.atlas if isinstance(draft.cast, Cast) else None
    return bool(atlas and (atlas.gazetteer.organisations.get(key_of(name)) or atlas.lookup(name)))


__all__ = ["Candidate", "candidates", "find_positions", "is_negative", "parties_of"]
