"""The basemap of a picture: Natural Earth's countries and lakes, cut to the window."""

import json
from collections import defaultdict
from functools import cache
from math import ceil, log2

import numpy as np
import shapely

from geo.picture import fonts
from geo.picture.shapes import Area, Line, Text
from geo.picture.window import project
from geo.tables import DATA

FINEST = 0.3  # pixels by which a simplified coast may differ: Douglas and Peucker (1973)
SMALLEST = 1.2  # pixels: what is smaller than this in both directions is left out
EDGE = 8  # pixels by which shapes reach beyond the picture, so that no edge of theirs is seen


@cache
def _world():
    """The basemap in world units, read once: countries as (facts, where their name stands), large
    ones first; the Rings of them all, of lakes and of borders; which country each ring is of.
    """
    data = json.loads((DATA / "basemap.json").read_text(encoding="utf-8"))
    scale, found = data["scale"], data["countries"]
    owners = [number for number, country in enumerate(found) for _ in country["rings"]]
    land = Rings([ring for country in found for ring in country["rings"]], scale)
    countries = [(country, _label(country)) for country in found]
    lakes, borders = Rings(data["lakes"], scale), Rings(data["borders"], scale, closed=False)
    return countries, land, np.array(owners), lakes, borders


def outlines():
    """(two-letter code, name, rings of (longitude, latitude) in degrees) of each country."""
    data = json.loads((DATA / "basemap.json").read_text(encoding="utf-8"))
    for country in data["countries"]:
        rings = [
            np.cumsum(np.reshape(r, (-1, 2)), axis=0) / data["scale"] for r in country["rings"]
        ]
        yield country["code"], country["name"], rings


def _label(country):
    longitude, latitude = country["label"]
    return tuple(float(value) for value in project(latitude, longitude))


class Rings:
    """Outlines in world units, with their boxes, so that those in sight are found fast.

    They are simplified once for each doubling of the scale. `closed` ones are cut as areas; they
    keep the direction in which they run, by which a hole is told from an island.
    """

    def __init__(self, packed, scale, closed=True):
        lines = [_unpacked(line, scale) for line in packed]
        make = shapely.Polygon if closed else shapely.LineString
        self._whole = np.array([make(line) for line in lines], dtype=object)
        self._box, self._closed, self._levels = shapely.bounds(self._whole), closed, {}
        self._left = np.array([_turns_left(line) for line in lines])

    def seen(self, window, among=None):
        """(number, points in pixels) of each part in sight that is large enough.

        `among`, an array of booleans, says which outlines to look at.
        """
        edge = EDGE / window.scale
        beside = edge if window.wide < 1 else 0.0  # the world has an edge of its own
        north = window.top - edge
        for turn in window.turns():
            west, east = window.west - turn - beside, window.east - turn + beside
            box = west, north, east, north + window.high + 2 * edge
            numbers = self._near(box, SMALLEST / window.scale, among)
            if len(numbers):
                yield from self._cut(numbers, box, window, turn)

    def _near(self, box, smallest, among):
        low, high = self._box[:, :2], self._box[:, 2:]
        near = (high >= box[:2]).all(axis=1) & (low <= box[2:]).all(axis=1)
        near &= (high - low >= smallest).any(axis=1)
        return np.flatnonzero(near if among is None else near & among)

    def _cut(self, numbers, box, window, turn):
        shapes = self._simple(window.scale)[numbers]
        inside = (self._box[numbers, :2] >= box[:2]).all(axis=1)
        inside &= (self._box[numbers, 2:] <= box[2:]).all(axis=1)
        shapes[~inside] = shapely.clip_by_rect(shapes[~inside], *box)
        parts, origin = shapely.get_parts(shapes, return_index=True)
        kind = shapely.GeometryType.POLYGON if self._closed else shapely.GeometryType.LINESTRING
        right = (shapely.get_type_id(parts) == kind) & ~shapely.is_empty(parts)
        parts, numbers = parts[right], numbers[origin[right]]
        lines = shapely.get_exterior_ring(parts) if self._closed else parts
        points, owner = shapely.get_coordinates(lines, return_index=True)
        points = (points - (window.left - turn, window.top)) * window.scale
        pieces = np.split(points, np.flatnonzero(np.diff(owner)) + 1) if len(parts) else []
        for number, piece in zip(numbers.tolist(), pieces, strict=True):
            turned = self._closed and _turns_left(piece) != self._left[number]
            yield number, piece[::-1] if turned else piece

    def _simple(self, scale):
        """All outlines, none farther than FINEST pixels from where it is at this scale or less."""
        level = ceil(log2(scale))
        if level not in self._levels:
            simple = shapely.simplify(self._whole, FINEST / 2**level, preserve_topology=False)
            self._levels[level] = shapely.make_valid(simple)
        return self._levels[level]


def _unpacked(packed, scale):
    points = np.cumsum(np.reshape(packed, (-1, 2)), axis=0) / scale
    return np.column_stack(project(points[:, 1], points[:, 0]))


def _turns_left(points):
    """Whether a ring runs anticlockwise, by the sign of its area (x to the right, y upwards)."""
    x, y = points[:, 0] - points[0, 0], points[:, 1] - points[0, 1]
    return float(x[:-1] @ y[1:] - x[1:] @ y[:-1]) > 0


def land(window, look):
    """Shapes of all land in the window, in the colours of a look (geo/picture/looks.py)."""
    countries, rings, owners, lakes, borders = _world()
    drawn = defaultdict(list)
    for number, points in rings.seen(window):
        drawn[owners[number]].append(points)
    shapes = []
    for owner in sorted(drawn):
        fill = look.land[countries[owner][0].get("tone", 0) % len(look.land)]
        shapes.append(Area(drawn[owner], fill=fill, stroke=look.coast, width=0.6))
    water = [points for _, points in lakes.seen(window)]
    shapes += [Area(water, fill=look.sea or look.lake)] if water else []
    return shapes + [Line(points, look.border, 0.8) for _, points in borders.seen(window)]


def outline(code, window):
    """The rings, in pixels, of the country with a two-letter code; None where it is not drawn."""
    countries, rings, owners, *_ = _world()
    found = [number for number, (country, _) in enumerate(countries) if country["code"] == code]
    if not found:
        return None
    return [points for _, points in rings.seen(window, owners == found[0])]


def names(window, look, taken, unit, but=frozenset()):
    """Names of the countries in sight, large ones first, where nothing else stands.

    Those in `but` stand there already.
    """
    shapes, (left, right) = [], window.sides
    for country, (west, north) in _world()[0]:
        y = (north - window.top) * window.scale
        spots = [(west + turn - window.left) * window.scale for turn in window.turns()]
        spots = [x for x in spots if left < x < right and 0 < y < window.height]
        size = (10.5 if country.get("size", 0) < 20 else 11.5) * unit
        room = window.radius(country.get("size", 0) * 111, country["label"][1]) * 0.9
        wide = fonts.width(country["name"], size) if spots else 0
        for x in spots if wide <= room and country["name"] not in but else ():
            if taken.free(x - wide / 2, y - size, wide, size * 1.4):
                taken.add(x - wide / 2, y - size, wide, size * 1.4)
                text = Text(x, y, country["name"], size, look.name, anchor="middle")
                shapes.append(text)
    return shapes
