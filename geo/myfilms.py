"""A reader's own list (an export of Letterboxd or IMDb) -> which films of the catalogue are on it.

Letterboxd exports a zip, or one of its CSV files (Date, Name, Year, Letterboxd URI); IMDb a CSV of
ratings or of a list (Const, Title, Original Title, Title Type, Year; before 2017 the same in small
letters, "Title type" and without Original Title). Columns are found by their names.

A list is private: it is read from memory, nothing of it is written, sent or remembered here. It is
also hostile until it is read: every size is bounded before anything of that size is made.
"""

import csv
import io
import re
import struct
import zipfile
import zlib
from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from geo.errors import BadInput
from geo.text import fold

MAX_BYTES = 20_000_000  # of the file as it is given
MAX_UNPACKED = 40_000_000  # of everything in a zip together, as it says and as it unpacks
MAX_FILES = 1_000  # in a zip; an export has a few, and one for each list its owner made
MAX_ROWS = 100_000
HEADER_WITHIN = 12  # lines; Letterboxd puts a list's own title and notes above its films

SEEN = ("watched.csv", "diary.csv", "ratings.csv", "reviews.csv")  # but not what is only wished for
PASSED_OVER = frozenset({"deleted", "orphaned", "likes", "__macosx"})  # folders of an export
TITLES = ("name", "title", "original title")
OTHERS = frozenset(
    "tvepisode videogame musicvideo podcastseries podcastepisode episode game".split()
)
YEAR = re.compile(r"\b(18|19|20)\d\d\b")
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
WRONG = (
    "This is not an export of Letterboxd or IMDb. Give the zip that Letterboxd sends, or a CSV"
    " with a column “Name” or “Title” and a column “Year”."
)
TOO_LONG = f"The list has more than {MAX_ROWS:,} lines. Give a shorter one."


@dataclass(frozen=True, slots=True)
class Listed:
    """A film as the list names it: its titles, made alike by key(), and year of release or None."""

    titles: tuple[str, ...]
    year: int | None


@dataclass(frozen=True, slots=True)
class MyFilms:
    """The catalogue's films (ids) on a list: `matched` of its `total` films."""

    films: frozenset[str]
    matched: int
    total: int


def read(name, data):
    """The films of an export, each once, as a list of Listed; `name` is the file's, `data` bytes.

    Of a zip of Letterboxd those seen (watched, diary, ratings, reviews), not the watchlist. Raises
    BadInput for what is too large, dangerous to unpack, or no such export.
    """
    if len(data) > MAX_BYTES:
        raise BadInput(f"The file is larger than {MAX_BYTES // 1_000_000} MB. Give a smaller one.")
    if data.startswith(b"PK") or name.lower().endswith(".zip"):
        tables = list(_unpacked(data))
    else:
        tables = [data]
    found = {}
    for table in tables:
        for listed in _listed(table):
            found.setdefault((listed.titles[0], listed.year), listed)
            if len(found) > MAX_ROWS:
                raise BadInput(TOO_LONG)
    return list(found.values())


def match(listed, films):
    """MyFilms of a list of Listed; `films` is the frame of the catalogue.

    A film is the one of the same title, original title or alias whose year differs by at most one
    (festivals and cinemas often count differently); the nearest year wins, and of two equally near
    ones neither is taken. Without a year on either side the title has to be the only such one.
    """
    known = _by_title(films)
    hits = [film for film in (_film(entry, known) for entry in listed) if film is not None]
    return MyFilms(frozenset(hits), len(hits), len(listed))


def key(title):
    """What titles are compared by: folded, and "&" the same as "and"."""
    # Not fold() itself: it would remember every title of the list for all who come after.
    return fold.__wrapped__(title.replace("&", " and "))


def _by_title(films):
    """{key: {film id: year or None}} of every title and alias in the catalogue."""
    known = defaultdict(dict)
    for film in films.itertuples():
        year = None if pd.isna(film.year) else int(film.year)
        for title in (film.title, film.original_title or "", *film.aliases):
            known[key(title)][film.Index] = year
    known.pop("", None)
    return known


def _film(entry, known):
    """The id of the one film that an entry means, or None."""
    for title in entry.titles:
        apart = defaultdict(list)
        for film, year in known.get(title, {}).items():
            apart[_years_apart(entry.year, year)].append(film)
        best = min(apart, default=9)
        if best <= 2 and len(apart[best]) == 1:
            return apart[best][0]
    return None


