"""What scores add up to: right, spurious and missed items, single slips, and the sums over all documents.

In: what the comparison of each document found. Out: ratios, means, intervals, the reliability of confidences, and
all of it as lines of text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dragoman.reader.training.attribution_scores import Ratio

TABLE_LAYERS = ("positions", "conditions", "deadlines", "meetings", "agreements", "figures", "relations")
STATEMENT_FIELDS = (
    "source", "cue", "content", "speaker", "party", "anonymous", "via", "form", "act", "negated", "said_on",
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """Right, spurious and missed items."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def add(self, other: Tally) -> None:
        self.right += other.right
        self.spurious += other.spurious
        self.missed += other.missed

    @property
    def ratio(self) -> Ratio:
        return Ratio(self.right, self.right + self.spurious, self.right + self.missed)


@dataclass(frozen=True, slots=True)
class Slip:
    """One error: what was missed, invented or given a wrong value."""

    document: str
    layer: str
    kind: str  # missed | spurious | wrong FIELD
    gold: Any = None
    predicted: Any = None


@dataclass(slots=True)
class ReadingScores:
    """What all documents add up to."""

    statements: Tally = field(default_factory=Tally)
    text: Tally = field(default_factory=Tally)
    layers: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in TABLE_LAYERS})
    conditions_found: Tally = field(default_factory=Tally)
    fields: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    apart: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    acts: Counter[tuple[str, str]] = field(default_factory=Counter)
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    documents: dict[str, tuple[Tally, Tally]] = field(default_factory=dict)  # statements, table

    @property
    def table(self) -> Tally:
        """All layers of the table taken together."""
        everything = Tally()
        for tally in self.layers.values():
            everything.add(tally)
        return everything

    def mean(self, name: str) -> float | None:
        """The mean of a field over the statements found; None where no gold statement has it."""
        values = self.fields.get(name)
        return sum(values) / len(values) if values else None

    def reliability(self, bins: int = 10) -> list[tuple[float, int, float, float]]:
        """For each bin of confidence: where it starts, how many fell in, their mean confidence, the share right."""
        buckets: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        for confidence, right in self.confidences:
            buckets[min(int(confidence * bins), bins - 1)].append((confidence, right))
        return [
            (n / bins, len(b), sum(c for c, _ in b) / len(b), sum(r for _, r in b) / len(b))
            for n, b in sorted(buckets.items())
        ]

    @property
    def calibration_error(self) -> float | None:
        """The expected calibration error over ten equal bins."""
        if not self.confidences:
            return None
        total = len(self.confidences)
        return sum(n / total * abs(said - was) for _, n, said, was in self.reliability())

    def interval(self, draws: int, which: int = 0) -> tuple[float, float]:
        """The middle 95 % of F1 over samples of documents: of the statements, or with 1 of the table."""
        rows = np.array([[t[which].right, t[which].spurious, t[which].missed] for t in self.documents.values()], float)
        sums = rows[np.random.default_rng(0).integers(0, len(rows), (draws, len(rows)))].sum(1)
        f1 = 2 * sums[:, 0] / np.maximum(1e-9, 2 * sums[:, 0] + sums[:, 1] + sums[:, 2])
        return float(np.percentile(f1, 2.5)), float(np.percentile(f1, 97.5))

    def lines(self, *, bootstrap: int = 0) -> Iterable[str]:
        """The scores as a table of text."""
        yield f"{len(self.documents)} documents"
        yield f"{'':18}{'prec':>6} {'rec':>6} {'F1':>6}   {'right':>5} {'predicted':>9} {'gold':>5}"
        for which, (name, tally) in enumerate((("STATEMENTS", self.statements), ("TABLE", self.table))):
            shown = ""
            if bootstrap:
                low, high = self.interval(bootstrap, which)
                shown = f"   F1 in [{low:.3f}, {high:.3f}]"
            yield _line(name, tally) + shown
        for name, tally in self.layers.items():
            yield _line(name, tally)
            for (layer, part), values in self.apart.items():
                if layer == name and values:
                    yield f"  {part:16}{'':14}{sum(values) / len(values):6.3f}"
            if name == "conditions":
                yield _line("  whole", self.conditions_found)
        yield _line("text", self.text)
        yield "Over the statements found"
        for name in STATEMENT_FIELDS:
            value = self.mean(name)
            yield f"  {name:16}" + ("     -" if value is None else f"{value:6.3f}")
        if self.confidences:
            yield f"Expected calibration error {self.calibration_error:.3f}"
            yield f"{'confidence':>12}{'number':>9}{'said':>8}{'right':>8}"
            for start, n, said, was in self.reliability():
                yield f"{start:6.1f} - {start + 0.1:3.1f}{n:9}{said:8.3f}{was:8.3f}"


def _line(name: str, tally: Tally) -> str:
    r = tally.ratio
    return f"{name:18}{r.precision:6.3f} {r.recall:6.3f} {r.f1:6.3f}   {r.right:5.0f} {r.predicted:9.0f} {r.gold:5.0f}"
