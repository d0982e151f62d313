"""Finds meetings, rounds, summits and hearings: when, where, under whom, and whether they are held, planned or off.

In: a draft whose statements are resolved. Out: Meetings in text order, one for each meeting and date.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache, lru_cache
from importlib import resources
from itertools import islice, pairwise
from typing import Any, NamedTuple

from dragoman.folding import words
from dragoman.reader import weighing
from dragoman.reader.dates import DateMention, find_dates
from dragoman.reader.draft import Draft
from dragoman.reader.meeting_people import body_of, chairs_in, full_name, meant_by, subject_before, who_meets
from dragoman.reader.meeting_places import TIME_WORDS, is_here, place_in, place_of_name, place_of_report
from dragoman.reader.phrases import overlap, plain, stems, trim
from dragoman.reader.vocabulary import words as closed
from dragoman.reading import Meeting, Span, Spans

_NOT_A_MEETING = re.compile(
    r"(?:the|that|this|its|their|a|an|any|all|those|these|his|her|our|with)\s+(?:\w+\s)?(?:condition|demand|"
    r"deadline|target|need|cost|requirement|criteri|silence|"
    r"scepticism|skepticism|resistance|price|test|standard|call|obligation|approval)", re.IGNORECASE
)  # fmt: skip
_VERBAL = re.compile(
    r"(?<!\w)(?:will|would|to|should|could|can|may|must|not|cannot|shall|'ll|they|we|who)\s+$", re.IGNORECASE
)
_SPEECH = re.compile(r"(?<!\w)(?:said|says|told|according|reported|printed|wrote|announced on)(?!\w)")
_WAITS = re.compile(
    r"(?:until|once|as soon as|unless|depends? on|await(?:s|ing)?|waiting for|subject to|before|"
    r"if)\s+(?P<what>[^,.;]{4,80})",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[^\n]{2,90}?(?:\)|\d{4}|\d)\s*[-–—]\s")
_BEFORE_NAME = re.compile(
    r"(?<!\w)(?P<det>(?:the|a|an|another|its|their|this|no|any|our|his|her|next|last|new|"
    r"[\w.-]+['’]s)\s+)(?P<rest>(?:(?!to |that |which |who |for |after |and |on |in |"
    r"at |of |with |by |as |was |is |were |are |had |has |while |before |until )[\w'’-]+\s+){0,5})$", re.IGNORECASE
)  # fmt: skip
_TAIL = re.compile(
    r"\s+(?:of|on|between|about|over|with|for)\s+(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"\d)(?:(?!(?:will|would|is|are|was|were|has|have|had|in|on|at|by|ended|"
    r"broke|due|set|scheduled|planned|opens?|resumes?|which|that|who|said|to|until|from|until|after|before|this|today|"
    r"yesterday|tomorrow|tonight|here|last|failed|fixed|began|begins?|as|if)\b)[\w'’&-]+\s?){1,9}"
)  # fmt: skip


_PREPOSITION = re.compile(r"(?:of|to|in|on|the|for|and|with|at|by|as|that|from|إلى|في|من|عن|على|مع)\s", re.IGNORECASE)


@cache
def _no_names() -> frozenset[str]:
    """Words that begin no name of a meeting: "after talks", "will exchange"."""
    return closed("prepositions") | closed("auxiliaries") | closed("subordinators") | closed("connectors")


class _Trigger(NamedTuple):
    """Words that speak of a meeting: where they stand in their clause, and how the meeting can be called."""

    start: int
    end: int
    name: str
    head: str
    verb: str = ""
    who: tuple[Span, ...] = ()  # where in the clause it is said who meets


@cache
def _words() -> dict[str, Any]:
    data = json.loads(resources.files("dragoman.reader").joinpath("data", "meetings.json").read_text("utf-8"))
    return {key: value for key, value in data.items() if key != "source"}


@cache
def _pattern(shelf: str) -> re.Pattern[str]:
    either = "|".join(re.escape(w) for w in sorted(_words()[shelf], key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)


class Candidate(NamedTuple):
    """A meeting that a clause may tell of, with what speaks for it."""

    meeting: Meeting
    features: tuple[str, ...]


NEAR = 160  # how many characters around a word are looked at; keeps hostile text linear
LONGEST = 900  # no clause worth reading is longer
LEAST = 0.3  # least probability of a meeting that is kept; found with folders held out, see training/weighing.py


def find_meetings(draft: Draft) -> list[Meeting]:
    """The meetings that `draft` tells of."""
    weighed = [
        (1.0 if "date-for" in c.features else weighing.probability("meeting", c.features), c.meeting)
        for c in candidates(draft)
    ]
    weighed.sort(key=lambda w: -w[0])
    found: list[Meeting] = []
    for probability, meeting in weighed:
        if probability >= LEAST and not any(_same(meeting, other) for other in found):
            found.append(_fuller(meeting, weighed))
    return sorted(found, key=lambda m: m.span.start)


_BY_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:['’]s)?\s\w+(?:\s\w+)?")


def _fuller(meeting: Meeting, weighed: list[tuple[float, Meeting]]) -> Meeting:
    """The likeliest meeting of that date that another sentence names, for one called by its day: "Tuesday's talks"."""
    if not meeting.date or not _BY_DAY.fullmatch(meeting.name):
        return meeting
    others = (m for p, m in weighed if p >= LEAST / 3 and m.date == meeting.date and m.span != meeting.span)
    fuller = next((m for m in others if len(stems(m.name)) >= 3 and not _BY_DAY.fullmatch(m.name)), meeting)
    return replace(fuller, place=fuller.place or meeting.place)


def candidates(draft: Draft) -> list[Candidate]:
    """Every pair of words for a meeting and a date in one clause, before they are weighed."""
    document = draft.document
    dates = find_dates(document.text, document.published, document.language)
    found = []
    for sentence in draft.segments.sentences:
        for clause in _clauses(document.text, sentence)[:20]:
            text = document.text[clause.start : clause.end]
            triggers = _triggers(text)[:9]
            if not triggers:
                continue
            near = [d for d in dates if clause.start <= d.span.start < clause.end][:5]
            off = _off(text)
            inside: list[DateMention | None] = [*near, None] if off or not near else [*near]
            waiting = [t for t in triggers if off == "unset" and _DATE_FOR.search(text, 0, t.start)]
            for trigger in triggers:
                named = _named_fully(trigger, document.text)
                if trigger in waiting:  # "before setting a date for the next round": whatever date stands there
                    found.append(_candidate(draft, clause, trigger, named, None, off, awaited=True))
                    continue
                for mention in inside:
                    found.append(_candidate(draft, clause, trigger, named, mention, None if waiting else off))
    return found


_DATE_FOR = re.compile(
    r"(?<!\w)(?:dates?|time|timetable|schedule)\s+for\s+(?:(?!for\s)[\w'’-]+\s+){0,5}$", re.IGNORECASE
)


def _off(text: str) -> str | None:
    return next((status for status in ("unset", "cancelled", "postponed") if _pattern(status).search(text)), None)


def _clauses(text: str, sentence: Span) -> list[Span]:
    """A sentence cut at semicolons and without its dateline."""
    start = sentence.start
    line = text.rfind("\n", 0, start) + 1
    if start - line < 3 and (head := _DATELINE.match(text, start, sentence.end)) and head.end() < sentence.end:
        start = head.end()
    cuts = [start, *(m.end() for m in re.finditer(r";\s", text[start : sentence.end])), sentence.end]
    places = [start + c - start if i in (0, len(cuts) - 1) else start + c for i, c in enumerate(cuts)]
    return [Span(a, min(b, a + LONGEST)) for a, b in pairwise(places) if b - a > 8]


def _candidate(
    draft: Draft,
    clause: Span,
    trigger: _Trigger,
    name: str,
    mention: DateMention | None,
    off: str | None,
    *,
    awaited: bool = False,
) -> Candidate:
    text = draft.document.text[clause.start : clause.end]
    published = draft.document.published
    status = off or _tense(mention, published, text)
    place = _place(draft, clause, text, name)
    chairs = chairs_in(draft, text)
    people = who_meets(draft, [Span(clause.start + low, clause.start + high) for low, high in trigger.who])
    if (
        name.lower() == trigger.head.lower()
        and not trigger.verb
        and (body := body_of(draft, trigger.head, clause.start))
    ):
        name = f"{name} of the {body}"
    if trigger.verb:
        name, meant = _with_names(draft, name, clause.start + trigger.start)
        people = tuple(dict.fromkeys((*meant, *people)))
    meeting = Meeting(
        name=f"{name} in {place}" if place and len(name.split()) == 1 else name,
        date=mention.date if mention else None,
        precision=mention.precision if mention else "unresolved",
        place=place,
        chairs=chairs,
        participants=tuple(p for p in people if p not in chairs),
        status=status,
        waits_for=_waits(text, off),
        span=Spans([clause]),
    )
    found = _features(draft, clause, trigger, meeting, mention, off)
    return Candidate(meeting, (*found, "date-for", "date-for&off=unset") if awaited else tuple(found))


def _place(draft: Draft, clause: Span, text: str, name: str) -> str | None:
    """Where a meeting takes place, by its clause or its name; a report's first sentence speaks of its own place."""
    place = place_in(text) or place_of_name(name, draft.document.text)
    if place is None and (is_here(text) or _opens_report(draft, clause)):
        return place_of_report(draft.document.text)
    return place


