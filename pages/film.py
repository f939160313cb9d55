"""A franchise or a film: its map, its scenes, its sources. Its address is its own."""

from html import escape

import streamlit as st

from geo import listing, words
from pages import parts, shown

ORDERS = {"Release order": "release", "Place by place": "place"}


def chosen():
    """What there is to choose: "film:id" or "franchise:name" -> its label."""
    films = data.catalogue.films.loc[data.rows["film"].unique()]
    named = films.sort_values(["franchise", "order", "year"], na_position="last")
    options = {}
    for row in named.itertuples():
        if row.franchise:
            options.setdefault(f"franchise:{row.franchise}", f"{row.franchise} (all)")
        when = f" ({row.year})" if row.year == row.year and row.year else ""
        options[f"film:{row.Index}"] = f"{row.title}{when}"
    return options


def asked(options):
    """The option that the address asks for, else the first."""
    for kind in ("film", "franchise"):
        wanted = f"{kind}:{st.query_params.get(kind, '')}"
        if wanted in options:
            return wanted
    return next(iter(options))


def about(kind, name):
    """The line under the title: original and working titles, the franchise with a link."""
    if kind == "franchise":
        return ""
    film = data.catalogue.films.loc[name]
    parts_of = []
    if film["original_title"]:
        parts_of.append(f"Original title: {escape(film['original_title'])}")
    if film["working_titles"]:
        parts_of.append(f"Made as {escape(', '.join(film['working_titles']))}")
    if film["franchise"]:
        order = f", number {film['order']}" if film["order"] == film["order"] else ""
        parts_of.append(f"{escape(film['franchise'])}{order}")
    return ". ".join(parts_of)


def ordered(rows, order):
    """Scenes by release and then as the catalogue has them, or by the place's name."""
    if order == "place":
        return rows.sort_values(["filming_name", "setting_name"], kind="stable", na_position="last")
    return rows.sort_values(["year", "order", "season"], kind="stable", na_position="last")


def move():
    """Write the choice into the address."""
    kind, _, name = st.session_state["of"].partition(":")
    st.query_params.from_dict({kind: name})


data = parts.data()
options = chosen()
if not options:
    st.info("The catalogue is empty.")
    st.stop()
st.session_state["of"] = asked(options)
choice = st.selectbox(
    "Film or franchise", list(options), key="of", format_func=options.get, on_change=move
)
kind, _, name = choice.partition(":")
rows = data.rows[data.rows[kind] == name]
st.html(f"<h1>{escape(words.title(rows) if kind == 'franchise' else rows['title'].iloc[0])}</h1>")
st.text(f"{words.headline(rows)}.")
if line := about(kind, name):
    st.html(f"<p>{line}</p>")
shown.chart(data, rows, "film-map")
order = st.segmented_control("Scenes", list(ORDERS), default=next(iter(ORDERS)), key="order")
st.html(
    listing.scenes(
        ordered(rows, ORDERS.get(order, "release")), data.catalogue, film=kind == "franchise"
    )
)
