"""Tables of open data, as they are published: CSV or JSON, columns found by their names.

San Francisco: "Film Locations in San Francisco", DataSF, data set yitu-d5am (Open Data Commons
Public Domain Dedication and License). Paris: "Lieux de tournage à Paris", Ville de Paris (Open
Database License). Any other CSV needs a mapping of columns.
"""

import csv
import io
import json
import re
from dataclasses import dataclass, field

from geo.errors import BadInput
from geo.imports.row import Row
from geo.text import fold

FIELDS = ("film", "year", "place", "latitude", "longitude", "point")


@dataclass(frozen=True)
class Source:
    """Where a table is, and under which names (folded) its columns may stand, best first."""

    address: str
    page: str
    title: str
    publisher: str
    licence: str
    columns: dict[str, tuple[str, ...]]
    country: str | None = None
    precision: str | None = None
    text: str = ""
    skip: dict[str, frozenset] = field(default_factory=dict)


SAN_FRANCISCO = Source(
    address="https://data.sfgov.org/resource/yitu-d5am.json?$limit=50000",
    page="https://data.sfgov.org/d/yitu-d5am",
    title="Film Locations in San Francisco",
    publisher="DataSF",
    licence="PDDL",
    country="US",
    precision="site",
    text="{film} was filmed at {place}, San Francisco, says the city's list of film locations.",
    columns={
        "film": ("title",),
        "year": ("release year",),
        "place": ("locations",),
        "latitude": ("latitude",),
        "longitude": ("longitude",),
        "point": ("point",),
    },
)
PARIS = Source(
    address="https://opendata.paris.fr/api/explore/v2.1/catalog/datasets/"
    "lieux-de-tournage-a-paris/exports/json",
    page="https://opendata.paris.fr/explore/dataset/lieux-de-tournage-a-paris/",
    title="Lieux de tournage à Paris",
    publisher="Ville de Paris",
    licence="ODbL",
    country="FR",
    precision="site",
    text="{film} was filmed at {place}, Paris, in {year}, says the city's list of permits.",
    columns={
        "film": ("nom tournage", "titre"),
        "year": ("annee tournage", "annee du tournage"),
        "place": ("adresse lieu", "localisation de la scene"),
        "point": ("geo point 2d",),
    },
)
SOURCES = {"san-francisco": SAN_FRANCISCO, "paris": PARIS}


def read_table(data, source):
    """Yield a Row for each line of `data` (bytes of CSV or JSON, as the source publishes it).

    Raises BadInput, naming the column that is missing, or what kind of file is wanted.
    """
    rows = _rows(data)
    columns = _columns(list(dict.fromkeys(name for row in rows for name in row if name)), source)
    for row in rows:
        cells = {name: row.get(column) for name, column in columns.items()}
        latitude, longitude = _point(cells)
        yield Row(
            film=_text(cells.get("film")),
            year=_year(cells.get("year")),
            place=_text(cells.get("place")),
            latitude=latitude,
            longitude=longitude,
            address=source.page,
            title=source.title,
            publisher=source.publisher,
            licence=source.licence,
            country=source.country,
            precision=source.precision,
            text=source.text,
        )


def _rows(data):
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("The table is not UTF-8. Save it as UTF-8.") from error
    if text.lstrip()[:1] in ("[", "{"):
        try:
            rows = json.loads(text)
        except ValueError as error:
            raise BadInput(f"The table is not whole JSON: {error}.") from error
        rows = rows.get("results", []) if isinstance(rows, dict) else rows
        return [row for row in rows if isinstance(row, dict)]
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    return list(csv.DictReader(io.StringIO(text), delimiter=separator))


def _columns(header, source):
    names = {fold(name.replace("_", " ")): name for name in header}
    found = {}
    for wanted, options in source.columns.items():
        column = next((names[fold(o)] for o in options if fold(o) in names), None)
        if column is not None:
            found[wanted] = column
    missing = [source.columns[name][0] for name in ("film", "place") if name not in found]
    if header and missing:
        raise BadInput(f"The table has no column “{missing[0]}”; it has: {', '.join(names)}.")
    return found


def _text(cell):
    return re.sub(r"\s+", " ", str(cell or "")).strip()


def _year(cell):
    found = re.search(r"\b(18|19|20)\d\d\b", str(cell or ""))
    return int(found[0]) if found else None


def _point(cells):
    """Latitude and longitude out of two columns, or of one that holds both in some form."""
    both = cells.get("point")
    if isinstance(both, dict):
        pair = both.get("coordinates", [None, None])[::-1]
        pair = (both.get("lat", pair[0]), both.get("lon", pair[1]))
    elif isinstance(both, (list, tuple)):
        pair = tuple(both)
    elif both and str(both).upper().startswith("POINT"):
        pair = tuple(re.findall(r"-?\d+\.?\d*", str(both)))[::-1]
    else:
        pair = tuple(str(both).split(",")) if both else ()
    if len(pair) != 2 or None in pair:
        pair = (cells.get("latitude"), cells.get("longitude"))
    try:
        latitude, longitude = map(float, pair)
    except (TypeError, ValueError):
        return None, None
    inside = abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0, 0)
    return (latitude, longitude) if inside else (None, None)
