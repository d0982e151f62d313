"""A conflict of options alone comes in; the stable states of every decision maker go out, all states at once.

The states are one flat array over all combinations of options, the options of a decision maker side by side, so that
its moves stay inside blocks of the array. Section 10 of the theory page gives the reasoning: with `u` the payoff,

    q(t) = u(t), or the best that i can still reach from t (smr, sseq)
    w(s1) = least q(t) that the others can reach from s1 by moves (gmr, smr) or improvements (seq, sseq)
    s is stable for i exactly when the greatest w(s1), over the improvements s1 of i from s, is at most u(s).

`w` is found by sweeps over blocks until nothing changes. It may include s1 itself: q(s1) is above u(s) anyway. For a
concept with q = u even the moves to no better states may be included, since there w <= u <= u(s).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dragoman.analysis.outlook.conflict import Conflict, DecisionMaker, Priorities, Ranking, Weights
from dragoman.analysis.outlook.preferences import dense
from dragoman.analysis.outlook.statements import Condition, holds, options_of
from dragoman.errors import ModelError

LOW_BITS = 12  # conditions are evaluated on rows of 4096 states: long enough for numpy, short enough for the cache
MEMORY = 4 << 30  # bytes; what a solver may take before it refuses and says so


@dataclass(frozen=True)
class Layout:
    """Which bit of the array index stands for which option; `option_at[p]` is the option of bit p."""

    option_at: tuple[int, ...]

    @property
    def options(self) -> int:
        return len(self.option_at)

    @property
    def size(self) -> int:
        return 1 << self.options

    @cached_property
    def bit_of(self) -> dict[int, int]:
        return {option: bit for bit, option in enumerate(self.option_at)}

    @property
    def in_file_order(self) -> bool:
        return self.option_at == tuple(range(self.options))

    def by_decimal(self, values: np.ndarray) -> np.ndarray:
        """Values of this layout in the order of decimals."""
        if self.in_file_order:
            return values
        axes = [self.options - 1 - self.bit_of[option] for option in reversed(range(self.options))]
        return np.ascontiguousarray(values.reshape((2,) * self.options).transpose(axes)).reshape(-1)

    def index_of(self, decimals: np.ndarray) -> np.ndarray:
        index = np.zeros(len(decimals), np.int64)
        for bit, option in enumerate(self.option_at):
            index |= (decimals >> option & 1) << bit
        return index


def layout_of(conflict: Conflict) -> Layout:
    owned = [option for dm in conflict.decision_makers for option in dm.options]
    return Layout((*owned, *(k for k in range(len(conflict.options)) if k not in owned)))


def suits(conflict: Conflict) -> bool:
    """Whether the conflict is one of options alone, with complete preferences and no merged states."""
    unsure = any(dm.unknown or (isinstance(dm.preference, Priorities) and dm.preference.uncertain)
                 for dm in conflict.decision_makers)
    return not (conflict.drawn or conflict.coalesce or unsure)


# Conditions and payoffs over all combinations


def _add_rows(total: np.ndarray, layout: Layout, condition: Condition, weight: int | float) -> None:
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
    table = (truth.reshape(-1, 1 << low) * weight).astype(total.dtype)
    rows = np.arange(len(total))
    code = np.zeros(len(total), np.int64)
    for bit in high:
        code = code << 1 | (rows >> (bit - low) & 1)
    useful = table.any(axis=1)
    for row, kind in enumerate(code.tolist()):
        if useful[kind]:
            total[row] += table[kind]


def _rows(layout: Layout, dtype: type) -> np.ndarray:
    low = min(LOW_BITS, layout.options)
    return np.zeros((layout.size >> low, 1 << low), dtype)


def feasible_of(conflict: Conflict, layout: Layout) -> np.ndarray | None:
    """Where a state is feasible; None when every combination is."""
    if not conflict.infeasible and not conflict.rules:
        return None
    against = _rows(layout, np.int16)
    for statement in conflict.infeasible:
        _add_rows(against, layout, statement.condition, 1)
    for statement in conflict.rules:
        broken = _rows(layout, np.int16)
        _add_rows(broken, layout, statement.condition, 1)
        against += broken == 0
    result = (against == 0).reshape(-1)
    if not result.any():
        raise ModelError("no state is feasible: the infeasible patterns and rules contradict each other",
                         expected="at least one state that matches no pattern and keeps every rule")
    return result


def payoffs_of(conflict: Conflict, dm: DecisionMaker, layout: Layout) -> np.ndarray:
    """Payoffs of one decision maker for every combination, from 0, as small whole numbers."""
    preference = dm.preference
    if isinstance(preference, Priorities):
        return _prioritised(preference, layout)
    if isinstance(preference, Weights):
        total = _rows(layout, np.float64)
        for option, weight in preference.weights:
            _add_option(total, layout, option, weight)
        return small(dense(np.round(total.reshape(-1), 9)))
    return _ranked(preference, layout)


def _add_option(total: np.ndarray, layout: Layout, option: int, weight: float) -> None:
    view = total.reshape(-1, 2, 1 << layout.bit_of[option])
    view[:, 1] += weight


def _prioritised(preference: Priorities, layout: Layout) -> np.ndarray:
    """Truth vectors as binary numbers, re-ranked whenever the next batch of statements would not fit."""
    value, used = _rows(layout, np.int16), 0
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
            _add_rows(value, layout, statement.condition, 1 << (len(batch) - 1 - place))
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


# Moves


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
        self.payoff = payoffs_of(conflict, dm, layout)
        self.bits = [layout.bit_of[option] for option in dm.options]
        self.first = min(self.bits, default=0)
        self.change = [conflict.options[option].change for option in dm.options]
        self.reversible = all(change == "both" for change in self.change)
        self.open = feasible
        if dm.overlooks:
            hidden = _rows(layout, np.int16)
            for statement in dm.overlooks:
                _add_rows(hidden, layout, statement.condition, 1)
            seen = (hidden == 0).reshape(-1)
            self.open = seen if feasible is None else seen & feasible

    @property
    def block(self) -> int:
        return 1 << len(self.bits)

    def _closed(self, fill: int, dtype: np.dtype) -> np.ndarray | None:
        if self.open is None:
            return None
        return np.where(self.open, _other(fill, dtype), fill).astype(dtype)

    def spread(self, values: np.ndarray, join: np.ufunc) -> np.ndarray:
        """The least (or greatest) value over each state itself and all that the mover can reach from it."""
        fill = _fill(join, values.dtype)
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
        wide = np.int32 if (top + 1) << bits < 1 << 31 else np.int64
        keys = (top - view.transpose(0, 2, 1).astype(wide)).reshape(rows, kinds)
        keys <<= bits
        keys |= np.arange(kinds, dtype=wide)
        keys.sort(axis=1)
        keys = np.ascontiguousarray(keys.T)
        least, greatest = _limits(self.payoff.dtype)
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
        fill = _fill(join, values.dtype)
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


def _limits(dtype: np.dtype) -> tuple[int, int]:
    limits = np.iinfo(dtype)
    return int(limits.min), int(limits.max)


def _fill(join: np.ufunc, dtype: np.dtype) -> int:
    least, greatest = _limits(dtype)
    return greatest if join is np.minimum else least


def _other(fill: int, dtype: np.dtype) -> int:
    least, greatest = _limits(dtype)
    return least if fill == greatest else greatest


# Stability


class Grid:
    """All decision makers of a conflict over all combinations; `stable` answers one concept for one of them."""

    def __init__(self, conflict: Conflict, *, memory: int = MEMORY) -> None:
        refuse_beyond(conflict, memory)
        self.conflict = conflict
        self.layout = layout_of(conflict)
        self.feasible = feasible_of(conflict, self.layout)
        self.movers = [Mover(conflict, dm, self.layout, self.feasible) for dm in conflict.decision_makers]

    def stable(self, concept: str, i: int) -> np.ndarray:
        """Where the state is stable for decision maker i, in the order of the layout; infeasible states are False."""
        me = self.movers[i]
        answering = [other for j, other in enumerate(self.movers) if j != i and other.bits]
        if concept == "nash":
            result = me.spread(me.payoff, np.maximum) <= me.payoff
        else:
            symmetric, sequential = concept in ("smr", "sseq"), concept in ("seq", "sseq")
            goal = me.spread(me.payoff, np.maximum) if symmetric else me.payoff
            floor = self._floor(goal, answering, sequential)
            if symmetric:
                offered = me.spread_better(floor, np.maximum)
                result = offered <= me.payoff
            else:
                result = me.spread(floor, np.maximum) <= me.payoff
        if me.open is not None:
            result |= ~me.open
        return result if self.feasible is None else result & self.feasible

    def _floor(self, goal: np.ndarray, answering: Sequence[Mover], sequential: bool) -> np.ndarray:
        """The least goal that the answering movers can bring about from each state, itself included."""
        floor = goal.copy()
        if self.feasible is not None:
            floor[~self.feasible] = _limits(goal.dtype)[1]
        unchanged, place = 0, 0
        while answering and unchanged < len(answering):
            mover = answering[place % len(answering)]
            place += 1
            if sequential:
                lower = mover.spread_better(floor, np.minimum)
                np.minimum(lower, floor, out=lower)
            else:
                lower = mover.spread(floor, np.minimum)
            if np.array_equal(lower, floor):
                unchanged += 1
            else:
                unchanged, floor = 1, lower  # a mover has nothing to add to its own sweep: its moves are transitive
        return floor

    def solve(self, concepts: Sequence[str]) -> dict[str, list[np.ndarray]]:
        """For each concept and decision maker where the states are stable, by decimal."""
        return {concept: [self.layout.by_decimal(self.stable(concept, i)) for i in range(len(self.movers))]
                for concept in concepts}


def bytes_needed(conflict: Conflict) -> int:
    """A cautious estimate of the memory that `Grid` takes, in bytes."""
    one_way = max((sum(conflict.options[k].change != "both" for k in dm.options) for dm in conflict.decision_makers), default=0)
    per_state = len(conflict.decision_makers) * (2 + int(10 * 1.5**one_way)) + 40
    return per_state << len(conflict.options)


def refuse_beyond(conflict: Conflict, memory: int) -> None:
    """Refuse a conflict whose table would not fit, saying how large it is and what would fit."""
    need = bytes_needed(conflict)
    if need <= memory:
        return
    fits = len(conflict.options)
    while fits and need >> (len(conflict.options) - fits) > memory:
        fits -= 1
    raise ModelError(
        f"the model has {len(conflict.options)} options, {1 << len(conflict.options):,} combinations; "
        f"all of them would take about {need / 2**30:.0f} GB, more than the {memory / 2**30:.0f} GB allowed",
        expected=f"at most about {fits} options like these",
        todo="Leave out options, or search from one state with --from STATE --lazy")
