"""Filming places and settings that belong together although no one sentence says so.

"The film follows a squad through Baghdad. Those streets are in Amman." Where a paragraph names a
setting of a film and, within three sentences after it or one before, a filming place of it, the
place stands for the setting; for a fictional setting, anywhere in the paragraph or the next one.
Where the text has one setting, a town, towns and sites in other countries stand for it.
Not where the two are near each other: a city plays itself.
"""

from dataclasses import replace

from geo.distance import kilometres
from geo.text import fold

SENTENCES = 3
ITSELF_KM = 60
EXACT = frozenset({"site", "town"})


def joined(claims, sentences, unplayed=()):
    """The claims, filming places with what they stand for where the paragraph tells. `unplayed` are
    the offsets of settings of which a sentence says that nothing stands for them."""
    where = {sentence.start: (n, sentence.paragraph) for n, sentence in enumerate(sentences)}
    stories = [c for c in claims if c.role == "story" and c.toponym.start not in unplayed]
    return [_with_setting(claim, stories, where) for claim in claims]


def _with_setting(claim, stories, where):
    if claim.role != "filming" or claim.stands_for or claim.certainty == "denied":
        return claim
    near = [story for story in stories if _belongs(claim, story, where)]
    near = near or _only(claim, stories)
    if not near:
        return claim
    here = claim.toponym.start
    nearest = min(near, key=lambda s: (s.toponym.start > here, abs(s.toponym.start - here)))
    return replace(claim, stands_for=nearest.toponym)


def _only(claim, stories):
    """The one setting of the film that the text names, if the place is in another country."""
    known = [story for story in stories if story.film == claim.film]
    if len({fold(story.toponym.text) for story in known}) != 1:
        return []
    here, there = claim.toponym.place, known[0].toponym.place
    return known[:1] if here and there and _is_abroad(here, there) else []


def _is_abroad(here, there):
    """Whether two exact places are in two countries; a country may be played in many places."""
    if here.precision not in EXACT or there.precision not in EXACT:
        return False
    return bool(here.country and there.country) and here.country != there.country


def _belongs(claim, story, where):
    (here, paragraph), (there, other) = where[claim.start], where[story.start]
    if claim.film != story.film or _is_itself(claim, story):
        return False
    if story.toponym.place is not None and story.toponym.place.precision == "fictional":
        return abs(paragraph - other) <= 1
    return paragraph == other and -1 <= here - there <= SENTENCES


def _is_itself(claim, story):
    one, other = claim.toponym.place, story.toponym.place
    if one is None or other is None or None in (one.latitude, other.latitude):
        return claim.toponym.text == story.toponym.text
    reach = max(ITSELF_KM, other.radius_km or 0, one.radius_km or 0)
    return kilometres(one, other) <= reach
