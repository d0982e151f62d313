"""Names cut short: "the Front" for the Red Dawn Front, "Nordline" for Nordline Transit, "Haas" for Georg Haas.

In: the Spellings of a dossier, its speakers and its texts. Out: what is joined on the sheet. A short name is one with a
longer one only where nothing else in the dossier can be meant; who is meant by "the drivers' union" is proposed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set

from dragoman.folding import fold
from dragoman.lexicon import Lexicon
from dragoman.table.facts import Facts
from dragoman.table.party_names import adjectives_of
from dragoman.table.people import is_person, key_of, person_key
from dragoman.table.seats import governs
from dragoman.table.spellings import Spellings, governed
from dragoman.table.values import Proposal
from dragoman.table.words import listed

# Names that begin so alike are of one family: Sulmar, Sulmari.
_ALIKE = 4
# How likely "the drivers' union" is the one union that the dossier names.
DESCRIBED = 0.6


def join_short_names(sheet: Spellings, all_facts: Sequence[Facts], lexicon: Lexicon, apart: Set[str]) -> None:
    """Join names to the longer ones of which they are the head or the first word; those in `apart` stay alone."""
    _join_heads(sheet, all_facts, lexicon, apart)
    _join_first_words(sheet, all_facts, lexicon, apart)
    _join_bare_government(sheet, all_facts, apart)


# -- people who are taken for parties of their own


def join_surnames(
    sheet: Spellings, pairs: Mapping[tuple[str, str | None], int], all_facts: Sequence[Facts], lexicon: Lexicon,
    apart: Set[str],
) -> None:  # fmt: skip
    """Somebody known by a last name only is no party beside the person whom other reports name in full."""
    longer: dict[str, set[str]] = defaultdict(set)
    full: dict[str, Counter[str]] = defaultdict(Counter)
    placed: set[str] = set()
    followed: set[str] = set()  # the parties for which others speak
    for (name, party), count in pairs.items():
        key = person_key(name)
        if party is not None and key.rpartition(" ")[2] != key_of(party):
            followed.add(key_of(party))
        if _is_full_name(key, name):
            longer[key.split()[-1]].add(key)
            full[key][name] += count
            if party is not None and key_of(party) not in (key, key_of(name), key.split()[-1]):
                placed.add(key)
    for last in sorted(longer.keys() & sheet.forms.keys() - followed):
        known = {key for key in longer[last] if key in placed} or longer[last]
        form = sheet.form(last)
        if last in apart or len(known) != 1 or not form[:1].isupper() or lexicon.party(form) is not None:
            continue
        if _is_place(last, all_facts):
            continue
        person = next(iter(known))
        if person in placed:
            del sheet.forms[last]
        elif person not in apart:
            name = max(sorted(full[person]), key=lambda n: full[person][n])
            sheet.forms.setdefault(person, Counter())[name] += 0
            sheet.join(last, person, f"{form}: the last name of {name}")


def _is_full_name(key: str, name: str) -> bool:
    """Whether a name of some words, of which `key` is without titles, can be a person's."""
    spoken = key.split()
    kinds = listed("associations") | listed("kinds_of_body") | listed("government") | listed("movements")
    return (
        1 < len(spoken) <= 4 and is_person(name) and kinds.isdisjoint(spoken) and "'" not in name and "’" not in name
        and all(word[:1].isupper() and not word.isupper() for word in name.split()[-2:])
    )  # fmt: skip


def _is_place(key: str, all_facts: Iterable[Facts]) -> bool:
    """Whether the reports use a name as that of a town or a country."""
    return any(key in fact.places or governs(key, fact) for fact in all_facts if key in fact.named)


# -- heads: "the Front"


def _join_heads(sheet: Spellings, all_facts: Iterable[Facts], lexicon: Lexicon, apart: Set[str]) -> None:
    only = _only_named(sheet, apart)
    heads = [h for h in sorted(only) if h in sheet.forms and h not in apart and lexicon.party(sheet.form(h)) is None]
    for head, using in _using(heads, all_facts).items():
        long = only[head]
        if using and _mostly(_spells(fact, sheet.form(long)) for fact in using):
            sheet.join(head, long, f"{sheet.form(head)}: short for {sheet.form(long)}")


def _using(keys: Collection[str], all_facts: Iterable[Facts]) -> dict[str, list[Facts]]:
    """The documents that have each of these as a party."""
    found: dict[str, list[Facts]] = {key: [] for key in keys}
    for fact in all_facts if keys else ():
        for key in {key_of(party) for party in fact.parties} & found.keys():
            found[key].append(fact)
    return found


def _spells(fact: Facts, name: str) -> bool:
    """Whether a document gives a name in full."""
    known = fact.passages.get(f"spells:{name}")
    if known is None:
        known = fact.passages[f"spells:{name}"] = fold(name) in fold(fact.reading.document.text)
    return bool(known)


def _mostly(given: Iterable[bool]) -> bool:
    answers = list(given)
    return 2 * sum(answers) >= len(answers)


def _only_named(sheet: Spellings, apart: Set[str]) -> dict[str, str]:
    """For "union", "front" and the like the one party of the dossier that is named so, where it is one."""
    named: dict[str, dict[str, str]] = defaultdict(dict)
    for key in sorted(sheet.forms):
        head = key.rpartition(" ")[2]
        if head != key and head in listed("associations") and _is_proper(sheet.form(key)):
            named[head].setdefault(sheet.groups.find(key), key)
    return {
        head: next(iter(found.values())) for head, found in named.items()
        if len(found) == 1 and apart.isdisjoint(found.values())
    }  # fmt: skip


