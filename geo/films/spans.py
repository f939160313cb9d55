"""Where titles may stand in a text: between quotation marks, in capitals, in names.

A name is a run of words with capitals, joined by "of", "the" and the like. Every part of a run
between its joints may be the title: "Jane Roe’s Tide of Glass in Oban" holds "Tide of Glass".
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from geo.films import evidence
from geo.films.titles import ARTICLES
from geo.films.wellknown import begins, key, wellknown
from geo.language import ordinary, phrases
from geo.text import fold

LINKS = (
    r"of|the|and|a|an|in|to|for|on|at|with|from|vs\.?|&|by|"
    r"de|la|le|les|du|des|el|los|las|del|y|et|en|der|die|das|und|von|og|i|på|"
)
WORD = r"(?:[A-ZÀ-ÖØ-Þ]|\d(?=[\w,’]*\b))[^\W_]*(?:,\d{3}|[’'.-][^\W_]+)*(?:[!?](?=\W))?"
RUN = re.compile(
    rf"(?<![\w’'@#-])(?:{WORD})(?:(?:[’']s?)?(?::|\s[–—-]|,(?=\s\d))?\s(?:(?:{LINKS})\s){{0,2}}(?:{WORD}))*"
)
PIECE = re.compile(rf"{WORD}")
CLOSE = re.compile(
    r"\s(?:(?:of|the|a|an|de|la|le|les|du|des|el|los|las|del|der|die|das|von|av)\s)+"
)
SPLIT = re.compile(r"[’']s$")
ADDRESS = re.compile(r"(?:[Ss]ource:\s*)?https?://\S+")
TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
GAP = re.compile(r"[’':,]?\s|\s?[–—:&-]\s?|[’'-]")
LONGEST = 8  # pieces of a run that are looked at as one name


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]`; `mark` is quoted, capitals or bare; a `whole` one fills its run."""

    start: int
    end: int
    mark: str
    whole: bool = True


def spans(text, sentences, language):
    """Yield the Spans of a text; those of one place may overlap."""
    sentences = list(sentences)
    if language != "en":
        yield from sentence_cased(text, sentences)
    for sentence in sentences:
        line = text[sentence.start : sentence.end]
        if "://" in line[:40]:
            continue
        marked = []
        for start, end in quoted(line):
            marked.append((start, end))
            yield Span(sentence.start + start, sentence.start + end, "quoted")
        for run in RUN.finditer(line):
            inside = any(s <= run.start() and run.end() <= e for s, e in marked)
            if not inside:
                yield from _parts(line, run, sentence.start, language)


def sentence_cased(text, sentences):
    """Yield the Spans of known titles, and of ones in the text's address, in small letters but for
    the first: "Dukken i taket"."""
    address = f" {fold(ADDRESS.match(text)[0])} " if ADDRESS.match(text) else ""
    for sentence in sentences:
        words = [
            (m.start(), m.end(), fold(m[0]))
            for m in TOKEN.finditer(text, sentence.start, sentence.end)
        ]
        for at, (one, two) in enumerate(pairwise(words)):
            start, pair = one[0], f"{one[2]} {two[2]}"
            if text[start].isupper() and (_opens(pair) or f" {pair} " in address):
                end = _longest(text, words, at, address)
                if end:
                    yield Span(start, end, "bare")


def _longest(text, words, at, address):
    """Where the longest such title that begins at word `at` ends, or None."""
    best, read = None, words[at][2]
    for before, after in pairwise(words[at : at + 9]):
        if not GAP.fullmatch(text, before[1], after[0]):
            break
        read += " " + after[2]
        small = text[after[0]].islower()
        listed = (
            len([w for w in read.split(" ") if w not in ARTICLES]) > 1 and key(read) in wellknown()
        )
        if listed or (small and len(after[2]) > 2 and f" {read} " in address):
            best = after[1]
    return best


def _opens(pair):
    """Whether a title that many people know begins with two words, the first maybe an article."""
    return begins(pair.removeprefix("the "))


def quoted(line):
    """Yield (start, end) of what stands between quotation marks or asterisks."""
    for match in evidence.quotations(line):
        start, end = next((match.span(g) for g in range(1, 10) if match[g]), match.span())
        while end > start and line[end - 1] in ",.;: \u00a0":
            end -= 1
        if end > start:
            yield start, end


def _parts(line, run, offset, language):
    """The Spans of a run: every row of pieces that begins and ends at a joint."""
    pieces = [m.span() for m in PIECE.finditer(line, run.start(), run.end())]
    starts = [n for n in range(len(pieces)) if n == 0 or _joint(line, pieces, n, language)]
    ends = {
        n
        for n in range(len(pieces))
        if n + 1 == len(pieces) or _joint(line, pieces, n + 1, language)
    }
    upper = not line.isupper()
    for first in starts:
        for last in range(first, min(first + LONGEST, len(pieces))):
            if last not in ends:
                continue
            start, end = pieces[first][0], pieces[last][1]
            written = line[start:end]
            own = SPLIT.search(written)
            if own:
                end -= len(own[0])
                written = line[start:end]
            if not _is_word(written, language):
                continue
            mark = "capitals" if upper and len(written) > 3 and written.isupper() else "bare"
            whole = first == 0 and last == len(pieces) - 1
            yield Span(offset + start, offset + end, mark, whole)


def _joint(line, pieces, number, language):
    """Whether a run may be cut before a piece."""
    before, after = line[slice(*pieces[number - 1])], line[slice(*pieces[number])]
    between = line[pieces[number - 1][1] : pieces[number][0]]
    if between == " " and f"{before}{after}".isupper() and len(before) > 1 < len(after):
        return False  # TIDE OF GLASS
    return (
        (between != " " and not CLOSE.fullmatch(between))
        or bool(SPLIT.search(before))
        or before.lower() in cuts(language)
        or after.lower() in cuts(language)
        or (before.isupper() != after.isupper() and len(before) > 3 < len(after))
    )


def _is_word(written, language):
    return len(written) > 1 and not written.isdigit() and written.lower() not in cuts(language)


@cache
def cuts(language):
    """Words at which a run is cut: words that open sentences, makers, words about films."""
    return ordinary(language) | frozenset(phrases(language)["films"]["cuts"])
