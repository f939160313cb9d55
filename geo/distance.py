"""Distances and lines on the globe, in kilometres and degrees WGS84."""

from math import asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt

EARTH_KM = 6371.0088  # mean radius, IUGG
KM_A_DEGREE = 111.195  # of latitude, on this sphere


def kilometres(a, b):
    """Great-circle distance between two things with latitude and longitude (haversine).

    NaN where either has no point.
    """
    south, north = radians(a.latitude), radians(b.latitude)
    half = sin((north - south) / 2) ** 2
    half += cos(south) * cos(north) * sin(radians(b.longitude - a.longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(min(sqrt(half), 1.0))  # in this order NaN stays NaN


def great_circle(start, end, steps=48):
    """Points (latitude, longitude) along the shortest way from `start` to `end`, both included.

    Longitudes run on past ±180 rather than jump, so that a drawn line never crosses the whole
    map. Between antipodes, where no way is the shortest, the way over the north pole is taken.
    Method: spherical linear interpolation (Williams, Aviation Formulary).
    """
    (lat1, lon1), (lat2, lon2) = (map(radians, point) for point in (start, end))
    a, b = _vector(lat1, lon1), _vector(lat2, lon2)
    angle = atan2(hypot(*_cross(a, b)), sum(x * y for x, y in zip(a, b, strict=True)))
    if angle < 1e-9:
        return [tuple(start), tuple(end)]
    if angle > pi - 1e-6:
        return [*great_circle(start, (90.0, start[1]), steps // 2), tuple(end)]
    points = []
    for step in range(steps + 1):
        f = step / steps
        x, y, z = (
            (sin((1 - f) * angle) * p + sin(f * angle) * q) / sin(angle)
            for p, q in zip(a, b, strict=True)
        )
        points.append((degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))))
    return _unrolled(points)


def _vector(latitude, longitude):
    return cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)


def _cross(a, b):
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def _unrolled(points):
    """The points with each longitude moved by whole turns to lie within 180° of the one before."""
    unrolled = points[:1]
    for latitude, longitude in points[1:]:
        turns = round((unrolled[-1][1] - longitude) / 360)
        unrolled.append((latitude, longitude + 360 * turns))
    return unrolled