def _is_proper(name: str) -> bool:
    return all(word[:1].isupper() for word in (name.split()[0], name.split()[-1]))


def described(sheet: Spellings, apart: Set[str]) -> tuple[Proposal, ...]:
    """Parties that are only described, "the drivers' union", each with the one party that may be meant."""
    only = _only_named(sheet, apart)
    found: dict[str, list[str]] = defaultdict(list)
    for key in sorted(sheet.forms):
        head = key.rpartition(" ")[2]
        if head in only and head != key and not _is_proper(sheet.form(key)) and key not in apart:
            found[head].append(key)
    may_be = ((keys[0], only[head], head) for head, keys in found.items() if len(keys) == 1)
    return tuple(
        Proposal("party.merge", sheet.form(one), sheet.form(other), DESCRIBED, f"the only {head} that is named")
        for one, other, head in may_be
        if sheet.groups.find(one) != sheet.groups.find(other) and _of_the_same(sheet.form(one), other)
    )  # fmt: skip


def _of_the_same(description: str, key: str) -> bool:
    """Whether a description names nobody whom the name leaves out: a Sulmari council is not the Concord Council."""
    named = [fold(word)[:_ALIKE] for word in description.split() if word[:1].isupper()]
    return all(any(word.startswith(root) for word in key.split()) for root in named)


# -- first words: "Nordline"


def _join_first_words(sheet: Spellings, all_facts: Sequence[Facts], lexicon: Lexicon, apart: Set[str]) -> None:
    """A name of one word is that of several words which begins with it, unless the one word is a place or a state."""
    longer: dict[str, dict[str, str]] = defaultdict(dict)
    for key in sorted(sheet.forms):
        first, _, rest = key.partition(" ")
        if rest and first in sheet.forms:
            longer[first].setdefault(sheet.groups.find(key), key)
    for first, found in longer.items():
        key = next(iter(found.values()))
        name, short = sheet.form(key), sheet.form(first)
        if len(found) > 1 or {first, key} & apart or not _may_be_short_for(short, name, lexicon):
            continue
        if not _is_place(first, all_facts):
            sheet.join(first, key, f"{short}: short for {name}")


def _may_be_short_for(short: str, name: str, lexicon: Lexicon) -> bool:
    spoken = name.split()
    kinds = listed("associations") | listed("kinds_of_body") | listed("bodies") | listed("government")
    return (
        short[:1].isupper() and len(short) > 3 and all(word[:1].isupper() for word in spoken)
        and kinds.isdisjoint(map(fold, spoken)) and "'" not in name and "’" not in name
        and lexicon.party(short) is None and lexicon.party(name) is None
    )  # fmt: skip


# -- "the government"


def _join_bare_government(sheet: Spellings, all_facts: Sequence[Facts], apart: Set[str]) -> None:
    """ "The government" is that of the one state whose government the same reports speak of by its name."""
    bare = sorted(((listed("bare_government") & sheet.forms.keys()) | _by_head(sheet, all_facts)) - apart)
    if not bare:
        return
    states: dict[str, list[str]] = defaultdict(list)  # by their first letters
    for key, forms in sheet.forms.items():
        if key.isalpha() and len(key) > 3 and max(forms, default="")[:1].isupper():
            states[key[:3]].append(key)
    found: dict[str, str] = {}
    using = {fact.id: fact for given in _using(bare, all_facts).values() for fact in given}
    naming = []
    for fact in using.values():
        here = {
            sheet.groups.find(key): key for name in _governments(fact) for key in states.get(name[:3], ())
            if name == key or name in adjectives_of(key)
        }  # fmt: skip
        found.update(here)
        naming.append(bool(here))
    if len(found) == 1 and _mostly(naming) and apart.isdisjoint(found.values()):
        state = next(iter(found.values()))
        for key in bare:
            sheet.join(key, state, f"{key}: {sheet.form(state)}'s is the only one that these reports name")


def _by_head(sheet: Spellings, all_facts: Sequence[Facts]) -> set[str]:
    """The one government that is named by who heads it: "President Maran's government"."""
    heads = {key: base for key in sheet.forms if (base := governed(key)) is not None and sheet.groups.find(key) == key}
    lasts = {base.split()[-1] for base in heads.values()} - sheet.forms.keys()
    named = {
        person_key(named.name).split()[-1] for fact in all_facts for named in fact.people if is_person(named.name)
    } if lasts else set()  # fmt: skip
    found = {key for key, base in heads.items() if base.split()[-1] in named & lasts}
    return found if len(found) == 1 else set()


# "Palura's government", "the government of Palura", "the Paluran government".
_GOVERNMENT_OF = re.compile(r"\bgovernment of (?:the )?([^\W\d_]+)", re.I)
_OWN_GOVERNMENT = re.compile(r"\b([^\W\d_]+)(?:['’]s)? government\b", re.I)


def _governments(fact: Facts) -> tuple[str, ...]:
    """The names, and adjectives of names, by which a text speaks of governments."""
    known: tuple[str, ...] | None = fact.passages.get("governments")
    if known is None:
        text = fact.reading.document.text
        named = {*_GOVERNMENT_OF.findall(text), *_OWN_GOVERNMENT.findall(text)}
        known = fact.passages["governments"] = tuple(sorted(map(fold, named)))
    return known
