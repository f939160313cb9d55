"""Whether a page is valid HTML, checked without network and without Java.

html5lib's strict parser (the parsing rules of the HTML Standard) finds every error of syntax and
nesting; here is added what a parser passes over: elements and attributes that the standard does
not know (the table below holds those that the project uses), values of the wrong kind, ids that
stand twice, and what the standard demands of images, frames, tables and titles.
"""

import re
from collections import Counter

import html5lib

GLOBAL = set("aria-label class hidden id lang role style tabindex title".split())
ELEMENTS = {
    "a": "href rel target",
    "iframe": "allowfullscreen height loading src width",
    "img": "alt height loading src width",
    "link": "href rel type",
    "meta": "charset content http-equiv name property",
    "script": "src type",
    "th": "colspan rowspan scope",
    "td": "colspan rowspan",
    "details": "open",
    "button": "disabled type",
} | dict.fromkeys(
    "html head title style body header nav main footer h1 h2 h3 p ul li div span small figure "
    "figcaption table thead tbody tr pre code summary noscript".split(),
    "",
)
NUMBERS = ("width", "height", "colspan", "rowspan")
ONE_OF = {"loading": {"lazy", "eager"}, "scope": {"col", "row"}}
SPACE = re.compile(r"[\t\n\f\r ]")


def check(text):
    """Raise AssertionError, or html5lib's ParseError, for a whole page that is not valid."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    assert text.startswith("<!DOCTYPE html>") and tree.get("lang")
    assert len(tree.findall("head/title")) == 1 and tree.find("head/title").text.strip()
    assert len(tree.findall("body//main")) <= 1
    _check(tree)


def check_piece(text):
    """The same for a piece of HTML that is to stand in the body of a page."""
    _check(html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(text))


def _check(tree):
    elements = [e for e in tree.iter() if isinstance(e.tag, str) and e.tag != "DOCUMENT_FRAGMENT"]
    for element in elements:
        assert element.tag in ELEMENTS, f"<{element.tag}>"
        unknown = set(element.keys()) - GLOBAL - set(ELEMENTS[element.tag].split())
        assert not unknown, f"<{element.tag}> has no attribute {unknown}"
        for name, value in element.items():
            where = f'<{element.tag} {name}="{value}">'
            assert name not in NUMBERS or re.fullmatch(r"\d+", value), where
            assert value in ONE_OF.get(name, {value}), where
            assert name not in ("href", "src") or not SPACE.search(value), where
            assert name != "id" or (value and not SPACE.search(value)), where
        assert element.tag != "img" or (element.get("src") and element.get("alt") is not None)
        assert element.tag != "iframe" or element.get("title")
    twice = [i for i, n in Counter(e.get("id") for e in elements if e.get("id")).items() if n > 1]
    assert not twice, f"id twice: {twice}"
