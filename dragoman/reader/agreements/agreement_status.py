"""How an agreement stands in a text, and when it was made.

In: a draft, the mentions of one agreement and the dates of the text. Out: its status, and the date where one is said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from dragoman.folding import fold
from dragoman.reader.agreements.agreement_dates import made_on, news_of
from dragoman.reader.agreements.agreement_mentions import Mention
from dragoman.reader.agreements.agreement_words import cues
from dragoman.reader.dates.dates import DateMention
from dragoman.reader.draft import Draft

_RECENT = 10  # days since the signing of what counts as news
_NEAR = 45  # characters on either side of a name in which a word speaks of it


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of an agreement and the date on which it was made, or is to be made while it is only proposed."""

    status: str
    date: DateMention | None


def dated(mention: Mention, dates: Sequence[DateMention]) -> DateMention | None:
    """The date that stands nearest to a mention in its sentence."""
    inside = [d for d in dates if mention.sentence.start <= d.span.start < mention.sentence.end and d.date]
    return min(inside, key=lambda d: abs(d.span.start - mention.span.end), default=None)


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """The shipped weights of each status, by feature; "" is the constant."""
    text = resources.files("dragoman").joinpath("data", "agreement_status_weights.json").read_text("utf-8")
    return dict(json.loads(text)["weights"])


def status_of(draft: Draft, found: Sequence[Mention], dates: Sequence[DateMention]) -> Standing:
    """The status that the sentences about an agreement give it, and when it was made."""
    if found[0].proper and len(found[0].names) > 1:  # "a better agreement" says nothing of the Harbour Monday Agreement
        found = [m for m in found if m.proper or m.definite]
    made = made_of(draft, found, dates)
    seen = status_features(draft, found, made)
    votes = {status: w.get("", 0.0) + sum(w.get(f, 0.0) for f in seen) for status, w in weights().items()}
    status = max(votes, key=lambda s: votes[s]) if votes else "unknown"
    if _is_only_sought(draft, found):
        status = "proposed"
    elif status == "proposed" and any(_is_made(draft, m) or _is_kept(draft, m) for m in found):
        status = "reached"
    elif any(_is_extended(draft, m) for m in (found if status in ("proposed", "reached") else found[:2])):
        status = "in force"
    elif any(_is_over(draft, m) for m in found):
        status = "broken"
    if status not in ("broken", "strained") and any(_is_troubled(draft, m) for m in found):
        status = "strained"
    if status in ("strained", "broken") and _is_signed_alone(draft, found):
        status = "reached"
    if status == "reached" and made is None:
        made = news_of(draft, found, dates)
    return Standing(status, None if status == "proposed" else made)


def made_of(draft: Draft, found: Sequence[Mention], dates: Sequence[DateMention]) -> DateMention | None:
    """When an agreement was made, by the mentions that do not only wish for it."""
    return made_on(draft, [m for m in found if not _is_sought(draft, m)], dates)


# What an agreement ended is no end of it: "the resolution that ended the war"
_ENDED_WAR = re.compile(
    r"\b(?:that|which) (?:has |had )?(?:formally |officially )?ended\b|"
    r"\bended (?:(?!truce|cease-?fire|deal|accord|agreement|pact|treaty)[\w'’-]+ ){1,6}?"
    r"(?:war|conflict|fighting|hostilities|violence|bloodshed|siege|strike|dispute|crisis|standoff|rule)\b"
)


def _told(words: str) -> str:
    """Words, folded, without what they say an agreement has ended."""
    return _ENDED_WAR.sub(" ", words) if "ended" in words else words


