import pytest

from geo.films import Titles, find_films
from geo.films import wellknown as listed
from geo.films.focus import Focus
from geo.films.signs import Signs
from geo.films.spans import spans
from geo.films.unknown import groups_of
from geo.films.wellknown import KEYS, films_called, key, made, wellknown
from geo.language import sentences
from geo.model import Toponym
from geo.network import KnownTitles, Network

NETWORK = Network()

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
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in ROWS]
    return Titles(
        row | {"working_titles": ("Blue Harvest",) if row["film"] == "dark" else ()} for row in rows
    )


def found(titles, text, language="en", places=()):
    return [mention.film for mention in mentions(titles, text, language, places)]


def mentions(titles, text, language="en", places=()):
    """The FilmMentions of a text in which `places` are names of places."""
    named = [Toponym(text.index(p), text.index(p) + len(p), p) for p in places]
    listed = list(sentences(text, language))
    told = NETWORK.read(text, listed, language, named, KnownTitles())
    return find_films(text, listed, language, titles, [(t.start, t.end) for t in named], told)


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
    named = mentions(titles, text)
    return [f and f.title for f in Focus(text, listed, named, "en").focus]


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


def test_each_film_of_a_list_takes_over_from_the_one_before(titles):
    text = (
        "The coast on the screen\n\n"
        "The film “Tide of Glass” (2019) came first. The beach was used.\n\n"
        "The film “Sea of Sand” (2021) came later. The harbour was used. Then the film “Old Salt” "
        "arrived. The pier was used.\n\nThe steps were closed.\n\nThe film “Fog Bell” ended it."
    )
    assert focus(titles, text)[2] == "Tide of Glass"
    assert focus(titles, text)[4] == "Sea of Sand"
    assert focus(titles, text)[6:8] == ["Old Salt", "Old Salt"]


def test_a_title_alone_in_a_line_heads_what_follows(titles):
    text = (
        "The film “Tide of Glass” is huge. The film “Tide of Glass” began in May.\n\n"
        "2. “Sea of Sand”\n\nThe harbour was used.\n\nThe beach was used."
    )
    assert focus(titles, text)[-2:] == ["Sea of Sand", "Sea of Sand"]


def test_titles_in_other_languages_are_the_film(titles):
    text = "La serie «Juego de tronos» se rodó en Girona."
    told = [(film.title, film.also) for film in found(titles, text, "es")]
    assert told == [("Juego de tronos", "Game of Thrones")]


@pytest.mark.parametrize(
    ("text", "title", "year"),
    [
        ("Jane Roe’s Saltmarsh was filmed in Oban last spring.", "Saltmarsh", None),
        ("The makers of Saltmarsh came to Oban. It is a film about smugglers.", "Saltmarsh", None),
        ("Saltmarsh, a crime series about smugglers, was shot in Oban.", "Saltmarsh", None),
        ("TIDE OF GLASS began filming in Oban on Monday.", "Tide Of Glass", None),
        (
            "It is not the first time. Legally Blonde was shot at the college.",
            "Legally Blonde",
            2001,
        ),
        ("Filming of Slumdog Millionaire stopped the traffic.", "Slumdog Millionaire", 2008),
        ("In the quarry they shot *The Martian* and more.", "The Martian", 2015),
    ],
)
def test_titles_without_quotation_marks(titles, text, title, year):
    assert [(film.title, film.year) for film in found(titles, text)] == [(title, year)]


@pytest.mark.parametrize(
    "text",
    [
        "Director Jane Roe said that filming in Oban begins in May.",
        "The Film Commission and Warner Bros have offices in Glasgow.",
        "Heat, rain and traffic kept everybody at home on Wednesday.",
        "Paul and Michael went to the beach. Nobody saw them again.",
        "“Here” is what the sign at the harbour says.",
    ],
)
def test_other_names_are_no_titles(titles, text):
    assert found(titles, text) == []


def test_titles_in_one_list_with_a_title(titles):
    text = "The Paper Chase, Saltmarsh and Legally Blonde were shot at the college."
    assert [f.title for f in found(titles, text)] == [
        "The Paper Chase",
        "Saltmarsh",
        "Legally Blonde",
    ]


def test_a_title_in_the_address_in_small_letters(titles):
    text = (
        "Source: https://example.org/innspilling-av-dokka-pa-loftet-i-molde\n\nI gang\n\n"
        "Denne uka starter innspillinga av Dokka på loftet i Molde."
    )
    assert [f.title for f in found(titles, text, "no")] == ["Dokka på loftet"]


def test_a_title_known_by_another_name_keeps_the_name_that_the_text_uses(titles):
    text = "La serie «La catedral del mar» se rodó en Sos."
    assert [(f.title, f.year) for f in found(titles, text, "es")] == [("La catedral del mar", 2018)]


@pytest.mark.parametrize("title", ["Love and Other Drugs", "Love & Other Drugs"])
def test_an_ampersand_is_written_as_the_text_writes_it(titles, title):
    text = f"Filming: “{title}” (2010) was shot in Pittsburgh."
    assert [m.film.title for m in mentions(titles, text)] == [title]


