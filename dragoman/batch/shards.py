"""Cuts what is to be read into shards, each of which becomes one result file.

In: paths, folders and patterns. Out: shards with names that stay the same from run to run: an archive or a batch is one
shard, single files go together, some hundred to a shard.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path

from dragoman.errors import InputError
from dragoman.sources import Failure
from dragoman.sources.files import READ_FROM_FOLDERS, Found, find_files

TOGETHER = 50  # single files in a shard: a quarter of a minute of work, so that processes end nearly together
_MANY = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".warc", ".warc.gz")


@dataclass(frozen=True, slots=True)
class Shard:
    """A piece of the work: its name, its files, and the size and time of change by which it is known again."""

    name: str
    files: tuple[Found, ...]
    mark: str


def find_shards(paths: Iterable[str | os.PathLike[str]]) -> list[Shard | Failure]:
    """The shards under `paths`, in order, and a Failure for each path that leads nowhere."""
    shards: list[Shard | Failure] = []
    single: list[Found] = []
    many: list[Found] = []
    for found in find_files(_expanded(paths)):
        if isinstance(found, Failure):
            shards.append(found)
        else:
            (many if found.path.name.lower().endswith(_MANY) else single).append(found)
    names = Counter(_stem(found.path.name) for found in many)
    for found in many:
        stem = _stem(found.path.name)
        name = stem if names[stem] == 1 else f"{stem}-{_digest([found])[:8]}"
        shards.append(Shard(name, (found,), _mark([found])))
    for some in _batched(single, TOGETHER):
        shards.append(Shard(f"files-{_digest(some)[:12]}", tuple(some), _mark(some)))
    return shards


def _expanded(paths: Iterable[str | os.PathLike[str]]) -> list[str]:
    """`paths` with each pattern in place of the files it fits, as a shell would do."""
    out: list[str] = []
    for path in map(str, paths):
        if path == "-" or path.lower().startswith(("http://", "https://")):
            todo = "Read it into a dossier: dragoman read"
            raise InputError("neither file nor folder", where=path, expected="archives, batches or folders", todo=todo)
        out += sorted(glob(path, recursive=True)) or [path] if has_magic(path) and not os.path.exists(path) else [path]
    return out


def _stem(name: str) -> str:
    lower = name.lower()
    ending = max((e for e in READ_FROM_FOLDERS if lower.endswith(e)), key=len, default="")
    return name[: len(name) - len(ending)] or name


def _digest(files: Sequence[Found]) -> str:
    places = "\0".join(str(Path(found.path).absolute()) for found in files)
    return hashlib.sha256(places.encode("utf-8", "surrogateescape")).hexdigest()


def _mark(files: Sequence[Found]) -> str:
    marks = hashlib.sha256()
    for found in files:
        try:
            state = found.path.stat()
            marks.update(f"{found.identity}\0{state.st_size}\0{state.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
        except OSError:
            marks.update(b"gone\n")
    return marks.hexdigest()[:16]


def _batched(files: Sequence[Found], count: int) -> list[Sequence[Found]]:
    return [files[start : start + count] for start in range(0, len(files), count)]
