"""Writes the gazetteer as a zip of columns, the same bytes for the same rows."""

import csv
import json
import re
import sqlite3
import zipfile
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import numpy as np

from data.gazetteer_build.sources import DATA, KINDS, OWN, SOURCES
from geo.text import fold

# What else a name is written like.
SPELLINGS = [
    (re.compile(r"^saint "), "st "), (re.compile(r"^st "), "saint "),
    (re.compile(r"^fort "), "ft "), (re.compile(r"^mount "), "mt "),
    (re.compile(r"^mt "), "mount "),
    (re.compile(r"^(state|province|region|department|kingdom|commonwealth) of "), ""),
]  # fmt: skip


def spellings(row):
    """Every folded name of a place, with the usual variants of its own name."""
    folded = {fold(name) for name in {row.name, *row.names}} | {fold(row.name)}
    for name in list(folded):
        for pattern, other in SPELLINGS:
            if pattern.search(name):
                folded.add(pattern.sub(other, name))
    return {name for name in folded if name}


def weight(row):
    """Order among places of one name where no context speaks: kinds first, then people."""
    rank = {"continent": 9, "country": 8, "admin1": 6}.get(row.kind, 0)
    if row.source == OWN:
        rank = 5
    return (rank, row.population, -KINDS.index(row.kind), row.identity)


def packed(values, dtype):
    """Little-endian bytes, the lowest byte of every value first: they deflate best apart."""
    array = np.ascontiguousarray(values, dtype=dtype)
    width = array.dtype.itemsize
    return array.view(np.uint8).reshape(-1, width).T.tobytes()


