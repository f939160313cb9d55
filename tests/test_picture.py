"""Pictures: what the rows say is what is drawn, readable, inside the frame, the same every time."""

import base64
import io
import re

import numpy as np
import pypdfium2
import pytest
import shapely
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from geo import __main__ as command
from geo import catalogue, view
from geo.errors import BadInput
from geo.picture import Request, compose, fonts, picture
from geo.picture.fonts import width, wrap
from geo.picture.labels import Taken, label
from geo.picture.land import land, outlines
from geo.picture.looks import LIGHT
from geo.picture.png import _dashes, png
from geo.picture.shapes import Area, Box, Disc, Line, Sheet, Text
from geo.picture.window import around, fit
from geo.words import alt_text, drawn


@pytest.fixture
def small(write):
    found = catalogue.load(write())
    return view.table(found), found


def image(data):
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("size", [(1200, 630), (1080, 1080), (1080, 1920), (333, 200)])
@pytest.mark.parametrize("scale", [1, 2])
def test_png_has_the_size_that_was_asked_for(small, size, scale):
    png = picture(*small, Request(*size, scale=scale, title="T", subtitle="S"))
    assert image(png).size == (size[0] * scale, size[1] * scale)


@pytest.mark.parametrize("background", ["#123456", None])
def test_a_png_is_whole_by_the_reading_of_others(background):
    made = png(Sheet(61, 47, background, shapes=SHAPES))
    image(made).verify()
    assert image(made).mode == ("RGB" if background else "RGBA")
    corner = image(made).getpixel((60, 46))
    assert corner == (0x12, 0x34, 0x56) if background else corner[3] == 0


def test_the_same_input_gives_the_same_bytes(small):
    for kind in ("png", "svg", "pdf"):
        assert picture(*small, Request(), kind) == picture(*small, Request(), kind)


def test_themes_differ_and_transparent_is(small):
    pixel = [image(picture(*small, Request(theme=t))).convert("RGBA").getpixel((5, 300))
             for t in ("light", "dark", "transparent")]  # fmt: skip
    assert sum(pixel[0][:3]) > 500 > 300 > sum(pixel[1][:3])
    assert pixel[2][3] == 0


def test_areas_are_discs_without_edge_and_lines_join_both_ends(small):
    sheet = compose(*small, Request())
    assert any(isinstance(s, Disc) and s.stroke is None and s.opacity < 0.5 for s in sheet.shapes)
    assert _ways(sheet), "a line runs from Norway to Kashmir"
    assert not _ways(compose(*small, Request(lines=False)))


def _ways(sheet):
    """The dashed halves of great circles; the legend's key is dashed too, of two points."""
    return [s for s in sheet.shapes if isinstance(s, Line) and s.dash and len(s.points) > 2]


def test_denied_scenes_and_fictional_places_are_not_drawn(write):
    rows = [["s1", "fallout", "norway", "caladan", "denied", "", "A.", "nfi", ""]]
    found = catalogue.load(write(scenes=rows))
    sheet = compose(view.table(found), found, Request())
    names = {s.text for s in sheet.shapes if isinstance(s, Text)}
    assert not names & {"Norway plays", "Caladan"}


def test_labels_overlap_neither_each_other_nor_marks():
    taken, boxes = Taken(800, 600), []
    rng = np.random.default_rng(1)
    marks = rng.uniform((20, 20), (780, 580), (60, 2))
    for x, y in marks:
        taken.add(x - 6, y - 6, 12, 12)
    for number, (x, y) in enumerate(marks):
        text = label(f"Place number {number}", x, y, 5, taken, LIGHT, 13)
        if text:
            wide = width(text.text, 13)
            boxes.append((text.x, text.y - 13, text.x + wide, text.y - 13 + 13 * 1.25))
    assert len(boxes) > 20
    points = [(x - 6, y - 6, x + 6, y + 6) for x, y in marks]
    for n, a in enumerate(boxes):
        for b in boxes[n + 1 :] + points:
            assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])


