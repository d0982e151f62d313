"""What speaks for or against reading a position out of a statement, as names of features that a person can read.

In: a statement with its clauses. Out: features, which `weighing` turns into probabilities.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from dragoman.folding import words
from dragoman.reader.conditions.conditions import Clauses
from dragoman.reader.draft import Draft
from dragoman.reader.positions.stance_words import doings, is_unrefused, mood
from dragoman.reader.wording.phrases import is_negative, plain
from dragoman.reader.wording.stems import overlap, stem_of, stems
from dragoman.reading import Statement

# What nobody offers: where one of these follows from something, that something is not wanted.
_HARM = re.compile(
    r"\b(?:walk(?:ing)? (?:away|out)|leav(?:e|ing)|quit|strik(?:e|ing)|withdraw|pull(?:ing)? out|suspend|boycott|"
    r"retaliat|sanction|sue|veto|attack|cut off|picket|blockade|shut|shutdown|tariffs?|punish|expel|vote against)\w*",
    re.IGNORECASE,
)

_TOGETHER = re.compile(r" and (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each party speaks in a document, and who sets conditions there."""

    spoken: Counter[str | None]
    conditional: frozenset[str | None]
    order: dict[str, int]
    speaking: tuple[str | None, ...]  # the party of each
    places: dict[str, list[int]]  # in which of them each stem stands, by number
    opening: frozenset[str]

    @classmethod
    def of(cls, draft: Draft) -> Counts:
        """The counts of `draft`."""
        outer = [s for s in draft.statements if not s.within]
        places: dict[str, list[int]] = {}
        for number, statement in enumerate(outer):
            for stem in stems(statement.content.text(draft.document)):
                places.setdefault(stem, []).append(number)
        return cls(
            Counter(s.speaker.party for s in outer),
            frozenset(c.party for c in draft.conditions),
            {s.id: number for number, s in enumerate(outer)},
            tuple(s.speaker.party for s in outer),
            places,
            stems(" ".join(draft.document.text[a:b] for a, b in draft.segments.paragraphs[:2])),
        )

    def shared(self, own: frozenset[str], party: str | None, most: int) -> int:
        """How many of some stems stand together in what another party says, `most` or more being one."""
        count: dict[int, int] = {}
        reached = 0
        for stem in own:
            for number in self.places.get(stem, ()):
                if self.speaking[number] != party:
                    count[number] = here = count.get(number, 0) + 1
                    if here > reached:
                        reached = here
                        if reached >= most:
                            return reached
        return reached


def features(
    draft: Draft,
    statement: Statement,
    text: str,
    clauses: Clauses | None,
    counts: Counts,
    before: Before,
    party: str,
    *,
    need_of: Clauses | None = None,
) -> list[str]:
    """What speaks for or against a position in `text`, as names of features."""
    told = plain(statement.cue.text(draft.document, joint=" ")) if statement.cue else ""
    cue = [stem_of(word) for word in words(told)]
    found = _said(statement, text, told, cue) + _spoken(statement, counts, cue) + _shared(statement, text, counts)
    if statement.speaker.anonymous:
        found += ["anonymous", f"act={statement.act}&anonymous"]
    if party in counts.conditional:
        found.append("sets-conditions")
    found += _whose(statement, party) + _shape(statement, text)
    found += _bound(clauses) if clauses else []
    found += _needed(need_of, text) if need_of else []
    found += _place(draft, statement, counts)
    if before.holds(party, text, statement.id):
        found.append("said-before")
    return found


def _said(statement: Statement, text: str, told: str, cue: list[str]) -> list[str]:
    """As which act, in which form and with which words a stance is said."""
    act, refuses, tokens = f"{statement.act}{'-not' if statement.negated else ''}", is_negative(text), words(text)
    found = ["bias", f"act={act}", f"form={statement.form}", f"negative={refuses}", f"act={act}&negative={refuses}"]
    found += [f"cue:{w}" for w in cue] + [f"w:{w}" for w in dict.fromkeys(map(stem_of, tokens))]
    found += [f"first:{stem_of(tokens[0])}", f"act={act}&first:{stem_of(tokens[0])}"] if tokens else []
    return [*found, *_wording(statement.act, text, told), f"long={min(len(tokens) // 5, 6)}"]


def _spoken(statement: Statement, counts: Counts, cue: list[str]) -> list[str]:
    """For whom a statement is made, by somebody who speaks how often, and by which cue."""
    act, speaker = statement.act, statement.speaker
    placed = speaker.party or (speaker.name and _TOGETHER.search(speaker.name))  # who speak together are parties
    sort = "none" if not placed else "name" if speaker.party in (None, speaker.name) else "other"
    return [
        f"speaks={min(counts.spoken[speaker.party], 6)}", f"party={sort}",
        f"act={act}&party={'some' if placed else 'none'}", f"act={act}&form={statement.form}",
        *(f"act={act}&cue:{w}" for w in cue),
    ]  # fmt: skip


def _whose(statement: Statement, party: str) -> list[str]:
    """Whether a stance is that of the speaker's party, of the speaker alone, or of somebody who acts in it."""
    speaker = statement.speaker
    sort = "party" if party == speaker.party else "speaker" if party == speaker.name else "other"
    return [f"whose={sort}", f"act={statement.act}&whose={sort}"]


