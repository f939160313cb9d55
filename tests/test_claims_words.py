"""What the words around a place say of it: their senses, its frame, the other places."""

import pytest

from geo.claims.elsewhere import Elsewhere
from geo.claims.frame import describe_frame
from geo.claims.senses import around, of_sentence, senses, tokens
from geo.language import READ, phrases

PLACE = "\ue000"


@pytest.mark.parametrize(
    ("word", "language", "sense"),
    [
        ("premiered", "en", "release"),
        ("nachgebaut", "de", "build"),
        ("tournage", "fr", "film"),
        ("vecinos", "es", "street"),
        ("drapet", "no", "story"),
    ],
)
def test_a_word_is_known_by_its_beginning(word, language, sense):
    assert sense in senses(word, language)


def test_a_word_without_a_star_stands_for_itself_alone():
    assert "film" in senses("unit", "en")
    assert "film" not in senses("unite", "en")


@pytest.mark.parametrize("language", READ)
def test_every_language_has_the_same_senses(language):
    assert set(phrases(language)["senses"]) == set(phrases("en")["senses"])


def test_a_sense_is_told_by_side_and_distance():
    line = f"the carpenters built it in {PLACE} , and much later , in another century , the king"
    found = around(tokens(line), line.index(PLACE), "en")
    assert {"build near before", "story far after"} <= found
    assert "word before: in" in found and "next word before: in" in found
    assert not any(feature.startswith("build") and "after" in feature for feature in found)


def test_a_year_long_ago_is_no_year_of_a_shoot():
    old, new = (around(tokens(f"{PLACE} in {year}"), 0, "en") for year in ("1846", "2019"))
    assert "a year long ago after" in old
    assert "a year long ago after" not in new


def test_a_sentence_that_says_it_twice_says_so():
    told = set(of_sentence(tokens("the premiere and the festival"), "en"))
    assert {"speaks of release", "speaks of release twice"} <= told


@pytest.mark.parametrize(
    ("line", "language", "behind", "ahead"),
    [
        (f"shot in the old town of {PLACE} .", "en", "of", "nothing"),
        (f"shot in downtown {PLACE} and", "en", "in", "and"),
        (f"{PLACE} is not", "en", "nothing", "be"),
        (f"im alten {PLACE} wurde", "de", "in", "be"),
        (f"à {PLACE}, puis", "fr", "at", "mark"),
        (f"desde {PLACE} llegan", "es", "from", "word"),
    ],
)
def test_a_frame_is_the_preposition_and_what_follows(line, language, behind, ahead):
    told = set(describe_frame(line, line.index(PLACE), "T", language, ("none", "")))
    assert f"behind: {behind}, ahead: {ahead}" in told


def test_without_places_nothing_stands_elsewhere():
    assert Elsewhere([]).groups == []
