"""Learns from annotated readings what yields positions, conditions, meetings and deadlines, and how positions point.

In: folders of gold readings. Out: `reader/data/weighing.json`. Run it again when the features change in
`positions/stances.py`, `conditions/condition_signs.py`, `meetings/meeting_signs.py` or `deadlines/deadlines.py`:
`python -m dragoman.reader.training.weighing corpus/readings/* MORE-FOLDERS`. Statements are gold ones. On statements
that the trained reader found itself, model and weights both learned without the two folders that are read: positions
F1 .47, conditions .57, meetings .72, deadlines .72; the thresholds in those modules are from the same runs. The model's
own opinions (`Found.scores`) were tried for positions and conditions and added nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from dragoman.lexicon import Lexicon
from dragoman.reader.conditions import conditions
from dragoman.reader.conditions.conditions import find_conditions, likeliest
from dragoman.reader.deadlines import deadlines
from dragoman.reader.draft import Draft
from dragoman.reader.meetings import meetings
from dragoman.reader.positions.issue_choice import choose
from dragoman.reader.positions.positions import Candidate, candidates, direction_features
from dragoman.reader.training.naming import choices, learn_names
from dragoman.reader.wording.noun_chunks import chunks_of
from dragoman.reader.wording.stems import overlap
from dragoman.reading import DIRECTIONS, Reading

WEIGHTS = Path(__file__).parent.parent / "data" / "weighing.json"
_PARTS = 4  # of the readings, each told of conditions by weights learned from the others
LEAST_SEEN = 3  # a feature seen less often says nothing that holds elsewhere
POSITION_STRENGTH = 8.0  # of 2 to 16 the prior that tells positions best with folders held out


class Example:
    """One candidate with what the gold says of it: `position` is None where finding it neither counts nor costs."""

    def __init__(self, candidate: Candidate, position: bool | None, directions: frozenset[str]) -> None:
        self.candidate, self.position, self.directions = candidate, position, directions


def gold_draft(reading: Reading) -> Draft:
    """A draft that holds the statements of a gold reading."""
    draft = Draft.of(reading.document, Lexicon.shipped())
    draft.statements, draft.relations = list(reading.statements), list(reading.relations)
    return draft


def examples(reading: Reading, draft: Draft) -> list[Example]:
    """The candidates of a draft, labelled by the gold reading."""
    pool = candidates(draft)
    pairs = []
    for c, candidate in enumerate(pool):
        alone = sum(o.statement.id == candidate.statement.id and o.party == candidate.party for o in pool) == 1
        for n, p in enumerate(reading.positions):
            if p.statement == candidate.statement.id and _accepts(p, candidate.party):
                near = max(overlap(p.stance, candidate.stance), overlap(p.issue, candidate.issue),
                           overlap(f"{p.issue} {p.stance}", f"{candidate.issue} {candidate.stance}"))  # fmt: skip
                if near >= 0.45 or alone:
                    pairs.append((near + 0.3 * ((candidate.kind == "need") == (p.direction == "for")), c, n))
    chosen: dict[int, int] = {}
    for _, c, n in sorted(pairs, reverse=True):
        if c not in chosen and n not in chosen.values():
            chosen[c] = n
    found = []
    for c, candidate in enumerate(pool):
        if c not in chosen:
            found.append(Example(candidate, False, frozenset()))
            continue
        p = reading.positions[chosen[c]]
        ways = frozenset((p.direction, *((p.extra.get("accept") or {}).get("direction") or ())))
        found.append(Example(candidate, None if p.extra.get("optional") else True, ways))
    return found


def condition_rows(reading: Reading, draft: Draft) -> list[tuple[Sequence[str], bool]]:
    """The condition candidates of a draft, with whether the gold has them; those it calls optional are left out."""
    pool = conditions.candidates(draft)
    pairs = []
    for c, candidate in enumerate(pool):
        if candidate.sure is not None:
            continue
        for n, gold in enumerate(reading.conditions):
            if gold.statement == candidate.condition.statement:
                held = overlap(gold.withholds, candidate.condition.withholds)
                needed = max((overlap(a, b) for a in gold.requires for b in candidate.condition.requires), default=0.0)
                if held >= 0.4 or needed >= 0.4:
                    pairs.append((held + needed, c, n))
    labelled = _labelled(pairs, len(pool), reading.conditions)
    # "Should the vote fail" is weighed as an "if"; the few that there are would teach too little.
    learned = [c for c, candidate in enumerate(pool) if candidate.sure is None and candidate.clauses.link != "should"]
    return _without_acts([(pool[c].features, right) for c, right in labelled if c in learned])


def _without_acts(rows: list[tuple[Sequence[str], bool]]) -> list[tuple[Sequence[str], bool]]:
    """The rows, and each again without the act: readers find one act in five wrong, so words must tell alone."""
    return rows + [([f for f in features if "act=" not in f], right) for features, right in rows]


def _labelled(pairs: Sequence[tuple[float, int, int]], size: int, gold: Sequence[Any]) -> Iterable[tuple[int, bool]]:
    """Which of `size` candidates are right: the best of each gold item; those near one, or near optional ones, are out.

    `pairs` are (nearness, candidate, gold item).
    """
    chosen = {n: c for _, c, n in sorted(pairs)}
    near = {c for _, c, _ in pairs}
    for c in range(size):
        owners = [n for n, owner in chosen.items() if owner == c]
        if owners and not any(gold[n].extra.get("optional") for n in owners):
            yield c, True
        elif not owners and c not in near:
            yield c, False


def meeting_rows(reading: Reading, draft: Draft) -> list[tuple[Sequence[str], bool]]:
    """The meeting candidates of a draft, with whether the gold has them; those it calls optional are left out.

    A candidate with the right date is wrong where neither its name nor its place is right and another's may be.
    """
    pool, pairs, fitting = meetings.candidates(draft), [], set()
    for c, candidate in enumerate(pool):
        found = candidate.meeting
        for n, gold in enumerate(reading.meetings):
            if _same_date(gold, found.date) and _touch(gold.span, found.span):
                places = (gold.place, *((gold.extra.get("accept") or {}).get("place") or ()))
                near, same_place = overlap(gold.name, found.name), bool(found.place) and found.place in places
                pairs.append((near + 0.3 * same_place, c, n))
                if near >= 0.5 or same_place:
                    fitting.add(c)
    rows = [(pool[c].features, right) for c, right in _labelled(pairs, len(pool), reading.meetings)]
    owners = set({n: c for _, c, n in sorted(pairs)}.values())
    return rows + [(pool[c].features, False) for c in sorted({c for _, c, _ in pairs} - fitting - owners)]


def deadline_rows(reading: Reading, draft: Draft) -> list[tuple[Sequence[str], bool]]:
    """The deadline candidates of a draft, with whether the gold has them; those it calls optional are left out."""
    pool = deadlines.candidates(draft)
    pairs, near_ones = [], set()  # one whose date is right and whose words are not teaches nothing
    for c, candidate in enumerate(pool):
        found = candidate.deadline
        for n, gold in enumerate(reading.deadlines):
            near = overlap(gold.what, found.what)
            same = gold.statement == found.statement
            if _same_date(gold, found.date) and (near >= 0.5 or same):
                near_ones.add(c)
                if near >= 0.5:
                    pairs.append((near + 0.5 * same, c, n))
    chosen = {n: c for _, c, n in sorted(pairs)}
    rows: list[tuple[Sequence[str], bool]] = []
    for c, candidate in enumerate(pool):
        owners = [n for n, owner in chosen.items() if owner == c]
        if owners:
            if not any(reading.deadlines[n].extra.get("optional") for n in owners):
                rows.append((candidate.features, True))
        elif c not in near_ones:
            rows.append((candidate.features, False))
    return _without_acts(rows)


def _same_date(gold: Any, date: str | None) -> bool:
    for wanted in (gold.date, *((gold.extra.get("accept") or {}).get("date") or ())):
        length = {"year": 4, "month": 7}.get(gold.precision, 10)
        if wanted == date or (wanted and date and wanted[:length] == date[:length]):
            return True
    return False


def _touch(one: Any, other: Any) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one for b in other)


def _accepts(position: Any, party: str) -> bool:
    return party in (position.party, *((position.extra.get("accept") or {}).get("party") or ()))


def learn(rows: Sequence[tuple[Sequence[str], bool]], *, strength: float = 4.0, rounds: int = 300) -> dict[str, float]:
    """Weights of a logistic regression with an L2 prior, by plain gradient descent with momentum."""
    seen = Counter(f for features, _ in rows for f in set(features))
    names = sorted(f for f, n in seen.items() if n >= LEAST_SEEN)
    index = {f: n for n, f in enumerate(names)}
    places = [(r, index[f]) for r, (features, _) in enumerate(rows) for f in set(features) if f in index]
    ones = np.ones(len(places), np.float32)
    matrix = csr_array((ones, tuple(zip(*places, strict=True))), shape=(len(rows), len(names)))
    across = matrix.T.tocsr()
    target = np.array([float(label) for _, label in rows], dtype=np.float32)
    prior = np.full(len(names), strength, dtype=np.float32)
    if "bias" in index:
        prior[index["bias"]] = 0.01
    weight, speed = np.zeros(len(names), dtype=np.float32), np.zeros(len(names), dtype=np.float32)
    rate = 4.0 / (matrix.sum(axis=1).max() * len(rows) / 4 + strength)
    for _ in range(rounds):
        guess = 1 / (1 + np.exp(-(matrix @ weight)))
        slope = across @ (guess - target) + prior * weight
        speed = 0.9 * speed - rate * slope
        weight = weight + speed
    return {f: round(float(weight[n]), 3) for f, n in index.items() if abs(weight[n]) >= 0.01}


def train(gold: Sequence[Reading]) -> dict[str, dict[str, float]]:
    """The weights of every decision.

    Statements that the rules find in the same texts were tried beside the gold ones: one point more on what the rules
    read, two points less on better statements.
    """
    pairs = [(reading, gold_draft(reading)) for reading in gold]
    conditional = [condition_rows(*pair) for pair in pairs]
    for number in range(_PARTS):  # what a position is told by has to be as unsure of conditions as it will be later
        table = _learn_conditions(rows for n, rows in enumerate(conditional) if n % _PARTS != number)
        for _, draft in pairs[number::_PARTS]:
            draft.conditional = likeliest(draft, table=table)
            draft.conditions = find_conditions(draft)
    names = learn_names(choice for pair in pairs for choice in choices(*pair))
    return {
        "position": learn_positions(e for pair in pairs for e in examples(*pair)),
        **learn_directions([row for pair in pairs for row in direction_rows(*pair, names)]),
        "issue": names,
        "condition": _learn_conditions(conditional),
        "meeting": learn([row for pair in pairs for row in meeting_rows(*pair)]),
        "deadline": learn([row for pair in pairs for row in deadline_rows(*pair)], strength=2.0),
    }


def _learn_conditions(rows: Iterable[list[tuple[Sequence[str], bool]]]) -> dict[str, float]:
    return learn([row for some in rows for row in some], strength=2.0)


def learn_positions(found: Iterable[Example]) -> dict[str, float]:
    """The weights of what yields a position."""
    rows = [(e.candidate.features, e.position) for e in found if e.position is not None]
    return learn(rows, strength=POSITION_STRENGTH)


def direction_rows(
    reading: Reading, draft: Draft, names: Mapping[str, float]
) -> list[tuple[Sequence[str], frozenset[str]]]:
    """What speaks for the directions of a draft's positions, with those that are right.

    A position points towards its issue, so each issue is called here as `names` would have it called. Those that rest
    on a condition teach too, although rules tell them.
    """
    rows, chunks = [], chunks_of(draft)
    for e in examples(reading, draft):
        c = e.candidate
        if e.directions:
            name = choose(chunks, c.stance, c.statement, c.issue, table=names)
            rows.append((direction_features(c, name), e.directions))
    return rows


def learn_directions(rows: Sequence[tuple[Sequence[str], frozenset[str]]]) -> dict[str, dict[str, float]]:
    """The weights of each way that a position may point."""
    return {
        f"direction:{way}": learn(
            _without_acts([(features, way in right) for features, right in rows]), strength=POSITION_STRENGTH
        )
        for way in DIRECTIONS
    }


def readings(folders: Iterable[Path]) -> list[Reading]:
    """The gold readings of some folders."""
    return [Reading.from_json(json.loads(path.read_text("utf-8")))
            for folder in folders for path in sorted(folder.glob("*.reading.json"))]  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Train on folders and write the weights."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    options = parser.parse_args(arguments)
    table = train(readings(options.folders))
    data = {
        "source": "Learned by dragoman/reader/training/weighing.py from annotated invented reports (CC BY 4.0)",
        "weights": table,
    }
    WEIGHTS.write_text(json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
