"""What goes into other people's pages: escaped, self-contained, small enough."""

import base64
import gzip
import json
import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

from geo import catalogue, embed, view
from tests.valid_html import check, check_piece

NASTY = "\"><script>alert(1)</script></figure>{{7*7}}${7*7}<!-- ' onerror=x"
MOST_BYTES = 1_500_000


class Tags(HTMLParser):
    """The tags of a piece of HTML, with their attributes, and its text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def of(self, name):
        return [attributes for tag, attributes in self.tags if tag == name]


@pytest.fixture
def small(write):
    found = catalogue.load(write())
    return found, view.table(found)


@pytest.fixture
def hostile(small):
    found, _ = small
    found.places["name"] = found.films["title"] = found.sources["title"] = NASTY
    found.sources["url"] = "javascript:alert(1)"
    return found, view.table(found).assign(sentence=NASTY)


def scenes(page):
    (packed,) = re.findall(r'id="scenes">([^<]*)<', page)
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def test_a_figure_has_picture_alt_caption_and_credit():
    told = Tags(embed.figure("a.png", "Map of x", "Norway plays Kashmir", "CC BY", (1080, 1080)))
    (image,) = told.of("img")
    assert image["alt"] == "Map of x" and image["width"] == "1080" and image["src"] == "a.png"
    assert told.of("figure") and told.of("figcaption")
    assert "Norway plays Kashmir" in told.text and "CC BY" in told.text


def test_text_of_a_figure_and_a_frame_stays_text():
    told = Tags(embed.figure(NASTY, NASTY, NASTY, NASTY) + embed.iframe(NASTY, NASTY))
    kinds = {tag for tag, _ in told.tags}
    assert kinds == {"figure", "img", "figcaption", "small", "iframe"}
    assert told.of("img")[0]["alt"] == told.of("iframe")[0]["title"] == NASTY


def test_the_live_map_is_embedded_in_its_view():
    address = embed.live("https://example.org/?a=b", {"film": ["fallout", "x&y"], "map": ["1,2,3"]})
    query = parse_qs(urlsplit(address).query)
    assert query == {"embed": ["true"], "film": ["fallout", "x&y"], "map": ["1,2,3"]}


def test_the_single_file_holds_the_rows_of_the_view_alone(small):
    found, rows = small
    data = scenes(embed.single_file(found, rows))
    assert data["places"]["name"] == ["Norway", "Kashmir"], "Caladan is in no row"
    assert data["sentence"] == ["A fight."] and data["source"]["publisher"] == ["NFI"]
    assert scenes(embed.single_file(found, rows.iloc[:0]))["scenes"]["film"] == []


def test_the_single_file_asks_nobody(small):
    page = embed.single_file(*small)
    told = Tags(page)
    assert not [a for a in told.of("script") if "src" in a]
    assert [a["href"] for a in told.of("link")] == ["data:,"]
    assert "@font-face" not in page


def test_the_single_file_of_the_shipped_catalogue_is_small():
    found = catalogue.load()
    page = embed.single_file(found, view.table(found))
    assert len(page.encode()) < MOST_BYTES


def test_no_text_of_the_data_becomes_markup(hostile):
    for page in (embed.single_file(*hostile, NASTY), embed.map_page(*hostile, NASTY)):
        head = page.split("<div id=", 1)
        assert "alert(1)" not in head[0].replace("alert(1)&lt;/script", "")
        assert "<script>alert" not in page and "{{7*7}}" not in head[1].split("<noscript>")[0]
        assert scenes(page)["films"]["title"] == [NASTY]


def test_scripts_run_by_their_hash_and_no_others(small):
    page = embed.single_file(*small)
    (policy,) = re.findall(r'Security-Policy" content="([^"]*)"', page)
    assert policy.count("sha256-") == len(re.findall("<script>", page))
    assert "default-src" in policy and "script-src &#x27;unsafe" not in policy


@pytest.mark.parametrize("kind", ["single_file", "map_page"])
def test_the_page_is_valid_html(hostile, kind):
    page = getattr(embed, kind)(*hostile)
    check(page)


def test_what_is_copied_into_a_page_is_valid_html():
    check_piece(embed.figure("a.png", NASTY, NASTY, NASTY))
    check_piece(embed.iframe("https://example.org/?embed=true&film=a", NASTY))
