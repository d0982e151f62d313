"""Examples as batches of windows: cut anew each epoch, names exchanged at random, labels laid beside the words.

In: Examples. Out: Batches of tensors.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dragoman.reader.network.attributions import CUE_TAGS, ROLE_TAGS
from dragoman.reader.network.nearness import near
from dragoman.reader.network.tokens import Pieces
from dragoman.reader.network.verdicts import marks
from dragoman.reader.network.windows import FEATURES, STYLES, Sheet, Window, windows
from dragoman.reader.training.corpora import READERS, UNKNOWN, Example, Soft, Target
from dragoman.reading import ACTS

INPUTS = len(FEATURES) + len(STYLES) + len(READERS)
TAGS = len(CUE_TAGS) + 2 * 3  # of cues, sources and contents
_ROLES = len(ROLE_TAGS) - 1  # "through" is apart
_FORGET_READER = 0.15  # how often the network does not learn who annotated, so that it can do without
_EXCHANGE = 0.4  # how often a document gets other names, and within it each name
_BORDERLINE = 0.3  # what the cue of an optional statement counts


@dataclass(slots=True)
class Batch:
    """Tensors of some windows; [batch, pieces], [batch, words] or [cues, words]."""

    pieces: Tensor
    features: Tensor
    present: Tensor
    first: Tensor
    is_word: Tensor
    cue_tags: Tensor
    cue_weight: Tensor
    source_tags: Tensor
    content_tags: Tensor
    names: Tensor
    parts: Tensor
    relations: Tensor
    governors: Tensor
    where: Tensor  # the row of each cue's window
    cues: Tensor  # weights over the words of the cue
    near: Tensor
    roles: Tensor
    via: Tensor  # 1.0, 0.0, or -1.0 where it is not known
    is_content: Tensor
    is_source: Tensor
    marks: Tensor
    act: Tensor
    form: Tensor
    direction: Tensor
    flags: Tensor
    sentence: Tensor
    paragraph: Tensor
    quoted: Tensor
    cues_before: Tensor
    soft_tags: Tensor  # [batch, words, tags]: what teachers take the words for; zero where none has told
    soft_roles: Tensor  # [cues, words, roles]

    def near_of(self, row: Tensor, word: Tensor) -> Tensor:
        """Where all words stand towards the single words `word` of the windows `row`."""
        place = word.cpu().numpy()
        views = [x[row].cpu().numpy() for x in (self.sentence, self.paragraph, self.quoted, self.cues_before)]
        return torch.from_numpy(near(place, place + 1, *views)).to(row.device)

    def to(self, device: str) -> Batch:
        """The same batch on another device."""
        if device == "cpu":
            return self
        return replace(self, **{name: getattr(self, name).to(device) for name in self.__dataclass_fields__})


@dataclass(slots=True)
class Cut:
    """One window of one example with the targets that train there."""

    example: Example
    sheet: Sheet
    window: Window
    reader: int
    targets: list[Target]
    soft: Soft | None = None

    def __len__(self) -> int:
        return int(self.sheet.first[self.window.end] - self.sheet.first[self.window.start])


def cut(examples: Sequence[Example], pieces: Pieces, chance: random.Random, pool: Sequence[str]) -> list[Cut]:
    """Every example cut into windows, at other places and with other names each time."""
    found = []
    for example in examples:
        sheet = _exchange_names(example, pieces, chance, pool) if chance.random() < _EXCHANGE else example.sheet
        # Where several people annotated an article, one of them is drawn each time.
        reader = chance.choice(list(example.targets))
        targets = example.targets[reader]
        shown = -1 if chance.random() < _FORGET_READER else reader
        for window in windows(sheet, overlap=0, offset=chance.randrange(200)):
            found.append(Cut(example, sheet, window, shown, targets, example.soft.get(reader)))
    return found


def _exchange_names(example: Example, pieces: Pieces, chance: random.Random, pool: Sequence[str]) -> Sheet:
    others: dict[str, str] = {}
    words = list(example.words)
    for place in np.flatnonzero(example.persons).tolist():
        word = words[place]
        if word not in others:
            others[word] = chance.choice(pool) if chance.random() < 0.6 else word
        words[place] = others[word]
    coded = pieces(words)
    first = np.zeros(len(words) + 1, np.int32)
    np.cumsum([len(p) for p in coded], out=first[1:])
    flat = np.fromiter((p for word in coded for p in word), np.int32, int(first[-1]))
    return replace(example.sheet, pieces=flat, first=first)


def name_pool(examples: Sequence[Example]) -> list[str]:
    """The words of persons' names in the examples, each once."""
    return sorted({e.words[i] for e in examples for i in np.flatnonzero(e.persons).tolist()})


def batches(
    cuts: list[Cut], pieces: Pieces, *, size: int, chance: random.Random, shares: int = 1
) -> Iterator[list[Batch]]:
    """The windows in random order, those of like length together; each step's windows dealt out into `shares`."""
    order = list(cuts)
    chance.shuffle(order)
    groups = []
    for start in range(0, len(order), size * 16):
        chunk = sorted(order[start : start + size * 16], key=len)
        groups += [chunk[at : at + size] for at in range(0, len(chunk), size)]
    chance.shuffle(groups)
    for group in groups:
        yield [collate(part, pieces) for n in range(shares) if (part := group[n::shares])]


