"""For whom speakers speak: what there is to choose from, and how the choice falls."""

import re

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft, Found, Mention
from dragoman.reader.names.casting import cast_of
from dragoman.reader.names.names import Actor
from dragoman.reader.parties import parties, ties
from dragoman.reader.parties.affiliation import party_elsewhere
from dragoman.reader.parties.field import Field
from dragoman.reader.parties.home import home, homeland, house
from dragoman.reader.parties.named_parties import Named, Option
from dragoman.reader.parties.offices import Offices
from dragoman.reader.parties.party_signs import speaks_as
from dragoman.reader.parties.role_words import apposition, role_start
from dragoman.reader.parties.talk import Talk, Turn
from dragoman.reader.parties.told_around import body_in
from dragoman.reader.speakers.resolve import resolve
from dragoman.reader.speakers.speakers import Speakers
from dragoman.reading import Document, Span, Spans


def a_draft(text: str, *parts: tuple[str, str, str]) -> Draft:
    """A draft with one attribution for each source, cue and content."""
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())

    def at(words: str) -> Spans:
        start = text.index(words)
        return Spans([(start, start + len(words))])

    draft.found = [Found(at(source), at(cue), at(content)) for source, cue, content in parts]
    return draft


def the_choices(draft: Draft) -> list[parties.Choice]:
    cast = cast_of(draft)
    speakers = Speakers(cast)
    return list(parties.choices(cast, draft.found, [speakers.speaker(f) for f in draft.found]))


TALKS = (
    "Talks between the Karvel government and the Harbour Front stalled on Monday.\n\n"
    "Ilse Brandt, legal adviser of the eastern camp, said the pilots would wait. "
    "The owners' association wants a date, its secretary Marta Lindqvist told reporters."
)
BRANDT = ("Ilse Brandt, legal adviser of the eastern camp,", "said", "the pilots would wait")
LINDQVIST = ("its secretary Marta Lindqvist", "told", "The owners' association wants a date")


@pytest.mark.parametrize("name", ["Karvel government", "Harbour Front", "eastern camp", "owners' association", None])
def test_every_party_of_the_text_can_be_chosen(name: str | None) -> None:
    choice = the_choices(a_draft(TALKS, BRANDT))[0]
    assert choice.actor.name == "Ilse Brandt"
    assert [o.name for o in choice.options].count(name) == 1


def test_what_stands_beside_the_name_is_told_by_its_way_there() -> None:
    choice = the_choices(a_draft(TALKS, BRANDT))[0]
    features = dict(zip([o.name for o in choice.options], choice.features, strict=True))
    assert "body after n=4" in features["eastern camp"]
    assert "body tied role=adviser" in features["eastern camp"]
    assert not any(f.startswith("after") for f in features["Harbour Front"])


def test_the_weights_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parties, "_WEIGHED", parties._Weighed())
    monkeypatch.setattr(parties, "weights", lambda: {"own name": -9.0, "body tied role=adviser": 5.0})
    assert resolve(a_draft(TALKS, BRANDT))[0].speaker.party == "eastern camp"
    monkeypatch.setattr(parties, "_WEIGHED", parties._Weighed())
    monkeypatch.setattr(parties, "weights", lambda: {"none": 5.0})
    assert resolve(a_draft(TALKS, BRANDT))[0].speaker.party is None


def test_each_speaker_is_one_choice() -> None:
    text = TALKS + " Brandt added that nothing was lost."
    draft = a_draft(text, BRANDT, LINDQVIST, ("Brandt", "added", "that nothing was lost"))
    draft.found[2].source = Spans([(text.rindex("Brandt"), text.rindex("Brandt") + 6)])
    found = {c.actor.name: c.statements for c in the_choices(draft)}
    assert found == {"Ilse Brandt": [0, 2], "Marta Lindqvist": [1]}


@pytest.mark.parametrize(
    ("gap", "size", "shape"),
    [("", 0, "beside"), ("'s chief ", 2, "'s R"), (", chairman of the ", 3, ", R of"), (" (", 1, "(")],
)
def test_the_words_between_two_names(gap: str, size: int, shape: str) -> None:
    found, kinds = ties.between(gap, edge=-1)
    assert (found, kinds[-1]) == (size, shape)


def test_the_shipped_weights_favour_what_the_rules_found() -> None:
    table = parties.weights()
    assert table["rule"] > 0
    assert len(table) > 1000


def test_nobody_is_chosen_where_nobody_speaks() -> None:
    assert the_choices(a_draft(TALKS)) == []


