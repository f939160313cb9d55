"""Feeds: each article once, politely, and what fails is tried again."""

from itertools import pairwise

import pytest

from geo.errors import BadAddress, BadArticle, CouldNotAsk
from geo.feeds import Poller, entries
from geo.store import Store

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title>
<item><title>Newer</title><link>https://a.example/new</link>
<pubDate>Mon, 07 Sep 2020 09:00:00 GMT</pubDate><description>n</description></item>
<item><title>Older</title><link>https://a.example/old</link>
<description>&lt;p&gt;Shot in Norway.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>
</item>
<item><title>Bad</title><link>javascript:alert(1)</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>A</title>
<link href="https://a.example/a"/><updated>2021-02-03T00:00:00Z</updated></entry></feed>"""
PAGE = (
    b"<html><body><article><p>"
    + b"The crew filmed in Norway. " * 9
    + b"</p></article></body></html>"
)


class Web:
    """What the network answers; keeps what it was asked."""

    def __init__(self):
        self.pages = {"https://a.example/feed": RSS, "https://a.example/new": PAGE}
        self.pages["https://a.example/old"] = PAGE
        self.asked, self.now = [], 0.0

    def ask(self, address, headers=None):
        self.asked.append((self.now, address, headers or {}))
        if headers and headers.get("If-None-Match") == '"v1"':
            return b"", address, {}, 304
        if address not in self.pages:
            raise CouldNotAsk(f"{address}: 404")
        return self.pages[address], address, {"ETag": '"v1"', "Last-Modified": "Mon"}, 200

    def sleep(self, seconds):
        self.now += seconds

    def clock(self):
        return self.now


@pytest.fixture
def web():
    return Web()


@pytest.fixture
def poll(web, tmp_path):
    store = Store(tmp_path / "store.sqlite")

    def _poll():
        poller = Poller(store, ask=web.ask, sleep=web.sleep, clock=web.clock)
        return list(poller.new_articles("https://a.example/feed"))

    return _poll


def test_rss_and_atom_are_read_and_bad_links_left_out():
    found, title = entries(RSS)
    assert [e.title for e in found] == ["Newer", "Older"] and title == "The Paper"
    assert found[0].published == "2020-09-07"
    assert "script" not in found[1].text
    assert entries(ATOM)[0][0].published == "2021-02-03"


def test_what_is_no_feed_is_said_to_be_none():
    with pytest.raises(BadArticle, match="neither RSS nor Atom"):
        entries(b"<html>hello</html>")


def test_articles_come_once_oldest_first_with_their_publisher(poll):
    assert [(a.title, a.source, a.publisher) for a in poll()] == [
        ("Older", "https://a.example/old", "The Paper"),
        ("Newer", "https://a.example/new", "The Paper"),
    ]
    assert poll() == []


def test_an_unchanged_feed_is_asked_for_by_its_mark(poll, web):
    poll(), poll()
    assert web.asked[-1][1:] == (
        "https://a.example/feed",
        {"If-None-Match": '"v1"', "If-Modified-Since": "Mon"},
    )


def test_a_host_is_never_asked_twice_within_the_pause(poll, web):
    poll()
    times = [now for now, *_ in web.asked]
    assert all(later - earlier >= 5 for earlier, later in pairwise(times))


def test_what_failed_is_tried_again(poll, web):
    page = web.pages.pop("https://a.example/old")
    failed, newer = poll()
    assert isinstance(failed, CouldNotAsk) and newer.title == "Newer"
    web.pages["https://a.example/old"] = page
    assert [a.title for a in poll()] == ["Older"]


def test_robots_txt_is_obeyed(poll, web):
    web.pages["https://a.example/robots.txt"] = b"User-agent: *\nDisallow: /feed"
    with pytest.raises(BadAddress, match="asks programs not to read"):
        poll()
    assert [address for _, address, _ in web.asked] == ["https://a.example/robots.txt"]


def test_robots_txt_may_speak_to_this_program_by_its_name(poll, web):
    web.pages["https://a.example/robots.txt"] = b"User-agent: Doubletake\nDisallow: /feed"
    with pytest.raises(BadAddress, match="asks programs not to read"):
        poll()
