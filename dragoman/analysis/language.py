"""The language that prose is written in. In: messages with places for names, days. Out: words; English where no other
language is given. What is English here is the key by which a language's message file knows the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
RIGHT_TO_LEFT_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")  # Hebrew, Arabic and their forms


class Language(Protocol):
    """One language: its messages, its days, and how a name stands in a sentence of another script."""

    @property
    def language(self) -> str:
        """Its code, such as "en"."""
        ...

    @property
    def direction(self) -> str:
        """ltr or rtl."""
        ...

    def gettext(self, message: str) -> str:
        """The message in this language."""
        ...

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The message in the form that `count` asks for."""
        ...

    def long_day(self, text: str | None) -> str:
        """An ISO date in words."""
        ...

    def isolated(self, text: object) -> str:
        """A name or quotation that keeps its own direction within a sentence."""
        ...

    def retold(self, text: str) -> str:
        """A sentence that another room wrote; itself where this language does not know its pattern."""
        ...


class _English:
    language, direction = "en", "ltr"

    def gettext(self, message: str) -> str:
        return message

    def ngettext(self, one: str, many: str, count: int) -> str:
        return one if count == 1 else many

    def long_day(self, text: str | None) -> str:
        return day(text)

    def isolated(self, text: object) -> str:
        return str(text)

    def retold(self, text: str) -> str:
        return text


ENGLISH: Language = _English()


def day(text: str | None) -> str:
    """An ISO date in words: "2027-02-08" is "8 February 2027", "2016-02" is "February 2016"."""
    if not text:
        return ""
    parts = text[:10].split("-")
    try:
        month = _MONTHS[int(parts[1]) - 1] if len(parts) > 1 else ""
        return " ".join(p for p in (str(int(parts[2])) if len(parts) > 2 else "", month, parts[0]) if p)
    except (ValueError, IndexError):
        return text


def said(language: Language, message: str, **values: object) -> str:
    """The message with its places filled; what fills them keeps its own direction."""
    return language.gettext(message) % {name: language.isolated(value) for name, value in values.items()}


def listed(language: Language, words: Sequence[str]) -> str:
    """Words as a list: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return words[0] if words else ""
    first = language.gettext(", ").join(words[:-1])
    return language.gettext("%(list)s and %(last)s") % {"list": first, "last": words[-1]}
