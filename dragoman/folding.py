"""One way to make two spellings of the same words comparable, for search, names and copies alike.

In: any text, Latin or Arabic. Out: lower case without accents, vowel marks, tatweel or letter variants.
"""

import re
import unicodedata
from functools import cache, lru_cache

# Letters that NFKD leaves alone but writers exchange freely.
_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": None,
        "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-",
    }
)  # fmt: skip
_ASCII = bytes(range(128))
_TYPESET = (("’", "'"), ("“", '"'), ("”", '"'), ("‘", "'"), ("–", "-"), ("—", "-"))
_POSSESSIVE = re.compile(r"(?<=\w)'s?\b")
_MARKS, _GENITIVES = ("'", "’"), ("'s", "’s")
_LETTERS_ALONE = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:['.&-][A-Za-z0-9]+)*")  # the same, a third quicker
# Every ASCII letter in lower case, digits as they are, blanks for all else.
_LOWERED = bytes(ord(chr(n).lower()) if n < 128 and chr(n).isalnum() else ord(" ") for n in range(256))


def fold(text: str) -> str:
    """`text` in lower case, without marks and letter variants; "Tartūs’" and "تُرفع" become "tartus'" and "ترفع"."""
    if text.isascii():
        return text.lower()
    for mark, plain in _TYPESET:  # most often a text has no other letters or marks that are to be folded
        text = text.replace(mark, plain)
    if text.isascii():
        return text.lower()
    for letter in _beyond_ascii(text):  # few differ, and a text is gone through sooner than its letters are
        if (plain := _folded_letter(letter)) != letter:
            text = text.replace(letter, plain)
    return text.casefold()


def _beyond_ascii(text: str) -> set[str]:
    """The letters and signs of a text that ASCII has not."""
    left = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return set(left.decode("utf-8", "surrogatepass"))


def with_plain_letters(text: str) -> str | None:
    """A text in ASCII, with "?" for every other sign; None where one of them is a letter or a digit."""
    if text.isascii():
        return text
    if any(letter.isalnum() for letter in _beyond_ascii(text)):
        return None
    return text.encode("ascii", "replace").decode("ascii")


@cache
def _folded_letter(letter: str) -> str:
    """A letter without marks, as a text would hold it after folding; what else it stands for is folded with it."""
    apart = unicodedata.normalize("NFKD", letter.translate(_LETTERS).casefold())
    plain = "".join(c for c in apart if not unicodedata.combining(c)).translate(_LETTERS).casefold()
    return plain if plain == letter else "".join(map(_folded_letter, plain))


@lru_cache(maxsize=1 << 15)
def folded_word(word: str) -> str:
    """A single word folded, or as it is where nothing is left of it: remembered, for a text repeats its words."""
    return fold(word) or word


@lru_cache(maxsize=1 << 15)  # the same few names are asked for again and again
def fold_name(text: str) -> str:
    """A name reduced to what tells it apart: "the U.N." and "UN" are one, "Syria's" is "syria"."""
    folded = fold(text)
    if "'" in folded:
        folded = _POSSESSIVE.sub("", folded).replace("'", "")
    folded = folded.replace(".", "")
    words = plain_words(folded) if folded.isascii() else _LETTERS_ALONE.findall(folded)
    if len(words) > 1 and words[0] in ("the", "a", "an"):
        words = words[1:]
    if not folded.isascii():
        words = [w[2:] if w.startswith("ال") and len(w) > 4 else w for w in words]
    return " ".join(words)


def without_genitive(name: str) -> str:
    """A name or word as it is when it owns nothing: "Syria" for "Syria's", "the farmers" for "the farmers'"."""
    return name[:-1] if name.endswith(_MARKS) else name[:-2] if name.endswith(_GENITIVES) else name


def last_word(text: str) -> str:
    """What stands last between white space; nothing where nothing stands."""
    return "".join(text.split()[-1:])


def words(text: str) -> list[str]:
    """The folded words of `text`, in order."""
    if not text.isascii():
        folded = fold(text)
        return (_ASCII_WORD if folded.isascii() else _WORD).findall(folded)
    if "'" in text or "-" in text or "&" in text or "." in text[:-1]:
        return _ASCII_WORD.findall(text.lower())
    return plain_words(text)


def plain_words(text: str) -> list[str]:
    """The words of an ASCII text as letters and digits alone, in lower case, which a table of letters finds soonest."""
    return text.encode("ascii").translate(_LOWERED).decode("ascii").split()
