"""What many rooms' tests share: a small catalogue to write, read and spoil."""

import csv
import sys

import pytest
from hypothesis import settings

from geo.tables import TABLES

settings.register_profile("here", deadline=None)  # no test asserts seconds
settings.load_profile("here")

ROWS = {
    "films": [["fallout", "Fallout", "", "film", "M:I", "6", "2018", "", "MI6 | M:I 6", "Gemini"]],
    "places": [
        [
            "norway",
            "Norway",
            "NO",
            "62",
            "10",
            "country",
            "600",
            "",
            "Norge",
            "GeoNames 3144096",
            "",
        ],
        ["kashmir", "Kashmir", "IN", "34", "76", "region", "200", "", "", "editors' estimate", ""],
        ["caladan", "Caladan", "", "", "", "fictional", "", "", "", "", ""],
    ],
    "scenes": [["s1", "fallout", "norway", "kashmir", "confirmed", "", "A fight.", "nfi", ""]],
    "sources": [["nfi", "https://example.org/a", "A page", "NFI", "2018-07", "en", "2026-11-22"]],
}


@pytest.fixture(scope="session")
def reader():
    """A reader of articles that knows the films that are shipped, but none of their places."""
    from geo import tables  # few tests read: the others need not wait for it
    from geo.reading import Reader

    return Reader(tables.read()[0], scenes=False)


@pytest.fixture(autouse=True)
def main_module():
    """Streamlit's AppTest puts a page in the place of __main__, which new processes then import."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(autouse=True)
def share(tmp_path_factory, monkeypatch):
    """A folder of its own for what each test writes, so that none meets the user's store."""
    folder = tmp_path_factory.mktemp("share")
    monkeypatch.setenv("DOUBLETAKE_FOLDER", str(folder))
    return folder


@pytest.fixture
def write(tmp_path):
    """Write a catalogue; keyword arguments replace whole tables. Returns its folder."""

    def _write(**tables):
        return write_tables(tmp_path, ROWS | tables)

    return _write


def write_tables(folder, tables):
    """Write rows as CSV files of a catalogue; cells left out at the end of a row are empty."""
    for name, rows in tables.items():
        header = list(TABLES[name])
        whole = [[*row, *[""] * (len(header) - len(row))] for row in rows]
        with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([header, *whole])
    return folder
