"""Finds the people that a text names in full: "Tui Vekk", "Deputy Attorney General Kojo Sarpei", "Hana Kirov, 61".

In: the cast of a text and a run of capitalised words. Out: where a full name stands.
"""

from __future__ import annotations

import re

from dragoman.folding import fold, without_genitive
from dragoman.reader.names.name_shapes import NAME, PIECE, is_organisation, is_paper
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.vocabulary import first_names, key_of, words

Word = tuple[int, int, str]  # where a word begins and ends, and the word

_NOT_YET = re.compile(r"-(?:designate|elect)$")
_OF_RANK = frozenset(
    ("special", "permanent", "deputy", "chief", "senior", "high", "assistant", "acting", "joint", "personal")
)
_OF = (" of ", " for ", " the ")
_MINISTRY_BEFORE = re.compile(
    r"\b(?:[Mm]inister|[Ss]ecretary|[Mm]inistry|[Dd]epartment|[Cc]ommissioner) (?:of|for) (?:the )?$"
)
_OFFICE_OF = re.compile(r"\b([\w-]+) (?:of|for|to|on) (?:the )?$")
_IN_OFFICE = re.compile(
    r", (?:an?|the|its|his|her) (?:[\w’'-]+ ){0,4}?(?:official|minister|spokes\w+|adviser|aide|diplomat|"
    r"lawmaker|negotiator|envoy|senator|ambassador|premier|commander)\b"
)
_DIGIT = re.compile(r"\d")
_LAST_WORD = re.compile(r"([\w'’-]+)\.?(,?)$")
_OFFICE_BEFORE = re.compile(r"\b([\w-]+) (?:of|for|in|at) (?:(?:the|a|an|its) )?[\w'’-]+(?: [\w'’-]+){0,5}, +$")


def meet_people(cast: Cast) -> None:
    """Take in everybody whom the text names in full."""
    for match in NAME.finditer(cast.text):
        for person in people_in(cast, match.start(), match.end()):
            cast.person(*person)


def meet_surnames(cast: Cast) -> None:
    """Take in those whom a text only ever calls by a title and a last name, where the finder sees a person."""
    for match in NAME.finditer(cast.text):
        run, titled = _after_titles(cast, match.start(), match.end())
        if len(run) != 1 or not titled or run[0][1] not in cast.people_seen:
            continue
        name = run[0][2]
        if name.isalpha() and len(name) > 2 and cast.known(name) is None and cast.atlas.lookup(name) is None:
            cast.add(Actor(name, "person", start=run[0][0]), name)


def people_in(cast: Cast, start: int, end: int) -> list[tuple[int, int]]:
    """Where the full name of a person stands in a run of capitalised words; empty where it holds none."""
    whole = cast.known(cast.text[start:end])
    if whole is not None and whole.kind == "organisation":
        return []
    run, titled = _after_titles(cast, start, end)
    run = _without_leads(cast, run) if not titled else run
    bodies = [n for n, (_, _, word) in enumerate(run[:-2]) if fold(word) in words("organisation_nouns")]
    if bodies:  # "Chairman of Leth's Ruling Council Tui Vekk"
        office = _OFFICE_OF.search(cast.text, max(0, start - 40), start)
        run, titled = run[bodies[-1] + 1 :], titled or (office is not None and fold(office[1]) in words("role_nouns"))
    if run and not titled and fold(run[0][2]) in words("first_of_places"):
        return []  # "Port Sael"
    if not run or len(run) > 6 or any(_DIGIT.search(w) for _, _, w in run):
        return []
    if run[-1][2].lower() in words("days") or run[-1][2].lower() in ("day", "eve"):
        return []  # "Holy Thursday", "New Year's Day"
    if all(fold(w) in _OF_RANK for _, _, w in run[:-1]) and fold(run[-1][2]) in words("role_nouns"):
        return []  # "the Special Envoy"
    low, high = run[0][0], run[-1][1]
    phrase = without_genitive(cast.text[low:high]).rstrip(".,")
    high = low + len(phrase)
    if len(phrase.split()) < 2 or is_organisation(phrase) or is_paper(phrase) or cast.atlas.lookup(phrase):
        return []
    known = cast.known(phrase)
    if (known is not None and known.kind != "person") or cast.outlets.find(phrase) is not None:
        return []
    seen = titled or is_titled(cast, low) or known is not None or high in cast.people_seen
    another = high in cast.bodies_seen and fold(run[0][2].rstrip(".")) not in first_names()
    another = another and _IN_OFFICE.match(cast.text, high) is None  # the finder took him for a body
    return [(low, high)] if seen or (not another and _like_a_person(cast, run[0][2], high)) else []


