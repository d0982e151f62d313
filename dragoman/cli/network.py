"""Discourse networks and interchange: network two-mode | one-mode | events | communities …, import, export."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from dragoman.cli.options import DossierOption, FormatOption, OnOption, opened
from dragoman.cli.printing import Format, as_json, note, say, show

if TYPE_CHECKING:
    from dragoman.analysis.networks import Choices, Coded

app = typer.Typer(help="Discourse networks: who stands with whom, over what.", no_args_is_help=True)

Rows = Annotated[str | None, typer.Option("--rows", help="The first variable: party, person, issue, act, outlet …")]
Columns = Annotated[str | None, typer.Option("--columns", help="The second variable.")]
Qualifier = Annotated[str | None, typer.Option(help="agreement, stance, another variable, or none.")]
Aggregation = Annotated[str | None, typer.Option(help="ignore, subtract, combine, congruence or conflict.")]
Normalization = Annotated[str | None, typer.Option(help="no, activity, prominence, average, jaccard or cosine.")]
Duplicates = Annotated[str | None, typer.Option(help="include, document, week, month, year or acrossrange.")]
Start = Annotated[str | None, typer.Option(help="From this day or moment on.")]
Stop = Annotated[str | None, typer.Option(help="Up to this moment, or with all of this day.")]
Window = Annotated[str | None, typer.Option(help="A moving window: days, weeks, months, years … or events.")]
Size = Annotated[int | None, typer.Option(help="Its size, in those units.")]
Kernel = Annotated[str | None, typer.Option(help="Smooth by uniform, epanechnikov, triangular or gaussian.")]
Isolates = Annotated[bool, typer.Option("--isolates", help="Keep nodes without ties.")]
Exclude = Annotated[list[str] | None, typer.Option(help="VARIABLE=VALUE to leave out; may be given several times.")]
Invert = Annotated[bool, typer.Option("--invert", help="Keep what --exclude lists, and leave out the rest.")]
Flavour = Annotated[str | None, typer.Option(help="corrected, or as-dna to reproduce Discourse Network Analyzer.")]
Weight = Annotated[str | None, typer.Option(help="count, confidence, or origin (each independent origin once).")]
Settings = Annotated[Path | None, typer.Option("--settings", help="All settings as a JSON file.")]
File = Annotated[Path | None, typer.Option("--file", help="A .dna file to take the statements from; else the dossier.")]
Type = Annotated[str | None, typer.Option("--type", help="Its statement type; else the first that is used.")]
As = Annotated[str, typer.Option("--format", help="text, csv, edges, json, graphml, gexf, pajek, dl, parquet or svg.")]
Out = Annotated[Path | None, typer.Option("--out", help="The file to write.")]


def register(root: typer.Typer) -> None:
    """Add this module's commands to `root`."""
    root.add_typer(app, name="network")
    root.command("import")(import_)
    root.command("export")(export)
    root.command("agreement")(agreement)


def _choices(network: str, file: Path | None, settings: Path | None = None, **given: Any) -> Choices:
    """Settings of a file, overridden by what the command line gives.

    The two variables that are meant unless others are named have other names in a .dna `file` than in a dossier.
    """
    from dragoman.analysis.networks import Choices
    from dragoman.errors import FormatError, NetworkError

    values: dict[str, Any] = {}
    if settings is not None:
        try:
            values = json.loads(settings.read_text("utf-8"))
        except ValueError as problem:
            raise FormatError(f"no JSON ({problem})", where=str(settings), expected="a JSON object") from None
        if not isinstance(values, dict):
            raise FormatError(f"a {type(values).__name__}", where=str(settings), expected="a JSON object")
    first, second = ("organization", "concept") if file is not None else ("party", "issue")
    values = {"variable1": first, "variable2": second, **values}
    excluded: dict[str, list[str]] = {}
    for pair in given.pop("exclude") or ():
        name, equals, value = pair.partition("=")
        if not equals:
            raise NetworkError(f"--exclude {pair!r}", expected="VARIABLE=VALUE")
        excluded.setdefault(name, []).append(value)
    if excluded:
        values["exclude_values"] = excluded
    if given.pop("invert"):
        values["invert"] = ["values"]
    if not given["isolates"]:
        given.pop("isolates")
    values.update({key: value for key, value in given.items() if value is not None})
    if values.get("qualifier") == "none":
        values["qualifier"] = None
    values["network"] = network
    return Choices.from_json(values)


class _Where(NamedTuple):
    """Where statements come from: a .dna file and its statement type, or a dossier and a day."""

    file: Path | None
    kind: str | None
    dossier: str | None
    on: str | None


def _coded(choices: Choices, where: _Where) -> Coded:
    if where.file is not None:
        from dragoman.exports.dna import read_dna

        return read_dna(where.file).coded(where.kind or choices.statement_type)
    from dragoman.analysis.networks.coding import coded_of

    with opened(where.dossier, create=False) as it:
        decided = choices.qualifier == "agreement"
        return coded_of(it.table(on=where.on), decided=decided, weight=choices.weight)


