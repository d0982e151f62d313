"""From the network's scores to attributions: which words are cues, and which words each cue takes. Numbers only.

In: scores of the words of some windows, and the weights of the heads that need pairs. Out: Attributions as ranges of
word numbers of their window.

1. Cues: the best valid sequence of cue tags over each window.
2. Roles: for each cue, the best valid sequence of role tags over the words around it.
3. Verdicts: act, form, negation and position of each cue with the words it took.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dragoman.reader.network.attributions import CUE_TAGS, ROLE_TAGS, Array, Attribution, Heads, Range, Taste, View
from dragoman.reader.network.certainty import Cue, certainties, likely_tags, mean_of, settled
from dragoman.reader.network.nearness import near
from dragoman.reader.network.sequences import NEVER, best_sequence, forbid, ranges, runs
from dragoman.reader.network.verdicts import judge, product, sense_of

_CUE_MOVES = forbid(CUE_TAGS, {"inside": ("begin", "inside")})
_ROLES = ROLE_TAGS[:-1]
_ROLE_MOVES = forbid(_ROLES, {"source": ("begin source", "source"), "content": ("begin content", "content")})


def decode(views: Sequence[View], heads: Heads, taste: Taste) -> list[list[Attribution]]:
    """For each window, its attributions in order of their cues."""
    cues, before = _cues(views, taste)
    owned: list[list[Cue]] = [[] for _ in views]
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


def _cues(views: Sequence[View], taste: Taste) -> tuple[list[Cue], list[NDArray[np.int64]]]:
    """The cues of all windows, and for each word how many of its window start at or before it."""
    width = max((len(v) for v in views), default=0)
    tags = len(CUE_TAGS)
    scores = np.zeros((len(views), width, tags), np.float32)
    for number, view in enumerate(views):
        scores[number, : len(view)] = view.tags[:, :tags]
        scores[number, len(view) :, 1:] = NEVER
    bias = np.array([0, taste.cue, taste.cue, taste.start], np.float32)
    likely = likely_tags(scores)
    none = 1 - likely[:, :, 0]
    paths = best_sequence(scores + bias, _CUE_MOVES, np.array([0, 0, NEVER, 0], np.float32))
    cues, before = [], []
    for number, view in enumerate(views):
        path = paths[number, : len(view)]
        before.append(np.cumsum((path == 1) | (path == 3)))
        for a, b in ranges(path, 1, 2):
            cues.append(Cue(number, a, b, mean_of(none[number, a:b]), False))
        cues += [Cue(number, a, a + 1, float(likely[number, a, 3]), True) for a in np.flatnonzero(path == 3).tolist()]
    return cues, before


def role_scores(view: View, cues: Sequence[Range], before: NDArray[np.int64], heads: Heads) -> Array:
    """[cues, words, roles]: how much each word wants each role of each cue."""
    count, words, roles = len(cues), len(view), len(ROLE_TAGS)
    means = np.stack([view.cue[a] if b == a + 1 else view.cue[a:b].mean(0) for a, b in cues])
    turned = product(means, heads.pair_by_cue).reshape(count, roles, -1)
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
    views: Sequence[View], owned: Sequence[list[Cue]], scores: Sequence[Array | None], taste: Taste
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
            some[:, len(view) :, 1:] = NEVER
            if not view.open_start:
                some[:, 0, [2, 4]] = NEVER
            for row, cue in enumerate(own):
                if not cue.is_start:  # a cue's own words have no other role
                    some[row, cue.start : cue.end, 1:] = NEVER
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
    view: View, cues: list[Cue], scores: Array, paths: NDArray[np.int8], taste: Taste
) -> Iterator[tuple[Attribution, Array]]:
    """Each cue that takes content, with what its verdicts are judged by."""
    likely = likely_tags(scores[:, :, :-1])
    sourced, told = likely[:, :, 1] + likely[:, :, 2], likely[:, :, 3] + likely[:, :, 4]
    through = scores[:, :, -1] > np.log(taste.through / (1 - taste.through))
    contents = settled([ranges(path, 3, 4) for path in paths], cues, told)
    for number, (cue, content) in enumerate(zip(cues, contents, strict=True)):
        if not content:
            continue
        source = ranges(paths[number], 1, 2)
        begun = [float(likely[number, a, 3] if a else told[number, 0]) for a, _ in content]
        parts = certainties(cue, sourced[number], told[number], begun, source, content)
        attribution = Attribution(
            cue=() if cue.is_start else ((cue.start, cue.end), *ranges(paths[number], 5, 5)),
            source=tuple(source),
            content=tuple(content),
            through=tuple(runs(through[number])) if through[number].any() else (),
            certainty=parts["cue"] * parts["content"] ** 0.5,
            parts=parts,
        )
        yield attribution, sense_of(view, (cue.start, cue.end), source, content)


def _joined(found: list[Attribution]) -> list[Attribution]:
    """Cues that another cue takes as a further piece of itself are one with it."""
    taken: set[int] = set()
    for number, one in enumerate(found):
        for a, b in one.cue[1:]:
            for other_number, other in enumerate(found):
                touches = other.cue and other.cue[0][0] < b and a < other.cue[0][1]
                if other_number != number and touches and number not in taken:
                    taken.add(other_number)
    kept = (a for number, a in enumerate(found) if number not in taken)
    return [replace(a, cue=tuple(sorted(a.cue))) if len(a.cue) > 1 else a for a in kept]
