"""Titles that no mark sets apart: "a tour of Outlander country", "Fargo was made in Calgary".

A name with capitals is a title where enough speaks for it, over all the places where it stands:
words for films right beside it count most, then words that often stand beside titles, the
headline, and being said again. Names of people, places and companies are none.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from geo.films import evidence
from geo.films.shapes import NOT_TITLES, TITLE, is_person
from geo.text import fold

ENOUGH, ENOUGH_ALONE = 4, 3  # points; the second where a text names no other film
SHAPE = re.compile(rf"(?<![\w’'-])(?:{TITLE})")
PERSONAL = re.compile(
    r"[A-ZÀ-Þ][\w’'.-]+(?:\s[A-ZÀ-Þ]\.?)?(?:\s(?:[Dd]e|[Vv]an|[Vv]on)){0,2}\s[A-ZÀ-Þ][\w’'-]+"
)
OPENING = re.compile(
    r"(?:The|A|An|In|On|At|For|From|When|While|After|Before|As|And|But|If|Of|To)\s"
)
ENDS_A_NAME = re.compile(r"\b[A-ZÀ-Þ]\w+\s[a-z]{1,3}\s$")
PERSON_BEFORE = re.compile(
    r"\b(?:directors?|actors?|actress|producers?|stars?|designer|writer|creator|author|mr|mrs|ms|dr|sir|"
    r"by|with|says|said|mayor|minister|president|cinematographer|showrunner|spokes\w+|manager)\s$"
)


@dataclass
class Guess:
    """A name that may be a title: how it is written, and what speaks for it."""

    title: str
    strictly: int = 0
    nearby: int = 0
    times: int = 0
    headline: bool = False
    inside: bool = False
    years: list = field(default_factory=list)

    def points(self):
        """How much speaks for the name."""
        if not self.inside and " " not in self.title:
            return 0  # a word that has its capital from opening a sentence
        if not self.strictly and not (self.nearby and self.headline):
            return 0
        said = 2 * min(self.strictly, 2) + min(self.nearby, 1)
        return said + self.headline + (self.times > 1)


def guessed(text, sentences, language, taken, places, alone):
    """Yield (title, year or None) of the titles without marks; `alone` where none is known yet."""
    if language != "en":
        return
    found = defaultdict(lambda: Guess(""))
    for number, sentence in enumerate(sentences):
        for match in SHAPE.finditer(text, sentence.start, sentence.end):
            start = _start(text, match)
            spans = [*taken, *places]
            if start >= match.end() or any(s < match.end() and start < e for s, e in spans):
                continue
            _count(found, text, start, match.end(), language, number == 0)
            if start - sentence.start > 2:
                found[_key(text[start : match.end()])].inside = True
    enough = ENOUGH_ALONE if alone else ENOUGH
    likely = [g for g in found.values() if g.points() >= enough and not is_person(text, g.title)]
    for guess in sorted(likely, key=lambda g: -g.points()):
        yield guess.title, None


def _start(text, match):
    """Where a name begins, less a word that only opens the sentence."""
    opening = OPENING.match(text, match.start())
    follows = opening and text[opening.end() : opening.end() + 1].isupper()
    keeps = (
        opening and opening[0] == "The " and text[match.start() - 2 : match.start() - 1].islower()
    )
    return opening.end() if follows and not keeps else match.start()


def _count(found, text, start, end, language, headline):
    title = _title(text[start:end])
    if len(title) < 3 or title.isdigit() or NOT_TITLES.fullmatch(title):
        return
    left = evidence.before(text, start)
    if " " not in title and ENDS_A_NAME.search(text[max(0, start - 24) : start]):
        return
    if PERSON_BEFORE.search(left):
        return
    end = start + len(title)
    guess = found[_key(title)]
    guess.title = guess.title or title
    guess.times += 1
    guess.headline |= headline
    known = evidence.patterns(language)
    named = bool(known["before"].search(left))
    follows = not text[end : end + 2].startswith(("’s", "'s")) and bool(
        known["after"].match(evidence.after(text, end))
    )
    guess.strictly += named or (follows and not PERSONAL.fullmatch(title))
    guess.nearby += follows or bool(known["nearby"].search(left))


def _title(written):
    return re.sub(r"[’']s?$", "", written.rstrip(" .,;:"))


def _key(written):
    return fold(_title(written)).removeprefix("the ")
