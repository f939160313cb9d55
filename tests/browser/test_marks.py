"""Marks, areas and lines of a small catalogue whose every place is known."""

import pytest

from tests.conftest import write_tables

TABLES = {
    "films": [
        ["one", "One", "", "film", "", "", "1990", "yes"],
        ["two", "Two", "", "film", "", "", "2000", "yes"],
    ],
    "places": [
        ["twin-a", "Twin A", "FR", "48", "2", "site", "1"],
        ["twin-b", "Twin B", "FR", "48", "2", "site", "1"],
        ["east", "East", "FJ", "-17", "179", "site", "1"],
        ["west", "West", "FJ", "-17", "-179", "site", "1"],
        ["spain", "Spain", "ES", "40", "-4", "country", "500"],
        ["nowhere", "Nowhere", "", "", "", "fictional"],
    ],
    "scenes": [
        ["a", "one", "twin-a", "", "confirmed", "", "A.", "page"],
        ["b", "two", "twin-b", "nowhere", "reported", "", "B.", "page"],
        ["c", "one", "east", "west", "questioned", "", "C.", "page"],
        ["d", "two", "spain", "", "confirmed", "", "D.", "page"],
        ["e", "two", "twin-a", "spain", "denied", "", "E.", "page"],
    ],
    "sources": [["page", "https://example.org/", "Page", "Paper", "", "en", "2026"]],
}


@pytest.fixture(scope="module")
def small(serve, tmp_path_factory):
    return serve(write_tables(tmp_path_factory.mktemp("small"), TABLES))


def chart(seen, expression):
    """Evaluate an expression over the layer's `chart` and its `store`."""
    return seen.frame.evaluate(
        f"(() => {{ const chart = doubletake.chart, store = chart.store; return {expression}; }})()"
    )


def test_a_denied_scene_is_listed_struck_through_and_not_drawn(small, visit):
    seen = visit(small)
    seen.until(rows=5, filming=4, story=1, areas=1, lines=1)
    seen.frame.get_by_role("button", name="List of scenes").click()
    denied = seen.frame.get_by_role("row").filter(has_text="Denied")
    assert denied.locator("s").all_inner_texts() == ["Twin A", "Spain"]


def test_fiction_is_told_but_has_no_mark(small, visit):
    seen = visit(f"{small}?place=twin-b")
    assert "Twin B plays Nowhere" in seen.frame.get_by_role("complementary").inner_text()
    assert chart(seen, "chart.hits.some(h => store.places.name[h.place] === 'Nowhere')") is False


def test_marks_of_one_spot_fan_out(small, visit):
    seen = visit(f"{small}?map=48,2,12")
    seen.until(clusters=1)
    box = seen.frame.locator("#map_div").bounding_box()
    middle = {"x": box["width"] / 2, "y": box["height"] / 2}
    seen.frame.locator("#map_div").click(position=middle)
    fanned = "chart.hits.filter(h => h.fanned).map(h => store.places.name[h.place])"
    assert sorted(chart(seen, fanned)) == ["Twin A", "Twin B"]
    above = {"x": middle["x"], "y": middle["y"] - 34}
    seen.frame.locator("#map_div").click(position=above)
    seen.settled("place=twin-")


def test_a_line_takes_the_short_way_over_the_date_line(small, visit):
    seen = visit(small)
    xs = chart(seen, "Array.from(doubletake.greatCircle(store, 2, 3).xs)")
    assert max(xs) - min(xs) < 0.01


def test_pointing_at_one_end_shows_the_other(small, visit):
    seen = visit(f"{small}?map=-17,179,8")
    seen.until(lines=1)
    before = chart(seen, "chart.top.context.getImageData(0, 0, 9999, 9999).data.some(v => v)")
    box = seen.frame.locator("#map_div").bounding_box()
    seen.frame.locator("#map_div").hover(position={"x": box["width"] / 2, "y": box["height"] / 2})
    seen.frame.wait_for_function("doubletake.chart.hovered === 2")
    seen.frame.wait_for_timeout(200)
    after = chart(seen, "chart.top.context.getImageData(0, 0, 9999, 9999).data.some(v => v)")
    assert (before, after) == (False, True)


def test_the_years_play_and_come_back(small, visit):
    seen = visit(small)
    seen.frame.get_by_role("button", name="Play through the years").click()
    seen.until(rows=2)
    assert seen.frame.locator(".dt-year").inner_text() == "1990"
    seen.until(rows=5)
    seen.frame.locator(".dt-year").wait_for(state="hidden")


def test_colours_by_franchise_have_a_true_key(small, visit):
    seen = visit(f"{small}?look=by-franchise")
    seen.until(rows=5)
    seen.frame.get_by_role("button", name="Key").click()
    names = seen.frame.locator(".dt-key", has=seen.frame.locator(".dt-swatch")).all_inner_texts()
    assert sorted(names) == ["One", "Two"]
    drawn = chart(seen, "chart.key.map(k => k.colour)")
    used = chart(seen, "[0, 1].map(row => chart.tint(row))")
    assert sorted(used) == sorted(drawn)


def test_a_mark_far_away_lies_outside_the_view_and_is_not_counted(small, visit):
    seen = visit(f"{small}?map=48,2,10")
    seen.until(filming=2, areas=0)
