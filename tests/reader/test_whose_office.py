"""Whom the words around an office tell it to be of, by the rules alone."""

import re

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft, Found, Mention
from dragoman.reader.names.casting import cast_of
from dragoman.reader.names.outlet_introductions import introductions
from dragoman.reader.parties import parties
from dragoman.reader.parties.named_parties import Named
from dragoman.reader.parties.parties import choices
from dragoman.reader.parties.told_around import other_state
from dragoman.reader.speakers.resolve import resolve
from dragoman.reader.speakers.speakers import Speakers
from dragoman.reading import Document, Span, Spans

SIDES = "Japan and Chile met on Monday. Japan's foreign minister, Aiko Mori, said the ban would stay. "


def told(text: str, source: str) -> str | None:
    """The party that the rules give whoever is named by `source`, as the text has it last."""
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    start = text.rindex(source)
    at = Spans([(start, start + len(source))])
    cue = Spans([(at.end + 1, at.end + 5)])
    draft.found = [Found(at, cue, Spans([(cue.end + 1, len(text))]))]
    return Speakers(cast_of(draft)).speaker(draft.found[0]).party


def test_the_half_of_a_land_that_is_called_by_its_side_alone() -> None:
    text = "North Korea and South Korea met in the North Sea. The South's envoy, Hana Kirov, said no."
    assert told(text, "The South's envoy, Hana Kirov,") == "South Korea"
    assert told("The North Sea is rough. The North's envoy, Hana Kirov, left.", "The North's envoy, Hana Kirov,") != (
        "North Korea"
    )


