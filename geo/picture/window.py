"""Degrees -> pixels: which part of the globe a picture shows.

The projection is that of web maps (Mercator on the sphere, EPSG:3857), so that a picture and the
map look alike. A world unit is the width of the whole world.
"""

from dataclasses import dataclass
from math import cos, radians

import numpy as np

NORTHMOST = 84.0  # degrees; Mercator has no poles
NARROWEST = 5.0 / 360  # world units: no nearer than five degrees, the coast has no more detail
NEAREST = 0.08 / 360  # world units: of a street map, a walk of an hour or two
PACIFIC = -170.0  # degrees: where readers expect a map of the world to be cut
WHOLE = 200  # degrees: points spread over more than this are the world, cut in the Pacific
WIDE = 80.0  # degrees: where no gap is as wide as this the whole world is shown
PREFERRED = 1.4  # how much wider another gap between points must be to be cut there instead


def project(latitudes, longitudes, most=NORTHMOST):
    """World units: x from 0 at 180° west, y from 0 in the north, both arrays.

    What lies beyond `most` degrees from the equator is drawn there.
    """
    latitudes = np.clip(np.asarray(latitudes, dtype=float), -most, most)
    x = np.asarray(longitudes, dtype=float) / 360 + 0.5
    y = 0.5 - np.log(np.tan(np.pi / 4 + np.radians(latitudes) / 2)) / (2 * np.pi)
    return x, y


@dataclass(frozen=True, slots=True)
class Window:
    """What is seen: `left` and `top` in world units, `scale` in pixels a world unit.

    `width` and `height` are those of the picture, in pixels.
    """

    left: float
    top: float
    scale: float
    width: int
    height: int

    @property
    def wide(self):
        """How many world units the picture is wide."""
        return self.width / self.scale

    @property
    def high(self):
        """How many world units the picture is high."""
        return self.height / self.scale

    @property
    def west(self):
        """The western edge of what is drawn, in world units: never more than one world."""
        return self.left + max(self.wide - 1.0, 0.0) / 2

    @property
    def east(self):
        """The eastern edge of what is drawn, in world units."""
        return self.west + min(self.wide, 1.0)

    @property
    def sides(self):
        """The edges of what is drawn, in pixels; beside them a low and wide picture is empty."""
        return (self.west - self.left) * self.scale, (self.east - self.left) * self.scale

    def pixels(self, latitudes, longitudes, turn=0, most=NORTHMOST):
        """An array (n, 2) of pixels, the world shifted by `turn` whole turns to the east."""
        x, y = project(latitudes, longitudes, most)
        return np.column_stack([(x + turn - self.left) * self.scale, (y - self.top) * self.scale])

    def turns(self):
        """The copies of the world that are in sight, as whole turns."""
        return range(int(np.floor(self.west)), int(np.ceil(self.east)))

    def spot(self, latitude, longitude):
        """The pixel of a point, in the copy of the world that is nearest to the middle."""
        x, y = (float(value) for value in project(latitude, longitude))
        x += round(self.left + self.width / self.scale / 2 - x)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def radius(self, kilometres, latitude):
        """How many pixels a distance on the ground is, at a latitude."""
        at = cos(radians(min(abs(latitude), NORTHMOST)))
        return kilometres / (40_030.0 * at) * self.scale


def fit(latitudes, longitudes, width, height, margins, narrowest=NARROWEST):
    """The Window of `width` × `height` pixels that holds all points inside its margins.

    `margins` are pixels (top, right, bottom, left); at least `narrowest` world units are seen
    between them. The points may lie on both sides of the date line: the window is laid across the
    narrowest range of longitudes that holds them all. One that is wider than the world is cut in
    the Pacific.
    """
    top, right, bottom, left = margins
    inner = max(40, width - left - right), max(40, height - top - bottom)
    if not len(latitudes):
        latitudes, longitudes = [-45.0, 68.0], [-150.0, 170.0]
    x, y = project(latitudes, _together(np.asarray(longitudes, dtype=float)))
    wide, high = max(np.ptp(x), narrowest), max(np.ptp(y), narrowest)
    scale = min(inner[0] / wide, inner[1] / high)
    middle = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
    spot = left + inner[0] / 2, top + inner[1] / 2
    west, north = middle[0] - spot[0] / scale, middle[1] - spot[1] / scale
    if width / scale > 1:
        west = PACIFIC / 360 + 1 - width / scale / 2
    north = _kept(north + top / scale, inner[1] / scale) - top / scale
    return Window(west, north, scale, width, height)


def around(latitude, longitude, zoom, width, height):
    """The Window around a point at a zoom of web maps (256 pixels a world at zoom 0)."""
    scale = 256 * 2**zoom
    x, y = (float(value) for value in project(latitude, longitude))
    top = y - height / scale / 2
    return Window(x - width / scale / 2, _kept(top, height / scale), scale, width, height)


def _kept(top, high):
    """The upper edge of `high` world units moved to lie within the map, where it is that high."""
    _, (north, south) = project([NORTHMOST, -NORTHMOST], [0, 0])
    if high >= south - north:
        return (north + south - high) / 2
    return min(max(top, north), south - high)


def _together(longitudes):
    """The longitudes, some moved by a turn, so that the widest gap lies outside them."""
    ordered = np.sort(np.unique(longitudes % 360))
    gaps = np.diff(np.append(ordered, ordered[0] + 360))
    ends = (PACIFIC - ordered) % 360
    pacific = ends <= gaps
    gaps = np.where(pacific, gaps * PREFERRED, gaps)
    last = int(np.argmax(pacific if 360 - gaps.max() > WHOLE else gaps))
    first = ordered[(last + 1) % len(ordered)]
    moved = (longitudes - first) % 360 + first
    return moved - 360 * round(float(moved.mean() / 360))
