"""What stands between the network and the desk: host, origin, size and the headers of every answer.

Plain ASGI: each guard wraps an application and answers itself where a request must not pass.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.responses import JSONResponse

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

UPLOAD_LIMIT = 64 * 1024 * 1024  # bytes; a morning's coverage is far below, a disk image far above
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
)


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def refusal(status: int, found: str, todo: str) -> JSONResponse:
    """The one shape of every error that the desk's API gives."""
    return JSONResponse({"error": {"status": status, "found": found, "todo": todo}}, status)


class Headers:
    """Sets the headers that keep a page from running what an article brought along."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                present = {key.lower() for key, _ in message.get("headers", ())}
                message["headers"] = [
                    *message.get("headers", ()), *(pair for pair in HEADERS if pair[0] not in present)
                ]  # fmt: skip
            await send(message)

        await self.app(scope, receive, with_headers)


class Host:
    """Answers only to the names it was started under, so that no other site's name can be pointed at it."""

    def __init__(self, app: Application, hosts: Iterable[str]) -> None:
        self.app, self.hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            name = urlsplit(f"//{_header(scope, b'host')}").hostname or ""
            if name not in self.hosts:
                answer = refusal(400, f"the host {name!r}", "Open the desk under the address it printed.")
                return await answer(scope, receive, send)
        await self.app(scope, receive, send)


class SameOrigin:
    """Refuses a change that another site asks for: Fetch metadata, else Origin, else Referer must be our own."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD", "OPTIONS") and not self._own(scope):
            answer = refusal(403, "a change asked for from another site", "Use the desk's own pages.")
            return await answer(scope, receive, send)
        await self.app(scope, receive, send)

    @staticmethod
    def _own(scope: Scope) -> bool:
        if site := _header(scope, b"sec-fetch-site"):
            return site in ("same-origin", "none")
        if origin := _header(scope, b"origin") or _header(scope, b"referer"):
            return urlsplit(origin).netloc == _header(scope, b"host")
        return True  # no browser sent this: a script on this machine, which cannot be tricked into it


class Size:
    """Refuses a body over the limit, announced or not."""

    def __init__(self, app: Application, limit: int = UPLOAD_LIMIT) -> None:
        self.app, self.limit = app, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        announced = _header(scope, b"content-length")
        answer = refusal(
            413, f"more than {self.limit} bytes", "Add the coverage in smaller parts, or by `dragoman read`."
        )
        if announced.isdigit() and int(announced) > self.limit:
            return await answer(scope, receive, send)
        seen, begun = 0, False

        async def counted() -> MutableMapping[str, Any]:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.limit:
                raise _TooLarge
            return message

        async def watched(message: MutableMapping[str, Any]) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, counted, watched)
        except _TooLarge:
            if not begun:
                await answer(scope, receive, send)


class _TooLarge(Exception):
    pass
