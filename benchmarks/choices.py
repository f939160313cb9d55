"""Fitting what is chosen for a place of a text among several: its film, what it stands for.

    fit_choices(__doc__, of_passage, weights, penalty, score)

One example for each place and each of what it may be, from the retold texts that the network has
not read (unread.py), weighed by logistic regression whose penalty pulls to the weights that are
there.
"""

from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from fit_claims import asked_to_write, gathered
from softmax import beside, crossed, fit, save, table_in

RAREST, FOLDS = 5, 10


@dataclass(frozen=True, slots=True)
class Example:
    """A place of a text and what it may be: the signs, and the class that it is of."""

    text: str
    place: object
    signs: list
    label: str


def fitted(found, weights, penalty):
    """The weights for some Examples, pulled to Weights that are there."""
    signs, labels = [e.signs for e in found], [e.label for e in found]
    return fit(signs, labels, weights.classes, penalty, RAREST, expected=table_in(weights))


def fit_choices(doc, of_passage, weights, penalty, score):
    """Fit the Weights of a file, print what `score` says of those that are there and of such as are
    fitted without the text, and write them where the command line asks to."""
    write = asked_to_write(doc)
    found = gathered(of_passage)
    fitting = partial(fitted, weights=weights, penalty=penalty)
    signs = attrgetter("signs")
    print("as they are:", score(beside(found, weights, signs)))
    print(
        "fitted without the text:", score(crossed(found, fitting, attrgetter("text"), signs, FOLDS))
    )
    if write:
        save(weights.path, fitting(found).table())
