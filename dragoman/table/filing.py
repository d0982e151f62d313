"""Under which issue positions are filed: those of several reports that say nearly the same thing are on one issue,
whatever words their readings name it by.

In: the positions of documents in the order in which these became known. Out: for those that are filed elsewhere the
wording under which they are. Asked again with more documents behind the same ones, it goes on from where it was.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from dragoman.folding import fold, words
from dragoman.reading import Position, Reading
from dragoman.table.facts import Facts
from dragoman.table.grouping import Embed
from dragoman.table.people import key_of
from dragoman.table.wording import best, salient
from dragoman.table.words import contained, listed, stems

# Cosines of the shipped vectors, of what stances say without names, cues and conditions. Of pairs of stances from two
# reports of the story that ships with the project, nineteen in twenty above 0.6 are on one issue; three in four above
# 0.45.
SAME_STANCE = 0.6
# A stance of less than so many stems says too little to be compared.
LEAST = 2
# With more positions than so many their own wordings must do: every new one is compared with all before it.
MOST_FILED = 6000


class Stated(NamedTuple):
    """The positions of one document that count, each by its place among the sure and the possible ones."""

    facts: Facts
    places: frozenset[int]


class _Row(NamedTuple):
    document: str
    place: int
    issue: str
    here: frozenset[str]  # the stems of its stance, up to a condition


class Filing:
    """Files positions; `embed` turns texts into vectors, without it nothing is filed elsewhere."""

    def __init__(self, embed: Embed | None = None) -> None:
        self._embed = embed
        self._start()

    def _start(self) -> None:
        self._fed: list[Stated] = []
        self._clusters: list[list[_Row]] = []
        self._shared: dict[int, None] = {}  # which of them have positions of several documents
        self._vectors: Any = None  # a matrix with a row for the first position of each cluster, with room for more

    def file(
        self, given: Sequence[Stated], kept: Collection[str], weights: Mapping[str, int]
    ) -> dict[str, dict[int, str]]:
        """By document and place the wording under which a position is filed; names with a key in `kept` stay.

        `weights` tell by key in how many documents the issue of a name stands.
        """
        if self._embed is None or sum(len(stated.places) for stated in given) > MOST_FILED:
            self._start()
            return {}
        known = len(self._fed)
        if known > len(given) or not all(map(_same, self._fed, given)):
            self._start()
            known = 0
        for stated in given[known:]:
            self._take(stated)
        self._fed = list(given)
        found: dict[str, dict[int, str]] = defaultdict(dict)
        for at in self._shared:
            rows = self._clusters[at]
            name = _name(rows, kept, weights)
            if name is None:
                continue
            for row in rows:
                if key_of(row.issue) != key_of(name) and key_of(row.issue) not in kept:
                    found[row.document][row.place] = name
        return dict(found)

    def _take(self, stated: Stated) -> None:
        """Put each position of a document to those of earlier ones that it is most like."""
        rows, texts = [], []
        for row, said in _rows(stated.facts):
            if row.place in stated.places:
                rows.append(row)
                texts.append(said)
        if not rows or self._embed is None:
            return
        vectors = self._embed(texts)
        nearest = [self._nearest(vector) for vector in vectors]
        for row, vector, at in zip(rows, vectors, nearest, strict=True):
            if at is None:
                self._open(row, vector)
            else:
                self._clusters[at].append(row)
                self._shared[at] = None

    def _nearest(self, vector: Any) -> int | None:
        if not self._clusters:
            return None
        cosines = self._vectors[: len(self._clusters)] @ vector
        at = int(cosines.argmax())
        return at if float(cosines[at]) >= SAME_STANCE else None

    def _open(self, row: _Row, vector: Any) -> None:
        import numpy as np

        if self._vectors is None or len(self._vectors) == len(self._clusters):
            room = np.zeros((max(64, 2 * len(self._clusters)), len(vector)), np.float32)
            if self._vectors is not None:
                room[: len(self._vectors)] = self._vectors
            self._vectors = room
        self._vectors[len(self._clusters)] = np.asarray(vector, np.float32)
        self._clusters.append([row])


def _rows(facts: Facts) -> tuple[tuple[_Row, str], ...]:
    """The positions of a document that say enough to be compared, with what they say, worked out once."""
    known: tuple[tuple[_Row, str], ...] | None = facts.passages.get("filing")
    if known is None:
        found = []
        for place, position in enumerate((*facts.reading.positions, *facts.possible)):
            main = _up_to_condition(position.stance)
            said = _substance(main, position, facts.reading)
            if len(stems(said)) >= LEAST:
                found.append((_Row(facts.id, place, position.issue, stems(main)), said))
        known = facts.passages["filing"] = tuple(found)
    return known


def _same(one: Stated, other: Stated) -> bool:
    return one is other or (one.facts is other.facts and one.places == other.places)


def _name(rows: Sequence[_Row], kept: Collection[str], weights: Mapping[str, int]) -> str | None:
    """The wording of which most of these stances speak: one that people gave, else the one that is used most."""
    if len({key_of(row.issue) for row in rows}) == 1:
        return None
    counts = Counter(row.issue for row in rows)
    given = [name for name in counts if key_of(name) in kept] or list(counts)
    worth = {
        name: (
            sum(contained(salient(name), row.here) for row in rows),
            weights.get(key_of(name), 0),
            len(salient(name)),
        )
        for name in given
    }
    most = max(worth.values())
    return best([name for name in given if worth[name] == most], counts)


@cache
def _condition() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(listed('conditional'), key=len, reverse=True))})\b", re.I)


def _up_to_condition(stance: str) -> str:
    """What a stance is about, without the condition that it is bound to."""
    return _condition().split(stance)[0].strip() or stance


def _substance(main: str, position: Position, reading: Reading) -> str:
    """The words of a stance that say what it is about: no names, no cue, no words that any stance may have."""
    statement = next((s for s in reading.statements if s.id == position.statement), None)
    cue = frozenset(words(statement.cue.text(reading.document))) if statement is not None else frozenset()
    idle = listed("stop") | listed("demanding") | cue
    return " ".join(word for word in main.split() if not word[:1].isupper() and fold(word.strip(_MARKS)) not in idle)


_MARKS = ".,;:!?'\"“”‘’()"
