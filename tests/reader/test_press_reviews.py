"""Who speaks in reviews of the press, and through which paper; turns that a finder left out."""

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft, Found
from dragoman.reader.names.casting import cast_of
from dragoman.reader.speakers.missing_turns import with_missing_turns
from dragoman.reader.speakers.resolve import resolve
from dragoman.reading import Document, Span, Spans, Statement

REVIEW = "What the papers say: tolls and tempers\n\n"


def spans(text: str, words: str) -> Spans:
    start = text.rindex(words)
    return Spans([Span(start, start + len(words))]) if words else Spans()


def told(text: str, *parts: tuple[str, str, str], outlet: str | None = None) -> list[Statement]:
    draft = Draft.of(Document("d", text, published="2026-05-03", outlet=outlet, language="en"), Lexicon.shipped())
    draft.found = [Found(spans(text, s), spans(text, c), spans(text, w), 0.9) for s, c, w in parts]
    return resolve(draft)


def test_a_paper_that_has_somebody_telling_passes_on() -> None:
    text = REVIEW + "Havnposten has the mayor, Karin Osk, telling colleagues that the tolls were never hers."
    (found,) = told(text, ("the mayor, Karin Osk", "telling", "that the tolls were never hers"))
    assert (found.speaker.name, found.via) == ("Karin Osk", ("Havnposten",))


def test_it_quotes_means_the_paper_named_last() -> None:
    text = (
        REVIEW
        + "The Harbour Bugle's version differs. It quotes a clerk of the port as saying that nobody read the paper."
    )
    (found,) = told(text, ("a clerk of the port", "as saying", "that nobody read the paper"))
    assert found.via == ("Harbour Bugle",)


def test_whom_something_is_denied_to_is_an_outlet() -> None:
    text = REVIEW + "Karin Osk denies this to Kvellsposten."
    (found,) = told(text, ("Karin Osk", "denies", "this to Kvellsposten"))
    assert (found.via, found.content.text(Document("d", text))) == (("Kvellsposten",), "this")


def test_a_papers_editorial_is_its_own_voice() -> None:
    text = REVIEW + "Havnposten has the mayor, Karin Osk, telling all. Havnposten's editorial says she should resign."
    (found,) = told(text, ("Havnposten's editorial", "says", "she should resign"))
    assert (found.speaker.name, found.speaker.party) == ("Havnposten", None)


def test_initials_in_the_dateline_are_the_outlets_own() -> None:
    text = "BRESKA, May 2 (MNA) - The owners want more, two people close to the talks told MNA."
    (found,) = told(
        text, ("two people close to the talks", "told", "The owners want more"), outlet="Meridian News Agency"
    )
    assert found.via == ()


def test_who_says_nothing_makes_no_statement() -> None:
    text = "The talks go on.\n\nThe captains say nothing. The mayor says that the port will open."
    found = told(text, ("The captains", "say", "nothing"), ("The mayor", "says", "that the port will open"))
    assert [s.content.text(Document("d", text)) for s in found] == ["that the port will open"]


def test_the_figure_is_nobody() -> None:
    text = "The offer.\n\nThe minister, Karel Lund, spoke late. The figure was a joke, he said."
    (found,) = told(text, ("he", "said", "The figure was a joke"))
    assert found.speaker.name == "Karel Lund"


def test_a_turn_left_out_is_one_where_its_voice_had_others() -> None:
    turns = [
        "Rua Selim: We came to the market to be heard and not to be thanked.",
        "Field Review: Was that a protest?",
        "Rua Selim: The mills say many things. In May their chairman told us that a fifth was possible.",
        "Field Review: Would you strike?",
        "Rua Selim: I have never said that we would strike before the price is fixed.",
    ]
    text = "We did not come to be thanked\n\n" + "\n\n".join(turns)
    draft = Draft.of(Document("d", text, published="2026-05-03", language="en"), Lexicon.shipped())
    found = []
    for turn in (turns[0], turns[4]):
        start = text.index(turn)
        label = Spans([Span(start, start + 9)])
        found.append(
            Found(label, Spans([Span(start + 9, start + 10)]), Spans([Span(start + 11, start + len(turn))]), 0.9)
        )
    cast = cast_of(draft)
    (more,) = with_missing_turns(cast, found)[2:]
    assert more.content.text(draft.document).startswith("The mills say many things.")


def test_a_day_is_no_part_of_whom_somebody_told_something() -> None:
    text = "The mayor, Karin Osk, told the Havn Lantern Press Saturday that the tolls were never hers."
    (found,) = told(text, ("The mayor, Karin Osk", "told", "that the tolls were never hers"))
    assert found.via == ("Havn Lantern Press",)


def test_the_newspaper_is_not_the_land_named_before_it() -> None:
    text = REVIEW + "The vote went well, the Harbour Bugle reports. A pact binds Velm and Orvia, the newspaper reports."
    (found,) = told(text, ("the newspaper", "reports", "A pact binds Velm and Orvia"))
    assert found.speaker.name == "Harbour Bugle"
