"""What a clause holds back or offers, as a short phrase: "there will be no return to Geneva" gives "return to Geneva".

In: a clause, and the words that name its speaker. Out: a gerund or a noun phrase in the clause's own words.
"""

from __future__ import annotations

import re

from dragoman.folding import last_word
from dragoman.reader.vocabulary import words
from dragoman.reader.wording.nominals import third_and_past
from dragoman.reader.wording.phrases import CORE, is_negative, plain, short, trim
from dragoman.reader.wording.stems import stems

_DETERMINERS = re.compile(
    r"(?:the|a|an|any|its|their|his|her|our|my|your|this|that|these|those|such|some)\s+", re.IGNORECASE
)
_WHO = re.compile(r"^(?:nor\s+)?(?:I|we|he|she|it|they|you)(?!\w)", re.IGNORECASE)
_WHO_AT_END = re.compile(r"(?:^|.*\s)(?:I|we|he|she|it|they|you)\s*$", re.IGNORECASE)
# "Nor would she be tied" turns verb and subject round.
_TURNED = re.compile(
    r"(?<!\w)(would|will|can|could|should|must|did|does)\s+(I|we|he|she|it|they|you)(?!\w)", re.IGNORECASE
)
_NONE = re.compile(r"(?:no one|nobody|none|no|not an?|not any|not one)\s+", re.IGNORECASE)
_SHORT_WILL = re.compile(r"(?<=\w)['’]ll(?!\w)")
_SHORT_WOULD = re.compile(r"(?<![\w'’])(I|we|he|she|they|you)['’]d(?= (?!been |had )\w)", re.IGNORECASE)
_OPEN_TO = re.compile(
    r"(?<!\w)(?:(?:open|amenable|receptive) to(?= (?:an?|the|any|some|further|more|new|other) )|"
    r"(?:prepared|ready) for) (?P<what>.+)"
)
_STAYS = re.compile(
    r"(?P<what>(?:[\w'’-]+\s){0,5}[\w'’-]+)\s(?:(?:stays?|remains?|stayed|remained)(?!\w)(?P<rest>.*)|"
    r"(?:keeps?|kept|retains?|retained|hold(?:s)? on to|held on to)\s(?P<kept>(?!\w+ing\b).+))",
    re.IGNORECASE,
)
_STAY = frozenset(("stay", "remain"))
_KEEP = frozenset(("keep", "retain"))
_ENDING = frozenset(("withhold", "block", "halt", "stop", "suspend", "delay", "postpone", "defer", "freeze"))
_LIGHT = _ENDING | {"begin", "start", "continue", "hold"}
_THERE = re.compile(
    r"(?:.*?(?<!\w))?(?:there(?:'s| (?:will|would|can|could|must|is|was|shall|should)(?:n't)?|(?= be))(?: (?:not|"
    r"never))?(?: be)?)\s+"
    r"(?:no|not an?|not any|nothing)\s+(?P<rest>.+)",
    re.IGNORECASE,
)
# "has no intention of coming back", "there is no sense in sitting down", "further talks are off the table"
_NO_MEANING_TO = re.compile(
    r"(?:.*?(?<!\w))?(?:has|have|had|with) no (?:intention|plans?|desire|wish|interest|reason) (?:of |in |to )?"
    r"(?P<rest>\w.+)"
)
_NO_SENSE_IN = re.compile(r"^(?:sense|point|use|merit|question|intention|chance|hope) (?:in|of) (?=\w)")
_IS_OFF = re.compile(
    r"(?P<what>.{3,}?) (?:(?:is|are|was|were|remains?|stays?|will be|would be|(?:has|have|had) been) "
    r"(?:off(?: the table)?|out of the question|on hold|ruled out|frozen|suspended|halted|postponed))$",
    re.IGNORECASE,
)
_IS_POSSIBLE = re.compile(
    r"(?:no |an? |the )?(?P<what>(?:\w+ ){0,3}?(?:accord|agreement|bargain|breakthrough|ceasefire|cease-fire|deal|"
    r"negotiations|pact|peace|return|settlement|talks|truce|[a-z]+ing \w.*)) "
    r"(?:(?:is|are|was|were|would be|will be|remains?) (?:only |still |not )?)?(?:im)?possible",
    re.IGNORECASE,
)
_HAS_STOPPED = re.compile(
    r"(?:.{0,60}?(?<!\w))?(?:has|have|had) (?:\w+ly )?(?:suspended|halted|frozen|withheld|blocked|delayed|postponed|"
    r"put off|shelved) (?P<what>\S.+)"
)
_HAS_DONE = re.compile(
    r"(?:has|have|had) (?:\w+ly )?(?!(?:accepted|agreed|offered|been)\s)(?P<verb>[a-z]+"
    r"(?:ed|en|wn|id|pt|ft|lt|nt))(?= )"
)
_TEXTS = frozenset(
    ("draft", "text", "accord", "agreement", "deal", "pact", "plan", "paper", "proposal", "bill", "offer", "note")
)
_GIVING = frozenset(
    ("give", "grant", "lift", "let", "allow", "offer", "set", "leave", "hand", "pay", "return", "cut", "raise", "end")
)
_PERFORMATIVE = re.compile(
    r"^(?:.{0,60}?(?<!\w))?(?:ruled? out|rules out|refuse[sd]?(?: to)?|reject(?:s|ed)?|has accepted|"
    r"have accepted|accept(?:s|ed)?|"
    r"threaten(?:s|ed)?(?: to)?|offer(?:s|ed)?(?: to)?|has offered(?: to)?|vow(?:s|ed)?(?: to)?|pledge[sd]?(?: to)?|"
    r"promise[sd]?(?: to)?|agree[sd]?(?: to)?|undertakes?(?: to)?|undertook(?: to)?|"
    r"(?:intend|plan|mean|propose)(?:s|ed)? to|meant to)\s+(?!of\s)",
    re.IGNORECASE,
)


