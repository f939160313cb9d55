"""Dicts -> CSV and JSON lines."""

import csv
import io
import json

# What spreadsheets take for the start of a formula, wide forms included (OWASP, CSV Injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(rows):
    """Dicts (all with the same keys) as CSV with a header line, UTF-8 text.

    A text that a spreadsheet would run as a formula is given a leading apostrophe, as OWASP
    recommends against CSV injection; numbers stay numbers.
    """
    file = io.StringIO()
    if rows := list(rows):
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({key: _inert(value) for key, value in row.items()} for row in rows)
    return file.getvalue()


def to_json_lines(rows):
    """Dicts as JSON, one a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _inert(value):
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value
