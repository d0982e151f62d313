"""Tells what "unless it does" asks for, and what "not unless" holds back: what was asked for, or asked about, before.

In: a requirement that only points back, or none but an answer, and the text before it. Out: the clause in full.
"""

from __future__ import annotations

import re

from dragoman.reader.wording.phrases import is_negative, plain

_FAR = 320  # letters before a requirement in which it may find what it means
# "it does", "that is done", "he has not", "it got that in writing"
_POINTS_BACK = re.compile(
    r"(?:(?:it|he|she|they|we|that|this)\s(?:does|do|did|is|was|has|have|had)(?:\snot)?(?:\s(?:so|this|that|it|done))?|"
    r"(?:that|this|it)\s(?:is|was|has\sbeen|had\sbeen)(?:\snot)?\sdone|"
    r"(?:it|he|she|they|we)\s(?:do(?:es)?\snot\s|did\snot\s)?(?:gets?|got|receives?|received)\s(?:it|that|them)"
    r"(?P<how>\s.*)?)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?<!\w)(?:demand|insist|ask|request|requir|propos|stipulat|urg)\w*,?\sthat\s(?P<that>[^.;:]{6,160})|"
    r"(?<!\w)(?:wants?|wanted|demands?|demanded)\s(?P<wants>(?!to\s|it\s|that\s|them\s)[^.;:]{6,160})|"
    r"(?P<must>(?:[^\s.;:]+\s){1,14}?(?:should|must|has\sto|have\sto|had\sto|ought\sto|needs?\sto)\s[^.;:,]{2,80})",
    re.IGNORECASE,
)
_MUST = re.compile(r"\s(?:should|must|has\sto|have\sto|had\sto|ought\sto|needs?\sto)(?=\s)")
_FURTHER = re.compile(r",?\sand\s(?:he|she|it|they|threat\w+|warn\w+|has|had|will|would)(?!\w)")
_CAPITAL = re.compile(r"^(?:The|An?|Its|Their|His|Her|All|Both)(?= )")
_BESIDE = re.compile(r",\s(?:on|in|of|for|with|about)\s[^,]{3,40},(?=\s)")


def asked_before(requirement: str, text: str, at: int) -> str:
    """`requirement` with what was asked for before `at` in place of words that only point back to it."""
    match = _POINTS_BACK.fullmatch(requirement.replace("n't", " not"))
    if match is None:
        return requirement
    found = list(_ASKED.finditer(" ".join(text[max(0, at - _FAR) : at].split())))
    if not found or is_negative(requirement):
        return requirement
    asked = found[-1]
    clause = _BESIDE.sub("", asked["that"] or asked["wants"] or _MUST.sub("", asked["must"], count=1))
    clause = _CAPITAL.sub(lambda m: m.group().lower(), plain(_FURTHER.split(clause)[0]))
    return f"{clause}{match['how'] or ''}"


_QUESTION = re.compile(
    r"(?<!\w)(?:would|will|could|can) you (?:(?:ever|now|still|then|really) )?(?P<what>[^?.!,\n]{3,70})\?"
)


def in_question(text: str, at: int) -> str:
    """What the question right before `at` asks somebody to do: "go back" of "Would you go back?"; else nothing."""
    found = list(_QUESTION.finditer(text.lower()[max(0, at - _FAR) : at]))
    near = found and not re.search(r"[.!?]", text[max(0, at - _FAR) + found[-1].end() : at])
    return plain(text[max(0, at - _FAR) :][found[-1].start("what") : found[-1].end("what")]) if near else ""
