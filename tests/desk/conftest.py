"""A desk over the sample story's readings, for requests without a browser and for a real one."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dragoman.desk.app import create_app
from dragoman.dossier import Dossier, open_dossier
from tests.builders import story


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier file with the story, to be copied."""
    path = tmp_path_factory.mktemp("story") / "story.dragoman"
    with open_dossier(str(path), reader="rules", user="ana") as dossier:
        dossier.load(story())
    return path


@pytest.fixture
def dossier(filled: Path, tmp_path: Path) -> Iterator[Dossier]:
    copied = shutil.copy(filled, tmp_path / "story.dragoman")
    with open_dossier(str(copied), reader="rules", user="ana") as opened:
        yield opened


@pytest.fixture
def client(dossier: Dossier) -> Iterator[TestClient]:
    with TestClient(create_app(dossier, hosts=["testserver"]), raise_server_exceptions=True) as client:
        yield client


@pytest.fixture
def address(dossier: Dossier) -> Iterator[str]:
    """A desk that really listens."""
    import uvicorn

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(dossier), host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = os.environ.get("DRAGOMAN_CHROMIUM") or shutil.which("chromium")
    assert path, "no Chromium; install it with: sudo apt-get install -y chromium"
    quiet = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=quiet)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A tab of the desk that fails the test on any error in its console."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", accept_downloads=True)
    tab = context.new_page()
    tab.set_default_timeout(15_000)
    tab.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    tab.on("pageerror", lambda e: complaints.append(str(e)))
    tab.goto(address)
    yield tab
    context.close()
    assert not complaints, complaints
