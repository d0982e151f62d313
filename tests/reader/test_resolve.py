"""Sources become speakers with parties, chains, days; nothing that the text does not say."""

import time
from dataclasses import replace

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft, Found
from dragoman.reader.names.casting import cast_of
from dragoman.reader.names.states import Atlas
from dragoman.reader.names.unknown_words import is_demonym
from dragoman.reader.rules.rules import RulesFinder
from dragoman.reader.speakers.resolve import resolve
from dragoman.reading import Spans, Statement
from tests.builders import a_document, at


def read(text: str, **known: object) -> list[Statement]:
    """The statements that the rules find in a text below a headline, resolved."""
    draft = Draft.of(a_document(f"Talks go on\n\n{text}", **known), Lexicon.shipped())
    draft.found = RulesFinder().find([draft])[0][0]
    return resolve(draft)


def speakers(text: str, **known: object) -> list[tuple[str | None, str | None, bool]]:
    return [(s.speaker.name, s.speaker.party, s.speaker.anonymous) for s in read(text, **known)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Washington insists that the road must open.", ("United States", "United States", False)),
        ("Paris said that the road must open.", ("France", "France", False)),
        ("IMF staff wait. The Fund said no.", ("International Monetary Fund", "International Monetary Fund", False)),
        ("Brussels said no. EU ministers wait.", ("European Union", "European Union", False)),
        ("Cairo and Doha said no.", ("Egypt and Qatar", "Egypt and Qatar", False)),
        ("Turkish Cypriot officials said no.", ("Turkish Cypriot officials", "Turkish Cypriot", True)),
        ("Riyad Hijab, the head of HNC, said no.", ("Riyad Hijab", "High Negotiations Committee", False)),
        ("Kestrian Foreign Minister Ilse Marn said Kestria would wait.", ("Ilse Marn", "Kestria", False)),
        ("The UN special envoy for Orvia, Peter Lund, said no. Orvia wept.", ("Peter Lund", "United Nations", False)),
        ("The United Nations Special Envoy for Orvia, Peter Lund, said no.", ("Peter Lund", "United Nations", False)),
        ("UN envoy to Iraq Mirela Lund on Friday said no.", ("Mirela Lund", "United Nations", False)),
        ("EU ambassador to the African Union Mirela Lund said no.", ("Mirela Lund", "European Union", False)),
        ("Labour leader Tui Vekk said no. Labour has won.", ("Tui Vekk", "Labour", False)),
        ("Conservative MP Tui Vekk said no. The Conservatives lost.", ("Tui Vekk", "Conservatives", False)),
        ("Chancellor-designate Tui Vekk said no.", ("Tui Vekk", None, False)),
        ("Orvia's ambassador, Peter Lund, said Orvia would wait.", ("Peter Lund", "Orvia", False)),
        ("Peter Lund of the Dockers' Union said they would wait.", ("Peter Lund", "Dockers' Union", False)),
        ("US officials said the road would open.", ("US officials", "United States", True)),
        ("A source close to the talks said they had failed.", ("source close to the talks", None, True)),
        ("Residents said the road was closed.", ("residents", None, True)),
        ("The Guardian reported that the road was closed.", ("The Guardian", None, False)),
        ("Orvia's chief Fishery negotiator said no.", ("Orvia's chief Fishery negotiator", None, True)),
        (
            "Orvia's President Rui Gadeo Tulba da Serra left. Tulba said no.",
            ("Rui Gadeo Tulba da Serra", "Orvia", False),
        ),
        ("Orvia's Trade Secretary Tavo Guilva Serrano said no.", ("Tavo Guilva Serrano", "Orvia", False)),
        ("European Commission head Mara von der Aalen said no.", ("Mara von der Aalen", "European Commission", False)),
        ("The road is closed, according to several reports.", ("reports", None, False)),
    ],
)
def test_who_speaks_for_whom(text: str, expected: tuple[str | None, str | None, bool]) -> None:
    assert speakers(text)[0] == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("The teachers' union SPA met the state. SPA said turnout was above 85 percent.", "SPA"),
        ("The Movement for Aldan Peace (MAP) met them. MAP said it would not talk.", "Movement for Aldan Peace"),
        ("The airline GNA met its pilots. GNA said it could not pay.", "GNA"),
        ("The agency SPA has it. SPA said the minister had left.", "Saudi Press Agency"),
        ("The Saudi Press Agency (SPA) has it. SPA said the minister had left.", "Saudi Press Agency"),
    ],
)
def test_initials_mean_what_the_text_makes_of_them(text: str, expected: str) -> None:
    assert [name for name, _, _ in speakers(text)] == [expected]


