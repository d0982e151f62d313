"""Tells which way a stance points on its issue, by the words that stand over the issue and turn it round.

In: a stance with the clauses it is taken from, its cue, and what its issue is called. Out: features, which `weighing`
turns into for, against, open or unclear. "Refuses to give up the port" says no twice: it is for the port.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dragoman.folding import words
from dragoman.reader.conditions.condition_cuts import Clauses
from dragoman.reader.conditions.withholding import is_threat, refuses
from dragoman.reader.positions.stance_words import WORD, Doing, doings, is_unrefused, modality, placed
from dragoman.reader.vocabulary import own_data
from dragoman.reader.wording.giving_up import asks_no_more, holds_no_more
from dragoman.reader.wording.phrases import is_negative
from dragoman.reader.wording.stems import SMALL, stem_of, stems

# What words of these classes stand over is not wanted, or no longer.
TURNING = frozenset(("no", "refuse", "oppose", "deny", "end", "harm", "doubt", "criticise", "threaten"))
# "deal or no deal", "with or without the union", "whoever is or isn't there": the no turns nothing.
_EITHER_WAY = re.compile(
    r"\b(\w+),? or (?:no|not) \1\b|\bor not\b|\bwith or without\b|\b(?:is|are|was|were) or \w+n['’]t\b", re.IGNORECASE
)
# What was before says nothing of what is wanted: "urged talks following numerous violated truces"
_BACKGROUND = re.compile(r"\s(?:following|amid|despite|in the wake of|in response to)\s[^,;.]*", re.IGNORECASE)
_BORDER = re.compile(r"[;:]\s|,\s(?:but|and|because|while|though|so|adding)\s|\s(?:because|but)\s|\s[–—-]\s")
_CLAUSE = re.compile(
    r";\s|,\s(?:but|and|nor)\s|\s(?:and|but|nor)\s(?=(?:I|you|he|she|it|we|they|this|that|there|will|would|has|have|had|"
    r"is|are|was|were|do|does|did|cannot|not|to)\b)"
)
_BOUND = re.compile(
    r"\bonly (?:to|if|after|when|against|for|with|once|on|in)\b|\b(?:no|not) more than\b|\bat most\b", re.IGNORECASE
)
_ELSE = frozenset(("or", "or else", "otherwise"))
_WHILE = frozenset(("as long as", "so long as", "while"))
_IF = frozenset(("if", "when", "in case", "should"))
_UNTIL = frozenset(("until", "till"))
_REFUSING = frozenset(("no", "refuse", "oppose"))


class Standing(NamedTuple):
    """The classes of the words before an issue and after it in the same clause, and whether its words stand there."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    named: bool
    sign: str  # what the words before make of it: "+" or "-"
    later: str  # and those after it


def standing(text: str, issue: str, cue: str = "") -> Standing:
    """How an issue stands in a text that a cue reports."""
    text = _EITHER_WAY.sub(lambda match: " " * len(match.group()), text)
    wanted = stems(issue)
    if (background := _BACKGROUND.search(text)) is not None and wanted.isdisjoint(stems(background.group())):
        text = f"{text[: background.start()]}{' ' * len(background.group())}{text[background.end() :]}"
    if 2 * len(wanted & stems(text)) < len(wanted):
        wanted = frozenset()  # spoken of by other words
    place = next((w for w in WORD.finditer(text) if _is_of(w.group(), wanted)), None)
    first = max((b.end() for b in _CLAUSE.finditer(text, 0, place.start())), default=0) if place else 0
    border = _BORDER.search(text, place.end()) if place else _CLAUSE.search(text)
    end = border.start() if border else len(text)
    doings = [doing for doing in placed(text) if not (_is_named(text, doing, wanted) or _is_time(text, doing))]
    said = [d.name for d in doings if first <= d.start < (place.start() if place else end)]
    before = [*(d.name for d in placed(cue)), *said]
    after = [d.name for d in doings if place and place.start() <= d.start < end]
    own = [d.name for d in placed(issue)]
    # "agreed to dissolve Parliament" is for its dissolution
    if own and before and before[-1] == own[0] and place and not _begins(text, place.start(), issue):
        before = before[:-1]
    return Standing(tuple(before), tuple(after), place is not None, _sign(before), _sign(after))


