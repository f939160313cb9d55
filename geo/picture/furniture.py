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
    shapes, y = [Box(0, 0, request.width, high, look.paper)], PAD * unit * 0.6
    for line in heading:
        y += size * 1.15
        shapes.append(Text(PAD * unit, y - size * 0.18, line, size, look.text, "bold"))
    for line in under:
        y += small * 1.35
        shapes.append(Text(PAD * unit, y, line, small, look.soft))
    return shapes, high


def credit(request, publishers, unit, look, server=None):
    """Shapes of the lines of credit at the foot, and the height that they take, in pixels.

    The address of the view is whole, so that it can be typed: on as many lines as it needs.
    """
    size = 11 * unit
    most = request.width - 2 * PAD * unit
    parts = [_sources(publishers, size, most), credited(server)]
    lines = [line for part in parts if part for line in fonts.wrap(part, size, most)]
    if request.address:
        address = request.address.removeprefix("https://").removeprefix("http://")
        lines += fonts.broken(address, size, most)
    high = len(lines) * size * 1.35 + 8 * unit
    top = request.height - high
    shapes = [Box(0, top, request.width, high, look.paper)]
    for number, line in enumerate(lines, 1):
        shapes.append(Text(PAD * unit, top + number * size * 1.35 + unit, line, size, look.soft))
    return shapes, high


def doubles(rows, bottom, most, request, unit, look):
    """Who plays what as a list above `bottom`, for a tall picture, and the height it takes.

    The list is at most `most` pixels high.
    """
    if request.height < TALL * request.width:
        return [], 0
    told = words.doubles(rows)
    size = 17 * unit
    step = size * 1.6
    fits = max(0, int((most - 2 * PAD * unit) / step))
    lines = told if len(told) <= fits else told[: max(0, fits - 1)]
    if not lines:
        return [], 0
    wide = request.width - 4 * PAD * unit
    more = len(told) - len(lines)
    high = (len(lines) + (1 if more else 0)) * step + 2 * PAD * unit
    top = bottom - high
    shapes = [Box(0, top, request.width, high, look.paper)]
    texts = [fonts.cut(line, size, wide) for line in lines]
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


LEGEND = {
    "filming": "Shot here",
    "story": "Plays here",
    "line": "Who plays what",
    "area": "Somewhere in this area",
    "country": "Somewhere in this country",
    "reported": "Thin edge: reported",
    "questioned": "Dotted edge: in doubt",
}


def legend_size(keys, unit):
    """(width, height) in pixels of the legend of `keys` out of LEGEND; (0, 0) for none."""
    if not keys:
        return 0, 0
    widest = max(fonts.width(LEGEND[key], 13 * unit) for key in keys)
    return 46 * unit + widest, len(keys) * 22 * unit + 12 * unit


def legend(keys, corner, unit, look):
    """Shapes of the legend whose upper left corner is given, only of what is drawn.

    `keys` is {key of LEGEND: roles, out of "filming" and "story", in whose colours it is shown}.
    """
    size, step = 13 * unit, 22 * unit
    (wide, high), (left, top) = legend_size(keys, unit), corner
    shapes = [Box(left, top, wide, high, look.paper, 1.0, 6 * unit)] if keys else []
    for number, key in enumerate(key for key in LEGEND if key in keys):
        x, y = left + 20 * unit, top + 6 * unit + (number + 0.5) * step
        shapes += _key(key, keys[key], x, y, unit, look)
        text = Text(left + 38 * unit, y + size * 0.34, LEGEND[key], size, look.text)
        shapes.append(text)
    return shapes


def _key(key, roles, x, y, unit, look):
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
        colours = [getattr(look, role) for role in roles]
        aside = 5 * unit * (len(colours) - 1)
        at = zip(np.linspace(-aside, aside, len(colours)), colours, strict=True)
        return [Disc(x + dx, y, 9 * unit * share, colour, opacity=0.12)
                for dx, colour in at for share in (1, 0.8, 0.6, 0.4)]  # fmt: skip
    if key == "country":
        return _country_key(roles, x, y, unit, look)
    width, dash = {"reported": (0.8, ()), "questioned": (1.4, (1.5, 2.2))}.get(key, (1.6, ()))
    fill = look.paper if key in ("reported", "questioned") else look.filming
    return [Disc(x, y, radius, fill, look.ink, width * unit, dash=dash)]


def _country_key(roles, x, y, unit, look):
    """A swatch as countries are drawn: filled where shot, hatched where it plays."""
    wide, high = 10 * unit, 7 * unit
    where = (x - wide, y - high, 2 * wide, 2 * high)
    shapes = [Box(*where, look.land[1])]
    shapes += [Box(*where, look.filming, 0.3)] if "filming" in roles else []
    if "story" in roles:
        for start in (x - wide, x - wide / 4):
            slope = np.array([(start, y + high), (start + 1.4 * high, y - high)])
            shapes.append(Line(slope, look.story, 1.2 * unit, 0.6))
    return shapes


def sides(window, look):
    """Shapes that frame a world which is narrower than the picture."""
    west, east = window.sides
    if west <= 0:
        return []
    high = window.height
    return [Box(0, 0, west, high, look.paper), Box(east, 0, window.width - east, high, look.paper)]


def note(text, frame, unit, look, taken):
    """Shapes of a remark in the middle of a map on which nothing could be drawn."""
    size = 16 * unit
    lines = fonts.wrap(text, size, frame.width * 0.7, lines=3)
    wide = max(fonts.width(line, size) for line in lines) + 4 * PAD * unit
    high = len(lines) * size * 1.4 + 2 * PAD * unit
    top = (frame.above + frame.height - frame.below - high) / 2
    middle = frame.width / 2
    taken.add(middle - wide / 2, top, wide, high)
    shapes = [Box(middle - wide / 2, top, wide, high, look.paper, 1.0, 6 * unit)]
    for number, line in enumerate(lines):
        y = top + PAD * unit + (number + 0.78) * size * 1.4
        shapes.append(Text(middle, y, line, size, look.text, anchor="middle"))
    return shapes
