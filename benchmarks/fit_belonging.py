"""Fits the weights by which a place gets its film: geo/films/belonging.json.

    python benchmarks/fit_belonging.py [--write]

Logistic regression over the signs of geo/films/belonging.py, one example for each marked place and
each film that the reader finds in its text, on retold texts that the network has not read. Prints
how many places get their film by the weights that are there, and by such as were fitted without the
text (ten folds); writes the weights only with --write. A penalty pulls to the weights that are
there.
"""

from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter

from fit_claims import asked_to_write, films_of, gathered, meets, prepared
from softmax import beside, crossed, fit, save, table_in

from geo.claims import Sentences
from geo.films.belonging import CLASSES, WEIGHTS, Belonging, likely

PENALTY, RAREST, FOLDS = 4.0, 5, 10


@dataclass(frozen=True, slots=True)
class Example:
    """A place of a text, by its offset, and a film: the signs, and the class that they are of."""

    text: str
    place: int
    signs: list
    label: str


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


def fitted(found):
    """The weights for some Examples."""
    signs, labels = [e.signs for e in found], [e.label for e in found]
    return fit(signs, labels, CLASSES, PENALTY, RAREST, expected=table_in(WEIGHTS))


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
    write = asked_to_write(__doc__)
    found, signs = gathered(of_passage), attrgetter("signs")
    print("as they are:", score(beside(found, WEIGHTS, signs)))
    crosswise = crossed(found, fitted, attrgetter("text"), signs, FOLDS)
    print("fitted without the text:", score(crosswise))
    if write:
        save(WEIGHTS.path, fitted(found).table())


if __name__ == "__main__":
    main()
