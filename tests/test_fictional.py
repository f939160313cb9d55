"""The list of fictional places: well formed, and true to itself."""

import re

from geo.fictional import fictional, rows
from geo.gazetteer import Gazetteer
from geo.model import Film
from geo.text import fold


def test_every_row_is_whole():
    for row in rows():
        assert row.name == row.name.strip() and fold(row.name), row
        assert row.works, row
        assert all(re.fullmatch("[A-Z]{2}", code) for code in row.real), row


def test_no_name_means_two_places():
    names = [fold(name) for row in rows() for name in (row.name, *row.aliases)]
    assert sorted(names) == sorted(set(names))


def test_a_namesake_that_the_gazetteer_has_in_so_many_words_is_told():
    gazetteer = Gazetteer.open()
    for row in rows():
        for name in (row.name, *row.aliases):
            exact = [e for e in gazetteer.lookup(name) if fold(e.name) == fold(name) and e.country]
            assert {entry.country for entry in exact} <= set(row.real), row


def test_names_are_found_however_they_are_written():
    for name in ("KING'S LANDING", "Kings Landing", "the shire", "Lothlorien", "Platform 9¾"):
        assert fictional(name).place().precision == "fictional"
    assert fictional("Stavanger") is None
    assert fictional("Hobbiton") is None  # a film set that can be visited


def test_a_work_is_recognised_by_title_or_franchise():
    gotham = fictional("Gotham")
    assert gotham.is_of(Film("The Batman")) and gotham.is_of(Film("Untitled", "Batman"))
    assert not gotham.is_of(Film("Paddington"))
