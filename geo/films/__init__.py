"""Text -> FilmMentions: the films that an article names, by whatever name.

    titles = Titles(tables.films)
    mentions = find_films(text, sentences, language, titles, places)

Names of the catalogue come first, longest first; a name that may mean something else
counts where something around it says film, or where that is so elsewhere in the article. Then come
titles that nobody knows: in quotation marks, with a year, beside a word for film. Last come films
that are called by a number and the name of their series, "the third Captain America", and words
that point to a film of a series without it: "part 7", "the sequel". What "the film" means is not
decided here: see geo/films/focus.py.
"""

from dataclasses import replace

from geo.films.evidence import year_after
from geo.films.known import find_known
from geo.films.numbered import apart_from, find_numbered, is_series
from geo.films.pointers import COUNTED, OTHERS, find_pointers
from geo.films.titles import Titles
from geo.films.unknown import find_unknown
from geo.text import fold

__all__ = ["Titles", "find_films"]


def find_films(text, sentences, language, titles, places=(), told=None, year=None):
    """The FilmMentions of a text in order, none overlapping another.

    `places` are the spans (start, end) that may be names of places: they need more evidence.
    `told` is what the network makes of the text (geo/network), or None; `year` is that in which it
    was written, if that is known.
    """
    known = find_known(text, language, titles, places)
    unknown = find_unknown(text, sentences, language, known, places, titles, told)
    named = _in_order([*known, *unknown])
    apart, sequels = find_numbered(text, language, titles, named, year)
    named = _in_order([*apart_from(named, [*apart, *sequels]), *apart, *sequels])
    counted = find_pointers(text, language, titles, named, COUNTED)
    named = [*_as_counted(named, [*apart, *counted], titles, text)]
    named = _in_order([*apart_from(named, counted), *counted])
    others = find_pointers(text, language, titles, named, OTHERS)
    return _joined(_in_order([*apart_from(named, others), *others]), language, titles)


def _in_order(mentions):
    return sorted(mentions, key=lambda mention: mention.start)


def _as_counted(mentions, counted, titles, text):
    """Yield the mentions; the name of a series of which the text counts one film means that one
    elsewhere too: "Captain America", in a text about the third."""
    films = {mention.film for mention in counted}
    for mention in mentions:
        series = titles.numbers.get(tuple(fold(mention.text).split()), {}).values()
        meant = films.intersection(series)
        if (
            len(meant) == 1
            and is_series(mention.film, titles)
            and not year_after(text, mention.end)
        ):
            mention = replace(mention, film=next(iter(meant)))
        yield mention


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
