"""Which filming place stands for which place of the story: "Norway doubled for Kashmir"."""

import re
from functools import cache

from geo.claims.beside import is_located
from geo.claims.skeleton import ANY_PLACE, only_orients
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


def find_pairs(skeleton, text, language):
    """{index of a filming group: index of the story group that it stands for}."""
    pairs = {}
    if len(skeleton.groups) < 2:
        return pairs
    for number, pattern in enumerate(_patterns(language)):
        for match in pattern.finditer(skeleton.line):
            filming, story = skeleton.index(match["F"]), skeleton.index(match["S"])
            if only_orients(skeleton, filming, language) and filming - 1 != story:
                filming -= 1
            if filming in pairs or filming in pairs.values() or story in pairs:
                continue
            if _is_imagined(skeleton.groups[filming]) and not _is_imagined(skeleton.groups[story]):
                filming, story = story, filming
            doubles = number == 0 and skeleton.groups[story].spots[0].kind == "T"
            if (doubles or _is_site(skeleton.groups[filming], text, language)) and _is_setting(
                skeleton.groups[story]
            ):
                pairs[filming] = story
    return pairs


def _is_site(group, text, language):
    """A bare name is a filming place only behind a preposition: it may be a person's."""
    return group.spots[0].kind != "U" or is_located(text, group.spots[0], language)


def _is_imagined(group):
    """Whether all of it is known to be fictional: then it is what the other one stands for."""
    return all(spot.fictional for spot in group.spots)


def _is_setting(group):
    return _is_imagined(group) or not any(spot.adjective for spot in group.spots)
