"""Fits the weights by which places get their roles: geo/claims/weights.json.

    python benchmarks/fit_claims.py [--write]

Multinomial logistic regression with an L2 penalty over the features of geo/claims/features.py, on
the articles of tests/articles that are not held out, the passages of tests/retold, and a part of
those of tests/passages. What a place is in the gold records of an article is what it should be
wherever the text names it, unless it is named more than once: then the sentence that fits worst may
be about something else. Where no film is found in an article whose records name one, the places are
judged as if it had been. In a passage each place is marked where it stands, and so are the films.
Prints how many places get their role, and how many others get one, each text judged by weights that
were fitted without it (ten folds); writes the weights only with --write.
"""

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path
from zlib import crc32

from folds import unseen
from passages import ROLES as MARKED
from passages import kind_of, passages
from softmax import crossed, fit, odds, save

from geo import catalogue
from geo.article import from_file, from_text
from geo.claims import Sentences
from geo.claims.features import describe
from geo.claims.roles import ROLES, WEIGHTS, is_bare, judge
from geo.claims.spot import overlaps
from geo.distance import kilometres
from geo.model import Film, FilmMention, Place
from geo.reading import Reader
from geo.text import fold

ARTICLES = Path(__file__).resolve().parent.parent / "tests" / "articles"
PENALTY, RAREST, FOLDS, ROUNDS = 20.0, 15, 10, 2
WORTH = {"article": 1.0, "retold": 3.0, "passage": 0.3}  # of an example
ONE_OF = 3  # of so many invented passages one is used: more of them change nothing
# What speaks for a role in the end, chosen for F1 in cross-validation.
LEAN = {"filming": -0.2, "story": -0.1}


@dataclass
class Example:
    """A group of places in a text: its features and the roles that the gold records allow;
    `doubtful` where it may be named for no reason."""

    text: str
    features: list
    allowed: set
    key: tuple
    bare: bool
    doubtful: bool
    records: list = field(default_factory=list)


def names():
    """The articles that are not held out."""
    held_out = set((ARTICLES / "HELD_OUT.txt").read_text("utf-8").split())
    return [p.stem for p in sorted(ARTICLES.glob("*.json")) if p.stem not in held_out]


def asked_to_write(doc):
    """Whether the command line asks to write the weights; `doc` is the program's docstring."""
    parser = argparse.ArgumentParser(description=doc.split("\n")[0])
    parser.add_argument("--write", action="store_true")
    return parser.parse_args().write


def gathered(of_article, of_passage, kept=lambda passage: True):
    """The examples that two functions of (reader, text) make of all articles that are not held out
    and of the passages that are `kept`, of the invented ones a part."""
    reader = Reader(catalogue.read()[0], scenes=False)
    found = [example for name in names() for example in of_article(reader, name)]
    listed = (p for p in passages() if kept(p) and (p.kind == "retold" or _is_drawn(p.name)))
    return found + [example for passage in listed for example in of_passage(reader, passage)]


def _is_drawn(name):
    return crc32(name.encode()) % ONE_OF == 0


def prepared_article(reader, name):
    """(gold records, what claims are made of) of an article, as an unseen network sees it."""
    gold = json.loads((ARTICLES / f"{name}.json").read_text("utf-8"))
    reader.network = unseen(name)
    return gold, reader.prepare(from_file(ARTICLES / f"{name}.txt"))


def prepared_passage(reader, passage):
    """What claims are made of in a passage, as an unseen network sees it. The films of an invented
    one are taken as known: they are on no list, and real ones often are."""
    named = None
    if passage.kind == "passage":
        named = [_named(passage, mark) for mark in passage.marks if mark.kind == "f"]
    article = replace(from_text(passage.text), language=passage.language)
    reader.network = unseen(passage.name)
    return reader.prepare(article, named)


def films_of(passage, focus):
    """{Film: the numbers that it has in a passage's marks}, of the films that are found in it."""
    found = {film.film: set() for film in focus.all}
    for film in focus.all:
        for mark in passage.marks:
            if mark.kind == "f" and overlaps(mark, [(film.start, film.end)]):
                found[film.film].add(mark.film)
    return found


def groups_of_article(reader, name):
    """Yield (Context, Group, the gold records of the article, [(name, numbers of the gold records
    that it is) of each place of the group])."""
    gold, prepared = prepared_article(reader, name)
    if prepared[3].main is None and gold:
        prepared[3].main = Film(gold[0]["film"])
    for context in Sentences(*prepared).contexts().values():
        for group in context.skeleton.groups:
            records = [
                (fold(spot.text), {n for n, r in enumerate(gold) if is_of(r, spot)})
                for spot in group.spots
            ]
            yield context, group, gold, records


def examples(reader, name):
    """Yield the Examples of one article."""
    for context, group, gold, records in groups_of_article(reader, name):
        index = context.skeleton.groups.index(group)
        same = [gold[n] for n in sorted(set().union(*(found for _, found in records)))]
        allowed = {record["role"] for record in same} or {"none"}
        key = (name, *sorted(record["place_text"] for record in same))
        bare = is_bare(context, index)
        yield Example(name, describe(context, index), allowed, key, bare, True, records)