def _opens_report(draft: Draft, clause: Span) -> bool:
    """Whether a clause follows a dateline."""
    line = draft.document.text.rfind("\n", 0, clause.start) + 1
    return clause.start - line > 3 and _DATELINE.match(draft.document.text, line, clause.start + 1) is not None


def _features(
    draft: Draft, clause: Span, trigger: _Trigger, meeting: Meeting, mention: DateMention | None, off: str | None
) -> list[str]:
    """What speaks for a meeting on that date, as names of features."""
    text, published = draft.document.text[clause.start : clause.end], draft.document.published
    kind = trigger.verb or trigger.head.lower()
    found = ["bias", f"off={off}", f"head={kind}", f"verbal={bool(trigger.verb)}", f"place={meeting.place is not None}"]
    found += [f"name={min(len(meeting.name.split()), 6)}", f"own-name={min(len(trigger.name.split()), 4)}"]
    found += [f"lead:{w}" for w in words(text[: trigger.start])[-2:]] + [
        f"next:{w}" for w in words(text[trigger.end :])[:2]
    ]
    act = next(
        (s.act for s in draft.statements if any(p.start <= clause.start + trigger.start < p.end for p in s.content)),
        "none",
    )
    found += [
        f"act={act}",
        f"undated={published is None}",
        f"headline={draft.segments.paragraph_at(clause.start) == 0}",
    ]
    if mention is None:
        return [*found, "date=none", f"date=none&off={off}", f"date=none&undated={published is None}"]
    start, end = mention.span.start - clause.start, mention.span.end - clause.start
    after_it = start >= trigger.end
    between = words(text[trigger.end : start] if after_it else text[end : trigger.start])
    relation = "open" if not mention.date else "undated" if not published else _relation(mention.date, published)
    found += [f"date={relation}", f"precision={mention.precision}", f"off={off}&date={relation}", f"after={after_it}"]
    found += [
        f"gap={min(len(between) // 3, 5)}",
        f"gap={min(len(between) // 3, 5)}&after={after_it}&verbal={bool(trigger.verb)}",
    ]
    found += [f"between:{w}" for w in dict.fromkeys(between)][:25]
    prior = words(text[max(0, start - 50) : start])
    found += [f"before-date:{w}" for w in prior[-3:]] + ([f"off={off}&before-date:{prior[-1]}"] if prior else [])
    found += [f"off={off}&before-date2:{' '.join(prior[-2:])}"]
    if text[end : end + 2] in ("'s", "’s"):
        found.append("possessive-date")
    if any(_distance(t, start) < _distance(trigger, start) for t in _triggers(text)[:9]):
        found.append("nearer-trigger")
    return found


