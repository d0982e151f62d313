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
from dragoman.sources.arrivals import LARGEST_FILE, Arrival, Failure, Given, Known, content_id
from dragoman.sources.batches import read_lines
from dragoman.sources.kinds import ENDINGS, TEXT, check_size, read_bytes

_LINES = (".jsonl", ".ndjson")
_ZIPPED_LINES = (".jsonl.gz", ".ndjson.gz")
_ARCHIVES = (".warc", ".warc.gz")
_LARGEST_EXPORT = 300_000_000  # bytes of a press database's export, which holds many articles
# What is taken from a folder; a file that is named itself may have any ending.
READ_FROM_FOLDERS = (*ENDINGS, *_LINES, *_ZIPPED_LINES, *_ARCHIVES)


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
        # A name in another encoding than this machine's has bytes that no text can hold.
        yield Found(path, os.fsencode(identity).decode("utf-8", "replace"), where)


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
    name = found.path.name.lower()
    try:
        if not found.path.is_file():
            raise InputError("neither a file nor a folder", where=found.where)
        if name.endswith((*_LINES, *_ZIPPED_LINES)):
            with found.path.open("rb") as stream:
                yield from read_lines(stream, where=found.where, given=given, zipped=name.endswith(".gz"))
        elif name.endswith(_ARCHIVES):
            with found.path.open("rb") as stream:
                yield from read_archive(stream, where=found.where, given=given)
        else:
            raw = _bytes(found)
            yield from read_bytes(raw, identity=found.identity, where=found.where, given=given, name=name)
    except InputError as error:
        yield Failure(found.where, error)
    except OSError as problem:
        what = problem.strerror or str(problem)
        yield Failure(found.where, InputError(what, where=found.where, todo="Check that the file can be opened"))


def read_archive(stream: BinaryIO, *, where: str, given: Given) -> Iterator[Arrival | Failure]:
    """The articles of a WARC archive, one record at a time; ids are those of their addresses."""
    from dragoman.sources.links import address_id
    from dragoman.sources.warc import read_warc

    for record in read_warc(stream, where=where):
        if isinstance(record, Failure):
            yield record
            continue
        identity = address_id(record.url) if record.url else content_id(record.raw)
        yield from read_bytes(
            record.raw,
            identity=identity,
            where=record.where,
            given=given,
            media_type=record.media_type,
            charset=record.charset,
            known=Known(url=record.url or None),
        )


def _bytes(found: Found) -> bytes:
    with found.path.open("rb") as stream:
        raw = stream.read(LARGEST_FILE + 1)
        size = found.path.stat().st_size
        if len(raw) > LARGEST_FILE and size <= _LARGEST_EXPORT and found.path.name.lower().endswith(TEXT):
            from dragoman.sources.decoding import decode
            from dragoman.sources.press_exports import cut_export

            head = raw[: 1 << 20].rpartition(b"\n")[0]
            if cut_export(decode(head, where=found.where).replace("\r\n", "\n")) is not None:
                return raw + stream.read()
    check_size(raw, size, found.where)
    return raw


def read_stream(stream: BinaryIO, given: Given) -> Iterator[Arrival | Failure]:
    """What stands on standard input: one document, or a batch when its first line is a JSON object."""
    where = "standard input"
    head = stream.read(1 << 16)
    first = head.lstrip()
    if first.startswith(b'{"') or first.startswith(b"{ "):
        chained = io.BufferedReader(_Chained(head, stream))  # type: ignore[type-var]
        yield from read_lines(chained, where=where, given=given)
        return
    try:
        raw = head + stream.read(LARGEST_FILE + 1 - len(head))
        check_size(raw, len(raw), where)
        yield from read_bytes(raw, identity=content_id(raw), where=where, given=given)
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
