"""What axe finds against WCAG 2.2 A and AA, on the page and in the map's frame."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

FRAME = Path(__file__).resolve().parent.parent.parent / "pages" / "frame.py"
PAGES = dict.fromkeys(re.findall(r'"(\w+)\.py"', FRAME.read_text(encoding="utf-8")))
WITH_MAP = {"explore", "film", "doubles", "near"}
DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Of Streamlit's own frame, not ours to change: its buttons and landmarks.
THEIRS = "[data-testid='stToolbar'], [data-testid='stHeader'], [data-testid='stStatusWidget']"


def faults(side):
    """The rules that one frame breaks, with the elements that break them."""
    script = files("axe_playwright_python") / "axe.min.js"
    side.evaluate(script.read_text(encoding="utf-8"))
    options = {"runOnly": RULES, "iframes": False}
    scope = {"include": [["html"]], "exclude": [[THEIRS]]}
    found = side.evaluate("([scope, options]) => axe.run(scope, options)", [scope, options])
    return {f["id"]: [n["html"][:150] for n in f["nodes"]] for f in found["violations"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_its_panel_and_its_list(app, visit, scheme):
    seen = visit(f"{app}?place=norway", color_scheme=scheme)
    seen.frame.get_by_role("button", name="Key").click()
    assert faults(seen.frame) == {}
    seen.frame.get_by_role("button", name="List of scenes").click()
    assert faults(seen.frame) == {}
    assert faults(seen.page.main_frame) == {}


def test_a_phone(app, visit):
    phone = {"width": 390, "height": 844}
    seen = visit(f"{app}?place=norway", phone, is_mobile=True, has_touch=True)
    assert faults(seen.frame) == {}
    assert faults(seen.page.main_frame) == {}


@pytest.mark.parametrize("device", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_a_barrier(app, visit, page, scheme, device):
    seen = visit(f"{app}/{'' if page == 'explore' else page}", color_scheme=scheme, **device)
    seen.page.get_by_role("heading", level=1).first.wait_for(timeout=60_000)
    seen.page.wait_for_selector("[data-test-script-state=notRunning]", timeout=60_000)
    passing = "[data-testid=stSkeleton], [data-stale=true]"  # pale until they are replaced
    seen.page.wait_for_function("what => !document.querySelector(what)", arg=passing)
    seen.page.wait_for_function("document.getAnimations().every(one => !one.transitionProperty)")
    sides = [seen.page.main_frame]
    if page in WITH_MAP:
        sides.append(seen.frame)
    assert [faults(side) for side in sides] == [{}] * len(sides)
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert seen.outside == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_drawer_of_a_phone(app, visit, scheme):
    seen = visit(app, color_scheme=scheme, **PHONE)
    assert seen.frame
    seen.page.get_by_role("button", name="Menu and filters").click()
    seen.page.get_by_text("My films", exact=True).click()
    seen.page.get_by_test_id("stFileUploaderDropzone").wait_for()
    assert faults(seen.page.main_frame) == {}
    targets = seen.page.locator("[data-testid=stSidebarNav] a, .stButtonGroup button")
    low = targets.evaluate_all(
        "all => all.filter(b => b.offsetParent && b.offsetHeight < 44).map(b => b.textContent)"
    )
    assert low == []


@pytest.mark.parametrize("look", ["by-franchise", "by-decade", "no-story"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_look_of_the_map(app, visit, scheme, look):
    seen = visit(f"{app}?place=preikestolen&look={look}", color_scheme=scheme)
    seen.frame.get_by_role("button", name="Key").click()
    seen.frame.get_by_role("combobox", name="Find a film").fill("nor")
    assert faults(seen.frame) == {}


def test_everything_on_the_map_is_reached_by_keyboard(app, visit):
    seen = visit(app)
    reached = set()
    seen.frame.locator(".dt-search-input").focus()
    for _ in range(12):
        reached.add(
            seen.frame.evaluate(
                "document.activeElement.ariaLabel || document.activeElement.textContent"
            )
        )
        seen.page.keyboard.press("Tab")
    for name in ("List of scenes", "Fit to results", "Zoom in", "Zoom out", "Shot here", "Key"):
        assert name in reached
