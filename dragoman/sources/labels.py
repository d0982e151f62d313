"""Reads what lines of "Label: value" above a text say of it: front matter, and the heads of pasted articles.

In: text. Out: fields of a document by name, and the text below.
"""

from __future__ import annotations

import re

from dragoman.sources.days import iso_day

_ENTRY = re.compile(r"([A-Za-z_ -]{2,30}):[ \t]*(\S.*?)[ \t]*")
_FIELDS = {
    "title": "title", "headline": "title", "date": "published", "published": "published", "published_on": "published",
    "publication_date": "published", "author": "author", "byline": "author", "outlet": "outlet", "source": "outlet",
    "publisher": "outlet", "publication": "outlet", "newspaper": "outlet", "site": "outlet", "url": "url",
    "link": "url", "language": "language", "lang": "language",
}  # fmt: skip
_FEWEST = 2  # labels that make a head: one alone may be a headline with a colon


def fields_of(lines: str) -> dict[str, str]:
    """What labelled lines say; lines of another form and unknown labels are passed over, as is a date that is none."""
    found: dict[str, str] = {}
    for line in lines.split("\n"):
        if entry := _ENTRY.fullmatch(line):
            field = _FIELDS.get(re.sub(r"[ -]", "_", entry[1].strip().lower()))
            value = entry[2].strip("\"'")
            value = (iso_day(value) or "") if field == "published" else value
            if field and value:
                found.setdefault(field, value)
    return found


def cut_labels(text: str) -> tuple[dict[str, str], str]:
    """What the labelled lines above a text say, and the text from its headline on; a text without them as it is."""
    head, _, body = text.lstrip().partition("\n\n")
    found = fields_of(head)
    if len(found) < _FEWEST or not body.strip() or not all(_ENTRY.fullmatch(line) for line in head.split("\n")):
        return {}, text
    title, body = found.get("title"), body.lstrip()
    return found, body if not title or body.startswith(title) else f"{title}\n\n{body}"
