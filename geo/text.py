"""Folding of names: what is written differently and means the same becomes the same string."""

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
