"""The commands by which coverage comes in, as a person types them."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.errors import FetchError, InputError
from dragoman.store import open_store
from tests.batch.standin import make
from tests.sources.servers import say, serving

Run = Callable[..., tuple[int, str]]
PAGE = (
    "<html><head><title>{0}</title></head><body><article><p>Envoy {0} said the talks go on. {1}</p></article></body>"
    "</html>"
)


def page(n: int) -> bytes:
    return PAGE.format(n, "The ministers met again in the harbour town. " * 8).encode()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs a command in an empty folder; exit status and everything printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DRAGOMAN_DOSSIER", raising=False)
    monkeypatch.setattr("dragoman.reader.READERS", {"trained": lambda lexicon, threads: make()})

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, list(arguments))
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output

    yield run


def test_addresses_and_lists_of_links_are_read_once(run: Run, tmp_path: Path) -> None:
    with serving({"/a": say(page(1)), "/b": say(page(2))}) as server:
        (tmp_path / "links.txt").write_text(f"# two\n{server.address}/b\nno\n{server.address}/a?utm_source=x\n")
        options = ("--allow-private", "--into", "d.dragoman")
        status, out = run("read", f"{server.address}/a", "--links", "links.txt", *options)
        assert status == 1 and "3 documents read, 2 new, 1 unchanged" in out and "links.txt:3" in out
        assert server.asked == ["/robots.txt", "/a", "/b"]
        assert "1 document read, 0 statements" in run("read", f"{server.address}/a", *options)[1]
        assert server.asked.count("/a") == 1
        assert run("read", f"{server.address}/a", "--again", *options)[0] == 0
        assert server.asked.count("/a") == 2
        with open_store("d.dragoman") as store:
            kept = [store.intake.raw(d.id) for d in store.documents().rows]
        assert {k.content for k in kept if k} == {page(1), page(2)}
        assert {k.fetched_from for k in kept if k} == {f"{server.address}/a", f"{server.address}/b"}


def test_private_addresses_are_refused_unless_allowed(run: Run) -> None:
    with serving({"/a": say(page(1))}) as server:
        status, out = run("read", f"{server.address}/a", "--into", "d.dragoman")
        assert status == 1 and "not on the public internet" in out and server.asked == []
        status, out = run("failures", "--dossier", "d.dragoman", "--format", "json")
        assert [f["address"] for f in json.loads(out)] == [f"{server.address}/a"]
        assert "1 document read" in run("retry", "--allow-private", "--dossier", "d.dragoman")[1]
        assert "Nothing failed" in run("failures", "--dossier", "d.dragoman")[1]


def test_what_was_given_with_a_file_that_failed_still_holds(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(b"\x00\x01\x02" * 500)
    run("read", str(path), "--into", "d.dragoman", "--outlet", "The Ferry", "--published", "2027-02-08")
    path.write_text("The envoy said the talks would go on in the harbour town.\n")
    run("retry", "--dossier", "d.dragoman")
    (row,) = json.loads(run("documents", "--dossier", "d.dragoman", "--format", "json")[1])
    assert (row["outlet"], row["published"]) == ("The Ferry", "2027-02-08")


def test_files_that_failed_are_listed_and_read_again(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Ada said yes.")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 and no more")
    (tmp_path / "batch.jsonl").write_text('{"id": "a", "text": "Karo said no."}\nno json\n')
    assert run("read", ".", "--into", "d.dragoman")[0] == 1
    listed = json.loads(run("failures", "--dossier", "d.dragoman", "--format", "json")[1])
    assert [os.path.basename(f["address"]) for f in listed] == ["bad.pdf", "batch.jsonl:2"]
    (tmp_path / "batch.jsonl").write_text('{"id": "a", "text": "Karo said no."}\n{"id": "b", "text": "Bo said so."}\n')
    status, out = run("retry", "--dossier", "d.dragoman")
    assert status == 1 and "2 documents read, 1 new, 1 unchanged" in out and "1 skipped" in out
    (left,) = json.loads(run("failures", "--dossier", "d.dragoman", "--format", "json")[1])
    assert left["attempts"] == 2
    with pytest.raises(InputError, match="not among the documents that failed"):
        run("retry", "good.txt", "--dossier", "d.dragoman")
    assert "1 dismissed" in run("retry", "--dismiss", "--dossier", "d.dragoman")[1]
    with open_store("d.dragoman") as store:
        raw = store.intake.raw("good")
        assert raw is not None and raw.content == b"Ada said yes." and raw.fetched_from is None


def test_an_id_that_no_dossier_can_hold_costs_its_own_document_only(run: Run, tmp_path: Path) -> None:
    lines = [{"id": "a\0b", "text": "Ada said one."}, {"id": "good", "text": "Ada said two."}]
    (tmp_path / "batch.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    status, out = run("read", "batch.jsonl", "--into", "d.dragoman")
    assert status == 1 and "1 document read" in out and "batch.jsonl:1" in out and "cannot be the id" in out
    readings = [{"document": {**line, "outlet": "half \ud800"}} for line in lines]
    (tmp_path / "readings.jsonl").write_text("".join(json.dumps(line) + "\n" for line in readings), "utf-8")
    status, out = run("load", "readings.jsonl", "--dossier", "e.dragoman")
    assert status == 1 and "1 document read" in out and "readings.jsonl:1" in out
    assert "half \ufffd" in run("documents", "--dossier", "e.dragoman")[1]


def test_a_file_whose_name_is_in_another_encoding_is_read(run: Run, tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("Ada said one.", "utf-8")
    assert run("read", ".", "--into", "d.dragoman")[0] == 0
    assert "caf\ufffd" in run("documents", "--dossier", "d.dragoman")[1]


def test_feeds_are_followed_listed_polled_and_left(run: Run, tmp_path: Path) -> None:
    item = "<item><guid>1</guid><link>/a</link></item>"
    feed = say(f'<rss version="2.0"><channel><title>The Ferry</title>{item}</channel></rss>'.encode())
    with serving({"/feed": feed, "/a": say(page(1))}) as server:
        opml = f'<opml version="2.0"><body><outline xmlUrl="{server.address}/feed"/></body></opml>'
        (tmp_path / "list.opml").write_text(opml)
        at = ("--dossier", "d.dragoman")
        assert "Following" in run("follow", "list.opml", *at)[1]
        assert "Followed already" in run("follow", f"{server.address}/feed", *at)[1]
        status, out = run("poll", "--allow-private", *at)
        assert status == 0 and "The Ferry: 1 new" in out
        status, out = run("poll", "--allow-private", *at)  # not due yet: nobody is asked
        assert status == 0 and server.asked.count("/feed") == 1
        status, out = run("poll", "--now", "--allow-private", *at)
        assert "nothing new" in out and server.asked.count("/feed") == 2 and server.asked.count("/a") == 1
        assert json.loads(run("feeds", *at, "--format", "json")[1])[0]["title"] == "The Ferry"
        assert run("unfollow", f"{server.address}/feed", *at)[0] == 0
        assert run("unfollow", f"{server.address}/feed", *at)[0] == 1
        assert "No feed is followed" in run("poll", *at)[1]


@pytest.mark.parametrize("address", ["ftp://example.org/feed", "file:///etc/passwd"])
def test_only_web_addresses_are_followed(run: Run, address: str) -> None:
    with pytest.raises(FetchError, match="not a web address"):
        run("follow", address, "--dossier", "d.dragoman")


def test_archives_go_to_result_files_and_from_there_into_a_dossier(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text('{"id": "a", "text": "Karo said no."}\n')
    (tmp_path / "page.txt").write_text("Ada said yes.")
    status, out = run("read", "one.jsonl", "page.txt", "--out", "readings")
    assert status == 0 and "2 of 2 shards done, 2 documents, 2 statements" in out
    assert "2 of them before" in run("read", "one.jsonl", "page.txt", "--out", "readings")[1]
    files = [str(p) for p in sorted((tmp_path / "readings").glob("*.jsonl"))]
    assert "2 documents read, 2 statements" in run("load", *files, "--dossier", "d.dragoman")[1]
    for wrong in (("--cluster",), ("--parquet",), ("--out", "x", "--into", "d.dragoman")):
        with pytest.raises(InputError, match="dragoman read"):
            run("read", "one.jsonl", *wrong)
    with pytest.raises(InputError, match="nothing to read"):
        run("read")
    status, out = run("read", "one.jsonl", "page.txt", "--processes", "2", "--into", "two.dragoman")
    assert status == 0 and "2 documents read, 2 statements" in out


def test_a_scheduler_that_does_not_answer_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.batch.on_dask.PATIENCE", "0.5s")
    (tmp_path / "one.jsonl").write_text('{"id": "a", "text": "Karo said no."}\n')
    with pytest.raises(InputError, match="no scheduler answers"):
        run("read", "--cluster", "tcp://127.0.0.1:9", "one.jsonl", "--out", "readings")
