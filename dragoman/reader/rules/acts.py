"""Decides form, act and negation of an attribution by rules, where the finder does not say.

In: the words of source, cue and content. Out: direct | indirect | mixed, one of the acts, and whether the reporting
itself is negated.
"""

from __future__ import annotations

import re

from dragoman.reader.dates.dates import find_dates
from dragoman.reader.draft import Found
from dragoman.reader.rules.arabic_words import ARABIC, act_of_cue
from dragoman.reader.rules.quotes import quotations
from dragoman.reader.vocabulary import verb_forms, words
from dragoman.reader.wording.giving_up import opens_giving_up
from dragoman.reading import ACTS, Document, Span

_CONDITION = re.compile(
    r"\b(?:unless|only if|only once|only after|only when|provided(?: that)?|providing|as long as|so long as|"
    r"on condition that|in return for|in exchange for|"
    r"not until|except if|without first)\b|\b(?:until|before)\b|\bif\b|\bonce\b|\bnot before\b|"
    r"إلا إذا|ما لم|ما دام|شريطة|بشرط|إلا بعد|حتى ي|قبل أن|إلا إن|في حال|(?<!ما )إذا",
    re.I,
)
_STRICT = re.compile(
    r"\b(?:unless|only if|only once|only after|only when|provided|as long as|so long as|on condition|except if|"
    r"without first)\b|"
    r"إلا إذا|ما لم|ما دام|شريطة|بشرط|إلا بعد",
    re.I,
)
_WAITS = re.compile(r"\b(?:until|not before|if)\b|حتى|قبل أن|(?<!ما )إذا|في حال", re.I)
_WITHHOLDS = re.compile(
    r"\b(?:no|not|never|nothing|nobody|will|would|won't|wouldn't|won’t|wouldn’t|cannot|can't|refuse\w*)\b|"
    r"n['’]t\b|لن|لا |مستعد",
    re.I,
)
_REFUSES = re.compile(
    r"\b(?:will not|would not|won['’]t|wouldn['’]t|cannot accept|never|no deal|out of the question|unacceptable|"
    r"reject\w*|refus\w*|not acceptable|ruled out)\b|\bو?لن [نت]قبل|\bو?لن يقبل|مرفوض|غير مقبول",
    re.I,
)
_DEMANDS = re.compile(
    r"\b(?:must|should|need to|needs to|has to|have to|ought to|it is time|demand\w*)\b|يجب|ينبغي|لا بد", re.I
)
_COMMITS = re.compile(r"\b(?:I|we|he|she|it|they|the \w+)(?:['’]ll| will| would| shall| undertake)\b", re.I)
_EXPECTS = re.compile(
    r"\b(?:expect\w*|likely|unlikely|hope\w*|fear\w*|may|might|could|predict\w*|forecast\w*)\b|يتوقع|من المتوقع", re.I
)
_NUMBER = re.compile(
    r"\d|\b(?:dozens?|hundreds?|thousands?|millions?|half|third|quarter|two|three|four|five|six|seven|eight|"
    r"nine|ten|percent)\b|[٠-٩]|\b(?:ألف|ألفين|آلاف|مئات|عشرات|نصف|ثلث|ربع|مليون|ملايين)\b"
)
_PROPOSES = re.compile(r"\b(?:propos\w+|suggest\w+|offer\w*|plan for|let us)\b", re.I)
_ACCUSES = re.compile(
    r"\b(?:violat\w+|breach\w+|lie[sd]?|lying|betray\w*|sabotag\w+|bad faith|blackmail\w*|to blame|guilty|crime|"
    r"illegal\w*|shameful|scandal\w*)\b|انتهاك|خرق",
    re.I,
)
_SUPPORTS = re.compile(
    r"\b(?:welcome\w*|praise\w*|support\w*|great|good step|step forward|glad|pleased|grateful)\b", re.I
)
_ARABIC_NEGATED = re.compile(r"[وف]?(?:لم|لا|ما)\s")
_CUE_WORD = re.compile(r"[\w'’]+")
_WILL_NOT_SAY = re.compile(r"\b(?:refus\w+|declin\w+|stop\w* short of)\b.*\bto? ?\w+")
_ARABIC_NOT = re.compile(r"و?(?:لم|لن|لا|ما)\s")
_RULES_OUT = re.compile(r"\brul(?:e|es|ed|ing) out\b|\bturn\w* down\b|\bbrush\w* (?:aside|off)\b")


