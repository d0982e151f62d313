"""What the web wrapped around an article goes; the article stays, letter for letter."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.sources.clean import clean
from dragoman.sources.furniture import Kind, kind_of
from tests.builders import COVERAGE

PAGES = sorted(Path(__file__).parent.joinpath("pages").glob("*.clean.txt"))


def dirty_of(path: Path) -> Path:
    """The text as it was saved: beside its clean one, or among the sample coverage."""
    name = path.name.replace(".clean.txt", ".txt")
    return next(COVERAGE.glob(f"*-{name}"), path.with_name(name))


@pytest.mark.parametrize("path", [p for p in PAGES if dirty_of(p).exists()], ids=lambda p: p.name.split(".")[0])
def test_saved_texts_lose_their_furniture(path: Path) -> None:
    assert clean(dirty_of(path).read_text("utf-8")) == path.read_text("utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name.split(".")[0])
def test_clean_text_comes_back_as_it_is(path: Path) -> None:
    text = path.read_text("utf-8")
    assert clean(text) == text


@pytest.mark.parametrize(
    "line",
    [
        "التعليقات (3)", "شارك هذا المقال", "Share this article", "0 comments", "1.2k shares", "3 min read",
        "Listen to this article · 3 min", "Print | Email | Facebook | LinkedIn", "Home > News > Media releases",
        "Sign up for our Climate Brief, every Friday", "Read next: Ten photographs of the strait you have to see",
        "© 2027 Harbour Post. All rights reserved. Terms Privacy", "Follow @DornCourier", "Most read",
        "This site uses cookies. By continuing you agree.", "Refresh automatically: ON | OFF",
        "جميع الحقوق محفوظة © البريد",
        "Show 12 earlier updates", "Lire aussi : Dix photos", "Самое читаемое", "En çok okunanlar", "相关阅读：海峡",
        "Share this update: mail | copy link", "הנקראות ביותר", "Leia também: Dez fotos do estreito",
    ],
)  # fmt: skip
def test_furniture_is_known(line: str) -> None:
    assert kind_of(line) in (Kind.FURNITURE, Kind.LIST, Kind.COMMENTS)


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell after the ministers left.", "Related parties must leave the table, the envoy said.",
        "By Ingrid Falk in Vessby", "VESSBY, Feb 8, 2027 (Meridian News Agency) - The talks opened.", "17:52",
        "Press contact: Mr. Émile Quashie, Information Unit", "What was agreed?", "- The price. Nobody names it.",
        "Rusk: ceasefire \"strained, not broken\"", "“Read more before you sign,” she told them.", "The claim",
        "COD DEALS! Two for one at Fryer Tuck's all week with your Trumpet voucher.", "(All times local)",
        "Subscribe to the treaty now or lose the port for good, the opposition told "
        "a crowded and noisy assembly in the capital on Monday night.",
        "Two comments by the minister decided the day.",
        "1. At the invitation of the President, the Prime Minister paid a visit.",
    ],
)  # fmt: skip
def test_article_lines_stay(line: str) -> None:
    assert kind_of(line) in (Kind.BODY, Kind.SHORT)


@pytest.mark.parametrize("data", ["A" * 300_000, "data:image/png;base64," + "iVBORw0KGgo/" * 5_000, "ا" * 2_000])
def test_data_without_words_goes(data: str) -> None:
    assert clean(f"The port opens.\n\nSee {data} and ask.\n") == "The port opens.\n\nSee and ask."


def test_a_link_in_the_middle_goes_and_the_paragraphs_stay_apart() -> None:
    above, below = "Talks open\n\nThe ministers met on Monday in the capital.", "They will meet again on Thursday."
    assert clean(f"{above}\n\nREAD MORE\nHero cat swims\n\n{below}") == f"{above}\n\n{below}"


def test_a_wire_of_headlines_in_one_line_goes_with_its_heading() -> None:
    wire = "Off the wire\nBank says rates fall  • Envoy warns of a storm over the port  • Roundup: Ferries run late\n"
    body = "The ministers met on Monday in the capital.\n\nThey agreed on: • a berth • a price • a day, he said."
    assert clean(f"{wire}You are here:   Home\n\nTalks open\n\n{body}") == f"Talks open\n\n{body}"


def test_the_headline_again_below_a_stamp_goes() -> None:
    head, body = "May 4, 2027 / 2:08 PM\n\nFerry talks open in Vessby", "The ministers met on Monday in the capital."
    assert clean(f"Ferry talks open in Vessby\n#World News\n{head}\n\n{body}") == (
        f"Ferry talks open in Vessby\nMay 4, 2027 / 2:08 PM\n\n{body}"
    )


def test_notes_below_the_end_of_a_release_stay_when_they_are_sentences() -> None:
    text = "Port opens\n\nThe Authority signed today.\n\nENDS\n\nNotes to editors: The berth is nine years old."
    assert clean(text) == text


def test_comments_at_the_top_do_not_take_the_article_with_them() -> None:
    body = "The ministers met on Monday in the capital and agreed on nothing.\n\nThey will meet again on Thursday."
    assert clean(f"Talks open\n\nComments (3)\n\n{body}") == f"Talks open\n\n{body}"


def test_text_that_is_only_furniture_is_left_for_a_person_to_see() -> None:
    assert clean("Share") == "Share"


@given(st.text(alphabet=st.sampled_from("abأб0 .\n:|(1)«”’\u00a0\u00ad-Share"), max_size=120))
@settings(max_examples=150)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) in (once, clean(clean(once)))
    assert once == once.strip()
