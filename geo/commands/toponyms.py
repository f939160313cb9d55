"""`python -m geo toponyms`: the place names of many texts, for measuring."""

import gzip
import json
import sys

from geo.errors import BadInput
from geo.resolve import read_toponyms


def add(parser):
    """Add the arguments of the command to its argparse parser."""
    parser.add_argument("corpus", help='lines of {"id", "text"}: .jsonl, .jsonl.gz or -')
    parser.set_defaults(run=run)


def run(options):
    """Print {"id", "toponyms": [{start, end, name, latitude, longitude, precision}]} a line."""
    identities = []
    with _opened(options.corpus) as lines:
        for toponyms in read_toponyms(_texts(lines, identities)):
            row = {"id": identities.pop(0), "toponyms": toponyms}
            print(json.dumps(row, ensure_ascii=False))


def _opened(path):
    if path == "-":
        return sys.stdin
    try:
        opener = gzip.open if path.endswith(".gz") else open
        return opener(path, "rt", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be opened: {error.strerror}.") from error


def _texts(lines, identities):
    """Yield each line's text, its id put aside for when the text has been read."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line)
                identity, text = row["id"], row["text"]
            except (ValueError, KeyError, TypeError) as error:
                raise BadInput(f'Line {number} is not {{"id", "text"}} in JSON.') from error
            identities.append(identity)
            yield text
