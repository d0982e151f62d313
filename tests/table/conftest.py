"""The story that ships with the project, as gold readings and expected states."""

import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.reading import Reading

STORY = Path(__file__).parent / "story"


@pytest.fixture(scope="session")
def story() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((STORY / "story.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="session")
def story_readings() -> list[Reading]:
    return [Reading.from_json(json.loads(path.read_text("utf-8"))) for path in sorted(STORY.glob("*.reading.json"))]
