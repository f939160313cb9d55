"""Rows -> files that others can use: CSV, GeoJSON, KML, GPX and the CSV of Google My Maps.

    export(rows, catalogue, "geojson") -> bytes

One row of an export is one end of a scene: a film, a place, and whether it was shot or is set
there (ends.py). Every format holds the same rows; only GPX, which knows nothing without a point,
leaves out the places that are nowhere on the globe. No file holds a script, and no spreadsheet
takes a text for a formula.
"""

from geo.errors import BadInput
from geo.export.ends import ends
from geo.export.plain import FORMULA_STARTS, to_csv, to_json_lines

MEDIA = {
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "kml": "application/vnd.google-earth.kml+xml",
    "gpx": "application/gpx+xml",
    "mymaps": "text/csv",
}
ENDINGS = {
    ".mymaps.csv": "mymaps",
    ".csv": "csv",
    ".geojson": "geojson",
    ".json": "geojson",
    ".kml": "kml",
    ".gpx": "gpx",
}
FORMATS = tuple(MEDIA)

__all__ = ["ENDINGS", "FORMATS", "FORMULA_STARTS", "MEDIA", "ends", "export", "format_of",
           "to_csv", "to_json_lines"]  # fmt: skip


def export(rows, catalogue, kind, name="Doubletake"):
    """The `rows` (of view.table()) as bytes of a `kind` out of FORMATS; BadInput for another.

    `name` is what the file calls itself, where the format has room for it.
    """
    # Read here, so that the commands that write plain tables load no geometry.
    from geo.export import geojson, gpx, kml, mymaps

    found = ends(rows, catalogue)
    if kind == "csv":
        text = to_csv(found)
    elif kind in FORMATS:
        text = {"geojson": geojson, "kml": kml, "gpx": gpx, "mymaps": mymaps}[kind].write(
            found, name
        )
    else:
        raise BadInput(f"An export is one of: {', '.join(FORMATS)}.")
    return text.encode("utf-8")


def format_of(path):
    """The format that a file's name asks for, or None."""
    name = str(path).lower()
    return next((kind for ending, kind in ENDINGS.items() if name.endswith(ending)), None)