@given(
    st.lists(st.tuples(st.floats(-78, 80), st.floats(-180, 180)), min_size=1, max_size=12),
    st.sampled_from([(1200, 630), (1080, 1920), (300, 300)]),
)
def test_a_fitted_window_holds_every_point_inside_its_margins(points, size):
    window = fit([a for a, _ in points], [b for _, b in points], *size, (40, 30, 50, 30))
    for latitude, longitude in points:
        x, y = window.spot(latitude, longitude)
        assert -1e-6 <= x <= size[0] + 1e-6
        assert 0 <= y <= size[1]


def test_points_on_both_sides_of_the_date_line_stay_together():
    window = fit([-18, -14], [178, -172], 1200, 630, (0, 0, 0, 0))
    assert 360 * 1200 / window.scale < 40


def test_a_view_around_a_point_has_it_in_the_middle():
    assert around(60, 10, 5, 1000, 500).spot(60, 10) == pytest.approx((500, 250))


def test_svg_text_is_inert_and_pdf_is_a_pdf(small):
    rows, found = small
    nasty = "</text><script>alert(1)</script>&\x08\ufdd0"
    found.places.loc["norway", "name"] = nasty
    svg = picture(rows, found, Request(title=nasty), "svg").decode()
    assert "<script" not in svg and "&lt;script" in svg
    assert re.match(r"<svg [^>]*>.*</svg>$", svg, re.DOTALL)
    assert image(picture(rows, found, Request(title=nasty))).size == (1200, 630)
    assert picture(rows, found, Request(title=nasty), "pdf").startswith(b"%PDF-")


@pytest.mark.parametrize(
    "bad", [{"width": 10}, {"height": 99_999}, {"scale": 9}, {"theme": "pink"}]
)
def test_impossible_requests_are_refused(bad):
    with pytest.raises(BadInput):
        Request(**bad)


def test_every_letter_of_the_catalogue_has_a_glyph():
    found = catalogue.load()
    names = {
        "places": found.places["name"],
        "films": found.films["title"],
        "franchises": found.films["franchise"].dropna(),
        "publishers": found.sources["publisher"],
        "countries": [name for _, name, _ in outlines()],
        "what pictures say": ["Sources: – · … © × “”’"],
    }
    for what, texts in names.items():
        # Publishers stand in the credit alone, which is never in italics.
        for weight in ("regular",) if what == "publishers" else fonts.FACES:
            lacking = [t for t in texts if {*map(ord, str(t))} - fonts.letters(weight)]
            assert not lacking, (what, weight)
    assert fonts.missing("Kraków, Þórufoss, Ngô, İstanbul, Zōjō-ji") == ""
    assert fonts.missing("西塘 Xitang 西") == "西塘"


def test_an_svg_brings_its_letters_and_keeps_texts_in_their_room(small):
    made = picture(*small, Request(title="Þórufoss"), "svg").decode()
    face = r"(font-weight:\d+;font-style:\w+);src:url\(data:font/woff;base64,(.*?)\)"
    faces = dict(re.findall(face, made))
    assert len(faces) == 3
    with TTFont(io.BytesIO(base64.b64decode(faces["font-weight:600;font-style:normal"]))) as font:
        assert {chr(number) for number in font.getBestCmap()} >= set("Þórufoss")
    root = etree.fromstring(made)
    texts = root.findall("{*}text")
    assert texts and all(float(text.get("textLength")) > 0 for text in texts)
    assert root.find("{*}desc").text.startswith("Map of 1 scene")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_pdf_shows_what_the_png_shows(theme):
    found = catalogue.load()
    rows = view.table(found)
    rows = rows[rows["franchise"] == "Mission: Impossible"]
    request = Request(theme=theme, title="Ærø", subtitle="Zōjō-ji")
    drawn = image(picture(rows, found, request)).convert("RGB")
    page = pypdfium2.PdfDocument(picture(rows, found, request, "pdf"))[0]
    assert page.get_size() == (1200, 630)
    read = page.get_textpage().get_text_range()
    assert {"Ærø", "Zōjō-ji", "Budapest"} <= set(read.splitlines())
    assert far_apart(drawn, page.render(scale=1).to_pil().convert("RGB")) < 0.025


def far_apart(one, other):
    """The share of pixels that differ in more than how two programs smooth an edge."""
    apart = np.abs(np.asarray(one, dtype=int) - np.asarray(other, dtype=int)).max(axis=2)
    return (apart > 60).mean()


