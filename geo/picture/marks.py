"""Rows -> marks, areas and lines in pixels: real is solid, imagined is hollow."""

from collections import Counter
from dataclasses import dataclass
from math import hypot

import numpy as np
import pandas as pd
import shapely

from geo.distance import great_circle
from geo.model import AREAS
from geo.picture.labels import label
from geo.picture.land import outline
from geo.picture.shapes import Area, Disc, Line
from geo.picture.window import NORTHMOST

EDGES = {"confirmed": (1.6, ()), "reported": (0.8, ()), "questioned": (1.4, (1.5, 2.2))}
SUREST = list(EDGES)
FACTS = ("name", "latitude", "longitude", "precision", "radius_km", "country")
FEWEST_PIXELS = 16  # of an area's radius, so that the smallest region can be seen
MOST_PIXELS = 260
DISCS = ((8, 60), (40, 20), (10**9, 7))  # up to so many areas, each is made of at most so many
FEWEST_DISCS = 7  # of which a wash is made: the eye is to see none of them
MOST_LINES = 160  # more lines than this are a tangle: the commonest pairs are drawn
OPACITIES = ((40, 0.75), (120, 0.4), (MOST_LINES, 0.25))  # of lines, by how many there are
SMALLEST_COUNTRY = 150  # square pixels of its box, below which a country is drawn as a disc
HATCH = 9  # pixels between the strokes that fill a country that is a setting
DISC = ((1.0, 0.66), (0.75, 0.75), (0.66, 1.0))  # boxes that together hold a circle of radius 1
DIAMOND = ((1.0, 0.34), (0.67, 0.67), (0.34, 1.0))  # and a square that stands on its corner
BOTH, ONLY_STORY = 2.0, 1.35  # how far a diamond reaches, in radii of a filming place's disc
APART = 0.6  # of a wash's radius within which another of the same colour would only darken it
POLE = 89.5  # degrees: a line may run off the map's edge towards a pole, which land may not
EDGE = 6  # pixels by which a line reaches beyond the picture, so that its cut end is not seen


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as it is drawn; counts of scenes, point in degrees, the surest certainty.

    `country` is the two-letter code of a whole country, and None for any smaller place.
    """

    name: str
    latitude: float
    longitude: float
    area: bool
    radius_km: float
    filming: int
    story: int
    certainty: str
    country: str | None = None


def spots(rows, places):
    """The Spots of all placed ends of `rows`, most scenes first. Denied scenes are not drawn."""
    told = _told(rows)
    filming = Counter(place for place, _, _ in told if place)
    story = Counter(setting for _, setting, _ in told if setting)
    surest = {}
    for place, setting, certainty in told:
        for end in (place, setting):
            surest[end] = min(surest.get(end, certainty), certainty, key=SUREST.index)
    found = [
        Spot(
            name=row["name"],
            latitude=row["latitude"],
            longitude=row["longitude"],
            area=row["precision"] in AREAS,
            radius_km=row["radius_km"] if row["radius_km"] == row["radius_km"] else 10.0,
            filming=filming[place],
            story=story[place],
            certainty=surest[place],
            country=row["country"] if row["precision"] == "country" else None,
        )
        for place, row in _placed_rows(places, filming | story)
    ]
    return sorted(found, key=lambda spot: (-spot.filming - spot.story, spot.name))


def _told(rows):
    """(filming place, setting, certainty) of each scene that is not denied; None for no end."""
    columns = [rows[name].tolist() for name in ("filming_place", "setting", "certainty")]
    ids = [[end if isinstance(end, str) else None for end in column] for column in columns[:2]]
    return [told for told in zip(*ids, columns[2], strict=True) if told[2] != "denied"]


def _placed_rows(places, ids):
    """(id, what is known of it as a dict) of the places that have a point."""
    index = places.index
    known = [place for place in ids if place in index]
    found = places[list(FACTS)].iloc[[index.get_loc(place) for place in known]]
    rows = zip(*(found[name].tolist() for name in FACTS), strict=True)
    for place, row in zip(known, rows, strict=True):
        if pd.notna(row[FACTS.index("latitude")]):
            yield place, dict(zip(FACTS, row, strict=True))


def pairs(rows, places):
    """((lat, lon) of the setting, (lat, lon) of the filming place, scenes), commonest first."""
    told = _told(rows)
    counted = Counter(
        (setting, place) for place, setting, _ in told if place and setting and place != setting
    )
    ends = dict.fromkeys(end for pair in counted for end in pair)
    points = {end: (row["latitude"], row["longitude"]) for end, row in _placed_rows(places, ends)}
    lines = [
        (points[setting], points[place], number)
        for (setting, place), number in counted.most_common()
        if setting in points and place in points
    ]
    return lines[:MOST_LINES]


def washes(found, window, look):
    """The areas: a country in its own shape, any other a soft disc that fades outwards."""
    areas = sorted((spot for spot in found if spot.area), key=lambda spot: -spot.radius_km)
    most = next(discs for number, discs in DISCS if len(in_sight(areas, window)) <= number)
    shapes, countries, stained = [], {}, []
    for spot in areas:
        rings = (outline(spot.country, window) or []) if spot.country else []
        if sum(np.ptp(ring, axis=0).prod() for ring in rings) > SMALLEST_COUNTRY:
            filming, story = countries.get(spot.country, (rings, 0, 0))[1:]
            countries[spot.country] = rings, filming + spot.filming, story + spot.story
        else:
            shapes += _wash(spot, window, look, most, stained)
    whole = [shape for country in countries.values() for shape in _country(*country, look)]
    return whole + shapes


def _wash(spot, window, look, most, stained):
    """An area as discs; none where one of `stained`, (colour, x, y, radius), is there already."""
    radius = min(max(window.radius(spot.radius_km, spot.latitude), FEWEST_PIXELS), MOST_PIXELS)
    colour = look.filming if spot.filming else look.story
    rings = round(min(max(radius / 3, FEWEST_DISCS), most))
    for _, x, y in _placed([spot], window):
        if any(c == colour and hypot(x - a, y - b) < APART * radius and r <= 2 * radius
               for c, a, b, r in stained):  # fmt: skip
            return
        stained.append((colour, x, y, radius))
        for step in np.linspace(1.0, 0.2, rings):
            yield Disc(x, y, radius * step, colour, opacity=0.45 / rings)


def _country(rings, filming, story, look):
    """A country: filled where films were shot, hatched where they play."""
    shapes = [Area(rings, look.filming, opacity=0.3)] if filming else []
    if not story:
        return shapes
    whole = shapely.union_all([shapely.make_valid(shapely.Polygon(r)) for r in rings if len(r) > 3])
    west, north, east, south = whole.bounds
    starts = np.arange(west - (south - north), east, HATCH)
    slopes = [[(x, south), (x + south - north, north)] for x in starts]
    cut = shapely.get_parts(shapely.intersection(shapely.MultiLineString(slopes), whole))
    strokes = [np.array(part.coords) for part in cut if part.geom_type == "LineString"]
    return shapes + [Line(points, look.story, 1.0, 0.45) for points in strokes]


def lines(drawn, window, look):
    """The great circles: dashed from the setting, solid to the filming place."""
    shapes = []
    opacity = next(share for most, share in OPACITIES if len(drawn) <= most)
    for start, end, number in drawn:
        way = np.array(great_circle(start, end, _steps(start, end)))
        half = len(way) // 2
        width = min(1.1 + 0.35 * (number - 1), 2.6)
        for points in _ways(way, window):
            for part, dash in ((points[: half + 1], (3.5, 4.5)), (points[half:], ())):
                seen = _in_sight(part, window)
                shapes += [Line(piece, look.line, width, opacity, dash) for piece in seen]
    return shapes


def _steps(start, end):
    """How many pieces a line is drawn in: the farther, the more it bends."""
    apart = max(abs(start[0] - end[0]), abs(start[1] - end[1]))
    return 2 * round(min(max(apart / 4, 4), 24))


def _ways(way, window):
    """A line from where its start is drawn, and, where it leaves the world, to where its end is."""
    points = window.pixels(way[:, 0], way[:, 1], most=POLE)
    ways = []
    for end in (0, -1):
        x, _ = window.spot(*way[end])
        moved = points + np.array([x - points[end][0], 0])
        if not ways or abs(moved[0][0] - ways[0][0][0]) > 1:
            ways.append(moved)
    return ways


def _in_sight(points, window):
    """The parts of a line that the picture shows."""
    _, top = window.spot(NORTHMOST, 0)
    beside = EDGE if window.wide < 1 else 0
    west, east = window.sides
    box = (west - beside, max(-EDGE, top), east + beside, window.height + EDGE)
    if (points >= box[:2]).all() and (points <= box[2:]).all():
        return [points]
    parts = shapely.get_parts(shapely.clip_by_rect(shapely.LineString(points), *box))
    return [np.array(part.coords) for part in parts if part.geom_type == "LineString"]


def marks(found, window, look, taken, radius, size):
    """The points, and their names of `size` pixels, which keep clear of all marks."""
    placed = [one for one in _placed(found, window) if not taken.covers(*one[1:])]
    for spot, x, y in placed:
        for right, down in DIAMOND if spot.story else DISC:
            wide, high = right * _reach(spot, radius), down * _reach(spot, radius)
            taken.add(x - wide, y - high, 2 * wide, 2 * high)
    shapes, names = [], []
    for spot, x, y in reversed(placed):
        if not spot.area:
            shapes += _mark(spot, x, y, look, radius)
    for spot, x, y in placed:
        only_story = spot.story and not spot.filming
        style = {"fill": look.story, "weight": "italic"} if only_story else {}
        reach = _reach(spot, radius)
        names.append(label(spot.name, x, y, reach, taken, look, size, **style))
    return shapes + [name for name in names if name]


def _reach(spot, radius):
    """How far a mark reaches from its middle, its edge included, in pixels."""
    if spot.area:
        return 5
    edge = max(1.6, EDGES[spot.certainty][0]) if spot.story else EDGES[spot.certainty][0]
    if not spot.story:
        return radius + edge / 2
    # A line that turns at a right angle ends in a point, farther out than half its width.
    return radius * (BOTH if spot.filming else ONLY_STORY) + edge * 0.71


def _mark(spot, x, y, look, radius):
    width, dash = EDGES[spot.certainty]
    shapes = []
    if spot.filming:
        edge = {"stroke": look.ink, "width": width, "dash": dash}
        shapes.append(Disc(x, y, radius, look.filming, **edge))
    if spot.story:
        reach = radius * (BOTH if spot.filming else ONLY_STORY)
        corners = np.array([(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)])
        fill = None if spot.filming else look.paper
        shapes.append(Area([corners], fill, look.story, max(1.6, width), dash=dash))
    return shapes


def in_sight(found, window):
    """The Spots whose middle a Window shows."""
    return [spot for spot, _, _ in _placed(found, window)]


def _placed(found, window):
    """(spot, x, y) for every spot that is in sight, once."""
    placed = []
    for spot in found:
        x, y = window.spot(spot.latitude, spot.longitude)
        if -4 <= x <= window.width + 4 and -4 <= y <= window.height + 4:
            placed.append((spot, x, y))
    return placed
