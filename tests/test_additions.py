"""News beside the catalogue: one scene a fact, certainty by the rule, disputes shown."""

import pytest

from geo import catalogue
from geo.additions import certainty, extend
from geo.checks import CHECKS
from geo.store import Store

RECORD = {
    **{"film": "Fallout", "franchise": "M:I", "year": 2018, "role": "filming"},
    **{"place": "Norway", "country": "NO", "latitude": 61.0, "longitude": 9.0},
    **{"precision": "country", "certainty": "reported", "stands_for": "Kashmir"},
    **{"evidence": "It was shot in Norway.", "source": "https://a.example/1", "title": "A"},
}


@pytest.fixture
def grown(write, tmp_path):
    """Extend the small catalogue of test_catalogue by records accepted into a store."""

    def _grown(*records):
        store = Store(tmp_path / "store.sqlite")
        store.add([RECORD | record for record in records], status="accepted")
        return extend(catalogue.load(write()), store.records("accepted"))

    return _grown


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ([("reported", "a")], "reported"),
        ([("reported", "a"), ("reported", "a")], "reported"),
        ([("reported", "a"), ("reported", "b")], "confirmed"),
        ([("questioned", "a"), ("questioned", "b")], "reported"),
        ([("questioned", "a"), ("reported", "b")], "reported"),
        ([("confirmed", "a"), ("denied", "b")], "confirmed"),
        ([("denied", "a"), ("denied", "b")], "denied"),
    ],
)
def test_certainty_follows_the_rule(said, means):
    assert certainty(said) == means


def test_a_known_fact_gains_a_source_and_no_scene(grown):
    larger = grown({})
    assert list(larger.scenes.index) == ["s1"]
    assert larger.scenes.loc["s1", "sources"] == ("nfi", "a-example-a")
    assert larger.sources.loc["a-example-a", "publisher"] == "a.example"


def test_a_denial_of_a_known_fact_disputes_it(grown):
    assert grown({"certainty": "denied"}).scenes.loc["s1", "disputed_by"] == ("a-example-a",)


def test_a_new_fact_of_two_sources_is_one_scene_with_places_films_and_sources(grown):
    other = {"film": "Vidda", "franchise": None, "year": 2026, "place": "Finse"}
    other |= {"latitude": 60.6, "longitude": 7.5, "precision": "town", "stands_for": "Hoth"}
    larger = grown(other, other | {"source": "https://b.example/2", "title": "B"})
    scene = larger.scenes.loc["vidda-finse-hoth"]
    assert (scene.film, scene.filming_place, scene.setting) == ("vidda", "finse", "hoth")
    assert (scene.certainty, scene.origin) == ("confirmed", "news")
    assert scene.sources == ("a-example-a", "b-example-b")
    assert larger.places.loc["hoth", "precision"] == "fictional"
    assert larger.places.loc["finse", "latitude"] == 60.6
    assert larger.films.loc["vidda", "single"]


def test_the_larger_catalogue_keeps_its_types_and_passes_the_checks(grown):
    larger = grown({"place": "Finse", "precision": "town", "stands_for": None, "licence": "CC0"})
    assert larger.places["latitude"].dtype == "float64"
    assert str(larger.films["year"].dtype) == "Int64"
    assert [str(fault) for rule in CHECKS for fault in rule(larger)] == []


def test_a_namesake_far_away_is_another_place(grown):
    larger = grown({"place": "Kashmir", "latitude": -44.0, "longitude": 170.0, "stands_for": None})
    assert larger.places.loc["kashmir-2", "latitude"] == -44.0


def test_a_real_place_without_a_point_is_unknown_and_not_fictional(grown):
    unplaced = {"latitude": None, "longitude": None, "precision": "unknown"}
    larger = grown(unplaced | {"place": "Old Mill", "stands_for": "Little Haven"})
    assert larger.places.loc[["old-mill", "little-haven"], "precision"].tolist() == ["unknown"] * 2
    assert larger.places.loc["old-mill", "latitude"] != larger.places.loc["old-mill", "latitude"]


def test_a_story_record_is_a_setting(grown):
    larger = grown({"role": "story", "place": "Kashmir", "latitude": 34.1, "longitude": 76.1})
    assert larger.scenes.loc["fallout-kashmir", "setting"] == "kashmir"
    assert larger.scenes.loc["fallout-kashmir", "filming_place"] is None
