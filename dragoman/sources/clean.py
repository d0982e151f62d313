"""Takes from a text what the web wrapped around the article, and nothing of the article.

In: the text of a saved page, in any language. Out: the article: headline once, no share buttons, counters, "most
read" and "related" lists, cookie notices and newsletter boxes; paragraphs divided as they were. Clean text comes back
as it is.

The steps: 1. repair letters and line ends; 2. say what each line is; 3. drop what is furniture anywhere; 4. drop lists
of links below their headings; 5. drop the tail; 6. drop the menu above the headline; 7. drop the doubled headline;
8. close the gaps.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from dragoman.sources.furniture import (
    SENTENCE_END,
    Kind,
    is_bulleted,
    is_counter,
    key,
    kind_of,
    starts_with_emoji,
    word_count,
)
from dragoman.sources.letters import mend

_DROPPED = (Kind.FURNITURE, Kind.LIST, Kind.COMMENTS)
# Comments may quote whole sentences; below their heading everything goes when the heading stands this far down.
_COMMENTS_FROM = 0.55
_HEADLINE_WITHIN = 8  # lines from the top in which a headline may be doubled
_SITE = re.compile(r"\s+[|–—•·:-]\s+|\s*[|]\s*")
# So many letters or signs in a row are data that a page carries along; patterns would look through them for minutes.
_DATA = re.compile(r" ?(?:\w{1000,}|[!-~]{1000,})")


@dataclass(slots=True)
class _Page:
    """The lines of one text, what each is, and whether it stays."""

    lines: list[str]
    kinds: list[Kind]
    stays: list[bool]

    def drop(self, number: int) -> None:
        self.stays[number] = False

    @property
    def last_body(self) -> int:
        """The last line that is a sentence of the article; -1 when there is none."""
        for number in range(len(self.lines) - 1, -1, -1):
            if self.stays[number] and self.kinds[number] is Kind.BODY:
                return number
        return -1


def clean(text: str) -> str:
    """The article in `text`."""
    # 1. repair letters and line ends, and drop what is no words
    lines = [line.rstrip() for line in _DATA.sub("", mend(text)).split("\n")]
    # 2. say what each line is
    page = _Page(lines, [kind_of(line) for line in lines], [True] * len(lines))
    _spare_headline(page)
    if not any(kind in (Kind.BODY, Kind.SHORT) for kind in page.kinds):
        return _join(page)  # nothing but what looks like furniture: leave it to the reader's eyes
    _drop_anywhere(page)
    _drop_lists(page)
    _drop_tail(page)
    _drop_menu(page)
    _drop_doubled_headline(page)
    # 8. close the gaps
    return _join(page)


def _spare_headline(page: _Page) -> None:
    """A headline may begin like a link ("Watch: ministers leave in silence"); as the first line it is none."""
    first = next((n for n, line in enumerate(page.lines) if line.strip()), None)
    if first is not None and page.kinds[first] is Kind.FURNITURE and word_count(page.lines[first]) >= 5:
        head, colon, rest = page.lines[first].partition(":")
        if colon and word_count(head) <= 3 and word_count(rest) >= 3 and "|" not in rest:
            page.kinds[first] = Kind.SHORT


def _drop_anywhere(page: _Page) -> None:
    """3. Furniture that needs no neighbours, and weak words in company."""
    for number, kind in enumerate(page.kinds):
        if kind is Kind.FURNITURE or (kind is Kind.WEAK and _in_company(page, number)):
            page.drop(number)
    script = _main_script(page.lines)
    if script is None:
        return
    for number, line in enumerate(page.lines):
        if page.kinds[number] is Kind.SHORT and number > 3 and _alone(page, number) and _foreign_label(line, script):
            page.drop(number)


def _drop_lists(page: _Page) -> None:
    """4. Headings of lists with the short lines below them; readers' comments to the end."""
    last, total = page.last_body, sum(len(line) for line in page.lines) or 1
    seen = 0
    for number, kind in enumerate(page.kinds):
        seen += len(page.lines[number])
        if kind not in (Kind.LIST, Kind.COMMENTS) or not page.stays[number]:
            continue
        below = _next_line(page, number)
        if kind is Kind.COMMENTS and (seen / total >= _COMMENTS_FROM or number > last):
            for later in range(number, len(page.lines)):
                page.drop(later)
            return
        linked = below is not None and _is_link(page, below)
        if number > last or linked or len(key(page.lines[number]).split()) > 1 or kind is Kind.COMMENTS:
            page.drop(number)
            if kind is Kind.LIST:
                _drop_links_below(page, number)


def _drop_links_below(page: _Page, heading: int) -> None:
    for number in range(heading + 1, len(page.lines)):
        if page.kinds[number] is Kind.BLANK:
            following = _next_line(page, number - 1)
            if following is None or not (is_bulleted(page.lines[following]) and _is_link(page, following)):
                return
        elif _is_link(page, number) or page.kinds[number] in _DROPPED:
            page.drop(number)
        else:
            return


