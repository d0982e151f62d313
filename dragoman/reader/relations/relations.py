"""Relations: who leads, represents, belongs to, backs, opposes or mediates between whom.

In: a draft with its statements, whose speakers have names and parties. Out: Relations between names. What somebody is
to a party is read from the words that introduce the person: "Riyad Hijab, the head of HNC" leads, "the NAC's chief
negotiator" represents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice

from dragoman.folding import fold, fold_name, last_word
from dragoman.reader.draft import Draft, Found
from dragoman.reader.names.casting import cast_of
from dragoman.reader.names.names import Cast
from dragoman.reader.names.roles import Role, role_of_source, role_words, roles_of
from dragoman.reader.parties.affiliation import is_weak
from dragoman.reader.parties.role_words import SENT_TO, role_start
from dragoman.reader.relations.alliances import find_alliances
from dragoman.reader.relations.offices import stated_party
from dragoman.reader.segment import standing
from dragoman.reader.speakers.speakers import Speakers
from dragoman.reader.vocabulary import words
from dragoman.reading import Relation, Spans, Statement

_PRESIDES = frozenset(("chair", "co-chair", "chairman", "chairwoman", "chairperson"))
_IN_A_HOUSE = frozenset(("congressional", "majority", "minority", "governor", "mayor", "whip", "speaker"))
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
    cast = draft.cast if isinstance(draft.cast, Cast) else cast_of(draft)
    finder = Speakers(cast)
    known = [_by_role(p, introductions(draft, p), cast, finder) for p in speakers(draft)]
    known = [(p, roles) for p, roles in known if p.party]
    known += [(person, [role]) for person, role in bystanders(draft, cast, known)]
    governments = {fold_name(p.party) for p, roles in known if any(_ministerial(r) for r in roles)}
    governments = {party for party in governments if party.split()[-1] not in words("organisation_nouns")}
    governments |= {fold_name(place.state) for place in cast.atlas.places}
    folded = fold(draft.document.text)
    for person, roles in known:
        role = roles[0] if roles else None
        if not _is_said(draft, folded, person, role) or _is_short_for(person.name, person.party):
            continue
        if (
            role
            and role.word in _PRESIDES
            and not _says(role, person.party)
            and _governs(draft, person.party, governments)
        ):
            continue  # the chair of the talks stands for no state there
        kind = _kind(draft, person, role, governments)
        span = Spans([role.span]) if role else person.statement.source if person.statement else Spans()
        key = (fold_name(person.name), fold_name(person.party), kind)
        statement = person.statement.id if person.statement else None
        found.setdefault(key, Relation(person.name, person.party, kind, statement, span))
    for relation in (*find_alliances(draft, cast), *mediations(draft, known)):
        found.setdefault((fold_name(relation.origin), fold_name(relation.to), relation.kind), relation)
    return list(found.values())


def _is_short_for(name: str, party: str) -> bool:
    """Whether a name and a party are one name and its first words: Orlanda is Orlanda Semiconductor itself."""
    one, other = fold_name(name), fold_name(party)
    return one == other or one.startswith(f"{other} ") or other.startswith(f"{one} ")


def _initials(party: str) -> str:
    """The letters that a party of several words is called by, folded: "hpa"; "" for one word."""
    letters = "".join(w[0] for w in re.findall(r"[^\W_]+", fold(party)) if w not in ("of", "the", "and", "for"))
    return letters if len(letters) > 1 else ""


def _says(role: Role, party: str) -> bool:
    """Whether a role's words tell the party: by one of its words, or by "its", "the council's"."""
    said = set(re.findall(r"[^\W_]{4,}", role.phrase))
    if any(standing(role.phrase.replace(".", ""), _initials(party))):
        return True
    named = any(w[:4] == p[:4] for p in re.findall(r"[^\W_]{4,}", fold(party)) for w in said)
    return named or (" of " not in role.phrase and bool(re.match(r"(?:its|their|our)\b|.*['’]s\s", role.phrase)))


_WHAT = re.compile(
    r"\s+(?:between|in|for|to|the|a|an|their|its|on)?\s*((?:the |a )?(?:[\w'’-]+ ){0,4}?"
    r"(?:talks|truce|ceasefire|cease-fire|negotiations|deal|accord|agreement|dialogue|exchange|pact|dispute))\b(?!['’-])",
    re.IGNORECASE,
)


