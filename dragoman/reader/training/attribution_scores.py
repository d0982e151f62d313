"""How well predicted attributions match those of people: the measures for corpora of sources, cues and contents.

In: articles with gold and predicted attributions, each role a list of [start, end). Out: counts, ratios, intervals.
Everything is counted on the gold file's own words, so a reader may cut words as it likes. A role is the set of words of
which its spans cover at least half; where that gives none, the words they touch.

tokens ROLE   words that carry the role in any attribution of the article
spans ROLE    whole roles: right if some gold attribution has exactly this set of words
words ROLE    the same without marks that hold no letter or digit
exact         all three roles equal those of one gold attribution (exact words: without marks)
detected      matched at all: one to one, greedily, by overlap of the cues, then of sources and contents
partial       the mean overlap (Dice) of the three roles over the matched, nothing for the others
source head   of the attributions with a source, those matched whose source has the same head
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import FormatError

ROLES = ("source", "cue", "content")
MEASURES = (
    "exact", "exact words", "partial", "detected", "source head",
    *(f"{kind} {role}" for kind in ("tokens", "spans", "words", "partial") for role in ROLES),
)  # fmt: skip
_BY_OUTLET = MEASURES[0], *MEASURES[2:5]
_HEAD_ENDS = frozenset(
    (
        ",", "(", "[", "-", "—", "of", "for", "in", "at", "from", "with", "on", "to", "by", "near",
        "who", "whom", "whose", "that", "which",
    )
)  # fmt: skip

Words = frozenset[int]
Roles = dict[str, Words]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Right ones among predicted and among gold ones."""

    right: float
    predicted: float
    gold: float

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.predicted + self.gold
        return 2 * self.right / both if both else 0.0


@dataclass(frozen=True, slots=True)
class AttributionScores:
    """Every measure over all articles and by outlet; `intervals` of F1 where they were asked for."""

    articles: int
    measures: Mapping[str, Ratio]
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    outlets: Mapping[str, Mapping[str, Ratio]] = field(default_factory=dict)  # where the gold names several

    def lines(self) -> Iterable[str]:
        """The scores as a table of text, in percent."""
        yield f"{self.articles} articles"
        yield f"{'':16}{'P':>7}{'R':>7}{'F1':>7}{'right':>9}{'predicted':>11}{'gold':>7}"
        for name, m in self.measures.items():
            interval = self.intervals.get(name)
            shown = f"   F1 in [{100 * interval[0]:.1f}, {100 * interval[1]:.1f}]" if interval else ""
            yield (
                f"{name:16}{100 * m.precision:7.1f}{100 * m.recall:7.1f}{100 * m.f1:7.1f}"
                f"{m.right:9.1f}{m.predicted:11.0f}{m.gold:7.0f}{shown}"
            )
        if self.outlets:
            yield f"{'F1 by outlet':16}" + "".join(f"{name:>13}" for name in _BY_OUTLET)
            for outlet, measures in self.outlets.items():
                yield f"{outlet[:15]:16}" + "".join(f"{100 * measures[name].f1:13.1f}" for name in _BY_OUTLET)


