"""Films that a text calls by the name of their series and a number, or by what else tells which of
it is meant: "the third Captain America", "the ninth part of Universal's Fast & Furious", "Teil drei
der Tribute von Panem", "the sequel to Top Gun", "the next Bond film".

    apart, sequels = find_numbered(text, language, titles, named, year)    # FilmMentions

What is mentioned is the name. Where a number leads to no film that is known, it stays what it is.
"""

import re
from functools import cache

from geo.films.evidence import year_after
from geo.films.known import TOKEN
from geo.films.wellknown import films_called, key
from geo.language import phrases
from geo.model import Film, FilmMention
from geo.text import fold

QUOTE, CLOSED = r"[\"“„«‘‹»*_']?\s?", r"[\"”“»’›«*_']?(?:[’']s)?"
FILLED = r"(?:[\w’'.&-]+\s){0,3}?"  # between what is counted and the name: "of Universal's"
BREAK = re.compile(r"[\s\"“„«‘‹»*_'’]+")
BEFORE = 30  # characters looked at before a number
REACH = 80  # characters from a number to the name
LONGEST = 4  # words of such a name


@cache
def _patterns(language):
    """What says which film of a series is meant, and what stands between that and its name."""
    words = {name: "|".join(listed) for name, listed in phrases(language)["films"].items()}
    part, of = words["part"], words["part_of"]
    counted = rf"(?:[\w’'-]+\s){{0,2}}?(?:{part})\s(?:{of}){FILLED}{QUOTE}"
    return {
        "ordinals": re.compile(
            rf"\b(?:(?P<word>{words['ordinals']})|(?P<digits>\d{{1,2}})"
            r"(?:st|nd|rd|th|\.?[ªº]|\.|e|ème|eme)),?\s"
        ),
        "cardinals": re.compile(
            rf"\b(?:{part})\s(?:(?P<word>{words['cardinals']})|(?P<digits>\d{{1,2}}))\s(?=(?:{of}))"
        ),
        "sequel": re.compile(rf"\b(?:{words['sequel_to']})(?=\S)"),
        "a sequel": re.compile(
            rf"{CLOSED}[\s-](?:{words['a_sequel']})\b(?!\s(?:to|von|zu|de|til)\b)"
        ),
        "next": re.compile(rf"\b(?:{words['next']})"),
        "joined": re.compile(rf"(?:{words['and']})\s(?:{words['ordinals']})\s"),
        "direct": re.compile(rf"(?:(?:{words['and_last']})?{QUOTE})"),
        "part": re.compile(counted),
        "of": re.compile(rf"(?:{of}){FILLED}{QUOTE}"),
        "other": re.compile(rf"{CLOSED}[\s-](?:{words['no_part']})\b"),
        "own": re.compile(rf"(?:{words['own']})\s(?:\w+\s)?$"),
        "first": re.compile(rf"{CLOSED}(?:[\s-]\w+)?,?\s(?:{words['first_of']})\b"),
    }


def counts_own(text, start, language):
    """Whether a number that begins at `start` counts somebody's own: "Craig's fourth Bond"."""
    own = _patterns(language)["own"]
    return bool(own.search(text[max(0, start - BEFORE) : start].lower()))


def number_of(word, listed, language):
    """The number that a word says: its place in what a language has `listed`, "ordinals" or
    "cardinals"."""
    words = phrases(language)["films"][listed]
    return next(n for n, written in enumerate(words, 1) if re.fullmatch(written, word))


def apart_from(mentions, others):
    """The mentions that do not overlap any of some others."""
    return [m for m in mentions if not any(o.start < m.end and m.start < o.end for o in others)]


def find_numbered(text, language, titles, named, year=None):
    """(FilmMentions of the films of a series that a text tells apart by number or as the next,
    those of sequels), each in no order; `named` are those whose titles were found, `year` is that
    of the text, if it is known."""
    lower = text.lower()
    if len(lower) != len(text):
        return [], []
    finder = _Finder(text, lower, language, titles, named)
    counted = [*finder.counted("ordinals"), *finder.counted("cardinals")]
    apart = [*counted, *apart_from(finder.coming(year), counted)]
    return apart, apart_from(finder.sequels(), apart)


