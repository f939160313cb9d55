"""The basemap of a picture: Natural Earth's countries and lakes, cut to the window."""

import json
from functools import cache

import numpy as np
import shapely

from geo.catalogue import DATA
from geo.picture import fonts
from geo.picture.shapes import Area, Line, Text
from geo.picture.window import project

FINEST = 0.3  # pixels by which a simplified coast may differ: Douglas and Peucker (1973)
SMALLEST = 1.2  # pixels: what is smaller than this in both directions is left out
EDGE = 8  # pixels by which shapes reach beyond the picture, so that no edge of theirs is seen


@cache
def _world():
    """The basemap in world units, read once: countries as (facts, Rings, where their name
    stands), large ones first; the Rings of lakes; those of borders.
    """
    data = json.loads((DATA / "basemap.json").read_text(encoding="utf-8"))
    scale = data["scale"]
    countries = [
        (country, Rings(country["rings"], scale), _label(country)) for country in data["countries"]
    ]
    return countries, Rings(data["lakes"], scale), Rings(data["borders"], scale)


def _label(country):
    longitude, latitude = country["label"]
    return tuple(float(value) for value in project(latitude, longitude))


class Rings:
    """Lines of one kind in world units, with their boxes, so that those in sight are found fast."""

    def __init__(self, packed, scale):
        self._lines = [_unpacked(line, scale) for line in packed]
        self._low = np.array([line.min(axis=0) for line in self._lines]).reshape(-1, 2)
        self._high = np.array([line.max(axis=0) for line in self._lines]).reshape(-1, 2)
        self._box = (*self._low.min(axis=0).tolist(), *self._high.max(axis=0).tolist())

    def seen(self, window):
        """The points, in pixels, of each line that is in sight and large enough."""
        west, north, east, south = self._box
        edge = EDGE / window.scale
        for turn in window.turns():
            left, right = window.left - turn - edge, window.left - turn + window.wide + edge
            if east < left or west > right or south < window.top - edge:
                continue
            if north > window.top + window.high + edge:
                continue
            shift = np.array([window.left - turn, window.top])
            low, high = (self._low - shift) * window.scale, (self._high - shift) * window.scale
            near = (high >= -EDGE).all(axis=1) & (high - low >= SMALLEST).any(axis=1)
            near &= (low <= (window.width + EDGE, window.height + EDGE)).all(axis=1)
            for number in np.flatnonzero(near):
                yield (self._lines[number] - shift) * window.scale


def _unpacked(packed, scale):
    points = np.cumsum(np.reshape(packed, (-1, 2)), axis=0) / scale
    return np.column_stack(project(points[:, 1], points[:, 0]))


def land(window, look):
    """Shapes of all land in the window, in the colours of a look (geo/picture/looks.py)."""
    countries, lakes, borders = _world()
    shapes = []
    for country, rings, _ in countries:
        fill = look.land[country.get("tone", 0) % len(look.land)]
        drawn = [part for points in rings.seen(window) for part in _ring(points, window)]
        if drawn:
            shapes.append(Area(drawn, fill=fill, stroke=look.coast, width=0.6))
    water = [part for points in lakes.seen(window) for part in _ring(points, window)]
    shapes.append(Area(water, fill=look.sea or look.lake))
    lines = (_thinned(points) for points in borders.seen(window))
    return shapes + [Line(points, look.border, 0.8) for points in lines]


def outline(code, window):
    """The rings, in pixels, of the country with a two-letter code; None where it is not drawn."""
    for country, rings, _ in _world()[0]:
        if country["code"] == code:
            return [part for points in rings.seen(window) for part in _ring(points, window)]
    return None


def _ring(points, window):
    """The parts of a ring in pixels that are in sight."""
    points = _thinned(points)
    box = (-EDGE, -EDGE, window.width + EDGE, window.height + EDGE)
    inside = (points.min(axis=0) >= box[:2]).all() and (points.max(axis=0) <= box[2:]).all()
    if inside or len(points) < 4:
        return [points] if len(points) > 2 else []
    cut = shapely.clip_by_rect(shapely.make_valid(shapely.Polygon(points)), *box)
    parts = shapely.get_parts(cut)
    return [np.array(p.exterior.coords) for p in parts if p.geom_type == "Polygon"]


def _thinned(points):
    """Without points that the line through the others passes by less than FINEST."""
    line = shapely.simplify(shapely.LineString(points), FINEST, preserve_topology=False)
    return shapely.get_coordinates(line)


def names(window, look, taken, unit):
    """Names of the countries in sight, large ones first, where nothing else stands."""
    shapes = []
    for country, _, (west, north) in _world()[0]:
        y = (north - window.top) * window.scale
        spots = [(west + turn - window.left) * window.scale for turn in window.turns()]
        spots = [x for x in spots if 0 < x < window.width and 0 < y < window.height]
        size = (10.5 if country.get("size", 0) < 20 else 11.5) * unit
        room = window.radius(country.get("size", 0) * 111, country["label"][1]) * 0.9
        wide = fonts.width(country["name"], size) if spots else 0
        for x in spots if wide <= room else ():
            if taken.free(x - wide / 2, y - size, wide, size * 1.4):
                taken.add(x - wide / 2, y - size, wide, size * 1.4)
                text = Text(x, y, country["name"], size, look.name, anchor="middle")
                shapes.append(text)
    return shapes
