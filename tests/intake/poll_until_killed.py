"""Polls a dossier's feeds with the stand-in reader, and says on standard output how many documents are kept.

Run by test_polling.py as a process of its own, which is killed: `python -m tests.intake.poll_until_killed DOSSIER`.
"""

import sys

from dragoman.batch.intake import Intake
from dragoman.batch.polling import poll
from dragoman.sources.fetch import Fetcher, Limits
from dragoman.store import open_store
from tests.batch.standin import make


def main() -> None:
    with open_store(sys.argv[1]) as store, Fetcher(allow_private=True, limits=Limits(pause=0)) as fetcher:
        intake = Intake(store, make, progress=lambda report: print(report.kept, flush=True))
        for polled in poll(intake, store.intake.feeds(), fetcher=fetcher):
            assert polled.problem is None, polled
        print("done", flush=True)


if __name__ == "__main__":
    main()
