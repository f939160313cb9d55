"""A text cut into words, with what the whole text tells about each of them."""

import re

from geo.text import fold

WORD = re.compile(
    r"((?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’ʻʼ`](?![sS]\b)[^\W\d_]+)*|\d[\d.,]*\d|\d)(?:['’][sS]\b)?"
)
ENDERS = frozenset('.!?:;"“”()[]\n•|')
SPACES = frozenset({" ", "-", "\u00a0"})
# After these a full stop ends no sentence.
SHORT = frozenset(
    "St Mt Ft Ste Pt Dr Mr Mrs Ms Gov Sen Rep Gen Lt Col Sgt Rev".split() + list("NSEW")
)


class Folded(dict):
    """Word -> the word folded; every word is folded once."""

    def __missing__(self, word):
        if len(self) > 200_000:
            self.clear()
        self[word] = folded = fold(word)
        return folded


class Capital(dict):
    """Word -> whether it begins with a capital letter."""

    def __missing__(self, word):
        if len(self) > 200_000:
            self.clear()
        self[word] = capital = word[0].isupper()
        return capital


FOLDED, CAPITAL = Folded(), Capital()


class Words:
    """The words of a text: `text[starts[i]:ends[i]]` is `raw[i]`, a possessive s left off.

    `folded[i]` is the word folded, `upper[i]` whether it begins with a capital, `capitals` the
    numbers of those that do, `lower` the others themselves, `gaps[i]` the text between word i - 1
    and word i; the last gap runs to the end.
    """

    def __init__(self, text):
        spans = [match.span(1) for match in WORD.finditer(text)]
        self.text, self.count = text, len(spans)
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.raw = [text[start:end] for start, end in spans]
        edges = zip([0, *self.ends], [*self.starts, len(text)], strict=True)
        self.gaps = [text[end:start] for end, start in edges]
        self.folded = [FOLDED[word] for word in self.raw]
        self.upper = [CAPITAL[word] for word in self.raw]
        self.capitals = [i for i, upper in enumerate(self.upper) if upper]
        self.lower = {w for w, upper in zip(self.raw, self.upper, strict=True) if not upper}

    def opens(self, i):
        """Whether a sentence, a line or a quotation begins with word i."""
        if i == 0:
            return True
        return not ENDERS.isdisjoint(self.gaps[i]) and not self.joined(i)

    def joined(self, i):
        """Whether word i continues the phrase of word i - 1: only a space, a hyphen or the full
        stop of a short abbreviation stands between them."""
        gap = self.gaps[i]
        if gap in SPACES:
            return True
        return gap == ". " and i > 0 and self.upper[i - 1] and is_short(self.raw[i - 1])


def is_short(word):
    """Whether the full stop after a word may belong to it: an initial, St., Mt., Ft."""
    return len(word) == 1 or word in SHORT
