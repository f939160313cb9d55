"""Files for the browser: named by content, complete, and from this machine."""

import gzip
import json
import re

from geo import assets


def test_a_name_changes_with_the_content():
    one, two = assets.Asset("map", "js", b"1"), assets.Asset("map", "js", b"2")
    assert one.name != two.name
    assert one.name == assets.Asset("map", "js", b"1").name


def test_the_packed_body_is_the_body():
    asset = assets.Asset("map", "js", b"body" * 100)
    assert gzip.decompress(asset.packed) == asset.body


def test_every_fixed_file_is_on_the_shelf():
    fixed = assets.fixed()
    for name in [*fixed["js"], *fixed["css"], fixed["world"]]:
        assert assets.SHELF[name].body


OURS = "\n".join((assets.WEB / f"{name}.js").read_text("utf-8") for name in assets.SCRIPTS)


def test_our_scripts_and_styles_fetch_nothing_from_elsewhere_by_themselves():
    fixed = assets.fixed()
    style = assets.SHELF[fixed["css"][-1]].body.decode()
    assert not re.search(r"url\(\s*['\"]?(https?:)?//", style)
    fetched = re.findall(r"(?:fetch|tileLayer|import)\(\s*[\"'`](.*?)[\"'`]", OURS)
    assert fetched == ["https://tile.openstreetmap.org/{z}/{x}/{y}.png"]


def test_text_enters_the_page_as_text_only():
    for sink in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert sink not in OURS


def test_files_are_written_for_a_host_without_routes(tmp_path):
    assets.fixed()
    assets.write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(assets.SHELF)


def test_the_basemap_lies_within_the_world():
    world = json.loads(assets.SHELF[assets.fixed()["world"]].body)
    for country in world["countries"]:
        for ring in country["rings"]:
            x = y = 0
            for dx, dy in zip(ring[::2], ring[1::2], strict=True):
                x, y = x + dx, y + dy
                assert abs(x) <= 180 * world["scale"] and abs(y) <= 90 * world["scale"]


def test_no_coast_jumps_across_the_map():
    world = json.loads(assets.SHELF[assets.fixed()["world"]].body)
    for country in world["countries"]:
        if country["code"] == "AQ":
            continue  # its ring runs along the pole
        for ring in country["rings"]:
            assert max(map(abs, ring[2::2]), default=0) < 30 * world["scale"], country["name"]
