"""Feeds, subscription lists and lists of links are read from bytes, whoever wrote them."""

import json

import pytest

from dragoman.errors import InputError
from dragoman.sources.feeds import Entry, read_feed, read_links, read_subscriptions

RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Harbour Post</title>
<language>en-gb</language><item><title>Ferry talks &amp; boats</title><link>/a?x=1&amp;y=2</link><guid>g1</guid>
<pubDate>Mon, 08 Feb 2027 10:00:00 +0100</pubDate></item><item><title>Old</title><link>https://h.example/b</link></item>
<item><title>No address</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title><entry><title>Hafen öffnet</title>
<id>tag:1</id><link href="https://h.example/a"/><updated>2027-02-08T10:00:00Z</updated>
<content type="html">&lt;p&gt;Text</content>
</entry></feed>""".encode()
JSON = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "Harbour Post", "language": "en",
    "items": [{"id": 1, "url": "https://h.example/a", "title": "Ferry talks", "date_published": "2027-02-08T10:00:00Z",
               "authors": [{"name": "Ingrid Falk"}], "content_html": "<p>Text</p>"}, 5, {"title": "x"}],
}).encode()  # fmt: skip
OPML = b"""<?xml version="1.0"?><opml version="2.0"><body><outline text="News">
<outline type="rss" xmlUrl="https://h.example/rss"/><outline xmlurl="https://i.example/atom"/>
<outline xmlUrl="https://h.example/rss"/><outline xmlUrl="javascript:alert(1)"/></outline></body></opml>"""


def test_rss() -> None:
    feed = read_feed(RSS, where="f", url="https://h.example/feed")
    assert (feed.title, feed.language) == ("Harbour Post", "en")
    assert feed.entries == (
        Entry("g1", "https://h.example/a?x=1&y=2", "Ferry talks & boats", "2027-02-08T10:00:00+01:00"),
        Entry("https://h.example/b", "https://h.example/b", "Old"),
    )


def test_atom() -> None:
    (entry,) = read_feed(ATOM, where="f").entries
    assert (entry.id, entry.title, entry.published) == ("tag:1", "Hafen öffnet", "2027-02-08T10:00:00Z")
    assert entry.html is not None and "Text" in entry.html


def test_json_feed() -> None:
    (entry,) = read_feed(JSON, where="f").entries
    day = "2027-02-08T10:00:00Z"
    assert entry == Entry("1", "https://h.example/a", "Ferry talks", day, "Ingrid Falk", "<p>Text</p>")


def test_a_feed_cut_in_the_middle_gives_what_it_holds() -> None:
    assert [e.id for e in read_feed(RSS[: RSS.index(b"<item><title>Old")], where="f").entries] == ["g1"]


@pytest.mark.parametrize(
    "raw",
    [
        b"<html><body>Not found</body></html>", b"hello", b"{}", b"[1]", b"{broken",
        b'<!DOCTYPE x [<!ENTITY a "b">]><rss version="2.0"><channel><title>&a;</title></channel></rss>',
        b"<rss version='2.0'>" + b"<a>" * 500_000, b"[" * 200_000, b"\x89PNG",
    ],
    ids=["page", "words", "object", "list", "broken", "entities", "nested", "json", "image"],
)  # fmt: skip
def test_what_is_no_feed(raw: bytes) -> None:
    with pytest.raises(InputError, match="f: "):
        read_feed(raw, where="f")


def test_subscriptions() -> None:
    assert read_subscriptions(OPML, where="o") == ("https://h.example/rss", "https://i.example/atom")


@pytest.mark.parametrize("raw", [b"<rss/>", b"hello", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml/>'])
def test_what_is_no_subscription_list(raw: bytes) -> None:
    with pytest.raises(InputError):
        read_subscriptions(raw, where="o")


def test_a_list_of_links() -> None:
    raw = b"# mine\nhttps://h.example/a\n\nfile:///etc/passwd\n  http://h.example/b \n"
    first, bad, last = read_links(raw, where="l")
    assert (first, last) == ("https://h.example/a", "http://h.example/b")
    assert isinstance(bad, InputError) and bad.where == "l:4"
