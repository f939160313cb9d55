"""The network that reads names: what it makes of a text, and that its numbers fit the text."""

import numpy as np
import pytest

from geo.language import sentences
from geo.mentions import find_toponyms
from geo.network import KnownTitles, Network, layers
from geo.network.encoder import LONGEST, WINDOW, laid
from geo.network.pairs import FAR, LIES, WAYS, lies, ways
from geo.network.pieces import BEGIN, END, MOST, START, STRANGE, UNKNOWN, WIDTH, Pieces
from geo.network.tokens import tokens

TEXT = (
    "“Dune” was shot in Wadi Rum (Jordan). The story of The Hours plays in Kashmir, "
    "the director said; her office is in London."
)


@pytest.fixture(scope="module")
def network():
    return Network()


@pytest.fixture(scope="module")
def titles():
    return KnownTitles()


def read(network, titles, text=TEXT, language="en"):
    listed = list(sentences(text, language))
    return network.read(text, listed, language, find_toponyms(text), titles)


def found(titles, text=TEXT):
    listed = list(sentences(text))
    return tokens(text, listed, "en", find_toponyms(text), titles)


def at(text, name):
    return text.index(name), text.index(name) + len(name)


def test_every_token_has_a_row_and_stands_where_the_text_has_it(titles):
    rows = found(titles)
    words = [TEXT[s:e] for s, e in zip(rows.starts, rows.ends, strict=True)]
    assert words[:6] == ["“", "Dune", "”", "was", "shot", "in"]
    assert {len(column) for column in rows.columns.values()} == {len(words)}
    assert rows.flags.shape == (len(words), 4) and len(rows.sentence) == len(words)


def test_what_other_rooms_know_stands_beside_the_words(titles):
    rows = found(titles)
    words = [TEXT[s:e] for s, e in zip(rows.starts, rows.ends, strict=True)]
    column = {name: dict(zip(words, values, strict=True)) for name, values in rows.columns.items()}
    assert column["quoted"]["Dune"] == 1 and column["quoted"]["shot"] == 0
    assert column["known"]["Dune"] == 1 and column["known"]["Hours"] > 0
    assert column["toponym"]["Jordan"] == 1 and column["toponym"]["office"] == 0
    assert dict(zip(words, rows.flags[:, 0], strict=True))["Jordan"] == 1  # in brackets


def test_a_span_is_the_tokens_that_it_touches(titles):
    rows = found(titles)
    first, last = rows.span(*at(TEXT, "Wadi Rum"))
    assert [TEXT[rows.starts[n] : rows.ends[n]] for n in range(first, last)] == ["Wadi", "Rum"]
    assert rows.span(0, 0) is None


def test_titles_and_places_are_told_from_other_words(network, titles):
    told = read(network, titles)
    assert told.title(*at(TEXT, "Dune")) > 0 > told.title(*at(TEXT, "London"))
    assert told.place(*at(TEXT, "Kashmir")) > 0 > told.place(*at(TEXT, "director"))
    assert at(TEXT, "Dune") in told.named("title")
    assert at(TEXT, "Kashmir") in told.named("place")


def test_filming_places_and_settings_are_told_apart(network, titles):
    told = read(network, titles)
    filming, story = told.role(*at(TEXT, "Wadi Rum"))
    assert filming > story
    filming, story = told.role(*at(TEXT, "Kashmir"))
    assert story > filming
    assert max(told.role(*at(TEXT, "London"))) < max(told.role(*at(TEXT, "Wadi Rum")))


def test_places_read_at_once_are_what_they_are_one_by_one(network, titles):
    names = [at(TEXT, name) for name in ("Wadi Rum", "Jordan", "Kashmir", "London")]
    together, apart = read(network, titles), read(network, titles)
    together.look_at(names)
    for name in names:
        assert np.allclose(together.role(*name), apart.role(*name), atol=1e-4)


def test_titles_read_at_once_are_what_they_are_one_by_one(network, titles):
    names = [at(TEXT, name) for name in ("Dune", "The Hours", "Hours", "London")]
    together, apart = read(network, titles), read(network, titles)
    together.look_at_titles([*names, (0, 0)])
    for name in names:
        assert np.isclose(together.title(*name), apart.title(*name), atol=1e-4)
    assert together.title(0, 0) == apart.title(0, 0) < -10


