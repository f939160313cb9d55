"""A sentence with every group of places as one character, so that patterns can speak of places.

"It was shot in Rome, Venice and Matera, Italy." becomes "it was shot in \ue000." with one Group of
three places, of which the last lies in a coarser one that is named beside it. Films become one
character too. All of it is in small letters.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from geo.claims.spot import Spot
from geo.distance import kilometres
from geo.language import phrases

PLACE, FILM = 0xE000, 0xF000
ANY_PLACE, ANY_FILM = "[\ue000-\uefff]", "[\uf000-\uf8ff]"
FINE = {"site": 0, "unknown": 0, "fictional": 0, "town": 1, "region": 2, "country": 3}


@dataclass(slots=True)
class Group:
    """Places joined by commas and "and"; `coarse` are those that only say where the others lie."""

    spots: list[Spot]
    coarse: list[Spot] = field(default_factory=list)
    at: int = 0


@dataclass(slots=True)
class Skeleton:
    """`line` is the sentence; `groups` and `films` stand in it in this order."""

    line: str
    groups: list
    films: list

    def index(self, character):
        """Which group a character of the line stands for."""
        return ord(character) - PLACE


@cache
def _joints(language):
    words = phrases(language)["places"]
    fill = rf"(?:(?:{'|'.join([*words['locative'], *words['article'], *words['joint_fill']])})\s)"
    return (
        re.compile(rf"(?:,\s|,?\s(?:{'|'.join(words['and'])})\s){fill}{{0,3}}"),
        re.compile(rf",?\s(?:{'|'.join(words['inside'])})\s{fill}{{0,2}}|,\s|\s\(|[’']s\s|\s?/\s?"),
    )


def build(text, sentence, found, films, language):
    """The Skeleton of a sentence with the Spots and FilmMentions that stand in it."""
    groups = []
    for spot in found:
        if groups:
            between = text[_end(groups[-1]) : spot.start].lower()
            if _is_inside(between, groups[-1], spot, language):
                if not _orients(language).search(between):
                    groups[-1].coarse.append(spot)
                continue
            if _is_joined(between, groups[-1], spot, language) and not _acts(text, spot):
                groups[-1].spots.append(spot)
                continue
        groups.append(Group([spot]))
    return _written(text, sentence, groups, films)


def _end(group):
    return max(spot.end for spot in [*group.spots, *group.coarse])


def _is_joined(between, group, spot, language):
    first = group.spots[0]
    if first.kind == "U" and spot.kind != "U" and not first.fictional:
        return False
    if first.adjective != spot.adjective:
        return False
    return bool(_joints(language)[0].fullmatch(between))


ACTS = re.compile(
    r"\s(?:also|has|had|was|were|is|said|says|would|will|who|[a-z]+(?:ed|ays|aid|tars))\b"
)


def _acts(text, spot):
    """Whether a bare name is the subject of a verb, as a person's is."""
    return spot.kind == "U" and bool(ACTS.match(text, spot.end))


def _is_inside(between, group, spot, language):
    """Whether a name only says where the one before it lies: "Surrey, England"."""
    if spot.place is None or not _joints(language)[1].fullmatch(between):
        return False
    inner, place = group.spots[-1], spot.place
    if inner.place is None:
        listed = between == ", " and len(group.spots) > 1
        return not listed and (inner.kind == "N" or place.precision in {"region", "country"})
    if FINE[inner.place.precision] >= FINE[place.precision] or not inner.place.country:
        return False
    return inner.place.country == place.country and _reaches(place, inner.place)


def _reaches(outer, inner):
    if outer.precision == "country" or inner.latitude is None or outer.latitude is None:
        return True
    away = kilometres(outer, inner)
    return away <= 1.5 * (outer.radius_km or 100)


def _written(text, sentence, groups, films):
    parts, position = [], sentence.start
    marks = [(g.spots[0].start, _end(g), chr(PLACE + n)) for n, g in enumerate(groups)]
    marks += [(m.start, m.end, chr(FILM + n)) for n, m in enumerate(films)]
    length = 0
    for start, end, character in sorted(marks):
        if start < position:
            continue
        piece = text[position:start].lower()
        parts += [piece, character]
        length += len(piece)
        if ord(character) < FILM:
            groups[ord(character) - PLACE].at = length
        length += 1
        position = end
    parts.append(text[position : sentence.end].lower())
    return Skeleton("".join(parts), groups, films)


def only_orients(skeleton, index, language):
    """Whether a group only says where the one before it lies: "a cliff above the X, near Y"."""
    if not index:
        return False
    between = skeleton.line[skeleton.groups[index - 1].at + 1 : skeleton.groups[index].at]
    return bool(_orients(language).search(between)) and between.count(" ") < 9


@cache
def _orients(language):
    listed = "|".join(phrases(language)["places"]["orient"])
    return re.compile(rf"\b(?:{listed})\s(?:the\s|den\s|dem\s|der\s|la\s|el\s)?$")
