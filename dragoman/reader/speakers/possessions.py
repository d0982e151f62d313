"""Tells who is meant by somebody's somebody: "his office", "the council's lawyers", "two of its officials".

In: the speakers of a text and the words of a source. Out: an Actor, or None where the words have no owner.
"""

from __future__ import annotations

import re
from typing import Protocol

from dragoman.folding import fold, last_word
from dragoman.reader.names.name_shapes import is_organisation
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.noun_phrases import PREPOSITION, bare, core_of, shortened
from dragoman.reader.vocabulary import key_of, words


class Speakers(Protocol):
    """Whoever can tell whom words mean: the speakers of a text."""

    cast: Cast
    said: list[tuple[int, Actor]]  # who spoke, and where, in text order

    def sourced(self, start: int, end: int) -> Actor: ...

    def owner(self, word: str, start: int, role: str) -> Actor | None: ...

    def by_head(self, bare: str, start: int) -> Actor | None: ...

    def role_holder(self, phrase: str, start: int, party: str | None) -> Actor | None: ...

    def named_later(self, phrase: str, start: int, end: int) -> Actor | None: ...


_POSSESSIVE = re.compile(r"^(his|her|its|their|our|my|whose)\s+", re.I)
_SOME_OF = re.compile(
    r"(?P<many>one|two|three|four|five|six|some|several|many|most|all|another|others?|a few|half|dozens|"
    r"members?)\s+of\s+(?=(?:its|their|his|her|our)\s|[A-Z][\w.’'-]*['’]s?\s|the\s+[\w-]+['’]s?\s)",
    re.I,
)


_BELONGINGS = (
    r"office|camp|team|press office|entourage|people|lawyers?|spokes\w+|aides?|advisers?|ministry|delegation|"
    r"headquarters|secretariat|press release"
)
_OWNED = re.compile(
    rf"((?:the\s+)?(?:[\w.’'-]+\s+){{0,4}}?[\w.-]+?)['’]s?\s+((?:[\w-]+\s+){{0,2}}(?:{_BELONGINGS}|"
    rf"{'|'.join(sorted(words('issued_nouns')))}))$",
    re.I,
)
_OFFICE_OF = re.compile(
    r"(?:[Tt]he\s+)(?P<noun>office|team|camp|entourage|campaign|staff)\s+of\s+(?=its|his|her|their|the|[A-Z])"
)
_NAMELESS = ("aide", "aides", "adviser", "advisers", "people", "lawyer", "lawyers")
_COUNTS = r"(?:figures|statistics|surveys?|polls?|data|estimates|tables|count)"
_COUNTED = re.compile(
    rf"(?:(?:the|an?)\s+)?(?:(?:latest|new|recent)\s+)?(?P<by>(?:[\w’'-]+\s+){{0,3}}[\w’'-]+)\s+{_COUNTS}$", re.I
)
_COUNTED_BY = re.compile(
    rf"(?:(?:the|an?)\s+)?(?:[\w-]+\s+){{0,2}}(?:{_COUNTS}\s+(?:(?:kept|given out|put out)\s+)?(?:from|by|of|for)|"
    rf"(?:{_COUNTS}|report|study|analysis|review|assessment|audit)\s+(?:released|published|issued|compiled|collected|"
    r"gathered|provided|presented|commissioned|carried out|drawn up)\s+(?:(?:(?!by\b|from\b)[\w-]+\s+){0,4}by|from))"
    r"\s+(?=the\s|[A-Z])",
    re.I,
)
_STATED = re.compile(  # "an Indian government statement", "the White House readout"
    r"(?:(?:the|an?)\s+)?(?:(?:latest|new|later|separate|written|brief|short|strongly worded)\s+)*"
    r"(?P<by>(?!(?:An?|The)\s)[A-Z][\w.’'&-]*(?:\s+[\w’'&-]+){0,4}?)(?:['’]s?)?\s+"
    r"(?:statement|communiqu[eé]|readout|press release)$"
)
_STATED_BY = re.compile(  # "a statement issued by the Pakistani government"
    r"(?:[Tt]he|[Aa]n?)\s+(?:[a-z]+\s+)?(?:statement|communiqu[eé]|readout|press release)\s+"
    r"(?:(?:issued|released|published|put out|sent out|carried)\s+(?:[a-z]+\s)?)?(?:by|from)\s+(?=the\s|[A-Z])"
)
_PORTFOLIO = re.compile(
    r"\b(?P<of>foreign|finance|energy|defen[cs]e|interior|trade|justice|labou?r|health|education|transport|agriculture|"
    r"fisheries|environment|economy|oil|water|security|culture|information|mining|planning|industry) "
    r"(?:vice |deputy )?minister\b"
)
_PORTFOLIO_OF = re.compile(r"\bminister (?:of|for) (?:the )?(?P<of>[a-z]+)\b(?! (?:and|of))")


