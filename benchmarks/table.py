"""How fast tables are built, grown and traced: run `python benchmarks/table.py`, or with a number of statements.

In: invented readings made from a fixed seed; with `--copies` a folder of real ones, copied until there are as many.
Out: printed seconds of processor time and peak memory for a whole build, for one document more, and for finding the
origins of 5,000, 10,000 and 20,000 articles.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from dragoman.lexicon import Lexicon
from dragoman.reading import (
    Agreement,
    Condition,
    Deadline,
    Document,
    Figure,
    Meeting,
    Position,
    Reading,
    Relation,
    Spans,
    Speaker,
    Statement,
)
from dragoman.table import Builder
from dragoman.table.facts import facts
from dragoman.table.origins import Tracer

SYLLABLES = ["ka", "ro", "mi", "ten", "sul", "dor", "vel", "an", "us", "port", "sae", "lin", "gar", "tho", "ber", "nex"]
ACTS = ["claim", "claim", "claim", "demand", "rejection", "condition", "commitment", "concession", "estimate",
        "accusation", "support", "threat", "expectation"]  # fmt: skip
PER_DOCUMENT = 14
LATER = 3  # each copy of real readings is so many days after the one before
Dated = TypeVar("Dated", Agreement, Deadline, Meeting)


def a_world(random_: random.Random) -> dict[str, list[str]]:
    """Words, parties, people, issues and outlets of an invented negotiation."""
    words = sorted({"".join(random_.choices(SYLLABLES, k=random_.randint(2, 4))) for _ in range(6000)})
    parties = [w.capitalize() + "ia" for w in random_.sample(words, 20)]
    issues = [f"{a} of {b} {c}" for a, b, c in zip(*[random_.sample(words, 40) for _ in range(3)], strict=True)]
    people = [f"{a.capitalize()} {b.capitalize()}" for a, b in zip(*[random_.sample(words, 80) for _ in range(2)],
                                                                   strict=True)]  # fmt: skip
    outlets = [f"{w.capitalize()} Post" for w in random_.sample(words, 25)]
    return {"words": words, "parties": parties, "issues": issues, "people": people, "outlets": outlets}


def a_reading(
    number: int, world: dict[str, list[str]], random_: random.Random, *, days: int = 1500, seed: str = "d"
) -> Reading:
    """One invented document with everything that a reader may find in one."""
    pieces: list[str] = []
    length = 0
    statements: list[Statement] = []
    layers: dict[str, list[object]] = {name: [] for name in (
        "positions", "conditions", "deadlines", "meetings", "agreements", "figures", "relations")}  # fmt: skip
    day = date(2020, 1, 1) + timedelta(days=random_.randrange(days))
    for place in range(PER_DOCUMENT):
        speaker = random_.randrange(len(world["people"]))
        name, party = world["people"][speaker], world["parties"][speaker % len(world["parties"])]
        issue, act = random_.choice(world["issues"]), random_.choice(ACTS)
        content = " ".join(random_.choices(world["words"], k=14)) + " " + issue
        sentence = f"{name} said {content}.\n"
        start = length + len(name) + 6
        identity = f"s{place}"
        statements.append(
            Statement(
                identity,
                Spans([(length, length + len(name))]),
                Spans([(length + len(name) + 1, start - 1)]),
                Spans([(start, start + len(content))]),
                Speaker(name, party),
                act=act,
                issues=(issue,),
                confidence=0.8,
            )
        )
        span = Spans([(start, start + len(content))])
        if place % 2 == 0:
            direction = random_.choice(["for", "against", "open", "unclear"])
            layers["positions"].append(Position(party, issue, content[:60], direction, identity))
        if act == "condition":
            other = random_.choice(world["parties"])
            layers["conditions"].append(Condition(party, f"{issue} talks", (f"{other} {content[:40]}",), identity))
        if place == 3:
            due = (day + timedelta(days=random_.randrange(60))).isoformat()
            layers["deadlines"].append(Deadline(f"settle {issue}", due, "day", party, identity))
        if place == 5:
            held = (day + timedelta(days=random_.randrange(-3, 30))).isoformat()
            status = random_.choice(["planned", "held", "cancelled"])
            layers["meetings"].append(
                Meeting(f"talks on {issue}", held, "day", random_.choice(world["words"]), status=status, span=span)
            )
        if place == 7 and number % 3 == 0:
            status = random_.choice(["reached", "in force", "strained", "broken"])
            layers["agreements"].append(Agreement(f"{issue} accord", None, parties=(party,), status=status, span=span))
        if act == "estimate":
            layers["figures"].append(
                Figure(random_.randrange(1, 5000), "about", "people", random_.choice(["killed", "hurt"]), name,
                       f"in {random_.choice(world['words'][:40])}", identity, span)
            )  # fmt: skip
        if place == 0:
            layers["relations"].append(Relation(name, party, "represents", identity, span))
        pieces.append(sentence)
        length += len(sentence)
    document = Document(f"{seed}{number:06}", "".join(pieces), outlet=random_.choice(world["outlets"]),
                        published=day.isoformat(), language="en")  # fmt: skip
    return Reading(document, tuple(statements), **{name: tuple(items) for name, items in layers.items()})  # type: ignore[arg-type]


def peak() -> float:
    """Peak memory of this process in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


LAYERS = ("agreements", "meetings", "deadlines", "conditions", "histories", "origins", "cells", "parties", "people",
          "issues", "figures", "disagreements", "proposals")  # fmt: skip


