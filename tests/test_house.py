"""Imports go down only, nothing crosses, and heavy libraries stay in their rooms."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "dragoman"
WORDS = {"reading", "errors", "settings", "lexicon", "folding", "sentences", "data"}
MAY_IMPORT = {
    "cli": {"cli", "desk", "dossier", "batch", "exports", "sources", "reader", "store", "table", "analysis"},
    "desk": {"desk", "dossier", "batch", "exports", "sources", "reader", "store", "table", "analysis"},
    "dossier": {"dossier", "batch", "exports", "sources", "reader", "store", "table", "analysis"},
    "batch": {"batch", "sources", "reader", "store", "table", "analysis"},
    "exports": {"exports", "table", "analysis"},
    "sources": {"sources"},
    "reader": {"reader"},
    "store": {"store"},
    "analysis": {"analysis", "table"},
    "table": {"table"},
}
ONLY_IN = {
    "torch": {"reader/training"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "fastapi": {"desk"},
    "starlette": {"desk"},
    "uvicorn": {"desk", "cli"},
    "onnxruntime": {"reader"},
    "trafilatura": {"sources"},
    "dask": {"batch"},
    "psycopg": {"store"},
}


def modules() -> list[Path]:
    return sorted(HOUSE.rglob("*.py"))


def imports(path: Path) -> list[tuple[str, int]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively; write the full name"
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return found


def room(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def test_every_room_is_known() -> None:
    rooms = {room(path) for path in modules()} - {"__init__", "__main__"}
    assert rooms <= WORDS | set(MAY_IMPORT)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(HOUSE)))
def test_arrows_go_down(path: Path) -> None:
    here = room(path)
    if here in ("__init__", "__main__"):
        return
    for name, line in imports(path):
        parts = name.split(".")
        if parts[0] == "dragoman" and len(parts) > 1:
            there = parts[1]
            if there == "__version__" or (here in WORDS and there in WORDS):
                continue
            allowed = MAY_IMPORT.get(here, set()) | (
                WORDS - ({"settings"} if here not in ("cli", "desk", "dossier") else set())
            )
            assert there in allowed, f"{path}:{line}: {here} must not import {there}"
        elif parts[0] in ONLY_IN:
            inside = str(path.relative_to(HOUSE))
            assert any(inside.startswith(place) for place in ONLY_IN[parts[0]]), f"{path}:{line}: {parts[0]} stays out"


def test_the_chambers_of_the_reader_have_an_order() -> None:
    """Folders of the reader import each other one way only, as modules do."""
    graph: dict[str, set[str]] = {}
    chambers = {path.name for path in (HOUSE / "reader").iterdir() if path.is_dir()} - {"training"}
    for chamber in chambers:
        found = {
            name.split(".")[2]
            for path in (HOUSE / "reader" / chamber).glob("*.py")
            for name, _ in imports(path)
            if name.startswith("dragoman.reader.")
        }
        graph[chamber] = (found & chambers) - {chamber}
    list(TopologicalSorter(graph).static_order())


def test_no_cycles() -> None:
    graph: dict[str, set[str]] = {}
    names = {
        ".".join(("dragoman", *p.relative_to(HOUSE).with_suffix("").parts)).removesuffix(".__init__"): p
        for p in modules()
    }
    for name, path in names.items():
        # `from a import b` imports a.b where that is a module, else a.
        found = {n if n in names else n.rpartition(".")[0] for n, _ in imports(path)}
        graph[name] = {n for n in found if n in names and n not in (name, "dragoman")}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path, name))
        if name not in done:
            for other in sorted(graph[name]):
                visit(other, (*path, name))
            done.add(name)

    for name in graph:
        visit(name, ())
