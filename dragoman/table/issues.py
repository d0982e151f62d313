"""What is at issue: one name for everything that is called by nearly the same words, and the issues of statements.

In: issue names in the order in which they became known, seeds and decisions. Out: Topics, which answers for any name.
How names are grouped stands in `grouping`; an issue is shown by the best of its wordings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from dragoman.lexicon import Lexicon
from dragoman.reading import Decision, Position
from dragoman.table.decisions import unplaced
from dragoman.table.facts import Facts
from dragoman.table.filing import Filing, Stated
from dragoman.table.grouping import Grouping
from dragoman.table.groups import Groups, leads_to
from dragoman.table.names import Names
from dragoman.table.people import key_of
from dragoman.table.values import Proposal, Unplaced
from dragoman.table.wording import SAME, best, likeness, salient
from dragoman.table.words import stems


@dataclass(frozen=True, slots=True)
class Topics:
    """The answer to "which issue is that?"."""

    canonical: dict[str, str]  # key of an issue's name -> the name to show
    spellings: dict[str, tuple[str, ...]]
    seeded: frozenset[str]
    ids: dict[str, str]
    by_stem: dict[str, tuple[str, ...]]
    places: frozenset[str] = frozenset()  # stems of where meetings are held
    proposals: tuple[Proposal, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    # By document and place the wording under which a position is filed, where it is another than its own.
    filed: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    # What `issues` found, which is asked for every statement.
    _found: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def issue(self, name: str | None) -> str | None:
        """The issue of that name; None when there is none."""
        return self.canonical.get(key_of(name)) if name else None

    def find(self, name: str | None) -> str | None:
        """The issue of that name, or the one that a report which used this name would speak of."""
        found = self.issue(name)
        if found is not None or not name:
            return found
        here, closest, nearest = salient(name, self.places), None, 0.0
        for issue in dict.fromkeys(n for s in sorted(stems(name)) for n in self.by_stem.get(s, ())):
            for wording in (issue, *self.spellings.get(issue, ())):
                close = likeness(here, salient(wording, self.places))
                if close >= SAME and close > nearest:
                    closest, nearest = issue, close
        return closest

    def issues(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The issues of these names, each once."""
        found = self._found.get(names)
        if found is None:
            found = tuple(dict.fromkeys(self.canonical.get(key_of(name), name) for name in names))
            self._found[names] = found
        return found

    def about(self, text: str) -> tuple[str, ...]:
        """The issues all of whose words stand in a text, for a statement that names none."""
        here = stems(text)
        candidates: dict[str, None] = {}
        for stem in sorted(here):
            for name in self.by_stem.get(stem, ()):
                candidates[name] = None
        return tuple(sorted(name for name in candidates if stems(name) <= here))


def resolve(
    all_facts: Iterable[Facts], lexicon: Lexicon, decisions: Iterable[Decision] = (), *,
    grouping: Grouping | None = None, names_of: Names | None = None, filing: Filing | None = None,
) -> Topics:  # fmt: skip
    """Find out which names are one issue, in the order in which documents became known.

    With `names_of` the positions count too that a document leaves open because it does not say for whom one speaks.
    """
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
    counts: Counter[str] = Counter()
    for name in seeds:
        names.setdefault(key_of(name), name)
    known = tuple(all_facts)
    for name, count in Counter(chain.from_iterable(_named_in(fact, names_of) for fact in known)).items():
        names.setdefault(key_of(name), name)
        counts[key_of(name)] += count
    places = {meeting.place for fact in known for meeting in fact.reading.meetings if meeting.place}
    names.pop("", None)
    here = frozenset(s for place in places for s in stems(place))
    found = (grouping or Grouping()).clusters(list(names.values()), frozenset(split), here)
    for key, leader in found.leaders.items():
        groups.join(key, key_of(leader))
    follows, lost = _decide(decided, names, groups)
    shown = _Shown(names, counts, follows, frozenset(seeds))
    topics = _topics(shown, groups, here, tuple(p for p in found.proposals if key_of(p.name) not in split), lost)
    if filing is None:
        return topics
    kept = {key for key, name in topics.canonical.items() if name in topics.seeded} | split | follows.keys()
    kept |= set(map(key_of, follows.values()))
    often: Counter[str] = Counter()  # by wording in how many documents its issue stands
    for key, name in topics.canonical.items():
        often[name] += counts[key]
    weights = {key: often[name] for key, name in topics.canonical.items()}
    return replace(topics, filed=filing.file([_stated(fact, names_of) for fact in known], kept, weights))


