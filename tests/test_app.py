"""The pages, run without a browser: what they say, and what they would send to the map."""

import base64
import csv
import json
import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from geo.tables import TABLES
from tests.conftest import ROWS

ROOT = Path(__file__).resolve().parent.parent
FRAME = str(ROOT / "pages" / "frame.py")
FILMS = [
    ["one", "One", "", "film", "Saga", "1", "1996", "", "", ""],
    ["two", "Two", "", "film", "Saga", "2", "2018", "", "", ""],
    ["solo", "Solo", "", "film", "", "", "2001", "yes", "", ""],
]
SCENES = [
    ["a", "one", "norway", "kashmir", "confirmed", "", "A.", "nfi", ""],
    ["b", "two", "norway", "", "reported", "", "B.", "nfi", ""],
    ["c", "two", "", "caladan", "denied", "", "C.", "nfi", ""],
    ["d", "solo", "kashmir", "", "confirmed", "", "D.", "nfi", ""],
]


@pytest.fixture
def app(write, monkeypatch):
    """The app over a small catalogue, run once; `query` is its address."""
    monkeypatch.setenv("DOUBLETAKE_DATA", str(write(films=FILMS, scenes=SCENES)))

    def _app(**query):
        at = AppTest.from_file(FRAME, default_timeout=60)
        for name, values in query.items():
            at.query_params[name] = values
        return at.run()

    return _app


def sent(at):
    """The arguments of the map's frame."""
    return json.loads(at.get("component_instance")[0].proto.json_args)


def shown(at):
    """Which scenes the map would show."""
    options = json.loads(re.search(r"doubletake\.show\((.*?)\);", sent(at)["feature_group"])[1])
    raw = np.frombuffer(base64.b64decode(options["bits"]), dtype=np.uint8)
    mask = np.unpackbits(raw, bitorder="little")[: options["rows"]]
    return "".join(row[0] for row, on in zip(SCENES, mask, strict=True) if on)


def headline(at):
    """The line above the map."""
    (said,) = [h.proto.body for h in at.get("html") if "<h1" in h.proto.body]
    return re.sub("<.*?>", "", said)


def test_the_first_visit_shows_everything(app):
    at = app()
    assert not at.exception
    assert shown(at) == "abcd"
    assert headline(at) == "4 scenes of 3 films, 1996–2018, shot in 2 countries"


@pytest.mark.parametrize(
    ("key", "value", "left"),
    [
        ("franchise", ["Saga"], "abc"),
        ("film", ["two"], "bc"),
        ("certainty", ["denied"], "c"),
        ("role", ["story"], "ac"),
        ("years", (2000, 2010), "d"),
    ],
)
def test_a_filter_shows_its_rows_and_stands_in_the_address(app, key, value, left):
    at = app()
    before = sent(at)["script"]
    kinds = {"years": at.slider, "role": at.button_group, "certainty": at.button_group}
    widget = kinds.get(key, at.multiselect)
    widget(key=key).set_value(value)
    at.run()
    assert shown(at) == left
    assert sent(at)["script"] == before
    assert at.query_params[key] == ("2000-2010" if key == "years" else value[0])


def test_an_address_restores_the_filters(app):
    at = app(franchise=["Saga"], years=["2000-2020"], certainty=["reported"])
    assert shown(at) == "b"
    assert at.multiselect(key="franchise").value == ["Saga"]


def test_nonsense_in_the_address_is_passed_over(app):
    at = app(franchise=["</script>"], years=["x"], map=["1,2"], place=["nowhere"])
    assert not at.exception
    assert shown(at) == "abcd"


def test_filters_tell_what_each_option_leaves(app):
    at = app(certainty=["confirmed"])
    assert at.multiselect(key="film").options == ["One (1996) · 1", "Solo (2001) · 1"]
    assert "Denied · 1" in at.button_group(key="certainty").options


def test_no_match_says_so_and_the_way_back_works(app):
    at = app(franchise=["Solo"], certainty=["denied"])
    assert headline(at) == "No scenes match"
    at.button[0].click().run()
    assert shown(at) == "abcd"
    assert "franchise" not in at.query_params


def test_scripts_and_styles_come_from_here(app):
    args = sent(app())
    for address in args["js_links"] + args["css_links"]:
        assert address.startswith("../") and ":" not in address


def test_no_text_of_the_data_is_sent_to_the_map(write, monkeypatch):
    hostile = "{{7*7}}<img src=x onerror=alert(1)>${1}100{% off</script>"
    films = [["one", hostile, "", "film", hostile, "1", "1996", "", "", ""]]
    places = [["norway", hostile, "NO", "62", "10", "site", "1", "", "", "x"], *ROWS["places"][1:]]
    scenes = [["a", "one", "norway", "kashmir", "confirmed", "", hostile, "nfi", ""]]
    folder = write(films=films, places=places, scenes=scenes)
    monkeypatch.setenv("DOUBLETAKE_DATA", str(folder))
    at = AppTest.from_file(FRAME, default_timeout=60).run()
    assert not at.exception
    text = json.dumps(sent(at))
    assert "onerror" not in text and "7*7" not in text and "49" not in headline(at)
    assert "<img" not in "".join(h.proto.body for h in at.get("html"))


