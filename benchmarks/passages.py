"""Film news in which titles and places are marked, to fit weights on.

    for passage in passages():           # of tests/passages, then of tests/retold, in order
        passage.language, passage.text, passage.marks, passage.kind
    exchanged(passage, rng)              # some of its titles exchanged for known ones
    kind_of(name)                        # "article" of tests/articles, "retold", or "passage"

Those of tests/passages are invented, those of tests/retold tell a real article again. The marks are
explained in the readme of tests/passages.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from geo.films.wellknown import films_called, wellknown

TESTS = Path(__file__).resolve().parent.parent / "tests"
INVENTED, RETOLD = TESTS / "passages", TESTS / "retold"
SOURCE = re.compile(r"Source: https?://\S+\n\n")
MARK = re.compile(
    r"<(?P<kind>[fpsb]|x)(?P<films>\d*|\d+(?:\+\d+)+)(?P<sure>[rqd]?)(?:=(?P<stands>[^<>]+))?>"
)
END = re.compile(r"</[fpsbx][\d+]*[rqd]?>")
SURE = {"": "confirmed", "r": "reported", "q": "questioned", "d": "denied"}
EXCHANGED, LOUD = 0.65, 0.08  # share of titles that are exchanged; of passages, in capitals
ROLES = {"p": {"filming"}, "s": {"story"}, "b": {"filming", "story"}, "x": {"none"}}


@dataclass(frozen=True, slots=True)
class Mark:
    """`text[start:end]` is a title (`kind` "f") of the film that `films` has the number of, or a
    place of these films, with its role: "p" filming, "s" story, "b" both, "x" none. `stands_for` is
    the text of a place, or None."""

    start: int
    end: int
    kind: str
    films: tuple
    certainty: str
    stands_for: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A text without its marks, and the Marks in order; `kind` is "passage" or "retold"."""

    name: str
    language: str
    text: str
    marks: tuple

    @property
    def kind(self):
        """ "passage" for an invented one, "retold" for one that tells a real article again."""
        return kind_of(self.name)

    def films(self):
        """{number of a film: its titles as the text has them}."""
        found = {}
        for mark in self.marks:
            if mark.kind == "f":
                found.setdefault(*mark.films, []).append(self.text[mark.start : mark.end])
        return found


def kind_of(name):
    """What a text is, by its name: "article", "retold" or "passage"."""
    if "/" not in name:
        return "article"
    return "retold" if name.startswith("retold/") else "passage"


def passages():
    """Yield the Passages of both folders. Raises ValueError where marks do not fit together, or
    where one that is retold does not begin with the address of its source."""
    for name, language, part in _parts(INVENTED):
        yield parsed(name, language, part)
    for name, language, part in _parts(RETOLD):
        if not SOURCE.match(part):
            raise ValueError(f"retold/{name}: it has to begin with 'Source: ADDRESS'.")
        yield parsed(f"retold/{name}", language, part)


def _parts(folder):
    for path in sorted(folder.glob("*.txt")):
        parts = re.split(r"^---$", path.read_text("utf-8"), flags=re.MULTILINE)
        for number, part in enumerate(part for part in parts if part.strip()):
            yield f"{path.stem}/{number + 1}", path.stem[:2], part.strip("\n")


def parsed(name, language, written):
    """The Passage that a marked text says."""
    text, marks, at = "", [], 0
    for found in MARK.finditer(written):
        end = END.search(written, found.end())
        if not end or MARK.search(written, found.end(), end.start()):
            raise ValueError(f"{name}: {found[0]} is not closed before the next mark.")
        text += written[at : found.start()]
        inside = written[found.end() : end.start()]
        films = tuple(int(number) for number in found["films"].split("+") if number)
        if (found["kind"] == "x") != (not films) or (found["kind"] == "f" and len(films) > 1):
            raise ValueError(f"{name}: {found[0]} needs the number of a film; x has none.")
        sure = SURE[found["sure"]]
        marks.append(
            Mark(len(text), len(text) + len(inside), found["kind"], films, sure, found["stands"])
        )
        text += inside
        at = end.end()
    text += written[at:]
    if "<" in text or ">" in text:
        raise ValueError(f"{name}: a sign < or > is left beside the marks.")
    return Passage(name, language, text, tuple(marks))


def exchanged(passage, rng):
    """The passage with some of its titles exchanged for known ones, now and then in capitals."""
    chosen = {}
    for number, titles in passage.films().items():
        if rng.random() < EXCHANGED:
            chosen[number] = max(titles, key=len), rng.choice(pool())
    loud = rng.random() < LOUD
    text, at, marks = "", 0, []
    for mark in passage.marks:
        text += passage.text[at : mark.start]
        inside = passage.text[mark.start : mark.end]
        if mark.kind == "f" and mark.films[0] in chosen:
            inside = _exchanged(inside, *chosen[mark.films[0]])
        inside = inside.upper() if loud and mark.kind == "f" else inside
        marks.append(replace(mark, start=len(text), end=len(text) + len(inside)))
        text, at = text + inside, mark.end
    text += passage.text[at:]
    return replace(passage, name=passage.name + "+", text=text, marks=tuple(marks))


@cache
def pool():
    """All titles that many people know."""
    return [film.title for name in wellknown() for film in films_called(name)]


def _exchanged(inside, old, new):
    if inside == old.upper():
        return new.upper()
    if inside != old and ": " in new:
        return new.split(": ")[0]
    return new