def _shared(statement: Statement, text: str, counts: Counts) -> list[str]:
    """How much a stance shares with what other parties say, and with the opening of the report."""
    own = stems(text)
    shared = counts.shared(own, statement.speaker.party, 3)
    return [f"shared={shared}", f"opening={min(len(own & counts.opening), 3)}"]


def _shape(statement: Statement, text: str) -> list[str]:
    """Whether a statement stands in another or comes through somebody, and whether a stance has digits."""
    found = ["within"] if statement.within else []
    found += ["via"] if statement.via else []
    found += ["digits"] if _DIGIT.search(text) else []
    return found


def _bound(clauses: Clauses) -> list[str]:
    """How a stance stands that is held on a condition."""
    link, negative = clauses.link, is_negative(clauses.main)
    return [f"link={link}", f"main-negative={negative}", f"link={link}&{negative}", f"conditional&{negative}"]


def _needed(clauses: Clauses, need: str) -> list[str]:
    """How a stance stands that is required in a condition: how much it says, and beside how long a main clause."""
    link, negative = clauses.link, is_negative(clauses.main)
    found = [f"link={link}", f"link={link}&{negative}", f"main-negative={negative}&{is_negative(need)}"]
    found += [f"says={min(len(stems(need)), 6)}", f"main={min(len(words(clauses.main)) // 4, 4)}"]
    found += ["of-all"] if _OF_ALL.search(need) else []
    found += ["passive"] if _PASSIVE.search(need) else []
    threatened = link in ("if", "when", "should") and not negative and _HARM.search(clauses.main)
    return [*found, "threatened"] if threatened else found


# "Leth must free the crew", "the levies on grain, fish and salt should all be lifted": no clause stands before "must"
_MUST = re.compile(
    r"(?!(?:we|you|I|it|this|that|these|they|he|she|one|who|what)\b)"
    r"(?:(?!\b(?:if|when|unless|before|after|until|once|because|whether|what|how|why|while|as|where|which|who)\b)"
    r"[^;:?]){2,160}? "
    r"(?:must|should|ought to|has to|have to|needs? to)\b(?! do with)",
    re.IGNORECASE,
)


def asks_plainly(statement: Statement, stance: str) -> bool:
    """Whether a demand says outright what somebody else must do: of eleven such in the gold ten are positions."""
    return statement.act == "demand" and _MUST.match(stance) is not None


_OF_ALL = re.compile(
    r"\b(?:both|all|others?|everyone|everybody|anyone|anybody|someone|somebody|no one|nobody)\b", re.IGNORECASE
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly )?\w+(?:ed|en|n|t)\b")


def _place(draft: Draft, statement: Statement, counts: Counts) -> list[str]:
    """Where in a report a statement stands, and whether somebody is named for it."""
    found = ["opening"] if counts.order.get(statement.id, 9) == 0 else []
    found += ["headline"] if draft.segments.paragraph_at(statement.content.start) == 0 else []
    found += [] if statement.source else ["no-source"]
    return found


class Before:
    """The stances found so far, by the words they share with another."""

    def __init__(self) -> None:
        self._stances: list[tuple[str, str]] = []  # each with its statement
        self._places: dict[tuple[str, str], list[int]] = {}

    def add(self, party: str, stance: str, statement: str) -> None:
        """Take in a stance."""
        for stem in stems(stance):
            self._places.setdefault((party, stem), []).append(len(self._stances))
        self._stances.append((stance, statement))

    def holds(self, party: str, text: str, statement: str) -> bool:
        """Whether a party has taken a stance like `text` in another statement."""
        near = {n for stem in stems(text) for n in self._places.get((party, stem), ())}
        return any(
            self._stances[n][1] != statement and overlap(self._stances[n][0], text) >= _SAID_BEFORE for n in near
        )


_SAID_BEFORE = 0.4  # of the words of two stances that are one
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"[a-z']+")
_PRONOUNS = frozenset(("he", "she", "it", "they", "we", "i", "you", "this", "that", "there"))
_DETERMINERS = frozenset(("the", "a", "an", "his", "its", "their", "her", "no", "any", "all", "every"))


def _wording(act: str, text: str, cue: str) -> list[str]:
    """How a stance and its cue are worded, whatever their words: what they do, in what mood, who speaks to whom."""
    tokens = _TOKEN.findall(text.lower().replace("’", "'"))
    stands, here = mood(tokens), set(tokens)
    first = tokens[0] if tokens else ""
    start = "pronoun" if first in _PRONOUNS else "determiner" if first in _DETERMINERS else "other"
    found = [f"does:{name}" for name in dict.fromkeys(doings(text))]
    found += [f"cue-does:{name}" for name in dict.fromkeys(doings(cue))]
    done = doings(text) if text.startswith(cue) else doings(f"{cue} {text}")
    found += ["unrefused"] if is_unrefused(done) else []
    found += [f"mood={stands}", f"act={act}&mood={stands}", f"starts={'to' if first == 'to' else start}"]
    found += ["first-person"] if here & {"we", "our", "us", "i", "my"} else []
    found += ["second-person"] if here & {"you", "your"} else []
    found += ["question"] if "?" in text else []
    found += ["few-stems"] if len(stems(text)) <= 2 else []
    return found