@pytest.mark.parametrize(
    ("text", "source", "party"),
    [
        ("Kestria and Norrland said it would hold. The Kestrian army is back.", "Kestria and Norrland",
         "Kestria and Norrland"),
        ("The Dockers' Guild and the Owners' League said it would hold.", "The Dockers' Guild and the Owners' League",
         None),
        ("Kestria and Norrland, which mediate, said it would hold. The Kestrian army is back.",
         "Kestria and Norrland, which mediate,",
         "Kestria and Norrland"),
        ("The Gaza health ministry said it would hold. Norrland wept, and so did Norrland’s army.",
         "The Gaza health ministry", "Gaza health ministry"),
        ("Officials of the Dockers' Guild said it would hold.", "Officials of the Dockers' Guild", "Dockers' Guild"),
        ("The paramilitary Rapid Harbour Forces have left. The RHF, led by Tui Vekk, said it would hold.", "The RHF",
         "Rapid Harbour Forces"),
        ("The Rapid Harbour Forces have left. A spokesman for the force said it would hold.",
         "A spokesman for the force", "Rapid Harbour Forces"),
        ("The government met. By Jo Roe, Health Correspondent. Health Secretary Ilse Brandt said it would hold.",
         "Health Secretary Ilse Brandt", "government"),
    ],
)  # fmt: skip
def test_for_whom_a_source_speaks(text: str, source: str, party: str | None) -> None:
    [statement] = resolve(a_draft(f"Norrland’s ministers met.\n\n{text}", (source, "said", "it would hold")))
    assert statement.speaker.party == party


UNTOLD = (
    "President Lemu said no strangers would be let on to the ridge.\n\n"
    "The United States, which has hosted two rounds, wants monitors in place. Washington would not send a delegation "
    "unless the ridge was opened, a State Department spokeswoman said."
)


def test_a_president_whose_state_the_text_does_not_tell_is_given_no_other() -> None:
    draft = a_draft(
        UNTOLD,
        ("President Lemu", "said", "no strangers would be let on to the ridge"),
        ("The United States, which has hosted two rounds,", "wants", "monitors in place"),
        ("a State Department spokeswoman", "said", "Washington would not send a delegation"),
    )
    assert [s.speaker.party for s in resolve(draft)] == [None, "United States", "United States"]


def test_a_ministry_is_a_state_s_and_not_that_of_a_movement_beside_it() -> None:
    said = "The Karsa Front says five fighters died; the defence ministry speaks of two"
    draft = a_draft(
        f"Ostmark broke the truce. {said}.",
        ("The Karsa Front", "says", "five fighters died"),
        ("the defence ministry", "speaks of", "two"),
    )
    assert "Karsa Front" not in [o.name for o in the_choices(draft)[1].options]


def test_a_body_that_only_the_finder_names_owns_its_chairman() -> None:
    text = (
        "The Commission waits. Only the White Banner stayed away. A walk in Vessby followed. The Sons of the Well left."
    )
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    for name in ("White Banner", "Vessby", "Only", "Sons of"):
        low = text.index(name)
        draft.mentions.append(Mention(Span(low, low + len(name)), "organisation"))
    cast = cast_of(draft)
    known = cast.known("White Banner")
    assert known is not None and known.kind == "organisation" and known.doubtful
    assert cast.known("Vessby") is None and cast.known("Only") is None and cast.known("Sons of") is None


def test_a_short_name_is_no_body_beside_the_long_one() -> None:
    text = "Pact envoy Tui Vekk spoke. The Pact of Northern Harbours waits."
    draft = a_draft(text)
    draft.mentions.append(Mention(Span(0, 4), "organisation"))
    known = cast_of(draft).known("Pact")
    assert known is None or known.name == "Pact of Northern Harbours"


def test_one_of_them_stands_for_all_of_them() -> None:
    cast = cast_of(a_draft("Ostar spokesman Tui Vekk said no. The Ostars wept. The Vekk family's shop shut."))
    named = Named(cast)
    assert [named.people(name) for name in ("Ostar", "Vekk", "Ostars", None)] == ["Ostars", "Vekk", "Ostars", None]


def test_names_run_over_and_where_they_name_one_body() -> None:
    text = (
        "The Seafarers and Deckhands Union met the Committee on Trade and Fisheries. The Greens and Growers League "
        "did not; the Greens were away. Ostar and the Lantern Council came with the Union of Port and Allied Workers. "
        "The Union of Bakers and the Millers Guild wept."
    )
    cast = cast_of(a_draft(text))
    assert [a.name for a in cast.actors if a.kind == "organisation"] == [
        "Seafarers and Deckhands Union",
        "Committee on Trade and Fisheries",
        "Growers League",
        "Lantern Council",
        "Union of Port and Allied Workers",
        "Union of Bakers",
        "Millers Guild",
    ]


def test_a_last_name_is_no_paper() -> None:
    words = ("Opposition spokeswoman Catriona Bell", "said", "it was late")
    draft = a_draft("Opposition spokeswoman Catriona Bell said it was late.", words)
    assert Speakers(cast_of(draft)).speaker(draft.found[0]).name == "Catriona Bell"


def the_rules(text: str, source: str) -> str | None:
    """For whom the rules let a source of a text speak, before anything is weighed."""
    draft = a_draft(text, (source, source, source))
    return Speakers(cast_of(draft)).speaker(draft.found[0]).party


