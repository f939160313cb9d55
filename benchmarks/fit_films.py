"""Fits the weights by which names in a text become titles of films: geo/films/weights.json.

    python benchmarks/fit_films.py [--write]

Logistic regression over the signs of geo/films/signs.py, on the articles of tests/articles that are
not held out and those of tests/retold, each read as if the catalogue knew no film. In the latter
all titles are marked. In the former a name is a title where it is a film of the gold records, by
any of its names; a well-known title that no record speaks of is one where quotation marks or
several words show it, and no example where that is doubtful, as is another name in quotation marks.
Every name counts as it is and as it would be in a text with an address, or without one. The penalty
pulls each weight to what a reader of newspapers would expect of its sign (EXPECTED). Prints how
many titles and how many other names are found in articles that the weights were fitted without (ten
folds); writes the weights only with --write.
"""

import gzip
import json
import re
from collections import defaultdict
from dataclasses import replace
from operator import itemgetter
from pathlib import Path

from fit_claims import ARTICLES as FOLDER
from fit_claims import asked_to_write, names
from folds import unseen
from passages import kind_of, passages
from softmax import crossed, fit, save

from geo import catalogue
from geo.article import from_file, from_text
from geo.claims.spot import overlaps
from geo.films.scores import WEIGHTS
from geo.films.signs import MOST, SAYS_TITLE, Signs
from geo.films.titles import ARTICLES
from geo.films.unknown import groups_of
from geo.films.wellknown import key, wellknown
from geo.reading import Reader
from geo.text import fold

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
PENALTY, RAREST, FOLDS = 0.8, 3, 10
CLASSES = ("other", "title")
WORTH = {"other": 1.0, "title": 2.0}
INTERCEPT = -2.5
EXPECTED = {
    "words for films: 0": -2.0,
    "words for films: 1": -1.0,
    "words for films: 2": -0.5,
    "mark: capitals": 1.0,
    "known: 3": 4,
    "known: 2": 3,
    "alone, quoted": 2.5,
    "year": 2.5,
    "apposed: named": 2.5,
    "apposed: out": 2.0,
    "apposed: source": 1.5,
    "is one": 1.5,
    "after: made": 1.2,
    "before: work": 1.2,
    "alone": 1.0,
    "before: of": 1.0,
    "known: 1": 1.0,
    "known: 1, mark: quoted": 1,
    "mark: quoted": 1.0,
    "address": 0.8,
    "address: 2": 1.0,
    "address: 3": 2.0,
    "address: 4": 2.5,
    "after: work": 0.8,
    "headline and again": 0.8,
    "numbered": 0.8,
    "place, quoted": 0.8,
    "before: owner": 0.7,
    "film spoken of": 0.7,
    "after: film": 0.6,
    "after: made, quoted": 0.5,
    "before: work, quoted": 0.5,
    "known: 2, mark: quoted": 0.5,
    "again": 0.4,
    "before: near": 0.4,
    "sign": 0.4,
    "often": 0.3,
    "always whole": 0.2,
    "alone, once": -0.2,
    "headline": -0.2,
    "language: no, bare": -0.3,
    "and": -0.4,
    "never whole": -0.4,
    "owns": -0.4,
    "known: 1, only opens": -0.5,
    "known: 1, small elsewhere": -0.5,
    "known: 2, never whole": -0.5,
    "language: es, bare": -0.5,
    "language: fr, bare": -0.5,
    "others quoted": -0.5,
    "quote opens": -0.5,
    "sentence case": -0.5,
    "place": -0.6,
    "before: person": -0.7,
    "first name": -0.7,
    "long": -0.7,
    "small elsewhere": -0.7,
    "always place": -0.8,
    "last word alone": -0.8,
    "only opens": -0.8,
    "stop inside": -0.8,
    "after: speech": -1,
    "after: who": -1,
    "before: in always": -1,
    "before: other work": -1,
    "company": -1,
    "known: 1, never whole": -1,
    "known: 1, place": -1,
    "language: de, bare": -1,
    "mark: bare": -1,
    "ordinary": -1,
    "surname": -1,
    "given name": -1.2,
    "known: 2, place": -1.5,
    "sentence": -1.5,
    "small": -2,
    "never": -2.5,
}


def examples(reader, films, name):
    """Yield (article, signs, whether it is a title) of the names in one article."""
    gold = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    named = _names({(r["film"], r["franchise"]) for r in gold}, films)
    article = from_file(FOLDER / f"{name}.txt")
    for written, title, _, found in _weighed(reader, name, article):
        truth = _is_title(written, title, set(found), named)
        if truth is not None:
            yield name, found, truth


