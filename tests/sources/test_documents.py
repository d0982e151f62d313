"""Files, folders, batches and standard input become documents; bad ones cost themselves only."""

import gzip
import io
import json
from pathlib import Path

import pytest

from dragoman.reading import Document
from dragoman.sources import Failure, arrivals, documents

ARTICLE = "Ferry talks open\n\nThe minister said on Monday that the port would open in May."


def read(*paths: object, **given: object) -> list[Document | Failure]:
    return list(documents([str(p) for p in paths], **given))


def only(*paths: object, **given: object) -> Document:
    (document,) = read(*paths, **given)
    assert isinstance(document, Document), document.error
    return document


def failure(*paths: object, **given: object) -> str:
    (found,) = read(*paths, **given)
    assert isinstance(found, Failure)
    return str(found.error)


def test_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "ferry-talks.txt"
    path.write_text(ARTICLE)
    assert only(path) == Document(id="ferry-talks", text=ARTICLE, title="Ferry talks open", language="en")


def test_what_the_caller_says_fills_what_the_document_leaves_open(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE)
    document = only(path, published="2027-02-08", outlet="Harbour Post", language="en-GB", title="Ferries")
    assert (document.published, document.outlet, document.language, document.title) == (
        "2027-02-08", "Harbour Post", "en-GB", "Ferries",
    )  # fmt: skip