def test_whoever_is_asked_for_something_is_somebody_else() -> None:
    text = "Rita Sand, who has asked the mayor for help, said no. The mayor's office said it would wait."
    assert [name for name, _, _ in speakers(text)] == ["Rita Sand", "mayor's office"]


@pytest.mark.parametrize(
    "text, states",
    [
        ("Editing by Ana Lima in Oslo.", ["Norway"]),
        ("Michael Jordan said no.", []),
        ("In May Jordan said no. Will Lima sign? For Peru, Lima is far.", ["Jordan", "Peru", "Peru", "Peru"]),
    ],
)
def test_a_last_name_is_no_state(text: str, states: list[str]) -> None:
    assert [place.state for place in Atlas.of(text, Lexicon.shipped()).places] == states


def test_the_letters_of_a_land_are_nobodys_name() -> None:
    assert speakers("The U.S. waits. Former U.S. diplomat Ole Brandvik said that the road was closed.") == [
        ("Ole Brandvik", None, False)
    ]


def test_an_outlet_is_itself_as_a_news_website() -> None:
    text = "Israel waits. According to the Israel Hayom news website, the road was closed."
    assert [name for name, _, _ in speakers(text)] == ["Israel Hayom"]


def test_pronouns_and_short_forms_mean_the_full_name() -> None:
    text = (
        "Spokeswoman Maria Venn of the Dockers' Union said the strike goes on. She said nobody would work. "
        "Venn added that the union was ready."
    )
    assert speakers(text) == [("Maria Venn", "Dockers' Union", False)] * 3


def test_a_pronoun_does_not_change_gender() -> None:
    text = "Maria Venn said the road was closed. Peter Lund said it was open. “I saw it,” she said."
    assert [name for name, _, _ in speakers(text)] == ["Maria Venn", "Peter Lund", "Maria Venn"]


def test_a_bracket_introduces_a_short_form() -> None:
    text = "The Coastal Workers League (CWL) said it would strike. The CWL rejected the offer."
    assert speakers(text) == [("Coastal Workers League", "Coastal Workers League", False)] * 2


