"""Geocoders over real HTTP: a server that misbehaves, and a real Nominatim."""

import gc
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.exc import GeocoderParseError

from geo import adapter, online
from geo.adapter import OneRequest
from geo.errors import AskLater, CouldNotAsk, Refused
from geo.online import Online
from geo.settings import settings
from tests.misbehaving import MANNERS, closed_address, misbehaving
from tests.nominatim.fixture import nominatim  # noqa: F401  (a fixture)


@pytest.fixture
def ask(tmp_path):
    """A function that makes an Online for an address, with a pace of its own."""

    def _ask(address, **more):
        given = {"FOLDER": tmp_path, "GEOCODER_ADDRESS": address, "GEOCODER_PAUSE": "0"} | more
        return Online(settings({f"DOUBLETAKE_{name}": str(v) for name, v in given.items()}))

    return _ask


@pytest.mark.filterwarnings("ignore:Latitude normalization")  # geopy, of "far point"
@pytest.mark.parametrize(
    ("manner", "error", "says"),
    [
        ("429", AskLater, "too often"),
        ("429 for 999 s", AskLater, "too often"),
        ("503", AskLater, "overloaded"),
        ("403", Refused, "refuses"),
        ("401", Refused, "refuses"),
        ("500", CouldNotAsk, "500"),
        ("slow", CouldNotAsk, "within"),
        ("drips", CouldNotAsk, "within"),
        ("hangs up", CouldNotAsk, "error"),
        ("cut off", CouldNotAsk, "error"),
        ("html", CouldNotAsk, "not JSON"),
        ("broken json", CouldNotAsk, "not JSON"),
        ("bytes", CouldNotAsk, "not JSON"),
        ("huge", CouldNotAsk, "error"),
        ("redirect", CouldNotAsk, "302"),
        ("object", CouldNotAsk, "no list of places"),
        ("numbers", CouldNotAsk, "no list of places"),
        ("null point", CouldNotAsk, "no list of places"),
        ("no point", CouldNotAsk, "no list of places"),
        ("nan point", CouldNotAsk, "no list of places"),
        ("far point", CouldNotAsk, "no list of places"),
    ],
)
def test_a_failure_is_an_error_and_is_never_remembered(ask, monkeypatch, manner, error, says):
    monkeypatch.setattr(online, "SECONDS", 0.5)
    with misbehaving(manner) as server:
        service = ask(server.address)
        with pytest.raises(error, match=says) as caught:
            service.ask("Pulpit Rock", patience=0)
        assert type(caught.value) is error
        assert service.known("Pulpit Rock") is None
        assert len(server.asked) == 1  # nothing asked a second time behind our back


def test_nobody_there_is_an_error(ask):
    service = ask(closed_address())
    with pytest.raises(CouldNotAsk, match="cannot be reached"):
        service.ask("Pulpit Rock")
    assert service.known("Pulpit Rock") is None


def test_no_such_place_is_remembered(ask):
    with misbehaving("empty") as server:
        service = ask(server.address)
        assert (
            service.ask("Atlantis") == service.ask("atlantis ") == service.known("Atlantis") == ()
        )
        assert len(server.asked) == 1


def test_a_row_at_zero_zero_is_no_place(ask):
    with misbehaving("zero point") as server:
        assert ask(server.address).ask("Pulpit Rock") == ()


def test_an_answer_outlives_its_service(ask):
    with misbehaving("good") as server:
        first = ask(server.address).ask("Pulpit Rock")
    assert ask(server.address).ask("Pulpit Rock") == first
    assert [(f.name, f.country, f.precision) for f in first] == [("Pulpit Rock", "NO", "site")]
    assert "OpenStreetMap" in first[0].source and "ODbL" in first[0].licence


def test_the_server_is_given_the_time_it_asks_for(ask):
    with misbehaving("503 for 1 s", "429 for 1 s", "good") as server:
        assert ask(server.address).ask("Pulpit Rock", patience=5)
        first, second, third = server.arrivals
    assert second - first >= 1 and third - second >= 1


