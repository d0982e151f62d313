"""Finds the files under the paths a person names, gives each an id, and reads it by its kind.

In: paths to files and folders, or "-" for standard input. Out: an Arrival or a Failure for each document, in order.
"""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import InputError
from dragoman.sources.arrivals import (
    LARGEST_FILE,
    Arrival,
    Failure,
    Given,
    content_id,
    from_html,
    from_text,
    looks_like_html,
)
from dragoman.sources.batches import read_lines
from dragoman.sources.decoding import decode
from dragoman.sources.marked import read_markdown

_TEXT = (".txt", ".text")
_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml")
_LINES = (".jsonl", ".ndjson")
_ZIPPED_LINES = (".jsonl.gz", ".ndjson.gz")
# What is taken from a folder; a file that is named itself may have any ending.
READ_FROM_FOLDERS = (*_TEXT, *_MARKDOWN, *_HTML, *_LINES, *_ZIPPED_LINES)


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: its path, its id, and the path by which messages name it."""

    path: Path
    identity: str
    where: str


def find_files(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Found | Failure]:
    """Every file under `paths`, folders sorted and without hidden files; ids unique within this run."""
    found: list[tuple[Path, str, str] | Failure] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            inside = sorted(_walk(path))
            if not inside:
                todo = "Name a folder that holds text, Markdown, HTML or JSON Lines"
                found.append(Failure(str(given), InputError("a folder without documents", where=str(given), todo=todo)))
            found += [(file, file.relative_to(path).as_posix(), str(file)) for file in inside]
        elif path.exists():
            found.append((path, path.name, str(given)))
        else:
            todo = "Check the path; a folder is read with everything in it"
            found.append(Failure(str(given), InputError("no such file or folder", where=str(given), todo=todo)))
    names = Counter(item[1] for item in found if not isinstance(item, Failure))
    stems = Counter(_stem(item[1]) for item in found if not isinstance(item, Failure))
    longer = Counter(_long_stem(item[1]) for item in found if not isinstance(item, Failure))
    for item in found:
        if isinstance(item, Failure):
            yield item
            continue
        path, name, where = item
        identity = _stem(name)
        if stems[identity] > 1:  # two files of one name: the folder tells them apart, or else the ending, or the path
            identity = _long_stem(name) if longer[_long_stem(name)] == 1 else name
            if names[name] > 1:
                identity = path.as_posix().lstrip("./")
        yield Found(path, identity, where)


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and name.lower().endswith(READ_FROM_FOLDERS):
                yield Path(place, name)


def _stem(name: str) -> str:
    return _long_stem(name).rsplit("/", 1)[-1]


def _long_stem(name: str) -> str:
    ending = Path(name).suffix
    return name[: -len(ending)] if ending else name


def read_file(found: Found, given: Given) -> Iterator[Arrival | Failure]:
    """The documents of one file, by its kind."""
    try:
        if found.path.name.lower().endswith((*_LINES, *_ZIPPED_LINES)):
            with found.path.open("rb") as stream:
                yield from read_lines(stream, where=found.where, given=given, zipped=found.path.suffix.lower() == ".gz")
            return
        raw = _bytes(found)
        yield _one(raw, found.path.name.lower(), found.identity, found.where, given)
    except InputError as error:
        yield Failure(found.where, error)
    except OSError as problem:
        what = problem.strerror or str(problem)
        yield Failure(found.where, InputError(what, where=found.where, todo="Check that the file can be opened"))


def _bytes(found: Found) -> bytes:
    if not found.path.is_file():
        raise InputError("neither a file nor a folder", where=found.where)
    with found.path.open("rb") as stream:
        raw = stream.read(LARGEST_FILE + 1)
    check_size(raw, found.path.stat().st_size, found.where)
    return raw


def check_size(raw: bytes, size: int, where: str) -> None:
    """Raise InputError for what is empty or too large to be one document."""
    if not raw.strip():
        raise InputError("an empty file", where=where, expected="the text of an article")
    if len(raw) > LARGEST_FILE:
        raise InputError(
            f"{size / 1e6:,.0f} MB in one document",
            where=where,
            expected=f"at most {LARGEST_FILE // 1_000_000} MB",
            todo="Save the article alone, or cut the file into JSON Lines with one article a line",
        )


def _one(raw: bytes, name: str, identity: str, where: str, given: Given) -> Arrival:
    text = decode(raw, where=where)
    if name.endswith(_HTML) or (not name.endswith((*_TEXT, *_MARKDOWN)) and looks_like_html(text)):
        return Arrival(from_html(text, identity=identity, where=where, given=given), raw, "text/html", where)
    if name.endswith(_MARKDOWN):
        marked = read_markdown(text)
        document = from_text(marked.text, identity=identity, where=where, given=given, known=marked.known)
        return Arrival(document, raw, "text/markdown", where)
    return Arrival(from_text(text, identity=identity, where=where, given=given), raw, "text/plain", where)


def read_stream(stream: BinaryIO, given: Given) -> Iterator[Arrival | Failure]:
    """What stands on standard input: one document, or a batch when its first line is a JSON object."""
    where = "standard input"
    head = stream.read(1 << 16)
    first = head.lstrip()
    if first.startswith(b'{"') or first.startswith(b"{ "):
        chained = io.BufferedReader(_Chained(head, stream))
        yield from read_lines(chained, where=where, given=given)
        return
    try:
        raw = head + stream.read(LARGEST_FILE + 1 - len(head))
        check_size(raw, len(raw), where)
        yield _one(raw, "", content_id(raw), where, given)
    except InputError as error:
        yield Failure(where, error)


class _Chained(io.RawIOBase):
    """A stream again whole after its head was read."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if self._head:
            chunk, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            chunk = self._rest.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)
