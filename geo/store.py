"""What readers add: records from articles and imports, waiting, accepted or rejected.

SQLite by default, PostgreSQL by one setting; the same tables in both. A record is one fact from
one source, and (fact, source) is unique: reading an article twice, or two people saving it at
once, leaves one row. Every change is one committed transaction, so a killed app loses nothing.
"""

import re
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from sqlalchemy import (
    Column,
    DateTime,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from geo.errors import CouldNotAsk
from geo.text import fold, known_title

STATUSES = ("waiting", "accepted", "rejected")
BUSY_SECONDS = 30  # how long a writer waits for another before it gives up
FIELDS = (
    *("film", "franchise", "place", "place_text", "country", "precision", "role", "certainty"),
    *("stands_for", "evidence", "source", "title", "publisher", "published", "origin", "licence"),
)

METADATA = MetaData()
RECORDS = Table(
    "records",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("fact", String(400), nullable=False, index=True),
    Column("status", String(10), nullable=False, index=True),
    *(Column(name, Text) for name in FIELDS),
    *(Column(name, Integer) for name in ("year", "evidence_start", "evidence_end")),
    *(Column(name, Float) for name in ("latitude", "longitude")),
    Column("changed", DateTime(timezone=True), nullable=False),
    UniqueConstraint("fact", "source", name="one_row_a_fact_and_source"),
)
POLLS = Table(  # what a feed's or page's server said when it was last asked by machine
    "polls",
    METADATA,
    Column("address", Text, primary_key=True),
    Column("etag", Text),
    Column("modified", Text),
    Column("changed", DateTime(timezone=True), nullable=False),
)
NAMES = tuple(RECORDS.columns.keys())
INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def fact(record):
    """The key under which records (dicts) of the same fact meet: film, place, role, setting."""
    parts = (known_title(record["film"] or ""), record.get("year"), record["place"], record["role"])
    return "|".join(fold(str(part or "")) for part in (*parts, record.get("stands_for")))


class Store:
    """Records in a database. Every method raises CouldNotAsk where the database is out of reach."""

    def __init__(self, address):
        """`address` is an SQLAlchemy URL, or the path of an SQLite file (made where missing)."""
        try:
            if not re.match(r"\w+(\+\w+)?://", str(address)):
                Path(address).parent.mkdir(parents=True, exist_ok=True)
                address = f"sqlite:///{address}"
            self._engine = create_engine(address, pool_pre_ping=True)
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise CouldNotAsk(f"The store of records cannot be opened: {error}") from error
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _durable)
        with self._transaction() as connection:
            METADATA.create_all(connection)

    def add(self, records, status="waiting", origin="news", licence=None):
        """Keep records (dicts as of Record.as_dict); returns how many of them are new.

        A record that is known already keeps its row; accepting it again corrects that row.
        """
        rows = [_row(record, status, origin, licence) for record in records]
        with self._transaction() as connection:
            before = self._count(connection)
            for row in rows:
                connection.execute(self._upsert(row, replace=status == "accepted"))
            return self._count(connection) - before

    def decide(self, identity, status, **changes):
        """Set the status of one record and correct fields of it; False where it is gone."""
        with self._transaction() as connection:
            row = connection.execute(select(RECORDS).where(RECORDS.c.id == identity)).mappings()
            old = row.one_or_none()
            if old is None:
                return False
            new = {**old, **changes, "status": status, "changed": datetime.now(UTC)}
            new["fact"] = fact(new)
            connection.execute(update(RECORDS).where(RECORDS.c.id == identity).values(new))
            return True

    def records(self, status=None):
        """The records as a DataFrame in the order in which they came, columns as in RECORDS."""
        query = select(RECORDS).order_by(RECORDS.c.id)
        if status:
            query = query.where(RECORDS.c.status == status)
        with self._transaction() as connection:
            rows = connection.execute(query).mappings().all()
        return pd.DataFrame(rows, columns=NAMES)

    def version(self):
        """A value that changes whenever a record is added or changed."""
        with self._transaction() as connection:
            latest = select(RECORDS.c.changed).order_by(RECORDS.c.changed.desc()).limit(1)
            return self._count(connection), str(connection.execute(latest).scalar())

    def polled(self, address):
        """What was remembered of a feed or page: a dict with etag and modified, or None."""
        with self._transaction() as connection:
            query = select(POLLS).where(POLLS.c.address == address)
            row = connection.execute(query).mappings().one_or_none()
        return dict(row) if row else None

    def remember_poll(self, address, etag=None, modified=None):
        """Remember that a feed or page was read, and its server's marks of the version."""
        row = {"address": address, "etag": etag, "modified": modified}
        row["changed"] = datetime.now(UTC)
        insert = INSERTS[self._engine.dialect.name](POLLS).values(row)
        with self._transaction() as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=["address"], set_=row))

    @staticmethod
    def _count(connection):
        return connection.exec_driver_sql("select count(*) from records").scalar()

    def _upsert(self, row, replace):
        insert = INSERTS[self._engine.dialect.name](RECORDS).values(row)
        keys = ["fact", "source"]
        if replace:
            return insert.on_conflict_do_update(index_elements=keys, set_=row)
        return insert.on_conflict_do_nothing(index_elements=keys)

    @contextmanager
    def _transaction(self):
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise CouldNotAsk(f"The store of records is out of reach: {error}") from error


def _row(record, status, origin, licence):
    values = {name: record.get(name) for name in NAMES if name != "id"}
    values |= {"status": status, "changed": datetime.now(UTC), "fact": fact(record)}
    values["origin"] = record.get("origin") or origin
    values["licence"] = record.get("licence") or licence
    values["source"] = record.get("source") or ""
    return values


def _durable(connection, _):
    """Survive a kill at any moment, and let a second writer wait rather than fail."""
    cursor = connection.cursor()
    cursor.execute(f"pragma busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("pragma journal_mode = wal")
    cursor.execute("pragma synchronous = full")
    cursor.close()
