"""What stands around the map: title, legend and credit, each in a box that labels keep clear of."""

import numpy as np

from geo import words
from geo.picture import fonts
from geo.picture.shapes import Area, Box, Disc, Line, Text

PAD = 14
TALL = 1.5  # height by width from which there is room for a list under the map
SHARE = 0.27  # of a tall picture's height that the list may take
CREDIT = "Doubletake, CC BY 4.0 · places: GeoNames, CC BY 4.0 · map: "
OWN = "Natural Earth"


def credited(server=None):
    """Whom a picture credits; `server` is the tiles.TileServer of its street map, if any."""
    return CREDIT + (server.credit if server else OWN)


def title(request, unit, look):
    """Shapes of the title and subtitle, and the height that they take, in pixels."""
    if not request.title and not request.subtitle:
        return [], 0
    size, small = 27 * unit, 15 * unit
    most = request.width - 2 * PAD * unit
    heading = (
        fonts.wrap(request.title, size, most - 2 * PAD * unit, "bold") if request.title else []
    )
    under = fonts.wrap(request.subtitle, small, most - 2 * PAD * unit) if request.subtitle else []
    high = PAD * unit + len(heading) * size * 1.15 + len(under) * small * 1.35 + 8 * unit
    shapes, y = [Box(0, 0, request.width, high, look.paper, 0.94)], PAD * unit * 0.6
    for line in heading:
        y += size * 1.15
        shapes.append(Text(PAD * unit, y - size * 0.18, line, size, look.text, "bold"))
    for line in under:
        y += small * 1.35
        shapes.append(Text(PAD * unit, y, line, small, look.soft))
    return shapes, high


def credit(request, publishers, unit, look, server=None):
    """Shapes of the lines of credit at the foot, and the height that they take, in pixels."""
    size = 11 * unit
    most = request.width - 2 * PAD * unit
    parts = [_sources(publishers, size, most), credited(server)]
    lines = [line for part in parts if part for line in fonts.wrap(part, size, most)]
    if request.address:
        address = request.address.removeprefix("https://").removeprefix("http://")
        lines.append(fonts.cut(address, size, most))
    high = len(lines) * size * 1.35 + 8 * unit
    top = request.height - high
    shapes = [Box(0, top, request.width, high, look.paper, 0.94)]
    for number, line in enumerate(lines, 1):
        shapes.append(Text(PAD * unit, top + number * size * 1.35 + unit, line, size, look.soft))
    return shapes, high


def doubles(rows, bottom, request, unit, look):
    """Who plays what as a list above `bottom`, for a tall picture, and the height it takes."""
    if request.height < TALL * request.width:
        return [], 0
    told = words.doubles(rows)
    room = request.height * SHARE - 2 * PAD * unit
    size = 17 * unit
    step = size * 1.6
    lines = told[: max(0, int(room / step) - 1)]
    if not lines:
        return [], 0
    most = request.width - 4 * PAD * unit
    more = len(told) - len(lines)
    high = (len(lines) + (1 if more else 0)) * step + 2 * PAD * unit
    top = bottom - high
    shapes = [Box(0, top, request.width, high, look.paper, 0.94)]
    texts = [fonts.cut(line, size, most) for line in lines]
    if more:
        texts.append(f"and {words.count(more, 'other')}")
    for number, line in enumerate(texts):
        y = top + PAD * unit + number * step + size
        fill = look.soft if more and number == len(lines) else look.text
        shapes.append(Text(2 * PAD * unit, y, line, size, fill))
    return shapes, high


def _sources(publishers, size, most):
    """The publishers of the sources, as many as fit on a line, and how many more there are."""
    shown = list(publishers)
    while shown:
        more = len(publishers) - len(shown)
        text = f"Sources: {', '.join(shown)}" + (
            f" and {words.count(more, 'other')}" if more else ""
        )
        if fonts.width(text, size) <= most:
            return text
        shown.pop()
    return f"{words.count(len(publishers), 'source')} cited" if publishers else ""


def legend(keys, bottom, unit, look):
    """Shapes of the legend above `bottom`, only of what is drawn, and its box in pixels."""
    size, step = 13 * unit, 22 * unit
    texts = {
        "filming": "Shot here",
        "story": "Plays here",
        "line": "Who plays what",
        "area": "Somewhere in this area",
        "reported": "Thin edge: reported",
        "questioned": "Dotted edge: in doubt",
    }
    keys = [key for key in texts if key in keys]
    wide = 46 * unit + max((fonts.width(texts[key], size) for key in keys), default=0)
    high = len(keys) * step + 12 * unit
    left, top = PAD * unit, bottom - high - PAD * unit
    if not keys:
        return [], (left, bottom, 0, 0)
    shapes = [Box(left, top, wide, high, look.paper, 0.94, 6 * unit)]
    for number, key in enumerate(keys):
        x, y = left + 20 * unit, top + 6 * unit + (number + 0.5) * step
        shapes += _key(key, x, y, unit, look)
        shapes.append(Text(left + 38 * unit, y + size * 0.34, texts[key], size, look.text))
    return shapes, (left, top, wide, high)


def _key(key, x, y, unit, look):
    radius = 5.5 * unit
    if key == "story":
        reach = radius * 1.35
        corners = np.array([(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)])
        return [Area([corners], look.paper, look.story, 1.6 * unit)]
    if key == "line":
        story, real = np.array([(x - 11 * unit, y), (x, y)]), np.array([(x, y), (x + 11 * unit, y)])
        dashed = Line(story, look.line, 1.5 * unit, dash=(3.5, 4.5))
        return [dashed, Line(real, look.line, 1.5 * unit)]
    if key == "area":
        return [Disc(x, y, 9 * unit * s, look.filming, opacity=0.12) for s in (1, 0.8, 0.6, 0.4)]
    width, dash = {"reported": (0.8, ()), "questioned": (1.4, (1.5, 2.2))}.get(key, (1.6, ()))
    fill = look.paper if key in ("reported", "questioned") else look.filming
    return [Disc(x, y, radius, fill, look.ink, width * unit, dash=dash)]
