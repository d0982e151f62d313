"""The last visit, large tables, new names in the queue, and a desk that stops while it answers."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.desk import memory, reviewing, views
from dragoman.desk.speech import speech
from dragoman.dossier import Dossier, open_dossier


def test_a_visit_ends_after_half_an_hour(dossier: Dossier) -> None:
    assert views.last_visit(dossier, "ana", "2027-02-08", 1000.0) == ""
    assert views.last_visit(dossier, "ana", "2027-03-11", 1100.0) == ""  # the same visit, with new coverage
    assert views.last_visit(dossier, "ana", "2027-04-02", 1100.0 + 3 * views.VISIT) == "2027-03-11"
    assert views.last_visit(dossier, "ana", "2027-04-02", 1200.0 + 3 * views.VISIT) == "2027-03-11"
    assert views.last_visit(dossier, "ben", "2027-04-02", 1200.0) == ""


def test_what_changed_since_the_last_visit_is_marked(dossier: Dossier) -> None:
    shown = {"on": "", "since": "", "party": "", "issue": ""}
    page = views.table_page(dossier, speech("en"), seen="2027-02-24", **shown)
    assert page.visited and page.since == "2027-02-24"
    assert set(page.changed) >= set(views.table_page(dossier, speech("en"), **shown).changed)
    chosen = views.table_page(dossier, speech("en"), seen="2027-02-24", **{**shown, "since": "2027-05-03"})
    assert not chosen.visited and chosen.since == "2027-05-03"


def test_a_large_table_comes_in_pages(dossier: Dossier) -> None:
    whole = views.table_page(dossier, speech("en"), on="", since="", party="", issue="")
    rows, columns = views.ROWS, views.COLUMNS
    try:
        views.ROWS, views.COLUMNS = 4, 2
        pages = [views.table_page(dossier, speech("en"), on="", since="", party="", issue="", at=n) for n in (1, 2, 99)]
    finally:
        views.ROWS, views.COLUMNS = rows, columns
    assert list(pages[0].issues) + list(pages[1].issues) == list(whole.issues)[:8]
    assert pages[2].at == pages[0].pages == 3 and len(pages[0].parties) == 2 and pages[0].left_out > 0


def test_new_names_wait_in_the_queue_until_somebody_decides(client: TestClient, dossier: Dossier) -> None:
    assert 'value="party.add|Kestria"' in client.get("/queue?kind=New+party").text
    client.post("/queue", data={"verb": "accept", "item": ["party.add|Kestria", "issue.seed|ceasefire"]})
    assert [d.kind for d in dossier.decisions()] == ["party.add", "issue.seed"]
    page = client.get("/queue").text
    assert 'value="party.add|Kestria"' not in page and 'value="issue.seed|ceasefire"' not in page
    assert 'value="party.add|Sulmar"' in page


def test_the_desk_stops_while_it_answers_and_loses_nothing(filled: Path, tmp_path: Path) -> None:
    copied = shutil.copy(filled, tmp_path / "stop.dragoman")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dragoman", "serve", "--dossier", str(copied), "--port", str(port)]
    home, answers = f"http://127.0.0.1:{port}", []
    server = subprocess.Popen(command, env={**os.environ, "DRAGOMAN_READER": "rules"}, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{home}/static/icon.svg", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        decision = b'{"kind": "party.rename", "target": {"name": "Kestria"}, "value": {"to": "K"}}'
        asked = urllib.request.Request(f"{home}/api/decisions", decision, {"content-type": "application/json"})

        def ask() -> None:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                answers.append(answer.status)

        asking = threading.Thread(target=ask)
        # A body that is only half sent holds a request open while the desk is told to stop.
        with socket.create_connection(("127.0.0.1", port)) as half:
            half.sendall(b"POST /undo HTTP/1.1\r\nhost: localhost\r\ncontent-length: 50\r\n\r\nback=")
            asking.start()
            asking.join(30)
            server.send_signal(signal.SIGTERM)
            time.sleep(0.2)
        assert server.wait(30) in (0, -signal.SIGTERM)
    finally:
        server.kill()
    assert answers == [201]
    with open_dossier(str(copied), reader="rules", create=False) as dossier:
        assert [d.kind for d in dossier.decisions()] == ["party.rename"]


def test_an_answer_is_kept_until_something_is_decided(client: TestClient, dossier: Dossier) -> None:
    asked: list[int] = []

    def answer() -> int:
        asked.append(1)
        return len(asked)

    assert [memory.until_changed(dossier, "count", answer) for _ in range(3)] == [1, 1, 1]
    dossier.decide("party.add", {"name": "Kestria"}, {})
    assert memory.until_changed(dossier, "count", answer) == 2


def test_nothing_that_was_decided_still_waits(client: TestClient, dossier: Dossier) -> None:
    before = client.get("/queue").text
    item = re.search(r'value="(statement\|[^"]+)"', before)
    assert item
    client.post("/queue", data={"verb": "accept", "item": [item[1]]})
    after = client.get("/queue").text
    assert item[1] in before and item[1] not in after and "1 of" in after


def test_long_lists_come_in_pages(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "HITS", 2)
    monkeypatch.setattr(views, "LISTED", 3)
    hits = [
        re.findall(r'href="(/article/[^"]+#[^"]+)"', client.get(f"/search?words=prisoners&at={n}").text) for n in (1, 2)
    ]
    assert len(hits[0]) == len(hits[1]) == 2 and not set(hits[0]) & set(hits[1])
    titles = [set(re.findall(r'href="(/article/[^"]+)"', client.get(f"/articles?at={n}").text)) for n in (1, 2)]
    assert len(titles[0]) == 3 and titles[1] and not titles[0] & titles[1]
    assert "/article/" not in client.get("/articles?at=99").text
    rows = {path: [client.get(f"{path}?at={n}").text.count("<blockquote") for n in (1, 2, 9999)]
            for path in ("/figures", "/conditions", "/calendar", "/disagreements")}  # fmt: skip
    assert all(first and second and last for first, second, last in rows.values()), rows


def test_a_long_article_comes_in_parts_and_none_of_it_is_lost(
    client: TestClient, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "PART", 4)
    document = "03-strait-prisoners-freed"
    reading = dossier.reading(document)
    pages = -(-len(reading.statements) // 4)
    assert pages > 2
    parts = [reviewing.article_page(dossier, document, at=str(n)) for n in range(1, pages + 1)]
    assert "".join(p.text for part in parts for p in part.pieces) == reading.document.text
    assert [r.statement.id for part in parts for r in part.statements] == [
        r.statement.id for r in reviewing.reviewed(dossier, reading)
    ]
    for n, part in enumerate(parts, 1):
        for r in part.statements:
            found = client.get(views.article_link(document, r.statement.id)).text
            assert f'id="{r.statement.id}"' in found and found.count('class="card statement"') == len(part.statements)
            assert f'at={n}" aria-current="page"' in found
    last = parts[-1].statements[-1].statement.id
    form = {"statement": last, "verb": "reject", "seen": "-1"}
    answer = client.post(f"/article/{document}/statement", data=form, follow_redirects=False)
    assert f"at={last}&" in answer.headers["location"] and answer.headers["location"].endswith(f"#{last}")
    undone = client.post("/undo", data={"back": f"/article/{document}"}, follow_redirects=False)
    assert f"at={last}&" in undone.headers["location"]
    own = reading.document.text.rindex("\n") + 1
    assert 'id="here"' in client.get(f"/article/{document}?at={own}-{own + 5}").text


def test_articles_that_are_reviewed_leave_the_list(client: TestClient, dossier: Dossier) -> None:
    document = "03-strait-prisoners-freed"
    listed = f'<td dir="auto"><a href="/article/{document}">'
    assert listed in client.get("/articles?review=open").text
    for s in dossier.reading(document).statements:
        dossier.decide("statement.accept", {"document": document, "statement": s.id}, {})
    assert listed not in client.get("/articles?review=open").text
    assert listed in client.get("/articles").text


def test_a_desk_that_gets_ready_has_its_table_before_anybody_asks(dossier: Dossier) -> None:
    memory.get_ready(dossier)
    until = time.monotonic() + 20
    while (found := memory._recent[dossier]).table is None and time.monotonic() < until:
        time.sleep(0.01)
    assert found.table is dossier.table() is memory.recent_table(dossier)
