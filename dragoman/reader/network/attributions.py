"""What passes between the network and its decoder: tags, the scores of one window, the weights, and attributions.

In: arrays of numbers. Out: frozen values that name them: View, Heads, Taste, Attribution.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dragoman.reader.network.nearness import WIDTHS
from dragoman.reading import ACTS, DIRECTIONS, FORMS

NAMES = ("none", "person", "organisation", "place", "other")
# A statement without any cue has its first word as a stand-in, tagged "start".
CUE_TAGS = ("none", "begin", "inside", "start")
# For one cue: begin and go on with its source and its content; "more" is a further piece of the cue. "through" is
# apart: a word may name an outlet and be part of the source.
ROLE_TAGS = ("none", "begin source", "source", "begin content", "content", "more", "through")
VERDICTS = (*ACTS, *FORMS, *DIRECTIONS, "negated", "position")
Array = NDArray[np.float32]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Taste:
    """What decides between finding more and being right more often; chosen on development data, for each style."""

    cue: float = 0.0  # added to the score of every cue tag but "none"
    start: float = 0.0  # added to the score of a statement without a cue
    source: float = 0.0  # added to the score of source tags,
    content: float = 0.0  # and of content tags
    piece: float = 0.0  # taken away for each new piece of content
    whole: float = 0.0  # taken away where a content is cut although what it says goes on
    least: float = 0.0  # the least certainty of an attribution that is kept
    through: float = 0.5  # the least certainty of a word that names an outlet in between


@dataclass(frozen=True, slots=True)
class View:
    """The network's scores for the words of one window, and what else is known of these words."""

    tags: Array  # [words, cue tags + 3 source tags + 3 content tags]
    plain: Array  # [words, roles]
    names: Array  # [words, names]
    cue: Array  # [words, width]
    word: Array  # [words, width]
    sense: Array  # [words, width + 1]
    sentence: NDArray[np.int64]
    paragraph: NDArray[np.int64]
    quoted: NDArray[np.bool_]
    before: NDArray[np.bool_]  # what is said goes on over the border before a word,
    after: NDArray[np.bool_]  # and over that after it
    open_start: bool = False  # the window starts in the middle of the text

    def __len__(self) -> int:
        return len(self.tags)


SLICES: dict[str, tuple[int, int]] = {}
for _name, _width in (
    ("tags", len(CUE_TAGS) + 6), ("plain", len(ROLE_TAGS)), ("names", len(NAMES)), ("cue", WIDTHS["pair"]),
    ("word", WIDTHS["pair"]), ("sense", WIDTHS["sense"] + 1),
):  # fmt: skip
    _start = max((end for _, end in SLICES.values()), default=0)
    SLICES[_name] = (_start, _start + _width)
OUTPUTS = SLICES["sense"][1]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One cue with the words it takes, as half-open ranges of word numbers."""

    cue: tuple[Range, ...]  # empty for a statement without a cue
    source: tuple[Range, ...]
    content: tuple[Range, ...]
    through: tuple[Range, ...] = ()
    certainty: float = 0.0  # of the cue, with that of its roles
    parts: Mapping[str, float] = field(default_factory=dict)  # the certainties it is made of
    verdicts: Array = field(default_factory=lambda: np.zeros(len(VERDICTS), np.float32))  # as probabilities

    def moved(self, by: int) -> Attribution:
        """The same attribution with all word numbers moved."""

        def move(pieces: Sequence[Range]) -> tuple[Range, ...]:
            return tuple((a + by, b + by) for a, b in pieces)

        return replace(
            self, cue=move(self.cue), source=move(self.source), content=move(self.content), through=move(self.through)
        )

    @property
    def at(self) -> int:
        """The word that stands for the whole attribution."""
        return self.cue[0][0] if self.cue else self.content[0][0]


@dataclass(frozen=True)
class Heads:
    """The weights of the heads that look at a cue together with other words."""

    pair: Array  # [roles, width, width]
    near: Array  # [near features, roles]
    inner: Array
    inner_bias: Array
    verdicts: Array
    verdicts_bias: Array

    @cached_property
    def pair_by_cue(self) -> Array:
        """[width, roles x width]: the pairs as one matrix to multiply cues with."""
        return np.ascontiguousarray(self.pair.transpose(1, 0, 2).reshape(self.pair.shape[1], -1))

    @classmethod
    def of(cls, arrays: Mapping[str, Array]) -> Heads:
        """Heads from arrays by name; KeyError when one is missing."""
        return cls(**{name: np.asarray(arrays[name], np.float32) for name in cls.__dataclass_fields__})
