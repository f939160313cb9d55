"""Parts of areas by the compass: "northern France", "im südlichen Norwegen", "le sud de l'Italie".

The towns of the area that lie farthest that way are the part: it is put in their middle, and
reaches as far as most of them lie.
"""

import re
from dataclasses import replace
from functools import cache, lru_cache

import numpy as np

from geo.distance import KM_A_DEGREE
from geo.gazetteer import Gazetteer
from geo.language import phrases
from geo.model import AREAS

PART, MOST = 1 / 3, 80  # of how far its towns lie; per cent of the towns of the part
RIM = (0.03, 0.97)  # shares of the towns between which the area is said to extend
FEW = 12  # towns that say nothing of the shape of an area
BEFORE = 40  # characters that a phrase may take
WAYS = {"north": (1, 0), "south": (-1, 0), "east": (0, 1), "west": (0, -1)}


def part_of(text, spot, language):
    """The Spot of an area in the light of the words before it: its part, where these name one."""
    if not spot.place or spot.place.precision not in AREAS:
        return spot
    left = max(0, spot.start - BEFORE)
    said = _pattern(language).search(text[left : spot.start])
    lies = said and _part(spot.place, said.lastgroup.rstrip("0123456789"))
    if not lies:
        return spot
    latitude, longitude, radius = lies
    place = replace(
        spot.place, name=text[left + said.start() : spot.end], latitude=latitude,
        longitude=longitude, precision="region", radius_km=radius, identity="",
    )  # fmt: skip
    return replace(spot, place=place)


def is_way(name, language):
    """Whether a name is but a word that names a part of an area: "northern"."""
    return bool(_pattern(language).fullmatch(f"{name} "))


@lru_cache(maxsize=256)
def _part(place, way):
    """(latitude, longitude, radius in kilometres) of the part of an area that lies in the `way`,
    such as "north_west", or None where the gazetteer knows too few towns there."""
    gazetteer = Gazetteer.open()
    rows = gazetteer.towns_in(place)
    if len(rows) < FEW:
        return None
    north = gazetteer.latitude[rows].astype(float)
    east = (gazetteer.longitude[rows] - place.longitude + 180) % 360 - 180
    ways = [WAYS[part] for part in way.split("_")]
    far = sum(n * _within(north) + e * _within(east) for n, e in ways)
    low, high = np.quantile(far, RIM)
    chosen = far >= high - PART * (high - low)
    north, east = north[chosen], east[chosen]
    middle = np.median(north), np.median(east)
    away = np.hypot(north - middle[0], (east - middle[1]) * np.cos(np.radians(middle[0])))
    longitude = (middle[1] + place.longitude + 180) % 360 - 180
    radius = np.percentile(away, MOST) * KM_A_DEGREE
    return round(float(middle[0]), 2), round(float(longitude), 2), round(float(radius), 1)


def _within(degrees):
    """How far each lies that way, from 0 to about 1: half by the extent of the area, half by how
    many towns lie less far."""
    low, high = np.quantile(degrees, RIM)
    extent = (degrees - low) / max(high - low, 1e-9)
    return (extent + degrees.argsort().argsort() / len(degrees)) / 2


@cache
def _pattern(language):
    """What a language says of parts: a group for each way, named after it and numbered where the
    form has several."""
    said = phrases(language)["compass"]
    first, *others = said["form"].split("WAY")
    ways = (
        "|".join(f"(?P<{way}{number}>{'|'.join(words)})" for way, words in said["ways"].items())
        for number in range(len(others))
    )
    form = first + "".join(f"(?:{way}){rest}" for way, rest in zip(ways, others, strict=True))
    return re.compile(form, re.IGNORECASE)
