"""Finds what has to be done by when.

In: a draft whose statements are resolved. Out: Deadlines in text order, each with the words it rests on; one whose date
cannot be told stays unresolved. A date that only tells when something happened is none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from dragoman.folding import words
from dragoman.reader import weighing
from dragoman.reader.conditions.conditions import party_of
from dragoman.reader.dates.dates import DateMention, find_dates, resolve_date
from dragoman.reader.dates.days import When
from dragoman.reader.deadlines.place import DEADLINE_NOUN, Place, Task
from dragoman.reader.deadlines.task_words import PRONOUNS
from dragoman.reader.deadlines.tasks import IF, MUST, SURE, VAGUE, closed
from dragoman.reader.deadlines.until import is_somebody
from dragoman.reader.draft import Draft
from dragoman.reader.vocabulary import verb_forms
from dragoman.reader.vocabulary import words as listed
from dragoman.reader.wording.nominals import nominal
from dragoman.reader.wording.phrases import short, trim
from dragoman.reader.wording.placed import statements_at
from dragoman.reader.wording.stems import overlap, stems
from dragoman.reading import Deadline, Document, Span, Spans, Statement

LEAST = 0.45  # least probability of a deadline that is kept; found with folders held out, see training/weighing.py

_DURATION = re.compile(
    r"(?<!\w)(?:g[ai]ves?|given|giving|grant\w*)\s+(?P<whom>(?:[\w'’-]+\.?\s){0,12}?)(?P<time>(?:\d+|(?!until|"
    r"up)[a-z-]+)(?:\s(?:more|further|other))?\s(?:hours|days|weeks|months))"
    r"(?P<task>\s+to\s+[^,.;]+)?",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"(?<=\s)(?:by|before|until) (?P<then>then)(?!\w)|(?<=\s)(?:on|by|before|of|midnight) (?P<day>that day)(?!\w)"
)
_FURTHER = re.compile(r"\s(?:more|further|other)(?=\s)")
_ARTICLE = re.compile(r"^(?:the|an?)\s", re.IGNORECASE)


class Candidate(NamedTuple):
    """A deadline that a date may set, with what speaks for it."""

    deadline: Deadline
    features: tuple[str, ...]
    kind: str


def find_deadlines(draft: Draft) -> list[Deadline]:
    """The deadlines that `draft` tells of, each once for a date and a task."""
    weighed = [
        (1.0 if c.kind in SURE else weighing.probability("deadline", c.features), c.deadline, c.kind in VAGUE)
        for c in candidates(draft)
    ]
    for granted in _granted(draft):  # "gave them ten days to reply" leaves no doubt
        told = [d for _, d, _ in weighed if _is_end_of(granted, d)]
        weighed.append((1.0, replace(granted, date=told[0].date) if told else granted, False))
    # The text tells more than its headline, and a task more than a name.
    headline = draft.segments.paragraphs[0].end if draft.segments.paragraphs else 0
    weighed.sort(key=lambda w: (w[2], w[1].span.start < headline, -w[0]))
    found: list[Deadline] = []
    for probability, deadline, vague in weighed:
        lesser = vague or deadline.span.start < headline
        known = any(_same(deadline, other) or (lesser and _told_below(deadline, other)) for other in found)
        if probability >= LEAST and not known:
            found.append(deadline)
    return sorted(found, key=lambda d: d.span.start)


# "the figure, to be reached by 2035" does not say what is concluded, and what grows "to 840 by Friday" is no task
_NO_TASK = re.compile(r"(?:conclusion(?: of [\d.,]+)?|[\d.,]+)?")


def candidates(draft: Draft) -> list[Candidate]:
    """Every date that may close a task, before they are weighed."""
    document, found = draft.document, []
    dates = find_dates(document.text, document.published)
    for mention in (*dates, *_then(document, dates)):
        place = _place(draft, mention)
        task = closed(draft, place)
        if _NO_TASK.fullmatch(task.what):
            continue
        given = _asked_of(draft, place.statement, task.what, mention.span.start) if task.kind in VAGUE else ""
        deadline = Deadline(
            what=given or task.what,
            date=mention.date,
            precision=mention.precision,
            set_by=_setter(place.statement),
            statement=place.statement.id if place.statement else None,
            span=Spans([place.sentence]),
        )
        found.append(Candidate(deadline, tuple(_features(draft, place, task)), task.kind))
    return found


def _asked_of(draft: Draft, statement: Statement | None, whom: str, at: int) -> str:
    """What those who are given a time have to do in it: what was last required of them, or by the same party; else "".

    Where nobody is told to set the time, it is what the paragraphs beside it say that somebody requires.
    """
    party, segments = _setter(statement), draft.segments
    starts = {s.id: s.content.start for s in draft.statements if s.content}
    before = [c for c in draft.conditions if starts.get(c.statement or "", at) < at]
    of_them = [c for c in before if stems(whom) and stems(whom) <= stems(c.requires[0])]
    beside = [
        c
        for c in before
        if c.party == party or segments.paragraph_at(at) - 1 <= segments.paragraph_at(starts[c.statement or ""])
    ]
    known = of_them or [c for c in beside if party in (None, c.party)]
    return nominal(short(trim(known[-1].requires[0]))) if known else ""


def _setter(statement: Statement | None) -> str | None:
    """Who sets a deadline: whom its statement speaks for; a text or a pronoun is nobody."""
    party = party_of(statement) if statement is not None else None
    if statement is not None and statement.speaker.anonymous and not statement.speaker.party:
        return None
    if party is None or party.lower() in PRONOUNS or _TEXT.search(party):
        return None
    return party


_TEXT = re.compile(
    r"(?:^|\s)(?:text|draft|accord|agreement|pact|deal|memorandum|protocol|contract|document|declaration|communiqu[eé]|"
    r"statement|plan|proposal|resolution|recording|letter|leaflet|message|video|notice|media|press|reports?|newspapers?)$",
    re.IGNORECASE,
)


def _features(draft: Draft, place: Place, task: Task) -> list[str]:
    """What speaks for a deadline, as names of features."""
    statement, mention, published = place.statement, place.mention, draft.document.published
    act = f"{statement.act}{'-not' if statement.negated else ''}" if statement else "none"
    when = "open" if not mention.date else "undated" if not published else _relation(mention, published)
    before, inside = words(place.before), words(draft.document.text[mention.span.start : mention.span.end])
    found = [
        "bias",
        f"kind={task.kind}",
        f"act={act}",
        f"kind={task.kind}&act={act}",
        f"date={when}",
        f"kind={task.kind}&date={when}",
    ]
    found += [
        f"precision={mention.precision}",
        f"what={min(len(task.what.split()) // 2, 5)}",
        f"start:{inside[0] if inside else ''}",
    ]
    found += [f"prep:{' '.join(before[-2:])}", f"after:{' '.join(words(place.after)[:1])}"]
    if statement and statement.cue:
        cue = words(statement.cue.text(draft.document, joint=" "))
        found += [f"cue:{w}" for w in cue]
        kin = {form.verb.act for w in cue for form in verb_forms().get(w, ())}
        found += [f"cue-act={act}" for act in sorted(kin)]
        found += [f"kind={task.kind}&cue-act={act}" for act in sorted(kin)]
    if statement and statement.within:
        found.append("within")
    if MUST.search(place.before):
        found += ["must", f"must&kind={task.kind}"]
    if IF.search(place.before):
        found += ["if", f"if&kind={task.kind}"]
    if modal := _last_modal(place.before):
        found += [f"modal={modal}", f"modal={modal}&kind={task.kind}"]
    if _GUESS.search(place.before) or (statement and statement.cue and _GUESS.search(f" {' '.join(cue)}")):
        found += ["guess", f"guess&kind={task.kind}"]
    if draft.segments.paragraph_at(mention.span.start) == 0:
        found.append("headline")
    if re.search(DEADLINE_NOUN, place.before + place.after):
        found.append("deadline-word")
    return found


_MODAL = re.compile(
    r"(?<!\w)(?:(?P<could>could|may|might|can)|(?P<will>will|shall|would|won['’]t|wouldn['’]t)|"
    r"(?P<must>must|should|(?:has|have|is|are|was|were|had) to|needs? to)|(?P<had>had|has|have) \w+(?:ed|en))(?!\w)|"
    r"['’](?P<ll>ll|d) ",
    re.IGNORECASE,
)
_GUESS = re.compile(
    r"(?<!\w)(?:hop(?:e|es|ed|ing)|expect\w*|predict\w*|reckon\w*|estimat\w*|forecast\w*|bet|bets|fear\w*|likely|"
    r"believ\w*|rul\w+ out|reserv\w+ the right|think\w*|thought|doubt\w*|perhaps|probably|projected)(?!\w)",
    re.IGNORECASE,
)


def _last_modal(before: str) -> str:
    """The kind of the last modal verb before a date: what could happen by it is not yet asked for."""
    found = [m.lastgroup or "" for m in _MODAL.finditer(before)]
    return found[-1] if found else ""


def _relation(mention: DateMention, published: str) -> str:
    last = (mention.end or mention.date or "")[:10]
    today = published[: len(last)]
    return "today" if last == today else "past" if last < today else "future"


def _then(document: Document, dates: list[DateMention]) -> list[DateMention]:
    """The places where "by then" and "that day" stand for the date named shortly before, unless that is past."""
    found, text = [], document.text
    for match in _THEN.finditer(text) if " then" in text or " that day" in text else ():
        start = match.start()
        last = [d for d in dates if d.date and start - 400 < d.span.start < start]
        if last and not (document.published and _relation(last[-1], document.published) == "past"):
            span = Span(*match.span("then" if match["then"] else "day"))
            found.append(DateMention(span, last[-1].date, last[-1].precision, last[-1].end))
    return found


def _granted(draft: Draft) -> list[Deadline]:
    """Times that are given as a length: "gave the government ten days to buy up the crop"."""
    document, found = draft.document, []
    for statement in draft.statements:
        if not statement.content:
            continue
        start, end = (
            min(statement.cue.start if statement.cue else statement.content.start, statement.content.start),
            statement.content.end,
        )
        match = _DURATION.search(document.text[start:end])
        whom = _ARTICLE.sub("", (match["whom"] if match else "").strip())
        if not match or not (match["task"] or is_somebody(whom)):
            continue
        if whom.lower() == "within" or whom.lower() in listed("prepositions"):
            continue  # "access must be granted within 72 hours" gives nobody a time
        when = resolve_date("within " + _FURTHER.sub("", match["time"]), document.published, tense="future")
        what = (
            nominal(trim(re.sub(r"^\s*to\s+", "", match["task"])))
            if match["task"]
            else (_asked_of(draft, statement, whom, start) or whom)
        )
        told = _end_told(document, match["time"], start + match.end())
        when = When(told.date, told.precision, told.end) if told else when
        sentence = draft.segments.sentences[draft.segments.sentence_at(start + match.start())]
        found.append(Deadline(what, when.date, when.precision, _setter(statement), statement.id, Spans([sentence])))
    return found


def _end_told(document: Document, time: str, after: int) -> DateMention | None:
    """The date on which a time that was granted ends, where the text goes on to tell: "The 14 days end on Friday"."""
    end = re.compile(
        rf"(?<!\w)(?:the|those|these|its|his|her|their) {re.escape(time)} "
        r"(?:will )?(?:end|expire|lapse|run out|are up)\w* "
        r"(?:on |at |in |by )?(?:midnight on |noon on )?(?=[\w])",
        re.IGNORECASE,
    ).search(document.text, after, after + 300)
    if end is None:
        return None
    dates = find_dates(document.text, document.published)
    return next((d for d in dates if end.end() <= d.span.end and d.span.start <= end.end()), None)


def _is_end_of(granted: Deadline, told: Deadline) -> bool:
    """Whether a date that the text gives is the last day of a time that was granted as a length."""
    if granted.precision != "day" or told.precision != "day" or not granted.date or not told.date:
        return False
    apart = date.fromisoformat(granted.date[:10]) - date.fromisoformat(told.date[:10])
    return 0 < abs(apart.days) <= 2


# "ARDLACH, May 3 (ABC) - ": where and when a report was written opens no task
_DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,40}(?:,? [^\n–—-]{2,40})? ?[-–—]+ ")


def _place(draft: Draft, mention: DateMention) -> Place:
    text, segments = draft.document.text, draft.segments
    sentence = segments.sentences[segments.sentence_at(mention.span.start)]
    around = statements_at(draft, mention.span.start)
    piece, statement = min(around, key=lambda a: a[0].end - a[0].start, default=(sentence, None))
    start, end = max(piece.start, sentence.start), min(piece.end, sentence.end)
    if head := _DATELINE.match(text, start, mention.span.start):
        start = head.end()
    begin, stop = max(start, mention.span.start - 400), min(max(end, mention.span.end), mention.span.end + 300)
    number = segments.sentence_at(mention.span.start)
    if not text[sentence.start : mention.span.start].strip() and sentence.end - mention.span.end < 2:
        follows = segments.sentences[number + 1 : number + 2]  # "WEDNESDAY. Deadline for replies": a day of a calendar
        if follows and "\n" not in text[sentence.end : follows[0].start]:
            stop = min(follows[0].end, mention.span.end + 300)
    last = segments.sentences[number - 1] if number else Span(0, 0)
    return Place(
        mention,
        statement,
        text[begin : mention.span.start],
        text[mention.span.end : stop],
        sentence,
        text[last.start : min(last.end, last.start + 300)],
    )


def _inside(one: Deadline, other: Deadline) -> bool:
    """Whether of two dates set by the same one is the month of the other."""
    shorter, longer = sorted((one.date or "", other.date or ""), key=len)
    return one.set_by == other.set_by and len(shorter) == 7 and longer.startswith(shorter)


def _told_below(lesser: Deadline, other: Deadline) -> bool:
    """Whether what a headline, or a name alone, says of a deadline is told better by another."""
    return other.date == lesser.date or (
        None not in (lesser.date, other.date) and overlap(lesser.what, other.what) >= 0.6
    )


def _same(one: Deadline, other: Deadline) -> bool:
    if one.date != other.date:
        return one.statement is not None and _inside(one, other) and overlap(one.what, other.what) >= 0.4
    if one.statement is not None and one.statement == other.statement:
        return True
    if one.date is not None and one.set_by is not None and one.set_by == other.set_by:
        return True
    return overlap(one.what, other.what) >= (0.4 if one.date else 0.3)
