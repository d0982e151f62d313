"""Who is at the desk: sign-in, sessions and roles where others can reach it; the local user where they cannot.

Roles: a reader looks, an analyst decides, an owner also adds people. Passwords are hashed by argon2 (RFC 9106).
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from dragoman.desk.guards import Application, Receive, Scope, Send, refusal
from dragoman.desk.pages import Open, own_address
from dragoman.desk.rendering import render
from dragoman.errors import DecisionError, DossierBusy, DragomanError, InputError, MissingExtra

router = APIRouter(include_in_schema=False)
COOKIE = "desk"
LASTS = timedelta(hours=12)
_OPEN_PATHS = ("/enter", "/static/", "/language/")


def hash_password(password: str) -> str:
    """The argon2id hash of a password, salt and parameters included."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(password)


def _fits(kept: str, password: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def person_of(request: Request) -> str:
    """The name of who is signed in; empty at a local desk, where the dossier's user decides."""
    return getattr(request.state, "person", "")


def may_decide(request: Request) -> None:
    """Refuse a decision of somebody who may only look."""
    if getattr(request.state, "role", "owner") == "reader":
        raise HTTPException(403, "Your account may look, but not decide. An owner can change that.")


def status_of(error: DragomanError) -> int:
    """The HTTP status of one of our errors."""
    if isinstance(error, DecisionError):
        return 409
    if isinstance(error, DossierBusy):
        return 503
    if isinstance(error, MissingExtra):
        return 501
    return 404 if isinstance(error, InputError) and "called" in error.found else 422


class SignedIn:
    """Lets through only who has a session; everybody else is led to the sign-in page."""

    def __init__(self, app: Application, inner: Any) -> None:
        self.app, self.inner = app, inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_OPEN_PATHS):
            return await self.app(scope, receive, send)
        request = Request(scope)
        token = request.cookies.get(COOKIE, "")
        session = self.inner.state.dossier.store.people.session(_digest(token)) if token else None
        if session is None:
            answer: Response = RedirectResponse(f"/enter?back={quote(scope['path'])}", 303)
            if scope["path"].startswith("/api/"):
                answer = refusal(401, "nobody is signed in", "Sign in at /enter first.")
            return await answer(scope, receive, send)  # type: ignore[arg-type]
        scope.setdefault("state", {}).update(person=session.user.name, role=session.user.role)
        await self.app(scope, receive, send)


@router.get("/enter", response_class=HTMLResponse)
def enter(request: Request, back: str = "/") -> str:
    return render(request, "enter.html", {"back": back})


@router.post("/enter")
def signed_in(
    request: Request, dossier: Open, name: Annotated[str, Form()], password: Annotated[str, Form()],
    back: Annotated[str, Form()] = "/",
) -> Response:  # fmt: skip
    user = dossier.store.people.user(name)
    # A password is checked even where nobody has that name, so that the time taken does not tell.
    fits = _fits(user.password if user else _NOBODY, password)
    if user is None or not fits or not user.active:
        page = render(request, "enter.html", {"back": back}, message="Name and password do not fit.", error=True)
        return HTMLResponse(page, 401)
    token = secrets.token_urlsafe(32)
    expires = (datetime.now(UTC) + LASTS).strftime("%Y-%m-%dT%H:%M:%SZ")
    dossier.store.people.enter(_digest(token), user.name, expires_at=expires)
    answer = RedirectResponse(own_address(back), 303)
    answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", max_age=int(LASTS.total_seconds()),
                      secure=request.url.scheme == "https")  # fmt: skip
    return answer


@router.post("/leave")
def leave(request: Request, dossier: Open) -> Response:
    dossier.store.people.leave(_digest(request.cookies.get(COOKIE, "")))
    answer = RedirectResponse("/enter", 303)
    answer.delete_cookie(COOKIE)
    return answer


_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$X5lqD3jGfYx2m0u5y9kU1Y8mO7oV0qk2v6d1w3e4r5s"
