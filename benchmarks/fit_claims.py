"""Fits the weights by which places get their roles: geo/claims/weights.json.

    python benchmarks/fit_claims.py [--write]

Multinomial logistic regression with an L2 penalty over the features of geo/claims/features.py, on
the articles of tests/articles that are not held out. What a place is in the gold records is what
it should be wherever the text names it, unless it is named more than once: then the sentence that
fits worst may be about something else. Prints the share of groups judged rightly, each article
judged by weights that were fitted without it (ten folds); writes the weights only with --write.
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from geo import catalogue
from geo.article import from_file
from geo.claims import Sentences
from geo.claims.features import describe
from geo.claims.roles import ROLES, WEIGHTS
from geo.distance import kilometres
from geo.model import Place
from geo.reading import Reader
from geo.text import fold

ARTICLES = Path(__file__).resolve().parent.parent / "tests" / "articles"
PENALTY, STEPS, RATE, RAREST, FOLDS = 10.0, 400, 0.1, 3, 10


# How much an example of each role counts: settings are rare, and as important.
WORTH = np.array([1.0, 0.7, 2.0])


@dataclass
class Example:
    """A group of places in an article: its features and the roles that the gold records allow."""

    article: str
    features: list
    allowed: set
    key: tuple


def examples(reader, name):
    """The Examples of one article."""
    gold = json.loads((ARTICLES / f"{name}.json").read_text("utf-8"))
    found = []
    for context in Sentences(*reader.prepare(from_file(ARTICLES / f"{name}.txt"))).contexts():
        for index, group in enumerate(context[1].skeleton.groups):
            same = [record for record in gold if any(_is(record, spot) for spot in group.spots)]
            allowed = {record["role"] for record in same} or {"none"}
            key = (name, *sorted(record["place_text"] for record in same))
            found.append(Example(name, describe(context[1], index), allowed, key))
    return found


def _is(record, spot):
    place = record.get("place_resolved")
    if spot.place and spot.place.latitude is not None and place and record.get("tolerance_km"):
        point = Place("", None, place["lat"], place["lon"], "site")
        return kilometres(point, spot.place) <= record["tolerance_km"]
    names = [fold(record["place_text"]), fold(place["name"]) if place else ""]
    here = f" {fold(spot.text)} "
    return any(name and (f" {name} " in here or here in f" {name} ") for name in names)


def fit(found, vocabulary, rounds=3):
    """Weights (features x roles); doubtful labels are chosen anew in each round."""
    matrix = _matrix(found, vocabulary)
    labels = np.array([ROLES.index(_first(example.allowed)) for example in found])
    for number in range(rounds):
        weights = _descend(matrix, labels)
        if number < rounds - 1:
            labels = _relabelled(found, _odds(matrix @ weights))
    return weights


def _first(allowed):
    return "filming" if "filming" in allowed else next(iter(allowed))


def _matrix(found, vocabulary):
    matrix = np.zeros((len(found), len(vocabulary)))
    for row, example in enumerate(found):
        for feature in {"", *example.features}:
            if feature in vocabulary:
                matrix[row, vocabulary[feature]] = 1
    return matrix


def _odds(sums):
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _descend(matrix, labels):
    """Full-batch gradient descent (Adam) on the mean log loss plus the penalty."""
    truth = np.eye(len(ROLES))[labels]
    worth = WORTH[labels][:, None]
    weights = np.zeros((matrix.shape[1], len(ROLES)))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = (matrix.T @ (worth * (_odds(matrix @ weights) - truth)) + PENALTY * weights) / len(
            labels
        )
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def _relabelled(found, odds):
    """The likeliest allowed role; a place named again may be named for no reason."""
    best = {}
    for row, example in enumerate(found):
        told = max(odds[row, ROLES.index(name)] for name in example.allowed)
        best[example.key] = max(best.get(example.key, 0), told)
    labels = []
    for row, example in enumerate(found):
        chosen = max(example.allowed, key=lambda name: odds[row, ROLES.index(name)])
        told = odds[row, ROLES.index(chosen)]
        idle = odds[row, 0] > 0.6 and told < best[example.key]
        labels.append(0 if idle else ROLES.index(chosen))
    return np.array(labels)


def vocabulary_of(found):
    """Feature -> column, for the features that are not too rare to be trusted."""
    counts = Counter(feature for example in found for feature in set(example.features))
    return {f: n for n, f in enumerate(["", *sorted(f for f, c in counts.items() if c >= RAREST)])}


def folds(found):
    """The share judged rightly by weights fitted without the article."""
    names = sorted({example.article for example in found})
    right, told = Counter(), Counter()
    for fold_number in range(FOLDS):
        out = set(names[fold_number::FOLDS])
        inside = [example for example in found if example.article not in out]
        tested = [example for example in found if example.article in out]
        words = vocabulary_of(inside)
        odds = _odds(_matrix(tested, words) @ fit(inside, words))
        for row, example in enumerate(tested):
            judged = ROLES[int(odds[row].argmax())]
            right[_first(example.allowed)] += judged in example.allowed
            told[_first(example.allowed)] += 1
    return {name: f"{right[name]}/{told[name]}" for name in ROLES}


def main():
    """Fit, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true")
    held_out = set((ARTICLES / "HELD_OUT.txt").read_text("utf-8").split())
    names = [p.stem for p in sorted(ARTICLES.glob("*.json")) if p.stem not in held_out]
    reader = Reader(catalogue.read()[0], scenes=False)
    found = [example for name in names for example in examples(reader, name)]
    print(f"{len(names)} articles, {len(found)} groups; right: {folds(found)}")
    words = vocabulary_of(found)
    weights = fit(found, words).round(3)
    print(f"{len(words)} features")
    if parser.parse_args().write:
        table = {
            role: {f: float(weights[n, c]) for f, n in words.items() if abs(weights[n, c]) >= 0.02}
            for c, role in enumerate(ROLES)
        }
        WEIGHTS.write_text(json.dumps(table, indent=0, sort_keys=True, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
