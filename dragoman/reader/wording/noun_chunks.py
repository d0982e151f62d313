"""Finds the noun phrases of an English text by its closed word classes, with what speaks for each naming an issue.

In: a draft with its statements. Out: Chunks, each phrase once, with the places where it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from dragoman.folding import without_genitive
from dragoman.reader.draft import Draft
from dragoman.reader.names.names import Cast
from dragoman.reader.vocabulary import own_data, verb_forms
from dragoman.reader.vocabulary import words as listed
from dragoman.reader.wording.nominals import act_forms, acts
from dragoman.reader.wording.stems import SMALL, stem_of, stems, stems_of
from dragoman.reading import Span

_WORD = re.compile(r"(?:[A-Z]\.){2,}(?= [a-z])|[^\W_]+(?:[.'’&-][^\W_]+)*")  # "U.S. tariffs" are one phrase


@cache
def listed_here(name: str) -> frozenset[str]:
    """A list of words of `data/noun_chunks.json`, by its name.

    `links` join two phrases to one. Before what stands in `objects` a verb ends, after `subjects` one begins. No issue
    is called by what is `empty`, which only helps others or points elsewhere, nor by `verbs`, which are seldom nouns:
    "the boats stay", "lets observers count"; nor by words that `only_describe` others, nor by one alone that is
    `too_wide`, nor by what somebody only has `in_mind`.
    """
    words: str = own_data("noun_chunks.json")[name]
    return frozenset(words.split())


ARTICLES, LINKS = listed_here("articles"), listed_here("links")
_DETERMINERS, _OBJECTS, _SUBJECTS = map(listed_here, ("determiners", "objects", "subjects"))
_LONGEST = 4  # words of a phrase without a link
_IN_MIND = 150  # phrases of which a whole text speaks, and such with one stem: more than any report has
_ACT_ENDINGS = (
    "tion", "sion", "ment", "ance", "ence", "al", "ure", "ing", "ship", "age", "cy", "ty", "sis", "ism", "ed", "s",
)  # fmt: skip
_PARTICLES = frozenset(("back", "down", "off", "out", "over", "up"))
_FORM_ENDINGS = ("ed", "ing", "ly")
_NOUNS_IN_ED, _ONLY_DESCRIBE = listed_here("nouns_in_ed"), listed_here("only_describe")
_SHORT = re.compile(r"(?:i|we|you|he|she|it|they|there|that|who|what|let)'(?:s|m|d|ll|re|ve)$")  # "we'll talk"


@cache
def closed() -> frozenset[str]:
    """Words that no noun phrase contains, besides the links inside it."""
    classes = ("determiners", "pronouns", "personal", "prepositions", "auxiliaries", "negatives", "subordinators")
    others = ("connectors", "adverbs", "lead_adverbs", "days", "months")
    return SMALL | listed_here("empty") | listed_here("verbs") | listed(*classes, *others)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A noun phrase: its words in lower case without articles, its stems, and where it stands, by numbers of words.

    `sentences` and `paragraphs` are those of its places, by number.
    """

    words: tuple[str, ...]
    stems: frozenset[str]
    places: tuple[tuple[int, int], ...]
    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]

    @property
    def head(self) -> str:
        """The noun that the phrase is about: the last word before the first link."""
        return self.words[next((n for n, w in enumerate(self.words) if w in LINKS), len(self.words)) - 1]


