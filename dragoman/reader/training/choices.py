"""What is chosen after training, on documents that the network did not see: thresholds and calibration.

In: models of folds with the folders each held out, and PolNeAR's development articles. Out: the card of the shipped
model with the choices and what they scored.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft, Found
from dragoman.reader.network.assemble import evidence
from dragoman.reader.network.attributions import Taste
from dragoman.reader.network.model import TrainedFinder
from dragoman.reader.speakers.resolve import resolve
from dragoman.reader.training import attribution_scores
from dragoman.reader.training.act_choice import cases, right
from dragoman.reader.training.act_choice import fit as fit_acts
from dragoman.reader.training.comparing import Names, SpanMap, enough, f1_of_sets, pairs
from dragoman.reader.training.corpora import read_lines
from dragoman.reader.training.evaluate import document_of, gold_readings
from dragoman.reader.training.export import add_arrays, change_card
from dragoman.reader.training.statement_matches import same_speaker
from dragoman.reader.training.tallies import ReadingScores
from dragoman.reading import Document, Statement

Gold = dict[str, Any]
Say = Callable[[str], None]

# Wide enough that the best stood inside; finer steps moved F1 by less than its noise.
_GRID = {"cue": (-0.5, -0.25, 0.0, 0.25), "content": (0.0, 0.4, 0.6), "least": (0.4, 0.5, 0.55)}
_NOISE = 0.002  # of F1; of tastes that differ by less, the one that is right more often is taken
_FEW = 100  # finds; from fewer nothing is fitted
# "whole" is no choice: it is the logarithm of how rarely annotators of the training articles cut a quotation, and 2 to
# 20 score alike.
_GRID_OF_ARTICLES = {"cue": (0.0, 0.3, 0.6), "content": (0.0, 0.3), "piece": (0.0, 1.0), "whole": (4.0,)}


@dataclass(slots=True)
class Held:
    """Documents that one model did not see, read by it once for every choice."""

    gold: list[Gold]
    drafts: list[Draft]
    finder: TrainedFinder
    seen: Any  # what the finder keeps between network and decoder


def held_out(folds: Sequence[tuple[Path, Sequence[str]]], readings_path: Path) -> list[Held]:
    """For each fold its held-out readings, seen by its network."""
    gold = gold_readings(readings_path)
    folder_of = {g["document"]["id"]: _folder(g, readings_path) for g in gold}
    made = []
    for path, folders in folds:
        mine = [g for g in gold if folder_of[g["document"]["id"]] in folders]
        made.append(_held(TrainedFinder(path=path), mine))
    return made


def _folder(gold: Gold, root: Path) -> str:
    name = gold["document"]["id"]
    return next(root.rglob(f"{name}.reading.json")).parent.name


def _held(finder: TrainedFinder, gold: list[Gold]) -> Held:
    lexicon = Lexicon.shipped()
    drafts = [Draft.of(document_of(g), lexicon) for g in gold]
    return Held(gold, drafts, finder, finder.look(drafts))


def read(held: Held, taste: Taste) -> list[list[Found]]:
    """What is found in held-out documents with one taste."""
    held.finder.taste = taste
    return [found for found, _ in held.finder.conclude(held.drafts, held.seen)]


def statement_counts(gold: Gold, found: Sequence[Found]) -> NDArray[np.float64]:
    """(right, predicted, gold) statements of one document, by the reading format's measure."""
    spans = SpanMap(gold["document"]["text"], gold["document"]["text"])
    wanted = [(s, spans.gold_words(s["content"])) for s in gold["statements"]]
    given = [spans.gold_words(f.content) for f in found if f.within is None]
    matched = pairs([w for _, w in wanted], given, _overlap)
    free = {p for g, p in matched if _is_free(wanted[g][0])}
    right = sum(not _is_free(wanted[g][0]) for g, _ in matched)
    return np.array([right, len(given) - len(free), sum(not _is_free(s) for s, _ in wanted)], float)


def _overlap(wanted: set[int], found: set[int]) -> float:
    return enough(f1_of_sets(wanted, found)) if wanted else 0.0


def _is_free(statement: Mapping[str, Any]) -> bool:
    return bool(statement.get("optional") or statement.get("within"))


