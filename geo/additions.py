"""Accepted records + catalogue -> one larger catalogue, in which the same fact stands once.

How sure a fact from the news is: as sure as its surest source. Where two publishers or more say it
at that level, it rises by one: questioned to reported, reported to confirmed. A publisher counts
once, however often it writes. Where one source denies what another says, the scene is disputed,
and both are shown; where all deny, it is denied.
"""

import re
from collections import defaultdict
from urllib.parse import urlsplit

import pandas as pd

from geo.catalogue import Catalogue
from geo.distance import kilometres
from geo.fictional import fictional
from geo.model import CERTAINTIES, Place
from geo.text import fold, known_title

SURER = {"questioned": "reported", "reported": "confirmed"}
SAME_PLACE_KM = 25.0  # same name and closer than this (or than its own radius): the same place
RADIUS_KM = {"site": 0.5, "town": 5.0, "region": 60.0, "country": 400.0}


def certainty(said):
    """The certainty of a fact, of (certainty, publisher) pairs, by the rule above."""
    levels = [level for level, _ in said if level != "denied"]
    if not levels:
        return "denied"
    best = min(levels, key=CERTAINTIES.index)
    publishers = {who for level, who in said if level == best}
    return SURER.get(best, best) if len(publishers) > 1 else best


def extend(catalogue, records):
    """The catalogue with `records` (a DataFrame of geo.store, accepted ones) as further rows.

    A fact that the catalogue holds already gains sources there; the others become scenes whose
    `origin` is that of their records ("news", "import"). Nothing of the given catalogue changes.
    """
    if records.empty:
        return catalogue
    growing = _Growing(catalogue)
    plain = records.astype("object").where(records.notna(), None)
    for _, group in plain.groupby("fact", sort=False):
        growing.add(group.to_dict("records"))
    return growing.catalogue()


class _Growing:
    """The four tables as dicts of rows, and what finds a row again by its name."""

    def __init__(self, catalogue):
        self._before = catalogue
        self._tables = {
            name: getattr(catalogue, name).to_dict("index")
            for name in ("films", "places", "scenes", "sources")
        }
        self._films, self._places, self._scenes, self._pages = (defaultdict(list) for _ in "1234")
        for film, row in self._tables["films"].items():
            for title in (row["title"], row["original_title"] or "", *row["aliases"]):
                self._films[fold(title)].append(film)
        for place, row in self._tables["places"].items():
            for name in (row["name"], *row["aliases"]):
                self._places[fold(name)].append(place)
        for scene, row in self._tables["scenes"].items():
            self._scenes[row["film"], row["filming_place"], row["setting"]].append(scene)
        for source, row in self._tables["sources"].items():
            self._pages[row["url"]].append(source)

    def catalogue(self):
        frames = {}
        for name, rows in self._tables.items():
            old = getattr(self._before, name)
            frame = pd.DataFrame.from_records(
                list(rows.values()), index=list(rows), columns=list(old.columns)
            )
            frames[name] = frame.astype("object").where(frame.notna(), None).astype(old.dtypes)
        return Catalogue(**frames)

    def add(self, group):
        """One fact: records (dicts) that agree in film, place, role and setting."""
        first = group[0]
        film, place = self._film(first), self._place(first)
        filmed, setting = place, self._setting(first)
        if first["role"] == "story":
            filmed, setting = None, place
        sides = {"sources": [], "disputed_by": []}
        level = certainty([(record["certainty"], publisher(record)) for record in group])
        for record in group:
            against = record["certainty"] == "denied" and level != "denied"
            sides["disputed_by" if against else "sources"].append(self._source(record))
        known = self._scenes.get((film, filmed, setting))
        if known:
            self._join(self._tables["scenes"][known[0]], level, sides)
            return
        values = {"film": film, "filming_place": filmed, "setting": setting, "certainty": level}
        values |= {side: tuple(dict.fromkeys(ids)) for side, ids in sides.items()}
        values |= {"sentence": first["evidence"] or "", "origin": first["origin"]}
        name = "-".join(filter(None, (film, filmed, setting)))
        self._scenes[film, filmed, setting].append(self._new("scenes", name, values))

    @staticmethod
    def _join(scene, level, sides):
        """Sources that agree with a known scene support it; the others dispute it."""
        agree = (level == "denied") == (scene["certainty"] == "denied")
        mine = {"sources": sides["sources"] if agree else [], "disputed_by": sides["disputed_by"]}
        if not agree:
            mine["disputed_by"] = sides["sources"]
        for side, ids in mine.items():
            scene[side] = tuple(dict.fromkeys([*scene[side], *ids]))

    def _film(self, record):
        for film in self._films[fold(known_title(record["film"]))]:
            year = self._tables["films"][film]["year"]
            if pd.isna(year) or record["year"] is None or abs(year - record["year"]) <= 1:
                return film
        franchise = record["franchise"]
        values = {"title": record["film"], "kind": "film", "franchise": franchise}
        values |= {"year": record["year"], "single": not franchise}
        values |= {"aliases": (), "working_titles": ()}
        film = self._new("films", record["film"], values)
        self._films[fold(known_title(record["film"]))].append(film)
        return film

    def _place(self, record):
        placed = record["latitude"] is not None and record["longitude"] is not None
        point = _point(record)
        for place in self._places[fold(record["place"])]:
            row = self._tables["places"][place]
            if not placed or row["latitude"] is None or pd.isna(row["latitude"]):
                return place
            if kilometres(_point(row), point) <= max(SAME_PLACE_KM, row["radius_km"]):
                return place
        # A real place whose point nobody knows is not drawn, and is not called fictional either.
        invented = record["precision"] == "fictional" or fictional(record["place"])
        values = {"name": record["place"], "precision": "fictional" if invented else "unknown"}
        values |= {"aliases": (), "distinct_from": ()}
        if placed:
            values |= {name: record[name] for name in ("country", "latitude", "longitude")}
            values |= {"precision": record["precision"], "point_from": record["licence"]}
            values |= {"radius_km": RADIUS_KM.get(record["precision"])}
        place = self._new("places", record["place"], values)
        self._places[fold(record["place"])].append(place)
        return place

    def _setting(self, record):
        if not record["stands_for"]:
            return None
        unplaced = {"place": record["stands_for"], "latitude": None, "longitude": None}
        unplaced["precision"] = "unknown"
        return self._place(record | unplaced)

    def _source(self, record):
        if known := self._pages[record["source"]]:
            return known[0]
        title = record["title"] or record["source"]
        values = {"url": record["source"], "title": title, "publisher": publisher(record)}
        values |= {"published": record["published"]}
        source = self._new("sources", f"{publisher(record)} {title}"[:60].replace(".", " "), values)
        known.append(source)
        return source

    def _new(self, table, name, values):
        """Add a row under a free slug of `name`, columns not given left empty; its id."""
        rows, columns = self._tables[table], getattr(self._before, table).columns
        slug = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or "unnamed"
        number, free = 1, slug
        while free in rows:
            number, free = number + 1, f"{slug}-{number + 1}"
        rows[free] = dict.fromkeys(columns) | {"line": 0, columns[0]: free} | values
        if table == "scenes":
            rows[free] = {"sources": (), "disputed_by": ()} | rows[free]
        return free


def _point(row):
    return Place("", None, row["latitude"], row["longitude"], "unknown")


def publisher(record):
    """Who says so: the record's publisher, else the host of its address, else its source."""
    host = urlsplit(record["source"] or "").hostname or ""
    return record.get("publisher") or host.removeprefix("www.") or record["source"] or "unknown"
