"""Teaches the verdicts (act, form, negation, position) longer than the rest of the network is trained.

In: a trained network and readings. Out: the same network, whose encoder stays as it is while the small heads on top of
it, which come new into the second stage and see few steps there, are trained to the end.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from dragoman.reader.network.tokens import Pieces
from dragoman.reader.training.batches import Batch, batches, cut
from dragoman.reader.training.corpora import Example
from dragoman.reader.training.learn import Say
from dragoman.reader.training.network import Network, Scores

CUTS = 2  # how often each reading is cut and its names exchanged
EPOCHS = 14
RATE = 2e-3
FORGET = 0.3  # dropout on the words' vectors, since there are few statements


@dataclass(slots=True)
class _Seen:
    """A batch with the vectors of its words as the frozen encoder gives them."""

    batch: Batch
    words: Tensor


def refine(
    network: Network, readings: Sequence[Example], pieces: Pieces, *, pool: Sequence[str], seed: int = 7,
    epochs: int = EPOCHS, say: Say = lambda line: None,
) -> Network:  # fmt: skip
    """Train the heads of the verdicts on `readings` with everything else frozen."""
    torch.manual_seed(seed)
    seen = _look(network, readings, pieces, pool, seed)
    heads = [network.sense, network.inner, network.verdicts]
    parameters = [p for head in heads for p in head.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.02)
    steps = epochs * len(seen)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.1)
    chance = random.Random(seed)
    network.train()
    for epoch in range(epochs):
        chance.shuffle(seen)
        total = count = 0.0
        for one in seen:
            words = torch.nn.functional.dropout(one.words.float(), FORGET)
            loss = network._verdicts(_judge(network, words, one.batch), one.batch)
            optimizer.zero_grad(set_to_none=True)
            (loss / len(one.batch.where)).backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach())
            count += len(one.batch.where)
        say(f"verdicts, pass {epoch + 1} of {epochs}: loss {total / count:.3f} a statement")
    return network.eval()


def _look(network: Network, readings: Sequence[Example], pieces: Pieces, pool: Sequence[str], seed: int) -> list[_Seen]:
    chance = random.Random(seed)
    network.eval()
    seen = []
    with torch.no_grad():
        for _ in range(CUTS):
            for (batch,) in batches(cut(readings, pieces, chance, pool), pieces, size=8, chance=chance):
                if len(batch.where):
                    with torch.autocast("cpu", torch.bfloat16):
                        words = network.words(batch)
                    seen.append(_Seen(batch, words.to(torch.bfloat16)))
    return seen


def _judge(network: Network, words: Tensor, batch: Batch) -> Tensor:
    nothing = words[..., :0]
    return network.judge(Scores(nothing, nothing, nothing, nothing, nothing, network.sense(words)), batch)