@pytest.mark.parametrize(
    ("text", "source", "party"),
    [
        ("Chile must wait, the mining ministry in Tokyo said. Ministry spokesman Ken Abe said so.",
         "Ministry spokesman Ken Abe", "Japan"),
        ("Chile summoned the Japanese ambassador on Friday. The embassy said nothing had happened.",
         "The embassy", "Japan"),
        ("Tory MP Alan Reece said it was over.", "Tory MP Alan Reece", "Conservative Party"),
        ("Senator Ruth Cole, a Democrat from Ohio, said it was over.",
         "Senator Ruth Cole, a Democrat from Ohio,", "Democratic Party"),
        ("Luz Paik of brokers Hale & Tillis said prices would fall.", "Luz Paik of brokers Hale & Tillis",
         "Hale & Tillis"),
        ("Dr Mia Talo, director of the water office that serves the valley, said it would open.",
         "Dr Mia Talo, director of the water office that serves the valley,", "water office"),
        ("Japan sent the Minister of Trade and Fisheries of Chile, Luis Rojas, a letter. Rojas said no.", "Rojas",
         "Chile"),
        ("Guards from Chile saw Concord observers leave. Envoy Anna Rask said talks would resume.",
         "Envoy Anna Rask", "Concord"),
        (f"{SIDES}Chile is to open its ports by May. Trade Minister Yuki Ono said so.", "Trade Minister Yuki Ono",
         "Japan"),
        ("The Harbour Alliance refused. Its chairmen, Karl Olsen in Kiel and Gina Bello in Rome, want it. Bello left.",
         "Bello", "Harbour Alliance"),
        ("Two clubs, Nexor and Izola, will fold. Nexor president Tibor Vekk said so.", "Nexor president Tibor Vekk",
         "Nexor"),
        ("The director of the Centre for Sea Law, Academician Vera Topal, said no.",
         "The director of the Centre for Sea Law, Academician Vera Topal,", "Centre for Sea Law"),
        ("In Tokyo they wait. Rauf Mori, who advises the finance ministry there, said it would end.",
         "Rauf Mori, who advises the finance ministry there,", "Japan"),
        ("Qatar hosted it. The delegation of Morvenia said no.", "The delegation of Morvenia", "Morvenia"),
        ("Qatar hosted it. The delegation of the Government of Oru said no.",
         "The delegation of the Government of Oru", "Oru"),
        ("MINISTRY OF FOREIGN AFFAIRS OF THE REPUBLIC OF VELDANIA\n\nThe Lisbon Protocol binds Veldania. The Minister "
         "of Foreign Affairs, Ilse Kolt, said so.", "The Minister of Foreign Affairs, Ilse Kolt,", "Veldania"),
        ("Japan waits. Rear Admiral Yuki Ono, who speaks for the Chilean armed forces, said so.",
         "Rear Admiral Yuki Ono, who speaks for the Chilean armed forces,", "Chile"),
        ("Six were hurt, according to figures compiled by the Red Cross.", "figures compiled by the Red Cross",
         "Red Cross"),
        ("The Secretary-General of the Harbour Council, Ana Lund, said so.",
         "The Secretary-General of the Harbour Council, Ana Lund,", "Harbour Council"),
        ("Delegations met. The Chilean delegation was headed by State Secretary Paul Ngata; the delegation of Sarn was "
         "led by Ms. Ana Doran, Director of the Sarn Water Board. State Secretary Ngata said so.",
         "State Secretary Ngata", "Chile"),
        ("(Lima, 2 Nov) The Verification Mechanism (VM) recorded 31 breaches, its head, General Moses Okumu, said "
         "here. Japan mediates. Okumu said so.", "Okumu", "Verification Mechanism"),
        ("Press statement\nby the Ministry of Defence of the Republic of Ostmark\n\nChile fired. Chile's army lied. "
         "Chile must know. Minister of Defence Ana Kolt said so.", "Minister of Defence Ana Kolt", "Ostmark"),
        ("Press statement by the Ministry of Defence of the Republic of Ostmark\n\nChile's army lied. We said so.",
         "We", "Ostmark"),
        ("The Highland Liberation Army (HLA), which took 31 pupils, wants money. It said so.", "It",
         "Highland Liberation Army"),
        ("President Ana Kolt of war-torn Chile said it was over.", "President Ana Kolt of war-torn Chile", "Chile"),
        ("Chile waits. Chilean opposition leader Ana Kolt said no.", "Chilean opposition leader Ana Kolt",
         "Chilean opposition"),
        ("Chile waits. Chile's opposition leader Ana Kolt said no.", "Chile's opposition leader Ana Kolt",
         "Chilean opposition"),
        ("Chile waits. Ana Kolt, the Chilean opposition leader, said no.", "Ana Kolt, the Chilean opposition leader,",
         "Chilean opposition"),
        ("Japan has banned the export of opposition leader Ana Kolt's books. Kolt said no.", "Kolt", "opposition"),
        ("Chile waits. Chilean opposition officials said no.", "Chilean opposition officials", "Chilean opposition"),
        ("Chile waits. Rebel commander Ana Kolt of the Harbour Front said no.",
         "Rebel commander Ana Kolt of the Harbour Front", "Harbour Front"),
        ("Chile waits. M23 deputy spokesman Omar Sol said no.", "M23 deputy spokesman Omar Sol", "M23"),
        ("Talks in Oslo. Chairman of Chile's Ruling Council Ana Kolt said no.",
         "Chairman of Chile's Ruling Council Ana Kolt", "Chile"),
        ("Japan's envoy Ana Kolt and Harbour Front chair Omar Sol said so.",
         "Japan's envoy Ana Kolt and Harbour Front chair Omar Sol", "Japan"),
    ],
)  # fmt: skip
def test_an_office_is_of_whom_the_text_says(text: str, source: str, party: str) -> None:
    assert told(text, source) == party


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("China and Japan refused to sign. Co-Chair Hanne Vik said there was time.", "Co-Chair Hanne Vik"),
        (
            "Envoys met the conference chair. The Harbour Council waits. The chair, Hanne Vik, has not said so.",
            "The chair, Hanne Vik,",
        ),
        ("Chile waits. Chilean rebel commander Ana Kolt said no.", "Chilean rebel commander Ana Kolt"),
        ("Chile waits. Rebel leader Ana Kolt said no.", "Rebel leader Ana Kolt"),
        (
            "Chile waits. A spokesman for the Chilean rebels, Omar Sol, said no.",
            "A spokesman for the Chilean rebels, Omar Sol,",
        ),
        ("Chile waits. Chilean rebel chiefs said no.", "Chilean rebel chiefs"),
        ("A 37th Round of Formal Talks was asked for by President Omar Sol III himself. Sol said no.", "Sol"),
        ("The chair, Sunniva Dahl, blamed the Danes. The chair said no more.", "Sunniva Dahl"),
        ("In Fort Aden, Ms Rina Sol, who runs a bakery, said it would not last.", "Ms Rina Sol, who runs a bakery,"),
        (
            f"{SIDES}The Georgian exile leader Vakho Beridze said it was dead.",
            "The Georgian exile leader Vakho Beridze",
        ),
    ],
)
def test_nobody_is_made_somebodys(text: str, source: str) -> None:
    assert told(text, source) is None


