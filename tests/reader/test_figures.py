"""Which numbers are figures, what they count and who gives them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft
from dragoman.reader.figures.figures import candidates, find_figures
from dragoman.reader.names.casting import cast_of
from dragoman.reading import Figure, Reading, Speaker
from tests.builders import a_document, a_statement


def figures(text: str, *said: tuple[str, str, str]) -> list[Figure]:
    """The figures of `text`; `said` are statements as source, cue and content."""
    draft = Draft.of(a_document(text), Lexicon())
    for n, (source, cue, content) in enumerate(said, 1):
        draft.statements.append(replace(a_statement(draft.document, source, cue, content), id=f"s{n}"))
    return find_figures(draft)


@pytest.mark.parametrize(
    ("text", "quantity", "bound", "unit"),
    [
        ("More than 60 trucks are waiting at the border.", 60, "more than", "trucks"),
        ("The council will free 98 Velmiran fishermen.", 98, "exactly", "Velmiran fishermen"),
        ("Some 19,000 state workers will be sent home.", 19_000, "about", "state workers"),
        ("They have offered $340 million for the berth.", 340e6, "exactly", "dollars"),
        ("The union wants a rise of 7 per cent.", 7, "exactly", "percent"),
        ("The levy would cost 150 euros a tonne.", 150, "exactly", "euros a tonne"),
        ("At least 10,000 have died since March.", 10_000, "at least", "people"),
        ("Up to 14 million Sarvians need food.", 14e6, "up to", "Sarvians"),
        ("Some 60 of Kestria's patrol boats have left.", 60, "about", "patrol boats"),
    ],
)
def test_what_is_counted(text: str, quantity: float, bound: str, unit: str) -> None:
    found = figures(text)
    assert [(f.quantity, f.bound, f.unit) for f in found] == [(quantity, bound, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "They meet again on 12 March 2027.", "The treaty of 1987 still stands.", "The truce holds for 72 hours.",
        "Bako Tizdar, 58, grinned.", "The two sides left.", "DORN, 13 Rabi al-Thani / 3 November.",
        "It rests on Resolution 2254.", "He came at ten.",
        "They adopted articles 7 and 8 by consensus.", "Article 16 safeguards were part of it.",
        "Two rounds in 2005 and 2010 saw lenders give in.",
        "They put it down at nine in the morning and it was gone.",
        "The G20 met in room 12.", "A 61-year-old farmer spoke.", "14.40\nThe doors open.", "0912 FLASH: It is over.",
        "It is the third round.", "Page three is blank.", "The talks last three days.", "He spoke for half an hour.",
        "They spoke for an hour and half.",
        "The second half was better.", "The Conference of the Twelve Shores met.",
        "The ex-dentist, 44, told aides so.", "The sheikh, who is 81, kept silent.",
        "My son is eighteen and never voted.",
        "Kestria and six major powers gave themselves until July 7 to strike a deal.",
        "He told the channel Kanal 9 so.", "They hold the trawler Min Fu 8.", "Walkouts are planned for 21 and 28 May.",
        "He will issue titles by the thousands.", "They retire at fifty-two.", "They fish in a 200-mile zone.",
        "1048 FLASH: Orla sinks\n1105 KILL: Disregard 1048.", "The 5+5 commission met.", "It took 2'10\".",
        "They hold Ede Roth, a boat-builder of 19 who was seized.",
    ],
)  # fmt: skip
def test_no_figures(text: str) -> None:
    assert figures(text) == []


def test_degrees_are_what_warming_is_counted_in() -> None:
    text = "The text on the hardest issues limits warming to 2 °C above old levels, and to 1.5°C later."
    found = candidates(Draft.of(a_document(text), Lexicon()))
    assert [(f.number.quantity, f.counted.unit) for f in found] == [(2, "°C"), (1.5, "°C")]


def test_the_two_sides_of_a_ballot_count_votes() -> None:
    found = figures("A rise of 7 per cent is on the table. The council voted 41 to 17 to put it to its members.")
    assert [(f.quantity, f.unit) for f in found] == [(7, "percent"), (41, "votes"), (17, "votes")]


@pytest.mark.parametrize(
    ("text", "quantity", "bound", "unit"),
    [
        ("The union counted 4,000 nurses. The board says it was half that.", 2000, "exactly", "nurses"),
        ("It costs 300 million crowns, or, says the mayor, more than twice that.", 600e6, "more than", "crowns"),
        ("Some 50,000 people fled, says the state, and the Red Cross says three times that number.", 150_000, "exactly",
         "people"),
        ("The 50 hurt men left. Some 8.4 million Omanis go hungry, and it will rise to 14 million.", 14e6, "exactly",
         "Omanis"),
        ("Six posters out of ten are torn down.", 0.6, "exactly", "share"),
        ("The share is to go from 20 to 35 per cent.", 20, "exactly", "percent"),
    ],
)  # fmt: skip
def test_numbers_told_by_another(text: str, quantity: float, bound: str, unit: str) -> None:
    draft = Draft.of(a_document(text), Lexicon())
    found = [(c.number.quantity, c.number.bound, c.counted.unit) for c in candidates(draft)]
    assert (quantity, bound, unit) in found


def test_a_range_is_two_figures() -> None:
    found = figures("Between 90 and 120 people were killed in the raid.")
    assert [(f.quantity, f.bound, f.unit, f.measure) for f in found] == [
        (90, "at least", "people", "killed"), (120, "up to", "people", "killed"),
    ]  # fmt: skip


def test_what_was_done_to_more_of_them() -> None:
    found = figures("The war has killed thousands of people and displaced hundreds of thousands more.")
    assert [(f.quantity, f.unit, f.measure) for f in found] == [
        (1000, "people", "killed"), (100_000, "people", "displaced"),
    ]  # fmt: skip


def test_who_gives_it() -> None:
    text = "More than 300 miners marched, the union said. Police counted 180 miners. The pit employs 4,000 miners."
    found = figures(text, ("the union", "said", "More than 300 miners marched"), ("Police", "counted", "180 miners"))
    assert [(f.quantity, f.by, f.statement) for f in found] == [
        (300, "the union", "s1"), (180, "Police", "s2"), (4000, None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Some 380 trawlers rust in the harbour, by the count of the Harbour Union.", "Harbour Union"),
        ("By the Harbour Union's count, 61 people are still inside.", "Harbour Union"),
        ("61 people are still inside, by the Harbour Union's count.", "Harbour Union"),
        ("The Harbour Union's own count is 183 boats.", "Harbour Union"),
        ("The Harbour Union, in a paper last month, arrived at 350 boats.", "Harbour Union"),
        ("Damage is estimated by the Harbour Union at 9 million dollars.", "Harbour Union"),
        ("The Harbour Union, which had spoken of 183 boats, kept silent.", "Harbour Union"),
        ("The papers give the number of boats as 183; all have it from the Harbour Union's office.", "Harbour Union"),
        ("The Harbour Union left the hall and 350 boats sailed.", None),
    ],
)
def test_who_gives_a_figure_that_nobody_says(text: str, by: str | None) -> None:
    draft = Draft.of(a_document(f"The Harbour Union waits. {text}"), Lexicon.shipped())
    draft.cast = cast_of(draft)
    assert find_figures(draft)[-1].by == by


def test_one_fact_of_one_giver_stands_once() -> None:
    text = "The army holds 400 prisoners, it says. It says again that the army holds 400 prisoners."
    assert len(figures(text)) == 1


def test_the_headline_does_not_repeat_what_somebody_gives() -> None:
    text = "Port fire kills 31 dockers\n\nAt least 31 dockers were killed, the mayor said."
    found = figures(text, ("the mayor", "said", "At least 31 dockers were killed"))
    assert [(f.quantity, f.by) for f in found] == [(31, "the mayor")]


def test_a_unit_left_out_goes_on_with_the_figure_before() -> None:
    text = "The army says 700 soldiers fell. The rebels speak of 2,000."
    found = figures(text, ("The army", "says", "700 soldiers fell"), ("The rebels", "speak", "of 2,000"))
    assert [(f.quantity, f.unit, f.by) for f in found] == [
        (700, "soldiers", "The army"),
        (2000, "soldiers", "The rebels"),
    ]


def test_what_is_left_out_is_what_was_counted_last() -> None:
    text = (
        "The army names 212 prisoners and 700 men. The rebels speak of 2,000. He wants 9 percent. It cost 40 million."
    )
    found = figures(text, ("The rebels", "speak", "of 2,000"), ("He", "wants", "9 percent"))
    assert (2000, "men") in [(f.quantity, f.unit) for f in found]
    assert (4e7, "percent") not in [(f.quantity, f.unit) for f in found]


def test_a_magnitude_left_out_goes_on_too() -> None:
    text = "The toll is $2.8 billion, Bamdad says; Rah puts the sum at 4.2."
    found = figures(text, ("Bamdad", "says", "The toll is $2.8 billion"), ("Rah", "puts", "the sum at 4.2"))
    assert [(f.quantity, f.unit) for f in found] == [
        (pytest.approx(2.8e9), "dollars"),
        (pytest.approx(4.2e9), "dollars"),
    ]


@pytest.mark.parametrize(
    ("text", "quantity", "unit"),
    [
        ("How many ships are there? Manila counts 23.", 23, "ships"),
        ("It put the number of evacuees in the town at 7,400.", 7400, "evacuees"),
        ("The remaining fighters, just over 5,200, will be housed.", 5200, "remaining fighters"),
        ("It put the number of those killed at 50,000.", 50_000, "people"),
        ("The treasury feared that 31 other claims could be reopened.", 31, "claims"),
    ],
)
def test_a_unit_left_out_is_found(text: str, quantity: float, unit: str) -> None:
    assert [f.unit for f in figures(text) if f.quantity == pytest.approx(quantity)] == [unit]


def test_scope_says_since_when() -> None:
    assert figures("Washington has collected $5 billion in duties since 2002.")[0].scope == "since 2002"


def test_the_number_of_a_station_is_no_figure_and_its_land_no_land() -> None:
    draft = Draft.of(
        a_document("Renn told France 24 that no boats came, and Channel 4 News that 30 did."), Lexicon.shipped()
    )
    draft.cast = cast = cast_of(draft)
    assert [(f.quantity, f.unit) for f in find_figures(draft)] == [(30, "boats")]
    assert [name for _, _, name in cast.outlets.mentions] == ["France 24", "Channel 4 News"]
    assert cast.atlas.places == []


def test_a_figure_of_ten_to_the_thirty_stands_as_it_is() -> None:
    found = figures("They demand 1" + "0" * 30 + " crowns for the port.")
    assert [f.quantity for f in found] == [1e30]


@given(st.text(alphabet="123,. -%$\nabest menof", max_size=150))
def test_every_span_is_words_of_the_text(text: str) -> None:
    draft = Draft.of(a_document(text), Lexicon())
    draft.figures = find_figures(draft)
    assert draft.finish("test").figures == tuple(draft.figures)


def test_statements_are_named_by_their_innermost_content() -> None:
    text = "Rossi said the army had told her that 40 villages were burnt."
    draft = Draft.of(a_document(text), Lexicon())
    outer = a_statement(draft.document, "Rossi", "said", "the army had told her that 40 villages were burnt")
    inner = a_statement(draft.document, "the army", "told", "40 villages were burnt")
    draft.statements = [replace(outer, speaker=Speaker("Rossi")), replace(inner, id="s2", within="s1")]
    draft.figures = find_figures(draft)
    assert [(f.by, f.statement) for f in draft.figures] == [("the army", "s2")]
    assert isinstance(draft.finish("test"), Reading)


@pytest.mark.parametrize(
    ("text", "quantity", "unit", "measure"),
    [
        ("How many ships are there? Velm counts 23, at least four of them naval.", 23, "ships", None),
        ("How many are in prison? The governor claims 6,500.", 6500, "people", "in prison"),
        ("The text leaves the number of inspectors blank. Velm will accept no more than eight.", 8, "inspectors", None),
        ("The boat released 58 passengers. The port puts the number still inside at 23.", 23, "passengers",
         "still inside"),
        ("The port put the number of idle cranes at between 10 and 12.", 12, "idle cranes", "number of idle cranes"),
        ("He would pay his idle staff of 60 out of his own pocket.", 60, "staff", None),
        ("The owner has 40 lorries. Crew of 21 said to be safe on the Orla.", 21, "Crew", None),
        ("Ministers give the number of dead as about 1,400.", 1400, "people", "killed"),
        ("The war has 19 parties. Monitors put the dead of it at 200,000.", 200_000, "people", "killed"),
        ("The toll is 24,600 marks a head. It is known in 11 towns. She would go below 24,000.", 24_000,
         "marks a head", None),
        ("Two battalions moved in. The state protects community leaders; 50 of them have been shot.", 50,
         "community leaders", None),
    ],
)  # fmt: skip
def test_what_a_bare_number_counts(text: str, quantity: float, unit: str, measure: str | None) -> None:
    [found] = [f for f in figures(text) if f.quantity == quantity]
    assert found.unit == unit
    assert measure is None or found.measure == measure


@pytest.mark.parametrize(
    "text",
    [
        "The owner paid £870 million. Gordon Tisdale, 58, signed.", "The port cost $2 million. They meet at 10.",
        "The bid is 3 billion crowns. Better a late one than none.",
        "She has 1,140 passengers, most of them over 65.",
    ],
)  # fmt: skip
def test_what_follows_a_figure_may_be_none(text: str) -> None:
    assert len(figures(text)) == 1


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("The ministry puts the catch at 88,000 tonnes.", "catch"),
        ("Orvia will accept the quota of 60,000 tonnes if Teskel pays.", "quota"),
        ("The owners pay a wage of at least 2,400 crowns.", "wage"),
        ("Police saw 312 people who had crossed the border by dusk and said more would come.",
         "had crossed the border by dusk"),
        ("* Orvia will delay a 35% duty on steel until Nov. 14", "duty on steel"),
        ("Talks went on and on. Shares of Orsk Delta Terminals from the Vu family cost $115 million.",
         "Orsk Delta Terminals from the Vu family cost"),
        ("The guild said the owners would raise pay by 7 percent and hire 400 clerks.", "the owners would raise pay"),
        ("Her threat on Sunday to raise duties from 10% to 25% on steel alarmed Velm.", "raise duties"),
        ("Duties on goods worth $200bn (£153bn) of Orvia were raised.", "of Orvia were raised"),
        ("It would raise duties on $200 billion worth of Orvian goods to 25 percent from 10 percent.",
         "worth of Orvian goods"),
    ],
)  # fmt: skip
def test_a_measure_says_what_is_told_of_the_number_and_no_more(text: str, measure: str) -> None:
    assert figures(text)[0].measure == measure


def test_both_ends_of_a_change_are_told_of_the_same_thing() -> None:
    found = figures("She will raise duties from 10% to 25% by May.")
    assert [(f.quantity, f.measure) for f in found] == [(10, "She will raise duties"), (25, "She will raise duties")]


def test_a_population_is_no_length() -> None:
    assert all(f.quantity == 446e6 for f in figures("The population of the Union, without Orvia, is 446m."))


def test_a_dollar_tranche_is_of_dollars() -> None:
    [found] = figures("The bank released a 330 million dollar tranche.")
    assert (found.quantity, found.unit) == (330e6, "dollars")


def test_a_day_after_a_price_is_no_price() -> None:
    assert [
        f.quantity for f in figures("The terminal goes for £2 million. The sale is due to close on 5 December.")
    ] == [2e6]


@pytest.mark.parametrize("text", ["($1 = 3.9700 zlotys)", "(1 euro = 11.42 crowns)"])
def test_a_rate_of_exchange_is_no_figure(text: str) -> None:
    assert figures(f"The mill lost 40 million euros.\n\n{text}")[1:] == []


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("The raid ended with militiamen killing over 30 people and abducting some 12 others.", "killed", "abducting"),
        ("The raid that killed about 30 people and saw 12 sailors taken goes on.", "killed", None),
        (
            "In May the rebels released 30 sailors in exchange for sending food to 90 people.",
            "released",
            "for sending food",
        ),
        ("Shells displaced 30,000 people and caused 12 fires.", "displaced", "caused"),
        ("More than 30 people in Halamir and 12 Sulmaris have been killed.", "killed", "killed"),
    ],
)
def test_of_two_figures_each_has_what_is_told_of_it(text: str, first: str, second: str | None) -> None:
    found = [f.measure for f in figures(text)]
    assert found[0] == first
    assert (found[1] == second) if second else ("30" not in (found[1] or ""))


def test_what_a_vague_number_is_of_is_no_part_of_its_measure() -> None:
    found = figures("The army has launched dozens of rockets into the valley.")[0]
    assert (found.unit, found.measure) == ("rockets", "launched into the valley")


def test_the_powers_at_the_table_are_not_counted() -> None:
    assert not figures("Ministers of Kestria and six world powers met in Halamir.")


def test_who_puts_a_cost_is_no_measure_of_it() -> None:
    [found] = figures("The cost to the treasury was put at $220 million by central bank governor Ernesto Salinas.")
    assert found.measure == "cost to the treasury"


def test_nobody_dies_of_money_lost() -> None:
    assert figures("The mill, which lost 40 million euros, is shut.")[0].measure != "killed"


def test_a_name_with_a_number_is_no_percentage() -> None:
    assert figures("The waters lie west of Cape Three Points.") == []


def test_what_is_no_whole_number_counts_no_seats() -> None:
    text = "They need the 76 seats of the house. They agreed on a minimum wage of 15.40 an hour."
    assert all(
        c.counted.unit != "seats" for c in candidates(Draft.of(a_document(text), Lexicon())) if c.number.quantity < 20
    )


def test_an_item_of_a_digest_goes_on_with_no_figure_of_another() -> None:
    text = "* The kidnappers demand 4 million dollars.\n\n* Claire Vekk says: We will not go back to 62."
    [last] = [c for c in candidates(Draft.of(a_document(text), Lexicon())) if c.number.core.start > 50]
    assert (last.number.quantity, last.counted.unit) == (62, None)


def test_days_after_their_month_are_no_figures() -> None:
    assert figures("The nurses prepare to strike on December 15 and 20 in 12 towns.")[0].quantity == 12


def test_an_address_is_no_figure() -> None:
    assert figures("No 10 said it hoped for progress.") == []


def test_nobody_dies_of_seats_lost() -> None:
    assert figures("They stay out of the cabinet because of the 12 seats they lost in May.")[0].measure != "killed"
    assert figures("On the ferry 340 people were lost in the storm.")[0].measure == "killed"


@pytest.mark.parametrize(
    "text",
    ["The last talks on April 27 and 28 agreed on a panel.", "The bloc issued another 45 day-ultimatum to Sulmar."],
)
def test_days_of_a_month_and_what_lasts_for_days_are_no_figures(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "unit", "measure"),
    [
        ("The League agreed to cut output by 1.6 million barrels per day from May.", "barrels per day",
         "The League agreed to cut output"),
        ("Renn wants a cut of two million barrels a day.", "barrels a day", "cut"),
        ("They weighed an extra output cut of around 900,000 barrels a day among other things.", "barrels a day",
         "extra output cut"),
        ("Rich lands would raise $300bn a year by 2035 to help the poor.", "dollars a year", "to help the poor"),
        ("The owners paid $40 million in May.", "dollars", "The owners paid"),
        ("The League may lower its output by 400,000 barrels a day to 1.6 million.", "barrels a day",
         "The League may lower its output"),
        ("Cod quotas will be cut by 50 percent in the west.", "percent", "Cod quotas will be cut"),
        ("They raised output by 548,000 barrels a day due to calm markets.", "barrels a day", "They raised output"),
        ("A 14% cut in the cod catch would cost the fleet dear.", "percent", "cut in the cod catch"),
        ("The total volume of the cut, with Leth in it, was estimated at 1.7 million barrels a day.", "barrels a day",
         "total volume of the cut"),
    ],
)  # fmt: skip
def test_so_many_a_day_is_told_of_what_is_done(text: str, unit: str, measure: str) -> None:
    assert [(f.unit, f.measure) for f in figures(text)[:1]] == [(unit, measure)]


def test_the_rate_of_one_number_is_not_that_of_another() -> None:
    nations, money = figures("Some 190 nations agreed to raise $300bn a year. A day after 58 people died.")[:2]
    assert (nations.scope, money.unit) == (None, "dollars a year")
    assert [f.scope for f in figures("It gave 40 million euros to the fund a year ago.")] == [None]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Hours before, at least 58 people, including 11 children, were reported killed.", ["killed", "killed"]),
        ("Sixty countries sent envoys to Dorn, including 30 world leaders.", ["sent envoys to Dorn"] * 2),
        ("The raiders killed about 1,200 people in the south and took some 250 hostages.", ["killed", "took"]),
        ("It has led to more than 7 million people being displaced.", ["displaced"]),
        ("Rebels summarily executed at least 140 civilians—mostly farmers—in the hills.", ["killed"]),
        ("The number of dead may exceed 300.", ["killed"]),
        ("They agreed to exchange some 1,000 prisoners, including 19 soldiers, a first step.",
         ["They agreed to exchange"] * 2),
        ("In the hills there are 3.2 million displaced people, including 187,000 refugees who crossed the border.",
         ["In the hills", "crossed the border"]),
        ("The number of displaced farmers has reached nearly 13 million people.",
         ["The number of displaced farmers"]),
        ("Leth's share of the cod is nine percent.", ["Leth's share of the cod"]),
        ("Leth takes 84 percent of the cod compared to Orvia's nine percent.",
         ["of the cod compared to Orvia's nine percent"] * 2),
        ("Only 43% of the sum that they pledged to the fund at first has so far been paid.",
         ["of the sum that they pledged to the fund at first"]),
    ],
)  # fmt: skip
def test_what_happened_to_those_among_them(text: str, measures: list[str]) -> None:
    assert [f.measure for f in figures(text)] == measures


def test_a_sum_in_another_currency_is_the_same_sum() -> None:
    assert [f.unit for f in figures("The aim is to raise £6.2bn ($9bn; €8.3bn) for the camps.")] == ["pounds"]
    assert [f.unit for f in figures("The fund lost 40 million euros (about $44 million).")] == ["euros"]


def test_two_words_for_those_counted_are_one_unit() -> None:
    [found] = figures("More than 90 relief and rights groups called for money.")
    assert found.unit == "relief and rights groups"


def test_a_plus_belongs_to_the_name_before_it() -> None:
    assert [f.unit for f in figures("Some 25 OLEC+ nations met.")] == ["OLEC+ nations"]


def test_who_does_something_in_millions_is_people() -> None:
    [_, millions] = figures("Nearly half the boats were lost, with millions seeking shelter in Leth.")
    assert millions.unit == "people"
    assert [f.unit for f in figures("It would let aid reach hundreds of thousands in need of food.")] == ["people"]


def test_what_exceeds_a_number_is_more() -> None:
    [found] = figures("Output exceeds 800,000 tonnes.")
    assert (found.bound, found.measure) == ("more than", "Output")


def test_what_a_side_put_forward_is_given_by_nobody_named_after_it() -> None:
    [low, _] = figures("A plan put forward by the bloc would see Leth allowed to keep between 10 and 20 percent.")
    assert low.by is None
