"""`python -m geo check-data`: every fault of the catalogue at once."""

import sys

from geo import tables
from geo.checks import check
from geo.words import count


def add(parser):
    """Add the arguments of the command to its argparse parser."""
    parser.add_argument("--folder", default=tables.DATA, help="where the CSV files are")
    parser.set_defaults(run=run)


def run(options):
    """Print the faults and return 1, or say what the catalogue holds and return 0."""
    faults = check(options.folder)
    if faults:
        print(*faults, sep="\n", file=sys.stderr)
        print(f"{count(len(faults), 'fault')} found.", file=sys.stderr)
        return 1
    loaded = tables.load(options.folder)._asdict()
    held = [count(len(rows), name[:-1]) for name, rows in loaded.items()]
    print(f"The catalogue is sound: {', '.join(held)}.")
    return 0
