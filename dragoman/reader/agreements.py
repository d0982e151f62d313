"""Agreements that a text names, each once, with date, parties and how it stands there.

In: a draft with its statements. Out: Agreements. A word such as "truce" or "accord" starts one; all mentions that mean
the same make one; what merely might be agreed one day ("no deal", "a fair agreement") is none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources

from dragoman.folding import fold
from dragoman.reader.counted import Sheet, word_lists
from dragoman.reader.dates import DateMention, find_dates
from dragoman.reader.draft import Draft
from dragoman.reading import Agreement, Span, Spans

_DETERMINERS = frozenset("the a an this that these those its their his her our your my both each".split())
_RECENT = 21  # days: an agreement signed longer ago and not called otherwise is in force


@dataclass(slots=True)
class Mention:
    """One place that names an agreement."""

    span: Span
    kernel: str  # folded word that says what it is
    name: str
    words: frozenset[str]  # of the name, folded, without the kernel
    definite: bool
    proper: bool
    strong: bool
    sentence: Span


@dataclass(slots=True)
class _Group:
    mentions: list[Mention] = field(default_factory=list)

    @property
    def words(self) -> set[str]:
        return {w for m in self.mentions for w in m.words}


def find_agreements(draft: Draft) -> list[Agreement]:
    """The agreements of `draft`, in the order in which they are first named."""
    dates = find_dates(draft.document.text, draft.document.published, draft.document.language)
    found = []
    for group in _groups(mentions(draft)):
        if is_agreement(draft, group, dates):
            found.append(_agreement(draft, group, dates))
    return found


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """The word lists of `agreements.json`, folded, longest first."""
    data = json.loads(resources.files("dragoman").joinpath("data", "agreements.json").read_text("utf-8"))
    lists = {k: [fold(p.strip()) for p in v.split(",")] for k, v in data.items() if k != "source"}
    return {k: tuple(sorted(v, key=len, reverse=True)) for k, v in lists.items()}


@cache
def _kernels() -> re.Pattern[str]:
    words = sorted({*phrases()["strong"], *phrases()["weak"]}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:ال|و|ب|ل)?({'|'.join(map(re.escape, words))})(?![\w])(?!-)")


@cache
def _cues(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases()[kind]))})(?!\w)")


def mentions(draft: Draft) -> list[Mention]:
    """Every place where a word for an agreement stands, with the name that it heads."""
    sheet, found = Sheet.of(draft.document.text), []
    joined = " ".join(w.text for w in sheet.words)
    offsets, at = {}, 0
    for i, word in enumerate(sheet.words):
        offsets[at] = i
        at += len(word.text) + 1
    ends = {start + len(sheet.words[i].text): i for start, i in offsets.items()}
    for match in _kernels().finditer(joined):
        first, last = offsets.get(match.start()), ends.get(match.end())
        if first is not None and last is not None:
            mention = _mention(draft, sheet, first, last, match.group(1))
            if mention is not None:
                found.append(mention)
    return found


def _mention(draft: Draft, sheet: Sheet, first: int, last: int, kernel: str) -> Mention | None:
    sentence = draft.segments.sentences[draft.segments.sentence_at(sheet.words[first].start)]
    begin, words = first, sheet.words
    stops = word_lists()["boundaries"] - {"next", "last", "this"}
    while begin > 0 and first - begin < 5 and words[begin - 1].start >= sentence.start:
        word = words[begin - 1]
        if word.shape == "mark" or word.text in stops or _cues("reached").fullmatch(word.text):
            break
        begin -= 1
    lead = words[begin - 1].text if begin > 0 and words[begin - 1].start >= sentence.start else ""
    if lead in phrases()["no"] or (begin < first and words[begin].text in phrases()["no"]):
        return None
    end = _tail(sheet, last, sentence)
    while begin < first and words[begin].text in _DETERMINERS:
        begin += 1
    span = Span(words[begin].start, words[end].end)
    before = [w.text for w in words[begin:first]]
    proper = any(w.shape == "Title" for w in words[begin : first + 1]) and words[begin].start > sentence.start
    tail = [w.text for w in words[last + 1 : end + 1]]
    named = frozenset(w for w in (*before, *tail) if w not in stops and w[0].isalnum())
    definite = lead in _DETERMINERS - {"a", "an", "both", "each"} or lead.endswith("'s")
    return Mention(
        span, kernel, sheet.text[span.start : span.end], named, definite, proper, kernel in phrases()["strong"], sentence
    )  # fmt: skip


_TAIL_OPENERS = frozenset("of on in with between for over at to".split())


def _tail(sheet: Sheet, last: int, sentence: Span) -> int:
    """Where the words that belong to the name end: "truce in Wadi Sabr", "memorandum with Dalian Harbour Works"."""
    words, end = sheet.words, last
    i = last + 1
    if i >= len(words) or words[i].text not in _TAIL_OPENERS or words[i].start >= sentence.end:
        return last
    i += 1
    while i < len(words) and i - last < 8 and words[i].start < sentence.end:
        word = words[i]
        if word.shape == "mark" or (word.text in word_lists()["boundaries"] and word.text not in _DETERMINERS | {"of"}):
            break
        if word.text not in _DETERMINERS | {"of"}:
            end = i
        i += 1
        if word.shape == "lower" and word.text not in _DETERMINERS | {"of"} and end - last >= 4:
            break
    return end


# ------------------------------------------------------------------------------------------------- grouping


def _groups(found: list[Mention]) -> list[_Group]:
    """Mentions that mean the same agreement, together."""
    groups: list[_Group] = []
    for mention in found:
        home = None
        for group in reversed(groups):
            if _same(group, mention):
                home = group
                break
        if home is None:
            home = _Group()
            groups.append(home)
        home.mentions.append(mention)
    return groups


def _same(group: _Group, mention: Mention) -> bool:
    kernels = {m.kernel for m in group.mentions}
    own = {w for w in mention.words if w not in phrases()["vague"]}
    theirs = {w for w in group.words if w not in phrases()["vague"]}
    related = mention.kernel in kernels or (
        mention.kernel in phrases()["generic"] and any(k in phrases()["generic"] + phrases()["strong"] for k in kernels)
    )
    if not related:
        return False
    if not own:
        return mention.definite or mention.kernel in kernels
    if not theirs:
        return mention.kernel in kernels
    return bool(own & theirs)


def is_agreement(draft: Draft, group: _Group, dates: list[DateMention]) -> bool:
    """Whether the mentions of a group mean an agreement that exists or lies on the table."""
    strong = any(m.strong for m in group.mentions)
    described = any({w for w in m.words if w not in phrases()["vague"]} for m in group.mentions)
    signed = any(_near(draft, m, "reached") for m in group.mentions)
    proper = any(m.proper for m in group.mentions)
    definite = any(m.definite for m in group.mentions)
    if strong:
        return described or definite or signed or len(group.mentions) > 1
    return described and (signed and (definite or proper or any(_dated(m, dates) for m in group.mentions)))


def _near(draft: Draft, mention: Mention, kind: str) -> bool:
    return bool(_cues(kind).search(fold(draft.document.text[mention.sentence.start : mention.sentence.end])))


def _dated(mention: Mention, dates: list[DateMention]) -> DateMention | None:
    """The date that stands nearest to a mention in its sentence."""
    inside = [d for d in dates if mention.sentence.start <= d.span.start < mention.sentence.end and d.date]
    return min(inside, key=lambda d: abs(d.span.start - mention.span.end), default=None)


# ------------------------------------------------------------------------------------------------- what is said of it


def _agreement(draft: Draft, group: _Group, dates: list[DateMention]) -> Agreement:
    best = max(group.mentions, key=lambda m: (min(len(m.words), 4), m.proper, -m.span.start))
    dated = _date(draft, group, dates)
    status = _status(draft, group, dated)
    if status == "proposed":
        dated = None
    return Agreement(
        name=_clean(best.name), date=dated.date if dated else None,
        precision=dated.precision if dated else "unresolved", parties=(), status=status, span=Spans([best.span]),
    )  # fmt: skip


def _clean(name: str) -> str:
    return " ".join(name.split()).strip("“”\"'‘’ ")


def _date(draft: Draft, group: _Group, dates: list[DateMention]) -> DateMention | None:
    """The past date beside the mention, preferably where it is said to have been signed."""
    published = draft.document.published or "9999"
    options = []
    for mention in group.mentions:
        near = _dated(mention, dates)
        if near is not None and (near.date or "") <= published:
            inside = mention.span.start <= near.span.start < mention.span.end
            options.append((not inside, not _near(draft, mention, "reached"), abs(near.span.start - mention.span.end), near))
    return min(options, key=lambda o: o[:3])[3] if options else None


def _status(draft: Draft, group: _Group, dated: DateMention | None) -> str:
    votes: dict[str, int] = {}
    for mention in group.mentions:
        for kind in ("broken", "strained", "in force", "reached", "proposed"):
            if _near(draft, mention, kind):
                votes[kind] = votes.get(kind, 0) + 1
    for kind in ("broken", "strained"):
        if votes.get(kind):
            return kind
    if votes.get("proposed", 0) > votes.get("reached", 0) and not votes.get("in force"):
        return "proposed"
    if votes.get("reached"):
        old = dated and dated.date and _age(draft, dated.date)
        return "in force" if old and old > _RECENT else "reached"
    return "in force" if votes.get("in force") else "proposed" if votes.get("proposed") else "unknown"


def _age(draft: Draft, when: str) -> int | None:
    try:
        published = date.fromisoformat((draft.document.published or "")[:10])
        then = date.fromisoformat((when + "-01-01")[:10] if len(when) == 4 else (when + "-01")[:10])
    except ValueError:
        return None
    return (published - then).days
