"""A model file in TOML or JSON comes in and a Conflict goes out, and the other way round.

The format is described in `docs/reference/model-file.md` and by the JSON Schema in `data/model.schema.json`.
"""

import json
import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from dragoman.analysis.outlook.conflict import (
    CHANGES,
    Belief,
    Conflict,
    DecisionMaker,
    Option,
    Preference,
    Priorities,
    Ranking,
    Weights,
    state_of,
)
from dragoman.analysis.outlook.exchange import conflict_from_exchange, is_exchange
from dragoman.analysis.outlook.modelwriting import FORMAT, GAP, as_json, as_toml
from dragoman.analysis.outlook.statements import Is, Statement, parse, spelled
from dragoman.errors import FormatError, ModelError

TOP_KEYS = {
    "format",
    "title",
    "about",
    "source",
    "status_quo",
    "infeasible",
    "rules",
    "merge",
    "states",
    "labels",
    "coalitions",
    "assumptions",
    "circumstances",
    "option_order",
    "decision_makers",
}
MAKER_KEYS = {
    "name",
    "options",
    "strongly_prefers",
    "prefers",
    "ranking",
    "weights",
    "unknown",
    "overlooks",
    "believes",
    "moves",
    "note",
}
OPTION_KEYS = {"id", "name", "change", "evidence", "assumed"}


