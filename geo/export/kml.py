"""Ends -> KML 2.2 (OGC 07-147r2): one Placemark an end, all that is known as ExtendedData."""

from html import escape
from xml.etree import ElementTree

from geo.export import xml
from geo.export.ends import CREDIT, TERMS
from geo.export.outline import polygons, shape
from geo.words import SURENESS

NAMESPACE = "http://www.opengis.net/kml/2.2"
COLOURS = {"filming": "b27200", "story": "004ec2"}  # blue, green, red: the order of KML
AREA_ALPHA = "59"


def write(found, name):
    """The text of a KML document; a place that is nowhere is a Placemark without a geometry."""
    root = ElementTree.Element("kml", {"xmlns": NAMESPACE})
    document = xml.add(root, "Document")
    xml.add(document, "name", name)
    xml.add(document, "description", f"{CREDIT} {TERMS}")
    for role, colour in COLOURS.items():
        _style(document, role, colour)
    for end in found:
        _placemark(document, end)
    return xml.write(root)


def _style(document, role, colour):
    style = xml.add(document, "Style", id=role)
    xml.add(xml.add(style, "IconStyle"), "color", f"ff{colour}")
    line = xml.add(style, "LineStyle")
    xml.add(line, "color", f"ff{colour}")
    xml.add(line, "width", 1)
    xml.add(xml.add(style, "PolyStyle"), "color", f"{AREA_ALPHA}{colour}")


def _placemark(document, end):
    placemark = xml.add(document, "Placemark")
    xml.add(placemark, "name", end["place"])
    xml.add(placemark, "description", _balloon(end))
    xml.add(placemark, "styleUrl", f"#{end['role']}")
    data = xml.add(placemark, "ExtendedData")
    for key, value in end.items():
        if value is not None:
            xml.add(xml.add(data, "Data", name=key), "value", value)
    geometry = shape(end)
    if geometry is not None:
        _geometry(placemark, geometry)


def _balloon(end):
    """What a reader sees on a click. Earth viewers read it as HTML, so the data is escaped."""
    year = f" ({end['year']})" if end["year"] else ""
    lines = [f"{end['film']}{year}: {end['says']}.", end["sentence"] or ""]
    lines += [f"{SURENESS[end['certainty']]}. Sources: {end['publishers']}."]
    return "<br>".join(escape(xml.clean(line)) for line in lines if line)


def _geometry(parent, geometry):
    if geometry.geom_type == "Point":
        xml.add(xml.add(parent, "Point"), "coordinates", f"{geometry.x},{geometry.y}")
        return
    parts = polygons(geometry)
    holder = xml.add(parent, "MultiGeometry") if len(parts) > 1 else parent
    for part in parts:
        polygon = xml.add(holder, "Polygon")
        for side, rings in (("outer", [part.exterior]), ("inner", part.interiors)):
            for ring in rings:
                boundary = xml.add(polygon, f"{side}BoundaryIs")
                text = " ".join(f"{x:g},{y:g}" for x, y in ring.coords)
                xml.add(xml.add(boundary, "LinearRing"), "coordinates", text)
