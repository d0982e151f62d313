"""Reads a web page: HTML in, the article in it as a Document out, with what the page says of itself.

The steps: 1. parse within limits; 2. read what the page says of itself; 3. prune its parts that are named as furniture;
4. extract the main text; 5. headline first, without section names and byline; 6. clean it like any text.
"""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from dragoman.errors import InputError
from dragoman.sources.clean import clean
from dragoman.sources.days import find_day, iso_day
from dragoman.sources.furniture import SENTENCE_END, key, word_count
from dragoman.sources.letters import mend
from dragoman.sources.tags import has_swollen_tag

# The longest pages of real news sites have under 20,000 elements; beyond this, extraction takes minutes.
_MOST_TAGS = 200_000
_MOST_ELEMENTS = 40_000
_LARGEST_PART = 0.4  # share of a page's text that a part called furniture may hold; more is a mistake of its author
# Old pages part paragraphs by two line breaks; the extractor would run them together.
_DOUBLE_BREAK = re.compile(r"<br\s*/?>(?:\s|&nbsp;)*<br\s*/?>(?:(?:\s|&nbsp;)*<br\s*/?>)*", re.I)
_NEVER_PRUNED = ("body", "html", "main", "article", "h1")
_BLOCKS = ("p", "head", "list", "quote", "table", "row", "cell", "div", "ab", "code", "item", "body", "main", "article")
_ENOUGH = 120  # characters of main text below which the plain text of the page is tried

_DATE_TAGS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "dc.date", "dc.date.issued", "dc.date.created",
    "dcterms.created", "dcterms.date", "dcterms.issued", "sailthru.date", "parsely-pub-date", "citation_date",
    "citation_publication_date", "originalpublicationdate", "article.published", "article_date_original",
    "cxenseparse:recs:publishtime", "bt:pubdate", "rnews:datepublished",
)  # fmt: skip
_DATE_PATHS = (".//*[@itemprop='datePublished']", ".//time[@pubdate]", ".//article//time", ".//header//time", ".//time")
_TITLE_SITE = re.compile(r"\s+(?:[|–—·»•]|-{1,2}|::)\s+")


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a web page: clean text, and what the page says of it."""

    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None


def read_page(html: str, *, where: str, url: str | None = None) -> Page:
    """The article in `html`; InputError when there is none."""
    # 1. parse within limits
    tree = _parse(html, where)
    # 2. read what the page says of itself
    said = _metadata(tree, url)
    # 3. prune its parts that are named as furniture
    _prune(tree)
    # 4. extract the main text
    paragraphs = _main_text(tree, where)
    # 5. headline first, without section names and byline
    paragraphs = _headline_first(paragraphs, said.title, said.author)
    # 6. clean it like any text
    text = clean("\n\n".join(paragraphs))
    if text == said.title or not any(SENTENCE_END.search(line) or word_count(line) > 12 for line in text.split("\n")):
        raise InputError("a page without an article", where=where, todo="Save the page of the article itself")
    return replace(said, text=text)


# ------------------------------------------------------------------------------------------------ parsing


def _parse(html: str, where: str) -> Any:
    from lxml import etree
    from trafilatura import load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    tags = html.count("<")
    if tags > _MOST_TAGS:
        raise InputError(f"a page of {tags:,} tags", where=where, expected=f"at most {_MOST_TAGS:,}")
    if has_swollen_tag(html):
        raise InputError("a page with a tag of very many attributes", where=where, expected="a saved web page")
    html = _DOUBLE_BREAK.sub("<p>", html)
    html = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", " ", html)
    try:
        tree = load_html(html)
        if tree is None:  # a fragment: the extractor wants a whole page
            tree = load_html(f"<html><body><div>{html}</div></body></html>")
    except (etree.LxmlError, ValueError, RecursionError, AssertionError):
        tree = None
    if tree is None:
        raise InputError("HTML that cannot be read", where=where, expected="a saved web page")
    count = sum(1 for _ in tree.iter())
    if count > _MOST_ELEMENTS:
        raise InputError(f"a page of {count:,} elements", where=where, expected=f"at most {_MOST_ELEMENTS:,}")
    return tree


@cache
def _part_names() -> tuple[frozenset[str], tuple[str, ...]]:
    data = json.loads(resources.files(__package__).joinpath("data", "page_parts.json").read_text("utf-8"))
    return frozenset(data["names"]), tuple(data["stems"])


def _prune(tree: Any) -> None:
    names, stems = _part_names()
    body = tree.find(".//body")
    body = tree if body is None else body
    largest = _LARGEST_PART * (len(_plain(body)) or 1)
    for element in list(body.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None or element.tag in _NEVER_PRUNED:
            continue
        labels = " ".join(element.get(name) or "" for name in ("class", "id", "role")).lower().split()
        if not any(label in names or label.startswith(stems) for label in labels):
            continue
        if len(_plain(element)) < largest and element.find(".//h1") is None:
            element.drop_tree()


def _plain(element: Any) -> str:
    return "".join(element.itertext()) if len(element) < 50_000 else ""


# ------------------------------------------------------------------------------------------------ what the page says


def _metadata(tree: Any, url: str | None) -> Page:
    """The page as it tells of itself, its text still to come."""
    from copy import deepcopy

    from trafilatura import extract_metadata

    title = outlet = author = None
    window = " ".join((tree.findtext(".//title") or "").split())
    try:
        # A far day for `max_date`: the extractor would else refuse days beyond the clock of this machine.
        dates = {"extensive_search": False, "original_date": True, "max_date": "2200-12-31", "min_date": "1700-01-01"}
        found = extract_metadata(deepcopy(tree), default_url=url, date_config=dates)
    except Exception:  # the extractor raises whatever its parsers raise on broken metadata; the text is still there
        found = None
    if found is not None:
        title, author, url = _line(found.title), _line(found.author), found.url or url
        outlet = _line(found.sitename)
        if outlet and (outlet == found.hostname or re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?", outlet)):
            outlet = None
    headline = _line(" ".join(" ".join(h.itertext()) for h in tree.findall(".//h1")[:1]))
    title = _headline(title or window or headline, headline, outlet)
    published = _published(tree) or (found and found.date and iso_day(found.date)) or None
    author = " and ".join(part.strip() for part in (author or "").split(";") if part.strip()) or None
    lang = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_].*)?", tree.get("lang") or tree.get("xml:lang") or "")
    return Page("", title, outlet or _site_of(window, title), url, author, published, lang[1].lower() if lang else None)


def _line(text: str | None) -> str | None:
    return " ".join(mend(text).split()) or None if text else None


def _headline(title: str | None, headline: str | None, outlet: str | None) -> str | None:
    """The title without the site's name: the page's own headline where the title begins or ends with it."""
    if title and headline and key(headline) and key(headline) in key(title):
        return headline
    if title and outlet:
        pieces = _TITLE_SITE.split(title)
        if len(pieces) > 1 and key(pieces[-1]) == key(outlet):
            return title[: title.rindex(pieces[-1])].rstrip(" |–—·»•-:")
    return title


def _site_of(window: str, title: str | None) -> str | None:
    """The name behind the headline in the window's title: "Headline - Tidewater Gazette"."""
    window = _line(window) or ""
    if not title or not window.startswith(title):
        return None
    pieces = [p for p in _TITLE_SITE.split(" " + window[len(title) :].strip() + " ") if p.strip()]
    return pieces[-1].strip() if pieces and word_count(pieces[-1]) <= 6 else None


