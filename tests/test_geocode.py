"""geocode(): the right place, or None, or an error; never a wrong one."""

import json
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import catalogue
from geo.errors import CouldNotAsk
from geo.gazetteer import Gazetteer
from geo.geocode import Geocoder
from geo.model import Film, Place
from geo.online import Online
from geo.scope import Context
from geo.settings import settings
from tests.misbehaving import MANNERS, PREIKESTOLEN, closed_address, misbehaving
from tests.nominatim.fixture import nominatim  # noqa: F401  (a fixture)

OWN = [
    ["rock", "Preikestolen", "NO", "58.9863", "6.1904", "site", "0.3", "", "Pulpit Rock", "x"],
    ["kashmir", "Kashmir", "IN", "34", "76", "region", "200", "", "", "editors' estimate"],
    ["paris", "Paris", "FR", "48.85", "2.35", "town", "10", "", "", "GeoNames 2988507"],
    ["caladan", "Caladan", "", "", "", "fictional", "", "", "", ""],
]  # fmt: skip


@pytest.fixture
def make(write, tmp_path):
    """A Geocoder with a small catalogue, the real gazetteer, and a service where one is given."""

    def _make(address=None, places=OWN):
        folder = write(places=places, scenes=[], films=[], sources=[])
        online = None
        if address:
            given = {"FOLDER": tmp_path, "GEOCODER_ADDRESS": address, "GEOCODER_PAUSE": 0}
            online = Online(settings({f"DOUBLETAKE_{n}": str(v) for n, v in given.items()}))
        return Geocoder(catalogue.read(folder)[0], Gazetteer.open(), online)

    return _make


@pytest.fixture
def geocoder(make):
    return make()


@cache
def shipped():
    return Geocoder(catalogue.read()[0], Gazetteer.open())


def found(place):
    return place and (place.name, place.country, place.precision)


ASK = Context(online=True, patience=0)


@pytest.mark.parametrize(
    ("name", "context", "expected"),
    [
        ("Pulpit Rock", {}, ("Preikestolen", "NO", "site")),
        ("preikestolen", {}, ("Preikestolen", "NO", "site")),
        ("Kashmir", {}, ("Kashmir", "IN", "region")),
        ("Paris", {}, ("Paris", "FR", "town")),
        ("Paris, Texas", {}, ("Paris", "US", "town")),
        ("Paris", {"near": ("Dallas",)}, ("Paris", "US", "town")),
        ("Paris", {"countries": ("US",)}, ("Paris", "FR", "town")),
        ("London", {"near": ("Toronto",)}, ("London", "CA", "town")),
        ("Norway", {}, ("Norway", "NO", "country")),
        ("Georgia", {}, ("Georgia", "GE", "country")),
        ("Georgia", {"near": ("Atlanta",)}, ("Georgia", "US", "region")),
        ("Georgia, USA", {}, ("Georgia", "US", "region")),
        ("Springfield, IL", {}, ("Springfield", "US", "town")),
        ("Kingston, Jamaica", {}, ("Kingston", "JM", "town")),
        ("Kingston (Ontario)", {}, ("Kingston", "CA", "town")),
        ("Kingston", {"country": "CA"}, ("Kingston", "CA", "town")),
        ("Cambridge", {"countries": ("US",)}, ("Cambridge", "US", "town")),
        ("Cambridge", {}, ("Cambridge", "GB", "town")),
        ("Birmingham, Alabama", {}, ("Birmingham", "US", "town")),
    ],
)
def test_the_place_that_is_meant(geocoder, name, context, expected):
    assert found(geocoder.geocode(name, Context(**context))) == expected


@pytest.mark.parametrize(
    "name",
    ["Main Street", "the Main Street", "High Street", "Victoria Market", "the castle", "Old Mill",
     "Central Station", "Church Road", "5th Avenue", "Xyzzyborough", "", "   ", "?!", "A" * 5000,
     "Paris, Xyzzyborough", "Kingston, Norway", "\x00", "0, 0"],
)  # fmt: skip
def test_what_is_no_place_is_none(geocoder, name):
    assert geocoder.geocode(name) is None


