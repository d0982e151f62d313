"""Words what a condition holds back and what it requires, so that the one waits for the other.

In: the clauses of a condition and the cue before them. Out: short phrases, words of the text at most with another
ending. "We leave if wages are not paid" holds back not leaving and requires that wages are paid.
"""

from __future__ import annotations

import re
from functools import cache

from dragoman.reader.conditions.condition_cuts import Clauses
from dragoman.reader.vocabulary import own_data, verb_forms, words
from dragoman.reader.wording.denying import affirmed, denied, denies, says_no
from dragoman.reader.wording.nominals import has_verb, is_known_verb, third_and_past
from dragoman.reader.wording.phrases import CORE, is_negative, plain, short, trim
from dragoman.reader.wording.stems import stems
from dragoman.reader.wording.withheld import gerund, withheld

_TO_DO = re.compile(
    r"(?P<no>(?:not|never)(?: again)? )?to\s+"
    r"(?P<verb>(?!(?:an?|any|the|its|their|his|her|our|my|this|that|all|no)\s)[a-z]+)"
)
# "urged the cabinet not to sign": what somebody is told not to do is held back
_TOLD_NOT = re.compile(r"(?P<whom>(?:[\w'’-]+ ){1,5}?)not to (?=[a-z]+(?!\w))")
_CLAUSE = re.compile(
    r"(?:[\w'’-]+\s){1,8}?(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|won['’]t|"
    r"wouldn['’]t|can['’]t|couldn['’]t)\s",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"^(?:The|An?|Its|Their|His|Her|Our|All|Any|Both)(?= [a-z])")
_ENDLESS = re.compile(
    r"\s(?:(?:from|on|by|until|since) \d{1,2}|of|at|to|for|from|by|within|the|an?|and|or)$"  # of "from 1 January"
)
_SOON = re.compile(
    r",? (?:tomorrow|tonight|today|at once|immediately|again|at (?:one|\d)[\w.: ]*(?: past \w+)?(?: on \w+day)?)$",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"(?<!\w)(?:(?:will|would|shall|should|can|could|may|must|do|does|did|is|are|was|were)\s+"
    r"(?:not|never|neither|no longer)|"
    r"\w+n['’]t|cannot|never|nor|refus\w+|reject\w+|rul\w+\sout|there\s(?:\w+\s)?(?:\w+\s)?(?:no|nothing)|"
    r"(?:will|would|can|could)\s\w+\s(?:no|nothing|nobody))(?!\w)|"
    r"^(?:no|nobody|none|nothing|not)(?!\w)|(?:but|and) not$",
    re.IGNORECASE,
)
# After these words what happens unless they are met is a threat where it is said without a no.
_THREATENING = frozenset(("unless", "or else", "or", "which", "except if"))
_BINDS = re.compile(
    r"(?<!\w)(?:refus|reject|accept|rul\w+ out|threaten|offer|vow|pledg|promis|agree|undert|back|support|sign|approv|"
    r"oppos|block|veto)\w*",
    re.IGNORECASE,
)
_LACKING = re.compile(r"(?<!\w)(?:go|do|live|be left) without(?= \w)")
_GOING_WITHOUT = re.compile(r"(?:(?P<who>(?:[\w'’-]+ ){0,4}[\w'’-]+) )?(?:going|doing|living|left) without (?=\w)")
_OWNER = re.compile(r"^(?:the|its|his|her|their|our|my|no|not one|none of|any)\s+(?:[\w-]+['’]s?\s+)?", re.IGNORECASE)
_SIDES = frozenset(("members", "party", "side", "government", "country", "delegation", "union", "company", "people"))
_PERSONAL = frozenset(("i", "we", "he", "she", "it", "they", "you", "nobody", "that", "this", "who", "which", "one"))
_WAITING = frozenset(("unless", "until", "till", "before", "without"))
_STAY = re.compile(r"(?<!\w)(?:stays?|remains?|stayed|remained|continues?|go on|goes on)(?!\w)")
_WHILE = frozenset(("if", "should", "when", "while", "as long as", "so long as"))
_IF = frozenset(("if", "when", "in case", "should"))


_INVITES = ("invited", "invites", "has invited", "had invited", "have invited")
_ASKED_TO = re.compile(r"(?:[\w’'-]+ ){1,6}?(?=to [a-z]+ )")