def test_bad_rows_do_not_take_the_page_down(write, monkeypatch):
    stray = ["s2", "no-film", "norway", "", "confirmed", "", "B.", "nfi", ""]
    folder = write(scenes=[*ROWS["scenes"], stray])
    with open(folder / "films.csv", "a", newline="", encoding="utf-8") as file:
        csv.writer(file).writerow(["x"] * len(TABLES["films"]))
    monkeypatch.setenv("DOUBLETAKE_DATA", str(folder))
    at = AppTest.from_file(FRAME, default_timeout=60).run()
    assert not at.exception
    assert headline(at).startswith("1 scene of Fallout")


def test_an_empty_catalogue_is_a_page_too(write, monkeypatch):
    folder = write(films=[], places=[], scenes=[], sources=[])
    monkeypatch.setenv("DOUBLETAKE_DATA", str(folder))
    at = AppTest.from_file(FRAME, default_timeout=60).run()
    assert not at.exception
    assert headline(at) == "No scenes match"


@pytest.mark.parametrize("page", sorted(re.findall(r'"(\w+\.py)"', Path(FRAME).read_text())))
def test_every_page_runs(page):
    at = AppTest.from_file(FRAME, default_timeout=60).run()
    at.switch_page(page).run()
    assert not at.exception
    assert at.session_state["page"]


def other(app, page, **query):
    """Another page than the map, come to by its address."""
    at = app()
    at.query_params.clear()
    for name, value in query.items():
        at.query_params[name] = value
    return at.switch_page(page).run()


def bodies(at):
    return " ".join(h.proto.body for h in at.get("html"))


@pytest.mark.parametrize(
    ("query", "title", "left"),
    [
        ({"film": "two"}, "<h1>Two</h1>", "bc"),
        ({"franchise": "Saga"}, "<h1>Where Saga was shot</h1>", "abc"),
        ({"film": "nowhere"}, "<h1>", "abc"),
    ],
)
def test_a_film_or_franchise_has_an_address_of_its_own(app, query, title, left):
    at = other(app, "film.py", **query)
    assert not at.exception
    assert title in bodies(at) and shown(at) == left
    assert bool(at.info) == (query == {"film": "nowhere"})


def test_choosing_another_film_moves_the_same_map_and_the_address(app):
    at = other(app, "film.py", film="two")
    script = sent(at)["script"]
    at.selectbox(key="of").set_value("film:solo").run()
    assert at.query_params["film"] == "solo" and shown(at) == "d"
    assert sent(at)["script"] == script
    assert "https://example.org/a" in bodies(at)  # the sources


@pytest.mark.parametrize(
    ("query", "said", "left"),
    [
        ({"setting": "kashmir"}, "1 place plays Kashmir, in One.", "a"),
        ({"place": "norway"}, "Norway plays 1 setting, in One.", "a"),
        ({"place": "nowhere"}, "Norway plays 1 setting, in One.", "a"),
        ({}, "1 place plays Kashmir, in One.", "a"),
    ],
)
def test_doubles_answer_both_questions_by_their_address(app, query, said, left):
    at = other(app, "doubles.py", **query)
    assert not at.exception
    assert at.text[0].value == said and shown(at) == left


def test_turning_the_question_round_turns_the_address(app):
    at = other(app, "doubles.py", setting="kashmir")
    at.radio(key="ask").set_value("What does … play?").run()
    assert at.text[0].value.startswith("Norway plays")
    assert at.query_params["place"] == "norway" and "setting" not in at.query_params


@pytest.mark.parametrize(
    ("query", "left", "said"),
    [
        ({"at": "34, 76", "km": "50"}, "d", ""),
        ({"at": "34, 76", "km": "50", "what": "Plays there"}, "a", ""),
        ({"at": "34, 76", "km": "50", "what": "Either"}, "ad", ""),
        ({"at": "Oslo", "km": "500"}, "ab", ""),
        ({"at": "-60 0"}, "", "Nothing of the catalogue lies within"),
        ({"at": "91, 0"}, "", "Latitudes run from"),
        ({"at": "Xyzzyville"}, "", "not known"),
        ({"at": "*{{7*7}}*"}, "", "not known"),
    ],
)
def test_near_me_finds_what_lies_in_the_circle_or_says_why_not(app, query, left, said):
    at = other(app, "near.py", **query)
    assert not at.exception
    if left:
        assert shown(at) == left
    assert said.replace("-", "") in " ".join(i.value for i in at.info).replace("\\", "")


def test_a_long_list_is_shown_in_part_until_more_is_asked_for(write, monkeypatch):
    many = [[f"s{n}", "one", "norway", "", "confirmed", "", "A.", "nfi", ""] for n in range(130)]
    monkeypatch.setenv("DOUBLETAKE_DATA", str(write(films=FILMS, scenes=many)))
    at = AppTest.from_file(FRAME, default_timeout=60).run().switch_page("film.py").run()
    assert bodies(at).count("<li class") == 40
    at.button(key="more-film-scenes-some").click().run()
    assert bodies(at).count("<li class") == 80
    at.button(key="more-film-scenes-all").click().run()
    assert bodies(at).count("<li class") == 130
    assert not [b for b in at.button if b.label.startswith("Show")]


@pytest.mark.parametrize("page", ["film.py", "doubles.py", "near.py"])
def test_pages_of_an_empty_catalogue_say_so(write, monkeypatch, page):
    folder = write(films=[], places=[], scenes=[], sources=[])
    monkeypatch.setenv("DOUBLETAKE_DATA", str(folder))
    at = AppTest.from_file(FRAME, default_timeout=60).run().switch_page(page).run()
    assert not at.exception
    assert len(at.info) == 1
