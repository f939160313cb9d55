"""Facts that no single cell can show to be wrong: references, duplicates, impossible places.

Each check is a generator of Fault over a Catalogue; CHECKS lists them all, and `check` runs them,
so that a contributor sees every fault at once.
"""

from itertools import pairwise

import numpy as np
import pandas as pd

from geo.catalogue import read
from geo.distance import kilometres
from geo.model import AREAS
from geo.outlines import country_at, outside_km
from geo.tables import DATA, TABLES, Fault
from geo.text import fold

COAST_KM = 10.0  # how far the outlines, at 1:50 million, may be off
ISLANDS_KM = 250.0  # how far off a coast islands lie that the outlines do not have
SAME_SPOT_KM = 0.3  # two rows closer than this are one place under two names


def check(folder=DATA):
    """Every Fault of the catalogue in `folder`, by file and line; an empty list means sound."""
    catalogue, faults = read(folder)
    for rule in CHECKS:
        faults.extend(rule(catalogue))
    return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.column))


def _unique(catalogue):
    for name in TABLES:
        frame = getattr(catalogue, name)
        key = frame.columns[0]
        first = frame["line"].groupby(frame.index).transform("min")
        for row, line in zip(frame.itertuples(), first, strict=True):
            if row.line != line:
                problem = f"“{row.Index}” stands on line {line} already"
                yield Fault(
                    f"{name}.csv", row.line, key, problem, "Give this row a name of its own"
                )


def _references(catalogue):
    known = {name: set(getattr(catalogue, name).index) for name in TABLES}
    links = [
        ("scenes", "film", "films"),
        ("scenes", "filming_place", "places"),
        ("scenes", "setting", "places"),
        ("scenes", "sources", "sources"),
        ("scenes", "disputed_by", "sources"),
        ("places", "within", "places"),
        ("places", "distinct_from", "places"),
    ]
    for table, column, target in links:
        frame = getattr(catalogue, table)
        for line, cell in zip(frame["line"], frame[column], strict=True):
            for name in cell if isinstance(cell, tuple) else [cell]:
                if isinstance(name, str) and name not in known[target]:
                    remedy = f"Add it to {target}.csv or correct the spelling"
                    problem = f"“{name}” is not in {target}.csv"
                    yield Fault(f"{table}.csv", line, column, problem, remedy)


def _films(catalogue):
    for row in catalogue.films.itertuples():
        fault = _fault("films.csv", row)
        if bool(row.franchise) == bool(row.single):
            yield fault(
                "franchise", "Neither franchise nor single, or both", "Fill just one of them"
            )
        if pd.isna(row.year) and not row.working_titles:
            yield fault("year", "No year", "Give the year of release (of the first season)")
    titles = catalogue.films.assign(folded=[fold(title) for title in catalogue.films["title"]])
    for (_, year), same in titles.groupby(["folded", "year"]):
        for before, row in pairwise(same.itertuples()):
            problem = f"The same film as line {before.line}: same title, {year}"
            yield _fault("films.csv", row)("title", problem, "Keep one row")


def _points(catalogue):
    for row in catalogue.places.itertuples():
        fault, placed = _fault("places.csv", row), not np.isnan(row.latitude)
        if placed == np.isnan(row.longitude):
            yield fault("latitude", "Half a point", "Give both latitude and longitude, or neither")
        if row.precision == "fictional":
            if placed or row.country:
                yield fault("precision", "A fictional place on the globe", "Empty its point")
            continue
        if not placed or not row.country:
            yield fault("latitude", "A real place without point or country", "Give both")
        if placed and abs(row.latitude) < 0.01 and abs(row.longitude) < 0.01:
            yield fault("latitude", "0,0 is in the open sea", "Look the point up again")
        if np.isnan(row.radius_km):
            yield fault("radius_km", "Empty", "Say how far the place reaches, in kilometres")
        if not row.point_from:
            yield fault("point_from", "Empty", "Say where the point was read")


def _inside_their_country(catalogue):
    placed = catalogue.places[["latitude", "longitude", "country"]].notna().all(axis=1)
    for row in catalogue.places[placed].itertuples():
        away = outside_km(row.latitude, row.longitude, row.country)
        reach = row.radius_km if row.precision in AREAS else 0.0
        if away is None or away <= max(COAST_KM, reach):
            continue
        there = country_at(row.latitude, row.longitude)
        if there or away > ISLANDS_KM:
            problem = f"{away:,.0f} km outside {row.country}, in {there or 'the sea'}"
            remedy = (
                "Correct the point (latitude first; south and west are negative) or the country"
            )
            yield _fault("places.csv", row)("latitude", problem, remedy)


def _same_places(catalogue):
    places = catalogue.places[catalogue.places["latitude"].notna()].sort_values("latitude")
    rows, north = list(places.itertuples()), SAME_SPOT_KM / 111.2
    for position, row in enumerate(rows):
        for other in rows[position + 1 :]:
            if other.latitude - row.latitude > north:
                break
            if other.precision != row.precision or _told_apart(row, other):
                continue
            if kilometres(row, other) < SAME_SPOT_KM:
                problem = f"Within 300 m of “{min(row, other, key=_line).Index}”"
                remedy = "Merge the two rows, correct a point, or name it under distinct_from"
                yield _fault("places.csv", max(row, other, key=_line))("place", problem, remedy)


def _told_apart(row, other):
    return other.Index in row.distinct_from or row.Index in other.distinct_from


def _scenes(catalogue):
    seen = {}
    for row in catalogue.scenes.itertuples():
        fault = _fault("scenes.csv", row)
        if not row.filming_place and not row.setting:
            yield fault("filming_place", "Neither place nor setting", "Fill at least one")
        if set(row.sources) & set(row.disputed_by):
            yield fault("disputed_by", "A source on both sides", "Keep it on one side")
        what = (row.film, row.filming_place, row.setting, fold(row.sentence))
        if what in seen:
            yield fault(
                "scene", f"The same scene as line {seen[what]}", "Keep one, with all sources"
            )
        seen.setdefault(what, row.line)


def _filming_places_are_real(catalogue):
    fictional = set(catalogue.places.index[catalogue.places["precision"] == "fictional"])
    for row in catalogue.scenes.itertuples():
        if row.filming_place in fictional:
            remedy = "Nothing can be filmed in a fictional place: name it as the setting"
            problem = f"“{row.filming_place}” is fictional"
            yield _fault("scenes.csv", row)("filming_place", problem, remedy)


def _fault(file, row):
    return lambda column, problem, remedy: Fault(file, row.line, column, problem, remedy)


def _line(row):
    return row.line


CHECKS = (
    _unique,
    _references,
    _films,
    _points,
    _inside_their_country,
    _same_places,
    _scenes,
    _filming_places_are_real,
)
