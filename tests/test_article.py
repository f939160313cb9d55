"""Text, files and pages become Articles; what is none is refused with a sentence that helps."""

import pytest

from geo.article import MAX_BYTES, from_bytes, from_file, from_text
from geo.errors import BadArticle

PAGE = b"""<!doctype html><html><head><title>Cruise jumps in Norway - The Paper</title>
<meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2020-09-06"></head><body>
<nav><a href="/">Home</a><a href="/film">Film</a></nav>
<article><h1>Cruise jumps in Norway</h1>
<p>The cameras are running again for the seventh film, and the ramp stands in Norway.</p>
<p>Its director showed a photograph of the set, taken in the mountains above the village.</p>
</article><aside>Related: ten films shot in Spain</aside></body></html>"""


def test_text_keeps_its_letters_and_finds_its_headline():
    article = from_text("\r\n# Filming in Tromsø\r\n\r\nThe crew came.", "a.md")
    assert article.title == "Filming in Tromsø"
    assert article.text == "\n# Filming in Tromsø\n\nThe crew came."
    assert article.source == "a.md"


def test_an_address_on_the_first_line_is_no_headline():
    assert from_text("Source: https://example.org/a\n\nA shoot\n").title == "A shoot"


def test_a_page_is_cut_down_to_its_article():
    article = from_bytes(PAGE, "page.html")
    assert article.publisher == "The Paper"
    assert article.published == "2020-09-06"
    assert "ramp stands in Norway" in article.text
    assert "shot in Spain" not in article.text


def test_pasted_html_is_read_as_a_page():
    assert "<p>" not in from_text(PAGE.decode(), "pasted").text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b"%PDF-1.7 \x00\x01", "is a PDF"),
        (b"PK\x03\x04 docx", "office document"),
        (b"\x89PNG\r\n", "picture"),
        (b"Vi filmet i Troms\xf8", "not UTF-8"),
        (bytes(range(1, 9)) * 40, "is not text"),
        (b"12345 67890", "no words"),
        (b"x" * (MAX_BYTES + 1), "larger than 5 MB"),
        (b"<html><body></body></html>", "No article was found"),
    ],
)
def test_what_is_no_article_is_refused_by_name(data, says):
    with pytest.raises(BadArticle) as caught:
        from_bytes(data, "news.txt")
    assert says in str(caught.value)
    assert "news.txt" in str(caught.value)


def test_other_unicode_encodings_with_a_mark_are_read():
    assert from_bytes("﻿Filmet i Tromsø".encode("utf-16")).text.endswith("Tromsø")


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(BadArticle, match="larger than 5 MB"):
        from_file(path)


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(BadArticle, match="cannot be opened"):
        from_file(tmp_path / "gone.txt")
