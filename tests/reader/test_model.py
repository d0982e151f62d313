"""The trained finder: its files, its windows, its manners; the network itself is replaced where it does not matter."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from dragoman.errors import ReaderError
from dragoman.lexicon import Lexicon
from dragoman.reader import get
from dragoman.reader.draft import Draft, Found
from dragoman.reader.network.attributions import OUTPUTS, ROLE_TAGS, SLICES, Heads, Taste
from dragoman.reader.network.model import WEIGHTS, TrainedFinder
from dragoman.reader.network.nearness import WIDTHS
from dragoman.reader.network.tokens import Pieces
from dragoman.reading import Document

NOBODY = Lexicon()


def draft(text: str, **known: str) -> Draft:
    return Draft.of(Document("d", text, **{"language": "en", **known}), NOBODY)


class SaidNetwork:
    """A stand-in: "said" is a cue, what comes after "that" its content, "she" its source; within one sentence."""

    def __init__(self, pieces: Pieces) -> None:
        self.number = {word: pieces([word])[0][0] for word in ("said", "that", "she", ".", "talks")}
        self.most = 0

    def scores(self, pieces: np.ndarray, features: np.ndarray) -> np.ndarray:
        self.most = max(self.most, pieces.size)
        out = np.zeros((*pieces.shape, OUTPUTS), np.float32)
        tags, plain = (out[..., slice(*SLICES[name])] for name in ("tags", "plain"))
        tags[..., 0] = 3
        tags[pieces == self.number["said"], 1] = 9
        plain[..., ROLE_TAGS.index("content")] = 2
        plain[..., ROLE_TAGS.index("through")] = -9
        plain[pieces == self.number["that"], ROLE_TAGS.index("begin content")] = 20
        plain[pieces == self.number["she"], ROLE_TAGS.index("begin source")] = 20
        for word in (".", "talks"):
            plain[pieces == self.number[word], 0] = 9
        return out


def stand_in(**known: object) -> TrainedFinder:
    finder = TrainedFinder(taste=Taste(), **known)
    near = np.zeros((WIDTHS["near"], len(ROLE_TAGS)), np.float32)
    near[25:34, 1:6] = -90  # words of other sentences
    near[25 + 4, 1:6] = 0
    zeros = {name: np.zeros_like(getattr(finder.heads, name)) for name in Heads.__dataclass_fields__}
    finder.heads = Heads(**{**zeros, "near": near})
    finder.network = SaidNetwork(finder.pieces)
    return finder


def found_in(text: str, finder: TrainedFinder) -> list[tuple[str, str, str]]:
    one = draft(text)
    ((found, _),) = finder.find([one])
    return [tuple(spans.text(one.document) for spans in (f.source, f.cue, f.content)) for f in found]


def test_the_stand_in_is_read() -> None:
    assert found_in("Then she said that the port opens.", stand_in()) == [("she", "said", "that the port opens")]


def test_a_very_long_transcript_is_the_sum_of_its_parts() -> None:
    # Paragraphs of unlike length, so that windows are cut at ever other places; two hundred pages.
    parts = []
    for n in range(1500):
        noise = " ".join(["talks talks talks"] * (n % 17))
        parts.append(f"{noise} she said that the side number {n} will wait for day {n % 13}. They left.")
    finder = stand_in()
    whole = found_in("\n".join(parts), finder)
    assert len(whole) == len(parts)
    assert whole == [found_in(part, finder)[0] for part in parts[:40]] + whole[40:]
    assert [c for _, _, c in whole] == [p[p.index("that") : p.index(". They")] for p in parts]
    assert finder.network.most <= 16 * 256  # memory does not grow with the text


def test_order_of_drafts_is_kept_whatever_their_length() -> None:
    texts = ["She said that one is short.", "Long. " * 700 + "And she said that two is long.", "No.", ""]
    finder = stand_in()
    together = [[f.content for f in found] for found, _ in finder.find([draft(t) for t in texts])]
    assert together == [[f.content for f in finder.find([draft(t)])[0][0]] for t in texts]
    assert [len(found) for found in together] == [1, 1, 0, 0]


def test_other_languages_are_left_to_the_rules() -> None:
    from dragoman.reader.rules.rules import RulesFinder

    arabic = draft("قال الوزير إن الميناء سيفتح غدا.", language="ar")
    french = draft("« Le port va ouvrir », said le ministre.", language="fr")
    english = draft("And she said that it opens.")
    (first, _), (second, _), (third, _) = stand_in().find([arabic, english, french])
    assert first == RulesFinder().find([arabic])[0][0]
    assert len(second) == 1
    assert all(isinstance(f, Found) and f.confidence <= 0.2 for f in third)


def test_a_source_that_stops_at_an_article_goes_on() -> None:
    from dragoman.reader.network.assemble import spans, whole_source
    from dragoman.reader.network.attributions import Attribution

    one = draft("The old government says so. The, well, says so.")
    finder = stand_in()
    (sheet,) = finder.sheets([one])
    short = Attribution(((3, 4),), ((0, 1),), ((4, 5),))
    assert spans(sheet, whole_source(one.document.text, sheet, short).source).text(one.document) == "The old government"
    broken = Attribution(((10, 11),), ((6, 7),), ((11, 12),))
    assert whole_source(one.document.text, sheet, broken) == broken
    coordinated = Attribution(((10, 11),), ((0, 3),), ((11, 12),))
    assert whole_source(one.document.text, sheet, short, [coordinated]).source == ((0, 3),)


def test_of_two_with_one_content_the_one_with_a_source_stays() -> None:
    from dragoman.reader.network.assemble import without_doubles
    from dragoman.reader.network.attributions import Attribution

    said = Attribution(((2, 3),), ((0, 2),), ((3, 20),), certainty=0.5)
    reported = Attribution(((22, 23),), (), ((3, 20),), certainty=0.9)
    other = Attribution(((22, 23),), (), ((3, 12),), certainty=0.9)
    assert without_doubles([reported, said]) == [said]
    assert len(without_doubles([other, said])) == 2


def test_of_two_cues_with_one_source_and_one_content_one_stays() -> None:
    from dragoman.reader.network.assemble import without_doubles
    from dragoman.reader.network.attributions import Attribution

    according = Attribution(((20, 22),), ((22, 25),), ((0, 19),), certainty=0.9)
    estimates = Attribution(((25, 26),), ((23, 25),), ((0, 19),), certainty=0.6)
    reported = Attribution(((30, 31),), ((29, 30),), ((0, 19),), certainty=0.6)
    assert without_doubles([according, estimates, reported]) == [according, reported]


def test_a_report_reads_the_same_whatever_is_read_beside_it() -> None:
    texts = [
        "The minister said that the port will open after the talks.",
        "“We will not sign,” the delegate told reporters on Monday, according to the agency. " * 12,
        "Nobody was hurt. The envoy demanded that the siege end, and the general refused.",
    ]
    finder = TrainedFinder(threads=2)
    together = finder.find([draft(text) for text in texts])
    assert together == [finder.find([draft(text)])[0] for text in texts]
    assert all(found for found, _ in together)


@pytest.mark.parametrize(
    ("text", "language"),
    [("The minister said that the port will open after the talks.", None), ("Die Minister sagten, dass der Hafen "
     "nach den Gesprächen wieder öffnen werde, und niemand widersprach ihnen.", None), ("x", "en-GB"), ("x", "fr")],
)  # fmt: skip
def test_is_english(text: str, language: str | None) -> None:
    from dragoman.reader.network.model import is_english

    assert is_english(draft(text, language=language)) == (language == "en-GB" or text.startswith("The"))


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "…", "\u200b\u200f", "😀" * 50, "x" * 5000, '"' * 300, "\x00\x01 said"]
)
def test_odd_texts(text: str) -> None:
    ((found, named),) = TrainedFinder(threads=1).find([draft(text)])
    assert isinstance(found, list)
    assert isinstance(named, list)


def test_styles() -> None:
    with pytest.raises(ReaderError, match="no style"):
        TrainedFinder(style="loud")
    assert get("trained", lexicon=NOBODY, threads=1).name == get("trained-wide", lexicon=NOBODY, threads=1).name


# ---------------------------------------------------------------------------------------------------------- files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(WEIGHTS, tmp_path / "weights")
    return tmp_path / "weights"


def test_the_name_carries_a_fingerprint() -> None:
    name, _, print_ = TrainedFinder(threads=1).name.partition("@")
    assert name == "dragoman-reader"
    assert len(print_) == 12


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "heads.npz", "model.json"])
def test_a_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ReaderError, match=r"missing|no trained model"):
        TrainedFinder(path=folder)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "heads.npz"])
def test_a_damaged_file(folder: Path, name: str) -> None:
    with (folder / name).open("r+b") as file:
        file.seek(2000)
        file.write(b"damage")
    with pytest.raises(ReaderError, match="not the file this model was made with"):
        TrainedFinder(path=folder)


@pytest.mark.parametrize("text", ["{", "[]", '{"name": "x"}', '{"files": 3}'])
def test_a_damaged_card(folder: Path, text: str) -> None:
    (folder / "model.json").write_text(text)
    with pytest.raises(ReaderError):
        TrainedFinder(path=folder)


def test_another_tokenizer(folder: Path) -> None:
    import hashlib

    data = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    data["model"]["vocab"].pop("##ness")
    (folder / "tokenizer.json").write_text(json.dumps(data), "utf-8")
    card = json.loads((folder / "model.json").read_text("utf-8"))
    card["files"]["tokenizer.json"] = hashlib.sha256((folder / "tokenizer.json").read_bytes()).hexdigest()
    (folder / "model.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(ReaderError, match="tokenizer of"):
        TrainedFinder(path=folder)


def test_the_shipped_model_is_small() -> None:
    assert sum(f.stat().st_size for f in WEIGHTS.iterdir()) < 25_000_000
    assert (WEIGHTS / "CARD.md").is_file()


def test_loading_is_quick_and_needs_no_torch() -> None:
    code = (
        "import sys, time; from dragoman.reader.network.model import TrainedFinder; began = time.process_time();"
        "TrainedFinder(threads=1); print(time.process_time() - began, 'torch' in sys.modules)"
    )
    times = []
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        seconds, torch = done.stdout.split()
        assert torch == "False"
        times.append(float(seconds))
    assert min(times) < 1.0  # half a second on a quiet machine; processor time here


def test_reading_is_repeatable() -> None:
    text = "The minister told reporters that the talks had failed. “We are done,” he said.\n" * 5
    finder = TrainedFinder(threads=1)
    began = time.monotonic()
    assert finder.find([draft(text)]) == finder.find([draft(text)])
    assert time.monotonic() - began < 60
