"""Reads saved e-mail: the message and what is attached to it.

In: the bytes of an .eml file. Out: subject, sender, day, the message as text or HTML, and the attachments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

from dragoman.errors import InputError
from dragoman.sources.days import iso_day
from dragoman.sources.decoding import decode

_MOST_PARTS = 200
_LONGEST_HEADER = 8_000  # bytes; the parser takes memory beyond measure for long ones
_HEADER = re.compile(
    rb"^(?:subject|from|date|content-[a-z-]{1,40}|mime-version):[^\n]*+(?:\n[ \t][^\n]*+)*+", re.I | re.M
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message."""

    name: str
    media_type: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A message: at least one of text, html and attachments."""

    subject: str | None
    sender: str | None
    day: str | None
    text: str | None
    html: str | None
    attachments: tuple[Attachment, ...] = ()


def read_mail(raw: bytes, *, where: str) -> Mail:
    """The message in `raw`."""
    text = html = None
    attachments: list[Attachment] = []
    if any(found.end() - found.start() > _LONGEST_HEADER for found in _HEADER.finditer(raw)):
        raise InputError(f"a message with a header of more than {_LONGEST_HEADER:,} bytes", where=where)
    if raw.count(b"\n--") > 50 * _MOST_PARTS:
        raise InputError(f"a message of more than {_MOST_PARTS} parts", where=where)
    try:
        message = message_from_bytes(raw, policy=default)
        if not isinstance(message, EmailMessage) or not message.keys():
            raise InputError("no e-mail", where=where, expected="a message saved as .eml")
        for number, part in enumerate(message.walk()):
            if number > _MOST_PARTS:
                raise InputError(f"a message of more than {_MOST_PARTS} parts", where=where)
            if part.is_multipart():
                continue
            kind, payload = part.get_content_type(), part.get_payload(decode=True)
            body = payload if isinstance(payload, bytes) else b""
            if part.get_content_disposition() == "attachment" or part.get_filename():
                attachments.append(Attachment(part.get_filename() or f"attachment-{number}", kind, body))
            elif kind == "text/plain" and text is None and body.strip():
                text = decode(body, where=where, declared=part.get_content_charset())
            elif kind == "text/html" and html is None and body.strip():
                html = decode(body, where=where, declared=part.get_content_charset())
        subject, sender, day = _header(message, "subject"), _header(message, "from"), _header(message, "date")
    except InputError:
        raise
    except Exception as problem:  # the parser promises not to raise, yet headers of the wild make it
        raise InputError(f"an e-mail that cannot be read ({type(problem).__name__})", where=where) from None
    if text is None and html is None and not attachments:
        raise InputError("an e-mail without a message", where=where)
    name = parseaddr(sender or "")[0] or None
    return Mail(subject, name, (iso_day(day) or None) if day else None, text, html, tuple(attachments))


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).split()) or None if value is not None else None