def test_the_marks_of_a_span_are_its_size_and_whether_it_is_whole(titles):
    rows = found(titles)
    spans = [rows.span(*at(TEXT, name)) for name in ("Dune", "“Dune", "The Hours", "office is in")]
    marks = rows.marks(*np.array(spans).T)
    assert marks[:, :6].argmax(1).tolist() == [0, 1, 1, 2] and (marks[:, :6].sum(1) == 1).all()
    dune, longer, hours, office = marks[:, 6:].tolist()
    assert dune[0] == 1 and dune[2] == 1 and longer[0] == 0 and hours[0] == 1
    assert office == [0, 0, 0, 0]


TWO = (
    "“Tide of Glass” was shot in Oslo, where the harbour doubled for Havana. Last year the same "
    "crew had made “Harrowgate” in the streets of Prague."
)


def test_a_place_has_to_do_with_the_title_of_its_film(network, titles):
    told = read(network, titles, TWO)
    films = [at(TWO, "Tide of Glass"), at(TWO, "Harrowgate")]
    odds = told.pairs("belongs", [at(TWO, "Oslo"), at(TWO, "Prague")], films)
    assert odds.shape == (2, 3)  # none of them, and each title
    assert odds[0, 1] > odds[0, 2] and odds[1, 2] > odds[1, 1]


PLAYED = (
    "“Tide of Glass” plays in Havana. It was shot in Oslo, where the harbour was turned into that "
    "of the Cuban capital.\n\nLast year the same crew had made “Harrowgate”, a story of two spies, "
    "in the streets of Prague."
)


def test_a_place_that_stands_for_another_is_told_from_one_that_does_not(network, titles):
    told, names = read(network, titles, PLAYED), [at(PLAYED, name) for name in ("Oslo", "Prague")]
    none, havana = told.pairs("stands", names, [at(PLAYED, "Havana")]).T
    assert havana[0] - none[0] > havana[1] - none[1]


PASSING = (
    "Jane Roe, who was the policewoman in “Old Salt”, plays a smuggler in “Tide of Glass”. The new "
    "series was shot in Oban and in the caves near Dunbar last spring."
)


def test_a_film_named_in_passing_is_less_of_a_subject(network, titles):
    told = read(network, titles, PASSING)
    assert told.subject(*at(PASSING, "Tide of Glass")) > told.subject(*at(PASSING, "Old Salt"))
    assert told.subject(0, 0) == 0.0  # no words, no opinion


def test_how_two_names_lie_to_each_other_is_counted_in_steps(titles):
    rows = found(titles, TWO)
    spans = {name: rows.span(*at(TWO, name)) for name in ("Tide of Glass", "Oslo", "Harrowgate")}
    films = np.array([spans["Tide of Glass"], spans["Harrowgate"]])
    told = lies(rows, np.array([spans["Oslo"]]), films)
    assert {name: column.shape for name, column in told.items()} == dict.fromkeys(LIES, (1, 2))
    assert all((column >= 0).all() and (column < LIES[n]).all() for n, column in told.items())
    assert (told["sentences"] - FAR).tolist() == [[0, 1]]
    assert (told["between"] // 2).tolist() == [[0, 0]] and (told["between"] % 2).tolist() == [
        [0, 1]
    ]
    assert told["apart"][0, 0] // 2 < told["apart"][0, 1] // 2


def test_a_name_may_begin_with_a_capital_a_quotation_mark_or_where_one_is_known(titles):
    rows = found(titles)
    begins = [TEXT[rows.starts[n] : rows.ends[n]] for n in rows.names]
    assert begins == ["Dune", "Wadi", "Jordan", "The", "The", "Kashmir", "London"]
    small = found(titles, "nothing here begins a name, “so it goes”, they said.")
    assert [small.words[small.which[n]] for n in small.names] == ["so"]
    assert not found(titles, "nothing at all.").names.size


def test_how_a_word_lies_to_a_name_is_counted_in_steps(titles):
    rows = found(titles, TWO)
    told = ways(rows, np.arange(len(rows.starts)), rows.names)
    shape = len(rows.starts), len(rows.names)
    assert {name: column.shape for name, column in told.items()} == dict.fromkeys(WAYS, shape)
    assert all((column >= 0).all() and (column < WAYS[n]).all() for n, column in told.items())
    first, last = 0, len(rows.names) - 1
    assert told["sentences"][0, first] == FAR and told["sentences"][0, last] == FAR + 1
    assert told["apart"][0, first] % 2 == 1 and told["apart"][-1, first] % 2 == 0
    assert told["apart"][0, first] < told["apart"][0, last]


def test_a_long_text_is_read_in_parts_as_if_at_once(network, titles, monkeypatch):
    rows = found(titles, TWO)
    at_once = network.hidden(rows)
    monkeypatch.setattr(layers, "ROWS", 7)
    assert np.allclose(network.hidden(rows), at_once, atol=1e-4)
    monkeypatch.setattr(layers, "FAR", 3)
    assert not np.allclose(network.hidden(rows), at_once, atol=1e-4)


