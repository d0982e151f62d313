"""A draft from a table: every line has its evidence or says that it is assumed; hostile text stays a comment."""

import tomllib

import pytest

from dragoman.analysis.outlook.analysis import analyse
from dragoman.analysis.outlook.conflict import Priorities
from dragoman.analysis.outlook.drafting import draft
from dragoman.analysis.outlook.modelfile import loads
from dragoman.errors import ModelError

NOTE = {"document": "d1", "statement": "s1", "quote": "no fish before the nets are back"}
TABLE = {
    "parties": [{"name": "Veldania", "aliases": ["the Veldanians"]}, {"name": "Ostrava Isles", "aliases": []}, {"name": "Harbour League"}],  # noqa: E501
    "cells": [
        {"party": "Ostrava Isles", "issue": "fishing quota", "stance": "a quota of half", "direction": "for", "statements": 3, "evidence": [NOTE]},  # noqa: E501
        {"party": "Veldania", "issue": "fishing quota", "stance": "no quota", "direction": "against", "statements": 2, "evidence": [NOTE]},  # noqa: E501
        {"party": "Harbour League", "issue": "patrols", "stance": "wait and see", "direction": "open", "statements": 1, "evidence": [NOTE]},  # noqa: E501
    ],
    "conditions": [{"party": "Ostrava Isles", "withholds": "sign the charter", "status": "open", "evidence": [NOTE],
                    "requires": [{"what": "the Veldanians give back the nets", "status": "open"},
                                 {"what": "a survey is published", "status": "met"}]}],
    "deadlines": [{"what": "sign the charter", "date": "2031-05-01", "set_by": "Harbour League"}],
}  # fmt: skip


def test_a_draft_is_a_model_that_can_be_analysed() -> None:
    conflict = loads(draft(TABLE))
    assert set(conflict.names) == {"Veldania", "Ostrava Isles", "Harbour League"}
    owners = {conflict.options[k].id: dm.name for dm in conflict.decision_makers for k in dm.options}
    assert owners["sign-charter"] == "Ostrava Isles"
    assert owners["veldanians-give-back-nets"] == "Veldania"
    assert owners["fishing-quota"] == "Veldania"
    assert analyse(conflict).states == 1 << len(conflict.options)


def test_what_is_met_is_taken_and_what_nobody_is_known_to_control_is_a_circumstance_or_assumed() -> None:
    conflict = loads(draft(TABLE))
    assert conflict.status_quo is not None
    taken = {option.id for k, option in enumerate(conflict.options) if conflict.status_quo >> k & 1}
    assert taken == {"survey-published"}
    assert all(option.assumed for option in conflict.options if option.id != "sign-charter")


def test_the_order_of_insistence_is_the_order_of_preference() -> None:
    conflict = loads(draft(TABLE))
    preference = conflict.decision_maker("Ostrava Isles").preference
    assert isinstance(preference, Priorities)
    texts = [statement.text for statement in preference.statements]
    assert texts[0].startswith("sign-charter only if")
    assert texts.index("fishing-quota") > texts.index("veldanians-give-back-nets")
    assert conflict.decision_maker("Veldania").preference.statements[0].text == "not fishing-quota"  # type: ignore[union-attr]


def test_an_open_position_is_unknown_not_guessed() -> None:
    preference = loads(draft(TABLE)).decision_maker("Harbour League").preference
    assert isinstance(preference, Priorities) and preference.uncertain


def test_every_line_has_its_evidence_or_is_marked_as_assumed() -> None:
    """Walk the text: before each option and statement stands a comment with evidence or 'assumed'."""
    comments: list[str] = []
    inside = False
    checked = 0
    for line in draft(TABLE).splitlines():
        if line.startswith(("options = [", "prefers = [", "circumstances = [")):
            inside, comments = True, []
        elif line == "]":
            inside = False
        elif inside and line.strip().startswith("#"):
            comments.append(line)
        elif inside:
            assert any("evidence:" in comment or "assumed:" in comment for comment in comments), line
            checked += 1
            comments = []
    assert checked >= 10
    assert "“no fish before the nets are back”" in draft(TABLE)
    assert "# deadline: sign the charter by 2031-05-01, set by Harbour League" in draft(TABLE)


@pytest.mark.parametrize(
    "text",
    ['quote " and \\ slash', "line\nbreak = 1", "tab\tand bell\x07", "]\nprefers = []", "“x” 'y'", "emoji 😀 name"],
)
def test_text_from_outside_stays_text(text: str) -> None:
    table = {
        "cells": [
            {
                "party": f"P {text}",
                "issue": text,
                "stance": text,
                "direction": "for",
                "evidence": [{"document": text, "statement": "s", "quote": text}],
            },
            {"party": "Q", "issue": text, "stance": text, "direction": "against", "evidence": []},
        ]
    }
    written = draft(table, title=text)
    assert set(tomllib.loads(written)) <= {
        "format",
        "title",
        "status_quo",
        "infeasible",
        "circumstances",
        "decision_makers",
    }
    assert len(loads(written).decision_makers) == 2


def test_conditions_that_are_over_are_left_out() -> None:
    gone = {"cells": TABLE["cells"], "conditions": [{**TABLE["conditions"][0], "status": "dropped"}]}  # type: ignore[dict-item]
    assert "sign-charter" not in draft(gone)


def test_an_empty_table_is_told() -> None:
    with pytest.raises(ModelError, match="no position and no condition"):
        draft({"cells": [], "conditions": []})
