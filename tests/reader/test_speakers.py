"""Whom pronouns, descriptions and bare quotations mean, in texts with invented people."""

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft, Found, Mention
from dragoman.reader.names.casting import cast_of
from dragoman.reader.names.names import Actor
from dragoman.reader.speakers.resolve import resolve
from dragoman.reader.speakers.speakers import Speakers
from dragoman.reader.speakers.told_of_people import learn_person
from dragoman.reading import Span, Spans
from tests.builders import a_document


def speakers(text: str, *said: tuple[str, str], **known: object) -> list[str | None]:
    """Who says each of `said`: a source, whose place what follows a | may tell, and a content; in text order."""
    draft = Draft.of(a_document(text, **known), Lexicon.shipped())
    for source, content in said:
        words, _, after = source.partition("|")
        low, high = text.index(words + after), text.index(content)
        draft.found.append(
            Found(
                Spans([(low, low + len(words))]) if words else Spans([]),
                Spans([]),
                Spans([(high, high + len(content))]),
            )
        )
    return [s.speaker.name for s in resolve(draft)]


PRONOUNS = [
    # a newcomer who is the subject of the sentence before
    (
        "Anna Brask called the truce a farce.\n\nA brigadier from Belmora was asked about it. “We obey,” he said.",
        [("Anna Brask", "the truce a farce"), ("he| said", "“We obey,”")],
        "brigadier from Belmora",
    ),
    # somebody named after a role and a comma, whose name is nowhere on a list
    (
        "“No,” said the council's clerk, Odda Vexley.\n\nOrvia's Minister of the Sea, Zubro Klimtar, spoke next. "
        "The road was closed, he said.",
        [("the council's clerk, Odda Vexley", "“No,”"), ("he| said", "The road was closed")],
        "Zubro Klimtar",
    ),
    # a title tells the gender
    (
        "Karsten Olm threatened to walk out.\n\nIn Dorn, Ms Quenda Farrow, who runs a school, was milder. She thinks "
        "the soldiers are tired.",
        [("Karsten Olm", "to walk out"), ("She", "the soldiers are tired")],
        "Quenda Farrow",
    ),
    # the author of a column is "I", never "he"
    (
        "By Ashaz Maluwe\n\nI have argued that President Odo Klimtar cannot have it both ways. He told the nation that "
        "he would free them all.",
        [("I", "President Odo Klimtar cannot have it both ways"), ("He", "he would free them all")],
        "Odo Klimtar",
    ),
    # nobody speaks of himself by name
    (
        "Karsten Olm said nobody could deal with President Zubro Vell. He dared Vell to leave.",
        [("Karsten Olm", "nobody could deal with President Zubro Vell"), ("He| dared", "Vell to leave")],
        "Karsten Olm",
    ),
    (
        "Karsten Olm said they met in Dorn with the help of President Zubro Vell.\n\n“We go through his Excellency, "
        "President Zubro Vell,” he said.",
        [("Karsten Olm", "they met in Dorn"), ("he| said", "“We go through his Excellency, President Zubro Vell,”")],
        "Karsten Olm",
    ),
    # nor is whoever is spoken of in what he says
    (
        "Karsten Olm met reporters in Dorn. There is still a chance that President Odo Klimtar could leave the pact, "
        "he said.",
        [("he| said", "There is still a chance that President Odo Klimtar could leave the pact")],
        "Karsten Olm",
    ),
    # nor a creditor that is a state
    (
        "Zambia's largest creditor China wants answers, Finance Minister Karsten Olm said. He also said the "
        "road was open.",
        [
            ("Finance Minister Karsten Olm", "Zambia's largest creditor China wants answers"),
            ("He| also", "road was open"),
        ],
        "Karsten Olm",
    ),
    # nobody who is quoted means himself by "he"
    (
        "Minister Karsten Olm met Captain Zubro Vell. “He lied,” Olm said.",
        [("Olm| said", "“He lied,”"), ("He| lied", "lied")],
        "Zubro Vell",
    ),
]


@pytest.mark.parametrize("text, said, expected", PRONOUNS)
def test_whom_a_pronoun_means(text: str, said: list[tuple[str, str]], expected: str) -> None:
    assert speakers(text, *said)[-1] == expected


