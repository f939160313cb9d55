"""Exports hold the rows, in every format the same ones, and run nothing."""

import csv
import io
import json
import os
import re
import shutil
import subprocess

import gpxpy
import pandas as pd
import pytest
import shapely
from fastkml import KML, Placemark
from fastkml.utils import find_all
from hypothesis import given
from hypothesis import strategies as st

from geo import __main__ as command
from geo import catalogue, view
from geo.errors import BadInput
from geo.export import FORMATS, ends, export, format_of, to_csv, to_json_lines
from geo.export.outline import circle, shape

ROWS = [
    {"film": "Fallout", "latitude": -44.5, "evidence": 'He said: "jump, now"\nand did.'},
    {"film": "=HYPERLINK(0)", "latitude": None, "evidence": "Tromsø"},
]
NASTY = "=cmd|'/c calc'!A0 </description><script>alert(1)</script> {{7*7}} & ]]> \x08"
SCENES = [
    ["s1", "fallout", "norway", "kashmir", "confirmed", "", "A fight.", "nfi", ""],
    ["s2", "fallout", "pulpit", "caladan", "reported", "", "A cliff, a fall.", "nfi", "nfi"],
    ["s3", "fallout", "taveuni", "", "denied", "", "Not here.", "nfi", ""],
]
PLACES = [
    ["norway", "Norway", "NO", "62", "10", "country", "600", "", "Norge", "GeoNames 3144096"],
    ["kashmir", "Kashmir", "IN", "34", "76", "region", "200", "", "", "editors' estimate"],
    ["pulpit", "Preikestolen", "NO", "58.9864", "6.1904", "site", "1", "", "", "GeoNames 1"],
    ["taveuni", "Taveuni", "FJ", "-16.85", "179.95", "region", "40", "", "", "GeoNames 2"],
    ["caladan", "Caladan", "", "", "", "fictional", "", "", "", ""],
]


@pytest.fixture
def whole(write):
    """A catalogue with a spot, a region over the date line, a country and a fictional place."""
    found = catalogue.load(write(scenes=SCENES, places=PLACES))
    return view.table(found), found


@pytest.fixture
def hostile(whole):
    rows, found = whole
    for frame, column in ((found.places, "name"), (rows, "sentence"), (rows, "title")):
        frame[column] = NASTY
    return view.table(found).assign(sentence=NASTY, title=NASTY), found


def keys(scenes, roles):
    return sorted(zip(scenes, roles, strict=True))


WANTED = keys(["s1", "s1", "s2", "s2", "s3"], ["filming", "story"] * 2 + ["filming"])


def test_csv_is_read_back_by_pandas():
    frame = pd.read_csv(io.StringIO(to_csv(ROWS)))
    assert frame["evidence"].tolist() == [ROWS[0]["evidence"], "Tromsø"]
    assert frame["latitude"].iloc[0] == -44.5 and pd.isna(frame["latitude"].iloc[1])


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_no_cell_begins_as_a_formula(start):
    assert pd.read_csv(io.StringIO(to_csv([{"a": start}])))["a"].iloc[0].startswith("'")


def test_json_lines_hold_one_row_a_line():
    assert [json.loads(line) for line in to_json_lines(ROWS).splitlines()] == ROWS


def test_no_rows_make_an_empty_file():
    assert to_csv([]) == to_json_lines([]) == ""


def test_one_row_is_one_end_of_a_scene(whole):
    found = ends(*whole)
    assert keys([e["scene"] for e in found], [e["role"] for e in found]) == WANTED
    first = found[0]
    assert first["says"] == "Norway plays Kashmir" and first["publishers"] == "NFI"
    assert first["sources"] == "https://example.org/a" and "CC BY 4.0" in first["licence"]
    assert {"certainty", "precision", "radius_km", "disputed_by", "point_from"} <= set(first)


def test_csv_holds_every_row(whole):
    frame = pd.read_csv(io.BytesIO(export(*whole, "csv")))
    assert keys(frame["scene"], frame["role"]) == WANTED
    spot = frame[frame["place"] == "Preikestolen"].iloc[0]
    assert (spot["latitude"], spot["longitude"]) == (58.9864, 6.1904)
    assert frame[frame["place"] == "Caladan"]["latitude"].isna().all()


def test_geojson_holds_every_row_and_areas_are_areas(whole):
    data = json.loads(export(*whole, "geojson"))
    features = data["features"]
    told = [feature["properties"] for feature in features]
    assert keys([p["scene"] for p in told], [p["role"] for p in told]) == WANTED
    kinds = {f["properties"]["place"]: (f["geometry"] or {}).get("type") for f in features}
    assert kinds["Preikestolen"] == "Point" and kinds["Caladan"] is None
    assert kinds["Norway"] == "MultiPolygon" and kinds["Kashmir"] == "Polygon"
    assert kinds["Taveuni"] == "MultiPolygon", "it lies on both sides of the date line"
    assert "creativecommons" in data["licence"]


def test_geojson_keeps_to_rfc_7946(whole):
    for feature in json.loads(export(*whole, "geojson"))["features"]:
        if feature["geometry"] is None:
            continue
        geometry = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert geometry.is_valid
        west, south, east, north = geometry.bounds
        assert -180 <= west <= east <= 180 and -90 <= south <= north <= 90
        for part in shapely.get_parts(geometry):
            if part.geom_type == "Polygon":
                assert part.exterior.is_ccw and part.area > 0


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(0.1, 3000))
def test_a_circle_holds_its_middle_and_has_its_size(latitude, longitude, radius):
    area = circle(latitude, longitude, radius)
    west, south, east, north = area.bounds
    assert area.is_valid and -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    assert area.distance(shapely.Point(longitude, latitude)) < 1e-4
    reach = radius / 111.195
    if abs(latitude) + reach < 89:
        assert north - south == pytest.approx(2 * reach, rel=0.01, abs=3e-5)