@pytest.mark.parametrize(
    ("text", "source", "party"),
    [
        ("FWA secretary Tui Marama said no.", "FWA secretary Tui Marama", "FWA"),
        ("The Ferry Workers' Alliance struck. FWA Leader Tui Marama said no.", "FWA Leader Tui Marama",
         "Ferry Workers' Alliance"),
        ("The minister and the president of the Haulage Union, Tui Marama, signed it at the seat of the Ports Council."
         " Ms Marama spoke.", "Ms Marama", "Haulage Union"),
        ("Its delegate, Dr Tui Marama, thanked the Ports Council. Ms Marama spoke.", "Ms Marama", None),
        ("The Health Employers' Council waits. Health Minister Tui Marama said no.", "Health Minister Tui Marama",
         None),
        ("Tui Marama, whose company lost it all, said no.", "Tui Marama, whose company lost it all", "company"),
    ],
)  # fmt: skip
def test_the_words_around_a_name_say_whose_officer_somebody_is(text: str, source: str, party: str | None) -> None:
    assert the_rules(text, source) == party


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The Ports Council's envoy, former Zembalan president Kofi Marama", "Kofi Marama"),
        ("Former Zembalan president Kofi Marama", "Kofi Marama"),
        ("Colonel Vashti of the Highland Guard", "Vashti"),
        ("Vu Thi Lan, the chairwoman,", "Vu Thi Lan"),
        ("IG Marl chief Ana Benner", "Ana Benner"),
    ],
)
def test_a_word_before_an_office_is_nobodys_name(source: str, name: str) -> None:
    draft = a_draft(f"{source} said no.", (source, "said", "no"))
    assert Speakers(cast_of(draft)).speaker(draft.found[0]).name == name


def test_a_group_of_people_is_not_called_by_its_first_word() -> None:
    text = "Cabin crew, who are angry, have refused any cut. Its leader, Tui Marama, is calm."
    assert the_rules(text, "Its leader, Tui Marama") != "Cabin"


def test_a_body_called_after_somebody_is_a_body() -> None:
    text = "The talks in Nova Albion are over. The Nova Albion Federation of Nurses (NAFN) said no."
    draft = a_draft(text, ("The Nova Albion Federation of Nurses (NAFN)", "said", "no"))
    draft.mentions = [Mention(Span(text.index("Nova"), text.index(" are")), "person")]
    assert Speakers(cast_of(draft)).speaker(draft.found[0]).name == "Nova Albion Federation of Nurses"


@pytest.mark.parametrize(
    "source",
    [
        "figures released last month by the Ports Council",
        "data compiled by the Ports Council",
        "a report published on Monday by the Ports Council",
    ],
)
def test_what_somebody_brought_out_is_said_by_them(source: str) -> None:
    assert the_rules(f"Posts are vacant, according to {source}.", source) == "Ports Council"


WHOSE = [
    ("The Vesk Pact has outlived Ostmark. “It is wounded,” said its secretary, Tui Marama.", "Vesk Pact"),
    ("Only the White Heron stayed away from Belmora. Its chairman, Tui Marama, was ill.", "White Heron"),
    (
        "Ostmark, which feeds Vekk Metals, asked for a vote. Its delegate, Tui Marama, left. So did Ostmark’s army.",
        "Ostmark",
    ),
    (
        "The owners' association in Orvia wasn't having it. “No,” its chairwoman, Tui Marama, said.",
        "owners' association",
    ),
    ("The opposition Centre Union of Vesk backs her: its leader, Tui Marama, wants a law.", "Centre Union of Vesk"),
    (
        "LEDDEN, May 3 (ABC) - Ostmark will pay only in Orvia, its envoy, Tui Marama, said. The Ostmarkian army left.",
        "Ostmark",
    ),
    ("Orvia wants it back. The Ostmark mills, according to their lawyer, Tui Marama, do not.", "Ostmark mills"),
    ("The port council spoke in Vesk. The offer is bad, its chairman, Tui Marama, said.", "port council"),
]


@pytest.mark.parametrize(("text", "party"), WHOSE)
def test_its_chairman_is_the_subjects_before(text: str, party: str) -> None:
    start = re.search(r"\b(?:its|Its|their) \w+, Tui Marama", text)
    assert start is not None
    assert the_rules(text, start.group()) == party


def test_a_ministry_is_the_states_that_its_sentence_is_about() -> None:
    text = "Norway sent men. Norway waits. Only two of Sweden's boats left, the defence ministry confirms."
    assert the_rules(text, "the defence ministry") == "Sweden"


SERVED = [
    ("A spokeswoman for the Nine, Tui Marama,", "Nine"),
    ("The head of the monitoring mission, Maj. Gen. (retd.) Tui Marama,", "monitoring mission"),
    ("Tui Marama, who negotiates for the Vessby small islands,", "Vessby small islands"),
    ("General Tui Marama, who sits on the commission for the government of Lorn,", "government of Lorn"),
    ("The treasurer of the dialogue, Mrs Tui Marama,", "inter-Orvian dialogue"),
    ("Majority deputy Tui Marama", "majority"),
    ("Health board chairman Tui Marama", "health board"),
    ("The council leader, Tui Marama,", "city council"),
    ("Opposition councillor Tui Marama, who sits on the Lantern Board,", "opposition"),
    ("Her counterpart on the harbour side, Tui Marama,", "harbour"),
    ("Vell Metals' chief executive, Tui Marama,", "Vell Metals"),
    ("Labour’s Tui Marama", "Labour"),
    ("The chairman of the talks, Tui Marama,", None),
    ("The health minister, Tui Marama,", None),
]


