"""What speaks for each place that a name may mean, as rows of numbers between 0 and 1.

`ITSELF` looks at the place alone, `TEXT` at the words around the name, `CONTEXT` at the other
places of the text, as far as a first choice has settled them.
"""

import re

import numpy as np

ITSELF = (
    "country", "continent", "admin1", "admin2", "admin3", "region", "town", "physical",
    "town people", "area people", "own name", "first of its name", "English-speaking",
    "United States", "seat", "at home", "outshone",
)  # fmt: skip
TEXT = ("parent after comma", "child before comma", "parent nearby", "near", "state", "civic")
CONTEXT = (
    "country share", "region share", "region share, first order", "within 25 km", "within 60 km",
    "within 160 km", "within 400 km", "holds others", "named country",
)  # fmt: skip
BASE = ITSELF + TEXT
# Where other languages than English are at home, the largest country first: what a text in one of
# them calls by a bare name is likely to lie there.
HOMES = {
    "de": "DE AT CH LI LU",
    "fr": "FR BE CH CA LU MC",
    "es": "ES MX AR CO CL PE UY EC BO CR CU DO GT PA PY VE",
    "no": "NO SJ DK SE",
}
COMMA = re.compile(r"\.?,\s{0,2}")
LOOSE = re.compile(
    r"(?:'s|’s)?(?:,(?= in ))? (?:in |\(|of )?"
    r"(?:the |northern |southern |eastern |western |central )?"
)
STATE_AFTER = re.compile(r" (?:[Ss]tate|[Pp]rovince)\b")
CIVIC_AFTER = re.compile(
    r"(?:'s|’s)? (?:[Pp]olice|[Mm]ayor|[Cc]ity|[Rr]esidents?|man|woman|[Ff]ire|High|School"
    r"|Public)\b"
)
NEARBY_KM = (25, 60, 160, 400)
LARGE_TOWN = 250_000  # inhabitants
# A small place of which film news says nothing but its name is as often as not a namesake of the
# one that is meant, which the gazetteer lacks: where it lies alone in its country, or far from all
# else. Of such towns of tests/articles (those not held out) 14 of 38 were right, of such regions 4
# of 13; of those that lie far off, 15 of 24.
SMALL_TOWN, SMALL_REGION = 40_000, 1_000_000  # inhabitants
MANY, UNSURE = 5, 0.6  # names; of so many, one that is alone may be large, with such a chance
AROUND_KM = 30  # within which candidates are one answer
FAR_KM, VILLAGE, FAR_TOWN, FAR_CHANCE = 400, 5_000, 20_000, 0.9


def km(lat, lon, lats, lons):
    """Great-circle distances in kilometres between points in radians; shapes broadcast."""
    h = np.sin((lats - lat) / 2) ** 2 + np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    return 12742.0 * np.arcsin(np.sqrt(np.minimum(h, 1.0)))


def itself(columns, own, first, grouper):
    """The `ITSELF` part of the evidence for the candidates of one name."""
    kinds, countries = grouper.kinds, grouper.countries
    found = np.zeros((len(own), len(ITSELF)))
    for i, feature in enumerate(ITSELF[:7]):
        found[:, i] = columns["kind"] == kinds[feature]
    found[:, 7] = found[:, :7].sum(axis=1) == 0
    size = np.log10(columns["population"] + 1.0) / 7
    found[:, 8], found[:, 9] = size * found[:, 6], size * (1 - found[:, 6])
    found[:, 10] = own
    found[0, 11] = first
    if grouper.language in HOMES:
        home = [countries[code] for code in HOMES[grouper.language].split()]
        found[:, 15] = np.isin(columns["country"], home) / 2 + (columns["country"] == home[0]) / 2
    else:
        english = [countries[code] for code in ("GB", "CA", "AU", "NZ", "IE")]
        found[:, 12] = np.isin(columns["country"], english)
        found[:, 13] = columns["country"] == countries["US"]
    found[:, 14] = seats(columns, kinds)
    found[:, 16] = outshone(columns, kinds)
    return found


def outshone(columns, kinds):
    """How much larger the largest town of the name is than each town, where it is a large one:
    from 0, as large, to 1, a hundred times. Who tells of Paris, Texas says so."""
    towns = columns["kind"] == kinds["town"]
    people = columns["population"] * towns
    largest = people.max(initial=0)
    if largest < LARGE_TOWN:
        return np.zeros(len(towns))
    return towns * np.clip(np.log10(largest / np.maximum(people, 1)) / 2, 0, 1)


def seats(columns, kinds):
    """Which candidates are towns that a district around them is called after: Seville, Geneva."""
    districts = np.isin(columns["kind"], [kinds[k] for k in ("admin1", "admin2")])
    towns = columns["kind"] == kinds["town"]
    if not districts.any() or not towns.any():
        return np.zeros(len(towns))
    lat, lon = columns["latitude"], columns["longitude"]
    away = km(lat[:, None], lon[:, None], lat[districts], lon[districts])
    around = (away < columns["radius"][districts]).any(axis=1)
    return towns & (around | np.isin(columns["admin1"], columns["row"][districts] + 1))


