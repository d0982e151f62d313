"""Colons that attribute: headlines ("Minister: no deal"), and turns of a transcript or a live blog ("NAME: text").

In: a draft and one of its paragraphs. Out: the attribution that its colon makes, or None.
"""

from __future__ import annotations

import re

from dragoman.reader.draft import Draft, Found
from dragoman.reader.rules.voices import answers, label_of, voices, who_asks
from dragoman.reader.vocabulary import words
from dragoman.reading import Span, Spans

_LEAD = re.compile(r"[ \t*•–—-]*([^\n:.!?“”\"«»]{2,70}?)\s*[:：]\s+(?=\S)")
_BRACKET = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")


def heading(draft: Draft, paragraph: Span) -> Found | None:
    """The attribution of a headline such as "Minister: no deal without guarantees"."""
    text = draft.document.text
    match = _LEAD.match(text, paragraph.start, paragraph.end)
    if match is None or _rubric(match.group(1)) or len(match.group(1).split()) > 6:
        return None
    if not _known(draft, match.group(1), paragraph.end):
        return None
    return _attribution(match, paragraph, 0.7)


def speech_turn(draft: Draft, paragraph: Span) -> Found | None:
    """The attribution of a paragraph that opens with the name of who speaks."""
    text = draft.document.text
    match = label_of(text, paragraph)
    if match is not None and answers(text, match["who"]) and paragraph.end - match.end() >= 2:
        return _attribution(match, paragraph, 0.8, form="direct")
    if match is None or _rubric(match["who"]) or paragraph.end - match.end() < 2:
        return None
    who = match["who"]
    if not (_talks(draft, who, paragraph.end) or _stands_alone(draft, who)) or who in who_asks(text):
        return None
    return _attribution(match, paragraph, 0.8, form="direct")


def _talks(draft: Draft, who: str, after: int) -> bool:
    """Whether `who` is a voice among others: one of several turns, or one that is known or holds an office."""
    text = draft.document.text
    if _turns(text) < 2:
        return False
    return (
        len(voices(text)[who]) > 1
        or not words("role_nouns").isdisjoint(who.lower().split())
        or _known(draft, who, after)
    )


def _stands_alone(draft: Draft, who: str) -> bool:
    return who.isupper() and len(who.split()) <= 4 and _known(draft, who.title(), 0)


def _turns(text: str) -> int:
    """How many paragraphs open with the name of a voice."""
    return sum(len(said) for voice, said in voices(text).items() if not _rubric(voice))


def _rubric(lead: str) -> bool:
    bare = _BRACKET.sub("", lead).strip().lower()
    head = bare.split()[0] if bare else ""
    return not bare or bare in words("rubrics") or head in words("rubrics") or bare[-1].isdigit() or head.isdigit()


def _known(draft: Draft, lead: str, after: int) -> bool:
    """Whether `lead` names somebody: a role, a party of the lexicon, or a name that the text below uses."""
    bare = _BRACKET.sub("", lead).strip()
    last = bare.split()[-1]
    if re.match(r"(?:ask|why|how|what|who|where|when)\b", bare, re.I):
        return False
    if (
        last.lower() in words("role_nouns", "organisation_nouns")
        or last.lower() in words("anonymous_nouns")
        or draft.lexicon.party(bare)
    ):
        return True
    body = draft.document.text[after:]
    return bare in body or (
        last[:1].isupper() and re.search(rf"\b{re.escape(last)}\b", body) is not None and len(bare.split()) <= 3
    )


def _attribution(match: re.Match[str], paragraph: Span, confidence: float, form: str | None = None) -> Found:
    colon = match.group(0).rstrip()
    at = match.start() + len(colon) - 1
    lead = _BRACKET.sub("", match.group(1)).rstrip()
    start = match.start(1)
    return Found(
        Spans([(start, start + len(lead))]),
        Spans([(at, at + 1)]),
        Spans([(match.end(), paragraph.end)]),
        confidence,
        form=form,
        negated=False,
    )
