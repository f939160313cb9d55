"""Everything in a text that could be the name of a place, right or wrong; features.py judges."""

import re
from dataclasses import dataclass, field

from geo.mentions.lexicon import CLASSES, is_a

LONGEST = 7
CONNECTORS = frozenset(
    "of the and upon on in de la le les del der den du do da das dos di am an sur sous auf y e og i"
    " by under over au aux en el al bei ob op aan ter ten zu zum af na nad pod".split()
)
OWNED = frozenset({"'s ", "’s "})
WEST_VIRGINIA = re.compile(r"W\. ?Va\.?")
UNMISTAKABLE = frozenset(
    "D.C. B.C. N.Y. N.J. N.C. S.C. N.H. N.M. R.I. S.D. N.D. NSW P.E.I. PEI".split()
)
SHORT_STREETS = frozenset("st rd ave dr blvd ln hwy ct pkwy".split())
PLACE_AFTER = frozenset("district province village town region island slum suburb county".split())
NUMBERED = frozenset("highway interstate route road hwy freeway motorway autobahn".split())
DIRECTIONS = frozenset("n s e w north south east west ne nw se sw old new".split())


@dataclass(slots=True)
class Candidate:
    """Words `first` to `last` (inclusive), characters `start` to `end`, and what speaks for the
    name being a place's: `kind` is name, demonym, abbreviation, street, feature or unknown."""

    first: int
    last: int
    start: int
    end: int
    name: str
    kind: str
    features: list = field(default_factory=list)
    score: float = 0.0


