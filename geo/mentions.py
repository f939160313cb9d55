"""Text -> place names and where they stand, not yet which places they mean."""

import re

from geo.gazetteer import Gazetteer
from geo.model import Toponym
from geo.text import fold

WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*\.?")
LONGEST = 6


def find_toponyms(text, extra_names=None, gazetteer=None):
    """The place names of a text as Toponyms without a place, in order and apart.

    `extra_names` maps folded names to tuples of Entry: places that the gazetteer lacks.
    """
    gazetteer, extra_names = gazetteer or Gazetteer.open(), extra_names or {}
    words = [(m.start(), m.end(), m.group()) for m in WORD.finditer(text)]
    found, at = [], 0
    while at < len(words):
        size = longest(words, at, text, gazetteer, extra_names)
        if size:
            start, end = words[at][0], words[at + size - 1][1]
            surface = text[start:end].rstrip(".") if size > 1 else text[start:end]
            found.append(Toponym(start, start + len(surface), surface))
        at += size or 1
    return found


def longest(words, at, text, gazetteer, extra_names):
    """How many words from `at` on make the longest known name; 0 for none."""
    if not words[at][2][0].isupper():
        return 0
    for size in range(min(LONGEST, len(words) - at), 0, -1):
        start, end = words[at][0], words[at + size - 1][1]
        if "\n" in text[start:end] or not words[at + size - 1][2][0].isupper():
            continue
        name = fold(text[start:end])
        if len(name) > 2 and (name in extra_names or known(name, size, gazetteer)):
            return size
    return 0


def known(name, size, gazetteer):
    rows = gazetteer.numbers(name)
    if not rows:
        return name in gazetteer.meta["demonyms"]
    return size > 1 or max(gazetteer.population[i] for i in rows) > 20000 or rows[0] is None
