"""Fits the weights by which names in a text become titles of films: geo/films/weights.json.

    python benchmarks/fit_films.py [--write]

Logistic regression over the signs of geo/films/signs.py, on the retold texts that the network has
not read (unread.py), in which all titles are marked, and on news about other things. Each is read
as if the catalogue knew no film. Every name counts as it is and as it would be in a text with an
address, or without one. The penalty pulls to the weights that are there. Prints how many titles and
how many other names are found by those, and by weights that were fitted without the text (ten
folds); writes the weights only with --write.
"""

import gzip
import json
from dataclasses import replace
from operator import itemgetter
from pathlib import Path

from fit_claims import asked_to_write
from passages import passages
from softmax import crossed, fit, save
from unread import is_left_out

from geo import tables
from geo.article import from_text
from geo.claims.spot import overlaps
from geo.films.scores import WEIGHTS, score, weights
from geo.films.signs import MOST, Signs
from geo.films.unknown import groups_of
from geo.reading import Reader

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
PENALTY, RAREST, FOLDS = 8.0, 3, 10
CLASSES = ("other", "title")
WORTH = {"other": 1.0, "title": 2.0}


def of_passage(reader, passage):
    """Yield (passage, signs, whether it is a title) of the names in one passage: a title is what
    its marks call one."""
    article = replace(from_text(passage.text), language=passage.language)
    marks = [(m.start, m.end) for m in passage.marks if m.kind == "f"]
    for spans, found in _weighed(reader, article):
        truth = any((span.start, span.end) in marks for span in spans)
        if truth or not any(overlaps(span, marks) for span in spans):
            yield passage.name, found, truth


def other_news(reader):
    """Yield (document, signs, False) of the names in news about other things."""
    for corpus in ("lgl", "trnews"):
        with gzip.open(CORPORA / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as file:
            for number, line in enumerate(file):
                if number % 2 == 0:
                    yield from _none(reader, f"{corpus} {number}", json.loads(line)["text"])


def _none(reader, name, text):
    for _, found in _weighed(reader, from_text(text)):
        if "year" not in found:
            yield name, found, False


def _weighed(reader, article):
    """Yield (Spans, signs) of the names of an article that have signs."""
    text, sentences, language, _, toponyms, told = reader.prepare(article)
    signs = Signs(text, sentences, language, [(t.start, t.end) for t in toponyms], told)
    signs.least = -MOST - 1  # all names are examples
    for spans in groups_of(text, sentences, language, told=told).values():
        found = signs.of(text[spans[0].start : spans[0].end], spans)
        if found is not None:
            yield spans, found


def either_way(found):
    """Yield the examples as they are, and as they would be if texts with an address had none and
    others had one: that a text has an address says nothing."""
    for name, signs, is_title in found:
        bare = [sign for sign in signs if not sign.startswith(("address", "not in address"))]
        yield name, signs, is_title
        yield name, bare if len(bare) < len(signs) else [*signs, "not in address"], is_title


def fitted(found):
    """The weights for some examples, and so the log odds that names with their signs are titles."""
    expected = {sign: {"title": weight} for sign, weight in weights().items()}
    labels = [CLASSES[is_title] for _, _, is_title in found]
    worth = [WORTH[label] for label in labels]
    return fit([signs for _, signs, _ in found], labels, CLASSES, PENALTY, RAREST, worth, expected)


def table_of(weights):
    """{sign: weight} of Fitted weights: what it adds to the log odds."""
    other, title = (weights.table()[name] for name in CLASSES)
    added = {sign: round(title.get(sign, 0) - other.get(sign, 0), 3) for sign in {*title, *other}}
    return {sign: weight for sign, weight in added.items() if abs(weight) >= 0.02}


def told(judged):
    """How many titles of retold texts are found, in a line; of (example, log odds)."""
    judged = [(is_title, odds) for (name, _, is_title), odds in judged if name.startswith("retold")]
    right = sum(is_title and odds > 0 for is_title, odds in judged)
    others = sum(not is_title and odds > 0 for is_title, odds in judged)
    titles = sum(is_title for is_title, _ in judged)
    f1 = 2 * right / (right + others + titles)
    return f"F1 {f1:.4f}: {right} of {titles} titles, {others} others"


def main():
    """Fit, print, and write where asked to."""
    write = asked_to_write(__doc__)
    reader = Reader(tables.read()[0], scenes=False)
    found = [e for p in passages() if is_left_out(p.name) for e in of_passage(reader, p)]
    found = [*either_way([*found, *other_news(reader)])]
    print("as they are:", told([(example, score(example[1])) for example in found]))
    judged = crossed(found, fitted, itemgetter(0), itemgetter(1), FOLDS)
    print("fitted without the text:", told([(e, sums[1] - sums[0]) for e, sums in judged]))
    if write:
        save(WEIGHTS, table_of(fitted(found)))


if __name__ == "__main__":
    main()
