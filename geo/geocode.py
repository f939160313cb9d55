"""A name in its context -> the Place that is meant, or None; or an error where nobody could say.

In this order, and the first that knows a fitting place is believed: fictional places, which are
never looked for; the catalogue's own places; the gazetteer; a geocoder's earlier answers; the
geocoder, where the context allows the network. An answer of another name, of another country than
the one named, or far from all that it should be near, is no answer; nor is one of several sites of
the same name that nothing tells apart.
"""

from dataclasses import dataclass
from functools import lru_cache

from geo import catalogue as catalogues
from geo.fictional import fictional
from geo.gazetteer import Gazetteer, place_of
from geo.model import Place
from geo.online import Online
from geo.scope import Context, Scope, gap, is_generic, is_road, same_name, split_name, weight
from geo.settings import settings
from geo.text import fold

LONGEST = 200  # characters: no place has a longer name, and services are not for essays
APART_KM = 25.0  # sites further apart than this are different sites
CLEARLY = 0.15  # how much more important (0 to 1) an answer must be than its namesakes
BESIDE = 3.0  # points of a hint that outweigh the catalogue's order: within 200 km
ALIAS = 1.5  # points lost where a place is called so by some only
LICENCE = "CC BY 4.0"
KINDS = {"continent": 10.0, "country": 10.0, "admin1": 8.0, "region": 6.5, "sea": 6.0}
KINDS |= {"range": 5.5, "island": 5.5, "river": 5.0, "lake": 4.5, "admin2": 4.5, "admin3": 3.5}
KINDS |= {"peak": 4.5, "site": 4.5}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that the name may mean; `points` rank it, `why` says what for, `against` what rules
    it out (empty for nothing). Points compare candidates of the same origin only."""

    place: Place
    origin: str
    points: float
    why: str
    against: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The Place or None, the reason in a sentence, and the candidates, the best first."""

    place: Place | None
    why: str
    candidates: tuple[Candidate, ...] = ()


def geocode(name, context=None):
    """The Place that a name means in its Context, or None where no place is known to be meant.

    A fictional place comes back as such, without a point. Raises AskLater, Refused or CouldNotAsk
    where only a geocoder could tell, the network is allowed, and it did not answer.
    """
    return shared().geocode(name, context)


@lru_cache(maxsize=1)
def shared():
    """The Geocoder of this process, by the environment's settings."""
    return Geocoder.open(settings())


class Geocoder:
    """Open it once and share it between threads."""

    def __init__(self, catalogue, gazetteer, online=None):
        """`catalogue` as of catalogue.load(); `online` as of geo/online.py, or None for never."""
        self._own = _own_places(catalogue.places)
        self._gazetteer, self._online = gazetteer, online

    @classmethod
    def open(cls, given):
        """A Geocoder by Settings."""
        catalogue = catalogues.read(given.data)[0]
        return cls(catalogue, Gazetteer.open(), Online(given))

    def geocode(self, name, context=None):
        """As the function of the same name."""
        return self.explain(name, context).place

    def explain(self, name, context=None):
        """The Verdict on a name; raises as geocode() does."""
        context = context or Context()
        head, qualifiers = split_name(name)
        if not head or len(name) > LONGEST:
            return Verdict(None, "That is no name.")
        if context.kind:
            return Verdict(None, f"It is the name of a {context.kind}, not of a place.")
        scope = Scope(qualifiers, context, self._named)
        return (
            self._imagined(name, head, qualifiers, context)
            or self._known(name, head, scope)
            or self._said_to_be_nothing(head, scope)
            or self._asked(name, head, scope, context)
        )

    def _imagined(self, name, head, qualifiers, context):
        own = [p for p in self._own.get(fold(head), ()) if p.precision == "fictional"]
        told = fictional(name) or fictional(head)
        if own and not self._own_real(head):
            return Verdict(own[0], f"{own[0].name} exists in stories alone (the catalogue).")
        if told and not self._is_meant_real(told, head, qualifiers, context):
            where = ", ".join(told.works)
            return Verdict(told.place(), f"{told.name} exists in stories alone ({where}).")
        return None

    def _own_real(self, head):
        return [p for p in self._own.get(fold(head), ()) if p.precision != "fictional"]

    def _is_meant_real(self, told, head, qualifiers, context):
        """Whether something says that the real namesake of a fictional place is meant."""
        if self._own_real(head):
            return True
        if not told.real or (context.film and told.is_of(context.film)):
            return False
        if qualifiers:
            stories = {fold(name) for name in (*told.works, *told.within)}
            return not any(fold(qualifier) in stories for qualifier in qualifiers)
        if context.country:
            return context.country in told.real
        near = Scope((), Context(near=context.near), self._named)
        beside = any(near.hint(place)[0] >= 5 for place in self._places_of(head))
        return beside or bool(context.film and set(context.countries) & set(told.real))

    def _known(self, name, head, scope):
        """What the catalogue or the gazetteer makes of it, or None to go on asking."""
        own = _best_first(self._of_catalogue(name, head, scope))
        others = _best_first(self._of_gazetteer(head, scope))
        for candidates in (others, own) if _is_nearer(others, own, scope) else (own, others):
            if candidates and not candidates[0].against and not _tied(candidates):
                best = _town_in_region(candidates)
                listed = (best, *(c for c in (*candidates, *others) if c is not best))
                return Verdict(best.place, _reason(best, candidates), tuple(dict.fromkeys(listed)))
        return None

    def _of_catalogue(self, name, head, scope):
        whole = self._own.get(fold(name), ())
        for place in whole or self._own.get(fold(head), ()):
            if place.precision != "fictional":
                against = "" if place in whole else scope.against(place) or ""
                points, hint = scope.hint(place)
                yield Candidate(place, "catalogue", points, hint or "in the catalogue", against)

    def _of_gazetteer(self, head, scope):
        for rank, entry in enumerate(self._gazetteer.lookup(head)):
            place = place_of(entry)
            against = scope.against(place, (entry.admin1, entry.admin2)) or ""
            hinted, hint = scope.hint(place)
            points = KINDS.get(entry.kind) or weight(entry.population)
            points += hinted - (0 if same_name(head, [entry.name]) else ALIAS) - rank / 1000
            size = f"{entry.population:,} people" if entry.population else ""
            why = ", ".join(filter(None, (entry.kind, entry.admin1, size, hint)))
            yield Candidate(place, "gazetteer", round(points, 3), why, against)

    def _said_to_be_nothing(self, head, scope):
        if (is_generic(head) or is_road(head)) and not scope.narrows:
            return Verdict(None, f"{head} alone is no place: there are many. Say in which town.")
        return None

    def _asked(self, name, head, scope, context):
        """What the geocoder says: to the name as it is, then within the countries that are near."""
        if not self._online:
            return Verdict(None, f"{head} is not known here.")
        narrow = scope.countries()
        widths = [(context.country,)] if context.country else [(), narrow] if narrow else [()]
        candidates, answered = (), False
        for countries in widths:
            findings = self._online.known(name, countries)
            if findings is None and context.online:
                findings = self._online.ask(name, countries, context.patience)
            answered = answered or findings is not None
            candidates = _best_first(_of_findings(findings or (), head, scope)) or candidates
            if candidates and not candidates[0].against and not _tied(candidates):
                best = candidates[0]
                return Verdict(best.place, _reason(best, candidates), candidates)
        return Verdict(None, _nothing(head, candidates, answered), candidates)

    def _named(self, name):
        """Every place of a name, qualifiers and abbreviations included, for Scope."""
        code = self._gazetteer.country_entries.get(name) if len(name) == 2 else None
        short = self._gazetteer.abbreviation(name) or code
        return [place_of(short)] if short else self._places_of(name)

    def _places_of(self, name):
        own = self._own_real(name)
        return [*own, *map(place_of, self._gazetteer.lookup(name))]


