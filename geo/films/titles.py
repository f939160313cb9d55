"""The names that films go by: what the catalogue writes, and what follows from it.

A name is a tuple of folded words. It is `weak` where it is also an ordinary word, a place or a
person ("Fallout", "Rocky", "Dune"): it needs evidence around it, see geo/films/evidence.py.
"""

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from geo.films.form import given_names
from geo.model import Film
from geo.text import fold

TRANSLATIONS = Path(__file__).with_name("translations.toml")
ARTICLES = frozenset("the a an der die das le la les l el los las en et den det".split(" "))
ROMAN = dict(zip("i ii iii iv v vi vii viii ix x xi xii".split(" "), range(1, 13), strict=True))
SUBTITLE = re.compile(r"(?::|\s[–—-])\s+")
AHEAD = 3  # years from the shooting of a film to its release, at most
NUMBERED = re.compile(r"\b(?:\d+|[IVX]+)$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in folded words, and the films that go by it, oldest first.

    `films_within` is the series whose title goes on after the name ("The Lord of the Rings").
    `kind` is title, alias, working, part (of a title) or franchise; `written` shows its capitals.
    """

    words: tuple
    written: str
    kind: str
    weak: bool
    films: tuple
    films_within: Film | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A film of the catalogue with its place in its franchise, counted from 1."""

    film: Film
    order: int | None
    series: bool


class Titles:
    """All names of all films, looked up by their words; what two words, or one, any of them
    begins with; and each franchise in its order."""

    def __init__(self, films):
        """`films` are the rows of films (geo/tables.py)."""
        self.franchises = defaultdict(list)
        rows = [(_entry(row), row) for row in films]
        for entry, _ in rows:
            if entry.film.franchise:
                self.franchises[fold(entry.film.franchise)].append(entry)
        names = defaultdict(list)
        for kind, named in (("title", _titles), ("alias", _aliases), ("working", _working)):
            for entry, row in rows:
                for written in named(row):
                    names[_words(written), kind].append((written, entry))
        self.by_first, taken = defaultdict(list), set()
        series = (e.film for listed in self.franchises.values() for e in listed if e.series)
        self.series = [(_bare(_words(film.title)), film) for film in series]
        for (words, kind), found in names.items():
            if words and words not in taken:
                taken.add(words)
                self._add(words, kind, found)
        for written, entry, kind in _derived(rows, self.franchises):
            words = _words(written)
            if words and words not in taken:
                taken.add(words)
                self._add(words, kind, [(written, entry)])
        self._add_translations(rows, taken)
        self.small = {
            first
            for first, listed in self.by_first.items()
            if any(not name.written[:1].isupper() for name in listed)
        }
        self.by_words, self.longest = defaultdict(list), {}
        for first, listed in self.by_first.items():
            listed.sort(key=lambda name: -len(name.words))
            self.longest[first] = len(listed[0].words)
            for name in listed:
                self.by_words[name.words].append(name)
        self.begins = {words[:2] for words in self.by_words}
        self.numbers = self._numbers_of_names()

    def _numbers_of_names(self):
        """{words of a name: {number: the film that is called by both}}, the first included: of
        "Captain America", "Captain America 3". One name with one number is no series: "Super 8"."""
        found = defaultdict(dict)
        for words, (name, *_) in self.by_words.items():
            number = _number(words[-1])
            if number and len(name.films) == 1 and self._is_of_series(words[:-1]):
                found[words[:-1]].setdefault(number, name.films[0])
        for words, films in found.items():
            if words in self.by_words and 1 not in films:
                films[1] = self.by_words[words][0].films[0]
        return {words: films for words, films in found.items() if len(films) > 1}

    def _is_of_series(self, words):
        """Whether a name is spoken of by itself: a whole one, or the surname that a franchise is
        called after, "Bond", but no other last word: "World", and no initials."""
        if len(words) > 1:
            return any(len(word) > 1 for word in words)
        named = (name.split() for name in self.franchises)
        surname = any(words == tuple(name[1:]) and name[0] in given_names() for name in named)
        return words in self.by_words or surname

    def _add(self, words, kind, found):
        films = tuple(sorted({entry.film for _, entry in found}, key=lambda f: f.year or 9999))
        weak = kind == "working" or _is_weak(words, kind, films)
        within = self._series(words)
        self.by_first[words[0]].append(Name(words, found[0][0], kind, weak, films, within))
        if words[0] in ARTICLES and len(words) > 1:
            weak = weak or len(words) == 2
            self.by_first[words[1]].append(Name(words[1:], found[0][0], kind, weak, films, within))

    def _add_translations(self, rows, taken):
        """Titles in other languages; what they translate need not be in the catalogue."""
        own = {fold(entry.film.title): entry for entry, _ in rows}
        for written, title in _translations():
            entry = own.get(fold(title)) or Entry(Film(written, also=title), None, False)
            if _words(written) not in taken:
                taken.add(_words(written))
                self._add(_words(written), "title", [(written, entry)])

    def _series(self, words):
        """The only series whose title begins with these words and goes on, or None."""
        bare = _bare(words)
        if len(bare) < 2:
            return None
        size = len(bare)
        longer = [film for named, film in self.series if named[:size] == bare != named]
        return longer[0] if len(longer) == 1 else None

    def numbered(self, franchise, number):
        """The film that is the franchise's `number`th, or None; a franchise with series has none,
        but for the films that are called by their number."""
        named = _words(f"{franchise} {number}")
        for name in self.by_first.get(named[0], ()) if franchise else ():
            if name.words == named:
                return name.films[-1]
        entries = self.franchises.get(fold(franchise or ""), ())
        if any(entry.series for entry in entries):
            return None
        return next((entry.film for entry in entries if entry.order == number), None)

    def like(self, film, number):
        """The `number`th film of the series that a film is of, or None: of those that one name and
        their numbers tell apart, the shortest series first, else of its franchise."""
        own = {fold(film.franchise or "")}
        series = [films for words, films in self.numbers.items() if film in films.values()
                  if words in self.by_words or " ".join(words) in own]  # fmt: skip
        found = min(series, key=len, default={}).get(number)
        return found or self.numbered(film.franchise, number)

    def after(self, film):
        """The film that follows a film in its series, or None."""
        for films in self.numbers.values():
            own = [number for number, one in films.items() if one == film]
            if own:
                return self.like(film, max(own) + 1)
        return None

    def coming(self, franchise, year):
        """The film of a franchise that came out first from a year on, within AHEAD years, or
        None; None where the year is."""
        films = [e.film for e in self.franchises.get(fold(franchise or ""), ()) if not e.series]
        later = [film for film in films if year and year <= (film.year or 0) <= year + AHEAD]
        return min(later, key=lambda film: film.year, default=None)

    def is_series(self, film):
        """Whether a film of the catalogue is a series."""
        entries = self.franchises.get(fold(film.franchise or ""), ())
        return any(entry.series for entry in entries if entry.film == film)

    def order(self, film):
        """The place of a film in its franchise, or None."""
        entries = self.franchises.get(fold(film.franchise or ""), ())
        return next((entry.order for entry in entries if entry.film == film), None)


def _translations():
    listed = tomllib.loads(TRANSLATIONS.read_text("utf-8"))
    return [pair for titles in listed.values() for pair in titles.items()]


def _entry(row):
    order, year = row["order"], row["year"]
    film = Film(row["title"], row["franchise"] or None, year, row["film"])
    return Entry(film, order, row["kind"] == "series")


def _bare(words):
    return words[1:] if words[0] in ARTICLES else words


def _words(written):
    return tuple(fold(written).split())


def _titles(row):
    return [name for name in (row["title"], row["original_title"]) if name]


def _aliases(row):
    return [name for name in row["aliases"] if not re.fullmatch(r".*\(\d{4}\)", name)]


def _working(row):
    return row["working_titles"]


def _is_weak(words, kind, films):
    """Whether a name may well mean something else: one word, or an alias without its franchise."""
    content = [word for word in words if word not in ARTICLES]
    if len(content) < 2:
        return not (len(content) == 1 and re.fullmatch(r"[a-z]+\d+", content[0]))
    franchise = set(_words(films[0].franchise or ""))
    return kind in {"alias", "part"} and not franchise & set(words) and len(words) < 3


def _derived(rows, franchises):
    """Yield names that nobody wrote down: "M:I 7", "MI7", "Bond 25", titles less their subtitle."""
    heads = defaultdict(list)
    for entry, row in rows:
        parts = _parts(row["title"], row["franchise"])
        if len(parts) == 2:
            heads[parts[0]].append(entry)
            if not re.match(r"(?i)(?:part|chapter|episode|vol)\b|\d", parts[1]):
                yield parts[1], entry, "part"
        inner = re.match(
            r".+?\s(?:and|et|und|y|og)\s((?:the|la|le|der|die|das|el)\s.+)", row["title"]
        )
        if inner and fold(row["franchise"] or "-") in fold(row["title"]):
            yield inner[1][:1].upper() + inner[1][1:], entry, "part"
        if entry.order and not any(e.series for e in franchises[fold(row["franchise"] or "")]):
            yield from ((name, entry, "alias") for name in _numbers(row["franchise"], entry.order))
    for head, entries in heads.items():
        if len(entries) == 1 and fold(head) not in franchises:
            yield head, entries[0], "alias"
    for franchise, entries in franchises.items():
        if any(f" {franchise} " in f" {fold(entry.film.title)} " for entry in entries):
            yield entries[0].film.franchise, entries[0], "franchise"


def _parts(title, franchise):
    """A title before and after its first sign of a subtitle; a franchise's name stays whole."""
    if franchise and title.startswith(franchise):
        rest = SUBTITLE.match(title, len(franchise))
        return [franchise, title[rest.end() :]] if rest else [title]
    return SUBTITLE.split(title, maxsplit=1)


def _number(word):
    return int(word) if word.isdecimal() and len(word) < 3 else ROMAN.get(word)


def _numbers(franchise, order):
    words = franchise.split()
    yield f"{franchise} {order}"
    yield f"{words[-1]} {order}" if words[-1][0].isupper() else franchise
    if 1 < len(words) < 4:
        initials = "".join(word[0] for word in words)
        yield f"{initials}{order}"
        yield f"{initials} {order}"
        yield f"{' '.join(initials)} {order}"
