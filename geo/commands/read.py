"""`python -m geo read`: what articles say about filming places and story settings."""

import sys

from geo import archive, bulk
from geo.article import from_bytes, from_file
from geo.errors import BadInput
from geo.export import to_json_lines
from geo.reading import without_guesses
from geo.settings import settings
from geo.words import count, told

COLUMNS = ("film", "year", "role", "place", "country", "precision", "certainty", "stands_for")


def add(parser):
    """Add the arguments of the command to its argparse parser."""
    parser.add_argument(
        "source",
        help="a text, Markdown or HTML file, an address, - for standard input; a folder of such"
        " files or a .jsonl(.gz) archive of {text, url, title, publisher, published}",
    )
    parser.add_argument("--format", choices=("json", "table"), default="json")
    parser.add_argument(
        "--without-scenes",
        action="store_true",
        help="read as if the catalogue had no scenes and no places, for measuring",
    )
    parser.add_argument("--output", help="where to write; an archive then goes on where it stopped")
    parser.add_argument("--dask", action="store_true", help="read an archive on all cores")
    parser.add_argument("--scheduler", help="read an archive on the Dask cluster at this address")
    parser.set_defaults(run=run)


def run(options):
    """Print the records, or append them to --output; problems go to standard error."""
    if archive.is_archive(options.source):
        return _read_archive(options)
    article = _article(options.source)
    found = bulk.reader(settings().data, not options.without_scenes).read(article)
    for note in found.notes:
        print(note, file=sys.stderr)
    if options.format == "table":
        text = _table(without_guesses(found.records))
    else:
        text = to_json_lines(record.as_dict() for record in found.records)
    with _output(options.output) as file:
        file.write(text)
    return 0


def _article(source):
    if source == "-":
        return from_bytes(sys.stdin.buffer.read(), "standard input")
    if source.startswith(("http://", "https://")):
        from geo.fetch import fetch  # takes longer to import than a text to read

        data, address, *_ = fetch(source)
        return from_bytes(data, address)
    return from_file(source)


def _output(path):
    try:
        return open(path, "w", encoding="utf-8") if path else open(1, "w", closefd=False)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from error


def _table(records):
    """The records for people: a line each, columns as wide as they need to be."""
    rows = [record.as_dict() for record in records]
    cells = [[column.replace("_", " ") for column in COLUMNS]]
    cells += [[str(row[column] or "") for column in COLUMNS] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in cells]
    said = [f"\n{told(record)}\n  “{record.evidence}”" for record in records]
    return "\n".join([*lines, *said]) + "\n"


def _read_archive(options):
    if not options.output:
        return _through(options, lambda _, lines: print(lines, end=""), done=frozenset())
    progress = archive.Progress(options.output)
    if progress.done:
        print(f"Going on after {count(len(progress.done), 'article')}.", file=sys.stderr)
    status = _through(options, progress.write, progress.done)
    progress.finish()
    return status


def _through(options, write, done):
    from tqdm import tqdm  # as above

    sources = archive.sources(options.source)
    total = len(sources) if isinstance(sources, list) else None
    left = (source for source in sources if archive.name(source) not in done)
    how = {"scenes": not options.without_scenes, "data": settings().data}
    if options.dask or options.scheduler:
        results = bulk.with_dask(left, scheduler=options.scheduler, **how)
    else:
        results = bulk.one_by_one(left, **how)
    bad = 0
    for name, lines, problem in tqdm(results, total=total, initial=len(done), unit=" articles"):
        write(name, lines)
        if problem:
            bad += 1
            tqdm.write(f"{name}: {problem}", file=sys.stderr)
    if bad:
        print(f"{count(bad, 'article')} could not be read (see above).", file=sys.stderr)
    return 0
