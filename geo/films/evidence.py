"""What stands around a name and shows that it is a film: quotes, a year, "the film X".

All tests look at the text on either side of `text[start:end]`, never further than a sentence.
"""

import re
from functools import cache

from geo.language import phrases
from geo.text import Patterns

# what stands after the host in the address that a text begins with: its words may name the film
ADDRESS = re.compile(r"(?:source:\s*)?https?://[^/\s]+/(\S+)", re.IGNORECASE)
REACH = 48  # characters looked at on either side
OPEN, CLOSE = "\"“„«‘‹»*_'", "\"”“»’›«*_'"
QUOTED = re.compile(
    r"“([^”“\n]{1,80})[”“]|„([^“”\"\n]{1,80})[“”\"]|«\s?([^»\n]{1,80}?)\s?»|»([^«\n]{1,80})«"
    r"|\"([^\"\n]{1,80})\"|(?<![\w’'])‘([^‘’\n]{1,80}(?:’s [^‘’\n]{1,60})?)’(?!\w)"
    r"|(?<![\w’'])'([A-Z0-9¡¿][^'\n]{1,80})'(?!\w)|(?<![\w*])\*{1,2}([^*\n]{1,80})\*{1,2}(?!\w)"
    r"|(?<!\w)_([^_\n]{1,80})_(?!\w)"
)
MARK = re.compile("[“„«»\"‘'*_]")  # what QUOTED begins with
YEAR_AFTER = re.compile(
    r"[\"”“»’›«*_',]*\s*[(\[](?:[^()\n]{0,30}?\D)?((?:19|20)\d\d)(?:\D[^()\n]{0,20})?[)\]]"
)
YEAR_BEFORE = re.compile(r"\b((?:18|19|20)\d\d)(?:[’']s)?(?:\s+[\w-]+){0,3}?,?\s+[\"“„«‘‹»*_']?$")


@cache
def patterns(language):
    """The phrases about films of a language: before and after a title, and the rest."""
    words = phrases(language)["films"]
    noun = _any(words["noun"])
    opening = r",?\s*(?:the\s)?[\"“„«‘‹»*_'(]*[\s\u00a0]?$"
    return Patterns(
        {
            "before": rf"\b(?:{_any(words['before'])}|{noun}){opening}",
            "nearby": rf"\b(?:{_any(words['nearby'])}){opening}",
            "after": r"^[\"”“»’›«*_',)]*[\s\u00a0]*[\"”“»’›«*_',)]*(?:[’']s?)?\s*"
            rf"(?:\(\d{{4}}\)\s*)?(?:(?:[\w-]+\s){{0,1}}(?:{noun})|{_any(words['after'])})\b",
            "noun": rf"\b(?:{noun})\b",
            "aside": rf"\b(?:{_any(words['aside'])})\s+(?:the\s)?(?:\w+\s)?[\"“„«‘‹»*_'(]*"
            r"[\s\u00a0]?$",
            "other_work": rf"\b(?:{_any(words['other_work'])}),?\s*[\"“„«‘‹»*_']*$",
            "speech": rf"^[\"”“»’›«',]*\s*(?:{_any(words['speech'])})\b",
            "filming": rf"\b(?:{_any(phrases(language)['filming']['strong'])})\b",
            "release": rf"(?:{_any(words['release'])})",
        }
    )


def _any(listed):
    return "|".join(listed)


def before(text, start):
    """The text to the left in small letters, within the line."""
    left = text[max(0, start - REACH) : start]
    return left[left.rfind("\n") + 1 :].lower()


def after(text, end):
    """The text to the right in small letters, within the line."""
    return text[end : end + REACH].split("\n", 1)[0].lower()


def quotations(text, begin=0):
    """Yield the matches of QUOTED from `begin` on: marks are rare, and sooner found alone."""
    end = begin
    for mark in MARK.finditer(text, begin):
        found = QUOTED.match(text, mark.start()) if mark.start() >= end else None
        if found:
            end = found.end()
            yield found


def is_quoted(text, start, end):
    """Whether the name stands alone between quotation marks (a comma or stop may stand inside)."""
    left = text[start - 1 : start] if start else ""
    right = text[end : end + 2]
    if left in "\u00a0 " and text[start - 2 : start - 1] == "«":
        left = "«"
    return (
        bool(left)
        and left in OPEN
        and bool(right.lstrip(",.!? \u00a0")[:1])
        and (right.lstrip(",.!? \u00a0")[0] in CLOSE)
    )


def year_after(text, end):
    """The year in brackets after a title, or None."""
    found = YEAR_AFTER.match(text, end)
    return int(found[1]) if found else None


def year_before(text, start):
    """The year before a title, as in "the 1999 film X", or None."""
    found = YEAR_BEFORE.search(before(text, start))
    return int(found[1]) if found else None


def says_film(text, start, end, language, strictly=False):
    """Whether the words on either side speak of a film; `strictly`, and not of a place."""
    known = patterns(language)
    left = before(text, start)
    if known["before"].search(left) or known["after"].match(after(text, end)):
        return True
    return not strictly and bool(known["nearby"].search(left))


def is_aside(text, start, language):
    """Whether a film is only mentioned in passing: in brackets, "known for X", "like X"."""
    left = before(text, start)
    open_bracket = left.rfind("(") > left.rfind(")")
    return open_bracket or bool(patterns(language)["aside"].search(left))
