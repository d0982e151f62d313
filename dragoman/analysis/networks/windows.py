"""Networks that move through time: windows of time, windows of events, and kernel-smoothed slices.

In: coded statements and choices. Out: one Network after another, streamed. The manual's page on networks gives the
formulas ("over time"); D10 to D14 there are where the two flavours differ.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from scipy import sparse

from dragoman.analysis.networks.choices import Choices
from dragoman.analysis.networks.coded import Array, Chosen, Coded, choose, without_duplicates
from dragoman.analysis.networks.matrices import (
    Frame,
    Network,
    counts,
    frame,
    nearness,
    network_of,
)

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400, "weeks": 604800}


def networks(coded: Coded, choices: Choices) -> Iterator[Network]:
    """One network, or one for each window; nothing where the selection is empty of windows."""
    if choices.kernel != "no":
        yield from _kernel_slices(choose(coded, choices), choices)
    elif choices.time_window == "events":
        yield from _event_windows(choose(coded, choices), choices)
    elif choices.time_window != "no":
        yield from _time_windows(coded, choices)
    else:
        chosen = choose(coded, choices)
        yield network_of(chosen.used, chosen.loaded, choices, start=chosen.start, stop=chosen.stop)


# ------------------------------------------------------------------------------------------------ steps in time


def step(moment: int, unit: str, count: int) -> int:
    """`count` units later; months and years are taken one at a time and clip at short months."""
    if unit in _SECONDS:
        return moment + count * _SECONDS[unit]
    for _ in range(abs(count)):
        moment = _month_step(moment, (12 if unit == "years" else 1) * (1 if count > 0 else -1))
    return moment


def _month_step(moment: int, months: int) -> int:
    at = datetime.fromtimestamp(moment, UTC)
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    day = min(at.day, calendar.monthrange(year, month + 1)[1])
    return int(at.replace(year=year, month=month + 1, day=day).timestamp())


def between(start: int, stop: int, unit: str) -> int:
    """Whole units from `start` to `stop`, truncated toward zero."""
    if unit == "weeks":
        return int((stop - start) / _SECONDS["days"]) // 7 if stop >= start else -(int((start - stop) / 86400) // 7)
    if unit in _SECONDS:
        return int((stop - start) / _SECONDS[unit])
    if stop < start:
        return -between(stop, start, unit)
    a, b = datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(stop, UTC)
    months = (b.year - a.year) * 12 + b.month - a.month
    if (b.day, b.time()) < (a.day, a.time()):
        months -= 1
    return months // 12 if unit == "years" else months


# ------------------------------------------------------------------------------------------------ windows


def _time_windows(coded: Coded, choices: Choices) -> Iterator[Network]:
    """Windows around midpoints one unit apart, each wholly inside the range.

    as-dna: h = round-half-up((w−1)/2) units on either side, so an even w spans w+1 units (D10), and duplicates go
    before windows are cut (D11). corrected: exactly w units from the first day on, duplicates sought in each window.
    """
    unit, w = choices.time_window, choices.window_size
    chosen = choose(coded, choices if choices.as_dna else replace(choices, duplicates="include"))
    start, stop = chosen.start, chosen.stop
    reach = math.floor((w - 1) / 2 + 0.5)
    middle = start
    while middle <= stop:
        if choices.as_dna:
            first, last = step(middle, unit, -reach), step(middle, unit, reach)
        else:
            first = step(middle, unit, -(w // 2))
            last = step(first, unit, w) - 1
        if first >= start and last <= stop:
            yield _window(chosen, choices, first, last, middle)
        if last > stop and first > start:
            return
        middle = step(middle, unit, 1)


def _window(chosen: Chosen, choices: Choices, first: int, last: int, middle: int) -> Network:
    used = _cut(chosen.used, first, last)
    if not choices.as_dna:
        used = without_duplicates(used, choices)
    return network_of(used, chosen.loaded, choices, start=first, stop=last, time=middle, levels_from=chosen.loaded)


def _cut(coded: Coded, first: int, last: int) -> Coded:
    low, high = np.searchsorted(coded.times, [first, last + 1])
    return coded.take(slice(int(low), int(high)))


def _event_windows(chosen: Chosen, choices: Choices) -> Iterator[Network]:
    """One window around each statement that has h statements on either side.

    Statements of one time stand in the order of statements; the program draws among them at random (D12).
    """
    used, h = chosen.used, choices.window_size // 2
    for middle in range(h, len(used) - h):
        part = used.take(slice(middle - h, middle + h + 1))
        yield network_of(
            part, chosen.loaded, choices, start=int(part.times[0]), stop=int(part.times[-1]),
            time=int(used.times[middle]), levels_from=chosen.loaded,
        )  # fmt: skip


# ------------------------------------------------------------------------------------------------ kernels


def _kernel_slices(chosen: Chosen, choices: Choices) -> Iterator[Network]:
    """Slices around midpoints one unit apart, in which near statements weigh more than far ones."""
    used = chosen.used
    if not len(used):
        return
    unit, w = choices.time_window, choices.window_size + choices.window_size % 2
    first, last = int(used.times[0]), int(used.times[-1])
    shape = frame(used, used, replace(choices, isolates=False), levels_from=chosen.loaded)
    plain = replace(choices, isolates=False)
    whole = counts(used, used, plain, shape)
    middle = step(first, unit, w // 2) if choices.indent_time else first
    end = step(last, unit, -(w // 2)) if choices.indent_time else last
    while middle <= end:
        low, high = max(first, step(middle, unit, -(w // 2))), min(last, step(middle, unit, w // 2))
        if choices.kernel == "gaussian":
            low, high = first, last
        part = _cut(used, low, high)
        zeta = kernel(choices, np.array([between(int(t), middle, unit) for t in part.times], float) * 2 / w)
        matrix = _smoothed(part, used, plain, shape, zeta, whole)
        if choices.normalize_to_one and (total := matrix.sum()):
            matrix = matrix / total
        columns = shape.columns if choices.network == "twomode" else shape.rows
        yield Network(shape.rows, columns, matrix, low, high, len(part), choices, middle)
        middle = step(middle, unit, 1)


def kernel(choices: Choices, u: Array) -> Array:
    """The weight ζ(u) of statements u half-widths away; 0 beyond 1 except for the Gaussian.

    triangular: as-dna |1−u|, which favours later statements (D13); corrected 1−|u|.
    """
    if choices.kernel == "gaussian":
        return np.asarray(np.exp(-(u**2) / 2) / math.sqrt(2 * math.pi))
    if choices.kernel == "uniform":
        weight = np.full(len(u), 0.5)
    elif choices.kernel == "epanechnikov":
        weight = 0.75 * (1 - u**2)
    else:
        weight = np.abs(1 - u) if choices.as_dna else 1 - np.abs(u)
    return np.where(np.abs(u) <= 1, weight, 0.0)


def _smoothed(part: Coded, used: Coded, choices: Choices, shape: Frame, zeta: Array, whole: Any) -> Any:
    from dragoman.analysis.networks.matrices import _summed

    k = len(shape.levels)
    if choices.network == "twomode":
        x = counts(part, used, choices, shape, weights=zeta)
        weight = np.ones(k)
        if choices.aggregation == "subtract" and shape.numeric:
            # D14: the program weighs an integer level by its place, not its value.
            place = np.arange(k, dtype=float) if choices.as_dna else shape.levels.astype(float)
            weight = np.array([-1.0, 1.0]) if shape.boolean else place
        return _summed(x, shape, weight)
    x = counts(part, used, choices, shape, weights=np.sqrt(zeta))
    near = np.ones((k, k))
    if choices.aggregation != "ignore" and shape.numeric:
        near = nearness(shape, by_index=choices.as_dna, as_dna=choices.as_dna)
    q = {"ignore": np.ones((k, k)), "congruence": near, "conflict": 1 - near, "subtract": 2 * near - 1}
    block = sparse.kron(sparse.eye_array(len(shape.columns)), q[choices.aggregation], format="csr")
    y = (x @ block @ x.T).tocsr()
    return y.multiply(_activity(whole)).tocsr() if choices.normalization == "average" else y


def _activity(whole: Any) -> Any:
    """Σj Σk 2/(N(i,j,k)+N(i',j,k)) over cells where the sum is not 0: another quantity than average activity."""
    n = whole.toarray()
    out = np.zeros((n.shape[0], n.shape[0]))
    for cell in n.T:
        total = cell[:, None] + cell[None, :]
        out += np.divide(2.0, total, out=np.zeros_like(total), where=total != 0)
    return out