def test_the_year_in_the_text_decides_between_films_of_one_name(titles):
    text = "The film Les Misérables (2019) was shot in Montfermeil."
    assert [f.year for f in found(titles, text)] == [2019]
    assert [f.year for f in found(titles, text.replace("2019", "2012"))] == [2012]


def test_numbers_in_titles_may_be_written_in_any_way():
    assert key("Gladiator II") == key("Gladiator 2") == "gladiator 2"
    assert key("Zero Dark Thirty") in wellknown() and key("Zero Dark 30") in wellknown()


def test_well_known_titles_have_a_year_of_the_cinema():
    films = [film for name in wellknown() for film in films_called(name)]
    assert len(films) > 6000
    assert all(1900 < film.year < 2100 and film.title.strip() == film.title for film in films)


def test_the_keys_of_well_known_titles_are_those_of_the_list():
    assert KEYS.read_text("utf-8") == made(), "run: python data/build_titles.py"


def test_keys_that_are_not_of_the_list_are_not_used(tmp_path, monkeypatch):
    changed = tmp_path / "wellknown.txt"
    changed.write_text("# A list.\n1972: Fleksnes = The Fleksnes Years | Olsenbanden\n", "utf-8")
    monkeypatch.setattr(listed, "LISTED", changed)
    monkeypatch.setattr(listed, "_films", listed._films.__wrapped__)
    assert wellknown.__wrapped__() == {"fleksnes": "0", "fleksnes years": "0", "olsenbanden": "1"}


def test_known_titles_are_heard_by_their_first_words():
    known = KnownTitles(["the tide of glass"])
    assert "tide of glass" in known and "lord of the rings" in known and "tide" not in known
    for words in ("tide", "tide of", "lord", "lord of", "jaws"):
        assert known.begins(words)
    assert not known.begins("tid") and not known.begins("of glass") and not known.begins("zzzz")


def test_a_run_of_capitals_is_cut_at_its_joints():
    text = "Jane Roe’s Tide of Glass in Oban"
    written = {text[s.start : s.end] for s in spans(text, sentences(text), "en")}
    assert {"Jane Roe", "Tide of Glass", "Oban"} <= written
    assert "Glass" not in written


def test_signs_say_what_speaks_for_a_title():
    text = "Saltmarsh in Oban\n\nThe film Saltmarsh (2024) was shot here, says Jane Roe."
    listed = list(sentences(text))
    signs = Signs(text, listed, "en", [])
    groups = groups_of(text, listed, "en")
    assert {"before: work", "year", "headline and again"} <= set(
        signs.of("Saltmarsh", groups["saltmarsh"])
    )
    assert signs.of("Jane Roe", groups["jane roe"]) is None


@pytest.mark.parametrize(
    "text",
    [
        "Salt Hollow, which opens on 3 May, was filmed in Oban. The crew was large.",
        "Salt Hollow, from the novel by Ann Reed, was filmed in Oban. The crew was large.",
    ],
)
def test_what_is_said_of_works_is_evidence_for_a_title(text):
    start = text.index("Salt Hollow")
    end = start + len("Salt Hollow")
    listed = sentences(text, "en")
    spans_of = groups_of(text, listed, "en")["salt hollow"]
    signs = Signs(text, listed, "en", []).of("Salt Hollow", spans_of)
    assert any(sign.startswith("apposed: ") for sign in signs)
    in_place = Signs(text, listed, "en", [(start, end)]).of("Salt Hollow", spans_of)
    assert not any(sign.startswith("apposed: ") for sign in in_place or ())


class Told:
    """A network that is sure of one title."""

    def __init__(self, text, title):
        self.span = text.find(title), text.find(title) + len(title)

    def title(self, start, end):
        return 5.0 if (start, end) == self.span else -5.0


def test_the_network_may_tell_a_title_without_its_article():
    text = "Nobody in The Northwoman smiles."
    listed = sentences(text, "en")
    found = groups_of(text, listed, "en")["northwoman"]
    signs = Signs(text, listed, "en", [], Told(text, "Northwoman"))
    assert "network: 5" in signs.of("The Northwoman", found)


def test_the_year_of_the_only_film_may_stand_in_another_sentence(titles):
    text = "“Harrowgate” was shot in Oban. The series begins on ITV in May 2027."
    assert [(film.title, film.year) for film in found(titles, text)] == [("Harrowgate", 2027)]
    other = text + " “Tide of Glass” was not."
    assert [film.year for film in found(titles, other)] == [None, None]


def test_a_name_of_the_catalogue_is_no_film_within_a_longer_title_that_many_know(titles):
    text = "The Dark Knight Rises was shot in Pittsburgh. The Dark Knight was not."
    told = {film.title for film in found(titles, text)}
    assert told == {"The Dark Knight Rises", "The Dark Knight"}
    assert mentions(titles, text)[0].film.year == 2012
