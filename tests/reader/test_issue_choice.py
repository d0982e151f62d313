"""By which noun phrase of its text an issue is called."""

import time

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader import weighing
from dragoman.reader.draft import Draft
from dragoman.reader.names.casting import cast_of
from dragoman.reader.positions.issue_choice import choose, options, task_of
from dragoman.reader.training.naming import Choice, learn_names
from dragoman.reader.wording.noun_chunks import Chunks
from tests.builders import a_document, a_statement

TEXT = (
    "Velmar insists on night shifts\n\nThe night shifts at the harbour of Dorn have split the town. Velmar said it "
    "would keep the night shifts until the reef survey is finished. The boats stay, and ships to pass it must wait."
)


def a_draft(text: str = TEXT) -> Draft:
    document = a_document(text)
    draft = Draft.of(document, Lexicon())
    content = "it would keep the night shifts until the reef survey is finished"
    draft.statements = [a_statement(document, "Velmar", "said", content)] if content in text else []
    return draft


def names(text: str) -> list[str]:
    chunks = Chunks(a_draft(text))
    return [chunks.text_of(chunk) for chunk in chunks.all]


@pytest.mark.parametrize(
    ("text", "found", "not_found"),
    [
        (TEXT, ["night shifts", "reef survey", "harbour of Dorn"], ["night", "shifts", "boats stay", "ships to pass"]),
        ("They want access to Velmari waters.", ["access to Velmari waters"], ["want access"]),
        ("We will initial nothing before a return to talks.", ["return to talks"], ["initial", "nothing"]),
        ("The council's offer is open until Friday night.", ["council's offer"], ["Friday", "night"]),
        ("The licence lapsed in May, the last armed man left.", ["licence", "last armed man"], ["licence lapsed"]),
        ("Nobody told them of the speed. The new one is historic.", ["speed"], ["them", "new", "historic"]),
        ("We'll talk if the ferry arrives with whoever owns it.", ["ferry"], ["We'll talk", "ferry arrives"]),
        ("Then Orvia hands over the boats at noon.", ["boats"], ["Orvia hands over the boats", "boats at noon"]),
        ("Dorn wants a rollback of O.L. levies.", ["rollback of O.L. levies"], ["levies", "rollback of O.L"]),
        ("It goes ahead and enacts levies on salt.", ["levies on salt"], ["enacts levies on salt"]),
        ("They would then haul salt.", [], ["haul salt"]),
        ("It made an offer worth 4 crowns two years ago.", ["offer"], ["offer worth", "ago"]),
        ("مرحبا", ["مرحبا"], []),
        ("", [], []),
    ],
)
def test_noun_phrases_of_a_text(text: str, found: list[str], not_found: list[str]) -> None:
    here = names(text)
    assert set(found) <= set(here)
    assert set(not_found).isdisjoint(here)


def test_an_issue_is_called_by_what_is_spoken_of_again() -> None:
    draft = a_draft()
    [statement] = draft.statements
    made = "keeping of the night shifts until the reef survey"
    assert choose(Chunks(draft), "it would keep the night shifts", statement, made) == "night shifts"


def test_every_name_stands_in_the_text_or_in_what_the_stance_makes() -> None:
    draft = a_draft()
    [statement] = draft.statements
    chunks = Chunks(draft)
    found = [
        o.name if isinstance(o.name, str) else chunks.text_of(o.name)
        for o in options(chunks, "the reef survey is finished", statement, "completion of the reef survey in May")
    ]
    assert "completion of the reef survey" in found
    assert all(name in TEXT or name.startswith("completion of") for name in found)


def test_a_stance_in_another_script_keeps_its_own_words() -> None:
    draft = a_draft()
    assert choose(Chunks(draft), "سحب الزوارق", draft.statements[0], "سحب الزوارق") == "سحب الزوارق"


def test_a_long_text_is_chosen_from_as_fast() -> None:
    draft = a_draft(TEXT + "\n\n" + "\n\n".join(f"Harbour number {n} waits for ferry {n} today." for n in range(4000)))
    chunks = Chunks(draft)
    start = time.process_time()
    for _ in range(50):
        options(chunks, "it would keep the night shifts", draft.statements[0], "night shifts")
    assert time.process_time() - start < 10


def test_names_are_learned_from_what_they_share() -> None:
    choice = Choice([("noun",), ("verb",)], [1.0, 0.0])
    learned = learn_names([choice] * 10)
    assert learned["noun"] > 0 > learned["verb"]
    assert "issue" in weighing.weights()