class Chunks:
    """The noun phrases of a text."""

    def __init__(self, draft: Draft) -> None:
        self._draft, self._text = draft, draft.document.text
        found = list(_WORD.finditer(self._text))
        self.spans = [match.span() for match in found]
        self._starts = [start for start, _ in self.spans]
        self.words = [_even(match.group()) for match in found]
        ends = self.spans[1:]
        self._joined = [self._text[a[1] : b[0]] == " " for a, b in zip(self.spans, ends, strict=False)] + [False]
        shut = closed()
        self._open = [len(w) > 1 and w not in shut and not w[0].isdigit() and not _SHORT.match(w) for w in self.words]
        for place, word in enumerate(self.words):
            if (word.endswith("ed") and self._closes(place)) or (word.endswith("s") and self._acts(place)):
                self._open[place] = False
        self._kept: dict[tuple[str, ...], tuple[str, ...]] = {}

    def _closes(self, place: int) -> bool:
        """Whether a form in "-ed" ends a phrase or is none: "the ban lapsed in May", not "the last armed man"."""
        goes_on = self._joined[place] and self._open[place + 1]
        word, name = self.words[place], self._text[self.spans[place][0]].isupper()
        return not goes_on and not name and len(word) > 4 and "-" not in word and word not in _NOUNS_IN_ED

    def _acts(self, place: int) -> bool:
        """Whether a form in "-s" tells what the name before it does: "Orvia hands over the men"."""
        if not place or not (self._joined[place - 1] and self._joined[place]):
            return False
        named = self._text[self.spans[place - 1][0]].isupper() and not self._text[self.spans[place][0]].isupper()
        return named and (self.words[place + 1] in _DETERMINERS or self.words[place + 1] in _PARTICLES)

    @cached_property
    def all(self) -> list[Chunk]:
        """Every phrase of the text, in order."""
        places: dict[tuple[str, ...], list[tuple[int, int]]] = {}
        for low, high in sorted(self._ranges()):
            key = tuple(w for w in self.words[low:high] if w not in ARTICLES)
            places.setdefault(key, []).append((low, high))
        whole = (
            key
            for key, at in places.items()
            if any(self._whole(*p) for p in at) and not self._is_verb(at) and not _ONLY_DESCRIBE.issuperset(key)
        )
        chunks = (self._chunk(key, places[key]) for key in whole)
        times = listed("time_words")
        return [c for c in chunks if c.stems and c.head not in times and c.words[-1] not in times]

    def _chunk(self, words: tuple[str, ...], places: list[tuple[int, int]]) -> Chunk:
        sentences = tuple(self.sentence_of[low] for low, _ in places)
        paragraphs = tuple(self.paragraph_of[low] for low, _ in places)
        return Chunk(words, stems_of(words), tuple(places), sentences, paragraphs)

    def is_person(self, chunk: Chunk) -> bool:
        """Whether a phrase is the name of somebody whom the text names: "scout Piet Daal"."""
        parts, cast = self.text_of(chunk).split(), self._draft.cast
        if not isinstance(cast, Cast) or not parts[-1][:1].isupper() or not LINKS.isdisjoint(chunk.words):
            return False
        named = (cast.known(" ".join(parts[n:])) for n in range(len(parts)))
        return any(actor is not None and actor.kind == "person" for actor in named)

    def is_land(self, chunk: Chunk) -> bool:
        """Whether a phrase is but the name of a land, or what is of it: "Orvia", "Orvian"."""
        name, cast = self.text_of(chunk), self._draft.cast
        return isinstance(cast, Cast) and name[:1].isupper() and cast.atlas.lookup(name) is not None

    def near(self, said: frozenset[str], sentence: int) -> list[Chunk]:
        """The phrases that may name what is said in a sentence, in order.

        Those that share stems or stand beside it, and those of which the whole text speaks.
        """
        by_stem, by_sentence, general = self._index
        places = dict.fromkeys(general)
        for number in range(sentence - 1, sentence + 2):
            places.update(dict.fromkeys(by_sentence.get(number, ())))
        for stem in said:
            places.update(dict.fromkeys(by_stem.get(stem, ())))
        return [self.all[place] for place in sorted(places)]

    @cached_property
    def _index(self) -> tuple[dict[str, list[int]], dict[int, list[int]], list[int]]:
        by_stem: dict[str, list[int]] = defaultdict(list)
        by_sentence: dict[int, list[int]] = defaultdict(list)
        for place, chunk in enumerate(self.all):
            for stem in chunk.stems:
                if len(by_stem[stem]) < _IN_MIND:
                    by_stem[stem].append(place)
            for sentence in set(chunk.sentences):
                by_sentence[sentence].append(place)
        general = [n for n, c in enumerate(self.all) if len(c.places) > 1 or c.paragraphs[0] <= 1]
        general.sort(key=lambda n: -len(self.all[n].places))
        return by_stem, by_sentence, general[:_IN_MIND]

    def text_of(self, chunk: Chunk) -> str:
        """The words of a phrase as the text has them, inside a sentence where it stands in one."""
        inside = (p for p in chunk.places if self._text[self.spans[p[0]][0]].islower())
        low, high = next(inside, chunk.places[0])
        return " ".join(without_genitive(self._text[self.spans[low][0] : self.spans[high - 1][1]]).split())

    def within(self, start: int, end: int) -> range:
        """The numbers of the words in text[start:end]."""
        return range(bisect_left(self._starts, start), bisect_right(self._starts, end - 1))

    def _ranges(self) -> Iterator[tuple[int, int]]:
        simple = {low: list(self._runs(low)) for low, is_open in enumerate(self._open) if is_open}
        for low, highs in simple.items():
            for high in highs:
                yield low, high
                if high - low > 2 or high >= len(self.words) or not self._joined[high - 1]:
                    continue
                if self.words[high] not in LINKS or not self._joined[high]:
                    continue
                inner = high + 1 + (self.words[high + 1] in _DETERMINERS and self._joined[high + 1])
                if self.words[high] == "to" and inner == high + 1 and not self._is_goal(high):
                    continue
                yield from ((low, end) for end in simple.get(inner, ()) if end - inner <= _LONGEST - 1)

    def _is_goal(self, place: int) -> bool:
        """Whether a noun follows "to", and no verb: "return to talks", "access to the port", not "ships to pass"."""
        return self.words[place - 1] in acts() or self._text[self.spans[place + 1][0]].isupper()

    def _runs(self, low: int) -> Iterator[int]:
        for high in range(low, min(low + _LONGEST, len(self.words))):
            if not self._open[high]:
                return
            yield high + 1
            if not self._joined[high]:
                return

    def _whole(self, low: int, high: int) -> bool:
        """Whether a phrase is whole here: in "patrol boats" neither "patrol" nor "boats" is."""
        if self._joined[high - 1] and self._open[high]:
            return False
        return not low or not self._joined[low - 1] or not self._open[low - 1]

    def _is_verb(self, places: list[tuple[int, int]]) -> bool:
        """Whether a phrase begins or ends as a verb does, wherever it stands."""
        begins = all(low and self._joined[low - 1] and self._drives(low - 1) for low, _ in places)
        return begins or all(
            high < len(self.words) and self._joined[high - 1] and self.words[high] in _OBJECTS for _, high in places
        )

    def _drives(self, place: int) -> bool:
        while place and self._joined[place - 1] and self.words[place] in listed("adverbs"):
            place -= 1  # "would then open the gates"
        return self.words[place] in _SUBJECTS or self.words[place].endswith("n't")

    def marks(self, chunk: Chunk) -> tuple[str, ...]:
        """What speaks for a phrase naming any issue of the text, as names of features."""
        if chunk.words not in self._kept:
            self._kept[chunk.words] = tuple(self._marks(chunk))
        return self._kept[chunk.words]

    def _marks(self, chunk: Chunk) -> list[str]:
        words, head, many = chunk.words, chunk.head, len(chunk.places)
        before = [self.words[a - 1] for a, _ in chunk.places if a and self._joined[a - 1]]
        after = [self.words[b] for _, b in chunk.places if b < len(self.words) and self._joined[b - 1]]
        left = sum(not a or not self._joined[a - 1] or not self._open[a - 1] for a, _ in chunk.places)
        right = sum(not self._joined[b - 1] or not self._open[b] for _, b in chunk.places)
        link = next((w for w in words if w in LINKS), "")
        capitals = [self._text[self.spans[n][0]].isupper() for n in range(*chunk.places[0]) if self._open[n]]
        found = [
            *_shape(
                len(words), 2 * left // many, 2 * right // many, min(many, 4), min(chunk.paragraphs[0], 3), link,
                all(capitals) + any(capitals),
            ),
            *_wording(head, words[0], words[-1]),
        ]  # fmt: skip
        found += ["determined"] if not _DETERMINERS.isdisjoint(before) or "no" in before else []
        found += ["linked"] if not LINKS.isdisjoint(before) else []
        found += ["about"] if not {"on", "over", "about", "for", "against"}.isdisjoint(before) else []
        found += ["goes-on"] if "of" in after else []
        found += ["act"] if head in acts() else []
        found += ["verb"] if not act_forms().isdisjoint(words) else []
        found += ["report"] if any(w in verb_forms() for w in words) else []
        who = listed("role_nouns", "titles", "anonymous_nouns", "organisation_nouns")
        found += ["who"] if head in who else ["of-whom"] if not who.isdisjoint(words) else []
        found += ["party"] if " ".join(words) in self._speaking else []
        found += ["of-party"] if not self._speaking.isdisjoint(words) else []
        return [*found, *self._standing(chunk)]

    def _standing(self, chunk: Chunk) -> tuple[str, ...]:
        """How often a phrase's words are said, and by how many who speak: what parties differ on, several speak of."""
        tellers = len({self._tellers[number] for number in self._said_with(chunk.stems)})
        head, rarest = self._often[stem_of(chunk.head)], min(self._often[stem] for stem in chunk.stems)
        return _telling(len(chunk.words), min(tellers, 3), min(head, 6), min(rarest, 5))

    def _said_with(self, wanted: frozenset[str]) -> set[int]:
        """The statements, by number, that say every one of some stems."""
        return set.intersection(*(self._said[stem] for stem in wanted))

    @cached_property
    def _tellers(self) -> list[str]:
        """Who stands behind each statement."""
        return [s.speaker.party or s.speaker.name or "" for s in self._draft.statements]

    @cached_property
    def _said(self) -> defaultdict[str, set[int]]:
        """The statements, by number, that say a stem."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for number, statement in enumerate(self._draft.statements):
            for stem in stems_of(self.words[n] for span in statement.content for n in self.within(*span)):
                found[stem].add(number)
        return found

    @cached_property
    def _often(self) -> Counter[str]:
        """In how many sentences each stem stands."""
        return Counter(stem for stems_ in self.sentences for stem in stems_)

    @cached_property
    def _speaking(self) -> frozenset[str]:
        names = [n.lower() for s in self._draft.statements for n in (s.speaker.party, s.speaker.name) if n]
        return frozenset((*names, *(n.split()[-1] for n in names if n.split())))

    @cached_property
    def sentences(self) -> list[frozenset[str]]:
        """The stems of every word of each sentence."""
        text = self._text
        return [stems(text[start:end]) for start, end in self._draft.segments.sentences]

    @cached_property
    def sentence_of(self) -> list[int]:
        """The sentence of each word, by number."""
        return _places(self._starts, self._draft.segments.sentences)

    @cached_property
    def paragraph_of(self) -> list[int]:
        """The paragraph of each word, by number."""
        return _places(self._starts, self._draft.segments.paragraphs)


def _places(starts: list[int], parts: Sequence[Span]) -> list[int]:
    """For each of many rising places the number of the part it stands in."""
    borders = [start for start, _ in parts]
    return [max(0, bisect_right(borders, start) - 1) for start in starts]


def chunks_of(draft: Draft) -> Chunks:
    """The noun phrases of a draft's text, found once for all who ask."""
    if not isinstance(draft.chunks, Chunks):
        draft.chunks = Chunks(draft)
    return draft.chunks