_TO_BE = re.compile(r"(?P<what>(?:[\w'’-]+ ){0,5}[\w'’-]+), to be (?P<done>\w+(?:ed|en|wn|pt|id|nt|lt|ft)(?!\w).*)")


# "talks due to begin on Monday" are not held back from beginning; "is due to sign" tells what somebody does
_DUE = re.compile(r"^(?:due|set|scheduled|slated) to\s", re.IGNORECASE)
_IS = re.compile(r"(?<!\w)(?:is|are|was|were|be|been|am|not|now|still|also)\s+\Z|['’](?:s|re|m)\s+\Z", re.IGNORECASE)
_NOT_TO = re.compile(r"^(?:not )?to\s+(?=[a-z])")
_IS_GERUND = re.compile(r"[aeiouy][a-z]*ing$")  # "bring" is none
_SHORT_BE = re.compile(r"(?<![\w'’])(I|we|he|she|it|they|you)['’](?:s|re|m)(?= (?:\w+ ){1,2}to )", re.IGNORECASE)
_FIRST_WORD = re.compile(r"[a-z]+(?!\w)")


def gerund(verb: str) -> str:
    """The -ing form of an English verb in its plain form; Arabic and nouns stay as they are."""
    word = verb.lower()
    if (
        not word.isascii()
        or not word.isalpha()
        or _IS_GERUND.search(word)
        or word in words("unnamed_subjects", "prepositions")
    ):
        return verb
    special = {"be": "being", "have": "having", "see": "seeing", "free": "freeing", "agree": "agreeing", "die": "dying",
               "lie": "lying", "tie": "tying", "flee": "fleeing", "guarantee": "guaranteeing"}  # fmt: skip
    if word in special:
        return special[word]
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return word[:-1] + "ing"
    if word in ("quit", "begin", "submit", "admit", "permit", "commit", "forget", "upset", "withdraw") or re.fullmatch(
        r"[^aeiou]*[aeiou][bdgmnprt]", word
    ):
        return word + ("ing" if word == "withdraw" else word[-1] + "ing")
    return word + "ing"


