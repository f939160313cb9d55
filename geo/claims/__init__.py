"""FilmMentions and Toponyms -> Claims: which film was filmed, or is set, where, and how surely.

    claims = find_claims(text, sentences, language, focus, toponyms, told)

Sentence by sentence: the names in it (names.py) make a skeleton in which every group of places
is one character (skeleton.py); phrases found in it (cues.py) give each group a role (roles.py),
join filming places with what they stand for (pairs.py) and say how sure it is (certainty.py).
Then every film, place and role is weighed by the whole text (facts.py), how sure it is of each
(surely.py), and what each place stands for (stands.py). What the sentences say about the same
thing is one claim in the end (merge.py).
"""

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache, cached_property

from geo.claims.anaphora import Named
from geo.claims.certainty import certainty
from geo.claims.context import Context
from geo.claims.cues import cues
from geo.claims.elsewhere import Elsewhere
from geo.claims.facts import ENOUGH, FRESH, Facts
from geo.claims.features import is_shot_in
from geo.claims.merge import merge
from geo.claims.names import spots
from geo.claims.roles import role
from geo.claims.skeleton import build
from geo.claims.stands import Stands
from geo.claims.surely import certainties
from geo.distance import kilometres
from geo.films.belonging import Belonging
from geo.language import phrases
from geo.model import AREAS, Claim
from geo.text import fold, lowered

CLEFT = re.compile(r"\b(?:it (?:is|was)|es (?:ist|war)|c[’']est|fue|es|det (?:er|var))\s$")
RELATIVE = re.compile(r"\s(?:that|which|who|where|das|dass|qu[ei’']|où|donde|som)\b")
REACH = 400  # characters over which a sentence takes back what an earlier one said


def find_claims(text, sentences, language, focus, toponyms, told=None):
    """The Claims of a text, one for each film, place and role; `told` is what the network makes of
    it (geo/network)."""
    return merge(Sentences(text, sentences, language, focus, toponyms, told).claims())


class Sentences:
    """The sentences of one text, and what they share."""

    def __init__(self, text, sentences, language, focus, toponyms, told=None):
        self.told = told
        self.text, self.sentences, self.language = text, list(sentences), language
        self.focus, self.toponyms = focus, sorted(toponyms, key=lambda t: t.start)
        self.starts = [t.start for t in self.toponyms]
        self.paragraph, self.passage, self.weighed = None, 0, set()
        self.unplayed, self.named = set(), []
        said = cues(lowered(text), language)
        self.about = sum(cue.kind == "strong" for cue in said)
        self.said = [cue.start for cue in said if cue.kind in {"strong", "weak"}]
        self.films = {mention.film for mention in focus.all}
        self.belonging = Belonging(text, self.sentences, focus, told)

    def claims(self):
        """Every sentence's Claims in order, unmerged, with what the places stand for."""
        weighs = self.told and self.contexts
        return self.stands.weighed_claims() if weighs else self.apart

    @cached_property
    def apart(self):
        """Every sentence's Claims in order, as it alone says them."""
        found, contexts = [], self.contexts
        for number, sentence in enumerate(self.sentences):
            fresh = list(self._claims(number, contexts[number])) if number in contexts else []
            if not fresh and found:
                found = self._revised(found, sentence)
            found += fresh
        return self._without_denied(found)

    @cached_property
    def together(self):
        """The Claims that are likely by the whole text."""
        facts, odds = self.facts, self.facts.odds
        likely = [f for f in odds if odds[f] > ENOUGH or facts.claimed.get(f.key) == "denied"]
        sure = certainties(facts, [(fact, odds[fact]) for fact in likely])
        kept = {f.key for f in likely if odds[f] > ENOUGH or sure[f.key] == "denied"}
        found = [claim for claim in self.apart if facts.key(claim) in kept]
        known = {key for key in sure if key in facts.claimed or sure[key] == "denied"}
        fresh = [fact for fact in likely if odds[fact] > FRESH and fact.key not in known]
        self.weighed |= {fact.said.group.spots[0].start for fact in fresh}
        found += (_of(fact, sure[fact.key]) for fact in fresh)
        best = {fact.key: fact.said.context.sentence.start for fact in likely}
        headings = {sentence.start for sentence in self.sentences if sentence.heading}

        def as_evidence(claim):
            """The lower, the better a claim's sentence speaks for what the text says as a whole."""
            key = facts.key(claim)
            other = claim.certainty != sure[key], claim.start in headings, claim.start != best[key]
            return *other, claim.start

        found.sort(key=as_evidence)
        return self._without_denied([_with(claim, sure[facts.key(claim)]) for claim in found])

    @cached_property
    def facts(self):
        """The Facts of the text."""
        contexts = self.contexts.values()
        return Facts(contexts, self.belonging, self.told, self.apart, self.language)

    @cached_property
    def stands(self):
        """What the places of the whole text's Claims may stand for."""
        return Stands(self.together, self.facts, self.named, self.unplayed)

    def _without_denied(self, found):
        """The claims less those that were only weighed, of places that the text denies."""
        denied = [claim for claim in found if claim.certainty == "denied"]
        return [
            claim
            for claim in found
            if claim.certainty == "denied"
            or claim.toponym.start not in self.weighed
            or not any(_is_within(claim, other) for other in denied)
        ]

    def _walk(self, sentence):
        """Count the phrases about filming in the paragraph so far, half of those before it."""
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.passage = sentence.paragraph, self.passage // 2
        first, last = (bisect_left(self.said, at) for at in (sentence.start, sentence.end))
        self.passage += last - first

    def _inside(self, sentence):
        first, last = (bisect_left(self.starts, at) for at in (sentence.start, sentence.end))
        return self.toponyms[first:last]

    @cached_property
    def contexts(self):
        """{number of a sentence: its Context} wherever something may be a place."""
        found = dict(self._contexts())
        if self.told:
            groups = [g for c in found.values() for g in c.skeleton.groups]
            self.told.look_at([(spot.start, spot.end) for g in groups for spot in g.spots])
            self.named = [g.spots[0].toponym() for g in groups]
            self.belonging.look_at([(g.spots[0].start, g.spots[0].end) for g in groups])
        elsewhere = Elsewhere(found.values())
        for context in found.values():
            context.elsewhere = elsewhere
        return found

    def _contexts(self):
        named = Named(self.language)
        for number, sentence in enumerate(self.sentences):
            self._walk(sentence)
            mentions = self.focus.mentions(number)
            taken = [(m.start, m.end) for m in mentions]
            inside, films = self._inside(sentence), self.films
            found = spots(self.text, sentence, self.language, inside, taken, films, self.told)
            found = named.spots(self.text, sentence, found)
            if found and self.focus.main is not None:
                skeleton = build(self.text, sentence, found, mentions, self.language)
                place = sentence.start / len(self.text)
                yield number, Context(
                    number, skeleton, self.language, self.text, sentence, self.about, self.passage,
                    place, bool(mentions), self._beside(number), told=self.told,
                )  # fmt: skip

    def _beside(self, number):
        """The sentences before and after one, and the headline, in small letters; what is not
        there, or is the sentence itself, is an empty text."""
        return tuple(
            self.text[self.sentences[n].start : self.sentences[n].end].lower()
            if 0 <= n < len(self.sentences) and n != number
            else ""
            for n in (number - 1, number + 1, 0)
        )

    def _claims(self, number, context):
        pairs = context.pairs
        groups = context.skeleton.groups
        for index, group in enumerate(groups):
            found = role(context, index)
            if found != "filming" and _is_cleft(context, group):
                self.unplayed.add(group.spots[0].start)
            if found is None and not _may_be_denied(context, group):
                continue
            sure = certainty(context, group)
            if found is None and sure != "denied":
                continue
            found = found or "filming"
            if not (index in pairs or is_shot_in(context, index)):
                self.weighed.add(group.spots[0].start)
            first = group.spots[0]
            for film in self.belonging.films(number, first.start, first.end):
                for spot in [*group.spots, *(group.coarse if found == "filming" else [])]:
                    yield _claim(context, index, spot, film, found, sure)

    def _revised(self, found, sentence):
        """The claims so far, the last ones changed where a sentence takes them back or confirms."""
        if sentence.start - found[-1].end > REACH:
            return found
        line = self.text[sentence.start : sentence.end].lower()
        known = _revisions(self.language)
        if known["not_there"].search(line):
            return [self._not_there(claim, found[-1].start) for claim in found]
        for kind in ("denied", "confirmed"):
            if known[kind].search(line):
                last = found[-1].start
                return [
                    c
                    if c.start != last or c.certainty in {"confirmed", "denied"}
                    else _with(c, kind)
                    for c in found
                ]
        return found

    def _not_there(self, claim, start):
        """A claim, denied if it was only weighed and its sentence begins at `start`."""
        weighed = claim.role == "filming" and claim.toponym.start in self.weighed
        return _with(claim, "denied") if weighed and claim.start == start else claim


