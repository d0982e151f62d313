"""The name under which each party is shown, as people decided or as the reports say it most.

In: Spellings with what is one, and the decisions about parties. Out: by key the name, by name its kind, its other
spellings and why they are one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from dragoman.reading import Decision
from dragoman.table.decisions import unplaced
from dragoman.table.groups import leads_to
from dragoman.table.people import key_of, person_key
from dragoman.table.spellings import Spellings, governed
from dragoman.table.values import Unplaced


@dataclass(frozen=True, slots=True)
class Decided:
    """What decisions ask for: after which name each key is named, after whom each person is, and which decisions find
    nobody."""

    follows: dict[str, str]
    persons: dict[str, str]
    lost: tuple[Unplaced, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The parties as they are shown."""

    canonical: dict[str, str] = field(default_factory=dict)  # key -> the name to show
    kinds: dict[str, str] = field(default_factory=dict)
    spellings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    because: dict[str, tuple[str, ...]] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)  # key of a name that people replaced -> the name to show


def decide(sheet: Spellings, decisions: Sequence[Decision], speakers: Set[str]) -> Decided:
    """Join and name groups as people decided, which wins over all that was found out; `speakers` are persons by key."""
    follows: dict[str, str] = {}
    persons: dict[str, str] = {}
    lost: list[Unplaced] = []
    for d in decisions:
        verb = d.kind.removeprefix("party.")
        name = str(d.target.get("name") or "")
        others = {
            "merge": [str(d.value.get("into") or "")], "rename": [str(d.value.get("to") or "")],
            "alias": [str(d.value.get("alias") or "")], "add": [str(a) for a in d.value.get("aliases") or ()],
        }.get(verb, [])  # fmt: skip
        keys = [key_of(n) for n in (name, *others)]
        if verb != "add" and not any(key in sheet.forms for key in keys):
            spoken = not speakers.isdisjoint(map(person_key, (name, *others)))
            if verb == "split" and spoken:
                continue  # nobody joins people unasked
            if spoken:
                one, other = (others[0], name) if verb == "alias" else (name, others[0])
                if _name_after(persons, one, other):
                    continue
                lost.append(unplaced(d, f"{one!r} and {other!r} would be named after each other in a ring"))
                continue
            lost.append(unplaced(d, f"nobody in the dossier is called {name!r}"))
            continue
        if verb in ("merge", "rename"):
            if leads_to(follows, keys[1], keys[0]):
                lost.append(unplaced(d, f"{name!r} and {others[0]!r} would be named after each other in a ring"))
                continue
            follows[keys[0]] = others[0]
        for other, key in zip(others, keys[1:], strict=True):
            sheet.forms.setdefault(key, Counter())[other] += 0
            sheet.groups.join(keys[0], key)
            sheet.reasons[key].append(f"{other}: decided by {d.by}")
        sheet.forms.setdefault(keys[0], Counter())[name] += 0
        sheet.groups.find(keys[0])
    return Decided(follows, persons, tuple(lost))


def _name_after(persons: dict[str, str], name: str, other: str) -> bool:
    """Name a person after another, or by another spelling; False where that would close a ring."""
    one, goal = person_key(name), person_key(other)
    if one != goal and leads_to({key: person_key(after) for key, after in persons.items()}, goal, one):
        return False
    persons[one] = other
    return True


def choose_names(sheet: Spellings, follows: Mapping[str, str], decisions: Sequence[Decision], aside: Set[str]) -> Shown:
    """Choose the name of each group; keys set `aside` name it only where there is nothing else."""
    members: dict[str, list[str]] = defaultdict(list)
    for key in sheet.forms:
        members[sheet.groups.find(key)].append(key)
    added = {key_of(str(d.target.get("name"))): d for d in decisions if d.kind == "party.add"}
    shown = Shown()
    for root in sorted(members):
        keys = sorted(members[root])
        renamed = [k for k in keys if k in follows and key_of(follows[k]) not in follows]
        known = [sheet.entries[k] for k in keys if k in sheet.entries]
        if any(k in added for k in keys):
            usual = str(added[next(k for k in keys if k in added)].target["name"])
        elif known:
            usual = known[0].name
        else:
            plain = [k for k in keys if governed(k) is None and k not in aside] or keys
            used = [k for k in plain if sheet.forms[k]] or plain
            usual = sheet.form(max(used, key=lambda k: (" " in k, len(k), k)))
        name = follows[renamed[-1]] if renamed else usual
        if renamed:
            shown.renamed.update(dict.fromkeys((key_of(usual), *(k for k in keys if k in follows)), name))
        for key in keys:
            shown.canonical[key] = name
        kind = next((str(added[k].value.get("kind") or "") for k in keys if k in added), "")
        shown.kinds[name] = kind or (known[0].kind if known else "")
        forms_of = {form for k in keys for form in sheet.forms[k]}
        shown.spellings[name] = tuple(sorted(forms_of - {name}))
        shown.because[name] = tuple(sorted({r for k in keys for r in sheet.reasons.get(k, ())}))
    return shown
