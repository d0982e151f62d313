"""The rules find who said what in sentences of every shape, in English and Arabic; no name in them is real."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft
from dragoman.reader.rules.rules import RulesFinder, find_attributions
from tests.builders import a_document


def found(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    """(source, cue, content) of each attribution in a paragraph below a headline."""
    document = a_document(f"Talks go on\n\n{text}", language=language)
    draft = Draft.of(document, Lexicon.shipped())
    return [(f.source.text(document), f.cue.text(document), f.content.text(document)) for f in find_attributions(draft)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("The envoy said the road would open.", ("The envoy", "said", "the road would open")),
        (
            "Orla Venn, the head of the league, has insisted that there will be no deal.",
            ("Orla Venn, the head of the league", "has insisted", "that there will be no deal"),
        ),
        ("“We will wait,” she said.", ("she", "said", "“We will wait,”")),
        ("“We will wait,” said Orla Venn. “Not for long.”", ("Orla Venn", "said", "“We will wait,” … “Not for long.”")),
        ("The text, he said, was dead.", ("he", "said", "The text … was dead")),
        ("According to the union, 300 people marched.", ("the union", "According to", "300 people marched")),
        ("The road is closed, according to the mayor.", ("the mayor", "according to", "The road is closed")),
        ("The road is closed, the Harbour Post reported.", ("the Harbour Post", "reported", "The road is closed")),
        ("The minister told Radio Tarn that nobody had signed.", ("The minister", "told", "that nobody had signed")),
        ("The guild threatened to leave the table.", ("The guild", "threatened", "to leave the table")),
        ("The guild rejected the offer.", ("The guild", "rejected", "the offer")),
        ("The envoy called it “a beginning”.", ("The envoy", "called", "it “a beginning”")),
        ("The army ruled that out.", ("The army", "ruled", "that")),
        ("The paper quoted him as saying that it was over.", ("him", "quoted … as saying", "that it was over")),
        ("A diplomat did: “Nobody is left.”", ("A diplomat", ":", "“Nobody is left.”")),
        (
            "A man who follows the talks said they had failed.",
            ("A man who follows the talks", "said", "they had failed"),
        ),
        ("The offer was rejected by the union.", ("the union", "was rejected", "The offer")),
    ],
)
def test_one_attribution(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in found(text)


def test_coordinated_cues_share_their_source() -> None:
    text = (
        "The regime has dismissed talk of change and refers only to a unity cabinet, though the general dismisses it."
    )
    cues = [(source, cue) for source, cue, _ in found(text)]
    assert cues == [
        ("The regime", "has dismissed"),
        ("The regime", "refers"),
        ("the general", "dismisses"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The demands of the union are old.",
        "If the minister says yes, the road opens.",
        "Nobody said a word.",
        "The officials declined to comment.",
        "The proposed road is long.",
        "They want to say more.",
    ],
)
def test_nothing_said(text: str) -> None:
    assert [f for f in found(text) if f[1] not in ("want",)] == []


def test_a_quoted_paragraph_goes_on_without_a_cue() -> None:
    first, second = found("“We have waited,” she said.\n\n“We will not wait for ever.”")
    assert first[2] == "“We have waited,”"
    assert second == ("", "", "“We will not wait for ever.”")


def test_a_headline_attributes_with_its_colon() -> None:
    document = a_document("Minister: no deal without guarantees\n\nThe talks ended.")
    (one,) = find_attributions(Draft.of(document, Lexicon.shipped()))
    assert (one.source.text(document), one.cue.text(document)) == ("Minister", ":")


def test_a_rubric_is_no_speaker() -> None:
    document = a_document("Analysis: a signature in the snow\n\nThe talks ended.")
    assert find_attributions(Draft.of(document, Lexicon.shipped())) == []


@pytest.mark.parametrize(
    "text, expected",
    [
        ("قالت الوزيرة نورا سعد إن الطريق مغلق.", ("الوزيرة نورا سعد", "قالت", "إن الطريق مغلق")),
        ("ورحبت رابطة المدن بالاتفاق.", ("رابطة المدن", "ورحبت", "بالاتفاق")),
        ("«لن ننتظر»، قال زعيم الحركة سامي نور.", ("زعيم الحركة سامي نور", "قال", "«لن ننتظر»")),
        ("نقلت صحيفة الميناء عن الرئيس عمر فارس قوله إن الحرب انتهت.", ("الرئيس عمر فارس", "قوله", "إن الحرب انتهت")),
        ("الطريق مغلق، بحسب الشرطة.", ("الشرطة", "بحسب", "الطريق مغلق")),
    ],
)
def test_arabic(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in found(text, "ar")


PIECES = [*"abT .,:;!?“”\"'‘’«»\n-()", "said ", "told ", "that ", "the man ", "she ", "he ", "قال ", "إن ", "بحسب "]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_spans_are_words_of_any_text(pieces: list[str]) -> None:
    document = a_document("".join(pieces) or "x")
    ((attributions, _),) = RulesFinder().find([Draft.of(document, Lexicon())])
    for number, f in enumerate(attributions):
        assert f.content
        for spans in (f.source, f.cue, f.content):
            spans.check(document, "found")
        assert f.within is None or f.within < number