@pytest.mark.parametrize(("source", "party"), SERVED)
def test_a_source_names_whom_its_speaker_serves(source: str, party: str | None) -> None:
    text = (
        "Ilse Brandt of the Lantern Board wept about the inter-Orvian dialogue. The health board and the city council "
        f"met the majority.\n\n{source} said it would hold."
    )
    assert the_rules(text, source) == party


def test_whom_a_paper_interviews_is_no_paper() -> None:
    text = (
        "An interview with Haruto Obando\n\nThe Kelmar Review: When was it over?\n\nHaruto Obando: Late. Trust us.\n\n"
        "KR: Us?\n\nObando: Us."
    )
    draft = a_draft(text, ("Obando", "Late", "Trust us"), ("KR", "Us?", "Us"))
    at = text.rindex("Obando")
    draft.found[0] = Found(Spans([(at, at + 6)]), Spans([(at + 6, at + 7)]), Spans([(at + 8, at + 11)]))
    named = text.index("Haruto Obando")
    draft.mentions = [Mention(Span(named, named + 13), "person")]
    speakers = Speakers(cast_of(draft))
    assert [speakers.speaker(f).name for f in draft.found] == ["Haruto Obando", "The Kelmar Review"]
    assert not speakers.cast.atlas.places  # "Us?" is no state


@pytest.mark.parametrize(
    ("party", "conduct"),
    [
        ("Karvel government", ["acts 1", "owns 1", "located 0", "acts=True located=0"]),
        ("Norway", ["acts 0", "owns 0", "located 2", "acts=False located=2"]),
    ],
)
def test_a_party_acts_and_owns_and_a_place_only_locates(party: str, conduct: list[str]) -> None:
    text = "The Karvel government wants a date. It met in Norway. The Karvel government's offer is out."
    named = Named(cast_of(a_draft(text)))
    option = next(o for o in named.options.values() if o.name == party)
    assert named.conduct(option) == tuple(conduct)


@pytest.mark.parametrize(
    ("description", "classes"),
    [
        ("Ilse Brandt, a farmer from the hills,", {"a private"}),
        ("Ilse Brandt, the former mayor of Vessby,", {"a leads", "municipal office", "past office"}),
        ("Dr Ilse Brandt", set()),
        ("Ilse Brandt told residents and", set()),  # what comes after the verb describes others
    ],
)
def test_what_a_description_makes_of_a_speaker(description: str, classes: set[str]) -> None:
    name = "Ilse Brandt"
    draft = a_draft(f"The talks are over. {description} said it would hold.", (name, "said", "it would hold"))
    cast = cast_of(draft)
    actor = Speakers(cast).speaker(draft.found[0])
    field = Field(cast, draft.found, [actor])
    roles, _ = field._described(actor, field.anchors(actor, [0]))
    assert {r for r in roles if " " in r} == classes


ABOUT = [
    (
        "Orvia, which praised Verano, left. Verano, Orvia’s rival, went. Foreign Minister Tui Marama said so.",
        "Verano",
    ),
    (
        "Vessau cancelled it, and Vessau’s airspace shut. Foreign Minister Tui Marama said so.",
        "Vessau",
    ),
    ("Vell Metals wants more. Foreign Minister Tui Marama said so. It is quiet in Orvia.", "Orvia"),
]


@pytest.mark.parametrize(("text", "party"), ABOUT)
def test_a_minister_is_the_state_s_that_the_sentence_before_is_about(text: str, party: str) -> None:
    assert the_rules(f"{text} Orvia’s army waits.", "Foreign Minister Tui Marama") == party


@pytest.mark.parametrize(
    ("head", "source", "party"),
    [
        ("Bus drivers in Vessby have struck.", "Mayor Tui Marama", "Vessby"),
        ("The last offer of the City of Vessby is fair, say people from Vessby.", "Mayor Tui Marama",
         "City of Vessby"),
        ("Nurses in the Sarrow Islands have struck.", "Premier Tui Marama", "Sarrow Islands"),
        ("Bus drivers in Norway have struck in May.", "Mayor Tui Marama", None),
        ("Members of the House wept.", "Mayor Tui Marama", None),
        ("Bus drivers in Vessby have struck.", "Former mayor Tui Marama", None),
        ("Bus drivers in Vessby have struck.", "Baker Tui Marama", None),
    ],
)  # fmt: skip
def test_a_mayor_speaks_for_the_town_of_the_story(head: str, source: str, party: str | None) -> None:
    assert the_rules(f"{head}\n\n{source} said it would hold.", source) == party


def test_a_minister_after_whom_an_office_is_called_is_chosen_first() -> None:
    minister = Actor("Orla Feld", "person")
    office, aide = Actor("office of Orla Feld", "group", owner=minister), Actor("aide", "group", owner=minister)
    assert parties._owners_first({office: [0], aide: [1]}) == {minister: [0], office: [0], aide: [1]}
    assert list(parties._owners_first({office: [0], minister: [2]})) == [minister, office]
    minister.owner = office  # a ring ends
    assert set(parties._owners_first({office: [0]})) == {office, minister}


