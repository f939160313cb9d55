"""Films of the catalogue, by any of their names."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from geo.films import evidence
from geo.films.titles import ARTICLES, ROMAN, Name
from geo.films.wellknown import key, wellknown
from geo.language import ordinary
from geo.model import Film, FilmMention
from geo.text import fold

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+|\.(?=[A-Z\d])[^\W_]+)*")
OF_FILMING = re.compile(
    r"(?i)film|movie|locat|shoot|shot|scene|serie|season|dreh|tourn|rod[ao]|innspill"
)
GAP = re.compile(r"[\s:,.!&'’*–—-]{0,4}")
NUMBER = re.compile(
    r"[\s:,–—-]{1,3}(?:(?:part|chapter|vol\.?|volume|episode|teil|kapitel|partie|chapitre|parte|"
    r"capítulo|del|kapittel)\s)?(\d{1,2}|[IVX]{1,4}|one|two|three|four|five)\b(?!\s?[%.,]\d|\s?(?:million|am|pm))",
)
NEXT = re.compile(
    r"\b(?:new|next|latest|upcoming|forthcoming|untitled|neue[nrs]?|nächste[nrs]?|nouveau|prochain|"
    r"nueva|próxima|nye|neste)\s[\"“„«‘]?$"
)
SERIES = re.compile(
    r"[\"”“»’]?\s(?:series|films|movies|trilog|franchise|saga|universe|reihe|filme)"
)
OF_SERIES = re.compile(
    r"(?i)\b(?:(?:mini-?)?series?|show|season|sitcom|serien|staffel|saison|temporada|sesong(?:en)?)\b"
)
BESIDE = 70  # characters from a title to what says that it is a series'
AROUND, WORDS_LEFT, WORDS_RIGHT = 60, 3, 5  # characters and words of a longer title
COUNT = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
LOCATIVE = re.compile(
    r"\b(?:in|at|to|near|from|around|outside|of|nach|aus|bei|à|en|de|i|på|til|fra|ved)\s+$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A name of the catalogue at `start` to `end`, and how far it is believed: 0 to 2."""

    start: int
    end: int
    name: Name
    belief: int


def find_known(text, language, titles, places):
    """FilmMentions of the films of the catalogue, but for names that are part of a longer title
    that many people know: "The First Avenger: Civil War"."""
    found = [*_in_address(text, titles), *_matches(text, language, titles, set(places))]
    found = [f for f in found if not _is_part(text, f.start, f.end)]
    found = [f for f in found if not is_another(text, f.start, f.end, f.name, titles)]
    sure = {f.name.words for f in found if f.belief == 2}
    films = {film for f in found if f.belief == 2 or not f.name.weak for film in f.name.films}
    franchises = {film.franchise for film in films if film.franchise}
    often = Counter(f.name.words for f in found if f.belief > 0)
    sure |= {words for words, times in often.items() if times > 1}
    kept = [f for f in found if _is_kept(f, sure, franchises)]
    return list(_resolved(text, kept, titles))


def _is_part(text, start, end):
    """Whether a name is part of a longer well-known title."""
    line = text.rfind("\n", 0, start) + 1
    tokens = [m.span() for m in TOKEN.finditer(text, max(line, start - AROUND), end + AROUND)]
    first = next(n for n, span in enumerate(tokens) if span[1] > start)
    last = next(n for n, span in enumerate(tokens) if span[1] >= end)
    firsts = [n for n in range(max(0, first - WORDS_LEFT), first + 1) if _is_great(text, tokens[n])]
    lasts = [n for n in range(last, min(len(tokens), last + WORDS_RIGHT + 1))
             if _is_great(text, tokens[n])]  # fmt: skip
    return any(
        (one, other) != (first, last)
        and _is_row(text, tokens[one : other + 1])
        and key(text[tokens[one][0] : tokens[other][1]]) in wellknown()
        for one in firsts
        for other in lasts
    )


def is_another(text, start, end, name, titles):
    """Whether the short Name of a film is the whole title of something else that is well known, the
    text says that it is a series, and nothing of the film's: "the series Fallout"."""
    if name.kind not in {"part", "alias"} or key(text[start:end]) not in wellknown():
        return False
    near = OF_SERIES.search(text, max(0, start - BESIDE), min(len(text), end + BESIDE))
    return bool(near) and not any(
        titles.is_series(film) or fold(film.franchise or "-") in fold(text) for film in name.films
    )


def _is_great(text, span):
    return not text[span[0]].islower()


def _is_row(text, tokens):
    """Whether nothing but spaces and the signs within titles stands between some tokens."""
    return all(GAP.fullmatch(text, a[1], b[0]) and ". " not in text[a[1] : b[0]]
               for a, b in pairwise(tokens))  # fmt: skip


def _matches(text, language, titles, places):
    address = evidence.ADDRESS.match(text)
    begin = address.end() if address else 0
    tokens = [(m.start(), m.end(), fold(m[0])) for m in TOKEN.finditer(text, begin)]
    position = 0
    while position < len(tokens):
        match = None
        if not text[tokens[position][0]].islower() or tokens[position][2] in titles.small:
            match = _longest(text, tokens, position, titles)
        if match:
            name, length = match
            start, end = tokens[position][0], tokens[position + length - 1][1]
            yield Found(start, end, name, _belief(text, start, end, name, language, places))
            position += length
        else:
            position += 1


