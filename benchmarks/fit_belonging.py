"""Fits the weights by which a place gets its film: geo/films/belonging.json.

    python benchmarks/fit_belonging.py [--write]

Logistic regression over the signs of geo/films/belonging.py, one example for each place of the gold
records and each film of its text, on the articles of tests/articles that are not held out, the
passages of tests/retold, and a part of those of tests/passages. The films are those that the reader
finds, in an invented passage those that are marked; in an article a place has every film that a
gold record gives it, wherever it is named. Prints how many places get their film in texts that the
weights were fitted without (ten folds); writes the weights only with --write.
"""

import re
from collections import defaultdict

from choices import Example, fit_choices
from fit_claims import films_of, is_of, meets, prepared_article, prepared_passage

from geo.claims import Sentences
from geo.films.belonging import CLASSES, WEIGHTS, Belonging, likely
from geo.films.wellknown import key

PENALTY = 4.0


def of_article(reader, name):
    """Yield the Examples of one article."""
    gold, prepared = prepared_article(reader, name)

    def right(group):
        found = [r for r in gold if any(is_of(r, spot) for spot in group.spots)]
        return found and (lambda film: any(same_film(record, film) for record in found))

    yield from _examples(name, "article", prepared, right)


def of_passage(reader, passage):
    """Yield the Examples of one passage."""
    prepared = prepared_passage(reader, passage)
    numbers = films_of(passage, prepared[3])

    def right(group):
        films = {m.film for m in passage.marks if m.kind in "psb" and meets(m, group)}
        return films and (lambda film: not films.isdisjoint(numbers.get(film, ())))

    yield from _examples(passage.name, passage.kind, prepared, right)


def _examples(name, kind, prepared, right):
    text, sentences, _, focus, _, told = prepared
    if focus.main is None:
        return
    belonging = Belonging(text, sentences, focus, told)
    for number, context in Sentences(*prepared).contexts().items():
        for group in context.skeleton.groups:
            is_film, spot = right(group), group.spots[0]
            if is_film:
                for film, signs in belonging.signs(number, spot.start, spot.end).items():
                    label = CLASSES[is_film(film)]
                    yield Example(name, kind, spot.start, signs, label)


def same_film(record, film):
    """Whether a film is that of a gold record: by title, or by franchise and year."""
    written = f" {_plain(record['film'])} "
    for title in filter(None, (film.title, film.also)):
        if written in f" {_plain(title)} " or f" {_plain(title)} " in written:
            return True
    known = record["franchise"] and record["year"]
    told = key(film.franchise or ""), film.year
    return bool(known) and (key(record["franchise"]), record["year"]) == told


def _plain(title):
    return " ".join(re.sub(r"\b(?:the|a|of|part)\b", " ", key(title)).split())


def score(judged, kind):
    """How many films of places are found, in a line, where a text has several."""
    places = defaultdict(list)
    for example, sums in judged:
        if example.kind == kind:
            places[example.text, example.place].append((sums[1] - sums[0], example.label == "film"))
    right = others = gold = 0
    for films in places.values():
        chosen = likely({number: odds for number, (odds, _) in enumerate(films)})
        told = [films[number][1] for number in chosen]
        right, others = right + sum(told), others + len(told) - sum(told)
        gold += sum(is_film for _, is_film in films)
    f1 = 2 * right / (right + others + gold)
    return f"{kind}s: F1 {f1:.4f}: {right} of {gold} films of places right, {others} others"


def main():
    """Fit, print, and write where asked to."""
    fit_choices(__doc__, of_article, of_passage, WEIGHTS, PENALTY, score)


if __name__ == "__main__":
    main()
