"""`python -m geo export`: the chosen scenes as a file for other programs."""

import sys
from pathlib import Path

from geo import words
from geo.commands.filters import add_filters, chosen
from geo.errors import BadInput
from geo.export import ENDINGS, FORMATS, export, format_of
from geo.export.mymaps import MOST


def add(parser):
    """Add the arguments of the command to its argparse parser."""
    parser.add_argument("out", help=f"where to write; ends in {', '.join(ENDINGS)}; - for stdout")
    parser.add_argument("--format", choices=FORMATS, help="instead of the one the ending names")
    add_filters(parser)
    parser.set_defaults(run=run)


def run(options):
    """Write the file and say what it holds."""
    kind = options.format or format_of(options.out)
    if kind is None:
        raise BadInput(f"{options.out}: end the name in {', '.join(ENDINGS)}, or add --format.")
    catalogue, rows, _ = chosen(options)
    data = export(rows, catalogue, kind, words.title(rows))
    if options.out == "-":
        sys.stdout.buffer.write(data)
        return 0
    try:
        Path(options.out).write_bytes(data)
    except OSError as error:
        raise BadInput(f"{options.out} cannot be written: {error.strerror}.") from error
    print(f"{words.headline(rows)}.")
    if kind == "mymaps" and data.count(b"\r\n") - 1 > MOST:
        print(f"My Maps takes {MOST:,} rows a layer: narrow the filters and import it in parts.")
    return 0
