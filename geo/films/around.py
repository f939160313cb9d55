"""The words on either side of a name, and what its sentence speaks of, as a list of signs.

    around = Around(text, sentences, language)
    around.of(span)              # {"left: of", "right: was", "sentence: film", …}

What phrases about films say is in beside.py; these are any words, and fitting shows which count.
"""

import re
from bisect import bisect_left, bisect_right

from geo.films.evidence import patterns
from geo.senses import senses

TOKEN = re.compile(r"[^\W\d_]+|\d+|[.,;:!?()\"“”„«»‘’'*–—\n-]")
WORDS = 3  # looked at on either side
STEM = 6  # letters by which a word is known


class Around:
    """The words of one text, by where they stand."""

    def __init__(self, text, sentences, language):
        self.text, self.language, self.sentences = text, language, list(sentences)
        found = [(m.start(), m.end(), m[0].lower()) for m in TOKEN.finditer(text)]
        self.starts = [start for start, _, _ in found]
        self.ends = [end for _, end, _ in found]
        self.words = [word for _, _, word in found]
        self.opens = [sentence.start for sentence in self.sentences]
        self.spoken = {}

    def of(self, span):
        """The signs of a Span."""
        left = bisect_right(self.ends, span.start)
        right = bisect_left(self.starts, span.end)
        before = [word[:STEM] for word in self.words[max(0, left - WORDS) : left]][::-1]
        after = [word[:STEM] for word in self.words[right : right + WORDS]]
        found = {*_of_side("left", before), *_of_side("right", after)}
        at = bisect_right(self.opens, span.start) - 1
        return found | self._of_sentence(at) if at >= 0 else found

    def _of_sentence(self, at):
        if at not in self.spoken:
            sentence = self.sentences[at]
            low, high = (bisect_left(self.starts, n) for n in (sentence.start, sentence.end))
            words = self.words[low:high]
            told = {f"sentence: {sense}" for w in words for sense in senses(w, self.language)}
            line = self.text[sentence.start : sentence.end].lower()
            if patterns(self.language)["filming"].search(line):
                told.add("sentence: filming")
            self.spoken[at] = told
        return self.spoken[at]


def _of_side(side, words):
    for number, word in enumerate(words):
        yield f"{side} {number}: {word}"
    if len(words) > 1:
        yield f"{side}: {words[0]} {words[1]}"