def test_long_titles_are_wrapped_and_cut():
    lines = wrap("Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", 30, 300)
    assert len(lines) == 2 and lines[1].endswith("…")
    assert all(width(line, 30) <= 300 for line in lines)


def test_nothing_to_show_is_still_a_picture(small):
    rows, found = small
    assert image(picture(rows.iloc[:0], found, Request())).size == (1200, 630)


def test_the_command_writes_each_format_and_tells_what_it_shows(
    tmp_path, monkeypatch, capsys, write
):
    monkeypatch.setenv("DOUBLETAKE_DATA", str(write()))
    monkeypatch.setenv("DOUBLETAKE_FOLDER", str(tmp_path))
    for ending in ("png", "svg", "pdf"):
        out = tmp_path / f"a.{ending}"
        assert command.main(["picture", str(out), "--film", "fallout", "--size", "400x300"]) == 0
        assert out.stat().st_size > 1000
    assert "Norway plays Kashmir" in capsys.readouterr().out
    for bad in (["a.gif"], ["a.png", "--film", "Skyfall"], ["a.png", "--years", "x"],
                ["a.png", "--years", "1950"], ["a.png", "--size", "big"]):  # fmt: skip
        assert command.main(["picture", *bad]) == 1
    assert "There is no film “Skyfall”" in capsys.readouterr().err


def test_the_command_prints_the_address_that_restores_the_view(tmp_path, monkeypatch, write):
    monkeypatch.setenv("DOUBLETAKE_DATA", str(write()))
    monkeypatch.setenv("DOUBLETAKE_FOLDER", str(tmp_path))
    out = tmp_path / "a.svg"
    command.main(["picture", str(out), "--franchise", "M:I", "--years", "2010-2020"])
    assert "franchise" not in out.read_text()
    monkeypatch.setenv("DOUBLETAKE_HOME", "https://films.example.org/map")
    for given_, printed in (
        ([], "films.example.org/map/?franchise=M:I&amp;years=2010-2020"),
        (["--address", "https://b.example/"], ">b.example/?franchise=M:I&amp;years=2010-2020"),
        (["--address", "https://b.example/?film=c"], ">b.example/?film=c<"),
    ):
        options = ["--franchise", "M:I", "--years", "2010-2020", *given_]
        assert command.main(["picture", str(out), *options]) == 0
        assert printed in out.read_text()


