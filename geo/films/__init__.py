"""Text -> FilmMentions: the films that an article names, by whatever name.

    titles = Titles(catalogue.films)
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
    known = find_known(text, language, titles, places, told)
    unknown = find_unknown(text, sentences, language, known, places, titles, told)
    named = sorted([*known, *unknown], key=lambda mention: mention.start)
    pointers = find_pointers(text, language, titles, named)
    free = [m for m in named if not any(p.start <= m.start < p.end for p in pointers)]
    return _joined(sorted([*free, *pointers], key=lambda mention: mention.start))


def _joined(mentions):
    """The mentions; a film that the text calls by two titles is one film."""
    called = {fold(mention.film.title): mention.film for mention in mentions}
    return [
        replace(mention, film=called.get(fold(mention.film.also), mention.film))
        if mention.film.also
        else mention
        for mention in mentions
    ]
