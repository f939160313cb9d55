"""Layout of pictures: over many choices of scenes, sizes and themes nothing stands on a mark."""

from dataclasses import replace
from itertools import combinations

import pytest
import shapely

from geo import catalogue, view, words
from geo.picture import Request, compose
from geo.picture import marks as drawing
from geo.picture.fonts import width
from geo.picture.looks import LIGHT
from geo.picture.shapes import Area, Box, Disc, Line, Text

SIZES = [(1200, 630), (1080, 1080), (1080, 1920), (640, 400), (300, 700)]
HIGH, DEEP = 0.78, 0.24  # of a text's size: how far letters reach above and below their line
CLOSE = 0.3  # pixels by which two shapes may touch


@pytest.fixture(scope="module")
def shipped():
    found = catalogue.load()
    return view.table(found), found


def choices(rows):
    """Names of choices of rows, and the rows: what readers really choose, and hard ones."""
    common = rows["franchise"].value_counts().index
    found = {name: rows[rows["franchise"] == name] for name in common[:14]}
    films = rows["film"].value_counts().index
    found |= {film: rows[rows["film"] == film] for film in films[5:200:15]}
    for code in ("FJ", "NZ", "CL", "US", "IS", "RU", "ZA"):
        found[code] = rows[(rows["filming_country"] == code) | (rows["setting_country"] == code)]
    for certainty in ("confirmed", "reported", "questioned", "denied"):
        found[certainty] = rows[rows["certainty"] == certainty]
    years = rows["year"].fillna(0)
    found |= {str(y): rows[(years >= y) & (years < y + 5)] for y in range(1960, 2025, 10)}
    return found | {"all": rows, "none": rows.iloc[:0]}


@pytest.fixture(scope="module")
def drawn(shipped):
    """(what it is, its rows, its Sheet) of many pictures."""
    return list(sheets(*shipped))


def sheets(rows, found):
    for number, (name, chosen) in enumerate(choices(rows).items()):
        told = {"title": words.title(chosen), "subtitle": words.headline(chosen)}
        for size in (SIZES[number % 3], SIZES[number % len(SIZES)]):
            request = Request(*size, address="https://films.example.org/?film=a", **told)
            yield f"{name} {size}", chosen, compose(chosen, found, request)


def box(text):
    """What a text covers, without its halo."""
    wide = width(text.text, text.size, text.weight)
    left = text.x - wide * {"start": 0, "middle": 0.5, "end": 1}[text.anchor]
    return shapely.box(left, text.y - HIGH * text.size, left + wide, text.y + DEEP * text.size)


def labels(sheet):
    return [shape for shape in sheet.shapes if isinstance(shape, Text) and shape.halo]


def bands(sheet):
    """The boxes of title, list, credit and legend."""
    return [
        shapely.box(b.x, b.y, b.x + b.width, b.y + b.height)
        for b in sheet.shapes
        if isinstance(b, Box) and b.fill == LIGHT.paper and b not in sides(sheet)
    ]


def sides(sheet):
    """The empty margins of a picture that is wider than the world."""
    return [s for s in sheet.shapes if isinstance(s, Box) and s.height == sheet.height]


def marks(sheet):
    """The outlines of discs and diamonds on the map, those of the legend left out."""
    shown = []
    for shape in sheet.shapes:
        if isinstance(shape, Disc) and shape.stroke:
            shown.append(shapely.Point(shape.x, shape.y).buffer(shape.radius + shape.width / 2))
        if isinstance(shape, Area) and shape.stroke == LIGHT.story:
            shown.append(shapely.Polygon(shape.rings[0]).buffer(shape.width / 2, join_style=2))
    covers = bands(sheet)
    return [mark for mark in shown if not any(band.contains(mark) for band in covers)]


def meet(one, other):
    """Pairs of shapes, of two lists, that overlap by more than a touch."""
    tree = shapely.STRtree(other)
    for a, b in tree.query(one).T.tolist() if one and other else ():
        if shapely.area(shapely.intersection(one[a].buffer(-CLOSE), other[b])) > 0:
            yield a, b


def test_labels_overlap_neither_each_other_nor_marks_nor_title_legend_and_credit(drawn):
    placed = 0
    for name, _, sheet in drawn:
        texts = labels(sheet)
        boxes = [box(text) for text in texts]
        for a, b in combinations(range(len(boxes)), 2):
            touch = boxes[a].buffer(-CLOSE).intersects(boxes[b])
            assert not touch, f"{name}: “{texts[a].text}” and “{texts[b].text}”"
        for others in (marks(sheet), bands(sheet)):
            for a, _ in meet(boxes, others):
                pytest.fail(f"{name}: “{texts[a].text}” stands on something")
        frame = shapely.box(0, 0, sheet.width, sheet.height)
        assert all(frame.contains(one) for one in boxes), name
        placed += len(boxes)
    assert placed > 1500


