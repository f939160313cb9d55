"""Choosing between places of one name by what else the text says."""

import json

import pytest

from geo.gazetteer import Entry
from geo.mentions import find_toponyms
from geo.model import Toponym
from geo.resolve import read_toponyms, resolve
from geo.text import fold


def placed(text, **options):
    """Name as written -> Place, of the last mention."""
    return {t.text: t.place for t in resolve(find_toponyms(text), text, **options)}


def spans(text, *names):
    return [Toponym(text.index(n), text.index(n) + len(n), n) for n in names]


@pytest.mark.parametrize(
    ("text", "name", "latitude", "longitude"),
    [
        ("It was shot in Paris, Texas.", "Paris", 33.66, -95.56),
        ("It was shot in Paris and Lyon, France.", "Paris", 48.85, 2.35),
        ("The series was shot in Georgia, near Atlanta.", "Georgia", 32.75, -83.5),
        ("Scenes were filmed in Tbilisi, Georgia.", "Georgia", 42.0, 43.5),
        ("They filmed in Birmingham, Alabama.", "Birmingham", 33.52, -86.8),
        ("They filmed in Birmingham and Coventry.", "Birmingham", 52.48, -1.9),
        ("The crew moved to Alexandria, La., in May.", "Alexandria", 31.31, -92.45),
        ("Crews worked in Surrey, England.", "Surrey", 51.25, -0.4),
    ],
)
def test_the_other_places_decide(text, name, latitude, longitude):
    place = placed(text)[name]
    assert place.latitude == pytest.approx(latitude, abs=0.6)
    assert place.longitude == pytest.approx(longitude, abs=0.6)


def test_a_country_outranks_its_namesakes_and_is_no_pin():
    place = placed("The crew flew to Norway.")["Norway"]
    assert (place.country, place.precision) == ("NO", "country")
    assert place.radius_km > 100


def test_one_name_has_one_sense_in_a_text():
    text = "The crew came to Springfield, Illinois. Later Springfield cheered."
    first, second = (t.place for t in resolve(find_toponyms(text), text) if t.text == "Springfield")
    assert first == second


def test_what_the_caller_knows_counts():
    text = "It was shot in Richmond."
    known = spans(text, "Richmond")
    near = placed("It was shot in London.")["London"]
    assert resolve(known, text, near=near)[0].place.country == "GB"
    assert resolve(known, text)[0].place.country == "US"


def test_a_district_gives_way_to_the_town_it_is_called_after():
    assert placed("They filmed in Matera, Italy.")["Matera"].precision == "town"


def test_lent_names_outrank_the_gazetteer():
    studio = Entry("x:1", "London Studio", "NZ", None, None, -41.3, 174.8, "site", source="own")
    place = placed("They filmed in London.", extra_names={fold("London"): (studio,)})["London"]
    assert (place.identity, place.precision, place.source) == ("x:1", "site", "own")


def test_unknown_names_and_streets_have_no_place():
    text = "They filmed in Main Street and in Helsetkopenvik."
    assert [t.place for t in resolve(spans(text, "Main Street", "Helsetkopenvik"), text)] == [
        None
    ] * 2


def test_nothing_gives_nothing():
    assert resolve([], "") == []


def test_rows_of_many_texts_are_ready_for_json():
    texts = ["They filmed in Oslo, Norway.", "", "Nothing here."]
    rows = list(read_toponyms(texts))
    assert [len(row) for row in rows] == [2, 0, 0]
    assert rows[0][0] == {
        "start": 15,
        "end": 19,
        "name": "Oslo",
        "latitude": pytest.approx(59.91, abs=0.1),
        "longitude": pytest.approx(10.74, abs=0.1),
        "precision": "town",
    }
    assert json.loads(json.dumps(rows)) == rows


def test_a_name_nobody_knows_takes_the_place_that_holds_it():
    (row,) = read_toponyms(["They were seen in the village of Cellarnook, Scotland."])
    unknown = next(t for t in row if t["name"] == "Cellarnook")
    assert unknown["precision"] == "region"
    assert unknown["latitude"] == pytest.approx(56, abs=1)


def film(text, *names, language="en"):
    """The places of names in a text of film news, by name."""
    found = resolve(spans(text, *names), text, language=language, domain="film")
    return {t.text: t.place for t in found}


