"""A statement about options, such as "accept and not (delay or abandon)", comes in; a condition on states goes out.

Statements say what a party prefers and what cannot be. The words are `not`, `and`, `or`, `if`, `only if`, `iff`,
brackets, and counts (`at most one of a, b, c`). An option is named by its id, or by its full name in quotation marks.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.errors import ModelError

WORDS = {
    "not",
    "and",
    "or",
    "if",
    "only",
    "iff",
    "at",
    "most",
    "least",
    "exactly",
    "of",
    "none",
    "all",
    "any",
    "implies",
}
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
TOKEN = re.compile(
    r"""\s*(?:(?P<quoted>"[^"]*"|'[^']*')|(?P<sign>[()&|,!~]|<->|->|-(?=[\w("']))|(?P<word>\w[\w.’'-]*))"""
)


@dataclass(frozen=True)
class Is:
    """The option is taken."""

    option: int


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: "Condition"


@dataclass(frozen=True)
class Count:
    """At least `low` and at most `high` of the parts hold; "and" and "or" are counts too."""

    parts: tuple["Condition", ...]
    low: int
    high: int


@dataclass(frozen=True)
class Same:
    """Both parts hold, or neither."""

    left: "Condition"
    right: "Condition"


Condition = Is | Not | Count | Same


@dataclass(frozen=True)
class Statement:
    """A condition with the words it was written in."""

    text: str
    condition: Condition

    def __str__(self) -> str:
        return self.text


def every(*parts: Condition) -> Condition:
    """The condition that all parts hold."""
    return parts[0] if len(parts) == 1 else Count(parts, len(parts), len(parts))


def some(*parts: Condition) -> Condition:
    """The condition that a part holds at least."""
    return parts[0] if len(parts) == 1 else Count(parts, 1, len(parts))


def parse(text: str, names: Mapping[str, int], *, where: str = "") -> Statement:
    """Read a statement; `names` gives the number of each option by id and by full name."""
    return Statement(text.strip(), _Parser(text, names, where).whole())


def options_of(condition: Condition) -> tuple[int, ...]:
    """Which options the condition looks at, in ascending order."""
    if isinstance(condition, Is):
        return (condition.option,)
    if isinstance(condition, Not):
        return options_of(condition.part)
    parts = (condition.left, condition.right) if isinstance(condition, Same) else condition.parts
    return tuple(sorted({option for part in parts for option in options_of(part)}))


def holds(condition: Condition, taken: Sequence[np.ndarray] | Mapping[int, np.ndarray]) -> np.ndarray:
    """Evaluate on arrays: `taken[k]` tells where option k is taken; arrays broadcast."""
    if isinstance(condition, Is):
        return taken[condition.option]
    if isinstance(condition, Not):
        return ~holds(condition.part, taken)
    if isinstance(condition, Same):
        return holds(condition.left, taken) == holds(condition.right, taken)
    parts = [holds(part, taken) for part in condition.parts]
    if condition.low == len(parts):
        return _fold(np.logical_and, parts)
    if condition.low == 1 and condition.high >= len(parts):
        return _fold(np.logical_or, parts)
    total = _fold(np.add, [part.astype(np.int16) for part in parts])
    return (total >= condition.low) & (total <= condition.high)


def holds_at(condition: Condition, decimal: int) -> bool:
    """Evaluate at one state, given by its decimal."""
    if isinstance(condition, Is):
        return bool(decimal >> condition.option & 1)
    if isinstance(condition, Not):
        return not holds_at(condition.part, decimal)
    if isinstance(condition, Same):
        return holds_at(condition.left, decimal) == holds_at(condition.right, decimal)
    return condition.low <= sum(holds_at(part, decimal) for part in condition.parts) <= condition.high


def pattern(literals: Sequence[tuple[int, bool]], names: Sequence[str]) -> Statement:
    """The statement that every listed option is taken (True) or not (False)."""
    parts = [Is(option) if yes else Not(Is(option)) for option, yes in literals]
    words = [spelled(names[option]) if yes else f"not {spelled(names[option])}" for option, yes in literals]
    return Statement(" and ".join(words), every(*parts))


def any_of(statements: Sequence[Statement]) -> Statement:
    """The statement that at least one of the statements holds."""
    if len(statements) == 1:
        return statements[0]
    text = " or ".join(f"({one.text})" if " " in one.text else one.text for one in statements)
    return Statement(text, some(*(one.condition for one in statements)))


def spelled(name: str) -> str:
    """An option's id as a statement spells it: in quotation marks where it is no plain word."""
    plain = re.fullmatch(r"\w[\w.’'-]*", name) and name.lower() not in WORDS and not name.isdigit()
    return name if plain else f'"{name}"'


