"""Fits the weights by which a place gets its film: geo/films/belonging.json.

    python benchmarks/fit_belonging.py [--write]

Logistic regression over the signs of geo/films/belonging.py, one example for each marked place and
each film that the reader finds in its text, on retold texts that the network has not read. Prints
how many places get their film by the weights that are there, and by such as were fitted without the
text (ten folds); writes the weights only with --write.
"""

from collections import defaultdict

from choices import Example, fit_choices
from fit_claims import films_of, meets, prepared

from geo.claims import Sentences
from geo.films.belonging import CLASSES, WEIGHTS, Belonging, likely

PENALTY = 4.0


def of_passage(reader, passage):
    """Yield the Examples of one passage."""
    told = prepared(reader, passage)
    text, sentences, _, focus, _, network = told
    if focus.main is None:
        return
    numbers, belonging = films_of(passage, focus), Belonging(text, sentences, focus, network)
    for number, context in Sentences(*told).contexts.items():
        for group in context.skeleton.groups:
            marks = [m for m in passage.marks if m.kind in "psb" and meets(m, group)]
            films = {film for mark in marks for film in mark.films}
            if not films:
                continue
            spot = group.spots[0]
            for film, signs in belonging.signs(number, spot.start, spot.end).items():
                label = CLASSES[not films.isdisjoint(numbers.get(film, ()))]
                yield Example(passage.name, spot.start, signs, label)


def score(judged):
    """How many films of places are found, in a line, where a text has several."""
    places = defaultdict(list)
    for example, sums in judged:
        places[example.text, example.place].append((sums[1] - sums[0], example.label == "film"))
    right = others = gold = 0
    for films in places.values():
        chosen = likely({number: odds for number, (odds, _) in enumerate(films)})
        told = [films[number][1] for number in chosen]
        right, others = right + sum(told), others + len(told) - sum(told)
        gold += sum(is_film for _, is_film in films)
    f1 = 2 * right / (right + others + gold)
    return f"F1 {f1:.4f}: {right} of {gold} films of places right, {others} others"


def main():
    """Fit, print, and write where asked to."""
    fit_choices(__doc__, of_passage, WEIGHTS, PENALTY, score)


if __name__ == "__main__":
    main()
