"""A chosen place, the list, search and colours over a small catalogue whose every name is known."""

import pytest

from tests.conftest import write_tables

TABLES = {
    "films": [
        ["old", "Old Ship", "", "film", "Ships", "1", "1975", "", "The Hulk | Barco", ""],
        ["new", "New Ship", "", "film", "Ships", "2", "1990", ""],
        ["lone", "The Norman", "", "series", "", "", "2004", "yes"],
        ["late", "Late", "", "film", "", "", "2021", "yes"],
    ],
    "places": [
        ["quay", "Quay", "GB", "51", "0", "site", "1"],
        ["mole", "Mole", "GB", "51.2", "0", "site", "1", "", "Jetty"],
        ["barn", "Barn", "GB", "51.3", "0", "site", "1"],
        ["oslo", "Norrland", "NO", "60", "10", "town", "5"],
        ["fiji", "Atoll", "FJ", "-17", "179", "site", "1"],
        ["samoa", "Lagoon", "WS", "-14", "-172", "site", "1"],
        ["shire", "Northern Shire", "", "", "", "fictional"],
    ],
    "scenes": [
        ["a", "old", "quay", "oslo", "reported", "", "The hull burns.", "page"],
        ["b", "lone", "quay", "", "confirmed", "2", "A season at the quay.", "page"],
        ["c", "new", "quay", "shire", "questioned", "", "The keel.", "page"],
        ["d", "new", "mole", "", "confirmed", "", "A mole.", "page"],
        ["e", "late", "barn", "", "denied", "", "No barn.", "page"],
        ["f", "late", "fiji", "samoa", "confirmed", "", "Waves.", "page"],
        ["g", "lone", "", "oslo", "confirmed", "1", "Snow.", "page"],
    ],
    "sources": [["page", "https://example.org/", "Page", "Paper", "", "en", "2026"]],
}
POSITION = {name: number for number, (_, name, *_) in enumerate(TABLES["places"])}


@pytest.fixture(scope="module")
def small(serve, tmp_path_factory):
    return serve(write_tables(tmp_path_factory.mktemp("places"), TABLES))


def chart(seen, expression):
    """Evaluate an expression over the layer's `chart` and its `store`."""
    return seen.frame.evaluate(
        f"(() => {{ const chart = doubletake.chart, store = chart.store; return {expression}; }})()"
    )


def panel(seen):
    return seen.frame.get_by_role("complementary")


def found(seen, typed):
    """What the search offers, each as (name, what it is)."""
    seen.frame.get_by_role("combobox").fill(typed)
    options = seen.frame.get_by_role("option").all()
    if seen.frame.get_by_text("Nothing of this name").is_visible():
        return []
    return [
        (o.locator("span").inner_text(), o.locator("> small").all_inner_texts()) for o in options
    ]


# ---- the panel of a place


def test_a_place_tells_its_scenes_and_what_lies_around_also_outside_the_filters(small, visit):
    seen = visit(f"{small}?place=quay&franchise=Ships")
    said = panel(seen).inner_text()
    assert "An exact place · United Kingdom" in said
    within, outside = said.split("Outside your filters")
    assert "Quay plays Norrland" in within and "Quay plays Northern Shire" in within
    assert "The Norman (2004), season 2" in outside and "A season at the quay." in outside
    assert "Within 50 km: 1 place" in said  # that nothing was shot in the barn is no place to see
    assert panel(seen).get_by_role("button", name="Mole").is_visible()
    links = panel(seen).locator(".dt-links a")
    addresses = [link.get_attribute("href") for link in links.all()]
    assert "openstreetmap.org" in addresses[0] and "mapillary.com" in addresses[1]
    assert all("51" in address for address in addresses)


def test_what_lies_near_but_outside_the_filters_is_marked_and_can_be_visited(small, visit):
    seen = visit(f"{small}?place=quay&film=old")
    near = panel(seen).locator(".dt-near li")
    assert "22 km, outside your filters" in near.inner_text()
    near.get_by_role("button").click()
    seen.settled("place=mole")
    assert "Outside your filters" in panel(seen).inner_text()
    assert chart(seen, "chart.lit.includes(chart.selected)")  # named, though it has no mark now


def test_an_address_with_a_place_leads_to_both_ends_of_its_line(small, visit):
    seen = visit(f"{small}?place=quay")
    seen.until(selected=POSITION["Quay"], lines=1)
    assert sorted(chart(seen, "chart.lit")) == sorted([POSITION["Quay"], POSITION["Norrland"]])
    assert float(seen.drawn()["zoom"]) > 3


def test_an_address_leads_over_the_date_line(small, visit):
    seen = visit(f"{small}?place=samoa")
    seen.until(selected=POSITION["Lagoon"])
    assert {POSITION["Atoll"], POSITION["Lagoon"]} <= set(chart(seen, "chart.lit"))
    assert float(seen.drawn()["zoom"]) > 3  # not the whole world, with one end at each edge


