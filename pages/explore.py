"""The map page: one column of filters, one line that says what is seen, and the map.

The address of the page is the one place where the view is kept for good: what it asks for is
adopted when it is new, and whatever the reader changes is written back to it. A filter reruns the
page; a pan or a click on the map reruns the map alone. The map's own script stays the same for a
whole visit, so the frame is never loaded anew; see geo/maps.py for what travels.
"""

import heapq
import time
from dataclasses import replace
from html import escape

import streamlit as st

from geo import maps, view, words
from pages import mine, parts

# Seconds by which the browser has the map before the filters, on arriving. What React has to load
# it shows at the earliest 0.3 s after the last such part began: sooner filters delay the map.
AHEAD = 0.8
SEPARATOR = " · "
MOST = 400  # options that a filter offers at once; the search on the map finds every film
# What the headline tells of.
TOLD = ["film", "title", "franchise", "kind", "year", "filming_country", "certainty"]
ABOUT = """<p class="dt-name">Doubletake</p>
<p class="dt-tagline">Where films were really shot, and the places they pretended to be.</p>"""
state = st.session_state


def years_of(rows):
    """The first and last year of release of all rows, or None where there are not two."""
    years = rows["year"].dropna()
    span = (int(years.min()), int(years.max())) if len(years) else (0, 0)
    return span if span[0] < span[1] else None


