"""Titles that many people know, with the years of their release: geo/films/wellknown.txt.

The catalogue knows the films whose places it has; this list only lends titles. A name on it is
no proof that a text means the film: see geo/films/signs.py.

What the titles are compared by stands in order in geo/films/wellknown.keys: to read it takes a
tenth of the time that it takes to make. After a change to the list:

    python data/build_titles.py
"""

import zlib
from bisect import bisect_left
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path

from geo.model import Film
from geo.text import fold

LISTED = Path(__file__).with_name("wellknown.txt")
KEYS = LISTED.with_suffix(".keys")

NUMBERS = {
    word: str(number)
    for words in (
        "one two three four five six seven eight nine ten eleven twelve".split(),
        "- ii iii iv - vi vii viii ix - xi xii".split(),
    )
    for number, word in enumerate(words, 1)
} | {"thirty": "30", "und": "and"}


@lru_cache(maxsize=65536)
def key(title):
    """What titles are compared by: folded, without an English article, numbers in figures."""
    if title.isascii() and title.replace(" ", "").isalnum():
        low = title.lower()  # what folding would make of it, in a quarter of the time
    else:
        low = fold(title.replace("&", " and "))
    words = low.removeprefix("the ").split()
    if NUMBERS.keys().isdisjoint(words):
        return " ".join(words)
    return " ".join([NUMBERS.get(word, word) for word in words])


@cache
def wellknown():
    """{key of a title: the numbers of its films, parted by spaces}, the keys in their order;
    titles that differ by an article are one."""
    kept = KEYS.read_text("utf-8") if KEYS.exists() else ""
    if not kept.startswith(f"{_sum()}\n"):
        kept = made()  # the list was changed since
    return dict(line.split("\t") for line in kept.split("\n")[1:-1])


def made():
    """The text of KEYS: a sum of the list, then a line for each key with what films it names."""
    found = defaultdict(list)
    for number, (_, names) in enumerate(_films()):
        for called in dict.fromkeys(map(key, names)):
            found[called].append(str(number))
    lines = [f"{called}\t{' '.join(numbers)}\n" for called, numbers in sorted(found.items())]
    return "".join([f"{_sum()}\n", *lines])


def _sum():
    return zlib.crc32(LISTED.read_bytes())


@cache
def _films():
    """[(year, the titles that a film goes by)] in the order of the list."""
    lines = [line for line in LISTED.read_text("utf-8").split("\n") if line[:1].isdigit()]
    years = [(int(year), titles) for year, titles in (line.split(": ", 1) for line in lines)]
    return [(year, film.split(" = ")) for year, films in years for film in films.split(" | ")]


def films_called(name):
    """The Films that many people know by a key, in the order of the list, oldest first; of one
    that is better known by another title, with that."""
    films = [_films()[int(number)] for number in wellknown().get(name, "").split()]
    return [_film(name, year, names) for year, names in films]


def _film(name, year, names):
    title = next(title for title in names if key(title) == name)
    return Film(title, year=year, also="" if name == key(names[0]) else names[0])


@cache
def _in_order():
    return list(wellknown())


def begins(words):
    """Whether a title that many people know is, or begins with, some words of a key."""
    titles = _in_order()
    at = bisect_left(titles, words)  # a space comes before every letter
    return at < len(titles) and (titles[at] == words or titles[at].startswith(words + " "))
