"""What names that stand side by side say of each other: lists of places, places inside others."""

import re
from dataclasses import replace
from functools import cache
from itertools import zip_longest

from geo.distance import kilometres
from geo.language import phrases
from geo.mentions.lexicon import is_a
from geo.model import PRECISIONS, Place

# Farther from a town's point than this, and outside its radius, no part of the town lies.
AWAY_KM = 40
# A site is placed at its town's point where the town reaches no farther around it than this.
SMALL_KM = 5.0


def together(text, found, language):
    """The Spots of a sentence, in order, in the light of their neighbours."""
    return _listed(text, _inside(text, found, language), language)


def _inside(text, found, language):
    """Each Spot in the light of the place behind it that it is said to lie in."""
    known, kept = _joints(language), []
    for spot, outer in zip_longest(found, found[1:]):
        between = text[spot.end : outer.start].lower() if outer and outer.place else ""
        listed = "," in between and known["next"].match(text.lower(), outer.end)
        if known["inside"].fullmatch(between) and not listed:  # "in Rome, in Malta and in Spain"
            spot = _within(spot, outer.place)
        kept.append(spot)
    return kept


def _within(spot, outer):
    """A Spot that lies in a Place: not the namesake elsewhere; a site of a small town is there."""
    if outer.latitude is None or spot.fictional:
        return spot
    if spot.place is not None and spot.place.latitude is not None:
        if PRECISIONS.index(spot.place.precision) >= PRECISIONS.index(outer.precision):
            return spot  # no narrower: the next of a list, "in Malta, in Thailand"
        return spot if _may_hold(outer, spot.place) else replace(spot, kind="N", place=None)
    if spot.kind == "N" and outer.precision == "town" and outer.radius_km <= SMALL_KM:
        return replace(spot, place=_somewhere_in(outer, spot.text))
    return spot


def _may_hold(outer, place):
    if outer.country and place.country and outer.country != place.country:
        return False
    return outer.precision != "town" or kilometres(outer, place) <= outer.radius_km + AWAY_KM


def _somewhere_in(town, name):
    """A Place of that name somewhere in the town, no more precise than the town is."""
    return Place(
        name, town.country, town.latitude, town.longitude, "town", town.radius_km,
        source=town.source, licence=town.licence,
    )  # fmt: skip


def _listed(text, found, language):
    """The Spots; of a list that holds a known place, the names that no person bears are places."""
    kept, run = [], []
    for spot in [*found, None]:
        if spot and run and _joints(language)["and"].fullmatch(text[run[-1].end : spot.start]):
            run.append(spot)
            continue
        kept += _of_places(run)
        run = [spot]
    return kept


def _of_places(run):
    known = [spot for spot in run if spot.kind != "U" and not spot.adjective]
    if not known or len(run) < 3 or any(map(_is_personal, run)):
        return run
    return [replace(spot, kind="N") if spot.kind == "U" else spot for spot in run]


def _is_personal(spot):
    words = spot.text.split()
    return spot.kind == "U" and len(words) > 1 and is_a(words[0].lower(), "first_names")


@cache
def _joints(language):
    words = phrases(language)["places"]
    article = "|".join(words["article"])
    within = "|".join({"in", *words["locative_strict"]} & INSIDE)
    return {
        "and": re.compile(
            rf"(?:,\s|,?\s(?:{'|'.join(words['and'])})\s)"
            rf"(?:(?:{'|'.join([*words['joint_fill'], *words['article']])})\s){{0,2}}"
        ),
        "next": re.compile(rf",?\s(?:(?:{'|'.join(words['and'])})\s)?(?:{within})\s"),
        "inside": re.compile(rf",?\s(?:{within})\s(?:(?:{article})\s)?"),
    }


INSIDE = frozenset({"in", "im", "en", "à", "i", "dans"})