def _years_apart(one, other):
    """0 or 1 for years that agree, 2 where one is unknown, 9 where they differ."""
    if one is None or other is None:
        return 2
    return abs(one - other) if abs(one - other) <= 1 else 9


def _unpacked(data):
    """Yield the files of a zip that list films seen, each as bytes. Raises BadInput."""
    # Counted before zipfile makes an object of each: its signature starts every entry.
    if data.count(b"PK\x01\x02") > MAX_FILES:
        raise BadInput(f"The zip holds more than {MAX_FILES:,} files: not an export of Letterboxd.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check(entries)
            left = MAX_UNPACKED
            for entry in _wanted(entries):
                with archive.open(entry) as file:
                    content = file.read(left + 1)  # the size that the zip gives may be a lie
                left -= len(content)
                if left < 0:
                    raise BadInput(_too_large())
                yield content
    except BadInput:
        raise
    except DAMAGED as error:
        raise BadInput("The zip is damaged. Download the export once more.") from error


def _wanted(entries):
    """The entries that list what was seen; a lone other list of films is taken as it is."""
    entries = sorted(entries, key=lambda entry: -entry.filename.count("/"))
    named = {}  # of two of one name the outer one: what was deleted lies in a folder
    for entry in entries:
        *folders, name = entry.filename.lower().split("/")
        if not PASSED_OVER & set(folders):
            named[name] = entry
    found = [named[name] for name in SEEN if name in named]
    tables = [entry for name, entry in named.items() if name.endswith(".csv")]
    found = found or (tables if len(tables) == 1 else [])
    if not found:
        raise BadInput(f"The zip holds none of {', '.join(SEEN)}. Give the export of Letterboxd.")
    return found


def _check(entries):
    """Raise BadInput for a zip that no export is: encrypted, nested, odd names, or a bomb."""
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise BadInput(_too_large())
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if entry.flag_bits & 1:
            raise BadInput("The zip has a password. Give it without.")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadInput("The zip is packed in an unusual way. Give it as it was downloaded.")
        if ".." in parts or parts[0] == "" or ":" in parts[0]:
            raise BadInput("The zip holds names that lead out of it. Give it as it was downloaded.")
        if parts[-1].lower().endswith((".zip", ".gz", ".7z", ".rar")):
            raise BadInput("The zip holds another archive. Unpack it and give the one inside.")


def _too_large():
    return f"Unpacked, the zip is larger than {MAX_UNPACKED // 1_000_000} MB. Give a smaller one."


def _listed(data):
    """Yield a Listed for each film in the bytes of a CSV. Raises BadInput."""
    text = io.TextIOWrapper(io.BytesIO(data), _encoding(data), errors="replace", newline="")
    first = text.read(4096)
    text.seek(0)
    rows = csv.reader(text, delimiter=max(",;\t", key=first.count))
    try:
        columns = _columns(rows)
        for number, row in enumerate(rows):
            if number >= MAX_ROWS:
                raise BadInput(TOO_LONG)
            listed = _entry(row, columns)
            if listed is not None:
                yield listed
    except csv.Error as error:
        raise BadInput(f"Line {rows.line_num} of the list cannot be read: {error}.") from error


def _encoding(data):
    """UTF-8, or UTF-16 where a mark says so; else Windows-1252, as old exports and Excel write."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _columns(rows):
    """{name: position} of the titles, the year and the type, from the line that names them."""
    for _ in range(HEADER_WITHIN):
        names = [fold.__wrapped__(cell) for cell in next(rows, [])]
        found = {
            name: names.index(name) for name in (*TITLES, "year", "title type") if name in names
        }
        if "year" in found and any(title in found for title in TITLES):
            return found
    raise BadInput(WRONG)


def _entry(row, columns):
    """A Listed, or None for a row without a title, and for what is neither film nor series."""
    cells = {name: row[at] for name, at in columns.items() if at < len(row)}
    if key(cells.get("title type", "")).replace(" ", "") in OTHERS:
        return None
    titles = dict.fromkeys(key(cells[name]) for name in TITLES if name in cells)
    titles.pop("", None)
    year = YEAR.search(cells.get("year", ""))
    return Listed(tuple(titles), int(year[0]) if year else None) if titles else None
