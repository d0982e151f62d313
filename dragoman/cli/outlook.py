"""Commands of the outlook: draft a model from the table, analyse it, ask what would have to change, draw it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from dragoman.analysis.outlook.solving import Solver

app = typer.Typer(help="Which outcomes could hold, who could move, what would have to change.", no_args_is_help=True)

MAIN_CONCEPTS = "nash,gmr,smr,seq,sseq"
ModelArgument = Annotated[Path, typer.Argument(help="A model file: TOML, JSON, or JSON in the exchange form.")]
ConceptOption = Annotated[
    str, typer.Option("--concept", help="By which concept it should hold: nash, gmr, smr, seq or sseq.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class AnswerFormat(StrEnum):
    """How an analysis is printed."""

    text = "text"
    json = "json"
    csv = "csv"
    html = "html"


class Picture(StrEnum):
    """What is drawn."""

    moves = "moves"
    stability = "stability"
    evolution = "evolution"


def register(parent: typer.Typer) -> None:
    """Add these commands to `parent` as `outlook`."""
    parent.add_typer(app, name="outlook")


@app.command("draft")
def draft_command(
    dossier: Annotated[str | None, typer.Option("--dossier", help="The dossier whose table is drafted from.")] = None,
    table: Annotated[Path | None, typer.Option("--table", help="A table in JSON instead of a dossier.")] = None,
    party: Annotated[
        list[str] | None, typer.Option("--party", help="Only this party; may be given several times.")
    ] = None,
    issue: Annotated[
        list[str] | None, typer.Option("--issue", help="Only this issue; may be given several times.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="The table as it stood on this day.")] = None,
    title: Annotated[str, typer.Option("--title", help="What to call the model.")] = "Draft from the table",
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file; never over an existing one.")] = None,
) -> None:
    """Pre-fill a model from the table; every line carries its evidence or is marked as assumed."""
    from dragoman.analysis.outlook import draft

    data = _read_table(table) if table else _dossier_table(dossier, on)
    text = draft(_narrowed(data, set(party or ()), set(issue or ())), title=title)
    _give(text, out)


@app.command("analyse")
def analyse_command(
    model: ModelArgument,
    concepts: Annotated[
        str, typer.Option("--concepts", help="Which concepts, joined with commas; sim may be added.")
    ] = MAIN_CONCEPTS,
    own: Annotated[
        list[str] | None, typer.Option("--own", help="A concept of one's own: 'Party=seq' or 'Party=seq|sim'.")
    ] = None,
    coalitions: Annotated[bool, typer.Option("--coalitions", help="Also what coalitions can do.")] = False,
    start: Annotated[
        str | None,
        typer.Option("--from", help="Follow from this state: an ordinal, YNN letters, a label, or decimal:5."),
    ] = None,
    horizon: Annotated[
        int, typer.Option("--horizon", help="How far limited-move stability looks, for two parties.")
    ] = 5,
    lazy: Annotated[
        bool, typer.Option("--lazy", help="Search from the state by improvements instead of listing all states.")
    ] = False,
    memory: Annotated[float, typer.Option("--memory", help="How many GB a solver may take.")] = 4.0,
    everything: Annotated[bool, typer.Option("--all", help="List every state of a large model too.")] = False,
    form: Annotated[AnswerFormat, typer.Option("--format", help="How to print.")] = AnswerFormat.text,
) -> None:
    """Work out which states are stable for whom, which hold for everybody, and what could come of a state."""
    from dragoman.analysis.outlook import analyse, as_csv, as_page, as_result, as_text, load
    from dragoman.analysis.outlook.solving import Solver

    conflict = load(model)
    if lazy:
        _explore(conflict, start, form)
        return
    limit = int(memory * 2**30)
    ordinal = _ordinal(Solver(conflict, memory=limit), start) if start else None
    outlook = analyse(
        conflict,
        concepts=_concepts(concepts),
        own=_own(own or []),
        with_coalitions=coalitions,
        horizon=horizon,
        start=ordinal,
        memory=limit,
    )
    match form:
        case AnswerFormat.json:
            _print(_dumped(as_result(outlook, everything=everything)))
        case AnswerFormat.csv:
            _print(as_csv(outlook))
        case AnswerFormat.html:
            _print(as_page(outlook))
        case AnswerFormat.text:
            _print(as_text(outlook))


@app.command("inverse")
def inverse_command(
    model: ModelArgument,
    wanted: Annotated[str, typer.Argument(help="The wished state: an ordinal, YNN letters, a label, or decimal:5.")],
    concept: ConceptOption = "seq",
    of: Annotated[
        list[str] | None, typer.Option("--of", help="Only this party may change; may be given several times.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Say what would have to change, the least, for a state to hold: preferences, statements, what can be done."""
    from dataclasses import asdict

    from dragoman.analysis.outlook import feasibility_changes, load, smallest_change, statement_changes
    from dragoman.analysis.outlook.solving import Solver
    from dragoman.analysis.outlook.telling import inverse_words
    from dragoman.errors import ModelError

    conflict = load(model)
    solver = Solver(conflict)
    ordinal = _ordinal(solver, wanted)
    decimal = int(solver.space.decimals[ordinal - 1])
    whose = [conflict.decision_maker(name).name for name in of or []]
    if concept not in MAIN_CONCEPTS.split(","):
        raise ModelError(f"the concept '{concept}' cannot be inverted", expected=MAIN_CONCEPTS)
    refused, change = "", None
    try:
        change = smallest_change(solver, ordinal, concept, of=whose)
    except ModelError as error:
        refused = str(error)
    statements = statement_changes(conflict, decimal, concept) if change is None or change.pairs else ()
    feasible = feasibility_changes(conflict, decimal, concept) if change is None or change.pairs else ()
    if of:
        statements = tuple(r for r in statements if all(e.decision_maker in whose for e in r.edits))
    if as_json:
        _print(
            _dumped(
                {
                    "preferences": asdict(change) if change else None,
                    "refused": refused or None,
                    "statements": [asdict(r) for r in statements],
                    "feasibility": [asdict(r) for r in feasible],
                }
            )
        )
        return
    lines = inverse_words(solver, change) if change else [refused]
    lines += [f"By statements: {'; and '.join(edit.words for edit in remedy.edits)}." for remedy in statements[:20]]
    lines += [f"By what can be done: {remedy.edits[0].words}." for remedy in feasible[:20]]
    _print("\n".join(lines) + "\n")


