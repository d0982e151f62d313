"""Dates in running text, against the day of publication and the tense around them."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reader.dates.date_grammar import rules
from dragoman.reader.dates.date_rules import ANCHORS, RULES
from dragoman.reader.dates.dates import _said, find_dates, resolve_date
from dragoman.reader.dates.days import easter

MONDAY = "2016-05-16"


@pytest.mark.parametrize(
    ("words", "expected", "precision"),
    [
        ("The sides will meet on Tuesday.", "2016-05-17", "day"),
        ("The minister said on Tuesday that it was over.", "2016-05-10", "day"),
        ("The minister said on Monday that it was over.", "2016-05-16", "day"),
        ("The minister waves as he arrives at the hotel on Friday on the eve of talks.", "2016-05-13", "day"),
        ("Both sides missed a deadline on Thursday.", "2016-05-12", "day"),
        ("The ultimatum expired on Friday.", "2016-05-13", "day"),
        ("They agreed on no text by Friday (13 May), the last day.", "2016-05-13", "day"),
        ("This reads the statement following Tuesday's session.", "2016-05-10", "day"),
        ("They will speak following Tuesday's session.", "2016-05-17", "day"),
        ("The envoy had hoped for a text by Friday.", "2016-05-13", "day"),
        ("The draft, due on Friday, is late.", "2016-05-13", "day"),
        ("The minister said on Monday the sides will meet on Friday.", "2016-05-16", "day"),
        ("They reached an agreement in February.", "2016-02", "month"),
        ("It will levy the duty, saying late Friday that talks had failed.", "2016-05-13", "day"),
        ("The envoy urged the owners to attend Thursday's session.", "2016-05-19", "day"),
        ("They had met before. On Tuesday, in a hall that smelt of paint, the crews sat down.", "2016-05-10", "day"),
        ("The next round is planned for the last ten days of August.", "2016-08", "month"),
        ("The accord was signed by both kings on Friday.", "2016-05-13", "day"),
        ("They spoke by video link on Sunday and will meet again.", "2016-05-15", "day"),
        ("The crews met before dawn on Friday.", "2016-05-13", "day"),
        ("The union wanted to have an answer by noon on Friday.", "2016-05-20", "day"),
        ("Before that, the envoy briefs the cabinet on Friday.", "2016-05-20", "day"),
        ("an August 1 deadline for settling", "2016-08-01", "day"),
        ("by 1 August 2016", "2016-08-01", "day"),
        ("on 2016-08-01", "2016-08-01", "day"),
        ("Tuesday 4 November 2008", "2008-11-04", "day"),
        ("signed on 25/12/2015", "2015-12-25", "day"),
        ("signed on 02/03/2016", None, "unresolved"),
        ("They will answer by the end of next week.", "2016-05-27", "day"),
        ("They will meet next week.", "2016-05-23", "week"),
        ("They expect it by the end of the year.", "2016-12-31", "day"),
        ("The meeting will be held in the week of 20 June.", "2016-06-20", "week"),
        ("The meeting will be held in the second week of June.", "2016-06-13", "week"),
        ("It will open in early June.", "2016-06", "month"),
        ("It will open next October.", "2016-10", "month"),
        ("Troops will leave within 14 days.", "2016-05-30", "day"),
        ("Troops will leave within 60 days of signing.", None, "unresolved"),
        ("Talks resume in three weeks.", "2016-06-06", "day"),
        ("Nothing will happen until after the holiday.", None, "unresolved"),
        ("It will be put to a vote in the first quarter of 2017.", "2017-01", "quarter"),
        ("They will be gone by 2020.", "2020", "year"),
        ("They will meet on the 20th.", "2016-05-20", "day"),
        ("They will sit from Wednesday to Friday.", "2016-05-18", "range"),
        ("They will sit between Tuesday and Thursday next week.", "2016-05-24", "range"),
        ("They will be home in 48 hours.", "2016-05-18", "day"),
        ("He told reporters yesterday.", "2016-05-15", "day"),
        ("They meet tomorrow.", "2016-05-17", "day"),
        ("The queen is to receive Van Aalken on Tuesday.", "2016-05-17", "day"),
        ("The judge receives both on Tuesday, an aide said.", "2016-05-17", "day"),
        ("They should have met on Friday.", "2016-05-13", "day"),
        ("The crews threaten to strike if a pact is not reached by early Thursday.", "2016-05-19", "day"),
        ("They gave notice that they would leave if there is no pact before midnight Thursday.", "2016-05-19", "day"),
        ("They said it would be over if the pact that was reached on Friday fell.", "2016-05-13", "day"),
        ("They will answer before the twentieth of May.", "2016-05-20", "day"),
        ("They will answer before the thirtieth of this month.", "2016-05-30", "day"),
        ("They will be home by Easter Sunday.", "2017-04-16", "day"),
        ("The ban was to be gone by Easter.", "2017-04-16", "day"),
        ("He will sign it by Labor Day.", "2016-09-05", "day"),
        ("He will be back before St Patrick's Day.", "2017-03-17", "day"),
        ("سيجتمع الطرفان يوم الثلاثاء", "2016-05-17", "day"),
        ("قبل ١٢ يونيو/حزيران", "2016-06-12", "day"),
        ("قال الوزير في ٣ ماي", "2016-05-03", "day"),
        ("في الأول من أيار", "2016-05-01", "day"),
        ("الأسبوع المقبل", "2016-05-23", "week"),
        ("خلال ٦٠ يوماً من التوقيع", None, "unresolved"),
    ],
)
def test_a_date_is_resolved(words: str, expected: str | None, precision: str) -> None:
    found = find_dates(words, MONDAY)[0]
    assert (found.date, found.precision) == (expected, precision)


def test_a_move_is_no_range_but_two_days() -> None:
    found = find_dates("The hearing was moved from 20 May to 6 June.", MONDAY)
    assert [d.date for d in found] == ["2016-05-20", "2016-06-06"]
    assert len(find_dates("The hearing was moved from Tuesday to Friday.", MONDAY)) == 2
    assert len(find_dates("They will sit on Tuesday and Friday.", MONDAY)) == 2


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1583, 4, 10), (1818, 3, 22), (1943, 4, 25), (2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2038, 4, 25)],
)
def test_easter_is_computed(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


def test_a_range_has_both_its_ends() -> None:
    [found] = find_dates("The round will take place from 26 to 28 May in Dorn.", MONDAY)
    assert (found.date, found.precision, found.end) == ("2016-05-26", "range", "2016-05-28")


@pytest.mark.parametrize(
    "words",
    [
        "They may meet.",
        "They march on.",
        "Sale of 12,000 tonnes",
        "a day at the races",
        "The second such round in two weeks came.",
        "the first talks in three years",
        "the first talks in two months",
        "They take part in two days of talks.",
    ],
)
def test_what_is_no_date(words: str) -> None:
    assert find_dates(words, MONDAY) == []


@pytest.mark.parametrize("words", ["on Tuesday", "next week", "in February", "within 14 days", "1 August", "tomorrow"])
def test_without_publication_date_it_stays_unresolved(words: str) -> None:
    [found] = find_dates(f"They will meet {words}.", None)
    assert (found.date, found.precision) == (None, "unresolved")


def test_a_full_date_needs_no_publication_date() -> None:
    assert resolve_date("on 1 August 2016", None).date == "2016-08-01"


def test_a_tense_that_is_given_wins() -> None:
    assert resolve_date("on Tuesday", MONDAY, tense="past").date == "2016-05-10"
    assert resolve_date("on Tuesday", MONDAY, tense="future").date == "2016-05-17"


def test_offsets_count_code_points() -> None:
    text = "🕊🕊 They meet on 3 June."
    [found] = find_dates(text, MONDAY)
    assert text[found.span.start : found.span.end] == "3 June"


@given(st.dates(date(1900, 1, 1), date(2199, 12, 1)), st.sampled_from(["past", "future"]), st.integers(0, 6))
def test_a_weekday_is_within_a_week(published: date, tense: str, weekday: int) -> None:
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[weekday]
    found = date.fromisoformat(resolve_date(f"on {name}", published.isoformat(), tense=tense).date or "")
    assert found.weekday() == weekday
    distance = found - published
    assert timedelta(0) <= (distance if tense == "future" else -distance) < timedelta(7)


@given(st.text(max_size=300), st.one_of(st.none(), st.just(MONDAY), st.just("0001-01-01"), st.just("9999-12-31")))
def test_any_text_gives_rising_spans(text: str, published: str | None) -> None:
    last = 0
    for found in find_dates(text, published):
        assert last <= found.span.start < found.span.end <= len(text)
        last = found.span.end


WORDS = st.sampled_from(
    ("in", "next", "last", "the", "end of", "31", "30", "29", "week", "month", "year", "years", "May", "9999", "0")
)


@given(st.lists(WORDS, max_size=12), st.sampled_from([None, "0001-01-01", "9999-12-31", "2016-02-29"]))
def test_no_heap_of_date_words_breaks_it(words: list[str], published: str | None) -> None:
    find_dates(" ".join(words), published)


@pytest.mark.parametrize("piece", ["by the end of ", "1 ", "next ", "the first ", "from 1 to ", "May ", "  ", "in a "])
def test_long_hostile_text_takes_linear_time(piece: str) -> None:
    def seconds(copies: int) -> float:
        start = time.process_time()
        find_dates(piece * copies, MONDAY)
        return time.process_time() - start

    assert seconds(8000) < 20 * max(seconds(2000), 0.05)


SAID = "the of by end first next last this ago in two may june friday spring easter 12 2016 quarter half q3 within a "
SAID += "early until on 20th day after before - to بحلول نهايه غدا "
WORDS = (SAID + " ".join([*ANCHORS.values(), *(also for _, _, *rest in RULES for also in rest)])).split()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9))
def test_no_rule_matches_where_its_anchors_are_missing(words: list[str]) -> None:
    text = " ".join(words)
    said = _said(text)
    for rule in rules():
        if rule.pattern.search(text):
            assert said & rule.anchors, (text, rule.pattern.pattern[:80])
            assert not rule.also or said & rule.also, (text, rule.pattern.pattern[:80])
