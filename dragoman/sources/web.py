"""Reads articles at web addresses, and the news of feeds.

In: addresses and a Fetcher that holds the limits and manners. Out: an Arrival or a Failure for each address; for a
feed, what it announces that was not seen before. What was seen and fetched is remembered by whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from dragoman.errors import FetchError, InputError
from dragoman.sources.arrivals import Arrival, Failure, Given, Known, from_html
from dragoman.sources.feeds import Entry, read_feed
from dragoman.sources.fetch import Fetcher
from dragoman.sources.kinds import check_size, read_bytes
from dragoman.sources.links import address_id

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_WHOLE = 600  # characters of HTML from which a feed's entry is taken for the article itself
_FEED_LINK = re.compile(r"<link\b[^>]{0,500}>", re.I)


@dataclass(frozen=True, slots=True)
class News:
    """What a feed announces that was not seen before, and what to ask it with the next time."""

    feed: str
    title: str | None = None
    entries: tuple[Entry, ...] = ()
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False


def read_addresses(urls: Iterable[str], *, fetcher: Fetcher, given: Given | None = None) -> Iterator[Arrival | Failure]:
    """The articles at `urls`, in order."""
    given = given or Given()
    for url in urls:
        try:
            fetched = fetcher.fetch(url)
            if fetched.media_type in _FEED_TYPES:
                raise InputError("a feed, not an article", where=url, todo=f"Follow it: dragoman follow {url}")
            check_size(fetched.raw, len(fetched.raw), url)
        except InputError as error:
            yield Failure(url, error)
            continue
        yield from read_bytes(
            fetched.raw,
            identity=address_id(fetched.url),
            where=url,
            given=given,
            media_type=fetched.media_type,
            charset=fetched.charset,
            known=Known(url=fetched.url),
        )


def news_of(
    feed: str,
    *,
    fetcher: Fetcher,
    etag: str | None = None,
    modified: str | None = None,
    seen: Container[str] = frozenset(),
) -> News:
    """What `feed` announces and `seen` (ids of entries) does not hold; FetchError or InputError when it is no feed."""
    fetched = fetcher.fetch(feed, etag=etag, modified=modified)
    if fetched.is_unchanged:
        return News(feed, etag=etag, modified=modified, unchanged=True)
    check_size(fetched.raw, len(fetched.raw), feed)
    try:
        found = read_feed(fetched.raw, where=feed, url=fetched.url, charset=fetched.charset)
    except InputError as error:
        if named := _feeds_named_in(fetched.raw, fetched.url):
            raise InputError(
                "a page, not a feed", where=feed, expected="RSS, Atom or JSON Feed",
                todo=f"Follow the feed that the page names: {', '.join(named[:3])}",
            ) from None  # fmt: skip
        raise error
    entries = {entry.id: entry for entry in found.entries if entry.id not in seen}
    return News(feed, found.title, tuple(entries.values()), fetched.etag, fetched.modified)


def said_of(entry: Entry, *, feed_title: str | None = None, given: Given | None = None) -> Given:
    """What is known of an entry's article before it is read."""
    given = given or Given()
    return replace(
        given,
        published=entry.published or given.published,
        outlet=given.outlet or feed_title,
        title=given.title or entry.title,
    )


def read_entry(
    entry: Entry, *, fetcher: Fetcher, feed_title: str | None = None, given: Given | None = None
) -> Iterator[Arrival | Failure]:
    """The article that an entry announces: the page at its address, or the entry itself where it is whole."""
    given = said_of(entry, feed_title=feed_title, given=given)
    problem: InputError = FetchError("an entry without an address", where=entry.id)
    if entry.url:
        found = list(read_addresses([entry.url], fetcher=fetcher, given=given))
        if not isinstance(found[0], Failure) or entry.html is None:
            yield from found
            return
        problem = found[0].error
    where = entry.url or entry.id
    if entry.html is None or len(entry.html) < _WHOLE:
        yield Failure(where, problem)
        return
    identity = address_id(entry.url or entry.id)
    try:
        known = Known(url=entry.url, title=entry.title, author=entry.author)
        document = from_html(entry.html, identity=identity, where=where, given=given, known=known)
    except InputError:
        yield Failure(where, problem)
    else:
        yield Arrival(document, entry.html.encode("utf-8", "replace"), "text/html", where)


def _feeds_named_in(raw: bytes, url: str) -> list[str]:
    """The feeds that a page names in its head."""
    found = []
    for tag in _FEED_LINK.findall(raw[:200_000].decode("utf-8", "replace")):
        link = re.search(r"href\s*=\s*[\"']?([^\"'\s>]+)", tag, re.I)
        if link and any(kind in tag.lower() for kind in _FEED_TYPES):
            found.append(urljoin(url, link[1]))
    return found
