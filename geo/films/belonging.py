"""Which films a place in the text belongs to: every film of the text is weighed for it.

    belonging = Belonging(text, sentences, focus, told)
    belonging.films(number, start, end)        # of a place in sentence `number`: [Film, …]

A place belongs to the film named beside it, to the one in focus (focus.py), to the one under whose
heading it stands; films of one list share it. What speaks for a film is a list of readable signs,
weighed by logistic regression (benchmarks/fit_belonging.py).
"""

import re
from bisect import bisect_right
from itertools import pairwise
from pathlib import Path

import numpy as np

from geo.weighing import Weights, rounded

CLASSES = ("other", "film")
WEIGHTS = Weights(Path(__file__).with_name("belonging.json"), CLASSES)
# Log odds from which on any film has the place, and below which even the likeliest has not.
ENOUGH, LEAST = 0.5, -1.0
STEPS = (2, 5, 10, 20, 40)  # words between a title and the place
BACK = (1, 2, 4, 8)  # sentences since a title
MOST = 6  # log odds up to which the network is believed
WORD = re.compile(r"\w+")
# what may stand between two titles of a list: a year, a sign, a short word such as "and"
JOINT = re.compile(r"[\W_]*(?:\(?\d{4}\)?)?[\W_]*(?:\w{1,3})?[\W_]*")
POINTS = re.compile(
    r"\b(?:film|movie|series|show|production|shoot|serie|película|rodaje|tournage|dreh|innspilling)"
)
STOPS = {";": "semicolon", ":": "colon", "(": "bracket", "–": "dash", ",": "comma"}


class Belonging:
    """Weighs the films of one text for its places. `told` is what the network makes of the text,
    or None."""

    def __init__(self, text, sentences, focus, told=None):
        self.text, self.focus, self.told = text, focus, told
        self.sentences = list(sentences)
        self.mentions = sorted(focus.all, key=lambda mention: mention.start)
        self.starts = [mention.start for mention in self.mentions]
        self.numbers = {}
        for number, mention in enumerate(self.mentions):
            self.numbers.setdefault(mention.film, []).append(number)
        self.kind, self.total = self._kind(), sum(focus.weights.values()) or 1
        self.of_text = {film: [*self._of_film(film)] for film in self.numbers}
        self.told_of, self.known = {}, {}

    def look_at(self, places):
        """Let the network read some places [(start, end)] at once: one by one takes longer."""
        if not self.told or len(self.numbers) < 2 or not places:
            return
        names = [(mention.start, mention.end) for mention in self.mentions]
        odds = self.told.pairs("belongs", places, names)
        odds = odds[:, 1:] - odds[:, :1]
        films = [np.logaddexp.reduce(odds[:, at], 1) for at in self.numbers.values()]
        told = np.stack(films, 1).clip(-MOST, MOST).round().tolist()
        for place, row in zip(places, told, strict=True):
            self.told_of[place] = dict(zip(self.numbers, row, strict=True))

    def films(self, number, start, end):
        """The Films of a place at [start, end) in sentence `number`, none where none is likely."""
        return likely(self.odds(number, start, end))

    def odds(self, number, start, end):
        """{Film: log odds that it has the place} for one at [start, end) in sentence `number`."""
        if (start, end) not in self.known:
            signs = self.signs(number, start, end)
            self.known[start, end] = {film: WEIGHTS.odds(found) for film, found in signs.items()}
        return self.known[start, end]

    def signs(self, number, start, end):
        """{Film: its signs} for a place at [start, end) in sentence `number`."""
        near = Place(self, number, start, end)
        if (start, end) not in self.told_of:
            self.look_at([(start, end)])
        return {film: [*signs, *near.signs(film)] for film, signs in self.of_text.items()}

    def _kind(self):
        """How many films the text has, and whether it goes from one to the next."""
        many = ("none", "one", "two")[len(self.numbers)] if len(self.numbers) < 3 else "many"
        return f"{many}, {'list' if self.focus.is_list else 'story'}"

    def _of_film(self, film):
        """Signs of a film that are the same for all places."""
        share = self.focus.weights[film] / self.total
        mentions = self.mentions_of(film)
        passing = sum(mention in self.focus.passing for mention in mentions)
        yield f"main: {film == self.focus.main}, {self.kind}"
        yield f"share: {min(int(share * 5), 4)}, {self.kind}"
        yield f"named: {min(len(mentions), 4)} times"
        yield f"passing: {'always' if passing == len(mentions) else min(passing, 1)}"
        yield f"known: {bool(film.identity)}, dated: {film.year is not None}"
        if self.told:
            best = max(self.told.title(mention.start, mention.end) for mention in mentions)
            yield f"network: {rounded(best, MOST)}"
            best = max(self.told.subject(mention.start, mention.end) for mention in mentions)
            yield f"subject: {rounded(best, MOST)}"

    def mentions_of(self, film):
        """The mentions of a film, in order."""
        return [self.mentions[number] for number in self.numbers[film]]

    def sentence_of(self, mention):
        """The number of the sentence in which a mention begins."""
        return max(bisect_right(self.focus.starts, mention.start) - 1, 0)

    def is_list(self, mentions):
        """Whether some mentions in a row stand in one list: "X, Y and Z"."""
        return all(
            JOINT.fullmatch(self.text[one.end : other.start]) for one, other in pairwise(mentions)
        )


def likely(odds):
    """The films that have a place, of {film: log odds}: the likeliest, and all that are likely."""
    best = max(odds.values(), default=LEAST)
    return [film for film in odds if odds[film] > ENOUGH or odds[film] == best > LEAST]


