"""The JSON API under the same pages: everything that the desk does, a script can do. OpenAPI at /api/openapi.json.

Answers have the keys of the Python API. Every error has one shape: {"error": {"status", "found", "todo"}}.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from dragoman.desk.accounts import may_decide, person_of
from dragoman.desk.pages import Open

_SHAPE = {
    "type": "object", "required": ["status", "found", "todo"],
    "properties": {"status": {"type": "integer"}, "found": {"type": "string"}, "todo": {"type": "string"}},
}  # fmt: skip
_ERROR: dict[str, Any] = {
    "description": "What was found and what to do next",
    "content": {
        "application/json": {"schema": {"type": "object", "required": ["error"], "properties": {"error": _SHAPE}}}
    },
}

_LAYERS = (
    "parties", "issues", "conditions", "deadlines", "meetings", "agreements", "figures", "disagreements", "proposals",
    "unplaced",
)  # fmt: skip
router = APIRouter(prefix="/api", responses={code: _ERROR for code in (400, 401, 403, 404, 409, 413, 422, 501, 503)})

On = Annotated[date | None, Query(description="As things stood after this day; else now.")]
Json = dict[str, Any]
List = list[dict[str, Any]]


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


class NewDecision(BaseModel):
    """A decision to keep: see the manual for the kinds and what each needs."""

    model_config = ConfigDict(extra="forbid")

    kind: str = Field(max_length=60, examples=["party.rename"])
    target: Json = Field(examples=[{"name": "HNC"}])
    value: Json = Field(default_factory=dict, examples=[{"to": "High Negotiations Committee"}])
    why: str | None = Field(default=None, max_length=4000)
    expects: str | None = Field(default=None, max_length=60, description="The last decision about this that was seen.")


class Pasted(BaseModel):
    """A document to read."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=10_000_000)
    name: str = Field(default="pasted.txt", max_length=120)
    outlet: str | None = Field(default=None, max_length=300)
    published: date | None = None


class Model(BaseModel):
    """A model of the outlook, in TOML or JSON."""

    model_config = ConfigDict(extra="forbid")

    model: str = Field(min_length=1, max_length=200_000)


@router.get("/table")
def table(dossier: Open, on: On = None) -> Json:
    """The whole table of a day."""
    return dossier.table(on=_day(on)).to_json()


@router.get("/documents")
def documents(dossier: Open) -> List:
    """Every document, without its text."""
    return [dump_row(row) for row in dossier.documents()]


@router.get("/documents/{document:path}")
def document(dossier: Open, document: Annotated[str, Path(max_length=1000)]) -> Json:
    """One document's current reading, in the reading format."""
    return dossier.reading(document).to_json()


@router.get("/statements")
def statements(
    dossier: Open, party: Annotated[str | None, Query(max_length=500)] = None,
    issue: Annotated[str | None, Query(max_length=500)] = None, act: Annotated[str | None, Query(max_length=40)] = None,
    since: On = None, until: On = None,
) -> List:  # fmt: skip
    """Statements as the table counts them."""
    found = dossier.table().statements(party=party, issue=issue, act=act, since=_day(since), until=_day(until))
    return [s.to_json() for s in found]


@router.get("/changes")
def changes(dossier: Open, since: date, on: On = None) -> List:
    """What moved since a day."""
    return [c.to_json() for c in dossier.table(on=_day(on)).changes(since.isoformat())]


@router.get("/conditions/graph")
def graph(dossier: Open, on: On = None) -> Json:
    """Who waits for whom, and the rings."""
    found = dossier.table(on=_day(on))
    return {**found.waits_for().to_json(), "deadlocks": [d.to_json() for d in found.deadlocks()]}


@router.get("/origins")
def origins(dossier: Open) -> Json:
    """Which report goes back to which."""
    return dossier.table().origins.to_json()