def held_back(clauses: Clauses, *, lead: str, own: frozenset[str], threat: bool = False) -> str:
    """What a main clause holds back or offers; `lead` is the cue that it begins with.

    A `threat` holds back that what it says is not done.
    """
    main = f"to {clauses.main[told:]}" if (told := told_not_to(clauses.main)) else clauses.main
    if not clauses.link.isascii():
        return _arabic(main) or withheld(main, own=own)
    rest = main[len(lead) + 1 :] if lead and main.startswith(f"{lead} ") else ""
    if lead in _INVITES and (asked := _ASKED_TO.match(rest)):
        rest = rest[asked.end() :]  # "invited" "the nurses to enter talks"
    task = _TO_DO.match(rest or main)
    if task and (rest or not lead) and not CORE.search((rest or main)[task.end() :]):
        found = short(trim(gerund(task["verb"]) + (rest or main)[task.end() :]))
        abstains = bool(task["no"]) and clauses.link not in _WAITING
    else:  # what is said is a clause of its own, or goes on with the cue
        whole = main if rest and _goes_on(lead, rest) else rest or main
        if rest and whole == rest and " " not in lead and is_known_verb(lead) and not _CLAUSE.match(rest):
            whole = f"will {main}"  # "(It would, however,) release" "nobody else"
        found = _done_by_pronoun(whole) or _done_now(lead, whole) or withheld(whole, own=own, light=not threat)
        found = _with_subject(found, whole) if len(stems(found)) < 2 or found == "entering into force" else found
        abstains = False
        if hindrance := _hindrance(clauses):
            doing, _, what = clauses.main[hindrance.start() :].partition(" ")
            found, abstains = short(trim(f"{gerund(doing)} {what}")), True
    found = _SOON.sub("", _ENDLESS.sub("", found)) or found
    if threat and (lacking := _GOING_WITHOUT.match(found)):  # "the crew will go without water unless …"
        return f"{found[lacking.end() :]} for {lacking['who']}" if lacking["who"] else found[lacking.end() :]
    if abstains:
        return f"not {found}"
    found = _CAPITAL.sub(lambda m: m.group().lower(), found)
    until = clauses.link in ("until", "till") and not is_negative(main)
    if until and (ended := _end_of_what_goes_on(main)):
        return ended
    stays = until and (found.startswith("staying ") or _hurts(main))
    return opposite(found, main) if threat or stays else found


def told_not_to(main: str) -> int:
    """Where what somebody is told not to do begins: "(urged) the cabinet not to sign the pact"; else 0."""
    told = _TOLD_NOT.match(main)
    if told is None or CORE.search(told.group()) or has_verb(told["whom"]) or _BINDS.search(told["whom"]):
        return 0
    return told.end()


_GOES_ON_UNTIL = re.compile(
    r"(?P<what>\S.*?) (?:will|would|must|should|shall|is to|are to) (?:continue|go on|last|persist|remain|stay)"
    r"(?: in (?:place|force|effect))?$"
)
_KEEPS_DOING = re.compile(
    r".*?(?<!\w)(?:continue to (?P<do>[a-z]+)|(?:continue|keep(?: on)?|go on|carry on) (?P<doing>[a-z]+ing)|"
    r"(?:will|would) (?:stay|remain) (?P<where>out|away|off|on strike)|"
    r"(?:will|would) continue (?P<thing>(?!to )[a-z]\S*))(?P<rest>(?!\w).*)",
    re.DOTALL,
)


def _end_of_what_goes_on(main: str) -> str:
    """What would end what goes on until then: "the strike will go on until …" holds back the end of the strike."""
    if whole := _GOES_ON_UNTIL.fullmatch(main):
        what = _CAPITAL.sub(lambda m: m.group().lower(), plain(whole["what"]))
        return f"end of {what}" if what.lower() not in _PERSONAL else ""
    keeps = _KEEPS_DOING.fullmatch(main)
    if keeps is None:
        return ""
    if keeps["where"]:
        return opposite(short(trim(f"staying {keeps['where']}{keeps['rest']}")))
    if keeps["thing"]:
        return short(trim(f"end of {keeps['thing']}{keeps['rest']}"))
    return short(trim(f"stopping {keeps['doing'] or gerund(keeps['do'])}{keeps['rest']}"))


_ARABIC_NO = re.compile(r"(?:^|\s)[وف]?(?:لن|لا|لم)\s+(?P<verb>[يتنأا]\S+)(?P<rest>.*)")
_ARABIC_PREPOSITION = re.compile(r"\s+(?:إلى|الى|في|على|عن|مع|من|بين|ب\w|ل(?!ل?ا)\w|قبل|بعد|اليوم|غدا|أبدا|أي)")
_SHORT_VOWELS = re.compile("[\u064b-\u0652]")


