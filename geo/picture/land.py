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
    """The basemap's rings and lines in world units, with their boxes; read once."""
    data = json.loads((DATA / "basemap.json").read_text(encoding="utf-8"))
    scale = data["scale"]
    countries = [
        (country, [_unpacked(ring, scale) for ring in country["rings"]])
        for country in data["countries"]
    ]
    lakes = [_unpacked(ring, scale) for ring in data["lakes"]]
    return countries, lakes, [_unpacked(line, scale) for line in data["borders"]]


def _unpacked(packed, scale):
    points = np.cumsum(np.reshape(packed, (-1, 2)), axis=0) / scale
    ring = np.column_stack(project(points[:, 1], points[:, 0]))
    return ring, ring.min(axis=0), ring.max(axis=0)


def land(window, look):
    """Shapes of all land in the window, in the colours of a look (geo/picture/looks.py)."""
    countries, lakes, borders = _world()
    shapes = []
    for country, rings in countries:
        fill = look.land[country.get("tone", 0) % len(look.land)]
        drawn = [part for turn in window.turns() for r in rings for part in _ring(r, window, turn)]
        if drawn:
            shapes.append(Area(drawn, fill=fill, stroke=look.coast, width=0.6))
    water = [part for turn in window.turns() for r in lakes for part in _ring(r, window, turn)]
    shapes.append(Area(water, fill=look.sea or look.lake))
    for line, low, high in borders:
        for turn in window.turns():
            points = _seen(line, low, high, window, turn)
            if points is not None:
                shapes.append(Line(_thinned(points), look.border, 0.8))
    return shapes


def _seen(points, low, high, window, turn):
    """The points in pixels, or None where nothing of them is in sight or large enough."""
    shift = np.array([window.left - turn, window.top])
    low, high = (low - shift) * window.scale, (high - shift) * window.scale
    if high[0] < -EDGE or low[0] > window.width + EDGE:
        return None
    if high[1] < -EDGE or low[1] > window.height + EDGE or max(high - low) < SMALLEST:
        return None
    return (points - shift) * window.scale


def _ring(packed, window, turn):
    """The parts of a ring that are in sight, as rings in pixels."""
    points = _seen(*packed, window, turn)
    if points is None:
        return []
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
    for country, _ in sorted(_world()[0], key=lambda item: -item[0].get("size", 0)):
        longitude, latitude = country["label"]
        size = (10.5 if country.get("size", 0) < 20 else 11.5) * unit
        wide = fonts.width(country["name"], size)
        if wide > window.radius(country.get("size", 0) * 111, latitude) * 0.9:
            continue
        for turn in window.turns():
            [(x, y)] = window.pixels([latitude], [longitude], turn)
            if taken.free(x - wide / 2, y - size, wide, size * 1.4):
                taken.add(x - wide / 2, y - size, wide, size * 1.4)
                text = Text(x, y, country["name"], size, look.name, anchor="middle")
                shapes.append(text)
    return shapes
