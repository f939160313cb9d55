"""Near me: filming places and settings within a distance of a town or a point."""

import re

import streamlit as st

from geo import doubles, geocode, listing, words
from geo.errors import CouldNotAsk
from geo.model import Place
from pages import parts, shown

POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*")


def spot(text):
    """The Place of a text: two numbers in degrees, or a name looked up; None for no place."""
    if point := POINT.fullmatch(text):
        latitude, longitude = map(float, point.groups())
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return Place(f"{latitude:g}, {longitude:g}", None, latitude, longitude, "site")
        return None
    found = geocode.geocode(text)
    return found if found and found.latitude is not None else None


data = parts.data()
st.title("Near me")
where, far = st.columns([2, 1])
text = where.text_input(
    "A town, or a point as 61.2, 7.1", value="Prague", key="at", bind="query-params"
)
within = far.slider("Within, in kilometres", 5, 500, 50, step=5, key="km", bind="query-params")
try:
    place = spot(text.strip()) if text.strip() else None
    problem = "No such place is known. Try the name of a town nearby, or a point."
except CouldNotAsk as error:
    place, problem = None, str(error)
if place is None:
    st.info(problem)
    st.stop()
rows = doubles.near(data.rows, data.catalogue, place, within)
if rows.empty:
    name = parts.plain(place.name)
    st.info(f"Nothing of the catalogue lies within {within} km of {name}. Widen the circle.")
    st.stop()
where = f"{place.name}, {place.country}" if place.country else place.name
st.text(f"{words.count(len(rows), 'scene')} within {within} km of {where}, nearest first.")
shown.chart(data, data.rows.loc[rows.index], "near-map")
st.html(listing.scenes(rows, data.catalogue, film=True))
