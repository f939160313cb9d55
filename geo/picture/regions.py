"""Parts of the world by name: continents, and the countries of the basemap.

region("Europe"), region("NO"), region("norway"), region("35,-11,71,40")
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from geo.errors import BadInput
from geo.picture.land import outlines
from geo.picture.window import project
from geo.text import fold

CONTINENTS = {
    "Africa": (-36.0, -19.0, 38.0, 53.0),
    "Asia": (-11.0, 26.0, 62.0, 150.0),
    "Europe": (34.0, -25.0, 71.5, 45.0),
    "North America": (7.0, -168.0, 74.0, -52.0),
    "Oceania": (-48.0, 110.0, 2.0, 190.0),
    "South America": (-56.0, -83.0, 13.0, -34.0),
}
TILE = 256  # pixels that the world is wide on a web map at zoom 0
LARGE = 0.25  # of the largest part of a country, from which another part is shown with it
AIR = 0.04  # of a country's size that is shown around it


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the world: its name, "" where it has none, and (south, west, north, east) in
    degrees, east larger than 180 where it lies on both sides of the date line. `country` is its
    two-letter code, if it is one.
    """

    name: str
    bounds: tuple[float, float, float, float]
    country: str | None = None

    def spot(self, width=1200, height=560):
        """((latitude, longitude) of its middle, zoom) at which a map of these pixels shows it."""
        south, west, north, east = self.bounds
        _, (low, high) = project([south, north], [0, 0])
        middle = 0.5 - (low + high) / 2
        latitude = np.degrees(2 * np.arctan(np.exp(2 * np.pi * middle)) - np.pi / 2)
        zoom = np.log2(min(width / ((east - west) / 360), height / (low - high)) / TILE)
        longitude = ((west + east) / 2 + 180) % 360 - 180
        return (round(float(latitude), 4), longitude), round(float(zoom), 2)

    def of(self, rows, places):
        """Those of `rows` (of view.table()) of which an end lies in the region."""
        if self.country:
            ends = [rows[f"{end}_country"] == self.country for end in ("filming", "setting")]
            return rows[(ends[0] | ends[1]).to_numpy()]
        south, west, north, east = self.bounds
        points = places[["latitude", "longitude"]].to_numpy(dtype=float)
        within = (points[:, 0] >= south) & (points[:, 0] <= north)
        within &= (points[:, 1] - west) % 360 <= east - west
        known = set(places.index[within])
        return rows[(rows["filming_place"].isin(known) | rows["setting"].isin(known)).to_numpy()]


def names():
    """What region() knows by name: continents, then countries in the order of the alphabet."""
    return [*CONTINENTS, *sorted((name for name, _ in _countries().values()), key=fold)]


def region(text):
    """The Region that a continent's name, a country's name or code, or four numbers mean.

    Raises BadInput for anything else.
    """
    if text.count(",") == 3:
        return Region("", _numbers(text))
    known = {fold(name): Region(name, bounds) for name, bounds in CONTINENTS.items()}
    for code, (name, bounds) in _countries().items():
        known[fold(name)] = known[code.lower()] = Region(name, bounds, code)
    if fold(text) in known:
        return known[fold(text)]
    near = [name for name in names() if fold(text) and fold(text) in fold(name)][:5]
    hint = f" Did you mean: {', '.join(near)}?" if near else ""
    raise BadInput(
        f"There is no region “{text}”: name a continent, a country or its code, or bounds as "
        f"SOUTH,WEST,NORTH,EAST in degrees.{hint}"
    )


def _numbers(text):
    try:
        south, west, north, east = (float(number) for number in text.split(","))
    except ValueError as error:
        raise BadInput(f"{text}: bounds are SOUTH,WEST,NORTH,EAST in degrees.") from error
    east += 360 if east <= west else 0
    if not (-90 <= south < north <= 90 and -180 <= west <= 180 and west < east <= west + 360):
        raise BadInput(f"{text}: bounds are SOUTH,WEST,NORTH,EAST in degrees, south first.")
    return south, west, north, east


@cache
def _countries():
    """{two-letter code: (name, bounds of its large parts)}; of two with a code the larger."""
    found = sorted(outlines(), key=lambda country: max(map(_size, country[2])))
    return {code: (name, _around(rings)) for code, name, rings in found if code}


def _around(rings):
    sizes = np.array([_size(ring) for ring in rings])
    large = sizes >= LARGE * sizes.max()
    points = np.vstack([ring for ring, kept in zip(rings, large, strict=True) if kept])
    west, east = _across(np.sort(points[:, 0]))
    south, north = points[:, 1].min(), points[:, 1].max()
    air = AIR * max(east - west, north - south)
    west, east = (west - air, east + air) if east - west + 2 * air < 360 else (-180.0, 180.0)
    found = max(south - air, -85.0), west, min(north + air, 85.0), east
    return tuple(round(float(number), 2) for number in found)


def _size(ring):
    """The area of a ring of (longitude, latitude), in square degrees of the equator."""
    x = ring[:, 0] * np.cos(np.radians(ring[:, 1].mean()))
    return abs(x[:-1] @ ring[1:, 1] - x[1:] @ ring[:-1, 1]) / 2


def _across(longitudes):
    """The ends of sorted longitudes, across the date line where that way is the shorter."""
    gaps = np.diff(longitudes, append=longitudes[0] + 360)
    last = int(gaps.argmax())
    first = (last + 1) % len(longitudes)
    east = longitudes[last] + (360 if last < first else 0)
    return longitudes[first], east if east > longitudes[first] else east + 360