@lru_cache(maxsize=1 << 14)  # a text repeats its words
def _even(word: str) -> str:
    """A word in lower case, owning nothing."""
    return without_genitive(word.lower().replace("’", "'"))


@lru_cache(maxsize=1 << 12)
def _shape(length: int, left: int, right: int, often: int, paragraph: int, link: str, capitals: int) -> tuple[str, ...]:
    """How long a phrase is, how often it stands whole, where it stands first and how it is written."""
    edges = f"left={left}&right={right}"
    return (
        "bias", f"length={length}", edges, f"length={length}&{edges}", f"often={often}",
        f"length={length}&often={min(often, 3)}", f"paragraph={paragraph}", f"link={link}", f"capitals={capitals}",
    )  # fmt: skip


@lru_cache(maxsize=1 << 12)
def _wording(head: str, first: str, last: str) -> tuple[str, ...]:
    """What the head of a phrase is, its first word and its last."""
    return (
        f"head-ends={_ending(head, _ACT_ENDINGS)}", f"last-ends={_ending(last, _FORM_ENDINGS)}",
        f"first-ends={_ending(first, _FORM_ENDINGS)}", f"head:{stem_of(head)}", f"last:{stem_of(last)}",
    )  # fmt: skip


@lru_cache(maxsize=1 << 10)
def _telling(length: int, tellers: int, head: int, rarest: int) -> tuple[str, ...]:
    """By how many a phrase is said, and how often its head and its rarest word."""
    return (
        f"tellers={tellers}", f"length={length}&tellers={tellers}", f"head-often={head}",
        f"length={length}&head-often={min(head, 4)}", f"rarest={rarest}",
    )  # fmt: skip


@lru_cache(maxsize=1 << 13)
def _ending(word: str, endings: tuple[str, ...]) -> str:
    if not word.endswith(endings):
        return ""
    return next(e for e in endings if word.endswith(e))


__all__ = ["ARTICLES", "LINKS", "Chunk", "Chunks", "chunks_of", "closed"]
