"""Fits the trees that tell what a filming place stands for: geo/claims/stands.onnx.

    python benchmarks/fit_stands.py [--write]

Gradient boosting over the signs of geo/claims/stands.py, one example for each filming place that
the reader finds and each name that may be its setting, on retold texts that nothing else was fitted
on (unread.py). Prints how many places get their setting by the trees that are there, and by such as
were fitted without the text, of all that are found and of those that are likely; writes the trees
only with --write. Begin with fit_facts.py and fit_surely.py.
"""

from itertools import groupby
from operator import attrgetter

import boosting
from fit_claims import asked_to_write, films_of, gathered_later, prepared
from fit_facts import marks_of

from geo.claims import Sentences
from geo.claims.stands import ENOUGH, TREES
from geo.reading import LIKELY
from geo.text import fold
from geo.weighing import log_odds

TREE = {"min_samples_leaf": 60}


def of_passage(reader, passage):
    """(whether it stands for anything, [(signs, whether the setting is the marked one)]) of each
    marked filming place of one passage that the reader finds."""
    told = prepared(reader, passage)
    sentences = Sentences(*told)
    if told[3].main is None or not sentences.contexts:
        return []
    numbers, stands = films_of(passage, told[3]), sentences.stands
    by_place, found = groupby(stands.weighed(), attrgetter("film", "place")), []
    pairs = {key: list(listed) for key, listed in by_place}
    for film, places in stands.shot.items():
        for place in places:
            spans = stands.spans(film, place)
            marks = marks_of(passage, "filming", spans, numbers.get(film, set()))
            marks = [mark for mark in marks if mark.certainty != "denied"]
            if marks:
                meant = {mark.stands_for for mark in marks if mark.stands_for}
                listed = pairs.get((film, place), ())
                rows = [(p.signs, any(_is_same(m, p.setting) for m in meant)) for p in listed]
                found.append((bool(meant), rows))
    return found


def _is_same(told, setting):
    one, other = f" {fold(told)} ", f" {fold(setting.text)} "
    return one in other or other in one


def score(places, odds):
    """How many settings of places are found, in a line; `odds` are those of their rows in turn."""
    odds, best = iter(odds), []
    for _, rows in places:
        judged = [(next(odds), is_right) for _, is_right in rows]
        best.append(max(judged, default=(-99.0, False)))
    stated = sum(stands for stands, _ in places)
    told = []
    for name, enough in (("all", ENOUGH), ("likely", log_odds(LIKELY))):
        chosen = [is_right for one, is_right in best if one > enough]
        told.append(f"{name}: {sum(chosen)} of {stated} right, {len(chosen) - sum(chosen)} others")
    return "; ".join(told)


def main():
    """Fit, print, and write where asked to."""
    write = asked_to_write(__doc__)
    texts = gathered_later(of_passage)
    places = [place for text in texts for place in text]
    rows = [[row for _, listed in text for row in listed] for text in texts]
    every = [signs for text in rows for signs, _ in text]
    print(f"{len(texts)} texts, {len(places)} filming places, {len(every)} names")
    if TREES.path.exists():
        print("as they are:", score(places, TREES.odds(every)))
    print("fitted without the text:", score(places, boosting.crossed(rows, **TREE).tolist()))
    if write:
        boosting.save(TREES.path, rows, **TREE)


if __name__ == "__main__":
    main()
