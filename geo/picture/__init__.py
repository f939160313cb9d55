"""Rows -> a picture that is ready to publish: PNG, SVG or PDF, drawn here without a browser.

    picture(rows, catalogue, Request(width=1200, height=630), "png") -> bytes

The flow: marks.py picks what is drawn, window.py the part of the globe, land.py the basemap (or
streets.py and tiles.py a street map, on request and over the network),
furniture.py title, legend and credit, labels.py the names; png.py, svg.py and pdf.py write the
shapes. The same input gives the same bytes.
"""

from dataclasses import dataclass

from geo.errors import BadInput
from geo.picture import furniture, land
from geo.picture import marks as drawing
from geo.picture.labels import Taken
from geo.picture.looks import LOOKS
from geo.picture.pdf import pdf
from geo.picture.png import png
from geo.picture.shapes import Sheet, Text
from geo.picture.streets import streets
from geo.picture.svg import svg
from geo.picture.told import tell
from geo.picture.window import NARROWEST, NEAREST, around, fit
from geo.words import alt_text

SIZES = {"blog": (1200, 630), "square": (1080, 1080), "story": (1080, 1920)}
SMALLEST, LARGEST = 200, 4000  # pixels of a side
SCALES = (1, 2, 3)
FORMATS = ("png", "svg", "pdf")


@dataclass(frozen=True, slots=True)
class Request:
    """How a picture is to look: pixels, theme of looks.LOOKS, texts, what part of the globe.

    Without `centre` (latitude, longitude) and `zoom` the picture fits what it shows. `address` is
    that of the view, printed in the credit. `alt` is what the file says of itself to those who
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
    return tell(made, sheet.title, sheet.description, furniture.credited(server))


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
    told, listed = furniture.doubles(rows, request.height - below, request, unit, look)
    below += listed
    nearest = NEAREST if server else NARROWEST
    window = _window(drawn, request, above, below, unit, nearest)
    keys = _keys(drawn, pairs) if request.legend else set()
    legend, box = furniture.legend(keys, request.height - below, unit, look)
    taken = Taken(request.width, request.height)
    taken.add(0, 0, request.width, above)
    taken.add(0, request.height - below, request.width, below)
    taken.add(*box)
    radius = (5.5 if len(drawn) <= 120 else 4.2 if len(drawn) <= 400 else 3.2) * unit
    marks = drawing.marks(drawn, window, look, taken, radius, 13 * unit)
    if server:
        shapes = [streets(window, request.scale, server)]
    else:
        shapes = [*land.land(window, look), *land.names(window, look, taken, unit)]
    shapes += drawing.washes(drawn, window, look)
    shapes += [*drawing.lines(pairs, window, look), *marks, *legend, *title, *told, *foot]
    shapes.sort(key=lambda shape: isinstance(shape, Text))  # nothing is drawn over words
    name = request.title or "Filming places and story settings"
    alt = request.alt or alt_text(rows)
    return Sheet(request.width, request.height, look.sea, look.coast, name, alt, shapes)


def _window(drawn, request, above, below, unit, nearest):
    if request.centre and request.zoom is not None:
        return around(*request.centre, request.zoom, request.width, request.height)
    side = request.width * 0.06 + 12 * unit
    margins = (above + 34 * unit, side, below + 34 * unit, side)
    latitudes, longitudes = [s.latitude for s in drawn], [s.longitude for s in drawn]
    return fit(latitudes, longitudes, request.width, request.height, margins, nearest)


def _keys(drawn, pairs):
    keys = {key for key in ("filming", "story") if any(getattr(spot, key) for spot in drawn)}
    keys |= {spot.certainty for spot in drawn if not spot.area}
    keys |= {"area"} if any(spot.area for spot in drawn) else set()
    return keys | ({"line"} if pairs else set())


def _publishers(rows, catalogue):
    """The publishers of the rows' sources, those of most scenes first."""
    cited = [source for sources in rows["sources"] for source in sources]
    names = catalogue.sources["publisher"].reindex(cited).dropna()
    return list(names.value_counts(sort=True).index)
