"""`python -m geo geocode`: where names are, one by one or a whole column of a CSV file."""

import csv
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from tqdm import tqdm

from geo.errors import BadInput, CouldNotAsk
from geo.export import FORMULA_STARTS
from geo.geocode import shared
from geo.scope import Context
from geo.words import count

ADDED = ("name", "latitude", "longitude", "precision", "extent", "source")
MORE = ("country", "licence", "status", "message")
SHOWN = 8  # candidates of one name
PATIENCE = 120.0


def add(parser):
    """Add the arguments of the command to its argparse parser."""
    parser.description = (
        "Prints the candidates of each name and why the first one won; or adds "
        f"{', '.join(ADDED)} to every row of a CSV file. The extent is a radius in kilometres."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="such as “Kingston, Jamaica”")
    parser.add_argument("--near", metavar="PLACE", action="append", default=[], help="a hint")
    parser.add_argument("--online", action="store_true", help="ask the geocoder that is set, too")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--csv", metavar="FILE", help="a table with a column of names")
    parser.add_argument("--column", metavar="NAME", help="the column with the names")
    parser.add_argument("--near-column", metavar="NAME", help="a column with a hint for each")
    parser.add_argument("--output", metavar="FILE", help="where the table goes")
    parser.set_defaults(run=run)


def run(options):
    """The exit status is 0; 1 where a place could not be asked for, to be tried again."""
    if bool(options.names) == bool(options.csv):
        raise BadInput("Give names, or a table with --csv.")
    if options.csv:
        if not (options.column and options.output):
            raise BadInput("With --csv, give --column and --output as well.")
        return Table(options).write()
    return max([_print(name, options) for name in options.names])


def _print(name, options):
    context = Context(near=tuple(options.near), online=options.online, patience=PATIENCE)
    try:
        verdict = shared().explain(name, context)
    except CouldNotAsk as error:
        print(f"{name}: could not be asked. {error}", file=sys.stderr)
        return 1
    print(_as_json(name, verdict) if options.format == "json" else _as_text(name, verdict))
    return 0


def _as_json(name, verdict):
    candidates = [asdict(candidate) for candidate in verdict.candidates]
    place = verdict.place and asdict(verdict.place)
    answer = {"name": name, "place": place, "why": verdict.why, "candidates": candidates}
    return json.dumps(answer, ensure_ascii=False)


def _as_text(name, verdict):
    lines = [f"{name}: {_where(verdict.place)}", f"  {verdict.why}"]
    for candidate in verdict.candidates[:SHOWN]:
        verb = f"ruled out: {candidate.against}" if candidate.against else candidate.why
        lines.append(f"  {'-' if candidate.against else '+'} {_where(candidate.place)} ({verb})")
    if left := len(verdict.candidates) - SHOWN:
        lines += [f"  and {count(left, 'more candidate')}"] if left > 0 else []
    return "\n".join(line.replace("\x1b", "") for line in lines)


def _where(place):
    if place is None:
        return "unknown"
    if place.precision == "fictional":
        return f"{place.name}, fictional"
    reach = f", {place.radius_km:g} km around" if place.radius_km else ""
    point = f"{place.latitude:.4f}, {place.longitude:.4f}"
    return f"{place.name}, {place.country or '–'}, {place.precision}, {point}{reach}"


