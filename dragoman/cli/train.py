"""Commands for the trained reader: rebuild it from corpora, and score any reader on any gold set."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.printing import note, say


def register(app: typer.Typer) -> None:
    """Add this module's commands to `app`."""
    app.command()(train)
    app.command()(score)


def train(
    out: Annotated[Path, typer.Option(help="The folder to write the model to.")],
    readings: Annotated[Path, typer.Option(help="Folders of annotated readings.")] = Path("corpus/readings"),
    polnear: Annotated[
        Path | None, typer.Option(help="PolNeAR as JSON Lines (train.jsonl.gz); much is lost without it.")
    ] = None,
    development: Annotated[
        Path | None, typer.Option(help="PolNeAR's development articles, to choose thresholds on.")
    ] = None,
    teacher: Annotated[
        Path | None, typer.Option(help="A folder with an MPNet model to make teachers of; wants a graphics card.")
    ] = None,
    work: Annotated[Path, typer.Option(help="Where checkpoints are kept.")] = Path("build/model"),
    epochs: Annotated[int | None, typer.Option(help="Passes over PolNeAR; else what the shipped model had.")] = None,
    folds: Annotated[
        int, typer.Option(help="Groups of folders held out in turn to measure and calibrate; 0 for none.")
    ] = 4,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an interrupted run stopped.")] = False,
    threads: Annotated[int, typer.Option(help="Threads; 0 takes every core.")] = 0,
) -> None:
    """Rebuild the trained reader from its corpora: fixed seeds, checkpoints, a graphics card where there is one."""
    from dragoman.errors import InputError, MissingExtra

    for path in (readings, polnear, development, teacher):
        if path is not None and not path.exists():
            raise InputError("no such file or folder", where=str(path))
    try:
        from dragoman.reader.training.build import build
    except ModuleNotFoundError as missing:
        raise MissingExtra(missing.name or "torch", "train") from None
    build(
        polnear_path=polnear,
        readings_path=readings,
        articles_path=development,
        teacher_path=teacher,
        out=out,
        work=work,
        epochs=epochs,
        folds=folds,
        resume=resume,
        threads=threads,
        say=note,
    )
    say(f"The model lies in {out}.")


def score(
    gold: Annotated[Path, typer.Argument(help="Gold: a folder of *.reading.json, or JSON Lines, packed or not.")],
    reader: Annotated[str | None, typer.Option(help="The reader to score: trained, trained-wide or rules.")] = None,
    bootstrap: Annotated[int, typer.Option(help="Samples of documents for 95 % intervals; 0 for none.")] = 0,
    threads: Annotated[int, typer.Option(help="Threads; 0 takes every core.")] = 0,
) -> None:
    """Let a reader read a gold set and print how well it did.

    A corpus of attributions that marks more than speech is read by `trained-wide` unless another reader is named.
    """
    from dragoman import reader as readers
    from dragoman.errors import InputError
    from dragoman.reader.training.evaluate import evaluate, is_attributions, lines_of

    if not gold.exists():
        raise InputError("no such file or folder", where=str(gold))
    name = reader or ("trained-wide" if is_attributions(gold) else "trained")
    chosen = readers.get(name, threads=threads)
    note(f"{chosen.name} reads {gold}")
    for line in lines_of(evaluate(chosen, gold, bootstrap=bootstrap), bootstrap=bootstrap):
        say(line)
