"""Which name a source tells, and for whom its bearer speaks, where an office, a land or a post stands before it."""

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft, Found, Mention
from dragoman.reader.names.casting import cast_of
from dragoman.reader.names.states import Atlas
from dragoman.reader.speakers.resolve import resolve
from dragoman.reading import Span, Spans
from tests.builders import a_document, at


def told(text: str, *said: tuple[str, str], people: tuple[str, ...] = ()) -> list[tuple[str | None, str | None]]:
    """Who says each of `said`, a source and a content, and for whom; `people` are names that the finder sees."""
    document = a_document(text)
    draft = Draft.of(document, Lexicon.shipped())
    draft.found = [Found(at(document, source), Spans(), at(document, content)) for source, content in said]
    places = (at(document, name) for name in people)
    draft.mentions = [Mention(Span(name.start, name.end), "person") for name in places]
    return [(s.speaker.name, s.speaker.party) for s in resolve(draft)]


OFFICES = [
    ("President of Armenia Tovek Marrant", "Armenia"),
    ("The Prime Minister of Kosovo Lena Marrant", "Kosovo"),
    ("The head of the Armenian delegation, Minister of Defence Tovek Marrant", "Armenia"),
]


@pytest.mark.parametrize(("source", "party"), OFFICES)
def test_an_office_and_its_land_before_a_name(source: str, party: str) -> None:
    text = f"{source} said that the talks ended."
    name = " ".join(source.split()[-2:])
    assert told(text, (source, "the talks ended"), people=(name,)) == [(name, party)]


def test_an_aide_of_a_president_is_not_the_president() -> None:
    text = "An adviser to the President of Armenia Tovek Marrant said the talks ended."
    name, _ = told(text, ("An adviser to the President of Armenia Tovek Marrant", "the talks ended"))[0]
    assert name != "Tovek Marrant"


def test_a_state_is_not_called_after_whoever_holds_its_office() -> None:
    text = "The Prime Minister of Kosovo Lena Marrant and the prime minister of Ostmark Jakub Brenda met in Vessby."
    assert [p.state for p in Atlas.of(text, Lexicon.shipped()).places] == ["Kosovo", "Ostmark"]


@pytest.mark.parametrize("name", ["Baltic States", "Commonwealth of Independent States"])
def test_states_of_a_longer_name_are_not_the_united_ones(name: str) -> None:
    assert Atlas.of(f"The {name} agreed, and so did the States.", Lexicon.shipped()).places[-1].start > len(name)
    assert len(Atlas.of(f"The {name} agreed.", Lexicon.shipped()).places) == 0


def test_who_speaks_to_an_agency_is_no_body() -> None:
    text = (
        "In an interview with the Vessby news agency, Marrant also said the talks ended.\n\n"
        "Armenian foreign policy aide Tovek Marrant did not meet the mediators."
    )
    assert told(text, ("Marrant", "the talks ended"), people=("Marrant", "Tovek Marrant"))[0][0] == "Tovek Marrant"


def test_the_aide_of_a_president_speaks_for_the_presidents_land() -> None:
    text = (
        "Armenian President Tovek Marrant met Jakub Brenda of Georgia.\n\n"
        "Marrant's top foreign policy aide, Zubro Klimtar, was asked about it. He said the talks ended."
    )
    assert told(text, ("He", "the talks ended")) == [("Zubro Klimtar", "Armenia")]


def test_a_first_name_of_men_and_women_says_nothing() -> None:
    text = (
        "Armenian Prime Minister Nikita Marrant and Azerbaijani President Jakub Brenda met on Friday.\n\n"
        "Marrant said later that the truce held. The talks ended, he said."
    )
    assert told(text, ("Marrant", "the truce held"), ("he", "The talks ended"))[1][0] == "Nikita Marrant"


LANDS = [
    ("Northern Ireland Secretary Tovek Marrant", "United Kingdom"),  # a post of the state in which the land lies
    ("Northern Ireland First Minister Tovek Marrant", "Northern Ireland"),
    ("Transnistrian negotiator Tovek Marrant", "Transnistria"),
    ("Azeri president Tovek Marrant", "Azerbaijan"),
]


@pytest.mark.parametrize(("source", "party"), LANDS)
def test_a_land_within_a_state_is_a_party_of_its_own(source: str, party: str) -> None:
    text = f"{source} said that the talks ended. The Northern Ireland Protocol stays."
    found = told(text, (source, "the talks ended"), people=("Tovek Marrant",))
    assert found == [("Tovek Marrant", party)]


def test_a_minister_of_no_named_state_is_no_provinces() -> None:
    assert Atlas.of("Scotland, Scotland and Georgia.", Lexicon.shipped()).main() == "Georgia"


