"""Names of places in a sentence: by the gazetteer, by their form, by the words around them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.claims.bare import overlooked
from geo.claims.compass import part_of
from geo.claims.names import spots
from geo.claims.spot import Spot
from geo.language import sentences
from geo.mentions import find_toponyms
from geo.model import Toponym
from geo.resolve import resolve

LANGUAGES = ("en", "de", "fr", "es", "no")


def read(text, language="en"):
    """Name -> (kind, country) of every Spot of a text of one sentence."""
    (sentence,) = sentences(text, language)
    found = find_toponyms(text, demonyms=True)
    found += overlooked(text, [sentence], language, [(t.start, t.end) for t in found])
    found = resolve(sorted(found, key=lambda t: t.start), text)
    listed = spots(text, sentence, language, found, [])
    assert all(text[s.start : s.end] == s.text for s in listed)
    return {s.text: (s.kind, s.place.country if s.place else None) for s in listed}


def sites(text, language="en"):
    return {name for name, (kind, _) in read(text, language).items() if kind == "N"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They filmed at Tarrow railway station.", "Tarrow railway station"),
        ("They filmed at Great St Edric Pass.", "Great St Edric Pass"),
        ("They filmed in Ostley Hill Quarry.", "Ostley Hill Quarry"),
        ("They filmed at the abbey of Tarrow.", "abbey of Tarrow"),
        ("They filmed in Rue de l'Orfraie.", "Rue de l'Orfraie"),
        ("They filmed on Harkenallee.", "Harkenallee"),
        ("They filmed in Sainte-Orle-de-Vassy.", "Sainte-Orle-de-Vassy"),
        ("They filmed in the coastal village Tarrowby.", "Tarrowby"),
    ],
)
def test_a_form_says_that_a_name_is_a_place(text, name):
    assert sites(text) == {name}


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("Gedreht wurde in der Hafenstadt Tarrowmund.", "de", "Tarrowmund"),
        ("On a tourné au château de la Rovère.", "fr", "château de la Rovère"),
        ("Se rodó en el castillo de los Tarrones.", "es", "castillo de los Tarrones"),
        ("Det ble filmet i bygda Tarrvik.", "no", "Tarrvik"),
    ],
)
def test_forms_of_other_languages(text, language, name):
    assert name in sites(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "Elijah Hill plays the lead.",
        "Orsolya Woods moves in.",
        "The lead went to Rebecca Brook.",
        "It was made for Marvel Studios.",
        "Madeleine runs Tarrow Road Pictures.",
    ],
)
def test_people_and_companies_are_no_sites(text):
    assert sites(text) == set()


def test_one_of_many_has_no_name():
    assert sites("It was shot in a London studio.") == set()


def test_a_word_that_is_never_a_place_may_begin_the_name_of_one():
    found = read("They shot in British Columbia, on Paramount Ranch and in Spring Street.")
    assert found["British Columbia"] == ("T", "CA")
    assert "Paramount Ranch" in found


def test_a_listed_place_is_no_part_of_the_site_behind_it():
    assert set(read("It was shot in Rome and Tarrow Castle.")) == {"Rome", "Tarrow Castle"}
    assert set(read("It was shot in Rome and Tarrow Viaducts.")) == {"Rome and Tarrow Viaducts"}


def test_a_people_and_a_landscape_are_the_land():
    found = read("It was shot in the Norwegian mountains.")
    assert found == {"Norwegian": ("T", "NO")}


@pytest.mark.parametrize(
    "text",
    [
        "It was shot in the Asheville area.",
        "It shows the Varanasi of the thirties.",
        "They leave a Pennsylvania steel town.",
    ],
)
def test_an_article_makes_no_thing_of_a_place_that_more_is_said_of(text):
    assert [kind for kind, _ in read(text).values()] == ["T"]


def test_part_of_a_hyphenated_name_is_not_another_place():
    assert read("On a tourné à Sainte-Lucie-de-Tarrow.", "fr") == {
        "Sainte-Lucie-de-Tarrow": ("N", None)
    }


@given(st.text("ABab dé'’-.,&", max_size=60), st.sampled_from(LANGUAGES))
def test_spots_are_in_order_and_apart(text, language):
    for sentence in sentences(text, language):
        found = spots(text, sentence, language, [], [])
        assert all(one.end <= other.start for one, other in pairwise(found))


def test_names_in_a_list_with_a_place_are_places():
    assert sites("The scouts saw Tarrowstolen, Ostletunga and Lofoten.") == {
        "Tarrowstolen", "Ostletunga"
    }  # fmt: skip
    assert sites("It stars Tom Tarrow, Paris Hilton and Sydney Sweeney.") == set()


def test_a_namesake_elsewhere_is_not_meant():
    assert read("They filmed in Whitby, in Portugal.")["Whitby"] == ("N", None)
    assert read("They filmed in Whitby, in England.")["Whitby"][0] == "T"


def test_a_site_of_a_small_town_is_somewhere_there():
    text = "They filmed at Tarrow House in Söll and at Tarrow Hall in Berlin."
    (sentence,) = sentences(text, "en")
    found = resolve(find_toponyms(text), text)
    placed = {s.text: s.place for s in spots(text, sentence, "en", found, [])}
    house, town = placed["Tarrow House"], placed["Söll"]
    assert (house.name, house.precision) == ("Tarrow House", "town")
    assert (house.latitude, house.longitude) == (town.latitude, town.longitude)
    assert placed["Tarrow Hall"] is None


@pytest.mark.parametrize(
    "text",
    [
        "Denzel Washington, Pedro Tarrow and Barry Tarrow fill the benches.",
        "It stars Samuel L. Jackson.",
        "There is nothing like it in the East.",
    ],
)
def test_surnames_and_quarters_of_the_compass_are_no_toponyms(text):
    assert all(kind == "U" for kind, _ in read(text).values())


def test_a_german_noun_is_no_town():
    assert read("Im Sommer beginnt der Dreh in Berlin.", "de") == {"Berlin": ("T", "DE")}


def test_a_kind_of_site_makes_a_place_of_the_name_behind_it():
    assert sites("They filmed at the dam at Tarrowan.") == {"Tarrowan"}


class Told:
    """A network that takes some names for places, and no others."""

    def __init__(self, text, *names):
        self.spans = [(text.find(name), text.find(name) + len(name)) for name in names]

    def named(self, kind):
        return self.spans if kind == "place" else []

    def may_name_place(self, start, end, least):
        return False

    def place(self, start, end):
        return 3.0


@pytest.mark.parametrize(
    ("called", "name", "kind"),
    [
        ("Bow Hollow of Leeds", "Bow Hollow of Leeds", "N"),
        ("The Leeds", "Leeds", "T"),
        ("rainy Leeds", "Leeds", "T"),
    ],
)
def test_a_longer_name_that_the_network_knows_is_not_the_place_within_it(called, name, kind):
    text = f"Part of it was shot in {called}."
    (sentence,) = sentences(text, "en")
    at = text.find("Leeds")
    found = resolve([Toponym(at, at + len("Leeds"), "Leeds")], text)
    told = Told(text, called)
    assert [(s.text, s.kind) for s in spots(text, sentence, "en", found, [], told=told)] == [
        (name, kind)
    ]


@pytest.mark.parametrize(
    ("language", "text", "area", "name", "south", "north"),
    [
        ("en", "shot in northern France", "France", "northern France", 48, 50.5),
        ("en", "in the south of Italy", "Italy", "south of Italy", 37, 42),
        ("en", "in north-western Norway", "Norway", "north-western Norway", 61, 65),
        ("en", "a place north of Italy", "Italy", "Italy", 42, 44),
        ("de", "im südlichen Norwegen", "Norwegen", "südlichen Norwegen", 58, 61),
        ("fr", "dans le sud de l'Italie", "Italie", "sud de l'Italie", 37, 42),
        ("es", "en el norte de España", "España", "norte de España", 41, 43.5),
        ("no", "i nordlige Norge", "Norge", "nordlige Norge", 65, 71),
    ],
)
def test_a_part_of_an_area_lies_where_the_compass_says(language, text, area, name, south, north):
    at = text.rindex(area)
    (found,) = resolve([Toponym(at, at + len(area), area)], text, language=language)
    spot = Spot(at, at + len(area), area, "T", found.place)
    place = part_of(text, spot, language).place
    assert name in (place.name, found.text)
    assert south < place.latitude < north
    if place != found.place:
        assert place.precision == "region"
        assert 0 < place.radius_km < found.place.radius_km


def test_a_town_has_no_part_by_the_compass():
    text = "in eastern Leeds"
    (found,) = resolve([Toponym(11, 16, "Leeds")], text)
    spot = Spot(11, 16, "Leeds", "T", found.place)
    assert part_of(text, spot, "en") is spot
