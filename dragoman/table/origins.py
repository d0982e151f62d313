"""Where reports come from: copies, abridged wire copy, digests and quotations go back to the report they are from.

In: documents in the order in which they became known. Out: for each document its Links to earlier ones. A document only
ever links to earlier ones, so a later document never changes what was found, and a day's table holds all of its links.

Candidates share sampled word 5-grams, found by an index (MinHash, which estimates Jaccard, misses an abridged copy that
shares a third of its words); containment is then counted exactly, paragraph by paragraph, on word triples.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import compress
from typing import Any, NamedTuple
from zlib import crc32

from dragoman.folding import fold, fold_name, plain_words
from dragoman.lexicon import Lexicon
from dragoman.reading import Document, Reading, Spans
from dragoman.table.facts import Facts
from dragoman.table.values import Evidence, Value, by_name, straight
from dragoman.table.words import data

# One word in six begins a 5-gram that is indexed; a candidate shares two of them, and one in twenty-five of all. A
# copy that keeps a third of its triples keeps about one in six of its 5-grams (the fifth power against the third).
SAMPLE, SHARED, SHARED_PART = 6, 2, 0.04
# A 5-gram that so many documents hold is a phrase of the trade, not a trace; only the earliest are looked at.
COMMON = 30
CANDIDATES = 8
# A paragraph is taken from another report when half of its triples stand there. In the practice copy (04 of 03, edited
# by hand) taken paragraphs keep 0.67 to 0.89 of theirs; no two other practice reports share more than 0.06 of all.
TAKEN = 0.5
# From these shares of its words on, a report goes back to another one: surely, and possibly.
SURE, POSSIBLE = 0.5, 0.2
QUOTE_WORDS = 6
# What is shorter is no paragraph.
PARAGRAPH_WORDS = 8
# Credits stand in the first and the last so many characters.
HEAD, FOOT = 400, 300
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W_]+")
_BRACKETED = re.compile(r"\(([^()\n]{2,40})\)|(?:^|\n)\s*(?:—|–|-)\s*([^\n]{2,40})\s*$")


class Link(NamedTuple):
    """One report goes back to another, surely or possibly, and why."""

    document: str
    to: str
    kind: str  # copy | abridged | parts | quotations | decided
    share: float
    sure: bool
    because: str
    evidence: tuple[Evidence, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return by_name(self)


_evidence, _link = straight(Evidence), straight(Link)


@dataclass(frozen=True, slots=True)
class Credit(Value):
    """An outlet that a report credits for its text."""

    document: str
    outlet: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """What is kept of a document to find its copies."""

    document: Document
    key: str  # documents in the order in which one may have copied another
    prints: frozenset[int]
    outlet: str  # as it is compared
    credits: tuple[Credit, ...]
    credited: frozenset[str]  # the outlets that it credits, as they are compared


def trace(facts: Facts, lexicon: Lexicon) -> Trace:
    """The sampled 5-grams and the credit lines of one document."""
    document = facts.reading.document
    folded = fold(document.text)
    words = _split(folded)
    grams = zip(words, words[1:], words[2:], words[3:], words[4:], strict=False)
    prints = frozenset(map(hash, compress(grams, map(_BEGINS.__getitem__, words))))
    entry = lexicon.outlet(document.outlet) if document.outlet else None
    agency = entry is not None and entry.kind == "wire"
    # Of the reports of one day an agency's comes first. One string, because it is compared and counted so often.
    key = f"{facts.day}\0{0 if agency else 1}\0{facts.id}"
    credits = _credits(document, folded, lexicon)
    credited = frozenset(fold_name(credit.outlet) for credit in credits)
    return Trace(document, key, prints, fold_name(document.outlet or ""), credits, credited)


class _Begins(dict[str, bool]):
    """Whether a word begins a 5-gram that is indexed; the same in every document and every run."""

    def __missing__(self, word: str) -> bool:
        found = self[word] = crc32(word.encode()) % SAMPLE == 0
        return found


_BEGINS = _Begins()


def _words(text: str) -> list[str]:
    """The folded letters and digits of a text, word by word."""
    return _split(fold(text))


def _split(folded: str) -> list[str]:
    if folded.isascii():  # nearly always, and three times as quick
        return plain_words(folded)
    return _WORD.findall(folded)


def _credits(document: Document, folded: str, lexicon: Lexicon) -> tuple[Credit, ...]:
    """Outlets named where text is credited: "(Reuters)" near the start, "Reporting by …", "Source: …" at the end."""
    text, own = document.text, fold_name(document.outlet or "")
    found: dict[str, Credit] = {}

    def credit(name: str, start: int, end: int) -> None:
        entry = lexicon.outlet(name.strip(" .:"))
        if entry is not None and fold_name(entry.name) != own and start < end:
            span = Spans([(start, end)])
            found.setdefault(entry.name, Credit(document.id, entry.name, (Evidence(document.id, None, span),)))

    for start, end in ((0, HEAD), (max(HEAD, len(text) - FOOT), len(text))):
        part = text[start:end]
        if "(" in part or "-" in part or "—" in part or "–" in part:  # one stands in every credit of these kinds
            for match in _BRACKETED.finditer(text, start, end):
                group = 1 if match[1] else 2
                credit(match[group], *match.span(group))
    if not _credits_somebody(folded):
        return tuple(found.values())
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text)]
    for start, end in (*lines[:4], *lines[-4:]):
        line = text[start:end]
        if len(line) <= 200 and any(phrase in fold(line) for phrase in data()["credit_lines"]):
            for word in re.finditer(r"[^\W\d_][\w.&'’-]*(?:\s+[A-Z][\w.&'’-]*)*", line):
                credit(word[0], start + word.start(), start + word.end())
    return tuple(found.values())


def _credits_somebody(folded: str) -> bool:
    """Whether one of the first or last four lines of a folded text can be a credit line."""
    lines = list(filter(None, folded.split("\n")))
    edges = "\n".join((*lines[:4], *lines[-4:])) if len(lines) > 8 else folded
    for phrase in data()["credit_lines"]:  # noqa: SIM110 (any() takes twice as long, and every text is asked)
        if phrase in edges:
            return True
    return False


@dataclass(slots=True, eq=False)
class Holders:
    """The documents that hold certain 5-grams, which no others do: as a rule, all that one report brings new."""

    keys: list[str]  # of the documents, in order
    many: int  # how many 5-grams


class Tracer:
    """Keeps the index of traces; a new document finds its links, and those of later documents that share its words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._traces: dict[str, tuple[Facts, Trace]] = {}
        self._posting: dict[int, Holders] = {}  # by 5-gram
        self._by_key: dict[str, str] = {}
        self._links: dict[str, tuple[Link, ...]] = {}
        self._stale: set[str] = set()

    def update(self, chosen: Iterable[Facts]) -> None:
        """Index documents that are new or changed."""
        fresh = []
        for facts in chosen:
            known = self._traces.get(facts.id)
            if known is not None:
                if known[0] is facts:
                    continue
                self.remove(facts.id)
            fresh.append((facts, trace(facts, self._lexicon)))
        for facts, made in sorted(fresh, key=lambda pair: pair[1].key):
            self._traces[facts.id] = (facts, made)
            self._by_key[made.key] = facts.id
            self._links[facts.id] = self._find(made, self._index(made))

    def _index(self, made: Trace) -> Counter[str]:
        """Put a document in the index; the earlier ones come back, with how many 5-grams each shares with it."""
        own, posting = made.key, self._posting
        shared = posting.keys() & made.prints
        posting.update(dict.fromkeys(made.prints - shared, Holders([own], len(made.prints) - len(shared))))
        found: Counter[str] = Counter()
        for holders, many in self._held(shared):
            keys = holders.keys
            for key in _earlier(keys, own):
                found[key] += many
            if keys[-1] > own:
                insort(keys, own)
                self._stale.update(self._by_key[key] for key in keys if key > own)
            else:
                keys.append(own)
        return found

    def _held(self, prints: Iterable[int]) -> Iterator[tuple[Holders, int]]:
        """Who holds these 5-grams, and how many of them; those who hold others as well are told apart."""
        posting = self._posting
        for holders, many in Counter(map(posting.__getitem__, prints)).items():
            if many < holders.many:
                holders.many -= many
                here = Holders(holders.keys.copy(), many)
                posting.update({number: here for number in prints if posting[number] is holders})
                yield here, many
            else:
                yield holders, many

    def remove(self, document: str) -> None:
        """Take a document out of the index."""
        known = self._traces.pop(document, None)
        if known is not None:
            made = known[1]
            for holders, _many in list(self._held(made.prints)):
                holders.keys.remove(made.key)
                self._stale.update(self._by_key[key] for key in holders.keys if key > made.key)
            for number in made.prints:
                if not self._posting[number].keys:
                    del self._posting[number]
            del self._by_key[made.key]
            self._links.pop(document, None)
            self._stale.discard(document)

    def links(self) -> Mapping[str, tuple[Link, ...]]:
        """The links of every document to earlier ones."""
        for document in sorted(self._stale):
            if document in self._traces:
                made = self._traces[document][1]
                shared: Counter[str] = Counter()
                for holders, many in Counter(map(self._posting.__getitem__, made.prints)).items():
                    for key in _earlier(holders.keys, made.key):
                        shared[key] += many
                self._links[document] = self._find(made, shared)
        self._stale.clear()
        return dict(self._links)

    def credits(self) -> Mapping[str, tuple[Credit, ...]]:
        """The credit lines of every document."""
        return {document: made.credits for document, (_, made) in self._traces.items() if made.credits}

    def _find(self, made: Trace, shared: Mapping[str, int]) -> tuple[Link, ...]:
        """The links of a document to earlier ones, of which is told how many 5-grams each shares with it."""
        enough = max(SHARED, SHARED_PART * len(made.prints))
        best = sorted((-many, key) for key, many in shared.items() if many >= enough)[:CANDIDATES]
        if not best:
            return ()
        told = _Told(self._traces[self._by_key[made.key]][0].reading)
        found = [
            link for _, key in best
            if (link := compare(made, self._traces[self._by_key[key]][1], told)) is not None
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda link: (-link.share, link.to)))


