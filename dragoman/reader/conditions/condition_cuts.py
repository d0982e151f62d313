"""Cuts sentences that set a condition in two: what is held back or offered, and what is required for it.

In: a sentence, English or Arabic. Out: Clauses; every way to cut it, for those who weigh them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dragoman.reader.conditions.links import (
    FINITE,
    OTHER_USE,
    does_other_work,
    has_clause,
    in_set_phrase,
    is_date,
    sets_nothing,
)
from dragoman.reader.vocabulary import own_data
from dragoman.reader.wording.phrases import CORE, is_negative, is_single, plain

LONGEST = 900  # no sentence worth reading is longer
_OR_ELSE = re.compile(r"(?:,| )(?:or else|otherwise|or)(?!\w),? ")


class Clauses(NamedTuple):
    """A sentence cut in two: what is held back or offered, the word that joins, and what is required."""

    main: str
    link: str
    requirement: str


class Cut(NamedTuple):
    """One way to cut a sentence; `kind` says by what sort of words."""

    clauses: Clauses
    kind: str


_WITHOUT = re.compile(
    r"without (?P<need>.+?)(?:, ?| (?=there|it |we |they |you |he |she |no |I ))(?P<main>.{4,})", re.IGNORECASE
)
_NO_NO = re.compile(r"(?<!\w)[Nn]o (?P<need>(?!one |longer )[^,.;]{2,50}), no (?P<main>[^,.;]{2,50})")
_BEFORE_MUST = re.compile(
    r"(?:but )?before (?P<main>.{4,60}?),? "
    r"(?P<need>(?:[\w'’-]+ ){1,6}?(?:must|has to|have to|had to|needs? to)(?!\w).{4,})",
    re.IGNORECASE,
)
# An order and its reward: "Reopen the port and we will pay"; what is ordered has no subject.
_AND_WE_WILL = re.compile(
    r"(?P<need>(?:first,? let |(?:just |so |then )?"
    r"(?!(?:I|we|you|he|she|it|they|there|that|this|the|an?|no|nobody|who|what)(?!\w))[a-z]+ "
    r"(?:back |off |up |out |down )?(?=(?:the|us|me|them|it|him|her|our|your|their|its|his|an?|all|every)(?!\w)))"
    r".{6,}?),? and (?:then )?(?P<main>(?:I|we)(?:['’]ll| will| can| shall) .{3,})",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"(?P<main>.{8,}?),? (?:though |but )?only (?:against|to|as part of|with|for) (?P<need>.{4,})", re.IGNORECASE
)
# "wants the port back as a condition of talks", "insists on a list as a precondition for returning"
_AS_CONDITION = re.compile(
    r"(?:.*?(?<!\w)(?:demand(?:s|ed|ing)?|insist(?:s|ed|ing)? on|wants?|wanted|asks? for|asked for|sets?|seeks?|sought)"
    r" |on )?(?P<need>.{6,}?),? as (?:an?|the|its|their|his|her) (?:\w+ )?(?:pre-?)?condition "
    r"(?:of |for |to (?=(?:the|an?|any|its|their|talks|negotiations|peace)(?!\w)|\w+ing(?!\w))|(?=to ))(?P<main>.{4,})",
    re.IGNORECASE,
)
# "a full list is a precondition for talks"
_IS_CONDITION = re.compile(
    r"(?P<need>[^,;]{4,}?) (?:is|are|was|were|remains?) (?:an?|the|its|their|our|his|her) (?:\w+ )?(?:pre-?)?condition "
    r"(?:of|for|to) (?P<main>.{4,})",
    re.IGNORECASE,
)
# "absent a deal by Friday, the crews will strike"
_ABSENT = re.compile(
    r"(?:absent|barring) (?P<need>[^,;]{0,60}?(?<!\w)(?:accord|agreement|contract|deal|offer|progress|"
    r"settlement)(?!\w)[^,;]{0,60}), (?P<main>.{6,})",
    re.IGNORECASE,
)
# "for the talks to go on, Leth must first lift its duties"
_FOR_IT_TO = re.compile(
    r"for (?P<main>[^,]{4,90}? to [a-z]+[^,]{0,40}), "
    r"(?P<need>(?:[\w'’-]+ ){1,6}?(?:must|has to|have to|needs? to) .{4,})"
)
_FIRST = re.compile(r"(?:but )?first,? (?:let )?(?P<need>.{6,}?),? (?:and )?then (?P<main>.{6,})", re.IGNORECASE)
# "should the vote be put off", "were it to fail": verb and subject change places
_INVERTED = re.compile(
    r"(?<=\w),? (?:should|were) (?P<need>(?:the|its|his|her|their|our|an?|any|no|this|that|these|those|they|it|he|she|"
    r"we|you|[A-Z][\w'’-]+)(?!\w).{4,})"
)
# "they keep their water, in return for which they will be silent"; "ratify the pact, without which nothing begins"
_FOR_WHICH = re.compile(
    r"(?P<need>.{6,}?),? (?P<link>in return for|in exchange for|without) which,? (?P<main>.{6,})", re.IGNORECASE
)
_FAILING = re.compile(r",? (?:failing which|failing that|or else|otherwise),? ", re.IGNORECASE)
_DEMANDED = re.compile(
    r"(?<!\w)(?:must|wants?|demand\w*|insist\w*|has to|have to|should|call\w* for|stipulated|ask\w*|seek\w*|sought)\s+"
    r"(?:that\s+|for\s+)?"
)
# Where a main clause may begin after a requirement that no comma closes: "If he does not she will table a motion"
_SUBJECT = re.compile(
    r"\s(?=(?:I|we|he|she|it|they|you|there|nobody|"
    r"no (?:[\w'’-]+ ){0,2}(?!(?:I|we|he|she|it|they|you)(?!\w))[\w'’-]+|the [\w'’-]+(?: [\w'’-]+){0,2}|"
    r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)(?:['’](?:ll|d)| (?:will|would|won['’]t|wouldn['’]t|can|could|cannot|can['’]t|"
    r"may|might|must|should|shall|is|are|was|were))(?!\w)|(?:nobody|no one) \w+)"
)
_JOINT = re.compile(r"^(?:that(?!\s(?:is|was|has|had|does|do|did|will|would|happens|changes|ends)\b)|of\b|:)\s*")
_OPENING = re.compile(r"(?:(?:that|and|or|but|so|for|then|even)(?!\w)|\W)*", re.IGNORECASE)
# "And you also know, until we have an offer, we are not going back"
_KNOWN = re.compile(
    r"(?:(?:and|but) )?(?:(?:I|you|we|they) (?:also |all )?(?:know|think|believe|say)(?:,| that,?)|"
    r"(?:simply put|put simply|in short|to be clear|(?:from|by|on|after) [A-Z0-9][\w .]{2,14}),) ",
    re.IGNORECASE,
)
_ANEW = re.compile(r",(?: and| or)? $")
_AGAIN = re.compile(r",? and (?:only )?$")
_COORDINATE = re.compile(r"(?:[;:—–]|,? (?:and|but|so) that|,? but|, (?:and|so))\s$")
# Where a second clause with a condition of its own may begin
_NEXT = re.compile(r";\s+|,? (?:and|but) that\s+")
_PARENTHESIS = re.compile(
    r", (?:however|though|therefore|in turn|for (?:its|his|her|their) part|instead|meanwhile),(?= )"
)
# "what it would not do was talk while …", verb and all
_CLEFT = re.compile(
    r"(?:^|(?<=\s))[Ww]hat (?P<who>[^,;]{1,40}?) (?P<would>(?:will|would|can|could|shall|should|must)(?: not|n['’]t)?)"
    r" do,?(?P<cue>(?: [^,;]{3,40},)?) (?:is|was|will be|would be) (?:to )?(?=[a-z])"
)
# "a plan was taking shape under which the duty would be phased in": what the plan holds is offered
_UNDER_WHICH = re.compile(
    r"(?<=\w) (?:(?:under|by|in) which|whereby) (?=(?:\S+ ){1,6}?(?:will|would|could|can|may|might)\s)"
)
# "repeats its offer of May: a ceasefire, in return for …"
_OPENED = re.compile(
    r"^(?:[^:\s]+ ){0,8}?(?:offers?|proposals?|bargain|deal|terms?|prices?|promises?|pledges?)(?: [^:\s]+){0,5}: "
    r"(?=.{6})"
)
# "has made its next loan, of $300m, conditional on a deal"
_MADE = re.compile(r"(?:.{0,60}?(?<!\w))?(?:made|makes?|making) (?P<what>[^,]{3,80})", re.IGNORECASE)
_THAT_LEFT_OUT = ("on condition", "on the condition")
_MADE_SO = frozenset(("conditional", "contingent", "dependent", "subject"))
_BOTH_WAYS = ("before", "in return for", "in exchange for")  # links after which either side may be what is required


# A comma inside a number parts no clauses: "60,000 tonnes". It is held by a letter that no text has.
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_HELD = "\ue000"


def coordinated_clauses(sentence: str) -> list[str]:
    """The parts of a sentence where each sets a condition of its own: "A if B, and that C once D"."""
    parts = _NEXT.split(sentence)
    return (
        parts if len(parts) > 1 and all(_links().search(part) and CORE.search(part) for part in parts) else [sentence]
    )


def cuts(sentence: str) -> Iterator[Cut]:
    """Every way to cut a sentence at words that may set a condition, sensible or not."""
    held = _THOUSANDS.sub(_HELD, sentence)
    for cut in _cuts(held):
        clauses = cut.clauses if held == sentence else _released(cut.clauses)
        if not sets_nothing(*clauses):
            yield cut._replace(clauses=clauses)


def _released(clauses: Clauses) -> Clauses:
    return Clauses(*(part.replace(_HELD, ",") for part in clauses))


def _cuts(sentence: str) -> Iterator[Cut]:
    sentence = _PARENTHESIS.sub("", sentence[:LONGEST])
    if "hat " in sentence:
        sentence = _CLEFT.sub(r"\g<who> \g<would> ", sentence)
    sentence = plain(sentence)
    sentence = _OPENED.sub("", sentence)
    for pattern, link, kind in (
        (_AS_CONDITION, "only if", "told"), (_IS_CONDITION, "only if", "told"), (_ABSENT, "unless", "told"),
        (_WITHOUT, "without", "front"), (_FIRST, "first", "first"),
        (_BEFORE_MUST, "before", "demanded"), (_FOR_IT_TO, "before", "demanded"),
        (_AND_WE_WILL, "and", "and"), (_ONLY, "only", "only"),
    ):  # fmt: skip
        if match := pattern.match(sentence):
            yield Cut(Clauses(match["main"], link, match["need"]), kind)
    if match := _NO_NO.search(sentence):
        yield Cut(Clauses(match["main"], "no", match["need"]), "pair")
    if match := _INVERTED.search(sentence):
        yield Cut(Clauses(sentence[: match.start()].strip(" ,"), "should", match["need"]), "inverted")
    if match := _FOR_WHICH.match(sentence):
        yield Cut(Clauses(match["main"], match["link"].lower(), _last_part(match["need"])),
                  "front" if match["link"].lower() == "without" else "strong-turned")  # fmt: skip
        return
    match = _FAILING.search(sentence)
    if match and len(sentence[: match.start()].split()) > 2 and len(sentence[match.end() :].split()) > 1:
        yield Cut(Clauses(sentence[match.end() :], "or else", _last_part(sentence[: match.start()])), "else")
    joined, opening = False, ""
    for match in _links().finditer(sentence):
        kind, before = match.lastgroup or "", sentence[: match.start()]
        if match.group().lower() in ("if", "provided", "when") and OTHER_USE.search(before):
            continue
        if _OPENING.fullmatch(before) or _KNOWN.fullmatch(before):
            opening = match.group().lower()
            yield from _front(opening, sentence[match.end() :])
            continue
        if match.group().lower() == opening and _ANEW.search(before):  # "if A, or if B, M" begins but once
            continue
        if _COORDINATE.search(before):  # "there is no notice, and without notice nobody leaves"
            front = list(_front(match.group().lower(), sentence[match.end() :]))
            yield from front
            if front:
                continue
        if joined and _AGAIN.search(before):  # "once A, and as long as B" goes on with what is required
            continue
        clauses = _cut(sentence, match)
        if clauses is not None and not does_other_work(*clauses, before):
            joined = True
            demanded = clauses.link == "before" and clauses.main in sentence[match.end() :]
            # Who waits holds back what comes after; what will be done before something waits for nothing.
            if clauses.link != "before" or demanded or is_negative(clauses.main):
                yield Cut(clauses, "demanded" if demanded else kind)
            if clauses.link in _BOTH_WAYS:
                yield _other_way(sentence, match, clauses, kind)
    if clauses := _or_else(sentence):
        yield Cut(clauses, "or" if clauses.link == "or" else "else")


_DASH = re.compile(r"^(?P<need>[^,]{6,}?) [–—-] (?=\w)")
_OUR_OWN = re.compile(r"(?:I|we|there|no|nobody)(?!\w)")
_THEN = re.compile(r"(?<=\w) then (?=(?:we|I|they|he|she|it|there|the|as|no)\b)")


def _front(link: str, after: str) -> Iterator[Cut]:
    """ "Unless R, M", with or without the comma."""
    after = _DASH.sub(r"\g<need>, ", _JOINT.sub("", after.strip()))
    if in_set_phrase(link, after):
        return
    need, comma, main = _THEN.sub(", ", after, count=1).partition(",")
    while again := re.match(rf" (?:or |and )?{link} (?=\w)", main, re.IGNORECASE):  # "if A, if B, M": B says it anew
        said, further, rest = main[again.end() :].partition(",")
        if not further:
            break
        need, main = (need if " or " in again.group() else said), rest
    beside, also, rest = main.partition(",")
    while also and len(beside.split()) < 6 and not (has_clause(beside) or CORE.search(beside)) and FINITE.search(rest):
        need, main = f"{need},{beside}", rest  # "Unless it is repaid, with interest, they will sue"
        beside, also, rest = main.partition(",")
    if comma and main.strip():
        yield Cut(Clauses(_without_comment(main.strip()), link, need), "front")
    bare = next((m for m in _SUBJECT.finditer(need if comma else after) if m.start() > 6), None)
    if bare and (link != "while" or _OUR_OWN.match(after, bare.end())):  # "while it has a list that it will not show"
        yield Cut(Clauses(after[bare.end() :], link, after[: bare.start()]), "front-bare")


# "If the sides meet, we can fix this, and it won't take long"
_COMMENT = re.compile(r",? and (?=(?:it|this|that|there) (?:\w+n['’]t|\w+ not|\w+ no) )")


def _without_comment(main: str) -> str:
    """A main clause that offers something, without what is only said of it next."""
    offer = _COMMENT.split(main, maxsplit=1)[0]
    return offer if CORE.search(offer) and not is_negative(offer) else main


def _other_way(sentence: str, match: re.Match[str], clauses: Clauses, kind: str) -> Cut:
    """The cut with the sides changed: "A must happen before a B" requires A, "no A before B" requires B."""
    before, after = sentence[: match.start()].strip(" ,"), sentence[match.end() :].strip(" ,")
    demanded = _DEMANDED.search(before)
    turned = Clauses(after, clauses.link, _demanded(before, demanded) if demanded else before)
    if turned.main != clauses.main:
        return Cut(turned, f"{kind}-turned")
    return Cut(Clauses(before, clauses.link, after), f"{kind}-plain")


# Where the last clause of a main clause begins: "… and it would sign nothing before …", "what I said is that …"
_LAST_CLAUSE = re.compile(
    r",? but (?:that )?|;\s| and that | (?:is|was) that (?=(?:I|we|he|she|it|they|there|no|nobody)\s)|"
    r" and (?=(?:I|we|he|she|it|they) (?:will|would|won['’]t|wouldn['’]t|can|could|cannot|(?:have|has|had) no)\s)"
)


def _demanded(clause: str, demanded: re.Match[str]) -> str:
    """What a clause demands, with the thing that something is to be done with: "laws (will have to) be passed"."""
    asked = re.sub(r"^\s*(?:that\s+)?", "", clause[demanded.end() :])
    if not re.match(r"be(?!\w)", asked):
        return asked
    thing = re.sub(r"\s(?:will|would|shall)$", "", clause[: demanded.start()].strip())
    return f"{thing} {asked}"


_COULD = re.compile(r"(?:[\w'’-]+ ){1,5}?(?:could|can) (?!not )(?:even )?[a-z]")
_WOULD = re.compile(r"(?<!\w)(?:would|will|first|needs?|needed)(?!\w)")
_SAME_SUBJECT = re.compile(r"(?:was|were|is|are|has|have|had)\s")  # "were hopeful but were looking at sanctions if"


def _cut(sentence: str, match: re.Match[str]) -> Clauses | None:
    link, before, after = match.group().lower(), sentence[: match.start()], sentence[match.end() :]
    if link in _THAT_LEFT_OUT:
        link += " that"
    if link in ("if", "provided", "when") and OTHER_USE.search(before):
        return None
    if link == "without" and before.endswith("with or "):
        return None
    main, need = before.strip(" ,"), after.strip(" ,")
    if len(re.findall(r"\w+", main)) < 1 or main.lower() in ("that", "and", "but"):  # "Unless R, M"
        need, _, main = need.partition(",")
        if not main.strip():
            return None
    main = re.sub(r"(?:,|\s)+(?:but|and)?(?: only)?$", "", main)
    if link == "after" and is_negative(main):
        return None  # "would not be extradited after an accord" waits for nothing
    last = _LAST_CLAUSE.split(main)[-1]
    main = last if len(last.split()) > 2 and (CORE.search(last) or _SAME_SUBJECT.match(last)) else main
    if made := _MADE.match(main) if link.split()[0] in _MADE_SO else None:
        main = made["what"]
    if under := _UNDER_WHICH.search(main):
        main = main[under.end() :]
    need = _JOINT.sub("", need)
    if not need or not main:
        return None
    demanded = re.search(
        r"(?<!\w)(?:must|wants?|demand\w*|insist\w*|has to|have to|should|call\w* for|stipulated|freed)(?!\w)", main
    )
    # "A must happen before a B", "they would do A before B could start"
    awaited = _COULD.match(need) is not None and _WOULD.search(main) is not None
    if link == "before" and not is_negative(main) and (is_single(need) or demanded or awaited):
        main, need = need, _demanded(main, demanded) if demanded else main
    if link in ("in return for", "in exchange for") and re.search(r"(?<!\w)(?:demand|want|ask|seek|sought)", main):
        main, need = need, re.sub(r"^.*?(?:demand|want|ask|seek|sought)\w*\s+(?:for\s+)?", "", main)
    return Clauses(main, link, need)


def counts(clauses: Clauses, strength: str, conditional: bool) -> bool:
    """Whether clauses set a condition, by the strength of their link alone."""
    need = clauses.requirement
    if strength == "waiting":
        if is_date(need) or not (
            conditional or (is_negative(clauses.main) and clauses.link in ("until", "before", "حتى"))
        ):
            return False
        return clauses.link != "without" or is_negative(clauses.main) or is_negative(need)
    if strength == "weak":
        return conditional and not is_date(need)
    if clauses.link in ("provided", "as long as") and re.match(r"(?:by|for|a year)\b", need):
        return False
    if clauses.link in ("مقابل", "in exchange for", "in return for", "subject to", "short of", "depends on"):
        return conditional or clauses.link.startswith("in ")
    return True


# "no deal which does not free the men"; after a comma it is only told: "the council, which did not sit"
_WHICH_DOES_NOT = re.compile(
    r"(?P<main>.{4,}[^,])(?<! if)(?<! unless)\s(?:which|that) (?:did|does|do) not (?P<need>.{4,})"
)


def _or_else(sentence: str) -> Clauses | None:
    match = _OR_ELSE.search(sentence)
    if match and len(sentence[: match.start()].split()) > 2 and len(sentence[match.end() :].split()) > 1:
        return Clauses(sentence[match.end() :], "or", _last_part(sentence[: match.start()]))
    match = _WHICH_DOES_NOT.match(sentence) if " not " in sentence else None
    return Clauses(match["main"], "which", match["need"]) if match else None


def _last_part(words: str) -> str:
    """What stands after the last colon or semicolon: "named a price: gas must count"."""
    return re.split(r"[:;]\s", words)[-1].strip(" ,")


@cache
def _links() -> re.Pattern[str]:
    data = own_data("conditions.json")
    groups, first = [], set()
    for strength in ("strong", "waiting", "weak"):
        first |= {word[0] for word in data[strength]}
        words = "|".join(re.escape(w) for w in sorted(data[strength], key=len, reverse=True))
        groups.append(f"(?P<{strength}>{words})")
    return re.compile(rf"(?<![\w-])(?=[{''.join(sorted(first))}])(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)
