"""What speaks for and against a name being a film's title, as a list of readable signs.

    signs = Signs(text, sentences, language, places)
    signs.of(title, spans)           # ["before: of", "headline", "mark: quoted", …]

The signs of a name are gathered over all places where the text has it: words for films on either
side (beside.py), marks, headline and address, and what shows that it is a person, a place or a
company (form.py).
"""

import re
from bisect import bisect_right
from collections import Counter

from geo.films import evidence
from geo.films.apposed import SIGNS, apposed
from geo.films.beside import Beside
from geo.films.form import Words
from geo.films.titles import ARTICLES
from geo.films.wellknown import key, wellknown
from geo.text import fold
from geo.weighing import rounded

SMALL_LETTERS = re.compile(r"[^\W\d_]{3,}")
EARLY = 700  # characters from the beginning of the text
# A name without any of these is no title, whatever else it has.
NEEDED = {
    *("before: work", "before: of", "before: near", "before: owner", "after: work"),
    *("after: made", "after: film", "is one", "year", "address", "headline and again"),
    *("alone", "bracket", "listed"),
    *SIGNS,
}
# A quoted name that may be another work, or a word that is quoted for other ends, needs one of
# these.
SAYS_TITLE = {"before: work", "before: of", "after: work", "after: made", "year"}
DOUBTFUL = {"before: other work always", "ordinary"}
# Log odds of the network: up to where they count, from where on they are enough to weigh a name,
# and below which a name without marks that is not known is none.
MOST, TELLING, HOPELESS = 7, -1, -5
ALWAYS = {"before: in", "before: other work", "owns"}


