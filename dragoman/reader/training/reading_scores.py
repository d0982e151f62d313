"""How well predicted readings match gold ones, layer by layer.

In: readings as JSON objects. Out: counts, ratios, means and the reliability of confidences. What counts as right is
said in `comparing` and beside each layer here; `docs/quality.md` explains the measures.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dragoman.reader.training.attribution_scores import Ratio
from dragoman.reader.training.comparing import (
    FOUND,
    Item,
    Names,
    SpanMap,
    accepted,
    best_overlap,
    enough,
    f1_of_sets,
    pairs,
    same_date,
    same_name,
    same_quantity,
    word_set,
)

TABLE_LAYERS = ("positions", "conditions", "deadlines", "meetings", "agreements", "figures", "relations")
STATEMENT_FIELDS = (
    "source", "cue", "content", "speaker", "party", "anonymous", "via", "form", "act", "negated", "said_on",
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """Right, spurious and missed items."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def add(self, other: Tally) -> None:
        self.right += other.right
        self.spurious += other.spurious
        self.missed += other.missed

    @property
    def ratio(self) -> Ratio:
        return Ratio(self.right, self.right + self.spurious, self.right + self.missed)


@dataclass(frozen=True, slots=True)
class Slip:
    """One error: what was missed, invented or given a wrong value."""

    document: str
    layer: str
    kind: str  # missed | spurious | wrong FIELD
    gold: Any = None
    predicted: Any = None


# ------------------------------------------------------------------------------------------------------ the layers


def _position(gold: Item, predicted: Item, names: Names) -> float:
    """Party, direction, and overlap of issue, of stance, or of both together."""
    if not same_name(names, gold, predicted, "party") or predicted.get("direction") not in accepted(gold, "direction"):
        return 0.0
    together = [word_set(f"{item.get('issue')} {item.get('stance')}") for item in (gold, predicted)]
    return enough(
        max(best_overlap(gold, predicted, "issue"), best_overlap(gold, predicted, "stance"), f1_of_sets(*together))
    )


def _condition(gold: Item, predicted: Item, names: Names) -> float:
    """Party and overlap of what is withheld."""
    if not same_name(names, gold, predicted, "party"):
        return 0.0
    return enough(best_overlap(gold, predicted, "withholds"))


def _deadline(gold: Item, predicted: Item, names: Names) -> float:
    """Date and overlap of what is due."""
    return enough(best_overlap(gold, predicted, "what")) if same_date(gold, predicted) else 0.0


def _meeting(gold: Item, predicted: Item, names: Names) -> float:
    """Date, and overlap of the name or the same place."""
    if not same_date(gold, predicted):
        return 0.0
    place = any(value and names.same(value, predicted.get("place")) for value in accepted(gold, "place"))
    return max(enough(best_overlap(gold, predicted, "name")), FOUND if place else 0.0) + (0.01 if place else 0.0)


def _agreement(gold: Item, predicted: Item, names: Names) -> float:
    """Overlap of the name."""
    return enough(best_overlap(gold, predicted, "name"))


def _figure(gold: Item, predicted: Item, names: Names) -> float:
    """Quantity, and a word shared by measure or unit."""
    if not same_quantity(gold, predicted):
        return 0.0
    wanted = frozenset[str]().union(*(word_set(v) for f in ("measure", "unit") for v in accepted(gold, f) if v))
    found = frozenset[str]().union(*(word_set(predicted[f]) for f in ("measure", "unit") if predicted.get(f)))
    if not wanted and not found:
        return 1.0
    by = 0.01 if same_name(names, gold, predicted, "by") else 0.0
    return f1_of_sets(wanted, found) + by if wanted & found else 0.0


def _relation(gold: Item, predicted: Item, names: Names) -> float:
    """From, to and kind."""
    same = predicted.get("kind") in accepted(gold, "kind")
    return float(same and all(same_name(names, gold, predicted, end) for end in ("from", "to")))


_OVERLAPS: dict[str, Callable[[Item, Item, Names], float]] = {
    "positions": _position, "conditions": _condition, "deadlines": _deadline, "meetings": _meeting,
    "agreements": _agreement, "figures": _figure, "relations": _relation,
}  # fmt: skip


