"""Map tiles that were had before, in SQLite: a tile is asked for again when its time is up.

How long that is the server says (Cache-Control, Expires: RFC 9111), and never less than the seven
days that the tile usage policy of OpenStreetMap asks for. A file that cannot be read or written
costs time, never a tile.
"""

import contextlib
import logging
import re
import sqlite3
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

from geo.sqlitefile import connection

LEAST, LONGEST = 7 * 86_400.0, 90 * 86_400.0  # seconds that a tile is kept
MOST = 4000  # tiles, about 80 MB; those that were fetched first go first
TABLE = """
CREATE TABLE IF NOT EXISTS tiles (
    address TEXT PRIMARY KEY, body BLOB NOT NULL, etag TEXT NOT NULL,
    fetched REAL NOT NULL, until REAL NOT NULL
) WITHOUT ROWID
"""
LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile's picture as bytes, its ETag, and the moment (seconds since 1970) it goes stale."""

    body: bytes
    etag: str
    until: float


def until(headers, now):
    """The moment until which an answer of these headers (a mapping) may be kept."""
    told = {name.lower(): value for name, value in headers.items()}
    found = re.search(r"max-age=(\d{1,9})", told.get("cache-control", ""))
    seconds = 0.0
    if found:
        age = told.get("age", "")
        seconds = int(found[1]) - (int(age) if age.isdigit() else 0)
    elif "expires" in told:
        with contextlib.suppress(ValueError, TypeError, OverflowError):
            seconds = parsedate_to_datetime(told["expires"]).timestamp() - now
    return now + min(max(seconds, LEAST), LONGEST)


class TileCache:
    """A file of tiles by their addresses."""

    def __init__(self, path, clock=time.time):
        self._path, self._clock = Path(path), clock

    def get(self, address):
        """The Tile at an address, fresh or stale, or None."""
        if not self._path.exists():
            return None
        select = "SELECT body, etag, until FROM tiles WHERE address=?"
        try:
            with connection(self._path, TABLE) as opened:
                row = opened.execute(select, (address,)).fetchone()
            return row and Tile(*row)
        except sqlite3.Error as error:
            LOG.warning("Earlier map tiles cannot be read from %s: %s", self._path, error)
            return None

    def keep(self, address, tile):
        """Remember a Tile; the oldest are forgotten where there are too many."""
        row = (address, tile.body, tile.etag, self._clock(), tile.until)
        oldest = "SELECT address FROM tiles ORDER BY fetched DESC LIMIT -1 OFFSET ?"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with connection(self._path, TABLE) as opened:
                opened.execute("INSERT OR REPLACE INTO tiles VALUES (?,?,?,?,?)", row)
                opened.execute(f"DELETE FROM tiles WHERE address IN ({oldest})", (MOST,))
        except (sqlite3.Error, OSError) as error:
            LOG.warning("The map tile cannot be kept in %s: %s", self._path, error)
