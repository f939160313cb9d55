"""The passages that weights are fitted on: their marks fit together and say what is so."""

import random
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from passages import INVENTED, RETOLD, exchanged, kind_of, parsed, passages, pool  # noqa: E402

from geo.language import READ  # noqa: E402

FILES = [
    *(path.stem for path in sorted(INVENTED.glob("*.txt"))),
    *(f"retold/{path.stem}" for path in sorted(RETOLD.glob("*.txt"))),
]
ARTICLES = RETOLD.parent / "articles"


@pytest.fixture(scope="module")
def found():
    return list(passages())


@pytest.mark.parametrize("kind", ["passage", "retold"])
def test_all_languages_have_passages(found, kind):
    assert {passage.language for passage in found if passage.kind == kind} == set(READ)


def test_what_is_retold_is_neither_told_twice_nor_measured_on(found):
    told = [passage.text.splitlines()[0] for passage in found if passage.kind == "retold"]
    measured = {path.read_text("utf-8").splitlines()[0] for path in ARTICLES.glob("??-*.txt")}
    assert len(told) == len(set(told)) > 1000
    assert measured.isdisjoint(told)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("en-a-01/3", "passage"), ("retold/en-a-01/3", "retold"), ("en-dune", "article")],
)
def test_the_name_of_a_text_tells_its_kind(name, kind):
    assert kind_of(name) == kind


@pytest.mark.parametrize("name", FILES)
def test_the_marks_of_a_file_fit_together(found, name):
    here = [passage for passage in found if passage.name.startswith(name + "/")]
    assert len(here) > (0 if name.startswith("retold/") else 5)
    for passage in here:
        films = passage.films()
        for mark in passage.marks:
            written = passage.text[mark.start : mark.end]
            assert written.strip() == written != "", (passage.name, written)
            named = films.keys() >= {*mark.films}
            assert named or passage.kind == "retold", (passage.name, written)
            if mark.stands_for:
                assert mark.stands_for.lower() in passage.text.lower(), passage.name


def test_marks_become_spans():
    marked = "<f1>Salt</f1> shot in <p1+2r=Kashmir>Norway</p1+2r>, not <x>Rome</x>."
    passage = parsed("en-x/1", "en", marked)
    assert passage.text == "Salt shot in Norway, not Rome."
    assert [(m.kind, m.films, m.certainty, m.stands_for) for m in passage.marks] == [
        ("f", (1,), "confirmed", None),
        ("p", (1, 2), "reported", "Kashmir"),
        ("x", (), "confirmed", None),
    ]
    assert [passage.text[m.start : m.end] for m in passage.marks] == ["Salt", "Norway", "Rome"]


@pytest.mark.parametrize(
    "wrong", ["<f1>Salt", "<p1><x>Rome</x></p1>", "<x2>Rome</x2>", "<f1+2>Salt</f1+2>", "a < b"]
)
def test_wrong_marks_are_refused(wrong):
    with pytest.raises(ValueError, match="en-x"):
        parsed("en-x/1", "en", wrong)


def test_exchanged_titles_are_known_ones_and_the_marks_fit(found):
    rng, known = random.Random(1), {title.upper() for title in pool()}
    titles, loud = 0, 0
    for passage in found[:200]:
        other = exchanged(passage, rng)
        for old, new in zip(passage.marks, other.marks, strict=True):
            before, after = passage.text[old.start : old.end], other.text[new.start : new.end]
            if old.kind == "f":
                titles += after.upper() in known
                loud += before != after == before.upper()
            else:
                assert before == after, passage.name
    named = sum(mark.kind == "f" for passage in found[:200] for mark in passage.marks)
    assert named / 3 < titles < named and 0 < loud < named / 3
