"""The exchange form of published graph models (JSON with numbered options) comes in; a Conflict goes out."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.analysis.outlook.conflict import (
    Conflict,
    DecisionMaker,
    Option,
    Preference,
    Priorities,
    Ranking,
)
from dragoman.analysis.outlook.space import Space, space_of
from dragoman.analysis.outlook.statements import Statement, any_of, pattern
from dragoman.errors import FormatError, ModelError

DIRECTIONS = {"both": "both", "fwd": "only on", "back": "only off"}


def is_exchange(data: Any) -> bool:
    """Whether JSON data is a model in the exchange form."""
    return isinstance(data, Mapping) and "decisionMakers" in data and "options" in data


def conflict_from_exchange(data: Mapping[str, Any], *, title: str = "") -> Conflict:
    """Read a model in the exchange form; rankings count the feasible states from 1."""
    options = _options(_list(data, "options", "the model"))
    names = [option.id for option in options]
    makers_data = _list(data, "decisionMakers", "the model")
    frame = Conflict(
        title=str(data.get("title") or title or "Conflict"),
        decision_makers=tuple(
            DecisionMaker(
                _text(maker, "name", f"decisionMakers[{place}]"),
                tuple(
                    _number(k, len(options), f"decisionMakers[{place}].options")
                    for k in _some(maker, "options", f"decisionMakers[{place}]")
                ),
                Priorities(()),
            )
            for place, maker in enumerate(makers_data)
        ),
        options=options,
        infeasible=_patterns(_some(data, "infeasibles"), names, "infeasibles"),
        coalesce=_patterns(_some(data, "coalesce"), names, "coalesce"),
        about=str(data.get("comment", "")),
    )
    space = space_of(frame)
    by_ranking = bool(data.get("useManualPreferenceRanking") or data.get("useManualPreferenceVectors"))
    makers = tuple(
        _maker(maker, dm, space, names, by_ranking)
        for maker, dm in zip(makers_data, frame.decision_makers, strict=True)
    )
    return Conflict(
        title=frame.title,
        decision_makers=makers,
        options=options,
        infeasible=frame.infeasible,
        coalesce=frame.coalesce,
        about=frame.about,
        coalitions=_coalitions(_some(data, "coalitions"), frame),
    )


def _options(data: Sequence[Any]) -> tuple[Option, ...]:
    options: list[Option] = []
    used: set[str] = set()
    for place, item in enumerate(data):
        name = _text(item, "name", f"options[{place}]")
        direction = item.get("permittedDirection", "both")
        if not isinstance(direction, str) or direction not in DIRECTIONS:
            raise FormatError(
                f"the option '{name}' has permittedDirection '{direction}'",
                where=f"options[{place}]",
                expected="both, fwd or back",
            )
        options.append(Option(slug(name, used), name, DIRECTIONS[direction]))
    return tuple(options)


def slug(name: str, used: set[str]) -> str:
    """A short id made of a name, unlike the ones used so far; it is added to them."""
    plain = re.sub(r"\W+", "-", name.casefold()).strip("-") or "option"
    plain = "o" + plain if plain[0].isdigit() else plain
    found, number = plain, 2
    while found in used:
        found, number = f"{plain}-{number}", number + 1
    used.add(found)
    return found


def _maker(
    data: Mapping[str, Any], dm: DecisionMaker, space: Space, names: list[str], by_ranking: bool
) -> DecisionMaker:
    where = dm.name
    ranking = _some(data, "preferenceRanking", where) or _some(data, "preferenceVector", where)
    wishes, payoffs = _some(data, "preferences", where), _some(data, "payoffs", where)
    preference: Preference
    if ranking and (by_ranking or not wishes):
        preference = Ranking(*_groups(ranking, space, where))
    elif wishes or not payoffs:
        preference = Priorities(_patterns(wishes, names, f"{where}.preferences"))
    else:
        preference = Ranking(_by_payoff(payoffs, space, where))
    if blocks := _some(data, "strengthBlocks", where):
        preference = _with_strength(preference, blocks, space, dm)
    unknown = tuple(
        _pair(pair, space, f"{where}.{key}")
        for key in ("unknown", "unknownPairs", "unknownPreferences") for pair in _some(data, key, where)
    )  # fmt: skip
    return DecisionMaker(
        dm.name,
        dm.options,
        preference,
        unknown,
        _patterns(_some(data, "misperceptions", where), names, f"{where}.misperceptions"),
    )


def _groups(ranking: Sequence[Any], space: Space, where: str) -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...]]:
    groups = []
    for item in ranking:
        tied = item if isinstance(item, list) else [item]
        groups.append(tuple(_state(ordinal, space, where) for ordinal in tied))
    return tuple(groups), ()


def _by_payoff(payoffs: Sequence[float], space: Space, where: str) -> tuple[tuple[int, ...], ...]:
    if not all(isinstance(payoff, int | float) for payoff in payoffs):
        raise FormatError("payoffs that are no numbers", where=where, expected="a number for each feasible state")
    if len(payoffs) != len(space):
        raise FormatError(
            f"{len(payoffs)} payoffs", where=where, expected=f"one for each of the {len(space)} feasible states"
        )
    return tuple(
        tuple(int(space.decimals[k]) for k, other in enumerate(payoffs) if other == payoff)
        for payoff in sorted(set(payoffs), reverse=True)
    )


def _with_strength(preference: Preference, blocks: Sequence[Any], space: Space, dm: DecisionMaker) -> Ranking:
    """A ranking with a great gap after each block; the blocks list states from best to worst."""
    from dragoman.analysis.outlook.preferences import order_of

    block_of = {
        _state(ordinal, space, dm.name): number
        for number, block in enumerate(blocks)
        for ordinal in (block if isinstance(block, list) else [block])
    }
    order = order_of(space, DecisionMaker(dm.name, dm.options, preference))
    groups: list[tuple[int, ...]] = []
    for value in range(int(order.value.max()), -1, -1):
        groups.append(tuple(int(space.decimals[state]) for state in range(len(space)) if order.value[state] == value))
    gaps, last = [], 0
    for number, group in enumerate(groups):
        here = {block_of.get(decimal, -1) for decimal in group}
        if len(here) > 1 or min(here) < last:
            raise ModelError(
                f"the strength blocks of {dm.name} do not follow its ranking",
                where=dm.name,
                expected="each state in one block, the blocks from best to worst, no tie across blocks",
            )
        block = here.pop()
        if block > last and number:
            gaps.append(number - 1)
        last = block
    return Ranking(tuple(groups), tuple(gaps))


def _preference(item: Any, names: list[str], where: str) -> Statement:
    if isinstance(item, Mapping):
        members = _some(item, "members", where)
        if not members:
            raise FormatError("a compound statement has no members", where=where, expected="at least one member")
        return any_of([_pattern(member, names, where) for member in members])
    return _pattern(item, names, where)


def _patterns(items: Sequence[Any], names: list[str], where: str) -> tuple[Statement, ...]:
    """The patterns of a list; a compound one is any of its members."""
    return tuple(_preference(item, names, f"{where}[{place}]") for place, item in enumerate(items))


def _pattern(item: Any, names: list[str], where: str) -> Statement:
    literals = []
    for literal in item if isinstance(item, list) else [None]:
        if not isinstance(literal, list) or len(literal) != 2 or literal[1] not in ("Y", "N"):
            raise FormatError(f"{literal!r} is no literal", where=where, expected='pairs such as [0, "Y"]')
        literals.append((_number(literal[0], len(names), where), literal[1] == "Y"))
    if not literals:
        raise FormatError("an empty pattern", where=where, expected='at least one pair such as [0, "Y"]')
    return pattern(literals, names)


def _coalitions(data: Sequence[Any], frame: Conflict) -> tuple[tuple[str, ...], ...]:
    """Coalitions that a model suggests, given as lists of decision makers; single ones are left out."""
    found = []
    for item in data:
        members = item.get("members", []) if isinstance(item, Mapping) else item
        if not isinstance(members, list) or len(members) < 2:
            continue
        names = [frame.names[m] if isinstance(m, int) and 0 <= m < len(frame.names) else str(m) for m in members]
        if all(name in frame.names for name in names):
            found.append(tuple(names))
    return tuple(found)


def _pair(pair: Any, space: Space, where: str) -> tuple[int, int]:
    if not isinstance(pair, list) or len(pair) != 2:
        raise FormatError(f"{pair!r} is no pair of states", where=where, expected="pairs of ordinals such as [1, 2]")
    return _state(pair[0], space, where), _state(pair[1], space, where)


def _state(ordinal: Any, space: Space, where: str) -> int:
    if not isinstance(ordinal, int) or not 1 <= ordinal <= len(space):
        raise FormatError(f"there is no state {ordinal!r}", where=where, expected=f"an ordinal from 1 to {len(space)}")
    return int(space.decimals[ordinal - 1])


def _number(value: Any, options: int, where: str) -> int:
    if not isinstance(value, int) or not 0 <= value < options:
        raise FormatError(
            f"there is no option number {value!r}", where=where, expected=f"a number from 0 to {options - 1}"
        )
    return value


def _some(data: Mapping[str, Any], key: str, where: str = "the model") -> list[Any]:
    """The list under a key that may be missing or null."""
    return [] if data.get(key) is None else _list(data, key, where)


def _list(data: Mapping[str, Any], key: str, where: str) -> list[Any]:
    if not isinstance(data.get(key), list):
        raise FormatError(f"'{key}' is missing or no list", where=where, expected=f"a list under '{key}'")
    return data[key]


def _text(data: Any, key: str, where: str) -> str:
    if not isinstance(data, Mapping) or not isinstance(data.get(key), str):
        raise FormatError(f"'{key}' is missing", where=where, expected=f"a text under '{key}'")
    return data[key]
