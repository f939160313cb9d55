"""Ends -> the CSV that Google My Maps imports: a WKT column for the shape, then what to show."""

import shapely

from geo.export.outline import shape
from geo.export.plain import to_csv
from geo.words import ROLE_NAMES, SURENESS

MOST = 2000  # rows that My Maps takes in one layer, by its help page on imports


def write(found, name):
    """The text of the CSV. `name` goes unused: My Maps names a layer after its file."""
    return to_csv(_row(end) for end in found)


def _row(end):
    geometry = shape(end)
    return {
        "WKT": "" if geometry is None else shapely.to_wkt(geometry, rounding_precision=5),
        "Name": end["place"],
        "Description": f"{end['film']}: {end['says']}. {end['sentence'] or ''}".strip(),
        "Film": end["film"],
        "Franchise": end["franchise"],
        "Year": end["year"],
        "What": ROLE_NAMES[end["role"]],
        "How sure": SURENESS[end["certainty"]],
        "Precision": end["precision"],
        "Radius km": end["radius_km"],
        "Latitude": end["latitude"],
        "Longitude": end["longitude"],
        "Sources": end["sources"],
        "Disputed by": end["disputed_by"],
        "Licence": end["licence"],
        "Scene": end["scene"],
    }
