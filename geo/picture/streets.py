"""A street map under a picture: the tiles that a window needs, laid where it shows them.

Tiles of web maps are squares of the same projection as the picture's (EPSG:3857): at zoom z the
world is 2**z tiles wide and high, counted from the north west.
"""

import io
from math import ceil, floor, log2

from PIL import Image

from geo.picture.shapes import Raster
from geo.picture.tiles import DEEPEST, MOST_TILES

SIDE = 256  # pixels of a tile at the zoom that it is made for


def streets(window, scale, server):
    """The Raster of the street map in a Window, at `scale` pixels of the file for each of its own.

    Raises as server.tiles() does.
    """
    zoom, (west, north, east, south) = cover(window, scale)
    grid = [(x, y) for y in range(north, south) for x in range(west, east)]
    turn = 2**zoom
    images = server.tiles((zoom, x % turn, y) for x, y in grid)
    side = next(iter(images.values())).size[0]
    sheet = Image.new("RGBA", ((east - west) * side, (south - north) * side))
    for x, y in grid:
        image = images[zoom, x % turn, y]
        sheet.paste(image, ((x - west) * side, (y - north) * side))
    file = io.BytesIO()
    sheet.convert("RGB").save(file, "PNG", compress_level=4)
    where = (west / turn - window.left) * window.scale, (north / turn - window.top) * window.scale
    size = (east - west) / turn * window.scale, (south - north) / turn * window.scale
    return Raster(*where, *size, file.getvalue())


def cover(window, scale):
    """(zoom, (west, north, east, south)): the tiles that cover a Window, the ends not included.

    The zoom at which a tile is drawn nearest to its own size, or the next that needs no more than
    MOST_TILES.
    """
    zoom = min(max(round(log2(window.scale * scale / SIDE)), 0), DEEPEST)
    while True:
        count = 2**zoom
        west, east = floor(window.left * count), ceil((window.left + window.wide) * count)
        north = max(floor(window.top * count), 0)
        south = min(ceil((window.top + window.high) * count), count)
        tiles = min(east - west, count) * (south - north)
        if tiles <= MOST_TILES or zoom == 0:
            return zoom, (west, north, east, south)
        zoom -= 1