def test_an_answer_in_an_interview_is_the_guests() -> None:
    text = (
        "Interview with Sister Odda Vexley about the ferry\n\nThe harbour of Dorn is closed.\n\nWere you afraid?\n\n"
        "Colonel Zubro Vell told me to wait. I waited for nine days.\n\nDid he keep his word?\n\n"
        "He kept half of it.\n\nAnd now?\n\nI will go back in March."
    )
    said = [("Colonel Zubro Vell", "to wait"), ("", "I will go back in March.")]
    assert speakers(text, *said) == ["Zubro Vell", "Odda Vexley"]


def test_in_a_transcript_i_is_whoever_has_the_floor() -> None:
    text = (
        "Hearing\n\nTHE CHAIR (Ms Odda Vexley): Is the road open?\n\nMR KLIMTAR: It is. I told the mayor so.\n\n"
        "THE CHAIR: Thank you."
    )
    assert speakers(text, ("I| told", "so"), ("THE CHAIR|: Thank", "Thank you.")) == ["Klimtar", "Odda Vexley"]


def test_initials_before_a_turn_stand_for_a_full_label_and_you_for_whoever_answers() -> None:
    text = (
        "Harbour Post: You left the room early. Why?\n\nOdda Vexley: It was late.\n\n"
        "HP: Last week you called the offer an insult.\n\nOV: I called it a beginning."
    )
    said = [("you", "the offer an insult"), ("OV", "I called it a beginning."), ("I| called", "it a beginning")]
    assert speakers(text, *said) == ["Odda Vexley"] * 3
    asked = "Interview with Odda Vexley\n\nDid you say no?\n\nI did.\n\nTwice?\n\nOnce.\n\nWhy?\n\nIt was late."
    assert speakers(asked, ("you", "no")) == ["Odda Vexley"]


def test_a_bare_quotation_is_of_whoever_alone_spoke_right_before() -> None:
    text = (
        "“A list,” said Odda Vexley of the dockers.\n\nNobody was glad.\n\nCouncillor Zubro Klimtar saw a need to "
        "go on.\n\n“We want them to lead.”"
    )
    said = [
        ("Odda Vexley", "“A list,”"),
        ("Councillor Zubro Klimtar", "a need to go on"),
        ("", "“We want them to lead.”"),
    ]
    assert speakers(text, *said)[-1] == "Zubro Klimtar"


def test_a_bare_quotation_is_of_whom_the_sentence_before_is_about() -> None:
    text = (
        "“A list,” said Odda Vexley of the dockers.\n\nCouncillor Zubro Klimtar came out against the plan. “They pay "
        "for us all.”"
    )
    assert speakers(text, ("Odda Vexley", "“A list,”"), ("", "“They pay for us all.”"))[-1] == "Zubro Klimtar"


@pytest.mark.parametrize(
    "text, cue, content, source",
    [
        ("Odda Vexley, who conceded that a pause would help, left.", "conceded", "a pause would help", "who"),
        (
            "A pause would help, concedes its envoy, Ms Odda Vexley.",
            "concedes",
            "A pause would help",
            "its envoy, Ms Odda Vexley",
        ),
        ("According to the Dockers' Union, nobody works.", "According to", "nobody works", "the Dockers' Union"),
        ("Mayor Odda Vexley warns: no more boats.", "warns:", "no more boats", "Odda Vexley"),
        ("It is understood that nobody works.", "is understood", "nobody works", ""),
        ("The rent was described as high.", "was described", "high", ""),
    ],
)
def test_a_missed_source_is_found_in_its_sentence(text: str, cue: str, content: str, source: str) -> None:
    draft = Draft.of(a_document(f"Talks go on\n\n{text}"), Lexicon.shipped())
    cue_at, content_at = (draft.document.text.index(words) for words in (cue, content))
    draft.found = [
        Found(Spans([]), Spans([(cue_at, cue_at + len(cue))]), Spans([(content_at, content_at + len(content))]))
    ]
    (statement,) = resolve(draft)
    assert statement.source.text(draft.document) == source


HEAD = "Truce\n\nThe truce between Belmora and the Harbour Front ends today. "


