"""Articles at addresses and the news of feeds, from a server on loopback."""

from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.sources import Arrival, Document, Failure, documents, links, subscriptions
from dragoman.sources.fetch import Fetcher, Limits
from dragoman.sources.links import address_id
from dragoman.sources.web import news_of, read_addresses, read_entry
from tests.sources.servers import say, serving

SENTENCE = "The minister said on Monday that the port would open in May, provided that the boats withdrew first."
HEAD = "<head><title>Ferry talks</title></head>"
PAGE = f"<html>{HEAD}<body><h1>Ferry talks</h1><p>{SENTENCE}</p></body></html>".encode()
FEED = b"""<rss version="2.0"><channel><title>Harbour Post</title>
<item><title>Ferry talks</title><link>/a</link><guid>1</guid><pubDate>Mon, 08 Feb 2027 10:00:00 GMT</pubDate></item>
<item><title>Gone</title><link>/gone</link><guid>2</guid></item></channel></rss>"""


def a_fetcher() -> Fetcher:
    return Fetcher(limits=Limits(pause=0.0, seconds=5.0, tries=1), allow_private=True, sleep=lambda _: None)


def test_an_address_is_read_like_a_file() -> None:
    with serving({"/a": say(PAGE)}) as server, a_fetcher() as fetcher:
        url = f"{server.address}/a?utm_source=x"
        answers = list(documents([url, f"{server.address}/a"], fetcher=fetcher, published="2027-02-08"))
    missing, document = answers
    assert isinstance(missing, Failure) and "404" in str(missing.error)
    assert isinstance(document, Document)
    assert document.text == f"Ferry talks\n\n{SENTENCE}" and document.published == "2027-02-08"
    assert document.id == address_id(url) == address_id(f"{server.address}/a")


def test_a_private_address_is_refused_without_being_asked() -> None:
    with serving({"/a": say(PAGE)}) as server:
        (found,) = documents(f"{server.address}/a")
        assert isinstance(found, Failure) and "public internet" in str(found.error) and server.asked == []


def test_a_feed_is_no_article() -> None:
    with serving({"/f": say(FEED, Content_Type="application/rss+xml")}) as server, a_fetcher() as fetcher:
        (found,) = read_addresses([f"{server.address}/f"], fetcher=fetcher)
    assert isinstance(found, Failure) and "dragoman follow" in str(found.error)


def test_the_news_of_a_feed_and_its_articles() -> None:
    answers = {"/f": [say(FEED, ETag='"1"'), say(b"", status="304 Not Modified")], "/a": say(PAGE)}
    with serving(answers) as server, a_fetcher() as fetcher:
        news = news_of(f"{server.address}/f", fetcher=fetcher, seen={"2"})
        assert [entry.id for entry in news.entries] == ["1"] and (news.title, news.etag) == ("Harbour Post", '"1"')
        (arrival,) = read_entry(news.entries[0], fetcher=fetcher, feed_title=news.title)
        assert isinstance(arrival, Arrival) and arrival.raw == PAGE
        assert (arrival.document.outlet, arrival.document.published) == ("Harbour Post", "2027-02-08T10:00:00+00:00")
        assert news_of(f"{server.address}/f", fetcher=fetcher, etag=news.etag).unchanged


def test_an_entry_that_is_whole_stands_in_for_a_page_that_is_gone() -> None:
    html = f"<p>{SENTENCE}</p>" * 8
    content = f"<content type='html'>{html.replace('<', '&lt;')}</content>"
    entry = f"<entry><id>1</id><title>T</title><link href='/gone'/>{content}</entry>"
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>P</title>{entry}</feed>"
    with serving({"/f": say(feed.encode())}) as server, a_fetcher() as fetcher:
        (entry,) = news_of(f"{server.address}/f", fetcher=fetcher).entries
        (found,) = read_entry(entry, fetcher=fetcher)
    assert isinstance(found, Arrival) and SENTENCE in found.document.text


def test_a_page_that_names_its_feed_says_so() -> None:
    page = b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>x</body></html>'
    with serving({"/": say(page)}) as server, a_fetcher() as fetcher, pytest.raises(InputError) as found:
        news_of(f"{server.address}/", fetcher=fetcher)
    assert f"{server.address}/rss" in found.value.todo


def test_lists_in_files(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_text("https://h.example/a\nnonsense\n")
    first, bad = links(path)
    assert first == "https://h.example/a" and isinstance(bad, Failure)
    path.write_text('<opml><body><outline xmlUrl="https://h.example/rss"/></body></opml>')
    assert subscriptions(path) == ["https://h.example/rss"]
    with pytest.raises(InputError, match="No such file"):
        links(tmp_path / "none")