def some_of(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """ "Two of its officials", "one of Verhoek's advisers": some of the people that somebody has."""
    match = _SOME_OF.match(source)
    if match is None:
        return None
    low = speakers.cast.text.index(source, start) + match.end()
    rest = core_of(speakers.cast.text[low:end])
    actor = possessed(speakers, low, low + len(rest), rest) or owned(speakers, low, low + len(rest), rest)
    if actor is None:
        owner = re.match(r"(?:the\s+)?(.+?)['’]s?\s+(.+)$", rest)
        known = speakers.cast.known(owner.group(1)) if owner else None
        if owner is None:
            return None
        name = f"{owner.group(2)} of {known.name if known else owner.group(1)}"
        actor = Actor(name, "group", party=known.party if known else None, start=start)
    one = match.group("many").lower() in ("one", "another", "other", "member")
    name = re.sub(r"(?<=[a-z])s\b", "", actor.name, count=1) if one else actor.name
    return Actor(name, "group", party=actor.party, anonymous=True, plural=not one, start=start, owner=actor.owner)


def possessed(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """ "His office", "its spokesman", "their union": somebody by somebody.

    1. what speaks for its owner, and an owner's ministry; a counterpart is of another; 2. the side that somebody
    stands for; 3. a body that the text names elsewhere; 4. whoever holds the role; 5. else a group called after its
    owner.
    """
    match = _POSSESSIVE.match(source)
    owner = speakers.owner(match.group(1).lower(), start, source) if match else None
    if match is None or owner is None:
        return None
    noun = core_of(source)[match.end() :]
    heads = PREPOSITION.split(" " + noun)[0].split()
    head = heads[-1].lower() if heads else ""
    if match.group(1).lower() in ("our", "my") and head in words("anonymous_nouns") and PREPOSITION.search(" " + noun):
        return None  # "our source in the ministry" is the ministry's, not ours
    # 1. what speaks for its owner, and an owner's ministry
    if head in words("issued_nouns") or noun.lower().endswith("press release"):
        return owner
    ministry = _ministry_of(speakers, owner, noun)
    if ministry is not None:
        return speakers.cast.add(Actor(ministry, "organisation", party=owner.party, start=start, owner=owner))
    if head.removesuffix("s") == "counterpart":
        return _counterpart(speakers, owner, noun, start)
    # 2. the side that somebody stands for
    side = _side_of(speakers, owner, noun, head, start)
    if side is not None:
        return side
    # 3. a body that the text names elsewhere
    if head in words("organisation_nouns") and head != "office":
        body = speakers.by_head(noun, start)
        if body is not None:
            return body
        if owner.kind == "state":
            return speakers.cast.add(_body_of_state(speakers, owner, noun, start))
    # 4. whoever holds the role
    if head in words("role_nouns"):
        role = speakers.role_holder(noun, start, owner.party)
        role = role or (speakers.named_later(noun, start, end) if owner.kind != "person" else None)
        if role is not None:
            role.party = role.party or owner.party
            return role
    # 5. else a group called after its owner
    if owner.kind == "state" and head in words("bodies_of_states"):
        return _body_of_state(speakers, owner, noun, start)
    return _group_of(speakers, owner, noun, head, start)


def _counterpart(speakers: Speakers, owner: Actor, noun: str, start: int) -> Actor:
    """ "His Chilean counterpart": the one person of that land whom the text has named, else somebody of it."""
    cast = speakers.cast
    state = cast.atlas.lookup(noun.split()[0])
    party = state[0] if state is not None else None
    people = {a for _, _, a in cast.before(start) if a.kind == "person" and a is not owner and a.party == party}
    if party is not None and len(people) == 1:
        return people.pop()
    return Actor(f"{noun} of {owner.name}", "group", party=party, plural=noun.endswith("s"), start=start)


def _side_of(speakers: Speakers, owner: Actor, noun: str, head: str, start: int) -> Actor | None:
    """ "Their union" of the nurses, "her party" of a minister: the body that somebody stands for."""
    if owner.kind == "group" and owner.plural and head in words("organisation_nouns") and head != "office":
        members = last_word(PREPOSITION.split(" " + owner.name)[0])
        if members.endswith("s"):
            name = f"{members.lower()}' {noun}"
            return speakers.cast.add(Actor(name, "organisation", party=name, start=start, roles={head}))
    if owner.kind == "person" and owner.party and head in words("sides_of_people"):
        side = Actor(owner.party, "organisation", party=owner.party, start=start)
        return speakers.cast.known(owner.party) or speakers.cast.add(side)
    return None


def _body_of_state(speakers: Speakers, owner: Actor, noun: str, start: int) -> Actor:
    adjective = speakers.cast.atlas.demonym_of(owner.name) or owner.name
    return Actor(f"{adjective} {noun}", "organisation", party=owner.party, start=start)


def _group_of(speakers: Speakers, owner: Actor, noun: str, head: str, start: int) -> Actor:
    """ "Aides of Nadia Teyrouz", "Kestrian officials": people without names, called after whose they are."""
    anonymous = (
        head in words("anonymous_nouns") and "spokes" not in head and head not in words("role_nouns")
    ) or head.endswith("s")
    demonym = speakers.cast.atlas.demonym_of(owner.name) if owner.kind == "state" else None
    return Actor(
        f"{demonym} {noun}" if demonym else f"{noun} of {with_article(speakers.cast, owner.name)}",
        "group",
        party=owner.party if not anonymous or head in ("officials", "aides") else None,
        anonymous=anonymous,
        plural=head.endswith("s"),
        start=start,
        owner=owner,
    )


def owned(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """ "Teyrouz's office", "the council's press office", "Gasvelt's website": what belongs to somebody named."""
    of = _OFFICE_OF.match(source)
    if of is not None:
        holder = speakers.sourced(start + of.end(), end)
        if holder.kind == "person" and holder.name[:1].isupper():
            name = f"{of.group('noun').lower()} of {holder.name}"
            return Actor(name, "group", party=holder.party, start=start, owner=holder)
    match = _OWNED.match(core_of(source))
    if not match:
        return None
    owner = speakers.sourced(start, start + len(match.group(1)))
    noun = match.group(2)
    if owner.kind == "group" and owner.party is None:
        return None
    head = noun.split()[-1].lower()
    if head == "headquarters" or key_of(head) in words("issued_nouns") or noun.lower().endswith("press release"):
        return owner
    if match.group(1).removeprefix("the ").removeprefix("The ")[:1].islower() and owner.kind in (
        "group",
        "organisation",
    ):
        name = bare(core_of(source))
        return Actor(name, "organisation", party=owner.party or name, start=start, plural=head.endswith("s"))
    if owner.kind == "person" and _is_description(owner.name):
        name = bare(core_of(source))
        return Actor(
            name, "organisation", party=owner.party or name, anonymous=head in _NAMELESS, start=start, owner=owner
        )
    ministry = _ministry_of(speakers, owner, noun)
    if ministry is not None:
        return Actor(ministry, "organisation", party=owner.party, start=start, owner=owner)
    shown = match.group(1).removeprefix("the ").removeprefix("The ")
    adjective = speakers.cast.atlas.demonym_of(owner.name) if owner.kind == "state" else None
    name = (
        f"{shown} {noun}"
        if shown.isupper() and owner.kind in ("organisation", "state")
        else f"{adjective or owner.name} {noun}"
        if owner.kind == "state" or (head in ("ministry", "delegation") and owner.kind == "organisation")
        else f"{noun} of {owner.name}"
    )
    return Actor(
        name,
        "organisation" if head in words("organisation_nouns") else "group",
        party=owner.party,
        anonymous=head in _NAMELESS,
        plural=head.endswith("s"),
        start=start,
        owner=owner,
    )


def stated(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """ "A Foreign Ministry statement", "a readout from the White House": the state or body that makes it speaks."""
    core = core_of(source)
    before, after = _STATED.match(shortened(core)), _STATED_BY.match(core)
    if before is None and after is None:
        return None
    low, high = before.span("by") if before is not None else (after.end(), len(core))  # type: ignore[union-attr]
    first = start + speakers.cast.text[start:end].index(source)
    actor = speakers.sourced(first + low, first + high)
    return actor if actor.kind in ("organisation", "state") else None


_PAPER = re.compile(r"[Tt]he (statement|communiqué|communique|letter|press release|message|declaration)")
_PAPERS = 6  # so many speakers back may have issued it


def issued(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """ "Police figures", "a survey by Polmeter", "statistics of the port authority": whoever counted speaks."""
    core = shortened(core_of(source))
    after = _COUNTED_BY.match(core)
    if after is None and (after := _COUNTED_BY.match(source)) is not None:  # "a report published on Monday by the"
        core = source
    if after is not None:
        low = start + source.index(core) + after.end()
        by = speakers.sourced(low, low + len(core) - after.end())
        return by if by.kind in ("organisation", "state", "outlet") else None
    before = _COUNTED.match(core)
    if before is None:
        return None
    low = start + source.index(core) + before.start("by")
    name = before.group("by")
    by = speakers.sourced(low, low + len(name))
    return by if by.kind in ("organisation", "outlet") else None  # "British figures" may be anybody's in Britain


def paper_of(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """ "The statement added": whoever spoke before in a statement, the last one at that."""
    paper = _PAPER.fullmatch(source)
    if paper is None:
        return None
    segments, text = speakers.cast.draft.segments, speakers.cast.text
    spoke: tuple[int, Actor] | None = None
    for position, actor in reversed(speakers.said[-_PAPERS:]):
        sentence = segments.sentences[segments.sentence_at(position)]
        if re.search(
            rf"\b[Ii]n (?:an?|the|its|his|her|their) (?:[\w-]+ )?{paper.group(1)}\b",
            text[sentence.start : sentence.end],
        ):
            spoke = (sentence.end, actor)
            break
    return _last_issued(speakers, paper.group(1), spoke[0] if spoke else None, start) or (spoke[1] if spoke else None)


def _last_issued(speakers: Speakers, paper: str, since: int | None, start: int) -> Actor | None:
    """Whose paper the text has named last, where nobody has spoken in one since: "a Lethian ministry statement"."""
    text, segments = speakers.cast.text, speakers.cast.draft.segments
    near = segments.paragraphs[max(0, segments.paragraph_at(start) - 1)].start
    named = re.compile(rf"\b(?:an?|the|[A-Z][\w-]*['’]s?) ((?:[A-Za-z][\w-]* ){{1,4}}){paper}\b(?! (?:by|of|from)\b)")
    for match in reversed([*named.finditer(text, max(since or 0, near), start)]):
        if match.group(1)[:1].isupper():
            actor = speakers.sourced(match.start(1), match.end(1) - 1)
            return actor if actor.kind in ("organisation", "state") else None
    return None


def _is_description(name: str) -> bool:
    """Whether a name only says what somebody is: "county governor", "Prime Minister"."""
    roles = words("role_nouns", "titles", "male", "female")
    return name[:1].islower() or all(fold(w).strip(".") in roles for w in name.split())


def _ministry_of(speakers: Speakers, owner: Actor, noun: str) -> str | None:
    """The name of a minister's ministry or a diplomat's delegation: "Kestrian energy ministry"."""
    if owner.kind != "person" or not owner.party or speakers.cast.atlas.lookup(owner.party) is None:
        return None
    adjective = speakers.cast.atlas.demonym_of(owner.party) or owner.party
    if noun == "delegation":
        return f"{adjective} delegation"
    if noun != "ministry":
        return None
    described = " ".join(sorted(r for r in owner.roles if r.startswith("_")))
    portfolio = _PORTFOLIO.search(described) or _PORTFOLIO_OF.search(described)
    return f"{adjective} {portfolio.group('of')} ministry" if portfolio else None


def with_article(cast: Cast, name: str) -> str:
    """A body's name as it stands after "of": "the European Commission", but "Brannia" and "Nadia Teyrouz"."""
    if name[:1].islower() and name.split()[0] not in words("determiners"):
        return f"the {name}"  # "president of the nurses"
    known = cast.known(name)
    body = known is not None and known.kind == "organisation" and len(name.split()) > 1 and is_organisation(name)
    return f"the {name}" if body and name[:1].isupper() and not name.lower().startswith("the ") else name
