"""What speaks for and against a name being a film's title, as a list of readable signs.

    signs = Signs(text, sentences, language, places)
    signs.of(title, spans)           # ["quoted", "before: of", "headline", …]

The signs of a name are gathered over all places where the text has it: words for films on either
side, marks, headline and address, and what shows that it is a person, a place or a company.
"""

import re
from bisect import bisect_right
from collections import Counter
from functools import cache

from geo.films import evidence
from geo.films.shapes import NOT_TITLES
from geo.films.titles import ARTICLES
from geo.films.wellknown import key as title_key
from geo.films.wellknown import wellknown
from geo.language import ordinary, phrases
from geo.text import fold

SKIP_LEFT = re.compile(
    r"(?:\b(?:the|der|die|das|den|la|le|les|el|los)\s)?[\"“„«‘‹»*_'’(\s]*$", re.I
)
SKIP_RIGHT = re.compile(r"[\"”“»’›«*_',)\s]*(?:[’']s\s)?(?:[(\[](?:19|20)\d\d[)\]],?\s?)?")
WORDS = re.compile(r"[^\W\d_]{2,}")
COMPANY = re.compile(
    r"(?:pictures|productions?|entertainment|films|studios?|council|commission|university|police|"
    r"department|agency|association|festival|awards?|institute|academy|company|ltd|inc|office|fund|"
    r"ministry|board|network|television|tv|radio|news|times|magazine|guild|group|trust|society|"
    r"church|school|college|museum|airport|hotel|street|road|bridge|station|park|island|castle)"
)
NAMES = re.compile(
    r"(?<![\w’'-])[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ]\.)?(?:\s(?:[Dd]e|[Vv]an|[Vv]on|del|la))?\s[A-ZÀ-Þ][\w’-]+"
)
OWNER = re.compile(r"[A-ZÀ-Þ][\w’.-]+(?:\s[A-ZÀ-Þ][\w.-]+){0,2}[’'](?:s\s)?\s?[\"“‘*_]?$")
ADDRESS = re.compile(r"(?:source:\s*)?https?://[^/\s]+/(\S+)", re.IGNORECASE)
GIVEN = frozenset(
    (
        "aaron abigail adam adrian agnes alan albert alejandro alex alexander alexandra alfonso alfred "
        "alice alison amanda amy ana anders andre andrea andreas andrew andy angela angelina ann anna "
        "anne annette anthony antoine antonio ari arne arnold arthur astrid audrey barbara barry ben "
        "benedict benjamin bernard beth bill bjorn bob brad brandon brenda brian brigitte bruce camille "
        "carl carla carlos carol caroline cate catherine chadwick charles charlie charlize charlotte "
        "chloe chris christian christina christine christoph christopher claire clara claude clint "
        "colin conor craig dan daniel danielle danny dave david dean deborah denis dennis denzel diane "
        "diego dominic don donald donna doug drew dustin dwayne ed eddie edward elena eli elisabeth "
        "elizabeth ellen emily emma emmanuel enrique eric erik ernst ethan eva evan ewan felix fernando "
        "florence florian francesca francis francisco francois frank franz fred frederic freya gabriel "
        "gael gary gavin gemma georg george gerard gerhard gillian gina giovanni glenn gordon grace "
        "graham greg greta guillaume guillermo guy gwyneth hans harriet harrison harry heath heather "
        "heidi helen helena helga henri henrik henry hilary howard hugh hugo ian idris ingrid isabel "
        "isabelle ivan jack jackie jacob jacques jake james jamie jan jane janet jared jason javier "
        "jean jeff jeffrey jennifer jeremy jerry jesse jessica jessie jim jimmy joachim joan joanna "
        "joaquin jodie joe joel johan johannes john johnny jonas jonathan jorge jose joseph josh juan "
        "judi judith judy julia julian julie juliette jurgen justin karen karl kate katherine kathleen "
        "kathryn katie keanu keira keith kelly ken kenneth kevin kirsten kristen kristin kurt larry "
        "lars laura lauren laurent lea lena leo leonardo leslie liam linda lisa liv louis louise luc "
        "lucas lucy luis luke mads maggie manuel marc marcel margaret margot maria marie mario marion "
        "mark marta martin mary mathias mathieu matt matthew maya mel melissa meryl michael michel "
        "michelle miguel mike miles millie milly monica morgan nadia naomi natalia natalie natasha neil "
        "nicholas nick nicola nicolas nicole nina noah noel nora ola olav ole oliver olivia olivier "
        "omar orlando oscar owen pablo pamela patricia patrick paul paula pedro penelope per pete peter "
        "petra phil philip philippe pierce pierre quentin rachel ralph ray rebecca regina reinhard rene "
        "renee ricardo richard ridley rob robert roberto robin roger roland ron rosa rosamund rowan roy "
        "rupert russell ruth ryan sally sam samantha samuel sandra saoirse sara sarah scarlett scott "
        "sean sebastian selma sergio shailene sharon sigourney simon sofia sophie stefan stella stephen "
        "steve steven stuart susan susanne sven sylvester taika tarik taylor ted terry tessa thomas "
        "thomasin til tilda tim timothy tina todd tom tommy tony tracy ulrich uma ursula ute valerie "
        "vera vicky victor viggo vin vincent viola virginie walter warren wendy werner wes will willem "
        "william wolfgang woody xavier yann yvonne zac zach zoe "
    ).split()
)  # common given names of the five languages
NUMBERED = re.compile(r"[a-zà-ÿ]{2}\W{0,2}\s(?:\d{1,2}|[IVX]{2,4}|(?:Part|Chapter|Season)\s\w+)$")
SAYS_TITLE = {"before: work", "before: of", "after: work", "after: made", "year"}
SMALL_LETTERS = re.compile(r"[^\W\d_]{3,}")
EARLY = 700  # characters from the beginning of the text


