"""Makes tables: keeps a digest of every reading, so that adding one document does not start from nothing.

In: readings and decisions, in any order. Out: Tables, equal to those made from nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from dragoman.lexicon import Lexicon
from dragoman.reading import Decision, Reading
from dragoman.table import issues, parties
from dragoman.table.chronicle import Chronicle
from dragoman.table.days import checked
from dragoman.table.decisions import Corrections, in_force, lexicon_of, misfit, unplaced
from dragoman.table.facts import Facts, facts
from dragoman.table.filing import Filing
from dragoman.table.grouping import Embed, Grouping
from dragoman.table.issues import Topics
from dragoman.table.names import Names
from dragoman.table.origins import Tracer
from dragoman.table.people import person_key
from dragoman.table.resolved import Resolved
from dragoman.table.sweeping import unswept
from dragoman.table.table import Table
from dragoman.table.values import Unplaced


class Builder:
    """Readings and decisions that grow; `table()` gives the table they make."""

    def __init__(self, *, lexicon: Lexicon, embed: Embed | None = None) -> None:
        self._lexicon, self._grouping, self._filing = lexicon, Grouping(embed), Filing(embed)
        self._readings: dict[str, Reading] = {}
        self._decisions: dict[str, Decision] = {}
        self._facts: dict[str, tuple[Reading, tuple[Decision, ...], Facts, tuple[Unplaced, ...]]] = {}
        self._resolved: dict[str, tuple[Facts, Resolved]] = {}
        self._tracer = Tracer(lexicon)
        self._chronicle = Chronicle()
        self._maps: tuple[Names, Topics] | None = None

    def add(self, *readings: Reading) -> Builder:
        """Put readings on the table; of two different ones of a document, the same one is kept in any order."""
        for reading in readings:
            known = self._readings.get(reading.document.id)
            if known is None or (known is not reading and _rank(reading) > _rank(known)):
                self._readings[reading.document.id] = reading
        return self

    def remove(self, *documents: str) -> Builder:
        """Take documents off the table."""
        for document in documents:
            self._readings.pop(document, None)
            self._facts.pop(document, None)
            self._resolved.pop(document, None)
            self._tracer.remove(document)
        return self

    def decide(self, *decisions: Decision) -> Builder:
        """Add decisions."""
        self._decisions.update({d.id: d for d in decisions})
        return self

    def table(self, on: str | None = None) -> Table:
        """The table as it stood at the end of the day `on`, or stands."""
        if on is not None:
            on = checked(on, "on")
        with unswept():
            return self._table(on)

    def _table(self, on: str | None) -> Table:
        standing = in_force(d for d in self._decisions.values())
        corrections = Corrections.of(standing)
        lost = [unplaced(d, wrong) for d in self._decisions.values() if (wrong := misfit(d.kind, d.target, d.value))]
        chosen: list[Facts] = []
        for document, reading in self._readings.items():
            fact, missing = self._digest(document, reading, corrections)
            if on is None or fact.day <= on:
                chosen.append(fact)
                lost.extend(missing)
        chosen.sort(key=lambda fact: fact.key)
        if on is None:
            lost += [
                unplaced(d, f"document {document!r} is not in the dossier")
                for document, given in corrections.by_document.items() if document not in self._readings for d in given
            ]  # fmt: skip
        names = parties.resolve(chosen, self._lexicon, standing)
        decided_lexicon = lexicon_of(standing, self._lexicon)
        topics = issues.resolve(
            chosen, self._lexicon, standing, grouping=self._grouping, names_of=names, filing=self._filing
        )
        pages = self._pages(chosen, names, topics)
        names = self._maps[0] if self._maps else names
        self._tracer.update(self._facts[document][2] for document in self._readings)
        chronicle = None
        if on is None:
            chronicle = self._chronicle
            chronicle.update(pages)
        return Table(
            pages, names, topics, lexicon=decided_lexicon, on=on, standing=standing, unplaced=lost,
            links=self._tracer.links(), credits=self._tracer.credits(), chronicle=chronicle,
        )  # fmt: skip

    def _digest(self, document: str, reading: Reading, corrections: Corrections) -> tuple[Facts, tuple[Unplaced, ...]]:
        given = corrections.by_document.get(document, ())
        known = self._facts.get(document)
        if known is None or known[0] is not reading or known[1] != given:
            corrected, missing = corrections.apply(reading)
            known = (reading, given, facts(corrected), missing)
            self._facts[document] = known
        return known[2], known[3]

    def _pages(self, chosen: list[Facts], names: Names, topics: Topics) -> list[Resolved]:
        """Documents with names resolved, made anew only where a name of theirs means something else now."""
        if self._maps is None or not _extends(self._maps[0], names, self._maps[1], topics):
            self._resolved.clear()
        else:
            before = self._maps[0]
            moved_to = {key for key, party in names.party_of.items() if before.party_of.get(key) != party}
            # A name that only parties had before may be a person's now, with a title or without.
            had = {*before.people, *before.canonical, *map(person_key, before.canonical)}
            gained = (moved_to | names.people.keys() - before.people.keys()) & had
            others, filed = self._maps[0].otherwise(names), self._maps[1].filed
            for fact in chosen if gained or others or filed or topics.filed else ():
                speakers = set(_speakers(fact))
                moved = not gained.isdisjoint(map(person_key, speakers))
                moved = moved or filed.get(fact.id) != topics.filed.get(fact.id)
                if moved or not others.isdisjoint((*speakers, *fact.parties)):
                    self._resolved.pop(fact.id, None)
        if self._maps is not None and self._maps[0] == names:
            names = self._maps[0]
        self._maps = (names, topics)
        pages = []
        for fact in chosen:
            known = self._resolved.get(fact.id)
            if known is None or known[0] is not fact:
                known = self._resolved[fact.id] = (fact, Resolved(fact, names, topics))
            pages.append(known[1])
        return pages


def _speakers(fact: Facts) -> Iterator[str]:
    yield from (named.name for named in fact.people)
    yield from (s.speaker.name for s in fact.reading.statements if s.speaker.name and s.speaker.anonymous)


def _extends(old: Names, new: Names, old_topics: Topics, new_topics: Topics) -> bool:
    """Whether every name that was known means the same as before."""
    return (
        old.canonical.items() <= new.canonical.items() and old.people.items() <= new.people.items()
        and old.party_of.keys() <= new.party_of.keys() and old.renamed == new.renamed
        and old_topics.canonical.items() <= new_topics.canonical.items()
        and len(set(old_topics.canonical.values())) == len(set(new_topics.canonical.values()))
    )  # fmt: skip


def _rank(reading: Reading) -> tuple[str, str, str]:
    """Which of two readings of one document is kept: the same one whatever the order in which they came."""
    whole = json.dumps(reading.to_json(), sort_keys=True, ensure_ascii=False)
    return (reading.document.published or "", reading.reader or "", whole)


def build(
    readings: Iterable[Reading], decisions: Iterable[Decision] = (), *, lexicon: Lexicon, on: str | None = None,
    embed: Embed | None = None,
) -> Table:  # fmt: skip
    """The negotiating table of some readings and decisions, as known at the end of the day `on` (None: all of it).

    A document counts from the day it was published, else from the latest day on which one of its statements was said;
    a document with neither is always on the table. `embed` turns texts into vectors and lets issues be grouped by
    meaning as well as by words.
    """
    return Builder(lexicon=lexicon, embed=embed).add(*readings).decide(*decisions).table(on)
