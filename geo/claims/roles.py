"""Which role a group of places has in its sentence: the phrase that reaches it most cheaply.

Every phrase reaches for the places near it. A place costs it one for each word between them, more
for each clause and each other place in between, and more where it stands on the side on which
the phrase does not expect it. The cheapest phrase decides, if it is cheap enough for its kind.
"""

from dataclasses import dataclass

from geo.claims.cues import after, places_between, words_between

# kind: (role, cost before it starts, farthest cost; then the same for a place before the phrase)
REACH = {
    "strong": ("filming", 0, 24, 2, 18),
    "weak": ("filming", 3, 20, 4, 14),
    "near": ("story", -1, 9, 8, 0),
    "wide": ("story", 3, 15, 8, 0),
    "other": (None, -1, 4, 99, 0),
}
CONTRAST, BREAK, PLACE = 9, 3, 2


@dataclass(frozen=True, slots=True)
class Reading:
    """A role, what it cost, and the phrase that gave it."""

    role: str
    cost: float
    cue: object


def read_group(skeleton, group, cues, contrasts, breaks, language, symmetric=False):
    """The Reading of a group, or None. `symmetric` for languages whose verbs come last."""
    line, at = skeleton.line, group.at
    if after(language).match(line, at + 1):
        return None
    best = None
    for cue in cues:
        role, first, limit, first_after, limit_after = REACH[cue.kind]
        if cue.end <= at:
            cost = first + words_between(line, cue.end, at)
            cost += _between(line, cue.end, at, contrasts, breaks)
            limit_here = limit
        else:
            cost = (first if symmetric and role else first_after) + words_between(line, at + 1, cue.start)
            cost += _between(line, at + 1, cue.start, contrasts, breaks)
            limit_here = max(limit_after, limit if symmetric and role else 0)
        if cost <= limit_here and (best is None or cost < best.cost):
            best = Reading(role, cost, cue)
    return best if best and best.role else None


def refused(skeleton, group, cues, language):
    """Whether the words around a group say that it is no filming place, whatever else is said."""
    line, at = skeleton.line, group.at
    near = [c for c in cues if c.end <= at and words_between(line, c.end, at) <= 6]
    return bool(after(language).match(line, at + 1)) or any(
        cue.kind in {"other", "near", "wide"} for cue in near
    )


def _between(line, start, end, contrasts, breaks):
    cost = CONTRAST * sum(start <= b < end for b in contrasts)
    cost += BREAK * sum(start <= b < end for b in breaks)
    return cost + PLACE * places_between(line, start, end)
