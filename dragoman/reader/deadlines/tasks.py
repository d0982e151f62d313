"""Finds what a date closes: the task of a deadline, and by which kind of words the date closes it.

In: a date in its sentence. Out: a Task, without words where the date closes nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman.reader.conditions.taken_up import taken_up
from dragoman.reader.dates.dates import DateMention, find_dates
from dragoman.reader.deadlines.task_words import (
    BY,
    ENDS,
    PRONOUNS,
    UNTIL,
    clause_task,
    ending,
    task_after,
    task_before,
    with_object,
)
from dragoman.reader.draft import Draft
from dragoman.reader.meetings.meeting_people import subject_before
from dragoman.reader.wording.nominals import nominal
from dragoman.reader.wording.phrases import plain, short, trim
from dragoman.reader.wording.told import own_cue
from dragoman.reading import Span, Statement

# Acts whose speaker can set a time; an estimate or a claim about "by 2030" sets none.
SETTING_ACTS = frozenset(("condition", "threat", "demand", "commitment", "proposal", "concession", "support"))

_STARTS = re.compile(
    r"(?:by|before|within|until|till|no later than|not later than|خلال|في غضون|قبل|حتي|بحلول)(?!\w)", re.I
)
DEADLINE_NOUN = r"deadline|ultimatum|target date|time limit|cut-off|final date|limit|مهلة|المهلة"
_DEADLINE = re.compile(
    rf"(?<!\w)(?:{DEADLINE_NOUN})(?P<of>\s(?:for|of|to)\s[^,.;]{{3,60}}?)?(?:,|\s(?:is|was|on|of|at|for|that|"
    rf"which|runs|until|to|falls|the|now|had|been|set|fixed)){{0,5}}\s*$",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"(?<!\w)(?:put off|postponed|moved|adjourned|delayed|shelved|put back|rescheduled|"
    r"suspended)\s+(?:until|till|to)\s*$",
    re.IGNORECASE,
)
MUST = re.compile(
    r"(?<!\w)(?:must|has to|have to|had to|is to|are to|were to|was to|should|need to|needs to|obliged to|required to|"
    r"promis\w+|undert\w+|pledg\w+|undertak\w+|demand\w*|wants?|wanted|ask\w*|call\w* on|insist\w*|order\w*|"
    r"instruct\w*|commit\w*)(?!\w)",
    re.IGNORECASE,
)
_UNTIL_INSIDE = re.compile(r"(?:until|till|حتى)\s", re.IGNORECASE)
_NAMED = re.compile(rf"\s*(?:{DEADLINE_NOUN})(?!\w)", re.IGNORECASE)
_AT_THE_LATEST = re.compile(r"[^.;]{0,12}at the latest")


class Place(NamedTuple):
    """A date in its sentence: what stands before and after it, within the statement it belongs to."""

    mention: DateMention
    statement: Statement | None
    before: str
    after: str
    sentence: Span
    earlier: str  # the sentence before


class Task(NamedTuple):
    """What a date closes, and by which kind of words."""

    kind: str
    what: str


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
    if task := _or_else(draft, place) or _missed(place) or _moved(place, whole):
        return task
    if _THEN_AGAIN.match(place.after):  # "by July 29, then by Aug. 2": it was moved
        return Task("", "")
    due = _DUE.search(place.before) if " due" in place.before else None
    if due and not _MEETING.search(due["what"]) and not _PUT_OFF_AFTER.match(place.after):
        return Task("due", trim(due["what"]))
    if _PUT_OFF.search(place.before) or (_TO_ANOTHER.match(place.after) and _MOVES.search(whole)):
        return Task("", "")
    if coming := _COMING.match(place.after):
        return Task(
            "deadline-for",
            nominal(
                short(trim(_FOR_WHOM.sub("", plain(coming["what"] or coming["passes"] or clause_task(coming["day"])))))
            ),
        )
    starts = _UNTIL_INSIDE.match(inside)
    until = UNTIL.search(place.before) or starts
    if until:
        return _until(draft, place, whole)
    if ENDS.search(place.before):
        return _end(draft, place)
    named = _NAMED.match(place.after)
    if named:
        what = task_after(place.after[named.end() :])
        lapsed = re.search(r"(?:past|before|after|beyond|ahead of|of|until) (?:the|its|their|a|an)\s*$", place.before)
        return (
            Task("deadline-for", what)
            if what
            else Task("named", "" if lapsed else task_before(place.before, place.earlier))
        )
    if limit := _LIMIT.match(place.after):
        return Task("limit", nominal(trim(plain(limit["what"]))))
    if _DEADLINE.search(place.before):
        return Task("named", task_after(place.after) or _deadline_of(place.before))
    if BY.search(place.before) or _STARTS.match(inside) or _AT_THE_LATEST.match(place.after):
        return _by(draft, place, cue)
    if _PROVIDED.match(place.after) and _WILL.search(place.before) and not _EVEN.search(place.before):
        return Task("provided", task_before(place.before, place.earlier))
    if (event := _BEFORE_EVENT.search(place.before)) and not _TIME.fullmatch(event["event"]):
        return Task("before-event", task_before(place.before[: event.start()]))
    start = _FROM.search(place.before)
    if start and not _MOVES.search(whole):
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
            return Task("lest", nominal(short(trim(_NOT_DONE.sub("", need)))))
    return None


def _missed(place: Place) -> Task | None:
    """What was not done by a deadline: "let another deadline lapse on Sunday without agreeing on a cabinet"."""
    undone = _UNDONE.match(place.after) if _LAPSED.search(place.before) else None
    return Task("missed", short(trim(plain(undone["what"])))) if undone else None


_THEN_AGAIN = re.compile(r",?\s(?:and\s)?then\s(?:by|before|until)\s")
_LAPSED = re.compile(
    rf"(?<!\w)(?:{DEADLINE_NOUN})\s(?:[\w'’-]+\s){{0,4}}?"
    r"(?:laps\w*|pass|passed|go by|went by|expired?|ran out|slip|slipped)\s"
    r"(?:on|at|in)?\s*$",
    re.IGNORECASE,
)
_UNDONE = re.compile(r",?\swithout\s(?:(?!any\s)[\w'’-]+\s){0,3}?(?P<what>[a-z]{2,}ing\s[^,.;]{4,100})")
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
    r"(?:for|to)\s(?P<what>[^.;\n]{4,90})|"
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
_MOVE = (
    r"(?:extend\w*|prolong\w*|push\w*|mov\w+|postpon\w+|put\w*|delay\w*|shift\w*|brought|bring\w*|set|defer\w*)"
    r"(?:\s(?:back|off|forward|out))?"
)
_MOVED = re.compile(
    rf"(?<!\w){_MOVE}\s(?:(?:the|its|their|his|her|a|that|this)\s)?(?:(?!to\s)[\w'’-]+\s){{0,3}}?"
    rf"(?P<noun>{DEADLINE_NOUN}|date|term|period)(?P<of>\s(?:for|of|to)\s(?P<what>[^,.;]{{3,80}}?))?"
    r"(?:,?\s(?:by|from)\s(?:[^,.;]|(?<=[A-Za-z]{3})\.){2,40}?)?,?\s(?:back\s)?(?:to|until|till)\s*$",
    re.IGNORECASE,
)
# "extended the April 1 deadline to April 15": the date that a deadline had
_TO_ANOTHER = re.compile(
    rf"\s*(?i:{DEADLINE_NOUN})(?:\s(?:for|of|to|by)\s[^,.;]{{2,60}}?)?,?\s(?:to|until|till)\s"
    r"(?=(?:the |next |this )?(?:\d|[A-Z]))"
)
_MOVES = re.compile(rf"(?<!\w){_MOVE}(?!\w)", re.IGNORECASE)
_NEW_DATE = re.compile(
    r"(?<!\w)(?:set|named|fixed|agreed)\s(?:on\s)?a\s(?:new|later)\s(?:date|deadline)\s(?:of|for|on)\s*$"
)
# "pushed back the date on which it will levy the duty. The new date is July 15"
_IS_NEW = re.compile(
    rf"(?:^|[\n.;])\s*(?:The|Its|Their) (?:new|latest|next|final|revised) (?:date|{DEADLINE_NOUN}) "
    r"(?:is|will be|was) (?:now )?$"
)
_DATE_OF = re.compile(
    rf"(?<!\w)(?:date|day|{DEADLINE_NOUN}) (?:on which|by which|for|to) (?P<what>\S.{{4,120}})", re.DOTALL
)
_LIMIT = re.compile(
    rf"\s*as\s(?:the|its|a|their|his|her)\s(?:\w+\s)?(?:{DEADLINE_NOUN}|date)\s(?:for|of|to)\s(?P<what>[^,.;]{{3,60}})",
    re.IGNORECASE,
)
_BEFORE_EVENT = re.compile(
    r"(?<!\w)(?:before|until|by the time|ahead of)\s(?!then\s|the end)(?P<event>(?:[\w'’-]+\s){1,6}?)(?:on|in|at)?\s*$",
    re.IGNORECASE,
)
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
_PACT = re.compile(
    r"(?<!\w)(?:truce|ceasefire|cease-fire|cessation|pause|agreement|accord|pact|deal|contract|treaty|offer|ultimatum|"
    r"deadline|mandate|period|permit|licen[cs]e|waiver|exemption|protocol|arrangement|notice|moratorium|visa|term|talks|"
    r"programme|program|loan|coupon|memorandum|charter|concession|lease)s?(?!\w)",
    re.IGNORECASE,
)


def _moved(place: Place, whole: str) -> Task | None:
    """The task of a deadline that is given another date: "extended the deadline for bids by a week, to 22 March"."""
    moved = _MOVED.search(whole)
    if moved:
        of = re.sub(r"\sfrom\s.*$", "", plain(moved["what"] or ""))
        what = nominal(trim(of)) if of else task_after(place.after)
        return Task("moved", what) if what else None
    if _MOVES_THAT.search(place.before):  # "The offer was to lapse tonight; a decree moves that to May 5"
        known = re.split(r"[;]\s", place.before)
        return Task("moved", _of_sentence(known[-2] if len(known) > 1 else place.earlier))
    if _IS_NEW.search(place.before) and (spoken := _DATE_OF.search(place.earlier)):
        return Task("moved", clause_task(re.split(r"[,;.]\s", plain(spoken["what"]))[0]))
    new = _NEW_DATE.search(place.before)
    if new:
        before = re.sub(r"\s(?:by|on|until)\s(?:the|its)\s(?:\w+\s)?(?:date|deadline)(?:\sof\s.*)?$", "",
                        re.sub(r",?\s(?:and|but|or)(?:\s\w+){0,2}\s*$", "", place.before[: new.start()]))  # fmt: skip
        return Task("new-date", task_after(place.after) or task_before(before))
    return None


def _of_sentence(words: str) -> str:
    """The task of a sentence that names its own date."""
    dates = find_dates(words, None)
    before = words[: dates[-1].span.start] if dates else words
    return ending(before) if ENDS.search(before) else clause_task(before)


_MOVES_THAT = re.compile(rf"(?<!\w){_MOVE}\s(?:it|that|this|them)\s(?:back\s)?(?:to|until|till)\s*$", re.IGNORECASE)
_MOVED_LATER = re.compile(
    rf"[.;]\s[^.;]{{0,80}}(?<!\w){_MOVE}\s(?:it|that|this|them)\s(?:back\s)?(?:to|until|till)\s", re.IGNORECASE
)
_RUNS = re.compile(
    r"(?P<what>(?:[\w'’-]+\s){1,8}?)(?:now\s|still\s)?(?:runs?|lasts?|(?:is|are)\s(?:now\s)?"
    r"(?:valid|extended|in force)|"
    r"ha(?:s|ve)\sbeen\sextended)\s(?:until|till)\s*$",
    re.IGNORECASE,
)
_OPEN = re.compile(r"(?<!\w)(?:is|are|stays?|remains?)\sopen\sfor\s\w+\s(?:until|till)(?!\w)")
_GIVES = re.compile(
    r"(?<!\w)(?<!was )(?<!were )(?<!been )(?<!are )(?<!is )(?:g[ai]ves?|giving|given|grant(?:s|ed|ing)?|"
    r"أمهل\w*)\s+(?P<whom>\S+(?:\s\S+){0,10})$",
    re.IGNORECASE,
)
_IS_GIVEN = re.compile(
    r"(?P<whom>\S.*?)\s(?:is|are|was|were|has been|have been|had been|being)\s(?:given|granted)$", re.IGNORECASE
)
_HAS = re.compile(
    r"(?P<whom>\S.*?)(?:\s|(?=['’]))(?:has|have|had|['’]ve)(?:\sgot)?(?:\s(?:only|just|now))?$", re.IGNORECASE
)
_SELF = re.compile(
    r"(?:it|them|her|him|our|your|my)sel(?:f|ves)$|each other$|(?:them|him|her|us|me|you|it)$", re.IGNORECASE
)
_THEY = re.compile(r"(?:^|\s)(?:they|he|she|it|we|both|all)$", re.IGNORECASE)
BY_DATE = re.compile(r"\s(?:by|before|until)\s(?=(?:the |next |this )?(?:\d|[A-Z]))")
_VAGUE_TASK = re.compile(r"(?<!\w)(?:what|so|it|this|that|comply|these|those)(?!\w)", re.IGNORECASE)
_IS_TO = re.compile(r"(?<!\w)(?:is|are|was|were|has|have|must|will|would|shall)(?: have)?(?: to)?(?!\w)")


def _end(draft: Draft, place: Place) -> Task:
    """What ends on a date: a pact, a mandate, an offer, or something else."""
    if _LONGER_SINCE.match(place.after) or _MOVED_LATER.match(place.after) or _LET_LAPSE.search(place.before):
        return Task("", "")
    what, date, published = ending(place.before), place.mention.date, draft.document.published
    past = date and published and date < published[: len(date)]
    return Task("ends-pact" if _PACT.search(what) and not past else "ends", what)


def _until(draft: Draft, place: Place, whole: str) -> Task:
    """The task of "until" a date: of those who are given or have so long, of what is prolonged, of what goes on."""
    before = UNTIL.sub("", whole).rstrip(" ,")
    text, here = draft.document.text, place.mention.span
    to_do = task_after(place.after)
    if to_do == "do so":
        to_do = nominal(taken_up("doing so", text, Span(here.end, here.end + 20)))
    elif before.endswith(" do so"):
        return Task("granted", nominal(taken_up("doing so", text, Span(here.start - 40, here.start))))
    given = _GIVES.search(before) or _IS_GIVEN.search(before) or _HAS.search(before)
    if given and not re.match(r"\s(?:\w+ed|been)(?!\w)", place.after):
        if to_do and not _VAGUE_TASK.search(to_do):
            return Task("granted", to_do)
        if listed := _listed(place.after):
            return Task("granted", listed)
        if to_do:
            return Task("granted-until", to_do)
        if given.re is _HAS and _THEY.search(given["whom"]) and (due := BY_DATE.search(place.earlier)):
            return Task("granted-until", clause_task(place.earlier[: due.start()]))
        whom = plain(given["whom"])
        whom = whom if given.re is _GIVES else subject_before(whom)
        whom = re.sub(r"^(?:The|A|An) ", "", trim(whom))
        return Task("granted-to", whom if is_somebody(whom) else "")
    if runs := _RUNS.search(place.before):
        return Task("runs", _pact_of(runs["what"], place.earlier))
    if longer := _LONGER.search(before):
        return Task("longer", f"end of {short(trim(longer['what']))}")
    if ENDS.search(place.before):
        return _end(draft, place)
    if _DEADLINE.search(place.before):
        return Task("named", to_do or _deadline_of(place.before))
    if _OPEN.search(place.before):
        return Task("open", task_before(place.before, place.earlier))
    return Task("until", to_do or task_before(place.before, place.earlier))


def _pact_of(subject: str, earlier: str) -> str:
    """The end of what runs until a date, where it is a pact; what "it" means leads the sentence before."""
    words = plain(_CLAUSE_START.split(subject)[-1])
    if words.lower() in PRONOUNS:
        words = plain(
            re.split(r",\s|\s(?:has|have|had|is|are|was|were|will|would|can|could|must)\s", earlier.strip())[0]
        )
    words = re.sub(r"^(?:The|A|An|Its|Their|This|That) ", lambda m: m.group().lower(), words)
    return f"end of {words}" if _PACT.search(words) and len(words.split()) <= 10 else ""


_CLAUSE_START = re.compile(r"(?:^|\s)(?:that|and|but|while|which)\s")


def is_somebody(whom: str) -> bool:
    """Whether words tell who is given a time: no pronoun, and no longer than a name with what it is called."""
    return bool(whom) and not _SELF.search(whom) and len(whom.split()) <= 8 and whom.lower() not in PRONOUNS


def _listed(after: str) -> str:
    """The tasks that a colon opens: "until July 15: the army is to leave the port and the rebels are to disarm"."""
    match = re.match(r"[^.;:]{0,60}:\s+(?P<list>[^.;]{8,220})", after)
    if not match:
        return ""
    tasks = []
    for piece in re.split(
        r"(?:,\s|\s)and\s(?=(?:the\s|its\s)?[\w'’ -]{2,40}?\s(?:is|are|must|will|has|have)\s)", match["list"]
    ):
        found = [m for m in _IS_TO.finditer(piece)][:1]
        if found:
            tasks.append(nominal(short(trim(piece[found[0].end() :]))))
    return " and ".join(tasks)


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
_LONGER_SINCE = re.compile(
    r"[^.;]{0,30}\b(?:has|have|had|was|were|is|are) (?:now )?(?:been )?(?:extended|prolonged|renewed)\b"
)
# "let another deadline lapse on Sunday": what was due is told elsewhere
_LET_LAPSE = re.compile(rf"(?<!\w)let\s(?:[\w'’-]+\s){{1,4}}?(?:{DEADLINE_NOUN})(?!\w)", re.IGNORECASE)
_LONGER = re.compile(r"(?<!\w)(?:extend|prolong|renew)(?:ed|s|ing)?(?: the validity of)? (?P<what>\S.*)$", re.DOTALL)
_MEETING = re.compile(
    r"(?<!\w)(?:session|vote|meeting|talks|round|summit|hearing|plenary|visit|conference|ceremony)(?!\w)", re.I
)
IF = re.compile(r"(?<!\w)(?:if|unless|without)\s", re.IGNORECASE)


def _deadline_of(before: str) -> str:
    match = _DEADLINE.search(before)
    of = plain(match["of"] or "") if match else ""
    of = re.sub(r"^(?:for|of|to)\s+", "", of)
    return nominal(trim(of)) if of and not re.match(r"the\s*$", of) else ""
