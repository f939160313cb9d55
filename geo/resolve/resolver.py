"""Chooses the place of every toponym: a first choice by itself, a second in the light of the rest.

Both choices are softmax regressions over the evidence of evidence.py; the weights (weights.json)
were fitted on every other document of three public corpora of annotated news, GeoVirus, TR-News
and LGL. benchmarks/fit_toponyms.py fits them again.
"""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from geo.gazetteer import Gazetteer, place_of
from geo.mentions.reader import reader_for
from geo.resolve.evidence import BASE, COMMA, CONTEXT, Evidence, km
from geo.resolve.groups import Grouper

# A district this near around a town of its name is spoken of less often than the town.
TOWN_KM = 80
OWN_NAME = BASE.index("own name")
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

    def resolve(self, toponyms, text, near=None, containing=False):
        """The toponyms with their places; a name that nothing is known of keeps None.

        With `containing`, such a name takes the place that is named right after it and contains
        it: "Cellardyke, Fife" is then somewhere in Fife.
        """
        toponyms = list(toponyms)
        groups = self.grouper.groups(toponyms)
        if not groups:
            return toponyms
        evidence = Evidence(groups, toponyms, text, self.grouper, near)
        scores = self.scores(evidence)
        resolved = list(toponyms)
        for group, start, row in zip(groups, evidence.starts, evidence.best(scores), strict=True):
            at = self.town_rather(group, int(row - start))
            place = place_of(group.entry(self.gazetteer, at))
            for position in group.mentions:
                resolved[position] = replace(toponyms[position], place=place)
        return list(contained(resolved, text)) if containing else resolved

    def town_rather(self, group, at):
        """The candidate's number, or that of the town which the district is called after."""
        columns, kinds = group.columns, self.grouper.kinds
        if columns["kind"][at] not in [kinds[k] for k in ("admin1", "admin2", "admin3")]:
            return at
        lat, lon = columns["latitude"], columns["longitude"]
        inside = km(lat[at], lon[at], lat, lon) < min(TOWN_KM, columns["radius"][at])
        towns = inside & (columns["kind"] == kinds["town"]) & (group.itself[:, OWN_NAME] > 0)
        return int(np.argmax(towns)) if towns.any() else at

    def scores(self, evidence, rounds=2):
        chances = evidence.softmax(evidence.base @ self.first)
        for _ in range(rounds):
            table = np.hstack([evidence.base, evidence.context(chances)])
            scores = table @ self.second
            chances = evidence.softmax(scores)
        return scores


def contained(toponyms, text):
    """The toponyms; one without a place takes that of the next where only a comma parts them."""
    for this, following in zip(toponyms, [*toponyms[1:], None], strict=True):
        if this.place is None and following is not None and following.place is not None:
            gap = text[this.end : following.start]
            if COMMA.fullmatch(gap) or gap in (" in ", " ("):
                this = replace(this, place=following.place)
        yield this


_last = (None, None, None)


def resolver_for(gazetteer=None, extra_names=None):
    """A Resolver; the same one again as long as the same objects are asked for."""
    global _last
    gazetteer, last = gazetteer or Gazetteer.open(), _last
    if last[0] is not gazetteer or last[1] is not extra_names:
        # One assignment, so that threads never see half of it.
        last = _last = (gazetteer, extra_names, Resolver(gazetteer, extra_names))
    return last[2]


def resolve(toponyms, text, gazetteer=None, near=None, extra_names=None):
    """The toponyms with their places; a name that nothing is known of keeps None.

    `near` is a Place or Entry that the text is about; `extra_names` maps folded names to tuples
    of Entry, which outrank the gazetteer's.
    """
    return resolver_for(gazetteer, extra_names).resolve(toponyms, text, near)


def read_toponyms(texts, gazetteer=None, extra_names=None):
    """For every text the list of its toponyms as {"start", "end", "name", "latitude",
    "longitude", "precision"}, ready for JSON; where nothing is known of a name, its degrees are
    None and its precision is "unknown"."""
    reader = reader_for(gazetteer, extra_names)
    resolver = resolver_for(reader.gazetteer, extra_names)
    for text in texts:
        found = resolver.resolve(reader.toponyms(text), text, containing=True)
        yield [as_row(toponym) for toponym in found]


def as_row(toponym):
    place = toponym.place
    return {
        "start": toponym.start,
        "end": toponym.end,
        "name": toponym.text,
        "latitude": place and place.latitude,
        "longitude": place and place.longitude,
        "precision": place.precision if place else "unknown",
    }
