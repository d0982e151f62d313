"""Reads feeds (RSS, Atom, JSON Feed), subscription lists (OPML) and lists of links, from bytes that were fetched.

In: bytes. Out: what is in the feed, newest as the feed has it, or an InputError when it is none. No address is opened
here and no clock is asked.
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from dragoman.errors import InputError
from dragoman.sources.days import iso_day
from dragoman.sources.decoding import decode
from dragoman.sources.letters import mend
from dragoman.sources.tags import has_swollen_tag

_MOST_TAGS = 400_000
_MOST_ENTRIES = 10_000
_ENTITY = re.compile(r"<!ENTITY|<!DOCTYPE[^>]{0,2000}\[", re.I)


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that a feed announces."""

    id: str
    url: str | None
    title: str | None = None
    published: str | None = None
    author: str | None = None
    html: str | None = None  # the article itself, where the feed carries it whole


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its name and what it announces."""

    title: str | None
    language: str | None
    entries: tuple[Entry, ...]


def read_feed(raw: bytes, *, where: str, url: str = "", charset: str | None = None) -> Feed:
    """The feed in `raw`; `url` is where it came from, for relative links."""
    text = decode(raw, where=where, declared=charset)
    if text.lstrip()[:1] in ("{", "["):
        return _json_feed(text, where, url)
    if _ENTITY.search(text):
        raise InputError("a feed that defines entities of its own", where=where, expected="RSS, Atom or JSON Feed")
    if text.count("<") > _MOST_TAGS:
        raise InputError(f"a feed of more than {_MOST_TAGS:,} tags", where=where)
    if has_swollen_tag(text):
        raise InputError("a feed with a tag of very many attributes", where=where)
    import feedparser

    try:
        found = feedparser.parse(
            text.encode("utf-8", "replace"),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,  # it would make addresses of plain ids
            sanitize_html=False,  # entries are read as pages are, and never shown as they are
        )
    except Exception as problem:  # the parser takes anything, and now and then falls over it
        raise InputError(f"a feed that cannot be read ({type(problem).__name__})", where=where) from None
    if not found.get("version"):
        raise _no_feed(where)
    entries = tuple(e for item in found.entries[:_MOST_ENTRIES] if (e := _entry(item, url)) is not None)
    head = found.get("feed", {})
    return Feed(_line(head.get("title")), (head.get("language") or "").split("-")[0].lower() or None, entries)


def _no_feed(where: str) -> InputError:
    todo = "Look for the site's RSS or Atom address; a page's own address is read with `dragoman read`"
    return InputError("no feed", where=where, expected="RSS, Atom or JSON Feed", todo=todo)


def _line(text: Any) -> str | None:
    return " ".join(mend(re.sub(r"<[^<>]{1,200}>", "", text)).split()) or None if isinstance(text, str) else None


def _entry(item: Any, base: str) -> Entry | None:
    link = item.get("link") if isinstance(item.get("link"), str) else None
    url = _address(link, base)
    identity = item.get("id") or url
    if not identity:
        return None
    content = item.get("content")
    html = content[0].get("value") if isinstance(content, list) and content else None
    title, author = _line(item.get("title")), _line(item.get("author"))
    return Entry(str(identity), url, title, _published(item), author, html or None)


def _address(link: str | None, base: str) -> str | None:
    try:
        url = urljoin(base, link.strip()) if link else None
    except ValueError:
        return None
    return url if url and re.match(r"https?://", url, re.I) else None


def _published(item: Any) -> str | None:
    for name in ("published", "created", "updated"):
        # Asked as a plain dictionary: the parser's own kind answers for dates that are not there.
        if day := iso_day(dict.get(item, name) or ""):
            return day
        parsed = dict.get(item, f"{name}_parsed")
        if isinstance(parsed, time.struct_time):
            return time.strftime("%Y-%m-%dT%H:%M:%SZ", parsed)
    return None


def _json_feed(text: str, where: str, url: str) -> Feed:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise _no_feed(where) from None
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(data.get("version")):
        raise _no_feed(where)
    entries = []
    for item in items[:_MOST_ENTRIES]:
        if not isinstance(item, dict):
            continue
        strings = {name: value for name, value in item.items() if isinstance(value, str) and value}
        link = _address(strings.get("url") or strings.get("external_url"), url)
        identity = strings.get("id") or (str(item["id"]) if isinstance(item.get("id"), int) else None) or link
        if not identity:
            continue
        authors = item.get("authors") or [item.get("author")]
        first = authors[0] if isinstance(authors, list) and authors and isinstance(authors[0], dict) else {}
        published = iso_day(strings.get("date_published", ""))
        html = strings.get("content_html")
        entries.append(Entry(identity, link, _line(strings.get("title")), published, _line(first.get("name")), html))
    language = data.get("language")
    language = language.split("-")[0].lower() if isinstance(language, str) else None
    return Feed(_line(data.get("title")), language, tuple(entries))


def read_subscriptions(raw: bytes, *, where: str) -> tuple[str, ...]:
    """The feed addresses in an OPML file, in order, each once."""
    text = decode(raw, where=where)
    if _ENTITY.search(text) or text.count("<") > _MOST_TAGS or has_swollen_tag(text):
        raise InputError("a subscription list that defines entities or is too large", where=where, expected="OPML")
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None or str(root.tag).lower() != "opml":
        raise InputError("no subscription list", where=where, expected="OPML")
    found = []
    for outline in root.iter("outline"):
        for name, value in outline.attrib.items():
            if name.lower() == "xmlurl" and re.match(r"https?://", value.strip(), re.I):
                found.append(value.strip())
    return tuple(dict.fromkeys(found))


def read_links(raw: bytes, *, where: str) -> tuple[str | InputError, ...]:
    """The addresses in a list of links, one a line; empty lines and lines that begin with # are left out."""
    out: list[str | InputError] = []
    for number, line in enumerate(decode(raw, where=where).splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if re.match(r"https?://\S+$", line, re.I):
            out.append(line)
        else:
            out.append(
                InputError(f"{line[:80]!r}", where=f"{where}:{number}", expected="an address, http://… or https://…")
            )
    return tuple(out)