class _Finder:
    """Looks for the names of series that follow such words in one text."""

    def __init__(self, text, lower, language, titles, named):
        self.text, self.lower, self.language, self.titles = text, lower, language, titles
        self.patterns = _patterns(language)
        self.named = {mention.start: mention for mention in named}

    def counted(self, kind):
        """Yield the mentions of what follows ordinals, or cardinals."""
        for match in self.patterns[kind].finditer(self.lower):
            if counts_own(self.text, match.start(), self.language):
                continue
            word, digits = match["word"], match["digits"]
            number = int(digits) if digits else number_of(word, kind, self.language)
            joined = self.patterns["joined"].match(self.lower, match.end())
            begin = joined.end() if joined else match.end()
            name = self._named(begin, ("of",) if kind == "cardinals" else ("direct", "part"))
            film = name and self._film(*name, number)
            if not film or (number == 1 and self.patterns["first"].match(self.lower, name[1])):
                continue
            # of two numbers that share a name, the first is the mention of its own
            yield self._mention(match.span("word") if joined and word else name, film)

    def sequels(self):
        """Yield the mentions of films whose sequel is meant, where the text names no other film
        of the series that may be it."""
        after = self.patterns["a sequel"]
        said = [(m.start, m.end) for m in self.named.values() if after.match(self.lower, m.end)]
        for match in self.patterns["sequel"].finditer(self.lower):
            name = self._named(match.end(), ("direct",))
            said += [name] if name else []
        for name in said:
            film = self._after(*name)
            if film and not any(self._tells(m, film.franchise) for m in self.named.values()):
                yield self._mention(name, film)

    def coming(self, year):
        """Yield the mentions of series whose next film is meant, where the text names none: one
        that has no title yet where nothing tells which that is."""
        for match in self.patterns["next"].finditer(self.lower):
            name = self._named(match.end(), ("direct", "part"))
            series = self.titles.numbers.get(self._words(*name)) if name else None
            franchise = next(iter(series.values())).franchise if series else None
            if not franchise or any(self._tells(m, franchise) for m in self.named.values()):
                continue
            film = self.titles.coming(franchise, year)
            if film or name[0] not in self.named:
                yield self._mention(name, film or Film(franchise, franchise))

    def _mention(self, span, film):
        return FilmMention(*span, self.text[slice(*span)], film)

    def _words(self, start, end):
        return tuple(fold(self.text[start:end]).split())

    def _named(self, begin, ways):
        """(start, end) of the first name that follows `begin` in some way, or None."""
        position, limit = begin, begin + REACH
        while position < limit:
            led = [way for way in ways if self.patterns[way].fullmatch(self.lower, begin, position)]
            name = self._name_at(position) if led else None
            if name and not (
                led == ["direct"] and self.patterns["other"].match(self.lower, name[1])
            ):
                return name
            space = BREAK.search(self.text, position, limit)
            position = space.end() if space else limit
        return None

    def _name_at(self, start):
        """(start, end) of the longest name that begins at a place of the text, or None."""
        first = self.text[start : start + 1]
        if not first.isupper() and not first.isdigit():
            return None
        read, end = (), start
        for token in TOKEN.finditer(self.text, start, start + REACH):
            read += tuple(fold(token[0]).split())
            if read in self.titles.numbers:
                end = token.end()
            if len(read) > LONGEST:
                break
        mention = self.named.get(start)
        if mention and self.text[end : end + 1] != "-":  # "James Bond-filmen"
            end = max(end, mention.end)
        return (start, end) if end > start else None

    def _film(self, start, end, number):
        """The film that is the `number`th of the name at [start, end), or None."""
        if year_after(self.text, end):
            return None
        words = self._words(start, end)
        if words in self.titles.numbers:
            return self.titles.numbers[words].get(number)
        film = self.named[start].film if start in self.named else None
        if film is None:
            return None
        if not film.franchise:
            return _wellknown(self.text[start:end], number)
        return self.titles.like(film, number) if is_series(film, self.titles) else None

    def _after(self, start, end):
        """The film that follows the one of the name at [start, end), or None."""
        series = self.titles.numbers.get(self._words(start, end), {})
        film = series.get(1) or (self.named[start].film if start in self.named else None)
        return self.titles.after(film) or _wellknown(self.text[start:end], 2)

    def _tells(self, mention, franchise):
        """Whether a mention is of one film of a franchise."""
        same = franchise and mention.film.franchise == franchise
        return same and not is_series(mention.film, self.titles)


def is_series(film, titles):
    """Whether a film is no certain one of its series, but the series or the first, whose name may
    be the same."""
    first = titles.like(film, 1)
    same = first is not None and film.identity == first.identity != ""
    return same or (film.title == film.franchise and not film.identity)


def _wellknown(title, number):
    """The well-known film that is called by a title and a number, or None."""
    found = films_called(key(f"{title} {number}")) if number > 1 else ()
    return found[-1] if found else None
