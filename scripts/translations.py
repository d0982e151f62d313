"""Collect the desk's messages from code and templates, merge them into each language, and compile.

Usage: python scripts/translations.py        (exit status 1 when a language lacks a message)
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent / "dragoman"
DESK = PACKAGE / "desk"
# Rooms that write prose in the language they are handed: the brief, the outlook and its pictures.
PROSE = ("analysis/language.py", "analysis/brief.py", "analysis/outlook/telling.py", "analysis/outlook/pictures.py",
         "exports/table_pictures.py")  # fmt: skip
# said(language, message, …), say(message, …) and word(message) hand a message on, as _ does.
KEYWORDS = {**DEFAULT_KEYWORDS, "said": (2,), "say": (1,), "word": None}
FOLDER = DESK / "translations"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"templates/**.html": {"encoding": "utf-8", "trimmed": "true", "newstyle_gettext": "true"}}


def words_of_the_house() -> list[str]:
    """Values that pages translate by variable: acts, statuses, kinds of change, what review did, whole sentences."""
    from dragoman.analysis import brief
    from dragoman.analysis.outlook import analysis, pictures, telling
    from dragoman.reading import ACTS, AGREEMENT_STATUSES, BOUNDS, MEETING_STATUSES
    from dragoman.table.values import CHANGES, CONDITION_STATUSES, DEADLINE_STATUSES

    review = ("accepted", "rejected", "edited", "added")
    moves = ("set", "missed", "restated", "held")
    verdicts = ("agree", "overlap", "conflict")
    differences = ("denial", "polarity", "quote", "figure", "date")
    kinds = ("state", "organisation", "movement", "person")
    layers = ("position", "condition", "deadline", "meeting", "agreement", "figure")
    prose = (*brief.STANDS.values(), *brief.MOVED.values(), *brief.VERDICTS.values(), *telling.MEANING.values(),
             *telling.MOVES, *pictures.CAPTIONS, *analysis.NAMES.values(), "exact, block sweeps over all states",
             "exact, bit-parallel sweeps over listed moves")  # fmt: skip
    links = ("stable", "unstable", "copy", "abridged", "parts", "quotations", "decided")
    return [*layers, *links, *prose, *ACTS, *AGREEMENT_STATUSES, *MEETING_STATUSES, *CHANGES, *CONDITION_STATUSES,
            *DEADLINE_STATUSES, *review, *moves, *verdicts, *kinds, *BOUNDS, *differences]  # fmt: skip


def collected() -> Catalog:
    """Every message of the desk, in the order of its files."""
    catalog = Catalog(project="Dragoman", charset="utf-8", header_comment="# Messages of the desk.")
    for name, line, message, _, _ in extract_from_dir(str(DESK), METHODS, OPTIONS):
        catalog.add(message, locations=[(name, line)])
    for name in PROSE:
        for line, message, _, _ in extract_from_file("python", str(PACKAGE / name), keywords=KEYWORDS):
            catalog.add(message, locations=[(name, line)])
    for word in words_of_the_house():
        catalog.add(word)
    return catalog


def main() -> int:
    template, missing = collected(), 0
    for file in sorted(FOLDER.glob("*/LC_MESSAGES/messages.po")):
        with file.open("rb") as old:
            catalog = read_po(old, locale=file.parts[-3], charset="utf-8")
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog.fuzzy, catalog.header_comment = False, "# Messages of the Dragoman desk. Apache-2.0."
        catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = "Dragoman"
        catalog.revision_date = catalog.creation_date = datetime(
            2026, 1, 1, tzinfo=UTC
        )  # the same words, the same file
        out = io.BytesIO()
        write_po(out, catalog, width=110, omit_header=False, include_lineno=False, sort_output=True)
        file.write_bytes(out.getvalue())
        with file.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalog)
        for message in catalog:
            texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
            if message.id and not all(texts):
                missing += 1
                print(f"{file.parts[-3]}: no translation of {message.id!r}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