def test_a_street_without_a_town_is_never_asked_for(make):
    with misbehaving("good") as server:
        assert make(server.address).geocode("Main Street", ASK) is None
        assert server.asked == []


@pytest.mark.parametrize("kind", ["person", "company"])
def test_a_person_or_a_company_is_no_place(geocoder, kind):
    assert geocoder.geocode("Paris", Context(kind=kind)) is None


FICTIONAL = ["Gotham", "Gotham City", "Derry", "King's Landing", "Caladan", "the Shire", "Wakanda"]


@pytest.mark.parametrize("name", FICTIONAL)
def test_a_fictional_place_is_known_as_such_and_never_asked_for(make, name):
    with misbehaving("good") as server:
        place = make(server.address).geocode(name, ASK)
        assert server.asked == []
    assert place.precision == "fictional"
    assert place.latitude is place.longitude is place.country is place.radius_km is None


@pytest.mark.parametrize(
    ("name", "context", "real"),
    [
        ("Derry, Northern Ireland", {}, True),
        ("Derry, Maine", {}, False),
        ("Derry", {"country": "GB"}, True),
        ("Derry", {"country": "CA"}, False),
        ("Derry", {"near": ("Northern Ireland",)}, True),
        ("Derry", {"film": Film("It Chapter Two"), "countries": ("GB", "CA")}, False),
        ("Derry", {"film": Film("Derry Girls"), "countries": ("GB",)}, True),
        ("Gotham", {"film": Film("Joker"), "countries": ("US",)}, False),
        ("Gotham", {"film": Film("The Batman", "Batman"), "countries": ("GB",)}, False),
    ],
)
def test_the_real_namesake_only_where_something_says_so(geocoder, name, context, real):
    place = geocoder.geocode(name, Context(**context))
    assert (place.precision != "fictional") is real


def test_the_catalogue_s_own_real_place_outranks_the_list_of_fictional_ones(make):
    row = ["hawkins", "Hawkins", "US", "32.6", "-95.2", "town", "3", "", "", "x"]
    assert make(places=[row]).geocode("Hawkins").precision == "town"


def test_the_order_catalogue_gazetteer_earlier_answer_service(make):
    with misbehaving("good") as server:
        geocoder = make(server.address)
        for name in ("Pulpit Rock", "Stavanger"):
            geocoder.geocode(name, ASK)
        assert server.asked == []
        other = make(server.address, places=[])
        assert other.geocode("Pulpit Rock") is None  # unknown, and the network is not allowed
        assert found(other.geocode("Pulpit Rock", ASK)) == ("Pulpit Rock", "NO", "site")
        assert found(other.geocode("Pulpit Rock")) == ("Pulpit Rock", "NO", "site")  # kept
        assert len(server.asked) == 1


def test_could_not_ask_is_an_error_not_none(make):
    geocoder = make(closed_address(), places=[])
    with pytest.raises(CouldNotAsk):
        geocoder.geocode("Pulpit Rock", ASK)
    assert geocoder.geocode("Pulpit Rock") is None


@pytest.fixture
def answering(monkeypatch, make):
    """A Geocoder whose service answers every question with these changes of Pulpit Rock."""
    servers = []

    def _answering(*changes):
        rows = json.dumps([PREIKESTOLEN | change for change in changes]).encode()
        monkeypatch.setitem(MANNERS, "told", (200, {"Content-Type": "application/json"}, rows))
        servers.append(misbehaving("told"))
        return make(servers[-1].__enter__().address, places=[])

    yield _answering
    for server in servers:
        server.__exit__(None, None, None)


def test_an_answer_of_another_name_is_no_answer(answering):
    geocoder = answering({"name": "Preston", "namedetails": {"name": "Preston"}})
    verdict = geocoder.explain("Pulpit Rock", ASK)
    assert verdict.place is None and "Preston" in verdict.why


