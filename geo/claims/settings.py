"""What filming places stand for: which setting of its film, if any.

Sometimes a sentence says it (pairs.py); more often the paragraph does: "The film follows a squad
through Baghdad. Those streets are in Amman." Every setting of its film is weighed for a place. What
speaks for it is a list of readable signs, weighed by logistic regression
(benchmarks/fit_settings.py). Not where the two are near each other: a city plays itself.
"""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from geo.distance import kilometres
from geo.model import Toponym
from geo.text import fold
from geo.weighing import Weights, rounded

CLASSES = ("other", "setting")
WEIGHTS = Weights(Path(__file__).with_name("settings.json"), CLASSES)
ENOUGH = -3.75  # log odds from which on a setting is what a place stands for
ITSELF_KM = 60
EXACT = frozenset({"site", "town"})
FAR, NEAR, MANY = 4, 2, 3  # sentences, paragraphs, names from which on it makes no difference
# Log odds of the network: up to where they count, and down to which a place that nothing else makes
# a setting is not weighed.
MOST, HOPELESS = 4, -2


@dataclass(frozen=True, slots=True)
class Setting:
    """A place of a film's story: its first name in the text, and the offsets of all."""

    toponym: Toponym
    starts: set


class Settings:
    """The settings of all films of a text, as its filming places are seen to stand for them.

    `unplayed` are the offsets of settings of which a sentence says that nothing stands for them;
    `named` are all Toponyms that may be places; `told` is what the network makes of the text, or
    None.
    """

    def __init__(self, claims, sentences, unplayed, named, told):
        self.sentences = list(sentences)
        self.begins = [sentence.start for sentence in self.sentences]
        self.told, self.listed = told, {}
        for claim in claims:
            if claim.role == "story" and claim.toponym.start not in unplayed:
                self._add(claim.film, claim.toponym)
        for claim in claims:
            if claim.stands_for:
                self._add(claim.film, claim.stands_for)
        shot = [c for c in claims if c.role == "filming" and c.certainty != "denied"]
        self.story = {film: set(known) for film, known in self.listed.items()}
        for film in {claim.film for claim in claims}:
            for toponym in named:
                if toponym.start not in unplayed:
                    self._add(film, toponym)
        self.filmed = {(claim.film, fold(claim.toponym.text)) for claim in shot}
        self.places = Counter(film for film, _ in self.filmed)
        self.odds = self._odds(shot)

    def _add(self, film, toponym):
        known = self.listed.setdefault(film, {})
        known.setdefault(fold(toponym.text), Setting(toponym, set())).starts.add(toponym.start)

    def _odds(self, shot):
        """{(film, offset of a filming place): {name of a setting: what the network says}}."""
        found = {}
        for film, known in self.listed.items() if self.told else ():
            places = [c.toponym for c in shot if c.film == film]
            where = sorted((start, name) for name, s in known.items() for start in s.starts)
            if not places:
                continue
            others = [(start, start + len(known[name].toponym.text)) for start, name in where]
            rows = self.told.pairs("stands", [(t.start, t.end) for t in places], others)
            for toponym, (none, *odds) in zip(places, rows.tolist(), strict=True):
                best = found.setdefault((film, toponym.start), {})
                for (_, name), told in zip(where, odds, strict=True):
                    best[name] = max(best.get(name, -MOST), min(MOST, told - none))
        return found

    def of(self, claim):
        """The Toponym that a claim's place stands for, or None."""
        if claim.role != "filming" or claim.certainty == "denied":
            return claim.stands_for
        odds = {name: WEIGHTS.odds(signs) for name, signs in self.signs(claim).items()}
        best = max(odds, key=odds.get, default=None)
        return self.listed[claim.film][best].toponym if best and odds[best] > ENOUGH else None

    def signs(self, claim):
        """{name of a setting: its signs} for the place of a filming claim."""
        known, here = self.listed.get(claim.film, {}), claim.toponym.start
        said = fold(claim.stands_for.text) if claim.stands_for else None
        told = self.odds.get((claim.film, here), {})
        story = self.story.get(claim.film, ())
        hoped = (name for name in known if name in story or told.get(name, HOPELESS) > HOPELESS)
        fit = {n: known[n] for n in hoped if n == said or not _is_itself(claim.toponym, known[n])}
        near = sorted(fit, key=lambda name: min(abs(at - here) for at in fit[name].starts))
        return {
            name: [
                *_of_phrase(name, said),
                *self._of_place(claim, fit[name], near.index(name)),
                *self._of_kinds(claim, name, fit[name], len(fit)),
                *(_of_network(told, name) if told else ()),
            ]
            for name in fit
        }

    def _of_place(self, claim, setting, rank):
        """Signs of where a setting is named, seen from the place."""
        here = claim.toponym.start
        at = min(setting.starts, key=lambda start: (start > here, abs(start - here)))
        one, other = (max(bisect_right(self.begins, o) - 1, 0) for o in (here, at))
        apart = max(-FAR, min(FAR, other - one))
        paragraphs = self.sentences[other].paragraph - self.sentences[one].paragraph
        paragraphs = max(-NEAR, min(NEAR, paragraphs))
        side = "before" if at < here else "after"
        yield f"sentences: {apart}, paragraphs: {paragraphs}, {side}"
        yield f"paragraphs: {paragraphs}, {_kind(setting.toponym)}"
        yield f"nearest: {min(rank, 2)}, {side}, sentences: {min(abs(apart), 2)}"

    def _of_kinds(self, claim, name, setting, count):
        """Signs of what the two are, and how many others there are."""
        one, other = claim.toponym, setting.toponym
        kinds = f"{_kind(one)} as {_kind(other)}"
        yield kinds
        yield f"{kinds}, {_country(one.place, other.place)}"
        yield f"settings: {min(count, MANY)}, {_country(one.place, other.place)}"
        yield f"settings: {min(count, MANY)}, places: {min(self.places[claim.film], 2 * MANY)}"
        yield f"named: {min(len(setting.starts), MANY)}"
        story = name in self.story.get(claim.film, ())
        yield f"story: {story}, filmed: {(claim.film, name) in self.filmed}"
        if not story:
            yield f"no story, {_kind(other)}"
        if self.told:
            yield f"story: {story}, told: {self._told(setting)}"
        yield f"sure: {claim.certainty}"

    def _told(self, setting):
        """The log odds that the network gives a setting to be one, rounded."""
        spans = ((start, start + len(setting.toponym.text)) for start in setting.starts)
        return rounded(max(self.told.role(*span)[1] for span in spans), MOST)


def _of_phrase(name, said):
    if said:
        yield f"said of {'it' if name == said else 'another'}"


def _of_network(told, name):
    best = max(told.values()) == told[name]
    yield f"network: {round(2 * told[name])}"
    yield f"network, best: {best}"


def _kind(toponym):
    place = toponym.place
    if place is None:
        return "unknown"
    if place.precision == "fictional":
        return "fictional"
    return "exact" if place.precision in EXACT else "area"


def _country(one, other):
    known = one and other and one.country and other.country
    return ("same country" if one.country == other.country else "abroad") if known else "somewhere"


def _is_itself(toponym, setting):
    one, other = toponym.place, setting.toponym.place
    if one is None or other is None or None in (one.latitude, other.latitude):
        return fold(toponym.text) == fold(setting.toponym.text)
    reach = max(ITSELF_KM, other.radius_km or 0, one.radius_km or 0)
    return kilometres(one, other) <= reach
