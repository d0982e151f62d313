"""Finds the bodies that a text names: by their own words, by a noun beside the name, by a short form in brackets.

In: the cast of a text and its runs of capitalised words. Out: the cast, with the bodies taken in, their short forms
and the nouns they are called by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dragoman.folding import fold, without_genitive
from dragoman.lexicon import Entry
from dragoman.reader.names.joint_names import Run
from dragoman.reader.names.name_shapes import UPPER_NAME, abbreviates, heads_of, is_organisation, is_paper, trimmed
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.newcomers import finite, is_subject
from dragoman.reader.names.own_initials import is_anothers
from dragoman.reader.names.people import is_titled, people_in
from dragoman.reader.names.roles import role_words
from dragoman.reader.segment import standing
from dragoman.reader.vocabulary import first_names, key_of, words

_SHORT_AFTER = re.compile(r" (?:or|the|known as)(?: the)? ([A-Z][A-Z-]{1,8})\b")
_REVERSED = re.compile(
    rf"({UPPER_NAME}(?:\s+(?:(?:of|for|and)\s+(?:the\s+)?)?{UPPER_NAME}){{1,6}}),?{_SHORT_AFTER.pattern}"
)
_OF_STATE = re.compile(
    r"\b(?:ministry|embassy|consulate|government|army|navy|air force|armed forces|treasury|foreign office|"
    r"cabinet|presidency|chancellery|"
    r"department of|department for|office of the (?:prime|president|trade))\b",
    re.I,
)
_REBELS = re.compile(r"\b(?:People['’]?s|Liberation|Free|Resistance|Revolutionary|Front|Lord['’]s|Republican)\b")
_PLAIN_NAME = re.compile(r"[^,:;()“”\"\n]+")
_NOUN_AFTER = re.compile(rf"\b[Tt]he (?P<name>{UPPER_NAME}(?: {UPPER_NAME}){{0,2}}) (?:[a-z-]+ )?(?P<noun>[a-z]+)\b")
# "the VLD party", "the FPG union": initials with what they stand for
_INITIALS_AND_NOUN = re.compile(
    r"(?<![\w-])(?P<name>[A-Z][A-Z&-]{1,7}) (?P<noun>party|union|guild|bloc|movement)\b(?! [A-Z])"
)
_NOUN_BEFORE = re.compile(
    r"\b(?:[Tt]he|[Aa]|[Ii]ts|[Oo]ur|[Aa]n)\s+(?:[\w'’-]+\s+){0,3}?(union|party|movement|group|company|"
    r"airline|bank|fund|council|association|federation|"
    r"committee|alliance|coalition|front|agency|body|bloc|organisation|organization|charity|firm|league|"
    r"militia|faction|"
    r"watchdog|regulator|operator|maker|chain|club|guild|chamber|consortium|consultancy|producer|lobby),?\s+"
    rf"({UPPER_NAME}(?:\s+{UPPER_NAME}){{0,3}})"
)
_APPOSED = re.compile(r"\s*(?:[,;:.)—–]|$)")
_ABBREVIATION = re.compile(r"\s*\(\s*(?:the\s+)?([A-Z][\w.&/-]{1,12})\s*\)")
_INITIALS = re.compile(r"\b[A-Z]{3,6}\b")
_OWNS = re.compile(r"['’]s? (?:[a-z]+ )?")
_OWNS_A_NAME = re.compile(r"['’]s [A-Z][\w-]+ [A-Z]")
_GOES_ON = re.compile(r"['’]s?[ \u00a0][A-Z]|[ \u00a0](?:[A-Z&]|\d|(?:de|van|von|der|bin|el|al)[ -][A-Z])")
# What no government in office is called: "National Unity Government", "Government of National Accord"
_GOVERNMENT_BY_NAME = re.compile(r"(?:[A-Z][\w’'-]+ ){2,}Government|Government of (?:[A-Z][\w’'-]+ )+[A-Z][\w’'-]+")
_OF_WHAT = re.compile(r" of (?:the )?[A-Z]")
_NAME_BEFORE = re.compile(r"[A-Z][\w-]+ $")


_DOES = re.compile(r" (?:on [A-Z][a-z]+ )?([a-z]+)\b")


def meet_bodies(cast: Cast, runs: Iterable[Run]) -> None:
    """Take in the bodies that their own words, a bracket or a noun before them tell."""
    text = cast.text
    for phrase, start in runs:
        known = cast.atlas.gazetteer.organisations.get(key_of(phrase))
        if known is None and (sender := _before_office(cast, phrase)):
            phrase = sender
            known = cast.atlas.gazetteer.organisations.get(key_of(phrase))
        if known is not None and is_anothers(text, phrase, known.name):
            known = None
        bracket = _ABBREVIATION.match(text, start + len(phrase))
        short = bracket.group(1) if bracket else None
        if known is None and not (short and abbreviates(short, phrase)) and not is_organisation(phrase):
            continue
        if known is None and fold(phrase.split()[-1]) in words("settlements"):
            continue  # "Nationwide Ceasefire Agreement (NCA)"
        if known is None and (_is_office(phrase) or cast.outlets.find(phrase) is not None):
            continue
        if known is None and is_party_in_house(phrase):
            continue
        shortened = known is not None and (phrase.isupper() or "." in phrase)
        name = known.name if known is not None and (shortened or known.name in text) else phrase
        if known is not None and len(phrase.split()) == 1 and _own_body(cast, phrase):
            continue
        actor = cast.known(name)
        if actor is None:
            party = voice_of(cast, known, name) if known is not None else _state_of_body(cast, phrase, start) or name
            actor = cast.add(Actor(name, "organisation", party=party, called=_called(known), start=start), phrase)
        cast.call(actor, *((phrase, short) if short else (phrase,)))
        actor.roles |= heads_of(phrase) | heads_of(actor.name) | _apposed(cast, start)
    _described(cast)
    _reversed_brackets(cast)
    _initials(cast)


def _called(known: Entry | None) -> frozenset[str]:
    """The words of what news calls a listed body after its name."""
    return frozenset(known.extra.get("called", ()) if known is not None else ())


def voice_of(cast: Cast, known: Entry, name: str) -> str:
    """The party of a listed body. Of a name that several states have it is that of the state that the text names with
    it, else of the one that does something: "Leth called for talks. The Foreign Office said …"."""
    state, places = known.extra.get("speaks_for", name), cast.atlas.places
    if not known.extra.get("others_too") or not places or any(p.state == state for p in places):
        return state
    acting = {
        p.state
        for p in places
        if (does := _DOES.match(cast.text, p.end)) and does.group(1) in finite() and is_subject(cast, p.start)
    }
    return acting.pop() if len(acting) == 1 else name


def _before_office(cast: Cast, phrase: str) -> str | None:
    """The known body before the capitals of its office: "United Nations" of "United Nations Special Envoy"."""
    parts = phrase.split()
    for n, part in enumerate(parts):
        if n and fold(without_genitive(part)).split("-")[0] in words("role_nouns"):
            prefixes = (" ".join(parts[:size]) for size in range(n, 0, -1))
            organisations = cast.atlas.gazetteer.organisations
            return next((without_genitive(p) for p in prefixes if key_of(p) in organisations), None)
    return None


def _is_office(phrase: str) -> bool:
    """Whether a name is an office that one person holds: "Leader of the Opposition", "Speaker of the House"."""
    first, _, rest = phrase.partition(" ")
    return rest.startswith("of ") and not first.endswith("s") and fold(first) in words("role_nouns")


def is_party_in_house(phrase: str) -> bool:
    """Whether a name is that of a party's people and of the house they sit in: "Republican Senate leader"."""
    first, _, rest = fold(phrase).partition(" ")
    return first in role_words().partisans and rest in words("legislatures")


