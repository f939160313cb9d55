"""A name in a sentence that may be a place's, and what it has in common with others.

T  a toponym of the gazetteer or catalogue
N  a name whose form says that it is a place: "Bamburgh Castle", "château de Fénelon"
U  any other name; it is a place only where the words around it leave no other reading
"""

from dataclasses import dataclass

from geo.model import Place, Toponym


@dataclass(frozen=True, slots=True)
class Spot:
    """A name; `adjective` for "Norwegian", `fictional` where the text or a list says so, `again`
    for a word that means a place named before."""

    start: int
    end: int
    text: str
    kind: str
    place: Place | None = None
    adjective: bool = False
    fictional: bool = False
    again: bool = False

    def toponym(self, precision="unknown"):
        """The Toponym of the spot; a place that nobody knows has a name and no point."""
        invented = self.fictional and (self.place is None or self.place.precision != "fictional")
        if invented or self.place is None:
            kind = "fictional" if self.fictional else precision
            place = Place(self.text, None, None, None, kind)
            return Toponym(self.start, self.end, self.text, place)
        return Toponym(self.start, self.end, self.text, self.place)


def spans(spots):
    """(start, end) of each of them."""
    return [(spot.start, spot.end) for spot in spots]


def overlaps(spot, taken):
    """Whether a spot shares a character with one of the spans."""
    return any(start < spot.end and spot.start < end for start, end in taken)


def longest(found):
    """The spots that no longer one covers; a site that names a known place as a whole keeps it."""
    kept = []
    for spot in sorted(found, key=lambda s: (s.start - s.end, s.kind != "T")):
        if not overlaps(spot, spans(kept)):
            kept.append(spot)
    return kept
