"""Claims of sentences -> claims of the text: every film, place and role is weighed as a whole.

A sentence says little by itself: "Evita" is named in the one, Budapest, where all films of the list
were shot, in another. So each film of a text is weighed for each of its places and for both roles:
by the best that a sentence says of the three, by what the others say, by how likely the film is
elsewhere and the place another's. Trees weigh these signs (facts.onnx: gradient boosting, Friedman
2001; benchmarks/fit_facts.py). What they find likely becomes a claim, what they do not is dropped.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from geo.claims.features import plain
from geo.claims.merge import merge, names
from geo.claims.roles import chances
from geo.model import PRECISIONS, ROLES
from geo.network.tokens import LANGUAGES
from geo.weighing import Trees, log_odds

TREES = Trees(Path(__file__).with_name("facts.onnx"))
# Log odds from which on a film was shot, or plays, in a place: where a sentence says so, and where
# it only follows from the whole.
ENOUGH, FRESH = -0.5, 0.1
LEAST = 0.02  # chance, by a sentence alone, from which on it is weighed at all
COARSE = 0.1  # of a chance that a story plays in what only says where another place lies
MOST = 30.0  # log odds
CLAIMED = {"confirmed": 3, "reported": 2, "questioned": 1, "denied": -1}
KINDS = ("T", "N", "U")
PLAIN = ("open", "shot in", "orients", "set in", "fictional", "pair, filming", "pair, story")
NO_CHOICE = 7.0  # for the log odds of the network where a text has one film


@dataclass(frozen=True, slots=True)
class Said:
    """A name of a place in its sentence: a Spot of group `index` of a Context; its chances of
    ROLES, its log odds {Film: …} to be a film's place, and what the network says of that."""

    context: object
    index: int
    spot: object
    coarse: bool
    roles: tuple
    odds: dict
    told: dict

    @property
    def group(self):
        """The group of places in which the name stands."""
        return self.context.skeleton.groups[self.index]


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """What may be so: a film, the key of a place, a role, where it is best Said, and the signs."""

    film: object
    place: str
    role: str
    said: Said
    signs: tuple

    @property
    def key(self):
        """What tells it from the other Facts of its text."""
        return self.film, self.place, self.role


