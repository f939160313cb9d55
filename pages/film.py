"""A franchise or a film: its map, its scenes, its sources. Its address is its own."""

from html import escape

import pandas as pd
import streamlit as st

from geo import listing, words
from pages import parts, shown

RELEASE, STORY, PLACE = "As released", "By setting", "By filming place"
SORTS = {
    RELEASE: ["year", "order", "season"],
    STORY: ["setting_name", "year", "order", "season"],
    PLACE: ["filming_name", "year", "order", "season"],
}


@st.cache_data(show_spinner=False, max_entries=4)
def options_of(stamp, _data):
    """What there is to choose: "film:id" or "franchise:name" -> its label."""
    films = _data.catalogue.films.loc[_data.rows["film"].unique()]
    films = films.assign(group=films["franchise"].fillna(films["title"]))
    named = films.sort_values(["group", "order", "year"], na_position="last")
    options = {}
    for row in named.itertuples():
        if row.franchise:
            options.setdefault(f"franchise:{row.franchise}", f"{row.franchise} (all)")
        options[f"film:{row.Index}"] = _data.films[row.Index]
    return options


def asked(options):
    """The option that the address asks for, else the first."""
    for kind in ("film", "franchise"):
        wanted = f"{kind}:{st.query_params.get(kind, '')}"
        if wanted in options:
            return wanted
    return next(iter(options))


def about(film):
    """The line under a film's title: its other titles, and its franchise with a link. HTML."""
    told = []
    if film["original_title"]:
        told.append(f"Original title: {escape(film['original_title'])}.")
    if film["working_titles"]:
        told.append(f"Made as {escape(', '.join(film['working_titles']))}.")
    if film["franchise"]:
        order = "" if pd.isna(film["order"]) else f"Number {film['order']} of "
        told.append(f"{order}{listing.franchise_link(film['franchise'])}.")
    return " ".join(told)


def films_of(rows):
    """The films of a franchise in order of release, each with a link. HTML."""
    films = rows.drop_duplicates("film").sort_values(["year", "order"], na_position="last")
    return " · ".join(listing.film_link(f.film, f.title, f.year) for f in films.itertuples())


def move():
    """Write the choice into the address."""
    kind, _, name = st.session_state["of"].partition(":")
    st.query_params.from_dict({kind: name})


data = parts.data()
options = options_of((data.files["marks"], data.files["texts"]), data)
if not options:
    st.title("Films")
    st.info("The catalogue holds no scene yet.")
    st.stop()
wanted = next((k for k in ("film", "franchise") if st.query_params.get(k)), None)
if wanted and f"{wanted}:{st.query_params[wanted]}" not in options:
    st.info("The catalogue has no scene of what this address asks for. Choose another.")
st.session_state["of"] = asked(options)
choice = st.selectbox(
    "Film or franchise", list(options), key="of", format_func=options.get, on_change=move
)
kind, _, name = choice.partition(":")
rows = data.rows[data.rows[kind] == name]
st.html(f"<h1>{escape(words.title(rows) if kind == 'franchise' else rows['title'].iloc[0])}</h1>")
line = films_of(rows) if kind == "franchise" else about(data.catalogue.films.loc[name])
st.html(f'<p class="dt-lede">{escape(words.headline(rows))}.</p><p class="dt-lede">{line}</p>')
shown.chart(data, rows, "film-map")
shown.heading("Scenes")
order = st.segmented_control("In which order", list(SORTS), default=RELEASE, key="order")
ordered = rows.sort_values(SORTS[order or RELEASE], kind="stable", na_position="last")
shown.scenes(data, ordered, "film-scenes", film=kind == "franchise")
shown.heading("Sources")
st.html(listing.bibliography(rows, data.catalogue))
