"""How sure a text is of what it says as a whole: confirmed, reported, questioned, denied.

One sentence reports that a film may go to Malta, the next that Malta was never more than a rumour.
What certainty.py makes of all sentences that may be about a Fact is weighed together, by trees
(surely.onnx; benchmarks/fit_surely.py).
"""

from pathlib import Path

import numpy as np

from geo.claims.certainty import is_doubted, judged, turns
from geo.model import CERTAINTIES
from geo.weighing import Trees

TREES = Trees(Path(__file__).with_name("surely.onnx"))
DENIED = 0.08  # chance from which on a place is denied: one that is drawn though denied is worst
# Log odds of the film, and chance of the role, from which on a sentence is about a fact.
ITS_FILM, ITS_ROLE = -1.0, 0.2


def certainties(facts, found):
    """{key of a Fact: its certainty}, of [(Fact, its log odds)] of some Facts."""
    if not found:
        return {}
    sums = TREES.sums([signs(facts, fact, odds) for fact, odds in found])
    weighed = zip(found, told(sums), strict=True)
    return {fact.key: _plainly(facts, fact) or sure for (fact, _), sure in weighed}


def _plainly(facts, fact):
    """What is said of a Fact so plainly that it need not be weighed, or None: by the phrases of
    every sentence about it ("not in X, but in Y"), or by one that takes back what was said ("not
    one scene was shot there").
    """
    about = _about(facts, fact)
    if all(row.plain == row.sure == about[0].plain for row in about):
        sure = CERTAINTIES[about[0].plain]
        if sure in {"reported", "denied"} or all(row.is_doubted for row in about):
            return sure
    if all(row.is_turned for row in about):
        return "confirmed"
    taken_back = about[-1].is_of_there or all(CERTAINTIES[row.sure] != "denied" for row in about)
    return "denied" if taken_back and facts.claimed.get(fact.key) == "denied" else None


def _about(facts, fact):
    """The _Sentences that are likely to be about a Fact."""
    rows = [_Sentence(facts, said, fact) for said in facts.places[fact.place]]
    likely = [row for row in rows if row.odds > ITS_FILM and row.role > ITS_ROLE]
    return likely or [_Sentence(facts, fact.said, fact)]


def told(sums):
    """The certainty that each row of the trees' sums (examples, CERTAINTIES) tells."""
    chances = np.exp(sums - sums.max(1, keepdims=True))
    chances /= chances.sum(1, keepdims=True)
    denied = chances[:, -1] > DENIED
    chosen = np.where(denied, len(CERTAINTIES) - 1, chances[:, :-1].argmax(1))
    return [CERTAINTIES[number] for number in chosen]


def signs(facts, fact, odds):
    """The signs of a Fact with its log odds."""
    rows = [_Sentence(facts, said, fact) for said in facts.places[fact.place]]
    best, about = _Sentence(facts, fact.said, fact), _about(facts, fact)
    share = np.array([row.role / (1 + np.exp(-row.odds)) + 1e-6 for row in rows])
    told = np.array([row.told for row in rows])
    return (
        best.plain,
        best.sure,
        *best.sums,
        *best.told,
        best.odds,
        best.role,
        len(about),
        len(rows),
        *(sign for number in range(len(CERTAINTIES)) for sign in _of_class(about, number)),
        *(share @ told / share.sum()),
        about[-1].sure,
        about[0].sure,
        any(row.heading for row in about),
        odds,
        *fact.signs,
    )


def _of_class(rows, number):
    """How much speaks for one certainty."""
    yield max(row.told[number] for row in rows)
    yield max(row.sums[number] for row in rows)
    yield sum(row.sure == number for row in rows)
    yield sum(row.plain == number for row in rows)


class _Sentence:
    """What one sentence says of the certainty of a fact. `plain` and `sure` are numbers of
    CERTAINTIES: what phrases alone say, and what all signs do."""

    def __init__(self, facts, said, fact):
        context = said.context
        group = context.skeleton.groups[said.index]
        plain, sums, sure = judged(context, group)
        self.plain, self.sure = CERTAINTIES.index(plain), CERTAINTIES.index(sure)
        self.sums = [sums[name] for name in CERTAINTIES]
        self.told = facts.told.certainty(group.spots[0].start, group.spots[0].end)
        self.odds, self.role = said.odds[fact.film], facts.chance(said, fact.role)
        self.heading = bool(context.sentence.heading)
        self.is_of_there = said.spot.again and plain == sure == "denied"
        self.is_doubted = is_doubted(context, group.at)
        self.is_turned = plain == sure == "confirmed" and turns(context, group.at)
