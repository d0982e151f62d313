r"""Reads RTF, in which press databases and old word processors hand out articles.

In: the bytes of an RTF document. Out: its text, an empty line after each paragraph; fonts, styles, pictures, hidden
text and notes to the program are left out.
"""

from __future__ import annotations

import codecs
import re

from dragoman.errors import InputError

# A control word with its number, a letter by its code, a control sign, a bracket, plain text.
_TOKEN = re.compile(rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.I)
_LEFT_OUT = {
    b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"header", b"footer", b"headerl", b"headerr", b"headerf",
    b"footerl", b"footerr", b"footerf", b"object", b"themedata", b"datastore", b"fldinst", b"listtable", b"nonshppict",
    b"listoverridetable", b"generator", b"xmlnstbl", b"rsidtbl", b"latentstyles", b"bkmkstart", b"bkmkend", b"filetbl",
}  # fmt: skip
_SIGNS = {
    b"par": "\n\n", b"line": "\n", b"sect": "\n\n", b"page": "\n\n", b"row": "\n", b"tab": "\t", b"cell": "\t",
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_DEEPEST = 2_000  # groups within groups


def read_rtf(raw: bytes, *, where: str) -> str:
    """The text of an RTF document; InputError where there is none."""
    page = "cp1252"
    out: list[str] = []
    silent, skip, fallback = False, 0, 1  # whether the group is left out; letters to skip; how many stand for a \\u
    outer: list[tuple[bool, int]] = []
    first = False  # whether a group has just begun: its first word says what it is
    for token in _TOKEN.finditer(raw):
        word, number, code, sign, brace, plain = token.groups()
        begins, first = first, False
        if brace == b"{":
            if len(outer) >= _DEEPEST:
                raise InputError(f"an RTF document with more than {_DEEPEST:,} groups in one another", where=where)
            outer.append((silent, fallback))
            first = True
        elif brace == b"}":
            silent, fallback = outer.pop() if outer else (silent, fallback)
        elif sign == b"*":
            silent = silent or begins
        elif word:
            if begins and word in _LEFT_OUT:
                silent = True
            elif word == b"ansicpg" and number:
                page = _page(number.decode())
            elif word == b"uc" and number:
                fallback = max(0, int(number))
            elif word == b"v" and begins:
                silent = silent or number != b"0"
            elif word == b"u" and number and not silent:
                out.append(chr(int(number) % 0x10000))
                skip = fallback
            elif not silent and word in _SIGNS:
                out.append(_SIGNS[word])
        elif silent:
            continue
        elif code:
            if skip:
                skip -= 1
            else:
                out.append("\0" + code.decode())  # decoded below: a letter may have several bytes
        elif sign:
            out.append({b"~": "\xa0", b"_": "-", b"-": ""}.get(sign, sign.decode("latin-1") if sign in b"\\{}" else ""))
        elif plain:
            out.append(plain[skip:].decode("latin-1"))
            skip = max(0, skip - len(plain))
    return _checked("".join(out), page, where)


def _page(number: str) -> str:
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "cp1252"


def _checked(text: str, page: str, where: str) -> str:
    hidden = re.compile(r"(?:\0[0-9a-fA-F]{2})+")
    text = hidden.sub(lambda run: bytes.fromhex(run[0].replace("\0", "")).decode(page, "replace"), text)
    # Letters beyond the first plane are written as two halves.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if not text.strip():
        raise InputError("an RTF document without text", where=where)
    return text
