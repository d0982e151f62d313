"""The training loop: examples to a trained network, with fixed seeds, checkpoints and resuming.

In: Examples and a Plan. Out: a Network, and its checkpoint on disk.
"""

from __future__ import annotations

import math
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from dragoman.reader.network.tokens import Pieces
from dragoman.reader.training.batches import INPUTS, Batch, batches, cut
from dragoman.reader.training.corpora import Example
from dragoman.reader.training.encoder import seed_dropout
from dragoman.reader.training.network import WEIGHTS, Network

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How one run of training goes."""

    epochs: int = 4
    size: int = 8  # windows in a batch
    rate: float = 2e-4  # of the encoder; its highest value
    rate_of_heads: float = 1e-3
    warm: float = 0.06  # share of the steps in which the rate rises
    stretch: float = 1.0  # the rate falls as if there were so many times as many steps: a later stage goes on
    seed: int = 7
    copies: tuple[tuple[str, float], ...] = ()  # group and how often an epoch takes its examples; else once
    save_every: int = 200  # steps
    trust: float = 0.0  # how much teachers count beside annotators, where they have told


def train(
    network: Network,
    examples: Sequence[Example],
    pieces: Pieces,
    plan: Plan,
    *,
    pool: Sequence[str],
    checkpoint: Path | None = None,
    resume: bool = False,
    say: Say = lambda line: None,
) -> Network:
    """Train `network` on `examples`; goes on from `checkpoint` where `resume` is set and there is one."""
    per_epoch = math.ceil(len(_epoch(examples, pieces, plan, 0, pool)) / plan.size)
    run = _Run(network, plan, steps=per_epoch * plan.epochs, checkpoint=checkpoint, say=say)
    if resume:
        run.resume()
    with _crew(run.shares) as crew:
        for epoch in range(plan.epochs):
            run.begin(epoch)
            cuts, chance = _epoch(examples, pieces, plan, epoch, pool), random.Random(f"{plan.seed} {epoch}")
            for dealt in batches(cuts, pieces, size=plan.size, chance=chance, shares=run.shares):
                run.step(dealt, crew)
            run.save()
    run.save(last=True)
    return network.to("cpu").eval()


class _Run:
    """One run of training: the network, what moves its weights, and how far it is."""

    def __init__(self, network: Network, plan: Plan, *, steps: int, checkpoint: Path | None, say: Say) -> None:
        self.network, self.plan, self.steps, self.checkpoint, self.say = network, plan, steps, checkpoint, say
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        network.to(self.device).train()
        if self.device == "cuda":
            torch.manual_seed(plan.seed)
        network.encoder.pieces.weight.requires_grad_(False)
        self.groups = _parameters(network, plan)
        self.optimizer = torch.optim.AdamW(
            self.groups, betas=(0.9, 0.98), weight_decay=0.01, fused=self.device == "cpu"
        )
        falls = int(steps * plan.stretch)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, lambda at: _rate(at, falls, plan.warm))
        # How a step's windows are dealt out decides what dropout drops in each share: a resumed run deals as it began.
        self.shares = torch.get_num_threads() if self.device == "cpu" else 1
        self.at = self.done = 0  # the step at hand, and the last one that an earlier run had done
        self.epoch, self.totals = 0, dict[str, float]()
        self.began, self.seen = time.monotonic(), 0

    def resume(self) -> None:
        """Go on from the checkpoint, if there is one."""
        if self.checkpoint is None or not self.checkpoint.exists():
            return
        state = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        self.network.load_state_dict(state["network"])
        if "optimizer" in state:
            self.optimizer.load_state_dict(state["optimizer"])
            self.schedule.load_state_dict(state["schedule"])
        self.done, self.shares = state["step"], state.get("shares", self.shares)
        self.say(f"resumed at step {self.done} of about {self.steps}")

    def begin(self, epoch: int) -> None:
        """Begin an epoch; what is told of the loss is of this epoch alone."""
        self.epoch, self.totals = epoch, {}

    def step(self, dealt: Sequence[Batch], crew: ThreadPoolExecutor) -> None:
        """Learn from the shares of one step, unless an earlier run did."""
        self.at += 1
        if self.at <= self.done:
            return
        words, plan = sum(float(batch.is_word.sum()) for batch in dealt), self.plan
        seeds = [(plan.seed * 1_000_003 + self.at) * 16 + n for n in range(len(dealt))]
        jobs = [
            (self.network, batch.to(self.device), words, seed, plan.trust)
            for batch, seed in zip(dealt, seeds, strict=True)
        ]
        results = [_work(*jobs[0])] if len(jobs) == 1 else list(crew.map(_work, *zip(*jobs, strict=True)))
        parts = _add_up(self.network, results)
        torch.nn.utils.clip_grad_norm_([p for group in self.groups for p in group["params"]], 1.0)
        self.optimizer.step()
        self.schedule.step()
        self._tell(parts, words)
        if self.at % plan.save_every == 0:
            self.save()

    def _tell(self, parts: Mapping[str, float], words: float) -> None:
        """Say now and then how the parts of the loss fall, each smoothed over some fifty steps."""
        self.seen += int(words)
        for name, value in parts.items():
            each = value / words
            self.totals[name] = 0.98 * self.totals.get(name, each) + 0.02 * each
        if self.at % 50 == 0:
            shown = " ".join(f"{name} {1000 * value:.0f}" for name, value in self.totals.items())
            speed = self.seen / (time.monotonic() - self.began)
            self.say(f"epoch {self.epoch + 1} step {self.at}/{self.steps} {speed:.0f} words/s  {shown}")

    def save(self, *, last: bool = False) -> None:
        """Write the checkpoint: the weights, and unless it is the `last`, what a resumed run needs besides."""
        if self.checkpoint is None:
            return
        state = {"network": self.network.state_dict(), "step": self.at, "shares": self.shares}
        if not last:
            state |= {"optimizer": self.optimizer.state_dict(), "schedule": self.schedule.state_dict()}
        fresh = self.checkpoint.with_suffix(".new")
        self.checkpoint.parent.mkdir(parents=True, exist_ok=True)
        torch.save(state, fresh)
        os.replace(fresh, self.checkpoint)


@contextmanager
def _crew(workers: int) -> Iterator[ThreadPoolExecutor]:
    """So many threads for the shares of a step, each computing alone; however it ends, torch has its own ones back."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with ThreadPoolExecutor(workers) as crew:
            yield crew
    finally:
        torch.set_num_threads(before)


