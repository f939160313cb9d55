"""Fits the trees that tell how sure a text is of a fact: geo/claims/surely.onnx.

    python benchmarks/fit_surely.py [--write] [--join]

Gradient boosting over the signs of geo/claims/surely.py, one example for each film, place and role
that a text marks and the reader finds, on retold texts that nothing else was fitted on (unread.py).
Prints how many are right by what sentences say alone, by the trees that are there, and by such as
were fitted without the text; writes the trees only with --write, with --join the mean of them and
of those that are there. Begin with fit_facts.py.
"""

from dataclasses import dataclass

import boosting
from fit_claims import asked, films_of, gathered_later, prepared
from fit_facts import marks_of, spans_of

from geo.claims import Sentences
from geo.claims.surely import TREES, Heard, told
from geo.model import CERTAINTIES

LEAST = -1.5  # log odds of a fact that no sentence claims, from which on it is learned from
TREE = {"max_iter": 120, "learning_rate": 0.05, "max_leaf_nodes": 6, "min_samples_leaf": 40}


@dataclass(frozen=True, slots=True)
class Example:
    """A fact: its signs, what it is marked as, what sentences alone make of it."""

    signs: tuple
    marked: str
    alone: str | None


def of_passage(reader, passage):
    """The Examples of one passage."""
    read = prepared(reader, passage)
    if read[3].main is None:
        return []
    sentences, numbers = Sentences(*read), films_of(passage, read[3])
    facts, found = sentences.facts, []
    for fact, odds in facts.odds.items():
        marked = _marked(passage, fact, facts.places[fact.place], numbers.get(fact.film, set()))
        alone = facts.claimed.get(fact.key)
        if marked and (alone or odds > LEAST):
            found.append(Example(Heard(facts, fact).signs(odds), marked, alone))
    return found


def _marked(passage, fact, listed, numbers):
    """What a fact is marked as: the surest, but nothing where it is denied as well."""
    marks = marks_of(passage, fact.role, spans_of(listed), numbers)
    found = {mark.certainty for mark in marks}
    if "denied" in found and len(found) > 1:
        return None
    return min(found, key=CERTAINTIES.index, default=None)


def score(examples, chosen):
    """How many facts get the certainty that they are marked with, in a line."""
    pairs = [(e.marked, one) for e, one in zip(examples, chosen, strict=True) if e.alone]
    right = sum(marked == one for marked, one in pairs if marked != "denied")
    heard = sum(marked == one == "denied" for marked, one in pairs)
    denied = sum(marked == "denied" for marked, _ in pairs)
    others = sum(one == "denied" for _, one in pairs) - heard
    share = right / max(1, len(pairs) - denied)
    return f"{share:.4f} right; {heard} of {denied} denials heard, {others} others"


def main():
    """Fit, print, and write where asked to."""
    write, join = asked(__doc__, "write", "join")
    texts = gathered_later(of_passage)
    every = [example for listed in texts for example in listed]
    rows = [[(e.signs, CERTAINTIES.index(e.marked)) for e in listed] for listed in texts]
    print(f"{len(texts)} texts, {len(every)} facts")
    print("sentences alone:", score(every, [e.alone for e in every]))
    if TREES.path.exists():
        print("as they are:", score(every, told(TREES.sums([e.signs for e in every]))))
    print("fitted without the text:", score(every, told(boosting.crossed(rows, **TREE))))
    if write:
        boosting.save(TREES.path, rows, join, **TREE)


if __name__ == "__main__":
    main()
