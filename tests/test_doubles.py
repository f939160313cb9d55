"""Doubles: both directions, distances, places in places, and what is near."""

import pytest

from geo import catalogue, view
from geo.doubles import busiest, doubles, farthest, inside, near, of, themselves
from geo.model import Place

PLACES = [
    ["norway", "Norway", "NO", "62", "10", "country", "600", "", "", "p", ""],
    ["finse", "Finse", "NO", "60.6", "7.5", "town", "2", "", "", "p", ""],
    ["kashmir", "Kashmir", "IN", "34", "76", "region", "200", "", "", "p", ""],
    ["rome", "Rome", "IT", "41.9", "12.5", "town", "10", "", "", "p", ""],
    ["forum", "Forum", "IT", "41.89", "12.48", "site", "1", "rome", "", "p", ""],
    ["hoth", "Hoth", "", "", "", "fictional", "", "", "", "", ""],
]
SCENES = [
    ["s1", "fallout", "norway", "kashmir", "confirmed", "", "A.", "nfi", ""],
    ["s2", "fallout", "finse", "kashmir", "confirmed", "", "B.", "nfi", ""],
    ["s3", "fallout", "finse", "hoth", "confirmed", "", "C.", "nfi", ""],
    ["s4", "fallout", "rome", "rome", "confirmed", "", "D.", "nfi", ""],
    ["s5", "fallout", "forum", "rome", "denied", "", "E.", "nfi", ""],
    ["s6", "fallout", "norway", "kashmir", "reported", "", "F.", "nfi", ""],
]


@pytest.fixture
def small(write):
    found = catalogue.load(write(places=PLACES, scenes=SCENES))
    return view.table(found), found


def names(pairs):
    return list(zip(pairs["filming_place"], pairs["setting"], strict=True))


def test_pairs_are_counted_and_denied_ones_are_none(small):
    pairs = doubles(*small)
    assert names(pairs)[0] == ("norway", "kashmir") and pairs["scenes"].tolist() == [2, 1, 1, 1]
    assert ("forum", "rome") not in names(pairs)
    assert pairs["films"].iloc[0] == ("Fallout",)


def test_both_directions(small):
    pairs, found = doubles(*small), small[1]
    assert set(of(pairs, "setting", {"kashmir"})["filming_place"]) == {"norway", "finse"}
    norway = of(pairs, "filming_place", inside(found, "norway"))
    assert set(norway["setting"]) == {"kashmir", "hoth"}
    assert inside(found, "rome") == {"rome", "forum"}


def test_distances_and_places_that_play_themselves(small):
    pairs = doubles(*small)
    far = farthest(pairs)
    assert far["km"].is_monotonic_decreasing and len(far) == 2
    assert 5000 < far["km"].iloc[0] < 6500
    assert names(themselves(pairs)) == [("rome", "rome")]
    assert busiest(pairs, "filming_place").iloc[0]["others"] == ["Kashmir", "Hoth"]


def test_near_a_point_areas_count_from_their_edge(small):
    rows, found = small
    oslo = Place("Oslo", "NO", 59.9, 10.75, "town")
    assert set(near(rows, found, oslo, 50)["scene"]) == {"s1", "s6"}
    assert set(near(rows, found, oslo, 250)["scene"]) == {"s1", "s2", "s3", "s6"}
    assert near(rows, found, oslo, 250)["km"].is_monotonic_increasing