def _work(
    network: Network, batch: Batch, words: float, seed: int, trust: float
) -> tuple[dict[str, float], tuple[Tensor | None, ...]]:
    """The parts of the loss of one share of a step, and the gradients.

    Each share has a thread of its own: threads that meet once a step lose less than ones that meet in every matrix.
    """
    seed_dropout(seed)
    with torch.autocast(batch.pieces.device.type, torch.bfloat16, cache_enabled=False):
        parts = network.loss(batch, trust)
    loss = sum(WEIGHTS.get(name, 0.5) * value for name, value in parts.items()) / (words / 10)
    gradients = torch.autograd.grad(loss, [p for p in network.parameters() if p.requires_grad], allow_unused=True)
    return {name: float(value.detach()) for name, value in parts.items()}, gradients


def _add_up(network: Network, results: list[tuple[dict[str, float], tuple[Tensor | None, ...]]]) -> dict[str, float]:
    """Write the sum of the shares' gradients into the network; gives the sum of the parts of their losses."""
    for place, parameter in enumerate(p for p in network.parameters() if p.requires_grad):
        given = [g for _, gradients in results if (g := gradients[place]) is not None]
        parameter.grad = given[0].contiguous() if given else None
        for further in given[1:]:
            parameter.grad = parameter.grad + further
    totals: dict[str, float] = {}
    for parts, _ in results:
        for name, value in parts.items():
            totals[name] = totals.get(name, 0.0) + value
    return totals


def new_network(pieces: Pieces, kept: list[int], *, seed: int = 7) -> Network:
    """A network with the pretrained encoder and new heads."""
    torch.manual_seed(seed)
    network = Network(pieces.size, INPUTS)
    network.encoder.load_pretrained(kept)
    return network


def load_network(path: Path, pieces: Pieces) -> Network:
    """The network of a checkpoint."""
    network = Network(pieces.size, INPUTS)
    network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True)["network"])
    return network.eval()


def _epoch(examples: Sequence[Example], pieces: Pieces, plan: Plan, epoch: int, pool: Sequence[str]) -> list:  # type: ignore[type-arg]
    chance = random.Random(f"{plan.seed} cut {epoch}")
    copies = dict(plan.copies)
    chosen = []
    for example in examples:
        times = copies.get(example.group, copies.get("others", 1.0) if example.group != "polnear" else 1.0)
        whole = int(times) + (chance.random() < times % 1)
        chosen += [example] * whole
    return cut(chosen, pieces, chance, pool)


def _rate(step: int, steps: int, warm: float) -> float:
    rising = max(1, int(steps * warm))
    if step < rising:
        return (step + 1) / rising
    return max(0.02, 0.5 * (1 + math.cos(math.pi * (step - rising) / max(1, steps - rising))))


def _parameters(network: Network, plan: Plan) -> list[dict]:  # type: ignore[type-arg]
    slow, fast = [], []
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        (slow if name.startswith("encoder") and "features" not in name else fast).append(parameter)
    return [{"params": slow, "lr": plan.rate}, {"params": fast, "lr": plan.rate_of_heads}]


def settle(threads: int = 0) -> None:
    """Fix the seeds and the number of threads."""
    random.seed(7)
    np.random.seed(7)
    torch.manual_seed(7)
    if threads:
        torch.set_num_threads(threads)
