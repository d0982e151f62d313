"""Finds meetings, rounds, summits and hearings: when, where, under whom, and whether they are held, planned or off.

In: a draft whose statements are resolved. Out: Meetings in text order, one for each meeting and date.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from dragoman.reader import weighing
from dragoman.reader.dates.dates import DateMention, find_dates
from dragoman.reader.draft import Draft
from dragoman.reader.meetings.calling_off import what_befalls
from dragoman.reader.meetings.meeting_days import RUNS_OUT, is_gone, is_over, may_be_its_day, tense_of
from dragoman.reader.meetings.meeting_people import body_of, chairs_of, full_name, meant_by, who_meets
from dragoman.reader.meetings.meeting_places import is_here, place_in, place_of_name, place_of_report, place_right_after
from dragoman.reader.meetings.meeting_signs import BODIES, signs
from dragoman.reader.meetings.meeting_words import Trigger, noun_trigger, triggers
from dragoman.reader.rules.arabic_words import ARABIC
from dragoman.reader.vocabulary import words
from dragoman.reader.wording.phrases import trim
from dragoman.reader.wording.stems import overlap, stems
from dragoman.reading import Meeting, Span, Spans

_WAITS = re.compile(
    r"(?:until|once|as soon as|unless|depends? on|await(?:s|ing)?|waiting for|subject to|before|"
    r"if)\s+(?P<what>[^,.;]{4,80})",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?P<head>[^\n]{2,90}?(?:\)|\d{4}|\d)|[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,30}(?:, [\w. ]{2,20})?)\s*[-–—]\s"
)
_SENTENCE = re.compile(r"\([^)]*\)|(?P<word>(?<!\w)(?!and|the|from|our|for|van|der|del)[a-z]{3,})")
_ENTRY = re.compile(r"^(?:[0-2]\d[0-5]\d|[0-2]?\d[:.][0-5]\d)(?:[ \n:]|$)", re.MULTILINE)
_CLOCK = re.compile(
    r"(?<!\w)(?:at\s(?:[0-2]\d[0-5]\d|[0-2]?\d[:.][0-5]\d|\d{1,2}\s?(?:[ap]\.?m|o['’]clock)|noon|midnight|one|two|three|"
    r"four|five|six|seven|eight|nine|ten|eleven|twelve)(?!\s?\w+s(?!\w))(?!\w)|(?:this|until \w+ this)\s(?:morning|"
    r"afternoon|evening))(?!\w)"
)
_SEMICOLON = re.compile(r";\s")


class Candidate(NamedTuple):
    """A meeting that a clause may tell of, with what speaks for it."""

    meeting: Meeting
    features: tuple[str, ...]


_NEXT_TO = 60  # letters between a meeting and its day, at most, among which its place is looked for first
LONGEST = 900  # no clause worth reading is longer
UNSET = 0.2  # what is added where a clause says that no date is set and names none
LEAST = 0.34  # least probability of a meeting that is kept; found with folders held out, see training/weighing.py


def find_meetings(draft: Draft) -> list[Meeting]:
    """The meetings that `draft` tells of."""
    weighed = [(_probability(c.features), c.meeting) for c in candidates(draft)]
    weighed.sort(key=lambda w: -w[0])
    found: list[Meeting] = []
    for probability, meeting in weighed:
        if probability < LEAST:
            break
        same = next((n for n, other in enumerate(found) if _same(meeting, other)), None)
        if same is None:
            found.append(_fuller(meeting, weighed))
        elif _in_its_week(meeting, found[same]):
            found[same] = _fuller(meeting, weighed)
    return sorted(found, key=lambda m: m.span.start)


def _probability(features: tuple[str, ...]) -> float:
    """How likely a candidate is; "no further meeting is planned" is so few times said that it is hardly learned."""
    if "date-for" in features:
        return 1.0
    return weighing.probability("meeting", features) + (UNSET if "date=none&off=unset" in features else 0.0)


_BY_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:['’]s)?\s\w+(?:\s\w+)?")


def _fuller(meeting: Meeting, weighed: list[tuple[float, Meeting]]) -> Meeting:
    """The likeliest meeting of that date that another sentence names, for one called by its day: "Tuesday's talks"."""
    if not meeting.date or not _BY_DAY.fullmatch(meeting.name):
        return meeting
    others = (m for p, m in weighed if p >= LEAST / 3 and m.date == meeting.date and m.span != meeting.span)
    fuller = next((m for m in others if len(stems(m.name)) >= 3 and not _BY_DAY.fullmatch(m.name)), meeting)
    if fuller is meeting:
        name = re.sub(r"^\w+['’]s\s", "", meeting.name)
        return replace(meeting, name=f"{name} in {meeting.place}" if meeting.place and " " not in name else name)
    return replace(fuller, place=fuller.place or meeting.place)


def candidates(draft: Draft) -> list[Candidate]:
    """Every pair of words for a meeting and a date in one clause, before they are weighed."""
    document = draft.document
    dates = find_dates(document.text, document.published)
    found: list[Candidate] = []
    last: Trigger | None = None  # the words for a meeting in the clause before
    log = (document.published or "")[:10] if len(list(islice(_ENTRY.finditer(document.text), 2))) > 1 else ""
    for sentence in draft.segments.sentences:
        above = _day_above(draft, sentence, dates)
        for clause in _clauses(document.text, sentence)[:20]:
            text = document.text[clause.start : clause.end]
            told = triggers(text)[:9]
            near = _dates_in(dates, clause.start, clause.end)[:5]
            if not told and last is not None and near and (it := _IT.match(text)):
                name = re.sub(r"^\w+day['’]s ", "", last.name)
                told = [last._replace(start=it.start("it"), end=it.end("it"), name=name, verb="", who=())]
            last = told[-1] if told else None
            if told and not near and log and _CLOCK.search(text):
                near = [DateMention(clause, log, "day")]
            if told:
                found += _in_clause(draft, clause, told, [*near, *([above] if above and above not in near else [])])
    return found


_IT = re.compile(
    r"(?P<it>It|They|This|That)\s(?:will|would|is|are|was|were|has|have|had|should|could|might|may)(?:n['’]t)?\s(?:(?:not|now|also|to|"
    r"then|only|have|been|be|due)\s){0,3}(?:held|open|begin|start|resume|take place|taken place|moved|put|postponed|"
    r"set|planned|scheduled|due|fixed|reconvene|convened|cancelled|called)(?!\w)"
)


def _day_above(draft: Draft, sentence: Span, dates: list[DateMention]) -> DateMention | None:
    """The day that heads a paragraph of a calendar: "THURSDAY. The committee meets"."""
    paragraph = draft.segments.paragraphs[draft.segments.paragraph_at(sentence.start)]
    for mention in _dates_in(dates, paragraph.start, paragraph.start + 3)[:1]:
        if re.match(r"\s?[.:–—]\s", draft.document.text[mention.span.end : mention.span.end + 4]):
            return mention
    return None


def _dates_in(dates: list[DateMention], start: int, end: int) -> list[DateMention]:
    """The dates that begin in text[start:end]; `dates` are in order."""
    return dates[bisect_left(dates, (Span(start, 0),)) : bisect_left(dates, (Span(end, 0),))]


def _in_clause(draft: Draft, clause: Span, told: list[Trigger], near: list[DateMention]) -> Iterator[Candidate]:
    """Every word for a meeting in a clause with every date that may be its day."""
    text = draft.document.text[clause.start : clause.end]
    off = what_befalls(text, told)
    if off is None and _WILL_NOT.search(text) and any(is_over(text, m.span.start - clause.start) for m in near):
        off = "cancelled"  # "the commission, which was to meet on 29 August, will not"
    inside: list[DateMention | None] = [*near, None] if off or not near else [*near]
    over = [m for m in near if is_over(text, m.span.start - clause.start) and not _is_ahead(draft, clause, m, near)]
    moved = len(near) > 1 and bool(over)
    waiting = [t for t in told if off == "unset" and _DATE_FOR.search(text, 0, t.start)]
    asides = [m.span() for m in _RELATIVE.finditer(text)] if near else []
    for trigger in told:
        if _is_whose_head(text, trigger):
            continue
        named = trigger.name if _WITH.match(text, trigger.end) else _named_fully(trigger, draft.document.text)
        if trigger in waiting:  # "before setting a date for the next round": whatever date stands there
            yield _candidate(draft, clause, trigger, named, None, off, awaited=True)
            continue
        for mention in inside:
            if mention and draft.document.published and is_gone(named, mention, draft.document.published):
                continue  # "the end of the previous round will be the basis for the meeting on 6 May"
            if mention and not may_be_its_day(
                text, trigger, mention.span.start - clause.start, mention.span.end - clause.start
            ):
                continue
            if mention and any(a < trigger.start < z <= mention.span.start - clause.start for a, z in asides):
                continue  # "the host, which has seen two rounds, wants monitors in place by May"
            if mention and trigger.verb and RUNS_OUT.search(text, trigger.end, mention.span.start - clause.start):
                continue  # "the truce that both sides signed in Velm runs out on 30 November"
            if off is not None or mention not in over:
                status = None if waiting else "postponed" if moved and off is None else off
                yield _candidate(draft, clause, trigger, named, mention, status)


def _is_ahead(draft: Draft, clause: Span, mention: DateMention, near: list[DateMention]) -> bool:
    """Whether a date is still to come and no later one follows: talks that "were expected to resume on 25 February"."""
    today, day = (draft.document.published or "")[:10], mention.date or ""
    if not today or day <= today or any((m.date or "") > day for m in near):
        return False
    return (
        _EXPECTED.search(draft.document.text, max(clause.start, mention.span.start - 70), mention.span.start)
        is not None
    )


_EXPECTED = re.compile(r"(?<!\w)(?:was|were)\s(?:expected|scheduled|due)(?!\w)[^,;]*$")


_HEAD_OF = re.compile(r"([a-z]+) of (?:the )?(?:[\w'’-]+ ){0,4}$")


def _is_whose_head(text: str, trigger: Trigger) -> bool:
    """Whether a word for a meeting is a body's whose head is spoken of: "the head of the Velm council said"."""
    before = _HEAD_OF.search(text, max(0, trigger.start - 70), trigger.start) if not trigger.verb else None
    return before is not None and trigger.head.lower() in BODIES and before.group(1) in words("role_nouns")


