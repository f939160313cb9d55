"""The fitted layers of the published model as a file to read with: geo/network/encoder.onnx.

    write(net, texts)      # the layers of a Fitting (network_layers.py), with eight-bit weights
    read(path)             # {name: tensor}: what they are to fit on from

What is multiplied with the weights is rounded to eight bits, in each window anew (ONNX Runtime's
"dynamic quantisation"). A few columns of what a layer is given are far from all others, those of
the marks that open and close a window above all; they would leave the others no room, and are
multiplied apart, as they are (Dettmers et al. 2022, "LLM.int8()"). Which columns these are is seen
in `texts`. The weights have seven bits: with eight, older processors clip their sums.
Needs PyTorch (BSD), onnx (Apache-2.0) and onnxscript (MIT).
"""

import re
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from network_layers import HEADS, PIECES, PLACES, SIGNS_AT, gelu
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from torch.export import Dim

from geo.network.encoder import FILE, laid
from geo.network.pieces import WIDTH

APART = 4  # columns of what a layer is given that are multiplied as they are
NAME = re.compile(r"layers\.\d+\.(qkv|out|wide|narrow)\.matrix")


class Line(nn.Module):
    """A linear layer, some of whose columns are multiplied apart once these are known."""

    def __init__(self, line):
        super().__init__()
        self.register_buffer("matrix", line.weight.detach().T.contiguous())
        self.register_buffer("bias", line.bias.detach())
        self.register_buffer("most", torch.zeros(len(self.matrix)))
        for name in ("apart", "few", "others"):
            self.register_buffer(name, None)

    def forward(self, rows):
        if self.apart is None:
            self.most = torch.maximum(self.most, rows.abs().amax(0))
            return rows @ self.matrix + self.bias
        apart = rows.index_select(1, self.apart) @ self.few
        return (rows * self.others) @ self.matrix + apart + self.bias

    def part(self):
        """Choose the columns: those that had the greatest numbers so far."""
        self.apart = self.most.topk(APART)[1]
        self.few, self.others = self.matrix[self.apart], torch.ones(len(self.matrix))
        self.others[self.apart] = 0


class Layer(nn.Module):
    """A layer of a Fitting, for one window."""

    def __init__(self, layer):
        super().__init__()
        self.qkv, self.out, self.wide, self.narrow = (
            Line(line) for line in (layer.qkv, layer.out, layer.wide, layer.narrow)
        )
        self.norm1, self.norm2 = layer.norm1, layer.norm2

    def forward(self, h):
        asked, keys, values = (_heads(part) for part in self.qkv(h).split(WIDTH, -1))
        near = (asked * (WIDTH // HEADS) ** -0.5 @ keys.transpose(1, 2)).softmax(-1) @ values
        h = self.norm1(h + self.out(near.transpose(0, 1).reshape(-1, WIDTH)))
        return self.norm2(h + self.narrow(gelu(self.wide(h))))


def _heads(rows):
    return rows.reshape(-1, HEADS, WIDTH // HEADS).transpose(0, 1)


class Window(nn.Module):
    """(pieces, WIDTH): what the pieces of a window mean in it, from what they mean alone, their
    places (pieces,) and what other rooms know of them, (pieces, WIDTH)."""

    def __init__(self, net):
        super().__init__()
        self.register_buffer("position", net.position.weight.detach() + net.kind.detach())
        self.norm0 = net.norm0
        self.layers = nn.ModuleList(Layer(layer) for layer in net.layers)

    def forward(self, pieces, places, signs):
        h = self.norm0(pieces + self.position[places])
        for number, layer in enumerate(self.layers):
            h = layer(h + signs if number == SIGNS_AT else h)
        return h


def write(net, texts, path=FILE):
    """Write the layers of a Fitting; `texts` are some Texts (network_texts.py) to look at."""
    window = Window(net).eval()
    with torch.no_grad():
        for text in texts:
            for given in _windows(net, text):
                window(*given)
    for module in window.modules():
        if isinstance(module, Line):
            module.part()
    size = Dim("pieces", min=2, max=PLACES)
    names = ["pieces", "places", "signs"]
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder, "whole.onnx")
        torch.onnx.export(
            window, given, whole, input_names=names, output_names=["told"],
            dynamic_shapes={name: {0: size} for name in names}, external_data=False,
        )  # fmt: skip
        nodes = [
            node.name
            for node in onnx.load(whole).graph.node
            if node.op_type == "MatMul" and any(NAME.fullmatch(name) for name in node.input)
        ]
        quantize_dynamic(
            whole, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
            nodes_to_quantize=nodes,
        )  # fmt: skip


def _windows(net, text):
    """Yield what a Window is given for each window of a Text."""
    found = laid(text.tokens, PIECES.of)
    rows, word = torch.tensor(PIECES.rows(found.pieces)), torch.tensor(found.word)
    columns = {table: torch.tensor(rows) for table, rows in text.tokens.columns.items()}
    signs = net.signs(columns, torch.tensor(text.tokens.flags))[word] * (word >= 0)[:, None]
    for first, last in found.windows:
        yield rows[first:last], torch.tensor(found.at[first:last]), signs[first:last]


def read(path=FILE):
    """{name in a Fitting: tensor} of the weights that are learned in a file; matrices as they were
    rounded."""
    told = {part.name: numpy_helper.to_array(part) for part in onnx.load(path).graph.initializer}
    found = {}
    for name, rows in told.items():
        if name.endswith(".matrix_quantized"):
            name = name.removesuffix("_quantized")
            rows = rows.astype(np.float32) * told[f"{name}_scale"]
            found[name.replace("matrix", "weight")] = torch.tensor(rows.T.copy())
        elif re.fullmatch(r"layers\.\d+\.\w+\.(bias|weight)", name):
            found[name] = torch.tensor(rows)
    return found
