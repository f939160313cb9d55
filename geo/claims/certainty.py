"""How sure a sentence is of what it says about a place: confirmed, reported, questioned, denied.

A phrase holds for its clause, up to a word of contrast ("but", "while"); one that names a source
("according to X") holds for the whole sentence when it opens or closes it. What is shown ("you can
see") or confirmed counts more than its having been reported; a denial counts more than all.
"""

import re
from functools import cache

from geo.language import phrases


@cache
def _patterns(language):
    words = phrases(language)["certainty"]
    compiled = {
        kind: re.compile(rf"\b(?:{'|'.join(words[kind])})\b")
        for kind in ("questioned", "reported", "confirmed", "granted")
    }
    compiled["denied"] = re.compile(rf"(?:{'|'.join(words['denied'])})\b")
    fill = "|".join(phrases(language)["places"]["article"])
    compiled["here"] = re.compile(rf"\b(?:{'|'.join(words['denied_here'])})\s(?:(?:{fill})\s)?$")
    return compiled


def certainty(line, at, contrasts, language):
    """The certainty of what a line says about the place at position `at`."""
    known = _patterns(language)
    if known["here"].search(line[max(0, at - 50) : at]):
        return "denied"
    clause = line[slice(*_clause(at, contrasts, len(line)))]
    if known["denied"].search(clause):
        return "denied"
    if known["questioned"].search(clause) or _is_open_question(line, known):
        return "questioned"
    if known["confirmed"].search(clause):
        return "confirmed"
    return "reported" if known["reported"].search(clause) else "confirmed"


def _is_open_question(line, known):
    return line.rstrip('"”»’)')[-1:] == "?" and not known["granted"].match(line)


def _clause(at, contrasts, length):
    start = max([c for c in contrasts if c <= at], default=0)
    return start, min([c for c in contrasts if c > at], default=length)