_WILL_NOT = re.compile(r"\b(?:will|did|does|would)\snot[.!]?\s*$")
_DATE_FOR = re.compile(
    r"(?<!\w)(?:dates?|time|timetable|schedule)\s+for\s+(?:(?!for\s)[\w'’-]+\s+){0,5}$", re.IGNORECASE
)


def _clauses(text: str, sentence: Span) -> list[Span]:
    """A sentence cut at semicolons and without its dateline."""
    start = sentence.start
    line = text.rfind("\n", 0, start) + 1
    if start - line < 3 and (told := _after_dateline(text, start, sentence.end)) < sentence.end:
        start = told
    cuts = [start, *(m.end() for m in _SEMICOLON.finditer(text[start : sentence.end])), sentence.end]
    places = [start + c - start if i in (0, len(cuts) - 1) else start + c for i, c in enumerate(cuts)]
    return [Span(a, min(b, a + LONGEST)) for a, b in pairwise(places) if b - a > 8]


def _after_dateline(text: str, start: int, end: int) -> int:
    """Where a line goes on after its dateline, `start` without one: "resume on May 12 – in Velm" has none."""
    match = _DATELINE.match(text, start, end)
    if match is None or any(m["word"] for m in _SENTENCE.finditer(match["head"])):
        return start
    return match.end()


