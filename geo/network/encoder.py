"""What each word means where it stands, by the layers of a published model of many languages.

A text is cut into windows of whole sentences (Laid); in each, every piece of a word heeds every
other (Vaswani et al. 2017, "Attention Is All You Need"; layers as in Devlin et al. 2019, "BERT").
They are the first layers of multilingual-e5-small (MIT licence), fitted further on the texts of
tests/; what other rooms know of a word is added between two of them. ONNX Runtime computes them,
with weights of eight bits; benchmarks/network_file.py writes the file.
"""

from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from geo.network.pieces import BEGIN, END, WIDTH
from geo.weighing import session

FILE = Path(__file__).with_name("encoder.onnx")
WINDOW, LONGEST = 400, 500  # pieces that a window should have, and that it has at most


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
    """Reads with the layers of a file, which are read when they are first needed; what pieces mean
    is of some Pieces."""

    def __init__(self, pieces, path=FILE):
        self.pieces, self.path = pieces, path

    @cached_property
    def _layers(self):
        return session(self.path)

    def rows(self, found, signs):
        """(tokens, WIDTH): the mean over the pieces of each of some Tokens.

        `signs` are (tokens, WIDTH) what other rooms know of them."""
        text = laid(found, self.pieces.of)
        h = self.pieces.rows(text.pieces)
        signs = np.concatenate([signs, np.zeros((1, WIDTH), np.float32)])[text.word]
        for first, last in text.windows:
            here = slice(first, last)
            given = {"pieces": h[here], "places": text.at[here], "signs": signs[here]}
            (h[here],) = self._layers.run(None, given)
        inner = np.flatnonzero(text.word >= 0)
        begins = np.flatnonzero(np.diff(text.word[inner], prepend=-1))
        sizes = np.diff(begins, append=len(inner))[:, None].astype(np.float32)
        return np.add.reduceat(h[inner], begins) / sizes