def _run(network: str, where: _Where, form: str, out: Path | None, settings: Path | None, **given: Any) -> None:
    from dragoman.analysis.networks import networks
    from dragoman.exports.networks import write

    choices = _choices(network, where.file, settings, **given)
    coded = _coded(choices, where)
    found = list(networks(coded, choices))
    if not found:
        note("no window of this size fits into the range: the result is empty")
    content = write(found, form)
    if out is not None:
        out.write_bytes(content)
        say(f"Wrote {out}.")
    elif form == "text":
        say(content.decode().rstrip("\n"))  # names come from articles: no terminal may obey them
    else:
        sys.stdout.buffer.write(content)


def _matrix_command(network: str, aggregation_default: str | None) -> Callable[..., None]:
    """The command for one kind of network: both have the same options, written once."""

    def command(
        rows: Rows = None, columns: Columns = None, qualifier: Qualifier = None, aggregation: Aggregation = None,
        normalization: Normalization = None, duplicates: Duplicates = None, start: Start = None, stop: Stop = None,
        window: Window = None, size: Size = None, kernel: Kernel = None, isolates: Isolates = False,
        exclude: Exclude = None, invert: Invert = False, flavour: Flavour = None, weight: Weight = None,
        settings: Settings = None, file: File = None, kind: Type = None, on: OnOption = None,
        dossier: DossierOption = None, form: As = "text", out: Out = None,
    ) -> None:  # fmt: skip
        _run(network, _Where(file, kind, dossier, on), form, out, settings, variable1=rows, variable2=columns,
             qualifier=qualifier, aggregation=aggregation or (None if settings else aggregation_default),
             normalization=normalization, duplicates=duplicates, start=start, stop=stop, time_window=window,
             window_size=size, kernel=kernel, isolates=isolates, exclude=exclude, invert=invert, flavour=flavour,
             weight=weight)  # fmt: skip

    return command


app.command("two-mode", help="Rows by columns: who speaks on what, for or against.")(_matrix_command("twomode", None))
app.command("one-mode", help="Nodes tied by what they share: congruence, conflict, or the one less the other.")(
    _matrix_command("onemode", "subtract")
)


@app.command("events")
def events(
    start: Start = None, stop: Stop = None, duplicates: Duplicates = None, exclude: Exclude = None,
    invert: Invert = False, flavour: Flavour = None, settings: Settings = None, file: File = None, kind: Type = None,
    on: OnOption = None, dossier: DossierOption = None, form: FormatOption = Format.csv,
) -> None:  # fmt: skip
    """One row a statement, in order, for relational event models."""
    from dragoman.analysis.networks import choose
    from dragoman.analysis.networks.coded import iso

    choices = _choices("eventlist", file, settings, start=start, stop=stop, duplicates=duplicates, exclude=exclude,
                       invert=invert, isolates=False, flavour=flavour)  # fmt: skip
    if file is not None:
        from dragoman.exports.dna import read_dna

        dna = read_dna(file)
        rows = dna.events(kind, rows=choose(dna.coded(kind), choices).used.ids.tolist())
    else:
        used = choose(_coded(choices, _Where(None, None, dossier, on)), choices).used
        shown = {**used.variables, **{f"document_{k}": c for k, c in used.fields.items()}}
        rows = [
            {"statement_id": int(used.ids[n]), "time": iso(used.times[n]), **{k: c.text(n) for k, c in shown.items()},
             "start_position": int(used.starts[n]), "stop_position": int(used.stops[n])}
            for n in range(len(used))
        ]  # fmt: skip
    columns = {key: key for key in (rows[0] if rows else {"statement_id": ""})}
    show(rows, columns, form, title="Events", empty="No statements.")


@app.command("structure")
def structure(
    rows: Rows = None, columns: Columns = None, aggregation: Aggregation = None, normalization: Normalization = None,
    duplicates: Duplicates = None, start: Start = None, stop: Stop = None, flavour: Flavour = None,
    weight: Weight = None, window: Window = None, size: Size = None,
    bootstrap: Annotated[int, typer.Option(min=0, help="Resample documents so often, for intervals of weights.")] = 0,
    groups: Annotated[int, typer.Option(min=2, help="Into how many groups polarisation splits.")] = 2,
    backbone: Annotated[str | None, typer.Option(help="Which columns carry it: penalty, fixed:N or nested.")] = None,
    file: File = None, kind: Type = None, on: OnOption = None, dossier: DossierOption = None,
    seed: Annotated[int, typer.Option(help="The seed of everything drawn at random.")] = 7,
) -> None:  # fmt: skip
    """Communities, centralities, polarisation, backbone and intervals, or the first and third over time, as JSON."""
    from dataclasses import asdict, replace

    from dragoman.analysis.networks import networks
    from dragoman.analysis.networks.backbone import backbone as backbone_of
    from dragoman.analysis.networks.centralities import centralities
    from dragoman.analysis.networks.certainty import intervals
    from dragoman.analysis.networks.communities import communities
    from dragoman.analysis.networks.polarisation import polarisation

    choices = _choices("onemode", file, variable1=rows, variable2=columns, aggregation=aggregation or "subtract",
                       normalization=normalization, duplicates=duplicates, start=start, stop=stop, flavour=flavour,
                       weight=weight, exclude=None, invert=False, isolates=False)  # fmt: skip
    coded = _coded(choices, _Where(file, kind, dossier, on))
    if window:
        moving = replace(choices, time_window=window, window_size=size or choices.window_size)
        return as_json(_over_time(coded, moving, groups, seed))
    network = next(networks(coded, choices))
    result: dict[str, Any] = {
        "settings": asdict(choices), "communities": asdict(communities(network, seed=seed)),
        "centralities": [asdict(c) for c in centralities(network)],
        "polarisation": asdict(polarisation(coded, choices, groups=groups, seed=seed)),
    }  # fmt: skip
    if backbone:
        method, _, kept = backbone.partition(":")
        made = backbone_of(coded, choices, method=method, size=int(kept) if kept.isdigit() else None, seed=seed)
        result["backbone"] = asdict(made)
    if bootstrap:
        result["intervals"] = [asdict(i) for i in intervals(coded, choices, times=bootstrap, seed=seed)]
    as_json(result)