def test_pointing_at_one_end_names_the_other_out_of_its_cluster(small, visit):
    seen = visit(f"{small}?map=56,5,4")
    seen.until(clusters=1)
    seen.frame.evaluate("p => doubletake.chart.hover(p)", POSITION["Norrland"])
    seen.frame.wait_for_function("doubletake.chart.lit.length > 1")
    assert sorted(chart(seen, "chart.lit")) == sorted([POSITION["Quay"], POSITION["Norrland"]])
    seen.frame.evaluate("doubletake.chart.hover(-1)")
    seen.frame.wait_for_function("doubletake.chart.lit.length === 0")


# ---- spoilers


def test_hidden_settings_are_told_to_nobody_who_does_not_ask(small, visit):
    seen = visit(f"{small}?place=quay&look=no-story")
    seen.until(story=0, lines=0)
    said = panel(seen).inner_text()
    assert "Shot in Quay" in said and "A season at the quay." in said
    for secret in ("Norrland", "Shire", "The hull burns."):
        assert secret not in said
    panel(seen).get_by_text("Show what it plays").first.press("Enter")
    assert "Quay plays Norrland" in panel(seen).inner_text()
    assert found(seen, "shire") == []
    seen.frame.get_by_role("combobox").fill("")
    seen.frame.get_by_role("button", name="List of scenes").click()
    heads = seen.frame.get_by_role("columnheader").all_inner_texts()
    assert heads == ["Film", "Shot in", "Sure"]
    assert "Norrland" not in panel(seen).inner_text()
    seen.frame.get_by_role("button", name="Plays here").click()
    seen.frame.get_by_role("columnheader", name="Plays").wait_for()
    assert "Norrland" in panel(seen).inner_text()


def test_one_kind_of_mark_always_stays(small, visit):
    seen = visit(small)
    story, filming = (seen.frame.get_by_role("button", name=n) for n in ("Plays here", "Shot here"))
    story.click()
    seen.until(story=0)
    filming.click()
    seen.until(filming=0)
    assert story.get_attribute("aria-pressed") == "true"
    assert int(seen.drawn()["story"]) > 0


# ---- the list


def test_a_place_chosen_in_the_list_leads_back_to_it(small, visit):
    seen = visit(small)
    seen.frame.get_by_role("button", name="List of scenes").press("Enter")
    row = seen.frame.get_by_role("row").filter(has_text="New Ship").filter(has_text="Mole")
    row.get_by_role("button", name="Mole").press("Enter")
    seen.frame.get_by_role("button", name="Back to the list").wait_for()
    seen.settled("place=mole")
    seen.page.keyboard.press("Escape")
    assert seen.frame.get_by_role("table", name="Scenes").is_visible()
    assert seen.frame.evaluate("document.activeElement.textContent") == "Mole"
    seen.page.keyboard.press("Escape")
    assert seen.frame.evaluate("document.activeElement.ariaLabel") == "List of scenes"


def test_a_place_of_the_list_is_shown_on_the_map_as_it_is_reached(small, visit):
    seen = visit(small)
    seen.frame.get_by_role("button", name="List of scenes").click()
    seen.frame.get_by_role("table").get_by_role("button", name="Atoll").focus()
    seen.frame.wait_for_function(f"doubletake.chart.hovered === {POSITION['Atoll']}")


def test_the_list_can_follow_the_map(small, visit):
    seen = visit(f"{small}?map=51,0,6")
    seen.frame.get_by_role("button", name="List of scenes").click()
    assert seen.frame.get_by_role("heading", name="7 scenes").is_visible()
    seen.frame.get_by_label("Only what is in view").check()
    assert seen.frame.get_by_role("heading", name="5 scenes").is_visible()
    seen.frame.evaluate("map_div.setView([-16, 183], 5)")
    seen.frame.get_by_role("heading", name="1 scene").wait_for()
    assert "Atoll" in panel(seen).inner_text()
    seen.frame.evaluate("map_div.setView([0, 80], 5)")
    seen.frame.get_by_text("None. Move the map").wait_for()


def test_what_a_column_does_not_hold_comes_last_either_way(small, visit):
    seen = visit(small)
    seen.frame.get_by_role("button", name="List of scenes").click()
    table = seen.frame.get_by_role("table")
    for direction in ("ascending", "descending"):
        table.get_by_role("button", name="Shot in").click()
        assert (
            table.locator("[aria-sort]:not([aria-sort=none])").get_attribute("aria-sort")
            == direction
        )
        shown = table.locator("tbody td:nth-child(2)").all_inner_texts()
        assert shown[-1] == "–"
        assert shown[:-1] == sorted(shown[:-1], reverse=direction == "descending")


# ---- search