def choose_for_readings(held: Sequence[Held], say: Say) -> Taste:
    """The most precise taste among those with the best F1 of statements over all held-out documents."""
    tried = []
    for taste in _tastes(_GRID):
        counts = sum(statement_counts(g, f) for h in held for g, f in zip(h.gold, read(h, taste), strict=True))
        tried.append((2 * counts[0] / (counts[1] + counts[2]), counts[0] / max(1, counts[1]), taste))
    best = max(f1 for f1, _, _ in tried)
    f1, precision, taste = max((t for t in tried if t[0] >= best - _NOISE), key=lambda t: t[1])
    say(f"held-out statements F1 {f1:.4f}, precision {precision:.4f} with {asdict(taste)}; the best F1 is {best:.4f}")
    return taste


def choose_for_articles(finder: TrainedFinder, path: Path, say: Say) -> Taste:
    """The taste with the best mean of exact, partial and detected on PolNeAR's development articles."""
    articles = list(read_lines(path))
    lexicon = Lexicon()
    drafts = [Draft.of(Document(a["id"], a["text"], language="en"), lexicon) for a in articles]
    seen = finder.look(drafts)
    best: tuple[float, Taste] = (-1.0, Taste())
    for taste in _tastes(_GRID_OF_ARTICLES):
        finder.taste = taste
        found = {
            d.document.id: [{"source": f.source, "cue": f.cue, "content": f.content} for f in some]
            for d, (some, _) in zip(drafts, finder.conclude(drafts, seen), strict=True)
        }
        measures = attribution_scores.score(articles, found).measures
        mean = sum(measures[name].f1 for name in ("exact", "partial", "detected")) / 3
        if mean > best[0]:
            best = (mean, taste)
            shown = " ".join(f"{n} {100 * measures[n].f1:.1f}" for n in ("exact", "partial", "detected", "source head"))
            say(f"{shown} with {asdict(taste)}")
    return best[1]


def _tastes(grid: Mapping[str, Sequence[float]]) -> Iterable[Taste]:
    for values in itertools.product(*grid.values()):
        yield Taste(**dict(zip(grid, values, strict=True)))


def choose_acts(held: Sequence[Held], taste: Taste, say: Say) -> dict[str, Any]:
    """What acts are chosen by, learned from all held-out finds; what it scores is said with each fold left out."""
    some = [c for n, h in enumerate(held) for c in cases(h.gold, h.drafts, read(h, taste), n)]
    if len(some) < _FEW:
        say(f"{len(some)} finds are too few to learn from how acts are chosen; the network chooses alone")
        return {}
    shares = []
    for number in range(len(held)) if len(held) > 1 else ():
        arrays = fit_acts([c for c in some if c.group != number])
        shares.append(right(arrays, [c for c in some if c.group == number]))
    say(f"acts right in folds left out of the fit: {', '.join(f'{s:.3f}' for s in shares)}")
    return fit_acts(some)


# ---------------------------------------------------------------------------------------------------- calibration


def calibration_error(cases: Sequence[tuple[float, bool]]) -> float:
    """The expected calibration error of confidences with whether each was right."""
    scores = ReadingScores()
    scores.confidences.extend(cases)
    return scores.calibration_error or 0.0


def calibrate(held: Sequence[Held], taste: Taste) -> tuple[dict[str, Any], list[tuple[float, bool]]]:
    """A calibration for confidence, and what each held-out find gets when its own fold is left out of the fit."""
    rows, right, group = [], [], []
    for number, h in enumerate(held):
        for draft, gold, found in zip(h.drafts, h.gold, read(h, taste), strict=True):
            for evident, was in _judged(draft, gold, found):
                rows.append(evident)
                right.append(was)
                group.append(number)
    if len(rows) < _FEW or len(held) < 2:
        return {}, []
    x, y, g = np.array(rows), np.array(right, float), np.array(group)
    honest = np.zeros(len(y))
    for number in range(len(held)):
        fitted = fit(x[g != number], y[g != number])
        honest[g == number] = apply(fitted, x[g == number])
    return fit(x, y), [(float(c), bool(r)) for c, r in zip(honest, y, strict=True)]