def _state_of_body(cast: Cast, phrase: str, start: int) -> str | None:
    """The state of a ministry, an embassy or an army, when the phrase or the text tells it."""
    if not _OF_STATE.search(phrase) or _REBELS.search(phrase):
        return None
    inside = cast.atlas.within(start, start + len(phrase))
    if not inside and _GOVERNMENT_BY_NAME.fullmatch(phrase):
        return None
    return inside[0].state if inside else cast.atlas.headed() or cast.atlas.main()


def _own_body(cast: Cast, word: str) -> bool:
    """Whether a single word that the lexicon knows is short for a body of this text: "the Congress"."""
    return fold(word) in words("organisation_nouns") and any(
        a.kind == "organisation" and fold(word) in a.roles for a in cast.actors
    )


def _apposed(cast: Cast, start: int) -> set[str]:
    """The noun right before a name: "the union Force Atelier", "the rebel Southern Committee"."""
    before = re.search(
        r"\b(?:the|The|a|A|its|their)\s+(?:[^\W\d_][\w'’-]*\s+){0,3}?([a-z][\w-]+)\s+$",
        cast.text[max(0, start - 60) : start],
    )
    no_noun = words("prepositions", "connectors")
    return {fold(before.group(1))} if before and before.group(1) not in no_noun else set()


