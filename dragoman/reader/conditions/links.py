"""Tells where a word that joins clauses does other work than to set a condition.

In: the clauses around it. Out: whether it leads to a date, a place, a manner or a set phrase.
"""

from __future__ import annotations

import re

from dragoman.reader.dates.dates import find_dates
from dragoman.reader.wording.nominals import has_verb
from dragoman.reader.wording.phrases import CORE, is_negative

# "even if", "asked if", "is provided": the link does other work
OTHER_USE = re.compile(
    r"(?<!\w)(?:even|as|ask|asked|asks|know|see|wonder|say|said|not|is|was|were|are|be|been|has|had|have)\s*$",
    re.IGNORECASE,
)
# "on what would happen if the date was missed", "not say what happens unless …": what is asked is not held back
_ASKED = re.compile(
    r"(?:^|.*\s)(?:(?:what|how|why|who|whether) (?:it |they |he |she |we )?"
    r"(?:will|would|shall|should|could|can|might)|what happen(?:s|ed))(?!\w)"
)


def does_other_work(main: str, link: str, need: str, before: str) -> bool:
    """Whether the word that joins does other work here: it leads to a date, a place, a manner or a set phrase."""
    if link in ("if", "unless", "when") and _ASKED.match(main):
        return True
    if re.fullmatch(r"it|them|him|her|us|me|this|that", need) or _RELATIVE.match(need):
        return True
    if _OF_OTHERS.match(main) or (link in ("if", "when", "once") and _BEFALLS_OR_CALLS.match(main)):
        return True
    if in_set_phrase(link, need):
        return True
    if link == "without" and re.search(r"(?<!\w)with or\s$", before):
        return True
    if link == "where":
        return not re.search(r"(?<!\w)only\s$", before)
    if link == "if" and _IS_TO.match(need):
        return True  # "will need help if she is to succeed": the help is what is required
    if link == "after" and _PAST.match(need) and not CORE.search(main) and not is_negative(main):
        return True  # "announced plans to leave after talks appeared to have failed": told of what has happened
    if link in ("until", "till") and _GIVES.search(before) and re.search(r"(?<!\w)to [a-z]", need):
        return True  # a deadline
    if link in ("before", "after") and _APART.search(before):
        return True  # "three days before it was to expire"
    if link == "before" and _HAD_DONE.search(main) and not is_negative(main):
        return True  # "the week they had planned before the duty was raised"
    if link in _BESIDE_EXCHANGED and (_IS_TOLD.match(need) or _BARGAIN_THAT.search(main)):
        return True  # "a pact to free the men in return for ore would be signed", "a pact that would free them"
    if link in ("until", "till") and (_TO_THE_END.search(need) or _WORK_GOES_ON.search(main)):
        return True  # "will fight until the rebels are defeated"
    if link in ("until", "till", "before", "as soon as"):
        return is_date(need) or (link == "before" and bool(_PLACING.search(before)) and not has_clause(need))
    if link == "when":  # "on Monday, when the council meets"
        return ends_with_date(before)
    return link == "short of" and bool(re.search(r"(?<!\w)(?:is|are|was|were|be|been|f[ae]ll\w*|r[au]n\w*)\s$", before))


def sets_nothing(main: str, link: str, need: str) -> bool:
    """Whether clauses joined so hold nothing back: what might have been, what may come of it, what a wish takes.

    "If it were not for Leth we would have signed", "if they leave there is a danger that …", "if Leth wants peace it
    must go": a demand, whose fulfilment is no reward for the wish.
    """
    if _ALL_OR_NOTHING.match(f"{main} {need}"):
        return True
    if link not in ("if", "should", "when", "without", "unless"):
        return False
    return (
        _MIGHT_HAVE.search(main) is not None
        or _MAY_COME.match(main) is not None
        or _NOT_THE_END.match(main) is not None
        or _READY_FOR_IT.search(main) is not None
        or (_WISHES.match(need) is not None and _IT_MUST.match(main) is not None)
    )


