"""The pages of analysis: networks of the table, and the outlook of a model drafted from it or typed.

In: a Dossier's table and what a person chose or typed. Out: pages, pictures, files. Nothing here changes the dossier.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from dragoman.desk import contexts, memory
from dragoman.desk.pages import Open, download
from dragoman.desk.rendering import render, spoken
from dragoman.desk.speech import Speech, speech
from dragoman.errors import DragomanError, InputError, ModelError

if TYPE_CHECKING:
    from dragoman.analysis.networks import Network
    from dragoman.analysis.outlook.analysis import Outlook
    from dragoman.table import Table

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

# What each kind of network can be made of, the first being what it is made of when nothing is chosen.
AGGREGATIONS = {"onemode": ("congruence", "conflict", "subtract"), "twomode": ("subtract", "combine", "ignore")}
NORMALIZATIONS = {
    "onemode": ("average", "no", "jaccard", "cosine"),
    "twomode": ("no", "activity", "prominence"),
}
WEIGHTS = ("count", "origin", "confidence")
FILES = {"csv": "text/csv; charset=utf-8", "edges": "text/csv; charset=utf-8", "graphml": "application/xml",
         "gexf": "application/xml", "svg": "image/svg+xml", "json": "application/json"}  # fmt: skip
LISTED_TIES = 300
DRAWN_MOVES = 24  # states: beyond, the ring of moves is a tangle
LISTED_STATES = 64  # rows of the stability table; the pictures draw no more either
MODEL_LIMIT = 200_000  # characters: no model that a person reads is longer
# A first draft takes the issues of most parties as long as all its states can be drawn; the person then chooses more.
# Measured on the sample coverage with unknown preferences: 1,024 states take 0.3 s, 8,192 take 20 s.
DRAFTED_STATES, OFFERED_ISSUES = 64, 40
QUICK_OPTIONS = 8  # 256 states at most: answered at once, without a process of its own
PATIENCE, LESS_PATIENCE = 45.0, 15.0  # seconds that a person waits for the whole analysis, then for its first part
MEMORY = 512 * 2**20  # bytes one analysis may take: the desk serves others at the same time

Chosen = Annotated[str, Query(max_length=40)]


# ------------------------------------------------------------------------------------------------------- networks


def network_choices(kind: str, aggregation: str, normalization: str, weight: str) -> dict[str, str]:
    """What was chosen, as far as this kind of network can be made of it; the usual in place of the rest."""
    kind = kind if kind in AGGREGATIONS else "onemode"
    return {
        "kind": kind,
        "aggregation": aggregation if aggregation in AGGREGATIONS[kind] else AGGREGATIONS[kind][0],
        "normalization": normalization if normalization in NORMALIZATIONS[kind] else NORMALIZATIONS[kind][0],
        "weight": weight if weight in WEIGHTS else WEIGHTS[0],
    }


def network_of_table(dossier: Any, chosen: dict[str, str], since: str, on: str) -> Network | None:
    """The network of parties and issues between two days; None where nobody is for or against anything."""
    from dragoman.analysis.networks import Choices, networks
    from dragoman.analysis.networks.coding import coded_of

    coded = coded_of(dossier.table(), weight=chosen["weight"])
    if not len(coded):
        return None
    choices = Choices(
        network=chosen["kind"], variable1="party", variable2="issue", aggregation=chosen["aggregation"],
        normalization=chosen["normalization"], start=since or None, stop=on or None,
        weight=chosen["weight"],
    )  # fmt: skip
    return next(iter(networks(coded, choices)), None)


@router.get("/networks")
def networks(
    request: Request, dossier: Open, kind: Chosen = "", aggregation: Chosen = "", normalization: Chosen = "",
    weight: Chosen = "", since: Chosen = "", on: Chosen = "",
) -> str:  # fmt: skip
    from dragoman.analysis.networks.communities import communities
    from dragoman.exports.networks import picture

    language, chosen = spoken(request), network_choices(kind, aggregation, normalization, weight)
    days, found = memory.head(dossier.table()).days, None
    problem: DragomanError | str = ""
    try:
        found = network_of_table(dossier, chosen, since, on)
    except DragomanError as error:
        problem = error
    edges = sorted(found.edges(), key=lambda e: -abs(e[2])) if found else []
    page = contexts.NetworksPage(
        **chosen, since=since, on=on, days=[contexts.Day(d, language.day(d)) for d in days],
        aggregations=AGGREGATIONS, normalizations=NORMALIZATIONS, weights=WEIGHTS,
        picture=picture(found, title=language.gettext("Networks")) if found and edges else "",
        edges=edges[:LISTED_TIES], ties=len(edges), statements=found.statements if found else 0,
        groups=[g for g in communities(found).groups if len(g) > 1] if found and edges and found.one_mode else (),
        query=urlencode({**chosen, "since": since, "on": on}),
    )  # fmt: skip
    return render(request, "networks.html", page, message=problem, error=bool(problem))


@router.get("/network.{form}")
def network_file(
    dossier: Open, form: str, kind: Chosen = "", aggregation: Chosen = "", normalization: Chosen = "",
    weight: Chosen = "", since: Chosen = "", on: Chosen = "",
) -> Response:  # fmt: skip
    from dragoman.exports.networks import write

    if form not in FILES:
        raise HTTPException(404, f"A network comes as {', '.join(FILES)}, not as {form!r}.")
    found = network_of_table(dossier, network_choices(kind, aggregation, normalization, weight), since, on)
    if found is None:
        raise HTTPException(404, "Nobody is for or against anything yet, so there is no network.")
    name = f"network-edges.{'csv'}" if form == "edges" else f"network.{form}"
    return download(write([found], form), FILES[form], name)


# -------------------------------------------------------------------------------------------------------- outlook


@router.get("/outlook")
def outlook(
    request: Request, dossier: Open, on: Chosen = "", issue: Annotated[list[str] | None, Query()] = None
) -> str:
    table = dossier.table(on=on or None)
    made = Drafted("")
    problem: DragomanError | str = ""
    try:
        made = memory.until_changed(dossier, ("draft", on, *(issue or ())), lambda: drafted(table, issue or ()))
    except DragomanError as error:
        problem = error
    page = contexts.OutlookPage(made.model, offered_issues(table), made.issues, on, to_come=made.states)
    return render(request, "outlook.html", page, message=problem, error=bool(problem))


@router.post("/outlook")
def analysed(request: Request, dossier: Open, model: Annotated[str, Form()] = "") -> Response:
    """Analyse a model; on an error the page says what is wrong and keeps the model."""
    model = model.replace("\r\n", "\n")
    page = contexts.OutlookPage(model, offered_issues(dossier.table()))
    try:
        found = outlook_page(model, language=spoken(request).language)
    except DragomanError as error:
        return HTMLResponse(render(request, "outlook.html", page, message=error, error=True), 422)
    return HTMLResponse(render(request, "outlook.html", replace(found, issues=page.issues)))


@dataclass(frozen=True, slots=True)
class Drafted:
    """A model drafted from the table, on which issues, and how many states it has at the most."""

    model: str
    issues: Sequence[str] = ()
    states: int = 0


def offered_issues(table: Table) -> list[str]:
    """The issues that a person may choose from, those that most parties have a position on first."""
    from dragoman.analysis.outlook.table_parts import most_discussed

    return most_discussed(cell.issue for cell in table.cells)[:OFFERED_ISSUES]


def drafted(table: Table, issues: Sequence[str] = ()) -> Drafted:
    """A model pre-filled from what the table says on the chosen issues, else on as many as are answered at once.

    What nobody controls stays as it is. ModelError where the table has nothing to make options of.
    """
    from dragoman.analysis.outlook import draft
    from dragoman.analysis.outlook.table_parts import first_part, most_discussed, parts_of, states_of

    offered = offered_issues(table)
    chosen = [issue for issue in issues if issue in offered]
    parts = parts_of(table, issues=chosen or offered)
    if not chosen:
        parts = first_part(parts, most=DRAFTED_STATES, settled=True)
    model = draft(parts, settled=True)
    return Drafted(model, most_discussed(cell["issue"] for cell in parts["cells"]), states_of(model, settled=True))


def outlook_page(model: str, *, patience: float = PATIENCE, language: str = "en") -> contexts.OutlookPage:
    """The page of a model in TOML or JSON; an error of ours where it is none.

    What takes longer than a desk waits is asked for Nash stability alone, and the page says so; an error where even
    that takes too long.
    """
    from dragoman.analysis.outlook import loads
    from dragoman.analysis.outlook.solving import MAIN

    if len(model) > MODEL_LIMIT:
        raise InputError(f"a model of {len(model):,} characters", expected=f"at most {MODEL_LIMIT:,}",
                         todo="Analyse it with `dragoman outlook analyse`")  # fmt: skip
    if len(loads(model).options) <= QUICK_OPTIONS:
        return analysed_page(model, language)
    found = _within(patience, model, language, MAIN)
    if found is not None:
        return found
    found = _within(min(patience, LESS_PATIENCE), model, language, ("nash",))
    if found is None:
        raise ModelError(
            f"the analysis took longer than {patience:g} seconds",
            todo="Draft it from fewer issues, settle what is unknown, or use `dragoman outlook analyse`",
        )
    short = speech(language).retold(
        f"The analysis took longer than {patience:g} seconds; only Nash stability was worked out."
    )
    return replace(found, notes=[short, *found.notes])


def _within(seconds: float, model: str, language: str, concepts: Sequence[str]) -> contexts.OutlookPage | None:
    """The page of a model, or None where it takes longer.

    A process of its own can be stopped; a thread could not, and would slow the desk for everybody.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        worker = pool.submit(analysed_page, model, language, concepts)
        try:
            return worker.result(seconds)
        except TimeoutError:
            for process in list((pool._processes or {}).values()):
                process.kill()
    return None


