"""The development set is whole: every article has an address and well-formed gold records."""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "articles"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))}
HELD_OUT = TEXTS.pop("HELD_OUT").split()
GOLD = {name: json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")) for name in TEXTS}
RECORDS = [(name, record) for name, records in GOLD.items() for record in records]
FIELDS = {
    "film": str,
    "franchise": str | None,
    "year": int | None,
    "place_text": str,
    "place_resolved": dict | None,
    "tolerance_km": int | float | None,
    "role": str,
    "certainty": str,
    "negated": bool,
    "optional_coarse": bool,
    "stands_for": str | None,
}
LANGUAGES = {"en": 55, "de": 7, "fr": 6, "es": 6, "no": 5}


def fold(text):
    """Lower case, without accents and punctuation: what two spellings of a name share."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def body(name):
    """The article below its address."""
    return TEXTS[name].split("\n\n", 1)[1]


def test_every_gold_file_has_its_article():
    assert {path.stem for path in FOLDER.glob("*.json")} == set(TEXTS)


@pytest.mark.parametrize("name", TEXTS)
def test_article_has_an_address_a_headline_and_a_body(name):
    first, empty, headline, *_ = TEXTS[name].splitlines()
    assert re.fullmatch(r"Source: https?://[^\s/]+\.[^\s/]+/\S*", first)
    assert not empty
    assert headline.strip()
    assert 150 <= len(body(name).split()) <= 450


@pytest.mark.parametrize("name", GOLD)
def test_records_have_the_fields_and_nothing_else(name):
    for record in GOLD[name]:
        assert record.keys() == FIELDS.keys()
        for field, kind in FIELDS.items():
            assert isinstance(record[field], kind), field
        assert record["film"].strip()
        assert record["role"] in ("filming", "story")
        assert record["certainty"] in ("confirmed", "reported", "questioned")
        assert record["year"] is None or 1890 < record["year"] < 2035


@pytest.mark.parametrize("name", GOLD)
def test_names_stand_in_the_article(name):
    for record in GOLD[name]:
        assert record["place_text"] in body(name)
        assert fold(record["stands_for"] or "") in fold(body(name))
        assert record["role"] == "filming" or record["stands_for"] is None


@pytest.mark.parametrize("name", GOLD)
def test_points_lie_on_earth(name):
    for record in GOLD[name]:
        place, reach = record["place_resolved"], record["tolerance_km"]
        assert (place is None) == (reach is None)
        if place:
            assert place.keys() == {"name", "country", "lat", "lon"}
            assert place["country"] is None or re.fullmatch("[A-Z]{2}", place["country"])
            assert -90 <= place["lat"] <= 90
            assert -180 <= place["lon"] <= 180
            assert (place["lat"], place["lon"]) != (0, 0)
            assert 1 <= reach <= 2500


@pytest.mark.parametrize("name", GOLD)
def test_one_record_for_each_film_place_and_role(name):
    keys = Counter(
        (
            record["film"],
            (record["place_resolved"] or {"name": record["place_text"]})["name"],
            record["role"],
        )
        for record in GOLD[name]
    )
    assert [key for key, count in keys.items() if count > 1] == []


def test_what_a_place_stands_for_is_a_setting_of_the_film():
    for name, record in RECORDS:
        if record["stands_for"]:
            settings = [
                fold(other["place_text"])
                for other in GOLD[name]
                if other["role"] == "story" and other["film"] == record["film"]
            ]
            meant = fold(record["stands_for"])
            assert any(meant in setting or setting in meant for setting in settings), (name, meant)


def test_no_address_is_retold_twice():
    addresses = Counter(text.splitlines()[0] for text in TEXTS.values())
    assert [address for address, count in addresses.items() if count > 1] == []


def test_the_set_is_as_wide_as_it_has_to_be():
    assert len(TEXTS) >= 80
    assert sum(not records for records in GOLD.values()) >= 10
    assert len({record["franchise"] for _, record in RECORDS} - {None}) >= 12
    unsure = {n for n, r in RECORDS if r["negated"] or r["certainty"] != "confirmed"}
    assert len(unsure) >= 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_there(language):
    names = [name for name in TEXTS if name.startswith(f"{language}-")]
    assert len(names) >= LANGUAGES[language]
    assert set(names) & set(HELD_OUT)


def test_names_begin_with_a_language():
    assert {name.split("-")[0] for name in TEXTS} == set(LANGUAGES)


def test_a_quarter_is_held_out():
    assert len(HELD_OUT) == len(set(HELD_OUT))
    assert set(HELD_OUT) <= set(TEXTS)
    assert 0.23 <= len(HELD_OUT) / len(TEXTS) <= 0.3
    assert len(HELD_OUT) >= 21
    assert sum(not GOLD[name] for name in HELD_OUT) >= 3
