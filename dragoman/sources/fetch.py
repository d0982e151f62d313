"""Fetches one address at a time, politely and within limits.

In: an http or https address. Out: its bytes with what the server said of them, or a FetchError. Only public addresses
are connected to, at every redirect anew; size, time, redirects and decompression are bounded; robots.txt is obeyed;
each host is given pauses; nothing is taken from the environment.
"""

from __future__ import annotations

import hashlib
import re
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpcore2
import httpx2

from dragoman.errors import FetchError
from dragoman.sources.addresses import GuardedBackend
from dragoman.sources.robots import Robots

_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,*/*;q=0.5"
_REDIRECTS = (301, 302, 303, 307, 308)
_TRY_AGAIN = (429, 502, 503, 504)
_LONGEST_PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one address may cost."""

    size: int = 20_000_000  # bytes, after decompression
    seconds: float = 60.0  # from the first redirect to the last byte
    silence: float = 15.0  # seconds without a byte
    redirects: int = 5
    ratio: int = 100  # how far a body may grow when it is unpacked, beyond its first million bytes
    tries: int = 3
    pause: float = 1.0  # seconds between two requests to one host


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: its bytes, and what is needed to ask for it again only when it changes."""

    asked: str
    url: str
    status: int
    raw: bytes = b""
    media_type: str = ""
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None

    @property
    def is_unchanged(self) -> bool:
        """Whether the server says that nothing changed since it was last asked."""
        return self.status == 304

    @property
    def sha256(self) -> str:
        """The hash of the bytes, in hexadecimal."""
        return hashlib.sha256(self.raw).hexdigest()


class Fetcher:
    """Fetches addresses; keeps connections, robots.txt and pauses. Use it in a `with` statement."""

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        allow_private: bool = False,
        obey_robots: bool = True,
        agent: str = "Dragoman",
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.limits = limits or Limits()
        self._agent, self._obey, self._sleep = agent, obey_robots, sleep
        self._guard = GuardedBackend(allow_private=allow_private)
        transport = httpx2.HTTPTransport(trust_env=False)
        # The transport has no argument for the backend that connects; its pool does.
        transport._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False),
            max_connections=4,
            keepalive_expiry=10.0,
            network_backend=self._guard,
        )
        headers = {"User-Agent": f"{agent}/1 (news reader)", "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"}
        silence = self.limits.silence
        self._client = httpx2.Client(
            transport=transport, trust_env=False, follow_redirects=False, headers=headers, timeout=silence
        )
        self._robots: dict[str, Robots] = {}
        self._next: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """What `url` gives; with `etag` or `modified` of an earlier answer, only when it changed."""
        condition = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in condition.items() if value}
        pause = self.limits.pause
        for attempt in range(self.limits.tries):
            try:
                fetched = self._follow(url, headers)
            except FetchError as error:
                if attempt + 1 == self.limits.tries or not isinstance(error, _TryAgain):
                    raise
                asked = error.after
            else:
                return fetched
            pause = min(_LONGEST_PAUSE, max(2 * pause, asked))
            self._sleep(pause)
        raise AssertionError("unreachable")

    def _follow(self, url: str, headers: dict[str, str]) -> Fetched:
        self._guard.deadline = time.monotonic() + self.limits.seconds
        at = url.strip()
        for _ in range(self.limits.redirects + 1):
            _check(at)
            self._wait_and_ask(at)
            response = self._send(at, headers)
            try:
                if response.status_code in _REDIRECTS and (target := response.headers.get("location")):
                    at = urljoin(at, target)
                    continue
                return self._take(url, at, response)
            finally:
                response.close()
        raise FetchError("too many redirects", where=url, expected=f"at most {self.limits.redirects}")

    def _send(self, url: str, headers: dict[str, str]) -> httpx2.Response:
        try:
            request = self._client.build_request("GET", url, headers=headers)
            return self._client.send(request, stream=True)
        except FetchError as error:
            raise FetchError(error.found, where=url, expected=error.expected, todo=error.todo) from None
        except (httpx2.TimeoutException, httpcore2.TimeoutException):
            raise _TryAgain("no answer in time", where=url, todo="Try again later") from None
        except (httpx2.InvalidURL, UnicodeError):
            raise FetchError("not a web address", where=url, expected="http://… or https://…") from None
        except (httpx2.TransportError, httpcore2.ConnectError, OSError) as problem:
            raise _TryAgain(f"no connection ({problem})", where=url, todo="Try again later") from None

    def _take(self, asked: str, url: str, response: httpx2.Response) -> Fetched:
        status = response.status_code
        if status in _TRY_AGAIN:
            after = response.headers.get("retry-after", "")
            raise _TryAgain(
                f"the server answers {status}", where=url, todo="Try again later",
                after=float(after) if re.fullmatch(r"\d{1,6}", after) else 0.0,
            )  # fmt: skip
        if status != 304 and not 200 <= status < 300:
            raise FetchError(f"the server answers {status}", where=url, todo=_ADVICE.get(status, ""))
        raw = b"" if status == 304 else self._body(url, response)
        media_type, _, rest = response.headers.get("content-type", "").partition(";")
        charset = re.search(r"charset=[\"']?([\w.:-]+)", rest)
        return Fetched(
            asked, url, status, raw, media_type.strip().lower(), charset[1] if charset else None,
            response.headers.get("etag"), response.headers.get("last-modified"),
        )  # fmt: skip

    def _body(self, url: str, response: httpx2.Response) -> bytes:
        """The body, unpacked here so that a small answer cannot become a large one unseen."""
        coding = response.headers.get("content-encoding", "").strip().lower()
        if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise FetchError(f"a body packed as {coding}", where=url, expected="gzip, deflate or nothing")
        length = response.headers.get("content-length", "")
        if re.fullmatch(r"\d+", length) and int(length) > self.limits.size:
            raise _too_large(url, self.limits.size)
        out, packed = bytearray(), 0
        try:
            for piece, size in _unpacked(response, coding):
                out += piece
                packed += size
                if len(out) > self.limits.size:
                    raise _too_large(url, self.limits.size)
                if len(out) > 1_000_000 and len(out) > self.limits.ratio * packed:
                    raise FetchError("a body that grows beyond measure when unpacked", where=url)
                if time.monotonic() > self._guard.deadline:
                    raise FetchError(f"not done after {self.limits.seconds:g} seconds", where=url)
        except (httpx2.TimeoutException, httpcore2.TimeoutException):
            raise FetchError(f"not done after {self.limits.seconds:g} seconds, or silent", where=url) from None
        except (httpx2.TransportError, httpcore2.ProtocolError, OSError) as problem:
            raise _TryAgain(f"the connection broke ({problem})", where=url, todo="Try again later") from None
        except zlib.error as problem:
            raise FetchError(f"a damaged body ({problem})", where=url) from None
        return bytes(out)

    # -- manners

    def _wait_and_ask(self, url: str) -> None:
        """Obey robots.txt, and leave the host its pause."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        robots = Robots(everything=True)
        if self._obey and parts.path != "/robots.txt":
            robots = self._robots.get(origin) or self._read_robots(origin)
            if not robots.allows(url):
                found, todo = "closed to readers like this one by robots.txt", "Save the page by hand"
                raise FetchError(found, where=url, todo=todo)
        now = time.monotonic()
        wait = self._next.get(parts.netloc, 0.0) - now
        if wait > 0:
            self._sleep(wait)
            self._guard.deadline += wait
        self._next[parts.netloc] = max(now, now + wait) + max(self.limits.pause, robots.delay)

    def _read_robots(self, origin: str) -> Robots:
        """The rules of a site; none where it has no robots.txt, everything closed while its server fails."""
        at = f"{origin}/robots.txt"
        for _ in range(self.limits.redirects + 1):
            _check(at)
            response = self._send(at, {})
            try:
                status = response.status_code
                if status in _REDIRECTS and (target := response.headers.get("location")):
                    at = urljoin(at, target)
                    continue
                if status >= 500:
                    found = Robots(everything=False)
                elif status >= 400:
                    found = Robots(everything=True)
                else:
                    found = Robots.read(self._body(at, response), self._agent)
                break
            finally:
                response.close()
        else:
            found = Robots(everything=True)
        self._robots[origin] = found
        return found


class _TryAgain(FetchError):
    """A failure that may pass; `after` is how long the server asks to wait."""

    def __init__(self, found: str, *, where: str = "", expected: str = "", todo: str = "", after: float = 0.0) -> None:
        super().__init__(found, where=where, expected=expected, todo=todo)
        self.after = after


_ADVICE = {
    401: "The page needs a login: save it by hand",
    402: "The page must be paid for: save it by hand",
    403: "The site refuses readers like this one: save the page by hand",
    404: "Check the address",
    410: "The page is gone; an archive of the web may have it",
    451: "The page is withheld by law",
}


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FetchError("not a web address", where=url, expected="http://… or https://…") from None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or port == 0:
        raise FetchError("not a web address", where=url[:300], expected="http://… or https://…")
    if parts.username or parts.password:
        raise FetchError("an address with a name and password in it", where=parts.hostname, expected="a plain address")


def _too_large(url: str, size: int) -> FetchError:
    return FetchError(f"more than {size / 1e6:,.0f} MB", where=url, todo="Save the article by hand")


def _unpacked(response: httpx2.Response, coding: str) -> Iterator[tuple[bytes, int]]:
    """The pieces of a body, each with the packed bytes it took; a piece never exceeds a million bytes."""
    if coding in ("", "identity"):
        yield from ((piece, len(piece)) for piece in response.iter_raw(65_536))
        return
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    first = True
    for piece in response.iter_raw(65_536):
        size = len(piece)
        if first and coding == "deflate" and piece[:1] and (piece[0] & 0x0F) != 8:
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS)  # bare deflate, as some servers send it
        first = False
        while piece:
            yield unpacker.decompress(piece, 1_000_000), size
            piece, size = unpacker.unconsumed_tail, 0
    yield unpacker.flush(1_000_000), 0
    if not unpacker.eof and not first:
        raise zlib.error("it breaks off")
