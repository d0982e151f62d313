"""What is at issue: one name for everything that is called by nearly the same words, and the issues of statements.

In: issue names in the order in which they became known, seeds and decisions. Out: Topics, which answers for any name.
A name joins the first issue that shares most of its stems, so later documents never rename earlier issues.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dragoman.lexicon import Lexicon
from dragoman.reading import Decision
from dragoman.table.decisions import unplaced
from dragoman.table.facts import Facts
from dragoman.table.parties import Groups, key_of
from dragoman.table.values import Proposal, Unplaced
from dragoman.table.words import listed, overlap, stems

Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]
# Two names that share two of three stems are one issue ("withdrawal of patrol boats", "patrol boats"), and so are names
# of which one holds two thirds of the other, at least two stems ("reopening of the strait", "has shelved the reopening
# of the strait"); names that share half are proposed. Half is too little: "return of Port Sael", "guns in Port Sael".
SAME, ALIKE, HELD, AT_LEAST = 0.66, 0.5, 0.66, 2
SAME_VECTOR, ALIKE_VECTOR = 0.85, 0.7


@dataclass(frozen=True, slots=True)
class Topics:
    """The answer to "which issue is that?"."""

    canonical: dict[str, str]  # key of an issue's name -> the name to show
    spellings: dict[str, tuple[str, ...]]
    seeded: frozenset[str]
    ids: dict[str, str]
    by_stem: dict[str, tuple[str, ...]]
    proposals: tuple[Proposal, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()

    def issue(self, name: str | None) -> str | None:
        """The issue of that name; None when there is none."""
        return self.canonical.get(key_of(name)) if name else None

    def issues(self, names: Sequence[str]) -> tuple[str, ...]:
        """The issues of these names, each once."""
        if len(names) == 1:
            return (self.canonical.get(key_of(names[0]), names[0]),)
        return tuple(dict.fromkeys(self.canonical.get(key_of(name), name) for name in names))

    def about(self, text: str) -> tuple[str, ...]:
        """The issues all of whose words stand in a text, for a statement that names none."""
        here = stems(text)
        candidates: dict[str, None] = {}
        for stem in sorted(here):
            for name in self.by_stem.get(stem, ()):
                candidates[name] = None
        return tuple(sorted(name for name in candidates if stems(name) <= here))


def resolve(
    all_facts: Iterable[Facts], lexicon: Lexicon, decisions: Iterable[Decision] = (), *, embed: Embed | None = None
) -> Topics:
    """Find out which names are one issue, in the order in which documents became known."""
    decided = [d for d in decisions if d.kind.startswith("issue.")]
    seeds: dict[str, None] = {}
    split: set[str] = set()
    groups = Groups()
    for entry in lexicon.issues:
        seeds[entry.name] = None
        for alias in entry.aliases:
            groups.join(key_of(entry.name), key_of(alias))
    for d in decided:
        if d.kind in ("issue.add", "issue.seed"):
            seeds[str(d.target.get("name"))] = None
            split.add(key_of(str(d.target.get("name"))))
    names: dict[str, str] = {}  # key -> first spelling, in order
    for name in (*seeds, *(issue for fact in all_facts for issue in fact.issues)):
        names.setdefault(key_of(name), name)
    names.pop("", None)
    found = _cluster(list(names.values()), split, embed)
    for key, leader in found.leaders.items():
        groups.join(key, key_of(leader))
    follows, lost = _decide(decided, names, groups)
    return _topics(names, groups, follows, frozenset(seeds), found.proposals, lost)


@dataclass(frozen=True, slots=True)
class _Clusters:
    leaders: dict[str, str]
    proposals: tuple[Proposal, ...]


def _cluster(names: list[str], alone: set[str], embed: Embed | None) -> _Clusters:
    vectors = dict(zip(names, embed(names), strict=True)) if embed and names else {}
    leaders: dict[str, str] = {}
    posting: dict[str, list[str]] = defaultdict(list)
    heads: list[str] = []
    proposals: list[Proposal] = []
    for name in names:
        here = _salient(name)
        best, score, why = None, 0.0, ""
        others = heads if vectors else dict.fromkeys(n for stem in sorted(here) for n in posting.get(stem, ()))
        for other in others:
            there = _salient(other)
            words = _likeness(here, there)
            close = _cosine(vectors[name], vectors[other]) if vectors else 0.0
            if max(words, close) > score:
                best, score = other, max(words, close)
                why = "share most of their words" if words >= close else "mean nearly the same"
                same = words >= SAME or close >= SAME_VECTOR
        if best is not None and same and key_of(name) not in alone:
            leaders[key_of(name)] = best
            continue
        if best is not None and score >= (ALIKE_VECTOR if vectors else ALIKE) and key_of(name) not in alone:
            proposals.append(Proposal("issue.merge", name, best, round(score, 2), f"the names {why}"))
        heads.append(name)
        leaders[key_of(name)] = name
        for stem in here:
            posting[stem].append(name)
    return _Clusters(leaders, tuple(sorted(proposals, key=lambda p: (-p.score, p.name))))


def _salient(name: str) -> frozenset[str]:
    """The stems that say what a name is about: no numbers, days and other light words, unless it has no others."""
    found = stems(name)
    plain = frozenset(s for s in found if not s[0].isdigit()) - stems(" ".join(sorted(listed("light"))))
    return plain or found or frozenset((key_of(name),))


def _likeness(here: frozenset[str], there: frozenset[str]) -> float:
    if max(len(here), len(there)) == 1:
        return 1.0 if here == there else 0.0
    shared, less = len(here & there), min(len(here), len(there))
    whole = overlap(here, there)
    if shared >= AT_LEAST and shared / less >= HELD:
        return max(whole, SAME)
    return whole


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    length = (sum(a * a for a in one) * sum(b * b for b in other)) ** 0.5
    return sum(a * b for a, b in zip(one, other, strict=True)) / length if length else 0.0


def _decide(
    decided: list[Decision], names: dict[str, str], groups: Groups
) -> tuple[dict[str, str], tuple[Unplaced, ...]]:
    follows: dict[str, str] = {}
    lost: list[Unplaced] = []
    for d in decided:
        name = str(d.target.get("name") or "")
        if d.kind in ("issue.merge", "issue.rename"):
            other = str(d.value.get("into") or d.value.get("to") or "")
            if key_of(name) not in names and key_of(other) not in names:
                lost.append(unplaced(d, f"nothing is at issue under the name {name!r}"))
                continue
            if _ring(follows, key_of(other), key_of(name)):
                lost.append(unplaced(d, f"{name!r} and {other!r} would be named after each other in a ring"))
                continue
            groups.join(key_of(name), key_of(other))
            names.setdefault(key_of(other), other)
            names.setdefault(key_of(name), name)
            follows[key_of(name)] = other
        for alias in d.value.get("aliases") or ():
            names.setdefault(key_of(str(alias)), str(alias))
            groups.join(key_of(name), key_of(str(alias)))
    return follows, tuple(lost)


def _ring(follows: dict[str, str], start: str, goal: str) -> bool:
    seen: set[str] = set()
    while start != goal:
        if start in seen or start not in follows:
            return False
        seen.add(start)
        start = key_of(follows[start])
    return True


def _topics(
    names: dict[str, str], groups: Groups, follows: dict[str, str], seeds: frozenset[str],
    proposals: tuple[Proposal, ...], lost: tuple[Unplaced, ...],
) -> Topics:  # fmt: skip
    from dragoman.table.words import slug

    members: dict[str, list[str]] = defaultdict(list)
    for key in names:  # in order: the first name of a group is its name
        members[groups.find(key)].append(key)
    canonical, spellings, ids = {}, {}, {}
    by_stem: dict[str, list[str]] = defaultdict(list)
    for keys in members.values():
        renamed = [k for k in keys if k in follows and key_of(follows[k]) not in follows]
        name = follows[renamed[-1]] if renamed else names[keys[0]]
        for key in keys:
            canonical[key] = name
        spellings[name] = tuple(sorted({names[k] for k in keys} - {name}))
        ids[name] = slug(names[keys[0]])
        for stem in stems(name):
            by_stem[stem].append(name)
    seeded = frozenset(canonical.get(key_of(name), name) for name in seeds)
    stem_index = {stem: tuple(found) for stem, found in by_stem.items()}
    return Topics(canonical, spellings, seeded, ids, stem_index, proposals, lost)
