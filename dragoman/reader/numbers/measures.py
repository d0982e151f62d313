"""What happens to what a number counts: "waiting at the border", "a year", "since 2002".

In: a Sheet, a Number and its sentence. Out: the measure, the rate or the scope, as the text words it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.reader.numbers.numbers import Number
from dragoman.reader.numbers.sheets import Sheet, Word, word_lists
from dragoman.reader.vocabulary import words as words_of
from dragoman.reading import Span

_REACH = 12  # words of a measure, at most
_SCOPE_REACH = 300  # characters on either side of a number in which its time is looked for
_SCOPE = re.compile(
    r"\b(?:(?:since|until|by|before|after|during|in)\s+(?:the\s+)?(?:(?:end|start|beginning|middle)\s+of\s+)?"
    r"(?:(?:last|next|this|early|late|mid)[ -])?(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|spring|summer|autumn|winter"
    r"|(?:first|second|third|last|past|next)\s+(?:\w+\s+)?(?:days|weeks|months|years|quarter|half|year|month|week)"
    r"|(?:19|20)\d\d)(?:\s+(?:19|20)\d\d)?"
    r"|(?:last|this|next)\s+(?:year|month|week|season|spring|summer|autumn|winter|night|quarter)"
    r"|(?P<rate>(?:a|per|each|every)\s+(?:year|month|week|day|night|hour|tonne|ton|barrel|head|person|shift))"
    r"|yesterday|overnight"
    r"|so\s+far|since\s+then|at\s+(?:noon|midnight))\b"
)
_PUT_AT = re.compile(
    r"\bputs? the (?:(?:number|figure|count|total|toll) (?!of )|(?=(?:number|total) of ))"
    r"([^,;.]{3,40}?) at\s+(?:(?:between|from)\s+(?:\S+\s+(?:and|to)\s+)?)?$"
)
_IS_PUT_AT = re.compile(
    r"\b[Tt]he ([^,;:.]{3,60}?)(?:, [^,;:.]{3,40},)? (?:is|are|was|were|(?:has|have|had) been) "
    r"(?:put|estimated|valued|reckoned) at\s+$"
)
_LOOSE_START = re.compile(r"^(?:and|or|that|as|which|who|while|whilst|there|including|being)(?:\s+|$)", re.IGNORECASE)
_LOOSE_END = re.compile(
    r"(?:^|\s+)(?:of|its|their|his|her|the|an?|to|at|for|by|with|on|from|and|or|each|in|all|than|until|"
    r"(?<! it )(?<! they )(?:is|are|was|were|be)|will|would|which|who|that|as|including|involving|totall?ing|such|"
    r"another|there|(?:(?:has|have|had) )?(?:reached|exceeded|topped|totall?ed)|"
    r"(?:(?:on|until|till|by|from|since|after)\s+)?(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec))$",  # of "until Nov. 14"
    re.IGNORECASE,
)
_WOULD = frozenset({"would", "will", "could", "may", "might"})  # "a 14% cut in the catch would cost the fleet dear"
_HAS = re.compile(r"\s(?:has|have|had|is|are|was|were)$")  # the sentence goes on
_FOR_ANOTHER = ("in exchange for ", "in return for ")  # what is given for what is counted is not told of it
# "a year by 2035 to help poorer lands": when is told by the scope
_WHEN_FIRST = re.compile(
    r"^(?:by|from|in|since|until|through|for|during|before) (?:the )?(?:(?:end|start|beginning|middle) of )?"
    r"(?:(?:early|late|mid)[ -])?(?:(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)(?: (?:19|20)\d\d)?|(?:19|20)\d\d)(?!\w)(?: (?=\w))?"
)
_STOP = frozenset(';:.!?()[]“”"«»')
_CUTS = frozenset({
    "but", "while", "whilst", "although", "though", "whereas", "because", "unless", "according", "if", "before", "when",
    "once",
})  # fmt: skip
_BEGINS = _CUTS | {",", "said", "says", "added", "that"}  # what stands before these is not told of a number
_MORE = frozenset({"further", "additional", "extra", "another", "total", "there"})  # they tell nothing by themselves
_MOVES = re.compile(r"(?:from|to) [$€£¥]?\d")  # what follows "from 10%" or "to 25%" only tells the other end
_MOVED = re.compile(r"(?:(?:from|to) )?[$€£¥]?\d[\d.,]*(?:%| per ?cent)? (?:from|to) $")
_ENDS_BEFORE = frozenset(("to", "%", "million", "billion", "trillion"))
_TO_PERCENT = re.compile(r"(?:from|to) \d[\d.,]* ?(?:%|per ?cent)")
_IN_TIME = re.compile(r"\s(?:ago|after|before|later|earlier|from now|in advance|long)(?!\w)")
_IN_ANOTHER = re.compile(r"\((?:(?:about|around|nearly|or|some) )?[^()\d]{0,5}\d[^()]{0,20}\)")
_ASIDE = re.compile(
    r"\([A-Za-z]{2,5}\)|"
    r",\s(?:including|among them|most of them|mostly|many of them)\s[^,.;()]{2,60},"
    r"(?!\d|\s(?:and|who|which|but|an?|the)\s)|"
    r"[—–]\s?(?:including|among them|most|mostly|many)\s[^—–.;()]{2,60}[—–]"
)
_VERBS = frozenset({"said", "says", "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could"})
# "the quota of 60,000 tonnes", "a fee below 22 dollars": what has the amount is named right before it
_AMOUNT_OF = re.compile(
    r"\b(?:an?|the|its|their|his|her|any|no) ((?:(?!an?\b|the\b)[^\W\d_]+[ -]){0,3}[^\W\d_]{3,}) "
    r"(?:of|below|above|under|over|at)"
    r"(?: (?:about|around|nearly|almost|roughly|just|only|more|less|than|at|least|most|up|to|over|under))*\s+\W?$"
)


def put_at(text: str, number: Number, sentence: Span) -> str | None:
    """The measure in "puts the number still inside at 23" and "puts the number of mines at between 90 and 120"."""
    match = _PUT_AT.search(text, max(sentence.start, number.span.start - 80), number.span.start)
    match = match or _IS_PUT_AT.search(text, max(sentence.start, number.span.start - 120), number.span.start)
    return trimmed(match.group(1)) if match else None


def rate_after(sheet: Sheet, first: int, last: int) -> Span | None:
    """The rate right after an amount: "a year", "per tonne", but not in "a year ago"."""
    for length in (3, 2, 1):
        words = sheet.words[first : min(first + length, last)]
        if len(words) == length and " ".join(w.text for w in words) in word_lists()["rates"]:
            end = words[-1].end
            return None if _IN_TIME.match(sheet.text, end) else Span(words[0].start, end)
    return None


def trimmed(phrase: str) -> str | None:
    """A phrase without the small words that hang loose at its ends."""
    phrase = _LOOSE_START.sub("", phrase.strip(" -–—,*•"))
    shorter = _LOOSE_END.sub("", phrase)
    while shorter != phrase:
        phrase, shorter = shorter, _LOOSE_END.sub("", shorter)
    return phrase.strip(" -–—,") or None


def measure_of(
    sheet: Sheet, number: Number, sentence: Span, end: int, last: int, head: str, *, rated: bool
) -> tuple[str | None, bool]:
    """What happens to what is counted: the words after it in the clause (then True), else those before.

    What is counted ends at `end`, `head` is its noun, and `rated` says that it is so many a day or a year.
    """
    text, words, lists = sheet.text, sheet.words, word_lists()
    first = _past_aside(sheet, sheet.after(end), last)
    moves = _moves(sheet, number, sentence, first, last)
    after = _told_after(sheet, number, first, last) if moves is None else ()
    if rated and (
        _MOVES.match(text, end + 1) or (after and after[0].text == "to" and after[1:2] and after[1].shape == "digit")
    ):
        after = ()  # "cut output by 400,000 barrels a day to 1.6 million"
    mortal = number.kind != "money"  # a company loses millions
    done = _done_to_it(sheet, number, sentence)
    if mortal and done and _is_of_death([done], head):
        return "killed", True
    more = after and after[0].text == "more" and len(after) == 1
    if done and (not after or more or after[0].text in ("and", "or")):
        return done.text, True  # "freed 30 sailors and sank the boat", "killed 30 and displaced thousands more"
    if mortal and _is_of_death(_shared_end(words[first : min(first + _REACH, last)]), head):
        return "killed", True
    if (mortal and _is_of_death(after[:5], head)) or head in ("deaths", "fatalities"):
        return "killed", True
    by_whom = bool(after) and after[0].text == "by" and not any(w.shape == "digit" for w in after[1:2])
    after = () if by_whom and number.kind == "money" else after  # "was put at $220 million by the governor"
    content = [w for w in after if w.shape != "mark" and w.text not in lists["boundaries"]]
    before = _told_before(sheet, number, sentence, moves)
    amount = _AMOUNT_OF.search(text, before[0].start, number.span.start) if before else None
    amount = amount if amount and amount.group(1).split()[0] not in ("number", "total") else None
    if amount and rated:
        return amount.group(1), False
    changes = (rated or number.kind in ("percent", "money")) and bool(before) and before[-1].text == "by"
    if changes and _tells(before) and not text.startswith(" of ", end):
        return trimmed(text[before[0].start : before[-1].end]), False  # "cod quotas were cut by 50 percent in May"
    when = all(w.shape == "digit" or w.text in lists["when"] or w.text in lists["months"] for w in content)
    if content and head != "times" and not (when and not done and _tells(before)):
        told = trimmed(_HAS.sub("", text[after[0].start : after[-1].end])) or ""
        return (f"{done.text} {told}" if done else trimmed(_WHEN_FIRST.sub("", told)) or told), True
    if mortal and _is_of_death(before, head):
        return "killed", True
    if amount:
        return amount.group(1), False
    return (trimmed(text[before[0].start : before[-1].end]) if before else None), False


def _told_after(sheet: Sheet, number: Number, first: int, last: int) -> Sequence[Word]:
    """The words after what is counted, from word `first`, up to where something else is told."""
    text, words, i = sheet.text, sheet.words, first
    while i < last and i - first < _REACH and words[i].text not in _STOP and words[i].text not in _CUTS:
        joins = words[i].text in ("and", "or") and i + 1 < last
        bare = i == first and number.kind in ("percent", "money")
        if (
            words[i].text in (",", "—", "including")
            or text.startswith("due to ", words[i].start)
            or (number.kind == "percent" and i > first and words[first].text != "of" and words[i].text in _WOULD)
            or (
                words[i].text == "as" and i + 1 < last and (words[i + 1].text == "the" or words[i + 1].shape != "lower")
            )
            or _TO_PERCENT.match(text, words[i].start)
            or (joins and (bare or _goes_on(words[i + 1], at_once=i == first)))
            or text.startswith(_FOR_ANOTHER, words[i].start)
        ):
            break
        i += 1
    return words[first:i]


def _told_before(sheet: Sheet, number: Number, sentence: Span, moves: int | None) -> Sequence[Word]:
    """The words before a number, back to where something else is told; `moves` is where "from 10% to 25%" begins."""
    text, words = sheet.text, sheet.words
    j = k = sheet.before(number.span.start if moves is None else moves) + 1
    floor = sheet.after(sentence.start)
    while j > floor and k - j < 7 and words[j - 1].text not in _STOP and words[j - 1].text not in _BEGINS:
        if words[j - 1].text == "and" and j < k and any(w.shape == "digit" for w in words[max(floor, j - 7) : j - 1]):
            break  # "killed 30 people and saw 20 taken"
        if j > 1 and text.startswith(_FOR_ANOTHER, words[j - 2].start):
            break
        if (
            moves is None
            and words[j - 1].shape == "digit"
            and words[k - 1].text.isascii()
            and not _is_of_a_date(words, j - 1)
        ):
            j = j if k - j > 4 else k  # what stands before another number is told of that one
            break
        j -= 1
    while floor < j < k and words[j].shape == words[j - 1].shape == "Title":
        j -= 1  # a name is not begun in its middle
    if moves is not None:
        ends = (n for n in range(k - 2, j - 1, -1) if words[n].shape == "digit" or words[n].text in _ENDS_BEFORE)
        j = next((n + 1 for n in ends), j)
    return words[j:k]


def _is_of_a_date(words: Sequence[Word], i: int) -> bool:
    """Whether the number at word `i` is a day beside its month or a year."""
    months = word_lists()["months"]
    beside = [w.text for w in (*words[max(0, i - 1) : i], *words[i + 1 : i + 2])]
    return not months.isdisjoint(beside) or re.fullmatch(r"(?:19|20)\d\d", words[i].text) is not None


def _tells(before: Sequence[Word]) -> bool:
    """Whether words before a number say more of it than when: "agreed to cut output by", but not "In May"."""
    lists = word_lists()
    empty = lists["boundaries"] | lists["when"] | lists["months"] | _MORE
    return any(w.shape not in ("mark", "digit") and w.text not in empty for w in before)


def _done_to_it(sheet: Sheet, number: Number, sentence: Span) -> Word | None:
    """The verb right before a number, whose object is what is counted: "freed about 30 sailors in May"."""
    at, lists = sheet.before(number.span.start), word_lists()
    while at > 0 and sheet.words[at].text in lists["bounding"]:
        if sheet.words[at].text == "to" and sheet.words[at - 1].text != "up":
            return None  # "led to 30 people being moved"
        at -= 1
    if at < 1 or sheet.words[at].start < sentence.start or number.kind != "count":
        return None
    word, before = sheet.words[at], sheet.words[at - 1]
    shaped = word.shape == "lower" and word.text.endswith(("ed", "ing")) and word.text not in lists["no_verbs"]
    of_a_noun = before.text in words_of("determiners") - {"that"} or before.text in lists["placing"]
    return word if shaped and not of_a_noun else None


def _shared_end(after: Sequence[Word]) -> Sequence[Word]:
    """What is told of a figure and the next together: "30 people in Leth and 12 in Orvia were killed"."""
    joint = next((n for n, w in enumerate(after) if w.text == "and"), 0)
    plain = all(
        w.shape in ("Title", "UPPER") or w.text in word_lists()["placing"] or w.text == "the" for w in after[:joint]
    )
    digit = next((n for n in range(joint, min(joint + 4, len(after))) if after[n].shape == "digit"), 0)
    if not joint or not plain or not digit:
        return ()
    end = next((n for n in range(digit, len(after)) if after[n].text in _STOP or after[n].text == ","), len(after))
    return after[digit:end]


def _moves(sheet: Sheet, number: Number, sentence: Span, first: int, last: int) -> int | None:
    """Where "from 10% to 25%" begins of which a number is one end: both tell of what stands before; else None."""
    if number.kind not in ("percent", "money"):
        return None
    other = _MOVED.search(sheet.text, max(sentence.start, number.span.start - 40), number.span.start)
    if other is None and first < last and _MOVES.match(sheet.text, sheet.words[first].start):
        return number.span.start
    return other.start() if other else None


def _past_aside(sheet: Sheet, first: int, last: int) -> int:
    """The word after an aside: "$200bn (£153bn) of goods", "12 sailors, including two cooks, were freed"."""
    if first >= last:
        return first
    start = sheet.words[first].start
    aside = _IN_ANOTHER.match(sheet.text, start) or _ASIDE.match(sheet.text, start)
    return min(sheet.after(aside.end()), last) if aside else first


def _is_of_death(words: Sequence[Word], counted_word: str) -> bool:
    """Whether words beside a number tell of the dead: "killed in May", people who are lost, but no seats that are."""
    lists = word_lists()
    told = {w.text for w in words} & lists["killed"]
    return bool(told - {"lost", "executed"}) or (bool(told) and counted_word in lists["people"] | {"lives"})


def _goes_on(word: Word, *, at_once: bool) -> bool:
    """Whether the word after "and" begins another figure or another clause: "and 200 wounded", "and said it would"."""
    return word.shape == "digit" or word.text in _VERBS or (at_once and word.text.endswith("ed"))


def scope_of(text: str, number: Number, sentence: Span, end: int) -> str | None:
    """Since when, until when or per what, in the same sentence; the nearest after the number, else before it.

    `end` is where what is counted ends, its own rate with it; the rate of another number is none of this one's.
    """
    low, high = max(sentence.start, number.span.start - _SCOPE_REACH), min(sentence.end, number.span.end + _SCOPE_REACH)
    found = [m for m in _SCOPE.finditer(text, low, high) if not m["rate"] or _is_its_rate(text, end, m)]
    if not found:
        return None
    after = [m for m in found if m.start() >= number.span.end]
    return (after[0] if after else found[-1]).group()


def _is_its_rate(text: str, end: int, rate: re.Match[str]) -> bool:
    """Whether "a year" or "per tonne" is told of what ends at `end`, with no other number or clause between."""
    if rate.start() < end or _IN_TIME.match(text, rate.end()):
        return False
    return re.search(r"[\d,;:()–—]", text[end : rate.start()]) is None
