"""What the desk's pages show, and what they refuse, without a browser."""

from __future__ import annotations

import importlib.util
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.desk import views
from dragoman.desk.app import create_app
from dragoman.desk.speech import speech
from dragoman.dossier import Dossier, open_dossier
from dragoman.folding import fold
from dragoman.reading import Reading, Speaker
from tests.builders import a_document, a_statement

ROOT = Path(__file__).parent.parent.parent
PAGES = (
    "/", "/cell?party=Kestria&issue=mine clearance", "/articles", "/article/03-strait-prisoners-freed", "/queue",
    "/conditions", "/calendar", "/figures", "/sources", "/disagreements", "/search?words=prisoners",
    "/search?words=prisoners&kind=articles", "/brief", "/add", "/settings", "/networks",
    "/networks?kind=twomode&aggregation=combine", "/outlook",
)  # fmt: skip
ARTICLE = "/article/03-strait-prisoners-freed"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_opens(client: TestClient, path: str, language: str) -> None:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200, answer.text
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in answer.text
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|\sstyle=|javascript:", answer.text)
    assert len(answer.content) < 300_000


def test_every_message_is_translated() -> None:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "scripts" / "translations.py")
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    arabic = speech("ar")
    for message in script.collected():
        if isinstance(message.id, tuple):
            assert arabic.ngettext(*message.id, 5) not in message.id
        elif message.id:
            assert arabic.gettext(message.id) != message.id, f"run scripts/translations.py: {message.id!r}"


def test_the_table_of_a_day_is_the_table_of_that_day(client: TestClient) -> None:
    early, late = client.get("/?on=2027-02-08").text, client.get("/").text
    assert "observer mission" not in early and "ceasefire" in late


def test_a_cell_leads_to_its_sentence(client: TestClient) -> None:
    page = client.get("/cell?party=Kestria&issue=mine clearance").text
    link = re.search(r'href="(/article/[^"#]+)#(s\d+)"', page)
    assert link and "<mark>" in page
    assert f'id="{link[2]}"' in client.get(link[1]).text


@pytest.mark.parametrize("on", ["", "2027-03-01"])
def test_the_page_of_a_cell_lists_every_statement_that_it_counts(dossier: Dossier, on: str) -> None:
    for cell in dossier.table(on=on or None).cells:
        page = views.cell_page(dossier, party=cell.party, issue=cell.issue, on=on)
        assert page is not None
        listed = [q.link for same in page.statements for q in same]
        assert len(listed) == len(set(listed)) == cell.statements
        days = [same[0].published or "" for same in page.statements]
        assert days == sorted(days, reverse=True)


def test_what_a_copy_says_again_stands_under_what_it_copies(dossier: Dossier, client: TestClient) -> None:
    copied = {link.document for link in dossier.table().origins.links}
    assert copied
    pages = [views.cell_page(dossier, party=c.party, issue=c.issue, on="") for c in dossier.table().cells]
    again = [(page, same) for page in pages if page for same in page.statements if len(same) > 1]
    assert again
    page, same = again[0]
    said = {fold(" ".join(run.text for run in q.passage if run.marked)) for q in same}
    assert {re.split("[/?]", q.link)[2] for q in same[1:]} <= copied and len(said) == 1
    shown = client.get(views.cell_link(page.cell.party, page.cell.issue, None)).text
    assert "the same in" in shown and same[1].link in shown


def test_every_sentence_behind_the_table_is_shown_whole_and_leads_to_its_words(
    client: TestClient, dossier: Dossier
) -> None:
    table = dossier.table()
    layers = (table.conditions, table.deadlines, table.meetings, table.agreements, table.figures, table.disagreements)
    found = [(e, q) for layer in layers for value, quotes in views.with_quotes(table, layer)
             for e, q in zip(value.evidence, quotes, strict=True)]  # fmt: skip
    assert {bool(e.statement) for e, _ in found} == {True, False}
    for e, q in found:
        words = table.words(e)
        whole = "".join(run.text for run in q.passage)
        assert words in whole or " … " in words
        assert whole in table.reading(e.document).document.text or " … " in whole
    own = next(q.link for e, q in found if e.spans and not e.statement)
    assert own.endswith("#here") and 'id="here"' in client.get(own).text


@pytest.mark.parametrize("at", ["9-5", "999999-9999999", "x", "5", "-3-9", "0-999999999"])
def test_words_that_are_nowhere_lead_to_the_article(client: TestClient, at: str) -> None:
    assert client.get(f"{ARTICLE}?at={at}").status_code == 200


