"""What axe finds against WCAG 2.2 A and AA, on the page and in the map's frame."""

from importlib.resources import files

import pytest

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
