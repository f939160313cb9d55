"""Titles that many people know, with the years of their release: geo/films/wellknown.txt.

The catalogue knows the films whose places it has; this list only lends titles. A name on it is
no proof that a text means the film: see geo/films/signs.py.
"""

from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path

from geo.model import Film
from geo.text import fold

LISTED = Path(__file__).with_name("wellknown.txt")


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
    """Key of a title -> (title, year, the title it is better known by or "") of its films, oldest
    first; titles that differ by an article are one."""
    found = defaultdict(list)
    for line in LISTED.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            year, titles = line.split(": ", 1)
            year = int(year)
            for written in titles.split(" | "):
                if " = " not in written:
                    found[key(written)].append((written, year, ""))
                    continue
                names = written.split(" = ")
                for called, name in {key(name): name for name in reversed(names)}.items():
                    also = "" if called == key(names[0]) else names[0]
                    found[called].append((name, year, also))
    return dict(found)


def films_called(name):
    """The Films that many people know by a key, oldest first: made when they are asked for, as
    there are many."""
    return [Film(title, year=year, also=also) for title, year, also in wellknown().get(name, ())]
