"""How an agreement stands in a text, and when it was made.

In: a draft, the mentions of one agreement and the dates of the text. Out: its status, and the date where one is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.reader.agreement_mentions import Mention, cues
from dragoman.reader.dates import DateMention
from dragoman.reader.draft import Draft

_RECENT = 10  # days: what was signed longer ago, and is said neither to hold nor to fail, is in force


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of an agreement and the date on which it was made, or is to be made while it is only proposed."""

    status: str
    date: DateMention | None


def dated(mention: Mention, dates: Sequence[DateMention]) -> DateMention | None:
    """The date that stands nearest to a mention in its sentence."""
    inside = [d for d in dates if mention.sentence.start <= d.span.start < mention.sentence.end and d.date]
    return min(inside, key=lambda d: abs(d.span.start - mention.span.end), default=None)


def status_of(draft: Draft, found: Sequence[Mention], dates: Sequence[DateMention]) -> Standing:
    """The status that the sentences about an agreement give it."""
    made = _made_on(draft, found, dates)
    votes = {kind: sum(bool(cues(kind).search(m.said)) for m in found)
             for kind in ("broken", "strained", "in force", "reached", "proposed")}  # fmt: skip
    if votes["broken"]:
        status = "broken"
    elif votes["strained"]:
        status = "strained"
    elif votes["proposed"] > votes["reached"] and not votes["in force"]:
        status = "proposed"
    elif votes["reached"]:
        age = _age(draft, made.date) if made and made.date else None
        status = "in force" if age is not None and age > _RECENT else "reached"
    elif votes["in force"]:
        status = "in force"
    else:
        status = "proposed" if votes["proposed"] else "unknown"
    return Standing(status, None if status == "proposed" else made)


def _made_on(draft: Draft, found: Sequence[Mention], dates: Sequence[DateMention]) -> DateMention | None:
    """The past date beside a mention, preferably inside its name or where it is said to have been signed."""
    published = (draft.document.published or "9999")[:10]
    options = []
    for mention in found:
        near = dated(mention, dates)
        if near is not None and (near.date or "") <= published:
            inside = mention.span.start <= near.span.start < mention.span.end
            far = abs(near.span.start - mention.span.end)
            options.append((not inside, not cues("reached").search(mention.said), far, near.span.start, near))
    return min(options)[4] if options else None


def _age(draft: Draft, when: str) -> int | None:
    """Days from `when` to the day of publication; None where either is unknown."""
    try:
        published = date.fromisoformat((draft.document.published or "")[:10])
        then = date.fromisoformat(f"{when}-01-01"[:10] if len(when) == 4 else f"{when}-01"[:10])
    except ValueError:
        return None
    return (published - then).days