def _distance(trigger: _Trigger, place: int) -> int:
    return min(abs(trigger.start - place), abs(trigger.end - place))


def _relation(date: str, published: str) -> str:
    today = published[: len(date)]
    return "today" if date == today else "past" if date < today else "future"


def _tense(mention: DateMention | None, published: str | None, text: str) -> str:
    """Held or planned, by the date where it tells, else by the words."""
    if mention and mention.date and published:
        today = published[: len(mention.date)]
        if mention.date != today:
            return "held" if mention.date < today else "planned"
    ahead = re.search(
        r"(?<!\w)(?:will|is to|are to|due|set for|scheduled|planned|meet|meets|opens|resumes?|would|next)(?!\w)", text
    )
    return "planned" if ahead else "held"


@lru_cache(maxsize=512)
def _triggers(text: str) -> list[_Trigger]:
    found: list[_Trigger] = []
    named = 0  # the talks of "the next round of talks" are no further meeting
    for match in _pattern("nouns").finditer(text):
        trigger = _noun(text, match) if match.start() >= named else None
        if trigger:
            found.append(trigger)
            tail = _TAIL.match(text, match.end())
            named = tail.end() if tail and text[match.end() : match.end() + 4] == " of " else match.end()
    for match in _pattern("meet").finditer(text):
        if not _NOT_A_MEETING.match(text[match.end() : match.end() + 60].lstrip()):
            found.append(_verb(text, match))
    return sorted(found, key=lambda t: t.start)


