"""Places that exist in stories alone: known as such, and never looked for on Earth.

data/fictional.csv names the well-known ones beside the catalogue's own: `works` they belong to,
`within` where stories put them, and `real`, the countries (ISO 3166) that have a real place of
the same name. There is a Derry in Northern Ireland, but "Derry" in film news is Stephen King's
unless something says otherwise.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from geo.model import Place
from geo.text import fold

FILE = Path(__file__).resolve().parent.parent / "data" / "fictional.csv"
COLUMNS = ("name", "aliases", "works", "within", "real")
SOURCE, LICENCE = "Doubletake's list of fictional places", "CC BY 4.0"


@dataclass(frozen=True, slots=True)
class Fictional:
    """One fictional place; the tuples hold names as written, `real` country codes."""

    name: str
    aliases: tuple[str, ...]
    works: tuple[str, ...]
    within: tuple[str, ...]
    real: tuple[str, ...]

    def place(self):
        """A Place without a point."""
        identity = f"fictional:{fold(self.name).replace(' ', '-')}"
        return Place(self.name, *(None,) * 3, "fictional", None, identity, SOURCE, LICENCE)

    def is_of(self, film):
        """Whether a Film, by its title or franchise, is one of the works."""
        titles = [f" {fold(title)} " for title in (film.title, film.franchise) if title]
        return any(f" {fold(work)} " in title for work in self.works for title in titles)


def fictional(name, file=FILE):
    """The Fictional of that name, or None."""
    return _index(file).get(_key(name))


def rows(file=FILE):
    """Every row as a Fictional. Raises ValueError where the header is not COLUMNS."""
    with open(file, newline="", encoding="utf-8") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{file}: the first line must be {','.join(COLUMNS)}")
        return [_row(row) for row in reader]


def _row(row):
    bars = (_parts(row[column], "|") for column in ("aliases", "works", "within"))
    return Fictional(row["name"], *bars, tuple(row["real"].split()))


@lru_cache(maxsize=4)
def _index(file):
    found = {}
    for row in rows(file):
        for name in (row.name, *row.aliases):
            found.setdefault(_key(name), row)
    return found


def _key(name):
    return fold(name).removeprefix("the ")


def _parts(cell, separator):
    return tuple(part.strip() for part in cell.split(separator) if part.strip())
