"""Names that strangers give to files."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.desk.jobs import safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.txt", "report.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\note.html", "note.html"),
        ("\0", "document.txt"),
        (".hidden.txt", "hidden.txt"),
        ("..", "document.txt"),
        ("خبر\u202e.txt", "خبر.txt"),
        ("x" * 500 + ".pdf", "x" * 180 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text())
def test_any_name_can_be_written_in_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert Path(safe).name == safe
    assert "\0" not in safe
    assert 0 < len(safe.encode()) <= 200
