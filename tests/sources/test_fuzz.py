"""Damaged input never does more than cost itself: a clear error, no crash, in bounded time.

A short, seeded form runs with the tests; DRAGOMAN_FUZZ_SECONDS makes it as long as one likes (`make fuzz`).
"""

import gzip
import io
import json
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.sources import Arrival, Failure, Given
from dragoman.sources.batches import read_lines
from dragoman.sources.feeds import read_feed, read_subscriptions
from dragoman.sources.files import read_archive
from dragoman.sources.kinds import read_bytes
from dragoman.sources.press_exports import cut_export
from dragoman.sources.tags import has_swollen_tag
from tests.fuzzing import rounds
from tests.sources.test_feeds import ATOM, JSON, OPML, RSS
from tests.sources.test_kinds import PAGE, a_docx, a_mail, a_pdf, a_warc
from tests.sources.test_press_exports import ACADEMIC, COVERED, FACTIVA, NEXIS, PRINTED, TABBED, TAGGED, UNI

PAGES = [path.read_bytes() for path in sorted(Path(__file__).parent.joinpath("pages").glob("*.html"))]
TEXTS = [path.read_bytes() for path in sorted(Path(__file__).parent.joinpath("pages").glob("*.txt"))]
LINES = b"\n".join(json.dumps({"id": n, "text": "It opened.", "published": "2027-02-08"}).encode() for n in range(5))
WARC = a_warc(("https://h.example/a", PAGE, {}), ("https://h.example/b", PAGE, {}), zipped=False)
NASTY = (
    b"\x00", b"\xff", b"\xfe\xff", b"<" * 50, b"&#x110000;", b"&#0;", b"<!--", b"]]>", b"\xed\xa0\x80", b'"' * 9,
    b"{" * 99, b"<table>" * 40, b"\xe2\x80\xae", b"%PDF-", b"PK\x03\x04", b"<svg><style>", b"\r\n\r\n", b"9" * 400,
    b"1e999",
    b"<!ENTITY a '&b;'>", b"<script>", b"\x1b[2J", b"https://[::1", b"2027-99-99", b"<p lang=''>",
)  # fmt: skip


