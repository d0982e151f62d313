"""Cuts the text exports of press databases (Nexis, Nexis Uni, Factiva) into their articles.

In: the text of one export. Out: each article with its headline, outlet, author and day as the export's own fields give
them, and its body; None for a text that is no export. The fields' names stand in `data/press_exports.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from dragoman.sources.arrivals import Known
from dragoman.sources.days import find_day


@dataclass(frozen=True, slots=True)
class Exported:
    """One article of an export: its accession number (or its number in the file), what is known, and its text."""

    number: str
    known: Known
    text: str


def cut_export(text: str) -> Iterator[Exported] | None:
    """The articles of an export, or None when `text` is none."""
    head = text[:200_000].replace("\xa0", " ")
    form = _forms()
    if form.nexis_start.search(head) and form.nexis_length.search(head):
        return _nexis(text, form)
    if form.uni_end.search(head) and re.search(r"^Body[ \t]*$", head, re.M) and form.uni_field.search(head):
        return _nexis_uni(text, form)
    if form.factiva_end.search(head):
        tags = {match[1] for match in form.factiva_tag.finditer(head)}
        if {"HD", "PD", "SN"} <= tags:
            return _factiva_tagged(text, form)
        if any(form.words.match(line.strip()) for line in head.split("\n")):
            return _factiva(text, form)
    return None


@cache
def _data() -> dict[str, Any]:
    path = resources.files(__package__).joinpath("data", "press_exports.json")
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


@dataclass(frozen=True, slots=True)
class _Forms:
    """What marks the parts of an export."""

    nexis_start: re.Pattern[str]
    nexis_length: re.Pattern[str]
    nexis_head: re.Pattern[str]
    nexis_foot: re.Pattern[str]
    nexis_end: re.Pattern[str]
    uni_end: re.Pattern[str]
    uni_field: re.Pattern[str]
    uni_foot: re.Pattern[str]
    factiva_end: re.Pattern[str]
    factiva_tag: re.Pattern[str]
    words: re.Pattern[str]
    by: re.Pattern[str]
    rights: re.Pattern[str]


@cache
def _forms() -> _Forms:
    data = _data()

    def one_of(*lists: str) -> str:
        names = {name for given in lists for name in data[given]}
        return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))

    numbered = r"\d{1,6} of \d{1,6} DOCUMENTS?|Dokument \d{1,6} von \d{1,6}|Documento? \d{1,6} (?:de|di|van) \d{1,6}"
    return _Forms(
        nexis_start=re.compile(rf"^[ \t\f]*(?:{numbered})[ \t]*$", re.M),
        nexis_length=re.compile(rf"^(?:{one_of('nexis_length')}):", re.M),
        nexis_head=re.compile(rf"^({one_of('nexis_head', 'nexis_body')}):[ \t]*", re.M),
        nexis_foot=re.compile(rf"^({one_of('nexis_end', 'nexis_foot')}):[ \t]*"),
        nexis_end=re.compile(rf"^(?:{one_of('nexis_end')}):"),
        uni_end=re.compile(r"^[ \t]*End of Document[ \t]*$", re.M),
        uni_field=re.compile(rf"^({one_of('uni_head')}):[ \t]*", re.M),
        uni_foot=re.compile(rf"^(?:Load-Date:.*|(?:{one_of('uni_foot')})[ \t]*)$", re.M),
        # The accession number closes an article: the source's code, the day, a serial number.
        factiva_end=re.compile(
            r"^[ \t]*(?:AN[ \t]+)?Do[ck]umento?[ \t]+([A-Z][A-Z0-9]{3,}[12]\d{7}[A-Za-z0-9]{5,})[ \t]*$", re.M
        ),
        factiva_tag=re.compile(rf"^[ \t]*({one_of('factiva_tags')})(?:([ \t]+)|[ \t]*$)", re.M),
        words=re.compile(rf"^\d[\d,.\s]* (?:{one_of('factiva_words')})$", re.I),
        by=re.compile(rf"^\s*(?:{one_of('by')})\s+(?=\S)", re.I),
        rights=re.compile(rf"^\s*(?:{one_of('rights')})", re.I),
    )


# ------------------------------------------------------------------------------------------------ what all share


def _article(number: str, title: str | None, body: str, **known: str | None) -> Exported:
    title = " ".join(title.split()) if title and title.strip() else None
    body = body.strip("\n")
    text = f"{title}\n\n{body}" if title and not body.lstrip().startswith(title) else body
    return Exported(number, Known(title=title, **known), text)


def _day(text: str | None) -> str | None:
    day = find_day(text[:200]) if text else None
    return day.iso if day else None


def _is_day(line: str) -> bool:
    """Whether a line gives a day and little else: its week day, an hour, an edition."""
    day = find_day(line[:200])
    return day is not None and len(line) - (day.end - day.start) < 30 and not re.match(r"[^\W\d][\w /-]*:", line)


def _language(text: str | None) -> str | None:
    words = re.findall(r"\w+", (text or "").lower())
    languages: dict[str, str] = _data()["languages"]
    return next((tag for word in words if (tag := languages.get(word))), None)


def _author(text: str | None) -> str | None:
    text = _forms().by.sub("", " ".join((text or "").split()))
    name = re.split(r"[,;|]", text)[0].strip()
    return (name.title() if name.isupper() else name) or None


def _blocks(text: str) -> list[str]:
    """The pieces between empty lines."""
    lines = (line.strip() for line in text.replace("\f", "\n").replace("\xa0", " ").split("\n"))
    return [block.strip() for block in re.split(r"\n\n+", "\n".join(lines)) if block.strip()]


def _unwrapped(blocks: Iterable[str]) -> str:
    """Paragraphs in one line each: exports break lines at a fixed width, or give a paragraph a line of its own."""
    out = []
    for block in blocks:
        lines = [" ".join(line.split()) for line in block.split("\n") if line.strip()]
        out += lines if any(len(line) > 120 for line in lines) else [" ".join(lines)]
    return "\n\n".join(line for line in out if line)


# ------------------------------------------------------------------------------------------------ Nexis


@dataclass(slots=True)
class _Parts:
    """What a piece of a Nexis export is sorted into."""

    headings: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)


def _nexis(text: str, form: _Forms) -> Iterator[Exported]:
    names = _data()
    for number, piece in enumerate(form.nexis_start.split(text)[1:], 1):
        parts = _sorted(_blocks(piece), form)
        dated = next((n for n, block in enumerate(parts.headings) if n and _day(block)), None)
        after = parts.headings[(dated or 0) + 1 :] or parts.headings[1 : dated or 1]
        asides = [block for block in after if any(word in block.lower() for word in names["nexis_aside"])]
        titles = [block for block in after if block not in asides] or asides
        values = parts.values
        yield _article(
            values["ACC-NO"].split()[0] if values.get("ACC-NO", "").strip() else str(number),
            values.get("HEADLINE") or (titles[0] if titles else None), _unwrapped(parts.body),
            outlet=" ".join(parts.headings[0].split()) if parts.headings else None,
            author=_author(_first(values, names["nexis_author"])),
            published=_day(parts.headings[dated]) if dated is not None else None,
            language=_language(_first(values, names["nexis_language"])), url=(values.get("URL") or "").strip() or None,
        )  # fmt: skip


def _first(values: dict[str, str], names: list[str]) -> str | None:
    return next((values[name] for name in names if values.get(name)), None)


def _sorted(blocks: list[str], form: _Forms) -> _Parts:
    """Headings, fields, body and fields again, in this order; a body has no mark of its own in most exports."""
    parts, data = _Parts(), _data()
    marked = any(found[1] in data["nexis_body"] for block in blocks for found in form.nexis_head.finditer(block))
    counted = any(form.nexis_length.search(block) for block in blocks)
    in_body = ended = fields_over = False
    for block in blocks:
        if ended or (in_body and form.nexis_end.match(block)):
            ended = True
            _keep_fields(parts, block, form.nexis_foot)
        elif in_body:
            parts.body.append(block)
        elif form.rights.match(block):
            continue
        elif form.nexis_head.match(block):
            rest = _keep_fields(parts, block, form.nexis_head)
            in_body = rest in data["nexis_body"]
            fields_over |= not counted or any(name in parts.values for name in data["nexis_length"])
            if in_body:
                parts.body += [value] if (value := parts.values.pop(rest)).strip() else []
        elif fields_over and not marked:
            in_body = True
            parts.body.append(block)
        elif not fields_over:
            parts.headings.append(block)
    while parts.body and _is_foot(parts.body[-1], form):
        _keep_fields(parts, parts.body.pop(), form.nexis_foot)
    return parts


def _is_foot(block: str, form: _Forms) -> bool:
    """Whether the last block of a body is a field or a notice; "UPDATE:" is one with a day, else the article's own."""
    found = form.nexis_foot.match(block)
    return bool(form.rights.match(block)) or (
        found is not None and (found[1] != "UPDATE" or _is_day(block[found.end() :]))
    )


