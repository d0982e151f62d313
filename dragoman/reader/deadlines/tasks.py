"""Finds what a date closes: the task of a deadline, and by which kind of words the date closes it.

In: a date in its sentence. Out: a Task, without words where the date closes nothing.
"""

from __future__ import annotations

import re

from dragoman.reader.dates.dates import find_dates
from dragoman.reader.deadlines.moved import MOVES, PUT_OFF, RUNS, TO_ANOTHER, end, missed, moved, pact_of
from dragoman.reader.deadlines.place import DEADLINE_NOUN, Place, Task
from dragoman.reader.deadlines.task_words import (
    BY,
    ENDS,
    UNTIL,
    alone,
    clause_task,
    task_after,
    task_before,
    with_object,
)
from dragoman.reader.deadlines.until import DEADLINE, deadline_of, until_date
from dragoman.reader.draft import Draft
from dragoman.reader.wording.nominals import nominal
from dragoman.reader.wording.phrases import plain, short, trim
from dragoman.reader.wording.told import own_cue

# Acts whose speaker can set a time; an estimate or a claim about "by 2030" sets none.
SETTING_ACTS = frozenset(("condition", "threat", "demand", "commitment", "proposal", "concession", "support"))


_STARTS = re.compile(
    r"(?:by|before|within|until|till|no later than|not later than|خلال|في غضون|قبل|حتي|بحلول)(?!\w)", re.I
)


MUST = re.compile(
    r"(?<!\w)(?:must|has to|have to|had to|is to|are to|were to|was to|should|need to|needs to|obliged to|required to|"
    r"promis\w+|undert\w+|pledg\w+|undertak\w+|demand\w*|wants?|wanted|ask\w*|call\w* on|insist\w*|order\w*|"
    r"instruct\w*|commit\w*)(?!\w)",
    re.IGNORECASE,
)
_UNTIL_INSIDE = re.compile(r"(?:until|till|حتى)\s", re.IGNORECASE)
_NAMED = re.compile(rf"\s*(?:{DEADLINE_NOUN})(?!\w)", re.IGNORECASE)


# What stands before "the May 6 deadline" where it does not tell what has to be done by it
_NOT_NAMED = re.compile(
    r"(?<!\w)(?:past|before|after|beyond|ahead of|of|until|meets?|met|miss(?:ed)?|ignored?|whether|if|that|than) "
    r"(?:the|its|their|an?|this|that)\s*(?:midnight|noon|midday)?\s*$|['’]s?\s[^,.;]{0,25}$"
)
_AT_THE_LATEST = re.compile(r"[^.;]{0,12}at the latest")


# Kinds that say all by themselves; of those beside them three in four are right, which few examples do not teach.
SURE = frozenset(
    (
        "provided",
        "deadline-for",
        "granted",
        "moved",
        "new-date",
        "limit",
        "unless",
        "lest",
        "granted-to",
        "ends-pact",
        "due",
        "missed",
        "runs",
        "open",
    )
)


VAGUE = frozenset(("granted-to",))  # kinds that only tell whose deadline it is


def closed(draft: Draft, place: Place) -> Task:
    """What has to be done by the date of `place`; nothing when the date closes no task."""
    text = draft.document.text
    inside = text[place.mention.span.start : place.mention.span.end]
    cue = plain(place.statement.cue.text(draft.document)) if place.statement and place.statement.cue else ""
    whole = f"{cue} {place.before}"
    if place.statement is None and text[place.sentence.start : place.sentence.end].rstrip().endswith("?"):
        return Task("", "")  # the report asks
    if task := _or_else(draft, place) or missed(place) or moved(place, whole):
        return task
    if _THEN_AGAIN.match(place.after):  # "by July 29, then by Aug. 2": it was moved
        return Task("", "")
    due = _DUE.search(place.before) if " due" in place.before else None
    if due and not _MEETING.search(due["what"]) and not _PUT_OFF_AFTER.match(place.after):
        return Task("due", trim(due["what"]))
    if PUT_OFF.search(place.before) or (TO_ANOTHER.match(place.after) and MOVES.search(whole)):
        return Task("", "")
    if coming := _COMING.match(place.after):
        return Task(
            "deadline-for",
            nominal(
                short(trim(_FOR_WHOM.sub("", alone(coming["what"] or coming["passes"] or clause_task(coming["day"])))))
            ),
        )
    starts = _UNTIL_INSIDE.match(inside)
    until = UNTIL.search(place.before) or starts
    if until:
        return until_date(draft, place, whole)
    if runs := RUNS.search(place.before):  # "through 30 September"
        return Task("runs", pact_of(runs["what"], place.earlier))
    if ENDS.search(place.before):
        return end(draft, place)
    named = _NAMED.match(place.after)
    if named:
        what = task_after(place.after[named.end() :])
        lapsed = _NOT_NAMED.search(place.before)
        return (
            Task("deadline-for", what)
            if what
            else Task("named", "" if lapsed else task_before(place.before, place.earlier))
        )
    if limit := _LIMIT.match(place.after):
        return Task("limit", nominal(trim(plain(limit["what"]))))
    if DEADLINE.search(place.before):
        return Task("named", task_after(place.after) or deadline_of(place.before))
    if BY.search(place.before) or _STARTS.match(inside) or _AT_THE_LATEST.match(place.after):
        return _by(draft, place, cue)
    if _PROVIDED.match(place.after) and _WILL.search(place.before) and not _EVEN.search(place.before):
        return Task("provided", task_before(place.before, place.earlier))
    event = _BEFORE_EVENT.search(place.before)
    if event and not _TIME.fullmatch(event["event"]):
        if _HAS_BEEN.search(place.before, 0, event.start()):
            return Task("", "")
        return Task("before-event", task_before(place.before[: event.start()]))
    start = _FROM.search(place.before)
    if start and not MOVES.search(whole):
        return Task("from", task_before(place.before[: start.start()]))
    if (place.statement and place.statement.act in SETTING_ACTS) or MUST.search(place.before):
        return Task("other", task_before(place.before, place.earlier) or task_after(place.after))
    return Task("", "")