@pytest.mark.parametrize(
    "text, via",
    [
        ("Peter Lund told Radio Tarn that the road was closed.", ("Radio Tarn",)),
        ("Peter Lund told the Kommersant daily that the road was closed.", ("Kommersant",)),
        ("Envoy Peter Lund has said he will wait for the talks, Voice of America reported.", ("Voice of America",)),
        ("Peter Lund, quoted by the Lusa agency, said the road was closed.", ("Lusa",)),
        ("The Harbour Post quoted Peter Lund as saying that the road was closed.", ("The Harbour Post",)),
        ("Peter Lund said the road was closed.", ()),
        ("Talks between DR Congo and Rwanda failed, Peter Lund said.", ()),
        ("Photo: Radio Tarn. The road was closed, Peter Lund told this newspaper.", ()),
        ("Peter Lund told Journalists that the road was closed.", ()),
        ("Peter Lund told MPs that the road was closed.", ()),
        ("Peter Lund has told Union Ambassadors that the road was closed.", ()),
        ("Peter Lund, who spoke to Radio Tarn, said the road was closed.", ("Radio Tarn",)),
        # two outlets: the one that heard the speaker comes first, wherever it stands
        (
            "Peter Lund told Radio Tarn that it was closed, according to the Dawn Post.",
            ("Radio Tarn", "Dawn Post"),
        ),
        (
            "According to the Dawn Post, Peter Lund told Radio Tarn that it was closed.",
            ("Radio Tarn", "Dawn Post"),
        ),
        ("“The road is closed,” Peter Lund told Radio Tarn, quoted by the Dawn Post.", ("Radio Tarn", "Dawn Post")),
        (
            "“The road is closed,” Peter Lund said in an interview with Radio Tarn, excerpts of which appeared in the "
            "Dawn Post.",
            ("Radio Tarn", "Dawn Post"),
        ),
        (
            "Radio Tarn has moved. The Dawn Post reported that Peter Lund had told the weekly Le Mot that the road was "
            "closed.",
            ("Le Mot", "Dawn Post"),
        ),
        ("Peter Lund said that it was closed, the Dawn Post reported, citing Radio Tarn.", ("Radio Tarn", "Dawn Post")),
    ],
)
def test_outlets_between_the_speaker_and_the_document(text: str, via: tuple[str, ...]) -> None:
    (statement,) = [s for s in read(text) if s.speaker.name == "Peter Lund"]
    assert statement.via == via
    assert len(statement.via_spans) == len(via)


def test_a_land_that_acts_is_no_part_of_the_outlet_that_is_told() -> None:
    draft = Draft.of(a_document("A source told Reuters Chile would not open the road."), Lexicon.shipped())
    assert [name for _, _, name in cast_of(draft).outlets.mentions] == ["Reuters"]


@pytest.mark.parametrize("own", ["Harbour Post", "Harbour Post News", "The Harbour Post, Halden"])
def test_the_publishing_outlet_is_never_its_own_via(own: str) -> None:
    (statement,) = read("Peter Lund told the Harbour Post that the road was closed.", outlet=own)
    assert statement.via == ()


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ("his men would keep their guns, but", "his men would keep their guns"),
        ("his men would keep their guns and", "his men would keep their guns"),
        ("his men would keep their guns", "his men would keep their guns"),
        ("but", "but"),
    ],
)
def test_the_word_that_joins_the_next_statement_is_not_said(content: str, kept: str) -> None:
    draft = _drafted(f"Peter Lund said {content} undertook to free the crew.")
    draft.found = [_found(draft, "Peter Lund", "said", content)]
    (statement,) = resolve(draft)
    assert statement.content.text(draft.document) == kept


def test_the_day_is_told_only_by_the_text() -> None:
    said = read(
        "Peter Lund said on Monday that the road was closed. Maria Venn said it was open.", published="2027-02-10"
    )
    assert [s.said_on for s in said] == ["2027-02-08", None]


def test_negated_reporting_and_rejection_differ() -> None:
    text = "Peter Lund did not say whether the road was closed. Maria Venn denied that it was closed."
    assert [(s.negated, s.act) for s in read(text)] == [(True, "claim"), (False, "rejection")]


def test_statements_stand_outermost_first_and_within_names_the_holder() -> None:
    text = "Peter Lund said that Maria Venn had promised that the road would open."
    outer, inner = read(text)
    assert (outer.id, inner.id, inner.within) == ("s1", "s2", "s1")


def test_what_the_finder_says_is_kept() -> None:
    document = a_document("Peter Lund hardly said no.")
    draft = Draft.of(document, Lexicon())
    draft.found = [
        Found(
            at(document, "Peter Lund"),
            at(document, "hardly said"),
            at(document, "no"),
            0.7,
            act="threat",
            form="mixed",
            negated=True,
        )
    ]
    (statement,) = resolve(draft)
    assert (statement.act, statement.form, statement.negated, statement.confidence) == ("threat", "mixed", True, 0.7)


