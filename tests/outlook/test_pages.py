"""The worked example of the manual does what it shows: its commands are run, and their output compared."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.analysis.outlook.conflict import CHANGES
from dragoman.analysis.outlook.modelfile import MAKER_KEYS, OPTION_KEYS, TOP_KEYS, load, loads, schema
from dragoman.cli.outlook import app

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGE = DOCS / "tutorial" / "vienna-outlook.md"
FILES = DOCS.parent / "examples" / "vienna"
REFERENCE = DOCS / "reference" / "model-file.md"


def fenced(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S)


def commands(block: str) -> list[tuple[str, list[str]]]:
    """Each command of a block with the lines shown after it."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def test_the_page_shows_what_the_commands_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FILES, tmp_path / "examples" / "vienna")
    monkeypatch.chdir(tmp_path)
    run = 0
    for block in fenced(PAGE, "console"):
        for command, shown in commands(block):
            command, _, target = command.partition(" > ")
            words = shlex.split(command)
            assert words[:2] == ["dragoman", "outlook"]
            result = CliRunner().invoke(app, words[2:])
            assert result.exit_code == 0, (command, result.output)
            if target:
                Path(target).write_text(result.stdout, "utf-8")
            printed = result.stdout.rstrip("\n").splitlines()
            if shown and shown[-1] == "…":
                shown, printed = shown[:-1], printed[: len(shown) - 1]
            assert printed == shown or not shown, command
            run += 1
    assert run >= 8
    assert (tmp_path / "evolution.svg").read_text("utf-8").startswith("<svg")


def test_the_page_shows_the_model_that_it_analyses() -> None:
    assert (FILES / "vienna.toml").read_text("utf-8") in fenced(PAGE, "toml")


def test_the_two_models_differ_only_in_damascus() -> None:
    one, other = (load(FILES / f"{name}.toml") for name in ("vienna", "without-pressure"))
    assert one.options == other.options
    assert [a.name for a, b in zip(one.decision_makers, other.decision_makers, strict=True) if a != b] == [
        "Syrian government"
    ]


def test_the_reference_names_every_key_and_its_examples_are_models() -> None:
    text = REFERENCE.read_text("utf-8")
    for key in TOP_KEYS | MAKER_KEYS | OPTION_KEYS:
        assert f"`{key}`" in text, key
    for change in CHANGES:
        assert change in text
    examples = fenced(REFERENCE, "toml")
    assert len(examples) >= 2
    for example in examples:
        loads(example)


def test_the_schema_knows_every_key() -> None:
    known = schema()
    assert set(known["properties"]) == TOP_KEYS
    assert set(known["$defs"]["decision_maker"]["properties"]) == MAKER_KEYS
    assert set(known["$defs"]["option"]["anyOf"][1]["properties"]) == OPTION_KEYS


def test_every_source_of_the_explanation_is_cited() -> None:
    text = (DOCS / "explanation" / "outlook.md").read_text("utf-8")
    body, _, sources = text.partition("## Bibliography")
    keys = re.findall(r"^- \*\*\[([\w-]+)\]\*\*", sources, re.M)
    assert len(keys) >= 15
    for key in keys:
        assert f"[{key}]" in body, key
    assert set(re.findall(r"\[([a-z]+-\d{4}[a-z]?)\]", body)) <= set(keys)