class Finder:
    """Finds the candidates of a text with one gazetteer and, if any, the names lent to it."""

    def __init__(self, gazetteer, extra_names=None):
        self.gazetteer, self.extra = gazetteer, extra_names or {}
        self.extra_starts = {" ".join(n.split()[:k]) for n in self.extra for k in range(1, 7)}
        self.demonyms = gazetteer.meta["demonyms"]
        self.abbreviations = gazetteer.meta["abbreviations"]
        self.memo = {}

    def known(self, name):
        """(whether the folded name is a place's, whether a longer name begins with it)."""
        found = self.memo.get(name)
        if found is None:
            if len(self.memo) > 200_000:
                self.memo.clear()
            is_name = name in self.extra or bool(self.gazetteer.numbers(name))
            longer = self.gazetteer.begins(name) or name in self.extra_starts
            found = self.memo[name] = (is_name, longer)
        return found

    def candidates(self, words):
        """The candidates in order; a pattern and a name inside it may overlap."""
        found, run_end, taken = [], -1, -1
        for at in words.capitals:
            if at > run_end:
                run_end = self.run(words, at)
                if run_end > at:
                    found.extend(self.patterns(words, at, run_end))
                found.extend(self.unknown(words, at, run_end))
            if words.folded[at] in NUMBERED:
                found.extend(self.road(words, at))
            if at > taken:
                candidate = self.abbreviation(words, at) or self.longest(words, at)
                if candidate is not None:
                    found.append(candidate)
                    taken = candidate.last
        found = self.with_adjectives(words, found)
        found.sort(key=lambda c: (c.first, c.last))
        return found

    def with_adjectives(self, words, found):
        """Adds peoples' names in lower case beside a landscape, as most languages write them ("den
        norwegischen Bergen", "les montagnes norvégiennes"); the landscape itself is no name."""
        if self.demonyms.keys().isdisjoint(words.folded):
            return found
        landscapes = set()
        for i, word in enumerate(words.folded):
            if not words.upper[i] and word in self.demonyms:
                for beside in (i - 1, i + 1):
                    if 0 <= beside < words.count and is_a(words.folded[beside], "landscape"):
                        landscapes.add(beside)
                        found.append(self.made(words, i, i, word, "demonym"))
                        break
        return [c for c in found if c.first not in landscapes or c.last != c.first]

    @staticmethod
    def run(words, at):
        """The last word of the run of capitalised words that begins at `at`."""
        while at + 1 < words.count and words.upper[at + 1] and words.joined(at + 1):
            at += 1
        return at

    def longest(self, words, at):
        """The longest name, or demonym, that begins with word `at`."""
        name, best, kind = "", -1, ""
        for end in range(at, min(at + LONGEST, words.count)):
            word = words.folded[end]
            owned = words.gaps[end] in OWNED and end > at
            if end > at and not owned and not words.joined(end):
                break
            if not words.upper[end] and word not in CONNECTORS:
                break
            name = f"{name}{'s' * owned} {word}" if name else word
            is_name, longer = self.known(name)
            if words.upper[end]:
                if name in self.demonyms and (not is_name or self.is_people(name)):
                    best, kind, best_name = end, "demonym", name
                elif is_name and self.fits(words, at, end, name):
                    best, kind, best_name = end, "name", name
            if not longer and name not in FIRST_OF_DEMONYMS and words.gaps[end + 1] not in OWNED:
                break
        if best < 0:
            return None
        return self.made(words, at, best, best_name, kind)

    def fits(self, words, at, end, name):
        if name in self.extra:
            return True
        if at != end:
            if words.folded[at] == "the" and self.known(name[4:])[0]:
                return False
            return words.folded[at] not in ("a", "an") and not self.is_pair(name)
        raw = words.raw[at]
        if len(name) < 3:
            return False
        return not (raw.isupper() and len(raw) < 4)

    def is_people(self, name):
        """Whether a name that is also a demonym is no better known as a place."""
        rows = self.gazetteer.numbers(name)
        return name not in self.extra and self.gazetteer.is_minor(rows[0])

    def is_pair(self, name):
        """Whether the name is two places joined by "and", and not one country's name."""
        one, _, other = name.partition(" and ")
        if not other or not (self.known(one)[0] and self.known(other)[0]):
            return False
        first = self.gazetteer.numbers(name)[0]
        return self.gazetteer.meta["kinds"][self.gazetteer.kind[first]] != "country"

    def abbreviation(self, words, at):
        """A country's or a state's abbreviation; a state's only after a comma or a hyphen, or
        where no word looks like it."""
        raw, gap = words.raw[at], words.gaps[at + 1]
        if raw == "W" and (match := WEST_VIRGINIA.match(words.text, words.starts[at])):
            found = self.made(words, at, at + 1, "W.Va.", "abbreviation")
            found.end = match.end()
            return found
        if len(raw) > 6 or gap.startswith("$") or words.gaps[at].endswith("$"):
            return None
        number = self.abbreviations.get(raw + ".") if gap.startswith(".") else None
        end = words.ends[at] + (number is not None)
        if number is None:
            number = self.abbreviations.get(raw)
        if number is None:
            return None
        state = self.gazetteer.meta["kinds"][self.gazetteer.kind[number]] == "admin1"
        if state and raw not in UNMISTAKABLE and words.gaps[at] not in (", ", "-", ","):
            return None
        found = self.made(words, at, at, raw, "abbreviation")
        found.end, found.name = end, words.text[found.start : end]
        return found

    def patterns(self, words, first, last):
        """Streets, and names that end in what they are: "Wichita Drive", "Neches River"."""
        start = first
        for end in range(first + 1, last + 1):
            word = words.folded[end]
            street, feature = is_a(word, "streets"), is_a(word, "features")
            if not (street or feature):
                continue
            start = first
            while start < end and (
                (
                    words.opens(start)
                    and is_a(words.folded[start], "common")
                    and words.folded[start] not in DIRECTIONS
                )
                or is_a(words.folded[start], "titles")
            ):
                start += 1
            if start < end and end - start < 5:
                name = " ".join(words.folded[start : end + 1])
                if not self.known(name)[0]:
                    found = self.made(words, start, end, name, "street" if street else "feature")
                    if (
                        words.gaps[end + 1].startswith(".")
                        and is_a(word, "streets")
                        and len(word) < 5
                    ):
                        found.end += 1
                    yield found

    def road(self, words, at):
        """A numbered road: "Highway 19", "County Road 225"."""
        if (
            at + 1 < words.count
            and words.gaps[at + 1] in (" ", "-")
            and words.raw[at + 1].isdigit()
        ):
            first = at
            if at and words.upper[at - 1] and words.joined(at):
                first -= words.folded[at - 1] in ("county", "state", "us", "old")
            name = " ".join(words.folded[first : at + 2])
            yield self.made(words, first, at + 1, name, "road")

    def unknown(self, words, first, last):
        """A run of one or two capitalised words that no list knows, where a place is expected."""
        names = words.folded[first : last + 1]
        if last - first > 1 or any(n in CLASSES or len(n) < 4 for n in names):
            return
        if words.opens(first) or words.raw[last].isupper() or not self.expects(words, first, last):
            return
        if not any(self.known(n)[0] or n in self.demonyms for n in (*names, " ".join(names))):
            yield self.made(words, first, last, " ".join(names), "unknown")

    def expects(self, words, first, last):
        """Whether a place may well stand there: after "near", in a list, before ", Norway"."""
        if words.gaps[first] == ", ":
            return True
        if words.joined(first) and is_a(words.folded[first - 1], "locative"):
            return True
        if words.folded[first - 1] == "of" and is_a(words.folded[first - 2], "place_heads"):
            return True
        after = last + 1
        if after < words.count and words.gaps[after] == " " and words.raw[after] in PLACE_AFTER:
            return True
        listed = after < words.count and words.gaps[after] == ", " and words.upper[after]
        return listed and self.known(words.folded[after])[0]

    @staticmethod
    def made(words, first, last, name, kind):
        return Candidate(first, last, words.starts[first], words.ends[last], name, kind)


FIRST_OF_DEMONYMS = frozenset(
    "north south saudi sri new puerto costa cape hong sierra middle latin central southeast east"
    " west northern american bissau papua san burkina el british french cook solomon marshall"
    " falkland equatorial norfolk pitcairn channel christmas cocos virgin".split()
)
