"""The map in a real browser, without network: what it draws is what the catalogue holds."""

import re

import pytest

from geo import catalogue, view
from geo.model import AREAS
from geo.text import fold

SAGA, YEARS = "Mission: Impossible", (2018, 2023)


@pytest.fixture(scope="module")
def shipped():
    found = catalogue.load()
    return found, view.table(found)


def expected(shipped, **filters):
    """How many places of each kind, areas and lines the catalogue holds under these filters."""
    found, rows = shipped
    kept = rows[view.mask(rows, view.View(**filters))]
    kept = kept[kept["certainty"] != "denied"]
    placed = set(found.places.index[found.places["latitude"].notna()])
    areas = set(found.places.index[found.places["precision"].isin(AREAS)])
    filming = {p for p in kept["filming_place"] if p in placed}
    story = {p for p in kept["setting"] if p in placed}
    pairs = set(zip(kept["filming_place"], kept["setting"], strict=True))
    lines = {(a, b) for a, b in pairs if a in placed and b in placed and a != b}
    counts = {
        "filming": filming,
        "story": story,
        "areas": (filming | story) & areas,
        "lines": lines,
    }
    return {name: len(things) for name, things in counts.items()}


def pick(page, label, name):
    """Choose an option of a multiselect by the beginning of its label."""
    page.get_by_role("combobox", name=label).click()
    page.keyboard.type(name)
    page.get_by_role("option", name=re.compile("^" + re.escape(name))).first.click()
    page.keyboard.press("Escape")


def test_everything_is_drawn_and_nothing_leaves_the_machine(app, visit, shipped):
    seen = visit(app)
    seen.until(**expected(shipped))
    assert seen.outside == []
    assert seen.errors == []


def test_franchise_years_selection_and_back_by_the_address(app, visit, shipped):
    seen = visit(app)
    seen.frame.evaluate("window.stamp = 1")
    pick(seen.page, "Franchise", SAGA)
    seen.settled("franchise=")
    address = f"{seen.page.url}&years={YEARS[0]}-{YEARS[1]}"
    seen = visit(address)
    counts = expected(shipped, franchise=(SAGA,), years=YEARS)
    assert 0 < counts["lines"] < expected(shipped)["lines"]
    seen.until(**counts)
    seen.frame.get_by_role("combobox").fill("Norway")
    seen.frame.get_by_role("combobox").press("Enter")
    address = seen.settled("place=norway")
    said = seen.frame.get_by_role("complementary", name="Norway").inner_text()
    assert "Norway plays Kashmir" in said
    again = visit(address)
    again.until(
        selected=seen.drawn()["selected"], zoom=seen.drawn()["zoom"], rows=seen.drawn()["rows"]
    )
    assert "Norway plays Kashmir" in again.frame.get_by_role("complementary").inner_text()


def test_a_filter_keeps_the_map_its_centre_and_its_zoom(app, visit):
    seen = visit(app)
    frame = seen.frame
    frame.locator("#map_div").press("Shift")  # what moves before a reader does is not kept
    frame.evaluate("window.stamp = 1; map_div.setView([48, 11], 6)")
    seen.settled("map=48.0000%2C11.0000%2C6")
    before = frame.evaluate("map_div.getCenter().toString() + map_div.getZoom()")
    rows = seen.drawn()["rows"]
    seen.page.get_by_role("button", name="Reported").click()
    seen.settled("certainty=reported")
    frame.wait_for_function(f"map_div.getContainer().dataset.rows != {rows}")
    assert frame.evaluate("window.stamp") == 1
    assert frame.evaluate("map_div.getCenter().toString() + map_div.getZoom()") == before


def test_back_undoes_a_filter(app, visit, shipped):
    seen = visit(app)
    everything = len(shipped[1])
    seen.until(rows=everything)
    seen.page.get_by_role("button", name="Reported").click()
    seen.settled("certainty=reported")
    seen.page.go_back()
    seen.until(rows=everything)