def _noun(text: str, match: re.Match[str]) -> _Trigger | None:
    before, head = text[max(0, match.start() - NEAR) : match.start()], match.group()
    if _VERBAL.search(before) and head.lower() in ("vote", "visit", "debate", "ballot", "round", "host"):
        return None
    lead = _BEFORE_NAME.search(before)
    own = ""
    if lead:
        determiner = (
            lead["det"]
            if lead["det"].strip().lower() in ("next", "last", "another", "new")
            or "'" in lead["det"]
            or "’" in lead["det"]
            else ""
        )
        own = determiner + lead["rest"]
    else:
        near = re.search(r"(?:(?:[A-Z][\w'’-]+|[\w-]+)\s)?$", before)
        own = near.group() if near and near.group().strip().lower() not in _no_names() else ""
        own = "" if _PREPOSITION.match(own) else own
    tail = _TAIL.match(text, match.end())
    name = trim(f"{own}{head}{tail.group().rstrip() if tail else ''}", most=12)
    who = (Span(*tail.span()),) if tail and re.match(r"\s+(?:between|with|of)\s", tail.group()) else ()
    name = re.sub(r"^(?:no|any|a|an|the)\s+", "", name, flags=re.IGNORECASE)
    return _Trigger(match.start(), match.end(), name, head, who=who)


