"""Words that mean a place named before: "the castle" after Alnwick Castle, "shot there"."""

import re
from dataclasses import dataclass, field, replace
from functools import cache

from geo.language import phrases

HEAD = re.compile(r"[^\W\d_]+")
# what follows a name that closes its clause: "it was Rome that ..." equates nothing
CLOSE = re.compile(r"[\W_]*(?:[.,;:)]|$|\s(?!that|which|who|where|qu|que|som|di?e|das)[a-zà-ÿ])")


@dataclass
class Named:
    """The places named so far: by what kind of thing each is, and the last one."""

    language: str
    things: dict = field(default_factory=dict)
    last: object = None
    paragraph: int = -1

    def spots(self, text, sentence, found):
        """The spots of a sentence with those that its words for earlier places stand for."""
        if sentence.paragraph != self.paragraph:
            self.paragraph = sentence.paragraph
            if self.last and sentence.start - self.last.end > 3:
                self.last = None
        again = [
            *self._things(text, sentence),
            *self._there(text, sentence, found),
            *self._it(text, sentence, found),
        ]
        spans = [(spot.start, spot.end) for spot in found]
        again = [a for a in again if not any(s < a.end and a.start < e for s, e in spans)]
        for spot in found:
            self._remember(spot)
        return sorted([*found, *again], key=lambda spot: spot.start)

    def _remember(self, spot):
        if spot.fictional or spot.adjective or spot.kind == "U":
            return
        self.last = spot
        words = HEAD.findall(spot.text.lower())
        first = self.language in {"fr", "es"}
        if len(words) > 1:
            self.things[words[0] if first else words[-1]] = spot

    def _things(self, text, sentence):
        if not any(text.find(thing, sentence.start, sentence.end) >= 0 for thing in self.things):
            return  # spares the search
        for match in _thing(self.language).finditer(text, sentence.start, sentence.end):
            spot = self.things.get(match[1])
            if spot:
                yield replace(spot, start=match.start(), end=match.end(), again=True)

    def _there(self, text, sentence, found):
        """ "There" is the last place of an earlier sentence, unless this one names another."""
        if self.last:
            for match in _there(self.language).finditer(text, sentence.start, sentence.end):
                if any(spot.start < match.start() for spot in found):
                    return
                yield replace(self.last, start=match.start(), end=match.end(), again=True)

    def _it(self, text, sentence, found):
        """ "It" is the last place of an earlier sentence where it plays a place named next."""
        if self.last:
            for match in _it(self.language).finditer(text, sentence.start, sentence.end):
                if any(spot.start < match.start() for spot in found):
                    return
                ahead = next((spot for spot in found if spot.start == match.end()), None)
                if ahead and not ahead.adjective and CLOSE.match(text, ahead.end):
                    start, end = match.span(match.lastindex)
                    yield replace(self.last, start=start, end=end, again=True)
                    return


@cache
def _it(language):
    return re.compile(rf"\b(?:{'|'.join(phrases(language)['places']['plays'])})", re.I)


@cache
def _thing(language):
    words = phrases(language)["places"]
    listed = "|".join(h.lower() for h in (*words["head_after"], *words["head_before"]))
    articles = "|".join(words["definite"])
    return re.compile(rf"\b(?:{articles})\s({listed})\b(?![’'-]|\s(?:of|de|du|del|von|[A-ZÀ-Þ]))")


@cache
def _there(language):
    words = phrases(language)
    there, verbs = words["places"]["there"], words["filming"]["shot"]
    behind = "|".join(rf"(?<=\b{verb}\s{word})" for verb in verbs for word in there)
    alone = "|".join(rf"(?<=\b{word})" for word in there)
    ahead = rf"(?=\s(?:\w+\s){{0,2}}(?:{'|'.join(verbs)})\b)"
    return re.compile(rf"(?:{'|'.join(there)})\b(?:{behind}|(?:{alone}){ahead})")
