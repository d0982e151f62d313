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
        """An ISO date as this language writes it; what is no whole date is returned as it is."""
        return _written(text, self.language) if text else ""


@lru_cache(maxsize=8192)
def _written(text: str, language: str) -> str:
    from babel.dates import format_date

    try:
        value = date.fromisoformat(text[:10])
    except ValueError:
        return text
    # The mark that Arabic dates bring along reorders neighbours; <bdi> isolates instead.
    return format_date(value, "d MMM y", locale=language).replace("\u200f", "")


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
