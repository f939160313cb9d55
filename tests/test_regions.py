"""Parts of the world by name: the bounds that they have, and the scenes in them."""

import pytest

from geo import catalogue, view
from geo.errors import BadInput
from geo.picture import Request
from geo.picture.layout import Frame, asked
from geo.picture.regions import CONTINENTS, names, region
from geo.picture.window import around


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("NO", (59.9, 10.7), (78.2, 15.6)),
        ("norway", (70.0, 25.0), (55.7, 12.6)),
        ("United States of America", (40.7, -74.0), (21.3, -157.8)),
        ("NZ", (-36.8, 174.8), (-44.0, -176.5)),
        ("Russia", (43.1, 131.9), (48.9, 2.3)),
        ("france", (48.9, 2.3), (4.9, -52.3)),
        ("Europe", (64.1, -21.9), (30.0, 31.2)),
    ],
)
def test_a_region_holds_its_mainland(name, inside, outside):
    south, west, north, east = region(name).bounds
    for (latitude, longitude), held in ((inside, True), (outside, False)):
        assert (south < latitude < north and (longitude - west) % 360 < east - west) == held


def test_every_region_can_be_drawn():
    assert len(names()) == len(set(names())) > 200 and set(CONTINENTS) < set(names())
    frame = Frame(1200, 630, 70.0, 50.0, 1.0)
    for name in names():
        south, west, north, east = region(name).bounds
        assert -85 <= south < north <= 85 and west < east <= west + 360, name
        window = asked(Request(bounds=(south, west, north, east)), frame)
        x, y = window.spot((south + north) / 2, (west + east) / 2)
        assert abs(x - 600) < 2 or east - west == 360, name
        assert 70 < y < 580, name


@pytest.mark.parametrize("name", ["NO", "Europe", "Fiji", "Chile"])
def test_the_map_shows_a_region_where_it_is_told_to(name):
    found = region(name)
    centre, zoom = found.spot()
    window = around(*centre, zoom, 1200, 560)
    south, west, north, east = found.bounds
    assert all(abs(x - y) < 0.01 for x, y in zip(window.spot(*centre), (600, 280), strict=True))
    for corner in ((south, west), (north, east)):
        x, y = window.spot(*corner)
        assert -3 < x < 1203 and -3 < y < 563


def test_numbers_are_bounds_across_the_date_line_too():
    assert region("35,-11,71,40").bounds == (35, -11, 71, 40)
    assert region("-30,170,0,-160").bounds == (-30, 170, 0, 200)


@pytest.mark.parametrize("bad", ["", "Mordor", "1,2,3", "71,0,35,10", "a,b,c,d", "-99,0,9,9"])
def test_what_is_no_region_is_refused(bad):
    with pytest.raises(BadInput):
        region(bad)


def test_scenes_of_a_region_have_an_end_in_it():
    found = catalogue.load()
    rows = view.table(found)
    there = region("Iceland").of(rows, found.places)
    ends = (there["filming_country"] == "IS") | (there["setting_country"] == "IS")
    assert len(there) > 20 and ends.all()
    fiji = region("-25,170,-10,-170").of(rows, found.places)
    assert "SH" not in set(fiji["filming_country"]) and len(fiji) < 20
