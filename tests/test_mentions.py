"""Finding place names: what is one, what only looks like one, and where it stands."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.gazetteer import Entry, Gazetteer
from geo.mentions import find_toponyms
from geo.text import fold

PIECES = """Paris|U.S.|St.|'s|, |. |W.|Va.|Highway|19|of|\n|-|Norwegian|norske|fjell|The|$|John|(|\
Ebola|Street| |County|in |’s|Ill.|ß|İ""".split("|")


def names(text, **options):
    return [t.text for t in find_toponyms(text, **options)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The crew filmed in Norway and in Abu Dhabi.", ["Norway", "Abu Dhabi"]),
        ("Filming began near Stratford-upon-Avon in June.", ["Stratford-upon-Avon"]),
        ("They moved to St. Louis, Missouri, last week.", ["St. Louis", "Missouri"]),
        ("The shoot in Springfield, Ill., went on.", ["Springfield", "Ill."]),
        ("Norway's coast is seen from Tromsø’s harbour.", ["Norway", "Tromsø"]),
        ("The U.S. film was shot in the UK.", ["U.S.", "UK"]),
        ("They went to the Scottish Highlands.", ["Scottish Highlands"]),
        ("He left for Port-au-Prince, Haiti.", ["Port-au-Prince", "Haiti"]),
    ],
)
def test_places_are_found_whole(text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "But We saw Police officers On Thursday in March.",
        "Director Austin Powers and actress Paris Hilton said so.",
        "President George Washington met Mr. Lincoln.",
        "He read it in The Sun and The Washington Post.",
        "The Reston virus is harmless to people.",
        "Amazon Prime shows the first four films.",
        "It cost US$460 million.",
    ],
)
def test_what_is_no_place_is_left_alone(text):
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Er steht vor den norwegischen Bergen.", ["norwegischen"]),
        ("On voit les montagnes norvégiennes.", ["norvégiennes"]),
        ("Cruise looks out into the Norwegian mountains.", ["Norwegian"]),
    ],
)
def test_a_people_beside_a_landscape_is_a_place(text, found):
    assert names(text) == found


def test_every_people_is_a_place_when_asked_for():
    text = "The film had a Norwegian premiere."
    assert names(text) == []
    assert names(text, demonyms=True) == ["Norwegian"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gedreht wurde in Görlitz und in Neuseeland.", ["Görlitz", "Neuseeland"]),
        ("Le film a été tourné à Ouarzazate, au Maroc.", ["Ouarzazate", "Maroc"]),
        ("Se rodó en Almería y en Marruecos.", ["Almería", "Marruecos"]),
        ("Filmen ble spilt inn i Tromsø og i Storbritannia.", ["Tromsø", "Storbritannia"]),
    ],
)
def test_other_languages_than_english(text, found):
    assert names(text) == found


def test_names_lent_by_the_caller_are_found():
    cliff = Entry("x:1", "Preikestolen", "NO", None, None, 58.9864, 6.1906, "site")
    lent = {fold("Preikestolen"): (cliff,), fold("Wadi of the Moon"): (cliff,)}
    text = "They shot at Preikestolen and in the Wadi of the Moon."
    assert names(text) == []
    assert names(text, extra_names=lent) == ["Preikestolen", "Wadi of the Moon"]


def test_a_name_of_common_words_is_one_where_a_place_is_expected():
    assert "Bath" in names("They filmed in Bath, England.")
    assert "Bath" not in names("Bath time is over. She took a Bath towel.")


def test_another_gazetteer_object_reads_the_same():
    text = "They filmed in Oslo."
    assert names(text, gazetteer=Gazetteer.open()) == names(text)


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(PIECES),
        max_size=30,
    ).map("".join)
)
def test_spans_are_in_order_apart_and_true_to_the_text(text):
    end = 0
    for toponym in find_toponyms(text):
        assert end <= toponym.start < toponym.end <= len(text)
        assert text[toponym.start : toponym.end] == toponym.text
        assert toponym.place is None
        end = toponym.end
