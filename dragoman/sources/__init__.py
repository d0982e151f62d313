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
from typing import TYPE_CHECKING, BinaryIO

from dragoman.errors import InputError
from dragoman.reading import Document
from dragoman.sources.arrivals import Arrival, Failure, Given
from dragoman.sources.links import is_address

if TYPE_CHECKING:
    from dragoman.sources.fetch import Fetcher

__all__ = ["Arrival", "Failure", "Given", "arrivals", "documents", "links", "subscriptions"]

_Path = str | os.PathLike[str]


def documents(
    paths: _Path | Iterable[_Path],
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    language: str | None = None,
    stdin: BinaryIO | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Document | Failure]:
    """Every document at `paths`, in input order: files, folders, addresses (http, https), "-" for standard input.

    A day of publication that a document states goes before `published`; title, outlet and language that are given go
    before what is only guessed from the text. `fetcher` holds the limits for addresses; without one, the usual apply.
    """
    given = {"published": published, "outlet": outlet, "title": title, "language": language}
    for item in arrivals(paths, **given, stdin=stdin, fetcher=fetcher):
        yield item if isinstance(item, Failure) else item.document


def arrivals(
    paths: _Path | Iterable[_Path],
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    language: str | None = None,
    stdin: BinaryIO | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Arrival | Failure]:
    """The same documents with the bytes they were read from."""
    from dragoman.sources.files import find_files, read_file, read_stream

    given = Given(published=published, outlet=outlet, title=title, language=language).checked()
    several = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    for kind, some in groupby(several, key=_kind_of_path):
        if kind == "stdin":
            yield from read_stream(stdin or sys.stdin.buffer, given)
        elif kind == "address":
            yield from _fetched([str(url) for url in some], given, fetcher)
        else:
            for found in find_files(some):
                yield from [found] if isinstance(found, Failure) else read_file(found, given)


def links(path: _Path) -> list[str | Failure]:
    """The addresses in a list of links, one a line, with a Failure for each line that is none."""
    from dragoman.sources.feeds import read_links

    found = read_links(_read(path), where=str(path))
    return [Failure(item.where, item) if isinstance(item, InputError) else item for item in found]


def subscriptions(path: _Path) -> list[str]:
    """The feed addresses in an OPML file; InputError when it is none."""
    from dragoman.sources.feeds import read_subscriptions

    return list(read_subscriptions(_read(path), where=str(path)))


def _kind_of_path(path: _Path) -> str:
    if path == "-":
        return "stdin"
    return "address" if isinstance(path, str) and is_address(path) else "file"


def _fetched(urls: list[str], given: Given, fetcher: Fetcher | None) -> Iterator[Arrival | Failure]:
    from dragoman.sources.fetch import Fetcher
    from dragoman.sources.web import read_addresses

    if fetcher is not None:
        yield from read_addresses(urls, fetcher=fetcher, given=given)
        return
    with Fetcher() as own:
        yield from read_addresses(urls, fetcher=own, given=given)


def _read(path: _Path) -> bytes:
    from dragoman.sources.arrivals import LARGEST_FILE

    try:
        with open(path, "rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except OSError as problem:
        raise InputError(problem.strerror or str(problem), where=str(path), todo="Check the path") from None
    if len(raw) > LARGEST_FILE:
        raise InputError("a list of more than 20 MB", where=str(path))
    return raw