def _candidate(
    draft: Draft,
    clause: Span,
    trigger: Trigger,
    name: str,
    mention: DateMention | None,
    off: str | None,
    *,
    awaited: bool = False,
) -> Candidate:
    text = draft.document.text[clause.start : clause.end]
    text = _ENTITLED.sub(lambda title: " " * len(title.group()), text)
    published = draft.document.published
    status = off or tense_of(mention, published, text)
    named = max((trigger.end, *(who.end for who in trigger.who if not trigger.verb)))
    after = [named, trigger.end, *([mention.span.end - clause.start] if mention else [])]
    between = text[named : mention.span.start - clause.start] if mention else ""
    told = _RELATIVE.sub(
        lambda m: m.group() if m.start() < trigger.start < m.end() else " " * len(m.group()), text
    )  # "the bloc, which tries to restore peace in Leth, said a deal will be signed"
    place = (place_in(between) if len(between) < _NEXT_TO else None) or _place(draft, clause, told, name, after)
    chairs = chairs_of(draft, clause, trigger.head.lower(), held=status == "held")
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
    place = goal["place"] if (goal := _VISIT_TO.fullmatch(name)) else place
    planned = _PLANNED_FOR.match(text, trigger.end) if name.lower() == trigger.head.lower() and not place else None
    name += planned.group() if planned else ""
    meeting = Meeting(
        name=f"{name} {'في' if ARABIC.search(name) else 'in'} {place}" if place and len(name.split()) == 1 else name,
        date=mention.date if mention else None,
        precision=mention.precision if mention else "unresolved",
        place=place,
        chairs=chairs,
        participants=tuple(p for p in people if p not in chairs),
        status=status,
        waits_for=_waits(text, off),
        span=Spans([clause]),
    )
    found = signs(draft, clause, trigger, meeting, mention, off)
    return Candidate(meeting, (*found, "date-for", "date-for&off=unset") if awaited else tuple(found))


