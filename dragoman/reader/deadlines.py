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
from dragoman.reader.conditions import party_of
from dragoman.reader.dates import DateMention, find_dates, resolve_date
from dragoman.reader.draft import Draft
from dragoman.reader.nominals import nominal
from dragoman.reader.phrases import CORE, overlap, own_cue, plain, short, stems, trim
from dragoman.reading import Deadline, Span, Spans, Statement

LEAST = 0.4  # least probability of a deadline that is kept; found with folders held out, see training/weighing.py

# Acts whose speaker can set a time; an estimate or a claim about "by 2030" sets none.
SETTING_ACTS = frozenset(("condition", "threat", "demand", "commitment", "proposal", "concession", "support"))

_BY = re.compile(
    r"(?<!\w)(?:by|before|no later than|not later than|at the latest by|بحلول|قبل|في موعد أقصاه)\s+"
    r"(?:(?:the|early|noon|midnight|midday|dawn|dusk|\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|a\.m\.|p\.m\.|GMT)?|"
    r"o'clock|\w+ o'clock|"
    r"the (?:morning|evening|close) of|close of business)\s*(?:on|of)?\s*)*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?<!\w)(?:until|till|up to|حتى|لغاية)\s+(?:[\w'’ ]{0,40},? ?(?:on|at|of) |(?:noon|midnight|midday|the|"
    r"\d{1,2}(?:[:.]\d\d)?"
    r" ?(?:am|pm|a\.m\.|p\.m\.)?|\w+ o'clock|يوم)(?: on)?\s+)*$",
    re.IGNORECASE,
)
_STARTS = re.compile(
    r"(?:by|before|within|until|till|no later than|not later than|خلال|في غضون|قبل|حتي|بحلول)(?!\w)", re.I
)
_GRANT = re.compile(r"(?<!\w)(?:g[ai]ves?|given|giving|granted|grants?|has|have|had|أمهل\w*)(?!\w)", re.IGNORECASE)
_ENDS = re.compile(
    r"(?<!\w)(?:expir\w+|laps\w+|runs? out|ran out|due to (?:end|lapse|expire|run out)|(?:is|was|were|"
    r"are) to (?:end|expire|lapse)|"
    r"in force until|ends|ينتهي|تنتهي)(?:\s(?:on|at|in|by|until|of|midnight|noon|the|end|close)){0,4}\s*$",
    re.IGNORECASE,
)
_DEADLINE_NOUN = r"deadline|ultimatum|target date|time limit|cut-off|final date|limit|مهلة|المهلة"
_DEADLINE = re.compile(
    rf"(?<!\w)(?:{_DEADLINE_NOUN})(?P<of>\s(?:for|of|to)\s[^,.;]{{3,60}}?)?(?:,|\s(?:is|was|on|of|at|for|that|"
    rf"which|runs|until|to|falls|the|now|had|been|set|fixed)){{0,5}}\s*$",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"(?<!\w)(?:put off|postponed|moved|adjourned|delayed|shelved|put back|rescheduled|runs|"
    r"suspended)\s+(?:until|till|to)\s*$",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"(?<!\w)(?:g[ai]ves?|given|giving|grant\w*)\s+(?P<whom>(?:[\w'’-]+\s){0,6}?)(?P<time>(?:\d+|(?!until|"
    r"up)[a-z-]+)(?:\s(?:more|further|other))?\s(?:hours|days|weeks|months))"
    r"(?P<task>\s+to\s+[^,.;]+)?",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"(?<!\w)(?:must|has to|have to|had to|is to|are to|were to|was to|should|need to|needs to|obliged to|required to|"
    r"promis\w+|undert\w+|pledg\w+|undertak\w+|demand\w*|wants?|wanted|ask\w*|call\w* on|insist\w*|order\w*|"
    r"instruct\w*|commit\w*)(?!\w)",
    re.IGNORECASE,
)
_TO = re.compile(r"^[\s,]*(?:(?:at|on) [\w ]{1,20},? )?(?:to|لل|ل)\s*(?P<task>\S.*)", re.IGNORECASE | re.DOTALL)
_CLAUSE = re.compile(
    r"(?:^|[\s,;:(—–])(?:unless|if|without|provided that|(?<=, )provided(?! by)|provided(?= (?:the|a|an|its|their|"
    r"both|all|no|(?-i:[A-Z]\w+))(?!\w))|as long as|so long as|once|on condition that|on the understanding that|"
    r"and that|"
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


class Candidate(NamedTuple):
    """A deadline that a date may set, with what speaks for it."""

    deadline: Deadline
    features: tuple[str, ...]


class _Task(NamedTuple):
    """What a date closes, and by which kind of words."""

    kind: str
    what: str


_DEADLINE_FOR = "kind=deadline-for"  # "the August 1 deadline for settling on a framework" says all by itself


def find_deadlines(draft: Draft) -> list[Deadline]:
    """The deadlines that `draft` tells of, each once for a date and a task."""
    weighed = [
        (1.0 if _DEADLINE_FOR in c.features else weighing.probability("deadline", c.features), c.deadline)
        for c in candidates(draft)
    ]
    for granted in _granted(draft):  # "gave them ten days to reply" leaves no doubt
        told = [d for _, d in weighed if _is_end_of(granted, d)]
        weighed.append((1.0, replace(granted, date=told[0].date) if told else granted))
    found: list[Deadline] = []
    for probability, deadline in sorted(weighed, key=lambda w: -w[0]):
        if probability >= LEAST and not any(_same(deadline, other) for other in found):
            found.append(deadline)
    return sorted(found, key=lambda d: d.span.start)


def candidates(draft: Draft) -> list[Candidate]:
    """Every date that may close a task, before they are weighed."""
    document, found = draft.document, []
    dates = find_dates(document.text, document.published, document.language)
    for mention in (*dates, *_then(document.text, dates)):
        place = _place(draft, mention)
        task = _closed(draft, place)
        if not task.what:
            continue
        deadline = Deadline(
            what=task.what,
            date=mention.date,
            precision=mention.precision,
            set_by=party_of(place.statement) if place.statement else None,
            statement=place.statement.id if place.statement else None,
            span=Spans([place.sentence]),
        )
        found.append(Candidate(deadline, tuple(_features(draft, place, task))))
    return found


def _features(draft: Draft, place: _Place, task: _Task) -> list[str]:
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
    found += [f"before:{w}" for w in before[-3:]] + [f"near:{w}" for w in dict.fromkeys(before[-9:])]
    found += [f"prep:{' '.join(before[-2:])}", f"after:{' '.join(words(place.after)[:1])}"]
    if statement and statement.cue:
        found += [f"cue:{w}" for w in words(statement.cue.text(draft.document, joint=" "))]
    if statement and statement.within:
        found.append("within")
    if _MUST.search(place.before):
        found += ["must", f"must&kind={task.kind}"]
    if _IF.search(place.before):
        found += ["if", f"if&kind={task.kind}"]
    if draft.segments.paragraph_at(mention.span.start) == 0:
        found.append("headline")
    if re.search(_DEADLINE_NOUN, place.before + place.after):
        found.append("deadline-word")
    return found


def _relation(mention: DateMention, published: str) -> str:
    last = (mention.end or mention.date or "")[:10]
    today = published[: len(last)]
    return "today" if last == today else "past" if last < today else "future"


def _then(text: str, dates: list[DateMention]) -> list[DateMention]:
    """The places where "by then" and "that day" stand for the date named shortly before."""
    found = []
    for match in re.finditer(
        r"(?<=\s)(?:by|before|until) (?P<then>then)(?!\w)|(?<=\s)(?:on|by|before|of|midnight) (?P<day>that day)(?!\w)",
        text,
    ):
        start = match.start()
        last = [d for d in dates if d.date and start - 400 < d.span.start < start]
        if last:
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
        if not match or not match["task"]:
            continue
        when = resolve_date(
            "within " + re.sub(r"\s(?:more|further|other)(?=\s)", "", match["time"]), document.published, tense="future"
        )
        what = nominal(trim(re.sub(r"^\s*to\s+", "", match["task"])))
        sentence = draft.segments.sentences[draft.segments.sentence_at(start + match.start())]
        found.append(Deadline(what, when.date, when.precision, party_of(statement), statement.id, Spans([sentence])))
    return found


def _is_end_of(granted: Deadline, told: Deadline) -> bool:
    """Whether a date that the text gives is the last day of a time that was granted as a length."""
    if granted.precision != "day" or told.precision != "day" or not granted.date or not told.date:
        return False
    apart = date.fromisoformat(granted.date[:10]) - date.fromisoformat(told.date[:10])
    return 0 < abs(apart.days) <= 2


def _place(draft: Draft, mention: DateMention) -> _Place:
    text, segments = draft.document.text, draft.segments
    sentence = segments.sentences[segments.sentence_at(mention.span.start)]
    around = [
        (piece, s) for s in draft.statements for piece in s.content if piece.start <= mention.span.start < piece.end
    ]
    piece, statement = min(around, key=lambda a: a[0].end - a[0].start) if around else (sentence, None)
    start, end = max(piece.start, sentence.start), min(piece.end, sentence.end)
    begin, stop = max(start, mention.span.start - 400), min(max(end, mention.span.end), mention.span.end + 300)
    return _Place(mention, statement, text[begin : mention.span.start], text[mention.span.end : stop], sentence)


def _closed(draft: Draft, place: _Place) -> _Task:
    """What has to be done by the date of `place`; nothing when the date closes no task."""
    text = draft.document.text
    inside = text[place.mention.span.start : place.mention.span.end]
    cue = plain(place.statement.cue.text(draft.document)) if place.statement and place.statement.cue else ""
    whole = f"{cue} {place.before}"
    unless = re.search(r"(?<!\w)unless (?P<need>\S.*)", place.after, re.DOTALL)
    if (
        unless and not find_dates(unless["need"], None) and not _BY.search(place.before)
    ):  # "will strike on Friday unless ..."
        need = re.sub(r"\s(?:before|by) then.*", "", unless["need"], flags=re.DOTALL)
        return _Task("unless", nominal(short(trim(need))))
    due = re.search(r"(?P<what>[^,.;]{4,60}), (?:which (?:is|was) )?due (?:on|by|at|in)?\s*$", place.before)
    if due and not _MEETING.search(due["what"]):
        return _Task("due", trim(due["what"]))
    if _PUT_OFF.search(place.before):
        return _Task("", "")
    until = _UNTIL.search(place.before) or re.match(r"(?:until|till|حتى)\s", inside, re.IGNORECASE)
    longer = _LONGER.search(_UNTIL.sub("", whole))
    if until and _GRANT.search(whole):
        return _Task("granted-until", _after(place.after) or _task(place.before))
    if until and longer:
        return _Task("longer", f"end of {short(trim(longer['what']))}")
    if _ENDS.search(place.before):
        return _Task("ends", _ending(place.before))
    named = re.match(rf"\s*(?:{_DEADLINE_NOUN})(?!\w)", place.after, re.IGNORECASE)
    if named:
        task = _after(place.after[named.end() :])
        return _Task("deadline-for", task) if task else _Task("named", _task(place.before))
    if _DEADLINE.search(place.before):
        return _Task("named", _after(place.after) or _deadline_of(place.before))
    if until:
        return _Task("until", _after(place.after) or _task(place.before))
    if _BY.search(place.before) or _STARTS.match(inside) or re.match(r"[^.;]{0,12}at the latest", place.after):
        if not place.before.strip() and place.statement and (lead := own_cue(draft, place.statement)):
            return _Task("by", nominal(short(trim(re.sub(r"^to ", "", f"{lead} {plain(place.after)}")))))
        so_far = text[max(place.sentence.start, place.mention.span.start - 300) : place.mention.span.start]
        if meant := _WANTS_IT.search(so_far):  # "wanted a written text, and wanted it by the end of May"
            return _Task("by-it", _named_before(draft, place, so_far[: meant.start()]))
        return _Task("by", _with_object(_task(place.before), place.after) or _after(place.after))
    if (place.statement and place.statement.act in SETTING_ACTS) or _MUST.search(place.before):
        return _Task("other", _task(place.before) or _after(place.after))
    return _Task("", "")


_WANTS_IT = re.compile(
    r"(?:^|[,;]|\s)(?:and|but)?\s*(?:\w+\s)?(?:wants?|wanted|needs?|needed|expects?|expected|demands?|demanded|get|have)\s"
    r"(?:it|them|this|that|these)(?:\s(?:gone|done|ready|signed|out|back|in writing))?\s*"
    r"(?:\s(?:by|before|no later than)\s*)?$",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"^(?:[\w'’-]+ ){1,5}?(?:wants?|wanted|demands?|demanded|expects?|expected|needs?|needed) (?:that )?(?!to )"
    r"(?=\w+ \w|\w+$)",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"\s*(?P<rest>(?:whether|on|about|over|to)\s[^,.;]{4,80})")


def _named_before(draft: Draft, place: _Place, lead: str) -> str:
    """What "it" is that has to be done: the object of the clause before, else of the sentence before."""
    if len(lead.split()) >= 3:
        return _task(lead)
    number = draft.segments.sentence_at(place.sentence.start)
    if not number:
        return ""
    before = draft.segments.sentences[number - 1]
    return _task(draft.document.text[max(before.start, before.end - 300) : before.end].rstrip(' .!”"'))


def _with_object(task: str, after: str) -> str:
    """A task of a word or two with what follows the date: "to decide by June 15 whether to sign"."""
    match = _OBJECT.match(after) if 0 < len(stems(task)) <= 1 else None
    return short(trim(f"{task} {plain(match['rest'])}")) if match else task


_LONGER = re.compile(r"(?<!\w)(?:extend|prolong|renew)(?:ed|s|ing)?(?: the validity of)? (?P<what>\S.*)$", re.DOTALL)
_MEETING = re.compile(
    r"(?<!\w)(?:session|vote|meeting|talks|round|summit|hearing|plenary|visit|conference|ceremony)(?!\w)", re.I
)
_IF = re.compile(r"(?<!\w)(?:if|unless|without)\s", re.IGNORECASE)


def _deadline_of(before: str) -> str:
    match = _DEADLINE.search(before)
    of = plain(match["of"] or "") if match else ""
    of = re.sub(r"^(?:for|of|to)\s+", "", of)
    return nominal(trim(of)) if of and not re.match(r"the\s*$", of) else ""


def _after(after: str) -> str:
    """The task that follows a date: "until Friday to reply", "an August 1 deadline for settling"."""
    match = _TO.match(after) or re.match(r"^\s*for (?P<task>\S.*)", after, re.DOTALL)
    if not match:
        return ""
    task = plain(match["task"])
    return nominal(trim(re.split(r"[,;.](?:\s|$)|\s(?:if|unless|because|while)\s", task)[0]))


def _task(before: str) -> str:
    """The task that a date closes: its clause without modal, conjunction and preposition."""
    before = _UNTIL.sub("", _BY.sub("", before))
    before = re.sub(r"\s(?:by|before|within|until|at|on|for|from|to|in|no later than|not later than)\s*$", "", before)
    before = re.sub(r"[\s,]+(?:at the latest|due|to be completed|in|on|scheduled|set|completed)\s*$", "", before)
    starts = [m.end() for m in _CLAUSE.finditer(before)]
    clause = before[starts[-1] :] if starts and len(before[starts[-1] :].split()) > 1 else before
    clause = plain(clause)
    cores = list(CORE.finditer(clause))
    core = cores[-1] if cores else None
    infinitives = list(_INFINITIVE.finditer(clause))
    if infinitives and (core is None or infinitives[-1].start() >= core.start()):
        clause = clause[infinitives[-1].end() :]
    elif core is not None:
        rest = clause[core.start("core") :]
        clause = clause[: core.start()] + rest[2:] if core["core"].lower() == "be" else rest
    clause = re.sub(
        r"^(?:that|and|but|to|for|there (?:is|was) no|no|without|wants?|wanted|demand\w*|expects?|hopes? for|"
        r"calls? for)\s+",
        "",
        clause,
    )
    clause = re.sub(
        r"^(?:now |then )?(?:they|it|we|she|he|i|you) (?:want |expect |have |has )?(?=\w+ \w)", "", clause, flags=re.I
    )
    clause = nominal(short(trim(_WANTED.sub("", clause), most=14)))
    if _NOTHING.match(clause) or _IDLE.search(clause) or not stems(clause) or stems(clause) <= _EMPTY:
        return ""
    return clause


_NOTHING = re.compile(
    r"(?:now |then )?(?:none|nothing|nobody|no\.|which|who|what|them|of)(?!\w)|(?:now |then )?(?:they|it|we|"
    r"she|he|i|you|that)"
    r" ?(?:had|has|have|was|were|wants?|expects?|said|must)?$|(?:the|an?|both|all) (?:\w+ ){0,2}(?:had|has|"
    r"have|was|were)(?: given \w+)?$|(?:has |have |had )?g[aiv]+\w*(?!\w)|"
    r"a (?:second |third |new )?deadline",
    re.IGNORECASE,
)
_IDLE = re.compile(
    r"^(?:do so|want them)$|(?<!\w)(?:has been|was|been|is) (?:put off|postponed|expected|delayed|moved|"
    r"extended)(?!\w)|"
    r"^(?:was|were|is|are) \w+$|^\w+ed$",
    re.IGNORECASE,
)
_EMPTY = stems("do so decide go it them that this now follow suit")


def _ending(before: str) -> str:
    ends = list(_ENDS.finditer(before))
    subject = before[: ends[-1].start()] if ends else before
    subject = _CLAUSE.split(subject)[-1] if _CLAUSE.search(subject) else subject
    subject = plain(re.split(r"[,;:]\s", plain(subject))[0])
    subject = trim(re.sub(r"\s(?:which|that|will|would|is|was|are|were|to|due)$", "", subject), most=10)
    subject = re.sub(r"^(?:The|A|An|Its|Their|This|That) ", lambda m: m.group().lower(), subject)
    if _NOTHING.match(subject) or not re.search(r"[^\W\d_]{3}", subject):
        return ""
    return f"expiry of {subject}" if subject else ""


def _same(one: Deadline, other: Deadline) -> bool:
    if one.date != other.date:
        return False
    if one.statement is not None and one.statement == other.statement:
        return True
    if one.date is not None and one.set_by is not None and one.set_by == other.set_by:
        return True
    return overlap(one.what, other.what) >= (0.4 if one.date else 0.3)