@pytest.mark.parametrize("other", ["Norway", "the Harbour Fund"])
def test_with_whom_somebody_talks_is_not_whom_he_speaks_for(other: str) -> None:
    text = f"Chile waits for the Harbour Fund. Chile waits. Premier Ana Kolt, who leads the talks with {other}, left."
    assert told(text, f"Premier Ana Kolt, who leads the talks with {other},") not in ("Norway", "Harbour Fund")


@pytest.mark.parametrize("source", ["The country", "The southern island nation", "The country's finance ministry"])
def test_the_country_is_the_land_that_the_text_is_about(source: str) -> None:
    assert told(f"Chile waits for its lenders. {source} said it would pay.", source) == "Chile"
    assert told(f"Nobody waits. {source} said it would pay.", source) in (None, "country's finance ministry")


def test_where_a_president_is_makes_him_no_president_of_it() -> None:
    text = "Chile waits. Chile has talked for years. Premier Ana Kolt, who is visiting Norway, said it would sign."
    assert told(text, "Premier Ana Kolt, who is visiting Norway,") != "Norway"


@pytest.mark.parametrize("name", ["Lake Ossary", "Harbour Road", "Otter Creek"])
def test_a_lake_or_a_road_is_no_party(name: str) -> None:
    text = f"The council met at {name} on Monday. {name} was quiet."
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())

    start = text.index(name)
    draft.mentions = [Mention(Span(start, start + len(name)), "place")]
    assert name not in [option.name for option in Named(cast_of(draft)).options.values()]


def test_what_groups_are_for_is_no_party() -> None:
    text = "Aid agencies warn of a famine."
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    draft.mentions = [Mention(Span(0, 3), "organisation")]
    assert "Aid" not in [option.name for option in Named(cast_of(draft)).options.values()]


def test_a_word_that_the_text_has_small_is_no_party() -> None:
    text = "Rights office: both sides starved civilians. The human rights office spoke of two sides."
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    draft.mentions = [Mention(Span(0, 6), "organisation")]
    assert "Rights" not in [option.name for option in Named(cast_of(draft)).options.values()]


def test_a_bishop_speaks_for_no_town() -> None:
    text = "Port Amadi is calm. The bishop of Port Amadi, Karim Sanou, said the gang had accepted him."
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    draft.mentions = [Mention(Span(0, 10), "organisation")]
    source = "The bishop of Port Amadi, Karim Sanou,"
    at = Spans([(text.index(source), text.index(source) + len(source))])
    draft.found = [Found(at, Spans([(at.end + 1, at.end + 5)]), Spans([(at.end + 6, len(text) - 1)]))]
    assert Speakers(cast_of(draft)).speaker(draft.found[0]).party is None


def test_the_whole_name_that_is_known_is_taken() -> None:
    name = "Organization for Security and Co-operation in Europe"
    draft = Draft.of(Document("d", f"The {name} met on Monday.", language="en"), Lexicon.shipped())
    assert name in [a.name for a in cast_of(draft).actors]


def test_a_people_without_ending_is_of_its_land() -> None:
    text = "Zerkasia declared a truce. The Zerkas interior ministry said it would hold."
    assert told(text, "The Zerkas interior ministry") == "Zerkasia"


def test_a_counterpart_is_on_the_other_side() -> None:
    cast = cast_of(Draft.of(Document("d", f"{SIDES}Chile waits.", language="en"), Lexicon.shipped()))
    assert [other_state(cast, state) for state in ("Japan", "Chile", "Norway")] == ["Chile", "Japan", None]


@pytest.mark.parametrize("source", ["some in parliament", "a person advising the oil company", "one tired European"])
def test_whoever_is_in_it_or_works_for_it_is_not_the_body(source: str) -> None:
    assert told(f"Talks failed, and {source} said so.", source) is None