def analysed_page(model: str, language: str = "en", concepts: Sequence[str] = ()) -> contexts.OutlookPage:
    """Analyse a model and tell what was found in a language of the desk."""
    from dragoman.analysis.outlook import analyse, loads
    from dragoman.analysis.outlook.solving import MAIN

    # The desk does not show the attitudes towards unknown preferences, which take three quarters of the time.
    found = analyse(loads(model), concepts=concepts or MAIN, attitudes=False, memory=MEMORY)
    return _filled(contexts.OutlookPage(model), found, speech(language))


def _filled(page: contexts.OutlookPage, outlook: Outlook, language: Speech) -> contexts.OutlookPage:
    from dragoman.analysis.outlook import pictures, sentences
    from dragoman.analysis.outlook.analysis import NAMES

    space, conflict = outlook.solver.space, outlook.conflict
    drawn = {}
    if outlook.evolution and outlook.states <= pictures.DRAWN_STATES:
        drawn["evolution"] = pictures.evolution_picture(outlook, language=language)
    if outlook.states <= DRAWN_MOVES:
        drawn["moves"] = pictures.moves_picture(outlook, language=language)
    if outlook.states <= pictures.DRAWN_STATES:
        drawn["stability"] = pictures.stability_picture(outlook, language=language)
    concepts = [(key, language.gettext(NAMES.get(key, key))) for key in outlook.verdicts]
    holding = sorted({int(s) for v in outlook.verdicts.values() for s in v.equilibria[:LISTED_STATES]})
    shown = range(1, outlook.states + 1) if outlook.states <= LISTED_STATES else holding[:LISTED_STATES]
    rows = []
    for state in shown:
        decimal = int(space.decimals[state - 1])
        stable = [
            contexts.Stable([n for n in conflict.names if v.stable[n][state - 1]], state in set(v.equilibria.tolist()))
            for v in outlook.verdicts.values()
        ]
        rows.append(contexts.StateRow(state, conflict.letters(decimal), conflict.label(decimal) or "", stable))
    return replace(
        page, title=conflict.title, sentences=sentences(outlook, language=language), concepts=concepts, rows=rows,
        pictures={name: without_style(svg) for name, svg in drawn.items()}, states=outlook.states,
        method=language.gettext(outlook.method), notes=[language.retold(note) for note in outlook.notes],
        equilibria=[(name, v.equilibria[:LISTED_STATES].tolist(), len(v.equilibria))
                    for (_, name), v in zip(concepts, outlook.verdicts.values(), strict=True)],
    )  # fmt: skip


def without_style(svg: str) -> str:
    """A picture without its style sheet: the desk's own has the same classes, in light and dark."""
    before, opened, rest = svg.partition("<style>")
    return before + rest.partition("</style>")[2] if opened else svg
