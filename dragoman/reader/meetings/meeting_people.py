"""Finds who meets and who presides, in the words of a clause that tells of a meeting.

In: a clause with the places where it names people, and the cast of the text. Out: names at their fullest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dragoman.folding import without_genitive
from dragoman.reader.draft import Draft
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.newcomers import is_subject
from dragoman.reader.vocabulary import verb_forms, words
from dragoman.reader.wording.phrases import plain
from dragoman.reading import Span

_NAME = r"[A-ZÀ-ÞĀ-Ž][\w'’.-]*\w(?:\s(?:al-|de |del |van |von |bin )?[A-ZÀ-ÞĀ-Ž][\w'’.-]*\w){0,3}"
_CHAIRED = re.compile(
    rf"(?:(?:co-)?chaired by|hosted by|presided over by|mediated by|"
    rf"under (?:the )?(?:chairmanship|mediation|presidency) of|conciliator|برئاسة)\s+"
    r"(?:(?:H\.\s?E\.|Mrs?\.?|Ms\.?|Dr\.?)\s)*"
    rf"(?:the |(?:[\w’'-]+ )?(?:deputy|mediator|envoy|president|minister),? )?(?P<name>{_NAME})"
)
_CHAIRS = re.compile(
    rf"(?P<name>{_NAME})(?:\s+and\s+(?P<other>{_NAME}))?,?\s+(?:(?:will|would|is to|are to|who|who will)\s)?"
    r"(?:co-chairs?|chairs?|chaired|co-chaired|presides? over|presided over|hosts?|hosted)\s"
)
_TITLE = (
    r"(?:(?:[Jj]udge|Ambassador|[Mm]inister|President|Professor|Dr|Mr|Ms|Mrs|Sir|Dame|General|[Ee]nvoy|[Mm]ediator|"
    r"Chairm[ae]n|H(?:is|er) Excellency|academician)\.?\s)*"
)
_IN_THE_CHAIR = re.compile(
    rf"\bwith\s+(?:[A-Z][\w-]*['’]s\s)?(?:[\w-]+\s){{0,5}}?{_TITLE}(?P<name>{_NAME}) in the chair\b"
)
_UNDER = re.compile(
    rf"\bunder\s(?:the\s)?(?:[a-z-]+\s){{0,4}}{_TITLE}(?P<name>[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+){{1,2}})"
)
_CHAIR = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Cc]o-)?\s?(?:[a-z]+ )?(?:chair|chairman|chairwoman|chairperson|co-chairs)"
    r"(?: of the [\w -]{3,40}?)?,\s(?:an? [^,]{3,40} called |(?:[a-z-]+ ){0,3})?"
    rf"{_TITLE}(?P<name>{_NAME})(?: of [A-Z]\w+)?(?: and (?P<other>{_NAME}))?(?:,| of )"
)
_MEDIATES = re.compile(rf"(?P<name>{_NAME})\s(?:is to|will|would|is due to)\s(?:mediate|moderate|facilitate)\s")
_WHO_CHAIRS = re.compile(
    rf"{_TITLE}(?P<name>{_NAME}),?\s(?:the [a-z ]{{3,40}} )?who\s(?:co-)?(?P<does>chairs?|chaired|presides over|"
    r"presided over|mediates|mediated)\sthe\s(?:\w+\s)?(?P<what>talks|session|meeting|conference|round|negotiations|"
    r"hearing|commission|committee|council|summit)\b"
)
_TALKS = frozenset(("talks", "session", "round", "negotiations", "meeting"))
_CHAIR_PATTERNS = (_CHAIRED, _CHAIRS, _IN_THE_CHAIR, _CHAIR, _UNDER, _MEDIATES)
_HINT = re.compile(r"chair|host|presid|mediat|conciliator|moderate|facilitate|\bunder\b|برئاسة")
_NOBODY = re.compile(r"^(?:The|A|An|This|That|Its|Their|His|Her|He|She|It|They|We|No)\b")
_ITS_CHAIR = re.compile(r"[Ii]ts\s(?:co-)?chair")


def chairs_in(draft: Draft, text: str) -> tuple[str, ...]:
    """Who presides, by the words of `text`."""
    if not _HINT.search(text):
        return ()
    for pattern in _CHAIR_PATTERNS:
        for match in pattern.finditer(text):
            names = [
                _whole(draft, text, *match.span(g)) for g, n in match.groupdict().items() if n and not _NOBODY.match(n)
            ]
            people = [person for n in names if " " in (person := full_name(draft, n)) or person != n]
            if people and (pattern is not _UNDER or _is_person(draft, people[0])):
                return tuple(dict.fromkeys(people))
    return ()


def _whole(draft: Draft, text: str, start: int, end: int) -> str:
    """The person within a name and the words after it: "Margit Olsson" of "UN Special Envoy Margit Olsson"."""
    name = text[start:end]
    longer = _REST_OF_NAME.match(text, end)
    parts = (name + (longer.group() if longer else "")).split()
    for n in range(len(parts) - 1):
        person = " ".join(parts[n:])
        if _is_person(draft, person):
            return person
    return name


_REST_OF_NAME = re.compile(r"(?:\s(?:al-|de |del |van |von |bin )?[A-ZÀ-ÞĀ-Ž][\w'’-]*\w){1,3}")


def chairs_of(draft: Draft, clause: Span, head: str, *, held: bool) -> tuple[str, ...]:
    """Who presides over a meeting of that kind: by its own clause, by the sentence after it, or by the text."""
    text = draft.document.text
    found = chairs_in(draft, text[clause.start : clause.end])
    following = text[clause.end : clause.end + 200].lstrip(' .!?"”')
    if not found and _ITS_CHAIR.match(following):
        found = chairs_in(draft, following)
    if found:
        return found
    told = set()
    for name, does, what in _who_chairs(text):
        alike = what == head or {what, head} <= _TALKS
        if alike and (held or not does.startswith(("chaired", "presided", "mediated"))):
            told.add(full_name(draft, name))
    return tuple(told) if len(told) == 1 else ()


@lru_cache(maxsize=16)
def _who_chairs(text: str) -> tuple[tuple[str, str, str], ...]:
    """Every "Ola Brandt, who chairs the talks" of a text: name, verb, what is chaired."""
    found = []
    for who in _WHO.finditer(text):
        low = max(0, who.start() - 110)
        match = _WHO_CHAIRS.search(text, low, min(len(text), who.end() + 60))
        if match:
            found.append((match["name"], match["does"], match["what"]))
    return tuple(found)


_WHO = re.compile(r"\swho\s(?:co-)?(?:chair|presid|mediat)")


def _is_person(draft: Draft, name: str) -> bool:
    actor = draft.cast.known(name) if isinstance(draft.cast, Cast) else None
    return actor is not None and actor.kind == "person"


def full_name(draft: Draft, name: str) -> str:
    """A name at its fullest: "Lavrov" -> "Sergei Lavrov", where the text has it."""
    name = without_genitive(name)
    actor = draft.cast.known(name) if isinstance(draft.cast, Cast) else None
    return actor.name if actor is not None else name


_OFFICE = re.compile(r"(?:['’]s)?(?: (?!and\b|with\b|or\b)[\w-]+){0,5} ")


def who_meets(draft: Draft, regions: Iterable[Span]) -> tuple[str, ...]:
    """The people, bodies and states that are named where a clause says who meets, in order."""
    if not isinstance(draft.cast, Cast):
        return ()
    found: dict[str, None] = {}
    for region in regions:
        last, named = region.start, list[str]()  # those of one noun phrase: "the UN envoy for Leth, Ola Brandt"
        for start, end, actor in draft.cast.between(region.start, region.end):
            if start >= last and end <= region.end and actor.kind != "outlet":
                named = named if _OFFICE.fullmatch(draft.document.text, last, start) else []
                if actor.kind == "person":
                    for name in named:
                        found.pop(name, None)  # who meets is the envoy
                named = [*named, actor.name] if actor.name not in found else []
                found[actor.name] = None
                last = end
    return tuple(found)


def meant_by(draft: Draft, pronoun: str, position: int, *, apart: str = "") -> str | None:
    """The person whom "he" or "she" means at `position`: the last one named before that may be meant.

    Nobody meets himself: it is none of those whom the words `apart` name.
    """
    gender = {"he": "m", "she": "f"}.get(pronoun.lower())
    if gender is None or not isinstance(draft.cast, Cast):
        return None
    segments = draft.segments
    here = segments.sentence_at(position)
    for low, _, actor in reversed(draft.cast.before(position, 12)):
        if actor.name in apart:
            continue
        near = here - segments.sentence_at(low) == 1 and actor.kind == "person" and actor.gender in (gender, "")
        if near and is_subject(draft.cast, low) and segments.paragraph_at(low) == segments.paragraph_at(position):
            return actor.name  # whom the sentence before is about
    last: Actor | None = None
    for _, _, actor in draft.cast.before(position, 40):
        if actor.name in apart:
            continue
        if actor.kind == "person" and actor.gender in (gender, "") and not (actor.gender == "" and last):
            last = actor
    return last.name if last else None


_OF_BODIES = frozenset(("plenary", "session", "vote", "sitting", "ballot", "debate"))
_BODIES = frozenset(
    """assembly board chamber commission committee conference congress convention council court parliament senate summit
    house diet majlis knesset""".split()  # noqa: SIM905
)


def body_of(draft: Draft, head: str, position: int) -> str | None:
    """The body whose plenary, session or vote a text speaks of at `position`: the last one named that holds such."""
    if head.lower() not in _OF_BODIES or not isinstance(draft.cast, Cast):
        return None
    for _, _, actor in reversed(draft.cast.before(position, 60)):
        if actor.kind == "organisation" and set(actor.name.lower().split()) & _BODIES:
            return re.sub(r"^[Tt]he ", "", actor.name)
    return None


_INSERTED = re.compile(r",\s(?:who|which|as|whose|now|then|an?|the|set|made|led|born|built|known|\w+ed)\s[^,]{2,80},$")
_PRONOUNS = frozenset(("it", "they", "he", "she", "we", "i", "you", "them", "him", "her", "us", "which", "who"))
_CLOSED = frozenset(
    """to not also again now then both each but met held said says as while after before since until when where because
    if than whereas though""".split()  # noqa: SIM905
)


def subject_before(before: str) -> str:
    """The noun phrase that ends a stretch of words before a verb: "suggests that the two sides" -> "the two sides"."""
    before = _INSERTED.sub("", before.rstrip())
    taken: list[str] = []
    for word in reversed(plain(before).split()):
        bare = word.strip(",;:").lower()
        if word.endswith((",", ";", ":")) or bare in words("subordinators", "auxiliaries") or bare in _CLOSED:
            break
        if bare in _PRONOUNS:
            return "" if taken else word
        if word.islower() and (bare in verb_forms() or (bare.endswith("ed") and len(bare) > 4)) and bare not in _NOUNS:
            break
        if taken and _does(word, taken[-1]):
            break
        taken.append(word)
        if len(taken) > 9:
            return ""
    while taken and taken[-1].lower() in words("prepositions", "connectors"):
        taken.pop()
    return " ".join(reversed(taken))


def _does(word: str, following: str) -> bool:
    """Whether a word is a verb by what follows it: "encourages Envoy Osei", but "ministers Osei and Brandt"."""
    if not word.islower() or not word.endswith("s") or word.endswith("'s") or len(word) < 4:
        return False
    begins = following[:1].isupper() or following.lower() in words("determiners")
    return begins and word[:-1] not in words("role_nouns", "organisation_nouns", "titles")


_NOUNS = frozenset(("allied", "united", "armed", "states", "claims", "reports", "demands", "calls", "offers"))