# How all talks are held: nobody waits for anything in particular
_ALL_OR_NOTHING = re.compile(
    r"(?:\W|that\b)*nothing (?:is|was) agreed[^,;.]* everything (?:is|was|has been) agreed\b", re.IGNORECASE
)
_MIGHT_HAVE = re.compile(
    r"(?<!\w)(?:would|could|might)(?: not|n['’]t)? have (?:\w+ly |already |never |long |been |ever )*"
    r"\w+(?:ed|en|wn|pt|id|nt|lt|ft|de|ne|ung|ut|et|st)(?!\w)"
)
_MAY_COME = re.compile(
    r"there (?:is|was|are|will be|would be|could be|may be|might be) (?:an? |the |no )?(?:\w+ )?"
    r"(?:risks?|dangers?|likelihood|threat)(?!\w)",
    re.IGNORECASE,
)
_NOT_THE_END = re.compile(
    r"(?:I|we) (?:do not|don['’]t) (?:think|believe) .*(?:end of the (?:world|matter|road)|disaster|problem)(?!\w)",
    re.IGNORECASE,
)
_READY_FOR_IT = re.compile(r"(?<!\w)(?:must|should|ha[sv]e? to|needs? to) be (?:prepared|ready)$", re.IGNORECASE)
_WISHES = re.compile(
    r"(?:[\w.'’-]+ ){1,6}?(?:wants?|wanted|wish(?:es|ed)?|seeks?|sought|(?:is|are|was|were) (?:serious|to [a-z]{2,})|"
    r"really wants?)(?!\w)"
)
_IT_MUST = re.compile(
    r"(?:the )?(?:[\w.'’-]+ ){1,4}?(?:must|should|has to|have to|had to|needs? to|ought to)(?!\w)",
    re.IGNORECASE,
)


def in_set_phrase(link: str, need: str) -> bool:
    """Whether a word that joins begins a set phrase: "once again", "as soon as possible", "without delay"."""
    return link in _NOT_SO and bool(re.match(_NOT_SO[link], need, re.IGNORECASE))


# What follows a link that does no such work: "provided by", "once again", "without delay", "if the report is true"
_NOT_SO = {
    "provided": r"(?:by|for|with|in|to|at|from)(?!\w)",
    "after": r"(?:(?:having|declaring|saying|announcing|reporting|telling|warning|claiming)|"
    r"(?:its|the|their|his|her) (?:19|20)\d\d)(?!\w)",
    "once": r"(?:again|more|as|or|and|every|upon|per)(?!\w)",
    "as soon as": r"(?:(?:is )?(?:possible|practicable|practical|feasible)|(?:I|we|he|she|it|they) can(?=[,.;]|$)|"
    r"(?:this|next) (?:week|weekend|month|year|spring|summer|autumn|winter|evening)|"
    r"today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d)(?!\w)",
    "as long as": r"(?:(?:is )?(?:possible|necessary|needed|required)|it takes|"
    r"(?:\d+|an?|two|three|four|five|six|ten) (?:hours?|days?|weeks?|months?|years?))(?!\w)",
    "when": r"it comes to(?!\w)|"
    r"(?:[\w'’-]+ ){1,6}?(?:re)?(?:meets?|convenes?|gathers?|sits? down|gets? together)(?!\w)",
    "until": r"further notice(?!\w)",
    "without": r"(?:the other|each other|one another|"
    r"(?:(?:any|further|more|undue|the least|a|pre-?|\w+ly )\s?)?(?:conditions?|preconditions?|delay|exception|"
    r"limits?|doubt|notice|fail|result|success|warning|reservations?|hesitation|\w+ing))(?!\w)",
    "if": r"(?:[a-z]+(?:ed|en|ble|ful|ant)(?=,)|need be|necessary|required|needed|asked|appropriate|possible|"
    r"anything|any|so|ever|at all|not(?! \w+ing)(?: \w+)?|"
    r"(?:I|we|you) (?:may|might|like|must)|(?:I|we|he|she|it|they|you) (?:can|could)|"
    r"[^,]{3,120} (?:is|are|was|were|proves?) (?:true|correct|accurate))(?:,|$)",
}
_BESIDE_EXCHANGED = ("in exchange for", "in return for")
_IS_TOLD = re.compile(r"(?:(?!that |which |who |if )[\w'’-]+ ){1,4}?(?:will|would|could|may|might) ", re.IGNORECASE)
_BARGAIN_THAT = re.compile(
    r"(?<!\w)(?:accord|agreement|bargain|deal|formula|law|pact|plan|proposal|swap|truce|phases?)(?: \w+){0,6}? "
    r"(?:that|which|to) (?:would |will |could |may )?"
    r"(?:see|free|release|include|involve|give|hand|return|swap|bring|let)"
)
# "talks will go on until a deal is reached": who talks holds nothing back
_WORK_GOES_ON = re.compile(
    r"(?<!\w)(?:talks|negotiations|discussions|consultations|efforts|mediation|work|bargaining) "
    r"(?:[\w'’-]+ ){0,4}?(?:will|would|to|are|is) (?:continue|go on|continuing|going on)(?!\w)|"
    r"(?<!\w)(?:will|would|to) (?:continue|keep|go on) (?:to )?(?:talk|negotiat|work|press|push|try|seek|bargain|meet)",
    re.IGNORECASE,
)
_TO_THE_END = re.compile(
    r"(?<!\w)(?:defeated|destroyed|crushed|dismantled|eliminated|eradicated|vanquished|annihilated|wiped out|"
    r"victory)(?!\w)"
)
_RELATIVE = re.compile(r"which(?!\w)", re.IGNORECASE)  # "have a week, after which they will meet"
# Whoever turns down what others say, or does not believe it, holds back nothing: "rejected suggestions that …"
_OF_OTHERS = re.compile(
    r"(?:(?:he|she|it|they) )?(?:(?:has|have|had) )?(?:reject|dismiss|den[iy]|doubt|brush)\w* (?:off |aside )?"
    r"(?:the |all )?(?:suggestion|report|claim|rumou?r|speculation|idea|notion)s?(?!\w)|"
    r".{0,40}?(?<!\w)(?:does|do|did) not (?:believe|think|expect)(?!\w)",
    re.IGNORECASE,
)
# What befalls others is held back by nobody, nor is what others are asked to do: "warned that the poor would suffer if"
_BEFALLS_OR_CALLS = re.compile(
    r".{3,90}?(?<!\w)(?:will|would|could|may|might) (?:\w+ly )?(?:suffer|starve|perish|default|"
    r"fall into default|go bankrupt|run out of (?:cash|money)|pay (?:the|a) (?:\w+ )?price|"
    r"be (?:jeopardi[sz]ed|at risk))(?!\w)|"
    r"(?:(?:has|have|had) )?(?:\w+ly )?(?:call(?:s|ed) on|urge[sd]?|press(?:es|ed)|appeal(?:s|ed) to) "
    r"(?:[\w'’-]+ ){1,6}?(?<!not )to [a-z]",
    re.IGNORECASE,
)
_PLACING = re.compile(
    r"(?<!\w)(?:bring\w*|brought|put\w*|drag\w*|haul\w*|stand\w*|stood|appear\w*|lay|laid|place\w*|summon\w*|kneel\w*|"
    r"testif\w*)(?!\w)[^,;]*$"
)
_IS_TO = re.compile(r"(?:[\w'’-]+ ){1,4}?(?:is|are|was|were) to (?!be(?!\w))[a-z]", re.IGNORECASE)
_PAST = re.compile(
    r"(?:[\w'’-]+ ){1,5}?(?:appeared|seemed|failed|refused|rejected|collapsed|broke|ended|began|fell)(?!\w)"
)
_APART = re.compile(
    r"(?<!\w)(?<!the )(?:minutes?|hours?|days?|weeks?|months?|years?|shortly|soon|just|even)\s$", re.IGNORECASE
)
_HAD_DONE = re.compile(
    r"(?<!\w)(?:had|['’]d) (?:\w+ly |already |once |been |also )?\w+(?:ed|en|wn|pt|id|nt|lt|ft|de|ne)(?!\w)[^,;]*$"
)
_GIVES = re.compile(r"(?<!\w)(?:gave|gives|given|giving)(?!\w)")
FINITE = re.compile(r"(?<!\w)(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could)(?!\w)")


