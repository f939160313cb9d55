"""Rows and records -> what travels to the browser, and nothing of the data in a template."""

import base64
import json

import folium
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit_folium import generate_leaflet_string

from geo import catalogue, maps, view
from geo.model import Record

FILES = {"js": ["map.js"], "css": ["map.css"], "world": "w.json", "marks": "m.json"}
HOSTILE = ["<img src=x onerror=alert(1)>", "</script>", "${alert(1)}", "{{7*7}}", "100{% off"]


@pytest.fixture
def small(write):
    found = catalogue.load(write())
    return found, view.table(found)


def record(**changed):
    values = dict.fromkeys(Record.__slots__) | {
        "film": "Fallout", "place": "Norway", "place_text": "Norway", "precision": "country",
        "latitude": 62.0, "longitude": 10.0, "role": "filming", "certainty": "confirmed",
        "evidence": "A sentence.", "evidence_start": 0, "evidence_end": 11, "source": "a.txt",
    }  # fmt: skip
    return Record(**values | changed)


def scripts(fmap, group):
    """What streamlit-folium would hand to the browser to run."""
    group.add_to(fmap)
    fmap.get_root().render()
    return generate_leaflet_string(fmap) + generate_leaflet_string(group, base_id="group")


def test_columns_point_at_places_and_films(small):
    columns = maps.columns(*small)
    (filming,), (setting,) = columns["scenes"]["filming"], columns["scenes"]["setting"]
    assert columns["places"]["name"][filming] == "Norway"
    assert columns["places"]["name"][setting] == "Kashmir"
    assert columns["films"]["title"][columns["scenes"]["film"][0]] == "Fallout"


def test_a_country_is_an_area_and_fiction_has_no_point(small):
    kinds = dict(zip(*(maps.columns(*small)["places"][c] for c in ("name", "kind")), strict=True))
    assert kinds == {"Norway": maps.AREA, "Kashmir": maps.AREA, "Caladan": maps.NOWHERE}


def test_columns_are_json_without_nan(small):
    for payload in (maps.columns(*small), maps.texts(*small)):
        assert json.loads(maps.dumps(payload)) == payload


def test_texts_name_each_scenes_sources(small):
    texts = maps.texts(*small)
    assert texts["sentence"] == ["A fight."]
    assert [texts["source"]["url"][n] for n in texts["sources"][0]] == ["https://example.org/a"]


def test_texts_know_the_other_names_but_not_the_usual_one(small):
    also = maps.texts(*small)["also"]
    assert also["films"] == {"0": ["Gemini", "M:I 6", "MI6"]}
    assert also["places"] == {"0": ["Norge"]}


def test_columns_tell_films_from_series(write):
    films = [
        ["a", "A", "", "film", "", "", "1996", "yes"],
        ["b", "B", "", "series", "", "", "", "yes"],
    ]
    scenes = [["s", "a", "norway", "", "confirmed", "", "A.", "nfi"]]
    films = [[*row, *[""] * (10 - len(row))] for row in films]
    found = catalogue.load(write(films=films, scenes=[[*scenes[0], ""]]))
    assert maps.columns(found, view.table(found))["films"]["kind"] == [0, 1]


def test_bounds_hold_every_point(small):
    assert maps.bounds(*small) == ((34.0, 10.0), (62.0, 76.0))


def test_bounds_of_nothing_are_the_world(small):
    found, rows = small
    assert maps.bounds(found, rows[:0]) == maps.WORLD


@given(st.lists(st.booleans(), max_size=70))
def test_bits_come_back_as_they_went(mask):
    sent = np.frombuffer(base64.b64decode(maps.bits(mask)), dtype=np.uint8)
    assert np.unpackbits(sent, bitorder="little")[: len(mask)].tolist() == mask


def test_a_filming_record_and_its_setting_are_one_scene():
    kashmir = record(role="story", place="Kashmir", latitude=34.0, longitude=76.0)
    payload = maps.of_records([record(stands_for="Kashmir"), kashmir])
    assert payload["scenes"]["filming"] == [0]
    assert payload["scenes"]["setting"] == [1]
    assert payload["places"]["latitude"] == [62.0, 34.0]


def test_a_place_that_is_only_named_has_no_point():
    payload = maps.of_records([record(stands_for="Caladan")])
    assert payload["places"]["name"] == ["Norway", "Caladan"]
    assert payload["places"]["kind"] == [maps.AREA, maps.NOWHERE]


def test_towns_of_one_name_stay_apart():
    here, there = record(place="Paris"), record(place="Paris", latitude=33.66, longitude=-95.56)
    assert len(maps.of_records([here, there])["places"]["name"]) == 2


def test_no_records_make_an_empty_payload():
    assert maps.of_records([])["scenes"]["film"] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_the_data_enters_a_script(text):
    payload = maps.of_records([record(film=text, place=text, evidence=text, source=text)])
    fmap = maps.base_map("../", FILES)
    script = scripts(fmap, maps.shown([True], records=payload))
    assert text not in script
    sent = script.split('"records": "')[1].split('"')[0]
    assert json.loads(base64.b64decode(sent))["films"]["title"] == [text]
    assert fmap.get_root().render()


def test_the_maps_script_is_the_same_whatever_is_shown(small):
    def script(mask):
        fmap = maps.base_map("../", FILES)
        maps.shown(mask, command=7).add_to(folium.FeatureGroup())
        return generate_leaflet_string(fmap)

    assert script([True]) == script([False])


def test_scripts_and_styles_come_from_the_prefix_alone():
    fmap = maps.base_map("../../files/", FILES)
    addresses = [address for _, address in fmap.default_js + fmap.default_css]
    assert addresses == ["../../files/map.js", "../../files/map.css"]
    assert folium.Map.default_js != fmap.default_js


@pytest.mark.parametrize("name", ["../x.js", "a b.js", "x.js?{{7*7}}", "", "https://example.org"])
def test_a_name_that_is_no_file_name_is_refused(name):
    with pytest.raises(ValueError, match="file names"):
        maps.base_map("../", FILES | {"marks": name})


def test_a_look_that_does_not_exist_is_not_sent():
    options = next(iter(maps.shown([True], look=("street", "'}"))._children.values())).options
    assert options["look"] == ["street"]
