"""What statements say, in the words of their text on one line.

In: a draft and its statements. Out: plain sentences without quotation marks and "that".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from dragoman.reader.draft import Draft
from dragoman.reader.vocabulary import own_data
from dragoman.reader.wording.giving_up import led_to_by_giving_up
from dragoman.reader.wording.phrases import plain
from dragoman.reading import Span, Statement
from dragoman.sentences import sentences_in

_LEAD = re.compile(r"(?:that|إن|أن|ان|بأن|بأنه|إنه|إنها|أنه|أنها)\s+", re.IGNORECASE)
# "It will not return as long as the League insists …": what follows is needed, whoever is said to say it
_DANGLING = re.compile(
    r"(?:unless|until|if|before|after|without|provided|as long as|so long as|that|while|once|when|to|of)$"
)
_LEFT_OVER = re.compile(
    r"(?<=\w), (?:but|and|or|while|though|although|because|so)$"
)  # what goes on after the words said
_NEW_QUOTE = re.compile(r"[“\"‘«][A-Z]")
# A quotation broken by its cue goes on as a new sentence: “… in the water,” she said. “We did not …”
_BROKEN = re.compile(r",([”\"’»]) (?=[“\"‘«][A-Z])")
_THAT = re.compile(r"\s+that\b")
_LINE_END = re.compile(r"\s*\n\s*(?=[^a-z\s])")
_CLOSED = re.compile(r"[.!?:;…؟](?:[”\"’»)\]]*)$")
_SMALL_LETTER = re.compile("[a-z]")
_IF = re.compile(r"(?:If|Unless|Once|Until|As long as|So long as|Provided)\s")
_CUE_WORD = re.compile(r"[\w:]+")
# What somebody means to ask is not asked yet: "intends to ask", "threatens to tell"
_MEANT = re.compile(r"(?:intend|plan|threaten|prepar|vow|promis|offer|undert)\w* to(?!\w)")


@cache
def _report_verbs() -> frozenset[str]:
    return frozenset(own_data("report_verbs.json")["words"])


class _Wordings:
    """What the statements of a draft say, found once for all who ask."""

    def __init__(self, statements: list[Statement]) -> None:
        self.statements, self.count = statements, len(statements)
        self.inside: dict[str, list[Statement]] = {}
        for statement in statements:
            if statement.within is not None:
                self.inside.setdefault(statement.within, []).append(statement)
        self.said: dict[tuple[str, bool], tuple[Statement, str]] = {}

    @classmethod
    def of(cls, draft: Draft) -> _Wordings:
        """Those of `draft`, found anew when it has other statements than before."""
        kept = draft.wordings
        if isinstance(kept, cls) and kept.statements is draft.statements and kept.count == len(draft.statements):
            return kept
        draft.wordings = kept = cls(draft.statements)
        return kept


def said(draft: Draft, statement: Statement, *, cue: bool = False) -> str:
    """What `statement` says, on one line; words of a statement within it are left out, a leading "that" too.

    With `cue` a cue that says part of the matter ("will sign", "rejects") stands before it.
    """
    kept = _Wordings.of(draft)
    known = kept.said.get((statement.id, cue))
    if known is None or known[0] is not statement:
        words = said(draft, statement) if cue else _said(draft, statement, kept.inside.get(statement.id, ()))
        if cue and (lead := own_cue(draft, statement)):
            words = _led(draft, statement, lead, words)
        known = kept.said[statement.id, cue] = statement, words
    return known[1]


def _led(draft: Draft, statement: Statement, lead: str, words: str) -> str:
    """What is said with its cue in its place: "If it fails, (the City) intends to ask a court"."""
    first = statement.content[0]
    opening = plain(draft.document.text[first.start : first.end])
    if (
        _IF.match(opening)
        and len(statement.content) > 1
        and first.end <= statement.cue.start
        and words.startswith(f"{opening} ")
    ):
        return f"{opening}, {lead} {words[len(opening) + 1 :]}"
    return f"{lead} {words}"


def _said(draft: Draft, statement: Statement, nested: Sequence[Statement]) -> str:
    text = draft.document.text
    pieces = list(statement.content)
    if nested:
        holes = [span for s in nested for spans in (s.source, s.cue, s.content) for span in spans]
        left = [piece for span in pieces for piece in without(span, holes)]
        if left and not _DANGLING.search(text[left[-1].start : left[-1].end].rstrip()):
            pieces = left
    words = _BROKEN.sub(r".\1 ", _joined(_pieces(text, pieces)))
    words = plain(words)
    words = _LEAD.sub("", words, count=1) if _LEAD.match(words) else words
    return _LEFT_OVER.sub("", words)


@lru_cache(maxsize=256)  # conditions and positions are looked for in the same words
def sentences_of(words: str) -> tuple[str, ...]:
    """The sentences of what was said, without fragments of a word or two beside them."""
    sentences = [words[start:end] for start, end in sentences_in(words)]
    return tuple([s for s in sentences if len(s.split()) > 2] or sentences[:1] or [words])


def _pieces(text: str, spans: Sequence[Span]) -> Iterator[str]:
    """The words of some spans; what ends with its paragraph is a sentence, also where no mark says so: a headline."""
    for number, (start, end) in enumerate(spans, 1):
        parts = _LINE_END.split(text[start:end].strip())
        after = spans[number].start if number < len(spans) else end
        if "\n" in text[end:after] and not text[after].islower():
            parts.append("")
        yield " ".join((*(_closed(part) for part in parts[:-1]), parts[-1])).rstrip()


def _closed(part: str) -> str:
    return part if _CLOSED.search(part) else f"{part.rstrip(' ,')}."


def _joined(pieces: Iterable[str]) -> str:
    """The pieces of what was said as one text; a quotation that begins after plain words is a sentence of its own."""
    whole = ""
    for piece in pieces:
        if whole and _NEW_QUOTE.match(piece) and (whole[-1].isalnum() or whole[-1] == ","):
            whole = f"{whole.rstrip(',')}."
        whole = f"{whole} {piece}" if whole else piece
    return whole


def own_cue(draft: Draft, statement: Statement) -> str:
    """The cue where it says part of the matter itself, with what gives it up ("dropped her demand"), else nothing."""
    if not statement.cue or not statement.content or statement.cue.start > statement.content.end:
        return ""
    text, cue = draft.document.text, statement.cue
    if statement.source and (given := led_to_by_giving_up(text, statement.source.end, cue.start)):
        that = _THAT.match(text, cue.end)
        return plain(text[given.start() : that.end() if that else cue.end])
    return _telling(plain(statement.cue.text(draft.document, joint=" ")))


@lru_cache(maxsize=1 << 10)
def _telling(cue: str) -> str:
    if not _SMALL_LETTER.search(cue):  # Arabic: the cue comes first and reports
        return ""
    meant = _MEANT.search(cue.lower())
    words = set(_CUE_WORD.findall(cue.lower()[: meant.end() if meant else None]))
    told = words & _report_verbs() - ({"go", "goes"} if "on" not in words else set())
    return "" if not words or told or not any(w.isalpha() for w in words) else cue


def without(span: Span, holes: Iterable[Span]) -> list[Span]:
    """What is left of `span` without `holes`."""
    left, start = [], span.start
    for hole in sorted(holes):
        if hole.end <= start or hole.start >= span.end:
            continue
        if hole.start > start:
            left.append(Span(start, hole.start))
        start = max(start, hole.end)
    if start < span.end:
        left.append(Span(start, span.end))
    return left
