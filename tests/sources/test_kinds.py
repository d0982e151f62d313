"""PDF, DOCX, e-mail and web archives give their articles; hostile ones give a clear error."""

import gzip
import io
import time
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
import typst

import dragoman
from dragoman.sources import Arrival, Failure, arrivals
from dragoman.sources.pdf import _ask
from dragoman.sources.pdf_worker import _as_read
from dragoman.sources.rich_text import read_rtf
from dragoman.sources.warc import Record, read_warc

SENTENCE = "The minister said on Monday that the port would open in May, provided that the boats withdrew first."
PLACES = ["Lund", "Vessby", "Dorn", "Asheval", "Sael", "Bergen", "Tartus", "Quito", "Hobart", "Geneva", "Riga", "Cork"]
PARAGRAPHS = [
    f"In {place} the envoy saw {number * 7 + 3} boats leave for {PLACES[-number]} before noon. “Nobody in {place} "
    f"signs what {PLACES[number - 5]} wrote,” she told reporters, and the crews of {PLACES[number - 3]} agreed."
    for number, place in enumerate(PLACES)
]
ARTICLE = "\n\n".join(["Envoy calls talks for Feb 22 as rivals trade terms", *PARAGRAPHS])
HEAD = "<head><title>Ferry talks</title></head>"
PAGE = f"<html>{HEAD}<body><h1>Ferry talks</h1><p>{SENTENCE}</p></body></html>".encode()


def read(path: Path, raw: bytes) -> list[Arrival | Failure]:
    path.write_bytes(raw)
    return list(arrivals(path))


def a_pdf(tmp_path: Path, body: str) -> bytes:
    source = tmp_path / "source.typ"
    look = '#set page(paper: "a5", header: [Harbour Post], numbering: "1 / 1")\n#set par(justify: true)\n'
    source.write_text(look + body)
    return typst.compile(str(source))


def test_a_pdf_over_several_pages(tmp_path: Path) -> None:
    raw = a_pdf(tmp_path, "= " + ARTICLE)
    (arrival,) = read(tmp_path / "ferry.pdf", raw)
    assert isinstance(arrival, Arrival)
    assert arrival.document.text == ARTICLE
    assert arrival.document.id == "ferry" and arrival.media_type == "application/pdf" and arrival.raw == raw


ODD, EVEN = "[Dorn Courier #h(1fr) 7]", "[8 #h(1fr) World news]"
HEADS = {
    "one page": 'paper: "a4", header: [Dorn Courier #h(1fr) 12], footer: [https://courier.example/a?id=7 #h(1fr) 1/1]',
    "left and right": f'paper: "a5", header: context if calc.odd(here().page()) {ODD} else {EVEN}, '
                      "footer: [(c) Dorn Press Ltd.]",
    "numbers alone": 'paper: "a6", numbering: "- 1 -", header: [CONFIDENTIAL]',
    "small Roman numbers": 'paper: "a6", numbering: "i"',
    "columns": 'paper: "a5", columns: 2, header: [The Dorn Courier #h(1fr) Monday], '
               "footer: align(center)[Page #context here().page() of 9]",
}  # fmt: skip


@pytest.mark.parametrize("page", HEADS.values(), ids=HEADS)
def test_running_heads_and_divided_words_of_a_pdf(tmp_path: Path, page: str) -> None:
    told = zip(PARAGRAPHS[: 5 if "a4" in page else 12], PLACES, strict=False)
    paragraphs = [f"{text} The misunderstandings of Anglo-Kestrian representatives in {place} cost {n + 900}."
                  for n, (text, place) in enumerate(told)]  # fmt: skip
    look = f'#set page({page})\n#set par(justify: true)\n#set text(hyphenate: true, lang: "en")\n'
    raw = typst.compile((look + "= Port to open in May\n\n" + "\n\n".join(paragraphs)).encode())
    (arrival,) = read(tmp_path / "port.pdf", raw)
    assert isinstance(arrival, Arrival)
    assert arrival.document.title == "Port to open in May"
    assert arrival.document.text.split("\n\n") == ["Port to open in May", *paragraphs]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"%PDF-1.7\n" + b"\x00\xff\x01" * 2000, "cannot be read"),
        (b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj\n"
         b"trailer<</Root 1 0 R>>", "PDF"),
    ],
)  # fmt: skip
def test_damaged_pdfs(tmp_path: Path, raw: bytes, said: str) -> None:
    (found,) = read(tmp_path / "a.pdf", raw)
    assert isinstance(found, Failure) and said in str(found.error)


