from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.article import from_text
from geo.claims.cues import contrasts, cues
from geo.claims.merge import merge
from geo.films import Titles
from geo.language import phrases
from geo.model import Claim, Film, Place, Toponym
from geo.reading import Reader
from geo.tables import Tables


@pytest.fixture(scope="module")
def reader():
    reader = Reader(Tables([], [], [], []), scenes=False)
    assert isinstance(reader.titles, Titles)
    return reader


def read(reader, text):
    return {
        (r.place, r.role): (r.certainty, r.stands_for) for r in reader.read(from_text(text)).records
    }


@pytest.mark.parametrize(
    ("text", "place", "role"),
    [
        ("The film “Tide of Glass” was shot in Norway.", "Norway", "filming"),
        ("The film “Tide of Glass” is set in Norway.", "Norway", "story"),
        ("Filming of “Tide of Glass” took place in Norway.", "Norway", "filming"),
        ("The film “Tide of Glass” takes place in Norway.", "Norway", "story"),
        ("Der Film „Tide of Glass“ wurde in Norwegen gedreht.", "Norway", "filming"),
        ("Der Film „Tide of Glass“ spielt in Norwegen.", "Norway", "story"),
        ("Le film « Tide of Glass » a été tourné en Norvège.", "Norway", "filming"),
        ("La película «Tide of Glass» se rodó en Noruega.", "Norway", "filming"),
        ("Filmen «Tide of Glass» ble spilt inn i Norge.", "Norway", "filming"),
    ],
)
def test_roles(reader, text, place, role):
    assert read(reader, text) == {(place, role): ("confirmed", None)}


@pytest.mark.parametrize(
    "text",
    [
        "In the film “Tide of Glass”, Norway doubles for Kashmir.",
        "In the film “Tide of Glass”, Norway stood in for Kashmir.",
        "In the film “Tide of Glass”, Kashmir was recreated in Norway.",
        "“Tide of Glass” takes place in Kashmir in the film, but it was shot in Norway.",
        "In the film “Tide of Glass”, all that looks like Kashmir by day is Norway.",
        "In the film “Tide of Glass”, Norway took over from Kashmir.",
        "In the film “Tide of Glass”, the streets of Kashmir are really in Norway.",
        "For the film “Tide of Glass”, Norway has been Kashmir.",
    ],
)
def test_pairs_know_their_direction(reader, text):
    assert read(reader, text) == {
        ("Norway", "filming"): ("confirmed", "Kashmir"),
        ("Kashmir", "story"): ("confirmed", None),
    }


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("The film “Tide of Glass” was shot in Norway.", "confirmed"),
        ("The film “Tide of Glass” was reportedly shot in Norway.", "reported"),
        ("According to Variety, “Tide of Glass” was filmed in Norway.", "reported"),
        ("The film “Tide of Glass” is expected to shoot in Norway.", "reported"),
        ("Rumour has it that the film “Tide of Glass” was shot in Norway.", "questioned"),
        ("It is unclear whether the film “Tide of Glass” was shot in Norway.", "questioned"),
        ("The film “Tide of Glass” was not shot in Norway.", "denied"),
        ("Plans to shoot the film “Tide of Glass” in Norway were scrapped.", "denied"),
    ],
)
def test_certainty(reader, text, sure):
    assert read(reader, text)[("Norway", "filming")][0] == sure


def test_a_denial_holds_for_its_clause_only(reader):
    text = "The film “Tide of Glass” was not shot in Norway, but filming took place in Iceland."
    found = read(reader, text)
    assert found[("Norway", "filming")][0] == "denied"
    assert found[("Iceland", "filming")][0] == "confirmed"


def test_places_that_are_no_filming_places(reader):
    text = (
        "The film “Tide of Glass” was shot in Norway. It had its premiere in Venice. "
        "The director was born in Chicago."
    )
    assert set(read(reader, text)) == {("Norway", "filming")}


