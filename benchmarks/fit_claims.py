"""Fits the weights by which places get their roles: geo/claims/weights.json.

    python benchmarks/fit_claims.py [--write]

Multinomial logistic regression with an L2 penalty over the features of geo/claims/features.py, on
the articles of tests/articles that are not held out. What a place is in the gold records is what
it should be wherever the text names it, unless it is named more than once: then the sentence that
fits worst may be about something else. Where no film is found in an article whose records name
one, the places are judged as if it had been. Prints how many places of the records get their role,
and how many others get one, each article judged by weights that were fitted without it (ten
folds); writes the weights only with --write.
"""

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from geo import catalogue
from geo.article import from_file
from geo.claims import Sentences
from geo.claims.features import describe
from geo.claims.roles import ROLES, WEIGHTS, is_bare, judge
from geo.distance import kilometres
from geo.model import Film, Place
from geo.reading import Reader
from geo.text import fold

ARTICLES = Path(__file__).resolve().parent.parent / "tests" / "articles"
PENALTY, STEPS, RATE, RAREST, FOLDS, ROUNDS = 6.0, 300, 0.1, 6, 10, 2
LEAST = 0.02  # weights that are not written


# How much an example of each role counts: settings are rare, and as important.
WORTH = np.array([1.0, 0.7, 2.0], dtype=np.float32)
# What speaks for a role in the end, chosen for F1 in cross-validation.
LEAN = {"filming": 0.4, "story": 0.2}


@dataclass
class Example:
    """A group of places in an article: its features and the roles that the gold records allow."""

    article: str
    features: list
    allowed: set
    key: tuple
    bare: bool
    about: bool
    records: list = field(default_factory=list)


def examples(reader, name):
    """The Examples of one article."""
    gold = json.loads((ARTICLES / f"{name}.json").read_text("utf-8"))
    text, sentences, language, focus, toponyms = reader.prepare(from_file(ARTICLES / f"{name}.txt"))
    if focus.main is None and gold:
        focus.main = Film(gold[0]["film"])
    contexts = Sentences(text, sentences, language, focus, toponyms).contexts()
    return [
        _example(name, context, index, gold)
        for context in contexts.values()
        for index in range(len(context.skeleton.groups))
    ]


def _example(name, context, index, gold):
    spots = context.skeleton.groups[index].spots
    records = [(fold(s.text), {n for n, r in enumerate(gold) if _is(r, s)}) for s in spots]
    same = [gold[n] for n in sorted(set().union(*(found for _, found in records)))]
    return Example(
        name,
        describe(context, index),
        {record["role"] for record in same} or {"none"},
        (name, *sorted(record["place_text"] for record in same)),
        is_bare(context, index),
        bool(context.about),
        records,
    )


def _is(record, spot):
    place = record.get("place_resolved")
    if spot.place and spot.place.latitude is not None and place and record.get("tolerance_km"):
        point = Place("", None, place["lat"], place["lon"], "site")
        return kilometres(point, spot.place) <= record["tolerance_km"]
    names = [fold(record["place_text"]), fold(place["name"]) if place else ""]
    here = f" {fold(spot.text)} "
    return any(name and (f" {name} " in here or here in f" {name} ") for name in names)


def fit(found, vocabulary):
    """Weights (features x roles); doubtful labels are chosen anew in each round."""
    matrix = _matrix(found, vocabulary)
    labels = np.array([ROLES.index(_first(example.allowed)) for example in found])
    for number in range(ROUNDS):
        weights = _descend(matrix, labels)
        if number < ROUNDS - 1:
            labels = _relabelled(found, _odds(matrix @ weights))
    for name, lean in LEAN.items():
        weights[vocabulary[""], ROLES.index(name)] += lean
    return weights


def _first(allowed):
    return "filming" if "filming" in allowed else next(iter(allowed))


def _matrix(found, vocabulary):
    matrix = np.zeros((len(found), len(vocabulary)), dtype=np.float32)
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
    truth = np.eye(len(ROLES), dtype=np.float32)[labels]
    worth = WORTH[labels][:, None]
    weights = np.zeros((matrix.shape[1], len(ROLES)), dtype=np.float32)
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
    """[(Example, role)], each judged by weights that were fitted without its article."""
    names = sorted({example.article for example in found})
    judged = []
    for fold_number in range(FOLDS):
        out = set(names[fold_number::FOLDS])
        inside = [example for example in found if example.article not in out]
        tested = [example for example in found if example.article in out]
        words = vocabulary_of(inside)
        sums = _matrix(tested, words) @ fit(inside, words)
        for example, row in zip(tested, sums, strict=True):
            named = dict(zip(ROLES, row.tolist(), strict=True))
            judged.append((example, judge(example.features, named, example.bare, example.about)))
    return judged


def score(judged):
    """(F1, hits, records, others) of (place, role), whatever the film."""
    gold = {
        name: json.loads((ARTICLES / f"{name}.json").read_text("utf-8"))
        for name in {example.article for example, _ in judged}
    }
    told = defaultdict(set)
    for example, role in judged:
        for name, records in example.records if role else []:
            told[example.article, name, role] |= records
    right, others = set(), 0
    for (article, _, role), records in told.items():
        same = {(article, n) for n in records if gold[article][n]["role"] == role}
        others += not same
        right |= same
    stated = {
        (name, n)
        for name, records in gold.items()
        for n, record in enumerate(records)
        if not record.get("negated") and ((name, n) in right or not record.get("optional_coarse"))
    }
    hits = len(right & stated)
    return 2 * hits / (hits + others + len(stated)), hits, len(stated), others


def main():
    """Fit, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    held_out = set((ARTICLES / "HELD_OUT.txt").read_text("utf-8").split())
    names = [p.stem for p in sorted(ARTICLES.glob("*.json")) if p.stem not in held_out]
    reader = Reader(catalogue.read()[0], scenes=False)
    found = [example for name in names for example in examples(reader, name)]
    f1, hits, records, others = score(folds(found))
    print(f"{len(names)} articles, {len(found)} groups, each judged without its article:")
    print(f"F1 {f1:.4f}: {hits} of {records} places right, {others} others")
    if write:
        words = vocabulary_of(found)
        weights = fit(found, words).round(3)
        table = {
            role: {f: float(w) for f, n in words.items() if abs(w := weights[n, c]) >= LEAST}
            for c, role in enumerate(ROLES)
        }
        rounded = {r: {f: round(w, 3) for f, w in found.items()} for r, found in table.items()}
        WEIGHTS.write_text(json.dumps(rounded, indent=0, sort_keys=True, ensure_ascii=False) + "\n")
        print(f"{len(words)} features written")


if __name__ == "__main__":
    main()
