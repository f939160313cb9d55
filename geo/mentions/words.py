"""A text cut into words, with what the whole text tells about each of them."""

import re
from functools import lru_cache

from geo.text import fold

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’ʻʼ`][^\W\d_]+)*|\d[\d.,]*\d|\d")
POSSESSIVE = frozenset({"'s", "’s", "'S", "’S"})
ENDERS = frozenset('.!?:;"“”()[]\n•|')
SPACES = frozenset({" ", "-", "\u00a0"})

folded_word = lru_cache(maxsize=100000)(fold)


class Words:
    """The words of a text: `text[starts[i]:ends[i]]` is `raw[i]`, a possessive s left off.

    `folded[i]` is the word folded, `upper[i]` whether it begins with a capital, `gaps[i]` the text
    between word i - 1 and word i; the last gap runs to the end.
    """

    def __init__(self, text):
        self.text, last = text, 0
        self.starts, self.ends, self.raw, self.gaps = [], [], [], []
        for match in WORD.finditer(text):
            start, end = match.span()
            word = text[start:end]
            if word[-2:] in POSSESSIVE:
                word, end = word[:-2], end - 2
            self.starts.append(start)
            self.ends.append(end)
            self.raw.append(word)
            self.gaps.append(text[last:start])
            last = end
        self.gaps.append(text[last:])
        self.folded = [folded_word(word) for word in self.raw]
        self.upper = [word[0].isupper() for word in self.raw]
        self.count = len(self.raw)
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
    return len(word) == 1 or word in ("St", "Mt", "Ft", "Ste", "Pt", "Dr", "Mr", "Mrs", "Ms", "Gov",
                                      "Sen", "Rep", "Gen", "Lt", "Col", "Sgt", "Rev", "N", "S", "E", "W")  # fmt: skip