def withheld(clause: str, *, own: frozenset[str] = frozenset(), light: bool = True) -> str:
    """What a clause holds back or offers, as a short phrase: "there will be no return to Geneva" -> "return to Geneva".

    A subject that only names the speaker (a pronoun, or words whose stems are `own`) is left out, and so is a verb of
    beginning, or of ending where that is `light` too: "halt the payments" -> "the payments".
    """
    clause = plain(clause)
    if "'" in clause or "’" in clause:
        clause = _SHORT_WOULD.sub(r"\1 would", _SHORT_WILL.sub(" will", clause))
        clause = _SHORT_BE.sub(r"\1 is", clause)  # "he's willing to come"
    clause = _TURNED.sub(r"\2 \1", clause)
    arabic = None if clause.isascii() else re.search(r"(?:^|\s)ف?(?:لن|لا|لم)\s+(?P<rest>.+)", clause)
    if arabic:
        return trim(arabic["rest"])
    bare = _THERE.match(clause) or _NO_MEANING_TO.match(clause)
    if bare:
        return trim(_NO_SENSE_IN.sub("", bare["rest"]))
    if off := _IS_OFF.match(clause) or _IS_POSSIBLE.fullmatch(clause):
        return short(trim(off["what"]))
    if (nothing := _NONE.match(clause)) and not CORE.search(clause):
        return trim(clause[nothing.end() :])
    found = [m for m in CORE.finditer(clause) if not _DUE.search(m.group()) or _IS.search(clause, 0, m.start())]
    if not found and (welcomed := _OPEN_TO.search(clause)):
        return short(trim(welcomed["what"]))
    if not found:
        return _without_modal(clause)
    core = found[-1] if re.search(r"to\s", clause[found[-1].start() : found[-1].start("core")]) else found[0]
    verb, rest = core["core"].lower(), clause[core.end() :]
    subject = _subject(clause[: core.start()], own)
    if verb in _GIVING and last_word(subject).lower() in _TEXTS:
        subject = ""  # "the draft would give the islands seats": who signs it does
    rest = re.sub(r"^\s+(?:no|not any)\s+", " ", rest)
    rest = re.sub(r"^\s+no(thing|body)(?!\w)", r" any\1", rest)
    if verb == "be" and not subject and re.match(r"\s+back(?!\w)", rest):
        return short(trim(f"coming{rest}"))
    if verb in ("be", "been"):
        whole = subject if subject else _WHO_AT_END.sub("", _WHO.sub("", clause[: core.start()]))
        return trim(
            f"{whole} {rest}" if re.match(r"\s+\w+(?:ed|en|wn|pt|lt|nt|de|id)(?!\w)", rest) else f"{subject} {rest}"
        )
    if not is_negative(clause) and subject and verb in _STAY:  # what stays is held back from going
        return short(trim(f"{subject} {rest}"))
    if not is_negative(clause) and verb in _KEEP and rest.split() and not rest.split()[0].endswith("ing"):
        return short(bare_noun(trim(rest)))
    if verb in _LIGHT and (light or verb not in _ENDING) and len(rest.split()) >= 1 and not subject:
        return trim(re.sub(r"^\s*(?:to|with|on|from)\s+", "", rest))
    return short(trim(f"{subject} {gerund(verb)}{rest}"))


def _without_modal(clause: str) -> str:
    """What a clause without a modal verb holds back or offers: "agreed to release the men" -> "releasing the men"."""
    if (done := _HAS_DONE.match(clause)) and (verb := third_and_past().get(done["verb"])):
        return short(trim(f"{gerund(verb)}{clause[done.end() :]}"))  # "has dropped its opposition"
    if stopped := _HAS_STOPPED.match(clause):
        return short(trim(stopped["what"]))
    said = _PERFORMATIVE.match(clause)
    rest = clause[said.end() :] if said else clause
    to_do = (said is not None and said.group().rstrip().endswith(" to")) or re.match(r"(?:not )?to\s", rest)
    rest = _NOT_TO.sub("", rest)
    if not to_do and (done := _TO_BE.fullmatch(rest)):
        return short(trim(f"{done['what']} {done['done']}"))  # "offered two aircraft, to be doubled"
    stays = _STAYS.match(rest)
    if stays and not is_negative(rest):  # what stays is held back from going
        return short(trim(stays["kept"] or f"{stays['what']}{stays['rest']}"))
    plain_verb = None if _DETERMINERS.match(rest) else _FIRST_WORD.match(rest)
    if plain_verb and to_do:  # "agreed to release"
        rest = gerund(plain_verb.group()) + rest[plain_verb.end() :]
    return short(trim(rest))


def _subject(before: str, own: frozenset[str]) -> str:
    """The subject before a verb where it says who, else nothing."""
    before = re.split(r"[,;:]\s|\s(?:that|but|and|because|while)\s", plain(before))[-1]
    subject = re.sub(r"^(?:that|and|but|so|then|no|none of)\s+", "", before.strip(), flags=re.IGNORECASE)
    subject = re.sub(r"^[a-z]{4,} (?=[A-Z])", "", subject)  # the cue before it: "promised The prisoners"
    said = subject.lower().split()
    if not said or len(said) > 7 or not words("unnamed_subjects").isdisjoint((said[0], said[-1])):
        return ""
    if said[0] in ("his", "her", "its", "their", "our", "my"):
        return ""
    if all(w[:1].isupper() for w in subject.split()) and len(said) <= 2:
        return ""  # "Asmara", "GST": most often the speaker's own side under another name
    if len(said) == 2 and said[0] == "the" and said[1] in words("unnamed_sides"):
        return ""
    return "" if stems(subject) and stems(subject) <= own else subject


def bare_noun(phrase: str) -> str:
    """A phrase without its leading determiners."""
    shorter = _DETERMINERS.sub("", phrase, count=1) if _DETERMINERS.match(phrase) else phrase
    return shorter if shorter else phrase