def _keep_fields(parts: _Parts, block: str, names: re.Pattern[str]) -> str:
    """Note the fields of a block; the name of the last one."""
    last = ""
    for line in block.split("\n"):
        if found := names.match(line):
            last = found[1]
            parts.values.setdefault(last, line[found.end() :])
        elif last:
            parts.values[last] += f"\n{line}"
    return last


def _nexis_uni(text: str, form: _Forms) -> Iterator[Exported]:
    start = 0
    for number, match in enumerate(form.uni_end.finditer(text), 1):
        piece, start = text[start : match.start()].replace("\xa0", " "), match.end()
        body_at = re.search(r"^Body[ \t]*$", piece, re.M)
        if body_at is None:
            continue  # a picture alone
        head = [line.strip() for line in piece[: body_at.start()].split("\n")]
        fields = {found[1]: line[found.end() :] for line in head if (found := form.uni_field.match(line))}
        ends = next((n for n, line in enumerate(head) if line.startswith("Length:")), len(head))
        dated = max((n for n in range(ends) if _is_day(head[n]) and not form.rights.match(head[n])), default=None)
        above = _blocks("\n".join(head[: ends if dated is None else dated]))
        title, outlet = _title_and_outlet(above, dated is not None, form)
        body = form.uni_foot.split(piece[body_at.end() :])[0]
        language = re.search(r"^Language:(.*)", piece, re.M)
        yield _article(
            str(number), title, _unwrapped(_blocks(body)), outlet=outlet, author=_author(fields.get("Byline")),
            published=_day(head[dated]) if dated is not None else None,
            language=_language(language[1]) if language else None,
        )  # fmt: skip


