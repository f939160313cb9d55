"""Films, Doubles, Near me and Read the news in a real browser: addresses, phones, barriers."""

from itertools import pairwise

import pytest

from tests.browser.test_access import faults
from tests.browser.test_hostile import hostile, unharmed  # noqa: F401  (a fixture)

PHONE = {"width": 390, "height": 844}
PAGES = {
    "film?film=mission-impossible-fallout": "Mission: Impossible – Fallout",
    "doubles?place=norway": "Doubles",
    "near?at=Prague&km=100": "Near me",
    "news": "Read the news",
}


def opened(seen, title):
    """The page, once its heading and its map are there."""
    seen.page.get_by_role("heading", level=1, name=title).wait_for(timeout=60_000)
    if title != PAGES["news"]:
        assert seen.frame
    return seen


@pytest.mark.parametrize(("path", "title"), PAGES.items())
def test_a_page_opens_by_its_address_without_barriers_on_a_phone(app, visit, path, title):
    seen = opened(visit(f"{app}/{path}", PHONE, is_mobile=True, has_touch=True), title)
    page = seen.page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    levels = page.locator("h1, h2, h3").evaluate_all("all => all.map(h => Number(h.tagName[1]))")
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels)), levels
    assert faults(page.main_frame) == {}
    assert seen.outside == [] and seen.errors == []


def test_a_page_in_the_dark_is_legible(app, visit):
    seen = visit(f"{app}/film?franchise=Star+Wars", color_scheme="dark")
    assert seen.frame
    assert faults(seen.page.main_frame) == {}


def test_a_link_in_a_table_asks_the_other_question(app, visit):
    seen = visit(f"{app}/doubles?place=norway")
    seen.page.get_by_role("link", name="Kashmir").first.click()
    seen.settled("setting=kashmir")
    seen.page.get_by_text("places play Kashmir").first.wait_for()
    assert int(seen.drawn()["lines"]) >= 7


def test_the_question_is_turned_by_keyboard_and_the_address_follows(app, visit):
    seen = visit(f"{app}/doubles?setting=kashmir")
    seen.page.get_by_role("radio", name="What plays").focus()
    seen.page.keyboard.press("ArrowRight")
    seen.settled("place=")
    seen.page.go_back()
    seen.page.get_by_text("places play Kashmir").first.wait_for()


def test_another_film_moves_the_same_map(app, visit):
    seen = visit(f"{app}/film?film=casino-royale")
    seen.frame.evaluate("window.stamp = 1")
    seen.page.get_by_role("combobox", name="Film or franchise").click()
    seen.page.keyboard.type("Fallout")
    seen.page.keyboard.press("Enter")
    seen.settled("film=mission-impossible-fallout")
    seen.page.get_by_role("heading", level=1, name="Fallout").wait_for()
    assert seen.frame.evaluate("window.stamp") == 1


@pytest.mark.parametrize("path", ["film?film=bad", "doubles?setting=there", "near?at=60,10"])
def test_a_hostile_catalogue_does_nothing(hostile, visit, path):  # noqa: F811
    seen = visit(f"{hostile}/{path}")
    assert seen.frame
    assert "{{7*7}}" in seen.page.locator(".stMain").inner_text()
    unharmed(seen)
