"""The training code on a few invented sentences: it learns, goes on where it stopped, exports what it learned."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft
from dragoman.reader.network.model import TrainedFinder
from dragoman.reader.network.tokens import Pieces
from dragoman.reader.network.windows import windows
from dragoman.reader.training import teaching
from dragoman.reader.training.batches import INPUTS, TAGS, Cut, batches, collate, cut
from dragoman.reader.training.build import PLAIN, average
from dragoman.reader.training.corpora import Example, Soft, polnear, readings
from dragoman.reader.training.encoder import Encoder, Shape, _buckets, write_tokenizer
from dragoman.reader.training.export import export
from dragoman.reader.training.learn import Plan, load_network, new_network, train
from dragoman.reader.training.network import Network
from dragoman.reading import Document

SENTENCES = [
    ("The envoy", "said", "that the talks would go on"),
    ("Ilsa Maren", "announced", "that the ferries would sail again"),
    ("A spokesman for the guild", "warned", "that nobody would sign"),
]
SMALL = Shape(2, 24, 12, 48, buckets=32)


def article(number: int) -> dict[str, object]:
    """An article as PolNeAR has them, with one attribution a sentence."""
    text, found = "", []
    for source, cue, content in SENTENCES[number % 3 :] + SENTENCES[: number % 3]:
        at = len(text)
        text += f"{source} {cue} {content}. "
        said = at + len(source) + 1
        told = said + len(cue) + 1
        found.append(
            {
                "source": [[at, at + len(source)]],
                "cue": [[said, said + len(cue)]],
                "content": [[told, told + len(content)]],
            }
        )
    return {"id": f"a{number}", "text": text.strip(), "annotator": "4b22", "attributions": found}


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("work")
    write_tokenizer(folder / "tokenizer.json")
    (folder / "articles.jsonl").write_text("".join(json.dumps(article(n)) + "\n" for n in range(8)), "utf-8")
    return folder


@pytest.fixture(scope="module")
def pieces(work: Path) -> Pieces:
    return Pieces(work / "tokenizer.json")


@pytest.fixture
def articles(work: Path, pieces: Pieces) -> list[Example]:
    return polnear(work / "articles.jsonl", pieces)


@pytest.fixture
def two_threads() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


def fresh(work: Path, seed: int = 7) -> Network:
    return new_network(Pieces(work / "tokenizer.json"), write_tokenizer(work / "tokenizer.json"), seed=seed)


def loss_of(network: Network, articles: list[Example], pieces: Pieces, trust: float = 0.0) -> float:
    cuts = [Cut(e, e.sheet, w, 0, e.targets[0], e.soft.get(0)) for e in articles for w in windows(e.sheet)]
    with torch.no_grad():
        parts = network.eval().loss(collate(cuts, pieces), trust)
    return float(parts["cue"] + parts["roles"])


def test_labels_stand_beside_their_words(articles: list[Example]) -> None:
    example = articles[0]
    for target, (source, cue, content) in zip(example.targets[0], SENTENCES, strict=True):
        for spans, words in ((target.source, source), (target.cue, cue), (target.content, content)):
            assert " ".join(example.words[slice(*spans[0])]) == words


def test_it_learns_and_its_model_reads(work: Path, articles: list[Example], pieces: Pieces) -> None:
    network = fresh(work)
    before = loss_of(network, articles, pieces)
    network = train(network, articles, pieces, Plan(epochs=12, size=4, rate=3e-4, rate_of_heads=3e-3), pool=["Ilsa"])
    assert loss_of(network, articles, pieces) < before / 10
    export(network, work / "tokenizer.json", work / "out", styles=PLAIN, facts={})
    finder = TrainedFinder(path=work / "out", style="polnear")
    text = str(article(0)["text"])
    [(found, _)] = finder.find([Draft.of(Document("d", text, language="en"), Lexicon())])
    said = [(text[slice(*f.source[0])], text[slice(*f.cue[0])], text[slice(*f.content[0])]) for f in found]
    assert said == SENTENCES


def test_an_interrupted_training_ends_like_an_uninterrupted_one(
    work: Path, articles: list[Example], pieces: Pieces, tmp_path: Path, two_threads: None
) -> None:
    plan = Plan(epochs=3, size=2, save_every=5)
    whole = train(fresh(work), articles, pieces, plan, pool=["Ilsa"])

    class Stop(Exception):
        """After the second checkpoint was written."""

    from dragoman.reader.training import learn

    path, saved, write = tmp_path / "net.pt", [], learn._Run.save

    def save(run: learn._Run, **given: bool) -> None:
        write(run, **given)
        saved.append(run.at)
        if len(saved) == 2:
            raise Stop

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learn._Run, "save", save)
        with pytest.raises(Stop):
            train(fresh(work), articles, pieces, plan, pool=["Ilsa"], checkpoint=path)
    assert torch.get_num_threads() == 2
    torch.set_num_threads(1)  # it goes on where there are fewer cores
    resumed = train(fresh(work, seed=8), articles, pieces, plan, pool=["Ilsa"], checkpoint=path, resume=True)
    for (name, one), other in zip(whole.state_dict().items(), resumed.state_dict().values(), strict=True):
        assert torch.allclose(one, other, atol=1e-5), name
    assert torch.equal(load_network(path, pieces).pair, resumed.pair)


def test_the_mean_of_networks_lies_between_them(work: Path) -> None:
    one, two, three = (fresh(work, seed) for seed in (1, 2, 3))
    wanted = 0.7 * one.pair + 0.15 * two.pair + 0.15 * three.pair
    assert torch.allclose(average(one, [two, three], 0.3).pair, wanted)


def test_same_seed_same_batches(articles: list[Example], pieces: Pieces) -> None:
    def made() -> list[np.ndarray]:
        chance = random.Random(3)
        return [
            b[0].pieces.numpy() for b in batches(cut(articles, pieces, chance, ["Ilsa"]), pieces, size=2, chance=chance)
        ]

    assert all(np.array_equal(a, b) for a, b in zip(made(), made(), strict=True))


def test_names_of_persons_are_exchanged_and_nothing_else(pieces: Pieces) -> None:
    example = next(e for e in readings(Path("tests/gold/practice"), pieces) if e.persons.any())
    changed = set()
    for seed in range(20):
        sheet = cut([example], pieces, random.Random(seed), ["Ilsa"])[0].sheet
        assert len(sheet.first) == len(example.words) + 1
        for word in range(len(example.words)):
            before, after = (list(s.pieces[s.first[word] : s.first[word + 1]]) for s in (example.sheet, sheet))
            if before != after:
                assert after == pieces(["Ilsa"])[0]
                changed.add(word)
    assert changed and all(example.persons[word] for word in changed)


# ------------------------------------------------------------------------------------------------------- teachers


def test_distances_fall_into_the_buckets_that_mpnet_learned() -> None:
    # By hand from T5's rule: 32 buckets, 128 the farthest; exact up to 7, then by logarithm; later places apart.
    row = _buckets(torch.arange(200), 32)[100]
    expected = {100: 0, 99: 1, 93: 7, 92: 8, 90: 8, 83: 10, 67: 12, 0: 15, 101: 17, 107: 23, 108: 24, 199: 31}
    assert {at: int(row[at]) for at in expected} == expected


def test_weights_of_mpnet_go_where_they_belong(tmp_path: Path, work: Path) -> None:
    from safetensors.torch import save_file

    vocabulary = ["<s>", "<pad>", "</s>", "<unk>", "[UNK]", "the", "talks"]
    (tmp_path / "vocab.txt").write_text("\n".join(vocabulary), "utf-8")
    encoder = Encoder(4, INPUTS, shape=SMALL)
    width, inner = SMALL.width, SMALL.inner
    given = {
        "embeddings.word_embeddings.weight": torch.arange(7.0)[:, None].expand(7, width).clone(),
        "embeddings.position_embeddings.weight": torch.arange(514.0)[:, None].expand(514, width).clone(),
        "encoder.relative_attention_bias.weight": torch.randn(32, 12),
    }
    shapes = {
        **{f"attention.attn.{name}": (width, width) for name in "qkvo"},
        "intermediate.dense": (inner, width),
        "output.dense": (width, inner),
        **{name: (width,) for name in ("attention.LayerNorm", "output.LayerNorm")},
    }
    for number in range(SMALL.layers):
        for name, shape in shapes.items():
            given[f"encoder.layer.{number}.{name}.weight"] = torch.randn(*shape)
            given[f"encoder.layer.{number}.{name}.bias"] = torch.randn(shape[0])
    given |= {"embeddings.LayerNorm.weight": torch.ones(width), "embeddings.LayerNorm.bias": torch.zeros(width)}
    save_file(given, tmp_path / "model.safetensors")
    tokenizer = tmp_path / "tokenizer.json"
    pieces = {"[CLS]": 0, "talks": 1, "[PAD]": 2, "nowhere": 3}
    tokenizer.write_text(json.dumps({"model": {"vocab": pieces}}), "utf-8")
    encoder.load_mpnet(tmp_path, tokenizer)
    assert encoder.pieces.weight[:, 0].tolist() == [0.0, 6.0, 1.0, 4.0]
    assert encoder.places.weight[:2, 0].tolist() == [2.0, 3.0]
    mixed = encoder.layers[1].mixed.weight
    assert torch.equal(mixed[width : 2 * width], given["encoder.layer.1.attention.attn.k.weight"])


def test_a_teacher_tells_of_every_word_and_is_read_back(
    articles: list[Example], pieces: Pieces, tmp_path: Path
) -> None:
    torch.manual_seed(1)
    teaching.tell([Network(pieces.size, INPUTS, shape=SMALL) for _ in range(2)], articles, pieces)
    for example in articles:
        soft = example.soft[0]
        assert soft.tags.shape == (len(example.words), TAGS)
        assert np.allclose(soft.tags.astype(float).sum(1), 3, atol=0.01)  # of cues, of sources, of contents
        assert sorted(soft.roles) == [0, 1, 2]
    teaching.keep(articles, tmp_path / "told.pt")
    before = articles[3].soft[0]
    articles[3].soft = {}
    teaching.recall(articles, tmp_path / "told.pt")
    after = articles[3].soft[0]
    assert np.array_equal(before.tags, after.tags)
    assert all(before.roles[n][0] == at and np.array_equal(before.roles[n][1], r) for n, (at, r) in after.roles.items())


def test_a_pupil_follows_its_teachers_as_far_as_it_trusts_them(
    work: Path, articles: list[Example], pieces: Pieces
) -> None:
    for example in articles:  # teachers who are sure that nothing is a cue, and tell nothing of roles
        tags = np.zeros((len(example.words), TAGS), np.float16)
        tags[:, [0, 4, 7]] = 1
        example.soft[0] = Soft(tags, {})
    plan = Plan(epochs=12, size=4, rate=3e-4, rate_of_heads=3e-3)

    def sure(trust: float) -> float:
        network = train(fresh(work), articles, pieces, replace(plan, trust=trust), pool=["Ilsa"])
        cuts = [Cut(e, e.sheet, w, 0, e.targets[0]) for e in articles[:1] for w in windows(e.sheet)]
        batch = collate(cuts, pieces)
        with torch.no_grad():
            tags = network.eval().heads(network.words(batch)).tags[..., :4].softmax(-1)
        return float(1 - tags[batch.cue_tags == 1][:, 0].mean())

    assert sure(0.0) > 0.9 > 0.4 > sure(0.8)


def test_no_teacher_learns_from_what_it_teaches(
    work: Path, articles: list[Example], pieces: Pieces, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    learned: list[set[str]] = []

    def no_training(network: Network, examples: list[Example], *given: object, **more: object) -> Network:
        learned.append({e.name for e in examples})
        return network

    monkeypatch.setattr(teaching, "train", no_training)
    monkeypatch.setattr(teaching, "new_teacher", lambda *given, **more: Network(pieces.size, INPUTS, shape=SMALL))
    taught: list[set[str]] = []
    tell = teaching.tell
    monkeypatch.setattr(teaching, "tell", lambda t, some, p: (taught.append({e.name for e in some}), tell(t, some, p)))
    teaching.teach(articles, pieces, tmp_path, tmp_path, pool=["Ilsa"])
    assert set.union(*taught) == {e.name for e in articles}
    assert all(mine.isdisjoint(others) for mine, others in zip(taught, learned, strict=True))
    assert all(e.soft for e in articles)
