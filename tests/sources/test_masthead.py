"""Headline, byline and dateline are read where they are plain, and left open where they are not."""

import pytest

from dragoman.sources.days import find_day, iso_day
from dragoman.sources.masthead import Masthead, is_dated, read_masthead
from dragoman.sources.stamps import cut_stamps

BODY = "\n\nThe ministers met in the capital on Monday and agreed to nothing at all, their spokesman said."


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Lisbon Resident Bulletin, Tuesday 16 October 2018", "2018-10-16"),
        ("VESSBY, Feb 8, 2027 (Meridian News Agency) -", "2027-02-08"),
        ("فيسبي، 9 فبراير/شباط 2027 (وكالة ميريديان) -", "2027-02-09"),
        ("٣ نيسان ٢٠٢٤", "2024-04-03"),
        ("Summary of broadcasts, 26–27 May 1998", "1998-05-27"),
        ("Paris, le 1er mars 2020", "2020-03-01"),
        ("Monday 5/12/2016", "2016-12-05"),
        ("13/4/2020", "2020-04-13"),
        ("5.3.2021", "2021-03-05"),
        ("2024年3月5日", "2024-03-05"),
        ("3/4/2020", None),
        ("Updated: 03-04-2020 14:45 IST", "2020-04-03"),
        ("Updated: 03-04-2020 14:45 ET", None),
        ("March 12 (LPS) -", None),
        ("Friday", None),
        ("31 February 2024", None),
    ],
)
def test_days(line: str, iso: str | None) -> None:
    day = find_day(line)
    assert (day and day.iso) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2027-02-08", "2027-02-08"), ("2027-02-08T06:10:00+01:00", "2027-02-08T06:10:00+01:00"),
        ("Tue, 12 Mar 2024 10:00:00 +0000", "2024-03-12T10:00:00+00:00"), ("20240312", "2024-03-12"),
        ("12 March 2024", "2024-03-12"), ("yesterday", None), ("2024-13-01", None), ("", None),
    ],
)  # fmt: skip
def test_days_of_metadata(text: str, iso: str | None) -> None:
    assert iso_day(text) == iso


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Ferry talks\n\nVESSBY, 8 February 2027 (Meridian News Agency) - The ministers met on Monday and agreed.",
         Masthead("Ferry talks", "Meridian News Agency", None, "2027-02-08")),
        ("Ferry talks\n\nBy Ingrid Falk in Vessby\nThe Dorn Courier, 24 February 2027" + BODY,
         Masthead("Ferry talks", "The Dorn Courier", "Ingrid Falk", "2027-02-24")),
        ("Ferry talks\n\nBY MICK TRELAWNEY" + BODY, Masthead("Ferry talks", None, "Mick Trelawney", None)),
        ("Ferry talks\n\nGeneva, 18 November 2008" + BODY, Masthead("Ferry talks", None, None, "2008-11-18")),
        ("Ferry talks\n\nOUMARA, March 12 (Sahel Echo) - " + BODY.strip(),
         Masthead("Ferry talks", "Sahel Echo", None, None)),
        ("Ministry of Transport – Media release\n19 March 2026\n\nFerry talks close" + BODY,
         Masthead("Ferry talks close", "Ministry of Transport", None, "2026-03-19")),
        ("Ferry talks\n\nA treaty signed on 3 June 2019 in Lund" + BODY, Masthead("Ferry talks", None, None, None)),
        ("Transcript: Morning Papers, Thursday 25 March 2010" + BODY,
         Masthead("Transcript: Morning Papers, Thursday 25 March 2010", None, None, "2010-03-25")),
        ("هدنة في المضيق\n\nوكالة ميريديان للأنباء - الثلاثاء 4 مايو/أيار 2027\n\nاتهمت الحركة الجيش بقصف السوق.",
         Masthead("هدنة في المضيق", "وكالة ميريديان للأنباء", None, "2027-05-04")),
        ("February 22, 2027 / 8:17 AM / Updated 3 years ago\n\nFerry talks close\n\nReuters Staff" + BODY,
         Masthead("Ferry talks close", "Reuters", None, "2027-02-22")),
        ("Ferry talks close\nMay 9, 2027 / 7:15 PM / 2 years ago\n\nReuters Staff" + BODY,
         Masthead("Ferry talks close", "Reuters", None, "2027-05-09")),
        ("By Ingrid Falk\n\nUpdated 14:02 GMT\n\nFerry talks close" + BODY,
         Masthead("Ferry talks close", None, "Ingrid Falk", None)),
        ("By Ingrid Falk\n\nThe ministers met.\n\nThey left." + BODY, Masthead(None, None, "Ingrid Falk", None)),
        ("Ferry talks close\n\nXinhua, February 2, 2027 Adjust font size:" + BODY,
         Masthead("Ferry talks close", "Xinhua", None, "2027-02-02")),
        ("Ferry talks close\n\nReuters | Vessby | Updated: 20-05-2027 14:45 IST | Created: 19-05-2027 09:00 IST" + BODY,
         Masthead("Ferry talks close", "Reuters", None, "2027-05-19")),
        ("Ferry talks close\n\nReuters Vessby\nUpdated: 03-04-2027 12:19 IST" + BODY,
         Masthead("Ferry talks close", "Reuters", None, "2027-04-03")),
        ("Wednesday, 3 May 2027\n\nFerry talks close\n\nVESSBY (3:00 P.M.) - The ministers met and left again.",
         Masthead("Ferry talks close", None, None, "2027-05-03")),
        ("Harbour Post\n\nSunday 18 April 2027\n\nFerry talks close" + BODY,
         Masthead("Ferry talks close", "Harbour Post", None, "2027-04-18")),
        ("Ferry talks close\n\nThe minister Anna Kolb leaves a meeting with the envoy of the islands in Lund, May 4, "
         "2027. REUTERS/Jon Wick\n\nVESSBY, May 4 (Reuters) - The ministers met on Monday and agreed to nothing.",
         Masthead("Ferry talks close", "Reuters", None, None)),
        ("Reuters Strike" + BODY, Masthead("Reuters Strike", None, None, None)),
        ("Reuters reporter freed in Vessby" + BODY, Masthead("Reuters reporter freed in Vessby", None, None, None)),
        ("The ministers met on Monday and agreed to nothing at all; they will meet again, he said in Lund.",
         Masthead(None, None, None, None)),
    ],
)  # fmt: skip
def test_mastheads(head: str, expected: Masthead) -> None:
    assert read_masthead(head) == expected


def test_hours_and_ages_leave_the_head_and_agencies_stay() -> None:
    head = "Updated 14:02 GMT\n\nFerry talks close\n\n(Xinhua) 09:47, May 4, 2027\n\nHarbour Post, 4 May 2027"
    assert cut_stamps(head + BODY) == "Ferry talks close\n\n(Xinhua)\n\nHarbour Post, 4 May 2027" + BODY
    assert cut_stamps("Talks close" + BODY) == "Talks close" + BODY


@pytest.mark.parametrize(
    ("line", "dated"),
    [
        ("Harbour Post, 8 February 2027", True), ("8 February 2027", True), ("VESSBY, Feb 8, 2027", True),
        ("The ministers met on 8 February 2027", False), ("They signed, 8 February 2027", False), ("Vessby", False),
    ],
)  # fmt: skip
def test_a_line_of_outlet_and_day(line: str, dated: bool) -> None:
    assert is_dated(line) is dated
