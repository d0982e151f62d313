"""Text as a cell of a table that a spreadsheet opens.

In: any text. Out: the same, marked as text where a spreadsheet would take it for a formula and obey it.
"""

import re

_FORMULA = re.compile(r"\s*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d[\d,.]*")


def defused(text: str) -> str:
    """`text` behind an apostrophe where it begins as a formula does; a number stays as it is."""
    return "'" + text if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
