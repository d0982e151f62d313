"""What speaks for and against a number's being a figure: how it looks and what stands beside it, as named features.

In: a draft, a number with what it counts, the statement and the sentence that hold it. Out: names of features.
"""

from __future__ import annotations

import re

from dragoman.reader.draft import Draft
from dragoman.reader.figures.no_figures import never
from dragoman.reader.names.names import Cast
from dragoman.reader.numbers.counted import Counted
from dragoman.reader.numbers.numbers import Number
from dragoman.reader.numbers.sheets import Sheet, Word, is_plural, word_lists
from dragoman.reading import Span, Statement

_SMALL = 13  # counts below it mostly tell who or what is meant; whether they are figures rests on other words
_HYPHENED = re.compile(r"[-‑][^\W\d]")


def signs(
    draft: Draft, sheet: Sheet, number: Number, what: Counted, statement: Statement | None, sentence: Span
) -> frozenset[str]:
    """What a number and its surroundings look like, as words that the choice rests on."""
    words, lists = sheet.words, word_lists()
    first, after = sheet.before(number.span.start), sheet.after(number.span.end)
    prev = words[first] if first >= 0 and words[first].start >= sentence.start else None
    before = words[first - 1] if prev and first > 0 and words[first - 1].start >= sentence.start else None
    next_ = words[after] if after < len(words) and words[after].start < sentence.end else None
    found = {
        f"kind:{number.kind}", f"form:{number.form}", f"bound:{number.bound}", _size(number),
        f"prev:{prev.text if prev else '^'}", f"next:{next_.text if next_ else '$'}",
        f"before:{before.text if before else '^'}", "said" if statement else "told",
        f"{number.kind} {what.how}",
    }  # fmt: skip
    if what.how == "own" and what.head:
        found |= {f"head:{what.head}", "plural" if is_plural(what.head) else "singular"}
        found |= {"people"} if what.head in lists["people"] else set()
        found |= {"identifies"} if what.head in lists["identified"] else set()
    if prev and prev.text in lists["determiners"]:
        found.add(f"determined {_size(number)}")
    if number.upper is not None:
        found.add("range")
    if what.measure == "killed":
        found.add("killed")
    paragraph = draft.segments.paragraph_at(number.core.start)
    if paragraph == 0:
        found.add("headline")
    elif paragraph >= len(draft.segments.paragraphs) - 1:
        found.add("end")
    core = sheet.text[number.core.start : number.core.end]
    if core[0].isupper() and number.core.start > sentence.start and number.form == "words":
        found.add("capital")
    if prev and prev.shape in ("Title", "UPPER") and prev.start > sentence.start and what.how != "own":
        found.add("named " + ("count" if number.quantity >= 1000 else number.kind))
    if _HYPHENED.match(sheet.text[number.core.end : number.core.end + 2]):
        found.add("hyphen")
    if isinstance(draft.cast, Cast) and draft.cast.outlets.is_within(*number.core):
        found.add("label")  # "told France 24"
    return frozenset(
        found | _size_signs(number, statement, prev, found) | never(sheet, number, what, prev, next_, sentence)
    )


def _size(number: Number) -> str:
    for size, limit in (
        ("one", 1.001),
        ("two", 2.001),
        ("few", 6),
        ("small", 13),
        ("day", 32),
        ("tens", 100),
        ("hundreds", 1000),
    ):
        if number.quantity < limit:
            return f"size:{size}"
    return "size:large"


def size_class(number: Number) -> str:
    """Whether a number is so small that it may only identify."""
    return "small" if number.quantity < _SMALL else "large"


def _size_signs(number: Number, statement: Statement | None, prev: Word | None, found: set[str]) -> set[str]:
    """What weighs otherwise for a small number than for a large one."""
    size, rough = _size(number), size_class(number)
    signs = {f"{size} {'said' if statement else 'told'}", f"{rough} before:{_kind_of(prev)}"}
    signs |= {f"{rough} bounded"} if number.bound != "exactly" else set()
    signs |= {f"{size} {sign}" for sign in ("people", "identifies", "plural", "headline") if sign in found}
    return signs | ({f"act:{statement.act}", f"{rough} act:{statement.act}"} if statement else set())


def _kind_of(word: Word | None) -> str:
    """What kind of word stands before a number."""
    if word is None:
        return "nothing"
    if word.shape != "lower":
        return word.shape
    lists = word_lists()
    for kind in ("determiners", "boundaries"):
        if word.text in lists[kind]:
            return kind
    return next((ending for ending in ("ed", "s") if word.text.endswith(ending)), "word")
