"""What every reader of open data yields."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A film and a place as a source has them; degrees WGS84, None where the source has no point.

    `kinds` are the source's own classes of the place (Wikidata ids), from which its precision
    follows; `address` is that of the page or item that says so.
    """

    film: str
    year: int | None
    place: str
    latitude: float | None
    longitude: float | None
    address: str
    title: str
    publisher: str
    licence: str
    role: str = "filming"
    country: str | None = None
    precision: str | None = None
    kinds: tuple[str, ...] = ()
    text: str = ""
