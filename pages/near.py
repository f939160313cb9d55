"""Near me: filming places and settings within a distance of a town or a point."""

import re
from math import cos, radians

import streamlit as st

from geo import doubles, words
from geo.errors import CouldNotAsk
from geo.model import Place
from geo.scope import Context
from geo.settings import settings
from pages import kept, parts, shown

POINT = re.compile(r"\s*(-?\d{1,3}(?:\.\d{1,9})?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d{1,9})?)\s*")
# What is looked for -> the ends of scenes that do not count.
ENDS = {"Shot there": ("setting",), "Plays there": ("filming_place",), "Either": ()}
KM_A_DEGREE = 111.195  # of latitude, on a sphere of the Earth's mean radius
UNKNOWN = "Try the name of a town nearby, or a point such as 61.2, 7.1."


def spot(text):
    """The Place of a text: two numbers in degrees, or a name looked up; else None, and why."""
    if point := POINT.fullmatch(text):
        latitude, longitude = map(float, point.groups())
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return Place(f"{latitude:g}, {longitude:g}", None, latitude, longitude, "site"), ""
        return None, "Latitudes run from -90 to 90, longitudes from -180 to 180 degrees."
    try:
        verdict = kept.geocoder().explain(text, Context(online=settings().online))
    except CouldNotAsk as error:
        return None, str(error)
    if verdict.place is None or verdict.place.latitude is None:
        return None, f"{verdict.why} {UNKNOWN}"
    return verdict.place, ""


def around(place, km):
    """((south, west), (north, east)) around a circle, in degrees WGS84; longitudes may run on."""
    high = km / KM_A_DEGREE
    wide = min(180.0, high / max(0.01, cos(radians(place.latitude))))
    south, north = max(-85.0, place.latitude - high), min(85.0, place.latitude + high)
    return (south, place.longitude - wide), (north, place.longitude + wide)


data = parts.data()
st.title("Near me")
where, far, ends = st.columns([2, 1, 1], vertical_alignment="bottom")
text = where.text_input(
    "A town, or a point as 61.2, 7.1",
    value="Prague",
    key="at",
    bind="query-params",
    max_chars=200,
)
within = far.slider("Within, in kilometres", 5, 500, 50, step=5, key="km", bind="query-params")
end = ends.segmented_control(
    "What is there", list(ENDS), default="Shot there", key="what", bind="query-params"
)
if not text.strip():
    st.info(f"Where are you? {UNKNOWN}")
    st.stop()
place, problem = spot(text.strip())
if place is None:
    st.info(parts.plain(problem))
    st.stop()
counted = data.rows.assign(**dict.fromkeys(ENDS.get(end, ()), None))
near = doubles.near(counted, data.catalogue, place, within)
rows = data.rows.loc[near.index].assign(km=near["km"])
name = f"{place.name}, {place.country}" if place.country else place.name
if rows.empty:
    called = parts.plain(name)
    st.info(f"Nothing of the catalogue lies within {within} km of {called}. Widen the circle.")
    st.stop()
films = words.count(rows["film"].nunique(), "film or series", "films and series")
st.text(f"{words.count(len(rows), 'scene')} of {films} within {within} km of {name}.")
shown.chart(data, rows, "near-map", fit=around(place, within))
shown.heading("Scenes, nearest first")
shown.scenes(data, rows, "near-scenes", film=True)