@app.command("robustness")
def robustness_command(
    model: ModelArgument,
    concept: ConceptOption = "seq",
    samples: Annotated[
        int, typer.Option("--samples", help="How many mistaken profiles are drawn for each number of mistakes.")
    ] = 2000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same answer.")] = 1,
    as_json: JsonOption = False,
) -> None:
    """Say how far preferences may be mistaken before each equilibrium is lost."""
    from dataclasses import asdict

    from dragoman.analysis.outlook import load, robustness
    from dragoman.analysis.outlook.solving import Solver

    solver = Solver(load(model))
    found = robustness(solver, concept, samples=samples, seed=seed)
    if as_json:
        _print(
            _dumped(
                {"concept": concept, "seed": seed, "samples": samples, "equilibria": [asdict(one) for one in found]}
            )
        )
        return
    lines = [
        f"{concept}, {samples} samples for each number of mistakes, seed {seed}; a mistake exchanges two neighbouring states"  # noqa: E501
    ]
    for one in found:
        lines.append(f"state {one.state} ({solver.space.name(one.state)})")
        for share in one.shares:
            bounds = "all tried" if share.exact else f"95 % between {share.low:.1%} and {share.high:.1%}"
            lines.append(f"  {share.mistakes:>3} mistakes: kept in {share.kept:.1%} ({bounds})")
        lines += [
            f"  lost if {b.decision_maker} exchanges states {b.states[0]} and {b.states[1]}" for b in one.breakers[:10]
        ]
    _print("\n".join(lines) + "\n" if found else f"No state holds by {concept}.\n")


@app.command("compare")
def compare_command(
    before: ModelArgument,
    after: Annotated[Path, typer.Argument(help="The model to compare it with.")],
    concepts: Annotated[str, typer.Option("--concepts", help="Which concepts, joined with commas.")] = MAIN_CONCEPTS,
    as_json: JsonOption = False,
) -> None:
    """Compare two models: before and after a concession, or what is believed against what is so."""
    from dataclasses import asdict

    from dragoman.analysis.outlook import compare, load

    found = compare(load(before), load(after), concepts=_concepts(concepts))
    if as_json:
        _print(_dumped(asdict(found)))
        return
    lines = [f"{found.before} -> {found.after}"]
    for change in found.changes:
        lines.append(
            f"{change.concept}: kept {', '.join(change.kept) or 'none'}; lost {', '.join(change.lost) or 'none'}; "
            f"gained {', '.join(change.gained) or 'none'}"
        )
    _print("\n".join(lines) + "\n")


@app.command("picture")
def picture_command(
    model: ModelArgument,
    what: Annotated[Picture, typer.Option("--what", help="What to draw.")] = Picture.moves,
    start: Annotated[
        str | None, typer.Option("--from", help="The state to start from; else the model's status quo.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file; never over an existing one.")] = None,
) -> None:
    """Draw the graph of moves, the stability table or the evolution, as SVG."""
    from dragoman.analysis.outlook import analyse, load, pictures
    from dragoman.analysis.outlook.solving import Solver

    conflict = load(model)
    outlook = analyse(conflict, start=_ordinal(Solver(conflict), start) if start else None, tell=False)
    draw = {
        Picture.moves: pictures.moves_picture,
        Picture.stability: pictures.stability_picture,
        Picture.evolution: pictures.evolution_picture,
    }[what]
    _give(draw(outlook), out)