def test_more_time_than_one_has_is_said_and_holds_for_everybody(ask):
    with misbehaving("429 for 999 s", "good") as server:
        with pytest.raises(AskLater) as caught:
            ask(server.address).ask("Pulpit Rock", patience=2)
        assert caught.value.wait == 999
        with pytest.raises(AskLater):
            ask(server.address).ask("Another Rock", patience=2)
        assert len(server.asked) == 1


def test_an_outage_is_not_hammered(ask):
    with misbehaving("500") as server:
        for _ in range(6):
            with pytest.raises(CouldNotAsk):
                ask(server.address).ask("Pulpit Rock", patience=0)
        assert len(server.asked) == 3


def test_a_refusal_stands_for_everybody(ask):
    with misbehaving("403", "good") as server:
        for _ in range(3):
            with pytest.raises(Refused):
                ask(server.address).ask("Pulpit Rock", patience=0)
        assert len(server.asked) == 1


def test_who_asks_says_so(ask):
    with misbehaving("good") as server:
        ask(server.address, CONTACT="mail@example.org").ask("Pulpit Rock", countries=("NO", "GB"))
        path, headers = server.asked[0]
    assert headers["User-Agent"].startswith("Doubletake/")
    assert "mail@example.org" in headers["User-Agent"]
    query = parse_qs(urlsplit(path).query)
    assert query["q"] == ["Pulpit Rock"] and query["countrycodes"] == ["no,gb"]


def test_answers_of_another_service_country_or_language_are_other_answers(ask):
    with misbehaving("good", "empty") as server:
        service = ask(server.address)
        assert service.ask("Pulpit Rock")
        assert service.ask("Pulpit Rock", countries=("GB",)) == ()
        assert ask(server.address, LANGUAGE="de").known("Pulpit Rock") is None
        assert ask(server.address + "/other").known("Pulpit Rock") is None


PHOTON = {
    "type": "FeatureCollection",
    "features": [
        {
            "geometry": {"type": "Point", "coordinates": [6.1904, 58.9864]},
            "properties": {
                "osm_type": "N", "osm_id": 1, "osm_key": "natural", "osm_value": "cliff",
                "type": "other", "name": "Pulpit Rock", "country": "Norway", "countrycode": "NO",
            },
        }
    ],
}  # fmt: skip
PELIAS = {
    "type": "FeatureCollection",
    "features": [
        {
            "geometry": {"type": "Point", "coordinates": [35.46, 29.56]},
            "bbox": [34.9, 29.1, 39.3, 33.4],
            "properties": {
                "gid": "whosonfirst:country:85632425", "layer": "country", "name": "Jordan",
                "source": "whosonfirst", "country_code": "JO", "label": "Jordan", "confidence": 1,
            },
        }
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "answer", "path", "found"),
    [
        ("photon", PHOTON, "/api", ("Pulpit Rock", "NO", "site", "osm:node/1")),
        (
            "pelias",
            PELIAS,
            "/v1/search",
            ("Jordan", "JO", "country", "pelias:whosonfirst:country:85632425"),
        ),
    ],
)
def test_another_geocoder_by_setting(ask, monkeypatch, kind, answer, path, found):
    body = (200, {"Content-Type": "application/json"}, json.dumps(answer).encode())
    monkeypatch.setitem(MANNERS, kind, body)
    with misbehaving(kind) as server:
        findings = ask(server.address, GEOCODER=kind).ask("Somewhere")
        assert urlsplit(server.asked[0][0]).path == path
    assert [(f.name, f.country, f.precision, f.identity) for f in findings] == [found]


