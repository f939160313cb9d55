"""The catalogue's four CSV files, edited by hand <-> rows: dicts of what their cells say.

`load()` gives the rows or raises BadTable with every fault of every row at once; `read()` gives the
good rows beside the list of faults, for whoever wants to show them. The meaning of the columns is
written in data/README.md, which a test holds against TABLES below.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from geo.errors import BadTable
from geo.model import CERTAINTIES, PRECISIONS

DATA = Path(__file__).resolve().parent.parent / "data"
FIRST_FILM = 1888  # Roundhay Garden Scene, the oldest film that survives
CONTROL = re.compile(r"[\x00-\x1f]")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one row, and what to do about it. `line` counts from 1 in `file`."""

    file: str
    line: int
    column: str
    problem: str
    remedy: str

    def __str__(self):
        return f"{self.file}:{self.line} ({self.column}): {self.problem}. {self.remedy}."


class Tables(NamedTuple):
    """Four lists of dicts, a row each, with the `line` that it stands on.

    Lists (aliases, sources) are tuples of str; years and orders int, points float in degrees WGS84,
    radius_km in kilometres; what a row does not say is None.
    """

    films: list
    places: list
    scenes: list
    sources: list


@dataclass(frozen=True)
class Column:
    """How a cell is read: `parse` gives its value or raises ValueError with the remedy."""

    parse: callable
    required: bool = False
    dtype: str = "object"


def _text(cell):
    if CONTROL.search(cell):
        raise ValueError("Remove line breaks and control characters")
    return cell


def _slug(cell):
    if not SLUG.fullmatch(cell):
        raise ValueError("Use small letters a to z, digits and single hyphens, as in milford-sound")
    return cell


def _list(separator, parse):
    return lambda cell: tuple(parse(part.strip()) for part in cell.split(separator) if part.strip())


def _choice(*options):
    def parse(cell):
        if cell not in options:
            raise ValueError(f"Write one of: {', '.join(options)}")
        return cell

    return parse


def _number(low, high, kind=float):
    def parse(cell):
        try:
            value = kind(cell)
        except ValueError:
            value = None
        if value is None or not low <= value <= high:
            what = "a whole number" if kind is int else "a number"
            raise ValueError(f"Write {what} from {low} to {high}")
        return value

    return parse


def _country(cell):
    if not re.fullmatch(r"[A-Z]{2}", cell):
        raise ValueError("Write the two-letter code of ISO 3166, as in NO for Norway")
    return cell


def _address(cell):
    parts = urlsplit(cell)
    if parts.scheme not in {"http", "https"} or "." not in parts.netloc or re.search(r"\s", cell):
        raise ValueError("Copy the whole address of the page, beginning with https://")
    return cell


def _date(cell):
    if not DATE.fullmatch(cell):
        raise ValueError("Write YYYY, YYYY-MM or YYYY-MM-DD")
    return cell


def _flag(cell):
    return _choice("yes")(cell) == "yes"


_NAMES = Column(_list("|", _text))
_YEAR = Column(_number(FIRST_FILM, date.today().year + 10, int), dtype="Int64")

TABLES = {
    "films": {
        "film": Column(_slug, required=True),
        "title": Column(_text, required=True),
        "original_title": Column(_text),
        "kind": Column(_choice("film", "series"), required=True),
        "franchise": Column(_text),
        "order": Column(_number(1, 999, int), dtype="Int64"),
        "year": _YEAR,
        "single": Column(_flag),
        "aliases": _NAMES,
        "working_titles": _NAMES,
    },
    "places": {
        "place": Column(_slug, required=True),
        "name": Column(_text, required=True),
        "country": Column(_country),
        "latitude": Column(_number(-90, 90), dtype="float64"),
        "longitude": Column(_number(-180, 180), dtype="float64"),
        "precision": Column(
            _choice(*[p for p in PRECISIONS if p != "unknown"]),
            required=True,
        ),
        "radius_km": Column(_number(0.01, 4000), dtype="float64"),
        "within": Column(_slug),
        "aliases": _NAMES,
        "point_from": Column(_text),
        "distinct_from": Column(_list(" ", _slug)),
    },
    "scenes": {
        "scene": Column(_slug, required=True),
        "film": Column(_slug, required=True),
        "filming_place": Column(_slug),
        "setting": Column(_slug),
        "certainty": Column(_choice(*CERTAINTIES), required=True),
        "season": Column(_number(1, 99, int), dtype="Int64"),
        "sentence": Column(_text, required=True),
        "sources": Column(_list(" ", _slug), required=True),
        "disputed_by": Column(_list(" ", _slug)),
    },
    "sources": {
        "source": Column(_slug, required=True),
        "url": Column(_address, required=True),
        "title": Column(_text, required=True),
        "publisher": Column(_text, required=True),
        "published": Column(_date),
        "language": Column(_text),
        "read_on": Column(_date, required=True),
    },
}
LISTS = ("aliases", "working_titles", "distinct_from", "sources", "disputed_by")
EMPTY = dict.fromkeys(LISTS, ()) | {"single": False}


def load(folder=DATA, names=tuple(TABLES)):
    """The Tables of `folder`; those that are not in `names` are not read, and empty. Raises
    BadTable with all faults found."""
    tables, faults = read(folder, names)
    if faults:
        raise BadTable(faults)
    return tables


def read(folder=DATA, names=tuple(TABLES)):
    """The Tables of the well-formed rows in `folder`, and a list of Fault; `names` as above.

    Cells only: that references resolve and facts are possible is checked in geo/checks.py.
    """
    faults = []
    files = {name: Path(folder) / f"{name}.csv" for name in names}
    return Tables(*(_rows(files[n], faults) if n in files else [] for n in TABLES)), faults


def _rows(path, faults):
    columns = TABLES[path.stem]
    rows = (_row(cells, line, columns, path.name, faults) for line, cells in _lines(path, faults))
    return [row for row in rows if row]


def _lines(path, faults):
    """Yield (line number, {column: cell}) of a CSV file; what is not a table is a fault."""
    wanted = list(TABLES[path.stem])
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        faults.append(Fault(path.name, 1, "file", "The file is missing", "Restore it"))
        return
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        faults.append(Fault(path.name, line, "file", "Not UTF-8", "Save the file as UTF-8"))
        return
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = next(reader, [])
        if header != wanted:
            remedy = f"The first line must be: {','.join(wanted)}"
            faults.append(Fault(path.name, 1, "header", "The columns differ", remedy))
            return
        for cells in reader:
            if len(cells) != len(wanted):
                problem = f"{len(cells)} cells where {len(wanted)} belong"
                remedy = "Put text that holds commas between double quotation marks"
                faults.append(Fault(path.name, reader.line_num, "row", problem, remedy))
                continue
            yield reader.line_num, dict(zip(wanted, map(str.strip, cells), strict=True))
    except csv.Error as error:
        remedy = "Close every quotation mark; double the ones inside a text"
        faults.append(Fault(path.name, reader.line_num, "row", f"Unreadable: {error}", remedy))


def _row(cells, line, columns, file, faults):
    """One row as a dict of parsed values, or None where a cell is at fault."""
    row, before = {"line": line}, len(faults)
    for name, column in columns.items():
        cell = cells[name]
        row[name] = EMPTY.get(name)
        if not cell and column.required:
            faults.append(Fault(file, line, name, "Empty", "This cell must be filled"))
        elif cell:
            try:
                row[name] = column.parse(cell)
            except ValueError as error:
                faults.append(Fault(file, line, name, f"“{cell}” will not do", str(error)))
    return row if len(faults) == before else None