@app.command("convert")
def convert_command(
    model: ModelArgument,
    as_json: JsonOption = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file; never over an existing one.")] = None,
) -> None:
    """Write a model in TOML (or JSON), for instance one in the exchange form."""
    from dragoman.analysis.outlook import as_json as json_form
    from dragoman.analysis.outlook import as_toml, load

    conflict = load(model)
    _give(_dumped(json_form(conflict)) if as_json else as_toml(conflict), out)


@app.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of the model file."""
    from dragoman.analysis.outlook import schema

    _print(_dumped(schema()))


def _print(text: str) -> None:
    from dragoman.cli.printing import say

    say(text.rstrip("\n"))


def _dumped(data: Any) -> str:
    import json

    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _give(text: str, out: Path | None) -> None:
    from dragoman.errors import InputError

    if out is None:
        _print(text)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise InputError(
            f"the file cannot be written ({error.strerror})", where=str(out), todo="Choose another --out"
        ) from error


def _concepts(text: str) -> list[str]:
    return [word.strip().lower() for word in text.split(",") if word.strip()]


def _own(pairs: list[str]) -> dict[str, str]:
    from dragoman.errors import ModelError

    found = {}
    for pair in pairs:
        name, equals, concept = pair.rpartition("=")
        if not equals:
            raise ModelError(f"--own '{pair}' cannot be read", expected="'Party=concept'")
        found[name.strip()] = concept.strip().lower()
    return found


def _ordinal(solver: Solver, text: str) -> int:
    """A state on the command line: an ordinal, decimal:5, letters or a label."""
    from dragoman.analysis.outlook.conflict import state_of
    from dragoman.errors import ModelError

    if text.isdigit():
        if not 1 <= int(text) <= len(solver.space):
            raise ModelError(f"there is no state {text}", expected=f"an ordinal from 1 to {len(solver.space):,}")
        return int(text)
    kind, _, number = text.partition(":")
    if kind == "decimal" and number.isdigit():
        return solver.space.ordinal(int(number))
    return solver.space.ordinal(state_of(solver.conflict, text))


def _explore(conflict: Any, start: str | None, form: AnswerFormat) -> None:
    from dragoman.analysis.outlook.conflict import state_of
    from dragoman.analysis.outlook.lazy import explore
    from dragoman.errors import ModelError

    if start is None and conflict.status_quo is None:
        raise ModelError("a lazy search needs a state to start from", todo="Give --from with Y and N letters")
    first = (
        conflict.status_quo
        if start is None
        else int(start[8:])
        if start.startswith("decimal:")
        else state_of(conflict, start)
    )
    found = explore(conflict, first)
    if form is AnswerFormat.json:
        _print(
            _dumped(
                {
                    "method": "improvements followed from one state",
                    "complete": found.complete,
                    "from": conflict.letters(first),
                    "states_met": len(found.distances),
                    "nash": [conflict.letters(state) for state in found.nash],
                    "routes": {
                        conflict.letters(state): [
                            [step.mover, conflict.letters(step.target)] for step in found.route(state)
                        ]
                        for state in found.nash
                    },
                }
            )
        )
        return
    lines = [
        f"{len(found.distances):,} states met by improvements from {conflict.letters(first)}"
        + ("; there are no others" if found.complete else "; the search stopped at its limit")
    ]
    for state in found.nash:
        way = ", then ".join(f"{step.mover} to {conflict.letters(step.target)}" for step in found.route(state))
        lines.append(f"Nash equilibrium {conflict.letters(state)}: {way or 'it is the start'}")
    _print("\n".join(lines) + "\n")


def _read_table(path: Path) -> dict[str, Any]:
    import json

    from dragoman.errors import FormatError

    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise FormatError(f"the table cannot be read ({error})", where=str(path), expected="a table in JSON") from error
    if not isinstance(data, dict):
        raise FormatError("the table is no JSON object", where=str(path), expected='{"cells": […], "conditions": […]}')
    return data


def _dossier_table(address: str | None, on: str | None) -> dict[str, Any]:
    from dragoman.cli.options import opened

    with opened(address, create=False) as dossier:
        table = dossier.table(on=on)
        data = {
            layer: [value.to_json() for value in getattr(table, layer)]
            for layer in ("parties", "cells", "conditions", "deadlines")
        }
        _quote(data, table)
    return data


def _quote(value: Any, table: Any) -> None:
    """Add to each piece of evidence the words that it points at."""
    from dragoman.reading import Spans

    if isinstance(value, dict):
        if {"document", "statement", "spans"} <= value.keys():
            document = table.reading(value["document"]).document
            value["quote"] = Spans(tuple((s, e) for s, e in value["spans"])).text(document)
            return
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            _quote(item, table)


def _narrowed(data: dict[str, Any], parties: set[str], issues: set[str]) -> dict[str, Any]:
    found = dict(data)
    if parties:
        for layer in ("cells", "conditions"):
            found[layer] = [item for item in found.get(layer, []) if item.get("party") in parties]
    if issues:
        found["cells"] = [cell for cell in found.get("cells", []) if cell.get("issue") in issues]
        found["conditions"] = [
            c for c in found.get("conditions", []) if issues & {c.get("withholds"), *c.get("issues", ())}
        ]
    return found
