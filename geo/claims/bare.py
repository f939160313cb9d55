"""Names that nothing but the words around them can make places, and toponyms among them."""

import re

from geo.claims.beside import before, without_beginning
from geo.claims.sites import NAME, is_never
from geo.claims.spot import Spot, overlaps
from geo.fictional import fictional
from geo.gazetteer import Gazetteer
from geo.model import Toponym
from geo.text import fold

BARE = re.compile(NAME)
BEGINS = re.compile(
    r"(?:,\s[A-ZÀ-Þ][\w]+)?(?:\.\s|\n|\s(?:is|was|has|had|will|doubl|stood|stands|became|becomes|served|serves|"
    r"plays|played|host|provid|suppl|ist|war|wird|wurde|est|était|fue|es|era|er|var|ble)\w*\b)"
)
LARGE = 100_000  # inhabitants of a town whose name needs no preposition
WITHIN = re.compile(r"[\w,] $")
NAME_LEFT = re.compile(r"\b[A-ZÀ-Þ][a-zà-ÿ]+\s(?:[A-Z]\.\s)?$")
NAME_RIGHT = re.compile(r"\s[A-ZÀ-Þ][a-zà-ÿ]+")
POSSESSIVE = re.compile(r"[’']s?$")


def bare(text, sentence, language, opening=False, hope=None):
    """Yield the Spots of names that no list and no form knows, in order; with `opening` those
    that open a sentence, too. `hope` tells of characters [start, end) whether a name among them
    is worth a look."""
    known = before(language)
    for match in BARE.finditer(text, sentence.start, sentence.end):
        if hope and not hope(*match.span()):
            continue
        start = without_beginning(text, match.start(), match.end(), language)
        if start is None or start >= match.end():
            continue
        kind = known["kinds"].match(text, start, match.end())
        start = kind.end() if kind else start
        name = POSSESSIVE.sub("", text[start : match.end()])
        left = text[max(sentence.start, start - 30) : start]
        if is_never(name, language) or known["person"].search(left):
            continue
        if (name.isupper() and len(name) < 4) or left.endswith((" The ", "“The ", '"The ')):
            continue
        opens = not opening and start - sentence.start < 3 and " " not in name
        if opens and not _recurs(text, name):
            continue
        if language == "de" and not (opening or kind or _stands_for_place(left, name)):
            continue
        yield Spot(start, start + len(name), name, "U")


def _recurs(text, name):
    """Whether a word that opens a sentence has its capital within one, too."""
    if fictional(name):
        return True
    return any(WITHIN.search(text[max(0, at - 2) : at]) for at in _places_of(text, name))


def _places_of(text, name):
    """Yield where a text has the name as a whole word."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield at
        at = text.find(name, end)


def _stands_for_place(left, name):
    """Whether a German preposition makes a noun a place; before several words more of them do."""
    told = r"in|nach|als|für|bei|nahe|fiktive[nrs]?\s\w+"
    if " " in name:
        told += r"|am|im|auf|beim|vom|zum|zur|(?:in|an|auf|bei)\s(?:der|dem|den)"
    return bool(re.search(rf"\b(?:{told})\s$", left, re.IGNORECASE))


def overlooked(text, sentences, language, taken, told=None):
    """Toponyms, unresolved, for names of the gazetteer where a text about films speaks of places.

    What the network takes for a place's name is one (`told`, or None). Behind a preposition of
    place any name of the gazetteer will do; at the beginning of a sentence only that of a region or
    a large town, with a verb behind it. `taken` are spans of other names.
    """
    gazetteer, found = Gazetteer.open(), []
    for start, end in told.named("place") if told else ():
        name = Toponym(start, end, text[start:end])
        is_name = name.text[:1].isupper() and not is_never(name.text, language)
        if is_name and not overlaps(name, taken) and gazetteer.numbers(fold(name.text)):
            found.append(name)
    taken = [*taken, *((toponym.start, toponym.end) for toponym in found)]
    for sentence in sentences:
        for spot in bare(text, sentence, language, opening=True):
            rows = () if overlaps(spot, taken) else gazetteer.numbers(fold(spot.text))
            if rows and _is_meant(text, spot, sentence, language, gazetteer, rows):
                found.append(Toponym(spot.start, spot.end, spot.text))
    return found


def _is_meant(text, spot, sentence, language, gazetteer, rows):
    """Whether a name of the gazetteer means the place where it stands."""
    known, left = before(language), text[max(0, spot.start - 24) : spot.start]
    if not known["strict"].search(left) and _is_somebody(text, spot.text):
        return False
    located = known["strict" if language == "de" else "locative"].search(left)
    if located and not (language == "de" and known["determined"].search(left)):
        return True
    if spot.start - sentence.start >= 6 or not BEGINS.match(text, spot.end):
        return False
    return max(gazetteer.population[i] for i in rows) > LARGE or _is_rare(text, spot.text)


def _is_somebody(text, name):
    """Whether the word stands in the text as part of a longer name: "Chris Hemsworth"."""
    return any(
        NAME_LEFT.search(text[max(0, at - 30) : at]) or NAME_RIGHT.match(text, at + len(name))
        for at in _places_of(text, name)
    )


def _is_rare(text, name):
    """Whether a name is long, and nowhere in the text an ordinary word."""
    return len(name) > 6 and name.lower() not in text