def test_a_pdf_without_text(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "a.pdf", a_pdf(tmp_path, "#rect(width: 50%, height: 50%)"))
    assert isinstance(found, Failure) and "scanned" in str(found.error)


def test_a_pdf_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.sources.pdf._WITHIN", 0.01)
    start = time.monotonic()
    with pytest.raises(Exception, match="takes longer"):
        _ask(a_pdf(tmp_path, ARTICLE), "a.pdf")
    assert time.monotonic() - start < 10


def a_docx(*, title: str = "") -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.core_properties.title = title
    document.add_heading("Ferry talks open", 1)
    document.add_paragraph(SENTENCE)
    document.add_paragraph("Boats leave by May", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Boats", "22"
    document.add_paragraph("They meet again on Thursday.")
    document.save(out)
    return out.getvalue()


def test_a_docx(tmp_path: Path) -> None:
    (arrival,) = read(tmp_path / "a.docx", a_docx())
    assert isinstance(arrival, Arrival)
    wanted = ["Ferry talks open", SENTENCE, "- Boats leave by May", "Boats | 22", "They meet again on Thursday."]
    assert arrival.document.text == "\n\n".join(wanted) and arrival.document.title == "Ferry talks open"


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), raw)
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (zipped(word__document_xml=b"\0" * 150_000_000), "unpacks to 150 MB"),
        (zipped(other=b"x"), "no DOCX"),
        (zipped(word__document_xml=b"<broken"), "cannot be read"),
        (a_docx()[:2000], "damaged"),
        (zipped(**{"../../etc/passwd": b"x"}), "no DOCX"),
    ],
)
def test_hostile_office_documents(tmp_path: Path, raw: bytes, said: str) -> None:
    (found,) = read(tmp_path / "a.docx", raw)
    assert isinstance(found, Failure) and said in str(found.error)


def a_mail(*, html: bool = False) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = "Ferry talks: where they stand", "Harbour Post <news@post.example>"
    message["Date"] = "Mon, 08 Feb 2027 10:00:00 +0100"
    message.set_content(f"<html><body><h1>Ferry</h1><p>{SENTENCE}</p></body></html>" if html else SENTENCE,
                        subtype="html" if html else "plain")  # fmt: skip
    return message


@pytest.mark.parametrize("html", [False, True])
def test_a_saved_mail(tmp_path: Path, html: bool) -> None:
    (arrival,) = read(tmp_path / "a.eml", a_mail(html=html).as_bytes())
    assert isinstance(arrival, Arrival)
    document = arrival.document
    assert (document.title, document.outlet, document.published) == (
        "Ferry talks: where they stand", "Harbour Post", "2027-02-08T10:00:00+01:00",
    )  # fmt: skip
    assert SENTENCE in document.text


def test_what_is_attached_to_a_mail_is_read_too(tmp_path: Path) -> None:
    message = a_mail()
    message.add_attachment(a_docx(), maintype="application", subtype="octet-stream", filename="terms.docx")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="photo.png")
    found = read(tmp_path / "a.eml", message.as_bytes())
    assert [item.document.id for item in found] == ["a", "a/terms"]
    assert found[1].document.published == "2027-02-08T10:00:00+01:00"


def test_what_is_no_mail(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "a.eml", b"\n\nhello")
    assert isinstance(found, Failure) and "no e-mail" in str(found.error)


def a_warc(*pages: tuple[str, bytes, dict[str, str]], zipped: bool = True) -> bytes:
    out = b""
    for url, body, headers in pages:
        headers = {"Content-Type": "text/html; charset=utf-8", **headers}
        status = headers.pop("status", "200 OK")
        http = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        block = f"HTTP/1.1 {status}\r\n{http}\r\n".encode() + body
        said = {"WARC-Type": "response", "WARC-Target-URI": url, "WARC-Date": "2027-02-08T10:00:00Z",
                "WARC-Record-ID": f"<urn:uuid:{len(out)}>", "Content-Type": "application/http; msgtype=response",
                "Content-Length": str(len(block))}  # fmt: skip
        head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        record = f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"
        out += gzip.compress(record) if zipped else record
    return out


