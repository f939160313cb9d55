"""What speaks for and against a candidate, as named features for a linear score.

Every feature is a short readable string; weights.json holds what each is worth.
"""

import math
from collections import Counter

from geo.mentions.lexicon import CLASSES, NOTHING
from geo.text import fold

AFTER = (
    "newspaper_after", "company_after", "team_after", "institution_after", "civic_after",
    "streets", "features", "place_heads",
)  # fmt: skip
BEFORE = ("titles", "first_names", "feature_before", "locative", "of_words")
PARTIES = frozenset("R D I DFL Dem Rep Lib Con Lab NDP".split())
PLACED = frozenset(("<in", "<locative", "<from", "<at", ">, abbreviation", ">, big name"))
BIG = frozenset(("level=country", "level=admin1"))
BIG_MATTERS = frozenset(
    f">Cap {c}" for c in ("newspaper_after", "company_after", "team_after", "institution_after")
) | {">person_verbs", "<Cap"}
# Small words of other languages, read as the English ones the weights were fitted on.
ENGLISH = {
    word: english
    for english, words in {
        "in": "à au aux en dans im i på", "to": "nach zum zur vers hasta hacia til",
        "from": "aus von vom desde fra depuis", "near": "bei près nahe nær ved cerca",
        "of": "de du des del", "the": "le la les el los las der das den dem",
        "and": "et und og y",
    }.items()
    for word in words.split()
}  # fmt: skip
LEVELS = ("continent", "country", "admin1", "admin2", "admin3", "town")


class Facts:
    """What a whole text tells about the names in it."""

    def __init__(self, words, candidates):
        self.words = words
        self.persons = self.named_persons(words)
        self.first = {c.first: c for c in candidates}
        self.last = {c.last: c for c in candidates}
        self.counts = Counter(c.name for c in candidates)
        self.located = Counter(c.name for c in candidates if self.is_located(c))

    def named_persons(self, words):
        """The folded words that follow a first name or a title, counted."""
        persons = Counter()
        folded = words.folded
        for i in words.capitals:
            if i and words.joined(i) and self.is_personal(i - 1):
                persons[folded[i]] += 1
        return persons

    def is_personal(self, i):
        """Whether a person's name goes on after word i: a title, a first name, an initial."""
        words = self.words
        classes = CLASSES.get(words.folded[i], NOTHING)
        if "titles" in classes or not words.upper[i]:
            return "titles" in classes
        initial = len(words.raw[i]) == 1 and i > 0 and words.upper[i - 1]
        return initial or "first_names" in classes

    def is_located(self, candidate):
        words, i = self.words, candidate.first
        if not i or not words.joined(i) or words.upper[i - 1]:
            return False
        word = words.raw[i - 1]
        return ENGLISH.get(word, word) in ("in", "near", "at", "from", "outside")


class Profiles:
    """What the gazetteer alone says about a name; remembered, for a text repeats its names."""

    def __init__(self, gazetteer, extra_names=None):
        self.gazetteer, self.extra = gazetteer, extra_names or {}
        self.memo = {}

    def __call__(self, name):
        found = self.memo.get(name)
        if found is None:
            if len(self.memo) > 100_000:
                self.memo.clear()
            found = self.memo[name] = self.profile(name)
        return found

    def profile(self, name):
        """(features, is a country or a region of first order, names a town)."""
        if name in self.extra:
            return ("extra",), False, False
        g, rows = self.gazetteer, self.gazetteer.numbers(name)
        kinds = [g.meta["kinds"][g.kind[i]] for i in rows]
        people = max(
            (int(g.population[i]) for i, k in zip(rows, kinds, strict=True) if k == "town"),
            default=0,
        )
        level = next((k for k in LEVELS if k in kinds), "region")
        if level in ("town", "admin3", "admin2") and any(k not in LEVELS for k in kinds):
            level = "region"
        if level == "region" and g.meta["sources"][g.source[rows[0]]]["name"] == "Doubletake":
            level = "landmark"
        own = any(fold(g.title(i)) == name for i in rows[:6])
        found = [f"level={level}", f"words={min(3, name.count(' ') + 1)}"]
        if "town" in kinds:
            found.append(f"town={min(6, int(math.log10(people + 1)))}")
        found.append(f"places={min(4, int(math.log2(len(rows))))}")
        if not own:
            found.append("alternative")
        classes = CLASSES.get(name, NOTHING)
        for label in (
            "common",
            "first_names",
            "titles",
            "features",
            "streets",
            "institution_after",
        ):
            if label in classes:
                found.append(f"is={label}")
        words = name.split()
        if len(words) > 1:
            if "common" in CLASSES.get(words[0], NOTHING):
                found.append("starts=common")
            if "first_names" in CLASSES.get(words[0], NOTHING):
                found.append("starts=first_name")
            if {"features", "place_heads"} & CLASSES.get(words[-1], NOTHING):
                found.append("ends=feature")
        elif len(name) < 5:
            found.append(f"letters={len(name)}")
        return tuple(found), level in ("country", "admin1"), "town" in kinds


