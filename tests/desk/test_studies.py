"""Networks and the outlook at the desk: chosen, drawn, listed, downloaded; a wrong model is told and kept."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from dragoman.desk import studies
from dragoman.dossier import Dossier
from dragoman.errors import ModelError


def test_a_network_is_drawn_and_listed(client: TestClient) -> None:
    page = client.get("/networks").text
    assert "<svg" in page and page.count('<th scope="row">') > 5 and "Groups:" in page
    two = client.get("/networks?kind=twomode").text
    assert "mine clearance" in two and "Groups:" not in two


def test_a_network_of_some_days_holds_what_was_said_in_them(client: TestClient) -> None:
    def ties(query: str) -> int:
        return client.get(f"/networks?kind=twomode{query}").text.count('<th scope="row">')

    assert 0 < ties("&on=2027-02-24") < ties("")
    assert 0 < ties("&since=2027-05-01") < ties("")
    assert "No ties" in client.get("/networks?on=2020-01-01").text
    assert client.get("/networks?on=yesterday").status_code == 200


@pytest.mark.parametrize("form", sorted(studies.FILES))
def test_a_network_comes_as_a_file(client: TestClient, form: str) -> None:
    answer = client.get(f"/network.{form}?kind=onemode")
    assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"]
    assert "Kestria" in answer.text
    assert client.get("/network.exe").status_code == 404


def test_a_setting_that_does_not_fit_the_network_gives_the_usual_one() -> None:
    assert studies.network_choices("twomode", "congruence", "jaccard", "gold") == {
        "kind": "twomode", "aggregation": "subtract", "normalization": "no", "weight": "count"
    }  # fmt: skip


def drafted(client: TestClient, query: str = "") -> str:
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", client.get(f"/outlook{query}").text, re.DOTALL)
    assert found
    return unescape(found[1]).strip()


def test_a_draft_is_analysed(client: TestClient) -> None:
    model = drafted(client)
    assert "dragoman.outlook/1" in model and "evidence" in model
    page = client.post("/outlook", data={"model": model})
    assert page.status_code == 200 and "Nash stability" in page.text
    assert "<svg" in page.text and "<style" not in page.text and 'class="for"' in page.text
    assert "mine-clearance" not in drafted(client, "?issue=prisoner+release")


def test_a_wrong_model_is_told_and_kept(client: TestClient) -> None:
    answer = client.post("/outlook", data={"model": "title = 'kept words'\noptions = ["})
    assert answer.status_code == 422
    assert "no TOML" in answer.text and "kept words" in answer.text


def test_an_analysis_that_takes_too_long_is_given_up() -> None:
    options = ", ".join(f'{{ id = "o{n}", name = "option {n}" }}' for n in range(12))
    model = (
        f'format = "dragoman.outlook/1"\ntitle = "Large"\n[[decision_makers]]\nname = "Ostia"\noptions = [{options}]\n'
    )
    with pytest.raises(ModelError, match="longer than"):
        studies.outlook_page(model, patience=0.01)


def test_a_script_asks_the_same(client: TestClient, dossier: Dossier) -> None:
    assert "Kestria" in client.get("/api/network").json()["rows"]
    model = client.get("/api/outlook").json()["model"]
    assert client.post("/api/outlook", json={"model": model}).json()["states"] > 1
    assert client.post("/api/outlook", json={"model": "{"}).status_code == 422


def test_a_first_draft_is_answered_at_once(dossier: Dossier) -> None:
    table = dossier.table()
    first, known = studies.drafted(table), studies.offered_issues(table)
    assert 1 < len(first.issues) < len(known) and set(first.issues) == set(known[: len(first.issues)])
    assert studies.analysed_page(first.model).states <= first.states <= studies.DRAFTED_STATES
    assert studies.drafted(table, known[: len(first.issues) + 1]).states > studies.DRAFTED_STATES


def test_what_takes_too_long_is_asked_for_nash_alone(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    real = studies._within

    def slow(seconds: float, model: str, language: str, concepts: tuple[str, ...]) -> object:
        return None if len(concepts) > 1 else real(60, model, language, concepts)

    monkeypatch.setattr(studies, "_within", slow)
    monkeypatch.setattr(studies, "QUICK_OPTIONS", 0)
    table = dossier.table()
    model = studies.drafted(table, studies.offered_issues(table)[:2]).model
    page = studies.outlook_page(model)
    assert [key for key, _ in page.concepts] == ["nash"]
    assert page.notes[0] == "The analysis took longer than 45 seconds; only Nash stability was worked out."
