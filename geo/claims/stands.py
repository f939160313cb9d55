"""What filming places stand for: which setting of its film, if any, and how likely.

Sometimes a sentence says it (pairs.py); more often the text does: "The film follows a squad through
Baghdad. Those streets are in Amman." Every other place of the text is weighed for a filming place:
by what the network says of the two, by how near they are named, by what is said of each. Trees
weigh these signs (stands.onnx: gradient boosting, Friedman 2001; benchmarks/fit_stands.py). Not
where the two are near each other: a city plays itself.
"""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from geo.distance import kilometres
from geo.model import CERTAINTIES, PRECISIONS
from geo.network.tokens import LANGUAGES
from geo.text import fold
from geo.weighing import Trees

TREES = Trees(Path(__file__).with_name("stands.onnx"))
ENOUGH = -3.5  # log odds from which on a setting may be what a place stands for
# Log odds of the network: up to where they count, and down to which a place that nothing else makes
# a setting is weighed.
MOST, HOPELESS = 9.0, -6.0
UNHEARD = -6.0  # log odds of a fact that nothing speaks for
ITSELF_KM = 60
FAR, NEAR = 9, 5  # sentences, paragraphs from which on it makes no difference


@dataclass(slots=True)
class Setting:
    """A name that may be a setting's: the place, and all spans (start, end) of it in the text."""

    toponym: object
    spans: set


@dataclass(frozen=True, slots=True)
class Pair:
    """A filming place of a film, by the key of its Fact, the Toponym of a setting, and the signs
    that the one stands for the other."""

    film: object
    place: str
    setting: object
    signs: tuple