@pytest.mark.parametrize(
    "adjective, name, expected",
    [
        ("Kestrian", "Kestria", True),
        ("Haldish", "Halden", True),
        ("Ushtari", "Ushtar", True),
        ("Osmiran", "Osmira", True),
        ("Kestrian", "Sulmar", False),
        ("Monday", "Monda", False),
        ("Kestria", "Kestria", False),
    ],
)
def test_demonyms(adjective: str, name: str, expected: bool) -> None:
    assert is_demonym(adjective, name) is expected


def test_a_state_that_only_the_text_knows() -> None:
    atlas = Atlas.of("The Kestrian army left. Talks in Kestria go on; the Kestrian minister waits.", Lexicon.shipped())
    assert atlas.main() == "Kestria"
    assert atlas.lookup("Kestrian") == ("Kestria", "demonym")


def test_words_that_begin_sentences_are_no_states() -> None:
    atlas = Atlas.of("They say so. Then members vote, and they wait. The Then members go.", Lexicon.shipped())
    assert atlas.invented == {}


def test_a_paper_that_acts_is_no_state() -> None:
    told = "{}Casparia says no. Lawyers in Casparia doubt it, and Casparia offers more."
    assert Atlas.of(told.format(""), Lexicon.shipped()).main() == "Casparia"
    assert Atlas.of(told.format("The daily Casparia is old. "), Lexicon.shipped()).main() is None


def test_arabic_roles_give_name_and_party() -> None:
    text = "قالت وزيرة الخارجية السولمارية نادية تيروز إن سولمار لن تنتظر."
    (statement,) = read(text, language="ar")
    assert (statement.speaker.name, statement.speaker.party) == ("نادية تيروز", "سولمار")


def test_long_texts_cost_linear_time() -> None:
    page = "Envoy Peter Lund said the road was closed. He told Radio Tarn that nobody knew. The union rejected it.\n\n"
    times = []
    for pages in (20, 160):
        start = time.process_time()
        read(page * pages)
        times.append(time.process_time() - start)
    assert times[1] < 32 * max(times[0], 0.01)  # linear is 8 times; quadratic would be 64


def _found(draft: Draft, source: str, cue: str, content: str, **known: object) -> Found:
    text = draft.document.text

    def at(words: str) -> Spans:
        return Spans([(text.index(words), text.index(words) + len(words))]) if words else Spans()

    return Found(at(source), at(cue), at(content), **known)  # type: ignore[arg-type]


def _drafted(text: str) -> Draft:
    return Draft.of(a_document(text), Lexicon.shipped())


def test_what_an_outlet_passes_on_is_its_speakers() -> None:
    draft = _drafted(
        "The envoy Tom Marr has said he will await the results before setting a date, The Guardian reported."
    )
    whole = "The envoy Tom Marr has said he will await the results before setting a date"
    draft.found = [_found(draft, "The Guardian", "reported", whole, confidence=0.7)]
    (statement,) = resolve(draft)
    assert (statement.speaker.name, statement.via) == ("Tom Marr", ("The Guardian",))


def test_the_wide_style_keeps_an_outlets_report_as_it_stands() -> None:
    draft = _drafted("The envoy Tom Marr has said he will await the results, The Guardian reported.")
    draft.style = "polnear"
    whole = "The envoy Tom Marr has said he will await the results"
    draft.found = [
        _found(draft, "The Guardian", "reported", whole), _found(draft, "Tom Marr", "said", "he will await the results")
    ]  # fmt: skip
    outer, inner = resolve(draft)
    assert (outer.speaker.name, outer.content.text(draft.document)) == ("The Guardian", whole)
    assert inner.within == outer.id


def test_a_quotation_without_a_cue_is_a_statement_only_where_such_are_wanted() -> None:
    text = (
        "Talks go on\n\nTom Marr said it was closed.\n\n“Nobody will sail from here before the spring,” he said.\n\n"
        + ("“We have no boats and we have no fuel for them.”")
    )
    counts = []
    for style in ("readings", "polnear"):
        draft = _drafted(text)
        draft.style = style
        draft.found = [_found(draft, "Tom Marr", "said", "it was closed")]
        counts.append(sum(not s.cue for s in resolve(draft)))
    assert counts[0] > counts[1] == 0


