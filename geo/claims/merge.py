"""What several sentences say about the same film, place and role, as one claim.

A denial beats what was only reported or questioned, and a confirmation that stands before it; a
confirmation after it beats the denial, for then the denial spoke of something else. Otherwise the
surest sentence speaks: confirmed, reported, questioned. What the place stands for is taken from
whichever sentence says it, and that sentence is the evidence where it is as sure as the surest.
"""

from dataclasses import replace

from geo.text import fold

RANK = {"confirmed": 0, "reported": 1, "questioned": 2, "denied": 3}


def merge(claims):
    """One claim for each film, place and role, in the order of their evidence."""
    groups, known = {}, {}
    for claim in claims:
        called = [(claim.film, name, claim.role) for name in names(claim.toponym)]
        key = next((known[name] for name in called if name in known), called[0])
        known.update(dict.fromkeys(called, key))
        groups.setdefault(key, []).append(claim)
    merged = (_one(found) for found in groups.values())
    return sorted(merged, key=lambda claim: (claim.start, claim.toponym.start))


def names(toponym):
    """All that a place may be known by: its identity, its name, and as it is written."""
    place = toponym.place
    found = [place.identity, fold(place.name)] if place else []
    return [name for name in [*found, fold(toponym.text)] if name] or [toponym.text]


def _one(found):
    denials = [claim for claim in found if claim.certainty == "denied"]
    rest = [claim for claim in found if claim.certainty != "denied"]
    sure = [claim for claim in rest if claim.certainty == "confirmed"]
    if denials and not (sure and sure[-1].start > denials[-1].start):
        return denials[-1]
    rank = min(RANK[claim.certainty] for claim in rest)
    best = [claim for claim in rest if RANK[claim.certainty] == rank]
    chosen = next((claim for claim in best if claim.stands_for), best[0])
    said = next((claim for claim in rest if claim.stands_for), chosen)
    return replace(chosen, stands_for=said.stands_for, chance=said.chance)
