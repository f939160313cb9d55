"""Accepted records as rows for the catalogue: what is exported can be put into it."""

import csv
import io
import zipfile

import pytest

from geo import catalogue, checks
from geo.export.rows import new_rows, to_zip
from geo.store import Store
from geo.tables import TABLES
from tests.conftest import ROWS, write_tables

NEW = {
    **{"film": "Vidda", "franchise": None, "year": 2026, "role": "filming", "place": "Finse"},
    **{"country": "NO", "latitude": 60.6, "longitude": 7.5, "precision": "town"},
    **{"certainty": "reported", "stands_for": "Hoth", "evidence": "It was shot\nin Finse."},
    **{"source": "https://a.example/1", "title": "A", "publisher": "The Post"},
}
KNOWN = NEW | {"film": "Fallout", "franchise": "M:I", "year": 2018, "stands_for": "Kashmir"}
KNOWN |= {"place": "Norway", "latitude": 62.0, "longitude": 10.0, "precision": "country"}


@pytest.fixture
def accepted(write, tmp_path):
    """The small catalogue, its folder, and records accepted into a store."""

    def _accepted(*records):
        store = Store(tmp_path / "store.sqlite")
        store.add(records, status="accepted")
        folder = write()
        return catalogue.load(folder), store.records("accepted"), folder

    return _accepted


def test_exported_rows_make_a_sound_catalogue(accepted, tmp_path):
    found, records, folder = accepted(NEW)
    rows = new_rows(found, records)
    tables = {name: [*ROWS[name], *(list(r.values()) for r in rows[name])] for name in TABLES}
    write_tables(folder, tables)
    assert checks.check(folder) == []
    larger = catalogue.load(folder)
    scene = larger.scenes.loc["vidda-finse-hoth"]
    assert (scene["sentence"], scene["certainty"]) == ("It was shot in Finse.", "reported")
    assert larger.places.loc["finse", "latitude"] == 60.6


def test_a_known_scene_is_given_with_the_source_that_it_gained(accepted):
    found, records, _ = accepted(KNOWN)
    rows = new_rows(found, records)
    (changed,) = rows["changed_scenes"]
    assert changed["scene"] == "s1" and changed["sources"] == "nfi the-post-a"
    assert rows["films"] == rows["places"] == rows["scenes"] == []
    assert [row["source"] for row in rows["sources"]] == ["the-post-a"]


def test_a_pasted_article_leaves_its_address_to_be_filled_in(accepted):
    found, records, _ = accepted(NEW | {"source": "pasted"})
    (source,) = new_rows(found, records, today="2026-11-22")["sources"]
    assert source["url"] == "" and source["read_on"] == "2026-11-22"


def test_the_zip_holds_every_table_even_an_empty_one(accepted):
    found, records, _ = accepted(KNOWN)
    with zipfile.ZipFile(io.BytesIO(to_zip(found, records))) as archive:
        names = archive.namelist()
        films = list(csv.reader(io.StringIO(archive.read("films.csv").decode())))
    assert {*(f"{name}.csv" for name in TABLES), "changed_scenes.csv", "README.txt"} == set(names)
    assert films == [list(TABLES["films"])]


def test_no_cell_is_a_formula_for_a_spreadsheet(accepted):
    found, records, _ = accepted(NEW | {"film": "=HYPERLINK(1)"})
    with zipfile.ZipFile(io.BytesIO(to_zip(found, records))) as archive:
        assert "'=HYPERLINK(1)" in archive.read("films.csv").decode()
