"""How quick the desk is on a large dossier: a table page, an article, search, the queue, and saving a decision.

Usage: python benchmarks/desk.py [--quick] [--readers 8] [--requests 40] [--dossier FILE]

Makes a synthetic dossier (100,000 statements in 10,000 articles; --quick: 10,000 in 1,000), serves it as
`dragoman serve` does, and asks from several readers at once. Prints p50, p95 and the size of each page with its style
sheet and script, and exits 1 when one is slower than its target: 150 ms for a page, 100 ms for a decision, 300 kB on
first load.
"""

from __future__ import annotations

import argparse
import json
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

from dragoman.dossier import open_dossier
from dragoman.reading import Document, Position, Reading, Spans, Speaker, Statement

PAGE_MS, SAVING_MS, PAGE_BYTES = 150.0, 100.0, 300_000
PARTIES, PER_ARTICLE = 40, 10
ISSUES = (
    "grain tariffs", "prisoner exchange", "mine clearance", "airspace closure", "fishing quotas", "nuclear inspections",
    "constitutional reform", "gas transit", "refugee returns", "ceasefire monitors", "debt relief", "water sharing",
    "language schools", "railway concession", "arms embargo", "border fence", "church property", "election date",
    "oil revenue", "police command", "visa waivers", "timber exports", "war reparations", "telecom licences",
    "missile batteries", "pension arrears", "harbour lease", "drone flights", "amnesty law", "currency peg",
    "vaccine deliveries", "museum artefacts", "shipping insurance", "cable repair", "coal subsidies",
    "census questions",
    "land titles", "observer mandate", "hostage families", "satellite imagery", "dam construction", "customs union",
    "radio frequencies", "military exercises", "teacher salaries", "tribal council", "steel dumping", "polar research",
    "sanctions waiver", "flight corridors", "cattle grazing", "veto rights", "orphan adoption", "ferry service",
    "rebel disarmament", "patent fees", "embassy security", "flood compensation", "uranium stockpile", "press access",
)  # fmt: skip
DIRECTIONS = ("for", "against", "open")


