"""Feeds: only what is new is fetched, failures back off, and a poll that is killed loses and doubles nothing."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import socket

import pytest

from dragoman.batch.intake import Intake
from dragoman.batch.polling import Polled, poll
from dragoman.sources.fetch import Fetcher, Limits
from dragoman.store import Store, open_store
from tests.batch.standin import make
from tests.sources.servers import Answer, Server, say, serving

ROOT = Path(__file__).parent.parent.parent
ARTICLES = 16


def page(n: int) -> Answer:
    words = f"Envoy {n} said the talks of day {n} go on. " + "The ministers met again in the harbour town. " * 8
    html = f"<html><head><title>Day {n}</title></head><body><article><p>{words}</p></article></body></html>"
    return say(html.encode())


def slowly(answer: Answer) -> Answer:
    """The same a moment later, so that a kill finds it under way."""

    def later(connection: socket, path: str) -> None:
        time.sleep(0.03)
        answer(connection, path)

    return later


def a_feed(numbers: range, **headers: str) -> Answer:
    items = "".join(f"<item><guid>g{n}</guid><link>/a{n}</link><title>Day {n}</title>"
                    "<pubDate>Mon, 08 Feb 2027 10:00:00 GMT</pubDate></item>" for n in numbers)  # fmt: skip
    body = f'<rss version="2.0"><channel><title>The Ferry</title>{items}</channel></rss>'.encode()
    return say(body, Content_Type="application/rss+xml", **headers)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "d.dragoman") as store:
        yield store


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(allow_private=True, limits=Limits(pause=0, tries=1), sleep=lambda _: None) as fetcher:
        yield fetcher


def ask(store: Store, fetcher: Fetcher) -> list[Polled]:
    return list(poll(Intake(store, make), store.intake.feeds(), fetcher=fetcher))


def articles(server: Server) -> Counter[str]:
    return Counter(path for path in server.asked if path.startswith("/a"))


def test_only_new_articles_are_fetched(store: Store, fetcher: Fetcher) -> None:
    pages = {f"/a{n}": page(n) for n in range(6)}
    with serving({"/feed": [a_feed(range(3)), a_feed(range(5))], **pages}) as server:
        store.intake.follow(f"{server.address}/feed")
        first, second = ask(store, fetcher), ask(store, fetcher)
        assert [(p.taken, p.failed, p.title) for p in first + second] == [(3, 0, "The Ferry"), (2, 0, "The Ferry")]
        assert articles(server) == {f"/a{n}": 1 for n in range(5)}
    listed = store.documents().rows
    assert {d.outlet for d in listed} == {"The Ferry"} and {str(d.published)[:10] for d in listed} == {"2027-02-08"}
    raw = store.intake.raw(listed[0].id)
    assert raw is not None and raw.fetched_from and b"<article>" in raw.content


def test_an_unchanged_feed_is_asked_by_its_mark(store: Store, fetcher: Fetcher) -> None:
    unchanged = say(b"", status="304 Not Modified")
    with serving({"/feed": [a_feed(range(1), ETag='"e1"'), unchanged], "/a0": page(0)}) as server:
        store.intake.follow(f"{server.address}/feed")
        ask(store, fetcher)
        (second,) = ask(store, fetcher)
        assert second.unchanged and second.taken == 0
        assert 'if-none-match: "e1"' in server.headers[-1].lower()
    (feed,) = store.intake.feeds()
    assert feed.etag == '"e1"' and feed.failures == 0


def test_a_feed_is_due_again_later_and_later_while_it_fails(store: Store, fetcher: Fetcher) -> None:
    with serving({"/feed": [say(b"", status="404 Not Found"), say(b"<html>no feed", status="200 OK"), a_feed(range(0))]
                  }) as server:  # fmt: skip
        store.intake.follow(f"{server.address}/feed")
        waits = []
        for _ in range(3):
            ask(store, fetcher)
            (feed,) = store.intake.feeds()
            waits.append((feed.failures, datetime.fromisoformat(str(feed.next_poll)) - datetime.now(UTC)))
        assert [failures for failures, _ in waits] == [1, 2, 0]
        assert waits[0][1] > timedelta(minutes=50) and waits[1][1] > timedelta(minutes=110)
        assert waits[2][1] < timedelta(minutes=31)
        assert store.intake.feeds(due="2001-01-01T00:00:00Z") == ()


def test_an_article_that_fails_is_listed_and_the_feed_asked_whole_again(store: Store, fetcher: Fetcher) -> None:
    with serving({"/feed": a_feed(range(2), ETag='"e"'), "/a0": page(0), "/a1": [say(b"", status="500 No"), page(1)]
                  }) as server:  # fmt: skip
        store.intake.follow(f"{server.address}/feed")
        (first,) = ask(store, fetcher)
        assert (first.taken, first.failed) == (1, 1)
        (failure,) = store.intake.failures()
        assert failure.address == f"{server.address}/a1" and "500" in failure.reason
        assert store.intake.feeds()[0].etag is None
        (second,) = ask(store, fetcher)  # too soon for the article: it is not asked for
        assert (second.taken, second.failed, articles(server)["/a1"]) == (0, 0, 1)
        report = Intake(store, make, fetcher=fetcher).retry()
        assert (report.new, store.intake.failures()) == (1, ())
        ask(store, fetcher)
        assert store.intake.feeds()[0].etag == '"e"'
        assert articles(server) == {"/a0": 1, "/a1": 2}


def test_what_the_feed_said_of_an_article_that_failed_still_holds_when_it_is_tried_again(
    store: Store, fetcher: Fetcher
) -> None:
    bare = say(b"<html><body><article><p>" + b"The envoy said the talks go on in the harbour town. " * 9 + b"</p>")
    with serving({"/feed": a_feed(range(1, 2)), "/a1": [say(b"", status="500 No"), say(b"", status="500 No"), bare]
                  }) as server:  # fmt: skip
        store.intake.follow(f"{server.address}/feed")
        ask(store, fetcher)
        said = {"published": "2027-02-08T10:00:00+00:00", "outlet": "The Ferry", "title": "Day 1"}
        assert dict(store.intake.failures()[0].known) == said
        Intake(store, make, fetcher=fetcher).retry()
        assert dict(store.intake.failures()[0].known) == said and store.intake.failures()[0].attempts == 2
        assert Intake(store, make, fetcher=fetcher).retry().new == 1
    (listed,) = store.documents().rows
    assert (listed.title, listed.outlet, listed.published) == ("Day 1", "The Ferry", "2027-02-08T10:00:00+00:00")


def test_an_entry_without_an_address_is_left_to_the_feed(store: Store, fetcher: Fetcher) -> None:
    store.intake.failed("urn:ferry:7", "an entry without an address.")
    report = Intake(store, make, fetcher=fetcher).retry()
    assert [(s.where, "poll" in s.reason) for s in report.skipped] == [("urn:ferry:7", True)]


def test_one_feed_that_fails_costs_no_other(store: Store, fetcher: Fetcher) -> None:
    with serving({"/feed": a_feed(range(1)), "/a0": page(0)}) as server:
        store.intake.follow(f"{server.address}/none")
        store.intake.follow(f"{server.address}/feed")
        polled = {p.feed.rpartition("/")[2]: p for p in ask(store, fetcher)}
    assert "404" in str(polled["none"].problem) and polled["feed"].taken == 1


def test_a_feed_unfollowed_meanwhile_is_no_error(store: Store, fetcher: Fetcher) -> None:
    with serving({"/feed": a_feed(range(1)), "/a0": page(0)}) as server:
        store.intake.follow(f"{server.address}/feed")
        several = store.intake.feeds()
        store.intake.unfollow(several[0].url)
        (polled,) = poll(Intake(store, make), several, fetcher=fetcher)
    assert polled.taken == 1 and store.intake.feeds() == ()


def test_a_killed_poll_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Killed where a random number of articles is kept, again and again; then left to finish."""
    address, random_ = tmp_path / "d.dragoman", random.Random(8)
    pages = {f"/a{n}": slowly(page(n)) for n in range(ARTICLES)}
    kills = 0
    with serving({"/feed": a_feed(range(ARTICLES), ETag='"whole"'), **pages}) as server:
        with open_store(address) as store:
            store.intake.follow(f"{server.address}/feed")
        acknowledged = 0
        for point in (0, 2, 5, None):
            process = subprocess.Popen([sys.executable, "-m", "tests.intake.poll_until_killed", str(address)], cwd=ROOT,
                                       stdout=subprocess.PIPE, text=True)  # fmt: skip
            assert process.stdout is not None
            told = 0
            if point is None:
                told = max(int(line) for line in process.stdout if line.strip().isdigit())
                assert process.wait(60) == 0
            else:
                while told < point:
                    told = int(process.stdout.readline())
                time.sleep(random_.random() * 0.05)
                process.send_signal(signal.SIGKILL)
                told = max([told, *(int(line) for line in process.stdout if line.strip().isdigit())])
                kills += process.wait(60) == -signal.SIGKILL
            process.stdout.close()
            acknowledged += told
            with open_store(address) as store:
                there = store.counts().documents
                assert there >= acknowledged, "what was told as kept is there"
                marked = store.intake.feeds()[0].etag is not None
                assert marked == (there == ARTICLES and point is None), "the mark is written last"
        with open_store(address) as store:
            assert store.counts().documents == ARTICLES and store.doctor() == ()
            assert len({d.id for d in store.documents().rows}) == ARTICLES
        asked = articles(server)
        # A kill may come between a page's arrival and its keeping: that page, and no other, is fetched again.
        assert kills == 3 and sum(asked.values()) <= ARTICLES + kills and set(asked) == set(pages)
