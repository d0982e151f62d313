"""The table that a model is drafted from: of a file or of a dossier, with the words of its evidence.

In: a path, or the address of a dossier and a day. Out: the layers of a table as JSON objects, narrowed if asked.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


def read_table(path: Path) -> dict[str, Any]:
    """The table in a JSON file."""
    import json

    from dragoman.errors import FormatError

    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise FormatError(f"the table cannot be read ({error})", where=str(path), expected="a table in JSON") from error
    if not isinstance(data, dict):
        raise FormatError("the table is no JSON object", where=str(path), expected='{"cells": […], "conditions": […]}')
    return data


def dossier_table(address: str | None, on: str | None) -> dict[str, Any]:
    """The table of a dossier, as it stood `on` a day, with the words that its evidence points at."""
    from dragoman.cli.options import opened

    with opened(address, create=False) as dossier:
        table = dossier.table(on=on)
        data = {
            layer: [value.to_json() for value in getattr(table, layer)]
            for layer in ("parties", "cells", "conditions", "deadlines")
        }
        _quote(data, table)
    return data


def _quote(value: Any, table: Any) -> None:
    """Add to each piece of evidence the words that it points at."""
    from dragoman.reading import Spans

    if isinstance(value, dict):
        if {"document", "statement", "spans"} <= value.keys():
            document = table.reading(value["document"]).document
            value["quote"] = Spans(tuple((s, e) for s, e in value["spans"])).text(document)
            return
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            _quote(item, table)


def narrowed(data: dict[str, Any], parties: set[str], issues: set[str]) -> dict[str, Any]:
    """The positions and conditions of some parties, on some issues; an empty set stands for all."""
    found = dict(data)
    if parties:
        for layer in ("cells", "conditions"):
            found[layer] = [item for item in found.get(layer, []) if item.get("party") in parties]
    if issues:
        found["cells"] = [cell for cell in found.get("cells", []) if cell.get("issue") in issues]
        found["conditions"] = [
            c for c in found.get("conditions", []) if issues & {c.get("withholds"), *c.get("issues", ())}
        ]
    return found
