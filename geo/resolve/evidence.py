"""What speaks for each place that a name may mean, as rows of numbers between 0 and 1.

`BASE` looks at the place and its text; `CONTEXT` at the other places of the text, as far as a
first choice has settled them.
"""

import re

import numpy as np

KIND_FEATURES = ("country", "continent", "admin1", "admin2", "admin3", "region", "town")
BASE = (
    *KIND_FEATURES, "physical", "town people", "area people", "own name", "first of its name",
    "parent after comma", "child before comma", "parent nearby", "parent elsewhere",
    "English-speaking", "United States", "near", "state",
)  # fmt: skip
CONTEXT = (
    "country share", "region share", "region share, first order", "within 25 km", "within 60 km",
    "within 160 km", "within 400 km", "holds others", "named country",
)  # fmt: skip
COMMA = re.compile(r"\.?,\s{0,2}")
LOOSE = re.compile(
    r"(?:'s|’s)? (?:in |\(|of )?(?:the |northern |southern |eastern |western |central )?"
)
STATE_AFTER = re.compile(r" (?:[Ss]tate|[Pp]rovince)\b")


def km(lat, lon, lats, lons):
    """Great-circle distances in kilometres; shapes broadcast."""
    lat, lon, lats, lons = map(np.radians, (lat, lon, lats, lons))
    h = np.sin((lats - lat) / 2) ** 2 + np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    return 12742.0 * np.arcsin(np.sqrt(np.minimum(h, 1.0)))


def holds(parent, child, kinds):
    """Matrix: whether the parent's candidate (column) contains the child's (row)."""
    _, p_lat, p_lon, p_kind, _, p_country, _, p_radius, _ = parent
    p_row = parent[0]
    _, c_lat, c_lon, c_kind, _, c_country, c_admin1, _, _ = child
    same = c_country[:, None] == p_country[None, :]
    country = (p_kind == kinds["country"])[None, :] & same & (c_kind != kinds["country"])[:, None]
    region = c_admin1.astype(np.int64)[:, None] == (p_row.astype(np.int64) + 1)[None, :]
    away = km(c_lat[:, None], c_lon[:, None], p_lat[None, :], p_lon[None, :])
    small = (
        (p_kind != kinds["country"]) & (p_kind != kinds["admin1"]) & (p_kind != kinds["continent"])
    )
    close = small[None, :] & (away < np.minimum(400, p_radius + 25.0)[None, :]) & (away > 0.5)
    return country | (region & (p_row >= 0)[None, :]) | close