def test_the_command_draws_a_region_and_its_scenes_alone(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DOUBLETAKE_FOLDER", str(tmp_path))
    out = tmp_path / "a.svg"
    for region, there, elsewhere in (
        ("New Zealand", "Hobbiton Movie Set", "Teide National Park"),
        ("africa", "Teide National Park", "Hobbiton Movie Set"),
    ):
        options = ["--franchise", "Middle-earth", "--region", region]
        assert command.main(["picture", str(out), *options]) == 0
        assert there in out.read_text() and elsewhere not in out.read_text()
        assert f": {region.title()}</text>" in out.read_text(), "its name is in the title"
    assert command.main(["picture", str(out), "--region", "Mordor"]) == 1
    assert "There is no region “Mordor”" in capsys.readouterr().err


def test_denied_scenes_are_not_counted_by_what_tells_of_a_picture(write):
    rows = [["s1", "fallout", "norway", "kashmir", "confirmed", "", "A.", "nfi", ""],
            ["s2", "fallout", "kashmir", "", "denied", "", "B.", "nfi", ""]]  # fmt: skip
    table = view.table(catalogue.load(write(scenes=rows)))
    assert alt_text(table).startswith("Map of 1 scene of Fallout") and len(drawn(table)) == 1
    denied = table[table["certainty"] == "denied"]
    assert alt_text(denied) == "Map without any mark: 1 scene, all denied."
    assert len(drawn(denied)) == 1


def test_the_file_itself_tells_its_alt_text(small):
    alt = 'A "map" <of> Norway & Kashmir'
    made = picture(*small, Request(title="T", alt=alt, address="https://a.example/?x=1&y=2"))
    with image(made) as opened:
        packet = opened.info["XML:com.adobe.xmp"]
    assert "A &quot;map&quot; &lt;of&gt; Norway &amp; Kashmir" in packet and "CC BY 4.0" in packet
    assert "<dc:source>https://a.example/?x=1&amp;y=2</dc:source>" in packet
    assert alt in compose(*small, Request(alt=alt)).description


def test_a_country_is_drawn_in_its_own_shape(small):
    rows, found = small
    filled = [s for s in compose(rows, found, Request()).shapes if _wash(s)]
    assert len(filled) == 1 and sum(map(len, filled[0].rings)) > 40, "Norway, where it was shot"
    turned = rows.assign(filming_place="kashmir", setting="norway")
    shapes = compose(turned, found, Request()).shapes
    hatched = [s for s in shapes if isinstance(s, Line) and s.stroke == LIGHT.story]
    assert hatched and not [s for s in shapes if _wash(s)]


def _wash(shape):
    return isinstance(shape, Area) and shape.fill == LIGHT.filming and shape.opacity < 0.5


def test_a_tall_picture_lists_who_plays_what(small):
    story = compose(*small, Request(1080, 1920))
    blog = compose(*small, Request(1200, 630))
    said = [{s.text for s in sheet.shapes if isinstance(s, Text)} for sheet in (story, blog)]
    assert "Norway plays Kashmir" in said[0] and "Norway plays Kashmir" not in said[1]


def test_words_are_drawn_last(small):
    kinds = [isinstance(s, Text) for s in compose(*small, Request()).shapes]
    assert kinds == sorted(kinds) and kinds[-1]


def test_a_png_has_its_shapes_where_they_are():
    for scale in (1, 2):
        drawn = image(png(Sheet(40, 40, "#ffffff", shapes=SHAPES), scale)).convert("RGB")
        at = {spot: drawn.getpixel((spot[0] * scale, spot[1] * scale)) for spot in SPOTS}
        assert at == SPOTS


SQUARE = np.array([(2.0, 2), (18, 2), (18, 18), (2, 18)])
SHAPES = [
    Area([SQUARE, SQUARE[::-1] / 2 + 5], "#ff0000"),  # with a hole in it
    Line(np.array([(22.0, 10), (38, 10)]), "#00ff00", 4),
    Disc(10, 30, 6, "#0000ff"),
    Box(24, 24, 12, 12, "#000000", 0.5),
]
SPOTS = {(3, 3): (255, 0, 0), (10, 10): (255, 255, 255), (30, 10): (0, 255, 0),
         (10, 30): (0, 0, 255), (30, 30): (127, 127, 127), (38, 38): (255, 255, 255)}  # fmt: skip


@given(
    st.lists(st.tuples(st.floats(0, 500), st.floats(0, 500)), min_size=2, max_size=9, unique=True),
    st.tuples(st.floats(1, 9), st.floats(1, 9)),
)
def test_dashes_lie_on_their_line_one_gap_apart(points, dash):
    line = shapely.LineString(points)
    strokes = list(_dashes(np.array(points), dash))
    drawn = sum(shapely.LineString(stroke).length for stroke in strokes)
    whole, rest = divmod(line.length, sum(dash))
    assert drawn == pytest.approx(whole * dash[0] + min(rest, dash[0]), abs=dash[0] + 1e-6)
    assert all(shapely.distance(line, shapely.Point(p)) < 1e-6 for s in strokes for p in s)


def test_the_land_runs_to_the_edge_of_the_window_and_keeps_its_holes():
    window = around(-29.5, 28.2, 6, 800, 400)
    shapes = land(window, LIGHT)
    country = max((s for s in shapes if isinstance(s, Area)), key=lambda s: sum(map(len, s.rings)))
    signs = {shapely.LinearRing(ring).is_ccw for ring in country.rings}
    assert signs == {True, False}, "Lesotho is a hole in South Africa"
    reach = np.vstack([ring for s in shapes if isinstance(s, Area) for ring in s.rings])
    assert (reach.min(axis=0) >= -9).all() and (reach.max(axis=0) <= (809, 409)).all()
    assert reach[:, 0].min() < 0 and reach[:, 1].max() > 400
