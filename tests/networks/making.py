"""Coded statements made by hand and at random."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from dragoman.analysis.networks import Coded, Column
from dragoman.analysis.networks.coded import BOOLEAN, FIELD, INTEGER


def coded(rows: Sequence[tuple[str, str, int]], *, days: Sequence[str] = (), documents: Sequence[int] = (),
          integer: bool = False) -> Coded:  # fmt: skip
    """(organization, concept, agreement) as statements; a day and a document each where given."""
    n = len(rows)
    moments = [int(datetime.fromisoformat(d).replace(tzinfo=UTC).timestamp()) for d in (days or ["2027-01-01"] * n)]
    columns = {
        "organization": Column.of_text([r[0] for r in rows]),
        "concept": Column.of_text([r[1] for r in rows]),
        "agreement": Column.of_numbers([r[2] for r in rows], INTEGER if integer else BOOLEAN),
    }
    empty = Column.of_text([""] * n, FIELD)
    ids, zeros = np.arange(1, n + 1), np.zeros(n, np.int64)
    fields = dict.fromkeys(("author", "source", "section", "type", "title", "id"), empty)
    where = np.array(documents or ids, np.int64)
    return Coded(ids, np.array(moments, np.int64), where, zeros, zeros + 1, columns, fields,
                 min(moments, default=0), max(moments, default=0)).sorted()  # fmt: skip
