"""The API under the pages: one shape of error, no failure of ours whatever is asked."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from starlette.testclient import TestClient

from dragoman.desk.app import create_app
from dragoman.dossier import Dossier


@pytest.mark.parametrize(
    "path", ["/api/nothing", "/api/documents/none", "/api/jobs/none", "/api/changes", "/api/table?on=yesterday"]
)
def test_every_error_has_one_shape(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (404, 422)
    assert set(answer.json()["error"]) == {"status", "found", "todo"}


def test_a_script_can_do_what_the_desk_does(client: TestClient, dossier: Dossier) -> None:
    made = client.post(
        "/api/decisions", json={"kind": "party.rename", "target": {"name": "Kestria"}, "value": {"to": "K"}}
    )
    assert made.status_code == 201
    assert "K" in [p["name"] for p in client.get("/api/parties").json()]
    undone = client.post("/api/decisions", json={"kind": "undo", "target": {"decision": made.json()["id"]}})
    assert undone.status_code == 201
    assert "Kestria" in [p["name"] for p in client.get("/api/parties").json()]
    assert [d["kind"] for d in client.get("/api/decisions/all").json()] == ["party.rename", "undo"]


def test_the_table_has_the_keys_of_the_python_api(client: TestClient, dossier: Dossier) -> None:
    assert client.get("/api/table?on=2027-04-02").json() == dossier.table(on="2027-04-02").to_json()


@pytest.mark.filterwarnings("ignore")
def test_fuzz_no_request_makes_the_desk_fail(dossier: Dossier) -> None:
    app: Any = create_app(dossier, hosts=["testserver", "localhost", "127.0.0.1"])
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    for found in schema.get_all_operations():
        operation = found.ok()

        def check(case: Any) -> None:
            answer = case.call()
            assert answer.status_code < 500, f"{case.method} {case.path}: {answer.text[:300]}"

        strategy = operation.as_strategy()
        from hypothesis import given

        run = settings(max_examples=8, database=None, suppress_health_check=list(HealthCheck))(
            given(case=strategy)(check)
        )
        run()
