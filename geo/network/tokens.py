"""A text as the numbers that the network reads: one row for each word and each sign.

Beside each word stands its shape, and what other rooms know: whether it is in a toponym or in a
title that many people know, between quotation marks, in brackets, in a heading, in the address that
the text begins with.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from geo.films.evidence import quotations
from geo.films.titles import ARTICLES
from geo.films.wellknown import NUMBERS, begins, wellknown
from geo.text import fold

TOKEN = re.compile(r"[^\W_]+(?:['’.-](?=[^\W\d_])[^\W_]+)*|\d[\d.,]*\d|\S")
SOURCE = re.compile(r"(?:[Ss]ource:\s*)?https?://\S+\n?")
LANGUAGES = ("en", "de", "fr", "es", "no")
SIGNS = ".,;:!?()[]-–—\"“”„«»‘’'*_/…&"
LONGEST = 9  # tokens of a title that many people know
LONG_QUOTE = 60  # characters: more are somebody's words, not a title
LONG_BRACKET = 24  # tokens looked at after a bracket that is opened
FLAGS = 4
SIZES, MARKS = 6, 10  # sizes of spans that are told apart; numbers that Tokens.marks gives


@dataclass(frozen=True, slots=True)
class Tokens:
    """`text[starts[i]:ends[i]]` is token i, `words[which[i]]` what it says; every array has one row
    a token.

    `columns` maps the name of a table of the network to the rows of it that the tokens take;
    `flags` is (tokens, FLAGS); `same` numbers equal words, `sentence` and `paragraph` sentences
    and paragraphs. `names` are the tokens, in order, with which a name may begin.
    """

    starts: list
    ends: list
    words: list
    which: np.ndarray
    columns: dict
    flags: np.ndarray
    same: np.ndarray
    sentence: np.ndarray
    paragraph: np.ndarray
    heading: np.ndarray
    names: np.ndarray

    def span(self, start, end):
        """The tokens [first, last) that characters [start, end) of the text touch, or None."""
        first = max(bisect_left(self.starts, start + 1) - 1, 0)
        last = bisect_left(self.starts, end)
        return (first, last) if first < last else None

    def marks(self, first, last):
        """(spans, MARKS): the size of each span [first, last), whether exactly it is a known title,
        and one of several words, and whether it fills quotation marks or touches one. `first` and
        `last` are arrays."""
        known, quoted = (np.append(self.columns[name], 0) for name in ("known", "quoted"))
        begins, ends = known[first] % 2 == 1, known[last - 1] > 0
        goes_on = (known[last] > 0) & (known[last] % 2 == 0)
        whole = begins & ends & ~goes_on
        opens = (quoted[first] == 1) & (quoted[first - 1] != 1)
        closes = (quoted[last - 1] == 1) & (quoted[last] != 1)
        several = begins & (known[first] > 2)
        sizes = np.eye(SIZES)[np.minimum(last - first, SIZES) - 1]
        said = np.stack([whole, several, opens & closes, opens | closes], 1)
        return np.concatenate([sizes, said], 1).astype(np.float32)


def tokens(text, sentences, language, toponyms, titles):
    """The Tokens of a text; `titles` are KnownTitles. None where the text has no token."""
    address = SOURCE.match(text)
    begin = address.end() if address else 0
    spans = [match.span() for match in TOKEN.finditer(text, begin)]
    if not spans:
        return None
    starts, ends = map(list, zip(*spans, strict=True))
    written = [text[start:end] for start, end in spans]
    distinct = {}
    which = np.array([distinct.setdefault(word, len(distinct)) for word in written])
    low = [word.lower() for word in distinct]
    numbers = {word: number for number, word in enumerate(dict.fromkeys(low))}
    sentence, paragraph, heading, first = _sentences(starts, sentences)
    named = _in_address(low, address[0])[which] if address else np.zeros(len(which))
    columns = {
        "shape": np.array([_shape(word) for word in distinct])[which],
        "known": _known(written, distinct, titles),
        "toponym": _toponyms(starts, toponyms),
        "quoted": _quoted(text, begin, starts),
        "language": np.full(len(which), LANGUAGES.index(language) if language in LANGUAGES else 0),
    }
    flags = np.stack([_bracketed(written), heading, first, named], 1).astype(np.float32)
    same = np.array([numbers[word] for word in low])[which]
    said = [*distinct], which
    rows = columns, flags, same, sentence, paragraph, heading
    return Tokens(starts, ends, *said, *rows, _names(columns))


def _names(columns):
    """Tokens with which a name may begin: a known title, a quotation, a toponym, a row of words
    with capitals."""
    quoted, capital = columns["quoted"] == 1, np.isin(columns["shape"], CAPITALS)
    begins = (columns["known"] % 2 == 1) | (columns["toponym"] == 1)
    for within in (quoted, capital):
        begins |= np.diff(within.astype(int), prepend=0) == 1
    return np.flatnonzero(begins)


def _in_address(words, address):
    """Whether the address that the text begins with has each of some words in small letters."""
    within = fold(address)
    known = {word for word in within.split(" ") if len(word) > 2}
    folded = (word if word.isascii() and word.isalpha() else fold(word) for word in words)
    return np.array([f in known or (" " in f and f" {f} " in f" {within} ") for f in folded])


SHAPES = 46
CAPITALS = (40, 41, 42, 43)  # shapes of words that begin with one


def _shape(word):
    if word[0].isdigit():
        return 1 if len(word) == 4 and word[:2] in {"19", "20"} else 2
    if not word[0].isalnum():
        return 3 + (SIGNS.index(word[0]) if word[0] in SIGNS else len(SIGNS))
    if word.isupper():
        return 40 if len(word) > 1 else 41
    if word[0].isupper():
        return 42 if word[1:].islower() else 43
    return 44 if word.islower() else 45


def _sentences(starts, sentences):
    """Numbers of sentences and paragraphs, headings, and whether a token opens a sentence."""
    listed = list(sentences)
    if not listed:
        nothing = np.zeros(len(starts), int)
        return nothing, nothing, nothing, nothing
    begins = [sentence.start for sentence in listed]
    numbers = np.maximum(np.searchsorted(begins, starts, side="right") - 1, 0)
    paragraphs = np.array([sentence.paragraph for sentence in listed])[numbers]
    headings = np.array([sentence.heading for sentence in listed])[numbers].astype(int)
    opens = np.diff(numbers, prepend=-1) != 0
    return numbers, paragraphs, headings, opens


def _bracketed(written):
    """Whether a token stands in brackets that were opened not long before."""
    inside = np.zeros(len(written), bool)
    closed = [number for number, word in enumerate(written) if word == ")"]
    for number, word in enumerate(written):
        if word == "(":
            end = next((at + 1 for at in closed if at > number), len(written))
            inside[number : min(end, number + LONG_BRACKET)] = True
    return inside


def _quoted(text, begin, starts):
    """0 outside quotation marks, 1 within, 2 within a long quotation."""
    found = np.zeros(len(starts), int)
    for match in quotations(text, begin):
        start, end = next((match.span(g) for g in range(1, 10) if match[g]), match.span())
        kind = 1 if end - start < LONG_QUOTE else 2
        found[bisect_left(starts, start) : bisect_left(starts, end)] = kind
    return found


def _toponyms(starts, toponyms):
    """0 outside toponyms, 1 where one begins, 2 within."""
    found = np.zeros(len(starts), int)
    for toponym in toponyms:
        first, last = bisect_left(starts, toponym.start), bisect_left(starts, toponym.end)
        found[first:last] = 2
        found[first : first + (first < last)] = 1
    return found


class KnownTitles:
    """Folded titles without "the": those that many people know, and of `names`, folded."""

    def __init__(self, names=()):
        self.own = {name.removeprefix("the ") for name in names} - {""}
        words = [name.split(" ", 2) for name in self.own]
        self.openings = {row[0] for row in words} | {" ".join(row[:2]) for row in words}

    def __contains__(self, title):
        return title in self.own or title in wellknown()

    def begins(self, words):
        """Whether one or two words are the first of a title, or all of it."""
        return words in self.openings or begins(words)


def _known(written, distinct, titles):
    """0 outside titles that are known; 1, 3, 5 where one of one, two or more words begins that are
    no articles; 2, 4, 6 within. `distinct` are the words, each once."""
    found, end = np.zeros(len(written), int), 0
    first = {word for word in distinct if _may_open(word, titles)}
    for at, word in enumerate(written):
        if word in first and at >= end:
            end, size = _longest(written, titles, at)
            found[at:end] = 2 * size
            found[at] -= end > at
    return found


def _may_open(word, titles):
    """Whether a known title may begin with a word as it is written."""
    if not (word[0].isupper() or word[0].isdigit()):
        return False
    first = fold(word).split(" ")[0]
    return first == "the" or titles.begins(NUMBERS.get(first, first))


def _longest(written, titles, at):
    """(end, size) of the longest known title that begins at a token, or (at, 0)."""
    best, size = at, 0
    read = []
    for end in range(at, min(at + LONGEST + 1, len(written))):
        folded = fold(written[end])
        if folded:
            read += [NUMBERS.get(word, word) for word in folded.split(" ")]
        elif written[end] in ",:!-–—&'’.?…":
            continue
        else:
            break
        bare = read[1:] if read[0] == "the" else read
        if not bare:
            continue
        if not titles.begins(" ".join(bare[:2])):
            break
        if " ".join(bare) in titles:
            content = sum(word not in ARTICLES for word in read)
            if content > 2 or _has_capitals(written[at : end + 1]):
                best, size = end + 1, min(3, max(1, content))
    return best, size


def _has_capitals(words):
    """Whether at least half of the longer words begin with a capital."""
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in long) >= 0.5 * len(long)
