"""Toponyms grouped by name, each group with the places it may mean, as columns of numbers."""

from dataclasses import dataclass, field

import numpy as np

from geo.resolve.evidence import itself
from geo.resolve.spelling import may_mean
from geo.text import fold

# Of a name that more places bear than this, the weightiest.
MOST_PLACES = 80
REMEMBERED = 20_000


@dataclass(slots=True)
class Group:
    """One name, the places it may mean, and the positions of its mentions among the toponyms.

    `columns` are arrays of one value a place: row in the gazetteer (-1 for a lent place),
    latitude and longitude in radians, kind, country, admin1, radius in kilometres, population.
    """

    key: str
    columns: dict
    itself: np.ndarray
    entries: tuple = ()
    mentions: list = field(default_factory=list)

    def entry(self, gazetteer, at):
        """The Entry of candidate number `at`."""
        return self.entries[at] if self.entries else gazetteer.entry(int(self.columns["row"][at]))


class Grouper:
    """Makes the groups of a text in one language; what it knows of a name is remembered."""

    def __init__(self, gazetteer, extra_names=None, language="en"):
        self.gazetteer, self.extra, self.memo = gazetteer, extra_names or {}, {}
        self.language = language
        self.kinds = {kind: i for i, kind in enumerate(gazetteer.meta["kinds"])}
        self.countries = {code: i for i, code in enumerate(gazetteer.meta["countries"])}

    def groups(self, toponyms):
        """The groups of the toponyms that may mean something, in order of first mention."""
        groups = {}
        for position, toponym in enumerate(toponyms):
            known = self.known(toponym.text)
            if known is not None:
                key, columns, evidence, entries = known
                group = groups.get(key)
                if group is None:
                    group = groups[key] = Group(key, columns, evidence, entries)
                group.mentions.append(position)
        return list(groups.values())

    def known(self, surface):
        if surface not in self.memo:
            if len(self.memo) > REMEMBERED:
                self.memo.clear()
            self.memo[surface] = self.looked_up(surface)
        return self.memo[surface]

    def looked_up(self, surface):
        """(key, columns, evidence, entries) of a name as it is written, or None."""
        name = fold(surface)
        if name in self.extra:
            entries = tuple(self.extra[name])
            columns = self.lent(entries)
            return name, columns, itself(columns, [True] * len(entries), 1, self), entries
        key, rows = self.rows(surface, name)
        if not rows:
            return None
        columns = self.own_columns(rows)
        own = [fold(self.gazetteer.title(i)) == name for i in rows]
        return key, columns, itself(columns, own, 1, self), ()

    def rows(self, surface, name):
        """The key of the group and the gazetteer's rows: of an abbreviation, a people's name or a
        name; those of one place share its key."""
        meta = self.gazetteer.meta
        plain = surface.strip()
        short = meta["abbreviations"].get(plain, meta["abbreviations"].get(plain.strip(" .")))
        if short is not None:
            return f"={short}", [short]
        rows = self.spelt(plain, self.gazetteer.numbers(name)[:MOST_PLACES])
        people = meta["demonyms"].get(name)
        if people is not None and (not rows or self.gazetteer.is_minor(rows[0])):
            return f"={people}", [people]
        return (f"={rows[0]}" if len(rows) == 1 else name), rows

    def spelt(self, surface, rows):
        """The rows less the towns that a name with such letters cannot mean."""
        if surface.isascii():
            return rows
        g, meta = self.gazetteer, self.gazetteer.meta
        kinds, codes = meta["kinds"], meta["countries"]

        def fits(i):
            known = codes[g.country[i]], kinds[g.kind[i]], g.population[i]
            return may_mean(surface, g.title(i), *known)

        return [i for i in rows if fits(i)]

    def own_columns(self, rows):
        g, rows = self.gazetteer, np.array(rows, dtype=np.int64)
        return {
            "row": rows,
            "latitude": np.radians(g.latitude[rows].astype(float)),
            "longitude": np.radians(g.longitude[rows].astype(float)),
            "kind": g.kind[rows],
            "country": g.country[rows].astype(np.int64),
            "admin1": g.admin1[rows].astype(np.int64),
            "radius": g.radius[rows].astype(float),
            "population": g.population[rows],
        }

    def lent(self, entries):
        """The columns of entries that the gazetteer does not have."""
        return {
            "row": np.full(len(entries), -1),
            "latitude": np.radians([e.latitude for e in entries]),
            "longitude": np.radians([e.longitude for e in entries]),
            "kind": np.array([self.kinds[e.kind] for e in entries], dtype=np.uint8),
            "country": np.array([self.countries.get(e.country or "", 0) for e in entries]),
            "admin1": np.zeros(len(entries), dtype=np.int64),
            "radius": np.array([e.radius_km for e in entries], dtype=float),
            "population": np.array([e.population for e in entries]),
        }
