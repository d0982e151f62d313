"""How far the name of an agreement reaches on either side of the word that says what it is.

In: the words of a text and the place of that word. Out: where the name begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from dragoman.reader.agreements.agreement_words import DETERMINERS, cues, phrases
from dragoman.reader.numbers.sheets import Sheet, Word, word_lists
from dragoman.reader.wording.nominals import is_known_verb
from dragoman.reading import Span

TAIL_OPENERS = frozenset({"of", "on", "in", "with", "for", "over", "at", "against"})
PLACED = frozenset({"in", "near", "at"})
# Verbs that may stand right before the word as what it is: "the initial deal", "a complete agreement"
_NO_VERBS = frozenset({"initial", "complete", "secure", "strike", "offer", "block", "stop"})
_BEFORE, _AFTER = 5, 9  # words that may belong to a name on either side
# Who brought it about, and the day of the news: "the Orvian-brokered deal", "Wednesday's deal"
_MAKING = frozenset({"brokered", "mediated", "sponsored", "backed", "led", "drafted"})
MAKER = re.compile(rf"-(?:{'|'.join(sorted(_MAKING))})$|(?:day|week|month|year)['’]s$")


class Begin(NamedTuple):
    """Where a name begins, and the word before it that says which one is meant."""

    first: int
    lead: str


@cache
def stops() -> frozenset[str]:
    """The words at which a name ends on either side."""
    return word_lists()["boundaries"] - {"next", "last", "this", "so"}


def lead_of(sheet: Sheet, begin: int, sentence: Span) -> str:
    """The word before a name in its sentence, "^" where there is none."""
    return sheet.words[begin - 1].text if begin > 0 and sheet.words[begin - 1].start >= sentence.start else "^"


def begin_of(sheet: Sheet, first: int, sentence: Span) -> Begin:
    """Where the name begins whose kernel begins with word `first`."""
    words, begin = sheet.words, first
    while begin > 0 and first - begin < _BEFORE and words[begin - 1].start >= sentence.start:
        word = words[begin - 1]
        if word.text in "–-/" and _joins(sheet, begin - 1):
            begin -= 2  # "the Orvia–Leth grain deal"
            continue
        if word.shape == "mark" or word.text in stops() or cues("reached").fullmatch(word.text):
            break
        if word.text in phrases()["verbs"] and (begin < first or word.text not in _NO_VERBS):
            break  # "rebels sign truce"
        if word.text in _MAKING and sheet.text[word.start - 1 : word.start] == "-":
            break  # "the U.S.-brokered truce"
        begin -= 1
    lead = lead_of(sheet, begin, sentence)
    if inner := _after_verbs(words[begin:first], lead):
        begin, lead = begin + inner, "-" if words[begin + inner - 1].text not in DETERMINERS else lead
    while begin < first and (words[begin].text in DETERMINERS or re.search(r"-old$", words[begin].text)):
        begin, lead = begin + 1, words[begin].text if words[begin].text in DETERMINERS else lead
    if begin + 1 < first and words[begin].text.endswith("ly") and words[begin + 1].text.endswith(("ed", "en")):
        begin += 2  # "the frequently broken truce"
    return Begin(begin, lead)


def _joins(sheet: Sheet, at: int) -> bool:
    """Whether a mark stands between two names, as between "Orvia–Leth" or "the Orvia – Leth"."""
    if not 0 < at < len(sheet.words) - 1:
        return False
    before, mark, after = sheet.words[at - 1 : at + 2]
    spaced = (
        mark.start - before.end == after.start - mark.end == 1 and at > 1 and sheet.words[at - 2].text in DETERMINERS
    )
    joined = before.end == mark.start and mark.end == after.start
    return (joined or spaced) and before.shape == after.shape == "Title"


DOTTED = re.compile(r"\b(?:U\.N\.|U\.S\.|E\.U\.) $")  # no word ends at their stops

_DOING = re.compile(
    r"(?:achiev|reach|sign|strik|clinch|secur|conclud|negotiat|find|seal|finali[sz]|complet|block|reject|break|renew|extend|"
    r"honou?r|respect|violat|implement|sink|scupper|derail|wreck|delay|stop|kill|seek|oppos|save)ing"
)
_LEADS_DOING = frozenset({"of", "by", "for", "from", "without", "after", "before"})
_LEADS_VERB = frozenset({"to", "will", "would", "could", "can", "should", "must", "may", "might", "not"})


def _after_verbs(before: Sequence[Word], lead: str) -> int:
    """How many of the words before an agreement only tell what is done to it: "(to) finalise this accord"."""
    done = 0
    for n, word in enumerate(before):
        follows = n == 0 and (lead in _LEADS_VERB or lead in _LEADS_DOING or not lead.isalnum())
        if word.text in DETERMINERS and n:
            done = n
        elif _DOING.fullmatch(word.text) and (follows or (n and before[n - 1].shape == "Title")):
            done = n + 1  # "Achieving timely accords", "stop Vekk sinking accord"
        elif (
            n == 0
            and lead in _LEADS_VERB
            and (
                word.text in phrases()["verbs"]
                or (word.shape == "lower" and len(before) > 1 and is_known_verb(word.text))
            )
        ):
            done = 1
    return done


_SIGNING = re.compile(r"\b(?:sign(?:s|ed|ing)?|initial(?:l?ed|l?ing)?) (?:(?:an?|the|their|its) )?(?:[\w-]+ ){0,3}$")


def signed_in(sheet: Sheet, last: int, end: int) -> bool:
    """Whether a name ends in where it was signed, which tells it from no other: "the truce, signed in Arusha"."""
    if end > last and sheet.words[last + 1].text in PLACED:  # "signed a truce in Arusha"
        return _SIGNING.search(sheet.text[max(0, sheet.words[last].start - 60) : sheet.words[last].start]) is not None
    return any(w.text in phrases()["made"] for w in sheet.words[last + 1 : min(end, last + 3)])


_WHEN = re.compile(
    r"^(?:(?:last|this) (?:year|month|week)|yesterday|today|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)['’]s "
)
_HOUR = re.compile(r"^\d{1,2}[:.]\d\d\s+")


def clean(name: str) -> str:
    name = _HOUR.sub("", name)  # "21:40 Deal close, says minister" in a log
    name = _WHEN.sub("", name)
    return re.sub(r"['’]s$", "", " ".join(name.replace(",", " ").split()).strip("“”\"'‘’ "))


def arabic_tail(sheet: Sheet, last: int, sentence: Span) -> int:
    """Where an Arabic name ends: before a particle, a mark or the fourth word after the kernel."""
    end, most = last, 2 if sheet.words[last].text in phrases()["any"] else 0
    while end + 1 < len(sheet.words) and end - last < most and sheet.words[end + 1].start < sentence.end:
        word = sheet.words[end + 1]
        if (
            word.shape == "mark"
            or word.text in phrases()["particles"]
            or "\n" in sheet.text[sheet.words[end].end : word.start]
        ):
            break
        end += 1
    return end


_DEMONYM = re.compile(r"[a-z]{2,}(?:ian|ean|can|ese|ish|ench|utch|reek|aqi|ani|ari|iti|emi|ali|eli)$")


def tail_of(sheet: Sheet, last: int, sentence: Span) -> int:
    """Where the words that belong to the name end: "truce in Wadi Sabr", "memorandum of May 2022 with Dalian Works"."""
    words, end, i = sheet.words, last, last + 1
    months = word_lists()["months"]
    made = i + 1 if i < len(words) and words[i].text == "," else i
    signed = made + 2 < len(words) and words[made].text in phrases()["made"] and words[made + 1].text in PLACED
    if signed and words[made + 2].shape == "Title" and words[made + 2].text not in months:
        return made + 2  # "the arrangement initialled in Brisbane"
    of = i + 1 < len(words) and words[i].text in ("of", "from")
    dated = of and (words[i + 1].shape == "digit" or words[i + 1].text in months)
    if dated:
        end = i + 1
        while end + 1 < len(words) and (words[end + 1].shape == "digit" or words[end + 1].text in months):
            end += 1
        i = end + 1
    openers = TAIL_OPENERS - {"in", "at", "to", "over", "for", "between"} if dated else TAIL_OPENERS
    if i >= len(words) or words[i].text not in openers or words[i].start >= sentence.end:
        return end
    if i + 1 < len(words) and (words[i + 1].text in months or words[i + 1].text in DAYS):
        return end
    near = list(takewhile(lambda w: w.shape != "mark", words[i + 1 : i + 4]))
    names = ("Title",) if words[last].shape == "UPPER" else ("Title", "UPPER")
    if words[i].text in PLACED and words[last].shape == words[last - 1].shape == "Title" and last:
        return end  # the Lake Trade Agreement is not called after where it was discussed
    if words[i].text in PLACED and not any(w.shape in names or w.text in DETERMINERS for w in near[:2]):
        return end  # "deal in doubt", "a treaty at all", "agreement at dawn on Tuesday"
    if words[i].text == "for" and i + 1 < len(words) and words[i + 1].text.endswith("ing"):
        return end  # "the arrangement for helping"
    i += 1
    opened, capital = i, False
    while i < len(words) and i - last < _AFTER and words[i].start < sentence.end:
        word = words[i]
        if word.shape == "mark" or (
            word.text in word_lists()["boundaries"] and word.text not in DETERMINERS | {"of", "and"}
        ):
            break
        if word.text in DAYS and i > opened:
            break  # "an agreement with the government Thursday"
        if word.text == "that" and i > opened:
            break  # "agreement for Leth that the envoy put together"
        if (
            word.text == "and"
            and i == opened + 2
            and words[opened].text in DETERMINERS
            and words[i - 1].text.endswith("al")
        ):
            i, opened = i + 1, i - 1
            continue  # "an agreement on the bilateral and final ceasefire"
        if word.text == "and" and not (capital and i + 1 < len(words) and words[i + 1].shape == "Title"):
            break
        if word.shape == "lower" and capital and word.text not in DETERMINERS | {"of", "and"}:
            if not _DEMONYM.search(words[i - 1].text) or word.text.endswith(("ed", "ing")):
                break
            capital = False  # "contract for Kestrian gas"
        if word.shape in ("Title", "UPPER"):
            capital = not word.text.endswith("'s")  # "agreement on Kestria's ports"
        if word.text not in DETERMINERS | {"of", "and"}:
            end = i
            if word.shape == "lower" and i - opened >= 3 and "most" not in (words[i - 2].text, words[i - 1].text):
                break
        i += 1
    return end


DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "time", "good", "return"}
)