def groups_of_passage(reader, passage):
    """Yield (Context, Group, the Marks of places that it overlaps) of one passage."""
    prepared = prepared_passage(reader, passage)
    if prepared[3].main is None:
        prepared[3].main = Film("")
    for context in Sentences(*prepared).contexts().values():
        for group in context.skeleton.groups:
            yield context, group, [m for m in passage.marks if m.kind != "f" and meets(m, group)]


def of_passage(reader, passage):
    """Yield the Examples of one passage."""
    for context, group, marks in groups_of_passage(reader, passage):
        index = context.skeleton.groups.index(group)
        allowed = set().union(*(MARKED[mark.kind] for mark in marks))
        if not marks and not any(_is_elsewhere(passage, spot) for spot in group.spots):
            allowed = {"none"}
        if allowed:
            key = (passage.name, context.sentence.start, index)
            bare = is_bare(context, index)
            yield Example(passage.name, describe(context, index), allowed, key, bare, False)


def _named(passage, mark):
    title = passage.text[mark.start : mark.end]
    return FilmMention(mark.start, mark.end, title, Film(passage.films()[mark.film][0]))


def meets(mark, group):
    """Whether a mark shares a character with a place of a group."""
    return any(mark.start < spot.end and spot.start < mark.end for spot in group.spots)


def _is_elsewhere(passage, spot):
    """Whether a name that has no mark stands for one that has, or has one elsewhere."""
    return spot.again or any(passage.text[m.start : m.end] == spot.text for m in passage.marks)


def is_of(record, spot):
    """Whether a place of the text is that of a gold record."""
    place = record.get("place_resolved")
    if spot.place and spot.place.latitude is not None and place and record.get("tolerance_km"):
        point = Place("", None, place["lat"], place["lon"], "site")
        return kilometres(point, spot.place) <= record["tolerance_km"]
    names = [fold(record["place_text"]), fold(place["name"]) if place else ""]
    here = f" {fold(spot.text)} "
    return any(name and (f" {name} " in here or here in f" {name} ") for name in names)


def fitted(found):
    """The weights for some Examples; doubtful labels are chosen anew in each round."""
    features = [example.features for example in found]
    labels = [_first(example.allowed) for example in found]
    worth = [WORTH[kind_of(example.text)] for example in found]
    for number in range(ROUNDS):
        weights = fit(features, labels, ROLES, PENALTY, RAREST, worth)
        if number < ROUNDS - 1:
            labels = _relabelled(found, odds(weights.sums(features)))
    for name, lean in LEAN.items():
        weights.weights[weights.columns[""], ROLES.index(name)] += lean
    return weights


def _first(allowed):
    return "filming" if "filming" in allowed else next(iter(allowed))


def _relabelled(found, chances):
    """The likeliest allowed role; a place named again may be named for no reason."""
    best = {}
    for row, example in enumerate(found):
        told = max(chances[row, ROLES.index(name)] for name in example.allowed)
        best[example.key] = max(best.get(example.key, 0), told)
    labels = []
    for row, example in enumerate(found):
        chosen = max(example.allowed, key=lambda name: chances[row, ROLES.index(name)])
        told = chances[row, ROLES.index(chosen)]
        idle = example.doubtful and chances[row, 0] > 0.6 and told < best[example.key]
        labels.append("none" if idle else chosen)
    return labels


def folds(found):
    """[(Example, role)], each judged by weights that were fitted without its text."""
    told = crossed(found, fitted, attrgetter("text"), attrgetter("features"), FOLDS)
    return [(e, judge(e.features, dict(zip(ROLES, sums, strict=True)), e.bare)) for e, sums in told]


def score(judged):
    """(F1, hits, records, others) of (place, role), whatever the film."""
    gold = {
        name: json.loads((ARTICLES / f"{name}.json").read_text("utf-8"))
        for name in {example.text for example, _ in judged}
    }
    told = defaultdict(set)
    for example, role in judged:
        for name, records in example.records if role else []:
            told[example.text, name, role] |= records
    right, others = set(), 0
    for (article, _, role), records in told.items():
        same = {(article, n) for n in records if gold[article][n]["role"] == role}
        others += not same
        right |= same
    stated = {
        (name, n)
        for name, records in gold.items()
        for n, record in enumerate(records)
        if not record.get("negated") and ((name, n) in right or not record.get("optional_coarse"))
    }
    hits = len(right & stated)
    return 2 * hits / (hits + others + len(stated)), hits, len(stated), others


def told(judged):
    """How many groups of passages get a role that they have, in a line."""
    right = sum(role != "none" and role in example.allowed for example, role in judged)
    others = sum(role != "none" and role not in example.allowed for example, role in judged)
    marked = sum(example.allowed != {"none"} for example, _ in judged)
    f1 = 2 * right / (right + others + marked)
    return f"F1 {f1:.4f}: {right} of {marked} groups right, {others} others"


def main():
    """Fit, print, and write where asked to."""
    write = asked_to_write(__doc__)
    found = gathered(examples, of_passage)
    judged = folds(found)
    f1, hits, records, others = score([(e, role) for e, role in judged if e.doubtful])
    print(f"{len(names())} articles, {len(found)} groups, each text judged without it:")
    print(f"articles: F1 {f1:.4f}: {hits} of {records} places right, {others} others")
    for kind in ("retold", "passage"):
        here = [(e, role or "none") for e, role in judged if kind_of(e.text) == kind]
        print(f"{kind}: {told(here)}")
    if write:
        save(WEIGHTS, fitted(found).table())


if __name__ == "__main__":
    main()
