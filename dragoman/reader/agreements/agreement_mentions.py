"""Where a text names an agreement: a word such as "truce" with the words that belong to it.

In: a draft. Out: Mentions in order of place. Which of them mean the same, and which mean an agreement at all, is
decided in `agreements`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dragoman.folding import fold
from dragoman.reader.agreements.agreement_names import (
    DAYS,
    DOTTED,
    MAKER,
    PLACED,
    TAIL_OPENERS,
    arabic_tail,
    begin_of,
    clean,
    lead_of,
    signed_in,
    stops,
    tail_of,
)
from dragoman.reader.agreements.agreement_words import DETERMINERS, phrases
from dragoman.reader.draft import Draft
from dragoman.reader.numbers.sheets import Sheet, word_lists
from dragoman.reading import Span

_NEAR = 800  # characters of a sentence that are looked at on either side


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names an agreement; `said` is its sentence, folded."""

    span: Span
    kernel: str  # the folded word that says what it is
    name: str
    words: frozenset[str]  # of the name, folded, without the kernel
    names: frozenset[str]  # those of them that are capitalised inside a sentence
    lead: str  # the word before the name
    definite: bool
    proper: bool
    tailed: bool  # "on X", "with X" belongs to it
    dated: bool  # "of 1987", "of 23 October" belongs to it
    made: bool  # "signed", "brokered" stands right after it
    hypothetical: bool  # "no", "any", "a fair"
    compound: bool  # goes on with a noun: "truce panel", "treaty process"
    sentence: Span
    said: str


@cache
def _kernels() -> re.Pattern[str]:
    words = sorted({*phrases()["strong"], *phrases()["weak"]}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:ال|و|ب|ل|لل|وال)?({'|'.join(map(re.escape, words))})(?!\w)(?! - )")


def mentions(draft: Draft) -> list[Mention]:
    """Every place where a word for an agreement stands, with the name that it heads."""
    sheet = Sheet.of(draft.document.text)
    found: list[Mention] = []
    joined, offsets, at = " ".join(w.text for w in sheet.words), {}, 0
    for i, word in enumerate(sheet.words):
        offsets[at] = i
        at += len(word.text) + 1
    ends = {start + len(sheet.words[i].text): i for start, i in offsets.items()}
    for match in _kernels().finditer(joined):
        if _kernels().match(joined, match.end() + 1):
            continue  # "draft treaty": the treaty is the thing
        first, last = offsets.get(match.start()), ends.get(match.end())
        if first is not None and last is not None and not _is_other(sheet, first, last, match.group(1)):
            mention = _mention(draft, sheet, first, last, match.group(1).replace("cease-fire", "ceasefire"))
            if {mention.lead, *fold(mention.name).split()[:1]} & {"no", "any", "every"}:
                continue  # "deal or no deal"
            if found and mention.span.end <= found[-1].span.end:
                continue  # "an agreement on a ceasefire" is one
            if not _DENIED.search(draft.document.text, mention.sentence.start, mention.span.start):
                found.append(mention)
    return found


_DENIED = re.compile(  # "what was signed is not a deal"
    r"\b(?:(?:is|are|was|were) (?:not|never)|(?:is|are|was|were)n[’']t) (?:yet )?(?:an?|the) $|"
    r"\b(?:all|each|every|any) (?:signed|existing|earlier|previous|past) $"
)


_VERBS = frozenset(
    {"bargain", "deal", "exchange", "pause", "swap", "contract", "package", "note", "draft", "text", "plan"}
)
_BEFORE_VERBS = frozenset(
    {"not", "to", "will", "would", "must", "can", "cannot", "could", "should", "may", "might", "shall"}
)
_ABOUT_IT = frozenset({
    "talks", "negotiations", "discussions", "negotiators", "consultations", "chance", "chances", "hope", "hopes", "bid",
    "prospects", "push", "efforts",
})  # fmt: skip
_NO_THING = frozenset({"year", "day", "century", "decade", "season", "cards"})


# Papers that are cited for what they say, and settle nothing: "according to a memorandum".
_PAPERS = frozenset({"memorandum", "note", "text", "draft", "communique"})
_CITED = re.compile(r"\b(?:according to|leaked|said in|told in) (?:an? |the )?(?:[\w’'-]+ ){0,2}$")


