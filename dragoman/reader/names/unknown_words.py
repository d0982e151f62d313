"""Tells what words that no list knows may be: a demonym of another word, a person's name, a land that acts.

In: the words of a text. Out: whether one is the adjective of a land, and how its capitalised words stand among others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.folding import without_genitive
from dragoman.reader.vocabulary import first_names, key_of, verb_forms, words

SUFFIX = re.compile(r"(?:ians?|eans?|ans?|ns?|ese|ish|is?|ites?|ics?|ers?|ois|ch|ards?)$")
_TOKEN = re.compile(r"[^\W_][\w’'-]*")


def is_demonym(adjective: str, name: str) -> bool:
    """Whether `adjective` can be the demonym of the place `name`: "Kestrian" of "Kestria", "Haldish" of "Halden"."""
    a, n = key_of(adjective), key_of(without_genitive(name))
    if a == n or not a or not n or a[0] != n[0] or " " in a or " " in n:
        return False
    shared = 0
    while shared < min(len(a), len(n)) and a[shared] == n[shared]:
        shared += 1
    rest, lost = a[shared:], len(n) - shared
    if shared < max(3, min(len(n) - 3, 6)) or lost > 3 or len(n) < 4:
        return False
    if lost == 0:
        return rest in ("n", "an", "ian", "i", "ese", "ish", "er", "ic", "ite", "ean", "ans", "nian")
    whole = SUFFIX.search(a)
    return (
        whole is not None and 0 < len(rest) <= 4 and len(a) - len(whole.group()) <= shared + 1 and n[-1] in "aeionyrks"
    )


@dataclass(frozen=True)
class Capitals:
    """The words of a text, and where its capitalised ones stand among them."""

    text: str
    spans: list[tuple[int, int]]
    tokens: list[str]
    places: dict[str, list[int]]
    lower: set[str]

    @classmethod
    def of(cls, text: str) -> Capitals:
        spans, tokens, places = [], [], {}  # type: ignore[var-annotated]
        for match in _TOKEN.finditer(text):
            word = without_genitive(match.group())
            if word[:1].isupper():
                places.setdefault(word, []).append(len(tokens))
            spans.append(match.span())
            tokens.append(match.group())
        return cls(text, spans, tokens, places, {t for t in tokens if t.islower()})

    def before(self, i: int) -> str:
        """The word right before word i, "" across a mark."""
        return (
            self.tokens[i - 1]
            if i and self.text[self.spans[i - 1][1] : self.spans[i][0]] in (" ", ". ", "\u00a0")
            else ""
        )

    def after(self, i: int) -> str:
        """The word right after word i, "" across a mark."""
        last = i + 1 >= len(self.tokens)
        return (
            ""
            if last or self.text[self.spans[i][1] : self.spans[i + 1][0]] not in (" ", "\u00a0")
            else self.tokens[i + 1]
        )

    def names_a_person(self, word: str) -> bool:
        """Whether a title or a first name stands before the word somewhere, or a title before the name before it."""
        for i in self.places.get(word, ()):
            first = self.before(i)
            if first.lower() in words("titles") or (first[:1].isupper() and key_of(first) in first_names()):
                return True
            if first[:1].isupper() and self.before(i - 1).lower() in words("titles"):
                return True
        return False

    def qualifies(self, word: str) -> bool:
        """Whether a word stands before a noun as an adjective of nationality does."""
        for i in (*self.places.get(word, ()), *self.places.get(word + "s", ())):
            following = self.after(i)
            if self.before(i).lower() == "the" or following.lower() in words("role_nouns", "titles"):
                return True
            if following[:1].islower() and following not in words("auxiliaries", "prepositions"):
                return True
        return False

    def acts_alone(self, word: str) -> bool:
        """Whether a word is a place ("in Casparia") and acts ("Casparia offers"), standing without neighbours."""
        alone = [
            i
            for i in self.places.get(word, ())
            if not self.before(i)[:1].isupper()
            and not self.after(i)[:1].isupper()
            and self.before(i) not in ("the", "a", "an")
        ]
        if len(alone) < 2 or word.lower() in self.lower:
            return False
        if any(self.before(i) in words("outlet_nouns") for i in self.places.get(word, ())):
            return False  # "the daily Jutro"
        place = any(
            self.before(i) in ("in", "of", "from", "to", "with", "between", "for", "by", "against") for i in alone
        )
        return place and any(self.tokens[i] != word or _finite(self.after(i)) for i in alone)


def _finite(word: str) -> bool:
    return word in words("auxiliaries") or any(form.kind in ("s", "past") for form in verb_forms().get(word, ()))
