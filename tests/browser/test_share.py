"""The map in one file and the Share page, in a real browser that can reach nothing."""

import io

import pytest
from PIL import Image

from geo import catalogue, embed, view
from geo.export import export
from geo.picture import Request, picture
from tests.test_picture import far_apart

NASTY = "<img src=x onerror=alert(1)></script><script>alert(1)</script>{{7*7}}${alert(1)}"


@pytest.fixture
def open_file(chromium, tmp_path):
    """Open HTML from a file without any network; returns the page and what went wrong on it."""
    contexts = []

    def _open(html, **options):
        path = tmp_path / "map.html"
        path.write_text(html, encoding="utf-8")
        context = chromium.new_context(offline=True, reduced_motion="reduce", **options)
        contexts.append(context)
        page, wrong = context.new_page(), []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        page.on("dialog", lambda dialog: (wrong.append("dialog"), dialog.dismiss()))
        page.on("requestfailed", lambda request: wrong.append(request.url))
        page.goto(path.as_uri())
        page.wait_for_selector("#map_div[data-ready=yes]")
        return page, wrong

    yield _open
    for context in contexts:
        context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_svg_in_a_page_shows_what_the_png_shows(chromium, tmp_path, shipped, theme):
    found, rows = shipped
    rows = rows[rows["franchise"] == "Mission: Impossible"]
    request = Request(theme=theme, title="Ærø", subtitle="Zōjō-ji")
    (tmp_path / "map.svg").write_bytes(picture(rows, found, request, "svg"))
    page = tmp_path / "page.html"
    page.write_text('<body style="margin:0"><img src="map.svg" alt="">')
    context = chromium.new_context(offline=True, viewport={"width": 1200, "height": 630})
    try:
        opened = context.new_page()
        opened.goto(page.as_uri())
        opened.wait_for_function("document.images[0].complete")
        shown = Image.open(io.BytesIO(opened.screenshot())).convert("RGB")
    finally:
        context.close()
    drawn = Image.open(io.BytesIO(picture(rows, found, request))).convert("RGB")
    assert far_apart(drawn, shown) < 0.025


@pytest.fixture(scope="module")
def shipped():
    found = catalogue.load()
    return found, view.table(found)


def rows_shown(page):
    return int(page.get_attribute("#map_div", "data-rows"))


def test_the_single_file_works_from_a_file_without_network(open_file, shipped):
    found, rows = shipped
    page, wrong = open_file(embed.single_file(found, rows, "Where films were shot"))
    assert rows_shown(page) == len(rows)
    assert int(page.get_attribute("#map_div", "data-filming")) > 0
    assert page.title() == "Where films were shot"
    page.get_by_role("button", name="List of scenes").click()
    assert page.locator(".dt-list tbody tr").count() > 10
    assert wrong == []


def test_a_film_searched_for_is_filtered_without_a_server(open_file, shipped):
    found, rows = shipped
    page, wrong = open_file(embed.single_file(found, rows))
    film = rows["film"].value_counts().index[-1]
    page.locator(".dt-search-input").fill(found.films["title"][film])
    page.locator(".dt-found li[role=option]").first.click()
    wanted = int((rows["film"] == film).sum())
    page.wait_for_selector(f"#map_div[data-rows='{wanted}']")
    assert wrong == []


