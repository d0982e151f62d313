"""Finds the words that speak of a meeting, and the name that they give it.

In: one clause. Out: Triggers: nouns such as "the second round of talks", verbs such as "the ministers will meet".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from dragoman.reader.meetings.meeting_people import subject_before
from dragoman.reader.meetings.meeting_places import TIME_WORDS
from dragoman.reader.vocabulary import own_data
from dragoman.reader.vocabulary import words as closed
from dragoman.reader.wording.phrases import plain, trim
from dragoman.reading import Span

NEAR = 160  # how many characters around a word are looked at; keeps hostile text linear

_NOT_A_MEETING = re.compile(
    r"(?:the|that|this|its|their|a|an|any|all|those|these|his|her|our|with)\s+(?:\w+\s)?(?:condition|demand|"
    r"deadline|target|need|cost|requirement|criteri|silence|"
    r"scepticism|skepticism|resistance|price|test|standard|call|obligation|approval)|"
    r"(?:[\w-]+\s){0,3}(?:targets|deadlines|demands|conditions|criteria|requirements|obligations|commitments|needs)(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
_VERBAL = re.compile(
    r"(?<!\w)(?:will|would|to|should|could|can|may|must|not|cannot|shall|'ll|they|we|who)\s+$", re.IGNORECASE
)
_CALLED = re.compile(r"(?<!\w)(?:they|we|you|who|some|sides|many)\s+$", re.IGNORECASE)
_SPEECH = re.compile(r"(?<!\w)(?:said|says|told|according|reported|printed|wrote|announced on)(?!\w)")
_BEFORE_NAME = re.compile(
    r"(?<!\w)(?P<det>(?:the|a|an|another|its|their|this|no|any|our|his|her|next|last|new|"
    r"[\w.-]+['’]s)\s+)(?P<rest>(?:(?!to |the |an? |its |their |his |her |that |which |who |for |after |and |on |in |"
    r"at |of |with |by |as |off |was |is |were |are |had |has |while |before |until |since |during |"
    r"following |\w+ed (?:the |a |its |their |this |[\w.-]+['’]s ))[\w'’+-]+\s+){0,5})$", re.IGNORECASE
)  # fmt: skip
_TAIL = re.compile(
    r"\s+(?:of|on|between|about|over|with|for)\s+(?!(?:(?:next|this|last) )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"\d|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d)"
    r"(?:(?!(?:will|would|may|might|could|should|can|must|shall|is|are|was|were|has|have|had|in|on|at|by|ended|"
    r"broke|due|set|scheduled|planned|opens?|resumes?|which|that|who|said|to|until|from|until|after|before|this|today|"
    r"yesterday|tomorrow|tonight|here|last|failed|fixed|began|begins?|as|if|meets?|met|sits?|convenes?|collapsed|continues?|starts?|"
    r"resumed|opened|started|reopened|stalled|dragged|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)"
    r"(?:(?:[A-Z]\.){2,}|[$€£]?\d+(?:[.,+]\d+)*(?:%|\w*)|[\w'’&-]+)\s?){1,9}"
)  # fmt: skip


_BODY_AFTER = re.compile(
    r" (?:Committee|Commission|Council|Party|Group|Team|Authority|Bureau|Office|Secretariat)(?!\w)"
)
_WHOSE = re.compile(r" (?:of|between) ")
# "talks between the Centre Union, the Liberals and the Greens"
_AND_MORE = re.compile(r"(?:,? (?:and )?(?:the )?[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*)*)+(?<=\w)")
# "the two sides concluded talks", "the issue could dominate talks": what does it is no part of the name
_DID = re.compile(
    r"(?:[\w'’-]+\s+)*?(?:(?:(?:will|would|can|could|may|might|must|should|shall|cannot)\s+(?:\w+ly\s+)?\w+|"
    r"(?:[a-z'’-]+(?<![s'’])s|[A-Z][\w'’-]+)\s+(?:has\s+|have\s+|had\s+)?\w+ed)\s+)"
)
_PREPOSITION = re.compile(r"(?:of|to|in|on|the|for|and|with|at|by|as|that|from|إلى|في|من|عن|على|مع)\s", re.IGNORECASE)


@cache
def _no_names() -> frozenset[str]:
    """Words that begin no name of a meeting: "after talks", "will exchange"."""
    return closed("prepositions") | closed("auxiliaries") | closed("subordinators") | closed("connectors")


class Trigger(NamedTuple):
    """Words that speak of a meeting: where they stand in their clause, and how the meeting can be called."""

    start: int
    end: int
    name: str
    head: str
    verb: str = ""
    who: tuple[Span, ...] = ()  # where in the clause it is said who meets


def _words() -> dict[str, Any]:
    return own_data("meetings.json")  # type: ignore[no-any-return]


@cache
def shelf(shelf: str) -> re.Pattern[str]:
    either = "|".join(re.escape(w) for w in sorted(_words()[shelf], key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)


_WORD = re.compile(r"\w+")


@cache
def _firsts(shelf: str) -> frozenset[str]:
    """The first words of the entries of a shelf."""
    return frozenset(_WORD.findall(entry.lower())[0] for entry in _words()[shelf])


def _entries(name: str, text: str, words: list[tuple[str, int]]) -> Iterator[re.Match[str]]:
    """The entries of a shelf that stand in a clause of these `words`, without overlap."""
    firsts, last = _firsts(name), 0
    for word, start in words:
        if word in firsts and start >= last and (match := shelf(name).match(text, start)):
            last = match.end()
            yield match


@lru_cache(maxsize=512)
def triggers(text: str) -> list[Trigger]:
    """The words of a clause that speak of a meeting, in order."""
    said = set(_WORD.findall(text.lower()))
    if said.isdisjoint(_firsts("nouns")) and said.isdisjoint(_firsts("meet")):
        return []
    found: list[Trigger] = []
    named = 0  # the talks of "the next round of talks" are no further meeting
    words = [(match.group().lower(), match.start()) for match in _WORD.finditer(text)]
    for match in _entries("nouns", text, words):
        trigger = noun_trigger(text, match) if match.start() >= named else None
        if trigger:
            found.append(trigger)
            tail = _TAIL.match(text, match.end())
            named = tail.end() if tail and _WHOSE.match(text, match.end()) else match.end()
    for match in _entries("meet", text, words):
        if _is_called(text, match):
            found = [t for t in found if t.start > match.start() or t.head.lower() not in _CALLERS]
        elif not _NOT_A_MEETING.match(text[match.end() : match.end() + 60].lstrip()):
            found.append(_verb(text, match))
    return sorted(found, key=lambda t: t.start)


def _is_called(text: str, match: re.Match[str]) -> bool:
    """Whether a verb only says who calls a meeting that is named after it: "to convene a follow-up conference"."""
    called = _CONVENES.match(text, match.start()) if match.group()[:7].lower() == "convene" else None
    return called is not None and called["noun"].lower() in _words()["nouns"]


_CALLERS = frozenset(("council", "commission", "committee", "assembly", "tribunal", "court"))
_CONVENES = re.compile(
    r"convene[sd]?\s(?:an?|the|its|their)\s(?:[\w-]+\s){0,4}?(?P<noun>[a-z]+)"
    r"(?=[,.;]|$|\s(?:in|on|at|of|to|with|before|by|next|this|early|late|between)\s)",
    re.IGNORECASE,
)


def noun_trigger(text: str, match: re.Match[str]) -> Trigger | None:
    before, head = text[max(0, match.start() - NEAR) : match.start()], match.group()
    if head[:1].isupper() and _BODY_AFTER.match(text, match.end()):
        return None  # "the High Talks Committee"
    if _VERBAL.search(before) and head.lower() in ("vote", "visit", "debate", "ballot", "round", "host", "call"):
        return None
    if head.lower() == "call" and (_CALLED.search(before) or text.startswith(" off", match.end())):
        return None  # "what they call a pause", "the union may yet call off its walkout"
    if not head.isascii():
        return _arabic(text, match)
    lead = _BEFORE_NAME.search(before)
    own = ""
    if lead:
        det = lead["det"].strip().lower()
        of_this = det == "this" and re.match(r"\w+['’]s\s", lead["rest"]) is not None
        kept = det in ("next", "last", "another", "new") or "'" in det or "’" in det or of_this
        done = _DID.match(lead["rest"])
        own = lead["rest"][done.end() :] if done else (lead["det"] if kept else "") + lead["rest"]
    else:
        near = re.search(r"(?:(?:[A-Z][\w'’-]+|[\w'’+-]+)\s)?$", before)
        own = near.group() if near and not _is_verb(near.group().strip(), before[: near.start()]) else ""
        own = "" if _PREPOSITION.match(own) else own
    tail = _TAIL.match(text, match.end())
    told = tail.group().rstrip() if tail else ""
    told = told.removesuffix(" and")
    if " between " in told and (more := _AND_MORE.match(text, match.end() + len(told))):
        told += more.group()
    name = trim(f"{own}{head}{told}", most=16 if " between " in told else 12)
    who = (
        (Span(match.end(), match.end() + len(told)),)
        if tail and re.match(r"\s+(?:between|with|of)\s", tail.group())
        else ()
    )
    where = _WHERE_BETWEEN.match(text, match.end()) if not who else None
    if where and (between := _TAIL.match(text, where.end())):
        end = len(between.group().rstrip()) + between.start()
        more = _AND_MORE.match(text, end)
        who = (Span(between.start(), more.end() if more else end),)
    if not who and (held := _HELD_BY.search(before)):
        start = match.start() - len(before)
        who = (Span(start + held.start("who"), start + held.end("who")),)
    name = re.sub(r"^(?:no|any|a|an|the)\s+|(?:\s(?:and|or|the|between|with|of))+$", "", name, flags=re.IGNORECASE)
    return Trigger(match.start(), match.end(), name, head, who=who)


_WHERE_BETWEEN = re.compile(r"\s(?:in|at)\s[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){0,2}(?=\sbetween\s)")
# "delegations of Leth and Orvia concluded their meeting": who holds it is who meets
_HELD_BY = re.compile(
    r"(?:^|[,;:.—–-]\s|\sand\s|(?<=\sthat\s))(?P<who>(?:[\w’'.-]+\s){1,9}?and\s(?:[\w’'.-]+\s){1,6}?)"
    r"(?:(?:will|would|have|has|had|are to|were to|agreed to|plan to|are|were|also|jointly)\s)*"
    r"(?:hold(?:ing)?|held|conclude[ds]?|end(?:ed)?|began|begin|beginning|started|start|resumed?|wrapped up|opened|"
    r"completed)\s"
    r"(?:(?:a|an|the|their|its|new|another|further|more|fresh|first|second|third|final|last|next|two|three|days|of|"
    r"direct|indirect|[a-z]+-[a-z]+|[a-z]+al|peace|emergency|joint)\s){0,5}$",
    re.IGNORECASE,
)
_ARABIC_TAIL = re.compile(
    r"(?:\s(?!(?:في|من|على|إلى|الى|أن|ان|التي|الذي|يوم|بعد|قبل|حتى|كان|كانت|قد|لم|لن|لا|ثم|أو|عن|مع)\s|و?س[يت]\w+\s|"
    r"[يت]عقد\s)[\w/]+){0,4}"
)


def _arabic(text: str, match: re.Match[str]) -> Trigger:
    """An Arabic noun is told by the words after it: "the meeting of the three guarantors"."""
    tail = _ARABIC_TAIL.match(text, match.end())
    words = tail.group() if tail else ""
    return Trigger(match.start(), match.end(), f"{match.group()}{words}".strip(), match.group())


def _is_verb(word: str, before: str) -> bool:
    """Whether the word before "talks" belongs to no name: "will join talks", "has adjourned plenary"."""
    bare = word.lower().replace("’", "'")
    if bare in _no_names() or bare in _words()["verbs_before"]:
        return True
    return word.endswith("ed") and word.islower() and _ACTED.search(before) is not None


def _subject(before: str) -> str:
    """Who meets, before the verb; in "met the owners and will meet the crews" who met."""
    shared = re.search(r"\s(?:and|but|then)\s*$", before)
    if not shared:
        return subject_before(before)
    earlier = list(shelf("meet").finditer(before))
    return subject_before(_AUXILIARIES.sub("", before[: earlier[0].start()])) if earlier else ""


_ACTED = re.compile(r"(?:(?<!\w)(?:has|have|had|was|were|been|be|they|he|she|it|we|who|and|which)|[A-Z][\w'’]*)\s+$")


def _verb(text: str, match: re.Match[str]) -> Trigger:
    """The meeting of those who meet: "the ministers will meet", "the ministers, who convene in"."""
    if not match.group().isascii():  # in Arabic those who meet follow the verb
        tail = _ARABIC_TAIL.match(text, match.end())
        name = f"اجتماع{tail.group() if tail else ''}".strip()
        return Trigger(match.start(), match.end(), name, "meeting", match.group())
    if match.group().lower().endswith((" back", " again")) and match.group()[:3].lower() not in ("try", "due"):
        called = match.group().split()[0].lower()  # "hopes to bring the sides back to Velm"
        name = "meeting" if called == "together" else f"meeting of the {called}"
        return Trigger(match.start(), match.end(), name, "meeting", match.group().lower())
    near = text[max(0, match.start() - NEAR) : match.start()]
    before = _AUXILIARIES.sub("", _FOR_PART.sub("", near))
    relative = _RELATIVE.search(before)
    subject = relative["who"] if relative else _subject(re.sub(r",?\s(?:who|which|when they|and they)$", "", before))
    subject = re.sub(r"^(?:The|A|An) ", lambda m: m.group().lower(), subject)
    following = text[match.end() : match.end() + NEAR]
    other = _WHOM.match(following)
    whom = plain(other["whom"]) if other and other["whom"].split()[0].lower() not in _NOBODY else ""
    subject = "" if subject.isdecimal() else subject  # "the accord of 4 May 2025, met in Velm"
    subject = re.sub(r"^(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day ", "", subject)
    if len(subject.split()) > 9 or re.match(r"\w+['’](?:ll|ve|re|d)$", subject) or _SPEECH.search(subject):
        subject = ""
    if TIME_WORDS.match(subject):
        told = _WHO_HAVE.search(near)
        subject = told["who"] if told else ""
    kind = _kind(match.group().lower(), subject)
    told_of = trim(subject, most=9)
    name = f"{kind} of {told_of}" if told_of and subject.lower() not in _BARE_SUBJECTS else kind
    who = []
    if subject and (at := near.rfind(subject[4:])) >= 0:
        start = match.start() - len(near) + at
        who.append(Span(max(0, start - 4), start + len(subject)))
    if not (other and whom) and (later := _WITH.match(following)):
        other, whom = later, plain(later["whom"])
    if other and whom and not TIME_WORDS.match(whom) and match.group().lower() != "due in":
        name = f"{kind} of {whom}" if kind == "signing" else f"{name} {'to' if kind == 'visit' else 'with'} {whom}"
        who.append(Span(match.end() + other.start("whom"), match.end() + other.end("whom")))
    return Trigger(match.start(), match.end(), name, kind, match.group().lower(), tuple(who))


# "ahead of Kirov, who is due in Leth": the name alone, not what goes before it
_RELATIVE = re.compile(r"\s(?:of|with|by|for|to|from|like)\s(?P<who>(?:[A-ZÀ-Þ][\w’'-]*\s?)+),\s(?:who|which)$")
# "Students who have occupied the hall since April will decide"
_WHO_HAVE = re.compile(
    r"(?:^|[.;–—-]\s)(?P<who>(?:[\w'’-]+\s){0,4}[\w'’-]+)\s(?:who|which|that)\s(?:has|have|had|is|are|was|were)\s[^,;.]+$"
)
_COURTS = frozenset(("court", "tribunal", "judge", "judges", "bench"))
_MEMBERS = frozenset(
    """members students workers voters branches crews drivers miners nurses teachers dockers farmers players pilots
    residents tenants shareholders delegates""".split()  # noqa: SIM905
)


def _kind(verb: str, subject: str) -> str:
    """What a verb tells of: a court that hears gives a hearing, members who decide vote."""
    said = set(subject.lower().split())
    if verb in ("hear", "hears", "to hear") and said & _COURTS:
        return "hearing"
    if verb in ("decide", "decides") and said & _MEMBERS:
        return "vote"
    return str(_words()["meet"][verb])


_BARE_SUBJECTS = frozenset(("it", "they", "we", "i", "you", "which", "who", "that", "this", "part"))
_FOR_PART = re.compile(r",\sfor\s(?:its|their|his|her)\s(?:own\s)?part,")
_AUXILIARIES = re.compile(
    r"\s+(?:(?:will|would|should|could|may|might|must|shall|been|only|first|next|are|is|was|were|to|due|again|also|now|then|"
    r"probably|possibly|likely|soon|shortly|still|already|finally|jointly|reportedly|briefly|once|had|have|has|plan|plans|agreed|both|hopes?|hoped|wish|wishes|like|wants?|intends?|prepare|"
    r"expected|scheduled|not)\s+)*$"
)
_WHOM = re.compile(
    r"\s+(?:with\s+)?(?P<whom>(?:the |both |all )?[\w'’]+(?: (?:of |of the )?[A-Z][\w'’-]+){0,5})(?= in | on |,|\.|"
    r" at | to | this | again|$)"
)
_WITH = re.compile(
    r"\s(?:(?:on|in|at|again|late|early|here|today|yesterday|tomorrow)\s)?(?:[\w'’.-]+\s){0,5}?with\s"
    r"(?P<whom>(?:the |both |all )?"
    r"(?:[a-z][\w'’-]* ){0,3}(?:[A-Z][\w'’-]+)(?: (?:of |of the )?[A-Z][\w'’-]+){0,5})"
    r"(?= in | on |,|\.| at | to | this | again|$)"
)
_NOBODY = frozenset(
    """again on in next this at for to by from of until and under there here today tonight tomorrow yesterday late early
    him her them us me it last before after when while as with""".split()  # noqa: SIM905
)
