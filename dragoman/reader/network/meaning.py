"""What short texts mean, as vectors: the mean of the shipped encoder's word-piece vectors, rare pieces counting more.

In: texts. Out: a vector of length one for each, of zeros where no piece is known. Needs numpy and tokenizers; no
network is at work: the table of pieces, which training leaves as it was, is read out of `model.onnx`. The states of the
trained network were tried in its place and do worse: they have learned who speaks, and forgotten of what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import ReaderError
from dragoman.folding import words
from dragoman.reader.network.tokens import Pieces

WEIGHTS = Path(__file__).parent.parent / "weights"
_PIECES = "encoder.pieces.weight"
# Who is named says little of what a phrase is about: names count only where they begin it.
_NAMES = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][\w'’-]+")
_KEPT = 100_000  # texts; a bound on memory that no dossier reaches


class Meaning:
    """Turns texts into vectors; what it needs is loaded with the first text, and each text is worked out once."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        self._path = path
        self._known: dict[str, NDArray[np.float32]] = {}

    def __call__(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        """A vector for each text."""
        if len(self._known) > _KEPT:
            self._known.clear()
        for text in texts:
            if text not in self._known:
                self._known[text] = self._vector(text)
        return [self._known[text] for text in texts]

    def _vector(self, text: str) -> NDArray[np.float32]:
        spoken = words(_NAMES.sub("", text)) or words(text)
        ids = [i for coded in self._pieces(spoken) for i in coded if i != self._pieces.unknown]
        if not ids:
            return np.zeros(self._table.values.shape[1], np.float32)
        found = self._table.rows(ids) - self._middle
        mean: NDArray[np.float32] = _rarity(np.array(ids)) @ found
        length = float(np.linalg.norm(mean))
        return mean / np.float32(length) if length else mean

    @cached_property
    def _pieces(self) -> Pieces:
        return Pieces(self._path / "tokenizer.json")

    @cached_property
    def _table(self) -> _Table:
        return _Table(self._path / "model.onnx")

    @cached_property
    def _middle(self) -> NDArray[np.float32]:
        """What all texts have in common: the mean of the pieces by how often they are used."""
        often = 1 / (2.0 + np.arange(len(self._table.values)))
        mean = (often / often.sum()).astype(np.float32) @ self._table.rows(range(len(often)))
        return np.asarray(mean, np.float32)


def _rarity(ids: NDArray[np.int64]) -> NDArray[np.float32]:
    """How much pieces count: the vocabulary is in order of use, so a piece's number tells how rare it is."""
    return np.log(2.0 + ids).astype(np.float32)


class _Table:
    """The eight-bit table of word pieces in an ONNX file."""

    def __init__(self, path: Path) -> None:
        try:
            tensors = dict(_tensors(memoryview(path.read_bytes())))
            values, scale, zero = (tensors[f"{_PIECES}{part}"] for part in ("_quantized", "_scale", "_zero_point"))
        except (OSError, KeyError, IndexError, ValueError) as problem:
            raise ReaderError(
                f"no word pieces in the model ({problem})", where=str(path), expected="the model that Dragoman ships",
                todo="Install Dragoman again, or rebuild the model with: dragoman train",
            ) from None  # fmt: skip
        self.values = values
        self._scale, self._zero = scale.astype(np.float32).reshape(-1, 1), zero.astype(np.float32).reshape(-1, 1)

    def rows(self, ids: Sequence[int] | range) -> NDArray[np.float32]:
        """The vectors of some pieces."""
        at = np.asarray(ids)
        scale, zero = (part if len(part) == 1 else part[at] for part in (self._scale, self._zero))
        found: NDArray[np.float32] = (self.values[at].astype(np.float32) - zero) * scale
        return found


# What an ONNX file says of its tensors, as numbers of its fields (onnx.proto, ModelProto, GraphProto and TensorProto).
_GRAPH, _TENSOR, _SHAPE, _KIND, _FLOATS, _INTS, _NAME, _BYTES = 7, 5, 1, 2, 4, 5, 8, 9
_KINDS: dict[int, np.dtype[Any]] = {1: np.dtype("<f4"), 2: np.dtype("u1"), 3: np.dtype("i1")}


def _tensors(model: memoryview) -> Iterator[tuple[str, NDArray[Any]]]:
    """The tensors of the word pieces in a model, each under the end of its name."""
    for number, graph in _fields(model):
        if number != _GRAPH or isinstance(graph, int):
            continue
        for inner, tensor in _fields(graph):
            if inner == _TENSOR and not isinstance(tensor, int):
                parts: dict[int, list[int | memoryview]] = {}
                for key, value in _fields(tensor):
                    parts.setdefault(key, []).append(value)
                name = bytes(parts.get(_NAME, [b""])[0]).decode()  # type: ignore[arg-type]
                if _PIECES in name:
                    yield name[name.index(_PIECES) :], _array(parts)


def _array(parts: dict[int, list[int | memoryview]]) -> NDArray[Any]:
    kind = _KINDS[int(parts[_KIND][0])]  # type: ignore[arg-type]
    shape = [n for given in parts.get(_SHAPE, []) for n in ([given] if isinstance(given, int) else _numbers(given))]
    if _BYTES in parts:
        return np.frombuffer(parts[_BYTES][0], kind).reshape(shape)  # type: ignore[arg-type]
    if _FLOATS in parts:
        return np.frombuffer(b"".join(map(bytes, parts[_FLOATS])), "<f4").reshape(shape)  # type: ignore[arg-type]
    given: list[int] = [n for g in parts.get(_INTS, [0]) for n in ([g] if isinstance(g, int) else _numbers(g))]
    return np.array([n - (1 << 64) if n >> 63 else n for n in given], np.int64).astype(kind).reshape(shape)


def _fields(data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """The fields of one message of a protocol buffer, by number."""
    at = 0
    while at < len(data):
        key, at = _number(data, at)
        kind = key & 7
        if kind == 0:
            value, at = _number(data, at)
            yield key >> 3, value
            continue
        length = {1: 8, 5: 4}.get(kind)
        if length is None:
            if kind != 2:
                raise ValueError(f"a field of kind {kind}")
            length, at = _number(data, at)
        yield key >> 3, data[at : at + length]
        at += length


def _number(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def _numbers(data: memoryview) -> Iterator[int]:
    at = 0
    while at < len(data):
        value, at = _number(data, at)
        yield value
