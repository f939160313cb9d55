"""What a reader of Share chooses: films, years, sureness, and the part of the world."""

from dataclasses import dataclass, replace

import streamlit as st

from geo import view, words
from geo.picture import regions
from pages import mine, parts

state = st.session_state
NAMES = ("franchise", "film", "role", "certainty")
FITTED, MAP = "All that is shown", "As on the map"


@dataclass(frozen=True)
class Choice:
    """The View that is shared, its rows as positions in view.table(), and the Region, if any."""

    view: view.View
    positions: tuple[int, ...]
    region: regions.Region | None

    @property
    def query(self):
        """The address's parameters that restore it on the map."""
        if not self.region:
            return view.to_query(self.view)
        centre, zoom = self.region.spot()
        return view.to_query(replace(self.view, centre=centre, zoom=zoom))


def arrive(rows):
    """Begin with what the address asks for, else with what the map shows."""
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    if not (state.get("arrived") or "share-view" not in state):
        return
    seen = view.from_query(asked, rows) if asked else state.get("seen") or view.View()
    state["share-view"] = seen
    for name in NAMES:
        state[f"share-{name}"] = list(getattr(seen, name))
    if span := _span(rows):
        wanted = seen.years or span
        state["share-years"] = tuple(min(max(year, span[0]), span[1]) for year in wanted)
    state["share-region"] = MAP if seen.centre is not None and asked else FITTED
    state["share-place"] = "place" in asked
    state["share-mine"] = True


def choose(data):
    """The widgets, and the Choice that they make."""
    rows, kept = data.rows, state["share-view"]
    franchises = sorted(rows["franchise"].unique(), key=str.casefold)
    films = [film for film in data.films if film in set(rows["film"])]
    st.multiselect("Franchise", franchises, key="share-franchise", placeholder="All franchises")
    st.multiselect("Film or series", films, key="share-film", format_func=data.films.get,
                   placeholder="All films")  # fmt: skip
    seen = replace(kept, **{name: tuple(state[f"share-{name}"]) for name in NAMES})
    seen = replace(seen, years=_more(rows, seen))
    if seen.place:
        name = parts.plain(data.catalogue.places["name"].get(seen.place, seen.place))
        alone = st.checkbox(f"Only scenes at {name}", key="share-place")
        seen = seen if alone else replace(seen, place=None)
    region, seen = _part(seen)
    return Choice(seen, _positions(data, seen, region), region)


def _more(rows, seen):
    """The filters that fewer readers need; the years, or None for all."""
    span = _span(rows)
    used = seen.role or seen.certainty or (span and tuple(state["share-years"]) != span)
    with st.expander("Years, and how sure", expanded=bool(used)):
        if span:
            st.slider("Year of release", *span, key="share-years")
        for key, label, names in (
            ("role", "What is known", words.ROLE_NAMES),
            ("certainty", "How sure", words.SURENESS),
        ):
            st.pills(label, list(names), selection_mode="multi", format_func=names.get,
                     key=f"share-{key}")  # fmt: skip
    years = tuple(state["share-years"]) if span else None
    return None if years == span else years


def _span(rows):
    """The first and last year of release, or None where there are not two."""
    years = rows["year"].dropna()
    span = (int(years.min()), int(years.max())) if len(years) else (0, 0)
    return span if span[0] < span[1] else None


def _part(seen):
    """(Region or None, the view with its position on the map or without)."""
    options = [FITTED, *([MAP] if seen.centre else []), *regions.names()]
    if state["share-region"] not in options:
        state["share-region"] = FITTED
    part = st.selectbox("Part of the world", options, key="share-region")
    if part != MAP:
        seen = replace(seen, centre=None, zoom=None)
    return (None if part in (FITTED, MAP) else regions.region(part)), seen


def _positions(data, seen, region):
    """The rows of the view and the region, in those films of the reader's own if there are any."""
    within = mine.within(data.rows)
    if within is not None and not st.checkbox("Only my films", key="share-mine"):
        within = None
    rows = data.rows[data.facets.mask(seen, within=within)]
    rows = view.selected(rows, seen.place) if seen.place else rows
    rows = region.of(rows, data.catalogue.places) if region else rows
    return tuple(map(int, data.rows.index.get_indexer(rows.index)))
