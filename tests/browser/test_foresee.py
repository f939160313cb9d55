"""The map answers a filter before the server does, and the server keeps the last word."""

import pytest

from geo import catalogue, view, words

# Counts how often the marks are painted, and how often the server's answer comes.
COUNT = """() => {
  window.answers = 0;
  const show = doubletake.show;
  doubletake.show = (options) => { window.answers++; window.last = options; show(options); };
  window.before = Number(map_div.getContainer().dataset.painted);
}"""
PAINTED = "() => Number(map_div.getContainer().dataset.painted) - before"
# Has the map's frame let nothing of the server through until it is released.
HOLD = """() => {
  const show = doubletake.show;
  window.held = [];
  doubletake.show = (options) => window.held.push(options);
  window.release = (most = 1e9) => {
    if (most > 1) doubletake.show = show;
    window.held.splice(0, most).forEach(show);
  };
}"""


@pytest.fixture(scope="module")
def shipped():
    return view.table(catalogue.load())


@pytest.fixture
def seen(app, visit, shipped):
    """A visit to the map, all filters there."""
    seen = visit(app)
    seen.until(rows=len(shipped))
    seen.page.get_by_role("button", name="Confirmed").wait_for()
    return seen


def expected(shipped, **chosen):
    return int(view.mask(shipped, view.View(**chosen)).sum())


def press(seen, name):
    seen.page.locator("section button").filter(has_text=name).first.click()


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("Reported", {"certainty": ("reported",)}),
        (words.ROLE_NAMES["story"], {"role": ("story",)}),
        (words.ROLE_NAMES["filming"], {"role": ("filming",)}),
    ],
)
def test_a_click_is_answered_before_the_server_speaks(seen, shipped, name, chosen):
    seen.frame.evaluate(HOLD)
    press(seen, name)
    seen.until(rows=expected(shipped, **chosen))
    seen.frame.evaluate("release()")
    seen.page.wait_for_timeout(1000)
    seen.until(rows=expected(shipped, **chosen))


@pytest.mark.parametrize("label", ["Franchise", "Film or series"])
def test_a_choice_from_a_list_is_answered_before_the_server_speaks(seen, shipped, label):
    seen.frame.evaluate(HOLD)
    seen.page.get_by_role("combobox", name=label).click()
    option = seen.page.get_by_role("option").filter(has_text=" · ").first
    name = option.inner_text().rsplit(" · ", 1)[0]
    option.click()
    if label == "Franchise":
        wanted = int((shipped["franchise"] == name).sum())
    else:
        wanted = int((shipped["title"] + shipped["year"].map(" ({})".format) == name).sum())
    seen.until(rows=wanted)


def test_the_map_follows_the_years_while_they_are_dragged(seen, shipped):
    seen.frame.evaluate(HOLD)
    first = seen.page.get_by_role("slider").first
    first.focus()
    for _ in range(3):
        seen.page.keyboard.press("ArrowRight")
    years = int(shipped["year"].min()) + 3, int(shipped["year"].max())
    seen.until(rows=expected(shipped, years=years))


def test_one_click_paints_once(seen):
    seen.frame.evaluate(COUNT)
    press(seen, "Reported")
    seen.frame.wait_for_function("window.answers > 0")
    seen.page.wait_for_timeout(2000)
    assert seen.frame.evaluate(PAINTED) == 1


def test_answers_to_earlier_clicks_do_not_flicker_in(seen, shipped):
    seen.frame.evaluate(HOLD)
    press(seen, "Reported")
    seen.frame.wait_for_function("window.held.length > 0")
    press(seen, "In doubt")
    both = expected(shipped, certainty=("reported", "questioned"))
    seen.until(rows=both)
    seen.frame.evaluate("release(1)")
    seen.page.wait_for_timeout(300)
    assert seen.drawn()["rows"] == str(both)
    seen.frame.evaluate("release()")
    seen.page.wait_for_timeout(2000)
    assert seen.drawn()["rows"] == str(both)


def test_the_server_has_the_last_word(seen, shipped):
    """An answer unlike what was foreseen is taken over once no other comes."""
    seen.frame.evaluate(COUNT)
    press(seen, "Reported")
    seen.until(rows=expected(shipped, certainty=("reported",)))
    seen.frame.wait_for_function("window.answers > 0")
    seen.page.wait_for_timeout(2000)
    seen.frame.evaluate(
        "() => { const bits = btoa('\\x01' + atob(last.bits).replace(/[^]/g, '\\0').slice(1));"
        " doubletake.show({...last, bits}); }"
    )
    seen.until(rows=1)
