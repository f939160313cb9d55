"""The names in a sentence that may be places: known ones, sites by their form, and bare names.

T  a toponym of the gazetteer or catalogue
N  a name whose form says that it is a place: "Bamburgh Castle", "château de Fénelon"
U  any other name; it is a place only where the words around it leave no other reading
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from geo.fictional import fictional
from geo.gazetteer import Gazetteer
from geo.language import ordinary, phrases
from geo.model import Place, Toponym

CAP = r"[A-ZÀ-ÖØ-Þ0-9][^\W_]*(?:[’'-][^\W_]+)*\.?"
LINKS = "of|the|de|la|las|los|le|les|du|des|del|di|da|den|der|y|et|og|and|&|a|al|el"
JOIN = rf"(?:\s(?:{LINKS})){{1,2}}\s|\s"
WORD = r"[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:[’'-][^\W\d_]+)*"
NAME = rf"(?:{WORD})(?:(?:{JOIN})(?:{WORD}))*"
BARE = re.compile(NAME)
BEGINS = re.compile(
    r"(?:,\s[A-ZÀ-Þ][\w]+)?(?:\.\s|\n|\s(?:is|was|has|had|will|doubl|stood|stands|became|becomes|served|serves|"
    r"plays|played|host|provid|suppl|ist|war|wird|wurde|est|était|fue|es|era|er|var|ble)\w*\b)"
)
LARGE = 100_000  # inhabitants of a town whose name needs no preposition
_ANY = r"a|an|his|her|my|their|this|every|eine?[nmrs]?|keine?[nmrs]?|seine?[nmrs]?|une?|una"
THING = {
    "region": re.compile(rf"\b(?:{_ANY})\s$"),
    "country": re.compile(rf"\b(?:{_ANY}|das|Das)\s$"),
    "town": re.compile(
        rf"\b(?:{_ANY}|the|das|dem|des|[a-zäöüß]{{3,}}(?:em|es|ere[mnrs]|bare[mnrs]|liche[mnrs]|ige[mnrs]))\s$"
    ),
}
BEFORE_NAME = re.compile(r"(?<!^)(?<![.!?:”\"] )\b([A-Z][a-z]+)\s$")
DIRECTION = re.compile(
    r"(?:north|south|east|west|mid|up|down|in|out)\w*|new|old|central|greater|upper|lower|inner|outer|"
    r"rural|coastal|ancient|medieval|modern|saint|mount|lake|fort|port|isle|cape|studios?|.+(?:ish|ian|ese|ean)"
)
POSSESSIVE = re.compile(r"[’']s?$")


@dataclass(frozen=True, slots=True)
class Spot:
    """A name; `adjective` for "Norwegian", `fictional` where the text or a list says so, `again`
    for a word that means a place named before."""

    start: int
    end: int
    text: str
    kind: str
    place: Place | None = None
    adjective: bool = False
    fictional: bool = False
    again: bool = False

    def toponym(self, precision="unknown"):
        """The Toponym of the spot; a place that nobody knows has a name and no point."""
        invented = self.fictional and (self.place is None or self.place.precision != "fictional")
        if invented or self.place is None:
            kind = "fictional" if self.fictional else precision
            place = Place(self.text, None, None, None, kind)
            return Toponym(self.start, self.end, self.text, place)
        return Toponym(self.start, self.end, self.text, self.place)


@cache
def _patterns(language):
    words = phrases(language)["places"]
    after, before = "|".join(words["head_after"]), "|".join(words["head_before"])
    small, compound = "|".join(words["head_small"]), "|".join(words["compound"])
    start = rf"(?<![\w’'])(?<!\d[.,])(?:{CAP})(?:(?:’s|'s)?(?:{JOIN})(?:{CAP}))"
    forms = [
        rf"{start}{{0,4}}?(?:’s|'s)?\s(?=[A-ZÀ-Þ])(?i:{after})\b(?:\sof\s(?:the\s)?{NAME})?",
        rf"\b(?:{before})\s(?:{NAME})",
    ]
    if small:
        forms.append(rf"\b(?:{small})\s?{NAME}")
    if words["head_lower"]:
        forms.append(
            rf"(?<![\w’'])(?<!\d[.,])(?:{CAP})(?:\s{CAP}){{0,2}}\s(?:{'|'.join(words['head_lower'])})\b"
        )
    if compound:
        forms.append(rf"\b[A-ZÀ-ÖØ-Þ][^\W\d_-]*(?:{compound})\b")
    return {
        "forms": [re.compile(form) for form in forms],
        "landscape": re.compile(rf"^[\s-](?:[\w-]+\s){{0,2}}?(?:{'|'.join(words['landscape'])})\b"),
        "fictional": re.compile(rf"\b(?:{'|'.join(words['fictional'])})\s(?:\w+\s)?$"),
        "never": re.compile(rf"(?:{'|'.join(words['never'])})(?:\s.*)?", re.IGNORECASE),
        "person": re.compile(rf"\b(?:{'|'.join(words['person'])}),?\s$", re.IGNORECASE),
        "listed": re.compile(
            rf"(.+?\s(?i:{after}))\s(?:{'|'.join(words['and'][:1])})\s(?=[A-ZÀ-Þ]\w+\s\w)"
        ),
        "determined": re.compile(rf"\b(?:{'|'.join(words['article'])})\s$", re.IGNORECASE),
        "strict": re.compile(
            rf"\b(?:{'|'.join(words['locative_strict'])})\s?(?:(?:{'|'.join(words['article'])})\s)?$",
            re.IGNORECASE,
        ),
        "locative": re.compile(
            rf"\b(?:{'|'.join(words['locative'])})\s(?:(?:{'|'.join(words['article'])})\s?)?$",
            re.IGNORECASE,
        ),
    }


def spots(text, sentence, language, toponyms, taken, films=()):
    """The Spots of a sentence in order, none inside another or inside a span of `taken`.

    `films` are those that the text speaks of: their fictional places are known by name.
    """
    known = _patterns(language)
    line = text[sentence.start : sentence.end]
    found = []
    for form in known["forms"]:
        for match in form.finditer(line):
            start, end = match.start() + sentence.start, match.end() + sentence.start
            listed = known["listed"].match(text, start, end)
            if listed:
                found.append(Spot(start, listed.end(1), listed[1], "N"))
                start = listed.end()
            start = _without_beginning(text, start, end, sentence, language)
            if start is not None and not known["never"].fullmatch(text[start:end]):
                found.append(Spot(start, end, text[start:end], "N"))
    found = [_of_toponym(text, t, known, language) for t in toponyms] + found
    found = _longest([s for s in found if s and not _overlaps(s, taken)])
    bare = _bare(text, sentence, language, known)
    found += [spot for spot in bare if not _overlaps(spot, [*taken, *_spans(found)])]
    found = [_of_story(spot, films) for spot in found]
    return [_checked(text, spot, known) for spot in sorted(found, key=lambda s: s.start)]


def _of_story(spot, films):
    """A name that is a fictional place's of one of the films becomes that place."""
    known = fictional(spot.text)
    if known and any(known.is_of(film) for film in films):
        return replace(spot, kind="T", place=known.place(), fictional=True)
    return spot


