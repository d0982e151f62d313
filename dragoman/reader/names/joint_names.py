"""Names of bodies that run over "and": the Seafarers and Deckhands Union, the Ministry of Trade and Industry.

In: a text and runs of capitalised words. Out: the runs, those that are one name joined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from dragoman.folding import fold
from dragoman.reader.vocabulary import words

Run = tuple[str, int]  # the words and where they begin

_AND = re.compile(r" (?:and|&) ")
_ARTICLE = re.compile(r"^The ")
_LED = re.compile(r"\b(?:the|its|their) $", re.I)
_DEPARTMENT = re.compile(  # what is named by its fields: "the Committee on Trade and Fisheries"
    r"\b(?:Ministry|Minister|Department|Secretary|Secretariat|Committee|Commission|Commissioner|Bureau|Directorate|"
    r"Institute|Chamber|Union|Federation|Association|Society|Agency|Centre|Center) (?:of|for|on) "
    r"(?:the )?[^\s,]+(?: [^\s,]+)?$"
)


def joined(text: str, runs: Iterable[Run], known: Callable[[str], bool]) -> Iterable[Run]:
    """The runs in order; two beside an "and" are one where they name one body. `known`: names that stand alone."""
    last: Run | None = None
    for run in runs:
        if last is not None and _one_name(text, last, run, known):
            last = (text[last[1] : run[1] + len(run[0])], last[1])
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def _one_name(text: str, left: Run, right: Run, known: Callable[[str], bool]) -> bool:
    end = left[1] + len(left[0])
    if not _AND.fullmatch(text, end, right[1]) or known(_ARTICLE.sub("", left[0])) or known(right[0]):
        return False
    if _DEPARTMENT.search(left[0]):
        return not _is_body(right[0]) or right[0].endswith(("Workers", "Employees"))
    bare = _ARTICLE.sub("", left[0])
    return (
        len(bare.split()) < 3
        and not _is_body(bare)
        and _is_body(right[0])
        and len(right[0].split()) > 1
        and " of " not in right[0]
        and (bare != left[0] or _LED.search(text, max(0, left[1] - 6), left[1]) is not None)
        and not _stands_alone(text, bare, right[0])
    )


def _is_body(name: str) -> bool:
    return fold(name.split()[-1]) in words("organisation_nouns") or fold(name.split()[0]) in words("organisation_nouns")


def _stands_alone(text: str, left: str, right: str) -> bool:
    """Whether the text has either side without the other: two bodies, then."""
    whole = len(re.findall(rf"\b{re.escape(left)} (?:and|&) {re.escape(right)}", text))
    return text.count(left) > whole or text.count(right) > whole
