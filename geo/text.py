"""Folding of names: what is written differently and means the same becomes the same string.

And patterns out of long lists of phrases, made so that a search looks at few of them.
"""

import re
import unicodedata
from functools import lru_cache

# Letters that NFKD leaves whole, and signs that join the letters around them.
LETTERS = str.maketrans(
    {
        "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h",
        "ı": "i", "ŋ": "n", "ə": "e", "ɛ": "e", "ɔ": "o", "ŧ": "t",
        "'": None, "’": None, "‘": None, "ʼ": None, "ʻ": None, "ʾ": None, "ʿ": None, "`": None,
        "´": None, "′": None, ".": None, "\u00ad": None,
    }
)  # fmt: skip
WORDS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=65536)
def fold(name):
    """The name without case, diacritics and punctuation, words apart by one space.

    Apostrophes and full stops vanish ("U.S." is "us", "Kaua'i" is "kauai"); every other sign
    parts words ("Stratford-upon-Avon" is "stratford upon avon").
    """
    if name.isascii():
        return " ".join(WORDS.findall(name.lower().translate(LETTERS)))
    # Compatibility forms come first: a mathematical capital has no small letter of its own.
    small = unicodedata.normalize("NFKD", name).casefold().translate(LETTERS)
    parts = unicodedata.normalize("NFKD", small).translate(LETTERS)
    return " ".join(WORDS.findall("".join(c for c in parts if not unicodedata.combining(c))))


def lowered(text):
    """The text in small letters, as long as it was: offsets in one are offsets in the other."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


BOTH = re.compile(r".+\s\(([^()]*[^\W\d_][^()]*)\)")


def known_title(film):
    """The title under which a film is known, where a record has two: "Snømannen (The Snowman)".

    >>> known_title("Snømannen (The Snowman)"), known_title("Heidi (2015)")
    ('The Snowman', 'Heidi (2015)')
    """
    both = BOTH.fullmatch(film)
    return both[1] if both else film


class Patterns(dict):
    """{name: pattern} of {name: how it is written}; each is compiled when it is first asked for,
    which takes longer than most searches."""

    def __init__(self, written):
        super().__init__()
        self.written = written

    def __missing__(self, name):
        return self.setdefault(name, re.compile(self.written[name]))


PLAIN = re.compile(r"(\w)(?![?*{+])(?:[^|()]|\([^()]*\))*")


def one_of(listed):
    """The source of a pattern that matches what any of the `listed` patterns matches.

    Those that begin with the same letter stand together, so that at each position of a text only
    they are tried; of two that match at one position, the one listed first is taken still.

    >>> one_of(["shot in", "filmed in", "shot at"])
    '(?:shot in|shot at)|(?:filmed in)'
    """
    groups, others = {}, []
    for pattern in listed:
        plain = PLAIN.fullmatch(pattern)
        (groups.setdefault(plain[1], []) if plain else others).append(pattern)
    made = [f"(?:{'|'.join(group)})" for group in groups.values()]
    return "|".join([*others, *made])
