"""Which film a place in the text is about: the one named beside it, or the one in focus.

The focus is what "the film", "the shoot" and a sentence without any film's name mean. It is, in
this order: the film last named in the same paragraph; the film of the heading above; the film that
the article speaks of most. A film named in passing ("known from X", a title in brackets after a
person) is never in focus unless nothing else is.
"""

from bisect import bisect_right
from collections import Counter

from geo.films.evidence import is_aside, patterns
from geo.films.pointers import looks_back


class Focus:
    """Answers `at(sentence)` for one article."""

    def __init__(self, text, sentences, mentions, language):
        self.text, self.language, self.all = text, language, list(mentions)
        self.sentences = list(sentences)
        starts = [s.start for s in self.sentences]
        self.by_sentence = [[] for _ in self.sentences]
        for mention in mentions:
            at = bisect_right(starts, mention.start) - 1
            if at >= 0:
                self.by_sentence[at].append(mention)
        self.passing = {m for m in mentions if is_aside(text, m.start, language)}
        self.times = Counter(film for found in self.by_sentence for film in {m.film for m in found})
        self.main = self._main(mentions)
        self.focus = self._run()

    def _main(self, mentions):
        """The film spoken of most, above all where filming is spoken of; the title line counts
        thrice, the first film breaks ties."""
        weights = Counter()
        for number, found in enumerate(self.by_sentence):
            place = 3 if number == 0 else 1.5 if number < 4 else 1
            for mention in found:
                if mention in self.passing:
                    weights[mention.film] += 0.3 * place
                else:
                    weights[mention.film] += place + self._is_of_filming(number)
        self.weights = weights
        return max(weights, key=lambda film: weights[film]) if weights else None

    def _is_of_filming(self, number):
        sentence = self.sentences[number]
        line = self.text[sentence.start : sentence.end].lower()
        return bool(patterns(self.language)["filming"].search(line))

    def _run(self):
        """The film in focus at the beginning of each sentence."""
        focus, heading, paragraph, states = self.main, None, None, []
        last = None
        for sentence, found in zip(self.sentences, self.by_sentence, strict=True):
            if sentence.paragraph != paragraph:
                paragraph = sentence.paragraph
                focus = self._at_paragraph(last, heading)
            states.append(focus)
            serious = [m.film for m in found if m not in self.passing and not self._looks_back(m)]
            if serious:
                focus = last = serious[0] if sentence.heading else serious[-1]
            if sentence.heading:
                heading = serious[0] if serious else heading
        return states

    def _looks_back(self, mention):
        """Whether a mention compares with an earlier film: "the previous one"."""
        return looks_back(mention.text, self.language)

    def _at_paragraph(self, last, heading):
        """The focus where a paragraph begins: minor films do not outlive theirs."""
        if heading and heading != self.main:
            return heading
        if last is None or (self.times[last] < 2 and self.weights[last] < self.weights[self.main]):
            return self.main
        return last

    def mentions(self, number):
        """The mentions in sentence `number`."""
        return self.by_sentence[number]

    def at(self, number):
        """The film in focus where sentence `number` begins, or None in a text without films."""
        return self.focus[number]
