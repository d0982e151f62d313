"""Learns from annotated readings for whom speakers speak.

In: folders of gold readings. Out: `reader/data/parties.json`. Run it again when the features in
`reader/parties/field.py` or the rules of `reader/parties/affiliation.py` change:
`python -m dragoman.reader.training.parties corpus/readings/*`; the trained finder is used for the names in the texts.
Over the statements that the trained reader finds, with two folders held out from all that is learned, the party is
right in 83 of 100, on the separate practice readings in 81. The prior and the trust in the rules were chosen on such
scores, which flatters a little.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft, Found
from dragoman.reader.names.casting import cast_of
from dragoman.reader.parties.field import Field
from dragoman.reader.parties.parties import Choice, choices
from dragoman.reader.rules.rules import nested
from dragoman.reader.speakers.speakers import Speakers
from dragoman.reader.training.weighing import readings
from dragoman.reader.vocabulary import key_of
from dragoman.reading import Reading, Statement

WEIGHTS = Path(__file__).parent.parent / "data" / "parties.json"
LEAST_SEEN = 3  # a feature seen less often says nothing that holds elsewhere
# What a choice counts whose right party is taken away. With folders held out, at 0 another state is then given to 83 in
# 100 persons of a state, at 0.3 to 33; of persons as they stand 84 in 100 have the right party at both.
UNNAMED = 0.3


@dataclass(frozen=True, slots=True)
class Example:
    """One speaker: the features of each party to choose from, which are right, and how much it counts."""

    features: list[list[str]]
    right: list[bool]
    weight: float


def drafts(gold: Sequence[Reading]) -> list[Draft]:
    """A draft for each gold reading, with its statements as found and the names that the trained finder sees."""
    from dragoman.reader.network.model import TrainedFinder

    made = [Draft.of(reading.document, Lexicon.shipped()) for reading in gold]
    for draft, reading, (_, mentions) in zip(made, gold, TrainedFinder().find(made), strict=True):
        places = {s.id: n for n, s in enumerate(reading.statements)}
        draft.mentions = mentions
        draft.found = [
            Found(s.source, s.cue, s.content, 1.0, within=places.get(s.within or "")) for s in reading.statements
        ]
    return made


def examples(reading: Reading, draft: Draft) -> list[Example]:
    """The speakers of one reading that have a right answer among their choices."""
    found = nested([f for f in draft.found if f.content])
    by_place = {(s.content, s.cue): s for s in reading.statements if not s.extra.get("optional")}
    draft.cast = whole = cast_of(draft)
    speakers = Speakers(whole)
    actors = [speakers.speaker(f) for f in found]
    aliases = {key_of(name): {key_of(o) for o in others} | {key_of(name)}
               for name, others in (reading.extra.get("aliases") or {}).items()}  # fmt: skip
    made = []
    for choice in choices(whole, found, actors):
        gold = [s for n in choice.statements if (s := by_place.get((found[n].content, found[n].cue)))]
        own = key_of(choice.actor.name).split()[-1:]
        gold = [s for s in gold if key_of(s.speaker.name or "").split()[-1:] == own] or gold
        right = [sum(_fits(s, o.name, aliases) for s in gold) * 2 > len(gold) for o in choice.options]
        if any(right):
            weight = max(0.5, sum(not s.within for s in gold)) ** 0.5
            made += _unnamed(draft, choice, right, weight)
            choice.actor.party = choice.options[right.index(True)].name  # for those whom this speaker owns
            made.append(Example(choice.features, right, weight))
    return made


def _unnamed(draft: Draft, choice: Choice, right: Sequence[bool], weight: float) -> list[Example]:
    """A person's choice as it were if the text did not name the right party, so that nobody is the right answer.

    The reports of the corpus name every party; news often leaves to its readers of which state somebody is president.
    The rules then give the state that is named most.
    """
    actor, told = choice.actor, (choice.actor.party, choice.actor.why)
    named = [option for option, is_right in zip(choice.options, right, strict=True) if is_right]
    sorts = {option.sort for option in named}
    if actor.kind != "person" or actor.owner is not None or sorts.isdisjoint(("land", "body")):
        return []
    others = [option for option in choice.options if option not in named]
    if key_of(actor.party or "") in {option.key for option in named}:
        lands = [option for option in others if option.sort == "land" and "land" in sorts]
        actor.party = max(lands, key=lambda option: len(option.places)).name if lands else None
        actor.why = "office alone" if lands else actor.why
    asked = Choice(actor, choice.statements, others, cast(Field, draft.named).parts(actor, choice.statements, others))
    actor.party, actor.why = told
    return [Example(asked.features, [option.name is None for option in others], UNNAMED * weight)]


def _fits(statement: Statement, party: str | None, aliases: dict[str, set[str]]) -> bool:
    for wanted in (statement.speaker.party, *((statement.extra.get("accept") or {}).get("party") or ())):
        if not wanted or not party:
            if not wanted and not party:
                return True
            continue
        names = next((known for known in aliases.values() if key_of(wanted) in known), {key_of(wanted)})
        if key_of(party) in names:
            return True
    return False


def learn(found: Sequence[Example], *, strength: float = 9.0, rounds: int = 150) -> dict[str, float]:
    """Weights under which the right party is the likeliest of each choice, with an L2 prior, by Adam."""
    seen = Counter(f for e in found for features in e.features for f in features)
    index = {f: n for n, f in enumerate(sorted(f for f, n in seen.items() if n >= LEAST_SEEN))}
    pairs = [(row, index[f]) for row, features in enumerate(r for e in found for r in e.features)
             for f in sorted(set(features)) if f in index]  # fmt: skip
    rows, columns = (np.array(side) for side in zip(*pairs, strict=True))
    group = np.array([n for n, e in enumerate(found) for _ in e.features])
    right = np.array([float(r) for e in found for r in e.right])
    weight = np.array([e.weight for e in found])
    value, mean, square = np.zeros(len(index)), np.zeros(len(index)), np.zeros(len(index))

    def shares(scores: np.ndarray) -> np.ndarray:
        return scores / np.maximum(np.bincount(group, scores, minlength=len(found)), 1e-12)[group]

    for step in range(1, rounds + 1):
        sums = np.bincount(rows, value[columns], minlength=len(group))
        top = np.full(len(found), -np.inf)
        np.maximum.at(top, group, sums)
        likely = np.exp(sums - top[group])
        miss = (shares(likely) - shares(likely * right)) * weight[group]
        slope = np.bincount(columns, miss[rows], minlength=len(index)) + strength * value
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope * slope
        speed = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        value -= 0.1 * (1 - step / (rounds + 1)) * speed
    return {f: round(float(value[n]), 3) for f, n in index.items() if abs(value[n]) >= 0.01}


def train(gold: Sequence[Reading]) -> dict[str, float]:
    """The weights that some gold readings teach."""
    return learn([e for reading, draft in zip(gold, drafts(gold), strict=True) for e in examples(reading, draft)])


def main(arguments: Iterable[str] | None = None) -> int:
    """Train on folders and write the weights."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    data = {
        "source": "Learned by dragoman/reader/training/parties.py from annotated invented reports (CC BY 4.0)",
        "weights": train(readings(options.folders)),
    }
    WEIGHTS.write_text(json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
