"""Doubles: what plays Kashmir? what does Norway play? In both directions.

The address says what is asked: doubles?setting=kashmir, or doubles?place=norway.
"""

import streamlit as st

from geo import doubles, words
from geo.listing import ENDS, busiest
from pages import parts, shown

QUESTIONS = {"What plays …?": "setting", "What does … play?": "filming_place"}
FIRST = {"setting": "kashmir", "filming_place": "norway"}
state = st.session_state


@st.cache_data(show_spinner=False, max_entries=4)
def found(stamp, _data):
    """The pairs, worked out once for each state of the catalogue."""
    return doubles.doubles(_data.rows, _data.catalogue)


@st.cache_data(show_spinner=False, max_entries=8)
def options(stamp, _data, _pairs, end):
    """The places to ask for, id -> name; countries also for all that lies in them."""
    places = _data.catalogue.places
    asked = places.loc[_pairs[end].unique()]
    countries = places[places["precision"] == "country"]
    asked = places.loc[
        asked.index.union(countries.index[countries["country"].isin(asked["country"])])
    ]
    twice = asked["name"].duplicated(keep=False) & asked["country"].notna()
    named = asked["name"].where(~twice, asked["name"] + ", " + asked["country"].fillna(""))
    return dict(sorted(named.to_dict().items(), key=lambda item: item[1].casefold()))


def adopt(names):
    """Have the question and the place show what the address asks for, else where to begin."""
    end = next((end for end, word in ENDS.items() if word in st.query_params), "setting")
    place = st.query_params.get(ENDS[end], "")
    if place not in names[end]:
        place = FIRST[end] if FIRST[end] in names[end] else next(iter(names[end]))
    state["ask"] = next(question for question, of in QUESTIONS.items() if of == end)
    state["of"] = place
    return end


def turn(names):
    """Ask the other question, of the same place where it can be asked."""
    end = QUESTIONS[state["ask"]]
    place = state["of"] if state["of"] in names[end] else FIRST[end]
    st.query_params.from_dict({ENDS[end]: place})


def move(end):
    """Ask of another place."""
    st.query_params.from_dict({ENDS[end]: state["of"]})


def answer(pairs, end, place):
    """The pairs that answer the question, and the rows behind them."""
    chosen = doubles.of(pairs, end, doubles.inside(data.catalogue, place))
    keys = set(zip(chosen["filming_place"], chosen["setting"], strict=True))
    rows = data.rows[data.rows["certainty"] != "denied"]
    ends = zip(rows["filming_place"], rows["setting"], strict=True)
    return chosen, rows[[pair in keys for pair in ends]]


def headline(end, place, chosen, rows):
    """The answer in a line: "7 places play Kashmir, in Mission: Impossible – Fallout"."""
    titles = rows["title"].unique()
    where = titles[0] if len(titles) == 1 else f"{len(titles)} films and series"
    name = data.catalogue.places.at[place, "name"]
    if end == "setting":
        number = chosen["filming_place"].nunique()
        who = f"{words.count(number, 'place')} {'plays' if number == 1 else 'play'} {name}"
    else:
        who = f"{name} plays {words.count(chosen['setting'].nunique(), 'setting')}"
    return f"{who}, in {where}."


data = parts.data()
stamp = (data.files["marks"], data.files["texts"])
pairs = found(stamp, data)
st.title("Doubles")
if pairs.empty:
    st.info("The catalogue holds no scene yet that says what a place stands for.")
    st.stop()
names = {end: options(stamp, data, pairs, end) for end in ENDS}
end = adopt(names)
ask, where = st.columns(2, vertical_alignment="bottom")
ask.radio("The question", QUESTIONS, key="ask", horizontal=True, on_change=turn, args=(names,))
of = {"key": "of", "format_func": names[end].get, "on_change": move, "args": (end,)}
place = where.selectbox("The place", list(names[end]), **of)
chosen, rows = answer(pairs, end, place)
if chosen.empty:
    st.info("No scene of the catalogue answers this. Choose another place.")
else:
    said = headline(end, place, chosen, rows)
    st.text(said)
    shown.chart(data, rows, "doubles-map")
    shown.heading("Who plays what")
    shown.pairs(data, chosen, "doubles", "Those of most scenes first")
    with st.expander("The scenes, and who says so"):
        shown.scenes(data, rows, "doubles-scenes", film=True)
shown.heading("Doubles of the whole catalogue")
travelled, versatile, played, selves = st.tabs(
    ["The longest way round", "Places of many parts", "Most often doubled", "Playing themselves"]
)
with travelled:
    shown.pairs(data, doubles.farthest(pairs, 15), "farthest", "Furthest from what they play")
with versatile:
    said = "Places that play the most settings"
    st.html(busiest(doubles.busiest(pairs, "filming_place", 15), "filming_place", said,
                    ("Place", "Plays", "Which")))  # fmt: skip
with played:
    said = "Settings that the most places play"
    st.html(busiest(doubles.busiest(pairs, "setting", 15), "setting", said,
                    ("Setting", "Played by", "Which")))  # fmt: skip
with selves:
    shown.pairs(data, doubles.themselves(pairs), "selves", "Places that play themselves", "setting")
