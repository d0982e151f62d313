"""The pages that show: each makes one context and renders one template."""

from __future__ import annotations

import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.exceptions import HTTPException

from dragoman.desk import contexts, memory, reviewing, views
from dragoman.desk.rendering import render, spoken
from dragoman.dossier import Dossier
from dragoman.exports import brief as briefs

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


def the_dossier(request: Request) -> Dossier:
    """The dossier this desk is open on."""
    found: Dossier = request.app.state.dossier
    return found


Open = Annotated[Dossier, Depends(the_dossier)]


@router.get("/")
def table(
    request: Request, dossier: Open, on: str = "", since: str = "", party: str = "", issue: str = "", at: int = 1
) -> str:
    days = memory.head(dossier.table()).days
    person = getattr(request.state, "person", "") or dossier.user
    seen = views.last_visit(dossier, person, days[-1], time.time()) if days else ""
    page = views.table_page(dossier, spoken(request), on=on, since=since, party=party, issue=issue, seen=seen, at=at)
    return render(request, "table.html", page)


@router.get("/cell")
def cell(request: Request, dossier: Open, party: str, issue: str, on: str = "", at: int = 1) -> str:
    page = views.cell_page(dossier, party=party, issue=issue, on=on, at=at)
    if page is None:
        raise HTTPException(404, f"The table has no position of {party!r} on {issue!r}.")
    return render(request, "cell.html", page)


@router.get("/articles")
def articles(request: Request, dossier: Open, at: int = 1, review: str = "") -> str:
    return render(request, "articles.html", views.articles_page(dossier, at, review == "open"))


@router.get("/article/{document:path}")
def article(request: Request, dossier: Open, document: str, at: str = "") -> str:
    return render(request, "article.html", reviewing.article_page(dossier, document, at=at))


@router.get("/queue")
def queue(request: Request, dossier: Open, kind: str = "") -> str:
    return render(request, "queue.html", views.queue_page(dossier, spoken(request), kind))


@router.get("/conditions")
def conditions(request: Request, dossier: Open, on: str = "", at: int = 1) -> str:
    return render(request, "conditions.html", views.conditions_page(dossier, spoken(request).gettext, on, at))


@router.get("/calendar")
def calendar(request: Request, dossier: Open, on: str = "", at: int = 1) -> str:
    return render(request, "calendar.html", views.calendar_page(dossier, spoken(request).gettext, on, at))


@router.get("/calendar.ics")
def calendar_file(dossier: Open) -> Response:
    from dragoman.exports.calendar import as_ics

    return download(as_ics(dossier.table()).encode(), "text/calendar", "dragoman.ics")


@router.get("/figures")
def figures(request: Request, dossier: Open, on: str = "", about: str = "", at: int = 1) -> str:
    return render(request, "figures.html", views.figures_page(dossier, spoken(request).gettext, on, about, at))


@router.get("/sources")
def sources(request: Request, dossier: Open) -> str:
    return render(request, "sources.html", views.sources_page(dossier, spoken(request).gettext))


@router.get("/disagreements")
def disagreements(request: Request, dossier: Open, on: str = "", at: int = 1) -> str:
    return render(request, "disagreements.html", views.disagreements_page(dossier, on, at))


@router.get("/search")
def search(
    request: Request, dossier: Open, words: str = "", kind: str = "statements", party: str = "", act: str = "",
    at: int = 1,
) -> str:  # fmt: skip
    kind = kind if kind in ("statements", "articles") else "statements"
    return render(request, "search.html", views.search_page(dossier, words, kind, party, act, at))


@router.get("/brief")
def brief(request: Request, dossier: Open, on: str = "", since: str = "", party: str = "") -> str:
    made = dossier.brief(on=on or None, since=since or None, parties=[party] if party else (),
                         language=spoken(request))  # fmt: skip
    html = briefs.as_html(made, address=views.article_link, whole=False)
    names = [p.name for p in dossier.table().parties]
    return render(request, "brief.html", contexts.BriefPage(html, on, since, party, names))


_KINDS: dict[str, tuple[str, Any]] = {
    "md": ("text/markdown; charset=utf-8", lambda b: briefs.as_markdown(b).encode()),
    "html": ("text/html; charset=utf-8", lambda b: briefs.as_html(b).encode()),
    "pdf": ("application/pdf", briefs.as_pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", briefs.as_docx),
}


@router.get("/brief.{kind}")
def brief_file(request: Request, dossier: Open, kind: str, on: str = "", since: str = "", party: str = "") -> Response:
    if kind not in _KINDS:
        raise HTTPException(404, f"A brief comes as {', '.join(_KINDS)}, not as {kind!r}.")
    media, write = _KINDS[kind]
    made = dossier.brief(on=on or None, since=since or None, parties=[party] if party else (),
                         language=spoken(request))  # fmt: skip
    return download(write(made), media, f"brief-{on or 'now'}.{kind}")


@router.get("/pictures/{name}.svg")
def picture(request: Request, dossier: Open, name: str, on: str = "", about: str = "") -> Response:
    from dragoman.exports import table_pictures as drawn

    found, _ = dossier.table(on=on or None), spoken(request).gettext
    draw: dict[str, Any] = {
        "conditions": lambda: drawn.waits_for_picture(found, _=_),
        "calendar": lambda: drawn.calendar_picture(found, _=_),
        "figures": lambda: drawn.figures_picture(found, about=about or None, _=_),
        "sources": lambda: drawn.sources_picture(found, _=_),
    }  # fmt: skip
    if name not in draw:
        raise HTTPException(404, f"No picture is called {name!r}.")
    return download(draw[name]().encode(), "image/svg+xml", f"{name}.svg")


@router.get("/backup")
def backup(dossier: Open) -> Response:
    with TemporaryDirectory() as folder:
        made = dossier.store.backup(Path(folder) / "backup.dragoman")
        return download(made.read_bytes(), "application/vnd.sqlite3", "backup.dragoman")


@router.get("/readings.jsonl")
def readings(dossier: Open) -> StreamingResponse:
    lines = (json.dumps(r.to_json(), ensure_ascii=False) + "\n" for r in dossier.store.readings())
    headers = {"content-disposition": 'attachment; filename="readings.jsonl"'}
    return StreamingResponse(lines, media_type="application/x-ndjson", headers=headers)


@router.get("/add")
def add(request: Request, job: str = "") -> str:
    return render(request, "add.html", contexts.AddPage(request.app.state.jobs.get(job)))


@router.get("/settings")
def settings(request: Request, dossier: Open) -> str:
    return render(request, "settings.html", views.settings_page(dossier))


@router.get("/language/{code}")
def language(code: str, back: str = "/") -> RedirectResponse:
    answer = RedirectResponse(own_address(back), 303)
    answer.set_cookie("language", code, max_age=31_536_000, samesite="lax", httponly=True)
    return answer


def own_address(back: str) -> str:
    """`back` where it is a path of this desk, else its first page: what else is asked for may be another site's."""
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"


def download(content: bytes, media: str, name: str) -> Response:
    """Bytes that the browser keeps as a file."""
    return Response(content, media_type=media, headers={"content-disposition": f'attachment; filename="{name}"'})
