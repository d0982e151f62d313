"""Read the sample coverage into a dossier and show what Dragoman makes of it.

Usage: python scripts/demo.py [DOSSIER]
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
DRAGOMAN = [sys.executable, "-m", "dragoman"]


def main() -> int:
    dossier = Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo.dragoman")
    dossier.parent.mkdir(parents=True, exist_ok=True)
    for part in dossier.parent.glob(dossier.name + "*"):
        part.unlink()
    steps: list[tuple[str, list[str]]] = [
        ("Reading eight reports about the Orrin Strait talks", ["read", str(ROOT / "examples" / "strait")]),
        ("The table", ["table"]),
        ("What changed since 3 May", ["changes", "--since", "2027-05-03"]),
        ("Who waits for whom", ["conditions", "--open"]),
        ("What comes next", ["deadlines", "--pending"]),
        ("Figures that sources give differently", ["figures", "--disputed"]),
        ("Where the reports come from", ["sources"]),
    ]
    for title, command in steps:
        shown = " ".join(command).replace(f"{ROOT}/", "")
        print(f"\n=== {title}   (dragoman {shown})\n", flush=True)
        done = subprocess.run([*DRAGOMAN, *command, "--dossier", str(dossier)], check=False)
        if done.returncode not in (0, 1):
            return done.returncode
    print(f"""
What to try next
  make serve                                                  the desk: read, check and correct in the browser
  .venv/bin/dragoman brief --dossier {dossier}    a footnoted brief
  .venv/bin/dragoman read PATH…                               your own coverage, into ./dossier.dragoman
  docs/tutorial/first-morning.md                              the same by hand, step by step""")
    return 0


if __name__ == "__main__":
    sys.exit(main())