def overlooked(text, sentences, language, taken):
    """Toponyms, unresolved, for names of the gazetteer where a text about films speaks of places.

    Behind a preposition of place any name of the gazetteer will do; at the beginning of a
    sentence only that of a region or a large town, with a verb behind it. `taken` are spans of
    other names.
    """
    known, gazetteer, found = _patterns(language), Gazetteer.open(), []
    for sentence in sentences:
        for spot in _bare(text, sentence, language, known, opening=True):
            entries = () if _overlaps(spot, taken) else gazetteer.lookup(spot.text)
            if not entries:
                continue
            left = text[max(0, spot.start - 24) : spot.start]
            located = known["strict" if language == "de" else "locative"].search(left)
            located = located and not (language == "de" and known["determined"].search(left))
            opens = spot.start - sentence.start < 6 and BEGINS.match(text, spot.end)
            if not known["strict"].search(left) and _is_somebody(text, spot.text):
                continue
            large = max(e.population for e in entries) > LARGE
            if located or (opens and (large or _is_rare(text, spot.text))):
                found.append(Toponym(spot.start, spot.end, spot.text))
    return found


def _spans(found):
    return [(spot.start, spot.end) for spot in found]


def _overlaps(spot, spans):
    return any(start < spot.end and spot.start < end for start, end in spans)


def _of_toponym(text, toponym, known, language):
    if known["never"].fullmatch(toponym.text) or _is_of_a_name(text, toponym, language):
        return None
    adjective = bool(
        toponym.place
        and toponym.place.precision in {"country", "region"}
        and re.search(
            r"(?:ish|ian|an|ese|ch|ic|i|sk|ske|isch|ische[nrsm]?|ais|aise|aises|ien|ienne|és|esa|ano|ana|o|a|os|as|en|er)$",
            toponym.text,
        )
        and known["landscape"].match(text[toponym.end : toponym.end + 50].lower())
        and _is_demonym(toponym)
    )
    if not adjective and (_is_demonym(toponym) or _is_a_thing(text, toponym)):
        return None
    return Spot(toponym.start, toponym.end, toponym.text, "T", toponym.place, adjective)


