"""Colons that attribute: headlines ("Minister: no deal"), and turns of a transcript or a live blog ("NAME: text").

In: a draft and one of its paragraphs. Out: the attribution that its colon makes, or None.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dragoman.reader.draft import Draft, Found
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
    match = _LEAD.match(text, paragraph.start, min(paragraph.end, paragraph.start + 90))
    if match is None or _rubric(match.group(1)) or paragraph.end - match.end() < 2:
        return None
    lead = match.group(1)
    parts = _BRACKET.sub("", lead).split()
    if len(parts) > 7 or not parts[0][:1].isupper():
        return None
    name = all(
        p[:1].isupper() or p.lower() in ("of", "the", "for", "de", "al", "and", "bin", "von", "van") for p in parts
    )
    if not name or not (_turns(text) >= 2 or (lead.isupper() and len(parts) <= 4 and _known(draft, lead.title(), 0))):
        return None
    if _asks(draft, lead):
        return None
    return _attribution(match, paragraph, 0.8, form="direct")


def _asks(draft: Draft, lead: str) -> bool:
    """Whether most of what a turn's name says in this text are questions, as interviewers' turns are."""
    turns = [line.strip() for line in draft.document.text.split("\n") if line.lstrip(" *•–—-").startswith(lead)]
    return sum(turn.endswith(("?", "?”", '?"', "?’")) for turn in turns) * 2 > len(turns)


@lru_cache(maxsize=2)  # asked of one text for each of its lines
def _turns(text: str) -> int:
    """How many lines open with a capitalised lead and a colon."""
    count = 0
    for line in text.split("\n"):
        match = _LEAD.match(line[:90])
        if (
            match
            and not _rubric(match.group(1))
            and all(
                p[:1].isupper() or p.lower() in ("of", "the", "for", "de", "al", "and")
                for p in _BRACKET.sub("", match.group(1)).split()
            )
        ):
            count += 1
    return count


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
