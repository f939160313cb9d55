"""Distances and great circles: known values, no jumps, no point taken for another."""

from itertools import pairwise
from math import isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.distance import great_circle, kilometres
from geo.model import Place


def at(latitude, longitude):
    return Place("", None, latitude, longitude, "site")


latitudes = st.floats(-89, 89)
longitudes = st.floats(-180, 180)


def test_known_distances():
    assert kilometres(at(51.5, -0.12), at(48.85, 2.35)) == pytest.approx(343, abs=2)
    assert kilometres(at(0, 179), at(0, -179)) == pytest.approx(222.4, abs=0.2)
    assert kilometres(at(0, 0), at(0, 180)) == pytest.approx(20015, abs=1)


def test_no_point_has_no_distance():
    assert isnan(kilometres(at(nan, nan), at(1, 1)))


@given(latitudes, longitudes, latitudes, longitudes)
def test_a_great_circle_joins_its_ends_without_a_jump(a, b, c, d):
    way = great_circle((a, b), (c, d))
    for end, (latitude, longitude) in ((way[0], (a, b)), (way[-1], (c, d))):
        assert end[0] == pytest.approx(latitude, abs=1e-6)
        assert kilometres(at(*end), at(latitude, longitude)) < 0.01
    length = sum(kilometres(at(*p), at(*q)) for p, q in pairwise(way))
    assert length == pytest.approx(kilometres(at(a, b), at(c, d)), rel=0.01, abs=0.01)


@given(latitudes, longitudes)
def test_between_antipodes_a_way_is_found(latitude, longitude):
    opposite = (-latitude, longitude - 180 if longitude > 0 else longitude + 180)
    assert len(great_circle((latitude, longitude), opposite)) > 2


def test_the_date_line_is_crossed_the_short_way():
    way = great_circle((35, 140), (37, -122))
    assert max(longitude for _, longitude in way) > 180
    steps = [abs(q[1] - p[1]) for p, q in pairwise(way)]
    assert max(steps) < 30