def encoder_input(
    sheet: Sheet, window: Window, extra: NDArray[np.float32], special: tuple[int, int]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Pieces and features of one window, between the two special pieces."""
    low, high = sheet.first[window.start], sheet.first[window.end]
    row = np.concatenate([[special[0]], sheet.pieces[low:high], [special[1]]]).astype(np.int32)
    features = np.zeros((len(row), len(FEATURES) + len(extra)), np.float32)
    lengths = np.diff(sheet.first[window.start : window.end + 1])
    features[1:-1, : len(FEATURES)] = np.repeat(sheet.features[window.start : window.end], lengths, axis=0)
    features[:, len(FEATURES) :] = extra
    return row, features


def _extra(style: int, reader: int) -> NDArray[np.float32]:
    extra = np.zeros(len(STYLES) + len(READERS), np.float32)
    extra[style] = 1
    if reader >= 0:
        extra[len(STYLES) + reader] = 1
    return extra


def collate(group: list[Cut], pieces: Pieces) -> Batch:
    """Windows as one batch of tensors."""
    rows = [
        encoder_input(c.sheet, c.window, _extra(c.example.style, c.reader), (pieces.classify, pieces.separate))
        for c in group
    ]
    # Few different shapes: the matrix library prepares itself anew for each one it has not met.
    count, length = len(group), _round_up(max(len(row) for row, _ in rows))
    width = _round_up(max(c.window.end - c.window.start for c in group))
    ids = np.full((count, length), pieces.fill, np.int64)
    features, present = np.zeros((count, length, INPUTS), np.float32), np.zeros((count, length), np.float32)
    first = np.zeros((count, width), np.int64)
    words = {
        name: np.full((count, width), UNKNOWN, np.int64)
        for name in ("cue", "source", "content", "names", "parts", "relations", "governors")
    }
    weight, is_word = np.zeros((count, width), np.float32), np.zeros((count, width), bool)
    places = {name: np.zeros((count, width), np.int64) for name in ("sentence", "paragraph", "before")}
    quoted = np.zeros((count, width), bool)
    soft = np.zeros((count, width, TAGS), np.float32)
    cues: list[_Cue] = []
    for at, (c, (row, given)) in enumerate(zip(group, rows, strict=True)):
        start, end = c.window.start, c.window.end
        n = end - start
        ids[at, : len(row)], features[at, : len(row)], present[at, : len(row)] = row, given, 1
        first[at, :n] = c.sheet.first[start:end] - c.sheet.first[start] + 1
        is_word[at, :n], weight[at, :n] = True, 1
        places["sentence"][at, :n], places["paragraph"][at, :n] = (
            c.sheet.sentence[start:end],
            c.sheet.paragraph[start:end],
        )
        quoted[at, :n] = c.sheet.features[start:end, 6] + c.sheet.features[start:end, 9] > 0
        _label(c, {name: rows[at, :n] for name, rows in words.items()}, weight[at, :n])
        places["before"][at, :n] = np.cumsum((words["cue"][at, :n] == 1) | (words["cue"][at, :n] == 3))
        places["before"][at, n:] = places["before"][at, n - 1]
        if c.soft is not None:
            soft[at, :n] = c.soft.tags[start:end]
        cues += _cues(c, at, width, quoted[at])
    made = _stack(cues, width)
    where, spans = made.pop("where"), made.pop("span")
    looked = near(
        spans[:, 0], spans[:, 1], places["sentence"][where], places["paragraph"][where], quoted[where],
        places["before"][where],
    )  # fmt: skip
    tensors = {
        "pieces": ids, "features": features, "present": present, "first": first, "is_word": is_word,
        "cue_tags": words["cue"], "cue_weight": weight, "source_tags": words["source"],
        "content_tags": words["content"], "names": words["names"], "parts": words["parts"],
        "relations": words["relations"], "governors": words["governors"], "where": where, "near": looked,
        "sentence": places["sentence"], "paragraph": places["paragraph"], "quoted": quoted,
        "cues_before": places["before"], "soft_tags": soft, **made,
    }  # fmt: skip
    return Batch(**{name: torch.from_numpy(np.ascontiguousarray(array)) for name, array in tensors.items()})


def _round_up(number: int, step: int = 64) -> int:
    return -(-number // step) * step


def _label(c: Cut, rows: dict[str, NDArray[np.int64]], weight: NDArray[np.float32]) -> None:
    """Write what each word of a window is."""
    start, end = c.window.start, c.window.end
    e = c.example
    for name in ("cue", "source", "content"):
        rows[name][:] = 0
    rows["names"][:] = e.names[start:end]
    rows["parts"][:], rows["relations"][:] = e.tags[start:end], e.relations[start:end]
    heads = e.heads[start:end]
    inside = (heads >= start) & (heads < end)
    rows["governors"][:] = np.where(heads == -1, 0, np.where(inside, heads - start + 1, UNKNOWN))
    for target in c.targets:
        for role in ("source", "content") if not target.within else ():
            for a, b in getattr(target, role):
                _write(rows[role], a - start, b - start, 1, 2)
        for a, b in target.cue:
            _write(rows["cue"], a - start, b - start, 1, 2)
            if target.optional:
                weight[max(a - start, 0) : max(b - start, 0)] = _BORDERLINE
        if not target.cue and target.content and start <= target.content[0][0] < end:
            at = target.content[0][0] - start
            if rows["cue"][at] == 0:
                rows["cue"][at] = 3
                weight[at] = _BORDERLINE if target.optional else 1


def _write(row: NDArray[np.int64], a: int, b: int, begin: int, inside: int) -> None:
    low, high = max(a, 0), min(b, len(row))
    if low >= high or row[low:high].any():
        return
    row[low:high] = inside
    if a >= 0:
        row[a] = begin


@dataclass(slots=True)
class _Cue:
    where: int
    span: NDArray[np.int64]
    cues: NDArray[np.float32]
    roles: NDArray[np.int64]
    via: NDArray[np.float32]
    is_content: NDArray[np.bool_]
    is_source: NDArray[np.bool_]
    marks: NDArray[np.float32]
    act: NDArray[np.float32]
    form: int
    direction: int
    flags: NDArray[np.float32]
    soft_roles: NDArray[np.float32]


def cued(c: Cut) -> Iterator[tuple[int, Target, int, int]]:
    """The targets whose cue stands in a window: number, target, and the words of the cue in the window, half-open."""
    start, end = c.window.start, c.window.end
    for number, t in enumerate(c.targets):
        if t.content:
            a, b = t.cue[0] if t.cue else (t.content[0][0], t.content[0][0] + 1)
            if start <= a and b <= end:
                yield number, t, a - start, b - start


def _cues(c: Cut, where: int, width: int, quoted: NDArray[np.bool_]) -> list[_Cue]:
    start, end = c.window.start, c.window.end
    n = end - start
    found = []
    for number, t, a, b in cued(c):
        roles = np.zeros(n, np.int64)
        is_content, is_source = np.zeros(width, bool), np.zeros(width, bool)
        for pieces, begin, inside, chosen in (
            (t.content, 3, 4, is_content), (t.source, 1, 2, is_source), (t.cue[1:], 5, 5, None)
        ):  # fmt: skip
            for low, high in pieces:
                low, high = low - start, high - start
                if high <= 0 or low >= n:
                    continue
                roles[max(low, 0) : min(high, n)] = inside
                if low >= 0:
                    roles[low] = begin
                if chosen is not None:
                    chosen[max(low, 0) : min(high, n)] = True
        if t.cue:
            roles[a:b] = 0
        via = np.full(width, -1, np.float32)
        if t.via is not None:
            via[:n] = 0
            for low, high in t.via:
                via[max(low - start, 0) : max(high - start, 0)] = 1
        weights = np.zeros(width, np.float32)
        weights[a:b] = 1 / (b - a)
        full = np.full(width, UNKNOWN, np.int64)
        full[:n] = roles
        flags = np.array([-1 if v is None else v for v in (t.negated, t.position)], np.float32)
        found.append(
            _Cue(
                where,
                np.array([a, b]),
                weights,
                full,
                via,
                is_content,
                is_source,
                marks(is_content, is_source, quoted),
                t.act if t.act is not None else np.zeros(len(ACTS), np.float32),
                UNKNOWN if t.form is None else t.form,
                UNKNOWN if t.direction is None else t.direction,
                flags,
                _soft_roles(c, number, width),
            )
        )
    return found


def _soft_roles(c: Cut, number: int, width: int) -> NDArray[np.float32]:
    """What teachers take the words of a window for, as a target's; they may have seen only some of these words."""
    rows = np.zeros((width, _ROLES), np.float32)
    if c.soft is not None and number in c.soft.roles:
        first, told = c.soft.roles[number]
        low, high = max(first, c.window.start), min(first + len(told), c.window.end)
        if low < high:
            rows[low - c.window.start : high - c.window.start] = told[low - first : high - first]
    return rows


def _stack(cues: list[_Cue], width: int) -> dict[str, NDArray]:  # type: ignore[type-arg]
    shapes: dict[str, tuple[tuple[int, ...], type]] = {
        "where": ((), np.int64), "span": ((2,), np.int64), "cues": ((width,), np.float32),
        "roles": ((width,), np.int64), "via": ((width,), np.float32), "is_content": ((width,), bool),
        "is_source": ((width,), bool), "marks": ((4,), np.float32), "act": ((len(ACTS),), np.float32),
        "form": ((), np.int64), "direction": ((), np.int64), "flags": ((2,), np.float32),
        "soft_roles": ((width, _ROLES), np.float32),
    }  # fmt: skip
    return {
        name: np.array([getattr(c, name) for c in cues], kind).reshape(len(cues), *shape)
        for name, (shape, kind) in shapes.items()
    }