class Signs:
    """The signs of names in one text. `places` are spans (start, end) of names of places, `told`
    is what the network makes of the text, or None; `least` are the log odds below which it is not
    asked further."""

    least = HOPELESS

    def __init__(self, text, sentences, language, places, told=None):
        self.text, self.language, self.told = text, language, told
        self.places = sorted(places)
        self.place_starts = [start for start, _ in self.places]
        self.beside = Beside(text, language)
        address = evidence.ADDRESS.match(text)
        self.address = f" {fold(address[1])} " if address else ""
        self.body = address.end() if address else 0
        self.words = Words(text, self.body, language)
        first = next((s for s in sentences if s.start >= self.body), None)
        self.headline = first.end if first and first.heading else self.body
        self.starts = [s.start for s in sentences]
        self.opens = set(self.starts)
        often = self.beside.films * 300 / max(len(text.split()), 30)
        self.about = f"words for films: {next((n for n in (4, 2, 1) if often >= n), 0)}"
        self.quotes = any(evidence.quotations(text, self.body))

    def of(self, title, spans, listed=False):
        """The signs of a name that stands at some Spans, or None where it is no title: nothing
        speaks for it. `listed` names stand in one list with a title: that speaks for them."""
        known = key(title) in wellknown()
        marked = any(span.mark != "bare" for span in spans)
        network = self._of_network(spans)
        if self.told and network < self.least and not (known or marked or listed):
            return None
        found = {*self._of_position(spans), *self._of_address(title)}
        found |= {sign for span in self._elsewhere(spans) for sign in apposed(self.text, span)}
        telling = listed or marked or (known and (_size(title) > 1 or "only opens" not in found))
        telling = telling or network >= TELLING
        if not (telling or found & NEEDED or self._is_near_films(spans)):
            return None
        found |= {*self._around(spans), *self._of_marks(spans), *self.words.of(title), self.about}
        found |= {f"network: {network}"} if self.told else set()
        if "mark: quoted" in found and found & DOUBTFUL and not found & SAYS_TITLE:
            return None
        return sorted(found | {*_of_list(title, found)} if known else found)

    def _of_network(self, spans):
        """The log odds that the network gives the name where it stands best, rounded."""
        if not self.told:
            return -MOST
        best = max(
            self.told.title(start, span.end) for span in spans for start in self._begins(span)
        )
        return rounded(best, MOST)

    def _begins(self, span):
        """Where a title begins, and where it does less its article: many texts say "the latest
        Exorcist"."""
        yield span.start
        if self.text.startswith(("The ", "the ", "THE "), span.start):
            yield span.start + 4

    def _elsewhere(self, spans):
        return [span for span in spans if not self._is_in_place(span)]

    def _is_near_films(self, spans):
        return any(not NEEDED.isdisjoint(self.beside.of(span)) for span in spans)

    def _of_address(self, title):
        if not self.address:
            return ()
        if f" {fold(title)} " in self.address:
            return "address", f"address: {min(len(title.split()), 4)}"
        return ("not in address",)

    def _of_marks(self, spans):
        marks = Counter(span.mark for span in spans)
        for mark in marks:
            yield f"mark: {mark}"
        if "quoted" in marks:
            yield from self._of_quoted([span for span in spans if span.mark == "quoted"])
        elif self.quotes:
            yield "others quoted"
        if self.language != "en":
            yield f"language: {self.language}, {'quoted' if marks['quoted'] else 'bare'}"
        whole = {span.whole for span in spans}
        yield from ["never whole"] * (True not in whole) + ["always whole"] * (False not in whole)
        yield from ["place"] * any(map(self._is_in_place, spans))
        if self.is_only_place(spans):
            yield "always place"
            yield from ["place, quoted"] * bool(marks["quoted"])

    def _of_position(self, spans):
        times = len(spans)
        for least, sign in ((2, "again"), (3, "often"), (5, "very often")):
            if times >= least:
                yield sign
        if all(span.start in self.opens for span in spans):
            yield "only opens"
        alone = [span for span in spans if self._is_alone(span)]
        if alone:
            yield from ["alone"] + ["alone, once"] * (times == 1)
            yield from ["alone, quoted"] * any(span.mark == "quoted" for span in alone)
        if any(span.start < self.headline for span in spans):
            yield from ["headline"] + ["headline and again"] * (times > 1)
        if min(span.start for span in spans) < EARLY:
            yield "early"

    def is_only_place(self, spans):
        """Whether a name stands nowhere but in names of places."""
        return all(map(self._is_in_place, spans))

    def _is_in_place(self, span):
        at = bisect_right(self.place_starts, span.end - 1)
        return any(end > span.start for _, end in self.places[max(0, at - 3) : at])

    def _is_alone(self, span):
        """Whether a name is a line by itself, but for a number, a year and the like."""
        line = self.text.rfind("\n", 0, span.start) + 1
        end = self.text.find("\n", span.end)
        end = len(self.text) if end < 0 else end
        if span.start <= self.headline or end - line - (span.end - span.start) >= 24:
            return False
        rest = self.text[line : span.start] + self.text[span.end : end]
        return not SMALL_LETTERS.search(rest)

    def _of_quoted(self, spans):
        """Signs by which a quoted title differs from what somebody said."""
        first = self.text[spans[0].start : spans[0].end]
        yield from _of_case(first, self.language)
        if len(spans) > 1:
            yield "quoted again"
        if any({*self.text[s.end - 1 : s.end + 1]} & {*".!?…,"} for s in spans):
            yield "stop inside"
        if any(span.start - 1 in self.opens for span in spans):
            yield "quote opens"
        if any(self._about_film(span) for span in spans):
            yield "film spoken of"

    def _about_film(self, span):
        """Whether the sentence of a Span, or the one before it, speaks of films."""
        at = bisect_right(self.starts, span.start)
        low = self.starts[max(0, at - 2)] if self.starts else 0
        high = self.starts[at] if at < len(self.starts) else len(self.text)
        return self.beside.speaks_of_film(low, high)

    def _around(self, spans):
        counts = Counter(sign for span in spans for sign in {*self.beside.of(span)})
        quoted = any(span.mark == "quoted" for span in spans)
        for sign, times in counts.items():
            yield sign
            yield from [f"{sign}, quoted"] * quoted + [f"{sign} again"] * (times > 1)
            if times == len(spans) and sign in ALWAYS:
                yield f"{sign} always"


def _of_case(title, language):
    words = title.split()
    if not (title[0].isupper() or title[0].isdigit() or title[0] in "¡¿#"):
        yield "small"
    if len(words) > 6:
        yield "long"
    long = [word for word in words if len(word) > 3 or word[0].isupper()]
    if long and sum(not word[0].islower() for word in long) < 0.7 * len(long):
        yield "sentence case"
        if language == "en" or len(words) > 5:
            yield "sentence"


def _of_list(title, found):
    """Signs of a title that many people know; the fewer words, the less it says."""
    size = _size(title)
    yield f"known: {size}"
    for sign in ("place", "mark: quoted", "never whole", "only opens", "small elsewhere"):
        if sign in found:
            yield f"known: {min(size, 2)}, {sign}"


def _size(title):
    """How many words a title has besides articles: 1, 2, or 3 for more."""
    return min(3, sum(word not in ARTICLES for word in fold(title).split()))
