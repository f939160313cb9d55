"""Everything in a text that could be the name of a place, right or wrong; features.py judges."""

from dataclasses import dataclass, field

from geo.mentions.lexicon import is_a

LONGEST = 7
CONNECTORS = frozenset(
    "of the and upon on in de la le les del der den du do da das dos di am an sur sous auf y e og i"
    " by under over".split()
)
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
        found, at, run_end = [], 0, -1
        upper = words.upper
        for at in range(words.count):
            if not upper[at]:
                continue
            if at > run_end:
                run_end = self.run(words, at)
                found.extend(self.patterns(words, at, run_end))
        at = 0
        while at < words.count:
            if upper[at]:
                candidate = self.abbreviation(words, at) or self.longest(words, at)
                if candidate is not None:
                    found.append(candidate)
                    at = candidate.last
            at += 1
        found.sort(key=lambda c: (c.first, c.last))
        return found

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
            if end > at and not words.joined(end):
                break
            if not words.upper[end] and word not in CONNECTORS:
                break
            name = f"{name} {word}" if name else word
            is_name, longer = self.known(name)
            if words.upper[end]:
                if is_name and self.fits(words, at, end, name):
                    best, kind, best_name = end, "name", name
                elif name in self.demonyms and not is_name:
                    best, kind, best_name = end, "demonym", name
            if not longer and name not in FIRST_OF_DEMONYMS:
                break
        if best < 0:
            return None
        return self.made(words, at, best, best_name, kind)

    def fits(self, words, at, end, name):
        if at != end:
            return words.folded[at] not in ("a", "an") or name in self.extra
        raw = words.raw[at]
        if len(name) < 3:
            return name in self.extra
        return not (raw.isupper() and len(raw) < 4)

    def abbreviation(self, words, at):
        """A country's or a state's abbreviation; a state's only after a comma or a hyphen."""
        raw = words.raw[at]
        if len(raw) > 6:
            return None
        dotted = words.gaps[at + 1].startswith(".")
        number = self.abbreviations.get(raw + ".") if dotted else None
        end = words.ends[at] + (number is not None)
        if number is None:
            number = self.abbreviations.get(raw)
        if number is None:
            return None
        kinds = self.gazetteer.meta["kinds"]
        if kinds[self.gazetteer.kind[number]] == "admin1" and words.gaps[at] not in (
            ", ",
            "-",
            ",",
        ):
            return (
                None
                if raw not in ("D.C.", "B.C.", "N.Y.", "N.J.")
                else self.made(words, at, at, raw, "abbreviation")
            )
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

    @staticmethod
    def made(words, first, last, name, kind):
        return Candidate(first, last, words.starts[first], words.ends[last], name, kind)


FIRST_OF_DEMONYMS = frozenset(
    "north south saudi sri new puerto costa cape hong sierra middle latin central southeast east"
    " west northern american bissau papua san burkina el british french cook solomon marshall"
    " falkland equatorial norfolk pitcairn channel christmas cocos virgin".split()
)
