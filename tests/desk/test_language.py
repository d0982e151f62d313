"""Arabic pages are Arabic throughout: brief, outlook, errors; what stays English is a name, and isolated."""

from __future__ import annotations

import ast
import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.analysis.language import ENGLISH
from dragoman.desk import retold
from dragoman.desk.speech import speech
from dragoman.dossier import Dossier
from dragoman.errors import DecisionError, InputError

PACKAGE = Path(retold.__file__).parent.parent
ARABIC = {"accept-language": "ar"}
ISOLATE = re.compile("\u2068[^\u2068\u2069]*\u2069")


def without_names(text: str) -> str:
    """The text without what is isolated: names, quotations, numbers of documents."""
    while ISOLATE.search(text):
        text = ISOLATE.sub("", text)
    return text


def test_the_arabic_brief_has_no_english_words_of_its_own(dossier: Dossier) -> None:
    made, english = dossier.brief(language=speech("ar")), dossier.brief()
    assert (made.language, made.direction) == ("ar", "rtl")
    lines = [made.title, made.recipe, made.notes_heading, *(n.text for n in made.notes)]
    lines += [line for s in made.sections for line in (s.heading, s.rest, *(t.text for t in s.sentences))]
    assert len(lines) > 40
    for line in lines:
        assert not re.search("[A-Za-z]", without_names(line)), line
    # The same facts in the same order on the same evidence.
    assert [[t.notes for t in s.sentences] for s in made.sections] == [
        [t.notes for t in s.sentences] for s in english.sections
    ]


def test_names_in_the_brief_are_those_of_the_table(dossier: Dossier) -> None:
    made = dossier.brief(language=speech("ar"))
    text = " ".join(t.text for s in made.sections for t in s.sentences)
    for cell in dossier.table().cells[:5]:
        assert f"\u2068{cell.party}\u2069" in text


def test_the_desk_gives_the_brief_in_the_language_of_the_page(client: TestClient) -> None:
    page = client.get("/brief", headers=ARABIC).text
    assert '<article class="brief" lang="ar" dir="rtl">' in page and "أين تقف الأمور" in page
    assert '<article class="brief" lang="en" dir="ltr">' in client.get("/brief", headers={"accept-language": "en"}).text
    assert "أين تقف الأمور" in client.get("/brief.md", headers=ARABIC).text
    for kind, mark in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert client.get(f"/brief.{kind}", headers=ARABIC).content.startswith(mark)


def test_the_outlook_is_told_in_arabic(client: TestClient) -> None:
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", client.get("/outlook").text, re.DOTALL)
    assert found
    page = client.post("/outlook", data={"model": unescape(found[1])}, headers=ARABIC).text
    sentences = [unescape(s) for s in re.findall(r"<li>(.*?)</li>", page) if "\u2068" in s]
    assert len(sentences) > 2
    for sentence in sentences:
        left = re.sub(r"\((nash|sseq|seq|smr|gmr|sim)\)", "", without_names(sentence))
        assert not re.search("[A-Za-z]", left), sentence
    assert "ثبات ناش" in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/article/none", "لا توجد وثيقة باسم"),
        ("/cell?party=X&issue=Y", "ليس على الطاولة موقف"),
        ("/?on=yesterday", "ليس يومًا"),
        ("/brief.exe", "يأتي الموجز بصيغة"),
        ("/nothing", "لا صفحة في هذا العنوان"),
    ],
)
def test_error_pages_speak_arabic(client: TestClient, path: str, words: str) -> None:
    answer = client.get(path, headers=ARABIC)
    assert answer.status_code in (404, 422) and words in answer.text
    assert words not in client.get(path, headers={"accept-language": "en"}).text


def test_an_error_of_unknown_words_is_told_as_it_is_and_isolated() -> None:
    error = DecisionError("something new", where="party.merge", expected="a name", todo="Try again later")
    assert speech("ar").complaint(error) == (
        "\u2068party.merge\u2069: \u2068something new\u2069. المتوقع: اسم. أعد المحاولة لاحقًا."
    )
    assert speech("en").complaint(error) == str(error)


def test_a_reason_kept_as_one_line_is_told_by_its_parts() -> None:
    error = InputError("an empty file", where="a.txt", expected="the text of an article")
    assert speech("ar").reason(str(error)) == "\u2068a.txt\u2069: ملف فارغ. المتوقع: نص مقال."
    assert speech("en").reason(str(error)) == str(error)


def literals() -> str:
    """Every text in the package's code outside the patterns themselves, f-strings with their gaps marked."""
    found: list[str] = []
    for file in PACKAGE.rglob("*.py"):
        if file.name == "retold.py":
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value)
    return "\n".join(found)


def test_every_pattern_is_written_by_some_room() -> None:
    written = literals()
    # Starlette's own two, and those that the table puts together from halves.
    elsewhere = ("Not Found", "Method Not Allowed", "the names ", " says no, ", " says yes, ")
    for pattern in [p for p in retold.PATTERNS if not any(part in p for part in elsewhere)]:
        pieces = [p.strip(" '.,:;()") for p in re.split(r"%\(\w+\)s", pattern)]
        for piece in pieces:
            assert piece in written, f"nobody writes {piece!r} of {pattern!r} any more"


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        ("2027-02-08", "8 Feb 2027", "8 February 2027"),
        ("2016-02", "Feb 2016", "February 2016"),
        ("2016", "2016", "2016"),
        ("soon", "soon", "soon"),
    ],
)
def test_days_are_written_as_far_as_they_are_known(day: str, short: str, long: str) -> None:
    assert speech("en").day(day) == short
    assert speech("en").long_day(day) == ENGLISH.long_day(day) == long
    assert re.search("[\u0600-\u06ff]", speech("ar").long_day(day)) or day in ("2016", "soon")
