"""What is decided at the desk beside an article: names, merges in question, origins, requirements, and what is left."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect
from starlette.testclient import TestClient

from dragoman.dossier import Dossier
from dragoman.reading import Condition, Reading, Speaker
from tests.builders import a_document, a_reading, a_statement

HIJAB = "party.merge|Riad Hijab|Riyad Hijab"


def said(number: int, speaker: str, party: str | None, text: str = "the port opens") -> Reading:
    document = a_document(f"{speaker} said {text}.", id=f"d{number}", published="2027-02-01")
    return a_reading(document, a_statement(document, speaker, "said", text, speaker=Speaker(speaker, party)))


def load_two_spellings(dossier: Dossier) -> None:
    dossier.load([said(1, "Riyad Hijab", "Tarkun"), said(2, "Riad Hijab", "Tarkun")])


def test_a_merge_of_people_that_is_accepted_is_made_and_leaves_their_party_alone(
    client: TestClient, dossier: Dossier
) -> None:
    load_two_spellings(dossier)
    assert "Riad Hijab" in client.get("/queue").text
    client.post("/queue", data={"verb": "accept", "item": HIJAB})
    table = dossier.table()
    assert [p.statements for p in table.people if p.name == "Riyad Hijab"] == [2]
    assert table.unplaced == () and not [p for p in table.proposals if "Hijab" in p.name]
    # A reader that took the name for a party would forget for whom he speaks.
    assert dossier.lexicon.party("Riad Hijab") is None and dossier.lexicon.party("Riyad Hijab") is None


def test_a_merge_in_question_is_turned_down_for_good(client: TestClient, dossier: Dossier) -> None:
    load_two_spellings(dossier)
    client.post("/queue", data={"verb": "reject", "item": HIJAB})
    assert [d.kind for d in dossier.decisions()] == ["party.split"]
    assert "Riad Hijab = " not in client.get("/queue").text and "Riad Hijab" not in proposals(client)
    client.post("/undo", data={"back": "/settings"})
    assert "Riad Hijab" in proposals(client)


def proposals(client: TestClient) -> str:
    return client.get("/settings").text.partition('id="proposals"')[2].partition("<h2>")[0]


def test_an_issue_that_may_be_another_is_turned_down_too(client: TestClient, dossier: Dossier) -> None:
    for number, issue in enumerate(("lumber", "answer on lumber")):
        document = a_document(f"Brook said {issue} can wait.", id=f"i{number}", published="2027-02-01")
        dossier.load(
            [a_reading(document, a_statement(document, "Brook", "said", f"{issue} can wait", issues=(issue,)))]
        )
    asked = [p for p in dossier.table().proposals if p.kind == "issue.merge"]
    client.post("/settings", data={"kind": "issue.seed", "name": asked[0].name})
    left = [p for p in dossier.table().proposals if p.kind == "issue.merge"]
    assert asked[0] not in left and dossier.decisions()[-1].kind == "issue.seed"


def test_the_queue_says_what_it_left_and_stays_with_the_kind_that_was_chosen(client: TestClient) -> None:
    form = {"verb": "reject", "item": ["party.add|Nobody", "disagreement|x"], "kind": "New party"}
    answer = client.post("/queue", data=form, headers={"accept-language": "en"}, follow_redirects=False)
    assert answer.headers["location"] == "/queue?kind=New+party&left=2"
    assert "cannot be decided so: 2." in client.get(answer.headers["location"]).text


def test_the_queue_counts_all_new_names_and_says_how_many_it_shows(client: TestClient, dossier: Dossier) -> None:
    dossier.load(said(100 + n, f"Movement {n:02}x", f"Movement {n:02}x") for n in range(40))
    page = client.get("/queue?kind=New+party", headers={"accept-language": "en"}).text
    count = re.search(r"New party \((\d+)\)", page)
    assert count and int(count[1]) >= 40 and page.count('name="item"') == 30
    assert f"The first 30 of {count[1]}" in page


def test_a_decision_about_nobody_is_kept_and_said_to_wait(client: TestClient) -> None:
    form = {"kind": "party.merge", "name": "Nobody", "value": "Nowhere"}
    page = client.post("/settings", data=form, headers={"accept-language": "en"}).text
    assert "Kept as decision 1." in page and "Decision 1 finds nothing yet" in page
    assert "nobody in the dossier is called" in page


def test_the_settings_tell_decisions_in_words_and_offer_no_undo_twice(client: TestClient, dossier: Dossier) -> None:
    client.post("/settings", data={"kind": "issue.add", "name": "prisoners", "value": "detainees; captives"})
    client.post("/undo", data={"back": "/settings"})
    rows = client.get("/settings", headers={"accept-language": "en"}).text.partition("<h2>Decisions</h2>")[2]
    assert "detainees, captives" in rows and "1: issue.add prisoners" in rows
    assert "undone" in rows and 'name="decision"' not in rows


def test_a_copy_is_cut_from_its_origin_at_the_desk(client: TestClient, dossier: Dossier) -> None:
    link = dossier.table().origins.links[0]
    page = client.post("/sources", data={"document": link.document, "to": link.to}).text
    assert link not in dossier.table().origins.links and dossier.decisions()[-1].kind == "origin.cut"
    assert f'value="{link.document}"' not in page


def test_a_requirement_is_settled_at_the_desk(client: TestClient, dossier: Dossier) -> None:
    document = a_document("Ostia will sign only if Marland withdraws.", id="ring")
    held = a_statement(document, "Ostia", "will", "sign only if Marland withdraws", act="condition")
    dossier.load(
        [Reading(document, (held,), conditions=(Condition("Ostia", "signing", ("Marland withdraws",), "s1"),))]
    )
    form = {"party": "Ostia", "requires": "Marland withdraws", "status": "met"}
    assert client.post("/conditions", data=form).status_code == 200
    settled = [r.status for c in dossier.table().conditions if c.party == "Ostia" for r in c.requires]
    assert settled == ["met"]
    assert client.post("/conditions", data={**form, "status": "done"}).status_code == 409


def test_files_of_a_kind_that_is_not_read_are_named_beside_those_that_are(client: TestClient) -> None:
    rtf = rb"{\rtf1\ansi The minister said the port would open.\par}"
    files = [
        ("files", ("note.rtf", rtf)),
        ("files", ("tables.xlsx", b"PK")),
        ("files", ("a.text", b"The mayor said no.")),
    ]
    page = client.post("/add", files=files, headers={"accept-language": "en"}).text
    assert "tables.xlsx: not a kind of file that can be read." in page and "note.rtf" not in page


def test_escape_leaves_a_field_for_the_statement_in_focus(page: Any, address: str) -> None:
    page.goto(f"{address}/article/03-strait-prisoners-freed#s3")
    page.keyboard.press("e")
    page.keyboard.press("Escape")
    expect(page.locator("#s3")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#s4")).to_be_focused()
