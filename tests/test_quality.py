"""The quality gate: what the reader reaches on tests/articles is pinned and may not fall.

The reader runs over every article with the catalogue's places and scenes switched off. The part it
was fitted on and the part held out are scored apart, as tests/articles/README.md defines; the
floors, and the hash of the articles that they were measured on, stand in tests/quality_floor.json.
Of the sites and towns that are found, at least 95% lie within the tolerance or say that they are
unknown, and none that claims to be a site is wrong.
After raising the quality, or adding articles, write new floors in a commit of their own:

    PYTHONPATH=. python tests/test_quality.py --write
"""

import hashlib
import importlib.util
import json
import math
import os
import re
import sys
import unicodedata
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from unittest.mock import patch

import pytest

from geo import tables
from geo.article import from_file
from geo.reading import LIKELY, Reader
from geo.text import fold

HERE = Path(__file__).resolve().parent
ARTICLES, FLOORS = HERE / "articles", HERE / "quality_floor.json"
SHARED = HERE.parent.parent / "shared" / "scoring" / "score_records.py"
MEASURES = ("f1", "certainty", "stands_for", "lines")
PARTS = ("fitted", "held out")
SLACK = 0.02  # how far below the measured figure a written floor lies
EARTH_KM = 6371.0088
LARGEST_KM = 30  # of a tolerance: what reaches farther is a region or a country


@dataclass
class Tally:
    """Counts over articles, and the figures that follow from them."""

    gold: int = 0
    hits: int = 0
    spurious: int = 0
    false_pins: int = 0
    sure: int = 0
    pairs: int = 0
    paired: int = 0
    drawn: int = 0
    right: int = 0

    def figures(self):
        """f1 on (film, place, role), shares of right certainty, of what is stood for that is found
        (stands_for) and of what is shown of it that is right (lines)."""
        found = self.hits + self.spurious + self.false_pins
        precision, recall = self.hits / max(found, 1), self.hits / max(self.gold, 1)
        return {
            "f1": 2 * precision * recall / max(precision + recall, 1e-9),
            "certainty": self.sure / max(self.hits, 1),
            "stands_for": self.paired / max(self.pairs, 1),
            "lines": self.right / max(self.drawn, 1),
            "false_pins": self.false_pins,
        }


def plain(name):
    """The words of a name without case, accents, and those that titles share."""
    text = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", text)
    return " ".join(word for word in words if word not in {"the", "a", "of", "part"})


def inside(one, other):
    """Whether the words of one name stand in the other's."""
    return bool(one and other) and (f" {one} " in f" {other} " or f" {other} " in f" {one} ")


