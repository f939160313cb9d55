"""How a place stands in its sentence: behind which preposition, and before what.

The prepositions of the five languages fall into a few classes (geo/phrases, [grammar]): at, in,
to, from ... Articles and adjectives of place between the preposition and the name do not count.
"""

import re
from functools import cache

from geo.claims.skeleton import ANY_FILM, ANY_PLACE
from geo.language import phrases

TOKEN = re.compile(r"[^\W\d_]+|[\ue000-\uf8ff]|[,;:.()\"“”–—-]")
SKIPPED = 3  # words between a preposition and a name
REACH = 80  # characters


@cache
def _classes(language):
    """(class of each preposition, words to skip, forms of "to be", words for "and")."""
    words = phrases(language)["grammar"]
    named = {word: name for name, listed in words["prepositions"].items() for word in listed}
    return named, frozenset(words["skip"]), frozenset(words["be"]), frozenset(words["and"])


def describe_frame(line, at, kind, language, nearest):
    """Features of a group at position `at`; `nearest` is the (kind, side) of its nearest phrase."""
    before, after = _before(line, at, language), _after(line, at, language)
    yield f"behind: {before}"
    yield f"ahead: {after}"
    yield f"behind: {before}, ahead: {after}"
    yield f"behind: {before}, name: {kind}"
    cue, side = nearest
    yield f"behind: {before}, nearest: {cue}"
    yield f"ahead: {after}, nearest: {cue} {side}"


def _before(line, at, language):
    named, skip, _, _ = _classes(language)
    words = TOKEN.findall(line[max(0, at - REACH) : at])
    for _ in range(SKIPPED):
        if words and words[-1] in skip:
            words.pop()
    if not words:
        return "nothing"
    return named.get(words[-1]) or _sort(words[-1])


def _after(line, at, language):
    _, _, being, joining = _classes(language)
    word = TOKEN.match(line, at + 1 + line.startswith(" ", at + 1))
    if not word or word[0] == ".":
        return "nothing"
    if word[0] in being:
        return "be"
    return "and" if word[0] in joining else _sort(word[0])


def _sort(token):
    if re.match(ANY_PLACE, token):
        return "film" if re.match(ANY_FILM, token) else "place"
    return "word" if token.isalpha() else "mark"
