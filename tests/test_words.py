"""Sentences on one verb."""

import doctest

import pytest

from geo import catalogue, view, words


def test_the_examples_in_the_room_hold():
    assert doctest.testmod(words).failed == 0


@pytest.mark.parametrize(
    ("filming", "setting", "said"),
    [
        ("Norway", "Kashmir", "Norway plays Kashmir"),
        ("Matera", "Matera", "Matera plays itself"),
        ("Norway", float("nan"), "Shot in Norway"),
        (None, "Caladan", "Set in Caladan"),
    ],
)
def test_who_plays_what(filming, setting, said):
    assert words.plays(filming, setting) == said


def headline(folder, keep=slice(None)):
    return words.headline(view.table(catalogue.load(folder))[keep])


def test_one_film_is_named(write):
    assert headline(write()) == "1 scene of Fallout, 2018, shot in 1 country"


def test_films_of_one_franchise_share_its_name(write):
    films = [
        ["one", "One", "", "film", "Saga", "1", "1996", "", "", ""],
        ["two", "Two", "", "film", "Saga", "2", "2018", "", "", ""],
    ]
    scenes = [
        [f"s{n}", film, "norway", "", "confirmed", "", "A.", "nfi", ""]
        for n, film in enumerate(["one", "two", "two"])
    ]
    said = headline(write(films=films, scenes=scenes))
    assert said == "3 scenes of 2 Saga films, 1996–2018, shot in 1 country"


def test_a_film_and_a_series_are_both_named(write):
    films = [
        ["one", "One", "", "film", "", "", "1996", "yes", "", ""],
        ["two", "Two", "", "series", "", "", "", "yes", "", ""],
    ]
    scenes = [
        [f"s{n}", film, "", "caladan", "confirmed", "", "A.", "nfi", ""]
        for n, film in enumerate(["one", "two"])
    ]
    assert headline(write(films=films, scenes=scenes)) == "2 scenes of 2 films and series, 1996"


def test_nothing_left_says_so(write):
    assert headline(write(), slice(0)) == "No scenes match"


def test_what_is_denied_is_told_apart_and_counts_for_no_country(write):
    scenes = [["s1", "fallout", "norway", "kashmir", "confirmed", "", "A.", "nfi", ""],
              ["s2", "fallout", "kashmir", "", "denied", "", "B.", "nfi", ""]]  # fmt: skip
    rows = view.table(catalogue.load(write(scenes=scenes)))
    assert words.headline(rows) == "2 scenes of Fallout, 2018, shot in 1 country"
    assert words.summary(rows) == "1 scene of Fallout, 2018, shot in 1 country; 1 more denied"
    assert words.summary(rows.iloc[:1]) == "1 scene of Fallout, 2018, shot in 1 country"
    assert words.summary(rows.iloc[1:]) == "1 scene of Fallout, 2018, denied"
    assert words.summary(rows.iloc[:0]) == "No scenes match"
