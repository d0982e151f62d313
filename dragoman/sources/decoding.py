"""Turns bytes into text, whatever encoding they are in, and refuses what is no text.

In: the bytes of a file or page. Out: text, or an InputError that says what was found instead.
"""

from __future__ import annotations

import codecs
import re

from dragoman.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KNOWN_BINARIES = (
    (b"%PDF", "a PDF"), (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or office document"), (b"\x1f\x8b", "a gzip archive"), (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"), (b"\xd0\xcf\x11\xe0", "an old office document"), (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"), (b"MZ\x90", "a program"), (b"SQLite format 3", "an SQLite database"),
    (b"OggS", "a sound file"), (b"ID3", "a sound file"), (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"{\\rtf", "an RTF document"),
)  # fmt: skip
_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
_CANDIDATES = [
    "cp1252", "cp1256", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1257", "iso8859_6", "koi8_r", "gb18030",
    "big5", "shift_jis", "euc_jp", "euc_kr", "mac_roman",
]  # fmt: skip
_SAMPLE = 60_000


def decode(raw: bytes, *, where: str, declared: str | None = None) -> str:
    """`raw` as text; `declared` is what came with it (an HTTP header, a mail part) and is tried after UTF-8."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as problem:
                found = f"text that begins as {encoding} and breaks off at byte {problem.start}"
                raise _not_text(where, found) from None
    for start, name in _KNOWN_BINARIES:
        if raw.startswith(start):
            raise _not_text(where, name)
    if (wide := _without_mark(raw)) is not None:
        return wide
    if b"\x00" in raw[:_SAMPLE] or _share_of_controls(raw[:_SAMPLE]) > 0.02:
        raise _not_text(where, "binary data")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    in_page = _DECLARED.search(raw[:4096])
    for said in (declared, in_page[1].decode("ascii") if in_page else None):
        if said and (text := _try(raw, said)) is not None:
            return text
    if (text := _mostly_utf8(raw)) is not None:
        return text
    return _guess(raw, where)


def _not_text(where: str, found: str) -> InputError:
    expected, todo = "text, Markdown, HTML or JSON Lines", "Save the article as text or as a web page"
    return InputError(found, where=where, expected=expected, todo=todo)


def _without_mark(raw: bytes) -> str | None:
    """UTF-16 without its mark, told by zero bytes in every other place."""
    head = raw[:2000]
    if len(head) < 8 or len(raw) % 2:
        return None
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if zeros.count(0) > 0.7 * len(zeros):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _share_of_controls(sample: bytes) -> float:
    controls = sum(sample.count(bytes([n])) for n in (*range(1, 9), *range(14, 27), *range(28, 32)))
    return controls / len(sample) if sample else 0.0


def _try(raw: bytes, encoding: str) -> str | None:
    # Pages that say Latin-1 are Windows-1252 in truth; browsers read them so.
    name = encoding.strip().lower().replace("_", "-")
    name = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
            "gb2312": "gb18030", "gbk": "gb18030"}.get(name, name)  # fmt: skip
    try:
        codec = codecs.lookup(name)
        return raw.decode(codec.name) if getattr(codec, "_is_text_encoding", True) else None
    except (LookupError, UnicodeError, ValueError):
        return None


def _mostly_utf8(raw: bytes) -> str | None:
    """UTF-8 with a few stray bytes of Windows-1252 among many good characters."""
    text = raw.decode("utf-8", "surrogateescape")
    stray = sum("\udc80" <= c <= "\udcff" for c in text)
    good = sum(c > "\x7f" for c in text) - stray
    if stray > max(3, good // 10) or good < 5 * stray:
        return None
    return re.sub("[\udc80-\udcff]", lambda m: bytes([ord(m[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def _guess(raw: bytes, where: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:_SAMPLE], cp_isolation=_CANDIDATES, enable_fallback=False).best()
    if best is not None and (text := _try(raw, best.encoding)) is not None:
        return text
    raise InputError(
        "text in an encoding that cannot be told",
        where=where,
        expected="UTF-8",
        todo="Save the file as UTF-8 and read it again",
    )