_MAKING = (
    r"(?:reach|c[oa]me\s+to|sign|str[iu]c?k|clinch|secur|broker|conclud|negotiat|find|agree|seal|finali[sz]|complet|achiev)\w*\s+"
    r"(?:(?:on|to|upon)\s+)?"
)
_ONE = r"(?:(?:an?|any|some|another)\s+(?:[\w-]+\s+){0,2}?)?$"
_ITS = r"(?:(?:an?|any|some|another|the|its|their|this)\s+(?:[\w-]+\s+){0,2}?)?$"
_SOUGHT = re.compile(
    rf"(?<!\w)(?:aim\w*|hop(?:e|es|ed|ing)|try|tries|trying|tried|efforts?|bid|seek\w*|sought|push\w*|work(?:s|ed|ing)?|"
    rf"talks|negotiations|press\w*|want\w*|focus\w*|call(?:s|ed|ing)?|appeal\w*)\s(?:[\w’'-]+\s){{0,4}}?(?:to|at|on|towards?|for)\s+(?:{_MAKING})?{_ONE}|"
    rf"(?<!\w)(?:wish(?:es)?|intends?|ready|determined|eager|willing|vow\w*|pledg\w*|committed|prepared|expected|likely)\s"
    rf"to\s(?:\w+ly\s)?{_MAKING}{_ITS}|"
    rf"(?<!\w)(?:urgency|importance|need|necessity|hopes?|chances?|prospects?|possibility|commitment|goal|aim|task|difficulty|"
    rf"deadlines?|target date|time|attempts?|race)"
    rf"\s(?:of|for|to)\s(?:{_MAKING})?{_ITS}|(?<!\w)(?:discuss\w*|debat\w*|expect\w*|awaits?|needs?|needed|lacks?)\s{_ONE}|"
    rf"(?<!\w)(?:nearly|almost)[”\"’]?\s{_MAKING}{_ITS}|"
    rf"(?<!\w)(?:blueprint|plan|proposal|draft|offer|idea)s?\s(?:[\w’'-]+\s){{0,5}}?"
    rf"(?:includ(?:es?|ing|ed)|call(?:s|ing|ed)? for|envisag\w+|envision\w*|provid(?:es?|ing|ed) for|for|of)\s{_ONE}|"
    # "postponed by a day the signing of a truce"
    rf"(?<!\w)(?:postpon\w*|delay\w*|put\s(?:off|back)|call(?:s|ed|ing)?\soff|cancel\w*|anticipat\w*|planned|scheduled)\s"
    rf"(?:[\w’'-]+\s){{0,5}}?signing\sof\s{_ONE}|"
    # "came to secure a truce", "to strike a truce in Velm and forge an understanding"
    rf"(?<!managed )(?<!able )(?<!helped )(?<!agreed )(?<!agree )(?<!\w)to\s(?:(?:try|help)\sto\s)?{_MAKING}"
    rf"(?:an?\s[^,.;]{{3,60}}?\sand\s[“\"‘]?(?:forge|reach|find|build|negotiate)\s)?{_ONE}",
    re.IGNORECASE,
)
# "a chance to conclude this deal", "Reaching a deal is essential"
_TO_BE_MADE = re.compile(
    rf"(?<!\w)(?:opportunit\w+|chances?|urg\w+|ask(?:s|ed)?|call\w*|need\w*|possible|able|unlikely|likely|optimistic)\s"
    rf"(?:[\w’'-]+\s){{0,4}}?to\s{_MAKING}(?:(?:the|this|that|its|their|an?)\s+(?:[\w-]+\s+){{0,2}}?)?$|"
    r"(?<!\w)(?:to|would|will|should|must)\s(?:have|get)\s(?:[\w’'-]+\s){0,5}?$|"  # "to have the pact ready by May"
    r"(?<!\w)work(?:ing|s)?\son\s(?:(?:the|an?|its|their)\s)?(?:[\w’'-]+\s){0,2}?$|"
    r"^\W*(?:achiev|reach|sign|strik|clinch|secur|conclud|find|seal|finali[sz]|complet)ing\s(?:[\w-]+\s+){0,3}?$",
    re.IGNORECASE,
)
_SOUGHT_AFTER = re.compile(  # "a deal is close", "a truce was discussed", "truce signing delayed"
    r"\ssigning\s(?:(?:is|was|has\sbeen)\s)?(?:delayed|postponed|put\s(?:off|back)|called\soff|cancelled)(?!\w)|"
    r"(?:\s(?:on|with|for|between|over)\s[^.;:,“”\"]{2,40}?)?\s"
    r"(?:(?:is|are|was|were)\s(?:(?:now|also|still|very|only|again)\s)?"
    r"(?:expected|likely|close|near|imminent|possible|within reach|in sight|under discussion|discussed|"
    r"being (?:discussed|negotiated|sought|prepared)|sought|needed|necessary|on the table|the (?:goal|aim))|"
    r"(?:may|might|could|would|should|must|will) (?:soon )?be "
    r"(?:reached|signed|concluded|struck|discussed|agreed))(?!\w)"
)
_NOT_YET = re.compile(r"\s(?:is|are|was|were)\s(?:nearly|almost|not yet|yet to be|close to being)(?!\w)")
# "a path for a truce", "the road to a deal"
_WAY = re.compile(
    rf"\b(?:path\w*|way|road|course|basis|conditions|terms|calls?|called|calling|appeal\w*|threshold|brink|verge|cusp|close|closer)\s"
    rf"(?:to|at|on|of|towards?|for)\s+(?:{_MAKING})?{_ONE}",
    re.IGNORECASE,
)
# "and securing a truce", "in order to reach a deal"
_TO_MAKE = re.compile(
    r"(?:(?<!\w)(?P<lead>[\w’'-]+)\s)?(?:to\s(?:reach|sign|strike|clinch|secure|conclude|negotiate|seal)|"
    r"(?:reach|sign|strik|clinch|secur|conclud|negotiat|seal)ing)\s+(?:an?|any|some|another)\s(?:[\w-]+\s){0,2}?$",
    re.IGNORECASE,
)
_MADE_IT = frozenset({"after", "since", "by", "upon", "on", "following", "despite", "managed", "able", "helped", "for"})
_SIGNED = re.compile(  # "both signed a declaration": it was made, whatever it says is yet to come
    r"(?<!be )(?<!is )(?<!are )(?<!was )(?<!were )(?<!not )(?<!never )(?<!if )(?<!\w)(?:signed|initiall?ed)\s"
    r"(?:(?:an?|the|their|its|two|three|several)\s)?(?:[\w-]+\s){0,2}?$"
)
_AGREED_AFTER = re.compile(r"\s(?:agreed|reached|signed|struck|brokered|declared|announced|concluded|clinched)\b")
_MISSED = re.compile(
    rf"(?<!\w)(?:fail\w*|unable|never|not|[a-z]+n['’]t)\s(?:(?:yet|been able|able)\s)?(?:to\s+)?{_MAKING}{_ONE}|"
    rf"(?<!\w)without\s(?:{_MAKING})?{_ONE}",
    re.IGNORECASE,
)