def a_docx_with(document: bytes) -> bytes:
    """A DOCX whose text is `document`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def damaged(raw: bytes, dice: random.Random) -> bytes:
    """`raw` with pieces cut, doubled, moved, flipped or replaced by something nasty."""
    for _ in range(dice.randint(1, 6)):
        start = dice.randint(0, max(0, len(raw) - 1))
        end = min(len(raw), start + dice.choice((1, 2, 8, 60, 900)))
        piece = raw[start:end]
        match dice.randint(0, 5):
            case 0:
                raw = raw[:start] + raw[end:]
            case 1:
                raw = raw[:end] + piece * dice.randint(1, 30) + raw[end:]
            case 2:
                raw = raw[:start] + bytes(b ^ (1 << dice.randint(0, 7)) for b in piece) + raw[end:]
            case 3:
                raw = raw[:start] + dice.choice(NASTY) + raw[start:]
            case 4:
                raw = raw[:start] + bytes(dice.randint(0, 255) for _ in piece) + raw[end:]
            case _:
                raw = raw[:start]
    return raw


def kind(name: str) -> Callable[[bytes], list[Arrival | Failure]]:
    given = Given(published="2027-02-08")
    return lambda raw: list(read_bytes(raw, identity="x", where="fuzz", given=given, name=name))


READERS: dict[str, tuple[list[bytes], Callable[[bytes], object]]] = {
    "html": (PAGES, kind("a.html")),
    "text": (TEXTS, kind("a.txt")),
    "markdown": ([b"---\ntitle: x\n---\n# Head\n\n- a\n  1. b\n> c **d** [e](f)\n" * 3], kind("a.md")),
    "mail": ([a_mail().as_bytes(), a_mail(html=True).as_bytes()], kind("a.eml")),
    "docx": ([a_docx()], kind("a.docx")),
    "rtf": ([rb"{\rtf1\ansi{\fonttbl{\f0 A;}}\uc1 One \b two\b0 .\par Th\'e9 \u1607? three.}" * 3], kind("a.rtf")),
    "lines": ([LINES], lambda raw: list(read_lines(io.BytesIO(raw), where="fuzz", given=Given()))),
    "zipped lines": (
        [gzip.compress(LINES)],
        lambda raw: list(read_lines(io.BytesIO(raw), where="fuzz", given=Given(), zipped=True)),
    ),
    "warc": ([WARC, gzip.compress(WARC)], lambda raw: list(read_archive(io.BytesIO(raw), where="f", given=Given()))),
    "feed": ([RSS, ATOM, JSON], lambda raw: read_feed(raw, where="fuzz", url="https://h.example/")),
    "opml": ([OPML], lambda raw: read_subscriptions(raw, where="fuzz")),
    "export": (
        [text.encode() for text in (NEXIS, UNI, FACTIVA, TAGGED, ACADEMIC, COVERED, TABBED, PRINTED)],
        lambda raw: list(cut_export(raw.decode("utf-8", "replace")) or ()),
    ),
}


def test_damaged_pdfs_cost_themselves(tmp_path: Path) -> None:
    raw = a_pdf(tmp_path, "= Ferry talks\n\nThe minister said on Monday that the port would open in May.")
    for number in rounds(3):
        for item in kind("a.pdf")(damaged(raw, random.Random(number))):
            assert isinstance(item, Arrival) or str(item.error)


@pytest.mark.parametrize("name", READERS)
def test_damage_costs_itself(name: str) -> None:
    seeds, read = READERS[name]
    for number in rounds(25):
        raw = damaged(random.Random(f"{name} {number}").choice(seeds), random.Random(number))
        start = time.process_time()
        try:
            found = read(raw)
        except InputError:
            found = []
        assert time.process_time() - start < 5, f"{name} {number} takes too long"
        for item in found if isinstance(found, list) else []:
            if isinstance(item, Arrival):
                item.document.text.encode("utf-8")
                assert item.document.text.strip(), f"{name} {number} gives an empty document"
            elif isinstance(item, Failure):
                assert isinstance(item.error, InputError) and str(item.error)


ATTRIBUTES = b"".join(b"a%d='x' " % n for n in range(200_000))
SWOLLEN = {
    "page": (kind("a.html"), b"<html><body><p " + ATTRIBUTES + b">The envoy spoke.</p></body></html>"),
    "page without values": (kind("a.html"), b"<html><body><p " + b"a b c d " * 50_000 + b">The envoy spoke.</p>"),
    "page with a lone quote": (kind("a.html"), b"<html><body><p x' " + ATTRIBUTES.replace(b"'", b"") + b"'>Spoke.</p>"),
    "feed": (READERS["feed"][1], b"<rss version='2.0'><channel><item " + ATTRIBUTES + b"/></channel></rss>"),
    "list of feeds": (READERS["opml"][1], b"<opml><outline " + ATTRIBUTES + b"/></opml>"),
    "office document": (kind("a.docx"), a_docx_with(b"<w:document " + ATTRIBUTES + b"/>")),
}  # fmt: skip


@pytest.mark.parametrize("name", SWOLLEN)
def test_hostile_tags_with_very_many_attributes_do_not_hang_a_parser(name: str) -> None:
    read, raw = SWOLLEN[name]
    start = time.process_time()
    try:
        found = read(raw)
        assert isinstance(found, list) and isinstance(found[0], Failure)
        told = str(found[0].error)
    except InputError as error:
        told = str(error)
    assert "attributes" in told or "no feed" in told or "too large" in told
    assert time.process_time() - start < 3


def test_a_long_value_is_no_swollen_tag() -> None:
    data = '{"a": 1, "b": [2, 3]} ' * 9000
    assert not has_swollen_tag(f"<div data-all='{data}' id=x>")
    assert not has_swollen_tag("<p>" + "a = 'b' " * 9000 + "</p>")
    assert has_swollen_tag("<p " + "a='>' " * 400 + ">")
