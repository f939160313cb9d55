"""Reads the place names of texts: candidates, judged by a linear score.

The weights (weights.json) were fitted by logistic regression on every other document of three
public corpora of annotated news, GeoVirus, TR-News and LGL; benchmarks/fit_toponyms.py fits them
again.
"""

import json
from pathlib import Path

from geo.gazetteer import Gazetteer
from geo.mentions.candidates import Finder
from geo.mentions.features import Facts, Profiles, describe
from geo.mentions.words import Words
from geo.model import Toponym

# A people's name counts as a place in some schemes of annotation (TR-News, LGL) and not in others
# (GeoVirus). Unless asked for, one is taken only where much speaks for it: a text that names the
# people again and again, or a landscape ("the Norwegian mountains").
DEMONYM_DOUBT = 2.0
DEMONYM_TRUST = 2.5
# A place of the catalogue is meant where its name stands, unless everything speaks against it.
LENT_TRUST = 6.0
# Scores beyond this say no more about other mentions of a name.
FIRM = 4.0
WEIGHTS = Path(__file__).with_name("weights.json")


class Reader:
    """Finds toponyms with one gazetteer; `extra_names` maps folded names to tuples of Entry."""

    def __init__(self, gazetteer=None, extra_names=None):
        self.gazetteer = gazetteer or Gazetteer.open()
        self.finder = Finder(self.gazetteer, extra_names)
        self.profiles = Profiles(self.gazetteer, extra_names)
        weights = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        self.weights = {**weights["first"], "extra": LENT_TRUST}
        self.agreement = weights["agreement"]

    def judged(self, text):
        """The candidates of a text, each with its features and first score."""
        words = Words(text)
        candidates = self.finder.candidates(words)
        facts = Facts(words, candidates)
        facts.peoples = peoples(candidates, self.finder.demonyms)
        for candidate in candidates:
            candidate.features = describe(candidate, facts, self.profiles)
        return candidates

    def toponyms(self, text, demonyms=False):
        """The toponyms of a text, in order and apart; with `demonyms`, every people's name too."""
        candidates = self.judged(text)
        weight, base = self.weights.get, self.weights.get("", 0.0)
        for candidate in candidates:
            candidate.score = base + sum([weight(feature, 0.0) for feature in candidate.features])
        agree(candidates, self.agreement)
        for candidate in candidates:
            if candidate.kind == "demonym":
                candidate.score += DEMONYM_TRUST if demonyms else -DEMONYM_DOUBT
                if ">landscape" in candidate.features:
                    candidate.score = max(candidate.score, DEMONYM_TRUST)
        return [Toponym(c.start, c.end, text[c.start : c.end]) for c in chosen(candidates)]


def agree(candidates, weights):
    """Scores every candidate again, by its own score and those of the other mentions of its name:
    one name has one sense in a text."""
    by_name, base, itself = {}, weights[""], weights["itself"]
    for candidate in candidates:
        by_name.setdefault(candidate.name, []).append(candidate)
    others = [weights[name] for name in AGREEMENT[1:]]
    for same in by_name.values():
        rows = agreement_rows([c.score for c in same])
        for candidate, (score, *evidence) in zip(same, rows, strict=True):
            candidate.score = base + itself * score
            if evidence[-1]:
                for weight, value in zip(others, evidence, strict=True):
                    candidate.score += weight * value


AGREEMENT = ("itself", "mean", "most", "least", "any")


def agreement_rows(scores):
    """For each mention of a name: its score, and mean, most and least of the others' scores."""
    if len(scores) == 1:
        return [(scores[0], 0.0, 0.0, 0.0, 0.0)]
    firm = [max(-FIRM, min(FIRM, score)) for score in scores]
    low, *_, high = ranked = sorted(firm)
    total, count, rows = sum(firm), len(firm) - 1, []
    for score, clipped in zip(scores, firm, strict=True):
        most = ranked[-2] if clipped == high else high
        least = ranked[1] if clipped == low else low
        rows.append((score, (total - clipped) / count, most, least, 1.0))
    return rows


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


_last = (None, None, None)


def reader_for(gazetteer=None, extra_names=None):
    """A Reader; the same one again as long as the same objects are asked for."""
    global _last
    gazetteer, last = gazetteer or Gazetteer.open(), _last
    if last[0] is not gazetteer or last[1] is not extra_names:
        # One assignment, so that threads never see half of it.
        last = _last = (gazetteer, extra_names, Reader(gazetteer, extra_names))
    return last[2]


def find_toponyms(text, extra_names=None, gazetteer=None, demonyms=False):
    """The place names of a text as Toponyms without a place, in order and apart.

    `extra_names` maps folded names to tuples of Entry: places that the gazetteer lacks. With
    `demonyms`, every people's name counts as a name of its place.
    """
    return reader_for(gazetteer, extra_names).toponyms(text, demonyms)
