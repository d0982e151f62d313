"""Coded statements as columns of numbers, and the choice of those that a network is made of.

In: rows of a dossier or of a .dna file. Out: Coded, whose columns are arrays over statements in the order time,
document, start, stop, id. Formulas after Leifeld, Discourse network analysis (2017), as Discourse Network Analyzer 3.1
computes them; D1 to D14 in the manual are the places where its convention is questionable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from dragoman.analysis.networks.choices import Choices
from dragoman.errors import NetworkError

Array = np.ndarray[Any, Any]
SHORT, LONG, INTEGER, BOOLEAN, FIELD = "short text", "long text", "integer", "boolean", "document field"


@dataclass(frozen=True)
class Column:
    """One variable over all statements: codes into `labels` for text, else the numbers themselves."""

    kind: str
    codes: Array  # int64, one a statement
    labels: tuple[str, ...] = ()

    @classmethod
    def of_text(cls, values: Sequence[str], kind: str = SHORT) -> Column:
        """Texts as codes; labels are sorted by UTF-16 code unit, as Java sorts."""
        labels = sorted(set(values), key=by_code_unit)
        index = {label: n for n, label in enumerate(labels)}
        return cls(kind, np.fromiter((index[v] for v in values), np.int64, len(values)), tuple(labels))

    @classmethod
    def of_numbers(cls, values: Sequence[int], kind: str) -> Column:
        """Integers, or booleans as 0 and 1."""
        return cls(kind, np.asarray(values, np.int64))

    @property
    def empty(self) -> int | None:
        """The code of the empty text; None where there is none."""
        if self.labels and self.labels[0] == "":  # labels are sorted, and the empty text comes first
            return 0
        return None

    def text(self, row: int) -> str:
        """The value of one statement as text."""
        return self.labels[self.codes[row]] if self.labels else str(int(self.codes[row]))

    def among(self, values: Iterable[str]) -> Array:
        """Which statements have one of `values`, compared as text."""
        wanted = set(values)
        if self.kind in (INTEGER, BOOLEAN):
            numbers = [int(v) for v in wanted if v.lstrip("-").isdigit()]
            return np.isin(self.codes, numbers)
        hit = np.array([label in wanted for label in self.labels], bool)
        return hit[self.codes] if len(self.labels) else np.zeros(len(self.codes), bool)

    def take(self, rows: Array | slice) -> Column:
        """The column of some statements; a slice copies nothing."""
        return replace(self, codes=self.codes[rows])


def by_code_unit(text: str) -> bytes:
    """Sorts as Java compares strings."""
    return text.encode("utf-16-be", "surrogatepass")


@dataclass(frozen=True)
class Coded:
    """Statements of one type: ids, times (seconds since 1970, local wall-clock), documents, and their variables."""

    ids: Array
    times: Array
    documents: Array
    starts: Array
    stops: Array
    variables: Mapping[str, Column]
    fields: Mapping[str, Column]
    first: int  # the first and last document time of the whole file: the default range
    last: int
    weights: Array | None = None  # one a statement: confidence or share of an independent origin
    rows: Array | None = None  # where each statement stands in what it was made from

    def __len__(self) -> int:
        return len(self.ids)

    def sorted(self) -> Coded:
        """In the order that everything here relies on."""
        order = np.lexsort((self.ids, self.stops, self.starts, self.documents, self.times))
        rows = self.rows if self.rows is not None else np.arange(len(self))
        return replace(self, rows=rows).take(order)

    def take(self, rows: Array | slice) -> Coded:
        """Some of the statements; a slice copies nothing."""
        return replace(
            self, ids=self.ids[rows], times=self.times[rows], documents=self.documents[rows], starts=self.starts[rows],
            stops=self.stops[rows], variables={n: c.take(rows) for n, c in self.variables.items()},
            fields={n: c.take(rows) for n, c in self.fields.items()},
            weights=None if self.weights is None else self.weights[rows],
            rows=None if self.rows is None else self.rows[rows],
        )  # fmt: skip

    def column(self, name: str, *, field: bool = False) -> Column:
        """A variable, or a document field; NetworkError names what there is."""
        shelf = self.fields if field else self.variables
        if name not in shelf:
            other = self.variables if field else self.fields
            if name in other:
                return other[name]
            raise NetworkError(f"no variable is called {name!r}", expected=", ".join((*self.variables, *self.fields)))
        return shelf[name]


@dataclass(frozen=True)
class Chosen:
    """The loaded statements (after range and document filters) and which of them are used."""

    loaded: Coded
    used: Coded
    start: int
    stop: int


def seconds(text: str, *, last: bool = False) -> int:
    """An ISO date-time as seconds since 1970, read as wall-clock time; a day's first second, or its `last`."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise NetworkError(f"time {text!r}", expected="an ISO date or date-time") from None
    if last and len(text) <= len("2027-04-02"):
        moment = moment.replace(hour=23, minute=59, second=59)
    return int(moment.replace(tzinfo=UTC).timestamp())


