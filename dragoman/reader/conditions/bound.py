"""Tells whom a clause binds: the party that it names as acting, the party whose insiders speak, or the speaker's own.

In: a draft whose statements are resolved, a statement, and the clause that says what is held back or offered. Out: the
name of a party, or of a speaker who stands for nobody else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from dragoman.folding import fold, without_genitive
from dragoman.reader.conditions.withholding import told_not_to
from dragoman.reader.draft import Draft
from dragoman.reader.names.name_shapes import NAME, heads_of
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.parties.named_parties import Named, Option
from dragoman.reader.parties.role_words import words_about
from dragoman.reader.vocabulary import key_of, words
from dragoman.reader.wording.phrases import plain
from dragoman.reader.wording.told import own_cue
from dragoman.reading import Relation, Statement

_LONGEST = 6  # words of a subject that can be a name
# Where the subject of a clause ends: before its verb group, or before a verb that binds.
_VERB = re.compile(
    r"\s(?:will|would|won['’]t|wouldn['’]t|can|could|cannot|can['’]t|may|might|must|should|shall|is|are|was|were|has|have|"
    r"had|does|did|do|neither|not|never|no longer|agreed|offered|undertook|vowed|promised|threatened|refused|pledged|"
    r"agrees|offers|undertakes|vows|promises|threatens|refuses|pledges|wants|demands)\s"
)
# What is done to somebody is done by another: "Brenford will be left out"
_PASSIVE = re.compile(
    r"\s(?:will|would|can|could|may|might|must|shall|should|to|won['’]t|cannot)(?: \w+ly| not| never| only| then)? be "
    r"(?:\w+ly )?(?!prepared|inclined|willing|interested|committed|talked|persuaded|moved|pressed)"
    r"\w+(?:ed|en|wn|pt|ft|lt|nt|id|ught)(?!\w)"
)
# What takes effect is a text, and not who acts.
_IN_FORCE = re.compile(r"(?<!\w)(?:enter|com)\w* into (?:force|effect)(?!\w)|(?<!\w)tak\w+ effect(?!\w)")
_LETTER = re.compile(r"[^\W\d_]")
_BREAK = re.compile(r"[;:]\s|\s(?:that|but|and|because|while|after|when|if)\s")
_BETWEEN = re.compile(r"\bbetween\s[^;:]* and [^,;:]*$")  # "talks between Leth and the Front will start": neither acts
_APPOSED = re.compile(r",(?!\d)")
_LEAD = re.compile(r"^(?:(?:the|an?|no|this|that)\s+)+", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:(?:that|while|as)\s)?(?:the|this)\s", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\([^()]*\)?")
_OWNER = re.compile(r"^([^\W\d_][\w.-]*)['’]s? (?=[A-Z])")  # "Aldmoor's Ana Vekk"
_OWNED = re.compile(r"(?:its|his|her|their|our|my)\s", re.IGNORECASE)  # the speaker's own side
_THIRD = re.compile(r"(?:that\s+)?(it|he|she|they)(?!\w)", re.IGNORECASE)
_PERSON = re.compile(r"(?:that\s+)?(?:he|she)(?!\w)", re.IGNORECASE)
_OURS = re.compile(r"(?<!\w)(?:we|I|our|us|my)(?!\w)")
_OWNERS = frozenset(("its", "his", "her", "hers", "their", "theirs"))
_BODIES = frozenset(("body", "named", "government", "state", "place", "plain"))


def bound_party(draft: Draft, statement: Statement, clause: str) -> str | None:
    """Whom a clause of a statement binds."""
    speaker = statement.speaker
    nameless = speaker.anonymous and not speaker.party and isinstance(draft.cast, Cast)
    carried = not speaker.party and _is_outlet(draft, speaker.name) and not own_cue(draft, statement)
    told = told_not_to(clause)  # who tells others not to do a thing is the one who holds it back
    acting = None if told else acting_party(draft, clause, people=nameless or carried)
    if carried:
        return acting  # a paper tells what others will do
    own = None if nameless else party_of(statement, draft.relations)
    if acting:
        return own if own and is_short_for(acting, own) else acting
    if not nameless:
        return own if told else _other_person(draft, clause) or own
    first, second = (_spoken_of, _insiders) if _PERSON.match(clause) else (_insiders, _spoken_of)
    party = first(draft, statement, clause) or second(draft, statement, clause)
    # Somebody without name and side tells what others will do, unless it is "we" who will do it.
    return party or (party_of(statement, draft.relations) if _OURS.search(clause) else None)


def _other_person(draft: Draft, clause: str) -> str | None:
    """The private person whom a clause names as the one that acts: "Ryan will plead guilty", his lawyer says.

    Who holds an office acts for the side that tells of it.
    """
    person = acting_party(draft, clause, people=True)
    if person is None:
        return None
    lead = re.split(rf"(?<!\w){re.escape(person.split()[-1])}(?!\w)", clause)[0].split()
    offices = words("titles", "role_nouns")
    return None if any(fold(word.strip(",.")) in offices for word in lead) else person


def is_short_for(name: str, whole: str) -> bool:
    """Whether a name is another with words left out: "the League" of the Nickel League."""
    return set(key_of(name).split()) < set(key_of(whole).split())


def _is_outlet(draft: Draft, name: str | None) -> bool:
    actor = draft.cast.known(name) if name and isinstance(draft.cast, Cast) else None
    return actor is not None and actor.kind == "outlet"


def party_of(statement: Statement, relations: Iterable[Relation] = ()) -> str | None:
    """Whom a statement binds: the speaker's party, else whom the speaker is told to act for, else the speaker."""
    speaker = statement.speaker
    if speaker.party or not speaker.name or _is_paper(speaker.name):
        return speaker.party
    acts_for = (r.to for r in relations if r.origin == speaker.name and r.kind in ("leads", "represents"))
    return next(acts_for, speaker.name)


