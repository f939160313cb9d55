"""The countries' outlines (Natural Earth 1:50 million), to ask whether a point lies in one."""

import json
from collections import defaultdict
from functools import cache

import numpy as np
import shapely

from geo.distance import kilometres
from geo.model import Place
from geo.tables import DATA


@cache
def outlines():
    """ISO 3166 code -> shapely geometry in degrees (x is longitude)."""
    data = json.loads((DATA / "basemap.json").read_text(encoding="utf-8"))
    rings = defaultdict(list)
    for country in data["countries"]:
        if country["code"]:
            whole = [ring for ring in country["rings"] if len(ring) >= 8]
            rings[country["code"]] += [_ring(ring, data["scale"]) for ring in whole]
    return {code: shapely.union_all(parts) for code, parts in rings.items()}


def _ring(packed, scale):
    points = np.cumsum(np.reshape(packed, (-1, 2)), axis=0) / scale
    return shapely.make_valid(shapely.Polygon(points))


def outside_km(latitude, longitude, country):
    """How far a point lies outside a country, in kilometres; 0 inside, None for no such outline."""
    outline = outlines().get(country)
    if outline is None:
        return None
    point = shapely.Point(longitude, latitude)
    if outline.contains(point):
        return 0.0
    nearest = shapely.shortest_line(point, outline).coords[-1]
    here = Place("", None, latitude, longitude, "site")
    return kilometres(here, Place("", None, nearest[1], nearest[0], "site"))


def country_at(latitude, longitude):
    """The ISO 3166 code of the country whose outline holds a point, or None."""
    codes, tree = _tree()
    found = tree.query(shapely.Point(longitude, latitude), predicate="within")
    return codes[found[0]] if len(found) else None


@cache
def _tree():
    return list(outlines()), shapely.STRtree(list(outlines().values()))