def test_a_phone_shows_it_too(open_file, shipped):
    viewport = {"width": embed.PHONE, "height": 600}
    page, wrong = open_file(embed.single_file(*shipped), viewport=viewport, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= embed.PHONE
    key = page.get_by_role("button", name="Key").bounding_box()
    words = page.get_by_role("button", name="Key").evaluate("b => b.scrollWidth > b.clientWidth")
    bar = page.locator(".dt-legend").bounding_box()
    assert key["x"] + key["width"] <= bar["x"] + bar["width"] <= embed.PHONE and not words
    assert wrong == []


def test_a_hostile_catalogue_is_inert(open_file, write):
    found = catalogue.load(write())
    found.places["name"] = found.films["title"] = found.sources["title"] = NASTY
    found.sources["url"] = "javascript:alert(1)"
    rows = view.table(found).assign(sentence=NASTY)
    page, wrong = open_file(embed.single_file(found, rows))
    page.get_by_role("button", name="List of scenes").click()
    page.locator(".dt-list button.dt-plain").first.click()
    page.wait_for_timeout(300)
    assert NASTY in page.locator(".dt-side").inner_text()
    assert page.locator("img[src=x]").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert wrong == []


def test_the_page_shows_a_finished_picture_and_its_preview(app, visit):
    seen = visit(f"{app}/share?film=mission-impossible-fallout")
    picture = seen.page.locator("[data-testid=stImage] img")
    picture.wait_for(timeout=60_000)
    assert "Norway plays Kashmir" in picture.get_attribute("alt")
    preview = seen.page.frame_locator("iframe[title^='How the picture']").locator("figure img")
    preview.first.wait_for()
    assert preview.first.evaluate("image => image.getBoundingClientRect().width") <= embed.COLUMN
    assert seen.errors == [] and seen.outside == []


@pytest.mark.parametrize("width", [embed.COLUMN, embed.PHONE])
def test_the_live_map_in_a_frame_is_the_map_alone(app, visit, width):
    seen = visit(f"{app}/?embed=true&film=mission-impossible-fallout",
                 viewport={"width": width, "height": 480})  # fmt: skip
    assert int(seen.drawn()["rows"]) > 0
    whole = seen.page.locator(".st-key-chart iframe").bounding_box()
    assert whole["x"] == whole["y"] == 0
    assert (whole["width"], whole["height"]) == (width, 480)
    for part in ("stHeader", "stSidebar", "stTopNavLink"):
        assert not seen.page.get_by_test_id(part).locator("visible=true").count()
    assert seen.errors == [] and seen.outside == []


@pytest.mark.parametrize("wide", ["A blog’s column", "A phone"])
def test_the_preview_is_as_high_as_what_it_shows(app, visit, wide):
    seen = visit(f"{app}/share?film=mission-impossible-fallout")
    seen.page.get_by_text(wide, exact=True).click()
    # Asked of the page and not of the frame, which is another one once the width is chosen.
    seen.page.wait_for_function(
        "wide => { const frame = document.querySelector("
        "'iframe[title=\"How the picture will look in a page\"]');"
        " const figure = frame?.contentDocument?.querySelector('figure');"
        " return frame?.clientWidth === wide && figure?.querySelector('img').complete"
        " && Math.abs(frame.clientHeight - figure.getBoundingClientRect().bottom) < 40 }",
        arg=embed.PHONE if wide == "A phone" else embed.COLUMN,
        timeout=60_000,
    )


FILES = {
    "PNG": (".png", b"\x89PNG"),
    "SVG": (".svg", b"<svg"),
    "PDF": (".pdf", b"%PDF-"),
    "Interactive map in one file": (".html", b"<!DOCTYPE html>"),
    "CSV": (".csv", b"scene,film,"),
    "GeoJSON": (".geojson", b'{"type":"FeatureCollection"'),
    "KML": (".kml", b"<?xml"),
    "GPX": (".gpx", b"<?xml"),
    "Google My Maps": (".mymaps.csv", b"WKT,Name,"),
}


def test_every_file_of_the_view_can_be_had(app, visit, tmp_path, shipped):
    seen = visit(f"{app}/share?film=mission-impossible-fallout", accept_downloads=True)
    seen.page.locator("[data-testid=stImage] img").wait_for(timeout=60_000)
    for label, (ending, start) in FILES.items():
        with seen.page.expect_download(timeout=60_000) as waiting:
            seen.page.get_by_role("button", name=label, exact=True).click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        assert path.name == f"doubletake-mission-impossible-fallout{ending}"
        assert path.read_bytes().startswith(start), label
    found, rows = shipped
    told = export(rows[rows["film"] == "mission-impossible-fallout"], found, "csv")
    assert (tmp_path / "doubletake-mission-impossible-fallout.csv").read_bytes() == told
    assert seen.errors == [] and seen.outside == []
