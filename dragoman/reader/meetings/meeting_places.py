"""Finds where a meeting takes place: in the words of its clause, by its name, or from the head of the report.

In: a clause, English or Arabic, and the text around it. Out: a name of the text, or None.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dragoman.reader.segment import standing

_NAME = r"[A-ZÀ-ÞĀ-Ž][\w'’.-]*[\w]"
_PLACE = re.compile(
    rf"(?<!\w)(?:[Ii]n|[Aa]t|[Oo]utside|[Nn]ear|في)\s+(?P<place>(?:the )?(?:{_NAME})"
    rf"(?:\s(?:of |de |du |da |do |al |el |la |"
    rf"the )?(?:[ae][a-z]{{1,2}}-)?{_NAME}){{0,3}})"
)
_ARABIC_PLACE = re.compile(
    r"(?<!\w)في\s+(?P<place>(?!ال|يوم|شهر|عام|حين|غضون)\w{3,}(?:\s(?!يوم|في|من)\w+)??)(?=\s(?:يوم|في|الاثنين|الإثنين|الثلاثاء|الأربعاء|"
    r"الخميس|الجمعة|السبت|الأحد|غدا|أمس|اليوم)|[.،]|$)"
)
TIME_WORDS = re.compile(
    r"(?:Next|Last|This|Today|Yesterday|Tomorrow)(?!\w)|"
    r"(?:[Tt]he )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August|"
    r"(?:Sept|Nov|Dec)ember|October|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?!\w))"
)
_SOMEBODY = re.compile(  # "a step in President Vekk's efforts"
    r"(?:President|(?:Prime |Foreign )?Minister|Secretary|Chancellor|Ambassador|Chairman|Senator|M(?:r|rs|s)|Dr)\b"
    r"\.?\s[A-Z]"
)
_RECALLED = re.compile(r"(?:call|recall|order|withdr|pull)\w*\s(?:[\w'’-]+\s){1,4}$")  # "called his envoy back to Leth"
_AT_THEIRS = re.compile(r"[Aa]t .*['’]s\Z")  # "at Europe's largest port"
_DOING = re.compile(r"-[a-z]*(?:ed|led|run|ing)\Z")  # "in US-brokered talks"
# "in the Taskuli prime minister's office", "at the Front's request": the name only belongs to what follows
_NO_PLACE = re.compile(
    r"['’]s?\s|\s(?!(?:on|for|to|from|with|and|or|at|in|by|between|this|next|last|after|before|when|until|where|who|which|"
    r"as|is|are|was|were|will|did|does|do|can|could|may|might|must|should|shall|would|has|had|have|today|yesterday|tomorrow|late|early|again|but|without|because|so|if|\w+ed|"
    r"broke|fell|went|began|came|took|ran|sat|while|over|about|under|during|since)\b)[a-z]"
)


_VENUE = re.compile(
    r"(?<!\w)(?:[Ii]n|[Aa]t|visits?|visited|visiting|around|aboard|on)\s+(?P<place>(?:the|its|her|his|their|a|an)\s"
    r"(?:(?!of\s)[\w'’-]+\s){0,3}?"
    r"(?:hall|palace|depot|ministry|hotel|embassy|consulate|airport|airfield|centre|center|church|cathedral|school|theatre|"
    r"university|residence|villa|castle|barracks|club|headquarters|library|museum|stadium|harbour|port|crossing|"
    r"checkpoint|monastery|mosque|temple|chapel|mill|warehouse|farm|inn|ferry|ship|tent|town house|guest house|"
    r"guesthouse|state house|parish house|customs house|mint|fort|fortress|archive|courthouse|chancery))(?![\w-])"
)
# "in the Aralik capital, Oshal", "in the port city of Ambry"
_TOWN = re.compile(
    rf"(?<!\w)(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside)\s(?:the|its|their|a)\s(?:[\w'’-]+\s){{0,3}}?"
    rf"(?:capital|port|city|town|village|resort|suburb|district|island)(?:\s(?:city|town|village))?(?:,|\sof|\scalled)?\s"
    rf"(?P<place>{_NAME}(?:\s{_NAME}){{0,2}})"
)
_TOWARDS = re.compile(
    rf"(?<!\w)(?:c[ao]me|coming|travel\w*|fl(?:y|ies|ew|ying|own)|go|goes|going|went|return\w*|head\w*|back|move[sd]?|"
    rf"moving|visit|trip|mission|delegation|(?:invit|summon|call|bring|brought|send|sent)\w*\s(?:(?!back\s)[\w'’-]+\s){{1,4}}?)"
    rf"\s?to\s+(?P<place>(?:the )?{_NAME}(?:\s(?:of |de |al |el |la )?{_NAME}){{0,2}})"
)
_HOSTED = re.compile(
    rf"(?P<place>(?:[Tt]he )?{_NAME}(?:\s{_NAME}){{0,2}})(?:,\s[^,]{{3,40}},)?\s(?:(?:will|would|is to|has offered to|"
    rf"offered to|offers to|is due to)\s)?hosts?\s"
)
_ABOVE = re.compile(rf"(?:[A-Z]{{3,}}[.:]\s)?(?P<place>{_NAME}(?:\s{_NAME}){{0,2}}):\s(?=[a-z])")
_CITY = re.compile(
    r"(?:By [^/\n]{3,40} / )?(?P<city>[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{1,30}[A-ZÀ-Þ])(?:, [A-ZÀ-Þ][\w. ]+?)?,?\s*"
    r"(?:[A-Z][a-z]{2,8}\.? \d|\d{1,2} [A-Z][a-z]{2,8}|\(|[-–—:]\s)"
)
_BYLINE = re.compile(rf"(?:(?:[Bb]y|From) )?{_NAME}(?:\s{_NAME}){{1,3}},? in (?P<city>{_NAME}(?:\s{_NAME}){{0,2}})\.?$")
_SLUG = re.compile(
    r"(?:UPDATE|CORRECT|WRAPUP|SNAP|FLASH|URGENT|EXCLUSIVE|FACTBOX|ADD|LEAD|ALERT|REPEAT|REFILE|Q|A)(?![a-z])"
)
_HERE = re.compile(r"(?<!\w)here(?!\w)")
_AWAY = re.compile(r"(?<!\w)(?:in|at|to|from|outside)\s\Z")
_HEAD_LINES = 6  # a report names its own place in so many lines, if at all


# Where that is which a meeting is about: "talks on the situation in Orvia", "a truce between A and B in Orvia"
_IS_ABOUT = re.compile(
    r"(?<!\w)(?:on|about|over|for|to end|ending|end|between) [^,;]{0,60}?(?:situation|wars?|conflict|fighting|crisis|"
    r"ceasefire|cease-fire|truce|peace|violence|hostilities|tensions|unrest|famine|hostages|prisoners) $|"
    r"(?<!\w)(?:war|conflict|fighting|hostilities|ceasefire|cease-fire|truce|peace) between "
    r"[A-ZÀ-Þ][\w’'-]+ and [A-ZÀ-Þ][\w’'-]+ $|"
    # where somebody is kept: "a plan to free the hostages held in Orvia"
    r"(?<!\w)(?:hostages|prisoners|captives|detainees|people|citizens|nationals|soldiers|men|women|children|civilians|"
    r"sailors|fishermen|crew|journalists|bodies|remains) (?:(?:who|that|are|is|were|still|being|now) ){0,3}"
    r"(?:held|kept|detained|jailed|imprisoned|trapped|stranded|captured|abducted|kidnapped)(?: captive| hostage)? $"
)


def place_in(text: str) -> str | None:
    """The first place that `text` names with "in" or "at", else the place that people come to or that hosts them."""
    for match in _PLACE.finditer(text):
        if TIME_WORDS.match(match["place"]) or _DOING.search(match["place"]) or _AT_THEIRS.match(match.group()):
            continue
        if _SOMEBODY.match(match["place"]) or _IS_ABOUT.search(text, max(0, match.start() - 90), match.start()):
            continue
        if match["place"].endswith(_GATHERINGS):
            continue
        if not (match["place"].startswith("the ") and _NO_PLACE.match(text, match.end())):
            return _bare(match["place"])
    for pattern in (_TOWN, _VENUE, _TOWARDS, _HOSTED):
        found = pattern.search(text)
        if found and not TIME_WORDS.match(found["place"]) and not _RECALLED.search(text, 0, found.start()):
            return _bare(found["place"])
    above = _ABOVE.match(text)
    if above and not TIME_WORDS.match(above["place"]):
        return above["place"]
    arabic = _ARABIC_PLACE.search(text)
    return arabic["place"] if arabic else None


_RIGHT_AFTER = re.compile(r",?\s(?:[a-z][\w'’-]*\s){0,3}?(?=(?:in|at|outside|near)\s(?:the\s)?[A-ZÀ-Þ])")


def place_right_after(text: str, start: int) -> str | None:
    """The place named right after the words for a meeting or its day: "the mackerel talks in Bergen"."""
    lead = _RIGHT_AFTER.match(text, start)
    match = _PLACE.match(text, lead.end()) if lead else None
    if match is None or TIME_WORDS.match(match["place"]) or _DOING.search(match["place"]):
        return None
    if _SOMEBODY.match(match["place"]) or _IS_ABOUT.search(text, start, match.start()):
        return None
    if match["place"].endswith(_GATHERINGS):
        return None
    return None if match["place"].startswith("the ") and _NO_PLACE.match(text, match.end()) else _bare(match["place"])


_GATHERINGS = (" Conference", " Summit", " Assembly", " Forum", " Congress", " Talks", " Meeting", " Session")
_OF_A_LAND = re.compile(r"^[A-ZÀ-Þ][\w-]+['’]s\s(?=[A-ZÀ-Þ])")  # "in Leth's Velm"
_DAY_BEHIND = re.compile(r"\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$")  # "in Velm Friday"


def _bare(place: str) -> str:
    place = _OF_A_LAND.sub("", _DAY_BEHIND.sub("", place))
    return re.sub(r"(?:['’]s|[.'’])$", "", re.sub(r"^(?:its|her|his|their|a|an) ", "", place))


@lru_cache(maxsize=256)
def place_of_name(name: str, text: str) -> str | None:
    """The place in the name of a meeting, if the text names it as one elsewhere: "the Bergen talks"."""
    match = re.match(
        rf"(?:(?:next|last|new|final|first|second|third|coming|annual)\s)?(?P<place>{_NAME}(?:\s{_NAME})?)\s"
        r"(?=[a-z])(?!(?:delegation|team|side)s?\b)",
        name,
    )
    if match is None or TIME_WORDS.match(match["place"]) or match["place"].endswith(("'s", "’s")):
        return None  # "Leth's nuclear talks" are about it
    place = _bare(match["place"])
    known = any(_AWAY.search(text, max(0, span.start - 9), span.start) for span in standing(text, place))
    return place if known or (place_of_report(text) or "").casefold() == place.casefold() else None


@lru_cache(maxsize=16)
def place_of_report(text: str) -> str | None:
    """The place that a report is sent from, by dateline or byline: "VELM, 3 May (NNA) -", "Ana Roke in Velm"."""
    for line in text.split("\n", _HEAD_LINES)[:_HEAD_LINES]:
        found = _CITY.match(line[:120]) or _BYLINE.match(line[:80])
        if found and not _SLUG.match(found["city"]):
            return found["city"].title() if found["city"].isupper() else found["city"]
    return None


def is_here(text: str) -> bool:
    """Whether a clause says that something happened where the report was written."""
    return _HERE.search(text) is not None