_GOES_ON = re.compile(r"\s(?:of|from|in|by|on|to|with)\s")


def _is_paper(name: str) -> bool:
    """Whether a speaker is only what somebody wrote, bound to nothing: "report", "statement by the League"."""
    return _GOES_ON.split(name)[0].split()[-1] in words("issued_nouns", "paper_nouns") | {"report", "reports"}


def acting_party(draft: Draft, clause: str, *, people: bool = False) -> str | None:
    """Whom a clause names as the one that acts: "Aldmoor will lift its ban", whoever says so.

    Somebody who stands for nobody else is one only where `people` are asked for.
    """
    verb = _VERB.search(clause)
    if not verb or not isinstance(draft.cast, Cast) or _PASSIVE.match(clause, verb.start()) or _IN_FORCE.search(clause):
        return None
    if _BETWEEN.search(clause[: verb.start()]):
        return None
    subject = _BREAK.split(clause[: verb.start()].strip())[-1].strip()
    pieces = [p.strip() for p in _APPOSED.split(subject) if p.strip()]
    apposed = subject.endswith(",") and len(pieces) == 2  # "Sargaz, the gas company, will"
    found = [_named(draft, piece, people=people) for piece in (pieces if apposed else pieces[-1:])]
    names = sorted((f for f in found if f), key=lambda f: not f[:1].isupper())
    if not names and apposed and _DEFINITE.match(pieces[0]) and NAME.fullmatch(pieces[1]):
        names = pieces[1:]  # "the third country, Sennar, had", named nowhere else
    return names[0] if names else None


def _named(draft: Draft, subject: str, *, people: bool) -> str | None:
    """The party that a subject names."""
    cast = draft.cast
    assert isinstance(cast, Cast)
    name = without_genitive(_LEAD.sub("", _BRACKET.sub("", subject)))
    if _OWNED.match(subject):
        return None
    if not name or len(name.split()) > _LONGEST or name.lower() in words("pronouns", "personal"):
        return None
    if name[:1].isupper():
        if place := cast.atlas.lookup(name):
            return place[0]
        owner = _OWNER.match(name)
        actor = cast.known(name) or _titled(cast, name[owner.end() if owner else 0 :]) or _in_office(cast, name)
        if actor is not None:
            owned = cast.atlas.lookup(owner.group(1)) if owner and actor.kind == "person" else None
            return _of_actor(draft, actor) or (owned[0] if owned else actor.name if people else None)
        if body := cast.atlas.gazetteer.organisations.get(key_of(name)):
            return body.name
    option = _option(cast, name, definite=bool(_DEFINITE.match(subject)))
    return option.name if option else None


def _titled(cast: Cast, name: str) -> Actor | None:
    """The person whom a name with its title means: "Prime Minister Karma Adhwang", "Ms Raghunathan"."""
    parts = name.split()
    while len(parts) > 1 and fold(parts[0].rstrip(".")) in words("titles", "role_nouns"):
        parts = parts[1:]
    actor = cast.known(" ".join(parts))
    if actor is None:
        last = fold(parts[-1])
        actor = next((a for a in cast.actors if a.kind == "person" and fold(a.name.split()[-1]) == last), None)
    return actor if actor is not None and actor.kind == "person" else None


def _in_office(cast: Cast, name: str) -> Actor | None:
    """The one person who holds an office: "the Envoy"."""
    office = fold(name)
    if office not in words("role_nouns", "titles"):
        return None
    people = ((a, " ".join(words_about(cast, low, high))) for low, high, a in cast.mentions if a.kind == "person")
    holders = {a for a, around in people if office in fold(around).split()}
    return holders.pop() if len(holders) == 1 else None


def _of_actor(draft: Draft, actor: Actor) -> str | None:
    if actor.kind == "person":
        spoken = (s.speaker for s in draft.statements)
        return next((s.party for s in spoken if s.name == actor.name and s.party), None)
    return None if actor.kind == "outlet" else actor.party or actor.name


def _parties(cast: Cast) -> dict[str, Option]:
    """The parties of the text, collected once."""
    draft = cast.draft
    if not isinstance(draft.named, Named):
        draft.named = Named(cast)
    return draft.named.options


