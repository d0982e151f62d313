"""One decision maker's moves over all combinations: the least or greatest of any values over what it can reach.

Reversible options make blocks of the array whose states all reach each other; one reduction serves a whole block. For
improvements each block is sorted by the mover's payoff once, and a running least or greatest serves the whole block.
One-way options split the sources of a block by their setting.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from dragoman.analysis.outlook.conflict import Conflict, DecisionMaker
from dragoman.analysis.outlook.payoffs import Layout, add_rows, payoffs_of, rows_of


@dataclass(frozen=True)
class Fan:
    """The states that a mover reaches from sources with one setting of its irreversible options, best first."""

    order: np.ndarray  # flat index of the state at each place of each block, best for the mover first
    tied: np.ndarray  # greatest number where the state is as good as the one before it, else the least
    sources: tuple[np.ndarray, ...]  # positions in the block, of the sources


class Mover:
    """One decision maker's moves and payoffs over the whole array."""

    def __init__(self, conflict: Conflict, dm: DecisionMaker, layout: Layout, feasible: np.ndarray | None) -> None:
        self.dm, self.layout = dm, layout
        self.payoff = payoffs_of(dm, layout)
        self.bits = [layout.bit_of[option] for option in dm.options]
        self.first = min(self.bits, default=0)
        self.change = [conflict.options[option].change for option in dm.options]
        self.reversible = all(change == "both" for change in self.change)
        self.open = feasible
        if dm.overlooks:
            hidden = rows_of(layout, np.int16)
            for statement in dm.overlooks:
                add_rows(hidden, layout, statement.condition, 1)
            seen = (hidden == 0).reshape(-1)
            self.open = seen if feasible is None else seen & feasible

    @property
    def block(self) -> int:
        """How many combinations its own options have."""
        return 1 << len(self.bits)

    def _closed(self, fill: int, dtype: np.dtype) -> np.ndarray | None:
        if self.open is None:
            return None
        return np.where(self.open, _other(fill, dtype), fill).astype(dtype)

    def spread(self, values: np.ndarray, join: np.ufunc) -> np.ndarray:
        """The least (or greatest) value over each state itself and all that the mover can reach from it."""
        fill = fill_of(join, values.dtype)
        result = values.copy() if self.open is None else np.where(self.open, values, fill).astype(values.dtype)
        if self.reversible:
            view = result.reshape(-1, self.block, 1 << self.first)
            view[...] = join.reduce(view, axis=1, keepdims=True)
        else:
            for bit, change in zip(self.bits, self.change, strict=True):
                view = result.reshape(-1, 2, 1 << bit)
                joined = join(view[:, 0], view[:, 1])
                if change != "only off":
                    view[:, 0] = joined
                if change != "only on":
                    view[:, 1] = joined
        if self.open is not None:
            result = np.where(self.open, result, values)
        return result

    @cached_property
    def fans(self) -> list[Fan]:
        """Blocks sorted by the mover's payoff, one for each setting of its irreversible options."""
        one_way = [k for k, change in enumerate(self.change) if change != "both"]
        settings = np.arange(self.block)
        fans = []
        for code in range(1 << len(one_way)):
            inside = np.ones(self.block, bool)
            here = np.ones(self.block, bool)
            for place, k in enumerate(one_way):
                on = (settings >> k & 1).astype(bool)
                start = bool(code >> place & 1)
                here &= on == start
                if start == (self.change[k] == "only on"):  # the option can no longer be changed
                    inside &= on == start
            fans.append(self._fan(settings[inside], settings[here]))
        return fans

    def _fan(self, members: np.ndarray, sources: np.ndarray) -> Fan:
        low = 1 << self.first
        rows = self.layout.size // self.block
        kinds = len(members)
        view = self.payoff.reshape(-1, self.block, low)
        if kinds < self.block:
            view = view[:, members]
        bits = max(1, (kinds - 1).bit_length())
        top = int(self.payoff.max())
        wide: type = np.int32 if (top + 1) << bits < 1 << 31 else np.int64
        keys: Any = (top - view.transpose(0, 2, 1).astype(wide)).reshape(rows, kinds)
        keys <<= bits
        keys |= np.arange(kinds, dtype=wide)
        keys.sort(axis=1)
        keys = np.ascontiguousarray(keys.T)
        least, greatest = limits_of(self.payoff.dtype)
        better = keys >> bits
        tied = np.full(keys.shape, least, self.payoff.dtype)
        tied[1:][better[1:] == better[:-1]] = greatest
        keys &= (1 << bits) - 1
        block_start = (np.arange(rows) // low) * (self.block * low) + np.arange(rows) % low
        order = (members * low)[keys]
        order += block_start
        return Fan(order, tied, (sources,))

    def spread_better(self, values: np.ndarray, join: np.ufunc) -> np.ndarray:
        """The least (or greatest) value over all states that the mover reaches and strictly prefers; else the fill."""
        fill = fill_of(join, values.dtype)
        if self.open is not None:
            values = np.where(self.open, values, fill).astype(values.dtype)
        result = np.empty_like(values)
        low = 1 << self.first
        for fan in self.fans:
            gathered = np.take(values, fan.order, mode="clip")
            _prefix(gathered, fan.tied if join is np.minimum else ~fan.tied, join, fill)
            if len(fan.order) == self.block and len(self.fans) == 1:
                result[fan.order] = gathered
            else:
                scratch = np.empty_like(values)
                scratch[fan.order] = gathered
                sources = fan.sources[0]
                result.reshape(-1, self.block, low)[:, sources] = scratch.reshape(-1, self.block, low)[:, sources]
        if self.open is not None:
            result[~self.open] = fill
        return result


def _prefix(rows: np.ndarray, tied: np.ndarray, join: np.ufunc, fill: int) -> None:
    """Turn rows, best first, into the join over strictly better rows, in place.

    With `reached` the join over all rows so far and `strict` over the strictly better ones, the next strict is `strict`
    again where the row is tied with the one before, else `reached`; `reached` is at least as far as `strict`, so that
    holding it back by `tied` and joining chooses between the two without a branch.
    """
    opposite = np.maximum if join is np.minimum else np.minimum
    strict = np.full_like(rows[0], fill)
    reached = rows[0].copy()
    held = np.empty_like(strict)
    rows[0] = fill
    for k in range(1, len(rows)):
        opposite(reached, tied[k], out=held)
        join(strict, held, out=strict)
        join(reached, rows[k], out=reached)
        rows[k] = strict


def limits_of(dtype: np.dtype) -> tuple[int, int]:
    """The least and the greatest whole number of a type."""
    limits = np.iinfo(dtype)
    return int(limits.min), int(limits.max)


def fill_of(join: np.ufunc, dtype: np.dtype) -> int:
    """The number of a type that changes no minimum, or no maximum."""
    least, greatest = limits_of(dtype)
    return greatest if join is np.minimum else least


def _other(fill: int, dtype: np.dtype) -> int:
    least, greatest = limits_of(dtype)
    return least if fill == greatest else greatest