_VISIT_TO = re.compile(r"visit of .+ to (?P<place>(?:the )?[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*){0,2})")
_RELATIVE = re.compile(r",\s(?:which|who|whose)\s[^,]{3,160},")
# What a paper or an item is called is no place and no people: 'the item entitled "The situation in Velm"'
_ENTITLED = re.compile(r"(?<!\w)(?:entitled|titled|headed|called|item|theme)\s[“\"][^“”\"\n]{2,90}[”\"]")
# A meeting that nothing else names is called by its day: "a hearing set for last week"
_PLANNED_FOR = re.compile(r"\s(?:planned|set|scheduled|arranged|fixed)\sfor\s(?:(?:last|next|this|the)\s)?[^\W\d]+")


def _place(draft: Draft, clause: Span, text: str, name: str, after: list[int]) -> str | None:
    """Where a meeting takes place, by its clause or its name; a report's first sentence speaks of its own place."""
    beside = (place_right_after(text, end) for end in after if end > 0)
    place = (
        next((place for place in beside if place), None) or place_in(text) or place_of_name(name, draft.document.text)
    )
    if place is None and (is_here(text) or _opens_report(draft, clause)):
        return place_of_report(draft.document.text)
    return place


def _opens_report(draft: Draft, clause: Span) -> bool:
    """Whether a clause follows a dateline."""
    line = draft.document.text.rfind("\n", 0, clause.start) + 1
    return clause.start - line > 3 and _after_dateline(draft.document.text, line, clause.start + 1) > line