def _of(fact, sure):
    """The Claim of a Fact that no sentence says by itself."""
    said = fact.said
    return _claim(said.context, said.index, said.spot, fact.film, fact.role, sure)


def _claim(context, index, spot, film, role, sure):
    """The Claim that a sentence makes of a Spot of its group `index`."""
    pairs, sentence = context.pairs, context.sentence
    paired = index in pairs and role == "filming"
    groups = context.skeleton.groups
    story = groups[pairs[index]].spots[0].toponym("fictional") if paired else None
    kind = "fictional" if index in pairs.values() and spot.kind == "U" else "unknown"
    return Claim(film, spot.toponym(kind), role, sure, sentence.start, sentence.end, story)


def _is_within(claim, denied):
    """Whether a claim is of the place that another denies, or of one inside that country."""
    if claim.film != denied.film or claim.role != denied.role:
        return False
    if fold(claim.toponym.text) == fold(denied.toponym.text):
        return True
    inner, outer = claim.toponym.place, denied.toponym.place
    if not inner or not outer or inner.latitude is None or outer.precision not in AREAS:
        return False
    return inner.country == outer.country and kilometres(inner, outer) <= (outer.radius_km or 0)


def _is_cleft(context, group):
    """Whether a place is what "it was X that" singles out: that equates it with nothing."""
    line, at = context.skeleton.line, group.at
    return bool(CLEFT.search(line[:at]) and RELATIVE.match(line, at + 1))


def _may_be_denied(context, group):
    """Whether a group in a denial is a place at which something might have been filmed."""
    filming = any(cue.kind == "strong" for cue in context.cues)
    return filming and group.spots[0].kind != "U" and not group.spots[0].fictional


def _with(claim, sure):
    return replace(claim, certainty=sure)


@cache
def _revisions(language):
    words = phrases(language)["clause"]
    return {
        "denied": re.compile(rf"\b(?:{'|'.join(words['cancelled'])})"),
        "confirmed": re.compile(rf"\b(?:{'|'.join(words['later_confirmed'])})"),
        "not_there": re.compile(rf"\b(?:{'|'.join(words['not_there'])})"),
    }
