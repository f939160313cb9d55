"""Where text may stand: labels that overlap neither each other nor any mark.

Greedy placement in order of importance over eight positions around the mark, as Christensen, Marks
and Shieber (1995) describe it; a label that fits nowhere is left out.
"""

from collections import defaultdict

from geo.picture import fonts
from geo.picture.shapes import Text

CELL = 48  # pixels of the grid in which occupied boxes are found again
GAP = 3


class Taken:
    """The boxes that are occupied already, in pixels, inside `width` × `height`."""

    def __init__(self, width, height):
        self._size, self._grid = (width, height), defaultdict(list)

    def add(self, x, y, width, height):
        """Occupy a box, given by its upper left corner."""
        box = (x, y, x + width, y + height)
        for cell in _cells(box):
            self._grid[cell].append(box)

    def covers(self, x, y):
        """Whether a point lies in an occupied box."""
        cell = int(x // CELL), int(y // CELL)
        return any(a <= x <= c and b <= y <= d for a, b, c, d in self._grid[cell])

    def free(self, x, y, width, height):
        """Whether a box lies inside the picture and overlaps no other."""
        box = (x, y, x + width, y + height)
        if x < GAP or y < GAP or box[2] > self._size[0] - GAP or box[3] > self._size[1] - GAP:
            return False
        return not any(_overlap(box, other) for c in _cells(box) for other in self._grid[c])


def _cells(box):
    west, north, east, south = (int(edge // CELL) for edge in box)
    return [(c, r) for c in range(west, east + 1) for r in range(north, south + 1)]


def _overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def label(text, x, y, radius, taken, look, size, weight="regular", fill=None):
    """The Text that names a mark at (x, y), in the first free position; None where none is."""
    wide, high = fonts.width(text, size, weight), size * 1.25
    side, near = radius + GAP, radius * 0.7 + GAP
    middle, above, below = y - high / 2, y - side - high, y + side
    spots = [
        (x + side, middle),
        (x - side - wide, middle),
        (x - wide / 2, above),
        (x - wide / 2, below),
        (x + near, y - near - high),
        (x + near, y + near),
        (x - near - wide, y - near - high),
        (x - near - wide, y + near),
    ]
    for left, top in spots:
        if taken.free(left, top, wide, high):
            taken.add(left, top, wide, high)
            halo = look.land[0]
            return Text(left, top + size, text, size, fill or look.text, weight, halo=halo)
    return None
