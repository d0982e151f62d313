"""Cuts the text exports of press databases (Nexis, Nexis Uni, Factiva) into their articles.

In: the text of one export. Out: each article with its headline, outlet, author and day as the export's own fields give
them, and its body; None for a text that is no export.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.sources.arrivals import Known
from dragoman.sources.days import find_day

# Names of the languages as the databases write them.
_LANGUAGES = {
    "english": "en", "arabic": "ar", "french": "fr", "spanish": "es", "german": "de", "russian": "ru",
    "turkish": "tr", "persian": "fa", "chinese": "zh", "portuguese": "pt", "italian": "it", "hebrew": "he",
    "dutch": "nl", "polish": "pl", "japanese": "ja",
    "korean": "ko", "ukrainian": "uk", "indonesian": "id", "swedish": "sv", "greek": "el",
}  # fmt: skip

_NEXIS_START = re.compile(r"^[ \t\f]*\d{1,6} of \d{1,6} DOCUMENTS?[ \t]*$", re.M)
_NEXIS_FIELD = re.compile(
    r"^(BYLINE|SECTION|LENGTH|DATELINE|BODY|LOAD-DATE|LANGUAGE|GRAPHIC|URL|PUBLICATION-TYPE|HEADLINE|HIGHLIGHT|SUBJECT|"
    r"COUNTRY|STATE|CITY|PERSON|COMPANY|ORGANIZATION|JOURNAL-CODE|ACC-NO|DOCUMENT-TYPE|SOURCE|TYPE|NOTES|CORRECTION|"
    r"CORRECTION-DATE|SERIES|DISTRIBUTION|GEOGRAPHIC|INDUSTRY|TICKER|PUB-TYPE|UPDATE|PERSONS):[ \t]*",
    re.M,
)
_UNI_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.M)
_UNI_FIELD = re.compile(r"^(Section|Length|Byline|Dateline|Highlight|Load-Date|Copyright)\b:?[ \t]*", re.M)
# The accession number closes an article; tagged exports write its tag before it.
_FACTIVA_END = re.compile(r"^[ \t]*(?:AN\s+)?Document ([A-Z]{2,10}[A-Za-z0-9]{10,40})[ \t]*$", re.M)
_FACTIVA_TAG = re.compile(
    r"^[ \t]*(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|CLM|ART)"
    r"(?:[ \t]+|[ \t]*$)",
    re.M,
)
_WORDS = re.compile(r"^[\d,.]+ (?:words|mots|palabras|Wörter|parole|palavras|слов)$", re.I)
_COPYRIGHT = re.compile(r"^\s*(?:Copyright\b|\(c\)|©|All Rights Reserved\b|Tous droits réservés)", re.I)


@dataclass(frozen=True, slots=True)
class Exported:
    """One article of an export: its accession number (or its number in the file), what is known, and its text."""

    number: str
    known: Known
    text: str


def cut_export(text: str) -> Iterator[Exported] | None:
    """The articles of an export, or None when `text` is none."""
    head = text[:200_000]
    if _NEXIS_START.search(head):
        return _nexis(text)
    if len(_UNI_END.findall(head)) and re.search(r"^Load-Date:", head, re.M) and re.search(r"^Body[ \t]*$", head, re.M):
        return _nexis_uni(text)
    if _FACTIVA_END.search(head):
        tags = {match[1] for match in _FACTIVA_TAG.finditer(head)}
        if {"HD", "PD", "SN"} <= tags:
            return _factiva_tagged(text)
        if any(_WORDS.match(line.strip()) for line in head.split("\n")[:4000]):
            return _factiva(text)
    return None


def _article(number: str, title: str | None, body: str, **known: str | None) -> Exported:
    title = " ".join(title.split()) if title and title.strip() else None
    body = body.strip("\n")
    text = f"{title}\n\n{body}" if title and not body.lstrip().startswith(title) else body
    return Exported(number, Known(title=title, **known), text)


def _day(text: str | None) -> str | None:
    day = find_day(text[:200]) if text else None
    return day.iso if day else None


def _language(text: str | None) -> str | None:
    words = re.findall(r"\w+", (text or "").lower())
    return next((tag for word in words if (tag := _LANGUAGES.get(word))), None)


def _author(text: str | None) -> str | None:
    text = re.sub(r"^\s*by\s+", "", " ".join((text or "").split()), flags=re.I)
    name = re.split(r"[,;|]", text)[0].strip()
    return (name.title() if name.isupper() else name) or None


def _unwrapped(text: str) -> str:
    """Paragraphs in one line each: exports break lines at a fixed width and part paragraphs by empty lines."""
    blocks = re.split(r"\n[ \t]*\n", text.replace("\f", "\n"))
    return "\n\n".join(" ".join(block.split()) for block in blocks if block.strip())


# ------------------------------------------------------------------------------------------------ Nexis


def _nexis(text: str) -> Iterator[Exported]:
    for number, piece in enumerate(_NEXIS_START.split(text)[1:], 1):
        fields = list(_NEXIS_FIELD.finditer(piece))
        first = fields[0].start() if fields else len(piece)
        values = {
            match[1]: piece[match.end() : fields[n + 1].start() if n + 1 < len(fields) else len(piece)]
            for n, match in enumerate(fields)
        }
        head = [block for block in re.split(r"\n[ \t]*\n", piece[:first].replace("\f", "\n")) if block.strip()]
        head = [" ".join(block.split()) for block in head if not _COPYRIGHT.match(block)]
        outlet = head[0] if head else None
        dated = next((n for n, block in enumerate(head) if _day(block)), None)
        titles = [block for block in head[(dated or 0) + 1 :] if not re.search(r"\bEdition\b", block)]
        title = values.get("HEADLINE") or (titles[-1] if titles else None)
        body = values.get("BODY", "") if "BODY" in values else piece[fields[-1].end() :] if fields else piece
        body = "\n\n".join(block for block in _unwrapped(body).split("\n\n") if not _COPYRIGHT.match(block))
        yield _article(
            values["ACC-NO"].split()[0] if values.get("ACC-NO", "").strip() else str(number), title, body,
            outlet=outlet, author=_author(values.get("BYLINE")),
            published=_day(head[dated]) if dated is not None else None,
            language=_language(values.get("LANGUAGE")), url=(values.get("URL") or "").strip() or None,
        )  # fmt: skip


def _nexis_uni(text: str) -> Iterator[Exported]:
    start = 0
    for number, match in enumerate(_UNI_END.finditer(text), 1):
        piece, start = text[start : match.start()], match.end()
        body_at = re.search(r"^Body[ \t]*$", piece, re.M)
        if body_at is None:
            continue
        head = [line.strip() for line in piece[: body_at.start()].split("\n") if line.strip()]
        values: dict[str, str] = {}
        for line in head:
            if field := _UNI_FIELD.match(line):
                values.setdefault(field[1], line[field.end() :])
        plain = [line for line in head if not _UNI_FIELD.match(line) and not _COPYRIGHT.match(line)]
        dated = next((n for n, line in enumerate(plain) if _day(line)), None)
        outlet = plain[dated - 1] if dated else None
        title = " ".join(plain[: dated - 1]) if dated and dated > 1 else plain[0] if plain else None
        body = re.split(r"^(?:Load-Date|Classification|Notes|Graphic)\b", piece[body_at.end() :], flags=re.M)[0]
        yield _article(
            str(number), title, _unwrapped(body), outlet=outlet, author=_author(values.get("Byline")),
            published=_day(plain[dated]) if dated is not None else None,
        )  # fmt: skip


# ------------------------------------------------------------------------------------------------ Factiva


def _factiva_tagged(text: str) -> Iterator[Exported]:
    start = 0
    for match in _FACTIVA_END.finditer(text):
        piece, start = text[start : match.start()], match.end()
        yield from _tagged(piece, match[1])


def _tagged(piece: str, number: str) -> Iterator[Exported]:
    tags = list(_FACTIVA_TAG.finditer(piece))
    values: dict[str, str] = {}
    for n, tag in enumerate(tags):
        end = tags[n + 1].start() if n + 1 < len(tags) else len(piece)
        values.setdefault(tag[1], piece[tag.end() : end])
    if "HD" not in values:
        return
    body = "\n\n".join(part for name in ("LP", "TD") if (part := _unwrapped(values.get(name, ""))))
    yield _article(
        number, values["HD"], body, outlet=" ".join(values.get("SN", "").split()) or None,
        author=_author(values.get("BY")), published=_day(" ".join(values.get("PD", "").split())),
        language=_language(values.get("LA")),
    )  # fmt: skip


def _factiva(text: str) -> Iterator[Exported]:
    start = 0
    for match in _FACTIVA_END.finditer(text):
        piece, start = text[start : match.start()], match.end()
        lines = [line.strip() for line in piece.replace("\f", "\n").split("\n")]
        counted = next((n for n, line in enumerate(lines) if _WORDS.match(line)), None)
        if counted is None:
            continue
        above = [line for line in lines[:counted] if line]
        by = [line for line in above if re.match(r"(?i)by\s", line)]
        title = " ".join(line for line in above[-3:] if line not in by)
        below = lines[counted + 1 :]
        dated = next((n for n, line in enumerate(below[:4]) if _day(line)), None)
        outlet = next((line for line in below[(dated or 0) + 1 :][:3] if line and not find_day(line)
                       and not re.match(r"\d{1,2}:\d{2}", line)), None)  # fmt: skip
        closing = next((n for n, line in enumerate(below[:14]) if _COPYRIGHT.match(line)), None)
        if closing is None:
            closing = next((n for n, line in enumerate(below[:14]) if line.lower() in _LANGUAGES), dated or 0)
        yield _article(
            match[1], title, _unwrapped("\n".join(below[closing + 1 :])), outlet=outlet,
            author=_author(by[0]) if by else None, published=_day(below[dated]) if dated is not None else None,
            language=_language(" ".join(below[:closing])),
        )  # fmt: skip