def mediations(draft: Draft, known: list[tuple[Person, list[Role]]]) -> list[Relation]:
    """People whom the text calls mediators, and what they mediate: the talks, where it says no more."""
    found = []
    for person, roles in known:
        role = next((r for r in roles if r.kind == "mediates"), None)
        if role is not None:
            what = _WHAT.match(draft.document.text, role.span.end) or _WHAT.search(f" {role.phrase}")
            name = (
                re.sub(rf"^(?:{re.escape(role.word)}\s+)?(?:(?:the|an?)\s+)?", "", what.group(1)) if what else "talks"
            )
            statement = person.statement.id if person.statement else None
            found.append(Relation(person.name, name, "mediates", statement, Spans([role.span])))
    return found


def introductions(draft: Draft, person: Person) -> list[Role]:
    """What the text says a speaker is, beside the name or as a source without one."""
    found = list(islice(roles_of(draft, person.name), _ENOUGH))
    if found or not person.statement:
        return found
    for s in draft.statements:
        if s.source and s.speaker.name == person.name and len(s.source) == 1:
            role = role_of_source(draft, s.source[0])
            if role is not None:
                return [role]
    return []


def bystanders(draft: Draft, cast: Cast, known: list[tuple[Person, list[Role]]]) -> list[tuple[Person, Role]]:
    """People whom the text introduces with a role and a party but who say nothing in it."""
    heard = {fold_name(p.name) for p, _ in known}
    beside = {role.span.start: p.party for p, roles in known for role in roles}
    heard |= {fold_name(s.speaker.name) for s in draft.statements if s.speaker.name}
    heard |= {name.split()[-1] for name in heard if name and " and " not in name}
    finder, found = Speakers(cast), []
    for actor in cast.actors:
        key = fold_name(actor.name)
        if (
            actor.kind != "person"
            or not key
            or key in words("pronouns")  # "We, the ministers of Leth and Orvia, met"
            or key in heard
            or key.split()[-1] in heard
            or not is_person(actor.name, draft)
        ):
            continue
        role = next(roles_of(draft, actor.name), None)
        if role is None or role.kind == "mediates":
            continue
        end = max(role.span.end, draft.document.text.find(actor.name, role.span.start) + len(actor.name))
        party = stated_party(role, cast, finder) or beside.get(role.span.start)
        if not party:
            at = draft.document.text.rfind(actor.name, role.span.start, end)
            low = (
                role.span.start if at <= role.span.start else max(role.span.start, role_start(draft.document.text, at))
            )
            holder = finder.speaker(Found(Spans([(low, end)]), Spans(), Spans()))
            party = None if is_weak(holder) else holder.party  # "after talks with President Vekk": of which state?
        body = cast.known(party) if party else None
        a_party = body.kind in ("state", "organisation", "group") if body else party and cast.atlas.lookup(party)
        if role.span.start not in beside and not a_party:
            continue
        if party and not fold_name(party).endswith(key) and (role.word in role_words().governs or _says(role, party)):
            found.append((Person(actor.name, party, None), role))
    return found


def speakers(draft: Draft) -> list[Person]:
    """Every person who speaks, with the party, "" when none is known, and the first statement that shows it."""
    seen: dict[tuple[str, str], Person] = {}
    for s in draft.statements:
        name, party = s.speaker.name, s.speaker.party or ""
        if name and not s.speaker.anonymous and name != party and is_person(name, draft):
            seen.setdefault((fold_name(name), fold_name(party)), Person(name, party, s))
    bound = {name for name, party in seen if party}
    return [p for (name, party), p in seen.items() if party or name not in bound]


_DELEGATION = re.compile(
    r"(?:leads|heads)\s(?:the\s|its\s)?(?P<body>(?!the\s|its\s|a\s)(?:[\w'’-]+\s){1,3}delegation)\b"
)


def _by_role(person: Person, roles: list[Role], cast: Cast, finder: Speakers) -> tuple[Person, list[Role]]:
    """A speaker with the party that the words of the role name, where the statement gives none or one out of sight."""
    for role in roles:
        delegation = _DELEGATION.match(role.said)
        if role.kind == "leads" and delegation is not None:
            return replace(person, party=delegation.group("body")), [role]
        if person.party and _says(role, person.party):
            return person, roles
        stated = stated_party(role, cast, finder)
        if person.party and role.kind == "member of" and stated and last_word(fold(stated)) in words("legislatures"):
            continue  # a member of parliament stands for a party or a people
        if stated and fold_name(stated) != fold_name(person.name):
            return replace(person, party=stated), [role, *(r for r in roles if r is not role)]
    return person, roles