def test_a_census_does_not_speak_for_itself() -> None:
    text = "The council met. The census of 1992 found 212 of them in the village."
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    at = Spans([(text.index("The census"), text.index(" found"))])
    draft.found = [Found(at, Spans([(at.end + 1, at.end + 6)]), Spans([(at.end + 7, len(text))]))]
    cast = cast_of(draft)
    [choice] = choices(cast, draft.found, [Speakers(cast).speaker(draft.found[0])])
    assert "census of 1992" not in [option.name for option in choice.options if option.kind != "rule"]


def test_a_government_is_called_by_its_people() -> None:
    text = "Chile's government refused. The Chilean side left."
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    assert "Chilean government" in [option.name for option in Named(cast_of(draft)).options.values()]


def test_outlets_are_told_apart_from_what_they_are() -> None:
    text = "A Catholic weekly, La Lampe, prints a list. Two newspapers, Bamdad and Rah Nov, agree."
    assert {i.name for i in introductions(text)} >= {"La Lampe", "Bamdad", "Rah Nov"}


def test_the_one_mediator_is_named_later() -> None:
    text = "A plan that the mediator proposed was refused. The UN mediator, Lisbeth Anker, said she would wait."
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    start = text.index("the mediator")
    assert Speakers(cast_of(draft)).sourced(start, start + len("the mediator")).name == "Lisbeth Anker"


@pytest.mark.parametrize(
    ("text", "source", "party"),
    [
        ("The United States waits. U.N. Secretary-General Tui Vekk said no.", "U.N. Secretary-General Tui Vekk",
         "United Nations"),
        ("Tunisia waits. European Commission President Ilse von der Marn said no.",
         "European Commission President Ilse von der Marn", "European Commission"),
        ("Tunisia waits. It is late, said WHO Director-General Dr Tui Vekk.", "WHO Director-General Dr Tui Vekk",
         "World Health Organization"),
    ],
)  # fmt: skip
def test_the_body_before_an_officer_s_title(text: str, source: str, party: str) -> None:
    assert told(text, source) == party


def test_no_government_is_the_party_of_rebels() -> None:
    text = "Chile waits. Chile's government is ready. Rebel leader Omar Sol said no. Chilean rebels said so too."
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    for source in ("Rebel leader Omar Sol", "Chilean rebels"):
        at = Spans([(text.index(source), text.index(source) + len(source))])
        draft.found.append(Found(at, Spans([(at.end + 1, at.end + 5)]), Spans([(at.end + 6, at.end + 8)])))
    cast = cast_of(draft)
    speakers = Speakers(cast)
    for choice in choices(cast, draft.found, [speakers.speaker(f) for f in draft.found]):
        assert {"Chile", "Chilean government"}.isdisjoint(o.name for o in choice.options)


def test_a_word_that_begins_several_names_is_short_for_none() -> None:
    text = "The World Grain Programme sent ships, the World Harbour Organization said."
    assert told(text, "The World Grain Programme") != "World Harbour Organization"
    text = "The East Sulmaran bloc WSHO met, and the Sulmaran Union did. The East Sulmaran bloc WSHO said so."
    assert told(text, "The East Sulmaran bloc WSHO") != "Sulmaran Union"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They agreed to form a unity government.", "government"),
        ("Omar Sol wants a new elected government.", "elected government"),
        ("A spokesman of the armed group said.", "armed group said"),
    ],
)
def test_what_is_no_party_cannot_be_chosen(text: str, name: str) -> None:
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    assert name not in [option.name for option in Named(cast_of(draft)).options.values()]


def test_a_title_and_a_name_are_no_body() -> None:
    text = "It is a step in President Omar Sol's plan."
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    draft.mentions = [Mention(Span(text.index("President"), text.index(" plan")), "organisation")]
    assert "President Omar Sol" not in [option.name for option in Named(cast_of(draft)).options.values()]


