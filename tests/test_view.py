"""Filters pick rows; an address restores its view."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import catalogue, view
from geo.model import CERTAINTIES, ROLES
from geo.tables import TABLES
from geo.view import View

FILMS = [
    ["one", "One", "", "film", "Saga", "1", "1996", "", "", ""],
    ["two", "Two", "", "film", "Saga", "2", "2018", "", "", ""],
    ["solo", "Solo", "", "film", "", "", "", "yes", "", ""],
]
SCENES = [
    ["a", "one", "norway", "kashmir", "confirmed", "", "A.", "nfi", ""],
    ["b", "two", "norway", "", "reported", "", "B.", "nfi", "nfi"],
    ["c", "two", "", "caladan", "denied", "", "C.", "nfi", ""],
    ["d", "solo", "kashmir", "", "confirmed", "", "D.", "nfi", ""],
]


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    import csv

    from tests.conftest import ROWS

    folder = tmp_path_factory.mktemp("data")
    for name, lines in (ROWS | {"films": FILMS, "scenes": SCENES}).items():
        with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([list(TABLES[name]), *lines])
    return view.table(catalogue.load(folder))


def shown(rows, **filters):
    return "".join(rows["scene"][view.mask(rows, View(**filters))])


def test_no_filter_shows_all(rows):
    assert shown(rows) == "abcd"


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({"franchise": ("Saga",)}, "abc"),
        ({"franchise": ("Solo",)}, "d"),
        ({"film": ("one", "solo")}, "ad"),
        ({"years": (1996, 2000)}, "a"),
        ({"years": (1900, 1950)}, ""),
        ({"role": ("filming",)}, "abd"),
        ({"role": ("story",)}, "ac"),
        ({"role": ("filming", "story")}, "abcd"),
        ({"certainty": ("denied", "reported")}, "bc"),
        ({"franchise": ("Saga",), "certainty": ("confirmed",)}, "a"),
        ({"film": ("no-such-film",)}, ""),
    ],
)
def test_a_filter_leaves_its_rows(rows, filters, left):
    assert shown(rows, **filters) == left


@pytest.mark.parametrize("facet", ["franchise", "film", "role", "certainty"])
def test_a_count_is_what_choosing_the_option_leaves(rows, facet):
    seen = View(years=(1990, 2030), certainty=("confirmed", "denied"))
    for option, count in view.counts(rows, seen, facet).items():
        chosen = view.replace(seen, **{facet: (option,)})
        assert count == view.mask(rows, chosen).sum(), option


def test_a_single_film_is_its_own_franchise(rows):
    assert rows["franchise"].tolist() == ["Saga", "Saga", "Saga", "Solo"]


def test_a_disputed_scene_is_marked(rows):
    assert rows["disputed"].tolist() == [False, True, False, False]


def test_selected_finds_both_ends(rows):
    assert "".join(view.selected(rows, "kashmir")["scene"]) == "ad"


views = st.builds(
    View,
    franchise=st.lists(st.sampled_from(["Saga", "Solo"]), unique=True).map(tuple),
    film=st.lists(st.sampled_from(["one", "two", "solo"]), unique=True).map(tuple),
    years=st.none() | st.tuples(st.integers(1888, 1999), st.integers(2000, 2100)),
    role=st.lists(st.sampled_from(ROLES), unique=True).map(tuple),
    certainty=st.lists(st.sampled_from(CERTAINTIES), unique=True).map(tuple),
    place=st.none() | st.sampled_from(["norway", "kashmir", "caladan"]),
    centre=st.tuples(st.integers(-85, 85).map(float), st.integers(-180, 180).map(float)),
    zoom=st.integers(0, 76).map(lambda quarter: quarter / 4),
    look=st.lists(st.sampled_from(view.LOOKS), unique=True).map(tuple),
)


@given(seen=views)
def test_an_address_restores_its_view(rows, seen):
    assert view.from_query(view.to_query(seen), rows) == seen


@given(st.dictionaries(st.sampled_from([*View.__slots__, "map"]), st.lists(st.text(), max_size=3)))
def test_any_address_gives_some_view(rows, query):
    view.mask(rows, view.from_query(query, rows))


@pytest.mark.parametrize(
    "query",
    [{"film": ["x"]}, {"years": ["soon"]}, {"place": ["'"]}, {"map": ["91,0,3"]},
     {"map": ["nan,0,3"]}, {"years": ["inf-inf"]}, {"look": ["</script>"]}],
)  # fmt: skip
def test_what_an_address_asks_in_vain_is_passed_over(rows, query):
    assert view.from_query(query, rows) == View()


def test_rows_that_no_filter_knows_can_be_left_out(rows):
    within = (rows["scene"] != "a").to_numpy()
    facets = view.Facets(rows)
    assert "".join(rows["scene"][facets.mask(View(franchise=("Saga",)), within=within)]) == "bc"
    assert facets.counts(View(), "film", within) == {"one": 0, "two": 2, "solo": 1}
    assert facets.counts(View(), "role", within) == {"filming": 2, "story": 1}
    assert within.sum() == 3


def test_facets_of_no_rows(rows):
    facets = view.Facets(rows[:0])
    assert facets.mask(View(film=("one",), years=(1990, 2000), role=("story",))).tolist() == []
    assert set(facets.counts(View(), "certainty").values()) == {0}
