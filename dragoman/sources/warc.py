"""Reads web archives: WARC and WARC.gz of any size, record by record.

In: a binary stream. Out: the pages and texts in it, one after another; a damaged record costs itself, a damaged
archive ends with what was read before the damage.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from dragoman.errors import InputError
from dragoman.sources.arrivals import LARGEST_FILE, Failure

_CHUNK = 1 << 16
_READ = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")


@dataclass(frozen=True, slots=True)
class Record:
    """A page of an archive as its server sent it."""

    url: str
    raw: bytes
    media_type: str
    charset: str | None
    where: str


def read_warc(stream: BinaryIO, *, where: str) -> Iterator[Record | Failure]:
    """The pages of an archive, in order."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    number, last, whole = 0, 0, True
    found: Record | None
    try:
        # Records of every kind are walked over: one that breaks off is known only by its own length.
        for record in ArchiveIterator(stream, parse_http=True, max_header_len=65_536, fsspec_args=False):
            last, found = record.stream_pos, None
            if record.record_type & kinds:
                number += 1
                try:
                    found = _record(record, where, number)
                except InputError as error:
                    yield Failure(error.where, error)
            record.reader.consume()
            whole = record.reader.tell() >= record.content_length
            if whole and found is not None:
                yield found
    except Exception as problem:  # the library names every damage OSError, ValueError or RuntimeError
        yield _damaged(str(problem)[:200] or type(problem).__name__, where)
        return
    if number == 0:
        yield Failure(where, InputError("no pages", where=where, expected="a WARC archive of the web"))
    elif not whole or not _ends_with(stream, last):
        yield _damaged("it breaks off within a record", where)


def _ends_with(stream: BinaryIO, start: int) -> bool:
    """Whether the archive ends with the record that starts at `start`: whole, and with no part of another after it.

    The library takes the end of its bytes for the end of the archive, wherever in a record's header that is.
    """
    if not stream.seekable():
        return True
    stream.seek(start)
    head = stream.read(_CHUNK)
    if head.startswith(b"WARC/"):
        before = head.partition(b"\r\n\r\n")[0]
        length = re.search(rb"^content-length:\s*(\d+)", before, re.I | re.M)
        if length is None:
            return False
        stream.seek(start + len(before) + 4 + int(length[1]))
        return stream.read(_CHUNK).strip() == b""
    if not head.startswith(b"\x1f\x8b"):  # an archive packed as one, in which places are not those of the file
        stream.seek(0)
        head = stream.read(_CHUNK)
    if not head.startswith(b"\x1f\x8b"):
        return True
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    while head:
        unpacker.decompress(head, _CHUNK)
        head = unpacker.unconsumed_tail or unpacker.unused_data or stream.read(_CHUNK)
        if unpacker.eof:
            return head.strip(b"\0") == b""
    return False


def _damaged(what: str, where: str) -> Failure:
    todo = "Fetch the archive again; the pages above were read"
    return Failure(where, InputError(f"a damaged archive ({what})", where=where, todo=todo))


def _record(record: Any, where: str, number: int) -> Record | None:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    place = f"{where}:{url or number}"
    status = record.http_headers.status_code if record.http_headers is not None else 200
    said = record.http_content_type or record.headers.get("Content-Type") or ""
    media_type = said.partition(";")[0].strip().lower()
    if status != 200 or media_type not in _READ or url.endswith("/robots.txt"):
        return None
    raw = record.reader.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        record.consume()
        raise _too_large(place)
    if record.http_headers is not None:
        raw = _decoded(raw, record.http_headers, place)
    return Record(url, raw, media_type, record.http_charset, place)


def _decoded(raw: bytes, headers: Any, place: str) -> bytes:
    """The body without its transfer coding and packing, unpacked within limits.

    The archive library can do this itself, but loses its place in the archive when a body is left half read.
    """
    said = {str(name).lower(): str(value).lower() for name, value in headers.items()}
    if "chunked" in said.get("transfer-encoding", "") and (whole := _unchunked(raw)) is not None:
        raw = whole
    # Many archives keep the header and store the body unpacked, so the body itself is asked.
    if raw.startswith(b"\x1f\x8b") or said.get("content-encoding") == "deflate":
        try:
            unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
            unpacked = unpacker.decompress(raw, LARGEST_FILE + 1)
        except zlib.error:
            return raw
        if len(unpacked) > LARGEST_FILE:
            raise _too_large(place)
        return unpacked
    return raw


def _unchunked(raw: bytes) -> bytes | None:
    """The body of a chunked answer; None when it is not chunked after all."""
    out, at = bytearray(), 0
    while at < len(raw):
        end = raw.find(b"\r\n", at, at + 64)
        if end < 0:
            return None if not out else bytes(out)
        try:
            size = int(raw[at:end].split(b";")[0], 16)
        except ValueError:
            return None if not out else bytes(out)
        if size <= 0:
            break
        out += raw[end + 2 : end + 2 + size]
        at = end + 2 + size + 2
    return bytes(out)


def _too_large(place: str) -> InputError:
    return InputError(f"a page of more than {LARGEST_FILE // 1_000_000} MB", where=place)