def _drop_tail(page: _Page) -> None:
    """5. After the last sentence: the first sure sign of furniture, and everything short below it."""
    last = page.last_body
    script = _main_script(page.lines)
    dropping = False
    for number in range(last + 1, len(page.lines)):
        line, kind = page.lines[number], page.kinds[number]
        if kind is Kind.BLANK:
            continue
        sure = (
            kind in _DROPPED
            or not page.stays[number]
            or is_counter(line)
            or starts_with_emoji(line)
            or _foreign_label(line, script)
        )
        if sure and last >= 0:
            dropping = True
        if dropping:
            page.drop(number)
    # Below the ENDS of a release stand contacts and buttons; notes that hold sentences are the release's own.
    if last >= 0:
        ends = next((n for n, kind in enumerate(page.kinds) if kind is Kind.ENDS and n > last), None)
        if ends is not None:
            for number in range(ends, len(page.lines)):
                page.drop(number)


def _drop_menu(page: _Page) -> None:
    """6. Above the headline: a run of section names, when most of them are known as such."""
    run = []
    for number, kind in enumerate(page.kinds):
        if kind is Kind.BLANK or not page.stays[number]:
            continue
        if kind in (Kind.WEAK, Kind.SHORT, Kind.LIST) and word_count(page.lines[number]) <= 3:
            run.append(number)
            continue
        break
    weak = [number for number in run if page.kinds[number] is not Kind.SHORT]
    if len(weak) >= 2 and 2 * len(weak) >= len(run):
        for number in run:
            if number <= weak[-1]:
                page.drop(number)


def _drop_doubled_headline(page: _Page) -> None:
    """7. A headline again within the head; of "Headline | Outlet" and "Headline" the plain one stays."""
    kept = [n for n, line in enumerate(page.lines) if page.stays[n] and line.strip()][:_HEADLINE_WITHIN]
    if len(kept) < 2:
        return
    seen: set[str] = set()
    for number in kept:  # a stamp or a slogan may stand above the first of them
        line = key(page.lines[number])
        if line in seen and len(line.split()) >= 4 and not SENTENCE_END.search(page.lines[number]):
            page.drop(number)
        seen.add(line)
    first = key(page.lines[kept[0]])
    plain = key(_SITE.split(page.lines[kept[0]])[0])
    for number in kept[1:]:
        line = key(page.lines[number])
        if line == first and first:
            page.drop(number)
        elif plain != first and len(plain.split()) >= 3 and line == plain and number == kept[1]:
            page.drop(kept[0])
            return


def _join(page: _Page) -> str:
    """The lines that stay, with one empty line where there were any."""
    out: list[str] = []
    blank = False
    for line, stays in zip(page.lines, page.stays, strict=True):
        if not stays:
            continue
        if not line.strip():
            blank = True
            continue
        if blank and out:
            out.append("")
        out.append(line)
        blank = False
    return "\n".join(out).strip()


# ------------------------------------------------------------------------------------------------ looking around


def _next_line(page: _Page, number: int) -> int | None:
    for later in range(number + 1, len(page.lines)):
        if page.kinds[later] is not Kind.BLANK:
            return later
    return None


def _alone(page: _Page, number: int) -> bool:
    """Whether a line is a paragraph of its own."""
    before = number == 0 or page.kinds[number - 1] is Kind.BLANK
    after = number == len(page.lines) - 1 or page.kinds[number + 1] is Kind.BLANK
    return before and after


def _in_company(page: _Page, number: int) -> bool:
    """Whether the nearest line above or below is furniture too."""
    sure = (*_DROPPED, Kind.WEAK)
    for step in (-1, 1):
        near = number + step
        while 0 <= near < len(page.lines) and page.kinds[near] is Kind.BLANK and abs(near - number) < 3:
            near += step
        if 0 <= near < len(page.lines) and page.kinds[near] in sure:
            return True
    return False


def _is_link(page: _Page, number: int) -> bool:
    """Whether a line may be an entry of a list of links: short, and no sentence unless numbered or bulleted."""
    line, kind = page.lines[number], page.kinds[number]
    if kind in (Kind.FURNITURE, Kind.WEAK, Kind.SHORT):
        return True
    if len(pieces := line.split("•")) > 2:  # a list of headlines in one line
        return not any(re.search(r"[.۔。]['\"”’»)]*\s*$", piece) for piece in pieces)
    closed = re.search(r"[.۔。]['\"”’»)\]]*$", line) if is_bulleted(line) else SENTENCE_END.search(line)
    return word_count(line) <= 18 and not closed and "“" not in line


# ------------------------------------------------------------------------------------------------ scripts


@lru_cache(maxsize=8192)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ")[0]


def _main_script(lines: list[str]) -> str | None:
    """The script that nine letters in ten of a text are written in; None when there is none or too little text."""
    counts: Counter[str] = Counter()
    for letter, often in Counter("".join(lines)[:4000]).items():
        if letter.isalpha():
            counts[_script(letter)] += often
    total = counts.total()
    if total < 200:
        return None
    script, most = counts.most_common(1)[0]
    return script if most >= 0.9 * total and script not in ("CJK", "HIRAGANA", "KATAKANA") else None


def _foreign_label(line: str, script: str | None) -> bool:
    """Whether a line is a few words in another script than the text's, without the end of a sentence."""
    letters = [c for c in line if c.isalpha()]
    if script is None or not letters or word_count(line) > 6 or SENTENCE_END.search(line.strip()):
        return False
    if re.search(r"[\d\"“”«»:،,]", re.sub(r"[(\[]\d+[)\]]", "", line)):
        return False
    return all(_script(letter) != script for letter in letters)
