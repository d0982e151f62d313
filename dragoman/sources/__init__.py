"""From files, pages, feeds and archives to clean Documents.

This room opens files and, where it is told to, the network; it keeps nothing, decides nothing about what an article
says, and imports no other room. In: paths, streams, addresses. Out: a Document for each article, with the bytes it was
read from, or a Failure that says what was found, where, and what to do. One bad document never stops the others.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO

from dragoman.reading import Document
from dragoman.sources.arrivals import Arrival, Failure, Given

__all__ = ["Arrival", "Failure", "Given", "arrivals", "documents"]


def documents(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    language: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | Failure]:
    """Every document under `paths`, in input order; "-" is standard input.

    A day of publication that a document states goes before `published`; title, outlet and language that are given go
    before what is only guessed from the text.
    """
    given = {"published": published, "outlet": outlet, "title": title, "language": language}
    for item in arrivals(paths, **given, stdin=stdin):
        yield item if isinstance(item, Failure) else item.document


def arrivals(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    language: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Arrival | Failure]:
    """The same documents with the bytes they were read from."""
    from dragoman.sources.files import find_files, read_file, read_stream

    given = Given(published=published, outlet=outlet, title=title, language=language).checked()
    several = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    for from_stdin, some in groupby(several, key=lambda path: path == "-"):
        if from_stdin:
            yield from read_stream(stdin or sys.stdin.buffer, given)
            continue
        for found in find_files(some):
            yield from [found] if isinstance(found, Failure) else read_file(found, given)
