"""Whether a toponym means its place where it stands, or is part of another name, or a thing."""

import re
from functools import cache

from geo.claims.beside import openers
from geo.claims.sites import is_never
from geo.claims.spot import Spot
from geo.gazetteer import Gazetteer
from geo.language import phrases
from geo.mentions.lexicon import is_a

_ANY = r"a|an|his|her|my|their|this|every|eine?[nmrs]?|keine?[nmrs]?|seine?[nmrs]?|une?|una"
THING = {
    "region": re.compile(rf"\b(?:{_ANY})\s$"),
    "country": re.compile(rf"\b(?:{_ANY}|das|Das)\s$"),
    "town": re.compile(
        rf"\b(?:{_ANY}|the|das|dem|des|im|am|zum|zur|beim|vom|ins|Im|Am|Zum|Zur|Beim|[a-zäöüß]{{3,}}(?:em|es|ere[mnrs]|bare[mnrs]|liche[mnrs]|ige[mnrs]))\s$"
    ),
}
# Behind a place's name in spite of an article: "the Asheville area", "the Rome of 1953", "a
# Pennsylvania steel town".
OF_PLACE = re.compile(
    r"\s(?:(?:of|de|des|der|von|av|i|på|in)\s|(?:[a-z]+\s){0,2}(?:"
    r"area|regions?|suburbs?|neighbou?rhoods?|districts?|coast|countryside|outskirts|waterfront|"
    r"docks|skyline|streets?|metro|metropolitan|county|borough|seafront|hills?|scenes?|set|location|"
    r"towns?|village|city|skyscraper|apartment|flat|hotel|bar|pub|house|mansion|studios?|backlot|"
    r"sound\s?stages?|warehouse|church|school|hospital|prison|park|beach|farm|ranch|forest|caf[eé]|"
    r"restaurant|club|valley|mall|theat(?:re|er)|museum|bridge|station|rooftops?|alleys?|square)\b)"
)
# A word with a capital before the name, or a name and an initial; `within` where a sentence does
# not begin with it.
BEFORE_NAME = re.compile(
    r"(?P<within>(?<=\w )|(?<=\w, )|(?<=[(]))?\b(?P<name>[A-ZÀ-Þ][a-zà-ÿ]+)\s(?:[A-Z]\.\s)?$"
)
DIRECTION = re.compile(
    r"(?:north|south|east|west|mid|up|down|in|out)\w*|new|old|central|greater|upper|lower|inner|outer|"
    r"rural|coastal|ancient|medieval|modern|saint|mount|lake|fort|port|isle|cape|studios?|.+(?:ish|ian|ese|ean)"
)
NUMBER = re.compile(r"\s\d")
COMPASS = frozenset("north south east west".split())
ADJECTIVE = re.compile(
    r"(?:ish|ian|an|ese|ch|ic|i|sk|ske|isch|ische[nrsm]?|ais|aise|aises|ien|ienne|és|esa|ano|ana|o|a|os|as|en|er)$"
)


def of_toponym(text, toponym, language):
    """The Spot of a toponym, or None where the words around it show another sense."""
    if toponym.text.lower() in COMPASS:
        return None
    if is_never(toponym.text, language, exact=True) or _is_of_a_name(text, toponym, language):
        return None
    adjective = _is_adjective(text, toponym, language)
    if not adjective and (_is_demonym(toponym) or _is_a_thing(text, toponym)):
        return None
    return Spot(toponym.start, toponym.end, toponym.text, "T", toponym.place, adjective)


def _is_adjective(text, toponym, language):
    """Whether a people's name stands for its land: "the Norwegian mountains"."""
    if toponym.place is None or toponym.place.precision not in {"country", "region"}:
        return False
    right = text[toponym.end : toponym.end + 50].lower()
    beside = ADJECTIVE.search(toponym.text) and _landscape(language).match(right)
    return bool(beside) and _is_demonym(toponym)


@cache
def _landscape(language):
    listed = "|".join(phrases(language)["places"]["landscape"])
    return re.compile(rf"^[\s-](?:[\w-]+\s){{0,2}}?(?:{listed})\b")


def _is_of_a_name(text, toponym, language):
    """Whether a name before it, or a number behind it, makes the word part of another name."""
    if NUMBER.match(text, toponym.end) and " " not in toponym.text:
        return language in {"fr", "es"}
    left = BEFORE_NAME.search(text[max(0, toponym.start - 24) : toponym.start])
    if language != "en" or not left or " " in toponym.text:
        return False
    word = left["name"].lower()
    if word in openers(language) or DIRECTION.fullmatch(word) or left["name"].isupper():
        return False
    opens = not left["within"]
    return not opens or not (is_a(word, "common") or re.search(rf"\b{word}\b", text))


def _is_a_thing(text, toponym):
    """Whether an article or adjective shows that a town's name is an ordinary noun here."""
    if toponym.place is None or toponym.place.precision not in {"town", "region", "country"}:
        return False
    if " " in toponym.text or toponym.text[:3] in {"The", "Las", "Los"}:
        return False
    if OF_PLACE.match(text, toponym.end):
        return False
    left = text[max(0, toponym.start - 24) : toponym.start]
    determined = THING[toponym.place.precision].search(left)
    return bool(determined) and bool(re.match(r"[.,;:!?)\n]|\s[a-zà-ÿ]|$", text[toponym.end :][:2]))


def _is_demonym(toponym):
    """Whether the name is that of a people: "Norwegian", and not also of a place."""
    gazetteer = Gazetteer.open()
    return gazetteer.demonym(toponym.text) is not None and not gazetteer.lookup(toponym.text)
