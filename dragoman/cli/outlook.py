"""Commands of the outlook: draft a model from the table, analyse it, ask what would have to change, draw it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import (
    DossierOption,
    IssueOption,
    OnOption,
    PartyOption,
    issue_names,
    opened,
    party_names,
)
from dragoman.cli.outlook_answers import AnswerFormat, give, give_exploration, show_text
from dragoman.cli.outlook_questions import MAIN_CONCEPTS, concepts_in, ordinal_of, own_concepts, read_table
from dragoman.cli.printing import json_text, note

app = typer.Typer(help="Which outcomes could hold, who could move, what would have to change.", no_args_is_help=True)

ModelArgument = Annotated[Path, typer.Argument(help="A model file: TOML, JSON, or JSON in the exchange form.")]
ConceptOption = Annotated[
    str, typer.Option("--concept", help="By which concept it should hold: nash, gmr, smr, seq or sseq.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
OutOption = Annotated[Path | None, typer.Option("--out", help="Write to this file; never over an existing one.")]


# A first draft from a whole table takes no more issues than make so many states. Measured on the sample coverage, whose
# preferences are mostly unknown: 1,024 states are analysed in 0.3 s, 8,192 in 20 s.
DRAFTED_STATES = 1024


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
    dossier: DossierOption = None,
    table: Annotated[Path | None, typer.Option("--table", help="A table in JSON instead of a dossier.")] = None,
    party: PartyOption = None,
    issue: IssueOption = None,
    on: OnOption = None,
    title: Annotated[str, typer.Option("--title", help="What to call the model.")] = "Draft from the table",
    out: OutOption = None,
) -> None:
    """Pre-fill a model from the table; every line carries its evidence or is marked as assumed.

    Of a large table the issues that most parties speak of are taken, as many as can be analysed at once; --party and
    --issue choose.
    """
    from dragoman.analysis.outlook import draft
    from dragoman.analysis.outlook.table_parts import first_part, narrowed, parts_of

    if table:
        parts = narrowed(read_table(table), parties=party or (), issues=issue or ())
    else:
        with opened(dossier, create=False) as it:
            found = it.table(on=on)
        parts = parts_of(found, parties=party_names(found, party), issues=issue_names(found, issue))
    if not party and not issue:
        whole, parts = parts, first_part(parts, most=DRAFTED_STATES)
        if parts is not whole:
            issues = ", ".join(dict.fromkeys(cell["issue"] for cell in parts["cells"]))
            note(f"The whole table makes too many states. Drafted on: {issues}. --issue names others.")
    give(draft(parts, title=title), out)


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
        int, typer.Option("--horizon", min=0, help="How far limited-move stability looks, for two parties.")
    ] = 5,
    lazy: Annotated[
        bool,
        typer.Option(
            "--lazy", help="Search from the state by improvements instead of listing all states: text or json."
        ),
    ] = False,
    memory: Annotated[float, typer.Option("--memory", min=0.01, help="How many GB a solver may take.")] = 4.0,
    everything: Annotated[bool, typer.Option("--all", help="List every state of a large model too.")] = False,
    form: Annotated[AnswerFormat, typer.Option("--format", help="How to print.")] = AnswerFormat.text,
) -> None:
    """Work out which states are stable for whom, which hold for everybody, and what could come of a state."""
    from dragoman.analysis.outlook import analyse, as_csv, as_page, as_result, as_text, load
    from dragoman.analysis.outlook.solving import Solver
    from dragoman.errors import ModelError

    conflict = load(model)
    if lazy:
        if form not in (AnswerFormat.text, AnswerFormat.json):
            raise ModelError(f"a lazy search as {form}", where="--format", expected="text or json")
        give_exploration(conflict, start, form)
        return
    limit = int(memory * 2**30)
    ordinal = ordinal_of(Solver(conflict, memory=limit), start) if start else None
    outlook = analyse(
        conflict, concepts=concepts_in(concepts), own=own_concepts(own or []), with_coalitions=coalitions,
        horizon=horizon, start=ordinal, memory=limit,
    )  # fmt: skip
    if form is AnswerFormat.json:
        show_text(json_text(as_result(outlook, everything=everything)))
    else:
        show_text({AnswerFormat.csv: as_csv, AnswerFormat.html: as_page, AnswerFormat.text: as_text}[form](outlook))


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
    from dragoman.analysis.outlook.telling import inverse_words, state_words
    from dragoman.errors import ModelError

    conflict = load(model)
    solver = Solver(conflict)
    ordinal = ordinal_of(solver, wanted)
    decimal = int(solver.space.decimals[ordinal - 1])
    whose = [conflict.decision_maker(name).name for name in of or []]
    if concept not in MAIN_CONCEPTS.split(","):
        raise ModelError(f"the concept '{concept}' cannot be inverted", expected=MAIN_CONCEPTS)
    refused, change = "", None
    try:
        change = smallest_change(solver, ordinal, concept, of=whose)
    except ModelError as error:
        refused = str(error)
        if all(solver.stable(concept, i)[ordinal - 1] for i in range(len(conflict.names))):
            words = state_words(solver, ordinal)
            refused = f"{words[0].upper()}{words[1:]} holds already by {concept}, as far as preferences are known."
    statements = statement_changes(conflict, decimal, concept) if change is None or change.pairs else ()
    feasible = feasibility_changes(conflict, decimal, concept) if change is None or change.pairs else ()
    if of:
        statements = tuple(r for r in statements if all(e.decision_maker in whose for e in r.edits))
    if as_json:
        show_text(
            json_text(
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
    show_text("\n".join(lines) + "\n")


@app.command("robustness")
def robustness_command(
    model: ModelArgument,
    concept: ConceptOption = "seq",
    samples: Annotated[
        int, typer.Option("--samples", min=1, help="How many mistaken profiles are drawn for each number of mistakes.")
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
        show_text(
            json_text(
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
    show_text("\n".join(lines) + "\n" if found else f"No state holds by {concept}.\n")


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

    found = compare(load(before), load(after), concepts=concepts_in(concepts))
    if as_json:
        show_text(json_text(asdict(found)))
        return
    lines = [f"{found.before} -> {found.after}"]
    for change in found.changes:
        lines.append(
            f"{change.concept}: kept {', '.join(change.kept) or 'none'}; lost {', '.join(change.lost) or 'none'}; "
            f"gained {', '.join(change.gained) or 'none'}"
        )
    show_text("\n".join(lines) + "\n")


@app.command("picture")
def picture_command(
    model: ModelArgument,
    what: Annotated[Picture, typer.Option("--what", help="What to draw.")] = Picture.moves,
    start: Annotated[
        str | None, typer.Option("--from", help="The state to start from; else the model's status quo.")
    ] = None,
    out: OutOption = None,
) -> None:
    """Draw the graph of moves, the stability table or the evolution, as SVG."""
    from dragoman.analysis.outlook import analyse, load, pictures
    from dragoman.analysis.outlook.solving import Solver

    conflict = load(model)
    outlook = analyse(conflict, start=ordinal_of(Solver(conflict), start) if start else None, tell=False)
    draw = {
        Picture.moves: pictures.moves_picture,
        Picture.stability: pictures.stability_picture,
        Picture.evolution: pictures.evolution_picture,
    }[what]
    give(draw(outlook), out)


@app.command("convert")
def convert_command(
    model: ModelArgument,
    as_json: JsonOption = False,
    out: OutOption = None,
) -> None:
    """Write a model in TOML (or JSON), for instance one in the exchange form."""
    from dragoman.analysis.outlook import as_json as json_form
    from dragoman.analysis.outlook import as_toml, load

    conflict = load(model)
    give(json_text(json_form(conflict)) if as_json else as_toml(conflict), out)


@app.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of the model file."""
    from dragoman.analysis.outlook import schema

    show_text(json_text(schema()))