def test_a_paper_called_after_a_land_has_no_minister_and_is_nobody() -> None:
    text = "The Vessby Protocol stays, Tovek Marrant said."
    draft = Draft.of(a_document(text), Lexicon.shipped())
    draft.mentions = [Mention(Span(4, 19), "organisation")]
    assert [a.name for a in cast_of(draft).actors] == []


def test_the_leader_of_a_land_is_its_president_and_no_rebel_is() -> None:
    text = (
        "Armenian President Tovek Marrant spoke first. The Armenian leader said the talks ended. "
        "The rebel leader said the truce held. The Georgian leader said the rest."
    )
    found = told(text, ("The Armenian leader", "the talks ended"), ("The rebel leader", "the truce held"),
                 ("The Georgian leader", "the rest"))  # fmt: skip
    assert found == [("Tovek Marrant", "Armenia"), ("rebel leader", None), ("Georgian leader", "Georgia")]


@pytest.mark.parametrize(
    ("lead", "party"),
    [("After Hana Kirov's resignation as Armenia's trade minister", None),
     ("Angered by the choice of Hana Kirov as Armenia's trade minister", None),
     ("Speaking as Armenia's trade minister", "Armenia")],
)  # fmt: skip
def test_an_office_that_another_left_is_nobody_elses(lead: str, party: str | None) -> None:
    assert told(f"{lead}, Tovek Marrant said the talks ended.", ("Tovek Marrant", "the talks ended"))[0][1] == party


def test_a_question_in_a_headline_begins_no_name() -> None:
    document = a_document("When Will Marrant and Kirov Meet?\n\nTovek Marrant waits. Will Tavita said so.")
    draft = Draft.of(document, Lexicon.shipped())
    seen = (at(document, name) for name in ("Will Marrant", "Tovek Marrant", "Will Tavita"))
    draft.mentions = [Mention(Span(name.start, name.end), "person") for name in seen]
    people = {a.name for a in cast_of(draft).actors if a.kind == "person"}
    assert people == {"Tovek Marrant", "Will Tavita"}


def test_whom_a_second_he_means() -> None:
    text = (
        "Armenian president Tovek Marrant arrived on Friday. He met with Jakub Brenda and Hana Kirov. "
        "He also saw Zubro Klimtar. His spokesman said the talks ended. He said the truce held."
    )
    found = told(text, ("His spokesman", "the talks ended"), people=("Tovek Marrant",))
    assert found[0][0] == "spokesman of Tovek Marrant"


def test_a_port_or_a_cape_is_nobody() -> None:
    document = a_document("The rebels leave Port Sael and Cape Orla. Mina Sael left too.")
    people = {a.name for a in cast_of(Draft.of(document, Lexicon())).actors if a.kind == "person"}
    assert people == {"Mina Sael"}


@pytest.mark.parametrize("called", ["Abu Tarn", "Temedi"])
def test_a_name_that_somebody_goes_by_is_his(called: str) -> None:
    text = (
        f"The Harbour Front leader Tovek Marrant, commonly known as {called}, came. Jakub Brenda left. "
        f"{called} has sworn to take the port."
    )
    assert told(text, (f"{called} has"[: len(called)], "to take the port"))[0] == ("Tovek Marrant", "Harbour Front")


def test_both_sides_are_those_between_whom_others_want_talks() -> None:
    text = (
        "Chile and Japan welcomed the talks between the army and the Harbour Front. But both sides said that "
        "they would only discuss a truce."
    )
    said = ("Chile and Japan", "the talks"), ("both sides", "they would only discuss a truce")
    assert told(text, *said)[1][0] == "army and Harbour Front"


def test_one_person_is_not_several() -> None:
    text = "It was late, people familiar with it said. He wants peace."
    said = ("people familiar with it", "It was late"), ("He", "peace")
    assert told(text, *said)[1][0] != "people familiar with it"


def test_where_talks_are_held_sends_nobody() -> None:
    text = "The envoy at talks in Doha said the toll would stay."
    assert told(text, ("The envoy at talks in Doha", "the toll would stay"))[0][1] is None


@pytest.mark.parametrize(
    ("body", "source", "meant"),
    [
        ("European Union", "The bloc", "European Union"),
        ("European Union", "The 27-nation bloc", "European Union"),
        ("NATO", "The alliance", "NATO"),
        ("Hamas", "The Palestinian militant group", "Hamas"),
        ("Hamas", "The group of farmers", None),
        ("Hezbollah", "The Iran-backed group", "Hezbollah"),
        ("Hezbollah", "The environmental group", None),
        ("Harbour Front", "The Iran-backed group", None),
    ],
)
def test_what_news_calls_a_listed_body(body: str, source: str, meant: str | None) -> None:
    text = f"{body} (RD) officials came. {source} said that it would wait."
    found = told(text, (source, "it would wait"))[0][0]
    assert found == meant if meant else found != body


