"""Tells whose turn it is in a conversation on paper: a transcript with labels, an interview of questions and answers.

In: the cast of a text and a place in it. Out: the words that name whoever has the floor there, or None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.rules.voices import answers, label_of, voices
from dragoman.reader.vocabulary import words
from dragoman.reading import Span

_FEWEST = 3  # labelled paragraphs that make a transcript
_QUESTIONS = 0.2  # share of paragraphs that are questions, in an interview without labels
_TALKED = re.compile(
    r"\b(?:interview with|conversation with|questions (?:to|for)|(?:talks?|spoke|speaks|talked|talking) (?:to|with)|"
    r"Q\s?&\s?A(?: with)?:?|meets)\s+",
    re.I,
)
_BYLINE = re.compile(
    r"(?:^|\n)[ \t]*(?:[A-Z][a-z]+ )?[Bb](?:y|Y)[: ]\s*(?P<name>[A-ZÀ-ÖØ-Þ][^\n,|(]{2,50}?)[ \t]*(?=\n|,|\||\()"
)
_HEAD = 600  # letters at the head of a text in which a byline or the guest of an interview stands


def _first_letters(name: str) -> str:
    return "".join(part[0] for part in re.split(r"[\s-]+", name) if part[:1].isupper())


@dataclass
class Turns:
    """The turns of one text."""

    cast: Cast

    @cached_property
    def _labels(self) -> list[re.Match[str] | None]:
        """For each paragraph its label, in a text that has enough of them."""
        found = [self._label(p) for p in self.cast.draft.segments.paragraphs]
        return found if sum(m is not None for m in found) >= _FEWEST else [None] * len(found)

    def _label(self, paragraph: Span) -> re.Match[str] | None:
        match = label_of(self.cast.text, paragraph)
        if match and answers(self.cast.text, match["who"]):
            return match
        return match if match and match["who"].split()[0].lower().strip(".") not in words("rubrics") else None

    def label_at(self, position: int) -> Span | None:
        """The words that name who has the floor at `position`: the label of its paragraph, or of the last before it."""
        here = self.cast.draft.segments.paragraph_at(position)
        for n in range(here, max(-1, here - 4), -1):
            if n >= len(self._labels):
                return None
            match = self._labels[n]
            if match is not None:
                return Span(match.start("who"), match.end("who"))
        return None

    @cached_property
    def full_names(self) -> dict[str, Span]:
        """What labels are spelled out as: "THE CHAIR (Ms Annelie Faber): …" names the chair; initials too."""
        found = self._initials()
        for match in self._labels:
            if match is not None and match.group("more"):
                for low, high, actor in self.cast.between(match.start("more"), match.end("more")):
                    if actor.kind == "person" and high <= match.end("more"):
                        found.setdefault(match.group("who").lower(), Span(low, high))
        found |= {label: told for label, told in self._answering() if label not in found}
        return found

    def _answering(self) -> Iterator[tuple[str, Span]]:
        """The label "A" of "Q: … A: …", with the name of the guest, who answers."""
        text = self.cast.text
        for label in voices(text):
            if not answers(text, label):
                continue
            guest = self.guest
            yield from ((label.lower(), Span(low, high)) for low, high, a in self.cast.between(0, _HEAD) if a is guest)

    def _initials(self) -> dict[str, Span]:
        """Labels of initials, with the full label before them or the name at the head that they shorten."""
        found: dict[str, Span] = {}
        labels = [Span(m.start("who"), m.end("who")) for m in self._labels if m is not None]
        named = [Span(low, high) for low, high, _ in self.cast.between(0, _HEAD)]
        text = self.cast.text
        for n, label in enumerate(labels):
            short = text[label.start : label.end].replace(".", "")
            if not (2 <= len(short) <= 4 and short.isupper() and short.isalpha()):
                continue
            full = next((s for s in (*labels[:n], *named) if _first_letters(text[s.start : s.end]) == short), None)
            if full is not None:
                found.setdefault(text[label.start : label.end].lower(), full)
        return found

    def addressed_at(self, position: int) -> Span | None:
        """The words that name whom "you" means at `position`: the label of the turn after the one that stands there."""
        here = self.label_at(position)
        if here is None:
            return None
        asking = self.cast.text[here.start : here.end]
        first = self.cast.draft.segments.paragraph_at(position) + 1
        after = [Span(m.start("who"), m.end("who")) for m in self._labels[first : first + 3] if m is not None]
        return next((label for label in after if self.cast.text[label.start : label.end] != asking), None)

    # ------------------------------------------------------------------------------------------------ interviews

    @cached_property
    def _asked(self) -> list[bool]:
        """For each paragraph whether it is a question, in an interview without labels."""
        text, paragraphs = self.cast.text, self.cast.draft.segments.paragraphs
        asked = [text[p.end - 1] == "?" and text[p.start] not in "“\"«‘'„" for p in paragraphs]
        enough = sum(asked) >= _FEWEST and sum(asked) >= _QUESTIONS * len(asked) and not any(self._labels)
        return asked if enough else [False] * len(asked)

    def asks_at(self, position: int) -> bool:
        """Whether the paragraph at `position` is a question of an interview without labels."""
        here = self.cast.draft.segments.paragraph_at(position)
        return here < len(self._asked) and self._asked[here]

    def answers_at(self, position: int) -> bool:
        """Whether the paragraph at `position` answers a question, or goes on with an answer."""
        here = self.cast.draft.segments.paragraph_at(position)
        return here < len(self._asked) and not self._asked[here] and any(self._asked[max(0, here - 2) : here])

    @cached_property
    def guest(self) -> Actor | None:
        """Who answers: the person that the head of the text says was talked to, else the first person it names."""
        text = self.cast.text
        people = [
            (low, a)
            for low, _, a in self.cast.between(0, _HEAD)
            if a.kind == "person" and text[max(0, low - 3) : low].lower() != "by "
        ]
        for match in _TALKED.finditer(self.cast.text[:_HEAD]):
            near = [a for low, a in people if match.end() <= low <= match.end() + 40]
            if near:
                return near[0]
        return people[0][1] if people else None

    # --------------------------------------------------------------------------------------------------- authors

    @cached_property
    def author(self) -> str | None:
        """Who wrote the text, by its own byline or by what is known of it."""
        if self.cast.draft.document.author:
            return self.cast.draft.document.author
        match = _BYLINE.search(self.cast.text[:_HEAD])
        name = match.group("name").strip() if match else ""
        parts = name.split()
        named = all(w[:1].isupper() or w in words("name_particles") for w in parts)
        return name if named and 2 <= len(parts) <= 4 else None
