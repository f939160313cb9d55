"""Fits the weights by which names in a text become titles of films: geo/films/weights.json.

    python benchmarks/fit_films.py [--write]

Logistic regression over the signs of geo/films/signs.py, on the articles of tests/articles that
are not held out, each read as if the catalogue knew no film, on the passages of tests/passages and
on news about other things. In an article a name is a title where it is a film of the gold records,
by any of its names; a well-known title that no record speaks of is one where quotation marks or
several words show it, and no example where that is doubtful. The penalty pulls each weight to what
a reader of newspapers would expect of its sign (EXPECTED). Prints how many titles and how many
other names are found in texts that the weights were fitted without (ten folds); writes the weights
only with --write.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from passages import passages
from softmax import fit

from geo import catalogue
from geo.article import from_file, from_text
from geo.films.scores import WEIGHTS
from geo.films.signs import SAYS_TITLE, Signs
from geo.films.titles import ARTICLES
from geo.films.unknown import groups_of
from geo.films.wellknown import key, wellknown
from geo.reading import Reader
from geo.text import fold

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
FOLDER = Path(__file__).resolve().parent.parent / "tests" / "articles"
PENALTY, RAREST, FOLDS = 3.0, 3, 10
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
    "address: 4": 2.0,
    "address: 3": 1.5,
    "address: 2": 0.8,
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


@dataclass(frozen=True, slots=True)
class Example:
    """A name in a text: its signs, and which of CLASSES it is."""

    text: str
    title: str
    signs: tuple
    label: str


def of_article(reader, films, name):
    """Yield the Examples of one article."""
    article = from_file(FOLDER / f"{name}.txt")
    gold = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    named = _names({(r["film"], r["franchise"]) for r in gold}, films)
    for written, title, found in _signs(reader, article):
        label = _label(written, title, set(found), named)
        if label:
            yield Example(name, title, found, label)


def of_passage(reader, passage):
    """Yield the Examples of one passage."""
    titles = {key(title) for written in passage.films().values() for title in written}
    article = replace(from_text(passage.text), language=passage.language)
    for written, title, found in _signs(reader, article):
        is_title = written in titles
        if is_title or not any(f" {written} " in f" {whole} " for whole in titles):
            yield Example(passage.name, title, found, CLASSES[is_title])


def other_news(reader):
    """Yield the Examples of news about other things."""
    for corpus in ("lgl", "trnews"):
        with gzip.open(CORPORA / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as file:
            for number, line in enumerate(file):
                if number % 2 == 0:
                    text = from_text(json.loads(line)["text"])
                    for _, title, found in _signs(reader, text):
                        if "year" not in found:
                            yield Example(f"{corpus} {number}", title, found, "other")


def _signs(reader, article):
    """Yield (key, title, signs) of the names in a text."""
    text, sentences, language, _, toponyms = reader.prepare(article)
    places = [(t.start, t.end) for t in toponyms]
    signs = Signs(text, sentences, language, places, reader.titles)
    for written, spans in groups_of(text, sentences, language).items():
        title = text[spans[0].start : spans[0].end]
        found = signs.of(title, spans)
        if found is not None:
            yield written, title, tuple(found)


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


def _label(written, title, found, named):
    """The class of a name in an article; None where that is doubtful."""
    content = [word for word in fold(title).split() if word not in ARTICLES]
    if written in named:
        return "title"
    if any(f" {written} " in f" {name} " for name in named):
        return None
    if written not in wellknown():
        return "other"
    if "mark: quoted" in found:
        return "title"
    if len(content) > 1:
        return None if found & {"place", "never whole"} else "title"
    return None if found & {*SAYS_TITLE, "before: owner", "before: aside"} else "other"


def fitted(found):
    """The weights for some Examples."""
    expected = {"": {"title": INTERCEPT}} | {s: {"title": w} for s, w in EXPECTED.items()}
    labels = [example.label for example in found]
    worth = [WORTH[label] for label in labels]
    return fit([e.signs for e in found], labels, CLASSES, PENALTY, RAREST, worth, expected)


def table_of(weights):
    """{sign: weight} of Fitted weights."""
    other, title = (weights.table()[name] for name in CLASSES)
    return {s: round(title.get(s, 0) - other.get(s, 0), 3) for s in {*title, *other}}


def folds(found):
    """[(Example, whether it is judged a title)] by weights that were fitted without the text."""
    texts, judged = sorted({example.text for example in found}), []
    for number in range(FOLDS):
        out = set(texts[number::FOLDS])
        tested = [example for example in found if example.text in out]
        sums = fitted([e for e in found if e.text not in out]).sums([e.signs for e in tested])
        judged += [(e, row[1] > row[0]) for e, row in zip(tested, sums, strict=True)]
    return judged


def told(judged):
    """What judgements say, in a line."""
    table = Counter((example.label, bool(is_title)) for example, is_title in judged)
    titles = table["title", True] + table["title", False]
    return f"{table['title', True]} of {titles} titles, {table['other', True]} others"


def main():
    """Fit, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    held_out = set((FOLDER / "HELD_OUT.txt").read_text("utf-8").split())
    names = [p.stem for p in sorted(FOLDER.glob("*.json")) if p.stem not in held_out]
    loaded = catalogue.read()[0]
    reader = Reader(loaded, scenes=False)
    found = [e for name in names for e in of_article(reader, loaded.films, name)]
    found += [e for passage in passages() for e in of_passage(reader, passage)]
    found += other_news(reader)
    print(f"{len(names)} articles, {len(found)} names, each text judged without it:")
    judged = folds(found)
    parts = {"articles": r"..-[^/]+", "passages": r".+/.+", "other news": r".+ .+"}
    for part, pattern in parts.items():
        print(f"{part}: {told([(e, t) for e, t in judged if re.fullmatch(pattern, e.text)])}")
    if arguments.write:
        table = table_of(fitted(found))
        WEIGHTS.write_text(json.dumps(table, indent=0, sort_keys=True, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
