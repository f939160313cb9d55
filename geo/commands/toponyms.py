"""`python -m geo toponyms`: the place names of many texts, for measuring."""

import gzip
import json
import sys
from itertools import islice

from geo.errors import BadInput
from geo.gazetteer import Gazetteer
from geo.resolve import read_toponyms

BATCH = 64  # texts read together: enough to be quick, little enough to stream


def add(subparsers):
    """Add the command to an argparse parser."""
    parser = subparsers.add_parser("toponyms", help="find and place the place names of texts")
    parser.add_argument("corpus", help='lines of {"id", "text"}: .jsonl, .jsonl.gz or -')
    parser.set_defaults(run=run)


def run(options):
    """Print {"id", "toponyms": [{start, end, name, latitude, longitude, precision}]} a line."""
    gazetteer = Gazetteer.open()
    with _opened(options.corpus) as lines:
        rows = _rows(lines)
        while batch := list(islice(rows, BATCH)):
            found = read_toponyms([text for _, text in batch], gazetteer)
            for (identity, _), toponyms in zip(batch, found, strict=True):
                print(json.dumps({"id": identity, "toponyms": toponyms}, ensure_ascii=False))


def _opened(path):
    if path == "-":
        return sys.stdin
    try:
        opener = gzip.open if path.endswith(".gz") else open
        return opener(path, "rt", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be opened: {error.strerror}.") from error


def _rows(lines):
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line)
                yield row["id"], row["text"]
            except (ValueError, KeyError, TypeError) as error:
                raise BadInput(f'Line {number} is not {{"id", "text"}} in JSON.') from error