def iso(moment: int) -> str:
    """Seconds since 1970 as an ISO date-time without zone."""
    return datetime.fromtimestamp(int(moment), UTC).strftime("%Y-%m-%dT%H:%M:%S")


def choose(coded: Coded, choices: Choices) -> Chosen:
    """The statements a network is made of.

    1. Range and document filters give the loaded set. 2. Value filters. 3. Empty values. 4. Duplicates.
    """
    start = coded.first if choices.start is None else seconds(choices.start)
    stop = coded.last if choices.stop is None else seconds(choices.stop, last=True)
    if start > stop:
        raise NetworkError(
            f"the range starts at {iso(start)} and stops at {iso(stop)}", expected="a start before the stop"
        )
    keep = (coded.times >= start) & (coded.times <= stop)  # 1
    for field, plural in (("author", "authors"), ("source", "sources"), ("section", "sections"), ("type", "types")):
        if values := getattr(choices, f"exclude_{plural}"):
            listed = coded.fields[field].among(values)
            keep &= listed if plural in choices.invert else ~listed
    loaded = coded.take(np.flatnonzero(keep))
    keep = np.ones(len(loaded), bool)  # 2
    for name, values in choices.exclude_values.items():
        listed = loaded.column(name).among(values)
        keep &= listed if "values" in choices.invert else ~listed
    if choices.network != "eventlist":  # 3
        keep &= _filled(loaded.column(choices.variable1, field=choices.variable1_document))
        keep &= _filled(loaded.column(choices.variable2, field=choices.variable2_document))
        if choices.qualifier is not None and choices.aggregation != "ignore":
            keep &= _filled(loaded.column(choices.qualifier, field=choices.qualifier_document))
    used = loaded.take(np.flatnonzero(keep))
    return Chosen(loaded, without_duplicates(used, choices), start, stop)  # 4


def _filled(column: Column) -> Array:
    if column.kind not in (SHORT, FIELD) or "" not in column.labels:
        return np.ones(len(column.codes), bool)
    return np.asarray(column.codes != column.labels.index(""))


def without_duplicates(used: Coded, choices: Choices) -> Coded:
    """Statements without those that repeat an earlier one in the same period.

    The qualifier counts as part of a statement unless it is ignored. Flavour `as-dna` compares months and weeks
    without their year (D2, D3); `corrected` compares month and year, and ISO weeks with their year.
    """
    if choices.duplicates == "include" or len(used) == 0:
        return used
    keys = [_period(used, choices)]
    names = [(choices.variable1, choices.variable1_document), (choices.variable2, choices.variable2_document)]
    if choices.qualifier is not None and choices.aggregation != "ignore":
        names.append((choices.qualifier, choices.qualifier_document))
    if choices.network == "eventlist":
        names = [n for n in names if n[0] in used.variables or n[0] in used.fields]
    keys += [used.column(name, field=field).codes for name, field in names]
    _, first = np.unique(np.stack(keys), axis=1, return_index=True)
    return used.take(np.sort(first))


def _period(used: Coded, choices: Choices) -> Array:
    if choices.duplicates == "document":
        return used.documents
    if choices.duplicates == "acrossrange":
        return np.zeros(len(used), np.int64)
    days = used.times.astype("datetime64[s]").astype("datetime64[D]")
    years = days.astype("datetime64[Y]").astype(np.int64)
    if choices.duplicates == "year":
        return years
    months = days.astype("datetime64[M]").astype(np.int64)
    if choices.duplicates == "month":
        return months % 12 if choices.as_dna else months
    dates = [d.isocalendar() for d in days.astype(object)]
    return np.array([d[1] if choices.as_dna else d[0] * 100 + d[1] for d in dates], np.int64)
