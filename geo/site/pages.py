"""Which pages a site has: one for each franchise, film, filming place and setting."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.text import fold

KINDS = {
    "franchises": "Franchises",
    "films": "Films and series",
    "places": "Filming places",
    "settings": "Settings",
}
FRONT = "all"


@dataclass(frozen=True)
class Page:
    """A page: its folder (`path`, with no slash at its ends), what it is of, and its rows.

    `kind` is one of KINDS or FRONT; `key` the id of the film or place, or the franchise's name;
    `rows` the positions of its rows in view.table().
    """

    kind: str
    key: str
    name: str
    title: str
    path: str
    rows: tuple[int, ...]


def pages(rows, catalogue):
    """All Pages, the front page first. What no scene mentions has none."""
    found = [Page(FRONT, "", "Doubletake", "Where films were shot", "", tuple(range(len(rows))))]
    taken = set()
    for kind, column in (
        ("franchises", _franchises(rows, catalogue)),
        ("films", rows["film"].astype("object")),
        ("places", rows["filming_place"]),
        ("settings", rows["setting"]),
    ):
        for key, positions in _groups(column):
            name, title = _names(kind, key, catalogue)
            path = _free(f"{kind}/{slug(key)}", taken)
            found.append(Page(kind, key, name, title, path, positions))
    return found


def _franchises(rows, catalogue):
    """The franchise of each row, None for a single film: its own page says it all."""
    franchise = catalogue.films["franchise"].astype("object")
    return rows["film"].astype("object").map(franchise)


def _groups(column):
    """(value, positions of the rows that have it), in order of first mention."""
    known = column.notna().to_numpy()
    values = column.to_numpy(dtype=object)
    positions = {}
    for position in np.flatnonzero(known):
        positions.setdefault(values[position], []).append(int(position))
    return [(value, tuple(found)) for value, found in positions.items()]


def _names(kind, key, catalogue):
    """What the thing is called, and what its page is."""
    if kind == "franchises":
        return key, f"Where {key} was shot"
    if kind == "films":
        film = catalogue.films.loc[key]
        year = f" ({film['year']})" if pd.notna(film["year"]) else ""
        return film["title"], f"Where {film['title']}{year} was shot"
    place = catalogue.places.loc[key]
    if kind == "settings":
        return place["name"], f"What plays {place['name']} in films"
    at = "at" if place["precision"] == "site" else "in"
    return place["name"], f"Films shot {at} {place['name']}"


def slug(text):
    """A name as part of an address: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(str(text))).strip("-") or "unnamed"


def _free(path, taken):
    number, free = 1, path
    while free in taken:
        number, free = number + 1, f"{path}-{number + 1}"
    taken.add(free)
    return free
