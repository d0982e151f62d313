"""A reading with rubbish in any of its places is refused with the place, or shown like any other: nothing breaks."""

import json
from contextlib import suppress
from typing import Any

import pytest

from dragoman.analysis.brief import write_brief
from dragoman.analysis.networks import Choices, networks
from dragoman.analysis.networks.coding import coded_of
from dragoman.analysis.outlook.table_parts import parts_of
from dragoman.errors import DragomanError
from dragoman.exports import table_pictures as pictures
from dragoman.exports.brief import as_html, as_markdown
from dragoman.exports.calendar import as_ics
from dragoman.exports.dna_table import dna_of
from dragoman.exports.interchange import rows_of, to_brat, to_webanno
from dragoman.lexicon import Lexicon
from dragoman.reading import Reading
from dragoman.table import build
from tests.fuzzing import spoiled

TEXT = "The minister Ada Brook said the port must open by 5 May. About 300 people died, she said."
WHOLE = {
    "document": {"id": "d", "text": TEXT, "title": "Port", "outlet": "Post", "published": "2027-05-01"},
    "statements": [{
        "id": "s1", "source": [[0, 22]], "cue": [[23, 27]], "content": [[28, 55]], "act": "demand", "via": ["Radio"],
        "speaker": {"name": "Ada Brook", "party": "Belmark"}, "issues": ["port"], "said_on": "2027-05-01",
    }],
    "positions": [{"party": "Belmark", "issue": "port", "stance": "must open", "direction": "for", "statement": "s1"}],
    "conditions": [{"party": "Belmark", "withholds": "talks", "requires": ["the port opens"], "statement": "s1"}],
    "deadlines": [{"what": "open the port", "date": "2027-05-05", "precision": "day", "set_by": "Belmark"}],
    "meetings": [{"name": "talks", "date": "2027-05-09", "precision": "day", "place": "Dorn", "status": "planned",
                  "chairs": ["Belmark"], "waits_for": "the port"}],
    "agreements": [{"name": "pact", "date": "2026", "precision": "year", "parties": ["Belmark"], "status": "in force"}],
    "figures": [{"quantity": 300, "bound": "about", "unit": "people", "measure": "died", "by": "Ada Brook",
                 "scope": None, "statement": "s1", "span": [[57, 73]]}],
    "relations": [{"from": "Ada Brook", "to": "Belmark", "kind": "represents"}],
}  # fmt: skip
RUBBISH: list[Any] = [None, 5, "", [], "9999-12-31", 1e300, "\x00"]


def show_all(reading: Reading) -> None:
    table = build([reading], lexicon=Lexicon())
    brief = write_brief(table)
    for text in (as_markdown(brief), as_html(brief), as_ics(table), to_brat(reading), to_webanno(reading)):
        text.encode()
    json.dumps([table.to_json(), rows_of([reading], table), parts_of(table)], ensure_ascii=False).encode()
    assert list(networks(coded_of(table), Choices(variable1="party", variable2="issue"))) and dna_of(table)
    for picture in (pictures.waits_for_picture, pictures.calendar_picture, pictures.figures_picture):
        picture(table).encode()


@pytest.mark.parametrize("layer", WHOLE)
def test_rubbish_in_any_place_is_refused_or_shown(layer: str) -> None:
    show_all(Reading.from_json(WHOLE))
    for data in spoiled({layer: WHOLE[layer]}, RUBBISH):
        with suppress(DragomanError):
            show_all(Reading.from_json({**WHOLE, **data}))
