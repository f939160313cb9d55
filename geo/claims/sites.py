"""Names whose form says that they are places': "Bamburgh Castle", "château de Fénelon"."""

import re
from functools import cache

from geo.claims.beside import without_beginning
from geo.claims.spot import Spot
from geo.language import phrases

CAP = r"[A-ZÀ-ÖØ-Þ0-9][^\W_]*(?:[’'-][^\W_]+)*\.?"
LINKS = "of|the|de|la|las|los|le|les|du|des|del|di|da|den|der|y|et|og|and|&|a|al|el"
JOIN = rf"(?:\s(?:{LINKS})){{1,2}}\s|\s"
WORD = r"[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:[’'-][^\W\d_]+)*"
NAME = rf"(?:{WORD})(?:(?:{JOIN})(?:{WORD}))*"


def sites(text, sentence, language):
    """The Spots of a sentence that are places by their form, overlapping ones included."""
    known, found = _forms(language), []
    line = text[sentence.start : sentence.end]
    for form in known["forms"]:
        for match in form.finditer(line):
            start, end = match.start() + sentence.start, match.end() + sentence.start
            listed = known["listed"].match(text, start, end)
            if listed:
                found.append(Spot(start, listed.end(1), listed[1], "N"))
                start = listed.end()
            start = without_beginning(text, start, end, language)
            if start is not None and not known["never"].fullmatch(text[start:end]):
                found.append(Spot(start, end, text[start:end], "N"))
    return found


def is_never(name, language):
    """Whether a name is listed as one that is never a place's."""
    return bool(_forms(language)["never"].fullmatch(name))


@cache
def _forms(language):
    words = phrases(language)["places"]
    after = "|".join(words["head_after"])
    return {
        "forms": [re.compile(form) for form in _written(words, after)],
        "never": re.compile(rf"(?:{'|'.join(words['never'])})(?:\s.*)?", re.IGNORECASE),
        "listed": re.compile(
            rf"(.+?\s(?i:{after}))\s(?:{'|'.join(words['and'][:1])})\s(?=[A-ZÀ-Þ]\w+\s\w)"
        ),
    }


def _written(words, after):
    """The forms that a language knows, as regular expressions."""
    start = rf"(?<![\w’'])(?<!\d[.,])(?:{CAP})(?:(?:’s|'s)?(?:{JOIN})(?:{CAP}))"
    before, small = "|".join(words["head_before"]), "|".join(words["head_small"])
    lower, compound = "|".join(words["head_lower"]), "|".join(words["compound"])
    yield rf"{start}{{0,4}}?(?:’s|'s)?\s(?=[A-ZÀ-Þ])(?i:{after})\b(?:\sof\s(?:the\s)?{NAME})?"
    yield rf"\b(?:{before})\s(?:{NAME})"
    if small:
        yield rf"\b(?:{small})\s?{NAME}"
    if lower:
        yield rf"(?<![\w’'])(?<!\d[.,])(?:{CAP})(?:\s{CAP}){{0,2}}\s(?:{lower})\b"
    if compound:
        yield rf"\b[A-ZÀ-ÖØ-Þ][^\W\d_-]*(?:{compound})\b"