@pytest.mark.parametrize(
    "text, source, expected",
    [
        ("Both sides said it would hold.", "Both sides", "Belmora and Harbour Front"),
        ("Neither would say why.", "Neither", "Belmora and Harbour Front"),
        ("Both envoys said it would hold.", "Both envoys", "envoys of Belmora and Harbour Front"),
        ("JAPAN and the US said it would hold.", "JAPAN and the US", "Japan and United States"),
        ("Two clubs, Nexor and Izola, said no.", "Two clubs, Nexor and Izola", "Nexor and Izola"),
        ("Envoys of the Dockers' Guild said no.", "Envoys of the Dockers' Guild", "envoys of the Dockers' Guild"),
        ("The Velm-based Harbour League said no.", "The Velm-based Harbour League", "Harbour League"),
        ("A man calling himself Captain Vekk said no.", "A man calling himself Captain Vekk", "Captain Vekk"),
        ("Lawyers cited by the Observer say no.", "Lawyers cited by the Observer", "lawyers"),
        ("A draft that the Observer has seen says no.", "A draft that the Observer has seen", "draft"),
        ("The council's Tui Vekk said no.", "The council's Tui Vekk", "Tui Vekk"),
        ("The OECD countries said no.", "The OECD countries", "OECD countries"),
        ("According to the Dockers' Guild the truce is over.", "the Dockers' Guild", "Dockers' Guild"),
        ("Lt. Col. Tui Vekk spoke. “No,” the officer said.", "the officer", "Tui Vekk"),
        ("Two of Belmora's officials said no.", "Two of Belmora's officials", "officials of Belmora"),
        ("Cllr Tui Vekk spoke. His website said no.", "His website", "Tui Vekk"),
    ],
)
def test_whom_a_description_means(text: str, source: str, expected: str) -> None:
    assert speakers(HEAD + text, (source, text.split()[-1])) == [expected]


BELONGINGS = [
    # figures, polls and tables are given by whoever made them
    (
        "Police figures show 40 arrests.",
        [("Police figures", "40 arrests")],
        "Police",
    ),
    (
        "A survey by the Harbour Union found that half would strike.",
        [("A survey by the Harbour Union", "half would strike")],
        "Harbour Union",
    ),
    # an office is named by its holder's name, or as it stands where the holder has none
    (
        "The office of its founder, Sheikh Zubro Vell, denied it. Vell was away.",
        [("The office of its founder, Sheikh Zubro Vell", "it")],
        "office of Zubro Vell",
    ),
    ("The Prime Minister's office denied it.", [("The Prime Minister's office", "it")], "Prime Minister's office"),
    # a minister's ministry is the state's
    (
        "Kestria's energy minister, Quenda Farrow, smiled. Kestrian officials did not. Her ministry denied the report.",
        [("Quenda Farrow", "smiled"), ("Her ministry", "the report")],
        "Kestrian energy ministry",
    ),
    # somebody's somebody is not the name that follows
    (
        "An aide to the mediator, Karsten Olm, spoke of progress.",
        [("An aide to the mediator, Karsten Olm", "of progress")],
        "aide to the mediator",
    ),
]


@pytest.mark.parametrize("text, said, expected", BELONGINGS)
def test_whom_belongings_mean(text: str, said: list[tuple[str, str]], expected: str) -> None:
    assert speakers(text, *said)[-1] == expected


LATER = [
    # a report that opens with a role and names its holder in the next paragraph
    (
        "OSLO - Norway will not open the strait, its chief negotiator said on Tuesday.\n\n"
        '"We have heard enough," Karsten Olm told reporters.',
        [("its chief negotiator", "Norway will not open the strait"), ("Karsten Olm", '"We have heard enough,"')],
    ),
    # the one person of the text who is called by the same noun
    (
        "Kestria's transport minister told farmers to wait.\n\nThey laughed.\n\nMinister Karsten Olm left early.",
        [("Kestria's transport minister", "to wait")],
    ),
]


@pytest.mark.parametrize("text, said", LATER)
def test_the_holder_of_a_role_may_be_named_later(text: str, said: list[tuple[str, str]]) -> None:
    assert speakers(text, *said)[0] == "Karsten Olm"


def test_who_speaks_for_an_office_does_not_hold_it() -> None:
    text = "A briefing by Karsten Olm, spokesman for the Secretary-General. The Secretary-General fears for the road."
    assert speakers(text, ("The Secretary-General", "fears for the road")) == ["Secretary-General"]


def test_a_host_of_talks_is_the_land_that_it_is() -> None:
    assert speakers("Summit hosts Norway urged all to stay.", ("Summit hosts Norway", "all to stay")) == ["Norway"]


def test_dozens_of_lands_are_lands() -> None:
    text = "Dozens of lands — backed by Oru — say that it is late."
    assert speakers(text, ("Dozens of lands — backed by Oru", "it is late")) == ["lands"]