def _earlier(keys: list[str], own: str) -> list[str]:
    """The earliest documents that hold a 5-gram, as far as they are earlier than one of them."""
    return keys[: bisect_left(keys, own, 0, min(COMMON, len(keys)))]


def compare(made: Trace, earlier: Trace, told: _Told) -> Link | None:
    """How much of a document stands in an earlier one, paragraph by paragraph and quotation by quotation."""
    here, there = told.said, _said(earlier.document.text)
    # Printed as it was, as most copies are; which is seen sooner than where in a text another one stands.
    whole = here.words == there.words or here.words in there.words
    taken = here.paragraphs if whole else [paragraph for paragraph in here.paragraphs if paragraph.is_in(there)]
    share = (here.size if whole else sum([paragraph.size for paragraph in taken])) / here.size if taken else 0.0
    credited = earlier.outlet in made.credited
    if share < POSSIBLE and not told.quotes:
        return None
    spans = here.spans if len(taken) == len(here.paragraphs) else _spans(taken)
    evidence = (_evidence((made.document.id, None, spans)),) if spans else ()
    if share >= SURE or (credited and share >= POSSIBLE):
        kind = "copy" if share >= 0.8 else "abridged"
        why = f"{share:.0%} of its text stands in {earlier.document.id}" + (", which it credits" if credited else "")
        return _link((made.document.id, earlier.document.id, kind, round(share, 3), True, why, evidence))
    if share >= POSSIBLE:
        why = f"{share:.0%} of its text stands in {earlier.document.id}"
        return Link(made.document.id, earlier.document.id, "parts", round(share, 3), False, why, evidence)
    quotes = [q for q in told.quotes if q in there.words]
    if len(quotes) >= 2 and len(quotes) * 2 >= len(told.quotes):
        why = f"{len(quotes)} of its {len(told.quotes)} quotations stand word for word in {earlier.document.id}"
        return Link(made.document.id, earlier.document.id, "quotations", round(share, 3), False, why, evidence)
    return None