def form_of(document: Document, found: Found) -> str:
    """direct | indirect | mixed, by how much of the content stands in quotation marks."""
    total = quoted = 0
    for start, end in found.content:
        piece = document.text[start:end]
        total += len(re.findall(r"\w+", piece))
        for low, high in quotations(piece, [Span(0, len(piece))]):
            quoted += len(re.findall(r"\w+", piece[low:high]))
    if not quoted:
        return "indirect"
    return "direct" if quoted >= total - 1 else "mixed"


# Who keeps silent refuses to say; who refuses anything else rejects it.
_SILENT = re.compile(
    r"(?:refus|declin)\w*(?:\s\w+ly)?\s.{0,40}?to (?:say|rule out|exclude|give(?! up)|be drawn|confirm|comment|"
    r"disclose|name|reveal|specify|speculate|tell|identify|elaborate|deny)\b|"
    r"\bnot (?:rule out|exclude|say|confirm|deny)\b",
    re.I,
)
_REFUSED = re.compile(r"(?<!never )\b(?:refus|declin)\w*\b", re.I)
_REFUSES_TO = re.compile(
    r"(?<!never )\b(?:refus(?:e|es|ed|ing|al)|block(?:s|ed|ing)?|veto(?:es|ed|ing)?|oppos(?:es|ed|ing))\b|"
    r"\b(?:will|would)(?: not|n['’]t) hear of\b",
    re.I,
)
_NOBODY = re.compile(r"(?:neither|nobody|no one|none)\b", re.I)
_NOTHING = re.compile(r"\W*(?:nothing|nobody|none|neither)\b(?:\W*(?:yes|about|of)\b.*)?\W*", re.I | re.S)
_NOT = re.compile(r"\b(?:no|nothing|nobody|none|without|hardly|barely|yet to|stop\w* short)\b", re.I)


_AFTER = 30  # letters of a content that a verb of speaking may begin


def is_negated(document: Document, found: Found) -> bool:
    """Whether the reporting itself is negated, as the finder says where the words leave it open."""
    cue, content, source = (s.text(document, joint=" ") for s in (found.cue, found.content, found.source))
    if not cue or ARABIC.search(cue):
        return found.negated if found.negated is not None else negated_of(document, found)
    led = document.text[found.cue.start : max(found.cue.end, found.content.start) + _AFTER] if found.content else cue
    if (silent := _SILENT.search(led)) is not None and silent.start() < found.cue.end - found.cue.start:
        return True
    if _NOT_YET.search(cue):
        return True
    if _REFUSED.search(cue):
        return False
    if _NOBODY.match(source) or _NOTHING.fullmatch(content):
        return True
    shown = negated_of(document, found)
    return shown if found.negated is None else found.negated and (shown or _NOT.search(cue) is not None)


def refuses(document: Document, found: Found) -> bool:
    """Whether the cue refuses to do something, not only to speak: "refused to discuss autonomy", "has blocked"."""
    cue = found.cue.text(document, joint=" ")
    return bool(_REFUSES_TO.search(cue)) and not is_negated(document, found)


def negated_of(document: Document, found: Found) -> bool:
    """Whether the reporting itself is negated: "did not say", "refused to rule out"."""
    cue = found.cue.text(document, joint=" ").lower()
    parts = _CUE_WORD.findall(cue)
    if _WILL_NOT_SAY.search(cue) and len(parts) > 2:
        return True
    return any(p in words("negatives") for p in parts) or bool(_ARABIC_NOT.match(cue))


_BETWEEN = 30  # letters of "has quietly dropped her" between a source and a nominal cue


def gives_up(document: Document, found: Found) -> bool:
    """Whether the cue itself gives something up without naming a price: "no longer insists", "dropped its demand".

    The cue may be only the noun that follows: "dropped her" stands between the source and "demand" then.
    """
    cue, content = (spans.text(document, joint=" ") for spans in (found.cue, found.content))
    if not opens_giving_up(cue) and found.source and found.cue and 0 < found.cue.start - found.source.end <= _BETWEEN:
        cue = document.text[found.source.end : found.cue.start]
    return opens_giving_up(cue) and not _STRICT.search(content)


