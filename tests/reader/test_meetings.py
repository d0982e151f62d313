"""Meetings: when, where, and whether they are held, planned or off."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft
from dragoman.reader.meetings.meeting_people import subject_before
from dragoman.reader.meetings.meeting_words import triggers
from dragoman.reader.meetings.meetings import candidates, find_meetings
from dragoman.reader.names.casting import cast_of
from dragoman.reading import Meeting
from tests.builders import a_document


def meetings(text: str, **known: str | None) -> list[Meeting]:
    return find_meetings(Draft.of(a_document(text, **known), Lexicon()))


@pytest.mark.parametrize(
    ("text", "date", "place", "status"),
    [
        ("The next round of talks will be held in Velm on 22 February.", "2027-02-22", "Velm", "planned"),
        ("The two ministers will meet again in Velm on Friday.", "2027-02-12", "Velm", "planned"),
        ("The joint commission met in Dorn on 3 February.", "2027-02-03", "Dorn", "held"),
        ("A meeting of the two delegations, planned for Tuesday, has been put off to 19 February.", "2027-02-19", None,
         "postponed"),
        ("Time is running short after the third meeting in Dorn on Monday ended without a deal.", "2027-02-08", "Dorn",
         "held"),
        ("A summit planned for 12 February in Dorn was called off.", "2027-02-12", "Dorn", "cancelled"),
        ("The talks in Dorn, due to open on 12 February, have been axed.", "2027-02-12", "Dorn", "cancelled"),
        ("The summit in Dorn, planned for 12 February, has not been cancelled.", "2027-02-12", "Dorn", "planned"),
        ("The talks in Dorn sputtered to an end on 3 February.", "2027-02-03", "Dorn", "held"),
        ("They want a deal despite the postponement of the talks in Dorn on 12 February.", "2027-02-12", "Dorn",
         "postponed"),
        ("The talks were reset to 19 February.", "2027-02-19", None, "postponed"),
        ("The peace talks met on 3 February, the first step in President Vekk's plan.", "2027-02-03", None, "held"),
        ("The peace talks met on 3 February when Leth called its envoy back to Velm.", "2027-02-03", None, "held"),
        ("The bloc, which tries to keep peace in Velm, said the talks will be held on 19 February.", "2027-02-19", None,
         "planned"),
        ("The commission was to have met in Dorn on 8 February.", "2027-02-08", "Dorn", "postponed"),
        ("The meeting of the ministers, first set for January, was transferred to 19 February.", "2027-02-19", None,
         "postponed"),
        ("The ministers ended a three-day meeting in Dorn on 8 February, though one would not sign.", "2027-02-08",
         "Dorn", "held"),
        ("After a meeting in Dorn on 8 February the union chose to call off its strike.", "2027-02-08", "Dorn", "held"),
        ("The talks in Dorn resumed on 8 February, but pickets go on until the owners restore a bonus scrapped.",
         "2027-02-08", "Dorn", "held"),
        ("The sides met in Dorn on 8 February after the toll was scrapped.", "2027-02-08", "Dorn", "held"),
        ("A second meeting in Dorn is pencilled in for 12 February.", "2027-02-12", "Dorn", "planned"),
        ("The meeting scheduled for this Friday in Dorn is cancelled, according to Ms Roke.", "2027-02-12", "Dorn",
         "cancelled"),
        ("The union called off a meeting in Dorn planned for 12 February.", "2027-02-12", "Dorn", "cancelled"),
        ("The pair are due to meet again on February 19 – if the governor turns up.", "2027-02-19", None, "planned"),
        ("The panel, whose session was to be held on 16 February in Velm, will meet on 19 February, in Dorn.",
         "2027-02-19", "Dorn", "postponed"),
        ("The panel, which was to meet in Dorn on 19 February, will not.", "2027-02-19", "Dorn", "cancelled"),
        ("Crews in Velm urged their envoys to leave the cod talks in Dorn on 12 February.", "2027-02-12", "Dorn",
         "planned"),
        ("The prefect spoke in the February 19 talks.", "2027-02-19", None, "planned"),
        ("The prefect would wish, for his part, to hold talks in Dorn on 12 February.", "2027-02-12", "Dorn",
         "planned"),
    ],
)  # fmt: skip
def test_a_meeting_is_found(text: str, date: str, place: str | None, status: str) -> None:
    [found] = meetings(text)
    assert (found.date, found.place, found.status) == (date, place, status)
    assert found.precision == "day"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The next round of talks with the crews may take place on 22 February.", "next round of talks with the crews"),
        ("The envoy goes to Velm for the informal 5+1 meeting on 22 February.", "informal 5+1 meeting"),
        ("The envoy comes to Velm ahead of Kirov, who is due in Dorn on 22 February.", "meeting of Kirov"),
    ],
)
def test_a_name_has_neither_more_nor_less_than_its_words(text: str, name: str) -> None:
    assert [m.name for m in meetings(text)] == [name]


def test_when_something_is_said_is_no_meetings_day() -> None:
    assert not meetings("Deputy premier Ana Roke will go to Velm for two days of talks, Orvia said on Tuesday.")
    [found] = meetings("Ana Roke said on Sunday that the ministers would meet in Velm on 19 February.")
    assert found.date == "2027-02-19"
    assert not meetings("She said last week at a meeting with Vekk that it could be signed by the end of the year.")
    [found] = meetings("The union chief told pickets on Monday after a meeting in Dorn that they had won.")
    assert found.date == "2027-02-08"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Velm district court will hear the case on 19 February.", "hearing of the Velm district court"),
        ("The students will decide on 19 February whether to go home.", "vote of the students"),
        ("The council will decide on 19 February whether to go home.", "session of the council"),
        ("Students who have held the hall since April will decide on 19 February.", "vote of Students"),
    ],
)
def test_what_is_heard_or_decided_is_called_by_those_who_do(text: str, name: str) -> None:
    draft = Draft.of(a_document(text), Lexicon())
    assert any(c.meeting.name.startswith(name) and c.meeting.date == "2027-02-19" for c in candidates(draft))


def test_an_hour_in_a_log_is_of_its_day() -> None:
    text = "1130 Talks to resume at 1500 under ombudsman Dace Priede.\n1145 The quay is calm."
    draft = Draft.of(a_document(text, published="2027-02-10"), Lexicon())
    assert [(c.meeting.date, c.meeting.status) for c in candidates(draft)] == [("2027-02-10", "planned")]


def test_what_they_call_something_is_no_call() -> None:
    assert triggers("They announced what they call a pause at noon.") == []


def test_a_week_is_given_by_its_monday() -> None:
    [found] = meetings("The next round of talks will be held in Velm in the week of 24 February.")
    assert (found.date, found.precision) == ("2027-02-22", "week")


def test_without_publication_date_the_meeting_stays_undated() -> None:
    [found] = meetings("The next round of talks will be held in Velm on Friday.", published=None)
    assert (found.date, found.precision, found.place) == (None, "unresolved", "Velm")


def test_a_meeting_named_twice_is_one() -> None:
    text = "The next round of talks will be held in Velm on 22 February. The talks in Velm open on 22 February."
    assert len(meetings(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "That would meet the condition that the union set on Monday.",
        "The minister said on Monday that prices were rising.",
        "The price of lunch in the canteen rose in June.",
        "The minister said on Sunday he took note of the talks in Velm.",
        "Before we go on 22 February it should open, Ola Brandt of the High Negotiations Team told us in London.",
        "The second such gathering in two weeks came as rebels lost ground.",
        "The paper from the end of the previous round of talks will be printed on 22 February.",
        "Orvia was in line to meet December lending targets, the governor said.",
    ],
)
def test_what_is_no_meeting(text: str) -> None:
    assert meetings(text) == []


def test_a_delegation_that_talks_is_no_meeting() -> None:
    text = "Talks between the council and a Harbour delegation began on 3 February. It came to Harbour."
    assert [(m.name.split()[0], m.place) for m in meetings(text)] == [("Talks", None)]


def test_an_envoy_meets_for_whoever_sends_him() -> None:
    document = a_document("UN envoy for Iraq Ola Brandt met the Harbour Front in Dorn on 3 February.")
    draft = Draft.of(document, Lexicon.shipped())
    draft.cast = cast_of(draft)
    assert [m.participants for m in find_meetings(draft)] == [("Ola Brandt", "Harbour Front")]


def test_arabic() -> None:
    [found] = meetings(
        "ومن المقرر أن يلتقي الأطراف مجددا في فيسبي يوم 20 أبريل/نيسان.", language="ar", published="2027-04-03"
    )
    assert (found.date, found.place, found.status) == ("2027-04-20", "فيسبي", "planned")


PIECES = [
    "talks",
    "meeting",
    "in",
    "Velm",
    "on",
    "Friday",
    "will",
    "postponed to",
    "no date",
    "meet",
    ";",
    "the",
    "who",
    "1 March",
    "of",
    "\n",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30))
def test_no_heap_of_words_breaks_it(pieces: list[str]) -> None:
    document = a_document(" ".join(pieces))
    for found in find_meetings(Draft.of(document, Lexicon())):
        found.span.check(document, "meeting")


@pytest.mark.parametrize("piece", ["the talks of the ", "will meet in ", "Velm, ", "talks on Friday; "])
def test_long_hostile_text_takes_linear_time(piece: str) -> None:
    def seconds(copies: int) -> float:
        start = time.process_time()
        meetings(piece * copies)
        return time.process_time() - start

    assert seconds(800) < 20 * max(seconds(200), 0.1)


def test_a_date_that_is_to_be_set_belongs_to_no_day() -> None:
    text = "She will await the results of Tuesday's talks before setting a date for the next round of border talks."
    unset = [m for m in meetings(text) if m.status == "unset"]
    assert [(m.name, m.date) for m in unset] == [("next round of border talks", None)]


def test_a_meeting_called_by_its_day_takes_its_name_from_elsewhere() -> None:
    text = (
        "Ana Roke will attend a meeting of the Strait Contact Group on Friday.\n\n"
        "He said he would await the results of Friday's talks before setting a date for the next round."
    )
    assert [m.name for m in meetings(text) if m.date] == ["meeting of the Strait Contact Group"]


def with_cast(text: str) -> list[Meeting]:
    draft = Draft.of(a_document(text), Lexicon.shipped())
    draft.cast = cast_of(draft)
    return find_meetings(draft)


@pytest.mark.parametrize(
    ("text", "chairs"),
    [
        ("The talks resume in Velm on 22 February, with Jamaica's Neville Ashby in the chair.", ("Neville Ashby",)),
        ("The next round of talks will be held on 22 February, chaired by her deputy, Goran Prelec.",
         ("Goran Prelec",)),
        ("The meeting opens in Velm on 22 February under the chairmanship of Anwen Rusk.", ("Anwen Rusk",)),
        ("The ministers meet again in Velm on 22 February, or so the Finnish hosts hope.", ()),
        ("The talks resume on 22 February, with the Norwegian lawyer Astrid Melk in the chair.", ("Astrid Melk",)),
        ("The talks resume in Velm on 22 February. Its chairman, Judge Oto Brandt, is ill.", ("Oto Brandt",)),
        ("Former judge Roy Tindal is to mediate talks on 22 February in Velm.", ("Roy Tindal",)),
        ("The talks resume on 22 February. Ola Brandt, who chairs the talks, is patient.", ("Ola Brandt",)),
        ("The talks resume on 22 February. Ola Brandt, who chaired the talks, is patient.", ()),
        ("They met in Velm on 3 February under the chairmanship of UN Special Envoy Margit Olsson.",
         ("Margit Olsson",)),
        ("The Board met in Velm on 3 February under the chairmanship of H.E. Mrs. Adaeze Nwosu, a minister.",
         ("Adaeze Nwosu",)),
    ],
)  # fmt: skip
def test_who_presides(text: str, chairs: tuple[str, ...]) -> None:
    [found] = with_cast(text)
    assert found.chairs == chairs


def test_who_meets_is_named_in_full() -> None:
    text = "Maria Anker is patient. Peter Wael is not. She will meet Wael in Velm on Friday."
    [found] = with_cast(text)
    assert found.name == "meeting of Maria Anker with Peter Wael"
    assert found.participants == ("Maria Anker", "Peter Wael")


def test_a_plenary_is_that_of_the_body_spoken_of() -> None:
    text = "The Southern Pelagic Council quarrels. The plenary, foreseen for tomorrow, is put off to 3 March."
    assert [m.name for m in with_cast(text)] == ["plenary of the Southern Pelagic Council"]


@pytest.mark.parametrize(
    ("before", "subject"),
    [
        ("has suggested that the two sides", "the two sides"),
        ("The commission on the police, which met on Wednesday,", "The commission on the police"),
        ("asks both parties to", ""),
        ("and encourages Special Envoy Roke", "Special Envoy Roke"),
        ("and foreign ministers Roke and Osei", "foreign ministers Roke and Osei"),
        ("The envoys of Leth, as guarantors of the Velm accord of 4 May,", "The envoys of Leth"),
        ("and Karsova says they", "they"),
        ("", ""),
    ],
)
def test_the_subject_of_a_verb(before: str, subject: str) -> None:
    assert subject_before(before) == subject


@given(st.text(alphabet="ab, who the of met said it ", max_size=120))
def test_a_subject_is_made_of_the_words_before(before: str) -> None:
    words = before.replace(",", " ").split()
    assert all(any(piece in word for word in words) for piece in subject_before(before).replace(",", " ").split())


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The next round of talks will be held at the old customs house on 22 February.", "the old customs house"),
        ("She has invited both ministers to Velm for talks on 22 February.", "Velm"),
        ("The two ministers will meet outside Velm on 22 February.", "Velm"),
        ("DORN, 8 February (NNA) - The mediators ended their talks with the ministers on Friday.", "Dorn"),
        ("Envoy returns\nAna Roke in Velm\n\nThe first round of the border talks ended here yesterday.", "Velm"),
        ("The Velm talks resume on 22 February. Nobody in Velm expects much.", "Velm"),
        ("The next meeting of the envoys will be held on 22 February.", None),
        ("The envoys will meet in the Torvan capital, Brel, on 22 February.", "Brel"),
        ("On 3 February the owners met the crews in the port city of Masker.", "Masker"),
        ("Dockers at Velm's largest port will vote on 22 February.", None),
        ("VELM — The dockers will hold a vote in Brel on 22 February.", "Brel"),
        ("Roke, who is due in Dorn soon, called an emergency session of the panel in Velm on 22 February.", "Velm"),
        ("The envoys will meet again in Qasr el-Nour on 22 February.", "Qasr el-Nour"),
        ("The envoys will join in UN-led talks in Velm on 22 February.", "Velm"),
    ],
)
def test_where_it_takes_place(text: str, place: str | None) -> None:
    [found] = [m for m in meetings(text) if m.date]
    assert found.place == place


@pytest.mark.parametrize(
    ("text", "name", "date"),
    [
        ("The council has adjourned plenary to 19 February.", "plenary", "2027-02-19"),
        ("As the farm ministers met on Friday, tractors blocked the road.", "meeting of the farm ministers",
         "2027-02-05"),
        ("The parties met on 3 February with conciliator Ola Brandt.",
         "meeting of the parties with conciliator Ola Brandt", "2027-02-03"),
        ("The envoys cancelled Friday's evening session. It will now be held on 22 February.", "evening session",
         "2027-02-22"),
        ("The week ahead\n\nTHURSDAY. The border talks resume in Velm.",
         "border talks", "2027-02-11"),
        ("The consultation of the four ministers in Velm on 3 February ended without a text.",
         "consultation of the four ministers", "2027-02-03"),
        ("She hopes to bring the sides back to Velm on 22 February.", "meeting of the sides", "2027-02-22"),
        ("Talks between bakers and mill owners resumed on 22 February.", "Talks between bakers and mill owners",
         "2027-02-22"),
        ("The talks with the owners over a 12% rise will be held on 22 February.",
         "talks with the owners over a 12% rise", "2027-02-22"),
        ("The council will take it up at a meeting on Feb. 22, its chair said.", "meeting", "2027-02-22"),
        ("Ana Lund and Trade Minister Han Se-yun will meet in Velm on 22 February.",
         "meeting of Ana Lund and Trade Minister Han Se-yun", "2027-02-22"),
        ("The talks with the U.N. envoy will be held on 22 February.", "talks with the U.N. envoy", "2027-02-22"),
        ("The Council encourages Envoy Ana Roke to convene a follow-up conference in Velm on 22 February.",
         "follow-up conference", "2027-02-22"),
        ("The Guarantors, following the seventh round of talks on Oru, will hold the next round of talks on "
         "22 February.",
         "next round of talks", "2027-02-22"),
        ("The Council held its tenth session in Velm on 3 February.", "tenth session", "2027-02-03"),
        ("The Panel hails the signing of the Velm pact in Dorn on 3 February.", "signing of the Velm pact",
         "2027-02-03"),
        ("After the two sides concluded talks in Velm on 3 February, hopes rose.", "talks in Velm", "2027-02-03"),
        ("The oil cartel would probably meet in Velm on 22 February.", "meeting of the oil cartel", "2027-02-22"),
        ("They are seen at the first round of post-war trade deal talks between the Union and the Orvian Republic, in "
         "Velm, on 3 February.",
         "first round of post-war trade deal talks between the Union and the Orvian Republic", "2027-02-03"),
    ],
)  # fmt: skip
def test_how_a_meeting_is_called(text: str, name: str, date: str) -> None:
    assert (name, date) in [(m.name, m.date) for m in meetings(text)]


def test_a_meeting_without_a_name_is_called_by_its_day() -> None:
    [found] = meetings("A hearing set for last week was cancelled because no interpreter could be found.")
    assert found.name == "hearing set for last week"


def test_a_meeting_of_this_week_may_be_to_come() -> None:
    [found] = meetings("The two ministers will meet in Velm later this week.")
    assert (found.precision, found.status) == ("week", "planned")


def test_two_meetings_of_one_clause_keep_their_days() -> None:
    text = "The envoy met the owners on 3 February and will meet the crews in Velm on 22 February."
    found = {m.date: m.name for m in meetings(text)}
    assert found == {
        "2027-02-03": "meeting of the envoy with the owners",
        "2027-02-22": "meeting of the envoy with the crews",
    }


def test_an_arabic_meeting_is_called_by_those_who_meet() -> None:
    (told,) = triggers("ومن المقرر أن تجتمع اللجنة المشتركة في بلدة كورال الخميس المقبل")
    assert told.name == "اجتماع اللجنة المشتركة"


@pytest.mark.parametrize(
    "text",
    [
        "The truce that both sides signed in Velm runs out on 19 February.",
        "The head of the Dorn municipal council, Munir Vekk, affirmed on Tuesday that it rejects the offer.",
        "The island, which has hosted two rounds of talks, wants the monitors in place by 28 February.",
    ],
)
def test_what_runs_out_has_a_head_or_is_told_beside_is_no_meeting(text: str) -> None:
    assert [c for c in candidates(Draft.of(a_document(text), Lexicon())) if c.meeting.date] == []


def test_talks_between_three_name_all_three() -> None:
    [found] = meetings("Talks between the Centre Union, the Liberals and the Greens were held in Velm on 8 February.")
    assert found.name == "Talks between the Centre Union, the Liberals and the Greens"


@pytest.mark.parametrize(
    "text",
    ["The pilots have refused to call off next week's walkout.", "The guild may yet call off Monday's stoppage."],
)
def test_what_is_called_off_is_no_call(text: str) -> None:
    assert triggers(text) == []


def test_the_day_on_which_somebody_spoke_is_not_that_of_the_meeting() -> None:
    text = "The envoy is leaving for the talks with the Front in Dorn, Minister Vekk said on Sunday."
    assert [m for m in meetings(text) if m.date] == []


def test_a_strike_called_off_at_a_meeting_calls_off_no_meeting() -> None:
    text = "As for Tuesday's meeting in Dorn, she said that the strike could be called off there."
    assert [m for m in meetings(text) if m.status == "cancelled"] == []


def test_nobody_meets_himself() -> None:
    text = "Envoy Peter Lund spoke. He gave his word when he met Ilan Osei in Dorn on 3 February."
    document = a_document(text)
    draft = Draft.of(document, Lexicon.shipped())
    draft.cast = cast_of(draft)
    [found] = find_meetings(draft)
    assert found.name == "meeting of Peter Lund with Ilan Osei"


@pytest.mark.parametrize(
    ("text", "date", "place"),
    [
        ("The envoy will hold talks on the situation in Orvia on Friday.", "2027-02-12", None),
        ("The ministers will meet on Friday to discuss a truce between Leth and Sulmar in Orvia.", "2027-02-12", None),
        ("The envoy arrived in Velm on 3 February after two days of talks with the rebels.", None, None),
        ("The cabinet will meet on Friday to discuss a plan to free the sailors held in Orvia.", "2027-02-12", None),
        ("The council will hold talks in Velm Friday.", "2027-02-12", "Velm"),
    ],
)
def test_what_a_meeting_is_about_and_what_came_after_it_are_no_place_or_day(
    text: str, date: str | None, place: str | None
) -> None:
    talks = [m for m in meetings(text) if "visit" not in m.name]
    assert all((m.date, m.place) == (date, place) for m in talks)


def test_the_day_of_urging_is_no_meetings_day() -> None:
    found = meetings("The chief on Tuesday urged all who hold talks in Velm this week to be frank.")
    assert {m.precision for m in found} <= {"week"}


@pytest.mark.parametrize(
    "text",
    [
        "Minister Ana Roke on Monday extended the deadline for the fish talks between Orvia and Leth by a day.",
        "They had served notice of a strike beginning on Monday, but there were last-ditch talks with the mill.",
    ],
)
def test_a_day_of_something_else_in_the_clause_before_is_no_meetings_day(text: str) -> None:
    assert [m.date for m in meetings(text) if m.date] == []


def test_a_visit_takes_place_where_it_goes() -> None:
    [found] = [
        m for m in meetings("Rim will travel to Leth on Friday after claiming progress in talks in Velm.") if m.date
    ]
    assert (found.date, found.place) == ("2027-02-12", "Leth")


def test_talks_are_not_where_the_land_is_that_they_are_about() -> None:
    found = meetings("Ministers join Orvia's nuclear talks on Friday. In Orvia nobody waits.")
    assert [m.place for m in found] == [None]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # a day before which nothing tells of what is to come but the verb, far back
        ("The second meeting in Dorn took place between Orvia's President Felix Amaru Tessaly, the President of the "
         "neighbouring Republic of Leth, Paula Karimi Oswald, and the host, Sheikh Tamur bin Hadad, on Tuesday.",
         [("2027-02-09", "held", "Dorn")]),
        ("Relief groups meeting in Velm on Tuesday – among them the Blue Tent – called for more money.",
         [("2027-02-09", "held", "Velm")]),
        ("Renn told reporters outside his hotel ahead of Thursday's cartel meeting on output.",
         [("2027-02-11", "planned", None)]),
        ("The talks in Dorn, which opened just two days ago, were expected to resume on 25 February.",
         [("2027-02-25", "planned", "Dorn")]),
        ("Mr Brandt and Lady Osei will meet again in Dorn on Sunday after talks in Velm broke up.",
         [("2027-02-14", "planned", "Dorn")]),
        ("The Dorn talks follow a proposal by Renn on Sunday to resume direct negotiations.", []),
        ("The sides concluded their meeting in Leth's Velm on Tuesday.", [("2027-02-09", "held", "Velm")]),
        ("The envoys reached a deal at the Orvia Climate Conference on Tuesday after a meeting.",
         [("2027-02-09", "held", None)]),
        ("The visit to Dorn came after informal talks between three of the delegates and a larger party of the "
         "government in Velm on Tuesday.", [("2027-02-09", "held", "Velm")]),
    ],
)  # fmt: skip
def test_day_and_place_are_those_of_the_meeting(text: str, wanted: list[tuple[str, str, str | None]]) -> None:
    assert [(m.date, m.status, m.place) for m in meetings(f"Talks\n\n{text}", published="2027-02-10")] == wanted


def test_a_meeting_told_by_its_week_and_by_its_day_is_one() -> None:
    text = (
        "The negotiators are to meet this week in Dorn.\n\n"
        "An informal meeting of the negotiators in Dorn is set for Friday, 12 February."
    )
    assert [(m.date, m.precision) for m in meetings(text, published="2027-02-08")] == [("2027-02-12", "day")]


def test_who_holds_talks_is_who_meets() -> None:
    text = "Talks\n\nDelegations of France and Germany concluded their meeting in Velm on 3 February."
    draft = Draft.of(a_document(text), Lexicon.shipped())
    draft.cast = cast_of(draft)
    assert [m.participants for m in find_meetings(draft)] == [("France", "Germany")]
    text = "Talks\n\nThe talks in Velm between France, Germany and Spain ended on 3 February."
    draft = Draft.of(a_document(text), Lexicon.shipped())
    draft.cast = cast_of(draft)
    assert [m.participants for m in find_meetings(draft)] == [("France", "Germany", "Spain")]


def test_a_meeting_with_one_is_not_any_meeting_of_the_text() -> None:
    text = "The sides ended their meeting in Dorn on 3 February.\n\nRenn is open to a face-to-face meeting with Osei."
    assert [m.name for m in meetings(text)] == ["meeting in Dorn"]