def _or_else(draft: Draft, place: Place) -> Task | None:
    """What must be done lest something happens on a date: "will strike on Friday unless the arrears are paid"."""
    published = draft.document.published
    date = place.mention.date
    if BY.search(place.before) or (date and published and date < published[: len(date)]):
        return None
    unless = re.search(r"(?<!\w)unless (?P<need>\S.*)", place.after, re.DOTALL)
    if (
        unless
        and not _TOLD_NOT.search(unless["need"])
        and _AHEAD.search(place.before)
        and not find_dates(unless["need"], None)
    ):
        need = re.sub(r"\s(?:before|by) then.*", "", unless["need"], flags=re.DOTALL)
        return Task("unless", nominal(short(trim(need))))
    failing = re.match(r"\W{0,3}(?:if|should) (?P<need>\S.*)", place.after, re.DOTALL)
    if failing and _AHEAD.search(place.before):
        need = plain(re.split(r"[,.;](?:\s|$)", failing["need"])[0])
        if any(_ON.search(need[: d.span.start]) for d in find_dates(need, None)):
            return None
        if _LACKING.search(need):
            return Task("lest", nominal(short(trim(_NOT_DONE.sub("", _BY_THEN.sub("", need))))))
    return None


_BY_THEN = re.compile(r"\s(?:before|by) then$")
_THEN_AGAIN = re.compile(r",?\s(?:and\s)?then\s(?:by|before|until)\s")
_PUT_OFF_AFTER = re.compile(
    r",?\s(?:slips?|slipped|moved?|moves|(?:is|was|has been) (?:put off|postponed|moved|cancelled))(?!\w)"
)
_TOLD_NOT = re.compile(
    r"^\S+\s(?:is|was|are|were)\s(?:asked|told|advised|instructed|ordered)\s(?:not\sto|otherwise)(?!\w)"
)
_DUE = re.compile(
    r"(?P<what>[^,.;]{4,60})(?:, (?:which (?:is|was) )?due| (?:falls?|fell|comes?|came|becomes?) due) "
    r"(?:on|by|at|in)?\s*$"
)
# "Wednesday. Deadline for Torran to release the ship", "on Saturday, when the deadline for amendments passes",
# "set 19 January as the day on which all prisoners were to be exchanged"
_COMING = re.compile(
    rf"(?:\W{{1,4}}(?:(?:the|final|last|new|second)\s)?(?:{DEADLINE_NOUN}|last day)\s"
    r"(?:for|to)\s(?P<what>(?:[^.;\n]|\.(?=\d)){4,90})|"
    rf",?\s(?:when|the day)\s[^,.;]{{0,40}}?(?:{DEADLINE_NOUN})\s(?:for|to|of)\s(?P<passes>[^,.;]{{3,60}}?)\s"
    r"(?:pass|expire|end|run|lapse|fall)\w*|"
    r"\sas\sthe\s(?:day|date)\s(?:on|by)\swhich\s(?P<day>[^,.;]{6,90}))",
    re.IGNORECASE,
)
_FOR_WHOM = re.compile(r"^(?:[\w'’-]+\s){1,4}?to\s(?=[a-z])(?!(?:the|an?|its|their|his|her)\s)")
_NOT_DONE = re.compile(
    r"^(?:\S+\s){1,7}?(?:(?:does|do|did|can|could|will|would)(?:\snot|n['’]t)|cannot|"
    r"(?:fails?|failed|refuse[sd]?) to)\s"
)
_AHEAD = re.compile(
    r"(?<!\w)(?:will|would|shall|threat\w*|warn\w*|prepar\w+ to|ready to|plans? to|going to)(?!\w)|'ll(?!\w)",
    re.IGNORECASE,
)
_WILL = re.compile(r"(?<!\w)(?:will|would|shall)\s(?!not\s|never\s)[^,;:]{3,90}\s(?:on|from|in)\W*$")
_PROVIDED = re.compile(
    r"\W{0,3}(?:provided|as long as|so long as|on condition)\s", re.IGNORECASE
)  # "will open on May 1 provided"


