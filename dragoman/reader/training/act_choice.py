"""Learns how much the network, the rules and the words themselves count for the act of a statement.

In: finds in held-out reports beside their gold. Out: the arrays that `judging.ActChoice` is made of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from dragoman.reader.draft import Draft, Found
from dragoman.reader.network.judging import opinion, signs
from dragoman.reader.training.comparing import SpanMap, enough, f1_of_sets, pairs
from dragoman.reading import ACTS

LEAST = 2  # how often a sign must have been seen; with 3 held-out accuracy was half a point lower
RIDGE = 1.0  # between 0.5 and 2 held-out accuracy moved by less than a point


@dataclass(frozen=True, slots=True)
class Case:
    """One find whose gold act is known."""

    group: int
    network: NDArray[np.float32]
    signs: frozenset[str]
    wanted: NDArray[np.float32]  # how good each act is: 0 for wrong ones
    counts: bool  # whether the statement is scored


def cases(
    gold: Sequence[Mapping[str, Any]], drafts: Sequence[Draft], found: Sequence[Sequence[Found]], group: int
) -> Iterable[Case]:
    """The finds that match a gold statement."""
    for reading, draft, some in zip(gold, drafts, found, strict=True):
        spans = SpanMap(draft.document.text, draft.document.text)
        wanted = [spans.gold_words(s["content"]) for s in reading["statements"]]
        given = [spans.gold_words(f.content) for f in some]
        for i, j in pairs(wanted, given, lambda a, b: enough(f1_of_sets(a, b)) if a else 0.0):
            statement = reading["statements"][i]
            good = [statement["act"], *((statement.get("accept") or {}).get("act") or [])]
            share = np.zeros(len(ACTS), np.float32)
            for act in good:
                if act in ACTS:
                    share[ACTS.index(act)] += 0.3 / len(good)
            share[ACTS.index(statement["act"])] += 0.7
            scored = not (statement.get("optional") or statement.get("within"))
            named = frozenset(signs(draft.document, some[j]))
            yield Case(group, opinion(some[j]), named, share, scored)


def fit(some: Sequence[Case]) -> dict[str, NDArray[Any]]:
    """A logistic regression on signs and the network's opinion."""
    seen = Counter(sign for case in some for sign in case.signs)
    names = sorted(sign for sign, count in seen.items() if count >= LEAST)
    x, network = _sparse(some, names), torch.tensor(np.stack([c.network for c in some]))
    y = torch.tensor(np.stack([c.wanted for c in some]))
    weights = torch.zeros(len(names), len(ACTS), requires_grad=True)
    mixing = (torch.eye(len(ACTS)) * 0.5).requires_grad_()
    optimizer = torch.optim.LBFGS([weights, mixing], max_iter=300, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = torch.sparse.mm(x, weights) + network @ mixing
        near = ((mixing - torch.eye(len(ACTS)) * 0.5) ** 2).sum()
        value = -(y * scores.log_softmax(1)).sum() + RIDGE * (weights**2).sum() + near
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return {
        "act_signs": np.array(names),
        "act_weights": weights.detach().numpy().astype(np.float16),
        "act_network": mixing.detach().numpy().astype(np.float32),
    }


def _sparse(some: Sequence[Case], names: Sequence[str]) -> torch.Tensor:
    place = {name: n for n, name in enumerate(names)}
    at = [(row, place[sign]) for row, case in enumerate(some) for sign in case.signs if sign in place]
    index = torch.tensor(at).T
    with torch.sparse.check_sparse_tensor_invariants():
        return torch.sparse_coo_tensor(index, torch.ones(index.shape[1]), (len(some), len(names))).coalesce()


def right(arrays: Mapping[str, NDArray[Any]], some: Sequence[Case]) -> float:
    """The share of the scored cases whose act is right."""
    place = {name: n for n, name in enumerate(arrays["act_signs"].tolist())}
    hits = [
        case.wanted[(case.network @ arrays["act_network"] + sum(
            (arrays["act_weights"][place[s]].astype(np.float32) for s in case.signs if s in place),
            np.zeros(len(ACTS), np.float32),
        )).argmax()] > 0
        for case in some
        if case.counts
    ]  # fmt: skip
    return sum(hits) / len(hits) if hits else 0.0
