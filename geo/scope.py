"""Where a name is to be looked for: what its own words and its context leave open.

"Victoria Market, Kingston, Jamaica" is a head and two qualifiers. A Scope says of any place
whether it fits (qualifiers and a named country are conditions) and how well (what is near, and the
countries of the film's other scenes, are hints).
"""

import math
import re
from dataclasses import dataclass

from geo.distance import kilometres
from geo.model import Film, Place
from geo.text import fold

NEAR_KM = 50.0
FAR_KM = 200.0
LOOSE = 1.5  # a radius understates how far an oblong region reaches
ABBREVIATED = {"st": "saint", "mt": "mount", "mtn": "mountain", "ft": "fort"}
# Words that may stand behind or before a name of two words or more without making it another.
SAME = set("area protected national park nature reserve movie film set studio studios site".split())
SAME |= set("viewpoint the world heritage historic state".split())
# Words of which a street's or venue's name may consist without saying which one is meant.
THINGS = set(
    "street st road rd avenue ave lane drive square plaza court place boulevard blvd way alley "
    "market park bridge station hotel motel inn church cathedral chapel school college university "
    "hospital library museum theatre theater cinema airport harbour harbor port beach castle "
    "palace tower hall house mansion farm studio studios stage warehouse factory mill prison jail "
    "courthouse mall store shop cafe bar pub restaurant diner casino club stadium arena cemetery "
    "graveyard lighthouse pier docks dock quarry mine tunnel gate garden gardens forest woods lake "
    "river mountain hill valley desert island coast city town village countryside highway freeway "
    "railway railroad subway metro strasse platz rue gate vei plass calle carretera".split()
)
PLAIN = set(
    "the a an of and at on in old new main high first second third fourth fifth north south east "
    "west upper lower central grand great little big public local city town state national royal "
    "king queen kings queens victoria church market station mill park bridge castle river lake "
    "hill school union railway water front broad long short red white black green 1st 2nd 3rd 4th "
    "5th abandoned nearby former historic downtown".split()
)
ROADS = set("street st road rd avenue ave lane drive alley boulevard blvd".split())


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about a name besides its letters.

    `near`: places (Place, or names) that it is said to be in or near; `country`: the ISO 3166 code
    that the text names for it; `countries`: those of the film's other scenes; `kind`: "person" or
    "company" where the caller knows that it is no place; `online`: whether the network may be
    asked; `patience`: seconds to wait for a turn there.
    """

    near: tuple[Place | str, ...] = ()
    country: str | None = None
    countries: tuple[str, ...] = ()
    film: Film | None = None
    kind: str | None = None
    online: bool = False
    patience: float = 15.0


def split_name(name):
    """A name and its qualifiers: "Kingston (Jamaica)" -> ("Kingston", ("Jamaica",))."""
    parts = re.split(r"\s*[,;()\[\]]\s*", " ".join(name.split()))
    parts = [part for part in parts if fold(part)]
    return (parts[0], tuple(parts[1:])) if parts else ("", ())


def is_generic(head):
    """Whether a name says what a thing is but not which: Main Street, the Old Mill, the castle."""
    words = fold(head).split()
    return bool(words) and words[-1] in THINGS and all(w in THINGS | PLAIN for w in words)


def is_road(head):
    """Whether a name ends as a street's does."""
    words = fold(head).split()
    return bool(words) and words[-1] in ROADS


def same_name(asked, names):
    """Whether one of `names` is the asked name: word for word, but for case, diacritics, usual
    abbreviations, and around names of two words what only says what kind of place it is."""
    asked = _words(asked)
    return any(_is(asked, _words(name)) for name in names if fold(name))


def _words(name):
    words = [ABBREVIATED.get(word, word) for word in fold(name).split()]
    return words[1:] if words[:1] == ["the"] else words


def _is(asked, name):
    if asked == name:
        return True
    size = len(asked)
    if size < 2 or len(name) <= size:
        return False
    rests = [name[size:]] if name[:size] == asked else []
    rests += [name[:-size]] if name[-size:] == asked else []
    return any(SAME.issuperset(rest) for rest in rests)


class Scope:
    """The conditions and hints of one question."""

    def __init__(self, qualifiers, context, lookup):
        """`lookup` gives the Places of a name."""
        self._context = context
        self._conditions = [(q, lookup(q)) for q in qualifiers]
        self._near = [
            place
            for near in context.near
            # Of a mere name the first reading alone: Jamaica is the country, not Queens' Jamaica.
            for place in ((near,) if isinstance(near, Place) else lookup(near)[:1])
        ]
        self.unknown = tuple(q for q, places in self._conditions if not places)
        self.named = any(places for _, places in self._conditions)

    @property
    def narrows(self):
        """Whether anything says which of several places is meant."""
        return bool(self.named or self._near or self._context.country)

    def countries(self):
        """Countries worth narrowing a question to: named, near, or of the other scenes."""
        if self._context.country:
            return (self._context.country,)
        near = tuple(dict.fromkeys(p.country for p in self._near if p.country))
        return near or self._context.countries

    def against(self, place, admins=()):
        """Why a place cannot be the one that is meant, or None. `admins` are names of the regions
        that it lies in, where they are known."""
        country = self._context.country
        if country and place.country != country:
            return f"not in {country}"
        folded = {fold(name) for name in admins if name}
        for qualifier, places in self._conditions:
            inside = fold(qualifier) in folded or any(within(place, area) for area in places)
            if places and not inside:
                return f"not in {qualifier}"
        if self.unknown and not self.named and not all(fold(q) in folded for q in self.unknown):
            return f"{self.unknown[0]} is not known"
        return None

    def too_far(self, place):
        """Whether a place is in another country than all that is near, and far from it as well."""
        return bool(self._near) and not any(
            near.country == place.country or gap(place, near) <= FAR_KM for near in self._near
        )

    def hint(self, place):
        """(points, words) for what speaks for a place; 0 and "" where nothing does."""
        points, words = max(
            (_nearness(place, near) for near in self._near), default=(0.0, ""), key=lambda p: p[0]
        )
        if place.country and place.country in self._context.countries:
            also = "in a country of the film's other scenes"
            return points + 1, ", ".join(filter(None, (words, also)))
        return points, words


def _nearness(place, near):
    """What nearness is worth, in powers of ten of people: editors' choice, held by tests."""
    if near.precision == "country":
        return (4.0, f"in {near.name}") if place.country == near.country else (0.0, "")
    if within(place, near):
        return 6.0, f"in or around {near.name}"
    distance = gap(place, near)
    if distance <= NEAR_KM:
        return 5.0, f"near {near.name}"
    if distance <= FAR_KM:
        return 3.0, f"{distance:.0f} km from {near.name}"
    return (1.5, f"in the country of {near.name}") if place.country == near.country else (0.0, "")


def within(place, area):
    """Whether a place lies in an area, as far as the area's country and reach tell."""
    if area.precision == "country":
        return place.country == area.country
    if place.country and area.country and place.country != area.country:
        return False
    return kilometres(place, area) <= LOOSE * (area.radius_km or 0) + NEAR_KM / 5


def gap(a, b):
    """Kilometres between the rims of two places; 0 where they overlap."""
    return max(0.0, kilometres(a, b) - (a.radius_km or 0) - (b.radius_km or 0))


def weight(population):
    """People as points: 0 for none, 6 for a million."""
    return math.log10(population + 1)
