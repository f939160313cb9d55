"""The catalogue's reader: good rows become frames, bad cells become faults, all at once."""

import re
from pathlib import Path

import pytest

from geo import catalogue
from geo.checks import check
from geo.errors import BadTable
from geo.tables import DATA, TABLES, load
from tests.conftest import ROWS


def changed(table, row, column, cell):
    rows = [list(cells) for cells in ROWS[table]]
    rows[row][list(TABLES[table]).index(column)] = cell
    return {table: rows}


def test_a_good_catalogue_loads_with_types(write):
    loaded = catalogue.load(write())
    assert loaded.films.loc["fallout", "aliases"] == ("MI6", "M:I 6")
    assert loaded.films.loc["fallout", "year"] == 2018
    assert loaded.places.loc["norway", "latitude"] == 62.0
    assert loaded.places["latitude"].isna().tolist() == [False, False, True]
    assert loaded.scenes.loc["s1", "sources"] == ("nfi",)
    assert check(write()) == []


@pytest.mark.parametrize(
    ("table", "row", "column", "cell", "says"),
    [
        ("films", 0, "film", "Fall Out", "small letters"),
        ("films", 0, "title", "", "must be filled"),
        ("films", 0, "year", "1066", "whole number from 1888"),
        ("films", 0, "kind", "movie", "film, series"),
        ("places", 0, "latitude", "162", "from -90 to 90"),
        ("places", 0, "latitude", "nan", "from -90 to 90"),
        ("places", 0, "country", "Norway", "two-letter"),
        ("places", 0, "precision", "exact", "site, town"),
        ("scenes", 0, "certainty", "sure", "confirmed, reported"),
        ("scenes", 0, "sources", "", "must be filled"),
        ("sources", 0, "url", "javascript:alert(1)", "https://"),
        ("sources", 0, "read_on", "yesterday", "YYYY"),
    ],
)
def test_a_bad_cell_is_named_with_file_line_and_remedy(write, table, row, column, cell, says):
    _, faults = catalogue.read(write(**changed(table, row, column, cell)))
    [fault] = faults
    assert (fault.file, fault.line, fault.column) == (f"{table}.csv", row + 2, column)
    assert says in str(fault)


@pytest.mark.parametrize(
    ("table", "row", "column", "cell", "says"),
    [
        ("scenes", 0, "film", "skyfall", "not in films.csv"),
        ("scenes", 0, "sources", "nfi gone", "“gone” is not in sources.csv"),
        ("scenes", 0, "disputed_by", "nfi", "both sides"),
        ("scenes", 0, "filming_place", "caladan", "fictional"),
        ("films", 0, "franchise", "", "Neither franchise nor single"),
        ("films", 0, "single", "yes", "or both"),
        ("places", 2, "country", "NO", "fictional place on the globe"),
        ("places", 0, "longitude", "", "Half a point"),
        ("places", 1, "latitude", "-34", "outside IN, in the sea"),
        ("places", 1, "country", "FR", "outside FR, in IN"),
        ("places", 0, "radius_km", "", "how far the place reaches"),
        ("places", 0, "within", "europe", "not in places.csv"),
    ],
)
def test_rows_that_do_not_fit_together_are_faults(write, table, row, column, cell, says):
    faults = check(write(**changed(table, row, column, cell)))
    assert any(says in str(fault) and fault.line == row + 2 for fault in faults)


def test_a_fictional_place_may_not_stand_at_zero_zero(write):
    places = [list(row) for row in ROWS["places"]]
    places[0][3:5] = ["0", "0"]
    assert any("0,0" in str(fault) for fault in check(write(places=places)))


def test_twins_are_found(write):
    twin = ["oslo", "Oslo", "NO", "62.001", "10.001", "country", "9", "", "", "GeoNames 1", ""]
    scenes = [*ROWS["scenes"], ["s2", *ROWS["scenes"][0][1:]], ROWS["scenes"][0]]
    text = "\n".join(map(str, check(write(places=[*ROWS["places"], twin], scenes=scenes))))
    assert "places.csv:5 (place): Within 300 m of “norway”" in text
    assert "scenes.csv:3 (scene): The same scene as line 2" in text
    assert "scenes.csv:4 (scene): “s1” stands on line 2 already" in text


def test_neighbours_may_be_told_apart(write):
    twin = [
        "oslo",
        "Oslo",
        "NO",
        "62.001",
        "10.001",
        "country",
        "9",
        "",
        "",
        "GeoNames 1",
        "norway",
    ]
    assert check(write(places=[*ROWS["places"], twin])) == []


def test_only_the_tables_that_are_asked_for_are_read(write):
    folder = write()
    (folder / "scenes.csv").write_text("no table\n", "utf-8")
    films, places, scenes, sources = load(folder, ("films",))
    assert films and not places and not scenes and not sources


def test_all_faults_come_at_once(write):
    tables = changed("films", 0, "year", "soon") | changed("sources", 0, "url", "example.org")
    with pytest.raises(BadTable) as caught:
        catalogue.load(write(**tables))
    assert {fault.file for fault in caught.value.faults} == {"films.csv", "sources.csv"}


def test_files_that_are_no_tables_are_faults(write):
    folder = write()
    (folder / "films.csv").write_bytes(b"film,title\nfallout,Fallout\n")
    (folder / "places.csv").write_bytes((folder / "places.csv").read_bytes() + b"\xff\xfe\n")
    (folder / "scenes.csv").unlink()
    (folder / "sources.csv").write_text(
        (folder / "sources.csv").read_text() + 'a,b\nc,"d\n', encoding="utf-8"
    )
    _, faults = catalogue.read(folder)
    problems = {fault.file: fault.problem for fault in faults}
    assert problems["films.csv"] == "The columns differ"
    assert problems["places.csv"] == "Not UTF-8"
    assert problems["scenes.csv"] == "The file is missing"
    assert {f.file for f in faults} == {"films.csv", "places.csv", "scenes.csv", "sources.csv"}


def test_the_column_dictionary_describes_the_tables():
    text = (Path(DATA) / "README.md").read_text(encoding="utf-8")
    for name, columns in TABLES.items():
        section = text.split(f"## {name}.csv")[1].split("\n## ")[0]
        rows = re.findall(r"^\| (\w+) \| ([^|]+) \|", section, re.MULTILINE)[1:]
        assert [column for column, _ in rows] == list(columns)
        required = {column for column, filled in rows if filled == "always"}
        assert required == {column for column, rule in columns.items() if rule.required}