def test_names_of_countries_keep_clear_as_well(drawn):
    for name, _, sheet in drawn:
        names = [shape for shape in sheet.shapes if isinstance(shape, Text)]
        names = [box(text) for text in names if text.fill == LIGHT.name]
        others = [*map(box, labels(sheet)), *marks(sheet), *bands(sheet)]
        assert not list(meet(names, others)), name
        assert not [1 for a, b in combinations(names, 2) if a.buffer(-CLOSE).intersects(b)], name


def test_no_mark_is_hidden_by_title_legend_or_credit(shipped, drawn):
    for name, chosen, sheet in drawn:
        points = [s for s in drawing.spots(chosen, shipped[1].places) if not s.area]
        wanted = sum(bool(s.filming) + bool(s.story) for s in points)
        assert len(marks(sheet)) == wanted, name
        assert not list(meet(marks(sheet), bands(sheet))), name


def test_what_the_legend_explains_is_what_is_drawn(shipped, drawn):
    for name, chosen, sheet in drawn:
        told = {s.text for s in sheet.shapes if isinstance(s, Text)}
        spots = drawing.spots(chosen, shipped[1].places)
        points = [spot for spot in spots if not spot.area]
        assert ("Shot here" in told) == any(spot.filming for spot in points), name
        assert ("Plays here" in told) == any(spot.story for spot in points), name
        lines = [s for s in sheet.shapes if isinstance(s, Line) and s.stroke == LIGHT.line]
        assert ("Who plays what" in told) == bool(lines), name


def test_a_very_small_picture_has_no_legend(shipped):
    rows, found = shipped
    chosen = rows[rows["film"] == "skyfall"]
    texts = [
        {s.text for s in compose(chosen, found, Request(*size, title="Skyfall")).shapes
         if isinstance(s, Text)} for size in ((200, 200), (400, 300))]  # fmt: skip
    assert "Shot here" not in texts[0] and "Shot here" in texts[1]


def test_a_world_is_drawn_once(shipped):
    rows, found = shipped
    sheet = compose(rows, found, Request(1200, 400))
    land = [s for s in sheet.shapes if isinstance(s, Area) and s.stroke == LIGHT.coast]
    west = min(ring[:, 0].min() for shape in land for ring in shape.rings)
    east = max(ring[:, 0].max() for shape in land for ring in shape.rings)
    assert 100 < west < east < 1100
    assert [s.fill for s in sides(sheet)] == [LIGHT.paper] * 2
    assert abs(sides(sheet)[0].width - west) < 1


def test_a_whole_country_is_seen_where_it_alone_is_shown(shipped):
    rows, found = shipped
    alone = rows[(rows["setting"] == "australia") & (rows["filming_country"] == "AU")]
    sheet = compose(alone, found, Request())
    hatched = [s.points for s in sheet.shapes if isinstance(s, Line) and s.stroke == LIGHT.story]
    assert min(p[:, 0].min() for p in hatched[:-2]) > 0
    assert max(p[:, 0].max() for p in hatched[:-2]) < 1200


def test_a_tall_picture_lists_more_where_the_map_is_low(shipped):
    rows, found = shipped
    wide, high = rows[rows["franchise"] == "James Bond"], rows[rows["filming_country"] == "CL"]
    listed = [_listed(compose(chosen, found, Request(1080, 1920))) for chosen in (wide, high)]
    assert listed[0] > 12 and listed[0] > listed[1] > 3


def _listed(sheet):
    return sum(" plays " in s.text for s in sheet.shapes if isinstance(s, Text))


def test_a_part_of_the_world_fills_the_picture(shipped):
    rows, found = shipped
    request = Request(bounds=(35.0, -11.0, 71.0, 40.0))
    names = {s.text for s in compose(rows, found, request).shapes if isinstance(s, Text)}
    assert "Moscow" in names and not names & {"Brazil", "Tokyo", "Canada"}
    sheet = compose(rows, found, replace(request, bounds=(-25.0, 170.0, -10.0, 190.0)))
    assert any(s.text in ("Fiji", "Savusavu", "Samoa") for s in sheet.shapes if isinstance(s, Text))


def test_nothing_that_can_be_drawn_is_told(shipped):
    rows, found = shipped
    for chosen, said in (
        (rows[rows["certainty"] == "denied"], "Denied: nothing"),
        (rows.iloc[:0], "No scene matches."),
    ):
        sheet = compose(chosen, found, Request())
        assert [1 for s in sheet.shapes if isinstance(s, Text) and s.text.startswith(said)]


def test_a_long_address_is_whole(shipped):
    rows, found = shipped
    address = "films.example.org/?" + "&".join(f"film=number-{n}" for n in range(24))
    sheet = compose(rows, found, Request(1080, 1080, address="https://" + address))
    assert address in "".join(s.text for s in sheet.shapes if isinstance(s, Text))
