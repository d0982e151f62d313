"""Tells what speaks for or against a condition in a cut sentence.

In: a draft, a statement of it and one way to cut one of its sentences. Out: names of signs, which `weighing` knows.
"""

from __future__ import annotations

import re
from functools import cache

from dragoman.folding import words
from dragoman.reader.conditions.condition_cuts import Clauses, Cut
from dragoman.reader.conditions.links import is_date
from dragoman.reader.draft import Draft
from dragoman.reader.vocabulary import own_data, verb_forms
from dragoman.reader.wording.nominals import has_verb, is_known_verb, third_and_past
from dragoman.reader.wording.phrases import is_negative, is_single
from dragoman.reader.wording.stems import stem_of
from dragoman.reading import Statement

_MODAL = re.compile(
    r"(?<!\w)(?:will|would|won['’]t|wouldn['’]t|can|could|cannot|can['’]t|couldn['’]t|may|might|must|should|shall|ready|"
    r"prepared|willing)(?!\w)|(?<=\w)['’](?:ll|d)(?!\w)",
    re.IGNORECASE,
)
_TALKS = re.compile(
    r"(?:(?:any|the|direct|formal|peace|new|further|all) )*(?:accord|agreement|deal|dialogue|meeting|negotiations|"
    r"settlement|summit|talks|truce|ceasefire|cease-fire)(?: \w+){0,4}? (?:begins?|began|starts?|started|resumes?|"
    r"resumed|(?:can|could|may|is|are|will|would)(?: be)?|takes? place|goes? ahead)(?!\w)|"
    r"(?:they|he|she|we|I|it) (?:(?:will|would|can|could) )?(?:releas|pa[yi]|sign|send|lift|hand|return|talk|negotiat|"
    r"agree|resum|meet|vot|withdraw|disarm|join|tak|open|enter|start|begin|recogni)\w*",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(r"(?:only |still )?(?:im)?possible$", re.IGNORECASE)


def is_certain(statement: Statement, cut: Cut) -> bool:
    """Whether a cut sets a condition whatever its other signs: "demands that Leth leave before talks begin"."""
    main, link, _ = cut.clauses
    if cut.kind == "told":
        return True
    if link == "before":
        turned = cut.kind == "demanded" or cut.kind.endswith("-turned")
        return turned and statement.act in ("demand", "condition") and _TALKS.match(main) is not None
    if link in ("if", "only if", "without", "unless"):
        return _POSSIBLE.search(main) is not None and not statement.negated
    return link.startswith("conditional") and cut.kind == "strong"


_MUST = re.compile(r"(?<!\w)(?:must|has to|have to|needs? to)(?!\w)", re.IGNORECASE)
_SHAPES = (
    ("done", re.compile(r"(?<!\w)(?:has|have|had)\s+(?:not\s+|never\s+|been\s+|\w+ly\s+)?\w")),
    (
        "is done",
        re.compile(r"(?<!\w)(?:is|are|was|were|be)\s+(?:not\s+|\w+ly\s+)?\w+(?:ed|en|wn|pt|id|nt|lt|ft)(?!\w)"),
    ),
    ("is", re.compile(r"(?<!\w)(?:is|are|was|were|be)(?!\w)")),
    ("may do", re.compile(r"(?<!\w)(?:will|would|can|could|must|may|might|should)(?!\w)")),
    ("to do", re.compile(r"^to [a-z]")),
)
_PERSONAL = frozenset(("i", "we", "he", "she", "it", "they"))


def signs(draft: Draft, statement: Statement, cut: Cut, sentence: tuple[int, int]) -> list[str]:
    """What speaks for or against a condition in a cut sentence; `sentence` says which of how many it is."""
    clauses, kind = cut
    act, link, negative = statement.act, clauses.link, is_negative(clauses.main)
    if kind == "inverted":  # "should the vote fail" is "if the vote fails"
        link, kind = "if", "weak"
    if link == "without" and negative:  # "without a list there is no vote" is "no vote unless there is a list"
        link = "unless"
    elif link == "while" and negative and _MODAL.search(clauses.main):  # "will not talk while the guns fire"
        link = "as long as"
    main, need = words(_spelt_out(clauses.main)), words(_spelt_out(clauses.requirement))
    modal, dated = bool(_MODAL.search(clauses.main)), is_date(clauses.requirement)
    mood, shape = _mood(clauses.main), _shape(clauses.requirement)
    who, needed = _opening(_spelt_out(clauses.main)), _opening(_spelt_out(clauses.requirement))
    found = [
        "bias", f"act={act}{'-not' if statement.negated else ''}", f"link={link}", f"kind={kind}",
        f"act={act}&link={link}", f"act={act}&kind={kind}", f"act={act}&negative={negative}",
        f"act={act}&kind={kind}&negative={negative}", f"negative={negative}", f"link={link}&negative={negative}",
        f"modal={modal}", f"link={link}&modal={modal}", f"modal={modal}&kind={kind}&negative={negative}",
        f"mood={mood}", f"mood={mood}&link={link}", f"mood={mood}&negative={negative}",
        f"shape={shape}", f"shape={shape}&link={link}",
        f"who={who}", f"who={who}&mood={mood}", f"who={who}&link={link}",
        f"needed={needed}", f"needed={needed}&link={link}",
        f"date={dated}", f"date={dated}&link={link}", f"form={statement.form}",
        f"main={min(len(main) // 3, 5)}", f"need={min(len(need) // 3, 5)}",
        f"sentence={min(sentence[0], 3)}of{min(sentence[1], 4)}",
        f"single-need={is_single(clauses.requirement)}&link={link}", f"single-main={is_single(clauses.main)}",
        f"must-need={bool(_MUST.search(clauses.requirement))}&kind={kind}",
        f"modal-need={bool(_MODAL.search(clauses.requirement))}",
    ]  # fmt: skip
    found += [f"main:{w}" for w in dict.fromkeys(map(stem_of, main))]
    found += [f"need:{w}" for w in dict.fromkeys(map(stem_of, need[:8]))]
    if main:
        found += [f"main-first:{main[0]}", f"main-last:{main[-1]}"]
    if need:
        found += [f"need-first:{need[0]}", f"link={link}&need-first:{need[0]}"]
    if main and main[0] in _PERSONAL:
        found += ["main-pronoun", f"act={act}&main-pronoun"]
    if need and need[0] in _PERSONAL:
        found.append("need-pronoun")
    return found + _turned(clauses, kind, main, need) + _about(draft, statement, link)


def _turned(clauses: Clauses, kind: str, main: list[str], need: list[str]) -> list[str]:
    """What speaks where the link stands after what is required, or where an order and its reward are joined."""
    if kind in ("and", "first"):
        return [f"kind={kind}&order={bool(need) and is_known_verb(need[0])}"]
    if kind != "demanded" and not kind.endswith("-turned"):
        return []
    single, own = is_single(clauses.main), bool(main) and main[0] in _PERSONAL
    after = "date" if is_date(clauses.main) else "single" if single else "own" if own else "other"
    return [f"after={after}", f"after={after}&kind={kind}"]


_SHORT = (
    (re.compile(r"(?<=\w)['’]ll(?!\w)"), " will"),
    (re.compile(r"(?<=\w)['’]d(?!\w)"), " would"),
    (re.compile(r"(?<!\w)([Ww])on['’]t(?!\w)"), r"\1ill not"),
    (re.compile(r"(?<!\w)([Cc])an(?:not|['’]t)(?!\w)"), r"\1an not"),
    (re.compile(r"(?<=\w)n['’]t(?!\w)"), " not"),
    (re.compile(r"(?<=\w)['’](?:re|ve|m)(?!\w)"), ""),
)


def _spelt_out(clause: str) -> str:
    """A clause with its short forms in full: "we'll" is "we will"."""
    if "'" in clause or "’" in clause:
        for short, full in _SHORT:
            clause = short.sub(full, clause)
    return clause


def _about(draft: Draft, statement: Statement, link: str) -> list[str]:
    """What the statement itself tells: how it is reported, and of whom."""
    found = []
    if statement.cue:
        cue = words(statement.cue.text(draft.document, joint=" "))
        found += [f"cue:{w}" for w in cue]
        kin = sorted({form.verb.act for w in cue for form in verb_forms().get(w, ())})
        found += [f"cue-act={act}" for act in kin]
        found += [f"cue-act={act}&link={link}" for act in kin]
    speaker = statement.speaker
    own = "none" if not speaker.party else "name" if speaker.party == speaker.name else "other"
    found.append(f"party={own}")
    found += ["anonymous"] if speaker.anonymous else []
    found += ["within"] if statement.within else []
    if draft.segments.paragraph_at(statement.content.start) == 0:
        found.append("headline")
    return found


@cache
def _moods() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The forms of each mood."""
    moods: dict[str, list[str]] = own_data("conditions.json")["moods"]
    return tuple(
        (mood, re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)) for mood, forms in moods.items()
    )


def _mood(clause: str) -> str:
    """How a clause puts what is held back: the first of its modal verbs, or that it offers or wants something."""
    firsts = [(m.start(), mood) for mood, pattern in _moods() if (m := pattern.search(clause))]
    return min(firsts)[1] if firsts else "none"


def _shape(requirement: str) -> str:
    """Whether a requirement is something done, being so, happening, or a thing without a verb."""
    for shape, pattern in _SHAPES:
        if pattern.search(requirement):
            return shape
    for word in requirement.lower().split()[1:7]:
        bare = word.strip(",")
        if bare in third_and_past() or re.fullmatch(r"[a-z]{2,}ed", bare):
            return "does" if bare.endswith("s") else "did"
    return "does" if has_verb(requirement) else "thing"


@cache
def _openers() -> dict[str, str]:
    """With what sort of word each word that a clause may begin with begins it."""
    data = own_data("conditions.json")
    alike: dict[str, list[str]] = data["alike"]
    return {word: word for word in data["openers"]} | {word: one for one, words in alike.items() for word in words}


def _opening(clause: str) -> str:
    """With what sort of word a clause begins."""
    first = clause.split()[0] if clause.split() else ""
    return _openers().get(first.lower()) or ("name" if first[:1].isupper() else "other")
