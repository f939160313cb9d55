"""The types that pass between rooms: frozen, small, and without behaviour of their own.

Degrees are WGS84, distances kilometres, offsets characters of `Article.text`.
"""

from dataclasses import asdict, dataclass
from typing import Literal

Precision = Literal["site", "town", "region", "country", "fictional", "unknown"]
Role = Literal["filming", "story"]
Certainty = Literal["confirmed", "reported", "questioned", "denied"]

PRECISIONS = ("site", "town", "region", "country", "fictional", "unknown")
ROLES = ("filming", "story")
CERTAINTIES = ("confirmed", "reported", "questioned", "denied")
AREAS = frozenset({"region", "country"})


@dataclass(frozen=True, slots=True)
class Article:
    """A text to read. `language` is an ISO 639-1 code, or None until it is known."""

    text: str
    source: str = ""
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A real place that has a point, or a fictional one that has none.

    `radius_km` is how far the place reaches around its point: the half-width of what the
    precision leaves open, and the extent of an area. `identity` names the row in the catalogue
    or gazetteer, such as "catalogue:preikestolen" or "geonames:3144096". `licence` is the
    licence of the point.
    """

    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: Precision
    radius_km: float | None = None
    identity: str = ""
    source: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place's name as it stands in a text, with the place it was resolved to (or None)."""

    start: int
    end: int
    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Film:
    """A film or series: as the catalogue has it, or as a text announces it (`identity` empty).

    `also` is the title under which it is known elsewhere, where a text uses another.
    """

    title: str
    franchise: str | None = None
    year: int | None = None
    identity: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class FilmMention:
    """A film where a text names it or speaks of it ("the sequel", "the shoot")."""

    start: int
    end: int
    text: str
    film: Film


@dataclass(frozen=True, slots=True)
class Claim:
    """What one sentence says: this film was filmed, or is set, in this place, so surely.

    `start` and `end` are the offsets of the evidence, a whole sentence. `chance` is how likely the
    place stands for `stands_for` by the whole text, 0 to 1; None where that was not weighed.
    """

    film: Film
    toponym: Toponym
    role: Role
    certainty: Certainty
    start: int
    end: int
    stands_for: Toponym | None = None
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A claim with its place: one line of `python -m geo read`.

    `stands_for_chance` is how likely it is, 0 to 1, that the text says what the place stands for;
    None where that was not weighed, or a person has said it.
    """

    film: str
    franchise: str | None
    year: int | None
    place: str
    place_text: str
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: Precision
    role: Role
    certainty: Certainty
    stands_for: str | None
    evidence: str
    evidence_start: int
    evidence_end: int
    source: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    stands_for_chance: float | None = None

    def as_dict(self):
        """The record as a plain dict, keys in the order above."""
        return asdict(self)
