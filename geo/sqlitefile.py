"""A file of SQLite that several processes of an installation read and write at once."""

import contextlib
import sqlite3

BUSY_SECONDS = 10  # how long a process waits for another that writes


@contextlib.contextmanager
def connection(path, table):
    """A connection to the file at `path`, which gets its `table` (SQL) where it has none.

    What is done with it is one transaction, and the file is closed afterwards. Raises
    sqlite3.Error where the file cannot be read or written.
    """
    with contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as opened:
        # Of several that open a new file at once one changes its mode; the others are refused at
        # once, without a wait, and find it changed. Any other fault shows in what follows.
        with contextlib.suppress(sqlite3.OperationalError):
            opened.execute("PRAGMA journal_mode=WAL")
        opened.execute(table)
        with opened:
            yield opened
