"""How long a picture of a thousand places takes, beside what else draws maps in Python.

    python benchmarks/picture.py

1200×630 pixels, the same places and the same outlines (Natural Earth 1:50 million) in one run. Each
is drawn once to warm up; then, in turns, ROUNDS times, of which the median counts: seconds of
processor time on one core. What matplotlib and py-staticmaps draw is land and marks alone: no
labels that keep clear of each other, areas, great circles, legend or credit. Beside the whole of
ours stands the same without lines, title and legend. py-staticmaps' tiles are switched off.
Both come by `pip install -r benchmarks/requirements.txt`, and are left out where they are missing.
"""

import io
import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import generated
import numpy as np

from geo import catalogue, view, words
from geo.picture import Request, picture
from geo.tables import DATA

SCENES, PLACES, SIZE = 3600, 1090, (1200, 630)
OURS, ROUNDS = "doubletake, the whole", 3
TARGET = 1.0  # seconds


def timed(draw):
    """Seconds of processor time of one call, and the bytes it gave."""
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


def ours(rows, found, **options):
    request = Request(*SIZE, **options)
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


def drawers(folder):
    """{name: what draws}, and the names of what is not installed."""
    found, rows, places = thousand(folder)
    told = {"title": words.title(rows), "subtitle": words.headline(rows)}
    made = {
        OURS: ours(rows, found, **told),
        "land, marks, labels": ours(rows, found, lines=False, legend=False),
    }
    missing = []
    for name, module, draw in (
        ("matplotlib", "matplotlib", matplotlib),
        ("py-staticmaps", "staticmaps", staticmaps),
    ):
        try:
            __import__(module)
        except ImportError:
            missing.append(name)
        else:
            made[name] = draw(places)
    return made, missing, len(places)


def main():
    with tempfile.TemporaryDirectory() as folder:
        made, missing, places = drawers(Path(folder))
    for draw in made.values():
        draw()
    rounds = [{name: timed(draw) for name, draw in made.items()} for _ in range(ROUNDS)]
    seconds = {name: median(run[name][0] for run in rounds) for name in made}
    print(f"{places} places, {SIZE[0]}×{SIZE[1]}, processor time, median of {ROUNDS}")
    for name in made:
        size = rounds[0][name][1] // 1024
        print(
            f"{name:22} {seconds[name]:6.2f} s  {size:5} kB  {seconds[name] / seconds[OURS]:5.1f}×"
        )
    for name in missing:
        print(f"{name:22} NOT INSTALLED: pip install -r benchmarks/requirements.txt")
    met = seconds[OURS] <= TARGET
    print(f"Target: at most {TARGET:g} s. {'Met' if met else 'MISSED'}.")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