def _chairs(gold: Item, predicted: Item, names: Names) -> float | None:
    wanted, found = gold.get("chairs") or [], predicted.get("chairs") or []
    if not wanted and not found:
        return None
    return 2 * len(pairs(wanted, found, lambda a, b: float(names.same(a, b, True)))) / (len(wanted) + len(found))


_APART: dict[str, dict[str, Callable[[Item, Item, Names], float | bool | None]]] = {
    "deadlines": {"set_by": lambda g, p, n: same_name(n, g, p, "set_by")},
    "meetings": {"chairs": _chairs, "status": lambda g, p, n: p.get("status") in accepted(g, "status")},
    "agreements": {
        "date": lambda g, p, n: same_date(g, p), "status": lambda g, p, n: p.get("status") in accepted(g, "status"),
    },
    "figures": {
        "bound": lambda g, p, n: p.get("bound") in accepted(g, "bound"), "by": lambda g, p, n: same_name(n, g, p, "by"),
    },
}  # fmt: skip


def requirements(gold: Item | None, predicted: Item | None) -> Tally:
    """The requirements of one condition, either of which may be missing; one without requirements is one item."""
    wanted, found = ((item or {}).get("requires") or [] for item in (gold, predicted))
    if not wanted and not found:
        return Tally(
            int(bool(gold and predicted)), int(bool(predicted and not gold)), int(bool(gold and not predicted))
        )
    others = ((gold or {}).get("accept") or {}).get("requires") or []

    def overlap(a: str, b: str) -> float:
        versions = [a, *(new for old, new in others if old == a)]
        return enough(max(f1_of_sets(word_set(v), word_set(b)) for v in versions))

    right = len(pairs(wanted, found, overlap))
    return Tally(right, len(found) - right, len(wanted) - right)


# ---------------------------------------------------------------------------------------------------- statements


def _speaker(statement: Item) -> Item:
    return {**(statement.get("speaker") or {}), "accept": statement.get("accept") or {}}


def same_speaker(gold: Item, predicted: Item, names: Names) -> bool:
    """Whether the speaker is right; one without a name is, where half the words of the description are."""
    wanted, found = _speaker(gold), predicted.get("speaker") or {}
    if same_name(names, wanted, found, "name"):
        return True
    return bool(wanted.get("anonymous")) and best_overlap(wanted, found, "name") >= FOUND


def _field_verdicts(gold: Item, predicted: Item, names: Names) -> dict[str, bool | None]:
    wanted, found = _speaker(gold), predicted.get("speaker") or {}
    via = predicted.get("via") or []
    return {
        "speaker": same_speaker(gold, predicted, names),
        "party": same_name(names, wanted, found, "party"),
        "anonymous": bool(found.get("anonymous")) in [bool(v) for v in accepted(wanted, "anonymous")],
        "via": any(
            len(w or []) == len(via) and all(names.same(a, b) for a, b in zip(w or [], via, strict=True))
            for w in accepted(gold, "via")
        ),
        "form": predicted.get("form") in accepted(gold, "form"),
        "act": predicted.get("act") in accepted(gold, "act"),
        "negated": bool(gold.get("negated")) == bool(predicted.get("negated")),
        "said_on": predicted.get("said_on") in accepted(gold, "said_on") if "said_on" in gold else None,
    }


