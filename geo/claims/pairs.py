"""Which filming place stands for which place of the story: "Norway doubled for Kashmir"."""

import re
from functools import cache

from geo.claims.beside import is_in
from geo.claims.skeleton import ANY_PLACE, only_orients
from geo.language import phrases
from geo.text import fold

NEXT = 4  # words, articles included, before a setting that is known for one by nothing else


@cache
def _patterns(language):
    words = phrases(language)["pairs"]
    gap = rf"[^\ue000-\uefff.;!?]{{0,{words['gap']}}}?(?<!\w)"
    compiled = []
    for pattern in words["patterns"]:
        for role in "FS":
            pattern = pattern.replace(f"{{{role}}}", f"(?P<{role}>{ANY_PLACE})")
        pattern = pattern.replace(" ... (?P<S>", f"(?P<last>{gap})(?P<S>").replace(" ... ", gap)
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
            if skeleton.groups[story].spots[0].kind == "U" and _is_far(match):
                continue
            if _is_same(skeleton.groups[filming], skeleton.groups[story]):
                continue
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


def _is_far(match):
    """Whether more than a few words of one clause stand before the setting: too far for a name
    that may be anything's."""
    between = match.groupdict().get("last") or ""
    return between.count(" ") > NEXT or "," in between


def _is_same(one, other):
    """Whether two groups name one place: it plays itself."""
    return fold(one.spots[0].text) == fold(other.spots[0].text)


def _is_site(group, text, language):
    """A bare name is a filming place only behind a preposition: it may be a person's."""
    return group.spots[0].kind != "U" or is_in(text, group.spots[0], language)


def _is_imagined(group):
    """Whether all of it is known to be fictional: then it is what the other one stands for."""
    return all(spot.fictional for spot in group.spots)


def _is_setting(group):
    return _is_imagined(group) or not any(spot.adjective for spot in group.spots)
