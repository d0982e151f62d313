"""The trained finder: a small network that reads windows of text, and the decoder that turns its scores into finds.

In: drafts. Out: what was found in each, in order. Needs onnxruntime, tokenizers and numpy, all loaded when the first
finder is made; the model lies in `dragoman/reader/weights`.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import ReaderError
from dragoman.reader.network.assemble import assemble, mentions
from dragoman.reader.network.attributions import OUTPUTS, SLICES, Attribution, Heads, Taste, View
from dragoman.reader.network.decode import decode
from dragoman.reader.network.judging import ActChoice
from dragoman.reader.network.tokens import Pieces
from dragoman.reader.network.windows import FEATURES, STYLES, Sheet, Window, lay_out, windows

if TYPE_CHECKING:
    from dragoman.reader.draft import Draft, Found, Mention

WEIGHTS = Path(__file__).parent.parent / "weights"
FILES = ("model.onnx", "tokenizer.json", "heads.npz")
_RULES_KNOW = ("ar",)
_HARDLY = 0.2  # the confidence of a find in a language that nobody here knows
_AT_ONCE = 64  # windows that are decoded together, as many as a batch has; bounds memory whatever the input

_SLOWER = ["SkipLayerNormFusion"]  # a sum and the norm after it take a fifth of the time when each is done for itself


class Network(Protocol):
    """Anything that scores word pieces: [windows, pieces] to [windows, pieces, OUTPUTS]."""

    def scores(self, pieces: NDArray[Any], features: NDArray[Any]) -> NDArray[np.float32]:
        """Scores of each piece; `features` is [windows, pieces, n]."""
        ...


@dataclass(frozen=True)
class Card:
    """What `model.json` says of a trained model."""

    path: Path
    data: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path) -> Card:
        """The card of the model in the folder `path`, after checking that its files are whole."""
        todo = "Install Dragoman again, or rebuild the model with: dragoman train"
        try:
            data = json.loads((path / "model.json").read_text("utf-8"))
            given = dict(data["files"])
        except FileNotFoundError:
            raise ReaderError("no trained model", where=str(path), expected="model.json", todo=todo) from None
        except (ValueError, KeyError, TypeError) as problem:
            raise ReaderError(f"a damaged model ({problem})", where=str(path / "model.json"), todo=todo) from None
        for name in FILES:
            try:
                found = hashlib.sha256((path / name).read_bytes()).hexdigest()
            except FileNotFoundError:
                raise ReaderError(f"{name} is missing", where=str(path), todo=todo) from None
            if found != given.get(name):
                raise ReaderError(f"{name} is not the file this model was made with", where=str(path), todo=todo)
        if data.get("outputs") != OUTPUTS or data.get("features") != len(FEATURES):
            raise ReaderError(
                "a model of another version", where=str(path), expected=f"one with {OUTPUTS} outputs", todo=todo
            )
        return cls(path, data)

    @property
    def name(self) -> str:
        """The name of the model with its fingerprint."""
        joined = "".join(self.data["files"][name] for name in FILES)
        return f"{self.data['name']}@{hashlib.sha256(joined.encode()).hexdigest()[:12]}"

    def taste(self, style: str) -> Taste:
        """What was chosen for one style of selecting statements."""
        return Taste(**self.data["styles"][style]["taste"])


class OnnxNetwork:
    """The network as ONNX, on the processor."""

    def __init__(self, path: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
            )
        except Exception as problem:  # the library raises its own kinds, one for each way a file can be damaged
            raise ReaderError(f"a damaged model ({problem!s:.80})", where=str(path)) from None

    def scores(self, pieces: NDArray[Any], features: NDArray[Any]) -> NDArray[np.float32]:
        """Scores of each piece."""
        scores: NDArray[np.float32] = self._session.run(None, {"pieces": pieces, "features": features})[0]
        return scores


@dataclass(slots=True)
class Job:
    """One window of one draft."""

    draft: int
    window: Window
    length: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What the network said of some drafts, before any decision."""

    sheets: list[Sheet]
    looks: list[tuple[list[Job], list[View]]]


