"""The catalogue as DataFrames: the rows of geo/tables.py, for whoever filters and draws them.

`load()` gives the frames or raises BadTable with every fault of every row at once; `read()` gives
the frames of the good rows beside the list of faults, for whoever wants to show them.
"""

from dataclasses import dataclass

import pandas as pd

from geo import tables
from geo.tables import DATA, TABLES


@dataclass(frozen=True)
class Catalogue:
    """Four frames, each indexed by its first column, with the `line` that a row stands on.

    Lists (aliases, sources) are tuples of str; years and orders nullable integers; points floats
    in degrees WGS84, NaN where a place has none; radius_km in kilometres. A scene's `origin` is
    "catalogue", or where else it came from (geo/additions.py).
    """

    films: pd.DataFrame
    places: pd.DataFrame
    scenes: pd.DataFrame
    sources: pd.DataFrame


def load(folder=DATA):
    """The validated catalogue of `folder`. Raises BadTable with all faults found."""
    return _framed(tables.load(folder))


def read(folder=DATA):
    """The frames of the well-formed rows in `folder`, and a list of Fault."""
    rows, faults = tables.read(folder)
    return _framed(rows), faults


def _framed(rows):
    frames = {name: _frame(listed, TABLES[name]) for name, listed in rows._asdict().items()}
    frames["scenes"]["origin"] = "catalogue"
    return Catalogue(**frames)


def _frame(rows, columns):
    key = next(iter(columns))
    frame = pd.DataFrame(rows, columns=[*columns, "line"], dtype="object")
    frame = frame.astype({c: column.dtype for c, column in columns.items()} | {"line": "int64"})
    return frame.set_index(key, drop=False).rename_axis(None)