def test_film_news_means_the_large_town_by_the_name_of_a_region():
    text = "Cameras rolled in New York, in Lima and in Seville."
    found = film(text, "New York", "Lima", "Seville")
    assert {place.precision for place in found.values()} == {"town"}
    said = "Cameras rolled in Albany, New York."
    assert film(said, "Albany", "New York")["New York"].precision == "region"


@pytest.mark.parametrize(
    ("text", "names", "name", "country"),
    [
        ("Cameras rolled in Dallas and in Paris.", "Dallas Paris", "Paris", "FR"),
        ("Shooting took place in Vancouver and Seattle.", "Vancouver Seattle", "Vancouver", "CA"),
        ("They went from Cleveland and Columbus to Lima.", "Cleveland Columbus Lima", "Lima", "PE"),
        ("They shot in Dallas, and in Paris, Texas.", "Dallas Paris Texas", "Paris", "US"),
        ("The courthouse of Rome, Georgia, was dressed up.", "Rome Georgia", "Rome", "US"),
    ],
)
def test_film_news_means_the_large_town_unless_it_says_otherwise(text, names, name, country):
    assert film(text, *names.split())[name].country == country


def test_film_news_does_not_place_a_village_that_lies_alone_in_its_country():
    names = ["Dunedin", "Wellington", "Auckland", "Naseby"]
    text = "Cameras rolled in Dunedin, in Wellington and in Auckland, and then in Naseby."
    found = film(text, *names)
    assert found["Naseby"] is None  # the gazetteer knows the one in England alone
    assert {found[name].country for name in names[:3]} == {"NZ"}
    news = resolve(spans(text, *names), text)
    assert all(toponym.place for toponym in news)


def test_film_news_places_a_village_beside_others_of_its_country():
    found = film("Cameras rolled in Northampton and in Naseby.", "Northampton", "Naseby")
    assert found["Naseby"].country == "GB"


def test_film_news_means_the_famous_town():
    text = "The crew went to Athens, Venice and Geneva."
    found = film(text, "Athens", "Venice", "Geneva")
    assert [found[n].country for n in ("Athens", "Venice", "Geneva")] == ["GR", "IT", "CH"]


def test_a_bare_name_lies_where_the_language_is_at_home():
    text = "León and Segovia."
    assert film(text, "León", language="es")["León"].country == "ES"
    assert film(text, "León", language="en")["León"] is None  # as well in Mexico or Nicaragua


@pytest.mark.parametrize("name", ["Springfield", "Richmond", "Georgetown"])
def test_film_news_does_not_place_a_town_that_is_likelier_another_of_its_name(name):
    text = f"The film was shot in {name}."
    assert film(text, name)[name] is None
    (toponym,) = resolve(spans(text, name), text)
    assert toponym.place.name == name


def test_a_town_and_the_district_around_it_are_one_answer():
    assert film("The film was shot in Guanajuato.", "Guanajuato")["Guanajuato"].country == "MX"
    found = film("The film was shot in Springfield, Illinois.", "Springfield", "Illinois")
    assert found["Springfield"].country == "US"


@pytest.mark.parametrize("name", ["Sæbø", "Blå", "Chinchón"])
def test_letters_that_a_country_does_not_write_rule_it_out(name):
    place = film(f"{name}.", name)[name]
    assert place is None or place.country in {"NO", "DK", "SE", "ES"}


@pytest.mark.parametrize(
    ("name", "country"), [("Cádiz", "ES"), ("Zürich", "CH"), ("Østerrike", "AT"), ("Tromsø", "NO")]
)
def test_letters_rule_out_no_name_in_another_language(name, country):
    assert film(f"{name}.", name, language="es")[name].country == country


def test_what_follows_a_comma_decides_for_its_own_mention():
    text = "London, Oxford and Cambridge. Shot in Cambridge, Ontario. England, Cambridge."
    starts = [i for i in range(len(text)) if text.startswith("Cambridge", i)]
    known = [Toponym(i, i + 9, "Cambridge") for i in starts]
    known += spans(text, "London", "Oxford", "Ontario", "England")
    found = resolve(sorted(known, key=lambda t: t.start), text, domain="film")
    assert [t.place.country for t in found if t.text == "Cambridge"] == ["GB", "CA", "GB"]
