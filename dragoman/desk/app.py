"""The desk as an ASGI application: guards, sessions, pages, actions and API put together.

In: a Dossier that is open. Out: an application that uvicorn serves; `serve` runs one until it is told to stop.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from dragoman import __version__
from dragoman.desk import accounts, actions, api, guards, memory, pages, studies
from dragoman.desk.jobs import Jobs
from dragoman.desk.rendering import error_page
from dragoman.dossier import Dossier
from dragoman.errors import DragomanError

_HERE = Path(__file__).parent


def create_app(
    dossier: Dossier, *, hosts: Iterable[str] = ("127.0.0.1", "localhost", "::1"), people: bool = False
) -> Any:
    """The desk over `dossier`; `people` asks everybody to sign in."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.jobs.close()  # a reading under way ends with the document it is at; the rest is read next time

    about = "Everything that the desk does, a script can do."
    app = FastAPI(title="Dragoman", version=__version__, description=about, lifespan=lifespan, docs_url=None,
                  redoc_url=None, openapi_url="/api/openapi.json")  # fmt: skip
    app.state.dossier = dossier
    app.state.jobs = Jobs(dossier)
    app.state.people = people
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    for router in (api.router, pages.router, studies.router, actions.router, accounts.router):
        app.include_router(router)

    @app.exception_handler(DragomanError)
    async def known(request: Request, error: DragomanError) -> Response:
        return _answer(request, accounts.status_of(error), error)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        return _answer(request, error.status_code, str(error.detail))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        return _answer(request, 422, f"{'.'.join(map(str, first['loc']))}: {first['msg']}")

    guarded: Any = accounts.SignedIn(app, app) if people else app
    guarded = guards.Size(guarded)
    guarded = guards.SameOrigin(guarded)
    guarded = guards.Host(guarded, hosts)
    return guards.Headers(guarded)


def interface() -> dict[str, Any]:
    """The API as OpenAPI describes it, without a dossier."""
    app = FastAPI(title="Dragoman", version=__version__)
    app.include_router(api.router)
    described: dict[str, Any] = app.openapi()
    return described


def _answer(request: Request, status: int, found: str | DragomanError) -> Response:
    """An error as a page for people and in one JSON shape for programs."""
    if request.url.path.startswith("/api/"):
        if isinstance(found, str):
            return guards.refusal(status, found, "")
        return guards.refusal(status, DragomanError(found.found, where=found.where, expected=found.expected).message,
                              found.todo)  # fmt: skip
    return HTMLResponse(error_page(request, status, found), status)


def serve(dossier: Dossier, *, host: str, port: int, opened: Callable[[str], None]) -> None:
    """Serve the desk until interrupted, and tell its address once it is `opened`.

    DragomanError for another address than loopback while nobody has an account, and for one that is taken or not ours.
    """
    import ipaddress
    import socket

    import uvicorn

    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    if not loopback and not dossier.store.people.users():
        raise DragomanError(
            f"the desk would listen on {host}, where others can reach it, and nobody has an account",
            todo="Add one with `dragoman user add NAME --role owner`, or listen on 127.0.0.1",
        )
    hosts = {host, "127.0.0.1", "localhost", "::1"} if loopback else {host, *_own_names()}
    app = create_app(dossier, hosts=hosts, people=not loopback)
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise DragomanError(f"the desk cannot listen on {host}, port {port} ({error.strerror})",
                            todo="Choose another with --host or --port") from None  # fmt: skip
    with listener, suppress(KeyboardInterrupt):
        opened(f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/")
        memory.get_ready(dossier)
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=10)
        uvicorn.Server(config).run(sockets=[listener])


def _own_names() -> set[str]:
    import socket

    return {socket.gethostname(), socket.getfqdn()}