# "a federation is off the table", which "until the levy is off the table" does not say
_SHUT = re.compile(
    r"\b(?:is|are|was|were|be|remains?|remained|['’]s|['’]re) (?:\w+ly )?[“\"‘]?"
    r"(?:not (?:for sale|on the table|negotiable|acceptable|an option|up for (?:negotiation|discussion|debate))|"
    r"off the table|out of the question|(?:non-negotiable|unacceptable)(?! (?!to|for|and|but|as|in|under)[a-z]))\b",
    re.I,
)
_SUBORDINATE = re.compile(r"\b(?:until|unless|if|when|once|while|whether|before|after)\b", re.I)


def rules_out(document: Document, found: Found) -> bool:
    """Whether what is said shuts something out: "is off the table", "was out of the question", "is not for sale"."""
    content = found.content.text(document, joint=" ")
    shut = _SHUT.search(content)
    return shut is not None and not _SUBORDINATE.search(content, 0, shut.start())


_UNSURE = 0.5  # a strong act that is less likely than not wants words that show it
# Words of which a condition has one, if only "no cash, no valve", "whoever leaves that off", "the day it is signed"
# What says when, and holds nothing back: "at least until now", "on an election, if required"
_NO_HOLD = re.compile(
    r"\b(?:until (?:now|then|recently)|(?:before|until) the (?:[\w-]+ ){0,2}deadline|"
    r"if (?:required|needed|necessary|possible|appropriate|asked)(?=[\W]*$|[,.;”\"]))",
    re.I,
)
# "(rejected) suggestions the truce ends if the talks fail": the condition is another's
_OF_OTHERS = re.compile(r"\W*(?:the |all )?(?:suggestions?|reports?|claims?|rumou?rs?|speculation)\b", re.I)
_HANGS_ON = re.compile(
    r"\b(?:if|unless|until|till|before|after|once|when\w*|while|without|only|provid\w+|long as|in return|in exchange|"
    r"(?<!the )first|except|pending|depend\w*|subject to|\w*condition\w*|prior|otherwise|soon as|or|else|failing|event|"
    r"the (?:day|minute|moment|hour)|who\w*|short of|understanding|should|then|no|not)\b|n['’]t\b",
    re.I,
)
_NAYS = re.compile(
    r"\b(?:no|not|never|nothing|nobody|none|neither|nor|cannot|without|rather|reject\w*|refus\w*|dismiss\w*|den(?:y|ie[sd])|"
    r"boycott\w*|oppos(?:e[sd]?|ing)|absurd|impossible|unacceptable|call\w*|describ\w*)\b|n['’]t\b",
    re.I,
)
_NAMING = re.compile(
    r"\b(?:call(?:s|ed|ing)?|refer(?:s|red|ring)? to|describ\w+|brand\w*|label\w*|dubb?\w*|term\w*)$", re.I
)
_ASKED_FOR = re.compile(r"(?:for|on|upon|to)\b|[^“”\"]{2,40}? to (?!the\b|an?\b)[a-z]+\b", re.I)
_NOT_YET = re.compile(r"(?:\bnot|n['’]t) yet\b|\b(?:yet|still) to [a-z]+$", re.I)
_KEEPS_BACK = re.compile(
    r"\b(?:(?:not|n['’]t) (?:be )?(?:possible|able|ready|going|in a position|at liberty) to|cannot|"
    r"(?:can|could|will|would)(?: not|n['’]t)) (?:\w+ly )?(?:reveal|disclose|comment|elaborate|speculate|"
    r"go into detail|say more|(?:give|provide|discuss|share) (?:any |the |more |further )?details)\b",
    re.I,
)
_TELLING = re.compile(r"\b(?:tell(?:s|ing)?|told|warn(?:s|ed|ing)?)$", re.I)
_TO_DO = re.compile(r"(?:not )?to [a-z]+\b")


