"""Names the task that a date closes, in the words beside it: the clause before, or the infinitive after.

In: what stands before and after a date. Out: short noun phrases, or nothing where no task is named.
"""

from __future__ import annotations

import re

from dragoman.folding import last_word
from dragoman.reader.wording.denying import affirmed
from dragoman.reader.wording.nominals import act_forms, is_known_verb, nominal
from dragoman.reader.wording.phrases import CORE, plain, short, trim
from dragoman.reader.wording.stems import stems

BY = re.compile(
    r"(?<!\w)(?:by|before|no later than|not later than|at the latest by|بحلول|قبل|في موعد أقصاه)\s+"
    r"(?:(?:the (?:end|close|start|beginning|middle) of|the|early|noon|midnight|midday|dawn|dusk|"
    r"\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|a\.m\.|p\.m\.|GMT)?|o'clock|\w+ o'clock|"
    r"the (?:morning|evening|close) of|close of business)\s*(?:on|of)?\s*)*$",
    re.IGNORECASE,
)
UNTIL = re.compile(
    r"(?<!\w)(?:until|till|up to|حتى|لغاية)\s+(?:[\w'’ ]{0,40},? ?(?:on|at|of) |(?:noon|midnight|midday|the|"
    r"\d{1,2}(?:[:.]\d\d)?"
    r" ?(?:am|pm|a\.m\.|p\.m\.)?|\w+ o'clock|يوم)(?: on)?\s+)*$",
    re.IGNORECASE,
)
ENDS = re.compile(
    r"(?<!\w)(?:expir\w+|laps\w+|runs? out|ran out|due to (?:end|lapse|expire|run out)|(?:is|was|were|"
    r"are) to (?:end|expire|lapse)|"
    r"in force until|ends|ينتهي|تنتهي)(?:\s(?:on|at|in|by|until|of|midnight|noon|the|end|close)){0,4}\s*$",
    re.IGNORECASE,
)
_TO = re.compile(r"^[\s,]*(?:(?:at|on) [\w ]{1,20},? )?(?:to|لل|ل)\s*(?P<task>\S.*)", re.IGNORECASE | re.DOTALL)
_CLAUSE = re.compile(
    r"(?:^|[\s,;:(—–])(?:unless|if|without|provided that|(?<=, )provided(?! by)|provided(?= (?:the|a|an|its|their|"
    r"both|all|no|(?-i:[A-Z]\w+))(?!\w))|as long as|so long as|once|on condition that|on the understanding that|"
    r"and that|"
    r"that|but|which|who|while|because|when|until|إن|أن|إذا)\s+|[;:—–(]\s*|,\s+(?:and|but|or)\s+",
    re.IGNORECASE,
)
_FOR = re.compile(r"^(?:[\w'’-]+ ){1,5}?for (?=\w)", re.IGNORECASE)
_INFINITIVE = re.compile(r"(?<!\w)to (?=[a-z]{2,})(?!the |a |an |its |their |his |her )")


PRONOUNS = frozenset(("it", "they", "he", "she", "we", "you", "i", "who", "which", "that"))


_WANTED = re.compile(
    r"^(?:[\w'’-]+ ){1,5}?(?:wants?|wanted|demands?|demanded|expects?|expected|needs?|needed) (?:that )?(?!to )"
    r"(?=\w+ \w|\w+$)",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"\s*(?P<rest>(?:whether|on|about|over|to)\s[^,.;]{4,80})")


_INSERTED = re.compile(
    r",\s(?P<rest>(?!and\s|but\s|or\s|who\s|which\s|if\s|unless\s|as\s|when\s|while\s)[a-z\d][^,.;]{3,80})"
)


def with_object(task: str, after: str, *, inserted: bool = False) -> str:
    """A task of a word or two with what follows the date: "to decide by June 15 whether to sign".

    A date that is `inserted` between commas parts a verb from its object: "to deliver, by 1 May, forty buses".
    """
    if not 0 < len(stems(task)) <= 1:
        return task
    if inserted and (match := _INSERTED.match(after)):
        return short(trim(f"{task} of {plain(match['rest'])}"))
    match = _OBJECT.match(after)
    return short(trim(f"{task} {plain(match['rest'])}")) if match else task


# Where a task is over and something else is told of it.
_FURTHER = re.compile(
    r"[,;.](?:\s|$)|\s(?:if|unless|because|while)\s|\sor (?:else|face|risk)\s|"
    r"\sand (?:will|would|is|are|has|have)\s|\sas\s(?=[A-Z])|\s(?:under|in|on|by|with|for|to|from) which\s"
)


