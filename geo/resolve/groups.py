"""Toponyms grouped by name, each group with the places it may mean, as columns of numbers."""

from dataclasses import dataclass, field

import numpy as np

from geo.text import fold

# Of a name that more places bear than this, the weightiest.
MOST_PLACES = 80
COLUMNS = (
    "row",
    "latitude",
    "longitude",
    "kind",
    "population",
    "country",
    "admin1",
    "radius",
    "own",
)


@dataclass(slots=True)
class Group:
    """The mentions of one name, by their positions among the toponyms."""

    name: str
    columns: tuple
    entries: tuple = ()
    mentions: list = field(default_factory=list)
    fixed: bool = False

    def entry(self, gazetteer, at):
        """The Entry of the group's candidate number `at`."""
        return self.entries[at] if self.entries else gazetteer.entry(int(self.columns[0][at]))


class Grouper:
    """Makes the groups of a text; what it knows of a name is remembered."""

    def __init__(self, gazetteer, extra_names=None):
        self.gazetteer, self.extra, self.memo = gazetteer, extra_names or {}, {}
        self.kinds = {kind: i for i, kind in enumerate(gazetteer.meta["kinds"])}
        self.countries = {code: i for i, code in enumerate(gazetteer.meta["countries"])}

    def groups(self, toponyms):
        """The groups of the toponyms that may mean something, in order of first mention."""
        groups = {}
        for position, toponym in enumerate(toponyms):
            name, columns, entries = self.candidates(toponym.text)
            if columns is not None:
                group = groups.setdefault(name, Group(name, columns, entries))
                group.mentions.append(position)
        return list(groups.values())

    def candidates(self, surface):
        found = self.memo.get(surface)
        if found is None:
            if len(self.memo) > 20_000:
                self.memo.clear()
            found = self.memo[surface] = self.looked_up(surface)
        return found

    def looked_up(self, surface):
        """(key of the group, columns or None, entries) of a name as it is written."""
        gazetteer, name = self.gazetteer, fold(surface)
        if name in self.extra:
            return name, self.lent(self.extra[name]), tuple(self.extra[name])
        short = gazetteer.meta["abbreviations"].get(surface.strip())
        if short is None:
            short = gazetteer.meta["abbreviations"].get(surface.strip(" ."))
        if short is not None:
            return f"={short}", self.own_columns(name, [short]), ()
        rows = gazetteer.numbers(name)[:MOST_PLACES]
        people = gazetteer.meta["demonyms"].get(name)
        if people is not None and (not rows or gazetteer.is_minor(rows[0])):
            rows, name = [people], f"={people}"
        return name, self.own_columns(name, rows) if rows else None, ()

    def own_columns(self, name, rows):
        g, rows = self.gazetteer, np.array(rows)
        own = np.array([fold(g._title(int(i))) == name for i in rows])
        return (
            rows, g.latitude[rows], g.longitude[rows], g.kind[rows], g.population[rows],
            g.country[rows], g.admin1[rows], g.radius[rows], own,
        )  # fmt: skip

    def lent(self, entries):
        """The columns of entries that the gazetteer does not have."""
        return tuple(
            np.array(column)
            for column in zip(
                *(
                    (
                        -1, e.latitude, e.longitude, self.kinds[e.kind], e.population,
                        self.countries.get(e.country or "", 0), 0, e.radius_km, True,
                    )
                    for e in entries
                ),
                strict=True,
            )
        )  # fmt: skip
