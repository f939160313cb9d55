"""Near me: filming places and settings within a distance of a town or a point."""

import re

import streamlit as st

from geo import doubles, words
from geo.errors import CouldNotAsk
from geo.model import Place
from geo.scope import Context
from geo.settings import settings
from pages import kept, parts, shown

POINT = re.compile(r"\s*(-?\d{1,3}(?:\.\d{1,9})?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d{1,9})?)\s*")
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


data = parts.data()
st.title("Near me")
where, far = st.columns([2, 1])
text = where.text_input(
    "A town, or a point as 61.2, 7.1",
    value="Prague",
    key="at",
    bind="query-params",
    max_chars=200,
)
within = far.slider("Within, in kilometres", 5, 500, 50, step=5, key="km", bind="query-params")
if not text.strip():
    st.info(f"Where are you? {UNKNOWN}")
    st.stop()
place, problem = spot(text.strip())
if place is None:
    st.info(parts.plain(problem))
    st.stop()
rows = doubles.near(data.rows, data.catalogue, place, within)
name = f"{place.name}, {place.country}" if place.country else place.name
if rows.empty:
    near = parts.plain(name)
    st.info(f"Nothing of the catalogue lies within {within} km of {near}. Widen the circle.")
    st.stop()
films = words.count(rows["film"].nunique(), "film or series", "films and series")
st.text(f"{words.count(len(rows), 'scene')} of {films} within {within} km of {name}.")
shown.chart(data, data.rows.loc[rows.index], "near-map")
shown.heading("Scenes, nearest first")
shown.scenes(data, rows, "near-scenes", film=True)
