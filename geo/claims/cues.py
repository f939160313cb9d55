"""The phrases of a language, compiled: where in a skeleton they stand, and what they speak of."""

import re
from dataclasses import dataclass
from functools import cache

from geo.claims.skeleton import ANY_PLACE
from geo.language import phrases
from geo.text import one_of

PLACE = re.compile(ANY_PLACE)
KINDS = ("strong", "weak", "near", "wide", "other")


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase at `start` to `end` of a skeleton's line; `kind` is one of KINDS."""

    kind: str
    start: int
    end: int
    text: str


@cache
def _patterns(language):
    words = phrases(language)
    listed = {
        "near": words["story"]["near"],
        "wide": words["story"]["wide"],
        "other": words["other"]["before"],
        "strong": words["filming"]["strong"],
        "weak": words["filming"]["weak"],
    }
    compiled = {kind: one_of(found) for kind, found in listed.items()}
    stands_for = rf"(?:{'|'.join(words['story']['as'])})(?=\s(?:\w+\s)?{ANY_PLACE})"
    compiled["near"] += f"|{stands_for}"
    return {kind: re.compile(rf"\b(?:{found})(?!\w)") for kind, found in compiled.items()}


@cache
def _clauses(language):
    words = phrases(language)["clause"]
    contrast, breaks = "|".join(words["contrast"]), "|".join(words["breaks"])
    return (
        re.compile(rf";\s|(?:,\s|\s)(?:{contrast})\b"),
        re.compile(rf",?\s(?:{breaks})\b|\s\(|\)\s|:\s|\s[–—-]\s"),
    )


@cache
def after(language):
    """What right after a name says that it is no filming place: "X-based", "X Film Festival"."""
    return re.compile(rf"(?:{'|'.join(phrases(language)['other']['after'])})\b")


def cues(line, language):
    """The Cues of a line in order; a phrase inside a longer one of another kind does not count."""
    found = [
        Cue(kind, match.start(), match.end(), match[0])
        for kind, pattern in _patterns(language).items()
        for match in pattern.finditer(line)
    ]
    found = [_of_the_shoot(cue, line, language) for cue in found]
    kept = []
    for cue in sorted(found, key=lambda c: (c.start - c.end, KINDS.index(c.kind))):
        if not any(k.start < cue.end and cue.start < k.end for k in kept):
            kept.append(cue)
    return sorted(kept, key=lambda c: c.start)


def _of_the_shoot(cue, line, language):
    """ "Took place" speaks of the filming where the shoot, or a scene, is what takes place."""
    known = phrases(language)["story"]["unless"]
    if cue.kind == "near" and re.search(rf"\b(?:{'|'.join(known)})\b[^,;:–]*$", line[: cue.start]):
        return Cue("strong", cue.start, cue.end, cue.text)
    return cue


def contrasts(line, language):
    """Where another thought begins: the parts of a line that may differ in certainty."""
    return [match.start() for match in _clauses(language)[0].finditer(line)]


def breaks(line, language):
    """Where clauses begin, contrasts left out."""
    return [match.start() for match in _clauses(language)[1].finditer(line)]


def words_between(line, start, end):
    """How many words stand between two positions."""
    return line.count(" ", start, end)


def places_between(line, start, end):
    """How many groups of places stand between two positions."""
    return len(PLACE.findall(line, start, end))