# A body's name may have the word in it: "the Government of National Accord", "the Party of the Oru Pact"
_OF_BODY = re.compile(
    r"\b(?:Government|Party|Movement|Front|Council|Forces|Union|Cabinet|Army|Coalition|Alliance) (?:of|for) (?:the )?"
    r"(?:[A-Z][\w’'-]* ){0,3}$"
)


def _is_other(sheet: Sheet, first: int, last: int, kernel: str) -> bool:
    """Whether a word for an agreement is a verb, part of another name or of a saying.

    "Does not bargain", "Minister of Treaty Relations", "the agency Helvetia Text", "the deal of the century".
    """
    words, lists = sheet.words, phrases()
    before = words[first - 1] if first else None
    after = words[last + 1] if last + 1 < len(words) and words[last + 1].start - words[last].end < 2 else None
    verb_of = before  # "will also deal with": an adverb may stand between
    if before is not None and first > 1 and (before.text.endswith("ly") or before.text in ("also", "then")):
        verb_of = words[first - 2]
    if kernel in _VERBS and verb_of is not None and (verb_of.text in _BEFORE_VERBS or verb_of.text.endswith("n't")):
        return True
    if after is not None and after.text == "or" and sheet.text[after.end : after.end + 4].lower() == " no ":
        return True  # "deal or no deal"
    if after is not None and after.text in _ABOUT_IT:
        return True  # "ceasefire talks resumed"
    if kernel == "exchange" and before is not None and before.text == "in":
        return True  # "in exchange for"
    if kernel in _PAPERS and _CITED.search(sheet.text, max(0, words[first].start - 60), words[first].start):
        return True
    around = words[max(0, first - 6) : last + 7]
    plain = any(w.shape == "lower" and len(w.text) > 3 for w in around)  # no headline that capitalises its words
    if after is not None and plain and words[last].shape == after.shape == "Title" and kernel not in lists["any"]:
        return True
    if _OF_BODY.search(sheet.text, max(0, words[first].start - 60), words[first].start):
        return True
    weak = kernel in lists["weak"] and kernel not in lists["any"]
    named = before is not None and plain and before.shape == words[first].shape == "Title" and weak
    if named and before is not None and sheet.text[before.end : words[first].start] == " ":
        return True
    if after is not None and after.text == "of" and last + 3 < len(words) and words[last + 2].text == "the":
        return words[last + 3].text in _NO_THING
    return False


_AGREED_TO = re.compile(
    r"\b(?:have |had |has )?agreed?\s+"
    r"(?:(?:on|late|early|last|this|in principle|yesterday|today|after|in|at)\b[^.;:]{0,40}?,?\s+)?to\s+"
    r"(?P<what>(?!(?:it|this|that|be|him|her|them|meet|talk|hold|resume|continue|return)\b)"
    r"(?!(?:an?|the|its|their|this|that|another)\s(?:[\w-]+\s)?(?:request|demand|call|invitation|meeting|interview|visit)s?\b)"
    r"[a-z]+\s[^.;:,()“”\"]{4,60})"
)


_SEVERAL = re.compile(r"\b(?:and|both|sides|parties|ministers|leaders|governments)\b")
_LEADS = frozenset({"^", "no", "any", "every", "for", "of", "as"})


def agreed_to(draft: Draft) -> list[Mention]:
    """Agreements that only a verb names: "agreed on Saturday to exchange prisoners"."""
    sheet, found = Sheet.of(draft.document.text), []
    for match in _AGREED_TO.finditer(draft.document.text):
        first, last = sheet.after(match.start("what")), sheet.before(match.end("what"))
        end = first
        for i in range(first + 1, min(last + 1, first + 7)):
            word = sheet.words[i]
            if word.text == "%":
                continue  # "agreed to take a 28% haircut"
            stop = word.text in TAIL_OPENERS | {"if", "by", "until", "once", "as", "so", "and", "when", "from"}
            if word.shape == "mark" or (stop and i > first + 1 and word.text not in ("of", "on")):
                break
            if word.text not in DETERMINERS | {"of", "on"}:
                end = i
        sentence = _around(draft, match.start("what"))
        span = Span(sheet.words[first].start, sheet.words[end].end)
        said = fold(draft.document.text[sentence.start : sentence.end])
        around = sheet.words[first : end + 1]
        name = " ".join(w for w in draft.document.text[span.start : span.end].split() if fold(w) not in DETERMINERS)
        lead = draft.document.text[max(sentence.start, match.start() - 60) : match.start()]
        found.append(Mention(
            span=span, kernel="agreed to", name=name, names=frozenset(),
            words=frozenset(w.text for w in around if w.text not in DETERMINERS),
            lead="both" if _SEVERAL.search(lead) else "-",
            definite=False, proper=False, tailed=False, dated=False, made=True, hypothetical=False, compound=False,
            sentence=sentence, said=said,
        ))  # fmt: skip
    return found


