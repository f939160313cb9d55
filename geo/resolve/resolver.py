"""Chooses the place of every toponym: a first choice by itself, a second in the light of the rest.

Both choices are softmax regressions over the evidence of evidence.py; the weights (weights.json)
were fitted on every other document of three public corpora of annotated news, GeoVirus, TR-News
and LGL. benchmarks/fit_toponyms.py fits them again.
"""

import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from geo.gazetteer import Gazetteer, place_of
from geo.resolve.evidence import BASE, CONTEXT, Evidence
from geo.resolve.groups import Grouper

WEIGHTS = Path(__file__).with_name("weights.json")


class Resolver:
    """Resolves toponyms with one gazetteer; `extra_names` maps folded names to tuples of Entry."""

    def __init__(self, gazetteer=None, extra_names=None):
        self.gazetteer = gazetteer or Gazetteer.open()
        self.grouper = Grouper(self.gazetteer, extra_names)
        weights = (
            json.loads(WEIGHTS.read_text()) if WEIGHTS.exists() else {"first": {}, "second": {}}
        )
        self.first = np.array([weights["first"].get(name, 0.0) for name in BASE])
        self.second = np.array([weights["second"].get(name, 0.0) for name in BASE + CONTEXT])

    def resolve(self, toponyms, text, near=None):
        """The toponyms with their places; a name that nothing is known of keeps None."""
        toponyms = list(toponyms)
        groups = self.grouper.groups(toponyms)
        if not groups:
            return toponyms
        evidence = Evidence(groups, toponyms, text, self.grouper, near)
        scores = self.scores(evidence)
        resolved = list(toponyms)
        for group, start, size in zip(groups, evidence.starts, evidence.sizes, strict=True):
            at = int(np.argmax(scores[start : start + size]))
            place = place_of(group.entry(self.gazetteer, at))
            for position in group.mentions:
                resolved[position] = replace(toponyms[position], place=place)
        return resolved

    def scores(self, evidence, rounds=2):
        chances = evidence.softmax(evidence.base @ self.first)
        for _ in range(rounds):
            table = np.hstack([evidence.base, evidence.context(chances)])
            scores = table @ self.second
            chances = evidence.softmax(scores)
        return scores


@lru_cache(maxsize=1)
def default_resolver():
    return Resolver()


def resolve(toponyms, text, gazetteer=None, near=None, extra_names=None):
    """The toponyms with their places; a name that nothing is known of keeps None.

    `near` is a Place or Entry that the text is about; `extra_names` maps folded names to tuples
    of Entry, which outrank the gazetteer's.
    """
    if gazetteer is None and not extra_names:
        return default_resolver().resolve(toponyms, text, near)
    return Resolver(gazetteer, extra_names).resolve(toponyms, text, near)