@cache
def _patterns(language):
    words = phrases(language)
    film, place = words["films"], words["places"]

    def any_of(listed):
        return re.compile(rf"\b(?:{'|'.join(listed)})\b")

    return (
        {
            "work": any_of(film["noun"]),
            "of": any_of(film["before"]),
            "near": any_of(film["nearby"]),
            "aside": any_of(film["aside"]),
            "other work": any_of(film["other_work"]),
            "person": any_of(place["person"]),
            "in": any_of(place["locative_strict"]),
        },
        {
            "work": any_of(film["noun"]),
            "made": any_of(film["made"]),
            "film": any_of(film["after"]),
            "speech": any_of(film["speech"]),
        },
    )


class Signs:
    """The signs of names in one text."""

    def __init__(self, text, sentences, language, places):
        self.text, self.language, self.places = text, language, places
        self.sentences = sentences
        lower = text.lower()
        if len(lower) != len(text):
            lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        left, right = _patterns(language)
        self.left = {kind: {m.end() for m in p.finditer(lower)} for kind, p in left.items()}
        self.right = {kind: {m.start() for m in p.finditer(lower)} for kind, p in right.items()}
        address = ADDRESS.match(text)
        self.address = f" {fold(address[1])} " if address else ""
        self.body = address.end() if address else 0
        first = next((s for s in sentences if s.start >= self.body), None)
        self.headline = first.end if first and first.heading else self.body
        self.small = set(re.findall(r"(?<![\w’'-])[^\W\d_A-ZÀ-Þ][^\W\d_]*", text[self.body :]))
        self.firsts, self.lasts = Counter(), Counter()
        for match in NAMES.finditer(text, self.body):
            words = match[0].split()
            self.firsts[words[0]] += words[0] != "The"
            self.lasts[words[-1]] += 1
        self.opens = {s.start for s in sentences}
        self.starts = sorted(self.opens)
        self.ends = {s.start: s.end for s in sentences}
        self.quotes = any(True for _ in evidence.QUOTED.finditer(text, self.body))

    def of(self, title, spans):
        """The signs of a name that stands at some Spans."""
        found = {*self._of_form(title, spans), *self._of_marks(spans), *self._around(spans)}
        if self._is_other(found):
            return ["refused"]
        return sorted(found | {*self._of_list(title, found)})

    def _is_other(self, found):
        """Whether the name is another work's, or a word that needs its quotes for other ends."""
        if "mark: quoted" not in found:
            return False
        doubtful = {"before: other work always", "ordinary"} & found
        return bool(doubtful) and not found & SAYS_TITLE

    def _of_list(self, title, found):
        """Signs of a title that many people know; the fewer words, the less it says."""
        if title_key(title) not in wellknown():
            return
        content = [word for word in fold(title).split() if word not in ARTICLES]
        size = min(3, len(content))
        yield f"known: {size}"
        for sign in ("place", "mark: quoted", "never whole", "only opens", "small elsewhere"):
            if sign in found:
                yield f"known: {min(size, 2)}, {sign}"

    def _of_form(self, title, spans):
        words = title.split()
        size = min(len(words), 4)
        yield f"words: {size}"
        if words[0] in {"The", "Der", "Die", "Das", "La", "Le", "Les", "El", "Los", "Las"}:
            yield "article"
        if any(w[0].islower() for w in words):
            yield "joined"
        if re.search(r"\d", title):
            yield "digit"
        if NUMBERED.search(title):
            yield "numbered"
        if re.search(r"\s(?:and|und|et|y|og)\s", title):
            yield "and"
        if ":" in title or title.endswith(("!", "?")):
            yield "sign"
        if NOT_TITLES.fullmatch(title):
            yield "never"
        if COMPANY.fullmatch(words[-1].lower()):
            yield "company"
        if len(words) == 1:
            yield from self._of_word(title)
        elif len(words) < 4 and all(w[0].isupper() for w in words):
            yield f"name: {size}"
            if re.search(
                rf"(?<!{re.escape(words[-2])}\s)\b{re.escape(words[-1])}\b", self.text[self.body :]
            ):
                yield "last word alone"
            if fold(words[0]) in GIVEN:
                yield "given name"
            if self.firsts[words[0]] > 1:
                yield "same first word"
        key = fold(title)
        if self.address and f" {key} " in self.address:
            yield f"address: {size}"
            yield "address"
            if (
                self.address.lstrip().startswith(key)
                or f" {key} " in self.address.rsplit("/", 1)[-1]
            ):
                yield "address"
        elif self.address:
            yield "not in address"

    def _of_word(self, title):
        if title.lower() in self.small:
            yield "small elsewhere"
        if self.lasts[title]:
            yield "surname"
        if fold(title) in GIVEN:
            yield "given name"
        if self.firsts[title]:
            yield "first name"
        if title.lower() in ordinary(self.language):
            yield "ordinary"

    def _of_marks(self, spans):
        marks = Counter(span.mark for span in spans)
        times = len({span.start for span in spans})
        for mark in marks:
            yield f"mark: {mark}"
        if marks["quoted"] > 1:
            yield "quoted again"
        if "quoted" not in marks and self.quotes:
            yield "others quoted"
        if times > 1:
            yield "again"
        if times > 2:
            yield "often"
        if times > 4:
            yield "very often"
        if not any(span.whole for span in spans):
            yield "never whole"
        if all(span.whole for span in spans):
            yield "always whole"
        if all(span.start in self.opens for span in spans):
            yield "only opens"
        if any(self._is_alone(span) for span in spans):
            yield "alone"
            if len(spans) == 1:
                yield "alone, once"
        if any(span.start < self.headline for span in spans):
            yield "headline"
            if times > 1:
                yield "headline and again"
        if min(span.start for span in spans) < EARLY:
            yield "early"
        if marks["quoted"]:
            yield from self._of_quoted([span for span in spans if span.mark == "quoted"])
        within = sum(any(s < span.end and span.start < e for s, e in self.places) for span in spans)
        if within:
            yield "place"
        if within == len(spans):
            yield "always place"
            if marks["quoted"]:
                yield "place, quoted"
        if self.language != "en":
            yield f"language: {self.language}, {'quoted' if marks['quoted'] else 'bare'}"

    def _is_alone(self, span):
        """Whether a name is a line by itself, but for a number, a year and the like."""
        line = self.text.rfind("\n", 0, span.start) + 1
        end = self.text.find("\n", span.end)
        rest = self.text[line : span.start] + self.text[span.end : end if end >= 0 else None]
        return span.start > self.headline and len(rest) < 24 and not SMALL_LETTERS.search(rest)

    def _of_quoted(self, spans):
        """Signs by which a quoted title differs from what somebody said."""
        written = [self.text[span.start : span.end] for span in spans]
        words = written[0].split()
        if not (written[0][0].isupper() or written[0][0].isdigit() or written[0][0] in "¡¿#"):
            yield "small"
        long = [w for w in words if len(w) > 3 or w[0].isupper()]
        if long and sum(not w[0].islower() for w in long) < 0.7 * len(long):
            yield "sentence case"
            if self.language == "en" or len(words) > 5:
                yield "sentence"
        if len(words) > 6:
            yield "long"
        if any(
            self.text[s.end - 1 : s.end] in ".!?…" or self.text[s.end : s.end + 1] in ".!?…,"
            for s in spans
        ):
            yield "stop inside"
        if any(s.start - 1 in self.opens for s in spans):
            yield "quote opens"
        if any(self._about_film(s) for s in spans):
            yield "film spoken of"

    def _about_film(self, span):
        at = bisect_right(self.starts, span.start) - 1
        low = self.starts[max(0, at - 1)]
        high = self.starts[at + 1] if at + 1 < len(self.starts) else len(self.text)
        return any(low <= p < high for p in self.right["work"]) or any(
            low <= p < high for p in self.right["made"]
        )

    def _around(self, spans):
        counts = Counter()
        for span in spans:
            counts.update(set(self._beside(span)))
        quoted = "quoted" if any(span.mark == "quoted" for span in spans) else "bare"
        for sign, times in counts.items():
            yield sign
            if quoted == "quoted":
                yield f"{sign}, quoted"
            if times > 1:
                yield f"{sign} again"
            if times == len(spans) and sign in {"before: in", "before: other work", "owns"}:
                yield f"{sign} always"

    def _beside(self, span):
        text = self.text
        head = text[max(0, span.start - 40) : span.start]
        skipped = SKIP_LEFT.search(head)
        left = span.start - len(head) + skipped.start()
        # an article may itself belong to what stands before the name
        right = SKIP_RIGHT.match(text, span.end).end()
        found = [kind for kind, ends in self.left.items() if left in ends]
        for kind in found:
            yield f"before: {kind}"
        follows = [kind for kind, starts in self.right.items() if right in starts]
        if "\n" not in text[span.end : right]:
            for kind in follows:
                yield f"after: {kind}"
        if skipped[0].strip().lower() in {"the"}:
            yield "after the"
        if OWNER.search(head):
            yield "before: owner"
        if evidence.year_after(text, span.end):
            yield "year"
        if text[span.end : span.end + 2] in {"’s", "'s"}:
            yield "owns"
        if re.match(
            r",?\s(?:who|whose|himself|herself|il|elle|der als|die als)\b",
            text[span.end : span.end + 12],
        ):
            yield "after: who"
        if text[span.end : span.end + 1] == "," and re.match(
            r"\s[A-ZÀ-Þ]", text[span.end + 1 : span.end + 3]
        ):
            yield "listed"
        if text[span.end : span.end + 2] in {" (", " ["}:
            yield "bracket"
