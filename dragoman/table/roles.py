"""What people were to parties and from when: for whom they spoke, whom they led, represented or belonged to.

In: resolved documents in the order of their days, and Names. Out: Persons, each role with its evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from operator import attrgetter

from dragoman.table.names import Names
from dragoman.table.resolved import Resolved
from dragoman.table.values import Evidence, Person, Role, Said

_TOLD = ("leads", "represents", "member of")  # relations of a reading that tell a role


def people_with_roles(pages: Sequence[Resolved], names: Names, known: Set[str]) -> tuple[Person, ...]:
    """Everybody who speaks and is `known` as a person, and everybody of whom a role is told, by name."""
    said_by: dict[str, list[Said]] = defaultdict(list)
    for page in pages:
        for said in page.said:
            if said.speaker and not said.anonymous and said.speaker in known:
                said_by[said.speaker].append(said)
    roles = _roles(pages, said_by)
    spellings: dict[str, set[str]] = defaultdict(set)
    for spelling in {named.name for page in pages for named in page.facts.people}:
        spellings[names.person(spelling) or ""].add(spelling)
    return tuple(
        Person(name, tuple(sorted(spellings[name] - {name})),
               tuple(sorted(roles[name], key=attrgetter("kind", "party"))), len(said_by[name]))
        for name in sorted(known | set(roles))
    )  # fmt: skip


def _roles(pages: Sequence[Resolved], said_by: Mapping[str, Sequence[Said]]) -> dict[str, list[Role]]:
    roles: dict[str, list[Role]] = defaultdict(list)
    # Oldest first, since pages stand in the order of their days.
    for person, everything in said_by.items():
        spoken: dict[str, list[Said]] = defaultdict(list)
        for said in everything:
            for party in said.parties:
                spoken[party].append(said)
        for party, saids in spoken.items():
            words = tuple([said.evidence[0] for said in saids])
            roles[person].append(Role("speaks for", party, saids[0].date or None, saids[-1].date or None, words))
    told: dict[tuple[str, str, str], list[tuple[str, Evidence]]] = defaultdict(list)
    for page in pages:
        for person, to, relation in page.relations:
            if relation.kind in _TOLD and person != to:
                told[person, relation.kind, to].append((page.day, page.evidence(None, relation.span)))
    for (person, kind, to), when in told.items():
        words = tuple(dict.fromkeys([evidence for _day, evidence in when]))
        roles[person].append(Role(kind, to, when[0][0] or None, when[-1][0] or None, words))
    return roles
