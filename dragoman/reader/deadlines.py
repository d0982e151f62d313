"""Finds what has to be done by when.

In: a draft whose statements are resolved. Out: Deadlines in text order, each with the words it rests on; one whose date
cannot be told stays unresolved. A date that only tells when something happened is none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman.reader.conditions import party_of
from dragoman.reader.dates import DateMention, find_dates
from dragoman.reader.draft import Draft
from dragoman.reader.phrases import CORE, overlap, own_cue, plain, trim
from dragoman.reading import Deadline, Span, Spans, Statement

# Acts whose speaker can set a time; an estimate or a claim about "by 2030" sets none.
SETTING_ACTS = frozenset(("condition", "threat", "demand", "commitment", "proposal", "concession", "support"))

_BY = re.compile(
    r"(?<!\w)(?:by|before|no later than|not later than|at the latest by|بحلول|قبل|في موعد أقصاه)\s+"
    r"(?:(?:the|early|noon|midnight|midday|dawn|dusk|\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|a\.m\.|p\.m\.|GMT)?|o'clock|\w+ o'clock|"
    r"the (?:morning|evening|close) of|close of business)\s*(?:on|of)?\s*)*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?<!\w)(?:until|till|up to|حتى|لغاية)\s+(?:[\w'’ ]{0,40},? ?(?:on|at|of) |(?:noon|midnight|midday|the|\d{1,2}(?:[:.]\d\d)?"
    r" ?(?:am|pm|a\.m\.|p\.m\.)?|\w+ o'clock|يوم)(?: on)?\s+)*$",
    re.IGNORECASE,
)
_STARTS = re.compile(r"(?:by|before|within|until|till|no later than|not later than|خلال|في غضون|قبل|حتي|بحلول)(?!\w)", re.I)
_GRANT = re.compile(r"(?<!\w)(?:g[ai]ves?|given|giving|granted|grants?|has|have|had|أمهل\w*)(?!\w)", re.IGNORECASE)
_ENDS = re.compile(
    r"(?<!\w)(?:expir\w+|laps\w+|runs? out|ran out|due to (?:end|lapse|expire|run out)|(?:is|was|were|are) to (?:end|expire|lapse)|"
    r"in force until|ends|ينتهي|تنتهي)(?!\w)",
    re.IGNORECASE,
)
_DEADLINE = re.compile(r"(?<!\w)(?:deadline|ultimatum|target date|time limit|cut-off|final date|مهلة|المهلة)(?!\w)", re.IGNORECASE)
_MUST = re.compile(
    r"(?<!\w)(?:must|has to|have to|had to|is to|are to|were to|was to|should|need to|needs to|obliged to|required to|"
    r"promis\w+|undert\w+|pledg\w+|undertak\w+|demand\w*|wants?|wanted|ask\w*|call\w* on|insist\w*|order\w*|instruct\w*|commit\w*)(?!\w)",
    re.IGNORECASE,
)
_TO = re.compile(r"^[\s,]*(?:(?:at|on) [\w ]{1,20},? )?(?:to|لل|ل)\s*(?P<task>\S.*)", re.IGNORECASE | re.DOTALL)
_CLAUSE = re.compile(
    r"(?:^|[\s,;:(—–])(?:unless|if|provided(?: that)?|as long as|so long as|once|on condition that|on the understanding that|and that|"
    r"that|but|which|who|while|because|when|until|إن|أن|إذا)\s+|[;:—–(]\s*|,\s+(?:and|but|or)\s+",
    re.IGNORECASE,
)
_FOR = re.compile(r"^(?:[\w'’-]+ ){1,5}?for (?=\w)", re.IGNORECASE)
_INFINITIVE = re.compile(r"(?<!\w)to (?=[a-z]{2,})(?!the |a |an |its |their |his |her )")


class _Place(NamedTuple):
    """A date in its sentence: what stands before and after it, within the statement it belongs to."""

    mention: DateMention
    statement: Statement | None
    before: str
    after: str
    sentence: Span


def find_deadlines(draft: Draft) -> list[Deadline]:
    """The deadlines that `draft` tells of, each once for a date and a task."""
    document, found = draft.document, []
    for mention in find_dates(document.text, document.published, document.language):
        place = _place(draft, mention)
        what = _what(draft, place)
        if not what:
            continue
        if _is_over(mention, document.published) and not _DEADLINE.search(place.before + place.after):
            continue
        deadline = Deadline(
            what=what,
            date=mention.date,
            precision=mention.precision,
            set_by=party_of(place.statement) if place.statement else None,
            statement=place.statement.id if place.statement else None,
            span=Spans([place.sentence]),
        )
        if not any(_same(deadline, other) for other in found):
            found.append(deadline)
    return found


def _place(draft: Draft, mention: DateMention) -> _Place:
    text, segments = draft.document.text, draft.segments
    sentence = segments.sentences[segments.sentence_at(mention.span.start)]
    around = [
        (piece, s)
        for s in draft.statements
        for piece in s.content
        if piece.start <= mention.span.start < piece.end
    ]
    piece, statement = min(around, key=lambda a: a[0].end - a[0].start) if around else (sentence, None)
    start, end = max(piece.start, sentence.start), min(piece.end, sentence.end)
    lead = own_cue(draft, statement) if statement and start == piece.start == statement.content[0].start else ""
    before = f"{lead} {text[start : mention.span.start]}" if lead else text[start : mention.span.start]
    return _Place(mention, statement, before, text[mention.span.end : max(end, mention.span.end)], sentence)


def _is_over(mention: DateMention, published: str | None) -> bool:
    return bool(mention.date and published and (mention.end or mention.date)[:10] < published[: len(mention.date)])


def _what(draft: Draft, place: _Place) -> str:
    """What has to be done by the date of `place`; "" when the date sets no time."""
    text = draft.document.text
    words = text[place.mention.span.start : place.mention.span.end]
    cue = plain(place.statement.cue.text(draft.document)) if place.statement and place.statement.cue else ""
    act = place.statement.act if place.statement else None
    whole = f"{cue} {place.before}"
    until = _UNTIL.search(place.before) or re.match(r"(?:until|till|حتى)\s", words, re.IGNORECASE)
    if until and (_GRANT.search(whole) or act == "demand"):
        return _after(place.after) or _task(place.before)
    if re.match(r"(?:\d+|[a-z-]+|another \w+) (?:hours|days|weeks)$", words) or _is_grant(cue, place):
        return ""
    ends = _ENDS.search(place.before[-60:])
    if ends:
        return _ending(place.before)
    if _DEADLINE.search(place.after[:30]) or _DEADLINE.search(place.before[-50:]):
        return _after(re.sub(r"^\s*(?:deadline|ultimatum|target date)", "", place.after)) or _task(place.before)
    by = _BY.search(place.before) or (_STARTS.match(words) and not until) or re.match(r"[^.;]{0,12}at the latest", place.after)
    if not by:
        return ""
    if act not in SETTING_ACTS and not (act in (None, "expectation", "claim") and _MUST.search(place.before)):
        return ""
    return _task(place.before) or _after(place.after)


def _is_grant(cue: str, place: _Place) -> bool:
    return False


def _after(after: str) -> str:
    """The task that follows a date: "until Friday to reply", "an August 1 deadline for settling"."""
    match = _TO.match(after) or re.match(r"^\s*for (?P<task>\S.*)", after, re.DOTALL)
    if not match:
        return ""
    return trim(re.split(r"[,;.](?:\s|$)", plain(match["task"]))[0], most=12)


def _task(before: str) -> str:
    """The task that a date closes: its clause without modal, conjunction and preposition."""
    before = _UNTIL.sub("", _BY.sub("", before))
    before = re.sub(r"\s(?:by|before|within|until|at|on|for|from|to|in|no later than|not later than)\s*$", "", before)
    before = re.sub(r"[\s,]+(?:at the latest|due|to be completed|in|on|scheduled|set|completed)\s*$", "", before)
    starts = [m.end() for m in _CLAUSE.finditer(before)]
    clause = before[starts[-1] :] if starts and len(before[starts[-1] :].split()) > 1 else before
    clause = plain(clause)
    core = None
    for core in CORE.finditer(clause):
        pass
    infinitives = list(_INFINITIVE.finditer(clause))
    if infinitives and (core is None or infinitives[-1].start() >= core.start()):
        clause = clause[infinitives[-1].end() :]
    elif core is not None:
        rest = clause[core.start("core") :]
        clause = clause[: core.start()] + rest[2:] if core["core"].lower() == "be" else rest
    return trim(re.sub(r"^(?:that|and|but|to|for)\s+", "", clause), most=14)


def _ending(before: str) -> str:
    match = None
    for match in _ENDS.finditer(before):
        pass
    subject = plain(re.split(r"[,;:]\s|\sand\s", before[: match.start()] if match else before)[-1] or before)
    subject = trim(re.sub(r"\s(?:which|that|will|would|is|was|are|were|to|due)$", "", subject), most=10)
    return f"expiry of {subject}" if subject else ""


def _same(one: Deadline, other: Deadline) -> bool:
    if one.date != other.date:
        return False
    return (one.statement is not None and one.statement == other.statement) or overlap(one.what, other.what) >= 0.4
