"""Rows of open data -> records under the catalogue's names, and what was left out and why."""

from collections import Counter, defaultdict

import pandas as pd

from geo.distance import kilometres
from geo.gazetteer import place_of
from geo.model import Place, Record
from geo.text import fold

NEAR_KM = 50.0  # a gazetteer's place of the same name within this is the same place
GENERIC = frozenset({"", "unknown", "various", "n a", "none", "tbd"})


class Matcher:
    """Turns Rows into Records; `left_out` counts what it did not take, by reason."""

    def __init__(self, catalogue, gazetteer):
        self._gazetteer, self._films = gazetteer, defaultdict(list)
        self.left_out, self.matched = Counter(), 0
        for film in catalogue.films.itertuples():
            for title in (film.title, film.original_title or "", *film.aliases):
                self._films[fold(title)].append(film)

    def record(self, row):
        """The Record of a Row, or None where it is left out."""
        reason = self._reason(row)
        if reason:
            self.left_out[reason] += 1
            return None
        film, place = self._film(row), self._placed(row)
        self.matched += film is not None
        title = film.title if film is not None else row.film
        year = int(film.year) if film is not None and pd.notna(film.year) else row.year
        return Record(
            film=title,
            franchise=film.franchise if film is not None else None,
            year=year,
            place=place.name,
            place_text=row.place,
            country=place.country,
            latitude=place.latitude,
            longitude=place.longitude,
            precision=place.precision,
            role=row.role,
            certainty="reported",
            stands_for=None,
            evidence=row.text.format(film=title, place=row.place, year=row.year),
            evidence_start=0,
            evidence_end=0,
            source=row.address,
            title=row.title,
            publisher=row.publisher,
        )

    @staticmethod
    def _reason(row):
        if fold(row.film) in GENERIC:
            return "no title"
        if fold(row.place) in GENERIC:
            return "no place"
        if row.latitude is None:
            return "no point"
        return None

    def _film(self, row):
        for film in self._films[fold(row.film)]:
            if row.year is None or pd.isna(film.year) or abs(film.year - row.year) <= 1:
                return film
        return None

    def _placed(self, row):
        """The place with its precision: the source's, else the gazetteer's, else a site."""
        point = Place(row.place, row.country, row.latitude, row.longitude, "site")
        precision = row.precision
        if not precision:
            near = (e for e in self._gazetteer.lookup(row.place) if kilometres(e, point) < NEAR_KM)
            known = next(near, None)
            precision = place_of(known).precision if known else "site"
        return Place(row.place, row.country, row.latitude, row.longitude, precision)
