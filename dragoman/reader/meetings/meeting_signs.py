"""What speaks for a meeting: the words in and around a clause that may tell of one, as features that can be weighed.

In: a draft, a clause, the words for a meeting and a date in it. Out: names of features.
"""

from __future__ import annotations

import re

from dragoman.folding import words
from dragoman.reader.dates.dates import DateMention
from dragoman.reader.draft import Draft
from dragoman.reader.meetings.meeting_words import Trigger, triggers
from dragoman.reader.wording.placed import statements_at
from dragoman.reading import Meeting, Span


def signs(
    draft: Draft, clause: Span, trigger: Trigger, meeting: Meeting, mention: DateMention | None, off: str | None
) -> list[str]:
    """What speaks for a meeting on that date, as names of features."""
    text, published = draft.document.text[clause.start : clause.end], draft.document.published
    kind = trigger.verb or trigger.head.lower()
    found = ["bias", f"off={off}", f"head={kind}", f"verbal={bool(trigger.verb)}", f"place={meeting.place is not None}"]
    found += [f"name={min(len(meeting.name.split()), 6)}", f"own-name={min(len(trigger.name.split()), 4)}"]
    found += [f"lead:{w}" for w in words(text[: trigger.start])[-2:]]
    following = words(text[trigger.end : trigger.end + 40])[:1]
    found += [f"next:{w}" for w in following] + [f"rank={_rank(trigger)}&next:{w}" for w in following]
    found.append(f"rank={_rank(trigger)}&owner={text[trigger.end : trigger.end + 1] in _APOSTROPHES}")
    act = next((s.act for _, s in statements_at(draft, clause.start + trigger.start)), "none")
    found += [
        f"act={act}",
        f"undated={published is None}",
        f"headline={draft.segments.paragraph_at(clause.start) == 0}",
        f"heading={_is_heading(draft, clause)}",
    ]
    if mention is None:
        return [*found, "date=none", f"date=none&off={off}", f"date=none&undated={published is None}"]
    start, end = mention.span.start - clause.start, mention.span.end - clause.start
    if end <= 0:  # the day that heads the paragraph
        when = "open" if not mention.date else "dated"
        return [*found, "way=above", f"way=above&rank={_rank(trigger)}", f"way=above&date={when}"]
    after_it = start >= trigger.end
    between = words(text[_end(trigger, start) : start] if after_it else text[end : trigger.start])
    relation = "open" if not mention.date else "undated" if not published else relation_of(mention.date, published)
    found += [f"date={relation}", f"precision={mention.precision}", f"off={off}&date={relation}", f"after={after_it}"]
    found += [
        f"gap={min(len(between) // 3, 5)}",
        f"gap={min(len(between) // 3, 5)}&after={after_it}&verbal={bool(trigger.verb)}",
    ]
    prior = words(text[max(0, start - 50) : start])
    found += [f"before-date:{w}" for w in prior[-3:]] + ([f"off={off}&before-date:{prior[-1]}"] if prior else [])
    if text[end : end + 2] in ("'s", "’s"):
        found.append("possessive-date")
    if any(_distance(t, start) < _distance(trigger, start) for t in triggers(text)[:9]):
        found.append("nearer-trigger")
    return [*found, *_ways(text, trigger, start, end, relation)]


def _end(trigger: Trigger, start: int) -> int:
    """Where the name of a meeting ends before a date: behind those between whom it is held."""
    return max((trigger.end, *(who.end for who in trigger.who if not trigger.verb and who.end <= start)))


def _is_heading(draft: Draft, clause: Span) -> bool:
    """Whether a clause stands in the head of a report, before its first sentence."""
    number = draft.segments.paragraph_at(clause.start)
    paragraph = draft.segments.paragraphs[number]
    return number < 4 and draft.document.text[: paragraph.end].rstrip()[-1:] not in (".", "!", "?", '"', "”", "’", "»")