def describe(candidate, facts, profiles):
    """The features of a candidate, in the light of the words around it and of the whole text."""
    words, i, j = facts.words, candidate.first, candidate.last
    kind = candidate.kind
    features = list(profiles(candidate.name)[0]) if kind == "name" else [f"kind={kind}"]
    if kind in ("street", "feature"):
        features.append(f"{kind}={words.folded[j]}")
    features.extend(before(words, i, facts, kind))
    features.extend(after(words, j, facts, kind, profiles))
    combined(features)
    raw = words.raw[i]
    if raw.isupper() and len(raw) > 3:
        features.append("capitals")
    if i == j and kind == "name":
        if raw.lower() in words.lower:
            features.append("lower in text")
        persons = facts.persons.get(candidate.name, 0)
        if persons:
            share = persons / facts.counts[candidate.name]
            features.append(
                "person always" if share > 0.9 else "person often" if share > 0.3 else "person once"
            )
    located = facts.located.get(candidate.name, 0) - facts.is_located(candidate)
    if located > 0:
        features.append("located elsewhere")
    if kind == "demonym":
        if not words.upper[i]:
            features.append(">landscape")
        features.append(f"demonym count={min(5, facts.peoples[candidate.name])}")
    elif facts.counts[candidate.name] > 2:
        features.append("repeated")
    return features


def combined(features):
    """Adds what two features together say that neither says alone."""
    if "is=first_names" in features and not PLACED.isdisjoint(features):
        features.append("first name, placed")
    if "is=first_names" in features and (">Cap" in features or ">Cap candidate" in features):
        features.append("first name before Cap")
    if not BIG.isdisjoint(features):
        features.extend(f"{f}, big" for f in features if f in BIG_MATTERS)


def before(words, i, facts, kind):
    """Features of what stands before word i."""
    if i == 0:
        return ["<start"]
    word = ENGLISH.get(words.raw[i - 1]) or words.folded[i - 1]
    classes = CLASSES.get(word, NOTHING)
    if not words.joined(i):
        gap = words.gaps[i]
        if gap in (", ", ","):
            other = facts.last.get(i - 1)
            return ["<, name" if other and other.kind in ("name", "unknown") else "<, word"]
        if words.opens(i):
            return ["<sentence"] if "(" not in gap else ["<("]
        return ["<other"]
    if words.upper[i - 1]:
        found = [f"<Cap {c}" for c in BEFORE if c in classes] if kind != "street" else []
        if words.gaps[i] == "-" and words.raw[i - 1] in PARTIES:
            return ["<party"]
        if len(words.raw[i - 1]) == 1:
            return ["<Initial"]
        if i - 1 in facts.last:
            found.append("<Cap candidate")
        if words.opens(i - 1) and "common" in classes:
            found.append("<Cap opening")
        return found or ["<Cap"]
    if word == "of" and i > 1 and not words.upper[i - 2]:
        if "place_heads" in CLASSES.get(words.folded[i - 2], NOTHING):
            return ["<place of"]
    elif word == "of" and i > 1 and words.joined(i - 1):
        head = CLASSES.get(words.folded[i - 2], NOTHING)
        return ["<Institution of" if "institution_after" in head else "<Cap of"]
    if word in ("the", "in", "of", "at", "on", "a", "and", "to", "from", "by"):
        return [f"<{word}"]
    found = [f"<{c}" for c in BEFORE if c in classes and c != "first_names"]
    return found[:2] or ["<word"]


def after(words, j, facts, kind, profiles):
    """Features of what stands after word j."""
    gap = words.gaps[j + 1]
    if j + 1 >= words.count:
        return [">end"]
    if gap[:2] in ("'s", "’s"):
        return [">possessive"]
    if gap in (", ", ","):
        other = facts.first.get(j + 1)
        if other is not None:
            if other.kind == "abbreviation":
                return [">, abbreviation"]
            if other.kind == "name":
                big = profiles(other.name)[1]
                return [">, big name" if big else ">, name"]
        return [">, number" if words.raw[j + 1][0].isdigit() else ">, word"]
    if not words.joined(j + 1):
        return [">stop" if gap[:1] == "." else ">other"]
    word = words.folded[j + 1]
    classes = CLASSES.get(word, NOTHING)
    if words.upper[j + 1]:
        found = [f">Cap {c}" for c in AFTER if c in classes]
        return found[:3] or [">Cap" if j + 1 not in facts.first else ">Cap candidate"]
    if gap == "-":
        return [">-based" if word == "based" else ">-word"]
    if "disease" in classes:
        return [">disease"]
    if kind == "demonym" and "landscape" in classes:
        return [">landscape"]
    for label in ("person_verbs", "civic_after", "place_heads", "institution_after"):
        if label in classes:
            return [f">{label}"]
    return [">and"] if word in ("and", "or") else [">word"]
