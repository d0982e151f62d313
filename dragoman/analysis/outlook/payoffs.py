"""A conflict comes in; where each combination of options is feasible and what it is worth to whom goes out, as
flat arrays.

The options of a decision maker stand side by side in the index of the arrays, so that its moves stay inside blocks.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dragoman.analysis.outlook.conflict import Conflict, DecisionMaker, Priorities, Ranking, Weights
from dragoman.analysis.outlook.preferences import dense
from dragoman.analysis.outlook.statements import Condition, holds, options_of
from dragoman.errors import ModelError

LOW_BITS = 12  # conditions are evaluated on rows of 4096 states: long enough for numpy, short enough for the cache


@dataclass(frozen=True)
class Layout:
    """Which bit of the array index stands for which option; `option_at[p]` is the option of bit p."""

    option_at: tuple[int, ...]

    @property
    def options(self) -> int:
        """How many options there are."""
        return len(self.option_at)

    @property
    def size(self) -> int:
        """How many combinations there are."""
        return 1 << self.options

    @cached_property
    def bit_of(self) -> dict[int, int]:
        """The bit of each option."""
        return {option: bit for bit, option in enumerate(self.option_at)}

    @property
    def in_file_order(self) -> bool:
        """Whether the array index of a state is its decimal."""
        return self.option_at == tuple(range(self.options))

    def by_decimal(self, values: np.ndarray) -> np.ndarray:
        """Values of this layout in the order of decimals."""
        if self.in_file_order:
            return values
        axes = [self.options - 1 - self.bit_of[option] for option in reversed(range(self.options))]
        return np.ascontiguousarray(values.reshape((2,) * self.options).transpose(axes)).reshape(-1)

    def index_of(self, decimals: np.ndarray) -> np.ndarray:
        """The array index of each of these decimals."""
        index = np.zeros(len(decimals), np.int64)
        for bit, option in enumerate(self.option_at):
            index |= (decimals >> option & 1) << bit
        return index


def layout_of(conflict: Conflict) -> Layout:
    """The layout in which each decision maker's options are neighbouring bits."""
    owned = [option for dm in conflict.decision_makers for option in dm.options]
    return Layout((*owned, *(k for k in range(len(conflict.options)) if k not in owned)))


def add_rows(total: np.ndarray, layout: Layout, condition: Condition, weight: int | float) -> None:
    """Add `weight` wherever the condition holds; `total` has one row for each setting of the high bits."""
    low = min(LOW_BITS, layout.options)
    bits = sorted(layout.bit_of[option] for option in options_of(condition))
    high = [bit for bit in bits if bit >= low]
    columns = np.arange(1 << low)
    taken: dict[int, np.ndarray] = {}
    for bit in bits:
        if bit < low:
            taken[layout.option_at[bit]] = (columns >> bit & 1).astype(bool)
        else:
            shape = [1] * len(high) + [1]
            shape[high.index(bit)] = 2
            taken[layout.option_at[bit]] = np.array([False, True]).reshape(shape)
    truth = np.broadcast_to(holds(condition, taken), [2] * len(high) + [1 << low])
    table: np.ndarray = np.asarray(truth.reshape(-1, 1 << low) * weight).astype(total.dtype)
    rows = np.arange(len(total))
    code = np.zeros(len(total), np.int64)
    for bit in high:
        code = code << 1 | (rows >> (bit - low) & 1)
    useful: np.ndarray = np.asarray(table.any(axis=1))
    for row, kind in enumerate(code.tolist()):
        if useful[kind]:
            total[row] += table[kind]


def rows_of(layout: Layout, dtype: type) -> np.ndarray:
    """An array of zeros for every combination, in rows of at most 2^LOW_BITS."""
    low = min(LOW_BITS, layout.options)
    return np.zeros((layout.size >> low, 1 << low), dtype)


def feasible_of(conflict: Conflict, layout: Layout) -> np.ndarray | None:
    """Where a state is feasible; None when every combination is."""
    if not conflict.infeasible and not conflict.rules:
        return None
    against = rows_of(layout, np.int16)
    for statement in conflict.infeasible:
        add_rows(against, layout, statement.condition, 1)
    for statement in conflict.rules:
        broken = rows_of(layout, np.int16)
        add_rows(broken, layout, statement.condition, 1)
        against += broken == 0
    result = (against == 0).reshape(-1)
    if not result.any():
        raise ModelError(
            "no state is feasible: the infeasible patterns and rules contradict each other",
            expected="at least one state that matches no pattern and keeps every rule",
        )
    return result


def payoffs_of(dm: DecisionMaker, layout: Layout) -> np.ndarray:
    """Payoffs of one decision maker for every combination, from 0, as small whole numbers."""
    preference = dm.preference
    if isinstance(preference, Priorities):
        return _prioritised(preference, layout)
    if isinstance(preference, Weights):
        total = rows_of(layout, np.float64)
        for option, weight in preference.weights:
            _add_option(total, layout, option, weight)
        return small(dense(np.round(total.reshape(-1), 9)))
    return _ranked(preference, layout)


def _add_option(total: np.ndarray, layout: Layout, option: int, weight: float) -> None:
    view = total.reshape(-1, 2, 1 << layout.bit_of[option])
    view[:, 1] += weight


def _prioritised(preference: Priorities, layout: Layout) -> np.ndarray:
    """Truth vectors as binary numbers, re-ranked whenever the next batch of statements would not fit."""
    value, used = rows_of(layout, np.int16), 0
    left = list(preference.statements)
    while left:
        room = 14 - used if used + len(left) <= 14 else 26 - used
        if room < 1:
            value = small(_compact(value.reshape(-1))).reshape(value.shape)
            used = int(value.max()).bit_length()
            room = max(1, 26 - used)
        batch, left = left[:room], left[room:]
        used += len(batch)
        if used > 14 and value.dtype == np.int16:
            value = value.astype(np.int32)
        value <<= len(batch)
        for place, statement in enumerate(batch):
            add_rows(value, layout, statement.condition, 1 << (len(batch) - 1 - place))
    flat = value.reshape(-1)
    return small(_compact(flat)) if flat.dtype != np.int16 else flat


def _compact(flat: np.ndarray) -> np.ndarray:
    """Dense ranks of whole numbers; by a table of presence where the numbers are not too large."""
    top = int(flat.max())
    if top >= 1 << 26:
        return dense(flat)
    present = np.zeros(top + 1, bool)
    present[flat] = True
    place = np.cumsum(present, dtype=np.int32) - 1
    return np.take(place, flat)


def _ranked(ranking: Ranking, layout: Layout) -> np.ndarray:
    value = np.zeros(layout.size, np.int64)
    for number, group in enumerate(ranking.groups):
        value[layout.index_of(np.array(group, np.int64))] = len(ranking.groups) - 1 - number
    return small(value)


def small(values: np.ndarray) -> np.ndarray:
    """The same numbers in 16 bits if they fit, else in 32; the extremes are kept free for 'never' and 'always'."""
    return values.astype(np.int16 if int(values.max()) < 32_000 else np.int32)
