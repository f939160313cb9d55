"""How sure a text is of what it says as a whole: confirmed, reported, questioned, denied.

One sentence reports that a film may go to Malta, the next that Malta was never more than a rumour.
What certainty.py makes of all sentences that may be about a Fact is weighed together, by trees
(surely.onnx; benchmarks/fit_surely.py).
"""

from pathlib import Path

import numpy as np

from geo.claims.certainty import is_doubted, is_second_hand, judged, turns
from geo.model import CERTAINTIES, ROLES
from geo.weighing import Trees

TREES = Trees(Path(__file__).with_name("surely.onnx"))
REPORTED = CERTAINTIES.index("reported")
DENIAL = CERTAINTIES.index("denied")
# Chance from which on a place is denied: one that is drawn though denied is worst. Who says that
# another says so does not deny it in the same breath.
DENIED, DENIED_AT_SECOND_HAND = 0.06, 0.5
# Log odds of the film, and chance of the role, from which on a sentence is about a fact.
ITS_FILM, ITS_ROLE = -1.0, 0.2


def certainties(facts, found):
    """{key of a Fact: its certainty}, of [(Fact, its log odds)] of some Facts."""
    if not found:
        return {}
    heard = [Heard(facts, fact) for fact, _ in found]
    sums = TREES.sums([one.signs(odds) for one, (_, odds) in zip(heard, found, strict=True)])
    weighed = zip(heard, told(sums, [one.is_second_hand() for one in heard]), strict=True)
    return {one.fact.key: one.plainly() or sure for one, sure in weighed}


def told(sums, second_hand=False):
    """The certainty that each row of the trees' sums (examples, CERTAINTIES) tells; whether each is
    said at `second_hand`."""
    chances = np.exp(sums - sums.max(1, keepdims=True))
    chances /= chances.sum(1, keepdims=True)
    denied, likely = chances[:, -1] > DENIED, chances[:, -1] > DENIED_AT_SECOND_HAND
    chosen = np.where(denied, DENIAL, chances[:, :-1].argmax(1))
    chosen = np.where(denied & ~likely & np.asarray(second_hand), REPORTED, chosen)
    return [CERTAINTIES[number] for number in chosen]


class Heard:
    """What all sentences say of a Fact: `rows`, of which one is `best`, and some `about` it."""

    def __init__(self, facts, fact):
        listed = facts.places[fact.place]
        self.fact, self.claimed = fact, facts.claimed.get(fact.key)
        self.rows = [_Sentence(facts, said, fact) for said in listed]
        self.best = next(row for row in self.rows if row.said is fact.said)
        likely = [row for row in self.rows if row.odds > ITS_FILM and row.role > ITS_ROLE]
        self.about = likely or [self.best]

    def plainly(self):
        """What is said so plainly that it need not be weighed, or None: by the phrases of every
        sentence about it ("not in X, but in Y"), or by one that takes back what was said ("not one
        scene was shot there")."""
        about = self.about
        if all(row.plain == row.sure == about[0].plain for row in about):
            sure = CERTAINTIES[about[0].plain]
            if sure in {"reported", "denied"} or all(row.is_doubted() for row in about):
                return sure
        if all(row.is_turned() for row in about):
            return "confirmed"
        taken_back = about[-1].is_of_there() or all(row.sure != DENIAL for row in about)
        return "denied" if taken_back and self.claimed == "denied" else None

    def is_second_hand(self):
        """Whether every sentence about it says that another says so."""
        return all(row.is_second_hand() for row in self.about)

    def signs(self, odds):
        """The signs of the Fact, which has these log odds."""
        best, about = self.best, self.about
        share = np.array([row.role / (1 + np.exp(-row.odds)) + 1e-6 for row in self.rows])
        return (
            best.plain,
            best.sure,
            *best.sums,
            *best.told,
            best.odds,
            best.role,
            len(about),
            len(self.rows),
            *(sign for number in range(len(CERTAINTIES)) for sign in _of_class(about, number)),
            *(share @ np.array([row.told for row in self.rows]) / share.sum()),
            about[-1].sure,
            about[0].sure,
            any(bool(row.said.context.sentence.heading) for row in about),
            odds,
            *self.fact.signs,
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
        group = said.group
        plain, sums, sure = judged(said.context, group)
        self.said, self.at = said, group.at
        self.plain, self.sure = CERTAINTIES.index(plain), CERTAINTIES.index(sure)
        self.sums = [sums[name] for name in CERTAINTIES]
        self.told = facts.told.certainty(group.spots[0].start, group.spots[0].end)
        self.odds, self.role = said.odds[fact.film], said.roles[ROLES.index(fact.role)]

    def is_of_there(self):
        """Whether phrases deny it of "there"."""
        return self.said.spot.again and self.plain == self.sure == DENIAL

    def is_second_hand(self):
        """Whether a phrase says that another says so, and none that it is more or less sure."""
        return self.plain == REPORTED and is_second_hand(self.said.context, self.at)

    def is_doubted(self):
        """Whether a phrase doubts it, and not just a question mark."""
        return is_doubted(self.said.context, self.at)

    def is_turned(self):
        """Whether a word of contrast parts it from a denial."""
        return self.plain == self.sure == 0 and turns(self.said.context, self.at)
