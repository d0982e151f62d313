"""Files for other programs: what goes out comes back with the same spans; alpha by hand."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from dragoman.analysis.agreement import alpha, compare_readings, unitised_alpha
from dragoman.analysis.networks import Choices, networks
from dragoman.dossier import open_dossier
from dragoman.errors import FormatError, InputError
from dragoman.exports.interchange import FORMATS, from_brat, read_brat, read_webanno, write_interchange
from dragoman.exports.networks import write
from dragoman.reading import Reading, Span
from dragoman.table import Table
from tests.builders import a_document, a_statement, story
from tests.networks.making import coded


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Reading], Table]:
    path = tmp_path_factory.mktemp("x") / "d.dragoman"
    document = a_document("🕊 The envoy, she said,\nwould open the port. =cmd", id="emoji/1", title="=SUM(A1)")
    statement = a_statement(document, "she", "said", "would open the port")
    with open_dossier(str(path), reader="rules") as opened:
        opened.load([*story(), Reading(document, (statement,))])
        return opened.readings(), opened.table()


def roles(reading: Reading) -> list[tuple[str, ...]]:
    return [
        tuple(getattr(s, r).text(reading.document) for r in ("source", "cue", "content")) for s in reading.statements
    ]


@pytest.mark.parametrize("form", ["brat", "webanno"])
def test_annotations_come_back(dossier: tuple[list[Reading], Table], tmp_path: Path, form: str) -> None:
    readings, table = dossier
    write_interchange(readings, table, tmp_path / "out", form)
    files = sorted((tmp_path / "out").glob("*.tsv"))
    back = {r.document.id: r for r in (read_brat(tmp_path / "out") if form == "brat" else map(read_webanno, files))}
    for reading in readings:
        again = back[reading.document.id.replace("/", "_")]
        assert sorted(roles(reading)) == sorted(roles(again))


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_format_is_written(dossier: tuple[list[Reading], Table], tmp_path: Path, form: str) -> None:
    write_interchange(*dossier, tmp_path / "out", form)
    made = list((tmp_path / "out").iterdir()) if (tmp_path / "out").is_dir() else [tmp_path / "out"]
    assert made and all(f.stat().st_size for f in made)


def test_web_annotations_quote_what_they_point_at(dossier: tuple[list[Reading], Table], tmp_path: Path) -> None:
    write_interchange(*dossier, tmp_path / "a.jsonld", "webannotation")
    texts = {r.document.url or f"urn:dragoman:{r.document.id}": r.document.text for r in dossier[0]}
    for item in json.loads((tmp_path / "a.jsonld").read_text("utf-8"))["items"]:
        for target in item["target"]:
            position, quote = target["selector"]
            text = texts[target["source"]]
            assert text[position["start"] : position["end"]] == quote["exact"]


def test_a_spreadsheet_sees_no_formula(dossier: tuple[list[Reading], Table], tmp_path: Path) -> None:
    write_interchange(*dossier, tmp_path / "out", "csv")
    with (tmp_path / "out" / "documents.csv").open(encoding="utf-8", newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    assert "'=SUM(A1)" in titles
    made = list(networks(coded([("=A()", "x", 1), ("B", "x", 1)]), Choices(network="onemode")))
    assert write(made, "csv") == b",'=A(),B\n'=A(),0,1\nB,1,0\n" and b",'=A(),B,1" in write(made, "edges")


def test_an_unknown_format_is_refused(dossier: tuple[list[Reading], Table], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="brat"):
        write_interchange(*dossier, tmp_path / "out", "xls")


@pytest.mark.parametrize("form", ["brat", "webanno"])
def test_two_documents_never_share_a_file(dossier: tuple[list[Reading], Table], tmp_path: Path, form: str) -> None:
    alike = [Reading(a_document(f"Text of {name}.", id=name)) for name in ("a/b", "a_b", "A b")]
    write_interchange(alike, dossier[1], tmp_path, form)
    texts = "".join(file.read_text("utf-8") for file in tmp_path.iterdir())
    assert all(reading.document.text in texts for reading in alike)


def test_marks_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_bytes(b"\xff\xfe")
    (tmp_path / "a.txt").write_text("some words", "utf-8")
    (tmp_path / "b.ann").write_text("", "utf-8")
    with pytest.raises(FormatError, match="not UTF-8"):
        read_brat(tmp_path / "a.ann")
    with pytest.raises(InputError, match=r"b\.txt: No such file"):
        read_brat(tmp_path / "b.ann")


@pytest.mark.parametrize(
    "line",
    ["T1\tSource 1", "T1\tSource a b\tx", "E1\tStatement:T9 Source:T8",
     'E1\tStatement:\n#1\tAnnotatorNotes E1\t{"act": 5}', 'E1\tStatement:\n#1\tAnnotatorNotes E1\t{"via": "Radio"}'],
)  # fmt: skip
def test_standoff_that_does_not_fit_names_its_line(line: str) -> None:
    with pytest.raises(FormatError, match=r"x\.ann"):
        from_brat("some words", line, "x")


@pytest.mark.parametrize("form", ["csv", "edges", "json", "graphml", "gexf", "pajek", "dl", "parquet", "svg", "text"])
def test_every_network_format_is_written(dossier: tuple[list[Reading], Table], form: str) -> None:
    from dragoman.analysis.networks import Choices, networks
    from dragoman.analysis.networks.coding import coded_of

    for network in ("twomode", "onemode"):
        found = list(networks(coded_of(dossier[1]), Choices(network=network, variable1="party", variable2="issue",
                                                            aggregation="subtract")))  # fmt: skip
        content = write(found, form)
        assert b"Kestria" in content


def test_alpha_by_hand() -> None:
    # Two coders, three units, one difference: o = 2/3 of pairs agree; alpha = 1 - 5·2/(36 - 3² - 3²) = 4/9.
    assert alpha([{"a": "x", "b": "y", "c": "x"}, {"a": "x", "b": "y", "c": "y"}]) == pytest.approx(4 / 9)
    assert alpha([{"a": "x"}, {"a": "x"}]) is None
    same = [(Span(0, 5), "c")]
    assert unitised_alpha([same, same], 10) == 1.0
    assert unitised_alpha([same, [(Span(5, 10), "c")]], 10) < 0  # type: ignore[operator]


def test_a_reading_agrees_with_itself(dossier: tuple[list[Reading], Table]) -> None:
    assert set(compare_readings(dossier[0], dossier[0]).values()) == {1.0}