def has_clause(need: str) -> bool:
    return bool(FINITE.search(need)) or has_verb(need)


def ends_with_date(words: str) -> bool:
    """Whether a clause ends with a date, so that a "when" after it only says more of that day."""
    words = words.rstrip(" ,")
    if re.search(r"(?<!\w)(?:midnight|noon|dawn|sunset|sunrise)$", words):
        return True
    dates = find_dates(words[-40:], None)
    return bool(dates) and dates[-1].span.end >= len(words[-40:]) - 1


def is_date(words: str) -> bool:
    """Whether `words` begin with a date: "until Friday" sets a time, no condition."""
    dates = find_dates(words, None)
    if (
        dates
        and dates[0].span.start <= 12
        and not re.search(r"(?<!\w)(?:is|are|was|were|has|have|had|\w+s)\s", words[: dates[0].span.start])
    ):
        return True
    return bool(
        re.match(
            r"(?:at least )?(?:then|now|midnight|noon|dawn|easter|christmas|new year|the \d+(?:st|nd|rd|th)(?!\w)|"
            r"\d[\d:.]*(?:$|,| ?(?:[ap]\.?m(?!\w)|o['’]clock|(?:minute|hour|day|week|month|year)s?(?!\w)))|"
            r"the (?:(?:first|second|third|last|next) (?:\w+ )?(?:day|week|month|quarter|round|session|rains|moment)|"
            r"(?:end|start|middle) of|(?:[\w-]+ ){0,2}deadline|weekend|winter|summer|"
            r"spring|autumn|holidays)|"
            r"(?:just |only )?(?:an?|one|two|three|four|five|six|several|a few|some) "
            r"(?:minute|hour|day|week|month|year)s? (?:before|after|from|ago)(?!\w))",
            words,
            re.IGNORECASE,
        )
    )
