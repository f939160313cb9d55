"""Reading and keeping in a real browser without network, and hostile text that does nothing."""

import re

import pytest
from playwright.sync_api import TimeoutError

from tests.browser.conftest import ROOT
from tests.browser.test_access import faults
from tests.browser.test_hostile import ALL, unharmed

SEED = ROOT.parent / "shared" / "articles" / "mission-impossible-7.txt"
NEW = "“Mission: Impossible – Fallout” was shot in Iceland, the producers confirmed."


@pytest.fixture(scope="module")
def news(serve):
    """The address of the page, over a store of its own."""
    return f"{serve()}/news"


def read(seen, text):
    """Paste a text and have it read."""
    seen.page.get_by_label("The article").first.fill(text)
    seen.page.keyboard.press("Control+Enter")
    seen.page.get_by_role("button", name="Read it").click()
    return seen


def test_a_button_pressed_at_once_reads_what_was_pasted_just_now(news, visit):
    seen = visit(news)
    seen.page.get_by_label("The article").first.fill(NEW)
    seen.page.get_by_role("button", name="Read it").click()
    seen.page.locator(".dt-told", has_text="Shot in Iceland").wait_for()
    assert not seen.page.get_by_test_id("stAlert").count()


def settled(seen):
    """Wait until the page has drawn all of itself: what is redrawn under a hand closes."""
    seen.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    alone(seen)
    assert seen.frame


def choose_first(seen, name):
    """Choose the first of a list by keyboard: a list that a click opened closes as the page
    scrolls to it."""
    box = seen.page.get_by_role("combobox", name=name)
    box.scroll_into_view_if_needed()
    settled(seen)
    option = seen.page.get_by_role("option").first
    for _ in range(10):  # a rerun that is still on its way closes the list as well
        box.press("ArrowDown")
        try:
            option.wait_for(timeout=3000)
            break
        except TimeoutError:
            settled(seen)
    option.wait_for()
    box.press("Enter")


def type_place(seen, name):
    """Type a place into the first row of the table; a rerun that is still on its way closes the
    cell that is being written."""
    told = seen.page.locator(".dt-told", has_text=f"Shot in {name}")
    table = seen.page.get_by_test_id("stDataFrame").locator(".dvn-scroller")
    typing = seen.page.locator("#portal textarea, #portal input").first
    for _ in range(5):
        settled(seen)
        table.click(position={"x": 40, "y": 52})
        for _ in range(4):  # decision, film, year, role, place
            seen.page.keyboard.press("ArrowRight")
        seen.page.keyboard.press("Enter")
        try:
            typing.wait_for(timeout=3000)
            typing.fill(name)
            seen.page.keyboard.press("Enter")
            told.wait_for(timeout=10_000)
            break
        except TimeoutError:
            seen.page.keyboard.press("Escape")
    told.wait_for()


def drawn_places(seen):
    """Names of the places on the small map, as its layer holds them."""
    return set(seen.frame.evaluate("doubletake.chart.store.places.name"))


def alone(seen):
    """Wait until one map is there, and not the one before it as well."""
    seen.page.wait_for_function("document.querySelectorAll('iframe').length === 1")


def press(seen, name):
    seen.page.get_by_role("button", name=re.compile("^" + name)).first.click()


def test_the_example_is_marked_mapped_and_listed(news, visit):
    seen = visit(news)
    press(seen, "Try an example")
    seen.page.get_by_role("heading", name=re.compile("records of 2 films")).wait_for()
    assert {"Norway", "Kashmir", "New Zealand"} <= drawn_places(seen)
    assert int(seen.drawn()["lines"]) >= 1
    assert seen.page.locator("mark.place", has_text="Preikestolen").count() == 1
    assert "Norway plays Kashmir (confirmed)" in seen.page.locator(".dt-told").inner_text()
    assert faults(seen.page.main_frame) == {}
    assert seen.outside == [] and seen.errors == []


