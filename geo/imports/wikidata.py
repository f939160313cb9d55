"""Wikidata -> Rows: filming locations (P915) and narrative locations (P840) with coordinates.

Wikidata's statements are CC0. One query a page of LIMIT rows; the public endpoint allows a minute
of its time a minute and asks for a User-Agent that says who asks (Wikimedia's User-Agent policy).
"""

import json
import re
import time
from urllib.parse import urlencode

from geo.errors import BadInput, CouldNotAsk
from geo.imports.row import Row

ENDPOINT = "https://query.wikidata.org/sparql"
LIMIT = 1000  # rows of one question
PAUSE = 2.0  # seconds between two questions
ROLES = {"P915": "filming", "P840": "story"}
COUNTRIES = {"Q6256", "Q3624078", "Q7275", "Q1520223", "Q46395", "Q779415"}
REGIONS = {
    *("Q10864048", "Q35657", "Q13220204", "Q82794", "Q23442", "Q46831", "Q5107", "Q39816"),
    *("Q46169", "Q8514", "Q28575", "Q107390", "Q1620908", "Q180673", "Q34876", "Q10742"),
    *("Q3336843", "Q36784", "Q8502", "Q23397", "Q4022", "Q165", "Q33837", "Q473972"),
}
TOWNS = {"Q515", "Q486972", "Q3957", "Q532", "Q1549591", "Q484170", "Q5119", "Q1637706", "Q200250"}
QUERY = """PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?film ?filmLabel ?relation ?place ?placeLabel ?point ?code
       (MIN(?date) AS ?first) (GROUP_CONCAT(DISTINCT ?class; separator=" ") AS ?kinds)
WHERE {
  %(which)s
  VALUES ?relation { wdt:P915 wdt:P840 }
  ?film ?relation ?place .
  ?place wdt:P625 ?point .
  ?film rdfs:label ?filmLabel . FILTER(LANG(?filmLabel) = "en")
  ?place rdfs:label ?placeLabel . FILTER(LANG(?placeLabel) = "en")
  OPTIONAL { ?film wdt:P577 ?date }
  OPTIONAL { ?place wdt:P17 ?country . ?country wdt:P297 ?code }
  OPTIONAL { ?place wdt:P31 ?kind }
  BIND(COALESCE(STR(?kind), "") AS ?class)
}
GROUP BY ?film ?filmLabel ?relation ?place ?placeLabel ?point ?code
ORDER BY ?film ?relation ?place ?point ?code LIMIT %(limit)d OFFSET %(offset)d"""
WHICH = {
    "film": "VALUES ?film { wd:%s }",
    "franchise": "VALUES ?series { wd:%s } { ?film wdt:P179 ?series } UNION "
    "{ ?film wdt:P8345 ?series }",
    "country": "VALUES ?land { wd:%s } ?site wdt:P17 ?land . ?film wdt:P915 ?site .",
}


def query(kind, item, offset=0, limit=LIMIT):
    """The SPARQL question for a film, franchise or country, by its Wikidata id such as Q30."""
    if not re.fullmatch(r"Q[1-9]\d*", item):
        raise BadInput(f"“{item}” is no Wikidata id. It looks like Q83495: see the item's page.")
    return QUERY % {"which": WHICH[kind] % item, "limit": limit, "offset": offset}


def read_wikidata(kind, item, ask, endpoint=ENDPOINT, limit=LIMIT, pause=PAUSE, sleep=time.sleep):
    """Yield the Rows of a film, franchise or country; `ask` fetches as geo.fetch.fetch does.

    Raises CouldNotAsk where the answer is none, and whatever `ask` raises.
    """
    offset = 0
    while True:
        address = f"{endpoint}?{urlencode({'query': query(kind, item, offset, limit)})}"
        found = _answers(ask(address, {"Accept": "application/sparql-results+json"}))
        yield from (row for row in map(_row, found) if row)
        if len(found) < limit:
            return
        offset += limit
        sleep(pause)


def _answers(answer):
    try:
        return json.loads(answer[0])["results"]["bindings"]
    except (ValueError, KeyError, TypeError) as error:
        raise CouldNotAsk("Wikidata's answer cannot be read. Try again later.") from error


def _row(binding):
    cells = {name: cell["value"] for name, cell in binding.items()}
    point = re.match(r"Point\((-?[\d.eE-]+) (-?[\d.eE-]+)\)", cells["point"], re.IGNORECASE)
    if not point:  # a place on another body carries the body's address before its point
        return None
    kinds = tuple(kind.rsplit("/", 1)[-1] for kind in cells.get("kinds", "").split())
    role = ROLES[cells["relation"].rsplit("/", 1)[-1]]
    what = "filming location" if role == "filming" else "narrative location"
    return Row(
        film=cells["filmLabel"],
        year=int(cells["first"][:4]) if cells.get("first", "")[:4].isdigit() else None,
        place=cells["placeLabel"],
        latitude=float(point[2]),
        longitude=float(point[1]),
        address=cells["film"].replace("http://", "https://").replace("/entity/", "/wiki/"),
        title=f"{cells['filmLabel']} ({cells['film'].rsplit('/', 1)[-1]})",
        publisher="Wikidata",
        licence="CC0",
        role=role,
        country=cells.get("code"),
        precision=_precision(set(kinds)),
        kinds=kinds,
        text=f"Wikidata names {{place}} as a {what} of {{film}}.",
    )


def _precision(kinds):
    """From the place's classes: the widest wins, so that no area passes for a spot."""
    for precision, classes in (("country", COUNTRIES), ("region", REGIONS), ("town", TOWNS)):
        if kinds & classes:
            return precision
    return None
