"""Reads batches: JSON Lines, plain or gzipped, one document a line.

In: a binary stream of any length. Out: one Arrival or Failure a line, in order, in bounded memory. A bad line costs
that line only.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from dragoman.errors import InputError
from dragoman.sources.arrivals import Arrival, Failure, Given, Known, a_day, content_id, from_html, from_text

_LONGEST_LINE = 40_000_000  # bytes; an article of the largest size, every letter escaped
_UNSUSPICIOUS = 100_000_000  # decompressed bytes before the ratio is looked at
_LARGEST_RATIO = 200  # text shrinks ten times at most; a bomb grows a thousand times
_EXAMPLE = 'a JSON object with "text" or "html"'


def read_lines(stream: BinaryIO, *, where: str, given: Given, zipped: bool = False) -> Iterator[Arrival | Failure]:
    """Every document of a batch; `where` is the batch's name, and each line's place is `where:line`."""
    source: BinaryIO = gzip.GzipFile(fileobj=stream) if zipped else stream  # type: ignore[assignment]
    number = total = 0
    while True:
        number += 1
        place = f"{where}:{number}"
        try:
            line = source.readline(_LONGEST_LINE + 1)
            total += len(line)
            if len(line) > _LONGEST_LINE:
                total += _skip_line(source)
                found = f"a line longer than {_LONGEST_LINE:,} bytes"
                raise InputError(found, where=place, expected="one article a line")
            if zipped and total > _UNSUSPICIOUS and total > _LARGEST_RATIO * max(1, stream.tell()):
                yield Failure(place, InputError("an archive that grows beyond measure when opened", where=where))
                return
        except (OSError, EOFError, zlib.error) as problem:
            found = f"a damaged archive ({problem})" if zipped else str(problem)
            todo = "Fetch or pack the file again; the lines above it were read"
            yield Failure(place, InputError(found, where=place, todo=todo))
            return
        except InputError as error:
            yield Failure(place, error)
            continue
        if not line:
            return
        if not line.strip():
            continue
        try:
            yield _arrival(line, place, given)
        except InputError as error:
            yield Failure(place, error)


def _skip_line(source: BinaryIO) -> int:
    """Read to the end of a line that is too long, at most ten more lengths of the longest."""
    skipped = 0
    while chunk := source.readline(1 << 20):
        skipped += len(chunk)
        if chunk.endswith(b"\n"):
            break
    return skipped


def _arrival(line: bytes, place: str, given: Given) -> Arrival:
    data = _object(line, place)
    text, html = _string(data, "text", place), _string(data, "html", place)
    published, language = _string(data, "published", place), _string(data, "language", place)
    known = Known(
        title=_string(data, "title", place),
        outlet=_string(data, "outlet", place),
        url=_string(data, "url", place),
        author=_string(data, "author", place),
        published=a_day(published, where=f"{place}: published") if published else None,
        language=language,
    )
    identity = data.get("id")
    identity = str(identity) if isinstance(identity, str | int) and str(identity).strip() else content_id(line.strip())
    if text is not None:
        document = from_text(text, identity=identity, where=place, given=given, known=known)
    elif html is not None:
        document = from_html(html, identity=identity, where=place, given=given, known=known)
    else:
        raise InputError("neither text nor html", where=place, expected=_EXAMPLE)
    return Arrival(document, line, "application/json", place)


def _object(line: bytes, place: str) -> dict[str, Any]:
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        found = f"a line that is not UTF-8 (byte {problem.start})"
        raise InputError(found, where=place, expected="JSON Lines in UTF-8") from None
    except (ValueError, RecursionError) as problem:
        raise InputError(
            f"a line that is no JSON ({problem})",
            where=place,
            expected=_EXAMPLE,
            todo="Mend or remove the line; the others were read",
        ) from None
    if not isinstance(data, dict):
        raise InputError(f"a JSON {type(data).__name__}", where=place, expected=_EXAMPLE)
    return data


def _string(data: dict[str, Any], name: str, place: str) -> str | None:
    value = data.get(name)
    if value is not None and not isinstance(value, str):
        raise InputError(f"{name} is {type(value).__name__}", where=place, expected="a string or null")
    return value or None
