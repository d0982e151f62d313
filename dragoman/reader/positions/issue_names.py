"""Names what a stance is about: a short noun phrase of its own words, the same for stances on the same thing.

In: a stance, and its clauses where it is a condition. Out: the name of an issue.
"""

from __future__ import annotations

import re

from dragoman.reader.conditions.conditions import Clauses
from dragoman.reader.wording.nominals import has_verb, is_known_verb, nominal
from dragoman.reader.wording.phrases import CORE, short, trim
from dragoman.reader.wording.withheld import bare_noun, gerund, withheld

_PREPOSED = re.compile(
    r"^(?:\w+ ){0,2}?(?:demand|want|reject|oppos|welcom|prais|back|support|propos|offer|suggest|call(?:s|"
    r"ed)? (?:for|on)|urg|"
    r"ask|seek|sought|refus|accept|rul(?:es|ed) out|turn(?:s|ed) down|dismiss|insist|agree|promis|pledg|vow|"
    r"threaten|drop|"
    r"endors|favou?r|undert|hop(?:e|ing)|expect|plan|intend|hail|condemn|criticis|criticiz|denounc|"
    r"invit|giv|gave)\w*\s+(?:in favour of |out |down |on |to |for )?",
    re.IGNORECASE,
)
_AIM = re.compile(r"(?<!\w)(?:to|not to) (?=[a-z]{3,}(?: |$))(?!the |its |their |his |her )")
_LOOSE_END = re.compile(
    r"(?:\s+(?:of|out|long|so|on|in|at|by|for|from|with|and|or|but|that|the|a|an|its|their|to|as|than|is|are|"
    r"was|were|be|no|not|if|until|least|most|than|more|nearly|about|over|under|up|only))+$",
    re.IGNORECASE,
)
_GERUND = re.compile(r"(?P<verb>[a-z]+)ing (?P<rest>.+)")


def issue_of(stance: str, clauses: Clauses | None) -> str:
    """What a stance is about, as a short noun phrase of its own words."""
    main = _TO.sub("", clauses.main if clauses else _without_time(stance))
    asked = _PREPOSED.sub("", main) if _PREPOSED.match(main) else main
    aims = list(_AIM.finditer(asked)) if asked != main or not CORE.search(main) else []
    aims = [aim for n, aim in enumerate(aims) if not n or is_known_verb(asked[aim.end() :])]  # not "to merchant ships"
    if aims and len(asked[aims[-1].end() :].split()) > 1:
        return named(asked[aims[-1].end() :])
    return named(asked if asked != main else withheld(main))


# A clause that tells when is not what a stance is about: "the rebels leave the port before talks can begin"
_LATER = re.compile(r",?\s+(?:before|after|until|once|while|when|as soon as)\s+(?=\S+\s+\S+)", re.IGNORECASE)


def _without_time(stance: str) -> str:
    match = _LATER.search(stance)
    before = stance[: match.start()] if match else ""
    return before if match and len(before.split()) > 2 and has_verb(stance[match.end() :]) else stance


# The preposition that an Arabic verb of speaking takes: "دعت إلى تأجيل الإضراب", "رحب بالعرض"
_TO = re.compile(r"^(?:إلى|على|عن|في)\s+|^ب(?=ال|إ|أ)")
_WHEN = re.compile(
    r"\s+(?:(?:by|on|from|until|before|after|in|within|for|since|at|of|this|next|last)\s+)+(?:the\s+)?"
    r"(?:(?:end|start|middle|week|weekend|month|year|quarter|night|morning)(?:\s+of(?:\s+\w+){1,2})?|midnight|today|"
    r"tomorrow|Easter|Christmas|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|"
    r"Nov|Dec)[a-z]*\.?(?:\s+\d{1,4})?|\d+\s+(?:[A-Z][a-z]+|hours?|days?|weeks?|months?|years?)|\d{4})$"
)
_ASIDE = re.compile(
    r"\s+(?:that\s+)?(?:they|he|she|it|we|you|I|which|who|that)\s+(?:ha[sd]|have|will|would|is|are|was|were)\s.*$"
)
_PASSIVE = re.compile(
    r"(?P<what>.{3,60}?)\s+(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?(?P<verb>[a-z]{2,}?)ed"
    r"(?P<with>\s+(?:out|off|up|down|back|away))?(?P<rest>\s.*)?"
)
_MODAL = re.compile(
    r"(?P<who>.{2,40}?)\s+(?:will|would|must|should|shall|can|could|may|might)\s+"
    r"(?P<verb>(?!not\b|never\b|only\b)[a-z]{3,})(?P<rest>\s.+)?"
)
_STATE = re.compile(r"(?P<what>\w.{3,60}?)\s+(?:is|are|was|were)\s+(?:under|in|at|on|off|not|no|the|an?)\s.*")

# Of 1,346 annotated positions none is on "dropping of" something and four on its "end": the thing itself is at issue.
_ENDED = re.compile(r"^(?:end|ending|dropping|stopping|halt|halting|cancellation) (?:of|to) (?!the \w+$)(?=\w)")


def named(words: str) -> str:
    """Words about an issue as the name of one: a noun phrase without the day, what is said of it, and loose ends."""
    phrase = short(trim(words))
    gerund_ = _GERUND.match(phrase)
    phrase = nominal(phrase) if not gerund_ else nominal(f"{_verb_of(gerund_['verb'])} {gerund_['rest']}")
    phrase = _ASIDE.sub("", phrase)
    for pattern in (_PASSIVE, _MODAL, _STATE):
        if match := pattern.fullmatch(phrase):
            phrase = _as_noun(match.groupdict())
            break
    phrase = _WHEN.sub("", " ".join(_WHEN.sub("", phrase).split()[:8]))
    phrase = bare_noun(_ENDED.sub("", bare_noun(_LOOSE_END.sub("", phrase))))
    return phrase or words


def _as_noun(part: dict[str, str | None]) -> str:
    """The noun phrase of a clause whose parts a pattern has told apart."""
    verb, rest = part.get("verb"), part.get("rest") or ""
    if verb is None:
        return part["what"] or ""
    if part.get("what"):
        return f"{verb}ing{part['with'] or ''} of {part['what']}{rest}"
    return f"{gerund(verb)}{rest}"


def _verb_of(stem: str) -> str:
    """The verb of a gerund's stem: "releas" -> "release"; the gerund again where no verb is known."""
    for verb in (stem, f"{stem}e", stem[:-1]):
        if nominal(f"{verb} it") != f"{verb} it":
            return verb
    return f"{stem}ing"