def test_lists_and_sites(reader):
    text = "The film “Tide of Glass” was shot in Norway, Iceland and at Bramble Castle."
    records = reader.read(from_text(text)).records
    assert {r.place for r in records} == {"Norway", "Iceland", "Bramble Castle"}
    castle = next(r for r in records if r.place == "Bramble Castle")
    assert (castle.precision, castle.latitude) == ("unknown", None)


def test_fictional_settings_have_no_point(reader):
    text = "In the film “Tide of Glass”, Malta doubled for the fictional Vorrenmark."
    story = next(r for r in reader.read(from_text(text)).records if r.role == "story")
    assert (story.place, story.precision, story.latitude) == ("Vorrenmark", "fictional", None)


CLAIM = Claim(Film("X"), Toponym(0, 6, "Norway", Place("Norway", "NO", 62, 10, "country")),
              "filming", "confirmed", 0, 20)  # fmt: skip


def claim(sure, start, stands_for=None):
    return Claim(CLAIM.film, CLAIM.toponym, "filming", sure, start, start + 20, stands_for)


@pytest.mark.parametrize(
    ("said", "result"),
    [
        (["reported", "confirmed"], "confirmed"),
        (["confirmed", "questioned"], "confirmed"),
        (["questioned", "reported"], "reported"),
        (["confirmed", "denied"], "denied"),
        (["denied", "confirmed"], "confirmed"),
        (["denied", "reported"], "denied"),
    ],
)
def test_what_several_sentences_say(said, result):
    merged = merge([claim(sure, 30 * n) for n, sure in enumerate(said)])
    assert [c.certainty for c in merged] == [result]


def test_what_a_place_stands_for_is_kept():
    kashmir = Toponym(3, 10, "Kashmir")
    (merged,) = merge([claim("confirmed", 0), claim("reported", 30, kashmir)])
    assert merged.stands_for == kashmir


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "no"])
def test_phrases_of_all_languages_have_the_same_tables(language):
    english, other = phrases("en"), phrases(language)
    for table, entries in english.items():
        assert set(entries) - {"unmarked"} <= set(other[table])


@given(st.text(max_size=60), st.sampled_from(["en", "de", "fr", "es", "no"]))
def test_cues_lie_apart_and_in_order(line, language):
    found = cues(line.lower(), language)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= at < len(line) for at in contrasts(line, language))


def test_what_only_says_where_another_place_lies_is_no_record(reader):
    text = "The film “Tide of Glass” was shot at Bamburgh Castle, near Newcastle."
    assert list(read(reader, text)) == [("Bamburgh Castle", "filming")]


def test_the_castle_and_there_mean_the_place_named_before(reader):
    text = "Bamburgh Castle is old. The film “Tide of Glass” was shot at the castle in May."
    assert ("Bamburgh Castle", "filming") in read(reader, text)
    text = "Everybody lives in Oslo. The film “Tide of Glass” was shot there in May."
    assert ("Oslo", "filming") in read(reader, text)


@pytest.mark.parametrize(
    "text",
    [
        "The film “Tide of Glass” was going to be shot in Norway.",
        "The makers of the film “Tide of Glass” meant to shoot in Norway.",
        "The film “Tide of Glass”: Norway is out, and the cameras will not go there.",
        "Filming of the film “Tide of Glass” in Norway was never on the cards.",
        "Norway did not let the film “Tide of Glass” shoot there.",
        "The film “Tide of Glass” came close to filming in Norway.",
        "The film “Tide of Glass” was going to be the first one made in Norway.",
    ],
)
def test_what_came_to_nothing_is_never_a_pin(reader, text):
    told = {said[0] for (place, _), said in read(reader, text).items() if place == "Norway"}
    assert told <= {"denied"}


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("The film “Tide of Glass” would be shot in Norway, if the blog has it right.", "reported"),
        ("Norway is in the running for the shoot of the film “Tide of Glass”.", "reported"),
        ("Norway is being looked at for the shoot of the film “Tide of Glass”.", "questioned"),
        ("The film “Tide of Glass” was shot in Norway, in an abandoned mine.", "confirmed"),
    ],
)
def test_what_is_weighed_or_heard_is_not_sure(reader, text, certainty):
    told = {said[0] for (place, _), said in read(reader, text).items() if place == "Norway"}
    assert told <= {certainty}


