"""When an item of the table is the one that was meant, layer by layer, and which of its fields are judged apart.

In: a gold item, a predicted one and the names of the document. Out: how well they match, or whether a field is right.
"""

from __future__ import annotations

from collections.abc import Callable

from dragoman.reader.training.comparing import (
    FOUND,
    Item,
    Names,
    accepted,
    best_overlap,
    enough,
    f1_of_sets,
    pairs,
    same_date,
    same_name,
    same_quantity,
    word_set,
)
from dragoman.reader.training.tallies import Tally


def _position(gold: Item, predicted: Item, names: Names) -> float:
    """Party, direction, and overlap of issue, of stance, or of both together."""
    if not same_name(names, gold, predicted, "party") or predicted.get("direction") not in accepted(gold, "direction"):
        return 0.0
    together = [word_set(f"{item.get('issue')} {item.get('stance')}") for item in (gold, predicted)]
    return enough(
        max(best_overlap(gold, predicted, "issue"), best_overlap(gold, predicted, "stance"), f1_of_sets(*together))
    )


def _condition(gold: Item, predicted: Item, names: Names) -> float:
    """Party and overlap of what is withheld."""
    if not same_name(names, gold, predicted, "party"):
        return 0.0
    return enough(best_overlap(gold, predicted, "withholds"))


def _deadline(gold: Item, predicted: Item, names: Names) -> float:
    """Date and overlap of what is due."""
    return enough(best_overlap(gold, predicted, "what")) if same_date(gold, predicted) else 0.0


def _meeting(gold: Item, predicted: Item, names: Names) -> float:
    """Date, and overlap of the name or the same place."""
    if not same_date(gold, predicted):
        return 0.0
    place = any(value and names.same(value, predicted.get("place")) for value in accepted(gold, "place"))
    return max(enough(best_overlap(gold, predicted, "name")), FOUND if place else 0.0) + (0.01 if place else 0.0)


def _agreement(gold: Item, predicted: Item, names: Names) -> float:
    """Overlap of the name."""
    return enough(best_overlap(gold, predicted, "name"))


def _figure(gold: Item, predicted: Item, names: Names) -> float:
    """Quantity, and a word shared by measure or unit."""
    if not same_quantity(gold, predicted):
        return 0.0
    wanted = frozenset[str]().union(*(word_set(v) for f in ("measure", "unit") for v in accepted(gold, f) if v))
    found = frozenset[str]().union(*(word_set(predicted[f]) for f in ("measure", "unit") if predicted.get(f)))
    if not wanted and not found:
        return 1.0
    by = 0.01 if same_name(names, gold, predicted, "by") else 0.0
    return f1_of_sets(wanted, found) + by if wanted & found else 0.0


def _relation(gold: Item, predicted: Item, names: Names) -> float:
    """From, to and kind."""
    same = predicted.get("kind") in accepted(gold, "kind")
    return float(same and all(same_name(names, gold, predicted, end) for end in ("from", "to")))


# How well two items of a layer match, 0 where they are not the same.
OVERLAPS: dict[str, Callable[[Item, Item, Names], float]] = {
    "positions": _position, "conditions": _condition, "deadlines": _deadline, "meetings": _meeting,
    "agreements": _agreement, "figures": _figure, "relations": _relation,
}  # fmt: skip


def _chairs(gold: Item, predicted: Item, names: Names) -> float | None:
    wanted, found = gold.get("chairs") or [], predicted.get("chairs") or []
    if not wanted and not found:
        return None
    return 2 * len(pairs(wanted, found, lambda a, b: float(names.same(a, b, True)))) / (len(wanted) + len(found))


# What is judged apart, of items that match.
APART: dict[str, dict[str, Callable[[Item, Item, Names], float | bool | None]]] = {
    "deadlines": {"set_by": lambda g, p, n: same_name(n, g, p, "set_by")},
    "meetings": {"chairs": _chairs, "status": lambda g, p, n: p.get("status") in accepted(g, "status")},
    "agreements": {
        "date": lambda g, p, n: same_date(g, p), "status": lambda g, p, n: p.get("status") in accepted(g, "status"),
    },
    "figures": {
        "bound": lambda g, p, n: p.get("bound") in accepted(g, "bound"), "by": lambda g, p, n: same_name(n, g, p, "by"),
    },
}  # fmt: skip


def requirements(gold: Item | None, predicted: Item | None) -> Tally:
    """The requirements of one condition, either of which may be missing; one without requirements is one item."""
    wanted, found = ((item or {}).get("requires") or [] for item in (gold, predicted))
    if not wanted and not found:
        return Tally(
            int(bool(gold and predicted)), int(bool(predicted and not gold)), int(bool(gold and not predicted))
        )
    others = ((gold or {}).get("accept") or {}).get("requires") or []

    def overlap(a: str, b: str) -> float:
        versions = [a, *(new for old, new in others if old == a)]
        return enough(max(f1_of_sets(word_set(v), word_set(b)) for v in versions))

    right = len(pairs(wanted, found, overlap))
    return Tally(right, len(found) - right, len(wanted) - right)
