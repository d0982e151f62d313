"""Tells attributions in which somebody only keeps silent, asks, or nobody speaks from those that say something.

In: a draft and the attributions found in it. Out: those that are statements.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.reader.draft import Draft, Found
from dragoman.reader.rules.voices import who_asks
from dragoman.reader.vocabulary import words

_NOTHING = re.compile(
    r"(?:nothing|little|not much|many things|a lot|a great deal|no more|nothing (?:more|else))\W*", re.I
)
_ONLY_WHICH = re.compile(r"which(?: at (?:the|that) time)?", re.I)  # "a pact, which Leth refused at the time"
_SAYS = re.compile(r"(?:\w+ )?(?:say|says|said|saying)(?: \w+ly)?", re.I)
_SILENT = re.compile(
    r"(?:\w+ )?(?:declin\w+|refus\w+|(?:did|does|do|would)(?: not|n['’]t) (?:wish|want)) to (?:comment|elaborate|"
    r"(?:provide|give|offer) (?:any |further |more )*details)(?!\w)|"
    r"(?:has|have|had|did)(?: not|n['’]t) (?:yet |\w+ly )*(?:comment|respond|repl[yi])(?:ed)?(?!\w)|"
    r"(?:could|can)(?: not|n['’]t) (?:\w+ly )?be reached(?!\w)|"
    r"(?:was|were) (?:not |un)(?:\w+ly )?(?:available|reachable)(?!\w)",
    re.I,
)
_HELPING = r"(?:(?:has|have|had|is|are|was|were|will|would|also|either|been|then) )*"
# What is done or happens, and nobody says it: "the war goes on claiming lives", "they concluded their meetings"
_HAPPENS = re.compile(
    r"(?:[\w’']+ )*claim(?:s|ed|ing)? (?:[\w,]+ ){0,5}?(?:lives|victims)\b|"
    r"conclude[sd]? (?:the|a|its|his|her|their) (?:[\w-]+ ){0,3}?"
    r"(?:meetings?|talks|visit|tour|session|round|negotiations)"
    r"(?:$|,| (?:on|in|with|about|over)\b(?!.* (?:is|are|was|were|has|have|had|would|will)\b))|"
    r"(?:posted|shared|released|published) (?:(?:[\w-]+|\d+) ){0,2}?"
    r"(?:photos?|photographs?|pictures|images|videos?|footage|impressions)\b|"
    r"to discuss\b|"
    # what somebody does or has done to him, and says nothing by it
    f"{_HELPING}"
    r"(?:(?:discuss|impos|await)(?:e?s|ed|ing)|considered (?:an?|the)(?: [\w-]+){0,2} "
    r"(?:draft|document|proposal|text|plan|offer))\b|"
    r"(?:was|were|been|being) (?:\w+ly )?(?:approved|adopted|lifted|imposed|held|suspended)(?!\w)|"
    r"(?:is|are) (?:\w+ly )?(?:viewed|regarded)(?!\w)|"
    f"{_HELPING}"
    r"(?:sought|seeks?|trie[sd]) to (?:downplay|play down|ease|reassure|calm|defuse|salvage|avert|allay)\b|"
    r"(?:has |have )?(?:also )?(?:made overtures|reiterated quotes)\b|"
    f"{_HELPING}"
    r"(?:offer|provid|giv|gave)\w* (?:no|few|little|scant) (?:[\w-]+ ){0,2}?"
    r"(?:insights?|specifics?|details?|information|explanations?|timelines?)\b",
    re.I,
)
# Nobody who could speak: "The diplomacy aims to end the war", "The aim was to end it"
_NO_SPEAKER = re.compile(
    r"(?:the |this )?(?:[a-z]+ )?(?:diplomacy|conflict|war|fighting|violence|crisis|talks|negotiations)(?:,.*)?|the",
    re.I,
)
_AIMS = re.compile(r"(?:[\w’']+ )*(?:aim(?:s|ed)?|claim(?:s|ed)?)", re.I)
_NOBODY = re.compile(r"(?:nobody|no one|not every\w*|no [a-z])", re.I)
_UNNAMED = re.compile(
    r"(?<!\w)(?:(?:not (?:to )?be|neither \w+ \w+ nor \w+ \w+ be|not being) (?:named|quoted|identified|given)|"
    r"not to (?:name|quote|identify) (?:him|her|them|me|us))(?!\w)",
    re.I,
)
# "The Tribune quotes three diplomats, who said": the diplomats say something, the paper only passes it on
_CITES = re.compile(r"(?:also |again )?(?:cites?|cited|quotes?|quoted|refers? to|referred to)", re.I)
_WHO_SAY = re.compile(
    r",? who (?:[\w]+ ){0,2}?(?:say|said|says|claim|claims|claimed|told|insist|insists|expects?)(?!\w)"
)
_ASKED = re.compile(r"(?:is|are|was|were|has been|have been|had been|when|if) asked", re.I)
# What is done, not said: "called off the talks", "called its envoy back", "backed away from the pact".
_CALL = re.compile(
    r"(?:[\w’']+ )*?(?:call(?:s|ed|ing)?|back(?:s|ed|ing)?)(?P<off> off| up| back| in| away| down| out)?", re.I
)
_KNOWN = re.compile(r"(?:[\w’']+ )*(?:known|dubbed|nicknamed|branded)", re.I)
_AWAY = re.compile(
    r"\s(?:(?:off|up|back|away|down|in (?:the )?(?:army|police|troops|reinforcements))\b|"
    r"(?:the|an?|its|his|her|their)\s(?:[\w’'-]+\s){1,4}?(?:back|up(?! for)|off|home)\b"
    r"(?!\s(?:to|for)\s(?:the\s)?(?:war|talks)\b))"
)
# What was done to something, or was to be done: "the signing was witnessed by", "the sides were expected to meet"
_WAS_DONE = re.compile(
    r"(?:is|are|was|were|has been|have been|had been|being|to be) (?:\w+ly |also |then )?"
    r"(?:(?:co-)?(?:sign|witness|attend|host|broker|moderat|mediat|facilitat|chair|launch|conven|sponsor|head)ed|held|led|set|due|scheduled|slated|"
    r"(?<!is )(?<!are )expected)(?: by| to)?",
    re.I,
)
_WHAT = re.compile(r"(?:about|whether|if|what|when|where|which|who|why|how)(?!\w)", re.I)


# "differences between Leth's calls for a vote and …": calls and demands are things there, and nobody speaks
_A_CALL = re.compile(
    r"(?:calls?|demands?|claims?|offers?|threats?|requests?|promises?|warnings?)(?: (?:for|to|on))?", re.I
)
_GOVERNED = re.compile(
    r"(?<!\w)(?:between|over|despite|amid|of|about|against|ignoring|rejecting|rejected)\s(?:the\s)?$"
)


def _is_noun(draft: Draft, f: Found, cue: str) -> bool:
    """Whether a cue is a noun after whose it is, which a preposition governs."""
    if not f.source or f.cue.start - f.source.end > 1 or not _A_CALL.fullmatch(cue):
        return False
    before = draft.document.text[max(0, f.source.start - 20) : f.source.start]
    return _GOVERNED.search(before) is not None


# "discussions characterized as frank", "the leader, seen as the next chancellor": nobody says so
_TOLD_AS = re.compile(r"(?:characteri[sz]ed|described|portrayed|billed|seen|viewed|regarded|touted)", re.I)


def _is_thing(draft: Draft, f: Found) -> bool:
    """Whether the source of an attribution is no speaker, but what is spoken of, or there is none."""
    if not f.source:
        return f.cue.text(draft.document) in ("seen", "viewed", "regarded")
    said, last = f.source.text(draft.document), f.source.text(draft.document).split()[-1]
    people = words("anonymous_nouns", "role_nouns", "organisation_nouns", "pronouns", "personal")
    return said.islower() and f.source.end <= f.cue.start and people.isdisjoint((last, last[:-1]))


def says_something(draft: Draft, f: Found) -> bool:
    """Whether anything is said: not in "The commanders say nothing", "declined to comment", "nobody denies it".

    Nor is it where somebody only asks not to be named, is asked, or cites whoever says something.
    """
    if not f.cue or not f.content:
        return True
    cue, said = f.cue.text(draft.document), f.content.text(draft.document)
    if cue == ":" and f.source and _is_dateline(draft, f):
        return False
    if _is_noun(draft, f, cue):
        return False
    if (_SAYS.fullmatch(cue) and _NOTHING.fullmatch(said)) or _ONLY_WHICH.fullmatch(said):
        return False
    if draft.style != "readings":  # PolNeAR's annotators mark silence too
        return True
    if _TOLD_AS.fullmatch(cue) and said.startswith("as ") and _is_thing(draft, f):
        return False
    if _CITES.fullmatch(cue) and _WHO_SAY.match(draft.document.text, f.content.end):
        return False
    if _KNOWN.fullmatch(cue) and draft.document.text.startswith(" as ", f.cue.end):
        return False  # "a militia known as the Guard"
    if _WAS_DONE.fullmatch(cue):
        return False
    done = _CALL.fullmatch(cue)
    if done and (done["off"] or _AWAY.match(draft.document.text, f.cue.end)):
        return False
    return not (
        _SILENT.match(f"{cue} {said}")
        or _HAPPENS.match(f"{cue} {said}")
        or (f.source and _AIMS.fullmatch(cue) and _NO_SPEAKER.fullmatch(f.source.text(draft.document)))
        or (_ASKED.fullmatch(cue) and _WHAT.match(said))
        or _UNNAMED.search(said)
        or (f.source and _NOBODY.match(f.source.text(draft.document)))
    )


def _is_dateline(draft: Draft, f: Found) -> bool:
    """Whether a headline only says where its report is from: "Doha: a deal in sight", below it "DOHA, 2 November -"."""
    place = f.source.text(draft.document)
    if draft.segments.paragraph_at(f.source.start) or len(place.split()) > 3:
        return False
    line = rf"^{re.escape(place)}(?:,? \d|\s?[-–—]\s|\s?\()"
    return re.search(line, draft.document.text[f.content.end :], re.I | re.M) is not None


def without_interviewer(draft: Draft, found: Sequence[Found]) -> list[Found]:
    """The attributions without the turns of a voice that asks."""
    text = draft.document.text
    labelled = [f for f in found if f.source and f.cue and text[f.cue.start : f.cue.end] == ":"]
    asks = who_asks(text) if len(labelled) > 1 else frozenset()
    return [f for f in found if f not in labelled or text[f.source.start : f.source.end] not in asks]