def _around(draft: Draft, offset: int) -> Span:
    """The sentence at `offset`, of an endless one only what stands near."""
    sentence = draft.segments.sentences[draft.segments.sentence_at(offset)]
    return Span(max(sentence.start, offset - _NEAR), max(offset + 1, min(sentence.end, offset + _NEAR)))


def _mention(draft: Draft, sheet: Sheet, first: int, last: int, kernel: str) -> Mention:
    """The mention whose kernel is the words `first` to `last`."""
    words = sheet.words
    sentence = _around(draft, words[first].start)
    arabic = "\u0600" <= kernel[0] <= "\u06ff"  # there what belongs to a noun follows it
    begin, lead = (first, lead_of(sheet, first, sentence)) if arabic else begin_of(sheet, first, sentence)
    end = arabic_tail(sheet, last, sentence) if arabic else tail_of(sheet, last, sentence)
    count = re.search(r"(?<![\w-])\d[\d.,]*-$", sheet.text[max(0, words[begin].start - 8) : words[begin].start])
    count = count or DOTTED.search(sheet.text, max(0, words[begin].start - 8), words[begin].start)
    span = Span(words[begin].start - (len(count.group()) if count else 0), words[end].end)  # "a 60-day truce"
    around = [*words[begin:first], *words[last + 1 : end + 1]]
    around = [w for w in around if not MAKER.search(w.text)]
    content = frozenset(w.text for w in around if w.text not in stops() and w.shape != "mark")
    shapes = ("Title",) if words[first].shape == "UPPER" else ("Title", "UPPER")
    names = frozenset(w.text for w in around if w.shape in shapes and w.start > sentence.start)
    if signed_in(sheet, last, end):
        if words[last + 1].text in PLACED:
            content = frozenset(w.text for w in words[begin:first] if w.text in content)
        names = frozenset(w.text for w in words[begin:first] if w.shape in shapes and w.start > sentence.start)
    if words[first].shape != "Title" or begin == first:  # "the Good Friday Agreement" is called after the day
        names -= DAYS | word_lists()["months"]
    after = words[last + 1] if last + 1 < len(words) and words[last + 1].start < sentence.end else None
    titled = any(w.shape == "Title" and w.start > sentence.start for w in words[first : last + 1])
    following = sheet.text[words[last].end : words[last].end + 30]
    return Mention(
        span=span, kernel=kernel, name=clean(sheet.text[span.start : span.end]), words=content, names=names,
        lead=lead if lead in DETERMINERS | _LEADS else "-",
        definite=lead in DETERMINERS - {"a", "an"} or (begin < first and words[begin].text.endswith(("'s", "s'"))),
        proper=titled, tailed=end > last, dated=bool(re.match(r"\s+(?:of|from)\s+(?:\d|[A-Z][a-z]+ \d)", following)),
        made=bool(re.match(rf"\s*,?\s*(?:(?:which|that|was|is|were|has been|had been|first|only)\s+)*"
                           rf"(?:{'|'.join(phrases()['made'])})\b", fold(following))),
        hypothetical=bool(content & set(phrases()["hypothetical"])) or lead in phrases()["hypothetical"],
        compound=after is not None and after.shape == "lower" and after.text not in stops()
        and not after.text.endswith(("ed", "s", "ing")),
        sentence=sentence, said=fold(sheet.text[sentence.start : sentence.end]),
    )  # fmt: skip
