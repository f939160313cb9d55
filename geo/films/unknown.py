"""Films that the catalogue does not know: their titles and announced years, from the text alone."""

import re
from functools import cache

from geo.films import evidence
from geo.films.guesses import ENDS_A_NAME, guessed
from geo.films.shapes import NOT_TITLES, TITLE, is_person
from geo.language import ordinary, phrases
from geo.model import Film, FilmMention
from geo.text import fold

WITH_YEAR = re.compile(rf"({TITLE})\s[(\[]((?:19|20)\d\d)[)\]]")
EARLY = 700  # characters from the beginning: a title in quotes there is likely the film's
CAPITALS = re.compile(r"\b[A-Z]{4,}\b(?:\s(?:[A-Z]{2,}\b|\d+))*|\b[A-Z]{2,}(?:\s[A-Z]{2,}\b)+")


def find_unknown(text, sentences, language, known, places):
    """FilmMentions of titles that are in no catalogue."""
    taken = [(m.start, m.end) for m in known]
    found = {}
    for start, end, year in _candidates(text, sentences, language, taken):
        if any(s < end and start < e for s, e in taken):
            continue
        title = _clean(text[start:end])
        key = fold(title)
        if key and not NOT_TITLES.fullmatch(title) and _is_new(key, known):
            found[key] = (title, found.get(key, (None, None))[1] or year)
    for title, year in guessed(text, sentences, language, taken, places, not known and not found):
        if _is_new(fold(title), known):
            found.setdefault(fold(title), (title, year))
    mentions = _all_mentions(text, found, taken, places, language)
    return list(_dated(text, mentions, language))


def _is_new(key, known):
    return all(key != fold(mention.film.title) for mention in known)


def _candidates(text, sentences, language, taken):
    shouted = any(text[s:e].isupper() and e - s > 4 for s, e in taken)
    said = False
    for sentence in sentences:
        line = text[sentence.start : sentence.end]
        known = evidence.patterns(language)
        says = any(known[kind].search(line.lower()) for kind in ("noun", "filming"))
        about_film, said = says or said, says
        for start, end in _quoted(line):
            start, end = start + sentence.start, end + sentence.start
            if _is_quoted_title(text, start, end, language, about_film or sentence.heading):
                yield start, end, evidence.year_after(text, end)
        for match in WITH_YEAR.finditer(line):
            yield sentence.start + match.start(1), sentence.start + match.end(1), int(match[2])
        for start, end in _beside_words(line, language):
            title = text[sentence.start + start : sentence.start + end]
            opens = (
                start < 3
                and " " not in title
                and not re.search(rf"[\w,] {re.escape(title)}\b", text)
            )
            left = text[max(0, sentence.start + start - 24) : sentence.start + start]
            part = " " not in title and ENDS_A_NAME.search(left)
            if not opens and not part and not is_person(text, title):
                yield sentence.start + start, sentence.start + end, None
        if not line.isupper() and shouted:
            yield from ((s + sentence.start, e + sentence.start, None) for s, e in _capitals(line))


def _capitals(line):
    """Titles in capitals, in a text that writes its titles so."""
    return (match.span() for match in CAPITALS.finditer(line))


def _quoted(line):
    for match in evidence.QUOTED.finditer(line):
        start, end = next((match.span(g) for g in range(1, 10) if match[g]), match.span())
        while end > start and line[end - 1] in ",.;: \u00a0":
            end -= 1
        if end > start:
            yield start, end


def _is_quoted_title(text, start, end, language, about_film):
    title, known = text[start:end], evidence.patterns(language)
    left, right = evidence.before(text, start), evidence.after(text, end)
    if not (title[0].isupper() or title[0].isdigit() or title[0] in "¡¿#") or len(title) > 60:
        return False
    if known["other_work"].search(left) or known["speech"].match(right):
        return False
    words = title.split()
    if len(words) == 1 and title.lower() in ordinary(language):
        return False
    near = bool(evidence.says_film(text, start, end, language) or evidence.year_after(text, end))
    if not _title_case(words) and (language == "en" or len(words) > 5):
        return near and len(words) < 8 and not title.endswith((".", "!", "?", "…"))
    return near or about_film or text.count(title) > 1 or start < EARLY


def _title_case(words):
    long = [word for word in words if len(word) > 3 or word[0].isupper()]
    return not long or sum(not word[0].islower() for word in long) >= 0.7 * len(long)


@cache
def _beside(language):
    """Patterns for titles without marks, beside words for films; None where nouns have capitals."""
    words = phrases(language)["films"].get("unmarked")
    if not words:
        return None
    noun, named, used = ("|".join(words[key]) for key in ("noun", "named", "used"))
    picture = rf"(?:the|a) (?:[\w-]+\s){{0,4}}(?:picture|{noun})\b"
    return (
        re.compile(rf"\b(?:{noun}|{named}),?\s({TITLE})(?!\w*\s(?:shot|made|directed|filmed))"),
        re.compile(rf"(?:^|(?<=[\s(]))(?<![a-z] na )({TITLE}),?\s(?:{used})"),
        re.compile(rf"\b(?:was|were|is)\s({TITLE})\s(?:filmed|shot|set)\b"),
        re.compile(rf"({TITLE}), which (?:[^,.]{{0,50}}\s)?(?:is|was|became) {picture}"),
        re.compile(rf"({TITLE}), (?:as the (?:{noun}) is|which opens)\b"),
    )


def _beside_words(line, language):
    for pattern in _beside(language) or ():
        for match in pattern.finditer(line):
            yield match.span(1)


def _clean(title):
    title = re.sub(r"\s+", " ", title).strip(' ,.;:*_"“”„«»‘')
    return re.sub(r"[’']s$", "", title)


def _all_mentions(text, found, taken, places, language):
    """(start, end, title, year) of every occurrence of the titles found, longest first."""
    spans = []
    for title, year in sorted(found.values(), key=lambda pair: -len(pair[0])):
        for match in re.finditer(rf"(?<!\w){re.escape(title)}(?!\w)", text):
            start, end = match.span()
            if any(s < end and start < e for s, e in [*taken, *(span[:2] for span in spans)]):
                continue
            if _is_place(text, start, end, places, language):
                continue
            spans.append((start, end, title, year))
    return sorted(spans)


def _is_place(text, start, end, places, language):
    """Whether a title that is also a place is the place here."""
    if not any(s <= start and end <= e for s, e in places):
        return False
    marked = evidence.is_quoted(text, start, end) or evidence.year_after(text, end)
    return not marked and not evidence.says_film(text, start, end, language, strictly=True)


def _dated(text, mentions, language):
    """FilmMentions; a title's year is the nearest that the text announces beside any mention."""
    years = {}
    for start, end, title, year in mentions:
        years[title] = years.get(title) or year or _announced(text, start, end, language)
    for start, end, title, _ in mentions:
        yield FilmMention(start, end, text[start:end], Film(title, year=years[title]))


def _announced(text, start, end, language):
    """The year in which a film comes out, where the words around its title say so."""
    bracket = evidence.year_after(text, end)
    before = evidence.year_before(text, start)
    if bracket or before:
        return bracket or before
    right = text[end : end + 110].split("\n")[0].split(". ")[0].lower()
    for match in re.finditer(r"\b(?:19|20)\d\d\b", right):
        if evidence.patterns(language)["release"].search(
            right[max(0, match.start() - 45) : match.end()]
        ):
            return int(match[0])
    return None