def test_the_names_of_one_land_are_weighed_together(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The Chilean government and the Harbour Front met. Chile waits. President Omar Sol said so."
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    at = Spans([(text.index("President"), text.index(" said"))])
    draft.found = [Found(at, Spans([(at.end + 1, at.end + 5)]), Spans([(at.end + 6, at.end + 8)]))]
    monkeypatch.setattr(parties, "_WEIGHED", parties._Weighed())
    monkeypatch.setattr(parties, "weights", lambda: {"kind=body": 0.8, "kind=government": 0.2, "kind=state": 0.1})
    assert resolve(draft)[0].speaker.party == "Chile"


def test_an_administration_is_not_whoever_heads_it() -> None:
    text = "President Omar Sol of Chile waits. The Sol administration and the Harbour Front said so."
    assert told(text, "The Sol administration") == "Chile"
    assert told(text, "The Sol administration and the Harbour Front") is None


def test_the_first_name_is_not_that_of_the_land_before_it() -> None:
    text = "South Sudan’s Sol said so. South Sudan’s President Omar Sol met Ana Kolt. Sol said so."
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    draft.mentions = [Mention(Span(14, 17), "person")]
    assert {a.name for a in cast_of(draft).actors if a.kind == "person"} == {"Omar Sol", "Ana Kolt"}


def test_two_who_are_named_together_again_and_again_are_the_two() -> None:
    text = (
        "President Omar Sol and his rival Ana Kolt met in Chile. Sol and Kolt signed a pact. Japan said so. Chile and "
        "its neighbours wait, and Japan waits for Chile. Both sides said so."
    )
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    start = text.index("Both sides")
    assert Speakers(cast_of(draft)).sourced(start, start + len("Both sides")).name == "Omar Sol and Ana Kolt"


def test_an_office_is_not_the_name_of_who_holds_it() -> None:
    text = "Sameh Sukar, Egypt's Foreign Minister, said so."
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    source = "Sameh Sukar, Egypt's Foreign Minister"
    assert Speakers(cast_of(draft)).sourced(0, len(source)).name != "Foreign Minister"


@pytest.mark.parametrize(
    ("text", "source", "party"),
    [
        ("Japan waits. Hana Kirov, the Special Representative for Sea Law for Chile, said no.",
         "Hana Kirov, the Special Representative for Sea Law for Chile,", "Chile"),
        ("Japan waits. Hana Kirov, Chile's Permanent Secretary for Trade and Sea Law, said no.",
         "Hana Kirov, Chile's Permanent Secretary for Trade and Sea Law,", "Chile"),
        ("Japan waits. Hana Kirov, Head of Roads at the charity Quiet Waters, said no.",
         "Hana Kirov, Head of Roads at the charity Quiet Waters,", "Quiet Waters"),
        ("The Americans wait. Hana Kirov, director for U.S. affairs at the Chilean foreign ministry, said no.",
         "Hana Kirov, director for U.S. affairs at the Chilean foreign ministry,", "Chile"),
        ("Chile's president Tui Vekk waits. Mr Vekk's press secretary Hana Kirov said no.",
         "Mr Vekk's press secretary Hana Kirov", "Chile"),
        ("The Chileans wait. Chilean spokesperson Hana Kirov said no.", "Chilean spokesperson Hana Kirov", "Chile"),
        ("Chile waits. Japanese Special Envoy for Arms Control Martin Kirov said no.",
         "Japanese Special Envoy for Arms Control Martin Kirov", "Japan"),
    ],
)  # fmt: skip
def test_what_an_office_is_about_is_no_party(text: str, source: str, party: str) -> None:
    assert told(text, source) == party


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Tui Vekk signed for the rebels but said no.", "rebels"),
        ("Tui Vekk signed the deal on behalf of the Harbour Front. Mr Vekk said no.", "Harbour Front"),
        ("Tui Vekk, speaking on behalf of the rebels, said no.", "rebels"),
        ("Speaking for the Harbour Front, Tui Vekk said no.", "Harbour Front"),
        ("Tui Vekk signed for Chile and Hana Kirov for Japan. Vekk said no.", "Chile"),
        ("Chile’s premier Hana Kirov met Japan’s envoy Tui Vekk. Vekk said no.", "Japan"),
        ("Tui Vekk spoke for the first time and said no.", None),
        ("Tui Vekk pressed for the release of rebels and said no.", None),
    ],
)
def test_somebody_speaks_for_whom_he_signs_for(text: str, party: str | None) -> None:
    assert told(text, re.findall(r"(?:Tui |Mr )?Vekk", text)[-1]) == party