def test_the_day_of_the_document_goes_before_the_callers(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Ferry talks\n\nThe Dorn Courier, 24 February 2027\n\n{ARTICLE}")
    assert only(path, published="2020-01-01").published == "2027-02-24"


def test_no_day_is_taken_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "2026-01-01.txt"
    path.write_text(ARTICLE)
    assert only(path).published is None


def test_a_folder_is_read_sorted_and_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", ".hidden.txt", "deep/c.md", ".git/d.txt", "data.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(ARTICLE)
    assert [d.id for d in read(tmp_path)] == ["a", "b", "c"]


def test_files_of_one_name_are_told_apart_by_their_folder(tmp_path: Path) -> None:
    for name in ("one/talks.txt", "two/talks.txt", "two/other.txt", "three/x.txt", "three/x.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(ARTICLE)
    assert [d.id for d in read(tmp_path)] == ["one/talks", "three/x.md", "three/x.txt", "other", "two/talks"]


def test_standard_input() -> None:
    first, again = (next(documents("-", stdin=io.BytesIO(ARTICLE.encode()))) for _ in range(2))
    assert isinstance(first, Document) and first == again and len(first.id) == 16


def test_a_batch_on_standard_input() -> None:
    lines = b'{"id": "x", "text": "The port opened on Monday."}\n{"id": "y", "text": "The port closed on Friday."}\n'
    assert [d.id for d in documents(["-"], stdin=io.BytesIO(lines))] == ["x", "y"]


def test_a_batch_keeps_ids_and_reads_past_bad_lines(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    lines = [
        json.dumps({"id": "a", "title": "T", "outlet": "O", "url": "https://o.example/1", "published": "2027-02-08",
                    "language": "en", "text": ARTICLE}),
        "no JSON", "[1]", '{"id": "c"}', '{"text": 5}', '{"id": "d", "text": "It opened.", "published": "soon"}', "",
        '{"id": 7, "html": "<html><body><p>The minister said the port would open in May.</p></body></html>"}',
        "[" * 100_000,
    ]  # fmt: skip
    path.write_text("\n".join(lines))
    found = read(path)
    assert found[0] == Document("a", ARTICLE, "T", "O", "https://o.example/1", None, "2027-02-08", "en")
    assert isinstance(found[6], Document) and found[6].id == "7" and "port would open" in found[6].text
    bad = [item for item in found if isinstance(item, Failure)]
    assert [item.where for item in bad] == [f"{path}:{n}" for n in (2, 3, 4, 5, 6, 9)]
    assert f"{path}:2: a line that is no JSON" in str(bad[0].error) and "Mend or remove" in str(bad[0].error)


def test_a_line_without_id_has_an_id_of_its_content(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    path.write_text('{"text": "The port opened."}\n{"text": "The port closed."}\n')
    first, second = read(path)
    assert first.id != second.id and [d.id for d in read(path)] == [first.id, second.id]


def test_a_zipped_batch_and_a_cut_one(tmp_path: Path) -> None:
    whole, cut = tmp_path / "w.jsonl.gz", tmp_path / "c.jsonl.gz"
    raw = gzip.compress(b"".join(b'{"id": "%d", "text": "The port opened."}\n' % n for n in range(2000)))
    whole.write_bytes(raw)
    cut.write_bytes(raw[:-40])
    assert len(read(whole)) == 2000
    last = read(cut)[-1]
    assert isinstance(last, Failure) and "damaged archive" in str(last.error)


def test_a_zip_bomb_is_refused_in_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.sources.batches._LONGEST_LINE", 100_000)
    monkeypatch.setattr("dragoman.sources.batches._UNSUSPICIOUS", 1_000_000)
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(b"\0" * 20_000_000))
    found = read(path)
    assert "longer than" in str(found[0].error) and "beyond measure" in str(found[-1].error)


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("empty.txt", b"", "an empty file"),
        ("blank.txt", b" \n\n ", "an empty file"),
        ("binary.txt", bytes(range(256)) * 20, "binary data"),
        ("image.html", b"\x89PNG\r\n\x1a\n", "a PNG image"),
        ("half.txt", b"\xff\xfeT\x00a\x00\x00", "breaks off"),
        ("page.html", b"<html><head><title>T</title></head><body></body></html>", "a page without text"),
        ("nested.html", b"<div>" * 500_000, "500,000 tags"),
        ("huge.html", b"<p>x</p>" * 3_000_000, "24 MB in one document"),
        ("long.txt", b"x" * 4_000_000, "a text of 4,000,000 characters"),
    ],
)
def test_bad_files_say_what_was_found_and_where(tmp_path: Path, name: str, raw: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    message = failure(path)
    assert message.startswith(f"{path}: ") and said in message


def test_a_missing_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE)
    missing, found = read(tmp_path / "none.txt", path)
    assert isinstance(missing, Failure) and "no such file" in str(missing.error)
    assert isinstance(found, Document)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "Le président a déclaré lundi que l’accord « est prêt ». L’été sera décisif, a-t-il ajouté – à Genève."
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert only(path).text == text


def test_an_arabic_code_page(tmp_path: Path) -> None:
    text = Path(__file__).with_name("pages").joinpath("strait-arabic-invitation.clean.txt").read_text("utf-8")
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("cp1256"))
    document = only(path)
    assert document.text == text and document.language == "ar"


def test_markdown(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: Ferry talks\ndate: 2027-02-08\nsource: Harbour Post\n---\n# Ferry talks\n\nThe *minister* said "
        "[the port](https://p.example) would open:\n\n- in May\n- or in June\n\n> “Never,” she said.\n"
    )
    document = only(path)
    assert document.text == (
        "Ferry talks\n\nThe minister said the port would open:\n\n- in May\n- or in June\n\n“Never,” she said."
    )
    assert (document.title, document.published, document.outlet) == ("Ferry talks", "2027-02-08", "Harbour Post")


def test_a_batch_with_a_bad_day_of_the_caller_is_refused_at_once() -> None:
    from dragoman.errors import InputError

    with pytest.raises(InputError, match="someday"):
        list(documents("x.txt", published="someday"))


def test_the_raw_bytes_come_along(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(ARTICLE.encode() + b"\n\nShare\n")
    (arrival,) = arrivals(path)
    assert arrival.raw == path.read_bytes() and arrival.media_type == "text/plain" and len(arrival.sha256) == 64
    assert arrival.document.text == ARTICLE