_FOR_TASK = re.compile(r"^\s*for (?!the (?:first|second|third|\w+th|last|\w+) time(?!\w))(?P<task>\S.*)", re.DOTALL)


def task_after(after: str) -> str:
    """The task that follows a date: "until Friday to reply", "an August 1 deadline for settling"."""
    match = _TO.match(after) or _FOR_TASK.match(after)
    if not match:
        return ""
    return nominal(trim(alone(match["task"])))


def alone(task: str) -> str:
    """A task without what is told beside it: "to either yield or face an assault" is to yield."""
    return _FURTHER.split(plain(task).removeprefix("either "))[0]


def task_before(before: str, earlier: str = "", cue: str = "") -> str:
    """The task of the clause before a date; of one that only says "it" what the sentence `earlier` speaks of.

    `cue` are the words that report the clause: what is demanded may stand in the plain form.
    """
    demanded = re.match(r"\s*that\s", before) and _told_outright(f"{cue} {_without_by(before)}")
    task = demanded or clause_task(before)
    if task and len(task.split()) == 1 and _PASSIVE_IT.search(before):
        meant = _LEADING.match(earlier)
        if meant:
            return f"{task} of {meant['np'][:1].lower()}{meant['np'][1:].rstrip()}"
    return task


_PASSIVE_IT = re.compile(
    r"(?<!\w)(?:it|they)\s(?:(?:must|should|will|would|(?:is|are|was|were|has|have|had) to)\s(?:have\s)?be(?:en)?|"
    r"(?:is|are|was|were)(?:\snot)?)\s[^,.;]*$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?P<np>(?:The|A|An|Its|Their|This)\s(?:[\w'’-]+\s){1,6}?)(?=(?:is|are|was|were|has|have|had|will|would|can|"
    r"could|must|should|runs?|expires?)\s)"
)
_DUE_TO = re.compile(
    r"(?P<who>[^,;:]{3,70}?)\s(?:is|are|was|were|has|have|had)\s(?:due\s|set\s|expected\s|supposed\s)?to\s(?P<be>be\s)?"
    r"(?P<verb>[\w'’-]+|in\s(?:place|force|effect|service|operation|use)|on\sthe\stable)$"
)


# "by a" of "by a 24 November target date"
_LOOSE_END = re.compile(
    r"\s(?:by|before|within|until|at|on|for|from|to|in|no later than|not later than)(?:\s(?:an?|the|its|their))?\s*$"
)
# "vowed to start by 8 May with the goal of reaching a deal by 18 May": the later date closes the goal
_WITH_THE_GOAL = re.compile(r"^.*\swith (?:the|an?) (?:goal|aim|hope|objective) of\s(?=\w+ing\s)", re.DOTALL)


