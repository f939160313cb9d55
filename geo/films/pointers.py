"""Words that point to a film of a series without naming it: "part 7", "the sequel"."""

import re
from collections import Counter
from functools import cache

from geo.films.numbered import counts_own, number_of
from geo.language import phrases
from geo.model import FilmMention

COUNTED, OTHERS = ("number", "ordinal"), ("sequel", "original", "previous")


@cache
def _patterns(language):
    words = phrases(language)["films"]
    part = "|".join(words["part"])
    ordinals = "|".join(words["ordinals"])
    between = r"(?:[\w’'.-]+\s){0,3}?"
    return {
        "number": re.compile(
            rf"\b(?:{part})\s(\d{{1,2}})\b|\b(\d{{1,2}})(?:st|nd|rd|th|\.)\s{between}(?:{part})\b"
        ),
        "ordinal": re.compile(
            rf"\b({ordinals})\s(?:{between}(?:{part})|(?:{'|'.join(words['in_series'])}))\b"
        ),
        "sequel": re.compile(rf"\b(?:{'|'.join(words['sequel'])})\b"),
        "original": re.compile(rf"\b(?:{'|'.join(words['original'])})\b"),
        "previous": re.compile(rf"\b(?:{'|'.join(words['previous'])})\b"),
    }


def looks_back(words, language):
    """Whether the words point to an earlier film: "the previous one", "the original"."""
    known = _patterns(language)
    return any(known[kind].fullmatch(words.lower()) for kind in ("original", "previous"))


def find_pointers(text, language, titles, named, kinds):
    """FilmMentions for pointers of some kinds, COUNTED or OTHERS, that lead to a film of the
    catalogue; none where one that is `named` stands."""
    if not any(mention.film.franchise for mention in named):
        return []
    lower = text.lower()
    if len(lower) != len(text):
        return []
    mentions = []
    for kind in kinds:
        for match in _patterns(language)[kind].finditer(lower):
            if _is_named(text, match, named) or _overlaps(match, mentions):
                continue
            if kind in COUNTED and _counts_else(text, match, language, named):
                continue
            film = _film(kind, match, language, titles, named)
            if film:
                mentions.append(FilmMention(*match.span(), text[slice(*match.span())], film))
    return mentions


def _counts_else(text, match, language, named):
    """Whether a number counts somebody's own, but no series' ("Mission: Impossible's sixth film"),
    or what has a name of its own."""
    start = match.start()
    of_series = any(0 <= start - m.end <= len("’s ") for m in named)
    has_name = any(word[:1].isupper() for word in text[slice(*match.span())].split()[1:-1])
    return has_name or (counts_own(text, start, language) and not of_series)


def _overlaps(match, mentions):
    return any(m.start < match.end() and match.start() < m.end for m in mentions)


def _is_named(text, match, named):
    """Whether the pointer overlaps a name, or a name follows it at once ("the sequel, X")."""
    end = match.end()
    return _overlaps(match, named) or any(
        0 <= m.start - end < 14 and not re.search(r"[.;!?]", text[end : m.start]) for m in named
    )


def _film(kind, match, language, titles, named):
    context = _context(match.start(), named)
    if context is None:
        return None
    order = titles.order(context)
    if kind in {"number", "ordinal"}:
        return titles.like(context, _number(match, kind, language))
    if kind == "sequel":
        return (
            context if order and order > 1 else titles.numbered(context.franchise, (order or 0) + 1)
        )
    if kind == "original":
        return titles.numbered(context.franchise, 1)
    return titles.numbered(context.franchise, order - 1) if order and order > 1 else None


def _number(match, kind, language):
    if kind == "ordinal":
        return number_of(match[1], "ordinals", language)
    return int(match[1] or match[2])


def _context(position, named):
    """The film of a franchise that the words before speak of, else the article's commonest one."""
    earlier = [m.film for m in named if m.start < position and m.film.franchise]
    if earlier:
        return earlier[-1]
    films = Counter(m.film for m in named if m.film.franchise)
    return films.most_common(1)[0][0] if films else None