@dataclass(slots=True)
class ReadingScores:
    """What all documents add up to."""

    statements: Tally = field(default_factory=Tally)
    text: Tally = field(default_factory=Tally)
    layers: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in TABLE_LAYERS})
    conditions_found: Tally = field(default_factory=Tally)
    fields: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    apart: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    acts: Counter[tuple[str, str]] = field(default_factory=Counter)
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    documents: dict[str, tuple[Tally, Tally]] = field(default_factory=dict)  # statements, table

    @property
    def table(self) -> Tally:
        """All layers of the table taken together."""
        everything = Tally()
        for tally in self.layers.values():
            everything.add(tally)
        return everything

    def mean(self, name: str) -> float | None:
        """The mean of a field over the statements found; None where no gold statement has it."""
        values = self.fields.get(name)
        return sum(values) / len(values) if values else None

    def reliability(self, bins: int = 10) -> list[tuple[float, int, float, float]]:
        """For each bin of confidence: where it starts, how many fell in, their mean confidence, the share right."""
        buckets: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        for confidence, right in self.confidences:
            buckets[min(int(confidence * bins), bins - 1)].append((confidence, right))
        return [
            (n / bins, len(b), sum(c for c, _ in b) / len(b), sum(r for _, r in b) / len(b))
            for n, b in sorted(buckets.items())
        ]

    @property
    def calibration_error(self) -> float | None:
        """The expected calibration error over ten equal bins."""
        if not self.confidences:
            return None
        total = len(self.confidences)
        return sum(n / total * abs(said - was) for _, n, said, was in self.reliability())

    def interval(self, draws: int, which: int = 0) -> tuple[float, float]:
        """The middle 95 % of F1 over samples of documents: of the statements, or with 1 of the table."""
        rows = np.array([[t[which].right, t[which].spurious, t[which].missed] for t in self.documents.values()], float)
        sums = rows[np.random.default_rng(0).integers(0, len(rows), (draws, len(rows)))].sum(1)
        f1 = 2 * sums[:, 0] / np.maximum(1e-9, 2 * sums[:, 0] + sums[:, 1] + sums[:, 2])
        return float(np.percentile(f1, 2.5)), float(np.percentile(f1, 97.5))

    def lines(self, *, bootstrap: int = 0) -> Iterable[str]:
        """The scores as a table of text."""
        yield f"{len(self.documents)} documents"
        yield f"{'':18}{'prec':>6} {'rec':>6} {'F1':>6}   {'right':>5} {'predicted':>9} {'gold':>5}"
        for which, (name, tally) in enumerate((("STATEMENTS", self.statements), ("TABLE", self.table))):
            shown = ""
            if bootstrap:
                low, high = self.interval(bootstrap, which)
                shown = f"   F1 in [{low:.3f}, {high:.3f}]"
            yield _line(name, tally) + shown
        for name, tally in self.layers.items():
            yield _line(name, tally)
            for (layer, part), values in self.apart.items():
                if layer == name and values:
                    yield f"  {part:16}{'':14}{sum(values) / len(values):6.3f}"
            if name == "conditions":
                yield _line("  whole", self.conditions_found)
        yield _line("text", self.text)
        yield "Over the statements found"
        for name in STATEMENT_FIELDS:
            value = self.mean(name)
            yield f"  {name:16}" + ("     -" if value is None else f"{value:6.3f}")
        if self.confidences:
            yield f"Expected calibration error {self.calibration_error:.3f}"
            yield f"{'confidence':>12}{'number':>9}{'said':>8}{'right':>8}"
            for start, n, said, was in self.reliability():
                yield f"{start:6.1f} - {start + 0.1:3.1f}{n:9}{said:8.3f}{was:8.3f}"


def _line(name: str, tally: Tally) -> str:
    r = tally.ratio
    return f"{name:18}{r.precision:6.3f} {r.recall:6.3f} {r.f1:6.3f}   {r.right:5.0f} {r.predicted:9.0f} {r.gold:5.0f}"


def score(gold: Iterable[Item], predicted: Mapping[str, Item]) -> ReadingScores:
    """Scores of predicted readings by document id; a document without one counts as read and found empty."""
    scores = ReadingScores()
    for reading in gold:
        add(scores, reading, predicted.get(reading["document"]["id"]) or {})
    return scores


def add(scores: ReadingScores, gold: Item, predicted: Item) -> None:
    """Add one document to the scores."""
    identity = gold["document"]["id"]
    names = Names(gold)
    spans = SpanMap(gold["document"]["text"], (predicted.get("document") or {}).get("text") or "")
    right, found, wanted = spans.text_counts()
    scores.text.add(Tally(right, found - right, wanted - right))
    statements = _add_statements(scores, identity, gold, predicted, names, spans)
    table = Tally()
    for layer in TABLE_LAYERS:
        table.add(_add_layer(scores, identity, layer, gold.get(layer) or [], predicted.get(layer) or [], names))
    scores.documents[identity] = (statements, table)


Viewed = tuple[Item, dict[str, set[int]]]


def _view(statement: Item, words: Callable[[Any], set[int]]) -> Viewed:
    return statement, {role: words(statement.get(role)) for role in ("source", "cue", "content")}


