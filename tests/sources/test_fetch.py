"""Fetching stays on the public internet, within limits, and polite; every server here is on loopback."""

import gzip
import socket
import time
import zlib
from pathlib import Path

import pytest

from dragoman.errors import FetchError
from dragoman.sources.addresses import is_public, resolve
from dragoman.sources.fetch import Fetcher, Limits
from dragoman.sources.links import plain_address
from dragoman.sources.robots import Robots
from tests.sources.servers import say, serving

PAGE = b"<html><body><p>The minister said on Monday that the port would open in May.</p></body></html>"


def a_fetcher(**given: object) -> Fetcher:
    limits = {"pause": 0.0, "seconds": 1.0, "silence": 0.5, "size": 100_000, "tries": 1}
    own = {name: given.pop(name) for name in list(given) if name in Limits.__dataclass_fields__}
    return Fetcher(limits=Limits(**{**limits, **own}), **{"allow_private": True, "sleep": lambda _: None, **given})


def refused(url: str, **given: object) -> str:
    with a_fetcher(**given) as fetcher, pytest.raises(FetchError) as found:
        fetcher.fetch(url)
    return str(found.value)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False), ("192.0.0.8", False), ("0.0.0.0", False), ("224.0.0.1", False), ("::1", False),
        ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("fec0::1", False), ("fe80::1%eth0", False),
        ("::ffff:127.0.0.1", False), ("::127.0.0.1", False), ("2001:0:1::", False), ("nonsense", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "localhost", "::1", "169.254.169.254"])
def test_no_spelling_of_a_private_address_is_connected_to(host: str) -> None:
    with pytest.raises(FetchError, match=r"not on the public internet|no such host"):
        resolve(host, 80)


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(0, 0, 0, "", (a, 80)) for a in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        resolve("two.example", 80)


def test_a_page_with_what_the_server_says_of_it() -> None:
    with serving({"/a": say(PAGE, ETag='"1"', Last_Modified="Mon, 01 Feb 2027 10:00:00 GMT")}) as server:
        with a_fetcher() as fetcher:
            fetched = fetcher.fetch(f"{server.address}/a#top")
        assert (fetched.raw, fetched.media_type, fetched.charset, fetched.etag) == (PAGE, "text/html", "utf-8", '"1"')
        assert server.asked == ["/robots.txt", "/a"] and len(fetched.sha256) == 64


def test_loopback_is_refused_unless_allowed() -> None:
    with serving({"/a": say(PAGE)}) as server:
        assert "not on the public internet" in refused(f"{server.address}/a", allow_private=False)
        assert server.asked == []


def test_a_redirect_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"/a": say(b"", status="302 Found", Location="http://10.0.0.1/admin")}) as server:
        monkeypatch.setattr("dragoman.sources.addresses.is_public", lambda address: address == "127.0.0.1")
        assert "10.0.0.1" in refused(f"{server.address}/a", allow_private=False, obey_robots=False)


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://h.example/a", "gopher://h.example", "//user:word@h.example/"]
)
def test_a_redirect_to_another_kind_of_address_is_refused(target: str) -> None:
    with serving({"/a": say(b"", status="301 Moved", Location=target)}) as server:
        assert "address" in refused(f"{server.address}/a")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://", "http://[::1", "https://u:p@h.example/", "http://h.example:0/"]
)
def test_what_is_no_web_address(url: str) -> None:
    assert "address" in refused(url)


def test_redirects_end() -> None:
    with serving({"/a": say(b"", status="302 Found", Location="/a")}) as server:
        assert "too many redirects" in refused(f"{server.address}/a")
        assert server.asked.count("/a") == 6


def test_redirects_are_followed() -> None:
    answers = {"/a": say(b"", status="302 Found", Location="/b"), "/b": say(PAGE)}
    with serving(answers) as server, a_fetcher() as fetcher:
        assert fetcher.fetch(f"{server.address}/a").url == f"{server.address}/b"