def of_passage(reader, passage):
    """Yield the same of the names in one passage: a title is what its marks call one."""
    article = replace(from_text(passage.text), language=passage.language)
    marks = [(m.start, m.end) for m in passage.marks if m.kind == "f"]
    for _, _, spans, found in _weighed(reader, passage.name, article):
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
    for _, _, _, found in _weighed(reader, name, from_text(text)):
        if "year" not in found:
            yield name, found, False


def _weighed(reader, name, article):
    """Yield (key, title, Spans, signs) of the names of an article that have signs, as a network
    sees them that has not seen the text `name`."""
    reader.network = unseen(name)
    text, sentences, language, _, toponyms, told = reader.prepare(article)
    signs = Signs(text, sentences, language, [(t.start, t.end) for t in toponyms], told)
    signs.least = -MOST - 1  # all names are examples
    for written, spans in groups_of(text, sentences, language, told=told).items():
        title = text[spans[0].start : spans[0].end]
        found = signs.of(title, spans)
        if found is not None:
            yield written, title, spans, found


def either_way(found):
    """Yield the examples as they are, and as they would be if texts with an address had none and
    others had one: that a text has an address says nothing."""
    for name, signs, is_title in found:
        bare = [sign for sign in signs if not sign.startswith(("address", "not in address"))]
        yield name, signs, is_title
        yield name, bare if len(bare) < len(signs) else [*signs, "not in address"], is_title


def _names(gold, films):
    """The keys of all names of the films of the gold records, and of their parts."""
    found = set()
    for title, franchise in gold:
        found |= {key(title), key(franchise or "")}
        found |= {key(part) for part in re.split(r":\s|\s[–—-]\s", title) if len(part) > 3}
        for row in films.to_dict("records"):
            if fold(row["title"]) == fold(title):
                others = [*row["aliases"], *row["working_titles"], row["original_title"] or ""]
                found |= {key(other) for other in others}
    return found - {""}


def _is_title(written, title, found, named):
    """Whether a name is a title; None where that is doubtful."""
    content = [word for word in fold(title).split() if word not in ARTICLES]
    if written in named:
        return True
    if any(f" {written} " in f" {name} " for name in named):
        return None
    if written not in wellknown():
        return None if found & {"mark: quoted", "mark: capitals"} else False
    if "mark: quoted" in found:
        return True
    if len(content) > 1:
        return None if found & {"place", "never whole"} else True
    return None if found & {*SAYS_TITLE, "before: owner", "before: aside"} else False


EXPECTED |= {f"network: {odds}": 0.7 * odds for odds in range(-MOST, MOST + 1)}


def fitted(found):
    """The weights for some examples, and so the log odds that names with their signs are titles."""
    expected = {"": {"title": INTERCEPT}} | {s: {"title": w} for s, w in EXPECTED.items()}
    labels = [CLASSES[is_title] for _, _, is_title in found]
    worth = [WORTH[label] for label in labels]
    return fit([signs for _, signs, _ in found], labels, CLASSES, PENALTY, RAREST, worth, expected)


def table_of(weights):
    """{sign: weight} of Fitted weights: what it adds to the log odds."""
    other, title = (weights.table()[name] for name in CLASSES)
    added = {sign: round(title.get(sign, 0) - other.get(sign, 0), 3) for sign in {*title, *other}}
    return {sign: weight for sign, weight in added.items() if abs(weight) >= 0.02}


def folds(found):
    """{kind of text: (titles found, all titles, other names found)}, by weights fitted without the
    text."""
    told = defaultdict(lambda: [0, 0, 0])
    for (name, _, is_title), (other, title) in crossed(
        found, fitted, itemgetter(0), itemgetter(1), FOLDS
    ):
        here = told[kind_of(name)]
        here[0] += bool(is_title and title > other)
        here[1] += bool(is_title)
        here[2] += bool(not is_title and title > other)
    return told


def main():
    """Fit, print, and write where asked to."""
    write = asked_to_write(__doc__)
    loaded = catalogue.read()[0]
    reader = Reader(loaded, scenes=False)
    found = [e for name in names() for e in examples(reader, loaded.films, name)]
    for passage in passages():
        if passage.kind == "retold":
            found += of_passage(reader, passage)
    found = [*either_way([*found, *other_news(reader)])]
    for kind, (right, titles, others) in folds(found).items():
        f1 = 2 * right / (right + others + titles)
        print(f"{kind}: F1 {f1:.3f}: {right} of {titles} titles, {others} others")
    if write:
        save(WEIGHTS, table_of(fitted(found)))


if __name__ == "__main__":
    main()
