"""The picture's typeface, Source Sans Pro (SIL Open Font License), out of an installed package."""

import io
from functools import cache, lru_cache
from importlib.resources import files

from PIL import ImageFont

FAMILY = "Source Sans Pro"
FACES = {"regular": "Regular", "bold": "Semibold", "italic": "It"}
UNITS = 1000  # pixels at which a text is measured: as many as the font has units


def path(weight="regular"):
    """The TrueType file of a weight: regular, bold or italic."""
    return str(files("font_source_sans_pro") / "files" / f"SourceSansPro-{FACES[weight]}.ttf")


def printable(text):
    """The text in one line, without the control characters that no font draws and XML forbids."""
    return "".join(c for c in str(text) if c >= " " and not "\ud800" <= c <= "\udfff"
                   and not "\ufdd0" <= c <= "\ufdef")  # fmt: skip


@cache
def letters(weight="regular"):
    """The numbers (Unicode) of all letters and signs that a weight has."""
    from fontTools.ttLib import TTFont  # read here: few commands need it, and it takes its time

    with TTFont(path(weight)) as font:
        return frozenset(font.getBestCmap())


def missing(text):
    """The letters of a text that the typeface lacks in some weight, each once."""
    known = frozenset.intersection(*map(letters, FACES))
    return "".join(dict.fromkeys(c for c in printable(text) if ord(c) not in known))


def part(text, weight="regular"):
    """A font file (WOFF 1.0) of those letters alone that a text needs; the same text, the same
    bytes."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    with TTFont(path(weight), recalcTimestamp=False) as font:
        options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp"])
        options.hinting, options.name_IDs, options.flavor = False, [], "woff"
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted({ord(c) for c in text}))
        cutter.subset(font)
        font.flavor, file = "woff", io.BytesIO()
        font.save(file)
    return file.getvalue()


@lru_cache(maxsize=4)
def _font(weight):
    return ImageFont.truetype(path(weight), UNITS)


@lru_cache(maxsize=8192)
def width(text, size, weight="regular"):
    """How wide a text is, in pixels at a size in pixels."""
    return _font(weight).getlength(printable(text)) * size / UNITS


def cut(text, size, most, weight="regular"):
    """The text, cut with an ellipsis where it is wider than `most` pixels."""
    if width(text, size, weight) <= most:
        return text
    while text and width(text + "…", size, weight) > most:
        text = text[:-1]
    return text.rstrip() + "…"


def broken(text, size, most, weight="regular", lines=4):
    """The text in lines no wider than `most` pixels, broken anywhere; past `lines` it is cut."""
    found = []
    while text and len(found) < lines - 1 and width(text, size, weight) > most:
        low, high = 1, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            fits = width(text[:middle], size, weight) <= most
            low, high = (middle, high) if fits else (low, middle - 1)
        found.append(text[:low])
        text = text[low:]
    return [*found, cut(text, size, most, weight)] if text else found


def wrap(text, size, most, weight="regular", lines=2):
    """The text in at most `lines` lines no wider than `most` pixels, the last one cut."""
    words, wrapped = text.split(), [""]
    for word in words:
        longer = f"{wrapped[-1]} {word}".strip()
        if not wrapped[-1] or width(longer, size, weight) <= most:
            wrapped[-1] = longer
        else:
            wrapped.append(word)
    kept = wrapped[:lines]
    if len(wrapped) > lines:
        kept[-1] = " ".join(wrapped[lines - 1 :])
    return [cut(line, size, most, weight) for line in kept]
