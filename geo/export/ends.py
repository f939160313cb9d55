"""The rows of an export: one end of a scene, with what is known of it, as a flat dict."""

from geo.model import ROLES
from geo.words import plays

LICENCE = "CC BY 4.0, Doubletake contributors"
CREDIT = "Doubletake contributors, CC BY 4.0; points of towns: GeoNames, CC BY 4.0"
TERMS = "https://creativecommons.org/licenses/by/4.0/"
SIDES = {"filming": ("filming_place", "setting"), "story": ("setting", "filming_place")}


def ends(rows, catalogue):
    """One dict for each end of each scene of `rows` (of view.table()), in their order.

    Points are degrees WGS84 and None for a place that is nowhere on the globe; `radius_km` is how
    far the place reaches; `sources` and `disputed_by` are addresses with a space between them.
    """
    places = _plain(catalogue.places)
    sources = _plain(catalogue.sources)
    found = []
    for row in _plain(rows.set_index("scene", drop=False)).values():
        for role in ROLES:
            here, there = SIDES[role]
            if row[here] in places:
                found.append(_end(row, role, places[row[here]], places.get(row[there]), sources))
    return found


def _end(row, role, place, other, sources):
    names = (place, other) if role == "filming" else (other, place)
    cited = [sources[source] for source in row["sources"] if source in sources]
    against = [sources[source] for source in row["disputed_by"] if source in sources]
    return {
        "scene": row["scene"],
        "film": row["title"],
        "franchise": row["franchise"],
        "year": _whole(row["year"]),
        "season": _whole(row["season"]),
        "role": role,
        "place": place["name"],
        "country": place["country"],
        "latitude": place["latitude"],
        "longitude": place["longitude"],
        "precision": place["precision"],
        "radius_km": place["radius_km"],
        "certainty": row["certainty"],
        "says": plays(*(end["name"] if end else None for end in names)),
        "sentence": row["sentence"],
        "publishers": "; ".join(dict.fromkeys(source["publisher"] for source in cited)),
        "sources": " ".join(source["url"] for source in cited),
        "disputed_by": " ".join(source["url"] for source in against),
        "point_from": place["point_from"],
        "licence": LICENCE if row["origin"] == "catalogue" else place["point_from"] or "",
        "film_id": row["film"],
        "place_id": place["place"],
    }


def _plain(frame):
    """A frame as {index: dict}, missing values None."""
    plain = frame.astype("object")
    return plain.where(plain.notna(), None).to_dict("index")


def _whole(number):
    return None if number is None else int(number)
