"""A Sheet -> PDF by reportlab (BSD): one page, text as text, the same bytes every time."""

import io

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import FILL_EVEN_ODD, Canvas

from geo.picture import fonts
from geo.picture.shapes import Area, Box, Disc, Line, Raster, Text

NAMES = {weight: f"SourceSansPro-{face}" for weight, face in fonts.FACES.items()}


def pdf(sheet):
    """The sheet as PDF bytes; a pixel is a point of 1/72 inch."""
    for weight, name in NAMES.items():
        pdfmetrics.registerFont(TTFont(name, fonts.path(weight)))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(sheet.width, sheet.height), invariant=1)
    canvas.setTitle(sheet.title)
    canvas.setSubject(sheet.description)
    canvas.setCreator("Doubletake")
    canvas.transform(1, 0, 0, -1, 0, sheet.height)
    if sheet.background:
        _box(canvas, Box(0, 0, sheet.width, sheet.height, sheet.background))
    for shape in sheet.shapes:
        canvas.saveState()
        WRITERS[type(shape)](canvas, shape)
        canvas.restoreState()
    canvas.save()
    return file.getvalue()


def _paint(canvas, shape, fill):
    if fill:
        canvas.setFillColor(fill)
    if shape.stroke:
        canvas.setStrokeColor(shape.stroke)
        canvas.setLineWidth(shape.width)
    canvas.setFillAlpha(shape.opacity)  # after the colours, which bring an opacity of 1
    canvas.setStrokeAlpha(shape.opacity)
    if shape.dash:
        canvas.setDash(list(shape.dash))
    return {"fill": int(bool(fill)), "stroke": int(bool(shape.stroke))}


def _area(canvas, shape):
    path = canvas.beginPath()
    for ring in shape.rings:
        for step, (x, y) in enumerate(ring.tolist()):
            (path.lineTo if step else path.moveTo)(x, y)
        path.close()
    canvas.drawPath(path, fillMode=FILL_EVEN_ODD, **_paint(canvas, shape, shape.fill))


def _line(canvas, shape):
    path = canvas.beginPath()
    for step, (x, y) in enumerate(shape.points.tolist()):
        (path.lineTo if step else path.moveTo)(x, y)
    canvas.setLineCap(1)
    canvas.drawPath(path, **_paint(canvas, shape, None))


def _disc(canvas, shape):
    canvas.circle(shape.x, shape.y, shape.radius, **_paint(canvas, shape, shape.fill))


def _box(canvas, shape):
    canvas.setFillColor(shape.fill)
    canvas.setFillAlpha(shape.opacity)
    where = (shape.x, shape.y, shape.width, shape.height, shape.radius)
    canvas.roundRect(*where, stroke=0, fill=1)


def _raster(canvas, shape):
    canvas.transform(1, 0, 0, -1, shape.x, shape.y + shape.height)
    image = ImageReader(io.BytesIO(shape.png))
    canvas.drawImage(image, 0, 0, shape.width, shape.height, mask="auto")


def _text(canvas, shape):
    start = {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor]
    left = shape.x - start * fonts.width(shape.text, shape.size, shape.weight)
    canvas.transform(1, 0, 0, -1, 0, 2 * shape.y)
    for mode, colour in ((1, shape.halo), (0, shape.fill)):
        if colour:
            canvas.saveState()  # a text's mode outlives it
            line = canvas.beginText(left, shape.y)
            line.setFont(NAMES[shape.weight], shape.size)
            line.setTextRenderMode(mode)
            canvas.setStrokeColor(colour)
            canvas.setFillColor(colour)
            canvas.setLineWidth(3)
            canvas.setLineJoin(1)
            line.textOut(fonts.printable(shape.text))
            canvas.drawText(line)
            canvas.restoreState()


WRITERS = {Area: _area, Line: _line, Disc: _disc, Box: _box, Raster: _raster, Text: _text}
