"""Tells what "do so" takes up, the last thing that somebody was said to do or not to do, and of what "it" is told.

In: a phrase that begins with "doing so", or a bare "she would", and the text it comes from. Out: the phrase with that
thing in its place.
"""

from __future__ import annotations

import re

from dragoman.reader.wording.nominals import is_known_verb, third_and_past
from dragoman.reader.wording.phrases import CORE, short, trim
from dragoman.reader.wording.withheld import gerund
from dragoman.reading import Span

_DOING_SO = re.compile(r"(?P<no>not )?doing (?:so|it|that|this)(?!\w)(?P<rest>.*)")
# "Her spokeswoman said that she would, once …"
_WOULD = re.compile(
    r"(?:I|we|he|she|it|they) (?:will|would|can|could|might|shall|should)(?P<no>(?: not|n['’]t)?)", re.IGNORECASE
)
_WOULD_ALONE = re.compile(
    r"(?<!\w)(?:I|we|he|she|it|they) (?:will|would|can|could|might|shall|should)(?: not|n['’]t)?(?=[,.;:”\"'’ ])",
    re.IGNORECASE,
)
_DO_SO = re.compile(r"(?<!\w)(?:do|does|did|doing|done) (?:so|it|that|this)(?!\w)")
_TO_DO = re.compile(
    r"(?:(?<!\w)(?P<wants>(?:intend|plan|want|wish|mean|refus|declin|promis|threat|undert|agree|offer|vow|pledg|ask|call|urg|"
    r"press|tell|told|order|invit)\w*(?: (?!to)[\w'’-]+){0,3}) )?(?<!\w)to (?=(?P<verb>[a-z]{2,})(?!\w))",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.,;:!?–—()“”\"\n]|\s(?:and|but|or|if|unless|until|because|while|when|after|before)\s")
_MODAL_END = re.compile(r",?\s(?:can|could|may|might|will|would|must|should|shall|to)\s+$")
_FAR = 320  # letters before a phrase in which it may find what it takes up


def taken_up(phrase: str, text: str, said: Span) -> str:
    """`phrase` with the thing done in place of "doing so" or "she would"; as it is where nothing was done.

    `said` is where the words that the phrase was made of stand in `text`.
    """
    match = _DOING_SO.match(phrase)
    alone = _WOULD.fullmatch(phrase)
    so = (_DO_SO if match else _WOULD_ALONE).search(text, said.start, said.end) if match or alone else None
    if so is None:
        return phrase
    done = _last_done(_MODAL_END.sub("", text[max(0, so.start() - _FAR) : so.start()]))
    return f"{match['no'] or ''}{done}{match['rest']}" if match and done else done or phrase


# "(kept) a tariff on all goods, saying (it will be lifted)"
_THING_SAID_OF = re.compile(
    r"(?<!\w)(?P<article>the|an?|its|their|his|her) (?P<thing>(?:[\w%.-]+ ){0,4}?[\w-]+)"
    r"(?: (?:on|of|for|against|in|from) [^,;.]{2,50})?, (?:saying|insisting|adding|stressing|warning|and (?:said|says))"
    r"(?: that)?\W*$"
)


def of_it(doing: str, main: str, text: str, at: int) -> str:
    """`doing` with the thing it is done to, where the clause calls that "it" and the words before `at` name it."""
    if " " in doing or not re.match(r"(?:it|they) ", main) or not doing.endswith(("ed", "en", "wn", "pt", "id")):
        return doing
    thing = _THING_SAID_OF.search(text, max(0, at - 160), at)
    return f"the {thing['thing']} {doing}" if thing else doing


_IF_HE_COMES = re.compile(
    r"(?<!\w)(?:if|whether) (?:[A-Z][\w'’-]+|he|she|it|they|(?:the|its|their|his|her) [\w'’-]+) (?P<verb>[a-z]+)(?!\w)"
)
_HAS_DONE = re.compile(
    r"(?<!\w)(?:when|once|until|unless|after) (?:[\w'’-]+ ){1,4}?(?:has|have|had) (?P<verb>[a-z]+)(?!\w)"
)
_TO_BE_DONE = re.compile(r"(?<!\w)for (?P<what>[^,.;:]{3,60}?) to be (?P<done>\w+(?:ed|en|wn|pt|id|nt|lt|ft)(?!\w))")


def _last_done(words: str) -> str:
    places = [(m.start("core"), gerund(m["core"]), m.end("core")) for m in CORE.finditer(words)
              if m["core"].lower() not in _EMPTY]  # fmt: skip
    places += [(m.start("verb"), gerund(m["verb"]), m.end("verb")) for m in _TO_DO.finditer(words)
               if m["verb"] not in _EMPTY and (m["wants"] or is_known_verb(m["verb"]))]  # fmt: skip
    places += [(m.end(), f"{m['what']} {m['done']}", m.end()) for m in _TO_BE_DONE.finditer(words)]
    places += [(m.start("verb"), gerund(plain_form), m.end("verb"))
               for pattern in (_IF_HE_COMES, _HAS_DONE) for m in pattern.finditer(words)
               if (plain_form := third_and_past().get(m["verb"]))]  # fmt: skip
    if not places:
        return ""
    _, doing, end = max(places)
    return short(trim(f"{doing}{_CLAUSE_END.split(words[end:])[0]}"))


_EMPTY = frozenset(("be", "have", "do", "been"))
