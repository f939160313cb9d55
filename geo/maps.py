"""Rows and records -> a folium map with one layer of ours that draws them on a canvas.

No text from the data enters a folium object: branca compiles what it is given as templates, so a
title such as {{7*7}} would run on the server. Columns of the catalogue go to the browser as a JSON
file that it fetches; a filter travels as bits; the few records of a small map as base64, whose
alphabet no template, script or tag can be written in. The browser shows them by textContent.
"""

import base64
import json
import re

import folium
import numpy as np
import pandas as pd
from folium.elements import MacroElement
from folium.template import Template

from geo.model import AREAS, CERTAINTIES
from geo.view import LOOKS

POINT, AREA, NOWHERE = 0, 1, 2
WORLD = ((-50.0, -140.0), (70.0, 165.0))
NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")


def columns(catalogue, rows):
    """What the map draws and names, as one dict of columns for JSON.

    `rows` as of view.table(); numbers in the columns are positions: of a scene in `rows`, of a
    place in catalogue.places, -1 for none. Points are degrees WGS84, radii kilometres, null where
    there is none.
    """
    films = catalogue.films
    franchise, franchises = pd.factorize(films["franchise"].fillna(films["title"]))
    return {
        "places": _places(catalogue.places),
        "films": {
            "title": films["title"].tolist(),
            "kind": (films["kind"] == "series").astype(int).tolist(),
            "franchise": franchise.tolist(),
            "year": _nulls(films["year"]),
        },
        "franchises": list(franchises),
        "scenes": {
            "film": _positions(rows["film"], films.index),
            "filming": _positions(rows["filming_place"], catalogue.places.index),
            "setting": _positions(rows["setting"], catalogue.places.index),
            "certainty": [CERTAINTIES.index(c) for c in rows["certainty"]],
            "season": _nulls(rows["season"]),
        },
    }


def texts(catalogue, rows):
    """What panel and search know beside, fetched after the map: sentences and sources of each
    scene, and under `also` the other names of films and places, {position: list of names}."""
    sources, films = catalogue.sources, catalogue.films
    named = zip(films["original_title"], films["aliases"], films["working_titles"], strict=True)
    number = {source: position for position, source in enumerate(sources.index)}
    return {
        "sentence": rows["sentence"].tolist(),
        "sources": [_numbers(ids, number) for ids in rows["sources"]],
        "disputed": [_numbers(ids, number) for ids in rows["disputed_by"]],
        "origin": rows["origin"].tolist(),
        "source": {c: _nulls(sources[c]) for c in ("title", "publisher", "url", "published")},
        "also": {
            "films": _others([[title, *a, *w] for title, a, w in named], films["title"]),
            "places": _others(catalogue.places["aliases"], catalogue.places["name"]),
        },
    }


def _others(names, usual):
    """{position as str: other names than the usual one}, where there are any."""
    found = ({n for n in some if n} - {one} for some, one in zip(names, usual, strict=True))
    return {str(at): sorted(others) for at, others in enumerate(found) if others}


def _places(places):
    return {
        "name": places["name"].tolist(),
        "country": _nulls(places["country"]),
        "precision": places["precision"].tolist(),
        "kind": [
            _kind(p, lat) for p, lat in zip(places["precision"], places["latitude"], strict=True)
        ],
        "latitude": _nulls(places["latitude"].round(5)),
        "longitude": _nulls(places["longitude"].round(5)),
        "radius": _nulls(places["radius_km"]),
    }


def _kind(precision, latitude):
    if latitude is None or pd.isna(latitude) or precision in {"fictional", "unknown"}:
        return NOWHERE
    return AREA if precision in AREAS else POINT


def _nulls(series):
    return [None if pd.isna(value) else value for value in series.tolist()]


def _positions(ids, index):
    return index.get_indexer(ids).tolist()


def _numbers(ids, number):
    return [number[i] for i in ids if i in number]


def of_records(records):
    """The records of an article in the shape of columns() and texts() together.

    A filming record and the story record that it stands for become one scene, joined by a line.
    """
    films, places, scenes, said, sources = {}, {}, [], [], {}
    stories = {(r.film, r.place): r for r in records if r.role == "story"}
    told = {(r.film, r.stands_for) for r in records if r.role == "filming"}
    for record in records:
        if record.role == "story" and (record.film, record.place) in told:
            continue
        film = films.setdefault(record.film, (len(films), record))[0]
        filming = setting = -1
        if record.role == "filming":
            filming = _place_number(places, record.place, record)
            if record.stands_for:
                story = stories.get((record.film, record.stands_for))
                setting = _place_number(places, record.stands_for, story)
        else:
            setting = _place_number(places, record.place, record)
        source = sources.setdefault(record.source, (len(sources), record))[0]
        scenes.append((film, filming, setting, CERTAINTIES.index(record.certainty), None))
        said.append((record.evidence, [source], []))
    return _payload(films, places, scenes, said, sources)


def _place_number(places, name, record):
    """The number of a place: by name and point, so that two towns of one name stay apart."""
    point = (record.latitude, record.longitude) if record else (None, None)
    return places.setdefault((name, point), (len(places), record))[0]


