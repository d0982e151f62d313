"""The word lists on agreements and on how they stand, as `data/agreements.json` has them.

Nothing comes in. Out: the lists, folded, and a pattern for each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from dragoman.folding import fold

DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "our", "your", "my"}
)


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """The word lists of `agreements.json`, folded, longest first."""
    data = json.loads(resources.files("dragoman").joinpath("data", "agreements.json").read_text("utf-8"))
    shelves = {**{k: v for k, v in data.items() if k not in ("source", "families")}, **data["families"]}
    return {
        k: tuple(sorted((fold(p.strip()) for p in v.split(",")), key=len, reverse=True)) for k, v in shelves.items()
    }


@cache
def cues(kind: str) -> re.Pattern[str]:
    """The words of one list as a pattern over folded text; "strained, not broken" speaks of no break."""
    nots = r"(?<!\bnot )(?<!\bnot been )(?<!\bnot being )(?<!\bnever )(?<!n't )(?<!\bnor )"
    denied = "" if kind == "proposed" else nots
    return re.compile(rf"(?<!\w){denied}(?:{'|'.join(map(re.escape, phrases()[kind]))})(?!\w)")