_EVEN = re.compile(r"(?<!\w)even\s(?:[\w:]+\s){1,3}$")
_ON = re.compile(r"(?:^|\s)(?:by|on|before|until|till|at|from|after|within|than)\s*$")
_LACKING = re.compile(
    r"(?<!\w)(?:not|no|never|none|nothing|without|remain\w*|fail\w*|refus\w+|lack\w*|\w+n['’]t|un[a-z]{3,}ed|unpaid)(?!\w)",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    rf"(?:['’]s?\s(?:[\w-]+\s){{1,4}}?|\s*)as\s(?:the|its|a|their|his|her)\s(?:\w+\s)?(?:{DEADLINE_NOUN}|date)\s(?:for|of|to)\s(?P<what>[^,.;]{{3,60}})",
    re.IGNORECASE,
)
# "on Tuesday, ahead of a debate set for Wednesday": the task has a day of its own
_BEFORE_EVENT = re.compile(
    r"(?<!\w)(?<!day )(?<!day, )"
    r"(?:before|until|by the time|ahead of)\s(?!then\s|the end)(?P<event>(?:[\w'’-]+\s){1,6}?)(?:on|in|at)?\s*$",
    re.IGNORECASE,
)
_HAS_BEEN = re.compile(r"(?:(?<!\w)(?:has|have|had)|['’](?:s|ve|d)) (?:\w+ly |not |never )?(?:been|made|\w+ed) ")
_TIME = re.compile(
    r"(?:(?:it|them|him|her|us|me|at|least|late|early|next|this|the|a|of|\d\S*|[ap]\.?m\.?|noon|midnight|dawn|dusk|one|two|"
    r"three|four|five|six|seven|eight|nine|ten|eleven|twelve|morning|evening|afternoon|o'clock|shortly|just|first|only)\s)+",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?<!\w)(?:(?:starting|beginning|effective)\s(?:on|from|in)|with effect from|as of|from)\W{0,2}"
    r"(?:midnight on\s)?$",
    re.IGNORECASE,
)


def _by(draft: Draft, place: Place, cue: str) -> Task:
    """The task of "by" a date."""
    text = draft.document.text
    if not place.before.strip() and place.statement and (lead := own_cue(draft, place.statement)):
        return Task("by", nominal(short(trim(re.sub(r"^to ", "", f"{lead} {plain(place.after)}")))))
    so_far = text[max(place.sentence.start, place.mention.span.start - 300) : place.mention.span.start]
    if meant := _WANTS_IT.search(so_far):  # "wanted a written text, and wanted it by the end of May"
        if done := _GETS_IT.search(meant.group()):
            return Task("by-it", f"getting it {done['how']}")
        lead = so_far[: meant.start()] if re.match(r"[,;]|\s*(?:and|but)\s", meant.group(), re.IGNORECASE) else ""
        known = lead if len(lead.split()) >= 3 else place.earlier.rstrip(' .!”"')
        return Task("by-it", clause_task(known))
    task = task_before(place.before, place.earlier, cue)
    inserted = re.search(
        r",\s(?:by|before|(?:no|not) later than)\s",
        f"{place.before[-24:]}{text[place.mention.span.start : place.mention.span.end]}",
    )
    after = place.after
    if inserted and not after.strip(" ,"):
        after = text[place.mention.span.end : min(place.sentence.end, place.mention.span.end + 200)]
    return Task("by", with_object(task, after, inserted=inserted is not None) or task_after(place.after))


_WANTS_IT = re.compile(
    r"(?:^|[,;]|\s)\s?(?:and\s|but\s)?(?:\w+\s)?(?:wants?|wanted|needs?|needed|expects?|expected|demands?|demanded|get|have)\s"
    r"(?:it|them|this|that|these)(?:\s(?:gone|done|ready|signed|out|back|in writing))?\s*"
    r"(?:\s(?:by|before|no later than)\s*)?$",
    re.IGNORECASE,
)
_GETS_IT = re.compile(
    r"(?<!\w)get\s(?:it|them)\s(?P<how>gone|done|ready|signed|out|back|in writing)(?!\w)", re.IGNORECASE
)
_MEETING = re.compile(
    r"(?<!\w)(?:session|vote|meeting|talks|round|summit|hearing|plenary|visit|conference|ceremony)(?!\w)", re.I
)


IF = re.compile(r"(?<!\w)(?:if|unless|without)\s", re.IGNORECASE)
