"""The forms that change something: each keeps one decision, or starts reading, and leads back to the page."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dragoman.desk import contexts, memory, reviewing, views
from dragoman.desk.accounts import may_decide, person_of
from dragoman.desk.pages import Open, own_address
from dragoman.desk.rendering import render
from dragoman.errors import DecisionError, DragomanError, InputError
from dragoman.sources.files import READ_FROM_FOLDERS
from dragoman.table.decisions import added_statement, statement_target

# What keeps a name apart from one that it might be merged into.
APART = {"party.merge": "party.split", "issue.merge": "issue.seed"}

router = APIRouter(include_in_schema=False, dependencies=[Depends(may_decide)])

Text = Annotated[str, Form()]
SUFFIXES = (*READ_FROM_FOLDERS, ".xml")


def _back(path: str, decision: str = "", fragment: str = "") -> RedirectResponse:
    told = {"at": fragment, "done": decision}  # a long article comes in parts: the one that holds the statement
    query = urlencode({name: value for name, value in told.items() if value})
    return RedirectResponse(path + (f"?{query}" if query else "") + (f"#{quote(fragment)}" if fragment else ""), 303)


def _span(text: str) -> list[list[int]]:
    """Spans typed or taken from a selection, as "12-40" or "12-40, 52-60"."""
    if not text.strip():
        return []
    found = re.findall(r"(\d+)\s*-\s*(\d+)", text)
    if not found:
        raise InputError(f"span {text!r}", expected="two offsets, as 12-40")
    return [[int(a), int(b)] for a, b in found]


@router.post("/article/{document:path}/statement")
def decide_statement(
    request: Request, dossier: Open, document: str, statement: Text, verb: Text, seen: Annotated[int, Form()] = -1,
    speaker: Text = "", party: Text = "", act: Text = "", issues: Text = "", content: Text = "", why: Text = "",
) -> Response:  # fmt: skip
    """Accept, reject or correct one statement; a stale page is told what changed."""
    reading = dossier.reading(document)
    target = statement_target(reading, statement)
    value: dict[str, Any] = {}
    if verb == "edit":
        shown = next(r for r in reviewing.reviewed(dossier, reading) if r.statement.id == statement).statement
        listed = [i.strip() for i in issues.split(";") if i.strip()]
        names, who = reviewing.names_on(memory.recent_table(dossier), [shown]), shown.speaker
        # What the page filled in is no correction: the words of the reading, or what the table calls them.
        typed: dict[str, tuple[object, ...]] = {
            "speaker": (speaker.strip() or None, who.name, names["speaker"].get(who.name or "", who.name)),
            "party": (party.strip() or None, who.party, names["party"].get(who.party or "", who.party)),
            "act": (act, shown.act),
            "issues": (listed, list(shown.issues), [names["issue"].get(i, i) for i in shown.issues]),
        }
        value = {key: new for key, (new, *old) in typed.items() if new not in old}
        if content.strip():
            value["content"] = _span(content)
        if not value:
            return _back(views.article_link(document), fragment=statement)
    try:
        _not_stale(dossier, seen, document, statement)
        kept = dossier.decide(f"statement.{verb}", target, value, why=why or None, by=person_of(request))
    except DragomanError as error:
        typed_now = {"statement": statement, "speaker": speaker, "party": party, "act": act, "issues": issues,
                     "content": content, "why": why}  # fmt: skip
        page = reviewing.article_page(dossier, document, typed_now)
        return HTMLResponse(render(request, "article.html", page, message=error, error=True), 409)
    return _back(views.article_link(document), kept.id, statement)


def _not_stale(dossier: Any, seen: int, document: str, statement: str) -> None:
    """Refuse a decision made on a page that did not show a later decision about the same statement."""
    if seen < 0:
        return
    for d in memory.decisions(dossier)[seen:]:
        if d.target.get("document") == document and d.target.get("statement") == statement:
            raise DecisionError(
                f"{d.by} decided on this statement after this page was shown: {d.kind} {dict(d.value) or ''}",
                where=f"{document}:{statement}", todo="Look at it again; what you typed is kept below",
            )  # fmt: skip


@router.post("/article/{document:path}/missed")
def add_statement(
    request: Request, dossier: Open, document: str, content: Text = "", source: Text = "", cue: Text = "",
    speaker: Text = "", party: Text = "", act: Text = "claim", why: Text = "",
) -> Response:  # fmt: skip
    """Add a statement that the reader missed."""
    typed = {"content": content, "source": source, "cue": cue, "speaker": speaker, "party": party, "act": act}
    try:
        value = {"source": _span(source), "cue": _span(cue), "content": _span(content), "act": act,
                 "speaker": {"name": speaker.strip() or None, "party": party.strip() or None}}  # fmt: skip
        made = added_statement(value, "missed")
        for role in (made.source, made.cue, made.content):
            role.check(dossier.reading(document).document, "the missed statement")
        kept = dossier.decide("statement.add", {"document": document}, value, why=why or None, by=person_of(request))
    except DragomanError as error:
        page = reviewing.article_page(dossier, document, typed)
        return HTMLResponse(render(request, "article.html", page, message=error, error=True), 422)
    return _back(views.article_link(document), kept.id, f"added-{kept.id}")


@router.post("/undo")
def undo(request: Request, dossier: Open, back: Text = "/", decision: Text = "") -> Response:
    """Take back a decision, or the last one of this person that stands."""
    chosen = decision or _last(dossier, person_of(request), undone=False)
    kept = dossier.decide("undo", {"decision": chosen}, {}, by=person_of(request)) if chosen else None
    return _back(_plain(back), kept.id if kept else "", _statement_of(dossier, chosen, _plain(back)))


@router.post("/redo")
def redo(request: Request, dossier: Open, back: Text = "/") -> Response:
    """Undo the last undo of this person."""
    chosen = _last(dossier, person_of(request), undone=True)
    kept = dossier.decide("undo", {"decision": chosen}, {}, by=person_of(request)) if chosen else None
    return _back(_plain(back), kept.id if kept else "", _statement_of(dossier, chosen, _plain(back)))


def _statement_of(dossier: Any, chosen: str, path: str) -> str:
    """The statement of the article at `path` that a decision, or one that undid it, is about; "" where it is none."""
    by_id = {d.id: d for d in memory.decisions(dossier)}
    found = by_id.get(chosen)
    while found is not None and found.kind == "undo":
        found = by_id.get(str(found.target.get("decision")))
    if found is None or path != views.article_link(str(found.target.get("document"))):
        return ""
    return str(found.target.get("statement") or "")


def _last(dossier: Any, person: str, *, undone: bool) -> str:
    """The last decision to take back, or the last undo to take back; a fresh decision ends what could be redone."""
    decisions = memory.decisions(dossier)
    by_id = {d.id: d for d in decisions}
    done: list[str] = []
    taken: list[str] = []
    for d in decisions:
        if d.by != (person or dossier.user):
            continue
        if d.kind != "undo":
            done.append(d.id)
            taken.clear()
        elif (of := str(d.target["decision"])) in by_id and by_id[of].kind == "undo":
            if of in taken:
                taken.remove(of)
            done.append(str(by_id[of].target["decision"]))
        elif of in done:
            done.remove(of)
            taken.append(d.id)
    chosen = taken if undone else done
    return chosen[-1] if chosen else ""


def _plain(back: str) -> str:
    """A path of this desk without the message of an earlier decision."""
    return own_address(back.split("?")[0].split("#")[0])


@router.post("/queue")
def decide_queue(
    request: Request, dossier: Open, verb: Text, item: Annotated[list[str] | None, Form()] = None, kind: Text = ""
) -> Response:
    """Decide the same about every chosen item of the queue; what cannot be decided so is counted."""
    last, left = "", 0
    for key in item or ():
        chosen = _chosen(dossier, key, verb)
        if chosen is None:
            left += 1
        else:
            last = dossier.decide(*chosen, by=person_of(request)).id
    told = {"kind": kind, "done": last, "left": str(left) if left else ""}
    query = urlencode({name: value for name, value in told.items() if value})
    return RedirectResponse("/queue" + (f"?{query}" if query else ""), 303)


def _chosen(dossier: Any, key: str, verb: str) -> tuple[str, dict[str, Any], dict[str, Any]] | None:
    """The decision that accepts or rejects an item of the queue: its kind, target and value; None where there is none.

    Whoever rejects a merge keeps the one name apart, so that it is not proposed again.
    """
    kind, *rest = key.split("|")
    if kind == "statement" and verb in ("accept", "reject") and rest:
        return f"statement.{verb}", statement_target(dossier.reading("|".join(rest[:-1])), rest[-1]), {}
    if kind in ("party.add", "issue.seed") and verb == "accept":
        return kind, {"name": "|".join(rest)}, {}
    if kind in APART and len(rest) == 2 and verb in ("accept", "reject"):
        return (
            (kind, {"name": rest[0]}, {"into": rest[1]}) if verb == "accept" else (APART[kind], {"name": rest[0]}, {})
        )
    return None


@router.post("/settings")
def decide_name(request: Request, dossier: Open, kind: Text, name: Text, value: Text = "") -> Response:
    """Name, merge or rename a party or an issue."""
    keys = {"add": "aliases", "merge": "into", "rename": "to", "alias": "alias"}
    verb = kind.partition(".")[2]
    if verb not in keys and verb not in ("split", "seed"):
        raise DecisionError(f"no decision is called {kind!r}", expected="add, alias, merge, rename or split")
    listed: Any = [v.strip() for v in value.split(";") if v.strip()] if verb == "add" else value.strip()
    try:
        kept = dossier.decide(kind, {"name": name.strip()}, {keys[verb]: listed} if verb in keys else {},
                              by=person_of(request))  # fmt: skip
    except DecisionError as error:
        page = views.settings_page(dossier, {"kind": kind, "name": name, "value": value})
        return HTMLResponse(render(request, "settings.html", page, message=error, error=True), 409)
    return _back("/settings", kept.id)


@router.post("/conditions")
def settle_condition(request: Request, dossier: Open, party: Text, requires: Text, status: Text) -> Response:
    """Say what became of a requirement."""
    about = {"party": party, "requires": requires}
    kept = dossier.decide("condition.settle", about, {"status": status}, by=person_of(request))
    return _back("/conditions", kept.id)


@router.post("/sources")
def cut_origin(request: Request, dossier: Open, document: Text, to: Text) -> Response:
    """Say that a report does not go back to another."""
    kept = dossier.decide("origin.cut", {"document": document}, {"to": to}, by=person_of(request))
    return _back("/sources", kept.id)


@router.post("/import")
def bring_in(request: Request, dossier: Open, file: Annotated[UploadFile, File()]) -> Response:
    """Keep readings that were made or checked elsewhere, as "Download all readings" gives them."""
    import tempfile
    from pathlib import Path

    from dragoman.batch import readings_in
    from dragoman.desk.jobs import safe_name

    failed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        path = Path(folder) / safe_name(file.filename or "readings.jsonl")
        path.write_bytes(file.file.read())
        report = dossier.load(readings_in([path], failed.append))
    message = "; ".join([report.sentence(), *(f.replace(f"{folder}/", "") for f in failed[:5])])
    page = views.settings_page(dossier, {})
    return HTMLResponse(
        render(request, "settings.html", page, message=message, error=bool(failed)), 422 if failed else 200
    )


@router.post("/add")
async def add_coverage(
    request: Request, files: Annotated[list[UploadFile] | None, File()] = None, pasted: Text = "", links: Text = "",
    outlet: Text = "", published: Text = "",
) -> Response:  # fmt: skip
    """Start reading dropped files, pasted text and a list of links."""
    found: list[tuple[str, bytes]] = []
    refused = []
    for file in files or ():
        if file.filename and not file.filename.lower().endswith(SUFFIXES):
            refused.append(file.filename)
        elif file.filename:
            found.append((file.filename, await file.read()))
    if pasted.strip():
        import hashlib

        # The same words pasted twice are the same document.
        digest = hashlib.sha256(pasted.encode("utf-8", "replace")).hexdigest()[:12]
        found.append((f"pasted-{digest}.txt", pasted.encode("utf-8", "replace")))
    addresses = tuple(line.strip() for line in links.splitlines() if line.strip())
    if not found and not addresses:
        typed = {"pasted": pasted, "links": links, "outlet": outlet, "published": published}
        message = f"{', '.join(refused)}: not a kind of file that can be read." if refused else "Nothing was handed in."
        return HTMLResponse(
            render(request, "add.html", contexts.AddPage(None, typed), message=message, error=True), 422
        )
    job = request.app.state.jobs.start(
        found, addresses, refused=tuple(refused), outlet=outlet or None, published=published or None
    )
    return RedirectResponse(f"/add?job={quote(job.id)}", 303)
