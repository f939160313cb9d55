"""Lists and tables: what they say, whom they link to, and that no text in them is HTML."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from geo import catalogue, listing, view
from geo.doubles import busiest, doubles
from geo.model import Record

BAD = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>"
FILMS = [
    ["one", "One", "", "film", "Saga", "1", "1996", "", "", ""],
    ["dune", "Dune", "", "film", "", "", "1984", "yes", "", ""],
    ["dune-2", "Dune", "", "film", "", "", "2021", "yes", "", ""],
]
SCENES = [
    ["a", "one", "norway", "kashmir", "confirmed", "", "A fight.", "nfi", ""],
    ["b", "dune", "norway", "caladan", "denied", "", "A coast.", "nfi", ""],
    ["c", "dune-2", "norway", "caladan", "reported", "", "A coast.", "nfi", "nfi"],
]
RECORD = Record(
    **{"film": "One", "franchise": "Saga", "year": 1996, "place": "Norway"},
    **{"place_text": "Norway", "country": "NO", "latitude": 62.0, "longitude": 10.0},
    **{"precision": "country", "role": "filming", "certainty": "reported"},
    **{"stands_for": "Kashmir", "evidence": "It was.", "evidence_start": 0, "evidence_end": 7},
    **{"source": "https://example.org/news", "publisher": "The Post"},
)


class Tags(HTMLParser):
    """The tags of a piece of HTML, with their attributes, and its text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def links(self):
        return [attributes["href"] for tag, attributes in self.tags if tag == "a"]


@pytest.fixture
def small(write):
    found = catalogue.load(write(films=FILMS, scenes=SCENES))
    return view.table(found), found


@pytest.fixture
def hostile(write):
    films = [["bad", BAD, "", "film", BAD, "1", "1999", "", "", ""]]
    places = [
        ["norway", BAD, "NO", "62", "10", "site", "1", "", "", "x", ""],
        ["kashmir", BAD + "!", "IN", "34", "76", "region", "200", "", "", "x", ""],
    ]
    scenes = [["s", "bad", "norway", "kashmir", "confirmed", "", BAD, "said", ""]]
    sources = [["said", "https://example.org/\"'><b>", BAD, BAD, "", "en", "2026"]]
    found = catalogue.load(write(films=films, places=places, scenes=scenes, sources=sources))
    return view.table(found), found


def test_a_scene_says_who_plays_what_how_sure_and_who_says_so(small):
    said = Tags(listing.scenes(small[0], small[1]))
    assert "Norway plays Kashmir" in said.text and "Confirmed. NFI" in said.text
    assert ("s", {}) in said.tags  # what is denied is struck through
    assert "Reported, and disputed" in said.text and "Against: NFI" in said.text
    assert said.links()[0] == "https://example.org/a"


def test_a_scene_names_its_film_where_asked_and_how_far_it_is(small):
    rows = small[0].assign(km=[0.4, 1200.0, 3.0])
    said = Tags(listing.scenes(rows, small[1], film=True))
    assert "film?film=one" in said.links()
    assert "One (1996) · 0 km away" in said.text and "1,200 km away" in said.text


def test_what_is_from_the_news_says_so(small):
    rows = small[0].assign(origin=["news", "catalogue", "import"])
    said = Tags(listing.scenes(rows, small[1])).text
    assert said.count("From the news") == 1 and said.count("From open data") == 1


def test_sources_stand_once_however_much_they_say(small):
    said = Tags(listing.bibliography(small[0], small[1]))
    assert said.links() == ["https://example.org/a"]
    assert "A page" in said.text and "NFI, 2018-07" in said.text
    assert Tags(listing.bibliography(small[0].head(0), small[1])).links() == []


def test_pairs_link_places_and_films_but_no_title_that_two_films_share(small):
    said = Tags(listing.pairs(doubles(*small), small[1], "All"))
    assert {"doubles?place=norway", "doubles?setting=kashmir", "film?film=one"} <= set(said.links())
    assert not [link for link in said.links() if "dune" in link] and "Dune" in said.text
    heads = [attributes for tag, attributes in said.tags if tag == "th"]
    assert len(heads) == 5 and all(head["scope"] == "col" for head in heads)


def test_the_end_that_was_asked_for_needs_no_column(small):
    said = Tags(listing.pairs(doubles(*small), small[1], "All", "setting"))
    assert not [link for link in said.links() if "setting=" in link]


def test_places_of_many_parts(small):
    found = busiest(doubles(*small), "filming_place")
    said = Tags(listing.busiest(found, "filming_place", "Most", ("Place", "Plays", "Which")))
    assert said.links() == ["doubles?place=norway"]
    assert "Kashmir, Caladan" in said.text and "2" in said.text


def test_a_record_is_told_with_its_sentence_and_its_source():
    said = Tags(listing.records([RECORD, replace(RECORD, source="pasted", publisher=None)]))
    assert "One: Norway plays Kashmir (reported)" in said.text and "It was." in said.text
    assert said.links() == ["https://example.org/news"] and "pasted" in said.text


def test_an_address_that_is_none_of_the_web_is_no_link():
    said = Tags(listing.records([replace(RECORD, source="javascript:alert(1)")]))
    assert said.links() == []


def test_hostile_text_makes_no_tag(hostile):
    rows, found = hostile
    record = replace(RECORD, film=BAD, place=BAD, evidence=BAD, title=BAD, publisher=BAD)
    pairs = doubles(rows, found)
    for html in (
        listing.scenes(rows, found, film=True),
        listing.bibliography(rows, found),
        listing.pairs(pairs, found, BAD),
        listing.busiest(busiest(pairs, "setting"), "setting", BAD, (BAD, BAD, BAD)),
        listing.franchise_link(BAD),
        listing.records([record]),
    ):
        said = Tags(html)
        assert not {"script", "img", "b"} & {tag for tag, _ in said.tags}
        assert not [a for _, a in said.tags if {"onerror", "onload"} & set(a)]
        assert "onerror" in said.text
