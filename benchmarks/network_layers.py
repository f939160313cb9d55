"""The network as geo/network/layers.py computes it, in PyTorch, with its weights to be fitted.

net = Fitting(words)             # its weights have the names of those in the file
h = net(Batch(texts, words))     # (rows, WIDTH): of the tokens of some Texts (network_texts.py)
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from geo.model import CERTAINTIES
from geo.network.layers import DILATIONS, HEADS, TABLES
from geo.network.pairs import LIES, WAYS, ways
from geo.network.pieces import SIZE, Pieces
from geo.network.tokens import BUCKETS, FLAGS, MARKS, SHAPES
from geo.network.told import ROLES

WIDTH, WORD, SPAN, TITLE, PAIR, LOOK = 128, 64, 96, 64, 64, 64
SIZES = {
    "beginning": (BUCKETS, 24), "ending": (BUCKETS, 24), "shape": (SHAPES, 16),
    "known": (7, 8), "toponym": (3, 8), "quoted": (3, 4), "language": (5, 8),
}  # fmt: skip
DROPPED, WORDS_DROPPED, PIECES_DROPPED = 0.3, 0.25, 0.2
PIECES = Pieces()
GAP = 8  # rows of nothing between texts


class Dropout(nn.Module):
    """PyTorch's, with its noise drawn once and cut anew: on a processor, drawing it each time takes
    a fifth of the fitting."""

    def __init__(self, share, size=1 << 23):
        super().__init__()
        self.noise = (torch.rand(size) >= share).float() / (1 - share)

    def forward(self, x):
        """The rows, some of their numbers gone."""
        if not self.training:
            return x
        at = int(torch.randint(len(self.noise) - x.numel(), ()))
        return x * self.noise[at : at + x.numel()].view(x.shape)


class Pairing(nn.Module):
    """Weighs pairs of names of one kind."""

    def __init__(self):
        super().__init__()
        self.place, self.other = (nn.Linear(4 * WIDTH, PAIR) for _ in range(2))
        for table, size in LIES.items():
            setattr(self, table, nn.Embedding(size, PAIR))
        self.none, self.out = nn.Parameter(torch.zeros(PAIR)), nn.Linear(PAIR, 1)

    def forward(self, places, others, how):
        """(places, 1 + others): log odds, the first that none of the others is meant."""
        places, others = self.place(places), self.other(others)
        near = places[:, None] + others
        for table, rows in how.items():
            near = near + getattr(self, table)(torch.tensor(rows))
        near = torch.cat([(places + self.none)[:, None], near], 1)
        return self.out(_gelu(near))[..., 0]


class Look(nn.Module):
    """What each token learns from the names of its text."""

    def __init__(self):
        super().__init__()
        self.norm, self.out = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, WIDTH)
        self.query, self.key = (nn.Linear(WIDTH, LOOK, bias=False) for _ in range(2))
        self.value = nn.Linear(WIDTH, WIDTH, bias=False)
        for table, size in WAYS.items():
            setattr(self, table, nn.Embedding(size, HEADS))
            nn.init.zeros_(getattr(self, table).weight)
        nn.init.normal_(self.query.weight, 0, 0.3 / LOOK**0.5)

    def forward(self, h, batch):
        h, told = self.norm(h), torch.zeros_like(h)
        asked, keys, values = self.query(h), self.key(h), self.value(h)
        for text, at in zip(batch.texts, batch.offsets, strict=True):
            here, names = slice(at, at + len(text.low)), torch.tensor(text.tokens.names + at)
            weight = self._heads(asked[here]) @ self._heads(keys[names]).transpose(1, 2)
            for table, rows in self._ways(text).items():
                weight = weight + getattr(self, table)(torch.tensor(rows)).permute(2, 0, 1)
            weight = F.softmax(F.pad(weight, (1, 0)), -1)[..., 1:]
            near = weight @ self._heads(values[names])
            told[here] = near.transpose(0, 1).reshape(len(text.low), WIDTH)
        return self.out(told)

    def _heads(self, rows):
        return rows.view(len(rows), HEADS, rows.shape[1] // HEADS).transpose(0, 1)

    def _ways(self, text):
        return ways(text.tokens, np.arange(len(text.low)), text.tokens.names)


class Fitting(nn.Module):
    """The network with its weights to be fitted; their names are those of the file."""

    def __init__(self, words):
        super().__init__()
        sizes = {"word": (words, WORD), **SIZES}
        for table in TABLES:
            setattr(self, table, nn.Embedding(*sizes[table]))
        for table in ("word", "beginning", "ending"):
            nn.init.normal_(getattr(self, table).weight, 0, 0.3)
        self.inp = nn.Linear(sum(sizes[t][1] for t in TABLES) + FLAGS, WIDTH)
        self.pieces = nn.Linear(SIZE, WIDTH, bias=False)
        for block in ("1", "2"):
            convolutions = nn.ModuleList(nn.Linear(3 * WIDTH, WIDTH) for _ in DILATIONS)
            setattr(self, f"c{block}", convolutions)
            setattr(self, f"n{block}", nn.ModuleList(nn.LayerNorm(WIDTH) for _ in DILATIONS))
        self.mix, self.norm = nn.Linear(5 * WIDTH, WIDTH), nn.LayerNorm(WIDTH)
        self.look = Look()
        self.film, self.place = nn.Linear(WIDTH, 3), nn.Linear(WIDTH, 3)
        self.title1 = nn.Linear(5 * WIDTH + MARKS, TITLE)
        self.title = nn.Linear(TITLE, 2)
        self.role1 = nn.Linear(4 * WIDTH, SPAN)
        self.role, self.cert = nn.Linear(SPAN, len(ROLES)), nn.Linear(SPAN, len(CERTAINTIES))
        self.belongs, self.stands = Pairing(), Pairing()
        self.drop, self.drop_pieces = Dropout(DROPPED), Dropout(PIECES_DROPPED)

    def forward(self, batch):
        columns = dict(batch.columns)
        if self.training:
            gone = torch.rand(columns["word"].shape) < WORDS_DROPPED
            columns["word"] = columns["word"].masked_fill(gone, 0)
        parts = [getattr(self, table)(columns[table]) for table in TABLES]
        h = self.inp(self.drop(torch.cat([*parts, batch.flags], -1)))
        h = h + self.pieces(self.drop_pieces(batch.pieces))
        h = self._blocks(h, self.c1, self.n1, batch.mask)
        pooled = [h, *(_pooled(h, ids, batch.mask) for ids in batch.groups)]
        h = h + self.drop(_gelu(self.mix(torch.cat(pooled, -1))))
        h = h + self.drop(self.look(h, batch))
        return self.norm(self._blocks(h, self.c2, self.n2, batch.mask))

    def _blocks(self, h, convolutions, norms, mask):
        for convolution, norm, reach in zip(convolutions, norms, DILATIONS, strict=True):
            y = norm(h) * mask
            padded = F.pad(y, (0, 0, reach, reach))
            near = torch.cat([padded[: len(y)], y, padded[2 * reach :]], -1)
            h = h + self.drop(_gelu(convolution(near)))
        return h

    def rows(self, h, first, last):
        return _gelu(self.role1(self.drop(torch.cat(beside(h, first, last), -1))))

    def titles(self, h, first, last, marks):
        """(spans, 2): log odds that spans of tokens are titles, and those of subjects."""
        sums = torch.cat([torch.zeros(1, h.shape[1]), h.cumsum(0)])
        rows = [*beside(h, first, last), (sums[last] - sums[first]) / (last - first)[:, None]]
        rows = torch.cat([self.drop(torch.cat(rows, -1)), marks], -1)
        return self.title(_gelu(self.title1(rows)))


def beside(h, first, last):
    """[(spans, WIDTH)]: a span's first and last token, and the ones before and after it."""
    before, after = (first - 1).clamp(min=0), last.clamp(max=len(h) - 1)
    return [h[first], h[last - 1], h[before], h[after]]


