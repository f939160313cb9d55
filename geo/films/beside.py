"""What stands right before and right after the places of a name, as a list of readable signs.

    beside = Beside(text, language)
    beside.of(span)              # ["before: of", "year", …]

The phrases about films are looked for once in the whole text; a name only asks whether one of
them ends where it begins, or begins where it ends.
"""

import re
from functools import cache

from geo.films import evidence
from geo.language import phrases
from geo.text import lowered, one_of

REACH = 40  # characters looked at before a name
BEFORE = re.compile(
    r"(?:\b(?:the|der|die|das|den|la|le|les|el|los)\s)?[\"“„«‘‹»*_'’(\s]*$", re.IGNORECASE
)
AFTER = re.compile(r"[\"”“»’›«*_',)\s]*(?:[’']s\s)?(?:[(\[](?:19|20)\d\d[)\]],?\s?)?")
OWNER = re.compile(r"[A-ZÀ-Þ][\w’.-]+(?:\s[A-ZÀ-Þ][\w.-]+){0,2}[’'](?:s\s)?\s?[\"“‘*_]?$")
WHO = re.compile(r",?\s(?:who|whose|himself|herself|il|elle|der als|die als)\b")
LISTED = re.compile(r",\s[A-ZÀ-Þ]")
SPOKEN = ("after: work", "after: made")  # words for films and for making them
ARTICLE = (
    r"(?:an?|the|his|her|their|eine?|der|die|das|une?|la|le|una?|el|en|et|ei|[A-Z][\w.]*[’']s)"
)


@cache
def _patterns(language):
    """Kind of phrase -> pattern, of those before a name, of those anywhere in the text, and of
    those right after a name; and what says after a name that it is a film: "X, a crime series"."""
    words = phrases(language)
    film, place = words["films"], words["places"]
    left = {
        "of": film["before"],
        "near": film["nearby"],
        "aside": film["aside"],
        "other work": film["other_work"],
        "person": place["person"],
        "in": place["locative_strict"],
    }
    right = {
        "work": film["noun"],
        "made": film["made"],
    }
    at_once = {"film": film["after"], "speech": film["speech"]}
    is_one = rf"{ARTICLE}\s(?:[\w’'-]+\s){{0,4}}?(?:{'|'.join(film['noun'])})\b"
    compiled = [
        {kind: re.compile(rf"\b(?:{one_of(listed)})\b") for kind, listed in side.items()}
        for side in (left, right, at_once)
    ]
    return *compiled, re.compile(is_one)


class Beside:
    """The phrases about films in one text, by where they end and begin."""

    def __init__(self, text, language):
        self.text = text
        left, right, self.at_once, self.is_one = _patterns(language)
        self.lower = lower = lowered(text)
        self.before, self.after = {}, {}
        for kind, pattern in left.items():
            for match in pattern.finditer(lower):
                self.before.setdefault(match.end(), []).append(f"before: {kind}")
        for kind, pattern in right.items():
            for match in pattern.finditer(lower):
                self.after.setdefault(match.start(), []).append(f"after: {kind}")
                if kind == "work":
                    self.before.setdefault(match.end(), []).append("before: work")
        self.lefts, self.rights = {}, {}
        self.films = sum(any(kind in SPOKEN for kind in kinds) for kinds in self.after.values())

    def of(self, span):
        """The signs on either side of a Span."""
        if span.start not in self.lefts:
            self.lefts[span.start] = [*self._left(span.start)]
        if span.end not in self.rights:
            self.rights[span.end] = [*self._right(span.end)]
        return self.lefts[span.start] + self.rights[span.end]

    def speaks_of_film(self, start, end):
        """Whether a word for a film, or for making one, begins between two offsets."""
        return any(
            start <= at < end and any(kind in SPOKEN for kind in kinds)
            for at, kinds in self.after.items()
        )

    def _left(self, start):
        head = self.text[max(0, start - REACH) : start]
        skipped = BEFORE.search(head)
        yield from self.before.get(start - len(head) + skipped.start(), ())
        if skipped[0].strip().lower() == "the":
            yield "after the"
        if OWNER.search(head):
            yield "before: owner"

    def _right(self, end):
        text = self.text
        at = AFTER.match(text, end).end()
        if "\n" not in text[end:at]:
            yield from self.after.get(at, ())
            for kind, pattern in self.at_once.items():
                if pattern.match(self.lower, at):
                    yield f"after: {kind}"
        if at > end and self.is_one.match(text, at):
            yield "is one"
        if evidence.year_after(text, end):
            yield "year"
        if text[end : end + 2] in {"’s", "'s"}:
            yield "owns"
        if text[end : end + 2] in {" (", " ["}:
            yield "bracket"
        if WHO.match(text, end):
            yield "after: who"
        if LISTED.match(text, end):
            yield "listed"
