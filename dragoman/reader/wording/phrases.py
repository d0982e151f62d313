"""Cuts what was said down to the few words that a table shows.

In: statements and their words. Out: plain clauses without quotation marks, "that" and modal verbs, gerunds, and noun
phrases; always words of the text, at most with another ending.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources

from dragoman.folding import fold
from dragoman.reader.draft import Draft
from dragoman.reader.segment import sentences_in
from dragoman.reading import Span, Statement

_QUOTES = re.compile(r"[“”\"«»„]|(?<![^\W_])[‘'’](?=\S)|(?<=\S)[’'](?![^\W_])|(?<=\s)[’'‘](?=\s)")
_MARKS = frozenset("“”\"«»„‘’'")
_APOSTROPHE = re.compile(r"(?<=[^\W_])[’‘](?=[^\W_])")
_STOP = re.compile(r"(?<!\.\w)(?<!\d\.)\.$")
_LEAD = re.compile(r"(?:that|إن|أن|ان|بأن|بأنه|إنه|إنها|أنه|أنها)\s+", re.IGNORECASE)
_MODAL = (
    r"(?:will|would|shall|should|could|can|may|might|must|cannot|can't|won't|wouldn't|couldn't|shan't|'ll|['’]d|need)"
)
_READY = (
    r"(?:(?:is|are|was|were|be|being|am|remains|remained|stood|stands)\s+)?(?:quite\s+|fully\s+|not\s+)?"
    r"(?:ready|prepared|willing|inclined|able|happy|due|free|minded|likely|set|going|averse|opposed|open|unwilling)"
    r"\s+to"
)
_ADVERB = (
    r"(?:(?:all|both|neither|not|never|also|now|only|then|still|even|simply|just|no longer|first|again|rather|"
    r"so much as|have(?= \w+(?:ed|en|wn|ne|pt)\b)|be ready to|be prepared to)\s+)*"
)
CORE = re.compile(
    rf"(?<!\w)(?:{_MODAL}|{_READY})\s+{_ADVERB}(?!(?:a|an|any|the|and|or|but|that|it|no|not|to|so|have a|in|on|"
    rf"at|of)\b)"
    r"(?P<core>[^\W\d_][\w'’-]*)",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"(?<!\w)(?:not|no|never|nothing|nobody|none|neither|nor|cannot|without|refus\w+|reject\w+|rul\w+ out|withhold\w*|"
    r"\w+n['’]t|لن|لا|ليس|لم)(?!\w)",
    re.IGNORECASE,
)
_SINGLE = re.compile(r"(?<!\w)(?:any|a single|anybody|anything|anyone|one)(?!\w)", re.IGNORECASE)
_DETERMINERS = re.compile(
    r"(?:the|a|an|any|its|their|his|her|our|my|your|this|that|these|those|such|some)\s+", re.IGNORECASE
)


@cache
def _report_verbs() -> frozenset[str]:
    data = resources.files("dragoman.reader").joinpath("data", "report_verbs.json").read_text("utf-8")
    return frozenset(json.loads(data)["words"])


@lru_cache(maxsize=1 << 13)
def plain(text: str) -> str:
    """`text` on one line, without quotation marks and outer punctuation."""
    if not _MARKS.isdisjoint(text):
        text = _QUOTES.sub("", _APOSTROPHE.sub("'", text))
    text = " ".join(text.split()).strip(" ,;:–—-…!?؟")
    return _STOP.sub("", text) if text.endswith(".") else text


class _Wordings:
    """What the statements of a draft say, found once for all who ask."""

    def __init__(self, statements: list[Statement]) -> None:
        self.statements, self.count = statements, len(statements)
        self.inside: dict[str, list[Statement]] = {}
        for statement in statements:
            if statement.within is not None:
                self.inside.setdefault(statement.within, []).append(statement)
        self.said: dict[tuple[str, bool], tuple[Statement, str]] = {}

    @classmethod
    def of(cls, draft: Draft) -> _Wordings:
        kept = draft.wordings
        if isinstance(kept, cls) and kept.statements is draft.statements and kept.count == len(draft.statements):
            return kept
        draft.wordings = kept = cls(draft.statements)
        return kept


def said(draft: Draft, statement: Statement, *, cue: bool = False) -> str:
    """What `statement` says, on one line; words of a statement within it are left out, a leading "that" too.

    With `cue` a cue that says part of the matter ("will sign", "rejects") stands before it.
    """
    kept = _Wordings.of(draft)
    known = kept.said.get((statement.id, cue))
    if known is None or known[0] is not statement:
        words = said(draft, statement) if cue else _said(draft, statement, kept.inside.get(statement.id, ()))
        if cue and (lead := own_cue(draft, statement)):
            words = f"{lead} {words}"
        known = kept.said[statement.id, cue] = statement, words
    return known[1]


def _said(draft: Draft, statement: Statement, nested: Sequence[Statement]) -> str:
    text = draft.document.text
    pieces = list(statement.content)
    if nested:
        holes = [span for s in nested for spans in (s.source, s.cue, s.content) for span in spans]
        left = [piece for span in pieces for piece in without(span, holes)]
        if left and not _DANGLING.search(text[left[-1].start : left[-1].end].rstrip()):
            pieces = left
    words = _BROKEN.sub(r".\1 ", _joined(text[start:end].strip() for start, end in pieces))
    words = plain(words)
    words = _LEAD.sub("", words, count=1) if _LEAD.match(words) else words
    return _LEFT_OVER.sub("", words)


@lru_cache(maxsize=256)  # conditions and positions are looked for in the same words
def sentences_of(words: str) -> tuple[str, ...]:
    """The sentences of what was said, without fragments of a word or two beside them."""
    sentences = [words[start:end] for start, end in sentences_in(words)]
    return tuple([s for s in sentences if len(s.split()) > 2] or sentences[:1] or [words])


# "It will not return as long as the League insists …": what follows is needed, whoever is said to say it
_DANGLING = re.compile(r"(?:unless|until|if|before|without|provided|as long as|so long as|that|while|once|when|to|of)$")
_LEFT_OVER = re.compile(
    r"(?<=\w), (?:but|and|or|while|though|although|because|so)$"
)  # what goes on after the words said
_NEW_QUOTE = re.compile(r"[“\"‘«][A-Z]")


def _joined(pieces: Iterable[str]) -> str:
    """The pieces of what was said as one text; a quotation that begins after plain words is a sentence of its own."""
    whole = ""
    for piece in pieces:
        if whole and _NEW_QUOTE.match(piece) and (whole[-1].isalnum() or whole[-1] == ","):
            whole = f"{whole.rstrip(',')}."
        whole = f"{whole} {piece}" if whole else piece
    return whole


# A quotation broken by its cue goes on as a new sentence: “… in the water,” she said. “We did not …”
_BROKEN = re.compile(r",([”\"’»]) (?=[“\"‘«][A-Z])")


def own_cue(draft: Draft, statement: Statement) -> str:
    """The cue where it says part of the matter itself, else nothing."""
    if not statement.cue or not statement.content or statement.cue.start > statement.content.end:
        return ""
    return _telling(plain(statement.cue.text(draft.document, joint=" ")))


@lru_cache(maxsize=1 << 10)
def _telling(cue: str) -> str:
    if not _SMALL_LETTER.search(cue):  # Arabic: the cue comes first and reports
        return ""
    words = set(_CUE_WORD.findall(cue.lower()))
    told = words & _report_verbs() - ({"go", "goes"} if "on" not in words else set())
    return "" if not words or told or not any(w.isalpha() for w in words) else cue


_SMALL_LETTER = re.compile("[a-z]")
_CUE_WORD = re.compile(r"[\w:]+")


def without(span: Span, holes: Iterable[Span]) -> list[Span]:
    """What is left of `span` without `holes`."""
    left, start = [], span.start
    for hole in sorted(holes):
        if hole.end <= start or hole.start >= span.end:
            continue
        if hole.start > start:
            left.append(Span(start, hole.start))
        start = max(start, hole.end)
    if start < span.end:
        left.append(Span(start, span.end))
    return left


def is_negative(clause: str) -> bool:
    """Whether a clause says no to something."""
    return bool(_NEGATIVE.search(clause))


def is_single(clause: str) -> bool:
    """Whether a clause speaks of "any" or "a single" thing, as requirements do of what has to wait."""
    return bool(_SINGLE.search(clause))


def gerund(verb: str) -> str:
    """The -ing form of an English verb in its plain form; Arabic and nouns stay as they are."""
    word = verb.lower()
    if not word.isascii() or not word.isalpha() or word.endswith("ing") or word in _PRONOUNS:
        return verb
    special = {"be": "being", "have": "having", "see": "seeing", "free": "freeing", "agree": "agreeing", "die": "dying",
               "lie": "lying", "tie": "tying", "flee": "fleeing", "guarantee": "guaranteeing"}  # fmt: skip
    if word in special:
        return special[word]
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return word[:-1] + "ing"
    if word in ("quit", "begin", "submit", "admit", "permit", "commit", "forget", "upset", "withdraw") or re.fullmatch(
        r"[^aeiou]*[aeiou][bdgmnprt]", word
    ):
        return word + ("ing" if word == "withdraw" else word[-1] + "ing")
    return word + "ing"


def withheld(clause: str, *, own: frozenset[str] = frozenset(), light: bool = True) -> str:
    """What a clause holds back or offers, as a short phrase: "there will be no return to Geneva" -> "return to Geneva".

    A subject that only names the speaker (a pronoun, or words whose stems are `own`) is left out, and so is a verb of
    beginning, or of ending where that is `light` too: "halt the payments" -> "the payments".
    """
    clause = _SHORT_WOULD.sub(r"\1 would", _SHORT_WILL.sub(" will", plain(clause)))
    clause = _TURNED.sub(r"\2 \1", clause)
    arabic = None if clause.isascii() else re.search(r"(?:^|\s)ف?(?:لن|لا|لم)\s+(?P<rest>.+)", clause)
    if arabic:
        return trim(arabic["rest"])
    bare = _THERE.match(clause)
    if bare:
        return trim(bare["rest"])
    if (nothing := _NONE.match(clause)) and not CORE.search(clause):
        return trim(clause[nothing.end() :])
    found = list(CORE.finditer(clause))
    if not found and (welcomed := _OPEN_TO.search(clause)):
        return short(trim(welcomed["what"]))
    if not found:
        rest = _PERFORMATIVE.sub("", clause)
        rest = re.sub(r"^(?:not )?to\s+(?=[a-z])", "", rest)
        stays = _STAYS.match(rest)
        if stays and not _NEGATIVE.search(rest):  # what stays is held back from going
            return short(trim(stays["kept"] or f"{stays['what']}{stays['rest']}"))
        plain_verb = None if _DETERMINERS.match(rest) else re.match(r"[a-z]+(?!\w)", rest)
        if plain_verb and rest != clause and _TO.search(clause):  # "agreed to release"
            rest = gerund(plain_verb.group()) + rest[plain_verb.end() :]
        return short(trim(rest))
    core = found[-1] if re.search(r"to\s", clause[found[-1].start() : found[-1].start("core")]) else found[0]
    verb, rest = core["core"].lower(), clause[core.end() :]
    subject = _subject(clause[: core.start()], own)
    rest = re.sub(r"^\s+(?:no|not any)\s+", " ", rest)
    rest = re.sub(r"^\s+nothing(?!\w)", " anything", rest)
    if verb == "be" and not subject and re.match(r"\s+back(?!\w)", rest):
        return short(trim(f"coming{rest}"))
    if verb in ("be", "been"):
        whole = subject if subject else _WHO.sub("", clause[: core.start()])
        return trim(
            f"{whole} {rest}" if re.match(r"\s+\w+(?:ed|en|wn|pt|lt|nt|de|id)(?!\w)", rest) else f"{subject} {rest}"
        )
    if not is_negative(clause) and subject and verb in _STAY:  # what stays is held back from going
        return short(trim(f"{subject} {rest}"))
    if not is_negative(clause) and verb in _KEEP and rest.split() and not rest.split()[0].endswith("ing"):
        return short(bare_noun(trim(rest)))
    if verb in _LIGHT and (light or verb not in _ENDING) and len(rest.split()) >= 1 and not subject:
        return trim(re.sub(r"^\s*(?:to|with|on|from)\s+", "", rest))
    return short(trim(f"{subject} {gerund(verb)}{rest}"))


_TO = re.compile(r"(?<!\w)to [a-z]+")
_WHO = re.compile(r"^(?:nor\s+)?(?:I|we|he|she|it|they|you)(?!\w)", re.IGNORECASE)
# "Nor would she be tied" turns verb and subject round.
_TURNED = re.compile(
    r"(?<!\w)(would|will|can|could|should|must|did|does)\s+(I|we|he|she|it|they|you)(?!\w)", re.IGNORECASE
)
_NONE = re.compile(r"(?:no one|nobody|none|no|not an?|not any|not one)\s+", re.IGNORECASE)
_SHORT_WILL = re.compile(r"(?<=\w)['’]ll(?!\w)")
_SHORT_WOULD = re.compile(r"(?<![\w'’])(I|we|he|she|they|you)['’]d(?= (?!been |had )\w)", re.IGNORECASE)
_OPEN_TO = re.compile(r"(?<!\w)(?:open|amenable|receptive) to (?P<what>(?:an?|the|any|some|further|more|new|other) .+)")
_STAYS = re.compile(
    r"(?P<what>(?:[\w'’-]+\s){0,5}[\w'’-]+)\s(?:(?:stays?|remains?|stayed|remained)(?!\w)(?P<rest>.*)|"
    r"(?:keeps?|kept|retains?|retained|hold(?:s)? on to|held on to)\s(?P<kept>(?!\w+ing\b).+))",
    re.IGNORECASE,
)
_STAY = frozenset(("stay", "remain"))
_KEEP = frozenset(("keep", "retain"))
_ENDING = frozenset(("withhold", "block", "halt", "stop", "suspend"))
_LIGHT = frozenset(("withhold", "block", "halt", "begin", "start", "stop", "suspend", "continue", "hold"))
_THERE = re.compile(
    r"(?:.*?(?<!\w))?(?:there(?:'s| (?:will|would|can|could|must|is|was|shall|should)(?:n't)?|(?= be))(?: (?:not|"
    r"never))?(?: be)?)\s+"
    r"(?:no|not an?|not any|nothing)\s+(?P<rest>.+)",
    re.IGNORECASE,
)
_PRONOUNS = frozenset(
    (
        "i",
        "we",
        "he",
        "she",
        "it",
        "they",
        "you",
        "that",
        "this",
        "who",
        "which",
        "nobody",
        "none",
        "everyone",
        "anybody",
        "but",
        "and",
    )
)


def _subject(before: str, own: frozenset[str]) -> str:
    """The subject before a verb where it says who, else nothing."""
    before = re.split(r"[,;:]\s|\s(?:that|but|and|because|while)\s", plain(before))[-1]
    subject = re.sub(r"^(?:that|and|but|so|then|no|none of)\s+", "", before.strip(), flags=re.IGNORECASE)
    subject = re.sub(r"^[a-z]{4,} (?=[A-Z])", "", subject)  # the cue before it: "promised The prisoners"
    words = subject.lower().split()
    if not words or len(words) > 7 or words[0] in _PRONOUNS or words[-1] in _PRONOUNS:
        return ""
    if words[0] in ("his", "her", "its", "their", "our", "my"):
        return ""
    if all(w[:1].isupper() for w in subject.split()) and len(words) <= 2:
        return ""  # "Asmara", "GST": most often the speaker's own side under another name
    if len(words) == 2 and words[0] == "the" and words[1] in _SIDES:
        return ""
    return "" if stems(subject) and stems(subject) <= own else subject


_SIDES = frozenset(
    ("government", "country", "party", "union", "company", "city", "movement", "force", "group", "council", "board",
     "league", "army", "ministry", "delegation", "federation", "side", "state", "bloc", "alliance", "front", "bank")
)  # fmt: skip


_PERFORMATIVE = re.compile(
    r"^(?:.{0,60}?(?<!\w))?(?:ruled? out|rules out|refuse[sd]?(?: to)?|reject(?:s|ed)?|has accepted|"
    r"have accepted|accept(?:s|ed)?|"
    r"threaten(?:s|ed)?(?: to)?|offer(?:s|ed)?(?: to)?|has offered(?: to)?|vow(?:s|ed)?(?: to)?|pledge[sd]?(?: to)?|"
    r"promise[sd]?(?: to)?|agree[sd]?(?: to)?|undertakes?(?: to)?|undertook(?: to)?)\s+(?!of\s)",
    re.IGNORECASE,
)


def short(phrase: str) -> str:
    """A phrase up to its first comma, where three words or more stand before that."""
    head = phrase.split(", ")[0]
    return head if len(head.split()) >= 3 else phrase


_NOT_BEFORE = re.compile(
    r",? and not (?:before|(?:an?|one) \w+ (?:before|earlier|sooner|later)|otherwise|on|until|in|its)(?!\w).*$"
)
_TRAILING = re.compile(
    r"\s+(?:which|who|whose|adding|because|although|though|whereas|where|failing)\s|[;:(]|\s[–—-]\s|"
    r", (?:but|and then|and without|and nothing|and nobody|and there|said|he|she|they|it)\s"
)


def trim(phrase: str, *, most: int = 12) -> str:
    """A phrase without outer punctuation, trailing clauses and reporting, at most `most` words long."""
    phrase = plain(phrase)
    phrase = _TRAILING.split(_NOT_BEFORE.sub("", phrase))[0]
    words = phrase.split()
    return plain(" ".join(words[:most]))


def bare_noun(phrase: str) -> str:
    """A phrase without its leading determiners."""
    shorter = _DETERMINERS.sub("", phrase, count=1) if _DETERMINERS.match(phrase) else phrase
    return shorter if shorter else phrase


def overlap(first: str, second: str) -> float:
    """How many words two phrases share, as F1 of their folded stems."""
    one, two = stems(first), stems(second)
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


def contained(first: str, second: str) -> float:
    """The share of the shorter phrase's words that stand in the other too."""
    one, two = stems(first), stems(second)
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0


_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 13)
def stems(phrase: str) -> frozenset[str]:
    """The stems of the words of a phrase that carry meaning."""
    return frozenset([stem_of(w) for w in _WORD.findall(fold(phrase)) if w not in SMALL])


def stems_of(words: Iterable[str]) -> frozenset[str]:
    """The stems of many words, each of which is most often known already."""
    return frozenset[str]().union(*map(stems, words))


SMALL = frozenset(
    """a an the of to in on at by for from with and or but as that this these those it its their his her our is are was
    were be been being has have had will would should shall may might can could there all any not no do does did than
    then so such which who whom whose into over under about after before until unless if""".split()  # noqa: SIM905
)


@lru_cache(maxsize=1 << 14)
def stem_of(word: str) -> str:
    """A lower-case word without its English ending, roughly."""
    for ending, least in (("ing", 6), ("ed", 5), ("es", 6), ("s", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    if len(word) > 3:
        word = (f"{word[:-1]}i" if word[-1] == "y" else word).rstrip("e")
    return word[:-1] if len(word) > 1 and word[-1] == word[-2] and not word[-1].isdecimal() else word
