"""What each word means where it stands, by the layers of a published model of many languages.

A text is cut into windows of whole sentences (Laid); in each, every piece of a word heeds every
other (Vaswani et al. 2017, "Attention Is All You Need"; layers as in Devlin et al. 2019, "BERT").
They are the first layers of multilingual-e5-small (MIT licence), fitted further on the texts of
tests/; what other rooms know of a word is added where layer SIGNS_AT begins.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from geo.network.pieces import BEGIN, END, WIDTH
from geo.network.sums import gelu, line, normal

LAYERS, SIGNS_AT, HEADS = 6, 2, 12
WINDOW, LONGEST = 160, 500  # pieces that a window should have, and that it has at most
LEAST = 1e-12  # of the published model's layer normalisation


class Laid(NamedTuple):
    """A text as pieces in windows: `pieces` are their numbers, `at` places in the window, `word`
    the token of each, -1 for the marks that open and close a window; `windows` are (first, last)
    rows."""

    pieces: np.ndarray
    at: np.ndarray
    word: np.ndarray
    windows: list


def laid(tokens, pieces):
    """The Laid of some Tokens; `pieces` (a word, whether it is glued to the one before) gives
    numbers."""
    glued = [False, *(a == b for a, b in zip(tokens.starts[1:], tokens.ends, strict=False))]
    parts = [
        pieces(tokens.words[number], near)
        for number, near in zip(tokens.which.tolist(), glued, strict=True)
    ]
    sizes = np.array([len(part) for part in parts])
    found, at, word, windows = [], [], [], []
    for first, last in _windows(sizes, tokens.sentence):
        begin = len(found)
        found.append(BEGIN)
        word.append(-1)
        for number in range(first, last):
            found += parts[number]
            word += [number] * len(parts[number])
        found.append(END)
        word.append(-1)
        at += range(len(found) - begin)
        windows.append((begin, len(found)))
    return Laid(np.array(found), np.array(at), np.array(word), windows)


def _windows(sizes, sentence):
    """[(first, last)] tokens of windows that are about equally long and begin with a sentence."""
    total = np.concatenate([[0], sizes.cumsum()])
    wanted = -(-int(total[-1]) // WINDOW)
    opens = np.flatnonzero(np.diff(sentence, prepend=-1))
    bounds = {0, len(sizes)}
    for number in range(1, wanted):
        here = total[-1] * number / wanted
        bounds.add(int(opens[np.abs(total[opens] - here).argmin()]))
    bounds, found = sorted(bounds), []
    for first, last in pairwise(bounds):
        while total[last] - total[first] > LONGEST:
            end = int(np.searchsorted(total, total[first] + LONGEST, side="right")) - 1
            found.append((first, end))
            first = end
        found.append((first, last))
    return found


class Encoder:
    """Reads with `weights` {name: float32 array}; what pieces mean is of some Pieces."""

    def __init__(self, weights, pieces):
        self.weights, self.pieces = weights, pieces

    def rows(self, found, signs):
        """(tokens, WIDTH): the mean over the pieces of each of some Tokens.

        `signs` are (tokens, WIDTH) what other rooms know of them."""
        text, w = laid(found, self.pieces.of), self.weights
        h = self.pieces.rows(text.pieces)
        h += w["position.weight"][text.at]
        h += w["kind"]
        h = normal(h, w, "norm0", LEAST)
        signs = np.concatenate([signs, np.zeros((1, WIDTH), np.float32)])[text.word]
        for first, last in text.windows:
            h[first:last] = self._window(h[first:last], signs[first:last])
        inner = np.flatnonzero(text.word >= 0)
        begins = np.flatnonzero(np.diff(text.word[inner], prepend=-1))
        sizes = np.diff(begins, append=len(inner))[:, None].astype(np.float32)
        return np.add.reduceat(h[inner], begins) / sizes

    def _window(self, h, signs):
        for number in range(LAYERS):
            h = self._layer(h + signs if number == SIGNS_AT else h, f"layers.{number}.")
        return h

    def _layer(self, h, name):
        w = self.weights
        h = h + line(self._heeded(line(h, w, name + "qkv")), w, name + "out")
        h = normal(h, w, name + "norm1", LEAST)
        h += line(gelu(line(h, w, name + "wide")), w, name + "narrow")
        return normal(h, w, name + "norm2", LEAST)

    def _heeded(self, rows):
        """(pieces, WIDTH): what each piece takes from those that it heeds. `rows` are what all ask
        for, what they are asked as and what they give, side by side."""
        size = WIDTH // HEADS
        parts = rows.reshape(len(rows), 3 * HEADS, size).transpose(1, 0, 2)
        asked, keys, values = np.split(parts, 3)
        heed = asked @ keys.transpose(0, 2, 1)
        heed *= np.float32(size**-0.5)
        heed -= heed.max(2, keepdims=True)
        np.exp(heed, out=heed)
        told = heed @ values
        told /= heed.sum(2, keepdims=True)
        return told.transpose(1, 0, 2).reshape(len(rows), WIDTH)