def _with_names(draft: Draft, name: str, position: int) -> tuple[str, tuple[str, ...]]:
    """A name with its people named in full, and whom a pronoun in it means: "meeting of She with Wael"."""
    people: tuple[str, ...] = ()
    pronoun = re.search(r"\bof (She|He|she|he)\b", name)
    person = meant_by(draft, pronoun.group(1), position, apart=name) if pronoun else None
    if pronoun and person:
        name, people = f"{name[: pronoun.start(1)]}{person}{name[pronoun.end(1) :]}", (person,)
    return _SURNAME.sub(lambda m: full_name(draft, m.group()), name), people


# A name of one word in "meeting of Brandt and Osei with Lindqvist"
_SURNAME = re.compile(r"(?:(?<=\sof\s)|(?<=\swith\s)|(?<=\sand\s))[A-ZÀ-Þ][\w'’-]+(?=$|\s(?:and|with)\s)")


def _waits(text: str, status: str | None) -> str | None:
    match = _WAITS.search(text) if status in ("unset", "postponed") else None
    return trim(match["what"]) if match and not find_dates(match["what"], None) else None


def _same(one: Meeting, other: Meeting) -> bool:
    if one.span == other.span and one.name == other.name:
        return True
    if one.date != other.date:
        return _in_its_week(one, other) or _in_its_week(other, one)
    if one.date is None and one.span == other.span:
        return True
    if one.date is not None:
        return one.place == other.place or not one.place or not other.place
    return overlap(one.name, other.name) >= 0.5


def _in_its_week(one: Meeting, other: Meeting) -> bool:
    """Whether `one`, told by its day, is `other`, told by its week: "are to meet this week", "is set for Friday"."""
    if one.precision != "day" or other.precision != "week" or one.date is None or other.date is None:
        return False
    days = (date.fromisoformat(one.date[:10]) - date.fromisoformat(other.date)).days
    alike = one.status == other.status and one.place == other.place and one.place is not None
    return 0 <= days < 7 and alike and overlap(one.name, other.name) >= 0.5


_BARE = re.compile(
    r"(?:(?:next|last|new|final|first|second|third|further|other|this|their|its|our)\s+)*\w+|"
    r"meeting(?: of (?:they|both|both sides|we|which|it|he|she|you|the (?:two )?sides|the pair))?"
)


@lru_cache(maxsize=256)
def _word(head: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(head)}(?![\w-])", re.IGNORECASE)


def _named_fully(trigger: Trigger, text: str) -> str:
    """The name of a meeting; one called just "session" takes the fuller name that the text has for one of that kind."""
    if not _BARE.fullmatch(trigger.name):
        return trigger.name
    fuller = _full_name(trigger.head, text) or trigger.name
    return trigger.name if _ANOTHER.match(trigger.name) and _NUMBERED.search(fuller) else fuller


# The next meeting is not the one that the text calls the seventh
_ANOTHER = re.compile(r"(?:next|further|new|another|other)\s", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?<!\w)(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))(?!\w)",
    re.IGNORECASE,
)


_WITH = re.compile(r"\s(?:in [A-Z][\w-]+ )?with\s")  # "talks in Oslo with his aide" are not those of the headline
_WITH_ONE = re.compile(r"(?<!\w)meeting\swith\s", re.IGNORECASE)  # "a face-to-face meeting with Renn" is another
_FOR_WHOM = re.compile(r"\w+\sfor\s(?:the\s)?[A-Z]")  # "who chairs the talks for the Lakes Union"


@lru_cache(maxsize=64)
def _full_name(head: str, text: str) -> str | None:
    """The first full name among those that a text has for meetings called by one noun."""
    for match in islice(_word(head).finditer(text), 8):
        line_start, line_end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        local = _word(head).match(line, match.start() - line_start)
        fuller = noun_trigger(line, local) if local else None
        if (
            fuller
            and len(stems(fuller.name)) >= 2
            and not _BARE.fullmatch(fuller.name)
            and not _FOR_WHOM.match(fuller.name)
            and not _WITH_ONE.search(fuller.name)
        ):
            return fuller.name
    return None
