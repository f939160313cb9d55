"""What geocoders answer -> Findings: one shape for Nominatim's, Photon's and Pelias' rows.

Names, points and boxes come from the raw rows: geopy's own Location turns a missing point into
0, 0. A row at 0, 0 or without a name is no place, and is left out; a row that cannot be read
raises one of UNREADABLE, for then the service has not answered.
"""

import math
from dataclasses import dataclass

from geo.distance import KM_A_DEGREE
from geo.model import Place, Precision

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)
VERSION = 1  # raise it when rows are read differently: earlier answers are then asked again
OSM, ODBL = "© OpenStreetMap contributors", "ODbL 1.0"
SITE_KM = 2.5  # what reaches further than this around its point is no spot to stand at
SOURCES = {
    "openstreetmap": (OSM, ODBL),
    "geonames": ("GeoNames", "CC BY 4.0"),
    "whosonfirst": ("Who's On First", "CC BY 4.0"),
    "openaddresses": ("OpenAddresses", "as OpenAddresses lists it"),
}
# Where a place has no outline: how far its kind usually reaches, in km. Editors' estimates.
REACH = {"city": 10.0, "town": 4.0, "suburb": 3.0, "quarter": 2.0, "borough": 5.0}
REACH |= {"municipality": 10.0, "island": 10.0, "archipelago": 50.0, "state": 150.0}
REACH |= {"province": 100.0, "region": 100.0, "county": 40.0, "district": 30.0, "country": 500.0}
# Kinds that are wide even where only a point is known.
WIDE = {"valley", "mountain_range", "desert", "bay", "strait", "peninsula", "plateau", "sea"}
WIDE |= {"ocean", "island", "archipelago", "protected_area", "national_park", "river", "fjord"}
WIDE |= {"continent", "region", "glacier", "wetland", "forest", "wood", "gulf", "marinearea"}
WIDE_KM = 25.0
# The rank that Nominatim would give (nominatim.org: Place Ranking), for those who give none.
RANKS = {"country": 4, "dependency": 4, "macroregion": 7, "state": 8, "region": 8, "county": 12}
RANKS |= {"macrocounty": 10, "localadmin": 14, "city": 16, "locality": 16, "borough": 18}
RANKS |= {"district": 19, "neighbourhood": 20, "street": 26, "house": 30, "address": 30}
OSM_TYPES = {"N": "node", "W": "way", "R": "relation"}


@dataclass(frozen=True)
class Finding:
    """One place that a service offers, with all its names. `importance` runs from 0 to 1."""

    name: str
    names: tuple[str, ...]
    country: str | None
    latitude: float
    longitude: float
    precision: Precision
    radius_km: float
    kind: str
    label: str
    identity: str
    source: str
    licence: str
    importance: float = 0.0

    def place(self):
        """The finding as a Place."""
        fields = (self.latitude, self.longitude, self.precision, self.radius_km)
        return Place(self.name, self.country, *fields, self.identity, self.source, self.licence)


def read_findings(geocoder, rows):
    """The findings of raw rows (geopy's Location.raw) of one of the geocoders of settings.py.

    Raises one of UNREADABLE.
    """
    read = {"nominatim": _nominatim, "photon": _photon, "pelias": _pelias}[geocoder]
    return tuple(finding for finding in map(read, rows) if finding)


def _nominatim(row):
    kind, value = row["class"], row["type"]
    names = _names(row.get("name"), *(row.get("namedetails") or {}).values())
    south, north, west, east = map(float, row["boundingbox"])
    outlined = row.get("osm_type", "node") != "node"  # a node's box is made up by its rank
    country = (row.get("address") or {}).get("country_code")
    return _finding(
        names,
        country,
        (row["lat"], row["lon"]),
        (kind, value, int(row.get("place_rank", 30))),
        (south, west, north, east) if outlined or value == "country" else None,
        label=str(row.get("display_name", "")),
        identity=f"osm:{row['osm_type']}/{row['osm_id']}"
        if "osm_id" in row
        else f"osm:{value}/{country}",
        importance=float(row.get("importance") or 0),
    )


def _photon(row):
    about = row["properties"]
    kind, value = about["osm_key"], about["osm_value"]
    west, north, east, south = about.get("extent") or (None,) * 4
    parts = (about.get(part) for part in ("name", "city", "county", "state", "country"))
    return _finding(
        _names(about.get("name")),
        about.get("countrycode"),
        reversed(row["geometry"]["coordinates"][:2]),
        (kind, value, RANKS.get(about.get("type"), 30 if kind != "place" else 20)),
        None if west is None else (south, west, north, east),
        label=", ".join(str(part) for part in parts if part),
        identity=f"osm:{OSM_TYPES[about['osm_type']]}/{about['osm_id']}",
    )


def _pelias(row):
    about = row["properties"]
    layer = about["layer"]
    west, south, east, north = row.get("bbox") or (None,) * 4
    source, licence = SOURCES.get(about["source"], (str(about["source"]), "as its source says"))
    return _finding(
        _names(about.get("name")),
        about.get("country_code"),
        reversed(row["geometry"]["coordinates"][:2]),
        ("place" if layer in RANKS else "venue", layer, RANKS.get(layer, 30)),
        None if west is None else (south, west, north, east),
        label=str(about.get("label") or about.get("name")),
        identity=f"pelias:{about['gid']}",
        source=source,
        licence=licence,
        importance=float(about.get("confidence") or 0),
    )


def _finding(names, country, point, kind, box, source=OSM, licence=ODBL, **more):
    latitude, longitude = map(float, point)
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # false for NaN, too
        raise ValueError(f"no point on Earth: {latitude}, {longitude}")
    if not names or (latitude, longitude) == (0, 0):
        return None
    country = country.upper() if isinstance(country, str) and len(country) == 2 else None
    radius = _half_diagonal(*map(float, box)) if box else _usual_reach(kind)
    if not radius < 25_000:  # nor can NaN be
        raise ValueError(f"no area on Earth: {box}")
    precision = _precision(kind, radius)
    kind = f"{kind[0]}={kind[1]}"
    where = (country, latitude, longitude, precision, round(radius, 2), kind)
    return Finding(names[0], names, *where, source=source, licence=licence, **more)


def _names(*values):
    """Every name, the first one first; OSM joins several in one value with semicolons."""
    parts = (part.strip() for value in values if value for part in str(value).split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _precision(kind, radius):
    """How exactly a kind (key, value, rank) of place is known by its point."""
    key, value, rank = kind
    administrative = key == "place" or (key, value) == ("boundary", "administrative")
    if value in ("country", "dependency") or (administrative and rank <= 4):
        return "country"
    if administrative and value not in WIDE and rank <= 25:
        return "region" if rank <= 12 else "town"
    return "site" if radius <= SITE_KM and value not in ("continent", "ocean", "sea") else "region"


def _usual_reach(kind):
    key, value, rank = kind
    if value in REACH:
        return REACH[value]
    if value in WIDE:
        return WIDE_KM
    if key in ("place", "boundary"):
        return 100.0 if rank <= 8 else 30.0 if rank <= 12 else 5.0 if rank <= 16 else 1.5
    return 0.5


def _half_diagonal(south, west, north, east):
    """Half the way across a box, in km; the short way around where it crosses the date line."""
    width = abs(east - west)
    width = min(width, 360 - width) * math.cos(math.radians((south + north) / 2))
    return KM_A_DEGREE * math.hypot(north - south, width) / 2