def test_a_denied_country_takes_what_only_seemed_to_be_in_it_along(reader):
    told = read(
        reader,
        "The film “Tide of Glass” was not shot in Norway. All of it was filmed in Iceland.\n\n"
        "The crew had heard much of Bergen.",
    )
    assert told["Norway", "filming"][0] == "denied"
    assert ("Bergen", "filming") not in told


@pytest.mark.parametrize(
    "text",
    [
        "The crew of the film “Tide of Glass” crosses Norway. Not one scene was shot there.",
        "The crew of the film “Tide of Glass” liked Norway. Working there was out of the question.",
        "Das Team des Films „Tide of Glass“ wollte nach Norwegen. Daraus wurde nichts.",
        "Teamet bak filmen «Tide of Glass» likte Norge. Slik ble det ikke.",
    ],
)
def test_what_the_next_sentence_takes_back_is_no_pin(reader, text):
    told = {said[0] for (place, role), said in read(reader, text).items() if role == "filming"}
    assert told <= {"denied"}


def test_what_was_filmed_for_sure_is_not_taken_back_by_the_next_sentence(reader):
    text = "The film “Tide of Glass” was shot in Norway. The director never went there."
    assert read(reader, text)["Norway", "filming"][0] == "confirmed"


@pytest.mark.parametrize(
    "text",
    [
        "The film “Tide of Glass” was shot in Norway. In the film it is Kashmir.",
        "The film “Tide of Glass” was shot in Norway. It became Kashmir for a week.",
        "“Tide of Glass” was filmed in Manchester. The city stood in for 1940s New York.",
        "Der Film „Tide of Glass“ wurde in Görlitz gedreht. Die Stadt mimt Wien.",
        "«Tide of Glass» se rodó en Cádiz. La ciudad hace de La Habana.",
        "Der Film „Tide of Glass“ wurde in Norwegen gedreht. Im Film ist es Indien.",
        "Der Film „Tide of Glass“ wurde in Oslo gedreht. Von außen ist es Havanna.",
        "Serien «Glasstid» ble spilt inn i Bergen. I serien var det Havana.",
    ],
)
def test_a_pronoun_plays_for_the_place_last_named(reader, text):
    told = read(reader, text)
    assert {stands for (_, role), (_, stands) in told.items() if role == "filming"} != {None}


def test_what_it_was_is_no_equation(reader):
    text = "The film “Tide of Glass” was shot in Norway. It was Kashmir that they had thought of."
    assert read(reader, text)["Norway", "filming"][1] is None


@pytest.mark.parametrize("setting", ["Baghdad", "Iraq"])
def test_towns_abroad_play_the_one_setting_of_a_text(reader, setting):
    text = f"The film “Tide of Glass” is set in {setting}.\n\nIt rained.\n\nIt was shot in Amman."
    assert read(reader, text)["Amman", "filming"][1] == setting


def test_a_town_does_not_play_its_own_country(reader):
    text = "The film “Tide of Glass” is set in France. It was shot in Paris."
    assert read(reader, text)["Paris", "filming"] == ("confirmed", None)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "According to the Oban Times, some scenes of “Tide of Glass” will be shot in Glencoe.",
            {"Glencoe"},
        ),
        (
            "The crew of “Tide of Glass” were filming in Perth this week, the Dundee Courier said.",
            {"Perth"},
        ),
        (
            "Wie die Kieler Nachrichten berichten, wird der Film „Tide of Glass“ auf Sylt gedreht.",
            {"Sylt"},
        ),
    ],
)
def test_newspapers_are_no_places(reader, text, places):
    assert {record.place_text for record in reader.read(from_text(text)).records} == places
