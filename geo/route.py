"""Places -> a sensible order to visit them in, with distances, as GPX, KML and links.

The order is that of the shortest way through all stops, found by fast-tsp (MIT): exactly for up to
20 points, beyond by a Lin-Kernighan local search. Distances are great circles: as the crow flies.
"""

from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlencode
from xml.etree import ElementTree

import fast_tsp

from geo.distance import great_circle, kilometres
from geo.errors import BadInput
from geo.export import gpx, xml
from geo.export.kml import NAMESPACE
from geo.model import AREAS

MOST = 100  # stops
LONGEST = 30_000  # what the longest leg becomes: the solver takes whole numbers below 65,536
SECONDS = 2.0  # at most, for more stops than are solved exactly
AT_ONCE = 10  # stops of one link: Google's directions take nine on the way, shared by two links
ON_FOOT_KM = 4.0  # a longest leg up to which a route is walked


@dataclass(frozen=True, slots=True)
class Stop:
    """A spot to go to, in degrees WGS84; `identity` is its id in the catalogue."""

    identity: str
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Route:
    """Stops in order, and the kilometres from each to the next (to the first, if `closed`)."""

    stops: tuple[Stop, ...]
    legs: tuple[float, ...]
    closed: bool = False

    @property
    def kilometres(self):
        """The whole length."""
        return sum(self.legs)

    @property
    def way(self):
        """The stops as they are passed: the first again at the end, if closed."""
        return (*self.stops, self.stops[0]) if self.closed else self.stops


def stops(places):
    """The Stops among `places` (rows of Catalogue.places): an area has no spot to go to."""
    spots = places[places["latitude"].notna() & ~places["precision"].isin(AREAS)]
    columns = ("place", "name", "latitude", "longitude")
    return [Stop(*values) for values in zip(*(spots[c].tolist() for c in columns), strict=True)]


def route(found, start=None, closed=False):
    """The Route through Stops, from the one with the id `start` where one is named.

    Raises BadInput for fewer than two stops, for more than MOST, or an unknown start.
    """
    found = list(dict.fromkeys(found))
    if not 2 <= len(found) <= MOST:
        raise BadInput(f"A route has 2 to {MOST} stops that are spots, not areas.")
    names = [stop.identity for stop in found]
    if start is not None and start not in names:
        raise BadInput(f"The route cannot start at “{start}”: it is not one of the stops.")
    first = None if start is None else names.index(start)
    order = _order(found, first, closed)
    ordered = tuple(found[number] for number in order)
    ends = zip(ordered, (*ordered[1:], ordered[0]) if closed else ordered[1:], strict=closed)
    return Route(ordered, tuple(kilometres(a, b) for a, b in ends), closed)


def _order(found, first, closed):
    """The numbers of the stops in the order of the shortest way."""
    matrix = [[kilometres(a, b) for b in found] for a in found]
    unit = max(map(max, matrix)) / LONGEST or 1.0
    matrix = [[round(km / unit) for km in row] for row in matrix]
    if closed:
        return _from(_solved(matrix), first or 0)
    # An open way is a round trip through one more stop that is next door to all, or to the start.
    beside = [0 if first in (None, number) else LONGEST for number in range(len(found))]
    matrix = [[*row, beside[number]] for number, row in enumerate(matrix)] + [[*beside, 0]]
    order = _from(_solved(matrix), len(found))[1:]
    backwards = order[-1] == first if first is not None else order[-1] < order[0]
    return order[::-1] if backwards else order


def _solved(matrix):
    if len(matrix) <= 3:
        return list(range(len(matrix)))
    return fast_tsp.find_tour(matrix, SECONDS, stop_when_converged=True)


def _from(tour, first):
    at = tour.index(first)
    return [*tour[at:], *tour[:at]]


def links(found):
    """Addresses that open the route in a map application, as [(what it is, address)].

    Google's takes the stops of a whole stretch, OpenStreetMap's a leg at a time.
    """
    way = found.way
    on_foot = max(found.legs) <= ON_FOOT_KM
    stretches = [way[n : n + AT_ONCE + 1] for n in range(0, len(way) - 1, AT_ONCE)]
    numbered = [f", part {n} of {len(stretches)}" for n in range(1, len(stretches) + 1)]
    tails = numbered if len(stretches) > 1 else [""]
    opened = [
        (f"Google Maps{tail}", _google(stretch, on_foot))
        for tail, stretch in zip(tails, stretches, strict=True)
    ]
    legs = pairwise(way)
    return opened + [(f"OpenStreetMap: {a.name} → {b.name}", _osm(a, b, on_foot)) for a, b in legs]


def _google(way, on_foot):
    """As developers.google.com/maps/documentation/urls describes directions."""
    query = {"api": "1", "origin": _spot(way[0]), "destination": _spot(way[-1])}
    if between := way[1:-1]:
        query["waypoints"] = "|".join(map(_spot, between))
    query["travelmode"] = "walking" if on_foot else "driving"
    return f"https://www.google.com/maps/dir/?{urlencode(query)}"


def _osm(start, end, on_foot):
    query = {"engine": f"fossgis_osrm_{'foot' if on_foot else 'car'}"}
    query["route"] = f"{_spot(start)};{_spot(end)}"
    return f"https://www.openstreetmap.org/directions?{urlencode(query)}"


def _spot(stop):
    return f"{stop.latitude:.5f},{stop.longitude:.5f}"


def to_gpx(found, name="Doubletake"):
    """The route as GPX 1.1 text: one `rte` whose points are the stops."""
    root = gpx.start(name)
    line = xml.add(root, "rte")
    xml.add(line, "name", name)
    for number, stop in enumerate(found.way, 1):
        where = {"lat": f"{stop.latitude:.6f}", "lon": f"{stop.longitude:.6f}"}
        point = xml.add(line, "rtept", **where)
        xml.add(point, "name", f"{number}. {stop.name}")
    return xml.write(root)


def to_kml(found, name="Doubletake"):
    """The route as KML 2.2 text: numbered stops, and the line through them."""
    root = ElementTree.Element("kml", {"xmlns": NAMESPACE})
    document = xml.add(root, "Document")
    xml.add(document, "name", name)
    for number, stop in enumerate(found.way, 1):
        placemark = xml.add(document, "Placemark")
        xml.add(placemark, "name", f"{number}. {stop.name}")
        spot = f"{stop.longitude:.6f},{stop.latitude:.6f}"
        xml.add(xml.add(placemark, "Point"), "coordinates", spot)
    placemark = xml.add(document, "Placemark")
    xml.add(placemark, "name", f"{found.kilometres:,.0f} km as the crow flies")
    line = xml.add(placemark, "LineString")
    xml.add(line, "tessellate", 1)
    xml.add(line, "coordinates", " ".join(_line(found.way)))
    return xml.write(root)


def _line(way):
    """The great circles through the stops, longitudes within ±180 as KML wants them."""
    for start, end in pairwise(way):
        ends = ((stop.latitude, stop.longitude) for stop in (start, end))
        for latitude, longitude in great_circle(*ends, steps=16):
            yield f"{(longitude + 180) % 360 - 180:.5f},{latitude:.5f}"