def holds(parent, child, kinds):
    """Matrix: whether the parent's candidate (column) contains the child's (row)."""
    p, c = parent.columns, child.columns
    p_kind, p_region = p["kind"], p["row"] + 1
    country = (p_kind == kinds["country"]) & (p["country"] == c["country"][:, None])
    country &= (c["kind"] != kinds["country"])[:, None]
    region = (p_region > 0) & (c["admin1"][:, None] == p_region)
    away = km(c["latitude"][:, None], c["longitude"][:, None], p["latitude"], p["longitude"])
    small = ~np.isin(p_kind, [kinds[k] for k in ("country", "admin1", "continent")])
    close = small & (away < np.minimum(400, p["radius"] + 25)) & (away > 0.5)
    return country | region | close


class Evidence:
    """The evidence of one text: `base` has a row for every candidate of every group, `commas` are
    (position, group, group of what follows a comma, matrix of which holds which).

    `unnamed` is how many names, of places anywhere, a text is taken to have beside its own: where
    it has but one other, that shall not decide.
    """

    def __init__(self, groups, toponyms, text, grouper, near=None, unnamed=0):
        self.groups, self.grouper, self.unnamed = groups, grouper, unnamed
        self.sizes = np.array([len(g.itself) for g in groups])
        self.starts = np.cumsum(self.sizes) - self.sizes
        self.owner = np.repeat(np.arange(len(groups)), self.sizes)
        names = (
            "row", "latitude", "longitude", "kind", "country", "admin1", "radius", "population",
        )  # fmt: skip
        self.columns = {n: np.concatenate([g.columns[n] for g in groups]) for n in names}
        self.base = np.zeros((len(self.owner), len(BASE)))
        self.base[:, : len(ITSELF)] = np.concatenate([g.itself for g in groups])
        if near is not None:
            self.base[:, BASE.index("near")] = self.nearness(near)
        self.commas = []
        self.neighbours(toponyms, text)
        self.prepare()

    def nearness(self, near):
        """1 at the Place or Entry that the text is about, 0.7 anywhere in its country."""
        c = self.columns
        lat, lon = np.radians(near.latitude), np.radians(near.longitude)
        away = km(lat, lon, c["latitude"], c["longitude"])
        same = c["country"] == self.grouper.countries.get(near.country or "", -1)
        return np.maximum(same * 0.7, np.exp(-away / 200))

    def neighbours(self, toponyms, text):
        """The `TEXT` part: "City, State", "Washington state", "Alexandria police"."""
        group_of = {m: g for g, group in enumerate(self.groups) for m in group.mentions}
        kinds = self.grouper.kinds
        for position, toponym in enumerate(toponyms):
            child = group_of.get(position)
            if child is None:
                continue
            kind = self.groups[child].columns["kind"]
            if STATE_AFTER.match(text, toponym.end):
                self.mark(child, "state", kind == kinds["admin1"])
            elif CIVIC_AFTER.match(text, toponym.end):
                self.mark(child, "civic", kind == kinds["town"])
            parent = group_of.get(position + 1)
            if parent is not None and parent != child:
                gap = text[toponym.end : toponyms[position + 1].start]
                self.parent(position, child, parent, gap)

    def parent(self, position, child, parent, gap):
        """What it says that one name follows another: "Paris, Texas", "Ayr in Queensland"."""
        comma = len(gap) < 16 and COMMA.fullmatch(gap)
        if not comma and not (len(gap) < 16 and LOOSE.fullmatch(gap)):
            return
        inside = holds(self.groups[parent], self.groups[child], self.grouper.kinds)
        self.mark(child, "parent after comma" if comma else "parent nearby", inside.any(axis=1))
        self.base[self.rows_of(child), BASE.index("outshone")] *= ~inside.any(axis=1)
        if comma:
            self.commas.append((position, child, parent, inside))
            self.mark(parent, "child before comma", inside.any(axis=0))
            if inside.any():  # "Albany, New York" speaks of the state, not of its seat
                self.base[self.rows_of(parent), BASE.index("seat")] = 0

    def rows_of(self, group):
        """The rows of a group's candidates."""
        return slice(self.starts[group], self.starts[group] + self.sizes[group])

    def mark(self, group, feature, values):
        cells = self.base[self.rows_of(group), BASE.index(feature)]
        np.maximum(cells, values, out=cells)

    def prepare(self):
        """What every round of context needs and no choice changes."""
        c, kinds = self.columns, self.grouper.kinds
        self.weights = np.sqrt([len(g.mentions) for g in self.groups])
        self.others = self.weights.sum() - self.weights[self.owner] + self.unnamed
        self.is_admin1 = c["kind"] == kinds["admin1"]
        self.is_country = c["kind"] == kinds["country"]
        self.region = np.where(self.is_admin1, c["row"] + 1, c["admin1"])
        codes, self.region_code = np.unique(self.region, return_inverse=True)
        self.region_count = len(codes)
        self.firm = (c["radius"] < 160) & ~self.is_country
        self.rows = np.arange(len(self.owner))

    def softmax(self, scores):
        """Probabilities of the candidates within their groups."""
        best = np.maximum.reduceat(scores, self.starts)
        weights = np.exp(scores - best[self.owner])
        return weights / np.add.reduceat(weights, self.starts)[self.owner]

    def best(self, scores):
        """The row of the best candidate of every group; the first of equals."""
        top = np.maximum.reduceat(scores, self.starts)[self.owner]
        ranked = np.where(scores == top, self.rows, len(self.rows))
        return np.minimum.reduceat(ranked, self.starts)

    def doubtful(self, scores, best):
        """The numbers of the groups whose best candidate is likelier to be a namesake of the place
        that is meant: a town that is less likely than the others of its name together, a small one
        that lies alone in its country, or far from all others."""
        c, kinds, chances = self.columns, self.grouper.kinds, self.softmax(scores)
        alone = (c["country"][best] == c["country"][best][:, None]).sum(axis=1) == 1
        alone &= len(best) > 1
        people, kind = c["population"][best], c["kind"][best]
        area = np.isin(kind, [kinds[k] for k in ("admin1", "admin2", "admin3")])
        town = kind == kinds["town"]
        small = (town & (people < SMALL_TOWN)) | (area & (people < SMALL_REGION))
        # one that a district is called after, such as Dubrovnik, is no village
        small &= self.base[best, BASE.index("seat")] == 0
        around = self.around(chances, best)
        if len(best) >= MANY:
            small |= (town | area) & (around < UNSURE)
        away = self.nearest(best[~self.is_country[best]])[best]
        far = town & (away > FAR_KM) & (people < FAR_TOWN) & (len(best) > 1)
        far &= (people < VILLAGE) | (chances[best] < FAR_CHANCE)
        other = town & (around < 0.5)
        lent = c["row"][best] < 0
        return frozenset(np.flatnonzero(~lent & (other | (alone & small) | far)).tolist())

    def around(self, chances, best):
        """Of each group, the chance that its best candidate is meant, or another that lies about
        there: a town and the district around it are one answer."""
        c, chosen = self.columns, best[self.owner]
        lat, lon = c["latitude"], c["longitude"]
        near = km(lat, lon, lat[chosen], lon[chosen]) < AROUND_KM
        return np.add.reduceat(chances * near, self.starts)

    def beside_comma(self, scores, best):
        """Yield (position, row) of mentions that what follows their comma makes another place than
        the rest of their group: Cambridge, and once "Cambridge, Ontario"."""
        for position, child, parent, inside in self.commas:
            outer = best[parent]
            if not self.is_admin1[outer]:  # countries stand behind commas in lists as well
                continue
            start, held = self.starts[child], inside[:, outer - self.starts[parent]]
            if held.any() and not held[best[child] - start]:
                rows = start + np.flatnonzero(held)
                yield position, rows[np.argmax(scores[rows])]

    def share(self, code, width, votes):
        """For each candidate, the share of the other groups' votes that its code has."""
        cell = self.owner * width + code
        own = np.bincount(cell, votes, len(self.groups) * width)[cell]
        everywhere = np.bincount(code, votes, width)[code]
        return (everywhere - own) / np.maximum(self.others, 1e-9)

    def context(self, chances):
        """The matrix of `CONTEXT`, given each candidate's chance by the choice before."""
        found = np.zeros((len(self.owner), len(CONTEXT)))
        if len(self.groups) < 2:
            return found
        c, best = self.columns, self.best(chances)
        votes = chances * self.weights[self.owner]
        width = len(self.grouper.countries)
        found[:, 0] = self.share(c["country"], width, votes) * (c["country"] > 0)
        known = votes * (self.region > 0)
        share = self.share(self.region_code, self.region_count, known) * (self.region > 0)
        found[:, 1], found[:, 2] = share * ~self.is_admin1, share * self.is_admin1
        nearest = self.nearest(best[self.firm[best] & (chances[best] > 0.4)])
        for column, limit in enumerate(NEARBY_KM, 3):
            found[:, column] = nearest < limit
        country = c["country"][best]
        inside = (c["country"][:, None] == country) & (self.owner[best] != self.owner[:, None])
        found[:, 7] = self.is_country * inside.mean(axis=1)
        found[:, 8] = ~self.is_country & (inside & self.is_country[best]).any(axis=1)
        return found

    def nearest(self, anchors):
        """Kilometres from each candidate to the nearest anchor of another name."""
        if not len(anchors):
            return np.full(len(self.owner), 1e5)
        lat, lon = self.columns["latitude"], self.columns["longitude"]
        away = km(lat[:, None], lon[:, None], lat[anchors], lon[anchors])
        away[self.owner[anchors] == self.owner[:, None]] = 1e5
        return away.min(axis=1)