def clause_task(before: str) -> str:
    """The task in the clause before a date, without modal, conjunction and preposition."""
    before = _THEN_BY.sub("", _TOLD_BESIDE.sub(" ", _ASIDE.sub("", _without_by(before))))
    before = _HOPED.sub("", before)
    before = _LOOSE_END.sub("", _WITH_THE_GOAL.sub("", before))
    if told := _told_outright(before):
        return told
    leading = before
    if (feared := _FEARED.search(before)) and (wanted := affirmed(feared["clause"])) != feared["clause"]:
        somewhere = _IS_SOMEWHERE.fullmatch(wanted)
        before = f"{somewhere['what']}{somewhere['where']}" if somewhere else wanted
        if feared["clause"].startswith("none ") and (meant := _ONE_OF.search(leading, 0, feared.start() + 1)):
            before = before.replace(
                "one", f"{meant['an']} {meant['what']}", 1
            )  # "works without a code if none is in place"
    before = re.sub(r"[\s,]+(?:at the latest|due|to be completed|in|on|scheduled|set|completed)\s*$", "", before)
    starts = [m.end() for m in _CLAUSE.finditer(before)]
    clause = before[starts[-1] :] if starts and len(before[starts[-1] :].split()) > 1 else before
    clause = plain(clause)
    clause = re.sub(r"^(?:Under|According to|As part of) [^,]{3,50}, (?=\S)", "", clause)
    if joined := _FOR_A_TIME_AND.search(clause):
        clause = clause[joined.end() :] if is_known_verb(clause[joined.end() :]) else clause
    clause = re.sub(r"^(?:Under|In|At|With|By|According to) [^,]{3,40}? (?=(?:it|they|he|she|we) )", "", clause)
    if left := _WITH_TO_BE.search(clause):
        return nominal(short(trim(f"{left['what']} {_are(left['what'])} {left['done']}")))
    if due := _DUE_TO.fullmatch(clause):  # "the works were to be finished", "the group is due to report"
        who = re.sub(r"\s(?:under|in|at|on|who|which|that)\s.*$|\s(?:will|would|shall)$", "", due["who"])
        who = re.sub(r"^(?:The|A|An|Its|Their|This|That) ", lambda m: m.group().lower(), who)
        if who.lower() not in PRONOUNS and not who.lower().startswith("there"):
            clause = f"{who} {_are(who)} {due['verb']}" if due["be"] else f"{who} will {due['verb']}"
            if " " in due["verb"]:
                return f"{who} {due['verb']}"
            return nominal(clause)
    cores = list(CORE.finditer(clause))
    core = cores[-1] if cores else None
    infinitives = [m for m in _INFINITIVE.finditer(clause) if is_known_verb(clause[m.end() :])
                   or (core is None and " " in clause[m.end() :])]  # fmt: skip
    if infinitives and (core is None or infinitives[-1].start() >= core.start()):
        thing = _THING.search(clause, 0, infinitives[-1].start())
        clause = clause[infinitives[-1].end() :]
        if thing and clause in ("go ahead", "take place", "proceed", "begin", "start", "be held"):
            clause = f"{thing['what']} will {clause}"
    elif core is not None and (there := _IS_THERE.match(clause, core.start("core"))) and core.start() > 3:
        who = re.sub(r"^(?:The|A|An|Its|Their|His|Her) ", lambda m: m.group().lower(), clause[: core.start()].strip())
        state = there["where"] is not None and _STATE.fullmatch(there["where"]) is not None
        clause = f"{'' if state else 'presence of '}{who} {there['where']}" if there["where"] else f"return of {who}"
    elif core is not None:
        rest = clause[core.start("core") :]
        if core["core"].lower() == "be":
            done = re.match(r"be (\w+)", rest)
            kept = rest if done and done.group(1).lower() in act_forms() else rest[2:]
            rest = f"{_first_subject(clause, cores)}{kept}"
        clause = rest
    clause = _RATHER.sub("", _OPENING.sub("", clause))
    if asked := _IS_REQUESTED.fullmatch(clause):
        clause = asked["what"]
    clause = re.sub(
        r"^(?:now |then )?(?:they|it|we|she|he|i|you) (?:want |expect |have |has )?(?=\w+ \w)", "", clause, flags=re.I
    )
    clause = nominal(short(trim(_WANTED.sub("", clause), most=14)))
    if _NOTHING.match(clause) or _IDLE.search(clause) or not stems(clause) or stems(clause) <= _EMPTY:
        return ""
    return clause


# "allowed the vote to go ahead"
_THING = re.compile(r"(?<!\w)(?P<what>(?:the|an?|its|their|any|all) (?:[\w'’-]+ ){0,4}?[\w'’-]+) $")
# "will meet again, with the details to be settled"
_WITH_TO_BE = re.compile(r"(?:^|\s)with (?P<what>(?!.*\bwith\b)[^,;]{3,60}?) to be (?P<done>[^,;]{3,40})$")


def _are(who: str) -> str:
    """Is or are, as its first noun has it: "two laws on a tax are"."""
    many = last_word(re.split(r"\s(?:including|of|for|to|on|in|with|between)\s", who)[0])
    return "are" if many.endswith("s") and not many.endswith("ss") else "is"


def _first_subject(clause: str, cores: list[re.Match[str]]) -> str:
    """What stands before the last verb of a clause; of "filling will go on and will be done" what both are told of."""
    last = cores[-1].start()
    joined = len(cores) > 1 and re.search(r"\sand\s$", clause[cores[-2].end() : last])
    return clause[: cores[0].start()] if joined else clause[:last]


