"""The parts of words that are known from elsewhere, and what they mean: rows of numbers.

    pieces = Pieces()
    pieces.of("Nattland")            # numbers of pieces: "▁Nat", "t", "land"
    pieces.rows(words)               # (words, SIZE): the mean of the rows of each word's pieces

A word that the network has never read is made of parts that a published model has read often. The
parts, how common they are and their meaning are those of multilingual-e5-small (MIT licence), cut
to its main components; benchmarks/fit_pieces.py makes the file. A word is cut where its parts are
likeliest together (Kudo 2018, "Subword Regularization", the unigram language model).
"""

import unicodedata
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("pieces.npz")
SIZE = 96
BEGIN = "▁"  # stands before the first letter of a word
UNKNOWN = -20.0  # log likelihood of a letter that is no piece
NONE = -1, UNKNOWN


class Pieces:
    """The pieces of a file, which is read when they are first needed."""

    def __init__(self, path=FILE):
        self.path = path
        self.of = lru_cache(maxsize=65536)(lambda word: cut(word, self.known, self._longest))

    @cached_property
    def _loaded(self):
        with np.load(self.path) as file:
            names = file["names"].tobytes().decode("utf-8").split("\n")
            scores = file["scores"].astype(float).tolist()
            weights, scale = file["weights"], file["scale"]
        unknown = np.zeros((1, SIZE), weights.dtype)
        return numbered(names, scores), np.concatenate([weights, unknown]), scale

    @property
    def known(self):
        """{piece: (its number, its log likelihood)}."""
        return self._loaded[0]

    @cached_property
    def _longest(self):
        return max(map(len, self.known))

    def rows(self, words):
        """(words, SIZE): what some words mean, by their pieces."""
        found = [self.of(word) for word in words]
        sizes = np.array([len(numbers) for numbers in found])
        _, weights, scale = self._loaded
        rows = weights[[number for numbers in found for number in numbers]] * scale
        begins = np.concatenate([[0], sizes.cumsum()[:-1]])
        return np.add.reduceat(rows, begins) / sizes[:, None].astype(np.float32)


def numbered(names, scores):
    """{piece: (its number, its log likelihood)} of lists that have one entry a piece."""
    told = zip(range(len(names)), scores, strict=True)
    return {name: each for name, each in zip(names, told, strict=True) if name}


def cut(word, known, longest):
    """The numbers of the pieces that a word is likeliest made of, in order; -1 for a letter that is
    no piece. `known` is of numbered(), `longest` the most letters that a piece has."""
    text = BEGIN + unicodedata.normalize("NFKC", word).replace(" ", "")
    best = [0.0] + [float("-inf")] * len(text)
    last = [(-1, 0)] * (len(text) + 1)
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + longest) + 1):
            number, score = known.get(text[start:end], NONE)
            if number < 0 and end > start + 1:
                continue
            if best[start] + score > best[end]:
                best[end], last[end] = best[start] + score, (number, start)
    found, end = [], len(text)
    while end:
        number, end = last[end]
        found.append(number)
    return tuple(reversed(found))