def _is_of(word: str, wanted: frozenset[str]) -> bool:
    return word.lower() not in SMALL and stem_of(word.lower()) in wanted


def _is_named(text: str, doing: Doing, wanted: frozenset[str]) -> bool:
    """Whether what is done is part of the issue's name."""
    return any(_is_of(word, wanted) for word in WORD.findall(text[doing.start : doing.end]))


def _is_time(text: str, doing: Doing) -> bool:
    """Whether an end is one of days: "by the end of the month"."""
    return doing.name == "end" and text[: doing.start].lower().endswith("the ") and text[doing.end :].startswith(" of ")


def _begins(text: str, start: int, issue: str) -> bool:
    first = WORD.search(issue)
    return bool(first) and stem_of(first.group().lower()) == stem_of(WORD.match(text, start).group().lower())  # type: ignore[union-attr]


def _sign(classes: Sequence[str]) -> str:
    return "-" if sum(name in TURNING for name in classes) % 2 else "+"


def is_wanted(need: str, issue: str) -> bool:
    """Whether who needs something to be so wants the issue of it: not where "the case is dropped", or "no boats come".

    Where the issue is called by what ends, "dropping of the case", or by other words, that is wanted.
    """
    here, own = standing(need, issue), placed(issue)
    if not here.named:
        return here.before[:1] != ("no",)
    ends = bool(own) and own[0].name in TURNING
    return here.sign == "+" and (ends or here.later == "+")


def on_condition(clauses: Clauses, issue: str, cue: str = "") -> str:
    """Which way a position points that is held on a condition: "no return unless …" is against it, an offer is open.

    "X must come, or nothing is signed" demands X; a threat is for what it threatens with.
    """
    if clauses.link in _ELSE:
        return "for" if is_wanted(clauses.requirement, issue) else "against"
    barring = clauses.link in own_data("conditions.json")["barring"]  # what has to come first stands after it
    if not clauses.link.isascii():
        return "against" if barring and is_negative(clauses.main) else "open"
    main = _EITHER_WAY.sub(" ", _BOUND.sub(" ", clauses.main))
    if offered := _OFFERED.match(main):  # "is willing to discuss it, but not before": what is left is offered
        return "against" if refuses(clauses._replace(main=offered["what"])) else "open"
    said_no = not _REFUSING.isdisjoint(doings(main))
    refused = said_no and refuses(clauses._replace(main=main)) and not is_unrefused(doings(main))
    here = standing(clauses.main, issue, cue)
    if not said_no and _ASKED.search(main):
        return "for" if is_wanted(clauses.main, issue) else "against"
    if not said_no and barring and (_HOW_LONG.search(main) or (clauses.link in _UNTIL and "keep" in doings(main))):
        return "for" if here.sign == "+" else "against"
    announced = "threaten" in here.before
    if announced or is_threat(clauses):
        # "will open the port unless …" is for the opening, "will halt the payments unless …" against the payments
        threatened = _sign([name for name in here.before if name != "threaten"])
        return ("for" if threatened == "+" else "against") if barring or announced else "open"
    if clauses.link in _WHILE or clauses.link in _IF:  # "will not come if …" is against, not "will not oppose it if …"
        return "against" if refused else "open"
    if not barring:
        return "open"
    return "against" if said_no or here.sign == "-" else "open"