def _published(tree: Any) -> str | None:
    """The day of publication from structured data, meta tags or the article's own time element."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        if (text := script.text) and len(text) < 500_000 and (day := _from_json(text)):
            return day
    tags: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name and meta.get("content"):
            tags.setdefault(name, meta.get("content"))
    for name in _DATE_TAGS:
        if name in tags and (day := _day(tags[name])):
            return day
    for path in _DATE_PATHS:
        for element in tree.iterfind(path):
            if day := _day(element.get("datetime") or element.get("content") or element.text or ""):
                return day
    return None


def _day(text: str) -> str | None:
    """The day in a value of metadata; the time of day is left to the page."""
    if match := re.match(r"\s*(\d{4}-\d{2}-\d{2})(?:[T\s]|$)", text[:80]):
        return iso_day(match[1])
    found = iso_day(text[:80])
    return found[:10] if found else None


def _from_json(text: str) -> str | None:
    try:
        waiting, seen = [json.loads(text)], 0
    except (ValueError, RecursionError):
        match = re.search(r'"datePublished"\s*:\s*"([^"]{8,40})"', text)
        return _day(match[1]) if match else None
    while waiting and seen < 2000:
        item, seen = waiting.pop(0), seen + 1
        if isinstance(item, dict):
            if isinstance(item.get("datePublished"), str) and (day := _day(item["datePublished"])):
                return day
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
    return None


# ------------------------------------------------------------------------------------------------ main text


def _main_text(tree: Any, where: str) -> list[str]:
    from copy import deepcopy

    from trafilatura import bare_extraction, baseline

    for recall in (False, True):
        try:
            found: Any = bare_extraction(
                deepcopy(tree), include_comments=False, include_tables=True, favor_recall=recall
            )
        except Exception:  # see above: a page that breaks the extractor still has the plain text of its paragraphs
            found = None
        if found is not None and found.body is not None and len(_plain(found.body)) >= _ENOUGH:
            return _paragraphs(found.body)
    paragraphs = _own_paragraphs(tree)
    if not paragraphs:
        try:
            body, _, _ = baseline(deepcopy(tree))
            paragraphs = _paragraphs(body)
        except Exception:
            paragraphs = []
    if not paragraphs:
        raise InputError("a page without text", where=where, todo="Save the page of the article itself")
    return paragraphs


def _own_paragraphs(tree: Any) -> list[str]:
    """The text of a page's own headlines and paragraphs, for pages too short for the extractor."""
    found = []
    for element in tree.iter("h1", "h2", "p", "li", "blockquote"):
        text = " ".join(_plain(element).split())
        if text and element.find(".//p") is None:
            found.append(text)
    return found


