"""What of a table a model is drafted from, as plain values with the words of their evidence.

In: a table, or its parts as JSON has them. Out: its parts, on some issues and of some parties only; and as much of them
as makes a model that can be worked out at once.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from dragoman.analysis.outlook.drafting import draft
from dragoman.analysis.outlook.modelfile import loads
from dragoman.errors import ModelError
from dragoman.reading import Spans
from dragoman.table import Table

Parts = Mapping[str, Any]


def parts_of(table: Table, *, parties: Collection[str] = (), issues: Collection[str] = ()) -> Parts:
    """Parties, cells, conditions and deadlines to come of a table, narrowed, each piece of evidence with its words."""
    parts: dict[str, Any] = {
        layer: [value.to_json() for value in getattr(table, layer)] for layer in ("parties", "cells", "conditions")
    }
    parts["deadlines"] = [d.to_json() for d in table.deadlines if d.status in ("pending", "extended")]
    found = narrowed(parts, parties=parties, issues=issues)
    _quote(found, table)
    return found


def _quote(value: Any, table: Table) -> None:
    """Add to each piece of evidence the words that it points at."""
    if isinstance(value, dict):
        if {"document", "statement", "spans"} <= value.keys():
            value["quote"] = Spans(value["spans"]).text(table.reading(value["document"]).document)
            return
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            _quote(item, table)


def narrowed(parts: Parts, *, parties: Collection[str] = (), issues: Collection[str] = ()) -> Parts:
    """The positions and conditions of some parties, on some issues; none named stands for all."""
    found = dict(parts)
    if parties:
        for layer in ("cells", "conditions"):
            found[layer] = [item for item in found.get(layer, ()) if item.get("party") in parties]
    if issues:
        wanted = set(issues)
        found["cells"] = [cell for cell in found.get("cells", ()) if cell.get("issue") in wanted]
        found["conditions"] = [
            c for c in found.get("conditions", ()) if wanted & {c.get("withholds"), *c.get("issues", ())}
        ]
    return found


def most_discussed(issues: Iterable[str]) -> list[str]:
    """The issues of a table's cells, those that most parties have a position on first."""
    weight = Counter(issues)
    return sorted(weight, key=lambda issue: (-weight[issue], issue))


def first_part(parts: Parts, *, most: int, settled: bool = False) -> Parts:
    """All of it where the model drafted from it, with `settled` or without, has `most` states at the most.

    Else what concerns the first issues, one at least, as long as that is so; an issue that is too much by itself is
    passed over.
    """
    known = most_discussed(cell["issue"] for cell in parts.get("cells", ()))
    if not known or _fits(parts, most, settled):
        return parts
    alone = (n for n, issue in enumerate(known) if _fits(narrowed(parts, issues=[issue]), most, settled))
    first = next(alone, 0)
    kept = narrowed(parts, issues=known[first : first + 1])
    for end in range(first + 2, len(known) + 1):
        wider = narrowed(parts, issues=known[first:end])
        if not _fits(wider, most, settled):
            break
        kept = wider
    return kept


def _fits(parts: Parts, most: int, settled: bool) -> bool:
    try:
        return states_of(draft(parts, settled=settled), settled=settled) <= most
    except ModelError:  # more options than a draft may have
        return False


def states_of(model: str, *, settled: bool = False) -> int:
    """How many states a drafted model has at the most: what is `settled` makes none."""
    conflict = loads(model)
    owned = {option for dm in conflict.decision_makers for option in dm.options}
    return 1 << (len(owned) if settled else len(conflict.options))
