"""A name -> the places that bear it, without asking anybody.

The file is a zip of columns, made by data/build_gazetteer.py: names sorted for bisection, and the
places they stand for, the weightiest first. Nothing is unpacked to disk; opening it takes a
fraction of a second and some 40 MB.
"""

import json
import math
import zipfile
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from geo.distance import KM_A_DEGREE
from geo.model import Place
from geo.text import fold

PATH = Path(__file__).parent.parent / "data" / "gazetteer.zip"
PRECISION = {
    "country": "country", "continent": "region", "admin1": "region", "admin2": "region",
    "admin3": "region", "region": "region", "island": "region", "range": "region",
    "river": "region", "lake": "region", "sea": "region", "peak": "site", "site": "site",
    "town": "town",
}  # fmt: skip
# Areas at most this wide are sites, however their kind is called: a glen, an islet.
SITE_KM = 3
# Names are searched in two steps: among every 64th, then among the 64 that follow it.
BLOCK = 64


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer, or of the catalogue when that lends its names.

    `country` is an ISO 3166-1 code, `admin1` and `admin2` are names; `extent` is (south, west,
    north, east) in degrees, west > east where it crosses the date line; `kind` is a key of
    `PRECISION`. `radius_km` is how far
    the place reaches around its point.
    """

    identity: str
    name: str
    country: str | None
    admin1: str | None
    admin2: str | None
    latitude: float
    longitude: float
    kind: str
    population: int = 0
    radius_km: float = 1.0
    extent: tuple[float, float, float, float] | None = None
    source: str = ""
    licence: str = ""


def place_of(entry):
    """The Entry as a Place with its precision: site, town, region or country."""
    precision = PRECISION[entry.kind]
    if precision == "region" and entry.radius_km <= SITE_KM:
        precision = "site"
    return Place(
        name=entry.name,
        country=entry.country,
        latitude=entry.latitude,
        longitude=entry.longitude,
        precision=precision,
        radius_km=entry.radius_km,
        identity=entry.identity,
        source=entry.source,
        licence=entry.licence,
    )


def town_radius_km(population):
    """Half-width of a town of 3,000 people a square kilometre, the density of dense cities."""
    return round(max(1.0, math.sqrt(population / (math.pi * 3000))), 1)


class Gazetteer:
    """Open it once with `Gazetteer.open()` and share it: it never changes."""

    def __init__(self, archive):
        self.meta = json.loads(archive.read("meta.json"))
        self._names = archive.read("names.txt")
        starts = self._lines(self._names)
        self._starts = [*starts[:-1:BLOCK].tolist(), int(starts[-1])]
        self._heads = [self._names[s : self._names.index(b"\n", s)] for s in self._starts[:-1]]
        self._read_columns(archive)
        self._entries = {}
        self.entry = lru_cache(maxsize=20000)(self._entry)

    @classmethod
    @lru_cache(maxsize=4)
    def open(cls, path=PATH):
        """The gazetteer of a file; the same object for the same path."""
        with zipfile.ZipFile(path) as archive:
            return cls(archive)

    @staticmethod
    def _lines(text):
        """Where each line of `text` starts, and after them where the last one ends."""
        ends = np.flatnonzero(np.frombuffer(text, np.uint8) == 10) + 1
        return np.concatenate([[0], ends])

    def _read_columns(self, archive):
        def column(name):
            kind = name.split(".")[1]
            planes = np.frombuffer(archive.read(name), np.uint8).reshape(int(kind[1]), -1)
            return np.ascontiguousarray(planes.T).view("<" + kind).ravel()

        self._titles = archive.read("titles.txt")
        self._title_ends = self._lines(self._titles)
        counts = column("counts.u2")
        self._first = np.concatenate([[0], np.cumsum(counts, dtype=np.uint32)])
        self._postings = column("postings.u4")
        self.prefix, self.kind = column("prefix.u1"), column("kind.u1")
        self.number = np.cumsum(column("number.i4"), dtype=np.int64)
        self.country, self.source = column("country.u1"), column("source.u1")
        self.latitude = (column("latitude.i4") / 1e4).astype(np.float32)
        self.longitude = (column("longitude.i4") / 1e4).astype(np.float32)
        self.population, self.radius = column("population.u4"), column("radius.u2")
        admins = np.concatenate([[0], column("admins.u4") + 1]).astype(np.uint32)
        self.admin1 = admins[column("admin1.u2")]
        self.admin2 = column("admin2.u4")

    def __len__(self):
        return self.meta["places"]

    def lookup(self, name):
        """Every Entry of that name, whatever its case, diacritics and punctuation; the one that
        is meant most often, as far as kind and population tell, comes first."""
        return tuple(self.entry(i) for i in self.numbers(fold(name)))

    def numbers(self, folded):
        """The row numbers of a folded name, the weightiest first."""
        at = self._find(folded.encode())
        return self._postings[self._first[at] : self._first[at + 1]].tolist() if at >= 0 else []

    def _block(self, folded):
        """The number of the first name of the block that could hold `folded`, and its names."""
        block = max(0, bisect_right(self._heads, folded) - 1)
        start, end = self._starts[block], self._starts[block + 1]
        return block * BLOCK, self._names[start : end - 1].split(b"\n")

    def _find(self, folded):
        first, names = self._block(folded)
        at = bisect_left(names, folded)
        return first + at if at < len(names) and names[at] == folded else -1

    def names(self):
        """Every folded name, in order."""
        return self._names.decode().split("\n")[:-1]

    def is_minor(self, number):
        """Whether the row is neither a continent, a country nor a region of first order."""
        return self.meta["kinds"][self.kind[number]] not in ("continent", "country", "admin1")

    def begins(self, folded):
        """Whether a longer name starts with these words."""
        start = folded.encode() + b" "
        first, names = self._block(start)
        at = bisect_left(names, start)
        if at < len(names):
            return names[at].startswith(start)
        block = first // BLOCK + 1
        return block < len(self._heads) and self._heads[block].startswith(start)

    def demonym(self, word):
        """The Entry that an adjective or a people's name belongs to, or None."""
        number = self.meta["demonyms"].get(fold(word))
        return None if number is None else self.entry(number)

    def abbreviation(self, text):
        """The Entry of an abbreviation as it is written ("Calif.", "U.S.", "NJ"), or None."""
        number = self.meta["abbreviations"].get(text)
        return None if number is None else self.entry(number)

    def towns_in(self, place):
        """The row numbers of the towns in a Place that is an area of the gazetteer: by what it is
        part of, or, of an area that nothing is said to be part of, by its radius; none where the
        place is not of the gazetteer."""
        rows = (
            i for i in self.numbers(fold(place.name)) if self.entry(i).identity == place.identity
        )
        row = next(rows, None)
        if row is None:
            return np.empty(0, int)
        towns = self.kind == self.meta["kinds"].index("town")
        for column in (self.admin1, self.admin2):
            inside = towns & (column == row + 1)
            if inside.any():
                return np.flatnonzero(inside)
        inside = towns & (self.country == self.country[row])
        if place.precision != "country":
            north = self.latitude - place.latitude
            east = (self.longitude - place.longitude) * math.cos(math.radians(place.latitude))
            inside &= np.hypot(north, east) * KM_A_DEGREE < self.radius[row]
        return np.flatnonzero(inside)

    @cached_property
    def country_entries(self):
        """ISO 3166-1 code -> Entry of the country."""
        rows = np.flatnonzero(self.kind == self.meta["kinds"].index("country"))
        return {entry.country: entry for entry in map(self.entry, rows.tolist()) if entry.country}

    def title(self, i):
        return self._titles[self._title_ends[i] : self._title_ends[i + 1] - 1].decode()

    def _entry(self, i):
        meta, kind = self.meta, self.meta["kinds"][self.kind[i]]
        admin1, admin2 = int(self.admin1[i]), int(self.admin2[i])
        prefix = meta["prefixes"][self.prefix[i]]
        local = meta["words"].get(str(i)) or str(self.number[i]).zfill(5 if prefix == "fips" else 1)
        population = int(self.population[i])
        source = meta["sources"][self.source[i]]
        return Entry(
            identity=f"{prefix}:{local}",
            name=self.title(i),
            country=meta["countries"][self.country[i]] or None,
            admin1=self.title(admin1 - 1) if admin1 else None,
            admin2=self.title(admin2 - 1) if admin2 else None,
            latitude=round(float(self.latitude[i]), 4),
            longitude=round(float(self.longitude[i]), 4),
            kind=kind,
            population=population,
            radius_km=float(self.radius[i]) if kind != "town" else town_radius_km(population),
            extent=tuple(e) if (e := meta["extents"].get(str(i))) else None,
            source=source["name"],
            licence=source["licence"],
        )
