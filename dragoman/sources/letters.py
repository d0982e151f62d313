"""Repairs the letters of a text: what copying, decoding and disguise did to them.

In: any text. Out: the same words in NFC, with plain spaces, line feeds only, no invisible characters, mis-decoded
bytes read again, broken apostrophes mended and look-alike letters of other alphabets replaced inside Latin words. A
text without such damage comes back unchanged, curly and straight quotes included.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from functools import cache
from importlib import resources

# Deleted everywhere: soft hyphen, zero-width space, word joiner, byte order mark, direction marks, other controls.
_INVISIBLE = (
    "\u00ad\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\u180e\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069\u034f"
)
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_BREAKS = "\u2028\u2029\u0085\v\f"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_HIGH = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_WINDOWS = {chr(n): bytes([n]).decode("cp1252", "ignore") for n in range(0x80, 0xA0) if n != 0x85}
_ONE_BY_ONE = str.maketrans(
    {
        **dict.fromkeys(_INVISIBLE),
        **{chr(n): None for n in range(32) if chr(n) not in "\n\t\v\f\r"},
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_BREAKS, "\n"),
        **_LIGATURES,
        **_WINDOWS,
        "\x7f": None,
    }
)
# Zero-width joiners spell Persian words and emoji; between other letters they are dirt.
_JOINER = re.compile("(?<=[\u0000-\u04ff])[\u200c\u200d]+|[\u200c\u200d]+(?=[\u0000-\u04ff])")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Mathematical letters and full-width Latin, as used for "bold" in posts; Arabic presentation forms of old PDFs.
_COMPATIBLE = re.compile("[\U0001d400-\U0001d7ff\uff01-\uff5e\ufb50-\ufdf1\ufe70-\ufefc]+")
_FULL_WIDTH = re.compile("[\uff21-\uff3a\uff41-\uff5a]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_ENDINGS = "(?:s|S|t|re|ve|ll|d|m|T|RE|VE|LL|D|M)"
# An apostrophe lost to a question mark or a replacement character, a prime or an accent typed in its place.
_LOST_APOSTROPHE = re.compile(rf"(?<=[A-Za-z])[?\ufffd](?={_ENDINGS}\b(?![=&?/]))")
_ODD_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[`´ʼ′＇‛ʹˈ](?=[^\W\d_])")
_TEX_QUOTES = re.compile(r"``(?=\S)([^`'\n]{1,600})''")
# UTF-8 read as Windows-1252. A single pair is trusted only where a text shows one that nobody writes on purpose.
_CERTAIN = re.compile(
    rf"â€.|Ã[©¨¡¢£¤¥§ª«®¯°±²³´µ¶·¸¹º»¼½¾]|Â[\u00a0£©«»°·]|(?:[ØÙ][{_HIGH}]){{3}}|(?:[ÐÑ][{_HIGH}]){{3}}"
)
_MISREAD = re.compile(f"[\u00c2-\u00df][{_HIGH}]|[\u00e0-\u00ef][{_HIGH}]{{2}}|[\u00f0-\u00f4][{_HIGH}]{{3}}")
_LETTERS = re.compile(r"[^\W\d_]+")


def mend(text: str) -> str:
    """`text` with its letters repaired."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SURROGATE.sub("\ufffd", text)
    if "&" in text:
        text = _ENTITY.sub(lambda m: html.unescape(m[0]), text)
    if _CERTAIN.search(text):
        text = _MISREAD.sub(_read_again, text)
        text = text.replace("â€\u009d", "”").replace("â€ ", "” ").replace("â€\n", "”\n")
    if "\u200c" in text or "\u200d" in text:
        text = _JOINER.sub("", text)
    text = text.translate(_ONE_BY_ONE)
    if _COMPATIBLE.search(text):
        text = _COMPATIBLE.sub(_plain_form, text)
    text = unicodedata.normalize("NFC", text)
    text = _LOST_APOSTROPHE.sub("’", text)
    text = _ODD_APOSTROPHE.sub("’", text)
    if "``" in text:
        text = _TEX_QUOTES.sub(r"“\1”", text)
    return _without_lookalikes(text)


def _read_again(match: re.Match[str]) -> str:
    raw = bytearray()
    for letter in match[0]:
        try:
            raw += letter.encode("cp1252")
        except UnicodeEncodeError:
            raw += letter.encode("latin-1", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _plain_form(match: re.Match[str]) -> str:
    # Full-width punctuation belongs to Chinese and Japanese text; only letters among Latin are disguise.
    found = match[0]
    if "\uff01" <= found[0] <= "\uff5e" and not _FULL_WIDTH.search(found):
        return found
    return unicodedata.normalize("NFKC", found)


@cache
def _lookalikes() -> dict[int, str]:
    data = json.loads(resources.files(__package__).joinpath("data", "lookalikes.json").read_text("utf-8"))
    return {ord(letter): latin for letter, latin in data["latin"].items() if len(letter) == 1}


def _without_lookalikes(text: str) -> str:
    """Words that mix Latin with letters that only look Latin, spelled in Latin; other words are left alone."""
    if not re.search("[\u0370-\u058f]", text):
        return text
    table = _lookalikes()
    latin = sum(1 for c in text if "A" <= c <= "z")
    others = sum(1 for c in text if "\u0370" <= c <= "\u058f" and ord(c) not in table)
    mostly_latin = latin > 20 * others

    def one(match: re.Match[str]) -> str:
        word = match[0]
        foreign = [c for c in word if "\u0370" <= c <= "\u058f"]
        if not foreign or any(ord(c) not in table for c in foreign):
            return word
        mixed = len(foreign) < len(word) and (mostly_latin or 2 * len(foreign) <= len(word))
        if mixed or (mostly_latin and word.islower()):
            return word.translate(table)
        return word

    return _LETTERS.sub(one, text)