@pytest.mark.parametrize(
    "context",
    [{"country": "GB"}, {"near": ("Tokyo",)}, {"near": ("New Zealand", "Auckland")}],
)
def test_an_answer_in_the_wrong_country_is_no_answer(answering, context):
    assert answering({}).geocode("Pulpit Rock", Context(online=True, **context)) is None


@pytest.mark.parametrize("qualifier", ["Jamaica", "Scotland", "Kashmir", "Toronto"])
def test_an_answer_outside_its_qualifier_is_no_answer(answering, qualifier):
    assert answering({}).geocode(f"Pulpit Rock, {qualifier}", ASK) is None


@pytest.mark.parametrize("qualifier", ["Norway", "Rogaland", "Rogaland, Norway", "Stavanger"])
def test_an_answer_inside_its_qualifier_is_one(answering, qualifier):
    assert answering({}).geocode(f"Pulpit Rock, {qualifier}", ASK)


def test_sites_of_one_name_that_nothing_tells_apart_are_none(answering):
    twin = {"lat": "43.1", "lon": "-80.2", "osm_id": 9, "address": {"country_code": "ca"}}
    geocoder = answering({}, twin)
    assert geocoder.geocode("Pulpit Rock", ASK) is None
    near = Context(online=True, near=("Toronto",))
    assert geocoder.geocode("Pulpit Rock", near).country == "CA"


def test_a_country_is_never_a_site(answering):
    shape = {"class": "boundary", "type": "administrative", "place_rank": 4}
    named = {"name": "Examplia", "namedetails": {}}
    place = answering(shape | named).geocode("Examplia", ASK)
    assert place.precision == "country" and place.radius_km > 0


def test_a_wide_site_is_an_area(answering):
    box = ["58", "59", "6", "7"]
    place = answering({"osm_type": "way", "boundingbox": box}).geocode("Pulpit Rock", ASK)
    assert place.precision == "region" and 50 < place.radius_km < 80


def test_zero_zero_is_never_an_answer(answering):
    assert answering({"lat": "0.0", "lon": "0.0"}).geocode("Pulpit Rock", ASK) is None


def test_an_online_answer_carries_its_source_and_licence(answering):
    place = answering({}).geocode("Pulpit Rock", ASK)
    assert place.source == "© OpenStreetMap contributors" and place.licence == "ODbL 1.0"


@given(st.text(max_size=60))
def test_any_text_at_all_gives_a_place_or_none(name):
    place = shipped().geocode(name)
    assert place is None or isinstance(place, Place)
    assert place is None or (place.latitude, place.longitude) != (0, 0)


@pytest.mark.parametrize(
    ("name", "context", "expected"),
    [
        ("Hobbiton", {}, ("Hobbiton Movie Set", "NZ", "site")),
        ("Trollstigen", {"near": ("Norway",)}, ("Trollstigen", "NO", "site")),
        ("Wadi Rum, Jordan", {}, ("Wadi Rum", "JO", "region")),
        ("Glenfinnan Viaduct", {"country": "GB"}, ("Glenfinnan Viaduct", "GB", "site")),
        ("Victoria Market, Kingston, Jamaica", {}, ("Victoria Market", "JM", "site")),
        ("Victoria Market", {"near": ("Melbourne",)}, ("Queen Victoria Market", "AU", "site")),
        ("Victoria Market", {"country": "JM"}, ("Victoria Market", "JM", "site")),
        ("Main Street", {"near": ("Toronto",)}, ("Main Street", "CA", "site")),
        ("Main Street", {"near": ("Los Angeles",)}, None),
        ("Main Street", {}, None),
        ("Ballyfilm Castle", {}, ("Ballyfilm Castle", "IE", "site")),
        ("Ballyfilm Castle", {"country": "NZ"}, None),
        ("Doune Castle, Norway", {}, None),
        ("Xanthippolis", {}, None),
    ],
)
def test_with_a_real_nominatim(make, nominatim, name, context, expected):  # noqa: F811
    place = make(nominatim).geocode(name, Context(online=True, **context))
    assert found(place) == expected