@pytest.mark.parametrize("text", ["", "\n\n", "https://example.org/where-it-was-filmed"])
def test_a_text_without_words_tells_nothing(network, titles, text):
    assert read(network, titles, text) is None


@pytest.mark.parametrize(
    "text", ["Oslo", "“", "…", "nothing.", "Ñandú 日本 𝒳 \u200b\ufeff", "a" * 5000]
)
def test_any_text_can_be_read(network, titles, text):
    told = read(network, titles, text)
    assert np.isfinite(told.title(0, 1)) and np.isfinite(told.place(0, len(text)))


@pytest.fixture(scope="module")
def pieces():
    return Pieces()


@pytest.mark.parametrize("word", ["Nattland", "filmed", "“", "Dreharbeiten", "é", "M:I"])
def test_the_pieces_of_a_word_spell_it(pieces, word):
    names = {number: name for name, number in pieces.known.items()}
    assert "".join(names[number] for number in pieces.of(word, False)) == START + word
    assert "".join(names[number] for number in pieces.of(word, True)) == word


def test_a_word_is_cut_where_its_pieces_are_likeliest(pieces):
    known = {name: pieces.scores[number] for name, number in pieces.known.items()}

    def likeliest(rest):
        ends = range(1, len(rest) + 1)
        told = [(known[rest[:end]], end) for end in ends if rest[:end] in known]
        told += [(STRANGE, 1)] if rest and rest[0] not in known else []
        return max((score + likeliest(rest[end:]) for score, end in told), default=0.0)

    scores = dict(enumerate(pieces.scores)) | {UNKNOWN: STRANGE}
    for word in ("Nattland", "Kashmir", "xqzt", "Wien"):
        found = sum(scores[number] for number in pieces.of(word, False))
        assert np.isclose(found, likeliest(START + word))


def test_pieces_are_rows_whatever_letters_words_have(pieces):
    words = ["Oslo", "日本", "\u200b", "…", "a" * 5000]
    found = [pieces.of(word, glued) for word in words for glued in (False, True)]
    assert all(0 < len(numbers) <= MOST for numbers in found)
    rows = pieces.rows([numbers[0] for numbers in found])
    assert rows.shape == (10, WIDTH) and np.isfinite(rows).all()
    assert not np.allclose(rows[0], rows[6])


def long_text(sentences):
    return " ".join(f"In year {n} the crew of “Dune” went to Oslo." for n in range(sentences))


def test_a_long_text_is_laid_in_windows_of_whole_sentences(titles, pieces):
    rows = found(titles, long_text(150))
    text = laid(rows, pieces.of)
    sizes = [last - first for first, last in text.windows]
    assert len(sizes) > 3 and max(sizes) < 1.3 * WINDOW and min(sizes) > 0.6 * WINDOW
    assert text.windows[-1][1] == len(text.pieces) == len(text.at) == len(text.word)
    for first, last in text.windows:
        assert (text.pieces[first], text.pieces[last - 1]) == (BEGIN, END)
        assert (text.word[first], text.word[last - 1]) == (-1, -1)
        assert text.at[first:last].tolist() == [*range(last - first)]
        before = rows.sentence[text.word[first + 1] - 1] if first else -1
        assert rows.sentence[text.word[first + 1]] != before
    assert set(text.word) == {-1, *range(len(rows.starts))}


def test_a_sentence_without_end_is_cut_where_a_window_ends(titles, pieces):
    text = laid(found(titles, "and so on " * 1000), pieces.of)
    assert max(last - first for first, last in text.windows) <= LONGEST + 2


def test_words_are_read_with_those_around_them_and_with_what_is_known_of_them(network, titles):
    encoder = network.encoder
    rows, other = (found(titles, f"{long_text(60)} {last}") for last in ("Paris fell.", "I left."))
    nothing = np.zeros((len(rows.starts), WIDTH), np.float32)
    told = encoder.rows(rows, nothing)
    assert told.shape == (len(rows.starts), WIDTH) and np.isfinite(told).all()
    again = encoder.rows(other, nothing[: len(other.starts)])
    assert np.allclose(told[:20], again[:20], atol=1e-4)  # of another window
    assert not np.allclose(told[-12:-4], again[-12:-4], atol=1e-2)
    nothing[5] = 1
    marked = encoder.rows(rows, nothing)
    assert not np.allclose(told[4], marked[4], atol=1e-3)
    assert np.allclose(told[-1], marked[-1], atol=1e-4)