class TrainedFinder:
    """Finds attributions and names with the trained model.

    `style` is "readings" (statements in talks, as Dragoman's format selects them) or "polnear" (every attribution, as
    that corpus has them). `threads` 0 means every core; one of them is for the steps after the network.
    `network` and `taste` replace the shipped ones.
    """

    batch = 16  # small, so that the steps after it begin soon and both cores have work

    def __init__(
        self,
        *,
        threads: int = 0,
        style: str = "readings",
        path: Path = WEIGHTS,
        network: Network | None = None,
        taste: Taste | None = None,
    ) -> None:
        if style not in STYLES:
            raise ReaderError(f"no style is called {style!r}", expected=" or ".join(STYLES))
        self.card = Card.read(path)
        self.name, self.style = self.card.name, style
        self.pieces = Pieces(path / "tokenizer.json")
        if self.pieces.size != self.card.data["pieces"]:
            raise ReaderError(
                f"a tokenizer of {self.pieces.size} word pieces", where=str(path / "tokenizer.json"),
                expected=f"{self.card.data['pieces']}",
            )  # fmt: skip
        with np.load(path / "heads.npz") as arrays:
            self.heads = Heads.of(arrays)
            told = [arrays[name] for name in ("act_signs", "act_weights", "act_network") if name in arrays]
            self.acts = ActChoice.of(*told) if len(told) == 3 else None
        # Threads that each read windows of their own meet less often than threads that share every matrix. One core is
        # left to the steps after the network, which take as long as it does and of which one runs at a time.
        self._crew = ThreadPoolExecutor(max(1, (threads or os.cpu_count() or 1) - 1))
        self.network: Network = network or OnnxNetwork(path / "model.onnx")
        self.taste = taste or self.card.taste(style)
        extra = np.zeros(self.card.data["inputs"] - len(FEATURES), np.float32)
        extra[STYLES.index(style)] = 1
        reader = self.card.data["styles"][style].get("annotator")
        if reader is not None:
            extra[len(STYLES) + reader] = 1
        self._extra = extra

    @cached_property
    def _others(self) -> Any:
        """The finder for languages that the model does not know."""
        from dragoman.reader.rules.rules import RulesFinder

        return RulesFinder()

    def find(self, drafts: Sequence[Draft]) -> list[tuple[list[Found], list[Mention]]]:
        """For each draft, in order, what was found in it."""
        known = [is_english(draft) for draft in drafts]
        mine = [draft for draft, yes in zip(drafts, known, strict=True) if yes]
        foreign = [draft for draft, yes in zip(drafts, known, strict=True) if not yes]
        found = iter(self._read(mine))
        others = iter(self._find_foreign(foreign) if foreign else ())
        return [next(found) if yes else next(others) for yes in known]

    def _find_foreign(self, drafts: Sequence[Draft]) -> list[tuple[list[Found], list[Mention]]]:
        """What the rules find; in a language that they do not know either, with little confidence."""
        given: list[tuple[list[Found], list[Mention]]] = self._others.find(drafts)
        for draft, (found, _) in zip(drafts, given, strict=True):
            if (draft.document.language or "").partition("-")[0] not in _RULES_KNOW:
                for one in found:
                    one.confidence = min(one.confidence, _HARDLY)
                    one.scores["language unknown"] = 1.0
        return given

    def _read(self, drafts: Sequence[Draft]) -> list[tuple[list[Found], list[Mention]]]:
        sheets = self.sheets(drafts)
        found: list[list[Attribution]] = [[] for _ in drafts]
        names = [np.zeros(len(sheet), np.int8) for sheet in sheets]
        for jobs, views in self._looks(sheets):
            self._note(jobs, views, found, names)
        return self._assemble(drafts, sheets, found, names)

    def sheets(self, drafts: Sequence[Draft]) -> list[Sheet]:
        """The words of each draft as the network sees them."""
        return [lay_out(d.document.text, d.segments, self.pieces) for d in drafts]

    def look(self, drafts: Sequence[Draft]) -> Seen:
        """What the network sees in the drafts, kept so that `conclude` can be tried with several tastes."""
        sheets = self.sheets(drafts)
        return Seen(sheets, list(self._looks(sheets)))

    def conclude(self, drafts: Sequence[Draft], seen: Seen) -> list[tuple[list[Found], list[Mention]]]:
        """What is found in drafts that the network has looked at."""
        found: list[list[Attribution]] = [[] for _ in drafts]
        names = [np.zeros(len(sheet), np.int8) for sheet in seen.sheets]
        for jobs, views in seen.looks:
            self._note(jobs, views, found, names)
        return self._assemble(drafts, seen.sheets, found, names)

    def _looks(self, sheets: Sequence[Sheet]) -> Iterator[tuple[list[Job], list[View]]]:
        """Windows of all sheets, those of like length together, with what the network says of them."""
        jobs = [
            Job(number, window, int(sheet.first[window.end] - sheet.first[window.start]) + 2)
            for number, sheet in enumerate(sheets)
            for window in windows(sheet)
        ]
        jobs.sort(key=lambda job: job.length)
        parts = [jobs[start : start + _AT_ONCE] for start in range(0, len(jobs), _AT_ONCE)]
        ahead = None
        for part in parts:  # the network looks at the next windows while somebody works on these
            seen, ahead = ahead, (part, self._crew.map(lambda job: self._view(job, sheets[job.draft]), part))
            if seen:
                yield seen[0], list(seen[1])
        if ahead:
            yield ahead[0], list(ahead[1])

    def _note(
        self,
        jobs: Sequence[Job],
        views: Sequence[View],
        found: list[list[Attribution]],
        names: list[NDArray[np.int8]],
    ) -> None:
        """Decode some windows; each keeps the attributions and names of the words it owns."""
        for job, view, attributions in zip(jobs, views, decode(views, self.heads, self.taste), strict=True):
            window = job.window
            for one in attributions:
                moved = one.moved(window.start)
                if window.own_start <= moved.at < window.own_end:
                    found[job.draft].append(moved)
            own = view.names[window.own_start - window.start : window.own_end - window.start]
            names[job.draft][window.own_start : window.own_end] = own.argmax(1)

    def _assemble(
        self,
        drafts: Sequence[Draft],
        sheets: Sequence[Sheet],
        found: list[list[Attribution]],
        names: list[NDArray[np.int8]],
    ) -> list[tuple[list[Found], list[Mention]]]:
        calibration = self.card.data["styles"][self.style].get("calibration")
        return [
            (assemble(draft, sheet, some, self.style, calibration, self.acts), mentions(draft, sheet, named))
            for draft, sheet, some, named in zip(drafts, sheets, found, names, strict=True)
        ]

    def _view(self, job: Job, sheet: Sheet) -> View:
        """What the network says of one window, which it sees alone: its numbers stay in the processor's cache, and no
        neighbour changes by a hair how they are rounded to eight bits."""
        window = job.window
        low, high = sheet.first[window.start], sheet.first[window.end]
        ids = np.empty((1, job.length), np.int64)
        ids[0, 0], ids[0, -1] = self.pieces.classify, self.pieces.separate  # type: ignore[assignment]
        ids[0, 1:-1] = sheet.pieces[low:high]
        features = np.zeros((1, job.length, len(FEATURES) + len(self._extra)), np.float32)
        features[:, :, len(FEATURES) :] = self._extra
        lengths = np.diff(sheet.first[window.start : window.end + 1])
        given = np.repeat(sheet.features[window.start : window.end], lengths, axis=0)
        features[0, 1:-1, : len(FEATURES)] = given
        return view_of(self.network.scores(ids, features)[0], sheet, window)


def view_of(scores: NDArray[np.float32], sheet: Sheet, window: Window) -> View:
    """The scores of a window's words, from those of its pieces: a word has those of its first piece."""
    part = slice(window.start, window.end)
    words = scores[sheet.first[part] - sheet.first[window.start] + 1]
    return View(
        **{name: words[:, low:high] for name, (low, high) in SLICES.items()},
        sentence=sheet.sentence[part].astype(np.int64),
        paragraph=sheet.paragraph[part].astype(np.int64),
        quoted=sheet.features[part, 6] + sheet.features[part, 9] > 0,
        before=sheet.before[part],
        after=sheet.after[part],
        open_start=window.start > 0,
    )


def is_english(draft: Draft) -> bool:
    """Whether the model knows the language of a draft: what the document says, else what its words look like."""
    language = draft.document.language
    if language:
        return language.lower().partition("-")[0] == "en"
    text = draft.document.text[:2000]
    letters = sum(c.isalpha() for c in text)
    if letters < 40:
        return sum(c.isascii() and c.isalpha() for c in text) * 2 >= letters
    import py3langid

    guess: str = py3langid.classify(text)[0]
    return guess == "en"
