"""What many rooms' tests share: a small catalogue to write, read and spoil."""

import csv

import pytest

from geo import catalogue

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


@pytest.fixture
def write(tmp_path):
    """Write a catalogue; keyword arguments replace whole tables. Returns its folder."""

    def _write(**tables):
        for name, rows in (ROWS | tables).items():
            with open(tmp_path / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows([list(catalogue.TABLES[name]), *rows])
        return tmp_path

    return _write