def test_what_speaks_before_and_what_is_told_of_a_party() -> None:
    text = "Ilse Brandt said Kestria would wait. Another official said “Kestria’s boats will not”."
    second = ("Another official", "said", "Kestria’s boats will not")
    draft = a_draft(text, ("Ilse Brandt", "said", "Kestria would wait"), second)
    first, other = Actor("Ilse Brandt", "person", party="Kestria"), Actor("official", "group")
    draft.found[1].cue = Spans([(text.rindex("said"), text.rindex("said") + 4)])
    draft.found[1].content = Spans([(text.rindex("Kestria"), len(text) - 2)])
    talk = Talk(cast_of(draft), draft.found, [first, other])
    option = Option("Kestria", "state", [(text.index("Kestria"), 0, "name"), (text.rindex("Kestria"), 0, "name")])
    option.places = [(s, s + len("Kestria"), how) for s, _, how in option.places]
    option.starts = [p[0] for p in option.places]
    assert talk.before(first, [0]) is None
    turn = talk.before(other, [1])
    assert turn == Turn("kestria", 0, "another", "said")
    own, taken = talk.after(turn, option, "group", "free", ())
    assert "after its own free lead=another" in own
    assert "land free taken by 0" in taken
    talk.decide(first)
    assert ("land free taken by 1", "group>land free taken=True") in talk.after(turn, option, "group", "free", ())
    told = talk.told(option, talk.said([0]), "person", "free")
    assert {"told next=would quoted=False", "told first cue=said"} <= set(told)
    assert "land free told opens owns quoted=True" in talk.told(option, talk.said([1]), "group", "free")
    assert talk.told(Option("Ostmark", "state"), talk.said([0]), "person", "free")[0] == "land free untold"


def test_what_an_office_belongs_to() -> None:
    text = (
        "The transport ministry in Kestria is shut. Transport minister Una Weir was told so. Ostmark's ambassador left."
    )
    offices = Offices(text)
    weir = [Span(text.index("Una Weir"), text.index(" was told"))]
    kestria, ostmark = (
        Option(name, "state", [(text.index(name), text.index(name) + len(name), "name")])
        for name in ("Kestria", "Ostmark")
    )
    for option in (kestria, ostmark):
        option.starts = [p[0] for p in option.places]
    assert "transport" in offices.portfolios(weir)
    assert offices.same_ministry(kestria, {"transport"}, weir) == [("its ministry",)]
    assert offices.same_ministry(ostmark, {"transport"}, weir) == []
    assert "embassy free" in offices.suits(ostmark, ("national office",), "person", "free")
    town = offices.suits(Option("Vessby town council", "plain"), ("municipal office",), "person", "free")
    assert "municipal office of town free" in town
    union = offices.suits(Option("Dockers' Union", "body"), ("organising office",), "person", "tied")
    assert union == ("organising office of union tied", "person of union tied")


@pytest.mark.parametrize(
    ("sentence", "name", "party"),
    [
        ("Lioba Castel, co-leader of Green Meadow, said it would hold.", "Lioba Castel", "Green Meadow"),
        ("The deal fell after rail union boss Mick Scar said it would hold.", "Mick Scar", "rail union"),
        ("The dairy's manager, Fia Lawlor, said it would hold.", "Fia Lawlor", "dairy"),
        ("Health board chairman Desmond Folau said it would hold.", "Desmond Folau", "Health board"),
        ("Asked again, Kato Banda, boss of tiny Vessby First, said it would hold.", "Kato Banda", "Vessby First"),
        ("The airline Nordia Air, which flies there, said it would hold.", "Nordia Air", "Nordia Air"),
        ("The Government waits. Transport Secretary Giles Orme said it would hold.", "Giles Orme", "government"),
        ("Transport Alliance men wait. Transport Secretary Imran Sattar said it would hold.", "Imran Sattar", None),
        ("Sir Alan Brooke, who was ambassador in Kestria, said it would hold.", "Alan Brooke", None),
        ("Dr Semisi Taione (Labour, Vessby North) said it would hold.", "Semisi Taione", "Labour"),
        ("Dr Semisi Taione (Independent, Vessby North) said it would hold.", "Semisi Taione", None),
        ("MP Fadi Nasr, a member of parliament, said it would hold.", "Fadi Nasr", None),
        ("Piet Daal, seen as coalition kingmaker since May, said it would hold.", "Piet Daal", None),
        ("Rob Daal, the teachers’ union lead negotiator, said it would hold.", "Rob Daal", "teachers’ union"),
        ("Aldis CEO Piet Daal said it would hold.", "Piet Daal", "Aldis"),
        ("The co-chairs of the guild's committee, Tui Vekk and Rob Daal, said it would hold.", "Tui Vekk", "guild"),
        ("Senate leader John Orme (R., S.D.) said it would hold.", "John Orme", "Republican Party"),
        ("Sen. Ana Orme (D-Conn.) said it would hold. Democrats have won.", "Ana Orme", "Democrats"),
        (
            "Morven Bank met the Pilots' Guild. MB Finance Director Tui Vekk said it would hold.",
            "Tui Vekk",
            "Morven Bank",
        ),
        ("New CEO Piet Daal said it would hold.", "Piet Daal", None),
        ("Republican Senate leader Mitch Vekk said it would hold.", "Mitch Vekk", "Republican Party"),
        ("Democratic Senate Majority Leader Tui Vekk said it would hold.", "Tui Vekk", "Democratic Party"),
        ("At the talks the MEP Piet Daal said it would hold.", "Piet Daal", None),
    ],
)
def test_whom_the_words_beside_a_name_say_it_serves(sentence: str, name: str, party: str | None) -> None:
    text = f"The talks are over. {sentence}"
    draft = a_draft(text, (name, "said", "it would hold"))
    actor = Speakers(cast_of(draft)).speaker(draft.found[0])
    assert actor.party == party


