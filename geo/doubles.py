"""Rows -> doubles: which place plays which, how far apart they are, and who plays itself."""

import numpy as np
import pandas as pd

from geo.distance import kilometres

COLUMNS = ["filming_place", "setting", "filming_name", "setting_name", "scenes", "films", "km"]


def doubles(rows, catalogue):
    """One row a pair of filming place and setting, those of most scenes first.

    `rows` as of view.table(). Columns as COLUMNS: ids, names, how many scenes, the films' titles
    (a tuple, by year), kilometres between the two points (NaN where one has none). A place that
    plays itself is a pair with itself, 0 km apart. Denied scenes make no pair.
    """
    told = rows[rows["filming_place"].notna() & rows["setting"].notna()]
    told = told[told["certainty"] != "denied"].sort_values("year", kind="stable")
    ends = ["filming_place", "setting", "filming_name", "setting_name"]
    pairs = told.groupby(ends, sort=False).agg(
        scenes=("scene", "size"), films=("title", lambda titles: tuple(dict.fromkeys(titles)))
    )
    pairs = pairs.reset_index()
    points = catalogue.places[["latitude", "longitude"]]
    here, there = (points.reindex(pairs[end]) for end in ("filming_place", "setting"))
    pairs["km"] = [
        kilometres(a, b) for a, b in zip(here.itertuples(), there.itertuples(), strict=True)
    ]
    return pairs.sort_values("scenes", ascending=False, kind="stable")[COLUMNS].reset_index(
        drop=True
    )


def inside(catalogue, place):
    """The ids of a place and of all places that lie in it: by `within`, or by the same country."""
    places = catalogue.places
    if places.at[place, "precision"] == "country":
        return set(places.index[places["country"] == places.at[place, "country"]])
    found, before = {place}, set()
    while found != before:
        before = found
        found = found | set(places.index[places["within"].isin(found)])
    return found


def of(pairs, end, places):
    """The pairs whose `end` ("filming_place" or "setting") is among `places`, a set of ids."""
    return pairs[pairs[end].isin(places)]


def farthest(pairs, number=10):
    """The pairs that lie farthest apart."""
    return pairs[pairs["km"] > 0].nlargest(number, "km")


def themselves(pairs):
    """The pairs of a place with itself."""
    return pairs[pairs["filming_place"] == pairs["setting"]]


def busiest(pairs, end, number=10):
    """The places at one end that meet most others: {id, name, count, names of the others}."""
    other = {"filming_place": "setting", "setting": "filming_place"}[end]
    apart = pairs[pairs["filming_place"] != pairs["setting"]]
    name, names = (f"{column.split('_')[0]}_name" for column in (end, other))
    met = apart.groupby([end, name], sort=False).agg(count=(other, "nunique"), others=(names, list))
    met = met.reset_index().rename(columns={end: "place", name: "name"})
    return met.nlargest(number, "count", keep="first")


def near(rows, catalogue, point, within_km):
    """The rows with an end within a distance of `point` (latitude and longitude), nearest first.

    The column `km` says how far the nearer end is; an area counts from its edge.
    """
    distance = {}
    for place in catalogue.places.itertuples():
        if place.latitude == place.latitude:
            radius = place.radius_km if place.precision in ("region", "country") else 0.0
            distance[place.Index] = max(0.0, kilometres(place, point) - (radius or 0.0))
    ends = [rows[end].map(distance).astype(float) for end in ("filming_place", "setting")]
    km = pd.Series(np.fmin(*(end.to_numpy() for end in ends)), index=rows.index)
    return rows.assign(km=km)[km <= within_km].sort_values("km", kind="stable")
