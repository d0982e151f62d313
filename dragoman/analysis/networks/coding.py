"""A Table -> coded statements: each step of a party on an issue is one statement, for or against.

Variables: party, person, issue, act, outlet, reporter (the outlet cited nearest to this report), agreement (for = 1,
against = 0) and stance (for = 1, open or unclear = 0, against = −1). Document fields: outlet as source, and so on.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from dragoman.analysis.networks.coded import BOOLEAN, FIELD, INTEGER, Coded, Column, seconds
from dragoman.errors import NetworkError
from dragoman.table import Table

_STANCE = {"for": 1, "against": -1}


def coded_of(table: Table, *, decided: bool = True, weight: str = "count") -> Coded:
    """The statements of a table, coded; `decided` leaves out those that are neither for nor against.

    `weight` confidence counts each by how sure the reader was of it; origin shares one count among all reports that go
    back to one origin, so that five copies count once.
    """
    said = {(s.document, s.statement): s for s in table.statements()}
    rows: list[dict[str, Any]] = []
    for (party, issue), steps in table.histories.items():
        for step in steps:
            if step.change == "retired" or (decided and step.direction not in _STANCE) or not step.evidence:
                continue
            evidence = step.evidence[0]
            document = table.reading(evidence.document).document
            known = said.get((evidence.document, evidence.statement or ""))
            rows.append({
                "party": party, "issue": issue, "person": step.speaker or "", "act": step.act or "",
                "outlet": document.outlet or "", "reporter": known.via[-1] if known and known.via else "",
                "stance": _STANCE.get(step.direction, 0), "time": document.published or step.date,
                "document": evidence.document, "title": document.title or "", "author": document.author or "",
                "start": evidence.spans.start, "stop": evidence.spans.end,
                "confidence": known.confidence if known and known.confidence is not None else 1.0,
                "group": table.origins.group_of(evidence.document), "statement": evidence.statement,
            })  # fmt: skip
    return _columns(table, rows, weight)


def _columns(table: Table, rows: list[dict[str, Any]], weight: str) -> Coded:
    def texts(key: str, kind: str | None = None) -> Column:
        return Column.of_text([str(r[key]) for r in rows], *(() if kind is None else (kind,)))

    order = {name: n for n, name in enumerate(table.documents, 1)}
    times = [_moment(r["time"]) or 0 for r in rows]
    weights = None
    if weight == "confidence":
        weights = np.array([r["confidence"] for r in rows], float)
    elif weight == "origin":
        keys = [(r["group"], r["party"], r["issue"], r["stance"]) for r in rows]
        size = Counter(keys)
        weights = np.array([1 / size[k] for k in keys], float)
    published = [moment for d in table.documents if (moment := _moment(table.reading(d).document.published))]
    numbers = [r["stance"] for r in rows]
    variables = {name: texts(name) for name in ("party", "person", "issue", "act", "outlet", "reporter")}
    variables["agreement"] = Column.of_numbers([int(n > 0) for n in numbers], BOOLEAN)
    variables["stance"] = Column.of_numbers(numbers, INTEGER)
    fields = {"source": texts("outlet", FIELD), "author": texts("author", FIELD), "title": texts("title", FIELD),
              "id": texts("document", FIELD), "section": _empty(len(rows)), "type": _empty(len(rows))}  # fmt: skip
    whole = np.array([order[r["document"]] for r in rows], np.int64)
    starts, stops = (np.array([r[k] for r in rows], np.int64) for k in ("start", "stop"))
    return Coded(
        np.arange(1, len(rows) + 1), np.array(times, np.int64), whole, starts, stops, variables, fields,
        min(published, default=0), max(published, default=0), weights,
    ).sorted()  # fmt: skip


def _moment(published: str | None) -> int | None:
    """When a report was published, in seconds; None where it does not say, or not as a day."""
    try:
        return seconds(published) if published else None
    except NetworkError:
        return None


def _empty(count: int) -> Column:
    return Column.of_text([""] * count, FIELD)