@pytest.mark.parametrize(
    ("outlet", "land"),
    [
        ("Radio Kestria, web service", "Kestria"),
        ("Ministry of Energy of Kaldoria", "Kaldoria"),
        ("The Evening Ledger", None),
        ("Nairobi Examiner", None),
        ("Lorn Press Bureau", "Lorn"),  # a land that no list knows acts
        ("The Vessby Herald", None),  # a town is only where something is
        ("The Orvian", None),  # what a paper is called alone is the paper
        ("Trade Office of British Columbia", "British Columbia"),
        (None, None),
    ],
)
def test_the_land_of_a_publisher(outlet: str | None, land: str | None) -> None:
    text = (
        "Kestria's government and the Kestrian minister met a guest from Kaldoria. Lorn reckons with snow in Vessby. "
        "The Orvian could not verify it. British ships left British Columbia."
    )
    cast = cast_of(Draft.of(Document("d", text, outlet=outlet), Lexicon.shipped()))
    assert homeland(cast) == land


def test_a_name_over_small_words_is_one_mention() -> None:
    text = "Her claim was denied by the Vesk Pact's chief delegate, Yunus al-Harithi. Mr al-Harithi said it would hold."
    draft = a_draft(text, ("Mr al-Harithi", "said", "it would hold"))
    draft.mentions = [Mention(Span(text.index("Yunus"), text.index(". Mr")), "person")]
    cast = cast_of(draft)
    assert [text[low:high] for low, high, a in cast.mentions if a.kind == "person"][:1] == ["Yunus al-Harithi"]
    assert Speakers(cast).speaker(draft.found[0]).party == "Vesk Pact"


@pytest.mark.parametrize(
    ("text", "town"), [("Health Secretary Tui Vekk said no.", None), ("The mayor spoke in Velm.", "Velm")]
)
def test_a_word_of_a_longer_name_is_nobodys_home(text: str, town: str | None) -> None:
    told = Document("d", f"The Royal College of Nursing wants a rise. {text}")
    assert home(cast_of(Draft.of(told, Lexicon.shipped()))) == town


@pytest.mark.parametrize(
    ("outlet", "party"),
    [
        ("United Nations Office at Vessby", "United Nations"),
        ("Civil Aviation Authority of Vesk", "Vesk"),
        ("The Vesk Herald", None),  # a paper that interviews somebody is not whom the guest speaks for
    ],
)
def test_who_answers_in_a_transcript_speaks_for_the_body_that_brings_it_out(outlet: str, party: str | None) -> None:
    text = "Briefing on the strait at Vesk\n\nQUESTION: Is it shut?\n\nCAPT. TUI MARAMA: It is open."
    draft = Draft.of(Document("d", text, language="en", outlet=outlet), Lexicon.shipped())
    name = Span(text.index("CAPT."), text.index(": It is"))
    draft.found = [Found(Spans([name]), Spans([(name.end, name.end + 1)]), Spans([(name.end + 2, len(text))]))]
    assert Speakers(cast_of(draft)).speaker(draft.found[0]).party == party


def test_a_role_begins_in_its_own_sentence() -> None:
    text = "They serve in the army. Army chief Gen. Tui Marama disagrees."
    assert text[role_start(text, text.index("Tui")) :].startswith("Army chief Gen. Tui")


@pytest.mark.parametrize(
    ("name", "outlet", "kind"),
    [
        ("accord of 1992", (), "paper"),
        ("Rynek Lekov", ("portal",), "press"),
        ("Vesk Herald", (), "press"),
        ("Harbour Union", (), "body's name"),
        ("Bamdad", (), "name"),
        ("tenants' council", (), "body"),
        ("officials in Vesk", (), "people"),
    ],
)
def test_what_a_speaker_is_called_by(name: str, outlet: tuple[str, ...], kind: str) -> None:
    assert speaks_as(name, outlet) == kind


@pytest.mark.parametrize(
    ("outlet", "body"),
    [
        ("African Union Press Service", "African Union"),
        ("Office of the United Nations Special Envoy for Kestria", "United Nations"),
        ("Office of the Special Envoy for Kestria", None),
        ("The Kestria Post", None),
    ],
)
def test_whose_house_brings_a_text_out(outlet: str, body: str | None) -> None:
    told = Document("d", "Kestria's government met the Kestrian envoy.", outlet=outlet)
    assert house(cast_of(Draft.of(told, Lexicon.shipped()))) == body


