"""Settings: sound without any, refused by name where one cannot be used, all documented."""

import re
from pathlib import Path

import pytest

import geo.settings
from geo.errors import BadInput
from geo.settings import settings


def test_nothing_has_to_be_set():
    ours = settings({})
    assert not ours.online
    assert ours.geocoder == "nominatim" and ours.pause == 1
    assert (ours.data / "README.md").exists()
    assert ours.folder == Path.home() / ".local/share/doubletake"
    assert ours.store == str(ours.folder / "store.sqlite")


def test_every_setting_is_documented_and_every_documented_one_is_read():
    source = Path(geo.settings.__file__).read_text(encoding="utf-8")
    told = set(re.findall(r"^    DOUBLETAKE_(\w+) ", geo.settings.__doc__, re.M))
    read = set(re.findall(r'(?:read|self)\.\w+\("([A-Z_]+)"', source))
    assert told == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ONLINE", "perhaps"),
        ("GEOCODER", "google"),
        ("GEOCODER_ADDRESS", "nominatim.example.org"),
        ("GEOCODER_ADDRESS", "file:///etc/passwd"),
        ("GEOCODER_PAUSE", "-1"),
        ("GEOCODER_PAUSE", "nan"),
        ("GEOCODER_PAUSE", "soon"),
        ("LANGUAGE", "en\r\nX: y"),
        ("LANGUAGE", "English"),
        ("USER_AGENT", "a\r\nHost: b"),
        ("CONTACT", "Bjørn"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name, value):
    with pytest.raises(BadInput, match=f"DOUBLETAKE_{name}"):
        settings({f"DOUBLETAKE_{name}": value})


def test_a_pelias_has_no_public_server_to_fall_back_on():
    with pytest.raises(BadInput, match="GEOCODER_ADDRESS"):
        settings({"DOUBLETAKE_GEOCODER": "pelias"})


@pytest.mark.parametrize("kind", ["nominatim", "photon"])
def test_nobody_may_ask_a_public_server_faster_than_it_allows(kind):
    assert settings({"DOUBLETAKE_GEOCODER": kind, "DOUBLETAKE_GEOCODER_PAUSE": "0"}).pause == 1


def test_one_s_own_server_may_be_asked_faster():
    own = {
        "DOUBLETAKE_GEOCODER_ADDRESS": "http://localhost:8080/",
        "DOUBLETAKE_GEOCODER_PAUSE": "0",
    }
    assert settings(own).pause == 0
    assert settings(own).address == "http://localhost:8080"


def test_a_key_is_not_printed():
    ours = settings({"DOUBLETAKE_GEOCODER_KEY": "open-sesame"})
    assert ours.key == "open-sesame" and "sesame" not in repr(ours)


def test_folders_may_be_moved(tmp_path):
    ours = settings({"DOUBLETAKE_FOLDER": str(tmp_path), "XDG_DATA_HOME": "/elsewhere"})
    assert ours.folder == tmp_path
    assert settings({"XDG_DATA_HOME": "/elsewhere"}).folder == Path("/elsewhere/doubletake")
