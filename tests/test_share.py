"""The Share page: a finished picture at once, and everything else follows the choice."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo import view
from tests.test_tiles import serving

ROOT = Path(__file__).parent.parent


@pytest.fixture
def share(monkeypatch, tmp_path, write):
    """The page over the small catalogue, as a reader opens it."""

    def _open(seen=None, **query):
        monkeypatch.setenv("DOUBLETAKE_DATA", str(write()))
        monkeypatch.setenv("DOUBLETAKE_FOLDER", str(tmp_path))
        page = AppTest.from_file(str(ROOT / "pages" / "share.py"), default_timeout=60)
        for key, value in query.items():
            page.query_params[key] = value
        if seen is not None:
            page.session_state["seen"] = seen
        return page.run()

    return _open


def pictures(page):
    return [element.proto.imgs[0] for element in page.get("image")]


def codes(page):
    return "\n".join(code.value for code in page.code)


def test_a_picture_is_there_at_once(share):
    page = share()
    assert not page.exception
    (shown,) = pictures(page)
    assert "Norway plays Kashmir" in shown.alt
    assert page.text_input(key="share-title").value == "Fallout"


def test_the_code_of_the_figure_holds_alt_text_and_credit(share):
    page = share()
    page.text_area(key="share-alt").set_value('A "map" <of> Norway').run()
    assert "A &quot;map&quot; &lt;of&gt; Norway" in codes(page)
    assert "CC BY 4.0" in codes(page) and "<figcaption>" in codes(page)
    assert pictures(page)[0].alt == 'A "map" <of> Norway'


def test_the_live_map_keeps_the_view(share):
    page = share(view.View(film=("fallout",), look=("no-lines",)))
    page.button_group(key="share-embed").set_value("Live map").run()
    assert not page.exception
    assert "embed=true" in codes(page) and "film=fallout" in codes(page)
    assert "look=no-lines" in codes(page)


def test_the_address_wins_over_the_session(share):
    page = share(view.View(film=("fallout",)), franchise="M:I")
    assert page.session_state["share-franchise"] == ["M:I"]
    assert page.session_state["share-film"] == []


def test_every_size_and_colour_is_drawn(share):
    page = share()
    for size in ("square", "story", "free"):
        page.button_group(key="share-size").set_value(size).run()
        assert not page.exception and len(pictures(page)) == 1
    page.number_input(key="share-width").set_value(640).run()
    page.button_group(key="share-theme").set_value("dark").run()
    page.button_group(key="share-scale").set_value(2).run()
    assert not page.exception


def test_every_filter_of_the_map_is_there_to_change(share):
    page = share(view.View(certainty=("confirmed",), role=("filming",)))
    assert page.session_state["share-certainty"] == ["confirmed"]
    page.button_group(key="share-certainty").set_value(["denied"]).run()
    assert not page.exception and "No scenes match" in page.info[0].value
    assert page.query_params["certainty"] in ("denied", ["denied"])
    page.button_group(key="share-certainty").set_value([]).run()
    assert len(pictures(page)) == 1


def test_a_part_of_the_world_is_drawn_and_linked(share):
    page = share()
    page.selectbox(key="share-region").set_value("Norway").run()
    assert not page.exception and page.text_input(key="share-title").value == "Fallout: Norway"
    page.button_group(key="share-embed").set_value("Live map").run()
    assert "map=6" in codes(page) and ",17." in codes(page)
    page.selectbox(key="share-region").set_value("Oceania").run()
    assert "No scenes match" in page.info[0].value


def test_a_place_looked_at_is_no_filter_unless_the_address_says_so(share):
    page = share(view.View(place="norway"))
    assert page.checkbox(key="share-place").value is False and len(pictures(page)) == 1
    page = share(place="norway")
    assert page.checkbox(key="share-place").value is True


def test_letters_that_the_typeface_lacks_are_told(share):
    page = share()
    page.text_input(key="share-title").set_value("西塘").run()
    assert any("西塘" in caption.value for caption in page.caption)


def test_the_address_for_others_is_in_every_code(share, monkeypatch):
    monkeypatch.setenv("DOUBLETAKE_HOME", "https://films.example.org")
    page = share(view.View(film=("fallout",)))
    page.button_group(key="share-embed").set_value("Live map").run()
    assert "https://films.example.org/?embed=true&amp;film=fallout" in codes(page)


def test_nothing_to_show_is_said(share):
    page = share(view.View(certainty=("denied",)))
    assert not page.exception and "No scenes match" in page.info[0].value


def test_streets_are_off_and_their_lack_is_said(share, monkeypatch):
    monkeypatch.setenv("DOUBLETAKE_TILES", "http://127.0.0.1:9/{z}/{x}/{y}.png")
    monkeypatch.setenv("DOUBLETAKE_TILES_CREDIT", "© Somebody")
    page = share()
    assert page.toggle(key="share-streets").value is False
    page.toggle(key="share-streets").set_value(True).run()
    assert not page.exception and len(pictures(page)) == 1
    assert "gave no map tiles" in page.warning[0].value and "own map" in page.warning[0].value
    assert "© Somebody" not in codes(page) and "Natural Earth" in codes(page)


def test_streets_are_drawn_and_credited(share, monkeypatch):
    with serving() as server:
        monkeypatch.setenv("DOUBLETAKE_TILES", server.template)
        monkeypatch.setenv("DOUBLETAKE_TILES_CREDIT", "© Somebody")
        page = share()
        assert not server.asked
        page.toggle(key="share-streets").set_value(True).run()
        assert not page.exception and not page.warning and server.asked
        assert "map: © Somebody" in codes(page)


def test_all_formats_are_offered(share):
    labels = {button.label for button in share().get("download_button")}
    assert {"PNG", "SVG", "PDF", "CSV", "GeoJSON", "KML", "GPX", "Google My Maps",
            "Interactive map in one file"} <= labels  # fmt: skip
