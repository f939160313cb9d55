"""Maps and lists of chosen rows, for the pages that show a part of the catalogue."""

from html import escape

import streamlit as st

from geo import assets, listing, maps
from pages import parts

AROUND = {"region": 2.0, "country": 6.0}  # degrees shown around the middle of an area
MOST = 40  # scenes that a list shows before it is asked for more


def chart(data, rows, key, height=460, fit=None):
    """Show `rows` (a part of data.rows) on a map that fits them, or the bounds `fit`.

    The map's own script never changes, so that another choice moves the same map.
    """
    fit = fit or maps.bounds(data.catalogue, rows)
    start, command = _moved(key, (*rows.index, fit), fit)
    group = maps.shown(data.rows.index.isin(rows.index), command=command, fit=fit)
    parts.folium_map({"fit": start}, data.files, group, key, height)


def records(found, key, height=420):
    """Show Records on a small map that fits them; returns what the reader did on it, and the
    payload whose places it numbers."""
    payload = maps.of_records(found)
    fit = _spread(payload["places"])
    start, command = _moved(key, tuple(found), fit)
    rows = len(payload["scenes"]["film"])
    group = maps.shown([True] * rows, command=command, fit=fit, records=payload)
    files = assets.fixed(parts.FONTS)
    return parts.folium_map({"fit": start}, files, group, key, height), payload["places"]


def _moved(key, what, fit):
    """The bounds that the map began with, and a number that rises whenever it shows others."""
    state = st.session_state.get(f"chart-{key}")
    if state is None or st.session_state.get("arrived"):
        state = {"start": fit, "what": None, "command": 0}
    if state["what"] != what:
        state = state | {"what": what, "command": state["command"] + 1}
    st.session_state[f"chart-{key}"] = state
    return state["start"], state["command"]


def _spread(places):
    """((south, west), (north, east)) of the points of a payload, with room around areas; else the
    inhabited world."""
    columns = (places[name] for name in ("latitude", "longitude", "precision"))
    found = [
        (latitude, longitude, AROUND.get(precision, 0.0))
        for latitude, longitude, precision in zip(*columns, strict=True)
        if latitude is not None and longitude is not None
    ]
    if not found:
        return maps.WORLD
    south, west = (min(spot[n] - spot[2] for spot in found) for n in (0, 1))
    north, east = (max(spot[n] + spot[2] for spot in found) for n in (0, 1))
    return (max(south, -80.0), west), (min(north, 80.0), east)


def heading(text, level=2):
    """A heading below the page's own; `text` may be anything."""
    st.html(f'<h{level} class="dt-h{level}">{escape(text)}</h{level}>')


def scenes(data, rows, key, film=False):
    """The scenes of `rows` as a list, the first MOST of them until more are asked for."""
    number = _more(key, rows)
    st.html(listing.scenes(rows.head(number), data.catalogue, film=film))
    _ask_for_more(key, number, len(rows), "scenes")


def pairs(data, found, key, caption, end=None):
    """Doubles as a table, the first MOST of them until more are asked for."""
    number = _more(key, found)
    st.html(listing.pairs(found.head(number), data.catalogue, caption, end))
    _ask_for_more(key, number, len(found), "pairs")


def _more(key, rows):
    """How many rows to show; anew from MOST when others are to be shown."""
    what = tuple(rows.index)
    state = st.session_state.get(f"more-{key}")
    if state is None or state["what"] != what:
        state = {"what": what, "number": MOST}
    st.session_state[f"more-{key}"] = state
    return state["number"]


def _ask_for_more(key, number, total, noun):
    def grow(by):
        st.session_state[f"more-{key}"]["number"] += by

    if number < total:
        more, rest = min(MOST, total - number), total - number
        with st.container(horizontal=True, vertical_alignment="center"):
            label = f"Show {more} more {noun}" if rest > more else f"Show the other {rest} {noun}"
            st.button(label, key=f"more-{key}-some", on_click=grow, args=(MOST,))
            if rest > MOST:
                label = f"Show all {total:,}"
                st.button(label, key=f"more-{key}-all", on_click=grow, args=(rest,))
