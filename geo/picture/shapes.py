"""What a picture is made of: shapes in pixels, x to the right and y down, first drawn first.

Colours are "#rrggbb", opacities 0 to 1, `dash` lengths of stroke and gap in pixels.
"""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, slots=True)
class Area:
    """Closed rings, each an array (n, 2) of x and y, filled by the even-odd rule."""

    rings: list[np.ndarray]
    fill: str | None = None
    stroke: str | None = None
    width: float = 0.0
    opacity: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """An open line through an array (n, 2) of x and y."""

    points: np.ndarray
    stroke: str
    width: float
    opacity: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle around (x, y)."""

    x: float
    y: float
    radius: float
    fill: str | None
    stroke: str | None = None
    width: float = 0.0
    opacity: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with round corners; (x, y) is its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    opacity: float = 1.0
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; (x, y) is the start (or, by `anchor`, middle or end) of its baseline."""

    x: float
    y: float
    text: str
    size: float
    fill: str
    weight: str = "regular"
    anchor: str = "start"
    halo: str | None = None


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture of PNG bytes; (x, y) is its upper left corner, the size that of its place."""

    x: float
    y: float
    width: float
    height: float
    png: bytes


@dataclass
class Sheet:
    """A picture before it is written: its size in pixels and its shapes.

    Without a `background` it is transparent; then `edge` is the colour of what ends there most.
    """

    width: int
    height: int
    background: str | None
    edge: str = "#ffffff"
    title: str = ""
    description: str = ""
    shapes: list = field(default_factory=list)