def test_whom_an_outlet_cites_is_not_who_speaks() -> None:
    draft = _drafted("Tom Marr said that he would await the results, the daily Dawn Post reported, citing Radio Tarn.")
    draft.found = [_found(draft, "", "citing", "Tom Marr said that he would await the results", confidence=0.4)]
    (statement,) = resolve(draft)
    assert (statement.speaker.name, statement.via) == ("Tom Marr", ("Radio Tarn", "Dawn Post"))


def test_what_an_outlet_reports_is_said_to_its_end() -> None:
    whole = "Tom Marr said that he would wait, and that the boats would stay in port"
    draft = _drafted(f"{whole}, the daily Dawn Post reported.")
    inner = _found(draft, "Tom Marr", "said", "that he would wait", confidence=0.5)
    draft.found = [_found(draft, "the daily Dawn Post", "reported", whole, confidence=0.7), inner]
    (statement,) = resolve(draft)
    assert statement.content.text(draft.document) == "that he would wait, and that the boats would stay in port"
    assert (statement.speaker.name, statement.via) == ("Tom Marr", ("Dawn Post",))


def test_an_outlet_with_the_same_words_as_their_speaker_only_carries_them() -> None:
    draft = _drafted("The port must open before any talks, the envoy Tom Marr said, The Guardian reported.")
    said = "The port must open before any talks"
    draft.found = [
        _found(draft, "the envoy Tom Marr", "said", said),
        _found(draft, "The Guardian", "reported", said, confidence=0.9),
    ]
    (statement,) = resolve(draft)
    assert (statement.speaker.name, statement.via) == ("Tom Marr", ("The Guardian",))


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "speaker"),
    [
        ("The Guardian, citing port officials, put the number of ships at six.", "The Guardian", "put",
         "the number of ships at six", "port officials"),
        ("The truce is over, The Guardian said on Monday, quoting the envoy Tom Marr.", "The Guardian", "said",
         "The truce is over", "Tom Marr"),
        ("Citing port officials, The Guardian said that six ships had left.", "The Guardian", "said",
         "that six ships had left", "port officials"),
        ("The envoy Tom Marr spoke. “No,” The Guardian quoted him as saying.", "The Guardian", "quoted", "“No,”",
         "Tom Marr"),
        ("The truce is over, The Guardian said Monday, quoting the envoy Tom Marr.", "The Guardian", "said",
         "The truce is over", "Tom Marr"),
        ("The Guardian, citing port officials, put the number of ships at six.",
         "The Guardian, citing port officials", "put", "the number of ships at six", "port officials"),
        ("The Guardian cites a port official for the claim that six ships had left.", "The Guardian", "cites",
         "that six ships had left", "port official"),
        ("The Guardian, citing Reuters, put the number of ships at six.", "The Guardian", "put",
         "the number of ships at six", "The Guardian"),
        ("The Guardian, citing its own figures, put the number of ships at six.", "The Guardian", "put",
         "the number of ships at six", "The Guardian"),
    ],
)  # fmt: skip
def test_whom_an_outlet_cites_speaks(text: str, source: str, cue: str, content: str, speaker: str) -> None:
    draft = _drafted(text)
    draft.found = [_found(draft, source, cue, content)]
    (statement,) = resolve(draft)
    assert statement.speaker.name == speaker
    assert statement.via == (() if speaker == "The Guardian" else ("The Guardian",))


def test_whoever_agreed_is_not_named_by_it() -> None:
    draft = _drafted("Tui Vekk left the talks. It was agreed that the road would stay closed.")
    draft.found = [_found(draft, "It", "was agreed", "that the road would stay closed")]
    (statement,) = resolve(draft)
    assert (statement.speaker.name, statement.speaker.party) == (None, None)