def _described(cast: Cast) -> None:
    """Acronyms and names that a noun introduces: "the bank workers' union AEBS", "the airline Air Sund"."""
    for match in _NOUN_BEFORE.finditer(cast.text):
        name = match.group(2)
        if match.group()[: -len(name)].rstrip().endswith(",") and _APPOSED.match(cast.text, match.end()) is None:
            continue  # "In the row with the union, Alder Timber has made an offer"
        if cast.atlas.lookup(name) or cast.outlets.find(name) is not None:
            continue
        if people_in(cast, match.start(2), match.end(2)):
            continue  # "an actuary hired by the union, Lucía Vekk"
        if match.end(2) in cast.people_seen and cast.text[match.end(1)] == ",":
            continue  # "in an interview with the agency, Vekk said"
        actor = cast.known(name) or cast.add(Actor(name, "organisation", party=name, start=match.start(2)), name)
        actor.roles.add(match.group(1))


def _reversed_brackets(cast: Cast) -> None:
    """Names with their short form, without brackets: "the National Liberation Army, the ELN,"."""
    for match in _REVERSED.finditer(cast.text) if _SHORT_AFTER.search(cast.text) else ():
        if abbreviates(match.group(2), match.group(1)):
            phrase, start = trimmed(match.group(1), match.start(1))
            actor = cast.known(phrase) or cast.add(Actor(phrase, "organisation", party=phrase, start=start), phrase)
            cast.call(actor, match.group(2))
            actor.roles |= heads_of(phrase)


def _initials(cast: Cast) -> None:
    """Short forms that nothing introduces: "the Rapid Support Forces … the RSF"."""
    bodies = [a for a in cast.actors if a.kind == "organisation"]
    for short in dict.fromkeys(_INITIALS.findall(cast.text)):
        meant = [a for a in bodies if short == "".join(w[0] for w in a.name.split() if w[:1].isupper())]
        if len(meant) == 1 and cast.atlas.lookup(short) is None:
            cast.call(meant[0], short)


def learn_nouns_after(cast: Cast) -> None:
    """What kind of body a name is, by the noun after it: "the Brightwell mining company"."""
    for match in _NOUN_AFTER.finditer(cast.text):
        actor = cast.known(match.group("name"))
        noun = match.group("noun")
        if actor is not None and actor.kind == "organisation" and noun in words("organisation_nouns"):
            actor.roles.add(noun)
    for match in _INITIALS_AND_NOUN.finditer(cast.text):
        name, noun = match.group("name", "noun")
        actor = cast.known(name)
        if actor is not None and actor.kind == "organisation" and _is_noun_of(cast, actor, name, noun):
            actor.roles.add(noun)
            cast.call(actor, match.group())


def _is_noun_of(cast: Cast, actor: Actor, short: str, noun: str) -> bool:
    """Whether a noun after initials says what they are: "the FPG union" is no company's union, as "the GMX union" is.

    A union has members and a general secretary.
    """
    if noun != "union" or actor.roles & {"guild", "association", "union"}:
        return True
    led, name = "(?:general secretary|members|executive|negotiators)", re.escape(short)
    return bool(re.search(rf"{led} of the {name}(?!\w)|(?<!\w){name}(?:['’]s)? {led}", cast.text))


def meet_found_bodies(cast: Cast) -> None:
    """Bodies that no rule knows and the finder names: "the White Banner", "Arena Plus"."""
    for mention in cast.draft.mentions:
        if mention.kind != "organisation":
            continue
        phrase, start = trimmed(cast.text[mention.span.start : mention.span.end], mention.span.start)
        if _may_be_body(cast, phrase, start):
            known = cast.atlas.gazetteer.organisations.get(key_of(phrase))
            party = (
                voice_of(cast, known, phrase) if known is not None else _owner_of_organ(cast, phrase, start) or phrase
            )
            actor = Actor(phrase, "organisation", party=party, called=_called(known), start=start, doubtful=True)
            actor.roles = _apposed(cast, start)
            cast.add(actor, phrase)


