"""Learns the small choices of the reader: which numbers are figures, which words mean an agreement and how it stands.

In: folders of gold readings. Out: the weights files that `figures` and `agreements` read: logistic regression over
their features. Run it again when these change: `python -m dragoman.reader.training.small_choices corpus/readings/*`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.folding import words
from dragoman.lexicon import Lexicon
from dragoman.reader.agreements import agreements
from dragoman.reader.dates.dates import find_dates
from dragoman.reader.draft import Draft
from dragoman.reader.figures.figures import candidates
from dragoman.reader.figures.no_figures import NEVER
from dragoman.reading import AGREEMENT_STATUSES, Reading

WEIGHTS = Path(__file__).parents[2] / "data"
_LEAST = 3  # a feature seen in fewer examples says nothing about other texts
_PENALTY = 3.0  # of the squared weights; of 0.3, 1, 2 and 3 all are as good with a folder held out (0.892 to 0.895)
_STOP = frozenset({"a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "or", "between"})
_TOLERANCE = 0.005  # of a quantity, as the scorer has it


@dataclass(frozen=True, slots=True)
class Example:
    """One number: its features and whether the gold keeps it; `weight` 0 where the gold leaves both ways open."""

    features: frozenset[str]
    kept: bool
    weight: float = 1.0


def agreement_examples(gold: Iterable[dict[str, Any]], lexicon: Lexicon) -> list[Example]:
    """Every group of mentions in documents with gold readings; an agreement when its name shares half its words."""
    found = []
    for data in gold:
        draft = _draft(data, lexicon)
        dates = find_dates(draft.document.text, draft.document.published)
        wanted = data.get("agreements") or []
        for candidate in agreements.candidates(draft, dates):
            made = agreements.agreement(draft, candidate, dates)
            match = next((w for w in wanted if _shared(w, made.name) >= 0.5), None)
            near = any(_shared(w, made.name) >= 0.3 for w in wanted)
            weight = 1.0 if match is None else 0.0 if match.get("optional") else 1.0
            found.append(Example(candidate.features, match is not None, 0.4 if near and match is None else weight))
    return found


def status_examples(gold: Iterable[dict[str, Any]], lexicon: Lexicon) -> dict[str, list[Example]]:
    """For each status the agreements of documents with gold readings, kept where they have it there."""
    found: dict[str, list[Example]] = {status: [] for status in AGREEMENT_STATUSES if status != "unknown"}
    for data in gold:
        draft = _draft(data, lexicon)
        dates = find_dates(draft.document.text, draft.document.published)
        for candidate in agreements.candidates(draft, dates):
            made = agreements.agreement(draft, candidate, dates)
            match = next((w for w in data.get("agreements") or [] if _shared(w, made.name) >= 0.5), None)
            if match is None:
                continue
            features = agreements.features_of_status(draft, candidate, dates)
            also = (match.get("accept") or {}).get("status") or []
            for status, rows in found.items():
                rows.append(Example(features, match["status"] == status, 0.3 if status in also else 1.0))
    return found


def _draft(data: dict[str, Any], lexicon: Lexicon) -> Draft:
    """A draft with the statements of the gold."""
    reading = Reading.from_json(data)
    draft = Draft.of(reading.document, lexicon)
    draft.statements = list(reading.statements)
    return draft


def _shared(wanted: dict[str, Any], name: str) -> float:
    spellings = [wanted["name"], *((wanted.get("accept") or {}).get("name") or [])]
    given = _bag(name)
    return max(2 * len(_bag(s) & given) / max(1, len(_bag(s)) + len(given)) for s in spellings)


def _bag(text: str) -> set[str]:
    return {w.removesuffix("s") for w in words(text)} - _STOP


def figure_examples(gold: Iterable[dict[str, Any]], lexicon: Lexicon) -> list[Example]:
    """Every candidate of documents with gold readings, statements taken from the gold."""
    found = []
    for data in gold:
        draft = _draft(data, lexicon)
        figures = data.get("figures") or []
        free = set(range(len(figures)))
        for candidate in candidates(draft):
            if candidate.features & NEVER:
                continue
            match = None
            values = [v for v in (candidate.number.quantity, candidate.number.upper) if v is not None]
            for n in sorted(free, key=lambda n: _distance(figures[n], candidate.number.core.start)):
                if (
                    any(_same(figures[n], v) for v in values)
                    and _distance(figures[n], candidate.number.core.start) < 60
                ):
                    match = n
                    break
            if match is None:
                # a figure said again is neither here nor there: the figure layer keeps it once
                again = any(_same(f, v) for f in figures for v in values)
                found.append(Example(candidate.features, False, 0.3 if again else 1.0))
            else:
                free.discard(match)
                found.append(Example(candidate.features, True, 0.0 if figures[match].get("optional") else 1.0))
    return found


def _same(figure: dict[str, Any], value: float) -> bool:
    wanted = [figure.get("quantity"), *((figure.get("accept") or {}).get("quantity") or [])]
    return any(w is not None and abs(w - value) <= _TOLERANCE * abs(w) for w in wanted)


def _distance(figure: dict[str, Any], place: int) -> float:
    spans = figure.get("span") or []
    if not spans:
        return 0.0
    return float(min(max(start - place, place - end, 0) for start, end in spans))


def learn(given: Sequence[Example], *, penalty: float = _PENALTY, least: int = _LEAST) -> dict[str, float]:
    """Weights by feature, "" the constant, by Newton's method on the penalised likelihood."""
    counts = Counter(f for e in given for f in e.features if e.weight)
    names = sorted(f for f, n in counts.items() if n >= least)
    place = {f: i + 1 for i, f in enumerate(names)}
    x = np.zeros((len(given), len(names) + 1))
    x[:, 0] = 1.0
    for row, example in enumerate(given):
        for feature in example.features:
            if feature in place:
                x[row, place[feature]] = 1.0
    y = np.array([e.kept for e in given], float)
    w = np.array([e.weight for e in given])
    theta, ridge = np.zeros(x.shape[1]), np.full(x.shape[1], penalty)
    ridge[0] = 1e-6
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ theta))
        gradient = x.T @ (w * (y - p)) - ridge * theta
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        theta = theta + step
        if np.abs(step).max() < 1e-6:
            break
    learned = {"": round(float(theta[0]), 4)}
    learned |= {f: round(float(theta[i]), 4) for f, i in place.items() if abs(theta[i]) > 0.02}
    return learned


