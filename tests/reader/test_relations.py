"""Who leads, represents, belongs to, backs and opposes whom."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon import Entry, Lexicon
from dragoman.reader.draft import Draft
from dragoman.reader.names.roles import roles_of
from dragoman.reader.relations.relations import find_relations, is_person
from dragoman.reading import Relation, Speaker
from tests.builders import a_document, a_statement

STATES = Lexicon(
    parties=(
        Entry("Kestria", "state", extra={"demonym": "Kestrian"}),
        Entry("Sulmar", "state", extra={"demonym": "Sulmari"}),
    )
)


def relations(text: str, *who: tuple[str, str, str], lexicon: Lexicon = STATES) -> list[tuple[str, str, str]]:
    """The relations of `text`; `who` are speakers: words of the text, name, party. Each said "the port is shut"."""
    return [(r.origin, r.kind, r.to) for r in found(text, *who, lexicon=lexicon)]


def found(text: str, *who: tuple[str, str, str], lexicon: Lexicon = STATES) -> list[Relation]:
    draft = Draft.of(a_document(text), lexicon)
    for n, (source, name, party) in enumerate(who, 1):
        said = a_statement(draft.document, source, "said", "the port is shut")
        draft.statements.append(replace(said, id=f"s{n}", speaker=Speaker(name, party)))
    draft.relations = find_relations(draft)
    draft.finish("test")
    return draft.relations


@pytest.mark.parametrize(
    ("text", "name", "party", "kind"),
    [
        ("Kestria's prime minister, Lena Corvath, SAID", "Lena Corvath", "Kestria", "leads"),
        ("Sulmari Foreign Minister Nadia Teyrouz SAID", "Nadia Teyrouz", "Sulmar", "represents"),
        ("Joram Vell, the head of the Free Coast Movement, SAID", "Joram Vell", "Free Coast Movement", "leads"),
        ("Its spokeswoman Sefa Lund SAID", "Sefa Lund", "Free Coast Movement", "represents"),
        ("Its deputy leader, Ms. Pasang Gurme, SAID", "Pasang Gurme", "People's Front", "represents"),
        ("Ana Holm heads the Dockers' Union. Yesterday Holm SAID", "Ana Holm", "Dockers' Union", "leads"),
        ("Ana Holm, 54, speaks for the Hill League. Yesterday Holm SAID", "Ana Holm", "Hill League", "represents"),
        ("Ana Holm has led the Green Party for years. Yesterday Holm SAID", "Ana Holm", "Green Party", "leads"),
        ("Kestria's Permanent Representative to the HPA, Ada Volk, SAID", "Ada Volk", "Kestria", "represents"),
        ("Brent Okafor, who leads the mill union, SAID", "Brent Okafor", "mill union", "leads"),
        ("Ruvindra Pallas, Chair of the HPA, SAID", "Ruvindra Pallas", "Halvor Ports Authority", "leads"),
        ("The head of the mission, Maj. Gen. (retd.) Tor Aas, SAID", "Tor Aas", "mission", "leads"),
        ("Perrin's chief hydrologist, Ludvik Amaro, SAID", "Ludvik Amaro", "Perrin", "represents"),
        ("Its head of sport, Dario Lenz, SAID", "Dario Lenz", "Arena Plus", "represents"),
        ("Operations chief Dario Lenz SAID", "Dario Lenz", "Arena Plus", "represents"),
        ("Its speaker, Dario Lenz, SAID", "Dario Lenz", "Long House Circle", "represents"),
        ("Its speaker, Dario Lenz, SAID", "Dario Lenz", "Assembly", "leads"),
        ("Ros Pettifer of Southern Watch SAID", "Ros Pettifer", "Southern Watch", "member of"),
        ("Ingeborg Tui of Kestria SAID", "Ingeborg Tui", "Kestria", "represents"),
        ("Giles Farthing, a member of the Blue Party, SAID", "Giles Farthing", "Blue Party", "member of"),
        ("Councilwoman Pilar Ost, the city's lead negotiator, SAID", "Pilar Ost", "city", "represents"),
        ("The leader of the house, Senator Ada Volk, SAID", "Ada Volk", "house", "leads"),
        ("The governor of a Sulmari province, Ivo Rask, SAID", "Ivo Rask", "Sulmar", "represents"),
    ],
)  # fmt: skip
def test_what_a_speaker_is_to_the_party(text: str, name: str, party: str, kind: str) -> None:
    got = relations(f"{text} The {party} met.".replace("SAID", "said the port is shut."), (name, name, party))
    assert [r for r in got if r[0] == name] == [(name, kind, party)]


def test_a_former_office_counts_for_nothing() -> None:
    got = relations(
        "The former president Aud Rim said the port is shut. The Hill League met.",
        ("Aud Rim", "Aud Rim", "Hill League"),
    )
    assert got == [("Aud Rim", "represents", "Hill League")]


def test_a_mediator_without_a_party_in_sight_represents_nobody() -> None:
    got = relations(
        "The mediator, Anwen Rusk, said the port is shut.", ("Anwen Rusk", "Anwen Rusk", "Concord of Nations")
    )
    assert got == [("Anwen Rusk", "mediates", "talks")]


def test_a_mediator_of_a_body_represents_it() -> None:
    text = "The mediator, Anwen Rusk of the Lake Community, said the port is shut."
    got = relations(text, ("The mediator", "Anwen Rusk", "Lake Community"))
    assert ("Anwen Rusk", "represents", "Lake Community") in got


def test_bodies_are_no_people() -> None:
    text = "The finance ministry said the port is shut. Kestria waits."
    assert relations(text, ("The finance ministry", "Kestrian finance ministry", "Kestria")) == []


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Kestria, which backs Sulmar, waits.", ("Kestria", "supports", "Sulmar")),
        ("Kestria, Sulmar's main ally, waits.", ("Kestria", "supports", "Sulmar")),
        ("Orlesk, which supplies the Sulmari navy, waits.", ("Orlesk", "supports", "Sulmar")),
        ("Kestria supports Sulmar.", ("Kestria", "supports", "Sulmar")),
        ("Sulmar, backed by Kestria, waits.", ("Kestria", "supports", "Sulmar")),
        ("Kestria, Sulmar's old enemy, waits.", None),
        ("Kestria is at war with Sulmar.", ("Kestria", "opposes", "Sulmar")),
        ("Kestria, Sulmar's neighbour and rival, waits.", ("Kestria", "opposes", "Sulmar")),
        ("Kestria, the guarantor of the truce, backs Sulmar.", ("Kestria", "supports", "Sulmar")),
        ("Kestria backs Sulmar's plan.", ("Kestria", "supports", "Sulmar")),
        ("Kestria backs Sulmar's withdrawal.", None),
        ("A panel chaired this year by Kestria met.", ("Kestria", "leads", "panel")),
        ("A walkout led by Kestria began.", None),
        ("Kestria rejects the plan of Sulmar.", None),
        ("Kestria threw its weight behind Sulmar.", ("Kestria", "supports", "Sulmar")),
        ("Kestria got the backing of Orlesk, which waits.", ("Orlesk", "supports", "Kestria")),
    ],
)
def test_alliances(text: str, relation: tuple[str, str, str] | None) -> None:
    assert relations(text) == ([relation] if relation else [])


def test_who_is_backed_may_be_called_by_a_pronoun() -> None:
    text = "Mary Holm, the mayor, said the port is shut. Kestria backs her. She also got backing from Sulmar."
    got = relations(text, ("Mary Holm", "Mary Holm", "Hill League"))
    assert ("Kestria", "supports", "Mary Holm") in got


def test_a_person_who_is_backed_is_not_the_party() -> None:
    text = "The Kestrian envoy, Ada Volk, said the port is shut. Sulmar backs Volk's plan."
    assert ("Sulmar", "supports", "Ada Volk") in relations(text, ("Ada Volk", "Ada Volk", "Kestria"))


@pytest.mark.parametrize(
    ("text", "name", "party", "wanted"),
    [
        ("Its mate asked her commander. Lt. Ada Volk said", "Ada Volk", "coast guard", "represents"),
        ("A note by the mediator Lars Rim, Ada Volk said", "Ada Volk", "coast guard", "represents"),
        ("He would put it to a vote of all the members of the union, only if the mayor, Ada Volk, said",
         "Ada Volk", "town", "leads"),
    ],
)  # fmt: skip
def test_only_an_office_beside_the_name_is_its_bearer_s(text: str, name: str, party: str, wanted: str) -> None:
    got = relations(f"{text} the port is shut. The {party} met.", (name, name, party))
    assert (name, wanted, party) in got


def test_the_chair_of_talks_stands_for_no_state() -> None:
    text = "Kestria waits. The co-chair, Ada Volk, said the port is shut."
    assert relations(text, ("Ada Volk", "Ada Volk", "Kestria")) == []


def test_who_leads_a_delegation() -> None:
    text = "Pavel Ferre, who leads the Kestrian delegation, said the port is shut."
    assert relations(text, ("Pavel Ferre", "Pavel Ferre", "Kestria")) == [
        ("Pavel Ferre", "leads", "Kestrian delegation")
    ]


def test_a_post_is_no_party() -> None:
    text = "The Minister of Labour, Ada Volk, said the port is shut. Labour waits. Kestria waits."
    assert relations(text, ("Ada Volk", "Ada Volk", "Kestria")) == [("Ada Volk", "represents", "Kestria")]


def test_two_backers() -> None:
    got = relations("Sulmar, bolstered by military support from Kestria and Orlesk, waits. Orlesk's army waits.")
    assert ("Kestria", "supports", "Sulmar") in got


def test_a_leader_s_name_stands_for_the_government_that_bears_it() -> None:
    text = "The Vorsk regime said the port is shut. President Ivo Vorsk waits. Vorsk, backed by Kestria, waits."
    got = relations(text, ("The Vorsk regime", "Vorsk regime", "Vorsk regime"))
    assert ("Kestria", "supports", "Vorsk regime") in got


def test_every_relation_rests_on_words() -> None:
    for relation in found(
        "Kestria's prime minister, Lena Corvath, said the port is shut.", ("Lena Corvath", "Lena Corvath", "Kestria")
    ):
        assert relation.span
        assert relation.statement == "s1"


@pytest.mark.parametrize("name", ["Lena Corvath", "Yunus al-Harithi", "Marie de la Tour", "Vashti"])
def test_people(name: str) -> None:
    assert is_person(name, Draft.of(a_document("Nothing."), STATES))


@pytest.mark.parametrize(
    "name",
    ["finance ministry", "Kestria", "Red Cross Society", "government delegate", "Basin Commission engineers", ""],
)
def test_not_people(name: str) -> None:
    assert not is_person(name, Draft.of(a_document("Nothing."), STATES))


@given(st.text(alphabet="abc ABC,.'()“”\nthe president of whoads", max_size=120))
def test_nothing_breaks(text: str) -> None:
    draft = Draft.of(a_document(text), STATES)
    draft.relations = find_relations(draft)
    draft.finish("test")


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (
            "The chairman of the drafting commission, Bohumir Taskal, said the port is shut.",
            ("Bohumir Taskal", "leads", "drafting commission"),
        ),
        ("Kestria's negotiator, Rolf Antonsen, said the port is shut.", ("Rolf Antonsen", "represents", "Kestria")),
        ("Sulmari delegate Ada Volk said the port is shut.", ("Ada Volk", "represents", "Sulmar")),
        (
            "The mandate goes to the Hill League, whose leader, Ana Holm, said the port is shut.",
            ("Ana Holm", "leads", "Hill League"),
        ),
        ("The dairy's manager, Ana Holm, said the port is shut.", ("Ana Holm", "leads", "dairy")),
        ("Vextor president Lars Rim said the port is shut. Vextor waits.", ("Lars Rim", "leads", "Vextor")),
        ("Dana Reyes, boss of tiny Harbour Lights, said the port is shut.", ("Dana Reyes", "leads", "Harbour Lights")),
        ("Tory MP Basil Crane said the port is shut.", ("Basil Crane", "member of", "Conservative Party")),
    ],
)
def test_a_role_names_the_party_that_the_statement_does_not(text: str, relation: tuple[str, str, str]) -> None:
    assert relations(text, (relation[0], relation[0], "")) == [relation]


def test_a_name_and_its_first_word_are_one() -> None:
    assert relations("Nova Bank said the port is shut.", ("Nova Bank", "Nova Bank", "Nova")) == []
    assert relations("Employers said the port is shut.", ("Employers", "Employers", "employers")) == []


def test_a_joined_name_is_not_that_of_its_first_half() -> None:
    text = "Kestria's chairman Liu Holm-han said the port is shut. Write to Olivia Holm."
    assert relations(text, ("Kestria's chairman Liu Holm-han", "Liu Holm-han", "Kestria"), ("Olivia Holm", "", "")) == [
        ("Liu Holm-han", "represents", "Kestria")
    ]
    assert list(roles_of(Draft.of(a_document(text), STATES), "Olivia Holm")) == []


def test_people_of_one_role_in_the_plural() -> None:
    got = relations("The mill's envoys, Ana Holm and Lars Rim, said the port is shut.", ("envoys", "Ana Holm", "mill"))
    assert got == [("Ana Holm", "represents", "mill"), ("Lars Rim", "represents", "mill")]


def test_people_who_do_not_speak() -> None:
    got = relations("Kestria's prime minister, Lena Corvath, met the envoy of Sulmar.")
    assert ("Lena Corvath", "leads", "Kestria") in got


def test_whoever_is_to_be_met_has_the_office_of_nobody_before() -> None:
    text = "The UN envoy for Kestria was set to press President Ada Volk’s allies. Kestria waits."
    assert not {(name, party) for name, _, party in relations(text)} & {("Ada Volk", "United Nations")}


@pytest.mark.parametrize(
    "text",
    [
        "The Kestrian foreign minister Lena Corvath and Sulmari Foreign Minister Ada Volk met on Monday.",
        "Kestrian envoy Lena Corvath will meet with Sulmari Foreign Minister Ada Volk on Monday.",
        "The Kestrian offer came as Sulmari Foreign Minister Ada Volk left.",
    ],
)
def test_what_is_told_of_somebody_else_before_a_role_is_no_part_of_it(text: str) -> None:
    text += " Kestria and Sulmar waited."
    got = [r for r in found(text) if r.origin == "Ada Volk"]
    assert [(r.to, r.span.text(a_document(text))) for r in got] == [("Sulmar", "Sulmari Foreign Minister ")]


def test_nobody_stands_for_a_name_that_ends_with_their_own() -> None:
    text = "The meeting was opened. The delegations were led by Ambassador Gesa Quill. Velmark said it would sign."
    assert relations(text) == []


def test_the_chair_of_a_house_committee_leads_neither_party_nor_services() -> None:
    text = "House Financial Services Chair Ana Orme (R-N.C.) said the port is shut. The Republicans wait."
    assert relations(text, ("Ana Orme", "Ana Orme", "Republicans")) == [("Ana Orme", "member of", "Republicans")]


def test_an_office_before_somebody_else_is_of_no_party_named_after_it() -> None:
    text = "Prime Minister Ilse Maron and Free Coast leader Piet Daal met on Tuesday. Yesterday Daal SAID"
    got = relations(text.replace("SAID", "said the port is shut"), ("Daal", "Piet Daal", "Free Coast"))
    assert got == [("Piet Daal", "leads", "Free Coast")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sulmar welcomes the decision of Kestrian President Ana Holm to stay.", [("Ana Holm", "leads", "Kestria")]),
        ("Sulmar sent an envoy. The guarantors had met President Ana Holm on Monday.", []),
    ],
)
def test_a_president_of_whom_the_text_tells_leads_no_state_that_is_only_near(
    text: str, wanted: list[tuple[str, str, str]]
) -> None:
    assert relations(text) == wanted


def test_who_leads_a_party_in_a_house_does_not_lead_the_party() -> None:
    text = "Republican Senate leader Mitch Vekk said the port is shut."
    for party in ("Republican Party", "Republicans"):
        more = "" if party == "Republican Party" else " The Republicans wait."
        assert relations(text + more, ("Mitch Vekk", "Mitch Vekk", party)) == [("Mitch Vekk", "member of", party)]


def test_whoever_is_told_to_do_something_does_not_lead_who_tells_it() -> None:
    text = (
        "The Harbour Council has issued an ultimatum to President Omar Sol of Sulmar and rebel leader Ilmar Gold. "
        "Kestrian President Ana Holm held talks with Chairman of Sulmar's Ruling Council Yunus al-Sani."
    )
    told = relations(text)
    assert [r for r in told if r[0] == "Ilmar Gold"] == []
    assert [r for r in told if r[0] == "Yunus al-Sani"] == [("Yunus al-Sani", "leads", "Sulmar")]


def test_whom_a_mediator_stands_between_is_no_mediator() -> None:
    assert relations("Last year Kestria served as a mediator of the talks between Ilmar Gold and the rebels.") == []
