"""Hostile text is inert wherever it is shown: nothing runs, on the server or in the browser."""

import pytest

from tests.conftest import write_tables

BAD = (
    "<img src=x onerror=window.top.hacked=1>", "</script><script>window.top.hacked=1</script>",
    "${window.top.hacked=1}", "{{7*7}}", "100{% off", "<svg onload=window.top.hacked=1>",
    "*[a](javascript:window.top.hacked=1)*",
)  # fmt: skip
ALL = " ".join(BAD)


@pytest.fixture(scope="module")
def hostile(serve, tmp_path_factory):
    """The address of the app over a catalogue whose every free text is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    tables = {
        "films": [["bad", ALL, ALL, "film", ALL, "1", "1999", "", ALL, ""]],
        "places": [
            ["here", ALL, "NO", "60", "10", "site", "1", "", ALL, ALL],
            ["there", ALL + "!", "IN", "30", "76", "region", "90", "", "", ""],
        ],
        "scenes": [["s", "bad", "here", "there", "confirmed", "", ALL, "said", "said"]],
        "sources": [
            ["said", "https://example.org/" + "<img/onerror=x>", ALL, ALL, "", "en", "2026"]
        ],
    }
    return serve(write_tables(folder, tables))


def unharmed(seen):
    assert seen.page.evaluate("window.top.hacked") is None
    assert seen.errors == []
    assert [url for url in seen.outside if "tile" not in url] == []
    for side in seen.page.frames:
        assert side.locator("img[src='x'], svg[onload], a[href^='javascript']").count() == 0


def test_titles_places_and_sources_on_map_panel_list_and_search(hostile, visit):
    seen = visit(f"{hostile}?place=here")
    seen.until(filming=1, story=1, lines=1)
    panel = seen.frame.get_by_role("complementary")
    for bad in BAD:
        assert bad in panel.inner_text()
    unharmed(seen)
    seen.frame.get_by_role("button", name="List of scenes").click()
    assert ALL in seen.frame.get_by_role("table").inner_text()
    seen.frame.get_by_role("combobox").fill("onerror")
    assert "onerror" in seen.frame.get_by_role("listbox").inner_text()
    unharmed(seen)


def test_titles_in_headline_and_filters(hostile, visit):
    seen = visit(f"{hostile}?film=bad")
    assert "{{7*7}}" in seen.page.get_by_role("heading", level=1).inner_text()
    seen.page.get_by_role("combobox", name="Franchise").click()
    assert "{{7*7}}" in seen.page.get_by_role("option").last.inner_text()
    seen.frame.wait_for_timeout(500)
    unharmed(seen)


def test_hostile_words_in_the_address(hostile, visit):
    seen = visit(f"{hostile}?film={{{{7*7}}}}&place=<img src=x onerror=top.hacked=1>&map=x&look=}}")
    seen.until(rows=1)
    unharmed(seen)
