"""Filters that several commands share: which rows of the catalogue, and of the news."""

from geo import catalogue, view
from geo.additions import extend
from geo.errors import BadInput
from geo.model import CERTAINTIES, ROLES
from geo.settings import settings
from geo.store import Store
from geo.text import fold


def add_filters(parser):
    """Add the filters of the map to an argparse parser."""
    group = parser.add_argument_group("filters, as on the map")
    group.add_argument("--franchise", action="append", default=[], metavar="NAME")
    group.add_argument("--film", action="append", default=[], metavar="TITLE or id")
    group.add_argument("--years", metavar="2015-2023", help="years of release")
    group.add_argument("--role", action="append", default=[], choices=ROLES)
    group.add_argument("--certainty", action="append", default=[], choices=CERTAINTIES)
    group.add_argument("--place", metavar="id", help="scenes at one place")
    group.add_argument(
        "--without-news", action="store_true", help="the catalogue alone, not what readers kept"
    )


def chosen(options):
    """(catalogue, rows, View) of the filters. Raises BadInput for a name that there is not."""
    found = catalogue.load(settings().data)
    if not options.without_news:
        found = extend(found, Store(settings().store).records("accepted"))
    rows = view.table(found)
    seen = view.View(
        franchise=_named(options.franchise, {n: n for n in rows["franchise"]}, "franchise"),
        film=_named(options.film, _titles(found.films), "film"),
        years=_years(options.years),
        role=tuple(options.role),
        certainty=tuple(options.certainty),
        place=options.place,
    )
    if options.place and options.place not in found.places.index:
        raise BadInput(f"There is no place “{options.place}” in places.csv.")
    rows = rows[view.mask(rows, seen)]
    return found, view.selected(rows, seen.place) if seen.place else rows, seen


def _titles(films):
    return {name: film for film, title in films["title"].items() for name in (title, film)}


def _named(wanted, options, what):
    known = {fold(name): identity for name, identity in options.items()}
    missing = [name for name in wanted if fold(name) not in known]
    if missing:
        near = [n for n in options if fold(missing[0]) in fold(n)][:5]
        hint = f" Did you mean: {', '.join(near)}?" if near else ""
        raise BadInput(f"There is no {what} “{missing[0]}”.{hint}")
    return tuple(known[fold(name)] for name in wanted)


def _years(text):
    if not text:
        return None
    first, _, last = text.partition("-")
    if not first.isdigit() or (last and not last.isdigit()):
        raise BadInput("--years is a year or two: 2018, or 2015-2023.")
    return tuple(sorted((int(first), int(last or first))))
