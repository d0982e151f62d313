"""A trained network as the files that reading needs: ONNX with eight-bit weights, the heads as arrays, a card.

In: a Network, its tokenizer and what was measured. Out: a folder that `TrainedFinder` loads.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from dragoman.reader.network.attributions import OUTPUTS
from dragoman.reader.network.model import FILES
from dragoman.reader.network.windows import FEATURES
from dragoman.reader.training.batches import INPUTS
from dragoman.reader.training.encoder import MINILM
from dragoman.reader.training.network import Network

NAME = "dragoman-reader"


class _Exported(nn.Module):
    """Pieces in, the scores of every head that is exported out."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, features: Tensor, present: Tensor) -> Tensor:
        s = self.network.heads(self.network.encoder(pieces, features, present))
        return torch.cat([s.tags, s.plain, s.names, s.cue, s.word, s.sense], -1)


def export(
    network: Network,
    tokenizer: Path,
    out: Path,
    *,
    styles: Mapping[str, Any],
    facts: Mapping[str, Any],
    small: bool = True,
) -> None:
    """Write the model to the folder `out`; `small` gives eight-bit weights."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        _write_onnx(network, plain)
        join_attention(plain)
        if small:
            _quantize(plain, out / "model.onnx")
        else:
            shutil.copy(plain, out / "model.onnx")
    if tokenizer.resolve() != (out / "tokenizer.json").resolve():
        shutil.copy(tokenizer, out / "tokenizer.json")
    _write_heads(network, out / "heads.npz")
    write_card(out, styles=styles, facts=facts, pieces=network.encoder.pieces.num_embeddings)


def _write_onnx(network: Network, path: Path) -> None:
    example = (torch.zeros(2, 16, dtype=torch.long), torch.zeros(2, 16, INPUTS), torch.ones(2, 16))
    axes = {name: {0: "windows", 1: "pieces"} for name in ("pieces", "features", "present", "scores")}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the older exporter says that there is a newer one, which needs more packages
        torch.onnx.export(
            _Exported(network).eval(), example, str(path), dynamo=False, opset_version=17,
            input_names=["pieces", "features", "present"], output_names=["scores"], dynamic_axes=axes,
        )  # fmt: skip


def join_attention(path: Path) -> None:
    """Let one operator do each layer's attention, and take windows as they are, without filling to hide.

    Reading gives the network one window at a time, so nothing is hidden; the operator saves a quarter of the time.
    """
    import onnx

    model = onnx.load(str(path))
    graph = model.graph
    known = {node.name: node for node in graph.node}
    for number in range(MINILM.layers):
        at = f"/encoder/layers.{number}/"
        mixed, seen = known[f"{at}mixed/Add"].output[0], known[f"{at}Reshape_1"]
        parts = [f"{at}{name}" for name in ("query", "key", "value")]
        cut = onnx.helper.make_node("Split", [mixed], parts, f"{at}cut", axis=2)
        attend = onnx.helper.make_node(
            "MultiHeadAttention",
            parts,
            list(seen.output),
            f"{at}attend",
            domain="com.microsoft",
            num_heads=MINILM.heads,
        )
        place = list(graph.node).index(seen)
        graph.node.remove(seen)
        graph.node.insert(place, attend)
        graph.node.insert(place, cut)
    _drop_unused(graph)
    if not any(one.domain == "com.microsoft" for one in model.opset_import):
        model.opset_import.append(onnx.helper.make_opsetid("com.microsoft", 1))
    onnx.save(model, str(path))


def _drop_unused(graph: Any) -> None:
    """Take out what no output of the graph needs any more, inputs too."""
    needed = {one.name for one in graph.output}
    for node in reversed(list(graph.node)):  # nodes stand in the order of their work
        if needed.isdisjoint(node.output):
            graph.node.remove(node)
        else:
            needed.update(node.input)
    for part in (graph.input, graph.initializer):
        for one in list(part):
            if one.name not in needed:
                part.remove(one)
    del graph.value_info[:]


def _quantize(plain: Path, out: Path) -> None:
    import logging

    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().setLevel(logging.ERROR)  # it warns of preprocessing that these graphs do not need
    quantize_dynamic(
        plain, out, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gather"],
        # the kinds of what the joint attention gives are not inferred
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
    )  # fmt: skip


def _write_heads(network: Network, path: Path) -> None:
    arrays = {
        "pair": network.pair, "near": network.near.weight, "inner": network.inner.weight,
        "inner_bias": network.inner.bias, "verdicts": network.verdicts.weight, "verdicts_bias": network.verdicts.bias,
    }  # fmt: skip
    np.savez(path, **{name: value.detach().numpy().astype(np.float32) for name, value in arrays.items()})


def add_arrays(out: Path, arrays: Mapping[str, Any]) -> None:
    """Put further arrays beside the heads of a model that is there."""
    with np.load(out / "heads.npz") as there:
        together = {**{name: there[name] for name in there.files}, **arrays}
    np.savez_compressed(out / "heads.npz", **together)
    change_card(out)


def write_card(out: Path, *, styles: Mapping[str, Any], facts: Mapping[str, Any], pieces: int) -> None:
    """Write `model.json`: what the model is, its files' digests, and what was chosen for each style."""
    card = {
        "name": NAME,
        "outputs": OUTPUTS,
        "features": len(FEATURES),
        "inputs": INPUTS,
        "pieces": pieces,
        "styles": styles,
        "facts": facts,
        "files": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in FILES},
    }
    (out / "model.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")


def change_card(out: Path, *, styles: Mapping[str, Any] | None = None, facts: Mapping[str, Any] | None = None) -> None:
    """Write other choices or facts into the card of a model that is there."""
    card = json.loads((out / "model.json").read_text("utf-8"))
    write_card(out, styles=styles or card["styles"], facts=facts or card["facts"], pieces=card["pieces"])