class Table:
    """A CSV file that is given columns, row by row.

    The rows go to OUTPUT.part first, each complete before the next is asked for, and become OUTPUT
    when all are through. A run takes over from both files what earlier runs found for the same
    row, and asks again for rows that failed.
    """

    def __init__(self, options):
        self._options, self._output = options, Path(options.output)
        self._part = self._output.with_name(self._output.name + ".part")
        self._header, self._rows = _read(Path(options.csv))
        for column in filter(None, (options.column, options.near_column)):
            if column not in self._header:
                held = ", ".join(self._header)
                raise BadInput(f"{options.csv} has no column {column}. It has: {held}.")
        if self._output.resolve() == Path(options.csv).resolve():
            raise BadInput("The output must be another file than the table.")
        taken = set(self._header)
        self._added = [f"place_{name}" if name in taken else name for name in (*ADDED, *MORE)]

    def write(self):
        """Write the output; returns 1 where rows failed, else 0."""
        known = self._known(self._output) | self._known(self._part)
        failed = 0
        fresh = self._part.with_name(self._part.name + ".new")
        with _writable(fresh) as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow([*self._header, *self._added])
            writer.writerows([*cells, *known[at]] for at, cells in self._leading(known))
            file.flush()
            os.replace(fresh, self._part)
            rest = list(enumerate(self._rows))[len(self._leading(known)) :]
            done = len(self._rows) - len(rest)
            bar = tqdm(rest, total=len(self._rows), initial=done, unit="row", disable=None)
            for at, cells in bar:
                added = known.get(at) or self._ask(cells)
                writer.writerow([*cells, *added])
                file.flush()
                failed += added[-2] == "failed"
        os.replace(self._part, self._output)
        return self._tell(failed)

    def _leading(self, known):
        """The rows from the first on that are known without a gap: safe to rewrite at once."""
        size = next((at for at in range(len(self._rows)) if at not in known), len(self._rows))
        return list(enumerate(self._rows[:size]))

    def _known(self, path):
        """Row number -> added cells, of the rows of an earlier run that stand: those that did not
        fail, and were not unknown to a run that may not have asked the network."""
        stands = {"found", "fictional"} | (set() if self._options.online else {"unknown"})
        if not path.exists():
            return {}
        try:
            header, rows = _read(path, torn=True)
        except BadInput:
            return {}
        if header != [*self._header, *self._added]:
            return {}
        width, found = len(self._header), {}
        for at, (cells, old) in enumerate(zip(self._rows, rows, strict=False)):
            if old[:width] == cells and old[width:][-2] in stands:
                found[at] = old[width:]
        return found

    def _ask(self, cells):
        row = dict(zip(self._header, cells, strict=True))
        near = (*self._options.near, row.get(self._options.near_column, ""))
        near = tuple(name for name in near if name.strip())
        context = Context(near=near, online=self._options.online, patience=PATIENCE)
        try:
            verdict = shared().explain(row[self._options.column], context)
        except CouldNotAsk as error:
            return [""] * (len(ADDED) + 2) + ["failed", _inert(str(error))]
        return _cells(verdict)

    def _tell(self, failed):
        done = count(len(self._rows), "row")
        if not failed:
            print(f"{done} written to {self._output}.", file=sys.stderr)
            return 0
        again = "Run the same command again to try only those."
        print(f"{done} written, of which {failed} could not be asked. {again}", file=sys.stderr)
        return 1


def _cells(verdict):
    place, why = verdict.place, _inert(verdict.why)
    if place is None:
        return [""] * (len(ADDED) + 2) + ["unknown", why]
    status = "fictional" if place.precision == "fictional" else "found"
    point = ["" if n is None else f"{n:.5f}" for n in (place.latitude, place.longitude)]
    extent = "" if place.radius_km is None else f"{place.radius_km:g}"
    texts = map(_inert, (place.source, place.country or "", place.licence))
    return [_inert(place.name), *point, place.precision, extent, *texts, status, why]


def _inert(text):
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def _writable(path):
    try:
        return open(path, "w", newline="", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from error


def _read(path, torn=False):
    """(header, rows) of a CSV file; with `torn` a last line that was cut off is left out."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise BadInput(f"{path} cannot be read: {reason}.") from error
    if torn and not text.endswith("\n"):
        text = text[: text.rfind("\n") + 1]
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), strict=not torn))
    except csv.Error as error:
        raise BadInput(f"{path} is no CSV file: {error}.") from error
    if not rows:
        raise BadInput(f"{path} is empty.")
    header, rows = rows[0], [row for row in rows[1:] if row]
    uneven = next((at for at, row in enumerate(rows, 2) if len(row) != len(header)), None)
    if uneven and not torn:
        raise BadInput(f"{path}: row {uneven} has not as many cells as the header.")
    return header, [row for row in rows if len(row) == len(header)]
