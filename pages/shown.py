"""A map of chosen rows, for the pages that show a part of the catalogue."""

import streamlit as st

from geo import maps
from pages import parts


def chart(data, rows, key, height=460):
    """Show `rows` (a part of data.rows) on a map that fits them.

    The map's own script never changes, so that another choice moves the same map.
    """
    mask = data.rows.index.isin(rows.index)
    fit = maps.bounds(data.catalogue, rows)
    state = st.session_state.get(f"chart-{key}")
    if state is None or st.session_state.get("arrived"):
        state = {"start": fit, "rows": None, "command": 0}
    if state["rows"] != tuple(rows.index):
        state = state | {"rows": tuple(rows.index), "command": state["command"] + 1}
    st.session_state[f"chart-{key}"] = state
    group = maps.shown(mask, command=state["command"], fit=fit)
    parts.folium_map({"fit": state["start"]}, data.files, group, key, height)
