"""How long a picture of a thousand places takes, beside what else draws maps in Python.

    python benchmarks/picture.py

One core, 1200×630 pixels, the same places and the same outlines (Natural Earth 1:50 million), one
run after a warm one. Matplotlib and py-staticmaps are asked only where they are installed; neither
labels, legends nor credits are drawn by them. Figures are seconds of processor time.
"""

import io
import json
import sys
import tempfile
import time
from pathlib import Path

import generated
import numpy as np

from geo import catalogue, view, words
from geo.catalogue import DATA
from geo.picture import Request, picture

SCENES, PLACES, SIZE = 3600, 1090, (1200, 630)
TARGET = 1.0  # seconds


def timed(draw):
    """Seconds of processor time of one call, after one to warm up, and the bytes it gave."""
    draw()
    start = time.process_time()
    made = draw()
    return time.process_time() - start, len(made)


def thousand(folder):
    """A generated catalogue of which a thousand places can be drawn, and its rows."""
    found = catalogue.load(generated.write(folder, SCENES))
    placed = found.places.index[found.places["latitude"].notna()][:PLACES]
    rows = view.table(found)
    ends = rows[["filming_place", "setting"]]
    return found, rows[(ends.isna() | ends.isin(placed)).all(axis=1)], found.places.loc[placed]


def ours(rows, found):
    request = Request(*SIZE, title=words.title(rows), subtitle=words.headline(rows))
    return lambda: picture(rows, found, request)


def outlines():
    """The rings of the basemap as arrays of (longitude, latitude)."""
    data = json.loads((DATA / "basemap.json").read_text(encoding="utf-8"))
    rings = [ring for country in data["countries"] for ring in country["rings"]]
    return [np.cumsum(np.reshape(ring, (-1, 2)), axis=0) / data["scale"] for ring in rings]


def matplotlib(places):
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot
    from matplotlib.collections import PolyCollection

    rings = outlines()

    def draw():
        figure = pyplot.figure(figsize=(12, 6.3), dpi=100)
        axes = figure.add_axes((0, 0, 1, 1))
        land = PolyCollection(rings, facecolor="#f2ecdd", edgecolor="#b9c7cb", linewidth=0.5)
        axes.add_collection(land)
        axes.plot(places["longitude"], places["latitude"], "o", markersize=4)
        axes.set_xlim(-180, 180)
        axes.set_ylim(-70, 80)
        file = io.BytesIO()
        figure.savefig(file, format="png")
        pyplot.close(figure)
        return file.getvalue()

    return draw


def staticmaps(places):
    import staticmaps

    rings = outlines()

    def draw():
        context = staticmaps.Context()
        context.set_tile_provider(staticmaps.tile_provider_None)
        for ring in rings:
            points = [staticmaps.create_latlng(max(-84, y), x) for x, y in ring.tolist()]
            context.add_object(staticmaps.Line(points, staticmaps.parse_color("#b9c7cb"), 1))
        for latitude, longitude in zip(places["latitude"], places["longitude"], strict=True):
            spot = staticmaps.create_latlng(latitude, longitude)
            context.add_object(staticmaps.Marker(spot, staticmaps.parse_color("#0072b2"), 6))
        file = io.BytesIO()
        context.render_pillow(*SIZE).save(file, "png")
        return file.getvalue()

    return draw


def main():
    with tempfile.TemporaryDirectory() as folder:
        found, rows, places = thousand(Path(folder))
    seconds, size = timed(ours(rows, found))
    drawn = len(set(rows["filming_place"].dropna()) | set(rows["setting"].dropna()))
    print(f"doubletake      {seconds:6.2f} s  {size // 1024:5} kB  {drawn} places  1.0×")
    for name, module, draw in (
        ("matplotlib", "matplotlib", matplotlib),
        ("py-staticmaps", "staticmaps", staticmaps),
    ):
        try:
            __import__(module)
        except ImportError:
            print(f"{name:15} not installed")
            continue
        took, size = timed(draw(places))
        ratio = f"{len(places)} places  {took / seconds:.1f}×"
        print(f"{name:15} {took:6.2f} s  {size // 1024:5} kB  {ratio}")
    met = seconds <= TARGET
    print(f"Target: at most {TARGET:g} s. {'Met' if met else 'MISSED'}.")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
