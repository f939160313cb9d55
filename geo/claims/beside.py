"""What the words right before a name say about it: a preposition of place, an opening word."""

import re
from functools import cache, lru_cache

from geo.language import ordinary, phrases

LETTERS = re.compile(r"[^\W\d_]+")
OPENER = re.compile(r"[^\W\d_]+[’']?s?\s")


@cache
def before(language):
    """Patterns of what may stand right before a name: of a place, and of what is none."""
    words = phrases(language)["places"]
    articles = "|".join(words["article"])
    strict, locative = "|".join(words["locative_strict"]), "|".join(words["locative"])
    return {
        "strict": re.compile(rf"\b(?:{strict})\s?(?:(?:{articles})\s)?$", re.IGNORECASE),
        "locative": re.compile(rf"\b(?:{locative})\s(?:(?:{articles})\s?)?$", re.IGNORECASE),
        "determined": re.compile(rf"\b(?:{articles})\s$", re.IGNORECASE),
        "fictional": re.compile(rf"\b(?:{'|'.join(words['fictional'])})\s(?:\w+\s)?$"),
        "kinds": re.compile(rf"(?:{'|'.join(words['kinds'])})\s(?:von\s)?(?=[A-ZÀ-Þ])"),
        "some": re.compile(rf"\b(?:{'|'.join(words['some'])})\s$", re.IGNORECASE),
        "kind": re.compile(
            rf"(?<!\w)(?:{'|'.join(words['kinds'])})\s(?:of\s|de\s|du\s|d[’']|del\s|von\s|called\s|named\s)?"
            r"(?:the\s|la\s|le\s|el\s)?$"
            rf"|\b(?:{'|'.join(words['head_lower']) or '(?!)'})\s(?:at|of|on)\s(?:the\s)?$"
        ),
        "person": re.compile(rf"\b(?:{'|'.join(words['person'])}),?\s$", re.IGNORECASE),
    }


def is_located(text, spot, language):
    """Whether a preposition of place stands before the name: "in X", "at the X"."""
    left = text[max(0, spot.start - 24) : spot.start]
    return _is_there(text, spot) or _ends_in("locative", left, language)


def is_in(text, spot, language):
    """Whether a preposition that names a place and nothing else stands before the name."""
    left = text[max(0, spot.start - 24) : spot.start]
    return _is_there(text, spot) or _ends_in("strict", left, language)


@lru_cache(maxsize=1024)  # one name is asked about again and again
def _ends_in(kind, left, language):
    return bool(before(language)[kind].search(left))


def _is_there(text, spot):
    """Whether an adverb stands for the place."""
    return spot.again and " " not in text[spot.start : spot.end]


@cache
def openers(language):
    """Words that are no part of a name though they stand before it with a capital."""
    words = phrases(language)["places"]
    return (
        ordinary(language) | {"a", "an"} | frozenset(words["locative"]) - {"la", "el", "le", "los"}
    )


def without_beginning(text, start, end, language):
    """Where a name begins, less ordinary words that only open the sentence; None if all is."""
    first = LETTERS.match(text, start, end)
    while first and first[0].lower() in openers(language) and first[0] != first[0].lower():
        rest = OPENER.match(text, start, end)
        if not rest:
            return None
        start = rest.end()
        first = LETTERS.match(text, start, end)
    opens = text[start : start + 1]
    return start if opens.isupper() or opens.isdigit() or language != "en" else None
