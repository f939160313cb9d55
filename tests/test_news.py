"""The page that reads the news, run without a browser: ways in, corrections, keeping, review."""

import json
import re
from base64 import b64decode
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo import fetch
from geo.errors import BadAddress, CouldNotAsk
from geo.geocode import Verdict
from geo.model import Place
from geo.settings import settings
from geo.store import Store
from geo.waiting import Waiting
from pages import desk, kept

FRAME = str(Path(__file__).resolve().parent.parent / "pages" / "frame.py")
ARTICLE = "The finale of “Mission: Impossible – Fallout” was shot in Norway."
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Film <b>news</b></title>
<item><title>On set &lt;img src=x&gt;</title><link>https://news.example/1</link>
<description>The film "Mission: Impossible - Fallout" was shot in Norway.</description></item>
<item><title>No address</title></item></channel></rss>"""


@pytest.fixture
def page():
    """The page, opened."""
    return AppTest.from_file(FRAME, default_timeout=60).run().switch_page("news.py").run()


def press(page, label):
    return next(b for b in page.button if b.label.startswith(label)).click().run()


def read(page, text=ARTICLE):
    page.text_area(key="text").set_value(text).run()
    return press(page, "Read it")


def rows(page, name="found-desk"):
    """What lies on a desk."""
    return page.session_state[name]["rows"]


def on_map(page):
    """What the small map was sent: the payload of records."""
    args = json.loads(page.get("component_instance")[0].proto.json_args)
    options = json.loads(re.search(r"doubletake\.show\((.*?)\);", args["feature_group"])[1])
    return json.loads(b64decode(options["records"])), options


def stored(status):
    return Store(settings().store).records(status)


def said(page):
    return " ".join([*(e.value for e in page.error), *(i.value for i in page.info)])


def test_an_article_becomes_records_on_a_map_that_fits_them(page):
    read(page)
    assert not page.exception
    assert [row["place"] for row in rows(page)] == ["Norway"]
    payload, options = on_map(page)
    assert payload["places"]["name"] == ["Norway"]
    (south, west), (north, east) = options["fit"]
    assert 55 < south <= north < 75 and 0 < west <= east < 35


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"  \n", "is empty"),
        ("large.txt", b"word " * 1_200_000, "larger than 5 MB"),
        ("paper.txt", b"%PDF-1.7 ...", "is a PDF"),
        ("latin.txt", "Château d'If".encode("latin-1") * 40, "is not UTF-8"),
        ("recipe.txt", b"Take two eggs and whisk them with a little milk. " * 5, "No film"),
        ("finnish.txt", ("Elokuva kuvattiin Helsingissä, mutta tarina sijoittuu toiseen "
                         "kaupunkiin, jossa kukaan ei ole käynyt. " * 5).encode(), "be Finnish"),
        ("<img src=x onerror=alert(1)>*.txt", b"\x00\x01\x02" * 40, "is not text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_answered_clearly(page, name, data, message):
    page.button_group(key="way").set_value("upload").run()
    page.file_uploader(key="file").upload(name, data, "text/plain").run()
    assert not page.exception
    assert message in said(page).replace("\\", "")


def test_what_is_kept_is_shown_beside_the_catalogue_marked_as_from_the_news(page):
    press(read(page, ARTICLE.replace("Norway", "Iceland")), "Save: keep 1")
    assert "1 record kept" in page.success[0].value
    assert stored("accepted")["place"].tolist() == ["Iceland"]
    page.query_params["film"] = "mission-impossible-fallout"
    page.switch_page("film.py").run()
    listed = "".join(h.proto.body for h in page.get("html"))
    assert "Shot in Iceland" in listed and listed.count("From the news") == 1


def test_a_store_out_of_reach_loses_nothing(page, tmp_path, monkeypatch):
    read(page)
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv("DOUBLETAKE_STORE", str(blocked / "below" / "store.sqlite"))
    press(page, "Save")
    assert not page.exception and "out of reach" in page.error[0].value
    assert [row["place"] for row in rows(page)] == ["Norway"]
    monkeypatch.delenv("DOUBLETAKE_STORE")
    press(page, "Save")
    assert not page.error and len(stored("accepted")) == 1


def test_a_corrected_name_is_placed_anew_and_its_namesakes_can_be_picked(page):
    read(page)
    page.selectbox(key="found-desk-check").set_value(0).run()
    page.text_input[0].set_value("Springfield").run()
    assert not page.exception
    (row,) = rows(page)
    assert (row["place"], row["country"], row["precision"]) == ("Springfield", "US", "town")
    payload, _ = on_map(page)  # the map offers what it may be
    assert len(payload["places"]["name"]) > 5
    options = page.selectbox[1].options
    other = next(at for at, option in enumerate(options) if "Massachusetts" in option)
    page.selectbox[1].set_value(other).run()
    (picked,) = rows(page)
    assert 42 < picked["latitude"] < 42.3 and picked["licence"] == "GeoNames (CC BY 4.0)"
    press(page, "Save")
    assert stored("accepted")["latitude"].tolist() == [picked["latitude"]]


def test_a_place_of_the_story_alone_has_no_point(page):
    read(page)
    page.selectbox(key="found-desk-check").set_value(0).run()
    page.selectbox[1].set_value(len(page.selectbox[1].options) - 1).run()
    (row,) = rows(page)
    assert (row["precision"], row["latitude"]) == ("fictional", None)


def test_a_name_that_nobody_knows_says_so_and_has_no_point(page):
    read(page)
    page.selectbox(key="found-desk-check").set_value(0).run()
    page.text_input[0].set_value("Xyzzyville Flats").run()
    (row,) = rows(page)
    assert (row["precision"], row["latitude"]) == ("unknown", None)
    assert "not known" in said(page)


class Service:
    """A geocoder that knows one place, and only over the network."""

    broken = False

    def explain(self, name, context=None):
        return Verdict(self.geocode(name, context), f"{name} is not known here.")

    def geocode(self, name, context=None):
        if context is None or not context.online:
            return None
        if self.broken:
            raise CouldNotAsk("The service did not answer.")
        found = Place("Hobbiton Set", "NZ", -37.87, 175.68, "site", 0.5, "", "OSM", "ODbL 1.0")
        return found if name == "Hobbiton" else None


@pytest.fixture
def online(monkeypatch):
    """Places may be asked for over the network, of a Service."""
    service = Service()
    queue = Waiting(service)
    monkeypatch.setenv("DOUBLETAKE_ONLINE", "on")
    monkeypatch.setattr(kept, "geocoder", lambda: service)
    monkeypatch.setattr(kept, "waiting", lambda: queue)
    return service, queue


def rename(page, name):
    page.selectbox(key="found-desk-check").set_value(0).run()
    return page.text_input[0].set_value(name).run()


def test_a_name_known_only_to_a_service_is_asked_for_behind_the_scenes(page, online):
    rename(read(page), "Hobbiton")
    assert online[1].wait(20)
    page.run()
    assert not page.exception
    (row,) = rows(page)
    assert (row["place"], row["country"], row["precision"]) == ("Hobbiton Set", "NZ", "site")
    assert row["licence"] == "OSM (ODbL 1.0)"


def test_a_service_that_does_not_answer_can_be_asked_again(page, online):
    service, queue = online
    service.broken = True
    rename(read(page), "Hobbiton")
    assert queue.wait(20)
    page.run()
    assert "did not answer" in page.warning[0].value
    assert rows(page)[0]["precision"] == "unknown"
    service.broken = False
    press(page, "Ask again")
    assert queue.wait(20)
    page.run()
    assert rows(page)[0]["country"] == "NZ" and not page.warning


def test_a_feed_offers_its_entries_and_the_chosen_one_is_read(page, monkeypatch):
    def answer(url, *_, **__):
        if url.endswith("/feed"):
            return FEED, url, {}, 200
        raise CouldNotAsk("news.example did not answer.")

    monkeypatch.setattr(fetch, "fetch", answer)
    page.button_group(key="way").set_value("address").run()
    page.text_input(key="url").set_value("https://news.example/feed").run()
    press(page, "Fetch it")
    assert not page.exception and not page.error
    box = page.selectbox(key="entry")
    assert box.options == ["On set <img src=x>"]
    assert r"\<b\>" in box.label
    press(page, "Read this one")  # its page cannot be had: the feed's own text is read
    assert [row["source"] for row in rows(page)] == ["https://news.example/1"]


def test_an_address_that_is_refused_says_why(page, monkeypatch):
    def refuse(url, *_, **__):
        raise BadAddress("10.0.0.1 is not on the public internet, so it is not fetched.")

    monkeypatch.setattr(fetch, "fetch", refuse)
    page.button_group(key="way").set_value("address").run()
    page.text_input(key="url").set_value("http://10.0.0.1/").run()
    press(page, "Fetch it")
    assert "not on the public internet" in page.error[0].value.replace("\\", "")


@pytest.fixture
def waiting(page):
    """Two records wait for review, and the page shows them."""
    read(page)
    (row,) = rows(page)
    plain = {name: row[name] for name in desk.FIELDS}
    others = [plain | {"source": f"https://news.example/{n}", "title": "A"} for n in (1, 2)]
    Store(settings().store).add(others)
    return page.button_group(key="way").set_value("review").run()


def test_what_waits_is_counted_and_decided_one_by_one(waiting):
    assert "Waiting for review · 2" in waiting.button_group(key="way").options
    first, second = rows(waiting, "queue-desk")
    assert {first["decision"], second["decision"]} == {"Later"}
    first["decision"], second["decision"] = "Keep", "Reject"
    press(waiting.run(), "Save: keep 1, reject 1")
    assert stored("waiting").empty
    assert stored("accepted")["source"].tolist() == ["https://news.example/1"]
    assert stored("rejected")["source"].tolist() == ["https://news.example/2"]
    assert "Waiting for review · 0" in waiting.button_group(key="way").options


def test_what_waits_can_be_corrected_before_it_is_kept(waiting):
    first, _ = rows(waiting, "queue-desk")
    first |= {"decision": "Keep", "stands_for": "Kashmir"}
    press(waiting.run(), "Save: keep 1")
    assert stored("accepted")["stands_for"].tolist() == ["Kashmir"]
    assert len(stored("waiting")) == 1  # the other one; what was corrected waits no more


def test_kept_records_can_be_had_as_rows_for_the_catalogue(page):
    press(read(page), "Save")
    assert "Kept so far: 1 record" in [e.label for e in page.expander]
    labels = [b.label for b in page.get("download_button")]
    assert "Download as rows for the catalogue" in labels
