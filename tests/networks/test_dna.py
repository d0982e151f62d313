"""`.dna` files: one that Dragoman wrote is read again without loss; damaged and foreign ones are refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from dragoman.analysis.networks import Choices, networks
from dragoman.analysis.networks.coding import coded_of
from dragoman.dossier import Dossier, open_dossier
from dragoman.errors import FormatError
from dragoman.exports.dna import Dna, read_dna, write_dna
from dragoman.exports.dna_table import dna_of, password_hash
from tests.builders import story


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dna, Path]:
    folder = tmp_path_factory.mktemp("dna")
    with open_dossier(str(folder / "d.dragoman"), reader="rules") as dossier:
        dossier.load(story())
        dna = dna_of(dossier.table())
    write_dna(dna, folder / "made.dna")
    return dna, folder / "made.dna"


def test_what_was_written_is_read_again(made: tuple[Dna, Path], tmp_path: Path) -> None:
    dna, path = made
    again = read_dna(path)
    assert again.tables == dna.tables
    write_dna(again, tmp_path / "twice.dna")
    assert read_dna(tmp_path / "twice.dna").tables == dna.tables


def test_every_statement_has_a_row_for_every_variable(made: tuple[Dna, Path]) -> None:
    dna, _ = made
    ids = {s["ID"] for s in dna.tables["STATEMENTS"]}
    assert ids
    for variable in dna.variables(1):
        assert set(dna.values(variable)) == ids, variable["Variable"]
    for entity in dna.tables["ENTITIES"]:
        held = [a for a in dna.tables["ATTRIBUTEVALUES"] if a["EntityId"] == entity["ID"]]
        assert len(held) == 3


def test_the_span_is_the_sentence(made: tuple[Dna, Path]) -> None:
    for event in made[0].events():
        assert event["text"].strip() and event["verbatim"].split(" … ")[0] in event["text"]


def test_file_and_table_give_the_same_network(made: tuple[Dna, Path], tmp_path: Path) -> None:
    with open_dossier(str(tmp_path / "d.dragoman"), reader="rules") as dossier:
        dossier.load(story())
        own = coded_of(dossier.table())
    given = {"network": "onemode", "aggregation": "subtract", "normalization": "average"}
    (one,) = networks(own, Choices(variable1="party", variable2="issue", **given))
    (other,) = networks(read_dna(made[1]).coded(), Choices(**given))
    assert one.rows == other.rows and (one.dense() == other.dense()).all()


def test_what_cannot_be_carried_is_said(made: tuple[Dna, Path]) -> None:
    assert any("no yes or no" in reason for reason in made[0].left_out)
    assert any("confidence" in reason for reason in made[0].left_out)


def test_the_password_is_the_documented_one() -> None:
    import base64
    import hashlib

    salt = bytes(range(16))
    digest = hashlib.sha256(salt + b"sample").digest()
    for _ in range(99_999):
        digest = hashlib.sha256(digest).digest()
    assert password_hash("sample", salt) == base64.b64encode(salt + digest).decode()
    assert len(password_hash("sample", salt)) == 64


def test_an_import_becomes_readings_and_leaves_a_damaged_file_outside(made: tuple[Dna, Path], tmp_path: Path) -> None:
    readings = read_dna(made[1]).readings("made")
    assert sum(len(r.statements) for r in readings) == len(made[0].tables["STATEMENTS"])
    with open_dossier(str(tmp_path / "d.dragoman"), reader="rules") as dossier:
        dossier.load(readings)
        assert {c.party for c in dossier.table().cells} <= {e["Value"] for e in made[0].tables["ENTITIES"]}


def _spoil(path: Path, target: Path, statement: str) -> Path:
    target.write_bytes(path.read_bytes())
    connection = sqlite3.connect(target)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(statement)
    connection.commit()
    connection.close()
    return target


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE SETTINGS SET Value = '2.0' WHERE Property = 'version'", "a file of DNA 2.0"),
        ("UPDATE SETTINGS SET Value = '9.1' WHERE Property = 'version'", "version '9.1'"),
        ("DROP TABLE DATABOOLEAN", "no table DATABOOLEAN"),
        ("DELETE FROM DOCUMENTS WHERE ID = 1", "refers to DOCUMENTS 1"),
    ],
)
def test_other_and_broken_files_are_refused(made: tuple[Dna, Path], tmp_path: Path, statement: str, says: str) -> None:
    with pytest.raises(FormatError, match=says):
        read_dna(_spoil(made[1], tmp_path / "spoilt.dna", statement))


@pytest.mark.parametrize("content", [b"", b"<?xml version='1.0'?>", b"\x00" * 4096])
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.dna").write_bytes(content)
    with pytest.raises(FormatError):
        read_dna(tmp_path / "x.dna")


def test_a_half_written_file_is_refused(made: tuple[Dna, Path], tmp_path: Path) -> None:
    whole = made[1].read_bytes()
    (tmp_path / "half.dna").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FormatError):
        read_dna(tmp_path / "half.dna")
    with pytest.raises(FormatError):
        read_dna(tmp_path / "none.dna")


def test_letters_beyond_the_basic_plane_keep_their_words(tmp_path: Path) -> None:
    from dragoman.exports.dna import _code_points

    text = "🕊 peace 😀 now"
    units = len("🕊 ".encode("utf-16-le")) // 2
    assert _code_points(text, units, units + 5) == (2, 7)


def test_a_dossier_is_untouched_by_a_failed_import(tmp_path: Path) -> None:
    import subprocess
    import sys

    (tmp_path / "bad.dna").write_bytes(b"not a file of DNA at all")
    with open_dossier(str(tmp_path / "d.dragoman"), reader="rules") as dossier:
        dossier.load(story()[:1])
    command = [
        sys.executable,
        "-m",
        "dragoman",
        "import",
        str(tmp_path / "bad.dna"),
        "--dossier",
        str(tmp_path / "d.dragoman"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "no SQLite file" in done.stderr
    with open_dossier(str(tmp_path / "d.dragoman"), create=False) as dossier:
        assert isinstance(dossier, Dossier) and len(dossier.readings()) == 1
