"""Fits the weights by which a place's certainty is judged: geo/claims/certainty.json.

    python benchmarks/fit_certainty.py [--write]

Multinomial logistic regression over the features of geo/claims/certainty.py, on each group of
places of the retold texts that the network has not read for which all marks agree. Only what the
network says is weighed anew: what phrases and words are worth was fitted on many more texts, and
stays. Prints how many are judged rightly by the weights that are there, by such as were fitted
without the text (ten folds), and by phrases alone; writes the weights only with --write.
"""

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter

from fit_claims import asked_to_write, gathered, groups_of_passage
from softmax import beside, crossed, fit, save, table_in

from geo.claims.certainty import WEIGHED, doubts, judge, plainly
from geo.model import CERTAINTIES

PENALTY, FIRM, RAREST, FOLDS = 1.0, 1000.0, 20, 10
NETWORK = "network: "  # begins the features whose weights are fitted
WORTH = {"confirmed": 1.0, "reported": 1.0, "questioned": 1.0, "denied": 2.0}


@dataclass(frozen=True, slots=True)
class Example:
    """A group of places: the features, what phrases alone say, and the certainty."""

    text: str
    features: set
    plainly: str
    label: str


def of_passage(reader, passage):
    """Yield the Examples of one passage."""
    for context, group, marks in groups_of_passage(reader, passage):
        labels = {m.certainty for m in marks if m.kind != "x"}
        if len(labels) == 1:
            simple = plainly(context, group.at)
            yield Example(passage.name, doubts(context, group, simple), simple, labels.pop())


def fitted(found):
    """The weights for some Examples."""
    known = table_in(WEIGHED)
    firm = {f: FIRM for f in known if not f.startswith(NETWORK)}
    features = [[f for f in e.features if f in firm or f.startswith(NETWORK)] for e in found]
    labels = [example.label for example in found]
    worth = [WORTH[label] for label in labels]
    return fit(features, labels, CERTAINTIES, PENALTY, RAREST, worth, known, firm)


def judged(weighed):
    """[(Example, certainty)] of (Example, sums)."""
    return [(e, judge(e.plainly, dict(zip(CERTAINTIES, sums, strict=True)))) for e, sums in weighed]


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
    found, features = gathered(of_passage), attrgetter("features")
    print("as they are:", told(judged(beside(found, WEIGHED, features))))
    crosswise = crossed(found, fitted, attrgetter("text"), features, FOLDS)
    print("fitted without the text:", told(judged(crosswise)))
    print("by phrases alone:", told([(e, e.plainly) for e in found]))
    if write:
        save(WEIGHED.path, fitted(found).table())


if __name__ == "__main__":
    main()