def _owner_of_organ(cast: Cast, phrase: str, start: int) -> str | None:
    """The state whose organ stands right behind it: "Israel's Security Cabinet"."""
    if not _OF_STATE.search(phrase) or _REBELS.search(phrase):
        return None
    owning = (p.state for p in cast.atlas.within(max(0, start - 40), start) if _OWNS.fullmatch(cast.text, p.end, start))
    return next(owning, None)


def _may_be_body(cast: Cast, phrase: str, start: int) -> bool:
    """Whether a name that no rule knows can be a body's: no office, no word of a list, nobody's last name."""
    parts = phrase.split()
    if not 1 <= len(parts) <= 6 or not phrase[:1].isupper() or len(phrase) < 3 or not _PLAIN_NAME.fullmatch(phrase):
        return False
    if cast.known(phrase) or cast.atlas.lookup(phrase) or cast.outlets.find(phrase) is not None:
        return False
    if is_party_in_house(phrase):
        return False
    if is_slug(cast.text, start, start + len(phrase)) or fold(parts[-1]) in words("settlements"):
        return False
    if _OWNS_A_NAME.search(phrase) or is_paper(phrase):
        return False  # "Labour's Tui Vekk", "the Vessby Protocol"
    inner = ("&", "of", "the", "for", "de", "du", "la")
    if not parts[-1][:1].isupper() or not all(p[:1].isupper() or p in inner for p in parts):
        return False
    around = cast.text[max(0, start - 20) : start], cast.text[start + len(phrase) : start + len(phrase) + 8]
    if _GOES_ON.match(around[1]) or _NAME_BEFORE.search(around[0]):
        return False  # part of a longer name
    if any(_OF_WHAT.match(cast.text, end) for _, end in standing(cast.text, phrase)):
        return False  # "the Concord", of which the text says elsewhere of what
    key = key_of(phrase).split()
    if any(a.kind == "person" and key_of(a.name).split()[-len(key) :] == key for a in cast.actors):
        return False
    offices = words("role_nouns", "titles", "days", "months", "rubrics", "pronouns", "determiners", "lead_adverbs")
    bare = [fold(without_genitive(p)).strip(".") for p in parts]
    if "of" in bare[1:] and bare[bare.index("of", 1) - 1] in words("role_nouns"):
        return False  # "Permanent Representative of Leth"
    if bare[0] in offices or bare[-1] in offices or bare[-1].rstrip("s") in offices or bare[0] in first_names():
        return False
    if len(parts) == 1 and (
        bare[0] in words("organisation_nouns", "anonymous_nouns", "paper_nouns") or _is_titled_somewhere(cast, phrase)
    ):
        return False
    if len(parts) == 1 and is_plain_word(cast, phrase, start):
        return False
    return not cast.is_only_where(phrase)


def is_plain_word(cast: Cast, word: str, start: int) -> bool:
    """Whether a word that opens a sentence is no name, as the text has it small elsewhere: "Rights office: …"."""
    segments = cast.draft.segments
    if start - segments.sentences[segments.sentence_at(start)].start > 1:
        return False
    return any(True for _ in standing(cast.text, word.lower()))


_SLUG = re.compile(r"^[^\w\n]*(?P<slug>[A-ZÀ-Þ][A-ZÀ-Þ\d /&-]+):[ \n]", re.MULTILINE)


def is_slug(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is the keyword that heads an item of a digest: "HOSTAGES: The families …"."""
    line = text.rfind("\n", 0, start) + 1
    slug = _SLUG.match(text, line, end + 2) if start - line < 24 else None
    return slug is not None and slug.start("slug") <= start and end <= slug.end("slug")


def _is_titled_somewhere(cast: Cast, name: str) -> bool:
    """Whether a title stands before a name: "Askar" of "General Askar", a captain wherever the text names him."""
    return any(is_titled(cast, start) for start, _ in standing(cast.text, name))
