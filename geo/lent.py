"""Places of the catalogue as entries that the readers of names know beside the gazetteer's."""

from collections import defaultdict

from geo.gazetteer import Entry
from geo.text import fold

KIND = {"site": "site", "town": "town", "region": "region", "country": "country"}
LICENCE = "CC BY 4.0"


def lent_names(places):
    """Folded name -> tuple of Entry, for the rows of places (geo/tables.py) that have a point."""
    found = defaultdict(list)
    for row in places:
        if row["precision"] not in KIND or row["latitude"] is None:
            continue
        entry = _entry(row)
        for name in {fold(name) for name in (row["name"], *row["aliases"])} - {""}:
            found[name].append(entry)
    return {name: tuple(entries) for name, entries in found.items()}


def _entry(row):
    return Entry(
        identity=f"catalogue:{row['place']}",
        name=row["name"],
        country=row["country"],
        admin1=None,
        admin2=None,
        latitude=row["latitude"],
        longitude=row["longitude"],
        kind=KIND[row["precision"]],
        radius_km=row["radius_km"] or 1.0,
        source=row["point_from"] or "",
        licence=LICENCE,
    )