def _own_places(frame):
    """Folded name or alias -> the catalogue's Places."""
    found = {}
    for row in frame.itertuples():
        real = row.precision != "fictional"
        fields = (row.latitude, row.longitude) if real else (None, None)
        radius = row.radius_km if real and row.radius_km == row.radius_km else None
        identity, source = f"catalogue:{row.place}", f"the catalogue ({row.point_from})"
        source = source if real else "the catalogue"
        country = row.country if isinstance(row.country, str) else None
        place = Place(row.name, country, *fields, row.precision, radius, identity, source, LICENCE)
        for name in dict.fromkeys(map(fold, (row.name, *row.aliases))):
            found.setdefault(name, []).append(place)
    return found


def _of_findings(findings, head, scope):
    """A geocoder's findings as Candidates, with what rules each of them out."""
    for finding in findings:
        place = finding.place()
        points, hint = scope.hint(place)
        why = ", ".join(filter(None, (finding.kind, finding.label, hint)))
        against = "" if same_name(head, finding.names) else f"it is called {finding.name}"
        against = against or (scope.too_far(place) and "far from what it should be near") or ""
        against = against or _elsewhere(finding, place, scope)
        yield Candidate(place, "geocoder", round(points + finding.importance, 3), why, against)


def _elsewhere(finding, place, scope):
    """The scope's own objection; the parts of the full name stand for the regions around it."""
    return scope.against(place, [part.strip() for part in finding.label.split(",")]) or ""


def _best_first(candidates):
    return tuple(sorted(candidates, key=lambda c: (bool(c.against), -c.points)))


def _is_nearer(others, own, scope):
    """Whether the gazetteer has a place where the question points to, and the catalogue none."""
    near = [scope.hint(found[0].place)[0] for found in (others, own) if found]
    return len(near) == 2 and near[0] >= BESIDE > near[1] and not others[0].against


def _tied(candidates):
    """Whether the best is a site or an online answer, and others as good lie elsewhere."""
    best, *others = (c for c in candidates if not c.against)
    if best.place.precision != "site" and best.origin != "geocoder":
        return False
    rivals = [c for c in others if best.points - c.points < CLEARLY]
    return any(gap(best.place, rival.place) > APART_KM for rival in rivals)


def _town_in_region(candidates):
    """The best, or the town at the heart of the small region that is called after it."""
    best = candidates[0]
    if best.place.precision == "region" and best.origin == "gazetteer":
        for other in candidates[1:]:
            near = other.place.precision == "town" and other.place.country == best.place.country
            if near and not other.against and _is_heart(other.place, best.place):
                return other
    return best


def _is_heart(town, region):
    reach = (town.radius_km or 0) * 2
    return same_name(town.name, [region.name]) and (region.radius_km or 0) <= max(reach, APART_KM)


def _reason(best, candidates):
    others = sum(not c.against for c in candidates) - 1
    of = f"; {others} more of that name fit less well" if others else ""
    return f"{best.place.name}, from the {best.origin}: {best.why}{of}."


def _nothing(head, candidates, answered):
    if any(not c.against for c in candidates):
        return f"There are several places called {head}, and nothing says which is meant."
    if candidates:
        return f"No place called {head} fits: {candidates[0].against}."
    if answered:
        return f"The geocoder knows no place called {head}."
    return f"{head} is not known here, and the network was not asked."
