"""Where the map lies in a picture, and where the legend stands on it without hiding a mark."""

from dataclasses import dataclass

import numpy as np

from geo.picture.furniture import PAD
from geo.picture.window import NARROWEST, NEAREST, around, fit, project

KM_A_DEGREE = 111.2  # of latitude
SHOWN = 0.7  # of an area's radius that a fitted picture shows at least
POLAR = (-60.0, 76.0)  # degrees: areas beyond do not widen a picture of anything else
MARK = 9  # pixels around a place that the legend keeps clear of
AIR = 34  # pixels between what is drawn and title or credit


@dataclass(frozen=True, slots=True)
class Frame:
    """What the map may take of a picture, in pixels: between `above` and `below`, the heights of
    title and credit. `unit` is the size of a pixel of a picture of 1200 × 630 in this one.
    """

    width: int
    height: int
    above: float
    below: float
    unit: float


def asked(request, frame):
    """The Window that a picture.Request asks for by `centre` and `zoom` or by `bounds`, or None."""
    if request.centre and request.zoom is not None:
        return _lowered(around(*request.centre, request.zoom, frame.width, frame.height), frame)
    if request.bounds:
        south, west, north, east = request.bounds
        air = 6 * frame.unit
        margins = (frame.above + air, air, frame.below + air, air)
        longitudes = np.linspace(west, east, 9)
        latitudes = np.linspace(south, north, 9)
        return fit(latitudes, longitudes, frame.width, frame.height, margins, NEAREST)
    return None


def _lowered(window, frame):
    """A Window whose middle is that of what is free between title and credit."""
    down = (frame.above - frame.below) / 2
    return type(window)(
        window.left, window.top - down / window.scale, window.scale, window.width, window.height
    )


def fitted(spots, frame, box, streets=False):
    """(Window, (left, top) of the legend, whose size is `box`) of a picture of all `spots`.

    The legend stands in a corner in which there is no mark; where there is none, the map moves
    aside.
    """
    points, nearest = extent(spots), NEAREST if streets else NARROWEST
    window = _fit(points, frame, nearest)
    corner, hidden = corner_of(spots, window, frame, box)
    if not hidden:
        return window, corner
    pad = PAD * frame.unit
    moved = [
        _fit(points, frame, nearest, left=box[0] + pad),
        _fit(points, frame, nearest, below=box[1] + pad),
    ]
    window = max(moved, key=lambda one: one.scale)
    return window, corner_of(spots, window, frame, box)[0]


def _fit(points, frame, nearest, left=0.0, below=0.0):
    side = frame.width * 0.06 + 12 * frame.unit
    air = AIR * frame.unit
    margins = (frame.above + air, side, frame.below + air + below, side + left)
    return fit(*points, frame.width, frame.height, margins, nearest)


def extent(spots):
    """(latitudes, longitudes) that a picture of `spots` has to hold: points, and most of areas."""
    points = [(spot.latitude, spot.longitude) for spot in spots if not spot.area]
    wide = []
    for spot in spots:
        if spot.area:
            north = SHOWN * spot.radius_km / KM_A_DEGREE
            east = min(north / max(np.cos(np.radians(spot.latitude)), 0.2), 40.0)
            wide += [(spot.latitude + north * y, spot.longitude + east * x) for x, y in AROUND]
    near = [point for point in wide if POLAR[0] <= point[0] <= POLAR[1]]
    points += near if near or points else wide
    return [max(-85.0, min(85.0, y)) for y, _ in points], [x for _, x in points]


AROUND = ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1))


def needed(spots, frame):
    """How many pixels high the map is that shows all spots across the whole width."""
    latitudes, longitudes = extent(spots)
    if not latitudes:
        return 0.0
    window = _fit((latitudes, longitudes), frame, NARROWEST)
    _, y = project(latitudes, longitudes)
    return float(np.ptp(y)) * window.scale + 2 * AIR * frame.unit


def corner_of(spots, window, frame, box):
    """((left, top), marks hidden) of the corner in which a box hides the fewest marks."""
    pad = PAD * frame.unit
    lefts = pad, frame.width - box[0] - pad
    tops = frame.height - frame.below - box[1] - pad, frame.above + pad
    reach = MARK * frame.unit
    at = np.array([window.spot(spot.latitude, spot.longitude) for spot in spots]).reshape(-1, 2)
    found = []
    for top in tops:
        for left in lefts:
            low = np.array((left - reach, top - reach))
            high = np.array((left + box[0] + reach, top + box[1] + reach))
            found.append((int(((at > low) & (at < high)).all(axis=1).sum()), (left, top)))
    hidden, corner = min(found, key=lambda one: one[0])
    return corner, hidden