def write(path: Path, weights: dict[str, float], source: str, shift: float = 0.0) -> None:
    """Store `weights` as the file that the reader ships; `shift` moves the constant, for recall above precision."""
    kept = {**weights, "": round(weights[""] + shift, 4)}
    path.write_text(json.dumps({"source": source, "weights": kept}, ensure_ascii=False, indent=0) + "\n", "utf-8")


def relearn(gold: Sequence[dict[str, Any]], lexicon: Lexicon, folder: Path, source: str) -> None:
    """Learn all three choices from `gold` and write their weights into `folder`, the data of the reader.

    The constants are shifted by what gave the best F1 with a folder held out: figures 0, agreements 0.3.
    """
    write(folder / "figure_weights.json", learn(figure_examples(gold, lexicon)), source)
    kinds = learn(agreement_examples(gold, lexicon), penalty=1.0)
    write(folder / "agreement_weights.json", kinds, source, shift=0.3)
    statuses = {s: learn(rows, penalty=3.0) for s, rows in status_examples(gold, lexicon).items()}
    text = json.dumps({"source": source, "weights": statuses}, ensure_ascii=False, indent=0)
    (folder / "agreement_status_weights.json").write_text(text + "\n", "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn from folders and write the weights."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    options = parser.parse_args(arguments)
    files = sorted(path for folder in options.folders for path in folder.glob("*.reading.json"))
    here, what = "dragoman.reader.training.small_choices", "annotated reports on negotiations (CC BY 4.0)"
    source = f"Learned by {here} from the {len(files)} {what}."
    relearn([json.loads(path.read_text("utf-8")) for path in files], Lexicon.shipped(), WEIGHTS, source)
    return 0


if __name__ == "__main__":
    sys.exit(main())
