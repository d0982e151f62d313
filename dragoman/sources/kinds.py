"""Reads the bytes of one file, page, attachment or record by its kind.

In: bytes, with a name or a media type. Out: an Arrival for each article in them, or a Failure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dragoman.errors import InputError
from dragoman.sources.arrivals import (
    LARGEST_FILE,
    Arrival,
    Failure,
    Given,
    Known,
    from_html,
    from_text,
    looks_like_html,
)
from dragoman.sources.decoding import decode

TEXT = (".txt", ".text")
MARKDOWN = (".md", ".markdown")
HTML = (".html", ".htm", ".xhtml")
PDF = (".pdf",)
DOCX = (".docx",)
RTF = (".rtf",)
MAIL = (".eml",)
ENDINGS = (*TEXT, *MARKDOWN, *HTML, *PDF, *DOCX, *RTF, *MAIL)

_DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DEEPEST = 2  # messages within messages


def check_size(raw: bytes, size: int, where: str) -> None:
    """Raise InputError for what is empty or too large to be one document."""
    if not raw.strip():
        raise InputError("an empty file", where=where, expected="the text of an article")
    if len(raw) > LARGEST_FILE:
        raise InputError(
            f"{size / 1e6:,.0f} MB in one document",
            where=where,
            expected=f"at most {LARGEST_FILE // 1_000_000} MB",
            todo="Save the article alone, or cut the file into JSON Lines with one article a line",
        )


def read_bytes(
    raw: bytes,
    *,
    identity: str,
    where: str,
    given: Given,
    name: str = "",
    media_type: str = "",
    charset: str | None = None,
    known: Known | None = None,
    depth: int = 0,
) -> Iterator[Arrival | Failure]:
    """The articles in `raw`; `name` and `media_type` are believed only where the bytes do not speak for themselves."""
    name, known = name.lower(), known or Known()
    try:
        if raw.startswith(b"%PDF") or b"%PDF-" in raw[:1024]:
            yield _pdf(raw, identity, where, given, known)
        elif raw.startswith(b"PK\x03\x04"):
            yield from _docx(raw, identity, where, given, known)
        elif raw.startswith(b"{\\rtf"):
            from dragoman.sources.rich_text import read_rtf

            yield from _plain(read_rtf(raw, where=where), raw, "application/rtf", identity, where, given, known)
        elif name.endswith(MAIL) or media_type == "message/rfc822":
            yield from _mail(raw, identity, where, given, depth)
        else:
            text = decode(raw, where=where, declared=charset)
            yield from _written(text, raw, name, media_type, identity, where, given, known)
    except InputError as error:
        yield Failure(where, error)


def _pdf(raw: bytes, identity: str, where: str, given: Given, known: Known) -> Arrival:
    from dragoman.sources.pdf import read_pdf

    pdf = read_pdf(raw, where=where)
    known = replace(known, title=known.title or pdf.title, author=known.author or pdf.author)
    document = from_text(pdf.text, identity=identity, where=where, given=given, known=known)
    return Arrival(document, raw, "application/pdf", where)


def _docx(raw: bytes, identity: str, where: str, given: Given, known: Known) -> Iterator[Arrival | Failure]:
    from dragoman.sources.office import read_docx

    docx = read_docx(raw, where=where)
    known = replace(known, title=known.title or docx.title)
    yield from _plain(docx.text, raw, _DOCX_TYPE, identity, where, given, known)


def _written(
    text: str, raw: bytes, name: str, media_type: str, identity: str, where: str, given: Given, known: Known
) -> Iterator[Arrival | Failure]:
    says_html = name.endswith(HTML) or media_type in ("text/html", "application/xhtml+xml")
    says_text = name.endswith((*TEXT, *MARKDOWN)) or media_type in ("text/plain", "text/markdown")
    if says_html or (not says_text and looks_like_html(text)):
        document = from_html(text, identity=identity, where=where, given=given, known=known)
        yield Arrival(document, raw, "text/html", where)
    elif name.endswith(MARKDOWN) or media_type == "text/markdown":
        from dragoman.sources.marked import read_markdown

        marked = read_markdown(text)
        document = from_text(marked.text, identity=identity, where=where, given=given, known=marked.known)
        yield Arrival(document, raw, "text/markdown", where)
    else:
        yield from _plain(text, raw, "text/plain", identity, where, given, known)


def _plain(
    text: str, raw: bytes, media_type: str, identity: str, where: str, given: Given, known: Known
) -> Iterator[Arrival | Failure]:
    """Plain text: one article, or the many of a press database's export."""
    from dragoman.sources.press_exports import cut_export

    articles = cut_export(text.replace("\r\n", "\n"))
    if articles is None:
        yield Arrival(from_text(text, identity=identity, where=where, given=given, known=known), raw, media_type, where)
        return
    for article in articles:
        place = f"{where}:{article.number}"
        try:
            own, part = f"{identity}-{article.number}", article.text
            document = from_text(part, identity=own, where=place, given=given, known=article.known)
        except InputError as error:
            yield Failure(place, error)
        else:
            yield Arrival(document, part.encode("utf-8", "replace"), "text/plain", place)


def _mail(raw: bytes, identity: str, where: str, given: Given, depth: int) -> Iterator[Arrival | Failure]:
    """The message as an article, then each attachment that can be read."""
    from dragoman.sources.mail import read_mail

    mail = read_mail(raw, where=where)
    known = Known(title=mail.subject, outlet=mail.sender, published=mail.day)
    try:
        if mail.html is not None and mail.text is None:
            document = from_html(mail.html, identity=identity, where=where, given=given, known=known)
        elif mail.text is not None:
            begins = mail.subject is None or mail.text.lstrip().startswith(mail.subject)
            text = mail.text if begins else f"{mail.subject}\n\n{mail.text}"
            document = from_text(text, identity=identity, where=where, given=given, known=known)
        else:
            document = None
        if document is not None:
            yield Arrival(document, raw, "message/rfc822", where)
    except InputError as error:
        yield Failure(where, error)
    for attached in mail.attachments:
        readable = attached.name.lower().endswith(ENDINGS) or attached.media_type == "message/rfc822"
        if not readable or depth >= _DEEPEST:
            continue
        yield from read_bytes(
            attached.raw,
            identity=f"{identity}/{attached.name.rsplit('.', 1)[0]}",
            where=f"{where}:{attached.name}",
            given=given,
            name=attached.name,
            media_type=attached.media_type,
            known=Known(published=mail.day),
            depth=depth + 1,
        )
