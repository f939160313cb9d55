"""What the other places of a text say about one: whether it is named again, and how they stand.

A place that one sentence says was filmed in is most likely meant as such in the next sentence,
too; places stand in lists of their like.
"""

from collections import Counter
from dataclasses import dataclass

from geo.claims.features import plain
from geo.text import fold

OFTEN = 4  # times from which on it makes no difference
STANDS = {
    "pair, filming": "filming",
    "shot in": "filming",
    "pair, story": "story",
    "set in": "story",
    "fictional": "story",
}


@dataclass(slots=True)
class _Seen:
    """A group of places in passing: its names, and what is plain about it."""

    names: frozenset
    stands: str
    sentence: int
    paragraph: int


class Elsewhere:
    """The groups of all Contexts of a text. Give the Contexts in the order of the text."""

    def __init__(self, contexts):
        self.groups, self.first = [], {}
        for context in contexts:
            self.first[context.sentence.start] = len(self.groups)
            for index, group in enumerate(context.skeleton.groups):
                names = frozenset(fold(spot.text) for spot in group.spots)
                sentence = context.sentence
                stands = STANDS.get(plain(context, index), "open")
                self.groups.append(_Seen(names, stands, sentence.start, sentence.paragraph))
        self.named = Counter(name for group in self.groups for name in group.names)
        self.title = {name for g in self.groups for name in g.names if g.sentence == self._head()}
        self.stands = {
            kind: Counter(name for g in self.groups if g.stands == kind for name in g.names)
            for kind in ("filming", "story")
        }

    def _head(self):
        return self.groups[0].sentence if self.groups and not self.groups[0].paragraph else None

    def describe(self, start, index):
        """Features of group `index` of the sentence that begins at `start`."""
        at = self.first[start] + index
        here = self.groups[at]
        yield f"named: {min(OFTEN, max(self.named[name] for name in here.names))}"
        for kind, known in self.stands.items():
            if any(known[name] > (here.stands == kind) for name in here.names):
                yield f"elsewhere {kind}"
        if here.names & self.title:
            yield "in the headline"
        yield from self._neighbours(at, here)

    def _neighbours(self, at, here):
        for word, other in (("last", at - 1), ("next", at + 1)):
            if 0 <= other < len(self.groups):
                group = self.groups[other]
                yield f"{word} place, {_nearness(group, here)}: {group.stands}"


def _nearness(group, here):
    if group.sentence == here.sentence:
        return "same sentence"
    return "same paragraph" if group.paragraph == here.paragraph else "another paragraph"
