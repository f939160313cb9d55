"""Fits the weights by which a filming place stands for a setting: geo/claims/settings.json.

    python benchmarks/fit_settings.py [--write]

Logistic regression over the signs of geo/claims/settings.py, one example for each filming place and
each setting of its film that the reader finds, on retold texts that the network has not read.
Prints how many places get their setting by the weights that are there, and by such as were fitted
without the text (ten folds); writes the weights only with --write.
"""

from collections import defaultdict
from dataclasses import dataclass

from choices import Example, fit_choices
from fit_claims import films_of, prepared

from geo.claims import Sentences
from geo.claims.settings import CLASSES, ENOUGH, WEIGHTS
from geo.claims.spot import overlaps
from geo.text import fold

PENALTY = 2.0


@dataclass(frozen=True, slots=True)
class Stands(Example):
    """A filming place and a setting; `stands`: whether the place stands for any."""

    stands: bool


def of_passage(reader, passage):
    """Yield the Examples of one passage."""
    told = prepared(reader, passage)
    if told[3].main is None:
        return
    numbers = films_of(passage, told[3])

    def stands_for(claim):
        place = claim.toponym
        for mark in passage.marks:
            if mark.kind in "pb" and overlaps(mark, [(place.start, place.end)]):
                same = not numbers.get(claim.film, set()).isdisjoint(mark.films)
                return (mark.stands_for or "") if same else None
        return None

    sentences = Sentences(*told)
    claims = sentences.apart()
    settings = sentences.settings(claims)
    for claim in claims:
        stands = stands_for(claim) if claim.role == "filming" else None
        if stands is None or claim.certainty == "denied":
            continue
        for setting, signs in settings.signs(claim).items():
            label = CLASSES[_is_same(stands, setting)]
            place = claim.film, claim.toponym.start
            yield Stands(passage.name, place, signs, label, bool(stands))


def _is_same(told, setting):
    one, other = f" {fold(told)} ", f" {setting} "
    return bool(told) and (one in other or other in one)


def score(judged):
    """How many settings of places are found, in a line."""
    places = defaultdict(list)
    for example, sums in judged:
        places[example.text, example.place].append((sums[1] - sums[0], example))
    best = [max(found, key=lambda f: f[0]) for found in places.values()]
    chosen = [example for odds, example in best if odds > ENOUGH]
    right = sum(example.label == "setting" for example in chosen)
    stated = sum(found[0][1].stands for found in places.values())
    f1 = 2 * right / (len(chosen) + stated)
    return f"F1 {f1:.4f}: {right} of {stated} settings right, {len(chosen) - right} others"


def main():
    """Fit, print, and write where asked to."""
    fit_choices(__doc__, of_passage, WEIGHTS, PENALTY, score)


if __name__ == "__main__":
    main()
