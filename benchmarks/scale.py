"""How reading, archives and dossiers grow: run `python benchmarks/scale.py`, with `--quick` for a few minutes' worth.

In: the sample coverage in other orders, an invented archive, invented readings. Out: documents a second on one and two
processes against the reader alone; an archive of a gigabyte in bounded memory; statements loaded into SQLite and (where
a server can be started) PostgreSQL, and how questions to both grow. Seconds of the clock, and of the processor where
one process works, since a machine that does other things slows the first and not the second.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from table import PER_DOCUMENT, a_reading, a_world  # noqa: E402

from dragoman import reader as readers  # noqa: E402
from dragoman.batch import read_shards  # noqa: E402
from dragoman.batch.intake import load  # noqa: E402
from dragoman.reading import Document, Reading  # noqa: E402
from dragoman.store import Filter, Store, open_store  # noqa: E402


def peak(who: int = resource.RUSAGE_SELF) -> float:
    """The most memory that was resident, in megabytes."""
    return resource.getrusage(who).ru_maxrss / 1024


# ---------------------------------------------------------------------------------------------- documents a second


def some_documents(count: int) -> list[dict[str, str]]:
    """The sample coverage again and again, its paragraphs in other orders."""
    random_ = random.Random(5)
    texts = [p.read_text("utf-8") for p in sorted((ROOT / "examples" / "strait").glob("*.txt"))]
    out = []
    for n in range(count):
        paragraphs = texts[n % len(texts)].split("\n\n")
        random_.shuffle(paragraphs)
        out.append({"id": f"b{n}", "published": "2027-05-03", "text": "\n\n".join(paragraphs)})
    return out


def measure_reading(count: int, reader: str, folder: Path) -> None:
    """Documents a second: the reader alone, then one and two processes with everything around it."""
    rows = some_documents(count)
    words = sum(len(row["text"].split()) for row in rows) / count
    files = folder / "batches"
    files.mkdir()
    for n in range(4):
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows[n::4])
        (files / f"batch{n}.jsonl").write_text("".join(lines), "utf-8")
    alone = readers.get(reader, threads=1)
    documents = [Document(row["id"], row["text"], published=row["published"], language="en") for row in rows]
    list(alone.read_many(documents[:4]))  # so that what is loaded once is not counted
    start, used = time.perf_counter(), time.process_time()
    list(alone.read_many(documents))
    seconds, used = time.perf_counter() - start, time.process_time() - used
    print(f"reading {count} documents of {words:.0f} words with {reader!r}")
    print(f"  {'the reader alone, one thread':<32} {count / seconds:7.2f} documents/s; of the processor "
          f"{count / used:.2f}; peak {peak():.0f} MB")  # fmt: skip
    for engine, workers in (("processes", 1), ("processes", 2), ("dask", 2)):
        before = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
        start = time.perf_counter()
        summary = read_shards([files], folder / f"{engine}{workers}", engine=engine, workers=workers, reader=reader)
        seconds = time.perf_counter() - start
        used = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - before
        assert summary.documents == count and not summary.lost, summary
        who = "Dask workers" if engine == "dask" else f"process{'es' * (workers > 1)}"
        name, memory = f"{workers} {who}, with their start", peak(resource.RUSAGE_CHILDREN)
        print(f"  {name:<32} {count / seconds:7.2f} documents/s; of the processor {count / used:.2f}; "
              f"peak of a worker {memory:.0f} MB")  # fmt: skip


# ---------------------------------------------------------------------------------------------- a large archive


class PagesOnly:
    """A reader that finds nothing: what is left is opening, cleaning and writing."""

    name = "pages-only"

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        return (Reading(document, reader=self.name) for document in documents)


def a_record(kind: str, url: str, number: int, content: bytes, media_type: str) -> bytes:
    """One record of a web archive, packed as crawlers pack it."""
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2027-05-03T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number:032x}>\r\nContent-Type: {media_type}\r\n"
            f"Content-Length: {len(content)}\r\n\r\n")  # fmt: skip
    return head.encode() + content + b"\r\n\r\n"


def an_answer(content: bytes, media_type: str, status: str = "200 OK") -> bytes:
    """What a server sent."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n\r\n".encode() + content