def _judged(draft: Draft, gold: Gold, found: list[Found]) -> Iterable[tuple[list[float], bool]]:
    """For each scored find what speaks for it, and whether its words and its speaker were right."""
    text = draft.document.text
    evident = {(f.cue, f.content): evidence(text, f) for f in found}
    draft.found = found
    statements = [s for s in resolve(draft) if s.within is None]
    names, spans = Names(gold), SpanMap(text, text)
    wanted = [(s, spans.gold_words(s["content"])) for s in gold["statements"]]
    given = [spans.gold_words(s.content) for s in statements]
    matched = {p: wanted[g][0] for g, p in pairs([w for _, w in wanted], given, _overlap)}
    for place, statement in enumerate(statements):
        item = matched.get(place)
        if item is not None and _is_free(item):
            continue
        right = item is not None and same_speaker(item, {"speaker": _speaker(statement)}, names)
        if (key := (statement.cue, statement.content)) in evident:
            yield evident[key], right


def _speaker(statement: Statement) -> dict[str, Any]:
    return {"name": statement.speaker.name, "anonymous": statement.speaker.anonymous}


def fit(x: NDArray[np.float64], y: NDArray[np.float64]) -> dict[str, Any]:
    """Logistic regression on the evidence, then a rising step function fitted to what it gives (isotonic)."""
    middle, spread = x.mean(0), x.std(0) + 1e-6
    z = np.c_[(x - middle) / spread, np.ones(len(x))]
    w = np.zeros(z.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ w))
        penalty = np.r_[np.full(len(w) - 1, 1.0), 0.0]
        step = np.linalg.solve((z.T * (p * (1 - p) + 1e-6)) @ z + np.diag(penalty), z.T @ (y - p) - penalty * w)
        w += step
        if np.abs(step).max() < 1e-8:
            break
    weights = w[:-1] / spread
    given = 1 / (1 + np.exp(-z @ w))
    low, high = isotonic(given, y)
    return {
        "weights": [round(float(v), 5) for v in weights],
        "bias": round(float(w[-1] - (weights * middle).sum()), 5),
        "from": low,
        "to": high,
    }


def isotonic(
    given: NDArray[np.float64], right: NDArray[np.float64], least: int = 60
) -> tuple[list[float], list[float]]:
    """Points of a rising line from what was given to the share that was right; each rests on `least` cases or more."""
    order = np.argsort(given, kind="stable")
    cuts = np.array_split(order, max(1, len(order) // least))
    blocks = [[float(given[c].mean()), float(right[c].mean()), len(c)] for c in cuts if len(c)]
    at = 0
    while at < len(blocks) - 1:
        if blocks[at][1] > blocks[at + 1][1]:
            a, b = blocks[at], blocks.pop(at + 1)
            n = a[2] + b[2]
            blocks[at] = [(a[0] * a[2] + b[0] * b[2]) / n, (a[1] * a[2] + b[1] * b[2]) / n, int(n)]
            at = max(0, at - 1)
        else:
            at += 1
    return [round(b[0], 4) for b in blocks], [round(b[1], 4) for b in blocks]


def apply(calibration: Mapping[str, Any], x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The confidence that a calibration gives to rows of evidence."""
    likely = 1 / (1 + np.exp(-(x @ np.array(calibration["weights"]) + calibration["bias"])))
    result: NDArray[np.float64] = np.interp(likely, calibration["from"], calibration["to"])
    return result


def choose(
    out: Path,
    folds: Sequence[tuple[Path, Sequence[str]]],
    readings_path: Path,
    *,
    articles_path: Path | None = None,
    say: Say = lambda line: None,
) -> None:
    """Choose thresholds and calibration for the model in `out` and write them into its card."""
    styles: dict[str, Any] = {"polnear": {"taste": {}}, "readings": {"taste": {}}}
    if folds:
        held = held_out(folds, readings_path)
        taste = choose_for_readings(held, say)
        add_arrays(out, choose_acts(held, taste, say))
        calibration, honest = calibrate(held, taste)
        say(f"expected calibration error on folds left out of the fit: {calibration_error(honest):.3f}")
        styles["readings"] = {"taste": asdict(taste), **({"calibration": calibration} if calibration else {})}
    if articles_path is not None:
        taste = choose_for_articles(TrainedFinder(path=out, style="polnear"), articles_path, say)
        styles["polnear"] = {"taste": asdict(taste)}
    change_card(out, styles=styles)