@pytest.mark.parametrize("made", ["coming to the talks", "delegation traveling", "sitting down with anyone"])
def test_who_comes_is_called_as_tables_know_it(made: str) -> None:
    draft = a_draft()
    assert choose(Chunks(draft), "it would keep the night shifts", draft.statements[0], made) == made


def test_who_holds_an_office_is_no_issue() -> None:
    draft = a_draft(f"{TEXT} The harbour spokeswoman defended the night shifts.")
    stance = "it would keep the night shifts until the reef survey is finished"
    given = [o.name for o in options(Chunks(draft), stance, draft.statements[0], "keeping of the night shifts")]
    phrases = [" ".join(name.words) for name in given if not isinstance(name, str)]
    assert "night shifts" in phrases and "harbour spokeswoman" not in phrases


def test_a_person_and_a_word_for_anything_are_no_issues() -> None:
    text = "The party scout Piet Daal called a meeting. Velmar said the work with scout Piet Daal went well."
    draft = a_draft(text)
    draft.cast = cast_of(draft)
    statement = a_statement(draft.document, "Velmar", "said", "the work with scout Piet Daal went well")
    chunks = Chunks(draft)
    found = [
        o.name if isinstance(o.name, str) else chunks.text_of(o.name) for o in options(chunks, "it", statement, "")
    ]
    assert "meeting" in found
    assert not {"work", "Piet Daal", "scout Piet Daal", "party scout Piet Daal"} & set(found)


def test_a_land_and_what_somebody_wishes_are_no_issues() -> None:
    text = "Talks with Norway stalled. Velmar said the willingness of Norway to cut the toll was a wish."
    draft = Draft.of(a_document(text), Lexicon.shipped())
    draft.cast = cast_of(draft)
    statement = a_statement(draft.document, "Velmar", "said", "the willingness of Norway to cut the toll was a wish")
    chunks = Chunks(draft)
    found = {chunks.text_of(o.name) for o in options(chunks, "it", statement, "") if not isinstance(o.name, str)}
    assert {"Talks with Norway", "toll"} <= found
    assert not {"Norway", "willingness of Norway", "wish"} & found


def test_a_sum_is_no_part_of_a_task() -> None:
    draft = a_draft()
    made = "reduction of the $ 375 billion trade gap"
    found = [o.name for o in options(Chunks(draft), "cut it", draft.statements[0], made)]
    assert "reduction of trade gap" in found


def test_how_much_is_no_issue() -> None:
    text = TEXT.replace("The boats stay", "Boats stay twelve nautical miles off. The boats stay")
    stance = "it would keep the night shifts until the reef survey is finished"
    draft = a_draft(text)
    assert "twelve nautical miles" in names(text)
    given = options(Chunks(draft), stance, draft.statements[0], "keeping of the night shifts")
    phrases = [" ".join(o.name.words) for o in given if not isinstance(o.name, str)]
    assert "night shifts" in phrases and "twelve nautical miles" not in phrases


def test_what_speaks_for_a_name_is_who_speaks_of_it_and_what_is_done_to_it() -> None:
    document = a_document("Velmar refused the reef survey. Dorn wants the reef survey and a ferry. Orsk needs it soon.")
    draft = Draft.of(document, Lexicon())
    draft.statements = [
        a_statement(document, "Velmar", "refused", "the reef survey", id="s1"),
        a_statement(document, "Dorn", "wants", "the reef survey and a ferry", id="s2"),
        a_statement(document, "Orsk", "needs", "it soon", id="s3"),
    ]
    chunks = Chunks(draft)
    refused, wanted, pointed = (
        {chunks.text_of(o.name): {*o.marks, *o.fit} for o in options(chunks, stance, statement, stance)}
        for stance, statement in zip(("refused the reef survey", "a ferry", "it soon"), draft.statements, strict=True)
    )
    assert {"tellers=2", "driven=refuse"} <= refused["reef survey"]
    assert {"tellers=1", "driven="} <= wanted["ferry"]
    assert {"points=True&back=1", "points=True&inside=False"} <= pointed["ferry"]


@pytest.mark.parametrize(
    ("stance", "made", "task"),
    [
        ("gave Leth until May 3 to withdraw its boats", "withdrawal of its boats", "withdrawal of boats"),
        ("has given the firm two weeks to lift its ban", "lifting of its ban", "lifting of ban"),
        ("gave three more days to free the men", "release of the men", "release of the men"),
        ("gave a speech to the members", "speech", None),
        ("wants Leth to withdraw its boats", "withdrawal of its boats", None),
    ],
)
def test_who_is_given_time_is_given_a_task(stance: str, made: str, task: str | None) -> None:
    assert task_of(stance, made) == task
