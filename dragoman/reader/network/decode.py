"""From the network's scores to attributions: which words are cues, and which words each cue takes. Numbers only.

In: scores of the words of some windows, and the weights of the heads that need pairs. Out: Attributions as ranges of
word numbers of their window.

1. Cues: the best valid sequence of cue tags over each window.
2. Roles: for each cue, the best valid sequence of role tags over the words around it.
3. Verdicts: act, form, negation and position of each cue with the words it took.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

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

# How far a word stands from a cue, in five ways, each one-hot within its own range of numbers.
_STEPS = np.array([1, 2, 3, 4, 5, 7, 10, 15, 23, 36, 56, 90])
_FAR, _SENTENCES, _PARAGRAPHS, _CUES = 2 * len(_STEPS) + 1, 9, 5, 9
WIDTHS = {"pair": 128, "sense": 96, "inner": 128, "near": _FAR + _SENTENCES + _PARAGRAPHS + _CUES + 4}
_NEVER = -1e6
_ALONE = 1 << 18  # multiplications that OpenBLAS does in one thread, however many it has
_SAME = 0.8  # the overlap of two pieces from which on they are one piece claimed twice


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

        def move(ranges: Sequence[Range]) -> tuple[Range, ...]:
            return tuple((a + by, b + by) for a, b in ranges)

        return replace(
            self, cue=move(self.cue), source=move(self.source), content=move(self.content), through=move(self.through)
        )

    @property
    def at(self) -> int:
        """The word that stands for the whole attribution."""
        return self.cue[0][0] if self.cue else self.content[0][0]


def near(
    cue: NDArray[np.int64],
    cue_end: NDArray[np.int64],
    sentence: NDArray[np.int64],
    paragraph: NDArray[np.int64],
    quoted: NDArray[np.bool_],
    cues_before: NDArray[np.int64],
) -> NDArray[np.int64]:
    """[cues, words, 5]: where each word stands towards each cue, as numbers of one-hot features.

    `cue` and `cue_end` are the first word of each cue and the one after its last; `cues_before` counts, for each word,
    the cues that start at or before it. The rows of the other arrays are those of the cue's window.
    """
    at = np.arange(sentence.shape[-1])
    behind = np.searchsorted(_STEPS, np.maximum(at - cue_end[:, None] + 1, 0), side="right")
    before = np.searchsorted(_STEPS, np.maximum(cue[:, None] - at, 0), side="right")
    rows = np.arange(len(cue))
    parts = (
        behind - before + len(_STEPS),
        _clip(sentence - sentence[rows, cue][:, None], _SENTENCES),
        _clip(paragraph - paragraph[rows, cue][:, None], _PARAGRAPHS),
        _clip(cues_before - cues_before[rows, cue][:, None], _CUES),
        2 * quoted[rows, cue][:, None].astype(np.int64) + quoted,
    )
    start = 0
    out = np.empty((len(parts), len(cue), len(at)), np.int64)
    for number, (part, size) in enumerate(zip(parts, (_FAR, _SENTENCES, _PARAGRAPHS, _CUES, 4), strict=True)):
        np.add(part, start, out=out[number])
        start += size
    return out.transpose(1, 2, 0)  # each way lies together: they are looked up one after another


def _clip(difference: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    half = size // 2
    return np.clip(difference, -half, half) + half


# ------------------------------------------------------------------------------------------------ best sequences


def best_sequence(scores: Array, moves: Array, first: Array) -> NDArray[np.int8]:
    """The best sequence of tags for each of many rows, by Viterbi's method.

    `scores` is [rows, places, tags]; `moves[a, b]` is added for tag b after tag a, `first[b]` for starting with b.
    """
    rows, places, _ = scores.shape
    if not places:
        return np.zeros((rows, 0), np.int8)
    best = scores.transpose(1, 2, 0).copy()  # the rows last, so that they are summed side by side
    best[0] += first[:, None]
    steps, reached = moves[:, :, None], np.empty((*moves.shape, rows), np.float32)
    for place in range(1, places):
        np.add(best[place - 1][:, None], steps, out=reached)
        best[place] += np.maximum.reduce(reached, 0)
    path = np.empty((places, rows), np.int8)
    path[-1] = best[-1].argmax(0)
    for place in range(places - 1, 0, -1):
        path[place - 1] = (best[place - 1] + moves[:, path[place]]).argmax(0)
    return path.T


def _forbid(tags: Sequence[str], after: Mapping[str, Sequence[str]]) -> Array:
    """Zero where a tag may follow another, and almost minus infinity where it may not."""
    moves = np.zeros((len(tags), len(tags)), np.float32)
    for tag, allowed in after.items():
        for number, other in enumerate(tags):
            if other not in allowed:
                moves[number, tags.index(tag)] = _NEVER
    return moves


_CUE_MOVES = _forbid(CUE_TAGS, {"inside": ("begin", "inside")})
_ROLES = ROLE_TAGS[:-1]
_ROLE_MOVES = _forbid(_ROLES, {"source": ("begin source", "source"), "content": ("begin content", "content")})


def ranges(path: Sequence[int] | NDArray[np.int8], begin: int, inside: int) -> list[Range]:
    """The pieces of one role in a path of tags."""
    return [piece.span() for piece in _pieces(begin, inside).finditer(np.asarray(path, np.int8).tobytes())]


@cache
def _pieces(begin: int, inside: int) -> re.Pattern[bytes]:
    """A pattern of the pieces of one role, in a path of tags as bytes."""
    one, more = re.escape(bytes((begin,))), re.escape(bytes((inside,)))
    return re.compile(b"%b%b*+|%b++" % (one, more, more), re.DOTALL)


# ------------------------------------------------------------------------------------------------------- decoding


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


@dataclass(frozen=True, slots=True)
class _Cue:
    view: int
    start: int
    end: int
    certainty: float
    is_start: bool


def decode(views: Sequence[View], heads: Heads, taste: Taste) -> list[list[Attribution]]:
    """For each window, its attributions in order of their cues."""
    cues, before = _cues(views, taste)
    owned: list[list[_Cue]] = [[] for _ in views]
    for cue in cues:
        owned[cue.view].append(cue)
    scores = [
        role_scores(view, [(c.start, c.end) for c in own], before[number], heads) if own else None
        for number, (view, own) in enumerate(zip(views, owned, strict=True))
    ]
    paths = _role_paths(views, owned, scores, taste)
    found: list[list[Attribution]] = [[] for _ in views]
    senses: list[Array] = []
    for number, (view, own, given) in enumerate(zip(views, owned, scores, strict=True)):
        if given is None:
            continue
        for attribution, sense in _attributions(view, own, given, paths[number], taste):
            found[number].append(attribution)
            senses.append(sense)
    verdicts = iter(judge(np.stack(senses), heads)) if senses else iter(())
    judged = [[replace(a, verdicts=next(verdicts)) for a in some] for some in found]
    return [[a for a in _joined(some) if a.certainty >= taste.least] for some in judged]


def _cues(views: Sequence[View], taste: Taste) -> tuple[list[_Cue], list[NDArray[np.int64]]]:
    width = max((len(v) for v in views), default=0)
    tags = len(CUE_TAGS)
    scores = np.zeros((len(views), width, tags), np.float32)
    for number, view in enumerate(views):
        scores[number, : len(view)] = view.tags[:, :tags]
        scores[number, len(view) :, 1:] = _NEVER
    bias = np.array([0, taste.cue, taste.cue, taste.start], np.float32)
    likely = _likely(scores)
    none = 1 - likely[:, :, 0]
    paths = best_sequence(scores + bias, _CUE_MOVES, np.array([0, 0, _NEVER, 0], np.float32))
    cues, before = [], []
    for number, view in enumerate(views):
        path = paths[number, : len(view)]
        before.append(np.cumsum((path == 1) | (path == 3)))
        for a, b in ranges(path, 1, 2):
            cues.append(_Cue(number, a, b, _mean(none[number, a:b]), False))
        cues += [_Cue(number, a, a + 1, float(likely[number, a, 3]), True) for a in np.flatnonzero(path == 3).tolist()]
    return cues, before


def role_scores(view: View, cues: Sequence[Range], before: NDArray[np.int64], heads: Heads) -> Array:
    """[cues, words, roles]: how much each word wants each role of each cue."""
    count, words, roles = len(cues), len(view), len(ROLE_TAGS)
    means = np.stack([view.cue[a] if b == a + 1 else view.cue[a:b].mean(0) for a, b in cues])
    turned = _product(means, heads.pair_by_cue).reshape(count, roles, -1)
    pair = (turned @ view.word.T).transpose(0, 2, 1)
    starts = np.array([a for a, _ in cues])
    ends = np.array([b for _, b in cues])
    shared = [np.broadcast_to(x, (count, words)) for x in (view.sentence, view.paragraph, view.quoted, before)]
    places = near(starts, ends, *shared)  # type: ignore[arg-type]
    where = heads.near.take(places[:, :, 0], axis=0)
    for way in range(1, places.shape[2]):
        where += heads.near.take(places[:, :, way], axis=0)
    wanted: Array = pair + view.plain
    wanted += where
    return wanted


def _role_paths(
    views: Sequence[View], owned: Sequence[list[_Cue]], scores: Sequence[Array | None], taste: Taste
) -> list[NDArray[np.int8]]:
    """The best role tags of all words for each cue; one search over the cues of all windows together."""
    width = max((len(v) for v, own in zip(views, owned, strict=True) if own), default=0)
    roles = np.zeros((sum(map(len, owned)), width, len(_ROLES)), np.float32)
    at, borders = 0, [0]
    for view, own, given in zip(views, owned, scores, strict=True):
        if given is not None:
            some = roles[at : at + len(own)]
            some[:, : len(view)] = given[:, :, :-1]
            if taste.whole:
                _keep_whole(some[:, : len(view)], view, taste.whole)
            some[:, len(view) :, 1:] = _NEVER
            if not view.open_start:
                some[:, 0, [2, 4]] = _NEVER
            for row, cue in enumerate(own):
                if not cue.is_start:  # a cue's own words have no other role
                    some[row, cue.start : cue.end, 1:] = _NEVER
        at += len(own)
        borders.append(at)
    roles[:, :, 1:3] += taste.source
    roles[:, :, 3:5] += taste.content
    moves = _ROLE_MOVES.copy()
    moves[:, 3] -= taste.piece
    paths = best_sequence(roles, moves, np.zeros(len(_ROLES), np.float32))
    return [paths[a:b, : len(v)] for a, b, v in zip(borders, borders[1:], views, strict=False)]


def _keep_whole(scores: Array, view: View, cost: float) -> None:
    """Take `cost` away from contents that begin or end where what is said goes on, whatever else they hold.

    To end is to hold a word and not to go on: what holding costs comes back with the next word that is held.
    """
    scores[:, :, 3] -= cost * view.before
    after = cost * view.after[:-1, None]
    scores[:, :-1, 3:5] -= after
    scores[:, 1:, 4:5] += after


def _attributions(
    view: View, cues: list[_Cue], scores: Array, paths: NDArray[np.int8], taste: Taste
) -> Iterator[tuple[Attribution, Array]]:
    """Each cue that takes content, with what its verdicts are judged by."""
    likely = _likely(scores[:, :, :-1])
    sourced, told = likely[:, :, 1] + likely[:, :, 2], likely[:, :, 3] + likely[:, :, 4]
    through = scores[:, :, -1] > np.log(taste.through / (1 - taste.through))
    contents = _settled([ranges(path, 3, 4) for path in paths], cues, told)
    for number, (cue, content) in enumerate(zip(cues, contents, strict=True)):
        if not content:
            continue
        source = ranges(paths[number], 1, 2)
        begun = [float(likely[number, a, 3] if a else told[number, 0]) for a, _ in content]
        parts = _certainty(cue, sourced[number], told[number], begun, source, content)
        attribution = Attribution(
            cue=() if cue.is_start else ((cue.start, cue.end), *ranges(paths[number], 5, 5)),
            source=tuple(source),
            content=tuple(content),
            through=tuple(_runs(through[number])) if through[number].any() else (),
            certainty=parts["cue"] * parts["content"] ** 0.5,
            parts=parts,
        )
        yield attribution, _sense(view, (cue.start, cue.end), source, content)


def _settled(contents: list[list[Range]], cues: list[_Cue], told: Array) -> list[list[Range]]:
    """Contents in which no piece is claimed twice, where the weaker claim has another piece to live on.

    A statement inside another one shares its words by right: its cue stands in them.
    """
    kept = [list(pieces) for pieces in contents]
    for i, one in enumerate(kept):
        for j in range(i + 1, len(kept)):
            other = kept[j]
            for a in list(one):
                for b in list(other):
                    shared = min(a[1], b[1]) - max(a[0], b[0])
                    if 2 * shared < _SAME * (a[1] - a[0] + b[1] - b[0]):
                        continue
                    if any(p[0] <= cues[k].start < p[1] for k, some in ((j, one), (i, other)) for p in some):
                        continue
                    low, high = max(a[0], b[0]), min(a[1], b[1])
                    first, second = (_mean(told[k, low:high]) for k in (i, j))
                    loser, piece = (one, a) if first < second else (other, b)
                    if len(loser) > 1 and piece in loser:
                        loser.remove(piece)
    return kept


def _certainty(
    cue: _Cue, sourced: Array, told: Array, begun: list[float], source: list[Range], content: list[Range]
) -> dict[str, float]:
    """How sure each part is: by how likely each word is part of the source and the content, and begins a content."""
    if source:
        of_source = _mean_of(sourced, source)
    else:  # how much of a source is left in words that were not taken
        of_source = float(1 - min(1.0, sourced.max(initial=0)))
    return {
        "cue": cue.certainty,
        "content": _mean_of(told, content),
        "source": of_source,
        "begin": _mean(np.array(begun, np.float32)),
    }


def _mean_of(likely: Array, pieces: list[Range]) -> float:
    """The mean over the words of some pieces."""
    if len(pieces) == 1:
        return _mean(likely[pieces[0][0] : pieces[0][1]])
    return _mean(np.concatenate([likely[a:b] for a, b in pieces]))


def _mean(numbers: Array) -> float:
    """The mean of a few numbers, without what `numpy.mean` looks at first."""
    return float(np.add.reduce(numbers) / np.float32(len(numbers)))


def _joined(found: list[Attribution]) -> list[Attribution]:
    """Cues that another cue takes as a further piece of itself are one with it."""
    taken: set[int] = set()
    for number, one in enumerate(found):
        for a, b in one.cue[1:]:
            for other_number, other in enumerate(found):
                touches = other.cue and other.cue[0][0] < b and a < other.cue[0][1]
                if other_number != number and touches and number not in taken:
                    taken.add(other_number)
    return [replace(a, cue=tuple(sorted(a.cue))) for number, a in enumerate(found) if number not in taken]


def _sense(view: View, cue: Range, source: list[Range], content: list[Range]) -> Array:
    """What one attribution's verdicts are judged by: its cue, content and source, and its quotation marks."""
    sense, weight = view.sense[:, :-1], view.sense[:, -1]
    is_content, is_source = _mask(len(view), content), _mask(len(view), source)
    pooled = [sense[cue[0] : cue[1]].mean(0), _pool(sense, weight, is_content), _pool(sense, weight, is_source)]
    return np.concatenate([*pooled, marks(is_content, is_source, view.quoted)])