def _is_made(draft: Draft, mention: Mention) -> bool:
    """Whether the words beside a name make it what was made: "the swap agreed on Monday", "after signing a truce"."""
    before = _before(draft, mention)
    if _SIGNED.search(before) is not None and _MODAL.search(before[-_NEAR:]) is None:
        return True
    to_make = _TO_MAKE.search(before)
    if to_make is not None and fold(to_make.group("lead") or "") in ("after", "since", "following", "managed"):
        return True
    return mention.definite and _AGREED_AFTER.match(draft.document.text, mention.span.end) is not None


# What is carried out, kept or invoked was made: "to implement the accord", "under the deal"
_KEEPING = re.compile(
    r"(?<!\w)(?:implement\w*(?: of)?|carry(?:ing)? out|honou?r\w*|abid\w+ by|compl(?:y|ies|ied|ying) with|fulfil\w*|"
    r"under)\s(?:(?:the|this|that|its|their)\s)(?:[\w’'-]+\s){0,2}?$",
    re.IGNORECASE,
)
_EXTENDING = re.compile(
    r"(?<!\w)(?:extend\w*|extension of|renew\w*|renewal of|prolong\w*)\s"
    r"(?:(?:the|this|that|its|their)\s)?(?:[\w’'-]+\s){0,2}?$",
    re.IGNORECASE,
)
_EXTENDED = re.compile(
    r"\s(?:(?:has|had|have) been |was |is |were |are )?(?:extended|renewed|prolonged)(?!\w)", re.IGNORECASE
)
_LEFT = re.compile(  # "has withdrawn from the deal"
    r"(?<!to )(?<!not )(?<!\w)(?:withdr[ae]ws?n?|pull(?:ed|s) out|walked away)\s(?:from|of)\s(?:[\w’'-]+\s){0,4}?$"
)
_TROUBLED = frozenset({"stalled", "shaky", "fragile", "embattled", "tattered"})