class Evidence:
    """The evidence of one text: a matrix with a row for every candidate of every group."""

    def __init__(self, groups, toponyms, text, grouper, near=None):
        self.groups, self.grouper = groups, grouper
        self.sizes = np.array([len(g.columns[0]) for g in groups])
        self.starts = np.concatenate([[0], np.cumsum(self.sizes)[:-1]])
        self.owner = np.repeat(np.arange(len(groups)), self.sizes)
        self.columns = [np.concatenate(c) for c in zip(*(g.columns for g in groups), strict=True)]
        self.base = np.zeros((len(self.owner), len(BASE)))
        self.describe(near)
        self.parents(toponyms, text)

    def set(self, feature, values):
        self.base[:, BASE.index(feature)] = values

    def describe(self, near):
        _, lat, lon, kind, people, country, _, _, own = self.columns
        kinds, countries = self.grouper.kinds, self.grouper.countries
        for feature in KIND_FEATURES:
            self.set(feature, kind == kinds[feature])
        town = kind == kinds["town"]
        self.set("physical", ~np.isin(kind, [kinds[k] for k in KIND_FEATURES]))
        size = np.log10(people + 1.0) / 7
        self.set("town people", size * town)
        self.set("area people", size * ~town)
        self.set("own name", own)
        self.base[self.starts, BASE.index("first of its name")] = 1
        english = [countries[c] for c in ("GB", "CA", "AU", "NZ", "IE") if c in countries]
        self.set("English-speaking", np.isin(country, english))
        self.set("United States", country == countries["US"])
        if near is not None:
            away = km(near.latitude, near.longitude, lat, lon)
            same = country == countries.get(near.country or "", -1)
            self.set("near", np.maximum(same * 0.7, np.exp(-away / 200)))

    def parents(self, toponyms, text):
        """ "City, State": a name right after a comma that contains the one before it."""
        of = {m: g for g, group in enumerate(self.groups) for m in group.mentions}
        self.pairs, kinds = {}, self.grouper.kinds
        for position, toponym in enumerate(toponyms):
            child = of.get(position)
            if child is None:
                continue
            if STATE_AFTER.match(text, toponym.end):
                self.mark(child, "state", self.groups[child].columns[3] == kinds["admin1"])
            parent = of.get(position + 1)
            if parent is None or parent == child:
                continue
            gap = text[toponym.end : toponyms[position + 1].start]
            if len(gap) > 16:
                continue
            comma = COMMA.fullmatch(gap)
            if not comma and not LOOSE.fullmatch(gap):
                continue
            inside = holds(self.groups[parent].columns, self.groups[child].columns, kinds)
            if comma:
                self.mark(child, "parent after comma", inside.any(axis=1))
                self.mark(parent, "child before comma", inside.any(axis=0))
            else:
                self.mark(child, "parent nearby", inside.any(axis=1))

    def mark(self, group, feature, values):
        start, size = self.starts[group], self.sizes[group]
        cells = self.base[start : start + size, BASE.index(feature)]
        np.maximum(cells, values, out=cells)

    def softmax(self, scores):
        """Probabilities of the candidates within their groups."""
        best = np.maximum.reduceat(scores, self.starts)
        weights = np.exp(scores - best[self.owner])
        return weights / np.add.reduceat(weights, self.starts)[self.owner]

    def shares(self, codes, votes, weights):
        """For each candidate, the share of the other groups' votes that its code has."""
        _, code = np.unique(codes, return_inverse=True)
        width = int(code.max()) + 1
        cell = self.owner * width + code
        own = np.bincount(cell, votes, len(self.groups) * width)[cell]
        everywhere = np.bincount(code, votes, width)[code]
        total = weights.sum() - weights[self.owner]
        return (everywhere - own) / np.maximum(total, 1e-9)

    def context(self, chances):
        """The matrix of `CONTEXT`, given each candidate's chance by the first choice."""
        row, lat, lon, kind, _, country, admin1, radius, _ = self.columns
        kinds, many = self.grouper.kinds, len(self.groups)
        found = np.zeros((len(self.owner), len(CONTEXT)))
        if many < 2:
            return found
        weights = np.sqrt([len(g.mentions) for g in self.groups])
        votes = chances * weights[self.owner]
        is_admin1 = kind == kinds["admin1"]
        region = np.where(is_admin1, row + 1, admin1)
        known = votes * (region > 0)
        found[:, 0] = self.shares(country, votes, weights) * (country > 0)
        share = self.shares(region, known, weights) * (region > 0)
        found[:, 1], found[:, 2] = share * ~is_admin1, share * is_admin1
        best = np.array(
            [
                s + np.argmax(chances[s : s + n])
                for s, n in zip(self.starts, self.sizes, strict=True)
            ]
        )
        firm = (radius[best] < 160) & (kind[best] != kinds["country"]) & (chances[best] > 0.4)
        away = km(lat[:, None], lon[:, None], lat[best][None, :], lon[best][None, :])
        away[:, ~firm] = 1e5
        away[np.arange(len(self.owner)), self.owner] = 1e5
        nearest = away.min(axis=1)
        for column, limit in enumerate((25, 60, 160, 400), 3):
            found[:, column] = nearest < limit
        is_country = kind == kinds["country"]
        code = country[best]
        inside = (country[:, None] == code[None, :]) & (
            np.arange(many)[None, :] != self.owner[:, None]
        )
        found[:, 7] = is_country * inside.mean(axis=1)
        named = country[best][is_country[best]]
        found[:, 8] = ~is_country & np.isin(country, named)
        return found
