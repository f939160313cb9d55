"""`python -m geo site`: the whole catalogue as a static site."""

from functools import partial
from urllib.parse import urlsplit

from tqdm import tqdm

from geo import site
from geo.commands.filters import add_filters, chosen
from geo.errors import BadInput
from geo.words import count


def add(parser):
    """Add the arguments of the command to its argparse parser."""
    parser.add_argument("out", help="the folder to write into; only what has changed is written")
    parser.add_argument("--address", default=site.LOCAL, help="where the site will stand")
    parser.add_argument("--workers", type=int, help="processes; as many as there are processors")
    add_filters(parser)
    parser.set_defaults(run=run)


def run(options):
    """Write the site and say how much of it is new."""
    parts = urlsplit(options.address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise BadInput("--address is the whole address of the site: https://example.org/films/")
    catalogue, rows, _ = chosen(options)
    if rows.empty:
        raise BadInput("No scene matches these filters: there is nothing to show.")
    bar = partial(tqdm, desc="Pages", unit=" pages")
    report = site.build(rows, catalogue, options.out, options.address, bar, options.workers)
    print(
        f"{count(report.written, 'page')} written, {report.kept:,} unchanged, "
        f"{report.removed:,} removed."
    )
    if options.address == site.LOCAL:
        print(f"Links in sitemap, feed and cards begin with {site.LOCAL}: "
              "give --address when you publish.")  # fmt: skip
    return 0
