"""Fits the weights by which places get their roles: geo/claims/weights.json.

    python benchmarks/fit_claims.py [--write]

Multinomial logistic regression over the features of geo/claims/features.py, on the retold texts
that the network has not read (unread.py), in which each place is marked where it stands; an L2
penalty pulls to the weights that are there. Prints how many groups of places get their role by
those, and by weights that were fitted without the text (ten folds); writes the weights only with
--write.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain
from multiprocessing import get_context
from operator import attrgetter
from pathlib import Path

from passages import ROLES as MARKED
from passages import passages
from softmax import beside, crossed, fit, save, table_in
from unread import is_later, is_left_out

from geo import tables
from geo.article import from_text
from geo.claims import Sentences
from geo.claims.features import describe
from geo.claims.roles import ROLES, WEIGHED, is_bare, judge
from geo.claims.spot import overlaps
from geo.model import Film
from geo.reading import Reader

ARTICLES = Path(__file__).resolve().parent.parent / "tests" / "articles"
PENALTY, RAREST, FOLDS = 20.0, 15, 10
# What speaks for a role in the end, chosen for F1.
LEAN = {"filming": -0.2, "story": 0.2}


@dataclass(frozen=True, slots=True)
class Example:
    """A group of places in a text: its features, the roles that its marks allow, whether nothing
    but its name speaks for it."""

    text: str
    features: list
    allowed: set
    bare: bool


def names():
    """The articles that are not held out."""
    held_out = set((ARTICLES / "HELD_OUT.txt").read_text("utf-8").split())
    return [p.stem for p in sorted(ARTICLES.glob("*.json")) if p.stem not in held_out]


def asked_to_write(doc):
    """Whether the command line asks to write the weights; `doc` is the program's docstring."""
    return asked(doc, "write")[0]


def asked(doc, *names):
    """Of each option --NAME, whether the command line has it."""
    parser = argparse.ArgumentParser(description=doc.split("\n")[0])
    for name in names:
        parser.add_argument(f"--{name}", action="store_true")
    return [*vars(parser.parse_args()).values()]


def gathered(of_passage):
    """The examples that a function of (reader, passage) makes of the passages that sentences are
    weighed on."""
    return [*chain.from_iterable(_made_of(is_left_out, of_passage))]


def gathered_later(of_passage):
    """[what a function of (reader, passage) makes of each passage that came later]"""
    return _made_of(is_later, of_passage)


def _made_of(chosen, of_passage):
    """[a list of what is made of each passage whose name is chosen], read by all processors."""
    listed = [passage for passage in passages() if chosen(passage.name)]
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        return [*pool.map(partial(_made, of_passage), listed, chunksize=16)]


def _made(of_passage, passage):
    made = of_passage(_reader(), passage)
    return made if isinstance(made, tuple) else list(made)


@cache
def _reader():
    return Reader(tables.read()[0], scenes=False)


def prepared(reader, passage):
    """What claims are made of in a passage."""
    return reader.prepare(replace(from_text(passage.text), language=passage.language))


def films_of(passage, focus):
    """{Film: the numbers that it has in a passage's marks}, of the films that are found in it."""
    found = {film.film: set() for film in focus.all}
    for film in focus.all:
        for mark in passage.marks:
            if mark.kind == "f" and overlaps(mark, [(film.start, film.end)]):
                found[film.film].update(mark.films)
    return found


def groups_of_passage(reader, passage):
    """Yield (Context, Group, the Marks of places that it overlaps) of one passage."""
    told = prepared(reader, passage)
    if told[3].main is None:
        told[3].main = Film("")
    for context in Sentences(*told).contexts.values():
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
            bare = is_bare(context, index)
            yield Example(passage.name, describe(context, index), allowed, bare)


def meets(mark, group):
    """Whether a mark shares a character with a place of a group."""
    return any(mark.start < spot.end and spot.start < mark.end for spot in group.spots)


def _is_elsewhere(passage, spot):
    """Whether a name that has no mark stands for one that has, or has one elsewhere."""
    return spot.again or any(passage.text[m.start : m.end] == spot.text for m in passage.marks)


def fitted(found):
    """The weights for some Examples."""
    features = [example.features for example in found]
    labels = [_first(example.allowed) for example in found]
    weights = fit(features, labels, ROLES, PENALTY, RAREST, expected=table_in(WEIGHED))
    for name, lean in LEAN.items():
        weights.weights[weights.columns[""], ROLES.index(name)] += lean
    return weights


def _first(allowed):
    return "filming" if "filming" in allowed else next(iter(allowed))


def told(judged):
    """How many groups get a role that they have, in a line; of (Example, sums)."""
    right = others = 0
    marked = sum(example.allowed != {"none"} for example, _ in judged)
    for example, sums in judged:
        role = judge(example.features, dict(zip(ROLES, sums, strict=True)), example.bare) or "none"
        right += role != "none" and role in example.allowed
        others += role != "none" and role not in example.allowed
    f1 = 2 * right / (right + others + marked)
    return f"F1 {f1:.4f}: {right} of {marked} groups right, {others} others"


def main():
    """Fit, print, and write where asked to."""
    write = asked_to_write(__doc__)
    found = gathered(of_passage)
    text, features = attrgetter("text"), attrgetter("features")
    print(f"{len(found)} groups, as they are: {told(beside(found, WEIGHED, features))}")
    print(f"fitted without the text: {told([*crossed(found, fitted, text, features, FOLDS)])}")
    if write:
        save(WEIGHED.path, fitted(found).table())


if __name__ == "__main__":
    main()