Triple = tuple[str, str, str]


class _Said:
    """What a text says, word by word, the triples of its words, and its paragraphs."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.words = " ".join(_words(text))

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        found = ((*match.span(), _words(match[0])) for match in _LINE.finditer(self._text))
        return [Paragraph(start, end, words) for start, end, words in found if len(words) >= PARAGRAPH_WORDS]

    @cached_property
    def size(self) -> int:
        return sum(paragraph.size for paragraph in self.paragraphs)

    @cached_property
    def spans(self) -> Spans:
        return _spans(self.paragraphs)

    @cached_property
    def triples(self) -> frozenset[Triple]:
        return frozenset(_triples(self.words))


_said = lru_cache(maxsize=1024)(_Said)


class _Told:
    """What a document says that is compared with earlier ones, and the quotations in it."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.said = _said(reading.document.text)

    @cached_property
    def quotes(self) -> tuple[str, ...]:
        text, statements = self._reading.document.text, self._reading.statements
        said = (_words(text[a:b]) for s in statements if s.form in ("direct", "mixed") for a, b in s.content)
        return tuple(dict.fromkeys(" ".join(words) for words in said if len(words) >= QUOTE_WORDS))


class Paragraph:
    """A paragraph of a document, word by word."""

    __slots__ = ("end", "said", "size", "start")

    def __init__(self, start: int, end: int, words: list[str]) -> None:
        self.start, self.end, self.size = start, end, len(words) - 2  # so many triples
        # As it stands in a text that holds the whole of it, found sooner than its triples. At its ends that text may
        # have longer words: of six triples or more two at most are others, so that half of them stand there.
        self.said = " ".join(words)

    def is_in(self, there: _Said) -> bool:
        """Whether it is taken from a text, or that from it: word for word or in good part."""
        if self.said in there.words:
            return True
        return sum(map(there.triples.__contains__, _triples(self.said))) >= TAKEN * self.size


def _triples(said: str) -> Iterator[Triple]:
    """The word triples of a text that is given word by word."""
    words = said.split(" ")
    return zip(words, words[1:], words[2:], strict=False)


def _spans(paragraphs: Iterable[Paragraph]) -> Spans:
    return Spans([(paragraph.start, paragraph.end) for paragraph in paragraphs])


def decide(
    links: Mapping[str, Sequence[Link]], linked: Iterable[tuple[str, str]], cut: Iterable[tuple[str, str]]
) -> dict[str, tuple[Link, ...]]:
    """The links with those that people drew and without those that they cut."""
    gone = {frozenset(pair) for pair in cut}
    found = {
        document: tuple(link for link in here if frozenset((link.document, link.to)) not in gone)
        for document, here in links.items()
    }
    for document, to in linked:
        kept = tuple(link for link in found.get(document, ()) if link.to != to)
        found[document] = (*kept, Link(document, to, "decided", 1.0, True, "a person decided"))
    return {document: here for document, here in found.items() if here}
