"""Exports of the shipped catalogue, read back by software that is not ours: the same rows."""

import io
import json
from collections import Counter

import gpxpy
import pandas as pd
import pytest
from fastkml import KML, Placemark
from fastkml.utils import find_all

from geo import catalogue, view
from geo.export import ends, export
from geo.words import ROLE_NAMES, SURENESS

TOLD = ("scene", "role", "place", "certainty", "precision", "sources", "disputed_by", "licence")
EVERY = 5  # of the scenes, for time: each kind of place is among them


@pytest.fixture(scope="module")
def shipped():
    found = catalogue.load()
    return view.table(found).iloc[::EVERY], found


@pytest.fixture(scope="module")
def wanted(shipped):
    """How often each row is to be there, by all that an export has to tell of it."""
    rows = ends(*shipped)
    assert {row["precision"] for row in rows} == set(shipped[1].places["precision"])
    return Counter(_told(row) for row in rows)


def _told(row):
    return tuple(str(row.get(name) or "").strip() for name in TOLD)


def test_csv_by_pandas(shipped, wanted):
    frame = pd.read_csv(io.BytesIO(export(*shipped, "csv")), keep_default_na=False, dtype=str)
    assert Counter(map(_told, frame.to_dict("records"))) == wanted


def test_geojson_by_the_standard_library(shipped, wanted):
    features = json.loads(export(*shipped, "geojson"))["features"]
    assert Counter(_told(feature["properties"]) for feature in features) == wanted
    for feature in features:
        told, shape = feature["properties"], feature["geometry"]
        area = told["precision"] in ("region", "country")
        kinds = {"Polygon", "MultiPolygon"} if area else {"Point"}
        assert shape["type"] in kinds if told["latitude"] is not None else shape is None


def test_kml_by_fastkml(shipped, wanted):
    marks = find_all(KML.parse(io.BytesIO(export(*shipped, "kml"))), of_type=Placemark)
    read = [{d.name: d.value for d in mark.extended_data.elements} for mark in marks]
    assert Counter(map(_told, read)) == wanted


def test_gpx_by_gpxpy(shipped, wanted):
    gpx = gpxpy.parse(export(*shipped, "gpx").decode())
    read = []
    for item in [*gpx.waypoints, *gpx.tracks]:
        own = {element.tag.split("}")[-1]: element.text for element in item.extensions}
        read.append(_told(own | {"place": item.name}))
    nowhere = sum(n for told, n in wanted.items() if told[TOLD.index("precision")] == "fictional")
    assert not Counter(read) - wanted and len(read) == wanted.total() - nowhere


def test_my_maps_by_pandas(shipped, wanted):
    frame = pd.read_csv(io.BytesIO(export(*shipped, "mymaps")), keep_default_na=False, dtype=str)
    roles = {name: role for role, name in ROLE_NAMES.items()}
    sure = {name: certainty for certainty, name in SURENESS.items()}
    read = [
        {
            "scene": row["Scene"],
            "role": roles[row["What"]],
            "place": row["Name"],
            "certainty": sure[row["How sure"]],
            "precision": row["Precision"],
            "sources": row["Sources"],
            "disputed_by": row["Disputed by"],
            "licence": row["Licence"],
        }
        for row in frame.to_dict("records")
    ]
    assert Counter(map(_told, read)) == wanted