def _paragraphs(body: Any) -> list[str]:
    """The paragraphs of the extractor's tree: p and head by themselves, lists and rows line by line."""
    out: list[str] = []

    def add(text: str) -> None:
        for block in re.split(r"\n\s*\n", re.sub(r"[^\S\n]+", " ", text)):
            lines = [line.strip() for line in block.split("\n") if line.strip()]
            if lines:
                out.append("\n".join(lines))

    def walk(element: Any, depth: int = 0) -> None:
        if element.tag == "list":
            items = [" ".join(_words(item).split()) for item in element if item.tag == "item"]
            add("\n".join(f"- {item}" for item in items if item))
        elif element.tag == "table" and not _is_layout(element):
            rows = ([" ".join(_words(cell).split()) for cell in row] for row in element.iter("row"))
            add("\n".join(" | ".join(cell for cell in row if cell) for row in rows))
        elif element.tag == "code":
            add(_words(element))
        elif depth > 60:
            add(_flat(_words(element)))
        else:
            # Text and inline pieces run on until a block begins.
            run = [_flat(element.text)]
            for child in element:
                if child.tag in _BLOCKS:
                    add("".join(run))
                    run = []
                    if not _is_menu_cell(child):
                        walk(child, depth + 1)
                elif child.tag == "lb":
                    run.append("\n")
                else:
                    run.append(_words(child, flat=True))
                run.append(_flat(child.tail))
            add("".join(run))

    walk(body)
    return out


def _words(element: Any, *, flat: bool = False) -> str:
    """The text of an element, its line breaks as line feeds."""
    tidy = _flat if flat else (lambda text: text or "")
    pieces = [tidy(element.text)]
    for child in element:
        pieces.append("\n" if child.tag == "lb" else _words(child, flat=flat))
        pieces.append(tidy(child.tail))
    return "".join(pieces)


def _flat(text: str | None) -> str:
    """Text whose own line feeds are only white space."""
    return re.sub(r"\s+", " ", text) if text else ""


def _is_layout(table: Any) -> bool:
    """Whether a table only arranges a page: one of its cells holds paragraphs, or an article's worth of text."""
    return any(
        len(_plain(cell)) > (200 if any(child.tag in ("p", "head", "list") for child in cell) else 500)
        for cell in table.iter("cell")
    )


def _is_menu_cell(cell: Any) -> bool:
    """Whether a cell of a layout holds a few words beside the article: a menu, the weather."""
    return cell.tag == "cell" and word_count(_plain(cell)) < 30 and not SENTENCE_END.search(_plain(cell).strip())


def _headline_first(paragraphs: list[str], title: str | None, author: str | None) -> list[str]:
    if not title:
        return paragraphs
    wanted = key(title)
    place = next((n for n, p in enumerate(paragraphs[:6]) if key(p) == wanted), None)
    if place is not None:
        above = [p for p in paragraphs[:place] if SENTENCE_END.search(p) or word_count(p) > 12]
        rest = above + paragraphs[place + 1 :]
    else:
        rest = paragraphs
    while rest and (key(rest[0]) == wanted or _is_byline(rest[0], author)):
        rest = rest[1:]
    return [title, *(p for n, p in enumerate(rest) if n > 2 or not _is_byline(p, author))]


def _is_byline(paragraph: str, author: str | None) -> bool:
    """Whether a paragraph says only who wrote the article, where and when, which the metadata says already."""
    if word_count(paragraph) > 18:
        return False
    k = key(paragraph)
    if k.startswith("by ") and word_count(paragraph) <= 10 and not SENTENCE_END.search(paragraph):
        return True
    if author and key(author) and key(author) in k and word_count(paragraph) <= word_count(author) + 8:
        return not SENTENCE_END.search(paragraph) or find_day(paragraph) is not None
    day = find_day(paragraph)
    if day is None:
        return False
    left = len((paragraph[: day.start] + paragraph[day.end :]).split())
    closed = SENTENCE_END.search(paragraph) and not paragraph.rstrip().endswith(("a.m.", "p.m."))
    return left <= 8 and (not closed or left <= 4)
