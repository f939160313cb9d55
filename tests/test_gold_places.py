"""Where the reader puts the places of the development set: near the gold point, or nowhere.

Of the sites and towns that it finds, at least 95% lie within the tolerance or say that they are
unknown; and none that claims to be a site is wrong. The catalogue's scenes and places are left out,
so that the reader has nothing but the gazetteer.
"""

import json
from pathlib import Path

import pytest

from geo import tables
from geo.article import from_file
from geo.distance import kilometres
from geo.gazetteer import Gazetteer
from geo.model import Place
from geo.reading import Reader
from geo.text import fold

ARTICLES = Path(__file__).parent / "articles"
LARGEST_KM = 30  # of a tolerance: what reaches farther is a region or a country


@pytest.fixture(scope="module")
def placed():
    """(article, record, how far off in kilometres or None, tolerance) of every place found."""
    reader = Reader(tables.load(), Gazetteer.open(), scenes=False)
    found = []
    for path in sorted(ARTICLES.glob("*-*.txt")):
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        for record in reader.read(from_file(path)).records:
            for wanted in gold:
                off = _off(record, wanted)
                if off is not False:
                    found.append((path.stem, record, off, wanted["tolerance_km"]))
                    break
    return found


def _off(record, wanted):
    """Kilometres from the gold of the same name; None without a point; False for other names."""
    point = wanted["place_resolved"]
    if not point or point["lat"] is None or not wanted["tolerance_km"]:
        return False
    if wanted["tolerance_km"] > LARGEST_KM or fold(record.place_text) != fold(wanted["place_text"]):
        return False
    if record.latitude is None:
        return None
    return kilometres(record, Place("", None, point["lat"], point["lon"], "site"))


def test_most_are_within_tolerance_or_say_that_they_are_unknown(placed):
    wrong = [(a, r.place_text, r.place, off) for a, r, off, most in placed if off and off > most]
    assert len(placed) > 50
    assert len(wrong) <= 0.05 * len(placed), wrong


def test_none_is_placed_wrongly_as_a_site(placed):
    sites = [(a, r.place_text, off) for a, r, off, most in placed
             if r.precision == "site" and off and off > most]  # fmt: skip
    assert sites == []