def _statement_overlap(a: Viewed, b: Viewed) -> tuple[float, float, float]:
    content = enough(f1_of_sets(a[1]["content"], b[1]["content"])) if a[1]["content"] else 0.0
    return content, f1_of_sets(a[1]["source"], b[1]["source"]), f1_of_sets(a[1]["cue"], b[1]["cue"])


def _add_statements(
    scores: ReadingScores, identity: str, gold: Item, predicted: Item, names: Names, spans: SpanMap
) -> Tally:
    listed = [dict(s, optional=True) if s.get("within") else s for s in gold.get("statements") or []]
    wanted = [_view(s, spans.gold_words) for s in listed]
    given = [_view(s, spans.predicted_words) for s in predicted.get("statements") or [] if not s.get("within")]
    matched = pairs(wanted, given, _statement_overlap)
    tally = _missed_and_spurious(scores, identity, "statements", matched, [w[0] for w in wanted], [g[0] for g in given])
    right: dict[int, bool | None] = {}
    for g, p in matched:
        (gold_item, gold_words), (item, words) = wanted[g], given[p]
        right[p] = None if gold_item.get("optional") else same_speaker(gold_item, item, names)
        if gold_item.get("optional"):
            continue
        tally.right += 1
        for role in ("source", "content"):
            scores.fields[role].append(f1_of_sets(gold_words[role], words[role]))
        if gold_words["cue"] or words["cue"]:
            scores.fields["cue"].append(float(bool(gold_words["cue"] & words["cue"])))
        for name, verdict in _field_verdicts(gold_item, item, names).items():
            if verdict is not None:
                scores.fields[name].append(float(verdict))
            if verdict is False:
                scores.slips.append(Slip(identity, "statements", f"wrong {name}", gold_item, item))
        act = item.get("act")
        scores.acts[str(act if act in accepted(gold_item, "act") else gold_item.get("act")), str(act)] += 1
    for p, (item, _) in enumerate(given):
        verdict = right.get(p, False)
        if item.get("confidence") is not None and verdict is not None:
            scores.confidences.append((float(item["confidence"]), verdict))
    scores.statements.add(tally)
    return tally


def _add_layer(
    scores: ReadingScores, identity: str, layer: str, gold: Sequence[Item], predicted: Sequence[Item], names: Names
) -> Tally:
    matched = pairs(gold, predicted, lambda g, p: _OVERLAPS[layer](g, p, names))
    whole = _missed_and_spurious(scores, identity, layer, matched, gold, predicted)
    kept = [(g, p) for g, p in matched if not gold[g].get("optional")]
    whole.right = len(kept)
    for g, p in kept:
        for name, check in _APART.get(layer, {}).items():
            verdict = check(gold[g], predicted[p], names)
            if verdict is not None:
                scores.apart[layer, name].append(float(verdict))
                if verdict < 1:
                    scores.slips.append(Slip(identity, layer, f"wrong {name}", gold[g], predicted[p]))
    if layer == "conditions":
        scores.conditions_found.add(whole)
        whole = _all_requirements(gold, predicted, matched, kept)
    scores.layers[layer].add(whole)
    return whole


def _all_requirements(
    gold: Sequence[Item], predicted: Sequence[Item], matched: list[tuple[int, int]], kept: list[tuple[int, int]]
) -> Tally:
    tally = Tally()
    for g, p in kept:
        tally.add(requirements(gold[g], predicted[p]))
    found = {g for g, _ in matched}, {p for _, p in matched}
    for g, item in enumerate(gold):
        if g not in found[0] and not item.get("optional"):
            tally.add(requirements(item, None))
    for p, item in enumerate(predicted):
        if p not in found[1]:
            tally.add(requirements(None, item))
    return tally


def _missed_and_spurious(
    scores: ReadingScores,
    identity: str,
    layer: str,
    matched: list[tuple[int, int]],
    gold: Sequence[Item],
    predicted: Sequence[Item],
) -> Tally:
    tally, found = Tally(), ({g for g, _ in matched}, {p for _, p in matched})
    for g, item in enumerate(gold):
        if g not in found[0] and not item.get("optional"):
            tally.missed += 1
            scores.slips.append(Slip(identity, layer, "missed", gold=item))
    for p, item in enumerate(predicted):
        if p not in found[1]:
            tally.spurious += 1
            scores.slips.append(Slip(identity, layer, "spurious", predicted=item))
    return tally