@pytest.mark.parametrize(
    ("text", "source", "party"),
    [
        ("Chile's government met the Harbour Front. Government negotiator Tui Vekk said no.",
         "Government negotiator Tui Vekk", "Chile"),
        ("Actors struck. QUAY-MARTA president Tui Vekk said no.",
         "QUAY-MARTA president Tui Vekk", "QUAY-MARTA"),
        ("The Harbour Front waits. Tui Vekk, a Harbour Front ally, said no.", "Tui Vekk, a Harbour Front ally,", None),
        ("Tui Vekk, who leads the opposition's delegation, said no.",
         "Tui Vekk, who leads the opposition's delegation,", "opposition"),
        ("Chile waits. Tui Vekk, who heads the delegation of Chile, said no.",
         "Tui Vekk, who heads the delegation of Chile,", "Chile"),
        ("Tui Vekk, who heads the delegation of the Harbour Front, said no.",
         "Tui Vekk, who heads the delegation of the Harbour Front,", "Harbour Front"),
        ("The Kremlin's Tui Vekk said no.", "The Kremlin's Tui Vekk", "Russia"),
        ("Chile waits. The National Unity Government said no.", "The National Unity Government",
         "National Unity Government"),
    ],
)  # fmt: skip
def test_the_body_whose_office_or_whose_delegation_it_is(text: str, source: str, party: str | None) -> None:
    assert told(text, source) == party


SHELLED = "Shells fell at Port Ossa, and Port Ossa mourned. "


@pytest.mark.parametrize(
    ("text", "source", "party"),
    [
        (f"{SHELLED}Backing came from Belmora, where Foreign Secretary Tui Vekk said no.",
         "Foreign Secretary Tui Vekk", "Belmora"),
        ("Chile waits. Chile had backing from Japan, where the foreign minister Tui Vekk said no.",
         "the foreign minister Tui Vekk", "Japan"),
        (f"{SHELLED}Foreign Secretary Tui Vekk said no.", "Foreign Secretary Tui Vekk", None),
    ],
)  # fmt: skip
def test_a_minister_is_of_a_land_and_no_town(text: str, source: str, party: str | None) -> None:
    assert told(text, source) == party


TWO = "The Chilean government and rival Varian forces met. Varia burns, Varia waits. "


@pytest.mark.parametrize(
    ("text", "source", "party"),
    [
        (f"{TWO}In Varia the government said so.", "the government", "Chile"),
        (f"{TWO}Sol’s government said so. Prime Minister Omar Sol left Varia.", "Sol’s government", "Chile"),
        (f"{TWO}Prime Minister Omar Sol said so.", "Prime Minister Omar Sol", "Chile"),
        (f"The Japanese government waits. {TWO}Chile's northern Varia region starves. The government said so.",
         "The government", "Chile"),
        (f"{TWO}They said so. The Varian forces said no.", "The Varian forces", "Varia"),
        ("Mali waits. Mali’s main northern rebel alliance said no.", "Mali’s main northern rebel alliance", None),
    ],
)  # fmt: skip
def test_the_government_is_the_only_one_that_is_named(text: str, source: str, party: str | None) -> None:
    found = told(text, source)
    assert found == party if party else found != "Mali"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The Chilean government and rival forces said so.", "The Chilean government and rival forces"),
        ("Japan, Chile and Peru met, some governments said.", "some governments"),
    ],
)
def test_several_are_the_party_of_none(text: str, source: str) -> None:
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    at = Spans([(text.index(source), text.index(source) + len(source))])
    draft.found = [Found(at, Spans([(at.end, at.end + 1)]), Spans([(0, 2)]))]
    cast = cast_of(draft)
    [choice] = choices(cast, draft.found, [Speakers(cast).speaker(draft.found[0])])
    assert {"Chile", "Chilean government", "governments"}.isdisjoint(o.name for o in choice.options if o.name) or (
        source == "some governments" and "governments" not in [o.name for o in choice.options]
    )


def test_an_agreement_is_no_party() -> None:
    text = "Groups that signed the Nationwide Ceasefire Agreement (NCA) met. The NCA helps."
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    draft.mentions = [Mention(Span(text.index("Nation"), text.index(" (NCA)")), "organisation")]
    assert "Nationwide Ceasefire Agreement" not in [option.name for option in Named(cast_of(draft)).options.values()]
