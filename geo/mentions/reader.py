"""Reads the place names of texts: candidates, judged by a linear score.

The weights (weights.json) were fitted by logistic regression on every other document of three
public corpora of annotated news, GeoVirus, TR-News and LGL; benchmarks/fit_toponyms.py fits them
again.
"""

import json
from functools import lru_cache
from pathlib import Path

from geo.gazetteer import Gazetteer
from geo.mentions.candidates import Finder
from geo.mentions.features import Facts, Profiles, describe
from geo.mentions.words import Words
from geo.model import Toponym

WEIGHTS = Path(__file__).with_name("weights.json")


class Reader:
    """Finds toponyms with one gazetteer; `extra_names` maps folded names to tuples of Entry."""

    def __init__(self, gazetteer=None, extra_names=None):
        self.gazetteer = gazetteer or Gazetteer.open()
        self.finder = Finder(self.gazetteer, extra_names)
        self.profiles = Profiles(self.gazetteer, extra_names)
        self.weights = json.loads(WEIGHTS.read_text()) if WEIGHTS.exists() else {}

    def judged(self, text):
        """The candidates of a text, each with its features and first score."""
        words = Words(text)
        candidates = self.finder.candidates(words)
        facts = Facts(words, candidates)
        facts.peoples = peoples(candidates, self.finder.demonyms)
        for candidate in candidates:
            candidate.features = describe(candidate, facts, self.profiles)
        return candidates

    def toponyms(self, text):
        """The toponyms of a text, in order and apart."""
        candidates = self.judged(text)
        weights = self.weights
        for candidate in candidates:
            candidate.score = weights.get("", 0.0) + sum(
                weights.get(feature, 0.0) for feature in candidate.features
            )
        return [Toponym(c.start, c.end, text[c.start : c.end]) for c in chosen(candidates)]


def peoples(candidates, demonyms):
    """Demonym -> how often the text names the people of that place, by whatever word."""
    counts = {}
    for c in candidates:
        if c.kind == "demonym":
            counts[demonyms[c.name]] = counts.get(demonyms[c.name], 0) + 1
    return {c.name: counts[demonyms[c.name]] for c in candidates if c.kind == "demonym"}


def chosen(candidates):
    """The candidates that score above nought; of those that overlap, the longest."""
    kept = []
    for c in sorted(
        (c for c in candidates if c.score > 0), key=lambda c: (c.first - c.last, -c.score)
    ):
        if all(c.last < k.first or c.first > k.last for k in kept):
            kept.append(c)
    return sorted(kept, key=lambda c: c.start)


@lru_cache(maxsize=2)
def default_reader(path=None):
    return Reader()


def find_toponyms(text, extra_names=None, gazetteer=None):
    """The place names of a text as Toponyms without a place, in order and apart.

    `extra_names` maps folded names to tuples of Entry: places that the gazetteer lacks.
    """
    if extra_names or gazetteer:
        return Reader(gazetteer, extra_names).toponyms(text)
    return default_reader().toponyms(text)
