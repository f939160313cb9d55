"""Ends -> GPX 1.1 (Topografix): a waypoint for a spot, a closed track round an area.

GPX has no areas and nothing without a point: an area is the track of its outline, so that no
device takes its middle for a spot, and a place that is nowhere on the globe is left out, which the
file says of itself. What GPX has no element for stands in `extensions`.
"""

from xml.etree import ElementTree

from geo.export import xml
from geo.export.ends import TERMS
from geo.export.outline import polygons, shape
from geo.words import SURENESS, count

NAMESPACE = "http://www.topografix.com/GPX/1/1"
OWN = "urn:doubletake:gpx:1"  # names our extensions; nothing is ever fetched from it
KEPT = ("scene", "role", "precision", "radius_km", "certainty", "sources", "disputed_by",
        "licence")  # fmt: skip


def write(found, name):
    """The text of a GPX file; waypoints come before tracks, as its schema wants."""
    root = start(name, sum(shape(end) is None for end in found))
    for end in found:
        geometry = shape(end)
        if geometry is not None and geometry.geom_type == "Point":
            waypoint(root, end)
    for end in found:
        geometry = shape(end)
        if geometry is not None and geometry.geom_type != "Point":
            _outline(root, end, geometry)
    return xml.write(root)


def start(name, left_out=0):
    """The root element with what the file says of itself."""
    attributes = {"xmlns": NAMESPACE, "xmlns:d": OWN, "version": "1.1", "creator": "Doubletake"}
    root = ElementTree.Element("gpx", attributes)
    metadata = xml.add(root, "metadata")
    xml.add(metadata, "name", name)
    if left_out:
        told = f"{count(left_out, 'row')} of places that are nowhere on the globe left out."
        xml.add(metadata, "desc", told)
    holder = xml.add(metadata, "copyright", author="Doubletake contributors; GeoNames")
    xml.add(holder, "license", TERMS)
    return root


def waypoint(root, end, tag="wpt"):
    """A point of the file: a waypoint, or with the tag `rtept` a stop of a route."""
    where = {"lat": f"{end['latitude']:.6f}", "lon": f"{end['longitude']:.6f}"}
    _tell(xml.add(root, tag, **where), end)


def _outline(root, end, geometry):
    track = xml.add(root, "trk")
    _tell(track, end)
    for part in polygons(geometry):
        for ring in (part.exterior, *part.interiors):
            segment = xml.add(track, "trkseg")
            for longitude, latitude in ring.coords:
                xml.add(segment, "trkpt", lat=f"{latitude:g}", lon=f"{longitude:g}")


def _tell(element, end):
    xml.add(element, "name", end["place"])
    year = f" ({end['year']})" if end["year"] else ""
    said = f"{end['film']}{year}: {end['says']}. {end['sentence'] or ''}"
    xml.add(element, "cmt", SURENESS[end["certainty"]])
    xml.add(element, "desc", said.strip())
    xml.add(element, "src", end["publishers"])
    for address in (end["sources"] or "").split():
        xml.add(element, "link", href=address)
    xml.add(element, "type", end["role"])
    extensions = xml.add(element, "extensions")
    for key in KEPT:
        if end[key] not in (None, ""):
            xml.add(extensions, f"d:{key}", end[key])
