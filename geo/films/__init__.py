"""Text -> FilmMentions: the films that an article names, by whatever name.

    titles = Titles(tables.films)
    mentions = find_films(text, sentences, language, titles, places)

Three passes. Names of the catalogue come first, longest first; a name that may mean something else
counts where something around it says film, or where that is so elsewhere in the article. Then come
titles that nobody knows: in quotation marks, with a year, beside a word for film. Last come the
words that point to a film of a series: "part 7", "the sequel". What "the film" means is not
decided here: see geo/films/focus.py.
"""

from dataclasses import replace

from geo.films.known import find_known
from geo.films.pointers import find_pointers
from geo.films.titles import Titles
from geo.films.unknown import find_unknown
from geo.text import fold

__all__ = ["Titles", "find_films"]


def find_films(text, sentences, language, titles, places=(), told=None):
    """The FilmMentions of a text in order, none overlapping another.

    `places` are the spans (start, end) that may be names of places: they need more evidence.
    `told` is what the network makes of the text (geo/network), or None.
    """
    known = find_known(text, language, titles, places)
    unknown = find_unknown(text, sentences, language, known, places, titles, told)
    named = sorted([*known, *unknown], key=lambda mention: mention.start)
    pointers = find_pointers(text, language, titles, named)
    free = [m for m in named if not any(p.start <= m.start < p.end for p in pointers)]
    return _joined(sorted([*free, *pointers], key=lambda mention: mention.start), language, titles)


def _joined(mentions, language, titles):
    """The mentions; a film that the text calls by two titles is one film, and one that it calls by
    its title in another language than the catalogue has both."""
    known = {fold(mention.film.title): mention.film for mention in mentions}
    called = {}
    for mention in mentions:
        film = mention.film
        title = film.title if film.also else _translated(mention, language, titles)
        if title:
            own = known.get(fold(film.also), film) if film.also else film
            both = replace(own, title=title, also=film.also or film.title)
            called.setdefault(fold(both.also), both)
    return [
        replace(m, film=called.get(fold(m.film.also or m.film.title), m.film)) for m in mentions
    ]


def _translated(mention, language, titles):
    """The name by which a text that is not in English calls a film of the catalogue, where it is a
    title by itself and no part or short form of the one that the catalogue has."""
    words, title = tuple(fold(mention.text).split()), fold(mention.film.title)
    if language == "en" or len(words) < 2 or f" {' '.join(words)} " in f" {title} ":
        return None
    names = titles.by_words.get(words, ())
    whole = (n.written for n in names if n.kind in {"title", "alias"} and mention.film in n.films)
    return next(whole, None)