def test_search_knows_films_franchises_places_and_settings_also_by_other_names(small, visit):
    seen = visit(small)
    seen.frame.wait_for_function("doubletake.chart.store.texts")
    assert found(seen, "ship") == [
        ("Ships", ["all its films"]), ("New Ship", ["film, 1990"]), ("Old Ship", ["film, 1975"]),
    ]  # fmt: skip
    assert found(seen, "nor") == [
        ("Norrland", ["Norway, plays here"]),
        ("Northern Shire", ["fictional"]),
        ("The Norman", ["series, 2004"]),
    ]
    assert found(seen, "jetty") == [("Mole Jetty", ["United Kingdom, shot here"])]
    assert found(seen, "barco") == [("Old Ship Barco", ["film, 1975"])]
    assert found(seen, "xyz") == []


def test_a_place_of_fiction_found_by_search_has_its_panel(small, visit):
    seen = visit(small)
    seen.frame.get_by_role("combobox").fill("northern")
    seen.frame.get_by_role("combobox").press("Enter")
    seen.settled("place=shire")
    assert "A place of fiction" in panel(seen).inner_text()
    assert "Quay plays Northern Shire" in panel(seen).inner_text()
    assert panel(seen).locator(".dt-links").count() == 0


# ---- colours


def colours(seen, role="filming"):
    """{place: name of its colour in the legend} of what is drawn in that role."""
    names = chart(seen, "Object.fromEntries(chart.key.map(k => [k.colour, k.name]))")
    counts = {"filming": "filmed", "story": "played"}[role]
    drawn = chart(
        seen,
        "store.places.name.map((name, p) =>"
        f" [name, doubletake.tint(chart, p, '{role}'), store.{counts}[p]])",
    )
    return {name: names[colour] for name, colour, count in drawn if count}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_decade_has_a_colour_and_each_place_that_of_its_scenes(small, visit, scheme):
    seen = visit(f"{small}?look=by-decade", color_scheme=scheme)
    seen.until(rows=7)
    seen.frame.get_by_role("button", name="Key").click()
    named = seen.frame.locator(".dt-key", has=seen.frame.locator(".dt-swatch")).all_inner_texts()
    assert named == ["1970s", "1990s", "2000s", "2020s"]
    assert colours(seen) == {"Quay": "1970s", "Mole": "1990s", "Atoll": "2020s"}
    assert colours(seen, "story")["Lagoon"] == "2020s"
    seen.page.get_by_role("button", name="Confirmed").click()
    seen.frame.wait_for_function("doubletake.chart.store.rows === 4")
    assert colours(seen)["Quay"] == "2000s"


def test_by_certainty_a_place_has_the_colour_of_its_surest_scene(small, visit):
    seen = visit(f"{small}?look=by-certainty")
    seen.until(rows=7)
    assert colours(seen) == dict.fromkeys(("Quay", "Mole", "Atoll"), "Confirmed")
    seen.page.get_by_role("button", name="In doubt").click()
    seen.frame.wait_for_function("doubletake.chart.store.rows === 1")
    assert colours(seen) == {"Quay": "In doubt"}


def test_by_franchise_a_place_has_the_colour_of_most_of_its_scenes(small, visit):
    seen = visit(f"{small}?look=by-franchise")
    seen.until(rows=7)
    assert colours(seen) == {"Quay": "Ships", "Mole": "Ships", "Atoll": "Late"}
    seen.frame.get_by_role("button", name="Key").click()
    assert "the franchise of most of its scenes" in seen.frame.locator(".dt-keybox").inner_text()


# ---- states


def test_years_are_cleared_by_themselves(small, visit):
    seen = visit(f"{small}?years=1990-2004&certainty=confirmed")
    seen.until(rows=3)
    seen.page.get_by_role("button", name="All years").click()
    seen.until(rows=4)
    assert "years" not in seen.page.url and "certainty=confirmed" in seen.page.url


def test_a_lost_connection_is_told_and_the_map_goes_on(small, visit):
    seen = visit(small)
    seen.page.get_by_role("button", name="Confirmed").wait_for()
    seen.page.evaluate("document.querySelector('.st-key-role button').disabled = true")
    told = seen.frame.get_by_role("status").filter(has_text="No connection")
    told.wait_for()
    seen.frame.get_by_role("button", name="List of scenes").click()
    assert seen.frame.get_by_role("table").is_visible()
    seen.page.evaluate("document.querySelector('.st-key-role button').disabled = false")
    told.wait_for(state="hidden")


def test_data_that_cannot_be_fetched_is_said_and_asked_for_again(small, visit):
    seen = visit(small)
    state = {"broken": True}
    seen.page.context.unroute_all()
    seen.page.context.route(
        "**/catalogue-*.json", lambda route: route.abort() if state["broken"] else route.continue_()
    )
    seen.page.reload()
    frame = seen.page.frame_locator("iframe")
    frame.get_by_text("data could not be fetched").wait_for(timeout=60_000)
    state["broken"] = False
    frame.get_by_role("button", name="Try again").click()
    seen.until(rows=7)


def test_an_empty_catalogue_says_so_on_the_map(serve, visit, tmp_path):
    seen = visit(serve(write_tables(tmp_path, {name: [] for name in TABLES})))
    state = seen.frame.get_by_role("status").filter(has_text="The catalogue holds no scene yet")
    state.wait_for()
