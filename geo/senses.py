"""What words speak of: filming, building, travelling, the story, business ...

    senses("kulissen", "de")     # frozenset({"build"})

The words of each sense stand in [senses] of geo/phrases/LANGUAGE.toml; one with a star stands for
all words that begin so. A word may have several senses, and most words have none.
"""

from functools import cache, lru_cache

from geo.language import phrases

SHORTEST = 3  # letters of a word's beginning


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
