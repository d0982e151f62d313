"""Tells what "unless it does" asks for: the last thing that the text said somebody demands or must do.

In: a requirement that only points back, and the text before it. Out: the clause in full; as it is where nothing was
asked for.
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
