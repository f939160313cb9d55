"""The answers that geocoders gave before, in SQLite: asked once, known to the whole installation.

Kept under the service, the question, the language, the countries it was narrowed to, and the
version of the reading of answers, which is raised when findings.py reads them differently. An
answer without any place is kept too; a failure to ask cannot be kept, for it is no answer.
"""

import contextlib
import json
import logging
import sqlite3
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from geo.findings import VERSION, Finding
from geo.sqlitefile import connection
from geo.text import fold

TABLE = """
CREATE TABLE IF NOT EXISTS answers (
    service TEXT, query TEXT, language TEXT, countries TEXT, version INTEGER,
    findings TEXT NOT NULL, asked REAL NOT NULL,
    PRIMARY KEY (service, query, language, countries, version)
) WITHOUT ROWID
"""
LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Question:
    """What a service is asked; `countries` are ISO 3166 codes, empty for the whole world."""

    service: str
    query: str
    language: str = "en"
    countries: tuple[str, ...] = ()

    def key(self):
        """The primary key; case and spacing of the query make no other question."""
        query = fold(self.query) or self.query.strip()
        codes = " ".join(sorted(self.countries)).upper()
        return (self.service, query, self.language, codes, VERSION)


class Answers:
    """A file of answers. A file that cannot be read or written costs time, never an answer."""

    def __init__(self, path):
        self._path = Path(path)

    def get(self, question):
        """The findings (a tuple, empty for "no such place"), or None where it was not asked."""
        if not self._path.exists():
            return None
        where = "service=? AND query=? AND language=? AND countries=? AND version=?"
        try:
            with connection(self._path, TABLE) as opened:
                select = f"SELECT findings FROM answers WHERE {where}"
                row = opened.execute(select, question.key()).fetchone()
            return row and tuple(map(_finding, json.loads(row[0])))
        except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
            LOG.warning("Earlier answers cannot be read from %s: %s", self._path, error)
            return None

    def keep(self, question, findings):
        """Remember an answer; an empty one says that there is no such place."""
        row = json.dumps([asdict(finding) for finding in findings], ensure_ascii=False)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with connection(self._path, TABLE) as opened:
                values = (*question.key(), row, time.time())
                opened.execute("INSERT OR REPLACE INTO answers VALUES (?,?,?,?,?,?,?)", values)
        except (sqlite3.Error, OSError) as error:
            self._spoiled(error)

    def _spoiled(self, error):
        LOG.warning("The answer cannot be kept in %s: %s", self._path, error)
        if isinstance(error, sqlite3.DatabaseError) and "not a database" in str(error):
            with contextlib.suppress(OSError):
                self._path.replace(self._path.with_suffix(".broken"))


def _finding(row):
    return Finding(**row | {"names": tuple(row["names"])})
