"""Rows -> a picture that is ready to publish: PNG, SVG or PDF, drawn here without a browser.

    picture(rows, catalogue, Request(width=1200, height=630), "png") -> bytes

The flow: marks.py picks what is drawn, layout.py where map and legend lie, window.py the part of
the globe, land.py the basemap (or streets.py and tiles.py a street map, on request and over the
network), furniture.py title, legend and credit, labels.py the names; png.py, svg.py and pdf.py
write the shapes. The same input gives the same bytes.
"""

from dataclasses import dataclass, replace

from geo.errors import BadInput
from geo.picture import furniture, land
from geo.picture import marks as drawing
from geo.picture.labels import Taken
from geo.picture.layout import Frame, asked, corner_of, fitted, needed
from geo.picture.looks import LOOKS
from geo.picture.pdf import pdf
from geo.picture.png import png
from geo.picture.shapes import Sheet, Text
from geo.picture.streets import streets
from geo.picture.svg import svg
from geo.picture.told import tell
from geo.words import alt_text

SIZES = {"blog": (1200, 630), "square": (1080, 1080), "story": (1080, 1920)}
SMALLEST, LARGEST = 200, 4000  # pixels of a side
SCALES = (1, 2, 3)
FORMATS = ("png", "svg", "pdf")
LEGEND = 0.4  # of the map's area: a picture whose legend would cover more has none


@dataclass(frozen=True, slots=True)
class Request:
    """How a picture is to look: pixels, theme of looks.LOOKS, texts, what part of the globe.

    Without `centre` (latitude, longitude) and `zoom`, or `bounds` (south, west, north, east), all
    in degrees, the picture fits what it shows. `address` is that of the view, printed in the
    credit. `alt` is what the file says of itself to those who
    cannot see it, by default words.alt_text(). Raises BadInput for a size or theme there is not.
    """

    width: int = 1200
    height: int = 630
    scale: int = 1
    theme: str = "light"
    title: str = ""
    subtitle: str = ""
    address: str = ""
    alt: str = ""
    centre: tuple[float, float] | None = None
    zoom: float | None = None
    bounds: tuple[float, float, float, float] | None = None
    lines: bool = True
    filming: bool = True
    story: bool = True
    legend: bool = True

    def __post_init__(self):
        if not all(SMALLEST <= side <= LARGEST for side in (self.width, self.height)):
            raise BadInput(f"A picture has {SMALLEST} to {LARGEST} pixels a side.")
        if self.scale not in SCALES:
            raise BadInput("A picture is drawn at a scale of 1, 2 or 3.")
        if self.theme not in LOOKS:
            raise BadInput(f"The theme is one of: {', '.join(LOOKS)}.")


def picture(rows, catalogue, request=None, kind="png", server=None):
    """The picture of `rows` (of view.table()) as bytes of a `kind`: png, svg or pdf.

    `server`, a tiles.TileServer, puts a street map under it in place of our own; only then the
    network is asked, and CouldNotAsk raised where it does not answer.
    """
    request = request or Request()
    if kind not in FORMATS:
        raise BadInput(f"A picture is one of: {', '.join(FORMATS)}.")
    sheet = compose(rows, catalogue, request, server)
    if kind == "svg":
        return svg(sheet).encode("utf-8")
    if kind == "pdf":
        return pdf(sheet)
    made = png(sheet, request.scale)
    credit = furniture.credited(server)
    return tell(made, sheet.title, sheet.description, credit, request.address)