def _is_kept(draft: Draft, mention: Mention) -> bool:
    """Whether somebody carries out, keeps or invokes an agreement, so that it was made."""
    return mention.definite and _KEEPING.search(_before(draft, mention)) is not None


def _is_extended(draft: Draft, mention: Mention) -> bool:
    """Whether an agreement goes on by what is told: "extend the truce", "the truce has been renewed"."""
    before, after = _before(draft, mention), draft.document.text[mention.span.end : mention.sentence.end]
    return _EXTENDING.search(before) is not None or _EXTENDED.match(after) is not None


def _is_over(draft: Draft, mention: Mention) -> bool:
    """Whether an agreement is said to be over, or left: "the truce seems to have collapsed", "has quit the deal"."""
    if _LEFT.search(_before(draft, mention)):
        return True
    text = draft.document.text
    after = fold(text[mention.span.end : min(mention.sentence.end, mention.span.end + 2 * _NEAR)])
    below = fold(text[mention.sentence.end : mention.sentence.end + 2 * _NEAR])
    return any(
        (state := pattern.match(told)) is not None and cues("broken").match(told, state.end()) is not None
        for pattern, told in ((_STATE, after), (_IT, below))
    )


def _is_troubled(draft: Draft, mention: Mention) -> bool:
    """Whether an agreement is said to be in trouble: "the stalled accord", "the truce in Velm has been shaky"."""
    if mention.words & _TROUBLED or _BREACHING.search(_before(draft, mention)):
        return True
    after = fold(draft.document.text[mention.span.end : min(mention.sentence.end, mention.span.end + 2 * _NEAR)])
    state = _STATE.match(after)
    if re.match(r" (?:violations?|breach(?:es)?)\b", after):
        return True
    return state is not None and cues("strained").match(after, state.end()) is not None


_BREACHING = re.compile(  # "accused of swiftly violating the terms of the truce", "breaches of the truce"
    r"(?<!not to )(?<!not )(?<!never )(?<!\w)"
    r"(?:violat(?:es?|ed|ing)|breach(?:e[sd]|ing)?|break(?:s|ing)?|flout(?:s|ed|ing)?|(?:violations?|breach(?:es)?)\sof)\s"
    r"(?:(?:an?|the|its|their)\s)?(?:terms\sof\s(?:an?\s|the\s)?)?(?:[\w’'-]+\s){0,2}?$"
)
_STATE = re.compile(
    r"(?: (?!and\b|but\b|as\b|while\b|which\b)[\w'’-]+){0,7}? "
    r"(?:is|are|was|were|has|have|had|remains?|(?:seem|appear)s? to (?:be|have))"
    r"(?: been| being| still| also| now)? (?=\w)"
)
_IT = re.compile(r"\s*it (?:is|has|had|was) (?:since |now |totally |all but )?(?=\w)")  # of the sentence after


def _is_signed_alone(draft: Draft, found: Sequence[Mention]) -> bool:
    """Whether an agreement was signed, and the trouble that its sentences tell of stands beside none of its names."""
    near = [_told(fold(_near(draft, m))) for m in found]
    trouble = any(cues(kind).search(words) for kind in ("broken", "strained") for words in near)
    return not trouble and any(_SIGNED.search(_before(draft, m)) for m in found)


def _before(draft: Draft, mention: Mention) -> str:
    return draft.document.text[max(mention.sentence.start, mention.span.start - 90) : mention.span.start]


def _is_sought(draft: Draft, mention: Mention) -> bool:
    """Whether an agreement is named as what somebody wants, expects or talks about."""
    after = draft.document.text[mention.span.end : mention.sentence.end]
    later = _NOT_YET.match(after) or (None if mention.definite else _SOUGHT_AFTER.match(after))
    before = _before(draft, mention)
    if later is not None or any(pattern.search(before) for pattern in (_SOUGHT, _TO_BE_MADE, _WAY)):
        return True
    to_make = _TO_MAKE.search(before)
    return to_make is not None and fold(to_make.group("lead") or "") not in _MADE_IT


