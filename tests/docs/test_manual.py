"""The manual runs: every console block is executed, and the reference follows the code."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```", re.M | re.S)


def blocks(page: Path) -> list[tuple[str, str]]:
    return BLOCK.findall(page.read_text("utf-8"))


def commands_of(block: str) -> list[tuple[str, str]]:
    """(command, expected output) of a console block; `…` in the output stands for anything."""
    found: list[tuple[str, str]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], ""))
        elif found and found[-1][0].endswith("\\") and not found[-1][1]:
            found[-1] = (found[-1][0] + "\n" + line, "")
        elif found:
            found[-1] = (found[-1][0], found[-1][1] + line + "\n")
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p)], ids=lambda p: str(p.relative_to(ROOT)))
def test_page_runs(page: Path, folder: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "120", "TERM": "dumb", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    environment.pop("DRAGOMAN_DOSSIER", None)
    checker = OutputChecker()
    for kind, block in blocks(page):
        if kind == "python":
            done = subprocess.run(
                [sys.executable, "-c", block], cwd=folder, env=environment, capture_output=True, text=True
            )
            assert done.returncode == 0, f"{page.name}:\n{block}\n{done.stderr}"
            continue
        for command, expected in commands_of(block):
            if command.startswith(("make ", "git ", "pip ", "cd ")):
                continue
            done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True)
            assert done.returncode in (0, 1), f"{page.name}: $ {command}\n{done.stdout}\n{done.stderr}"
            wanted = expected.replace("…", "...")
            if wanted.strip():
                got = done.stdout
                assert checker.check_output(wanted, got, ELLIPSIS | NORMALIZE_WHITESPACE), (
                    f"{page.name}: $ {command}\nexpected:\n{expected}\ngot:\n{got}\n{done.stderr}"
                )


def _reference() -> object:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_reference_follows_the_code() -> None:
    for name, write in _reference().PAGES.items():  # type: ignore[attr-defined]
        page = ROOT / "docs" / "reference" / name
        assert page.read_text("utf-8") == write(), f"run scripts/reference.py: {name} lags behind the code"


def test_the_index_leads_to_every_page() -> None:
    index = ROOT / "docs" / "index.md"
    linked = {
        (index.parent / target).resolve() for target in re.findall(r"\]\(([^)]+\.md)\)", index.read_text("utf-8"))
    }
    assert {page for page in PAGES if page.parent != ROOT} - linked == {index}


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} links to {target}, which is not there"
