"""Articles and passages as the texts that the network learns from (fit_network.py).

    texts()        # lists of Texts that say the same: an article or passage, its copies
    Maker().passage(passage), Maker().article(name)

The titles and places of a passage are those that are marked; in an article the places are those of
the gold records, wherever they are named.
"""

import json
import random
import re
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from fit_claims import ARTICLES, names
from passages import exchanged, passages, pool

from geo import tables
from geo.article import from_file
from geo.claims import Sentences
from geo.distance import kilometres
from geo.films.spans import spans
from geo.films.wellknown import films_called, key, wellknown
from geo.language import sentences
from geo.model import CERTAINTIES, Place
from geo.network.pairs import lies
from geo.network.tokens import CAPITALS, tokens
from geo.network.told import ROLES
from geo.reading import Reader
from geo.text import fold

SEED = 1
RENAMED = 2  # copies of an article with other titles
COPIES = 2  # times a passage
NEAR_KM = 60
ENDS = (1, 2, *CAPITALS)  # shapes of words that a title may begin or end with
LONGEST_ROW, WRONG_ENDS = 7, 0.3  # tokens; share of a title's wrong ends that are learned from


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


class Nothing:
    """Stands for a network where none is wanted."""

    def read(self, *_):
        """Nothing is made of any text."""
        return None


class Maker:
    """Makes Texts of articles and passages with one reader."""

    def __init__(self):
        loaded = tables.read()[0]
        self.reader = Reader(loaded, scenes=False, network=Nothing())
        self.rows = {fold(row["title"]): row for row in loaded.films}
        self.others = {}
        for name in wellknown():
            for film in films_called(name):
                self.others.setdefault(key(film.title), set()).add(name)
        self.rng = random.Random(SEED)

    def of_text(self, name, text, language):
        listed = list(sentences(text, language))
        toponyms = self.reader._toponyms(text)
        found = tokens(text, listed, language, toponyms, self.reader.known)
        low = [text[s:e].lower() for s, e in zip(found.starts, found.ends, strict=True)]
        return Text(name, found, low, [], [])

    def passage(self, passage):
        made = self.of_text(passage.name, passage.text, passage.language)
        for mark in passage.marks:
            span = made.tokens.span(mark.start, mark.end)
            if mark.kind == "f":
                made.films.append((*span, *mark.films))
                continue
            role = {"x": 0, "p": 1, "s": 2, "b": 3}[mark.kind]
            sure = CERTAINTIES.index(mark.certainty) if role else None
            stands = mark.stands_for or ""
            made.places.append(Named(*span, role, sure, (), frozenset(mark.films), stands))
        placed = [mark.films for mark in passage.marks if mark.kind in "psb"]
        made.subjects = {*chain.from_iterable(placed)}
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
        for context in Sentences(*prepared).contexts.values():
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
            for name, article in self._names(title, franchise).items():
                wanted.append((name.split(), numbers[title], name == key(title), article))
        taken = set()
        shapes = made.tokens.columns["shape"]
        quoted = made.tokens.columns["quoted"]
        wanted.sort(key=lambda w: (-len(w[0]), not w[2], w[1]))
        for name, number, whole, article in wanted:
            for start in range(len(words) - len(name) + 1):
                if words[start : start + len(name)] != name:
                    continue
                first, last = at[start], at[start + len(name) - 1] + 1
                capital = shapes[first] in ENDS or quoted[first]
                short = not whole and len(name) == 1 and len(name[0]) < 4
                if taken & set(range(first, last)) or not capital or short:
                    continue
                before = first - 1 if first and made.low[first - 1] == "the" else first
                first = before if article and shapes[before] in ENDS else first
                taken |= set(range(first, last))
                made.films.append((first, last, number))
        return taken

    def _names(self, title, franchise):
        """{key: whether it lacks an English article} of all names of a film, and of the parts of
        its title: what titles are compared by (geo/films/wellknown.py) has none."""
        found = [title, franchise or "", *self.others.get(key(title), ())]
        found += [part for part in re.split(r":\s|\s[–—-]\s", title) if len(part) > 3]
        row = self.rows.get(fold(title))
        if row:
            found += [*row["aliases"], *row["working_titles"], row["original_title"] or ""]
        lacks = {}
        for name in found:
            lacks[key(name)] = lacks.get(key(name), False) or name.lower().startswith("the ")
        return {name: article for name, article in lacks.items() if name}

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
        capital = np.flatnonzero(np.isin(made.tokens.columns["shape"], ENDS)).tolist()
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