def names() -> tuple[list[str], list[str]]:
    """Invented parties, and issues that neither words nor meaning make alike, so that each is a row of its own."""
    drawn = random.Random(5)
    parts = ("bra", "cel", "dor", "fin", "gal", "hest", "jor", "kem", "lun", "mar", "nol", "pet", "rin", "sul", "tav")

    def word() -> str:
        return "".join(drawn.sample(parts, 3)).capitalize()

    parties = [word() + ending for ending in ("ia", "mark", "land", "stan") for _ in range(PARTIES // 4)]
    return parties, list(ISSUES)


def readings(articles: int) -> Iterator[Reading]:
    """Articles in which invented parties take positions on invented issues, the same on every run."""
    drawn = random.Random(7)
    parties, issues = names()
    first = date(2024, 1, 1)
    for number in range(articles):
        text, statements, positions = "", [], []
        day = (first + timedelta(days=number * 900 // articles)).isoformat()
        for n in range(PER_ARTICLE):
            party = parties[min(PARTIES - 1, int(drawn.expovariate(0.15)))]
            issue = issues[min(len(issues) - 1, int(drawn.expovariate(0.1)))]
            verb = drawn.choice(("accepts", "refuses", "will discuss"))
            content = f"{verb} {issue} under clause {drawn.randrange(999)}"
            sentence = f"{party} said that it {content}. "
            begins = len(text) + sentence.index(content)
            said = len(text) + len(party) + 1
            statements.append(Statement(
                f"s{n}", Spans([(len(text), len(text) + len(party))]), Spans([(said, said + 4)]),
                Spans([(begins, begins + len(content))]), Speaker(party, party), issues=(issue,),
                confidence=round(drawn.random(), 3),
            ))  # fmt: skip
            positions.append(Position(party, issue, content, drawn.choice(DIRECTIONS), f"s{n}"))
            text += sentence
        document = Document(f"a{number:05}", text, f"Report {number} on the talks", f"Outlet {number % 30}",
                            published=day)  # fmt: skip
        yield Reading(document, tuple(statements), tuple(positions), reader="synthetic")


def pages(articles: int) -> dict[str, list[str]]:
    """Addresses to ask for, by page."""
    drawn = random.Random(11)
    some = [f"a{drawn.randrange(articles):05}" for _ in range(50)]
    words = [f"clause {drawn.randrange(999)}" for _ in range(50)]
    return {
        "table": ["/", f"/?party={names()[0][0]}", "/?at=2"],
        "article": [f"/article/{name}" for name in some],
        "search": ["/search?" + urllib.parse.urlencode({"words": w}) for w in words],
        "queue": ["/queue"],
    }


def ask(address: str, body: bytes | None = None) -> tuple[float, int]:
    """Milliseconds and bytes of one answer."""
    request = urllib.request.Request(address, body, {"content-type": "application/json"} if body else {})
    start = time.perf_counter()
    with urllib.request.urlopen(request, timeout=300) as answer:
        size = len(answer.read())
    return (time.perf_counter() - start) * 1000, size


def at_share(values: list[float], share: float) -> float:
    """The value that `share` of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def measured(home: str, articles: int, readers: int, requests: int) -> bool:
    """Ask for each page from several readers at once, print what it took, and say whether all targets hold."""
    good = True
    looks = sum(ask(f"{home}/static/{name}")[1] for name in ("desk.css", "desk.js", "icon.svg"))
    print(f"{'page':<22}{'p50 ms':>9}{'p95 ms':>9}{'first load kB':>15}")
    for name, paths in pages(articles).items():
        first, _ = ask(home + paths[0])  # the first look builds what the next ones share
        with ThreadPoolExecutor(readers) as pool:
            answers = list(pool.map(lambda n, p=paths: ask(home + p[n % len(p)]), range(requests)))
        times, largest = [t for t, _ in answers], max(size for _, size in answers) + looks
        slow = at_share(times, 0.95)
        good &= slow <= PAGE_MS and largest <= PAGE_BYTES
        print(f"{name:<22}{at_share(times, 0.5):>9.1f}{slow:>9.1f}{largest / 1000:>15.1f}   (first {first:.0f} ms)")
    times, again = [], []
    for n in range(requests):
        target = {"document": f"a{n:05}", "statement": "s1"}
        times.append(
            ask(f"{home}/api/decisions", json.dumps({"kind": "statement.accept", "target": target}).encode())[0]
        )
        again.append(ask(f"{home}/article/a{n:05}")[0])
    good &= at_share(times, 0.95) <= SAVING_MS
    print(f"{'saving a decision':<22}{at_share(times, 0.5):>9.1f}{at_share(times, 0.95):>9.1f}")
    print(f"{'its article again':<22}{at_share(again, 0.5):>9.1f}{at_share(again, 0.95):>9.1f}")
    print(f"{'table after these':<22}{ask(home + '/')[0]:>9.1f}")
    target = {"document": f"a{requests:05}", "statement": "s1"}
    ask(f"{home}/api/decisions", json.dumps({"kind": "statement.reject", "target": target}).encode())
    print(f"{'table after one more':<22}{ask(home + '/')[0]:>9.1f}")
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="a tenth of the dossier")
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--requests", type=int, default=80)
    parser.add_argument("--dossier", type=Path, help="keep the dossier here, and use it when it is there")
    given = parser.parse_args()
    articles = 1_000 if given.quick else 10_000
    with tempfile.TemporaryDirectory() as scratch:
        path = given.dossier or Path(scratch) / "bench.dragoman"
        if not path.exists():
            start = time.perf_counter()
            with open_dossier(str(path), reader="rules", user="bench") as dossier:
                dossier.load(readings(articles))
            taken = time.perf_counter() - start
            print(f"{articles:,} articles, {articles * PER_ARTICLE:,} statements kept in {taken:.1f} s")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "dragoman", "serve", "--dossier", str(path), "--port", str(port)]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            home = f"http://127.0.0.1:{port}"
            _opened(home)
            return 0 if measured(home, articles, given.readers, given.requests) else 1
        finally:
            server.terminate()
            server.wait(30)


def _opened(home: str) -> None:
    for _ in range(600):
        try:
            ask(f"{home}/static/icon.svg")
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The desk did not open.")


if __name__ == "__main__":
    sys.exit(main())