def write_archive(path: Path, megabytes: int) -> dict[str, int]:
    """A WARC.gz of about so many megabytes before packing, as a crawl of whole sites leaves it: for each article its
    request, its page, two pictures, a script, a note of the crawler; here and there a redirect, and every thousand
    pages one of 3, one of 16 and one of 47 megabytes. How many records and articles."""
    random_ = random.Random(3)
    words = a_world(random_)["words"]
    menu = "".join(f'<li><a href="/s{n}">Section {n}</a></li>' for n in range(400))
    script = "<script>var a=[" + ",".join(str(random_.random()) for _ in range(1200)) + "];</script>"
    size = pages = records = 0

    def page(paragraphs: int) -> bytes:
        text = "".join(f"<p>{' '.join(random_.choices(words, k=60)).capitalize()}.</p>" for _ in range(paragraphs))
        return (f"<html><head><title>Talks {pages}</title>{script}</head><body><nav><ul>{menu}</ul></nav><article>"
                f"<h1>Talks {pages}</h1>{text}</article></body></html>").encode()  # fmt: skip

    with path.open("wb") as file:

        def put(kind: str, name: str, content: bytes, media_type: str = "application/http; msgtype=response") -> None:
            nonlocal size, records
            record = a_record(kind, f"https://news.example/{name}", records, content, media_type)
            file.write(gzip.compress(record, 1))
            size, records = size + len(record), records + 1

        while size < megabytes * 1_000_000:
            put("request", str(pages), b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request")
            put("response", str(pages), an_answer(page(12), "text/html; charset=utf-8"))
            put("metadata", str(pages), b"fetchTimeMs: 120\r\n", "application/warc-fields")
            put("response", f"{pages}.js", an_answer(script.encode() * 3, "text/javascript"))
            for picture in range(2):
                put("response", f"{pages}-{picture}.jpg", an_answer(random_.randbytes(120_000), "image/jpeg"))
            pages += 1
            if pages % 10 == 0:
                put("response", f"old{pages}", an_answer(b"", "text/html", "301 Moved"))
            if pages % 1000 == 100:
                put("response", f"long{pages}", an_answer(page(4_500), "text/html"))
                put("response", f"longer{pages}", an_answer(page(25_000), "text/html"))
                put("response", f"endless{pages}", an_answer(page(75_000), "text/html"))
    return {"records": records, "pages": pages, "megabytes": size // 1_000_000}


def measure_archive(megabytes: int, folder: Path, reader: str) -> None:
    """Read a large archive in a process of its own, whose memory is asked at the end."""
    path = folder / "large.warc.gz"
    wrote = write_archive(path, megabytes)
    print(f"a WARC of {wrote['megabytes']} MB ({path.stat().st_size / 1e6:.0f} MB packed), "
          f"{wrote['records']:,} records, {wrote['pages']:,} articles, read by {reader!r}", flush=True)  # fmt: skip
    done = subprocess.run([sys.executable, __file__, "--archive", str(path), str(folder / f"pages-{reader}"), reader],
                          capture_output=True, text=True, check=True)  # fmt: skip
    told = json.loads(done.stdout)
    assert told["documents"] >= wrote["pages"], (told, wrote)
    print(f"  {told['seconds']:.0f} s, {told['used']:.0f} of the processor ({told['documents'] / told['used']:.1f} "
          f"pages and {wrote['megabytes'] / told['used']:.1f} MB a second of it), {told['refused']} refused, "
          f"peak {told['peak']:.0f} MB resident")  # fmt: skip
    path.unlink()


def read_archive(path: str, out: str, reader: str) -> None:
    """What the process of its own does."""
    start = time.perf_counter()
    summary = read_shards([path], out, reader=PagesOnly if reader == PagesOnly.name else reader, threads=1)
    told = {"documents": summary.documents, "seconds": time.perf_counter() - start, "used": time.process_time(),
            "refused": len(summary.failed), "peak": peak()}  # fmt: skip
    print(json.dumps(told))


# ---------------------------------------------------------------------------------------------- dossiers


def questions(store: Store, world: dict[str, list[str]]) -> dict[str, Callable[[], object]]:
    """What the desk and the command line ask a dossier most."""
    party, issue, word = world["parties"][3], world["issues"][5], world["words"][40]
    of_an_issue = issue.split()[0]  # in one statement of forty
    return {
        "newest statements": lambda: store.statements(limit=50),
        "of a party": lambda: store.statements(Filter(party=(party,)), limit=50),
        "on an issue": lambda: store.statements(Filter(issue=(issue,)), limit=50),
        "search a word": lambda: store.search(word, limit=50),
        "search a common word": lambda: store.search(of_an_issue, limit=50),
        "search two words": lambda: store.search(f"{of_an_issue} {word}", limit=50),
        "search articles": lambda: store.search(word, kind="articles", limit=50),
        "parties counted": lambda: store.tally("party"),
        "newest documents": lambda: store.documents(limit=50),
    }


def measure_dossier(name: str, address: str, sizes: list[int]) -> None:
    """Load statements up to each of `sizes`, and ask the same questions each time."""
    random_ = random.Random(7)
    world = a_world(random_)
    made = 0
    with open_store(address) as store:
        for size in sizes:
            start, used, spent = time.perf_counter(), time.process_time(), 0.0

            def several(until: int = size // PER_DOCUMENT) -> Iterator[Reading]:
                nonlocal made, spent
                while made < until:
                    at = time.process_time()
                    reading = a_reading(made, world, random_)
                    made += 1
                    spent += time.process_time() - at  # inventing it is not loading it
                    yield reading

            report = load(store, several())
            seconds, used = time.perf_counter() - start, time.process_time() - used - spent
            print(f"{name}, {size:>9,} statements: {report.statements:,} loaded in {seconds:.0f} s, {used:.0f} of the "
                  f"processor here ({report.statements / used:,.0f} a second)")  # fmt: skip
            told = []
            for question, ask in questions(store, world).items():
                answer = ask()
                assert getattr(answer, "rows", answer), f"nothing answers {question!r}"
                took = []
                for _ in range(5):
                    at = time.perf_counter()
                    ask()
                    took.append(time.perf_counter() - at)
                told.append(f"{question} {min(took) * 1000:.1f}")
            print(f"  milliseconds, best of five: {'; '.join(told)}")
    if "://" not in address:
        print(f"  {Path(address).stat().st_size / 1e6:.0f} MB of file")


def measure_dossiers(sizes: list[int], folder: Path, bases: list[str]) -> None:
    """The same on SQLite and, where a server can be started, on PostgreSQL."""
    if "sqlite" in bases:
        measure_dossier("SQLite", str(folder / "scale.dragoman"), sizes)
    if "postgresql" in bases:
        from tests.store.conftest import Server, postgresql_programs

        programs = postgresql_programs()
        if programs is None:
            print("PostgreSQL: no server here; scripts/system-packages installs one")
            return
        server = Server(programs)
        try:
            measure_dossier("PostgreSQL", server.new_address(), sizes)
        finally:
            server.stop()
            shutil.rmtree(server.home, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few minutes: 50 MB of archive, 100,000 statements")
    parser.add_argument("--documents", type=int)
    parser.add_argument("--reader", default="trained")
    parser.add_argument("--megabytes", type=int)
    parser.add_argument("--statements", type=int, nargs="*")
    parser.add_argument("--parts", nargs="*", default=["reading", "archive", "sqlite", "postgresql"])
    parser.add_argument("--archive", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.archive:
        read_archive(*given.archive)
        return
    sizes = given.statements or ([10_000, 100_000] if given.quick else [10_000, 100_000, 1_000_000])
    with tempfile.TemporaryDirectory(prefix="dragoman-scale-") as name:
        folder = Path(name)
        if "reading" in given.parts:
            measure_reading(given.documents or (40 if given.quick else 400), given.reader, folder)
        if "archive" in given.parts:
            measure_archive(given.megabytes or (50 if given.quick else 1000), folder, PagesOnly.name)
            measure_archive((given.megabytes or (200 if given.quick else 1000)) // 10, folder, given.reader)
        measure_dossiers(sizes, folder, given.parts)


if __name__ == "__main__":
    main()
