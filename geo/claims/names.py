"""The names in a sentence that may be places: known ones, sites by their form, and bare names."""

import re
from dataclasses import replace
from functools import cache, partial

from geo.claims.bare import bare
from geo.claims.beside import before
from geo.claims.compass import is_way, part_of
from geo.claims.meant import of_toponym
from geo.claims.neighbours import together
from geo.claims.sites import is_never, sites
from geo.claims.spot import Spot, longest, overlaps, spans
from geo.fictional import fictional
from geo.language import READ, phrases

HOPELESS = -5.0  # log odds of the network below which a name is no place
NEXT = re.compile(r" ([A-ZÀ-Þ]\w+)")  # the next word, where it has a capital
CAPITAL = re.compile(r"\b[A-ZÀ-ÖØ-Þ]")
# What stands before a place's name and makes it no other.
NO_NAME = re.compile(r"\b(?:The|La|Las|Los|El|Le|Les|L[’']|Die|Der|Das|Den|Det|Co\.|County)(?!\w)")


def spots(text, sentence, language, toponyms, taken, films=(), told=None):
    """The Spots of a sentence in order, none inside another or inside a span of `taken`.

    `films` are those that the text speaks of: their fictional places are known by name. `told` is
    what the network makes of the text, or None: it knows places that no list and no form has, and
    most names that are none.
    """
    known = [spot for t in toponyms if (spot := of_toponym(text, t, language))]
    formed = (_apart(spot, known, language) for spot in sites(text, sentence, language))
    formed = [spot for spot in formed if not _is_landscape(spot, known)]
    named = [*known, *formed, *_longer(text, sentence, language, told, known)]
    found = longest([spot for spot in named if not overlaps(spot, taken)])
    held = [*taken, *spans(found)]
    found += [spot for spot in _bare(text, sentence, language, told) if not overlaps(spot, held)]
    held = [*taken, *spans(found)]
    found += [s for s in _told(text, sentence, language, told) if not overlaps(s, held)]
    found = [spot for spot in found if spot.kind != "U" or not _is_newspaper(text, spot)]
    found = [_checked(text, _of_story(spot, films), language) for spot in found]
    found = [part_of(text, spot, language) for spot in found]
    return together(text, sorted(found, key=lambda s: s.start), language)


def _bare(text, sentence, language, told):
    """The names of a sentence that may be anything's, less those that the network is sure are no
    places'."""
    if not told:
        return bare(text, sentence, language)
    found = bare(text, sentence, language, hope=partial(told.may_name_place, least=HOPELESS))
    return [s for s in found if told.place(s.start, s.end) > HOPELESS]


def _told(text, sentence, language, told):
    """The Spots of a sentence that the network takes for places, but for articles and for names
    that are never a place's."""
    for start, end in told.named("place") if told else ():
        name = text[start:end]
        small = name.islower() and (len(name) < 4 or is_way(name, language))
        none = small or is_never(name, language, exact=True)
        if sentence.start <= start and end <= sentence.end and not none:
            yield Spot(start, end, name, "U")


def _longer(text, sentence, language, told, known):
    """The names that the network takes for places and of which a known one is but a part:
    "Villanueva de San Carlos"."""
    for spot in _told(text, sentence, language, told):
        parts = [s.text for s in known if spot.start <= s.start and s.end <= spot.end]
        rest = spot.text
        for part in parts:
            rest = rest.replace(part, "", 1)
        if parts and CAPITAL.search(NO_NAME.sub("", rest)):
            yield replace(spot, kind="N")


def _is_newspaper(text, spot):
    """Whether a name ends, or goes on, as those of newspapers do in any language: "Oban Times"."""
    goes_on = NEXT.match(text, spot.end)
    words = [*spot.text.split(" ")[1:], *([goes_on[1]] if goes_on else [])]
    return bool(words) and bool(_press().fullmatch(words[-1]))


@cache
def _press():
    """Newspapers keep their names abroad: the words of all languages in one."""
    words = (word for language in READ for word in phrases(language)["places"]["press"])
    return re.compile("|".join(words))


def _apart(spot, known, language):
    """A site without the place that is only listed before it: "Rome and Wawel Castle"."""
    first = next((o for o in known if o.start == spot.start), None)
    joint = first and _and(language).match(spot.text, len(first.text))
    if not joint or spot.text.endswith("s"):
        return spot
    return replace(spot, start=spot.start + joint.end(), text=spot.text[joint.end() :])


@cache
def _and(language):
    return re.compile(rf"\s(?:{'|'.join(phrases(language)['places']['and'])})\s")


def _is_landscape(spot, known):
    """Whether a name is a people's and a landscape: "Norwegian mountains" are somewhere there."""
    if not spot.text.split()[-1][0].islower():
        return False
    return any(o.adjective and o.start == spot.start and o.end < spot.end for o in known)


def _of_story(spot, films):
    """A name that is a fictional place's of one of the films becomes that place."""
    known = fictional(spot.text)
    if known and any(known.is_of(film) for film in films):
        return replace(spot, kind="T", place=known.place(), fictional=True)
    return spot


def _checked(text, spot, language):
    """The Spot in the light of the words before it: fictional, or said to be a town or the like."""
    left = text[max(0, spot.start - 40) : spot.start]
    if before(language)["fictional"].search(left.lower()):
        return replace(spot, fictional=True)
    if spot.kind == "U" and before(language)["kind"].search(left):
        return replace(spot, kind="N")
    return spot