def test_two_who_spoke_together_are_they() -> None:
    text = "Karsten Olm and Quenda Farrow backed the truce.\n\nKestria was silent. They called for patience."
    said = speakers(text, ("Karsten Olm and Quenda Farrow", "the truce"), ("They", "for patience"))
    assert said == ["Karsten Olm", "Karsten Olm"]


def test_an_indefinite_commander_is_somebody_new() -> None:
    text = "Zubro Vell doubted it.\n\nA rebel commander in the hills agreed. “We wait,” he said."
    rebel = "A rebel commander in the hills"
    said = speakers(text, ("Zubro Vell", "it"), (rebel, "agreed"), ("he| said", "“We wait,”"))
    assert said[-1] == "rebel commander in the hills"


BROUGHT_IN = [
    # a body that its sentence is about, not the state that owns it
    (
        "Norway's foreign ministry protested to Sweden. It called the patrol a provocation.",
        [("It", "the patrol a provocation")],
        "Norwegian foreign ministry",
    ),
    # a group that its sentence is about
    (
        "The Harbour Union waits.\n\nOystermen are the angriest. They threaten to burn their boats.",
        [("They", "to burn their boats")],
        "Oystermen",
    ),
    (
        "The Harbour Union waits.\n\nFish traders are the angriest. They threaten to burn their stalls.",
        [("They", "to burn their stalls")],
        "fish traders",
    ),
    # what somebody says of a body is not said by that body
    (
        "The Harbour Union is tired of waiting. The Dock Council, it said, has not moved.",
        [("it| said", "The Dock Council")],
        "Harbour Union",
    ),
    # the association of a group
    (
        "Hauliers are hard to please. Their association wants a rebate.",
        [("Their association", "a rebate")],
        "hauliers' association",
    ),
    (
        "Pilots are cross. Their union, the Airmen's Brotherhood, wants a rebate.",
        [("Their union, the Airmen's Brotherhood", "a rebate")],
        "Airmen's Brotherhood",
    ),
    # a copy is of the paper that was spoken of last
    (
        "A draft agreement frees the port, according to a copy seen by the Observer.",
        [("a copy seen by the Observer", "A draft agreement frees the port")],
        "draft agreement",
    ),
    # a statement is of whoever made it
    (
        "The Harbour Union said in a statement that it waits. Ostar laughed. The statement added that it may rain.",
        [("The Harbour Union", "that it waits"), ("The statement", "that it may rain")],
        "Harbour Union",
    ),
    # the noun after a name says what it is; a group that holds a company's men is none
    (
        "The armed group holding staff of the Brightwell Group mining company gave a date. Brightwell Group would not "
        "pay. The army waits. The company called the date false.",
        [
            ("The armed group holding staff of the Brightwell Group mining company", "a date"),
            ("The company", "the date false"),
        ],
        "Brightwell Group",
    ),
    # a body right before "who", unless somebody belongs to it
    (
        "Ostar met the Brethren. Tui Vekk smiled. The Council accused the Brethren, who denied any part.",
        [("The Council", "the Brethren, who"), ("who", "any part")],
        "Brethren",
    ),
    (
        "That is enough, reckons Piet Aalders of the consultancy Norrbrook Group, who doubts the rest.",
        [("who", "the rest")],
        "Piet Aalders",
    ),
    # the name after a body's noun and a comma may be a person's
    ("An actuary hired by the union, Lucia Vekk, spoke. She doubted it.", [("She", "it")], "Lucia Vekk"),
]


@pytest.mark.parametrize("text, said, expected", BROUGHT_IN)
def test_whom_a_text_brings_in_by_a_description(text: str, said: list[tuple[str, str]], expected: str) -> None:
    assert speakers(text, *said)[-1] == expected


NAMELESS = [
    # some of those who were spoken of, though they have said nothing yet
    (
        "The paper has it from two people in the room. “Maybe,” one of them said.",
        [("one of them", "“Maybe,”")],
        "person in the room",
    ),
    # another is somebody else of the same kind
    (
        "A diplomat from a northern state called it theatre. Another said eight capitals agreed.",
        [("A diplomat from a northern state", "it theatre"), ("Another", "eight capitals agreed")],
        "diplomat",
    ),
    # one who is told apart
    (
        "Several delegates doubt it. “No,” said one of them, a former judge.",
        [("one of them, a former judge", "“No,”")],
        "former judge",
    ),
    # under another noun
    (
        "A source in the ministry saw a draft. It names a price, according to the same person.",
        [("A source in the ministry", "a draft"), ("the same person", "It names a price")],
        "source in the ministry",
    ),
    # whose they are
    (
        "Ms Quenda Farrow rejected the offer. A colleague in her delegation disputed this.",
        [("Ms Quenda Farrow", "the offer"), ("A colleague in her delegation", "this")],
        "colleague in Quenda Farrow's delegation",
    ),
    # a spokeswoman is the spokeswoman of whom the sentence is about
    (
        "Sulmar wants the loan. Marrow fears it. The Lending Bank does not comment on it, a spokeswoman said.",
        [("a spokeswoman", "does not comment")],
        "spokeswoman of the Lending Bank",
    ),
]


