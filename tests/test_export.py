"""Exports hold the rows, and run nothing."""

import io
import json

import pandas as pd
import pytest

from geo.export import to_csv, to_json_lines

ROWS = [
    {"film": "Fallout", "latitude": -44.5, "evidence": 'He said: "jump, now"\nand did.'},
    {"film": "=HYPERLINK(0)", "latitude": None, "evidence": "Tromsø"},
]


def test_csv_is_read_back_by_pandas():
    frame = pd.read_csv(io.StringIO(to_csv(ROWS)))
    assert frame["evidence"].tolist() == [ROWS[0]["evidence"], "Tromsø"]
    assert frame["latitude"].iloc[0] == -44.5 and pd.isna(frame["latitude"].iloc[1])


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_begins_as_a_formula(start):
    assert pd.read_csv(io.StringIO(to_csv([{"a": start}])))["a"].iloc[0].startswith("'")


def test_json_lines_hold_one_row_a_line():
    assert [json.loads(line) for line in to_json_lines(ROWS).splitlines()] == ROWS


def test_no_rows_make_an_empty_file():
    assert to_csv([]) == to_json_lines([]) == ""
