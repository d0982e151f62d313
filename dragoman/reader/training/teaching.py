"""Teachers: larger networks, each of which has not read a part of the articles and tells how sure it is of that part.

In: PolNeAR's articles, and the folder of an MPNet model. Out: the same articles with what their teachers take each word
for, which the network learns beside the annotators' labels (Hinton, Vinyals and Dean 2015). A teacher that had read an
article would only repeat its labels, so each teaches what it has not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from dragoman.reader.network.attributions import CUE_TAGS
from dragoman.reader.network.tokens import Pieces
from dragoman.reader.network.windows import windows
from dragoman.reader.training.batches import INPUTS, TAGS, Cut, collate, cued
from dragoman.reader.training.corpora import Example, Soft
from dragoman.reader.training.encoder import MPNET
from dragoman.reader.training.learn import Plan, Say, train
from dragoman.reader.training.network import Network

PLAN = Plan(epochs=4, size=16, rate=1.5e-4, rate_of_heads=1.5e-3)
PARTS = 4  # of the articles; each has teachers of its own
_AT_ONCE = 32  # windows


def parts(articles: Sequence[Example], count: int = PARTS) -> list[list[Example]]:
    """The articles dealt out into parts, the same each time."""
    return [list(articles[number::count]) for number in range(count)]


def new_teacher(pieces: Pieces, tokenizer: Path, model: Path, *, seed: int = 7) -> Network:
    """A network with the pretrained MPNet of the folder `model` and new heads."""
    torch.manual_seed(seed)
    network = Network(pieces.size, INPUTS, shape=MPNET)
    network.encoder.load_mpnet(model, tokenizer)
    return network


def teach(
    articles: Sequence[Example], pieces: Pieces, work: Path, model: Path, *, plan: Plan = PLAN, pool: Sequence[str],
    resume: bool = False, say: Say = lambda line: None,
) -> None:  # fmt: skip
    """Give every article its `soft` labels, by teachers that learn from the other parts; kept in `work`."""
    for number, mine in enumerate(parts(articles)):
        path = work / f"told{number}.pt"
        if not (resume and path.exists()):
            say(f"teacher {number + 1} of {PARTS}")
            others = [e for n, some in enumerate(parts(articles)) if n != number for e in some]
            network = new_teacher(pieces, work / "tokenizer.json", model, seed=plan.seed)
            network = train(
                network, others, pieces, plan, pool=pool, checkpoint=work / f"teacher{number}.pt", resume=resume,
                say=say,
            )  # fmt: skip
            tell([network], mine, pieces)
            keep(mine, path)
        recall(mine, path)


def tell(teachers: Sequence[Network], articles: Sequence[Example], pieces: Pieces) -> None:
    """Write into each article what its teachers, taken together, think of each word."""
    cuts = []
    for example in articles:
        for reader, targets in example.targets.items():
            example.soft[reader] = Soft(np.zeros((len(example.sheet), TAGS), np.float16), {})
            for window in windows(example.sheet):
                cuts.append(Cut(example, example.sheet, window, reader, targets))
    cuts.sort(key=len)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    for teacher in teachers:
        teacher.to(device).eval()
    for start in range(0, len(cuts), _AT_ONCE):
        _tell(teachers, cuts[start : start + _AT_ONCE], pieces, device)


@torch.no_grad()
def _tell(teachers: Sequence[Network], cuts: list[Cut], pieces: Pieces, device: str) -> None:
    batch = collate(cuts, pieces).to(device)
    tags: list[Tensor] = []
    roles: list[Tensor] = []
    for teacher in teachers:
        with torch.autocast(device, torch.bfloat16):
            scores = teacher.heads(teacher.words(batch))
            of_cues = teacher.roles(scores, batch.where, batch.cues, batch.near) if len(batch.where) else None
        split = scores.tags.float().split([len(CUE_TAGS), 3, 3], -1)
        tags.append(torch.cat([some.softmax(-1) for some in split], -1))
        if of_cues is not None:
            roles.append(of_cues[..., :-1].float().softmax(-1))
    shares = torch.stack(tags).mean(0).cpu().numpy().astype(np.float16)
    told = torch.stack(roles).mean(0).cpu().numpy().astype(np.float16) if roles else ()
    cue = 0
    for row, c in enumerate(cuts):
        soft, w = c.example.soft[c.reader], c.window
        soft.tags[w.own_start : w.own_end] = shares[row, w.own_start - w.start : w.own_end - w.start]
        for number, _, at, _ in cued(c):
            if w.own_start <= w.start + at < w.own_end:
                soft.roles[number] = (w.start, told[cue][: w.end - w.start].copy())
            cue += 1


def keep(articles: Sequence[Example], path: Path) -> None:
    """Write what teachers told of the articles to a file."""
    told = {
        e.name: {
            reader: (torch.from_numpy(s.tags), {n: (at, torch.from_numpy(r)) for n, (at, r) in s.roles.items()})
            for reader, s in e.soft.items()
        }
        for e in articles
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(told, path)


def recall(articles: Sequence[Example], path: Path) -> None:
    """Read what teachers told of the articles from a file that `keep` wrote."""
    told = torch.load(path, weights_only=True)
    for e in articles:
        e.soft = {
            reader: Soft(tags.numpy(), {n: (at, r.numpy()) for n, (at, r) in roles.items()})
            for reader, (tags, roles) in told[e.name].items()
        }
