"""The weights of the network, and the sums that make a row of numbers of every token.

Each token is looked up in tables, and what its parts mean (pieces.py) is added; convolutions over a
token's neighbours, which reach further from layer to layer, alternate with the means over the same
word elsewhere in the text, over its sentence and over the text (residual blocks of dilated
convolutions, as in Strubell et al. 2017, "Fast and Accurate Entity Recognition with Iterated
Dilated Convolutions"). NumPy is enough for it: a text takes some hundred million multiplications.
"""

from functools import cached_property
from pathlib import Path

import numpy as np

from geo.network.pairs import ways
from geo.network.pieces import Pieces
from geo.network.tokens import tokens
from geo.network.told import Told, gelu

WEIGHTS = Path(__file__).with_name("weights.npz")
TABLES = ("word", "beginning", "ending", "shape", "known", "toponym", "quoted", "language")
DILATIONS = (1, 2, 4)
HEADS = 4  # of attention
ROWS, FAR = 512, 1500  # tokens that look at once, and how far they look: texts may be long


class Network:
    """Reads texts with the weights of a file, which are read when they are first needed."""

    def __init__(self, path=WEIGHTS):
        self.path, self.pieces = path, Pieces()

    @cached_property
    def _loaded(self):
        with np.load(self.path) as file:
            known = {name: file[name] for name in file.files}
        words = known.pop("words").tobytes().decode("utf-8").split("\n")
        weights = {name: array.astype(np.float32) for name, array in known.items()}
        return {word: number for number, word in enumerate(words) if word}, weights

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
        """{block: the matrices (width + 1, width) for the token before, the one here, the one
        after}.

        Layer normalisation is folded into them: its weights, and that the mean is taken off. What
        is left is to divide a token's numbers by their spread. The last row is what a neighbour
        adds whatever its numbers are.
        """
        w, found = self.weights, {}
        for block in (f"{name}.{number}" for name in "12" for number in range(len(DILATIONS))):
            parts = np.split(w[f"c{block}.weight"], 3, 1)
            constant = [part @ w[f"n{block}.bias"] for part in parts]
            constant[1] += w[f"c{block}.bias"]
            scaled = [part * w[f"n{block}.weight"] for part in parts]
            centred = [part - part.mean(1, keepdims=True) for part in scaled]
            rows = zip(centred, constant, strict=True)
            found[block] = [np.concatenate([part.T, last[None]]) for part, last in rows]
        return found

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
        w, inputs = self.weights, self._inputs
        h = (self.pieces.rows(found.words) @ w["pieces.weight"].T)[found.which]
        h += found.flags @ inputs["flags"] + w["inp.bias"]
        for table in TABLES:
            h += inputs[table][found.columns[table]]
        h = self._blocks(h, "1")
        own, same, sentence, paragraph, text = np.split(w["mix.weight"].T, 5)
        mixed = h @ own + (h.mean(0) @ text + w["mix.bias"])
        mixed += _pooled(h, found.same, same)
        mixed += _pooled(h, found.sentence, sentence)
        mixed += _pooled(h, found.paragraph, paragraph)
        h += gelu(mixed)
        h += self._looked(h, found)
        h = self._blocks(h, "2")
        return self._normal(h, "norm")

    def _blocks(self, h, name):
        y = np.ones((len(h), h.shape[1] + 1), np.float32)
        for number, reach in enumerate(DILATIONS):
            before, here, after = self._convolutions[f"{name}.{number}"]
            np.divide(h, _spread(h), out=y[:, :-1])
            near = y @ here
            near[reach:] += y[:-reach] @ before
            near[:-reach] += y[reach:] @ after
            h += gelu(near)
        return h

    def _normal(self, h, name):
        """Layer normalisation by the weights of a name."""
        weight, bias = (self.weights[f"{name}.{part}"] for part in ("weight", "bias"))
        return (h - _mean(h)) / _spread(h) * weight + bias

    def _looked(self, h, found):
        """What each token learns from the names that it looks at."""
        w, near = self.weights, np.zeros_like(h)
        h = self._normal(h, "look.norm")
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
        return near @ w["look.out.weight"].T + w["look.out.bias"]


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


def _mean(h):
    """The mean of each row, as a column."""
    return h @ np.full((h.shape[1], 1), 1 / h.shape[1], np.float32)


def _spread(h):
    """The standard deviation of each row, as a column."""
    squares = np.einsum("ij,ij->i", h, h)[:, None] / h.shape[1]
    return np.sqrt(np.maximum(squares - _mean(h) ** 2, 0) + 1e-5)


def _pooled(h, groups, weight):
    """For each row, the mean over the rows of its group, times a weight."""
    order = np.argsort(groups, kind="stable")
    begins = np.flatnonzero(np.diff(groups[order], prepend=-1))
    sizes = np.diff(begins, append=len(groups))
    means = np.add.reduceat(h[order], begins) / sizes[:, None].astype(np.float32)
    pooled = np.empty_like(h)
    pooled[order] = np.repeat(means @ weight, sizes, 0)
    return pooled
