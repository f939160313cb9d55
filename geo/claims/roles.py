"""Which role a group of places has in its sentence: filming, story, or none.

The features of the group (features.py) are weighed; the role with the highest sum wins. The
weights (weights.json) were fitted by logistic regression on the articles of tests/articles that
are not held out; benchmarks/fit_claims.py fits them again.
"""

import json
from functools import cache
from pathlib import Path

from geo.claims.beside import is_in
from geo.claims.features import describe, is_set_in, is_shot_in
from geo.claims.skeleton import only_orients

WEIGHTS = Path(__file__).with_name("weights.json")
ROLES = ("none", "filming", "story")
# A place is none where these hold, and never a setting where nothing speaks of a story.
FOLLOWED = "followed by what it is otherwise"
REFUSED = frozenset({FOLLOWED, "nearest: other before at once"})
SPEAKS_OF_STORY = ("near ", "wide ", "fictional: True", "pair: story")


def role(context, index):
    """filming, story or None for group `index` of a Context.

    A pair ("X doubled for Y"), the words right before a name ("set in X") and a fictional place
    need no weighing.
    """
    if index in context.pairs:
        return "filming"
    invented = all(spot.fictional for spot in context.skeleton.groups[index].spots)
    if invented or index in context.pairs.values() or is_set_in(context, index):
        return "story"
    if only_orients(context.skeleton, index, context.language):
        return None
    features = describe(context, index)
    if is_shot_in(context, index) and FOLLOWED not in features:
        return "filming"
    spot = context.skeleton.groups[index].spots[0]
    bare = spot.kind == "U" and not is_in(context.text, spot, context.language)
    if bare or REFUSED & set(features):
        return None
    sums = score(features)
    if not context.about:
        sums["filming"] = float("-inf")
    if not any(feature.startswith(SPEAKS_OF_STORY) for feature in features):
        sums["story"] = float("-inf")
    best = max(ROLES, key=lambda name: sums[name])
    return None if best == "none" else best


def score(features):
    """The sum of the weights of some features for each role."""
    weights = _weights()
    return {
        name: sum(weights[name].get(feature, 0.0) for feature in ("", *features)) for name in ROLES
    }


@cache
def _weights():
    return json.loads(WEIGHTS.read_text())