def _after_titles(cast: Cast, start: int, end: int) -> tuple[list[Word], bool]:
    """The words of a run after its last title, and whether it has one."""
    run = [(m.start() + start, m.end() + start, m.group()) for m in PIECE.finditer(cast.text[start:end])]
    if len(run) > 1 and run[0][2].isupper() and run[0][2].lower() in words("recording_words"):
        run = run[1:]  # "CLIP VEKK" in a script
    titled = False
    for n in range(len(run) - 2, -1, -1):  # "Deputy Attorney General Kojo Sarpei" begins after its last title
        word = run[n][2]
        bare = _NOT_YET.sub("", word.rstrip(".,").lower())
        if (bare in words("titles", "role_nouns") and not word.endswith(("'s", "’s"))) or (
            word == "State" and n and run[n - 1][2] == "of"
        ):
            run, titled = run[n + 1 :], True
            break
    lead = cast.text[max(0, start - 30) : start]
    if lead.endswith(_OF) and _MINISTRY_BEFORE.search(lead):  # "Minister of Energy Murat Esenbaev"
        named = [n for n, part in enumerate(run) if fold(part[2]) not in words("portfolios")]
        if len(named) < 2 or not (titled or named[0]):  # no post that is known by its name
            named = [n for n, part in enumerate(run) if fold(part[2]) in first_names()]
        return (run[named[0] :], True) if named else ([], False)
    return _after_body(cast, run, lead), titled


def after_office(cast: Cast, start: int, low: int) -> bool:
    """Whether a name at `low` follows what its bearer's office is of, from `start`: "envoy for Arms Control"."""
    office = _OFFICE_OF.search(cast.text, max(0, start - 40), start)
    topic = {fold(w) for w in cast.text[start:low].split()}
    of_office = office is not None and office.group(1).lower() in words("role_nouns")
    of_another = not topic.isdisjoint(words("titles", "role_nouns")) or any(w.endswith(("'s", "’s")) for w in topic)
    return of_office and bool(topic) and not of_another


def _after_body(cast: Cast, run: list[Word], lead: str) -> list[Word]:
    """The words of a run after what somebody's office is of: "envoy for Arms Control Hana Kirov"."""
    office = _OFFICE_OF.search(lead)
    of_office = office is not None and office.group(1).lower() in words("role_nouns")
    for n in range(1, len(run) - 1):
        before = fold(without_genitive(run[n - 1][2]))
        if fold(run[n][2]) in first_names() and before not in first_names():
            return run[n:] if of_office else run
    return run


def _without_leads(cast: Cast, run: list[Word]) -> list[Word]:
    """The words of a run without title, from the first that can begin a name."""
    owners = [n for n, (_, _, word) in enumerate(run[:-1]) if word.endswith(("'s", "’s", "s'", "s’"))]
    run = run[owners[-1] + 1 :] if owners else run  # "South Leth's Vekk"
    leads = words("lead_adverbs", "determiners", "prepositions", "pronouns", "days", "months", "subordinators")
    for size in range(len(run) - 2, 1, -1):  # "ambassador to the United Nations Hana Kirov"
        if key_of(cast.text[run[0][0] : run[size - 1][1]]) in cast.atlas.gazetteer.organisations:
            run = run[size:]
            break
    while len(run) > 1 and (
        cast.atlas.lookup(without_genitive(run[0][2]))
        or run[0][2].lower() in leads
        or (run[0][2] == "Will" and _asks(cast.text, run[0][0]))
    ):
        run = run[1:]
    if (
        len(run) > 2
        and len(run[0][2]) > 2  # "Vu Thi Lan" is called so
        and fold(run[0][2]) not in first_names()
        and fold(run[1][2]) in first_names()
        and not is_titled(cast, run[0][0])
    ):
        run = run[1:]  # "Old Jakub Brenda", "Tory MP" and the like
    return run


def _asks(text: str, start: int) -> bool:
    """Whether the line from `start` on is a question: "When Will Vekk and Kirov Meet?"."""
    asked = text.find("?", start, start + 120)
    return asked >= 0 and not any(mark in text[start:asked] for mark in ".\n,;")


def _like_a_person(cast: Cast, first: str, high: int) -> bool:
    """Whether an untitled name is a person's: by its first name, or by an age or role that follows."""
    if fold(first.rstrip(".")) in first_names() or re.fullmatch(r"[A-Z]\.", first):
        return True
    after = re.match(
        r",?\s+(\d{2}\b|(?:who|whose)\b|(?:(?:the|a|an|its|his|her|their)\s+)?(?:[\w'’-]+\s+){0,4}?([\w-]+))",
        cast.text[high : high + 70],
    )
    if not after or cast.text[high : high + 1] != ",":
        return False
    if after.group(1).isdigit() or after.group(1).startswith("who"):
        return True
    described = re.match(r",\s+((?:[\w'’-]+\s+){0,5}[\w'’-]+)", cast.text[high : high + 90])
    return (
        described is not None
        and any(w.lower() in words("role_nouns") for w in described.group(1).split())
        and " which " not in described.group(1)
    )


def is_titled(cast: Cast, start: int) -> bool:
    """Whether a title or a role stands right before what begins at `start`."""
    lead = cast.text[max(0, start - 70) : start]
    before = _LAST_WORD.search(lead.rsplit(None, 1)[-1]) if lead[-1:].isspace() and lead.strip() else None
    if not before:
        return False
    word = before.group(1).lower()
    if (
        word in words("role_nouns")
        or (word in words("titles") and not before.group(2))
        or (word in words("anonymous_nouns") and not word.endswith("s"))
    ):
        return True
    office = _OFFICE_BEFORE.search(lead) if before.group(2) else None  # "the Minister of the Sea, Tui Vekk"
    return office is not None and office.group(1).lower() in words("role_nouns")
