"""A clause with and without its no: "it is not signed" and "it is signed".

In: a clause. Out: the clause turned round, in its own words as far as they go.
"""

from __future__ import annotations

import re

from dragoman.folding import last_word
from dragoman.reader.vocabulary import words
from dragoman.reader.wording.nominals import is_known_verb, third_and_past
from dragoman.reader.wording.phrases import plain

_NO_SUBJECT = words("determiners", "prepositions", "auxiliaries") | {"to", "not"}
_VERB_NOT = re.compile(
    r"(?<!\w)(?:(?P<be>is|are|was|were|has|have|had|will|would|can|could)(?:\s+not|n['’]t)|cannot|can['’]t|won['’]t|"
    r"(?P<do>do|does|did)(?:\s+not|n['’]t)(?:\s+(?P<verb>[a-z]+))?|fail(?:s|ed)?\s+to(?:\s+(?P<failed>[a-z]+))?)(?!\w)"
)
_THERE_NO = re.compile(r"^(?P<there>there(?:['’]s|\s(?:is|are|was|were)))\s+(?:no|not an?)\s+", re.IGNORECASE)
_THERE_IS = re.compile(
    r"^(?P<there>there(?:['’]s|\s(?:is|are|was|were)))\s+(?:an?|any|(?P<what>another))?\s*", re.IGNORECASE
)
_NOBODY = re.compile(r"^(?:no one|nobody)(?!\w)", re.IGNORECASE)
_NONE = re.compile(r"^(?:neither|no)\s+|^none(?=\s)", re.IGNORECASE)
_AUXILIARY = re.compile(r"(?<!\w)(?:is|are|was|were|has|have|had|will|would|can|could)(?!\w)")


def denies(clause: str) -> bool:
    """Whether the verb of a clause has a no, or there is none of what it speaks of."""
    return bool(_VERB_NOT.search(clause) or _THERE_NO.match(clause) or re.match("neither ", clause))


def says_no(clause: str) -> bool:
    """Whether a clause denies something, or says it of nobody and nothing."""
    return denies(clause) or bool(_NOBODY.match(clause) or _NONE.match(clause))


def _plural_noun(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word not in third_and_past()


def affirmed(clause: str) -> str:
    """A clause without its no: "it is not signed" -> "it is signed"."""
    if there := _THERE_NO.match(clause):
        thing = clause[there.end() :]
        noun = last_word(re.split(r"\s(?:of|on|in|at|by|for|to|from|with|between)\s", thing)[0])
        many = noun.endswith("s") and not noun.endswith("ss")
        return thing if many else f"{_article(thing)} {thing}"
    if _NOBODY.match(clause):
        return _NOBODY.sub("somebody", clause)
    if none := _NONE.match(clause):
        rest = clause[none.end() :]
        if none.group().lower() == "none":
            return f"one{rest}"
        return rest if _MASS.match(rest) else f"{_article(rest)} {rest}"
    match = _VERB_NOT.search(clause)
    if not match:
        return clause
    before, after = clause[: match.start()], clause[match.end() :]
    verb = match["verb"] or match["failed"]
    if verb:
        third = match["do"] == "does" or match.group().startswith("fails")
        kept = _third_person(verb) if third else f"did {verb}" if match["do"] == "did" else verb
        return plain(f"{before}{kept}{after}")
    return plain(f"{before}{match['be'] or ('does' if match['do'] else 'can')}{after}")


_MASS = re.compile(r"(?:\w+ )?(?:progress|aid|access|movement|news|word|information)(?!\w)")


def _article(thing: str) -> str:
    return "an" if thing[:1] in "aeiou" else "a"


def _third_person(verb: str) -> str:
    if verb == "have":
        return "has"
    if re.search(r"(?:s|sh|ch|x|z|o)$", verb):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else f"{verb}s"


# What is said or insisted on has a verb of its own: "if Leth continue to insist that the port is theirs"
_THAT_CLAUSE = re.compile(r"(?<=[a-z]) that (?=(?:the|an?|its|his|her|their|it|they|he|she|no|[A-Z][\w’'-]*)(?!\w))")


def _is_name(word: str) -> bool:
    """Whether a word is a name, that may stand for many: "Leth continue to insist"."""
    return word[:1].isupper() and word.isalpha()


def denied(clause: str) -> str:
    """A clause with a no: "the guns are firing" -> "the guns are not firing"; as it is where its verb is not known."""
    if there := _THERE_IS.match(clause):
        return f"{there['there']} no {'other ' if there['what'] else ''}{clause[there.end() :]}"
    that = _THAT_CLAUSE.search(clause)
    match = _AUXILIARY.search(clause, 0, that.start() if that else len(clause))
    if match:
        return f"{clause[: match.end()]} not{clause[match.end() :]}"
    parts = clause.split()
    for place, word in enumerate(parts[1:8], 1):
        before = parts[place - 1].lower()
        plain_form = third_and_past().get(word.lower()) or (
            word if (_plural_noun(before) or _is_name(parts[place - 1])) and is_known_verb(word) else ""
        )
        if plain_form and before not in _NO_SUBJECT:
            many = before.endswith("s") or plain_form == word or " and " in clause[: clause.find(word)]
            return " ".join((*parts[:place], "do" if many else "does", "not", plain_form, *parts[place + 1 :]))
    return clause
