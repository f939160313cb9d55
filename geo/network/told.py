"""What the network says about the names of one text, as log odds (natural logarithms)."""

from bisect import bisect_left
from math import exp, log

import numpy as np

from geo.network.pairs import lies
from geo.network.sums import gelu, line, softmax
from geo.weighing import SURE, log_odds

ROLES = ("none", "filming", "story", "both")
MOST = log(1 / SURE)  # log odds


class Told:
    """Answers for spans of characters [start, end) of the text."""

    def __init__(self, tokens, hidden, weights):
        self.tokens, self.hidden, self.weights = tokens, hidden, weights
        self.chances = {"title": self._chances("film"), "place": self._chances("place")}
        self.titles, self.places = (chances.T.tolist() for chances in self.chances.values())
        self.roles, self.doubts, self.named_titles, self.subjects = {}, {}, {}, {}
        self.found, self.begun = {}, {}

    def _chances(self, name):
        """Chances that each token is none of a name's, begins one, is within one: (3, tokens)."""
        w, b = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return softmax(w @ self.hidden.T + b[:, None]).astype(float)

    def _line(self, name, rows):
        return line(rows, self.weights, name)

    def title(self, start, end):
        """Log odds that exactly these words are a film's title."""
        if (start, end) not in self.named_titles:
            self.look_at_titles([(start, end)])
        return self.named_titles[start, end]

    def subject(self, start, end):
        """Log odds that a film's title is that of a subject: that the text tells of a place of the
        film."""
        self.title(start, end)
        return self.subjects.get((start, end), 0.0)

    def look_at_titles(self, names):
        """Read some names [(start, end)] that may be titles at once: one by one takes longer."""
        asked = [name for name in dict.fromkeys(names) if name not in self.named_titles]
        spans = [self.tokens.span(*name) for name in asked]
        self.named_titles |= {n: -MOST for n, span in zip(asked, spans, strict=True) if not span}
        asked = [name for name, span in zip(asked, spans, strict=True) if span]
        if not asked:
            return
        first, last = np.array([span for span in spans if span]).T
        sums = np.concatenate([np.zeros_like(self.hidden[:1]), self.hidden.cumsum(0)])
        rows = self._beside(first, last)
        rows += [(sums[last] - sums[first]) / (last - first)[:, None].astype(np.float32)]
        rows = np.concatenate([*rows, self.tokens.marks(first, last)], 1)
        told = self._line("title", gelu(self._line("title1", rows))).clip(-MOST, MOST).T.tolist()
        self.named_titles.update(zip(asked, told[0], strict=True))
        self.subjects.update(zip(asked, told[1], strict=True))

    def place(self, start, end):
        """Log odds that exactly these words are a place's name."""
        span, chances = self.tokens.span(start, end), self.places
        if span is None:
            return -MOST
        first, last = span
        least = min(chances[first][1], *(row[2] for row in chances[first + 1 : last]), 1 - SURE)
        if last < len(chances):
            least = min(least, 1 - chances[last][2])
        least = max(least, SURE)
        return log(least / (1 - least))

    def named(self, kind, least=0.5):
        """[(start, end)] of the titles or places ("title", "place") that the network finds."""
        if (kind, least) not in self.found:
            self.found[kind, least] = self._found(kind, least)
        return self.found[kind, least]

    def _found(self, kind, least):
        chances = {"title": self.titles, "place": self.places}[kind]
        found, starts, ends = [], self.tokens.starts, self.tokens.ends
        none, begins, within = self.chances[kind]
        for at in np.flatnonzero((1 - none > least) & (begins >= within)).tolist():
            end = at + 1
            while end < len(chances) and chances[end][2] > max(chances[end][:2]):
                end += 1
            found.append((starts[at], ends[end - 1]))
        return found

    def may_name_place(self, start, end, least):
        """Whether a name within characters [start, end) can have log odds above `least` to be a
        place's: there has to be a word that begins one."""
        if least not in self.begun:
            begins = np.flatnonzero(self.chances["place"][1] > 1 / (1 + exp(-least))).tolist()
            self.begun[least] = begins, [self.tokens.starts[at] for at in begins]
        begins, starts = self.begun[least]
        at = bisect_left(starts, end)
        return at > 0 and self.tokens.ends[begins[at - 1]] > start

    def look_at(self, places):
        """Read some places' names [(start, end)] at once: one by one takes longer."""
        asked = [place for place in dict.fromkeys(places) if place not in self.roles]
        if not asked:
            return
        beside = self._beside(*self._spans(asked).T)
        rows = gelu(self._line("role1", np.concatenate(beside, 1)))
        roles = softmax(self._line("role", rows).T).T
        told = log_odds(roles[:, 1:3] + roles[:, 3:])
        self.roles.update(zip(asked, told.tolist(), strict=True))
        doubts = log_odds(softmax(self._line("cert", rows).T).T)
        self.doubts.update(zip(asked, doubts.tolist(), strict=True))

    def _beside(self, first, last):
        """[(spans, width)]: a span's first and last token, and the ones before and after it."""
        h = self.hidden
        before, after = np.maximum(first - 1, 0), np.minimum(last, len(h) - 1)
        return [h[first], h[last - 1], h[before], h[after]]

    def pairs(self, kind, places, others):
        """(places, 1 + others): log odds, up to a term that a row shares, that a place has to do
        with another name ("belongs": a title of one of its films; "stands": what it stands for),
        first with none of them. Both are lists of (start, end), the others in order."""
        sides = {"place": self._spans(places), "other": self._spans(others)}
        here, there = (
            self._line(f"{kind}.{side}", np.concatenate(self._beside(*spans.T), 1))
            for side, spans in sides.items()
        )
        near = here[:, None] + there
        for table, rows in lies(self.tokens, *sides.values()).items():
            near += self.weights[f"{kind}.{table}.weight"][rows]
        alone = here + self.weights[f"{kind}.none"]
        return self._line(f"{kind}.out", gelu(np.concatenate([alone[:, None], near], 1)))[..., 0]

    def _spans(self, names):
        return np.array([self.tokens.span(*name) or (0, 1) for name in names])

    def role(self, start, end):
        """[log odds of filming, of story] for a place's name."""
        if (start, end) not in self.roles:
            self.look_at([(start, end)])
        return self.roles[start, end]

    def certainty(self, start, end):
        """[log odds of each of model.CERTAINTIES] for what is said about a place's name."""
        self.role(start, end)
        return self.doubts[start, end]