def apart(place, record):
    """Kilometres between a gold place and a record."""
    south, north = math.radians(place["lat"]), math.radians(record["latitude"])
    east = math.radians(record["longitude"] - place["lon"])
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(south) * math.cos(north) * math.sin(east / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def same_film(gold, record):
    """Whether two films are one: by title, or by franchise and year."""
    if inside(plain(gold["film"]), plain(record["film"])):
        return True
    known = gold.get("franchise") and gold.get("year")
    same = plain(gold.get("franchise")) == plain(record["franchise"])
    return bool(known) and same and gold["year"] == record["year"]


def same_name(gold, record):
    """Whether a gold place and a record share a name."""
    names = [gold["place_text"], (gold["place_resolved"] or {}).get("name")]
    return any(inside(plain(n), plain(record[f])) for n in names for f in ("place", "place_text"))


def same_place(gold, record):
    """Whether two places are one: by their points where both have one, else by name."""
    place, reach = gold["place_resolved"], gold["tolerance_km"]
    if place and reach and record["latitude"] is not None:
        return apart(place, record) <= reach
    return same_name(gold, record)


def tally(gold, found, counts):
    """Add one article to the counts."""
    used = {}
    for record in sorted(gold, key=lambda r: (r["optional_coarse"], r["negated"])):
        match = best(record, found, used)
        if match is not None:
            used[match] = record
        counts.gold += not record["negated"] and (
            match is not None or not record["optional_coarse"]
        )
        if match is not None:
            compare(record, found[match], counts)
    for number, record in enumerate(found):
        if number not in used and record["certainty"] != "denied":
            counts.spurious += not any(repeats(record, found[other]) for other in used)


def best(gold, found, used):
    """The number of the record that fits a gold record best, or None."""

    def rank(number):
        record = found[number]
        title = plain(gold["film"]) != plain(record["film"])
        return not same_name(gold, record), title, record["certainty"] != gold["certainty"], number

    fitting = [
        number
        for number, record in enumerate(found)
        if number not in used
        and record["role"] == gold["role"]
        and same_film(gold, record)
        and same_place(gold, record)
    ]
    return min(fitting, key=rank, default=None)


def compare(gold, record, counts):
    """Count what a matched record got right."""
    if gold["negated"]:
        counts.false_pins += record["certainty"] != "denied"
        return
    counts.hits += 1
    counts.sure += record["certainty"] == gold["certainty"]
    is_right = inside(plain(gold["stands_for"]), plain(record["stands_for"]))
    if (record.get("stands_for_chance") or 0) >= LIKELY:
        counts.drawn += 1
        counts.right += is_right
    if gold["stands_for"]:
        counts.pairs += 1
        counts.paired += is_right


def repeats(record, other):
    """Whether a record says again what another one says."""
    same = plain(record["place"]) == plain(other["place"]) and record["role"] == other["role"]
    return same and same_film(record, other)


def names(part):
    """The names of the articles of a part."""
    held_out = set((ARTICLES / "HELD_OUT.txt").read_text("utf-8").split())
    every = sorted(path.stem for path in ARTICLES.glob("*.json"))
    return [name for name in every if (name in held_out) == (part == "held out")]


def gold_of(name):
    """The gold records of an article."""
    return json.loads((ARTICLES / f"{name}.json").read_text("utf-8"))


@cache
def readings():
    """What the reader makes of each article: name -> list of records as dicts.

    Each processor reads a share of them: the sums of one text keep no more than one busy.
    """
    listed = [name for part in PARTS for name in names(part)]
    with (
        patch.dict(os.environ, OMP_NUM_THREADS="1"),
        ProcessPoolExecutor(mp_context=get_context("spawn")) as pool,
    ):
        return dict(zip(listed, pool.map(_reading, listed, chunksize=16), strict=True))


def _reading(name):
    article = from_file(ARTICLES / f"{name}.txt")
    return [record.as_dict() for record in _reader().read(article).records]


@cache
def _reader():
    return Reader(tables.read()[0], scenes=False)


@cache
def measured(part):
    """The figures of a part."""
    counts = Tally()
    for name in names(part):
        tally(gold_of(name), readings()[name], counts)
    return counts.figures()


def corpus_hash():
    """SHA-256 over the texts, the gold records, and which of them are held out."""
    digest = hashlib.sha256()
    for path in sorted(ARTICLES.glob("*.[jt][sx]*")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def floors():
    """The pinned floors."""
    return json.loads(FLOORS.read_text("utf-8"))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("measure", MEASURES)
def test_quality_does_not_fall(part, measure):
    assert measured(part)[measure] >= floors()[part][measure]


@pytest.mark.parametrize("part", PARTS)
def test_denied_places_do_not_become_pins(part):
    assert measured(part)["false_pins"] <= floors()[part]["false_pins"]


def test_floors_belong_to_these_articles():
    assert floors()["articles"] == corpus_hash(), "The articles changed: measure the floors anew"


def test_scorer_knows_right_from_wrong():
    gold = gold_of(names("fitted")[0])
    right = [
        {
            **record,
            "place": record["place_text"],
            "latitude": (record["place_resolved"] or {}).get("lat"),
            "longitude": (record["place_resolved"] or {}).get("lon"),
            "certainty": "denied" if record["negated"] else record["certainty"],
        }
        for record in gold
    ]
    perfect, wrong = Tally(), Tally()
    tally(gold, right, perfect)
    tally(gold, [{**record, "role": "none"} for record in right], wrong)
    assert perfect.figures()["f1"] == 1 and perfect.figures()["certainty"] == 1
    assert wrong.figures()["f1"] == 0


@pytest.mark.skipif(not SHARED.exists(), reason="the shared scorer is not beside this repository")
@pytest.mark.parametrize("part", PARTS)
def test_scorer_agrees_with_the_shared_one(part, tmp_path):
    spec = importlib.util.spec_from_file_location("score_records", SHARED)
    shared = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shared)
    gold, found = tmp_path / "gold", tmp_path / "found"
    gold.mkdir()
    found.mkdir()
    for name in names(part):
        for ending in ("json", "txt"):
            (gold / f"{name}.{ending}").write_bytes((ARTICLES / f"{name}.{ending}").read_bytes())
        (found / f"{name}.json").write_text(json.dumps(readings()[name]), "utf-8")
    theirs, ours = shared.score(gold, found), measured(part)
    assert ours["f1"] == pytest.approx(theirs["f1"], abs=1e-4)
    assert ours["certainty"] == pytest.approx(theirs["certainty_accuracy"] or 0, abs=1e-4)
    assert ours["stands_for"] == pytest.approx(theirs["stands_for_accuracy"] or 0, abs=1e-4)
    assert ours["false_pins"] == theirs["false_pins"]


# --- where places are put: near the gold point, or nowhere


@cache
def placed():
    """[(article, record, kilometres off or None, tolerance)] of every site and town of the gold
    records that is found."""
    found = []
    for name, records in readings().items():
        gold = gold_of(name)
        for record in records:
            offs = ((_off(wanted, record), wanted["tolerance_km"]) for wanted in gold)
            off = next((pair for pair in offs if pair[0] is not False), None)
            if off:
                found.append((name, record, *off))
    return found


def _off(gold, record):
    """Kilometres from the gold of the same name; None without a point; False for other names."""
    point, reach = gold["place_resolved"], gold["tolerance_km"]
    if not point or point["lat"] is None or not reach or reach > LARGEST_KM:
        return False
    if fold(record["place_text"]) != fold(gold["place_text"]):
        return False
    return None if record["latitude"] is None else apart(point, record)


def test_most_places_are_within_tolerance_or_say_that_they_are_unknown():
    wrong = [(a, r["place_text"], off) for a, r, off, most in placed() if off and off > most]
    assert len(placed()) > 50
    assert len(wrong) <= 0.05 * len(placed()), wrong


def test_no_place_is_placed_wrongly_as_a_site():
    assert not [
        (name, record["place_text"], off)
        for name, record, off, most in placed()
        if record["precision"] == "site" and off and off > most
    ]


def write():
    """Write floors a little below what is reached; refuse to lower any for the same articles."""
    old = floors() if FLOORS.exists() else {}
    new = {"articles": corpus_hash()}
    for part in PARTS:
        figures = measured(part)
        new[part] = {m: round(math.floor((figures[m] - SLACK) * 100) / 100, 2) for m in MEASURES}
        new[part]["false_pins"] = figures["false_pins"]
        before = old.get(part, {}) if old.get("articles") == new["articles"] else {}
        lower = [m for m in MEASURES if figures[m] < before.get(m, 0)]
        new[part] |= {m: max(new[part][m], before.get(m, 0)) for m in MEASURES}
        if lower or new[part]["false_pins"] > before.get("false_pins", math.inf):
            sys.exit(f"Refused: {part} would fall in {', '.join(lower) or 'false_pins'}.")
    FLOORS.write_text(json.dumps(new, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    for each in PARTS:
        print(each, {key: round(value, 4) for key, value in measured(each).items()})
    if "--write" in sys.argv:
        write()
