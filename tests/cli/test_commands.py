"""The command line as its user meets it: what it prints, where complaints go, how it exits."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import dragoman
from dragoman.cli import app
from dragoman.cli.keeping import COUNTED
from dragoman.cli.printing import Format, cell_text, html_table, md_table, plain, show
from dragoman.dossier import open_dossier
from dragoman.store.schema import tables
from dragoman.table.values import CONDITION_STATUSES, in_digits
from tests.builders import a_document, a_reading, story

HEAVY = {"sqlalchemy", "fastapi", "networkx", "trafilatura", "onnxruntime", "numpy", "scipy", "rich", "babel", "typst"}


def run(*arguments: str, given: str = "", folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DRAGOMAN_READER": "rules", "COLUMNS": "120"}
    environment.pop("DRAGOMAN_DOSSIER", None)
    return subprocess.run([sys.executable, "-m", "dragoman", *arguments], capture_output=True, text=True, input=given,
                          cwd=folder, env=environment, check=False)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the story in its default dossier."""
    path = tmp_path_factory.mktemp("cli")
    with open_dossier(str(path / "dossier.dragoman"), reader="rules") as dossier:
        dossier.load(story())
    return path


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, dragoman.cli; print(','.join(sorted({m.split('.')[0] for m in sys.modules})))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not HEAVY & set(loaded.strip().split(","))


def test_the_front_door_is_what_it_says() -> None:
    assert dragoman.__all__ == sorted(dragoman.__all__)
    for name in dragoman.__all__:
        assert getattr(dragoman, name).__doc__
    with pytest.raises(AttributeError, match="offers"):
        dragoman.nothing  # noqa: B018


def test_what_a_cell_counts_can_be_listed(folder: Path) -> None:
    cells = json.loads(run("table", "--format", "json", folder=folder).stdout)
    cell = max(cells, key=lambda c: c["statements"])
    asked = ("statements", "--party", cell["party"], "--issue", cell["issue"], "--format", "json")
    assert len(json.loads(run(*asked, folder=folder).stdout)) == cell["statements"] > 2


def test_what_was_copied_is_told_in_words(folder: Path, tmp_path: Path) -> None:
    said = run("copy", "dossier.dragoman", str(tmp_path / "other.dragoman"), folder=folder).stdout
    assert re.fullmatch(r"Copied 8 documents, 8 readings, \d+ statements; both sides hold the same \(\w+\)\.\n", said)
    assert set(COUNTED) <= {table.name for table in tables.sorted_tables}


def test_json_has_the_keys_of_the_python_api(folder: Path) -> None:
    with open_dossier(str(folder / "dossier.dragoman"), create=False) as dossier:
        cell = dossier.table().cells[0].to_json()
    printed = json.loads(run("table", "--format", "json", folder=folder).stdout)
    assert cell.items() <= printed[0].items() and {"where", "quote"} <= printed[0].keys()