def measure_table(statements: int) -> None:
    """Build a table of so many statements, layer by layer, and add one document."""
    random_ = random.Random(7)
    world = a_world(random_)
    readings = [a_reading(n, world, random_) for n in range(statements // PER_DOCUMENT)]
    builder = measure_whole(readings)
    extra, sealing = a_reading(10**5, world, random_, seed="n"), a_reading(99_999, world, random_, seed="n")
    for name, reading, day in (
        ("the newest report", extra, "2030-01-01"),
        ("a report from the middle", extra, "2022-01-01"),
        ("a report older than all", extra, "2019-12-01"),
        ("one from the middle that tells of an agreement", sealing, "2022-01-02"),
    ):
        measure_more(builder, name, reading, day)


def measure_copies(folder: Path, statements: int) -> None:
    """The same of real readings, each copied under other names and later days until there are so many statements."""
    given = [Reading.from_json(json.loads(path.read_text("utf-8"))) for path in sorted(folder.rglob("*.json"))]
    copies = -(-statements // sum(len(reading.statements) for reading in given))
    readings = [a_copy(reading, f"{number}", LATER * number) for number in range(copies) for reading in given]
    builder = measure_whole(readings)
    days = sorted(reading.document.published[:10] for reading in readings if reading.document.published)
    for place, reading in enumerate(given[:: len(given) // 4][:4]):
        newest = (date.fromisoformat(days[-1]) + timedelta(days=1 + place)).isoformat()
        for name, day in (("the newest report", newest), ("a report from the middle", days[len(days) // 2])):
            measure_more(builder, name, a_copy(reading, f"{place}more", 0), day)


def a_copy(reading: Reading, name: str, later: int) -> Reading:
    """A reading under another name, everything in it so many days later."""

    def shifted(day: str | None) -> str | None:
        whole = day is not None and len(day) == 10
        return (date.fromisoformat(day) + timedelta(days=later)).isoformat() if day and whole else day

    def moved(items: tuple[Dated, ...]) -> tuple[Dated, ...]:
        return tuple(replace(item, date=shifted(item.date)) for item in items)

    document = reading.document
    document = replace(document, id=f"{document.id}-{name}", published=shifted(document.published))
    return replace(
        reading, document=document, deadlines=moved(reading.deadlines), meetings=moved(reading.meetings),
        agreements=moved(reading.agreements),
    )  # fmt: skip


def measure_whole(readings: list[Reading]) -> Builder:
    """Build a table of these readings, layer by layer."""
    statements, before = sum(len(reading.statements) for reading in readings), peak()
    builder = Builder(lexicon=Lexicon()).add(*readings)
    start = time.process_time()
    table = builder.table()
    parts = [("names and words", time.process_time() - start)]
    for layer in LAYERS:
        at = time.process_time()
        getattr(table, layer)
        parts.append((layer, time.process_time() - at))
    whole = time.process_time() - start
    print(f"{statements:>8,} statements: whole table {whole:5.2f} s, peak {peak():,.0f} MB ({before:,.0f} before)")
    print("          " + ", ".join(f"{name} {seconds:.2f}" for name, seconds in parts))
    return builder


def measure_more(builder: Builder, name: str, reading: Reading, day: str) -> None:
    """Add one document that was published on a day."""
    identity = f"{reading.document.id} {day}"
    reading = replace(reading, document=replace(reading.document, id=identity, published=day))
    start = time.process_time()
    grown = builder.add(reading).table()
    _ = grown.cells
    shown = time.process_time() - start
    for layer in LAYERS:
        getattr(grown, layer)
    whole = time.process_time() - start
    print(f"          {name} more: table shown after {shown:.2f} s, every layer {whole:.2f} s")


def measure_origins(articles: int) -> None:
    """Trace the origins of so many articles, one in five a copy with edits."""
    random_ = random.Random(11)
    world = a_world(random_)
    made: list[Reading] = []
    for number in range(articles):
        reading = a_reading(number, world, random_)
        if number % 5 == 4:
            older = made[random_.randrange(len(made))].document
            lines = older.text.splitlines(keepends=True)
            kept = [" ".join(w if random_.random() > 0.05 else "edited" for w in line.split(" ")) for line in lines]
            text = "".join(kept[: len(kept) * 2 // 3])
            later = date.fromisoformat(str(older.published)) + timedelta(days=1)
            copy = Document(f"c{number:06}", text, outlet="Copy Post", published=later.isoformat(), language="en")
            reading = Reading(copy)
        made.append(reading)
    digests = [facts(reading) for reading in made]
    start = time.process_time()
    tracer = Tracer(Lexicon())
    tracer.update(digests)
    links = tracer.links()
    seconds = time.process_time() - start
    found = sum(1 for document, here in links.items() if document.startswith("c") and here)
    copies = sum(1 for reading in made if reading.document.id.startswith("c"))
    wrong = sum(1 for document, here in links.items() if document.startswith("d") and here)
    print(f"{articles:>8,} articles: origins in {seconds:5.1f} s; {found} of {copies} copies, {wrong} false links")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("statements", type=int, nargs="*", default=[25_000, 50_000, 100_000])
    parser.add_argument("--origins", type=int, nargs="*", default=[5_000, 10_000, 20_000])
    parser.add_argument("--copies", type=Path, help="a folder of readings to copy, instead of invented ones")
    given = parser.parse_args()
    for statements in given.statements:
        if given.copies is not None:
            measure_copies(given.copies, statements)
        else:
            measure_table(statements)
    for articles in given.origins:
        measure_origins(articles)


if __name__ == "__main__":
    main()
