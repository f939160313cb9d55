"""Multinomial logistic regression over named features, by SciPy's L-BFGS.

fitted = fit(found, labels, classes)       # found: an iterable of features for each example
fitted.sums(found)                         # (examples, classes): the sums of weights
fitted.table()                             # {class: {feature: weight}}, to be written
"""

import json
from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

STEPS = 400
LEAST = 0.02  # weights that are not written


@dataclass(frozen=True)
class Fitted:
    """`weights` is (features, classes); `columns` says which row of it is a feature's; "" is the
    intercept."""

    classes: tuple
    columns: dict
    weights: np.ndarray

    def sums(self, found):
        """(examples, classes): what the features of each example add up to."""
        return _matrix(found, self.columns) @ self.weights

    def table(self):
        """{class: {feature: weight}}, without those that hardly count."""
        return {
            name: {
                feature: round(float(weight), 3)
                for feature, weight in zip(self.columns, column, strict=True)
                if abs(weight) >= LEAST
            }
            for name, column in zip(self.classes, self.weights.T, strict=True)
        }


def fit(found, labels, classes, penalty, rarest, worth=None, expected=None, firm=None):
    """The Fitted of `found` with `labels`, each one of `classes`.

    A feature counts where at least `rarest` examples have it, or it is expected. `worth` is how
    much an example counts, one number each; `expected` is {feature: {class: weight}}, to which the
    L2 `penalty` pulls, instead of to nought. `firm` is {feature: its own penalty}.
    """
    expected = expected or {}
    times = Counter(feature for features in found for feature in set(features))
    kept = sorted({f for f, n in times.items() if n >= rarest} | expected.keys() - {""})
    columns = {feature: number for number, feature in enumerate(["", *kept])}
    start = np.zeros((len(columns), len(classes)))
    for feature, told in expected.items():
        for name, weight in told.items() if feature in columns else ():
            start[columns[feature], classes.index(name)] = weight
    matrix = _matrix(found, columns)
    truth = np.eye(len(classes))[[classes.index(label) for label in labels]]
    counts = np.ones(len(found)) if worth is None else np.asarray(worth, dtype=float)
    pull = np.full((len(columns), 1), penalty)
    pull[0] = 0.01
    for feature, own in (firm or {}).items():
        if feature in columns:
            pull[columns[feature]] = own

    def loss(flat):
        weights = flat.reshape(start.shape)
        sums = matrix @ weights
        top = sums.max(axis=1, keepdims=True)
        logs = sums - top - np.log(np.exp(sums - top).sum(axis=1, keepdims=True))
        away = weights - start
        slope = matrix.T @ (counts[:, None] * (np.exp(logs) - truth)) + pull * away
        return -(counts[:, None] * truth * logs).sum() + 0.5 * (pull * away**2).sum(), slope.ravel()

    best = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return Fitted(tuple(classes), columns, best.x.reshape(start.shape))


def crossed(found, fitted, text, features, folds):
    """Yield (example, its sums) of all examples, each by weights fitted without its text.

    `fitted` makes a Fitted of examples, `text` and `features` tell those of one. The texts are
    dealt into `folds`.
    """
    texts = sorted({text(example) for example in found})
    for number in range(folds):
        out = set(texts[number::folds])
        tested = [example for example in found if text(example) in out]
        weights = fitted([example for example in found if text(example) not in out])
        yield from zip(tested, weights.sums([*map(features, tested)]), strict=True)


def save(path, table):
    """Write weights as JSON, one a line, in the order of their names."""
    path.write_text(json.dumps(table, indent=0, sort_keys=True, ensure_ascii=False) + "\n")


def table_in(weights):
    """{feature: {class: weight}} of Weights that are there, to pull to."""
    listed = json.loads(weights.path.read_text("utf-8"))
    found = {}
    for name in weights.classes:
        for feature, weight in listed[name].items():
            found.setdefault(feature, {})[name] = weight
    return found


def beside(found, weights, features):
    """[(example, its sums)] of all examples by Weights that are there."""
    told = (
        [weights.sums(features(example))[name] for name in weights.classes] for example in found
    )
    return [*zip(found, told, strict=True)]


def _matrix(found, columns):
    rows, places = [], []
    for number, features in enumerate(found):
        for feature in {"", *features}:
            if feature in columns:
                rows.append(number)
                places.append(columns[feature])
    ones = np.ones(len(rows))
    return csr_matrix((ones, (rows, places)), shape=(len(found), len(columns)))
