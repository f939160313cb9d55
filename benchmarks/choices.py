"""Fitting what is chosen for a place of a text among several: its film, what it stands for.

    fit_choices(__doc__, of_article, of_passage, weights, penalty, score)

One example for each place and each of what it may be, from the articles of tests/articles that are
not held out, the passages of tests/retold, and a part of those of tests/passages, weighed by
logistic regression.
"""

from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from fit_claims import asked_to_write, gathered
from softmax import crossed, fit, save

RAREST, FOLDS = 5, 10
WORTH = {"article": 4.0, "retold": 4.0, "passage": 1.0}  # of an example: only articles are measured


@dataclass(frozen=True, slots=True)
class Example:
    """A place of a text and what it may be: the signs, and the class that it is of."""

    text: str
    kind: str
    place: object
    signs: list
    label: str


def fitted(found, classes, penalty):
    """The weights for some Examples."""
    signs, labels = [e.signs for e in found], [e.label for e in found]
    return fit(signs, labels, classes, penalty, RAREST, [WORTH[e.kind] for e in found])


def fit_choices(doc, of_article, of_passage, weights, penalty, score):
    """Fit the Weights of a file, print what `score` says of each kind of text, each judged by
    weights that were fitted without it, and write them where the command line asks to."""
    write = asked_to_write(doc)
    found = gathered(of_article, of_passage)
    fitting = partial(fitted, classes=weights.classes, penalty=penalty)
    judged = [*crossed(found, fitting, attrgetter("text"), attrgetter("signs"), FOLDS)]
    for kind in WORTH:
        print(score(judged, kind))
    if write:
        save(weights.path, fitting(found).table())
