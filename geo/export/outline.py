"""The shape of a row on the globe: a point, or the area that is all that is known.

Shapes are shapely geometries in degrees WGS84, longitude first, that lie within -180 to 180: what
crosses the antimeridian is cut there, as RFC 7946 (section 3.1.9) asks.
"""

import json
from functools import cache
from math import asin, atan2, cos, degrees, pi, radians, sin

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Point, Polygon, box
from shapely.geometry.polygon import orient

from geo.distance import EARTH_KM
from geo.model import AREAS
from geo.tables import DATA

CORNERS = 64
UNKNOWN_KM = 10.0  # an area of which only the middle is known
COARSE = 0.05  # degrees by which a country's outline may be simplified, some five kilometres
WORLD = box(-180, -90, 180, 90)


def shape(end):
    """The geometry of an end (of ends.py), None where it is nowhere on the globe.

    A country is its own outline, a region the circle of its radius; anything else is a point.
    """
    if end["latitude"] is None or end["longitude"] is None:
        return None
    if end["precision"] not in AREAS:
        return Point(end["longitude"], end["latitude"])
    country = _countries().get(end["country"]) if end["precision"] == "country" else None
    if country is not None:
        return country
    return circle(end["latitude"], end["longitude"], end["radius_km"] or UNKNOWN_KM)


@cache
def circle(latitude, longitude, radius_km):
    """All that lies within `radius_km` of a point, as a (Multi)Polygon of 64 corners or more."""
    ring = [_there(latitude, longitude, radius_km, 2 * pi * n / CORNERS) for n in range(CORNERS)]
    for n in range(1, CORNERS):
        turns = round((ring[n - 1][0] - ring[n][0]) / 360)
        ring[n] = (ring[n][0] + 360 * turns, ring[n][1])
    if abs(ring[-1][0] - ring[0][0]) > 180:  # it goes round a pole: close it over the pole
        pole = 90.0 if latitude > 0 else -90.0
        step = 360.0 if ring[-1][0] > ring[0][0] else -360.0
        ring += [(ring[0][0] + step, ring[0][1]), (ring[0][0] + step, pole), (ring[0][0], pole)]
    return _cut(shapely.make_valid(Polygon(ring)))


def _there(latitude, longitude, kilometres, bearing):
    """Where one arrives (longitude, latitude) after a distance (Williams, Aviation Formulary)."""
    latitude = min(max(latitude, -89.9999), 89.9999)  # a pole itself has no bearings
    angle, south = kilometres / EARTH_KM, radians(latitude)
    north = asin(sin(south) * cos(angle) + cos(south) * sin(angle) * cos(bearing))
    turn = atan2(sin(bearing) * sin(angle) * cos(south), cos(angle) - sin(south) * sin(north))
    return longitude + degrees(turn), degrees(north)


def _cut(area):
    """The area with what lies beyond ±180 moved to the other side, rounded to a metre or so."""
    pieces = []
    for turn in (-360, 0, 360):
        moved = shapely.transform(area, lambda points, turn=turn: np.add(points, (turn, 0)))
        pieces += polygons(shapely.intersection(moved, WORLD))
    return _whole(pieces, 5)


def polygons(geometry):
    """The Polygons of any geometry."""
    parts = shapely.get_parts(geometry).tolist()
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def _whole(pieces, digits):
    """Polygons as one geometry whose outer rings run counter-clockwise (RFC 7946, 3.1.6)."""
    rounded = [shapely.transform(p, lambda points: np.round(points, digits) + 0.0) for p in pieces]
    joined = shapely.union_all(shapely.make_valid(rounded))  # rounding may fold a sliver
    pieces = [orient(piece) for piece in polygons(joined)]
    return pieces[0] if len(pieces) == 1 else MultiPolygon(pieces)


@cache
def _countries():
    """{two-letter code: outline} out of the basemap, simplified."""
    data = json.loads((DATA / "basemap.json").read_text(encoding="utf-8"))
    return {
        country["code"]: _country(country["rings"], data["scale"])
        for country in data["countries"]
        if country["code"]
    }


def _country(rings, scale):
    lines = []
    for packed in rings:
        points = np.cumsum(np.reshape(packed, (-1, 2)), axis=0) / scale
        lines.append(shapely.LinearRing(points))
    area = shapely.make_valid(shapely.build_area(shapely.GeometryCollection(lines)))
    coarse = shapely.make_valid(shapely.simplify(area, COARSE))
    parts = sorted(polygons(coarse), key=lambda part: -part.area)
    return _whole([part for part in parts if part.area > 0.02] or parts[:1], 2)