def test_the_seed_article_is_found_in_norway_kashmir_and_britain(news, visit):
    if not SEED.exists():
        pytest.skip(f"The article {SEED.name} is not part of the project and not at hand here")
    seen = read(visit(news), SEED.read_text(encoding="utf-8"))
    seen.page.locator(".dt-told").wait_for()
    assert {"Norway", "Kashmir", "United Kingdom"} <= drawn_places(seen)
    told = seen.page.locator(".dt-told").inner_text()
    assert "Norway plays Kashmir (confirmed)" in told
    assert "Shot in United Kingdom (in doubt)" in told


def test_a_place_typed_into_the_table_moves_on_the_map(news, visit):
    seen = read(visit(news), NEW)
    seen.page.locator(".dt-told").wait_for()
    assert "Iceland" in drawn_places(seen)
    type_place(seen, "Preikestolen")
    seen.frame.wait_for_function("doubletake.chart.store.places.name.includes('Preikestolen')")
    assert "Iceland" not in drawn_places(seen)


def test_which_place_is_meant_can_be_picked_on_the_map(news, visit):
    seen = read(visit(news), NEW.replace("Iceland", "Springfield"))
    choose_first(seen, "Is a place wrong")
    seen.page.get_by_text("Select a mark to say which place is meant").wait_for()
    alone(seen)
    seen.frame.wait_for_function("doubletake.chart.store.places.name.length > 5")
    seen.frame.evaluate(
        "(() => { const { places } = doubletake.chart.store;"
        "doubletake.chart.select(places.latitude.findIndex((latitude) => latitude > 44)); })()"
    )
    first = "document.querySelector('iframe').contentWindow.doubletake?.chart?.store?.places"
    seen.page.wait_for_function(f"{first}?.latitude[0] > 44")  # what stands now comes first
    assert seen.errors == []


def test_what_is_kept_is_on_the_map_marked_as_from_the_news(news, visit):
    seen = read(visit(news), NEW)
    press(seen, "Save: keep 1")
    seen.page.get_by_text("1 record kept").wait_for()
    seen = visit(news.replace("/news", "/?place=iceland&film=mission-impossible-fallout"))
    panel = seen.frame.get_by_role("complementary", name="Iceland")
    panel.wait_for()
    assert "from the news" in panel.inner_text()


def test_hostile_articles_and_file_names_do_nothing(news, visit):
    article = f"{ALL}\n\n“{ALL}” was shot in Norway. “Mission: Impossible” was shot in {ALL} Rome."
    seen = read(visit(news), article)
    seen.page.locator(".dt-article").wait_for()
    assert "onerror=window.top" in seen.page.locator(".dt-article").inner_text()
    unharmed(seen)
    seen.page.get_by_text("Upload", exact=True).click()
    name = "<img src=x onerror=window.top.hacked=1>{{7*7}}*[a](javascript:0)*.txt"
    file = {"name": name, "mimeType": "text/plain", "buffer": b"%PDF-1.7"}
    seen.page.locator("input[type=file]").set_input_files(file)
    alert = seen.page.get_by_role("alert").filter(has_text="is a PDF")
    alert.wait_for()
    assert "{{7*7}}" in alert.inner_text()
    unharmed(seen)
    file["buffer"] = article.encode()
    seen.page.locator("input[type=file]").set_input_files(file)
    seen.page.locator(".dt-article").wait_for()
    assert seen.frame
    unharmed(seen)


def test_a_file_that_is_far_too_large_is_refused_in_words(news, visit, tmp_path):
    seen = visit(news)
    seen.page.get_by_text("Upload", exact=True).click()
    path = tmp_path / "large.txt"
    path.write_bytes(b"word " * 10_000_000)
    seen.page.locator("input[type=file]").set_input_files(path)
    seen.page.get_by_text(re.compile("must be .* or smaller")).wait_for()
    assert seen.errors == []
