"""Reading under way: one thread reads what was handed in, and tells how far it is.

In: files and pasted text of one request. Out: a Job with a growing report. Files lie in a folder of their own that
goes when they are read.
"""

from __future__ import annotations

import secrets
import shutil
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import Queue
from tempfile import mkdtemp
from typing import Any

from dragoman.dossier import Dossier, Report
from dragoman.errors import DragomanError

KEPT = 50  # jobs remembered after they are done


def safe_name(name: str) -> str:
    """A stranger's name as one that any file system takes: its last part, printable, not hidden, not long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in last if c.isprintable()).strip().lstrip(".")
    stem, dot, ending = plain.rpartition(".")
    if dot and len(ending) <= 10:
        plain = stem.encode("utf-8", "ignore")[:180].decode("utf-8", "ignore") + dot + ending
    return plain.encode("utf-8", "ignore")[:200].decode("utf-8", "ignore") or "document.txt"


@dataclass(slots=True)
class Job:
    """One request to read, and how far it is."""

    id: str
    folder: Path | None
    given: dict[str, Any]
    report: Report = field(default_factory=Report)
    done: bool = False
    problem: str = ""
    addresses: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()  # names of files of kinds that are not read

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "done": self.done, "problem": self.problem, **self.report.to_json()}


class Jobs:
    """The jobs of one desk, done one after another by one thread: the dossier has one writer."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier, self._jobs = dossier, OrderedDict[str, Job]()
        self._waiting: Queue[Job | None] = Queue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def get(self, identity: str) -> Job | None:
        """The job of that name; None when there is none or it is long done."""
        return self._jobs.get(identity)

    def start(
        self, files: list[tuple[str, bytes]], addresses: tuple[str, ...] = (), *, refused: tuple[str, ...] = (),
        **given: str | None,
    ) -> Job:  # fmt: skip
        """Begin to read `files` (name, content) and addresses, beside those `refused`; at once returns the job."""
        folder = Path(mkdtemp(prefix="dragoman-"))
        for number, (name, content) in enumerate(files):
            place = folder / f"{number:04}"  # of its own: two files may bear one name
            place.mkdir()
            (place / safe_name(name)).write_bytes(content)
        job = Job(secrets.token_urlsafe(9), folder, given, addresses=addresses, refused=refused)
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT and next(iter(self._jobs.values())).done:
                self._jobs.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="dragoman-reading", daemon=True)
                self._thread.start()
        self._waiting.put(job)
        return job

    def close(self) -> None:
        """Finish the job under way, and take no more."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(timeout=10)

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            try:
                paths = sorted(str(p) for p in job.folder.rglob("*") if p.is_file()) if job.folder else []
                report = self._dossier.read([*paths, *job.addresses], remember=not paths,  # uploads are gone after this
                                            progress=partial(setattr, job, "report"), **job.given)  # fmt: skip
                job.report = report
            except DragomanError as error:
                job.problem = str(error)
            except Exception as error:  # the thread must live on, and the page must say what happened
                job.problem = f"{type(error).__name__}: {error}"
            finally:
                if job.folder:
                    shutil.rmtree(job.folder, ignore_errors=True)
                job.done = True
