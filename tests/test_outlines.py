"""Outlines of countries: points in and out of them, by known places."""

import pytest

from geo.outlines import country_at, outside_km


@pytest.mark.parametrize(
    ("latitude", "longitude", "country"),
    [(59.9, 10.7, "NO"), (-33.87, 151.2, "AU"), (39.7, -105.0, "US"), (71.2, -179.5, "RU")],
)
def test_a_point_inside_is_no_distance_outside(latitude, longitude, country):
    assert country_at(latitude, longitude) == country
    assert outside_km(latitude, longitude, country) == 0


def test_a_point_outside_is_as_far_as_it_is():
    assert outside_km(50.09, 14.42, "SK") == pytest.approx(270, abs=30)
    assert country_at(0, -30) is None
    assert outside_km(0, 0, "XX") is None