@pytest.mark.parametrize(
    "command",
    ["table", "conditions", "deadlines", "meetings", "agreements", "figures", "disagreements", "documents",
     "statements", "decisions", "proposals", "party list", "issue list", "changes --since 2027-05-03"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["json", "csv", "html", "md"])
def test_every_list_comes_in_every_format(folder: Path, command: str, form: str) -> None:
    arguments = [*command.split(), "--format", form, "--dossier", str(folder / "dossier.dragoman")]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    if form == "json":
        assert isinstance(json.loads(done.stdout), list)
    elif form == "csv":
        rows = list(csv.reader(io.StringIO(done.stdout)))
        assert len({len(row) for row in rows}) == 1
    else:
        assert done.stdout.startswith("<!doctype html>" if form == "html" else "## ")


@pytest.fixture
def decided(folder: Path, tmp_path: Path) -> Path:
    """A folder of its own with the story, in which things are decided."""
    shutil.copy(folder / "dossier.dragoman", tmp_path / "dossier.dragoman")
    return tmp_path


def test_corrected_and_added_statements_are_listed_and_shown_as_corrected(decided: Path) -> None:
    with open_dossier(str(decided / "dossier.dragoman"), create=False, user="ana") as dossier:
        speaker = {"name": "Lena Corvath", "party": "Kestria"}
        dossier.decide("statement.add", {"document": "01-strait-invitation"},
                       {"content": [[0, 11]], "act": "claim", "speaker": speaker})  # fmt: skip
    edit = run("statement", "edit", "01-strait-invitation:s1", "--speaker", "Ruben Aske", folder=decided)
    assert edit.returncode == 0, edit.stderr
    listed = json.loads(run("statements", "--format", "json", folder=decided).stdout)
    found = {(s["statement"], s["speaker"], s["party"]) for s in listed if s["document"] == "01-strait-invitation"}
    assert ("added-1", "Lena Corvath", "Kestria") in found and "Ruben Aske" in {name for _, name, _ in found}
    shown = run("show", "01-strait-invitation", folder=decided).stdout
    assert "added-1  Lena Corvath" in shown and "s1  Ruben Aske" in shown
    told = run("decisions", folder=decided).stdout
    assert "01-strait-invitation:s1" in told and "speaker Ruben Aske" in told and "{" not in told


def test_a_party_is_listed_under_the_name_that_a_person_gave_it(decided: Path) -> None:
    assert run("party", "rename", "Free Coast Movement", "FCM", folder=decided).returncode == 0
    listed = json.loads(run("statements", "--party", "FCM", "--format", "json", folder=decided).stdout)
    assert listed and "Free Coast Movement" not in {s["party"] for s in listed}
    shown = run("show", "03-strait-prisoners-freed", folder=decided).stdout
    article, said = shown.split("  s1  ")
    assert "Free Coast Movement (FCM)" in article and "Sefa Lund (FCM)" in said


@pytest.mark.parametrize(
    "command",
    ["party rename Nobody Somebody", "party merge Nobody Somebody", "issue merge nothing something",
     "condition settle Kestria nothing met"],
)  # fmt: skip
def test_a_decision_that_finds_nothing_is_kept_and_says_so(decided: Path, command: str) -> None:
    done = run(*command.split(), folder=decided)
    assert done.returncode == 1 and "Decision 1" in done.stdout and "waits for coverage" in done.stderr
    assert "Nobody has decided" not in run("decisions", "--unplaced", folder=decided).stdout


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("table --party Nobody", "`dragoman party list`"), ("brief --party Nobody", "no party is called 'Nobody'"),
        ("table --issue nothing", "`dragoman issue list`"), ("outlook draft --party Nobody", "'Nobody'"),
        ("statement edit 01-strait-invitation:s1", "--speaker, --party, --act or --issue"),
    ],
)  # fmt: skip
def test_a_name_that_nobody_bears_is_said_to_be_unknown(folder: Path, command: str, says: str) -> None:
    done = run(*command.split(), folder=folder)
    assert done.returncode == 2 and says in done.stderr and not done.stdout


def test_the_statuses_of_a_requirement_are_those_of_the_table() -> None:
    told = CliRunner().invoke(app, ["condition", "settle", "--help"], env={"COLUMNS": "200"}).output
    assert ", ".join(CONDITION_STATUSES[:-1]) + f" or {CONDITION_STATUSES[-1]}" in " ".join(told.split())


def test_what_an_export_leaves_out_is_counted_by_kind(decided: Path) -> None:
    with open_dossier(str(decided / "dossier.dragoman"), create=False) as dossier:
        undated = (a_reading(a_document(f"Number {n} is short.", id=f"u{n}", published=None)) for n in range(9))
        dossier.load(undated)
    told = run("export", "out.dna", folder=decided).stderr
    assert told.count("undated, written as 1970-01-01") == 3 and "6 more of this kind" in told


def test_windows_without_ties_are_counted_not_printed(folder: Path) -> None:
    told = run("network", "one-mode", "--window", "days", "--size", "3", folder=folder).stdout
    assert "windows without ties are left out." in told and "(no ties)" not in told


def test_a_reading_needs_no_dossier_and_standard_input_will_do(tmp_path: Path) -> None:
    words = "The envoy said the talks would go on.\n"
    done = run("read", "-", "--published", "2027-02-08", "--format", "json", given=words, folder=tmp_path)
    reading = json.loads(done.stdout)
    assert done.returncode == 0 and reading["document"]["published"] == "2027-02-08"
    assert [s["speaker"]["name"] for s in reading["statements"]]
    assert list(tmp_path.iterdir()) == []