def _is_only_sought(draft: Draft, found: Sequence[Mention]) -> bool:
    """Whether all that names an agreement says it is wanted, or goes back to what was: "the plan … of the deal"."""
    sought = [_is_sought(draft, m) for m in found]
    return any(sought[:1]) and all(
        s or ((m.definite or m.hypothetical) and not _tells_how_it_stands(_told(fold(_near(draft, m)))))
        for s, m in zip(sought, found, strict=True)
    )


def _tells_how_it_stands(near: str) -> bool:
    """Whether words say of an agreement that it was made, holds or is no more."""
    return any(cues(kind).search(near) for kind in ("broken", "strained", "in force", "restored", "reached"))


def _near(draft: Draft, mention: Mention) -> str:
    """The words beside a name that speak of it."""
    begin = max(mention.sentence.start, mention.span.start - _NEAR)
    return draft.document.text[begin : min(mention.sentence.end, mention.span.end + _NEAR)]


def missed(draft: Draft, mention: Mention) -> bool:
    """Whether an agreement is named only as what was not made: "failed to reach a deal"."""
    return not mention.definite and _MISSED.search(_before(draft, mention)) is not None


def status_features(draft: Draft, found: Sequence[Mention], made: DateMention | None) -> frozenset[str]:
    """What is said around the mentions of an agreement, as words that its status rests on."""
    first = found[0]
    seen = {f"family:{first.kernel}", f"lead:{first.lead}", f"times:{min(len(found), 3)}", f"age:{_when(draft, made)}"}
    for mention in found:
        near = _told(fold(_near(draft, mention)))
        for kind in ("broken", "strained", "in force", "restored", "reached", "proposed"):
            if cues(kind).search(near):
                seen |= {f"near:{kind}", f"near first:{kind}"} if mention is first else {f"near:{kind}"}
            if cues(kind).search(_told(mention.said)):
                seen.add(f"said:{kind}")
        if _MODAL.search(near):
            seen.add("modal")
        if "draft" in mention.words or mention.kernel in ("draft", "proposal", "plan"):
            seen.add("draft")
    seen |= {name for name, holds in (
        ("hypothetical", any(m.hypothetical for m in found)), ("definite", any(m.definite for m in found)),
        ("proper", any(m.proper for m in found)), ("made", any(m.made for m in found)),
        ("of a date", any(m.dated for m in found)),
    ) if holds}  # fmt: skip
    return frozenset(seen | {f"verdict:{_verdict(found, made, draft)}"})


def _verdict(found: Sequence[Mention], made: DateMention | None, draft: Draft) -> str:
    """What a plain reading says: trouble before calm, more talk of signing than of wishing."""
    votes = {kind: sum(bool(cues(kind).search(_told(m.said))) for m in found)
             for kind in ("broken", "strained", "in force", "reached", "proposed")}  # fmt: skip
    if any(cues("restored").search(m.said) for m in found):
        return "in force"
    if votes["broken"] or votes["strained"]:
        return "broken" if votes["broken"] else "strained"
    if votes["proposed"] > votes["reached"] and not votes["in force"]:
        return "proposed"
    if votes["reached"]:
        return "in force" if _when(draft, made) in ("year", "old") else "reached"
    return "in force" if votes["in force"] else "proposed" if votes["proposed"] else "none"


_MODAL = re.compile(r"\b(?:would|should|will|could|must|may|might|to be|unless|until|if|hopes?|wants?|expects?)\b")


def _when(draft: Draft, made: DateMention | None) -> str:
    age = _age(draft, made.date) if made and made.date else None
    return "none" if age is None else "new" if age <= _RECENT else "year" if age < 400 else "old"


def _age(draft: Draft, when: str) -> int | None:
    """Days from `when` to the day of publication; None where either is unknown."""
    try:
        published = date.fromisoformat((draft.document.published or "")[:10])
        then = date.fromisoformat(f"{when}-01-01"[:10] if len(when) == 4 else f"{when}-01"[:10])
    except ValueError:
        return None
    return (published - then).days
