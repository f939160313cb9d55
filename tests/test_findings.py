"""Rows of geocoders -> Findings, whatever the rows hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.findings import SITE_KM, UNREADABLE, read_findings
from tests.misbehaving import PREIKESTOLEN

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


def read(**changes):
    return read_findings("nominatim", [PREIKESTOLEN | changes])


def test_a_row_is_read_whole():
    (finding,) = read()
    assert finding.names == ("Pulpit Rock", "Preikestolen")
    assert finding.kind == "natural=cliff" and finding.label.endswith("Norway")
    assert finding.place().identity == "osm:node/1"


@pytest.mark.parametrize(
    ("shape", "precision"),
    [
        ({"class": "place", "type": "country", "place_rank": 4}, "country"),
        ({"class": "boundary", "type": "administrative", "place_rank": 4}, "country"),
        ({"class": "boundary", "type": "administrative", "place_rank": 8}, "region"),
        ({"class": "boundary", "type": "administrative", "place_rank": 12}, "region"),
        ({"class": "boundary", "type": "administrative", "place_rank": 16}, "town"),
        ({"class": "place", "type": "city", "place_rank": 16}, "town"),
        ({"class": "place", "type": "village", "place_rank": 19}, "town"),
        ({"class": "place", "type": "island", "place_rank": 17}, "region"),
        ({"class": "natural", "type": "valley", "place_rank": 22}, "region"),
        ({"class": "natural", "type": "peak", "place_rank": 18}, "site"),
        ({"class": "historic", "type": "castle", "place_rank": 30}, "site"),
    ],
)
def test_precision_goes_by_the_kind_of_place(shape, precision):
    (finding,) = read(**shape)
    assert finding.precision == precision and finding.radius_km > 0


@given(st.floats(-80, 80), st.floats(-170, 170), st.floats(0.001, 5), st.floats(0.001, 5))
def test_what_reaches_far_is_no_site(south, west, height, width):
    box = [str(edge) for edge in (south, south + height, west, west + width)]
    point = {"lat": str(south + height / 2), "lon": str(west + width / 2)}
    (finding,) = read(osm_type="way", boundingbox=box, **point)
    assert (finding.precision == "site") is (finding.radius_km <= SITE_KM + 0.005)


def test_an_area_across_the_date_line_takes_the_short_way():
    (finding,) = read(osm_type="relation", boundingbox=["-18", "-16", "177", "-179"])
    assert finding.radius_km < 300


def test_hostile_text_stays_text():
    (finding,) = read(name="<img src=x onerror=alert(1)>{{7*7}}", namedetails={})
    assert finding.name == "<img src=x onerror=alert(1)>{{7*7}}"


def test_several_names_in_one_value_are_several_names():
    (finding,) = read(namedetails={"alt_name": "Prekestolen; Hyvlatonnå"})
    assert finding.names == ("Pulpit Rock", "Prekestolen", "Hyvlatonnå")


def test_a_row_without_a_name_is_no_place():
    assert read(name="", namedetails={}) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"boundingbox": ["nan", "1", "1", "1"], "osm_type": "way"},
        {"boundingbox": ["1", "2", "3"]},
        {"place_rank": float("inf")},
        {"lat": "inf"},
        {"lat": None},
        {"lon": "181"},
        {"address": "Norway"},
    ],
)
def test_a_row_that_cannot_be_read_is_an_error(changes):
    with pytest.raises(UNREADABLE):
        read(**changes)


@given(st.sampled_from(["nominatim", "photon", "pelias"]), st.lists(JSON, max_size=2))
def test_any_rows_are_findings_or_an_error_of_reading(geocoder, rows):
    try:
        findings = read_findings(geocoder, rows)
    except UNREADABLE:
        return
    assert all((f.latitude, f.longitude) != (0, 0) for f in findings)


@given(st.sampled_from(sorted(PREIKESTOLEN)), JSON)
def test_a_row_with_one_strange_cell_is_a_finding_or_an_error_of_reading(cell, value):
    try:
        findings = read(**{cell: value})
    except UNREADABLE:
        return
    for finding in findings:
        assert -90 <= finding.latitude <= 90 and -180 <= finding.longitude <= 180
        assert finding.radius_km == finding.radius_km < 25_000