@pytest.mark.parametrize("text, said, expected", NAMELESS)
def test_whom_words_without_a_name_mean(text: str, said: list[tuple[str, str]], expected: str) -> None:
    assert speakers(text, *said)[-1] == expected


@pytest.mark.parametrize(
    "text, said, expected",
    [
        ("The union, whose head, Odda Vexley, spoke, is small.", "whose head, Odda Vexley", "Odda Vexley"),
        ("Odda Vexley spoke. “No,” said the 61-year-old veteran.", "the 61-year-old veteran", "Odda Vexley"),
        ("Odda Vexley is away. In the studio: CLIP VEXLEY (no).", "CLIP VEXLEY", "Odda Vexley"),
        ("Leth's envoy promised help. The envoy, Odda Vexley, did not deny it.", "Leth's envoy", "Odda Vexley"),
    ],
)  # fmt: skip
def test_whom_a_role_means(text: str, said: str, expected: str) -> None:
    assert speakers(text, (said, text.split()[-1]))[-1] == expected


@pytest.mark.parametrize(
    "text, said, expected",
    [
        # two who are spoken of together
        ("Brennia and Corvessa will not have it. In a note on Monday they offered help.", "they",
         "Brennia and Corvessa"),
        # people rather than the body that is spoken of beside them
        ("Two traders told the Letter so. The Kinmei Company, they added, has not moved.", "they", "traders"),
        # somebody whom a sentence is about, not her client
        ("Ms Vexley's lawyer, Zubro Klimtar, gets by. He has promised help.", "He", "Zubro Klimtar"),
        # the association of whoever is spoken of
        ("Its envoy asked the hauliers for patience. They have little. Their association speaks of losses.",
         "Their association", "hauliers' association"),
        # whom a reporter has reached
        ("Our reporter Anna Brask has reached Maria Venn. “We stay,” she says.", "she", "Maria Venn"),
    ],
)  # fmt: skip
def test_whom_they_and_their_like_mean(text: str, said: str, expected: str) -> None:
    spoke = [("Two traders", "so")] if "traders" in text else []
    content = next((words for words in ("“We stay,”", "The Kinmei Company") if words in text), text.split()[-1])
    assert speakers(f"{text} Corvessan ships and Brennian ships wait.", *spoke, (f"{said}| ", content))[-1] == expected


def test_each_of_two_who_just_spoke() -> None:
    text = "The Harbour Union proposed a rise. The Dockers' Guild wants more. Each says it has met the other halfway."
    said = [("The Harbour Union", "a rise"), ("The Dockers' Guild", "more"), ("Each", "it has met")]
    assert speakers(text, *said)[-1] == "Harbour Union and Dockers' Guild"


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("Leth, Marrow and the Harbour Front (HF) agreed to stop.", "Leth", "Leth, Marrow and Harbour Front"),
        ("DORN, June 7 (AP) - Leth, Marrow and the Harbour Front said it would hold.", "Leth",
         "Leth, Marrow and Harbour Front"),
        ("In a letter Estonia, Latvia and Lithuania said it would hold.", "Latvia and Lithuania",
         "Estonia, Latvia and Lithuania"),
        ("According to Estonia, Latvia and Lithuania said it would hold.", "Latvia and Lithuania",
         "Latvia and Lithuania"),
        ("The government of Varesh and the rebel Northern Council said it would hold.",
         "The government of Varesh and the rebel Northern Council", "government of Varesh and Northern Council"),
        ("It was signed before guarantors Leth and Marrow. Neither guarantor said it would hold.",
         "Neither guarantor", "Leth and Marrow"),
        ("The River League (RL) and the Union of Ferrymen met. Both organisations said it would hold.",
         "Both organisations", "River League and Union of Ferrymen"),
    ],
)  # fmt: skip
def test_who_speaks_together(text: str, source: str, expected: str) -> None:
    said = "to stop" if "to stop" in text else "it would hold"
    [name] = speakers(text, (source, said))
    assert name == expected


