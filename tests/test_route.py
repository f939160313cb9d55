"""Routes: every stop once, in the shortest order, and files that others read."""

import io
from itertools import pairwise, permutations
from urllib.parse import parse_qs, urlsplit

import gpxpy
import pytest
from fastkml import KML, Placemark
from fastkml.utils import find_all
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import __main__ as command
from geo import catalogue
from geo.distance import kilometres
from geo.errors import BadInput
from geo.route import MOST, Stop, links, route, stops, to_gpx, to_kml

PLACES = [
    ["oslo", "Oslo", "NO", "59.91", "10.75", "town", "10", "", "", "GeoNames 1"],
    ["bergen", "Bergen <&>", "NO", "60.39", "5.32", "town", "10", "", "", "GeoNames 2"],
    ["voss", "Voss", "NO", "60.63", "6.42", "town", "10", "", "", "GeoNames 3"],
    ["geilo", "Geilo", "NO", "60.53", "8.2", "town", "10", "", "", "GeoNames 4"],
    ["norway", "Norway", "NO", "62", "10", "country", "600", "", "", "GeoNames 5"],
    ["caladan", "Caladan", "", "", "", "fictional", "", "", "", ""],
]
SCENES = [
    [f"s{n}", "fallout", place, "", "confirmed", "", "A fight.", "nfi", ""]
    for n, place in enumerate(["bergen", "oslo", "voss", "geilo", "norway"])
]


@pytest.fixture
def norwegian(write):
    return stops(catalogue.load(write(places=PLACES, scenes=SCENES)).places)


points = st.lists(
    st.tuples(st.floats(-80, 80), st.floats(-180, 180)), min_size=2, max_size=6, unique=True
)


def length(way):
    return sum(kilometres(a, b) for a, b in pairwise(way))


def test_areas_and_fictional_places_are_no_stops(norwegian):
    assert {stop.identity for stop in norwegian} == {"oslo", "bergen", "voss", "geilo"}


def test_an_open_route_runs_from_end_to_end(norwegian):
    found = route(norwegian)
    assert [stop.identity for stop in found.stops] == ["oslo", "geilo", "voss", "bergen"]
    assert len(found.legs) == 3 and found.kilometres == pytest.approx(length(found.stops))


def test_a_route_starts_where_it_is_told_to(norwegian):
    for start in ("bergen", "geilo"):
        assert route(norwegian, start).stops[0].identity == start


def test_a_closed_route_comes_back(norwegian):
    found = route(norwegian, "voss", closed=True)
    assert found.way[0] == found.way[-1] and found.way[0].identity == "voss"
    assert len(found.legs) == 4


@settings(deadline=None, max_examples=40)
@given(points, st.booleans())
def test_no_other_order_is_shorter(spots, closed):
    found = [Stop(str(n), str(n), *spot) for n, spot in enumerate(spots)]
    best = route(found, closed=closed)
    assert sorted(best.stops, key=lambda s: s.identity) == found
    ways = ((*way, way[0]) if closed else way for way in permutations(found))
    shortest = min(map(length, ways))
    assert best.kilometres <= shortest * 1.001 + 1.0


def test_many_stops_come_in_a_good_order():
    line = [Stop(str(n), str(n), 50 + n % 7 / 1000, n / 4) for n in range(0, 60)]
    shuffled = sorted(line, key=lambda stop: hash(stop.longitude * 7919) % 101)
    assert route(shuffled).kilometres <= length(line) * 1.02


def test_too_few_too_many_and_unknown_starts_are_refused(norwegian):
    for bad in (
        norwegian[:1],
        norwegian[:1] * 2,
        [Stop(str(n), "", n, n) for n in range(MOST + 1)],
    ):
        with pytest.raises(BadInput):
            route(bad)
    with pytest.raises(BadInput):
        route(norwegian, "paris")


def test_gpx_and_kml_are_read_back(norwegian):
    found = route(norwegian)
    (line,) = gpxpy.parse(to_gpx(found)).routes
    assert [point.name for point in line.points][-1] == "4. Bergen <&>"
    assert line.points[0].latitude == 59.91
    marks = list(find_all(KML.parse(io.BytesIO(to_kml(found).encode())), of_type=Placemark))
    assert [mark.name for mark in marks[:4]] == [p.name for p in line.points]
    assert marks[4].geometry.geom_type == "LineString" and "km" in marks[4].name


def test_links_open_every_leg_and_stretch(norwegian):
    opened = links(route(norwegian))
    google = parse_qs(urlsplit(opened[0][1]).query)
    assert google["origin"] == ["59.91000,10.75000"] and google["destination"][0].startswith(
        "60.39"
    )
    assert google["waypoints"][0].count("|") == 1 and google["travelmode"] == ["driving"]
    assert sum("openstreetmap.org/directions" in address for _, address in opened) == 3
    long = route([Stop(str(n), str(n), 0, n / 100) for n in range(25)])
    parts = [parse_qs(urlsplit(a).query) for what, a in links(long) if what.startswith("Google")]
    assert len(parts) == 3 and parts[0]["destination"] == parts[1]["origin"]
    assert all(part["waypoints"][0].count("|") <= 8 for part in parts)
    assert parts[0]["travelmode"] == ["walking"]


def test_the_command_writes_and_tells(tmp_path, monkeypatch, capsys, write):
    monkeypatch.setenv("DOUBLETAKE_DATA", str(write(places=PLACES, scenes=SCENES)))
    monkeypatch.setenv("DOUBLETAKE_FOLDER", str(tmp_path))
    out = tmp_path / "tour.gpx"
    assert command.main(["route", str(out), "--start", "oslo"]) == 0
    assert "Geilo" in capsys.readouterr().out and gpxpy.parse(out.read_text()).routes
    assert command.main(["route", str(out), "--stop", "oslo"]) == 1
    assert command.main(["route", str(out), "--stop", "rome"]) == 1
    assert command.main(["route", str(tmp_path / "tour.txt")]) == 1
