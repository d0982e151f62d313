"""Tells who is meant by a source that names somebody: "Minister Vekk", "the head of the committee, Hana Kirov".

In: the speakers of a text and the words of a source. Out: an Actor, or None where the words name nobody.
"""

from __future__ import annotations

import re

from dragoman.folding import fold, last_word, without_genitive
from dragoman.reader.names.name_shapes import NAME, ORGANISATION, is_organisation, pieces
from dragoman.reader.names.names import Actor
from dragoman.reader.names.newcomers import are_people
from dragoman.reader.names.noun_phrases import PREPOSITION, only_titles
from dragoman.reader.names.people import after_office, people_in
from dragoman.reader.speakers.holders import role_before
from dragoman.reader.speakers.told_of_people import Speakers, learn_person
from dragoman.reader.vocabulary import key_of, words

_ONE_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]*[a-zß-ÿ][\w'’-]*")
_WHOSE = re.compile(
    r"\bwhose\s+(?:[\w-]+\s+){0,3}[\w-]+,?\s+(?:[A-Z]\w*\.?\s+){0,2}$"
)  # "the union, whose head, Tui Vekk"
_PORTFOLIO = re.compile(  # "Deputy Secretary of State Hana Kirov"
    r"\b(?:[Ss]ecretary|[Mm]inister) (?:of|for) (?:the )?(?:State|[A-Z]\w+(?:,? (?:and )?[A-Z]\w+){0,2})\s+$"
)
_POSTED = re.compile(  # "Sulmar's envoy to Leth Hana Kirov"
    r"\b(?P<role>[A-Za-z]+) (?:of|to|for|in|on) (?:the )?"
    r"(?P<land>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2}) (?:[A-Z][a-z]{1,2}\. )?$"
)
_ANOTHERS = re.compile(
    r"(?:(?:[Aa]n?|[Aa]nother|[Oo]ne)\s+(?:[\w-]+\s+){1,3}?|[Tt]he\s+(?:[\w-]+\s+){0,2}?(?:office|team|camp|entourage|campaign|staff)\s+)"
    r"(?:of|to|for)\s+(?:the|its|his|her|their)\s+(?:[\w-]+\s+){0,5}?(?P<whose>[\w-]+),\s+(?:[A-Z]\w*\.?\s+)*$"
)
_CALLED = re.compile(
    r"\b(?:(?:also\s+)?known (?:only )?as|calling (?:him|her|it|them)sel(?:f|ves)|go(?:es|ing) by the name(?: of)?|"
    r"(?:gave|give|gives|giving) (?:only )?(?:his|her|their) (?:first )?name(?: only)? as|"
    r"introduced (?:him|her)self as)\s+(?:only\s+)?[“\"‘«]?(?=[A-Z])"
)
_PREPOSED = re.compile(
    r"\b(?:of|to|with|for|by|from|in|at|near|against|on|under|than|and|or)\s+(?:the\s+)?(?:[A-Z]\w+\.?\s+){0,3}$"
)
_LOYAL = re.compile(r"\b(?:loyal|allied|opposed|hostile|sympathetic) to [^,;:]*$")  # "forces loyal to General Vekk"
_RELATIVE = re.compile(r"\b(?:who|which|whose)\b")
_DESCRIBES = re.compile(r" (?:(?:[a-z][\w-]* ){0,2}(?P<role>[a-z][\w-]*) [A-Z]|(?P<bare>[a-z][\w-]*)$)")
_NEXT_WORD = re.compile(r" ([a-z]+)\b")
_OWNS = re.compile(r"['’]s?\s+\w")
_APPOSED = re.compile(r"([^,“\"«]{3,90}),\s+(?:(?:the|Mr|Mrs|Ms|Dr|Prof|Hon|Sir|Baron)\.?\s+|\([^)]*\)\s*)*")
_DESCRIBED = re.compile(r"(?:the|an?|its|his|her|their|our|one)\s|[^,]*['’]s?\s", re.IGNORECASE)
_OWNED = re.compile(r"[a-z]['’]s? $")
_OWNER_LEADS = re.compile(r"[A-Z][\w-]+['’]s? (?=[A-Z][\w-]+ [A-Z])")


def called(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """The name that somebody goes by: "a man calling himself Captain Vekk"."""
    match = _CALLED.search(speakers.cast.text, start, end)
    name = NAME.match(speakers.cast.text, match.end(), end) if match else None
    if name is None:
        return None
    known = speakers.cast.known(name.group())
    if known is not None:
        return known if known.kind == "person" else None
    return speakers.cast.add(Actor(name.group(), "person", start=name.start()), name.group())


_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]?\.?")  # "Former U.S. diplomat Tui Vekk": letters are nobody's name


def person(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """The person whom a source names: "Tui Vekk", "Minister Vekk", "the harbour union's Tui Vekk"."""
    text = speakers.cast.text
    for match in NAME.finditer(text, start, end):
        for low, high in _name_in(speakers, match.start(), min(match.end(), end)):
            before = text[start:low]
            of_another = _PREPOSED.search(_PORTFOLIO.sub("", _without_post(speakers, before))) and not after_office(
                speakers.cast, match.start(), low
            )
            if of_another or (_RELATIVE.search(before) and not (_WHOSE.search(before) and high == end)):
                continue
            if _is_anothers(before) or _LOYAL.search(before):
                continue  # "an aide to the mediator, Tui Vekk", "the office of its founder, Tui Vekk"
            if _OWNS.match(text[high:end]) or _tells_whose(text[high:end]) or _is_its_head(text[high:end]):
                continue
            phrase = without_genitive(text[low:high])
            actor = speakers.cast.known(phrase)
            if actor is None or actor.kind != "person":
                if actor is not None:
                    continue
                if (len(phrase.split()) < 2 and not role_before(before)) or _INITIALS.fullmatch(phrase):
                    continue
                actor = speakers.cast.person(low, low + len(phrase))
            learn_person(speakers, actor, start, end, low, high)
            return actor
    return None


def surname(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """Somebody whom the text calls by a last name alone, where the finder takes it for a person's: "Vekkalos said"."""
    cast, name = speakers.cast, without_genitive(source)
    if not _ONE_NAME.fullmatch(name) or start + len(name) not in cast.people_seen or cast.known(name) is not None:
        return None
    noun = fold(name)
    if cast.atlas.lookup(name) is not None or noun in words("organisation_nouns") or are_people(noun):
        return None
    full = next((m for m in re.finditer(rf"([A-Z][\w'’-]+) {re.escape(name)}(?!\w)", cast.text)
                 if m.end() in cast.people_seen), None)  # fmt: skip
    if full is None and not name.endswith("s"):
        return None  # the finder takes places for people too
    titled = full is None or full[1].lower() in words("titles", "role_nouns", "determiners", "lead_adverbs")
    return cast.add(Actor(name if titled or full is None else full.group(), "person", start=start), name)


def apposed(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """The name after the comma: "the head of the committee, Ruslan Akhmetov", "a group, the Freedom Front"."""
    match = _APPOSED.match(source)
    if match is None or not _DESCRIBED.match(match.group(1)):
        return None
    if _is_anothers(match.group()):
        return None
    low = start + speakers.cast.text[start:end].index(source) + match.end()
    name = NAME.match(speakers.cast.text, low, end)
    longer = ORGANISATION.match(speakers.cast.text, low, end)
    if longer is not None and is_organisation(longer.group()):
        name = longer
    if name is None or not re.match(r"\s*(?:$|,|\()", speakers.cast.text[name.end() : end]):
        return None
    head = last_word(re.split(PREPOSITION, " " + match.group(1))[0]).lower()
    known = speakers.cast.known(name.group())
    if known is not None:
        return known if known.kind != "state" else None
    if head in words("role_nouns", "anonymous_nouns") and len(name.group().split()) >= 2:
        actor = speakers.cast.person(name.start(), name.end())
        learn_person(speakers, actor, start, end, name.start(), name.end())
        return actor
    if head in words("outlet_nouns"):
        return speakers.cast.add(Actor(name.group(), "outlet", start=low), name.group())
    if fold(head) in words("organisation_nouns") or head in (
        "manufacturer",
        "airline",
        "maker",
        "operator",
        "airlines",
        "lobby",
    ):
        return speakers.cast.add(
            Actor(name.group(), "organisation", party=name.group(), start=low, roles={fold(head)}), name.group()
        )
    return None


def _name_in(speakers: Speakers, start: int, end: int) -> list[tuple[int, int]]:
    """Names of people in a run of capitalised words: full ones, else known short forms."""
    full = people_in(speakers.cast, start, end)
    if full:
        return full
    owned = _OWNED.search(speakers.cast.text[max(0, start - 4) : start])
    leading = _OWNER_LEADS.match(speakers.cast.text[start:end])
    if leading:  # "Labour's Tui Vekk"
        owned, start = leading, start + leading.end()
    run = speakers.cast.text[start:end]
    if (
        owned
        and 2 <= len(run.split()) <= 4
        and not (is_organisation(run) or only_titles(run))
        and speakers.cast.known(run) is None
    ):
        return [(start, end)]  # "the harbour union's Tui Vekk"
    phrase = speakers.cast.text[start:end]
    for low, piece in pieces(phrase, start):
        actor = speakers.cast.known(piece)
        if actor is None or actor.kind != "person" or only_titles(piece):
            continue
        if not is_organisation(phrase[low - start :]):  # "Vekk Foundation" is a body, whoever Vekk is
            return [(low, low + len(piece))]
    words_ = without_genitive(phrase).split()
    if (
        len(words_) >= 2
        and words_[-2].rstrip(".").lower() in words("titles", "role_nouns")
        and words_[-1].rstrip(".").lower() not in words("titles", "role_nouns", "organisation_nouns")
    ):
        low = start + phrase.rindex(words_[-1])
        return [(low, low + len(words_[-1]))]
    plain = (
        words_[0].rstrip(".").lower() not in words("titles", "role_nouns", "organisation_nouns") and len(words_[0]) > 2
    )
    if (
        len(words_) == 1
        and plain
        and role_before(speakers.cast.text[max(0, start - 30) : start])
        and not speakers.cast.known(phrase)
        and not speakers.cast.atlas.lookup(phrase)
    ):
        return [(start, end)]
    return []


def _tells_whose(after: str) -> bool:
    """Whether the words after a name say of what: "Kestrian president Tui Vekk", "chief Fishery negotiator"."""
    match = _DESCRIBES.match(after)
    return match is not None and (match["role"] or match["bare"]) in words("role_nouns")


def _without_post(speakers: Speakers, before: str) -> str:
    """The words before a name without the bearer's own post: "President of Ostmark", "UN envoy for Leth"."""
    post = _POSTED.search(before)
    if post is None or fold(post.group("role")) not in words("role_nouns"):
        return before
    atlas, land = speakers.cast.atlas, post.group("land")
    known = atlas.lookup(land) is not None or key_of(land) in atlas.gazetteer.organisations
    return before[: post.start()] if known else before


def _is_its_head(after: str) -> bool:
    """Whether a body is called by a name that stands before it: "the Vekk administration" is not Vekk."""
    match = _NEXT_WORD.match(after)
    return match is not None and match.group(1) in words("state_organs", "ruling_bodies")


def _is_anothers(before: str) -> bool:
    """Whether the name after some words is not the speaker's but that of somebody whom the speaker serves."""
    match = _ANOTHERS.match(before)
    return match is not None and match.group("whose").lower() in words("role_nouns")