def test_a_photon_is_not_asked_twice_for_what_it_cannot_narrow(ask, monkeypatch):
    body = (200, {"Content-Type": "application/json"}, json.dumps(PHOTON).encode())
    monkeypatch.setitem(MANNERS, "photon", body)
    with misbehaving("photon") as server:
        service = ask(server.address, GEOCODER="photon", LANGUAGE="no")
        assert service.ask("Pulpit Rock") == service.ask("Pulpit Rock", countries=("NO",))
        assert len(server.asked) == 1 and "lang=" not in server.asked[0][0]


@pytest.mark.parametrize("kind", ["photon", "pelias"])
@pytest.mark.parametrize("manner", ["object", "numbers", "html", "null point"])
def test_another_geocoder_s_nonsense_is_an_error_too(ask, kind, manner):
    with misbehaving(manner) as server, pytest.raises(CouldNotAsk):
        ask(server.address, GEOCODER=kind).ask("Pulpit Rock")


def test_json_too_deep_to_read_is_no_json(monkeypatch):
    monkeypatch.setattr(OneRequest, "get_text", lambda *_, **__: "[" * 200_000)
    gc.disable()  # a finalizer that runs at full depth would fail in its turn
    try:
        with pytest.raises(GeocoderParseError):
            OneRequest(proxies={}, ssl_context=None).get_json("", timeout=1, headers={})
    finally:
        gc.enable()


def test_a_proxy_is_used_where_the_environment_names_one(ask, monkeypatch):
    with misbehaving("good") as proxy:
        monkeypatch.setattr(adapter, "getproxies", lambda: {"http": proxy.address})
        monkeypatch.setattr(adapter, "proxy_bypass", lambda host: False)
        assert ask("http://nominatim.invalid").ask("Pulpit Rock")
        assert proxy.asked[0][0].startswith("http://nominatim.invalid/search")


REAL = [
    ("Pulpit Rock", "NO", "site", (58.9864, 6.1904)),
    ("Preikestolen", "NO", "site", (58.9864, 6.1904)),
    ("Hobbiton", "NZ", "site", (-37.8721, 175.6829)),
    ("Wadi Rum, Jordan", "JO", "region", (29.56, 35.46)),
    ("Trollstigen", "NO", "site", (62.456, 7.671)),
    ("Doune Castle", "GB", "site", (56.1849, -4.0502)),
    ("Matera", "IT", "town", (40.6664, 16.6043)),
    ("Rogaland", "NO", "region", (59.05, 6.015)),
    ("Jordan", "JO", "country", (31.24, 36.84)),
    ("Skellig Michael", "IE", "region", (51.771, -10.5405)),
    ("Mount Aspiring", "NZ", "site", (-44.013, 169.387)),
    ("Aqaba", "JO", "town", (29.532, 35.006)),
]


@pytest.mark.parametrize(("name", "country", "precision", "point"), REAL)
def test_a_real_nominatim_places_it(ask, nominatim, name, country, precision, point):  # noqa: F811
    found = ask(nominatim).ask(name)[0]
    assert (found.country, found.precision) == (country, precision)
    assert (found.latitude, found.longitude) == pytest.approx(point, abs=0.01)
    assert "OpenStreetMap" in found.source and found.identity.startswith("osm:")


def test_a_real_nominatim_knows_no_atlantis(ask, nominatim):  # noqa: F811
    service = ask(nominatim)
    assert service.ask("Atlantis") == service.known("Atlantis") == ()


def test_a_real_nominatim_narrowed_to_a_country(ask, nominatim):  # noqa: F811
    service = ask(nominatim)
    assert {f.country for f in service.ask("Kingston")} == {"CA", "JM"}
    assert {f.country for f in service.ask("Kingston", countries=("JM",))} == {"JM"}


def test_an_area_of_a_real_nominatim_has_its_reach(ask, nominatim):  # noqa: F811
    (desert,) = ask(nominatim).ask("Wadi Rum")
    (castle,) = ask(nominatim).ask("Ballyfilm Castle")
    assert 15 < desert.radius_km < 25
    assert castle.precision == "site" and castle.radius_km < 0.2
