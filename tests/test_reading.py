import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import tables
from geo.article import from_file, from_text
from geo.errors import BadArticle
from geo.reading import NO_FILM, NO_PLACE, Reader

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "tests" / "articles"
SEED = ROOT.parent / "shared" / "articles" / "mission-impossible-7.txt"
WORDS = "was filmed shot set in at Norway Paris “ ” ( ) . , The film Fallout Dune not and 2021 \n"


@pytest.fixture(scope="module")
def reader():
    return Reader(tables.read()[0])


@pytest.mark.skipif(not SEED.exists(), reason="the seed article is not beside this repository")
@pytest.mark.parametrize("scenes", [True, False])
def test_the_seed_article(scenes):
    records = Reader(tables.read()[0], scenes=scenes).read(from_file(SEED)).records
    assert {(r.film, r.year, r.country, r.role, r.certainty, r.stands_for) for r in records} == {
        ("Mission: Impossible – Fallout", 2018, "NO", "filming", "confirmed", "Kashmir"),
        (
            "Mission: Impossible – Fallout",
            2018,
            next(r.country for r in records if r.place == "Kashmir"),
            "story",
            "confirmed",
            None,
        ),
        (
            "Mission: Impossible – Dead Reckoning Part One",
            2023,
            "NO",
            "filming",
            "confirmed",
            None,
        ),
        (
            "Mission: Impossible – Dead Reckoning Part One",
            2023,
            "GB",
            "filming",
            "questioned",
            None,
        ),
    }


def test_evidence_is_a_sentence_of_the_article(reader):
    text = "On location\n\nThe film “Tide of Glass” was shot in Norway. It rained all the time."
    (record,) = reader.read(from_text(text)).records
    assert record.evidence == "The film “Tide of Glass” was shot in Norway."
    assert text[record.evidence_start : record.evidence_end] == record.evidence


def test_notes_say_why_there_is_nothing(reader):
    assert reader.read(from_text("The weather in Norway was fine.")).notes == [NO_FILM]
    assert reader.read(from_text("The film “Tide of Glass” is long.")).notes == [NO_PLACE]
    assert reader.read(from_text("The film “Tide of Glass” was shot in Norway.")).notes == []


def test_the_catalogue_lends_its_places_only_when_asked():
    real = tables.read()[0]
    row = next(row for row in real.places if row["precision"] == "site")
    row |= {
        "place": "x",
        "name": "Zwarkelfjell",
        "latitude": 61.5,
        "longitude": 7.5,
        "country": "NO",
    }
    lending = real._replace(places=[row])
    article = from_text("The film “Tide of Glass” was shot at Zwarkelfjell.")
    (lent,) = Reader(lending).read(article).records
    assert (lent.country, lent.latitude, lent.precision) == ("NO", 61.5, "site")
    bare = Reader(lending, scenes=False).read(article).records
    assert [record.latitude for record in bare] in ([], [None])


def test_other_languages_are_refused(reader):
    with pytest.raises(BadArticle, match="Italian"):
        reader.read(from_text("Il film è stato girato nella città, ma non per la sua casa."))


def test_addresses_name_no_places(reader):
    text = "Source: https://example.org/norway/oslo\n\nThe film “Tide of Glass” was shot in Malta."
    assert {r.place for r in reader.read(from_text(text)).records} == {"Malta"}


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS.split(" ")), min_size=1, max_size=40))
def test_any_text_is_read(reader, words):
    text = " ".join(words) + " x"
    for record in reader.read(from_text(text)).records:
        assert text[record.evidence_start : record.evidence_end] == record.evidence
        assert (record.latitude, record.longitude) != (0, 0)
        assert record.precision != "fictional" or record.latitude is None


def test_every_process_reads_the_same_records():
    """Python orders sets of str anew in each process: of two films that weigh alike the same one
    must be meant."""
    article = ARTICLES / "en-dylan-dog-my-life-as-a-zombie.txt"
    command = [sys.executable, "-m", "geo", "read", "--without-scenes", str(article)]
    told = {
        subprocess.run(
            command, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "3", "4")
    }  # fmt: skip
    assert len(told) == 1


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("“Tide” was filmed at Swanage, Dorset.", {"Swanage": "GB", "Dorset": "GB"}),
        (
            "The crew of “Tide” was seen at Bamburgh Castle, Northumberland, and in Glasgow.",
            {"Northumberland": "GB", "Glasgow": "GB"},
        ),
        (
            "Filmen «Kon-Tiki» ble spilt inn på Malta, i Thailand og på Maldivene.",
            {"Malta": "MT", "Thailand": "TH", "Maldivene": "MV"},
        ),
        ("Scenes of “Tide” were shot in Dubrovnik, in Malta and in Iceland.", {"Dubrovnik": "HR"}),
    ],
)
def test_places_that_are_well_known_have_a_point(reader, text, countries):
    found = {r.place_text: r for r in reader.read(from_text(text)).records}
    for name, country in countries.items():
        assert found[name].country == country
        assert found[name].latitude is not None
