"""Which role a group of places has in its sentence: filming, story, or none.

The features of the group (features.py) are weighed; the role with the highest sum wins. The
weights (weights.json) were fitted by logistic regression on articles, tests/retold and
tests/passages; benchmarks/fit_claims.py fits them on.
"""

from math import exp
from pathlib import Path

from geo.claims.beside import is_in
from geo.claims.features import describe, is_followed, plain
from geo.weighing import Weights

WEIGHTS = Path(__file__).with_name("weights.json")
ROLES = ("none", "filming", "story")
WEIGHED = Weights(WEIGHTS, ROLES)
# A place is none where this holds.
FOLLOWED = "followed by what it is otherwise"
LIKELY, UNLIKELY = 0.99, 0.001  # chances where there is nothing to weigh
PLAIN = {
    "pair, filming": "filming",
    "pair, story": "story",
    "fictional": "story",
    "set in": "story",
}


def role(context, index):
    """filming, story or None for group `index` of a Context."""
    if is_followed(context, context.skeleton.groups[index]):
        return None
    told = PLAIN.get(plain(context, index))
    if told or is_bare(context, index):
        return told  # spares the weighing
    return _heaviest(_sums(context, index))


def chances(context, index):
    """(chance of filming, of story) for group `index` of a Context; None for a bare name."""
    if is_followed(context, context.skeleton.groups[index]):
        return UNLIKELY, UNLIKELY
    told = PLAIN.get(plain(context, index))
    if told:
        return tuple(LIKELY if name == told else 1 - LIKELY for name in ROLES[1:])
    if is_bare(context, index):
        return None
    sums = _sums(context, index)
    most = max(sums.values())
    parts = {name: exp(told - most) for name, told in sums.items()}
    return tuple(parts[name] / sum(parts.values()) for name in ROLES[1:])


def _sums(context, index):
    if index not in context.sums:
        context.sums[index] = WEIGHED.sums(describe(context, index))
    return context.sums[index]


def is_bare(context, index):
    """Whether a group is a name that may be anything's: no preposition of place stands before it,
    and the network takes it for none."""
    spot = context.skeleton.groups[index].spots[0]
    if spot.kind != "U" or is_in(context.text, spot, context.language):
        return False
    return not (context.told and context.told.place(spot.start, spot.end) > 0)


def judge(features, sums, bare):
    """The role of a group with these features, given the sum of the weights for each role.

    A pair ("X doubled for Y") and a fictional place need no weighing. `bare` says that the name
    may be anything's.
    """
    known = set(features)
    if FOLLOWED in known:
        return None
    for said, told in PLAIN.items():
        if f"plain: {said}" in known:
            return told
    return None if bare else _heaviest(sums)


def _heaviest(sums):
    best = max(ROLES, key=sums.get)
    return None if best == "none" else best
