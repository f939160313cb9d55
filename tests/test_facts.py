"""What a whole text says: of a film and a place, and how sure it is of that."""

import numpy as np
import pytest

from geo.article import from_text
from geo.claims import ENOUGH, Sentences
from geo.claims.facts import TREES
from geo.claims.surely import DENIED, told
from geo.model import CERTAINTIES, ROLES

LIST = """Budapest, the city that is always another

Few towns have been so many others on the screen as Budapest. The reasons are cheap crews, grand
facades and a tax rebate, says the head of the national film office, who was born in Szeged.

“Evita” was filmed in Budapest in 1996, and Madonna sang from a balcony in Buenos Aires, as it were.
Steven Spielberg followed with “Munich”. Then “Tinker Tailor Soldier Spy” needed the Cold War and
found it round the corner. “Inferno” was made in Budapest as well, and nobody turns a head any more.

At the premiere in Florence, Ron Howard said that he would come back to Budapest at once."""


@pytest.fixture(scope="module")
def facts(reader):
    return Sentences(*reader.prepare(from_text(LIST))).facts


def test_the_films_of_a_list_share_its_place(facts):
    weighed = [fact for fact in facts.odds if fact.role == "filming"]
    odds = facts.odds
    for title in ("Munich", "Tinker Tailor Soldier Spy"):  # no sentence says where these were shot
        likeliest = max((f for f in weighed if f.film.title == title), key=odds.get)
        assert likeliest.said.spot.text == "Budapest"
        assert likeliest.key not in facts.claimed
        assert odds[likeliest] > -1.5


def test_every_film_is_weighed_for_every_place_once(facts):
    weighed = facts.weighed()
    assert len({fact.key for fact in weighed}) == len(weighed)
    budapest = {fact.film.title for fact in weighed if fact.said.spot.text == "Budapest"}
    assert budapest == {film.title for film in facts.films}


def test_all_facts_have_the_same_number_of_signs(facts):
    weighed = facts.weighed()
    (number,) = {len(fact.signs) for fact in weighed}
    assert np.isfinite(np.array([fact.signs for fact in weighed], float)).all()
    assert TREES.sums([weighed[0].signs]).shape == (1, 1)
    with pytest.raises(Exception, match=r"(?i)dimension|feature|index"):
        TREES.sums([weighed[0].signs[: number // 2]])


def test_a_place_by_several_names_is_one(reader):
    text = (
        "The film “Tide of Glass” was shot in the Netherlands. The director loves Holland, and "
        "the Netherlands love her film."
    )
    assert len(Sentences(*reader.prepare(from_text(text))).facts.places) == 1


def test_what_the_trees_find_unlikely_is_no_claim(reader, facts):
    unlikely = {fact.key for fact, odds in facts.odds.items() if odds < ENOUGH}
    assert unlikely
    sentences = Sentences(*reader.prepare(from_text(LIST)))
    claimed = {facts.key(claim) for claim in sentences.claims() if claim.certainty != "denied"}
    assert claimed and claimed.isdisjoint(unlikely)


def test_a_denial_is_heard_where_it_is_less_likely_than_not():
    chances = [0.9 - DENIED, 0.05, 0.05 - 0.01, DENIED + 0.01]
    rows = np.log(np.array([chances, [0.2, 0.6, 0.19, 0.01]]))
    assert told(rows) == ["denied", "reported"]
    assert told(rows[:1], [True]) == ["reported"]  # at second hand
    assert told(np.log([[0.1, 0.1, 0.1, 0.7]]), [True]) == ["denied"]
    assert CERTAINTIES[-1] == "denied" and ROLES == ("filming", "story")


def test_the_evidence_is_a_sentence_that_says_it_and_no_headline(reader):
    text = (
        "Norway is waiting\n\nNorway has mountains, says the mayor. The film “Tide of Glass” was "
        "shot in Norway. It rained all the time."
    )
    (record,) = reader.read(from_text(text)).records
    assert record.evidence == "The film “Tide of Glass” was shot in Norway."


def test_what_another_is_said_to_say_is_reported(reader):
    text = (
        "After weeks in Norway the crew of “Mission: Impossible 7” needs a rest. According to an "
        "Italian newspaper, the production will move on to Rome in October. Talk of a bridge in "
        "Poland has been denied by the director: the scene was never filmed there."
    )
    told = {record.place: record.certainty for record in reader.read(from_text(text)).records}
    assert told["Rome"] == "reported" and told["Poland"] == "denied"


@pytest.mark.parametrize(
    ("text", "denied", "instead"),
    [
        (
            "“Rogue Wave” was to have been shot in Morocco, but the plan was dropped and the "
            "production went to Jordan instead.",
            "Morocco",
            "Jordan",
        ),
        (
            "The makers of “Rogue Wave” cancelled their shoot in India and filmed instead in "
            "Turkey.",
            "India",
            "Türkiye",
        ),
        (
            "Le tournage de « Rogue One » en Jordanie a été annulé et s'est finalement déroulé "
            "aux Maldives.",
            "Jordan",
            "Maldives",
        ),
        (
            "Die Produktion von „Dark“ sagte den Dreh im Harz ab und drehte stattdessen in "
            "Brandenburg.",
            "Harz",
            "Brandenburg",
        ),
    ],
)
def test_what_took_the_place_of_another_is_not_denied_with_it(reader, text, denied, instead):
    found = {r.place: r.certainty for r in reader.read(from_text(text)).records}
    assert (found[denied], found[instead]) == ("denied", "confirmed")
