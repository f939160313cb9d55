"""Which filming place stands for which place of the story: "Norway doubled for Kashmir"."""

import re
from functools import cache

from geo.claims.skeleton import ANY_PLACE
from geo.language import phrases


@cache
def _patterns(language):
    words = phrases(language)["pairs"]
    gap = rf"[^\ue000-\uefff.;!?]{{0,{words['gap']}}}?"
    compiled = []
    for pattern in words["patterns"]:
        for role in "FS":
            pattern = pattern.replace(f"{{{role}}}", f"(?P<{role}>{ANY_PLACE})")
        pattern = pattern.replace(" ... ", gap)
        compiled.append(re.compile(pattern))
    return compiled


def find_pairs(skeleton, language, is_filmable):
    """{index of a filming group: index of the story group that it stands for}.

    `is_filmable` says whether a group may be a filming place at all.
    """
    pairs = {}
    if len(skeleton.groups) < 2:
        return pairs
    for pattern in _patterns(language):
        for match in pattern.finditer(skeleton.line):
            filming, story = skeleton.index(match["F"]), skeleton.index(match["S"])
            taken = filming in pairs or filming in pairs.values() or story in pairs
            if not taken and is_filmable(skeleton.groups[filming]) and _is_setting(skeleton.groups[story]):
                pairs[filming] = story
    return pairs


def _is_setting(group):
    return not any(spot.adjective for spot in group.spots)