def _verb(text: str, match: re.Match[str]) -> _Trigger:
    """The meeting of those who meet: "the ministers will meet", "the ministers, who convene in"."""
    near = text[max(0, match.start() - NEAR) : match.start()]
    before = _AUXILIARIES.sub("", near)
    subject = subject_before(re.sub(r",?\s(?:who|which|when they|and they)$", "", before))
    subject = re.sub(r"^(?:The|A|An) ", lambda m: m.group().lower(), subject)
    following = text[match.end() : match.end() + NEAR]
    other = _WHOM.match(following)
    whom = plain(other["whom"]) if other and other["whom"].split()[0].lower() not in _NOBODY else ""
    if len(subject.split()) > 9 or _SPEECH.search(subject):
        subject = ""
    kind = _words()["meet"][match.group().lower()]
    name = f"{kind} of {trim(subject, most=8)}" if subject and subject.lower() not in _BARE_SUBJECTS else kind
    who = []
    if subject and (at := near.rfind(subject[4:])) >= 0:
        start = match.start() - len(near) + at
        who.append(Span(max(0, start - 4), start + len(subject)))
    if other and whom and not TIME_WORDS.match(whom):
        name = f"{kind} of {whom}" if kind == "signing" else f"{name} {'to' if kind == 'visit' else 'with'} {whom}"
        who.append(Span(match.end() + other.start("whom"), match.end() + other.end("whom")))
    return _Trigger(match.start(), match.end(), name, kind, match.group().lower(), tuple(who))


_BARE_SUBJECTS = frozenset(("it", "they", "we", "i", "you", "which", "who"))
_AUXILIARIES = re.compile(
    r"\s+(?:(?:will|would|are|is|was|were|to|due|again|also|now|then|had|have|has|plan|plans|agreed|both|hoped?|prepare|"
    r"expected|scheduled|not)\s+)*$"
)
_WHOM = re.compile(
    r"\s+(?:with\s+)?(?P<whom>(?:the |both |all )?[\w'’]+(?: (?:of |of the )?[A-Z][\w'’]+){0,5})(?= in | on |,|\.|"
    r" at | to | this | again|$)"
)
_NOBODY = frozenset(
    """again on in next this at for to by from of until and under there here today tonight tomorrow yesterday late early
    him her them us me it last before after when while as with""".split()  # noqa: SIM905
)


def _with_names(draft: Draft, name: str, position: int) -> tuple[str, tuple[str, ...]]:
    """A name with its people named in full, and whom a pronoun in it means: "meeting of She with Wael"."""
    people: tuple[str, ...] = ()
    pronoun = re.search(r"\bof (She|He|she|he)\b", name)
    if pronoun and (person := meant_by(draft, pronoun.group(1), position)):
        name, people = f"{name[: pronoun.start(1)]}{person}{name[pronoun.end(1) :]}", (person,)
    single = re.search(r"\b(?:of|with) ([A-ZÀ-Þ][\w'’-]+)$", name)
    if single:
        name = f"{name[: single.start(1)]}{full_name(draft, single.group(1))}"
    return name, people


def _waits(text: str, status: str | None) -> str | None:
    match = _WAITS.search(text) if status in ("unset", "postponed") else None
    return trim(match["what"]) if match and not find_dates(match["what"], None) else None


def _same(one: Meeting, other: Meeting) -> bool:
    if one.span == other.span and one.name == other.name:
        return True
    if one.date != other.date:
        return False
    if one.date is not None:
        return one.place == other.place or not one.place or not other.place
    return overlap(one.name, other.name) >= 0.5


_BARE = re.compile(
    r"(?:(?:next|last|new|final|first|second|third|further|other|this|their|its|our)\s+)*\w+|"
    r"meeting(?: of (?:they|both|both sides|we|which|it|he|she|you|the (?:two )?sides|the pair))?"
)


@lru_cache(maxsize=256)
def _word(head: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(head)}(?![\w-])", re.IGNORECASE)


def _named_fully(trigger: _Trigger, text: str) -> str:
    """The name of a meeting; one called just "session" takes the fuller name that the text has for one of that kind."""
    if not _BARE.fullmatch(trigger.name):
        return trigger.name
    head = trigger.head
    for match in islice(_word(head).finditer(text), 8):
        line_start, line_end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        local = _word(head).match(line, match.start() - line_start)
        fuller = _noun(line, local) if local else None
        if fuller and len(stems(fuller.name)) >= 2 and not _BARE.fullmatch(fuller.name):
            return fuller.name
    return trigger.name
