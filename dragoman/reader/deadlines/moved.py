"""Finds what a date closes where something ends on it, lapses or is put off to it.

In: a date in its sentence. Out: a Task, or nothing where none of this happens; one without words closes nothing.
"""

from __future__ import annotations

import re

from dragoman.reader.dates.dates import find_dates
from dragoman.reader.deadlines.place import DEADLINE_NOUN, Place, Task
from dragoman.reader.deadlines.task_words import ENDS, PRONOUNS, clause_task, ending, task_after, task_before
from dragoman.reader.draft import Draft
from dragoman.reader.wording.nominals import nominal
from dragoman.reader.wording.phrases import plain, short, trim

PUT_OFF = re.compile(
    r"(?<!\w)(?:put off|postponed|moved|adjourned|delayed|shelved|put back|rescheduled|"
    r"suspended)\s+(?:until|till|to)\s*$",
    re.IGNORECASE,
)


def missed(place: Place) -> Task | None:
    """What was not done by a deadline: "let another deadline lapse on Sunday without agreeing on a cabinet"."""
    undone = _UNDONE.match(place.after) if _LAPSED.search(place.before) else None
    return Task("missed", short(trim(plain(undone["what"])))) if undone else None


_LAPSED = re.compile(
    rf"(?<!\w)(?:{DEADLINE_NOUN})\s(?:[\w'’-]+\s){{0,4}}?"
    r"(?:laps\w*|pass|passed|go by|went by|expired?|ran out|slip|slipped)\s"
    r"(?:on|at|in)?\s*$",
    re.IGNORECASE,
)


_UNDONE = re.compile(r",?\swithout\s(?:(?!any\s)[\w'’-]+\s){0,3}?(?P<what>[a-z]{2,}ing\s[^,.;]{4,100})")


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
TO_ANOTHER = re.compile(
    rf"\s*(?i:{DEADLINE_NOUN})(?:\s(?:for|of|to|by)\s[^,.;]{{2,60}}?)?,?\s(?:to|until|till)\s"
    r"(?=(?:the |next |this )?(?:\d|[A-Z]))"
)


MOVES = re.compile(rf"(?<!\w){_MOVE}(?!\w)", re.IGNORECASE)


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


_PACT = re.compile(
    r"(?<!\w)(?:truce|ceasefire|cease-fire|cessation|pause|agreement|accord|pact|deal|contract|treaty|offer|ultimatum|"
    r"deadline|mandate|period|permit|licen[cs]e|waiver|exemption|protocol|arrangement|notice|moratorium|visa|term|talks|"
    r"programme|program|loan|coupon|memorandum|charter|concession|lease)s?(?!\w)",
    re.IGNORECASE,
)


def moved(place: Place, whole: str) -> Task | None:
    """The task of a deadline that is given another date: "extended the deadline for bids by a week, to 22 March"."""
    found = _MOVED.search(whole)
    if found:
        of = re.sub(r"\sfrom\s.*$", "", plain(found["what"] or ""))
        what, noun = nominal(trim(of)) if of else task_after(place.after), found["noun"].lower()
        named_alone = noun not in ("date", "term", "period") and not found.group().lower().startswith("set ")
        return Task("moved", what or noun) if what or named_alone else None
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


RUNS = re.compile(
    r"(?P<what>(?:[\w'’-]+\s){1,8}?)(?:now\s|still\s)?(?:runs?|lasts?|(?:is|are)\s(?:now\s)?"
    r"(?:valid|extended|in force)|"
    r"ha(?:s|ve)\sbeen\sextended)\s(?:until|till|through)\s*$",
    re.IGNORECASE,
)


def end(draft: Draft, place: Place) -> Task:
    """What ends on a date: a pact, a mandate, an offer, or something else."""
    if _LONGER_SINCE.match(place.after) or _MOVED_LATER.match(place.after) or _LET_LAPSE.search(place.before):
        return Task("", "")
    what, date, published = ending(place.before), place.mention.date, draft.document.published
    past = date and published and date < published[: len(date)]
    return Task("ends-pact" if _PACT.search(what) and not past else "ends", what)


def pact_of(subject: str, earlier: str) -> str:
    """The end of what runs until a date, where it is a pact; what "it" means leads the sentence before."""
    words = plain(_CLAUSE_START.split(subject)[-1])
    if words.lower() in PRONOUNS:
        words = plain(
            re.split(r",\s|\s(?:has|have|had|is|are|was|were|will|would|can|could|must)\s", earlier.strip())[0]
        )
    words = re.sub(r"^(?:The|A|An|Its|Their|This|That) ", lambda m: m.group().lower(), words)
    return f"end of {words}" if _PACT.search(words) and len(words.split()) <= 10 else ""


_CLAUSE_START = re.compile(r"(?:^|\s)(?:that|and|but|while|which|whose(?: own)?)\s")


_LONGER_SINCE = re.compile(
    r"[^.;]{0,30}\b(?:has|have|had|was|were|is|are) (?:now )?(?:been )?(?:extended|prolonged|renewed)\b"
)


# "let another deadline lapse on Sunday": what was due is told elsewhere
_LET_LAPSE = re.compile(rf"(?<!\w)let\s(?:[\w'’-]+\s){{1,4}}?(?:{DEADLINE_NOUN})(?!\w)", re.IGNORECASE)
