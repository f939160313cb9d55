"""The network as geo/network computes it, in PyTorch, with its weights to be fitted.

net = Fitting()                  # its weights have the names of those in the file
h = net(Batch(texts))            # (rows, WIDTH): of the tokens of some Texts (network_texts.py)
"""

import numpy as np
import torch
import torch.nn.functional as F
from fit_pieces import MASK, Model
from torch import nn

from geo.model import CERTAINTIES
from geo.network.encoder import laid
from geo.network.layers import DILATIONS, TABLES
from geo.network.layers import HEADS as LOOKS
from geo.network.pairs import LIES, WAYS, ways
from geo.network.pieces import WIDTH as DEEP
from geo.network.pieces import Pieces, unpacked
from geo.network.tokens import FLAGS, MARKS, SHAPES
from geo.network.told import ROLES

WIDTH, SPAN, TITLE, PAIR, LOOK = 128, 96, 64, 64, 64
SIZES = {
    "shape": (SHAPES, 16), "known": (7, 8), "toponym": (3, 8), "quoted": (3, 4), "language": (5, 8),
}  # fmt: skip
LAYERS, SIGNS_AT, HEADS = 8, 2, 12  # of the published model
PLACES = 512  # in a window
LEAST = 1e-12  # is added to a variance in it
DROPPED, DEEP_DROPPED, WORDS_HIDDEN = 0.3, 0.1, 0.1
PIECES = Pieces()
# Where a processor has no sums of half precision, making them up takes fifteen times as long.
HALF = torch.cpu._is_avx512_bf16_supported()
GAP = 8  # rows of nothing between texts
SHARES = 4  # of a batch's windows, by their length: less is wasted on the shorter ones


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
        return self.out(gelu(near))[..., 0]


