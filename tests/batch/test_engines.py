"""Every engine keeps one contract: a result file for each shard, whole or not there; nothing lost, nothing twice."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.batch import engines, read_shards, readings_in, sharing
from dragoman.batch.engines import Summary, as_json
from dragoman.errors import InputError, MissingExtra
from dragoman.lexicon import Entry, Lexicon
from tests.batch.standin import make, make_deadly

ENGINES: list[Any] = [None, "processes", "dask"]


def a_batch(path: Path, *texts: str) -> None:
    lines = [json.dumps({"id": f"{path.stem}-{n}", "published": "2027-02-08", "text": text})
             for n, text in enumerate(texts)]  # fmt: skip
    content = ("\n".join(lines) + "\n").encode()
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)


@pytest.fixture
def archives(tmp_path: Path) -> Path:
    folder = tmp_path / "archives"
    (folder / "loose").mkdir(parents=True)
    a_batch(folder / "one.jsonl", "Karo said the port opens.", "Velmia said no to it.")
    a_batch(folder / "two.jsonl.gz", *(f"Envoy {n} said number {n}." for n in range(30)))
    (folder / "three.jsonl").write_text('{"id": "t", "text": "Ada said yes."}\nno json\n')
    for n in range(3):
        (folder / "loose" / f"page{n}.txt").write_text(f"Minister {n} said the talks go on.")
    return folder


def run(archives: Path, out: Path, engine: Any, **more: Any) -> Summary:
    return read_shards([archives], out, engine=engine, **{"workers": 2, "reader": make, **more})


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.jsonl"))}


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_gives_the_same_files(engine: Any, archives: Path, tmp_path: Path) -> None:
    seen: list[int] = []
    summary = run(archives, tmp_path / "out", engine, progress=lambda s: seen.append(s.done))
    run(archives, tmp_path / "plain", None)
    assert contents(tmp_path / "out") == contents(tmp_path / "plain")
    assert (summary.shards, summary.done, summary.documents, summary.statements) == (4, 4, 36, 36)
    assert [f["where"].rsplit("/", 1)[-1] for f in summary.failed] == ["three.jsonl:2"]
    assert summary.lost == [] and seen == [0, 1, 2, 3, 4]
    assert not list((tmp_path / "out").glob("*.part"))
    assert as_json(summary)["documents"] == 36


@pytest.mark.parametrize("engine", ENGINES[1:])
def test_a_killed_worker_costs_nothing_but_time(
    engine: Any, archives: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANDIN_DIES", str(tmp_path / "died"))
    a_batch(archives / "dies-once.jsonl", *["Ada said one."] * 5, "Ada said die.", "Ada said two.")
    a_batch(archives / "kills-each.jsonl", "Ada said die always.")
    summary = run(archives, tmp_path / "out", engine, reader=make_deadly)
    assert (tmp_path / "died").exists()
    assert [lost["shard"] for lost in summary.lost] == ["kills-each"]
    assert summary.done == 5 and summary.documents == 43
    assert len((tmp_path / "out" / "dies-once.jsonl").read_text().splitlines()) == 7
    assert not (tmp_path / "out" / "kills-each.jsonl").exists()
    assert not list((tmp_path / "out").glob("dies-once*.part")), "what a killed worker left is swept up"
    told: list[str] = []
    assert len(list(readings_in([tmp_path / "out"], told.append))) == 43 and told == []
    assert list(readings_in([tmp_path, tmp_path / "no.jsonl"], told.append)) == []
    assert "without result files" in told[0] and told[1].endswith(
        "no.jsonl: No such file or directory. Check the path."
    )


def test_the_reader_is_made_once_a_worker(archives: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "made"
    made.mkdir()
    monkeypatch.setenv("STANDIN_MADE", str(made))
    run(archives, tmp_path / "out", "processes", workers=1)
    assert len(list(made.iterdir())) == 1


def test_names_are_those_of_the_lexicon_that_is_given(archives: Path, tmp_path: Path) -> None:
    named = Lexicon.shipped().with_entries(parties=[Entry("Republic of Velmia", "state", ("Velmia",))])

    def parties(**given: Any) -> tuple[set[str | None], int]:
        summary = read_shards([archives / "one.jsonl"], tmp_path / "out", reader="rules", **given)
        found = readings_in([tmp_path / "out" / "one.jsonl"], pytest.fail)
        return {s.speaker.party for reading in found for s in reading.statements}, summary.before

    plain, _ = parties()
    assert "Republic of Velmia" not in plain
    assert parties(lexicon=named, engine="processes", workers=1) == ((plain - {"Velmia"}) | {"Republic of Velmia"}, 0)
    assert parties(lexicon=named)[1] == 1


def test_a_run_goes_on_where_the_last_one_stopped(archives: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(archives, out, None)
    (out / "two.jsonl").unlink()
    (out / "one.report.json").write_text("{")
    again = run(archives, out, None)
    assert (again.done, again.before, again.documents) == (4, 2, 36)
    assert run(archives, out, None).before == 4
    a_batch(archives / "one.jsonl", "Karo said the port closes.")
    changed = run(archives, out, None)
    assert (changed.before, changed.documents) == (3, 35)
    assert "closes" in (out / "one.jsonl").read_text()


def test_readings_name_the_bytes_they_came_from(archives: Path, tmp_path: Path) -> None:
    import hashlib

    run(archives, tmp_path / "out", None)
    reading = json.loads((tmp_path / "out" / "one.jsonl").read_text().splitlines()[0])
    line = (archives / "one.jsonl").read_bytes().splitlines(keepends=True)[0]
    assert reading["archived"]["sha256"] == hashlib.sha256(line).hexdigest()
    assert reading["archived"]["place"].endswith("one.jsonl:1")


def test_patterns_and_archives_of_one_name(archives: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    a_batch(other / "one.jsonl", "Ada said hello.")
    summary = read_shards([str(archives / "*.jsonl"), str(other)], tmp_path / "out", reader=make)
    names = sorted(path.name for path in (tmp_path / "out").glob("one-*.jsonl"))
    assert len(names) == 2 and summary.done == 3


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_results_are_read_again_as_they_were(form: str, archives: Path, tmp_path: Path) -> None:
    out, problems = tmp_path / "out", list[str]()
    run(archives, out, None, form=form)
    readings = list(readings_in(sorted(out.glob(f"*.{form}")), problems.append))
    assert len(readings) == 36 and problems == []
    assert {r.reader for r in readings} == {"stand-in"}
    assert all(s.content.text(r.document) for r in readings for s in r.statements)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"no json\n", "no JSON"), (b'{"format": 1}\n', "x.jsonl"), (b"\xff\xfe\n", "x.jsonl"), (b"[" * 100_000, "JSON")],
)
def test_a_file_that_is_no_result_is_told(content: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(content)
    problems: list[str] = []
    assert list(readings_in([tmp_path / "x.jsonl"], problems.append)) == []
    assert len(problems) == 1 and told in problems[0]


def test_a_file_that_is_no_parquet_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(b"PAR1 and nothing more")
    problems: list[str] = []
    assert list(readings_in([tmp_path / "x.parquet"], problems.append)) == []
    assert "no Parquet file" in problems[0]


def test_what_cannot_be_done_is_said(archives: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="no engine is called 'ray'"):
        run(archives, tmp_path / "out", "ray")
    with pytest.raises(InputError, match="no form is called 'xml'"):
        run(archives, tmp_path / "out", None, form="xml")
    with pytest.raises(InputError, match="neither file nor folder"):
        read_shards(["https://example.org/a.warc"], tmp_path / "out", reader=make)
    summary = read_shards([tmp_path / "nothing"], tmp_path / "out", reader=make)
    assert summary.shards == 0 and "no such file" in summary.failed[0]["reason"]
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="Name a folder"):
        run(archives, tmp_path / "file", None)
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(MissingExtra, match=r"pip install 'dragoman\[cluster\]'"):
        run(archives, tmp_path / "out", "dask")


def test_a_result_that_cannot_be_written_costs_its_shard(archives: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "two.jsonl").mkdir(parents=True)  # as good as a full disk: the name cannot be taken
    summary = run(archives, out, None)
    assert [lost["shard"] for lost in summary.lost] == ["two"] and summary.done == 3
    assert not list(out.glob("*.part"))


def test_a_fitting_engine_reads_as_one_process_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for number in range(151):  # four shards
        (texts / f"{number:03}.txt").write_text(f"The envoy said that port {number} would open.", "utf-8")
    monkeypatch.setattr(engines, "fitting", lambda threads: 2)
    told: list[int] = []
    read = read_shards(
        [texts], tmp_path / "two", engine="fitting", reader="rules", progress=lambda s: told.append(s.done)
    )
    read_shards([texts], tmp_path / "one", reader="rules")
    assert (read.shards, read.done, read.documents, read.failed, read.lost) == (4, 4, 151, [], [])
    assert told == [0, 1, 2, 3, 4]
    names = sorted(path.name for path in (tmp_path / "one").glob("*.jsonl"))
    assert len(names) == 4
    assert all((tmp_path / "two" / name).read_bytes() == (tmp_path / "one" / name).read_bytes() for name in names)
    again = read_shards([texts], tmp_path / "two", engine="fitting", reader="rules")
    assert (again.done, again.before) == (4, 4)


def test_processes_share_one_long_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_batch(tmp_path / "long.jsonl", *(f"The envoy said that port {number} would open." for number in range(300)))
    monkeypatch.setattr(engines, "fitting", lambda threads: 2)
    monkeypatch.setattr(sharing, "WORTH", 2_000)
    for name, engine in (("two", "fitting"), ("one", None)):
        read = read_shards([tmp_path / "long.jsonl"], tmp_path / name, engine=engine, reader="rules")
        assert (read.done, read.documents) == (1, 300)
    assert contents(tmp_path / "two") == contents(tmp_path / "one")