def _arabic(main: str) -> str:
    """What an Arabic clause refuses, by its verbal noun where that is known: "لن نعود إلى" becomes "العودة إلى"."""
    found = list(_ARABIC_NO.finditer(main))
    if not found:
        return ""
    verb, rest = _SHORT_VOWELS.sub("", found[-1]["verb"]), found[-1]["rest"]
    stem = verb[1:].removesuffix("وا").removesuffix("ون")
    nouns = own_data("conditions.json")["masdar"]
    noun = nouns.get(stem) or nouns.get(verb[1:])
    if noun and rest.split() and not _ARABIC_PREPOSITION.match(rest):
        noun = noun.removeprefix("ال")  # "حضور المحادثات"
    return trim(f"{noun or found[-1]['verb']}{rest}")


def _goes_on(lead: str, rest: str) -> bool:
    """Whether what is said goes on with the verb of its cue: "will not discuss" "a target", "accepts" "the plan"."""
    if CORE.search(rest) or _CLAUSE.match(rest):
        return False
    return bool(
        CORE.search(f"{lead} {rest}")
        or _BINDS.search(lead)
        or re.search(r"(?:(?:to|not|n['’]t)|(?<!\w)to [a-z]+)$", lead)
    )


_PRONOUN_DOES = re.compile(
    r"(?P<who>I|we|he|she|it|they|nobody|no one|not one of \w+) (?P<verb>[a-z]+)(?P<rest>(?: .*)?)", re.IGNORECASE
)


def _done_by_pronoun(clause: str) -> str:
    """What a clause with a pronoun and a plain verb says is done: "it pays a single yen" -> "paying a single yen"."""
    match = _PRONOUN_DOES.fullmatch(plain(clause))
    if (
        not match
        or CORE.search(clause)
        or match["verb"] in words("auxiliaries", "adverbs", "prepositions", "negatives")
    ):
        return ""
    if any(form.kind == "past" for form in verb_forms().get(match["verb"], ())):
        return ""
    plural = match["who"].lower() in ("i", "we", "they")
    verb = third_and_past().get(match["verb"]) or (match["verb"] if plural else _without_s(match["verb"]))
    return short(trim(f"{gerund(verb)}{match['rest']}")) if verb else ""


def _done_now(lead: str, clause: str) -> str:
    """What a clause that begins with a plain verb, its cue, says is done: "goes down" -> "going down"."""
    first = lead.split()[0] if lead and clause.startswith(lead) else ""
    verb = third_and_past().get(first) if first.endswith("s") and not _BINDS.match(first) else None
    return short(trim(f"{gerund(verb)}{clause[len(first) :]}")) if verb and not CORE.search(clause) else ""


def _without_s(verb: str) -> str:
    """The plain form of a third person that no list knows; nothing where it is none."""
    if not verb.endswith("s") or verb.endswith("ss") or len(verb) < 4:
        return ""
    return verb[:-2] if verb.endswith(("sses", "shes", "ches", "xes")) else verb[:-1]


def _with_subject(doing: str, clause: str) -> str:
    """What is done by something, not somebody, with what does it: "Dredging will begin" -> "dredging beginning"."""
    core = CORE.search(clause)
    if not core or not re.match(r"[a-z]+ing(?!\w)", doing):
        return doing
    subject = re.split(r"[,;:]\s|\s(?:that|but|and|because|while)\s", plain(clause[: core.start()]))[-1]
    subject = _OWNER.sub("", subject.strip())
    parts = subject.split()
    if not parts or len(parts) > 5 or parts[-1].lower() in _PERSONAL | _SIDES:
        return doing
    if parts[0][:1].isupper() and not (len(parts) == 1 and parts[0].endswith(("ing", "ion"))):
        return doing  # most often a party
    return f"{subject[:1].lower()}{subject[1:]} {doing}"


def _hindrance(clauses: Clauses) -> re.Match[str] | None:
    """What a main clause offers not to do, where that would stand in the way: "would not block it as long as …"."""
    if clauses.link in _WAITING or not _REFUSES.search(clauses.main):
        return None
    return _words("hindering").search(clauses.main) or _spared(clauses)


_SPARES = re.compile(
    r"(?:(?:will|would|shall|did|do|does) (?:not|never)|(?:wo|would)n['’]t) (?P<what>[a-z].*)", re.DOTALL
)


