"""The parts of words that are known from elsewhere, and what they mean: rows of numbers.

    pieces = Pieces()
    pieces.of("Nattland", False)     # rows of its pieces: "▁Nat", "t", "land"
    pieces.rows(numbers)             # (pieces, WIDTH): what they mean

A word that the network has never read is made of parts that a published model has read often. The
parts, how common they are and their meaning are those of multilingual-e5-small (MIT licence);
benchmarks/fit_pieces.py makes the file. A word is cut where its parts are likeliest together (Kudo
2018, "Subword Regularization", the unigram language model).
"""

import unicodedata
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("pieces.npz")
WIDTH = 384
SPECIAL = BEGIN, END, UNKNOWN = 0, 1, 2  # rows for the marks of a window and unknown letters
START = "▁"  # stands before the first letter of a word that follows a space
STRANGE = -20.0  # log likelihood of a letter that is no piece
MOST = 16  # pieces of a word that are read
BLOCK = 32  # weights that share a scale in the file: half precision, then four bits a weight


class Pieces:
    """The pieces of a file, which is read when they are first needed."""

    def __init__(self, path=FILE):
        self.path = path
        self.of = lru_cache(maxsize=65536)(self._of)

    @cached_property
    def _loaded(self):
        with np.load(self.path) as file:
            names = file["names"].tobytes().decode("utf-8").split("\n")
            return numbered(names), file["scores"].astype(float).tolist(), file["weights"]

    @property
    def known(self):
        """{piece: its number}."""
        return self._loaded[0]

    @property
    def scores(self):
        """The log likelihood of each piece."""
        return self._loaded[1]

    @cached_property
    def _longest(self):
        return max(map(len, self.known))

    def _of(self, word, glued):
        """The numbers of a word's pieces, one at least; `glued`: no space stands before it."""
        found = cut(word, self.known, self.scores, self._longest, "" if glued else START)
        return found[:MOST] or (UNKNOWN,)

    def rows(self, numbers):
        """(numbers, WIDTH): what some pieces mean."""
        return unpacked(self._loaded[2][numbers])


def unpacked(rows):
    """(rows, WIDTH) float32 of rows of bytes as they are in the file."""
    blocks = rows.reshape(-1, 2 + BLOCK // 2)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    packed = blocks[:, 2:]
    weights = np.concatenate([packed & 15, packed >> 4], 1).astype(np.float32)
    return ((weights - 8) * scales).reshape(len(rows), -1)


def numbered(names):
    """{piece: its number} of a list that has an empty name for what is no piece."""
    known = dict(zip(names, range(len(names)), strict=True))
    known.pop("", None)
    return known


def cut(word, known, scores, longest, start=START):
    """The numbers of the pieces that a word is likeliest made of, in order; UNKNOWN for a letter
    that is no piece. `known` is of numbered(), `scores` their log likelihoods, `longest` the most
    letters that a piece has."""
    text = start + unicodedata.normalize("NFKC", word).replace(" ", "")
    best = [0.0] + [float("-inf")] * len(text)
    last = [(UNKNOWN, 0)] * (len(text) + 1)
    for first in range(len(text)):
        for end in range(first + 1, min(len(text), first + longest) + 1):
            number = known.get(text[first:end], UNKNOWN)
            if number == UNKNOWN and end > first + 1:
                continue
            score = STRANGE if number == UNKNOWN else scores[number]
            if best[first] + score > best[end]:
                best[end], last[end] = best[first] + score, (number, first)
    found, end = [], len(text)
    while end:
        number, end = last[end]
        found.append(number)
    return tuple(reversed(found))
