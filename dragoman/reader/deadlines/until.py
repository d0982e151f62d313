"""Finds the task of "until" a date: of those who are given or have so long, of what is prolonged, of what goes on.

In: a date after "until" in its sentence. Out: a Task, without words where the date closes nothing.
"""

from __future__ import annotations

import re

from dragoman.reader.conditions.taken_up import taken_up
from dragoman.reader.deadlines.moved import RUNS, end, pact_of
from dragoman.reader.deadlines.place import DEADLINE_NOUN, Place, Task
from dragoman.reader.deadlines.task_words import ENDS, PRONOUNS, UNTIL, clause_task, task_after, task_before
from dragoman.reader.draft import Draft
from dragoman.reader.meetings.meeting_people import subject_before
from dragoman.reader.wording.nominals import nominal
from dragoman.reader.wording.phrases import plain, short, trim
from dragoman.reading import Span

DEADLINE = re.compile(
    rf"(?<!\w)(?:{DEADLINE_NOUN})(?P<of>\s(?:for|of|to)\s[^,.;]{{3,60}}?)?(?:,|\s(?:is|was|on|of|at|for|that|"
    rf"which|runs|until|to|falls|the|now|had|been|set|fixed|midnight|noon|midday)){{0,5}}\s*$",
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
_BY_DATE = re.compile(r"\s(?:by|before|until)\s(?=(?:the |next |this )?(?:\d|[A-Z]))")
_VAGUE_TASK = re.compile(r"(?<!\w)(?:what|so|it|this|that|comply|these|those)(?!\w)", re.IGNORECASE)
_IS_TO = re.compile(r"(?<!\w)(?:is|are|was|were|has|have|must|will|would|shall)(?: have)?(?: to)?(?!\w)")


def until_date(draft: Draft, place: Place, whole: str) -> Task:
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
        if given.re is _HAS and _THEY.search(given["whom"]) and (due := _BY_DATE.search(place.earlier)):
            return Task("granted-until", clause_task(place.earlier[: due.start()]))
        whom = plain(given["whom"])
        whom = whom if given.re is _GIVES else subject_before(whom)
        whom = re.sub(r"^(?:The|A|An) ", "", trim(whom))
        return Task("granted-to", whom if is_somebody(whom) else "")
    if runs := RUNS.search(place.before):
        return Task("runs", pact_of(runs["what"], place.earlier))
    if longer := _LONGER.search(before):
        return Task("longer", f"end of {short(trim(longer['what']))}")
    if ENDS.search(place.before):
        return end(draft, place)
    if DEADLINE.search(place.before):
        return Task("named", to_do or deadline_of(place.before))
    if _OPEN.search(place.before):
        return Task("open", task_before(place.before, place.earlier))
    return Task("until", to_do or task_before(place.before, place.earlier))


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


_LONGER = re.compile(r"(?<!\w)(?:extend|prolong|renew)(?:ed|s|ing)?(?: the validity of)? (?P<what>\S.*)$", re.DOTALL)


def deadline_of(before: str) -> str:
    match = DEADLINE.search(before)
    of = plain(match["of"] or "") if match else ""
    of = re.sub(r"^(?:for|of|to)\s+", "", of)
    return nominal(trim(of)) if of and not re.match(r"the\s*$", of) else ""