def _title_and_outlet(above: list[str], dated: bool, form: _Forms) -> tuple[str | None, str | None]:
    """The last lines before the day: a headline, then the outlet. What a cover sheet holds stands further up."""
    lines = [block.split("\n") for block in above if not form.rights.match(block) and not form.uni_field.match(block)]
    if not lines:
        return None, None
    if not dated:
        return " ".join(lines[0]), None
    *title, outlet = lines[-1]
    if not title and len(lines) > 1:
        title = lines[-2]
    return (" ".join(title), outlet) if title else (outlet, None)


# ------------------------------------------------------------------------------------------------ Factiva


_FACTIVA_PAGE = re.compile(r"^.*©\s*\d{4}\s*Factiva,\s*Inc\..*$\n?", re.M)  # the foot of each printed page


def _pieces(text: str, form: _Forms) -> Iterator[tuple[str, str]]:
    """The accession number and the text of each article."""
    start = 0
    text = _FACTIVA_PAGE.sub("", text)
    for match in form.factiva_end.finditer(text):
        yield match[1], text[start : match.start()].replace("\xa0", " ")
        start = match.end()


def _factiva_tagged(text: str, form: _Forms) -> Iterator[Exported]:
    order = {tag: place for place, tag in enumerate(_data()["factiva_tags"])}
    tabbed = re.search(r"^[ ]*(?:HD|LP|TD)\t", text, re.M) is not None
    for number, piece in _pieces(text, form):
        # Tags come in one order, which tells them from a line of the article that begins with such letters.
        tags: list[re.Match[str]] = []
        for tag in form.factiva_tag.finditer(piece):
            ours = not tabbed or "\t" in (tag[2] or "\t")
            if ours and (not tags or order[tag[1]] > order[tags[-1][1]]):
                tags.append(tag)
        ends = [*(tag.start() for tag in tags), len(piece)][1:]
        values = {tag[1]: piece[tag.end() : end] for tag, end in zip(tags, ends, strict=True)}
        if "HD" not in values:
            continue
        body = _unwrapped(block for name in ("LP", "TD") for block in _blocks(values.get(name, "")))
        yield _article(
            number, values["HD"], body, outlet=" ".join(values.get("SN", "").split()) or None,
            author=_author(values.get("BY")), published=_day(" ".join(values.get("PD", "").split())),
            language=_language(values.get("LA")),
        )  # fmt: skip


def _factiva(text: str, form: _Forms) -> Iterator[Exported]:
    for number, piece in _pieces(text, form):
        lines = [line.strip() for line in piece.replace("\f", "\n").split("\n")]
        counted = next((n for n, line in enumerate(lines) if form.words.match(line)), None)
        if counted is None:
            continue  # the summary of the search
        title, author = _headline(_blocks("\n".join(lines[:counted])), form)
        below = lines[counted + 1 :]
        body = _after_rights(below, form)
        fields = [line for line in below[:body] if line and not form.rights.match(line)]
        dated = next((n for n, line in enumerate(fields[:2]) if _day(line)), None)
        after = fields[dated + 1 :] if dated is not None else fields
        named = [line for line in after if not re.match(r"\d{1,2}:\d\d", line)]
        yield _article(
            number, title, _unwrapped(_blocks("\n".join(below[body:]))), outlet=named[0] if named else None,
            author=author, published=_day(fields[dated]) if dated is not None else None,
            language=next((tag for line in reversed(named[1:]) if (tag := _language(line))), None),
        )  # fmt: skip


def _headline(above: list[str], form: _Forms) -> tuple[str | None, str | None]:
    """Headline and author from the lines before the number of words: section, headline, byline, the first and last
    of them often missing."""
    lines = [line for block in above[-2:] for line in block.split("\n") if line not in ("Factiva", "Dow Jones")]
    author = None
    if len(lines) > 1 and (form.by.match(lines[-1]) or (lines[-1].isupper() and not lines[-2].isupper())):
        author = _author(lines.pop())
    if len(lines) > 1 and len(lines[0].split()) <= 3:
        lines.pop(0)
    return " ".join(lines) or None, author


def _after_rights(below: list[str], form: _Forms) -> int:
    """The line after the notice of rights, or after the language where there is none: there the article begins."""
    closing = next((n for n, line in enumerate(below[:32]) if form.rights.match(line)), None)
    if closing is None:
        languages = _data()["languages"]
        closing = next((n for n, line in enumerate(below[:32]) if line.lower() in languages), 0)
    while closing + 1 < len(below) and form.rights.match(below[closing + 1]):
        closing += 1
    return closing + 1