def _fold(join: np.ufunc, parts: list[np.ndarray]) -> np.ndarray:
    result = parts[0]
    for part in parts[1:]:
        result = join(result, part)
    return result


class _Parser:
    """Recursive descent, one method for each rung of binding strength."""

    def __init__(self, text: str, names: Mapping[str, int], where: str) -> None:
        self.text, self.names, self.where, self.place = text, names, where, 0
        self.tokens = self._tokens()

    def _tokens(self) -> list[str]:
        found, place = [], 0
        text = self.text.rstrip()
        while place < len(text):
            match = TOKEN.match(text, place)
            if not match:
                raise self._error(
                    f"'{text[place:].strip()[:20]}' cannot be read", "options joined by not, and, or, if, iff"
                )
            found.append(match.group().strip())
            place = match.end()
        return found

    def whole(self) -> Condition:
        if not self.tokens:
            raise self._error("it is empty", "a statement such as 'accept and not delay'")
        result = self._same()
        if self.place < len(self.tokens):
            raise self._error(
                f"'{self.tokens[self.place]}' stands where nothing more can follow", "and, or, if, iff, or the end"
            )
        return result

    def _same(self) -> Condition:
        left = self._if()
        while self._take("iff", "<->"):
            left = Same(left, self._if())
        return left

    def _if(self) -> Condition:
        left = self._or()
        if self._take("if"):
            return some(left, Not(self._or()))
        if self._take("implies", "->"):
            return some(Not(left), self._or())
        if self._next() == "only":
            self._take("only")
            self._need("if")
            return some(Not(left), self._or())
        return left

    def _or(self) -> Condition:
        parts = [self._and()]
        while self._take("or", "|"):
            parts.append(self._and())
        return some(*parts)

    def _and(self) -> Condition:
        parts = [self._not()]
        while self._take("and", "&"):
            parts.append(self._not())
        return every(*parts)

    def _not(self) -> Condition:
        if self._take("not", "-", "!", "~"):
            return Not(self._not())
        return self._primary()

    def _primary(self) -> Condition:
        if self._take("("):
            inner = self._same()
            self._need(")")
            return inner
        word = self._next()
        if word in ("at", "exactly", "none", "all", "any"):
            return self._counted(word)
        if word is None:
            raise self._error("it ends too early", "an option")
        token = self.tokens[self.place]
        self.place += 1
        return Is(self._option(token))

    def _counted(self, word: str) -> Condition:
        self.place += 1
        kind = word
        if word == "at":
            kind = self._next() or ""
            self._need("most", "least")
        number = None
        if kind in ("most", "least", "exactly"):
            token = self._next() or ""
            number = NUMBERS.get(token, int(token) if token.isdigit() else None)
            if number is None:
                raise self._error(f"'{token}' is no number", "a number such as one, two or 3")
            self.place += 1
        self._need("of")
        parts = self._list()
        low, high = {
            "most": (0, number),
            "least": (number, len(parts)),
            "exactly": (number, number),
            "none": (0, 0),
            "all": (len(parts), len(parts)),
            "any": (1, len(parts)),
        }[kind]
        return Count(parts, low or 0, high if high is not None else len(parts))

    def _list(self) -> tuple[Condition, ...]:
        bracket = self._take("(")
        parts = [self._not()]
        while self._take(","):
            parts.append(self._not())
        if bracket:
            self._need(")")
        return tuple(parts)

    def _option(self, token: str) -> int:
        name = token[1:-1] if token[0] in "\"'" else token
        for key in (name, name.casefold()):
            if key in self.names:
                return self.names[key]
        if token.lower() in WORDS or token in "()&|,!~->":
            raise self._error(f"'{token}' stands where an option was expected", "an option")
        close = difflib.get_close_matches(name, list(self.names), n=1)
        known = f"the option '{close[0]}'" if close else "one of the options " + ", ".join(list(self.names)[:12])
        raise self._error(f"the option '{name}' is not defined", known)

    def _next(self) -> str | None:
        return self.tokens[self.place].lower() if self.place < len(self.tokens) else None

    def _take(self, *words: str) -> bool:
        if self._next() in words:
            self.place += 1
            return True
        return False

    def _need(self, *words: str) -> None:
        if not self._take(*words):
            found = self.tokens[self.place] if self.place < len(self.tokens) else "the end"
            raise self._error(f"'{found}' stands where '{' or '.join(words)}' was expected", "")

    def _error(self, found: str, expected: str) -> ModelError:
        return ModelError(f"in the statement '{self.text.strip()}' {found}", where=self.where, expected=expected)
