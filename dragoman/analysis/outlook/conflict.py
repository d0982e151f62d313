"""The conflict as an analyst writes it: decision makers, options, what cannot be, preferences. Frozen values, checked.

A state is Yes or No for every option. It is written as letters in the order of the options ("YNN"), numbered by its
decimal (option k, counted from 0, is worth 2**k), and counted by its ordinal among the feasible states, from 1.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from dragoman.analysis.outlook.statements import Statement, holds_at
from dragoman.errors import ModelError

CHANGES = ("both", "only on", "only off")


@dataclass(frozen=True)
class Option:
    """One thing that a decision maker can do or leave; `change` tells in which direction it can be changed."""

    id: str
    name: str = ""
    change: str = "both"
    evidence: tuple[str, ...] = ()
    assumed: bool = False

    @property
    def title(self) -> str:
        """What to call the option: its name, else its id."""
        return self.name or self.id


@dataclass(frozen=True)
class Priorities:
    """Statements in order of importance, the most important first.

    The first `strong` of them part greatly preferred states from others. Of two states whose first difference is a
    statement listed in `uncertain`, it is not known which the decision maker prefers.
    """

    statements: tuple[Statement, ...]
    strong: int = 0
    uncertain: tuple[int, ...] = ()


@dataclass(frozen=True)
class Ranking:
    """States from best to worst by their decimals; one group is a tie; between group g and g + 1 a great gap if
    listed."""

    groups: tuple[tuple[int, ...], ...]
    great_gaps: tuple[int, ...] = ()


@dataclass(frozen=True)
class Weights:
    """What each option adds to a state when it is taken."""

    weights: tuple[tuple[int, float], ...]


Preference = Priorities | Ranking | Weights


@dataclass(frozen=True)
class Belief:
    """What a decision maker takes another's preference to be, where it is mistaken or not sure to be right."""

    about: str
    preference: Preference


@dataclass(frozen=True)
class DecisionMaker:
    """A party of the conflict: the options it controls and what it prefers."""

    name: str
    options: tuple[int, ...]
    preference: Preference
    unknown: tuple[tuple[int, int], ...] = ()
    overlooks: tuple[Statement, ...] = ()
    beliefs: tuple[Belief, ...] = ()
    moves: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Conflict:
    """A graph model: who can do what, what cannot be, and what each prefers.

    With `states` the graph is drawn by hand: the states have names, the decision makers have `moves`, and there are no
    options; a state's decimal is then its place in the list.
    """

    title: str
    decision_makers: tuple[DecisionMaker, ...]
    options: tuple[Option, ...] = ()
    infeasible: tuple[Statement, ...] = ()
    rules: tuple[Statement, ...] = ()
    coalesce: tuple[Statement, ...] = ()
    states: tuple[str, ...] = ()
    labels: tuple[tuple[int, str], ...] = ()
    status_quo: int | None = None
    about: str = ""
    source: str = ""
    coalitions: tuple[tuple[str, ...], ...] = ()
    assumptions: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        _check(self)

    @property
    def drawn(self) -> bool:
        """Whether the graph is drawn by hand."""
        return bool(self.states)

    @property
    def names(self) -> tuple[str, ...]:
        """The decision makers by name, in the order of the file."""
        return tuple(dm.name for dm in self.decision_makers)

    def decision_maker(self, name: str) -> DecisionMaker:
        """The decision maker of that name, in any case; ModelError where there is none."""
        for dm in self.decision_makers:
            if dm.name.casefold() == name.casefold():
                return dm
        close = difflib.get_close_matches(name, self.names, n=1)
        raise ModelError(
            f"the decision maker '{name}' is not defined",
            expected=f"'{close[0]}'" if close else "one of " + ", ".join(self.names),
        )

    def is_feasible(self, decimal: int) -> bool:
        """Whether a state can be; it must match no infeasible pattern and keep every rule."""
        if self.drawn:
            return 0 <= decimal < len(self.states)
        return (
            0 <= decimal < 1 << len(self.options)
            and not any(holds_at(one.condition, decimal) for one in self.infeasible)
            and all(holds_at(one.condition, decimal) for one in self.rules)
        )

    def letters(self, decimal: int) -> str:
        """The state in Y and N, in the order of the options; its name in a drawn graph."""
        if self.drawn:
            return self.states[decimal]
        return "".join("Y" if decimal >> k & 1 else "N" for k in range(len(self.options)))

    def label(self, decimal: int) -> str:
        """The label of a state (a decimal); "" where it has none."""
        return dict(self.labels).get(decimal, "")

    def replaced(self, name: str, preference: Preference) -> "Conflict":
        """The same conflict with another preference of one decision maker."""
        makers = tuple(
            replace(dm, preference=preference, unknown=()) if dm.name == name else dm for dm in self.decision_makers
        )
        return replace(self, decision_makers=makers)

    def as_seen_by(self, name: str) -> "Conflict":
        """The conflict as one decision maker takes it to be: its beliefs stand in for the others' preferences."""
        believed = {belief.about: belief.preference for belief in self.decision_maker(name).beliefs}
        makers = tuple(
            replace(
                dm,
                preference=believed.get(dm.name, dm.preference),
                beliefs=(),
                unknown=() if dm.name in believed else dm.unknown,
            )
            for dm in self.decision_makers
        )
        return replace(self, decision_makers=makers)