def judge(senses: Array, heads: Heads) -> Array:
    """[attributions, verdicts]: the verdicts as probabilities in the order of VERDICTS."""
    x = _gelu(_product(senses, heads.inner.T) + heads.inner_bias) @ heads.verdicts.T + heads.verdicts_bias
    a, f, d = len(ACTS), len(FORMS), len(DIRECTIONS)
    grouped = [softmax(x[:, :a]), softmax(x[:, a : a + f]), softmax(x[:, a + f : a + f + d])]
    return np.concatenate([*grouped, 1 / (1 + np.exp(-x[:, a + f + d :]))], 1).astype(np.float32)


def marks(is_content: NDArray[np.bool_], is_source: NDArray[np.bool_], quoted: NDArray[np.bool_]) -> Array:
    """What quotation marks say of a statement: share quoted, whether it begins and ends so; and if it has a source."""
    said = quoted[is_content]
    if not len(said):
        return np.array([0, 0, 0, is_source.any()], np.float32)
    return np.array([np.count_nonzero(said) / len(said), said[0], said[-1], is_source.any()], np.float32)


def _product(rows: Array, matrix: Array) -> Array:
    """`rows @ matrix`, a few rows at a time: larger products are given to threads that wait for each other busily."""
    at_once = max(2, _ALONE // matrix.size)
    count, width = rows.shape
    filled = np.zeros((-(-count // at_once), at_once, width), np.float32)
    filled.reshape(-1, width)[:count] = rows
    product: Array = (filled @ matrix).reshape(-1, matrix.shape[1])[:count]
    return product


def _mask(length: int, pieces: Sequence[Range]) -> NDArray[np.bool_]:
    mask = np.zeros(length, bool)
    for a, b in pieces:
        mask[a:b] = True
    return mask


def _pool(sense: Array, weight: Array, chosen: NDArray[np.bool_]) -> Array:
    if not chosen.any():
        return np.zeros(sense.shape[1], np.float32)
    pooled: Array = softmax(weight[chosen]) @ sense[chosen]
    return pooled


def _runs(flags: NDArray[np.bool_]) -> list[Range]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def softmax(x: Array) -> Array:
    """Scores as probabilities along the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    result: Array = e / e.sum(-1, keepdims=True)
    return result


def _likely(scores: Array) -> Array:
    """Scores of a few tags as probabilities; so few are sooner summed one after another than along their axis."""
    most = scores[..., 0]
    for tag in range(1, scores.shape[-1]):
        most = np.maximum(most, scores[..., tag])
    e = np.exp(scores - most[..., None])
    total = e[..., 0]
    for tag in range(1, e.shape[-1]):
        total = total + e[..., tag]
    e /= total[..., None]
    return e


def _gelu(x: Array) -> Array:
    # The error function by Abramowitz and Stegun 7.1.26, exact to 1.5e-7: numpy has none.
    z = np.abs(x) / np.sqrt(2)
    t = 1 / (1 + 0.3275911 * z)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - series * np.exp(-z * z))
    result: Array = 0.5 * x * (1 + erf)
    return result