def is_person(name: str, draft: Draft) -> bool:
    """Whether `name` looks like a person's: capitalised words, none of them an office or a body."""
    if draft.lexicon.party(name) is not None or draft.lexicon.outlet(name) is not None:
        return False
    actor = draft.cast.known(name) if isinstance(draft.cast, Cast) else None
    if actor is not None and actor.kind in ("state", "outlet"):
        return False
    parts = name.split()
    free = role_words().person_free
    if not parts or len(parts) > 6 or any(fold(w).strip(".,'") in free or fold(w).endswith("'s") for w in parts):
        return False
    if not parts[0][0].isalpha():
        return False
    return all(not w[0].islower() or fold(w) in words("surname_particles") or "-" in w for w in parts)


def _ministerial(role: Role) -> bool:
    return role_words().ministerial.search(f"{role.word} {role.phrase}") is not None


def _is_said(draft: Draft, folded: str, person: Person, role: Role | None) -> bool:
    """Whether the text lets one see that the person stands for the party; a mediator often stands for nobody."""
    if role is not None and (role.kind == "mediates" or role.phrase.strip().removeprefix("peace ") == "envoy"):
        return _says(role, person.party) or _of_party(draft, person)
    party = fold(person.party)
    if party in folded or person.party in role_words().partisans.values():
        return True
    short = _initials(person.party).upper()
    if draft.lexicon.party(person.party) is not None or any(standing(draft.document.text, short)):
        return True
    return any(w[:5] in folded for w in re.findall(r"[^\W_]{3,}", party))


def _kind(draft: Draft, person: Person, role: Role | None, governments: set[str]) -> str:
    """The relation of a person to the party: what the role says, unless it is a role in something smaller."""
    if role is None:
        return _without_role(draft, person, governments)
    if role.kind == "mediates":
        return "represents"
    if role.kind == "leads" and (_in_a_house(role, person.party) or _has_seat(draft, person)):
        return "member of"
    if role.word.startswith("representative") and SENT_TO.search(f"{role.said.split(' for ')[0]} for "):
        return "represents"  # "US representative for Leth", who sits in no house
    if role.kind != "leads" or role.word in role_words().governs:
        return role.kind
    if role.word == "speaker" and last_word(fold(person.party).split(" of ")[0]) not in words("legislatures"):
        return "represents"  # who speaks for a group presides over nothing
    if _governs(draft, person.party, governments):
        return "represents"  # the governor of a state's province, its fisheries chief
    return role.kind


def _has_seat(draft: Draft, person: Person) -> bool:
    """Whether the text tells the party of somebody by the letter of a seat: "(R-N.C.)"."""
    partisan = person.party in role_words().partisans.values() or fold(person.party)[:-1] in role_words().partisans
    seat = rf"{re.escape(person.name)},? \(?[DRI](?:\.?,|[-–])"
    return partisan and re.search(seat, draft.document.text) is not None


def _in_a_house(role: Role, party: str) -> bool:
    """Whether somebody leads a party's people in a house, or a state: "Republican Senate leader"."""
    partisans, said = role_words().partisans, role.phrase.split()
    named = (n for n, word in enumerate(said, 1) if partisans.get(word) == party or f"{word}s" == fold(party))
    at = next(named, len(said))
    return not (words("legislatures") | _IN_A_HOUSE).isdisjoint(said[at:])


def _governs(draft: Draft, party: str, governments: set[str]) -> bool:
    """Whether a party is a state or its government."""
    entry = draft.lexicon.party(party)
    return (
        fold_name(party) in governments or "government" in fold(party) or (entry is not None and entry.kind == "state")
    )


def _without_role(draft: Draft, person: Person, governments: set[str]) -> str:
    """ "Ros Pettifer of Southern Waters Watch" belongs to it; "Ingeborg Tui of Leth" speaks for a state."""
    if _governs(draft, person.party, governments):
        return "represents"
    text = draft.document.text
    first = text.find(person.name)
    title = re.search(r"([^\W\d_]+)\.? $", text[max(0, first - 20) : max(0, first)])
    if title and fold(title.group(1)) in role_words().titles:
        return "represents"
    return "member of" if _of_party(draft, person) else "represents"


def _of_party(draft: Draft, person: Person) -> bool:
    """Whether the text calls somebody "Pettifer of Southern Waters Watch"."""
    text, last = draft.document.text, person.name.split()[-1].lower()
    named = rf"(?<!\w){re.escape(last)} of (?:the )?(?:[\w'’-]+ ){{0,3}}?{re.escape(person.party)}(?!\w)"
    return f"{last} of " in text.lower() and re.search(named, text, re.IGNORECASE) is not None
