"""Doubles: what plays Kashmir? what does Norway play? In both directions."""

import streamlit as st

from geo import doubles, listing, words
from pages import parts, shown

ENDS = {"What plays …?": "setting", "What does … play?": "filming_place"}
FIRST = {"setting": "kashmir", "filming_place": "norway"}


@st.cache_data(show_spinner=False, max_entries=4)
def found(stamp, _data):
    """The pairs, worked out once for each state of the catalogue."""
    return doubles.doubles(_data.rows, _data.catalogue)


def options(pairs, end):
    """The places to ask for, id -> name; filming places also by their country."""
    name = f"{end.split('_')[0]}_name"
    named = dict(zip(pairs[end], pairs[name], strict=True))
    if end == "filming_place":
        countries = data.catalogue.places[data.catalogue.places["precision"] == "country"]
        used = data.catalogue.places["country"].reindex(pairs[end])
        named |= countries[countries["country"].isin(used)]["name"].to_dict()
    return dict(sorted(named.items(), key=lambda item: item[1].casefold()))


def answer(pairs, end, place):
    """The pairs that answer the question, and the rows behind them."""
    places = doubles.inside(data.catalogue, place)
    chosen = doubles.of(pairs, end, places)
    keys = set(zip(chosen["filming_place"], chosen["setting"], strict=True))
    rows = data.rows[data.rows["certainty"] != "denied"]
    ends = zip(rows["filming_place"], rows["setting"], strict=True)
    return chosen, rows[[pair in keys for pair in ends]]


def table(pairs, height="auto"):
    """Pairs as a table for people."""
    st.dataframe(
        pairs.assign(films=[", ".join(films) for films in pairs["films"]]),
        column_order=("filming_name", "setting_name", "films", "scenes", "km"),
        column_config={
            "filming_name": "Shot in",
            "setting_name": "Plays",
            "films": "In",
            "scenes": "Scenes",
            "km": st.column_config.NumberColumn("Kilometres apart", format="%.0f"),
        },
        hide_index=True,
        height=height,
    )


data = parts.data()
pairs = found((len(data.rows), data.files["marks"]), data)
st.title("Doubles")
if pairs.empty:
    st.info("The catalogue holds no scene yet that says what a place stands for.")
    st.stop()
ask, where = st.columns(2, vertical_alignment="bottom")
end = ENDS[ask.radio("The question", list(ENDS), key="ask", horizontal=True, bind="query-params")]
names = options(pairs, end)
start = list(names).index(FIRST[end]) if FIRST[end] in names else 0
place = where.selectbox(
    "The place",
    list(names),
    index=start,
    format_func=names.get,
    key=f"of-{end}",
    bind="query-params",
)
chosen, rows = answer(pairs, end, place)
if chosen.empty:
    st.info("No scene of the catalogue answers this. Choose another place.")
else:
    others = chosen["filming_place" if end == "setting" else "setting"].nunique()
    films = words.count(rows["film"].nunique(), "film or series", "films and series")
    what = "place" if end == "setting" else "setting"
    st.text(f"{names[place]}: {words.count(others, what)}, in {films}.")
    shown.chart(data, rows, "doubles-map")
    table(chosen)
    with st.expander("The scenes, and who says so"):
        st.html(listing.scenes(rows, data.catalogue, film=True))
travelled, versatile, selves = st.tabs(
    ["The longest way round", "Places of many parts", "Places that play themselves"]
)
with travelled:
    table(doubles.farthest(pairs))
with versatile:
    for label, column in (("They play most", "filming_place"), ("Most play them", "setting")):
        top = doubles.busiest(pairs, column)
        st.dataframe(
            top.assign(others=[", ".join(dict.fromkeys(names)) for names in top["others"]]),
            column_order=("name", "count", "others"),
            column_config={"name": label, "count": "Others", "others": "Which"},
            hide_index=True,
        )
with selves:
    table(doubles.themselves(pairs))
