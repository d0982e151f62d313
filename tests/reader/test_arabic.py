"""Who speaks in Arabic news, and for whom: adjuncts, participles, names of several parts, paragraphs that go on."""

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader import get
from dragoman.reader.names.states import gazetteer
from dragoman.reader.positions.issue_names import issue_of
from dragoman.reader.speakers.arabic_speakers import ArabicNames, outlets_in
from dragoman.reading import Document, Statement

PLACE = "وقع الاتفاق في بلدة كورال أمس. "


def statements(text: str) -> list[Statement]:
    document = Document("d", text, published="2027-02-09", language="ar")
    return list(next(iter(get("rules", lexicon=Lexicon.shipped()).read_many([document]))).statements)


@pytest.mark.parametrize(
    ("text", "name", "cue", "content"),
    [
        ("قال للصحفيين الوزير عمر نادر إن الطريق مغلق.", "عمر نادر", "قال", "إن الطريق مغلق"),
        ("رفض الوزير عمر عوض بن سالم هذه الشروط.", "عمر عوض بن سالم", "رفض", "هذه الشروط"),
        ("أكد الوزير عمر نادر، خلال جلسة للمجلس يوم الخميس، فتح الطريق.", "عمر نادر", "أكد", "فتح الطريق"),
        ("طالبت جامعة المدن الحرة البلدية بفتح الطريق.", "جامعة المدن الحرة", "طالبت", "البلدية بفتح الطريق"),
        ("غير أن مسؤولا محليا طلب عدم الكشف عن اسمه شكك في صموده.", "مسؤول محلي", "شكك", "في صموده"),
    ],
)
def test_who_speaks_in_a_sentence(text: str, name: str, cue: str, content: str) -> None:
    (found,) = statements(PLACE + text)
    document = Document("d", PLACE + text)
    assert (found.speaker.name, found.cue.text(document), found.content.text(document)) == (name, cue, content)


def test_a_participle_and_a_new_paragraph_go_on_with_who_spoke() -> None:
    text = "قال الوزير عمر نادر إن الطريق مغلق.\n\nوأضاف في مقابلة مع قناة النور أن الجسر مغلق، متهما البلدية بالتأخير."
    found = statements(text)
    assert [s.speaker.name for s in found] == ["عمر نادر"] * 3
    assert [s.act for s in found][-1] == "accusation"
    assert found[1].via == ("النور",)


def test_where_and_to_whom_somebody_speaks_is_no_part_of_the_name() -> None:
    text = (
        "قال الوزير عمر نادر إن الطريق مغلق. واعتبر نادر في حديث إلى قناة النور أن الجسر مغلق. "
        "«لن نعود إلى الطاولة»، قال للصحفيين."
    )
    assert [s.speaker.name for s in statements(text)] == ["عمر نادر"] * 3


def test_the_office_behind_a_name_tells_the_party() -> None:
    (found,) = statements("قال سامي عبد النور، كبير مفاوضي حركة الجبل الحر، إن الطريق مغلق.")
    assert (found.speaker.name, found.speaker.party) == ("سامي عبد النور", "حركة الجبل الحر")
    (found,) = statements("دعا المبعوث الأممي هانس غروند الطرفين إلى جولة جديدة.")
    assert (found.speaker.name, found.speaker.party) == ("هانس غروند", "الأمم المتحدة")


def test_a_capital_speaks_for_its_state() -> None:
    found = statements("أعلنت الخرطوم أن الطريق مغلق.\n\nورفضت الرياض هذه الشروط.")
    assert [s.speaker.party for s in found] == ["السودان", "السعودية"]


def test_whom_an_agency_quotes_speaks() -> None:
    text = "وذكرت وكالة أنباء الجبل، نقلا عن مسؤول حكومي طلب عدم الكشف عن هويته، أن الشرطة تشترط فتح الطريق."
    outer, inner = statements(text)
    assert (outer.speaker.name, outer.speaker.anonymous, outer.via) == ("مسؤول حكومي", True, ("أنباء الجبل",))
    assert (inner.within, inner.act) == (outer.id, "condition")


def test_who_speaks_in_the_name_of_a_body() -> None:
    found = statements("التقى وزير مصر الوفود. أما حركة الجبل الحر فغائبة، بحسب المتحدثة باسمها ليلى عمران.")
    assert found[-1].speaker.party == "حركة الجبل الحر"


def test_a_day_is_no_estimate_and_whether_is_no_condition() -> None:
    text = "قال الوزير عمر نادر إن اللقاء في 25 أغسطس. ولم يقل نادر ما إذا كان الطريق سيفتح."
    assert [(s.act, s.negated) for s in statements(text)] == [("claim", False), ("claim", True)]