@pytest.mark.parametrize("zipped", [True, False])
def test_an_archive(tmp_path: Path, zipped: bool) -> None:
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    raw = a_warc(
        ("https://h.example/a?utm_source=x", PAGE, {}),
        ("https://h.example/b", gzip.compress(PAGE), {"Content-Encoding": "gzip"}),
        ("https://h.example/c", chunked, {"Transfer-Encoding": "chunked"}),
        ("https://h.example/photo", b"x", {"Content-Type": "image/png"}),
        ("https://h.example/gone", PAGE, {"status": "404 Not Found"}),
        ("https://h.example/empty", b"<html></html>", {}),
        zipped=zipped,
    )
    found = read(tmp_path / ("a.warc.gz" if zipped else "a.warc"), raw)
    assert [item.document.url for item in found[:3]] == [f"https://h.example/{n}" for n in ("a?utm_source=x", "b", "c")]
    assert len({item.document.id for item in found[:3]}) == 3
    assert all(item.document.text == f"Ferry talks\n\n{SENTENCE}" for item in found[:3])
    assert isinstance(found[3], Failure) and found[3].where.endswith("https://h.example/empty") and len(found) == 4


def test_a_bomb_in_an_archive_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.sources.warc.LARGEST_FILE", 100_000)
    bomb = gzip.compress(b"\0" * 5_000_000)
    raw = a_warc(("https://h.example/bomb", bomb, {"Content-Encoding": "gzip"}), ("https://h.example/a", PAGE, {}),
                 ("https://h.example/huge", b"x" * 300_000, {}), ("https://h.example/b", PAGE, {}))  # fmt: skip
    found = list(read_warc(io.BytesIO(raw), where="w"))
    assert [type(item) for item in found] == [Failure, Record, Failure, Record]


@pytest.mark.parametrize(
    "raw", [b"", b"hello " * 400, b"WARC/1.0\r\nContent-Length: 99\r\n\r\n", b"\x1f\x8b" + b"\0" * 99]
)
def test_what_is_no_archive(raw: bytes) -> None:
    found = list(read_warc(io.BytesIO(raw), where="w"))
    assert all(isinstance(item, Failure) for item in found)


@pytest.mark.parametrize("form", ["plain", "each record packed", "packed as one"])
def test_an_archive_that_breaks_off_says_so_wherever_it_does(form: str) -> None:
    pages = [(f"https://h.example/{n}", PAGE, {}) for n in range(3)]
    raw = a_warc(*pages, zipped=form == "each record packed")
    raw = gzip.compress(raw) if form == "packed as one" else raw
    whole = list(read_warc(io.BytesIO(raw), where="w"))
    assert [found.raw for found in whole if isinstance(found, Record)] == [PAGE] * 3 and len(whole) == 3
    ends = {}
    for end in range(len(raw) - 5, 0, -7):
        found = list(read_warc(io.BytesIO(raw[:end]), where="w"))
        pages_read = [one for one in found if isinstance(one, Record)]
        assert all(page.raw == PAGE for page in pages_read), "a page that is cut is no page"
        ends[end] = (len(pages_read), isinstance(found[-1], Failure) if found else False)
    told = [said for _, said in ends.values()]
    # A cut between two records leaves a whole archive.
    assert all(told) or [count for count, said in ends.values() if not said] in ([2], [1], [2, 1])


ARABIC = [
    "قال المبعوث الأممي يوم الاثنين إن الهدنة ستدخل حيز التنفيذ في 7 مارس 2027. وأوضح أن الاتفاق يشمل فتح المعابر أمام "
    "المساعدات الإنسانية، وتبادل 150 أسيرا من كل طرف، وأن لجنة مشتركة ستشرف على تنفيذه في المناطق كلها.",
    "وأضاف: «لا نقبل العودة إلى الوراء»، في إشارة إلى لجنة الأسرى والمعتقلين. وقالت وزارة الخارجية في بيان إن الحكومة "
    "(ومعها حلفاؤها) تؤيد الاتفاق بنسبة 75.5% من أعضائها، على أن تنسحب القوات أولا.",
    "وكانت وكالة New Lund Times قد نقلت عن مسؤول رفيع أن المفاوضات ستستأنف في جنيف خلال أسبوع، وأن «الكرة الآن في "
    "ملعبهم». ولم يصدر تعليق من الطرف الآخر حتى الساعة 3:30 بعد الظهر.",
]