def load(path: Path) -> Conflict:
    """Read a model file; `.json` is JSON (also in the exchange form), everything else TOML."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise FormatError(
            f"the model file cannot be read ({error.strerror})", where=str(path), todo="Check the path"
        ) from error
    except UnicodeDecodeError as error:
        raise FormatError("the model file is not UTF-8", where=str(path), expected="a text file in UTF-8") from error
    return loads(text, where=str(path), title=path.stem)


def loads(text: str, *, where: str = "model", title: str = "") -> Conflict:
    """Read a model from TOML or JSON text; errors name `where` and the line."""
    is_json = text.lstrip().startswith("{")
    try:
        data = json.loads(text) if is_json else tomllib.loads(text)
    except json.JSONDecodeError as error:
        raise FormatError(
            f"this is no JSON: {error.msg}", where=f"{where}, line {error.lineno}", expected="a JSON object"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise FormatError(f"this is no TOML: {error}", where=where, expected="a model in TOML or JSON") from error
    if is_exchange(data):
        return conflict_from_exchange(data, title=title)
    return _Reader(data, text, where, title).conflict()


def schema() -> dict[str, Any]:
    """The JSON Schema of the model file."""
    return json.loads(
        resources.files("dragoman.analysis.outlook").joinpath("data/model.schema.json").read_text("utf-8")
    )


class _Reader:
    """Reads the parts of one file; knows where each stands, so that complaints name the line."""

    def __init__(self, data: Any, text: str, where: str, title: str) -> None:
        self.data, self.lines, self.where, self.title = data, text.splitlines(), where, title
        if not isinstance(data, Mapping) or not isinstance(data.get("decision_makers"), list):
            raise FormatError("the model has no decision_makers", where=where, expected="a list [[decision_makers]]")
        self.names: dict[str, int] = {}

    def conflict(self) -> Conflict:
        data = self.data
        self._known(data, TOP_KEYS, "the model")
        if data.get("format", FORMAT) != FORMAT:
            raise FormatError(f"the format is '{data['format']}'", where=self._at("format"), expected=f"'{FORMAT}'")
        options = self._options()
        states = tuple(map(str, self._list(data, "states")))
        frame = self._conflict(
            options, states, tuple(DecisionMaker(name, owned, Priorities(())) for name, owned in self.owned)
        )
        labels = tuple(
            sorted((self._state(frame, text), str(label)) for text, label in self._table(data, "labels").items())
        )
        frame = self._conflict(options, states, frame.decision_makers, labels)
        makers = tuple(self._maker(item, frame, number) for number, item in enumerate(data["decision_makers"]))
        quo = data.get("status_quo")
        return self._conflict(
            options,
            states,
            makers,
            labels,
            infeasible=self._statements(data, "infeasible"),
            rules=self._statements(data, "rules"),
            coalesce=self._statements(data, "merge"),
            status_quo=None if quo is None else self._state(frame, quo, "status_quo"),
            about=str(data.get("about", "")),
            source=str(data.get("source", "")),
            coalitions=tuple(self._coalition(frame, item) for item in self._list(data, "coalitions")),
            assumptions=tuple(map(str, self._list(data, "assumptions"))),
        )

    def _conflict(
        self,
        options: tuple[Option, ...],
        states: tuple[str, ...],
        makers: tuple[DecisionMaker, ...],
        labels: tuple[tuple[int, str], ...] = (),
        **more: Any,
    ) -> Conflict:
        try:
            return Conflict(
                str(self.data.get("title") or self.title or "Conflict"),
                makers,
                options,
                states=states,
                labels=labels,
                **more,
            )
        except ModelError as error:
            raise ModelError(
                error.found, where=error.where or self._quoted(error.found), expected=error.expected, todo=error.todo
            ) from None

    def _options(self) -> tuple[Option, ...]:
        found: dict[str, tuple[Option, str]] = {}
        owners: list[tuple[str, list[str]]] = []
        for number, maker in enumerate(self.data["decision_makers"]):
            if not isinstance(maker, Mapping) or not isinstance(maker.get("name"), str):
                raise FormatError(f"decision maker {number + 1} has no name", where=self.where, expected='name = "…"')
            self._known(maker, MAKER_KEYS, f"the decision maker '{maker['name']}'", number)
            mine = []
            for item in self._list(maker, "options", number):
                option = self._option(item, maker["name"], number)
                if option.id in found:
                    raise ModelError(
                        f"the option '{option.id}' belongs to {found[option.id][1]} and to {maker['name']}",
                        where=self._at(option.id, number),
                        expected="one decision maker for each option",
                    )
                found[option.id] = (option, maker["name"])
                mine.append(option.id)
            owners.append((maker["name"], mine))
        for item in self._list(self.data, "circumstances"):
            option = self._option(item, "nobody")
            if option.id in found:
                raise ModelError(
                    f"the option '{option.id}' belongs to {found[option.id][1]} and is a circumstance",
                    where=self._at(option.id),
                    expected="one decision maker for each option, or none",
                )
            found[option.id] = (option, "nobody")
        order = list(map(str, self._list(self.data, "option_order"))) or list(found)
        if sorted(order) != sorted(found):
            raise ModelError(
                "option_order does not list every option once",
                where=self._at("option_order"),
                expected=", ".join(found),
            )
        place = {id: k for k, id in enumerate(order)}
        self.owned = [(name, tuple(place[id] for id in mine)) for name, mine in owners]
        options = tuple(found[id][0] for id in order)
        for k, option in enumerate(options):
            self.names.setdefault(str(k + 1), k)
            self.names.setdefault(option.title.casefold(), k)
            self.names.setdefault(option.title, k)
        self.names.update({option.id.casefold(): k for k, option in enumerate(options)})
        self.names.update({option.id: k for k, option in enumerate(options)})
        return options

    def _option(self, item: Any, owner: str, number: int | None = None) -> Option:
        if isinstance(item, str):
            item = {"id": item}
        if not isinstance(item, Mapping) or not isinstance(item.get("id"), str) or not item["id"].strip():
            raise FormatError(
                f"an option of {owner} has no id",
                where=self._at("options", number),
                expected='{ id = "…", name = "…" }',
            )
        self._known(item, OPTION_KEYS, f"the option '{item['id']}'", number)
        if item.get("change", "both") not in CHANGES:
            raise ModelError(
                f"the option '{item['id']}' has change = '{item['change']}'",
                where=self._at(item["id"], number),
                expected=" or ".join(f"'{change}'" for change in CHANGES),
            )
        return Option(
            item["id"],
            str(item.get("name", "")),
            item.get("change", "both"),
            tuple(map(str, self._texts(item, "evidence", number))),
            bool(item.get("assumed")),
        )

    def _maker(self, item: Mapping[str, Any], frame: Conflict, number: int) -> DecisionMaker:
        name, owned = self.owned[number]
        return DecisionMaker(
            name,
            owned,
            self._preference(item, frame, number, name),
            unknown=tuple(
                (self._state(frame, one, number), self._state(frame, other, number))
                for one, other in self._pairs(item, "unknown", number)
            ),
            overlooks=self._statements(item, "overlooks", number),
            beliefs=tuple(self._belief(belief, frame, number) for belief in self._list(item, "believes", number)),
            moves=tuple(self._arc(frame, text, number) for text in self._list(item, "moves", number)),
        )

    def _belief(self, item: Any, frame: Conflict, number: int) -> Belief:
        if not isinstance(item, Mapping) or "about" not in item:
            raise FormatError(
                "a belief does not say about whom it is", where=self._at("believes", number), expected='about = "…"'
            )
        about = self._party(frame, str(item["about"]), number)
        return Belief(about, self._preference(item, frame, number, f"the belief about {about}"))

    def _preference(self, item: Mapping[str, Any], frame: Conflict, number: int, whose: str) -> Preference:
        ways = [
            key
            for key in ("prefers", "ranking", "weights")
            if key in item or (key == "prefers" and "strongly_prefers" in item)
        ]
        if len(ways) > 1:
            raise ModelError(
                f"{whose} has {' and '.join(ways)}",
                where=self._at(ways[-1], number),
                expected="one way of stating the preference",
            )
        if ways == ["ranking"]:
            return self._ranking(self._list(item, "ranking", number), frame, number)
        if ways == ["weights"]:
            return Weights(tuple(self._weight(*pair, number) for pair in self._table(item, "weights", number).items()))
        strong = self._texts(item, "strongly_prefers", number)
        texts = [*strong, *self._texts(item, "prefers", number)]
        unsure = [isinstance(text, str) and text.lstrip().startswith("?") for text in texts]
        statements = tuple(
            self._statement(text.lstrip()[1:] if doubtful else text, number)
            for text, doubtful in zip(texts, unsure, strict=True)
        )
        return Priorities(
            statements,
            len(strong),
            tuple(place for place, doubtful in enumerate(unsure) if doubtful),
        )

    def _weight(self, option: str, value: Any, number: int) -> tuple[int, float]:
        where = self._at(option, number)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise FormatError(f"the weight of '{option}' is {value!r}", where=where, expected="a number")
        condition = parse(spelled(option), self.names, where=where).condition
        assert isinstance(condition, Is)
        return condition.option, float(value)

    def _texts(self, item: Mapping[str, Any], key: str, number: int | None = None) -> list[Any]:
        value = item.get(key, [])
        return [value] if isinstance(value, str) else self._list(item, key, number)

    def _list(self, item: Mapping[str, Any], key: str, number: int | None = None) -> list[Any]:
        value = item.get(key, [])
        if not isinstance(value, list):
            raise FormatError(f"'{key}' is no list", where=self._at(key, number), expected=f"{key} = [ … ]")
        return value

    def _ranking(self, items: Any, frame: Conflict, number: int) -> Ranking:
        groups: list[tuple[int, ...]] = []
        gaps = []
        for item in items:
            if item == GAP:
                gaps.append(len(groups) - 1)
            else:
                groups.append(
                    tuple(self._state(frame, one, number) for one in (item if isinstance(item, list) else [item]))
                )
        placed: dict[int, int] = {}
        for place, group in enumerate(groups):
            for decimal in group:
                if placed.setdefault(decimal, place) != place:
                    raise ModelError(
                        f"the state {frame.letters(decimal)} stands at places {placed[decimal] + 1} and {place + 1}, "
                        "so that it would be better than itself",
                        where=self._at("ranking", number),
                        expected="a transitive preference: every state at one place",
                    )
        return Ranking(tuple(groups), tuple(gaps))

    def _arc(self, frame: Conflict, text: Any, number: int) -> tuple[int, int]:
        ends = str(text).split("->")
        if not frame.drawn or len(ends) != 2:
            raise ModelError(
                f"the move '{text}' cannot be read",
                where=self._at(str(text), number),
                expected="'one state -> another', in a model that lists its states",
            )
        return self._state(frame, ends[0], number), self._state(frame, ends[1], number)

    def _statements(self, item: Mapping[str, Any], key: str, number: int | None = None) -> tuple[Statement, ...]:
        return tuple(self._statement(text, number) for text in self._texts(item, key, number))

    def _statement(self, text: Any, number: int | None) -> Statement:
        where = self._at(str(text), number)
        if not isinstance(text, str):
            raise FormatError(
                f"{text!r} is no statement", where=where, expected="a text such as 'accept and not delay'"
            )
        return parse(text, self.names, where=where)

    def _pairs(self, item: Mapping[str, Any], key: str, number: int) -> list[Any]:
        pairs = self._list(item, key, number)
        for pair in pairs:
            if not isinstance(pair, list) or len(pair) != 2:
                raise FormatError(
                    f"{pair!r} is no pair of states", where=self._at(key, number), expected='pairs such as ["YN", "NN"]'
                )
        return pairs

    def _table(self, item: Mapping[str, Any], key: str, number: int | None = None) -> Mapping[str, Any]:
        value = item.get(key, {})
        if not isinstance(value, Mapping):
            raise FormatError(f"'{key}' is no table", where=self._at(key, number), expected=f"{key} = {{ … }}")
        return value

    def _state(self, frame: Conflict, text: Any, place: int | str | None = None) -> int:
        number = place if isinstance(place, int) else None
        if isinstance(text, list):
            taken = [self._statement(spelled(str(one)), number).condition for one in text]
            return sum(1 << one.option for one in taken if isinstance(one, Is))
        return state_of(frame, text, where=self._at(str(text), number))

    def _coalition(self, frame: Conflict, names: Any) -> tuple[str, ...]:
        if not isinstance(names, list):
            raise FormatError(f"{names!r} is no coalition", where=self._at("coalitions"), expected='["…", "…"]')
        return tuple(self._party(frame, str(name)) for name in names)

    def _party(self, frame: Conflict, name: str, number: int | None = None) -> str:
        try:
            return frame.decision_maker(name).name
        except ModelError as error:
            raise ModelError(error.found, where=self._at(name, number), expected=error.expected) from None

    def _known(self, item: Mapping[str, Any], keys: set[str], what: str, number: int | None = None) -> None:
        for key in item:
            if key not in keys:
                raise FormatError(
                    f"{what} has the unknown key '{key}'", where=self._at(key, number), expected=", ".join(sorted(keys))
                )

    def _at(self, words: str, number: int | None = None) -> str:
        """Where the words stand: the file and the first line with them, from the given decision maker on."""
        start = 0
        if number is not None:
            heads = [k for k, line in enumerate(self.lines) if line.strip() == "[[decision_makers]]"]
            start = heads[number] if number < len(heads) else 0
        spellings = [words, json.dumps(words, ensure_ascii=False)[1:-1]]
        for k in range(start, len(self.lines)):
            if any(spelling in self.lines[k] for spelling in spellings):
                return f"{self.where}, line {k + 1}"
        return self.where

    def _quoted(self, message: str) -> str:
        return self._at(message.split("'")[1]) if message.count("'") >= 2 else self.where


__all__ = ["FORMAT", "as_json", "as_toml", "load", "loads", "schema"]
