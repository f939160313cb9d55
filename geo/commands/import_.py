"""`python -m geo import`: open data on filming places into the store."""

import sys
from functools import partial
from itertools import islice
from pathlib import Path

from tqdm import tqdm

from geo import catalogue
from geo.errors import BadInput
from geo.fetch import fetch, is_public
from geo.gazetteer import Gazetteer
from geo.imports.match import Matcher
from geo.imports.tables import FIELDS, SOURCES, Source, read_table
from geo.imports.wikidata import ENDPOINT, WHICH, read_wikidata
from geo.settings import settings
from geo.store import Store
from geo.words import count

BATCH = 500  # records saved in one transaction
JSON_KINDS = ("application/json", "application/sparql-results+json", "text/csv", "text/plain")
MOST = 100_000_000  # bytes of a published table
SECONDS = 90.0  # the public SPARQL endpoint gives a query a minute


def add(parser):
    """Add the arguments of the command to its argparse parser."""
    kinds = parser.add_subparsers(title="sources", metavar="SOURCE", required=True)
    wikidata = kinds.add_parser("wikidata", help="Wikidata (CC0), over the network")
    which = wikidata.add_mutually_exclusive_group(required=True)
    for kind in WHICH:
        which.add_argument(f"--{kind}", metavar="Q…", help=f"the Wikidata id of a {kind}")
    wikidata.add_argument("--endpoint", default=ENDPOINT, help="another SPARQL endpoint")
    wikidata.set_defaults(rows=_wikidata)
    for name, source in SOURCES.items():
        city = kinds.add_parser(name, help=f"{source.title}, {source.publisher} ({source.licence})")
        city.add_argument("file", nargs="?", help="the table as downloaded; else it is fetched")
        city.set_defaults(rows=partial(_city, source))
    table = kinds.add_parser("csv", help="any CSV file, with its columns named")
    table.add_argument("file")
    table.add_argument(
        "--column", action="append", required=True, metavar="FIELD=COLUMN", help=", ".join(FIELDS)
    )
    for name in ("title", "publisher", "licence", "address"):
        table.add_argument(f"--{name}", required=True, help=f"the {name} of the table")
    table.set_defaults(rows=_table)
    for one in kinds.choices.values():
        one.add_argument("--review", action="store_true", help="keep for review, not as accepted")
        one.set_defaults(run=run)


def run(options):
    """Save the records and say how many are new, how many known, and what was left out."""
    matcher = Matcher(catalogue.load(settings().data), Gazetteer.open())
    store = Store(settings().store)
    status = "waiting" if options.review else "accepted"
    read = new = 0
    rows = iter(tqdm(options.rows(options), unit=" rows"))
    while batch := list(islice(rows, BATCH)):
        licence = batch[0].licence
        records = [record.as_dict() for row in batch if (record := matcher.record(row))]
        new += store.add(records, status=status, origin="import", licence=licence)
        read += len(records)
    print(f"{count(new, 'new record')}, {read - new:,} known already;")
    print(f"{matcher.matched:,} of them of films in the catalogue.")
    for reason, number in matcher.left_out.most_common():
        print(f"Left out, {reason}: {count(number, 'row')}.", file=sys.stderr)
    return 0


def _wikidata(options):
    kind, item = next((k, getattr(options, k)) for k in WHICH if getattr(options, k))
    own = options.endpoint != ENDPOINT  # whoever runs this may ask a server of their own
    allowed = (lambda _: True) if own else is_public
    ask = partial(fetch, kinds=JSON_KINDS, most=MOST, seconds=SECONDS, allowed=allowed)
    return read_wikidata(kind, item, ask, endpoint=options.endpoint)


def _city(source, options):
    if options.file:
        return read_table(_bytes(options.file), source)
    data, *_ = fetch(source.address, kinds=JSON_KINDS, most=MOST, seconds=SECONDS)
    return read_table(data, source)


def _table(options):
    pairs = [pair.partition("=")[::2] for pair in options.column]
    unknown = [name for name, column in pairs if name not in FIELDS or not column]
    if unknown:
        raise BadInput(f"--column {unknown[0]}: write one of {', '.join(FIELDS)}, then =COLUMN.")
    source = Source(
        address="",
        page=options.address,
        title=options.title,
        publisher=options.publisher,
        licence=options.licence,
        columns={name: (column,) for name, column in pairs},
        text="{film} was filmed at {place}, says the table.",
    )
    return read_table(_bytes(options.file), source)


def _bytes(path):
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
