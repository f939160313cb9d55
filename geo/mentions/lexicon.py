"""The classes of words in lexicon.toml, by word."""

import tomllib
from collections import defaultdict
from pathlib import Path


def read_lexicon():
    """Folded word -> frozenset of the classes it stands in."""
    with open(Path(__file__).with_name("lexicon.toml"), "rb") as lines:
        table = tomllib.load(lines)
    classes = defaultdict(set)
    for name, words in table.items():
        for word in words.split():
            classes[word].add(name)
    return {word: frozenset(names) for word, names in classes.items()}


CLASSES = read_lexicon()
NOTHING = frozenset()


def is_a(folded, name):
    return name in CLASSES.get(folded, NOTHING)