def test_an_arabic_pdf(tmp_path: Path) -> None:
    look = '#set page(paper: "a5")\n#set par(justify: true)\n#set text(lang: "ar", font: "Noto Naskh Arabic")\n'
    source = tmp_path / "source.typ"
    source.write_text(look + "\n\n".join(ARABIC), "utf-8")
    fonts = Path(dragoman.__file__).parent / "exports" / "fonts"
    (arrival,) = read(tmp_path / "a.pdf", typst.compile(str(source), font_paths=[str(fonts)]))
    assert isinstance(arrival, Arrival) and arrival.document.language == "ar"
    assert arrival.document.text == "\n\n".join(ARABIC)


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("مارس 7202.", "مارس 2027."),
        ("5.57% من", "75.5% من"),
        ("03:3 بعد", "3:30 بعد"),
        ("وكالة semiT dnuL weN قد", "وكالة New Lund Times قد"),
        (")يام( »لا«", "(يام) «لا»"),
        ("بـ7 من الـ51", "بـ7 من الـ15"),
        ("91-DIVOC في", "COVID-19 في"),
        ("٣٢ مارس", "٢٣ مارس"),
    ],
)
def test_letters_seen_from_the_right_in_the_order_of_reading(seen: str, read: str) -> None:
    assert _as_read(seen) == read


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (rb"{\rtf1\ansi\ansicpg1256 \'de\'c7\'e1 \u1607?\u1583?\u1606?\u1577?.}", "قال هدنة."),
        (rb"{\rtf1\ansi{\fonttbl{\f0 A;}}\uc1 One \b two\b0 .\par Th\'e9\emdash four.}", "One two.\n\nThé—four."),
        (rb"{\rtf1 \u-10179?\u-8704? a {\v hidden}{\*\unknown gone}b \{c\}\~d}", "\U0001f600 a b {c} d"),
        (rb"{\rtf1 {\field{\*\fldinst HYPERLINK x}{\fldrslt the port}} opens}", "the port opens"),
    ],
)
def test_rtf(raw: bytes, text: str) -> None:
    assert read_rtf(raw, where="a.rtf").replace("\xa0", " ").strip() == text


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (rb"{\rtf1 " + b"{" * 1_000_000, "in one another"),
        (rb"{\rtf1 {\pict 00}}", "without text"),
        (b"{\\rtf1" + b"}" * 9, "without text"),
    ],
)
def test_hostile_rtf(tmp_path: Path, raw: bytes, said: str) -> None:
    (found,) = read(tmp_path / "a.rtf", raw)
    assert isinstance(found, Failure) and said in str(found.error)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"Subject: " + b"=?utf-8?q?x?= " * 100_000 + b"\r\n\r\nThe envoy spoke.", "a header of more than"),
        (b"Subject: x\r\n" + b" y\r\n" * 9_000 + b"\r\nThe envoy spoke.", "a header of more than"),
        (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 50_000, "200 parts"),
    ],
    ids=["long", "folded", "parts"],
)
def test_hostile_mail(tmp_path: Path, raw: bytes, said: str) -> None:
    start = time.process_time()
    (found,) = read(tmp_path / "a.eml", raw)
    assert isinstance(found, Failure) and said in str(found.error)
    assert time.process_time() - start < 3


def test_a_dateline_set_close_above_the_article_is_read_in_a_pdf(tmp_path: Path) -> None:
    body = "The ministers met in the capital on Monday and agreed to nothing at all, their spokesman said. " * 3
    raw = a_pdf(tmp_path, f"= Ferry talks close\n\nHarbour Post, 8 February 2027 \\\n{body}")
    (arrival,) = read(tmp_path / "ferry.pdf", raw)
    document = arrival.document
    assert (document.outlet, document.published) == ("Harbour Post", "2027-02-08")
    assert "2027\n\nThe ministers" in document.text
