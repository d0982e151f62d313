"""When a statement is the one that was meant, and which of its fields are right.

In: a gold statement, a predicted one and the names of the document. Out: how well they match, and a verdict a field.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dragoman.reader.training.comparing import FOUND, Item, Names, accepted, best_overlap, enough, f1_of_sets, same_name

Viewed = tuple[Item, dict[str, set[int]]]  # a statement with the words of its spans


def viewed(statement: Item, words: Callable[[Any], set[int]]) -> Viewed:
    """A statement with the words of its spans, by their role."""
    return statement, {role: words(statement.get(role)) for role in ("source", "cue", "content")}


def statement_overlap(a: Viewed, b: Viewed) -> tuple[float, float, float]:
    """How far two statements share content, source and cue, compared in this order."""
    content = enough(f1_of_sets(a[1]["content"], b[1]["content"])) if a[1]["content"] else 0.0
    return content, f1_of_sets(a[1]["source"], b[1]["source"]), f1_of_sets(a[1]["cue"], b[1]["cue"])


def _speaker(statement: Item) -> Item:
    return {**(statement.get("speaker") or {}), "accept": statement.get("accept") or {}}


def same_speaker(gold: Item, predicted: Item, names: Names) -> bool:
    """Whether the speaker is right; one without a name is, where half the words of the description are."""
    wanted, found = _speaker(gold), predicted.get("speaker") or {}
    if same_name(names, wanted, found, "name"):
        return True
    return bool(wanted.get("anonymous")) and best_overlap(wanted, found, "name") >= FOUND


def field_verdicts(gold: Item, predicted: Item, names: Names) -> dict[str, bool | None]:
    """Whether each field is right; None where the gold statement does not say."""
    wanted, found = _speaker(gold), predicted.get("speaker") or {}
    via = predicted.get("via") or []
    return {
        "speaker": same_speaker(gold, predicted, names),
        "party": same_name(names, wanted, found, "party"),
        "anonymous": bool(found.get("anonymous")) in [bool(v) for v in accepted(wanted, "anonymous")],
        "via": any(
            len(w or []) == len(via) and all(names.same(a, b) for a, b in zip(w or [], via, strict=True))
            for w in accepted(gold, "via")
        ),
        "form": predicted.get("form") in accepted(gold, "form"),
        "act": predicted.get("act") in accepted(gold, "act"),
        "negated": bool(gold.get("negated")) == bool(predicted.get("negated")),
        "said_on": predicted.get("said_on") in accepted(gold, "said_on") if "said_on" in gold else None,
    }
