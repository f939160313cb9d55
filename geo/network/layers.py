"""The weights of the network, and the sums that make a row of numbers of every token.

Each token is looked up in tables; convolutions over a token's neighbours, which reach further from
layer to layer, alternate with the means over the same word elsewhere in the text, over its
sentence and over the text (residual blocks of dilated convolutions, as in Strubell et al. 2017,
"Fast and Accurate Entity Recognition with Iterated Dilated Convolutions"). NumPy is enough for it:
a text takes some ten million multiplications.
"""

from functools import cached_property
from pathlib import Path

import numpy as np

from geo.network.tokens import tokens
from geo.network.told import Told, gelu

WEIGHTS = Path(__file__).with_name("weights.npz")
TABLES = ("word", "beginning", "ending", "shape", "known", "toponym", "quoted", "language")
DILATIONS = (1, 2, 4)


class Network:
    """Reads texts with the weights of a file, which are read when they are first needed."""

    def __init__(self, path=WEIGHTS):
        self.path = path

    @cached_property
    def _loaded(self):
        with np.load(self.path) as file:
            known = {name: file[name] for name in file.files}
        words = known.pop("words").tobytes().decode("utf-8").split("\n")
        weights = {name: array.astype(np.float32) for name, array in known.items()}
        return {word: number for number, word in enumerate(words) if word}, weights

    @property
    def words(self):
        """{word in small letters: its row in the table of words}; row 0 is for all others."""
        return self._loaded[0]

    @property
    def weights(self):
        """{name: float32 array}."""
        return self._loaded[1]

    def read(self, text, sentences, language, toponyms, titles):
        """What is Told of a text, or None where it has no words."""
        found = tokens(text, sentences, language, toponyms, self.words, titles)
        return found and Told(found, self.hidden(found), self.weights)

    def hidden(self, found):
        """(tokens, width): what the network makes of some Tokens."""
        w = self.weights
        parts = [w[f"{table}.weight"][found.columns[table]] for table in TABLES]
        h = np.concatenate([*parts, found.flags], 1) @ w["inp.weight"].T + w["inp.bias"]
        h = self._blocks(h, "1")
        order = np.argsort(found.same, kind="stable")
        pooled = [h, _means(h, found.same, order), _means(h, found.sentence)]
        pooled.append(np.broadcast_to(h.mean(0), h.shape))
        h += gelu(np.concatenate(pooled, 1) @ w["mix.weight"].T + w["mix.bias"])
        h = self._blocks(h, "2")
        return _normed(h, w["norm.weight"], w["norm.bias"])

    def _blocks(self, h, name):
        w = self.weights
        for number, reach in enumerate(DILATIONS):
            block = f"{name}.{number}"
            y = _normed(h, w[f"n{block}.weight"], w[f"n{block}.bias"])
            near = np.zeros((len(y), 3, y.shape[1]), np.float32)
            near[reach:, 0], near[:, 1], near[:-reach, 2] = y[:-reach], y, y[reach:]
            near = near.reshape(len(y), -1)
            h = h + gelu(near @ w[f"c{block}.weight"].T + w[f"c{block}.bias"])
        return h


def _normed(h, weight, bias):
    """Layer normalisation."""
    centred = h - h.mean(1, keepdims=True)
    spread = np.einsum("ij,ij->i", centred, centred) / h.shape[1]
    centred /= np.sqrt(spread + 1e-5)[:, None]
    centred *= weight
    centred += bias
    return centred


def _means(h, groups, order=None):
    """For each row, the mean over the rows of its group; `order` sorts rows by group."""
    order = np.arange(len(groups)) if order is None else order
    numbers, begins, sizes = np.unique(groups[order], return_index=True, return_counts=True)
    means = np.add.reduceat(h[order], begins) / sizes[:, None].astype(np.float32)
    return means[np.searchsorted(numbers, groups)]