def _payload(films, places, scenes, said, sources):
    kept = [record for _, record in films.values()]
    franchises = list(dict.fromkeys(r.franchise or r.film for r in kept))
    spots = [(name, point, record) for (name, point), (_, record) in places.items()]
    cited = [record for _, record in sources.values()]
    precision = [record.precision if record else "unknown" for *_, record in spots]
    return {
        "places": {
            "name": [name for name, *_ in spots],
            "country": [record.country if record else None for *_, record in spots],
            "precision": precision,
            "kind": [_kind(p, point[0]) for p, (_, point, _) in zip(precision, spots, strict=True)],
            "latitude": [point[0] for _, point, _ in spots],
            "longitude": [point[1] for _, point, _ in spots],
            "radius": [None] * len(spots),
        },
        "films": {
            "title": [r.film for r in kept],
            "franchise": [franchises.index(r.franchise or r.film) for r in kept],
            "year": [r.year for r in kept],
        },
        "franchises": franchises,
        "scenes": dict(
            zip(
                ("film", "filming", "setting", "certainty", "season"),
                map(list, zip(*scenes, strict=True)) if scenes else ([],) * 5,
                strict=True,
            )
        ),
        "sentence": [sentence for sentence, *_ in said],
        "sources": [numbers for _, numbers, _ in said],
        "disputed": [numbers for *_, numbers in said],
        "source": {
            "title": [r.title or r.source for r in cited],
            "publisher": [r.publisher for r in cited],
            "url": [r.source for r in cited],
            "published": [r.published for r in cited],
        },
    }


def dumps(payload):
    """Compact JSON; raises ValueError for what JSON has no number for, such as NaN."""
    return json.dumps(payload, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def bounds(catalogue, rows):
    """((south, west), (north, east)) of the points at either end of `rows`, in degrees WGS84.

    Points lie on the map's one copy of the world; none at all gives the inhabited world.
    """
    ids = pd.unique(rows[["filming_place", "setting"]].to_numpy().ravel())
    points = catalogue.places.reindex([i for i in ids if i is not None])
    points = points[["latitude", "longitude"]].dropna()
    if points.empty:
        return WORLD
    south_west, north_east = points.min(), points.max()
    return tuple(map(float, south_west)), tuple(map(float, north_east))


def bits(mask):
    """A boolean mask as base64 of its bits, the first row in the lowest bit of the first byte."""
    return base64.b64encode(np.packbits(np.asarray(mask, dtype=bool), bitorder="little")).decode()


class _Layer(MacroElement):
    """Puts our layer on the map. Holds numbers and checked file names, never text of the data."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        doubletake.attach({{ this._parent.get_name() }}, {{ this.options|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, options):
        super().__init__()
        self._name = "Layer"
        self.options = options


class _Shown(MacroElement):
    """Tells the layer what to show now."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        doubletake.show({{ this.options|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, options):
        super().__init__()
        self._name = "Shown"
        self.options = options


def base_map(prefix, files, fit=WORLD, view=None):
    """A folium.Map without tiles whose scripts and styles come from `prefix`, a relative address.

    `files` names the files there: js and css (lists), world, and for a map of the catalogue marks
    and texts. `view` is (latitude, longitude, zoom); without it the map fits the bounds `fit`.
    Raises ValueError for a name that is not a plain file name.
    """
    names = [*files["js"], *files["css"], *(v for k, v in files.items() if k not in {"js", "css"})]
    if not all(NAME.fullmatch(name) for name in names):
        raise ValueError(f"Not plain file names: {names}")
    fmap = folium.Map(location=(20, 10), tiles=None, zoom_start=2, zoom_control=False)
    fmap.options |= {
        "min_zoom": 1,
        "max_zoom": 19,
        "zoom_snap": 0.25,
        "wheel_px_per_zoom_level": 90,
        "world_copy_jump": True,
    }
    fmap.default_js = [(name, prefix + name) for name in files["js"]]
    fmap.default_css = [(name, prefix + name) for name in files["css"]]
    data = {k: prefix + files[k] for k in ("world", "marks", "texts") if k in files}
    fmap.add_child(_Layer({**data, "fit": fit, "view": view}))
    return fmap


def shown(mask, command=0, place=None, view=None, fit=None, look=(), records=None, filters=None):
    """The feature group that tells the layer which rows to show; all that changes with a filter.

    A new `command` makes the layer take over `place` (a position in the places, or None), `view`
    or the bounds `fit`, and `look` (of LOOKS); at the same `command` the reader's own choice
    stands. `records`, the payload of a small map, stands for the catalogue's files. `filters` is
    given where the page's filters made the mask, so that the layer may run ahead of the next one:
    {"years": whether there is a slider of years, "within": a mask or None}.
    """
    options = {"rows": len(mask), "bits": bits(mask), "command": int(command)}
    options["place"] = None if place is None else int(place)
    options["view"] = None if view is None else [float(number) for number in view]
    options["fit"] = fit
    options["look"] = [name for name in LOOKS if name in look]
    if filters is not None:
        within = filters["within"]
        options["filters"] = {
            "years": bool(filters["years"]),
            "within": None if within is None else bits(within),
        }
    if records is not None:
        options["records"] = base64.b64encode(dumps(records).encode()).decode()
    group = folium.FeatureGroup(name="shown")
    group.add_child(_Shown(options))
    return group
