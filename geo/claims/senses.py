"""What the words around a place speak of: filming, building, travelling, the story, business ...

    senses("kulissen", "de")     # frozenset({"build"})

The words of each sense stand in [senses] of geo/phrases/LANGUAGE.toml; one with a star stands for
all words that begin so. A word may have several senses, and most words have none.
"""

import re
from functools import cache, lru_cache

from geo.language import phrases

TOKEN = re.compile(r"[^\W\d_][\w’'-]*|\d{4}s?|[,;:.()\"“”–—\ue000-\uf8ff]")
NEAR, FAR = 6, 14  # words
SKIPS = {";": 3, "(": 3, ",": 2, ":": 2, "–": 2, "—": 2}  # what a mark counts beside a word
SHORTEST = 3  # letters of a word's beginning
STEM = 5  # letters that make two forms of a word the same
WORDS = 4  # how many words on either side are features themselves
LONG_AGO = re.compile(r"1[0-9]\d\ds?$")


@cache
def _listed(language):
    """(sense of each word, sense of each beginning of words)."""
    words, beginnings = {}, {}
    for sense, listed in phrases(language)["senses"].items():
        for word in listed:
            table = beginnings if word.endswith("*") else words
            table.setdefault(word.rstrip("*"), set()).add(sense)
    return words, beginnings


@lru_cache(100_000)
def senses(word, language):
    """The senses of a word in small letters."""
    words, beginnings = _listed(language)
    found = set(words.get(word, ()))
    for end in range(SHORTEST, len(word) + 1):
        found |= beginnings.get(word[:end], set())
    return frozenset(found)


def tokens(line):
    """The (position, word or mark) of a skeleton's line, places and films being one each."""
    return [(match.start(), match[0]) for match in TOKEN.finditer(line)]


def of_sentence(found, language):
    """Features: the senses of a sentence, given its tokens."""
    times = {}
    for _, word in found:
        for sense in senses(word, language):
            times[sense] = times.get(sense, 0) + 1
    for sense, count in times.items():
        yield f"speaks of {sense}"
        if count > 1:
            yield f"speaks of {sense} twice"


def around(found, at, language):
    """Features: the senses and the words on either side of position `at`, as a set."""
    here = next((n for n, (start, _) in enumerate(found) if start >= at), len(found))
    before, after = found[max(0, here - FAR) : here][::-1], found[here + 1 : here + 1 + FAR]
    features = set()
    for side, listed in (("before", before), ("after", after)):
        features |= _of_side(side, listed, language)
    return features


def _of_side(side, listed, language):
    features, away = set(), 0
    for number, (_, token) in enumerate(listed):
        away += 1 + SKIPS.get(token, 0)
        if number < WORDS:
            features.add(f"word {side}: {_stem(token)}")
        if number == 0:
            features.add(f"next word {side}: {_stem(token)}")
        if away > FAR:
            continue
        step = "near" if away <= NEAR else "far"
        features.update(f"{sense} {step} {side}" for sense in senses(token, language))
        if LONG_AGO.match(token):
            features.add(f"a year long ago {side}")
    return features


def _stem(token):
    if token >= "\ue000":
        return "PLACE" if token < "\uf000" else "FILM"
    return token[:STEM]