def test_the_body_named_last_is_meant() -> None:
    text = "Hamas came after Hezbollah left. The militant group said that it would wait."
    assert told(text, ("The militant group", "it would wait"))[0][0] == "Hezbollah"


def test_a_body_of_those_who_work_is_a_union() -> None:
    document = a_document("United Rope Workers waits. The union said that it would strike.")
    draft = Draft.of(document, Lexicon.shipped())
    draft.mentions = [Mention(Span(0, 19), "organisation")]
    draft.found = [Found(at(document, "The union"), Spans(), at(document, "it would strike"))]
    assert resolve(draft)[0].speaker.name == "United Rope Workers"


@pytest.mark.parametrize(
    ("source", "party"),
    [
        ("Turkish Cypriot leader Tovek Marrant", "Turkish Cypriots"),
        ("The Greek Cypriot side", "Greek Cypriot"),
        ("A Greek Cypriot official", "Greek Cypriot"),
        ("The Turkish Cypriots", "Turkish Cypriots"),
        ("A Turkish official", "Turkey"),
    ],
)
def test_people_of_one_land_and_anothers_kin_are_a_party_of_their_own(source: str, party: str) -> None:
    text = f"Turkey and Greece wait. The Turkish Cypriots wait. {source} said that nobody would sign."
    people = ("Tovek Marrant",) if "Tovek" in source else ()
    assert told(text, (source, "nobody would sign"), people=people)[0][1] == party


@pytest.mark.parametrize(
    ("body", "source"),
    [
        ("European Union", "The bloc's top diplomat"),
        ("Hamas", "A senior member of the group"),
        ("Hamas", "Officials from the movement"),
    ],
)
def test_who_belongs_to_a_body_that_is_called_by_its_noun_speaks_for_it(body: str, source: str) -> None:
    text = f"{body} waits. {source} said that it was late."
    assert told(text, (source, "it was late"))[0][1] == body


@pytest.mark.parametrize("source", ["WTO DG Tovek Marrant", "The WTO's Director-General Tovek Marrant"])
def test_the_director_general_is_of_the_body_and_called_by_letters(source: str) -> None:
    text = f"{source} came. The DG said that it was late."
    assert (
        told(text, (source, "it was late"), ("The DG", "it was late"))
        == [("Tovek Marrant", "World Trade Organization")] * 2
    )


def test_a_counterpart_is_of_the_other_land() -> None:
    text = "Japan's envoy Aiko Mori said that it was late. Her Chilean counterpart said that it was early."
    said = ("Japan's envoy Aiko Mori", "it was late"), ("Her Chilean counterpart", "it was early")
    assert [party for _, party in told(text, *said)] == ["Japan", "Chile"]


def test_congo_is_the_state_whose_capital_is_kinshasa() -> None:
    text = "Kinshasa waits. Congo's government said that it was late. The Congo Republic said that it was early."
    said = ("Congo's government", "it was late"), ("The Congo Republic", "it was early")
    assert [party for _, party in told(text, *said)] == ["Democratic Republic of the Congo", "Republic of the Congo"]


@pytest.mark.parametrize(
    ("text", "seen", "told_as"),
    [
        ("Izat al-Rish, a senior Hamas official, said that it was late.", "Izat al-Rish", ("Izat al-Rish", "Hamas")),
        ("The Arena Plus said that it was late.", "Arena Plus", ("Arena Plus", "Arena Plus")),
    ],
)
def test_what_the_finder_takes_for_a_body(text: str, seen: str, told_as: tuple[str, str]) -> None:
    document = a_document(text)
    draft = Draft.of(document, Lexicon.shipped())
    name = at(document, seen)
    draft.mentions = [Mention(Span(name.start, name.end), "organisation")]
    source = text[: text.index(" said")].rstrip(",")
    draft.found = [Found(at(document, source), Spans(), at(document, "it was late"))]
    assert [(s.speaker.name, s.speaker.party) for s in resolve(draft)] == [told_as]


def test_an_organ_behind_its_land_is_the_lands() -> None:
    document = a_document("Chile's Ruling Cabinet met.")
    draft = Draft.of(document, Lexicon.shipped())
    name = at(document, "Ruling Cabinet")
    draft.mentions = [Mention(Span(name.start, name.end), "organisation")]
    organ = cast_of(draft).known("Ruling Cabinet")
    assert organ is not None and organ.party == "Chile"
