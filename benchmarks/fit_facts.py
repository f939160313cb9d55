"""Fits the trees that weigh what a whole text says of a film and a place: geo/claims/facts.onnx.

    python benchmarks/fit_facts.py [--write] [--join]

Gradient boosting over the signs of geo/claims/facts.py, one example for each film, place and role
of a text that anything speaks for, on retold texts that nothing else was fitted on (unread.py).
Prints how many of the marked films of places, with their roles, are found by what sentences say
alone, by the trees that are there, and by such as were fitted without the text; writes the trees
only with --write, with --join the mean of them and of those that are there.
"""

from dataclasses import dataclass

import boosting
from fit_claims import asked, films_of, gathered_later, prepared

from geo.claims import Sentences
from geo.claims.facts import ENOUGH, TREES
from geo.claims.spot import overlaps
from geo.text import fold

ROLES = {"p": ("filming",), "s": ("story",), "b": ("filming", "story")}


@dataclass(frozen=True, slots=True)
class Example:
    """A fact of a text: its signs, whether sentences alone claim it, and which of the marked ones
    it is."""

    signs: tuple
    claimed: bool
    right: frozenset


def of_passage(reader, passage):
    """(the marked facts of a passage, its Examples): a fact is (film's number, name, role)."""
    marked = {
        (film, fold(passage.text[mark.start : mark.end]), role)
        for mark in passage.marks
        if mark.certainty != "denied"
        for role in ROLES.get(mark.kind, ())
        for film in mark.films
    }
    told = prepared(reader, passage)
    if told[3].main is None:
        return marked, []
    sentences, numbers = Sentences(*told), films_of(passage, told[3])
    facts = sentences.facts
    return marked, [
        Example(
            fact.signs,
            facts.claimed.get(fact.key, "denied") != "denied",
            _right(passage, fact, facts.places[fact.place], numbers.get(fact.film, set())),
        )
        for fact in facts.weighed()
    ]


def marks_of(passage, role, spans, numbers):
    """The marks of a place of a film, by the numbers that it has in them, wherever the place is
    named."""
    return [
        mark
        for mark in passage.marks
        if role in ROLES.get(mark.kind, ()) and overlaps(mark, spans)
        if not numbers.isdisjoint(mark.films)
    ]


def spans_of(listed):
    """[(start, end)] where a place is Said."""
    return [(said.spot.start, said.spot.end) for said in listed]


def _right(passage, fact, listed, numbers):
    """Which marked facts a fact is, wherever its place is Said."""
    return frozenset(
        (film, fold(passage.text[mark.start : mark.end]), fact.role)
        for mark in marks_of(passage, fact.role, spans_of(listed), numbers)
        if mark.certainty != "denied"
        for film in numbers.intersection(mark.films)
    )


def score(texts, chosen):
    """F1 over the marked facts; `chosen` says of each Example whether it is claimed."""
    right = others = gold = 0
    for marked, examples in texts:
        hits = [example.right for example in examples if next(chosen)]
        right += len(frozenset().union(*hits))
        others += sum(not hit for hit in hits)
        gold += len(marked)
    f1 = 2 * right / (right + others + gold)
    return f"F1 {f1:.4f}: {right} of {gold} right, {others} others"


def main():
    """Fit, print, and write where asked to."""
    write, join = asked(__doc__, "write", "join")
    texts = gathered_later(of_passage)
    every = [example for _, listed in texts for example in listed]
    rows = [[(example.signs, bool(example.right)) for example in listed] for _, listed in texts]
    print(f"{len(texts)} texts, {len(every)} facts")
    print("sentences alone:", score(texts, iter(e.claimed for e in every)))
    if TREES.path.exists():
        odds = TREES.odds([e.signs for e in every])
        print("as they are:", score(texts, iter(one > ENOUGH for one in odds)))
    odds = boosting.crossed(rows)
    print("fitted without the text:", score(texts, iter(one > ENOUGH for one in odds)))
    if write:
        boosting.save(TREES.path, rows, join)


if __name__ == "__main__":
    main()