def _stated(fact: Facts, names: Names | None) -> Stated:
    """The positions of a document that are somebody's, but for those whose issues people decided."""
    known: Stated | None = fact.passages.get("stated")
    if known is None:
        given = enumerate(fact.reading.positions)
        known = fact.passages["stated"] = Stated(fact, frozenset(n for n, p in given if not _is_decided(fact, p)))
    if not fact.possible or names is None:
        return known
    more = enumerate(fact.possible, len(fact.reading.positions))
    placed = (n for n, p in more if placed_by(fact, p, names) and not _is_decided(fact, p))
    return Stated(fact, known.places.union(placed))


def _is_decided(fact: Facts, position: Position) -> bool:
    """Whether a person said what the statement of a position is about."""
    found = next((s for s in fact.reading.statements if s.id == position.statement), None)
    return found is not None and bool(found.extra.get("decided"))


def _named_in(fact: Facts, names: Names | None) -> Iterable[str]:
    if not fact.possible or names is None:
        return fact.issues
    placed = [p.issue for p in fact.possible if placed_by(fact, p, names)]
    return dict.fromkeys((*fact.issues, *placed))


def placed_by(fact: Facts, position: Position, names: Names) -> tuple[str, ...]:
    """For whom the speaker of a possible position speaks, as the whole dossier has it."""
    speaker = fact.reading.statement(position.statement or "").speaker
    return names.parties(speaker.name, speaker.party)


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
            if leads_to(follows, key_of(other), key_of(name)):
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


@dataclass(frozen=True, slots=True)
class _Shown:
    """What decides which wording of an issue is shown."""

    names: dict[str, str]  # key -> first spelling, in the order in which they became known
    counts: Counter[str]  # in how many documents each stands
    follows: dict[str, str]
    seeds: frozenset[str]

    def of(self, keys: list[str]) -> str:
        """What people decided, else a seed, else the best wording."""
        renamed = [k for k in keys if k in self.follows and key_of(self.follows[k]) not in self.follows]
        if renamed:
            return self.follows[renamed[-1]]
        seeded = [self.names[k] for k in keys if self.names[k] in self.seeds]
        if seeded:
            return seeded[0]
        return best([self.names[k] for k in keys], {self.names[k]: self.counts[k] for k in keys})


def _topics(
    shown: _Shown, groups: Groups, places: frozenset[str], proposals: tuple[Proposal, ...], lost: tuple[Unplaced, ...]
) -> Topics:
    from dragoman.table.words import slug

    members: dict[str, list[str]] = defaultdict(list)
    for key in shown.names:  # in order: the first name of a group gives it its identity
        members[groups.find(key)].append(key)
    canonical: dict[str, str] = {}
    spellings, ids = {}, {}
    by_stem: dict[str, list[str]] = defaultdict(list)
    for keys in members.values():
        name = shown.of(keys)
        if name in spellings or canonical.get(key_of(name), name) != name:  # another issue is called so already
            name = shown.names[keys[0]]
        for key in keys:
            canonical[key] = name
        canonical.setdefault(key_of(name), name)
        spellings[name] = tuple(sorted({shown.names[k] for k in keys} - {name}))
        ids[name] = slug(shown.names[keys[0]])
        for stem in stems(name):
            by_stem[stem].append(name)
    seeded = frozenset(canonical.get(key_of(name), name) for name in shown.seeds)
    asked = [replace(p, name=canonical[key_of(p.name)], into=canonical[key_of(p.into)]) for p in proposals]
    proposals = tuple({(p.name, p.into): p for p in reversed(asked) if p.name != p.into}.values())
    proposals = tuple(sorted(proposals, key=lambda p: (-p.score, p.name, p.into)))
    stem_index = {stem: tuple(found) for stem, found in by_stem.items()}
    return Topics(canonical, spellings, seeded, ids, stem_index, places, proposals, lost)