class Article:
    """The words of a gold article; turns spans into sets of words and finds the head of a source."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.id, self.text = data["id"], data["text"]
        spans = data.get("tokens") or [m.span() for m in re.finditer(r"\w+|[^\w\s]", self.text)]
        self.words = [self.text[a:b] for a, b in spans]
        self.starts = np.array([a for a, _ in spans], np.int64)
        self.ends = np.array([b for _, b in spans], np.int64)
        self.heads = data.get("heads")
        self.has_letters = [any(c.isalnum() for c in word) for word in self.words]

    def covered(self, spans: Sequence[Sequence[int]]) -> Words:
        """The words that spans cover by half; else those they touch."""
        amount: Counter[int] = Counter()
        for a, b in _union(spans):
            if not 0 <= a <= b <= len(self.text):
                raise FormatError(f"span [{a}, {b}] is outside the text", where=self.id)
            low, high = np.searchsorted(self.ends, a, side="right"), np.searchsorted(self.starts, b, side="left")
            for word in range(int(low), int(high)):
                amount[word] += min(b, int(self.ends[word])) - max(a, int(self.starts[word]))
        half = frozenset(w for w, n in amount.items() if 2 * n >= self.ends[w] - self.starts[w])
        return half or frozenset(amount)

    def roles(self, listed: Iterable[Mapping[str, Any]]) -> list[Roles]:
        """Attributions as sets of words; one without any word is dropped."""
        read = [{role: self.covered(a.get(role) or []) for role in ROLES} for a in listed]
        return [a for a in read if any(a.values())]

    def lettered(self, words: Words) -> Words:
        """Those of `words` that hold a letter or digit."""
        return frozenset(w for w in words if self.has_letters[w])

    def head(self, source: Words) -> int:
        """The word that a source hangs by: its governor lies outside; else the last before a comma or preposition."""
        if self.heads:
            for word in sorted(source):
                if self.has_letters[word] and self.heads[word] not in source:
                    return word
        head = None
        for word in sorted(source):
            if head is not None and self.words[word].lower() in _HEAD_ENDS:
                break
            if self.has_letters[word]:
                head = word
        return min(source) if head is None else head


def _union(spans: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for a, b in sorted((a, b) for a, b in spans):
        if joined and a < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(b, joined[-1][1]))
        else:
            joined.append((a, b))
    return joined


def dice(a: Words, b: Words) -> float:
    """The overlap of two sets: 1 where they are equal, 0 where they share nothing."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def match(gold: Sequence[Roles], predicted: Sequence[Roles]) -> list[tuple[int, int]]:
    """Pairs of gold and predicted attributions, one to one, best overlap of cues first."""
    pairs = [
        (-dice(g["cue"], p["cue"]), -dice(g["source"], p["source"]) - dice(g["content"], p["content"]), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if g["cue"] & p["cue"]
    ]
    used: tuple[set[int], set[int]] = set(), set()
    matched = []
    for _, _, i, j in sorted(pairs):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            matched.append((i, j))
    return matched


def count(article: Article, gold: list[Roles], predicted: list[Roles]) -> dict[str, tuple[float, float, float]]:
    """(right, predicted, gold) of every measure for one article."""
    counts: dict[str, tuple[float, float, float]] = {}
    for role in ROLES:
        everywhere = [frozenset().union(*(a[role] for a in side)) for side in (gold, predicted)]
        counts[f"tokens {role}"] = (len(everywhere[0] & everywhere[1]), len(everywhere[1]), len(everywhere[0]))
        for kind, of in (("spans", _same), ("words", article.lettered)):
            sets = [Counter(of(a[role]) for a in side if of(a[role])) for side in (gold, predicted)]
            counts[f"{kind} {role}"] = ((sets[0] & sets[1]).total(), sets[1].total(), sets[0].total())
    named: tuple[tuple[str, Callable[[Words], Words]], ...] = (("exact", _same), ("exact words", article.lettered))
    for name, of in named:
        whole = [Counter(tuple(of(a[role]) for role in ROLES) for a in side) for side in (gold, predicted)]
        counts[name] = ((whole[0] & whole[1]).total(), len(predicted), len(gold))
    matched = match(gold, predicted)
    counts["detected"] = (len(matched), len(predicted), len(gold))
    overlap = {role: sum(dice(gold[i][role], predicted[j][role]) for i, j in matched) for role in ROLES}
    for role in ROLES:
        counts[f"partial {role}"] = (overlap[role], len(predicted), len(gold))
    counts["partial"] = (sum(overlap.values()) / 3, len(predicted), len(gold))
    sources = [(gold[i]["source"], predicted[j]["source"]) for i, j in matched if gold[i]["source"]]
    right = sum(bool(p) and article.head(p) == article.head(g) for g, p in sources)
    with_source = [sum(bool(a["source"]) for a in side) for side in (predicted, gold)]
    counts["source head"] = (right, with_source[0], with_source[1])
    return counts


def _same(words: Words) -> Words:
    return words


def score(
    gold: Iterable[Mapping[str, Any]], predicted: Mapping[str, Sequence[Mapping[str, Any]]], *, bootstrap: int = 0
) -> AttributionScores:
    """Scores of the predicted attributions by article id; an article without any counts as read and found empty.

    `bootstrap` draws as many samples of articles with replacement and gives the middle 95 % of their F1.
    """
    rows, places = [], dict[str, list[int]]()
    for data in gold:
        article = Article(data)
        counts = count(article, article.roles(data["attributions"]), article.roles(predicted.get(article.id, ())))
        places.setdefault(data.get("publisher") or "unknown", []).append(len(rows))
        rows.append([counts[name] for name in MEASURES])
    if not rows:
        raise FormatError("a gold set without articles")
    table = np.array(rows, float)
    outlets = {name: _sum(table[own]) for name, own in sorted(places.items())} if len(places) > 1 else {}
    return AttributionScores(len(rows), _sum(table), _intervals(table, bootstrap) if bootstrap else {}, outlets)


def _sum(table: NDArray[np.float64]) -> dict[str, Ratio]:
    """Every measure over the articles of a table."""
    return {name: Ratio(*table[:, k].sum(0)) for k, name in enumerate(MEASURES)}


def _intervals(table: NDArray[np.float64], draws: int) -> dict[str, tuple[float, float]]:
    picks = np.random.default_rng(0).integers(0, len(table), (draws, len(table)))
    sums = table[picks].sum(1)
    f1 = 2 * sums[..., 0] / np.maximum(1e-9, sums[..., 1] + sums[..., 2])
    return {
        name: (float(np.percentile(f1[:, k], 2.5)), float(np.percentile(f1[:, k], 97.5)))
        for k, name in enumerate(MEASURES)
    }
