"""The network: an encoder, then for each word its tags, and for each cue the roles of all words around it.

In: batches made by `batches`. Out: scores, and the loss that training lowers. The heads that only help training (parts
of speech, dependencies) stay here; the others are exported.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.reader.network.attributions import CUE_TAGS, NAMES, ROLE_TAGS, VERDICTS
from dragoman.reader.network.nearness import WIDTHS
from dragoman.reader.training.batches import Batch
from dragoman.reader.training.encoder import MINILM, Dropout, Encoder, Shape
from dragoman.reading import ACTS, DIRECTIONS, FORMS

# How much each part of the loss counts; a part is a sum of log-likelihoods over words or cues.
WEIGHTS = {
    "cue": 2.0, "source": 0.3, "content": 0.3, "roles": 1.0, "via": 2.0, "names": 0.2,
    "tags": 0.15, "relations": 0.15, "heads": 0.15, "verdicts": 3.0,
}  # fmt: skip
_SYNTAX = 128


@dataclass(slots=True)
class Scores:
    """What the network gives for the words of a batch."""

    tags: Tensor  # [batch, words, cue + source + content tags]
    plain: Tensor  # [batch, words, roles]: how a word likes each role, whatever the cue
    names: Tensor
    cue: Tensor  # [batch, words, width]: a word as a cue,
    word: Tensor  # as a word that a cue may take,
    sense: Tensor  # and as a part of what is said; its last column weighs it


def _layer(width: int, out: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, out), nn.GELU(), Dropout(dropout))


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, pieces: int, features: int, *, dropout: float = 0.2, shape: Shape = MINILM) -> None:
        super().__init__()
        width = shape.width
        self.encoder = Encoder(pieces, features, shape=shape)
        self.dropout = Dropout(dropout)
        self.tags = nn.Linear(width, len(CUE_TAGS) + 2 * 3)
        self.plain = nn.Linear(width, len(ROLE_TAGS))
        self.names = nn.Linear(width, len(NAMES))
        self.cue = _layer(width, WIDTHS["pair"], dropout)
        self.word = _layer(width, WIDTHS["pair"], dropout)
        self.sense = nn.Linear(width, WIDTHS["sense"] + 1)
        self.pair = nn.Parameter(torch.randn(len(ROLE_TAGS), WIDTHS["pair"], WIDTHS["pair"]) * 0.02)
        self.near = nn.Embedding(WIDTHS["near"], len(ROLE_TAGS))
        nn.init.zeros_(self.near.weight)
        self.inner = nn.Linear(3 * WIDTHS["sense"] + 4, WIDTHS["inner"])
        self.verdicts = nn.Linear(WIDTHS["inner"], len(VERDICTS))
        self.part = nn.Linear(width, 50)
        self.relation = nn.Linear(width, 60)
        self.dependent, self.governor = _layer(width, _SYNTAX, dropout), _layer(width, _SYNTAX, dropout)
        self.arc = nn.Parameter(torch.eye(_SYNTAX) * 0.1)
        self.root = nn.Parameter(torch.zeros(_SYNTAX))

    def words(self, batch: Batch) -> Tensor:
        """The vector of each word: that of its first piece."""
        x = self.encoder(batch.pieces, batch.features, batch.present)
        x = x.gather(1, batch.first[:, :, None].expand(-1, -1, x.shape[2]))
        return self.dropout(x)

    def heads(self, x: Tensor) -> Scores:
        """The heads that are exported."""
        return Scores(self.tags(x), self.plain(x), self.names(x), self.cue(x), self.word(x), self.sense(x))

    def roles(self, scores: Scores, where: Tensor, cues: Tensor, near: Tensor) -> Tensor:
        """[cues, words, roles] for cues given as weights over words in the rows `where` of the batch."""
        cue = torch.einsum("cw,cwd->cd", cues, scores.cue[where])
        turned = torch.einsum("cd,kde->cke", cue, self.pair)
        pair = torch.einsum("cke,cwe->cwk", turned, scores.word[where])
        return pair + scores.plain[where] + self.near(near).sum(2)

    def judge(self, scores: Scores, batch: Batch) -> Tensor:
        """The verdicts (act, form, ...) on each cue, given its words."""
        sense, weight = scores.sense[batch.where][..., :-1], scores.sense[batch.where][..., -1]
        pooled = [torch.einsum("cw,cwd->cd", batch.cues, sense), _pool(sense, weight, batch.is_content)]
        pooled.append(_pool(sense, weight, batch.is_source))
        return self.verdicts(functional.gelu(self.inner(torch.cat([*pooled, batch.marks], -1))))

    def loss(self, batch: Batch, trust: float = 0.0) -> dict[str, Tensor]:
        """Each part of the loss, summed over the batch; `trust` is how much teachers count beside annotators."""
        x = self.words(batch)
        scores = self.heads(x)
        tags = scores.tags.float()
        cut = len(CUE_TAGS)
        each = [cut, 3, 3]
        wanted = (batch.cue_tags, batch.source_tags, batch.content_tags)
        told = [
            _told(*some, trust)
            for some in zip(tags.split(each, -1), wanted, batch.soft_tags.split(each, -1), strict=True)
        ]
        parts = {
            "cue": (told[0] * batch.cue_weight).sum(),
            "source": told[1].sum(),
            "content": told[2].sum(),
            "names": _sum(scores.names.float(), batch.names),
            "tags": _sum(self.part(x).float(), batch.parts),
            "relations": _sum(self.relation(x).float(), batch.relations),
            "heads": self._arcs(x, batch),
        }
        if len(batch.where):
            roles = self.roles(scores, batch.where, batch.cues, batch.near).float()
            parts["roles"] = _told(roles[..., :-1], batch.roles, batch.soft_roles, trust).sum()
            through = functional.binary_cross_entropy_with_logits(roles[..., -1], batch.via.clamp(0), reduction="none")
            parts["via"] = (through * (batch.via >= 0)).sum()
            parts["verdicts"] = self._verdicts(self.judge(scores, batch).float(), batch)
        parts |= self._refused(scores, tags[..., :cut], batch)
        return parts

    def _arcs(self, x: Tensor, batch: Batch) -> Tensor:
        dependent, governor = self.dependent(x), self.governor(x)
        arcs = torch.einsum("bwd,de,bve->bwv", dependent, self.arc, governor).float()
        arcs = arcs.masked_fill(~batch.is_word[:, None, :], -1e4)
        root = (dependent * self.root).sum(-1, keepdim=True).float()
        return _sum(torch.cat([root, arcs], -1), batch.governors)

    def _refused(self, scores: Scores, tags: Tensor, batch: Batch) -> dict[str, Tensor]:
        """Words that look most like cues and are none must take no words: what tells false cues apart later."""
        with torch.no_grad():
            likely = 1 - tags.softmax(-1)[..., 0]
            likely = likely.masked_fill((batch.cue_tags != 0) | (batch.cue_weight == 0), 0)
            best, place = likely.topk(min(3, likely.shape[1]), -1)
        row, column = torch.nonzero(best > 0.03, as_tuple=True)
        if not len(row):
            return {}
        at = place[row, column]
        cues = functional.one_hot(at, likely.shape[1]).to(scores.cue.dtype)
        near = batch.near_of(row, at)
        roles = self.roles(scores, row, cues, near).float()
        target = torch.where(batch.is_word[row], 0, -100)
        return {"refused": _sum(roles[..., :-1], target)}

    def _verdicts(self, judged: Tensor, batch: Batch) -> Tensor:
        a, f, d = len(ACTS), len(FORMS), len(DIRECTIONS)
        act, form, direction, flags = judged.split([a, f, d, 2], -1)
        loss = -(batch.act * act.log_softmax(-1)).sum() + _sum(form, batch.form) + _sum(direction, batch.direction)
        binary = functional.binary_cross_entropy_with_logits(flags, batch.flags.clamp(0), reduction="none")
        return loss + (binary * (batch.flags >= 0)).sum()


def _pool(sense: Tensor, weight: Tensor, chosen: Tensor) -> Tensor:
    """The weighed mean of the chosen words' vectors; zero where none is chosen."""
    weight = weight.float().masked_fill(~chosen, -1e4).softmax(-1) * chosen.any(-1, keepdim=True)
    return torch.einsum("cw,cwd->cd", weight.to(sense.dtype), sense)


def _sum(scores: Tensor, target: Tensor) -> Tensor:
    return functional.cross_entropy(scores.flatten(0, -2), target.flatten(), ignore_index=-100, reduction="sum")


def _told(scores: Tensor, target: Tensor, soft: Tensor, trust: float) -> Tensor:
    """The loss of each word towards its label, mixed with that towards its teachers' shares where these have told."""
    hard = functional.cross_entropy(scores.flatten(0, -2), target.flatten(), ignore_index=-100, reduction="none")
    hard = hard.view(target.shape)
    if not trust:
        return hard
    mixed = (1 - trust) * hard - trust * (soft * scores.log_softmax(-1)).sum(-1)
    return torch.where((soft.sum(-1) > 0) & (target != -100), mixed, hard)
