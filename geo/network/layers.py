"""The weights of the network, and the sums that make a row of numbers of every token.

What a token means among its neighbours (encoder.py) is joined by what other rooms know of it, from
tables. To this come the means over the same word elsewhere in the text, over its sentence, its
paragraph and the text, and what the names of the text say to it; at last convolutions over its
neighbours, which reach further from layer to layer (residual blocks of dilated convolutions, as in
Strubell et al. 2017, "Fast and Accurate Entity Recognition with Iterated Dilated Convolutions").
"""

from functools import cached_property
from pathlib import Path

import numpy as np

from geo.network.encoder import Encoder
from geo.network.pairs import ways
from geo.network.pieces import Pieces
from geo.network.sums import gelu, line, normal, spread
from geo.network.tokens import tokens
from geo.network.told import Told

WEIGHTS = Path(__file__).with_name("weights.npz")
TABLES = ("shape", "known", "toponym", "quoted", "language")
DILATIONS = (1, 2, 4)
HEADS = 4  # of attention
ROWS, FAR = 512, 1500  # tokens that look at once, and how far they look: texts may be long


class Network:
    """Reads texts with the weights of a file, which are read when they are first needed."""

    def __init__(self, path=WEIGHTS):
        self.path, self.encoder = path, Encoder(Pieces())

    @cached_property
    def weights(self):
        """{name: float32 array}."""
        with np.load(self.path) as file:
            return {name: file[name].astype(np.float32) for name in file.files}

    @cached_property
    def _inputs(self):
        """{table: what each of its rows adds to the first row of numbers of a token}.

        The first layer is a matrix over the rows of all tables side by side: its part for a table
        is multiplied with the table once, and not for every token.
        """
        w, begin, found = self.weights, 0, {}
        for table in TABLES:
            rows = w[f"{table}.weight"]
            found[table] = rows @ w["inp.weight"][:, begin : begin + rows.shape[1]].T
            begin += rows.shape[1]
        return found | {"flags": w["inp.weight"][:, begin:].T}

    @cached_property
    def _convolutions(self):
        """[the matrices (width + 1, width) for the token before, the one here, the one after].

        Layer normalisation is folded into them: its weights, and that the mean is taken off. What
        is left is to divide a token's numbers by their spread. The last row is what a neighbour
        adds whatever its numbers are.
        """
        w, found = self.weights, []
        for block in range(len(DILATIONS)):
            parts = np.split(w[f"c.{block}.weight"], 3, 1)
            constant = [part @ w[f"n.{block}.bias"] for part in parts]
            constant[1] += w[f"c.{block}.bias"]
            scaled = [part * w[f"n.{block}.weight"] for part in parts]
            centred = [part - part.mean(1, keepdims=True) for part in scaled]
            rows = zip(centred, constant, strict=True)
            found.append([np.concatenate([part.T, last[None]]) for part, last in rows])
        return found

    def read(self, text, sentences, language, toponyms, titles):
        """What is Told of a text, or None where it has no words."""
        found = tokens(text, sentences, language, toponyms, titles)
        return found and Told(found, self.hidden(found), self.weights)

    def hidden(self, found):
        """(tokens, width): what the network makes of some Tokens."""
        w, inputs = self.weights, self._inputs
        signs = found.flags @ w["at_flags.weight"].T
        for table in TABLES:
            signs += w[f"at_{table}.weight"][found.columns[table]]
        h = self.encoder.rows(found, signs) @ w["deep.weight"].T
        h += found.flags @ inputs["flags"] + w["inp.bias"]
        for table in TABLES:
            h += inputs[table][found.columns[table]]
        own, same, sentence, paragraph, text = np.split(w["mix.weight"].T, 5)
        mixed = h @ own + (h.mean(0) @ text + w["mix.bias"])
        mixed += _pooled(h, found.same, same)
        mixed += _pooled(h, found.sentence, sentence)
        mixed += _pooled(h, found.paragraph, paragraph)
        h += gelu(mixed)
        h += self._looked(h, found)
        h = self._blocks(h)
        return normal(h, w, "norm")

    def _blocks(self, h):
        y = np.ones((len(h), h.shape[1] + 1), np.float32)
        for reach, (before, here, after) in zip(DILATIONS, self._convolutions, strict=True):
            np.divide(h, spread(h), out=y[:, :-1])
            near = y @ here
            near[reach:] += y[:-reach] @ before
            near[:-reach] += y[reach:] @ after
            h += gelu(near)
        return h

    def _looked(self, h, found):
        """What each token learns from the names that it looks at."""
        w, near = self.weights, np.zeros_like(h)
        h = normal(h, w, "look.norm")
        asked = h @ w["look.query.weight"].T
        keys, values = (h[found.names] @ w[f"look.{name}.weight"].T for name in ("key", "value"))
        for start in range(0, len(h), ROWS):
            end = min(start + ROWS, len(h))
            first, last = np.searchsorted(found.names, (start - FAR, end + FAR))
            lie = ways(found, np.arange(start, end), found.names[first:last])
            seen = (_heads(rows) for rows in (asked[start:end], keys[first:last]))
            heed = _heed(*seen, (w[f"look.{name}.weight"][rows] for name, rows in lie.items()))
            heed = heed @ _heads(values[first:last])
            near[start:end] = heed.transpose(1, 0, 2).reshape(end - start, -1)
        return line(near, w, "look.out")


def _heads(rows):
    """(heads, rows, numbers of a head)."""
    return rows.reshape(len(rows), HEADS, rows.shape[1] // HEADS).transpose(1, 0, 2)


def _heed(asked, keys, lie):
    """(heads, tokens, names): how much each token heeds each name; what is missing to one in a row
    goes to none of them."""
    weight = asked @ keys.transpose(0, 2, 1)
    for rows in lie:
        weight += rows.transpose(2, 0, 1)
    most = np.maximum(weight.max(2, initial=0, keepdims=True), 0)
    weight = np.exp(weight - most)
    return weight / (weight.sum(2, keepdims=True) + np.exp(-most))


def _pooled(h, groups, weight):
    """For each row, the mean over the rows of its group, times a weight."""
    order = np.argsort(groups, kind="stable")
    begins = np.flatnonzero(np.diff(groups[order], prepend=-1))
    sizes = np.diff(begins, append=len(groups))
    means = np.add.reduceat(h[order], begins) / sizes[:, None].astype(np.float32)
    pooled = np.empty_like(h)
    pooled[order] = np.repeat(means @ weight, sizes, 0)
    return pooled