class Look(nn.Module):
    """What each token learns from the names of its text."""

    def __init__(self):
        super().__init__()
        self.norm, self.out = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, WIDTH)
        self.query, self.key = (nn.Linear(WIDTH, LOOK, bias=False) for _ in range(2))
        self.value = nn.Linear(WIDTH, WIDTH, bias=False)
        for table, size in WAYS.items():
            setattr(self, table, nn.Embedding(size, LOOKS))
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
        return rows.view(len(rows), LOOKS, rows.shape[1] // LOOKS).transpose(0, 1)

    def _ways(self, text):
        return ways(text.tokens, np.arange(len(text.low)), text.tokens.names)


class Layer(nn.Module):
    """One layer of the published model; its sums may be in half precision."""

    def __init__(self):
        super().__init__()
        self.qkv, self.out = nn.Linear(DEEP, 3 * DEEP), nn.Linear(DEEP, DEEP)
        self.wide, self.narrow = nn.Linear(DEEP, 4 * DEEP), nn.Linear(4 * DEEP, DEEP)
        self.norm1, self.norm2 = (nn.LayerNorm(DEEP, eps=LEAST) for _ in range(2))

    def forward(self, h, batch, drop):
        asked, keys, values = self.qkv(h).split(DEEP, -1)
        asked, told = asked * (DEEP // HEADS) ** -0.5, []
        for rows, missing, kept in batch.shares:
            near = torch.bmm(_heads(asked, rows), _heads(keys, rows).transpose(1, 2))
            many, long = rows.shape
            with torch.autocast("cpu", enabled=False):
                near = near.view(many, HEADS, long, long) + missing.to(near.dtype)
                near = near.softmax(-1).view(-1, long, long)
            near = torch.bmm(near, _heads(values, rows)).view(many, HEADS, long, -1)
            told.append(near.transpose(1, 2).reshape(-1, DEEP).index_select(0, kept))
        told = torch.cat(told).index_select(0, batch.order)
        h = self.norm1(h + drop(self.out(told)))
        return self.norm2(h + drop(self.narrow(gelu(self.wide(h)))))

    def begin(self, model, number):
        """Take the weights of the published model."""
        names = {"out": "ao", "wide": "fi", "narrow": "fo", "norm1": "aln", "norm2": "oln"}
        parts = {name: [other] for name, other in names.items()} | {"qkv": ["q", "k", "v"]}
        for name, others in parts.items():
            for kind in ("weight", "bias"):
                found = [model.array(f"l{number}.{other}.{kind[0]}") for other in others]
                weights = getattr(getattr(self, name), kind)
                weights.copy_(torch.tensor(np.concatenate(found)).view(weights.shape))


def _heads(h, rows):
    many, long = rows.shape
    h = h.index_select(0, rows.view(-1)).view(many, long, HEADS, DEEP // HEADS)
    return h.transpose(1, 2).reshape(many * HEADS, long, DEEP // HEADS)


class Fitting(nn.Module):
    """The network with its weights to be fitted; their names are those of the file.

    It begins with the published model's weights; what pieces mean and the layers below SIGNS_AT
    stay as they are.
    """

    def __init__(self):
        super().__init__()
        self.position, self.kind = nn.Embedding(PLACES, DEEP), nn.Parameter(torch.zeros(DEEP))
        self.norm0 = nn.LayerNorm(DEEP, eps=LEAST)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self._begin()
        for table in TABLES:
            setattr(self, table, nn.Embedding(*SIZES[table]))
            setattr(self, f"at_{table}", nn.Embedding(SIZES[table][0], DEEP))
            nn.init.zeros_(getattr(self, f"at_{table}").weight)
        self.at_flags = nn.Linear(FLAGS, DEEP, bias=False)
        nn.init.zeros_(self.at_flags.weight)
        self.inp = nn.Linear(sum(SIZES[t][1] for t in TABLES) + FLAGS, WIDTH)
        self.deep = nn.Linear(DEEP, WIDTH, bias=False)
        self.c = nn.ModuleList(nn.Linear(3 * WIDTH, WIDTH) for _ in DILATIONS)
        self.n = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in DILATIONS)
        self.mix, self.norm = nn.Linear(5 * WIDTH, WIDTH), nn.LayerNorm(WIDTH)
        self.look = Look()
        self.film, self.place = nn.Linear(WIDTH, 3), nn.Linear(WIDTH, 3)
        self.title1 = nn.Linear(5 * WIDTH + MARKS, TITLE)
        self.title = nn.Linear(TITLE, 2)
        self.role1 = nn.Linear(4 * WIDTH, SPAN)
        self.role, self.cert = nn.Linear(SPAN, len(ROLES)), nn.Linear(SPAN, len(CERTAINTIES))
        self.belongs, self.stands = Pairing(), Pairing()
        self.drop, self.drop_deep = Dropout(DROPPED), Dropout(DEEP_DROPPED, 1 << 25)

    @torch.no_grad()
    def _begin(self):
        model = Model()
        self.masked = torch.tensor(unpacked(model.rows([MASK])))[0]
        self.position.weight.copy_(torch.tensor(model.array("emb.pos")).view(PLACES, DEEP))
        self.kind.copy_(torch.tensor(model.array("emb.type"))[:DEEP])
        self.norm0.weight.copy_(torch.tensor(model.array("emb.ln.w")))
        self.norm0.bias.copy_(torch.tensor(model.array("emb.ln.b")))
        for number, layer in enumerate(self.layers):
            layer.begin(model, number)
        for fixed in (self.position, self.norm0, *self.layers[:SIGNS_AT]):
            fixed.requires_grad_(False)
        self.kind.requires_grad_(False)

    def parts(self):
        """(the parameters to be fitted that the published model has or that are added where it
        reads, the others)."""
        deep, others = [], []
        for name, parameter in self.named_parameters():
            if parameter.requires_grad:
                (deep if name.startswith(("layers.", "at_")) else others).append(parameter)
        return deep, others

    def forward(self, batch):
        h = self.inp(self.drop(self._signs(batch))) + self.deep(self.drop(self._deep(batch)))
        pooled = [h, *(_pooled(h, ids, batch.mask) for ids in batch.groups)]
        h = h + self.drop(gelu(self.mix(torch.cat(pooled, -1))))
        h = h + self.drop(self.look(h, batch))
        return self.norm(self._blocks(h, self.c, self.n, batch.mask))

    def _signs(self, batch):
        parts = [getattr(self, table)(batch.columns[table]) for table in TABLES]
        return torch.cat([*parts, batch.flags], -1)

    def _deep(self, batch):
        """(tokens, DEEP): the mean over the pieces of each token."""
        h, last = batch.pieces, len(batch.mask)
        if self.training:
            hidden = torch.rand(last + 1) < WORDS_HIDDEN
            hidden[last] = False
            h = torch.where(hidden[batch.word][:, None], self.masked, h)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
            with torch.no_grad():
                h = self.norm0(h + self.position(batch.at) + self.kind)
                for layer in self.layers[:SIGNS_AT]:
                    h = layer(h, batch, self.drop_deep)
            signs = self.signs(batch.columns, batch.flags) * batch.mask
            h = h + F.pad(signs, (0, 0, 0, 1))[batch.word]
            for layer in self.layers[SIGNS_AT:]:
                h = layer(h, batch, self.drop_deep)
        sums = torch.zeros(last + 1, DEEP).index_add_(0, batch.word, h.float())
        sizes = torch.bincount(batch.word, minlength=last + 1)[:last, None]
        return sums[:last] / sizes.clamp(min=1)

    def signs(self, columns, flags):
        """(tokens, DEEP): what is added of the tables where layer SIGNS_AT begins."""
        added = sum(getattr(self, f"at_{table}")(columns[table]) for table in TABLES)
        return added + self.at_flags(flags)

    def _blocks(self, h, convolutions, norms, mask):
        for convolution, norm, reach in zip(convolutions, norms, DILATIONS, strict=True):
            y = norm(h) * mask
            padded = F.pad(y, (0, 0, reach, reach))
            near = torch.cat([padded[: len(y)], y, padded[2 * reach :]], -1)
            h = h + self.drop(gelu(convolution(near)))
        return h

    def rows(self, h, first, last):
        return gelu(self.role1(self.drop(torch.cat(beside(h, first, last), -1))))

    def titles(self, h, first, last, marks):
        """(spans, 2): log odds that spans of tokens are titles, and those of subjects."""
        sums = torch.cat([torch.zeros(1, h.shape[1]), h.cumsum(0)])
        rows = [*beside(h, first, last), (sums[last] - sums[first]) / (last - first)[:, None]]
        rows = torch.cat([self.drop(torch.cat(rows, -1)), marks], -1)
        return self.title(gelu(self.title1(rows)))


def beside(h, first, last):
    """[(spans, WIDTH)]: a span's first and last token, and the ones before and after it."""
    before, after = (first - 1).clamp(min=0), last.clamp(max=len(h) - 1)
    return [h[first], h[last - 1], h[before], h[after]]


def gelu(x):
    return F.gelu(x, approximate="tanh")


def _pooled(h, ids, mask):
    number = int(ids.max()) + 1
    sums = torch.zeros(number, h.shape[1]).index_add_(0, ids, h * mask)
    counts = torch.zeros(number, 1).index_add_(0, ids, mask)
    return (sums / counts.clamp(min=1))[ids]


class Batch:
    """Texts in one row, parted by GAP rows of nothing; their pieces are in a row of their own.

    `word` is the token of each piece, the last row of all for the marks of a window. `shares` are
    parts of the windows: their rows as a rectangle, what is added where a window is shorter, the
    numbers in the rectangle that are no such filling; `order` puts them in a row again.
    """

    def __init__(self, texts):
        self.texts, self.offsets = texts, []
        columns = {table: [] for table in TABLES}
        flags, mask, groups, at = [], [], ([], [], [], []), 0
        highest, lie = [0, 0, 0, 0], []
        for text in texts:
            self.offsets.append(at)
            count, told = len(text.low), text.tokens
            at += count + GAP
            lie.append(laid(told, PIECES.of))
            for table in TABLES:
                columns[table].append(np.pad(told.columns[table], (0, GAP)))
            flags.append(np.pad(told.flags, ((0, GAP), (0, 0))))
            mask.append(np.pad(np.ones(count), (0, GAP)))
            own = (told.same, told.sentence, told.paragraph, np.zeros(count, int))
            for number, ids in enumerate(own):
                groups[number].append(np.pad(ids, (0, GAP)) + highest[number])
                highest[number] += int(ids.max()) + 1
        self.columns = {t: torch.tensor(np.concatenate(c)) for t, c in columns.items()}
        self.flags = torch.tensor(np.concatenate(flags), dtype=torch.float32)
        self.mask = torch.tensor(np.concatenate(mask), dtype=torch.float32)[:, None]
        self.groups = [torch.tensor(np.concatenate(g)) for g in groups]
        self._lay(lie, at)

    def _lay(self, lie, last):
        numbers = np.concatenate([one.pieces for one in lie])
        self.pieces = torch.tensor(PIECES.rows(numbers))
        self.at = torch.tensor(np.concatenate([one.at for one in lie]))
        self.word = torch.tensor(np.concatenate([
            np.where(one.word < 0, last, one.word + offset)
            for one, offset in zip(lie, self.offsets, strict=True)
        ]))  # fmt: skip
        begins = np.cumsum([0, *(len(one.pieces) for one in lie)])
        windows = [(first + begin, last + begin) for one, begin in zip(lie, begins, strict=False)
                   for first, last in one.windows]  # fmt: skip
        windows.sort(key=lambda window: window[0] - window[1])
        shares = np.array_split(np.array(windows), min(SHARES, len(windows)))
        self.shares, order = [], []
        for share in shares:
            first, end = share.T[:, :, None]
            rows = first + np.arange((end - first).max())
            inside = rows < end
            rows = np.where(inside, rows, 0)
            missing = torch.where(torch.tensor(inside), 0.0, -1e4)[:, None, None, :]
            kept = torch.tensor(np.flatnonzero(inside.ravel()))
            self.shares.append((torch.tensor(rows), missing, kept))
            order.append(rows[inside])
        self.order = torch.tensor(np.argsort(np.concatenate(order)))
