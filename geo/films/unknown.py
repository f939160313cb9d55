"""Films that the catalogue does not know: their titles and announced years, from the text alone.

Every name in the text is weighed by what speaks for a title (signs.py, scores.py); where names
overlap, the likelier one is the title.
"""

import re
from collections import defaultdict
from dataclasses import replace
from functools import cache

from geo.films import evidence
from geo.films.form import AND, given_names
from geo.films.known import is_another
from geo.films.scores import score
from geo.films.signs import Signs
from geo.films.spans import Span, spans
from geo.films.wellknown import films_called, key, wellknown
from geo.language import phrases
from geo.model import Film, FilmMention
from geo.text import fold

ENOUGH, ENOUGH_ALONE = -0.2, -0.3  # log odds; the second for the best name of a text without films
IN_ADDRESS = 4.0  # log odds by which a name of several words that the address has comes first
IN_A_LIST = 2.0  # log odds for each side on which a title stands
TITLE_HERE = 1.0  # log odds by which the network tells a title from the place of that name
MAY_BE = 0.3  # chance from which on a title of the network is weighed
SHORT, IN_SHORT = 60, 3.0  # words of a text that can say nothing twice; log odds of what it quotes
OWNER = re.compile(r"([A-ZÀ-Þ]\w+)\s(?:[A-ZÀ-Þ][\w.]*\s)?[A-ZÀ-Þ]\w+[’']s?\s")
# what a title is compounded with: "Troll-filmen", "die Gladiator-Fortsetzung"
COMPOUND = re.compile(
    r"(?:(?:Der|Die|Das|Den|Dem|Des)\s)?(.+?)-(?:films?|filmen?e?|serien?|reihe|saga|franchise|"
    r"fortsetzung|spin-?off|prequel|sequel|remake|dreh|oppfølger(?:en)?|universet?|"
    r"(?:dreh|inn)\w{4,12})",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def find_unknown(text, sentences, language, known, places, titles=None, told=None):
    """FilmMentions of titles that are in no catalogue, and of doubtful ones that are in one."""
    taken = [(m.start, m.end) for m in known]
    named = {key(m.film.title) for m in known}
    groups = groups_of(text, sentences, language, taken, named, told)
    if told:
        told.look_at_titles((span.start, span.end) for found in groups.values() for span in found)
    signs = Signs(text, sentences, language, places, told)
    scores = _scores(signs, groups, taken)
    # Of names that overlap, the address tells the whole one: "Dokka på loftet", not "Dokka".
    whole = {name: " " in name and f" {name} " in signs.address for name in scores}
    likely = [name for name in scores if scores[name] >= ENOUGH]
    likely.sort(key=lambda name: -scores[name] - IN_ADDRESS * whole[name])
    if not likely and not known:
        best = max(scores, key=lambda k: scores[k], default=None)
        if best and scores[best] >= ENOUGH_ALONE and not signs.is_only_place(groups[best]):
            likely = [best]
    mentions = _placed(text, language, places, {k: groups[k] for k in likely}, told)
    mentions = [_title_of_compound(text, *mention) for mention in mentions]
    return list(_dated(text, mentions, language, titles, alone=not known))


def _title_of_compound(text, start, end, name):
    """(start, end, key) of a title, without the noun that it is compounded with."""
    found = COMPOUND.fullmatch(text, start, end)
    return (*found.span(1), key(found[1])) if found else (start, end, name)


def groups_of(text, sentences, language, taken=(), named=(), told=None):
    """Key of a name -> its Spans, of the names that are not in `named` and overlap no `taken`."""
    groups, ruled = defaultdict(dict), [*spans(text, sentences, language)]
    capitals = [span for span in ruled if span.mark == "capitals"]
    for span in [*ruled, *_told(text, told, capitals)]:
        written = text[span.start : span.end]
        owned = span.mark == "bare" and _is_owned(written)
        if not (owned or any(s < span.end and span.start < e for s, e in taken)):
            groups[key(written)].setdefault(span.end, span)
    return {n: [*found.values()] for n, found in groups.items() if n and n not in named}


def _is_owned(name):
    """Whether a name begins with its maker's, "Jane Roe’s Saltmarsh", and is not known so."""
    owner = OWNER.match(name)
    return bool(owner) and fold(owner[1]) in given_names() and key(name) not in wellknown()


def _told(text, told, whole):
    """The Spans that the network takes for titles, but for parts of those that are whole."""
    for start, end in told.named("title", MAY_BE) if told else ():
        if any(span.start <= start and end <= span.end for span in whole):
            continue
        quoted = evidence.is_quoted(text, start, end)
        yield Span(start, end, "quoted" if quoted else "bare")


def _scores(signs, groups, taken):
    text, language = signs.text, signs.language
    told = ((n, signs.of(text[f[0].start : f[0].end], f)) for n, f in groups.items())
    extra = IN_SHORT if text.count(" ") < SHORT and not taken else 0.0
    scores = {
        name: score(found) + extra * ("mark: quoted" in found)
        for name, found in told
        if found is not None
    }
    neighbours = _neighbours(text, language, groups, scores, taken)
    for name in neighbours.keys() - scores.keys():
        title = text[groups[name][0].start : groups[name][0].end]
        scores[name] = score(signs.of(title, groups[name], listed=True) or ["never"])
    return {name: scores[name] + IN_A_LIST * neighbours.get(name, 0) for name in scores}


def _neighbours(text, language, groups, scores, taken):
    """Name -> on how many sides it has a title in one list with it: "X, Y and Z"."""
    sure = [s for name in scores if scores[name] > ENOUGH for s in groups[name]]
    edges = {(s.start, s.end) for s in sure} | {*taken}
    if not edges:
        return {}
    starts, ends = ({edge[side] for edge in edges} for side in (0, 1))
    joints = [match.span() for match in list_joint(language).finditer(text)]
    before = {end for start, end in joints if start in ends}
    after = {start for start, end in joints if end in starts}
    sides = {
        name: max((s.start in before) + (s.end in after) for s in found)
        for name, found in groups.items()
        if not AND.search(f" {name} ")
    }
    return {name: number for name, number in sides.items() if number}


@cache
def list_joint(language):
    """What stands between two titles of one list."""
    joined = "|".join(phrases(language)["places"]["and"])
    return re.compile(
        rf"[\"”“»«*_]*(?:\s\([^()\n]{{1,30}}\))?(?:,\s|,?\s(?:{joined})\s)(?:the\s)?"
        r"(?:[A-ZÀ-Þ][\w.-]+(?:\s[A-ZÀ-Þ][\w.-]+){0,2}[’']s\s)?[\"”“»«*_]*"
    )


def _placed(text, language, places, likely, told):
    """Yield (start, end, key) of the places of titles, likeliest first; none overlap."""
    taken = []
    for name, found in likely.items():
        for span in found:
            overlaps = any(s < span.end and span.start < e for s, e in taken)
            if overlaps or _is_place(text, span, places, language, found, told):
                continue
            taken.append((span.start, span.end))
            yield span.start, span.end, name


def _is_place(text, span, places, language, found, told):
    """Whether a title that is also a place is the place here."""
    start, end = span.start, span.end
    if span.mark != "bare" or not any(s <= start and end <= e for s, e in places):
        return False
    if evidence.year_after(text, end) or len(found) == 1:
        return False
    if told and told.title(start, end) > TITLE_HERE:
        return False
    return not evidence.says_film(text, start, end, language, strictly=True)


def _dated(text, mentions, language, titles, alone):
    """FilmMentions; a title's year is the nearest that the text announces beside any mention, or,
    where it has one title, anywhere."""
    years, written = {}, {}
    for start, end, name in sorted(mentions):
        years[name] = years.get(name) or _announced(text, start, end, language)
        written.setdefault(name, _clean(text[start:end]))
    if alone and len(years) == 1 and not any(years.values()):
        years = dict.fromkeys(years, _out(text, language))
    films = {}
    for start, end, name in sorted(mentions):
        if name not in films:
            listed = _listed(text, start, end, name, titles)
            films[name] = _film(text, listed, written[name], years[name])
        yield FilmMention(start, end, text[start:end], films[name])


def _clean(title):
    title = re.sub(r"\s+", " ", title).strip(' ,.;:*_"“”„«»‘')
    title = re.sub(r"[’']s$", "", title)
    return title.title() if title.isupper() and len(title) > 5 else title


def _listed(text, start, end, name, titles):
    """The films that many people know by a name at [start, end)."""
    listed = titles.by_words.get(tuple(fold(_clean(text[start:end])).split()), ()) if titles else ()
    own = [one for one in listed if not is_another(text, start, end, one, titles)]
    films = [film for found in own for film in found.films] or films_called(name)
    return [_own(film, titles) for film in films]


def _film(text, films, title, year):
    """The one of the films that many people know by a title, if it can be it, else a new one."""
    near = [f for f in films if year and f.year and abs(f.year - year) <= 1]
    near = [f for f in near if f.year == year] or near
    if near or (films and not year):
        said = {int(found) for found in YEAR.findall(text)}
        film = next((f for f in near or films if f.year in said), (near or films)[-1])
        return _spelled_out(film, title)
    return Film(title, year=year)


def _spelled_out(film, title):
    """The film, with "and" in its title for "&" where the text writes that."""
    if "&" not in film.title or "&" in title or key(film.title) != key(title):
        return film
    return replace(film, title=film.title.replace("&", "and"))


def _own(film, titles):
    """The film, with what the catalogue says of the one that a well-known title is another name
    of."""
    if not film.also or not titles:
        return film
    listed = titles.by_words.get(tuple(fold(film.also).split()), ())
    same = (own for name in listed for own in name.films if own.year == film.year)
    own = next(same, None)
    return replace(own, title=film.title, also=own.title) if own else film


def _announced(text, start, end, language):
    """The year in which a film comes out, where the words around its title say so."""
    bracket = evidence.year_after(text, end)
    before = evidence.year_before(text, start)
    if bracket or before:
        return bracket or before
    return _out(text[end : end + 110].split("\n")[0].split(". ")[0], language)


def _out(said, language):
    """The first year with a word before it, in the same sentence, that something comes out."""
    said, release = said.lower(), evidence.patterns(language)["release"]
    for match in YEAR.finditer(said):
        before = re.split(r"[.!?\n]\s", said[max(0, match.start() - 45) : match.end()])[-1]
        if release.search(before):
            return int(match[0])
    return None