class Stands:
    """All that the filming places of a text may stand for. `claims` are what the text says as a
    whole, `facts` its Facts; `named` are all Toponyms that may be places, `unplayed` the offsets of
    settings of which a sentence says that nothing stands for them."""

    def __init__(self, claims, facts, named, unplayed):
        self.claims, self.facts, self.told, self.unplayed = claims, facts, facts.told, unplayed
        self.begins = [sentence.start for sentence in facts.belonging.sentences]
        self.heard = {fact.key: odds for fact, odds in facts.odds.items()}
        self.shot, self.story, self.paired = {}, {}, {}
        for claim in claims:
            self._take(claim)
        self.named = self._named(named)

    def _take(self, claim):
        """Note what a claim says: where its film was shot, plays, what stands for what."""
        key, denied = self.facts.key_of(claim.toponym), claim.certainty == "denied"
        if claim.stands_for:
            said = self.paired.setdefault((claim.film, key), set())
            said.add(fold(claim.stands_for.text))
        if claim.role == "filming" and not denied:
            self.shot.setdefault(claim.film, {}).setdefault(key, claim)
        if claim.role == "story" and not denied and claim.toponym.start not in self.unplayed:
            self.story.setdefault(claim.film, {})[fold(claim.toponym.text)] = claim

    def _named(self, named):
        """{name: Setting} of every name that may be one."""
        stood_for = [claim.stands_for for claim in self.claims if claim.stands_for]
        found = {}
        for toponym in (*named, *stood_for, *(claim.toponym for claim in self.claims)):
            if toponym.start not in self.unplayed:
                known = found.setdefault(fold(toponym.text), Setting(toponym, set()))
                known.spans.add((toponym.start, toponym.end))
        for toponym in stood_for:  # the phrase knows best what it is
            if fold(toponym.text) in found:
                found[fold(toponym.text)].toponym = toponym
        return found

    def weighed_claims(self):
        """The claims, each with what its place stands for by the whole text, and how likely."""
        pairs, best = self.weighed(), {}
        odds = TREES.odds([pair.signs for pair in pairs])
        for pair, one in zip(pairs, odds, strict=True):
            if one > best.get((pair.film, pair.place), (ENOUGH,))[0]:
                best[pair.film, pair.place] = one, pair.setting
        return [self._weighed(claim, best) for claim in self.claims]

    def _weighed(self, claim, best):
        if claim.role != "filming" or claim.certainty == "denied":
            return claim
        odds, setting = best.get((claim.film, self.facts.key_of(claim.toponym)), (None, None))
        chance = None if setting is None else round(float(1 / (1 + np.exp(-odds))), 3)
        return replace(claim, stands_for=setting, chance=chance)

    def weighed(self):
        """The Pairs that anything speaks for."""
        return [pair for film in self.shot for pair in self._of_film(film)]

    def _of_film(self, film):
        """Yield the Pairs of a film."""
        odds = self._odds(film)
        fit = {key: self._fit(film, key, odds) for key in self.shot[film]}
        likeliest = {key: max((odds[key, n][1] for n in fit[key]), default=0.0) for key in fit}
        said = Counter(name for key in fit for name in self.paired.get((film, key), ()))
        shared = Counter()
        for key, names in fit.items():
            for name in names:
                shared[name] += odds[key, name][1]
        for key, names in fit.items():
            near, of_place = self._nearest(film, key, names), [*self._of_place(film, key)]
            rest = sum(likeliest.values()) - likeliest[key]
            for name in names:
                others = (odds[key, other][1] for other in names if other != name)
                best, likely, total = odds[key, name]
                told = best, likely, total, max(others, default=0.0), shared[name] - likely, rest
                signs = (*told, *self._of_pair(film, key, name, said[name], near, of_place))
                yield Pair(film, key, self.named[name].toponym, signs)

    def _odds(self, film):
        """{(key, name): (log odds, chance, sum of chances)} of all that the network says of filming
        places of a film and the names for which they may stand."""
        places = [(key, span) for key in self.shot[film] for span in self.spans(film, key)]
        others = sorted((span, name) for name, known in self.named.items() for span in known.spans)
        rows = self.told.pairs("stands", [s for _, s in places], [span for span, _ in others])
        odds = (rows[:, 1:] - rows[:, :1]).clip(-MOST, MOST)
        chances = np.exp(rows - rows.max(1, keepdims=True))
        chances = (chances / chances.sum(1, keepdims=True))[:, 1:]
        found = {}
        for (key, _), *row in zip(places, odds.tolist(), chances.tolist(), strict=True):
            for (_, name), one, chance in zip(others, *row, strict=True):
                best, likely, total = found.get((key, name), (-MOST, 0.0, 0.0))
                found[key, name] = max(best, one), max(likely, chance), total + chance
        return found

    def spans(self, film, key):
        """Where a filming place is named."""
        place = self.shot[film][key].toponym
        listed = [(said.spot.start, said.spot.end) for said in self.facts.places.get(key, ())]
        return listed or [(place.start, place.end)]

    def _fit(self, film, key, odds):
        """The names for which a filming place may stand."""
        said, story = self.paired.get((film, key), ()), self.story.get(film, ())
        place = self.shot[film][key].toponym
        return [
            name
            for name, known in self.named.items()
            if name in said or not _is_itself(place, known.toponym)
            if name in said or name in story or odds[key, name][0] > HOPELESS
        ]

    def _nearest(self, film, key, names):
        """{name: (where a filming place is named nearest to it, how many characters on it is)}."""
        starts, found = np.array([start for start, _ in self.spans(film, key)]), {}
        for name in names:
            away = np.array([start for start, _ in self.named[name].spans]) - starts[:, None]
            at, other = np.unravel_index(np.abs(away).argmin(), away.shape)
            found[name] = int(starts[at]), int(away[at, other])
        return found

    def _of_place(self, film, key):
        """What the network says of a filming place, and whether its film plays there as well."""
        yield from self._roles(self.spans(film, key))
        story = self.story.get(film, {}).values()
        yield any(self.facts.key_of(other.toponym) == key for other in story)

    def _roles(self, spans):
        """The most that the network says of filming, and of the story, for some names."""
        return tuple(map(max, zip(*(self.told.role(*span) for span in spans), strict=True)))

    def _of_pair(self, film, key, name, said_of, near, of_place):
        """Signs that a filming place stands for what has a name, beside what the network says;
        `said_of` is of how many places a phrase says so."""
        claim, setting = self.shot[film][key], self.named[name]
        said, story = self.paired.get((film, key), ()), self.story.get(film, {})
        filming, plays, is_story = of_place
        yield (1 if name in said else -1) if said else 0
        yield said_of
        yield from self._of_distance(name, near)
        yield from _of_kinds(claim.toponym.place, setting.toponym.place)
        yield from self._roles(setting.spans)
        yield filming
        yield plays
        yield max(self.told.place(*span) for span in setting.spans)
        own = self.facts.key_of(setting.toponym)
        yield CERTAINTIES.index(story[name].certainty) if name in story else -1
        yield own in self.shot[film]
        yield is_story
        yield from self._of_facts(film, key, own)
        yield len(near)
        yield len(self.shot[film])
        yield len(story)
        yield len(setting.spans)
        yield CERTAINTIES.index(claim.certainty)
        yield LANGUAGES.index(self.facts.language)

    def _of_distance(self, name, near):
        """Signs of how near the two are named, and how many others are named nearer."""
        start, apart = near[name]
        yield np.log1p(abs(apart))
        yield apart > 0
        one, two = self._sentence(start), self._sentence(start + apart)
        yield max(-FAR, min(FAR, two - one))
        listed = self.facts.belonging.sentences
        yield max(-NEAR, min(NEAR, listed[two].paragraph - listed[one].paragraph))
        yield sum(abs(other) < abs(apart) for _, other in near.values())

    def _sentence(self, start):
        return max(bisect_right(self.begins, start) - 1, 0)

    def _of_facts(self, film, key, own):
        """Signs of how likely the film, and any other, plays or was shot in either of the two."""
        for fact in ((own, "story"), (own, "filming"), (key, "filming"), (key, "story")):
            yield self.heard.get((film, *fact), UNHEARD)
        others = (other for other in self.facts.films if other != film)
        yield max((self.heard.get((f, own, "story"), UNHEARD) for f in others), default=UNHEARD)


def _of_kinds(one, other):
    """Signs of what the Places of the two are, and how far apart."""
    for place in (one, other):
        yield PRECISIONS.index(place.precision) if place else len(PRECISIONS)
    known = one and other and one.country and other.country
    yield (1 if one.country == other.country else 2) if known else 0
    lie = one and other and None not in (one.latitude, other.latitude)
    yield np.log1p(kilometres(one, other)) if lie else -1


def _is_itself(toponym, setting):
    one, other = toponym.place, setting.place
    if one is None or other is None or None in (one.latitude, other.latitude):
        return fold(toponym.text) == fold(setting.text)
    reach = max(ITSELF_KM, other.radius_km or 0, one.radius_km or 0)
    return kilometres(one, other) <= reach