def test_an_unknown_cell_or_article_is_said_plainly(client: TestClient) -> None:
    assert client.get("/cell?party=Nobody&issue=nothing").status_code == 404
    answer = client.get("/article/none")
    assert answer.status_code == 404 and "no document is called" in answer.text


def decide(client: TestClient, verb: str, statement: str = "s2", **fields: str) -> object:
    return client.post(f"{ARTICLE}/statement", data={"statement": statement, "verb": verb, **fields})


def test_decisions_are_kept_shown_and_undone(client: TestClient, dossier: Dossier) -> None:
    before = len(dossier.table().statements())
    assert decide(client, "reject").status_code == 200  # type: ignore[attr-defined]
    assert len(dossier.table().statements()) == before - 1
    assert 'data-state="rejected"' in client.get(ARTICLE).text
    client.post("/undo", data={"back": ARTICLE})
    assert len(dossier.table().statements()) == before
    client.post("/redo", data={"back": ARTICLE})
    assert len(dossier.table().statements()) == before - 1


def test_a_corrected_speaker_reaches_the_table(client: TestClient, dossier: Dossier) -> None:
    shown = dossier.reading("03-strait-prisoners-freed").statement("s2")
    issues = "; ".join(shown.issues)
    decide(client, "edit", speaker="Ruben Aske", party="Kestria", act=shown.act, issues=issues)
    found = [s for s in dossier.table().statements(party="Kestria") if s.speaker == "Ruben Aske"]
    assert any(s.document == "03-strait-prisoners-freed" and s.statement == "s2" for s in found)
    decision = dossier.decisions()[-1]
    assert decision.by == "ana" and dict(decision.value) == {"speaker": "Ruben Aske", "party": "Kestria"}


def test_a_stale_page_is_told_what_changed_and_keeps_what_was_typed(client: TestClient) -> None:
    seen = re.search(r'name="seen" value="(\d+)"', client.get(ARTICLE).text)
    assert seen
    decide(client, "accept", seen=seen[1])
    late = decide(client, "edit", seen=seen[1], speaker="Somebody Else", party="", act="claim", issues="")
    assert late.status_code == 409  # type: ignore[attr-defined]
    assert "after this page was shown" in late.text and "Somebody Else" in late.text  # type: ignore[attr-defined]


def test_a_missed_statement_is_added_or_refused_with_its_words_kept(client: TestClient, dossier: Dossier) -> None:
    form = {"content": "10-30", "source": "0-6", "cue": "", "speaker": "Sulmar", "party": "Sulmar", "act": "claim"}
    assert client.post(f"{ARTICLE}/missed", data=form).status_code == 200
    assert 'data-state="added"' in client.get(ARTICLE).text
    refused = client.post(f"{ARTICLE}/missed", data={**form, "content": "10-999999"})
    assert refused.status_code == 422 and "10-999999" in refused.text


def test_the_queue_decides_many_at_once(client: TestClient, dossier: Dossier) -> None:
    keys = [f"statement|03-strait-prisoners-freed|s{n}" for n in (1, 2, 3)]
    client.post("/queue", data={"verb": "accept", "item": keys})
    assert [d.kind for d in dossier.decisions()] == ["statement.accept"] * 3
    assert dossier.store.counts().reviewed == 3


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("/queue", {"verb": "accept", "item": "party.merge|a"}, 303),
        ("/queue", {"verb": "accept", "item": "statement"}, 303),
        ("/article/03-strait-prisoners-freed/statement", {"verb": "accept", "statement": "s999"}, 404),
        ("/article/03-strait-prisoners-freed/statement", {"verb": "shout", "statement": "s1"}, 409),
    ],
)  # fmt: skip
def test_a_form_that_no_page_made_is_answered(client: TestClient, path: str, form: dict[str, str], status: int) -> None:
    headers = {"origin": "http://testserver"}
    assert client.post(path, data=form, headers=headers, follow_redirects=False).status_code == status


def test_a_copy_says_in_the_list_what_it_goes_back_to(client: TestClient) -> None:
    page = client.get("/articles").text
    row = next(r for r in page.split("<tr>") if 'href="/article/04-strait-prisoners-freed-copy"' in r)
    assert 'Goes back to <a href="/article/03-strait-prisoners-freed">' in row and "(abridged)" in row
    assert page.count("Goes back to") == 1


@pytest.mark.parametrize("path", ["/articles?at=", "/search?words=mines&at=", "/?at="])
def test_a_page_beyond_all_is_empty(client: TestClient, path: str) -> None:
    assert client.get(f"{path}{10**20}").status_code == 200