def likeliest(document: Document, found: Found) -> str:
    """The finder's act; where it is a strong one that neither words nor rules bear out, the next likely one."""
    act, cue, content = found.act, found.cue.text(document, joint=" "), found.content.text(document, joint=" ")
    if act is None:
        return act_of(document, found)
    if _TELLING.search(cue) and _TO_DO.match(content):
        return "demand" if act in ("claim", "rejection") else act  # "told them not to waver"
    if ARABIC.search(content):
        return act
    weaker = dict(found.scores)
    while act in weaker and not _is_borne_out(document, found, act, cue, content):
        usual = _usual(cue) if act == "condition" else "claim"  # "has rejected" no condition is still a rejection
        del weaker[act]
        act = max((a for a in ACTS if a in weaker), key=weaker.__getitem__, default="claim")
        act = usual if usual in ("rejection", "demand", "proposal") and usual in weaker else act
    return act


def _praises(content: str) -> bool:
    """Whether what something is called is plain praise: in quotation marks it may be none."""
    said = set(re.findall(r"\w+", content.lower()))
    if said.isdisjoint(words("words_of_praise")) or re.search(r"[“\"‘'«]", content):
        return False
    return said.isdisjoint(words("negatives"))


def _is_borne_out(document: Document, found: Found, act: str, cue: str, content: str) -> bool:
    """Whether something besides the finder speaks for a strong act, where the finder is not sure of it."""
    if act == "condition":
        return _OF_OTHERS.match(content) is None and bool(_HANGS_ON.search(_NO_HOLD.sub(" ", f"{cue} {content}")))
    if act == "demand" and _NAMING.search(cue):
        return bool(_ASKED_FOR.match(content))  # "what the council calls a crisis" asks for none
    if act == "rejection" and (_NOT_YET.search(cue) or _KEEPS_BACK.search(content)):
        return False  # "have not yet agreed on a contract", "that it was not possible to reveal any details"
    if act == "rejection" and _NAMING.search(cue) and _praises(content):
        return False  # "called the deal historic"
    if found.scores[act] >= _UNSURE or act not in ("rejection", "accusation", "threat"):
        return True
    return (act == "rejection" and bool(_NAYS.search(f"{cue} {content}"))) or act_of(document, found) == act


def act_of(document: Document, found: Found) -> str:
    """The strongest act that applies to an attribution."""
    cue = found.cue.text(document, joint=" ")
    content = found.content.text(document, joint=" ")
    usual = act_of_cue(cue) or _usual(cue)
    verb = _lemma(cue)
    if usual == "rejection" and _ARABIC_NEGATED.match(cue):
        usual = "claim"  # "لم تستبعد": what is not ruled out
    # 1. a condition needs something withheld and the requirement in the content
    if usual not in ("accusation", "estimate") and _STRICT.search(content):
        return "condition"
    if (
        usual in ("claim", "commitment", "rejection", "demand", "threat")
        and _CONDITION.search(content)
        and _WITHHOLDS.search(content)
        and _WAITS.search(content)
    ):
        return "condition"
    # 2. what the verb says by itself
    if usual not in ("claim", "estimate", "expectation", "demand", "concession") or verb in (
        "demand",
        "call",
        "urge",
        "ask",
        "want",
    ):
        return usual
    if verb == "insist":
        return "demand" if _DEMANDS.search(content) or re.match(r"on\b", content) else _by_content(content, "claim")
    if usual == "claim":
        return _by_content(content, usual)
    return usual


def _by_content(content: str, usual: str) -> str:
    if ARABIC.search(content):
        content = _without_dates(content)  # "25 أغسطس" is no estimate
    for pattern, act in (
        (_REFUSES, "rejection"),
        (_ACCUSES, "accusation"),
        (_DEMANDS, "demand"),
        (_PROPOSES, "proposal"),
        (_COMMITS, "commitment"),
        (_SUPPORTS, "support"),
        (_EXPECTS, "expectation"),
        (_NUMBER, "estimate"),
    ):
        if pattern.search(content):
            return act
    return usual


def _without_dates(content: str) -> str:
    for mention in reversed(find_dates(content, None)):
        content = content[: mention.span.start] + content[mention.span.end :]
    return content


def _lemma(cue: str) -> str:
    for word in re.findall(r"[\w'’]+", cue.lower()):
        forms = verb_forms().get(word)
        if forms:
            return forms[0].verb.lemma
    return ""


def _usual(cue: str) -> str:
    low = cue.lower()
    if _RULES_OUT.search(low):
        return "rejection"
    for word in re.findall(r"[\w'’]+", low):
        forms = verb_forms().get(word)
        if forms:
            return forms[0].verb.act
    return "claim"
