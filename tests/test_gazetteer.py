"""The gazetteer: what it answers, how fast it opens, and that no row of it lies."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from geo.gazetteer import PATH, PRECISION, Gazetteer, place_of, town_radius_km
from geo.model import PRECISIONS
from geo.text import fold

BASEMAP = PATH.parent / "basemap.json"
# Outlines of 1:50 million leave out islets and straighten coasts and borders.
NEAR_KM = 60
# Where the map draws another border than the source of the points.
DISPUTED = {"UA": {"RU"}, "SO": {None}, "EH": {"MA"}, "GB": {"CY"}, "ES": {"MA"}, "CY": {None}}
REMOTE = {"Edinburgh of the Seven Seas", "Macaronesia"}


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


def first(gazetteer, name, **wanted):
    return next(
        e for e in gazetteer.lookup(name) if all(getattr(e, k) == v for k, v in wanted.items())
    )


def test_a_name_is_found_in_any_spelling(gazetteer):
    for spelling in ("München", "munchen", "MUNICH", "Munich"):
        assert gazetteer.lookup(spelling)[0].country == "DE"


@pytest.mark.parametrize(
    ("name", "country"),
    [("Norwegen", "NO"), ("Norvège", "NO"), ("Noruega", "NO"), ("Norge", "NO"), ("Burma", "MM")],
)
def test_countries_have_names_in_other_languages(gazetteer, name, country):
    entry = gazetteer.lookup(name)[0]
    assert (entry.kind, entry.country) == ("country", country)


def test_a_country_outranks_towns_of_its_name(gazetteer):
    assert gazetteer.lookup("Norway")[0].kind == "country"
    assert gazetteer.lookup("Kashmir")[0].kind in ("region", "admin1")


def test_towns_know_their_regions(gazetteer):
    paris = first(gazetteer, "Paris", country="US", admin1="Texas")
    assert paris.admin2 == "Lamar County"
    assert first(gazetteer, "Toronto", kind="town", country="CA").admin1 == "Ontario"


def test_every_us_county_is_there(gazetteer):
    kind = gazetteer.meta["kinds"].index("admin2")
    counties = (gazetteer.kind == kind) & (
        gazetteer.country == gazetteer.meta["countries"].index("US")
    )
    assert counties.sum() >= 3100


def test_countries_have_extents_that_hold_their_points(gazetteer):
    for entry in gazetteer.country_entries.values():
        if entry.extent:
            south, west, north, east = entry.extent
            assert south - 2 <= entry.latitude <= north + 2, entry
            across = west > east
            assert across or west - 2 <= entry.longitude <= east + 2, entry


def test_demonyms_and_abbreviations_lead_to_places(gazetteer):
    assert gazetteer.demonym("Norwegian").country == "NO"
    assert gazetteer.demonym("norvégiennes").country == "NO"
    assert gazetteer.abbreviation("Calif.").name == "California"
    assert gazetteer.abbreviation("calif.") is None
    assert gazetteer.demonym("Martian") is None


def test_unknown_names_have_no_entries(gazetteer):
    for name in ("", "  ", "Gotham Cityy", "\n", "a" * 500, "Zzyx-Qqq"):
        assert gazetteer.lookup(name) == ()


def test_begins_tells_of_longer_names(gazetteer):
    assert gazetteer.begins("new")
    assert gazetteer.begins("stratford upon")
    assert not gazetteer.begins("norway is a")


def test_places_say_how_precise_they_are(gazetteer):
    wanted = {"Norway": "country", "Bavaria": "region", "Oslo": None, "Matterhorn": "site"}
    for name, precision in wanted.items():
        place = place_of(gazetteer.lookup(name)[0])
        assert place.precision in PRECISIONS
        assert precision is None or place.precision == precision
        assert place.licence
        assert place.radius_km > 0


def test_the_radius_of_a_town_grows_with_its_people():
    assert town_radius_km(0) == 1.0
    assert 25 < town_radius_km(8_804_190) < 40


def test_kinds_all_have_a_precision(gazetteer):
    assert set(gazetteer.meta["kinds"]) == set(PRECISION)


def test_no_point_is_null_or_off_the_globe(gazetteer):
    lat, lon = gazetteer.latitude, gazetteer.longitude
    assert not ((np.abs(lat) < 0.01) & (np.abs(lon) < 0.01)).any()
    assert (np.abs(lat) <= 90).all()
    assert (np.abs(lon) <= 180).all()
    assert len(lat) == len(gazetteer) > 200_000


def test_identities_are_unique(gazetteer):
    found = Counter(gazetteer.entry(i).identity for i in range(len(gazetteer)))
    assert [i for i, count in found.items() if count > 1] == []


def test_every_name_folds_to_itself_and_is_found_again(gazetteer):
    names = gazetteer.names()
    assert names == sorted(names, key=str.encode)
    assert [n for n in names if fold(n) != n] == []
    assert [n for n in names if not gazetteer.numbers(n)] == []


def test_every_place_is_found_by_its_own_name(gazetteer):
    titles = ((i, gazetteer.title(i)) for i in range(len(gazetteer)))
    assert [title for i, title in titles if i not in gazetteer.numbers(fold(title))] == []


def outlines():
    """Country code -> rings of its outlines, arrays of (lon, lat)."""
    basemap, found = json.loads(BASEMAP.read_text(encoding="utf-8")), {}
    for country in basemap["countries"]:
        rings = [np.array(r).reshape(-1, 2).cumsum(axis=0) for r in country["rings"]]
        found.setdefault(country["code"], []).extend(r / basemap["scale"] for r in rings)
    return found


def inside(points, rings):
    """Even-odd rule; points and rings are (lon, lat)."""
    odd = np.zeros(len(points), bool)
    for ring in rings:
        box = ((points >= ring.min(axis=0)) & (points <= ring.max(axis=0))).all(axis=1)
        for chunk in np.array_split(np.flatnonzero(box), box.sum() // 2000 + 1):
            x, y = points[chunk, 0][:, None], points[chunk, 1][:, None]
            (x1, y1), (x2, y2) = ring.T, np.roll(ring, -1, axis=0).T
            crosses = (y1 > y) != (y2 > y)
            with np.errstate(divide="ignore", invalid="ignore"):
                at = x1 + (y - y1) * (x2 - x1) / (y2 - y1)
            odd[chunk] ^= (crosses & (x < at)).sum(axis=1) % 2 == 1
    return odd


def nearest_km(points, rings):
    """Kilometres to the nearest corner of the outline, on a flat map good for short distances."""
    corners, found = np.concatenate(rings), []
    for chunk in np.array_split(points, len(points) // 500 + 1):
        east = (chunk[:, :1] - corners[:, 0] + 180) % 360 - 180
        north = chunk[:, 1:] - corners[:, 1]
        east = east * np.cos(np.radians(chunk[:, 1:]))
        found.append(111.2 * np.sqrt((east**2 + north**2).min(axis=1)))
    return np.concatenate(found)


def strays(gazetteer, shapes):
    """Rows outside and not near their country, by its outline, with their distances to it."""
    points = np.column_stack([gazetteer.longitude, gazetteer.latitude]).astype(float)
    for number, code in enumerate(gazetteer.meta["countries"]):
        rows = np.flatnonzero(gazetteer.country == number)
        if code in shapes and len(rows):
            rows = rows[~inside(points[rows], shapes[code])]
            away = nearest_km(points[rows], shapes[code])
            far = away > np.maximum(NEAR_KM, gazetteer.radius[rows])
            yield from zip(rows[far].tolist(), [code] * far.sum(), away[far].tolist(), strict=True)


def test_every_point_is_inside_or_near_its_country(gazetteer):
    shapes = outlines()
    found = list(strays(gazetteer, shapes))
    rows = [row for row, *_ in found]
    points = np.column_stack([gazetteer.longitude[rows], gazetteer.latitude[rows]]).astype(float)
    holders = [set() for _ in rows]
    for code, rings in shapes.items():
        for at in np.flatnonzero(inside(points, rings)):
            holders[at].add(code)
    lost = []
    for (row, code, away), others in zip(found, holders, strict=True):
        on_an_islet = not others and (away < 800 or gazetteer.title(row) in REMOTE)
        spans_borders = gazetteer.meta["kinds"][gazetteer.kind[row]] == "region" and away < 800
        if not (on_an_islet or spans_borders or others <= DISPUTED.get(code, set())):
            lost.append((gazetteer.title(row), code, others, round(away)))
    assert lost == []


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_it_opens_without_the_network_in_little_memory():
    code = (
        "import socket\n"
        "socket.socket = None\n"
        "from geo.gazetteer import Gazetteer\n"
        "assert Gazetteer.open().lookup('Oslo')\n"
        "print(open('/proc/self/status').read())\n"
    )
    root = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    peak = re.search(r"VmHWM:\s*(\d+) kB", done.stdout)
    assert int(peak[1]) <= 150 * 1024


def test_it_stays_small_enough_for_a_repository():
    assert PATH.stat().st_size < 15_000_000
