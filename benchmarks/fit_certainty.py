"""Fits the weights by which a place's certainty is judged: geo/claims/certainty.json.

    python benchmarks/fit_certainty.py [--write]

Multinomial logistic regression with an L2 penalty over the features of geo/claims/certainty.py, on
the articles of tests/articles that are not held out, the passages of tests/retold, and a part of
those of tests/passages: on each group of places for which all gold records, or marks, agree. Prints
how many are judged rightly in texts that the weights were fitted without (ten folds), and how many
by phrases alone; writes the weights only with --write.
"""

import re
from collections import Counter
from dataclasses import dataclass
from operator import attrgetter

from fit_claims import asked_to_write, gathered, groups_of_article, groups_of_passage
from passages import kind_of
from softmax import crossed, fit, save

from geo.claims.certainty import CLASSES, PHRASE, WEIGHTS, doubts, judge, plainly

PENALTY, RAREST, FOLDS = 6.0, 20, 10
# Names of the passages whose writers marked with care how sure a text is; the others seldom do.
CAREFUL = re.compile("retold/|..-[a-dp-s]-")
WORTH = {"confirmed": 1.0, "reported": 1.0, "questioned": 1.0, "denied": 2.0}
OF_KIND = {"article": 1.0, "retold": 0.2, "passage": 0.05}  # what an example is worth
# What a reader would expect: a clause means what its phrases say.
EXPECTED = {
    "plainly reported": {"reported": 4.0},
    "plainly questioned": {"questioned": 4.0},
    "plainly denied": {"denied": 3.0},
    "plainly confirmed": {"confirmed": 1.5},
    "reported in clause": {"reported": 1.0},
    "denied in clause": {"denied": 1.0},
}
# These words say by themselves that others say so; they are too rare to be weighed well.
HEARSAY = (
    "reportedly|allegedly|apparently|according to|dem vernehmen nach|zufolge|al parecer|visstnok"
)
EXPECTED |= {f"reported: {words[:PHRASE]}": {"reported": 1.5} for words in HEARSAY.split("|")}


@dataclass(frozen=True, slots=True)
class Example:
    """A group of places: the features, what phrases alone say, and the certainty."""

    text: str
    features: set
    plainly: str
    label: str


def of_article(reader, name):
    """Yield the Examples of one article."""
    for context, group, gold, records in groups_of_article(reader, name):
        same = [gold[n] for n in set().union(*(found for _, found in records))]
        labels = {"denied" if r["negated"] else r["certainty"] for r in same}
        yield from _example(name, context, group, labels)


def of_passage(reader, passage):
    """Yield the Examples of one passage."""
    for context, group, marks in groups_of_passage(reader, passage):
        yield from _example(
            passage.name, context, group, {m.certainty for m in marks if m.kind != "x"}
        )


def _example(name, context, group, labels):
    if len(labels) == 1:
        simple = plainly(context, group.at)
        yield Example(name, doubts(context, group.at, simple), simple, labels.pop())


def fitted(found):
    """The weights for some Examples."""
    features, labels = [e.features for e in found], [e.label for e in found]
    worth = [WORTH[e.label] * OF_KIND[kind_of(e.text)] for e in found]
    return fit(features, labels, CLASSES, PENALTY, RAREST, worth, EXPECTED)


def folds(found):
    """[(Example, certainty)], each judged by weights that were fitted without its text."""
    told = crossed(found, fitted, attrgetter("text"), attrgetter("features"), FOLDS)
    return [(e, judge(e.plainly, dict(zip(CLASSES, sums, strict=True)))) for e, sums in told]


def told(judged):
    """What judgements say, in a line."""
    table = Counter((example.label, sure) for example, sure in judged)
    stated = sum(n for (label, _), n in table.items() if label != "denied")
    right = sum(n for (label, sure), n in table.items() if label == sure != "denied")
    denied = sum(n for (label, _), n in table.items() if label == "denied")
    wrongly = sum(n for (label, sure), n in table.items() if sure == "denied" != label)
    return (
        f"{right / stated:.3f} of {stated} that are not denied; of {denied} denied ones "
        f"{table['denied', 'denied']}, and {wrongly} others"
    )


def main():
    """Fit, print, and write where asked to."""
    write = asked_to_write(__doc__)
    found = gathered(of_article, of_passage, lambda passage: CAREFUL.match(passage.name))
    judged = folds(found)
    for part in OF_KIND:
        here = [(e, sure) for e, sure in judged if kind_of(e.text) == part]
        print(f"{part}: {told(here)}")
        print(f"  by phrases alone: {told([(e, e.plainly) for e, _ in here])}")
    if write:
        save(WEIGHTS, fitted(found).table())


if __name__ == "__main__":
    main()
