"""What speaks for a meeting: the words in and around a clause that may tell of one, as features that can be weighed.

In: a draft, a clause, the words for a meeting and a date in it. Out: names of features.
"""

from __future__ import annotations

from dragoman.folding import words
from dragoman.reader.dates import DateMention
from dragoman.reader.draft import Draft
from dragoman.reader.meeting_words import Trigger, triggers
from dragoman.reading import Meeting, Span


def signs(
    draft: Draft, clause: Span, trigger: Trigger, meeting: Meeting, mention: DateMention | None, off: str | None
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
    relation = "open" if not mention.date else "undated" if not published else relation_of(mention.date, published)
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
    if any(_distance(t, start) < _distance(trigger, start) for t in triggers(text)[:9]):
        found.append("nearer-trigger")
    return found


def _distance(trigger: Trigger, place: int) -> int:
    return min(abs(trigger.start - place), abs(trigger.end - place))


def relation_of(date: str, published: str) -> str:
    today = published[: len(date)]
    return "today" if date == today else "past" if date < today else "future"