def small_tables(rows):
    """Demonyms and abbreviations: folded (or literal) form -> identity of the place."""
    countries = {r.country: r.identity for r in rows if r.kind == "country" and r.country}
    demonyms = dict(sorted(world_demonyms(countries).items()))
    known = {row.identity for row in rows}
    by_name = defaultdict(list)
    for row in sorted(rows, key=weight, reverse=True):
        for name in spellings(row):
            by_name[name].append(row)
    with open(DATA / "gazetteer_demonyms.csv", encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            place = line["place"]
            if len(place) == 2 and place.isupper():
                target = countries[place]
            else:
                kinds = {"town"} if line["kind"] == "town" else {*KINDS} - {"town"}
                target = next(r.identity for r in by_name[fold(place)] if r.kind in kinds)
            for word in line["demonyms"].split("|"):
                demonyms[fold(word)] = target
    abbreviations = {}
    with open(DATA / "gazetteer_abbreviations.csv", encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            kind, place = line["kind"], line["place"]
            target = next(
                r.identity
                for r in by_name[fold(place)]
                if r.kind == kind and line["country"] in ("", r.country)
            )
            for word in line["abbreviations"].split("|"):
                abbreviations[word] = target
    assert known >= {*demonyms.values(), *abbreviations.values()}
    return demonyms, abbreviations


def world_demonyms(countries):
    """The English adjectives and nouns of pyworldatlas, plural nouns with and without s."""
    atlas = sqlite3.connect(files("pyworldatlas") / "data/atlas.sqlite3")
    found = {}
    for code, *columns in atlas.execute(
        "select alpha2, adjective, noun from country_demonym d join country c on c.id = country_id"
        " order by population"
    ):
        for text in filter(None, columns):
            for word in re.split(r"[,;/]| or ", re.sub(r"\((?!s\)|men\)|women\)).*?\)", "", text)):
                stem = re.sub(r"\(.*?\)", "", word).strip()
                plain = re.fullmatch(r"[A-Z][\w-]+(?: [A-Z][\w-]+)?", stem)
                if code in countries and plain and "note" not in word:
                    found[fold(stem)] = countries[code]
                    if "(s)" in word:
                        found[fold(stem) + "s"] = countries[code]
    return found


class Layout:
    """The rows in the order of the file, with the numbers by which they refer to each other."""

    def __init__(self, rows):
        self.rows = sorted(rows, key=self.order)
        self.number = {row.identity: i for i, row in enumerate(self.rows)}
        self.countries = sorted({row.country for row in rows})
        self.prefixes = sorted({row.identity.split(":")[0] for row in rows})
        self.by_name = defaultdict(list)
        for row in self.rows:
            for name in spellings(row):
                self.by_name[name].append(row)
        self.names = sorted(self.by_name, key=str.encode)

    @staticmethod
    def order(row):
        """Neighbours are alike, and their numbers rise: both deflate well."""
        prefix, local = row.identity.split(":")
        return row.country, row.kind, prefix, len(local), local

    def after(self, row):
        """The row's number plus one; 0 for none."""
        return 0 if row is None else self.number[row.identity] + 1

    def local(self, row):
        """The number in the row's identity, or 0 where it is a word."""
        local = row.identity.split(":")[1]
        return int(local) if local.isdigit() else 0

    def meta(self):
        """What is small enough to be read whole."""
        demonyms, abbreviations = small_tables(self.rows)
        locals_ = [row.identity.split(":")[1] for row in self.rows]
        return {
            "version": 1,
            "places": len(self.rows),
            "names": len(self.names),
            "kinds": KINDS,
            "countries": self.countries,
            "prefixes": self.prefixes,
            "sources": SOURCES,
            "words": {str(i): word for i, word in enumerate(locals_) if not word.isdigit()},
            "extents": {str(i): row.extent for i, row in enumerate(self.rows) if row.extent},
            "demonyms": {w: self.number[t] for w, t in sorted(demonyms.items())},
            "abbreviations": {w: self.number[t] for w, t in sorted(abbreviations.items())},
        }

    def texts(self):
        titles = [row.name for row in self.rows]
        return {
            "meta.json": json.dumps(self.meta(), ensure_ascii=False, separators=(",", ":")),
            "names.txt": "\n".join(self.names) + "\n",
            "titles.txt": "\n".join(titles) + "\n",
        }

    def postings(self):
        """For every name how many places bear it, and which, the weightiest first."""
        found = [sorted(self.by_name[n], key=weight, reverse=True) for n in self.names]
        yield "counts.u2", [len(places) for places in found]
        yield "postings.u4", [self.number[row.identity] for places in found for row in places]

    def columns(self):
        """(file name, one value for every row or name); the ending is the type."""
        rows = self.rows
        admins = [i for i, row in enumerate(rows) if row.kind == "admin1"]
        place = {i + 1: at + 1 for at, i in enumerate(admins)}
        yield from self.postings()
        yield "prefix.u1", [self.prefixes.index(r.identity.split(":")[0]) for r in rows]
        yield "number.i4", np.diff([self.local(r) for r in rows], prepend=0)
        yield "kind.u1", [KINDS.index(r.kind) for r in rows]
        yield "country.u1", [self.countries.index(r.country) for r in rows]
        yield "source.u1", [r.source for r in rows]
        yield "latitude.i4", [round(r.latitude * 1e4) for r in rows]
        yield "longitude.i4", [round(r.longitude * 1e4) for r in rows]
        yield "population.u4", [r.population for r in rows]
        yield "radius.u2", [min(65535, round(r.radius_km)) for r in rows]
        yield "admins.u4", admins
        yield "admin1.u2", [place.get(self.after(r.admin1), 0) for r in rows]
        yield "admin2.u4", [self.after(r.admin2) for r in rows]


def write(rows, path):
    """Write the file and print what its parts weigh."""
    layout = Layout(rows)
    members = {name: text.encode() for name, text in layout.texts().items()}
    for name, values in layout.columns():
        members[name] = packed(values, "<" + name.split(".")[1])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=9)
            print(f"{name:16} {len(content):>11,} {archive.getinfo(name).compress_size:>11,}")
    total = Path(path).stat().st_size
    print(f"{len(layout.rows):,} places, {len(layout.names):,} names, {total:,} bytes")