def test_no_match_says_so_on_the_map_and_leads_back(app, visit, shipped):
    seen = visit(f"{app}?years=1888-1888&role=story&certainty=denied&film=mission-impossible-2")
    seen.until(rows=0)
    assert "No scenes match" in seen.frame.get_by_role("status").inner_text()
    seen.frame.get_by_role("button", name="Clear filters").click()
    seen.until(rows=len(shipped[1]))


def test_a_mark_opens_its_place(app, visit):
    seen = visit(f"{app}?map=25.1972,55.2744,12")
    frame = seen.frame
    at = frame.evaluate(
        "(() => { const {places} = doubletake.chart.store, p = places.name.indexOf('Burj Khalifa');"
        "const at = [places.latitude[p], places.longitude[p]];"
        "const {x, y} = map_div.latLngToContainerPoint(at); return [x, y]; })()"
    )
    frame.locator("#map_div").click(position={"x": at[0], "y": at[1]})
    panel = frame.get_by_role("complementary", name="Burj Khalifa")
    assert "Confirmed" in panel.inner_text()
    assert panel.get_by_role("link").first.get_attribute("rel") == "noopener noreferrer"
    seen.settled("place=burj-khalifa")


def test_the_list_tells_the_same_and_works_by_keyboard(app, visit, shipped):
    seen = visit(app)
    seen.frame.get_by_role("button", name="List of scenes").press("Enter")
    table = seen.frame.get_by_role("table")
    assert table.get_by_role("row").count() == 51  # a page of fifty and the head
    table.get_by_role("button", name="Shot in").press("Enter")
    head = table.get_by_role("columnheader", name="Shot in")
    assert head.get_attribute("aria-sort") == "ascending"
    shown = table.locator("tbody td:nth-child(2)").all_inner_texts()
    assert shown == sorted(shown, key=fold)
    seen.page.keyboard.press("Escape")
    assert seen.frame.get_by_role("table").count() == 0


def test_a_film_found_by_search_becomes_the_filter(app, visit, shipped):
    seen = visit(app)
    seen.frame.get_by_role("combobox").fill("fallout")
    seen.frame.get_by_role("combobox").press("Enter")
    address = seen.settled("film=")
    film = re.search(r"film=([\w-]+)", address)[1]
    seen.until(rows=int((shipped[1]["film"] == film).sum()))


@pytest.mark.parametrize("look", ["no-filming", "no-story"])
def test_one_kind_of_mark_can_be_hidden(app, visit, shipped, look):
    seen = visit(f"{app}?look={look}")
    kinds = {"no-filming": "filming", "no-story": "story"}
    seen.until(**{kinds[look]: 0, "lines": 0})
    other = kinds["no-story" if look == "no-filming" else "no-filming"]
    assert int(seen.drawn()[other]) == expected(shipped)[other]


def test_streets_are_fetched_only_when_asked_for(app, visit):
    seen = visit(app)
    frame = seen.frame
    frame.get_by_role("button", name="Key").click()
    frame.get_by_label("Streets").check()
    seen.settled("look=street")
    assert any("tile.openstreetmap.org" in url for url in seen.outside)
    assert (
        "OpenStreetMap contributors" in frame.locator(".leaflet-control-attribution").inner_text()
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_scrolls_nowhere_sideways(app, visit, scheme):
    phone = {"width": 390, "height": 844}
    seen = visit(app, phone, is_mobile=True, has_touch=True, color_scheme=scheme)
    for side in (seen.page.main_frame, seen.frame):
        assert side.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert seen.frame.evaluate("document.documentElement.dataset.theme") == scheme
    box = seen.page.locator("iframe").bounding_box()
    assert box["height"] > 500
    small = seen.frame.evaluate(
        "[...document.querySelectorAll('.dt button')].filter(b => b.offsetParent)"
        ".filter(b => b.offsetWidth < 24 || b.offsetHeight < 24).map(b => b.textContent)"
    )
    assert small == []


def test_the_map_works_behind_a_base_path(serve, visit, shipped):
    seen = visit(serve(base="/films"))
    seen.until(rows=len(shipped[1]))


def test_the_map_works_without_our_routes(serve, visit, shipped):
    seen = visit(serve(script="pages/frame.py"))
    seen.until(rows=len(shipped[1]))
    assert seen.outside == []