def _ways(text: str, trigger: Trigger, start: int, end: int, relation: str) -> list[str]:
    """How a date is tied to the words for a meeting: beside them, by a verb of holding, or not at all."""
    after_it = start >= trigger.end
    between = text[_end(trigger, start) : start] if after_it else text[end : trigger.start]
    rank = _rank(trigger)
    way = "apart"
    if _BESIDE.fullmatch(between):
        way = "beside"
    elif _HELD.search(between) and not _SAID.search(between):
        way = "held" if not _BREAK.search(_INSERTED.sub(" ", between)) else "held-far"
    elif _SAID.search(between) or _SAID.search(text[max(0, start - 30) : start]):
        way = "said"
    elif not re.search(r"[,;:–—(]", between):
        way = "clause"
    bound = _BOUND.search(text[max(0, start - 20) : start])
    tie = bound.group(1).lower() if bound else "on" if re.search(r"(?<!\w)on\s$", text[:start]) else "bare"
    found: list[str] = []
    if trigger.verb:
        form = "past" if _PAST.match(trigger.verb) else "other"
        found += [f"form={form}&date={relation}", f"form={form}&date={relation}&way={way}"]
    found += [f"rank={rank}", f"way={way}", f"tie={tie}", f"rank={rank}&way={way}", f"way={way}&date={relation}"]
    return [*found, f"way={way}&after={after_it}", f"rank={rank}&tie={tie}", f"rank={rank}&way={way}&date={relation}"]


_BESIDE = re.compile(
    r"(?:['’]s)?\W{0,3}(?:(?:on|in|for|of|at|until|from|again|next|late|early|here|the|which was|planned for|set for|"
    r"scheduled for|due on|due)\s){0,3}",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"(?<!\w)(?:open|opens|opened|resum\w+|reconven\w+|convene[sd]?|begins?|began|start(?:s|ed)?|ends?|ended|clos\w+|conclud\w+|"
    r"held|hold|holds|take place|takes place|took place|due|set for|scheduled|planned|fixed for|expected|adjourn\w+|"
    r"broke (?:off|up)|collapsed|failed|fell through|put (?:off|back)|postponed|moved|called off|cancelled|canceled|"
    r"announced for|set down for|pencilled in|is on|was on|sits?|sat|meets?|met|gather\w*)(?!\w)",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"(?:met|sat|held|gathered|convened|signed|initiall?ed|voted|arrived|travelled|visited|came|briefed|summoned|spoke)"
)
_INSERTED = re.compile(r",[^,]{2,80},")
_BREAK = re.compile(
    r"[,;:–—(]|(?<!\w)(?:and|but|that|who|while|if|because|when|after|before|unless|as)(?!\w)", re.IGNORECASE
)
_SAID = re.compile(
    r"(?<!\w)(?:said|says|told|tells|announced|announces|added|warned|claimed|reported|confirmed|denied|according|insisted|"
    r"accused|rejected|declared|stated|wrote|quoted)(?!\w)",
    re.IGNORECASE,
)
_BOUND = re.compile(r"(?<!\w)(by|before|until|since|after|within|from|between|to)\s+(?:the\s)?$", re.IGNORECASE)
_APOSTROPHES = ("'", "’")
_MEETINGS = frozenset(
    """meeting meetings talks round rounds summit conference session sessions hearing hearings plenary negotiations
    sitting congress gathering consultations consultation negotiation discussions ceremony signing""".split()  # noqa: SIM905
)
BODIES = frozenset(
    """assembly council commission committee tribunal court delegation table forum working_group
    general_assembly""".split()  # noqa: SIM905
)


def _rank(trigger: Trigger) -> str:
    """What kind of words: those of a meeting, of a body that meets, of a verb, or of something that may be one."""
    if trigger.verb:
        return (
            "met"
            if trigger.head == "meeting" and re.match(r"(?:meet|met|sit|sat|conven|reconven|gather)", trigger.verb)
            else "verb"
        )
    head = trigger.head.lower()
    return "meeting" if head in _MEETINGS else "body" if head.replace(" ", "_") in BODIES else "other"


def _distance(trigger: Trigger, place: int) -> int:
    return min(abs(trigger.start - place), abs(trigger.end - place))


def relation_of(date: str, published: str) -> str:
    today = published[: len(date)]
    return "today" if date == today else "past" if date < today else "future"