def _over_time(coded: Coded, moving: Choices, groups: int, seed: int) -> dict[str, Any]:
    """Communities and polarisation of each window."""
    from dataclasses import asdict

    from dragoman.analysis.networks.coded import iso
    from dragoman.analysis.networks.communities import communities_over_time
    from dragoman.analysis.networks.polarisation import polarisation_over_time

    found: dict[str, Iterator[Any]] = {
        "communities": communities_over_time(coded, moving, seed=seed),
        "polarisation": polarisation_over_time(coded, moving, groups=groups, seed=seed),
    }
    layers = {
        name: [{**asdict(x), "time": None if x.time is None else iso(x.time)} for x in values]
        for name, values in found.items()
    }
    return {"settings": asdict(moving), **layers}


def import_(
    path: Annotated[Path, typer.Argument(help="A .dna file, a folder of brat standoff, or a WebAnno .tsv file.")],
    kind: Type = None,
    dossier: DossierOption = None,
) -> None:
    """Take documents and statements that were coded elsewhere into a dossier."""
    from dragoman.exports import interchange
    from dragoman.exports.dna import read_dna

    # Everything is read before the dossier is touched: a damaged file is refused whole.
    if path.is_dir() or path.suffix == ".ann":
        readings = interchange.read_brat(path)
    elif path.suffix == ".tsv":
        readings = [interchange.read_webanno(path)]
    else:
        readings = read_dna(path).readings(path.stem, kind)
    with opened(dossier) as it:
        report = it.load(readings)
    say(report.sentence())


def agreement(
    one: Annotated[Path, typer.Argument(help="Readings as JSON Lines.")],
    other: Annotated[Path, typer.Argument(help="Readings of the same texts, by another person or reader.")],
) -> None:
    """Print Krippendorff's alpha between two codings of the same texts, as JSON."""
    from dragoman.analysis.agreement import compare_readings
    from dragoman.batch import readings_in

    failed: list[str] = []
    found = compare_readings(list(readings_in([one], failed.append)), list(readings_in([other], failed.append)))
    for reason in failed:
        note(f"skipped: {reason}")
    as_json(found)
    if failed:
        sys.exit(1)


def _gathered(reasons: Iterable[str], most: int = 3) -> Iterator[str]:
    """The first reasons of each kind, which is how they end, and how many more there are of it."""
    kinds: dict[str, list[str]] = {}
    for reason in reasons:
        kinds.setdefault(reason.rpartition(", ")[2], []).append(reason)
    for kind, found in kinds.items():
        yield from found[:most]
        if len(found) > most:
            yield f"{len(found) - most} more of this kind ({kind})"


def export(
    out: Annotated[Path, typer.Argument(help="The file to write.")],
    form: Annotated[
        str, typer.Option("--format", help="dna, jsonl (readings), webannotation, brat, csv, plover.")
    ] = "",
    on: OnOption = None,
    dossier: DossierOption = None,
) -> None:
    """Write the dossier for another program: .dna, readings, W3C annotations, brat, CSV tables, PLOVER events."""
    from dragoman.errors import InputError

    form = form or {".dna": "dna", ".jsonl": "jsonl", ".jsonld": "webannotation"}.get(out.suffix, "")
    with opened(dossier, create=False) as it:
        table = it.table(on=on)
        if form == "dna":
            from dragoman.exports.dna import write_dna
            from dragoman.exports.dna_table import dna_of

            made = dna_of(table)
            write_dna(made, out)
            for reason in _gathered(made.left_out):
                note(f"not carried: {reason}")
        elif form:
            from dragoman.exports.interchange import write_interchange

            write_interchange(it.readings(), table, out, form)
        else:
            ending = f"a file ending in {out.suffix!r}" if out.suffix else "a file without an ending"
            raise InputError(ending, where=str(out), expected="--format, .dna, .jsonl or .jsonld")
    say(f"Wrote {out}.")