def compose(rows, catalogue, request, server=None):
    """The Sheet of a picture, before it is written as any format; raises as picture() does."""
    look = LOOKS[request.theme]
    unit = min(request.width, request.height) / 630
    unit = min(max(unit, 0.75), 1.7)
    drawn = drawing.spots(rows, catalogue.places)
    drawn = [s for s in drawn if (s.filming and request.filming) or (s.story and request.story)]
    pairs = drawing.pairs(rows, catalogue.places) if request.lines else []
    title, above = furniture.title(request, unit, look)
    foot, below = furniture.credit(request, _publishers(rows, catalogue), unit, look, server)
    frame = Frame(request.width, request.height, above, below, unit)
    told, listed = _listed(rows, drawn, pairs, request, frame, look)
    frame = replace(frame, below=below + listed)
    window, keys, corner = _laid_out(drawn, pairs, request, frame, server)
    legend, box = furniture.legend(keys, corner, unit, look), furniture.legend_size(keys, unit)
    taken = Taken(request.width, request.height)
    taken.add(0, 0, request.width, above)
    taken.add(0, request.height - frame.below, request.width, frame.below)
    if keys:
        taken.add(*corner, *box)
    radius = (5.5 if len(drawn) <= 120 else 4.2 if len(drawn) <= 400 else 3.2) * unit
    marks = drawing.marks(drawn, window, look, taken, radius, 13 * unit)
    note = [] if drawn else furniture.note(_why_nothing(rows), frame, unit, look, taken)
    if server:
        shapes = [streets(window, request.scale, server)]
    else:
        told_already = {shape.text for shape in marks if isinstance(shape, Text)}
        shapes = [*land.land(window, look), *land.names(window, look, taken, unit, told_already)]
    shapes += [*drawing.washes(drawn, window, look), *drawing.lines(pairs, window, look)]
    shapes += [] if server or request.theme == "transparent" else furniture.sides(window, look)
    shapes += [*marks, *title, *told, *foot, *legend, *note]
    shapes.sort(key=lambda shape: isinstance(shape, Text))  # nothing is drawn over words
    name = request.title or "Filming places and story settings"
    alt = request.alt or alt_text(rows)
    return Sheet(request.width, request.height, look.sea, look.coast, name, alt, shapes)


def _listed(rows, drawn, pairs, request, frame, look):
    """Who plays what, under a tall picture's map: in a share of it, or in all the map leaves."""
    share = furniture.SHARE * request.height
    if not (request.bounds or request.centre):
        high = furniture.legend_size(_keys(drawn, pairs), frame.unit)[1] if request.legend else 0
        mapped = needed(drawn, frame) + high + furniture.PAD * frame.unit
        share = max(share, frame.height - frame.above - frame.below - mapped)
    bottom = frame.height - frame.below
    return furniture.doubles(rows, bottom, share, request, frame.unit, look)


def _laid_out(drawn, pairs, request, frame, server):
    """(Window, keys of the legend, its upper left corner in pixels)."""
    window = asked(request, frame)
    seen = drawn if window is None else drawing.in_sight(drawn, window)
    keys = _keys(seen, pairs) if request.legend else {}
    box = furniture.legend_size(keys, frame.unit)
    if box[0] * box[1] > LEGEND * frame.width * (frame.height - frame.above - frame.below):
        keys, box = {}, (0, 0)
    if window is None:
        window, corner = fitted(drawn, frame, box, bool(server))
    else:
        corner, _ = corner_of(seen, window, frame, box)
    return window, keys, corner


def _keys(drawn, pairs):
    """What the legend explains, each with the roles in whose colours it does."""
    ends = ("filming", "story")
    keys = {key: (key,) for key in ends if any(getattr(s, key) for s in drawn if not s.area)}
    keys |= {spot.certainty: () for spot in drawn if not spot.area}
    for key, whole in (("area", False), ("country", True)):
        areas = [spot for spot in drawn if spot.area and (spot.country is not None) == whole]
        roles = tuple(role for role in ends if any(getattr(spot, role) for spot in areas))
        keys |= {key: roles} if roles else {}
    keys.pop("confirmed", None)
    return keys | ({"line": ends} if pairs else {})


def _why_nothing(rows):
    if rows.empty:
        return "No scene matches."
    if (rows["certainty"] == "denied").all():
        return "Denied: nothing of this was shot where it is said to be."
    return "These places are nowhere on the globe."


def _publishers(rows, catalogue):
    """The publishers of the rows' sources, those of most scenes first."""
    cited = [source for sources in rows["sources"] for source in sources]
    names = catalogue.sources["publisher"].reindex(cited).dropna()
    return list(names.value_counts(sort=True).index)