def _spared(clauses: Clauses) -> re.Match[str] | None:
    """What a main clause promises to spare others: "will not give strike notice as long as …"."""
    spares = _SPARES.search(clauses.main)
    return _words("sparing").match(clauses.main, spares.start("what")) if spares else None


def refuses(clauses: Clauses) -> bool:
    """Whether a main clause refuses something, and does not refuse to stand in its way."""
    return bool(_REFUSES.search(clauses.main)) and not _hindrance(clauses)


@cache
def _words(shelf: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(own_data('conditions.json')[shelf])})(?!\w)", re.IGNORECASE)


def is_threat(clauses: Clauses) -> bool:
    """Whether a main clause says what happens where the requirement is not met."""
    if is_negative(_LACKING.sub("", _NO_LONGER.sub("", clauses.main))):
        return False
    if clauses.link in _IF:
        return (
            denies(clauses.requirement)
            or bool(_NO_RESULT.match(clauses.requirement))
            or (_hurts(clauses.main) and denied(clauses.requirement) != clauses.requirement)
        )
    return clauses.link in _THREATENING


_NO_LONGER = re.compile(r"(?<!\w)no longer ")
# "if no progress is made, we will leave" threatens; "if no village objects, we will sign" does not
_NO_RESULT = re.compile(
    r"no (?:\w+ ){0,3}?(?:accord|agreement|answer|compromise|contract|deal|offer|pact|progress|response|reply|"
    r"settlement|solution|truce)(?!\w)"
)
_DOES = re.compile(r"(?<!\w)to (?P<core>[a-z]+)(?!\w)")


def _hurts(main: str) -> bool:
    """Whether what a main clause says is done would hurt: "will strike", and not "will end the strike"."""
    core = CORE.search(main) or _DOES.search(main)  # "offered to lift the blockade" hurts nobody
    found = _words("hurting").search(main, core.start("core") if core else 0)
    return found is not None and (core is None or found.start() <= core.end() + 1)


_GOES_ON = re.compile(r"\w")


_PARTICIPLE = re.compile(r"\s+(?P<done>\w+(?:ed|en|wn|pt|lt|nt|de|id|ut))(?!\w)")
_OTHERS_TOO = re.compile(r",? and (?:[\w'’() -]{2,45}? )?(?:will|would) .*$", re.IGNORECASE)


def opposite(phrase: str, main: str = "") -> str:
    """A gerund turned round: "closing the port" -> "not closing the port", "staying away from" -> "returning to".

    What something will do or have done to it, as the clause `main` has it, is not done: "the truce not ending".
    """
    for doing, other in own_data("conditions.json")["opposites"].items():
        if phrase.startswith(doing) and not _GOES_ON.match(phrase, len(doing)):
            return other + phrase[len(doing) :]
    if phrase.startswith("not "):
        return phrase[4:]
    phrase = _OTHERS_TOO.sub("", phrase)
    if _NO_LONGER.search(main):  # "will no longer be bound if it is not done"
        return _NO_LONGER.sub("", phrase)
    core = CORE.search(main)
    done = _PARTICIPLE.match(main, core.end()) if core and core["core"] == "be" else None
    doing = done["done"] if done else gerund(core["core"]) if core else ""
    who, does, rest = phrase.partition(f" {doing}") if doing else (phrase, "", "")
    if does and not (rest and rest[0].isalpha()):  # "the truce will end and the army will be back": the first says it
        return f"{who} not {doing}{rest}"
    if core and core["core"] == "be" and not phrase.startswith(("a ", "an ", "the ", "no ")):
        thing = re.sub(r"^there ", "", phrase)  # "there will be war", "will be free of its word"
        return f"not being {phrase}" if thing == phrase else f"no {thing}"
    return f"not {phrase}" if re.match(r"[a-z]+ing(?!\w)", phrase) else phrase


def needed(clauses: Clauses, requirement: str) -> str:
    """A requirement as what has to be so: what the sentence fears is turned round.

    "No talks while the guns fire" requires that the guns do not fire, "we leave if it is not signed" that it is signed.
    """
    if clauses.link not in _WHILE:
        return requirement
    if _REFUSES.search(clauses.main):
        if _hindrance(clauses):
            return requirement
        return affirmed(requirement) if says_no(requirement) else denied(requirement)
    stays = _STAY.search(clauses.main)
    if clauses.link not in _IF and stays and _words("burdens").search(clauses.main[: stays.start()]):
        return affirmed(requirement) if says_no(requirement) else denied(requirement)  # "the boats stay as long as …"
    if not is_threat(clauses):
        return requirement
    return affirmed(requirement) if says_no(requirement) else denied(requirement)
