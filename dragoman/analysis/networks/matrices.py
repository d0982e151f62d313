"""Used statements -> one network: two-mode, or one-mode through the second variable.

In: coded statements and choices. Out: a Network with its labels and a sparse matrix. x(i,j,k) counts statements with
variable 1 = i, variable 2 = j, qualifier = k; it is kept as a sparse matrix of i by (j,k).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from dragoman.analysis.networks.choices import Choices
from dragoman.analysis.networks.coded import BOOLEAN, INTEGER, Array, Coded, Column, by_code_unit, iso

Matrix = Any  # scipy.sparse.csr_array; scipy ships no types


@dataclass(frozen=True)
class Network:
    """A weighted network: rows × columns for two-mode, nodes × nodes for one-mode, with how it was made."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    matrix: Matrix
    start: int
    stop: int
    statements: int
    choices: Choices
    time: int | None = None  # the middle of a window

    @property
    def one_mode(self) -> bool:
        """Whether rows and columns are the same nodes."""
        return self.choices.network == "onemode"

    def dense(self) -> Array:
        """The matrix with every cell."""
        return np.asarray(self.matrix.toarray(), float)

    def edges(self) -> list[tuple[str, str, float]]:
        """(row, column, weight) of every cell that is not 0; of a one-mode network each pair once."""
        found = (sparse.triu(self.matrix, k=1) if self.one_mode else self.matrix).tocoo()
        order = np.lexsort((found.col, found.row))
        cells = zip(found.row[order], found.col[order], found.data[order], strict=True)
        return [(self.rows[r], self.columns[c], float(w)) for r, c, w in cells if w]

    def to_json(self) -> dict[str, Any]:
        """The network as plain JSON, with its recipe."""
        from dataclasses import asdict

        return {
            "start": iso(self.start), "stop": iso(self.stop), "time": None if self.time is None else iso(self.time),
            "statements": self.statements, "sum": float(self.matrix.sum()), "rows": list(self.rows),
            "columns": list(self.columns), "matrix": self.dense().tolist(), "settings": asdict(self.choices),
        }  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """The two label sets and qualifier levels that counts refer to."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    levels: Array  # the numbers of the levels, or 0, 1, 2, … for text
    numeric: bool
    boolean: bool
    row_of: Array  # label code -> row, -1 where the label is not in the frame
    column_of: Array


def frame(used: Coded, loaded: Coded, choices: Choices, *, levels_from: Coded | None = None) -> Frame:
    """Labels over the used statements, or over the loaded ones where isolates are wanted."""
    source = loaded if choices.isolates else used
    rows, row_of = _labels(source.column(choices.variable1, field=choices.variable1_document))
    columns, column_of = _labels(source.column(choices.variable2, field=choices.variable2_document))
    levels, numeric, boolean = np.zeros(1, np.int64), False, False
    if choices.qualifier is not None:
        column = (levels_from or loaded).column(choices.qualifier, field=choices.qualifier_document)
        numeric, boolean = column.kind in (BOOLEAN, INTEGER), column.kind == BOOLEAN
        levels = np.array([0, 1]) if boolean else np.unique(column.codes)
    return Frame(rows, columns, levels, numeric, boolean, row_of, column_of)


def _labels(column: Column) -> tuple[tuple[str, ...], Array]:
    if column.kind in (BOOLEAN, INTEGER):
        present = np.unique(column.codes)
        names = sorted((str(int(v)) for v in present), key=by_code_unit)
        # Codes of numbers may be negative, so rows are found by a shifted table.
        low = int(present.min()) if len(present) else 0
        table = np.full(int(present.max()) - low + 1 if len(present) else 1, -1, np.int64)
        for row, name in enumerate(names):
            table[int(name) - low] = row
        return tuple(names), table
    present = np.flatnonzero(np.bincount(column.codes, minlength=len(column.labels)))
    if len(present) and (empty := column.empty) is not None:
        present = present[present != empty]
    table = np.full(max(1, len(column.labels)), -1, np.int64)
    table[present] = np.arange(len(present))
    return tuple(column.labels[c] for c in present), table


def _places(column: Column, table: Array, reference: Column) -> Array:
    if column.kind in (BOOLEAN, INTEGER):
        low = int(reference.codes.min()) if len(reference.codes) else 0
        return table[column.codes - low]
    return table[column.codes]


def counts(used: Coded, loaded: Coded, choices: Choices, shape: Frame, *, weights: Array | None = None) -> Matrix:
    """x as a sparse matrix of rows × (column, level); `weights` replace the ones that are counted."""
    source = loaded if choices.isolates else used
    first, second = (
        _places(used.column(n, field=f), table, source.column(n, field=f))
        for n, f, table in (
            (choices.variable1, choices.variable1_document, shape.row_of),
            (choices.variable2, choices.variable2_document, shape.column_of),
        )
    )
    level = np.zeros(len(used), np.int64)
    if choices.qualifier is not None:
        codes = used.column(choices.qualifier, field=choices.qualifier_document).codes
        level = np.searchsorted(shape.levels, codes)
    value = np.ones(len(used)) if weights is None else weights
    inside = (first >= 0) & (second >= 0)
    size = (len(shape.rows), len(shape.columns) * len(shape.levels))
    flat = (second * len(shape.levels) + level)[inside]
    return sparse.coo_array((value[inside], (first[inside], flat)), shape=size).tocsr()


def _summed(x: Matrix, shape: Frame, weight: Array) -> Matrix:
    """Σk weight(k)·x(i,j,k) as rows × columns."""
    if not len(shape.columns):
        return sparse.csr_array((len(shape.rows), 0))
    fold = sparse.kron(sparse.eye_array(len(shape.columns)), weight.reshape(-1, 1), format="csr")
    return (x @ fold).tocsr()


def network_of(
    used: Coded, loaded: Coded, choices: Choices, *, start: int, stop: int, time: int | None = None,
    shape: Frame | None = None, levels_from: Coded | None = None,
) -> Network:  # fmt: skip
    """The network of the used statements."""
    shape = shape or frame(used, loaded, choices, levels_from=levels_from)
    x = counts(used, loaded, choices, shape, weights=used.weights)
    matrix = _two_mode(x, shape, choices) if choices.network == "twomode" else _one_mode(x, shape, choices)
    columns = shape.columns if choices.network == "twomode" else shape.rows
    return Network(shape.rows, columns, matrix, start, stop, len(used), choices, time)


def _divided(matrix: Matrix, by_row: Array, by_column: Array | None = None) -> Matrix:
    """Cells divided by a number of their row (or column); a zero denominator gives 0."""
    found = matrix.tocoo()
    denominator = (by_row[found.row] if by_column is None else by_column[found.col]).astype(float)
    data = np.divide(found.data, denominator, out=np.zeros(len(found.data)), where=denominator != 0)
    return sparse.coo_array((data, (found.row, found.col)), shape=found.shape).tocsr()


def _two_mode(x: Matrix, shape: Frame, choices: Choices) -> Matrix:
    k = len(shape.levels)
    if choices.aggregation == "combine":
        # A code, not a quantity: bit m (the highest for the lowest level) says that level m occurs.
        y = _summed(_present(x), shape, 2.0 ** np.arange(k - 1, -1, -1))
        y.eliminate_zeros()
        cells = _present(y)
        activity, prominence = np.asarray(cells.sum(1)), np.asarray(cells.sum(0))
    else:
        weight = np.ones(k)
        if choices.aggregation == "subtract" and shape.numeric:
            weight = np.array([-1.0, 1.0]) if shape.boolean else shape.levels.astype(float)
        y = _summed(x, shape, weight)
        activity = np.asarray(x.sum(1))
        prominence = np.asarray(_summed(x, shape, np.ones(k)).sum(0))
    if choices.normalization == "activity":
        return _divided(y, activity)
    if choices.normalization == "prominence":
        return _divided(y, activity, prominence)
    return y


def nearness(shape: Frame, *, by_index: bool, as_dna: bool) -> Array:
    """1 − d(k,l) for every two levels; d is their distance in units of the range.

    With one observed level the range is 0: as-dna divides by zero (D6, undefined), corrected takes d = 0.
    """
    values = np.arange(len(shape.levels), dtype=float) if by_index else shape.levels.astype(float)
    spread = values.max() - values.min() if len(values) else 0.0
    distance = np.abs(values[:, None] - values[None, :])
    if spread == 0:
        return np.full(distance.shape, np.nan) if as_dna else np.ones(distance.shape)
    return 1 - distance / spread


def _through(x: Matrix, shape: Frame, between: Array) -> Matrix:
    """Σj Σk Σl x(i,j,k)·x(i',j,l)·between(k,l)."""
    if not len(shape.columns):
        return sparse.csr_array((len(shape.rows), len(shape.rows)))
    block = sparse.kron(sparse.eye_array(len(shape.columns)), between, format="csr")
    return (x @ block @ x.T).tocsr()


def _present(x: Matrix) -> Matrix:
    """1 for each cell above 0."""
    found = x.copy()
    found.data = (found.data > 0).astype(float)
    return found


def _one_mode(x: Matrix, shape: Frame, choices: Choices) -> Matrix:
    if choices.normalization == "jaccard" and not choices.as_dna:
        x = _present(x)  # D7: shared cells among all cells; counts would make more of it than there is
    y = weights_between(x, shape, choices).tocsr()
    # Cells are worked on where they stand: sorting them waits for `edges`, since thousands of windows cannot afford it.
    i, j = np.repeat(np.arange(y.shape[0]), np.diff(y.indptr)), y.indices
    data = np.where(i == j, 0.0, y.data)
    if choices.normalization != "no" and y.nnz:
        denominator = _denominator(x, i, j, choices)
        data = np.divide(data, denominator, out=np.zeros(len(data)), where=denominator != 0)
    y = sparse.csr_array((data, j, y.indptr), shape=y.shape)
    y.eliminate_zeros()
    return y


def _denominator(x: Matrix, i: Array, j: Array, choices: Choices) -> Array:
    activity = np.asarray(x.sum(1), float)
    if choices.normalization == "average":
        half = activity / 2
        return half[i] + half[j]
    if choices.normalization == "jaccard":
        return _union(x, i, j)
    if choices.as_dna:  # D8: no cosine, but what the program calls so
        return activity[i] * activity[j]
    length = np.sqrt(np.asarray(x.multiply(x).sum(1), float))
    return np.asarray(length[i] * length[j])


def _union(x: Matrix, i: Array, j: Array) -> Array:
    """m10 + m01 + m11 over cells (j,k): with as-dna these are counts (D7), else all are 0 or 1."""
    total = np.asarray(x.sum(1), float)
    shared = (x @ _present(x).T).tocsr()
    both = (x @ x.T).tocsr()
    pair = np.asarray(shared[i, j]).ravel(), np.asarray(shared[j, i]).ravel(), np.asarray(both[i, j]).ravel()
    return total[i] - pair[0] + total[j] - pair[1] + pair[2]


def _squared(x: Matrix) -> Matrix:
    """x·xᵀ; through dense arrays where cells are too many for sparse ones to pay."""
    if x.nnz > DENSE * x.shape[0] * max(1, x.shape[1]):
        full = x.toarray()
        return sparse.csr_array(full @ full.T)
    return (x @ x.T).tocsr()


# Sparse products of 2,000 × 1,000 matrices are slower than dense ones from about this share of filled cells on.
DENSE = 0.05


def weights_between(x: Matrix, shape: Frame, choices: Choices, *, by_index: bool = False) -> Matrix:
    """The edge weights of a one-mode network before normalisation, diagonal included."""
    k = len(shape.levels)
    if choices.aggregation == "ignore" or choices.qualifier is None:
        total = _summed(x, shape, np.ones(k))
        return _squared(total)
    if shape.numeric:
        near = nearness(shape, by_index=by_index, as_dna=choices.as_dna)
        if choices.aggregation == "congruence":
            return _through(x, shape, near)
        if choices.aggregation == "conflict":
            return _through(x, shape, 1 - near)
        if k == 2:  # s(i,·)·s(i',·): one product
            signed = _summed(x, shape, np.array([-1.0, 1.0]))
            return _squared(signed)
        return _through(x, shape, 2 * near - 1)
    same = _squared(x)
    if choices.aggregation == "congruence":
        return same
    present = x.copy()
    present.data = (present.data > 0).astype(float)
    total = np.asarray(x.sum(1), float)
    one_sided = total[:, None] + total[None, :] - (x @ present.T).toarray() - (present @ x.T).toarray()
    conflict = sparse.csr_array(one_sided)
    return conflict if choices.aggregation == "conflict" else (same - conflict).tocsr()
