"""Whether the words around a place in a text speak of what was or of what is to come.

In: a text and a place in it. Out: "past", "future" or None. Looks at the sentence only, and only at its near words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from dragoman.reader.vocabulary import own_data

LEFT, RIGHT = 160, 90  # how far a sentence is looked at; keeps hostile text linear

# The text is in lower case here, so that a full stop ends a sentence unless the word before it is cut short.
_BREAK = re.compile(r"[\n;]|[.!?؟][\"'”’»)]{0,2}\s")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_LONGEST = 12  # letters of a word that is cut short
_CUT_SHORT = frozenset(
    """mr mrs ms dr st jan feb mar apr jun jul aug sep sept oct nov dec gen col lt capt maj sgt adm cmdr gov sen rep hon
    prof rev fr sr jr inc corp co ltd no nos art vol vs ca approx est dept mt ft""".split()  # noqa: SIM905
)
_PARTICIPLE = re.compile(
    r"[a-z]{2,24}ed|(?:be|mis|re|un|over|with)?(?:known|shown|grown|thrown|flown|blown|sworn|torn|worn|born|taken|broken|"
    r"spoken|shaken|kept|slept|swept|felt|dealt|built|drawn)"
)
_NOUNS = frozenset(
    """united red need speed feed seed bed indeed exceed proceed hundred mohammed muhammed ahmed saeed rasheed hamed
    waleed""".split()  # noqa: SIM905
)
_NOUNS_TOO = frozenset(("end", "start", "vote", "return", "reply"))
_ARTICLES = frozenset(("a", "an", "the", "its", "their", "his", "her"))
_FORWARD = frozenset(("for", "by", "until", "till", "before", "within", "next", "tomorrow", "قبل", "حتي", "بحلول"))
_BACKWARD = frozenset(("since", "last", "ago", "yesterday", "منذ", "الماضي", "الماضيه"))
_PERFECT = frozenset(("should", "would", "ought", "could"))
_PASSIVE = frozenset(("be", "is", "are", "being", "been", "to"))


def calendar() -> dict[str, Any]:
    """The words of dates: months, weekdays, numbers, verbs."""
    return own_data("calendar.json")  # type: ignore[no-any-return]


def even(text: str) -> str:
    """`text` in lower case with plain digits and one form for each Arabic letter, place for place the same length."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.translate(_EVEN)


_EVEN = str.maketrans("أإآٱىة’‘٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹\u00a0", "اااايه''01234567890123456789 ")