def test_a_country_that_the_basemap_lacks_is_a_circle(whole):
    end = ends(*whole)[0] | {"country": "ZZ"}
    assert shape(end).geom_type == "Polygon"


def test_kml_is_read_back_by_fastkml(whole):
    document = KML.parse(io.BytesIO(export(*whole, "kml")))
    marks = list(find_all(document, of_type=Placemark))
    told = [{d.name: d.value for d in mark.extended_data.elements} for mark in marks]
    assert keys([t["scene"] for t in told], [t["role"] for t in told]) == WANTED
    kinds = {mark.name: mark.geometry and mark.geometry.geom_type for mark in marks}
    assert kinds["Preikestolen"] == "Point" and kinds["Caladan"] is None
    assert kinds["Kashmir"] == "Polygon" and kinds["Norway"] == "MultiPolygon"
    assert told[0]["certainty"] == "confirmed" and "CC BY 4.0" in told[0]["licence"]


def test_gpx_is_read_back_by_gpxpy(whole):
    gpx = gpxpy.parse(export(*whole, "gpx").decode())
    assert [point.name for point in gpx.waypoints] == ["Preikestolen"]
    assert sorted(track.name for track in gpx.tracks) == ["Kashmir", "Norway", "Taveuni"]
    told = [_own(item) for item in [*gpx.waypoints, *gpx.tracks]]
    placed = [key for key in WANTED if key != ("s2", "story")]
    assert keys([t["scene"] for t in told], [t["role"] for t in told]) == placed
    assert gpx.waypoints[0].latitude == 58.9864 and told[0]["certainty"] == "reported"
    assert "1 row" in gpx.description and "creativecommons" in gpx.copyright_license


def _own(item):
    return {element.tag.split("}")[-1]: element.text for element in item.extensions}


def test_my_maps_has_a_shape_and_a_point_a_row(whole):
    frame = pd.read_csv(io.BytesIO(export(*whole, "mymaps")))
    assert len(frame) == len(WANTED)
    shapes = dict(zip(frame["Name"], frame["WKT"], strict=True))
    assert shapely.from_wkt(shapes["Preikestolen"]).equals(shapely.Point(6.1904, 58.9864))
    assert shapely.from_wkt(shapes["Kashmir"]).geom_type == "Polygon"
    assert frame["Licence"].str.contains("CC BY 4.0").all()


def _ogrinfo():
    """GDAL's reader. Where it is missing these checks are skipped, but never on a CI machine."""
    if shutil.which("ogrinfo"):
        return "ogrinfo"
    if os.environ.get("CI"):
        pytest.fail("ogrinfo is missing: install it (on Debian: apt-get install gdal-bin)")
    pytest.skip("ogrinfo is not installed (on Debian: apt-get install gdal-bin)")


@pytest.mark.parametrize("kind", FORMATS)
def test_gdal_reads_the_same_rows(whole, kind, tmp_path):
    reader = _ogrinfo()
    path = tmp_path / f"rows.{'csv' if kind == 'mymaps' else kind}"
    path.write_bytes(export(*whole, kind))
    command = [reader, "-ro", "-al", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "ERROR" not in done.stderr
    counts = dict(re.findall(r"Layer name: (\w+).*?Feature Count: (\d+)", done.stdout, re.DOTALL))
    counted = sum(int(counts[layer]) for layer in counts if not layer.endswith("_points"))
    assert counted == (len(WANTED) - 1 if kind == "gpx" else len(WANTED))
    assert "Preikestolen" in done.stdout


@pytest.mark.parametrize("kind", FORMATS)
def test_no_export_runs_a_script_or_a_formula(hostile, kind):
    text = export(*hostile, kind, NASTY).decode()
    if kind in ("csv", "mymaps"):
        cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "\t"))]
    elif kind == "geojson":
        assert json.loads(text)["features"][0]["properties"]["place"] == NASTY
    else:
        assert "<script" not in text
    if kind == "kml":
        marks = find_all(KML.parse(io.BytesIO(text.encode())), of_type=Placemark)
        assert all("<script" not in mark.description for mark in marks), "a balloon reads HTML"
    if kind == "gpx":
        assert gpxpy.parse(text).waypoints


def test_an_unknown_format_is_refused(whole):
    with pytest.raises(BadInput):
        export(*whole, "xlsx")
    assert format_of("A.GeoJSON") == "geojson" and format_of("a.mymaps.csv") == "mymaps"
    assert format_of("a.docx") is None


def test_the_command_writes_what_the_ending_asks_for(tmp_path, monkeypatch, capsys, write):
    monkeypatch.setenv("DOUBLETAKE_DATA", str(write(scenes=SCENES, places=PLACES)))
    monkeypatch.setenv("DOUBLETAKE_FOLDER", str(tmp_path))
    for name in ("a.csv", "a.geojson", "a.kml", "a.gpx", "a.mymaps.csv"):
        out = tmp_path / name
        assert command.main(["export", str(out), "--certainty", "confirmed"]) == 0
        assert "Preikestolen" not in out.read_text() and "Kashmir" in out.read_text()
    assert "1 scene of Fallout" in capsys.readouterr().out
    assert command.main(["export", str(tmp_path / "a.xlsx")]) == 1
    assert command.main(["export", str(tmp_path / "no" / "a.csv")]) == 1
    assert command.main(["export", str(tmp_path / "a.txt"), "--format", "kml"]) == 0
    assert (tmp_path / "a.txt").read_text().startswith("<?xml")
