"""What a name itself says for or against being a title: its words, and whose name it may be."""

import re
from collections import Counter
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path

from geo.language import ordinary
from geo.text import fold

GIVEN = Path(__file__).with_name("given_names.txt")
ARTICLES = {"The", "Der", "Die", "Das", "La", "Le", "Les", "El", "Los", "Las"}
COMPANY = re.compile(
    r"(?:pictures|productions?|entertainment|films|studios?|council|commission|university|police|"
    r"department|agency|association|festival|awards?|institute|academy|company|ltd|inc|office|fund|"
    r"ministry|board|network|television|tv|radio|news|times|magazine|guild|group|trust|society|"
    r"church|school|college|museum|airport|hotel|street|road|bridge|station|park|island|castle)"
)
NAMES = re.compile(
    r"(?<![\w’'-])[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ]\.)?(?:\s(?:[Dd]e|[Vv]an|[Vv]on|del|la))?"
    r"\s[A-ZÀ-Þ][\w’-]+"
)
NUMBERED = re.compile(r"[a-zà-ÿ]{2}\W{0,2}\s(?:\d{1,2}|[IVX]{2,4}|(?:Part|Chapter|Season)\s\w+)$")
NOT_TITLES = re.compile(
    r"According\sto\s.+|(?:The\s)?(?:Festival|Commission|Board|Awards?|Academy|Institute|Studios?|Museum|Critics|"
    r"Office|Fund|School|I|In|At|On|The|A|He|She|It|They|We|This|That|But|And|When|While|As|After|"
    r"Before|Netflix|HBO|BBC|Disney|Amazon|Apple|Marvel|Warner|Universal|Paramount|Sony|Hollywood|"
    r"Bollywood|Instagram|Twitter|Facebook|YouTube|Today|Now|Season|Monday|Tuesday|Wednesday|"
    r"Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|"
    r"October|November|December|Film|Films|Movie|Production|Director|Oscars?|Emmys?|Hogwarts|NASA|CIA|FBI|Prime|Video|"
    r"Max|Hulu|Bros|Variety|Deadline|[12]\d{3}|\d+)(?:\s(?:Studios?|TV|Video|Plus|\+|\d+))?",
)
AND = re.compile(r"\s(?:and|und|et|y|og)\s")
DIGIT = re.compile(r"\d")
SMALL = re.compile(r"(?<![\w’'-])[^\W\d_A-ZÀ-Þ][^\W\d_]*")
WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


class Words:
    """What words a text uses: in small letters, as first and last words of names, side by side.

    Each is counted when it is first asked for: of many texts most are not.
    """

    def __init__(self, text, begin, language):
        self.body, self.language = text[begin:], language

    @cached_property
    def small(self):
        """Words that the text has in small letters."""
        return set(SMALL.findall(self.body))

    @cached_property
    def firsts(self):
        """How often each word is the first of a name of several words."""
        firsts = Counter(name.split(maxsplit=1)[0] for name in self._names)
        return firsts - Counter({"The": firsts["The"]})

    @cached_property
    def lasts(self):
        """How often each word is the last of such a name."""
        return Counter(name.rsplit(maxsplit=1)[-1] for name in self._names)

    @cached_property
    def times(self):
        """How often the text has each word."""
        return Counter(self._used)

    @cached_property
    def pairs(self):
        """How often two words stand side by side."""
        return Counter(pairwise(self._used))

    @cached_property
    def _names(self):
        return NAMES.findall(self.body)

    @cached_property
    def _used(self):
        return WORD.findall(self.body)

    def of(self, title):
        """Yield the signs of a title's form."""
        words = title.split()
        yield f"words: {min(len(words), 4)}"
        yield from _of_shape(title, words)
        if len(words) == 1:
            yield from self._of_word(title)
        elif len(words) < 4 and all(word[0].isupper() for word in words):
            yield from self._of_name(words)

    def _of_name(self, words):
        yield f"name: {len(words)}"
        if self.times[words[-1]] > self.pairs[words[-2], words[-1]]:
            yield "last word alone"
        if fold(words[0]) in given_names():
            yield "given name"
        if self.firsts[words[0]] > 1:
            yield "same first word"

    def _of_word(self, word):
        if word.lower() in self.small:
            yield "small elsewhere"
        if self.lasts[word]:
            yield "surname"
        if self.firsts[word]:
            yield "first name"
        if fold(word) in given_names():
            yield "given name"
        if word.lower() in ordinary(self.language):
            yield "ordinary"


def _of_shape(title, words):
    if words[0] in ARTICLES:
        yield "article"
    if any(word[0].islower() for word in words):
        yield "joined"
    if DIGIT.search(title):
        yield "digit"
    if NUMBERED.search(title):
        yield "numbered"
    if AND.search(title):
        yield "and"
    if ":" in title or title.endswith(("!", "?")):
        yield "sign"
    if NOT_TITLES.fullmatch(title):
        yield "never"
    if COMPANY.fullmatch(words[-1].lower()) or COMPANY.fullmatch(words[0].lower()):
        yield "company"


@cache
def given_names():
    """Common given names, folded."""
    lines = GIVEN.read_text("utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())
