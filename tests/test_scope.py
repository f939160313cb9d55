"""Names and what surrounds them: split, compared, and narrowed down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model import Place
from geo.scope import Context, Scope, is_generic, is_road, same_name, split_name, within

NORWAY = Place("Norway", "NO", 62.0, 10.0, "country", 900.0)
OSLO = Place("Oslo", "NO", 59.91, 10.75, "town", 12.0)
BERGEN = Place("Bergen", "NO", 60.39, 5.32, "town", 8.0)
TOKYO = Place("Tokyo", "JP", 35.68, 139.69, "town", 40.0)
KNOWN = {"Norway": [NORWAY], "Oslo": [OSLO], "Tokyo": [TOKYO]}


def scope(*qualifiers, **context):
    return Scope(qualifiers, Context(**context), lambda name: KNOWN.get(name, []))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Kingston", ("Kingston", ())),
        ("Victoria Market, Kingston, Jamaica", ("Victoria Market", ("Kingston", "Jamaica"))),
        ("Kingston (Jamaica)", ("Kingston", ("Jamaica",))),
        ("  Aït   Benhaddou ,Morocco ", ("Aït Benhaddou", ("Morocco",))),
        (", ,", ("", ())),
    ],
)
def test_a_name_and_its_qualifiers(name, parts):
    assert split_name(name) == parts


@given(st.text())
def test_any_text_can_be_split(name):
    head, qualifiers = split_name(name)
    assert head or not qualifiers


@pytest.mark.parametrize(
    "name", ["Main Street", "the old mill", "Castle", "Grand Hotel", "High St."]
)
def test_generic_names(name):
    assert is_generic(name)


@pytest.mark.parametrize("name", ["Doune Castle", "Abbey Road", "Wadi Rum", "Main", "Castle Combe"])
def test_names_that_say_which(name):
    assert not is_generic(name)


def test_a_road_is_one_by_its_last_word():
    assert is_road("Abbey Road") and not is_road("Road Town")


@pytest.mark.parametrize(
    ("asked", "name", "same"),
    [
        ("Pulpit Rock", "PULPIT ROCK", True),
        ("Skellig Michael", "Skellig Míchael", True),
        ("Wadi Rum", "Wadi Rum Protected Area", True),
        ("St Michael's Mount", "Saint Michael’s Mount", True),
        ("The Shambles", "Shambles", True),
        ("Paris", "Paris Bridge", False),
        ("Kashmir", "Kashmir Restaurant", False),
        ("Hobbiton", "Hobbiton Movie Set", False),
        ("Mexico City", "Mexico", False),
        ("Lake Como", "Como", False),
        ("Pulpit Rock", "Rock Pulpit", False),
        ("Pulpit Rock", "", False),
    ],
)
def test_the_same_name(asked, name, same):
    assert same_name(asked, [name]) is same


def test_a_named_country_is_a_condition():
    assert scope(country="NO").against(OSLO) is None
    assert scope(country="NO").against(TOKYO) == "not in NO"


def test_qualifiers_are_conditions():
    assert scope("Norway").against(BERGEN) is None
    assert scope("Norway").against(TOKYO) == "not in Norway"
    assert scope("Oslo").against(BERGEN) == "not in Oslo"


def test_a_region_that_a_place_says_it_lies_in_is_enough():
    assert scope("Vestland", "Norway").against(BERGEN, ("Vestland",)) is None
    assert scope("Vestland").against(BERGEN, ("Vestland",)) is None
    assert scope("Vestland").against(BERGEN) == "Vestland is not known"


def test_hints_grow_with_nearness():
    def points(place, *near):
        return scope(near=near).hint(place)[0]

    around = Place("Holmenkollen", "NO", 59.96, 10.67, "site", 0.5)
    hamar = Place("Hamar", "NO", 60.79, 11.07, "town", 3.0)
    order = [points(p, "Oslo") for p in (around, hamar, BERGEN, TOKYO)]
    assert order == sorted(order, reverse=True) and order[-1] == 0 and len(set(order)) == 4


def test_far_means_another_country_as_well():
    assert scope(near=("Tokyo",)).too_far(OSLO)
    assert not scope(near=("Oslo",)).too_far(BERGEN)
    assert not scope().too_far(OSLO)


def test_a_place_may_be_near_itself_given_as_a_place():
    assert scope(near=(OSLO,)).hint(OSLO)[0] > scope(near=(NORWAY,)).hint(OSLO)[0]


def test_an_area_across_a_border_does_not_hold_its_neighbour():
    sweden = Place("Strömstad", "SE", 58.94, 11.17, "town", 2.0)
    assert not within(sweden, Place("Østfold", "NO", 59.3, 11.0, "region", 60.0))


def test_of_a_mere_name_the_first_reading_is_what_is_near():
    def lookup(name):
        return [OSLO, TOKYO]

    hints = Scope((), Context(near=("Oslo",)), lookup)
    assert hints.hint(OSLO)[0] > 0 and hints.hint(TOKYO)[0] == 0