def _option(cast: Cast, name: str, *, definite: bool) -> Option | None:
    """The party of the text that a subject names in full, or by its noun alone."""
    named = _parties(cast)
    known = named.get(key_of(name))
    if known is not None and known.kind in _BODIES and (known.kind != "plain" or " " in name) and _sure(cast, known):
        return known
    if not definite or len(name.split()) > 1:
        return None
    head = fold(name)
    kinds = ("body", "named") if head in words("organisation_nouns") else ("body",)
    bodies = [o for o in named.values() if o.kind in kinds
              and any(fold(cast.text[s:e]) == head for s, e, how in o.places if how == "head")]  # fmt: skip
    return bodies[0] if len(bodies) == 1 else None


def _sure(cast: Cast, option: Option) -> bool:
    """Whether a party is named where its capital says that it is a name, or is no single word."""
    name = option.name or ""
    if option.kind not in ("named", "place"):
        return True
    if " " in name:  # "State parks will lock their gates": what begins a sentence may be a plain thing
        return name.split()[-1][:1].isupper() or bool(heads_of(name) & words("organisation_nouns"))
    if re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", cast.text):
        return False
    segments = cast.draft.segments
    before = (cast.text[segments.sentences[segments.sentence_at(s)].start : s] for s, _, _ in option.places)
    return any(_LETTER.search(words) for words in before)  # "3. Shipments will restart" begins a sentence


def _insiders(draft: Draft, statement: Statement, clause: str) -> str | None:
    """Whom the words for a nameless source name: "a person close to the Sargaz board"."""
    cast = draft.cast
    assert isinstance(cast, Cast)
    inside: list[tuple[int, Option]] = []
    for span in statement.source:
        for option in _parties(cast).values():
            if option.kind in _BODIES - {"plain", "place"}:
                near = option.places[bisect_left(option.starts, span.start) : bisect_left(option.starts, span.end)]
                inside += [(s, option) for s, e, _ in near if e <= span.end]
    if not inside:
        return _holder(draft, statement)
    name = min(inside, key=lambda i: i[0])[1].name or ""
    whole = name.rpartition(" ")[0]  # "the Sargaz board" is Sargaz
    return whole if whole and name.split()[-1].lower() in _ORGANS else name


def _holder(draft: Draft, statement: Statement) -> str | None:
    """The one whose office the words for a nameless source name: "officials close to the mediation"."""
    cast = draft.cast
    assert isinstance(cast, Cast)
    named = statement.source.text(draft.document, joint=" ") if statement.source else ""
    said = {_OFFICES.get(w, w) for w in (fold(without_genitive(w)) for w in re.findall(r"[\w'’-]+", named)[1:])}
    said &= words("role_nouns") - words("anonymous_nouns") | {"mediator", "envoy", "minister"}
    holders = [a for a in cast.actors if a.kind == "person" and a.roles & said]
    if len(holders) != 1 or not re.search(r"\b(?:close to|briefed|familiar|knowledge of|near|aide)\b", named):
        return None
    return _of_actor(draft, holders[0]) or holders[0].party or holders[0].name


def _spoken_of(draft: Draft, statement: Statement, clause: str) -> str | None:
    """Whom a nameless source speaks of: who was spoken of last, where the clause says it, he, she or they."""
    source = plain(statement.source.text(draft.document, joint=" ")).lower() if statement.source else ""
    owner = next((w for w in source.split() if w in _OWNERS), "")
    subject = _THIRD.match(clause)
    if not statement.source or not (owner or subject):
        return None
    if subject and subject.group(1).lower() == "they" and _COMPANIES.search(source):
        return None  # "Both railways said they would": it is they themselves
    pronoun = owner or (subject.group(1).lower() if subject else "")
    fits = _FITS.get(pronoun, "")
    start = statement.source.start
    segments = draft.segments
    here = segments.paragraph_at(start)
    earliest = segments.paragraphs[max(0, here - 1)].start
    cast = draft.cast
    assert isinstance(cast, Cast)
    near = [(low, a) for low, high, a in cast.before(start, 60) if low >= earliest and high <= start
            and a.kind != "outlet" and (a.kind == "person" if fits else a.kind != "person")
            and (not fits or a.gender in ("", fits))]  # fmt: skip
    if not near:
        return None
    last = segments.sentence_at(near[-1][0])
    actor = next(a for low, a in near if segments.sentence_at(low) == last)
    return _of_actor(draft, actor) or actor.party or actor.name


_COMPANIES = re.compile(
    r"(?<!\w)(?:companies|railways|railroads|airlines|unions|parties|firms|carriers|operators|sides|governments|studios|"
    r"automakers|carmakers|hospitals|employers|owners)$"
)
_ORGANS = frozenset(("board", "management", "leadership", "delegation", "team", "camp", "talks"))
_OFFICES = {"mediation": "mediator", "mediators": "mediator", "presidency": "president"}
_FITS = {"he": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}

__all__ = ["acting_party", "bound_party", "party_of"]
