"""Names that look alike: proposed to people as one, never joined unasked.

In: Names. Out: Proposals, the likeliest first.
"""

from __future__ import annotations

from collections import defaultdict

from dragoman.table.names import Names
from dragoman.table.people import key_of
from dragoman.table.values import Proposal

# Look-alike names are proposed from this rapidfuzz score on: one letter in eight may differ, which lets "Riyad Hijab"
# and "Riad Hijab" through (95) and keeps "North Korea" and "South Korea" apart (82).
LOOK_ALIKE = 88.0


def proposals(names: Names) -> tuple[Proposal, ...]:
    """Names that look alike but were not made one: for a person to decide, unless one was set apart already."""
    from rapidfuzz import fuzz

    shown = {**{k: n for k, n in names.canonical.items()}, **names.people}
    parties = set(names.canonical.values())
    blocks: dict[str, set[str]] = defaultdict(set)
    for key, name in shown.items():
        for word in key.split():
            blocks[word[:4]].add(name)
        if " " in key:
            blocks["".join(w[0] for w in key.split() if w not in ("of", "the", "and"))].add(name)
        elif len(key) <= 6:
            blocks[key].add(name)
    found: dict[tuple[str, str], Proposal] = {}
    for block in sorted(blocks):
        alike = sorted(blocks[block])[:150]
        for number, one in enumerate(alike):
            for other in alike[number + 1 :]:
                if (one in parties) != (other in parties) or (one, other) in found:
                    continue
                short, long = sorted((one, other), key=lambda n: (len(n), n))
                initials = "".join(w[0] for w in key_of(long).split() if w not in ("of", "the", "and"))
                score = fuzz.token_sort_ratio(key_of(one), key_of(other))
                if " " in long and key_of(short) == initials and len(initials) > 1:
                    found[one, other] = Proposal("party.merge", short, long, 0.8, "its letters begin the words")
                elif score >= LOOK_ALIKE and key_of(one) != key_of(other):
                    found[one, other] = Proposal(
                        "party.merge", short, long, round(score / 100, 2), "the names look alike"
                    )
    asked = [p for p in (*found.values(), *names.proposed) if names.apart.isdisjoint((key_of(p.name), key_of(p.into)))]
    return tuple(sorted(asked, key=lambda p: (-p.score, p.name, p.into)))