class Facts:
    """All that may be so by a text. `contexts` are its Contexts in order, `belonging` tells its
    films, `claims` are what its sentences say one by one, in `language`."""

    def __init__(self, contexts, belonging, told, claims, language):
        self.belonging, self.told = belonging, told
        self.language = language
        self.films = list(belonging.numbers)
        self.keys = {}
        self.places = defaultdict(list)
        for context in contexts:
            for said in self._said(context):
                self.places[self._join(said.spot.toponym())].append(said)
        self.places = self._by_key()
        self.claimed = {self.key(claim): claim.certainty for claim in merge(claims)}

    def _said(self, context):
        """Yield what is Said of a place in a sentence."""
        for index, group in enumerate(context.skeleton.groups):
            roles = chances(context, index)
            if roles is None:
                continue
            filming, story = roles
            first = group.spots[0]
            odds = self.belonging.odds(context.number, first.start, first.end)
            told = self.belonging.told_of.get((first.start, first.end), {})
            for spot in group.spots:
                yield Said(context, index, spot, False, roles, odds, told)
            for spot in group.coarse:
                yield Said(context, index, spot, True, (filming, story * COARSE), odds, told)

    # A place goes by several names: its identity, its name, and as it is written.

    def _join(self, toponym):
        found = [self._find(name) for name in names(toponym)]
        self.keys |= dict.fromkeys(found, found[0])
        return found[0]

    def _find(self, name):
        while self.keys.get(name, name) != name:
            name = self.keys[name]
        return name

    def key_of(self, toponym):
        """The key of a place."""
        return self._find(names(toponym)[0])

    def key(self, claim):
        """The key of the Fact that a Claim is about."""
        return claim.film, self.key_of(claim.toponym), claim.role

    def _by_key(self):
        found = defaultdict(list)
        for name, listed in self.places.items():
            found[self._find(name)] += listed
        return found

    # Chances by sentences alone: arrays of (names of places, roles, films).

    @cached_property
    def _alone(self):
        """(places, roles, films): (the best that is Said, its chance, that of any)."""
        best, most, some = [], [], []
        for listed in self.places.values():
            role = np.array([said.roles for said in listed])
            odds = np.array([[said.odds[film] for film in self.films] for said in listed])
            both = role[:, :, None] / (1 + np.exp(-odds.clip(-MOST, MOST)))[:, None, :]
            best.append(both.argmax(0))
            most.append(both.max(0))
            some.append(1 - (1 - both).prod(0))
        return np.array(best), np.array(most), np.array(some)

    @cached_property
    def _areas(self):
        """The Place of each of the places."""
        return [listed[0].spot.toponym().place for listed in self.places.values()]

    @cached_property
    def odds(self):
        """{Fact: its log odds} of all that anything speaks for."""
        found = self.weighed()
        return dict(zip(found, TREES.odds([fact.signs for fact in found]), strict=True))

    def weighed(self):
        """The Facts that anything speaks for, in the order of the text's places."""
        if not self.places:
            return []
        best, most, some = self._alone
        claims = Counter((film, role) for film, _, role in self.claimed)
        shared = Counter((place, role) for _, place, role in self.claimed)
        of_films = {film: self._of_film(film) for film in self.films}
        others, found = _others(most), []
        for at, (place, listed) in enumerate(self.places.items()):
            of_place = self._of_place(listed)
            for number, role in enumerate(ROLES):
                for n, film in enumerate(self.films):
                    sure = self.claimed.get((film, place, role))
                    if most[at, number, n] < LEAST and not sure:
                        continue
                    said = listed[best[at, number, n]]
                    of_sums = most[at, number, n], some[at, number, n], most[at, 1 - number, n]
                    signs = (
                        CLAIMED.get(sure, 0),
                        number,
                        claims[film, role] - bool(sure),
                        shared[place, role] - bool(sure),
                        log_odds(said.roles[number]),
                        *map(log_odds, of_sums),
                        *(share[at, number, n] for share in others),
                        *self._of_said(said, film, number),
                        *self._of_all(listed, film, number),
                        *self._of_nearness(said, listed, film),
                        *self._of_others(listed, film, number, most),
                        *of_films[film],
                        *of_place,
                    )
                    found.append(Fact(film, place, role, said, signs))
        return found

    def _of_film(self, film):
        """Signs of a film: chances that it is one, and a subject; how much the text is about it."""
        belonging, focus = self.belonging, self.belonging.focus
        mentions = belonging.mentions_of(film)
        passing = sum(mention in focus.passing for mention in mentions)
        return (
            max(self.told.title(mention.start, mention.end) for mention in mentions),
            max(self.told.subject(mention.start, mention.end) for mention in mentions),
            focus.weights[film] / belonging.total,
            film == focus.main,
            passing / len(mentions),
            mentions[0].start / len(belonging.text),
            len(self.films),
        )

    def _of_place(self, listed):
        """Signs of a place, wherever it is named."""
        spots = [said.spot for said in listed]
        return (
            max(self._of_name(said) for said in listed),
            min(spot.start for spot in spots) / len(self.belonging.text),
            all(said.coarse for said in listed),
            any(bool(said.context.sentence.heading) for said in listed),
            len(listed),
        )

    def _of_name(self, said):
        """Log odds that the names of a group are names of places."""
        return max(self.told.place(spot.start, spot.end) for spot in said.group.spots)

    def _of_said(self, said, film, number):
        """Signs of what is said where the three are likeliest."""
        context, place = said.context, said.spot.toponym().place
        others = [other for other in self.films if other != film]
        first = said.group.spots[0]
        sure = self.told.certainty(first.start, first.end)
        yield said.odds[film]
        yield max((said.odds[other] for other in others), default=-9)
        yield said.told.get(film, NO_CHOICE)
        yield max((said.told.get(other, NO_CHOICE) for other in others), default=-9)
        yield self._of_network(said, number)
        yield self._of_network(said, 1 - number)
        yield self._of_name(said)
        yield said.coarse
        yield KINDS.index(said.spot.kind)
        yield PRECISIONS.index(place.precision)
        yield PLAIN.index(plain(context, said.index))
        yield context.place
        yield context.about
        yield context.passage
        yield sure[0]
        yield sure[3]

    def _of_all(self, listed, film, number):
        """Signs of the most that is said anywhere of a place."""
        yield log_odds(max(said.roles[number] for said in listed))
        yield max(said.odds[film] for said in listed)
        yield max(said.told.get(film, NO_CHOICE) for said in listed)
        yield max(self._of_network(said, number) for said in listed)

    def _of_nearness(self, said, listed, film):
        """How near the film and the place are named."""
        belonging, mentions = self.belonging, self.belonging.mentions_of(film)
        starts = np.array([mention.start for mention in mentions])
        spots = np.array([one.spot.start for one in listed])
        yield np.log1p(np.abs(starts[:, None] - spots).min())
        sentences = {belonging.sentence_of(mention) for mention in mentions}
        yield sum(one.context.number in sentences for one in listed)
        paragraphs = {belonging.sentences[number].paragraph for number in sentences}
        yield sum(one.context.sentence.paragraph in paragraphs for one in listed)
        here = {mention.film for mention in belonging.focus.mentions(said.context.number)}
        yield film in here
        yield len(here - {film})
        yield len(mentions)

    def _of_others(self, listed, film, number, most):
        """How the place lies to the others of the film: inside one, or one inside it; how many
        places the text has."""
        place, n = listed[0].spot.toponym().place, self.films.index(film)
        finer = coarser = 0.0
        for at, other in enumerate(self._areas):
            if place.country and other.country == place.country:
                wider = PRECISIONS.index(other.precision) - PRECISIONS.index(place.precision)
                if wider < 0:
                    finer = max(finer, most[at, number, n])
                elif wider > 0:
                    coarser = max(coarser, most[at, number, n])
        yield finer
        yield coarser
        yield len(self._areas)
        yield LANGUAGES.index(self.language)

    def _of_network(self, said, number):
        """Log odds of the network that a group of places has a role."""
        return max(self.told.role(spot.start, spot.end)[number] for spot in said.group.spots)


def _others(most):
    """[(places, roles, films)]: the best chance, and the sum, of the other films of a place, and of
    the other places of a film."""
    found = []
    for axis in (2, 0):
        order = np.sort(most, axis)
        last = [np.take(order, [-n], axis) if most.shape[axis] >= n else 0.0 for n in (1, 2)]
        found.append(log_odds(np.where(most == last[0], last[1], last[0])))
        found.append(most.sum(axis, keepdims=True) - most)
    return found
