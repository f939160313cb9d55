"""`python -m geo picture`: a picture of the map, ready to publish."""

from dataclasses import replace
from pathlib import Path

from geo import embed, view, words
from geo.commands.filters import add_filters, chosen
from geo.errors import BadInput, CouldNotAsk
from geo.picture import FORMATS, SIZES, Request, picture, regions
from geo.picture.looks import LOOKS
from geo.picture.tiles import TileServer
from geo.settings import settings


def add(parser):
    """Add the arguments of the command to its argparse parser."""
    parser.add_argument("out", help="where to write: a name that ends in .png, .svg or .pdf")
    parser.add_argument("--size", default="blog", help=f"{', '.join(SIZES)}, or as 1200x630")
    parser.add_argument("--scale", type=int, default=1, help="2 for twice the pixels (PNG)")
    parser.add_argument("--theme", choices=LOOKS, default="light")
    parser.add_argument("--title", help="instead of the one made from the filters")
    parser.add_argument("--subtitle")
    parser.add_argument("--alt", default="", help="alt text instead of the one made from the rows")
    parser.add_argument("--region", help="a continent, a country or its code, or bounds as "
                        "SOUTH,WEST,NORTH,EAST, and only the scenes there")  # fmt: skip
    parser.add_argument("--address", help="where your map stands, printed in the credit with the "
                        "filters in it; by default DOUBLETAKE_HOME")  # fmt: skip
    parser.add_argument("--without-lines", action="store_true")
    parser.add_argument("--without-legend", action="store_true")
    parser.add_argument("--tiles", choices=["osm"], help="a street map underneath, over the "
                        "network: OpenStreetMap, or what DOUBLETAKE_TILES names")  # fmt: skip
    add_filters(parser)
    parser.set_defaults(run=run)


def run(options):
    """Write the picture and print its alt text."""
    kind = Path(options.out).suffix.lower().lstrip(".")
    if kind not in FORMATS:
        raise BadInput(f"{options.out}: end the name in .{', .'.join(FORMATS)}.")
    catalogue, rows, seen = chosen(options)
    part = regions.region(options.region) if options.region else None
    rows = part.of(rows, catalogue.places) if part else rows
    if rows.empty:
        raise BadInput("No scene matches these filters: there is nothing to draw.")
    width, height = _size(options.size)
    shown = words.drawn(rows)
    title = words.title(shown) + (f": {part.name}" if part and part.name else "")
    request = Request(
        width=width,
        height=height,
        scale=options.scale,
        theme=options.theme,
        title=title if options.title is None else options.title,
        subtitle=words.summary(rows) if options.subtitle is None else options.subtitle,
        address=_address(options.address, seen, part),
        alt=options.alt,
        bounds=part and part.bounds,
        lines=not options.without_lines,
        legend=not options.without_legend,
    )
    try:
        server = TileServer(settings()) if options.tiles else None
        Path(options.out).write_bytes(picture(rows, catalogue, request, kind, server))
    except CouldNotAsk:
        raise
    except OSError as error:
        raise BadInput(f"{options.out} cannot be written: {error.strerror}.") from error
    print(options.alt or words.alt_text(rows))
    return 0


def _address(given, seen, part):
    """The address that restores the view: of the map, with the filters, unless some are in it."""
    home = settings().home if given is None else given
    if part:
        centre, zoom = part.spot()
        seen = replace(seen, centre=centre, zoom=zoom)
    return embed.address(home, view.to_query(seen)) if home and "?" not in home else home


def _size(text):
    if text in SIZES:
        return SIZES[text]
    try:
        width, height = map(int, text.lower().replace("×", "x").split("x"))
    except ValueError as error:
        raise BadInput(f"--size is {', '.join(SIZES)}, or pixels as 1200x630.") from error
    return width, height