def query():
    """The address's parameters as {name: list of str}."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def adopt(seen, rows, fit=None):
    """Make the filters show `seen`, and have the map follow: to its position, or to `fit`."""
    span = years_of(rows)
    for name in ("franchise", "film", "role", "certainty"):
        state[name] = list(getattr(seen, name))
    if span:
        wanted = seen.years or span
        state["years"] = tuple(min(max(year, span[0]), span[1]) for year in wanted)
    state["map"] = replace(seen, franchise=(), film=(), role=(), certainty=(), years=None)
    state["order"] = {
        "command": state.get("order", {}).get("command", 0) + 1,
        "view": (*seen.centre, seen.zoom) if seen.centre else None,
        "fit": fit,
        "look": seen.look,
    }


def follow_address(rows):
    """Adopt the address where the reader came by it, went back, or came from another page.

    Whoever has just used a filter did not go anywhere: then the address, as the browser sent it
    along, is only late.
    """
    arrived = state.get("arrived") and state.get("seen") is not None
    if arrived and not query():
        adopt(state["seen"], rows)
    elif "role" not in state or (query() != state.get("query") and not is_used(rows)):
        adopt(view.from_query(query(), rows), rows)
    if state.get("arrived"):
        state.pop("start", None)


def is_used(rows):
    """Whether a filter has been changed since the view was kept."""
    return state.get("seen") is not None and current(rows) != state["seen"]


def write_address(seen):
    """Keep the view, here and in the address."""
    state["seen"], state["query"] = seen, view.to_query(seen)
    if query() != state["query"]:
        st.query_params.from_dict(state["query"])


def follow_map(data):
    """Filters that the reader chose on the map: a film or franchise found, or none at all."""
    asked = state.pop("asked", None)
    if not asked:
        return
    mine.forget()
    seen = view.View(look=state["map"].look)
    films, number = data.catalogue.films, asked.get("film", asked.get("franchise"))
    if "film" in asked and within(number, films):
        seen = replace(seen, film=(films.index[number],))
    names = films["franchise"].fillna(films["title"]).drop_duplicates()
    if "franchise" in asked and within(number, names):
        seen = replace(seen, franchise=(names.iloc[number],))
    adopt(seen, data.rows, maps.bounds(data.catalogue, data.rows[data.facets.mask(seen)]))


def within(number, things):
    return isinstance(number, int) and 0 <= number < len(things)


def repair(data):
    """Choices whose label is out of date, because clicks outran the counts: read them by name."""
    names = {"film": data.films, "role": words.ROLE_NAMES, "certainty": words.SURENESS}
    for key in ("franchise", "film", "role", "certainty"):
        known = {n: option for option, n in names.get(key, {}).items()} if state[key] else {}
        plain = (str(value).rsplit(SEPARATOR, 1)[0] for value in state[key])
        state[key] = [known.get(name, name) for name in plain]


def choice(key, label, names, left, widget=st.multiselect, **more):
    """A filter whose options tell how many scenes each leaves."""
    labels = {option: f"{names[option]}{SEPARATOR}{left.get(option, 0):,}" for option in names}
    return widget(label, list(names), format_func=labels.get, key=key, **more)


def filters(data, seen):
    """The column of filters."""
    rows, of_mine = data.rows, mine.within(data.rows)
    counts = {f: data.facets.counts(seen, f, of_mine) for f in (*view.FACETS, "role")}
    with st.sidebar:
        left = counts["franchise"]
        names = {name: name for name in sorted(offered(left, seen.franchise), key=str.casefold)}
        choice("franchise", "Franchise", names, left, placeholder="All franchises")
        left = counts["film"]
        kept = set(offered(left, seen.film))
        names = {film: name for film, name in data.films.items() if film in kept}
        choice("film", "Film or series", names, left, placeholder="All films")
        if span := years_of(rows):
            st.slider("Year of release", *span, key="years")
            if seen.years:
                st.button("All years", on_click=state.update, args=({"years": span},))
        pills = {"widget": st.pills, "selection_mode": "multi"}
        choice("role", "What is known", words.ROLE_NAMES, counts["role"], **pills)
        choice("certainty", "How sure", words.SURENESS, counts["certainty"], **pills)
        idle = seen == cleared(seen) and of_mine is None
        st.button("Clear filters", on_click=clear, args=(seen, rows), disabled=idle)
        mine.chooser(data.catalogue.films)


def current(rows):
    """The view as filters and map stand now."""
    span = years_of(rows)
    years = tuple(state["years"]) if span and tuple(state["years"]) != span else None
    chosen = {name: tuple(state[name]) for name in ("franchise", "film", "role", "certainty")}
    return replace(state["map"], years=years, **chosen)


def cleared(seen):
    """The view without filters, its place and position kept."""
    return replace(seen, franchise=(), film=(), role=(), certainty=(), years=None)


def clear(seen, rows):
    """Show everything again."""
    mine.forget()
    adopt(cleared(seen), rows)


def offered(left, chosen):
    """The options that leave something, or are chosen; the fullest where there are too many."""
    kept = [option for option, rows in left.items() if rows or option in chosen]
    return heapq.nsmallest(MOST, kept, lambda option: (option not in chosen, -left[option]))


@st.fragment
def chart(data, seen):
    """The map, and what the reader did on it."""
    within, order = mine.within(data.rows), state["order"]
    mask = data.facets.mask(seen, within=within)
    if "start" not in state:
        fit = maps.bounds(data.catalogue, data.rows[mask])
        state["start"] = {"fit": fit, "view": order["view"]}
    if order["command"] != state.get("obeyed"):
        place = data.catalogue.places.index.get_indexer([seen.place])[0]
        order["place"], state["obeyed"] = int(place) if place >= 0 else None, order["command"]
    filters = {"years": years_of(data.rows) is not None, "within": within}
    group = maps.shown(mask, **order, filters=filters)
    with st.container(key="chart"):
        told = parts.folium_map(state["start"], data.files, group, "chart-told")
    if told and told != state.get("told"):
        state["told"] = told
        listen(told, data, seen)


def listen(told, data, seen):
    """Take over what the map tells: place, position, look; a filter asked for reruns the page."""
    number, spot = told.get("place"), told.get("view")
    places = data.catalogue.places
    asked = view.from_query({"map": [",".join(map(str, spot or []))]}, data.rows)
    look = tuple(name for name in view.LOOKS if name in told.get("look", state["map"].look))
    place = state["map"].place
    if "place" in told:
        place = places.index[number] if within(number, places) else None
    state["map"] = view.View(place=place, centre=asked.centre, zoom=asked.zoom, look=look)
    write_address(current(data.rows))
    if told.get("ask"):
        state["asked"] = told["ask"]
        st.rerun()


data = parts.data()
follow_address(data.rows)
follow_map(data)
repair(data)
seen = current(data.rows)
shown = data.facets.mask(seen, within=mine.within(data.rows))
headline = words.headline(data.rows[TOLD][shown])
st.sidebar.html(ABOUT)  # opens the column of filters: later it would push the map aside
st.html(f'<h1 class="dt-headline" aria-live="polite">{escape(headline)}</h1>')
chart(data, seen)  # before the filters are drawn anew: the map is what a click waits for
if state.get("arrived"):
    time.sleep(AHEAD)
filters(data, seen)
write_address(seen)
