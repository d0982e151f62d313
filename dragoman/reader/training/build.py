"""From data to the shipped model: learn on PolNeAR, then on the readings, measure on folders held out, export.

In: paths of the corpora, and of a larger model where there is one to make teachers of. Out: a folder that
`TrainedFinder` loads, and what was measured on the way. Each stage leaves
its checkpoint in a work folder, so that an interrupted build goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dragoman.errors import FormatError
from dragoman.reader.network.tokens import Pieces
from dragoman.reader.training.batches import name_pool
from dragoman.reader.training.corpora import Example, polnear, readings
from dragoman.reader.training.encoder import write_tokenizer
from dragoman.reader.training.export import export
from dragoman.reader.training.learn import Plan, Say, load_network, new_network, settle, train
from dragoman.reader.training.network import Network
from dragoman.reader.training.refine import refine
from dragoman.reader.training.teaching import teach

BASE = Plan(epochs=3, stretch=5 / 3)
# The second stage sees each reading often and enough of PolNeAR not to forget it. Where folders are held out it is
# shorter than for the shipped model, so what is measured there is a lower bound.
FOLD = Plan(epochs=1, rate=1e-4, rate_of_heads=6e-4, copies=(("polnear", 0.1), ("others", 5.0)))
LAST = Plan(epochs=1, rate=1.3e-4, rate_of_heads=7e-4, copies=(("polnear", 1.5), ("others", 7.0)))
# With teachers the network can learn longer before it only remembers.
TAUGHT = replace(BASE, epochs=5, size=16, rate=3e-4, rate_of_heads=1.2e-3, stretch=1.3, trust=0.6)
TAUGHT_LAST = replace(LAST, size=16, rate=2e-4, rate_of_heads=1e-3, trust=0.6)
FOLDS = 4
SHARE = 0.3  # of the folds' networks in the shipped weights; of 0.2 to 0.5 the best on PolNeAR's development articles


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that training needs, loaded once."""

    pieces: Pieces
    kept: list[int]
    articles: list[Example]
    readings: list[Example]
    pool: list[str]

    @property
    def folders(self) -> list[str]:
        """The folders of the readings, in order."""
        return sorted({e.group for e in self.readings})


def load(polnear_path: Path | None, readings_path: Path, work: Path) -> Material:
    """Read the corpora; without PolNeAR the readings alone are learned from, which costs much of the quality."""
    kept = write_tokenizer(work / "tokenizer.json")
    pieces = Pieces(work / "tokenizer.json")
    articles = polnear(polnear_path, pieces) if polnear_path else []
    own = readings(readings_path, pieces)
    if not own:
        raise FormatError("no readings to learn from", where=str(readings_path))
    return Material(pieces, kept, articles, own, name_pool([*articles, *own]))


def base(material: Material, work: Path, plan: Plan, *, resume: bool = False, say: Say = print) -> Network:
    """The network after the first stage, which sees no reading, so that folders held out later stay unseen."""
    path = work / "base.pt"
    network = new_network(material.pieces, material.kept, seed=plan.seed)
    if not material.articles:
        return network
    return train(
        network, material.articles, material.pieces, plan, pool=material.pool, checkpoint=path, resume=resume, say=say
    )


def fold_folders(folders: Sequence[str], folds: int = FOLDS) -> list[list[str]]:
    """The folders that each fold holds out; neighbours go together when there are fewer folds than folders."""
    each = -(-len(folders) // folds)
    return [list(folders[at : at + each]) for at in range(0, len(folders), each)]


def second(
    material: Material,
    work: Path,
    name: str,
    plan: Plan,
    *,
    without: Sequence[str] = (),
    resume: bool = False,
    say: Say = print,
) -> Network:
    """The base trained further on the readings, but for the folders held out."""
    path = work / f"{name}.pt"
    network = (
        load_network(work / "base.pt", material.pieces)
        if material.articles
        else new_network(material.pieces, material.kept, seed=plan.seed)
    )
    examples = [*material.articles, *(e for e in material.readings if e.group not in without)]
    network = train(
        network, examples, material.pieces, plan, pool=material.pool, checkpoint=path, resume=resume, say=say
    )
    seen = [e for e in material.readings if e.group not in without]
    return refine(network, seen, material.pieces, pool=material.pool, say=say)


def average(last: Network, parts: Sequence[Network], share: float = SHARE) -> Network:
    """`last` with the mean of `parts` at `share`, weight by weight: networks that went different ways from one base err
    in different places (Wortsman et al., Model soups, 2022)."""
    if parts:
        kept = [(1 - share, last.state_dict()), *((share / len(parts), p.state_dict()) for p in parts)]
        last.load_state_dict({name: sum(w * state[name] for w, state in kept) for name in last.state_dict()})
    return last


def build(
    *,
    polnear_path: Path | None,
    readings_path: Path,
    articles_path: Path | None = None,
    teacher_path: Path | None = None,
    out: Path,
    work: Path,
    epochs: int | None = None,
    folds: int = FOLDS,
    resume: bool = False,
    threads: int = 0,
    facts: dict[str, Any] | None = None,
    say: Callable[[str], None] = lambda line: None,
) -> None:
    """Build a model from nothing: teachers, base, held-out folds with their calibration, the last network, export."""
    from dragoman.reader.training.choices import choose

    settle(threads)
    material = load(polnear_path, readings_path, work)
    say(f"{len(material.articles)} articles and {len(material.readings)} readings")
    first, final = BASE, LAST
    if teacher_path is not None:
        first, final = TAUGHT, TAUGHT_LAST
        teach(material.articles, material.pieces, work, teacher_path, pool=material.pool, resume=resume, say=say)
    first = replace(first, epochs=epochs) if epochs else first
    base(material, work, first, resume=resume, say=say)
    held = fold_folders(material.folders, folds) if folds > 1 else []
    parts: list[Network] = []
    for number, folders in enumerate(held):
        say(f"fold {number + 1} of {len(held)}: {', '.join(folders)} held out")
        network = second(material, work, f"fold{number}", FOLD, without=folders, resume=resume, say=say)
        export(network, work / "tokenizer.json", work / f"fold{number}", styles=PLAIN, facts={"without": folders})
        parts.append(network)
    say("the last network, on everything")
    network = average(second(material, work, "last", final, resume=resume, say=say), parts)
    export(network, work / "tokenizer.json", out, styles=PLAIN, facts=facts or {})
    models = [(work / f"fold{n}", folders) for n, folders in enumerate(held)]
    choose(out, models, readings_path, articles_path=articles_path, say=say)


PLAIN: dict[str, Any] = {"polnear": {"taste": {}}, "readings": {"taste": {}}}
