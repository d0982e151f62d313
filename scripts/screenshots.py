"""Pictures of every page of the desk: both languages, both widths, light and dark.

Usage: python scripts/screenshots.py FOLDER [NAME…]     (reads the sample coverage into a dossier of its own)
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = {
    "table": "/", "cell": "", "articles": "/articles", "article": "", "queue": "/queue", "conditions": "/conditions",
    "calendar": "/calendar", "figures": "/figures", "sources": "/sources", "disagreements": "/disagreements",
    "networks": "/networks", "outlook": "/outlook", "search": "/search?words=prisoners", "brief": "/brief",
    "add": "/add", "settings": "/settings",
}  # fmt: skip


def chromium() -> str:
    """The browser: DRAGOMAN_CHROMIUM, else Debian's."""
    found = os.environ.get("DRAGOMAN_CHROMIUM") or shutil.which("chromium")
    if not found:
        sys.exit("No Chromium. Install it with: sudo apt-get install -y chromium")
    return found


def main() -> None:
    from playwright.sync_api import sync_playwright

    folder, wanted = Path(sys.argv[1]), set(sys.argv[2:]) or set(PAGES)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        dossier = str(Path(scratch) / "shots.dragoman")
        command = [sys.executable, "-m", "dragoman"]
        subprocess.run([*command, "read", str(ROOT / "examples" / "strait"), "--into", dossier], check=False)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen([*command, "serve", "--dossier", dossier, "--port", str(port)])
        home = f"http://127.0.0.1:{port}"
        try:
            _wait(home)
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
            for language in ("en", "ar"):
                for width in (1280, 390):
                    for scheme in ("light", "dark"):
                        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme,
                                                locale=language)  # fmt: skip
                        page.goto(f"{home}/articles")
                        article = page.get_attribute("tbody a", "href") or "/"
                        page.goto(home)
                        cell = page.get_attribute("td.cell a", "href") or "/"
                        for name, path in PAGES.items():
                            if name in wanted:
                                page.goto(home + ({"article": article, "cell": cell}.get(name) or path))
                                target = folder / f"{name}-{language}-{width}-{scheme}.png"
                                page.screenshot(path=target, full_page=width == 1280)
                        page.close()
            browser.close()
        finally:
            server.terminate()
            server.wait(10)


def _wait(home: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{home}/static/icon.svg", timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("The desk did not open.")


if __name__ == "__main__":
    main()