# "wanted a text by July 29, then by Aug. 2": the same task again
_THEN_BY = re.compile(r"\s(?:by|before|until)\s[^;:]{2,60}?,?\sthen(?:\s(?:by|before|until)(?:\s.*)?)?$")
_ASIDE = re.compile(r"\s?\([^()]*\)")
# "she was optimistic the deal could be signed"
_HOPED = re.compile(
    r"^.*(?<!\w)(?:is|was|are|were|am|be|been|remain(?:s|ed)?|feels?|felt) (?:\w+ly )?"
    r"(?:optimistic|hopeful|confident|certain|sure|convinced|hopes?)(?: that)? "
    r"(?=(?:the|an?|its|their|this|it|they|we|both) )"
)
# "a force, provided by five states, along the river"
_TOLD_BESIDE = re.compile(
    r", (?:[a-z]{2,}(?:ed|en|wn)|held|led|made|paid|sent|built|which|who|whose|where) [^,;]{3,60}, "
    r"(?=(?:along|in|at|on|to|from|with|for|across|near|over|and|the|its) )"
)
_ONE_OF = re.compile(r"(?<!\w)(?P<an>an?|another)\s(?P<what>[\w'’-]+)\s(?:\w+\s)?$")
# What is to be completed, what a paper provides for or somebody has asked for.
_OUTRIGHT = re.compile(
    r"(?:(?<!\w)(?:for|of|is|with) (?P<done>[^,;:.]{4,90}), to be (?:completed|finished|carried out|concluded)|"
    r"(?<!\w)(?:protocol|agreement|accord|text|draft|deal|plan|proposal|roadmap|road map|treaty|memorandum|statute|"
    r"resolution|timetable|pact|understanding)(?: \w+)? (?:provide[sd]? for|call(?:s|ed) for|fores(?:ees?|aw)|"
    r"envisage[sd]?|stipulate[sd]?) (?P<provided>(?!that )[^,;:.]{4,90})|"
    r"(?<!\w)(?:having|has|have|had) (?:requested|demanded|asked for|ordered|promised) "
    r"(?P<asked>(?!that |to )[^,;:.]{4,90}))$",
    re.IGNORECASE,
)
_DEMANDS_THAT = re.compile(
    r"(?<!\w)(?:demand|insist|ask|request|requir|propos|recommend|urg|order|stipulat)\w*,? that "
    r"(?P<clause>(?:(?!\s(?:if|unless)\s)[^,;:.]){6,120})$",
    re.IGNORECASE,
)
# "if the list is not published": what has to be done is that it is
_FEARED = re.compile(r"(?:^|[\s,(])(?:if|should)\s+(?P<clause>[^,;:()]{4,120})$", re.IGNORECASE)
_IS_SOMEWHERE = re.compile(
    r"(?P<what>(?:[\w'’-]+\s){1,6}?)(?:is|are|was|were)\s(?P<where>(?:in|on|at|before|with)\s.+)"
)
_OPEN_FOR = re.compile(
    r"(?:^|[,;:.] )(?P<who>[^,;:.]{3,60}?) (?:is|are|was|were|stays?|remains?) open for (?P<what>[a-z]+)$"
)


def _without_by(before: str) -> str:
    return UNTIL.sub("", BY.sub("", before.rstrip(" \"“”'’«»") + " ")).rstrip()


def _told_outright(before: str) -> str:
    """The task where the words before a date say it by themselves, whatever clause they belong to."""
    if match := _OUTRIGHT.search(before):
        return nominal(short(trim(plain(match["done"] or match["provided"] or match["asked"]))))
    if match := _OPEN_FOR.search(before):
        return f"{match['what']} of {_lower_determiner(trim(match['who']))}"
    if match := _DEMANDS_THAT.search(before):  # "demands that the minister publish the list"
        words = match["clause"].split()
        for place in range(2, min(len(words), 8)):
            do = " ".join(words[place:])
            if is_known_verb(do) and words[place - 1].lower() not in _DETERMINING:
                return nominal(short(trim(f"{_lower_determiner(' '.join(words[:place]))} will {do}")))
    return ""


_DETERMINING = frozenset(("the", "a", "an", "its", "their", "his", "her", "of", "in", "to", "no", "any"))


def _lower_determiner(phrase: str) -> str:
    return re.sub(r"^(?:The|A|An|Its|Their|This|That|All|Both) ", lambda m: m.group().lower(), phrase)


