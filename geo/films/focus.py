"""Which film a place in the text is about: the one named beside it, or the one in focus.

The focus is what "the film", "the shoot" and a sentence without any film's name mean. It is, in
this order: the film last named in the same paragraph; the film of the heading above; the film that
the article speaks of most. A film named in passing ("known from X", a title in brackets after a
person) is never in focus unless nothing else is.
"""

import re
from bisect import bisect_right
from collections import Counter
from itertools import pairwise

from geo.films.evidence import is_aside, patterns, says_film
from geo.films.pointers import looks_back
from geo.text import fold

MANY, LARGE_SHARE = 3, 0.4  # films of a list; of what is said of films, said of the main one
YEARS, TRIM = re.compile(r"\(?\b(?:19|20)\d\d\b\)?"), ' \n.:#*_-–—()"“”„«»0123456789'
TOGETHER = re.compile(r"[\"”“»’]?\s?(?:\([^()]*\))?,?\s(?:and|et|y|und|og|or|&)\s[^.;:!?]*$")


class Focus:
    """Answers `at(sentence)` for one article."""

    def __init__(self, text, sentences, mentions, language):
        self.text, self.language, self.all = text, language, list(mentions)
        self.sentences = list(sentences)
        self.starts = starts = [s.start for s in self.sentences]
        self.by_sentence = [[] for _ in self.sentences]
        for mention in mentions:
            at = bisect_right(starts, mention.start) - 1
            if at >= 0:
                self.by_sentence[at].append(mention)
        self.passing = {m for m in mentions if is_aside(text, m.start, language)}
        self.passing |= self._coordinated()
        self.times = Counter(film for found in self.by_sentence for film in {m.film for m in found})
        self.main = self._main(mentions)
        self.is_list = self._is_list()
        self.focus = self._run()

    def _is_list(self):
        """Whether the article goes from film to film: none is spoken of much more than others."""
        films = {mention.film for mention in self.all if mention not in self.passing}
        total = sum(self.weights[film] for film in films)
        return len(films) >= MANY and self.weights[self.main] < LARGE_SHARE * total

    def _is_heading(self, number):
        """Whether a sentence heads what follows: a title that is a line by itself, or numbered."""
        sentence = self.sentences[number]
        after = self.sentences[number + 1 : number + 2]
        if sentence.heading or not after or after[0].paragraph == sentence.paragraph:
            return sentence.heading
        line = self.text[sentence.start : sentence.end]
        for m in self.by_sentence[number]:
            line = line.replace(m.text, "")
        return bool(self.by_sentence[number]) and len(YEARS.sub("", line).strip(TRIM)) < 3

    def _coordinated(self):
        """Films that are named together with one that is named in passing."""
        found = set(self.passing)
        for one, other in pairwise(self.all):
            between = self.text[one.end : other.start]
            if one in found and len(between) < 36 and TOGETHER.match(between):
                found.add(other)
        return found

    def _main(self, mentions):
        """The film spoken of most, above all where filming is spoken of; the title line counts
        thrice, the film named first once more, and one that the article's address names twice."""
        weights = Counter()
        address, serious = self._address(), [m for m in mentions if m not in self.passing]
        if serious:
            weights[serious[0].film] += 1
        for film in dict.fromkeys(mention.film for mention in mentions):  # of two alike the first
            weights[film] += 2 * bool(address and f" {_plain(film.title)} " in address)
        for number, found in enumerate(self.by_sentence):
            place = 3 if number == 0 else 1.5 if number < 4 else 1
            for mention in found:
                weights[mention.film] += self._weight(mention, number, place)
        self.weights = weights
        return max(weights, key=lambda film: weights[film]) if weights else None

    def _weight(self, mention, number, place):
        if mention in self.passing:
            return 0.3 * place
        named = says_film(self.text, mention.start, mention.end, self.language)
        return place + self._is_of_filming(number) + 0.5 * named

    def _address(self):
        """The words of the address that the text begins with, or nothing."""
        first = self.text.split("\n", 1)[0]
        return f" {fold(first)} " if "://" in first else ""

    def _is_of_filming(self, number):
        sentence = self.sentences[number]
        line = self.text[sentence.start : sentence.end].lower()
        return bool(patterns(self.language)["filming"].search(line))

    def _run(self):
        """The film in focus at the beginning of each sentence."""
        focus, heading, paragraph, states = self.main, None, None, []
        self.headings = []
        last = None
        for number, sentence in enumerate(self.sentences):
            opens = sentence.paragraph != paragraph
            if opens:
                paragraph = sentence.paragraph
                focus = self._at_paragraph(last, heading)
            states.append(focus)
            self.headings.append(heading)
            found, heads = self.by_sentence[number], self._is_heading(number)
            serious = [m.film for m in found if m not in self.passing and not self._looks_back(m)]
            if self.main in serious and not heads and not self.is_list:
                serious = [self.main]
            if serious and (opens or heads or self._is_major(serious[-1])):
                focus = last = serious[0] if heads else serious[-1]
            if heads:
                heading = serious[0] if serious else heading
        return states

    def _is_major(self, film):
        """Whether a film is more than a guest in the article."""
        return self.is_list or self.weights[film] * 2 >= self.weights[self.main]

    def _looks_back(self, mention):
        """Whether a mention compares with an earlier film: "the previous one"."""
        return looks_back(mention.text, self.language)

    def _at_paragraph(self, last, heading):
        """The focus where a paragraph begins: minor films do not outlive theirs."""
        if heading and heading != self.main:
            return heading
        if self.is_list and last:
            return last
        if last is None or (self.times[last] < 2 and self.weights[last] < self.weights[self.main]):
            return self.main
        return last

    def mentions(self, number):
        """The mentions in sentence `number`."""
        return self.by_sentence[number]

    def at(self, number):
        """The film in focus where sentence `number` begins, or None in a text without films."""
        return self.focus[number]


def _plain(title):
    return fold(title).removeprefix("the ")
