"""Chooses the act of a find from all that speaks for one: the network, the rules, and the words themselves.

In: a find with the network's probabilities. Out: one of the acts. The weights are a logistic regression learned from
annotated reports, on what the network said of reports it had not seen (`training/choices`).
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dragoman.reader.draft import Found
from dragoman.reader.rules import acts
from dragoman.reading import ACTS, Document

_WORD = re.compile(r"[^\W_]+|%")
_MOODS = re.compile(
    r"\b(?:(?P<ought>must|should|need to|needs to|has to|have to|had to|ought to|let|stop)|"
    r"(?P<not>(?:will|would|could) not|(?:won|wouldn|can|couldn)['’]t|cannot|never|refuse[sd]?|no longer)|"
    r"(?P<will>will|would|shall|going to)|(?P<may>may|might|could|can|likely|expect\w*|hope\w*))\b|['’](?P<so>ll|d)\b",
    re.IGNORECASE,
)
_LONGEST = 45  # words of content that are looked at: the strongest words of a statement stand early


def signs(document: Document, found: Found) -> Iterator[str]:
    """The words and rules that a find's act shows by; some more than once."""
    rule, said = acts.act_of(document, found), found.content.text(document, joint=" ")
    mood = _mood(said)
    yield "always"
    yield from (f"rule {rule}", f"mood {mood}", f"rule {rule} mood {mood}")
    cue = _words(found.cue.text(document, joint=" "))
    content = _words(said)[:_LONGEST]
    yield from [f"rule {rule} cue {word}" for word in cue]
    yield from [f"content {first} _ {third}" for first, third in zip(content, content[2:], strict=False)]
    for kind, some in (("cue", cue), ("content", content)):
        yield from [f"{kind} {word}" for word in some]
        yield from [f"{kind} {first} {second}" for first, second in itertools.pairwise(some)]
    if content:
        yield f"first {content[0]}"
        yield f"short {len(content) < 4}"
    yield f"form {found.form}"
    yield f"source {bool(found.source)}"


def _mood(said: str) -> str:
    """What the first word says that tells what ought to be, will be, will not be or may be."""
    found = _MOODS.search(said)
    return found.lastgroup or "" if found else ""


def _words(text: str) -> list[str]:
    return ["0" if w[0].isdigit() else _stem(w) for w in _WORD.findall(text.lower().replace("’", "'"))]


@lru_cache(maxsize=1 << 14)
def _stem(word: str) -> str:
    """A word without its English ending, roughly."""
    for ending, left in (("ing", 4), ("ed", 3), ("es", 3), ("s", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= left and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    return word.rstrip("e") if len(word) > 3 else word


@dataclass(frozen=True, slots=True)
class ActChoice:
    """The weights of signs for each act, and how much the network's own opinion counts."""

    signs: Mapping[str, int]  # the row of each
    weights: NDArray[np.float32]  # [signs, acts]
    network: NDArray[np.float32]  # [acts, acts]: from the network's log-probability of one act to another's score

    @classmethod
    def of(cls, names: NDArray[np.str_], weights: NDArray[np.floating], network: NDArray[np.floating]) -> ActChoice:
        """From arrays as they are kept."""
        rows = {name: row for row, name in enumerate(names.tolist())}
        return cls(rows, weights.astype(np.float32), network.astype(np.float32))

    def scores(self, document: Document, found: Found) -> NDArray[np.float32]:
        """The probability of each act."""
        total = opinion(found) @ self.network
        # In the order of the signs: the sum of floats in a set's order would differ from run to run.
        rows = [self.signs[sign] for sign in dict.fromkeys(signs(document, found)) if sign in self.signs]
        if rows:
            total = total + np.add.reduce(self.weights.take(rows, axis=0))
        e = np.exp(total - total.max())
        result: NDArray[np.float32] = e / e.sum()
        return result


def opinion(found: Found) -> NDArray[np.float32]:
    """The network's log-probabilities of the acts."""
    return np.array([math.log(max(found.scores.get(act, 0.0), 0.001)) for act in ACTS], np.float32)
