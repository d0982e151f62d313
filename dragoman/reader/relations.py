"""Relations: who leads, represents, belongs to, backs, opposes or mediates between whom.

In: a draft with its statements, whose speakers have names and parties. Out: Relations between names. What somebody is
to a party is read from the words that introduce the person: "Riyad Hijab, the head of HNC" leads, "the NAC's chief
negotiator" represents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from dragoman.folding import fold, fold_name
from dragoman.reader.draft import Draft
from dragoman.reader.roles import Role, role_words, roles_of
from dragoman.reading import Relation, Span, Spans, Statement

_NAME_PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "van", "von", "de", "der", "den", "da", "di", "du", "del", "della", "dos", "la", "le", "of"}
    | {"ter", "ten", "abu", "ben", "bint", "umm", "y", "e", "i"}
)
_ENOUGH = 3  # introductions of one person that are looked at


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who stands for a party, and the statement that shows it."""

    name: str
    party: str
    statement: Statement | None


def find_relations(draft: Draft) -> list[Relation]:
    """The relations of `draft`: of its speakers to their parties first, then those that the text itself states."""
    found: dict[tuple[str, str, str], Relation] = {}
    known = [(p, list(islice(roles_of(draft, p.name), _ENOUGH))) for p in speakers(draft)]
    governments = {fold_name(p.party) for p, roles in known if any(_ministerial(r) for r in roles)}
    for person, roles in known:
        role = roles[0] if roles else None
        kind = _kind(draft, person, role, governments)
        span = Spans([role.span]) if role else person.statement.source if person.statement else Spans()
        key = (fold_name(person.name), fold_name(person.party), kind)
        statement = person.statement.id if person.statement else None
        found.setdefault(key, Relation(person.name, person.party, kind, statement, span))
    return list(found.values())


def speakers(draft: Draft) -> list[Person]:
    """Every person who speaks for a party, with the first statement that shows it."""
    seen: dict[tuple[str, str], Person] = {}
    for s in draft.statements:
        name, party = s.speaker.name, s.speaker.party
        if name and party and not s.speaker.anonymous and name != party and is_person(name, draft):
            seen.setdefault((fold_name(name), fold_name(party)), Person(name, party, s))
    return list(seen.values())


def is_person(name: str, draft: Draft) -> bool:
    """Whether `name` looks like a person's: capitalised words, none of them an office or a body."""
    if draft.lexicon.party(name) is not None or draft.lexicon.outlet(name) is not None:
        return False
    words = name.split()
    free = role_words().person_free
    if not words or len(words) > 6 or any(fold(w).strip(".,'") in free or fold(w).endswith("'s") for w in words):
        return False
    if not words[0][0].isalpha():
        return False
    return all(not w[0].islower() or fold(w) in _NAME_PARTICLES or "-" in w for w in words)


def _ministerial(role: Role) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", f"{role.word} {role.phrase}") for word in role_words().ministerial)


def _kind(draft: Draft, person: Person, role: Role | None, governments: set[str]) -> str:
    """The relation of a person to the party: what the role says, unless it is a role in something smaller."""
    if role is None:
        return _without_role(draft, person, governments)
    if role.kind == "mediates":
        return "represents"
    if role.kind != "leads" or role.word in role_words().governs:
        return role.kind
    if _governs(draft, person.party, governments):
        return "represents"  # the governor of a state's province, its fisheries chief
    return role.kind


def _governs(draft: Draft, party: str, governments: set[str]) -> bool:
    """Whether a party is a state or its government."""
    entry = draft.lexicon.party(party)
    return fold_name(party) in governments or "government" in fold(party) or (entry is not None and entry.kind == "state")


def _without_role(draft: Draft, person: Person, governments: set[str]) -> str:
    """ "Ros Pettifer of Southern Waters Watch" belongs to it; "Ingeborg Tui of Leth" speaks for a state."""
    if _governs(draft, person.party, governments):
        return "represents"
    text, last = draft.document.text, re.escape(person.name.split()[-1])
    first = text.find(person.name)
    title = re.search(r"([^\W\d_]+)\.? $", text[max(0, first - 20) : max(0, first)])
    if title and fold(title.group(1)) in role_words().titles:
        return "represents"
    party = re.escape(person.party)
    if re.search(rf"(?<!\w){last} of (?:the )?(?:[\w'’-]+ ){{0,3}}?{party}(?!\w)", text, re.IGNORECASE):
        return "member of"
    return "represents"
