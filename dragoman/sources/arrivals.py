"""The values that pass through this room: what a caller knows, what arrived, what failed; and how an article is made.

In: text or HTML with an id, a place and what is known beforehand. Out: a Document, or an InputError.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from dragoman.errors import InputError
from dragoman.reading import Document
from dragoman.sources.clean import clean
from dragoman.sources.days import iso_day
from dragoman.sources.labels import cut_labels
from dragoman.sources.language import language_of
from dragoman.sources.masthead import read_masthead
from dragoman.sources.stamps import cut_stamps

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
LARGEST_FILE = 20_000_000  # bytes of one document's file; the longest pages of real news sites have three million
LARGEST_TEXT = 3_000_000  # characters of one article; three novels


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says of documents that do not say it themselves; title, outlet and language as he wants them."""

    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    language: str | None = None

    def checked(self) -> Given:
        """The same with an ISO date, or InputError."""
        return replace(self, published=a_day(self.published, where="--published")) if self.published else self


@dataclass(frozen=True, slots=True)
class Known:
    """What a batch line, page or message says of one document."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document and the bytes it was read from, so that they can be kept as evidence."""

    document: Document
    raw: bytes
    media_type: str
    where: str

    @property
    def sha256(self) -> str:
        """The hash of the bytes, in hexadecimal."""
        return hashlib.sha256(self.raw).hexdigest()


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read: its place and why."""

    where: str
    error: InputError


def content_id(raw: bytes) -> str:
    """An id for bytes that have no name: the same bytes give the same id."""
    return hashlib.sha256(raw).hexdigest()[:16]


def a_day(text: str, *, where: str) -> str:
    """`text` as an ISO date or date-time, or InputError."""
    if day := iso_day(text):
        return day
    raise InputError(f"{text[:60]!r} as day of publication", where=where, expected="a date such as 2027-02-08")


def from_text(text: str, *, identity: str, where: str, given: Given, known: Known | None = None) -> Document:
    """The article in plain text as a Document."""
    said, text = cut_labels(text.replace("\r\n", "\n"))
    known = replace(known or Known(), **{k: v for k, v in said.items() if not getattr(known, k, None)})
    _check_size(text, where)
    article = clean(text)
    if not article:
        raise InputError("an empty document", where=where, expected="the text of an article")
    return _document(article, identity, given, known)


def from_html(html: str, *, identity: str, where: str, given: Given, known: Known | None = None) -> Document:
    """The article in a web page as a Document."""
    from dragoman.sources.page import read_page

    known = known or Known()
    if not html.strip():
        raise InputError("an empty document", where=where, expected="a saved web page")
    page = read_page(html, where=where, url=known.url)
    _check_size(page.text, where)
    merged = Known(
        title=known.title or page.title,
        outlet=known.outlet or page.outlet,
        url=known.url or page.url,
        author=known.author or page.author,
        published=known.published or page.published,
        language=known.language,
    )
    return _document(page.text, identity, given, merged, page_language=page.language)


def looks_like_html(text: str) -> bool:
    """Whether text is a web page, by how it begins."""
    return bool(_HTML_START.match(text[:4000]))


def _check_size(text: str, where: str) -> None:
    if len(text) > LARGEST_TEXT:
        raise InputError(
            f"a text of {len(text):,} characters",
            where=where,
            expected=f"one article of at most {LARGEST_TEXT:,}",
            todo="Cut the file into its articles, or save them as JSON Lines",
        )


def _document(text: str, identity: str, given: Given, known: Known, *, page_language: str | None = None) -> Document:
    head = read_masthead(text)
    text = cut_stamps(text) or text
    return Document(
        id=identity,
        text=text,
        title=known.title or given.title or head.title,
        outlet=known.outlet or given.outlet or head.outlet,
        url=known.url,
        author=known.author or head.author,
        published=known.published or head.published or given.published,
        language=known.language or given.language or _language(text, page_language),
    )


def _language(text: str, said: str | None) -> str | None:
    # Pages inherit `lang` from a template and get it wrong; the text itself is asked first when it is long enough.
    found = language_of(text)
    return said or found if len(text) < 200 else found or said
