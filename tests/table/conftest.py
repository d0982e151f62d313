"""The story that ships with the project, as gold readings and expected states."""

import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.reading import Reading
from tests.builders import story as readings_of_the_story


@pytest.fixture(scope="session")
def story() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(__file__).with_name("story.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="session")
def story_readings() -> list[Reading]:
    return readings_of_the_story()
