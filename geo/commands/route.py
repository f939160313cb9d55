"""`python -m geo route`: a sensible order in which to visit the chosen places."""

from pathlib import Path

from geo import route, words
from geo.commands.filters import add_filters, chosen
from geo.errors import BadInput

WRITERS = {".gpx": route.to_gpx, ".kml": route.to_kml}


def add(parser):
    """Add the arguments of the command to its argparse parser."""
    parser.add_argument("out", help=f"where to write; ends in {' or '.join(WRITERS)}")
    parser.add_argument("--stop", action="append", default=[], metavar="id", help="only these")
    parser.add_argument("--start", metavar="id", help="the place to start from")
    parser.add_argument("--closed", action="store_true", help="come back to the start")
    add_filters(parser)
    parser.set_defaults(run=run)


def run(options):
    """Write the route; print its stops, distances and links."""
    write = WRITERS.get(Path(options.out).suffix.lower())
    if write is None:
        raise BadInput(f"{options.out}: end the name in {' or '.join(WRITERS)}.")
    catalogue, rows, _ = chosen(options)
    wanted = options.stop or rows["filming_place"].dropna().unique()
    unknown = [place for place in wanted if place not in catalogue.places.index]
    if unknown:
        raise BadInput(f"There is no place “{unknown[0]}” in places.csv.")
    found = route.route(route.stops(catalogue.places.loc[wanted]), options.start, options.closed)
    try:
        Path(options.out).write_text(write(found, words.title(rows)), encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{options.out} cannot be written: {error.strerror}.") from error
    for stop, leg in zip(found.way, (0, *found.legs), strict=True):
        print(f"{leg:8.1f} km  {stop.name}")
    print(f"{found.kilometres:8.1f} km as the crow flies")
    for what, address in route.links(found):
        print(f"{what}: {address}")
    return 0