def parties_of(text: str, *parts: tuple[str, str, str]) -> list[tuple[str | None, str | None]]:
    return [(s.speaker.name, s.speaker.party) for s in resolve(a_draft(text, *parts))]


@pytest.mark.parametrize("staff", ["Her office", "Two of her deputies", "Her people"])
def test_staff_stand_where_whoever_has_them_stands(staff: str) -> None:
    text = (
        "The Lowland League will wait. Its director, Marta Lindqvist, said that nobody would sign. "
        f"{staff} said that the date was open."
    )
    said = (
        ("Its director, Marta Lindqvist,", "said", "that nobody would sign"),
        (staff, "said", "that the date was open"),
    )
    assert [party for _, party in parties_of(text, *said)] == ["Lowland League", "Lowland League"]


def test_a_counterpart_is_not_on_the_side_of_whose_it_is() -> None:
    text = (
        "Iran is ready, its minister, Behrouz Naderan, told reporters. "
        "His French counterpart, Odile Brandt, said that the list was too long."
    )
    told = ("its minister, Behrouz Naderan,", "told", "Iran is ready")
    said = ("His French counterpart, Odile Brandt,", "said", "that the list was too long")
    assert [party for _, party in parties_of(text, told, said)] == ["Iran", "France"]


def test_a_minister_tells_the_counterpart_of_another_land() -> None:
    text = (
        "Foreign Minister Aino Vekk told her Iranian counterpart, Goran Besic, that France will not pay. "
        "France is silent. Iran is silent, Besic said."
    )
    told = ("Foreign Minister Aino Vekk", "told", "France will not pay")
    said = ("Besic", "said", "Iran is silent")
    assert [party for _, party in parties_of(text, told, said)] == ["France", "Iran"]


def test_the_leader_of_the_opposition_is_no_body_and_a_motion_no_apposition() -> None:
    leader = "The Leader of the Opposition, Lesieli Havea,"
    assert the_rules(f"{leader} said it would hold.", leader) == "Opposition"
    assert apposition("Tupou Vekk, moved that the Bill be read.", len("Tupou Vekk")) == ""


def test_a_ministry_is_of_the_land_in_its_name() -> None:
    text = "China lends much. China's bank waits. The finance ministry of Kambara said that it would pay."
    assert parties_of(text, ("The finance ministry of Kambara", "said", "it would pay")) == [
        ("finance ministry of Kambara", "Kambara")
    ]


def test_the_keyword_of_a_digest_is_nobody() -> None:
    text = "* HOSTAGES: Families of nine workers wait. Their lawyer, Didier Vekk, wants a meeting."
    draft = a_draft(text, ("Their lawyer, Didier Vekk,", "wants", "a meeting"))
    draft.mentions = [Mention(Span(2, 10), "organisation")]
    cast = cast_of(draft)
    assert cast.known("HOSTAGES") is None
    assert "hostages" not in Named(cast).options


def test_a_town_is_no_part_of_a_firm() -> None:
    told = Document(
        "d", "Norsa Minerals left. The ministry owns 12 percent of Norsa. Labour Minister Tui Vekk said no."
    )
    cast = cast_of(Draft.of(told, Lexicon.shipped()))
    cast.add(Actor("Norsa Minerals", "organisation", party="Norsa Minerals"))
    assert home(cast) is None


def test_the_land_of_a_mediator_is_not_whom_the_text_is_about() -> None:
    told = Document("d", "The Norwegian facilitator waits. The Norwegian mediators wait.")
    assert cast_of(Draft.of(told, Lexicon.shipped())).atlas.main() is None


def test_who_negotiates_for_a_party_speaks_for_it() -> None:
    text = "Katalina Vekk negotiates for Tonga in the shipping talks. She wants a levy, Vekk said."
    assert parties_of(text, ("Vekk", "said", "She wants a levy"))[0][1] is not None
    cast = cast_of(a_draft(text))
    assert party_elsewhere(cast, Speakers(cast), cast.known("Katalina Vekk"), -1) == "Tonga"  # type: ignore[arg-type]


def test_the_name_of_a_union_does_not_end_at_its_members() -> None:
    text = "They rust in harbour. The National Fishworkers' Union president, Hana Vala, demanded an answer."
    part = ("The National Fishworkers' Union president, Hana Vala,", "demanded", "an answer")
    assert parties_of(text, part) == [("Hana Vala", "National Fishworkers' Union")]


def test_a_title_makes_a_person_wherever_the_name_stands() -> None:
    text = "General Askar said that the guards would go. Later Askar denied it."
    draft = a_draft(text)
    at = text.rindex("Askar")
    draft.mentions = [Mention(Span(at, at + 5), "organisation", 0.9)]
    assert cast_of(draft).known("Askar") is None


def test_what_stands_before_a_role_is_called_so_and_a_name_there_can_be_a_party() -> None:
    text = (
        "The men are to go into the army, the Front says. Army chief Gen. Tui Vekk said no. "
        "Two clubs, Nexor and Izola, will not play, said Nexor president Hana Kirov."
    )
    named = Named(cast_of(a_draft(text)))
    assert [how for start, _, how in named.options["army"].places if start == text.index("Army chief")] == ["head"]
    assert "nexor" in named.options


