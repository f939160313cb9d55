"""Accepted records -> rows to add to the catalogue's CSV files, in a zip.

A contributor puts them at the end of the files of data/ and runs `make check-data`, which names
what is still to be filled in: the address of a source that was pasted, say.
"""

import io
import zipfile
from datetime import date

import pandas as pd

from geo.additions import extend
from geo.export.plain import to_csv
from geo.tables import TABLES

SEPARATORS = {"distinct_from": " ", "sources": " ", "disputed_by": " "}
ABOUT = """Rows for Doubletake's catalogue, made from records that readers accepted.

films.csv, places.csv, scenes.csv, sources.csv
    new rows, to be added at the end of the files of the same name in data/
changed_scenes.csv
    scenes that the catalogue has already, with the sources that they gained, to replace them

Then run `make check-data`: it names every cell that is still to be filled or put right.
"""


def new_rows(catalogue, records, today=None):
    """What `records` (a DataFrame of geo.store, accepted ones) add to the catalogue.

    A dict of tables, each a list of dicts of cells (str) in the columns of TABLES: films, places,
    scenes, sources, and changed_scenes, the known scenes that gained a source.
    """
    larger, found = extend(catalogue, records), {}
    for name in TABLES:
        new, known = getattr(larger, name), getattr(catalogue, name).index
        found[name] = [_cells(row, name) for row in new[~new.index.isin(known)].to_dict("records")]
    for source in found["sources"]:
        source["read_on"] = source["read_on"] or str(today or date.today())
        source["url"] = source["url"] if source["url"].startswith(("http://", "https://")) else ""
    for place in found["places"]:
        if place["latitude"]:
            place["point_from"] = place["point_from"] or "GeoNames"
    found["changed_scenes"] = _changed(catalogue.scenes, larger.scenes)
    return found


def _changed(before, after):
    """Rows of scenes whose sources are others than before."""
    sides = ["sources", "disputed_by"]
    rows = after.loc[before.index[~before.index.duplicated()]]
    old = before[~before.index.duplicated()]
    other = [rows.at[i, side] != old.at[i, side] for side in sides for i in rows.index]
    other = pd.Series(other).to_numpy().reshape(len(sides), -1).any(axis=0)
    return [_cells(row, "scenes") for row in rows[other].to_dict("records")]


def _cells(row, table):
    return {column: _cell(row[column], column) for column in TABLES[table]}


def _cell(value, column):
    if isinstance(value, tuple):
        return SEPARATORS.get(column, " | ").join(value)
    if isinstance(value, bool):
        return "yes" if value else ""
    if value is None or pd.isna(value):
        return ""
    return f"{value:g}" if column == "radius_km" else " ".join(str(value).split())


def to_zip(catalogue, records, today=None):
    """The rows of new_rows() as the bytes of a zip of CSV files, with a note on what to do."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", ABOUT)
        for name, rows in new_rows(catalogue, records, today).items():
            columns = TABLES["scenes" if name == "changed_scenes" else name]
            text = to_csv(rows) if rows else ",".join(columns) + "\r\n"
            archive.writestr(f"{name}.csv", text)
    return file.getvalue()
