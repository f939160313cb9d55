"""Earlier answers: kept, told apart, shared, and never made up."""

import sqlite3
import threading
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import answers
from geo.answers import Answers, Question
from geo.findings import Finding
from geo.text import fold

ROCK = Finding(
    "Pulpit Rock",
    ("Pulpit Rock", "Preikestolen", "<script>{{7*7}}"),
    *("NO", 58.9864, 6.1904, "site", 0.5, "natural=cliff", "Pulpit Rock, Norway"),
    *("osm:node/1", "© OpenStreetMap contributors", "ODbL 1.0", 0.4),
)
QUESTION = Question("nominatim https://example.org", "Pulpit Rock")


@pytest.fixture
def kept(tmp_path):
    return Answers(tmp_path / "deep" / "answers.sqlite")


def test_nothing_is_known_and_nothing_written_before_the_first_answer(kept, tmp_path):
    assert kept.get(QUESTION) is None
    assert not list(tmp_path.iterdir())


def test_an_answer_comes_back_as_it_was(kept, tmp_path):
    kept.keep(QUESTION, (ROCK,))
    assert Answers(tmp_path / "deep" / "answers.sqlite").get(QUESTION) == (ROCK,)


def test_no_such_place_is_an_answer(kept):
    kept.keep(QUESTION, ())
    assert kept.get(QUESTION) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"service": "photon https://example.org"},
        {"query": "Pulpit Rocks"},
        {"language": "de"},
        {"countries": ("NO",)},
    ],
)
def test_another_question_has_another_answer(kept, change):
    kept.keep(QUESTION, (ROCK,))
    assert kept.get(replace(QUESTION, **change)) is None


def test_case_spacing_and_the_order_of_countries_make_no_other_question(kept):
    kept.keep(replace(QUESTION, countries=("NO", "GB")), (ROCK,))
    same = replace(QUESTION, query=" PULPIT  rock", countries=("GB", "NO"))
    assert kept.get(same) == (ROCK,)


def test_an_answer_read_by_an_older_version_is_asked_for_again(kept, monkeypatch):
    kept.keep(QUESTION, (ROCK,))
    monkeypatch.setattr(answers, "VERSION", answers.VERSION + 1)
    assert kept.get(QUESTION) is None


@given(st.text(min_size=1), st.text(min_size=1))
def test_names_in_any_script_keep_apart(a, b):
    same = Question("s", a).key() == Question("s", b).key()
    assert same == (fold(a) == fold(b) and (fold(a) != "" or a.strip() == b.strip()))


def test_many_threads_at_once_lose_nothing(kept):
    questions = [replace(QUESTION, query=f"Place {number}") for number in range(24)]
    threads = [threading.Thread(target=kept.keep, args=(q, (ROCK,))) for q in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [kept.get(question) for question in questions] == [(ROCK,)] * 24


def test_a_file_that_is_no_database_is_set_aside(kept, tmp_path, caplog):
    file = tmp_path / "deep" / "answers.sqlite"
    file.parent.mkdir()
    file.write_bytes(b"no database at all" * 100)
    assert kept.get(QUESTION) is None
    kept.keep(QUESTION, (ROCK,))
    assert "cannot be" in caplog.text
    kept.keep(QUESTION, (ROCK,))
    assert kept.get(QUESTION) == (ROCK,)


@pytest.mark.parametrize("row", ["", "{", '[{"name": "x"}]', "[1]", "null", '["x"]'])
def test_a_row_that_cannot_be_read_is_no_answer(kept, tmp_path, row):
    kept.keep(QUESTION, (ROCK,))
    with sqlite3.connect(tmp_path / "deep" / "answers.sqlite") as connection:
        connection.execute("UPDATE answers SET findings = ?", (row,))
    assert kept.get(QUESTION) is None