def _gelu(x):
    return F.gelu(x, approximate="tanh")


def _pooled(h, ids, mask):
    number = int(ids.max()) + 1
    sums = torch.zeros(number, h.shape[1]).index_add_(0, ids, h * mask)
    counts = torch.zeros(number, 1).index_add_(0, ids, mask)
    return (sums / counts.clamp(min=1))[ids]


class Batch:
    """Texts in one row, parted by GAP rows of nothing."""

    def __init__(self, texts, words):
        self.texts, self.offsets = texts, []
        columns = {table: [] for table in TABLES}
        flags, pieces, mask, groups, at = [], [], [], ([], [], [], []), 0
        highest = [0, 0, 0, 0]
        for text in texts:
            self.offsets.append(at)
            count = len(text.low)
            at += count + GAP
            known = {**text.tokens.columns, "word": np.array([words.get(w, 0) for w in text.low])}
            for table in TABLES:
                columns[table].append(np.pad(known[table], (0, GAP)))
            flags.append(np.pad(text.tokens.flags, ((0, GAP), (0, 0))))
            rows = PIECES.rows(text.tokens.words)[text.tokens.which]
            pieces.append(np.pad(rows, ((0, GAP), (0, 0))))
            mask.append(np.pad(np.ones(count), (0, GAP)))
            told = text.tokens
            own = (told.same, told.sentence, told.paragraph, np.zeros(count, int))
            for number, ids in enumerate(own):
                groups[number].append(np.pad(ids, (0, GAP)) + highest[number])
                highest[number] += int(ids.max()) + 1
        self.columns = {t: torch.tensor(np.concatenate(c)) for t, c in columns.items()}
        self.flags = torch.tensor(np.concatenate(flags), dtype=torch.float32)
        self.pieces = torch.tensor(np.concatenate(pieces))
        self.mask = torch.tensor(np.concatenate(mask), dtype=torch.float32)[:, None]
        self.groups = [torch.tensor(np.concatenate(g)) for g in groups]