# "freeze rents for a year and replace the boilers": what has its own time is not what is due
_FOR_A_TIME_AND = re.compile(r"\sfor (?:an?|one|two|three|four|five|six|\d+) (?:day|week|month|year)s? and (?=[a-z])")
# "I'd rather have a text", "if the tenants pay"
_RATHER = re.compile(
    r"^(?:(?:I|we|they|he|she)(?:['’]d| would) (?:rather|sooner|like to|love to|prefer to) (?:have |see |get )?|"
    r"(?:if|unless|provided|provided that) (?=(?:the|a|an|its|their|both|all|no) ))",
    re.IGNORECASE,
)
_IS_REQUESTED = re.compile(
    r"(?P<what>(?:[\w'’-]+\s){0,5}?[\w'’-]+)\s(?:is|are|was|were)\s(?:requested|expected|invited|sought|wanted|awaited|required|due)"
)
_WHICH = re.compile(
    r"(?<!\w)(?P<what>(?:the|an?|its|their|this)\s[\w'’-]+(?:\s(?:of|on|for|in|with|between)\s(?:the\s|a\s)?[\w'’-]+|"
    r"\s(?!(?:and|or|but|that|which|who|has|had|was|is)\s)[\w'’-]+){0,6}),?\s(?:which|that)\s*$"
)
_STATE = re.compile(r"in (?:place|force|effect|service|operation|use)|on the table|ready")
_IS_THERE = re.compile(
    r"be (?:(?P<where>(?:in|at|on) (?:the )?[A-Z].*|"
    r"in (?:place|force|effect|service|operation|use)$|on the table$|ready$)|"
    r"(?:back )?home$|back$)",
    re.DOTALL,
)  # "would be in Velm"
_OPENING = re.compile(
    r"^(?:that|and|but|to|for|there (?:is|was) no|there (?:(?:would|will|shall|should|must) )?be (?:no )?(?=\w)|"
    r"there (?=\w)|no|without|wants?|wanted|demand\w*|expects?|hopes? for|calls? for)\s+"
)
_NOTHING = re.compile(
    r"(?:\S+ )?(?:of )?(?:nothing|nobody|it|one|them|that|this)(?: (?:back|off|out|up|in writing))?$|"
    r"(?:now |then )?(?:none|nothing|nobody|no\.|which|who|what|them|of)(?!\w)|(?:now |then )?(?:they|it|we|"
    r"she|he|i|you|that)"
    r" ?(?:had|has|have|was|were|wants?|expects?|said|must)?$|(?:the|an?|both|all) (?:\w+ ){0,2}(?:had|has|"
    r"have|was|were)(?: given \w+)?$|(?:has |have |had )?g[aiv]+\w*(?!\w)|"
    r"a (?:second |third |new )?deadline",
    re.IGNORECASE,
)
_IDLE = re.compile(
    r"^(?:do so|want them)$|(?<!\w)(?:has been|was|been|is) (?:put off|postponed|expected|delayed|moved|"
    r"extended)(?!\w)|"
    r"^(?:was|were|is|are) \w+$|^\w+ed$",
    re.IGNORECASE,
)
_EMPTY = stems("do so decide go it them that this now follow suit wait")


# "unless the yards were added and all leases expired by June": what ends is named after another clause
_AND_THE = re.compile(r",? and (?=(?:the|all|its|their|his|her|every|each|both|any) )")
_DONE = re.compile(r"(?<!\w)(?:is|are|was|were|has|have|had|will|would|can|could|must)(?!\w)")


# "failed to agree on Tuesday, two weeks before their protocol lapses"
_TIME_CLAUSE = re.compile(r"\s(?:before|after|as|when)\s(?=(?:the|an?|its|their|his|her)\s)")


_APPOSED_AT_END = re.compile(r"(?P<what>.*\S), (?:the|an?|its|their) [^,;]+, $")


def ending(before: str) -> str:
    """What ends by a date: "the truce, signed in May, expires on" -> "expiry of the truce"."""
    ends = list(ENDS.finditer(before))
    subject = before[: ends[-1].start()] if ends else before
    end = "expiry" if ends and ends[-1].group().lower().startswith("expir") else "end"
    if apposed := _APPOSED_AT_END.match(subject):  # "the pact, the last one between Leth and Marrow, expires"
        subject = apposed["what"]
    if whose := _WHICH.search(subject):  # "accused them of breaching the first stage of the truce, which was to end"
        return f"{end} of {whose['what']}"
    subject = _CLAUSE.split(subject)[-1] if _CLAUSE.search(subject) else subject
    joined = _AND_THE.split(subject)
    subject = joined[-1] if len(joined) > 1 and _DONE.search(joined[0]) else subject
    subject = _TIME_CLAUSE.split(subject)[-1]
    subject = plain(re.split(r"[,;:]\s", plain(subject))[0])
    subject = trim(re.sub(r"\s(?:which|that|will|would|is|was|are|were|to|due)$", "", subject), most=10)
    subject = re.sub(r"^(?:The|A|An|Its|Their|This|That) ", lambda m: m.group().lower(), subject)
    if _NOTHING.match(subject) or not re.search(r"[^\W\d_]{3}", subject):
        return ""
    return f"{end} of {subject}" if subject else ""