_OFFERED = re.compile(r"(?P<what>.+\w),? (?:but|and) not$")
_ASKED = re.compile(
    r"\b(?:must|should|ought to|has to|have to|call(?:s|ed)? (?:on|for)|urge[sd]?|demand(?:s|ed)?|insist(?:s|ed)?)\b",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(r"\bfor$")  # "goes on for as long as …" says how long, not whether


def marks(stance: str, issue: str, *, act: str, cue: str = "") -> tuple[str, ...]:
    """What speaks for each direction of a stance on an issue, as names of features."""
    here, own = standing(stance, issue, cue), [d.name for d in placed(issue)]
    inside = "in" if here.named else "out"
    found = [f"act={act}", f"sign={here.sign}", f"{inside}&{here.sign}", f"{inside}&{here.sign}&{here.later}"]
    found += [f"act={act}&sign={here.sign}", f"sign={here.sign}&{here.later}&own={''.join(own[:1])}"]
    found += [f"before:{name}" for name in dict.fromkeys(here.before)]
    found += [f"after:{name}" for name in dict.fromkeys(here.after)] + [f"own:{name}" for name in dict.fromkeys(own)]
    found += [f"last={'>'.join(here.before[-1:])}&{inside}", f"last-two={'>'.join(here.before[-2:])}"]
    found += [f"next={'>'.join(here.after[:1])}&{inside}"]
    if _BOUND.search(stance):
        found += ["bound", f"bound&{here.sign}"]
    digits = any(letter.isdigit() for letter in stance)
    if digits:
        found.append(f"digits&act={act}")
    whole = f"{cue} {stance}".lower()
    may, done = modality(whole), doings(whole)
    found += [f"may={may}", f"may={may}&sign={here.sign}"]
    found += [f"first={done[0]}&digits={digits}", f"first-two={'>'.join(done[:2])}"] if done else []
    found += [f"offer&digits={digits}"] if "offer" in done else []
    found += ["gives-up"] if holds_no_more(whole) else []
    found += ["halfway"] if _HALFWAY.search(whole) else []
    every = _sign(list(done))
    found += [f"all={every}", f"all={every}&act={act}", f"all={every}&own={bool(own) and own[0] in TURNING}"]
    found += _around(f"{cue} {stance}", issue)
    return tuple(found) if here.named else (*found, *_pointed(stance, cue, act))


def _around(text: str, issue: str) -> list[str]:
    """The words of a text by their stems, those before an issue is named apart from the others."""
    wanted, said = stems(issue), [stem_of(word) for word in words(text)]
    first = next((place for place, stem in enumerate(said) if stem in wanted), len(said))
    return [f"{'b' if place < first else 'a'}:{stem}" for place, stem in enumerate(said)]


# What has to leave, and who has to go: careful readers call the issue their withdrawal or their future, and are for it.
_LEAVES = re.compile(
    r"\b(?:must|should|shall|has to|have to|had to|needs? to|ought to|is to|are to) (?:\w+ly |first |now |also |all )?"
    r"(?:resign|step (?:down|aside|back)|leave|withdraw(?! \w)|pull (?:out|back)(?! \w))\b",
    re.IGNORECASE,
)
_WHO_GOES = re.compile(r"(?<!the )\b[A-Z][\w'’-]+ (?:must|should|has to|had to|ought to) (?:\w+ly |now )?go\b(?! \w)")


# What stands between a word that ends something and what it ends: "lift many of its", "roll back all U.S."
_ENDED = re.compile(
    r"(?:\s+(?!(?:and|or|but|nor|to|that|which|who|from|with|by|for|if|until|unless|before|after|when|while|so|as|at|"
    r"into|over|under|between)\b)[\w.'’“”\"-]+){0,5}?\s+[“\"‘(]?"
)
# How what is ended is asked for where it stands first: "the sanctions must be lifted", "wants the levy to be dropped"
_BE = re.compile(
    r"(?:(?!\b(?:and the|but|because|while|is|are|was|were|has|have|had|will|would)\b)[^;:]){0,140}?"
    r"\b(?:must|should|ought to|has to|have to|needs? to|to|will|shall)"
    r"(?: \w+ly| all| now| first)? be(?: \w+ly)? "
)
_OFFERS = re.compile(r"\b(?:offer|ready|prepared|willing|open|invite)", re.IGNORECASE)
_LOOSELY = frozenset(("consider", "accept", "atmost", "keep", "begin", "doubt"))


def _joins(text: str, pair: Sequence[Doing]) -> bool:
    """Whether two words end the same thing: "eliminate or sharply reduce the levies"."""
    ending = [doing.name for doing in pair] == ["end", "end"]
    return ending and re.match(r"\s+(?:and|or)\b", text[pair[0].end : pair[1].start]) is not None


def ends(stance: str, issue: str, cue: str = "") -> str | None:
    """Which way a stance points that ends what its issue is called by, or will not end it; None where it does neither.

    "Must lift the sanctions" is against sanctions, "will never give up its fleet" for the fleet; whose issue is called
    by its end, "lifting of sanctions", says nothing here.
    """
    text = f"{cue} {stance}" if cue else stance
    wanted = stems(issue)
    place = next((w for w in WORD.finditer(text, len(cue)) if _is_of(w.group(), wanted)), None)
    if place is None or any(doing.name == "end" for doing in placed(issue)):
        return None
    first = max((b.end() for b in _CLAUSE.finditer(text, 0, place.start())), default=0)
    over = [d for d in placed(text) if first <= d.start and d.end <= place.start()]
    number = next(
        (n for n, d in enumerate(over) if d.name == "end" and _ENDED.fullmatch(text, d.end, place.start())), None
    )
    if number is None:
        be = _BE.match(text, place.end())
        after = next((d for d in placed(text) if be and d.start == be.end()), None)
        if after is None or after.name != "end":
            return None
        number = len(over)
    before = [d.name for n, d in enumerate(over[:number]) if not _joins(text, over[n : n + 2])]
    if (
        not _LOOSELY.isdisjoint(before)
        or _OFFERS.search(text, first, place.start())
        or modality(text[first : place.start()].lower()) == "may"
    ):
        return None
    return "against" if _sign(before) == "+" else "for"


def has_to_leave(stance: str) -> bool:
    """Whether a stance is that somebody or something leaves: "the boats must leave the strait", "Ferrant must go"."""
    return bool(_LEAVES.search(stance) or _WHO_GOES.search(stance))


def gives_up(stance: str, cue: str = "") -> bool:
    """Whether somebody asks no more for what they asked for before, which leaves it open: 15 of 16 in the gold do."""
    whole = f"{cue} {stance}".lower()
    match = asks_no_more(whole)
    return match is not None and _REFUSING.isdisjoint(doings(whole[: match.start()]))


_HALFWAY = re.compile(
    r"\b(?:off|on) the (?:table|list)\b|\bopen to\b|\bpossible\b|\btalk(?:ed)? about\b|\bdiscuss|\bconsider|"
    r"\blive with\b|\bup to\b|\bas far as\b|\bsettle for\b|\bat least\b|\bno more than\b"
)
_POINTING = re.compile(r"\b(?:it|them|this|that|these|those|so)\b")


def _pointed(stance: str, cue: str, act: str) -> list[str]:
    """How a stance stands to what it only points at: "tear it up", "reverse that"."""
    place = _POINTING.search(stance)
    if place is None:
        return ["points=no"]
    said = placed(stance[: place.start()] + stance[place.end() + 1 :])  # "tear it up" tears up
    before = [d.name for d in placed(cue)] + [d.name for d in said if d.start < place.start()]
    sign, later = _sign(before), _sign([d.name for d in said if d.start >= place.start()])
    return [
        "points", f"points&{sign}", f"points&last={'>'.join(before[-1:])}", f"points&act={act}&{sign}",
        f"points&{sign}&{later}",
    ]  # fmt: skip


__all__ = ["Standing", "ends", "gives_up", "has_to_leave", "is_wanted", "marks", "on_condition", "standing"]
