"""A ranking comes in; the rankings near it go out, ring by ring, by how many pairs of states change their order."""

from collections.abc import Callable, Iterator

import numpy as np


class Nearby:
    """Rankings of one decision maker by their distance from today's, one for each different set of comparisons
    that matter."""

    LIMIT = 60_000
    LIMIT_TIED = 20_000  # rankings with ties are listed one by one

    def __init__(
        self,
        value: np.ndarray,
        passes: Callable[[np.ndarray], np.ndarray],
        arcs: tuple[np.ndarray, np.ndarray],
        *,
        free: bool,
    ) -> None:
        self.start = np.unique(value, return_inverse=True)[1].astype(np.int16)
        self.passes, self.arcs, self.free = passes, arcs, free
        self.rings: list[np.ndarray] = [self.start[None, :]]
        self.known: set[bytes] = {self.start.tobytes()}
        self.signatures: set[bytes] = set()
        self.layers: list[np.ndarray] = []
        self.pending: dict[int, list[np.ndarray]] = {}
        self.listed, self.exhausted = 1, False

    def layer(self, distance: int) -> np.ndarray:
        """Rankings at this distance that pass, without those that compare like a nearer one."""
        while len(self.layers) <= distance:
            number = len(self.layers)
            if number >= len(self.rings):
                self.rings.append(self._ring(number))
            rows = self.rings[number]
            self.layers.append(self._fresh(rows))
        return self.layers[distance]

    def _fresh(self, rows: np.ndarray) -> np.ndarray:
        if not len(rows):
            return rows
        rows = rows[self.passes(rows)]
        signs = np.sign(rows[:, self.arcs[1]].astype(np.int32) - rows[:, self.arcs[0]]).astype(np.int8)
        distinct, first = np.unique(np.ascontiguousarray(signs).view(f"V{signs.shape[1]}"), return_index=True)
        keep = []
        for key, place in zip(distinct.tolist(), first.tolist(), strict=True):
            if key not in self.signatures:
                self.signatures.add(key)
                keep.append(place)
        return rows[keep]

    def _ring(self, number: int) -> np.ndarray:
        """All rankings exactly `number` changed pairs away, from the nearer rings by steps between neighbouring
        groups."""
        if not self.free or self.exhausted:
            return np.zeros((0, len(self.start)), np.int16)
        if len(np.unique(self.start)) == len(self.start):
            return self._strict_ring(self.rings[number - 1])
        fresh = []
        for row in self.rings[number - 1]:
            for neighbour in _neighbours(row):
                key = neighbour.tobytes()
                if key not in self.known:
                    self.known.add(key)
                    fresh.append(neighbour)
            if len(self.known) > self.LIMIT_TIED:
                self.exhausted = True
                break
        for neighbour, distance in zip(fresh, self._distances(fresh), strict=True):
            self.pending.setdefault(distance, []).append(neighbour)
        self.listed = len(self.known)
        found = self.pending.pop(number, [])
        return np.array(found, np.int16) if found else np.zeros((0, len(self.start)), np.int16)

    def _distances(self, rows: list[np.ndarray]) -> list[int]:
        """How many pairs of states stand otherwise than in the first ranking."""
        before = np.sign(self.start[:, None] - self.start[None, :])
        found: list[int] = []
        for first in range(0, len(rows), 2_000):
            table = np.array(rows[first : first + 2_000], np.int16)
            after = np.sign(table[:, :, None] - table[:, None, :])
            found += (np.count_nonzero(after != before, axis=(1, 2)) // 2).tolist()
        return found

    def _strict_ring(self, rows: np.ndarray) -> np.ndarray:
        """Without ties the next ring is every exchange of two neighbours that still stand as they do today."""
        if not len(rows):
            return rows
        at = np.argsort(rows, axis=1)
        found = []
        for value in range(rows.shape[1] - 1):
            lower, upper = at[:, value], at[:, value + 1]
            keep = np.flatnonzero(self.start[upper] > self.start[lower])
            swapped = rows[keep]
            swapped[np.arange(len(keep)), lower[keep]] = value + 1
            swapped[np.arange(len(keep)), upper[keep]] = value
            found.append(swapped)
        ring = np.unique(np.ascontiguousarray(np.concatenate(found)).view(f"V{2 * rows.shape[1]}"))
        self.listed += len(ring)
        self.exhausted = self.listed > self.LIMIT
        return ring.view(np.int16).reshape(-1, rows.shape[1])


def _neighbours(row: np.ndarray) -> Iterator[np.ndarray]:
    """Rankings one step away: two neighbouring groups change places, or a part of a group leaves it upward."""
    top = int(row.max())
    for value in range(top):
        swapped = row.copy()
        swapped[row == value], swapped[row == value + 1] = value + 1, value
        yield swapped
    for value in range(top + 1):
        group = np.flatnonzero(row == value)
        if 1 < len(group) <= 6:
            for code in range(1, (1 << len(group)) - 1):
                parted = row + (row > value)
                parted[[member for k, member in enumerate(group) if code >> k & 1]] = value + 1
                yield parted.astype(np.int16)
        elif len(group) > 6:
            for member in group:
                parted = row + (row > value)
                parted[member] = value + 1
                yield parted.astype(np.int16)


def changed_pairs(old: np.ndarray, new: np.ndarray) -> list[tuple[int, int]]:
    """Pairs of states (from 0) whose order is not what it was; a tie made or broken is a change."""
    one, other = np.triu_indices(len(old), 1)
    before = np.sign(old[one].astype(np.int32) - old[other])
    after = np.sign(new[one].astype(np.int32) - new[other])
    return list(zip(one[before != after].tolist(), other[before != after].tolist(), strict=True))