def test_a_source_that_begins_above_a_blank_line_is_read() -> None:
    text = "the memo\n\n\nBrussels Ledger, which published it on Friday, called the offer a trick."
    assert speakers(text, ("the memo\n\n\nBrussels Ledger", "the offer a trick"))
    assert speakers(text, ("\n\n\nBrussels Ledger", "the offer a trick")) == ["Brussels Ledger"]


def test_whoever_is_being_looked_for_is_not_looked_for_again() -> None:
    text = "The Karvel government sent a note. “We signed,” said its minister Ana Bellamy."
    low = text.index("Ana Bellamy")

    def party(*, looked_for: bool) -> str | None:
        cast = cast_of(Draft.of(a_document(text), Lexicon.shipped()))
        actor = cast.add(Actor("Ana Bellamy", "person", start=low), "Ana Bellamy")
        actor.party = None
        cast.looked_for += [actor] * looked_for
        learn_person(Speakers(cast), actor, low - len("its minister "), low, low, low + len("Ana Bellamy"))
        assert cast.looked_for == [actor] * looked_for
        return actor.party

    assert party(looked_for=False) is not None
    assert party(looked_for=True) is None  # two of whom each asks for the other would never end


def test_who_answers_under_the_letter_a_is_the_guest() -> None:
    text = (
        "Interview by Renske Olm\n\nLotte Verbeek is the chief negotiator of the Polder Board.\n\n"
        "Q: You walked out. Why?\n\nA: They want us to pay for a dyke.\n\nQ: Would you go back?\n\n"
        "A: Not unless the bill is split."
    )
    draft = Draft.of(a_document(text), Lexicon.shipped())
    made = [(s.speaker.name, s.speaker.party, s.content.text(draft.document)) for s in resolve(draft)]
    assert made == [
        ("Lotte Verbeek", "Polder Board", "They want us to pay for a dyke."),
        ("Lotte Verbeek", "Polder Board", "Not unless the bill is split."),
    ]


def test_an_outlet_passes_on_whom_it_cites() -> None:
    text = (
        "The daily Handel cites two people close to the lender, the Harbour Bank, who say the loan will lapse. "
        "According to the daily, Ana Vekk told parliament that it was sorry."
    )
    draft = Draft.of(a_document(text), Lexicon.shipped())

    def part(words: str) -> Spans:
        start = text.index(words)
        return Spans([(start, start + len(words))])

    draft.found = [
        Found(part("The daily Handel"), part("cites"), part("two people close to the lender, the Harbour Bank")),
        Found(part("who"), part("say"), part("the loan will lapse")),
        Found(part("the daily"), part("According to"), part("Ana Vekk")),
        Found(part("Ana Vekk"), part("told"), part("that it was sorry")),
    ]
    made = [(s.speaker.name, s.speaker.anonymous, s.via) for s in resolve(draft)]
    assert made == [("people close to the lender", True, ("Handel",)), ("Ana Vekk", False, ("Handel",))]


def test_initials_are_no_pronoun() -> None:
    text = (
        "Anna Brask left the hall. “It is late,” said WHO chief Dr Karsten Olm. WHO said it would wait. She went home."
    )
    said = speakers(text, ("WHO chief Dr Karsten Olm", "“It is late,”"), ("WHO| said", "it would wait"))
    assert said == ["Karsten Olm", "World Health Organization"]


def test_a_last_name_may_have_small_words() -> None:
    text = "It is late, said the Dutch envoy, Sigrid von der Mell. The road is open, von der Mell added."
    said = speakers(text, ("the Dutch envoy, Sigrid von der Mell", "It is late"), ("von der Mell| added", "The road"))
    assert said == ["Sigrid von der Mell", "Sigrid von der Mell"]


def test_a_last_name_that_ends_in_s_is_no_group_of_people() -> None:
    text = "Ana Roke came with the Minister for Maritime Relations Odda Vexos. Vexos said the road was closed."
    draft = Draft.of(a_document(text), Lexicon.shipped())
    low = text.index("Vexos said")
    for at in (text.index("Vexos"), low):
        draft.mentions.append(Mention(Span(at, at + 5), "person"))
    draft.found = [Found(Spans([(low, low + 5)]), Spans([]), Spans([(text.index("the road"), len(text) - 1)]))]
    assert [(s.speaker.name, s.speaker.anonymous) for s in resolve(draft)] == [("Odda Vexos", False)]
