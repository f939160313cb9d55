"""Chooses the place of every toponym: a first choice by itself, a second in the light of the rest.

Both choices are softmax regressions over the evidence of evidence.py. There are two sets of weights
(weights.json): those for "news" were fitted on every other document of three public corpora of
annotated news, GeoVirus, TR-News and LGL; those for "film" on these, on the articles of
tests/articles that are not held out, and on the places of each film in the catalogue: film news
speaks of large towns abroad more often than of the one next door. benchmarks/fit_toponyms.py fits
both again.
"""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from geo.gazetteer import Gazetteer, place_of
from geo.mentions.reader import reader_for
from geo.resolve.evidence import BASE, COMMA, CONTEXT, HOMES, Evidence, km
from geo.resolve.groups import Grouper

# A district this near around a town of its name is spoken of less often than the town.
TOWN_KM = 80
OWN_NAME = BASE.index("own name")
# Where film news names a region, and one of so many lives in the town of that name, it means the
# town (New York, Lima), unless the words around it speak of a region.
LARGE_SHARE = 0.2
UNNAMED = {"news": 0, "film": 2}  # places elsewhere that a text is taken to name as well
AS_A_REGION = [BASE.index("child before comma"), BASE.index("state")]
WEIGHTS = Path(__file__).with_name("weights.json")


class Resolver:
    """Resolves toponyms with one gazetteer; `extra_names` maps folded names to tuples of Entry,
    `domain` is "news" or "film"."""

    def __init__(self, gazetteer=None, extra_names=None, domain="news"):
        self.gazetteer, self.extra = gazetteer or Gazetteer.open(), extra_names
        self.domain, self.groupers = domain, {}
        weights = json.loads(WEIGHTS.read_text())[domain] if WEIGHTS.exists() else {}
        first, second = weights.get("first", {}), weights.get("second", {})
        self.first = np.array([first.get(name, 0.0) for name in BASE])
        self.second = np.array([second.get(name, 0.0) for name in BASE + CONTEXT])

    def grouper(self, language="en"):
        """The Grouper for texts in a language; English where the language is not known."""
        language = language if language in HOMES else "en"
        if language not in self.groupers:
            self.groupers[language] = Grouper(self.gazetteer, self.extra, language)
        return self.groupers[language]

    def resolve(self, toponyms, text, near=None, containing=False, language="en"):
        """The toponyms with their places; a name that nothing is known of keeps None, and so does
        in film news one of a small place that nothing else in the text is near.

        With `containing`, such a name takes the place that is named right after it and contains
        it: "Cellardyke, Fife" is then somewhere in Fife.
        """
        toponyms = list(toponyms)
        grouper = self.grouper(language)
        groups = grouper.groups(toponyms)
        if not groups:
            return toponyms
        evidence = Evidence(groups, toponyms, text, grouper, near, UNNAMED[self.domain])
        scores = self.scores(evidence)
        best = evidence.best(scores)
        resolved = list(toponyms)
        film = self.domain == "film"
        doubtful = evidence.doubtful(scores, best) if film else frozenset()
        for number, row in enumerate(best):
            place = None if number in doubtful else self.place(evidence, number, row)
            for position in groups[number].mentions:
                resolved[position] = replace(toponyms[position], place=place)
        for position, row in evidence.beside_comma(scores, best) if film else ():
            place = self.place(evidence, evidence.owner[row], row)
            resolved[position] = replace(toponyms[position], place=place)
        return list(contained(resolved, text)) if containing else resolved

    def place(self, evidence, number, row):
        """The Place of one row of the evidence, a candidate of group `number`."""
        group = evidence.groups[number]
        at = self.town_rather(group, int(row - evidence.starts[number]), evidence.base[row])
        return place_of(group.entry(self.gazetteer, at))

    def town_rather(self, group, at, said):
        """The candidate's number, or that of the town which the district is called after; `said`
        is the row of the candidate's evidence."""
        columns, kinds = group.columns, self.gazetteer.meta["kinds"]
        if kinds[columns["kind"][at]] not in ("admin1", "admin2", "admin3"):
            return at
        lat, lon = columns["latitude"], columns["longitude"]
        inside = km(lat[at], lon[at], lat, lon) < min(TOWN_KM, columns["radius"][at])
        towns = columns["kind"] == kinds.index("town")
        named = towns & inside & (group.itself[:, OWN_NAME] > 0)
        if self.domain == "film" and not said[AS_A_REGION].any():
            inside |= columns["admin1"] == columns["row"][at] + 1
            share = columns["population"] > LARGE_SHARE * columns["population"][at]
            named |= towns & inside & share
        return int(np.argmax(named)) if named.any() else at

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


_last = {}


def resolver_for(gazetteer=None, extra_names=None, domain="news"):
    """A Resolver; the same one again as long as the same objects are asked for."""
    gazetteer = gazetteer or Gazetteer.open()
    last = _last.get(domain)
    if last is None or last.gazetteer is not gazetteer or last.extra is not extra_names:
        # One assignment, so that threads never see half of it.
        last = _last[domain] = Resolver(gazetteer, extra_names, domain)
    return last


def resolve(
    toponyms, text, gazetteer=None, near=None, extra_names=None, language="en", domain="news"
):
    """The toponyms with their places; a name that nothing is known of keeps None.

    `near` is a Place or Entry that the text is about; `extra_names` maps folded names to tuples
    of Entry, which outrank the gazetteer's; `domain` is what the text is, "news" or "film".
    """
    resolver = resolver_for(gazetteer, extra_names, domain)
    return resolver.resolve(toponyms, text, near, language=language)


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