def test_bad_input_costs_its_own_document_only(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("The envoy said the talks would go on.\n", "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "batch.jsonl").write_text('{"id": "a", "text": "The mayor said no."}\nno json\n', "utf-8")
    done = run("read", "good.txt", "empty.txt", "binary.txt", "missing.txt", "batch.jsonl", folder=tmp_path)
    assert done.returncode == 1
    assert "2 documents read" in done.stdout
    for place in ("empty.txt", "binary.txt", "missing.txt", "batch.jsonl:2"):
        assert place in done.stderr
    again = run("read", "good.txt", folder=tmp_path)
    assert again.returncode == 0 and "1 document read, 0 statements found" in again.stdout


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["table"], "no dossier"), (["read", "x", "--published", "soon"], "ISO date"),
        (["read", "-", "--reader", "oracle", "--format", "json"], "rules or trained"),
        (["serve", "--dossier", "/nowhere/at/all.dragoman"], "folder"), (["serve", "--port", "70000"], "65535"),
        (["statement", "accept", "report"], "DOCUMENT:STATEMENT"), (["statements", "--act", "promise"], "commitment"),
    ],
)  # fmt: skip
def test_complaints_are_sentences_without_traceback(tmp_path: Path, command: list[str], says: str) -> None:
    done = run(*command, given="words", folder=tmp_path)
    assert done.returncode == 2 and says in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("table --on 2027-13-45", "is no day"), ("changes --since spring", "is no day"),
        ("brief --since 2027", "is no day"), ("statements --since 20270301", "is no day"),
        ("statements --until today", "is no day"), ("export talks.doc", "--format"),
        ("brief --out nowhere/brief.pdf", "nowhere/brief.pdf: No such file"),
        ("network one-mode --out nowhere/n.csv", "nowhere/n.csv: No such file"),
        ("network one-mode --settings nowhere.json", "nowhere.json: No such file"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_or_written_is_told(folder: Path, command: str, says: str) -> None:
    done = run(*command.split(), folder=folder)
    assert done.returncode == 2 and says in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("line", ["dossier = 5", "threads = true", "threads = -1", 'port = "far"', "port = 70000"])
def test_a_setting_of_another_kind_is_refused_by_name(tmp_path: Path, line: str) -> None:
    (tmp_path / "dragoman.toml").write_text(line, "utf-8")
    done = run("documents", folder=tmp_path)
    assert done.returncode == 2 and line.split()[0] in done.stderr and "Traceback" not in done.stderr


def test_a_decision_about_nobody_is_listed_as_unplaced(folder: Path) -> None:
    assert run("decisions", "--unplaced", folder=folder).stdout == "Every decision finds what it is about.\n"
    number = run("party", "rename", "Kestira", "The Kingdom", folder=folder).stdout.split("Decision ")[1].split(";")[0]
    [row] = json.loads(run("decisions", "--unplaced", "--format", "json", folder=folder).stdout)
    assert row["id"] == number and row["target"] == {"name": "Kestira"} and row["reason"]
    assert run("undo", number, folder=folder).returncode == 0


def test_a_decision_can_be_taken_and_taken_back(folder: Path) -> None:
    kept = run("party", "rename", "Kestria", "The Kingdom", "--why", "house style", folder=folder)
    number = kept.stdout.split("Decision ")[1].split(";")[0]
    assert "The Kingdom" in run("party", "list", folder=folder).stdout
    assert run("undo", number, folder=folder).returncode == 0
    assert "The Kingdom" not in run("party", "list", folder=folder).stdout


def test_the_brief_and_the_calendar_are_written(folder: Path) -> None:
    for name in ("brief.md", "brief.html", "brief.pdf", "brief.docx", "brief.json"):
        assert run("brief", "--out", name, folder=folder).returncode == 0
        assert (folder / name).stat().st_size > 1000
    assert run("deadlines", "--ics", "dates.ics", folder=folder).returncode == 0
    assert (folder / "dates.ics").read_text("utf-8").count("BEGIN:VEVENT") > 5
    refused = run("brief", "--format", "pdf", folder=folder)
    assert refused.returncode == 2 and "--out" in refused.stderr


def test_figures_are_drawn(folder: Path) -> None:
    for name in ("figures.svg", "figures.png"):
        assert run("figures", "--plot", name, folder=folder).returncode == 0
    assert (folder / "figures.png").read_bytes().startswith(b"\x89PNG")
    assert run("figures", "--plot", "figures.bmp", folder=folder).returncode == 2


def test_untrusted_text_stays_text(capsys: pytest.CaptureFixture[str]) -> None:
    evil = "\x1b[31mred\x07 \u202eesrever <script>| `x` =1+1"
    assert "\x1b" not in plain(evil) and "\u202e" not in plain(evil)
    rows = [{"a": evil, "b": "=HYPERLINK(1)"}]
    assert "<script>" not in html_table(rows, {"a": "A"}, "T") and "\\|" in md_table(rows, {"a": "A"}, "T")
    for form in (Format.csv, Format.html, Format.md):
        show(rows, {"a": "A", "b": "B"}, form, title="T", empty="")
        printed = capsys.readouterr().out
        assert "HYPERLINK(1)" in printed and "\x1b" not in printed and "\u202e" not in printed
        assert form is not Format.csv or "'=HYPERLINK(1)" in printed
    show(rows, {"a": "A"}, Format.text, title="T", empty="")
    assert "\x1b[31m" not in capsys.readouterr().out


def test_numbers_are_written_as_numbers() -> None:
    assert [cell_text(v) for v in (None, [], True, 1e30, 0.5, 1200.0)] == ["", "", "yes", "1e+30", "0.5", "1,200"]
    assert cell_text(1.14e10) == in_digits(1.14e10) == "11,400,000,000" and in_digits(0.5) == "0.5"


def test_a_party_is_split_off_and_says_so(folder: Path) -> None:
    kept = run("party", "split", "Kestria", "--why", "not the same", folder=folder)
    assert kept.returncode == 0 and "Kestria stands on its own." in kept.stdout
    assert run("undo", kept.stdout.split("Decision ")[1].split(";")[0], folder=folder).returncode == 0
