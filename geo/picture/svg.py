"""A Sheet -> SVG. The same sheet gives the same bytes.

The letters that it needs are in it, as a web font: a file that is shown in a page may not fetch
one, and in another typeface names would be wider than the room that was kept for them. Programs
that pass over web fonts squeeze each text into that room (`textLength`).
"""

from base64 import b64encode
from html import escape

from geo.picture import fonts
from geo.picture.shapes import Area, Box, Disc, Line, Raster, Text

FACES = {
    "regular": "font-weight:400;font-style:normal",
    "bold": "font-weight:600;font-style:normal",
    "italic": "font-weight:400;font-style:italic",
}
WEIGHTS = {
    "regular": "",
    "bold": ' font-weight="600"',
    "italic": ' font-style="italic"',
}


def svg(sheet):
    """The sheet as SVG text, named and described for those who cannot see it."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width}" height="{sheet.height}" '
        f'viewBox="0 0 {sheet.width} {sheet.height}" role="img" '
        f'font-family="{fonts.FAMILY}, sans-serif">',
        f"<style>{_fonts(sheet)}</style>"
        f"<title>{_text(sheet.title)}</title><desc>{_text(sheet.description)}</desc>",
    ]
    if sheet.background:
        parts.append(f'<rect width="100%" height="100%" fill="{sheet.background}"/>')
    parts += [WRITERS[type(shape)](shape) for shape in sheet.shapes]
    return "".join(parts) + "</svg>"


def _fonts(sheet):
    """The @font-face rules of the weights that the sheet's texts use, with their letters alone."""
    rules, texts = [], [shape for shape in sheet.shapes if isinstance(shape, Text)]
    for weight, style in FACES.items():
        letters = "".join(sorted({c for t in texts if t.weight == weight for c in t.text}))
        if letters:
            data = b64encode(fonts.part(letters, weight)).decode()
            rules.append(
                f'@font-face{{font-family:"{fonts.FAMILY}";{style};'
                f'src:url(data:font/woff;base64,{data}) format("woff")}}'
            )
    return "".join(rules)


def _area(shape):
    path = "".join(f"M{_points(ring)}Z" for ring in shape.rings if len(ring) > 2)
    rule = ' fill-rule="evenodd"' if len(shape.rings) > 1 else ""
    return f'<path d="{path}"{rule}{_paint(shape, shape.fill)}/>' if path else ""


def _line(shape):
    return f'<path d="M{_points(shape.points)}" stroke-linecap="round"{_paint(shape, None)}/>'


def _disc(shape):
    where = f'cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}"'
    return f"<circle {where}{_paint(shape, shape.fill)}/>"


def _box(shape):
    where = f'x="{_n(shape.x)}" y="{_n(shape.y)}" rx="{_n(shape.radius)}"'
    size = f'width="{_n(shape.width)}" height="{_n(shape.height)}"'
    return f'<rect {where} {size} fill="{shape.fill}" fill-opacity="{_n(shape.opacity)}"/>'


def _raster(shape):
    where = f'x="{_n(shape.x)}" y="{_n(shape.y)}"'
    size = f'width="{_n(shape.width)}" height="{_n(shape.height)}"'
    data = f"data:image/png;base64,{b64encode(shape.png).decode()}"
    return f'<image {where} {size} href="{data}"/>'


def _line_of_text(shape):
    where = f'x="{_n(shape.x)}" y="{_n(shape.y)}" font-size="{_n(shape.size)}"'
    anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
    halo = ""
    if shape.halo:
        halo = f' stroke="{shape.halo}" stroke-width="3" stroke-linejoin="round"'
        halo += ' paint-order="stroke"'
    wide = fonts.width(shape.text, shape.size, shape.weight)
    look = f'{WEIGHTS[shape.weight]}{halo} fill="{shape.fill}" textLength="{_n(wide)}"'
    return f"<text {where}{anchor}{look}>{_text(shape.text)}</text>"


def _paint(shape, fill):
    paint = f' fill="{fill}"' if fill else ' fill="none"'
    if shape.stroke:
        paint += f' stroke="{shape.stroke}" stroke-width="{_n(shape.width)}"'
    if shape.dash:
        paint += f' stroke-dasharray="{" ".join(map(_n, shape.dash))}"'
    if shape.opacity < 1:  # of fill or stroke alone: `opacity` would draw on a sheet of its own
        paint += f' {"fill" if fill else "stroke"}-opacity="{_n(shape.opacity)}"'
    return paint


def _points(points):
    return " ".join(["%.1f,%.1f"] * len(points)) % tuple(points.ravel().tolist())


def _n(number):
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _text(text):
    return escape(fonts.printable(text))


WRITERS = {Area: _area, Line: _line, Disc: _disc, Box: _box, Raster: _raster, Text: _line_of_text}
