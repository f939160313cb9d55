"""The flow of reading: an Article -> its Records, and notes on what stood in the way.

    reader = Reader(tables.load(), gazetteer)       # once
    reading = reader.read(article)                 # for each article
    reading.records, reading.notes

`read(article, tables)` is the same for one article. Raises BadArticle where the text is in a
language that is not read.
"""

import re
from dataclasses import dataclass, replace

from geo.claims import find_claims
from geo.claims.bare import overlooked
from geo.films import Titles, find_films
from geo.films.focus import Focus
from geo.language import detect, sentences
from geo.lent import lent_names
from geo.mentions import find_toponyms
from geo.model import Record
from geo.network import KnownTitles, Network
from geo.resolve import resolve

LIKELY = 0.25  # chance from which on what a place stands for is told as a fact
NO_FILM = "No film or series was found in this text."
NO_PLACE = "This text names films, but no place where one was shot or is set."


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: `records` in the order of the text, `films` as FilmMentions in order, and
    `notes`, sentences that say why there is nothing where there is nothing."""

    language: str
    records: list
    films: list
    notes: list


def read(article, tables, gazetteer=None, scenes=True):
    """The Records of one article; see Reader for the rest."""
    return Reader(tables, gazetteer, scenes).read(article).records


def without_guesses(records):
    """The records, to be looked at by people: none stands for what it but may stand for."""
    return [_without_guess(record) for record in records]


def _without_guess(record):
    chance = record.stands_for_chance
    guessed = chance is not None and chance < LIKELY
    return replace(
        record, stands_for=None if guessed else record.stands_for, stands_for_chance=None
    )


class Reader:
    """Reads articles with the films and places of one catalogue (Tables) and a gazetteer.

    With `scenes=False` the catalogue lends its films' titles only: none of its places and scenes.
    """

    def __init__(self, tables, gazetteer=None, scenes=True, network=None):
        self.titles = Titles(tables.films)
        self.known = KnownTitles(" ".join(words) for words in self.titles.by_words)
        self.network = network or Network()
        self.gazetteer = gazetteer
        self.lent = lent_names(tables.places) if scenes else None

    def read(self, article):
        """The Reading of an article. Raises BadArticle where its language is not read."""
        prepared = self.prepare(article)
        films = prepared[3].all
        records = [_record(claim, article) for claim in find_claims(*prepared)]
        notes = [] if records else [NO_PLACE if films else NO_FILM]
        return Reading(prepared[2], records, films, notes)

    def prepare(self, article, named=None):
        """What claims are made of: text, sentences, language, films in focus, toponyms, and what
        the network makes of the text.

        `named` are the FilmMentions of the text where they are known beforehand.
        """
        text = article.text
        language = article.language or detect(text)
        listed = [s for s in sentences(text, language) if not SOURCE.match(text, s.start)]
        toponyms = [t for t in self._toponyms(text) if not _is_in_address(text, t)]
        spans = {(t.start, t.end) for t in toponyms}
        told = self.network.read(text, listed, language, toponyms, self.known)
        films = named
        if films is None:
            year = _written(article)
            films = find_films(text, listed, language, self.titles, spans, told, year)
        focus = Focus(text, listed, films, language)
        taken = [*spans, *((film.start, film.end) for film in films)]
        toponyms += overlooked(text, listed, language, taken, told) if films else []
        toponyms.sort(key=lambda toponym: toponym.start)
        return text, listed, language, focus, self._resolved(toponyms, text, language), told

    def _resolved(self, toponyms, text, language):
        known = {"extra_names": self.lent, "language": language, "domain": "film"}
        return resolve(toponyms, text, self.gazetteer, **known)

    def _toponyms(self, text):
        return find_toponyms(text, self.lent, self.gazetteer, demonyms=True)


SOURCE = re.compile(r"(?:[Ss]ource:\s*)?https?://\S+$", re.MULTILINE)
ADDRESS = re.compile(r"https?://|www\.")
DATE = re.compile(r"(?<=[/-])20[0-3]\d(?=[/-](?:0?[1-9]|1[0-2])[/-]|(?:0[1-9]|1[0-2])[0-3]\d\b|/)")


def _written(article):
    """The year in which an article was published, as is said of it or in its address, or None."""
    said = re.match(r"(?:19|20)\d\d", article.published or "")
    address = SOURCE.match(article.text)
    found = said or (address and DATE.search(address[0]))
    return int(found[0]) if found else None


def _is_in_address(text, toponym):
    """Whether a name is part of the address of a web page."""
    *_, word = text[max(0, toponym.start - 300) : toponym.start + 1].rsplit(maxsplit=1)
    return bool(ADDRESS.search(word))


def _called(film):
    """A film's title; where the text uses another than the one it is known by, both."""
    return f"{film.title} ({film.also})" if film.also else film.title


def _record(claim, article):
    place = claim.toponym.place
    return Record(
        film=_called(claim.film),
        franchise=claim.film.franchise,
        year=claim.film.year,
        place=place.name,
        place_text=claim.toponym.text,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        precision=place.precision,
        role=claim.role,
        certainty=claim.certainty,
        stands_for=claim.stands_for.place.name if claim.stands_for else None,
        evidence=article.text[claim.start : claim.end],
        evidence_start=claim.start,
        evidence_end=claim.end,
        source=article.source,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        stands_for_chance=claim.chance,
    )
