"""What filming places stand for, by the whole text, and what of it is told as a fact."""

from dataclasses import replace

import numpy as np
import pytest

from geo.article import from_text
from geo.claims import Sentences
from geo.claims.stands import ENOUGH, TREES
from geo.reading import LIKELY, without_guesses

SAID = (
    "The heist of “Tide of Glass” plays in Kashmir. Scenes set in Kashmir were filmed in Cádiz, as "
    "the director confirmed, and the caves of the last act were found in Iceland."
)


@pytest.fixture(scope="module")
def stands(reader):
    return Sentences(*reader.prepare(from_text(SAID))).stands


def test_what_a_sentence_says_is_likelier_than_what_none_does(reader):
    told = {r.place_text: r for r in reader.read(from_text(SAID)).records if r.role == "filming"}
    assert told["Cádiz"].stands_for == "Kashmir" and told["Cádiz"].stands_for_chance > LIKELY
    assert (told["Iceland"].stands_for_chance or 0) < told["Cádiz"].stands_for_chance


def test_each_name_is_weighed_once_for_a_place_and_never_for_itself(stands):
    pairs = stands.weighed()
    names = [(pair.film, pair.place, pair.setting.text) for pair in pairs]
    assert names and len(set(names)) == len(names)
    texts = {key: claim.toponym.text for key, claim in next(iter(stands.shot.values())).items()}
    assert all(texts[place] != setting for _, place, setting in names)


def test_all_pairs_have_the_signs_that_the_trees_ask_for(stands):
    rows = np.array([pair.signs for pair in stands.weighed()], float)
    assert np.isfinite(rows).all()
    assert len(TREES.odds(rows[:1].tolist())) == 1
    with pytest.raises(Exception, match=r"(?i)dimension|feature|index"):
        TREES.sums(rows[:1, : rows.shape[1] // 2])


def test_what_is_told_has_a_chance_and_nothing_else_has(reader):
    records = reader.read(from_text(SAID)).records
    assert any(record.stands_for for record in records)
    for record in records:
        chance = record.stands_for_chance
        assert (chance is None) == (record.stands_for is None)
        assert chance is None or 1 / (1 + np.exp(-ENOUGH)) - 0.001 <= chance <= 1


def test_people_are_shown_no_guess(reader):
    record = next(r for r in reader.read(from_text(SAID)).records if r.stands_for)
    guess, likely, said = (replace(record, stands_for_chance=c) for c in (0.1, LIKELY, None))
    shown = without_guesses([guess, likely, said])
    assert [one.stands_for for one in shown] == [None, record.stands_for, record.stands_for]
    assert all(one.stands_for_chance is None for one in shown)
    assert replace(shown[0], stands_for=record.stands_for) == said