def dribble(connection: socket.socket, path: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(100):
        connection.sendall(b"x")
        time.sleep(0.1)


def dribble_headers(connection: socket.socket, path: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        connection.sendall(b"X-%d: y\r\n" % number)
        time.sleep(0.1)


def silent(connection: socket.socket, path: str) -> None:
    time.sleep(3)


def endless(connection: socket.socket, path: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
    while True:
        connection.sendall(b"<p>" * 10_000)


@pytest.mark.parametrize("slow", [dribble, dribble_headers, silent])
def test_a_slow_server_costs_its_time_and_no_more(slow: object) -> None:
    with serving({"/a": slow}) as server:
        start = time.monotonic()
        message = refused(f"{server.address}/a", obey_robots=False)
        assert time.monotonic() - start < 2.5
        assert "in time" in message or "not done" in message


def test_an_endless_answer_is_cut() -> None:
    with serving({"/a": endless}) as server:
        assert "more than" in refused(f"{server.address}/a", obey_robots=False, seconds=10.0)


def test_a_length_that_is_too_large_is_not_even_read() -> None:
    with serving({"/a": say(b"x", Content_Length="900000000")}) as server:
        assert "more than" in refused(f"{server.address}/a")


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_packed_answers_and_bombs(coding: str) -> None:
    pack = gzip.compress if coding == "gzip" else zlib.compress
    bomb = pack(b"\0" * 30_000_000)
    answers = {"/a": say(pack(PAGE), Content_Encoding=coding), "/b": say(bomb, Content_Encoding=coding)}
    with serving(answers) as server:
        with a_fetcher() as fetcher:
            assert fetcher.fetch(f"{server.address}/a").raw == PAGE
        assert "beyond measure" in refused(f"{server.address}/b", size=50_000_000, seconds=10.0)


def test_a_packing_that_was_not_asked_for() -> None:
    with serving({"/a": say(b"???", Content_Encoding="br")}) as server:
        assert "packed as br" in refused(f"{server.address}/a")


def test_a_damaged_packing() -> None:
    with serving({"/a": say(gzip.compress(PAGE)[:20] + b"xxxxxxx", Content_Encoding="gzip")}) as server:
        assert "damaged" in refused(f"{server.address}/a")


def test_robots_are_obeyed() -> None:
    rules = say(b"User-agent: *\nDisallow: /private\n")
    with serving({"/robots.txt": rules, "/private/a": say(PAGE), "/a": say(PAGE)}) as server, a_fetcher() as fetcher:
        fetcher.fetch(f"{server.address}/a")
        with pytest.raises(FetchError, match=r"robots\.txt"):
            fetcher.fetch(f"{server.address}/private/a")
        assert server.asked == ["/robots.txt", "/a"]


def test_a_site_whose_robots_fail_is_left_alone() -> None:
    with serving({"/robots.txt": say(b"", status="500 Error"), "/a": say(PAGE)}) as server:
        assert "robots.txt" in refused(f"{server.address}/a")


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        ("User-agent: other\nUser-agent: dragoman\nDisallow: /x\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: dragoman\nDisallow: /x", "/x1", False),
        ("nonsense\n\x00: *\nDisallow /", "/a", True),
        ("", "/a", True),
    ],
)
def test_robots_rules(text: str, path: str, allowed: bool) -> None:
    assert Robots.read(text.encode(), "Dragoman").allows(f"https://h.example{path}") is allowed


def test_a_polite_pause_for_each_host() -> None:
    pauses: list[float] = []
    answers = {"/a": say(PAGE), "/robots.txt": say(b"User-agent: *\nCrawl-delay: 7")}
    with serving(answers) as server, a_fetcher(pause=2.0, sleep=pauses.append) as fetcher:
        fetcher.fetch(f"{server.address}/a")
        fetcher.fetch(f"{server.address}/a")
    assert len(pauses) == 1 and 6 < pauses[0] <= 7


def test_trying_again_after_a_pause() -> None:
    pauses: list[float] = []
    busy = say(b"", status="503 Busy", Retry_After="9")
    answers = {"/a": [busy, busy, say(PAGE)]}
    with serving(answers) as server, a_fetcher(tries=3, sleep=pauses.append) as fetcher:
        assert fetcher.fetch(f"{server.address}/a").raw == PAGE
    assert pauses == [9.0, 18.0]


def test_a_page_that_is_gone_is_not_tried_again() -> None:
    with serving({}) as server:
        assert "404" in refused(f"{server.address}/a", tries=3)
        assert server.asked.count("/a") == 1


def test_asking_only_for_what_changed() -> None:
    with serving({"/a": say(b"", status="304 Not Modified")}) as server, a_fetcher() as fetcher:
        fetched = fetcher.fetch(f"{server.address}/a", etag='"1"', modified="Mon, 01 Feb 2027 10:00:00 GMT")
        assert fetched.is_unchanged and fetched.raw == b""
        said = server.headers[-1].lower()
        assert 'if-none-match: "1"' in said and "if-modified-since: mon" in said


def test_nothing_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://10.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://10.0.0.1:9")
    with serving({"/a": say(PAGE)}) as server, a_fetcher() as fetcher:
        assert fetcher.fetch(f"{server.address}/a").raw == PAGE


def test_one_article_one_address() -> None:
    assert plain_address("HTTPS://H.example/a?utm_source=x&id=3&fbclid=y#top") == "https://h.example/a?id=3"
    assert plain_address("https://h.example/a?b=%20c&d") == "https://h.example/a?b=%20c&d"
