"""Ends -> GeoJSON (RFC 7946): one Feature an end, longitude first."""

import json

import shapely

from geo.export.ends import CREDIT, TERMS
from geo.export.outline import shape


def write(found, name):
    """The text of a FeatureCollection; a place that is nowhere has the geometry null."""
    features = [
        {
            "type": "Feature",
            "id": f"{end['scene']}/{end['role']}",
            "geometry": _geometry(shape(end)),
            "properties": end,
        }
        for end in found
    ]
    collection = {
        "type": "FeatureCollection",
        "name": name,
        "licence": TERMS,
        "attribution": CREDIT,
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _geometry(geometry):
    return None if geometry is None else json.loads(shapely.to_geojson(geometry))
