import pandas as pd
import pytest

from geo.films import Titles, find_films
from geo.films.focus import Focus
from geo.language import sentences

COLUMNS = ["film", "title", "original_title", "kind", "franchise", "order", "year", "aliases"]
ROWS = [
    ["mi-1", "Mission: Impossible", None, "film", "Mission: Impossible", 1, 1996, ()],
    ["mi-2", "Mission: Impossible – Fallout", None, "film", "Mission: Impossible", 2, 2018, ()],
    ["mi-3", "Mission: Impossible – Reckoning", None, "film", "Mission: Impossible", 3, 2023, ()],
    ["dune-1984", "Dune", None, "film", "Dune", 1, 1984, ()],
    ["dune-2021", "Dune", None, "film", "Dune", 2, 2021, ()],
    ["casablanca", "Casablanca", None, "film", None, None, 1942, ()],
    ["up", "Up", None, "film", None, None, 2009, ()],
    ["dark", "The Dark Knight", None, "film", "Batman", 1, 2008, ()],
]


@pytest.fixture(scope="module")
def titles():
    frame = pd.DataFrame(ROWS, columns=COLUMNS, dtype=object)
    frame["working_titles"] = [("Blue Harvest",) if k == "dark" else () for k in frame["film"]]
    return Titles(frame)


def found(titles, text, language="en", places=()):
    spans = [(text.index(p), text.index(p) + len(p)) for p in places]
    listed = list(sentences(text, language))
    return [m.film for m in find_films(text, listed, language, titles, spans)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Mission: Impossible – Fallout was shot in Norway.", "mi-2"),
        ("The cameras roll on “Mission: Impossible 3” again.", "mi-3"),
        ("The set of M:I 3 was closed.", "mi-3"),
        ("MI3 is being filmed in Venice.", "mi-3"),
        ("In the finale of “Fallout” we see a cliff.", "mi-2"),
        ("Dune (1984) was filmed in Mexico.", "dune-1984"),
        ("The film Dune was shot in Jordan.", "dune-2021"),
        ("Filming of The Dark Knight took place in Chicago.", "dark"),
        ("Pixar's “Up” is set in Venezuela.", "up"),
    ],
)
def test_names_of_the_catalogue(titles, text, key):
    assert [film.identity for film in found(titles, text)] == [key]


@pytest.mark.parametrize(
    "text",
    [
        "The crew went Up the hill, and then the clouds came down on them.",
        "Blue Harvest is what farmers call a good year for plums.",
        "The mission, impossible as it seemed, began at dawn.",
    ],
)
def test_ordinary_words_are_no_films(titles, text):
    assert found(titles, text) == []


def test_a_title_that_is_a_place(titles):
    assert found(titles, "It was filmed in Casablanca.", places=["Casablanca"]) == []
    assert found(titles, "The film Casablanca was shot in Burbank.", places=["Casablanca"])


def test_pointers_lead_to_films_of_the_series(titles):
    text = "“Mission: Impossible – Fallout” was loved. The third part beats the first film."
    assert [f.identity for f in found(titles, text)] == ["mi-2", "mi-3", "mi-1"]


def test_a_series_alone_means_the_film_the_article_is_about(titles):
    text = "“Mission: Impossible – Fallout” opens. Fans of “Mission: Impossible” are happy."
    assert {f.identity for f in found(titles, text)} == {"mi-2"}


@pytest.mark.parametrize(
    ("text", "language", "title", "year"),
    [
        ("The drama “Tide of Glass” was shot in Oban.", "en", "Tide of Glass", None),
        ("Tide of Glass (2024) was shot in Oban.", "en", "Tide of Glass", 2024),
        ("The thriller Tide of Glass is due out in 2026.", "en", "Tide of Glass", 2026),
        ("Der Film „Das gläserne Meer“ wurde in Kiel gedreht.", "de", "Das gläserne Meer", None),
        ("Le film « La mer de verre » a été tourné à Brest.", "fr", "La mer de verre", None),
        ("La película «El mar de cristal» se rodó en Cádiz.", "es", "El mar de cristal", None),
        ("Filmen «Havet av glass» ble spilt inn i Molde.", "no", "Havet av glass", None),
    ],
)
def test_films_that_no_catalogue_knows(titles, text, language, title, year):
    films = found(titles, text, language)
    assert [(f.title, f.year, f.identity) for f in films] == [(title, year, "")]


@pytest.mark.parametrize(
    "text",
    [
        "“We shot it in Norway,” said the producer of the film.",
        "The song “Tide of Glass” plays in the bar.",
        "She read the novel “Tide of Glass” twice.",
    ],
)
def test_other_quotations_are_no_films(titles, text):
    assert found(titles, text) == []


def focus(titles, text):
    listed = list(sentences(text))
    mentions = find_films(text, listed, "en", titles, ())
    return [f and f.title for f in Focus(text, listed, mentions, "en").focus]


def test_focus_stays_with_the_film_of_the_article(titles):
    text = (
        "“Tide of Glass” starts shooting\n\nThe film “Tide of Glass” is huge. It began in May.\n\n"
        "The lead is known from “Sea of Sand”. Filming goes on in Oban.\n\nThe shoot ends in June."
    )
    assert set(focus(titles, text)) == {"Tide of Glass"}


def test_focus_follows_a_list_of_films(titles):
    text = (
        "Ten films of the coast\n\nThe film “Tide of Glass” came first. The beach was used.\n\n"
        "The film “Sea of Sand” came later. The harbour was used."
    )
    assert focus(titles, text)[2] == "Tide of Glass"
    assert focus(titles, text)[4] == "Sea of Sand"


def test_titles_in_other_languages_are_the_film(titles):
    text = "La serie «Juego de tronos» se rodó en Girona."
    assert [film.title for film in found(titles, text, "es")] == ["Game of Thrones"]
