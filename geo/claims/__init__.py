"""FilmMentions and Toponyms -> Claims: which film was filmed, or is set, where, and how surely.

    claims = find_claims(text, sentences, language, focus, toponyms)

Sentence by sentence: the names in it (names.py) make a skeleton in which every group of places
is one character (skeleton.py); phrases found in it (cues.py) give each group a role (roles.py),
join filming places with what they stand for (pairs.py) and say how sure it is (certainty.py).
What the sentences say about the same thing is one claim in the end (merge.py).
"""

import re
from bisect import bisect_left
from functools import cache

from geo.claims.certainty import certainty
from geo.claims.cues import breaks, contrasts, cues
from geo.claims.merge import merge
from geo.claims.names import is_located, spots
from geo.claims.pairs import find_pairs
from geo.claims.roles import read_group, refused
from geo.claims.skeleton import ANY_PLACE, build
from geo.language import phrases
from geo.model import Claim

VERB_LAST = frozenset({"de"})
ABOUT = 2  # phrases that speak of filming make a text one about filming
LABEL = re.compile(rf"^[\s\d.)*•–—-]*{ANY_PLACE}[\s.:,]*$")


def find_claims(text, sentences, language, focus, toponyms):
    """The Claims of a text, one for each film, place and role."""
    reader = _Reader(text, list(sentences), language, focus, toponyms)
    return merge(reader.claims())


class _Reader:
    """Reads one text; holds what all its sentences share."""

    def __init__(self, text, sentences, language, focus, toponyms):
        self.text, self.sentences, self.language = text, sentences, language
        self.focus, self.toponyms = focus, sorted(toponyms, key=lambda t: t.start)
        self.starts = [t.start for t in self.toponyms]
        self.paragraph, self.passage = None, 0
        said = sum(c.kind == "strong" for c in cues(text.lower(), language))
        self.about = said >= ABOUT

    def claims(self):
        """Every sentence's Claims in order, unmerged."""
        found = []
        for number, sentence in enumerate(self.sentences):
            self._walk(sentence)
            fresh = list(self._sentence(number, sentence))
            if not fresh and found:
                found = self._revised(found, sentence)
            found += fresh
        return found

    def _walk(self, sentence):
        """Count the phrases about filming in the paragraph so far, half of those before it."""
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.passage = sentence.paragraph, self.passage // 2
        line = self.text[sentence.start : sentence.end].lower()
        self.passage += sum(cue.kind in {"strong", "weak"} for cue in cues(line, self.language))

    def _inside(self, sentence):
        first, last = (bisect_left(self.starts, at) for at in (sentence.start, sentence.end))
        return self.toponyms[first:last]

    def _sentence(self, number, sentence):
        mentions = self.focus.mentions(number)
        taken = [(m.start, m.end) for m in mentions]
        found = spots(self.text, sentence, self.language, self._inside(sentence), taken)
        if not found or self.focus.main is None:
            return
        skeleton = build(self.text, sentence, found, mentions, self.language)
        line, language = skeleton.line, self.language
        listed, contrast = cues(line, language), contrasts(line, language)
        pauses = breaks(line, language)
        pairs = find_pairs(skeleton, language, self._is_filmable)
        for index, group in enumerate(skeleton.groups):
            role = self._role(skeleton, index, listed, contrast, pauses, pairs)
            if role is None:
                continue
            sure = certainty(line, group.at, contrast, language)
            stands_for = pairs.get(index)
            story = skeleton.groups[stands_for].spots[0].toponym("fictional") if stands_for is not None else None
            for film in self._films(number, skeleton, group):
                for spot in group.spots:
                    kind = "fictional" if index in pairs.values() and spot.kind == "U" else "unknown"
                    yield Claim(film, spot.toponym(kind), role, sure, sentence.start, sentence.end, story)

    def _role(self, skeleton, index, listed, contrast, pauses, pairs):
        if index in pairs:
            return "filming"
        if index in pairs.values():
            return "story"
        group = skeleton.groups[index]
        if self.about and LABEL.match(skeleton.line):
            return "filming" if group.spots[0].kind != "U" else None
        reading = read_group(
            skeleton, group, listed, contrast, pauses, self.language, self.language in VERB_LAST
        )
        if reading and self._is_believed(reading, group):
            return reading.role
        return "filming" if reading is None and self._is_in_passage(skeleton, group, listed) else None

    def _is_in_passage(self, skeleton, group, listed):
        """Whether a place that no phrase claims stands in a passage about filming."""
        spot = group.spots[0]
        if not self.about or spot.kind == "U" or spot.adjective or self.passage < 1:
            return False
        if refused(skeleton, group, listed, self.language):
            return False
        return spot.kind == "N" or is_located(self.text, spot, self.language) or self._is_subject(spot)

    def _is_subject(self, spot):
        """Whether a name opens its sentence."""
        return any(spot.start - s.start < 6 and s.start <= spot.start for s in self.sentences)

    def _is_filmable(self, group):
        """A bare name is a filming place only behind a preposition: it may be a person's."""
        return group.spots[0].kind != "U" or is_located(self.text, group.spots[0], self.language)

    def _is_believed(self, reading, group):
        """Whether a phrase is enough for names of this kind, in a text of this kind."""
        located = is_located(self.text, group.spots[0], self.language)
        kind = group.spots[0].kind
        if kind == "U":
            return located and reading.cue.kind in {"strong", "near"} and reading.cost <= 9
        if reading.cue.kind in {"weak", "wide"} and not self.about:
            return False
        return located or reading.cost <= 6 or kind == "N"

    def _films(self, number, skeleton, group):
        """The films that a group of places belongs to: named beside it, else in focus."""
        named = [m for m in skeleton.films if m not in self.focus.passing]
        if not named:
            return [self.focus.at(number)]
        here = group.spots[0].start
        before = [m for m in named if m.start < here]
        nearest = before[-1] if before else named[0]
        return list(dict.fromkeys(m.film for m in _together(self.text, named, nearest, self.language)))

    def _revised(self, found, sentence):
        """The claims so far, the last ones changed where a sentence takes them back or confirms."""
        line = self.text[sentence.start : sentence.end].lower()
        known = _revisions(self.language)
        for kind in ("denied", "confirmed"):
            if known[kind].search(line):
                last = found[-1].start
                if sentence.start - found[-1].end > 400:
                    return found
                return [
                    c if c.start != last or c.certainty in {"confirmed", "denied"} else _with(c, kind)
                    for c in found
                ]
        return found


def _with(claim, sure):
    from dataclasses import replace

    return replace(claim, certainty=sure)


def _together(text, named, nearest, language):
    """The mentions that stand in one list with `nearest`: "X, Y and Z were filmed here"."""
    run, joint = [nearest], _film_joint(language)
    at = named.index(nearest)
    for other in named[at + 1 :]:
        if not joint.fullmatch(text[run[-1].end : other.start]):
            break
        run.append(other)
    for other in reversed(named[:at]):
        if not joint.fullmatch(text[other.end : run[0].start]):
            break
        run.insert(0, other)
    return run


@cache
def _film_joint(language):
    joined = "|".join(phrases(language)["places"]["and"])
    return re.compile(rf"[\"”“»«„’‘*_\s]*(?:\([^()]*\)\s?)?(?:,\s?|,?\s(?:{joined})\s)[\"”“»«„’‘*_\s]*(?:the\s)?")


@cache
def _revisions(language):
    words = phrases(language)["clause"]
    return {
        "denied": re.compile(rf"\b(?:{'|'.join(words['cancelled'])})"),
        "confirmed": re.compile(rf"\b(?:{'|'.join(words['later_confirmed'])})"),
    }