class Place:
    """A place of a text, as its films are seen from it."""

    def __init__(self, belonging, number, start, end):
        self.whole, self.number, self.start, self.end = belonging, number, start, end
        self.sentence = belonging.sentences[number]
        self.inside = belonging.focus.mentions(number)
        self.named = {mention.film for mention in self.inside}
        self.before = bisect_right(belonging.starts, start)
        self.around = self._paragraph()

    def _paragraph(self):
        """The numbers of the first and the last sentence of the place's paragraph."""
        listed, first, last = self.whole.sentences, self.number, self.number
        while first and listed[first - 1].paragraph == self.sentence.paragraph:
            first -= 1
        while last + 1 < len(listed) and listed[last + 1].paragraph == self.sentence.paragraph:
            last += 1
        return first, last

    def signs(self, film):
        """Yield the signs of one film."""
        here = "it" if film in self.named else "others" if self.named else "none"
        yield f"named here: {here}, {min(len(self.named), 3)}"
        if film in self.named:
            yield from self._of_left(film)
            yield from self._of_right(film)
        yield from self._of_last(film, here)
        if film not in self.named:
            yield from self._of_next(film)
        yield from self._of_focus(film, here)
        told = self.whole.told_of.get((self.start, self.end))
        if told:
            yield f"told: {told[film]:.0f}"
        yield from self._of_paragraph(film, here)

    def _of_left(self, film):
        """Signs of a title before the place in its sentence."""
        left = [m for m in self.inside if m.start < self.start]
        own = [m for m in left if m.film == film]
        if not own:
            return
        between = self.whole.text[own[-1].end : self.start]
        barred = len({m.film for m in left if m.start > own[-1].start})
        yield f"left: {_steps(between)}, barred: {min(barred, 2)}"
        yield from (f"left: {name}" for sign, name in STOPS.items() if sign in between)
        if own[-1] in self.whole.focus.passing:
            yield "left: passing"
        if barred and self.whole.is_list([m for m in left if m.start >= own[-1].start]):
            yield "left: listed"

    def _of_right(self, film):
        """Signs of a title after the place in its sentence."""
        right = [m for m in self.inside if m.start >= self.start]
        own = [m for m in right if m.film == film]
        if not own:
            return
        between = self.whole.text[self.end : own[0].start]
        barred = len({m.film for m in right if m.start < own[0].start})
        alone = f"none left: {len(right) == len(self.inside)}"
        yield f"right: {_steps(between)}, barred: {min(barred, 2)}, {alone}"
        yield from (f"right: {name}" for sign, name in STOPS.items() if sign in between)
        if own[0] in self.whole.focus.passing:
            yield f"right: passing, {alone}"
        if "(" in between[-3:]:
            yield "right: in brackets"
        if barred and self.whole.is_list([m for m in right if m.start <= own[0].start]):
            yield "right: listed"

    def _of_last(self, film, here):
        """Signs of the title's last mention before the sentence."""
        whole, begin = self.whole, self.sentence.start
        past = [n for n in whole.numbers[film] if whole.mentions[n].start < begin]
        if not past:
            yield f"never before, named here: {here}"
            return
        last, at = whole.mentions[past[-1]], whole.sentence_of(whole.mentions[past[-1]])
        later = [m for m in whole.mentions[past[-1] + 1 : self.before] if m.start < begin]
        since = f"since: {min(len({m.film for m in later}), 2)}, named here: {here}"
        back = next((n for n, most in enumerate(BACK) if self.number - at <= most), len(BACK))
        yield f"back: {back}, {since}"
        same = whole.sentences[at].paragraph == self.sentence.paragraph
        yield f"back, same paragraph: {same}, {since}"
        if last in whole.focus.passing:
            yield f"back, passing, {since}"
        if later and whole.is_list([last, *later]):
            yield f"back, listed, named here: {here}"

    def _of_next(self, film):
        """Signs of the title's next mention after the sentence."""
        whole, end = self.whole, self.sentence.end
        later = [n for n in whole.numbers[film] if whole.mentions[n].start >= end]
        if not later:
            return
        at = whole.sentence_of(whole.mentions[later[0]])
        same = whole.sentences[at].paragraph == self.sentence.paragraph
        first = later[0] == bisect_right(whole.starts, end - 1)
        yield f"ahead: {min(at - self.number, 3)}, same paragraph: {same}, first: {first}"

    def _of_focus(self, film, here):
        focus = self.whole.focus
        lists = "list" if focus.is_list else "story"
        yield f"focus: {film == focus.at(self.number)}, named here: {here}, {lists}"
        heading = focus.headings[self.number]
        yield f"heading: {film == heading if heading else None}, named here: {here}"
        if film == focus.main:
            line = self.whole.text[self.sentence.start : self.sentence.end].lower()
            yield f"main, the film: {bool(POINTS.search(line))}, named here: {here}"

    def _of_paragraph(self, film, here):
        first, last = self.around
        focus = self.whole.focus
        films = {m.film for n in range(first, last + 1) for m in focus.mentions(n)}
        yield f"paragraph: {film in films}, of {min(len(films), 3)}, named here: {here}"
        opens = focus.mentions(first)
        if opens and opens[0].film == film:
            yield f"opens paragraph, named here: {here}"


def _steps(between):
    words = len(WORD.findall(between))
    return next((n for n, most in enumerate(STEPS) if words <= most), len(STEPS))
