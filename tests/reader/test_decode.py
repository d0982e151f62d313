"""The decoder, with scores written by hand: no weights."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dragoman.reader.network.assemble import inside, whole_quotations, without_doubles
from dragoman.reader.network.attributions import CUE_TAGS, NAMES, ROLE_TAGS, VERDICTS, Attribution, Heads, Taste, View
from dragoman.reader.network.decode import decode
from dragoman.reader.network.nearness import WIDTHS, near
from dragoman.reader.network.sequences import best_sequence, ranges
from dragoman.reader.network.windows import lay_out
from dragoman.reader.segment import segment

ROLES = {"S": ("begin source", "source"), "C": ("begin content", "content"), "V": ("through", "through")}


def heads(near_weights: np.ndarray | None = None) -> Heads:
    roles, width, inner = len(ROLE_TAGS), WIDTHS["pair"], WIDTHS["inner"]
    return Heads(
        pair=np.zeros((roles, width, width), np.float32),
        near=np.zeros((WIDTHS["near"], roles), np.float32) if near_weights is None else near_weights,
        inner=np.zeros((inner, 3 * WIDTHS["sense"] + 4), np.float32),
        inner_bias=np.zeros(inner, np.float32),
        verdicts=np.zeros((len(VERDICTS), inner), np.float32),
        verdicts_bias=np.arange(len(VERDICTS), dtype=np.float32),
    )


def view(cues: str, roles: str, **known: object) -> View:
    """A window from two rows of letters: cues B I N(o cue, start) and roles S C V, small letters going on."""
    n = len(cues)
    tags = np.zeros((n, len(CUE_TAGS) + 6), np.float32)
    plain = np.zeros((n, len(ROLE_TAGS)), np.float32)
    plain[:, -1] = -9
    tags[:, 0] = 3
    for place, letter in enumerate(cues):
        if letter in "BIN":
            tags[place, " BIN".index(letter)] = 9
    for place, letter in enumerate(roles):
        if letter.upper() in ROLES:
            plain[place, ROLE_TAGS.index(ROLES[letter.upper()][letter.islower()])] = 9
    zeros = {name: np.zeros((n, WIDTHS["pair"]), np.float32) for name in ("cue", "word")}
    values = {
        "tags": tags, "plain": plain, "names": np.zeros((n, len(NAMES)), np.float32), **zeros,
        "sense": np.zeros((n, WIDTHS["sense"] + 1), np.float32), "sentence": np.zeros(n, np.int64),
        "paragraph": np.zeros(n, np.int64), "quoted": np.zeros(n, bool), "before": np.zeros(n, bool),
        "after": np.zeros(n, bool), **known,
    }  # fmt: skip
    return View(**values)


def read(cues: str, roles: str, **taste: float) -> list[Attribution]:
    return decode([view(cues, roles)], heads(), Taste(**taste))[0]


@pytest.mark.parametrize(
    ("cues", "roles", "cue", "source", "content"),
    [
        # X said Y
        ("..B....", "Ss.Cccc", [(2, 3)], [(0, 2)], [(3, 7)]),
        # content broken by its cue
        ("...B...", "Cc..S.C", [(3, 4)], [(4, 5)], [(0, 2), (6, 7)]),
        # a cue of several words
        ("..BII..", "Ss...Cc", [(2, 5)], [(0, 2)], [(5, 7)]),
        # nobody is named
        ("B......", "..Ccc..", [(0, 1)], [], [(2, 5)]),
        # two pieces that touch stay two
        ("B......", "..CcCc.", [(0, 1)], [], [(2, 4), (4, 6)]),
    ],
)
def test_one_cue(cues: str, roles: str, cue: list, source: list, content: list) -> None:
    (found,) = read(cues, roles)
    assert (list(found.cue), list(found.source), list(found.content)) == (cue, source, content)


def test_a_cue_that_takes_no_content_is_none() -> None:
    assert read("..B....", "Ss.....") == []


def test_a_statement_without_cue_starts_with_its_content() -> None:
    (found,) = read("N......", "Ccccc..")
    assert found.cue == ()
    assert found.content == ((0, 5),)
    assert found.at == 0


def test_words_inside_follow_a_beginning() -> None:
    # "content" scores high at the start, but nothing began there and the text does not go on from before
    (found,) = read("...B..", "cc..Cc")
    assert found.content == ((0, 2), (4, 6))
    assert ranges(np.array([0, 4, 4, 0, 3, 4, 0]), 3, 4) == [(1, 3), (4, 6)]


def test_content_may_come_from_before_the_window() -> None:
    (found,) = decode([view("....B..", "ccc....", open_start=True)], heads(), Taste())[0]
    assert found.content == ((0, 3),)


def test_taste_decides_how_many_are_found() -> None:
    doubtful = view("..B....", "Ss.Cccc")
    doubtful.tags[2, 1] = 2.5  # against 3 for no cue
    assert decode([doubtful], heads(), Taste())[0] == []
    assert len(decode([doubtful], heads(), Taste(cue=1.0))[0]) == 1
    assert decode([doubtful], heads(), Taste(cue=1.0, least=0.9))[0] == []


def test_a_content_is_not_cut_where_it_goes_on() -> None:
    cut = view("..B.......", "Ss.Cccc...")
    cut.plain[7:9, ROLE_TAGS.index("content")] = [-2, -1]  # two words that the network would rather leave
    cut.after[[6, 7]] = True
    (found,) = decode([cut], heads(), Taste())[0]
    assert found.content == ((3, 7),)
    (found,) = decode([cut], heads(), Taste(whole=4.0))[0]
    assert found.content == ((3, 9),)
    cut.plain[7, ROLE_TAGS.index("content")] = -40  # where going on is out of the question, it ends sooner
    (found,) = decode([cut], heads(), Taste(whole=20.0))[0]
    assert found.content == ((3, 6),)


def test_a_quotation_is_whole_unless_the_rest_is_anothers() -> None:
    text = "Ana said “we wait. We hope. We go.” “Never,” Bo said."
    sheet = lay_out(text, segment(text), lambda words: [[1]] * len(words))
    part = Attribution(((1, 2),), ((0, 1),), ((3, 6),))  # we wait .
    (found,) = whole_quotations(sheet, [part])
    assert found.content == ((2, 13),)
    other = Attribution(((17, 18),), ((16, 17),), ((6, 13),))
    assert [a.content for a in whole_quotations(sheet, [part, other])] == [((2, 6),), ((6, 13),)]


def test_outlets_in_between() -> None:
    one = view("..B......", "Ss.Ccc.Vv")
    one.plain[7:9, -1] = 5
    (found,) = decode([one], heads(), Taste())[0]
    assert found.through == ((7, 9),)


def test_each_cue_takes_the_words_of_its_sentence() -> None:
    weights = np.zeros((WIDTHS["near"], len(ROLE_TAGS)), np.float32)
    sentences = slice(25, 34)  # the second of the five ways in which `near` tells places apart
    weights[sentences, 1:5] = -50
    weights[25 + 4, 1:5] = 0  # the same sentence
    two = view("..B......B....", "Ss.Ccc.Ss.Cccc", sentence=np.repeat([0, 1], 7))
    found = decode([two], heads(weights), Taste())[0]
    assert [(a.source, a.content) for a in found] == [(((0, 2),), ((3, 6),)), (((7, 9),), ((10, 14),))]


def test_windows_of_other_lengths_change_nothing() -> None:
    alone = decode([view("..B....", "Ss.Cccc")], heads(), Taste())[0]
    beside = decode([view("..B....", "Ss.Cccc"), view("." * 40, "." * 40)], heads(), Taste())
    assert beside[1] == []
    assert [(a.cue, a.source, a.content) for a in beside[0]] == [(a.cue, a.source, a.content) for a in alone]


def test_near_tells_sides_and_bounds_apart() -> None:
    args = [np.zeros((1, 9), np.int64)] * 2
    seen = near(np.array([4]), np.array([6]), *args, np.zeros((1, 9), bool), np.zeros((1, 9), np.int64))
    far = seen[0, :, 0]
    assert far[4] == far[5]  # the cue itself
    assert list(far) == sorted(far)
    assert len(set(far[[2, 3, 4, 6, 7]])) == 5
    assert seen.max() < WIDTHS["near"]
    assert seen.min() >= 0


@given(arrays(np.float32, (1, 5, 3), elements=st.floats(-5, 5, width=32)))
def test_best_sequence_is_the_best(scores: np.ndarray) -> None:
    moves = np.array([[0, 0, -1e6], [0, -0.5, 0], [0, 0, 0]], np.float32)
    first = np.array([0, 0, -1e6], np.float32)

    def worth(path: tuple[int, ...]) -> float:
        total = first[path[0]] + sum(scores[0, i, t] for i, t in enumerate(path))
        return float(total + sum(moves[a, b] for a, b in itertools.pairwise(path)))

    best = max(worth(p) for p in itertools.product(range(3), repeat=5))
    found = tuple(int(t) for t in best_sequence(scores, moves, first)[0])
    assert worth(found) == pytest.approx(best, abs=1e-3)


def test_two_finds_that_share_a_cue_are_one() -> None:
    weak = Attribution(((2, 3),), (), ((4, 9),), certainty=0.4)
    strong = Attribution(((2, 4),), ((0, 2),), ((4, 9),), certainty=0.8)
    assert without_doubles([weak, strong]) == [strong]


def test_what_stands_inside_another() -> None:
    outer = Attribution(((2, 3),), ((0, 2),), ((3, 20),))
    nested = Attribution(((5, 6),), ((4, 5),), ((6, 20),))
    deeper = Attribution(((9, 10),), ((8, 9),), ((10, 20),))
    beside = Attribution(((22, 23),), ((21, 22),), ((3, 20),))
    assert inside([outer, nested, deeper, beside]) == [None, 0, 1, None]
