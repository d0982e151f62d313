"""The desk's two languages: messages, numbers and dates as each writes them.

In: a language the desk speaks. Out: a Speech that templates ask for words. Messages stand in `translations/` as
gettext files; `scripts/translations.py` collects and compiles them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from gettext import NullTranslations
from pathlib import Path

from dragoman.analysis.language import RIGHT_TO_LEFT_LETTER
from dragoman.analysis.language import day as english_day
from dragoman.desk.retold import known
from dragoman.errors import DragomanError

LANGUAGES = {"en": "English", "ar": "العربية"}
_RIGHT_TO_LEFT = {"ar"}
_FOLDER = Path(__file__).parent / "translations"


@dataclass(frozen=True)
class Speech:
    """One language of the desk."""

    language: str
    messages: NullTranslations

    @property
    def direction(self) -> str:
        """ltr or rtl."""
        return "rtl" if self.language in _RIGHT_TO_LEFT else "ltr"

    def gettext(self, message: str) -> str:
        """The message in this language; itself where no translation is known."""
        return self.messages.gettext(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The message in the form that `count` asks for."""
        return self.messages.ngettext(one, many, count)

    def day(self, text: str | None) -> str:
        """An ISO date as this language writes it in a list; what is no date is returned as it is."""
        return _written(text, self.language, "MMM") if text else ""

    def long_day(self, text: str | None) -> str:
        """An ISO date as this language writes it in a sentence."""
        return english_day(text) if self.language == "en" else _written(text, self.language, "MMMM") if text else ""

    def isolated(self, text: object) -> str:
        """A name or quotation that keeps its own direction within a sentence of the other script (UAX 9, FSI, PDI)."""
        words = str(text)
        foreign = self.direction == "rtl" or RIGHT_TO_LEFT_LETTER.search(words)
        return f"\u2068{words}\u2069" if foreign and words else words

    def retold(self, text: str) -> str:
        """A sentence that another room wrote, in this language; in its own where the pattern is not known."""
        found = known(text) if self.language != "en" else None
        if found is None:
            return self.isolated(text)
        return self.gettext(found.message) % {name: self.isolated(value) for name, value in found.values.items()}

    def complaint(self, error: DragomanError | str) -> str:
        """What is wrong, what was expected and what to do, as far as this language knows the words."""
        if isinstance(error, str):
            return self.retold(error)
        if self.language == "en":
            return str(error)
        head = self.retold(error.found.rstrip("."))
        parts = [f"{self.isolated(error.where)}: {head}." if error.where else f"{head}."]
        if error.expected:
            expected = self.retold(error.expected.rstrip("."))
            parts.append(self.gettext("Expected %(what)s.") % {"what": expected})
        if error.todo:
            parts.append(f"{self.retold(error.todo.rstrip('.'))}.")
        return " ".join(parts)

    def reason(self, text: str) -> str:
        """Why something was not read: a report keeps the sentences of an error as one line."""
        if self.language == "en":
            return text
        where, colon, rest = text.partition(": ")
        found, _, more = (rest if colon else where).partition(". ")
        expected, todo = "", more
        if more.startswith("Expected "):
            expected, _, todo = more.removeprefix("Expected ").partition(". ")
        kept = DragomanError(found, where=where if colon else "", expected=expected, todo=todo)
        return self.complaint(kept)


@lru_cache(maxsize=8192)
def _written(text: str, language: str, month: str) -> str:
    from babel.dates import format_date

    whole = text[:10]
    pattern = {4: "y", 7: f"{month} y"}.get(len(whole), f"d {month} y")
    try:
        value = date.fromisoformat(f"{whole}-01-01"[:10])
    except ValueError:
        return text
    # The mark that Arabic dates bring along reorders neighbours; <bdi> isolates instead.
    return format_date(value, pattern, locale=language).replace("\u200f", "")


@cache
def speech(language: str) -> Speech:
    """The desk's speech in `language`; English where it is none of ours."""
    from babel.support import Translations

    chosen = language if language in LANGUAGES else "en"
    return Speech(chosen, Translations.load(str(_FOLDER), [chosen]))


def chosen_language(cookie: str | None, accept: str) -> str:
    """What the reader chose, else the first language of ours that the browser asks for, else English."""
    if cookie in LANGUAGES:
        return str(cookie)
    for part in accept.split(","):
        code = part.split(";")[0].strip().lower().split("-")[0]
        if code in LANGUAGES:
            return code
    return "en"
