"""Marks in an article: nested as they should be, and nothing of the text becomes HTML."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from geo.marked import KINDS, Span, marked

TEXT = "Fallout was shot in Norway. The end."


def test_evidence_stands_around_what_it_holds():
    film, place = Span(0, 7, "film", "Fallout"), Span(20, 26, "place", "Norway")
    html = marked(TEXT, [place, Span(0, 27, "evidence"), film])
    order = re.findall(r'<mark class="(\w+)"|(</mark>)', html)
    assert [a or b for a, b in order] == "evidence film </mark> place </mark> </mark>".split()
    assert 'title="place: Norway">Norway</mark>' in html


def test_a_span_that_crosses_another_is_cut():
    assert marked("abcdef", [Span(0, 3, "film"), Span(2, 6, "place")]).count("</mark>") == 2


def test_hostile_text_and_labels_are_inert():
    nasty = "<img src=x onerror=alert(1)></script>"
    html = marked(nasty, [Span(0, 4, "film", f'"{nasty}')])
    assert "<img" not in html and "</script" not in html and 'title="film: &quot;&lt;' in html


spans = st.builds(
    lambda a, b, kind: Span(min(a, b), max(a, b), kind),
    st.integers(0, 40),
    st.integers(0, 40),
    st.sampled_from(sorted(KINDS)),
)


@given(st.text(min_size=40, max_size=60), st.lists(spans, max_size=8))
def test_the_text_survives_and_marks_are_balanced(text, found):
    html = marked(text, found)
    tags = re.findall(r"<mark|</mark>", html)
    depth = 0
    for tag in tags:
        depth += 1 if tag == "<mark" else -1
        assert depth >= 0
    assert depth == 0
    plain = unescape(re.sub(r"<br>", "\n", re.sub(r"</?(mark|p)[^>]*>", "", html)))
    assert plain == text