def _in_address(text, titles):
    """Names of films in the address that an article begins with: words joined by hyphens."""
    address = evidence.ADDRESS.match(text)
    if not address or not OF_FILMING.search(address[1]):
        return
    tokens = [(m.start(), m.end(), fold(m[0])) for m in TOKEN.finditer(text, *address.span(1))]
    position = 0
    while position < len(tokens):
        length = 0
        limit = titles.longest.get(tokens[position][2], 0)
        for size in range(min(limit, 8, len(tokens) - position), 0, -1):
            words = tuple(token[2] for token in tokens[position : position + size])
            names = [n for n in titles.by_words.get(words, ()) if n.kind != "part"]
            if names and (size > 1 or len(words[0]) > 4):
                length = size
                yield Found(tokens[position][0], tokens[position + size - 1][1], names[0], 1)
                break
        position += length or 1


def _longest(text, tokens, position, titles):
    """The longest name that the tokens from `position` on read as, and how many they are."""
    first = tokens[position]
    best, read, at = None, (), position
    limit = titles.longest.get(first[2].split(" ")[0], 0)
    while len(read) < limit and at < len(tokens):
        if at > position and not GAP.fullmatch(text, tokens[at - 1][1], tokens[at][0]):
            break
        read += tuple(tokens[at][2].split())
        at += 1
        if len(read) > 1 and read[:2] not in titles.begins:
            break
        for name in titles.by_words.get(read, ()):
            if _looks_alike(text, tokens, position, at - position, name):
                best = name, at - position
                break
    return best


def _looks_alike(text, tokens, position, length, name):
    """Whether capitals stand where the title has them (all of them, in a text of capitals)."""
    first, last = tokens[position], tokens[position + length - 1]
    written = text[first[0] : last[1]]
    if not name.written[:1].isupper():
        return evidence.is_quoted(text, first[0], last[1]) or written == name.written
    return (written[0].isupper() or written[0].isdigit()) and (
        length == 1
        or sum(t[0].isupper() for t in re.findall(r"[^\W\d_]{4,}", written))
        >= 0.5 * len(re.findall(r"[^\W\d_]{4,}", written))
    )


def _belief(text, start, end, name, language, places):
    if evidence.patterns(language)["other_work"].search(evidence.before(text, start)):
        return -1 if name.weak else 0
    if evidence.is_quoted(text, start, end) or evidence.year_after(text, end):
        return 2
    if not name.weak:
        return 1
    if name.kind == "working":
        return 0
    if text[start : start + 4] == "The " and text[start - 2 : start - 1].islower():
        return 2
    is_place = any(s < end and start < e for s, e in places)
    if evidence.says_film(text, start, end, language, strictly=is_place):
        return 2
    if is_place and LOCATIVE.search(evidence.before(text, start)):
        return -1
    common = len(name.words) == 1 and name.words[0] in ordinary(language)
    alone = (
        name.kind == "title" and not common and language != "de" and _stands_alone(text, start, end)
    )
    return (0.2 if is_place else 0.5) if alone else 0


def _stands_alone(text, start, end):
    """Whether capitals mark the name alone, within a sentence: "as on Dune, services were"."""
    left, right = text[max(0, start - 30) : start], text[end : end + 2]
    word = re.search(r"([^\W\d_]+)[’']?\s$", left)
    return bool(word) and not word[1][0].isupper() and not re.match(r"\s[A-ZÀ-Þ]|[’']s?\w", right)


def _is_kept(found, sure, franchises):
    if found.belief == -1:
        return False
    if found.name.kind == "franchise" or not found.name.weak or found.belief == 2:
        return True
    if found.name.words in sure:
        return True
    if found.name.kind == "working":
        return False
    of_franchise = any(film.franchise in franchises for film in found.name.films if film.franchise)
    if found.belief == 0.5:
        return not of_franchise
    return found.belief == 1 or (of_franchise and found.name.kind in {"alias", "part"})


def _resolved(text, kept, titles):
    """FilmMentions: a name of several films, or of a whole franchise, becomes one film."""
    certain = Counter(f.name.films[0] for f in kept if len(f.name.films) == 1)
    for f in kept:
        film, end = _film(text, f, titles, certain)
        yield FilmMention(f.start, end, text[f.start : end], film)


def _film(text, found, titles, certain):
    name, films = found.name, found.name.films
    number = NUMBER.match(text, found.end)
    if number and films[0].franchise:
        numbered = titles.numbered(films[0].franchise, _value(number[1]))
        if numbered and titles.order(films[0]) in {1, None}:
            return numbered, number.end()
    year = evidence.year_after(text, found.end) or evidence.year_before(text, found.start)
    if year:
        dated = min(films, key=lambda f: abs((f.year or 0) - year))
        if abs((dated.year or 0) - year) <= 1:
            return dated, found.end
    if films[0].franchise and name.words in _spoken(films[0].franchise):
        return _of_franchise(text, found, certain), found.end
    if name.films_within and SERIES.match(evidence.after(text, found.end)):
        return name.films_within, found.end
    return films[-1], found.end


def _of_franchise(text, found, certain):
    """What "Mission: Impossible" alone means: the film of it that the article speaks of most,
    else the film of that name, else one that has no title yet."""
    franchise = found.name.films[0].franchise
    same = [(n, film) for film, n in certain.items() if film.franchise == franchise]
    same = [(n, film) for n, film in same if film not in found.name.films]
    left, right = evidence.before(text, found.start), evidence.after(text, found.end)
    if same and NEXT.search(left):
        return max((film for _, film in same), key=lambda film: film.year or 0)
    if same:
        return max(same, key=lambda pair: pair[0])[1]
    if found.name.kind == "franchise" or NEXT.search(left) or SERIES.match(right):
        return Film(franchise, franchise)
    return found.name.films[-1]


def _spoken(franchise):
    """The words of a franchise's name, with and without its article."""
    words = tuple(fold(franchise).split())
    return {words, words[1:] if words[0] in ARTICLES else words}


def _value(written):
    lower = written.lower()
    return int(lower) if lower.isdigit() else ROMAN.get(lower) or COUNT.get(lower)