def test_names_are_merged_and_rings_refused(client: TestClient) -> None:
    assert (
        client.post("/settings", data={"kind": "party.merge", "name": "Ishtavar", "value": "Sulmar"}).status_code == 200
    )
    ring = client.post("/settings", data={"kind": "party.merge", "name": "Sulmar", "value": "Ishtavar"})
    assert ring.status_code == 409 and "ring" in ring.text


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


def test_hostile_text_is_shown_as_text(dossier: Dossier) -> None:
    document = a_document(f"{HOSTILE} said {HOSTILE} will open.", id=f"x/{HOSTILE}", title=HOSTILE, outlet=HOSTILE,
                          author=HOSTILE, url="javascript:alert(3)")  # fmt: skip
    statement = a_statement(document, HOSTILE, "said", "will open", speaker=Speaker(HOSTILE, HOSTILE), via=(HOSTILE,),
                            issues=(HOSTILE,))  # fmt: skip
    dossier.load([Reading(document, (statement,))])
    with TestClient(create_app(dossier, hosts=["testserver"])) as client:
        for path in (*PAGES, f"/article/{HOSTILE}"):
            text = client.get(path).text
            assert "<script>alert" not in text and "<img" not in text and 'href="javascript' not in text, path


def test_only_our_own_host_and_pages_are_answered(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    for header in ({"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}):
        refused = client.post("/undo", data={"back": "/"}, headers=header)
        assert refused.status_code == 403
    kept = client.get("/language/ar?back=https://evil.example/", follow_redirects=False)
    assert kept.headers["location"] == "/"
    assert client.get("/language/ar?back=//evil.example", follow_redirects=False).headers["location"] == "/"


def test_large_and_foreign_uploads_are_refused(client: TestClient) -> None:
    refused = client.post("/add", files={"files": ("movie.mp4", b"x")})
    assert refused.status_code == 422 and "movie.mp4" in refused.text
    assert client.post("/add", content=b"", headers={"content-length": "99999999999"}).status_code == 413


def wait_for(client: TestClient, job: str) -> dict[str, object]:
    for _ in range(600):
        state: dict[str, object] = client.get(f"/api/jobs/{job}").json()
        if state["done"]:
            return state
        import time

        time.sleep(0.02)
    raise AssertionError("the reading did not end")


def test_added_coverage_is_read_and_a_failed_file_says_why(client: TestClient, dossier: Dossier) -> None:
    text = "Harbour talks open\n\nThe union said on Monday that the port would stay shut until wages rise.\n"
    files = [("files", ("new.txt", text.encode())), ("files", ("../../etc/empty.txt", b""))]
    answer = client.post("/add", files=files, data={"published": "2027-06-08"}, follow_redirects=False)
    state = wait_for(client, answer.headers["location"].split("job=")[1])
    assert state["read"] == 1 and len(state["skipped"]) == 1, state  # type: ignore[arg-type]
    assert dossier.reading("new").document.published == "2027-06-08"


@pytest.mark.parametrize("kind", ["md", "html", "pdf", "docx"])
def test_the_brief_comes_as_a_file(client: TestClient, kind: str) -> None:
    answer = client.get(f"/brief.{kind}")
    assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"]
    assert {"pdf": b"%PDF", "docx": b"PK", "md": b"# The", "html": b"<!doc"}[kind] in answer.content[:20]


def test_a_backup_and_all_readings_can_be_taken_along(client: TestClient, dossier: Dossier, tmp_path: Path) -> None:
    (tmp_path / "copy.dragoman").write_bytes(client.get("/backup").content)
    with open_dossier(str(tmp_path / "copy.dragoman"), create=False) as copied:
        assert len(copied.readings()) == len(dossier.readings())
    lines = client.get("/readings.jsonl").text.splitlines()
    assert [Reading.from_json(json.loads(line)) for line in lines] == dossier.readings()


def test_readings_of_another_dossier_are_loaded_and_what_is_none_is_told(
    client: TestClient, dossier: Dossier
) -> None:  # fmt: skip
    taken = client.get("/readings.jsonl").content
    one = json.loads(taken.splitlines()[0])
    one["document"]["id"] = "from-elsewhere"
    answer = client.post("/import", files={"file": ("more.jsonl", json.dumps(one).encode())})
    assert answer.status_code == 200
    assert dossier.reading("from-elsewhere").statements
    wrong = client.post("/import", files={"file": ("../x.jsonl", b"{ no reading\n")})
    assert wrong.status_code == 422
    assert "x.jsonl" in wrong.text
    assert "Traceback" not in wrong.text


def test_beyond_loopback_everybody_signs_in(dossier: Dossier) -> None:
    from dragoman.desk.accounts import hash_password

    for name, role in (("ana", "owner"), ("rea", "reader")):
        dossier.store.people.add(name, role=role, password=hash_password("correct horse"))
    with TestClient(create_app(dossier, hosts=["testserver"], people=True)) as client:
        assert client.get("/", follow_redirects=False).headers["location"].startswith("/enter")
        assert client.get("/api/documents").status_code == 401
        wrong = client.post("/enter", data={"name": "ana", "password": "wrong"})
        assert wrong.status_code == 401 and "do not fit" in wrong.text
        assert client.post("/enter", data={"name": "rea", "password": "correct horse"}).status_code == 200
        assert decide(client, "accept").status_code == 403  # type: ignore[attr-defined]
        client.post("/leave")
        client.post("/enter", data={"name": "ana", "password": "correct horse"})
        assert decide(client, "accept").status_code == 200  # type: ignore[attr-defined]
        assert dossier.decisions()[-1].by == "ana"
        dossier.store.people.add("second", role="owner", password=hash_password("correct horse"))
        dossier.store.people.change("ana", active=False)
        assert client.get("/", follow_redirects=False).status_code == 303


def test_another_address_without_accounts_is_refused(dossier: Dossier) -> None:
    from dragoman.desk.app import serve
    from dragoman.errors import DragomanError

    with pytest.raises(DragomanError, match="nobody has an account"):
        serve(dossier, host="0.0.0.0", port=1, opened=lambda at: pytest.fail(at))


def test_a_rereading_keeps_the_decision(client: TestClient, dossier: Dossier) -> None:
    decide(client, "reject", "s2")
    reading = dossier.reading("03-strait-prisoners-freed")
    renamed = tuple(replace(s, id=f"x{n}") for n, s in enumerate(reading.statements))
    ids = {s.id: r.id for s, r in zip(reading.statements, renamed, strict=True)}
    layers = {
        layer: tuple(replace(i, statement=ids.get(i.statement)) for i in getattr(reading, layer))
        for layer in ("positions", "conditions", "deadlines", "figures", "relations")
    }
    again = replace(reading, statements=tuple(replace(s, within=None) for s in renamed), reader="another", **layers)
    dossier.load([again])
    assert client.get(ARTICLE).text.count('data-state="rejected"') == 1


def test_a_name_that_cannot_be_decided_stays_typed(client: TestClient, dossier: Dossier) -> None:
    answer = client.post("/settings", data={"kind": "party.rename", "name": "Kestria", "value": "…"})
    assert answer.status_code == 409 and "holds no letters" in answer.text
    assert re.search(r'<option value="party.rename" selected>', answer.text)
    assert 'name="name" required dir="auto" list="names" value="Kestria"' in answer.text
    assert not dossier.decisions()


def test_settings_give_a_party_another_spelling_and_list_outlets(client: TestClient, dossier: Dossier) -> None:
    client.post("/settings", data={"kind": "party.alias", "name": "Kestria", "value": "KST"})
    assert dossier.table().party("KST") == dossier.table().party("Kestria")
    assert "Meridian News Agency" in client.get("/settings").text


def test_an_article_calls_everybody_what_the_table_calls_them(client: TestClient, dossier: Dossier) -> None:
    shown = next(s for s in dossier.reading(ARTICLE[9:]).statements if s.speaker.party == "Free Coast Movement")
    dossier.decide("party.rename", {"name": "Free Coast Movement"}, {"to": "Coast Union"})
    before = len(dossier.decisions())
    for path in (ARTICLE, "/figures", "/calendar", "/brief", "/conditions"):
        page = re.sub(
            r'<div class="article".*?</div>|<blockquote.*?</a>|<svg.*?</svg>', "", client.get(path).text, flags=re.S
        )
        assert "(Free Coast Movement)" not in page and "<bdi>Free Coast Movement</bdi>" not in page, path
    assert "(<bdi>Coast Union</bdi>)" in client.get(ARTICLE).text
    filled = {
        "speaker": shown.speaker.name or "",
        "party": "Coast Union",
        "act": shown.act,
        "issues": "; ".join(shown.issues),
    }
    decide(client, "edit", shown.id, **filled)
    assert len(dossier.decisions()) == before, "what the page filled in is no correction"
    decide(client, "edit", shown.id, **{**filled, "party": "Sulmar"})
    assert dossier.decisions()[-1].value == {"party": "Sulmar"}
