"""The lock of dependencies, as far as it can be audited without a network: pinned, hashed, complete, installed as it
says, and free of licences that the project cannot carry."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata, packages_distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_house import imports

ROOT = Path(__file__).parent.parent
LOCKS = ("run", "dev")


def pins(name: str) -> dict[str, list[tuple[Requirement, list[str]]]]:
    """The requirements of a lock by package, each with its hashes; several where Python versions differ."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").replace("\\\n", " ")
    found: dict[str, list[tuple[Requirement, list[str]]]] = {}
    for line in filter(None, (line.partition("#")[0].strip() for line in text.splitlines())):
        requirement, *hashes = re.split(r"\s+--hash=", line)
        one = Requirement(requirement.strip())
        found.setdefault(canonicalize_name(one.name), []).append((one, hashes))
    return found


def here(name: str) -> dict[str, Requirement]:
    """The requirements of a lock that hold on this machine."""
    return {
        package: one for package, several in pins(name).items() for one, _ in several
        if one.marker is None or one.marker.evaluate()
    }  # fmt: skip


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_hashes(lock: str) -> None:
    for package, several in pins(lock).items():
        for one, hashes in several:
            assert re.fullmatch(r"==[\w.+!]+", str(one.specifier)), package
            assert one.url is None and hashes, package
            assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", found) for found in hashes), package


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = project["project"]["dependencies"]
    extras = project["project"]["optional-dependencies"]
    more = [line for name in ("postgres", "parquet", "cluster") for line in extras[name]]
    for lock, lines in (("run", asked), ("dev", [*asked, *more, *project["dependency-groups"]["dev"]])):
        locked = here(lock)
        for requirement in map(Requirement, lines):
            if requirement.marker is None or requirement.marker.evaluate():
                pinned = str(locked[canonicalize_name(requirement.name)].specifier).removeprefix("==")
                assert requirement.specifier.contains(pinned, prereleases=True), requirement
    assert {name: str(one) for name, one in here("run").items()}.items() <= {
        name: str(one) for name, one in here("dev").items()
    }.items()


def test_nothing_is_asked_for_that_nothing_imports() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    modules = {name for path in (ROOT / "dragoman").rglob("*.py") for name, _ in imports(path)}
    used = {name.split(".")[0] for name in modules} | {"multipart"}  # by which forms of the desk are read
    found = {
        canonicalize_name(d) for module, several in packages_distributions().items() if module in used for d in several
    }
    assert {canonicalize_name(Requirement(line).name) for line in asked} <= found


def test_what_is_installed_is_what_is_locked() -> None:
    for package, one in here("dev").items():
        try:
            installed = version(package)
        except PackageNotFoundError:
            pytest.fail(f"{package} is locked and not installed: remove .venv and run make test again")
        assert one.specifier.contains(installed, prereleases=True), f"{package} {installed} is installed, {one} locked"


def test_no_package_that_runs_carries_a_licence_the_project_cannot() -> None:
    for package in here("run"):
        about = metadata(package)
        said = " ".join([
            about.get("License-Expression") or "",
            *(line for line in about.get_all("Classifier") or () if line.startswith("License")),
        ])  # fmt: skip
        gpl = re.search(r"(?<!L)(?<!Lesser )A?GPL|GNU (?:Affero )?General Public", said)
        assert not gpl or " OR " in said, f"{package}: {said}"
