"""What a run of reading did, counted while it runs.

In: one event after another. Out: the counts, and the closing sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Skipped:
    """A document that was not read, and why."""

    where: str
    reason: str


@dataclass(slots=True)
class Report:
    """What one run of reading did, document by document; grows while it runs."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    reread: int = 0
    statements: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    problems: list[Skipped] = field(default_factory=list)  # layers of a document that could not be read
    seconds: float = 0.0

    @property
    def read(self) -> int:
        """How many documents were read, those already there included."""
        return self.new + self.changed + self.unchanged + self.reread

    @property
    def kept(self) -> int:
        """How many readings this run kept."""
        return self.new + self.changed + self.reread

    def to_json(self) -> dict[str, Any]:
        return {
            "read": self.read, "new": self.new, "changed": self.changed, "unchanged": self.unchanged,
            "reread": self.reread, "statements": self.statements, "seconds": round(self.seconds, 3),
            "skipped": [{"where": s.where, "reason": s.reason} for s in self.skipped],
            "problems": [{"where": s.where, "reason": s.reason} for s in self.problems],
        }  # fmt: skip

    def sentence(self) -> str:
        """The closing line: documents read, statements found, skipped and why, seconds."""
        parts = [f"{self.read} document{'s' * (self.read != 1)} read"]
        for name in ("new", "changed", "unchanged", "reread"):
            if (count := getattr(self, name)) and count != self.read:
                parts.append(f"{count} {name}")
        parts.append(f"{self.statements} statements found")
        if self.skipped:
            parts.append(f"{len(self.skipped)} skipped ({'; '.join(sorted({s.reason for s in self.skipped}))[:300]})")
        return ", ".join(parts) + f", {self.seconds:.1f} s"