@pytest.mark.parametrize(
    ("text", "name", "via", "content"),
    [
        (
            "وقال المتحدث باسم الوزارة فادي الخطيب لقناة «النهر» إن الجسر مغلق.",
            "فادي الخطيب",
            ("النهر",),
            "إن الجسر مغلق",
        ),
        (
            "وصرح الوزير عمر نادر لوكالة الأنباء الوطنية بأن الجسر مغلق.",
            "عمر نادر",
            ("الأنباء الوطنية",),
            "بأن الجسر مغلق",
        ),
        ("أعلنت رئيسة وزراء كلموريا، هند الصابوني، أن الجسر مغلق.", "هند الصابوني", (), "أن الجسر مغلق"),
        ("رفضت وزيرة العدل، هند الصابوني، هذه الشروط.", "هند الصابوني", (), "هذه الشروط"),
        (
            "وكان المبعوث، السفير السابق إلياس العاني، قد حث الطرفين على العودة.",
            "إلياس العاني",
            (),
            "الطرفين على العودة",
        ),
        ("غير أن مسؤولا في الميناء، طلب عدم ذكر اسمه، أكد أن الجسر مغلق.", "مسؤول في الميناء", (), "أن الجسر مغلق"),
        ("وجاء في بيان للحزب أن «الجسر لن يفتح».", "الحزب", (), "أن «الجسر لن يفتح»"),
        (
            "ونقلت إذاعة الأفق عن والد أحد الغرقى، حسان مروان، قوله: «أريد الحقيقة».",
            "حسان مروان",
            ("الأفق",),
            "«أريد الحقيقة»",
        ),
    ],
)
def test_what_stands_beside_a_name(text: str, name: str, via: tuple[str, ...], content: str) -> None:
    (found,) = statements(PLACE + text)
    assert (found.speaker.name, found.via, found.content.text(Document("d", PLACE + text))) == (name, via, content)


def test_a_body_called_by_its_noun_has_the_name_it_had_before() -> None:
    found = statements(
        "دعت حكومة كلموريا إلى الحوار.\n\nورفضت الحكومة الاتهام. وقال المتحدث باسمها عمر نادر إن الجسر مغلق."
    )
    assert [s.speaker.party for s in found][1:] == ["حكومة كلموريا", "حكومة كلموريا"]


def test_the_day_beside_a_subject_is_when_it_spoke() -> None:
    (found,) = statements("قالت جبهة الجبل، السبت، إنها لن تحضر.")
    assert found.said_on == "2027-02-06"


def test_what_is_not_ruled_out_is_not_refused() -> None:
    (found,) = statements("لم تستبعد وزيرة العدل، هند الصابوني، عقد لقاء مع الجبهة.")
    assert (found.act, found.negated) == ("claim", True)


def test_the_day_and_the_origin_are_no_part_of_a_name() -> None:
    text = "فتحت تندار السد. أعلنت تندار يوم الثلاثاء أنها ستفتح السد."
    assert ArabicNames(text, gazetteer(Lexicon.shipped())).who("تندار يوم", []).name == "تندار"
    told = "وذكرت صحيفة المرفأ نقلا عن مسؤول أن السد مغلق."
    assert [name for name, _ in outlets_in(told, 0, len(told))] == ["المرفأ"]


@pytest.mark.parametrize(
    ("stance", "issue"), [("إلى تأجيل الإضراب", "تأجيل الإضراب"), ("بالعرض التنداري", "العرض التنداري")]
)
def test_an_issue_begins_without_the_preposition_of_its_verb(stance: str, issue: str) -> None:
    assert issue_of(stance, None) == issue


def test_his_movement_is_his_and_a_last_name_the_one_brought_in_before() -> None:
    text = (
        "الدوحة - 2 نوفمبر 2026\n\nقال رئيس وفد حركة الفجر سليم الراشدي إن حركته ترفض العرض. "
        "وسيحضر مبعوث الحكومة بيير لاكوست.\n\nودعا لاكوست الطرفين إلى تمديد الهدنة.\n\n"
        "ورفض وزير الدفاع نبيل قاسم ربط الملفين."
    )
    names = ArabicNames(text, gazetteer(Lexicon.shipped()))
    leader = names.who("رئيس وفد حركة الفجر سليم الراشدي", [])
    assert leader.name == "سليم الراشدي"
    assert names.who("حركته", [leader]).party == leader.party
    assert names.who("لاكوست", [leader]).name == "بيير لاكوست"
    assert names.who("وزير الدفاع نبيل قاسم", [leader]).party is None  # the talks are in Doha, he is of no land named
