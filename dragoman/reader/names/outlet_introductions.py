"""Finds where a text introduces outlets: "the daily Bugle", "the Bugle reported", "told Radio Eko", "Havn quotes …".

In: a text. Out: the words that may name an outlet, and how much their place tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.reader.names.outlet_shapes import NATIONAL, RUN

_HEAD = 300  # letters at the head of a report in which it says that it is a press review
_COMMON = (
    r"(?:daily|weekly|monthly|newspaper|paper|tabloid|broadsheet|magazine|news agency|agency|newswire|"
    r"wire service|wire|news service|"
    r"broadcaster|station|channel|radio station|radio|television|TV|portal|website|news site|blog|newsletter|"
    r"podcast|outlet|news outlet)"
)
_BEFORE = re.compile(rf"\b{_COMMON}[ \u00a0]+[“\"‘«„]?({RUN})")
_SURE_BEFORE = re.compile(
    rf"\b(?:daily|weekly|newspaper|paper|tabloid|magazine|news agency|state agency|news wire|wire service|"
    rf"broadcaster|station|portal|website|blog)[ \u00a0]+[“\"‘«„]?({RUN})"
)
_PRESS = (
    r"(?:daily|weekly|newspaper|tabloid|magazine|news agency|state agency|broadcaster|website|portal|radio station)"
)
_CALLED = re.compile(rf"\b(?:[Aa]n?|[Tt]he|[Ii]ts|['’]s) (?:[\w-]+ ){{0,2}}{_PRESS}, ({RUN}),")
_CALLED_BOTH = re.compile(
    rf"\b(?:dailies|weeklies|newspapers|tabloids|magazines|agencies|websites),? ({RUN}) and ({RUN}),"
)
_AFTER = re.compile(rf"\b[Tt]he[ \u00a0]+({RUN})[ \u00a0]+{_COMMON}\b")
_APPOSED = re.compile(
    rf"({RUN})[”\"’»“]?,[ \u00a0]+(?:a|an|the)[ \u00a0]+(?:[\w'’-]+[ \u00a0]+){{0,3}}(?:daily|weekly|newspaper|"
    rf"tabloid|magazine|news agency|broadcaster|website|portal|radio station)\b"
    # "a treaty of Velm and Orvia, the newspaper reports" tells what is meant by the newspaper, not by Orvia
    rf"(?! (?:has |had |also )?(?:report|wr[io]t|sa(?:ys|id)|add|note|point|cite|quot|claim|believ|recall)\w*)"
)
_TOLD = re.compile(
    rf"\b(?:told|tells|telling|interview with|interview to|interview for|quoted by|carried by|reported by|"
    rf"spoke to|speaking to|"
    rf"speaking on|interviewed by|interview on)[ \u00a0]+(?:the[ \u00a0]+)?({RUN})(?!['’]s)"
)
_SAYS = re.compile(
    rf"(?:[,.;:”\"’»] (?:[Tt]he )?)({RUN})[ \u00a0]+(?:has[ \u00a0]+)?(?:reported|reports|wrote|writes)\b"
)
# Who acts in what is told, and is no part of the outlet's name: "told Radio Eko Chile would not join"
_THEN_ACTS = re.compile(r" (?:would|will|had|has|was|is|were|could|must|should|may|might|did|does)(?![\w'’])")
# What only an outlet has, and how a press review has it speak: "the Bugle's newsroom", "Havn has the mayor telling …".
_HAS = re.compile(rf"({RUN})['’]s (?:correspondent|newsroom|version of)\b")
_HAS_PAPER = re.compile(
    rf"({RUN})['’]s (?:front page|editorial|editorialist|leader writer|commentator|columnist|cartoonist)\b"
)
_SPEAKING = r"(?:telling|saying|insisting|claiming|warning|promising|admitting)"
_QUOTING = re.compile(
    rf"(?:^|[.;:,] (?:[Tt]he )?|\b(?:[Oo]nly|[Bb]ut|[Aa]nd|[Ww]hile) (?:the )?)({RUN})(?:, which [^,.;\n]{{3,80}},)? "
    rf"(?:quotes|(?:has|had) (?:[^.;,\n]|,(?! and)){{4,80}}? {_SPEAKING})\b",
    re.M,
)
_MADE_TO = re.compile(
    rf"\b(?:den(?:y|ies|ied)|(?:confirm|repeat|explain)(?:s|ed)?|admit(?:s|ted)?) (?:this|that|it|as much)(?: \w+ly)? "
    rf"to (?:the )?({RUN})"
)
_PRESS_REVIEW = re.compile(
    r"press (?:review|digest|summary)|(?:the|review of the|from the) (?:news)?papers\b|the papers say|front pages|"
    r"(?:review of|in|from) the press\b",
    re.I,
)
_VERSION = re.compile(rf"({RUN})['’]s (?:version|account|take|report|leader|headline)\b")
# What the patterns that begin with an outlet's name and its possession have in common, which is found much sooner.
_POSSESSION = re.compile(
    r"['’]s (?:correspondent|newsroom|version|front page|editorial|leader|commentator|columnist|cartoonist|account|"
    r"take|report|headline)"
)
_OWNING = (_HAS, _HAS_PAPER, _VERSION)
_KINDS = (
    "daily weekly monthly paper tabloid broadsheet magazine agency wire service broadcaster station channel radio "
    "television TV portal website site blog newsletter podcast outlet"
)
_PLACES = tuple(  # where an outlet stands, whether only outlets do, and words of which a text has one where any does
    (pattern, sure, words.split())
    for pattern, sure, words in (
        (_SURE_BEFORE, True, _KINDS),
        (_BEFORE, False, _KINDS),
        (_AFTER, False, _KINDS),
        (_APPOSED, True, "daily weekly newspaper tabloid magazine agency broadcaster website portal station"),
        (_CALLED, True, "daily weekly newspaper tabloid magazine agency broadcaster website portal station"),
        (_CALLED_BOTH, True, "dailies weeklies newspapers tabloids magazines agencies websites"),
        (NATIONAL, True, ""),
        (_TOLD, False, "told tells telling interview quoted carried reported spoke speaking"),
        (_SAYS, False, "reported reports wrote writes"),
        (_HAS, False, ""),
        (_HAS_PAPER, True, ""),
        (_MADE_TO, False, "deny deni confirm repeat explain admit"),
        (_QUOTING, False, "quotes telling saying insisting claiming warning promising admitting"),
    )
)


@dataclass(frozen=True, slots=True)
class Introduction:
    """Words that may name an outlet, by where they stand."""

    name: str
    sure: bool  # whether only outlets stand there
    told: bool  # whether people may stand there too: whoever is told something, or writes
    quoting: bool  # whether it quotes others, as the papers of a press review do
    acting: bool = False  # whether a verb follows, of which its last word may be the subject


def introductions(text: str) -> Iterator[Introduction]:
    """The outlets that a text may introduce, one kind of place after another."""
    review = _PRESS_REVIEW.search(text, 0, _HEAD)
    owning = _POSSESSION.search(text) is not None
    for pattern, sure, words in ((_VERSION, False, []), *_PLACES) if review else _PLACES:
        if (pattern in _OWNING and not owning) or (words and not any(word in text for word in words)):
            continue
        for match in pattern.finditer(text):
            acting = pattern is _TOLD and _THEN_ACTS.match(text, match.end()) is not None
            for name in match.groups():
                yield Introduction(
                    name.strip(),
                    sure,
                    told=pattern in (_TOLD, _SAYS, _MADE_TO),
                    quoting=pattern in (_VERSION, _QUOTING),
                    acting=acting,
                )