def state_of(conflict: Conflict, text: str | int, *, where: str = "") -> int:
    """The decimal of a state written as letters (YNN), as a label or name, or as a list of the options taken."""
    word = str(text).strip()
    for decimal, label in conflict.labels:
        if label.casefold() == word.casefold():
            return decimal
    if conflict.drawn:
        for number, name in enumerate(conflict.states):
            if name.casefold() == word.casefold():
                return number
        raise ModelError(
            f"the state '{word}' is not defined", where=where, expected="one of " + ", ".join(conflict.states[:12])
        )
    letters = word.replace(" ", "").upper()
    if letters and set(letters) <= {"Y", "N"}:
        if len(letters) != len(conflict.options):
            raise ModelError(
                f"the state '{word}' has {len(letters)} letters",
                where=where,
                expected=f"one letter for each of the {len(conflict.options)} options",
            )
        return sum(1 << k for k, letter in enumerate(letters) if letter == "Y")
    raise ModelError(
        f"the state '{word}' cannot be read",
        where=where,
        expected=f"{len(conflict.options)} letters Y or N in the order of the options, or a label",
    )


def _check(conflict: Conflict) -> None:
    """Refuse a conflict that names what it does not define or gives one option to two decision makers."""
    if not conflict.decision_makers:
        raise ModelError("the model has no decision maker", expected="at least one, with its options")
    _unique("decision maker", conflict.names)
    _unique("option", [option.id for option in conflict.options])
    owner: dict[int, str] = {}
    for dm in conflict.decision_makers:
        for option in dm.options:
            if not 0 <= option < len(conflict.options):
                raise ModelError(
                    f"{dm.name} is given option number {option}", expected=f"0 to {len(conflict.options) - 1}"
                )
            if option in owner:
                raise ModelError(
                    f"the option '{conflict.options[option].id}' belongs to {owner[option]} and to {dm.name}",
                    expected="one decision maker for each option",
                )
            owner[option] = dm.name
        for belief in dm.beliefs:
            if belief.about not in conflict.names:
                raise ModelError(
                    f"{dm.name} has a belief about '{belief.about}', who is not defined",
                    expected="one of " + ", ".join(conflict.names),
                )
    for one in conflict.options:
        if one.change not in CHANGES:
            raise ModelError(f"the option '{one.id}' has the change '{one.change}'", expected=" or ".join(CHANGES))
    if len(conflict.options) > 62:
        raise ModelError(
            f"the model has {len(conflict.options)} options",
            expected="at most 62",
            todo="Leave out options that no preference and no condition looks at",
        )


def _unique(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if not name:
            raise ModelError(f"a {what} has no name", expected=f"a name for every {what}")
        if name.casefold() in seen:
            raise ModelError(f"the {what} '{name}' is defined twice", expected=f"each {what} once")
        seen.add(name.casefold())