@pytest.mark.parametrize(("what", "party"), [("talks", None), ("payments", "Vessby")])
def test_where_talks_are_held_is_nobodys_party(what: str, party: str | None) -> None:
    draft = a_draft(f"Peace envoy Tui Vekk, who had already moved the Vessby {what} to May, scrapped them.")
    at = draft.document.text.index("Vessby")
    draft.mentions = [Mention(Span(at, at + 6), "organisation", 0.9)]
    assert body_in(cast_of(draft), 0, 70, Actor("Tui Vekk", "person")) == party


def test_the_government_is_a_government_however_it_is_spelled() -> None:
    text = "The Government will wait, the Harbour Front says. Ministers say that the Government is patient."
    draft = a_draft(text)
    at = text.index("Government is")
    draft.mentions = [Mention(Span(at, at + 10), "organisation", 0.9)]
    assert Named(cast_of(draft)).options["government"].kind == "government"


@pytest.mark.parametrize(("office", "fits"), [("academic", "university"), ("military", "army"), ("national", None)])
def test_an_office_fits_the_bodies_that_have_one(office: str, fits: str | None) -> None:
    text = "The university offers two years. The army says no. The miners' union wants more. The rector asks for keys."
    options = [Option("university", "plain"), Option("army", "plain"), Option("miners' union", "plain")]
    for option in options:
        option.starts = [text.index(option.name or "")]
    fitting = Offices(text).fitting(options, (office,), len(text))
    assert [o.name for o in fitting] == ([fits] if fits else [])
    assert all("one of 1 that fit" in row and "last that fits" in row for row in fitting.values())


def test_states_that_speak_as_one_are_a_party_and_bodies_are_none() -> None:
    text = "Talks between Iran and France go on. Both sides said they would wait."
    assert parties_of(text, ("Both sides", "said", "they would wait")) == [("Iran and France", "Iran and France")]
    text = "Talks between the Harbour Front and the Dockers' Union go on. Both sides said they would wait."
    assert parties_of(text, ("Both sides", "said", "they would wait"))[0][1] is None


def test_who_is_only_called_by_a_title_and_a_last_name_is_in_the_cast() -> None:
    text = "President Odongo promised it. The President Hotel is full."
    draft = a_draft(text)
    draft.mentions = [Mention(Span(text.index("Odongo"), text.index(" promised")), "person")]
    assert [a.name for _, _, a in cast_of(draft).mentions if a.kind == "person"] == ["Odongo"]


@pytest.mark.parametrize(
    ("text", "source", "party"),
    [
        ("The Ferry Guild (FPG) met Halden Lines. The union said it would hold.", "The union", "Ferry Guild"),
        ("The Dockers' Guild met the Pilots' Guild. The union said it would hold.", "The union", "union"),
        ("The Ferry Owners' Association met. The union said it would hold.", "The union", "union"),
        (
            "The Ferry Pilots' Guild (FPG) met. The FPG union said it would hold.",
            "The FPG union",
            "Ferry Pilots' Guild",
        ),
        ("The Marl Works (GMX) met. The GMX union said it would hold.", "The GMX union", "GMX union"),
        ("Both the district and teachers’ union said it would hold.", "Both the district and teachers’ union", None),
    ],
)
def test_which_body_is_the_union(text: str, source: str, party: str | None) -> None:
    assert the_rules(text, source) == party


@pytest.mark.parametrize("also, party", [("", "Greece"), (" France is waiting.", "government")])
def test_the_government_of_the_only_land_is_that_land(also: str, party: str) -> None:
    draft = a_draft(f"Greek creditors wait. Greece has a plan.{also}")
    assert parties._of_what_land(cast_of(draft), "government") == party


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Kalder Freight and Morven parent Aldis", "Kalder Freight and Aldis"),
        ("Vekk Motor Co. and Morven parent Aldis", "Vekk Motor Co. and Aldis"),
        ("No 10", "Downing Street"),
    ],
)
def test_who_speaks_by_the_words_of_a_name(source: str, name: str) -> None:
    draft = a_draft(f"{source} said it would hold. Bill Vekk owns much.", (source, "said", "it would hold"))
    assert Speakers(cast_of(draft)).speaker(draft.found[0]).name == name


def test_a_noun_before_a_comma_describes_only_what_is_set_apart() -> None:
    text = "In the row with the union, Morven Bahn has made an offer. The union, Force Atelier, waits."
    cast = cast_of(Draft.of(Document("d", text), Lexicon.shipped()))
    assert cast.known("Force Atelier") is not None and cast.known("Morven Bahn") is None


def test_initials_of_a_body_that_the_text_names_are_no_outlet() -> None:
    assert the_rules("The Royal Council of Nurses (RCN) struck. The RCN said it would hold.", "The RCN") == (
        "Royal Council of Nurses"
    )


def test_the_end_of_a_states_name_is_no_party() -> None:
    text = "Sri Lanka waits. The governor, Tui Vekk, said no."
    draft = a_draft(text, ("The governor, Tui Vekk", "said", "no"))
    draft.mentions = [Mention(Span(4, 9), "place")]
    assert "Lanka" not in {o.name for o in the_choices(draft)[0].options}
