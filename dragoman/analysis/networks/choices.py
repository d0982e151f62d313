"""What a network is made of and how: every setting with its default, checked on the way in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

from dragoman.errors import NetworkError

_ALLOWED = {
    "network": ("twomode", "onemode", "eventlist"),
    "aggregation": ("ignore", "subtract", "combine", "congruence", "conflict"),
    "normalization": ("no", "activity", "prominence", "average", "jaccard", "cosine"),
    "duplicates": ("include", "document", "week", "month", "year", "acrossrange"),
    "time_window": ("no", "seconds", "minutes", "hours", "days", "weeks", "months", "years", "events"),
    "kernel": ("no", "uniform", "epanechnikov", "triangular", "gaussian"),
    "flavour": ("corrected", "as-dna"),
    "weight": ("count", "confidence", "origin"),
}
_BY_NETWORK = {
    "twomode": ({"ignore", "subtract", "combine"}, {"no", "activity", "prominence"}),
    "onemode": ({"ignore", "subtract", "congruence", "conflict"}, {"no", "average", "jaccard", "cosine"}),
}

SEED = 7  # where nobody asks for another: the same seed gives the same answer


@dataclass(frozen=True)
class Choices:
    """The settings of one network. `flavour` as-dna reproduces Discourse Network Analyzer, corrected is the default."""

    network: str = "twomode"
    variable1: str = "organization"
    variable1_document: bool = False
    variable2: str = "concept"
    variable2_document: bool = False
    qualifier: str | None = "agreement"
    qualifier_document: bool = False
    aggregation: str = "ignore"
    normalization: str = "no"
    isolates: bool = False
    duplicates: str = "include"
    start: str | None = None
    stop: str | None = None
    time_window: str = "no"
    window_size: int = 100
    exclude_values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude_authors: tuple[str, ...] = ()
    exclude_sources: tuple[str, ...] = ()
    exclude_sections: tuple[str, ...] = ()
    exclude_types: tuple[str, ...] = ()
    invert: tuple[str, ...] = ()
    kernel: str = "no"
    indent_time: bool = False
    normalize_to_one: bool = False
    statement_type: str | None = None
    flavour: str = "corrected"
    weight: str = "count"

    def __post_init__(self) -> None:
        for name, allowed in _ALLOWED.items():
            if getattr(self, name) not in allowed:
                raise NetworkError(f"{name} {getattr(self, name)!r}", where="network", expected=", ".join(allowed))
        if self.network in _BY_NETWORK:
            aggregations, normalizations = _BY_NETWORK[self.network]
            if self.aggregation not in aggregations:
                raise NetworkError(f"aggregation {self.aggregation!r}", where=f"a {self.network} network",
                                   expected=", ".join(sorted(aggregations)))  # fmt: skip
            if self.normalization not in normalizations:
                raise NetworkError(f"normalization {self.normalization!r}", where=f"a {self.network} network",
                                   expected=", ".join(sorted(normalizations)))  # fmt: skip
            if (self.variable1, self.variable1_document) == (self.variable2, self.variable2_document):
                raise NetworkError(f"both variables are {self.variable1!r}", where="network", expected="two of them")
        if self.window_size < 1:
            raise NetworkError(f"window_size {self.window_size}", where="network", expected="at least 1")
        if self.kernel != "no" and self.time_window in ("no", "events"):
            raise NetworkError(f"kernel {self.kernel!r} with time_window {self.time_window!r}", where="network",
                               expected="a unit of time")  # fmt: skip
        if self.kernel != "no" and self.normalization not in ("no", "average"):
            raise NetworkError(
                f"normalization {self.normalization!r} with a kernel", where="network", expected="no or average"
            )

    @property
    def as_dna(self) -> bool:
        """Whether Discourse Network Analyzer is reproduced where its convention is questionable."""
        return self.flavour == "as-dna"

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Settings as a JSON object; keys that are none of ours, and values of another kind, are refused by name."""
        known = {f.name: f.default for f in fields(cls)}
        unknown = set(data) - set(known) - {"name", "note", "summary_only"}
        if unknown:
            raise NetworkError(f"setting {sorted(unknown)[0]!r}", where="network", expected=", ".join(sorted(known)))
        values = {key: _of_its_kind(key, known[key], value) for key, value in data.items() if key in known}
        return cls(**values)


def _of_its_kind(key: str, default: Any, value: Any) -> Any:
    """A setting's value from JSON, whose kind is that of its default."""
    if key == "exclude_values" and isinstance(value, Mapping):
        return {name: _of_its_kind(f"exclude_values of {name}", (), values) for name, values in value.items()}
    if isinstance(default, tuple) and isinstance(value, list | tuple):
        return tuple(map(str, value))
    if type(value) is type(default) or (isinstance(default, str | None) and isinstance(value, str | None)):
        return value
    wanted = {tuple: "a list", bool: "true or false", int: "a whole number"}
    expected = "an object of lists" if key == "exclude_values" else wanted.get(type(default), "text")
    raise NetworkError(f"{key} {value!r:.60}", where="network", expected=expected)