@router.get("/network")
def network(
    dossier: Open, kind: Annotated[str, Query(pattern="^(onemode|twomode)$")] = "onemode",
    aggregation: Annotated[str, Query(max_length=40)] = "", normalization: Annotated[str, Query(max_length=40)] = "",
    weight: Annotated[str, Query(max_length=40)] = "", since: On = None, on: On = None,
) -> Json:  # fmt: skip
    """The network of parties, or of parties and issues: its nodes, its matrix and its settings."""
    from dragoman.desk.studies import network_choices, network_of_table

    chosen = network_choices(kind, aggregation, normalization, weight)
    found = network_of_table(dossier, chosen, _day(since) or "", _day(on) or "")
    if found is None:
        raise HTTPException(404, "Nobody is for or against anything yet, so there is no network.")
    return found.to_json()


@router.get("/outlook")
def outlook_draft(dossier: Open, on: On = None) -> Json:
    """A model of the outlook, drafted from the table, as text."""
    from dragoman.desk.studies import drafted

    return {"model": drafted(dossier.table(on=_day(on))).model}


@router.post("/outlook")
def outlook(typed: Model) -> Json:
    """What the analysis of a model finds: states, stability, equilibria, and sentences."""
    from dataclasses import asdict

    from dragoman.desk.studies import outlook_page

    return asdict(outlook_page(typed.model))


@router.get("/{layer}", responses={404: _ERROR})
def layer(
    dossier: Open,
    layer: Annotated[str, Path(pattern=f"^({'|'.join(_LAYERS)})$")],
    on: On = None,
) -> List:
    """One layer of the table: parties, issues, conditions, deadlines, meetings, agreements, figures, disagreements,
    proposals (merges in question) or unplaced (decisions that no longer find their words)."""
    return [item.to_json() for item in getattr(dossier.table(on=_day(on)), layer)]


def _search(dossier: Any, words: str, kind: str, limit: int) -> List:
    return [dump_row(hit) for hit in dossier.store.search(words, kind=kind, limit=limit).rows]


@router.get("/search/{kind}")
def search(
    dossier: Open, kind: Annotated[str, Path(pattern="^(statements|articles)$")],
    words: Annotated[str, Query(max_length=1000)], limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> List:  # fmt: skip
    """Statements or articles that hold the words, best first; `matches` are spans into `text`."""
    return _search(dossier, words, kind, limit)


@router.get("/briefs/now")
def brief(dossier: Open, on: On = None, since: On = None) -> Json:
    """The brief: sections of sentences, each with the numbers of its notes."""
    return dossier.brief(on=_day(on), since=_day(since)).to_json()


@router.get("/decisions/all")
def decisions(dossier: Open) -> List:
    """Every decision, oldest first."""
    return [_decision(d) for d in dossier.decisions()]


@router.post("/decisions", status_code=201, dependencies=[Depends(may_decide)])
def decide(request: Request, dossier: Open, decision: NewDecision) -> Json:
    """Keep a decision; 409 when it makes no sense or something was decided meanwhile."""
    kept = dossier.decide(decision.kind, decision.target, decision.value, why=decision.why, by=person_of(request),
                          expects=decision.expects)  # fmt: skip
    return _decision(kept)


@router.post("/documents", status_code=202, dependencies=[Depends(may_decide)])
def read(request: Request, pasted: Pasted) -> Json:
    """Begin to read a text; ask /api/jobs for how far it is."""
    job = request.app.state.jobs.start([(pasted.name, pasted.text.encode("utf-8", "replace"))], outlet=pasted.outlet,
                                       published=_day(pasted.published))  # fmt: skip
    found: Json = job.to_json()
    return found


@router.get("/jobs/{job}")
def job(request: Request, job: Annotated[str, Path(max_length=60)]) -> Json:
    """How far a reading is."""
    found = request.app.state.jobs.get(job)
    if found is None:
        raise HTTPException(404, f"No reading is called {job!r}.")
    state: Json = found.to_json()
    return state


def _decision(decision: Any) -> Json:
    return {"id": decision.id, "kind": decision.kind, "target": dict(decision.target), "value": dict(decision.value),
            "by": decision.by, "at": decision.at, "why": decision.why}  # fmt: skip


def dump_row(row: Any) -> Json:
    """A row of the store as JSON."""
    from dataclasses import asdict

    return asdict(row)