def test_the_verb_of_a_report_is_no_part_of_its_source() -> None:
    draft = _drafted("Officials say the port is shut, The Guardian reported adding that the crews have left.")
    draft.found = [_found(draft, "The Guardian reported", "adding", "that the crews have left")]
    (statement,) = resolve(draft)
    assert (statement.speaker.name, statement.cue.text(draft.document)) == ("The Guardian", "reported adding")


def test_with_before_whoever_speaks_is_no_part_of_the_source() -> None:
    draft = _drafted("The talks failed, with Berlin insisting on a vote.")
    draft.found = [_found(draft, "with Berlin", "insisting", "on a vote")]
    (statement,) = resolve(draft)
    assert (statement.speaker.name, statement.source.text(draft.document)) == ("Germany", "Berlin")


def test_what_is_their_own_is_no_part_of_the_source() -> None:
    draft = _drafted("The Harbour Union's own count is 900.")
    draft.found = [_found(draft, "The Harbour Union's own", "count", "900")]
    (statement,) = resolve(draft)
    assert (statement.speaker.name, statement.source.text(draft.document)) == ("Harbour Union", "The Harbour Union")


@pytest.mark.parametrize("source", ["she", "she told Parliament", "she also", "she herself"])
def test_a_pronoun_is_the_source_whatever_clause_follows(source: str) -> None:
    draft = _drafted(f"The envoy Ana Marr spoke for an hour. Then {source} said the port would open.")
    draft.found = [_found(draft, source, "said", "the port would open")]
    (statement,) = resolve(draft)
    assert statement.speaker.name == "Ana Marr"


def test_an_outlet_that_adds_something_is_its_source() -> None:
    draft = _drafted("Officials say the port is shut, The Guardian reported adding that the crews have left.")
    draft.found = [
        _found(draft, "Officials", "say", "the port is shut"),
        _found(draft, "", "adding", "that the crews have left", confidence=0.01),
    ]
    last = resolve(draft)[-1]
    assert last.speaker.name == "The Guardian" and last.cue.text(draft.document) == "reported adding"


@pytest.mark.parametrize(
    "report",
    [
        "The envoy Tom Marr accused his neighbours of shutting the port, the Tarn station Radio Eko reported.",
        "The envoy Tom Marr accused his neighbours of shutting the port, the paper writes.",
        "The envoy Tom Marr accused his neighbours of shutting the port, according to a letter leaked to Radio Eko.",
    ],
)
def test_whoever_fills_an_outlets_report_speaks(report: str) -> None:
    draft = _drafted(f"Radio Eko and The Tarn Post carry it. {report}")
    words, _, carrier = report.partition(", ")
    source, cue = (
        ("a letter leaked to Radio Eko", "according to") if "according" in report else carrier[:-1].rsplit(" ", 1)
    )
    draft.found = [_found(draft, source, cue, words)]
    assert [s.speaker.name for s in resolve(draft) if s.within is None] == ["Tom Marr"]


@pytest.mark.parametrize(
    ("text", "cue", "pieces", "speaker"),
    [
        ("Tom Marr is said to be ready to sign.", "is said", ["Tom Marr", "to be ready to sign"], "Tom Marr"),
        ("The envoy, Tom Marr, was reported by Reuters as having signed.", "was reported",
         ["The envoy, Tom Marr", "as having signed"], "Tom Marr"),
        ("The town cannot pay, concedes its mayor, Tom Marr.", "concedes",
         ["The town cannot pay", "its mayor, Tom Marr"], "Tom Marr"),
        ("The ships left, according to Reuters.", "according to", ["The ships left", "Reuters"], "Reuters"),
    ],
)  # fmt: skip
def test_a_subject_is_no_part_of_what_is_said(text: str, cue: str, pieces: list[str], speaker: str) -> None:
    draft = _drafted(text)
    found = _found(draft, "", cue, pieces[0])
    draft.found = [replace(found, content=Spans([*found.content, *at(draft.document, pieces[1])]))]
    (statement,) = resolve(draft)
    assert statement.speaker.name == speaker and len(statement.content) == 1