def sentence_around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after [start, end) in its sentence, at most LEFT and RIGHT characters of it."""
    left, right = text[max(0, start - LEFT) : start], text[end : end + RIGHT]
    ends = [match for match in _BREAK.finditer(left) if _ends(match)]
    stop = next((match for match in _BREAK.finditer(right + " ") if _ends(match)), None)
    return left[ends[-1].end() :] if ends else left, right[: stop.end() - 1] if stop else right


def _ends(stop: re.Match[str]) -> bool:
    """Whether a stop ends a sentence: that of "Mr." and of an initial does not."""
    if stop.group() in "\n;":
        return True
    at = stop.start()
    last = _LAST_WORD.search(stop.string[max(0, at - _LONGEST) : at])
    word = last.group() if last else ""
    return word not in _CUT_SHORT and (len(word) != 1 or not stop.group().startswith("."))


def tense_at(text: str, start: int, end: int) -> str | None:
    """The tense around [start, end) of `text`, which is `even`: that of the nearest verb before, else after."""
    left, right = sentence_around(text, start, end)
    words = text[start:end].split()
    if words[0] in _BACKWARD or words[-1] in _BACKWARD:
        return "past"
    if _OVER.search(left) or _LATE.match(right):
        return "past"
    if right.lstrip().startswith(("deadline", "ultimatum")) or words[0] in _FORWARD or _leads_on(left):
        return "future"
    if (over := _AFTER.search(left)) and not _AHEAD.search(left, 0, over.start()):
        return "past"  # "time is short after the third meeting on Tuesday"
    if _PICTURED.search(left):
        return "past"
    if _SAYING.search(left):  # "it will strike, saying late Monday that"
        return "past"
    if _ASKED_TO.search(left):  # "urged the insurer to attend Thursday's session"
        return "future"
    if _IF_IT_IS.search(left):  # "gave notice that it will strike if there is no pact before midnight Thursday"
        return "future"
    if right.startswith("'s ") and _FOLLOWING.search(left) and not _WILL_AFTER.search(left):
        return "past"  # "a statement following Tuesday's session"
    before = _verbs(left)
    if before:
        return before[-1]
    after = _verbs(_CALLED.sub("called", right)) or _verbs(_further_left(text, start, left))[::-1]
    return after[0] if after else None


def _further_left(text: str, start: int, left: str) -> str:
    """What stands in a long sentence before the words already looked at: "took place between … and …, on Tuesday"."""
    if len(left) < LEFT:
        return ""
    return sentence_around(text, start - LEFT, start - LEFT)[0]


def _leads_on(left: str) -> bool:
    """Whether the word before a day leads to one that comes: "for Tuesday", not "as for Tuesday's meeting"."""
    bare = left.rstrip()
    if bare.endswith(("runs through", "run through", "valid through", "lasts through", "ahead of")):
        return True
    return bare.rpartition(" ")[2] in _FORWARD and not bare.endswith("as for")


_CALLED = re.compile(r"(?<!\w)called for(?!\w)")  # a day is called for before it; after it something else is
_AFTER = re.compile(r"(?<!\w)after (?:the|an?|their|his|her|its|another) (?:[\w'-]+ ){1,5}(?:on )?$")
_AHEAD = re.compile(
    r"(?<!\w)(?:will|would|shall|should|may|might|could|can|must|is to|are to|expected|due|set|plans?|hopes?|until|if|"
    r"wants?|likely)(?!\w)"
)
# "missed a deadline on Thursday", "let the term lapse on Sunday", "had wanted a text by noon on Thursday"
_OVER = re.compile(
    r"(?<!\w)(?:missed|overran|blew|ignored|let(?= [^,;]{0,40}? (?:pass|lapse|expire|slip|go by)(?!\w)))(?!\w) "
    r"[^,;]{0,60}$|"
    r"(?<!\w)had (?:\w+ly |first )?(?:wanted|hoped|planned|wished|been due|been given|been expected)"
    r"(?!\w)[^;]{0,110}$|"
    r"(?<!\w)(?:expired|lapsed|elapsed|passed|ran out)(?: \w+){0,3}\s*$"
)
_FOLLOWING = re.compile(r"(?<!\w)following\s*$")
_WILL_AFTER = re.compile(r"(?<!\w)(?:will|would|shall|to|due|may|might|could)(?!\w)[^,;\"”]*$")
_LATE = re.compile(
    r",? (?:is|are|was|were) (?:\w+ )?(?:late|overdue|missed)(?!\w)|"
    r",? (?:has|have|had) (?:still )?not (?:come|arrived|appeared)(?!\w)"
)
# What a picture shows has been: "the minister waves as he arrives at the hotel on Friday"
_PICTURED = re.compile(
    r"(?<!\w)(?:waves|shakes? hands|poses?|gestures?|looks? on|smiles|(?:is|are) (?:seen|pictured)|"
    r"as (?:he|she|they) (?:arrives?|leaves?|departs?|walks?|speaks?|attends?|addresses))(?!\w)[^;]{0,90}$"
)
_SAYING = re.compile(
    r"(?<!\w)(?:saying|announcing|telling (?:\w+ ){1,3}?|adding|declaring|confirming)(?: (?:late|early|on))*\s*$"
)
_ASKED_TO = re.compile(
    r"(?<!\w)(?:urg|ask|invit|order|instruct|summon|persuad|advis|implor|begg|press|call|agree|promis|pledg|vow|threaten|"
    r"offer|decid|prepar|intend|propos)(?:e|ed|ing|s|es)?(?: [\w'-]+){0,6}? to [a-z]+(?: [\w'-]+){0,4}?\s*$"
)
# What is feared or hoped has not been; "if the deal reached on Monday holds" has no verb of its own before the day
_IF_IT_IS = re.compile(
    r"(?<!ask )(?<!asked )(?<!know )(?<!say )(?<!see )(?<!\w)(?:if|unless) "
    r"(?:(?!had |that |which |who |whose )[\w'-]+ ){1,12}?(?:is|are|was|were|do|does|did|can|could|fails?|failed) "
    r"(?:(?!that |which |who |had )[\w'-]+ ){0,12}$"
)


# "signed by the owners on Sunday" and "met before dawn on Sunday" have nothing ahead of them
_OR_NO_TIME = frozenset(("by", "before", "within"))
_BEFORE_TIME = re.compile(
    r" (?:the )?(?:noon|midnight|midday|dawn|dusk|sun(?:rise|set)|nightfall|(?:early |late |mid-?)?(?:morning|"
    r"afternoon|evening)|(?:early|late) (?=\w{3,6}day)|end|close|start|opening|beginning|middle|then|tomorrow|tonight|"
    r"next|this|that|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{4}(?!\w)|"
    r"\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m|o'clock|gmt|utc|h(?:ours)?(?!\w))|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?! \w+s(?!\w)))"
)


@cache
def _cues() -> re.Pattern[str]:
    words = calendar()
    group = {
        tense: "|".join(sorted(map(re.escape, map(even, words[tense])), key=len, reverse=True))
        for tense in ("future", "past")
    }
    return re.compile(rf"(?<!\w)(?:(?P<future>{group['future']})|(?P<past>{group['past']})|(?P<word>\w+))(?!\w)")


def _verbs(text: str) -> list[str]:
    """The tenses of the verbs of `text`, in order; a participle after "will be" or "to be" belongs to those."""
    found: list[str] = []
    ahead = 0  # words that the last "will", "is to", "due" still reaches
    last = before = ""
    for match in _cues().finditer(text):
        if last == "have" and before in _PERFECT and (match.lastgroup == "past" or _is_past(match.group())):
            found.append("past")  # "should have met"
            ahead = 0
        elif match.group() in _OR_NO_TIME and (found or not _BEFORE_TIME.match(text, match.end())):
            if match.group() == "by" and _BEFORE_TIME.match(text, match.end()):
                found.append("future")  # "wanted an answer by noon on Sunday"
        elif match.lastgroup == "future" and match.group() in _NOUNS_TOO and last in _ARTICLES:
            pass  # "sputtered to an end on Sunday"
        elif match.lastgroup == "future":
            found.append("future")
            ahead = 4
        elif ahead > 0 and (match.group() in _PASSIVE or last in ("be", "been", "to") or ahead > 1):
            ahead -= 1
        elif match.lastgroup == "past" or _is_past(match.group()):
            found.append("past")
        before, last = last, match.group()
    return found


def _is_past(word: str) -> bool:
    return bool(_PARTICIPLE.fullmatch(word)) and word not in _NOUNS
