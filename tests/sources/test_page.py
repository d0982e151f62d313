"""Web pages give their article, and say of it what they say."""

from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.sources.page import Page, read_page
from tests.builders import COVERAGE

PAGES = Path(__file__).parent / "pages"
PARAGRAPH = "<p>The minister said on Monday that the port would open in May, and that nobody would be paid before.</p>"


@pytest.mark.parametrize(
    ("name", "outlet", "author", "published"),
    [
        ("strait-truce-broken", "Harbour Post", "Barry Quill", "2027-05-03"),
        ("labour-dockers", "Tidewater Gazette", "Carla Nuñez", "2026-09-29"),
        ("debt-castova", "Financial Ledger", None, "2026-05-07"),
    ],
)
def test_saved_pages(name: str, outlet: str, author: str | None, published: str) -> None:
    saved = next(COVERAGE.glob(f"*-{name}.html"), PAGES / f"{name}.html")
    page = read_page(saved.read_text("utf-8"), where=name)
    assert page.text == PAGES.joinpath(f"{name}.clean.txt").read_text("utf-8")
    assert (page.outlet, page.author, page.published) == (outlet, author, published)
    assert page.title == page.text.split("\n")[0]


def page(head: str = "", body: str = PARAGRAPH * 3) -> Page:
    return read_page(f"<html><head>{head}</head><body>{body}</body></html>", where="a page")


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2027-02-08T23:30:00-05:00">',
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2027-02-08"}]}</script>',
        '<script type="application/ld+json">{broken, "datePublished": "2027-02-08T10:00Z"</script>',
        '<meta name="date" content="8 February 2027">',
    ],
)
def test_the_day_a_page_gives(head: str) -> None:
    assert page(head).published == "2027-02-08"


def test_a_copyright_year_is_no_day() -> None:
    assert page(body=PARAGRAPH * 3 + "<footer>© 2019 Harbour Post</footer>").published is None


def test_metadata_that_is_broken_costs_nothing_else() -> None:
    found = page('<script type="application/ld+json">{"author": [[[{"name": 5}]], null], "@type": 3}</script>')
    assert "port would open" in found.text


def test_a_fragment_and_unclosed_tags() -> None:
    assert "port would open" in read_page(PARAGRAPH, where="x").text
    assert "port would open" in read_page(f"<html><body><table><tr><td>{PARAGRAPH}<b><i></td>", where="x").text


def test_lists_of_the_article_stay() -> None:
    terms = "<ul><li>Boats leave by May</li><li>Mines go first</li></ul>"
    body = f"<article><h1>Terms</h1>{PARAGRAPH * 2}{terms}{PARAGRAPH}</article>"
    assert "- Boats leave by May\n- Mines go first" in page(body=body).text


def test_a_page_without_an_article() -> None:
    with pytest.raises(InputError, match="without"):
        page(body="<nav><a href='/'>Home</a></nav>")


def test_paragraphs_parted_by_line_breaks_in_a_layout_table() -> None:
    text = PARAGRAPH[3:-4]
    menu = "<td><a href='/'>Home</a><br><a href='/s'>Sport</a></td>"
    article = f"<td><h2>Ferry talks</h2><font>{text}<br><br>{text}</font></td>"
    found = read_page(f"<html><body><table><tr>{menu}{article}<td>Weather</td></tr></table></body></html>", where="x")
    assert found.text.endswith(f"{text}\n\n{text}") and "Sport" not in found.text and "Weather" not in found.text


def test_inline_marks_do_not_part_a_sentence() -> None:
    body = f"<article><div>The minister <b>said</b> <a href='/x'>no</a> to it, and left.</div>{PARAGRAPH * 2}</article>"
    assert "The minister said no to it, and left." in page(body=body).text


def test_an_arabic_page() -> None:
    text = PAGES.joinpath("strait-arabic-invitation.clean.txt").read_text("utf-8")
    title, *paragraphs = text.split("\n\n")
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    head = f"<head><title>{title} | بريد المرفأ</title></head>"
    tail = "<h3>الأكثر قراءة</h3><ul><li>عشر صور</li></ul><p>التعليقات (3)</p>"
    html = f"<html lang='ar'>{head}<body><nav>الرئيسية</nav><h1>{title}</h1><div>شارك</div>{body}{tail}</body></html>"
    found = read_page(html, where="x")
    assert (found.text, found.title, found.outlet) == (text, title, "بريد المرفأ")