def _is_of_a_name(text, toponym, language):
    """Whether a name before it, or a number behind it, makes the word part of another name."""
    if re.match(r"\s\d", text[toponym.end : toponym.end + 2]) and " " not in toponym.text:
        return language in {"fr", "es"}
    left = BEFORE_NAME.search(text[max(0, toponym.start - 20) : toponym.start])
    if language != "en" or not left or " " in toponym.text:
        return False
    word = left[1].lower()
    return not (word in _openers(language) or DIRECTION.fullmatch(word) or left[1].isupper())


def _is_a_thing(text, toponym):
    """Whether an article or adjective shows that a town's name is an ordinary noun here."""
    if toponym.place is None or toponym.place.precision not in {"town", "region", "country"}:
        return False
    if " " in toponym.text or toponym.text[:3] in {"The", "Las", "Los"}:
        return False
    left = text[max(0, toponym.start - 24) : toponym.start]
    determined = THING[toponym.place.precision].search(left)
    return bool(determined) and bool(re.match(r"[.,;:!?)\n]|\s[a-zà-ÿ]|$", text[toponym.end :][:2]))


def _is_demonym(toponym):
    """Whether the name is that of a people: "Norwegian", and not also of a place."""
    gazetteer = Gazetteer.open()
    return gazetteer.demonym(toponym.text) is not None and not gazetteer.lookup(toponym.text)


def _longest(found):
    """The spots that no longer one covers; a site that names a known place as a whole keeps it."""
    kept = []
    for spot in sorted(found, key=lambda s: (s.start - s.end, s.kind != "T")):
        if not _overlaps(spot, _spans(kept)):
            kept.append(spot)
    return kept


@cache
def _openers(language):
    """Words that are no part of a name though they stand before it with a capital."""
    words = phrases(language)["places"]
    return (
        ordinary(language) | {"a", "an"} | frozenset(words["locative"]) - {"la", "el", "le", "los"}
    )


def _without_beginning(text, start, end, sentence, language):
    """Where a form begins, less ordinary words that only open the sentence; None if all is."""
    first = re.match(r"[^\W\d_]+", text[start:end])
    while first and first[0].lower() in _openers(language) and first[0] != first[0].lower():
        rest = re.match(r"[^\W\d_]+[’']?s?\s", text[start:end])
        if not rest:
            return None
        start += rest.end()
        first = re.match(r"[^\W\d_]+", text[start:end])
    opens = text[start : start + 1]
    return start if opens.isupper() or opens.isdigit() or language != "en" else None


def _is_somebody(text, name):
    """Whether the word stands in the text as part of a longer name: "Chris Hemsworth"."""
    word = re.escape(name)
    return bool(re.search(rf"\b[A-Z][a-z]+\s{word}\b|\b{word}\s[A-Z][a-z]+", text))


def _is_rare(text, name):
    """Whether a name is long, and nowhere in the text an ordinary word."""
    return len(name) > 6 and name.lower() not in text


def _bare(text, sentence, language, known, opening=False):
    for match in BARE.finditer(text, sentence.start, sentence.end):
        start = _without_beginning(text, match.start(), match.end(), sentence, language)
        if start is None or start >= match.end():
            continue
        name = POSSESSIVE.sub("", text[start : match.end()])
        left = text[max(sentence.start, start - 30) : start]
        if known["never"].fullmatch(name) or known["person"].search(left):
            continue
        if (name.isupper() and len(name) < 4) or left.endswith((" The ", "“The ", '"The ')):
            continue
        opens = not opening and start - sentence.start < 3 and " " not in name
        if opens and not _recurs(text, name):
            continue
        if language == "de" and not opening and not _stands_for_place(left):
            continue
        yield Spot(start, start + len(name), name, "U")


def _recurs(text, name):
    """Whether a word that opens a sentence has its capital within one, too."""
    return bool(re.search(rf"[\w,] {re.escape(name)}\b", text)) or bool(fictional(name))


def _stands_for_place(left):
    return bool(
        re.search(r"\b(?:in|nach|als|für|bei|nahe|fiktive[nrs]?\s\w+)\s$", left, re.IGNORECASE)
    )


def _checked(text, spot, known):
    left = text[max(0, spot.start - 40) : spot.start].lower()
    return replace(spot, fictional=True) if known["fictional"].search(left) else spot


def is_located(text, spot, language):
    """Whether a preposition of place stands before the name: "in X", "at the X"."""
    left = text[max(0, spot.start - 24) : spot.start]
    return _is_there(text, spot) or bool(_patterns(language)["locative"].search(left))


def is_in(text, spot, language):
    """Whether a preposition that names a place and nothing else stands before the name."""
    left = text[max(0, spot.start - 24) : spot.start]
    return _is_there(text, spot) or bool(_patterns(language)["strict"].search(left))


def _is_there(text, spot):
    """Whether an adverb stands for the place."""
    return spot.again and " " not in text[spot.start : spot.end]
