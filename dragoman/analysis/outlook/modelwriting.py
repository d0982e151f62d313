"""A Conflict comes in; the text of its model file goes out, in TOML or as the JSON of the same keys."""

import json
from collections.abc import Mapping
from typing import Any

from dragoman.analysis.outlook.conflict import Conflict, DecisionMaker, Option, Preference, Ranking, Weights

FORMAT = "dragoman.outlook/1"
GAP = ">>"


def as_json(conflict: Conflict) -> dict[str, Any]:
    """The model as the JSON form of the file; reading it back gives the same conflict."""
    data: dict[str, Any] = {"format": FORMAT, "title": conflict.title}
    data |= {key: value for key, value in (("about", conflict.about), ("source", conflict.source)) if value}
    if conflict.status_quo is not None:
        data["status_quo"] = conflict.letters(conflict.status_quo)
    for key, statements in (
        ("infeasible", conflict.infeasible),
        ("rules", conflict.rules),
        ("merge", conflict.coalesce),
    ):
        if statements:
            data[key] = [statement.text for statement in statements]
    if conflict.states:
        data["states"] = list(conflict.states)
    if conflict.labels:
        data["labels"] = {conflict.letters(decimal): label for decimal, label in conflict.labels}
    if conflict.coalitions:
        data["coalitions"] = [list(coalition) for coalition in conflict.coalitions]
    if conflict.assumptions:
        data["assumptions"] = list(conflict.assumptions)
    listed = [option for dm in conflict.decision_makers for option in dm.options]
    free = [k for k in range(len(conflict.options)) if k not in listed]
    if free:
        data["circumstances"] = [_option_json(conflict.options[k]) for k in free]
    listed += free
    if listed != sorted(listed):
        data["option_order"] = [option.id for option in conflict.options]
    data["decision_makers"] = [_maker_json(conflict, dm) for dm in conflict.decision_makers]
    return data


def _maker_json(conflict: Conflict, dm: DecisionMaker) -> dict[str, Any]:
    data: dict[str, Any] = {"name": dm.name, "options": [_option_json(conflict.options[k]) for k in dm.options]}
    data |= _preference_json(conflict, dm.preference)
    if dm.unknown:
        data["unknown"] = [[conflict.letters(one), conflict.letters(other)] for one, other in dm.unknown]
    if dm.overlooks:
        data["overlooks"] = [statement.text for statement in dm.overlooks]
    if dm.beliefs:
        data["believes"] = [{"about": b.about} | _preference_json(conflict, b.preference) for b in dm.beliefs]
    if dm.moves:
        data["moves"] = [f"{conflict.letters(one)} -> {conflict.letters(other)}" for one, other in dm.moves]
    return data


def _option_json(option: Option) -> Any:
    data: dict[str, Any] = {"id": option.id}
    if option.name:
        data["name"] = option.name
    if option.change != "both":
        data["change"] = option.change
    if option.evidence:
        data["evidence"] = list(option.evidence)
    if option.assumed:
        data["assumed"] = True
    return data if len(data) > 1 else option.id


def _preference_json(conflict: Conflict, preference: Preference) -> dict[str, Any]:
    if isinstance(preference, Weights):
        return {"weights": {conflict.options[k].id: weight for k, weight in preference.weights}}
    if isinstance(preference, Ranking):
        ranking: list[Any] = []
        for place, group in enumerate(preference.groups):
            letters = [conflict.letters(decimal) for decimal in group]
            ranking.append(letters[0] if len(letters) == 1 else letters)
            if place in preference.great_gaps:
                ranking.append(GAP)
        return {"ranking": ranking}
    texts = [("? " if k in preference.uncertain else "") + one.text for k, one in enumerate(preference.statements)]
    data = {"strongly_prefers": texts[: preference.strong]} if preference.strong else {}
    return data | {"prefers": texts[preference.strong :]}


def as_toml(conflict: Conflict) -> str:
    """The model as the TOML form of the file, laid out for reading."""
    data = as_json(conflict)
    makers = data.pop("decision_makers")
    lines = [f"{_key(key)} = {_value(value)}" for key, value in data.items()]
    for maker in makers:
        lines += ["", "[[decision_makers]]"]
        lines += [f"{_key(key)} = {_value(value)}" for key, value in maker.items()]
    return "\n".join(lines) + "\n"


def _key(key: str) -> str:
    return (
        key
        if key.replace("_", "").replace("-", "").isalnum() and key.isascii()
        else json.dumps(key, ensure_ascii=False)
    )


def _value(value: Any, depth: int = 0) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(item, 1)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        inner = [_value(item, depth + 1) for item in value]
        flat = "[" + ", ".join(inner) + "]"
        if depth or (len(flat) < 90 and not any(isinstance(item, Mapping) for item in value)):
            return flat
        return "[\n" + "".join(f"    {item},\n" for item in inner) + "]"
    return json.dumps(str(value), ensure_ascii=False)
