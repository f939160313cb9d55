"""Films that are called by the name of their series and a number, or by what is as good as one."""

import pytest

from geo.model import Article


@pytest.fixture(scope="module")
def found(reader):
    def found(text, language="en", published=None):
        article = Article(text=text, language=language, published=published)
        return [mention.film.title for mention in reader.prepare(article)[3].all]

    return found


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("en", "The sixth Mission: Impossible film is shot in Paris.",
         "Mission: Impossible – Fallout"),
        ("en", "The third Captain America is filming in Leipzig.", "Captain America: Civil War"),
        ("en", "It is for the ninth part of Universal's \"Fast & Furious\".", "F9"),
        ("en", "The 25th James Bond film shoots in Matera.", "No Time to Die"),
        ("en", "Part seven of Mission: Impossible was shot in Norway.",
         "Mission: Impossible – Dead Reckoning Part One"),
        ("en", "A second Paddington film was shot in London.", "Paddington 2"),
        ("de", "Der fünfte Teil von „Indiana Jones“ wird in Glasgow gedreht.",
         "Indiana Jones and the Dial of Destiny"),
        ("de", "Der siebte „Mission: Impossible“-Film wird in Norwegen gedreht.",
         "Mission: Impossible – Dead Reckoning Part One"),
        ("fr", "Le cinquième volet d'Indiana Jones a été tourné à Glasgow.",
         "Indiana Jones and the Dial of Destiny"),
        ("fr", "Le 25e James Bond a été tourné à Matera.", "No Time to Die"),
        ("es", "La tercera parte de Terminator se rodó en Los Ángeles.",
         "Terminator 3: Rise of the Machines"),
        ("no", "Den sjuende Mission: Impossible-filmen spilles inn i Norge.",
         "Mission: Impossible – Dead Reckoning Part One"),
    ],
)  # fmt: skip
def test_a_number_and_a_name_are_that_film(found, language, text, title):
    assert set(found(text, language)) == {title}


def test_two_numbers_share_a_name(found):
    text = "The seventh and eighth Mission: Impossible films were shot in Norway."
    assert found(text) == [
        "Mission: Impossible – Dead Reckoning Part One",
        "Mission: Impossible – The Final Reckoning",
    ]


def test_the_name_alone_means_the_film_that_the_text_counts(found):
    text = "Captain America comes to Leipzig.\n\nThe third Captain America film is shot there."
    assert set(found(text)) == {"Captain America: Civil War"}
    text = "The new Mission: Impossible film, the sixth in the series, is shot in Norway."
    assert set(found(text)) == {"Mission: Impossible – Fallout"}


@pytest.mark.parametrize(
    "text",
    [
        "Daniel Craig's fourth Bond film was shot in Mexico City.",
        "His second Bond film was shot in Matera.",
        "The third Bond girl was born in Paris.",
        "The first Bond film to be shot in Japan had a volcano.",
        "After the Second World War he came to the New World.",
    ],
)
def test_other_things_that_are_counted_are_no_films(found, text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("en", "The sequel to Top Gun was shot in Nevada.", "Top Gun: Maverick"),
        ("en", "Ridley Scott's Gladiator sequel was shot in Malta.", "Gladiator II"),
        ("de", "Die Fortsetzung von Gladiator wurde auf Malta gedreht.", "Gladiator II"),
        ("de", "Die Gladiator-Fortsetzung wurde auf Malta gedreht.", "Gladiator II"),
        ("no", "Den andre Troll-filmen ble spilt inn i Trondheim.", "Troll 2"),
        ("fr", "La suite de Gladiator a été tournée à Malte.", "Gladiator II"),
        ("es", "La secuela de Gladiator se rodó en Malta.", "Gladiator II"),
        ("no", "Oppfølgeren til Gladiator ble spilt inn på Malta.", "Gladiator II"),
    ],
)
def test_a_sequel_to_a_film_is_the_next_of_its_series(found, language, text, title):
    assert set(found(text, language)) == {title}


def test_the_next_film_of_a_series_is_told_by_the_year_of_the_text(found):
    text = "The next Bond film will be shot in Matera."
    assert found(text, published="2019-05-01") == ["No Time to Die"]
    assert found(text, published="2014") == ["Spectre"]
    assert "No Time to Die" not in found(text)  # nothing says when that was
    assert found(f"Source: https://example.org/2019/05/01/bond\n\n{text}") == ["No Time to Die"]
    named = "“Spectre” was shot in London. The new Bond film was a success."
    assert set(found(named, published="2017-01-01")) == {"Spectre"}


@pytest.mark.parametrize(
    ("language", "text", "year"),
    [
        ("en", "The series Fallout was filmed in Namibia and in Utah.", 2024),
        ("no", "Handlingen i «Ragnarok» er lagt til Edda, men serien er spilt inn i Odda.", 2020),
    ],
)
def test_a_series_is_not_the_film_whose_title_ends_alike(reader, language, text, year):
    (film,) = {m.film for m in reader.prepare(Article(text=text, language=language))[3].all}
    assert (film.year, film.franchise) == (year, None)


def test_a_short_title_is_the_film_where_the_text_names_its_series(found):
    text = "Fallout was shot at Preikestolen, as fans of the Mission: Impossible series know."
    assert "Mission: Impossible – Fallout" in found(text)
